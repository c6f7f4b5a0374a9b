"""Pictures of images: digits, and weights that look like digits."""

import matplotlib.pyplot as plt

from course_utils import _checks


def image_grid(images, titles=None, *, columns=5, size=1.1, cmap="gray_r", limits=None):
    """Draw images in a grid, row by row, each with its title.

    Parameters
    ----------
    images : array_like, (n, height, width)
    titles : list of n str, optional
    columns : int
    size : float
        Side of an image, in inches.
    cmap : str
        A colour map of matplotlib: gray_r for ink on paper, RdBu_r for weights.
    limits : (low, high), optional
        The values of the map's ends; by default those of each image. For weights: the same for all, 0 in the middle.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    ValueError
        If images is not (n, height, width), or there is not one title each.

    Examples
    --------
    >>> fig = image_grid([[[0, 1]], [[1, 0]], [[1, 1]]], ["a", "b", "c"], columns=2)
    >>> [ax.get_title() for ax in fig.axes]
    ['a', 'b', 'c']
    >>> plt.close(fig)
    """
    images = _checks.as_array("image_grid", "images", images)
    _checks.rank("image_grid", "images", images, 3, "(n, height, width)", "x.reshape(-1, 28, 28) for flat digits")
    _checks.not_empty("image_grid", "images", images)
    titles = [""] * len(images) if titles is None else [str(t) for t in titles]
    if len(titles) != len(images):
        _checks.fail("image_grid", "there must be one title each", f"{len(images)} titles", len(titles))
    columns = min(_checks.whole("image_grid", "columns", columns), len(images))
    rows = -(-len(images) // columns)
    fig = plt.figure(figsize=(size * columns, (size + 0.25 * any(titles)) * rows), layout="constrained")
    low, high = limits or (None, None)
    for i, (image, title) in enumerate(zip(images, titles, strict=True)):
        ax = fig.add_subplot(rows, columns, i + 1)
        ax.imshow(image, cmap=cmap, vmin=low, vmax=high)
        ax.set_title(title, fontsize=10)
        ax.set_axis_off()
    return fig
