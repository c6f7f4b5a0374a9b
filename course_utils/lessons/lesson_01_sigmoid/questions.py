"""The five questions of lesson 01: a neuron and its activation function."""

import numpy as np

from course_utils.activations import sigmoid, sigmoid_grad
from course_utils.exercises import Question


def _passes_half():
    x = np.array([-2, -0.5, 0.5, 2])
    return f"x = {x[np.isclose(sigmoid(4 * x - 2), 0.5)].item():g}"


def _steepest():
    z = np.array([-6, 0, 0.5])
    return f"At z = {z[sigmoid_grad(z).argmax()]:g}"


QUESTIONS = (
    Question(
        id="neuron_of_zeros",
        ask="All weights are 0 and the bias is 0. What does the sigmoid neuron say?",
        options={
            "0": "For an output near 0, z would have to be far below 0. Here z is exactly 0.",
            "0.5": "z is 0 for every input, and σ(0) = 1/2. A neuron that knows nothing is undecided.",
            "1": "For an output near 1, z would have to be far above 0. Here z is exactly 0.",
            "It depends on x": "Every feature is multiplied by 0, so none of them has a say.",
        },
        key=lambda: f"{sigmoid(np.array([3.0, -7.0]) @ np.zeros(2) + 0):g}",
    ),
    Question(
        id="step_in_networks",
        ask="Why is the step not used in networks that learn by slopes?",
        options={
            "It is slow": "It is even faster than the sigmoid: a comparison takes less time than an exponential.",
            "Its slope is 0": "It is 0 everywhere but at the jump, so a nudge does not say which way is better.",
            "It says only 0 or 1": "An answer may be just yes or no. What learning lacks is a direction.",
            "It has no bias": "The bias belongs to z, before the activation function. A step has one just as well.",
        },
        key="Its slope is 0",
    ),
    Question(
        id="curve_at_half",
        ask="w = 4, b = −2. Where does the curve pass 0.5?",
        options={
            "x = −2": "This is b itself. The threshold is −b / w, so it has to be divided by the weight, too.",
            "x = −0.5": "The sign is lost: 4 · (−0.5) − 2 = −4, and σ(−4) is nearly 0.",
            "x = 0.5": "There z = 4 · 0.5 − 2 = 0, and σ(0) = 0.5.",
            "x = 2": "That is −b, without the division: 4 · 2 − 2 = 6, and σ(6) is nearly 1.",
        },
        key=_passes_half,
    ),
    Question(
        id="steepest_place",
        ask="Where is the sigmoid's slope largest?",
        options={
            "At z = −6": "The curve is flat there: the neuron is saturated, with a slope near 0.0025.",
            "At z = 0": "The slope a (1 − a) is largest where a = 1/2, and that is at z = 0. It is 1/4 there.",
            "At z = 0.5": "It is a that has to be 0.5, not z. At z = 0.5, a is 0.62 and the slope is 0.235.",
            "It is the same everywhere": "That would be a straight line, and it would leave the range from 0 to 1.",
        },
        key=_steepest,
    ),
    Question(
        id="odds_of_a_sigmoid",
        ask="A sigmoid gives 0.8. What are the odds?",
        options={
            "0.8": "This is the probability. The odds compare it with the probability of a no.",
            "1.25": "This is 1 / 0.8. The odds are 0.8 divided by what it lacks to 1.",
            "4": "0.8 / 0.2 = 4: four times yes for each no.",
            "8": "Eight times out of ten is the probability. The odds count eight against two.",
        },
        key=lambda: f"{0.8 / (1 - 0.8):.3g}",
    ),
)
