"""One hidden unit at a time: its weights as a picture, the digits that excite it most, and what it likes in all."""

import math

import numpy as np
from matplotlib.figure import Figure

from course_utils import _checks
from course_utils._checks import argument_error
from course_utils.live.view import View
from course_utils.style import BLUE, ORANGE

ALT = "Left: the weights of one hidden unit. Middle: the nine images that excite it most. Right: its mean by digit."


def hidden_view(kernel, activations, images, labels):
    """Return the view of a trained hidden layer, to be shown with `.live()`."""
    kernel, a, images, labels = _checked(kernel, activations, images, labels)
    side, units, classes = math.isqrt(len(kernel)), kernel.shape[1], int(labels.max()) + 1
    means = np.stack([a[labels == k].mean(axis=0) if (labels == k).any() else 0 * a[0] for k in range(classes)])

    def frame(unit):
        u = int(min(max(unit, 0), units - 1))
        best = np.argsort(-a[:, u], kind="stable")[:9]  # (9,)
        excited = a[best, u] > 0  # (9,): a silent unit has no favourites
        nine = np.where(excited[:, None, None], images[best], 0)  # (9, side, side)
        tiles = nine.reshape(3, 3, side, side).swapaxes(1, 2).reshape(3 * side, 3 * side)
        said = labels[best][excited].tolist()
        return {
            "unit": u,
            "image": kernel[:, u].reshape(side, side),
            "tiles": tiles,
            "labels": said,
            "means": means[:, u],
        }

    fig = Figure(figsize=(7.8, 3.0), layout="constrained")
    artists = _artists(fig, side, _far(kernel), images.max(), means.max() or 1.0, classes)

    def draw(now):
        _draw(now, *artists)

    return View(fig, list(artists), frame, draw, hidden_words, ALT, {"unit": (0, units - 1, 1, 0)})


def example():
    """Return a layer of 64 units on noise of MNIST's size, for a look at the view without data."""
    rng = np.random.default_rng(0)
    images = rng.random((40, 28, 28))  # (n, side, side)
    kernel = rng.normal(size=(784, 64))  # (pixels, units)
    return kernel, np.maximum(images.reshape(40, 784) @ kernel, 0), images, np.arange(40) % 10


def _checked(kernel, activations, images, labels):
    name = "hidden"
    kernel = _checks.as_array(name, "kernel", kernel)
    _checks.check_ndim(name, "kernel", kernel, 2, "(pixels, units)")
    images, a = _checks.as_array(name, "images", images), _checks.as_array(name, "activations", activations)
    side = math.isqrt(len(kernel))
    if side * side != len(kernel) or images.shape[1:] != (side, side):
        raise argument_error(name, "images and kernel must have the same square", f"(n, {side}, {side})", images.shape)
    if len(images) < 9:
        raise argument_error(name, "nine images are shown", "at least 9 images", len(images))
    if a.shape != (len(images), kernel.shape[1]):
        raise argument_error(
            name, "activations do not fit", (len(images), kernel.shape[1]), a.shape, "images in, units out"
        )
    labels = _checks.as_labels(name, "labels", labels)
    if labels.shape != images.shape[:1]:
        raise argument_error(name, "there must be one label for each image", images.shape[:1], labels.shape)
    return kernel, a, images, labels


def hidden_words(now):
    """Return the frame in words.

    >>> hidden_words({"unit": 5, "means": np.zeros(3), "labels": []})
    'Unit 5 is silent: its activation is 0 for every image.'
    >>> hidden_words({"unit": 2, "means": np.array([0.5, 4.0, 0.0]), "labels": [1, 1, 0]})
    'Unit 2 is most active for digit 1: 4.00 on average. The images that excite it most: 1 1 0.'
    """
    if not now["labels"]:
        return f"Unit {now['unit']} is silent: its activation is 0 for every image."
    k = int(np.argmax(now["means"]))
    most = f"Unit {now['unit']} is most active for digit {k}: {now['means'][k]:.2f} on average."
    return f"{most} The images that excite it most: {' '.join(map(str, now['labels']))}."


def _far(kernel):
    """Return where the colours end: one weight in a hundred lies beyond, so that the others are seen."""
    return float(np.quantile(np.abs(kernel), 0.99, method="higher")) or 1.0


def _artists(fig, side, top, ink, highest, classes):
    left, middle, right = fig.subplots(1, 3, width_ratios=(1.15, 1, 1.35))
    weights = left.imshow(np.zeros((side, side)), cmap="RdBu_r", vmin=-top, vmax=top)
    fig.colorbar(weights, ax=left, shrink=0.8, label="weight", extend="both")
    tiles = middle.imshow(np.zeros((3 * side, 3 * side)), cmap="gray_r", vmin=0, vmax=ink)
    for ax in (left, middle):
        ax.set(xticks=[], yticks=[])
    middle.set_title("excited by", loc="left", fontsize=12)
    bars = right.bar(range(classes), 0, color=BLUE, zorder=2)
    right.set(xlabel="digit", ylabel="mean activation", ylim=(0, 1.05 * highest), xticks=range(classes))
    right.grid(axis="y", color="#e4e4e4")
    return weights, tiles, bars, left.set_title(" ", loc="left", fontsize=12)


def _draw(now, weights, tiles, bars, name):
    weights.set_data(now["image"])
    tiles.set_data(now["tiles"])
    best = int(np.argmax(now["means"])) if now["labels"] else None
    for k, bar in enumerate(bars):
        bar.set(height=now["means"][k], color=ORANGE if k == best else BLUE)
    name.set_text(f"unit {now['unit']}")


def hidden(kernel, activations, images, labels):
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
        If the shapes do not fit together, or there are fewer than nine images.

    >>> hidden(*example()).said
    'Unit 0 is most active for digit 3: 25.20 on average. The images that excite it most: 3 8 9 1 2 6 5 4 0.'
    """
    return hidden_view(kernel, activations, images, labels).live()
