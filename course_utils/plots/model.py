"""A picture of a network: its layers from top to bottom, what goes in and out, how many parameters each learns.

Lesson 11.
"""

import math
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from course_utils.checks import argument_error
from course_utils.figure_settings import draws
from course_utils.style import BLUE, GREY, ORANGE

WIDTH, ROW, BOX = 6.8, 0.72, 0.44  # inches: of the picture, of a row, of a box


@draws
def stack(model: Any, *, ax: Axes | None = None) -> Axes:
    """Draw a network as a chain of boxes: kind and activation of a layer, the shape of its output, its parameters.

    The wider the box, the more numbers come out of it, by their logarithm. It draws what `summary` tells, and needs no
    program beside Matplotlib.

    Parameters
    ----------
    model : Sequential, NumPy's or Keras's, or a Keras model whose layers form a chain
        It has to be built: with an Input, or after its first data.
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If the model is not built yet, or a layer has several inputs.

    Examples
    --------
    >>> import course_utils as cu
    >>> ax = stack(cu.Sequential([cu.Input(784), cu.Dense(64, "relu"), cu.Dense(10, "softmax")]))
    >>> [text.get_text() for text in ax.texts][:4]
    ['Input', '784', 'Dense  relu', '64']
    >>> plt.close(ax.figure)
    """
    rows = [_input(model), *map(_row, _layers(model))]
    if ax is None:
        _, ax = plt.subplots(figsize=(WIDTH, ROW * len(rows)), layout="constrained")
    ax.set(xlim=(0, WIDTH), ylim=(-ROW * len(rows), 0))
    ax.set_axis_off()
    for i, row in enumerate(rows):
        _draw(ax, -ROW * (i + 0.5), *row, first=i == 0)
    return ax


def _layers(model):
    """Return the layers that compute something, or say why they cannot be drawn."""
    name = "stack"
    layers = [layer for layer in model.layers if type(layer).__name__ != "InputLayer"]
    if not layers or not _is_built(layers[0]):
        raise argument_error(name, "the model is not built yet", "an Input as first layer", "no shapes")
    for layer in layers:
        if isinstance(getattr(layer, "input", None), (list, tuple)):
            raise argument_error(name, "the layers form no chain", "one input for each", f"several for {layer.name}")
    return layers


def _is_built(layer):
    if hasattr(layer, "units") and not hasattr(layer, "count_params"):  # NumPy's Dense
        return layer.kernel is not None
    return bool(getattr(layer, "built", False))


def _input(model):
    first = _layers(model)[0]
    shape = model.input_shape[1:] if hasattr(model, "input_shape") else (len(first.kernel),)
    return "Input", shape, None


def _row(layer):
    """Return what is written of a layer: its kind and activation, the shape that comes out, its parameters."""
    activation = getattr(layer, "activation", None)
    activation = getattr(activation, "__name__", activation)
    kind = type(layer).__name__ + (f"  {activation}" if activation not in (None, "linear") else "")
    if hasattr(layer, "count_params"):
        return kind, layer.output.shape[1:], layer.count_params()
    return kind, (layer.units,), layer.kernel.size + layer.bias.size


def _draw(ax, y, kind, shape, parameters, *, first):
    width = 1.5 + 0.55 * math.log10(max(math.prod(shape), 1))
    left = 2.6 - width / 2
    color = GREY if first else BLUE if parameters else ORANGE  # a layer without weights has a colour of its own
    style = {"boxstyle": "round,pad=0,rounding_size=0.06", "fc": "white", "ec": color, "lw": 2}
    ax.add_patch(FancyBboxPatch((left, y - BOX / 2), width, BOX, **style))
    ax.text(2.6, y, kind, ha="center", va="center", fontsize=12)
    ax.text(left + width + 0.12, y, " x ".join(map(str, shape)), va="center", fontsize=11, color=GREY)
    if not first:
        tip, tail = (2.6, y + BOX / 2), (2.6, y + ROW - BOX / 2)
        ax.annotate("", tip, tail, arrowprops={"arrowstyle": "-|>", "color": GREY, "shrinkA": 0, "shrinkB": 0})
        ax.text(WIDTH - 0.1, y, f"{parameters:,} parameters", ha="right", va="center", fontsize=11)
