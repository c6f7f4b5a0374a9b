"""Learning-rate schedules: big strides first. Each is called with the step's number, 0, 1, 2, … Lessons 09 and 11."""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from course_utils import checks
from course_utils.checks import argument_error


@dataclass(frozen=True)
class InverseTimeDecay:
    """Time-based decay, rate / (1 + decay_rate * step / decay_steps); in stairs where only whole quotients count.

    >>> InverseTimeDecay(0.5, decay_steps=1, decay_rate=1.0)(4)
    0.1
    """

    initial_learning_rate: float
    decay_steps: int
    decay_rate: float
    staircase: bool = False

    def __post_init__(self) -> None:
        _check_decay(self)

    def __call__(self, step: int) -> float:
        return self.initial_learning_rate / (1 + self.decay_rate * _decays(self, step))


@dataclass(frozen=True)
class ExponentialDecay:
    """Exponential decay, rate * decay_rate^(step / decay_steps); in stairs where only whole quotients count.

    A decay_rate above 1 lets the rate grow, in the end beyond all floats: it is infinite then.

    >>> ExponentialDecay(0.5, decay_steps=2, decay_rate=0.5)(4)
    0.125
    >>> ExponentialDecay(0.5, decay_steps=2, decay_rate=0.5, staircase=True)(5)
    0.125
    """

    initial_learning_rate: float
    decay_steps: int
    decay_rate: float
    staircase: bool = False

    def __post_init__(self) -> None:
        _check_decay(self)

    def __call__(self, step: int) -> float:
        if self.initial_learning_rate == 0:
            return 0.0
        try:
            return self.initial_learning_rate * self.decay_rate ** _decays(self, step)
        except OverflowError:  # so Python says what NumPy calls infinity
            return math.inf


@dataclass(frozen=True)
class PiecewiseConstantDecay:
    """Stairs: values[0] up to and including step boundaries[0], then values[1], and so on.

    >>> rate = PiecewiseConstantDecay([100, 200], [0.1, 0.01, 0.001])
    >>> rate(100), rate(101), rate(1000)
    (0.1, 0.01, 0.001)
    """

    boundaries: Sequence[int]
    values: Sequence[float]

    def __post_init__(self) -> None:
        name = "PiecewiseConstantDecay"
        for arg, values in (("boundaries", self.boundaries), ("values", self.values)):
            if not isinstance(values, (list, tuple, np.ndarray)) or np.ndim(values) != 1:
                raise argument_error(name, f"{arg} must be a list of numbers", "[…, …]", repr(values))
        for boundary in self.boundaries:
            checks.number(name, "a step in boundaries", boundary)
        for value in self.values:
            checks.number(name, "a learning rate in values", value, low=0)
        if len(self.values) != len(self.boundaries) + 1:
            raise argument_error(
                name, "values must be one more than boundaries", len(self.boundaries) + 1, len(self.values)
            )
        if any(a >= b for a, b in pairwise(self.boundaries)):
            raise argument_error(name, "boundaries must rise", "steps in rising order", list(self.boundaries))

    def __call__(self, step: int) -> float:
        step = _checked_step(self, step)
        return float(self.values[sum(step > b for b in self.boundaries)])


@dataclass(frozen=True)
class CosineDecay:
    """Half a cosine wave from rate down to alpha * rate (Loshchilov and Hutter, 2017), flat after decay_steps.

    >>> CosineDecay(1.0, decay_steps=10)(5)
    0.5
    """

    initial_learning_rate: float
    decay_steps: int
    alpha: float = 0.0

    def __post_init__(self) -> None:
        _check_decay(self)
        checks.number("CosineDecay", "alpha", self.alpha, low=0, high=1)

    def __call__(self, step: int) -> float:
        part = min(_checked_step(self, step), self.decay_steps) / self.decay_steps
        cosine = (1 + math.cos(math.pi * part)) / 2
        return self.initial_learning_rate * ((1 - self.alpha) * cosine + self.alpha)


def _check_decay(schedule):
    name = type(schedule).__name__
    checks.number(name, "initial_learning_rate", schedule.initial_learning_rate, low=0)
    checks.positive(name, "decay_steps", schedule.decay_steps)
    if hasattr(schedule, "decay_rate"):
        checks.number(name, "decay_rate", schedule.decay_rate, low=0)


def _decays(schedule, step):
    """Return how many times decay_steps have passed, whole where the schedule is a staircase."""
    passed = min(_checked_step(schedule, step) / schedule.decay_steps, sys.float_info.max)
    return math.floor(passed) if schedule.staircase else passed


def _checked_step(schedule, step):
    return checks.number(type(schedule).__name__, "step", step, low=0)
