"""A computation graph with the weights as nodes: values go forward, gradients come back. Lesson 07."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.text import Text

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.figure_settings import draws
from course_utils.formatting import format_number
from course_utils.plots.graph_layouts import BOX, KINDS, GraphLayout, graph_layout
from course_utils.plots.structure import BACK, FORWARD, MARK, WHITE, arrow, blank_axes, paper, write
from course_utils.style import BLACK, BLUE, GREY, ORANGE

PAPER = paper(0.05, MARK)  # behind the newest gradient
ROUND = "round,pad=0,rounding_size=0.08"
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
        self.forward: dict[tuple[str, str], FancyArrowPatch] = {}  # by (parent, child): from parent to child
        self.ways: dict[tuple[str, str], FancyArrowPatch] = {}  # by (parent, child): the gradient's way back to parent
        for node, (x, y) in layout.nodes.items():
            width = layout.widths[node]
            color = GREY if node in layout.leaves else BLUE
            box = FancyBboxPatch(
                (x - width / 2, y - BOX / 2), width, BOX, boxstyle=ROUND, fc=WHITE, ec=color, lw=1.6, zorder=3
            )
            ax.add_patch(box)
            self.boxes[node] = box
            self.values[node] = write(ax, (x, y), node, linespacing=1.05)
            self.gradients[node] = write(ax, (x, y - BOX / 2 - 0.12), "", color=ORANGE, bbox=PAPER)
        for edge, (start, end) in layout.edges.items():
            above = (0, ASIDE / 2)
            self.forward[edge] = arrow(ax, np.add(start, above), np.add(end, above), FORWARD)
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
            _change(text, text=words, color=BLACK if known else GREY)
            _change(self.boxes[node], facecolor=to_rgba(MARK if text is current else WHITE))
        for node, text in self.gradients.items():
            known = node in gradients
            _change(text, text=format_number(gradients[node], "short") if known else "", visible=known)
            paper = text.get_bbox_patch()
            if paper is not None:
                _change(paper, visible=text is current)
        parents = {parent for parent, _ in self.ways}
        for (parent, child), way in self.ways.items():
            is_last = child not in parents  # the gradient begins there, with 1
            _change(way, visible=parent in gradients and (child in gradients or is_last))


def _change(artist, **properties):
    """Set what is not so yet; what stays as it is needs no redrawing."""
    for name, value in properties.items():
        if getattr(artist, f"get_{name}")() != value:
            artist.set(**{name: value})


@draws
def graph(
    values: Mapping[str, float],
    gradients: Mapping[str, float] | None = None,
    *,
    parents: Mapping[str, Sequence[str]] | None = None,
    kind: str = "network",
    links: Mapping[tuple[str, str], str] | None = None,
    current: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a computation graph: inputs, weights and results as nodes, each with its value and its gradient.

    Blue arrows lead from each number to those that are computed from it, and the value stands in the node. Dashed
    orange arrows lead the gradient of the last number back, and it stands below the node.

    Parameters
    ----------
    values : dict of str to float
        By name; what is left out stays a name. Of the neuron: x, y, w, b, z, a, L. Of the 2-2-1 network: x[0], x[1], y;
        W1[0, 0], W1[0, 1] (from input 0 to unit 1), W1[1, 0], W1[1, 1], b1[0], b1[1]; z1[0], z1[1], a1[0], a1[1];
        W2[0, 0], W2[1, 0], b2; z2, a2, L.
    gradients : dict of str to float, optional
        The gradient of the last number with respect to each name.
    parents : dict of str to sequence of str, optional
        Another graph: from each computed number to those that it is computed from, from top to bottom, such as
        ``{"z": ("w", "x", "b"), "a": ("z",)}``.
    kind : str
        "neuron" or "network", where no parents are given.
    links : dict of (parent, child) to str, optional
        A word above an arrow, such as the local gradient: ``{("w", "z"): "× 2"}``.
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
    ['w\\n0.5', 'x\\n2', 'z\\n1']
    """
    name = "graph"
    parents = checks.choice(name, "kind", kind, KINDS) if parents is None else parents
    layout = graph_layout(parents, name=name)
    values = _numbers(name, "values", values, layout)
    gradients = _numbers(name, "gradients", gradients or {}, layout)
    links = _links(name, links or {}, layout)
    if current is not None:
        checks.choice(name, "name", current, layout.nodes)
    ax = blank_axes(ax, layout.size)
    drawn = Graph(ax, layout)
    for edge, words in links.items():
        middle = np.mean(layout.edges[edge], axis=0)
        write(ax, middle + (0, 0.19), words, bbox=paper(0.05))
    marked = drawn.gradients if current in gradients else drawn.values
    drawn.fill(values, gradients, None if current is None else marked[current])
    return ax


def _numbers(name, arg, given, layout):
    """Return the numbers by name as floats, or say what is no number, or no name of the graph."""
    if not isinstance(given, Mapping):
        raise argument_error(name, f"{arg} must give numbers by name", '{"x": 2.0, "w": 0.5}', repr(given))
    numbers = {}
    for node, number in given.items():
        checks.choice(name, "name", node, layout.nodes)
        array = checks.to_array(name, node, number)
        if array.size != 1 or array.dtype.kind not in "biuf":
            received = f"shape {array.shape}" if array.size != 1 else repr(number)
            raise argument_error(name, f"{node} must be one number", "a number", received)
        numbers[node] = float(array.item())
    return numbers


def _links(name, given, layout):
    if not isinstance(given, Mapping) or not all(edge in layout.edges for edge in given):
        edges = ", ".join(f"({parent!r}, {child!r})" for parent, child in layout.edges)
        raise argument_error(name, "links must give a word by the two names of an arrow", edges, repr(given))
    return {edge: str(words) for edge, words in given.items()}
