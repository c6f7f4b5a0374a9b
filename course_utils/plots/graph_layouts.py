"""Where the nodes of a computation graph stand, worked out from what each is computed from.

The places are plain numbers, so that a figure and a moving picture in a page draw the same graph.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course_utils.checks import argument_error

# What each number is computed from. The order tells which nodes stand beside each other.
NEURON = {"z": ("w", "x", "b"), "a": ("z",), "L": ("a", "y")}
NETWORK = {
    "z1[0]": ("b1[0]", "W1[0, 0]", "W1[1, 0]", "x[0]", "x[1]"),
    "z1[1]": ("x[0]", "x[1]", "W1[0, 1]", "W1[1, 1]", "b1[1]"),
    "a1[0]": ("z1[0]",),
    "a1[1]": ("z1[1]",),
    "z2": ("W2[0, 0]", "a1[0]", "b2", "a1[1]", "W2[1, 0]"),
    "a2": ("z2",),
    "L": ("a2", "y"),
}
KINDS: dict[str, Mapping[str, Sequence[str]]] = {"neuron": NEURON, "network": NETWORK}

# Inches. A node is a box with a name and a number in it, and room for its gradient below it.
BOX, GRADIENT, ROW = 0.44, 0.22, 0.76  # heights: of a box, of the words below it, from one row to the next
LETTER, LEAST, GAP, MARGIN = 0.115, 0.78, 0.7, 0.08  # widths: of a letter of a name, of a box at least, between columns


@dataclass(frozen=True)
class GraphLayout:
    """Where everything stands, in inches from the lower left corner."""

    size: tuple[float, float]  # of the whole picture
    nodes: dict[str, tuple[float, float]]  # the middle of each node's box
    widths: dict[str, float]  # of each node's box; its height is BOX
    edges: dict[tuple[str, str], tuple[tuple[float, float], tuple[float, float]]]  # (parent, child): its two ends
    leaves: list[str]  # the nodes that are computed from nothing: inputs, weights, biases, targets


def graph_layout(parents: Mapping[str, Sequence[str]], *, name: str = "graph") -> GraphLayout:
    """Return where the nodes of a computation graph stand.

    A computed node stands right of all that it is computed from, at the height of their middle. A leaf stands one
    column before the first node that needs it.

    Parameters
    ----------
    parents : dict of str to sequence of str
        From each computed number to the numbers that it is computed from, in the order from top to bottom.
    name : str
        Who asks, for the error's sentence.

    Returns
    -------
    GraphLayout

    Raises
    ------
    ValueError
        If there is nothing to draw, or a number is computed from itself.

    Examples
    --------
    >>> layout = graph_layout({"z": ("w", "x", "b"), "a": ("z",)})
    >>> list(layout.edges)
    [('w', 'z'), ('x', 'z'), ('b', 'z'), ('z', 'a')]
    >>> layout.leaves, layout.nodes["x"][1] == layout.nodes["z"][1]
    (['w', 'x', 'b'], True)
    """
    parents = _checked(parents, name)
    depth = _depths(parents, name)
    column = depth | _leaf_columns(parents, depth)
    rows = _rows(parents, column)
    widths = {node: _width([n for n in column if column[n] == column[node]]) for node in column}
    nodes = _places(column, rows, widths)
    width = max(x + widths[node] / 2 for node, (x, _) in nodes.items()) + MARGIN
    lowest = min(y for _, y in nodes.values())
    up = MARGIN + GRADIENT + BOX / 2 - lowest
    nodes = {node: (round(x, 4), round(y + up, 4)) for node, (x, y) in nodes.items()}
    height = max(y for _, y in nodes.values()) + BOX / 2 + MARGIN
    edges = _edges(parents, nodes, widths)
    leaves = [node for node in column if node not in parents]
    return GraphLayout((round(width, 4), round(height, 4)), nodes, widths, edges, leaves)


def _checked(parents: Any, name: str) -> dict[str, list[str]]:
    expected = 'from each computed number to those it is computed from, such as {"z": ("w", "x", "b")}'
    if not isinstance(parents, Mapping) or not parents:
        raise argument_error(name, "parents must say what is computed from what", expected, repr(parents))
    for child, own in parents.items():
        if isinstance(own, str) or not isinstance(own, Sequence) or not own:
            raise argument_error(name, f"parents of {child!r} must be a list of names", expected, repr(own))
        for node in (child, *own):
            if not isinstance(node, str) or not node:
                raise argument_error(name, "a node must have a name", "a text", repr(node))
    return {child: list(dict.fromkeys(own)) for child, own in parents.items()}


def _depths(parents: dict[str, list[str]], name: str) -> dict[str, int]:
    """Return the column of each computed node: one more than the last of its computed parents."""
    depths: dict[str, int] = {}
    while len(depths) < len(parents):
        ready = [
            node
            for node, own in parents.items()
            if node not in depths and all(parent in depths or parent not in parents for parent in own)
        ]
        if not ready:
            circle = [node for node in parents if node not in depths]
            raise argument_error(
                name, "a number is computed from itself", "a graph without a circle", f"a circle in {', '.join(circle)}"
            )
        for node in ready:
            depths[node] = 1 + max((depths.get(parent, 0) for parent in parents[node]), default=0)
    return depths


def _leaf_columns(parents: dict[str, list[str]], depth: dict[str, int]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for child, own in parents.items():
        for leaf in own:
            if leaf not in parents:
                columns[leaf] = min(columns.get(leaf, depth[child]), depth[child] - 1)
    return columns


def _rows(parents: dict[str, list[str]], column: dict[str, int]) -> dict[str, float]:
    """Return the row of each node, counted downward from 0; rows of one column are at least 1 apart."""
    order = {child: i for i, child in enumerate(parents)}
    rows: dict[str, float] = {}
    first = [node for node in column if column[node] == 0]

    def needed_by(leaf):
        users = [order[child] for child in parents if leaf in parents[child]]
        return sum(users) / len(users)

    for row, leaf in enumerate(sorted(first, key=needed_by)):
        rows[leaf] = row
    for here in range(1, max(column.values()) + 1):
        wanted = {}
        for node in parents:
            if column[node] == here:
                computed = [parent for parent in parents[node] if parent in parents] or parents[node]
                wanted[node] = sum(rows[parent] for parent in computed) / len(computed)
        rows |= _spread(wanted)
        for own in parents.values():
            for leaf in own:
                if column[leaf] == here and leaf not in rows:
                    taken = [rows[node] for node in rows if column[node] == here]
                    rows[leaf] = _free_row(leaf, own, rows, taken, parents)
    return rows


def _spread(wanted: dict[str, float]) -> dict[str, float]:
    """Return the wanted rows, moved apart where two are closer than 1, with the same middle."""
    nodes = sorted(wanted, key=lambda node: wanted[node])
    rows: list[float] = []
    for node in nodes:
        rows.append(max(wanted[node], rows[-1] + 1) if rows else wanted[node])
    moved = (sum(rows) - sum(wanted.values())) / max(len(rows), 1)
    return {node: row - moved for node, row in zip(nodes, rows, strict=True)}


def _free_row(leaf, own, rows, taken, parents):
    """Return the first free row above or below the computed sibling beside it."""
    at = own.index(leaf)
    sibling = min((i for i, node in enumerate(own) if node in parents and node in rows), key=lambda i: abs(i - at))
    step = 1 if at > sibling else -1
    row = rows[own[sibling]] + step
    while any(abs(row - other) < 1 for other in taken):
        row += step
    return row


def _edges(parents, nodes, widths):
    """Return the two ends of each edge; those that meet at one node arrive and leave in the order of their far ends."""
    pairs = [(parent, child) for child in parents for parent in parents[child]]
    edges = {}
    for parent, child in pairs:
        children = sorted((c for p, c in pairs if p == parent), key=lambda node: nodes[node][1])
        own = sorted((p for p, c in pairs if c == child), key=lambda node: nodes[node][1])
        start = nodes[parent][0] + widths[parent] / 2, nodes[parent][1] + _slot(children.index(child), len(children))
        end = nodes[child][0] - widths[child] / 2, nodes[child][1] + _slot(own.index(parent), len(own))
        edges[parent, child] = tuple(round(n, 4) for n in start), tuple(round(n, 4) for n in end)
    return edges


def _slot(i: int, count: int) -> float:
    """Return how far from the middle of a box the i-th of its edges ends, counted from below."""
    apart = min(0.1, (BOX - 0.1) / count)
    return apart * (i - (count - 1) / 2)


def _width(names: list[str]) -> float:
    return max(LEAST, round(LETTER * max(map(len, names)) + 0.16, 4))


def _places(column, rows, widths):
    """Return the middle of each box, x from the left edge, y upward from the first row."""
    nodes = {}
    left, first = MARGIN, min(rows.values())
    for here in sorted(set(column.values())):
        members = [node for node in column if column[node] == here]
        for node in members:
            nodes[node] = (left + widths[node] / 2, -ROW * (rows[node] - first))
        left += widths[members[0]] + GAP
    return nodes
