"""A long narrow valley: descent with and without momentum, where the curvature across is fifty times that along."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.page.telling import ramp
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.plots.surface import DARK_LINE, LINE, contour_levels, contours, heights, within
from course_utils.style import BLACK, BLUE, GRID, ORANGE

CURVATURES = np.array([1.0, 50.0])  # along the valley and across it
START = np.array([-10.0, 2.0])
BOTTOM = (0.0, 0.0)
MOST = 100  # steps
SIDES = (np.linspace(-12, 12, 97), np.linspace(-6, 6, 97))  # of the map
RIGHT = {"x": (-2, MOST + 2), "y": (1e-6, 1e6)}  # of the picture on the right
ARRIVED, FAR = 0.01, 1.0  # a cost that counts as the bottom; a way past the bottom that is told

TITLES = {"map": "rate {rate:g}, momentum {momentum:.2f}", "costs": "J after {steps} steps: {last:.2g}"}
SETTING = "Learning rate {rate:g}, momentum {momentum:.2f}, {steps} steps: J from {first:.4g} to {last:.3g}."
SENTENCES = {
    "diverges": f"{SETTING} It diverges: the steps across the valley are too long.",
    "arrives": f"{SETTING} It has arrived.",
    "shoots past": f"{SETTING} It shoots past the bottom, by {{past:.1f}} at the farthest.",
    "creeps": f"{SETTING} It creeps: {{left:.0f}} % of the way along the valley are left.",
}


@dataclass(frozen=True)
class ValleyFrame:
    """A descent of so many steps."""

    rate: float
    momentum: float
    steps: int
    kind: str  # "diverges", "arrives", "shoots past" or "creeps"
    path: np.ndarray  # (steps + 1, 2)
    costs: np.ndarray  # (steps + 1,), J at each place
    last: float  # J at the end


def cost(along: float, across: float) -> float:
    """Return J, half of the curvatures times the squares.

    >>> cost(2.0, 0.0), cost(0.0, 2.0)
    (2.0, 100.0)
    """
    return float(0.5 * (CURVATURES[0] * along**2 + CURVATURES[1] * across**2))


def descend(rate: float, momentum: float, steps: int) -> np.ndarray:
    """Return the places (steps + 1, 2) of a descent with momentum, from the start of the view.

    >>> descend(0.01, 0.5, 2).round(4).tolist()
    [[-10.0, 2.0], [-9.9, 1.0], [-9.751, 0.0]]
    """
    w, v, path = START, np.zeros(2), [START]
    for _ in range(steps):
        v = momentum * v - rate * (CURVATURES * w)
        w = w + v
        path.append(w)
    return np.array(path)


class ValleyView(View):
    """The map of the valley with the path of a descent, and J over the steps."""

    alt = "Left: the path of a descent with momentum on the map of a long narrow valley. Right: J over the steps."
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self):
        self.sliders = {
            "rate": Slider(0.003, 0.1, 0.02, 0.03, log=True, label="learning rate"),
            "momentum": Slider(0.0, 0.99, 0.01, 0.0),
            "steps": Slider(1, MOST, 1, 60),
        }
        self.fig = Figure(figsize=(8.6, 3.6))
        self.fig.set_layout_engine("constrained", h_pad=0.1)
        left, right = self.fig.subplots(1, 2, width_ratios=(1.6, 1))
        contours(cost, *SIDES, ax=left, lowest=BOTTOM, levels=10, xlabel="w0, along", ylabel="w1, across")
        left.set_aspect("equal")
        right.set(xlabel="step", ylabel="J", xlim=RIGHT["x"], ylim=RIGHT["y"], yscale="log")
        right.grid(color=GRID)
        (path,) = left.plot([0], [0], "o-", color=ORANGE, ms=3.5, lw=1.3, zorder=6)
        (end,) = left.plot([0], [0], "o", color=BLACK, ms=8, mec="white", zorder=8)
        (costs,) = right.plot([0], [1], "-", color=BLUE, lw=2, zorder=4)
        titles = [ax.set_title(" ", loc="left", fontsize=12) for ax in (left, right)]
        self.artists = [path, end, costs, *titles]
        J = heights("valley", cost, *SIDES)[2]  # (97, 97)
        self.data = {"curvatures": CURVATURES, "start": START, "most": MOST, "arrived": ARRIVED, "far": FAR}
        self.data |= {"sides": SIDES, "heights": J, "levels": contour_levels(J, 10), "best": BOTTOM}
        self.data |= {"right": RIGHT, "titles": TITLES}
        self.data |= {"colours": {"fill": ramp("Blues"), "line": LINE, "label": DARK_LINE}}

    @np.errstate(over="ignore", invalid="ignore")
    def frame(self, rate: float, momentum: float, steps: int) -> ValleyFrame:
        """Return the frame of a descent.

        >>> view = ValleyView()
        >>> [view.frame(rate, 0.0, 60).kind for rate in (0.003, 0.039, 0.041)]
        ['creeps', 'creeps', 'diverges']
        """
        steps = min(max(int(steps), 1), MOST)
        path = descend(rate, momentum, steps)  # (steps + 1, 2)
        costs = 0.5 * (CURVATURES[0] * path[:, 0] ** 2 + CURVATURES[1] * path[:, 1] ** 2)  # (steps + 1,)
        return ValleyFrame(rate, momentum, steps, _kind(path, costs), path, costs, last=float(costs[-1]))

    def words(self, frame: ValleyFrame) -> Words:
        along = frame.path[:, 0]
        numbers = {key: getattr(frame, key) for key in ("rate", "momentum", "steps", "last")}
        numbers |= {"first": frame.costs[0], "past": along.max(), "left": 100 * along[-1] / along[0]}
        return Words(frame.kind, numbers)

    def draw(self, frame: ValleyFrame) -> None:
        path, end, costs, name, reached = self.artists
        shown = within(frame.path, *SIDES)
        path.set_data(*shown.T)
        end.set_data(*shown[-1:].T)
        costs.set_data(np.arange(frame.steps + 1), np.clip(frame.costs, *RIGHT["y"]))
        name.set_text(fill(TITLES["map"], vars(frame)))
        reached.set_text(fill(TITLES["costs"], vars(frame)))


def _kind(path, costs):
    """Name a descent: by where its cost has come, and else by how far it went beyond the bottom."""
    if not costs[-1] <= costs[0]:  # it has grown, or left the floats
        return "diverges"
    if costs[-1] < ARRIVED:
        return "arrives"
    return "shoots past" if path[:, 0].max() > FAR else "creeps"


def valley() -> Live:
    """Return a descent in a long narrow valley, with sliders for the learning rate, the momentum and the steps.

    >>> print(valley().status.partition(". ")[0])
    Learning rate 0.03, momentum 0.00, 60 steps: J from 150 to 1.29
    """
    return ValleyView().live()
