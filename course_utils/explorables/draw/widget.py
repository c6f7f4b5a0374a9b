"""Draw a digit: see it as the network sees it, and its ten probabilities while the pen moves."""

import base64

import ipywidgets as wd
import numpy as np
from matplotlib.figure import Figure

from course_utils import _checks
from course_utils._checks import argument_error
from course_utils.datasets import load_mnist
from course_utils.datasets.mnist_format import as_mnist
from course_utils.explorables.draw.predictor import asker
from course_utils.explorables.draw.strokes import THREE, Canvas, beside, enlarged, stroked
from course_utils.live.widget import Live
from course_utils.style import BLUE, ORANGE

ALT = "A digit as drawn, the same in 28 by 28 pixels as the network gets it, and a bar for each class's probability."
GAP = 20  # pixels between the square and the picture


def draw_frame(ink, ask):
    """Return the frame of a drawing: its digit, (28, 28), and the probabilities, (10,), None where nothing is drawn.

    >>> draw_frame(np.zeros((112, 112)), ask=None)["probabilities"] is None
    True
    """
    digit = as_mnist(ink)
    return {"digit": digit, "probabilities": ask(digit) if digit.any() else None}


def draw_words(now):
    """Return the frame in words.

    >>> p = np.full(10, 0.01)
    >>> p[[7, 1]] = 0.88, 0.04
    >>> draw_words({"probabilities": p})
    'It says 7 with 88 %; then 1 with 4 %.'
    """
    p = now["probabilities"]
    if p is None:
        return "Nothing drawn yet."
    first, second = np.argsort(-p, kind="stable")[:2]
    return f"It says {first} with {100 * p[first]:.0f} %; then {second} with {100 * p[second]:.0f} %."


class Draw(Live):
    """A square to draw on beside the picture; made by `draw`.

    Attributes
    ----------
    digit : ndarray of uint8, (28, 28)
        What is drawn, as the network gets it.
    probabilities : ndarray, (10,), or None
        What the network said last; None where nothing is drawn.
    said, png
        As in every view: the line below, and the picture.
    """

    def __init__(self, predict, shape, examples):
        self._predict, self._ask = predict, asker(predict, shape)
        self._examples, self._shown, self.probabilities = examples, 0, None
        self.canvas = Canvas()
        self._example = wd.Button(description="Show an example", tooltip="the next digit of the data set")
        self._example.on_click(lambda _: self.example())
        fig, self._artists = _figure()
        self._put(stroked(THREE), 3)
        super().__init__(fig, self._update_frame, list(self._artists), alt=ALT, sliders={})
        self.canvas.observe(lambda _: self._redraw(), "ink")

    @property
    def digit(self):
        return as_mnist(self.canvas.pixels)

    @property
    def _learners(self):
        return getattr(self._predict, "predict", self._predict)

    def reset(self):
        """Clear the square."""
        self.canvas.ink = bytes(self.canvas.pixels.size)

    def example(self):
        """Show the next digit of the examples in the square."""
        if self._examples is None:
            self._say("Fetching the digits …")  # scikit-learn has to be loaded for them
            self._examples = load_mnist("digits")[1]
        x, y = self._examples
        i = self._shown % len(x)
        self._shown += 1
        self._put(enlarged(x[i]), y[i])

    def _put(self, ink, label):
        ink = ink.tobytes()
        self._given = ink, label
        self.canvas.ink = ink

    def _update_frame(self):
        now = draw_frame(self.canvas.pixels, self._ask)
        self.probabilities = now["probabilities"]
        _draw(now, *self._artists)
        ink, label = self._given
        said = draw_words(now)
        return f"An example of a {label}; draw your own over it. {said}" if ink == self.canvas.ink else said

    def _board(self):
        self._reset.description, self._reset.tooltip = "Clear", "an empty square"
        self._reset.layout = wd.Layout(width="90px", margin="6px 8px 0 0")
        self._example.layout = wd.Layout(width="150px", margin="6px 0 0 0")
        buttons = wd.HBox([self._reset, self._example])
        left = wd.VBox([self.canvas, buttons], layout=wd.Layout(width="280px", margin=f"0 {GAP}px 8px 0"))
        return [wd.Box([left, self._image], layout=wd.Layout(flex_flow="row wrap", width="100%")), self._line]

    def _repr_mimebundle_(self, include=None, exclude=None, **_):
        bundle, metadata = super()._repr_mimebundle_(include=include, exclude=exclude)
        bundle["image/png"] = base64.b64encode(beside(self.canvas.pixels, self.png, GAP)).decode()
        metadata["image/png"]["width"] += self._picture.height + GAP  # a page without widgets has no square
        return bundle, metadata


def _figure():
    fig = Figure(figsize=(5.8, 2.8), layout="constrained")
    left, right = fig.subplots(1, 2, width_ratios=(1, 1.3))
    image = left.imshow(np.zeros((28, 28)), cmap="gray_r", vmin=0, vmax=255)
    left.set(xticks=[], yticks=[])
    left.set_title("as the network gets it", loc="left", fontsize=12)
    bars = right.bar(range(10), 0, color=BLUE, zorder=2)
    right.set(xlabel="class", ylabel="probability", ylim=(0, 1), xticks=range(10), yticks=(0, 0.5, 1))
    right.grid(axis="y", color="#e4e4e4")
    return fig, (image, bars, right.set_title(" ", loc="left", fontsize=12))


def _draw(now, image, bars, note):
    p, best = now["probabilities"], None
    image.set_data(now["digit"])
    if p is None:
        p = np.zeros(10)
        note.set_text(" ")
    else:
        best = int(p.argmax())
        note.set_text(f"{best}:  {100 * p[best]:.0f} %")
    for k, bar in enumerate(bars):
        bar.set(height=p[k], color=ORANGE if k == best else BLUE)


def draw(predict, *, shape=None, examples=None):
    """Return a square to draw a digit on, and what a network says of it while the pen moves.

    Parameters
    ----------
    predict : model or callable
        A NumPy or Keras network, or a function from x (1, 784) float32 in 0 … 1 to probabilities (1, 10).
    shape : tuple of int, optional
        Of one example, such as (28, 28, 1). By default the model's own `input_shape`, or (784,).
    examples : (x, y), optional
        Images (n, 28, 28) and labels (n,) for the button; by default the embedded test digits.

    Raises
    ------
    TypeError, ValueError
        If predict is no function, or shape and examples are not those of digits. What goes wrong
        while drawing is shown below the square.

    >>> view = draw(lambda x: np.full((1, 10), 0.1))
    >>> view.said, view.digit.shape
    ('An example of a 3; draw your own over it. It says 0 with 10 %; then 1 with 10 %.', (28, 28))
    """
    return Draw(predict, shape, None if examples is None else _checked(*examples))


def _checked(x, y):
    x, y = _checks.to_array("draw", "the images", x), _checks.as_labels("draw", "the labels", y)
    if x.shape != (len(y), 28, 28) or x.dtype != np.uint8 or len(y) == 0:
        raise argument_error(
            "draw",
            "examples must be images and their labels",
            "uint8 (n, 28, 28), (n,)",
            f"{x.dtype} {x.shape}, {y.shape}",
        )
    return x, y
