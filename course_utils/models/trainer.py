"""The loop behind `Sequential.fit`: epochs, batches, forward, loss, backward, step. Lesson 09 writes it first."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.callbacks import CallbackList
from course_utils.datasets.batches import minibatches
from course_utils.models.early_ends import Diverged, all_finite, check_finite, check_finite_weights
from course_utils.models.running_means import RunningMeans


def train(
    model: Any,
    x: NDArray,
    y: NDArray,
    batch_size: int,
    epochs: int,
    validation_data: tuple[NDArray, NDArray] | None,
    shuffle: bool,
    callbacks: CallbackList,
) -> None:
    """Train a compiled Sequential on data that `Sequential.fit` has looked at."""
    logs: dict[str, float] = {}
    model.stop_training = False
    callbacks.on_train_begin()
    for epoch in range(epochs):
        callbacks.on_epoch_begin(epoch)
        logs = train_epoch(model, x, y, batch_size, shuffle, callbacks)
        if validation_data is not None:
            callbacks.on_test_begin()
            measured = model.measure(*validation_data)
            callbacks.on_test_end(measured)
            logs |= {f"val_{name}": value for name, value in measured.items()}
        callbacks.on_epoch_end(epoch, logs)
        if model.stop_training:
            break
    callbacks.on_train_end(logs)


def train_epoch(
    model: Any, x: NDArray, y: NDArray, batch_size: int, shuffle: bool, callbacks: CallbackList
) -> dict[str, float]:
    """Take one step for each batch and return the means of loss and accuracy, each measured before its step.

    Where a weight leaves the floats, go back to the weights before the epoch. Then, or where a number that the
    optimizer keeps has left the floats, its memory begins at zero again.
    """
    before, means = model.get_weights(), RunningMeans()
    batches = minibatches(x, y, batch_size, rng=model.rng, shuffle=shuffle, copy=False)
    try:
        for batch, (x_batch, y_batch) in enumerate(batches):
            callbacks.on_train_batch_begin(batch)
            values = forward_backward(model, x_batch, y_batch)
            check_finite(values["loss"], x_batch, y_batch, "Sequential.fit")
            model.optimizer.apply(model.gradients, model.variables)
            means.add(len(x_batch), values)
            callbacks.on_train_batch_end(batch, means.logs())
            if model.stop_training:
                break
        check_finite_weights(model.variables, x, y, "Sequential.fit")
    except Diverged:
        goes_back = not all_finite(model.variables)
        if goes_back:
            model.set_weights(before)
        # What the optimizer keeps of steps that are taken back would carry the next training off again.
        if goes_back or not all_finite(model.optimizer.memories):
            model.optimizer.forget()
        raise
    return means.logs()


@np.errstate(all="ignore")  # what leaves the floats is found by check_finite
def forward_backward(model: Any, x: NDArray, y: NDArray) -> dict[str, float]:
    """Leave the gradients of one batch in the layers; return its loss and metrics, as they are before the step."""
    output = model.forward(x)
    metrics = model.compiled_metrics(y, output)
    if math.isfinite(output.sum()):
        loss, slope = model.objective.value_and_slope(y, output)
    else:
        loss, slope = math.nan, np.full_like(output, math.nan)
    model.backward(slope)
    return {"loss": loss + model.penalty, **metrics}
