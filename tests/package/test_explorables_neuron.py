"""The neuron view: its pure frame, and what stands on the screen at the ends of its sliders and beyond."""

import numpy as np
import pytest

from course_utils.explorables.neuron import X, neuron, neuron_frame, neuron_view, neuron_words

ALL = ("step", "sigmoid", "tanh", "ReLU")
WILD = [(-5, -10, -10), (0, 0, 0), (5, 10, 10), (1e3, -1e3, 1e3), (-1e3, 1e3, -1e3)]


@pytest.mark.parametrize("activation", ALL)
@pytest.mark.parametrize(("w", "b", "x"), WILD)
def test_every_frame_is_finite_and_its_words_match(activation, w, b, x):
    now = neuron_frame(w, b, x, activation)
    assert np.isfinite(now["curve"]).all()
    assert now["z"] == w * x + b
    assert f"z = {now['z']:.2f}".replace("-", "−") in neuron_words(now)
    assert f"a = {now['a']:.2f}".replace("-", "−") in neuron_words(now)


def test_the_curve_crosses_one_half_at_the_threshold():
    now = neuron_frame(2.0, -1.0, 0.5, "sigmoid")
    assert now["threshold"] == 0.5
    assert now["a"] == 0.5
    assert now["curve"][X < 0.5].max() < 0.5 < now["curve"][X > 0.5].min()


def test_without_a_weight_there_is_no_threshold():
    now = neuron_frame(0.0, 1.0, 2.0, "sigmoid")
    assert now["threshold"] is None
    assert "the output is the same for every x" in neuron_words(now)


@pytest.mark.parametrize(("w", "b", "x"), WILD)
@pytest.mark.parametrize("activation", ALL)
def test_the_same_artists_show_every_frame(activation, w, b, x):
    view = neuron_view(ALL)
    wall, curve, _, dot, left, right = view.artists
    live, artists = view.live(), view.fig.findobj()
    live.render(w=w, b=b, x=x, activation=activation)
    now = neuron_frame(w, b, x, activation)
    assert live.said == neuron_words(now)
    assert (curve.get_ydata() == now["curve"]).all()
    assert dot.get_xdata() == [x]
    np.testing.assert_array_equal(wall.get_xdata(), [-b / w if w else np.nan] * 2)
    assert left.get_text().startswith(f"x = {x:.2f}".replace("-", "−"))
    assert right.get_text()
    assert view.fig.findobj() == artists


def test_an_output_above_the_axes_is_marked_at_their_edge():
    view = neuron_view(ALL)
    dot = view.artists[3]
    view.draw(neuron_frame(5.0, 10.0, 10.0, "ReLU"))
    assert dot.get_ydata() == [1.4]
    assert dot.get_marker() == "^"
    view.draw(neuron_frame(5.0, 10.0, 10.0, "sigmoid"))
    assert dot.get_marker() == "o"


def test_an_unknown_activation_gets_a_sentence():
    with pytest.raises(ValueError, match="neuron: unknown activation.*Hint: did you mean 'sigmoid'"):
        neuron(["sigmod"])
