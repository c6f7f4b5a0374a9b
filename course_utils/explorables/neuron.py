"""One neuron on one input: slide the weight and the bias, and watch the curve, its threshold and one input."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from course_utils import activations as act
from course_utils.checks import choice
from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.style import BLUE, GREY, GRID, ORANGE

CURVES = {"step": act.step, "sigmoid": act.sigmoid, "tanh": act.tanh, "ReLU": act.relu}
X = np.linspace(-10, 10, 1001)  # (1001,)
TICKS = (tuple(range(-10, 11, 2)), (-1, -0.5, 0, 0.5, 1))  # of x, and of a
TOP = 1.4  # of the axes; a ReLU leaves through it

TITLES = {
    "input": "x = {x:.2f}   z = {z:.2f}   a = {a:.2f}",
    "threshold": "threshold −b/w = {threshold:.2f}",
    "flat": "w = 0: no threshold",
}
AT_X = "Input x = {x:.2f} gives z = {z:.2f} and a = {a:.2f}."
SENTENCES = {
    "step": f"w = {{w:.2f}}, b = {{b:.2f}}: the output jumps at x = {{threshold:.2f}}. {AT_X}",
    "sigmoid": f"w = {{w:.2f}}, b = {{b:.2f}}: the output passes 0.5 at x = {{threshold:.2f}}. {AT_X}",
    "tanh": f"w = {{w:.2f}}, b = {{b:.2f}}: the output passes 0 at x = {{threshold:.2f}}. {AT_X}",
    "ReLU": f"w = {{w:.2f}}, b = {{b:.2f}}: the output bends at x = {{threshold:.2f}}. {AT_X}",
    "flat": f"w = {{w:.2f}}, b = {{b:.2f}}: the output is the same for every x. {AT_X}",
}


@dataclass(frozen=True)
class NeuronFrame:
    """A neuron's curve, and what it gives for one input."""

    w: float
    b: float
    x: float
    activation: str
    z: float  # w x + b
    a: float
    threshold: float  # -b / w; NaN where w is 0
    curve: np.ndarray  # (1001,), the output at each X


class NeuronView(View):
    """The curve of a neuron on one input."""

    alt = "Curve of one neuron: output a against input x, with the threshold and one input marked."
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self, activations: Sequence[str] = ("step", "sigmoid")):
        for name in activations:
            choice("neuron", "activation", name, CURVES)
        self.sliders = {
            "w": Slider(-5.0, 5.0, 0.05, 1.0),
            "b": Slider(-10.0, 10.0, 0.1, 0.0),
            "x": Slider(-10.0, 10.0, 0.1, 2.0),
            "activation": list(activations),
        }
        self.fig = Figure(figsize=(7.6, 3.3), layout="constrained")
        ax = self.fig.add_subplot(xlabel="input x", ylabel="output a")
        ax.set(xticks=TICKS[0], yticks=TICKS[1])
        ax.set(xlim=(-10, 10), ylim=(-1.2 if "tanh" in activations else -0.2, TOP))
        ax.grid(color=GRID)
        self.artists = _artists(ax)
        self.data = {"X": X, "ends": [ax.get_xlim(), ax.get_ylim()], "ticks": TICKS, "top": TOP, "titles": TITLES}

    def frame(self, w: float, b: float, x: float, activation: str) -> NeuronFrame:
        """Return the frame of a neuron.

        >>> frame = NeuronView().frame(w=2.0, b=-1.0, x=1.0, activation="sigmoid")
        >>> frame.threshold, frame.z, round(frame.a, 4), frame.curve.shape
        (0.5, 1.0, 0.7311, (1001,))
        """
        g, z = CURVES[activation], w * x + b
        threshold = -b / w if w else np.nan
        a = float(g(np.float64(z)))
        return NeuronFrame(w, b, x, activation, z=z, a=a, threshold=threshold, curve=g(w * X + b))

    def words(self, frame: NeuronFrame) -> Words:
        name = "flat" if frame.w == 0 else frame.activation
        numbers = {key: getattr(frame, key) for key in ("w", "b", "x", "z", "a", "threshold")}
        return Words(name, numbers)

    def draw(self, frame: NeuronFrame) -> None:
        wall, curve, drop, dot, left, right = self.artists
        x, top = frame.x, min(frame.a, TOP)
        wall.set_xdata([frame.threshold] * 2)
        curve.set_ydata(frame.curve)
        drop.set_data([x, x], [0, top])
        dot.set_data([x], [top])
        dot.set_marker("^" if frame.a > TOP else "o")  # above the axes: an arrow at the top edge
        left.set_text(fill(TITLES["input"], vars(frame)))
        right.set_text(fill(TITLES["flat" if np.isnan(frame.threshold) else "threshold"], vars(frame)))


def _artists(ax):
    (wall,) = ax.plot([0, 0], [0, 1], "--", color=GREY, lw=1.5, transform=ax.get_xaxis_transform())
    (curve,) = ax.plot(X, 0 * X, color=BLUE, lw=2.5)
    (drop,) = ax.plot([0, 0], [0, 0], ":", color=ORANGE, lw=2)
    (dot,) = ax.plot([0], [0], "o", color=ORANGE, ms=10, mec="white", clip_on=False, zorder=5)
    left, right = (ax.set_title(" ", loc=side, fontsize=12) for side in ("left", "right"))
    left.set_color(ORANGE)
    right.set_color(GREY)
    return [wall, curve, drop, dot, left, right]


def neuron(activations: Sequence[str] = ("step", "sigmoid")) -> Live:
    """Return a neuron on one input, with sliders for the weight w, the bias b and the input x.

    Parameters
    ----------
    activations : sequence of str
        To choose from: "step", "sigmoid", "tanh", "ReLU".

    Raises
    ------
    ValueError
        For an unknown activation.

    >>> neuron(activations=["sigmoid"]).status
    'w = 1.00, b = 0.00: the output passes 0.5 at x = 0.00. Input x = 2.00 gives z = 2.00 and a = 0.88.'
    """
    return NeuronView(activations).live()
