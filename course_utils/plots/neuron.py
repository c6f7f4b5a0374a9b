"""A neuron as a picture: inputs, a weight on each wire, the sum, the activation, the output. Lesson 01."""

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch
from numpy.typing import ArrayLike

from course_utils import activations, checks
from course_utils.checks import argument_error
from course_utils.figure_settings import draws
from course_utils.formatting import format_number
from course_utils.plots.structure import (
    FORWARD,
    LETTER,
    WHITE,
    arrow,
    blank_axes,
    paper,
    unit,
    weight_style,
    wire,
    write,
)
from course_utils.style import BLACK, BLUE

ACTIVATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "step": activations.step,
    "sigmoid": activations.sigmoid,
    "tanh": activations.tanh,
    "relu": activations.relu,
    "linear": activations.linear,
}
MOST = 6  # inputs that are drawn; of more, the first four and the last
ROW, RADIUS = 0.72, 0.3  # inches: between inputs, of a unit


@draws
def neuron(
    w: ArrayLike,
    b: float,
    x: ArrayLike | None = None,
    *,
    activation: str = "sigmoid",
    names: Sequence[str] | None = None,
    output: str = "a",
    ax: Axes | None = None,
) -> Axes:
    """Draw a neuron from left to right, with its numbers where an input is given.

    Each wire says its weight, and shows it: the larger the wider, red and whole above 0, blue and dashed below.

    Parameters
    ----------
    w : array_like, (n,)
        The weights. Of more than six inputs the first four and the last are drawn.
    b : float
        The bias.
    x : array_like, (n,), optional
        One example. Without it the picture shows names only.
    activation : str
        "step", "sigmoid", "tanh", "relu" or "linear"; its curve stands in its box.
    names : sequence of str, (n,), optional
        Of the inputs; by default x[0], x[1], …
    output : str
        What comes out.
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If the shapes do not fit, a number is not finite, or the activation is unknown.

    Examples
    --------
    >>> ax = neuron([2, 3], -2, [0.8, 0.3], names=["sky", "forecast"], activation="step")
    >>> [text.get_text() for text in ax.texts]  # doctest: +NORMALIZE_WHITESPACE
    ['sky\\n0.8', '2', 'forecast\\n0.3', '3', 'bias −2', 'Σ', 'z = 0.5', 'step', 'a = 1']
    """
    name = "neuron"
    weights, example, names = _checked(name, w, x, names)
    bias = checks.number(name, "b", b.item() if isinstance(b, np.ndarray) and b.size == 1 else b)
    curve = checks.choice(name, "activation", activation, ACTIVATIONS)
    if not isinstance(output, str) or not output:
        raise argument_error(name, "output must name what comes out", "a text", repr(output))
    places = list(range(len(weights))) if len(weights) <= MOST else [0, 1, 2, 3, None, len(weights) - 1]
    left = LETTER * max(len(n) for i, n in enumerate(names) if i in places) / 2 + 0.1
    left = max(left, RADIUS + 0.1, 0.4)
    height = ROW * max(len(places), 2) + 0.35
    middle = 0.1 + ROW * max(len(places), 2) / 2
    sum_, squash = left + 2.3, left + 4.1
    width = squash + 0.45 + 1.35
    ax = blank_axes(ax, (width, height))
    largest = np.abs(weights).max()
    for row, i in enumerate(places):
        y = middle + ROW * ((len(places) - 1) / 2 - row)
        if i is None:
            write(ax, (left, y), "⋮", fontsize=18)
            continue
        _input(ax, (left, y), names[i], None if example is None else example[i])
        way = np.array([sum_ - RADIUS - left - 0.32, middle - y])
        start = np.array([left + max(RADIUS, LETTER * len(names[i]) / 2) + 0.05, y])
        end = np.array([sum_, middle]) - RADIUS * way / np.hypot(*way)
        wire(ax, start, end, weight_style(weights[i], largest))
        write(ax, start + 0.42 * (end - start), format_number(weights[i], "short"), bbox=paper(0.12))
    tail = (sum_, height - 0.28)
    arrow(ax, tail, (sum_, middle + RADIUS), FORWARD)
    write(ax, (sum_ + 0.14, height - 0.2), f"bias {format_number(bias, 'short')}", ha="left")
    unit(ax, (sum_, middle), RADIUS, "Σ")
    z = None if example is None else float(example @ weights + bias)
    a = None if z is None else float(curve(np.array(z)))
    _number(ax, (sum_ + RADIUS, middle), (squash - 0.45, middle), "z", z)
    _activation(ax, (squash, middle), activation, curve)
    _number(ax, (squash + 0.45, middle), (width - 0.08, middle), output, a)
    return ax


def _checked(name, w, x, names):
    w = checks.as_array(name, "w", w)
    checks.check_ndim(name, "w", w, 1, "(n,), a weight for each input")
    checks.check_not_empty(name, "w", w)
    checks.check_finite(name, "w", w)
    if x is not None:
        x = checks.as_array(name, "x", x)
        if x.shape != w.shape:
            raise argument_error(name, "x must be one example, a number for each weight", w.shape, x.shape)
        checks.check_finite(name, "x", x)
    names = [f"x[{i}]" for i in range(len(w))] if names is None else names
    if isinstance(names, str) or len(names) != len(w) or not all(isinstance(n, str) for n in names):
        raise argument_error(name, "there must be a name for each input", f"{len(w)} texts", repr(names))
    return w, x, list(names)


def _input(ax, at, name, value):
    words = name if value is None else f"{name}\n{format_number(value, 'short')}"
    write(ax, at, words, linespacing=1.05, color=BLACK)


def _number(ax, start, end, name, value):
    arrow(ax, start, end, FORWARD)
    words = name if value is None else f"{name} = {format_number(value, 'short')}"
    write(ax, ((start[0] + end[0]) / 2, start[1] + 0.19), words)


def _activation(ax, at, name, curve):
    x, y = at
    style = {"boxstyle": "round,pad=0,rounding_size=0.08", "fc": WHITE, "ec": BLUE, "lw": 2}
    ax.add_patch(FancyBboxPatch((x - 0.45, y - 0.3), 0.9, 0.6, zorder=3, **style))
    z = np.linspace(-4, 4, 161)
    a = curve(z)
    low, high = min(a.min(), 0), a.max()
    ax.plot(x + z / 4 * 0.36, y - 0.2 + 0.4 * (a - low) / (high - low), color=BLUE, lw=2, zorder=4)
    write(ax, (x, y - 0.45), name)
