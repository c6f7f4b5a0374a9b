"""Instruments for a look into a `Sequential` that does not learn.

None of them changes the network: they look at it, or train a copy.
"""

import copy
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.checks import argument_error


def shapes(model: Any, x: ArrayLike) -> None:
    """Print the shape of x, and of each layer's kernel, bias and output, on the way through.

    Parameters
    ----------
    model : Sequential
    x : array_like, (m, n_features)

    Raises
    ------
    ValueError
        If the model has no Dense layers with weights, or x does not fit.

    Examples
    --------
    >>> import course_utils as cu
    >>> shapes(cu.Sequential([cu.Input(3), cu.Dense(2, "relu")], rng=0), [[1, 2, 3]])
    x        (1, 3)
    layer 1  (1, 3) @ (3, 2) + (2,) -> (1, 2)  relu
    """
    a = _input("shapes", model, x)
    print(f"{'x':<8} {a.shape}")
    for number, layer in enumerate(model.layers, start=1):
        before, a = a, layer(a)
        through = f"{before.shape} @ {layer.kernel.shape} + {layer.bias.shape} -> {a.shape}"
        print(f"layer {number:<2} {through}  {layer.activation}")


def layer_outputs(model: Any, x: ArrayLike) -> dict[str, np.ndarray]:
    """Return what each layer gives, by name: {"layer 1": (m, units), …}.

    `cu.plots.histograms({"title": layer_outputs(model, x)}, …)` draws how they spread.

    Parameters
    ----------
    model : Sequential
    x : array_like, (m, n_features)

    Returns
    -------
    dict of str to ndarray

    Raises
    ------
    ValueError
        If the model has no Dense layers with weights, or x does not fit.

    Examples
    --------
    >>> import course_utils as cu
    >>> model = cu.Sequential([cu.Input(3), cu.Dense(2, "relu"), cu.Dense(1)], rng=0)
    >>> {name: a.shape for name, a in layer_outputs(model, [[1, 2, 3]]).items()}
    {'layer 1': (1, 2), 'layer 2': (1, 1)}
    """
    a = _input("layer_outputs", model, x)
    found = {}
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):  # what has left the floats is to be seen
        for number, layer in enumerate(model.layers, start=1):
            found[f"layer {number}"] = a = layer(a)
    return found


def dead_units(model: Any, x: ArrayLike) -> dict[str, int]:
    """Count, in each ReLU layer, the units that give 0 for every row of x: they get no gradient from it.

    Parameters
    ----------
    model : Sequential
    x : array_like, (m, n_features)
        Many rows: a unit that is silent on a few may speak on others.

    Returns
    -------
    dict of str to int
        Of each ReLU layer by name.

    Raises
    ------
    ValueError
        If the model has no ReLU layer, or x does not fit.

    Examples
    --------
    >>> import course_utils as cu
    >>> model = cu.Sequential([cu.Input(1), cu.Dense(2, "relu")], rng=0)
    >>> model.set_weights([[[1, 1]], [0, -5]])
    >>> dead_units(model, [[1], [2]])
    {'layer 1': 1}
    """
    outputs = layer_outputs(model, x)
    relu = [name for name, layer in zip(outputs, model.layers, strict=True) if layer.activation == "relu"]
    if not relu:
        kinds = ", ".join(layer.activation for layer in model.layers)
        raise argument_error("dead_units", "only a ReLU unit can be dead", "a layer with relu", kinds)
    return {name: int((outputs[name] == 0).all(axis=0).sum()) for name in relu}


def gradient_norms(model: Any, x: ArrayLike, y: ArrayLike) -> dict[str, float]:
    """Return the norm of the gradient of each kernel and bias on x, y: {"W1": …, "b1": …, "W2": …}.

    Parameters
    ----------
    model : Sequential, compiled
    x : array_like, (m, n_features)
    y : array_like
        What the loss asks for.

    Returns
    -------
    dict of str to float

    Raises
    ------
    ValueError
        If the model is not compiled, or x and y do not fit.

    Examples
    --------
    >>> import course_utils as cu
    >>> model = cu.Sequential([cu.Input(1), cu.Dense(1)], rng=0)
    >>> model.set_weights([[[1]], [0]])
    >>> model.compile(loss="mse", metrics=())
    >>> gradient_norms(model, [[3]], [[1]])  # J = (3w + b - 1)², dJ/dw = 2 · 2 · 3
    {'W1': 12.0, 'b1': 4.0}
    """
    _input("gradient_norms", model, x)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        _, gradients = copy.deepcopy(model).value_and_grad(x, y)
        norms = [float(np.linalg.norm(g.astype(float))) for g in gradients]
    return {f"{'Wb'[i % 2]}{i // 2 + 1}": norm for i, norm in enumerate(norms)}


def overfit_one_batch(model: Any, x: ArrayLike, y: ArrayLike, *, steps: int = 200) -> np.ndarray:
    """Train a copy of the model on this one batch, again and again, and return its loss after each step.

    A network that can learn at all learns a few examples by heart: the loss falls towards 0.
    Where it does not, look at the network and its steps; where it does, look at the data.

    Parameters
    ----------
    model : Sequential, compiled
    x : array_like, (m, n_features)
        Ten to a hundred examples.
    y : array_like
        What the loss asks for.
    steps : int

    Returns
    -------
    ndarray, (steps + 1,)
        The first is the loss before training. NaN from the step at which a number left the floats.

    Raises
    ------
    ValueError
        If the model is not compiled, x and y do not fit, or steps is below 1.

    Examples
    --------
    >>> import course_utils as cu
    >>> model = cu.Sequential([cu.Input(1), cu.Dense(1)], rng=0)
    >>> model.compile(cu.SGD(0.1), "mse", metrics=())
    >>> bool(overfit_one_batch(model, [[1], [2]], [[3], [5]], steps=500)[-1] < 1e-3)
    True
    """
    name = "overfit_one_batch"
    steps = checks.whole(name, "steps", steps)
    _input(name, model, x)
    patient = copy.deepcopy(model)
    losses = []
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        for _ in range(steps):
            loss, gradients = patient.value_and_grad(x, y)
            losses.append(loss)
            patient.optimizer.apply(gradients, patient.variables)
        losses.append(patient.value_and_grad(x, y)[0])
    return np.array(losses)


def _input(name: str, model: Any, x: ArrayLike) -> np.ndarray:
    """Return x as the first layer takes it, or say that there is no network to look into."""
    layers = getattr(model, "layers", None) or []
    if not layers or any(getattr(layer, "kernel", None) is None for layer in layers):
        hint = "cu.Sequential([cu.Input(n), …])"
        raise argument_error(
            name, "model must be a Sequential with weights", "Dense layers", type(model).__name__, hint
        )
    x = checks.as_array(name, "x", x)
    hint = "x.reshape(len(x), -1)" if x.ndim > 2 else "x.reshape(1, -1)"
    checks.check_ndim(name, "x", x, 2, "(m, n_features)", hint)
    checks.check_not_empty(name, "x", x)
    if x.shape[1] != len(layers[0].kernel):
        raise argument_error(name, "x has the wrong number of features", f"(m, {len(layers[0].kernel)})", x.shape)
    with np.errstate(over="ignore"):  # beyond float32 lies infinity
        return x.astype(layers[0].kernel.dtype, copy=False)
