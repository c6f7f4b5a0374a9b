"""Ask any network about one digit: a NumPy one, a Keras one, dense or convolutional, or a plain function."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils import checks
from course_utils.checks import argument_error


def digit_predictor(predict: Any, shape: tuple[int, ...] | None = None) -> Callable[[np.ndarray], np.ndarray]:
    """Return a function from a digit, (28, 28) uint8, to its ten probabilities.

    Parameters
    ----------
    predict : callable or model
        A function from x (1, 784) float32 in 0 … 1 to (1, 10), or an object with `.predict`.
    shape : tuple of int, optional
        Of one example, where it is not the model's own `input_shape` or (784,).

    >>> digit_predictor(lambda x: np.full((1, 10), 0.1))(np.zeros((28, 28), np.uint8)).shape
    (10,)
    """
    model = getattr(predict, "__self__", predict)  # the model behind model.predict
    call = _call(predict, model)
    shape = tuple(shape or _input_shape(model) or (784,))
    if np.prod(shape) != 784:
        raise argument_error("draw", "shape must be that of one digit", "784 numbers, as (784,) or (28, 28, 1)", shape)

    def probabilities(digit):
        x = digit.reshape(1, *shape) / np.float32(255)  # (1, 784) or (1, 28, 28, 1)
        return _validate(call(x))

    return probabilities


def _call(predict, model):
    if callable(model) and hasattr(model, "predict"):  # Keras: calling it is 20 times as fast as its predict
        return lambda x: np.asarray(model(x))
    function = predict if callable(predict) else getattr(predict, "predict", None)
    if not callable(function):
        what = "predict must be a model, or a function"
        raise argument_error("draw", what, "model, or model.predict", repr(predict), error=TypeError)
    if "verbose" in _parameters(function):
        return lambda x: function(x, verbose=0)
    return function


def _parameters(function):
    try:
        return inspect.signature(function).parameters
    except ValueError:  # some functions written in C have none to read
        return ()


def _input_shape(model):
    """Return the shape of one example as a built Keras model knows it, or None."""
    shape = getattr(model, "input_shape", None)  # (None, 28, 28, 1)
    return shape[1:] if isinstance(shape, tuple) and all(isinstance(n, int) for n in shape[1:]) else None


def _validate(out):
    out = checks.as_array("draw", "the answer of predict", out)
    if out.shape != (1, 10):
        raise argument_error("draw", "predict must give ten probabilities for each digit", "(1, 10)", out.shape)
    if not (out.min() >= 0 and abs(out.sum() - 1) < 1e-3):  # NaN fails both
        received = f"{out.min():.3g} … {out.max():.3g}, in all {out.sum():.3g}"
        raise argument_error("draw", "these are no probabilities", "0 … 1, in all 1", received, "end with softmax")
    return out[0]
