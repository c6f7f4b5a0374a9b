"""Train once, then slide through time: the weights of one class as a picture, and the accuracy so far."""

import math

import numpy as np
from matplotlib.figure import Figure

from course_utils import _checks
from course_utils._checks import argument_error
from course_utils.live.view import View
from course_utils.style import BLUE, ORANGE

ALT = "Left: the weights of one class as a picture. Right: accuracy over the steps of training, one moment marked."


def snapshots_view(kernels, steps, accuracies):
    """Return the view of a training run of a softmax regression on square images, to be shown with `.live()`."""
    kernels, steps, shares = _checked(kernels, steps, accuracies)
    side, last, top = math.isqrt(kernels.shape[1]), int(steps[-1]), np.abs(kernels).max() or 1.0

    def frame(step, digit):
        i = int(np.abs(steps - step).argmin())  # the snapshot next to the wish
        k = int(min(max(digit, 0), kernels.shape[2] - 1))
        image = kernels[i, :, k].reshape(side, side)
        return {"step": int(steps[i]), "digit": k, "image": image, "accuracy": float(shares[i])}

    fig = Figure(figsize=(7.8, 3.4), layout="constrained")
    fig.get_layout_engine().set(wspace=0.08)  # keeps the colour bar's name off the next axis's
    left, right = fig.subplots(1, 2, width_ratios=(1, 1.4))
    artists = _artists(fig, left, right, side, top)
    right.plot(steps, 100 * shares, color=BLUE, lw=2, zorder=2)

    def draw(now):
        _draw(now, *artists)

    every = int(np.diff(steps).min())
    sliders = {"step": (0, last, every, 0), "digit": (0, kernels.shape[2] - 1, 1, 0)}
    return View(fig, list(artists), frame, draw, snapshots_words, ALT, sliders)


def example():
    """Return snapshots of a run that never was, for a look at the view without data."""
    blobs = np.random.default_rng(0).normal(size=(784, 10))  # (pixels, classes)
    steps = np.arange(0, 3001, 15)  # (201,)
    grown = 1 - np.exp(-steps / 600)
    return grown[:, None, None] * blobs, steps, 0.1 + 0.8 * grown


def _checked(kernels, steps, accuracies):
    name = "snapshots"
    kernels = _checks.as_array(name, "kernels", kernels)
    _checks.check_ndim(name, "kernels", kernels, 3, "(snapshots, pixels, classes)")
    if math.isqrt(kernels.shape[1]) ** 2 != kernels.shape[1]:
        raise argument_error(name, "the images must be square", "28 · 28 = 784 pixels, for example", kernels.shape[1])
    steps = _checks.as_array(name, "steps", steps)
    shares = _checks.as_array(name, "accuracies", accuracies)
    for arg, a in (("steps", steps), ("accuracies", shares)):
        if a.shape != kernels.shape[:1]:
            raise argument_error(name, f"there must be one of {arg} for each snapshot", kernels.shape[:1], a.shape)
    if len(steps) < 2 or steps[0] != 0 or (np.diff(steps) <= 0).any():
        raise argument_error(name, "steps must rise from 0", "0, 100, 200, …", steps[:5].tolist())
    return kernels, steps, shares


def snapshots_words(now):
    """Return the frame in words.

    >>> snapshots_words({"step": 600, "digit": 3, "image": np.array([[-0.25, 0.5]]), "accuracy": 0.857})
    'After 600 steps 85.7 % of the test images are right. Weights of digit 3: from −0.250 to 0.500.'
    """
    low, high = (f"{edge + 0.0:.3f}".replace("-", "−") for edge in (now["image"].min(), now["image"].max()))
    so_far = f"After {now['step']:,} steps {100 * now['accuracy']:.1f} % of the test images are right."
    return f"{so_far} Weights of digit {now['digit']}: from {low} to {high}."


def _artists(fig, left, right, side, top):
    picture = left.imshow(np.zeros((side, side)), cmap="bwr", vmin=-top, vmax=top)
    left.set(xticks=[], yticks=[])
    fig.colorbar(picture, ax=left, shrink=0.8, label="weight")
    right.set(xlabel="step", ylabel="test accuracy (%)", ylim=(0, 100))
    right.grid(color="#e4e4e4")
    (dot,) = right.plot([0], [0], "o", color=ORANGE, ms=10, mec="white", zorder=5)
    name = left.set_title("digit 0", loc="left", fontsize=12)
    note = right.set_title(" ", loc="left", fontsize=12)
    return picture, dot, name, note


def _draw(now, picture, dot, name, note):
    picture.set_data(now["image"])
    dot.set_data([now["step"]], [100 * now["accuracy"]])
    name.set_text(f"digit {now['digit']}")
    note.set_text(f"step {now['step']:,}: {100 * now['accuracy']:.1f} %")


def snapshots(kernels, steps, accuracies):
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
        If the lengths differ, the images are not square, or the steps do not rise from 0.

    >>> view = snapshots(np.arange(3)[:, None, None] * np.ones((3, 4, 2)), [0, 5, 10], [0.5, 0.7, 0.8])
    >>> view.said
    'After 0 steps 50.0 % of the test images are right. Weights of digit 0: from 0.000 to 0.000.'
    """
    return snapshots_view(kernels, steps, accuracies).live()
