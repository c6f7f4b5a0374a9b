"""Draw a digit: see it as the network sees it, and its ten probabilities while the pen moves."""

from typing import Any

import ipywidgets as wd
import numpy as np

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.datasets import load_mnist
from course_utils.datasets.mnist_format import as_mnist
from course_utils.explorables.draw.predictor import digit_predictor
from course_utils.explorables.draw.strokes import THREE, Canvas, draw_strokes, enlarge, put_beside
from course_utils.explorables.draw.view import OWN, DrawView
from course_utils.live_figures.screen import Screen
from course_utils.live_figures.widget import Board
from course_utils.stored_picture import picture_bundle

GAP = 20  # pixels between the square and the picture


class Draw(Board):
    """A square to draw on beside the picture; made by `draw`.

    Attributes
    ----------
    digit : ndarray of uint8, (28, 28)
        What is drawn, as the network gets it.
    probabilities : ndarray, (10,), or None
        What the network said last; None where nothing is drawn.
    status, png
        As in every explorable: the line below, and the picture.
    """

    def __init__(self, predict: Any, shape: tuple[int, ...] | None, examples: tuple[np.ndarray, np.ndarray] | None):
        self._examples, self._shown, self._given = examples, 0, (b"", OWN)
        self._source = getattr(predict, "predict", predict)  # the learner's function, whose line is shown if it fails
        self.view, self.canvas, self.probabilities = DrawView(digit_predictor(predict, shape)), Canvas(), None
        screen = Screen(self.view.fig, self.view.artists, self.view.alt)
        super().__init__(screen, _board(screen, self.canvas, clear=self.reset, example=self.example))
        self.canvas.observe(lambda _: self._redraw(), "ink")
        self._put(draw_strokes(THREE), 3)

    @property
    def digit(self) -> np.ndarray:
        return as_mnist(self.canvas.pixels)

    def reset(self) -> None:
        """Clear the square."""
        self.canvas.ink = bytes(self.canvas.pixels.size)

    def example(self) -> None:
        """Show the next digit of the examples in the square."""
        if self._examples is None:
            self.still.say("Fetching the digits …")  # scikit-learn has to be loaded for them
            self._examples = load_mnist("digits")[1]
        x, y = self._examples
        i = self._shown % len(x)
        self._shown += 1
        self._put(enlarge(x[i]), y[i])

    def _put(self, ink, label):
        self._given = ink.tobytes(), label
        self.canvas.ink = ink.tobytes()

    def _redraw(self):
        self.still.show(self._update, source=self._source)

    def _update(self):
        ink, label = self._given
        frame = self.view.frame(self.canvas.pixels, label if ink == self.canvas.ink else OWN)
        self.probabilities = frame.probabilities if frame.digit.any() else None
        self.view.draw(frame)
        return self.view.sentence(frame)

    def _repr_mimebundle_(self, include=None, exclude=None, **_):
        """A page without widgets has no square: the drawing is stored beside the picture."""
        bundle, metadata = super()._repr_mimebundle_(include=include, exclude=exclude)
        both = put_beside(self.canvas.pixels, self.png, GAP)
        width = metadata["image/png"]["width"] + self.still.picture.height + GAP
        data, metadata = picture_bundle(both, self.still.alt, kind="explorable", width=width)
        return bundle | data, metadata


def _board(screen, canvas, clear, example):
    """Return the square with its buttons, the picture beside it, and the words below."""
    erase = wd.Button(description="Clear", tooltip="an empty square")
    erase.layout = wd.Layout(width="90px", margin="6px 8px 0 0")
    show = wd.Button(description="Show an example", tooltip="the next digit of the data set")
    show.layout = wd.Layout(width="150px", margin="6px 0 0 0")
    erase.on_click(lambda _: clear())
    show.on_click(lambda _: example())
    left = wd.VBox([canvas, wd.HBox([erase, show])], layout=wd.Layout(width="280px", margin=f"0 {GAP}px 8px 0"))
    return [wd.Box([left, screen.image], layout=wd.Layout(flex_flow="row wrap", width="100%")), screen.line]


def draw(
    predict: Any,
    *,
    shape: tuple[int, ...] | None = None,
    examples: tuple[np.ndarray, np.ndarray] | None = None,
) -> Draw:
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
    >>> view.status, view.digit.shape
    ('An example of a 3; draw your own over it. It says 0 with 10 %; then 1 with 10 %.', (28, 28))
    """
    return Draw(predict, shape, None if examples is None else _validate(*examples))


def _validate(x, y):
    x, y = checks.to_array("draw", "the images", x), checks.as_labels("draw", "the labels", y)
    if x.shape != (len(y), 28, 28) or x.dtype != np.uint8 or len(y) == 0:
        expected, received = "uint8 (n, 28, 28), (n,)", f"{x.dtype} {x.shape}, {y.shape}"
        raise argument_error("draw", "examples must be images and their labels", expected, received)
    return x, y
