"""Exercises of lesson 04: the gradient of a neuron."""

import numpy as np

import course_utils as cu
from course_utils.exercises import exercise


def _neuron(m, n, seed):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(m, n)), rng.integers(0, 2, size=(m, 1)).astype(float)
    return X, y, rng.normal(size=(n, 1)), rng.normal(size=1)


@exercise(
    title="the gradient of the mean cross-entropy",
    aim="Give the two slopes of the cost of a sigmoid neuron: for its weights and for its bias.",
    shapes="X (m, n), y (m, 1), w (n, 1), b (1,) -> dw (n, 1), db (1,)",
    hints=(
        "Per example the slope for z is a − y. The mean over m examples divides it by m.",
        "z = w x + b: for w multiply a − y by x, for b by 1. Then add up over the examples.",
        "With dz = (cu.sigmoid(X @ w + b) - y) / len(X): X.T @ dz, and dz.sum(axis=0).",
    ),
    why="The same two lines end every network of the course: with softmax, too, the slope is a − y.",
    inputs=lambda: [_neuron(4, 2, 0), _neuron(1, 1, 1), _neuron(3, 3, 2), _neuron(50, 2, 3), _neuron(7, 5, 4)],
    results=("dw", "db"),
    way={"dz": ("db", "dw")},
)
def cross_entropy_gradient(X, y, w, b):
    dz = (cu.sigmoid(X @ w + b) - y) / len(X)  # (m, 1)
    return X.T @ dz, dz.sum(axis=0)  # (n, m) @ (m, 1) -> (n, 1); (1,)


@cross_entropy_gradient.mistake("The sign is turned: a − y, not y − a.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ (y - a) / len(X), (y - a).mean(axis=0)


@cross_entropy_gradient.mistake("This is the sum over the examples. The cost is their mean.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ (a - y), (a - y).sum(axis=0)


@cross_entropy_gradient.mistake("db is a sum still: divide it by m, as dw is.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ (a - y) / len(X), (a - y).sum(axis=0)


@cross_entropy_gradient.mistake("dw is a sum still: divide it by m, as db is.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ (a - y), (a - y).mean(axis=0)


@cross_entropy_gradient.mistake("db has one entry per unit: shape (1,), so mean(axis=0).")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ (a - y) / len(X), (a - y).mean()


@cross_entropy_gradient.mistake("a (1 − a) belongs to the squared error. In the cross-entropy it cancels.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ ((a - y) * a * (1 - a)) / len(X), ((a - y) * a * (1 - a)).mean(axis=0)


@cross_entropy_gradient.mistake("dw is flat, (n,). It has the shape of w, (n, 1): X.T @ … keeps it.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return np.mean((a - y) * X, axis=0), (a - y).mean(axis=0)


@cross_entropy_gradient.mistake("The sigmoid is missing: compare a with y, not z.")
def _(X, y, w, b):
    return X.T @ (X @ w + b - y) / len(X), (X @ w + b - y).mean(axis=0)


@cross_entropy_gradient.mistake("a is rounded to 0 or 1. Take a itself: how sure counts too.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ ((a > 0.5) - y) / len(X), ((a > 0.5) - y).mean(axis=0)


cross_entropy_gradient.mistake(
    "The bias is missing in z = X @ w + b.",
    lambda X, y, w, b: (X.T @ (cu.sigmoid(X @ w) - y) / len(X), (cu.sigmoid(X @ w) - y).mean(axis=0)),
)


@cross_entropy_gradient.mistake("All inputs are averaged together. Each weight has its own slope.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return (np.full_like(w, (X * (a - y)).mean()), (a - y).mean(axis=0))


@cross_entropy_gradient.mistake("The order is dw first, then db.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return ((a - y).mean(axis=0), X.T @ (a - y) / len(X))


@cross_entropy_gradient.mistake(
    "a is (m, 1) and y.ravel() is (m,): their difference is a table (m, m). Keep y as a column."
)
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ (a - y.ravel()) / len(X), (a - y.ravel()).mean(axis=0)


@cross_entropy_gradient.also
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ (a - y) / len(X), (a - y).mean(axis=0)


@cross_entropy_gradient.also
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return ((a - y) * X).mean(axis=0, keepdims=True).T, np.mean(a - y, axis=0)


@cross_entropy_gradient.also
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return np.einsum("mn,mu->nu", X, a - y) / len(y), sum(a - y) / len(y)


@cross_entropy_gradient.also
def _(X, y, w, b):
    dw, db = np.zeros_like(w), np.zeros(1)
    for x, t in zip(X, y):
        miss = cu.sigmoid(x @ w + b) - t
        dw += miss * x[:, None] / len(X)
        db += miss / len(X)
    return dw, db
