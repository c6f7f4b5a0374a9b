"""One neuron on one input: slide the weight and the bias, and watch the curve, its threshold and one input."""

import numpy as np
from matplotlib.figure import Figure

from course_utils import activations
from course_utils._checks import choice
from course_utils.explorables._frame import View

CURVES = {
    "step": activations.step,
    "sigmoid": activations.sigmoid,
    "tanh": activations.tanh,
    "ReLU": activations.relu,
}
HALF = {"step": 0.5, "sigmoid": 0.5, "tanh": 0.0, "ReLU": 0.0}  # the output at z = 0; the step jumps over it
X = np.linspace(-10, 10, 1001)  # (1001,)
BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#666666"  # Okabe and Ito's: told apart by every eye


def neuron_frame(w, b, x, activation="sigmoid"):
    """Return the frame of a neuron: z = w x + b and a at one input x, the curve a(X), and the threshold -b / w.

    >>> now = neuron_frame(w=2.0, b=-1.0, x=1.0, activation="sigmoid")
    >>> now["threshold"], now["z"], round(now["a"], 4), now["curve"].shape
    (0.5, 1.0, 0.7311, (1001,))
    """
    curve = CURVES[activation]
    z = w * x + b
    at = {"w": w, "b": b, "x": x, "z": z, "a": float(curve(np.float64(z)))}
    return {**at, "curve": curve(w * X + b), "threshold": -b / w if w else None, "activation": activation}


def neuron_words(now):
    """Return the frame in words.

    >>> neuron_words(neuron_frame(2.0, -1.0, 1.0, "sigmoid"))
    'w = 2.00, b = −1.00: the output passes 0.5 at x = 0.50. Input x = 1.00 gives z = 1.00 and a = 0.73.'
    """
    return f"w = {_n(now['w'])}, b = {_n(now['b'])}: {_threshold(now)}. {_one_input(now)}"


def _threshold(now):
    at, name = now["threshold"], now["activation"]
    if at is None:
        return "with w = 0 the output is the same for every x"
    does = {"step": "jumps", "ReLU": "bends"}.get(name, f"passes {HALF[name]:g}")
    return f"the output {does} at x = {_n(at)}"


def _one_input(now):
    return f"Input x = {_n(now['x'])} gives z = {_n(now['z'])} and a = {_n(now['a'])}."


def _n(value):
    """Return a number with two decimals and a true minus sign; never a minus before zero."""
    return f"{value + 0.0:.2f}".replace("-0.00", "0.00").replace("-", "−")


def neuron_view(activations=("step", "sigmoid")):
    """Return the view of a neuron on one input, to be shown with `.live()`."""
    for name in activations:
        choice("neuron", "activation", name, CURVES)
    fig = Figure(figsize=(7.6, 3.4), layout="constrained")
    ax = fig.add_subplot(xlim=(-10, 10), ylim=(-1.3, 1.6) if "tanh" in activations else (-0.3, 1.6))
    ax.set(xlabel="input x", ylabel="output a")
    ax.grid(color="#e4e4e4")
    artists = _artists(ax)

    def draw(now):
        _draw(now, *artists)

    sliders = {"w": (-5.0, 5.0, 0.05, 1.0), "b": (-10.0, 10.0, 0.1, 0.0), "x": (-10.0, 10.0, 0.1, 2.0)}
    sliders["activation"] = list(activations)
    return View(fig, list(artists), neuron_frame, draw, neuron_words, ALT, sliders)


ALT = "Curve of one neuron: output a against input x, with the threshold and one input marked."


def _artists(ax):
    (curve,) = ax.plot(X, 0 * X, color=BLUE, lw=2.5, zorder=3)
    (wall,) = ax.plot([0, 0], [0, 1], "--", color=GREY, lw=1.5, transform=ax.get_xaxis_transform())
    (drop,) = ax.plot([0, 0], [0, 0], ":", color=ORANGE, lw=2, zorder=4)
    (dot,) = ax.plot([0], [0], "o", color=ORANGE, ms=10, mec="white", zorder=5)
    note = ax.set_title(" ", loc="left", fontsize=12)
    return curve, wall, drop, dot, note


def _draw(now, curve, wall, drop, dot, note):
    curve.set_ydata(now["curve"])
    wall.set_xdata([now["threshold"]] * 2 if now["threshold"] is not None else [np.nan] * 2)
    drop.set_data([now["x"]] * 2, [0, now["a"]])
    dot.set_data([now["x"]], [now["a"]])
    note.set_text(f"x = {_n(now['x'])}   z = {_n(now['z'])}   a = {_n(now['a'])}")


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
