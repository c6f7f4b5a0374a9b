"""The five questions of lesson 04: logistic regression."""

import numpy as np

from course_utils.exercises import Question
from course_utils.gradients import numerical_gradient
from course_utils.losses import binary_crossentropy


def _slope_for_z():
    z = np.log([0.9 / 0.1])  # (1,): the logit of a = 0.9
    slope = numerical_gradient(lambda z: binary_crossentropy([1.0], z, from_logits=True), z)
    return f"{slope.item():.2g}".replace("-", "−")


QUESTIONS = (
    Question(
        id="apple_slope",
        ask="An apple has y = 1 and a = 0.9. What is the slope of its loss for z?",
        options={
            "−0.1": "a − y: z should grow a little.",
            "0.1": "That is y − a.",
            "0.9": "The target is missing.",
            "0.09": "That is a (1 − a), the slope of the sigmoid.",
        },
        key=_slope_for_z,
    ),
    Question(
        id="zero_input",
        ask="For one example the input x₂ is 0. What is the slope of its loss for the weight w₂?",
        options={
            "a − y": "That is the slope for the logit. For a weight it is multiplied by the weight's input.",
            "0": "An input of 0 had no part in the mistake, so its weight is left alone.",
            "w₂": "The weight itself is no factor of its own slope: z changes by x₂ for each 1 that w₂ changes.",
            "It depends on y": "Whatever y is, the error is multiplied by the input, which is 0.",
        },
        key=lambda: f"{(0.9 - 1) * 0:g}".replace("-", ""),
    ),
    Question(
        id="steps_per_epoch",
        ask="There are 120 apples, in mini-batches of 12. How many steps are taken in one epoch?",
        options={
            "1": "That is the full batch: one step after reading all 120.",
            "10": "120 / 12: each mini-batch brings a step, and all of them together are one epoch.",
            "12": "That is the number of apples in a mini-batch.",
            "120": "That would be batches of a single apple.",
        },
        key=lambda: f"{120 // 12}",
    ),
    Question(
        id="scale_and_rate",
        ask="One feature is given in grams instead of kilograms. What does that do to gradient descent?",
        options={
            "Nothing": "The best line is the same, but the way to it is not: the slopes for that weight grow.",
            "It allows a larger rate": "Larger inputs make larger curvature, and so a smaller limit for the rate.",
            "One rate no longer suits both weights": "The large feature forces a tiny rate on the other "
            "one, which then hardly moves.",
            "The cost becomes larger": "At the same forecasts the cost is the same. It says nothing of units.",
        },
        key="One rate no longer suits both weights",
    ),
    Question(
        id="noise_at_rest",
        ask="Single examples at a constant rate never come to rest. Why?",
        options={
            "The gradient is wrong": "On average it is right.",
            "Each example pulls its own way": "At the lowest place only their mean is zero.",
            "Too few steps": "It arrived long before the end.",
            "The start is bad": "This valley leads down from every start.",
        },
        key="Each example pulls its own way",
    ),
)
