"""A computation graph with the weights as nodes: values go forward, gradients come back. Lesson 07."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.text import Text

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.figure_settings import draws
from course_utils.formatting import format_number
from course_utils.plots.graph_layouts import BOX, KINDS, GraphLayout, graph_layout
from course_utils.plots.structure import BACK, FORWARD, MARK, WHITE, arrow, blank_axes, write
from course_utils.style import BLACK, BLUE, GREY, ORANGE

ASIDE = 0.1  # inches from a way there down to the way back


class Graph:
    """The graph on a pair of axes as artists that `fill` moves: values, gradients, and the gradients' ways back.

    Parameters
    ----------
    ax : matplotlib Axes
    layout : GraphLayout
    """

    def __init__(self, ax: Axes, layout: GraphLayout):
        blank_axes(ax, layout.size)
        self.boxes: dict[str, FancyBboxPatch] = {}
        self.values: dict[str, Text] = {}
        self.gradients: dict[str, Text] = {}
        self.ways: dict[tuple[str, str], FancyArrowPatch] = {}  # from (parent, child): the way back to the parent
        for node, (x, y) in layout.nodes.items():
            width = layout.widths[node]
            color = GREY if node in layout.leaves else BLUE
            style = {"boxstyle": "round,pad=0,rounding_size=0.08", "fc": WHITE, "ec": color, "lw": 1.6}
            box = FancyBboxPatch((x - width / 2, y - BOX / 2), width, BOX, zorder=3, **style)
            self.boxes[node] = ax.add_patch(box)
            self.values[node] = write(ax, (x, y), node, linespacing=1.05)
            self.gradients[node] = write(ax, (x, y - BOX / 2 - 0.12), "", color=ORANGE)
        for edge, (start, end) in layout.edges.items():
            above = (0, ASIDE / 2)
            arrow(ax, np.add(start, above), np.add(end, above), FORWARD)
            self.ways[edge] = arrow(ax, np.subtract(end, above), np.subtract(start, above), BACK)

    @property
    def artists(self) -> list[Artist]:
        """All that `fill` moves."""
        return [*self.ways.values(), *self.boxes.values(), *self.values.values(), *self.gradients.values()]

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
        for node, text in self.values.items():
            known = node in values
            words = f"{node}\n{format_number(values[node], 'short')}" if known else node
            text.set(text=words, color=BLACK if known else GREY)
            self.boxes[node].set_facecolor(MARK if text is current else WHITE)
        for node, text in self.gradients.items():
            known = node in gradients
            paper = {"boxstyle": "square,pad=0.05", "fc": MARK, "ec": "none"} if text is current else None
            text.set(text=format_number(gradients[node], "short") if known else "", visible=known, bbox=paper)
        children = {child for _, child in self.ways}
        parents = {parent for parent, _ in self.ways}
        ends = children - parents  # a gradient begins at the last number, whose own is 1
        for (parent, child), way in self.ways.items():
            way.set_visible(parent in gradients and (child in gradients or child in ends))


@draws
def graph(
    values: Mapping[str, float],
    gradients: Mapping[str, float] | None = None,
    *,
    parents: Mapping[str, Sequence[str]] | None = None,
    kind: str = "network",
    current: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a computation graph: inputs, weights and results as nodes, each with its value and its gradient.

    Blue arrows lead from each number to those that are computed from it, and the value stands in the node. Dashed
    orange arrows lead the gradient of the last number back, and it stands below the node.

    Parameters
    ----------
    values : dict of str to float
        By name; what is left out stays a name. Of the neuron: x, y, w, b, z, a, L. Of the 2-2-1 network: x1, x2, y;
        w11 (from x1 to unit 1), w12, w21, w22, b1, b2; the hidden pre-activations u1, u2 and outputs h1, h2; v1, v2,
        c; z, a, L.
    gradients : dict of str to float, optional
        The gradient of the last number with respect to each name.
    parents : dict of str to sequence of str, optional
        Another graph: from each computed number to those that it is computed from, from top to bottom, such as
        ``{"z": ("w", "x", "b"), "a": ("z",)}``.
    kind : str
        "neuron" or "network", where no parents are given.
    current : str, optional
        The name whose newest number is marked: its gradient where it has one, its value otherwise.
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        For an unknown kind, a name that the graph does not have, or a number that is computed from itself.

    Examples
    --------
    >>> ax = graph({"x": 2, "w": 0.5, "z": 1}, {"w": -0.25}, kind="neuron")
    >>> [text.get_text() for text in ax.texts if "\\n" in text.get_text()]
    ['z\\n1', 'w\\n0.5', 'x\\n2']
    """
    name = "graph"
    parents = checks.choice(name, "kind", kind, KINDS) if parents is None else parents
    layout = graph_layout(parents, name=name)
    gradients = {} if gradients is None else gradients
    for arg, numbers in (("values", values), ("gradients", gradients)):
        if not isinstance(numbers, Mapping):
            raise argument_error(name, f"{arg} must give numbers by name", '{"x": 2.0, "w": 0.5}', repr(numbers))
        for node, number in numbers.items():
            checks.choice(name, "name", node, layout.nodes)
            _check_number(name, node, number)
    if current is not None:
        checks.choice(name, "name", current, layout.nodes)
    ax = blank_axes(ax, layout.size)
    drawn = Graph(ax, layout)
    marked = drawn.gradients if current in gradients else drawn.values
    drawn.fill(values, gradients, None if current is None else marked[current])
    return ax


def _check_number(name, node, number):
    if not isinstance(number, int | float | np.number) and np.size(number) != 1:
        raise argument_error(name, f"{node} must be one number", "a number", f"shape {np.shape(number)}")
