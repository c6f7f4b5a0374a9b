"""A kernel of nine numbers on a digit: choose one or set its numbers, and watch the feature map. Lesson 14."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.convolution import conv2d
from course_utils.datasets.mnist_format import as_mnist
from course_utils.explorables.draw.strokes import THREE, draw_strokes
from course_utils.figure_settings import course_settings
from course_utils.formatting import format_number
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.page.telling import ramp
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.style import GREY, SIGNED

PRESETS = {
    "horizontal edges": ((-1, -1, -1), (0, 0, 0), (1, 1, 1)),
    "vertical edges": ((-1, 0, 1), (-1, 0, 1), (-1, 0, 1)),
    "blur": ((1, 1, 1), (1, 1, 1), (1, 1, 1)),
    "sharpen": ((0, -1, 0), (-1, 5, -1), (0, -1, 0)),
    "copy": ((0, 0, 0), (0, 1, 0), (0, 0, 0)),
}
OWN = "own"
NAMES = tuple(f"w{i}{j}" for i in range(3) for j in range(3))  # of the nine sliders
LIMIT = 5  # a slider's end
INKS = "gray_r"  # of the image

TITLES = {"image": "image", "kernel": "kernel", "map": "map: {low:.1f} … {high:.1f}"}

ROWS = "{w[0]:g} {w[1]:g} {w[2]:g} / {w[3]:g} {w[4]:g} {w[5]:g} / {w[6]:g} {w[7]:g} {w[8]:g}"
RANGE = "The feature map runs from {low:.1f} to {high:.1f}."
SENTENCES = {"map": f"{{name}}: {ROWS}, in all {{total:g}}. {RANGE}"}


@dataclass(frozen=True)
class KernelFrame:
    """A kernel and its feature map."""

    name: str  # of a preset, or "own"
    kernel: np.ndarray  # (3, 3)
    map: np.ndarray  # (height - 2, width - 2)


class KernelView(View):
    """An image, a kernel of 3 x 3 numbers, and its feature map. Choosing a kernel sets the nine sliders."""

    alt = (
        "A digit, the nine numbers of a kernel, and the feature map: "
        "red where the sum is positive, blue where negative."
    )
    SENTENCES = SENTENCES
    columns = 3

    @course_settings()
    def __init__(self, image: ArrayLike | None = None, start: str = "vertical edges"):
        self.image = _validate(as_mnist(draw_strokes(THREE)) if image is None else image)  # (height, width), 0 … 1
        weights = dict(zip(NAMES, np.ravel(checks.choice("kernel", "start", start, PRESETS)).tolist(), strict=True))
        self.sliders = {"kernel": _choice(start)} | {n: Slider(-LIMIT, LIMIT, 1, w) for n, w in weights.items()}
        self.fig = Figure(figsize=(6.6, 2.5), layout="constrained")
        self.artists = _artists(self.fig, self.image)
        self.data = {"image": self.image, "presets": PRESETS, "names": NAMES, "limit": LIMIT, "titles": TITLES}
        self.data |= {"inks": ramp(INKS), "shades": ramp(SIGNED)}

    def frame(self, kernel: str, **weights: float) -> KernelFrame:
        """Return the frame: a kernel, and its feature map. The nine weights count where the kernel is one's own.

        >>> KernelView(np.eye(4)).frame("copy").map
        array([[1., 0.],
               [0., 1.]])
        """
        rows = PRESETS[kernel] if kernel in PRESETS else [weights[name] for name in NAMES]
        values = np.array(rows, dtype=float).reshape(3, 3)
        return KernelFrame(kernel, values, conv2d(self.image, values))

    def words(self, frame: KernelFrame) -> Words:
        """Return the sentence's name and its numbers.

        >>> view = KernelView(np.eye(4))
        >>> view.sentence(view.frame("sharpen"))
        'sharpen: 0 −1 0 / −1 5 −1 / 0 −1 0, in all 1. The feature map runs from −2.0 to 5.0.'
        """
        total, low, high = frame.kernel.sum(), frame.map.min(), frame.map.max()
        return Words("map", {"name": frame.name, "w": frame.kernel.ravel(), "total": total, "low": low, "high": high})

    def draw(self, frame: KernelFrame) -> None:
        squares, *numbers, out, title = self.artists
        squares.set_data(frame.kernel)
        for text, weight in zip(numbers, frame.kernel.ravel(), strict=True):
            text.set_text(format_number(weight, "g"))
        limit = np.abs(frame.map).max() or 1.0
        out.set_data(frame.map)
        out.set_clim(-limit, limit)  # 0 is white; the strongest answer has the full colour
        title.set_text(fill(TITLES["map"], self.words(frame).numbers))


def _choice(start):
    """Return the names to choose from, each with the sliders that it sets; the first one is where it starts."""
    names = [start, *(name for name in PRESETS if name != start)]
    sets = {name: dict(zip(NAMES, np.ravel(PRESETS[name]).tolist(), strict=True)) for name in names}
    return sets | {OWN: {}}


def _validate(image):
    image = checks.as_array("kernel", "image", image)
    checks.check_ndim("kernel", "image", image, 2, "(height, width)", "one image, such as x_test[0]")
    if min(image.shape) < 3:
        raise argument_error("kernel", "the image is smaller than the kernel", "at least (3, 3)", image.shape)
    if not np.isfinite(image).all():
        raise argument_error("kernel", "image must hold finite numbers", "0 … 255", "NaN or infinity")
    return image / 255 if image.max() > 1 else image


def _artists(fig, image):
    left, middle, right = fig.subplots(1, 3, width_ratios=(1, 0.8, 1))
    left.imshow(image, cmap=INKS, vmin=0)
    style = {"cmap": SIGNED, "vmin": -LIMIT, "vmax": LIMIT}
    squares = middle.imshow(np.zeros((3, 3)), alpha=0.6, **style)
    place = {"ha": "center", "va": "center", "fontsize": 15}
    numbers = [middle.text(j, i, " ", **place) for i in range(3) for j in range(3)]
    out = right.imshow(np.zeros(np.subtract(image.shape, 2)), **style)
    for ax, title in ((left, TITLES["image"]), (middle, TITLES["kernel"])):
        ax.set_title(title, fontsize=12)
    for ax in (left, middle, right):
        ax.set(xticks=[], yticks=[])
    middle.set(xticks=(0.5, 1.5), yticks=(0.5, 1.5), xticklabels=[], yticklabels=[])
    middle.tick_params(length=0)
    middle.grid(color=GREY, lw=1)
    return [squares, *numbers, out, right.set_title(" ", fontsize=12)]


def kernel(image: ArrayLike | None = None, start: str = "vertical edges") -> Live:
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

    >>> kernel(np.eye(4), start="copy").status
    'copy: 0 0 0 / 0 1 0 / 0 0 0, in all 1. The feature map runs from 0.0 to 1.0.'
    """
    return KernelView(image, start).live()
