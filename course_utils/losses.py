"""Losses: how wrong a prediction is, as one float, the mean over the batch. Lesson 02 derives them.

Pure functions with Keras's names, argument order and scaling. No log is patched: a probability of
exactly 0 for what happened costs infinity. With `from_logits=True` the loss is computed from the
logits in one stable step and stays finite.
"""

import numpy as np
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error, as_array


def mean_squared_error(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """Mean squared error, mean((y_true - y_pred)^2) over all entries.

    Parameters
    ----------
    y_true, y_pred : array_like of the same shape, (m,) or (m, units)

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the shapes differ, (m,) against (m, 1) included, or there is no example.

    Examples
    --------
    >>> mean_squared_error([[1.0], [0.0]], [[0.5], [0.5]])
    0.25
    """
    y, p = _pair("mean_squared_error", y_true, y_pred)
    with np.errstate(under="ignore", over="ignore", invalid="ignore"):  # what leaves the floats is inf
        return float(np.square(y - p).mean())


def mean_absolute_error(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """Mean absolute error, mean(abs(y_true - y_pred)) over all entries, in the unit of the targets. Lesson 12.

    As a loss it counts a large miss for less than the squared error does; as a metric it says how far a prediction is
    off on average.

    Parameters
    ----------
    y_true, y_pred : array_like of the same shape, (m,) or (m, units)

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the shapes differ, (m,) against (m, 1) included, or there is no example.

    Examples
    --------
    >>> mean_absolute_error([[60.0], [310.0]], [[90.0], [90.0]])
    125.0
    """
    y, p = _pair("mean_absolute_error", y_true, y_pred)
    with np.errstate(over="ignore", invalid="ignore"):  # what leaves the floats is inf
        return float(np.abs(y - p).mean())


def binary_crossentropy(y_true: ArrayLike, y_pred: ArrayLike, *, from_logits: bool = False) -> float:
    """Binary cross-entropy, mean(-y log p - (1 - y) log(1 - p)): the surprise at two-way outcomes.

    Parameters
    ----------
    y_true : array_like, (m,) or (m, units)
        Targets in [0, 1].
    y_pred : array_like of the same shape
        Probabilities of 1; or, with `from_logits`, the logits z with p = sigmoid(z).

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the shapes differ, there is no example, or a target or a probability lies outside [0, 1].

    Examples
    --------
    >>> round(binary_crossentropy([0, 1, 1, 0], [0.3, 0.7, 0.6, 0.2]), 8)
    0.36182977
    >>> binary_crossentropy([1.0], [-1000.0], from_logits=True)
    1000.0
    """
    name = "binary_crossentropy"
    y, p = _pair(name, y_true, y_pred)
    checks.check_unit_interval(name, "y_true", y)
    if from_logits:
        return _cost(_times(y, _log_sigmoid(p)) + _times(1 - y, _log_sigmoid(-p)))
    checks.check_unit_interval(name, "y_pred", p, "from_logits=True if these are logits")
    return _cost(_x_log(y, p) + _x_log(1 - y, 1 - p))


@np.errstate(under="ignore")
def _log_sigmoid(z):  # log 1 / (1 + e^-z) = min(z, 0) - log(1 + e^-|z|); and 1 - sigmoid(z) = sigmoid(-z)
    return np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z)))


def categorical_crossentropy(y_true: ArrayLike, y_pred: ArrayLike, *, from_logits: bool = False) -> float:
    """Categorical cross-entropy, mean over the rows of -sum_k y_k log p_k, for one-hot targets. Lesson 08.

    Parameters
    ----------
    y_true : array_like, (m, K)
        One-hot rows, or rows of target probabilities.
    y_pred : array_like, (m, K)
        Rows of probabilities with sum 1; or, with `from_logits`, the logits.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the shapes differ or are not (m, K), a probability lies outside [0, 1], or a row of y_pred does not sum to 1.

    Examples
    --------
    >>> round(categorical_crossentropy([[0, 1], [1, 0]], [[0.3, 0.7], [0.8, 0.2]]), 8)
    0.28990925
    """
    name = "categorical_crossentropy"
    y, p = _pair(name, y_true, y_pred)
    checks.check_ndim(name, "y_pred", p, 2, "(m, K), a row for each example", "y.reshape(1, -1) for a single example")
    checks.check_unit_interval(name, "y_true", y, "sparse_categorical_crossentropy for integer labels")
    logs = _log_softmax(name, p) if from_logits else _log_rows(name, p)
    with np.errstate(over="ignore"):
        return _cost(_times(y, logs).sum(axis=1))


def sparse_categorical_crossentropy(y_true: ArrayLike, y_pred: ArrayLike, *, from_logits: bool = False) -> float:
    """Categorical cross-entropy for integer labels: mean of -log p[row, label]. Lesson 08.

    Parameters
    ----------
    y_true : array_like of whole numbers, (m,) or (m, 1)
        Labels 0 … K - 1.
    y_pred : array_like, (m, K)
        Rows of probabilities with sum 1; or, with `from_logits`, the logits.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If a label is out of range, the lengths differ, or a row of y_pred does not sum to 1.

    Examples
    --------
    >>> round(sparse_categorical_crossentropy([1, 0], [[0.3, 0.7], [0.8, 0.2]]), 8)
    0.28990925
    """
    name = "sparse_categorical_crossentropy"
    p = as_array(name, "y_pred", y_pred)
    checks.check_ndim(name, "y_pred", p, 2, "(m, K), a row for each example", "y.reshape(1, -1) for a single example")
    checks.check_not_empty(name, "y_pred", p)
    labels = checks.as_labels(name, "y_true", y_true, p.shape[1])
    if len(labels) != len(p):
        raise argument_error(name, "y_true and y_pred differ in length", f"{len(p)} labels", len(labels))
    logs = _log_softmax(name, p) if from_logits else _log_rows(name, p)
    return _cost(logs[np.arange(len(p)), labels])


@np.errstate(over="ignore", under="ignore")  # what leaves the floats is inf
def _cost(logs: np.ndarray) -> float:
    """Return the mean of -log p, as a plain float. 0 - x is no -0.0 where every p is 1."""
    return float(0 - logs.mean())


def _pair(name: str, y_true: ArrayLike, y_pred: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return targets and predictions as arrays of one shape, not empty."""
    y, p = as_array(name, "y_true", y_true), as_array(name, "y_pred", y_pred)
    checks.check_same_shape(name, y, p)
    checks.check_not_empty(name, "y_pred", p)
    return y, p


def _log_rows(name: str, p: np.ndarray) -> np.ndarray:
    """Return log p after making sure that each row is a distribution."""
    checks.check_unit_interval(name, "y_pred", p, "from_logits=True if these are logits")
    total = p.sum(axis=1)
    wrong = np.abs(total - 1) > 1e-3  # leaves room for float32 and for finite differences
    if wrong.any():
        i = int(wrong.argmax())
        raise argument_error(
            name, "a row of y_pred does not sum to 1", "sum 1", f"{total[i]:.6g} in row {i}", "softmax(z, axis=1)"
        )
    return _log(p)


def _log_softmax(name: str, z: np.ndarray) -> np.ndarray:
    """Return log softmax(z) row by row: z - top - log(sum(e^(z - top)))."""
    top = z.max(axis=1, keepdims=True)  # (m, 1)
    if np.isinf(top).any():
        raise argument_error(name, "the largest logit of a row is infinite", "finite logits", "inf or -inf")
    with np.errstate(under="ignore", over="ignore"):
        return z - top - np.log(np.exp(z - top).sum(axis=1, keepdims=True))


def _log(p):
    with np.errstate(divide="ignore"):  # log 0 = -inf is meant
        return np.log(p)


def _x_log(x, p):
    return _times(x, _log(p))


def _times(x, logs):
    """Return x * logs with 0 * -inf = 0: what never happens costs nothing."""
    with np.errstate(invalid="ignore", under="ignore"):
        return np.where((x == 0) & (logs == -np.inf), 0, x * logs)
