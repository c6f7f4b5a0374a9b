"""Draw a digit, or a line of them: see it as the network sees it, and what it says while the pen moves."""

from collections.abc import Callable
from typing import Any

import ipywidgets as wd
import numpy as np

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.datasets import load_mnist, make_postcodes
from course_utils.datasets.mnist_format import as_mnist, as_strip
from course_utils.explorables.draw.predictor import digit_predictor
from course_utils.explorables.draw.strip import StripView
from course_utils.explorables.draw.strokes import STRIP_LABEL, THREE, Canvas, draw_strokes, enlarge, put_beside
from course_utils.explorables.draw.view import OWN, DrawView
from course_utils.live_figures.screen import Screen
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Board
from course_utils.stored_picture import picture_bundle

GAP = 20  # pixels between the square and the picture


class DrawingBoard(Board):
    """A sheet to draw on, its buttons, and the view of what is drawn.

    Attributes
    ----------
    canvas : Canvas
        The sheet.
    view : View
    status, png
        As in every explorable: the line below, and the picture.
    """

    def __init__(self, view: View, canvas: Canvas, arrange: Callable, source: Callable):
        self.view, self.canvas, self._source = view, canvas, source
        self._shown = 0
        self._given: tuple[bytes, Any] = (b"", None)  # the ink of the last example, and its label
        screen = Screen(view.fig, view.artists, view.alt)
        super().__init__(screen, arrange(screen, canvas, _buttons(self.reset, self.example)))
        canvas.observe(lambda _: self.still.show(self._update, source=self._source), "ink")

    def reset(self) -> None:
        """Clear the sheet."""
        self.canvas.ink = bytes(self.canvas.pixels.size)

    def example(self) -> None:
        """Show the next example on the sheet."""
        x, y = self._load_examples()
        i = self._shown % len(x)
        self._shown += 1
        self._put(enlarge(x[i]), y[i])

    def _load_examples(self) -> tuple[np.ndarray, np.ndarray]:
        raise NotImplementedError

    def _put(self, ink: np.ndarray, label: Any) -> None:
        self._given = ink.tobytes(), label
        self.canvas.ink = ink.tobytes()

    def _label(self) -> Any:
        """Return the label of the example on the sheet; None where something else is drawn."""
        ink, label = self._given
        return label if ink == self.canvas.ink else None

    def _update(self) -> str:
        raise NotImplementedError


class Draw(DrawingBoard):
    """A square to draw on beside the picture; made by `draw`.

    Attributes
    ----------
    digit : ndarray of uint8, (28, 28)
        What is drawn, as the network gets it.
    probabilities : ndarray, (10,), or None
        What the network said last; None where nothing is drawn.
    """

    def __init__(self, predict: Any, shape: tuple[int, ...] | None, examples: tuple[np.ndarray, np.ndarray] | None):
        self._examples, self.probabilities = examples, None
        source = getattr(predict, "predict", predict)  # the learner's function, whose line is shown if it fails
        super().__init__(DrawView(digit_predictor(predict, shape)), Canvas(), _side_by_side, source)
        self._put(draw_strokes(THREE), 3)

    @property
    def digit(self) -> np.ndarray:
        return as_mnist(self.canvas.pixels)

    def _load_examples(self):
        if self._examples is None:
            self.still.say("Fetching the digits …")  # scikit-learn has to be loaded for them
            self._examples = load_mnist("digits")[1]
        return self._examples

    def _update(self):
        label = self._label()
        frame = self.view.frame(self.canvas.pixels, OWN if label is None else label)
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


class DrawStrip(DrawingBoard):
    """A strip to draw a line of digits on, above the picture; made by `draw_strip`.

    Attributes
    ----------
    strip : ndarray of uint8, (28, width)
        What is drawn, as the reader gets it; an example as it is.
    probabilities : ndarray, (digits, 10), or None
        What the reader said last; None where nothing is drawn.
    """

    def __init__(self, read: Callable, examples: tuple[np.ndarray, np.ndarray]):
        self._examples, self.probabilities = examples, None
        strips, codes = examples
        width = strips.shape[2]
        canvas = Canvas(width=4 * width, height=112, wide=700, ink=bytes(4 * width * 112), label=STRIP_LABEL)
        super().__init__(StripView(read, width, codes.shape[1]), canvas, _one_below_the_other, read)
        self.example()

    @property
    def strip(self) -> np.ndarray:
        pixels = self.canvas.pixels  # (112, 4 width)
        if self._label() is None:
            return as_strip(pixels, pixels.shape[1] // 4)
        return pixels[::4, ::4]

    def _load_examples(self):
        return self._examples

    def _update(self):
        label = self._label()
        frame = self.view.frame(self.strip, "" if label is None else " ".join(map(str, label)))
        self.probabilities = frame.probabilities if len(frame.digits) else None
        self.view.draw(frame)
        return self.view.sentence(frame)


def _buttons(clear: Callable[[], None], example: Callable[[], None]) -> wd.HBox:
    erase = wd.Button(description="Clear", tooltip="an empty sheet")
    erase.layout = wd.Layout(width="90px", margin="6px 8px 0 0")
    show = wd.Button(description="Show an example", tooltip="the next one of the data set")
    show.layout = wd.Layout(width="150px", margin="6px 0 0 0")
    erase.on_click(lambda _: clear())
    show.on_click(lambda _: example())
    return wd.HBox([erase, show])


def _side_by_side(screen: Screen, canvas: Canvas, buttons: wd.HBox) -> list[wd.Widget]:
    """Return the square with its buttons, the picture beside it, and the words below."""
    left = wd.VBox([canvas, buttons], layout=wd.Layout(width="280px", margin=f"0 {GAP}px 8px 0"))
    return [wd.Box([left, screen.image], layout=wd.Layout(flex_flow="row wrap", width="100%")), screen.line]


def _one_below_the_other(screen: Screen, canvas: Canvas, buttons: wd.HBox) -> list[wd.Widget]:
    return [canvas, buttons, screen.image, screen.line]


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


def draw_strip(read: Callable, *, examples: tuple[np.ndarray, np.ndarray] | None = None) -> DrawStrip:
    """Return a strip to draw a postcode on, and what a reader of codes says of it while the pen moves.

    What is drawn is brought to the form of the strips of `make_postcodes`: ink 20 pixels high in the middle of 28.

    Parameters
    ----------
    read : callable
        A function from strips (1, 28, width) uint8, 0 (paper) … 255 (ink), to probabilities (1, digits, 10).
    examples : (strips, codes), optional
        Strips (n, 28, width) uint8 and their codes (n, digits) for the button; they also say how wide a strip is, and
        how many digits it has. By default strips of the embedded test digits.

    Raises
    ------
    TypeError, ValueError
        If read is no function, or the examples are no strips with their codes. What goes wrong while drawing is shown
        below the picture.

    >>> view = draw_strip(lambda strips: np.full((1, 5, 10), 0.1))
    >>> view.strip.shape, view.probabilities.shape
    ((28, 127), (5, 10))
    >>> view.reset()
    >>> view.status
    'Nothing drawn yet.'
    """
    if not callable(read):
        expected = "a function from strips to probabilities"
        raise argument_error("draw_strip", "read must be a function", expected, repr(read), error=TypeError)
    if examples is None:
        _, (images, labels) = load_mnist("digits")
        strips, codes = make_postcodes(images, labels, 20, rng=0)
    else:
        strips, codes = examples
    return DrawStrip(read, _validate_strips(strips, codes))


def _validate_strips(strips, codes):
    strips, codes = checks.to_array("draw_strip", "the strips", strips), checks.to_array("draw_strip", "codes", codes)
    fits = strips.ndim == 3 and strips.shape[1] == 28 and strips.dtype == np.uint8 and len(strips) > 0
    if not (fits and strips.shape[2] >= 28 and codes.ndim == 2 and codes.size and len(codes) == len(strips)):
        expected, received = "uint8 (n, 28, width), (n, digits)", f"{strips.dtype} {strips.shape}, {codes.shape}"
        raise argument_error("draw_strip", "examples must be strips and their codes", expected, received)
    return strips, codes


def _validate(x, y):
    x, y = checks.to_array("draw", "the images", x), checks.as_labels("draw", "the labels", y)
    if x.shape != (len(y), 28, 28) or x.dtype != np.uint8 or len(y) == 0:
        expected, received = "uint8 (n, 28, 28), (n,)", f"{x.dtype} {x.shape}, {y.shape}"
        raise argument_error("draw", "examples must be images and their labels", expected, received)
    return x, y
