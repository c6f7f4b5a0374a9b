"""Pictures in rows and columns on one scale, for comparing at a glance: distributions, and curves of many runs."""

from collections.abc import Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.figure_settings import draws
from course_utils.formatting import format_number
from course_utils.style import BLUE, DASHES, PALETTE, axes

# (colour, dashes) of each outline: after six the colours come again, each with other dashes
LOOKS = [*zip(PALETTE, DASHES, strict=True), *zip(PALETTE, DASHES[1:] + DASHES[:1], strict=True)]


@draws
def histograms(
    groups: Mapping[str, Mapping[str, ArrayLike]], *, limits: tuple[float, float], xlabel: str, bins: int = 60
) -> Figure:
    """Draw how values are spread: one panel for each group, one outline for each array in it.

    Values beyond the limits are counted at the edge. NaN lies nowhere: its share is missing, and the label tells it.

    Parameters
    ----------
    groups : dict of str to dict of str to array_like
        Title of a panel -> label -> values, of any shape; twelve arrays at most in a panel.
    limits : (low, high)
        Of the common axis.
    xlabel : str
    bins : int

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError
        If there is no group, or one with more arrays than can be told apart.

    Examples
    --------
    >>> fig = histograms({"start": {"layer 1": [0, 1, 1]}}, limits=(-1, 2), xlabel="logit")
    >>> [ax.get_title() for ax in fig.axes]
    ['start']
    >>> plt.close(fig)
    """
    name = "histograms"
    most = max(map(len, groups.values()), default=0)
    if not groups:
        raise argument_error(name, "groups is empty", '{"title": {"label": values}}', "nothing")
    if most > len(LOOKS):
        raise argument_error(name, "too many arrays to tell apart", f"at most {len(LOOKS)} in a panel", most)
    is_long = most > len(PALETTE)  # so many names would hide a panel: they stand beside the last one
    size = (2.3 * len(groups) + (1.2 if is_long else 0), 2.6)
    fig, panels = plt.subplots(
        1, len(groups), figsize=size, sharex=True, sharey=True, squeeze=False, layout="constrained"
    )
    edges = np.linspace(*limits, bins + 1)  # (bins + 1,)
    for ax, (title, arrays) in zip(panels[0], groups.items(), strict=True):
        axes(ax, title=title, xlabel=xlabel, ylim=(0, 1))
        for (label, values), (color, dashes) in zip(arrays.items(), LOOKS, strict=False):
            numbers = checks.as_array(name, label, values)
            counts, _ = np.histogram(np.clip(numbers, *limits), edges)  # NaN falls into no bin
            shares = counts / max(numbers.size, 1)
            ax.stairs(shares, edges, color=color, linestyle=dashes, linewidth=2, label=_named(label, numbers))
    panels[0, 0].set_ylabel("share")
    if is_long:
        longest = max(panels[0], key=lambda ax: len(ax.patches))
        fig.legend(*longest.get_legend_handles_labels(), loc="outside right upper", fontsize=9)
    else:
        panels[0, 0].legend(fontsize=9)
    return fig


def _named(label: str, numbers: np.ndarray) -> str:
    """Return what an outline is called, with how many of its values are no numbers."""
    lost = int(np.isnan(numbers).sum())
    return f"{label} ({lost:,} NaN)" if lost else label


@draws
def curve_table(
    curves: Mapping[tuple[Any, Any], ArrayLike],
    *,
    rows: Mapping[Any, str],
    columns: Mapping[Any, str],
    xlabel: str,
    ylabel: str,
    ylim: tuple[float, float] = (0, 1),
) -> Figure:
    """Draw a table of runs: in each cell a curve, and its last value.

    Parameters
    ----------
    curves : dict of (row, column) to array_like
        The curve of each cell; x counts 1, 2, 3, …
    rows, columns : dict of value to str
        Values used in the keys, and what they are called.
    xlabel, ylabel : str
    ylim : (low, high)

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError
        If a cell has no curve.

    Examples
    --------
    >>> named = {"rows": {10: "batch 10"}, "columns": {0.1: "rate 0.1"}}
    >>> fig = curve_table({(10, 0.1): [0.5, 0.75]}, xlabel="epoch", ylabel="accuracy", **named)
    >>> fig.axes[0].texts[0].get_text()
    '0.75'
    >>> plt.close(fig)
    """
    size = (2.1 * len(columns) + 0.6, 1.25 * len(rows) + 0.5)
    fig, cells = plt.subplots(
        len(rows), len(columns), figsize=size, sharex=True, sharey=True, squeeze=False, layout="constrained"
    )
    for i, (row, row_name) in enumerate(rows.items()):
        for j, (column, column_name) in enumerate(columns.items()):
            if (row, column) not in curves:
                raise argument_error("curve_table", "a cell has no curve", f"a curve for {(row, column)}", list(curves))
            y = np.asarray(curves[row, column], dtype=float)
            ax = axes(cells[i, j], ylim=ylim)
            ax.plot(range(1, len(y) + 1), y, color=BLUE, linewidth=2.2)
            high = y[-1] < 0.65 * ylim[0] + 0.35 * ylim[1]  # the number keeps off the curve's end
            height, side = (0.92, "top") if high else (0.08, "bottom")
            ax.text(0.95, height, format_number(y[-1], ".2f"), ha="right", va=side, transform=ax.transAxes, fontsize=12)
            ax.set_title(column_name if i == 0 else "", fontsize=11)
            ax.set_ylabel(row_name if j == 0 else "", fontsize=11)
    cells[0, 0].locator_params(axis="x", integer=True)
    fig.supxlabel(xlabel, fontsize=10)
    fig.supylabel(ylabel, fontsize=10)
    return fig
