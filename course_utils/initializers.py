"""Initializers: where the weights start. Lesson 09 shows what each does to the activations.

Each is `(shape, *, rng, dtype) -> array`, with Keras's names. The kernel's shape is (n_in, units).
Standard deviations are Python floats on purpose: a NumPy float64 scalar would turn float32 into float64.
"""

import functools
import math

import numpy as np

from course_utils import _checks
from course_utils._checks import argument_error


def _checked(function):
    """Check shape, rng and dtype once for all initializers."""

    @functools.wraps(function)
    def wrapper(shape, *, rng=None, dtype="float64", **options):
        name = function.__name__
        sizes = tuple(shape) if isinstance(shape, (tuple, list)) else (shape,)
        if not sizes:
            raise argument_error(name, "shape is empty", "(n_in, units)", "()")
        sizes = tuple(_checks.whole(name, "a size in shape", n) for n in sizes)
        dtype = _checks.float_type(name, dtype)
        return function(sizes, rng=_checks.generator(name, rng), **options).astype(dtype)

    return wrapper


@_checked
def zeros(shape, *, rng):
    """All zeros: right for biases; a hidden layer that starts so never learns, its units stay equal.

    >>> zeros((2, 1))
    array([[0.],
           [0.]])
    """
    return np.zeros(shape)


@_checked
def random_normal(shape, *, rng, stddev=0.05):
    """Normal with mean 0 and standard deviation `stddev`.

    >>> random_normal((2, 3), rng=0, stddev=0.01).shape
    (2, 3)
    """
    return _checks.positive("random_normal", "stddev", stddev) * rng.standard_normal(shape)


@_checked
def glorot_uniform(shape, *, rng):
    """Uniform in ±sqrt(6 / (n_in + n_out)): keeps the variance both ways (Glorot and Bengio, 2010).

    >>> abs(glorot_uniform((4, 2), rng=0)).max() <= 1.0
    np.True_
    """
    limit = math.sqrt(6 / sum(_fans(shape)))
    return rng.uniform(-limit, limit, shape)


@_checked
def glorot_normal(shape, *, rng):
    """Truncated normal with variance 2 / (n_in + n_out) (Glorot and Bengio, 2010).

    >>> glorot_normal((4, 2), rng=0).shape
    (4, 2)
    """
    return _truncated(shape, math.sqrt(2 / sum(_fans(shape))), rng)


@_checked
def he_normal(shape, *, rng):
    """Truncated normal with variance 2 / n_in, for layers with ReLU (He et al., 2015).

    >>> he_normal((4, 2), rng=0).shape
    (4, 2)
    """
    return _truncated(shape, math.sqrt(2 / _fans(shape)[0]), rng)


@_checked
def he_uniform(shape, *, rng):
    """Uniform in ±sqrt(6 / n_in), for layers with ReLU (He et al., 2015).

    >>> abs(he_uniform((6, 2), rng=0)).max() <= 1.0
    np.True_
    """
    limit = math.sqrt(6 / _fans(shape)[0])
    return rng.uniform(-limit, limit, shape)


def _fans(shape):
    """Return (n_in, n_out) of a kernel; a vector feeds as many units as it has entries."""
    return (shape[0], shape[0]) if len(shape) == 1 else (shape[-2], shape[-1])


# Cutting a normal at two standard deviations leaves this share of its standard deviation.
_CUT = math.sqrt(1 - 4 * math.exp(-2) / math.sqrt(2 * math.pi) / math.erf(math.sqrt(2)))


def _truncated(shape, stddev, rng):
    """Draw normals, draw again whatever lies beyond two standard deviations, then restore the deviation."""
    x = rng.standard_normal(shape)
    while (far := np.abs(x) > 2).any():
        x[far] = rng.standard_normal(far.sum())
    return x * (stddev / _CUT)


INITIALIZERS = {f.__name__: f for f in (zeros, random_normal, glorot_uniform, glorot_normal, he_normal, he_uniform)}
