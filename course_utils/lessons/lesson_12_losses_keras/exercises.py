"""Exercises of lesson 12: Keras models for a quantity, a yes or no, several labels and two quantities; thresholds."""

from functools import cache

import numpy as np

from course_utils.backend import load_keras
from course_utils.exercises import open_exercise, prediction
from course_utils.model_checks import model_exercise

load_keras()
import keras  # noqa: E402
from keras import layers  # noqa: E402

SEED = 3  # of the splits, as in the lesson


def _split(x, y):
    """Give a quarter of the examples for the test, as the lesson does."""
    from sklearn.model_selection import train_test_split

    x, x_test, y, y_test = train_test_split(x.astype("float32"), y, test_size=0.25, random_state=SEED)
    return (x, y), (x_test, y_test)


@cache
def patients():
    """Give (331, 10) and (111, 10) measurements as they come, with how far the disease went."""
    from sklearn.datasets import load_diabetes

    return _split(*load_diabetes(return_X_y=True, scaled=False))


@cache
def tumours():
    """Give (426, 30) and (143, 30) measurements as they come, with 1 for malignant."""
    from sklearn.datasets import load_breast_cancer

    X, benign = load_breast_cancer(return_X_y=True)
    return _split(X, 1 - benign)


@cache
def petals():
    """Give (112, 2) and (38, 2) lengths and widths of sepals, with those of the petals."""
    from sklearn.datasets import load_iris

    X, _ = load_iris(return_X_y=True)
    return _split(X[:, :2], X[:, 2:])


@cache
def pairs():
    """Give (3000, 8, 16) and (800, 8, 16) pictures of two digits, 0 … 16, with (m, 10) labels: which are there."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    rng = np.random.default_rng(12)
    parts = []
    for those, count in ((slice(0, 1200), 3000), (slice(1200, None), 800)):  # no digit is in both
        images, targets = digits.images[those].astype("float32"), digits.target[those]
        left, right = rng.integers(len(images), size=(2, count))
        present = np.zeros((count, 10), int)
        present[np.arange(count), targets[left]] = 1
        present[np.arange(count), targets[right]] = 1
        parts.append((np.concatenate([images[left], images[right]], axis=2), present))
    return tuple(parts)


@model_exercise(
    title="a model of a quantity",
    aim="Build, compile and fit a model that predicts how far the disease will go. It gets the ten measurements as "
    "they come.",
    shapes="X (m, 10), y (m,) -> a trained model that gives (m, 1)",
    hints=(
        "The ten columns have very different sizes, so begin with a Normalization layer that has seen X. At the end "
        "stands one unit that can say any number.",
        "scale = layers.Normalization(), then scale.adapt(X). After it a hidden layer with relu, and layers.Dense(1).",
        'model.compile(optimizer=keras.optimizers.Adam(0.03), loss="mean_squared_error"), then '
        "model.fit(X, y, batch_size=16, epochs=20, verbose=0), and return model.",
    ),
    why="A quantity takes one unit without an activation and the squared or the absolute error. The metric in the "
    "unit of the target says what the model is worth.",
    data=patients,
    bar=44.5,
    spread=1.0,
)
def patient_model(X, y):
    scale = layers.Normalization()
    scale.adapt(X)
    model = keras.Sequential([keras.Input((10,)), scale, layers.Dense(16, activation="relu"), layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.03), loss="mean_squared_error", metrics=["mean_absolute_error"])
    model.fit(X, y, batch_size=16, epochs=20, verbose=0)
    return model


def _of_patients(first, last, loss="mean_squared_error"):
    """Return an untrained model with this layer first and this activation last."""
    model = keras.Sequential(
        [keras.Input((10,)), first, layers.Dense(16, activation="relu"), layers.Dense(1, activation=last)]
    )
    model.compile(keras.optimizers.Adam(0.03), loss, metrics=["mean_absolute_error"])
    return model


def _adapted(X):
    scale = layers.Normalization()
    scale.adapt(X)
    return scale


@patient_model.mistake(
    "The last layer has relu. Where its z is below 0 for all patients at the start, its slope is 0 and it says 0 for "
    "ever. A quantity takes no activation."
)
def _():
    return _of_patients(_adapted(patients()[0][0]), "relu")


@patient_model.mistake(
    "Rescaling divides all columns by one number, but each column has a size of its own: Normalization, with adapt."
)
def _():
    return _of_patients(layers.Rescaling(1 / 255), None)


@patient_model.also
def _(X, y):
    scale = layers.Normalization()
    scale.adapt(X)
    measured = keras.Input((10,))
    hidden = layers.Dense(24, activation="tanh")(scale(measured))
    model = keras.Model(measured, layers.Dense(1, bias_initializer=keras.initializers.Constant(y.mean()))(hidden))
    model.compile(keras.optimizers.Adam(0.03), "mean_absolute_error")
    model.fit(X, y, batch_size=16, epochs=20, verbose=0)
    return model


@patient_model.also
def _(X, y):
    model = keras.Sequential([keras.Input((10,)), _adapted(X), layers.Dense(1)])  # a straight line is as good here
    model.compile(keras.optimizers.Adam(3.0), "mse")
    model.fit(X, y, batch_size=64, epochs=25, verbose=0)
    return model


@prediction(
    title="everyone is called malignant",
    aim="Somebody calls all 143 tumours of the test set malignant, and 53 of them are. Give the precision and the "
    "recall.",
    shapes="[number, number]",
    hints=(
        "The precision is a share of those that are called malignant. How many are called so, and how many of them "
        "rightly?",
        "The recall is a share of those that are malignant. How many of the 53 are found?",
        "[53 / 143, 53 / 53]",
    ),
    why="A recall of 1 is easy to have, and so is a precision near 1. The art is to have both.",
    atol=0.006,
)
def predict_call_everyone():
    return np.array([53 / 143, 53 / 53])


predict_call_everyone.mistake("The order is the precision first, then the recall.", [1.0, 53 / 143])
predict_call_everyone.mistake(
    "That is the accuracy of those who call everyone benign. Of those called malignant, 53 are malignant.",
    [90 / 143, 1.0],
)
predict_call_everyone.mistake(
    "Nobody is missed, so all 53 malignant tumours are found. The recall is the share of them.", [53 / 143, 53 / 143]
)
predict_call_everyone.mistake(
    "Of the 143 that are called malignant only 53 are. That is no precision of 1.", [1.0, 1.0]
)
predict_call_everyone.mistake(
    "That is 53 to 90, the odds. The precision is a share of all that are called.", [53 / 90, 1]
)
predict_call_everyone.mistake(
    "A recall of 0 would mean that no malignant tumour is found, and here all of them are.", [53 / 143, 0.0]
)

predict_call_everyone.also([0.37, 1], (0.371, 1.0), np.array([0.3706, 1.0]), [53 / 143, 1])


@prediction(
    title="what can only fall",
    aim="The threshold goes up step by step, so that fewer and fewer are called malignant. Which of the two can never "
    "rise on the way, the precision or the recall?",
    shapes='"precision" or "recall"',
    hints=(
        "A higher threshold takes tumours away from those that are called malignant, and adds none.",
        "The recall counts how many malignant ones are still found, out of a number that stays.",
        "In the precision both numbers of the fraction fall, the found and the called. So which one can go either way?",
    ),
    why="What is found can only become less, out of the same number. The precision is a share of those called, and "
    "losing a false alarm raises it.",
    synonyms={"recall": ("the recall",)},
)
def predict_never_rises():
    return "recall"


predict_never_rises.mistake(
    "Each false alarm that falls away raises the precision. A rightly called one that falls away lowers it, unless no "
    "false alarm is left.",
    "precision",
)
predict_never_rises.mistake(
    "If a false alarm falls away, the precision rises. So only one of the two can never rise.", "both"
)
predict_never_rises.mistake("One of them counts the found ones out of a number that never changes.", "neither")
predict_never_rises.mistake(
    "It counts both kinds of mistakes, and can go either way. It is not among the two.", "accuracy"
)

predict_never_rises.also("recall", " Recall", "the recall")


@model_exercise(
    title="a model of yes or no",
    aim="Build, compile and fit a model that tells malignant tumours from benign ones. It gets the thirty measurements "
    "as they come.",
    shapes="X (m, 30), y (m,) 1 for malignant -> a trained model that gives (m, 1)",
    hints=(
        "One question of yes or no takes one unit. Which activation makes a probability of its logit, and which loss "
        "belongs to it?",
        'Normalization with adapt, a hidden layer, and layers.Dense(1, activation="sigmoid").',
        'model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"]), then '
        "fit for about 8 epochs.",
    ),
    why="The last layer is the neuron of lesson 04: one logit, one probability. The rest prepares its inputs.",
    data=tumours,
    bar=0.96,
    spread=0.01,
)
def tumour_model(X, y):
    scale = layers.Normalization()
    scale.adapt(X)
    model = keras.Sequential(
        [keras.Input((30,)), scale, layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid")]
    )
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
    model.fit(X, y, batch_size=16, epochs=8, verbose=0)
    return model


def _of_tumours(units, activation, loss="binary_crossentropy"):
    """Return an untrained model with this last layer."""
    model = keras.Sequential(
        [
            keras.Input((30,)),
            _adapted(tumours()[0][0]),
            layers.Dense(16, activation="relu"),
            layers.Dense(units, activation=activation),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), loss, metrics=["accuracy"])
    return model


@tumour_model.mistake(
    "The last layer has tanh, which goes from −1 to 1, and a probability lies between 0 and 1: take a sigmoid."
)
def _():
    return _of_tumours(1, "tanh")


@tumour_model.mistake("A sigmoid with two units asks two questions of yes or no. There is only one: Dense(1).")
def _():
    return _of_tumours(2, "sigmoid")


@tumour_model.also
def _(X, y):
    model = keras.Sequential([keras.Input((30,)), _adapted(X), layers.Dense(8, activation="tanh"), layers.Dense(1)])
    model.compile(keras.optimizers.Adam(0.02), keras.losses.BinaryCrossentropy(from_logits=True))
    model.fit(X, y, batch_size=16, epochs=8, verbose=0)
    return model


@tumour_model.also
def _(X, y):
    model = keras.Sequential([keras.Input((30,)), _adapted(X), layers.Dense(2, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    model.fit(X, y, batch_size=16, epochs=30, verbose=0)
    return model


@model_exercise(
    title="a model of several labels",
    aim="Build, compile and fit a model that tells which digits a picture of two digits shows. Its pixels go from 0 to "
    "16.",
    shapes="X (m, 8, 16), Y (m, 10) with 1 for each digit that is there -> a trained model that gives (m, 10)",
    hints=(
        "Ten questions of yes or no: is there a 0, is there a 1, and so on. Each of them is answered on its own.",
        "The picture goes through Rescaling(1 / 16) and Flatten(). At the end stands layers.Dense(10, "
        'activation="sigmoid").',
        'A hidden layer of 64 with relu, keras.optimizers.Adam(0.003), loss="binary_crossentropy", 15 epochs.',
    ),
    why="With K sigmoids any number of labels can be right at once, none and all of them included.",
    data=pairs,
    bar=0.93,
    spread=0.005,
)
def pair_model(X, Y):
    model = keras.Sequential(
        [
            keras.Input((8, 16)),
            layers.Rescaling(1 / 16),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="sigmoid"),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(0.003), loss="binary_crossentropy", metrics=["binary_accuracy"])
    model.fit(X, Y, batch_size=32, epochs=15, verbose=0)
    return model


@pair_model.also
def _(X, Y):
    model = keras.Sequential(
        [keras.Input((8, 16)), layers.Flatten(), layers.Rescaling(1 / 16), layers.Dense(80, activation="relu")]
    )
    model.add(layers.Dense(10))
    model.compile(keras.optimizers.Adam(0.005), keras.losses.BinaryCrossentropy(from_logits=True))
    model.fit(X, Y, batch_size=50, epochs=15, verbose=0)
    return model


@prediction(
    title="softmax with one unit",
    aim="A softmax layer has a single unit, and its logit is −3. What probability does it give?",
    shapes="a number from 0 to 1",
    hints=(
        "A softmax divides each e to the z by the sum over all units of the layer.",
        "There is one unit, so the sum has one term.",
        "e to the −3, divided by e to the −3.",
    ),
    why="Whatever it learns, such a network says 1, and its accuracy is the share of class 1.",
)
def predict_lonely_softmax():
    return 1.0  # e to the -3, divided by itself


predict_lonely_softmax.mistake(
    "That is the sigmoid of −3. A softmax divides by the sum over the units, and here it has one term.",
    1 / (1 + np.exp(3)),
)
predict_lonely_softmax.mistake("This is e to the z. It is still to be divided by the sum.", np.exp(-3))
predict_lonely_softmax.mistake("e to the z is never 0, and neither is its share of itself.", 0)
predict_lonely_softmax.mistake("One half would need two units with the same logit. There is only one.", 0.5)
predict_lonely_softmax.mistake("That is the logit. A probability lies between 0 and 1.", -3)
predict_lonely_softmax.mistake("Three equal units would get a third each. Here there is one.", 1 / 3)

predict_lonely_softmax.also(1, 1.0, np.float32(1), np.exp(-3) / np.exp(-3))


@model_exercise(
    title="two quantities at once",
    aim="Build, compile and fit a model that predicts two quantities of an iris, the length and the width of its "
    "petals, from the length and the width of its sepals. All are in centimetres.",
    shapes="X (m, 2), y (m, 2) -> a trained model that gives (m, 2)",
    hints=(
        "Each of the two quantities may be any number. What does that ask of the last layer?",
        "layers.Dense(2) without an activation, and a loss for quantities. The loss takes the mean over both columns.",
        'A hidden layer of 16 with relu, keras.optimizers.Adam(0.03), loss="mean_absolute_error", 40 epochs.',
    ),
    why="Several quantities are several linear units side by side, as several labels are several sigmoids.",
    data=petals,
    bar=0.42,
    spread=0.03,
)
def petal_model(X, y):
    model = keras.Sequential([keras.Input((2,)), layers.Dense(16, activation="relu"), layers.Dense(2)])
    model.compile(optimizer=keras.optimizers.Adam(0.03), loss="mean_absolute_error")
    model.fit(X, y, batch_size=16, epochs=40, verbose=0)
    return model


@petal_model.mistake("The two numbers are quantities and no probabilities, so a softmax has no place behind them.")
def _():
    model = keras.Sequential(
        [keras.Input((2,)), layers.Dense(16, activation="relu"), layers.Dense(2, activation="softmax")]
    )
    model.compile(keras.optimizers.Adam(0.03), "mean_squared_error")
    return model


@petal_model.also
def _(X, y):
    model = keras.Sequential([keras.Input((2,)), _adapted(X), layers.Dense(12, activation="tanh"), layers.Dense(2)])
    model.compile(keras.optimizers.Adam(0.03), "mse", metrics=["mae"])
    model.fit(X, y, batch_size=16, epochs=40, verbose=0)
    return model


median_of_patients = open_exercise(
    "median_of_patients",
    title="what the absolute error aims at",
    task="You may say one number to m patients. Show that the mean squared error is smallest at the mean of their "
    "targets, and the mean absolute error at their median. What does that mean for a network trained with either "
    "loss, when a few patients are far worse than all the others?",
    answer="Let c be the number. The slope of the mean squared error in c is $\\frac{2}{m} \\sum_i (c - y_i)$. It is "
    "0 where $m c = \\sum_i y_i$, so at the mean, and since the slope rises with c, this is the only lowest "
    "place.\n\n"
    "Each term |c − yᵢ| of the absolute error has the slope +1 where c lies above yᵢ and −1 where it lies below. A "
    "step to the right therefore costs a little for each patient on the left and gains as much for each one on the "
    "right. The sum stops falling where there are as many on one side as on the other, which is the median. (With an "
    "even number of patients, every c between the two in the middle is as good.)\n\n"
    "For the five targets 60, 70, 90, 120 and 310 these are 130 and 90. Moving the last patient from 310 to 3,100 "
    "would move the mean to 688 and leave the median where it is. A network with the squared error aims at the mean "
    "of the patients who look alike to it, so a few extreme ones pull all their neighbours up. With the absolute "
    "error it aims at the median and lets them be. Which one is right depends on the use: whoever plans a budget for "
    "all needs the mean, and whoever tells a typical patient what to expect needs the median.",
    effort="do",
)

softmax_of_two = open_exercise(
    "softmax_of_two",
    title="two softmax units are one sigmoid",
    task="A network for two classes may end in one sigmoid unit, or in two units with softmax. Show that for every "
    "network of the second kind there is one of the first that gives the same probabilities, and say how its weights "
    "are made. Then count the parameters of both last layers behind 16 hidden units. What are the others good for?",
    answer="With the logits z₀ and z₁ the softmax gives class 1 the probability\n\n"
    "$$\\frac{e^{z_1}}{e^{z_0} + e^{z_1}} = \\frac{1}{1 + e^{-(z_1 - z_0)}} ,$$\n\n"
    "where the fraction has been divided by $e^{z_1}$ above and below. That is the sigmoid of z₁ − z₀. Both logits "
    "are weighted sums of the same hidden activations, so their difference is one, too: its weights are the second "
    "column of W2 minus the first, and its bias is b2[1] − b2[0].\n\n"
    "Two units behind 16 have 2 · 17 = 34 parameters, one unit has 17. The other 17 add nothing that the network "
    "could say: adding the same weights and the same bias to both units changes both logits equally and leaves all "
    "probabilities as they are. They do change the training: the two units have opposite gradients, so with plain SGD "
    "at the same rate their difference moves twice as far as a single unit would. The same holds for K classes, where "
    "one unit could always be fixed at 0, as statisticians do.",
    effort="hard",
)
