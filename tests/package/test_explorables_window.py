"""The window view: its count beside a real convolution's, its grids by hand, its artists at every end."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pytest

import course_utils as cu
from course_utils.explorables.window import LIMITS, window, window_frame, window_view, window_words

EVERY = list(itertools.product((3, 4, 7, 10), (1, 2, 3, 5), (1, 2, 3, 4), (0, 1, 3)))  # n, k, s, p
ENDS = [(*values, way) for values in itertools.product(*LIMITS.values()) for way in (0, 100)]
WILD = [(1e3, 1e3, 1e3, 1e3, 1e3), (-1e3, -1e3, -1e3, -1e3, -1e3), (6.7, 2.2, 1.9, 0.4, 50.5)]


def test_it_counts_what_a_convolution_gives():
    for n, k, s, p in EVERY:
        now = window_frame(n, k, s, p, 100)
        if k > n + 2 * p:
            assert (now["out"], now["place"]) == (0, 0)
            assert "it does not fit" in window_words(now)
            continue
        out = cu.conv2d(np.ones((n, n)), np.ones((k, k)), strides=s, padding=p)
        assert out.shape == (now["out"],) * 2
        assert now["place"] == now["out"] ** 2
        assert now["row"] == now["column"] == now["out"] - 1


def test_pixels_without_influence_are_those_never_looked_at():
    for n, k, s, p in EVERY:
        now, expected = window_frame(n, k, s, p, 0), np.zeros((n, n), bool)
        for row, column in np.ndindex(n, n):
            one = np.zeros((n, n))
            one[row, column] = 1
            looked = k <= n + 2 * p and cu.conv2d(one, np.ones((k, k)), strides=s, padding=p).any()
            expected[row, column] = not looked
        middle = now["left"][p : p + n, p : p + n]
        assert ((middle == 3) == expected).all()
        assert now["missed"] == expected.sum()
        assert (now["left"] == 1).sum() == (n + 2 * p) ** 2 - n**2  # the border


def test_the_way_walks_row_by_row_from_the_first_place_to_the_last():
    places = [window_frame(6, 3, 1, 0, way) for way in range(101)]
    assert [now["place"] for now in places] == sorted(now["place"] for now in places)
    assert {now["place"] for now in places} == set(range(1, 17))
    assert all(now["place"] - 1 == 4 * now["row"] + now["column"] for now in places)


@pytest.fixture(scope="module")
def view():
    return window_view()


@pytest.mark.parametrize("values", ENDS + WILD)
def test_artists_follow_and_stay_the_same_objects(view, values):
    left, right, left_lines, right_lines, window, cell, formula = view.artists
    before, figures = [id(a) for a in view.artists], plt.get_fignums()
    now = window_frame(*values)
    words = view.update(**dict(zip(view.sliders, values, strict=True)))
    side, out = now["side"], now["out"]
    assert np.asarray(left.get_array()).shape == np.asarray(right.get_array()).shape == (side, side)
    assert (np.asarray(right.get_array()) == 2).sum() == out**2
    assert len(left_lines.get_segments()) == 2 * (side + 1)
    assert len(right_lines.get_segments()) == (2 * (out + 1) if out else 0)
    x, y, width, _ = window.get_bbox().bounds
    assert (x * side, y * side) == pytest.approx((now["column"] * now["s"], now["row"] * now["s"]))
    assert width * side == pytest.approx(now["k"] if out else 0)
    assert x + width <= 1 + 1e-9
    assert cell.get_bbox().x0 * side == pytest.approx(now["column"])
    assert formula.get_text().endswith(f"=  {out}" if out else "no place")
    assert words == window_words(now)
    assert [id(a) for a in view.artists] == before
    assert plt.get_fignums() == figures


def test_the_live_view_redraws_and_resets():
    live = window()
    said, pictures = live.said, {live.png}
    for values in ({"k": 5}, {"s": 4}, {"p": 3}, {"n": 10}, {"way": 100}, {"n": 1e3}):
        live.move(**values)
        pictures.add(live.png)
    assert len(pictures) == 6  # the last two are the same frame
    assert "not redrawn" not in live.said
    live.reset()
    assert live.said == said
