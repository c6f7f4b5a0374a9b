"""Train once, then slide through time: the boundary of a model of two inputs, beside its cost."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import contourpy
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.datasets import logic_gate
from course_utils.figure_settings import course_settings
from course_utils.layers import Dense, Input
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.page.telling import LARGEST, ramp, whole
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.losses import binary_crossentropy
from course_utils.models import Sequential
from course_utils.optimizers import SGD
from course_utils.plots.boundary import CLASSES, MARGIN, SHADES
from course_utils.style import BLACK, BLUE, GRID, ORANGE

SIDE = 51  # points of the grid along each axis
FEW = 4  # points: the outputs of no more are read out
MANY = 20  # points; of more, the markers are small

SO_FAR = "{run}, after {step:,} steps: cost {cost:.3f}"
SENTENCES = {
    "solved": f"{SO_FAR}, solved, {{hits}} of {{points}}. Outputs {{outputs:.2f}}.",
    "unsolved": f"{SO_FAR}, {{hits}} of {{points}}. Outputs {{outputs:.2f}}.",
    "solved, many points": f"{SO_FAR}, solved, {{hits}} of {{points}}.",
    "unsolved, many points": f"{SO_FAR}, {{hits}} of {{points}}.",
}
TITLES = {
    "solved": "{hits} of {points}, solved",
    "unsolved": "{hits} of {points}",
    "cost": "{run}: cost {cost:.3f}",
}


@dataclass(frozen=True)
class Film:
    """One training run, looked at every few epochs: `heat` (n, SIDE, SIDE), `outputs` (n, m), `cost` (n,).

    `heat` holds whole numbers of two bytes, LARGEST for an output of 1.
    """

    heat: np.ndarray
    outputs: np.ndarray
    cost: np.ndarray


@dataclass(frozen=True)
class TrainingFrame:
    """One moment of a run."""

    run: str
    step: int
    cost: float
    costs: np.ndarray  # (n,), of the whole run
    outputs: np.ndarray  # (m,), for each point
    right: np.ndarray  # (m,), booleans
    heat: np.ndarray  # (51, 51), the output over the plane, a row for each height


class TrainingView(View):
    """Training runs of models of two inputs; without data, of XOR from four starts."""

    alt = "Left: what the model answers over the plane, at one moment of training. Right: its cost, that moment marked."
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(
        self,
        X: ArrayLike | None = None,
        y: ArrayLike | None = None,
        runs: Mapping[str, Any] | None = None,
        *,
        epochs: int = 2000,
        every: int = 10,
    ):
        is_default = X is None and runs is None
        points, targets = _validate(*(logic_gate("XOR") if X is None else (X, y)))  # (m, 2), (m, 1)
        self.every = checks.whole("training", "every", every)
        epochs = checks.whole("training", "epochs", epochs, low=self.every) // self.every * self.every
        self.films = _xor_films(epochs, self.every) if is_default else _films(points, targets, runs, epochs, self.every)
        if not self.films:
            raise argument_error("training", "runs is empty", '{"name": model}', "nothing")
        self.targets, self.sides = targets[:, 0], _sides(points)
        self.sliders = {"run": list(self.films), "step": Slider(0, epochs, self.every, epochs)}
        self.fig = Figure(figsize=(7.6, 3.7), layout="constrained")
        left, right = self.fig.subplots(1, 2, width_ratios=(1, 1.1))
        steps, top = np.arange(0, epochs + 1, self.every), _top([film.cost for film in self.films.values()])
        size = 11 if len(points) <= MANY else 6
        self.artists = [*_plane(left, points, targets, self.sides, size), *_costs(right, steps, top)]
        self.data = {"films": {name: vars(film) for name, film in self.films.items()}, "every": self.every, "few": FEW}
        self.data |= {"points": points, "targets": self.targets, "sides": self.sides, "size": size, "steps": steps}
        self.data |= {"top": top, "full": LARGEST, "shades": ramp(SHADES), "titles": TITLES}
        self.fig.legend(loc="outside lower center", ncols=3, frameon=False)

    def frame(self, run: str, step: int) -> TrainingFrame:
        film = checks.choice("training", "run", run, self.films)
        k = int(np.clip(round(step / self.every), 0, len(film.cost) - 1))
        right = (film.outputs[k] > 0.5) == (self.targets > 0.5)  # (m,)
        moment = {"outputs": film.outputs[k], "right": right, "heat": film.heat[k] / LARGEST}
        return TrainingFrame(run, k * self.every, float(film.cost[k]), film.cost, **moment)

    def words(self, frame: TrainingFrame) -> Words:
        points, hits = len(frame.right), int(frame.right.sum())
        name = ("solved" if hits == points else "unsolved") + ("" if points <= FEW else ", many points")
        numbers = {"run": frame.run, "step": frame.step, "cost": frame.cost, "hits": hits, "points": points}
        return Words(name, numbers | ({"outputs": frame.outputs} if points <= FEW else {}))

    def draw(self, frame: TrainingFrame) -> None:
        heat, edge, _zeros, _ones, score, curve, dot, note = self.artists
        points, hits = len(frame.right), int(frame.right.sum())
        heat.set_data(frame.heat)
        edge.set_data(*_edge(frame.heat, *self.sides).T)
        curve.set_ydata(frame.costs)
        dot.set_data([frame.step], [frame.cost])
        title = TITLES["solved" if hits == points else "unsolved"]
        score.set_text(fill(title, {"hits": hits, "points": points}))
        note.set_text(fill(TITLES["cost"], vars(frame)))


def film(model: Any, X: np.ndarray, y: np.ndarray, epochs: int, every: int, plane: np.ndarray) -> Film:
    """Train a compiled model, full batch, and keep what it answers at the start and after every few epochs."""
    heat, outputs = [], []
    for k in range(epochs // every + 1):
        if k:
            model.fit(X, y, batch_size=len(X), epochs=every, shuffle=False, verbose=0)
        heat.append(model.predict(plane).reshape(SIDE, SIDE))
        outputs.append(model.predict(X)[:, 0])
    costs = [binary_crossentropy(y[:, 0], a) for a in np.array(outputs, np.float64)]
    seen = np.nan_to_num(np.array(heat), nan=0.5)  # a model that has diverged is for neither class
    return Film(whole(seen, top=1), np.array(outputs, np.float64), np.array(costs))


@functools.cache  # the view of XOR may be made again and again: it is trained once
def _xor_films(epochs, every):
    return _films(*logic_gate("XOR"), None, epochs, every)


def _films(X, y, runs, epochs, every):
    """Return a film of each run by name; without runs, of a 2-2-1 network from four starts."""
    models = {f"seed {seed}": network(seed) for seed in (6, 3, 5, 0)} if runs is None else dict(runs)
    plane = np.stack(np.meshgrid(*_sides(X)), axis=-1).reshape(-1, 2)  # (SIDE * SIDE, 2)
    return {name: film(model, X, y, epochs, every, plane) for name, model in models.items()}


def network(seed: int, width: int = 2, activation: str = "sigmoid") -> Sequential:
    """Return a two-layer network for two inputs, ready to train: kernels N(0, 1), learning rate 0.5.

    >>> network(3).count_params()
    9
    """

    def normal(shape, rng):
        return rng.standard_normal(shape)

    hidden = Dense(width, activation, kernel_initializer=normal)
    output = Dense(1, "sigmoid", kernel_initializer=normal)
    model = Sequential([Input((2,)), hidden, output], rng=seed, dtype="float64")
    model.compile(SGD(0.5), loss="binary_crossentropy")
    return model


def _validate(X, y):
    X, y = checks.as_array("training", "X", X), checks.as_array("training", "y", y)
    if X.ndim != 2 or X.shape[1] != 2 or not len(X):
        raise argument_error("training", "X must be points in a plane", "(m, 2)", X.shape)
    checks.check_finite("training", "X", X)
    if y.shape != (len(X), 1) or not np.isin(y, (0, 1)).all():
        raise argument_error("training", "y must hold a 0 or a 1 for each point", (len(X), 1), y.shape)
    return X, y


def _sides(X):
    """Return the places of the grid along each axis, 2 x (SIDE,), with a margin around the points."""
    sides = []
    for low, high in zip(X.min(axis=0), X.max(axis=0), strict=True):
        free = MARGIN * (high - low) or 1.0
        sides.append(np.linspace(low - free, high + free, SIDE))
    return sides


def _edge(heat, across, up):
    """Return the line where the answer is one half, (n, 2), its pieces with gaps of NaN between."""
    pieces = contourpy.contour_generator(across, up, heat).lines(0.5)
    gap = np.full((1, 2), np.nan)
    return np.concatenate([part for piece in pieces for part in (piece, gap)] or [gap])


def _plane(ax, X, y, sides, size):
    extent = [end for side in sides for end in side[[0, -1]]]
    ax.set(xlabel="$x_1$", ylabel="$x_2$", xlim=extent[:2], ylim=extent[2:])
    style = {"cmap": SHADES, "vmin": 0, "vmax": 1, "origin": "lower", "aspect": "auto"}
    heat = ax.imshow(np.zeros((SIDE, SIDE)), extent=extent, **style)
    (edge,) = ax.plot([], [], "--", color=BLACK, lw=2, label="output 0.5")
    points = [
        ax.plot(*X[y[:, 0] == c].T, ls="", ms=size, mec="white", label=f"class {c}", **style)[0]
        for c, style in CLASSES.items()
    ]
    return heat, edge, *points, ax.set_title(" ", loc="left", fontsize=11)


def _top(costs):
    """Return the highest cost that is finite; that of a saturated output may be infinite. 1 where there is none."""
    every = np.concatenate(costs)
    finite = every[np.isfinite(every)]
    return float(finite.max(initial=0.0)) or 1.0


def _costs(ax, steps, top):
    ax.set(xlabel="step", ylabel="cost", xlim=(0, steps[-1]), ylim=(0, 1.08 * top))
    ax.grid(color=GRID)
    (curve,) = ax.plot(steps, 0 * steps, color=BLUE, lw=2.2)
    (dot,) = ax.plot([0], [0], "o", color=ORANGE, ms=10, mec="white", clip_on=False, zorder=5)
    return curve, dot, ax.set_title(" ", loc="left", fontsize=11)


def training(
    X: ArrayLike | None = None,
    y: ArrayLike | None = None,
    runs: Mapping[str, Any] | None = None,
    *,
    epochs: int = 2000,
    every: int = 10,
) -> Live:
    """Return training runs with a choice of the run and a slider for the step; they are trained when it is called.

    Parameters
    ----------
    X : array_like, (m, 2), optional
        By default XOR, from two starts that solve it and two that do not.
    y : array_like of 0 and 1, (m, 1), optional
    runs : dict of str to model, optional
        Compiled models of two inputs and one output between 0 and 1: NumPy's or Keras's. They are trained.
    epochs, every : int
        How long, and how often to look. Each epoch is one full-batch step.

    Raises
    ------
    ValueError
        If X is not (m, 2) or not finite, y does not fit it, or there is no run.

    >>> training(runs={"seed 3": network(3)}, epochs=1200).status
    'seed 3, after 1,200 steps: cost 0.042, solved, 4 of 4. Outputs 0.03, 0.96, 0.96, 0.05.'
    """
    return TrainingView(X, y, runs, epochs=epochs, every=every).live()
