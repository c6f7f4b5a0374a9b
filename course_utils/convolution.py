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


def output_size(n: int, k: int, *, strides: int = 1, padding: int = 0) -> int:
    """Count the places of a window along one side: `(n + 2 padding - k) // strides + 1`.

    Parameters
    ----------
    n, k : int
        Sides of the picture and of the window, in pixels.
    strides : int
        Pixels from one place to the next.
    padding : int
        Pixels of 0 that are put on both sides.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If a number is not whole or too small, or the window is larger than the padded picture.

    Examples
    --------
    >>> output_size(28, 3), output_size(28, 3, padding=1), output_size(28, 3, strides=2, padding=1)
    (26, 28, 14)
    """
    name = "output_size"
    n = checks.whole(name, "n", n)
    k = checks.whole(name, "k", k)
    strides = checks.whole(name, "strides", strides)
    padded = n + 2 * checks.whole(name, "padding", padding, low=0)
    if k > padded:
        raise argument_error(name, "the window is larger than the picture", f"k <= {padded}", k, "more padding")
    return (padded - k) // strides + 1


def conv2d(images: ArrayLike, kernel: ArrayLike, *, strides: int = 1, padding: int = 0) -> np.ndarray:
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
    padding : int
        Pixels of 0 around the picture. With strides of 1 and an odd k, (k - 1) / 2 is what Keras calls "same";
        elsewhere Keras may add one more on the right and below than on the left and above.

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
    places = _windows(name, _padded(name, images, padding), kernel.shape, strides)
    return np.einsum("...ijkl,kl->...ij", places, kernel)  # (..., i, j, k, l) * (k, l) -> (..., i, j)


def max_pool2d(images: ArrayLike, pool_size: int = 2) -> np.ndarray:
    """Keep the largest of each square of pixels: `keras.layers.MaxPooling2D`. A rest at the border is left out.

    Parameters
    ----------
    images : array_like, (..., height, width)
    pool_size : int
        Side of a square; also the step from one to the next.

    Returns
    -------
    ndarray, (..., height // pool_size, width // pool_size)

    Raises
    ------
    ValueError
        If pool_size is not whole, or larger than the picture.

    Examples
    --------
    >>> max_pool2d([[1, 5, 0, 0], [2, 3, 0, 7]])
    array([[5., 7.]])
    """
    name = "max_pool2d"
    images = checks.as_array(name, "images", images)
    side = checks.whole(name, "pool_size", pool_size)
    squares = _windows(name, _padded(name, images, 0), (side, side), side)
    return squares.max(axis=(-2, -1))


def _padded(name: str, images: np.ndarray, padding: int) -> np.ndarray:
    """Return the images with `padding` pixels of 0 on each side."""
    if images.ndim < 2:
        raise argument_error(
            name, "images must have a height and a width", "(..., height, width)", f"shape {images.shape}"
        )
    checks.check_not_empty(name, "images", images)
    p = checks.whole(name, "padding", padding, low=0)
    return np.pad(images, [(0, 0)] * (images.ndim - 2) + [(p, p), (p, p)])


def _windows(name: str, images: np.ndarray, shape: tuple[int, ...], step: int) -> np.ndarray:
    """Return every place of the window, as a view that copies nothing: (..., places, places, height, width)."""
    if min(shape) < 1 or shape[0] > images.shape[-2] or shape[1] > images.shape[-1]:
        raise argument_error(name, "the window does not fit on the picture", f"at most {images.shape[-2:]}", shape)
    return sliding_window_view(images, shape, axis=(-2, -1))[..., ::step, ::step, :, :]
