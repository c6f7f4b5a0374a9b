"""From labels to one-hot rows, and from a data set to mini-batches. Lesson 08."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from course_utils import _checks
from course_utils._checks import argument_error


def one_hot(labels: ArrayLike, n_classes: int) -> np.ndarray:
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
    classes = _checks.as_labels("one_hot", "labels", labels, n_classes)  # (m,)
    rows = np.zeros((len(classes), n_classes), dtype=np.float32)
    rows[np.arange(len(classes)), classes] = 1
    return rows


def minibatches(
    x: ArrayLike, y: ArrayLike, batch_size: int, *, rng: np.random.Generator | int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
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
    xs, ys = pair("minibatches", x, y)
    size = _checks.whole("minibatches", "batch_size", batch_size)
    order = _checks.generator("minibatches", rng).permutation(len(xs))  # (m,)
    return ((xs[rows], ys[rows]) for rows in np.split(order, range(size, len(xs), size)))


def pair(name: str, x: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y as arrays; refuse different numbers of examples and targets, and an empty data set."""
    xs, ys = _checks.to_array(name, "x", x), _checks.to_array(name, "y", y)
    for arg, array in (("x", xs), ("y", ys)):
        if array.ndim == 0:
            raise argument_error(name, f"{arg} must be an array of examples", "(m, ...)", "a single value")
    if len(xs) != len(ys):
        raise argument_error(name, "x and y must hold the same number of examples", f"{len(xs)} targets", len(ys))
    _checks.check_not_empty(name, "x", xs)
    return xs, ys
