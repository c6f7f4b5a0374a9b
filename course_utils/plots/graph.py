"""The computation graph of a neuron and of a 2-2-1 network: values go forward, gradients come back. Lesson 07."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from course_utils import checks
from course_utils.figure_settings import draws
from course_utils.formatting import format_number
from course_utils.plots.graph_layouts import LAYOUTS
from course_utils.style import BLUE, GREY, ORANGE

MARK = {"boxstyle": "square,pad=0.1", "fc": "#FFE680", "ec": "none"}  # the newest number
FORWARD = {"arrowstyle": "-|>", "color": BLUE, "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
BACK = {"arrowstyle": "->", "color": ORANGE, "lw": 1.5, "ls": (0, (3, 2)), "shrinkA": 0, "shrinkB": 0}


class Graph:
    """The graph on a pair of axes as artists that `fill` moves: values, gradients, and the gradients' ways back.

    Parameters
    ----------
    ax : matplotlib Axes
    kind : str
        "neuron" (one input) or "network" (2-2-1).
    """

    def __init__(self, ax: Axes, kind: str = "network"):
        layout = checks.choice("graph", "kind", kind, LAYOUTS)
        width, height = layout["size"]
        ax.set(xlim=(0, width), ylim=(0, height), aspect="equal")
        ax.set_axis_off()
        start, end = layout["plain"]
        _arrow(ax, start, end, FORWARD)
        for at, text in layout["boxes"].items():
            _text(ax, at, text, fontsize=13, bbox={"boxstyle": "round", "fc": "white"})
        paper = {"boxstyle": "round", "fc": "white", "ec": GREY}
        self.values = {name: _text(ax, at, name, bbox=paper) for name, at in layout["inputs"].items()}
        self.gradients: dict[str, Text] = {}
        self.ways: dict[str, FancyArrowPatch] = {}
        self._written: dict[Text, tuple] = {}
        self._papers = dict.fromkeys(self.values.values(), paper)
        for name, wire in layout["wires"].items():
            self._wire(ax, name, *wire, is_weight=name in layout["weights"])

    def _wire(self, ax, name, start, end, along, beside=None, *, is_weight):
        _arrow(ax, start, end, FORWARD)
        start, way = np.array(start), np.subtract(end, start)
        at, upright = start + along * way, way[0] == 0
        aside = 0.1 * np.array([abs(way[1]) if upright else way[1], -way[0]]) / np.hypot(*way)  # beside the way there
        side, above = "center", -0.16 if upright and along == 0 and way[1] > 0 else 0.16
        if beside:  # a slanting wire: both numbers and the way back keep to one side of it
            aside = aside * np.sign(aside @ (beside - at))
            side = "left" if beside[0] > (start + way / 2)[0] else "right"
        place = np.array(beside or at + (0, above))
        self.ways[name] = _arrow(ax, end + aside, (at if is_weight else start) + aside, BACK)
        self.values[name] = _text(ax, place, name, ha=side)
        below = start + way / 2 + (0.16, 0) if upright else place - (0, 0.18 if beside else 0.39)
        self.gradients[name] = _text(ax, below, "", ha="left" if upright else side, color=ORANGE)
        self._papers |= dict.fromkeys((self.values[name], self.gradients[name]))

    @property
    def artists(self):
        """All that `fill` moves."""
        return [*self.ways.values(), *self.values.values(), *self.gradients.values()]

    def fill(
        self,
        values: Mapping[str, float],
        gradients: Mapping[str, float] | None = None,
        current: Text | None = None,
    ) -> None:
        """Write the numbers that are known; a name without a value stays grey, one without a gradient bare.

        Parameters
        ----------
        values, gradients : dict of str to float
        current : matplotlib Text, optional
            One of the texts, to be marked.
        """
        gradients = gradients or {}
        for name, text in self.values.items():
            known = name in values
            words = f"{name} = {format_number(values[name], 'short')}" if known else name
            self._write(text, words, BLUE if known else GREY, current)
        for name, text in self.gradients.items():
            known = name in gradients
            self._write(text, format_number(gradients[name], "short") if known else "", ORANGE, current)
            self.ways[name].set_visible(known)

    def _write(self, text, words, color, current):
        paper = MARK if text is current else self._papers[text]
        if self._written.get(text) != (words, color, paper):  # what stays as it is needs no redrawing
            self._written[text] = (words, color, paper)
            text.set(text=words, color=color, visible=words != "", bbox=paper)


def _text(ax, at, text, **style):
    return ax.text(*at, text, **({"ha": "center", "va": "center", "fontsize": 10.5, "zorder": 3} | style))


def _arrow(ax, start, end, style):
    arrow = FancyArrowPatch(start, end, mutation_scale=12, zorder=2, **style)
    return ax.add_patch(arrow)


@draws
def graph(
    values: Mapping[str, float],
    gradients: Mapping[str, float] | None = None,
    *,
    kind: str = "network",
    ax: Axes | None = None,
) -> Axes:
    """Draw the computation graph: each value above its wire, each gradient of the loss below it, on its way back.

    Parameters
    ----------
    values : dict of str to float
        Of a neuron: x, y, w, b, z, a, L. Of a 2-2-1 network: x1, x2, y; w11 (from x1 to unit 1), w12, w21, w22, b1, b2;
        the hidden logits u1, u2 and outputs h1, h2; v1, v2, c; z, a, L. What is left out stays a name.
    gradients : dict of str to float, optional
        dL/d(name) by name, for all but the inputs.
    kind : str
        "neuron" or "network".
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        For an unknown kind, or a name that the graph does not have.

    Examples
    --------
    >>> ax = graph({"x": 2, "w": 0.5, "z": 1}, {"w": -0.25}, kind="neuron")
    >>> [text.get_text() for text in ax.texts if "=" in text.get_text()]
    ['x = 2', 'w = 0.5', 'z = 1']
    """
    name = "graph"
    layout = checks.choice(name, "kind", kind, LAYOUTS)
    gradients = gradients or {}
    for value in values:
        checks.choice(name, "name", value, layout["inputs"] | layout["wires"])
    for gradient in gradients:
        checks.choice(name, "name", gradient, layout["wires"])
    if ax is None:
        fig = plt.figure(figsize=layout["size"])
        ax = fig.add_axes((0, 0, 1, 1))
    Graph(ax, kind).fill(values, gradients)
    return ax
