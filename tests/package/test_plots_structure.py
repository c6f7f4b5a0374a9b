"""The pictures of a neuron and of a network, by their artists: places, words, widths and colours."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgba
from matplotlib.patches import Circle, FancyArrowPatch, Rectangle

import course_utils as cu
from course_utils.plots.network import shown_units, unit_places
from course_utils.plots.structure import MARK, WIDEST
from course_utils.style import GREY

W1, W2 = [[1.0, -1.0], [-1.0, 2.0]], [[2.0], [-1.0]]
RNG = np.random.default_rng(0)


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def words(ax):
    return [text.get_text() for text in ax.texts]


def weights(ax):
    """Return the line of each weight by its name, "from to" in each layer."""
    return {patch.get_gid(): patch for patch in ax.patches if patch.get_gid()}


def circles(ax):
    return [patch for patch in ax.patches if isinstance(patch, Circle)]


def assert_readable(ax):
    ax.figure.canvas.draw()
    boxes = {(text.get_text(), text.get_position()): text.get_window_extent() for text in ax.texts}
    for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
        assert not a.padded(-2).overlaps(b.padded(-2)), (one, other)
    width, height = ax.figure.bbox.max
    assert [text for text, box in boxes.items() if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height] == []
    assert min(text.get_fontsize() for text in ax.texts) >= 12


def test_a_neuron_with_numbers_says_each_of_them():
    ax = cu.plots.neuron([2, 3], -2, [0.8, 0.3], names=["sky", "forecast"])
    z = 0.8 * 2 + 0.3 * 3 - 2
    a = 1 / (1 + np.exp(-z))
    assert words(ax) == [
        *("sky\n0.8", "2", "forecast\n0.3", "3", "bias −2", "Σ"),
        *(f"z = {z:.1f}", "sigmoid", f"a = {a:.3f}"),
    ]
    assert_readable(ax)


def test_a_neuron_without_an_example_says_names_only():
    ax = cu.plots.neuron([0.4], -4, output="p", activation="tanh")
    assert words(ax) == ["x[0]", "0.4", "bias −4", "Σ", "z", "tanh", "p"]
    assert_readable(ax)


@pytest.mark.parametrize(("activation", "z", "a"), [("step", 1, 1), ("relu", -1, 0), ("linear", 2, 2), ("tanh", 0, 0)])
def test_the_output_is_that_of_the_activation_whose_curve_is_drawn(activation, z, a):
    ax = cu.plots.neuron([1.0], 0.0, [float(z)], activation=activation)
    assert words(ax)[-1] == f"a = {a}"
    height = ax.lines[0].get_ydata()
    curve = getattr(cu, activation, lambda z: z)(np.linspace(-4, 4, len(height)))
    share = (height - height[0]) / (height[-1] - height[0])
    np.testing.assert_allclose(share, (curve - curve[0]) / (curve[-1] - curve[0]), atol=1e-12)


def test_the_order_from_left_to_right_is_input_sum_activation_output():
    ax = cu.plots.neuron([1.0, 2.0], 0.5, [1.0, 1.0])
    at = {text.get_text(): text.get_position()[0] for text in ax.texts}
    assert at["x[0]\n1"] == at["x[1]\n1"] < at["1"] < at["Σ"] < at["z = 3.5"] < at["sigmoid"] < at["a = 0.971"]


def test_the_wires_of_a_neuron_show_size_and_sign():
    ax = cu.plots.neuron([4.0, -2.0, 0.0], 0.0)
    lines = [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)][:3]
    assert lines[0].get_linewidth() == WIDEST > lines[1].get_linewidth() > lines[2].get_linewidth()
    red, blue, grey = (line.get_edgecolor() for line in lines)
    assert red[0] > 2 * red[2]
    assert blue[2] > 2 * blue[0]
    assert grey == to_rgba(GREY)
    assert [line.get_linestyle() == "-" or line.get_linestyle() == "solid" for line in lines] == [True, False, True]


def test_of_many_inputs_the_first_and_the_last_are_drawn():
    ax = cu.plots.neuron(np.linspace(-1, 1, 784), 0.0, np.ones(784))
    assert [text.split("\n")[0] for text in words(ax) if text[0] in "x⋮"] == [
        *("x[0]", "x[1]", "x[2]", "x[3]", "⋮", "x[783]"),
    ]
    assert_readable(ax)


def test_a_network_has_a_line_for_each_weight_and_a_circle_for_each_unit():
    ax = cu.plots.network((W1, W2), inputs=["x[0]", "x[1]"], outputs=["a"], numbers=True)
    assert len(circles(ax)) == 5
    assert len([patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]) == 6
    assert words(ax) == [
        *("1", "−1", "−1", "2", "2", "−1"),
        *("input\n2", "hidden\n2", "output\n1", "x[0]", "x[1]", "a"),
    ]
    assert_readable(ax)


def test_width_and_colour_of_each_line_are_those_of_its_weight():
    W = np.array([[1.0, -3.0], [0.5, 0.0]])
    lines = weights(cu.plots.network([W]))
    widths = {gid: line.get_linewidth() for gid, line in lines.items()}
    assert sorted(widths, key=widths.get, reverse=True) == ["weight 0 1", "weight 0 0", "weight 1 0", "weight 1 1"]
    red, blue = lines["weight 0 0"].get_edgecolor(), lines["weight 0 1"].get_edgecolor()
    assert red[0] > 2 * red[2]
    assert blue[2] > 2 * blue[0]
    assert lines["weight 1 1"].get_edgecolor() == to_rgba(GREY)
    assert lines["weight 0 0"].get_linestyle() == "-"
    assert lines["weight 0 1"].get_linestyle() != "-"


def test_each_line_runs_from_its_unit_to_its_unit():
    places = unit_places((2, 2), left=0.7)
    line = weights(cu.plots.network([W1], inputs=["", ""], names=["in", "out"]))["weight 0 1"]
    (x0, y0), (x1, y1) = line.get_path().vertices[[0, -1]]
    assert x1 - x0 == pytest.approx(places[1][1][0] - places[0][0][0])
    assert (y0, y1) == pytest.approx((places[0][0][1], places[1][1][1]))


def test_of_a_large_layer_a_few_units_are_drawn_and_dots():
    ax = cu.plots.network((784, 64, 10), names=["pixels", "hidden", "digits"], outputs=list("0123456789"))
    assert len(circles(ax)) == 7 + 7 + 10
    assert words(ax).count("⋮") == 2
    assert [text for text in words(ax) if "\n" in text] == ["pixels\n784", "hidden\n64", "digits\n10"]
    assert shown_units(64) == [0, 1, 2, 3, 61, 62, 63]
    assert {patch.get_edgecolor() for patch in weights(ax).values()} == {to_rgba(GREY)}
    assert_readable(ax)


def test_values_stand_in_the_units():
    ax = cu.plots.network((W1, W2), values=[[1, 0], [0.818, 0.182], [-0.722]])
    assert [text for text in words(ax) if "\n" not in text and text] == ["1", "0", "0.82", "0.18", "−0.72"]
    ax.figure.canvas.draw()
    held = [text.get_window_extent() for text in ax.texts if text.get_text() in ("0.82", "0.18", "−0.72")]
    for circle, box in zip(circles(ax)[2:], held, strict=True):
        outer = circle.get_window_extent()
        assert outer.x0 < box.x0 < box.x1 < outer.x1


def test_one_unit_or_one_wire_is_marked():
    ax = cu.plots.network((W1, W2), unit_at=(1, 0), wire_at=(1, 0, 1))
    assert [circle.get_facecolor() == to_rgba(MARK) for circle in circles(ax)] == [False, False, True, False, False]
    bands = [patch for patch in ax.patches if patch.get_edgecolor() == to_rgba(MARK)]
    assert len(bands) == 1
    marked = weights(ax)["weight 0 1"]
    np.testing.assert_allclose(bands[0].get_path().vertices[[0, -1], 0][0], marked.get_path().vertices[0, 0])
    assert bands[0].get_linewidth() > marked.get_linewidth()
    assert bands[0].get_zorder() < marked.get_zorder()


def test_it_draws_into_given_axes_and_a_models_own_weights():
    model = cu.Sequential([cu.Input(3), cu.Dense(4, "tanh"), cu.Dense(2, "softmax")], rng=0)
    _, ax = plt.subplots()
    assert cu.plots.network(model.get_weights()[::2], ax=ax) is ax
    assert len(circles(ax)) == 9
    assert len(plt.get_fignums()) == 1


def test_a_probability_is_a_bar_beside_its_output():
    p = [0.0, 0.25, 0.75]
    ax = cu.plots.network((784, 3), outputs=["a", "b", "c"], bars=p)
    bars = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    assert [bar.get_width() / bars[2].get_width() for bar in bars] == pytest.approx([0, 1 / 3, 1])
    circles = [patch for patch in ax.patches if isinstance(patch, Circle)][-3:]
    middles = [bar.get_y() + bar.get_height() / 2 for bar in bars]
    assert middles == pytest.approx([circle.center[1] for circle in circles])
    words = [text.get_text() for text in ax.texts]
    assert words[-4:] == ["probability", "0.00", "0.25", "0.75"]
    assert min(bar.get_x() for bar in bars) > max(circle.center[0] + circle.radius for circle in circles)
    longest = bars[2].get_x() + bars[2].get_width() / 0.75
    assert longest < ax.get_xlim()[1]  # a probability of 1 has room, too


@pytest.mark.parametrize(
    ("arguments", "options", "sentence"),
    [
        (([],), {}, "network: layers must say what there is to draw"),
        (("784-10",), {}, "network: layers must say what there is to draw"),
        (((784,),), {}, "network: a network has inputs and at least one layer"),
        (((784, 0),), {}, "network: a number of units must be a whole number"),
        (((784, 2.5),), {}, "network: a number of units must be a whole number"),
        (((W1, W1, [[1.0]]),), {}, "network: the layers do not fit together. Expected: 2 rows in W3"),
        (((W1, [0.5, 0.5]),), {}, "network: W2 has the wrong number of axes.*leaves the biases out"),
        (([[[np.nan]]],), {}, "network: W1 has a value that cannot be drawn. Expected: finite numbers. Received: nan"),
        (((2, 1),), {"names": ["in"]}, "network: names must have a word for each. Expected: 2 words. Received: 1"),
        (((2, 1),), {"inputs": "x"}, "network: inputs must have a word for each"),
        (((2, 1),), {"values": [[1, 2]]}, "network: values must have a list for each layer"),
        (((2, 1),), {"values": [[1, 2], [3, 4]]}, r"network: values\[1\] must have a number for each unit"),
        (((2, 3),), {"bars": [0.5, 0.5]}, "network: bars must have a probability for each output"),
        (((2, 2),), {"bars": [0.5, 1.5]}, r"network: bars has a value outside \[0, 1\]"),
        (((2, 2),), {"bars": [0.5, np.nan]}, "network: bars has a value that cannot be drawn"),
        (((2, 1),), {"unit_at": (2, 0)}, "network: unit_at is not in the picture"),
        (((784, 10),), {"unit_at": (0, 400)}, "network: unit_at is not in the picture"),
        (((2, 1),), {"wire_at": (0, 0, 0)}, "network: wire_at is not in the picture"),
        (((2, 1),), {"wire_at": (1, 0)}, r"network: wire_at is not in the picture. Expected: \(layer, from, to\)"),
    ],
)
def test_a_network_that_cannot_be_drawn_gets_a_sentence(arguments, options, sentence):
    with pytest.raises(ValueError, match=sentence):
        cu.plots.network(*arguments, **options)
    assert plt.get_fignums() == []


@pytest.mark.parametrize(
    ("arguments", "options", "sentence"),
    [
        (([], 0.0), {}, "neuron: w is empty"),
        (([[1.0]], 0.0), {}, "neuron: w has the wrong number of axes"),
        (([1.0, np.inf], 0.0), {}, "neuron: w has a value that cannot be drawn"),
        (([1.0], np.nan), {}, "neuron: b is out of range"),
        (([1.0], [0.0, 1.0]), {}, "neuron: b is out of range"),
        (([1.0, 2.0], 0.0, [1.0]), {}, r"neuron: x must be one example.*Expected: \(2,\). Received: \(1,\)"),
        (([1.0], 0.0, [np.nan]), {}, "neuron: x has a value that cannot be drawn"),
        (([1.0], 0.0), {"activation": "sigmod"}, "neuron: unknown activation.*did you mean 'sigmoid'"),
        (([1.0], 0.0), {"names": ["a", "b"]}, "neuron: there must be a name for each input"),
        (([1.0], 0.0), {"output": ""}, "neuron: output must name what comes out"),
    ],
)
def test_a_neuron_that_cannot_be_drawn_gets_a_sentence(arguments, options, sentence):
    with pytest.raises(ValueError, match=sentence):
        cu.plots.neuron(*arguments, **options)
    assert plt.get_fignums() == []
