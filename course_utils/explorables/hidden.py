"""One hidden unit at a time: its weights as a picture, the digits that excite it most, and what it likes in all."""

import math
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.page.telling import ramp
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.style import BLUE, GRID, ORANGE, SIGNED

MOST = "Unit {unit} is most active for digit {digit}: {mean:.2f} on average. The images that excite it most: {labels}."
SENTENCES = {
    "active": MOST,
    "silent": "Unit {unit} is silent: its activation is 0 for every image.",
}
TITLES = {"unit": "unit {unit}", "excited": "excited by"}
INKS = "gray_r"  # of images


@dataclass(frozen=True)
class HiddenFrame:
    """One unit of a layer, on images of side x side pixels."""

    unit: int
    image: np.ndarray  # (side, side), its weights
    tiles: np.ndarray  # (3 side, 3 side), the images that excite it most, three in a row
    labels: np.ndarray  # (at most 9,), their digits; none for a silent unit
    means: np.ndarray  # (classes,), its mean activation by digit


class HiddenView(View):
    """The weights of a trained hidden layer's units, and what excites them."""

    alt = "Left: the weights of one hidden unit. Middle: the nine images that excite it most. Right: its mean by digit."
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self, kernel: ArrayLike, activations: ArrayLike, images: ArrayLike, labels: ArrayLike):
        self.kernel, activations, self.images, self.labels = _validate(kernel, activations, images, labels)
        self.means = _means(activations, self.labels)  # (classes, units)
        self.favourites = _favourites(activations)
        self.sliders = {"unit": Slider(0, self.kernel.shape[1] - 1, 1, 0)}
        self.fig = Figure(figsize=(7.8, 3.0), layout="constrained")
        limit, highest = _colour_limit(self.kernel), self.means.max() or 1.0
        self.artists = _artists(self.fig, self.images, limit, highest, len(self.means))
        looks = {"limit": limit, "highest": highest, "shades": ramp(SIGNED), "inks": ramp(INKS), "titles": TITLES}
        self.data = _data(self.kernel, self.favourites, self.images, self.labels, self.means) | looks

    def frame(self, unit: int) -> HiddenFrame:
        side = self.images.shape[1]
        unit = int(min(max(unit, 0), self.kernel.shape[1] - 1))
        best = self.favourites[unit]
        nine = np.zeros((9, side, side), self.images.dtype)
        nine[: len(best)] = self.images[best]
        return HiddenFrame(
            unit=unit,
            image=self.kernel[:, unit].reshape(side, side),
            tiles=nine.reshape(3, 3, side, side).swapaxes(1, 2).reshape(3 * side, 3 * side),
            labels=self.labels[best],
            means=self.means[:, unit],
        )

    def words(self, frame: HiddenFrame) -> Words:
        if len(frame.labels) == 0:
            return Words("silent", {"unit": frame.unit})
        digit = int(frame.means.argmax())
        labels = " ".join(map(str, frame.labels))
        return Words("active", {"unit": frame.unit, "digit": digit, "mean": frame.means[digit], "labels": labels})

    def draw(self, frame: HiddenFrame) -> None:
        weights, tiles, bars, name = self.artists
        weights.set_data(frame.image)
        tiles.set_data(frame.tiles)
        best = frame.means.argmax() if len(frame.labels) else None
        for digit, bar in enumerate(bars):
            bar.set(height=frame.means[digit], color=ORANGE if digit == best else BLUE)
        name.set_text(fill(TITLES["unit"], vars(frame)))


def example() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return a layer of 64 units on noise of MNIST's size, for a look at the view without data."""
    rng = np.random.default_rng(0)
    images = rng.random((40, 28, 28))  # (n, side, side)
    kernel = rng.normal(size=(784, 64))  # (pixels, units)
    return kernel, np.maximum(images.reshape(40, 784) @ kernel, 0), images, np.arange(40) % 10


def _validate(kernel, activations, images, labels):
    name = "hidden"
    kernel = checks.as_array(name, "kernel", kernel)
    checks.check_ndim(name, "kernel", kernel, 2, "(pixels, units)")
    images, a = checks.as_array(name, "images", images), checks.as_array(name, "activations", activations)
    side = math.isqrt(len(kernel))
    if side * side != len(kernel) or images.shape[1:] != (side, side):
        raise argument_error(name, "images and kernel must have the same square", f"(n, {side}, {side})", images.shape)
    if len(images) < 9:
        raise argument_error(name, "nine images are shown", "at least 9 images", len(images))
    if a.shape != (len(images), kernel.shape[1]):
        raise argument_error(
            name, "activations do not fit", (len(images), kernel.shape[1]), a.shape, "images in, units out"
        )
    for arg, numbers in (("kernel", kernel), ("activations", a), ("images", images)):
        checks.check_finite(name, arg, numbers)
    labels = checks.as_labels(name, "labels", labels)
    if labels.shape != images.shape[:1]:
        raise argument_error(name, "there must be one label for each image", images.shape[:1], labels.shape)
    return kernel, a, images, labels


def _means(activations, labels):
    """Return each unit's mean activation by digit, (classes, units); 0 for a digit that is not there."""
    means = np.zeros((labels.max() + 1, activations.shape[1]), activations.dtype)
    for digit in np.unique(labels):
        means[digit] = activations[labels == digit].mean(axis=0)
    return means


def _favourites(activations):
    """Return for each unit which images excite it most, at most nine; a silent unit has none."""
    order = np.argsort(-activations, axis=0, kind="stable")[:9].T  # (units, 9)
    return [best[activations[best, unit] > 0] for unit, best in enumerate(order)]


def _data(kernel, favourites, images, labels, means):
    """Return what the page needs of a layer: of all images only those that are shown."""
    shown = np.unique(np.concatenate(favourites))
    where = [np.searchsorted(shown, best).tolist() for best in favourites]
    layer = {"weights": kernel.T, "means": means.T, "favourites": where}
    return layer | {"images": images[shown], "labels": labels[shown], "side": images.shape[1], "darkest": images.max()}


def _colour_limit(kernel):
    """Return where the colours end: one weight in a hundred lies beyond, so that the others are seen."""
    return float(np.quantile(np.abs(kernel), 0.99, method="higher")) or 1.0


def _artists(fig, images, top, highest, classes):
    side = images.shape[1]
    left, middle, right = fig.subplots(1, 3, width_ratios=(1.15, 1, 1.35))
    weights = left.imshow(np.zeros((side, side)), cmap=SIGNED, vmin=-top, vmax=top)
    fig.colorbar(weights, ax=left, shrink=0.8, label="weight", extend="both")
    tiles = middle.imshow(np.zeros((3 * side, 3 * side)), cmap=INKS, vmin=0, vmax=images.max())
    for ax in (left, middle):
        ax.set(xticks=[], yticks=[])
    middle.set_title(TITLES["excited"], loc="left", fontsize=12)
    bars = right.bar(range(classes), 0, color=BLUE, zorder=2)
    right.set(xlabel="digit", ylabel="mean activation", ylim=(0, 1.05 * highest), xticks=range(classes))
    right.grid(axis="y", color=GRID)
    return [weights, tiles, bars, left.set_title(" ", loc="left", fontsize=12)]


def hidden(kernel: ArrayLike, activations: ArrayLike, images: ArrayLike, labels: ArrayLike) -> Live:
    """Return a hidden layer with a slider for the unit that is looked at.

    Parameters
    ----------
    kernel : array_like, (pixels, units)
        Weights of the first layer; pixels of a square image.
    activations : array_like, (n, units)
        What the units give for the images; not negative, as a ReLU's or a sigmoid's.
    images : array_like, (n, side, side)
    labels : array_like of int, (n,)

    Raises
    ------
    ValueError
        If the shapes do not fit together, a number is not finite, or there are fewer than nine images.

    >>> hidden(*example()).status
    'Unit 0 is most active for digit 3: 25.20 on average. The images that excite it most: 3 8 9 1 2 6 5 4 0.'
    """
    return HiddenView(kernel, activations, images, labels).live()
