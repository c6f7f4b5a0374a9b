"""The computation graph, by its artists: every number at its wire, forward and backward told apart."""

import itertools

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_rgba
from matplotlib.path import Path

from course_utils.plots.graph import MARK, Graph, graph
from course_utils.plots.graph_layouts import LAYOUTS, NETWORK

INPUTS, WIRES = NETWORK["inputs"], NETWORK["wires"]
VALUES, GRADIENTS = dict.fromkeys([*INPUTS, *WIRES], -1.5), dict.fromkeys(WIRES, 0.125)


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


@pytest.fixture
def net():
    return Graph(plt.figure().add_axes((0, 0, 1, 1)))


def test_every_value_is_written_with_its_name_and_every_gradient_below_it(net):
    net.fill(VALUES, GRADIENTS)
    assert {name: text.get_text() for name, text in net.values.items()} == {k: f"{k} = −1.5" for k in VALUES}
    assert {name: text.get_text() for name, text in net.gradients.items()} == dict.fromkeys(GRADIENTS, "0.125")
    beside = {"b1", "b2", "c", "L"}  # their wires stand upright
    for name in set(GRADIENTS) - beside:
        assert net.gradients[name].get_position()[1] < net.values[name].get_position()[1]


def test_what_is_not_known_yet_is_a_grey_name_without_a_way_back(net):
    net.fill({"x1": 1.0}, {"z": 0.5})
    assert net.values["u1"].get_text() == "u1"
    assert net.values["u1"].get_color() != net.values["x1"].get_color()
    assert [name for name, way in net.ways.items() if way.get_visible()] == ["z"]
    assert net.gradients["u1"].get_visible() is False


def test_forward_and_backward_differ_in_colour_and_dashes(net):
    net.fill(VALUES, GRADIENTS)
    back = net.ways["z"]
    there = next(a for a in net.values["z"].axes.patches if a not in net.ways.values())
    assert there.get_edgecolor() != back.get_edgecolor()
    assert (there.get_linestyle(), back.get_linestyle()[1]) == ("solid", (3, 2))
    assert net.values["z"].get_color() != net.gradients["z"].get_color()


def test_one_text_at_a_time_is_marked(net):
    texts = [*net.values.values(), *net.gradients.values()]
    for current in (net.values["h1"], net.gradients["v2"], None):
        net.fill(VALUES, GRADIENTS, current)
        papers = {text: text.get_bbox_patch() for text in texts}
        marked = [text for text, paper in papers.items() if paper and paper.get_facecolor() == to_rgba(MARK["fc"])]
        assert marked == ([current] if current else [])


@pytest.mark.parametrize(("kind", "given"), [("network", VALUES), ("neuron", dict.fromkeys("xywbzaL", -0.875))])
def test_no_number_covers_another_or_leaves_the_picture(kind, given):
    ax = graph(given, {name: -0.123 for name in given if name[0] not in "xyL"} | {"L": 1}, kind=kind)
    ax.figure.canvas.draw()
    boxes = {(text.get_text(), text.get_position()): text.get_window_extent() for text in ax.texts}
    for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
        assert not a.padded(-2).overlaps(b.padded(-2)), (one, other)
    width, height = ax.figure.bbox.max
    assert [text for text, box in boxes.items() if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height] == []


@pytest.mark.parametrize("kind", ["network", "neuron"])
def test_no_number_stands_on_a_wire(kind):
    ax = plt.figure(figsize=LAYOUTS[kind]["size"]).add_axes((0, 0, 1, 1))
    net = Graph(ax, kind)
    net.fill(dict.fromkeys(net.values, -0.875), dict.fromkeys(net.gradients, -0.123))
    ax.figure.canvas.draw()
    ways = [ax.transData.transform_path(Path([wire[0], wire[1]])) for wire in LAYOUTS[kind]["wires"].values()]
    for text in [*(net.values[name] for name in net.gradients), *net.gradients.values()]:
        box = text.get_window_extent().padded(-2)
        assert not any(way.intersects_bbox(box, filled=False) for way in ways), text


def test_unknown_names_get_a_sentence():
    with pytest.raises(ValueError, match="graph: unknown name.*Hint: did you mean 'w21'"):
        graph({"w1": 1.0})
    with pytest.raises(ValueError, match="graph: unknown name"):
        graph(VALUES, {"x1": 1.0})
    with pytest.raises(ValueError, match="graph: unknown kind. Expected: neuron, network"):
        graph({}, kind="tree")
