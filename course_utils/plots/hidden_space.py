"""What a hidden layer of two units does: the input plane, and the plane of what the two units say. Lesson 06."""

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.figure_settings import draws
from course_utils.plots.boundary import SIDE, boundary, span
from course_utils.style import GREEN, PURPLE

UNITS = ((GREEN, "-"), (PURPLE, "-."))
ASIDE = ((-17, 0), (0, 13), (17, 0), (0, -15))  # of the points' names, in points: names never meet


@draws
def planes(
    hidden: Callable[[np.ndarray], np.ndarray],
    output: Callable[[np.ndarray], ArrayLike],
    X: ArrayLike,
    y: ArrayLike,
    *,
    level: float = 0.5,
    title: str | None = None,
) -> Figure:
    """Draw the input plane with the lines of two hidden units, and the hidden plane with the points as they see them.

    Parameters
    ----------
    hidden : callable
        From points (n, 2) to what the two hidden units say, (n, 2).
    output : callable
        From places in the hidden plane (n, 2) to the network's output (n,) or (n, 1).
    X : array_like, (m, 2)
    y : array_like of 0 and 1, (m,) or (m, 1)
    level : float
        A unit's line is where it says this: 0.5 for the sigmoid, 0 for tanh.
    title : str, optional
        Above the input plane.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError
        If hidden does not give two numbers for each point.

    Examples
    --------
    >>> fig = planes(lambda P: P, lambda H: H[:, 0], [[0, 0], [1, 1]], [0, 1])
    >>> [ax.get_xlabel() for ax in fig.axes]
    ['$x_1$', 'hidden 1']
    """
    name = "planes"
    X = checks.as_array(name, "X", X)
    places = checks.as_array(name, "what hidden returns", hidden(X))
    if places.shape != (len(X), 2):
        raise argument_error(name, "hidden must give two numbers for each point", (len(X), 2), places.shape)
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.0, 3.3), layout="constrained")
    boundary(lambda P: output(hidden(P)), X, y, ax=left)
    boundary(output, places, y, ax=right, xlabel="hidden 1", ylabel="hidden 2")
    for line in list(left.collections):
        line.remove()  # where the output changes its mind, the units' lines often lie too; the shades tell it
    _unit_lines(left, hidden, X, level)
    right.lines[0].set_markersize(17)  # a square under a circle at the same place is still seen
    for ax, above in ((left, title or "input plane"), (right, "hidden plane")):
        ax.get_legend().remove()
        ax.set_title(above, loc="left", fontsize=11)
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_locator(MaxNLocator(3, integer=True))
    for k, (x, place) in enumerate(zip(X, places, strict=True)):
        digits = "".join(f"{value:g}" for value in x)
        right.annotate(digits, place, xytext=ASIDE[k % 4], textcoords="offset points", ha="center", va="center")
    fig.legend(*left.get_legend_handles_labels(), loc="outside lower center", ncols=5, frameon=False, handlelength=1.8)
    return fig


def _unit_lines(ax, hidden, X, level):
    across, up = (span(column) for column in X.T)
    values = hidden(np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)).reshape(SIDE, SIDE, 2)
    for unit, (color, dashes) in enumerate(UNITS):
        says = values[..., unit]
        if says.min() < level < says.max():
            ax.contour(across, up, says, levels=[level], colors=color, linewidths=2.2, linestyles=[dashes])
        ax.plot([], [], dashes, color=color, linewidth=2.2, label=f"hidden {unit + 1}")
