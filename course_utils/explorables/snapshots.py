"""Train once, then slide through time: the weights of one class as a picture, and the accuracy so far."""

import math
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.page.telling import LARGEST, ramp, whole
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.style import BLUE, GRID, ORANGE, SIGNED

SO_FAR = "After {step:,} steps {percent:.1f} % of the test images are right."
SENTENCES = {"snapshot": f"{SO_FAR} Weights of digit {{digit}}: from {{low:.3f}} to {{high:.3f}}."}
TITLES = {"digit": "digit {digit}", "step": "step {step:,}: {percent:.1f} %"}


@dataclass(frozen=True)
class SnapshotsFrame:
    """One moment of a training run, and one class."""

    step: int
    digit: int
    image: np.ndarray  # (side, side), the weights, to 0.002 % of the largest of the run
    low: float  # the least weight of the image
    high: float
    accuracy: float  # in [0, 1]


class SnapshotsView(View):
    """A training run of a softmax regression on square images."""

    alt = "Left: the weights of one class as a picture. Right: accuracy over the steps of training, one moment marked."
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self, kernels: ArrayLike, steps: ArrayLike, accuracies: ArrayLike):
        weights, self.steps, self.accuracies = _validate(kernels, steps, accuracies)
        side = math.isqrt(weights.shape[1])
        top = _colour_limit(weights)
        self.kernels, self.unit = whole(weights, top), top / LARGEST  # a film is long: two bytes a weight
        every, last = int(np.diff(self.steps).min()), int(self.steps[-1])
        self.sliders = {"step": Slider(0, last, every, last), "digit": Slider(0, self.kernels.shape[2] - 1, 1, 0)}
        self.fig = Figure(figsize=(7.8, 3.4))
        self.fig.set_layout_engine("constrained", wspace=0.08)  # keeps the colour bar's name off the next axis's
        left, right = self.fig.subplots(1, 2, width_ratios=(1, 1.4))
        picture, name = _picture(self.fig, left, side, top)
        dot, note = _curve(right, self.steps, self.accuracies)
        self.artists = [picture, dot, name, note]
        self.low, self.high = weights.min(axis=1).astype(float), weights.max(axis=1).astype(float)
        run = {
            "low": self.low,
            "high": self.high,
            "kernels": self.kernels.swapaxes(1, 2),
            "steps": self.steps,
            "accuracies": self.accuracies,
        }
        self.data = run | {"side": side, "unit": self.unit, "top": top}
        self.data |= {"shades": ramp(SIGNED), "titles": TITLES, "across": right.get_xlim()}

    def frame(self, step: int, digit: int) -> SnapshotsFrame:
        """Return the frame of the snapshot that is nearest to a step.

        >>> view = SnapshotsView(np.arange(3)[:, None, None] * np.ones((3, 4, 2)), [0, 5, 10], [0.5, 0.7, 0.8])
        >>> frame = view.frame(step=6, digit=1)
        >>> frame.step, frame.image.round(3).tolist(), frame.accuracy
        (5, [[1.0, 1.0], [1.0, 1.0]], 0.7)
        """
        i = int(np.abs(self.steps - step).argmin())
        digit = int(min(max(digit, 0), self.kernels.shape[2] - 1))
        side = math.isqrt(self.kernels.shape[1])
        image = self.kernels[i, :, digit].reshape(side, side) * self.unit
        ends = float(self.low[i, digit]), float(self.high[i, digit])
        return SnapshotsFrame(int(self.steps[i]), digit, image, *ends, float(self.accuracies[i]))

    def words(self, frame: SnapshotsFrame) -> Words:
        numbers = {"step": frame.step, "digit": frame.digit, "percent": 100 * frame.accuracy}
        return Words("snapshot", numbers | {"low": frame.low, "high": frame.high})

    def draw(self, frame: SnapshotsFrame) -> None:
        picture, dot, name, note = self.artists
        picture.set_data(frame.image)
        dot.set_data([frame.step], [100 * frame.accuracy])
        name.set_text(fill(TITLES["digit"], vars(frame)))
        note.set_text(fill(TITLES["step"], self.words(frame).numbers))


def example() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return snapshots of a run that never was, for a look at the view without data."""
    blobs = np.random.default_rng(0).normal(size=(784, 10))  # (pixels, classes)
    steps = np.arange(0, 9376, 75)  # (126,)
    grown = 1 - np.exp(-steps / 1900)
    return grown[:, None, None] * blobs, steps, 0.1 + 0.8 * grown


def _validate(kernels, steps, accuracies):
    name = "snapshots"
    kernels = checks.as_array(name, "kernels", kernels)
    checks.check_ndim(name, "kernels", kernels, 3, "(snapshots, pixels, classes)")
    if math.isqrt(kernels.shape[1]) ** 2 != kernels.shape[1]:
        raise argument_error(name, "the images must be square", "28 · 28 = 784 pixels, for example", kernels.shape[1])
    steps = checks.as_array(name, "steps", steps)
    accuracies = checks.as_array(name, "accuracies", accuracies)
    checks.check_finite(name, "kernels", kernels)
    for arg, a in (("steps", steps), ("accuracies", accuracies)):
        if a.shape != kernels.shape[:1]:
            raise argument_error(name, f"there must be one of {arg} for each snapshot", kernels.shape[:1], a.shape)
        checks.check_finite(name, arg, a)
    if len(steps) < 2 or steps[0] != 0 or (np.diff(steps) <= 0).any():
        raise argument_error(name, "steps must rise from 0", "0, 100, 200, …", steps[:5].tolist())
    return kernels.astype(np.float32), steps, accuracies


def _colour_limit(kernels):
    return float(np.abs(kernels).max()) or 1.0


def _picture(fig, ax, side, top):
    picture = ax.imshow(np.zeros((side, side)), cmap=SIGNED, vmin=-top, vmax=top)
    ax.set(xticks=[], yticks=[])
    fig.colorbar(picture, ax=ax, shrink=0.8, label="weight")
    return picture, ax.set_title(" ", loc="left", fontsize=12)


def _curve(ax, steps, accuracies):
    ax.set(xlabel="step", ylabel="test accuracy (%)", ylim=(0, 100))
    ax.grid(color=GRID)
    ax.plot(steps, 100 * accuracies, color=BLUE, lw=2, zorder=2)
    (dot,) = ax.plot([0], [0], "o", color=ORANGE, ms=10, mec="white", zorder=5)
    return dot, ax.set_title(" ", loc="left", fontsize=12)


def snapshots(kernels: ArrayLike, steps: ArrayLike, accuracies: ArrayLike) -> Live:
    """Return a training run with sliders for the step and for the class whose weights are shown.

    Parameters
    ----------
    kernels : array_like, (snapshots, pixels, classes)
        The kernel as it was at each snapshot; pixels of a square image.
    steps : array_like of whole numbers, (snapshots,)
        After how many steps each was taken; the first is 0.
    accuracies : array_like, (snapshots,)
        Share of test images that were right, in [0, 1].

    Raises
    ------
    ValueError
        If the lengths differ, a number is not finite, the images are not square, or the steps do not rise from 0.

    >>> view = snapshots(np.arange(3)[:, None, None] * np.ones((3, 4, 2)), [0, 5, 10], [0.5, 0.7, 0.8])
    >>> view.status
    'After 10 steps 80.0 % of the test images are right. Weights of digit 0: from 2.000 to 2.000.'
    """
    return SnapshotsView(kernels, steps, accuracies).live()
