"""The five questions of lesson 03: gradient descent."""

import numpy as np

from course_utils.exercises import Question
from course_utils.gradients import gradient_descent, numerical_gradient
from course_utils.losses import binary_crossentropy


def _diverges():
    rates = (0.05, 0.1, 0.19, 0.21)
    ends = [gradient_descent(lambda w: 10 * w, [1.0], learning_rate=rate, steps=100)[-1, 0] for rate in rates]
    (worst,) = (rate for rate, end in zip(rates, ends, strict=True) if abs(end) > 1)
    return f"{worst:g}"


def _slope_for_z():
    z = np.log([0.9 / 0.1])  # (1,): the logit of a = 0.9
    slope = numerical_gradient(lambda z: binary_crossentropy([1.0], z, from_logits=True), z)
    return f"{slope.item():.2g}".replace("-", "−")


QUESTIONS = (
    Question(
        id="one_step_down",
        ask="The slope is −2, the learning rate 0.1, w is 5. What is w after the step?",
        options={
            "4.8": "This goes uphill. Minus times minus is plus.",
            "5.2": "5 − 0.1 · (−2).",
            "3": "The rate is missing, and the sign is turned.",
            "7": "The rate is missing.",
        },
        key=lambda: f"{5 - 0.1 * -2:g}",
    ),
    Question(
        id="curvature_and_rate",
        ask="A parabola has curvature 10. Which rate diverges?",
        options={
            "0.05": "Factor 0.5. It arrives.",
            "0.1": "Factor 0. It arrives at once.",
            "0.19": "Factor −0.9. It oscillates, and arrives.",
            "0.21": "Factor −1.1, beyond 2 / 10.",
        },
        key=_diverges,
    ),
    Question(
        id="too_small_h",
        ask="Why is h = 10⁻¹⁵ a poor choice for a difference quotient?",
        options={
            "It becomes 0": "Numbers far smaller are kept. It is the difference of two values that suffers.",
            "Digits cancel": "The two values agree in nearly all of their 16 digits.",
            "The formula is wrong": "Its own error is tiny at such an h.",
            "It is too large": "For the formula alone, smaller were better.",
        },
        key="Digits cancel",
    ),
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
