"""The view of the valley: its descents against cu.SGD and formulas, its limits, its words and its artists."""

import numpy as np
import pytest

import course_utils as cu
from course_utils.explorables.valley import CURVATURES, START, ValleyView, cost, descend

VIEW = ValleyView()


@pytest.mark.parametrize(("rate", "momentum"), [(0.03, 0.0), (0.03, 0.8), (0.05, 0.99), (0.003, 0.5)])
def test_a_descent_is_that_of_sgd(rate, momentum):
    w, sgd, places = START.copy(), cu.SGD(rate, momentum=momentum), [START]
    for _ in range(40):
        sgd.apply([cu.numerical_gradient(lambda w: cost(*w), w)], [w])
        places.append(w.copy())
    frame = VIEW.frame(rate, momentum, 40)
    np.testing.assert_allclose(frame.path, places, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(frame.costs, [cost(*place) for place in frame.path], rtol=1e-12)
    assert frame.last == frame.costs[-1]


def test_without_momentum_each_step_leaves_a_fixed_share_of_the_way():
    path = descend(0.03, 0.0, 60)
    np.testing.assert_allclose(path, START * (1 - 0.03 * CURVATURES) ** np.arange(61)[:, None], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9, 0.99])
def test_the_limit_of_the_rate_is_two_and_twice_the_momentum_over_the_curvature(momentum):
    """Just below it the way across shrinks, and just above it grows."""
    limit = (2 + 2 * momentum) / CURVATURES[1]
    across = [np.abs(descend(share * limit, momentum, 4000)[:, 1]) for share in (0.99, 1.002)]
    assert across[0][-200:].max() < across[0][:200].max()
    assert across[1][-200:].max() > across[1][:200].max()


@pytest.mark.parametrize(
    ("values", "kind", "sentence"),
    [
        ((0.03, 0.0, 60), "creeps", "J from 150 to 1.29. It creeps: 16 % of the way along the valley are left."),
        ((0.03, 0.8, 60), "arrives", "It has arrived."),
        ((0.03, 0.99, 60), "shoots past", "It shoots past the bottom, by"),
        ((0.041, 0.0, 60), "diverges", "It diverges: the steps across the valley are too long."),
    ],
)
def test_its_words_tell_what_happens(values, kind, sentence):
    frame = VIEW.frame(*values)
    assert frame.kind == kind
    assert sentence in VIEW.sentence(frame)


@pytest.mark.parametrize("values", [(0.0, 0.0, -3), (5.0, 0.99, 1000), (0.1, 1.0, 100)])
def test_wild_positions_are_drawn(values):
    view = ValleyView()
    frame = view.frame(*values)
    assert 1 <= frame.steps <= 100
    view.draw(frame)
    view.fig.canvas.draw()


def test_the_picture_shows_the_path_its_end_and_the_costs():
    view = ValleyView()
    frame = view.frame(0.03, 0.5, 20)
    view.draw(frame)
    path, end, costs, name, reached = view.artists
    np.testing.assert_array_equal(path.get_xydata(), frame.path)
    np.testing.assert_array_equal(end.get_xydata(), frame.path[-1:])
    np.testing.assert_array_equal(costs.get_xydata(), np.column_stack([np.arange(21), frame.costs]))
    assert name.get_text() == "rate 0.03, momentum 0.50"
    assert reached.get_text().startswith("J after 20 steps: ")
