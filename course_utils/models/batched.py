"""Many small networks at once: the same two layers from many starts, as stacked arrays. Lesson 06.

A loop over 200 small networks spends its time on calls, not on arithmetic. Stacked, all of them take a step together.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import checks
from course_utils.activations import sigmoid
from course_utils.checks import argument_error
from course_utils.derivatives import ACTIVATIONS

HIDDEN = {name: ACTIVATIONS[name] for name in ("sigmoid", "tanh", "relu")}


@dataclass(frozen=True)
class Many:
    """Two-layer networks with one sigmoid output, side by side; `weights[k][s]` belongs to seed s.

    Attributes
    ----------
    activation : str
        Of the hidden layer.
    weights : list of ndarray
        kernel (s, n_in, width), bias (s, width), kernel (s, width, 1), bias (s, 1).
    """

    activation: str
    weights: list[NDArray]

    def hidden(self, X: ArrayLike) -> NDArray:
        """Return where the hidden layer of each network puts the examples X (m, n_in): (s, m, width)."""
        return self._hidden(self._validate_x("Many.hidden", X))

    def predict(self, X: ArrayLike) -> NDArray:
        """Return the output (s, m, 1) of each network."""
        return self._predict(self._validate_x("Many.predict", X))

    def _validate_x(self, name: str, X: ArrayLike) -> NDArray:
        X = checks.as_array(name, "X", X)
        n = self.weights[0].shape[1]
        if X.ndim != 2 or X.shape[1] != n:
            raise argument_error(name, "X has the wrong shape", f"(m, {n})", X.shape)
        return X

    @np.errstate(over="ignore", invalid="ignore", under="ignore")
    def _predict(self, X):
        return self._output(self._hidden(X))

    @np.errstate(over="ignore", invalid="ignore", under="ignore")
    def _hidden(self, X):
        kernel, bias, *_ = self.weights
        z = np.asarray(X, np.float64) @ kernel + bias[:, None]  # (m, n) @ (s, n, width) + (s, 1, width)
        return HIDDEN[self.activation][0](z, out=z)

    def _output(self, hidden):
        *_, kernel, bias = self.weights
        return sigmoid(hidden @ kernel + bias[:, None])  # (s, m, width) @ (s, width, 1) + (s, 1, 1)

    def scores(self, X: ArrayLike, y: ArrayLike) -> NDArray:
        """Return how many of the examples each network gets right: (s,) whole numbers. Solved are len(X)."""
        examples = self._validate_x("Many.scores", X)
        targets = _validate_y("Many.scores", y, examples)
        return ((self._predict(examples) > 0.5) == (targets > 0.5)).sum(axis=(1, 2))

    def gradients(self, X: ArrayLike, y: ArrayLike) -> list[NDArray]:
        """Return the gradients of each network's mean binary cross-entropy, shaped like `weights`."""
        examples = self._validate_x("Many.gradients", X)
        return self._gradients(examples, _validate_y("Many.gradients", y, examples))

    @np.errstate(over="ignore", invalid="ignore", under="ignore")
    def _gradients(self, X, y):
        hidden = self._hidden(X)
        dz = (self._output(hidden) - y) / len(X)  # (s, m, 1)
        back = dz @ self.weights[2].swapaxes(1, 2)  # (s, m, 1) @ (s, 1, width) -> (s, m, width)
        last = [hidden.swapaxes(1, 2) @ dz, dz.sum(axis=1)]  # (s, width, m) @ (s, m, 1) -> (s, width, 1); (s, 1)
        HIDDEN[self.activation][1](hidden, back)  # dJ/da -> dJ/dz; uses hidden up
        first = [np.asarray(X).T @ back, back.sum(axis=1)]  # (n, m) @ (s, m, width) -> (s, n, width); (s, width)
        return [*first, *last]


def train_many(
    X: ArrayLike,
    y: ArrayLike,
    width: int,
    activation: str,
    *,
    seeds: Iterable[int],
    learning_rate: float,
    steps: int,
    stddev: float = 1.0,
    bias: float = 0.0,
) -> Many:
    """Train a two-layer network from each seed, with full-batch gradient descent on the binary cross-entropy.

    Parameters
    ----------
    X : array_like, (m, n_in)
    y : array_like of 0 and 1, (m, 1)
    width : int
        Units of the hidden layer.
    activation : str
        Of the hidden layer: sigmoid, tanh or relu. The output unit is a sigmoid.
    seeds : iterable of int
        A start for each: both kernels are drawn from `default_rng(seed)`, normal with deviation `stddev`.
    learning_rate : float
    steps : int
    stddev : float
    bias : float
        Of every hidden unit at the start.

    Returns
    -------
    Many

    Raises
    ------
    ValueError
        For shapes that do not fit, an unknown activation, or a number out of range.

    Examples
    --------
    >>> X, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]])
    >>> runs = train_many(X, y, 2, "tanh", seeds=[0, 1], learning_rate=0.5, steps=500)
    >>> runs.scores(X, y)
    array([4, 2])
    """
    name = "train_many"
    X = checks.as_array(name, "X", X)
    checks.check_ndim(name, "X", X, 2, "(m, n_in)")
    y = _validate_y(name, y, X)
    checks.choice(name, "activation", activation, HIDDEN)
    rate = checks.number(name, "learning_rate", learning_rate, low=0)
    steps = checks.whole(name, "steps", steps, low=0)
    width, stddev = checks.whole(name, "width", width), checks.positive(name, "stddev", stddev)
    bias = checks.number(name, "bias", bias)
    runs = Many(activation, _starts(X.shape[1], width, seeds, stddev, bias))
    for _ in range(steps):
        for variable, gradient in zip(runs.weights, runs._gradients(X, y), strict=True):
            variable -= rate * gradient
    return runs


def _validate_y(name, y, X):
    y = checks.as_array(name, "y", y)
    if y.shape != (len(X), 1):
        raise argument_error(name, "y must have one column and X's rows", (len(X), 1), y.shape, "y.reshape(-1, 1)")
    return y


def _starts(n_in, width, seeds, stddev, bias):
    rngs = [checks.generator("train_many", seed) for seed in seeds]
    if not rngs:
        raise argument_error("train_many", "seeds is empty", "at least one seed", "none")
    first = np.stack([rng.standard_normal((n_in, width)) for rng in rngs])  # (s, n_in, width)
    last = np.stack([rng.standard_normal((width, 1)) for rng in rngs])  # (s, width, 1)
    biases = [np.full((len(rngs), width), bias), np.zeros((len(rngs), 1))]
    return [stddev * first, biases[0], stddev * last, biases[1]]
