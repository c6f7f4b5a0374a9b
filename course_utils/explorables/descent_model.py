"""Downhill on a curve or on a map: the grounds, the frame of a descent, and what kind of descent it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from course_utils.activations import sigmoid
from course_utils.gradients import gradient_descent


@dataclass(frozen=True)
class Ground:
    """Where to go downhill: a cost, its gradient and its minimum, over one parameter or two."""

    cost: Callable
    gradient: Callable
    best: tuple
    sides: tuple  # the places shown, one array per parameter


KG, EURO = np.array([1.0, 1.0, 2.0]), np.array([2.5, 3.5, 6.0])  # three bags of apples
COLOUR = np.array([-1, -0.5, 0, 0.5, 1, 1.5, 2, 3])  # from green to deep red
SWEET = np.array([0, 0, 1, 0, 1, 0, 1, 1.0])


def price_cost(w: float) -> float:
    """Mean squared error of the price w per kg; curvature 2 mean(KG^2) = 4."""
    return float(np.mean((w * KG - EURO) ** 2))


def price_slope(p: np.ndarray) -> np.ndarray:
    return np.array([2 * np.mean(KG * (p[0] * KG - EURO))])


def taste_cost(w: float, b: float) -> float:
    """Mean cross-entropy of a neuron that tells sweet apples by their colour: mean(log(1 + e^z) - y z)."""
    z = w * COLOUR + b  # (8,)
    return float(np.mean(np.logaddexp(0, z) - SWEET * z))


def taste_gradient(p: np.ndarray) -> np.ndarray:
    miss = sigmoid(p[0] * COLOUR + p[1]) - SWEET  # (8,)
    return np.array([np.mean(miss * COLOUR), np.mean(miss)])


GROUNDS = {
    "curve": Ground(price_cost, price_slope, (3.0,), (np.linspace(-1, 7, 161),)),
    "map": Ground(
        taste_cost, taste_gradient, (1.15158954, -0.89827184), (np.linspace(-3, 5, 81), np.linspace(-3.5, 2.5, 61))
    ),
}


@dataclass(frozen=True)
class DescentFrame:
    """A descent of so many steps, over n parameters."""

    rate: float
    steps: int
    kind: str  # "stands still", "crawls", "works", "oscillates" or "diverges"
    ratio: float  # the last step, as a multiple of the one before it
    path: np.ndarray  # (steps + 1, n)
    points: np.ndarray  # (steps + 1, 2), of the picture: (w, J) on the curve, (w, b) on the map
    costs: np.ndarray  # (steps + 1,), J at each point
    gap: np.ndarray  # (steps + 1,), J above its lowest value
    aside: np.ndarray  # (steps + 1, 2), of the landscape from the side; empty on the curve


def descend(ground: Ground, rate: float, steps: int, start: Sequence[float]) -> DescentFrame:
    """Return the frame of a descent: its path, J at each point of it, and what kind of descent it is.

    >>> frame = descend(GROUNDS["curve"], 0.125, 3, [1.0])
    >>> frame.path[:, 0].tolist(), frame.kind, frame.ratio
    ([1.0, 2.0, 2.5, 2.75], 'works', 0.5)
    """
    steps = min(max(int(steps), 1), 1000)
    path = gradient_descent(ground.gradient, start, learning_rate=rate, steps=steps)  # (steps + 1, n)
    with np.errstate(over="ignore", invalid="ignore"):
        costs = np.array([ground.cost(*point) for point in path])  # (steps + 1,)
    ratio, lowest = last_ratio(path), ground.cost(*ground.best)
    kind = descent_kind(costs, ratio, lowest)
    points = np.column_stack([path, costs])[:, :2]
    return DescentFrame(rate, steps, kind, ratio, path, points, costs, costs - lowest, np.zeros(0))


def last_ratio(path: np.ndarray) -> float:
    """Return how many times the last step is the one before it, with a minus where it turned back.

    NaN where nothing moved, 0 where the first step was the only one. A step below a millionth of the longest is
    rounding, and left out.

    >>> last_ratio(np.array([[8.0], [4.0], [6.0]]))
    -0.5
    """
    with np.errstate(over="ignore", invalid="ignore"):
        strides = np.diff(path, axis=0)  # (steps, n)
    lengths = np.nan_to_num(np.abs(strides).max(axis=1), nan=0, posinf=0)  # (steps,)
    moved = np.flatnonzero(lengths > 1e-6 * lengths.max())
    if len(moved) == 0:
        return np.nan
    if moved[-1] == 0:
        return 0.0
    before, last = strides[moved[-1] - 1 : moved[-1] + 1] / lengths[moved[-1] - 1]  # squares stay in the floats
    return float(last @ before / (before @ before))


def descent_kind(costs: np.ndarray, ratio: float, lowest: float) -> str:
    """Name a descent by its costs and the ratio of its last two steps.

    >>> [descent_kind(np.array([9.0, 4.0]), ratio, 0.0) for ratio in (0.95, 0.5, -0.5, -0.9)]
    ['crawls', 'works', 'works', 'oscillates']
    """
    late = costs[-max(2, len(costs) // 4) :]
    if not np.isfinite(late).all() or late.max() > costs[0] * (1 + 1e-9):
        return "diverges"
    if np.isnan(ratio):
        return "stands still"
    if ratio < -0.6:
        return "oscillates"
    left = (costs[-1] - lowest) / (costs[0] - lowest)  # of the way down
    return "crawls" if ratio > 0.9 and left > 0.01 else "works"
