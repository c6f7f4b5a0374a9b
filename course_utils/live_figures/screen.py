"""A still picture and its line of words as widgets, for what is drawn by the kernel among widgets of its own."""

import html

import ipywidgets as wd
import traitlets
from matplotlib.figure import Figure

from course_utils.live_figures.still import Still


class _Image(wd.Image):
    """An image whose `tooltip` becomes the title of the <img>: its name for a screen reader."""

    description = traitlets.Unicode("").tag(sync=True)  # the page reads it before it sets a title, and fails without


class Screen:
    """A still picture as two widgets, `image` and `line`, which follow it.

    Parameters
    ----------
    fig, artists, alt
        As in `Still`.
    """

    def __init__(self, fig: Figure, artists: list, alt: str):
        self.still = Still(fig, artists, alt, changed=self._follow)
        self.image = _Image(format="png", value=b"", tooltip=alt, layout=_image_layout(self.still.picture))
        self.line = wd.HTML(layout=wd.Layout(min_height="3.2em", width="100%", margin="2px 0"))

    def _follow(self):
        still = self.still
        self.image.tooltip = still.alt
        if self.image.value != still.png:
            self.image.value = still.png
        role = "alert" if still.problem else "status"
        # JupyterLab's red is too dark for its dark theme; a part of the text's own colour suits both
        red = "color:color-mix(in srgb, var(--jp-error-color0, #a83200) 70%, currentColor)"
        style = red if still.problem else "color:inherit"
        line = f'<div role="{role}" style="line-height:1.5;{style}">{html.escape(still.status)}</div>'
        if self.line.value != line:
            self.line.value = line


def _image_layout(picture):
    # a width in pixels that may shrink; a fixed height would squeeze the picture in a narrow panel
    return wd.Layout(width=f"{picture.width}px", max_width="100%", height="auto", object_fit="contain")
