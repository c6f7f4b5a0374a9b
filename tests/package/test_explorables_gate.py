"""The gate view: its frame by hand arithmetic, its artists at every end, and what it refuses."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.datasets import logic_gate
from course_utils.explorables.gate import SIDE, GateView, gate

VIEW = GateView()
GATES = ("AND", "OR", "NAND", "NOR", "XOR", "XNOR")
BY_HAND = {"AND": (1, 1, -1.5), "OR": (1, 1, -0.5), "NAND": (-1, -1, 1.5), "NOR": (-1, -1, 0.5)}
ENDS = [(lo, lo, lo) for lo in (-10.0, 0.0, 10.0)] + [(10.0, -10.0, 15.0), (0.0, 1e-9, -15.0)]
WILD = [(1e3, -1e3, 1e3), (-1e3, -1e3, -1e3), (1e3, 0.0, -1e3), (1e-300, 0.0, 1e3)]


@pytest.fixture
def view():
    return GateView()


@pytest.mark.parametrize("name", BY_HAND)
def test_weights_set_by_hand_solve_the_gate(name):
    frame = VIEW.frame(*BY_HAND[name], name)
    assert (frame.score, frame.right.all()) == (4, True)
    np.testing.assert_array_equal(frame.a > 0.5, logic_gate(name)[1].ravel() == 1)
    assert VIEW.sentence(frame).count("solved") == 1


@pytest.mark.parametrize("name", ["XOR", "XNOR"])
def test_three_of_four_is_never_called_solved(name):
    scores = set()
    for w1 in (-2, -1, 1, 2):
        for w2 in (-2, -1, 1, 2):
            for b in np.arange(-4.5, 5):
                frame = VIEW.frame(w1, w2, b, name)
                scores.add(frame.score)
                assert "solved" not in VIEW.sentence(frame)
                assert f"score {frame.score} of 4" in VIEW.sentence(frame)
    assert max(scores) == 3


@pytest.mark.parametrize("name", GATES)
def test_a_logit_of_zero_says_0(name):
    frame = VIEW.frame(0.0, 0.0, 0.0, name)
    assert frame.score == int((frame.y == 0).sum())
    assert np.isnan(frame.line).all()


@pytest.mark.parametrize("values", [(2.0, 3.0, -4.0), (-1.0, 0.5, 0.2), (0.0, 4.0, -2.0), (7.0, 0.0, -3.5)])
def test_the_line_is_where_the_logit_is_zero(values):
    w1, w2, b = values
    ends = VIEW.frame(*values, "AND").line  # (2, 2)
    np.testing.assert_allclose(ends @ [w1, w2] + b, 0, atol=1e-12)
    assert np.linalg.norm(ends[1] - ends[0]) == pytest.approx(6)  # wider than the plane that is shown


def test_the_heat_map_is_the_output_right_side_up():
    heat = VIEW.frame(0.0, 8.0, -4.0, "AND").heat
    assert heat.shape == (len(SIDE), len(SIDE))
    assert (heat[0] < 0.01).all()  # x2 below 0
    assert (heat[-1] > 0.99).all()


def state(artists):
    heat, *curves = artists[:5]
    texts = [(t.get_text(), t.get_color()) for t in artists[5:]]
    return [np.asarray(heat.get_array()).tolist(), *[c.get_xydata().tolist() for c in curves], texts]


@pytest.mark.parametrize(("values", "name"), [*zip(ENDS + WILD, GATES * 2, strict=False)])
def test_every_move_changes_the_same_artists_and_makes_no_figure(view, values, name):
    live, artists, figures = view.live(), list(view.artists), len(plt.get_fignums())
    before, picture = state(artists), live.png
    live.render(w1=values[0], w2=values[1], b=values[2], gate=name)
    assert all(new is old for new, old in zip(view.artists, artists, strict=True))
    assert state(artists) != before
    assert live.png != picture
    assert len(plt.get_fignums()) == figures
    assert live.status == VIEW.sentence(VIEW.frame(*values, name))


@pytest.mark.parametrize("name", GATES)
@pytest.mark.parametrize("values", ENDS + WILD)
def test_picture_and_words_tell_the_frame(view, values, name):
    frame = VIEW.frame(*values, name)
    words = view.update(w1=values[0], w2=values[1], b=values[2], gate=name)
    texts = [artist.get_text() for artist in view.artists[5:]]
    wrong, *classes = view.artists[2:5]
    assert len(wrong.get_xydata()) == 4 - frame.score
    assert [len(points.get_xydata()) for points in classes] == [(frame.y == 0).sum(), (frame.y == 1).sum()]
    assert [text.split() for text in texts[:4]] == [
        [f"{y:.0f}", f"{a:.2f}", "1" if z > 0 else "0"] for y, a, z in zip(frame.y, frame.a, frame.z, strict=True)
    ]
    assert texts[4:8] == ["✓" if right else "✗" for right in frame.right]
    assert texts[8].startswith(f"{name}: {frame.score} of 4")
    assert texts[9] in words  # w1, w2 and b, so that a still picture says which neuron it shows
    assert texts[9].count("=") == 3
    assert ("solved" in texts[8]) == ("solved" in words) == (frame.score == 4)
    assert not re.search(r"-|−0\.0\b(?!\d)|nan|inf", words)


def test_colours_are_the_models_between_orange_for_0_and_blue_for_1(view):
    heat, _, _, zero, one = view.artists[:5]
    assert (heat.norm.vmin, heat.norm.vmax, heat.origin) == (0, 1, "lower")
    assert zero.get_marker() != one.get_marker()
    assert zero.get_color() != one.get_color()


def test_reset_goes_back_to_the_start():
    live = gate()
    start = live.status
    live.move(w1=-3.0, b=2.0, gate="XOR")
    assert live.status.startswith("XOR")
    live.reset()
    assert live.status == start


def test_the_gates_to_choose_from_are_those_asked_for():
    assert gate(["XOR", "XNOR"]).values["gate"] == "XOR"
    with pytest.raises(ValueError, match="gate: unknown gate. Expected: AND, OR, .* Hint: did you mean 'XNOR'"):
        gate(["XNO"])
