"""Objective: what training makes small. A loss of the last layer's output, and its slope there. Lesson 08.

Softmax and cross-entropy, and likewise sigmoid and binary cross-entropy, are one step from the logits: it needs no
logarithm of a probability that may be 0, and its slope is the short p - y. Tests hold each step to the two formulas.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils import activations, checks, losses
from course_utils.checks import argument_error
from course_utils.layers import Dense


@dataclass(frozen=True)
class Objective:
    """A loss, as it is computed from the output of a certain last activation.

    Attributes
    ----------
    loss : str
        Keras's name of it.
    value : callable
        (y_true, output) -> the mean loss.
    value_and_slope : callable
        (y_true, output) -> the mean loss and dJ/d(output), which may be written over the output.
    from_logits : bool
        The output are the logits: the last activation is a part of this step.
    """

    loss: str
    value: Callable[[Any, Any], float]
    value_and_slope: Callable[[Any, Any], tuple[float, Any]]
    from_logits: bool = False

    def targets(self, name: str, y: Any, shape: tuple[int, int], dtype: Any) -> NDArray:
        """Return y as the loss takes it for an output of this shape (m, units): labels (m,), or an array (m, units)."""
        m, units = shape
        if self.loss == "sparse_categorical_crossentropy":
            return checks.as_labels(name, "y", y, units).astype(np.intp)
        y = checks.as_array(name, "y", y)
        checks.check_same_shape(name, y, np.broadcast_to(0, shape))
        if self.loss == "binary_crossentropy":
            checks.check_unit_interval(name, "y", y)
        if self.loss == "categorical_crossentropy":  # its one step takes each row for a distribution
            wrong = (y < 0).any(axis=1) | (np.abs(y.sum(axis=1) - 1) > 1e-3)
            if wrong.any():
                i = int(wrong.argmax())
                received = f"{y[i].tolist()} in row {i}"
                raise argument_error(name, "a row of y is no one-hot row", "values >= 0 with sum 1", received)
        with np.errstate(over="ignore"):  # beyond float32 lies infinity
            return np.ascontiguousarray(y, dtype)


def sparse_softmax_crossentropy(labels: NDArray, z: NDArray) -> tuple[float, NDArray]:
    """Softmax and sparse cross-entropy in one step: return the mean loss, and dJ/dz in the memory of the logits z.

    With p = softmax(z) the loss of a row is J = log(sum_j e^z_j) - z_label, so dJ/dz_k = p_k - 1[k = label].
    The log never sees a p of 0, and no p is divided by itself; the mean over the m rows divides by m.
    """
    m, rows = len(z), np.arange(len(z))
    z -= z[rows, z.argmax(axis=1)][:, None]  # (m, K) less the largest of each row; faster than max along a short axis
    chosen = z[rows, labels]  # (m,)
    total = np.exp(z, out=z) @ np.ones(z.shape[1], z.dtype)  # (m,); faster than a sum along a short axis
    z *= (1 / (total * m))[:, None]  # p / m
    z[rows, labels] -= 1 / m
    return float((np.log(total) - chosen).sum()) / m, z


def softmax_crossentropy(y: NDArray, z: NDArray) -> tuple[float, NDArray]:
    """Softmax and cross-entropy in one step, for rows y with sum 1: dJ/dz = (softmax(z) - y) / m."""
    loss = losses.categorical_crossentropy(y, z, from_logits=True)
    activations.softmax(z, out=z)
    z -= y
    z /= len(z)
    return loss, z


def sigmoid_crossentropy(y: NDArray, z: NDArray) -> tuple[float, NDArray]:
    """Sigmoid and binary cross-entropy in one step: J = mean(log(1 + e^z) - y z), dJ/dz = (sigmoid(z) - y) / size."""
    loss = losses.binary_crossentropy(y, z, from_logits=True)
    activations.sigmoid(z, out=z)
    z -= y
    z /= z.size
    return loss, z


def crossentropy_of_probabilities(y: NDArray, a: NDArray) -> tuple[float, NDArray]:
    """Binary cross-entropy of probabilities, dJ/da = ((1 - y) / (1 - a) - y / a) / size."""
    return losses.binary_crossentropy(y, a), (_ratio(1 - y, 1 - a) - _ratio(y, a)) / a.size


def _ratio(y, p):
    """Return y / p, the slope of y log p, and 0 where y is 0: what never happens has no slope, at p = 0 either."""
    return np.divide(y, p, out=np.zeros_like(p), where=y != 0)


def squared_error(y: NDArray, a: NDArray) -> tuple[float, NDArray]:
    """Mean squared error, dJ/da = 2 (a - y) / size."""
    return losses.mean_squared_error(y, a), (a - y) * (2 / a.size)


def absolute_error(y: NDArray, a: NDArray) -> tuple[float, NDArray]:
    """Mean absolute error, dJ/da = sign(a - y) / size: every miss pulls equally hard."""
    return losses.mean_absolute_error(y, a), np.sign(a - y) / a.size


def _of_logits(loss: str, value_and_slope: Callable) -> Objective:
    value = getattr(losses, loss)
    return Objective(loss, partial(value, from_logits=True), value_and_slope, from_logits=True)


_SQUARED = Objective("mean_squared_error", losses.mean_squared_error, squared_error)
_ABSOLUTE = Objective("mean_absolute_error", losses.mean_absolute_error, absolute_error)
_BINARY = Objective("binary_crossentropy", losses.binary_crossentropy, crossentropy_of_probabilities)

# loss: the last activations that fit it. Keras trains every pair: where an output is no probability it clips it to
# 0 … 1, and rows that do not sum to 1 it divides by their sum, without a word. Here those pairs are refused.
ALIASES = {"mse": "mean_squared_error", "mae": "mean_absolute_error"}
OF_VALUES = ("linear", "sigmoid", "tanh", "relu", "softmax")
OBJECTIVES = {
    "mean_squared_error": dict.fromkeys(OF_VALUES, _SQUARED),
    "mean_absolute_error": dict.fromkeys(OF_VALUES, _ABSOLUTE),
    "binary_crossentropy": {
        "sigmoid": _of_logits("binary_crossentropy", sigmoid_crossentropy),
        "softmax": _BINARY,  # each unit of a softmax is a probability
    },
    "categorical_crossentropy": {"softmax": _of_logits("categorical_crossentropy", softmax_crossentropy)},
    "sparse_categorical_crossentropy": {
        "softmax": _of_logits("sparse_categorical_crossentropy", sparse_softmax_crossentropy)
    },
}


def choose_objective(name: str, loss: Any, last: Dense) -> Objective:
    """Return the objective of a loss, given by its Keras name or as mse or mae, on top of the last layer.

    Raises
    ------
    ValueError
        For an unknown loss, and for an output on which it has no meaning.
    """
    loss = ALIASES[loss] if isinstance(loss, str) and loss in ALIASES else loss
    fitting = checks.choice(name, "loss", loss, OBJECTIVES)
    received = repr(last)
    if last.activation == "softmax" and last.units == 1:
        expected = 'Dense(1, "sigmoid"), or a softmax over two units or more'
        raise argument_error(name, "one softmax unit always gives 1, and learns nothing", expected, received)
    if last.activation not in fitting:
        rows = "rows of probabilities with sum 1" if "categorical" in loss else "probabilities"
        expected = " or ".join(f'"{activation}"' for activation in fitting) + " in the last layer"
        raise argument_error(name, f"{loss} needs {rows}", expected, received, _other_way(loss, last))
    return fitting[last.activation]


def _other_way(loss: str, last: Dense) -> str:
    """Return what was probably meant."""
    if last.activation == "sigmoid":
        return 'loss="binary_crossentropy" for sigmoid units'
    if last.units == 1:
        return 'Dense(1, "sigmoid") with loss="binary_crossentropy"; loss="mean_squared_error" for values'
    wanted = "sigmoid" if loss == "binary_crossentropy" else "softmax"
    return f'Dense({last.units}, "{wanted}"), or loss="mean_squared_error" for values'
