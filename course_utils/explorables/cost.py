"""What it costs to be wrong: ten learners of driving, a curve w x + b, and two losses for each of them."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from course_utils.activations import sigmoid
from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.losses import binary_crossentropy, mean_squared_error
from course_utils.plots.boundary import CLASSES
from course_utils.style import BLACK, GREY, GRID, SKY

NAMES = ("Ana", "Ben", "Cem", "Dia", "Eli", "Fay", "Gus", "Hal", "Ida", "Jon")
HOURS = np.array([2.0, 3.0, 4.0, 5.0, 6.0, 10.0, 11.0, 14.0, 17.0, 18.0])  # (10,) of driving lessons
PASSED = np.array([0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0])  # (10,) the test after them
X = np.linspace(HOURS.min() - 2, HOURS.max() + 2, 401)  # (401,)
PLACES = np.arange(len(HOURS))  # (10,) of the bars
ASIDE = 0.18  # of its place: the squared error's bar to the left, the cross-entropy's to the right
TOP = 5.5  # a bar that is taller is cut here, and its height written above it
WIDE = 99.95  # a loss from here on is written without a decimal
SIZE = 11  # of what stands above the two panels

CURVE = "w = {w:.2f}, b = {b:.1f}"
TITLES = {
    "curve": CURVE,
    "squared": "squared error   J = {costs[0]:.3f}",
    "cross": "cross-entropy   J = {costs[1]:.3f}",
}
COSTS = f"{CURVE}: squared error J = {{costs[0]:.3f}}, cross-entropy J = {{costs[1]:.3f}}."
LOSSES = "though the curve says p = {p:.3f}. Squared error {squared:.3f}, cross-entropy {cross:.3f}."
SENTENCES = {
    "passed": f"{COSTS} {{who}} costs most: passed, {LOSSES}",
    "failed": f"{COSTS} {{who}} costs most: failed, {LOSSES}",
    "same": f"{COSTS} All cost the same.",
}


@dataclass(frozen=True)
class CostFrame:
    """A curve over the hours, and what it costs each learner."""

    w: float
    b: float
    p: np.ndarray  # (10,), each learner's probability to pass
    squared: np.ndarray  # (10,), each learner's squared error
    cross: np.ndarray  # (10,), and cross-entropy
    costs: np.ndarray  # (2,), the mean of either
    worst: int  # who costs most; -1 where all cost the same
    curve: np.ndarray  # (401,), p at each X


class CostView(View):
    """Ten learners, a neuron's curve, and both losses of each learner."""

    alt = "Ten learners' results over their hours with the neuron's curve, beside two bars for each: its two losses."
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self):
        self.sliders = {"w": Slider(-0.5, 2.0, 0.05, 0.4), "b": Slider(-12.0, 4.0, 0.1, -4.0)}
        self.fig = Figure(figsize=(8.6, 3.6), layout="constrained")
        left, right = self.fig.subplots(1, 2, width_ratios=(1, 1.15))
        self.artists = [*_people(left), *_bars(right)]
        self.data = {
            "names": NAMES,
            "hours": HOURS,
            "passed": PASSED,
            "X": X,
            "aside": ASIDE,
            "top": TOP,
            "wide": WIDE,
            "size": SIZE,
            "titles": TITLES,
            "ends": {
                "people": [left.get_xlim(), left.get_ylim()],
                "bars": [right.get_xlim(), right.get_ylim()],
            },
        }

    def frame(self, w: float, b: float) -> CostFrame:
        """Return the frame: the curve, each learner's p and two losses, both costs J, and who costs most.

        >>> frame = CostView().frame(w=0.4, b=-4.0)
        >>> frame.squared.round(2)[3], frame.cross.round(2)[3], NAMES[frame.worst]
        (np.float64(0.78), np.float64(2.13), 'Dia')
        """
        z = w * HOURS + b  # (10,)
        p = sigmoid(z)
        cross = np.logaddexp(0, z) - PASSED * z  # -log p of what happened, from the logits: it has no cap
        costs = np.array([mean_squared_error(PASSED, p), binary_crossentropy(PASSED, z, from_logits=True)])
        worst = int(cross.argmax()) if cross.max() > cross.min() else -1
        return CostFrame(w, b, p, (PASSED - p) ** 2, cross, costs, worst, curve=sigmoid(w * X + b))

    def words(self, frame: CostFrame) -> Words:
        common = {"w": frame.w, "b": frame.b, "costs": frame.costs}
        if frame.worst < 0:
            return Words("same", common)
        i = frame.worst
        one = {"who": NAMES[i], "p": frame.p[i], "squared": frame.squared[i], "cross": frame.cross[i]}
        return Words("passed" if PASSED[i] else "failed", common | one)

    def draw(self, frame: CostFrame) -> None:
        stems, curve, _failed, _passed, place, squared, cross, first, second, *tall = self.artists
        curve.set_ydata(frame.curve)
        stems.set_data(_apart(HOURS), np.column_stack([PASSED, frame.p, np.full(len(HOURS), np.nan)]).ravel())
        place.set_text(fill(TITLES["curve"], vars(frame)))
        squared.set_data(_apart(PLACES - ASIDE), _heights(frame.squared))
        cross.set_data(_apart(PLACES + ASIDE), _heights(frame.cross))
        first.set_text(fill(TITLES["squared"], vars(frame)))
        second.set_text(fill(TITLES["cross"], vars(frame)))
        for text, loss in zip(tall, frame.cross, strict=True):
            text.set_text("" if loss <= TOP else f"{loss:.1f}" if loss < WIDE else f"{loss:.0f}")


def _people(ax):
    ax.set(xlabel="hours of lessons", ylabel="p (pass)", xlim=X[[0, -1]], ylim=(-0.08, 1.08))
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.grid(color=GRID)
    (stems,) = ax.plot([], [], color=GREY, lw=1.5)
    (curve,) = ax.plot(X, 0 * X, color=BLACK, lw=2.5)
    points = [
        ax.plot(HOURS[k == PASSED], PASSED[k == PASSED], ls="", ms=9, mec="white", label=label, zorder=4, **CLASSES[k])
        for k, label in enumerate(("failed", "passed"))
    ]
    style = {"frameon": False, "handletextpad": 0.2, "borderaxespad": 0.2, "borderpad": 0.2, "fontsize": SIZE}
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, **style)
    place = ax.text(0.02, 1.125, " ", va="center", fontsize=SIZE, transform=ax.transAxes)
    return stems, curve, *(line for (line,) in points), place


def _bars(ax):
    ax.set(ylabel="loss", xlim=(-0.6, len(NAMES) - 0.4), ylim=(0, TOP + 0.6), xticks=PLACES, xticklabels=NAMES)
    ax.set_axisbelow(True)
    ax.grid(axis="y", color=GRID)
    style = {"lw": 9, "solid_capstyle": "butt"}
    bars = [ax.plot([], [], color=color, **style)[0] for color in (SKY, BLACK)]
    tall = [ax.text(i + ASIDE, TOP + 0.08, "", ha="center", fontsize=9) for i in PLACES]
    for color, height in ((SKY, 1.125), (BLACK, 1.04)):
        ax.plot(0.02, height, "s", ms=9, color=color, transform=ax.transAxes, clip_on=False)
    costs = [ax.text(0.06, h, " ", va="center", fontsize=SIZE, transform=ax.transAxes) for h in (1.125, 1.04)]
    return *bars, *costs, *tall


def _apart(x):
    """Each x three times, for a line from below to above that a gap follows: one artist for all bars."""
    return np.repeat(x, 3)


def _heights(losses):
    return np.column_stack([0 * losses, np.minimum(losses, TOP), np.full(len(losses), np.nan)]).ravel()


def cost() -> Live:
    """Return ten learners, a neuron's curve with sliders for w and b, and both losses of each learner as bars.

    >>> view = cost()
    >>> view.move(w=0.0, b=0.0)
    >>> view.status[:65]
    'w = 0.00, b = 0.0: squared error J = 0.250, cross-entropy J = 0.6'
    """
    return CostView().live()
