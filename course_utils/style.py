"""What all figures share: colours, the style of a pair of axes, and how a figure is shown."""

import io

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils.checks import argument_error
from course_utils.figure_settings import adopt, course_settings, dots_per_inch, draws
from course_utils.stored_picture import picture_bundle

# Okabe and Ito's palette (2008): told apart by readers of every colour vision
BLUE, ORANGE, GREEN, SKY, PURPLE, BLACK = "#0072B2", "#D55E00", "#009E73", "#56B4E9", "#CC79A7", "#000000"
GREY, GRID = "#767676", "#e4e4e4"  # of lines and small words, dark enough to be read on white; and of a grid
PALETTE = (BLUE, ORANGE, GREEN, PURPLE, SKY, BLACK)
DASHES = ("-", "--", "-.", ":", (0, (6, 1, 1, 1, 1, 1)), (0, (1, 1)))  # colour is never the only difference
SIGNED = "RdBu_r"  # the map of signed numbers, such as weights: red above 0, white at 0, blue below


@course_settings()
def show(fig: Figure, alt: str) -> None:
    """Show a figure once, with a description for those who cannot see it, and close it.

    The stored notebook keeps the picture with its description, and a constant text.

    Parameters
    ----------
    fig : matplotlib Figure
    alt : str
        What the picture shows, in a sentence.

    Raises
    ------
    ValueError
        If alt is empty, or no text.
    """
    from IPython.display import display

    if not alt or not isinstance(alt, str):
        raise argument_error("show", "alt must say what the figure shows", "a sentence", repr(alt))
    picture = io.BytesIO()
    adopt(fig)
    fig.savefig(picture, format="png", bbox_inches="tight", dpi=dots_per_inch())
    plt.close(fig)
    data, metadata = picture_bundle(picture.getvalue(), alt)
    display(data, raw=True, metadata=metadata)


@draws
def axes(ax: Axes | None = None, *, size: tuple[float, float] = (6.4, 3.2), **labels) -> Axes:
    """Return `ax`, or the axes of a new figure, with a light grid and the given labels.

    Parameters
    ----------
    ax : matplotlib Axes, optional
    size : (width, height)
        Of a new figure, in inches.
    **labels
        What `ax.set` takes: title, xlabel, ylabel, xticks, …

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> ax = axes(xlabel="hours")
    >>> ax.get_xlabel()
    'hours'
    >>> plt.close(ax.figure)
    """
    if ax is None:
        _, ax = plt.subplots(figsize=size, layout="constrained")
    ax.grid(color=GRID)
    ax.set_axisbelow(True)
    ax.set(**labels)
    return ax
