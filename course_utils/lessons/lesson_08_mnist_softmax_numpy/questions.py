"""The five questions of lesson 08: MNIST with softmax."""

import numpy as np

from course_utils.activations import softmax
from course_utils.exercises import Question
from course_utils.losses import sparse_categorical_crossentropy

_SEVEN = np.append(np.full(7, 1 / 18), [1 / 2, 1 / 18, 1 / 18])  # (10,): a half for the 7, the rest shared


def _softmax_of_fives():
    p = softmax(np.full(10, 5.0))
    assert (p == p[0]).all()
    return f"Ten times {p[0]:g}"


def _whole_batch():
    E = np.exp(np.arange(6.0).reshape(2, 3))
    P = E / E.sum()  # runs without a word
    return "The rows do not add up to 1" if np.isclose(P.sum(), 1) and (P.sum(axis=1) < 1).all() else "Nothing"


QUESTIONS = (
    Question(
        id="ten_equal_logits",
        ask="All ten logits of an image are 5. What does the softmax give?",
        options={
            "Ten times 5": "These are the logits, not probabilities.",
            "Ten times 0.5": "That would be right for two classes. Ten times 0.5 is 5, not 1.",
            "Ten times 0.1": "Only differences count, and here there are none.",
            "Ten times 1": "The ten must add up to 1.",
        },
        key=_softmax_of_fives,
    ),
    Question(
        id="sum_without_axis",
        ask="`E / E.sum()` instead of `E / E.sum(axis=1, keepdims=True)`. What goes wrong with a batch of 100?",
        options={
            "It crashes": "It does not. That makes the mistake hard to find.",
            "The rows do not add up to 1": "All 1,000 numbers together do.",
            "The columns add up to 1": "That is `axis=0`: it compares images with each other. Here no axis is named.",
            "Nothing": "That is true for a batch of one image only.",
        },
        key=_whole_batch,
    ),
    Question(
        id="cost_of_half",
        ask="An image of a 7 gets probability 0.5 for 7. What does it cost?",
        options={
            "0.5": "That is the probability. The cost is −log of it.",
            "0.69": "−log 0.5 = 0.69.",
            "2.30": "That is the cost of knowing nothing, −log 0.1.",
            "It depends on the other nine": "Their one-hot entries are 0, so they drop out.",
        },
        key=lambda: f"{sparse_categorical_crossentropy([7], _SEVEN[None]):.2f}",
    ),
    Question(
        id="batch_32_or_100",
        ask="Batch 32 and batch 100, same start, same rate, 3,000 steps each. Which is ahead on the test images?",
        options={
            "Batch 100, by far": "It has seen more images, yet each step averages over them.",
            "Batch 32, by far": "That is after equal epochs, when it has taken more steps.",
            "Neither, by much": "Both were at 89 %.",
            "It cannot be compared": "The same test images judge both.",
        },
        key="Neither, by much",
    ),
    Question(
        id="gradient_always_zero",
        ask="A weight of the 3 has gradient 0 in every batch. What may be the reason?",
        options={
            "Its pixel is always paper": "The gradient is pixel times error, and the pixel is 0.",
            "It has been learned": "Then the errors cancel on average, not in every single batch.",
            "The rate is too small": "The rate multiplies the gradient. It does not change it.",
            "No image of the batch is a 3": "An image of another digit pushes the 3 down: its gradient is not 0.",
        },
        key="Its pixel is always paper",
    ),
)
