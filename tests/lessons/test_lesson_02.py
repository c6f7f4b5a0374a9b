"""What lesson 02 says without computing it there: the numbers of its box, and that the cross-entropy is convex."""

import numpy as np
import pytest
from scipy.optimize import minimize

from course_utils import binary_crossentropy, mean_squared_error, sigmoid

HOURS = np.array([2.0, 3.0, 4.0, 5.0, 6.0, 10.0, 11.0, 14.0, 17.0, 18.0])
PASSED = np.array([0.0, 0, 0, 1, 1, 0, 0, 1, 1, 1])


def squared_cost(place):
    return mean_squared_error(PASSED, sigmoid(place[0] * HOURS + place[1]))


def cross_cost(place):
    return binary_crossentropy(PASSED, place[0] * HOURS + place[1], from_logits=True)


def walk(steps, is_squared):
    """Go downhill from w = 1, b = −10 in steps at rate 0.05, with plain numbers, which are quicker than arrays here."""
    w, b = 1.0, -10.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(w * HOURS + b)))
        error = 2 * (p - PASSED) * p * (1 - p) if is_squared else p - PASSED
        w, b = w - 0.05 * (error @ HOURS) / 10, b - 0.05 * error.sum() / 10
    return w, b


def test_the_squared_error_creeps_where_the_cross_entropy_has_long_arrived():
    assert squared_cost(walk(10_000, True)) == pytest.approx(0.2093, abs=5e-5)
    assert squared_cost(minimize(squared_cost, (0.2, -2)).x) == pytest.approx(0.1838, abs=5e-5)
    lowest = minimize(cross_cost, (0.4, -4)).fun
    assert cross_cost(walk(3_000, False)) == pytest.approx(lowest, abs=5e-4)
    assert lowest == pytest.approx(0.534, abs=5e-4)


def test_it_still_creeps_after_a_hundred_thousand_steps():
    assert squared_cost(walk(100_000, True)) == pytest.approx(0.2035, abs=5e-5)


def test_half_way_between_two_places_the_squared_error_is_higher_than_at_both():
    one, other = np.array([0.19, -1.76]), np.array([1.8, -8.0])
    assert (one + other) / 2 == pytest.approx([0.995, -4.88])
    assert [round(squared_cost(place), 3) for place in (one, other, (one + other) / 2)] == [0.184, 0.218, 0.238]


def test_the_cross_entropy_is_convex_along_every_line_and_for_any_data():
    rng = np.random.default_rng(0)
    for _ in range(200):
        X, y = rng.normal(scale=3, size=(12, 2)), rng.integers(0, 2, 12).astype(float)
        start, way = rng.normal(scale=2, size=(2, 3))
        costs = [_cost_at(X, y, start + t * way) for t in np.linspace(-2, 2, 41)]
        assert np.diff(costs, 2).min() > -1e-9


def _cost_at(X, y, place):
    return binary_crossentropy(y, X @ place[:2] + place[2], from_logits=True)
