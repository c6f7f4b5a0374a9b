"""One neuron on one input: slide the weight and the bias, and watch the curve, its threshold and one input."""

import numpy as np
from matplotlib.figure import Figure

from course_utils import activations as act
from course_utils._checks import choice
from course_utils.live.view import View
from course_utils.style import BLUE, ORANGE

CURVES = {"step": act.step, "sigmoid": act.sigmoid, "tanh": act.tanh, "ReLU": act.relu}
AT_THRESHOLD = {"step": "jumps", "sigmoid": "passes 0.5", "tanh": "passes 0", "ReLU": "bends"}
X = np.linspace(-10, 10, 1001)  # (1001,)
TOP = 1.4  # of the axes; a ReLU leaves through it
GREY = "#555555"
ALT = "Curve of one neuron: output a against input x, with the threshold and one input marked."


def neuron_frame(w, b, x, activation="sigmoid"):
    """Return the frame of a neuron: z = w x + b and a at one input x, the curve a(X), and the threshold -b / w.

    >>> now = neuron_frame(w=2.0, b=-1.0, x=1.0, activation="sigmoid")
    >>> now["threshold"], now["z"], round(now["a"], 4), now["curve"].shape
    (0.5, 1.0, 0.7311, (1001,))
    """
    g, z = CURVES[activation], w * x + b
    one = {"w": w, "b": b, "x": x, "z": z, "a": float(g(np.float64(z)))}
    return {**one, "curve": g(w * X + b), "threshold": -b / w if w else None, "activation": activation}


def neuron_words(now):
    """Return the frame in words.

    >>> neuron_words(neuron_frame(2.0, -1.0, 1.0, "sigmoid"))
    'w = 2.00, b = −1.00: the output passes 0.5 at x = 0.50. Input x = 1.00 gives z = 1.00 and a = 0.73.'
    """
    w, b, x, z, a = (_n(now[key]) for key in "wbxza")
    where = f"the output {AT_THRESHOLD[now['activation']]} at x = {_n(now['threshold'])}"
    flat = "the output is the same for every x"
    return f"w = {w}, b = {b}: {flat if now['w'] == 0 else where}. Input x = {x} gives z = {z} and a = {a}."


def _n(value):
    """Return a number with two decimals and a true minus sign, but zero without one."""
    text = f"{0 if value is None else value:.2f}"
    return "0.00" if text == "-0.00" else text.replace("-", "−")


def neuron_view(activations=("step", "sigmoid")):
    """Return the view of a neuron on one input; `.live()` shows it."""
    for name in activations:
        choice("neuron", "activation", name, CURVES)
    fig = Figure(figsize=(7.6, 3.3), layout="constrained")
    ax = fig.add_subplot(xlabel="input x", ylabel="output a")
    ax.set(xticks=range(-10, 11, 2), yticks=(-1, -0.5, 0, 0.5, 1))
    ax.set(xlim=(-10, 10), ylim=(-1.2 if "tanh" in activations else -0.2, TOP))
    ax.grid(color="#e4e4e4")
    artists = _artists(ax)
    sliders = {"w": (-5.0, 5.0, 0.05, 1.0), "b": (-10.0, 10.0, 0.1, 0.0), "x": (-10.0, 10.0, 0.1, 2.0)}
    sliders["activation"] = list(activations)
    return View(fig, list(artists), neuron_frame, lambda now: _draw(now, *artists), neuron_words, ALT, sliders)


def _artists(ax):
    (wall,) = ax.plot([0, 0], [0, 1], "--", color=GREY, lw=1.5, transform=ax.get_xaxis_transform())
    (curve,) = ax.plot(X, 0 * X, color=BLUE, lw=2.5)
    (drop,) = ax.plot([0, 0], [0, 0], ":", color=ORANGE, lw=2)
    (dot,) = ax.plot([0], [0], "o", color=ORANGE, ms=10, mec="white", clip_on=False, zorder=5)
    left, right = (ax.set_title(" ", loc=side, fontsize=12) for side in ("left", "right"))
    left.set_color(ORANGE)
    right.set_color(GREY)
    return wall, curve, drop, dot, left, right


def _draw(now, wall, curve, drop, dot, left, right):
    x, threshold, top = now["x"], now["threshold"], min(now["a"], TOP)
    wall.set_xdata([np.nan if threshold is None else threshold] * 2)
    curve.set_ydata(now["curve"])
    drop.set_data([x, x], [0, top])
    dot.set_data([x], [top])
    dot.set_marker("^" if now["a"] > TOP else "o")  # above the axes: an arrow at the top edge
    left.set_text(f"x = {_n(x)}   z = {_n(now['z'])}   a = {_n(now['a'])}")
    right.set_text("w = 0: no threshold" if threshold is None else f"threshold −b/w = {_n(threshold)}")


def neuron(activations=("step", "sigmoid")):
    """Return a neuron on one input, with sliders for the weight w, the bias b and the input x.

    Parameters
    ----------
    activations : sequence of str
        To choose from: "step", "sigmoid", "tanh", "ReLU".

    Raises
    ------
    ValueError
        For an unknown activation.

    >>> neuron(activations=["sigmoid"]).said
    'w = 1.00, b = 0.00: the output passes 0.5 at x = 0.00. Input x = 2.00 gives z = 2.00 and a = 0.88.'
    """
    return neuron_view(activations).live()
