"""The five questions of lesson 01: a neuron and its activation."""

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
            "0": "That would need z far below 0. Here z is exactly 0.",
            "0.5": "z = 0 for every input, and σ(0) = 1/2. The neuron knows nothing yet.",
            "1": "That would need z far above 0.",
            "It depends on x": "Each input is multiplied by 0.",
        },
        key=lambda: f"{sigmoid(np.array([3.0, -7.0]) @ np.zeros(2) + 0):g}",
    ),
    Question(
        id="step_in_networks",
        ask="Why is the step not used in networks that learn by slopes?",
        options={
            "It is slow": "A comparison is faster than an exponential.",
            "Its slope is 0": "Wherever it has a slope, the slope says nothing.",
            "It says only 0 or 1": "An answer may be just yes or no. Learning needs to know which way is better.",
            "It has no bias": "The bias belongs to z, before the activation.",
        },
        key="Its slope is 0",
    ),
    Question(
        id="curve_at_half",
        ask="w = 4, b = −2. Where does the curve pass 0.5?",
        options={
            "x = −2": "This is b itself. It must be divided by the weight.",
            "x = −0.5": "The sign is lost. 4 · (−0.5) − 2 = −4.",
            "x = 0.5": "4 · 0.5 − 2 = 0.",
            "x = 2": "That is −b. 4 · 2 − 2 = 6, and σ(6) is nearly 1.",
        },
        key=_passes_half,
    ),
    Question(
        id="steepest_place",
        ask="Where is the sigmoid's slope largest?",
        options={
            "At z = −6": "The curve is flat there, with a slope near 0.0025.",
            "At z = 0": "a (1 − a) is largest for a = 1/2, and is 1/4 there.",
            "At z = 0.5": "It is a that must be 0.5, not z. Here a is 0.62, and the slope 0.235.",
            "It is the same everywhere": "That would be a straight line.",
        },
        key=_steepest,
    ),
    Question(
        id="odds_of_a_sigmoid",
        ask="A sigmoid gives 0.8. What are the odds?",
        options={
            "0.8": "This is the probability.",
            "1.25": "This is 1 / 0.8.",
            "4": "0.8 / 0.2: four times yes for each no.",
            "8": "Eight times of ten is the probability, not the odds.",
        },
        key=lambda: f"{0.8 / (1 - 0.8):.3g}",
    ),
)
