"""Regularizers: what large weights cost on top of the loss, with Keras's names. Lesson 13."""

import numpy as np
from numpy.typing import NDArray

from course_utils import checks


class L2:
    """Penalty l2 * sum(W^2) on a kernel, whose slope 2 * l2 * W pulls each weight toward 0.

    Parameters
    ----------
    l2 : float
        0 or more. The sum is not divided by anything, so a larger layer pays more.

    Examples
    --------
    >>> penalty = L2(0.1)
    >>> penalty(np.array([[3.0, -1.0]])), penalty.slope(np.array([[3.0, -1.0]]))
    (1.0, array([[ 0.6, -0.2]]))
    """

    def __init__(self, l2: float = 0.01):
        self.l2 = checks.number("L2", "l2", l2, low=0)

    def __call__(self, kernel: NDArray) -> float:
        """Return the penalty, one number."""
        return self.l2 * float(np.sum(kernel**2))

    def slope(self, kernel: NDArray) -> NDArray:
        """Return the slope of the penalty in each weight, shaped like the kernel."""
        return 2 * self.l2 * kernel

    def __repr__(self) -> str:
        return f"L2({self.l2:g})"
