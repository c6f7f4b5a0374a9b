"""Initializers: where the weights start. Lesson 09 shows what each does to the activations.

With Keras's names. What does not fit is refused with a ValueError; an rng that is neither a generator nor a seed, with
a TypeError.
Standard deviations are Python floats on purpose: a NumPy float64 scalar would turn float32 into float64.
"""

import math
from typing import Any

import numpy as np

from course_utils import checks
from course_utils.checks import argument_error

Shape = int | tuple[int, ...] | list[int]
Seed = np.random.Generator | int | None


def _validate(
    name: str, shape: Shape, rng: Seed, dtype: Any
) -> tuple[tuple[int, ...], np.random.Generator, type[np.floating]]:
    """Return shape, rng and dtype as every initializer needs them, or say what is wrong with one."""
    sizes = shape if isinstance(shape, (tuple, list)) else (shape,)
    if not sizes:
        raise argument_error(name, "shape is empty", "(n_in, units)", "()")
    sizes = tuple(checks.whole(name, "a size in shape", n) for n in sizes)
    dtype = checks.float_type(name, dtype)
    return sizes, checks.generator(name, rng), dtype


def zeros(shape: Shape, *, rng: Seed = None, dtype: Any = "float64") -> np.ndarray:
    """All zeros: right for biases; the weights of a hidden layer need a random start, so that its units differ.

    Parameters
    ----------
    shape : int or tuple of int
        Any.
    rng : numpy.random.Generator or int, optional
        Not used; there so that all initializers are called alike.
    dtype : {"float64", "float32"}

    Returns
    -------
    ndarray of `dtype`, with this shape

    Examples
    --------
    >>> zeros((2, 1))
    array([[0.],
           [0.]])
    """
    sizes, _, dtype = _validate("zeros", shape, rng, dtype)
    return np.zeros(sizes, dtype)


def random_normal(shape: Shape, *, rng: Seed = None, dtype: Any = "float64", stddev: float = 0.05) -> np.ndarray:
    """Normal with mean 0 and standard deviation `stddev`.

    Parameters
    ----------
    shape : int or tuple of int
        Any.
    rng : numpy.random.Generator or int, optional
        The source of the draws: a generator moves on, a seed repeats itself, None is different each time.
    dtype : {"float64", "float32"}
    stddev : float
        Above 0, and at most a hundredth of the largest float.

    Returns
    -------
    ndarray of `dtype`, with this shape

    Examples
    --------
    >>> random_normal((2, 3), rng=0, stddev=0.01).shape
    (2, 3)
    """
    name = "random_normal"
    sizes, rng, dtype = _validate(name, shape, rng, dtype)
    stddev, top = checks.positive(name, "stddev", stddev), float(np.finfo(dtype).max) / 100
    if stddev > top:  # no draw lies a hundred deviations off
        raise argument_error(name, f"stddev leaves no room in {dtype.__name__}", f"at most {top:.0e}", f"{stddev:.0e}")
    return (stddev * rng.standard_normal(sizes)).astype(dtype)


def glorot_uniform(shape: Shape, *, rng: Seed = None, dtype: Any = "float64") -> np.ndarray:
    """Uniform in ±sqrt(6 / (n_in + n_out)): keeps the variance both ways (Glorot and Bengio, 2010).

    Parameters
    ----------
    shape : int or tuple of int
        (n_in, units) of a dense layer; (height, width, channels, filters) of a convolution.
    rng : numpy.random.Generator or int, optional
        The source of the draws: a generator moves on, a seed repeats itself, None is different each time.
    dtype : {"float64", "float32"}

    Returns
    -------
    ndarray of `dtype`, with this shape

    Examples
    --------
    >>> abs(glorot_uniform((4, 2), rng=0)).max() <= 1.0
    np.True_
    """
    sizes, rng, dtype = _validate("glorot_uniform", shape, rng, dtype)
    limit = math.sqrt(6 / sum(_fans(sizes)))
    return rng.uniform(-limit, limit, sizes).astype(dtype)


def glorot_normal(shape: Shape, *, rng: Seed = None, dtype: Any = "float64") -> np.ndarray:
    """Truncated normal with variance 2 / (n_in + n_out) (Glorot and Bengio, 2010).

    Parameters
    ----------
    shape : int or tuple of int
        (n_in, units) of a dense layer; (height, width, channels, filters) of a convolution.
    rng : numpy.random.Generator or int, optional
        The source of the draws: a generator moves on, a seed repeats itself, None is different each time.
    dtype : {"float64", "float32"}

    Returns
    -------
    ndarray of `dtype`, with this shape

    Examples
    --------
    >>> glorot_normal((4, 2), rng=0).shape
    (4, 2)
    """
    sizes, rng, dtype = _validate("glorot_normal", shape, rng, dtype)
    return _truncated(sizes, math.sqrt(2 / sum(_fans(sizes))), rng).astype(dtype)


def he_normal(shape: Shape, *, rng: Seed = None, dtype: Any = "float64") -> np.ndarray:
    """Truncated normal with variance 2 / n_in, for layers with ReLU (He et al., 2015).

    Parameters
    ----------
    shape : int or tuple of int
        (n_in, units) of a dense layer; (height, width, channels, filters) of a convolution.
    rng : numpy.random.Generator or int, optional
        The source of the draws: a generator moves on, a seed repeats itself, None is different each time.
    dtype : {"float64", "float32"}

    Returns
    -------
    ndarray of `dtype`, with this shape

    Examples
    --------
    >>> he_normal((4, 2), rng=0).shape
    (4, 2)
    """
    sizes, rng, dtype = _validate("he_normal", shape, rng, dtype)
    return _truncated(sizes, math.sqrt(2 / _fans(sizes)[0]), rng).astype(dtype)


def he_uniform(shape: Shape, *, rng: Seed = None, dtype: Any = "float64") -> np.ndarray:
    """Uniform in ±sqrt(6 / n_in), for layers with ReLU (He et al., 2015).

    Parameters
    ----------
    shape : int or tuple of int
        (n_in, units) of a dense layer; (height, width, channels, filters) of a convolution.
    rng : numpy.random.Generator or int, optional
        The source of the draws: a generator moves on, a seed repeats itself, None is different each time.
    dtype : {"float64", "float32"}

    Returns
    -------
    ndarray of `dtype`, with this shape

    Examples
    --------
    >>> abs(he_uniform((6, 2), rng=0)).max() <= 1.0
    np.True_
    """
    sizes, rng, dtype = _validate("he_uniform", shape, rng, dtype)
    limit = math.sqrt(6 / _fans(sizes)[0])
    return rng.uniform(-limit, limit, sizes).astype(dtype)


def _fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """Return (n_in, n_out) of a kernel: how many numbers one unit sums up, and how many units use one number.

    In a convolution each is the number of channels times the pixels of the window, the receptive field.
    A vector feeds as many units as it has entries.
    """
    if len(shape) == 1:
        return shape[0], shape[0]
    *window, n_in, n_out = shape
    return math.prod(window) * n_in, math.prod(window) * n_out


# Cutting a normal at two standard deviations leaves this share of its standard deviation.
_CUT = math.sqrt(1 - 4 * math.exp(-2) / math.sqrt(2 * math.pi) / math.erf(math.sqrt(2)))


def _truncated(shape: tuple[int, ...], stddev: float, rng: np.random.Generator) -> np.ndarray:
    """Draw normals, draw again whatever lies beyond two standard deviations, then restore the deviation."""
    x = rng.standard_normal(shape)
    while (far := np.abs(x) > 2).any():
        x[far] = rng.standard_normal(far.sum())
    return x * (stddev / _CUT)


INITIALIZERS = {f.__name__: f for f in (zeros, random_normal, glorot_uniform, glorot_normal, he_normal, he_uniform)}
