"""A drawing, brought to the form of MNIST's digits, so that a network trained on those can read it.

MNIST's rule: "the digits have been size-normalized and centered in a fixed-size image" (Y. LeCun, L. Bottou,
Y. Bengio and P. Haffner, Gradient-Based Learning Applied to Document Recognition, Proceedings of the IEEE, 1998):
a box of 20 x 20 with the aspect kept, anti-aliased, its centre of mass in the middle of 28 x 28.
"""

import numpy as np
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error

BOX, SIDE = 20, 28
MIDDLE = 14  # of MNIST's centres of mass, all lie between 13.5 and 14.5
MARGIN = 4  # empty columns beside a line of digits, at least
SMALLEST = 1 / 8  # of the picture: what is drawn smaller, such as a dot, stays small


def as_mnist(ink: ArrayLike) -> np.ndarray:
    """Bring a drawing of any size to 28 x 28: ink in a box of 20 x 20, its centre of mass in the middle.

    Parameters
    ----------
    ink : array_like, (height, width)
        0 (paper) … 255 (ink).

    Returns
    -------
    ndarray of uint8, (28, 28)
        All 0 where nothing is drawn.

    Raises
    ------
    ValueError
        If ink is not two-dimensional, empty, or leaves 0 … 255.

    Examples
    --------
    >>> line = np.zeros((100, 100))
    >>> line[10:90, 5:9] = 255
    >>> digit = as_mnist(line)
    >>> digit[:, 14].nonzero()[0][[0, -1]].tolist()
    [4, 23]
    """
    return _round(fit_to_middle(_check_ink(ink))).astype(np.uint8)


def as_strip(ink: ArrayLike, width: int) -> np.ndarray:
    """Bring a line of digits to the height of MNIST's: ink 20 pixels high in the middle of 28, as wide as it comes.

    Parameters
    ----------
    ink : array_like, (height, width)
        0 (paper) … 255 (ink).
    width : int
        Columns of the strip. A line that would be wider, with a margin of 4, is made smaller.

    Returns
    -------
    ndarray of uint8, (28, width)
        All 0 where nothing is drawn.

    Raises
    ------
    ValueError
        If ink is not two-dimensional, empty, or leaves 0 … 255, or the strip is narrower than a digit.

    Examples
    --------
    >>> bars = np.zeros((80, 300))
    >>> bars[20:60, [50, 51, 250, 251]] = 255  # 40 rows high, so that two of its pixels become one
    >>> strip = as_strip(bars, 131)
    >>> strip.shape, strip[:, 15].nonzero()[0][[0, -1]].tolist(), np.flatnonzero(strip[14]).tolist()
    ((28, 131), [4, 23], [15, 115])
    """
    checks.whole("as_strip", "width", width, low=SIDE)
    levels = _check_ink(ink)
    strip = np.zeros((SIDE, width))
    if not levels.any():
        return strip.astype(np.uint8)
    top, bottom = _bounds(levels.any(axis=1))
    left, right = _bounds(levels.any(axis=0))
    cell = max((bottom - top) / BOX, (right - left) / (width - 2 * MARGIN), SMALLEST * len(levels) / BOX)
    line = _area_weights(bottom - top, cell) @ levels[top:bottom, left:right] @ _area_weights(right - left, cell).T
    first, start = (SIDE - line.shape[0]) // 2, (width - line.shape[1]) // 2
    strip[first : first + line.shape[0], start : start + line.shape[1]] = line
    return _round(strip).astype(np.uint8)


def fit_to_middle(ink: np.ndarray) -> np.ndarray:
    """Do what `as_mnist` does, but for the rounding: (height, width) -> (28, 28), both 0 … 255 with decimals."""
    image = np.zeros((SIDE, SIDE))
    if not ink.any():
        return image
    box = _fit_to_box(ink)  # (h, w), at most (20, 20)
    top, left = _top_left(box)
    image[top : top + box.shape[0], left : left + box.shape[1]] = box
    return image


def _check_ink(ink: ArrayLike) -> np.ndarray:
    name = "as_mnist"
    levels = checks.as_array(name, "ink", ink)
    checks.check_ndim(name, "ink", levels, 2, "(height, width)")
    checks.check_not_empty(name, "ink", levels)
    low, high = levels.min(), levels.max()
    if not (low >= 0 and high <= 255):  # NaN fails both
        raise argument_error(name, "ink must lie between paper and ink", "0 … 255", f"{low:g} … {high:g}")
    return levels


def _fit_to_box(ink: np.ndarray) -> np.ndarray:
    """Return the ink, and nothing around it, with 20 cells along its longer side."""
    top, bottom = _bounds(ink.any(axis=1))
    left, right = _bounds(ink.any(axis=0))
    height, width = bottom - top, right - left
    cell = max(height, width, SMALLEST * max(ink.shape)) / BOX  # pixels of the drawing per cell of the box
    return _area_weights(height, cell) @ ink[top:bottom, left:right] @ _area_weights(width, cell).T  # -> (h, w)


def _bounds(inked: ArrayLike) -> tuple[int, int]:
    """Return the first place with ink, and the one after the last."""
    where = np.flatnonzero(inked)
    return where[0], where[-1] + 1


def _area_weights(n: int, cell: float) -> np.ndarray:
    """Return the share that each of n pixels has in each cell, (cells, n): averages over areas, so anti-aliased.

    >>> _area_weights(3, 2.0)
    array([[0.5, 0.5, 0. ],
           [0. , 0. , 0.5]])
    """
    edges = cell * np.arange(np.ceil(n / cell - 1e-9) + 1)[:, None]  # (cells + 1, 1)
    pixel = np.arange(n)  # (n,)
    overlap = np.minimum(edges[1:], pixel + 1) - np.maximum(edges[:-1], pixel)  # (cells, n)
    return overlap.clip(min=0) / cell


def _top_left(box: np.ndarray) -> list[int]:
    """Return where the box begins, so that its centre of mass is in the middle; no ink leaves the picture."""
    corner = []
    for axis, n in enumerate(box.shape):
        mass = box.sum(axis=1 - axis)  # (n,)
        centre = np.arange(n) @ mass / mass.sum()
        corner.append(int(np.clip(_round(MIDDLE - centre), 0, SIDE - n)))
    return corner


def _round(values: ArrayLike) -> np.ndarray:
    """Round; a half goes down, also where a sum has come out a little larger.

    So a page, which adds in another order, makes the same picture of a drawing.
    """
    return np.ceil(np.asarray(values) - 0.5 - 1e-9)
