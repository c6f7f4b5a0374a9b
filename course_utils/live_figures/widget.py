"""Explorables on the page: a screen among its controls."""

import html
from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as wd
from matplotlib.figure import Figure

from course_utils import fallback
from course_utils.live_figures.board import grid, reset_button, rows
from course_utils.live_figures.controls import Controls
from course_utils.live_figures.screen import Screen


class Explorable(wd.VBox):
    """Whatever has a picture and words and can be moved: a screen, in a box of widgets.

    Attributes
    ----------
    status : str
        The line beside the picture: the frame in words, or what went wrong.
    png : bytes
        The picture as it is on the screen.
    """

    def __init__(self, screen: Screen, widgets: list[wd.Widget], layout: wd.Layout | None = None):
        super().__init__(widgets, layout=layout or wd.Layout())
        self.screen = screen

    @property
    def status(self) -> str:
        return self.screen.status

    @property
    def said(self) -> str:
        """The first edition's name for `status`."""
        return self.status

    @property
    def png(self) -> bytes:
        return self.screen.png

    def _repr_mimebundle_(self, include=None, exclude=None, **_):
        """A stored notebook keeps the picture, its description in the metadata, and a constant text."""
        bundle = super()._repr_mimebundle_(include=include, exclude=exclude)
        data, metadata = self.screen.stored()
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
            still = fallback.Fallback(self._still)
            still.display()
            for part in (self.screen.image, self.screen.line):
                part.observe(lambda _: still.renew(), "value")
        return shown

    def _still(self) -> str:
        """Return words and picture as HTML."""
        data, metadata = self._repr_mimebundle_()
        picture = metadata["image/png"]
        source = f'src="data:image/png;base64,{data["image/png"]}"'
        alt = html.escape(picture["alt"])
        return (
            f'<p>{html.escape(self.status)}</p>\n<img alt="{alt}" width="{picture["width"]}" {source}>{fallback.GONE}'
        )


class Live(Explorable):
    """A picture with sliders; made by `live`, and by `View.live`.

    Attributes
    ----------
    values : dict
        What the sliders say now.
    status, png
        As in every explorable: the frame in words, and the picture.
    """

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
    ):
        self.controls = Controls(sliders, moved=lambda: self.render(**self.values))
        reset = reset_button()
        reset.on_click(lambda _: self.reset())
        bar = grid(self.controls, reset, columns) if columns else rows(self.controls, reset)
        screen = Screen(fig, artists, alt)
        self._update, self._words = update, words
        super().__init__(
            screen,
            [bar, screen.line, screen.image],
            wd.Layout(width="100%", max_width=f"{max(960, screen.picture.width)}px"),
        )
        screen.show(lambda: _frame_in_words(update, words, self.controls.positions), source=update)

    @property
    def values(self) -> dict[str, Any]:
        return self.controls.positions

    def move(self, **values: Any) -> None:
        """Set sliders, as a hand would: each stops at its ends. One new picture."""
        self.controls.move(**values)
        self.render(**self.values)

    def reset(self) -> None:
        """Set every slider back to its start."""
        self.controls.reset()
        self.render(**self.values)

    def render(self, **values: Any) -> None:
        """Draw the frame of these values, whatever the sliders say; after an error the last picture stays."""
        self.screen.show(lambda: _frame_in_words(self._update, self._words, values), source=self._update)


def _frame_in_words(update, words, values):
    text = update(**values)
    return words(**values) if words else text
