"""A drawing as a network gets it, and its ten probabilities: the frame, the words and the picture."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from course_utils.datasets.mnist_format import as_mnist
from course_utils.figure_settings import course_settings
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.style import BLUE, GRID, ORANGE

OWN = -1  # the label of a drawing that is no example

SAYS = "It says {first} with {sure:.0f} %; then {second} with {less:.0f} %."
SENTENCES = {
    "nothing": "Nothing drawn yet.",
    "own": SAYS,
    "example": f"An example of a {{label}}; draw your own over it. {SAYS}",
}


@dataclass(frozen=True)
class DrawFrame:
    """A drawing, and what the network says of it."""

    digit: np.ndarray  # (28, 28) uint8, as the network gets it
    probabilities: np.ndarray  # (10,); all 0 where nothing is drawn
    label: int  # of an example; -1 for a drawing of one's own


class DrawView(View):
    """The digit and a bar for each class's probability. It has no sliders: what moves it is a drawing."""

    alt = (
        "A digit as drawn, the same in 28 by 28 pixels as the network gets it, and a bar for each class's probability."
    )
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self, predict: Callable[[np.ndarray], np.ndarray]):
        self.predict, self.sliders = predict, {}
        self.fig = Figure(figsize=(5.8, 2.8), layout="constrained")
        self.artists = _artists(self.fig)

    def frame(self, ink: np.ndarray, label: int = OWN) -> DrawFrame:
        """Return the frame of a drawing, (height, width), 0 (paper) … 255.

        >>> DrawView(predict=None).frame(np.zeros((112, 112))).probabilities.sum()
        np.float64(0.0)
        """
        digit = as_mnist(ink)
        return DrawFrame(digit, self.predict(digit) if digit.any() else np.zeros(10), int(label))

    def words(self, frame: DrawFrame) -> Words:
        if not frame.digit.any():
            return Words("nothing", {})
        numbers = two_best(frame.probabilities)
        return Words("own", numbers) if frame.label == OWN else Words("example", numbers | {"label": frame.label})

    def draw(self, frame: DrawFrame) -> None:
        image, bars, note = self.artists
        best = frame.probabilities.argmax() if frame.digit.any() else None
        image.set_data(frame.digit)
        note.set_text(" " if best is None else fill("{first}:  {sure:.0f} %", self.words(frame).numbers))
        for k, bar in enumerate(bars):
            bar.set(height=frame.probabilities[k], color=ORANGE if k == best else BLUE)


def two_best(probabilities: np.ndarray) -> dict[str, int | float]:
    """Return the two likeliest digits, `first` and `second`, and how likely they are in percent.

    >>> two_best(np.array([0.25, 0.0, 0.75]))
    {'first': 2, 'sure': np.float64(75.0), 'second': 0, 'less': np.float64(25.0)}
    """
    first, second = np.argsort(-probabilities, kind="stable")[:2]
    sure, less = 100 * probabilities[[first, second]]
    return {"first": int(first), "sure": sure, "second": int(second), "less": less}


def _artists(fig):
    left, right = fig.subplots(1, 2, width_ratios=(1, 1.3))
    image = left.imshow(np.zeros((28, 28)), cmap="gray_r", vmin=0, vmax=255)
    left.set(xticks=[], yticks=[])
    left.set_title("as the network gets it", loc="left", fontsize=12)
    bars = right.bar(range(10), 0, color=BLUE, zorder=2)
    right.set(xlabel="class", ylabel="probability", ylim=(0, 1), xticks=range(10), yticks=(0, 0.5, 1))
    right.grid(axis="y", color=GRID)
    return [image, bars, right.set_title(" ", loc="left", fontsize=12)]
