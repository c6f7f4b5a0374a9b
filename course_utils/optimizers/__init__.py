"""Optimizers: from gradients to better weights, in place, with Keras's names and update rules. Lessons 03 and 10.

`apply(grads, variables)` changes the arrays in `variables` themselves. The learning rate is a float or a
schedule, which is called with the number of steps taken so far.
"""

import math

import numpy as np

from course_utils import checks
from course_utils.optimizers import schedules
from course_utils.optimizers.base import BLOCK, LearningRate, Optimizer

__all__ = ["OPTIMIZERS", "SGD", "Adam", "Optimizer", "RMSprop", "schedules"]


class SGD(Optimizer):
    """Gradient descent on mini-batches, w <- w - rate * g, with momentum (Polyak, 1964) if asked for. Lesson 10.

    With momentum: v <- momentum * v - rate * g, then w <- w + v. Nesterov's momentum (1983) looks one step ahead: with
    the same v the step is w <- w + momentum * v - rate * g. Without momentum the two are plain descent.

    Examples
    --------
    >>> w = np.array([1.0])
    >>> SGD(learning_rate=0.1).apply([np.array([2.0])], [w])
    >>> w
    array([0.8])
    """

    def __init__(self, learning_rate: LearningRate = 0.01, *, momentum: float = 0.0, nesterov: bool = False):
        super().__init__(learning_rate)
        self._momentum = checks.number("SGD", "momentum", momentum, low=0, high=1)
        self.nesterov = bool(nesterov)
        self._memories, self._scratch = int(self._momentum > 0), None

    def __getstate__(self):
        return super().__getstate__() | {"_scratch": None}

    @property
    def momentum(self) -> float:
        """Share of the last change that goes into the next; chosen once."""
        return self._momentum

    def _change(self, rate, g, memory=None):
        if memory is None:
            return np.multiply(g, rate, out=self._room(g))
        memory *= self.momentum  # -v of the formula
        memory += rate * g
        return self.momentum * memory + rate * g if self.nesterov else memory

    def _room(self, g):
        """Return memory for the change of one block, the same at every step; None where g is no block."""
        if g.ndim != 1 or g.size > BLOCK:
            return None
        if self._scratch is None or self._scratch.dtype != g.dtype:
            self._scratch = np.empty(BLOCK, g.dtype)
        return self._scratch[: g.size]


class RMSprop(Optimizer):
    """RMSprop (Tieleman and Hinton, 2012): divides by a running root mean square of the gradient.

    s <- rho * s + (1 - rho) * g^2, then w <- w - rate * g / sqrt(s + epsilon).

    Examples
    --------
    >>> RMSprop(learning_rate=0.001)
    <RMSprop, learning_rate=0.001, 0 steps taken>
    """

    _memories = 1

    def __init__(self, learning_rate: LearningRate = 0.001, *, rho: float = 0.9, epsilon: float = 1e-7):
        super().__init__(learning_rate)
        self.rho = checks.number("RMSprop", "rho", rho, low=0, high=1)
        self.epsilon = checks.positive("RMSprop", "epsilon", epsilon)

    def _change(self, rate, g, s):
        _running_mean(s, g * g, self.rho)
        return rate * (g / np.sqrt(s + self.epsilon))


class Adam(Optimizer):
    """Adam (Kingma and Ba, 2015): momentum and RMSprop together, both corrected for their start at zero.

    m <- beta_1 * m + (1 - beta_1) * g and s <- beta_2 * s + (1 - beta_2) * g^2, then
    w <- w - rate * sqrt(1 - beta_2^t) / (1 - beta_1^t) * m / (sqrt(s) + epsilon).

    Examples
    --------
    >>> Adam()
    <Adam, learning_rate=0.001, 0 steps taken>
    """

    _memories = 2

    def __init__(
        self,
        learning_rate: LearningRate = 0.001,
        *,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
    ):
        super().__init__(learning_rate)
        self.beta_1 = checks.number("Adam", "beta_1", beta_1, low=0, high=1, open_high=True)
        self.beta_2 = checks.number("Adam", "beta_2", beta_2, low=0, high=1, open_high=True)
        self.epsilon = checks.positive("Adam", "epsilon", epsilon)

    def _change(self, rate, g, m, s):
        t = self.iterations
        rate *= math.sqrt(1 - self.beta_2**t) / (1 - self.beta_1**t)
        _running_mean(m, g, self.beta_1)
        _running_mean(s, g * g, self.beta_2)
        return rate * (m / (np.sqrt(s) + self.epsilon))


def _running_mean(mean, new, keep):
    """Move mean toward new: mean <- keep * mean + (1 - keep) * new, in place.

    Written as it stands: the shorter mean + (1 - keep) * (new - mean) loses a new value that is far smaller than the
    mean, and is NaN from an infinite mean on. A share of 0 leaves out even what is infinite.
    """
    if keep == 0:
        mean[...] = new
        return
    mean *= keep
    if keep < 1:
        mean += (1 - keep) * new


OPTIMIZERS = {"sgd": SGD, "rmsprop": RMSprop, "adam": Adam}
