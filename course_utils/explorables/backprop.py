"""Back-propagation on a 2-2-1 network, one number at a step: forward to the loss, then backward to every weight."""

import re

import numpy as np
from matplotlib.figure import Figure

from course_utils.activations import sigmoid
from course_utils.formatting import format_number
from course_utils.live.view import View
from course_utils.plots.graph import Graph
from course_utils.plots.graph_layouts import NETWORK

START = {"w11": 1.0, "w12": -1.0, "w21": -1.0, "w22": 2.0, "b1": 0.5, "b2": -0.5, "v1": 2.0, "v2": -1.0, "c": -0.5}
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
ALT = "Computation graph of a 2-2-1 network: values above the wires, gradients of the loss below them."


def backprop_frame(step, x1, x2, y, v1):
    """Return the frame: all values and gradients, those known after `step` steps, and the newest of them.

    >>> now = backprop_frame(step=9, x1=1.0, x2=0.0, y=1, v1=2.0)
    >>> now["current"], round(now["all_values"]["a"], 3), round(now["gradients"]["z"], 3)
    (('gradient', 'z'), 0.722, -0.278)
    """
    step = int(min(max(step, 0), len(STEPS)))
    given = {"x1": x1, "x2": x2, "y": int(y > 0.5), **START, "v1": v1}
    values = _forward(given)
    gradients, known = _backward(values), STEPS[:step]
    return {
        "step": step,
        "all_values": values,
        "all_gradients": gradients,
        "values": {name: values[name] for name in [*given, *(n for kind, n in known if kind == "value")]},
        "gradients": {name: gradients[name] for kind, name in known if kind == "gradient"},
        "current": known[-1] if known else None,
    }


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


def backprop_words(now):
    """Return the newest number as an equation.

    >>> backprop_words(backprop_frame(step=10, x1=1.0, x2=0.0, y=1, v1=2.0))
    'Backward, step 10 of 22: dL/dv1 = dL/dz · h1 = −0.278 · 0.818 = −0.228.'
    """
    if now["current"] is None:
        return f"Given: inputs, target, nine weights and biases. {len(FORWARD)} steps lead forward, then back."
    kind, name = now["current"]
    formula = (FORWARD if kind == "value" else BACKWARD)[name]
    formula = formula if isinstance(formula, str) else formula[now["all_values"]["y"]]
    result = now["values" if kind == "value" else "gradients"][name]
    way, left = ("Forward", name) if kind == "value" else ("Backward", f"dL/d{name}")
    shown = dict.fromkeys(
        [left, formula, put_in(formula, now), format_number(result, "short")]
    )  # dL/dc = dL/dz has no numbers to put in
    more = ", which is a − y" if (kind, name) == ("gradient", "z") else ""
    return f"{way}, step {now['step']} of {len(STEPS)}: {' = '.join(shown)}{more}."


def put_in(formula, now):
    """Return the formula with the numbers of the frame in place of its names; negative ones in brackets.

    >>> put_in("dL/dz · h1 + v2", backprop_frame(step=22, x1=1.0, x2=0.0, y=1, v1=2.0))
    '−0.278 · 0.818 + (−1)'
    """

    def write(found):
        gradient, value = found.groups()
        text = format_number(now["all_gradients"][gradient] if gradient else now["all_values"][value], "short")
        inside = found.start() == 0 or formula[found.start() - 1] == "("
        return text if inside or text[0] != "−" else f"({text})"

    return re.sub(r"dL/d(\w+)|\b([xyuhvwbcza]\d*)\b", write, formula)


def backprop_view():
    """Return the view of a forward and a backward pass; `.live()` shows it."""
    fig = Figure(figsize=NETWORK["size"])
    graph = Graph(fig.add_axes((0, 0, 1, 1)))

    def draw(now):
        kind, name = now["current"] or ("value", None)
        current = (graph.values if kind == "value" else graph.gradients).get(name)
        graph.fill(now["values"], now["gradients"], current)

    fixed = [graph.values[name] for name in START if name != "v1"]
    moving = [artist for artist in graph.artists if artist not in fixed]
    sliders = {"step": (0, len(STEPS), 1, START_STEP), "x1": (-2.0, 2.0, 0.1, 1.0), "x2": (-2.0, 2.0, 0.1, 0.0)}
    sliders |= {"y": (0, 1, 1, 1), "v1": (-5.0, 5.0, 0.1, 2.0)}
    return View(fig, moving, backprop_frame, draw, backprop_words, ALT, sliders)


def backprop():
    """Return a 2-2-1 network with a slider that goes forward to the loss and back to every weight, step by step.

    >>> backprop().said
    'Backward, step 9 of 22: dL/dz = dL/da · a · (1 − a) = −1.386 · 0.722 · (1 − 0.722) = −0.278, which is a − y.'
    """
    return backprop_view().live()
