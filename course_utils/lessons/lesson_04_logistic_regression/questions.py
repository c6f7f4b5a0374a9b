"""The five questions of lesson 04: logistic regression."""

import numpy as np

from course_utils.exercises import Question
from course_utils.gradients import numerical_gradient
from course_utils.losses import binary_crossentropy


def _slope_for_z():
    z = np.log([0.9 / 0.1])  # (1,): the logit of a = 0.9
    slope = numerical_gradient(lambda z: binary_crossentropy([1.0], z, from_logits=True), z)
    return f"{slope.item():.2g}".replace("-", "−")


def _slopes_of_the_weights():
    X, error = np.zeros((500, 20)), np.zeros((500, 1))
    return str((X.T @ error).shape)


QUESTIONS = (
    Question(
        id="apple_slope",
        ask="An apple was sweet, y = 1, and the neuron said 0.9. What is the slope of its loss in z?",
        options={
            "−0.1": "a − y is 0.9 − 1. It is negative, so z should grow, though only a little.",
            "0.1": "This is y − a. With it, a step against the slope would make z smaller for a sweet apple.",
            "0.9": "This would be the error of a sour apple. The target is missing.",
            "0.09": "This is a (1 − a), the slope of the sigmoid. In the cross-entropy it cancels.",
        },
        key=_slope_for_z,
    ),
    Question(
        id="zero_input",
        ask="A pixel is 0 in every training image. What happens to its weight during the training?",
        options={
            "It grows": "Something would have to push it, but each error is multiplied by the pixel, which is 0.",
            "It stays as it began": "Its slope is the mean of errors times 0, so no step ever moves it.",
            "It becomes 0": "Only if it began there. Nothing moves it, in either direction.",
            "It follows the other weights": "Each weight has a slope of its own, and the slope of this one is 0.",
        },
        key="It stays as it began",
    ),
    Question(
        id="gradient_shape",
        ask="X is (500, 20), and a − y is (500, 1). What is the shape of X.T @ (a − y)?",
        options={
            "(500, 1)": "That would be a number for each example. The gradient has a number for each weight.",
            "(20, 500)": "That is X.T alone, before the sum over the 500 examples.",
            "(20, 1)": "X.T is (20, 500), and the product sums over the 500 examples: a slope for each of 20 weights.",
            "(1, 20)": "The product has as many rows as X.T, which is 20, and as many columns as a − y.",
        },
        key=_slopes_of_the_weights,
    ),
    Question(
        id="steps_per_epoch",
        ask="A training set holds 6,000 examples. How many steps are three epochs in batches of 50?",
        options={
            "120": "That is one epoch: 6,000 / 50.",
            "150": "This is the batch size times the epochs. Count how many batches 6,000 examples give.",
            "360": "An epoch has 6,000 / 50 = 120 batches, each of them brings a step, and there are three epochs.",
            "18000": "That would be single examples, a step for each.",
        },
        key=lambda: f"{3 * 6000 // 50}",
    ),
    Question(
        id="scale_and_rate",
        ask="One column is changed from metres to millimetres, and the learning rate stays. What is likely?",
        options={
            "Nothing, it is the same information": "The best line is the same, but the slopes are not.",
            "It diverges": "The curvature along that weight grows with the square of the inputs, a million times here, "
            "and the limit of the rate shrinks as much.",
            "It becomes slow": "It would with a rate small enough for the new column. The old rate is far too large.",
            "It becomes more accurate": "A longer number for the same length says nothing new about the example.",
        },
        key="It diverges",
    ),
)
