"""The five questions of lesson 12: a logit in place of two, a symptom, several labels, a recall, a leak."""

import numpy as np

from course_utils.activations import sigmoid, softmax
from course_utils.exercises import Question
from course_utils.metrics import recall


def _one_logit():
    p = softmax(np.array([[0.5, 2.5]]))[0, 1]
    return next(f"{z:g}".replace("-", "−") for z in (-2, 2, 2.5, 5) if np.isclose(sigmoid(z), p))


def _recall_of_nobody():
    return f"{recall(np.repeat([1, 0], [10, 990]), np.zeros(1000)):.2f}"


QUESTIONS = (
    Question(
        id="two_units_or_one",
        ask="Two softmax units have the logits 0.5 and 2.5. Which single logit gives class 1 the same probability "
        "through a sigmoid?",
        options={
            "−2": "This is the logit of class 0. Turn the difference round.",
            "2": "Divide both parts of the softmax by e^2.5, and the sigmoid of 2.5 − 0.5 remains.",
            "2.5": "This would be right if the other logit were 0. A softmax sees only the difference.",
            "5": "The logits stand in exponents, so their difference counts and not their ratio.",
        },
        key=_one_logit,
    ),
    Question(
        id="stuck_at_class_share",
        ask="Benign or malignant, with Keras on TensorFlow: the loss falls nicely, but the accuracy stays where it was "
        "in the first epoch. What do you do first?",
        options={
            "Take a smaller learning rate": "With too large a rate the loss would not fall nicely.",
            "Look at the predictions": "If all of them are 1, a softmax stands on a single unit, where a sigmoid "
            "belongs.",
            "Train longer": "The weights are learning already. What turns logits into predictions is wrong.",
            "Normalise the inputs": "Columns of different sizes make the loss fall slowly, and here it falls nicely.",
        },
        key="Look at the predictions",
    ),
    Question(
        id="findings_in_one_image",
        ask="An X-ray may show none, one or several of 14 findings. How does the network end?",
        options={
            "14 units, softmax": "A softmax shares out a single 1, so two findings could never both be likely.",
            "14 units, sigmoid": "These are 14 questions of yes or no, each answered on its own.",
            "1 unit, sigmoid": "This answers a single question of yes or no.",
            "14 units, no activation, squared error": "It can be trained, but its outputs are no probabilities, and a "
            "sure mistake costs little.",
        },
        key="14 units, sigmoid",
    ),
    Question(
        id="nobody_is_ill",
        ask="10 of 1,000 people are ill, and a test says “healthy” to everyone. Its accuracy is 0.99. What is its "
        "recall?",
        options={
            "0.99": "This is the accuracy, which the 990 healthy people have made.",
            "0.01": "This is the share of the ill. The recall asks how many of them are found.",
            "0.00": "Of the ten ill people none is found.",
            "0.50": "Nothing is found here. A coin would find half of them.",
        },
        key=_recall_of_nobody,
    ),
    Question(
        id="scaler_of_all_rows",
        ask="A colleague adapts the Normalization layer to all rows and splits them into training and test set "
        "afterwards. What is wrong?",
        options={
            "Nothing: means are no labels": "The test rows have had a part in the training, although here only a "
            "small one.",
            "The test score tells a little too much": "The layer has seen the test rows. With a choice of columns in "
            "its place, even coin tosses could be foretold.",
            "The training gets worse": "It hardly changes, because the means move only a little. It is the test "
            "score that can no longer be trusted.",
            "The test rows are scaled wrongly": "Training and test rows are scaled alike, and that is right.",
        },
        key="The test score tells a little too much",
    ),
)
