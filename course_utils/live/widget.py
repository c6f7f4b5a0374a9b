"""The frame of every explorable: controls above, the frame in words, and a picture that is drawn once."""

import base64
import html
import linecache
import traceback

import ipywidgets as wd
import traitlets

from course_utils._checks import choice
from course_utils.live.controls import Control
from course_utils.live.figure import Picture


class _Image(wd.Image):
    """An image whose `tooltip` becomes the title of the <img>: its name for a screen reader."""

    description = traitlets.Unicode("").tag(sync=True)  # the page reads it before it sets a title, and fails without


class Live(wd.VBox):
    """A picture with sliders; made by `live`.

    Attributes
    ----------
    values : dict
        What the sliders say now.
    said : str
        The line beside the picture: the frame in words, or what went wrong.
    png : bytes
        The picture as it is on the screen.
    """

    def __init__(self, fig, update, artists, *, alt, words=None, sliders):
        self._update, self._words, self._alt = update, words, alt
        self._controls = {name: Control(name, spec, self._redraw) for name, spec in sliders.items()}
        self._picture = Picture(fig, artists)
        self._image = _Image(format="png", tooltip=alt, layout=_image_layout(self._picture))
        self._line = wd.HTML(layout=wd.Layout(min_height="3.2em", width="100%", margin="2px 0"))
        self._reset = wd.Button(
            description="Reset",
            tooltip="all sliders back to the start",
            layout=wd.Layout(width="80px", margin="2px 8px"),
        )
        self._reset.on_click(lambda _: self.reset())
        self._image.value = b""
        self._redraw()
        super().__init__(self._board(), layout=wd.Layout(width="100%", max_width="960px"))

    def _board(self):
        return [self._bar(), self._line, self._image]

    def _bar(self):
        """The controls in rows, with labels of one width so that the sliders begin below each other."""
        width = f"{0.62 * max([len(c.label) for c in self._controls.values()], default=0) + 1:.1f}em"
        look = {"width": "400px", "max_width": "100%"}
        if len(self._controls) > 6:  # three in a row, where there is room
            look = {"width": "31%", "min_width": "250px"}
        boxes = [_row(c.parts, width, look) for c in self._controls.values()]
        layout = wd.Layout(flex_flow="row wrap", align_items="center", width="100%")
        return wd.Box([*boxes, self._reset], layout=layout)

    @property
    def _learners(self):
        """The learner's function, whose line is shown when it fails."""
        return self._update

    @property
    def values(self):
        return {name: control.value for name, control in self._controls.items()}

    @property
    def png(self):
        return bytes(self._image.value)

    def move(self, **values):
        """Set sliders, as a hand would: each stops at its ends. One new picture."""
        for name, value in values.items():
            choice("live", "slider", name, self._controls).set(value)
        self._redraw()

    def reset(self):
        """Set every slider back to its start."""
        self.move(**{name: control.start for name, control in self._controls.items()})

    def _redraw(self):
        self.render(**self.values)

    def render(self, **values):
        """Draw the frame of these values, whatever the sliders say; after an error the last picture stays."""
        try:
            text = self._update(**values)
            text = self._words(**values) if self._words else text
            png = self._picture.draw()
        except Exception as error:  # a learner's function may raise anything
            self._say(_explain(error, self._learners), problem=True)
            if not self._image.value:
                self._image.value = self._still()
            return
        self._image.value = png
        self._say(text if isinstance(text, str) else "", left=self._picture.left_behind())

    def _still(self):
        try:
            return self._picture.draw()
        except Exception:
            return b""

    def _say(self, text, problem=False, left=()):
        if left:
            names = " and ".join(left)
            text = f"{text} Changed, but not redrawn: {names}. Name it in live(fig, update, [ … ]).".strip()
        self.said = text
        role = "alert" if problem else "status"
        # JupyterLab's red is too dark for its dark theme; a part of the text's own colour suits both
        look = "color:color-mix(in srgb, var(--jp-error-color0, #a83200) 70%, currentColor)" if problem or left else ""
        line = f'<div role="{role}" style="line-height:1.5;{look}">{html.escape(text)}</div>'
        if self._line.value != line:
            self._line.value = line

    def _repr_mimebundle_(self, include=None, exclude=None, **_):
        bundle = super()._repr_mimebundle_(include=include, exclude=exclude)
        bundle["text/plain"] = f"<explorable: {self._alt}>"
        bundle["image/png"] = base64.b64encode(self.png).decode()
        return bundle, {"image/png": {"alt": self._alt, "width": self._picture.width}}


def _row(parts, width, look):
    if not isinstance(parts[0], wd.Checkbox):
        parts[0].style.description_width = width
    if len(parts) == 1:
        return parts[0]
    return wd.HBox(parts, layout=wd.Layout(align_items="center", **look))


def _image_layout(picture):
    # a width in pixels that may shrink; a fixed height would squeeze the picture in a narrow panel
    return wd.Layout(
        width=f"{picture.width}px",
        max_width="100%",
        height="auto",
        object_fit="contain",
    )


def _explain(error, update):
    """Return an error in plain words: type, message, and the learner's own line."""
    text = f"{type(error).__name__}: {error}"
    file = getattr(getattr(update, "__code__", None), "co_filename", None)
    steps = [s for s in traceback.extract_tb(error.__traceback__) if s.filename == file]
    if not steps:
        return text
    code = linecache.getline(file, steps[-1].lineno).strip()
    return f"{text} – in {steps[-1].name}, line {steps[-1].lineno}" + (f": {code}" if code else "")
