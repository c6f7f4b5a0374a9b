"""The common look of the pictures of structure: a neuron, a network, a computation graph.

They are drawn in inches, so that 12 points are 12 points in each of them.
"""

from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch
from matplotlib.text import Text

from course_utils.style import BLUE, GREY, ORANGE, SIGNED

POINTS = 12  # of each word
LETTER = 0.105  # inches: of a letter, about
WHITE = "#ffffff"
MARK = "#FFE680"  # behind what is looked at just now: the newest number, a highlighted unit or wire
FORWARD: dict[str, Any] = {"arrowstyle": "-|>", "color": BLUE, "lw": 1.6}
BACK: dict[str, Any] = {"arrowstyle": "-|>", "color": ORANGE, "lw": 1.6, "ls": (0, (3, 2))}
PLAIN: dict[str, Any] = {"color": GREY, "lw": 1.0, "ls": "-"}  # a wire whose weight is not known
WIDEST, THINNEST = 6.0, 1.0  # points: of the wire with the largest weight, and with the smallest


def blank_axes(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """Return axes without a frame that are `size` inches large, both for their figure and for what is drawn in them."""
    width, height = size
    if ax is None:
        fig = plt.figure(figsize=size)
        ax = fig.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    ax.set_axis_off()
    return ax


def write(ax: Axes, at: tuple[float, float], words: str, **style) -> Text:
    """Write words around a place."""
    usual: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": POINTS, "zorder": 5}
    return ax.text(*at, words, **(usual | style))


def paper(pad: float, color: str = WHITE) -> dict[str, Any]:
    """Return what stands behind words on a line: `pad` in their own size."""
    return {"boxstyle": f"square,pad={pad}", "fc": color, "ec": "none"}


def arrow(ax: Axes, start: Any, end: Any, style: dict[str, Any]) -> FancyArrowPatch:
    """Draw an arrow from place to place."""
    head = FancyArrowPatch(start, end, mutation_scale=12, zorder=2, shrinkA=0, shrinkB=0, **style)
    ax.add_patch(head)
    return head


def wire(ax: Axes, start: Any, end: Any, style: dict[str, Any], *, marked: bool = False, **more) -> FancyArrowPatch:
    """Draw a line without a head from place to place, on a broad yellow band if it is marked."""
    if marked:
        band = {"arrowstyle": "-", "color": MARK, "lw": style["lw"] + 10}
        ax.add_patch(FancyArrowPatch(start, end, zorder=0.5, shrinkA=0, shrinkB=0, **band))
    line = FancyArrowPatch(start, end, arrowstyle="-", zorder=2 if marked else 1, shrinkA=0, shrinkB=0, **style, **more)
    ax.add_patch(line)
    return line


def unit(ax: Axes, at: tuple[float, float], radius: float, words: str = "", *, marked: bool = False) -> Circle:
    """Draw a unit: a circle, with a few letters in it."""
    circle = Circle(at, radius, facecolor=MARK if marked else WHITE, edgecolor=BLUE, linewidth=2, zorder=3)
    ax.add_patch(circle)
    if words:
        write(ax, at, words)
    return circle


def weight_style(weight: float, largest: float) -> dict[str, Any]:
    """Return how a wire shows its weight: the larger the wider, red above 0 and blue and dashed below, grey for 0.

    >>> weight_style(0.0, 2.0)["color"] == GREY, weight_style(2.0, 2.0)["lw"]
    (True, 6.0)
    """
    if weight == 0 or largest == 0:
        return PLAIN
    share = abs(weight) / largest
    color = matplotlib.colormaps[SIGNED](0.5 + np.sign(weight) * (0.32 + 0.1 * share))  # no shade that paper swallows
    dashes = "-" if weight > 0 else (0, (2, 0.6))
    return {"color": color, "lw": THINNEST + (WIDEST - THINNEST) * share, "ls": dashes, "capstyle": "butt"}
