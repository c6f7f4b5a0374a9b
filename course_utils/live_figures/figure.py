"""A figure that is drawn once. From then on only the named artists are drawn, over a stored background."""

import sys

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from course_utils.checks import argument_error
from course_utils.figure_settings import dots_per_inch
from course_utils.png import Encoder

SHARPNESS = 1.5  # pixels of the PNG per pixel of the page: crisp on a projector, and still quick


class Picture:
    """The figure behind a live view: a background drawn once, and the artists that move.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Taken over: pyplot forgets it, so that it is neither shown twice nor kept for ever.
    artists : list of matplotlib artists
        Whatever moves: lines, texts, titles, bars. Everything else stands still.

    Raises
    ------
    ValueError
        When `fig` is no figure, or an artist is none or belongs to another figure.
    """

    def __init__(self, fig: Figure, artists: list):
        if not isinstance(fig, Figure):
            raise argument_error(
                "live",
                "the first argument must be a figure",
                "fig from fig, ax = plt.subplots()",
                _kind(fig),
            )
        self.artists = sorted(_flat(fig, artists), key=lambda a: a.get_zorder())
        self.fig, self._background, self._encoder = fig, None, Encoder()
        self._layout = fig.get_layout_engine()
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close(fig)
        for artist in fig.findobj():
            artist.set_animated(False)  # an earlier view of the same figure may have moved others
        self.width, self.height = size_on_page(fig)
        fig.set_dpi(dots_per_inch() * SHARPNESS)
        self.canvas = FigureCanvasAgg(fig)

    def draw(self) -> bytes:
        """Draw the artists as they are now, and return the picture as PNG bytes."""
        if self._background is None:
            self._draw_background()
        self.canvas.restore_region(self._background)
        for artist in self.artists:
            (artist.axes or self.fig).draw_artist(artist)
        return self._encoder.encode(np.asarray(self.canvas.buffer_rgba()))

    def renew(self) -> None:
        """Draw the background anew the next time: axes, a legend or the like have changed."""
        self._background = None

    def _draw_background(self):
        self.fig.set_layout_engine(self._layout)
        self.fig.draw_without_rendering()  # lays the figure out with the moving artists in it
        self.fig.set_layout_engine("none")
        for artist in self.artists:
            artist.set_animated(True)
        self.canvas.draw()  # leaves animated artists out
        self._background = self.canvas.copy_from_bbox(self.fig.bbox)
        self.left_behind()  # from here on, whatever is stale has been changed by `update`

    def left_behind(self) -> list[str]:
        """Return what changed without being named, such as ["the title"]: it stands on the screen as before."""
        if not self.fig.stale:  # animated artists do not make their figure stale, all others do
            return []
        found = [a for a in self.fig.findobj() if a.stale and a is not self.fig and a not in self.artists]
        for artist in self.fig.findobj():
            artist.stale = False
        self.fig.stale = False
        return sorted({_name(artist) for artist in found} - {""})


def _flat(fig, artists):
    """Return the artists as a flat list; bars and error bars are tuples of artists."""
    if isinstance(artists, Artist):
        artists = [artists]
    if not isinstance(artists, (list, tuple, np.ndarray)):
        raise argument_error("live", "artists must be a list of what moves", "[line, text]", _kind(artists))
    flat = [a for entry in artists for a in ([entry] if isinstance(entry, Artist) else _flat(fig, entry))]
    for artist in flat:
        if artist.get_figure() is not fig:
            raise argument_error(
                "live", "an artist belongs to another figure", "artists of the figure given", _kind(artist)
            )
    return flat


def _name(artist):
    """Return the words for an artist, or "" for one that only is a part of another."""
    ax = artist.axes
    if ax is None or artist is ax or (isinstance(artist, Text) and not artist.get_text()):
        return ""
    words = {ax.title: "the title", ax.xaxis.label: "the x label", ax.yaxis.label: "the y label"}
    words |= {ax.xaxis: "the x axis", ax.yaxis: "the y axis"}
    return words.get(artist) or (f"a {type(artist).__name__}" if artist in ax.get_children() else "")


def _kind(value):
    return f"{type(value).__module__}.{type(value).__name__}".removeprefix("builtins.")


def size_on_page(fig: Figure) -> tuple[int, int]:
    """Return a figure's width and height in pixels of the page."""
    width, height = fig.get_size_inches() * dots_per_inch()
    return round(width), round(height)
