"""The five questions of lesson 02: loss and cost."""

import numpy as np

from course_utils.exercises import Question
from course_utils.losses import binary_crossentropy

QUESTIONS = (
    Question(
        id="loss_or_cost",
        ask="What is the difference between loss and cost?",
        options={
            "None": "Dia's loss is 0.776, the cost of all ten is 0.212.",
            "Loss: one example; cost: the mean": "The training lowers the cost.",
            "Loss: the sum; cost: the mean": "The sum grows with the number of examples. The loss is each one's own.",
            "Loss: before training; cost: after it": "Both are there at every step, before, while and after it learns.",
        },
        key="Loss: one example; cost: the mean",
    ),
    Question(
        id="sure_and_wrong",
        ask="The curve says 0.999, and it does not happen. Its cross-entropy is about",
        options={
            "0.001": "This is 1 − p, and nearly the loss if it does happen.",
            "0.999": "This is p. Its square is the squared error.",
            "1": "This is where the squared error ends.",
            "6.9": "−log 0.001, three times 2.30.",
        },
        key=lambda: f"{binary_crossentropy([0.0], [0.999]):.1f}",
    ),
    Question(
        id="squared_through_sigmoid",
        ask="Why does the squared error through a sigmoid learn slowly from its worst mistakes?",
        options={
            "Its loss is small": "It is near 1, the largest possible. Its slope is small.",
            "The sigmoid is flat there": "a (1 − a) is a factor of the slope.",
            "The square is flat there": "2 (a − y) is as steep there as it gets. The other factor is near 0.",
            "It has two valleys": "True of ten learners on one line. One example alone has no second valley.",
        },
        key="The sigmoid is flat there",
    ),
    Question(
        id="clipping_p",
        ask="What does clipping p at 1e-7 do?",
        options={
            "Nothing": "Up to z = 16 nearly nothing. Beyond, everything.",
            "It makes the loss exact": "The exact loss at z = 40 is 40, the patched one 16.1.",
            "It caps the loss and removes its slope": "A plateau teaches nothing.",
            "It caps the loss and keeps its slope": "Beyond the cap the loss is the same everywhere: slope 0.",
        },
        key="It caps the loss and removes its slope",
    ),
    Question(
        id="column_minus_row",
        ask="y has the shape (100,), p has (100, 1). What is the shape of y − p?",
        options={
            "(100,)": "For that, both would need the shape (100,).",
            "(100, 1)": "For that, both would need the shape (100, 1).",
            "(100, 100)": "Each target meets each prediction, and nothing warns.",
            "None, it is an error": "From NumPy, no. From `course_utils`, yes.",
        },
        key=lambda: str((np.zeros(100) - np.zeros((100, 1))).shape),
    ),
)
