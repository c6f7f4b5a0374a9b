"""The loop behind `Sequential.fit`: batch, forward, loss, backward, step. Lesson 09 writes it by hand first."""

import math

import numpy as np

from course_utils import _checks
from course_utils._checks import argument_error
from course_utils.datasets.batches import pair
from course_utils.models._told import Told, kept
from course_utils.models._told import checked as checked_callbacks
from course_utils.models.history import Diverged, History, Progress, Running, checked, checked_weights, supervised


def fit(model, x, y, batch_size, epochs, validation_data, shuffle, callbacks, verbose):
    """Train `model`; see Sequential.fit."""
    name = "Sequential.fit"
    size = _checks.whole(name, "batch_size", batch_size)
    epochs = _checks.whole(name, "epochs", epochs)
    x, y = prepared(model, name, x, y)
    if validation_data is not None:
        validation_data = _validation(model, name, validation_data)
    bar, callbacks = (epochs, -(-len(x) // size), verbose), checked_callbacks(callbacks)
    history, progress = History(), Told(model, callbacks, *bar) if callbacks else Progress(*bar)

    def run():
        for epoch in range(epochs):
            progress.start(epoch)
            order = model.rng.permutation(len(x)) if shuffle else None
            logs = kept(model, finite_epoch(model, x, y, size, order, progress).logs())
            if validation_data is not None:
                loss, hits = measure(model, *validation_data)
                logs |= kept(model, {"loss": loss, "accuracy": hits}, "val_")
            history.append(logs)
            progress.end_epoch(logs)

    return supervised(run, history, progress)


def _validation(model, name, data):
    if not (isinstance(data, (tuple, list)) and len(data) == 2):
        raise argument_error(name, "validation_data must be a pair", "(x, y)", type(data).__name__)
    return prepared(model, name + ", validation_data", *data)


def finite_epoch(model, x, y, *batching):
    """Train for one epoch; where a weight leaves the floats, go back to the weights before the epoch."""
    before = model.get_weights()
    try:
        running = one_epoch(model, x, y, *batching)
        checked_weights(model.variables, x, y, "Sequential.fit")
    except Diverged:
        if not all(np.isfinite(v).all() for v in model.variables):
            model.set_weights(before)
        raise
    return running


def one_epoch(model, x, y, size, order, progress):
    """Take one step for each batch of `size` examples, in the given order."""
    running = Running()
    for x_batch, y_batch in batches(x, y, size, order):
        loss, hits = forward_backward(model, x_batch, y_batch)
        running.add(len(x_batch), checked(loss, x_batch, y_batch, "Sequential.fit"), hits)
        model.optimizer.apply(model.gradients, model.variables)
        progress.step(running)
    return running


def batches(x, y, size, order):
    """Yield the batches of one epoch; the shuffled ones are gathered into two arrays that are used again and again."""
    if order is None:
        yield from ((x[i : i + size], y[i : i + size]) for i in range(0, len(x), size))
        return
    x_room, y_room = (np.empty((min(size, len(x)), *a.shape[1:]), a.dtype) for a in (x, y))
    for rows in np.split(order, range(size, len(x), size)):
        m = len(rows)  # mode="clip": NumPy then writes straight into out; no row is out of range
        x.take(rows, axis=0, out=x_room[:m], mode="clip")
        y.take(rows, axis=0, out=y_room[:m], mode="clip")
        yield x_room[:m], y_room[:m]


@np.errstate(over="ignore", invalid="ignore", under="ignore", divide="ignore")
def forward_backward(model, x, y):
    """Leave the gradients of one batch in the layers; return its loss and accuracy, both before the step."""
    *hidden, last = model.layers
    a = x
    for layer in hidden:
        a = layer.forward(a)
    out = last.forward(a, activate=not model._fused)
    hits = _accuracy(model, out, y) if model.metrics else 0.0
    if not math.isfinite(out.sum()):
        loss, grad = math.nan, np.full_like(out, math.nan)
    elif model._fused:
        loss, grad = model._fused(out, y), out  # the logits have become dJ/dz
    else:
        loss, grad = model.loss(y, out), model._slope(y, out)
    backward(model, grad)
    return loss, hits


def backward(model, grad):
    """Send dJ/da of the last layer (dJ/dz where it is fused with the loss) back to the first."""
    for i in reversed(range(len(model.layers))):
        fused = model._fused and i == len(model.layers) - 1
        grad = model.layers[i].backward(grad, through_activation=not fused, to_input=i > 0)


@np.errstate(over="ignore", invalid="ignore", under="ignore")
def measure(model, x, y):
    """Return loss and accuracy on all of x, y, without touching what training uses."""
    out = model._infer(x, activate=not model._fused)
    options = {"from_logits": True} if model._fused else {}
    loss = model.loss(y, out, **options) if np.isfinite(out).all() else math.nan
    return loss, _accuracy(model, out, y) if model.metrics else 0.0


def _accuracy(model, out, y):
    """Accuracy from outputs or logits: the largest logit has the largest probability; p > 1/2 where z > 0."""
    if out.shape[1] > 1 or y.ndim == 1:
        truth = y if y.ndim == 1 else y.argmax(axis=1)
        return np.count_nonzero(out.argmax(axis=1) == truth) / len(truth)
    return float(((out > (0.0 if model._fused else 0.5)) == y).mean())


def built(model, name):
    """Refuse to go on without weights."""
    if model.layers[0].kernel is None:
        raise argument_error(name, "the model has no weights yet", "an Input as first layer, or fit", "neither")


def examples(model, name, x):
    """Return x as (m, n_features) of the model's dtype; the first data build a model that has no Input."""
    x = _checks.as_array(name, "x", x)
    _checks.check_ndim(
        name, "x", x, 2, "(m, n_features)", "x.reshape(len(x), -1)" if x.ndim > 2 else "x.reshape(1, -1)"
    )
    if model.layers[0].kernel is None:
        model._build(x.shape[1])
    n = len(model.layers[0].kernel)
    if x.shape[1] != n:
        raise argument_error(name, "x has the wrong number of features", f"(m, {n})", x.shape)
    with np.errstate(over="ignore"):  # beyond float32 lies infinity
        return np.ascontiguousarray(x, model.dtype)


def prepared(model, name, x, y):
    """Return examples and targets as training needs them, or say what does not fit."""
    if model.optimizer is None:
        raise argument_error(name, "the model is not compiled", 'model.compile(optimizer, loss="…")', "no loss yet")
    x, y = pair(name, examples(model, name, x), y)
    units = model.layers[-1].units
    if model.loss.__name__ == "sparse_categorical_crossentropy":
        return x, _checks.as_labels(name, "y", y, units).astype(np.intp)
    y = _checks.as_array(name, "y", y)
    _checks.check_same_shape(name, y, np.broadcast_to(0, (len(x), units)))
    if model.loss.__name__ == "categorical_crossentropy":
        _distributions(name, y)
    if model.loss.__name__ == "binary_crossentropy":
        _checks.check_unit_interval(name, "y", y)
    return x, np.ascontiguousarray(y, model.dtype)


def _distributions(name, y):
    """The fused step takes each row of targets for a distribution."""
    wrong = (y < 0).any(axis=1) | (np.abs(y.sum(axis=1) - 1) > 1e-3)
    if wrong.any():
        i = int(wrong.argmax())
        raise argument_error(
            name, "a row of y is no one-hot row", "values >= 0 with sum 1", f"{y[i].tolist()} in row {i}"
        )
