"""Tables as pictures: every cell says its number and shows it as a colour."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.figure_settings import draws
from course_utils.formatting import format_number
from course_utils.style import BLACK, axes

WHITE = "#ffffff"  # on purpose not the name, by which a reader's dark style calls the colour of its own texts


@draws
def heatmap(
    table: ArrayLike,
    *,
    xlabel: str,
    ylabel: str,
    shade: ArrayLike | None = None,
    limits: tuple[float, float] | None = None,
    cmap: str = "Blues",
    corner: tuple[int, int] = (0, 0),
    ax: Axes | None = None,
) -> Axes:
    """Draw a table of whole numbers, each cell with its number on its colour.

    Parameters
    ----------
    table : array_like of whole numbers, (rows, columns)
    xlabel, ylabel : str
        What the columns and the rows are.
    shade : array_like, (rows, columns), optional
        What colours the cells, where it is not the numbers themselves: a confusion matrix without its diagonal.
    limits : (low, high), optional
        The values of the map's ends; by default 0 and the largest.
    cmap : str
        A colour map of matplotlib.
    corner : (row, column)
        What the first row and the first column are called; they count on from there.
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If the table is empty or not two-dimensional, or shade has another shape.

    Examples
    --------
    >>> ax = heatmap([[9, 1], [0, 10]], xlabel="prediction", ylabel="label")
    >>> [text.get_text() for text in ax.texts]
    ['9', '1', '0', '10']
    """
    name = "heatmap"
    table = checks.as_array(name, "table", table)
    checks.check_ndim(name, "table", table, 2, "(rows, columns)")
    checks.check_not_empty(name, "table", table)
    shade = table if shade is None else checks.as_array(name, "shade", shade)
    if shade.shape != table.shape:
        raise argument_error(name, "shade must colour every cell", table.shape, shade.shape)
    rows, columns = table.shape
    ax = axes(ax, size=(0.5 * columns + 1.0, 0.4 * rows + 0.8), xlabel=xlabel, ylabel=ylabel)
    ax.grid(False)
    low, high = limits or (0, max(shade.max(), 1))
    image = ax.imshow(shade, cmap=cmap, vmin=low, vmax=high, aspect="auto")
    ax.set_xticks(range(columns), [str(corner[1] + j) for j in range(columns)])
    ax.set_yticks(range(rows), [str(corner[0] + i) for i in range(rows)])
    for (i, j), number in np.ndenumerate(table):
        ink = _ink(image.cmap(image.norm(shade[i, j])))
        ax.text(j, i, format_number(number, ".0f"), ha="center", va="center", fontsize=9, color=ink)
    return ax


def _ink(rgba):
    """Return white on dark colours and black on light ones, by luminance (ITU-R BT.601)."""
    return WHITE if np.dot(rgba[:3], (0.299, 0.587, 0.114)) < 0.5 else BLACK
