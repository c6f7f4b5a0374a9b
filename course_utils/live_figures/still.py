"""The still picture of a view, and what is said of it: the frame in words, or what went wrong."""

import html
import linecache
import traceback
from collections.abc import Callable, Sequence

from matplotlib.figure import Figure

from course_utils.figure_settings import course_settings
from course_utils.live_figures.figure import Picture
from course_utils.stored_picture import picture_bundle


class Still:
    """A picture that is drawn once, as PNG, and a line of words.

    Parameters
    ----------
    fig, artists
        As in `Picture`.
    alt : str
        What the picture shows, for who cannot see it.
    changed : callable, optional
        Called whenever the picture or the words are others.

    Attributes
    ----------
    status : str
        The line of words: the frame, or what went wrong.
    problem : bool
        Whether the words tell of something that went wrong.
    png : bytes
        The picture as it is on the screen.
    """

    def __init__(self, fig: Figure, artists: list, alt: str, changed: Callable[[], None] = lambda: None):
        self.picture, self.alt, self._followers = Picture(fig, artists), alt, [changed]
        self.png, self.status, self.problem = b"", "", False

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
            self.png = self.png or self._standing_still()
            self.say(explain_error(error, source or update), problem=True)
            return
        self.png = png
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
        self.status, self.problem = text, problem or bool(unnamed)
        self.announce()

    def follow(self, changed: Callable[[], None]) -> None:
        """Call this function, too, whenever the picture or the words are others."""
        self._followers.append(changed)

    def announce(self) -> None:
        """Tell everyone who follows that the picture or the words are others."""
        for changed in self._followers:
            changed()

    def stored(self) -> tuple[dict[str, str], dict[str, dict]]:
        """Return what a notebook keeps of it: data and metadata of a picture with its description.

        Where the figure cannot be drawn there is no picture: then the words stand in its place.
        """
        if not self.png:
            return {"text/html": f"<p>{html.escape(self.status)}</p>", "text/plain": self.status}, {}
        return picture_bundle(self.png, self.alt, kind="explorable", width=self.picture.width)


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
