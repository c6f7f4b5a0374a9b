"""Gradient descent under the hand: one learning rate, from crawling to diverging, on a curve or on a map."""

import numpy as np
from matplotlib.figure import Figure

from course_utils._checks import choice
from course_utils.explorables.descent_model import GROUNDS, descent_frame
from course_utils.live.controls import Slider
from course_utils.live.view import View
from course_utils.plots.surface import contours, within
from course_utils.style import BLACK, BLUE, ORANGE

MOST = 30  # steps
LOW, HIGH = 1e-6, 1e3  # of the picture on the right: J above its lowest value
MEANS = {
    "stands still": "the slope is 0 here",
    "crawls": "the way is right, the steps are tiny",
    "works": "the steps shrink toward the lowest place",
    "oscillates": "it jumps from side to side",
    "diverges": "its last steps climb above the start",
}


def descent_words(now):
    """Return the frame in words.

    >>> descent_words(descent_frame(0.125, 3, 1.0))
    'Learning rate 0.125, 3 steps: works, the steps shrink toward the lowest place. J from 8.167 to 0.2917. \
Last step = 0.50 × the step before.'
    """
    first, last = (_n(now["costs"][i], ".4g") for i in (0, -1))
    reached = f"J from {first} " + (f"to {last}" if np.isfinite(now["costs"][-1]) else "out of all numbers")
    said = f"Learning rate {now['rate']:g}, {now['steps']} steps: {now['kind']}, {MEANS[now['kind']]}. {reached}."
    return said if np.isnan(now["ratio"]) else f"{said} Last step = {_n(now['ratio'], '.2f')} × the step before."


def _n(value, form):
    return f"{value + 0.0:{form}}".replace("-0.00", "0.00").replace("-", "−")


def descent_view(on="curve"):
    """Return the view of a descent, to be shown with `.live()`."""
    ground = choice("descent", "on", on, GROUNDS)
    fig = Figure(figsize=(8.2, 3.6))
    fig.set_layout_engine("constrained", h_pad=0.1)  # room for the title, which moves
    left, right = fig.subplots(1, 2, width_ratios=(1.25, 1))
    {"curve": _draw_curve, "map": _draw_map}[on](left, ground)
    right.set(xlabel="step", ylabel="J − lowest J", yscale="log", xlim=(-1, MOST + 1), ylim=(LOW / 2, HIGH * 2))
    right.grid(color="#e4e4e4")
    artists = _artists(left, right)

    def frame(rate, steps, **start):
        return descent_frame(rate, steps, *start.values(), on=on)

    def draw(now):
        _draw(now, left, *artists)

    return View(fig, list(artists), frame, draw, descent_words, ALT[on], SLIDERS[on])


def _draw_curve(ax, ground):
    (w,) = ground.sides
    ax.plot(w, [ground.cost(at) for at in w], color=BLUE, lw=2.5)
    ax.set(xlabel="w", ylabel="J(w)", xlim=(w[0], w[-1]), ylim=(-2, 40))
    ax.grid(color="#e4e4e4")


def _draw_map(ax, ground):
    look = {"lowest": ground.best, "aspect": "equal"}  # a stride leaves its line at a right angle
    contours(ground.cost, *ground.sides, ax=ax, **look)


def _artists(left, right):
    (path,) = left.plot([0], [0], "o-", color=ORANGE, ms=4, lw=1.4, zorder=6)
    (start,) = left.plot([0], [0], "s", color=ORANGE, ms=8, mec="white", zorder=7, clip_on=False)
    (end,) = left.plot([0], [0], "o", color=BLACK, ms=8, mec="white", zorder=8)
    (costs,) = right.plot([0], [1], "o-", color=ORANGE, ms=4, lw=1.4)
    return path, start, end, costs, left.set_title(" ", loc="left", fontsize=12)


def _draw(now, ax, path, start, end, costs, title):
    shown = within(now["points"], ax.get_xlim(), ax.get_ylim())
    shown = shown[~np.isnan(shown).any(axis=1)]  # (points that are numbers, 2)
    for artist, part in ((path, shown), (start, shown[:1]), (end, shown[-1:])):
        artist.set_data(*part.T)
    costs.set_data(np.arange(len(now["gap"])), np.clip(now["gap"], LOW, HIGH))
    title.set_text(f"{now['kind']}:  rate {now['rate']:g},  {now['steps']} steps")


RATE, STEPS = {"log": True, "label": "learning rate"}, (2, MOST, 1, 15)
SLIDERS = {
    "curve": {
        "rate": Slider(0.001, 1.0, 0.02, 0.1, **RATE),
        "steps": STEPS,
        "start": Slider(-1.0, 7.0, 0.1, 0.0, label="start w"),
    },
    "map": {
        "rate": Slider(0.01, 100.0, 0.02, 1.0, **RATE),
        "steps": STEPS,
        "w": Slider(-3.0, 5.0, 0.1, 4.0, label="start w"),
        "b": Slider(-3.5, 2.5, 0.1, 2.0, label="start b"),
    },
}
ALT = {
    "curve": "Steps of gradient descent on a parabola J(w), and J above its lowest value after each step.",
    "map": "Path of gradient descent on the map of J(w, b), and J above its lowest value after each step.",
}


def descent(on="curve"):
    """Return gradient descent with sliders for the learning rate, the number of steps and the start.

    Parameters
    ----------
    on : {"curve", "map"}
        The squared error of one weight, a parabola; or the cross-entropy of a neuron over w and b, as a map.

    Raises
    ------
    ValueError
        For another ground.

    >>> print(descent().said.split(",")[1])
     15 steps: works
    """
    return descent_view(on).live()
