"""The view of a 2-2-1 network: its frame by hand arithmetic, and the screen at the ends of its sliders and beyond."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.activations import sigmoid
from course_utils.explorables.xor import ASIDE, START, XorView, xor

VIEW = XorView()
SOLVED = START | {"b2": 9.0}
LOW, MIDDLE, HIGH = (dict.fromkeys(START, value) for value in (-15.0, 0.0, 15.0))
WILD = [
    dict(zip(START, values, strict=True))
    for values in ([1e3] * 9, [-1e3] * 9, [1e3, -1e3, 1e3, -1e3, 1e3, -1e3, 1e3, -1e3, 1e3], [1e-300] * 9)
]
EVERY = [SOLVED, LOW, MIDDLE, HIGH, *WILD]


@pytest.fixture
def view():
    return XorView()


def test_it_starts_at_three_of_four_and_one_bias_solves_it():
    assert VIEW.frame(**START).score == 3
    assert VIEW.frame(**SOLVED).score == 4
    assert "solved" not in VIEW.sentence(VIEW.frame(**START))
    assert VIEW.sentence(VIEW.frame(**SOLVED)).startswith("solved: 4 of 4. Outputs 0.06, 0.92, 0.92, 0.06.")


def test_a_row_by_hand():
    frame = VIEW.frame(w11=1.0, w21=2.0, b1=-1.0, w12=0.5, w22=-1.0, b2=0.5, v1=2.0, v2=-2.0, c=0.25)
    one, two = sigmoid(1.0 + 2.0 - 1.0), sigmoid(0.5 - 1.0 + 0.5)  # at (1, 1)
    assert frame.hidden[3] == pytest.approx([one, two])
    assert frame.a[3] == pytest.approx(sigmoid(2 * one - 2 * two + 0.25))


def test_the_hidden_lines_are_where_a_hidden_unit_says_one_half():
    frame = VIEW.frame(**START)
    np.testing.assert_allclose(frame.lines[0] @ [6, 6] - 3, 0, atol=1e-12)
    np.testing.assert_allclose(frame.lines[1] @ [-6, -6] + 13, 0, atol=1e-12)
    np.testing.assert_allclose(frame.lines[2] @ [6, 6] - 9, 0, atol=1e-12)


def state(artists):
    heat, score, one, two, wrong, _, _, hidden, line, zeros, ones, *names = artists
    moved = [a.get_xydata().tolist() for a in (one, two, wrong, line, zeros, ones)]
    heats = [np.asarray(h.get_array()).tolist() for h in (heat, hidden)]
    return [*heats, score.get_text(), moved, [list(n.xy) for n in names]]


@pytest.mark.parametrize("values", EVERY)
def test_every_move_changes_the_same_artists_and_makes_no_figure(view, values):
    live, artists, figures = view.live(), list(view.artists), len(plt.get_fignums())
    before, picture = state(artists), live.png
    live.render(**values)
    assert all(new is old for new, old in zip(view.artists, artists, strict=True))
    assert state(artists) != before
    assert live.png != picture
    assert len(plt.get_fignums()) == figures
    assert live.status == VIEW.sentence(VIEW.frame(**values))


@pytest.mark.parametrize("values", EVERY)
def test_picture_and_words_tell_the_frame(view, values):
    frame, words = VIEW.frame(**values), view.update(**values)
    _, score, _, _, wrong, _, _, _, _, zeros, ones, *names = view.artists
    assert len(wrong.get_xydata()) == 4 - frame.score
    assert np.array_equal(zeros.get_xydata(), frame.hidden[[0, 3]])
    assert np.array_equal(ones.get_xydata(), frame.hidden[[1, 2]])
    assert [tuple(name.xy) for name in names] == [tuple(place) for place in frame.hidden]
    assert ("solved" in words) == ("solved" in score.get_text()) == (frame.score == 4)
    assert str(frame.score) in score.get_text()
    assert not re.search(r"-|nan|inf", words)


def test_the_names_of_points_at_one_place_do_not_meet():
    gaps = np.abs(ASIDE[:, None] - ASIDE).max(axis=2)[np.triu_indices(4, 1)]
    assert gaps.min() >= 15  # points; a name is about 13 wide


def test_every_slider_tells_its_neuron_and_reset_goes_back():
    live = xor()
    assert [one["label"][:2] for one in live.page["sliders"]] == ["h₁"] * 3 + ["h₂"] * 3 + ["a:"] * 3
    start = live.status
    live.move(b2=9.0, v1=-3.0)
    assert live.status != start
    live.reset()
    assert live.status == start
