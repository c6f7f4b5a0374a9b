"""Train once, then slide through time: the boundary of a model of two inputs, beside its cost."""

import functools
from dataclasses import dataclass

import contourpy
import numpy as np
from matplotlib.figure import Figure

from course_utils import _checks
from course_utils._checks import argument_error
from course_utils.datasets import logic_gate
from course_utils.layers import Dense, Input
from course_utils.live.controls import Slider
from course_utils.live.view import View
from course_utils.losses import binary_crossentropy
from course_utils.models import Sequential
from course_utils.optimizers import SGD
from course_utils.plots.boundary import CLASSES, MARGIN, SHADES
from course_utils.style import BLACK, BLUE, ORANGE

SIDE = 51  # points of the grid along each axis
ALT = "Left: what the model answers over the plane, at one moment of training. Right: its cost, that moment marked."


@dataclass(frozen=True)
class Film:
    """One training run, looked at every few epochs: `heat` (n, SIDE, SIDE), `outputs` (n, m), `cost` (n,)."""

    heat: np.ndarray
    outputs: np.ndarray
    cost: np.ndarray


def film(model, X, y, epochs, every, plane):
    """Train a compiled model, full batch, and keep what it answers at the start and after every few epochs."""
    heat, outputs = [], []
    for k in range(epochs // every + 1):
        if k:
            model.fit(X, y, batch_size=len(X), epochs=every, shuffle=False, verbose=0)
        heat.append(model.predict(plane).reshape(SIDE, SIDE))
        outputs.append(model.predict(X)[:, 0])
    outputs = np.array(outputs, np.float64)
    return Film(np.array(heat, np.float32), outputs, np.array([binary_crossentropy(y[:, 0], a) for a in outputs]))


def training_view(X=None, y=None, runs=None, *, epochs=2000, every=10):
    """Return the view of training runs, to be shown with `.live()`; without data, of XOR from four starts."""
    plain = X is None and runs is None
    X, y = _checked(*(logic_gate("XOR") if X is None else (X, y)))
    every = _checks.whole("training", "every", every)
    epochs = _checks.whole("training", "epochs", epochs, low=every) // every * every
    across, up = (np.linspace(low, high, SIDE) for low, high in _bounds(X))
    films = _xor_films(epochs, every) if plain else _films(X, y, runs, epochs, every)
    if not films:
        raise argument_error("training", "runs is empty", '{"name": model}', "nothing")

    def frame(run, step):
        now = _checks.choice("training", "run", run, films)
        k = int(np.clip(round(step / every), 0, epochs // every))
        right = (now.outputs[k] > 0.5) == (y[:, 0] > 0.5)
        edge = contourpy.contour_generator(across, up, now.heat[k]).lines(0.5)
        parts = {"heat": now.heat[k], "edge": _joined(edge), "costs": now.cost, "outputs": now.outputs[k]}
        return {"run": run, "step": k * every, "cost": now.cost[k], "right": right, **parts}

    fig = Figure(figsize=(7.6, 3.7), layout="constrained")
    left, right = fig.subplots(1, 2, width_ratios=(1, 1.1))
    steps, top = np.arange(epochs // every + 1) * every, max(f.cost.max() for f in films.values())
    artists = [*_plane(left, X, y, (across[0], across[-1], up[0], up[-1])), *_costs(right, steps, top)]
    fig.legend(loc="outside lower center", ncols=3, frameon=False)
    sliders = {"run": list(films), "step": Slider(0, epochs, every, epochs)}
    return View(fig, artists, frame, lambda now: _draw(now, *artists), training_words, ALT, sliders)


@functools.cache  # the view of XOR may be made again and again: it is trained once
def _xor_films(epochs, every):
    return _films(*logic_gate("XOR"), None, epochs, every)


def _films(X, y, runs, epochs, every):
    """Return a film of each run by name; without runs, of a 2-2-1 network from four starts."""
    models = {f"seed {seed}": network(seed) for seed in (6, 3, 5, 0)} if runs is None else dict(runs)
    across, up = (np.linspace(low, high, SIDE) for low, high in _bounds(X))
    plane = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)  # (SIDE * SIDE, 2)
    return {name: film(model, X, y, epochs, every, plane) for name, model in models.items()}


def network(seed, width=2, activation="sigmoid"):
    """Return a two-layer network for two inputs, ready to train: kernels N(0, 1), learning rate 0.5.

    >>> network(3).count_params()
    9
    """
    look = {"kernel_initializer": lambda shape, rng: rng.standard_normal(shape)}
    layers = [Input((2,)), Dense(width, activation, **look), Dense(1, "sigmoid", **look)]
    model = Sequential(layers, rng=seed, dtype="float64")
    model.compile(SGD(0.5), loss="binary_crossentropy")
    return model


def _checked(X, y):
    X, y = _checks.as_array("training", "X", X), _checks.as_array("training", "y", y)
    if X.ndim != 2 or X.shape[1] != 2 or not len(X):
        raise argument_error("training", "X must be points in a plane", "(m, 2)", X.shape)
    if y.shape != (len(X), 1) or not np.isin(y, (0, 1)).all():
        raise argument_error("training", "y must hold a 0 or a 1 for each point", (len(X), 1), y.shape)
    return X, y


def _bounds(X):
    for low, high in zip(X.min(axis=0), X.max(axis=0), strict=True):
        free = MARGIN * (high - low) or 1.0
        yield low - free, high + free


def _joined(lines):
    """Put the pieces of a contour into one line with gaps, (n, 2)."""
    gap = np.full((1, 2), np.nan)
    return np.concatenate([part for line in lines for part in (line, gap)] or [gap])


def training_words(now):
    """Return the frame in words."""
    m, hits = len(now["right"]), int(now["right"].sum())
    score = f"solved, {m} of {m}" if hits == m else f"{hits} of {m}"
    few = f" Outputs {', '.join(f'{a:.2f}' for a in now['outputs'])}." if m <= 4 else ""
    return f"{now['run']}, after {now['step']:,} steps: cost {now['cost']:.3f}, {score}.{few}"


def _plane(ax, X, y, extent):
    ax.set(xlabel="$x_1$", ylabel="$x_2$", xlim=extent[:2], ylim=extent[2:])
    look = {"cmap": SHADES, "vmin": 0, "vmax": 1, "origin": "lower", "aspect": "auto"}
    heat = ax.imshow(np.zeros((SIDE, SIDE)), extent=extent, **look)
    (edge,) = ax.plot([], [], "--", color=BLACK, lw=2, label="output 0.5")
    size = 11 if len(X) <= 20 else 6
    points = [
        ax.plot(*X[y[:, 0] == c].T, ls="", ms=size, mec="white", label=f"class {c}", **look)[0]
        for c, look in CLASSES.items()
    ]
    return heat, edge, *points, ax.set_title(" ", loc="left", fontsize=11)


def _costs(ax, steps, top):
    ax.set(xlabel="step", ylabel="cost", xlim=(0, steps[-1]), ylim=(0, 1.08 * top))
    ax.grid(color="#e4e4e4")
    (curve,) = ax.plot(steps, 0 * steps, color=BLUE, lw=2.2)
    (dot,) = ax.plot([0], [0], "o", color=ORANGE, ms=10, mec="white", clip_on=False, zorder=5)
    return curve, dot, ax.set_title(" ", loc="left", fontsize=11)


def _draw(now, heat, edge, _zeros, _ones, score, curve, dot, note):
    m, hits = len(now["right"]), int(now["right"].sum())
    heat.set_data(now["heat"])
    edge.set_data(*now["edge"].T)
    curve.set_ydata(now["costs"])
    dot.set_data([now["step"]], [now["cost"]])
    score.set_text(f"{hits} of {m}" + (", solved" if hits == m else ""))
    note.set_text(f"{now['run']}: cost {now['cost']:.3f}")


def training(X=None, y=None, runs=None, *, epochs=2000, every=10):
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
        If X is not (m, 2), y does not fit it, or there is no run.

    >>> training(runs={"seed 3": network(3)}, epochs=1200).said
    'seed 3, after 1,200 steps: cost 0.042, solved, 4 of 4. Outputs 0.03, 0.96, 0.96, 0.05.'
    """
    return training_view(X, y, runs, epochs=epochs, every=every).live()
