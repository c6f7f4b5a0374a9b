"""The five questions of toolbox T1: arrays."""

import numpy as np

from course_utils.exercises import Question

QUESTIONS = (
    Question(
        id="shape_after_sum",
        ask="Z has the shape (60, 10). Which shape has `Z.sum(axis=1)`?",
        options={
            "(60,)": "The axis that is named goes. Axis 1 has the length 10, so that (60,) is left.",
            "(10,)": "This is `Z.sum(axis=0)`, one sum for each column.",
            "(60, 1)": "This is what `keepdims=True` gives. Without it the axis is gone.",
            "(1, 10)": "Here axis 0 has been added up, and kept with the length 1.",
        },
        key=lambda: str(np.zeros((60, 10)).sum(axis=1).shape),
    ),
    Question(
        id="star_or_at",
        ask="What is the difference between `x * w` and `x @ w` for two arrays of the shape (3,)?",
        options={
            "None": "For x = [1, 2, 3] and w = [1, 1, 1] one is [1, 2, 3] and the other 6.",
            "`*` gives three numbers, `@` gives their sum": "Both multiply entry by entry, and `@` also adds up.",
            "`*` gives one number, `@` gives three": "It is the other way round: `@` is the one that adds up.",
            "`@` is not allowed here": "It is the dot product of the two.",
        },
        key="`*` gives three numbers, `@` gives their sum",
    ),
    Question(
        id="inner_lengths",
        ask="X has the shape (60, 784) and W the shape (784, 10). Which product does NumPy refuse?",
        options={
            "`X @ W`": "The inner lengths are both 784, and the result has the shape (60, 10).",
            "`W.T @ X.T`": "(10, 784) and (784, 60): the inner lengths agree. It is the transpose of X @ W.",
            "`X.T @ X`": "(784, 60) and (60, 784): the inner lengths are both 60.",
            "`W @ X`": "(784, 10) and (60, 784): 10 is not 60, so no row fits a column.",
        },
        key="`W @ X`",
    ),
    Question(
        id="which_shapes_fit",
        ask="Which of these can not be added to an array of the shape (60, 10)?",
        options={
            "An array of the shape (10,)": "From the right, 10 meets 10. It is added to each of the 60 rows.",
            "An array of the shape (60, 1)": "1 is repeated ten times, and 60 meets 60.",
            "An array of the shape (60,)": "From the right, 60 meets 10, and neither of them is 1.",
            "A single number": "It is added to all 600 entries.",
        },
        key="An array of the shape (60,)",
    ),
    Question(
        id="keeps_old_values",
        ask="You want to remember the weights `W` from before the training, which changes W by `W -= …`. "
        "Which line does that?",
        options={
            "`start = W`": "This is a second name of the same array. It shows the trained weights afterwards.",
            "`start = W[:]`": "A slice is a view: it shares its memory with W.",
            "`start = W.copy()`": "Only here are the numbers written to a place of their own.",
            "`start = W.T.T`": "A transpose is a view, and so is the transpose of one.",
        },
        key="`start = W.copy()`",
    ),
)
