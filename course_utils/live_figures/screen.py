"""What a view shows: a picture that is drawn once, and the frame in words, or what went wrong."""

import html
import linecache
import traceback
from collections.abc import Callable, Sequence

import ipywidgets as wd
import traitlets
from matplotlib.figure import Figure

from course_utils.figure_settings import course_settings
from course_utils.live_figures.figure import Picture
from course_utils.stored_picture import picture_bundle


class _Image(wd.Image):
    """An image whose `tooltip` becomes the title of the <img>: its name for a screen reader."""

    description = traitlets.Unicode("").tag(sync=True)  # the page reads it before it sets a title, and fails without


class Screen:
    """A picture and a line of words, as two widgets, `image` and `line`.

    Parameters
    ----------
    fig, artists
        As in `Picture`.
    alt : str
        What the picture shows, for who cannot see it.

    Attributes
    ----------
    status : str
        The line of words: the frame, or what went wrong.
    """

    def __init__(self, fig: Figure, artists: list, alt: str):
        self.picture = Picture(fig, artists)
        self.image = _Image(format="png", value=b"", tooltip=alt, layout=_image_layout(self.picture))
        self.line = wd.HTML(layout=wd.Layout(min_height="3.2em", width="100%", margin="2px 0"))
        self.status = ""

    @property
    def alt(self) -> str:
        """What the picture shows, in words; it may change with the picture."""
        return self.image.tooltip

    @alt.setter
    def alt(self, text: str) -> None:
        self.image.tooltip = text

    @property
    def png(self) -> bytes:
        """The picture as it is on the screen."""
        return bytes(self.image.value)

    def show(self, update: Callable[[], object], *, source: Callable | None = None, problem: bool = False) -> None:
        """Show what `update` has drawn and what it says; after an error the last picture stays.

        Parameters
        ----------
        update : callable
            Moves the artists, and may return the frame in words.
        source : callable, optional
            The function whose own line is shown where it fails; by default `update`.
        problem : bool
            Whether the words tell of one.
        """
        try:
            with course_settings():
                text = update()
                png = self.picture.draw()
        except Exception as error:  # a learner's function may raise anything
            self.say(explain_error(error, source or update), problem=True)
            if not self.image.value:
                self.image.value = self._standing_still()
            return
        self.image.value = png
        self.say(text if isinstance(text, str) else "", problem=problem, unnamed=self.picture.left_behind())

    def _standing_still(self):
        try:
            with course_settings():
                return self.picture.draw()
        except Exception:
            return b""

    def say(self, text: str, *, problem: bool = False, unnamed: Sequence[str] = ()) -> None:
        """Write the line of words; `unnamed` is what has changed without being among the artists."""
        if unnamed:
            names = " and ".join(unnamed)
            text = f"{text} Changed, but not redrawn: {names}. Name it in live(fig, update, [ … ]).".strip()
        self.status = text
        role = "alert" if problem else "status"
        # JupyterLab's red is too dark for its dark theme; a part of the text's own colour suits both
        red = "color:color-mix(in srgb, var(--jp-error-color0, #a83200) 70%, currentColor)"
        style = red if problem or unnamed else "color:inherit"
        line = f'<div role="{role}" style="line-height:1.5;{style}">{html.escape(text)}</div>'
        if self.line.value != line:
            self.line.value = line

    def stored(self) -> tuple[dict[str, str], dict[str, dict]]:
        """Return what a notebook keeps of it: data and metadata of a picture with its description."""
        return picture_bundle(self.png, self.alt, kind="explorable", width=self.picture.width)


def _image_layout(picture):
    # a width in pixels that may shrink; a fixed height would squeeze the picture in a narrow panel
    return wd.Layout(width=f"{picture.width}px", max_width="100%", height="auto", object_fit="contain")


def explain_error(error: BaseException, source: Callable) -> str:
    """Return an error in plain words: type, message, and the line of the function `source` where it was raised."""
    text = f"{type(error).__name__}: {error}"
    file = getattr(getattr(source, "__code__", None), "co_filename", None)
    steps = [step for step in traceback.extract_tb(error.__traceback__) if step.filename == file]
    if not steps:
        return text
    last = steps[-1]
    code = linecache.getline(last.filename, last.lineno or 0).strip()
    return f"{text} – in {last.name}, line {last.lineno}" + (f": {code}" if code else "")
