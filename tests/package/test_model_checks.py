"""Models as answers: what is right is accepted however it is written, and each classic mistake gets its sentence."""

import dataclasses
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from _model_records import look_over

import course_utils as cu
from course_utils import lessons
from course_utils.commands import answers
from course_utils.exercises import judge
from course_utils.exercises.feedback import describe
from course_utils.lessons import catalogue
from course_utils.model_checks import known_causes, model_exercise, training
from course_utils.model_checks.stops import STOPS, read_error
from course_utils.model_checks.task import find_task

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
keras = pytest.importorskip("keras")
layers = pytest.importorskip("keras").layers

# NumPy 2 on how TensorFlow hands over single numbers, inside Keras's callbacks
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

PLANTED = Path(__file__).parents[1] / "helpers" / "planted_lessons"


@pytest.fixture(scope="module", autouse=True)
def planted():
    """Put a lesson 98 among the others, whose exercises ask for models; give its exercises."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "__file__", str(PLANTED / "catalogue.py"))
        patch.setattr(lessons, "__path__", [*lessons.__path__, str(PLANTED)])
        catalogue.ids.cache_clear()
        yield catalogue.lesson("98")
    catalogue.ids.cache_clear()


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Leave a busy machine the time that it needs."""
    monkeypatch.setattr(training, "SECONDS", 300)


@pytest.fixture(scope="module")
def good(planted):
    """Give a network that has been trained well."""
    return planted["digits_keras"].solution(*planted["digits_keras"].data()[0])


@pytest.fixture
def barely(planted, barely_trained):
    """Give a network that has been trained for one epoch, whatever was done to it before."""
    model, weights = barely_trained
    model.set_weights(weights)
    return model


@pytest.fixture(scope="module")
def barely_trained(planted):
    keras.utils.set_random_seed(0)
    model = trained(compiled(dense(32, "relu"), dense()), planted, "digits_keras", epochs=1)
    return model, model.get_weights()


def sequential(*parts, inputs=(784,)):
    return keras.Sequential([keras.Input(inputs), *parts])


def compiled(*parts, inputs=(784,), loss="sparse_categorical_crossentropy", optimizer=None, metrics=None):
    model = sequential(*parts, inputs=inputs)
    model.compile(optimizer or adam(0.01), loss, metrics=metrics)
    return model


def dense(units=10, activation="softmax", **options):
    return layers.Dense(units, activation=activation, **options)


def sparse_of_logits():
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def adam(rate):
    return keras.optimizers.Adam(rate)


def trained(model, planted, id, epochs=5, factor=1, test=False):
    """Train a model on what an exercise gives, its inputs times a factor; with `test` on what it holds back."""
    x, y = planted[id].data()[int(test)]
    model.fit(x * np.float32(factor), y, epochs=epochs, batch_size=25, verbose=0)
    return model


# --- what is right


@pytest.mark.slow
@pytest.mark.parametrize("id", ["digits_numpy", "digits_keras", "small_cnn", "follow_curve", "raw_network"])
def test_the_solution_is_right_and_each_listed_mistake_gets_its_sentence(planted, id):
    assert look_over(planted[id]) == []


@pytest.mark.parametrize("id", ["one_neuron", "one_hot_network"])
def test_an_architecture_is_judged_without_a_training(planted, id, monkeypatch):
    monkeypatch.setattr(keras.Model, "fit", None)
    verdict = judge(planted[id], planted[id].solution)
    assert (verdict.state, "parameters" in verdict.how) == ("right", True)


class Own(keras.Model):
    """A network with a `call` of its own."""

    def __init__(self, last="softmax", units=10):
        super().__init__()
        self.scale = layers.Rescaling(1.0)
        self.hidden = layers.Dense(24, activation="relu")
        self.top = layers.Dense(units, activation=last)

    def call(self, x):
        return self.top(self.hidden(self.scale(x)))


def added():
    model = keras.Sequential()
    model.add(dense(24, "relu"))  # no Input: the first data build it
    model.add(layers.Dropout(0.1))
    model.add(dense(10, None))
    model.add(layers.Softmax())
    model.compile(adam(0.01), keras.losses.SparseCategoricalCrossentropy())
    return model


def functional():
    row = keras.Input((784,))
    left, right = layers.Dense(12, activation="tanh")(row), layers.Dense(12, activation=keras.ops.relu)(row)
    model = keras.Model(row, dense()(layers.Concatenate()([left, right])))
    model.compile(adam(0.01), "SparseCategoricalCrossentropy", metrics=[keras.metrics.SparseCategoricalAccuracy()])
    return model


def inside_another():
    hidden = keras.Sequential([dense(24, None), layers.LeakyReLU()])
    return compiled(hidden, dense(10, None), loss=sparse_of_logits())


def reshaped():
    return compiled(
        layers.Reshape((28, 28, 1)),
        layers.Conv2D(4, 3, strides=2),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        dense(10, None),
        layers.Activation("softmax"),
        optimizer=adam(0.01),
    )


def subclassed():
    model = Own()
    model.compile(adam(0.01), "sparse_categorical_crossentropy")
    return model


@pytest.mark.slow
@pytest.mark.parametrize("build", [added, functional, inside_another, reshaped, subclassed], ids=lambda f: f.__name__)
def test_a_right_model_written_otherwise_is_right(planted, build):
    model = trained(build(), planted, "digits_keras", epochs=8)
    verdict = judge(planted["digits_keras"], model)
    assert (verdict.state, describe(planted["digits_keras"], verdict).count("✓")) == ("right", 1), verdict.how


def test_a_model_trained_elsewhere_and_not_compiled_here_is_right(planted, good):
    model = sequential(dense(32, "relu"), dense())
    model.set_weights(good.get_weights())
    assert judge(planted["digits_keras"], model).state == "right"


def test_a_categorical_loss_is_right_where_the_learner_has_made_one_hot_rows(planted):
    (x, y), _ = planted["digits_keras"].data()
    model = compiled(dense(32, "relu"), dense(), loss="categorical_crossentropy")
    model.fit(x, np.eye(10)[y], epochs=8, batch_size=25, verbose=0)
    assert judge(planted["digits_keras"], model).state == "right"


def test_a_yes_or_no_may_come_as_one_probability_one_logit_or_two_classes(planted):
    models = [
        compiled(dense(1, "sigmoid"), inputs=(2,), loss="binary_crossentropy"),
        compiled(dense(1, None), inputs=(2,), loss=keras.losses.BinaryCrossentropy(from_logits=True)),
        compiled(dense(2), inputs=(2,)),
        compiled(dense(2, None), inputs=(2,), loss=sparse_of_logits()),
        compiled(dense(4, None), layers.ReLU(), dense(1, "sigmoid"), inputs=(2,), loss="bce"),
    ]
    assert [judge(planted["one_neuron"], model).how.split(" parameters")[1] for model in models] == ["."] * 5


def test_a_numpy_network_answers_an_exercise_in_keras_and_the_other_way_round(planted, good):
    numpy_network = cu.Sequential([cu.Dense(24, "relu"), cu.Dense(10, "softmax")], rng=1)
    numpy_network.compile(cu.SGD(0.2), "sparse_categorical_crossentropy")
    numpy_network.fit(*planted["digits_keras"].data()[0], batch_size=20, epochs=15, verbose=0)
    assert judge(planted["digits_keras"], numpy_network).state == "right"
    assert judge(planted["digits_numpy"], good).state == "right"


def test_an_untrained_model_is_trained_by_the_checker_and_comes_back_as_it_was(planted):
    exercise = planted["follow_curve"]
    model = exercise.solution()
    before = model.get_weights()
    assert judge(exercise, model).state == "right"
    for mine, now in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(mine, now)
    assert int(keras.ops.convert_to_numpy(model.optimizer.iterations)) == 0
    small = cu.Sequential([cu.Input(1), cu.Dense(16, "tanh"), cu.Dense(1)], rng=0)
    small.compile(cu.optimizers.Adam(0.05), "mse", metrics=())
    before = small.get_weights()
    assert judge(exercise, small).state == "right"
    assert all((mine == now).all() for mine, now in zip(before, small.get_weights(), strict=True))
    assert small.history is None


# --- what is wrong, and why

WRONG = {
    "softmax twice": (
        "digits_keras",
        lambda: compiled(dense(32, "relu"), dense(), loss=sparse_of_logits()),
        "The last layer has softmax and the loss says from_logits=True, which contradict each other: on some "
        "backends the softmax is applied twice. Leave one of them out.",
    ),
    "softmax twice, in a call of its own": (
        "digits_keras",
        lambda: own("softmax", sparse_of_logits()),
        "The last layer has softmax and the loss says from_logits=True, which contradict each other: on some "
        "backends the softmax is applied twice. Leave one of them out.",
    ),
    "sigmoid twice": (
        "one_neuron",
        lambda: compiled(dense(1, "sigmoid"), inputs=(2,), loss=keras.losses.BinaryCrossentropy(from_logits=True)),
        "The last layer has sigmoid and the loss says from_logits=True, which contradict each other: on some "
        "backends the sigmoid is applied twice. Leave one of them out.",
    ),
    "two softmax layers": (
        "digits_keras",
        lambda: compiled(dense(32, "relu"), dense(name="top"), layers.Softmax(name="again")),
        "Two softmax follow each other at the end, top and again: the probabilities are squeezed a second time.",
    ),
    "logits taken for probabilities": (
        "digits_keras",
        lambda: compiled(dense(32, "relu"), dense(10, None)),
        "The last layer has no activation, so it gives logits, and the loss sparse_categorical_crossentropy takes "
        'them for probabilities: add activation="softmax", or say from_logits=True in the loss.',
    ),
    "one logit taken for a probability": (
        "one_neuron",
        lambda: compiled(dense(1, None), inputs=(2,), loss="binary_crossentropy"),
        "The last layer has no activation, so it gives logits, and the loss binary_crossentropy takes "
        'them for probabilities: add activation="sigmoid", or say from_logits=True in the loss.',
    ),
    "one softmax unit": (
        "one_neuron",
        lambda: compiled(dense(1), inputs=(2,), loss="binary_crossentropy"),
        "The last layer is a softmax over one unit, which always gives 1, whatever its weights are: "
        'Dense(1, activation="sigmoid") gives the probability of a yes.',
    ),
    "sigmoid for classes that exclude each other": (
        "digits_keras",
        lambda: compiled(dense(32, "relu"), dense(10, "sigmoid")),
        "The last layer has sigmoid and the loss is sparse_categorical_crossentropy: each unit answers yes or no for "
        "itself, so the 10 numbers are no probabilities of one choice. "
        "Classes that exclude each other ask for softmax.",
    ),
    "softmax for several labels": (
        "three_labels",
        lambda: compiled(dense(32, "relu"), dense(3), loss="binary_crossentropy"),
        "The last layer's softmax shares out one sum of 1 among the 3 labels, so two of them can never both be likely. "
        "Where several may be right at once, each takes a sigmoid of its own, with binary_crossentropy.",
    ),
    "loss of one choice for several labels": (
        "three_labels",
        lambda: compiled(dense(32, "relu"), dense(3, "sigmoid"), loss="categorical_crossentropy"),
        "The loss categorical_crossentropy takes the 3 outputs for the probabilities of one choice, and here several "
        "labels may be right at once: binary_crossentropy asks about each of them on its own.",
    ),
    "logits of several labels taken for probabilities": (
        "three_labels",
        lambda: compiled(dense(3, None), loss="binary_crossentropy"),
        "The last layer has no activation, so it gives logits, and the loss binary_crossentropy takes "
        'them for probabilities: add activation="sigmoid", or say from_logits=True in the loss.',
    ),
    "categorical loss on one unit": (
        "one_neuron",
        lambda: compiled(dense(1, "sigmoid"), inputs=(2,)),
        "The loss sparse_categorical_crossentropy compares the probabilities of several classes, and the last layer "
        'gives one number: for yes or no, Dense(1, activation="sigmoid") goes with binary_crossentropy.',
    ),
    "binary loss for several classes": (
        "one_hot_network",
        lambda: compiled(dense(), loss="binary_crossentropy"),
        "The loss binary_crossentropy takes each of the 10 classes for a yes or no of its own, and the last layer's "
        "softmax makes them one choice: sparse_categorical_crossentropy, or categorical_crossentropy for one-hot rows.",
    ),
    "wrong number of outputs": (
        "digits_keras",
        lambda: compiled(dense(32, "relu"), dense(9)),
        "The last layer gives 9 numbers for each example, and 10 is asked for: one for each class.",
    ),
    "one output too many for a curve": (
        "follow_curve",
        lambda: compiled(dense(4, "tanh"), dense(2, None), inputs=(1,), loss="mse"),
        "The last layer gives 2 numbers for each example, and 1 is asked for: one for each value.",
    ),
    "one-hot loss for whole numbers": (
        "raw_network",
        lambda: compiled(layers.Rescaling(1 / 255), dense(), loss="categorical_crossentropy"),
        "The loss categorical_crossentropy wants one-hot rows, and the targets are whole numbers: "
        "sparse_categorical_crossentropy takes them as they are.",
    ),
    "sparse loss for one-hot rows": (
        "one_hot_network",
        lambda: compiled(dense()),
        "The loss sparse_categorical_crossentropy wants whole numbers, and the targets are one-hot rows: "
        "categorical_crossentropy takes them as they are.",
    ),
    "squared error for classes": (
        "one_hot_network",
        lambda: compiled(dense(), loss="mse"),
        "The loss mean_squared_error measures how far a number is off, and classes are no distances: for classes a "
        "cross-entropy punishes a confident mistake, and its slope does not vanish there.",
    ),
    "cross-entropy for values": (
        "follow_curve",
        lambda: compiled(dense(4, "tanh"), dense(1, "sigmoid"), inputs=(1,), loss=keras.losses.BinaryCrossentropy()),
        "The loss binary_crossentropy compares probabilities, and the targets are values from -2.005 to 3.938: "
        "a regression asks for mean_squared_error or mean_absolute_error.",
    ),
    "ReLU on the last layer": (
        "digits_keras",
        lambda: compiled(dense(32, "relu"), dense(10, "relu")),
        "The last layer has relu, which gives 0 for everything below 0: probabilities come from softmax, and logits "
        "from no activation at all.",
    ),
    "ReLU on values below 0": (
        "follow_curve",
        lambda: compiled(dense(4, "tanh"), dense(1, None), layers.ReLU(), inputs=(1,), loss="mse"),
        "The last layer has relu, which gives 0 for everything below 0: the targets go down to -2.005.",
    ),
    "values out of reach": (
        "follow_curve",
        lambda: compiled(dense(4, "tanh"), dense(1, "tanh"), inputs=(1,), loss="mse"),
        "The last layer has tanh, which stays between -1 and 1, and the targets go from -2.005 to 3.938: "
        "values ask for a last layer without an activation.",
    ),
    "accuracy of values": (
        "follow_curve",
        lambda: compiled(dense(4, "tanh"), dense(1, None), inputs=(1,), loss="mse", metrics=["accuracy"]),
        "The metric accuracy counts exact hits, which values have none of: "
        'metrics=["mae"] says how far a prediction is off on average.',
    ),
    "no Flatten": (
        "small_cnn",
        lambda: compiled(layers.Conv2D(8, 3, activation="relu"), dense(), inputs=(28, 28, 1)),
        "For each example the model gives an array of shape (26, 26, 10), because nothing flattens the picture: "
        "put Flatten(), or a global pooling, before the last Dense layer.",
    ),
    "no activation between layers": (
        "digits_keras",
        lambda: compiled(dense(32, None, name="hidden"), layers.Dropout(0.2), dense(name="top")),
        "Between hidden and top there is no activation: two linear layers, one after the other, are one linear layer. "
        'Give the first one activation="relu".',
    ),
    "no activation in NumPy": (
        "digits_numpy",
        lambda: in_numpy(cu.Dense(32), cu.Dense(10, "softmax")),
        "Between dense 1 and dense 2 there is no activation: two linear layers, one after the other, are one linear "
        'layer. Give the first one activation="relu".',
    ),
    "too much dropout": (
        "digits_keras",
        lambda: compiled(dense(32, "relu"), layers.Dropout(0.95, name="drop"), dense()),
        "drop drops 95% of its inputs at each step, so that next to nothing is left to learn from: "
        "rates of 20 % to 50 % are usual.",
    ),
    "dropout at the end": (
        "digits_keras",
        lambda: compiled(dense(32, "relu"), dense(), layers.Dropout(0.3, name="drop")),
        "drop stands behind the last Dense layer and drops predictions: dropout belongs between hidden layers.",
    ),
    "too many parameters": (
        "digits_keras",
        lambda: compiled(dense(64, "relu", name="hidden"), dense()),
        "It has 50,890 parameters, and at most 30,000 are allowed; 50,240 of them sit in hidden.",
    ),
    "too many parameters in NumPy": (
        "digits_numpy",
        lambda: in_numpy(cu.Dense(64, "relu"), cu.Dense(10, "softmax")),
        "It has 50,890 parameters, and at most 30,000 are allowed; 50,240 of them sit in dense 1.",
    ),
    "missing layer": (
        "small_cnn",
        lambda: compiled(
            layers.MaxPooling2D(2),
            layers.Conv2D(8, 3, activation="relu"),
            layers.Flatten(),
            dense(),
            inputs=(28, 28, 1),
        ),
        "These layers are asked for in this order: Conv2D, MaxPooling2D, Dense. MaxPooling2D is missing behind Conv2D.",
    ),
    "missing layer in a call of its own": (
        "small_cnn",
        lambda: own("softmax", "sparse_categorical_crossentropy", flat=True),
        "These layers are asked for in this order: Conv2D, MaxPooling2D, Dense. Conv2D is missing.",
    ),
    "frozen model": (
        "digits_keras",
        lambda: frozen(2),
        "No layer can learn, because all of them have trainable=False: set it to True, and compile again.",
    ),
    "frozen last layer": (
        "digits_keras",
        lambda: frozen(1),
        "The last layer with weights, top, has trainable=False: it keeps its random start. "
        "Set it to True, and compile again.",
    ),
    "zeros as a start": (
        "one_hot_network",
        lambda: compiled(
            dense(32, "tanh", kernel_initializer="zeros", name="hidden"), dense(), loss="categorical_crossentropy"
        ),
        "hidden starts with weights of zero: its units may stay alike, and with relu none of them ever moves. "
        "Leave kernel_initializer out, or take he_normal.",
    ),
    "softmax in a hidden layer": (
        "one_hot_network",
        lambda: compiled(dense(32, "softmax", name="hidden"), dense(), loss="categorical_crossentropy"),
        "hidden is a hidden layer with softmax, which makes its units share a sum of 1, so that little gets through: "
        "hidden layers take relu.",
    ),
    "not compiled": (
        "one_neuron",
        lambda: sequential(dense(1, "sigmoid"), inputs=(2,)),
        'The model is not compiled: model.compile(optimizer="adam", loss=…) chooses what it learns by.',
    ),
    "not compiled in NumPy": (
        "digits_numpy",
        lambda: cu.Sequential([cu.Dense(32, "relu"), cu.Dense(10, "softmax")]),
        'The model is not compiled: model.compile(optimizer="adam", loss=…) chooses what it learns by.',
    ),
    "not trained": (
        "digits_keras",
        lambda: compiled(dense(32, "relu"), dense()),
        "The model is compiled but not trained: call model.fit, then check it again.",
    ),
    "not trained in NumPy": (
        "digits_numpy",
        lambda: in_numpy(cu.Dense(32, "relu"), cu.Dense(10, "softmax")),
        "The model is compiled but not trained: call model.fit, then check it again.",
    ),
    "learning rate too large": (
        "one_neuron",
        lambda: compiled(dense(1, "sigmoid"), inputs=(2,), loss="binary_crossentropy", optimizer=adam(1.0)),
        "The learning rate is 1, which is large for adam: its steps jump over every minimum. Try 0.001 first.",
    ),
    "learning rate too small": (
        "one_neuron",
        lambda: compiled(
            dense(1, "sigmoid"), inputs=(2,), loss="binary_crossentropy", optimizer=keras.optimizers.SGD(1e-6)
        ),
        "The learning rate is 1e-06, which is small for sgd: after all its steps the weights have hardly moved. "
        "Try 0.01 first.",
    ),
}


def in_numpy(*parts):
    model = cu.Sequential([cu.Input(784), *parts], rng=0)
    model.compile("sgd", "sparse_categorical_crossentropy")
    return model


def own(last, loss, flat=False):
    model = Own(last)
    if flat:
        model.scale = layers.Flatten()
    model.compile("adam", loss)
    return model


def frozen(count):
    model = sequential(dense(32, "relu"), dense(name="top"))
    for layer in model.layers[-count:]:
        layer.trainable = False
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


@pytest.mark.parametrize("name", WRONG)
def test_a_classic_mistake_is_named_first(planted, name):
    id, build, sentence = WRONG[name]
    verdict = judge(planted[id], build())
    assert (verdict.state, verdict.how.splitlines()[0]) == ("wrong", sentence)


def test_an_older_keras_that_leaves_a_picture_without_pixels_is_read_alike(planted):
    empty = compiled(layers.Lambda(lambda pictures: pictures[:, 28:, 28:]), dense(), inputs=(28, 28, 1))
    assert dict(known_causes())["picture smaller than its kernel"] in judge(planted["small_cnn"], empty).how


def test_every_cause_has_been_seen(planted):
    """Each cause stands above, in a trained model below, or among the errors."""
    named = {name for name, _ in known_causes()}
    below = {"nothing but NaN", "picture lost", "trained on raw pixels", "pixels are not scaled", "scaled twice"}
    below |= {"columns are not scaled", "trained on the test data", "always the same answer", "overfitting"}
    below |= {"too few steps"}
    below |= {"Normalization without adapt", "still far from the targets"}
    assert named - set(WRONG) - below == {stop.name for stop in STOPS}


# --- what only a training shows


def lines_of(exercise, answer):
    verdict = judge(exercise, answer)
    assert verdict.state == "wrong"
    return [line.strip() for line in [*verdict.how.splitlines(), *verdict.diagnosis.splitlines()]]


def test_a_network_that_was_trained_on_raw_pixels_is_told_so(planted):
    model = compiled(dense(32, "relu"), layers.BatchNormalization(momentum=0.8), dense())
    trained(model, planted, "digits_keras", epochs=8, factor=255)
    assert "it was trained on pixels of 0 … 255, and here they come as 0 … 1. Divide by 255 before fit." in "".join(
        lines_of(planted["digits_keras"], model)
    )


def test_pixels_that_nothing_scales_are_named_below_the_bar_alone(planted):
    exercise = planted["raw_network"]
    sick = compiled(dense(32, "tanh", kernel_initializer="he_normal"), dense(), optimizer=keras.optimizers.SGD(0.3))
    first, second = lines_of(exercise, sick)[:2]
    assert first.startswith("Its accuracy on new data is 0.")
    assert "Its inputs go up to 255, and nothing in the model scales them" in second
    lucky = compiled(dense(64, "relu"), dense(), optimizer=adam(0.001))
    assert judge(exercise, lucky).state == "right"


def test_columns_that_nothing_scales_are_named_and_not_taken_for_pixels():
    x = np.random.default_rng(0).normal([1, 0], [0.1, 500], (200, 2)).astype("float32")
    y = 3 * x[:, :1]  # (200, 1): the small column decides

    @model_exercise(title="", aim="", shapes="", hints=(), why="", data=lambda: ((x, y), (x, y)), bar=0.01)
    def small_column():
        return cu.Sequential([])

    model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
    model.compile("adam", "mse")
    model.fit(x, y, epochs=1, verbose=0)
    told = lines_of(small_column, model)
    assert any("from 0.0979 to 503, and nothing in the model scales them" in line for line in told)
    assert not any("Rescaling" in line for line in told)
    scale = layers.Normalization()
    scale.adapt(x)
    model = keras.Sequential([keras.Input((2,)), scale, layers.Dense(1)])
    model.compile("adam", "mse")
    model.fit(x, y, epochs=1, verbose=0)
    assert not any("scales them" in line for line in lines_of(small_column, model))


def test_a_normalization_that_has_not_adapted_is_named_and_one_that_has_is_not():
    x = np.random.default_rng(0).normal([1, 0], [0.1, 500], (200, 2)).astype("float32")
    y = 3 * x[:, :1]

    @model_exercise(title="", aim="", shapes="", hints=(), why="", data=lambda: ((x, y), (x, y)), bar=0.001)
    def small_column():
        return cu.Sequential([])

    said = "scale has not adapted to anything, so it leaves its inputs as they are"
    with_own_numbers = layers.Normalization(mean=x.mean(axis=0), variance=x.var(axis=0), name="scale")
    adapted = layers.Normalization(name="scale")
    adapted.adapt(x)
    for scale, is_named in ((layers.Normalization(name="scale"), True), (adapted, False), (with_own_numbers, False)):
        model = compiled(scale, layers.Dense(1), inputs=(2,), loss="mse")
        model.fit(x, y, epochs=1, verbose=0)
        assert any(said in line for line in lines_of(small_column, model)) == is_named


def test_a_model_that_has_not_yet_come_to_its_targets_is_told_where_it_is():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 2)).astype("float32")
    y = 150 + x @ [10, 20] + rng.normal(size=200)  # (200,)

    @model_exercise(title="", aim="", shapes="", hints=(), why="", data=lambda: ((x, y), (x, y)), bar=0.5)
    def far_away():
        return cu.Sequential([])

    said = "and the targets around 1"
    for rate, is_named in ((0.001, True), (20.0, False)):
        model = compiled(layers.Dense(1), inputs=(2,), loss="mse", optimizer=adam(rate))
        model.fit(x, y, epochs=10, verbose=0)
        assert any(said in line for line in lines_of(far_away, model)) == is_named


@pytest.mark.filterwarnings("ignore:(?s).*You are using a softmax over axis -1:UserWarning")
def test_a_softmax_alone_is_not_told_that_its_hidden_units_are_dead(planted):
    model = compiled(dense(4, "relu"), dense(1), inputs=(2,), loss="binary_crossentropy")
    told = lines_of(planted["one_neuron"], trained(model, planted, "one_neuron", epochs=1))
    assert told[0].startswith("The last layer is a softmax over one unit")
    assert not any("dead" in line for line in told)


def test_inputs_scaled_twice_are_named(planted):
    model = compiled(layers.Rescaling(1 / 255, name="scale"), dense(32, "relu"), dense())
    first, second = lines_of(planted["digits_keras"], trained(model, planted, "digits_keras", epochs=1))[:2]
    assert first.startswith("Its accuracy on new data is 0.")
    assert second == (
        "The inputs lie between 0 and 1 already, and scale makes them 255 times smaller: leave one of them out."
    )


def test_a_picture_of_one_pixel_is_named(planted):
    model = compiled(
        layers.Conv2D(4, 3, strides=3, activation="relu"),
        layers.MaxPooling2D(9, name="pool"),
        layers.Flatten(),
        dense(),
        inputs=(28, 28, 1),
    )
    said = lines_of(planted["small_cnn"], model)
    assert said[1].startswith("Behind pool the picture of 28 x 28 is a single pixel")


def test_a_network_trained_on_the_test_data_is_told_so(planted):
    model = compiled(dense(32, "relu"), dense())
    said = lines_of(planted["digits_keras"], trained(model, planted, "digits_keras", epochs=20, test=True))
    assert "it looks as if it had been trained on the test data" in said[0]


def test_a_network_that_overfits_is_told_so(planted, good):
    (x, y), _ = planted["digits_keras"].data()
    far = x + np.random.default_rng(0).normal(0, 2, x.shape).astype("float32")
    hard = dataclasses.replace(planted["digits_keras"], data=lambda: ((x, y), (far, y)))
    assert "it overfits. Fewer parameters, dropout, or an earlier stop help." in lines_of(hard, good)[-1]


def test_a_network_that_gives_one_answer_for_all_is_told_so(planted, barely):
    barely.layers[0].bias.assign(np.full(32, -1000.0))
    said = lines_of(planted["digits_keras"], barely)
    assert said[1].startswith("It gives the same answer for every example")


def test_nan_is_told_before_anything_else(planted, barely):
    barely.layers[0].bias.assign(np.full(32, np.nan))
    assert lines_of(planted["digits_keras"], barely)[1].startswith("It gives NaN: training has diverged.")


def test_a_model_below_its_bar_is_told_both_numbers(planted, barely):
    (said,) = lines_of(planted["digits_keras"], barely)
    assert said.endswith("and 0.9 is asked for (0.87 with the luck of the seed allowed for).")


def test_a_network_that_has_taken_few_steps_is_told_so(planted):
    model = compiled(dense(32, "relu"), dense(), optimizer=adam(0.001))
    model.fit(*planted["digits_keras"].data()[0], batch_size=200, epochs=1, verbose=0)
    steps = int(keras.ops.convert_to_numpy(model.optimizer.iterations))
    assert lines_of(planted["digits_keras"], model)[1:] == [
        f"It has taken only {steps} steps, and more of them will help: smaller batches or more epochs."
    ]


def test_a_hundred_examples_are_not_asked_for_more_steps_than_they_need(planted):
    """A network that got its first weights back after training has not taken too few steps."""
    (x, y), test = planted["digits_keras"].data()
    exercise = replace(planted["digits_keras"], data=lambda: ((x[:100], y[:100]), test))
    model = compiled(dense(32, "relu"), dense(), optimizer=adam(0.001))
    start = model.get_weights()
    model.fit(x[:100], y[:100], batch_size=20, epochs=30, verbose=0)
    model.set_weights([0.5 * weights for weights in start])
    assert "more of them will help" not in "\n".join(lines_of(exercise, model))


def test_the_spread_of_the_seed_is_allowed_for(planted):
    exercise = planted["digits_keras"]
    assert [exercise.passes(score) for score in (0.9, 0.871, 0.869)] == [True, True, False]
    curve = planted["follow_curve"]
    assert [curve.passes(error) for error in (0.3, 0.39, 0.41)] == [True, True, False]


# --- errors, time, and what is no model


def fits(build):
    def answer(x, y):
        model = build()
        model.fit(x, y, verbose=0)
        return model

    return answer


ERRORS = {
    "whole numbers against a one-hot loss": (
        "digits_keras",
        fits(lambda: compiled(dense(), loss="categorical_crossentropy")),
    ),
    "one-hot rows against a sparse loss, or no Flatten": ("one_hot_network", fits(lambda: compiled(dense()))),
    "distance from a whole number": ("digits_keras", fits(lambda: compiled(dense(), loss="mse"))),
    "label without an output": ("digits_keras", fits(lambda: compiled(dense(9)))),
    "no channel axis": ("digits_keras", lambda: compiled(layers.Reshape((28, 28)), layers.Conv2D(4, 3))),
    "picture smaller than its kernel": (
        "small_cnn",
        lambda: compiled(layers.MaxPooling2D(14), layers.Conv2D(4, 3), inputs=(28, 28, 1)),
    ),
    "several inputs without a list": ("digits_keras", lambda: joined_without_a_list()),
    "fit before compile": ("digits_keras", fits(lambda: sequential(dense()))),
    "compiled without a loss": ("digits_keras", fits(lambda: compiled(dense(), loss=None))),
    "inputs of another shape": ("digits_keras", lambda: compiled(layers.Flatten(), dense(), inputs=(28, 28))),
    "several outputs": ("digits_keras", lambda: two_outputs()),
}


def joined_without_a_list():
    row = keras.Input((784,))
    return keras.Model(row, dense()(layers.Concatenate()(row, dense()(row))))


def two_outputs():
    row = keras.Input((784,))
    model = keras.Model(row, [dense()(row), dense()(row)])
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


@pytest.mark.parametrize("name", [stop.name for stop in STOPS])
def test_an_error_of_keras_is_read_for_the_learner(planted, name):
    id, answer = ERRORS[name]
    verdict = judge(planted[id], answer)
    message = describe(planted[id], verdict)
    assert verdict.state == "wrong"
    assert dict(known_causes())[name] in message
    assert len(message.splitlines()) < 20
    assert [sign for sign in ("Detected at node", 'File "', "[[{{node") if sign in message] == []


def test_numpys_own_refusal_is_shown(planted):
    def answer(x, y):
        model = cu.Sequential([cu.Dense(10)])
        model.compile("sgd", "sparse_categorical_crossentropy")
        return model

    message = describe(planted["digits_numpy"], judge(planted["digits_numpy"], answer))
    assert 'Dense(10, "softmax"), or loss="mean_squared_error" for values' in message


def test_a_function_that_takes_too_long_is_ended(planted, monkeypatch):
    monkeypatch.setattr(training, "SECONDS", 0.3)

    def answer(x, y):
        while True:
            time.sleep(0.01)

    assert "did not come to an end" in judge(planted["digits_numpy"], answer).how


def test_the_checkers_training_ends_in_time_and_says_so(planted, monkeypatch):
    monkeypatch.setattr(training, "SECONDS", 0.0)
    said = lines_of(planted["small_cnn"], planted["small_cnn"].solution())
    assert "Its training was ended after 20 seconds: a smaller model gets further." in said


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda: None, "It must return its model. It returns nothing. Does its last line say return model?"),
        (lambda: ("a", None), "It must return its model. A tuple came where a model is asked for"),
        ([1, 2], "A list came where a model is asked for: a Keras model, or a cu.Sequential."),
        (Own, "The class Own came where a model is asked for: Own() makes one."),
        (keras.callbacks.History(), "model.fit returns its History: hand over the model itself"),
        (lambda a, b, c: None, "It must take no arguments, or the training data (x, y). It takes (a, b, c)."),
        (sys.exit, "It must return its model"),
    ],
    ids=["nothing", "tuple", "list", "class", "history", "arguments", "exit"],
)
def test_what_is_no_model_is_told_so(planted, answer, said):
    verdict = judge(planted["digits_keras"], answer)
    assert verdict.state == "wrong"
    assert verdict.how.startswith(said) or verdict.received.error is not None


def test_a_function_that_would_end_the_notebook_is_not_run(planted):
    def leaves():
        os._exit(1)

    async def prepares():
        return None

    how = judge(planted["digits_keras"], leaves).how
    assert how == "It calls os._exit, which can end the notebook with all that is in its memory. It has not been run."
    assert judge(planted["digits_keras"], prepares).how.startswith("It is written with async def")


@pytest.mark.parametrize("error", [ValueError("no signature found"), TypeError("no signature")])
def test_a_function_that_does_not_tell_its_arguments_is_told_so(planted, error):
    class Untold:
        @property
        def __signature__(self):
            raise error

        def __call__(self):
            return None

    verdict = judge(planted["digits_keras"], Untold())
    assert verdict.state == "wrong"
    assert verdict.how == "It must take no arguments, or the training data (x, y). Which ones it takes cannot be seen."


def test_a_stub_is_not_answered_yet(planted):
    def stub(x, y):
        return ...

    def raises(x, y):
        raise NotImplementedError

    def dots(x, y):
        return keras.Sequential(...)

    states = [judge(planted["digits_keras"], answer).state for answer in (None, ..., stub, raises, dots)]
    assert states == ["open"] * 5


# --- the desk


def test_a_lesson_finds_cards_and_checks_hints_and_shows_the_solution(planted, capsys, monkeypatch):
    monkeypatch.setattr(answers, "_tried", set())
    assert list(catalogue.ids()) == ["98"]
    cu.card("small_cnn")
    card = capsys.readouterr().out
    assert "**Your turn** (11 lines): a small CNN" in card
    assert "`small_cnn(): x (m, 28, 28, 1) -> (m, 10); with Conv2D, MaxPooling2D, Dense in this order; " in card
    assert "at most 20,000 parameters; accuracy at least 0.9 on new data after 5 epochs`" in card
    cu.hint("small_cnn")
    assert capsys.readouterr().out == "Hint 1 of 3: First the convolution.\n"
    cu.check("one_neuron", planted["one_neuron"].solution())
    assert capsys.readouterr().out == (
        "✓ one_neuron: right. One number is enough for a yes or no. It has 3 parameters.\n"
    )
    cu.check("one_neuron", compiled(dense(1), inputs=(2,), loss="binary_crossentropy"))
    assert capsys.readouterr().out.startswith(
        "✗ one_neuron: not right yet. The last layer is a softmax over one unit, which always gives 1"
    )
    assert cu.answered("one_neuron", planted["one_neuron"].solution)
    cu.solution("one_neuron")
    assert "def one_neuron():" in capsys.readouterr().out


def test_a_listed_mistake_is_known_whatever_its_other_numbers_are(planted):
    model = compiled(
        layers.MaxPooling2D(2),
        layers.Conv2D(16, 5, activation="relu"),
        layers.MaxPooling2D(3),
        layers.Flatten(),
        dense(),
        inputs=(28, 28, 1),
    )
    assert lines_of(planted["small_cnn"], model)[0] == "The picture is pooled before the convolution has seen it."


def test_a_setting_may_depend_on_the_data_at_hand(planted):
    at_hand = {"bar": 0.25, "spread": 0.1, "epochs": 1, "batch_size": 500}
    rules = {name: lambda name=name: at_hand[name] for name in at_hand}
    exercise = dataclasses.replace(planted["small_cnn"], **rules)
    assert [getattr(exercise, name) for name in at_hand] == list(at_hand.values())
    assert "accuracy at least 0.25 on new data after 1 epochs" in exercise.signature
    assert (exercise.limit, exercise.passes(0.06), exercise.passes(0.04)) == (pytest.approx(0.05), True, False)
    at_hand["bar"] = None  # asked for anew each time
    assert "accuracy" not in exercise.signature
    assert (planted["small_cnn"].bar, planted["one_neuron"].bar, planted["one_neuron"].batch_size) == (0.9, None, 32)


def test_targets_tell_the_task():
    kinds = [find_task(y, y).kind for y in ([0, 1, 2], [[0], [1]], [0.5, 1.0], [[0, 1], [1, 1]], [[0, 1], [1, 0]])]
    assert kinds == ["classes", "binary", "values", "labels", "classes"]
    with pytest.raises(ValueError, match="model_exercise: data has targets of another shape"):
        find_task([1, 2], [[1, 0]])


def test_each_kind_of_target_has_its_score():
    classes, labels = find_task([0, 1, 2], [2]), find_task([[0, 1], [1, 1]], [[1, 0]])
    yes, values = find_task([0, 1], [1]), find_task([0.5], [1.5])
    assert classes.score([0, 2], np.eye(3)[[0, 1]], logits=False) == 0.5
    assert classes.score([0, 2], np.zeros((2, 4)), logits=False) is None
    assert classes.score([0, 2], np.zeros((2, 5, 3)), logits=False) is None
    assert labels.score([[0, 1], [1, 1]], np.array([[0.1, 0.9], [0.2, 0.8]]), logits=False) == 0.75
    assert labels.score([[0, 1]], np.array([[-1.0, 0.2]]), logits=True) == 1
    assert yes.score([0, 1], np.array([0.4, 0.6]), logits=False) == 1
    assert yes.score([0, 1], np.array([-0.4, 0.3]), logits=True) == 1
    assert values.score([0.5, 1.0], np.array([[1.0], [1.0]]), logits=False) == 0.25
    assert values.score([0.5, 1.0], np.zeros((2, 2)), logits=False) is None


class Odd(layers.Layer):
    """A layer of the learner's own, which cannot be written down."""

    def call(self, x):
        return x

    def get_config(self):
        raise NotImplementedError


def my_loss(y_true, y_pred):
    return keras.ops.mean((y_true - y_pred) ** 2)


def my_metric(y_true, y_pred):
    return keras.ops.mean(y_true - y_pred)


def test_what_the_learner_has_written_is_not_judged_by_rules_of_other_things(planted):
    model = sequential(Odd(), dense(4, "tanh"), dense(1, "linear"), Odd(), inputs=(1,))
    model.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.01, 100)), my_loss, [my_metric])
    exercise = dataclasses.replace(planted["follow_curve"], bar=None)
    verdict = judge(exercise, model)
    assert (verdict.state, verdict.how) == ("right", "It has 13 parameters.")
    model.compile("adam", [keras.losses.MeanSquaredError()], metrics={})
    assert judge(exercise, model).state == "right"
    model.compile("adam", keras.losses.mean_absolute_error)
    assert judge(exercise, model).state == "right"


def test_a_training_that_stops_with_an_error_is_told(planted):
    model = sequential(dense(4, "tanh"), dense(1, None), inputs=(1,))
    model.compile("adam", lambda y_true, y_pred: y_true / "no number")
    verdict = judge(planted["follow_curve"], model)
    assert (verdict.state, verdict.how) == ("wrong", "Its training stopped with an error.")


def test_an_unknown_error_is_left_as_it_is():
    assert read_error(ValueError("out of cheese")) == ""


def test_the_engine_loads_no_keras():
    code = "import sys, course_utils.model_checks; assert not {'keras', 'tensorflow', 'jax'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr == ""


def some_wrong(y, share):
    """Give labels of which the first ones name the next class."""
    wrong = np.arange(len(y)) < share * len(y)
    return np.where(wrong, (np.asarray(y) + 1) % 10, y)


def test_a_model_that_contradicts_wrong_labels_is_not_accused_of_the_test_data(planted, good):
    (x, y), (x_test, _) = planted["digits_keras"].data()
    agreed = x_test, good.predict(x_test, verbose=0).argmax(axis=1)  # all right, however far its training has come
    typed = dataclasses.replace(planted["digits_keras"], data=lambda: ((x, some_wrong(y, 0.2)), agreed))
    assert "trained on the test data" in lines_of(typed, good)[0]
    assert judge(dataclasses.replace(typed, wrong_labels=0.2), good).state == "right"


def test_more_agreement_with_wrong_labels_than_a_perfect_model_has_is_overfitting(planted, good):
    (x, y), (x_test, y_test) = planted["digits_keras"].data()
    far = x_test + np.random.default_rng(0).normal(0, 2, x_test.shape).astype("float32")
    typed = dataclasses.replace(
        planted["digits_keras"], data=lambda: ((x, some_wrong(y, 0.13)), (far, y_test)), bar=0.95
    )
    assert not any("it overfits" in line for line in lines_of(typed, good))
    assert any("it overfits" in line for line in lines_of(dataclasses.replace(typed, wrong_labels=0.2), good))
