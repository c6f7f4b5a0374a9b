"""Where we differ from Keras: each line of the list in `course_utils.__doc__` is the docstring of a test here."""

import inspect
import os

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import course_utils as cu

X = np.random.default_rng(0).normal(size=(20, 3))
LABELS = np.arange(20) % 3


@pytest.fixture(scope="module")
def keras():
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    return pytest.importorskip("keras")


def network(last="softmax", units=3, optimizer="sgd", loss="sparse_categorical_crossentropy", **options):
    model = cu.Sequential([cu.Input(3), cu.Dense(units, last)], rng=0)
    model.compile(optimizer, loss, **options)
    return model


def keras_network(keras, last="softmax", units=3, optimizer="sgd", loss="sparse_categorical_crossentropy", **options):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(units, last)])
    model.compile(optimizer, loss, **options)
    return model


def options_of(function):
    """Return the names of a function's parameters: those that have a place too, and those that have only a name."""
    parameters = inspect.signature(function).parameters.values()
    by_place = {p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD}
    return by_place, {p.name for p in parameters if p.kind is p.KEYWORD_ONLY}


def test_every_line_of_the_list_has_its_test_and_every_test_its_line():
    block = cu.__doc__.partition("Where we differ from Keras:\n\n")[2].partition("\n\n")[0]
    lines = [" ".join(line.split()) for line in block.removeprefix("- ").split("\n- ")]
    functions = [f for name, f in globals().items() if name.startswith("test_")]
    tests = [" ".join(f.__doc__.split()) for f in functions if f.__doc__]
    assert sorted(lines) == sorted(tests)


def test_one_float(keras):
    """A loss is one float, the mean over the batch, as Keras's loss classes give; Keras's functions give one per
    example.
    """
    y, p = np.eye(3)[LABELS], np.full((20, 3), [0.5, 0.25, 0.25])
    ours = cu.categorical_crossentropy(y, p)
    assert type(ours) is float
    assert keras.losses.categorical_crossentropy(y, p).shape == (20,)
    assert_allclose(keras.losses.CategoricalCrossentropy()(y, p), ours, rtol=1e-6)


def test_clipping(keras):
    """Nothing is clipped: a probability of exactly 0 for what happened costs infinity. Keras stops at 16.1."""
    assert cu.binary_crossentropy([[1.0]], [[0.0]]) == np.inf
    assert cu.sparse_categorical_crossentropy([0], [[0.0, 1.0]]) == np.inf
    assert cu.categorical_crossentropy([[1, 0]], [[0.0, 1.0]]) == np.inf
    assert round(float(keras.losses.BinaryCrossentropy()([[1.0]], [[0.0]])), 1) == 16.1
    sparse = keras.losses.SparseCategoricalCrossentropy()(np.array([0]), np.array([[0.0, 1.0]]))
    assert round(float(sparse), 1) == 16.1


def test_shapes(keras):
    """Shapes (m,) and (m, 1) are not matched in silence; the sentence says what to reshape."""
    with pytest.raises(ValueError, match=r"reshape\(-1, 1\)"):
        cu.mean_squared_error([0.0, 1.0], [[0.0], [1.0]])
    keras.losses.MeanSquaredError()(np.array([0.0, 1.0]), np.array([[0.0], [1.0]]))


def test_randomness(keras):
    """Randomness comes from the `rng` or the `seed` that is handed over, never from NumPy's or Keras's global
    generator.
    """
    runs = []
    for seed in (1, 2):
        np.random.seed(seed)  # noqa: NPY002
        keras.utils.set_random_seed(seed)
        state = np.random.get_state()[1].copy()  # noqa: NPY002
        model = network()
        model.fit(X, LABELS, epochs=2, batch_size=5, verbose=0)
        runs.append([*model.get_weights(), cu.he_normal((3, 2), rng=1)])
        assert_array_equal(np.random.get_state()[1], state)  # noqa: NPY002
    for a, b in zip(*runs, strict=True):
        assert_array_equal(a, b)


def test_names(keras):
    """Options are given by name, as in `SGD(0.1, momentum=0.9)`; Keras also takes most of them by place."""
    for ours, theirs in (
        (cu.SGD, keras.optimizers.SGD),
        (cu.RMSprop, keras.optimizers.RMSprop),
        (cu.Adam, keras.optimizers.Adam),
        (cu.Dense, keras.layers.Dense),
        (cu.binary_crossentropy, keras.losses.binary_crossentropy),
        (cu.Sequential.fit, keras.Sequential.fit),
    ):
        by_place, by_name = options_of(ours)
        assert by_name
        assert by_name <= options_of(theirs)[0]
        assert len(by_place - {"self"}) <= 2
    with pytest.raises(TypeError, match="positional"):
        cu.SGD(0.1, 0.9)


def test_number_of_classes(keras):
    """The number of classes is called `n_classes`; Keras calls it `num_classes`."""
    theirs = keras.utils.to_categorical(LABELS, num_classes=4)
    assert_array_equal(cu.one_hot(LABELS, n_classes=4), theirs)
    assert cu.confusion_matrix(LABELS, LABELS, n_classes=4).shape == (4, 4)


def test_distributions(keras):
    """Rows of probabilities must sum to 1, and a probability lies in 0 … 1. Keras divides by the sum and clips."""
    with pytest.raises(ValueError, match="does not sum to 1"):
        cu.categorical_crossentropy([[1, 0]], [[0.2, 0.6]])
    assert_allclose(keras.losses.CategoricalCrossentropy()([[1.0, 0.0]], [[0.2, 0.6]]), np.log(4), rtol=1e-6)
    with pytest.raises(ValueError, match="outside"):
        cu.binary_crossentropy([[1.0]], [[1.5]])
    assert abs(float(keras.losses.BinaryCrossentropy()([[1.0]], [[1.5]]))) < 1e-6


def test_whole_labels(keras):
    """Labels are whole numbers; Keras takes 0.5 for 0."""
    rows = [[0.25, 0.75]]
    with pytest.raises(ValueError, match="whole numbers"):
        cu.sparse_categorical_crossentropy([0.5], rows)
    theirs = keras.losses.SparseCategoricalCrossentropy()(np.array([0.5]), np.array(rows))
    assert_allclose(theirs, np.log(4), rtol=1e-6)


def test_float_types(keras):
    """Lists of numbers become float64, and so do integers; Keras makes them float32. A `Sequential` computes in
    float32.
    """
    assert cu.sigmoid([0.5]).dtype == cu.sigmoid(np.array([1])).dtype == cu.he_normal((2, 2), rng=0).dtype == "float64"
    assert keras.ops.sigmoid([0.5]).dtype == keras.initializers.HeNormal()((2, 2)).dtype == "float32"
    assert network().predict(X).dtype == keras_network(keras).predict(X, verbose=0).dtype == "float32"


def test_initializers(keras):
    """Initializers are functions of a shape; Keras's are classes, whose objects are."""
    assert inspect.isfunction(cu.he_normal)
    assert inspect.isclass(keras.initializers.HeNormal)
    assert cu.he_normal((3, 2), rng=0).shape == tuple(keras.initializers.HeNormal(seed=0)((3, 2)).shape)


def test_layers(keras):
    """`Sequential` takes all its layers at once, and Dense layers only; Keras can `add` one after the other, of any
    kind.
    """
    assert not hasattr(cu.Sequential, "add")
    assert not {"Conv2D", "Flatten"} & set(dir(cu.layers))
    theirs = keras.Sequential()
    theirs.add(keras.Input((3,)))
    theirs.add(keras.layers.Dropout(0.5))
    with pytest.raises(ValueError, match="layers must be Dense layers"):
        cu.Sequential([cu.Input(3), theirs.layers[-1]])


def test_pairs(keras):
    """`compile` refuses a loss that does not fit the last activation; Keras trains every pair."""
    for last, loss in (("linear", "binary_crossentropy"), ("sigmoid", "sparse_categorical_crossentropy")):
        with pytest.raises(ValueError, match=f"{loss} needs"):
            network(last, 3, loss=loss)
        y = np.eye(3)[LABELS] if loss == "binary_crossentropy" else LABELS
        keras_network(keras, last, 3, loss=loss).fit(X, y, verbose=0)


def test_compiled(keras):
    """`compile` takes a loss by its name only, and measures the accuracy if not told otherwise; Keras measures none."""
    with pytest.raises(ValueError, match="unknown loss"):
        network(loss=keras.losses.SparseCategoricalCrossentropy())
    keras_network(keras, loss=keras.losses.SparseCategoricalCrossentropy())
    assert set(network().fit(X, LABELS, verbose=0).history) == {"loss", "accuracy"}
    assert set(keras_network(keras).fit(X, LABELS, verbose=0).history) == {"loss"}
    assert set(network(metrics=None).fit(X, LABELS, verbose=0).history) == {"loss"}


def test_options_of_fit(keras):
    """`fit` has no weights of examples or classes."""
    ours, theirs = (set.union(*options_of(fit)) for fit in (cu.Sequential.fit, keras.Sequential.fit))
    assert {"validation_data", "validation_split"} <= ours & theirs
    assert {"sample_weight", "class_weight"} <= theirs - ours
    assert ours - theirs == set()


def test_batches_of_validation(keras):
    """Validation data are measured in one go: callbacks hear of its begin and end, not of its batches."""

    class Heard(cu.callbacks.Callback):
        def __init__(self):
            self.moments = []

        def on_test_begin(self, logs=None):
            self.moments.append("begin")

        def on_test_batch_end(self, batch, logs=None):
            self.moments.append("batch")

        def on_test_end(self, logs=None):
            self.moments.append("end")

    heard = Heard(), Heard()
    for model, callback in zip((network(), keras_network(keras)), heard, strict=True):
        model.fit(X, LABELS, batch_size=10, verbose=0, validation_data=(X, LABELS), callbacks=[callback])
    assert heard[0].moments == ["begin", "end"]
    assert heard[1].moments == ["begin", "batch", "batch", "end"]


def test_divergence(keras, capsys):
    """Where the numbers leave the floats, `fit` ends with a sentence and the last finite weights; Keras goes on with
    NaN.
    """
    y = 1e3 * X[:, :1]
    ours = network("linear", 1, cu.SGD(1e6), "mean_squared_error")
    theirs = keras_network(keras, "linear", 1, keras.optimizers.SGD(1e6), "mean_squared_error")
    history = ours.fit(X, y, epochs=40, verbose=0)
    assert capsys.readouterr().out == history.stopped + "\n"
    assert all(np.isfinite(w).all() for w in ours.get_weights())
    assert theirs.fit(X, y, epochs=40, verbose=0).epoch == list(range(40))
    assert np.isnan(theirs.get_weights()[0]).all()


def test_textbook_optimizers(keras):
    """Optimizers are the textbook's: no `weight_decay` or `clipnorm`."""
    for kind, extras in (("SGD", set()), ("RMSprop", {"momentum", "centered"}), ("Adam", {"amsgrad"})):
        ours, theirs = (set.union(*options_of(getattr(of, kind))) for of in (cu, keras.optimizers))
        assert extras | {"weight_decay", "clipnorm"} <= theirs - ours
        assert ours <= theirs


def test_regularizers(keras):
    """Of the regularizers there is `L2`, for kernels; `Dropout` is no layer of a `Sequential`, which takes Dense
    layers.
    """
    ours, theirs = (set.union(*options_of(dense)) for dense in (cu.Dense, keras.layers.Dense))
    assert "kernel_regularizer" in ours & theirs
    assert {"bias_regularizer", "activity_regularizer"} <= theirs - ours
    assert not {"L1", "L1L2", "OrthogonalRegularizer"} & set(dir(cu.regularizers))
    assert isinstance(keras.Sequential([keras.layers.Dropout(0.5)]).layers[0], keras.layers.Dropout)
    with pytest.raises(ValueError, match="layers must be Dense layers"):
        cu.Sequential([cu.Input(3), cu.Dense(3, "relu"), cu.Dropout(0.5), cu.Dense(2)])


def test_silence(keras, capsys):
    """A prediction or an evaluation shows no progress bar."""
    model, theirs = network(), keras_network(keras)
    model.predict(X)
    model.evaluate(X, LABELS)
    assert capsys.readouterr() == ("", "")
    theirs.predict(X)
    assert "1/1" in capsys.readouterr().out
