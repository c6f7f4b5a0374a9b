"""The window view: its count beside a real convolution's, its grids by hand, its artists at every end."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pytest

import course_utils as cu
from course_utils.explorables.window import LIMITS, MISSED, PADDING, PICTURE, WindowView, window

VIEW = WindowView()
EVERY = list(itertools.product((3, 4, 7, 10), (1, 2, 3, 5), (1, 2, 3, 4), (0, 1, 3)))  # n, k, s, p
ENDS = [(*values, way) for values in itertools.product(*LIMITS.values()) for way in (0, 100)]
WILD = [(1e3, 1e3, 1e3, 1e3, 1e3), (-1e3, -1e3, -1e3, -1e3, -1e3), (6.7, 2.2, 1.9, 0.4, 50.5)]


def test_it_counts_what_a_convolution_gives():
    for n, k, s, p in EVERY:
        frame = VIEW.frame(n, k, s, p, 100)
        if k > n + 2 * p:
            assert (frame.out, frame.place) == (0, 0)
            assert "it does not fit" in VIEW.sentence(frame)
            continue
        out = cu.conv2d(np.ones((n, n)), np.ones((k, k)), strides=s, padding=p)
        assert out.shape == (frame.out,) * 2
        assert frame.place == frame.out**2
        assert frame.row == frame.column == frame.out - 1


def test_pixels_without_influence_are_those_never_looked_at():
    for n, k, s, p in EVERY:
        frame, expected = VIEW.frame(n, k, s, p, 0), np.zeros((n, n), bool)
        for row, column in np.ndindex(n, n):
            one = np.zeros((n, n))
            one[row, column] = 1
            looked = k <= n + 2 * p and cu.conv2d(one, np.ones((k, k)), strides=s, padding=p).any()
            expected[row, column] = not looked
        middle = frame.left[p : p + n, p : p + n]
        assert ((middle == MISSED) == expected).all()
        assert frame.missed == expected.sum()
        assert (frame.left == PADDING).sum() == (n + 2 * p) ** 2 - n**2  # the border


def test_the_way_walks_row_by_row_from_the_first_place_to_the_last():
    places = [VIEW.frame(6, 3, 1, 0, way) for way in range(101)]
    assert [frame.place for frame in places] == sorted(frame.place for frame in places)
    assert {frame.place for frame in places} == set(range(1, 17))
    assert all(frame.place - 1 == 4 * frame.row + frame.column for frame in places)


@pytest.fixture(scope="module")
def view():
    return WindowView()


@pytest.mark.parametrize("values", ENDS + WILD)
def test_artists_follow_and_stay_the_same_objects(view, values):
    left, right, left_lines, right_lines, window, cell, formula = view.artists
    before, figures = [id(a) for a in view.artists], plt.get_fignums()
    frame = VIEW.frame(*values)
    words = view.update(**dict(zip(view.sliders, values, strict=True)))
    side, out = frame.side, frame.out
    assert np.asarray(left.get_array()).shape == np.asarray(right.get_array()).shape == (side, side)
    assert (np.asarray(right.get_array()) == PICTURE).sum() == out**2
    assert len(left_lines.get_segments()) == 2 * (side + 1)
    assert len(right_lines.get_segments()) == (2 * (out + 1) if out else 0)
    x, y, width, _ = window.get_bbox().bounds
    assert (x * side, y * side) == pytest.approx((frame.column * frame.s, frame.row * frame.s))
    assert width * side == pytest.approx(frame.k if out else 0)
    assert x + width <= 1 + 1e-9
    assert cell.get_bbox().x0 * side == pytest.approx(frame.column)
    assert formula.get_text().endswith(f"=  {out}" if out else "no place")
    assert words == VIEW.sentence(frame)
    assert [id(a) for a in view.artists] == before
    assert plt.get_fignums() == figures


def test_the_live_view_redraws_and_resets():
    live = window()
    said, pictures = live.status, {live.png}
    for values in ({"k": 5}, {"s": 4}, {"p": 3}, {"n": 10}, {"way": 100}, {"n": 1e3}):
        live.move(**values)
        pictures.add(live.png)
    assert len(pictures) == 6  # the last two are the same frame
    assert "not redrawn" not in live.status
    live.reset()
    assert live.status == said
