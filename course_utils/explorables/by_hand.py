"""Downhill by hand: ten learners of driving, a neuron's curve, and one number to make small, its cost."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from course_utils.activations import sigmoid
from course_utils.explorables.cost import HOURS, PASSED, X
from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.losses import binary_crossentropy
from course_utils.plots.boundary import CLASSES
from course_utils.style import BLACK, GREY, GRID, ORANGE

BEST = (0.23683834, -2.07599079)  # w and b of the lowest cost
BASELINE = float(np.log(2))  # what 0.5 to everyone costs
LOW, HIGH = 1e-5, 20.0  # of the bar: J above its lowest value
ARRIVED = 5e-4  # what is nearer to the lowest value than this agrees with it in three decimals, or nearly

PLACE = "w = {w:.2f}, b = {b:.1f}"
TITLES = {"place": PLACE, "cost": "J = {cost:.4f}"}
COST = f"{PLACE}: the cost J is {{cost:.4f}}, {{gap:.4f}} above the lowest."
SENTENCES = {
    "worse": f"{COST} 0.5 to everyone costs less.",
    "better": f"{COST} That is less than 0.5 to everyone costs.",
    "arrived": f"{COST} You have found the valley.",
}


@dataclass(frozen=True)
class ByHandFrame:
    """A curve over the hours, and its cost."""

    w: float
    b: float
    p: np.ndarray  # (10,), each learner's probability to pass
    cost: float  # the mean cross-entropy J
    gap: float  # J above its lowest value, never below 0
    curve: np.ndarray  # (401,), p at each X


def learners_cost(w: float, b: float) -> float:
    """Mean cross-entropy of a neuron that says from the hours who passes.

    >>> round(learners_cost(0.4, -4.0), 3)
    0.599
    """
    return float(binary_crossentropy(PASSED, w * HOURS + b, from_logits=True))


LOWEST = learners_cost(*BEST)


class ByHandView(View):
    """Ten learners, a neuron's curve, and its cost as a bar."""

    alt = "Ten learners' results over their hours with the neuron's curve, beside a bar: its cost above the lowest."
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self):
        self.sliders = {"w": Slider(-0.5, 2.0, 0.01, 0.4), "b": Slider(-12.0, 4.0, 0.1, -4.0)}
        self.fig = Figure(figsize=(8.2, 3.6), layout="constrained")
        left, right = self.fig.subplots(1, 2, width_ratios=(1.6, 1))
        self.artists = [*_people(left), *_bar(right)]
        self.data = {
            "hours": HOURS,
            "passed": PASSED,
            "X": X,
            "lowest": LOWEST,
            "baseline": BASELINE,
            "arrived": ARRIVED,
            "low": LOW,
            "high": HIGH,
            "titles": TITLES,
            "ends": {"people": [left.get_xlim(), left.get_ylim()], "bar": [right.get_xlim(), right.get_ylim()]},
        }

    def frame(self, w: float, b: float) -> ByHandFrame:
        """Return the frame: the curve, each learner's p, and the cost.

        >>> frame = ByHandView().frame(w=0.0, b=0.0)
        >>> round(frame.cost, 4), round(frame.gap, 4)
        (0.6931, 0.1596)
        """
        cost = learners_cost(w, b)
        return ByHandFrame(w, b, sigmoid(w * HOURS + b), cost, max(cost - LOWEST, 0.0), curve=sigmoid(w * X + b))

    def words(self, frame: ByHandFrame) -> Words:
        numbers = {"w": frame.w, "b": frame.b, "cost": frame.cost, "gap": frame.gap}
        if frame.gap < ARRIVED:
            return Words("arrived", numbers)
        return Words("better" if frame.cost < BASELINE else "worse", numbers)

    def draw(self, frame: ByHandFrame) -> None:
        stems, curve, place, bar, cost = self.artists
        curve.set_ydata(frame.curve)
        gaps = np.column_stack([PASSED, frame.p, np.full(len(HOURS), np.nan)])
        stems.set_data(np.repeat(HOURS, 3), gaps.ravel())
        bar.set_data([0, 0], [LOW, np.clip(frame.gap, LOW, HIGH)])
        place.set_text(fill(TITLES["place"], vars(frame)))
        cost.set_text(fill(TITLES["cost"], vars(frame)))


def _people(ax):
    ax.set(xlabel="hours of lessons", ylabel="p (pass)", xlim=X[[0, -1]], ylim=(-0.08, 1.08))
    ax.grid(color=GRID)
    (stems,) = ax.plot([], [], color=GREY, lw=1.5)
    (curve,) = ax.plot(X, 0 * X, color=BLACK, lw=2.5)
    for k in (0, 1):
        ax.plot(HOURS[k == PASSED], PASSED[k == PASSED], ls="", ms=9, mec="white", zorder=4, **CLASSES[k])
    return stems, curve, ax.set_title(" ", loc="left", fontsize=12)


def _bar(ax):
    ax.set(ylabel="J − lowest J", yscale="log", xlim=(-1, 1), ylim=(LOW, HIGH), xticks=[])
    ax.grid(axis="y", color=GRID)
    ax.set_axisbelow(True)
    ax.axhline(BASELINE - LOWEST, color=GREY, ls="--", lw=1.5)
    ax.text(0.96, (BASELINE - LOWEST) * 1.25, "0.5 to everyone", ha="right", fontsize=10)
    (bar,) = ax.plot([], [], color=ORANGE, lw=46, solid_capstyle="butt")
    return bar, ax.set_title(" ", loc="left", fontsize=12)


def by_hand() -> Live:
    """Return ten learners, a neuron's curve with sliders for w and b, and its cost, which they can lower by hand.

    >>> view = by_hand()
    >>> view.move(w=0.24, b=-2.1)
    >>> view.status
    'w = 0.24, b = −2.1: the cost J is 0.5336, 0.0000 above the lowest. You have found the valley.'
    """
    return ByHandView().live()
