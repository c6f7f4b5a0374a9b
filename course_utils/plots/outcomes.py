"""A picture of yes and no over one input: each outcome a point at 0 or 1, and the predicted curve. Lesson 02."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.figure_settings import draws
from course_utils.plots.boundary import CLASSES
from course_utils.style import BLACK, axes


@draws
def outcomes(
    x: ArrayLike,
    y: ArrayLike,
    predict: Callable[[np.ndarray], ArrayLike] | None = None,
    *,
    names: tuple[str, str] = ("class 0", "class 1"),
    ax: Axes | None = None,
    **labels,
) -> Axes:
    """Draw outcomes 0 and 1 over one input, and the probability of 1 that a model gives.

    Parameters
    ----------
    x : array_like, (m,)
        The input; the picture's bounds come from it.
    y : array_like of 0 and 1, (m,)
    predict : callable, optional
        From inputs (n,) to probabilities (n,).
    names : pair of str
        What 0 and 1 mean.
    ax : matplotlib Axes, optional
    **labels
        What `ax.set` takes: xlabel, ylabel, title, …

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If y does not fit x, or holds something else than 0 and 1.

    Examples
    --------
    >>> ax = outcomes([1, 2], [0, 1], lambda x: 0.5 * x - 0.5, names=("failed", "passed"))
    >>> ax.get_legend_handles_labels()[1]
    ['curve', 'failed', 'passed']
    """
    name = "outcomes"
    x = checks.as_array(name, "x", x)
    y = checks.as_array(name, "y", y)
    if x.ndim != 1 or y.shape != x.shape or not x.size:
        raise argument_error(
            name, "x and y must be lists of the same length", "(m,) and (m,)", f"{x.shape} and {y.shape}"
        )
    if not np.isin(y, (0, 1)).all():
        raise argument_error(name, "y must tell two classes", "0 and 1", np.unique(y))
    ax = axes(ax, **labels)
    if predict is not None:
        free = 0.1 * (x.max() - x.min()) or 1.0
        across = np.linspace(x.min() - free, x.max() + free, 401)  # (401,)
        ax.plot(across, predict(across), color=BLACK, linewidth=2.5, label="curve")
    for label, meaning in enumerate(names):
        at = y == label
        ax.plot(x[at], y[at], linestyle="", markersize=10, mec="white", zorder=3, label=meaning, **CLASSES[label])
    ax.legend()
    return ax
