"""Gradient descent under the hand: one learning rate, from crawling to diverging, on a curve or in a landscape."""

import dataclasses

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from course_utils.checks import choice
from course_utils.explorables.descent_model import COLOUR, EURO, GROUNDS, KG, SWEET, DescentFrame, descend
from course_utils.explorables.relief import RISE, TILT, TURN, Relief
from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Slider, Spec
from course_utils.live_figures.page.telling import ramp
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.plots.surface import DARK_LINE, LINE, contour_levels, contours, heights, within
from course_utils.style import BLACK, BLUE, GRID, ORANGE

MOST = 30  # steps
LOW, HIGH = 1e-6, 1e3  # of the picture on the right: J above its lowest value

TITLE = "{kind}:  rate {rate:g},  {steps} steps"
SETTING = "Learning rate {rate:g}, {steps} steps"
REACHED = "J from {first:.4g} to {last:.4g}."
LEFT = "J from {first:.4g} out of all numbers."
RATIO = "Last step = {ratio:.2f} × the step before."
SENTENCES = {
    "stands still": f"{SETTING}: stands still, the slope is 0 here. {REACHED}",
    "crawls": f"{SETTING}: crawls, the way is right, the steps are tiny. {REACHED} {RATIO}",
    "works": f"{SETTING}: works, the steps shrink toward the lowest place. {REACHED} {RATIO}",
    "oscillates": f"{SETTING}: oscillates, it jumps from side to side. {REACHED} {RATIO}",
    "diverges": f"{SETTING}: diverges, its last steps climb above the start. {REACHED} {RATIO}",
    "overflows": f"{SETTING}: diverges, its last steps climb above the start. {LEFT} {RATIO}",
    "overflows at once": f"{SETTING}: diverges, its last steps climb above the start. {LEFT}",
}
NAMES = (("w", -0.62, -0.72), ("b", 0.98, -0.32), ("J", -1.42, 0.42))  # of the landscape's edges, and their places
STEPS = Slider(2, MOST, 1, 15)
SLIDERS: dict[str, dict[str, Spec]] = {
    "curve": {
        "rate": Slider(0.001, 1.0, 0.02, 0.1, log=True, label="learning rate"),
        "steps": STEPS,
        "start": Slider(-1.0, 7.0, 0.1, 0.0, label="start w"),
    },
    "map": {
        "rate": Slider(0.01, 100.0, 0.02, 1.0, log=True, label="learning rate"),
        "steps": STEPS,
        "w": Slider(-3.0, 5.0, 0.1, 4.0, label="start w"),
        "b": Slider(-3.5, 2.5, 0.1, 2.0, label="start b"),
    },
}
ALT = {
    "curve": "Steps of gradient descent on a parabola J(w), and J above its lowest value after each step.",
    "map": "A landscape, the cost J(w, b), from the side and as a map, with one path of gradient descent on both.",
}


class DescentView(View):
    """Gradient descent on a curve of one parameter, or in a landscape of two, which is shown twice."""

    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self, on: str = "curve"):
        self.ground = choice("descent", "on", on, GROUNDS)
        self.alt, self.sliders = ALT[on], SLIDERS[on]
        self.fig = Figure(figsize=(8.2, 3.6))
        self.fig.set_layout_engine("constrained", h_pad=0.1)  # room for the title, which moves
        left, right = self.fig.subplots(1, 2, width_ratios=(1.25, 1))
        self._relief = None if on == "curve" else _relief(self.ground)
        if self._relief:
            _draw_relief(left, self._relief, self.ground)
            _draw_map(right, self.ground)
            self._ground, self._path, self._second = right, _path(right), _path(left)
        else:
            _draw_curve(left, self.ground)
            self._ground, self._path, self._second = left, _path(left), [_costs(right)]
        self._title = left.set_title(" ", loc="left", fontsize=12)
        self.artists = [*self._path, *self._second, self._title]
        self.data = _data(on, self.ground, self._ground, list(self.sliders)[2:])
        if self._relief:
            self.data |= _data_of_relief(self._relief, self.ground, left)

    def frame(self, rate: float, steps: int, **start: float) -> DescentFrame:
        """Return the frame of a descent; `start` is a number for each parameter, by the names of the sliders.

        >>> DescentView("map").frame(rate=5.4, steps=60, w=4.0, b=2.0).kind
        'oscillates'
        """
        place = [start[name] for name in self.sliders if name in start]
        frame = descend(self.ground, rate, steps, place)
        if not self._relief:
            return frame
        with np.errstate(invalid="ignore", over="ignore"):
            return dataclasses.replace(frame, aside=self._relief.view(*frame.path.T, frame.costs))

    def words(self, frame: DescentFrame) -> Words:
        """Return the sentence's name and its numbers.

        >>> view = DescentView()
        >>> view.sentence(view.frame(rate=0.125, steps=3, start=1.0)).partition(". ")[2]
        'J from 8.167 to 0.2917. Last step = 0.50 × the step before.'
        """
        numbers = {"rate": frame.rate, "steps": frame.steps, "ratio": frame.ratio}
        numbers |= {"first": frame.costs[0], "last": frame.costs[-1]}
        if np.isfinite(frame.costs[-1]):
            return Words(frame.kind, numbers)
        return Words("overflows at once" if np.isnan(frame.ratio) else "overflows", numbers)

    def draw(self, frame: DescentFrame) -> None:
        _move(self._path, within(frame.points, self._ground.get_xlim(), self._ground.get_ylim()))
        if self._relief:
            _move(self._second, frame.aside)
        else:
            self._second[0].set_data(np.arange(len(frame.gap)), np.clip(frame.gap, LOW, HIGH))
        self._title.set_text(fill(TITLE, vars(frame)))


def _data(on, ground, ax, parameters):
    """Return what the page needs: the ground's examples and the look of its map, the picture's ends and title."""
    ends = [ax.get_xlim(), ax.get_ylim()]
    common = {"on": on, "sides": ground.sides, "best": ground.best, "parameters": parameters, "ends": ends}
    common |= {"title": TITLE, "most": MOST, "low": LOW, "high": HIGH}
    if on == "curve":
        return common | {"kg": KG, "euro": EURO}
    colours = {"fill": ramp("Blues"), "line": LINE, "label": DARK_LINE}
    at = contour_levels(heights("descent", ground.cost, *ground.sides)[2], 12)
    return common | {"colour": COLOUR, "sweet": SWEET, "levels": at.tolist(), "colours": colours}


def _data_of_relief(relief, ground, ax):
    """Return what the page needs of the landscape from the side: its faces, its lowest place, its labels."""
    corners, means = relief.faces()
    ends = [ax.get_xlim(), ax.get_ylim()]
    star = relief.view(*ground.best, ground.cost(*ground.best))
    look = {"turn": TURN, "tilt": TILT, "rise": RISE, "low": relief.heights.min(), "high": relief.heights.max()}
    faces = {"corners": corners.reshape(-1, 8), "means": means, "ends": ends, "star": star, "names": NAMES}
    return {"relief": look | faces}


def _draw_curve(ax, ground):
    (w,) = ground.sides
    ax.plot(w, [ground.cost(at) for at in w], color=BLUE, lw=2.5)
    ax.set(xlabel="w", ylabel="J(w)", xlim=(w[0], w[-1]), ylim=(-2, 40))
    ax.grid(color=GRID)


def _draw_map(ax, ground):
    # aspect: a stride leaves its line at a right angle
    contours(ground.cost, *ground.sides, ax=ax, lowest=ground.best, aspect="equal")


def _relief(ground):
    return Relief(ground.sides, heights("descent", ground.cost, *ground.sides)[2])


def _draw_relief(ax, relief, ground):
    corners, means = relief.faces()
    low, high = relief.heights.min(), relief.heights.max()
    shades = {"array": means, "cmap": "Blues", "clim": (low, 2 * high - low)}  # as pale as the map
    ax.add_collection(PolyCollection(corners, edgecolors=LINE, linewidths=0.4, **shades))
    ax.plot(*relief.view(*ground.best, ground.cost(*ground.best)), "*", color=BLACK, ms=11, zorder=5)
    for name, x, y in NAMES:
        ax.text(x, y, name, fontsize=11, ha="center", va="center")
    ax.set(xlim=(-1.5, 1.5), ylim=(-1.0, 1.65), aspect="equal")
    ax.set_axis_off()


def _path(ax):
    (path,) = ax.plot([0], [0], "o-", color=ORANGE, ms=4, lw=1.4, zorder=6)
    (start,) = ax.plot([0], [0], "s", color=ORANGE, ms=8, mec="white", zorder=7, clip_on=False)
    (end,) = ax.plot([0], [0], "o", color=BLACK, ms=8, mec="white", zorder=8)
    return [path, start, end]


def _move(artists, points):
    """Move a path, its start and its end to the points that are numbers."""
    shown = points[~np.isnan(points).any(axis=1)]  # (points that are numbers, 2)
    for artist, part in zip(artists, (shown, shown[:1], shown[-1:]), strict=True):
        artist.set_data(*part.T)


def _costs(ax):
    ax.set(xlabel="step", ylabel="J − lowest J", yscale="log", xlim=(-1, MOST + 1), ylim=(LOW / 2, HIGH * 2))
    ax.grid(color=GRID)
    (costs,) = ax.plot([0], [1], "o-", color=ORANGE, ms=4, lw=1.4)
    return costs


def descent(on: str = "curve") -> Live:
    """Return gradient descent with sliders for the learning rate, the number of steps and the start.

    Parameters
    ----------
    on : {"curve", "map"}
        The squared error of one weight, a parabola; or the cross-entropy of a neuron over w and b, as a landscape
        from the side and as a map.

    Raises
    ------
    ValueError
        For another ground.

    >>> print(descent().status.split(",")[1])
     15 steps: works
    """
    return DescentView(on).live()
