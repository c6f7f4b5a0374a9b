"""Pictures of images: digits, and weights that look like digits."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.figure_settings import draws


@draws
def image_grid(
    images: ArrayLike,
    titles: Sequence | None = None,
    *,
    columns: int = 5,
    size: float = 1.1,
    cmap: str = "gray_r",
    limits: tuple[float, float] | None = None,
    bar: str | None = None,
    frame: bool = False,
) -> Figure:
    """Draw images in a grid, row by row, each with its title.

    Parameters
    ----------
    images : array_like, (n, height, width)
    titles : list of n str, optional
    columns : int
    size : float
        Width of an image, in inches; its height follows from its shape.
    cmap : str
        A colour map of matplotlib: gray_r for ink on paper, RdBu_r for weights.
    limits : (low, high), optional
        The values of the map's ends; by default those of each image. For weights: the same for all, 0 in the middle.
    bar : str, optional
        What a colour bar beside the grid calls the values; it needs limits, since images then share one scale.
    frame : bool
        Draw a line around each image, where its place in the square matters.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError
        If images is not (n, height, width), there is not one title each, or a bar has no limits.

    Examples
    --------
    >>> fig = image_grid([[[0, 1]], [[1, 0]], [[1, 1]]], ["a", "b", "c"], columns=2)
    >>> [ax.get_title() for ax in fig.axes]
    ['a', 'b', 'c']
    >>> plt.close(fig)
    """
    name = "image_grid"
    images = checks.as_array(name, "images", images)
    checks.check_ndim(name, "images", images, 3, "(n, height, width)", "x.reshape(-1, 28, 28) for flat digits")
    checks.check_not_empty(name, "images", images)
    titles = [""] * len(images) if titles is None else [str(t) for t in titles]
    if len(titles) != len(images):
        raise argument_error(name, "there must be one title each", f"{len(images)} titles", len(titles))
    if bar and limits is None:
        raise argument_error(name, "a colour bar needs one scale for all images", "limits=(low, high)", limits)
    columns = min(checks.whole(name, "columns", columns), len(images))
    rows = -(-len(images) // columns)
    height = size * images.shape[1] / images.shape[2]
    fig = plt.figure(figsize=(size * columns, (height + 0.25 * any(titles)) * rows), layout="constrained")
    low, high = limits or (None, None)
    for i, (image, title) in enumerate(zip(images, titles, strict=True)):
        ax = fig.add_subplot(rows, columns, i + 1)
        shown = ax.imshow(image, cmap=cmap, vmin=low, vmax=high)
        ax.set_title(title, fontsize=10)
        ax.set(xticks=[], yticks=[])
        ax.axis("on" if frame else "off")
    if bar:
        fig.colorbar(shown, ax=fig.axes, label=bar, shrink=0.8, extend=_beyond(images, low, high))
    return fig


def _beyond(images, low, high):
    """Say at which ends of the colour bar values lie beyond it, in matplotlib's words."""
    return {(0, 0): "neither", (1, 0): "min", (0, 1): "max"}.get((images.min() < low, images.max() > high), "both")
