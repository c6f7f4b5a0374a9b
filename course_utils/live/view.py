"""How a view is made: `live` for a lesson's own figure, `View` for the views of the course."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

from course_utils._checks import argument_error
from course_utils.live.widget import Live


def live(fig, update, artists, *, alt, words=None, **sliders):
    """Return a picture with sliders that follows the hand.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Drawn once, and taken over.
    update : callable
        Called with one value per slider; changes the artists in place. May return the frame in words.
    artists : list
        What `update` changes: lines, texts, `ax.title`. All else stands still.
    alt : str
        What the picture shows, for who cannot see it.
    words : callable, optional
        Called like `update`; returns the frame in words.
    **sliders
        `(lowest, highest, step, start)`, a list of names, True or False, or a `Slider`.

    Raises
    ------
    ValueError
        For a slider, an artist or a parameter name that does not fit.

    >>> import matplotlib.pyplot as plt, numpy as np
    >>> fig, ax = plt.subplots()
    >>> x = np.linspace(-5, 5)
    >>> (line,) = ax.plot(x, x)
    >>> def update(w):
    ...     line.set_ydata(w * x)
    ...     return f"slope {w:.2f}"
    >>> view = live(fig, update, [line], alt="A line whose slope is w.", w=(-2, 2, 0.1, 1))
    >>> view.move(w=0.5)
    >>> view.said
    'slope 0.50'
    """
    _check_names(update, sliders)
    return Live(fig, update, artists, alt=alt, words=words, sliders=sliders)


def _check_names(update, sliders):
    if not callable(update):
        raise argument_error(
            "live",
            "the second argument must be a function",
            "update",
            type(update).__name__,
        )
    try:
        inspect.signature(update).bind(**dict.fromkeys(sliders))
    except TypeError:
        has = ", ".join(inspect.signature(update).parameters) or "none"
        raise argument_error(
            "live",
            "update and the sliders do not match",
            f"sliders named {has}",
            ", ".join(sliders) or "none",
        ) from None


@dataclass(frozen=True)
class View:
    """A view of the course, as data: a pure `frame`, a `draw` that moves artists, and `words` for the frame.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
    artists : list
        All that `draw` moves.
    frame : callable
        Pure: from one value per slider to a dict of arrays and numbers.
    draw, words : callable
        Called with that dict. `draw` moves the artists in place; `words` returns a sentence or two.
    alt : str
        What the picture shows, for who cannot see it.
    sliders : dict
        Name -> what `live` takes as a slider.
    """

    fig: Figure
    artists: list
    frame: Callable
    draw: Callable
    words: Callable
    alt: str
    sliders: dict

    def update(self, **values):
        now = self.frame(**values)
        self.draw(now)
        return self.words(now)

    def live(self):
        """Return the view with its sliders."""
        return live(self.fig, self.update, self.artists, alt=self.alt, **self.sliders)
