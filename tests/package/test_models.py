"""LogisticNeuron and Sequential: training, interrupts, divergence, and the sentences of their errors."""

import copy
import pickle
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import course_utils as cu

rng = np.random.default_rng(0)
X = rng.normal(size=(50, 4))
LABELS = (X @ rng.normal(size=(4, 3))).argmax(axis=1)
BITS = (X[:, :1] > 0).astype(float)


def network(optimizer="sgd", loss="sparse_categorical_crossentropy", last=("softmax", 3), **options):
    activation, units = last
    layers = [cu.Input(4), cu.Dense(8, "tanh"), cu.Dense(units, activation)]
    model = cu.Sequential(layers, **{"rng": 1} | options)
    model.compile(optimizer, loss)
    return model


def assert_equal_weights(a, b):
    for v, w in zip(a, b, strict=True):
        assert_array_equal(v, w)


# training


@pytest.mark.parametrize("optimizer", ["sgd", "rmsprop", "adam"])
def test_training_lowers_the_loss_and_the_seed_decides(optimizer):
    runs = [network(optimizer) for _ in range(2)]
    a, b = (model.fit(X, LABELS, epochs=20, batch_size=8, verbose=0) for model in runs)
    assert a.history == b.history
    assert a.history["loss"][-1] < a.history["loss"][0]
    assert_equal_weights(runs[0].get_weights(), runs[1].get_weights())


def test_the_first_data_build_a_model_without_an_input():
    model = cu.Sequential([cu.Dense(3, "relu"), cu.Dense(2, "softmax")], rng=0)
    for use in (model.get_weights, model.count_params, model.summary, lambda: model.set_weights([])):
        with pytest.raises(ValueError, match="the model has no weights yet"):
            use()
    assert model.predict(X).shape == (50, 2)
    assert model.count_params() == 4 * 3 + 3 + 3 * 2 + 2


def test_neither_examples_nor_targets_are_changed():
    x, y = np.asfortranarray(X), LABELS.copy()
    x.flags.writeable = y.flags.writeable = False
    model = network()
    model.fit(x, y, epochs=2, verbose=0, validation_data=(x, y))
    model.evaluate(x, y)
    model.predict(x)
    assert_array_equal(x, X)


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, bool, np.float16, np.float64])
def test_examples_of_any_dtype(dtype):
    x = (X > 0).astype(dtype)
    assert_array_equal(network().predict(x), network().predict(x.astype(np.float32).tolist()))
    neuron = cu.LogisticNeuron(4, rng=0)
    assert_array_equal(neuron.predict(x), neuron.predict(x.astype(float)))


def test_prediction_between_forward_and_backward_disturbs_nothing():
    a, b = network(dtype="float64"), network(dtype="float64")
    for model in (a, b):
        hidden, last = model.layers
        out = last.forward(hidden.forward(X[:10])).copy()
        if model is b:
            model.predict(X)
            model.evaluate(X, LABELS)
            hidden(X)
        model.layers[0].backward(last.backward(out), to_input=False)
    assert_equal_weights(a.gradients, b.gradients)


def test_validation_changes_nothing_but_the_history():
    a, b = network(), network()
    a.fit(X, LABELS, epochs=3, batch_size=7, verbose=0)
    history = b.fit(X, LABELS, epochs=3, batch_size=7, verbose=0, validation_data=(X[:20], LABELS[:20]))
    assert_equal_weights(a.get_weights(), b.get_weights())
    assert_allclose(
        [history.history["val_loss"][-1], history.history["val_accuracy"][-1]], b.evaluate(X[:20], LABELS[:20])
    )


def test_what_is_split_off_is_measured_and_never_trained_on():
    """The last 10 of 50, whatever is shuffled: with other numbers there, the weights come out the same."""
    runs = []
    for last in (X[40:], X[40:] + 100):
        model = network()
        history = model.fit(np.concatenate([X[:40], last]), LABELS, epochs=3, validation_split=0.2, verbose=0)
        assert_allclose(model.evaluate(last, LABELS[40:])[0], history.history["val_loss"][-1], rtol=1e-6)
        runs.append(model.get_weights())
    assert_equal_weights(*runs)


def test_given_validation_data_leave_nothing_split_off():
    alone, both = network(), network()
    alone.fit(X, LABELS, epochs=2, validation_data=(X, LABELS), verbose=0)
    both.fit(X, LABELS, epochs=2, validation_data=(X, LABELS), validation_split=0.5, verbose=0)
    assert both.history.history == alone.history.history


def test_prediction_in_chunks_is_prediction_at_once():
    model, x = network(dtype="float64"), rng.normal(size=(4500, 4))
    a = x
    for layer in model.layers:
        a = layer(a)
    assert_allclose(model.predict(x), a, rtol=1e-13)
    assert model.predict(x[:0]).shape == (0, 3)


def test_weights_are_copies_both_ways():
    for model in (network(), cu.LogisticNeuron(4, rng=0)):
        before = model.predict(X)
        given = model.get_weights()
        model.set_weights(given)
        for w in given:
            w += 1
        assert_array_equal(model.predict(X), before)


def test_without_metrics_there_is_only_the_loss():
    model = network()
    model.compile("sgd", "mse", metrics=None)
    y = cu.one_hot(LABELS, 3)
    assert set(model.fit(X, y, verbose=0, validation_data=(X, y)).history) == {"loss", "val_loss"}
    assert type(model.evaluate(X, y)) is float


def test_summary_counts_every_number(capsys):
    network().summary()
    text = capsys.readouterr().out
    assert [line.split()[-1] for line in text.splitlines()] == ["parameters", "40", "27", "67"]


def test_a_layer_reads_like_the_code_that_makes_it():
    for text in ('Dense(3, "linear")', 'Dense(10, "softmax")', 'Dense(2, "relu", kernel_initializer="zeros")'):
        assert repr(eval(text, {"Dense": cu.Dense})) == text
    assert repr(cu.Dense(2)) == 'Dense(2, "linear")'
    for text in (
        'Dense(2, "linear", kernel_regularizer=L2(0.5))',
        'Dense(2, "relu", kernel_initializer="zeros", kernel_regularizer=L2(0.01))',
    ):
        assert repr(eval(text, {"Dense": cu.Dense, "L2": cu.L2})) == text
    assert repr(cu.Dense(2, kernel_initializer=cu.he_normal)) == 'Dense(2, "linear", kernel_initializer=he_normal)'


def test_a_model_tells_its_layers_and_its_parameters():
    model = cu.Sequential([cu.Input(784), cu.Dense(64, "relu"), cu.Dense(10, "softmax")], rng=0)
    assert repr(model) == '<Sequential of 784 inputs, Dense(64, "relu"), Dense(10, "softmax"): 50,890 parameters>'


def test_a_model_without_weights_says_so_until_data_have_built_it():
    model = cu.Sequential([cu.Dense(1, "sigmoid")], rng=0)
    assert repr(model) == '<Sequential of Dense(1, "sigmoid"): no weights yet>'
    model(np.zeros((2, 3)))
    assert repr(model) == '<Sequential of 3 inputs, Dense(1, "sigmoid"): 4 parameters>'


def test_a_layer_in_two_models_keeps_what_it_has_learned():
    hidden = cu.Dense(8, "tanh")
    first = cu.Sequential([cu.Input(4), hidden, cu.Dense(3, "softmax")], rng=1)
    first.compile("sgd", "sparse_categorical_crossentropy")
    first.fit(X, LABELS, epochs=2, verbose=0)
    learned = first.get_weights()
    second = cu.Sequential([cu.Input(4), hidden, cu.Dense(1, "sigmoid")], rng=2)
    third = cu.Sequential([hidden, cu.Dense(2)], rng=3)
    assert_equal_weights(first.get_weights(), learned)
    assert repr(third) == '<Sequential of Dense(8, "tanh"), Dense(2, "linear"): no weights yet>'
    with pytest.raises(ValueError, match="the model has no weights yet"):
        third.get_weights()
    assert third.predict(X).shape == (50, 2)
    assert_equal_weights(first.get_weights(), learned)
    second.compile("sgd", "binary_crossentropy")
    second.fit(X, BITS, verbose=0)
    assert first.layers[0].kernel is second.layers[0].kernel is third.layers[0].kernel
    assert not np.array_equal(first.get_weights()[0], learned[0])
    assert_equal_weights(first.get_weights()[2:], learned[2:])


def test_a_layer_that_has_weights_has_to_fit_into_its_model():
    layer = cu.Dense(3)
    layer.build(4, rng=0)
    kernel = layer.kernel.copy()
    for make, sentence in (
        (lambda: cu.Sequential([cu.Input(5), layer]), r"Expected: 5 inputs\. Received: 4 inputs\."),
        (lambda: cu.Sequential([cu.Input(4), cu.Dense(2), layer]), r"Expected: 2 inputs\. Received: 4 inputs\."),
        (lambda: cu.Sequential([cu.Dense(2), layer]).predict(X), r"Expected: 2 inputs\. Received: 4 inputs\."),
        (lambda: cu.Sequential([cu.Input(4), layer], dtype="float64"), r"Expected: float64\. Received: float32\."),
        (lambda: cu.Sequential([layer, cu.Dense(2)]).predict(X[:, :3]), r"Expected: \(m, 4\)\. Received: \(50, 3\)"),
    ):
        with pytest.raises(ValueError, match=rf"^Sequential.*{sentence}"):
            make()
    assert_array_equal(layer.kernel, kernel)


def test_history_tells_its_last_values():
    history = network().fit(X, LABELS, epochs=2, verbose=0)
    assert repr(history).startswith("<History of 2 epochs: loss 1.")
    assert repr(cu.History()) == "<History of 0 epochs>"


# interrupts


def test_an_interrupt_goes_on_and_keeps_weights_and_finished_epochs(capsys):
    def rate(step):
        if step == 12:  # ten steps an epoch: in the second one
            raise KeyboardInterrupt
        return 0.1

    model = network(cu.SGD(rate))
    with pytest.raises(KeyboardInterrupt):
        model.fit(X, LABELS, epochs=5, batch_size=5, verbose=0)
    history, taken = model.history, model.get_weights()
    assert history.epoch == [0]
    assert history.stopped == "Interrupted in epoch 2: the weights so far are kept."
    assert capsys.readouterr().out == history.stopped + "\n"
    assert model.optimizer.iterations == 12
    twin = network(cu.SGD(0.1))  # the weights are those after the last full step
    with pytest.raises(StopIteration):
        twin.fit(X, LABELS, epochs=5, batch_size=5, verbose=0, callbacks=[After(12)])
    assert_equal_weights(taken, twin.get_weights())
    model.optimizer.learning_rate = 0.1
    again = model.fit(X, LABELS, epochs=2, batch_size=5, verbose=0)
    assert again.stopped is None
    assert model.optimizer.iterations == 32
    assert again.history["loss"][-1] < history.history["loss"][0]


class After(cu.callbacks.Callback):
    """Ends the training after so many steps."""

    def __init__(self, steps):
        self.steps = steps

    def on_train_batch_end(self, batch, logs=None):
        self.steps -= 1
        if self.steps == 0:
            raise StopIteration


def test_one_press_of_stop_ends_the_whole_cell(capsys):
    def rate(step):
        raise KeyboardInterrupt

    def cell():
        model.fit(X, LABELS, verbose=1)
        reached.append("the next line")

    model, reached = network(cu.SGD(rate)), []
    with pytest.raises(KeyboardInterrupt):
        cell()
    assert reached == model.history.epoch == []
    shown = capsys.readouterr()
    assert shown.out == "Interrupted in epoch 1: the weights so far are kept.\n"
    assert shown.err.endswith("\n")  # the bar is closed: what is printed next begins a line


def test_an_interrupted_neuron_keeps_its_weights(monkeypatch, capsys):
    neuron = cu.LogisticNeuron(4, rng=0)
    step, taken = cu.LogisticNeuron._step, []

    def interrupted(self, *change):
        if len(taken) == 3:
            raise KeyboardInterrupt
        taken.append(self.w.copy())
        return step(self, *change)

    monkeypatch.setattr(cu.LogisticNeuron, "_step", interrupted)
    with pytest.raises(KeyboardInterrupt):
        neuron.fit(X, BITS, learning_rate=0.5, epochs=9)
    assert neuron.history.epoch == [0, 1, 2]
    assert (neuron.w != taken[-1]).any()
    assert "Interrupted in epoch 4" in capsys.readouterr().out


# divergence and NaN


@pytest.mark.parametrize("rate", [1e10, 1e30, 1e38, 1e300])
@pytest.mark.parametrize(
    ("loss", "last", "y"),
    [
        ("mse", ("linear", 1), 1e3 * X[:, :1]),
        ("mse", ("relu", 1), 1e3 * X[:, :1]),
        ("mae", ("linear", 1), 1e3 * X[:, :1]),
        ("sparse_categorical_crossentropy", ("softmax", 3), LABELS),
        ("categorical_crossentropy", ("softmax", 3), np.eye(3)[LABELS]),
        ("mse", ("softmax", 3), np.eye(3)[LABELS]),
        ("binary_crossentropy", ("sigmoid", 1), BITS),
    ],
)
@pytest.mark.parametrize("epochs", [1, 20])
def test_too_large_a_rate_ends_in_a_sentence_or_not_but_always_with_finite_weights(rate, loss, last, y, epochs, capsys):
    model = network(cu.SGD(rate), loss, last)
    history = model.fit(1e3 * X, y, batch_size=10, epochs=epochs, verbose=0, validation_data=(X, y))
    assert all(np.isfinite(w).all() for w in model.get_weights())
    out = capsys.readouterr().out
    assert (history.stopped is None) == (len(history.epoch) == epochs)
    if history.stopped:
        assert out == history.stopped + "\n"
        assert "The learning rate is probably too large. The last finite weights are kept." in out


def test_divergence_is_named(capsys):
    model = network(cu.SGD(1e6), "mse", ("linear", 1))
    history = model.fit(X, X[:, :1], epochs=50, verbose=0)
    assert "The learning rate is probably too large" in history.stopped
    neuron = cu.LogisticNeuron(4, rng=0)
    before = neuron.get_weights()
    stopped = neuron.fit(1e3 * X, BITS, learning_rate=1e307, epochs=50).stopped
    assert "too large" in stopped
    assert all(np.isfinite(w).all() for w in neuron.get_weights())
    assert_equal_weights(neuron.get_weights(), before)


@pytest.mark.parametrize(
    "optimizer",
    [cu.SGD(1e30, momentum=0.9), cu.SGD(1e30, momentum=0.9, nesterov=True), cu.RMSprop(1e30), cu.Adam(1e30)],
)
@pytest.mark.parametrize("batch_size", [10, 25])
def test_after_a_divergence_a_smaller_rate_goes_on(optimizer, batch_size, capsys):
    optimizer = copy.deepcopy(optimizer)
    model = cu.Sequential([cu.Input(4), cu.Dense(1)], rng=1)
    model.compile(optimizer, "mae", metrics=None)
    x, before = X.copy(), model.get_weights()
    x[:batch_size] = 1e22  # its square is beyond float32
    x[-1] = np.nan
    for _ in range(2):
        assert model.fit(x, X[:, :1], batch_size=batch_size, shuffle=False, verbose=0).stopped is not None
    model.set_weights(before)
    optimizer.learning_rate = 1e-2
    history = model.fit(X, X[:, :1], epochs=5, verbose=0)
    assert history.stopped is None
    assert np.isfinite(history.history["loss"]).all()
    assert history.history["loss"][-1] < history.history["loss"][0]


@pytest.mark.parametrize("optimizer", [cu.RMSprop(0.1), cu.Adam(0.1)])
def test_squares_beyond_the_floats_are_forgotten_though_no_weight_has_left_them(optimizer, capsys):
    """The first gradient is finite and its square is not, so the step is 0; the second loss is not finite."""
    optimizer = copy.deepcopy(optimizer)
    model = cu.Sequential([cu.Input(1), cu.Dense(1)])
    model.compile(optimizer, "mse", metrics=None)
    model.set_weights([np.array([[1e6]]), np.zeros(1)])
    history = model.fit([[1e13], [1e15]], [[0.0], [0.0]], batch_size=1, shuffle=False, verbose=0)
    assert history.stopped is not None
    assert model.get_weights()[0] == 1e6
    model.set_weights([np.zeros((1, 1)), np.zeros(1)])
    model.fit([[1.0]], [[1.0]], verbose=0)
    assert (model.get_weights()[0] > 0.05).all()  # with an infinite memory it would stay at 0


def test_the_momentum_of_a_step_that_is_taken_back_is_forgotten(capsys):
    """The last step leads beyond the largest float; the momentum behind it, 1e35, is one."""
    model = cu.Sequential([cu.Input(1), cu.Dense(1)])
    model.compile(cu.SGD(1e38, momentum=0.9), "mae", metrics=None)
    largest = np.finfo(np.float32).max
    model.set_weights([np.array([[largest]]), np.zeros(1)])
    assert model.fit([[-1e-3]], [[-1e38]], verbose=0).stopped is not None
    assert model.get_weights()[0] == largest
    model.set_weights([np.zeros((1, 1)), np.zeros(1)])
    model.optimizer.learning_rate = 0.1
    model.fit([[1.0]], [[1.0]], verbose=0)
    assert_allclose(np.concatenate(model.get_weights(), axis=None), 0.1, rtol=1e-6)


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e300])
def test_bad_numbers_in_the_examples_are_named_and_the_weights_before_are_kept(bad, capsys):
    x = X.copy()
    x[7, 2] = bad
    model = network()
    before = model.get_weights()
    history = model.fit(x, LABELS, batch_size=50, epochs=2, verbose=0)
    assert history.stopped.startswith("Stopped in epoch 1. Sequential.fit: the examples hold NaN or infinity.")
    assert_equal_weights(model.get_weights(), before)


def test_the_weights_of_the_last_good_step_are_kept(capsys):
    x, model, twin = X.copy(), network(), network()
    x[25, 2] = np.nan  # in the third of five batches
    model.fit(x, LABELS, batch_size=10, shuffle=False, verbose=0)
    twin.fit(X[:20], LABELS[:20], batch_size=10, shuffle=False, verbose=0)
    assert model.optimizer.iterations == 2
    assert_equal_weights(model.get_weights(), twin.get_weights())


def test_nan_in_an_example_is_nan_in_loss_and_gradient():
    x, model = X.copy(), network()
    x[7, 2] = np.nan
    loss, grads = model.value_and_grad(x, LABELS)
    assert np.isnan(loss)
    assert all(np.isnan(g).any() for g in grads)
    assert np.isnan(model.evaluate(x, LABELS)[0])


def test_the_neuron_names_bad_numbers_too(capsys):
    x, neuron = X.copy(), cu.LogisticNeuron(4, rng=0)
    x[7, 2] = np.nan
    before = neuron.get_weights()
    stopped = neuron.fit(x, BITS, learning_rate=0.1, epochs=2).stopped
    assert stopped.startswith("Stopped in epoch 1. LogisticNeuron.fit: the examples hold NaN or infinity.")
    assert_equal_weights(neuron.get_weights(), before)


@pytest.mark.parametrize(
    ("loss", "last", "y"),
    [("mse", ("linear", 1), X[:, :1].copy()), ("binary_crossentropy", ("sigmoid", 1), BITS.copy())],
)
def test_nan_in_the_targets_is_named(loss, last, y, capsys):
    y[3] = np.nan
    assert "the targets hold NaN or infinity" in network("sgd", loss, last).fit(X, y, verbose=0).stopped


def test_a_probability_of_0_for_what_never_happens_has_a_finite_gradient():
    """Two softmax units under the binary cross-entropy: the logits are 1000 and 0, so the outputs 1 and 0."""
    model = network("sgd", "binary_crossentropy", ("softmax", 2))
    model.set_weights([*model.get_weights()[:-1], [1000.0, 0.0]])
    loss, grads = model.value_and_grad(X, np.tile([1.0, 0.0], (50, 1)))
    assert loss == 0
    assert all((g == 0).all() for g in grads)


# errors


@pytest.mark.parametrize(
    ("x", "y", "options", "sentence"),
    [
        (X[:, :3], LABELS, {}, r"x has the wrong number of features\. Expected: \(m, 4\)\. Received: \(50, 3\)"),
        (X[0], LABELS, {}, r"x has the wrong number of axes.*Hint: x\.reshape\(1, -1\)"),
        (X.reshape(50, 2, 2), LABELS, {}, r"Hint: x\.reshape\(len\(x\), -1\)"),
        (X[:0], LABELS[:0], {}, "x is empty"),
        (X, LABELS[:40], {}, r"same number of examples\. Expected: 50 targets\. Received: 40"),
        (X, LABELS + 1, {}, "y has a label out of range"),
        (X, np.eye(3)[LABELS], {}, r"Hint: y\.argmax\(axis=1\)"),
        (X, LABELS + 0.5, {}, "y must hold whole numbers"),
        ([["a"] * 4] * 50, LABELS, {}, "x must hold real numbers"),
        (X * 1j, LABELS, {}, "x must hold real numbers"),
        ([[1, 2, 3, 4], [1]], LABELS, {}, "x has rows of different lengths"),
        *((X, LABELS, {"batch_size": n}, "batch_size must be a whole number") for n in (0, -1, 2.5, True, "8", None)),
        *((X, LABELS, {"epochs": n}, "epochs must be a whole number") for n in (0, -1, 2.5, True)),
        *((X, LABELS, {"validation_data": v}, "validation_data must be a pair") for v in (X, (X,), 0.2)),
        (X, LABELS, {"validation_data": (X, LABELS + 1)}, "validation_data: y has a label out of range"),
        *((X, LABELS, {"validation_split": s}, "validation_split is out of range") for s in (-0.1, 1, 1.5, np.nan)),
        (X, LABELS, {"validation_split": "0.2"}, "validation_split"),
        (X, LABELS, {"validation_split": 0.999}, "leaves no example for one of the two parts"),
    ],
)
def test_fit_says_what_does_not_fit_and_changes_nothing(x, y, options, sentence):
    model = network()
    before = model.get_weights()
    with pytest.raises((ValueError, TypeError), match=rf"^Sequential\.fit.*{sentence}") as error:
        model.fit(x, y, verbose=0, **options)
    assert "Expected: " in str(error.value)
    assert_equal_weights(model.get_weights(), before)
    assert model.history is None


REFUSED = [
    (X.T, LABELS, {}),
    (X, LABELS + 1, {}),
    (X, LABELS[:40], {}),
    (X[:0], LABELS[:0], {}),
    (X, LABELS, {"validation_data": (X, LABELS + 1)}),
    (X, LABELS, {"validation_data": (X[:, :2], LABELS)}),
    (X, LABELS, {"validation_data": X}),
    (X, LABELS, {"validation_split": 0.999}),
    (X, LABELS, {"callbacks": "none"}),
    (X, LABELS, {"callbacks": [SimpleNamespace(on_epoch_end=print, monitor="val_loss")]}),
]


@pytest.mark.parametrize(("x", "y", "options"), REFUSED)
def test_a_refused_fit_builds_nothing(x, y, options):
    stack = [cu.Dense(8, "tanh"), cu.Dense(3, "softmax")]
    model, twin = (cu.Sequential(copy.deepcopy(stack), rng=1) for _ in range(2))
    for each in (model, twin):
        each.compile("sgd", "sparse_categorical_crossentropy")
    with pytest.raises(ValueError, match=r"^Sequential\.fit"):
        model.fit(x, y, verbose=0, **options)
    assert "no weights yet" in repr(model)
    assert model.history is None
    histories = [each.fit(X, LABELS, epochs=2, verbose=0).history for each in (model, twin)]
    assert histories[0] == histories[1]


def test_neither_does_a_start_that_cannot_be_drawn_nor_anything_else_that_is_refused():
    last = cu.Dense(3, "softmax", kernel_initializer=lambda shape, rng: np.zeros(3))
    model = cu.Sequential([cu.Dense(8), last], rng=1)
    model.compile("sgd", "sparse_categorical_crossentropy")
    state = model.rng.bit_generator.state
    for refused in (
        lambda: model.fit(X, LABELS, verbose=0),
        lambda: model.predict(X),
        lambda: model.evaluate(X, LABELS + 1),
        lambda: model.value_and_grad(X.T, LABELS),
    ):
        with pytest.raises(ValueError, match="Expected"):
            refused()
        assert [layer.kernel for layer in model.layers] == [None, None]
        assert model.rng.bit_generator.state == state
        assert model.history is None


@pytest.mark.parametrize(
    ("loss", "last", "y", "sentence"),
    [
        ("binary_crossentropy", ("sigmoid", 1), np.append(BITS[:-1], [[2]], axis=0), r"y has a value outside \[0, 1\]"),
        ("binary_crossentropy", ("sigmoid", 1), BITS[:, 0], r"Hint: y_true\.reshape\(-1, 1\)"),
        ("categorical_crossentropy", ("softmax", 3), LABELS, r"one_hot\(y_true, 3\)"),
        ("categorical_crossentropy", ("softmax", 3), np.ones((50, 3)), "a row of y is no one-hot row"),
        ("categorical_crossentropy", ("softmax", 3), np.eye(3)[LABELS] - 1 / 3, "a row of y is no one-hot row"),
        ("mse", ("linear", 1), X, "same shape"),
        ("mse", ("linear", 1), [["a"]] * 50, "y must hold real numbers"),
    ],
)
def test_targets_are_looked_at_before_the_first_step(loss, last, y, sentence):
    model = network("sgd", loss, last)
    before = model.get_weights()
    with pytest.raises((ValueError, TypeError), match=sentence):
        model.fit(X, y, batch_size=5, shuffle=False, verbose=0)
    assert_equal_weights(model.get_weights(), before)


def test_the_row_that_is_no_one_hot_row_is_named():
    y = np.eye(3)[LABELS]
    y[4] = [0, 2, 0]
    with pytest.raises(ValueError, match=r"Received: \[0\.0, 2\.0, 0\.0\] in row 4\."):
        network("sgd", "categorical_crossentropy").fit(X, y, verbose=0)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: cu.Sequential([]), "layers must be Dense layers"),
        (lambda: cu.Sequential([cu.Input(3)]), "layers must be Dense layers"),
        (lambda: cu.Sequential([cu.Input(3), "dense"]), "layers must be Dense layers"),
        (lambda: cu.Sequential([cu.Dense(3)] * 2), r'a layer stands there twice.*\[Dense\(3, "linear"\), Dense\(3'),
        *(
            (lambda bad=bad: cu.Sequential(bad), rf"^Sequential: layers must be a list\. .* {type(bad).__name__}\.$")
            for bad in (cu.Dense(1), cu.Input(3), None, 3, "ab", {"a": 1}, cu.Sequential([cu.Dense(1)]))
        ),
        (lambda: cu.Sequential([[cu.Dense(1)]]), r'must be Dense layers\. .*\[\[Dense\(1, "linear"\)\]\]'),
        (lambda: cu.Sequential([cu.Dense]), "must be Dense layers"),
        (lambda: cu.Sequential([cu.Dense(3)], dtype="float46"), "did you mean 'float64'"),
        (lambda: cu.Sequential([cu.Dense(3)], rng="seed"), "rng must be a generator or a seed"),
        (lambda: cu.Input((28, 28)), r"an example must be a flat row\. .* Hint: flatten it first"),
        (lambda: cu.Input(0), "n_features must be a whole number"),
        (lambda: cu.Dense(0), "units must be a whole number"),
        (lambda: cu.Dense(2.0), "units must be a whole number"),
        (lambda: cu.Dense(2, "ReLU"), r"unknown activation\. .* Hint: did you mean 'relu'\?"),
        (lambda: cu.Dense(2, kernel_initializer="he_norm"), r"Hint: did you mean 'he_normal'\?"),
        (lambda: cu.Dense(2, kernel_initializer=lambda s, rng: [1]).build(3), r"Expected: \(3, 2\)\. Received: \(1,\)"),
        (lambda: cu.Dense(2)(X), "the layer has no weights yet"),
        (lambda: network().layers[0](X[:, :2]), r"x has the wrong shape\. Expected: \(m, 4\)\. Received: \(50, 2\)"),
        (lambda: network().layers[0].forward(X[0]), "x has the wrong shape"),
        (lambda: network("Adm"), r"Hint: did you mean 'adam'\?"),
        (lambda: network(loss="binary_crosentropy"), r"Hint: did you mean 'binary_crossentropy'\?"),
        (lambda: network(loss=None), "unknown loss"),
        (lambda: network(loss=["mse"]), "unknown loss"),
        (lambda: network().compile("sgd", "mse", metrics=["acuracy"]), "did you mean 'accuracy'"),
        (
            lambda: network().compile("sgd", "mse", metrics="accuracy"),
            r'^Sequential\.compile: metrics must be a list\. .* Hint: metrics=\["accuracy"\]\.',
        ),
        *(
            (
                lambda bad=bad: network().compile("sgd", "mse", metrics=bad),
                r"compile: metrics must be a list\. Expected",
            )
            for bad in ("acc", "", 0, 3, cu.accuracy, {"a": "accuracy"}, {"accuracy"})
        ),
        *(
            (lambda bad=bad: network().compile("sgd", "mse", metrics=[bad]), "compile: unknown metric")
            for bad in (3, None, ["accuracy"], "mse")
        ),
        (lambda: network().compile("sgd", "mse", metrics=[cu.accuracy]), "did you mean 'accuracy'"),
        (lambda: network(loss=cu.mean_squared_error), "did you mean 'mean_squared_error'"),
        (lambda: network(cu.SGD), "did you mean 'sgd'"),
        (lambda: network().layers[0].backward(np.ones((2, 8))), r"^Dense\.backward: nothing has gone forward yet"),
        (lambda: cu.Sequential([cu.Dense(1)]).fit(X, BITS), "the model is not compiled"),
        (lambda: network().set_weights([np.zeros(3)]), "the weights have other shapes"),
        (lambda: cu.LogisticNeuron(0), "n_features must be a whole number"),
        (lambda: cu.LogisticNeuron(2).set_weights([[1.0, 2.0]]), "weights must be a pair"),
        (lambda: cu.LogisticNeuron(2).set_weights([[1.0], 0.0]), "wrong shapes"),
        (lambda: cu.LogisticNeuron(2).predict([1.0, 2.0]), r"Hint: X\.reshape\(1, -1\) for a single example"),
        (lambda: cu.LogisticNeuron(3).predict(X), r"Expected: \(m, 3\)\. Received: \(50, 4\)"),
        (lambda: cu.LogisticNeuron(4).value_and_grad(X, BITS[:, 0]), r"Hint: y_true\.reshape\(-1, 1\)"),
    ],
)
def test_the_sentence_names_what_does_not_fit(make, sentence):
    with pytest.raises((ValueError, TypeError), match=sentence) as error:
        make()
    assert "Expected: " in str(error.value)


@pytest.mark.parametrize(
    ("y", "options", "sentence"),
    [
        *((BITS, {"learning_rate": r}, "learning_rate is out of range") for r in (-1, np.nan, np.inf, "1", True)),
        *((BITS, {"batch_size": n}, "batch_size must be a whole number") for n in (0, -1, 2.5, True)),
        *((BITS, {"epochs": n}, "epochs must be a whole number") for n in (0, -1, 2.5, True)),
        (BITS[:-1], {}, "same number of examples"),
        (BITS[:, 0], {}, "same shape"),
        (np.append(BITS[:-1], [[2]], axis=0), {"batch_size": 5}, "y_true has a value outside"),
    ],
)
def test_the_neurons_fit_says_what_does_not_fit_and_changes_nothing(y, options, sentence):
    neuron = cu.LogisticNeuron(4, rng=0)
    before = neuron.get_weights()
    with pytest.raises(ValueError, match=sentence):
        neuron.fit(X, y, **{"learning_rate": 0.1, "epochs": 1} | options)
    assert_equal_weights(neuron.get_weights(), before)


# plain floats, no -0.0, no warnings, copies

TASKS = {
    "mse": (("linear", 1), X[:, :1]),
    "binary_crossentropy": (("sigmoid", 1), BITS),
    "binary_crossentropy of a softmax": (("softmax", 3), np.eye(3)[LABELS]),
    "categorical_crossentropy": (("softmax", 3), np.eye(3)[LABELS]),
    "sparse_categorical_crossentropy": (("softmax", 3), LABELS),
}
of_every_task = pytest.mark.parametrize("task", TASKS)


def trained(task, dtype="float32", optimizer="adam"):
    """Return a model after two epochs, and its targets."""
    last, y = TASKS[task]
    model = network(optimizer, task.split()[0], last, dtype=dtype)
    model.fit(X, y, epochs=2, batch_size=10, verbose=0)
    return model, y


class Kinds(cu.callbacks.Callback):
    """Notes the type of every value in every logs."""

    def __init__(self):
        self.seen = set()

    def note(self, _=None, logs=None):
        self.seen |= {type(value) for value in (logs or {}).values()}

    on_train_batch_end = on_epoch_end = note

    def on_test_end(self, logs=None):
        self.note(logs=logs)


@of_every_task
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_whatever_is_measured_is_a_plain_float(task, dtype):
    model, y = trained(task, dtype)
    bad = np.where(np.arange(50)[:, None] == 3, np.nan, X)
    measured = [*model.evaluate(X, y), *model.evaluate(bad, y), model.value_and_grad(X, y)[0]]
    kinds = Kinds()
    history = model.fit(X, y, verbose=0, callbacks=[kinds], validation_data=(X, y)).history
    measured += [value for values in history.values() for value in values]
    assert {type(value) for value in measured} == kinds.seen == {float}


def test_the_neuron_measures_plain_floats():
    neuron = cu.LogisticNeuron(4, rng=0)
    assert type(neuron.value_and_grad(X, BITS)[0]) is float
    assert {type(v) for v in neuron._forward_backward(X, BITS)[:2]} == {float}
    history = neuron.fit(X, BITS, learning_rate=0.1, epochs=2).history
    assert {type(v) for values in history.values() for v in values} == {float}


def test_no_gradient_is_minus_zero():
    """An input of 0 under an error below 0 is a gradient of 0 * -0.5."""
    x, y = np.array([[0.0, 1.0]]), np.array([[1.0]])
    neuron = cu.LogisticNeuron(2, rng=0)
    model = cu.Sequential([cu.Input(2), cu.Dense(1, "sigmoid")], rng=0)
    model.compile("sgd", "binary_crossentropy")
    for network_ in (neuron, model):
        _, (dw, db) = network_.value_and_grad(x, y)
        assert dw[1] < 0 > db
        assert not np.signbit(dw[0])


BIG = {"float32": 1e38, "float64": 1e308}


@pytest.mark.filterwarnings("error")
@of_every_task
@pytest.mark.parametrize("dtype", BIG)
@pytest.mark.parametrize("share", [1e-2, 0.3])
def test_numbers_at_the_edge_of_the_floats_warn_of_nothing(task, dtype, share, capsys):
    last, y = TASKS[task]
    big = X * (BIG[dtype] * share)
    if task == "mse":
        y = y * (BIG[dtype] * share)
    for steps in (cu.SGD(0.1), cu.SGD(0.1, momentum=0.9), cu.RMSprop(0.1), cu.Adam(0.1)):
        model = network(steps, task.split()[0], last, dtype=dtype)
        with np.errstate(all="warn"):
            model.predict(big)
            model(big)
            model.evaluate(big, y)
            model.value_and_grad(big, y)
            model.fit(big, y, epochs=2, batch_size=10, verbose=0, validation_data=(big, y))
        assert all(np.isfinite(w).all() for w in model.get_weights())


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("activation", ["linear", "sigmoid", "tanh", "relu", "softmax"])
@pytest.mark.parametrize("big", [1e38, 3e38, 1e300])
def test_a_layer_at_the_edge_of_the_floats_warns_of_nothing(activation, big):
    layer = cu.Dense(2, activation, kernel_initializer=lambda shape, rng: np.full(shape, 1e39))
    with np.errstate(all="warn"):
        layer.build(4, rng=0)
        layer(np.full((3, 4), big))
        layer.forward(np.full((3, 4), big))
        layer.backward(np.full((3, 2), 3e38, np.float32))
        model = cu.Sequential([cu.Input(1), cu.Dense(1)])
        model.set_weights([[[big]], [0]])
        model.compile(loss="mse", metrics=None)
        model.evaluate([[1.0]], [[big]])


@pytest.mark.filterwarnings("error")
def test_the_neuron_at_the_edge_of_the_floats_warns_of_nothing(capsys):
    neuron = cu.LogisticNeuron(4, rng=0)
    with np.errstate(all="warn"):
        neuron.predict(X * 1e307)
        neuron.value_and_grad(X * 1e307, BITS)
        neuron.fit(X * 1e307, BITS, learning_rate=0.1, epochs=3)
    assert all(np.isfinite(w).all() for w in neuron.get_weights())


def test_a_learning_rate_of_0_trains_nothing_and_measures():
    model, neuron = network(cu.SGD(0)), cu.LogisticNeuron(4, rng=0)
    before = [model.get_weights(), neuron.get_weights()]
    runs = model.fit(X, LABELS, epochs=2, verbose=0), neuron.fit(X, BITS, learning_rate=0, epochs=2)
    assert_equal_weights(model.get_weights(), before[0])
    assert_equal_weights(neuron.get_weights(), before[1])
    for run in runs:
        assert run.epoch == [0, 1]
        assert_allclose(*run.history["loss"], rtol=1e-6)


def by_pickle(thing):
    return pickle.loads(pickle.dumps(thing))


@of_every_task
@pytest.mark.parametrize("copied", [by_pickle, copy.deepcopy])
@pytest.mark.parametrize("optimizer", ["sgd", "rmsprop", "adam", cu.SGD(cu.CosineDecay(0.1, 50), momentum=0.5)])
def test_a_copied_model_goes_on_as_the_original_and_on_its_own(task, copied, optimizer):
    model, y = trained(task, optimizer=copy.deepcopy(optimizer))
    twin, before = copied(model), model.get_weights()
    assert twin.evaluate(X, y) == model.evaluate(X, y)
    assert twin.history.history == model.history.history
    runs = twin.fit(X, y, epochs=2, verbose=0)
    assert_equal_weights(model.get_weights(), before)
    assert model.fit(X, y, epochs=2, verbose=0).history == runs.history
    assert_equal_weights(model.get_weights(), twin.get_weights())


@pytest.mark.parametrize("copied", [by_pickle, copy.deepcopy])
def test_models_are_copied_at_every_age(copied):
    raw = copied(cu.Sequential([cu.Dense(3, "relu"), cu.Dense(2, "softmax")], rng=0))
    assert raw.predict(X).shape == (50, 2)
    built = cu.Sequential([cu.Input(4), cu.Dense(2, "tanh", kernel_initializer=cu.he_normal)], rng=0)
    assert_array_equal(copied(built).predict(X), built.predict(X))
    neuron = cu.LogisticNeuron(4, rng=0)
    neuron.fit(X, BITS, learning_rate=0.1, epochs=2)
    twin = copied(neuron)
    assert twin.history.history == neuron.history.history
    assert_array_equal(twin.predict(X), neuron.predict(X))


def test_a_pickled_model_carries_its_weights_and_no_examples():
    """64 kB of examples went through the model; it weighs little more than its 66 numbers."""
    x, y = rng.normal(size=(1000, 4)), np.zeros((1000, 1))
    model = network("sgd", "mse", ("linear", 1))
    model.fit(x, y, batch_size=1000, verbose=0)
    assert len(pickle.dumps(model)) < 8000


# what a loss asks of the last layer

FITTING = {
    "mean_squared_error": {"linear", "sigmoid", "tanh", "relu", "softmax"},
    "mse": {"linear", "sigmoid", "tanh", "relu", "softmax"},
    "mae": {"linear", "sigmoid", "tanh", "relu", "softmax"},
    "binary_crossentropy": {"sigmoid", "softmax"},
    "categorical_crossentropy": {"softmax"},
    "sparse_categorical_crossentropy": {"softmax"},
}


@pytest.mark.parametrize("units", [1, 2])
@pytest.mark.parametrize("activation", ["linear", "sigmoid", "tanh", "relu", "softmax"])
@pytest.mark.parametrize("loss", FITTING)
def test_compile_takes_the_pairs_that_fit_and_refuses_all_others(loss, activation, units):
    model = network("sgd", "mse", ("tanh", units))
    model.layers[-1] = cu.Dense(units, activation)
    if activation in FITTING[loss] and (activation, units) != ("softmax", 1):
        model.compile("adam", loss)
        return
    before = model.optimizer
    with pytest.raises(
        ValueError, match=rf'Sequential\.compile: .* Received: Dense\({units}, "{activation}"\)'
    ) as error:
        model.compile("adam", loss, metrics=None)
    assert "Expected: " in str(error.value)
    assert (model.optimizer, model.metrics, model.objective.loss) == (before, ["accuracy"], "mean_squared_error")


def test_the_absolute_error_is_no_metric_of_probabilities():
    model = network()
    before = model.optimizer
    sentence = r"the absolute error is for values\. .*Received: \['accuracy', 'mae'\]\. Hint: loss=.mean_squared_error."
    with pytest.raises(ValueError, match=sentence):
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy", "mae"])
    assert (model.optimizer, model.metrics) == (before, ["accuracy"])  # nothing has changed


@pytest.mark.parametrize(
    ("loss", "last", "sentence"),
    [
        (
            "binary_crossentropy",
            ("linear", 1),
            'binary_crossentropy needs probabilities. Expected: "sigmoid" or "softmax" in the last layer. '
            'Received: Dense(1, "linear"). '
            'Hint: Dense(1, "sigmoid") with loss="binary_crossentropy"; loss="mean_squared_error" for values.',
        ),
        (
            "categorical_crossentropy",
            ("sigmoid", 3),
            'categorical_crossentropy needs rows of probabilities with sum 1. Expected: "softmax" in the last layer. '
            'Received: Dense(3, "sigmoid"). Hint: loss="binary_crossentropy" for sigmoid units.',
        ),
        (
            "sparse_categorical_crossentropy",
            ("linear", 10),
            "sparse_categorical_crossentropy needs rows of probabilities with sum 1. "
            'Expected: "softmax" in the last layer. Received: Dense(10, "linear"). '
            'Hint: Dense(10, "softmax"), or loss="mean_squared_error" for values.',
        ),
        (
            "binary_crossentropy",
            ("softmax", 1),
            'one softmax unit always gives 1, and learns nothing. Expected: Dense(1, "sigmoid"), or a softmax over '
            'two units or more. Received: Dense(1, "softmax").',
        ),
    ],
)
def test_compile_names_the_layer_that_was_probably_meant(loss, last, sentence):
    with pytest.raises(ValueError, match=r"^Sequential\.compile: ") as error:
        network("sgd", loss, last)
    assert str(error.value) == f"Sequential.compile: {sentence}"


# the model as a function, and its history


def test_the_model_called_is_its_prediction():
    model = network()
    assert_array_equal(model(X), model.predict(X))
    assert model(X[:7].tolist()).dtype == np.float32
    with pytest.raises(ValueError, match=r"^Sequential: x has the wrong number of features\. Expected: \(m, 4\)"):
        model(X[:, :2])


def test_fit_leaves_its_history_with_the_model():
    for model, more in ((network(), {"verbose": 0}), (cu.LogisticNeuron(4, rng=0), {"learning_rate": 0.1})):
        y = LABELS if more == {"verbose": 0} else BITS
        assert model.history is None
        first = model.fit(X, y, epochs=2, **more)
        assert model.history is first
        second = model.fit(X, y, epochs=1, **more)
        assert model.history is second is not first
        assert (first.epoch, second.epoch) == ([0, 1], [0])


# the progress bar


def test_the_bar_shows_loss_and_accuracy(capsys):
    network().fit(X, LABELS, epochs=2, batch_size=10)
    bar = capsys.readouterr().err
    assert "epoch 2/2" in bar
    assert "10/10" in bar
    assert "loss=" in bar
    assert "accuracy=" in bar
    network().fit(X, LABELS, epochs=2, verbose=0)
    assert capsys.readouterr() == ("", "")


def test_the_neuron_has_the_bar_too(capsys):
    cu.LogisticNeuron(4, rng=0).fit(X, BITS, learning_rate=0.1, epochs=3, verbose=1)
    assert "epoch 3/3" in capsys.readouterr().err


def test_in_a_kernel_the_bar_is_a_widget(monkeypatch):
    import IPython
    import IPython.display

    shown = []
    events = SimpleNamespace(register=lambda *_: None, unregister=lambda *_: None)
    monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace(kernel=True, events=events))
    monkeypatch.setattr(IPython.display, "display", lambda data, raw: shown.append(data))
    network().fit(X, LABELS, epochs=2, batch_size=10)
    (data,) = shown
    assert data["text/plain"] == "(progress bar: epochs, loss, accuracy)"
    assert "application/vnd.jupyter.widget-view+json" in data


def test_a_stored_notebook_keeps_a_constant_line_for_the_bar(tmp_path):
    import nbformat
    from kernels import client_of

    cell = nbformat.v4.new_code_cell(
        "import course_utils as cu\n"
        "X, y = cu.logic_gate('AND')\n"
        "model = cu.Sequential([cu.Input(2), cu.Dense(1, 'sigmoid')], rng=0)\n"
        "model.compile('sgd', 'binary_crossentropy')\n"
        "_ = model.fit(X, y, epochs=30)"
    )
    notebook = nbformat.v4.new_notebook(cells=[cell])
    client_of(notebook, tmp_path, kernel_name="python3", store_widget_state=False).execute()
    (output,) = notebook.cells[0].outputs
    assert output.output_type == "display_data"
    assert output.data["text/plain"] == "(progress bar: epochs, loss, accuracy)"
