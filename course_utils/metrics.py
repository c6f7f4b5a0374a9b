"""Metrics: what people read (losses are what training reads). Lessons 05, 08 and 12."""

import numpy as np
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error

MANY = 1000  # classes: more are counted only where `n_classes` says so


def accuracy(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """Share of examples whose predicted class is the true one, in [0, 1].

    The class is read off as Keras does it:

    ========================  ============================  =================================
    y_true                    y_pred                        predicted class
    ========================  ============================  =================================
    (m, K) one-hot            (m, K) probabilities          the largest of the row
    (m,) or (m, 1) labels     (m, K) probabilities          the largest of the row
    (m,) or (m, 1), 0 or 1    same shape, probabilities     1 where y_pred > 0.5
    (m,) or (m, 1) labels     same shape, integer labels    y_pred itself
    ========================  ============================  =================================

    Parameters
    ----------
    y_true : array_like
        The true classes, as one-hot rows, as labels, or as 0 and 1.
    y_pred : array_like
        What was predicted, as probabilities or as labels.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the shapes fit none of these rows, or there is no example.

    Examples
    --------
    >>> accuracy([2, 0], [[0.1, 0.2, 0.7], [0.2, 0.5, 0.3]])
    0.5
    >>> accuracy([[1], [0]], [[0.9], [0.5]])
    1.0
    """
    name = "accuracy"
    y = checks.as_array(name, "y_true", y_true)
    p = checks.as_array(name, "y_pred", y_pred)
    checks.check_not_empty(name, "y_pred", p)
    if p.ndim == 2 and p.shape[1] > 1:
        return float((_classes(name, y, p) == p.argmax(axis=1)).mean())
    checks.check_same_shape(name, y, p)
    if np.asarray(y_pred).dtype.kind == "f":
        _check_zero_or_one(name, y, "to compare labels with labels, make both integers")
        p = p > 0.5
    return float((y == p).mean())


def precision(y_true: ArrayLike, y_pred: ArrayLike, *, threshold: float = 0.5) -> float:
    """Share of the examples called positive that are positive, TP / (TP + FP), in [0, 1].

    Parameters
    ----------
    y_true : array_like of 0 and 1, (m,) or (m, units)
        1 marks the positive class: what is looked for, such as a malignant tumour.
    y_pred : array_like of the same shape
        Probabilities of 1, or decisions 0 and 1.
    threshold : float, optional
        An example is called positive where y_pred lies above it.

    Returns
    -------
    float
        0 where nothing is called positive, as Keras and scikit-learn give.

    Raises
    ------
    ValueError
        If the shapes differ, there is no example, a target is not 0 or 1, or y_pred leaves [0, 1].

    Examples
    --------
    >>> precision([1, 1, 0, 0], [0.9, 0.4, 0.6, 0.2])
    0.5
    >>> precision([1, 1, 0, 0], [0.9, 0.4, 0.6, 0.2], threshold=0.7)
    1.0
    """
    positive, called = _positives("precision", y_true, y_pred, threshold)
    return _share(positive & called, called)


def recall(y_true: ArrayLike, y_pred: ArrayLike, *, threshold: float = 0.5) -> float:
    """Share of the positive examples that are called positive, TP / (TP + FN), in [0, 1].

    Parameters
    ----------
    y_true : array_like of 0 and 1, (m,) or (m, units)
        1 marks the positive class: what is looked for, such as a malignant tumour.
    y_pred : array_like of the same shape
        Probabilities of 1, or decisions 0 and 1.
    threshold : float, optional
        An example is called positive where y_pred lies above it.

    Returns
    -------
    float
        0 where no example is positive, as Keras and scikit-learn give.

    Raises
    ------
    ValueError
        If the shapes differ, there is no example, a target is not 0 or 1, or y_pred leaves [0, 1].

    Examples
    --------
    >>> recall([1, 1, 0, 0], [0.9, 0.4, 0.6, 0.2])
    0.5
    >>> recall([1, 1, 0, 0], [0.9, 0.4, 0.6, 0.2], threshold=0.3)
    1.0
    """
    positive, called = _positives("recall", y_true, y_pred, threshold)
    return _share(positive & called, positive)


def _positives(name: str, y_true: ArrayLike, y_pred: ArrayLike, threshold: float) -> tuple[np.ndarray, np.ndarray]:
    """Return which examples are positive, and which are called so."""
    y = checks.as_array(name, "y_true", y_true)
    p = checks.as_array(name, "y_pred", y_pred)
    threshold = checks.number(name, "threshold", threshold, low=0, high=1)
    checks.check_same_shape(name, y, p)
    checks.check_not_empty(name, "y_pred", p)
    checks.check_unit_interval(name, "y_pred", p, "cu.sigmoid(z) if these are logits")
    _check_zero_or_one(name, y, "of several classes, ask for one at a time: y == 2")
    return y == 1, p > threshold


def _share(part: np.ndarray, whole: np.ndarray) -> float:
    """Return how many of the whole are in the part, as a share; 0 where there is nothing."""
    return int(part.sum()) / max(int(whole.sum()), 1)


def _classes(name: str, y: np.ndarray, p: np.ndarray) -> np.ndarray:
    """Return the true class of each row of p, (m,), from one-hot rows or from labels."""
    if y.shape == p.shape:
        return y.argmax(axis=1)
    labels = checks.as_labels(name, "y_true", y, p.shape[1])
    if len(labels) != len(p):
        raise argument_error(name, "y_true and y_pred differ in length", f"{len(p)} labels", len(labels))
    return labels


def _check_zero_or_one(name: str, y: np.ndarray, hint: str) -> None:
    other = (y != 0) & (y != 1)
    if other.any():
        raise argument_error(name, "y_true must be 0 or 1 where y_pred is a probability", "0 or 1", y[other][0], hint)


def confusion_matrix(y_true: ArrayLike, y_pred: ArrayLike, n_classes: int | None = None) -> np.ndarray:
    """Count of examples by true class (row) and predicted class (column).

    Parameters
    ----------
    y_true, y_pred : array_like of whole numbers, (m,)
        Labels 0 … n_classes - 1. Probabilities become labels with `.argmax(axis=1)`.
    n_classes : int, optional
        The largest label plus one where it is not given, at most 1,000.

    Returns
    -------
    ndarray of int, (n_classes, n_classes)

    Raises
    ------
    ValueError
        If a label is not whole or out of range, the lengths differ, or there are too many classes for the memory.

    Examples
    --------
    >>> confusion_matrix([0, 1, 1], [0, 1, 0])
    array([[1, 0],
           [1, 1]])
    """
    name = "confusion_matrix"
    if n_classes is not None:
        checks.whole(name, "n_classes", n_classes)
    y = checks.as_labels(name, "y_true", y_true, n_classes)
    p = checks.as_labels(name, "y_pred", y_pred, n_classes)
    checks.check_same_shape(name, y, p)
    k = n_classes or _count_classes(name, y, p)
    counts = checks.zeros(name, "n_classes", (k, k), np.int64)
    np.add.at(counts, (y, p), 1)
    return counts


def _count_classes(name: str, y: np.ndarray, p: np.ndarray) -> int:
    """Return the largest label plus one; a table for a number that only looks like a label is refused."""
    k = 1 + max((int(a.max()) for a in (y, p) if a.size), default=-1)
    if k > MANY:
        hint = f"are these labels? If there are so many classes: n_classes={k}"
        raise argument_error(name, "there is a very large label", f"labels 0 … {MANY - 1}", k - 1, hint)
    return k
