"""What all figures share: the palette, the look of a pair of axes, and how a figure is shown."""

import base64
import io

import matplotlib.pyplot as plt

from course_utils._checks import argument_error

# Okabe and Ito's palette (2008): told apart by readers of every colour vision
BLUE, ORANGE, GREEN, SKY, PURPLE, BLACK = "#0072B2", "#D55E00", "#009E73", "#56B4E9", "#CC79A7", "#000000"
PALETTE = (BLUE, ORANGE, GREEN, PURPLE, SKY, BLACK)
DASHES = ("-", "--", "-.", ":", (0, (6, 1, 1, 1, 1, 1)), (0, (1, 1)))  # colour is never the only difference
MARKERS = "osD^vP"


def show(fig, alt):
    """Show a figure once, with a description for those who cannot see it, and close it.

    The stored notebook keeps the picture, the description in the output's metadata, and a constant text.

    Parameters
    ----------
    fig : matplotlib Figure
    alt : str
        What the picture shows, in a sentence.
    """
    from IPython.display import display

    if not alt or not isinstance(alt, str):
        raise argument_error("show", "alt must say what the figure shows", "a sentence", repr(alt))
    picture = io.BytesIO()
    fig.savefig(picture, format="png", bbox_inches="tight")
    plt.close(fig)
    bundle = {"image/png": base64.b64encode(picture.getvalue()).decode(), "text/plain": f"<figure: {alt}>"}
    display(bundle, raw=True, metadata={"image/png": {"alt": alt}})


def axes(ax=None, *, size=(6.4, 3.2), **labels):
    """Return `ax`, or the axes of a new figure, with a light grid and the given labels."""
    if ax is None:
        _, ax = plt.subplots(figsize=size, layout="constrained")
    ax.grid(color="#e4e4e4")
    ax.set_axisbelow(True)
    ax.set(**labels)
    return ax
