"""The computation graph, by its artists: every number at its node, forward and backward told apart."""

import itertools

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_rgba
from matplotlib.path import Path

from course_utils.plots.graph import Graph, graph
from course_utils.plots.graph_layouts import BOX, KINDS, NETWORK, graph_layout
from course_utils.plots.structure import MARK

LAYOUT = graph_layout(NETWORK)
VALUES = dict.fromkeys(LAYOUT.nodes, -1.5)
GRADIENTS = {name: 0.125 for name in LAYOUT.nodes if name not in ("x[0]", "x[1]", "y")}
CHAIN = {"c": ("a", "b"), "d": ("c", "a"), "L": ("d",)}  # a goes two ways
LONG = {"z1[0]": ("b1[0]", "W1[0, 0]", "x[0]"), "a1[0]": ("z1[0]",), "z2": ("W2[0, 0]", "a1[0]", "b2[0]")}
GRAPHS = {**KINDS, "fork": CHAIN, "long names": LONG, "one": {"z": ("x",)}}


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


@pytest.fixture
def net():
    return Graph(plt.figure().add_axes((0, 0, 1, 1)), LAYOUT)


def test_every_value_stands_in_its_node_and_every_gradient_below_it(net):
    net.fill(VALUES, GRADIENTS)
    assert {name: text.get_text() for name, text in net.values.items()} == {k: f"{k}\n−1.5" for k in VALUES}
    written = {name: text.get_text() for name, text in net.gradients.items() if text.get_visible()}
    assert written == dict.fromkeys(GRADIENTS, "0.125")
    for name, (x, y) in LAYOUT.nodes.items():
        assert net.values[name].get_position() == (x, y)
        below = net.gradients[name].get_position()
        assert below[0] == x
        assert y - BOX / 2 - 0.3 < below[1] < y - BOX / 2


def test_the_weights_are_nodes_with_a_way_to_what_they_multiply(net):
    net.fill(VALUES, GRADIENTS)
    assert {"W1[0, 0]", "W1[0, 1]", "W1[1, 0]", "W1[1, 1]", "b1[0]", "b1[1]", "W2[0, 0]", "W2[1, 0]", "b2"} <= set(
        net.values
    )
    assert {parent for parent, child in net.ways if child == "z1[0]"} == {
        "W1[0, 0]",
        "W1[1, 0]",
        "x[0]",
        "x[1]",
        "b1[0]",
    }
    hidden = {edge for edge, way in net.ways.items() if not way.get_visible()}
    assert {parent for parent, _ in hidden} == {"x[0]", "x[1]", "y"}


def test_what_is_not_known_yet_is_a_grey_name_without_a_way_back(net):
    net.fill({"x[0]": 1.0}, {"L": 1.0, "a2": 0.5})
    assert net.values["z1[0]"].get_text() == "z1[0]"
    assert net.values["z1[0]"].get_color() != net.values["x[0]"].get_color()
    assert [edge for edge, way in net.ways.items() if way.get_visible()] == [("a2", "L")]
    assert net.gradients["z1[0]"].get_visible() is False


def test_forward_and_backward_differ_in_colour_dashes_and_direction(net):
    net.fill(VALUES, GRADIENTS)
    back = net.ways["z2", "a2"]
    start, end = LAYOUT.edges["z2", "a2"]
    there = net.forward["z2", "a2"]
    assert there.get_edgecolor() != back.get_edgecolor()
    assert (there.get_linestyle(), back.get_linestyle()[1]) == ("solid", (3, 2))
    assert there.get_path().vertices[0, 0] == pytest.approx(start[0])
    assert back.get_path().vertices[0, 0] == pytest.approx(end[0])
    assert net.values["z2"].get_color() != net.gradients["z2"].get_color()


def test_one_number_at_a_time_is_marked(net):
    for current in (net.values["a1[0]"], net.gradients["W2[1, 0]"], None):
        net.fill(VALUES, GRADIENTS, current)
        papers = {net.values[name]: box for name, box in net.boxes.items()}
        papers |= {text: text.get_bbox_patch() for text in net.gradients.values()}
        marked = [
            text for text, paper in papers.items() if paper.get_visible() and paper.get_facecolor() == to_rgba(MARK)
        ]
        assert marked == ([current] if current else [])


def test_the_function_marks_the_newest_number_of_a_name():
    for gradients, marked in (({}, "z\n−0.5"), ({"z": -0.25}, "−0.25")):
        ax = graph({"z": -0.5}, gradients, kind="neuron", current="z")
        papers = [*ax.patches, *(t.get_bbox_patch() for t in ax.texts if t.get_bbox_patch() is not None)]
        assert len([p for p in papers if p.get_visible() and p.get_facecolor() == to_rgba(MARK)]) == 1
        assert marked in [text.get_text() for text in ax.texts]


@pytest.mark.parametrize("kind", GRAPHS)
def test_nothing_covers_a_number_and_nothing_leaves_the_picture(kind):
    layout = graph_layout(GRAPHS[kind])
    numbers = dict.fromkeys(layout.nodes, -0.123)
    ax = graph(numbers, numbers, parents=GRAPHS[kind])
    ax.figure.canvas.draw()
    boxes = {(text.get_text(), text.get_position()): text.get_window_extent() for text in ax.texts}
    for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
        assert not a.padded(-2).overlaps(b.padded(-2)), (one, other)
    width, height = ax.figure.bbox.max
    assert [text for text, box in boxes.items() if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height] == []
    assert min(text.get_fontsize() for text in ax.texts) >= 12
    for (parent, child), ends in layout.edges.items():
        way = ax.transData.transform_path(Path(ends))
        passed = [key for key, box in boxes.items() if way.intersects_bbox(box.padded(-2), filled=False)]
        assert not passed or kind == "fork", (parent, child, passed)


def test_a_word_stands_above_its_arrow_and_covers_nothing():
    numbers = {"w": 3.0, "z": -0.4, "a": 0.401}
    chain = {"z": ("w",), "a": ("z",)}
    ax = graph(numbers, {"w": 0.096, "z": 0.24, "a": 1.0}, parents=chain, links={("w", "z"): "× 0.4"})
    (word,) = [text for text in ax.texts if text.get_text() == "× 0.4"]
    layout = graph_layout(chain)
    (x0, y), (x1, _) = layout.edges["w", "z"]
    assert x0 < word.get_position()[0] < x1
    assert y < word.get_position()[1] < y + 0.3
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
    assert not any(a.padded(-2).overlaps(b.padded(-2)) for a, b in itertools.combinations(boxes, 2))


@pytest.mark.parametrize("kind", GRAPHS)
def test_places_are_worked_out_as_plain_numbers(kind):
    layout = graph_layout(GRAPHS[kind])
    for (parent, child), (start, end) in layout.edges.items():
        assert layout.nodes[parent][0] < start[0] < end[0] < layout.nodes[child][0]  # forward is to the right
    for one, other in itertools.combinations(layout.nodes, 2):
        (x, y), (u, v) = layout.nodes[one], layout.nodes[other]
        assert abs(x - u) > 0.75 or abs(y - v) > BOX + 0.25
    assert all(type(number) is float for place in layout.nodes.values() for number in place)
    assert set(layout.leaves) == set(layout.nodes) - set(GRAPHS[kind])


@pytest.mark.parametrize(
    ("arguments", "options", "sentence"),
    [
        (({"W1[0,0]": 1.0},), {}, r"graph: unknown name.*did you mean 'W1\[0, 0\]'"),
        ((VALUES, {"q": 1.0}), {}, "graph: unknown name"),
        (({},), {"kind": "tree"}, "graph: unknown kind. Expected: neuron, network"),
        (({},), {"current": "q"}, "graph: unknown name"),
        (
            ({},),
            {"links": {("z2", "z1[0]"): "× 2"}},
            r"graph: links must give a word.*Expected: \('b1\[0\]', 'z1\[0\]'\)",
        ),
        (([1.0],), {}, "graph: values must give numbers by name"),
        (({"z2": [1.0, 2.0]},), {}, "graph: z2 must be one number. Expected: a number. Received: shape"),
        (({"z2": "high"},), {}, "graph: z2 must be one number"),
        (({},), {"parents": {}}, "graph: parents must say what is computed from what"),
        (({},), {"parents": {"z": "wx"}}, "graph: parents of 'z' must be a list of names"),
        (({},), {"parents": {"z": ()}}, "graph: parents of 'z' must be a list of names"),
        (({},), {"parents": {"z": ("w", 3)}}, "graph: a node must have a name"),
        (({},), {"parents": {"z": ("a",), "a": ("z",)}}, "graph: a number is computed from itself.*a circle in z, a"),
    ],
)
def test_what_cannot_be_drawn_gets_a_sentence(arguments, options, sentence):
    with pytest.raises(ValueError, match=sentence):
        graph(*arguments, **options)
    assert plt.get_fignums() == []
