"""Metrics: what people read (losses are what training reads)."""

import numpy as np

from course_utils import _checks
from course_utils._checks import argument_error


def accuracy(y_true, y_pred):
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
    y, p = _checks.as_array("accuracy", "y_true", y_true), _checks.as_array("accuracy", "y_pred", y_pred)
    _checks.check_not_empty("accuracy", "y_pred", p)
    if p.ndim == 2 and p.shape[1] > 1:
        return _accuracy_of_rows(y, p)
    _checks.check_same_shape("accuracy", y, p)
    if np.asarray(y_pred).dtype.kind == "f":
        _zero_or_one(y)
        p = p > 0.5
    return float((y == p).mean())


def _accuracy_of_rows(y, p):
    if y.shape == p.shape:
        return float((y.argmax(axis=1) == p.argmax(axis=1)).mean())
    labels = _checks.as_labels("accuracy", "y_true", y, p.shape[1])
    if len(labels) != len(p):
        raise argument_error("accuracy", "y_true and y_pred differ in length", f"{len(p)} labels", len(labels))
    return float((labels == p.argmax(axis=1)).mean())


def _zero_or_one(y):
    other = (y != 0) & (y != 1)
    if other.any():
        hint = "to compare labels with labels, make both integers"
        raise argument_error(
            "accuracy", "y_true must be 0 or 1 where y_pred is a probability", "0 or 1", y[other][0], hint
        )


def confusion_matrix(y_true, y_pred, n_classes=None):
    """Count of examples by true class (row) and predicted class (column).

    Parameters
    ----------
    y_true, y_pred : array_like of whole numbers, (m,)
        Labels 0 … n_classes - 1. Probabilities become labels with `.argmax(axis=1)`.
    n_classes : int, optional
        The largest label plus one where it is not given.

    Returns
    -------
    ndarray of int, (n_classes, n_classes)

    Examples
    --------
    >>> confusion_matrix([0, 1, 1], [0, 1, 0])
    array([[1, 0],
           [1, 1]])
    """
    name = "confusion_matrix"
    if n_classes is not None:
        _checks.whole(name, "n_classes", n_classes)
    y, p = (_checks.as_labels(name, arg, a, n_classes) for arg, a in (("y_true", y_true), ("y_pred", y_pred)))
    _checks.check_same_shape(name, y, p)
    k = n_classes or 1 + max((int(a.max()) for a in (y, p) if a.size), default=-1)
    counts = np.zeros((k, k), dtype=np.int64)
    np.add.at(counts, (y, p), 1)
    return counts
