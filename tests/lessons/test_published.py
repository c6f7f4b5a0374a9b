"""Published runs: the same start, the same path, the same figures."""

import os
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

import course_utils as cu

DIGITS = {"rtol": 0, "atol": 1e-7}  # seven digits after the point


def trained(gate, steps):
    """One neuron from the published start. Learning rate 0.2 on the mean cost is 0.1 on half the sum of four."""
    legacy = np.random.RandomState(1)  # noqa: NPY002 - the published runs come from this generator
    neuron = cu.LogisticNeuron(2)
    neuron.set_weights([legacy.randn(2), legacy.rand(1)])
    X, y = cu.logic_gate(gate)
    history = neuron.fit(X, y, learning_rate=0.2, epochs=steps)
    return neuron, X, y, history


@pytest.mark.parametrize(
    ("gate", "steps", "cost", "w", "b"),
    [
        ("AND", 100, 0.68864895, [1.56426876, 0.79168393], -2.14871589),
        ("AND", 500, 0.27863601, [3.11636193, 3.08408364], -4.86571237),
        ("AND", 1000, 0.16043927, [4.27548114, 4.27284863], -6.60272340),
        ("XOR", 100, 1.40268522, [0.47012771, -0.19931523], -0.16097708),
        ("XOR", 1000, 1.38629436, [0.00011720, 0.00010905], -0.00013418),
    ],
)
def test_one_neuron_learns_a_gate(gate, steps, cost, w, b):
    neuron, X, y, history = trained(gate, steps)
    assert_allclose(neuron.get_weights()[0].ravel(), w, **DIGITS)
    assert_allclose(neuron.get_weights()[1], b, **DIGITS)
    assert_allclose(2 * neuron.value_and_grad(X, y)[0], cost, **DIGITS)
    assert len(history.history["loss"]) == steps


def test_the_published_start():
    legacy = np.random.RandomState(1)  # noqa: NPY002
    assert_allclose(legacy.randn(2), [1.62434536, -0.61175641], **DIGITS)
    assert_allclose(legacy.rand(1), [0.00011437], **DIGITS)


def test_what_the_gates_predict_in_the_end():
    answer = trained("AND", 1000)[0].predict(cu.logic_gate("AND")[0])
    assert_allclose(answer.ravel(), [0.00135483, 0.08867878, 0.08889176, 0.87496677], **DIGITS)
    assert_allclose(trained("XOR", 1000)[0].predict(cu.logic_gate("XOR")[0]), 0.5, atol=1e-4)


@pytest.mark.parametrize("gate", ["OR", "NAND"])
def test_or_and_nand_succeed(gate):
    neuron, X, y, history = trained(gate, 1000)
    assert cu.accuracy(y, neuron.predict(X)) == 1
    assert history.history["accuracy"][-1] == 1
    assert (np.abs(neuron.predict(X) - y) < 0.2).all()


def test_xor_is_an_and_of_nand_and_or():
    nand, either, both = (trained(gate, 1000)[0] for gate in ("NAND", "OR", "AND"))
    X, y = cu.logic_gate("XOR")
    chained = both.predict(np.hstack([nand.predict(X), either.predict(X)]))
    assert_allclose(chained.ravel(), [0.13, 0.80, 0.80, 0.14], atol=0.005)
    assert cu.accuracy(y, chained) == 1


def test_xor_learned_by_accident():
    """The published code made columns of w1 and w2: broadcasting then shares one weight vector between two units."""
    legacy = np.random.RandomState(1)  # noqa: NPY002
    w1, b1, w2, b2 = legacy.randn(2), legacy.rand(2), legacy.randn(2), legacy.rand(2)
    start = [[0.000114375, 0.302332573], [-0.52817175, -1.07296862], [0.39676747, 0.53881673]]
    assert_allclose([b1, w2, b2], start, **DIGITS)
    w1, w2 = w1.reshape(2, 1), w2.reshape(2, 1)
    x, y = cu.logic_gate("XOR")
    costs = []
    for step in range(1001):
        h = cu.sigmoid(x @ w1 + b1)  # (4, 1) + (2,) -> (4, 2)
        a = cu.sigmoid(h @ w2 + b2)  # (4, 1) + (2,) -> (4, 2): two outputs for one column of targets
        if step % 100 == 0:
            costs.append(-0.5 * (y * np.log(a) + (1 - y) * np.log(1 - a)).sum())
        if step == 1000:
            break
        d2 = 0.5 * (a - y)  # (4, 2)
        d1 = (d2.sum(axis=1, keepdims=True) @ w2.T) * h * (1 - h)  # (4, 2)
        w2 -= 0.3 * h.T @ d2.sum(axis=1, keepdims=True)
        b2 -= 0.3 * d2.sum(axis=0)
        w1 -= 0.3 * x.T @ d1.sum(axis=1, keepdims=True)
        b1 -= 0.3 * d1.sum(axis=0)
    published = [2.58342125, 0.65224445, 0.25051647, 0.14964905, 0.10570446, 0.08140304, 0.06606150]
    published += [0.05552519, 0.04785479, 0.04202712]
    assert_allclose(costs[1:], published, **DIGITS)
    for column in a.T:
        assert_allclose(column, [0.00846377, 0.98354369, 0.99163498, 0.00849760], **DIGITS)


FULL = os.environ.get("COURSE_UTILS_MNIST", "")


@pytest.mark.full
@pytest.mark.skipif(not Path(FULL).is_file(), reason="COURSE_UTILS_MNIST names no file")
def test_softmax_regression_on_mnist():
    """Published: 0.8920, validation loss 0.4212, after 5 epochs of SGD 0.01 at batch 100."""
    (x, y), (x_test, y_test) = cu.load_mnist()
    x, x_test = (a.reshape(-1, 784).astype("float32") / 255 for a in (x, x_test))
    losses, hits = [], []
    for seed in range(5):
        model = cu.Sequential([cu.Input(784), cu.Dense(10, "softmax")], rng=seed)
        model.compile(cu.SGD(0.01), "sparse_categorical_crossentropy")
        model.fit(x, y, batch_size=100, epochs=5, verbose=0)
        loss, accuracy = model.evaluate(x_test, y_test)
        losses.append(loss)
        hits.append(accuracy)
    assert_allclose(np.round(1e4 * np.array(hits)), 8920, rtol=0, atol=30)  # right answers of 10,000
    assert_allclose(losses, 0.4212, rtol=0, atol=0.005)


def four_faults(x, y, x_test, y_test, steps, *, axis=None, binary=True, rate=0.1):
    """Train the published 784-64-10, with back-propagation in place of its differences; return the accuracy."""
    noise = np.random.RandomState(777)  # noqa: NPY002 - as published
    W1, W2 = (0.01 * noise.randn(*shape).astype(np.float32) for shape in ((784, 64), (64, 10)))
    b1, b2 = np.zeros(64, np.float32), np.zeros(10, np.float32)

    def forward(rows):
        H = cu.sigmoid(rows @ W1 + b1)
        E = np.exp(H @ W2 + b2)
        return H, E / E.sum(axis=axis, keepdims=True)

    rng, taken, batches = np.random.default_rng(0), 0, iter(())
    while taken < steps:
        rows = next(batches, None)
        if rows is None:
            batches = iter(np.split(rng.permutation(len(x)), range(100, len(x), 100)))
            continue
        X, Y = x[rows], np.eye(10, dtype=np.float32)[y[rows]]
        H, P = forward(X)
        dP = (-Y / P + binary * (1 - Y) / (1 - P)) / len(Y)
        dZ2 = P * (dP - (P * dP).sum(axis=axis, keepdims=True))
        dZ1 = dZ2 @ W2.T * H * (1 - H)
        for part, slope in zip((W1, b1, W2, b2), (X.T @ dZ1, dZ1.sum(axis=0), H.T @ dZ2, dZ2.sum(axis=0)), strict=True):
            part -= rate * slope
        taken += 1
    return cu.accuracy(y_test, forward(x_test)[1])


@pytest.mark.full
@pytest.mark.skipif(not Path(FULL).is_file(), reason="COURSE_UTILS_MNIST names no file")
def test_four_faults_repaired_one_after_the_other():
    """The table of lesson 16: at a guess until epochs are whole, then 88, 90, 88 and 91 %."""
    (x, y), (x_test, y_test) = cu.load_mnist()
    x, x_test = (a.reshape(-1, 784) / np.float32(255) for a in (x, x_test))
    data = x, y, x_test, y_test
    assert four_faults(*data, 2) == pytest.approx(0.10, abs=0.005)
    assert four_faults(*data, 1200) == pytest.approx(0.88, abs=0.006)
    assert four_faults(*data, 1200, axis=1) == pytest.approx(0.90, abs=0.006)
    assert four_faults(*data, 1200, axis=1, binary=False) == pytest.approx(0.88, abs=0.006)
    assert four_faults(*data, 1200, axis=1, binary=False, rate=0.2) == pytest.approx(0.91, abs=0.006)
