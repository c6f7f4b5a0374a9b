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
from course_utils.plots.graph_layouts import NETWORK, graph_layout

START = {"w11": 1.0, "w12": -1.0, "w21": -1.0, "w22": 2.0, "b1": 0.5, "b2": -0.5, "v1": 2.0, "v2": -1.0, "c": -0.5}
GIVEN = ("x1", "x2", "y", *START)
FORWARD = {
    "u1": "x1 · w11 + x2 · w21 + b1",
    "u2": "x1 · w12 + x2 · w22 + b2",
    "h1": "σ(u1)",
    "h2": "σ(u2)",
    "z": "h1 · v1 + h2 · v2 + c",
    "a": "σ(z)",
    "L": ("−log(1 − a)", "−log(a)"),  # for the targets 0 and 1
}
BACKWARD = {
    "a": ("1 / (1 − a)", "−1 / a"),
    "z": "dL/da · a · (1 − a)",
    "v1": "dL/dz · h1",
    "v2": "dL/dz · h2",
    "c": "dL/dz",
    "h1": "dL/dz · v1",
    "h2": "dL/dz · v2",
    "u1": "dL/dh1 · h1 · (1 − h1)",
    "u2": "dL/dh2 · h2 · (1 − h2)",
    "w11": "dL/du1 · x1",
    "w21": "dL/du1 · x2",
    "b1": "dL/du1",
    "w12": "dL/du2 · x1",
    "w22": "dL/du2 · x2",
    "b2": "dL/du2",
}
STEPS = [("value", name) for name in FORWARD] + [("gradient", name) for name in BACKWARD]
START_STEP = 9  # all values, and the first two gradients
LARGEST = 700.0  # a logit beyond it has no exponential in floats
NUMBER = r"dL/d(\w+)|\b([xyuhvwbcza]\d*)\b"  # a gradient or a value in a formula


def _sentence(kind, name, formula):
    """Return the template of a step: what is found, its formula, the numbers in it, and the result.

    >>> _sentence("gradient", "v1", "dL/dz · h1")
    'Backward, step {step} of 22: dL/dv1 = dL/dz · h1 = {d_z:short} · {h1:(short)} = {d_v1:short}.'
    """
    way, left, result = ("Forward", name, name) if kind == "value" else ("Backward", f"dL/d{name}", f"d_{name}")
    sides = [left, formula, f"{{{result}:short}}"]
    if not re.fullmatch(NUMBER, formula):  # dL/dc = dL/dz has no numbers to put in
        sides.insert(2, re.sub(NUMBER, _field, formula))
    more = ", which is a − y" if (kind, name) == ("gradient", "z") else ""
    return f"{way}, step {{step}} of {len(STEPS)}: {' = '.join(sides)}{more}."


def _field(found):
    """Return a name of a formula as a field of a template; inside the formula a negative number gets brackets."""
    gradient, value = found.groups()
    name = f"d_{gradient}" if gradient else value
    stands_alone = found.start() == 0 or found.string[found.start() - 1] == "("
    return f"{{{name}:short}}" if stands_alone else f"{{{name}:(short)}}"


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
            "x1": Slider(-2.0, 2.0, 0.1, 1.0),
            "x2": Slider(-2.0, 2.0, 0.1, 0.0),
            "y": Slider(0, 1, 1, 1),
            "v1": Slider(-5.0, 5.0, 0.1, 2.0),
        }
        layout = graph_layout(NETWORK)
        self.fig = Figure(figsize=layout.size)
        self.graph = Graph(self.fig.add_axes((0, 0, 1, 1)), layout)
        fixed = [self.graph.values[name] for name in START if name != "v1"]
        self.artists = [artist for artist in self.graph.artists if artist not in fixed]

    def frame(self, step: int, x1: float, x2: float, y: float, v1: float) -> BackpropFrame:
        """Return the frame: the values and gradients known after so many steps, and the newest of them.

        >>> frame = BackpropView().frame(step=9, x1=1.0, x2=0.0, y=1, v1=2.0)
        >>> frame.name, frame.gradients.round(3)
        ('z', array([-1.386, -0.278]))
        """
        step = int(min(max(step, 0), len(STEPS)))
        values = _forward({"x1": x1, "x2": x2, "y": int(y > 0.5), **START, "v1": v1})
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
        >>> view.sentence(view.frame(step=10, x1=1.0, x2=0.0, y=1, v1=2.0))
        'Backward, step 10 of 22: dL/dv1 = dL/dz · h1 = −0.278 · 0.818 = −0.228.'
        """
        if not frame.kind:
            return Words("given", {})
        values, gradients = frame.by_name()
        name = f"{frame.kind} {frame.name}"
        if name not in SENTENCES:
            name = f"{name}, y = {values['y']:.0f}"
        return Words(name, values | {f"d_{key}": value for key, value in gradients.items()} | {"step": frame.step})

    def draw(self, frame: BackpropFrame) -> None:
        newest = (self.graph.gradients if frame.kind == "gradient" else self.graph.values).get(frame.name)
        self.graph.fill(*frame.by_name(), newest)


def _forward(p):
    u1 = p["x1"] * p["w11"] + p["x2"] * p["w21"] + p["b1"]
    u2 = p["x1"] * p["w12"] + p["x2"] * p["w22"] + p["b2"]
    h1, h2 = (float(sigmoid(u)) for u in (u1, u2))
    z = h1 * p["v1"] + h2 * p["v2"] + p["c"]
    loss = np.logaddexp(0, -z if p["y"] else z)  # −log a or −log(1 − a), also where a is 0 or 1 in floats
    return {**p, "u1": u1, "u2": u2, "h1": h1, "h2": h2, "z": z, "a": float(sigmoid(z)), "L": float(loss)}


def _backward(p):
    sign = -1 if p["y"] else 1
    g = {"L": 1.0, "a": sign * (1 + float(np.exp(min(sign * p["z"], LARGEST)))), "z": p["a"] - p["y"]}
    g |= {"v1": g["z"] * p["h1"], "v2": g["z"] * p["h2"], "c": g["z"]}
    for unit in "12":
        g["h" + unit] = g["z"] * p["v" + unit]
        g["u" + unit] = g["h" + unit] * p["h" + unit] * (1 - p["h" + unit])
        g |= {f"w{i}{unit}": g["u" + unit] * p[f"x{i}"] for i in "12"} | {"b" + unit: g["u" + unit]}
    return g


def backprop() -> Live:
    """Return a 2-2-1 network with a slider that goes forward to the loss and back to every weight, step by step.

    >>> backprop().status
    'Backward, step 9 of 22: dL/dz = dL/da · a · (1 − a) = −1.386 · 0.722 · (1 − 0.722) = −0.278, which is a − y.'
    """
    return BackpropView().live()
