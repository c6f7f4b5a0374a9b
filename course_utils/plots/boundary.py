"""Pictures of a plane that a classifier cuts in two: how sure it is everywhere, and where it changes its mind."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.figure_settings import draws
from course_utils.style import BLACK, BLUE, ORANGE, axes

CLASSES: dict[int, dict[str, Any]] = {0: {"color": ORANGE, "marker": "s"}, 1: {"color": BLUE, "marker": "o"}}
MARGIN = 0.4  # of the data's width, left free on each side
MANY = 30  # points; with more of them the markers are small, else they hide one another
SIDE = 201  # points of the grid along each axis


def _shades(n=32):
    """Orange for 0, white for 0.5, blue for 1: pale enough that the points stand out."""
    ends = np.array([(0.96, 0.66, 0.40), (1, 1, 1), (0.42, 0.70, 0.90)])  # (3, 3)
    at = np.linspace(0, 2, n)  # (n,)
    return ListedColormap(np.stack([np.interp(at, range(3), ends[:, c]) for c in range(3)], axis=1))  # (n, 3)


SHADES = _shades()


@draws
def boundary(
    predict: Callable[[np.ndarray], ArrayLike],
    X: ArrayLike,
    y: ArrayLike,
    *,
    names: tuple[str, str] = ("class 0", "class 1"),
    ax: Axes | None = None,
    **labels,
) -> Axes:
    """Draw what a model of two inputs answers over the plane, its 0.5 line, and the data.

    Parameters
    ----------
    predict : callable
        From points (n, 2) to probabilities (n,) or (n, 1): NumPy's or Keras's. Called once.
    X : array_like, (m, 2)
        The data; the picture's bounds come from them.
    y : array_like of 0 and 1, (m,) or (m, 1)
    names : pair of str, optional
        What y = 0 and y = 1 are called in the legend.
    ax : matplotlib Axes, optional
    **labels
        What `ax.set` takes: title, xlabel, ylabel, xticks, …

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If X is not (m, 2) or not finite, y does not fit it, or predict does not give one finite number for each point.

    Examples
    --------
    >>> ax = boundary(lambda P: P[:, 0] > 0.5, [[0, 0], [1, 1]], [0, 1])
    >>> ax.get_xlabel(), ax.get_legend_handles_labels()[1]
    ('$x_1$', ['class 0', 'class 1', 'output 0.5'])
    """
    X, y = _data(X, y)
    across, up = (span(column) for column in X.T)  # (SIDE,) each
    values = _values(predict, across, up)  # (SIDE, SIDE), a row for each height
    new = ax is None
    ax = axes(ax, size=(5.2, 4.0), **({"xlabel": "$x_1$", "ylabel": "$x_2$"} | labels))
    ax.grid(visible=False)
    extent = (across[0], across[-1], up[0], up[-1])
    heat = ax.imshow(values, cmap=SHADES, vmin=0, vmax=1, origin="lower", extent=extent, aspect="auto", zorder=0)
    size = 11 if len(X) <= MANY else 6
    for label, name in enumerate(names):
        ax.plot(*X[y == label].T, linestyle="", markersize=size, mec="white", label=name, **CLASSES[label])
    if values.min() < 0.5 < values.max():  # else there is no line to draw
        ax.contour(across, up, values, levels=[0.5], colors=BLACK, linewidths=2, linestyles="--")
        ax.plot([], [], "--", color=BLACK, linewidth=2, label="output 0.5")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, borderaxespad=0.2, handlelength=1.6)
    if new:
        ax.figure.colorbar(heat, ax=ax, label="output a")
    return ax


def _data(X: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return X (m, 2) and y (m,) as arrays, or say what does not fit."""
    name = "boundary"
    X = checks.as_array(name, "X", X)
    y = checks.as_array(name, "y", y)
    if X.ndim != 2 or X.shape[1] != 2 or not len(X):
        raise argument_error(name, "X must be points in a plane", "(m, 2)", X.shape)
    checks.check_finite(name, "X", X)
    if y.shape not in {(len(X),), (len(X), 1)}:
        raise argument_error(name, "y does not fit X", f"({len(X)},) or ({len(X)}, 1)", y.shape)
    if not np.isin(y, (0, 1)).all():
        raise argument_error(name, "y must tell two classes", "0 and 1", np.unique(y))
    return X, y.reshape(-1)


def span(column: np.ndarray) -> np.ndarray:
    """Return SIDE numbers, evenly spaced, that reach a margin beyond a column of data on each side.

    >>> span(np.array([0.0, 1.0]))[[0, -1]]
    array([-0.4,  1.4])
    """
    low, high = column.min(), column.max()
    free = MARGIN * (high - low) or 1.0
    return np.linspace(low - free, high + free, SIDE)


def _values(predict: Callable[[np.ndarray], ArrayLike], across: np.ndarray, up: np.ndarray) -> np.ndarray:
    """Return what predict says at each point of the grid, (SIDE, SIDE): a row for each height."""
    name = "boundary"
    points = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)  # (SIDE * SIDE, 2)
    values = checks.as_array(name, "what predict returns", predict(points))
    if values.shape not in {(len(points),), (len(points), 1)} or not np.isfinite(values).all():
        received = values.shape if values.size != len(points) else f"{values.shape}, nan among them or too large"
        raise argument_error(name, "predict must give one number for each point", "finite, (n,) or (n, 1)", received)
    return values.reshape(SIDE, SIDE)
