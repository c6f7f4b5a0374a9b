"""Gradients without a network: measured by differences, checked, and followed downhill. Lesson 03."""

import sys
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import checks
from course_utils.checks import argument_error


def numerical_gradient(f: Callable[[NDArray], Any], x: ArrayLike, *, step: float | None = None) -> NDArray:
    """Gradient of a scalar function by central differences, (f(x + h) - f(x - h)) / 2h for each entry.

    It costs two evaluations of f per entry, so it serves to check a gradient, not to train a network.

    Parameters
    ----------
    f : callable
        Takes an array of x's shape, returns a number. What it gets is read-only.
    x : array_like, any shape
        Where; integers are converted, the work is done in float64, and x itself is never written to.
    step : float, optional
        The h. By default `eps^(1/3) max(1, |x_i|)`, which balances the error of the formula, growing as h^2,
        against that of rounding, growing as 1/h (Press et al., Numerical Recipes, section 5.7).

    Returns
    -------
    ndarray of float64, x's shape

    Raises
    ------
    ValueError
        If f does not return one number, or step is not above 0.

    Examples
    --------
    >>> numerical_gradient(lambda x: float(x @ x), [1, 2]).round(6)
    array([2., 4.])
    """
    x = np.array(checks.as_array("numerical_gradient", "x", x), dtype=np.float64)  # a copy
    if step is None:
        h = np.cbrt(np.finfo(np.float64).eps) * np.maximum(1, np.abs(x))
    else:
        h = np.full(x.shape, checks.positive("numerical_gradient", "step", step))
    lost = x + h == x
    if lost.any():
        worst = f"x = {x[lost][0]:g}, step = {h[lost][0]:g}"
        raise argument_error("numerical_gradient", "x + step is x in floats", "finite x, and a larger step", worst)
    seen = x.view()
    seen.flags.writeable = False
    gradient = np.empty_like(x)
    for i in np.ndindex(x.shape):
        gradient[i] = _difference(f, x, seen, i, h[i])
    return gradient


def _difference(f, x, seen, i, h):
    here = x[i]
    x[i] = right = here + h
    above = _number(f(seen))
    x[i] = left = here - h
    below = _number(f(seen))
    x[i] = here
    return (above - below) / (right - left) + 0.0  # over the step that the floats really took; no -0.0


def _number(value):
    value = checks.as_array("numerical_gradient", "what f returns", value)
    if value.size != 1:
        raise argument_error("numerical_gradient", "f must return one number", "a float", f"shape {value.shape}")
    return float(value.reshape(()))


class GradientCheck(NamedTuple):
    """What `gradient_check` found; true where the gradient passed."""

    passed: bool
    error: float  # |gradient - measured| / (|gradient| + |measured|), in norms
    worst: tuple[int, ...]  # index of the entry that is furthest off
    given: float  # the gradient there
    measured: float  # the difference quotient there

    def __bool__(self) -> bool:
        return self.passed

    def __repr__(self) -> str:
        verdict = "passed" if self.passed else "FAILED"
        at = f"[{', '.join(map(str, self.worst))}]" if self.worst else ""
        worst = f"worst entry {at}: given {self.given + 0.0:.6g}, measured {self.measured + 0.0:.6g}"  # no -0
        return f"gradient check {verdict}: relative error {self.error:.1e}; {worst}"


def gradient_check(
    f: Callable[[NDArray], Any],
    gradient: ArrayLike | Callable[[NDArray], ArrayLike],
    x: ArrayLike,
    *,
    tolerance: float = 1e-6,
) -> GradientCheck:
    """Compare a gradient with central differences, as a ratio of norms, and name the worst entry.

    Parameters
    ----------
    f : callable
        Takes an array of x's shape, returns a number.
    gradient : array_like of x's shape, or callable
        The gradient at x, or the function that computes it.
    x : array_like, any shape
    tolerance : float
        Largest relative error that passes.

    Returns
    -------
    GradientCheck
        True where it passed; with `.error`, `.worst`, `.given` and `.measured`.

    Raises
    ------
    ValueError
        If the gradient's shape is not that of x.

    Examples
    --------
    >>> gradient_check(lambda x: float(x @ x), lambda x: 3 * x, [1.0, 2.0])
    gradient check FAILED: relative error 2.0e-01; worst entry [1]: given 6, measured 4
    """
    checks.positive("gradient_check", "tolerance", tolerance)
    x = np.array(checks.as_array("gradient_check", "x", x), dtype=np.float64)
    given = gradient(x.copy()) if callable(gradient) else gradient
    given = checks.as_array("gradient_check", "gradient", given).astype(np.float64)
    if given.shape != x.shape:
        raise argument_error("gradient_check", "gradient and x must have the same shape", x.shape, given.shape)
    checks.check_not_empty("gradient_check", "x", x)
    measured = numerical_gradient(f, x)
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        gap = np.abs(given - measured)
        error = _relative_error(given, measured)
    worst = tuple(int(i) for i in np.unravel_index(gap.argmax(), gap.shape))
    return GradientCheck(error <= tolerance, error, worst, float(given[worst]), float(measured[worst]))


def _relative_error(a: NDArray, b: NDArray) -> float:
    """Return |a - b| / (|a| + |b|), in norms. Divided by the largest entry first, no square leaves the floats."""
    top = max(float(np.abs(a).max()), float(np.abs(b).max()), sys.float_info.min)
    a, b = a / top, b / top
    scale = float(np.linalg.norm(a) + np.linalg.norm(b))
    return float(np.linalg.norm(a - b)) / max(scale, sys.float_info.min)


def gradient_descent(
    gradient: Callable[[NDArray], ArrayLike],
    start: ArrayLike,
    *,
    learning_rate: float | Callable[[int], float],
    steps: int,
) -> NDArray:
    """Gradient descent, x <- x - learning_rate * gradient(x), and the path that it took.

    Parameters
    ----------
    gradient : callable
        Takes an array (n_params,), returns one of the same shape.
    start : array_like, (n_params,), or a number
    learning_rate : float or callable
        Or a schedule: called with the step's number 0, 1, …
    steps : int

    Returns
    -------
    ndarray of float64, (steps + 1, n_params)
        The start and every point after it. From where the path leaves the floats (it diverged) the rows are NaN.

    Examples
    --------
    >>> gradient_descent(lambda x: 2 * x, 1.0, learning_rate=0.25, steps=2)
    array([[1.  ],
           [0.5 ],
           [0.25]])
    """
    start = np.atleast_1d(checks.as_array("gradient_descent", "start", start)).astype(np.float64)
    checks.check_ndim("gradient_descent", "start", start, 1, "(n_params,)")
    rate = schedule("gradient_descent", learning_rate)
    path = np.full((checks.whole("gradient_descent", "steps", steps, low=0) + 1, len(start)), np.nan)
    path[0] = start
    for k in range(steps):
        with np.errstate(over="ignore", invalid="ignore"):
            slope = checks.as_array("gradient_descent", "what gradient returns", gradient(path[k].copy()))
            if slope.size != len(start):
                raise argument_error("gradient_descent", "gradient has the wrong shape", start.shape, slope.shape)
            path[k + 1] = path[k] - rate(k) * slope.reshape(start.shape)
        if not np.isfinite(path[k + 1]).all():
            path[k + 1] = np.nan
            break
    return path


def schedule(name: str, learning_rate: float | Callable[[int], float]) -> Callable[[int], float]:
    """Return learning_rate as a function of the step's number: itself, or a constant."""
    if callable(learning_rate):
        return partial(_rate_of_step, name, learning_rate)
    return partial(_constant, checks.number(name, "learning_rate", learning_rate, low=0))


# functions of the module, and no lambdas, so that what holds a schedule can be pickled
def _rate_of_step(name: str, learning_rate: Callable[[int], float], step: int) -> float:
    return checks.number(name, f"the learning rate of step {step}", learning_rate(step), low=0)


def _constant(rate: float, step: int) -> float:
    return rate
