"""Activations: what a neuron makes of its logit z, and the slope of each. Lesson 01 derives them.

Pure functions with Keras's names. z has any shape, and a result has the shape of z: a number for a number.
float32 stays float32; integers become float64; what is no number is refused with a TypeError.
`out=` writes the result into an array that the caller keeps, which may be z itself; one that is not like z is refused
with a ValueError.
"""

import numpy as np
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error


def linear(z: ArrayLike) -> np.ndarray:
    """Identity, a(z) = z: the output of a regression.

    >>> linear(2.5)
    np.float64(2.5)
    """
    return checks.as_array("linear", "z", z)[()]


def step(z: ArrayLike) -> np.ndarray:
    """Heaviside step, 1 where z > 0 and 0 elsewhere: the neuron of Rosenblatt's perceptron (1958).

    Its slope is 0 wherever it exists, so no descent by slopes can train it. NaN stays NaN.

    >>> step([-0.5, 0.0, 0.5])
    array([0., 0., 1.])
    """
    return np.heaviside(checks.as_array("step", "z", z), np.float32(0))[()]


@np.errstate(under="ignore")  # e^-|z| may round to 0, which is its right value
def sigmoid(z: ArrayLike, out: np.ndarray | None = None) -> np.ndarray:
    """Logistic sigmoid, 1 / (1 + e^-z), in (0, 1): a probability.

    Written with `exp(-|z|)`, which lies in (0, 1] and never overflows: 1 / (1 + e) where z >= 0, e / (1 + e) elsewhere.

    Parameters
    ----------
    z : array_like, any shape
        The logits.
    out : ndarray of z's shape, optional
        Where to write the result.

    Returns
    -------
    ndarray of z's shape
        Values in [0, 1]: exactly 0 or 1 only where a float cannot tell.

    Raises
    ------
    TypeError
        If z holds anything but real numbers.
    ValueError
        If out has another shape or dtype than z.

    Examples
    --------
    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    name = "sigmoid"
    z = checks.as_array(name, "z", z)
    checks.check_out(name, out, z)
    right = z >= 0  # read before out is written: out may be z
    e = np.exp(np.negative(np.abs(z, out=out), out=out), out=out)  # e^-|z|
    bottom = 1 + e
    return np.divide(np.where(right, z.dtype.type(1), e), bottom, out=out)


def tanh(z: ArrayLike, out: np.ndarray | None = None) -> np.ndarray:
    """Hyperbolic tangent, (e^z - e^-z) / (e^z + e^-z) = 2 sigmoid(2z) - 1, in (-1, 1).

    >>> tanh(0.0)
    np.float64(0.0)
    """
    name = "tanh"
    z = checks.as_array(name, "z", z)
    checks.check_out(name, out, z)
    return np.tanh(z, out=out)


def relu(z: ArrayLike, out: np.ndarray | None = None) -> np.ndarray:
    """Rectified linear unit, max(0, z) (Nair and Hinton, 2010). Lesson 09.

    >>> relu([-2.0, 3.0])
    array([0., 3.])
    """
    name = "relu"
    z = checks.as_array(name, "z", z)
    checks.check_out(name, out, z)
    return relu_unchecked(z, out)


def relu_unchecked(z: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    """Rectified linear unit of logits that were checked before; nothing is said about bad ones."""
    zeros = np.zeros(z.shape[-1:], z.dtype)  # NumPy's loop over two rows is faster than over a row and a number
    return np.maximum(z, zeros, out=out)


@np.errstate(under="ignore", over="ignore")  # z - top may leave the floats, and e^-inf = 0 is its right value
def softmax(z: ArrayLike, axis: int = -1, out: np.ndarray | None = None) -> np.ndarray:
    """Softmax, e^z_k / sum_j e^z_j along one axis: K logits become K probabilities with sum 1. Lesson 08.

    The largest logit of each row is taken off first. That changes nothing, because numerator and
    denominator shrink by the same factor, and no exponential can overflow.

    Parameters
    ----------
    z : array_like, (..., K)
        The logits.
    axis : int
        The axis along which the probabilities sum to 1.
    out : ndarray of z's shape, optional
        Where to write the result.

    Returns
    -------
    ndarray, (..., K)
        Probabilities in [0, 1].

    Raises
    ------
    ValueError
        For a single number, for no classes, and where the largest logit of a row is infinite.

    Examples
    --------
    >>> softmax([[1000.0, 1000.0], [0.0, np.log(3)]])
    array([[0.5 , 0.5 ],
           [0.25, 0.75]])
    """
    name = "softmax"
    z = checks.as_array(name, "z", z)
    checks.check_out(name, out, z)
    if axis not in range(-z.ndim, z.ndim):
        raise argument_error(name, "z has no such axis", f"an axis of z with shape {z.shape}", f"axis={axis!r}")
    if z.shape[axis] == 0:
        raise argument_error(name, "z has no classes", "at least one logit a row", f"shape {z.shape}")
    if np.isinf(z.max(axis=axis)).any():
        raise argument_error(name, "the largest logit of a row is infinite", "finite logits", "inf or -inf")
    return softmax_unchecked(z, axis, out)


def softmax_unchecked(z: np.ndarray, axis: int = -1, out: np.ndarray | None = None) -> np.ndarray:
    """Softmax of logits that were checked before; where the largest of a row is infinite, the row becomes NaN."""
    top = z.max(axis=axis, keepdims=True)  # (..., 1)
    e = np.exp(np.subtract(z, top, out=out), out=out)  # (..., K), in (0, 1]
    return np.divide(e, e.sum(axis=axis, keepdims=True), out=out)


def sigmoid_grad(z: ArrayLike) -> np.ndarray:
    """Slope of the sigmoid at z, a (1 - a) with a = sigmoid(z): at most 1/4, at z = 0.

    >>> sigmoid_grad(0.0)
    np.float64(0.25)
    """
    z = checks.as_array("sigmoid_grad", "z", z)
    distance = np.abs(z)  # the slope is even, and this side loses no digits
    with np.errstate(under="ignore"):
        return sigmoid(distance) * sigmoid(-distance)


def tanh_grad(z: ArrayLike) -> np.ndarray:
    """Slope of tanh at z, 1 - tanh(z)^2: at most 1, at z = 0.

    >>> tanh_grad(0.0)
    np.float64(1.0)
    """
    z = checks.as_array("tanh_grad", "z", z)
    with np.errstate(over="ignore"):  # 2z may overflow to inf, where the slope is 0
        return 4 * sigmoid_grad(2 * z)  # = 1 - tanh^2, without the cancellation of 1 - 0.9999…


def relu_grad(z: ArrayLike) -> np.ndarray:
    """Slope of relu at z: 1 where z > 0, else 0 (at z = 0 itself, by convention, 0).

    >>> relu_grad([-2.0, 0.0, 3.0])
    array([0., 0., 1.])
    """
    return step(checks.as_array("relu_grad", "z", z))
