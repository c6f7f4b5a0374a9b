"""The cost over two parameters: as a hill in 3-D, and as a map with the paths that descent took on it. Lesson 03."""

from collections.abc import Callable, Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from mpl_toolkits.mplot3d import Axes3D
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.figure_settings import draws
from course_utils.style import BLACK, DASHES, GREEN, ORANGE, PURPLE, axes

PATHS = (ORANGE, GREEN, PURPLE, BLACK)  # told apart on the map's blues
LINE, DARK_LINE = "#5a7a94", "#1f3b50"  # of equal cost


@draws
def contours(
    cost: Callable[[float, float], float],
    w: ArrayLike,
    b: ArrayLike,
    *,
    paths: Mapping[str, ArrayLike] | None = None,
    lowest: tuple[float, float] | None = None,
    ax: Axes | None = None,
    levels: int = 12,
    xlabel: str = "w",
    ylabel: str = "b",
    **labels,
) -> Axes:
    """Draw the map of a cost J(w, b): lines of equal cost, the lowest place, and paths across it.

    Parameters
    ----------
    cost : callable
        `cost(w, b)` takes two numbers, returns one.
    w, b : array_like, (n_w,) and (n_b,)
        Where to draw, in rising order.
    paths : dict of str to array_like, (steps + 1, 2), optional
        Label and points (w, b) of each path, four at most. What leaves the map is cut off.
    lowest : (float, float), optional
        Where the cost is lowest; by default the lowest of the places drawn.
    ax : matplotlib Axes, optional
    levels : int
        How many lines; they lie closer where the cost is low.
    **labels
        What `ax.set` takes besides: title, xticks, …

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If a path is not (steps + 1, 2), there are more than four, w or b is no list of numbers, or the cost is not
        finite everywhere.

    Examples
    --------
    >>> ax = contours(lambda w, b: w**2 + b**2, [-1, 0, 1], [-1, 0, 1], paths={"down": [[1, 1], [0.5, 0.5]]})
    >>> [line.get_label() for line in ax.lines]
    ['down', '_start', 'lowest']
    """
    name = "contours"
    w, b, J = heights(name, cost, w, b)  # (n_w,), (n_b,), (n_b, n_w)
    ax = axes(ax, size=(5.2, 4.0), xlabel=xlabel, ylabel=ylabel, **labels)
    ax.grid(False)
    at = contour_levels(J, levels)
    if not _is_flat(at):
        pale = 2 * at[-1] - at[0]  # paths and numbers stand out
        ax.contourf(w, b, J, levels=at, cmap="Blues", vmax=pale)
        lines = ax.contour(w, b, J, levels=at[1:-1], colors=LINE, linewidths=0.8)
        ax.clabel(lines, np.asarray(lines.levels)[::3], fontsize=8, fmt="%.2f", colors=DARK_LINE)
    _draw_paths(ax, name, paths or {}, (w, b))
    ax.plot(*(lowest or _lowest(w, b, J)), "*", color=BLACK, markersize=11, zorder=5, label="lowest")
    if paths:
        ax.legend(loc="best", fontsize=9)
    ax.set(xlim=(w[0], w[-1]), ylim=(b[0], b[-1]))
    return ax


@draws
def surface(
    cost: Callable[[float, float], float],
    w: ArrayLike,
    b: ArrayLike,
    *,
    path: ArrayLike | None = None,
    ax: Axes3D | None = None,
    view: tuple[float, float] = (45, -110),
    xlabel: str = "w",
    ylabel: str = "b",
    zlabel: str = "J",
) -> Axes3D:
    """Draw a cost J(w, b) as a hill in three dimensions, with lines of equal cost, its lowest place and a path.

    Parameters
    ----------
    cost : callable
        `cost(w, b)` takes two numbers, returns one.
    w, b : array_like, (n_w,) and (n_b,)
        Where to draw, in rising order.
    path : array_like, (steps + 1, 2), optional
        Points (w, b).
    ax : matplotlib Axes3D, optional
    view : (float, float)
        Height and direction of the eye, in degrees.

    Returns
    -------
    matplotlib Axes3D

    Raises
    ------
    ValueError
        If the path is not (steps + 1, 2), w or b is no list of numbers, or the cost is not finite everywhere.

    Examples
    --------
    >>> ax = surface(lambda w, b: w**2 + b**2, [-1, 0, 1], [-1, 0, 1], path=[[1, 1], [0, 0]])
    >>> ax.lines[0].get_data_3d()[2].tolist()
    [2.0, 0.0]
    """
    name = "surface"
    w, b, J = heights(name, cost, w, b)
    if ax is None:
        fig = plt.figure(figsize=(5.6, 4.2))
        ax = fig.add_subplot(projection="3d", computed_zorder=False)  # else the hill hides the path
    ax.plot_surface(*np.meshgrid(w, b), J, cmap="Blues", edgecolor=LINE, linewidth=0.2, alpha=0.9)
    if path is not None:
        points = as_path(name, "path", path)
        J_path = [cost(*point) for point in points]
        ax.plot(*points.T, J_path, "o-", color=ORANGE, markersize=4, linewidth=2, zorder=5)
    at = contour_levels(J, 12)
    if not _is_flat(at):
        ax.contour(w, b, J, levels=at[1:-1], colors=DARK_LINE, linewidths=0.8)  # rings show a valley's end
    ax.plot(*_lowest(w, b, J), J.min(), "*", color=BLACK, markersize=11, zorder=6)
    ax.view_init(*view)
    ax.set(xlabel=xlabel, ylabel=ylabel, zlabel=zlabel)
    return ax


def contour_levels(J: np.ndarray, n: int) -> np.ndarray:
    """Return n + 1 costs from the lowest of J to its highest, closer where the cost is low.

    >>> contour_levels(np.array([0.0, 4.0]), 2)
    array([0., 1., 4.])
    """
    return J.min() + (J.max() - J.min()) * np.linspace(0, 1, n + 1) ** 2


def _is_flat(levels):
    """Tell whether no lines can be drawn at these levels: the cost is the same everywhere, but for rounding."""
    return bool((np.diff(levels) <= 0).any())


def _lowest(w, b, J):
    row, column = np.unravel_index(J.argmin(), J.shape)
    return w[column], b[row]


def heights(
    name: str, cost: Callable[[float, float], float], w: ArrayLike, b: ArrayLike
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return w, b and the cost at each pair of them, (n_b, n_w): a row for each b.

    >>> heights("map", lambda w, b: 10 * w + b, [1, 2], [3, 4])[2].tolist()
    [[13.0, 23.0], [14.0, 24.0]]
    """
    w = _places(name, "w", w)
    b = _places(name, "b", b)
    J = np.array([[float(cost(wi, bi)) for wi in w] for bi in b])  # (n_b, n_w)
    _check_heights(name, w, b, J)
    return w, b, J


def _check_heights(name, w, b, J):
    """Refuse a cost that is not finite, and say where."""
    if np.isfinite(J).all():
        return
    row, column = np.argwhere(~np.isfinite(J))[0]
    what = f"the cost is not finite at ({w[column]:g}, {b[row]:g})"
    raise argument_error(name, what, "a finite cost at each place", J[row, column], "draw a smaller part of the plane")


def _places(name: str, arg: str, values: ArrayLike) -> np.ndarray:
    values = checks.as_array(name, arg, values)
    checks.check_ndim(name, arg, values, 1, f"a list of places, such as np.linspace(-2, 2, 50) for {arg}")
    return checks.check_finite(name, arg, values)


def as_path(name: str, arg: str, path: ArrayLike) -> np.ndarray:
    """Return a path as an array (steps + 1, 2), or say what it should be."""
    path = checks.as_array(name, arg, path)
    if path.ndim != 2 or path.shape[1] != 2:
        raise argument_error(name, f"{arg} must be points of two parameters", "(steps + 1, 2)", path.shape)
    return path


def _draw_paths(ax, name, paths, sides):
    if len(paths) > len(PATHS):
        raise argument_error(name, "too many paths to tell apart", f"at most {len(PATHS)}", len(paths))
    for (label, path), color, dashes in zip(paths.items(), PATHS, DASHES, strict=False):
        points = within(as_path(name, f"the path {label!r}", path), *sides)
        size = 4 if len(points) < 60 else 1.5
        ax.plot(*points.T, "o", ls=dashes, color=color, markersize=size, linewidth=1.6, label=label, zorder=4)
        ax.plot(*points[0], "s", color=color, markersize=7, zorder=4, label="_start")


def within(path: np.ndarray, *sides: np.ndarray | Sequence[float]) -> np.ndarray:
    """Return a path whose far points are brought near, ten widths outside of the picture; NaN stays.

    >>> within(np.array([[1e200], [0.5]]), [0.0, 1.0]).tolist()
    [[11.0], [0.5]]
    """
    low = np.array([10 * (side[0] - side[-1]) + side[0] for side in sides])
    high = np.array([10 * (side[-1] - side[0]) + side[-1] for side in sides])
    return np.clip(path, low, high)
