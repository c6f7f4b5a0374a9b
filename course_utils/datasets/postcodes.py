"""Handwritten postcodes: strips of digits out of any data set, with gaps, overlaps, noise and slant. Lesson 17."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error

NAME = "make_postcodes"
MARGIN = 4  # empty columns at least, left and right of a code


def make_postcodes(
    images: ArrayLike,
    labels: ArrayLike,
    n_codes: int = 100,
    *,
    n_digits: int = 5,
    gap: tuple[int, int] = (2, 6),
    noise: float = 0.0,
    slant: float = 0.0,
    rng: np.random.Generator | int,
    return_spans: bool = False,
) -> tuple[np.ndarray, ...]:
    """Write codes of random digits side by side on strips of paper.

    Each digit is an image drawn by lot, cut down to its columns with ink. The code stands at a random place of its
    strip. First the digits are set down, then the strip leans, then noise falls on it.

    Parameters
    ----------
    images : array_like, (m, height, width)
        Images of one digit each, 0 (paper) … 255 (ink), such as those of `load_mnist`.
    labels : array_like of whole numbers, (m,)
    n_codes : int
        How many strips.
    n_digits : int
        Digits of each code.
    gap : (int, int)
        The smallest and the largest number of empty columns between two neighbours; each is drawn evenly from
        these two and all between. Below 0 the neighbours overlap, by half the width of the narrower one at most;
        where both have ink, the darker one is seen.
    noise : float
        The standard deviation of the grey noise, in the levels 0 … 255 of a pixel.
    slant : float
        How far a strip leans at most, in columns per row; above 0 to the right, as handwriting does. The slant of each
        strip is drawn evenly from -slant … slant, and each of its rows moves by whole columns.
    rng : numpy Generator or int
        Where chance comes from.
    return_spans : bool
        Also return where each digit stands.

    Returns
    -------
    strips : ndarray of uint8, (n_codes, height, strip width)
        The width is that of the widest code that these settings allow, and the same for all.
    codes : ndarray of int64, (n_codes, n_digits)
        The digits, from left to right.
    spans : ndarray of int64, (n_codes, n_digits, 2), if asked for
        The first column with ink of each digit, and the one after its last.

    Raises
    ------
    TypeError, ValueError
        If images are none, or one of them has no ink, there is not one label each, or a setting is out of range.

    Examples
    --------
    >>> one = np.zeros((1, 3, 4), int)
    >>> one[0, :, 1] = 255  # a 1, three rows high
    >>> strips, codes, spans = make_postcodes(one, [1], 1, n_digits=3, gap=(2, 2), rng=0, return_spans=True)
    >>> strips.shape, codes.tolist(), np.diff(spans[0, :, 0]).tolist()
    ((1, 3, 15), [[1, 1, 1]], [3, 3])
    """
    images, labels = _check_digits(images, labels)
    n_codes, n_digits = checks.whole(NAME, "n_codes", n_codes), checks.whole(NAME, "n_digits", n_digits)
    low, high = _check_gap(gap)
    noise = checks.number(NAME, "noise", noise, low=0, high=255)
    slant = checks.number(NAME, "slant", slant, low=0, high=1)
    rng = checks.generator(NAME, rng)

    ink = _ink_columns(images)  # (m, 2)
    height, lean = images.shape[1], _shifts(images.shape[1], slant).max()
    room = n_digits * np.diff(ink).max() + (n_digits - 1) * max(high, 0)
    width = int(room + 2 * (MARGIN + lean))
    strips = checks.zeros(NAME, "n_codes", (n_codes, height, width), np.uint8)
    codes = np.zeros((n_codes, n_digits), np.int64)
    spans = np.zeros((n_codes, n_digits, 2), np.int64)
    for i in range(n_codes):
        chosen = rng.integers(len(images), size=n_digits)
        gaps = rng.integers(low, high, size=n_digits - 1, endpoint=True)
        widths = np.diff(ink[chosen])[:, 0]  # (n_digits,)
        lefts = _left_edges(widths, gaps)
        lefts += rng.integers(MARGIN + lean, width - MARGIN - lean - (lefts[-1] + widths[-1]), endpoint=True)
        layers = np.zeros((n_digits, height, width), np.uint8)  # a sheet for each digit
        for layer, k, left in zip(layers, chosen, lefts, strict=True):
            first, last = ink[k]
            layer[:, left : left + last - first] = images[k, :, first:last]
        layers = _lean(layers, _shifts(height, rng.uniform(-slant, slant)))
        strips[i] = _add_noise(layers.max(axis=0), noise, rng)
        codes[i], spans[i] = labels[chosen], _ink_columns(layers)
    return (strips, codes, spans) if return_spans else (strips, codes)


def _check_digits(images: Any, labels: Any) -> tuple[np.ndarray, np.ndarray]:
    images = checks.to_array(NAME, "images", images)
    if images.dtype.kind not in "uif":
        expected, received = "numbers of 0 … 255", f"dtype {images.dtype}"
        raise argument_error(NAME, "images must hold grey levels", expected, received, error=TypeError)
    checks.check_ndim(NAME, "images", images, 3, "(m, height, width)", "x.reshape(-1, 28, 28) for flat digits")
    checks.check_not_empty(NAME, "images", images)
    if not (images.min() >= 0 and images.max() <= 255):  # NaN fails both
        received = f"{images.min():g} … {images.max():g}"
        raise argument_error(NAME, "pixels must lie between paper and ink", "0 … 255", received)
    hint = "pixels of 0 … 1 are multiplied by 255 first" if images.max() <= 1 else None
    levels = images if images.dtype == np.uint8 else np.rint(images).astype(np.uint8)
    inked = levels.any(axis=(1, 2))  # (m,)
    if not inked.all():
        raise argument_error(
            NAME, "each image needs ink", "a pixel of 1 … 255", f"none in image {inked.argmin()}", hint
        )
    if images.dtype.kind == "f" and images.max() <= 1:  # they would be digits in an almost white ink
        received = f"{images.min():g} … {images.max():g}"
        raise argument_error(NAME, "the pixels are scaled", "0 (paper) … 255 (ink)", received, hint)
    labels = checks.as_labels(NAME, "labels", labels)
    if len(labels) != len(images):
        raise argument_error(NAME, "there must be one label each", f"{len(images)} labels", len(labels))
    return levels, labels


def _check_gap(gap: Any) -> tuple[int, int]:
    try:
        low, high = gap
    except (TypeError, ValueError):
        raise argument_error(NAME, "gap must be two numbers", "(smallest, largest)", repr(gap)) from None
    low, high = (checks.whole(NAME, "gap", each, low=-1000) for each in (low, high))
    if low > high:
        raise argument_error(NAME, "gap must begin with the smaller number", f"({high}, {low})", f"({low}, {high})")
    if high > 1000:
        raise argument_error(NAME, "gap is too large", "1,000 columns at most", high)
    return low, high


def _ink_columns(images: np.ndarray) -> np.ndarray:
    """Return the first column with ink of each image, and the one after the last, (m, 2)."""
    inked = np.any(images, axis=1)  # (m, width)
    return np.stack([inked.argmax(axis=1), inked.shape[1] - inked[:, ::-1].argmax(axis=1)], axis=1)


def _left_edges(widths: np.ndarray, gaps: np.ndarray) -> np.ndarray:
    """Return where each digit begins, counted from the first; an overlap takes half of the narrower one at most."""
    narrower = np.minimum(widths[:-1], widths[1:])  # (n_digits - 1,)
    steps = widths[:-1] + np.maximum(gaps, -(narrower // 2))
    return np.concatenate([[0], np.cumsum(steps)])


def _shifts(height: int, slant: float) -> np.ndarray:
    """Return by how many columns each row moves to the right, (height,): the middle row stays."""
    return np.rint(slant * ((height - 1) / 2 - np.arange(height))).astype(int)


def _lean(layers: np.ndarray, shifts: np.ndarray) -> np.ndarray:
    columns = np.arange(layers.shape[2]) - shifts[:, np.newaxis]  # (height, width): from where each pixel comes
    return np.take_along_axis(layers, columns[np.newaxis] % layers.shape[2], axis=2)


def _add_noise(strip: np.ndarray, noise: float, rng: np.random.Generator) -> np.ndarray:
    if noise == 0:
        return strip
    return (strip + rng.normal(0, noise, strip.shape)).round().clip(0, 255).astype(np.uint8)
