"""How a view is made: `live` for a lesson's own figure, `View` for the views of the course."""

import dataclasses
import inspect
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np
from matplotlib.figure import Figure

from course_utils.checks import argument_error
from course_utils.figure_settings import adopt, course_settings
from course_utils.live_figures.controls import Spec
from course_utils.live_figures.page.telling import pack
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.widget import Live


def live(
    fig: Figure,
    update: Callable[..., object],
    artists: list,
    *,
    alt: str,
    words: Callable[..., str] | None = None,
    **sliders: object,
) -> Live:
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
    >>> view.status
    'slope 0.50'
    """
    if not callable(update):
        raise argument_error("live", "the second argument must be a function", "update", type(update).__name__)
    try:
        inspect.signature(update).bind(**dict.fromkeys(sliders))
    except TypeError:
        expected = f"sliders named {', '.join(inspect.signature(update).parameters) or 'none'}"
        received = ", ".join(sliders) or "none"
        raise argument_error("live", "update and the sliders do not match", expected, received) from None
    if isinstance(fig, Figure):
        with course_settings():
            adopt(fig)
    return Live(fig, update, artists, alt=alt, words=words, sliders=sliders)


class View(ABC):
    """A view of the course: what it shows at each position of its sliders, in numbers, in words, and as a picture.

    `frame` is pure: the same values give the same frame, and nothing else changes. A frame is a frozen dataclass of
    numbers, texts, booleans and arrays.

    A module of JavaScript beside the class, with the file's own name, does all three in the page, number by number
    the same; with it the picture follows the hand without a kernel, and Python draws what a notebook stores.

    Attributes
    ----------
    alt : str
        What the picture shows, for who cannot see it.
    SENTENCES : dict of str to str
        All that the view can say, as templates for `fill`.
    sliders : dict of str to Spec
        One entry for each value of `frame`.
    columns : int, optional
        Of a grid in which the sliders stand close together.
    data : dict
        What the module needs besides: numbers, texts, arrays, and lists and dicts of them.
    fig, artists
        The picture, and all in it that `draw` moves.
    page_size : (width, height), optional
        Of the picture in the page, in pixels, where it is another than the figure's.
    """

    alt: str
    SENTENCES: ClassVar[Mapping[str, str]]
    sliders: dict[str, Spec]
    columns: int | None = None
    data: Mapping[str, Any] = MappingProxyType({})
    fig: Figure
    artists: list
    page_size: tuple[int, int] | None = None

    @abstractmethod
    def frame(self, *args: Any, **kwargs: Any) -> Any:
        """Return the frame of one value per slider, by name."""

    @abstractmethod
    def words(self, frame: Any) -> Words:
        """Return the name of the sentence about a frame, and its numbers."""

    @abstractmethod
    def draw(self, frame: Any) -> None:
        """Move the artists to a frame."""

    def sentence(self, frame: Any) -> str:
        """Return a frame in words."""
        words = self.words(frame)
        return fill(self.SENTENCES[words.name], words.numbers)

    def update(self, **values: Any) -> str:
        """Move the artists to the frame of these values, and return it in words."""
        frame = self.frame(**values)
        self.draw(frame)
        return self.sentence(frame)

    @classmethod
    def module(cls) -> Path | None:
        """Return the module that draws the view in a page, or None."""
        path = Path(inspect.getfile(cls)).with_suffix(".js")
        return path if path.is_file() else None

    def live(self) -> Live:
        """Return the view with its sliders."""
        style: dict[str, Any] = {"alt": self.alt, "sliders": self.sliders, "columns": self.columns}
        view = self._to_page() if self.module() else None
        return Live(self.fig, self.update, self.artists, **style, view=view, frame=self.frame)

    def _to_page(self):
        source = self.module().read_text(encoding="utf-8")
        told = {"module": source, "sentences": dict(self.SENTENCES), "data": to_json(pack(self.data))}
        return told | ({"size": list(self.page_size)} if self.page_size else {})


def to_json(value: Any) -> Any:
    """Return a frame, or the numbers of a sentence, as JSON holds them; what is not finite becomes a text.

    >>> to_json(Words("flat", {"w": np.float64(0), "a": np.array([0.5, np.nan, -np.inf])}))
    {'name': 'flat', 'numbers': {'w': 0.0, 'a': [0.5, 'NaN', '-Infinity']}}
    """
    if dataclasses.is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: to_json(entry) for key, entry in value.items()}
    if isinstance(value, (np.ndarray, np.generic)):
        return to_json(value.tolist())
    if isinstance(value, (list, tuple)):
        return [to_json(entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else f"{'-' if value < 0 else ''}Infinity"  # as JavaScript's Number reads it
    return value
