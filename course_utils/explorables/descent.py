"""Gradient descent under the hand: one learning rate, from crawling to diverging, on a curve or on a map."""

import numpy as np
from matplotlib.figure import Figure

from course_utils.checks import choice
from course_utils.explorables.descent_model import COLOUR, EURO, GROUNDS, KG, SWEET, DescentFrame, descend
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
    "map": "Path of gradient descent on the map of J(w, b), and J above its lowest value after each step.",
}


class DescentView(View):
    """Gradient descent on a curve of one parameter, or on a map of two."""

    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self, on: str = "curve"):
        self.ground = choice("descent", "on", on, GROUNDS)
        self.alt, self.sliders = ALT[on], SLIDERS[on]
        self.fig = Figure(figsize=(8.2, 3.6))
        self.fig.set_layout_engine("constrained", h_pad=0.1)  # room for the title, which moves
        self._left, right = self.fig.subplots(1, 2, width_ratios=(1.25, 1))
        {"curve": _draw_curve, "map": _draw_map}[on](self._left, self.ground)
        right.set(xlabel="step", ylabel="J − lowest J", yscale="log", xlim=(-1, MOST + 1), ylim=(LOW / 2, HIGH * 2))
        right.grid(color=GRID)
        self.artists = _artists(self._left, right)
        self.data = _data(on, self.ground, [self._left.get_xlim(), self._left.get_ylim()], list(self.sliders)[2:])

    def frame(self, rate: float, steps: int, **start: float) -> DescentFrame:
        """Return the frame of a descent; `start` is a number for each parameter, by the names of the sliders.

        >>> DescentView("map").frame(rate=5.4, steps=60, w=4.0, b=2.0).kind
        'oscillates'
        """
        place = [start[name] for name in self.sliders if name in start]
        return descend(self.ground, rate, steps, place)

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
        path, start, end, costs, title = self.artists
        shown = within(frame.points, self._left.get_xlim(), self._left.get_ylim())
        shown = shown[~np.isnan(shown).any(axis=1)]  # (points that are numbers, 2)
        for artist, part in ((path, shown), (start, shown[:1]), (end, shown[-1:])):
            artist.set_data(*part.T)
        costs.set_data(np.arange(len(frame.gap)), np.clip(frame.gap, LOW, HIGH))
        title.set_text(fill(TITLE, vars(frame)))


def _data(on, ground, ends, parameters):
    """Return what the page needs: the ground's examples and the look of its map, the picture's ends and title."""
    common = {"on": on, "sides": ground.sides, "best": ground.best, "parameters": parameters, "ends": ends}
    common |= {"title": TITLE, "most": MOST, "low": LOW, "high": HIGH}
    if on == "curve":
        return common | {"kg": KG, "euro": EURO}
    colours = {"fill": ramp("Blues"), "line": LINE, "label": DARK_LINE}
    at = contour_levels(heights("descent", ground.cost, *ground.sides)[2], 12)
    return common | {"colour": COLOUR, "sweet": SWEET, "levels": at.tolist(), "colours": colours}


def _draw_curve(ax, ground):
    (w,) = ground.sides
    ax.plot(w, [ground.cost(at) for at in w], color=BLUE, lw=2.5)
    ax.set(xlabel="w", ylabel="J(w)", xlim=(w[0], w[-1]), ylim=(-2, 40))
    ax.grid(color=GRID)


def _draw_map(ax, ground):
    # aspect: a stride leaves its line at a right angle
    contours(ground.cost, *ground.sides, ax=ax, lowest=ground.best, aspect="equal")


def _artists(left, right):
    (path,) = left.plot([0], [0], "o-", color=ORANGE, ms=4, lw=1.4, zorder=6)
    (start,) = left.plot([0], [0], "s", color=ORANGE, ms=8, mec="white", zorder=7, clip_on=False)
    (end,) = left.plot([0], [0], "o", color=BLACK, ms=8, mec="white", zorder=8)
    (costs,) = right.plot([0], [1], "o-", color=ORANGE, ms=4, lw=1.4)
    return [path, start, end, costs, left.set_title(" ", loc="left", fontsize=12)]


def descent(on: str = "curve") -> Live:
    """Return gradient descent with sliders for the learning rate, the number of steps and the start.

    Parameters
    ----------
    on : {"curve", "map"}
        The squared error of one weight, a parabola; or the cross-entropy of a neuron over w and b, as a map.

    Raises
    ------
    ValueError
        For another ground.

    >>> print(descent().status.split(",")[1])
     15 steps: works
    """
    return DescentView(on).live()
