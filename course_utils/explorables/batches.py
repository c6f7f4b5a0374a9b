"""All examples, a few, or one: a neuron reads 120 apples five times, in batches, and steps after each batch."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from course_utils.activations import sigmoid
from course_utils.datasets import minibatches
from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.page.telling import ramp
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.plots.surface import DARK_LINE, LINE, contour_levels, contours, heights, within
from course_utils.style import BLACK, BLUE, GRID, ORANGE

M, EPOCHS, ORDERS = 120, 5, 20
CENTRES = np.repeat([[-1.0, -0.5], [1.0, 0.5]], M // 2, axis=0)  # (120, 2)
X = CENTRES + np.random.default_rng(2).standard_normal((M, 2))  # (120, 2), colour and softness: the apples of lesson 04
Y = np.repeat([[0.0], [1.0]], M // 2, axis=0)  # (120, 1), sweet
BEST = (2.06101537, 1.17845760, -0.00478903)  # w0, w1, b of the lowest cost
SIDES = (np.linspace(-0.5, 4, 46), np.linspace(-1.5, 3, 46))  # of the map
# The ends and ticks of the picture on the right.
RIGHT = {"x": (-0.1, EPOCHS + 0.1), "y": (0.25, 0.72), "yticks": (0.3, 0.4, 0.5, 0.6, 0.7)}

TITLES = {"map": "batches of {batch_size}: {steps} steps", "costs": "J at the end: {last:.4f}", "lowest": "lowest J"}
SENTENCES = {
    "walk": "Batches of {batch_size}, learning rate {rate:g}, order {order}: {steps} steps, J from {first:.4f} to "
    "{last:.4f}. In the last epoch it lies between {low:.4f} and {high:.4f}. The lowest is {lowest:.4f}."
}


def cost(w0: float, w1: float, b: float = BEST[2]) -> float:
    """Mean cross-entropy over the 120 apples.

    >>> round(cost(0.0, 0.0, 0.0), 4), round(cost(*BEST), 4)
    (0.6931, 0.3027)
    """
    z = w0 * X[:, 0] + w1 * X[:, 1] + b  # (120,)
    return float(np.mean(np.logaddexp(0, z) - Y[:, 0] * z))


def orders() -> np.ndarray:
    """Return which apple comes when, (20, 5, 120): for each order and epoch what `minibatches` gives."""
    found = np.empty((ORDERS, EPOCHS, M), np.uint8)
    for order in range(ORDERS):
        rng = np.random.default_rng(order)
        for epoch in range(EPOCHS):
            ((found[order, epoch], _),) = minibatches(np.arange(M), np.arange(M), M, rng=rng)
    return found


ROWS = orders()


@dataclass(frozen=True)
class BatchesFrame:
    """A walk of five epochs."""

    batch_size: str
    rate: float
    order: int
    steps: int
    path: np.ndarray  # (steps + 1, 3), w0, w1 and b
    read: np.ndarray  # (steps + 1,), how many epochs have been read
    costs: np.ndarray  # (steps + 1,), J over all apples
    last: float  # J at the end


class BatchesView(View):
    """The map of the cost over both weights with the path of a neuron, and its cost over what it has read."""

    alt = "Left: the path of gradient descent in batches, on the map of the cost. Right: the cost over the epochs."
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self):
        self.sliders = {
            "batch_size": ["1", "12", "120"],
            "rate": Slider(0.02, 4.0, 0.02, 0.5, log=True, label="learning rate"),
            "order": Slider(0, ORDERS - 1, 1, 0, label="order of the apples"),
        }
        self.fig = Figure(figsize=(8.2, 3.8))
        self.fig.set_layout_engine("constrained", h_pad=0.1)
        left, right = self.fig.subplots(1, 2)
        contours(cost, *SIDES, ax=left, lowest=BEST[:2], xlabel="weight of the colour", ylabel="weight of the softness")
        left.set_aspect("equal")
        right.set(xlabel="epochs", ylabel="cost J", xlim=RIGHT["x"], ylim=RIGHT["y"], yticks=RIGHT["yticks"])
        right.grid(color=GRID)
        right.axhline(cost(*BEST), color=BLACK, ls="--", lw=2)
        right.text(0, cost(*BEST) - 0.01, TITLES["lowest"], va="top", fontsize=12)
        (path,) = left.plot([0], [0], "o-", color=ORANGE, ms=3, lw=1.2, zorder=6)
        (end,) = left.plot([0], [0], "o", color=BLACK, ms=8, mec="white", zorder=8)
        (costs,) = right.plot([0], [1], "-", color=BLUE, lw=2, zorder=4)
        titles = [ax.set_title(" ", loc="left", fontsize=12) for ax in (left, right)]
        self.artists = [path, end, costs, *titles]
        J = heights("batches", cost, *SIDES)[2]  # (46, 46)
        self.data = {"X": X, "y": Y[:, 0], "rows": ROWS, "sides": SIDES, "heights": J, "best": BEST, "right": RIGHT}
        self.data |= {
            "levels": contour_levels(J, 12),
            "colours": {"fill": ramp("Blues"), "line": LINE, "label": DARK_LINE},
        }
        self.data |= {"titles": TITLES, "lowest": cost(*BEST)}

    def frame(self, batch_size: str, rate: float, order: int) -> BatchesFrame:
        """Return the frame of a walk: a step after each batch.

        >>> frame = BatchesView().frame(batch_size="120", rate=0.5, order=0)
        >>> frame.steps, round(frame.last, 4)
        (5, 0.4038)
        """
        order = min(max(int(order), 0), ORDERS - 1)
        path = walk(int(batch_size), rate, order)  # (steps + 1, 3)
        z = path[:, :2] @ X.T + path[:, 2:]  # (steps + 1, 2) @ (2, 120) + (steps + 1, 1) -> (steps + 1, 120)
        costs = (np.logaddexp(0, z) - Y[:, 0] * z).mean(axis=1)  # (steps + 1,)
        steps = len(path) - 1
        read = np.arange(steps + 1) * EPOCHS / steps
        return BatchesFrame(batch_size, rate, order, steps, path, read, costs, last=float(costs[-1]))

    def words(self, frame: BatchesFrame) -> Words:
        epoch = frame.costs[-1 - frame.steps // EPOCHS :]  # the last one, with the cost at its beginning
        numbers = {key: getattr(frame, key) for key in ("batch_size", "rate", "order", "steps", "last")}
        numbers |= {"first": frame.costs[0], "low": epoch.min(), "high": epoch.max(), "lowest": cost(*BEST)}
        return Words("walk", numbers)

    def draw(self, frame: BatchesFrame) -> None:
        path, end, costs, name, reached = self.artists
        shown = within(frame.path[:, :2], *SIDES)
        path.set_data(*shown.T)
        end.set_data(*shown[-1:].T)
        costs.set_data(frame.read, frame.costs)
        name.set_text(fill(TITLES["map"], vars(frame)))
        reached.set_text(fill(TITLES["costs"], vars(frame)))


def walk(size: int, rate: float, order: int) -> np.ndarray:
    """Return the places (steps + 1, 3) of a neuron that begins with zeros and steps after each batch."""
    w, b = np.zeros((2, 1)), np.zeros(1)
    path = [np.zeros(3)]
    for rows in ROWS[order].reshape(-1, size):
        error = sigmoid(X[rows] @ w + b) - Y[rows]  # (size, 1)
        w = w - rate * X[rows].T @ error / size  # (2, 1)
        b = b - rate * error.mean(axis=0)  # (1,)
        path.append(np.append(w, b))
    return np.array(path)


def batches() -> Live:
    """Return gradient descent in batches, with sliders for their size, the learning rate and the order of the apples.

    >>> batches().status.partition(", order")[0]
    'Batches of 1, learning rate 0.5'
    """
    return BatchesView().live()
