"""The settings under which the course draws: its own, whatever a reader's Matplotlib is set to.

A reader may like a dark style, a type of 24 points, 300 dots per inch, formulas set by LaTeX, or a Korean typeface
without a minus sign. In the reader's own figures all that holds. The course's figures are laid out for one size of
type and one paper, so they are drawn under Matplotlib's defaults, and the reader's settings come back afterwards.
"""

import functools
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

import matplotlib
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.spines import Spine
from matplotlib.text import Text
from matplotlib.ticker import ScalarFormatter

from course_utils.checks import argument_error

# Of Matplotlib's settings those that say where and how it works, not how a figure looks
NOT_LOOKS = (
    "backend",
    "date.epoch",
    "docstring",
    "figure.max_open_warning",
    "figure.raise_window",
    "interactive",
    "keymap",
    "macosx",
    "savefig.directory",
    "timezone",
    "tk.",
    "toolbar",
    "webagg",
)
LOOKS: dict[str, Any] = {
    name: value for name, value in matplotlib.rcParamsDefault.items() if not name.startswith(NOT_LOOKS)
}
INK = ("text.color", "axes.labelcolor", "axes.titlecolor", "axes.edgecolor", "xtick.color", "xtick.labelcolor")
PAPER = ("axes.facecolor", "figure.facecolor")
TYPE = ("font.size", "axes.titlesize", "axes.labelsize", "xtick.labelsize", "legend.fontsize", "figure.titlesize")

P = ParamSpec("P")
Drawn = TypeVar("Drawn", bound=Axes | Figure)

_one_at_a_time = threading.RLock()  # a training draws in its thread, and the settings are those of the whole process
_readers: dict[str, Any] | None = None  # the reader's settings while the course draws
_ours: weakref.WeakSet[Artist] = weakref.WeakSet()  # all that was drawn under the course's settings
_scale = 1.0


def enlarge(factor: float) -> None:
    """Have each figure of the course drawn larger from now on, with all that is in it, for a projector.

    Parameters
    ----------
    factor : float
        1 is the usual size, 1.5 half as large again; 4 at most.

    Raises
    ------
    ValueError
        For another factor.

    Examples
    --------
    >>> enlarge(1.5)
    >>> dots_per_inch()
    150.0
    >>> enlarge(1)
    """
    global _scale
    if not isinstance(factor, int | float) or not 0.25 <= factor <= 4:
        raise argument_error("enlarge", "factor must say how large figures are", "0.25 to 4, 1 is usual", repr(factor))
    _scale = float(factor)


def dots_per_inch() -> float:
    """Return how many pixels of a page the course gives to an inch of a figure."""
    return LOOKS["figure.dpi"] * _scale


@contextmanager
def course_settings() -> Iterator[None]:
    """Draw under the course's settings inside `with`, or in a function that this decorates.

    Examples
    --------
    >>> with matplotlib.rc_context({"font.size": 24}):
    ...     with course_settings():
    ...         inside = matplotlib.rcParams["font.size"]
    ...     inside, matplotlib.rcParams["font.size"]
    (10.0, 24.0)
    """
    global _readers
    with _one_at_a_time:
        if _readers is not None:  # a picture that is drawn while another is
            yield
            return
        ours = LOOKS | {"figure.dpi": dots_per_inch(), "font.family": _families()}
        theirs = _settings()
        _readers = theirs | {"points": [_points(theirs[name]) for name in TYPE]}
        try:
            changed: dict[Any, Any] = {name: ours[name] for name in ours if theirs[name] != ours[name]}
            with matplotlib.rc_context(changed):
                yield
        finally:
            _readers = None


def draws(function: Callable[P, Drawn]) -> Callable[P, Drawn]:
    """Have a function that draws into a pair of axes, or returns a figure, do so under the course's settings."""

    @functools.wraps(function)
    def under_course_settings(*args: P.args, **kwargs: P.kwargs) -> Drawn:
        with course_settings():
            for given in (*args, *kwargs.values()):
                if isinstance(given, Axes):
                    adopt(given)
            drawn = function(*args, **kwargs)
            _ours.update(_artists(drawn))
        return drawn

    return under_course_settings


def adopt(drawn: Axes | Figure) -> None:
    """Give what a cell has drawn under the reader's settings the course's look: paper, ink, pen, type.

    What the cell names itself, a colour or a size, stays. Only `course_settings` know what the reader's settings were.
    """
    assert _readers is not None, "adopt is called where the course draws"
    theirs = _readers
    for artist in _artists(drawn):
        if artist in _ours:
            continue
        if isinstance(artist, Text):
            _adopt_text(artist, theirs)
        elif isinstance(artist, Line2D):
            _adopt_line(artist, theirs)
        elif isinstance(artist, Spine):
            artist.set_edgecolor(LOOKS["axes.edgecolor"])
            artist.set_linewidth(LOOKS["axes.linewidth"])
        elif isinstance(artist, Axes) and theirs["axes.grid"]:
            artist.grid(False)
        elif isinstance(artist, Axis):
            _adopt_numbers(artist)
        elif isinstance(artist, Patch) and artist.get_facecolor() in [to_rgba(theirs[name]) for name in PAPER]:
            artist.set_facecolor(LOOKS["figure.facecolor"])
        _ours.add(artist)


def _artists(drawn: Axes | Figure) -> list[Artist]:
    fig = drawn.get_figure(root=True)
    return fig.findobj() if fig else []


def _adopt_text(text: Text, theirs: dict[str, Any]) -> None:
    if text.get_color() in [theirs[name] for name in INK]:
        text.set_color(LOOKS["text.color"])
    if text.get_fontfamily() == theirs["font.family"]:
        text.set_fontfamily(matplotlib.rcParams["font.family"])
    points = text.get_fontsize()
    if points in theirs["points"]:
        text.set_fontsize(LOOKS[TYPE[theirs["points"].index(points)]])
    text.set_usetex(False)


def _adopt_line(line: Line2D, theirs: dict[str, Any]) -> None:
    colours, ours = (settings["axes.prop_cycle"].by_key().get("color", []) for settings in (theirs, LOOKS))
    if line.get_color() in colours:
        line.set_color(ours[colours.index(line.get_color()) % len(ours)])
    if line.get_linewidth() == theirs["lines.linewidth"]:
        line.set_linewidth(LOOKS["lines.linewidth"])
    if line.get_markeredgecolor() in (theirs["xtick.color"], theirs["ytick.color"]):  # the ticks of the axes
        line.set_markeredgecolor(LOOKS["xtick.color"])


def _adopt_numbers(axis: Axis) -> None:
    for formatter in (axis.get_major_formatter(), axis.get_minor_formatter()):
        if isinstance(formatter, ScalarFormatter):  # it has asked at its making whether LaTeX will set its numbers
            formatter.set_usetex(False)


def _settings() -> dict[str, Any]:
    now: Any = matplotlib.rcParams
    return dict(now)


def _families() -> list[str]:
    """Return the course's typeface, and after it the reader's own, for letters that the first one lacks."""
    (first, *_) = LOOKS["font.sans-serif"]
    settings = _settings()
    named = [(settings.get(f"font.{name}") or [name])[0] for name in settings["font.family"]]
    if named == [first]:
        return LOOKS["font.family"]
    installed = {font.name for font in fontManager.ttflist}
    return [first, *(name for name in named if name in installed and name != first)]


def _points(size: float | str) -> float:
    return FontProperties(size=size).get_size_in_points()
