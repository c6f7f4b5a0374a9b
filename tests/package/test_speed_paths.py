"""The fast paths beside their textbook forms: fused steps, slopes in place, gathered batches."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import course_utils as cu
from course_utils import derivatives
from course_utils.models import objective

rng = np.random.default_rng(0)
Z = rng.normal(0, 3, (20, 5))
LABELS = rng.integers(0, 5, 20)
ONEHOT = np.eye(5)[LABELS]


@pytest.mark.parametrize(
    ("pair", "y", "textbook"),
    [
        (("softmax", "sparse_categorical_crossentropy"), LABELS, lambda z: (cu.softmax(z) - ONEHOT) / 20),
        (("softmax", "categorical_crossentropy"), ONEHOT, lambda z: (cu.softmax(z) - ONEHOT) / 20),
        (("sigmoid", "binary_crossentropy"), ONEHOT, lambda z: (cu.sigmoid(z) - ONEHOT) / 100),
    ],
)
def test_a_fused_step_is_its_two_steps(pair, y, textbook):
    activation, loss = pair
    z, step = Z.copy(), objective.OBJECTIVES[loss][activation]
    assert step.from_logits
    value, slope = step.value_and_slope(y, z)
    assert slope is z  # in place
    assert_allclose(value, getattr(cu, loss)(y, getattr(cu, activation)(Z)), rtol=1e-13)
    assert_allclose(value, step.value(y, Z), rtol=1e-13)
    assert_allclose(z, textbook(Z), rtol=1e-13, atol=1e-16)
    a = getattr(cu, activation)(Z)  # the same by the chain rule: dJ/da, then da/dz
    grad = (-ONEHOT / a / 20) if activation == "softmax" else ((1 - y) / (1 - a) - y / a) / a.size
    derivatives.ACTIVATIONS[activation][1](a, grad)
    assert_allclose(grad, z, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize(
    ("loss", "activation", "y"),
    [("mean_squared_error", "linear", ONEHOT), ("binary_crossentropy", "softmax", ONEHOT)],
)
def test_a_step_from_the_output_is_the_difference_quotient(loss, activation, y):
    step, a = objective.OBJECTIVES[loss][activation], getattr(cu, activation)(Z)
    assert not step.from_logits
    assert_allclose(step.value_and_slope(y, a.copy())[0], getattr(cu, loss)(y, a), rtol=1e-13)
    inside = np.random.default_rng(1).uniform(0.1, 0.9, (4, 3))
    truth = np.eye(3)[[0, 2, 1, 1]]
    slope = step.value_and_slope(truth, inside.copy())[1]
    assert cu.gradient_check(lambda a: getattr(cu, loss)(truth, a), slope, inside)


@pytest.mark.filterwarnings("ignore:divide by zero")
def test_a_probability_of_0_has_a_slope_only_where_it_was_the_truth():
    slope = objective.crossentropy_of_probabilities(np.array([[1.0, 0.0]]), np.array([[0.0, 0.0]]))[1]
    assert_array_equal(slope, [[-np.inf, 0.5]])


FUSED = [
    (activation, loss)
    for loss, pairs in objective.OBJECTIVES.items()
    for activation, o in pairs.items()
    if o.from_logits
]


@pytest.mark.parametrize("pair", FUSED)
def test_a_fused_step_is_stable(pair):
    z = np.array([[1e4, -1e4, 0.0], [-1e4, 1e4, 1e4]], np.float32)
    y = np.array([1, 0]) if pair[1].startswith("sparse") else np.eye(3, dtype=np.float32)[[1, 0]]
    model = cu.Sequential([cu.Input(3), cu.Dense(3, pair[0])])
    model.compile("sgd", pair[1])
    model.set_weights([np.eye(3), np.zeros(3)])
    loss, grads = model.value_and_grad(z, y)
    assert np.isfinite(loss)
    assert loss > 1e3
    assert all(np.isfinite(g).all() for g in grads)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu"])
def test_a_slope_read_off_the_output_is_the_slope_at_the_logit(name):
    a, grad = getattr(cu, name)(Z), np.ones_like(Z)
    derivatives.ACTIVATIONS[name][1](a, grad)
    assert_allclose(grad, getattr(cu, f"{name}_grad")(Z), rtol=1e-9, atol=1e-15)


def test_the_softmax_slope_is_the_jacobian():
    a, grad = cu.softmax(Z), rng.normal(size=Z.shape)
    expected = [(np.diag(p) - np.outer(p, p)) @ g for p, g in zip(a, grad, strict=True)]
    derivatives.ACTIVATIONS["softmax"][1](a, grad)
    assert_allclose(grad, expected, rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize("shuffle", [True, False])
def test_fit_is_the_loop_that_the_lesson_writes(shuffle):
    """Two epochs over 20 examples in batches of 6: the last batch holds 2."""
    x = rng.normal(size=(20, 4))
    model = cu.Sequential([cu.Input(4), cu.Dense(5, "softmax")], rng=0, dtype="float64")
    model.compile(cu.SGD(0.5), "sparse_categorical_crossentropy")
    W, b = model.get_weights()
    model.rng = np.random.default_rng(3)
    history = model.fit(x, LABELS, batch_size=6, epochs=2, shuffle=shuffle, verbose=0)
    own = np.random.default_rng(3)
    for epoch in range(2):
        total = 0
        in_order = ((x[i : i + 6], LABELS[i : i + 6]) for i in range(0, 20, 6))
        for x_batch, y_batch in cu.minibatches(x, LABELS, 6, rng=own) if shuffle else in_order:
            p = cu.softmax(x_batch @ W + b)
            total += len(x_batch) * cu.sparse_categorical_crossentropy(y_batch, p)
            dz = (p - cu.one_hot(y_batch, 5)) / len(x_batch)
            W = W - 0.5 * x_batch.T @ dz
            b = b - 0.5 * dz.sum(axis=0)
        assert_allclose(history.history["loss"][epoch], total / 20, rtol=1e-12)
    for ours, own in zip(model.get_weights(), (W, b), strict=True):
        assert_allclose(ours, own, rtol=1e-12, atol=1e-15)


def test_the_neuron_is_a_network_of_one_unit():
    x, y = rng.normal(size=(30, 3)), rng.integers(0, 2, (30, 1)).astype(float)
    neuron = cu.LogisticNeuron(3, rng=0)
    model = cu.Sequential([cu.Input(3), cu.Dense(1, "sigmoid")], rng=0, dtype="float64")
    model.compile(cu.SGD(0.3), "binary_crossentropy")
    model.set_weights(neuron.get_weights())
    neuron.rng, model.rng = np.random.default_rng(7), np.random.default_rng(7)
    a = neuron.fit(x, y, learning_rate=0.3, epochs=4, batch_size=8)
    b = model.fit(x, y, batch_size=8, epochs=4, verbose=0)
    for key in ("loss", "accuracy"):
        assert_allclose(a.history[key], b.history[key], rtol=1e-12)
    for v, w in zip(neuron.get_weights(), model.get_weights(), strict=True):
        assert_allclose(v, w, rtol=1e-12)


def test_float32_stays_float32_end_to_end():
    model = cu.Sequential([cu.Input(5), cu.Dense(4, "relu"), cu.Dense(5, "softmax")], rng=0)
    model.compile(cu.Adam(cu.CosineDecay(0.01, 100)), "sparse_categorical_crossentropy")
    model.fit(Z, LABELS, epochs=2, verbose=0)
    layers = model.layers
    arrays = [*model.variables, *model.gradients, *(layer._out for layer in layers), model.predict(Z)]
    assert {a.dtype for a in arrays} == {np.dtype(np.float32)}


def test_buffers_are_used_again_and_smaller_batches_fit_in():
    model = cu.Sequential([cu.Input(5), cu.Dense(4, "tanh"), cu.Dense(5, "softmax")], rng=0)
    model.compile("sgd", "sparse_categorical_crossentropy")
    model.value_and_grad(Z, LABELS)
    room = [layer._out for layer in model.layers]
    before = model.value_and_grad(Z[:3], LABELS[:3])[1]
    model.value_and_grad(Z, LABELS)
    assert all(layer._out is old for layer, old in zip(model.layers, room, strict=True))
    for a, b in zip(model.value_and_grad(Z[:3], LABELS[:3])[1], before, strict=True):
        assert_array_equal(a, b)


def test_the_first_layer_makes_no_gradient_of_its_input():
    layer = cu.Dense(3)
    layer.build(5, rng=0, dtype="float64")
    out = layer.forward(Z)
    assert layer.backward(np.ones_like(out), to_input=False) is None
    assert_allclose(layer.backward(np.ones_like(out)), np.ones((20, 3)) @ layer.kernel.T)


def test_the_penalty_of_l2_has_the_slope_of_its_differences():
    """By hand for one layer, and with the loss against differences for a network."""
    layer = cu.Dense(1, kernel_regularizer=cu.L2(0.5))
    layer.build(2, rng=0)
    layer.kernel[:] = [[3.0], [-1.0]]
    layer.forward(np.zeros((1, 2)))
    layer.backward(np.ones((1, 1)))
    assert_allclose(layer.kernel_grad, [[3.0], [-1.0]], rtol=1e-6)  # 2 * 0.5 * W
    assert_allclose(layer.bias_grad, [1.0], rtol=1e-6)  # the bias pays nothing

    hidden, last = cu.Dense(4, "tanh", kernel_regularizer=cu.L2(0.25)), cu.Dense(5, "softmax")
    model = cu.Sequential([cu.Input(4), hidden, last], rng=0, dtype="float64")
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=None)
    x, weights = rng.normal(size=(20, 4)), model.get_weights()
    loss, grads = model.value_and_grad(x, LABELS)
    assert_allclose(model.evaluate(x, LABELS), loss, rtol=1e-12)
    assert_allclose(model.penalty, 0.25 * (weights[0] ** 2).sum(), rtol=1e-12)
    for place, (w, g) in enumerate(zip(weights, grads, strict=True)):

        def cost_of(part, place=place):
            model.set_weights([*weights[:place], part, *weights[place + 1 :]])
            return model.evaluate(x, LABELS)

        assert_allclose(cu.numerical_gradient(cost_of, w), g, rtol=1e-5, atol=1e-9)


def test_dropout_hands_back_the_gradient_of_what_stayed():
    drop, x, back = cu.Dropout(0.4, rng=0), rng.normal(size=(30, 6)), rng.normal(size=(30, 6))
    with pytest.raises(ValueError, match=r"Dropout\.backward: nothing has gone forward in training yet"):
        drop.backward(back)
    first, second = drop(x, training=True), drop(x, training=True)
    assert ((first == 0) != (second == 0)).any()  # each pass draws anew
    assert_allclose(drop.backward(back) * x, back * second, rtol=1e-12)  # the mask of the last pass
    assert drop(x) is x
    assert drop(x.astype("float32"), training=True).dtype == np.float32
    assert_allclose(cu.Dropout(0.0)(x, training=True), x)
    for bad in (1, -0.1, "half", None):
        with pytest.raises(ValueError, match="Dropout: rate"):
            cu.Dropout(bad)


def test_a_regularizer_is_an_l2_or_nothing():
    for bad in ("l2", 0.01, cu.L2):
        with pytest.raises(ValueError, match="Dense: unknown kernel_regularizer"):
            cu.Dense(3, kernel_regularizer=bad)
    with pytest.raises(ValueError, match="L2: l2 is out of range"):
        cu.L2(-1)
