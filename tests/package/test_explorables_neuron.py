"""The neuron view: its pure frame, and what stands on the screen at the ends of its sliders and beyond."""

import numpy as np
import pytest

from course_utils.explorables.neuron import TOP, NeuronView, X, neuron

VIEW = NeuronView()
ALL = ("step", "sigmoid", "tanh", "ReLU")
WILD = [(-5, -10, -10), (0, 0, 0), (5, 10, 10), (1e3, -1e3, 1e3), (-1e3, 1e3, -1e3)]


@pytest.mark.parametrize("activation", ALL)
@pytest.mark.parametrize(("w", "b", "x"), WILD)
def test_every_frame_is_finite_and_its_words_match(activation, w, b, x):
    frame = VIEW.frame(w, b, x, activation)
    assert np.isfinite(frame.curve).all()
    assert frame.z == w * x + b
    assert f"z = {frame.z:.2f}".replace("-", "−") in VIEW.sentence(frame)
    assert f"a = {frame.a:.2f}".replace("-", "−") in VIEW.sentence(frame)


def test_the_curve_crosses_one_half_at_the_threshold():
    frame = VIEW.frame(2.0, -1.0, 0.5, "sigmoid")
    assert frame.threshold == 0.5
    assert frame.a == 0.5
    assert frame.curve[X < 0.5].max() < 0.5 < frame.curve[X > 0.5].min()


def test_without_a_weight_there_is_no_threshold():
    frame = VIEW.frame(0.0, 1.0, 2.0, "sigmoid")
    assert np.isnan(frame.threshold)
    assert "the output is the same for every x" in VIEW.sentence(frame)


@pytest.mark.parametrize(("w", "b", "x"), WILD)
@pytest.mark.parametrize("activation", ALL)
def test_the_same_artists_show_every_frame(activation, w, b, x):
    view = NeuronView(ALL)
    wall, curve, _, dot, left, right = view.artists
    live, artists = view.live(), view.fig.findobj()
    live.render(w=w, b=b, x=x, activation=activation)
    frame = VIEW.frame(w, b, x, activation)
    assert live.status == VIEW.sentence(frame)
    assert (curve.get_ydata() == frame.curve).all()
    assert dot.get_xdata() == [x]
    np.testing.assert_array_equal(wall.get_xdata(), [-b / w if w else np.nan] * 2)
    assert left.get_text().startswith(f"x = {x:.2f}".replace("-", "−"))
    assert right.get_text()
    assert view.fig.findobj() == artists


def test_an_output_above_the_axes_is_marked_at_their_edge():
    view = NeuronView(ALL)
    dot = view.artists[3]
    view.draw(VIEW.frame(5.0, 10.0, 10.0, "ReLU"))
    assert dot.get_ydata() == [TOP]
    assert dot.get_marker() == "^"
    view.draw(VIEW.frame(5.0, 10.0, 10.0, "sigmoid"))
    assert dot.get_marker() == "o"


def test_an_unknown_activation_gets_a_sentence():
    with pytest.raises(ValueError, match="neuron: unknown activation.*Hint: did you mean 'sigmoid'"):
        neuron(["sigmod"])
