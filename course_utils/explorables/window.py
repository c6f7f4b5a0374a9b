"""A window that walks over a picture: size, padding and stride, and how many places there are. Lesson 14."""

from dataclasses import dataclass

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.style import BLUE, GREY, ORANGE, SKY

NOTHING, PADDING, PICTURE, MISSED = range(4)  # what a cell is; one that is missed never lies under the window
SHADES = ["#FFFFFF", "#D9D9D9", "#CFE8F7", "#F4C7A1"]  # of each
LIMITS = {"n": (3, 10), "k": (1, 5), "s": (1, 4), "p": (0, 3)}
ENDS = {"x": (-0.02, 1.02), "y": (1.02, -0.02)}  # of both pictures, which are 1 wide

TITLES = ("input, padding in grey", "output")
FORMULAS = {
    "places": "⌊(n + 2p − k) / s⌋ + 1  =  ⌊({n} + 2 · {p} − {k}) / {s}⌋ + 1  =  {out}",
    "none": "{n} + 2 · {p} < {k}: no place",
}

PLAIN = "Window {k} x {k} on {n} x {n}"
BORDER = f"{PLAIN} with a border of {{p}}"
PLACE = "stride {s}: {out} x {out} places. Place {place} of {places}: row {row}, column {column}."
SEEN_NEVER = "{missed} pixels are never looked at."
SENTENCES = {
    "too large": f"{PLAIN}: it does not fit.",  # with a border every window fits
    "all seen": f"{PLAIN}, {PLACE}",
    "all seen, border": f"{BORDER}, {PLACE}",
    "some missed": f"{PLAIN}, {PLACE} {SEEN_NEVER}",
    "some missed, border": f"{BORDER}, {PLACE} {SEEN_NEVER}",
}


@dataclass(frozen=True)
class WindowFrame:
    """A window of k x k at one of its places on a picture of n x n in its border."""

    n: int
    k: int
    s: int
    p: int
    side: int  # n + 2 p
    out: int  # places along a side; 0 where the window does not fit
    place: int  # of all out * out, counted from 1; 0 where there is none
    row: int
    column: int
    missed: int  # pixels that never lie under the window
    left: np.ndarray  # (side, side), what each cell of the input is
    right: np.ndarray  # (side, side), and of the output


class WindowView(View):
    """A picture in its border of padding with a window on it, and the output with a cell for each place."""

    alt = "A picture in its border of padding, with a window on it; beside it the output, a cell for each place."
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self):
        labels = {"n": "input size n", "k": "window k", "s": "stride s", "p": "padding p"}
        starts = {"n": 6, "k": 3, "s": 1, "p": 0}
        self.sliders = {name: Slider(*LIMITS[name], 1, starts[name], label=label) for name, label in labels.items()}
        self.sliders["way"] = Slider(0, 100, 1, 0, label="way", unit="%")
        self.fig = Figure(figsize=(6.0, 3.3), layout="constrained")
        self.artists = _artists(self.fig)
        cells = {"NOTHING": NOTHING, "PADDING": PADDING, "PICTURE": PICTURE, "MISSED": MISSED}
        self.data = {"limits": LIMITS, "cells": cells, "shades": SHADES, "ends": ENDS}
        self.data |= {"titles": TITLES, "formulas": FORMULAS}

    def frame(self, n: int, k: int, s: int, p: int, way: float) -> WindowFrame:
        """Return the frame of the place after `way` per cent of all.

        >>> frame = WindowView().frame(n=7, k=3, s=2, p=1, way=100)
        >>> frame.out, frame.place, frame.row, frame.column
        (4, 16, 3, 3)
        """
        n, k, s, p = (_inside(value, *LIMITS[name]) for name, value in {"n": n, "k": k, "s": s, "p": p}.items())
        side = n + 2 * p
        out = (side - k) // s + 1 if k <= side else 0
        place = round(_inside(way, 0, 100) / 100 * (out**2 - 1)) if out else 0
        row, column = divmod(place, max(out, 1))
        left, right = _grids(n, k, s, p, out)
        missed = int((left == MISSED).sum())
        return WindowFrame(n, k, s, p, side, out, place + 1 if out else 0, row, column, missed, left, right)

    def words(self, frame: WindowFrame) -> Words:
        numbers = {key: value for key, value in vars(frame).items() if not isinstance(value, np.ndarray)}
        numbers["places"] = frame.out**2
        if not frame.out:
            return Words("too large", numbers)
        name = "some missed" if frame.missed else "all seen"
        return Words(f"{name}, border" if frame.p else name, numbers)

    def draw(self, frame: WindowFrame) -> None:
        left, right, left_lines, right_lines, window, cell, formula = self.artists
        k, s, side, out = frame.k, frame.s, frame.side, frame.out
        left.set_data(frame.left)
        right.set_data(frame.right)
        left_lines.set_segments(_lines(side, side))
        right_lines.set_segments(_lines(out, side))
        corner = frame.column * s / side, frame.row * s / side
        window.set_bounds(*corner, *[min(k, side) / side if out else 0] * 2)
        cell.set_bounds(frame.column / side, frame.row / side, *[1 / side if out else 0] * 2)
        formula.set_text(fill(FORMULAS["places" if out else "none"], vars(frame)))


def _inside(value, low, high):
    return int(min(max(value, low), high))


def _grids(n, k, s, p, out):
    """Return both grids with the same cells, 2 x (side, side)."""
    side = n + 2 * p
    left, right, seen = np.full((side, side), PADDING), np.full((side, side), NOTHING), np.zeros(side, bool)
    for start in range(0, out * s, s):
        seen[start : start + k] = True
    left[p : p + n, p : p + n] = PICTURE
    left[(left == PICTURE) & ~np.outer(seen, seen)] = MISSED
    right[:out, :out] = PICTURE
    return left, right


def _artists(fig):
    grids, lines, frames = [], [], []
    for ax, title, color in zip(fig.subplots(1, 2), TITLES, (ORANGE, BLUE), strict=True):
        ax.set(xlim=ENDS["x"], ylim=ENDS["y"], aspect="equal")
        ax.set_axis_off()
        ax.set_title(title, loc="left", fontsize=13)
        style = {"cmap": ListedColormap(SHADES), "vmin": NOTHING, "vmax": MISSED, "interpolation": "nearest"}
        grids.append(ax.imshow([[NOTHING]], extent=(0, 1, 1, 0), **style))
        lines.append(ax.add_collection(LineCollection([], color=GREY, lw=0.8)))
        face = {"fill": color == BLUE, "fc": SKY, "ec": color, "lw": 3}
        frames.append(ax.add_patch(Rectangle((0, 0), 0, 0, zorder=3, **face)))
    return [*grids, *lines, *frames, fig.supxlabel(" ", fontsize=13)]


def _lines(cells, side):
    """Return the lines of a grid of cells, as segments on the unit square."""
    at, end = np.arange(cells + 1) / side, cells / side
    return [[(0, y), (end, y)] for y in at if cells] + [[(x, 0), (x, end)] for x in at if cells]


def window() -> Live:
    """Return a window on a picture, with sliders for its size, its step, and the border of zeros.

    >>> window().status
    'Window 3 x 3 on 6 x 6, stride 1: 4 x 4 places. Place 1 of 16: row 0, column 0.'
    """
    return WindowView().live()
