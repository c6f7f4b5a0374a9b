"""The view in which a hand lowers a cost: the cost of the lessons, its lowest place, picture and words."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from scipy.optimize import minimize

import course_utils as cu
from course_utils.explorables.by_hand import BEST, HIGH, LOW, LOWEST, ByHandView, by_hand, learners_cost
from course_utils.explorables.cost import HOURS, PASSED, CostView

VIEW = ByHandView()
WILD = [(1e3, 1e3), (1e3, -1e3), (-1e3, 1e3), (-1e3, -1e3), (1e-300, 0.0)]


def test_the_cost_is_that_of_lesson_02():
    for w, b in [(0.4, -4.0), (1.0, -10.0), (-0.5, 4.0), *WILD]:
        assert VIEW.frame(w, b).cost == CostView().frame(w, b).costs[1]


def test_the_lowest_place_is_the_lowest():
    found = minimize(lambda place: learners_cost(*place), (0.4, -4.0), tol=1e-12)
    assert found.x == pytest.approx(BEST, abs=1e-4)
    assert found.fun == pytest.approx(LOWEST, abs=1e-10)
    assert cu.numerical_gradient(lambda place: learners_cost(*place), BEST) == pytest.approx([0, 0], abs=1e-6)


def test_the_sliders_reach_the_valley_and_one_after_the_other_they_do_not():
    """What the lesson's hook lives on: who moves each slider once, to its best, is still far from the lowest."""
    w, b = VIEW.sliders["w"], VIEW.sliders["b"]
    ws, bs = np.arange(w.lo, w.hi + w.step / 2, w.step), np.arange(b.lo, b.hi + b.step / 2, b.step)
    assert VIEW.words(VIEW.frame(0.24, -2.1)).name == "arrived"
    best_w = min(ws, key=lambda at: learners_cost(at, b.start))
    best_b = min(bs, key=lambda at: learners_cost(best_w, at))
    assert VIEW.frame(best_w, best_b).gap > 0.04


@pytest.mark.parametrize("values", [(0.4, -4.0), (0.24, -2.1), (0.0, 0.0), *WILD])
def test_picture_and_words_tell_the_frame(values):
    view = ByHandView()
    frame, said = view.frame(*values), view.update(w=values[0], b=values[1])
    stems, curve, place, bar, cost = view.artists
    np.testing.assert_array_equal(curve.get_ydata(), frame.curve)
    np.testing.assert_array_equal(stems.get_ydata()[1::3], cu.sigmoid(values[0] * HOURS + values[1]))
    np.testing.assert_array_equal(stems.get_ydata()[::3], PASSED)
    assert list(bar.get_ydata()) == [LOW, pytest.approx(np.clip(frame.gap, LOW, HIGH))]
    assert cost.get_text() == f"J = {frame.cost:.4f}"
    assert said.startswith(f"{place.get_text()}: the cost J is {frame.cost:.4f}, ")
    assert ("less than 0.5 to everyone costs" in said) == (frame.cost < np.log(2) and "valley" not in said)


def test_every_slider_redraws_the_picture_and_no_figure_is_left():
    figures, live = plt.get_fignums(), by_hand()
    for slider, spec in VIEW.sliders.items():
        live.reset()
        pictures = set()
        for value in (spec.lo, spec.hi):
            live.move(**{slider: value})
            pictures.add(live.png)
        assert len(pictures) == 2
    assert plt.get_fignums() == figures
