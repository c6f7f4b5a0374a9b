"""Explorables on the page: a strip of controls, and whatever has a picture and words."""

import html
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as wd
import traitlets
from matplotlib.figure import Figure

from course_utils import fallback
from course_utils.live_figures.controls import Controls
from course_utils.live_figures.page.telling import tell
from course_utils.live_figures.screen import Screen
from course_utils.live_figures.still import Still


class Strip(anywidget.AnyWidget):
    """Controls on the page; it is one with `Controls`, whoever moves them.

    Parameters
    ----------
    controls : Controls
    page : dict
        What the page is told, once; see `tell`.
    moved : callable
        Called when the learner has moved a control.
    """

    _esm = Path(__file__).parent / "page" / "page.js"
    page: Any = traitlets.Dict().tag(sync=True)
    # `by` is the page whose hand it was, or "" for Python: no page takes its own move for another's
    state: Any = traitlets.Dict().tag(sync=True)

    def __init__(self, controls: Controls, page: Mapping[str, Any], moved: Callable[[], None] = lambda: None):
        self.controls, self._moved = controls, moved
        super().__init__(page=dict(page), state={"values": controls.positions, "by": ""})

    def move(self, **values: Any) -> None:
        """Set controls, here and on every page. Calls nobody."""
        self.controls.move(**values)
        self._tell()

    def reset(self) -> None:
        """Set every control back to its start, here and on every page. Calls nobody."""
        self.controls.reset()
        self._tell()

    def _tell(self):
        self.state = {"values": self.controls.positions, "by": ""}

    @traitlets.observe("state")
    def _follow_hand(self, change):
        if change["new"]["by"]:
            self.controls.move(**change["new"]["values"])
            self._moved()


class Explorable:
    """Whatever has a picture and words: the base of `Live` and of the widgets that are drawn by the kernel.

    Attributes
    ----------
    still : Still
    status : str
        The line beside the picture: the frame in words, or what went wrong.
    png : bytes
        The picture.
    """

    still: Still
    _left: fallback.Fallback | None = None  # below the latest display

    @property
    def status(self) -> str:
        return self.still.status

    @property
    def said(self) -> str:
        """The first edition's name for `status`."""
        return self.status

    @property
    def png(self) -> bytes:
        return self.still.png

    def _repr_mimebundle_(self, include=None, exclude=None, **_):
        """A stored notebook keeps the picture, its description in the metadata, and a constant text."""
        shown = super()._repr_mimebundle_(include=include, exclude=exclude)
        bundle = shown[0] if isinstance(shown, tuple) else shown
        data, metadata = self.still.stored()
        return bundle | data, metadata

    def _ipython_display_(self) -> None:
        """Show it, and on a page that will be saved also what stays without a kernel."""
        if not fallback.is_wanted():
            raise NotImplementedError  # IPython goes on to the method above
        self.display()

    def display(self) -> Any:
        """Show it in the cell that runs, and return IPython's handle of the output."""
        from IPython.display import display

        data, metadata = self._repr_mimebundle_()
        shown = display(data, metadata=metadata, raw=True, display_id=True)
        if fallback.is_wanted():
            if self._left is None:
                self.still.follow(self._renew_left)
            self._left = fallback.Fallback(self._as_html)
            self._left.display()
        return shown

    def _renew_left(self) -> None:
        """Write anew what stays of the latest display. Those before keep what they show: mostly they are gone."""
        if self._left is not None:
            self._left.renew()

    def _as_html(self) -> str:
        """Return words and picture as HTML."""
        data, _ = self._repr_mimebundle_()
        words = f"<p>{html.escape(self.status)}</p>\n" if self.still.png else ""  # else they stand for the picture
        return f"{words}{data['text/html']}{fallback.GONE}"


class Board(Explorable, wd.VBox):
    """An explorable among widgets of its own."""

    def __init__(self, screen: Screen, widgets: list[wd.Widget]):
        self.screen, self.still = screen, screen.still
        super().__init__(widgets)


class Live(Explorable, Strip):
    """A picture with sliders; made by `live`, and by `View.live`.

    A view with a module is drawn by the page: the kernel learns where the sliders stand when the hand rests, and
    draws the still picture when somebody asks for it. Any other picture is drawn by the kernel at each move.

    Attributes
    ----------
    values : dict
        What the sliders say now.
    status, png
        As in every explorable: the frame in words, and the picture.
    frame
        Of a view of the course: the numbers behind the picture, as they are now.
    """

    words: Any = traitlets.List().tag(sync=True)  # the text, and whether it tells of a problem
    picture = traitlets.Bytes().tag(sync=True)

    def __init__(
        self,
        fig: Figure,
        update: Callable[..., object],
        artists: list,
        *,
        alt: str,
        sliders: Mapping[str, object],
        words: Callable[..., str] | None = None,
        columns: int | None = None,
        view: dict[str, Any] | None = None,
        frame: Callable[..., Any] | None = None,
    ):
        controls = Controls(sliders)
        self.still = Still(fig, artists, alt, changed=self._show)
        self._update, self._words, self._by_page, self._stale = update, words, view is not None, False
        self._frame = frame
        picture = self.still.picture
        page = tell(controls, alt, (picture.width, picture.height), columns) | (view or {})
        super().__init__(controls, page, moved=self._follow)
        self.render(**self.values)

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.controls.positions)

    @property
    def frame(self) -> Any:
        if self._frame is None:
            raise AttributeError("This view has no frame: its picture is drawn by a function of the lesson.")
        return self._frame(**self.values)

    @property
    def status(self) -> str:
        self._catch_up()
        return self.still.status

    @property
    def png(self) -> bytes:
        self._catch_up()
        return self.still.png

    def move(self, **values: Any) -> None:
        """Set sliders, as a hand would: each stops at its ends. One new picture."""
        super().move(**values)
        self.render(**self.values)

    def reset(self) -> None:
        """Set every slider back to its start."""
        super().reset()
        self.render(**self.values)

    def render(self, **values: Any) -> None:
        """Draw the frame of these values, whatever the sliders say; after an error the last picture stays."""
        self._stale = False
        self.still.show(lambda: _frame_in_words(self._update, self._words, values), source=self._update)

    def _follow(self):
        if self._by_page:
            self._stale = True
            self.still.announce()
        else:
            self.render(**self.values)

    def _catch_up(self):
        if self._stale:
            self.render(**self.values)

    def _show(self):
        if self._by_page:
            return
        with self.hold_sync():  # one message
            self.words, self.picture = [self.still.status, self.still.problem], self.still.png

    def _repr_mimebundle_(self, include=None, exclude=None, **_):
        self._catch_up()
        return super()._repr_mimebundle_(include=include, exclude=exclude)


def _frame_in_words(update, words, values):
    text = update(**values)
    return words(**values) if words else text
