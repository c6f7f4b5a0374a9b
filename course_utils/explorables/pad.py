"""A pad to draw a digit on: the drawing as MNIST has it, and what a network of Dense layers says of it. Lesson 00."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from course_utils.activations import linear, relu, sigmoid, softmax, tanh
from course_utils.checks import argument_error
from course_utils.datasets.mnist_format import BOX, MIDDLE, SMALLEST, fit_to_middle
from course_utils.datasets.mnist_format import SIDE as MNIST_SIDE
from course_utils.explorables.draw.strokes import THREE
from course_utils.explorables.draw.view import two_best
from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Pad
from course_utils.live_figures.page.telling import ramp
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.models import Sequential, load_mnist_network
from course_utils.style import BLUE, GRID, ORANGE

SIDE = 112  # pixels of the ink
SQUARE = 280  # pixels of the square on the page
PEN = 0.085 * SQUARE  # as wide as the strokes of MNIST, when the digit fills the square
START = [[(round(x * SQUARE / SIDE), round(y * SQUARE / SIDE)) for x, y in stroke] for stroke in THREE]
LABEL = "Square to draw a digit on"
HINT = "Mouse, pen or finger. By keyboard: arrow keys, and the space bar to lower or lift the pen; Backspace undoes."
ACTIVATIONS = {"linear": linear, "relu": relu, "sigmoid": sigmoid, "tanh": tanh, "softmax": softmax}

SURE, LIKELY = 0.9, 0.5
TITLES = {"drawn": "the drawing", "digit": "what the network gets", "says": "{first}:  {sure:.0f} %"}
SENTENCES = {
    "nothing": "Nothing is drawn yet.",
    "sure": "The network reads a {first}, and is sure of it: {sure:.1f} %.",
    "likely": "The network reads a {first} ({sure:.0f} %), but thinks of a {second}, too ({less:.0f} %).",
    "torn": "The network is not sure. Its first guess is {first} ({sure:.0f} %), its second {second} ({less:.0f} %).",
}


@dataclass(frozen=True)
class PadFrame:
    """A drawing, and what the network says of it."""

    drawn: bool
    digit: np.ndarray  # (28, 28), 0 (paper) … 255, as the network gets it
    probabilities: np.ndarray  # (10,); all 0 where nothing is drawn


class PadView(View):
    """The digit as the network gets it, and a bar for each class's probability, beside a square to draw on."""

    alt = "A drawn digit, the same in 28 by 28 pixels as the network gets it, and a bar for each digit's probability."
    SENTENCES = SENTENCES
    page_size = (530, 255)  # the drawing itself stands on the pad

    @course_settings()
    def __init__(self, network: Sequential | None = None):
        self.layers = _layers(load_mnist_network() if network is None else network)
        self.sliders = {"strokes": Pad(START, SQUARE, PEN, LABEL, HINT)}
        self.fig = Figure(figsize=(8.6, 2.9), layout="constrained")
        self.artists = _artists(self.fig)
        self.data = {
            "layers": [{"kernel": W, "bias": b, "activation": name} for W, b, name in self.layers],
            "ink": {"side": SIDE, "square": SQUARE, "pen": PEN},
            "mnist": {"box": BOX, "side": MNIST_SIDE, "middle": MIDDLE, "smallest": SMALLEST},
            "limits": {"sure": SURE, "likely": LIKELY},
            "titles": TITLES,
            "shades": ramp("gray_r", 2),
        }

    def frame(self, strokes: Sequence[Sequence[Sequence[int]]]) -> PadFrame:
        """Return the frame of a drawing.

        >>> frame = PadView().frame([[(140, 40), (140, 240)]])
        >>> frame.digit[:, 14].nonzero()[0][[0, -1]].tolist(), int(frame.probabilities.argmax())
        ([4, 23], 1)
        """
        digit = fit_to_middle(ink(strokes))  # (28, 28)
        drawn = bool(digit.any())
        a = digit.reshape(1, -1) / 255  # (1, 784)
        for W, b, name in self.layers:
            a = ACTIVATIONS[name](a @ W + b)
        return PadFrame(drawn, digit, a[0] if drawn else np.zeros(10))

    def words(self, frame: PadFrame) -> Words:
        if not frame.drawn:
            return Words("nothing", {})
        numbers = two_best(frame.probabilities)
        if numbers["sure"] >= 100 * SURE:
            return Words("sure", numbers)
        return Words("likely" if numbers["sure"] >= 100 * LIKELY else "torn", numbers)

    def draw(self, frame: PadFrame) -> None:
        image, bars, note = self.artists[1:]
        best = frame.probabilities.argmax() if frame.drawn else None
        image.set_data(frame.digit)
        note.set_text(fill(TITLES["says"], two_best(frame.probabilities)) if frame.drawn else " ")
        for k, bar in enumerate(bars):
            bar.set(height=frame.probabilities[k], color=ORANGE if k == best else BLUE)

    def update(self, strokes):
        self.artists[0].set_data(ink(strokes))
        return super().update(strokes=strokes)


def ink(strokes: Sequence[Sequence[Sequence[int]]]) -> np.ndarray:
    """Return the ink of strokes by a round pen, anti-aliased, (112, 112), 0 (paper) … 255.

    >>> ink([[(140, 50), (140, 230)]])[56, [40, 56, 70]].tolist()
    [0.0, 255.0, 0.0]
    """
    levels = np.zeros((SIDE, SIDE))
    for stroke in strokes:
        points = np.array(stroke) * (SIDE / SQUARE)  # (n, 2)
        for start, end in zip(points, [*points[1:], points[-1]], strict=True):
            _add_line(levels, start, end)
    return 255 * levels


def _add_line(levels, start, end):
    """Cover the pixels whose middle is within half a pen of a line; one at the edge is covered in part."""
    reach = PEN * SIDE / SQUARE / 2 + 0.5
    low = np.maximum(np.floor(np.minimum(start, end) - reach), 0).astype(int)
    high = np.minimum(np.ceil(np.maximum(start, end) + reach), SIDE).astype(int)
    x = np.arange(low[0], high[0]) + 0.5 - start[0]  # (columns,)
    y = (np.arange(low[1], high[1]) + 0.5 - start[1])[:, np.newaxis]  # (rows, 1)
    dx, dy = end - start
    square = dx * dx + dy * dy
    along = np.clip((x * dx + y * dy) / square, 0, 1) if square else 0.0
    distance = np.sqrt((x - along * dx) ** 2 + (y - along * dy) ** 2)  # (rows, columns)
    part = levels[low[1] : high[1], low[0] : high[0]]
    np.maximum(part, np.clip(reach - distance, 0, 1), out=part)


def _layers(network):
    """Return weights, biases and activation of each layer, as float32 and a name."""
    if not isinstance(network, Sequential):
        expected, received = "cu.Sequential of Dense layers", type(network).__name__
        hint = "cu.explorables.draw(…) shows any other model"
        raise argument_error("pad", "the page computes Dense layers only", expected, received, hint, error=TypeError)
    layers = [(layer.kernel, layer.bias, layer.activation) for layer in network.layers]
    built = layers[0][0] is not None
    ends = (len(layers[0][0]), network.layers[-1].units, layers[-1][2]) if built else "a network without weights"
    if ends != (784, 10, "softmax"):
        expected = "784 inputs, and 10 outputs with softmax"
        raise argument_error("pad", "the network must read digits", expected, ends)
    return [(np.float32(W), np.float32(b), name) for W, b, name in layers]


def _artists(fig):
    left, middle, right = fig.subplots(1, 3, width_ratios=(1, 1, 1.3))
    drawn = left.imshow(np.zeros((SIDE, SIDE)), cmap="gray_r", vmin=0, vmax=255)
    digit = middle.imshow(np.zeros((MNIST_SIDE, MNIST_SIDE)), cmap="gray_r", vmin=0, vmax=255)
    for ax, name in ((left, "drawn"), (middle, "digit")):
        ax.set(xticks=[], yticks=[])
        ax.set_title(TITLES[name], loc="left", fontsize=12)
    bars = right.bar(range(10), 0, color=BLUE, zorder=2)
    right.set(xlabel="digit", ylabel="probability", ylim=(0, 1), xticks=range(10), yticks=(0, 0.5, 1))
    right.grid(axis="y", color=GRID)
    return [drawn, digit, bars, right.set_title(" ", loc="left", fontsize=12)]


def pad(network: Sequential | None = None) -> Live:
    """Return a square to draw a digit on, and what a network says of the drawing, worked out in the page.

    Parameters
    ----------
    network : Sequential, optional
        Dense layers from 784 inputs to 10 classes; by default the one that comes with the course, which was trained
        on MNIST. `cu.explorables.draw` shows any other model.

    Raises
    ------
    TypeError, ValueError
        If the network is no Sequential, or not from 784 inputs to 10 probabilities.

    >>> view = pad()
    >>> view.status
    'The network reads a 3, and is sure of it: 100.0 %.'
    >>> view.frame.digit.shape
    (28, 28)
    """
    return PadView(network).live()
