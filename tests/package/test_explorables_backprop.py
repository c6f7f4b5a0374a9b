"""The view of back-propagation: right numbers, an equation for each step, the same artists at every end."""

import itertools
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgba

from course_utils.explorables.backprop import (
    BACKWARD,
    PARAMETERS,
    STEPS,
    BackpropView,
    backprop,
)
from course_utils.gradients import numerical_gradient
from course_utils.layers import Dense, Input
from course_utils.models import Sequential
from course_utils.plots.graph_layouts import BOX
from course_utils.plots.structure import MARK

VIEW = BackpropView()
LAST = len(STEPS)
ENDS = [(-2.0, -2.0, 0, -5.0), (0.0, 0.0, 1, 0.0), (2.0, 2.0, 1, 5.0), (1.3, -0.7, 0, 3.1)]
WILD = [(1e3, -1e3, 1e3, 1e3), (-1e3, 1e3, -1e3, -1e3), (1e3, 1e3, 0, 1e3)]


@pytest.fixture(scope="module")
def view():
    return BackpropView()


@pytest.fixture(scope="module")
def live(view):
    return view.live()


def known(step, given):
    """Return the frame, its values and its gradients by name."""
    frame = VIEW.frame(step, *given)
    return frame, *frame.by_name()


@pytest.mark.parametrize("given", ENDS)
def test_values_and_gradients_are_the_networks(given):
    x0, x1, y, w = given
    p = PARAMETERS | {"W2[0, 0]": w}
    names = [[f"W1[{i}, {j}]" for i in (0, 1) for j in (0, 1)], ["b1[0]", "b1[1]"], ["W2[0, 0]", "W2[1, 0]"], ["b2"]]
    shapes = (2, 2), (2,), (2, 1), (1,)
    model = Sequential([Input(2), Dense(2, "sigmoid"), Dense(1, "sigmoid")], dtype="float64")
    model.compile("sgd", "binary_crossentropy")
    model.set_weights([np.reshape([p[n] for n in part], shape) for part, shape in zip(names, shapes, strict=True)])
    loss, expected = model.value_and_grad([[x0, x1]], [[y]])
    _, values, found = known(LAST, given)
    assert values["L"] == pytest.approx(loss)
    assert values["a2"] == pytest.approx(model.predict([[x0, x1]]).item())
    for part, gradient in zip(names, expected, strict=True):
        np.testing.assert_allclose([found[name] for name in part], gradient.ravel(), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("given", ENDS)
def test_the_gradient_of_the_output_is_measured(given):
    _, values, gradients = known(LAST, given)
    y = values["y"]
    slope = numerical_gradient(lambda a: float(-np.log(a if y else 1 - a)), values["a2"])
    assert gradients["a2"] == pytest.approx(slope, rel=1e-5)


@pytest.mark.parametrize("given", ENDS)
@pytest.mark.parametrize("step", range(1, LAST + 1))
def test_the_equation_with_its_numbers_gives_the_number(step, given):
    frame, values, gradients = known(step, given)
    words = VIEW.sentence(frame).removesuffix(".").removesuffix(", which is a2 − y")
    _, *middle, last = words.split(": ")[1].split(" = ")
    sums = middle[-1].replace("−", "-").replace("·", "*")
    if sums.startswith("d"):  # a gradient handed on as it is
        return
    functions = {"σ": lambda z: 1 / (1 + np.exp(-z)), "log": np.log}
    result, rounded = eval(sums, functions), float(last.replace("−", "-"))
    kind, name = STEPS[step - 1]
    exact = (values if kind == "value" else gradients)[name]
    assert rounded == pytest.approx(exact, abs=5.1e-4, rel=0.06)
    assert result == pytest.approx(exact, abs=0.01, rel=0.1)  # from numbers of three decimals


@pytest.mark.parametrize("step", range(LAST + 1))
def test_each_step_reveals_one_more_number(step):
    frame, values, gradients = known(step, (1.0, 0.0, 1, 2.0))
    assert len(values) + len(gradients) == 12 + step
    assert (frame.kind, frame.name) == (STEPS[step - 1] if step else ("", ""))


def state(view):
    papers = {text: view.graph.boxes[name] for name, text in view.graph.values.items()}
    papers |= {text: text.get_bbox_patch() for text in view.graph.gradients.values()}
    return [
        (text.get_text(), text.get_color(), paper.get_visible() and paper.get_facecolor())
        for text, paper in papers.items()
    ]


@pytest.mark.parametrize("given", ENDS + WILD)
@pytest.mark.parametrize("step", [-1e3, 1, 11, LAST, 1e3])
def test_every_move_changes_the_same_artists_and_makes_no_figure(view, live, step, given):
    live.reset()
    before, artists, figures = state(view), list(view.artists), len(plt.get_fignums())
    live.render(step=step, x0=given[0], x1=given[1], y=given[2], w=given[3])
    assert all(new is old for new, old in zip(view.artists, artists, strict=True))
    assert state(view) != before
    assert len(plt.get_fignums()) == figures
    assert live.status == VIEW.sentence(known(step, given)[0])
    assert not re.search(r"-|nan|inf", live.status)
    assert not any(re.search(r"-|nan|inf", text) for text, *_ in state(view))


def test_the_newest_number_is_marked(view, live):
    for step, (kind, name) in enumerate(STEPS, start=1):
        live.render(step=step, x0=1.0, x1=0.5, y=1, w=2.0)
        marked = [text for text, _, paper in state(view) if paper == to_rgba(MARK)]
        frame, _, _ = known(step, (1.0, 0.5, 1, 2.0))
        number = VIEW.sentence(frame).split(" = ")[-1].removesuffix(", which is a2 − y.").removesuffix(".")
        assert marked == [f"{name}\n{number}" if kind == "value" else number]


def test_no_box_is_drawn_over_its_number(view):
    moved = set(view.artists)
    assert [
        name for name, box in view.graph.boxes.items() if box in moved and view.graph.values[name] not in moved
    ] == []


def test_a_cut_wire_stops_the_gradient_and_an_input_of_0_too():
    _, _, cut = known(LAST, (1.0, 1.0, 1, 0.0))
    assert [cut[name] for name in ("a1[0]", "z1[0]", "W1[0, 0]", "W1[1, 0]", "b1[0]")] == [0] * 5
    assert cut["W2[0, 0]"] != 0
    _, _, still = known(LAST, (1.0, 0.0, 1, 2.0))
    assert (still["W1[1, 0]"], still["W1[1, 1]"]) == (0, 0)


def test_backward_reaches_every_weight_once():
    assert set(PARAMETERS) <= set(BACKWARD)
    assert len({name for kind, name in STEPS if kind == "gradient"}) == len(BACKWARD)


def test_reset_goes_back_to_the_start():
    live = backprop()
    start = live.status
    live.move(step=12, y=0)
    assert live.status.startswith("Backward, step 12 of 22: db2 = dz2 = ")
    live.reset()
    assert live.status == start


def test_on_a_narrow_page_the_output_neuron_stands_below_the_hidden_layer_and_boxes_stay_apart():
    wide, narrow = VIEW.data["wide"], VIEW.data["narrow"]
    assert narrow["size"][0] < 2 / 3 * wide["size"][0]
    assert {node["name"] for node in narrow["nodes"]} == {node["name"] for node in wide["nodes"]}
    height = {node["name"]: node["y"] for node in narrow["nodes"]}
    assert max(height[name] for name in ("z2", "a2", "y", "L")) < min(height[name] for name in ("b1[1]", "z1[1]"))
    for one, other in itertools.combinations(narrow["nodes"], 2):
        aside = abs(one["x"] - other["x"]) > (one["width"] + other["width"]) / 2
        assert aside or abs(one["y"] - other["y"]) > BOX + 0.2, (one["name"], other["name"])
