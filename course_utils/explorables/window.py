"""A window that walks over a picture: size, padding and stride, and how many places there are. Lesson 14."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils.live.controls import Slider
from course_utils.live.view import View
from course_utils.style import BLUE, ORANGE, SKY

BORDER, MISSED = "#D9D9D9", "#F4C7A1"
SHADES = ListedColormap(["white", BORDER, "#CFE8F7", MISSED])  # nothing, padding, picture, never under the window
LIMITS = {"n": (3, 10), "k": (1, 5), "s": (1, 4), "p": (0, 3)}
ALT = "A picture in its border of padding, with a window on it; beside it the output, a cell for each place."


def window_frame(n, k, s, p, way):
    """Return the frame: side of the output, the place after `way` per cent of all, and the cells of both grids.

    >>> now = window_frame(n=7, k=3, s=2, p=1, way=100)
    >>> now["out"], now["place"], now["row"], now["column"]
    (4, 16, 3, 3)
    """
    n, k, s, p = (_inside(value, *LIMITS[name]) for name, value in {"n": n, "k": k, "s": s, "p": p}.items())
    side = n + 2 * p
    out = (side - k) // s + 1 if k <= side else 0
    place = round(_inside(way, 0, 100) / 100 * (out**2 - 1)) if out else 0
    row, column = divmod(place, max(out, 1))
    now = {"n": n, "k": k, "s": s, "p": p, "side": side, "out": out}
    return now | {"place": place + 1 if out else 0, "row": row, "column": column, **_grids(n, k, s, p, out)}


def _inside(value, low, high):
    return int(min(max(value, low), high))


def _grids(n, k, s, p, out):
    """Return both grids with the same cells, (side, side): 0 nothing, 1 padding, 2 picture, 3 never looked at."""
    side = n + 2 * p
    left, right, seen = np.ones((side, side), int), np.zeros((side, side), int), np.zeros(side, bool)
    for start in range(0, out * s, s):
        seen[start : start + k] = True
    left[p : p + n, p : p + n] = 2
    left[(left == 2) & ~np.outer(seen, seen)] = 3
    right[:out, :out] = 2
    return {"left": left, "right": right, "missed": int((left == 3).sum())}


def window_words(now):
    """Return the frame in words.

    >>> window_words(window_frame(n=6, k=3, s=2, p=0, way=0))
    'Window 3 x 3 on 6 x 6, stride 2: 2 x 2 places. Place 1 of 4: row 0, column 0. 11 pixels are never looked at.'
    """
    n, k, p, out = now["n"], now["k"], now["p"], now["out"]
    border = f" with a border of {p}" if p else ""
    if not out:
        return f"Window {k} x {k} on {n} x {n}{border}: it does not fit."
    where = f"Place {now['place']} of {out**2}: row {now['row']}, column {now['column']}."
    missed = f" {now['missed']} pixels are never looked at." if now["missed"] else ""
    return f"Window {k} x {k} on {n} x {n}{border}, stride {now['s']}: {out} x {out} places. {where}{missed}"


def window_view():
    """Return the view of a window, to be shown with `.live()`."""
    fig = Figure(figsize=(6.0, 3.3), layout="constrained")
    artists = _artists(fig)

    def draw(now):
        _draw(now, *artists)

    names = {"n": "input size n", "k": "window k", "s": "stride s", "p": "padding p"}
    start = {"n": 6, "k": 3, "s": 1, "p": 0}
    sliders = {name: Slider(*LIMITS[name], 1, start[name], label=label) for name, label in names.items()}
    sliders["way"] = Slider(0, 100, 1, 0, label="way", unit="%")
    return View(fig, list(artists), window_frame, draw, window_words, ALT, sliders)


def _artists(fig):
    grids, lines, frames = [], [], []
    for ax, title, color in zip(fig.subplots(1, 2), ("input, padding in grey", "output"), (ORANGE, BLUE), strict=True):
        ax.set(xlim=(-0.02, 1.02), ylim=(1.02, -0.02), aspect="equal")
        ax.set_axis_off()
        ax.set_title(title, loc="left", fontsize=13)
        grids.append(ax.imshow([[0]], extent=(0, 1, 1, 0), cmap=SHADES, vmin=0, vmax=3, interpolation="nearest"))
        lines.append(ax.add_collection(LineCollection([], color="#767676", lw=0.8)))
        face = {"fill": color == BLUE, "fc": SKY, "ec": color, "lw": 3}
        frames.append(ax.add_patch(Rectangle((0, 0), 0, 0, zorder=3, **face)))
    return *grids, *lines, *frames, fig.supxlabel(" ", fontsize=13)


def _draw(now, left, right, left_lines, right_lines, window, cell, formula):
    n, k, s, p, side, out = (now[name] for name in ("n", "k", "s", "p", "side", "out"))
    left.set_data(now["left"])
    right.set_data(now["right"])
    left_lines.set_segments(_lines(side, side))
    right_lines.set_segments(_lines(out, side))
    corner = now["column"] * s / side, now["row"] * s / side
    window.set_bounds(*corner, *[min(k, side) / side if out else 0] * 2)
    cell.set_bounds(now["column"] / side, now["row"] / side, *[1 / side if out else 0] * 2)
    step = f"⌊(n + 2p − k) / s⌋ + 1  =  ⌊({n} + 2 · {p} − {k}) / {s}⌋ + 1"
    formula.set_text(f"{step}  =  {out}" if out else f"{n} + 2 · {p} < {k}: no place")


def _lines(cells, side):
    """Return the lines of a grid of cells, as segments on the unit square."""
    at, end = np.arange(cells + 1) / side, cells / side
    return [[(0, y), (end, y)] for y in at if cells] + [[(x, 0), (x, end)] for x in at if cells]


def window():
    """Return a window on a picture, with sliders for its size, its step, and the border of zeros.

    >>> window().said
    'Window 3 x 3 on 6 x 6, stride 1: 4 x 4 places. Place 1 of 16: row 0, column 0.'
    """
    return window_view().live()
