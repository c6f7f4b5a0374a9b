"""Pictures of numbers over numbers: curves, and what a training run remembers."""

import numpy as np

from course_utils import _checks
from course_utils._checks import argument_error
from course_utils.style import BLACK, DASHES, PALETTE, axes


def lines(x, curves, *, xlabel, ylabel, ax=None, **labels):
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
    x = _checks.as_array("lines", "x", x)  # (n,)
    if len(curves) > len(PALETTE):
        raise argument_error("lines", "too many curves to tell apart", f"at most {len(PALETTE)}", len(curves))
    ax = axes(ax, xlabel=xlabel, ylabel=ylabel, **labels)
    for (label, y), color, dashes in zip(curves.items(), PALETTE, DASHES, strict=False):
        if np.shape(y) != x.shape:
            raise argument_error("lines", f"the curve {label!r} does not fit x", x.shape, np.shape(y))
        ax.plot(x, y, color=color, linestyle=dashes, linewidth=2.2, label=label)
    if len(curves) > 1:
        ax.legend()
    return ax


def history(history, metric="loss", *, ax=None, **labels):
    """Draw a metric of a training run over the epochs, and its validation twin where there is one.

    Parameters
    ----------
    history : History of `fit`, NumPy's or Keras's
    metric : str
        loss, accuracy, …
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If the run has no such metric.
    """
    logs = history.history
    _checks.choice("history", "metric", metric, logs)
    named = {"training": logs[metric]} | ({"validation": logs[f"val_{metric}"]} if f"val_{metric}" in logs else {})
    epochs = np.arange(1, len(logs[metric]) + 1)
    ax = lines(epochs, named, xlabel="epoch", ylabel=metric, ax=ax, **labels)
    for line in ax.lines:
        line.set_marker("o")
    ax.xaxis.get_major_locator().set_params(integer=True)
    return ax


def mark(ax, x, y, text, *, offset=(8, 8)):
    """Mark a point and say its value beside it."""
    ax.plot([x], [y], "o", color=BLACK, markersize=6, zorder=3)
    ax.annotate(text, (x, y), xytext=offset, textcoords="offset points")
    return ax
