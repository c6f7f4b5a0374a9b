"""One unit of a convolutional network, and the pixels that it sees: its receptive field, traced back. Lesson 14."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from course_utils.convolution import output_size
from course_utils.datasets.mnist_format import as_mnist
from course_utils.explorables.draw.strokes import THREE, draw_strokes
from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.page.telling import ramp
from course_utils.live_figures.sentences import Words
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.style import BLUE, GREY, ORANGE

SIDE = 28  # pixels of the image
# The network of lesson 14: what its layers are called, the side of their window, their stride, their maps
LAYERS = (
    ("convolution 1", 5, 1, 16),
    ("pooling 1", 2, 2, 16),
    ("convolution 2", 5, 1, 32),
    ("pooling 2", 2, 2, 32),
)
WINDOWS = tuple((k, s) for _, k, s, _ in LAYERS)
DIM = 0.25  # of the ink that the unit does not see

# The picture, in pixels of the image: where the middle of each block stands, and how far a map lies behind the next
MIDDLES = (14, 52, 81, 102, 122)
DEPTH = 0.13
ENDS = {"x": (-2, 134), "y": (36, -2)}
FACE, TOP, FLANK = "#EAF2F8", "#CFE0EC", "#B5CDDE"  # of a block: in front, above, beside
INKS = "gray_r"
WORDS = 33  # where the words below the blocks stand

SEES = (
    "{name}, row {row}, column {column}: the unit sees {field} x {field} of the {pixels} x {pixels} pixels, "
    "rows {top} to {bottom}, columns {left} to {right}."
)
SENTENCES = {
    "close": f"{SEES} Its neighbour's window lies 1 pixel further.",
    "apart": f"{SEES} Its neighbour's window lies {{step}} pixels further.",
}


def _sides(layers: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    """Return the side of the image and of the maps behind each layer."""
    sides = [SIDE]
    for k, s in layers:
        sides.append(output_size(sides[-1], k, strides=s))
    return tuple(sides)


SIDES = _sides(WINDOWS)
DEPTHS = (1, *(maps for *_, maps in LAYERS))


@dataclass(frozen=True)
class ReceptiveFrame:
    """A unit, and what it sees of the image and of each map before it."""

    layer: int  # counted from 1
    row: int
    column: int
    regions: np.ndarray  # (layer + 1, 3): row and column of the upper left corner, and the side; the image first
    step: int  # pixels from its window to its neighbour's
    seen: np.ndarray  # (28, 28), the image with little ink where the unit does not look


class ReceptiveView(View):
    """The maps of a small network as blocks, one unit marked, and all that it depends on, back to the pixels."""

    alt = (
        "An image and four blocks of feature maps, ever smaller and deeper. A unit of one map is marked, and lines "
        "lead back from it to a square in each map before, and to a square of the image."
    )
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self):
        self.image = as_mnist(draw_strokes(THREE)) / 255  # (28, 28)
        self.sliders = {
            "layer": Slider(1, len(LAYERS), 1, len(LAYERS)),
            "place": Slider(0, 100, 1, 40, unit="%"),
        }
        self.fig = Figure(figsize=(7.6, 2.25), layout="constrained")
        self.artists = _artists(self.fig, self.image)
        names = [name for name, *_ in LAYERS]
        self.data = {"image": self.image, "windows": WINDOWS, "sides": SIDES, "depths": DEPTHS, "names": names}
        self.data |= {"dim": DIM, "middles": MIDDLES, "depth": DEPTH, "ends": ENDS, "below": WORDS}
        self.data |= {"labels": _labels(), "faces": [FACE, TOP, FLANK], "inks": ramp(INKS)}

    def frame(self, layer: int, place: float) -> ReceptiveFrame:
        """Return the frame of the unit that stands after `place` per cent of a map, read row by row.

        >>> frame = ReceptiveView().frame(layer=4, place=100)
        >>> frame.row, frame.column, frame.step, frame.regions.tolist()
        (3, 3, 4, [[12, 12, 16], [12, 12, 12], [6, 6, 6], [6, 6, 2], [3, 3, 1]])
        """
        layer = int(min(max(layer, 1), len(LAYERS)))
        side = SIDES[layer]
        row, column = divmod(round(int(min(max(place, 0), 100)) / 100 * (side**2 - 1)), side)
        regions, step = [(row, column, 1)], 1
        for k, s in reversed(WINDOWS[:layer]):
            top, left, size = regions[0]
            regions.insert(0, (s * top, s * left, s * (size - 1) + k))
            step *= s
        top, left, size = regions[0]
        seen = DIM * self.image
        seen[top : top + size, left : left + size] = self.image[top : top + size, left : left + size]
        return ReceptiveFrame(layer, row, column, np.array(regions), step, seen)

    def words(self, frame: ReceptiveFrame) -> Words:
        """Return the sentence's name and its numbers.

        >>> view = ReceptiveView()
        >>> view.sentence(view.frame(layer=1, place=0))[:74]
        'convolution 1, row 0, column 0: the unit sees 5 x 5 of the 28 x 28 pixels,'
        """
        top, left, field = (int(number) for number in frame.regions[0])
        numbers = {"name": LAYERS[frame.layer - 1][0], "row": frame.row, "column": frame.column, "field": field}
        numbers |= {"pixels": SIDE, "top": top, "bottom": top + field - 1, "left": left, "right": left + field - 1}
        return Words("close" if frame.step == 1 else "apart", numbers | {"step": frame.step})

    def draw(self, frame: ReceptiveFrame) -> None:
        picture, lines, *squares = self.artists
        picture.set_data(frame.seen)
        corners = [_corner(number, region) for number, region in enumerate(frame.regions)]
        for number, square in enumerate(squares):
            x, y, size = corners[number] if number <= frame.layer else (0, 0, 0)
            square.set_bounds(x, y, size, size)
        lines.set_segments([line for before, after in pairwise(corners) for line in _rays(before, after)])


def _labels() -> list[str]:
    """Return the words below each block, the image first: what it is, and its size."""
    sizes = [f"{side} x {side} x {depth}" for side, depth in zip(SIDES, DEPTHS, strict=True)]
    return [f"{name}\n{size}" for name, size in zip(["image", *(name for name, *_ in LAYERS)], sizes, strict=True)]


def _corner(number: int, region: np.ndarray) -> tuple[float, float, float]:
    """Return where a square of a map stands in the picture, (x, y) of its upper left corner, and its side."""
    row, column, size = region
    half = SIDES[number] / 2
    return MIDDLES[number] - half + column, SIDE / 2 - half + row, size


def _rays(before: tuple[float, float, float], after: tuple[float, float, float]) -> list[list[tuple[float, float]]]:
    """Return the two lines from the right side of a square to the left side of the next."""
    (x, y, size), (x_next, y_next, size_next) = before, after
    return [[(x + size, y), (x_next, y_next)], [(x + size, y + size), (x_next, y_next + size_next)]]


def _artists(fig: Figure, image: np.ndarray) -> list:
    ax = fig.subplots()
    ax.set(xlim=ENDS["x"], ylim=ENDS["y"], aspect="equal")
    ax.set_axis_off()
    for number, words in enumerate(_labels()):
        _draw_block(ax, number)
        ax.text(MIDDLES[number], WORDS, words, ha="center", va="center", fontsize=11, linespacing=1.1)
    picture = ax.imshow(image, cmap=INKS, vmin=0, vmax=1, extent=(0, SIDE, SIDE, 0), zorder=2)
    ax.set(xlim=ENDS["x"], ylim=ENDS["y"])  # which imshow has changed
    lines = ax.add_collection(LineCollection([], color=ORANGE, lw=1.2, zorder=4))
    style: dict[str, Any] = {"fc": f"{ORANGE}30", "ec": ORANGE, "lw": 2, "zorder": 5}
    squares = [ax.add_patch(Rectangle((0, 0), 0, 0, **style)) for _ in SIDES]
    return [picture, lines, *squares]


def _draw_block(ax: Axes, number: int) -> None:
    """Draw a block of maps: the face of the first one, and the edges of those behind it."""
    side, back = SIDES[number], DEPTH * DEPTHS[number]
    left, top = MIDDLES[number] - side / 2, SIDE / 2 - side / 2
    right, bottom = left + side, top + side
    style: dict[str, Any] = {"ec": GREY if number == 0 else BLUE, "lw": 1, "zorder": 1}
    above = [(left, top), (left + back, top - back), (right + back, top - back), (right, top)]
    beside = [(right, top), (right + back, top - back), (right + back, bottom - back), (right, bottom)]
    ax.add_patch(Polygon(above, fc=TOP, **style))
    ax.add_patch(Polygon(beside, fc=FLANK, **style))
    ax.add_patch(Rectangle((left, top), side, side, fc=FACE, **style))


def receptive() -> Live:
    """Return the network of lesson 14 as blocks, with sliders that choose a unit, and the pixels that it sees.

    >>> receptive().status[:72]
    'pooling 2, row 1, column 2: the unit sees 16 x 16 of the 28 x 28 pixels,'
    """
    return ReceptiveView().live()
