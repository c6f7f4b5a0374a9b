"""A network of dense layers as a picture: columns of units, and a wire for each weight. Lessons 05, 06 and 08."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.figure_settings import draws
from course_utils.formatting import format_number
from course_utils.plots.structure import LETTER, PLAIN, blank_axes, paper, unit, weight_style, wire, write
from course_utils.style import ORANGE

MOST = 10  # units of a layer that are drawn; of more, the first four and the last three
COLUMN, ROW, RADIUS = 2.0, 0.66, 0.22  # inches: between layers, between units, of a unit
BAR, NUMBER = 1.6, 0.6  # inches: of the bar of a probability of 1, and of the number behind it


@draws
def network(
    layers: Sequence[int] | Sequence[ArrayLike],
    *,
    names: Sequence[str] | None = None,
    inputs: Sequence[str] | None = None,
    outputs: Sequence[str] | None = None,
    values: Sequence[ArrayLike] | None = None,
    bars: ArrayLike | None = None,
    numbers: bool = False,
    unit_at: tuple[int, int] | None = None,
    wire_at: tuple[int, int, int] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a network of dense layers from left to right: a circle for each unit, a line for each weight.

    With weights, each line shows its own: the larger the wider, red and whole above 0, blue and dashed below.

    Parameters
    ----------
    layers : sequence of int, or of array_like (units before, units)
        The numbers of units, such as (784, 64, 10), or the weight matrices, such as (W1, W2). Of a model, the matrices
        are ``model.get_weights()[::2]``.
    names : sequence of str, optional
        Of the layers, the inputs first; by default "input", "hidden" and "output". The number of units follows.
    inputs, outputs : sequence of str, optional
        A word for each input, left of it, and for each output, right of it.
    values : sequence of array_like, (units,), optional
        For each layer, the inputs first, the numbers that its units hold; they stand in the circles with
        two digits.
    bars : array_like, (outputs,), optional
        A probability for each output unit, drawn as a bar right of it.
    numbers : bool
        Whether each weight is written on its line.
    unit_at : (layer, unit), optional
        A unit to be marked. Layers count from 0, the inputs; units count from 0, from the top.
    wire_at : (layer, from, to), optional
        A weight to be marked, by the layer that it leads to: (1, 0, 1) is W1[0, 1].
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If the layers do not fit together, a number of names is wrong, or what is to be marked is not there.

    Examples
    --------
    >>> ax = network((784, 64, 10), names=["pixels", "hidden", "digits"])
    >>> [text.get_text() for text in ax.texts if "\\n" in text.get_text()]
    ['pixels\\n784', 'hidden\\n64', 'digits\\n10']
    """
    name = "network"
    sizes, weights = _layers(name, layers)
    names = _names(name, names, len(sizes))
    inputs = _words(name, "inputs", inputs, sizes[0])
    outputs = _words(name, "outputs", outputs, sizes[-1])
    held = _values(name, values, sizes)
    shares = _shares(name, bars, sizes[-1])
    _check_marked(name, unit_at, wire_at, sizes)
    shown = [shown_units(size) for size in sizes]
    left, right = _room(inputs, names[0]), _room(outputs, names[-1])
    wide = 0 if shares is None else BAR + NUMBER
    rows = max(map(len, shown))
    size = left + COLUMN * (len(sizes) - 1) + right + wide, ROW * rows + 0.55
    ax = blank_axes(ax, size)
    places = unit_places(sizes, left)
    for k, W in enumerate(weights, start=1):
        _wires(ax, places[k - 1], places[k], W, numbers, wire_at[1:] if wire_at and wire_at[0] == k else None)
    for k, column in enumerate(places):
        x = left + COLUMN * k
        write(ax, (x, size[1] - 0.27), f"{names[k]}\n{sizes[k]:,}", linespacing=1.1)
        if len(column) < sizes[k]:
            write(ax, (x, _gap(column)), "⋮", fontsize=18)
        for i, at in column.items():
            words = "" if held is None else _short(held[k][i])
            radius = RADIUS if len(words) < 5 else RADIUS + 0.07
            unit(ax, at, radius, words, marked=unit_at == (k, i))
    for i, (x, y) in places[0].items():
        write(ax, (x - 0.36, y), inputs[i], ha="right")
    for i, (x, y) in places[-1].items():
        write(ax, (x + 0.36, y), outputs[i], ha="left")
    if shares is not None:
        start = size[0] - wide
        write(ax, (start, size[1] - 0.27), "probability", ha="left")
        for i, (_, y) in places[-1].items():
            _bar(ax, start, y, shares[i])
    return ax


def shown_units(size: int) -> list[int]:
    """Return which units of a layer are drawn: all of ten, the first four and the last three of more.

    >>> shown_units(3), shown_units(784)
    ([0, 1, 2], [0, 1, 2, 3, 781, 782, 783])
    """
    return list(range(size)) if size <= MOST else [0, 1, 2, 3, *range(size - 3, size)]


def unit_places(sizes: Sequence[int], left: float = 0.5) -> list[dict[int, tuple[float, float]]]:
    """Return for each layer where its drawn units stand, in inches from the lower left corner.

    >>> unit_places((2, 1))
    [{0: (0.5, 0.99), 1: (0.5, 0.33)}, {0: (2.5, 0.66)}]
    """
    slots = [len(shown_units(size)) + (size > MOST) for size in sizes]
    middle = ROW * max(slots) / 2
    places = []
    for k, size in enumerate(sizes):
        column = {}
        for i in shown_units(size):
            row = i if i < 5 or size <= MOST else slots[k] - (size - i)
            column[i] = round(left + COLUMN * k, 4), round(middle + ROW * ((slots[k] - 1) / 2 - row), 4)
        places.append(column)
    return places


def _short(value):
    return format_number(float(f"{value:.2g}"), "short")


def _gap(column):
    ys = sorted((y for _, y in column.values()), reverse=True)
    return (ys[3] + ys[4]) / 2


def _layers(name, layers):
    expected = "numbers of units such as (784, 64, 10), or weight matrices such as (W1, W2)"
    if isinstance(layers, str | Mapping) or not isinstance(layers, Sequence | np.ndarray) or not len(layers):
        raise argument_error(name, "layers must say what there is to draw", expected, repr(layers))
    if all(np.ndim(layer) == 0 for layer in layers):
        if len(layers) < 2:
            raise argument_error(name, "a network has inputs and at least one layer", "two numbers or more", layers)
        sizes = [checks.whole(name, "a number of units", layer) for layer in layers]
        return sizes, [None] * (len(sizes) - 1)
    weights = []
    for k, layer in enumerate(layers, start=1):
        W = checks.as_array(name, f"W{k}", layer)
        hint = "model.get_weights()[::2] leaves the biases out"
        checks.check_ndim(name, f"W{k}", W, 2, "(units before, units)", hint if W.ndim == 1 else None)
        checks.check_not_empty(name, f"W{k}", W)
        if weights and len(W) != weights[-1].shape[1]:
            fits = f"{weights[-1].shape[1]} rows in W{k}, the units of the layer before"
            raise argument_error(name, "the layers do not fit together", fits, f"shape {W.shape}")
        weights.append(checks.check_finite(name, f"W{k}", W))
    return [len(weights[0]), *(W.shape[1] for W in weights)], weights


def _names(name, names, count):
    if names is None:
        hidden = ["hidden"] if count == 3 else [f"hidden {k}" for k in range(1, count - 1)]
        return ["input", *hidden, "output"]
    return _words(name, "names", names, count)


def _words(name, arg, words, count):
    if words is None:
        return [""] * count
    if isinstance(words, str) or len(words) != count:
        received = repr(words) if isinstance(words, str) else f"{len(words)} words"
        raise argument_error(name, f"{arg} must have a word for each", f"{count} words", received)
    return [str(word) for word in words]


def _values(name, values, sizes):
    if values is None:
        return None
    if len(values) != len(sizes):
        raise argument_error(name, "values must have a list for each layer", f"{len(sizes)} lists", len(values))
    arrays = []
    for k, size in enumerate(sizes):
        array = checks.as_array(name, f"values[{k}]", values[k])
        if array.shape != (size,):
            raise argument_error(name, f"values[{k}] must have a number for each unit", f"({size},)", array.shape)
        arrays.append(array)
    return arrays


def _shares(name, bars, outputs):
    if bars is None:
        return None
    shares = checks.as_array(name, "bars", bars)
    if shares.shape != (outputs,):
        raise argument_error(name, "bars must have a probability for each output", f"({outputs},)", shares.shape)
    checks.check_unit_interval(name, "bars", checks.check_finite(name, "bars", shares))
    return shares


def _bar(ax, start, y, share):
    bar = Rectangle((start, y - RADIUS), BAR * share, 2 * RADIUS, facecolor=ORANGE, edgecolor="none", zorder=2)
    ax.add_patch(bar)
    write(ax, (start + BAR * share + 0.08, y), format_number(float(share), ".2f"), ha="left")


def _check_marked(name, unit_at, wire_at, sizes):
    if unit_at is not None:
        _check_place(name, "unit_at", unit_at, "(layer, unit)", 0, lambda k: (sizes[k],), sizes)
    if wire_at is not None:
        _check_place(name, "wire_at", wire_at, "(layer, from, to)", 1, lambda k: (sizes[k - 1], sizes[k]), sizes)


def _check_place(name, arg, place, form, first, limits, sizes):
    wrong = argument_error(name, f"{arg} is not in the picture", f"{form}, drawn units, counted from 0", repr(place))
    whole = isinstance(place, tuple) and all(isinstance(n, int | np.integer) for n in place)
    if not whole or len(place) != form.count(",") + 1 or not first <= place[0] < len(sizes):
        raise wrong
    for i, size in zip(place[1:], limits(place[0]), strict=True):
        if i not in shown_units(size):
            raise wrong


def _room(words, name):
    return max(LETTER * max(map(len, words)) + 0.5, LETTER * len(name) / 2 + 0.1, 0.5)


def _wires(ax, before, after, W, numbers, marked):
    largest = 0 if W is None else np.abs(W).max()
    for i, start in before.items():
        for j, end in after.items():
            style = PLAIN if W is None else weight_style(W[i, j], largest)
            wire(ax, start, end, style, marked=marked == (i, j), gid=f"weight {i} {j}")
            if numbers and W is not None:
                share = 0.3 if len(before) > 1 else 0.5  # near its beginning, where lines that cross are still apart
                at = np.add(start, share * np.subtract(end, start))
                write(ax, at, format_number(float(W[i, j]), "short"), bbox=paper(0.1))
