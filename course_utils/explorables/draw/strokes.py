"""The square that the learner draws on, and a digit drawn by strokes as the first example."""

import io
from collections.abc import Sequence
from pathlib import Path

import anywidget
import numpy as np
import PIL.Image
import PIL.ImageDraw
import traitlets

from course_utils.live_figures.figure import SHARPNESS
from course_utils.style import GREY

SIDE = 112  # pixels of the ink, as in draw.js
PEN = 0.085  # width of a stroke, as a share of the side, as in draw.js
LABEL = "Square to draw a digit on, with mouse, pen or finger. Without one of these: the button Show an example."

STRIP_LABEL = (
    "Strip to draw a line of digits on, with mouse, pen or finger. Without one of these: the button Show an example."
)


def _bow(x, y, radius, start, end):
    """Return points on a circle, clockwise between two angles in degrees; 0 points to the right, 90 down."""
    angles = np.radians(np.linspace(start, end, 24))
    return list(zip(x + radius * np.cos(angles), y + radius * np.sin(angles), strict=True))


THREE = [_bow(54, 36, 19, -150, 85) + _bow(54, 75, 21, -85, 150)]


class Canvas(anywidget.AnyWidget):
    """A sheet to draw on, by default a square. `ink` is what is drawn: height x width bytes, 0 (paper) … 255."""

    _esm = Path(__file__).with_name("draw.js")
    ink = traitlets.CBytes(bytes(SIDE * SIDE)).tag(sync=True, echo_update=False)  # the page knows what it drew
    label = traitlets.Unicode(LABEL).tag(sync=True)
    width = traitlets.Int(SIDE).tag(sync=True)  # pixels of the ink
    height = traitlets.Int(SIDE).tag(sync=True)
    wide = traitlets.Int(280).tag(sync=True)  # pixels of the page at most

    @property
    def pixels(self) -> np.ndarray:
        """The ink as an array, (height, width) uint8."""
        return np.frombuffer(self.ink, np.uint8).reshape(self.height, self.width)


def draw_strokes(strokes: Sequence[Sequence[tuple[float, float]]], *, side: int = SIDE, fine: int = 4) -> np.ndarray:
    """Draw strokes with a round pen, anti-aliased, as the page does.

    Parameters
    ----------
    strokes : list of lists of (x, y)
        Points in pixels, from the upper left corner.

    Returns
    -------
    ndarray of uint8, (side, side)

    >>> draw_strokes([[(20, 20), (20, 90)]])[50, [10, 20, 30]].tolist()
    [0, 255, 0]
    """
    image = PIL.Image.new("L", (side * fine, side * fine))
    pen, radius = PIL.ImageDraw.Draw(image), PEN * side * fine / 2
    for stroke in strokes:
        points = [(x * fine, y * fine) for x, y in stroke]
        pen.line(points, fill=255, width=round(2 * radius))
        for x, y in points:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(image.resize((side, side), PIL.Image.Resampling.BOX))


def enlarge(digit: np.ndarray) -> np.ndarray:
    """Return a digit, (28, 28), as ink of the square's size, each pixel a square of its own."""
    return np.kron(digit, np.ones((SIDE // len(digit),) * 2, np.uint8))  # (112, 112)


def put_beside(ink: np.ndarray, png: bytes, gap: float) -> bytes:
    """Return a picture, PNG bytes, with the drawing at its left as a framed square of the same height."""
    right = PIL.Image.open(io.BytesIO(png)).convert("RGB")
    side, gap = right.height, round(gap * SHARPNESS)
    both = PIL.Image.new("RGB", (side + gap + right.width, side), "white")
    both.paste(GREY, (0, 0, side, side))
    both.paste(PIL.Image.fromarray(255 - ink).resize((side - 4, side - 4)), (2, 2))
    both.paste(right, (side + gap, 0))
    stored = io.BytesIO()
    both.save(stored, "png", optimize=True)
    return stored.getvalue()
