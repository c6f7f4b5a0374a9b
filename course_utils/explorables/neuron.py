"""One neuron on one input: slide the weight and the bias, and watch the curve, its threshold and one input."""

import numpy as np
from matplotlib.figure import Figure

from course_utils import activations as act
from course_utils.explorables._frame import explorable

CURVES = {"step": act.step, "sigmoid": act.sigmoid, "tanh": act.tanh, "ReLU": act.relu}
X = np.linspace(-10, 10, 801)  # (801,)
BLUE, ORANGE, GREEN = (
    "#0072B2",
    "#D55E00",
    "#009E73",
)  # Okabe and Ito's colours, told apart by every eye


def neuron_frame(w, b, x, activation):
    """Return the frame of a neuron: its curve, the threshold where z = 0, and the output at one input.

    >>> now = neuron_frame(w=2.0, b=-1.0, x=1.0, activation="sigmoid")
    >>> float(now["threshold"]), float(now["z"]), round(float(now["a"]), 4)
    (0.5, 1.0, 0.7311)
    """
    z = w * x + b
    curve = CURVES[activation](w * X + b)  # (801,)
    threshold = -b / w if w else np.nan
    return dict(
        w=w,
        b=b,
        x=x,
        z=z,
        a=float(CURVES[activation](np.float64(z))),
        curve=curve,
        threshold=threshold,
        activation=activation,
    )


def neuron_words(now):
    return f"w = {now['w']:.2f}"


def neuron(activations=("step", "sigmoid")):
    """Return the explorable of a neuron on one input."""
    fig = Figure(figsize=(7.2, 3.6), layout="constrained")
    ax = fig.add_subplot(
        xlim=(-10, 10), ylim=(-1.15, 1.6), xlabel="input x", ylabel="output a"
    )
    (curve,) = ax.plot(X, 0 * X, color=BLUE, lw=2.5)

    def draw(now):
        curve.set_ydata(now["curve"])

    return explorable(
        fig,
        [curve],
        frame=neuron_frame,
        draw=draw,
        words=neuron_words,
        alt="A neuron's output against its input.",
        w=(-5.0, 5.0, 0.05, 1.0),
        b=(-10.0, 10.0, 0.1, 0.0),
        x=(-10.0, 10.0, 0.1, 2.0),
        activation=list(activations),
    )
