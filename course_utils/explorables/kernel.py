"""A kernel of nine numbers on a digit: choose one or set its numbers, and watch the feature map. Lesson 14."""

import numpy as np
from matplotlib.figure import Figure

from course_utils import _checks
from course_utils._checks import argument_error
from course_utils.convolution import conv2d
from course_utils.datasets.mnist_format import as_mnist
from course_utils.explorables.draw.strokes import THREE, stroked
from course_utils.explorables.kernel_board import NAMES, KernelBoard
from course_utils.live.view import View

PRESETS = {
    "horizontal edges": ((-1, -1, -1), (0, 0, 0), (1, 1, 1)),
    "vertical edges": ((-1, 0, 1), (-1, 0, 1), (-1, 0, 1)),
    "blur": ((1, 1, 1), (1, 1, 1), (1, 1, 1)),
    "sharpen": ((0, -1, 0), (-1, 5, -1), (0, -1, 0)),
    "copy": ((0, 0, 0), (0, 1, 0), (0, 0, 0)),
}
OWN = "own"
FAR = 5  # a slider's end
ALT = "A digit, the nine numbers of a kernel, and the feature map: red where the sum is positive, blue where negative."


def kernel_frame(image, kernel, weights):
    """Return the frame: the kernel, (3, 3), and its feature map.

    >>> now = kernel_frame(np.eye(4), "copy", np.zeros(9))
    >>> now["map"]
    array([[1., 0.],
           [0., 1.]])
    """
    numbers = np.array(PRESETS.get(kernel, weights), dtype=float).reshape(3, 3)
    return {"name": kernel, "kernel": numbers, "map": conv2d(image, numbers)}


def kernel_words(now):
    """Return the frame in words.

    >>> kernel_words(kernel_frame(np.eye(4), "sharpen", np.zeros(9)))
    'sharpen: 0 −1 0 / −1 5 −1 / 0 −1 0, in all 1. The feature map runs from −2.0 to 5.0.'
    """
    rows = " / ".join(" ".join(f"{w:g}" for w in row) for row in now["kernel"])
    ends = f"from {now['map'].min() + 0.0:.1f} to {now['map'].max() + 0.0:.1f}"
    return f"{now['name']}: {rows}, in all {now['kernel'].sum():g}. The feature map runs {ends}.".replace("-", "−")


class KernelView(View):
    """A view whose choice and nine sliders follow each other."""

    def live(self):
        """Return the view with its sliders."""
        return KernelBoard(self.fig, self.update, self.artists, alt=self.alt, sliders=self.sliders, presets=PRESETS)


def kernel_view(image=None, start="vertical edges"):
    """Return the view of a kernel, to be shown with `.live()`."""
    image = _checked(as_mnist(stroked(THREE)) if image is None else image)
    weights = np.ravel(_checks.choice("kernel", "start", start, PRESETS)).tolist()
    fig = Figure(figsize=(6.6, 2.5), layout="constrained")
    artists = _artists(fig, image)

    def frame(kernel, **weights):
        return kernel_frame(image, kernel, [weights[name] for name in NAMES])

    def draw(now):
        _draw(now, *artists)

    names = [start, *(name for name in PRESETS if name != start), OWN]
    sliders = {"kernel": names} | {n: (-FAR, FAR, 1, w) for n, w in zip(NAMES, weights, strict=True)}
    return KernelView(fig, list(artists), frame, draw, kernel_words, ALT, sliders)


def _checked(image):
    image = _checks.as_array("kernel", "image", image)
    _checks.check_ndim("kernel", "image", image, 2, "(height, width)", "one image, such as x_test[0]")
    if min(image.shape) < 3:
        raise argument_error("kernel", "the image is smaller than the kernel", "at least (3, 3)", image.shape)
    if not np.isfinite(image).all():
        raise argument_error("kernel", "image must hold finite numbers", "0 … 255", "NaN or infinity")
    return image / 255 if image.max() > 1 else image


def _artists(fig, image):
    left, middle, right = fig.subplots(1, 3, width_ratios=(1, 0.8, 1))
    left.imshow(image, cmap="gray_r", vmin=0)
    look = {"cmap": "RdBu_r", "vmin": -FAR, "vmax": FAR}
    squares = middle.imshow(np.zeros((3, 3)), alpha=0.6, **look)
    place = {"ha": "center", "va": "center", "fontsize": 15}
    numbers = [middle.text(j, i, " ", **place) for i in range(3) for j in range(3)]
    out = right.imshow(np.zeros(np.subtract(image.shape, 2)), **look)
    for ax, title in ((left, "image"), (middle, "kernel")):
        ax.set_title(title, fontsize=12)
    for ax in (left, middle, right):
        ax.set(xticks=[], yticks=[])
    middle.set(xticks=(0.5, 1.5), yticks=(0.5, 1.5), xticklabels=[], yticklabels=[])
    middle.tick_params(length=0)
    middle.grid(color="#767676", lw=1)
    return squares, numbers, out, right.set_title(" ", fontsize=12)


def _draw(now, squares, numbers, out, title):
    squares.set_data(now["kernel"])
    for text, w in zip(numbers, now["kernel"].ravel(), strict=True):
        text.set_text(f"{w:g}".replace("-", "−"))
    far = np.abs(now["map"]).max() or 1.0
    out.set_data(now["map"])
    out.set_clim(-far, far)  # 0 is white; the strongest answer has the full colour
    title.set_text(f"map: {now['map'].min() + 0.0:.1f} … {now['map'].max() + 0.0:.1f}".replace("-", "−"))


def kernel(image=None, start="vertical edges"):
    """Return a kernel of 3 x 3 numbers on an image, with its feature map.

    Parameters
    ----------
    image : array_like, (height, width), optional
        0 (paper) … 255 (ink), or 0 … 1; by default a drawn 3. It is shown, and multiplied, as 0 … 1.
    start : str
        "horizontal edges", "vertical edges", "blur", "sharpen" or "copy".

    Raises
    ------
    ValueError
        For an unknown start, or an image that is not two-dimensional or smaller than 3 x 3.

    >>> kernel(np.eye(4), start="copy").said
    'copy: 0 0 0 / 0 1 0 / 0 0 0, in all 1. The feature map runs from 0.0 to 1.0.'
    """
    return kernel_view(image, start).live()
