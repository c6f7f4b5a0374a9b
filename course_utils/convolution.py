"""Convolution and max pooling of a picture: a small window slides over it. Lesson 14.

As in Keras, and in nearly every library of neural networks, the kernel is not turned round before it is laid on the
picture. Mathematics calls that a cross-correlation; its convolution is `conv2d(image, kernel[::-1, ::-1])`.
V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, 2016, draws padding and strides.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error


def output_size(n: int, k: int, *, strides: int = 1, padding: int | str = 0) -> int:
    """Count the places of a window along one side: `(n + 2 padding - k) // strides + 1`.

    Parameters
    ----------
    n, k : int
        Sides of the picture and of the window, in pixels.
    strides : int
        Pixels from one place to the next.
    padding : int, "valid" or "same"
        Pixels of 0 that are put on both sides, or how Keras calls it: "valid" puts none, "same" as many as make
        n / strides places, rounded up.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If a number is not whole or too small, or the window is larger than the padded picture.

    Examples
    --------
    >>> output_size(28, 3), output_size(28, 3, padding=1), output_size(28, 3, strides=2, padding="same")
    (26, 28, 14)
    """
    name = "output_size"
    n = checks.whole(name, "n", n)
    k = checks.whole(name, "k", k)
    strides = checks.whole(name, "strides", strides)
    padded = n + sum(_border(name, n, k, strides, padding))
    if k > padded:
        raise argument_error(name, "the window is larger than the picture", f"k <= {padded}", k, "more padding")
    return (padded - k) // strides + 1


def conv2d(images: ArrayLike, kernel: ArrayLike, *, strides: int = 1, padding: int | str = 0) -> np.ndarray:
    """Lay a kernel on every place of a picture: the sum of products there (a cross-correlation).

    `out[i, j] = (window at (i, j) * kernel).sum()`. One channel in, one out: a `keras.layers.Conv2D` adds up
    such maps over its input channels, adds a bias, and does so for each of its filters.

    Parameters
    ----------
    images : array_like, (..., height, width)
        One picture, or many.
    kernel : array_like, (k_height, k_width)
    strides : int
        Pixels from one place to the next.
    padding : int, "valid" or "same"
        Pixels of 0 around the picture, or how Keras calls it: "valid" puts none; "same" as many as make
        height / strides and width / strides places, rounded up, and where that is an odd number, one more on the right
        and below. With strides of 1 and an odd k, "same" is (k - 1) / 2.

    Returns
    -------
    ndarray, (..., out_height, out_width)
        float32 where both are, else float64.

    Raises
    ------
    ValueError
        If the kernel is not two-dimensional, or larger than the padded picture.

    Examples
    --------
    >>> conv2d([[0, 0, 9, 9], [0, 0, 9, 9]], [[-1, 1]])
    array([[0., 9., 0.],
           [0., 9., 0.]])
    """
    name = "conv2d"
    images = checks.as_array(name, "images", images)
    kernel = checks.as_array(name, "kernel", kernel)
    checks.check_ndim(name, "kernel", kernel, 2, "(k_height, k_width)")
    strides = checks.whole(name, "strides", strides)
    _check_pictures(name, images)
    borders = [_border(name, n, k, strides, padding) for n, k in zip(images.shape[-2:], kernel.shape, strict=True)]
    padded = np.pad(images, [(0, 0)] * (images.ndim - 2) + borders)
    places = _windows(name, padded, kernel.shape, strides)
    return np.einsum("...ijkl,kl->...ij", places, kernel)  # (..., i, j, k, l) * (k, l) -> (..., i, j)


def max_pool2d(images: ArrayLike, pool_size: int = 2, *, strides: int | None = None) -> np.ndarray:
    """Keep the largest of each square of pixels: `keras.layers.MaxPooling2D`. A rest at the border is left out.

    Parameters
    ----------
    images : array_like, (..., height, width)
    pool_size : int
        Side of a square.
    strides : int, optional
        Pixels from one square to the next; by default pool_size, so that the squares stand side by side. Where it is
        smaller they overlap.

    Returns
    -------
    ndarray, (..., (height - pool_size) // strides + 1, (width - pool_size) // strides + 1)

    Raises
    ------
    ValueError
        If pool_size or strides is not whole, or pool_size larger than the picture.

    Examples
    --------
    >>> max_pool2d([[1, 5, 0, 0], [2, 3, 0, 7]])
    array([[5., 7.]])
    >>> max_pool2d([[1, 5, 0, 0], [2, 3, 0, 7]], strides=1)
    array([[5., 5., 7.]])
    """
    name = "max_pool2d"
    images = checks.as_array(name, "images", images)
    side = checks.whole(name, "pool_size", pool_size)
    step = side if strides is None else checks.whole(name, "strides", strides)
    _check_pictures(name, images)
    return _windows(name, images, (side, side), step).max(axis=(-2, -1))


def _border(name: str, n: int, k: int, strides: int, padding: int | str) -> tuple[int, int]:
    """Return how many zeros are put before and behind a side of n pixels."""
    if padding == "valid":
        return 0, 0
    if padding == "same":
        places = -(-n // strides)
        both = max((places - 1) * strides + k - n, 0)
        return both // 2, both - both // 2
    if isinstance(padding, str):
        raise argument_error(name, "padding is not known", '"valid", "same" or a whole number', repr(padding))
    p = checks.whole(name, "padding", padding, low=0)
    return p, p


def _check_pictures(name: str, images: np.ndarray) -> None:
    """Say what is wrong with images that have no height and width, or nothing in them."""
    if images.ndim < 2:
        raise argument_error(
            name, "images must have a height and a width", "(..., height, width)", f"shape {images.shape}"
        )
    checks.check_not_empty(name, "images", images)


def _windows(name: str, images: np.ndarray, shape: tuple[int, ...], step: int) -> np.ndarray:
    """Return every place of the window, as a view that copies nothing: (..., places, places, height, width)."""
    if min(shape) < 1 or shape[0] > images.shape[-2] or shape[1] > images.shape[-1]:
        raise argument_error(name, "the window does not fit on the picture", f"at most {images.shape[-2:]}", shape)
    return sliding_window_view(images, shape, axis=(-2, -1))[..., ::step, ::step, :, :]
