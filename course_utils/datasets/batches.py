"""From labels to one-hot rows, and from a data set to mini-batches. Lessons 04 and 08."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error


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
        If a label is not a whole number, or out of range, or there are too many classes for the memory.

    Examples
    --------
    >>> one_hot([2, 0], 3)
    array([[0., 0., 1.],
           [1., 0., 0.]], dtype=float32)
    """
    checks.whole("one_hot", "n_classes", n_classes)
    classes = checks.as_labels("one_hot", "labels", labels, n_classes)  # (m,)
    rows = checks.zeros("one_hot", "n_classes", (len(classes), n_classes), np.float32)
    rows[np.arange(len(classes)), classes] = 1
    return rows


def minibatches(
    x: ArrayLike,
    y: ArrayLike,
    batch_size: int,
    *,
    rng: np.random.Generator | int,
    shuffle: bool = True,
    copy: bool = True,
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
    shuffle : bool
        False keeps the order of the examples.
    copy : bool
        False saves the memory: a batch then lies where the next one will, or in x and y themselves. Do not change it,
        and use it up before the next one comes.

    Yields
    ------
    x_batch, y_batch : ndarray, (batch_size, ...)
        Copies, changing which changes nothing else, unless `copy` is False.

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
    size = checks.whole("minibatches", "batch_size", batch_size)
    if not shuffle:
        parts = ((xs[i : i + size], ys[i : i + size]) for i in range(0, len(xs), size))
        return ((x_part.copy(), y_part.copy()) for x_part, y_part in parts) if copy else parts
    order = checks.generator("minibatches", rng).permutation(len(xs))  # (m,)
    rows_of_batches = np.split(order, range(size, len(xs), size))
    if copy:
        return ((xs[rows], ys[rows]) for rows in rows_of_batches)
    return _gathered(xs, ys, size, rows_of_batches)


def _gathered(
    x: np.ndarray, y: np.ndarray, size: int, rows_of_batches: list[np.ndarray]
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the batches in two arrays that are written again and again."""
    x_room, y_room = (np.empty((min(size, len(x)), *a.shape[1:]), a.dtype) for a in (x, y))
    for rows in rows_of_batches:
        m = len(rows)  # mode="clip": NumPy then writes straight into out; no row is out of range
        x.take(rows, axis=0, out=x_room[:m], mode="clip")
        y.take(rows, axis=0, out=y_room[:m], mode="clip")
        yield x_room[:m], y_room[:m]


def pair(name: str, x: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y as arrays; refuse different numbers of examples and targets, and an empty data set."""
    xs, ys = checks.to_array(name, "x", x), checks.to_array(name, "y", y)
    for arg, array in (("x", xs), ("y", ys)):
        if array.ndim == 0:
            raise argument_error(name, f"{arg} must be an array of examples", "(m, ...)", "a single value")
    if len(xs) != len(ys):
        raise argument_error(name, "x and y must hold the same number of examples", f"{len(xs)} targets", len(ys))
    checks.check_not_empty(name, "x", xs)
    return xs, ys
