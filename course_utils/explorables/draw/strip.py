"""A line of digits as a reader of codes gets it, and what it reads: the frame, the words and the picture."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.datasets.mnist_format import SIDE
from course_utils.figure_settings import course_settings
from course_utils.live_figures.sentences import Words
from course_utils.live_figures.view import View
from course_utils.style import BLUE, GRID, ORANGE

UNSURE = 0.9
READS = "It reads {code}, with a confidence of {sure:.0f} %"
SENTENCES = {
    "nothing": "Nothing drawn yet.",
    "sure": f"{READS} for all digits together.",
    "unsure": f"{READS}; it is least sure of the {{least}} ({{lowest:.0f}} %).",
    "example": f"An example: the code is {{label}}; draw your own over it. {READS}.",
}


@dataclass(frozen=True)
class StripFrame:
    """A drawn line of digits, and what the reader says of it."""

    strip: np.ndarray  # (28, width) uint8, as the reader gets it
    probabilities: np.ndarray  # (digits, 10); without rows where nothing is drawn
    label: str = ""  # of an example; "" for a drawing of one's own

    @property
    def digits(self) -> np.ndarray:
        """The digits read, (digits,)."""
        return self.probabilities.argmax(axis=1)

    @property
    def certainties(self) -> np.ndarray:
        """The probability of each digit read, (digits,)."""
        return self.probabilities.max(axis=1)


class StripView(View):
    """The strip, and a bar for each digit read: how sure the reader is of it. It has no sliders."""

    alt = "A drawn line of digits as the reader gets it, and under it a bar for each digit read: how sure it is of it."
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self, read: Callable[[np.ndarray], Any], width: int, n_digits: int):
        self.read, self.width, self.n_digits, self.sliders = read, width, n_digits, {}
        self.fig = Figure(figsize=(7.2, 3.2), layout="constrained")
        self.artists = _artists(self.fig, width, n_digits)

    def frame(self, strip: np.ndarray, label: str = "") -> StripFrame:
        """Return the frame of a strip, (28, width) uint8, and of the code of an example.

        >>> view = StripView(lambda strips: np.full((1, 5, 10), 0.1), 131, 5)
        >>> view.frame(np.full((28, 131), 255)).digits.tolist()
        [0, 0, 0, 0, 0]
        """
        return StripFrame(strip, self._probabilities(strip) if strip.any() else np.zeros((0, 10)), label)

    def _probabilities(self, strip: np.ndarray) -> np.ndarray:
        out = checks.as_array("draw_strip", "the answer of read", self.read(strip[np.newaxis]))
        if out.shape != (1, self.n_digits, 10):
            what, expected = "read must give ten probabilities for each digit", (1, self.n_digits, 10)
            raise argument_error("draw_strip", what, expected, out.shape)
        if not (out.min() >= 0 and out.max() <= 1 + 1e-3):  # NaN fails both
            received = f"{out.min():.3g} … {out.max():.3g}"
            raise argument_error("draw_strip", "these are no probabilities", "0 … 1", received, "end with softmax")
        return out[0]

    def words(self, frame: StripFrame) -> Words:
        if not frame.strip.any():
            return Words("nothing", {})
        numbers = {"code": " ".join(map(str, frame.digits)), "sure": 100 * frame.certainties.prod()}
        if frame.label:
            return Words("example", numbers | {"label": frame.label})
        if frame.certainties.prod() >= UNSURE:
            return Words("sure", numbers)
        place = int(frame.certainties.argmin())
        least = f"{frame.digits[place]} in place {place + 1}"
        return Words("unsure", numbers | {"least": least, "lowest": 100 * frame.certainties[place]})

    def draw(self, frame: StripFrame) -> None:
        image, bars, *names = self.artists
        image.set_data(frame.strip)
        drawn = len(frame.digits) > 0
        for k, (bar, name) in enumerate(zip(bars, names, strict=True)):
            certain = frame.certainties[k] if drawn else 0.0
            bar.set(height=certain, color=BLUE if certain >= UNSURE else ORANGE)
            name.set_text(str(frame.digits[k]) if drawn else " ")


def _artists(fig: Figure, width: int, n_digits: int) -> list:
    top, below = fig.subplots(2, 1, height_ratios=(1, 1.2))
    image = top.imshow(np.zeros((SIDE, width)), cmap="gray_r", vmin=0, vmax=255)
    top.set(xticks=[], yticks=[])
    top.set_title("as the reader gets it", loc="left", fontsize=12)
    bars = below.bar(range(n_digits), 0, color=BLUE, zorder=2)
    below.set(
        ylim=(0, 1.4), yticks=(0, 0.5, 1), ylabel="probability", xticks=range(n_digits), xlim=(-0.6, n_digits - 0.4)
    )
    below.set_xticklabels([f"digit {k + 1}" for k in range(n_digits)])
    below.grid(axis="y", color=GRID)
    names = [below.text(k, 1.05, " ", ha="center", va="bottom", fontsize=16) for k in range(n_digits)]
    return [image, bars, *names]
