"""Back-propagation on a 2-2-1 network, one number at a step: forward to the loss, then backward to every weight."""

import re
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from course_utils.activations import sigmoid
from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.sentences import Words
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.plots.graph import Graph
from course_utils.plots.graph_layouts import BOX, NETWORK, GraphLayout, graph_layout
from course_utils.plots.structure import MARK

PARAMETERS = {
    "W1[0, 0]": 1.0,
    "W1[0, 1]": -1.0,
    "W1[1, 0]": -1.0,
    "W1[1, 1]": 2.0,
    "b1[0]": 0.5,
    "b1[1]": -0.5,
    "W2[0, 0]": 2.0,
    "W2[1, 0]": -1.0,
    "b2": -0.5,
}
GIVEN = ("x[0]", "x[1]", "y", *PARAMETERS)
FORWARD = {
    "z1[0]": "x[0] · W1[0, 0] + x[1] · W1[1, 0] + b1[0]",
    "z1[1]": "x[0] · W1[0, 1] + x[1] · W1[1, 1] + b1[1]",
    "a1[0]": "σ(z1[0])",
    "a1[1]": "σ(z1[1])",
    "z2": "a1[0] · W2[0, 0] + a1[1] · W2[1, 0] + b2",
    "a2": "σ(z2)",
    "L": ("−log(1 − a2)", "−log(a2)"),  # for the targets 0 and 1
}
BACKWARD = {  # upstream gradient times local gradient
    "a2": ("1 / (1 − a2)", "−1 / a2"),
    "z2": "da2 · a2 · (1 − a2)",
    "W2[0, 0]": "dz2 · a1[0]",
    "W2[1, 0]": "dz2 · a1[1]",
    "b2": "dz2",
    "a1[0]": "dz2 · W2[0, 0]",
    "a1[1]": "dz2 · W2[1, 0]",
    "z1[0]": "da1[0] · a1[0] · (1 − a1[0])",
    "z1[1]": "da1[1] · a1[1] · (1 − a1[1])",
    "W1[0, 0]": "dz1[0] · x[0]",
    "W1[1, 0]": "dz1[0] · x[1]",
    "b1[0]": "dz1[0]",
    "W1[0, 1]": "dz1[1] · x[0]",
    "W1[1, 1]": "dz1[1] · x[1]",
    "b1[1]": "dz1[1]",
}
STEPS = [("value", name) for name in FORWARD] + [("gradient", name) for name in BACKWARD]
START_STEP = 15  # the gradient has just passed the sigmoid of unit 0
LARGEST = 700.0  # a logit beyond it has no exponential in floats
NUMBER = r"\b(d?)([xyzabW]\d*(?:\[[\d, ]+\])?)"  # a gradient or a value in a formula
OUTPUT = ("z2", "a2", "L")  # on a narrow page they and their parents stand below the rest
TALL = 1.35  # there, how much more room there is upward, because words do not shrink with the page


def field(name: str) -> str:
    """Return the name of a number as a template can hold it.

    >>> field("W1[0, 1]"), field("z2")
    ('W1_01', 'z2')
    """
    return name.replace("[", "_").replace(", ", "").replace("]", "")


def _sentence(kind, name, formula):
    """Return the template of a step: what is found, its formula, the numbers in it, and the result.

    >>> _sentence("gradient", "W2[0, 0]", "dz2 · a1[0]")
    'Backward, step {step} of 22: dW2[0, 0] = dz2 · a1[0] = {d_z2:short} · {a1_0:(short)} = {d_W2_00:short}.'
    """
    way, left, result = (
        ("Forward", name, field(name)) if kind == "value" else ("Backward", f"d{name}", "d_" + field(name))
    )
    sides = [left, formula, f"{{{result}:short}}"]
    if not re.fullmatch(NUMBER, formula):  # db2 = dz2 has no numbers to put in
        sides.insert(2, re.sub(NUMBER, _field_in, formula))
    more = ", which is a2 − y" if (kind, name) == ("gradient", "z2") else ""
    return f"{way}, step {{step}} of {len(STEPS)}: {' = '.join(sides)}{more}."


def _field_in(found):
    """Return a name of a formula as a field of a template; inside the formula a negative number gets brackets."""
    gradient, name = found.groups()
    own = f"d_{field(name)}" if gradient else field(name)
    stands_alone = found.start() == 0 or found.string[found.start() - 1] == "("
    return f"{{{own}:short}}" if stands_alone else f"{{{own}:(short)}}"


def _sentences():
    table = {"given": f"Given: inputs, target, nine weights and biases. {len(FORWARD)} steps lead forward, then back."}
    for kind, name in STEPS:
        formula = (FORWARD if kind == "value" else BACKWARD)[name]
        if isinstance(formula, str):
            table[f"{kind} {name}"] = _sentence(kind, name, formula)
        else:
            table |= {f"{kind} {name}, y = {y}": _sentence(kind, name, formula[y]) for y in (0, 1)}
    return table


SENTENCES = _sentences()


@dataclass(frozen=True)
class BackpropFrame:
    """What is known of the network after so many steps."""

    step: int
    kind: str  # of the newest number: "value", "gradient", or "" where nothing is worked out yet
    name: str  # of the newest number
    values: np.ndarray  # the known ones, in the order GIVEN, FORWARD
    gradients: np.ndarray  # the known ones, in the order BACKWARD

    def by_name(self) -> tuple[dict[str, float], dict[str, float]]:
        """Return the known values and gradients by name."""
        values = zip((*GIVEN, *FORWARD), self.values.tolist(), strict=False)
        return dict(values), dict(zip(BACKWARD, self.gradients.tolist(), strict=False))


class BackpropView(View):
    """The computation graph of a 2-2-1 network, whose numbers appear one after the other."""

    alt = "Computation graph of a 2-2-1 network: a value in each node, and below it the gradient of the loss."
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self):
        self.sliders = {
            "step": Slider(0, len(STEPS), 1, START_STEP),
            "x0": Slider(-2.0, 2.0, 0.1, 1.0, label="x[0]"),
            "x1": Slider(-2.0, 2.0, 0.1, 0.0, label="x[1]"),
            "y": Slider(0, 1, 1, 1),
            "w": Slider(-5.0, 5.0, 0.1, 2.0, label="W2[0, 0]"),
        }
        layout = graph_layout(NETWORK)
        self.fig = Figure(figsize=layout.size)
        self.graph = Graph(self.fig.add_axes((0, 0, 1, 1)), layout)
        fixed = [self.graph.boxes[name] for name in GIVEN]  # what is given is never the newest number
        fixed += [self.graph.values[name] for name in PARAMETERS if name != "W2[0, 0]"]
        self.artists = [artist for artist in self.graph.artists if artist not in fixed]
        self.data = {
            "parameters": PARAMETERS,
            "given": list(GIVEN),
            "forward": list(FORWARD),
            "backward": list(BACKWARD),
            "fields": {name: field(name) for name in (*GIVEN, *FORWARD)},
            "largest": LARGEST,
            "wide": _places(layout),
            "narrow": _places(*_halves(), tall=TALL),
            "box": BOX,
            "mark": MARK,
        }

    def frame(self, step: int, x0: float, x1: float, y: float, w: float) -> BackpropFrame:
        """Return the frame: the values and gradients known after so many steps, and the newest of them.

        >>> frame = BackpropView().frame(step=9, x0=1.0, x1=0.0, y=1, w=2.0)
        >>> frame.name, frame.gradients.round(3)
        ('z2', array([-1.386, -0.278]))
        """
        step = int(min(max(step, 0), len(STEPS)))
        values = _forward({"x[0]": x0, "x[1]": x1, "y": int(y > 0.5), **PARAMETERS, "W2[0, 0]": w})
        gradients = _backward(values)
        kind, name = STEPS[step - 1] if step else ("", "")
        return BackpropFrame(
            step,
            kind,
            name,
            values=np.array([values[name] for name in (*GIVEN, *FORWARD)][: len(GIVEN) + step], float),
            gradients=np.array([gradients[name] for name in BACKWARD][: max(step - len(FORWARD), 0)]),
        )

    def words(self, frame: BackpropFrame) -> Words:
        """Return the newest number as an equation.

        >>> view = BackpropView()
        >>> view.sentence(view.frame(step=10, x0=1.0, x1=0.0, y=1, w=2.0))
        'Backward, step 10 of 22: dW2[0, 0] = dz2 · a1[0] = −0.278 · 0.818 = −0.228.'
        """
        if not frame.kind:
            return Words("given", {})
        values, gradients = frame.by_name()
        name = f"{frame.kind} {frame.name}"
        if name not in SENTENCES:
            name = f"{name}, y = {values['y']:.0f}"
        numbers = {field(key): value for key, value in values.items()}
        return Words(
            name, numbers | {f"d_{field(key)}": value for key, value in gradients.items()} | {"step": frame.step}
        )

    def draw(self, frame: BackpropFrame) -> None:
        newest = (self.graph.gradients if frame.kind == "gradient" else self.graph.values).get(frame.name)
        self.graph.fill(*frame.by_name(), newest)


def _halves():
    """Return the layouts of the hidden layer and of the output neuron; the hidden activations stand in both."""
    parts = [{}, {}]
    for child, parents in NETWORK.items():
        parts[child in OUTPUT][child] = parents
    return [graph_layout(part) for part in parts]


def _places(*layouts: GraphLayout, tall: float = 1.0):
    """Return where all nodes and edges of layouts stand, one layout below the other, for the page."""
    width, height = max(layout.size[0] for layout in layouts), sum(layout.size[1] for layout in layouts)
    nodes, edges, foot = [], [], height
    for layout in layouts:
        foot -= layout.size[1]
        nodes += [
            {"name": name, "x": x, "y": y + foot, "width": layout.widths[name], "given": name in GIVEN}
            for name, (x, y) in layout.nodes.items()
        ]
        edges += [
            {"from": parent, "to": child, "x": [start[0], end[0]], "y": [start[1] + foot, end[1] + foot]}
            for (parent, child), (start, end) in layout.edges.items()
        ]
    return {"size": [width, height], "shape": [width, tall * height], "nodes": nodes, "edges": edges}


def _forward(p):
    p = dict(p)
    for unit in (0, 1):
        p[f"z1[{unit}]"] = p["x[0]"] * p[f"W1[0, {unit}]"] + p["x[1]"] * p[f"W1[1, {unit}]"] + p[f"b1[{unit}]"]
        p[f"a1[{unit}]"] = float(sigmoid(p[f"z1[{unit}]"]))
    p["z2"] = p["a1[0]"] * p["W2[0, 0]"] + p["a1[1]"] * p["W2[1, 0]"] + p["b2"]
    p["a2"] = float(sigmoid(p["z2"]))
    p["L"] = float(np.logaddexp(0, -p["z2"] if p["y"] else p["z2"]))  # also where a2 is 0 or 1 in floats
    return p


def _backward(p):
    sign = -1 if p["y"] else 1
    g = {"a2": sign * (1 + float(np.exp(min(sign * p["z2"], LARGEST)))), "z2": p["a2"] - p["y"]}
    g["b2"] = g["z2"]
    for unit in (0, 1):
        g[f"W2[{unit}, 0]"] = g["z2"] * p[f"a1[{unit}]"]
        g[f"a1[{unit}]"] = g["z2"] * p[f"W2[{unit}, 0]"]
        dz = g[f"a1[{unit}]"] * p[f"a1[{unit}]"] * (1 - p[f"a1[{unit}]"])
        g |= {f"z1[{unit}]": dz, f"b1[{unit}]": dz}
        g |= {f"W1[{i}, {unit}]": dz * p[f"x[{i}]"] for i in (0, 1)}
    return g


def backprop() -> Live:
    """Return a 2-2-1 network with a slider that goes forward to the loss and back to every weight, step by step.

    >>> backprop().status
    'Backward, step 15 of 22: dz1[0] = da1[0] · a1[0] · (1 − a1[0]) = −0.557 · 0.818 · (1 − 0.818) = −0.083.'
    """
    return BackpropView().live()
