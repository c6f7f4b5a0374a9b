"""The five questions of lesson 08: MNIST with softmax."""

import numpy as np

from course_utils.activations import softmax
from course_utils.exercises import Question
from course_utils.gradients import numerical_gradient
from course_utils.losses import sparse_categorical_crossentropy

_SEVEN = np.append(np.full(7, 1 / 18), [1 / 2, 1 / 18, 1 / 18])  # (10,): a half for the 7, the rest shared


def _softmax_of_fives():
    p = softmax(np.full(10, 5.0))
    assert (p == p[0]).all()
    return f"Ten times {p[0]:g}"


def _tiny_step():
    z = np.array([2.0, 1.0, 0.1])
    right = softmax(z) - [0, 1, 0]

    def error(step):
        slopes = numerical_gradient(lambda z: -np.log(softmax(z)[1]), z, step=step)
        return np.abs(slopes - right).max()

    return "Nearly all digits cancel" if error(1e-15) > 1e6 * error(1e-5) else "Nothing, it is the best choice"


def _whole_batch():
    E = np.exp(np.arange(6.0).reshape(2, 3))
    P = E / E.sum()  # runs without a word
    return "The rows do not add up to 1" if np.isclose(P.sum(), 1) and (P.sum(axis=1) < 1).all() else "Nothing"


QUESTIONS = (
    Question(
        id="ten_equal_logits",
        ask="All ten logits of an image are 5. What does the softmax give?",
        options={
            "Ten times 5": "These are the logits themselves, and not probabilities.",
            "Ten times 0.5": "Ten times 0.5 adds up to 5. It would be right for two equal logits.",
            "Ten times 0.1": "Only differences of logits count, and here there are none.",
            "Ten times 1": "The ten probabilities have to add up to 1 together.",
        },
        key=_softmax_of_fives,
    ),
    Question(
        id="sum_without_axis",
        ask="Somebody writes `E / E.sum()` in place of `E / E.sum(axis=1, keepdims=True)`. What happens with a batch "
        "of 100 images?",
        options={
            "It stops with an error": "It runs without a word, which makes this mistake hard to find.",
            "The rows do not add up to 1": "All 1,000 numbers together add up to 1, so each row has only a part of it.",
            "The columns add up to 1": "That would be `axis=0`, which compares images with each other. Here no axis is "
            "named.",
            "Nothing": "That is true for a batch of one image only.",
        },
        key=_whole_batch,
    ),
    Question(
        id="cost_of_half",
        ask="An image of a 7 gets the probability 0.5 for the 7. What is its loss?",
        options={
            "0.5": "That is the probability. The loss is −log of it.",
            "0.69": "It is −log 0.5, whatever the other nine probabilities are.",
            "2.30": "That is the loss of knowing nothing, −log 0.1.",
            "It depends on the other nine": "Their entries in the one-hot row are 0, so their logarithms drop out.",
        },
        key=lambda: f"{sparse_categorical_crossentropy([7], _SEVEN[None]):.2f}",
    ),
    Question(
        id="too_small_h",
        ask="You measure a slope with a nudge h to both sides. What happens if h is made as small as 10⁻¹⁵?",
        options={
            "Nothing, it is the best choice": "For the formula alone smaller is better, but the computer rounds.",
            "h is too small to be stored": "Far smaller numbers can be stored. It is the difference of the losses that "
            "suffers.",
            "Nearly all digits cancel": "The two losses agree in nearly all of their 16 digits, and little more than "
            "their rounding is left.",
            "It takes much longer": "It takes two forward passes for each parameter, whatever h is.",
        },
        key=_tiny_step,
    ),
    Question(
        id="gradient_always_zero",
        ask="A weight of the 3 has the gradient 0 in every batch. What may be the reason?",
        options={
            "Its pixel is always paper": "The gradient is the pixel times the error, and the pixel is 0.",
            "It has been learned": "Then the errors cancel on the average, and not in every single batch.",
            "The rate is too small": "The rate multiplies the gradient. It does not change it.",
            "No image of the batch is a 3": "An image of another digit pushes the 3 down, so its gradient is not 0.",
        },
        key="Its pixel is always paper",
    ),
)
