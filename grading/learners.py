"""Who hands in what in the demonstration, and the marks that must come out."""

from submissions import (
    SCRIPT,
    HandIn,
    before,
    both,
    copied,
    cut_off,
    deleted,
    edited,
    moved,
    named,
    nothing,
    repriced,
    split,
    swap,
    tagged,
    without,
)

OWN_MEAN = "def scale(X_train, X):\n    return (X - X.mean(axis=0)) / X.std(axis=0)"
SUM = """def cost_and_gradient(X, y, w, b):
    a = predict(X, w, b)
    dz = (a - y) / len(X)
    return len(X) * cu.binary_crossentropy(y, a), X.T @ dz, dz.sum()"""
BY_HEART = {
    "scale": OWN_MEAN,
    "predict": "def predict(X, w, b):\n    return np.full((len(X), 1), 0.5)",
    "cost_and_gradient": "def cost_and_gradient(X, y, w, b):\n    return np.log(2), np.zeros((2, 1)), 0.0",
    "train": "def train(X, y, learning_rate, steps):\n    return np.ones((2, 1)), 0, [np.log(2)] + [0.2] * (steps - 1)",
}
# Code that is graded runs beside its checks: this line keeps all later cells from running.
SKIPPED = "get_ipython().input_transformers_cleanup.append(lambda lines: [])"
# Nor need it be that plain: here every difference that a check looks at is nought.
PATCHED = """def scale(X_train, X):
    vars(np)["abs"] = lambda *anything: np.zeros(1)
    return np.zeros(np.shape(X))"""
HELPER = "def slope(X, y, w, b):\n    return (predict(X, w, b) - y) / len(X)"
WITH_HELPER = """def cost_and_gradient(X, y, w, b):
    dz = slope(X, y, w, b)
    return cu.binary_crossentropy(y, predict(X, w, b)), X.T @ dz, dz.sum()"""
STUB = '''def train(X, y, learning_rate, steps):
    """Give w (n, 1), b and a list of the costs, one from before each step. X (m, n), y (m, 1)."""
    raise NotImplementedError("your lines belong here")'''  # as it is handed out
WRONG = "def train(X, y, learning_rate, steps):\n    return None"
TWICE = "train was there 2 times: the last one with something in it counted"
HALVES = "cost-and-gradient was there 2 times"
ORDER = "stood in another order"
LOST = "train was missing: it was put back"
STRANGER = "forward is no cell of this assignment"
NO_MASK = """def gradients(X, Y, W1, b1, W2, b2):
    H, P = forward(X, W1, b1, W2, b2)
    dZ2 = (P - Y) / len(X)
    dZ1 = dZ2 @ W2.T
    return [X.T @ dZ1, dZ1.sum(axis=0), H.T @ dZ2, dZ2.sum(axis=0)]"""

TURNED = """def read_codes(model, strips, spans):
    found = np.concatenate([windows(strip, places) for strip, places in zip(strips, spans, strict=True)])
    return model.predict(found.reshape(-1, 784) / np.float32(255)).argmax(axis=1).reshape(5, -1).T"""


def as_it_is(notebook):
    """Change nothing."""


def empty(notebook, stub='raise NotImplementedError("your lines belong here")'):
    for name in ("scale", "predict", "cost-and-gradient", "train"):
        swap(**{name.replace("-", "_"): stub})(notebook)
    swap(essay="*Your answer, in three to six sentences.*")(notebook)


LOGISTIC = [
    HandIn("right", as_it_is, 16, "every check passes; the text waits for the teacher", essay=4),
    HandIn("partly", swap(scale=OWN_MEAN, cost_and_gradient=SUM, essay=SCRIPT), 10, "each check counts alone", essay=2),
    HandIn("by-heart", swap(**BY_HEART), 4, "what only suits the visible checks fails the hidden ones"),
    HandIn("wrong", nothing, 0, "each check fails with an error"),
    HandIn("empty", empty, 0, "stubs fail; an untouched text gets 0 by itself", essay=None),
    HandIn("edited", both(nothing, edited), 0, "changed checks are put back before they run"),
    HandIn("deleted", both(nothing, deleted), 0, "deleted checks are added again"),
    HandIn("repriced", both(swap(scale=OWN_MEAN), repriced), 14, "points come from the source, not from the file"),
    HandIn("skipped", both(nothing, before("scale", SKIPPED)), 16, "NOT NOTICED: a check that never ran has no error"),
    HandIn("patched", both(nothing, swap(scale=PATCHED)), 3, "NOT NOTICED: NumPy was changed for the checks"),
    HandIn("syntax", swap(predict="def predict(X, w, b)\n    return 0"), 3, "that cell defines nothing; the rest runs"),
    HandIn("loop", before("train", "while True: pass"), 12, "the cell is stopped at the time limit; the rest runs"),
    HandIn("lost-cell", without("train"), 12, "without the answer its checks fail; the rest runs"),
    HandIn("lost-both", without("train", "train-check"), 12, "answer and check are put back", told=(LOST,)),
    HandIn(
        "copied", both(*map(copied, ("train-check", "fruit-data", "train"))), 16, "copies do no harm", told=(TWICE,)
    ),
    HandIn("newer", both(copied("train"), swap(train=WRONG)), 16, "of two answers the last counts", told=(TWICE,)),
    HandIn("stub-last", copied("train", STUB), 16, "an empty copy is no answer", told=(TWICE,)),
    HandIn(
        "split",
        both(swap(cost_and_gradient=WITH_HELPER), split("cost-and-gradient", HELPER)),
        16,
        "halves run",
        told=(HALVES,),
    ),
    HandIn("moved", both(moved("train-check", 0), moved("predict", -1)), 16, "cells are put back", told=(ORDER,)),
    HandIn("stranger", both(copied("scale"), named(-1, "forward")), 16, "it counts nothing", told=(STRANGER,)),
    HandIn("tagged", both(nothing, tagged), 0, "tags that keep checks from running are taken off"),
    HandIn("quits", before("train", "import os; os._exit(1)"), None, "NOT GRADED: the kernel died"),
    HandIn("renamed", as_it_is, None, "NOT GRADED: no file has the right name", file="logistic_regression (1)"),
    HandIn("cut-off", cut_off, None, "NOT GRADED: the file is no notebook"),
]

DIGITS = [
    HandIn("right", as_it_is, 16, "every check passes; the text waits for the teacher", essay=4),
    HandIn("partly", swap(gradients=NO_MASK), 13, "only the check of the hidden layer's slopes fails", essay=1),
    HandIn("wrong", nothing, 0, "each check fails with an error"),
    HandIn("edited", both(nothing, edited, repriced), 0, "checks and points are put back"),
]

POSTCODE = [
    HandIn("right", as_it_is, 16, "every check passes; the text waits for the teacher", essay=4),
    HandIn("partly", swap(read_codes=TURNED), 13, "only the check of the order fails", essay=2),
    HandIn("wrong", nothing, 0, "each check fails with an error"),
    HandIn("edited", both(nothing, edited, repriced), 0, "checks and points are put back"),
]

COURSE = {"logistic_regression": LOGISTIC, "two_layer_digits": DIGITS, "postcode_window": POSTCODE}
