"""Learning-rate schedules: big strides first. Each is called with the step's number, 0, 1, 2, … Lesson 03."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from course_utils import checks
from course_utils.checks import argument_error


@dataclass(frozen=True)
class InverseTimeDecay:
    """Time-based decay, rate / (1 + decay_rate * step / decay_steps).

    >>> InverseTimeDecay(0.5, decay_steps=1, decay_rate=1.0)(4)
    0.1
    """

    initial_learning_rate: float
    decay_steps: int
    decay_rate: float

    def __post_init__(self) -> None:
        _check_decay(self)

    def __call__(self, step: int) -> float:
        return self.initial_learning_rate / (1 + self.decay_rate * step / self.decay_steps)


@dataclass(frozen=True)
class ExponentialDecay:
    """Exponential decay, rate * decay_rate^(step / decay_steps).

    >>> ExponentialDecay(0.5, decay_steps=2, decay_rate=0.5)(4)
    0.125
    """

    initial_learning_rate: float
    decay_steps: int
    decay_rate: float

    def __post_init__(self) -> None:
        _check_decay(self)

    def __call__(self, step: int) -> float:
        return self.initial_learning_rate * self.decay_rate ** (step / self.decay_steps)


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
        if len(self.values) != len(self.boundaries) + 1:
            raise argument_error(
                name, "values must be one more than boundaries", len(self.boundaries) + 1, len(self.values)
            )
        if any(a >= b for a, b in pairwise(self.boundaries)):
            raise argument_error(name, "boundaries must rise", "steps in rising order", list(self.boundaries))
        for value in self.values:
            checks.positive(name, "a learning rate in values", value)

    def __call__(self, step: int) -> float:
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
        part = min(step, self.decay_steps) / self.decay_steps
        cosine = (1 + math.cos(math.pi * part)) / 2
        return self.initial_learning_rate * ((1 - self.alpha) * cosine + self.alpha)


def _check_decay(schedule):
    name = type(schedule).__name__
    checks.positive(name, "initial_learning_rate", schedule.initial_learning_rate)
    checks.positive(name, "decay_steps", schedule.decay_steps)
    if hasattr(schedule, "decay_rate"):
        checks.number(name, "decay_rate", schedule.decay_rate, low=0)
