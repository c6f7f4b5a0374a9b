"""Pictures of numbers over numbers: curves, and what a training run remembers."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.figure_settings import draws
from course_utils.style import BLACK, DASHES, PALETTE, axes


@draws
def lines(
    x: ArrayLike, curves: Mapping[str, ArrayLike], *, xlabel: str, ylabel: str, ax: Axes | None = None, **labels
) -> Axes:
    """Draw named curves over the same x, each with its own colour and dashes.

    Parameters
    ----------
    x : array_like, (n,)
    curves : dict of str to array_like, (n,)
        Label and values of each curve, six at most.
    xlabel, ylabel : str
    ax : matplotlib Axes, optional
    **labels
        What `ax.set` takes besides: title, yticks, xlim, yscale, …

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If a curve has another length than x, or there are more curves than styles.

    Examples
    --------
    >>> ax = lines([0, 1], {"a": [0, 1], "b": [1, 0]}, xlabel="x", ylabel="y")
    >>> [line.get_label() for line in ax.lines]
    ['a', 'b']
    """
    name = "lines"
    x = checks.as_array(name, "x", x)  # (n,)
    if len(curves) > len(PALETTE):
        raise argument_error(name, "too many curves to tell apart", f"at most {len(PALETTE)}", len(curves))
    ax = axes(ax, xlabel=xlabel, ylabel=ylabel, **labels)
    for (label, y), color, dashes in zip(curves.items(), PALETTE, DASHES, strict=False):
        if np.shape(y) != x.shape:
            raise argument_error(name, f"the curve {label!r} does not fit x", x.shape, np.shape(y))
        ax.plot(x, y, color=color, linestyle=dashes, linewidth=2.2, label=label)
    if len(curves) > 1:
        ax.legend()
    return ax


@draws
def history(history: Any, metric: str = "loss", *, ax: Axes | None = None, **labels) -> Axes:
    """Draw a metric of a training run over the epochs, and its validation twin where there is one.

    Parameters
    ----------
    history : History of `fit`, NumPy's or Keras's
    metric : str
        loss, accuracy, …
    ax : matplotlib Axes, optional
    **labels
        What `ax.set` takes besides: title, ylim, …

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If the run has no such metric.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> run = SimpleNamespace(history={"loss": [2.3, 0.7], "val_loss": [2.3, 0.9]})
    >>> [line.get_label() for line in history(run).lines]
    ['training', 'validation']
    """
    logs = history.history
    checks.choice("history", "metric", metric, logs)
    named = {"training": logs[metric]} | ({"validation": logs[f"val_{metric}"]} if f"val_{metric}" in logs else {})
    epochs = np.arange(1, len(logs[metric]) + 1)
    ax = lines(epochs, named, xlabel="epoch", ylabel=metric, ax=ax, **labels)
    for line in ax.lines:
        line.set_marker("o")
    ax.locator_params(axis="x", integer=True)
    return ax


@draws
def mark(ax: Axes, x: float, y: float, text: str, *, offset: tuple[float, float] = (8, 8)) -> Axes:
    """Mark a point and write a text beside it.

    Parameters
    ----------
    ax : matplotlib Axes
    x, y : float
        The point.
    text : str
    offset : (right, up)
        How far from the point the text stands, in points.

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> ax = mark(axes(), 1, 2, "lowest")
    >>> [text.get_text() for text in ax.texts]
    ['lowest']
    """
    ax.plot([x], [y], "o", color=BLACK, markersize=6, zorder=3)
    ax.annotate(text, (x, y), xytext=offset, textcoords="offset points")
    return ax
