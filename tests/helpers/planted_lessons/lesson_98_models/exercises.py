"""Exercises whose answers are models: a network in NumPy, the same in Keras, a small CNN, and a regression."""

from functools import cache

import keras
import numpy as np
from keras import layers

import course_utils as cu
from course_utils.model_checks import model_exercise


@cache
def pictures():
    """Give (500, 28, 28, 1) and (250, 28, 28, 1), 0 … 1, with their digits."""
    (x, y), (x_test, y_test) = cu.load_mnist(download=False)
    x, x_test = (part[..., None].astype("float32") / 255 for part in (x, x_test))
    return (x[:500], y[:500].astype(int)), (x_test[:250], y_test[:250].astype(int))


@cache
def rows():
    """Give (500, 784) and (250, 784), 0 … 1, with their digits."""
    (x, y), (x_test, y_test) = pictures()
    return (x.reshape(-1, 784), y), (x_test.reshape(-1, 784), y_test)


@cache
def raw_rows():
    """Give (500, 784) and (250, 784), 0 … 255, with their digits."""
    (x, y), (x_test, y_test) = rows()
    return (x * 255, y), (x_test * 255, y_test)


@cache
def one_hot_rows():
    """Give (500, 784) and (250, 784), 0 … 1, with one-hot rows."""
    (x, y), (x_test, y_test) = rows()
    return (x, np.eye(10)[y]), (x_test, np.eye(10)[y_test])


@cache
def labelled_rows():
    """Give (500, 784) and (250, 784), 0 … 1, with three labels each: even, at least 5, with a loop."""
    (x, y), (x_test, y_test) = rows()
    return tuple(
        (part, np.column_stack([digit % 2 == 0, digit >= 5, np.isin(digit, (0, 6, 8, 9))]).astype(int))
        for part, digit in ((x, y), (x_test, y_test))
    )


@cache
def curve():
    """Give 400 and 100 points (m, 1) of a curve between -3 and 3."""
    x = np.random.default_rng(0).uniform(-1, 1, (500, 1)).astype("float32")
    y = 3 * x**3 - np.cos(3 * x)  # (500, 1)
    return (x[:400], y[:400]), (x[400:], y[400:])


@cache
def two_sides():
    """Give 400 and 100 points (m, 2), and whether they lie above a line."""
    x = np.random.default_rng(1).normal(size=(500, 2)).astype("float32")
    y = (x.sum(axis=1, keepdims=True) > 0).astype(int)  # (500, 1)
    return (x[:400], y[:400]), (x[400:], y[400:])


@model_exercise(
    title="a network in NumPy",
    aim="Build a network of 32 hidden units and train it on the digits.",
    shapes="x (m, 784) -> (m, 10)",
    hints=("Two Dense layers.", "relu, then softmax.", "compile, then fit."),
    why="These are all the parts of a network.",
    data=rows,
    bar=0.9,
    spread=0.015,
    budget=30_000,
)
def digits_numpy(x, y):
    model = cu.Sequential([cu.Input(784), cu.Dense(32, "relu"), cu.Dense(10, "softmax")], rng=0)
    model.compile(cu.SGD(0.2), "sparse_categorical_crossentropy")
    model.fit(x, y, batch_size=20, epochs=15, verbose=0)
    return model


@model_exercise(
    title="a network in Keras",
    aim="Build a network of 32 hidden units and train it on the digits.",
    shapes="x (m, 784) -> (m, 10)",
    hints=("Two Dense layers.", "relu, then softmax.", "compile, then fit."),
    why="The same parts carry the same names.",
    data=rows,
    bar=0.9,
    spread=0.015,
    budget=30_000,
)
def digits_keras(x, y):
    model = keras.Sequential(
        [keras.Input((784,)), layers.Dense(32, activation="relu"), layers.Dense(10, activation="softmax")]
    )
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, batch_size=25, epochs=8, verbose=0)
    return model


@model_exercise(
    title="a small CNN",
    aim="Build and compile a convolutional network for the digits.",
    shapes="x (m, 28, 28, 1) -> (m, 10)",
    hints=("First the convolution.", "Conv2D, MaxPooling2D, Flatten, Dense.", "A softmax at the end."),
    why="A kernel of nine weights is used at every place of the picture.",
    data=pictures,
    bar=0.9,
    spread=0.015,
    epochs=5,
    batch_size=25,
    budget=20_000,
    layers=("Conv2D", "MaxPooling2D", "Dense"),
)
def small_cnn():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(8, 3, activation="relu"),
            layers.MaxPooling2D(3),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@small_cnn.mistake("One kernel sees one feature only: a layer has several filters.")
def _():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(1, 3, activation="relu"),
            layers.MaxPooling2D(3),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@small_cnn.mistake("The picture is pooled before the convolution has seen it.")
def _():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.MaxPooling2D(3),
            layers.Conv2D(8, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@small_cnn.also
def _():
    picture = keras.Input((28, 28, 1))
    convolved = layers.BatchNormalization(momentum=0.8)(layers.Conv2D(6, 5, use_bias=False)(picture))
    pooled = layers.MaxPooling2D(4)(layers.ReLU()(convolved))
    model = keras.Model(picture, layers.Dense(10)(layers.Flatten()(pooled)))
    model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@model_exercise(
    title="a curve",
    aim="Build a network that follows the curve.",
    shapes="x (m, 1) -> (m, 1)",
    hints=("A hidden layer bends.", "No activation at the end.", "Mean squared error."),
    why="Values need no squeezing at the end.",
    data=curve,
    bar=0.3,
    spread=0.05,
    epochs=25,
    batch_size=50,
)
def follow_curve():
    model = keras.Sequential([keras.Input((1,)), layers.Dense(16, activation="tanh"), layers.Dense(1)])
    model.compile(keras.optimizers.Adam(0.05), "mean_squared_error", metrics=["mae"])
    return model


@model_exercise(
    title="above the line",
    aim="Compile one neuron that tells on which side of a line a point lies.",
    shapes="x (m, 2) -> (m, 1)",
    hints=("One unit.", "A probability.", "Binary cross-entropy."),
    why="One number is enough for a yes or no.",
    data=two_sides,
)
def one_neuron():
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1, activation="sigmoid")])
    model.compile("sgd", "binary_crossentropy", metrics=["accuracy"])
    return model


@model_exercise(
    title="rows of ones and zeros",
    aim="Compile a network for one-hot targets.",
    shapes="x (m, 784) -> (m, 10)",
    hints=(),
    why="The loss goes with the targets.",
    data=one_hot_rows,
)
def one_hot_network():
    model = keras.Sequential([keras.Input((784,)), layers.Dense(10, activation="softmax")])
    model.compile("adam", "categorical_crossentropy")
    return model


@model_exercise(
    title="three questions about a digit",
    aim="Compile a network that says whether a digit is even, whether it is large, and whether it has a loop.",
    shapes="x (m, 784) -> (m, 3)",
    hints=(),
    why="Each label is a question of its own.",
    data=labelled_rows,
)
def three_labels():
    model = keras.Sequential([keras.Input((784,)), layers.Dense(3, activation="sigmoid")])
    model.compile("adam", "binary_crossentropy")
    return model


@model_exercise(
    title="pixels as they come",
    aim="Build a network for pixels of 0 … 255.",
    shapes="x (m, 784), 0 … 255 -> (m, 10)",
    hints=(),
    why="A model that scales its inputs can be used by anyone.",
    data=raw_rows,
    bar=0.88,
    epochs=4,
)
def raw_network():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            layers.Rescaling(1 / 255),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    return model
