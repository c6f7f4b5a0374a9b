"""What an error of Keras's means for the learner whose model stopped with it."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Stop:
    """A sentence for the errors whose text matches a pattern."""

    name: str
    pattern: str
    sentence: str


SMALLER_THAN_ITS_KERNEL = (
    "The picture has become smaller than the kernel or the pool that is to slide over it: "
    'padding="same", smaller strides, or fewer poolings leave more of it.'
)

STOPS = [
    Stop(
        "no channel axis",
        r"expected min_ndim=4, found ndim=[23]",
        "A Conv2D layer takes pictures of shape (height, width, channels), and here an axis is missing: "
        "Reshape((28, 28, 1)) as first layer, or x[..., None], adds the channel.",
    ),
    Stop(
        "picture smaller than its kernel",
        r"output size would be (zero or )?negative|[Nn]egative dimension size",
        SMALLER_THAN_ITS_KERNEL,
    ),
    Stop(
        "one-hot rows against a sparse loss, or no Flatten",
        r"`output` must have rank \(ndim\) `target.ndim - 1`",
        "The loss sparse_categorical_crossentropy wants one whole number for each example and one row of outputs. "
        "Are the targets one-hot rows? Then take categorical_crossentropy. Has the output more axes? "
        "Then put Flatten() before the last Dense layer.",
    ),
    Stop(
        "whole numbers against a one-hot loss",
        r"`target` and `output` must have the same (rank|shape)",
        "The loss compares one row of outputs with one target, and their shapes differ. "
        "Whole numbers as targets go with sparse_categorical_crossentropy, and one number for each example "
        "with Dense(1).",
    ),
    Stop(
        "distance from a whole number",
        r"compile_loss/(mse|mae|mean_squared_error|mean_absolute_error)/sub|^sub got incompatible shapes",
        "The loss subtracts the outputs from the target, and here several outputs meet one whole number, the name of a "
        "class. A name is no quantity: sparse_categorical_crossentropy asks for the probability of that class.",
    ),
    Stop(
        "label without an output",
        r"Received a label value of \d+ which is outside the valid range",
        "A target is larger than the number of outputs allows: the last layer needs one unit for each class.",
    ),
    Stop(
        "several inputs without a list",
        r"too many positional arguments",
        "A layer takes one input. One that joins several takes them as a list: Concatenate()([first, second]).",
    ),
    Stop(
        "fit before compile",
        r"You must call `compile\(\)` before|the model is not compiled",
        "model.fit comes before model.compile: choose an optimizer and a loss first.",
    ),
    Stop(
        "compiled without a loss",
        r"No loss to compute",
        "The model is compiled without a loss: loss=… says what training is to make small.",
    ),
    Stop(
        "inputs of another shape",
        r"[Ii]nvalid input shape|expected axis -1 of input shape|incompatible shape|wrong number of features"
        r"|wrong number of axes|matrix multiply|Incompatible shapes|incompatible with the layer",
        "The model takes inputs of another shape than the examples have: compare Input(shape=…), Flatten() and the "
        "shape on the card.",
    ),
    Stop(
        "several outputs",
        r"the model gives \d+ outputs for each example",
        "The model gives several outputs for each example, and one array is asked for.",
    ),
]


def read_error(error: BaseException) -> str:
    """Return what an error means, or "" where it is not known.

    Examples
    --------
    >>> read_error(ValueError("You must call `compile()` before using the model."))
    'model.fit comes before model.compile: choose an optimizer and a loss first.'
    >>> read_error(ValueError("something else"))
    ''
    """
    text = str(error)
    return next((stop.sentence for stop in STOPS if re.search(stop.pattern, text)), "")
