"""The package beside Keras: the same arrays in, the same numbers out."""

import os

import numpy as np
import pytest
from numpy.testing import assert_allclose

import course_utils as cu

rng = np.random.default_rng(3)
Z = np.concatenate([rng.normal(0, 3, 40), [0.0, -30.0, 30.0, 1e4, -1e4]]).reshape(9, 5)
LABELS = rng.integers(0, 5, 9)  # (9,)
ONEHOT = np.eye(5)[LABELS]  # (9, 5)
LOGITS = rng.normal(0, 2, (9, 5))
ROWS = np.exp(LOGITS) / np.exp(LOGITS).sum(axis=1, keepdims=True)
BITS = rng.integers(0, 2, (9, 1)).astype(float)
SOFT = rng.uniform(0, 1, (9, 1))
ONE_LOGIT = rng.normal(0, 2, (9, 1))
CHANCE = 1 / (1 + np.exp(-ONE_LOGIT))


@pytest.fixture(scope="module")
def keras():
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    keras = pytest.importorskip("keras")
    if keras.backend.backend() != "tensorflow":
        pytest.skip("numbers are compared to the last digits with Keras on TensorFlow")
    return keras


@pytest.fixture(params=["float64", "float32"])
def dtype(request, keras):
    """Both of Keras's float types; inside, Keras computes in this one throughout."""
    keras.config.set_floatx(request.param)
    keras.config.set_dtype_policy(request.param)
    yield request.param
    keras.config.set_floatx("float32")
    keras.config.set_dtype_policy("float32")


def assert_same(ours, theirs, dtype):
    bound = 1e-9 if dtype == "float64" else 1e-5
    assert_allclose(np.asarray(ours), np.asarray(theirs), rtol=bound, atol=bound)


def tape(keras, name, z):
    """Keras's own slope of an activation."""
    import tensorflow as tf

    z = tf.constant(z)
    with tf.GradientTape() as watch:
        watch.watch(z)
        total = tf.reduce_sum(getattr(keras.activations, name)(z))
    return watch.gradient(total, z).numpy()


FUNCTIONS = {
    **{
        f"{name}": (
            lambda a, name=name: getattr(cu, name)(a(Z)),
            lambda k, a, name=name: getattr(k.activations, name)(a(Z)),
        )
        for name in ("linear", "sigmoid", "tanh", "relu", "softmax")
    },
    **{
        f"{name}_grad": (
            lambda a, name=name: getattr(cu, f"{name}_grad")(a(Z)),
            lambda k, a, name=name: tape(k, name, a(Z)),
        )
        for name in ("sigmoid", "tanh", "relu")
    },
    "step": (lambda a: cu.step(a(Z)), lambda k, a: k.ops.heaviside(a(Z), 0.0)),
    "softmax down the columns": (
        lambda a: cu.softmax(a(Z), axis=0),
        lambda k, a: k.activations.softmax(a(Z), axis=0),
    ),
    "mean_squared_error": (
        lambda a: cu.mean_squared_error(a(ONEHOT), a(LOGITS)),
        lambda k, a: k.losses.MeanSquaredError()(a(ONEHOT), a(LOGITS)),
    ),
    "mean_absolute_error": (
        lambda a: cu.mean_absolute_error(a(ONEHOT), a(LOGITS)),
        lambda k, a: k.losses.MeanAbsoluteError()(a(ONEHOT), a(LOGITS)),
    ),
    **{
        f"binary_crossentropy, {what}, {kind} targets": (
            lambda a, y=y, p=p, logits=logits: cu.binary_crossentropy(a(y), a(p), from_logits=logits),
            lambda k, a, y=y, p=p, logits=logits: k.losses.BinaryCrossentropy(from_logits=logits)(a(y), a(p)),
        )
        for what, p, logits in (("probabilities", CHANCE, False), ("logits", ONE_LOGIT, True))
        for kind, y in (("hard", BITS), ("soft", SOFT))
    },
    **{
        f"{'sparse_' * sparse}categorical_crossentropy, {what}": (
            lambda a, sparse=sparse, p=p, logits=logits: (
                cu.sparse_categorical_crossentropy(LABELS, a(p), from_logits=logits)
                if sparse
                else cu.categorical_crossentropy(a(ONEHOT), a(p), from_logits=logits)
            ),
            lambda k, a, sparse=sparse, p=p, logits=logits: (
                k.losses.SparseCategoricalCrossentropy(from_logits=logits)(LABELS, a(p))
                if sparse
                else k.losses.CategoricalCrossentropy(from_logits=logits)(a(ONEHOT), a(p))
            ),
        )
        for what, p, logits in (("probabilities", ROWS, False), ("logits", LOGITS, True))
        for sparse in (False, True)
    },
    "accuracy of one-hot rows": (
        lambda a: cu.accuracy(a(ONEHOT), a(ROWS)),
        lambda k, a: np.mean(k.metrics.categorical_accuracy(a(ONEHOT), a(ROWS))),
    ),
    "accuracy of labels and rows": (
        lambda a: cu.accuracy(LABELS, a(ROWS)),
        lambda k, a: np.mean(k.metrics.sparse_categorical_accuracy(LABELS, a(ROWS))),
    ),
    "accuracy of probabilities": (
        lambda a: cu.accuracy(a(BITS), a(CHANCE)),
        lambda k, a: np.mean(k.metrics.binary_accuracy(a(BITS), a(CHANCE))),
    ),
    "accuracy of labels": (
        lambda a: cu.accuracy(LABELS, LOGITS.argmax(axis=1)),
        lambda k, a: k.metrics.Accuracy()(LABELS, LOGITS.argmax(axis=1)),
    ),
    **{
        f"{name} above {threshold}": (
            lambda a, name=name, threshold=threshold: getattr(cu, name)(a(BITS), a(CHANCE), threshold=threshold),
            lambda k, a, name=name, threshold=threshold: getattr(k.metrics, name.title())(thresholds=threshold)(
                a(BITS), a(CHANCE)
            ),
        )
        for name in ("precision", "recall")
        for threshold in (0.1, 0.5, 0.8, 1.0)
    },
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_function_agrees(name, keras, dtype):
    ours, theirs = FUNCTIONS[name]

    def array(x):
        return x.astype(dtype)

    assert_same(ours(array), theirs(keras, array), dtype)


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("zeros", "Zeros"),
        ("random_normal", "RandomNormal"),
        ("glorot_uniform", "GlorotUniform"),
        ("glorot_normal", "GlorotNormal"),
        ("he_uniform", "HeUniform"),
        ("he_normal", "HeNormal"),
    ],
)
def test_the_initializer_draws_from_the_same_distribution(keras, name, theirs):
    from scipy.stats import ks_2samp

    shape = (300, 200)
    ours = getattr(cu, name)(shape, rng=5).ravel()
    draw = getattr(keras.initializers, theirs)(**({} if name == "zeros" else {"seed": 5}))
    theirs = np.asarray(draw(shape), np.float64).ravel()
    assert ks_2samp(ours, theirs).pvalue > 0.01
    assert_allclose(ours.std(), theirs.std(), rtol=0.01)
    if name != "random_normal":  # all others have an end
        assert_allclose(np.abs(ours).max(), np.abs(theirs).max(), rtol=1e-3)


# Keras takes every constant through float32, so these are numbers that float32 holds exactly.
SCHEDULES = {
    "InverseTimeDecay": (np.float64(0.5), 3, 0.75),
    "ExponentialDecay": (np.float64(0.5), 3, 0.75),
    "PiecewiseConstantDecay": ([5, 20], [0.5, 0.25, 0.125]),
    "CosineDecay": (np.float64(0.5), 30, 0.125),
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_the_schedule_agrees_at_every_step(keras, dtype, name):
    ours = getattr(cu, name)(*SCHEDULES[name])
    theirs = getattr(keras.optimizers.schedules, name)(*SCHEDULES[name])
    assert_same([ours(k) for k in range(50)], [float(theirs(k)) for k in range(50)], dtype)


OPTIMIZERS = {
    "SGD": ("SGD", {"learning_rate": 0.125}),
    "SGD with momentum": ("SGD", {"learning_rate": 0.125, "momentum": 0.75}),
    "SGD with Nesterov's momentum": ("SGD", {"learning_rate": 0.125, "momentum": 0.75, "nesterov": True}),
    "SGD of Nesterov, without momentum": ("SGD", {"learning_rate": 0.125, "nesterov": True}),
    "RMSprop": ("RMSprop", {"learning_rate": 0.125, "rho": 0.75, "epsilon": 2.0**-10}),
    "Adam": ("Adam", {"learning_rate": 0.125, "beta_1": 0.75, "beta_2": 0.9375, "epsilon": 2.0**-10}),
}


@pytest.mark.parametrize("kind", ["SGD", "RMSprop", "Adam"])
def test_the_optimizer_has_the_same_defaults(keras, kind):
    ours, theirs = getattr(cu, kind)(), getattr(keras.optimizers, kind)()
    assert_allclose(ours.learning_rate, float(theirs.learning_rate), rtol=1e-7)
    for constant in {"momentum", "rho", "epsilon", "beta_1", "beta_2"} & vars(ours).keys():
        assert getattr(ours, constant) == getattr(theirs, constant)


@pytest.mark.parametrize("steps", [1, 3, 12])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_optimizer_walks_the_same_path(keras, dtype, name, steps):
    kind, options = OPTIMIZERS[name]
    ours, theirs = getattr(cu, kind)(**options), getattr(keras.optimizers, kind)(**options)
    start = [rng.normal(size=(4, 3)).astype(dtype), rng.normal(size=3).astype(dtype)]
    variables, copies = [a.copy() for a in start], [keras.Variable(a, dtype=dtype) for a in start]
    for _ in range(steps):
        grads = [rng.normal(size=a.shape).astype(dtype) for a in start]
        ours.apply(grads, variables)
        theirs.apply([keras.ops.convert_to_tensor(g) for g in grads], copies)
    for a, b in zip(variables, copies, strict=True):
        assert a.dtype == dtype
        assert_same(a, b, dtype)


def test_an_optimizer_asks_its_schedule_at_the_same_steps(keras, dtype):
    ours = cu.SGD(cu.PiecewiseConstantDecay([1, 2], [1.0, 0.5, 0.25]))
    schedule = keras.optimizers.schedules.PiecewiseConstantDecay([1, 2], [1.0, 0.5, 0.25])
    theirs = keras.optimizers.SGD(schedule)
    variable, copy = np.zeros(1, dtype), keras.Variable(np.zeros(1), dtype=dtype)
    for _ in range(4):
        ours.apply([np.ones(1, dtype)], [variable])
        theirs.apply([keras.ops.ones(1)], [copy])
        assert_same(variable, copy, dtype)


X = rng.normal(size=(25, 6))
CLASSES = rng.integers(0, 4, 25)
NETWORKS = {
    "regression": ([("tanh", 5), (None, 2)], "mean_squared_error", rng.normal(size=(25, 2))),
    "two classes": ([("relu", 5), ("sigmoid", 1)], "binary_crossentropy", (X[:, :1] > 0).astype(float)),
    "labels": ([("sigmoid", 5), ("softmax", 4)], "sparse_categorical_crossentropy", CLASSES),
    "one-hot": ([("relu", 5), ("tanh", 5), ("softmax", 4)], "categorical_crossentropy", np.eye(4)[CLASSES]),
    "wrong pair": ([("relu", 5), ("softmax", 4)], "mean_squared_error", np.eye(4)[CLASSES]),
    "absolute error": ([("relu", 5), ("linear", 2)], "mean_absolute_error", X[:, :2]),
}


@pytest.fixture(params=NETWORKS)
def twins(request, keras, dtype):
    """Our network and Keras's with the same weights, compiled alike: ours, theirs, x, y."""
    sizes, loss, y = NETWORKS[request.param]
    ours = cu.Sequential([cu.Input((6,)), *(cu.Dense(u, a) for a, u in sizes)], rng=1, dtype=dtype)
    theirs = keras.Sequential([keras.Input((6,)), *(keras.layers.Dense(u, a) for a, u in sizes)])
    ours.set_weights([w + 0.1 for w in ours.get_weights()])  # biases, too, away from zero
    theirs.set_weights(ours.get_weights())
    ours.compile(cu.SGD(0.5), loss=loss)
    theirs.compile(keras.optimizers.SGD(0.5), loss=loss, metrics=["accuracy"], run_eagerly=True)
    return ours, theirs, X.astype(dtype), y if y.ndim == 1 else y.astype(dtype)


def test_forward_evaluate_and_the_number_of_weights_agree(twins, dtype):
    ours, theirs, x, y = twins
    assert_same(ours.predict(x), theirs.predict(x, verbose=0), dtype)
    assert_same(ours.evaluate(x, y), theirs.evaluate(x, y, verbose=0), dtype)
    assert ours.count_params() == theirs.count_params()


def test_weights_travel_both_ways(twins, dtype):
    ours, theirs, x, _ = twins
    theirs.set_weights([-w for w in theirs.get_weights()])
    ours.set_weights(theirs.get_weights())
    assert_same(ours.predict(x), theirs.predict(x, verbose=0), dtype)
    for a, b in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        assert a.dtype == b.dtype == dtype
        np.testing.assert_array_equal(a, b)


def test_the_gradient_agrees(twins, keras, dtype):
    import tensorflow as tf

    ours, theirs, x, y = twins
    with tf.GradientTape() as watch:
        loss = theirs.compute_loss(x, y, theirs(x))
    expected = watch.gradient(loss, theirs.trainable_variables)
    value, grads = ours.value_and_grad(x, y)
    assert_same(value, loss, dtype)
    for g, e in zip(grads, expected, strict=True):
        assert_same(g, e, dtype)


def test_three_steps_of_fit_agree(twins, dtype):
    """25 examples in batches of 10 are three steps, the last one smaller."""
    ours, theirs, x, y = twins
    options = {"batch_size": 10, "epochs": 2, "shuffle": False, "verbose": 0, "validation_data": (x[:7], y[:7])}
    a, b = ours.fit(x, y, **options), theirs.fit(x, y, **options)
    assert a.epoch == b.epoch == [0, 1]
    assert set(a.history) == set(b.history) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    for key, values in a.history.items():
        assert_same(values, b.history[key], dtype)
    for v, w in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        assert_same(v, w, dtype)


@pytest.mark.parametrize("share", [0.2, 0.29, 0.5])
def test_the_same_examples_are_split_off_for_validation(twins, dtype, share):
    """The last ones of 25, however many Keras counts, and before any shuffle."""
    ours, theirs, x, y = twins
    options = {"batch_size": 10, "epochs": 2, "shuffle": False, "verbose": 0, "validation_split": share}
    a, b = ours.fit(x, y, **options), theirs.fit(x, y, **options)
    assert set(a.history) == set(b.history) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    for key, values in a.history.items():
        assert_same(values, b.history[key], dtype)
    for v, w in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        assert_same(v, w, dtype)


def test_an_l2_penalty_is_keras_own(keras, dtype):
    """In the loss of training, of evaluation and of validation, and in every step."""
    ours = cu.Sequential(
        [
            cu.Input(6),
            cu.Dense(5, "relu", kernel_regularizer=cu.L2(0.0625)),
            cu.Dense(4, "softmax", kernel_regularizer=cu.L2()),
        ],
        rng=1,
        dtype=dtype,
    )
    theirs = keras.Sequential(
        [
            keras.Input((6,)),
            keras.layers.Dense(5, "relu", kernel_regularizer=keras.regularizers.L2(0.0625)),
            keras.layers.Dense(4, "softmax", kernel_regularizer=keras.regularizers.L2()),
        ]
    )
    ours.set_weights([w + 0.1 for w in ours.get_weights()])
    theirs.set_weights(ours.get_weights())
    ours.compile(cu.SGD(0.5), "sparse_categorical_crossentropy")
    theirs.compile(keras.optimizers.SGD(0.5), "sparse_categorical_crossentropy", metrics=["accuracy"], run_eagerly=True)
    x = X.astype(dtype)
    assert_same(ours.evaluate(x, CLASSES), theirs.evaluate(x, CLASSES, verbose=0), dtype)
    options = {"batch_size": 10, "epochs": 2, "shuffle": False, "verbose": 0, "validation_split": 0.2}
    a, b = ours.fit(x, CLASSES, **options), theirs.fit(x, CLASSES, **options)
    for key, values in a.history.items():
        assert_same(values, b.history[key], dtype)
    for v, w in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        assert_same(v, w, dtype)


def test_dropout_does_what_keras_does(keras, dtype):
    """The same two values, the same share of zeros, nothing in prediction."""
    x = (2 + rng.random((400, 50))).astype(dtype)
    ours, theirs = cu.Dropout(0.25, rng=0), keras.layers.Dropout(0.25, seed=0)
    assert_same(ours(x), theirs(x, training=False), dtype)
    a, b = ours(x, training=True), np.asarray(theirs(x, training=True))
    assert a.dtype == b.dtype == dtype
    for dropped in (a, b):
        stays = dropped != 0
        assert_same(dropped[stays], x[stays] / 0.75, dtype)
        assert abs(stays.mean() - 0.75) < 0.02  # six standard deviations of 20,000 draws


def test_the_absolute_error_of_a_run_agrees(keras, dtype):
    """As a metric, beside the squared error as the loss."""
    ours = cu.Sequential([cu.Input(6), cu.Dense(5, "relu"), cu.Dense(1)], rng=1, dtype=dtype)
    theirs = keras.Sequential([keras.Input((6,)), keras.layers.Dense(5, "relu"), keras.layers.Dense(1)])
    theirs.set_weights(ours.get_weights())
    ours.compile(cu.SGD(0.1), "mse", metrics=["mae"])
    theirs.compile(keras.optimizers.SGD(0.1), "mse", metrics=["mae"], run_eagerly=True)
    x, y = X.astype(dtype), X[:, :1].astype(dtype)
    options = {"batch_size": 10, "epochs": 2, "shuffle": False, "verbose": 0}
    a, b = ours.fit(x, y, **options), theirs.fit(x, y, **options)
    assert set(a.history) == set(b.history) == {"loss", "mae"}
    assert_same(a.history["mae"], b.history["mae"], dtype)
    assert_same(ours.evaluate(x, y), theirs.evaluate(x, y, verbose=0), dtype)


def test_load_mnist_fetches_what_keras_fetches(keras):
    import inspect

    from course_utils.datasets import mnist

    source = inspect.getsource(keras.datasets.mnist.load_data)
    folder, name = mnist.URL.rsplit("/", 1)
    assert f"{folder}/" in source
    assert name in source
    assert mnist.SHA256 in source


def test_a_user_gets_no_tensorflow_by_importing_the_package(run_python):
    everything = "import sys, course_utils as cu\nfor name in dir(cu): getattr(cu, name)\n"
    code = everything + "print('tensorflow' in sys.modules)"
    assert run_python(code) == "False\n"
