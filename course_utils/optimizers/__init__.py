"""Optimizers: from gradients to better weights, in place, with Keras's names and update rules. Lessons 03 and 08.

`apply(grads, variables)` changes the arrays in `variables` themselves. The learning rate is a float or a
schedule, which is called with the number of steps taken so far.
"""

import math

import numpy as np

from course_utils import _checks
from course_utils.gradients import schedule
from course_utils.optimizers import schedules

__all__ = ["OPTIMIZERS", "SGD", "Adam", "RMSprop", "schedules"]


class Optimizer:
    """What all optimizers share: the learning rate, the step count, and one memory slot per variable."""

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate
        self.iterations = 0
        self._slots = self._shapes = None

    @property
    def learning_rate(self):
        """The float or the schedule; it may be set between two steps."""
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, value):
        self._rate = schedule(type(self).__name__, value)
        self._learning_rate = value

    def apply(self, grads, variables):
        """Take one step: each variable moves against its gradient, in place.

        Parameters
        ----------
        grads, variables : lists of ndarray, shapes alike pair by pair

        Raises
        ------
        ValueError
            If the lists or the shapes do not fit; then nothing has been changed.
        """
        self._check(grads, variables)
        rate = self._rate(self.iterations)  # a Python float keeps float32 arrays float32
        if self._slots is None:
            self._slots = [[np.zeros_like(v) for _ in range(self._memories)] for v in variables]
            self._shapes = [v.shape for v in variables]
        self.iterations += 1
        with np.errstate(all="ignore"):  # a step that leaves the floats is for the caller to find
            for v, g, slot in zip(variables, grads, self._slots, strict=True):
                for part in _blocks(v, np.asarray(g), *slot):
                    part[0][...] -= self._change(rate, *part[1:])

    def _check(self, grads, variables):
        name = type(self).__name__ + ".apply"
        shapes = [[np.shape(a) for a in arrays] for arrays in (variables, grads)]
        if shapes[0] != shapes[1]:
            _checks.fail(name, "grads and variables must have the same shapes", *shapes)
        for v in variables:
            if not (isinstance(v, np.ndarray) and v.dtype.kind == "f" and v.flags.writeable):
                received = f"{type(v).__name__} {getattr(v, 'dtype', '')}".strip()
                _checks.fail(name, "variables are changed in place", "writeable arrays of floats", received)
        if self._slots is not None and self._shapes != shapes[0]:
            hint = "make a new optimizer for another network"
            _checks.fail(name, "these are other variables than before", self._shapes, shapes[0], hint)

    def __repr__(self):
        return f"<{type(self).__name__}, learning_rate={self.learning_rate}, {self.iterations} steps taken>"


class SGD(Optimizer):
    """Gradient descent on mini-batches, w <- w - rate * g, with momentum (Polyak, 1964) if asked for.

    With momentum: v <- momentum * v - rate * g, then w <- w + v.

    Examples
    --------
    >>> w = np.array([1.0])
    >>> SGD(learning_rate=0.1).apply([np.array([2.0])], [w])
    >>> w
    array([0.8])
    """

    _memories = 1

    def __init__(self, learning_rate=0.01, *, momentum=0.0):
        super().__init__(learning_rate)
        self.momentum = _checks.number("SGD", "momentum", momentum, low=0, high=1)
        self._scratch = None

    def _change(self, rate, g, memory):
        if not self.momentum:
            return np.multiply(g, rate, out=self._room(g))
        memory *= self.momentum  # -v of the formula
        memory += rate * g
        return memory

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

    def __init__(self, learning_rate=0.001, *, rho=0.9, epsilon=1e-7):
        super().__init__(learning_rate)
        self.rho = _checks.number("RMSprop", "rho", rho, low=0, high=1)
        self.epsilon = _checks.positive("RMSprop", "epsilon", epsilon)

    def _change(self, rate, g, s):
        _running_mean(s, g * g, self.rho)
        return rate * g / np.sqrt(s + self.epsilon)


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

    def __init__(self, learning_rate=0.001, *, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        super().__init__(learning_rate)
        self.beta_1 = _checks.number("Adam", "beta_1", beta_1, low=0, high=1, open_high=True)
        self.beta_2 = _checks.number("Adam", "beta_2", beta_2, low=0, high=1, open_high=True)
        self.epsilon = _checks.positive("Adam", "epsilon", epsilon)

    def _change(self, rate, g, m, s):
        t = self.iterations
        rate *= math.sqrt(1 - self.beta_2**t) / (1 - self.beta_1**t)
        _running_mean(m, g, self.beta_1)
        _running_mean(s, g * g, self.beta_2)
        return rate * m / (np.sqrt(s) + self.epsilon)


def _running_mean(mean, new, keep):
    """Move mean toward new: mean <- keep * mean + (1 - keep) * new, in place."""
    mean += (1 - keep) * (new - mean)


BLOCK = 65536  # numbers: what a step computes in between, 256 kB of float32, stays in the processor's cache


def _blocks(*arrays):
    """Cut arrays of one shape into parts that lie in the same memory, so that a step runs through it only once."""
    if not all(a.flags.c_contiguous for a in arrays):
        return [arrays]
    flat = [a.reshape(-1) for a in arrays]
    return ([a[i : i + BLOCK] for a in flat] for i in range(0, flat[0].size, BLOCK))


OPTIMIZERS = {"sgd": SGD, "rmsprop": RMSprop, "adam": Adam}
