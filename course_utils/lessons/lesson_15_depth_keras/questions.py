"""The five questions of lesson 15: depth."""

import numpy as np

from course_utils.exercises import Question


def _largest_slope():
    a = np.linspace(0, 1, 1001)
    return f"{(a * (1 - a)).max():g}".replace("0.25", "A quarter")


def _normalised_batch():
    z = np.array([2.0, 4.0, 6.0])
    hat = (z - z.mean()) / np.sqrt(z.var() + 0.001)
    return ", ".join(f"{value:.2f}".replace("-", "−") for value in hat)


def _learned_parameters():
    return f"{64 * 10 + 10}"


QUESTIONS = (
    Question(
        id="sigmoid_factor",
        ask="How much of the gradient can the slope of a sigmoid leave at most?",
        options={
            "All of it": "That would be a slope of 1, which ReLU has where it is active.",
            "A half": "The sigmoid is 0.5 where it is steepest, but its slope there is 0.5 · 0.5.",
            "A quarter": "The slope is a(1 − a), and it is largest at a = 0.5.",
            "Nothing": "It comes near 0 only where the unit is saturated.",
        },
        key=_largest_slope,
    ),
    Question(
        id="worse_in_training",
        ask="A network of 30 layers is worse than one of 3, on the test images and on the training images. What is "
        "the matter?",
        options={
            "It overfits": "Then it would be good on the images that it was trained on.",
            "Training does not reach what it could do": "It could copy the small one and pass on the rest: the "
            "search fails.",
            "It has too few parameters": "It has more than the small one, if the layers are equally wide.",
            "The test images are harder": "It is worse on the training images, too.",
        },
        key="Training does not reach what it could do",
    ),
    Question(
        id="normalised_sums",
        ask="A batch of three examples gives a unit the sums 2, 4 and 6. What does batch normalisation make of them, "
        "with γ = 1 and β = 0?",
        options={
            "−1.22, 0.00, 1.22": "The mean 4 is subtracted, and the standard deviation 1.63 divides.",
            "−2.00, 0.00, 2.00": "The mean has been subtracted, but nothing has divided yet.",
            "0.17, 0.33, 0.50": "These add up to 1, as in a softmax. Here the mean becomes 0.",
            "−0.75, 0.00, 0.75": "Here the variance divides, and it should be its root.",
        },
        key=_normalised_batch,
    ),
    Question(
        id="zero_block",
        ask="A block gives a + F(a), and F is still zero everywhere. What does the block do?",
        options={
            "It gives 0": "F gives 0, and a is added to it.",
            "It passes a on, and the gradient, too": "a + 0 = a, and the slope of a is 1.",
            "It passes a on, but stops the gradient": "The gradient takes the same way back as a took forward.",
            "It doubles a": "Then F(a) would have to be a.",
        },
        key="It passes a on, and the gradient, too",
    ),
    Question(
        id="frozen_parameters",
        ask="The first layer of 784-64-10 is frozen. How many parameters does training change?",
        options={
            "650": "64 weights and one bias for each of the ten outputs.",
            "640": "The ten biases of the head learn as well.",
            "50,240": "These are the frozen ones, and they stay as they are.",
            "50,890": "This would be all of them. Frozen parameters do not learn.",
        },
        key=_learned_parameters,
    ),
)
