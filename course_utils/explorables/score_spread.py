"""How much of a test score is chance: slide the true accuracy and the number of test images. Lesson 11."""

import math
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.style import BLUE, GREY, GRID

ENDS = ((94, 100), (0, 1.12))  # of the score in percent, and of how often it comes
LOWEST = 1e-4  # scores that are rarer than this, beside the most frequent one, are left out

TITLES = {"error": "standard deviation {error:.2f} points", "inside": "blue: {inside:.0f} of 100 test sets"}
SENTENCES = {
    "spread": "True accuracy {percent:.1f} %, {images:,} test images: the score has a standard deviation of "
    "{error:.2f} points. {inside:.0f} of 100 test sets score between {low:.2f} and {high:.2f} %."
}


@dataclass(frozen=True)
class ScoreSpreadFrame:
    """The scores that one network gets on many test sets of one size."""

    accuracy: float  # the true one, in (0, 1)
    images: int
    error: float  # standard deviation of the score, in points
    low: float  # percent, two standard deviations below
    high: float  # two above, 100 at most
    inside: float  # of 100 test sets, how many score in between, ends included
    scores: np.ndarray  # (k,), in percent
    heights: np.ndarray  # (k,), how often each comes, beside the most frequent one
    usual: np.ndarray  # (k,), booleans: in between


class ScoreSpreadView(View):
    """How often each score comes, if the same network is scored on many test sets."""

    alt = "How often each test score comes: a peak at the true accuracy, blue within two standard deviations."
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self) -> None:
        self.sliders = {
            "accuracy": Slider(0.96, 0.99, 0.005, 0.98, label="true accuracy"),
            "images": Slider(100, 60_000, 100, 10_000, label="test images"),
        }
        self.fig = Figure(figsize=(7.6, 3.3), layout="constrained")
        ax = self.fig.add_subplot(xlabel="score on one test set (%)", ylabel="how often (largest = 1)")
        ax.set(xlim=ENDS[0], ylim=ENDS[1])
        ax.grid(color=GRID)
        (rare,) = ax.plot([], [], color=GREY, lw=2)
        (usual,) = ax.plot([], [], color=BLUE, lw=2)
        left, right = (ax.set_title(" ", loc=side, fontsize=12) for side in ("left", "right"))
        right.set_color(BLUE)
        self.artists = [rare, usual, left, right]
        self.data = {"ends": ENDS, "lowest": LOWEST, "titles": TITLES}

    def frame(self, accuracy: float, images: int) -> ScoreSpreadFrame:
        """Return the frame: how often each number of right answers comes, by the binomial distribution.

        >>> frame = ScoreSpreadView().frame(accuracy=0.98, images=10_000)
        >>> round(frame.error, 4), round(frame.low, 2), round(frame.high, 2), round(frame.inside)
        (0.14, 97.72, 98.28, 95)
        """
        right, heights = _frequencies(accuracy, images)
        error = 100 * math.sqrt(accuracy * (1 - accuracy) / images)
        percent = 100 * accuracy
        scores = 100 * right / images
        usual = np.abs(scores - percent) <= 2 * error
        inside = 100 * float(heights[usual].sum() / heights.sum())
        ends = percent - 2 * error, min(percent + 2 * error, 100.0)
        return ScoreSpreadFrame(accuracy, images, error, *ends, inside, scores, heights, usual)

    def words(self, frame: ScoreSpreadFrame) -> Words:
        numbers = {key: getattr(frame, key) for key in ("images", "error", "inside", "low", "high")}
        return Words("spread", numbers | {"percent": 100 * frame.accuracy})

    def draw(self, frame: ScoreSpreadFrame) -> None:
        rare, usual, left, right = self.artists
        rare.set_data(*_stems(frame.scores[~frame.usual], frame.heights[~frame.usual]))
        usual.set_data(*_stems(frame.scores[frame.usual], frame.heights[frame.usual]))
        left.set_text(fill(TITLES["error"], vars(frame)))
        right.set_text(fill(TITLES["inside"], vars(frame)))


def _frequencies(p, n):
    """Return the numbers of right answers that are not too rare, and how often each comes beside the most frequent."""
    mode = min(math.floor((n + 1) * p), n)
    odds = p / (1 - p)
    above, height = [], 1.0
    for k in range(mode, n):
        height = height * (n - k) / (k + 1) * odds
        if height < LOWEST:
            break
        above.append(height)
    below, height = [], 1.0
    for k in range(mode, 0, -1):
        height = height * k / (n - k + 1) / odds
        if height < LOWEST:
            break
        below.append(height)
    right = np.arange(mode - len(below), mode + len(above) + 1)
    return right, np.array([*below[::-1], 1.0, *above])


def _stems(scores, heights):
    """Return the points of a line that stands up at each score, with gaps in between."""
    nothing = np.full(len(scores), np.nan)
    return np.stack([scores, scores, nothing], 1).ravel(), np.stack([0 * heights, heights, nothing], 1).ravel()


def score_spread() -> Live:
    """Return how far test scores stray, with sliders for the true accuracy and for the number of test images.

    >>> score_spread().status.partition(": ")[2]
    'the score has a standard deviation of 0.14 points. 95 of 100 test sets score between 97.72 and 98.28 %.'
    """
    return ScoreSpreadView().live()
