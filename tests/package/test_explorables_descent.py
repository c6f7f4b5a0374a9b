"""The view of gradient descent, on the curve and on the map: at its ends, in the middle, and far outside."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

import course_utils as cu
from course_utils.explorables.descent import DescentView, descent
from course_utils.explorables.descent_model import COLOUR, GROUNDS, SWEET, descent_kind, last_ratio
from course_utils.explorables.relief import Relief

GROUND_NAMES = ("curve", "map")
cost, (W, B) = GROUNDS["map"].cost, GROUNDS["map"].sides


def start_of(view, **changed):
    return {name: spec.start for name, spec in view.sliders.items()} | changed


@pytest.fixture(params=GROUND_NAMES)
def view(request):
    return DescentView(request.param)


# --- the grounds


@pytest.mark.parametrize("name", GROUND_NAMES)
def test_gradient_and_lowest_place_are_those_of_the_cost(name):
    ground = GROUNDS[name]
    somewhere = np.full(len(ground.best), 0.7)
    assert cu.gradient_check(lambda p: ground.cost(*p), ground.gradient, somewhere)
    assert np.abs(ground.gradient(np.array(ground.best))).max() < 1e-8


def test_the_map_is_the_cost_of_a_neuron_that_tells_sweet_apples():
    neuron = cu.LogisticNeuron(1)
    neuron.set_weights([[0.3], -0.2])
    cost, (dw, db) = neuron.value_and_grad(COLOUR.reshape(-1, 1), SWEET.reshape(-1, 1))
    assert GROUNDS["map"].cost(0.3, -0.2) == pytest.approx(cost, rel=1e-14)
    assert GROUNDS["map"].gradient(np.array([0.3, -0.2])) == pytest.approx([dw.item(), db.item()], rel=1e-14)


def test_the_lowest_place_lies_in_the_picture_and_every_start_too(view):
    ground = GROUNDS["map" if "b" in view.sliders else "curve"]
    starts = [view.sliders[name] for name in ("w", "b", "start") if name in view.sliders]
    for side, start, best in zip(ground.sides, starts, ground.best, strict=True):
        assert side[0] == start.lo < best < start.hi == side[-1]


# --- what kind of descent


@pytest.mark.parametrize(
    ("rate", "kind"),
    [
        (0.001, "crawls"),
        (0.02, "crawls"),
        (0.1, "works"),
        (0.25, "works"),
        (0.39, "works"),
        (0.41, "oscillates"),
        (0.499, "oscillates"),
        (0.501, "diverges"),
        (1e3, "diverges"),
        (1e300, "diverges"),
    ],
)
def test_on_the_curve_the_ratio_is_1_minus_rate_times_curvature(rate, kind):
    frame = DescentView("curve").frame(rate=rate, steps=15, start=0.0)
    assert frame.kind == kind
    if rate != 0.25 and rate < 1e300:  # at 1/4 one step arrives; the other leaves the floats in two
        assert frame.ratio == pytest.approx(1 - 4 * rate, rel=1e-6)


@pytest.mark.parametrize(("rate", "kind"), [(0.01, "crawls"), (2, "works"), (5.4, "oscillates"), (100, "diverges")])
def test_on_the_map_there_are_the_same_four(rate, kind):
    assert DescentView("map").frame(rate=rate, steps=60, w=4.0, b=2.0).kind == kind


def test_at_half_the_curvatures_inverse_it_jumps_to_and_fro_for_ever():
    frame = DescentView("curve").frame(rate=0.5, steps=60, start=0.0)
    assert (frame.kind, frame.ratio) == ("oscillates", -1)
    assert set(frame.path.ravel()) == {0, 6}


def test_a_crawl_that_has_arrived_is_no_crawl():
    assert descent_kind(np.array([9.0, 0.001]), 0.95, 0.0) == "works"


def test_at_the_lowest_place_it_stands_still():
    frame = DescentView("curve").frame(rate=0.1, steps=15, start=3.0)
    assert frame.kind == "stands still"
    assert np.isnan(frame.ratio)


def test_rounding_at_the_end_of_the_way_is_no_step():
    assert last_ratio(np.array([[8.0], [4.0], [2.0], [2.0 - 1e-9], [2.0]])) == 0.5


# --- the picture and its words


WILD = ({"rate": 1e3}, {"rate": 1e3, "steps": 60}, {"rate": 1e300}, {"steps": -1e3}, {"steps": 1e3})
FAR = ({"start": 1e3, "w": 1e3, "b": -1e3}, {"start": -1e3, "w": -1e3, "b": 1e3, "rate": 1e3})


@pytest.mark.parametrize("wild", WILD + FAR)
def test_wild_values_are_drawn_calmly(view, wild):
    before = [id(artist) for artist in view.artists]
    values = start_of(view)
    said = view.update(**values | {name: value for name, value in wild.items() if name in values})
    *lines, _ = view.artists
    view.fig.canvas.draw()
    drawn = np.concatenate([artist.get_xydata() for artist in lines])
    assert np.nanmax(np.abs(drawn)) < 1e5
    assert said.startswith("Learning rate ")
    assert [id(artist) for artist in view.artists] == before


def test_a_diverged_path_says_so_and_ends_in_the_picture_of_costs():
    view = DescentView("curve")
    said = view.update(rate=1e3, steps=60, start=0.0)
    assert said.startswith("Learning rate 1000, 60 steps: diverges, its last steps climb above the start.")
    assert "Last step = −3999.00 × the step before." in said
    assert view.artists[3].get_ydata()[-1] == 1e3


def test_a_path_that_leaves_the_floats_says_so():
    said = DescentView("curve").update(rate=1e300, steps=60, start=0.0)
    assert "J from 18.17 out of all numbers" in said


def test_words_and_title_match_the_frame(view):
    values = start_of(view, rate=0.05, steps=20)
    frame, said = view.frame(**values), view.update(**values)
    assert view.artists[-1].get_text() == f"{frame.kind}:  rate 0.05,  20 steps"
    assert f"{frame.kind}, " in said
    assert f"J from {frame.costs[0]:.4g} to {frame.costs[-1]:.4g}." in said


def test_the_path_begins_at_the_start_and_the_black_dot_is_its_end(view):
    values = start_of(view, steps=7)
    frame = view.frame(**values)
    view.update(**values)
    path, start, end, *_ = view.artists
    assert path.get_xydata() == pytest.approx(frame.points)
    assert start.get_xydata()[0] == pytest.approx(frame.points[0])
    assert end.get_xydata()[0] == pytest.approx(frame.points[-1])


def test_beside_the_curve_the_cost_after_each_step():
    view = DescentView("curve")
    frame = view.frame(**start_of(view, steps=7))
    view.draw(frame)
    steps, gaps = view.artists[3].get_data()
    assert steps.tolist() == list(range(8))
    assert gaps == pytest.approx(frame.gap)


# --- the landscape from the side

RELIEF = Relief(GROUNDS["map"].sides, np.array([[cost(w, b) for w in W] for b in B]))


def test_it_shows_the_path_of_the_map():
    view = DescentView("map")
    frame = view.frame(**start_of(view, steps=7))
    view.draw(frame)
    path, start, end = view.artists[3:6]
    places = [RELIEF.view(*place, J) for place, J in zip(frame.path, frame.costs, strict=True)]
    assert path.get_xydata() == pytest.approx(np.array(places))
    assert start.get_xydata()[0] == pytest.approx(places[0])
    assert end.get_xydata()[0] == pytest.approx(places[-1])


def test_a_place_beside_the_map_is_left_out():
    frame = DescentView("map").frame(rate=100, steps=2, w=4.0, b=2.0)
    assert np.isnan(frame.aside[1:]).all()
    assert np.isfinite(frame.aside[0]).all()


def test_higher_is_higher_and_nothing_hides_behind_a_slope():
    """So the path, which is drawn over the landscape, is nowhere seen through it."""
    lower, higher = RELIEF.view([1.0, 1.0], [-1.0, -1.0], [0.5, 2.0])
    assert lower[0] == higher[0]
    assert lower[1] < higher[1]
    corners, _ = RELIEF.faces()
    one, two, three, four = corners.transpose(1, 2, 0)  # (2, n) each
    areas = (two - one)[0] * (four - one)[1] - (two - one)[1] * (four - one)[0]
    assert (areas > 0).all() or (areas < 0).all()  # all are seen from above


def test_its_faces_cover_the_map():
    corners, means = RELIEF.faces()
    assert corners.shape == (20 * 15, 4, 2)
    assert means.min() >= RELIEF.heights.min()
    assert means.max() <= RELIEF.heights.max()
    ends = RELIEF.view(
        [-3.0, 5.0, -3.0, 5.0], [-3.5, -3.5, 2.5, 2.5], [cost(w, b) for b in (-3.5, 2.5) for w in (-3, 5)]
    )
    every = corners.reshape(-1, 2)
    assert all(np.abs(every - end).sum(axis=1).min() < 1e-9 for end in ends)


@pytest.mark.parametrize("name", GROUND_NAMES)
def test_every_slider_redraws_the_picture_at_both_ends_and_no_figure_is_left(name):
    figures = plt.get_fignums()
    live = descent(name)
    for slider, spec in DescentView(name).sliders.items():
        live.reset()
        pictures = set()
        for value in (spec.lo, spec.hi):
            live.move(**{slider: value})
            pictures.add(live.png)
        assert len(pictures) == 2
        assert "not redrawn" not in live.status
    assert plt.get_fignums() == figures


def test_another_ground_is_refused():
    with pytest.raises(ValueError, match="descent: unknown on. Expected: curve, map. Received: 'mapp'. Hint: did you"):
        descent("mapp")
