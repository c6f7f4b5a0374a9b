"""From labels to one-hot rows, and from a data set to mini-batches. Lesson 08."""

import numpy as np

from course_utils import _checks
from course_utils._checks import argument_error


def one_hot(labels, n_classes):
    """Write each label as a row with a single 1, at the label's position.

    Parameters
    ----------
    labels : array_like of whole numbers, (m,) or (m, 1)
        Labels 0 … n_classes - 1.
    n_classes : int

    Returns
    -------
    ndarray of float32, (m, n_classes)

    Raises
    ------
    ValueError
        If a label is not a whole number, or out of range.

    Examples
    --------
    >>> one_hot([2, 0], 3)
    array([[0., 0., 1.],
           [1., 0., 0.]], dtype=float32)
    """
    _checks.whole("one_hot", "n_classes", n_classes)
    labels = _checks.as_labels("one_hot", "labels", labels, n_classes)  # (m,)
    rows = np.zeros((len(labels), n_classes), dtype=np.float32)
    rows[np.arange(len(labels)), labels] = 1
    return rows


def minibatches(x, y, batch_size, *, rng):
    """Shuffle the examples and cut them into batches: every example once per epoch.

    The last batch holds what is left, so it may be smaller. A batch size above m gives one batch of m.

    Parameters
    ----------
    x, y : array_like, (m, ...)
        Examples and targets.
    batch_size : int
    rng : numpy.random.Generator or int
        The source of the shuffle. A generator moves on, so each epoch is shuffled anew.

    Yields
    ------
    x_batch, y_batch : ndarray, (batch_size, ...)
        Copies: changing them changes nothing else.

    Raises
    ------
    ValueError
        If the lengths differ, there is no example, or batch_size is below 1.

    Examples
    --------
    >>> x = np.arange(5)
    >>> [len(batch) for batch, _ in minibatches(x, x, 2, rng=np.random.default_rng(0))]
    [2, 2, 1]
    """
    x, y = pair("minibatches", x, y)
    size = _checks.whole("minibatches", "batch_size", batch_size)
    order = _checks.generator("minibatches", rng).permutation(len(x))  # (m,)
    return ((x[rows], y[rows]) for rows in np.split(order, range(size, len(x), size)))


def pair(name, x, y):
    """Return x and y as arrays; refuse different numbers of examples and targets, and an empty data set."""
    x, y = _checks.to_array(name, "x", x), _checks.to_array(name, "y", y)
    for arg, a in (("x", x), ("y", y)):
        if a.ndim == 0:
            raise argument_error(name, f"{arg} must be an array of examples", "(m, ...)", "a single value")
    if len(x) != len(y):
        raise argument_error(name, "x and y must hold the same number of examples", f"{len(x)} targets", len(y))
    _checks.check_not_empty(name, "x", x)
    return x, y
