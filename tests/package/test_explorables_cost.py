"""The cost view: its losses by hand arithmetic, its artists at every end, and what its words say."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.explorables.cost import HOURS, NAMES, PASSED, TOP, CostView, cost
from course_utils.losses import binary_crossentropy, mean_squared_error

VIEW = CostView()
ENDS = [(-0.5, -12.0), (-0.5, 4.0), (2.0, -12.0), (2.0, 4.0), (0.75, -4.0), (1.8, -8.0), (0.0, 0.0)]
WILD = [(1e3, 1e3), (1e3, -1e3), (-1e3, 1e3), (-1e3, -1e3), (1e-300, 0.0)]


@pytest.fixture
def view():
    return CostView()


def test_a_curve_that_says_a_half_costs_a_quarter_and_log_2():
    frame = VIEW.frame(0.0, 0.0)
    np.testing.assert_array_equal(frame.squared, np.full(10, 0.25))
    np.testing.assert_allclose(frame.cross, np.full(10, np.log(2)), rtol=1e-15)
    assert VIEW.sentence(frame).endswith("All cost the same.")


def test_sure_and_wrong_costs_its_logit():
    frame = VIEW.frame(1.8, -8.0)  # Gus, 11 hours: z = 19.8 - 8 = 11.8, and failed
    assert frame.cross[6] == pytest.approx(11.8 + np.log1p(np.exp(-11.8)), rel=1e-12)
    assert frame.squared[6] == pytest.approx(1 - 2 * np.exp(-11.8), rel=1e-9)
    assert NAMES[frame.worst] == "Gus"


@pytest.mark.parametrize("values", ENDS + WILD)
def test_the_costs_are_the_means_of_the_losses(values):
    frame = VIEW.frame(*values)
    np.testing.assert_allclose(frame.costs, (frame.squared.mean(), frame.cross.mean()), rtol=1e-14)
    z = values[0] * HOURS + values[1]
    assert frame.costs[0] == mean_squared_error(PASSED, frame.p)
    assert frame.costs[1] == binary_crossentropy(PASSED, z, from_logits=True)
    assert (frame.squared <= 1).all()
    assert np.isfinite(frame.cross).all()


def test_the_squared_error_has_two_valleys_along_w_and_the_cross_entropy_one():
    costs = np.array([VIEW.frame(w, -8.0).costs for w in np.linspace(0, 2, 201)])  # (201, 2)
    lower = (costs[1:-1] < costs[:-2]) & (costs[1:-1] < costs[2:])  # (199, 2)
    assert lower.sum(axis=0).tolist() == [2, 1]


def state(artists):
    return [a.get_xydata().tolist() if hasattr(a, "get_xydata") else a.get_text() for a in artists]


@pytest.mark.parametrize("values", ENDS + WILD)
def test_every_move_changes_the_same_artists_and_makes_no_figure(view, values):
    live, artists, figures = view.live(), list(view.artists), len(plt.get_fignums())
    before, picture = state(artists), live.png
    live.render(w=values[0], b=values[1])
    assert all(new is old for new, old in zip(view.artists, artists, strict=True))
    assert state(artists) != before
    assert live.png != picture
    assert len(plt.get_fignums()) == figures
    assert live.status == VIEW.sentence(VIEW.frame(*values))


@pytest.mark.parametrize("values", ENDS + WILD)
def test_picture_and_words_tell_the_frame(view, values):
    frame = VIEW.frame(*values)
    words = view.update(w=values[0], b=values[1])
    stems, curve, _, _, place, squared, cross, first, second, *tall = view.artists
    np.testing.assert_array_equal(curve.get_ydata(), frame.curve)
    np.testing.assert_array_equal(stems.get_ydata()[1::3], frame.p)
    np.testing.assert_array_equal(squared.get_ydata()[1::3], frame.squared)
    np.testing.assert_array_equal(cross.get_ydata()[1::3], np.minimum(frame.cross, TOP))
    assert [text.get_text() != "" for text in tall] == (frame.cross > TOP).tolist()  # a cut bar says its height
    for text, value in zip((first, second), frame.costs, strict=True):
        assert text.get_text().endswith(f"J = {value:.3f}")
        assert f"J = {value:.3f}" in words
    assert words.startswith(f"{place.get_text()}: ")
    assert frame.worst < 0 or f" {NAMES[frame.worst]} costs most: " in words
    assert not re.search(r"(?<![a-z])-|−0\.0\b|−0\.00|nan|inf", words)


def test_who_passed_and_who_failed_differ_in_colour_and_marker(view):
    failed, passed = view.artists[2:4]
    np.testing.assert_array_equal(failed.get_xdata(), HOURS[PASSED == 0])
    np.testing.assert_array_equal(passed.get_xdata(), HOURS[PASSED == 1])
    assert failed.get_marker() != passed.get_marker()
    assert failed.get_color() != passed.get_color()


def test_reset_goes_back_to_the_start():
    live = cost()
    start = live.status
    live.move(w=2.0, b=-12.0)
    assert live.status.startswith("w = 2.00, b = −12.0")
    live.reset()
    assert live.status == start
