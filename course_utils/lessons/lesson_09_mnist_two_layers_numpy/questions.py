"""The five questions of lesson 09: a hidden layer for digits."""

import numpy as np

from course_utils.activations import relu_grad
from course_utils.exercises import Question


def _slope_of_the_hidden_unit():
    upstream = np.array([[0.5]]) @ np.array([[2.0]]).T  # (1, 1): dZ2 times the weight back
    return f"{(upstream * relu_grad(np.array([[-0.3]]))).item():g}"


QUESTIONS = (
    Question(
        id="slope_of_a_silent_relu",
        ask="A hidden ReLU has z = −0.3. It feeds one output through the weight 2, and the slope at that output is "
        "0.5. What is the slope of the loss at z?",
        options={
            "1": "This is the upstream gradient, 0.5 · 2. It has not gone through the ReLU yet.",
            "0": "0.5 · 2 arrives, and the ReLU has the slope 0 where z is negative.",
            "−0.3": "This is z itself. What counts is the slope of the ReLU there.",
            "0.5": "This is the slope at the output. It still has to pass the weight and the ReLU.",
        },
        key=_slope_of_the_hidden_unit,
    ),
    Question(
        id="parameters_of_a_wider_layer",
        ask="The hidden layer gets 128 units instead of 64. How many weights and biases does 784-128-10 have?",
        options={
            "101,780": "This is twice the old number, but the ten biases of the output stay ten.",
            "101,632": "These are the weights. The biases are missing: one for each of the 138 units.",
            "101,770": "784 · 128 + 128 weights and biases in the hidden layer, and 128 · 10 + 10 in the output.",
            "51,530": "Only the output has grown here. The hidden layer has 784 weights for each of its units.",
        },
        key=lambda: f"{784 * 128 + 128 + 128 * 10 + 10:,}",
    ),
    Question(
        id="proof_of_death",
        ask="A unit of ReLU is silent for all 10,000 test images. Is it dead, so that it can learn no more?",
        options={
            "Yes, it says nothing any more": "It says nothing about these images. What could teach it is another set.",
            "Only if it is silent for all training images as well": "The gradient comes from training images, and one "
            "of them with a positive z is enough to move its weights.",
            "No, a unit never dies": "If z is 0 or less for every training image, its gradient is 0, and no "
            "step moves its weights.",
            "Yes, if its weights are small": "The size of the weights does not tell. What counts is the sign of z.",
        },
        key="Only if it is silent for all training images as well",
    ),
    Question(
        id="well_calibrated",
        ask="A network was 90 % sure of each of 200 answers, and 140 of them are right. What do we call it?",
        options={
            "Well calibrated": "For that, about 180 of the 200 would have to be right.",
            "Overconfident": "It claimed 90 %, and 140 / 200 = 70 % are right.",
            "Underconfident": "Then more than 90 % of its answers would be right.",
            "Wrong": "Most of its answers are right. It is the claim about them that is not.",
        },
        key="Overconfident",
    ),
    Question(
        id="what_universal_means",
        ask="What does universal approximation promise about a hidden layer for MNIST's images?",
        options={
            "64 units are enough": "The theorem says that some number is enough, and not which.",
            "Training will find good weights": "It says that weights exist, and nothing about finding them.",
            "It will be right about new images": "That is generalisation, and the theorem does not speak of it.",
            "With enough units, some weights come close to any continuous function of the pixels": "That is all: the "
            "weights exist, because the pixels lie in a bounded and closed region.",
        },
        key="With enough units, some weights come close to any continuous function of the pixels",
    ),
)
