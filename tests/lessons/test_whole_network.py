"""The network of lesson 09, 784-64-10: its gradient on a sample of all its parameters, and what a step allocates."""

import tracemalloc

import numpy as np
import pytest

import course_utils as cu
from course_utils.models import trainer


def digits(m):
    (x, y), _ = cu.load_mnist("digits")
    return x[:m].reshape(m, 784) / 255, y[:m]


def network(activation, units, dtype):
    layers = [cu.Input(784), cu.Dense(units, activation), cu.Dense(10, "softmax")]
    model = cu.Sequential(layers, rng=5, dtype=dtype)
    model.compile(cu.SGD(0.1), loss="sparse_categorical_crossentropy")
    return model


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_gradient_on_a_sample_of_the_50890_parameters(activation):
    x, y = digits(20)
    model = network(activation, 64, "float64")
    rng = np.random.default_rng(0)
    model.set_weights([w + 0.05 * rng.standard_normal(w.shape) for w in model.get_weights()])  # biases too
    weights = model.get_weights()
    flat = np.concatenate([w.ravel() for w in weights])  # (50890,)
    # 200 kernels' entries whose pixel has ink somewhere, and every bias
    inked = np.flatnonzero(np.repeat(x.any(axis=0), 64))
    biases = np.r_[784 * 64 : 784 * 64 + 64, len(flat) - 10 : len(flat)]
    second = np.arange(784 * 64 + 64, len(flat) - 10)
    sample = np.concatenate([rng.choice(inked, 150, replace=False), rng.choice(second, 50, replace=False), biases])

    def loss(values):
        changed = flat.copy()
        changed[sample] = values
        parts = np.split(changed, np.cumsum([w.size for w in weights])[:-1])
        model.set_weights([p.reshape(w.shape) for p, w in zip(parts, weights, strict=True)])
        return model.value_and_grad(x, y)[0]

    _, grads = model.value_and_grad(x, y)
    given = np.concatenate([g.ravel() for g in grads])[sample]
    assert np.count_nonzero(given) > 150
    found = cu.gradient_check(loss, given, flat[sample])
    assert found.error < 1e-6, found


@pytest.mark.parametrize(("units", "batch"), [(64, 100), (512, 128)])
def test_a_step_allocates_less_than_64_kb_after_the_first(units, batch):
    rng = np.random.default_rng(0)
    x, y = rng.random((3 * batch, 784), dtype=np.float32), rng.integers(0, 10, 3 * batch)
    model, peaks = network("relu", units, "float32"), []
    tracemalloc.start()
    try:
        for x_batch, y_batch in cu.minibatches(x, y, batch, rng=rng, copy=False):
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            trainer.forward_backward(model, x_batch, y_batch)
            model.optimizer.apply(model.gradients, model.variables)
            peaks.append(tracemalloc.get_traced_memory()[1] - before)
    finally:
        tracemalloc.stop()
    assert max(peaks[1:]) < 64_000
    assert peaks[0] > 64_000  # the buffers: the measurement sees NumPy's arrays
