"""Exercises of lesson 11: models in Keras, what a clipped loss says, how much of a score is chance, RMSprop's step."""

from functools import cache

import numpy as np

import course_utils as cu
from course_utils.backend import load_keras
from course_utils.exercises import exercise, open_exercise, prediction
from course_utils.model_checks import model_exercise

load_keras()
import keras  # noqa: E402
from keras import layers  # noqa: E402


@cache
def pictures():
    """Give the embedded digits as they come: (1437, 28, 28) and (360, 28, 28), 0 … 255, with their labels."""
    (x, y), (x_test, y_test) = cu.load_mnist("digits")
    return (x, y.astype(int)), (x_test, y_test.astype(int))


@cache
def rows():
    """Give the same digits as rows: (1437, 784) and (360, 784), 0 … 1, with their labels."""
    (x, y), (x_test, y_test) = pictures()
    x, x_test = (part.reshape(-1, 784).astype("float32") / 255 for part in (x, x_test))
    return (x, y), (x_test, y_test)


@model_exercise(
    title="two hidden layers for little money",
    aim="Build a network with two hidden layers and at most 30,000 parameters. Compile it, fit it to the digits x and "
    "y that are handed over, 1,437 images, in 500 steps or more, and return it.",
    shapes="x (m, 784), 0 … 1; y (m,) whole numbers -> a trained model that gives (m, 10)",
    hints=(
        "The first hidden layer costs 785 parameters a unit. How many of them can you afford?",
        "32 units and then 32 more cost 25,120 + 1,056, and the ten outputs 330.",
        'model.fit(x, y, batch_size=32, epochs=15, verbose=0), after compile("rmsprop", "sparse_…").',
    ),
    why="The first layer holds nearly all the parameters, since it has 784 inputs: a second one costs next to nothing.",
    data=rows,
    bar=0.95,
    spread=0.012,
    budget=30_000,
    layers=("Dense", "Dense", "Dense"),
)
def small_network(x, y):
    model = keras.Sequential(
        [
            keras.Input((784,)),
            layers.Dense(32, activation="relu"),
            layers.Dense(32, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, batch_size=32, epochs=15, verbose=0)
    return model


def _three_layers(first, last, loss="sparse_categorical_crossentropy"):
    """Return an untrained network of two hidden layers, with the activations of the first and of the last layer."""
    model = keras.Sequential(
        [
            keras.Input((784,)),
            layers.Dense(32, activation=first),
            layers.Dense(32, activation=first),
            layers.Dense(10, activation=last),
        ]
    )
    model.compile(optimizer="rmsprop", loss=loss, metrics=["accuracy"])
    return model


@small_network.mistake("Both hidden layers end in a softmax. It shares out a sum of 1 there: hidden layers take relu.")
def _():
    return _three_layers("softmax", "softmax")


@small_network.mistake("The hidden layers have no activation, so that all three layers together are one linear layer.")
def _():
    return _three_layers(None, "softmax")


@small_network.mistake("The last layer has relu, and probabilities come from softmax.")
def _():
    return _three_layers("relu", "relu")


@small_network.also
def _(x, y):
    image = keras.Input((784,))
    hidden = layers.Dense(20, activation="tanh")(layers.Dense(36, activation="relu")(image))
    model = keras.Model(image, layers.Dense(10)(hidden))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(x, y, batch_size=20, epochs=12, validation_split=0.1, verbose=0)
    return model


@prediction(
    title="the loss of a probability that is clipped",
    aim="The true class got the probability 10⁻²⁰, so that its loss should be 46.05. Before the logarithm Keras "
    "lifts a bare probability to at least 10⁻⁷. What does Keras's loss say? Two decimals.",
    shapes="a number",
    hints=(
        "The probability of the true class is below 10⁻⁷. Which number takes its place?",
        "The loss is minus the natural logarithm of 10⁻⁷.",
        "-np.log(1e-7)",
    ),
    why="Every probability below 10⁻⁷ costs the same 16.12: how sure the network was of the wrong class is forgotten.",
    atol=0.006,
)
def predict_clipped():
    return -np.log(1e-7)


predict_clipped.mistake("That is the loss without the clipping, which puts 10⁻⁷ in the place of 10⁻²⁰.", -np.log(1e-20))
predict_clipped.mistake("That is the power of ten. The loss takes the natural logarithm.", 7.0)
predict_clipped.mistake("A loss is minus the logarithm of a probability, so it is never below 0.", np.log(1e-7))
predict_clipped.mistake("That is the logarithm with base 2. The loss takes the natural one.", -np.log2(1e-7))
predict_clipped.mistake("That would be the loss of a right and certain answer.", 0.0)
predict_clipped.mistake(
    "Keras does not subtract the two: the clipped probability has the loss −log 10⁻⁷.", 13 * np.log(10)
)
predict_clipped.mistake("That is the power of ten of the probability before it is clipped.", 20.0)

predict_clipped.also(16.12, 16.118, 7 * np.log(10), np.float32(16.118095))


@model_exercise(
    title="a network that gives logits",
    aim="Build 784-64-10 with relu, whose last layer gives logits. Compile it with a loss that knows so, fit it to x "
    "and y, and return it.",
    shapes="x (m, 784), 0 … 1; y (m,) whole numbers -> a trained model that gives (m, 10), logits",
    hints=(
        "The last layer is layers.Dense(10), and nothing else.",
        "The name of a loss, as text, cannot say from_logits. Its class can.",
        "loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True)",
    ),
    why="Softmax and logarithm are now one step, as in `cost_from_logits` of lesson 02, and nothing is clipped.",
    data=rows,
    bar=0.93,
    spread=0.012,
    budget=50_890,
    layers=("Dense", "Dense"),
)
def logits_network(x, y):
    model = keras.Sequential([keras.Input((784,)), layers.Dense(64, activation="relu"), layers.Dense(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="rmsprop", loss=loss, metrics=["accuracy"])
    model.fit(x, y, batch_size=32, epochs=15, verbose=0)
    return model


def _one_hidden_layer(hidden, last, loss):
    """Return an untrained network 784-64-10, with the activations of both layers."""
    model = keras.Sequential(
        [keras.Input((784,)), layers.Dense(64, activation=hidden), layers.Dense(10, activation=last)]
    )
    model.compile(optimizer="rmsprop", loss=loss, metrics=["accuracy"])
    return model


@logits_network.mistake(
    "This is a good network that gives probabilities. Logits are asked for: leave the softmax of the last layer out, "
    "and tell the loss from_logits=True."
)
def _():
    return _one_hidden_layer("relu", "softmax", "sparse_categorical_crossentropy")


@logits_network.mistake("The hidden layer has no activation: with it gone, two layers are one linear layer.")
def _():
    return _one_hidden_layer(None, None, keras.losses.SparseCategoricalCrossentropy(from_logits=True))


@logits_network.mistake("The last layer gives logits, and the loss has not been told: from_logits=True.")
def _():
    return _one_hidden_layer("relu", None, "sparse_categorical_crossentropy")


@logits_network.also
def _(x, y):
    model = keras.Sequential()
    model.add(keras.Input((784,)))
    model.add(layers.Dense(64))
    model.add(layers.ReLU())
    model.add(layers.Dense(10, activation="linear"))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    model.fit(x, y, epochs=15, verbose=0)
    return model


@prediction(
    title="an output layer that sees the pixels, too",
    aim="Ten units get the 784 pixels and the 512 hidden values, side by side. How many parameters has this layer?",
    shapes="a whole number",
    hints=(
        "How many numbers come in for one image, when two rows are laid side by side?",
        "784 + 512 = 1,296 inputs for each of the ten units.",
        "Ten units with 1,296 weights and one bias each.",
    ),
    why="The shortcut adds 7,840 weights to 5,130 parameters: ten more pictures of weights like those of lesson 08.",
)
def predict_shortcut():
    inputs = 784 + 512
    return (inputs + 1) * 10


predict_shortcut.mistake("That is the layer without the shortcut. The 784 pixels come in as well.", 512 * 10 + 10)
predict_shortcut.mistake(
    "So many numbers come into each of the ten units. Count the weights and the biases.", 784 + 512
)
predict_shortcut.mistake("The ten biases are missing.", (784 + 512) * 10)
predict_shortcut.mistake("Side by side means added, not multiplied: 784 + 512 inputs.", 784 * 512 * 10 + 10)
predict_shortcut.mistake("One layer has ten biases, not twenty.", 784 * 10 + 10 + 512 * 10 + 10)
predict_shortcut.mistake("The hidden values are missing: 784 + 512 inputs.", 784 * 10 + 10)
predict_shortcut.mistake(
    "That is the whole network. Only its last layer is asked for.", 784 * 512 + 512 + (784 + 512) * 10 + 10
)
predict_shortcut.mistake("These are the values that come in and go out. Weights are counted here.", 784 + 512 + 10)
predict_shortcut.mistake(
    "That is what the shortcut adds. The layer's other weights and biases are asked for, too.", 784 * 10
)

predict_shortcut.also(12_970, 12970.0, 1297 * 10, 5130 + 7840)


@model_exercise(
    title="a network with a shortcut",
    aim="Write 784-64-10 with the functional API, with an output layer that gets the pixels and the 64 hidden values "
    "side by side. Compile it, fit it to x and y, and return it.",
    shapes="x (m, 784), 0 … 1; y (m,) whole numbers -> a trained model that gives (m, 10)",
    hints=(
        'image = keras.Input((784,)), and then hidden = layers.Dense(64, activation="relu")(image).',
        "layers.Concatenate() takes a list: layers.Concatenate()([image, hidden]).",
        "model = keras.Model(image, output). After that, compile and fit are the same as ever.",
    ),
    why="The output layer sees the image twice, as it is and as the hidden layer retells it. No chain can say so.",
    data=rows,
    bar=0.93,
    spread=0.012,
    budget=58_730,
    layers=("Dense", "Concatenate", "Dense"),
)
def shortcut_network(x, y):
    image = keras.Input((784,))
    hidden = layers.Dense(64, activation="relu")(image)
    both = layers.Concatenate()([image, hidden])
    model = keras.Model(image, layers.Dense(10, activation="softmax")(both))
    model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, batch_size=32, epochs=15, verbose=0)
    return model


def _with_shortcut(hidden, last):
    """Return an untrained network with a shortcut, with the activations of both layers."""
    image = keras.Input((784,))
    both = layers.Concatenate()([image, layers.Dense(64, activation=hidden)(image)])
    model = keras.Model(image, layers.Dense(10, activation=last)(both))
    model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@shortcut_network.mistake(
    "This is the plain chain, without the shortcut: put layers.Concatenate()([image, hidden]) before the last layer."
)
def _():
    return _one_hidden_layer("relu", "softmax", "sparse_categorical_crossentropy")


@shortcut_network.mistake(
    "The hidden layer has no activation, so the whole network is linear, with and without shortcut."
)
def _():
    return _with_shortcut(None, "softmax")


@shortcut_network.mistake("The output layer has sigmoid. Ten classes that exclude each other ask for softmax.")
def _():
    return _with_shortcut("relu", "sigmoid")


@shortcut_network.also
def _(x, y):
    image = keras.Input((784,))
    hidden = layers.Dense(64, activation="relu")(image)
    model = keras.Model(image, layers.Dense(10)(layers.concatenate([hidden, image])))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(x, y, epochs=15, verbose=0)
    return model


@prediction(
    title="how far a test score strays",
    aim="A network's true accuracy is 0.96, and it is scored on 400 images. What is the standard deviation of the "
    "score? Give it as a share, so that one point is 0.01. Four decimals.",
    shapes="a number",
    hints=(
        "Put p = 0.96 and n = 400 into the formula.",
        "p (1 − p) is 0.0384. Divide it by 400, and take the root.",
        "np.sqrt(0.96 * 0.04 / 400)",
    ),
    why="Two such scores may differ by two points although the networks are equally good.",
    atol=6e-6,
)
def predict_test_error():
    return np.sqrt(0.96 * (1 - 0.96) / 400)


predict_test_error.mistake("That is the standard deviation for a single image. Divide by the root of 400.", 0.0384**0.5)
predict_test_error.mistake("The root is missing: √(p (1 − p) / n).", 0.0384 / 400)
predict_test_error.mistake("That is p (1 − p). Divide it by n, and take the root.", 0.0384)
predict_test_error.mistake("Divide by the root of n, not by n.", 0.0384**0.5 / 400)
predict_test_error.mistake("The factor 1 − p is missing: it is the share of mistakes, 0.04.", np.sqrt(0.96 / 400))
predict_test_error.mistake(
    "Four decimals are asked for. If you found 0.01 without rounding, the factor p is missing: it is not quite 1.",
    np.sqrt(0.04 / 400),
)
predict_test_error.mistake(
    "That is the standard error for p = 0.98 and 10,000 images. Here p is 0.96, and n is 400.",
    np.sqrt(0.98 * 0.02 / 10_000),
)
predict_test_error.mistake("That is for an accuracy of one half, where chance has most room.", 0.025)
predict_test_error.mistake("These are two standard deviations. One is asked for.", 2 * np.sqrt(0.0384 / 400))

predict_test_error.also(0.0098, 9.798e-3, np.float32(0.009798), (0.96 * 0.04) ** 0.5 / 20)


@prediction(
    title="half the standard error",
    aim="On 10,000 images the score has a certain standard deviation. How many images does it take to halve it?",
    shapes="a whole number",
    hints=(
        "n stands under a root.",
        "To halve a root, what is under it has to become a quarter.",
        "Four times as many images.",
    ),
    why="Precision is dear: ten times more of it costs a hundred times as many images.",
)
def predict_more_images():
    return 4 * 10_000


predict_more_images.mistake("Twice as many images divide it by √2 only, by 1.41.", 20_000)
predict_more_images.mistake("√2 times as many images divide it by the root of √2 only, by 1.19.", 14_142)
predict_more_images.mistake("Fewer images make a score less certain.", 5_000)
predict_more_images.mistake("That is a quarter of the images, and it doubles the standard deviation.", 2_500)
predict_more_images.mistake("n stands under a root once. Four times as many are enough.", 160_000)
predict_more_images.mistake("These are the images to be added. How many is that with the old ones?", 30_000)
predict_more_images.mistake("That many give the same standard deviation as before.", 10_000)
predict_more_images.mistake("Ten times as many divide it by √10, by more than 3.", 100_000)

predict_more_images.also(40_000, 40000.0, np.int64(40_000))


@model_exercise(
    title="a network for pictures as they come",
    aim="Build a network that takes the images of cu.load_mnist without any preparation: 28 × 28 pixels of 0 … 255. "
    "It scales and flattens them in layers of its own. Compile it, fit it to x and y, and return it.",
    shapes="x (m, 28, 28), 0 … 255; y (m,) whole numbers -> a trained model that gives (m, 10)",
    hints=(
        "Which two lines have prepared the images at the top of the lesson? Each has become a layer.",
        "layers.Rescaling(1 / 255) divides, and layers.Flatten() makes rows.",
        "keras.Input((28, 28)), Rescaling, Flatten, and then the Dense layers that you know.",
    ),
    why="Whoever loads this model from its file need not know how its images were prepared, and cannot forget it.",
    data=pictures,
    bar=0.93,
    spread=0.012,
    budget=60_000,
    layers=("Rescaling", "Dense", "Dense"),
)
def picture_network(x, y):
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Rescaling(1 / 255),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, batch_size=32, epochs=15, verbose=0)
    return model


def _from_pictures(scale, hidden):
    """Return an untrained network for pictures, with the factor of its scaling."""
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Rescaling(scale),
            layers.Flatten(),
            layers.Dense(64, activation=hidden),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@picture_network.mistake("Rescaling multiplies. To divide by 255, hand over 1 / 255.")
def _():
    return _from_pictures(255, "relu")


@picture_network.mistake("The hidden layer has no activation, so that both layers together are one linear layer.")
def _():
    return _from_pictures(1 / 255, None)


@picture_network.mistake("Without Flatten the Dense layers work along the rows of the picture, one row at a time.")
def _():
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Rescaling(1 / 255),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@picture_network.also
def _(x, y):
    image = keras.Input((28, 28))
    row = layers.Rescaling(1 / 127.5, offset=-1)(layers.Reshape((784,))(image))
    model = keras.Model(image, layers.Dense(10)(layers.Dense(48, activation="relu")(row)))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(x, y, epochs=15, verbose=0)
    return model


rounding_or_mistake = open_exercise(
    "rounding_or_mistake",
    title="rounding, or a small mistake?",
    task="After a hundred steps the weights of our network and of Keras's differ in the seventh decimal. Is that "
    "rounding, or does one of the two make a small mistake at each step? Design an experiment whose outcome tells, and "
    "say what you expect in each case. If you like, run it.",
    answer="Let both compute more precisely. float32 keeps about seven digits of a number and float64 about sixteen. A "
    "mistake in a formula does not care about that and would leave the same difference behind. Rounding has to shrink "
    "by about as much as the precision grows, a hundred million times or more.\n\n"
    "```python\n"
    'keras.config.set_floatx("float64")  # of what Keras is given, and of the learning rate\n'
    'keras.config.set_dtype_policy("float64")  # of what its layers compute in\n'
    'parts = [layers.Dense(64, activation="relu"), layers.Dense(10, activation="softmax")]\n'
    "theirs64 = keras.Sequential([keras.Input((784,)), *parts])\n"
    'theirs64.compile(keras.optimizers.SGD(0.1), "categorical_crossentropy")\n'
    "# … set the weights and fit as above, and then say float32 in the first two lines\n"
    "```\n\n"
    'The same with `cu.Sequential(…, dtype="float64")`, and with one-hot rows as targets. A difference of about 10⁻⁷ '
    "became one of about 10⁻¹⁶ when we tried it. So it was rounding.",
    effort="hard",
    hints=(
        "What could you change that makes rounding smaller, and leaves a mistake as it is?",
        "How many digits does float32 keep, and how many float64?",
    ),
)


one_run_each = open_exercise(
    "one_run_each",
    title="one run each",
    task="A colleague has changed the activation of the hidden layer. Her run scores 0.9822 on the 10,000 test images, "
    "and your run without the change 0.9796. She wants to publish the change as an improvement. What do you ask her "
    "for, and what would convince you?",
    answer="The difference is 26 images. In this lesson five runs of one and the same network lay up to 42 images "
    "apart, so 26 between two single runs say nothing yet about the change. I would ask for several seeds of both "
    "networks, five at least, all of them reported, with everything else equal: epochs, batch size, learning rate.\n\n"
    "I would be convinced if the difference of the two means were large, say three times as large, beside its standard "
    "error √(s₁²/n + s₂²/n), where s₁ and s₂ are the standard deviations of the two groups of n scores. Groups that do "
    "not overlap at all are a stronger sign still. Since all runs are scored on the same test images, the sampling "
    "error of the test set counts less for their difference than for each score alone. But it still says how far both "
    "scores may lie from the networks' accuracy on new images.\n\n"
    "And I would ask whether the change was chosen by looking at these test images. If it was the best of ten ideas, "
    "part of its lead is luck: such a choice belongs to a validation set.",
    effort="do",
    hints=(
        "How far apart were five runs of one and the same network?",
        "Which decisions may the test set have had a part in?",
    ),
)


@prediction(
    title="RMSprop's first step",
    aim="s starts at 0, rho is 0.9, the learning rate 0.001. The first gradient of a weight is 5. "
    "How far does the weight move? Five decimals do.",
    shapes="a number",
    hints=(
        "First compute s after the first gradient. It starts at 0, so only the new part counts.",
        "s = 0.1 · 5 · 5 = 2.5. The gradient is divided by its root.",
        "0.001 · 5 / √2.5: the 5 cancels.",
    ),
    why="The size of the gradient cancels. In the first step each weight moves by 0.00316, unless its slope is tiny.",
    atol=6e-6,
)
def predict_first_stride():
    s = (1 - 0.9) * 5**2
    return 0.001 * 5 / np.sqrt(s)


predict_first_stride.mistake("That is the step of plain SGD. RMSprop divides it by the root of s.", 0.001 * 5)
predict_first_stride.mistake("That would be right if s were 5². It is a tenth of it: (1 - rho) · 5².", 0.001)
predict_first_stride.mistake("Divided by s itself. Divide by its root.", 0.001 * 5 / 2.5)
predict_first_stride.mistake(
    "rho and 1 - rho changed places: the new square enters with 1 - rho = 0.1.", 0.001 / np.sqrt(0.9)
)
predict_first_stride.mistake("The root is missing: √0.1 = 0.316.", 0.001 / 0.1)
predict_first_stride.mistake("The learning rate is missing.", 5 / np.sqrt(2.5))
predict_first_stride.mistake("Upside down: divide by √0.1.", 0.001 * np.sqrt(0.1))
predict_first_stride.mistake("s takes the square of the gradient: 0.1 · 25.", 0.001 * 5 / np.sqrt(0.1 * 5))
predict_first_stride.mistake("How far is asked for, without the direction: a positive number.", -0.001 / np.sqrt(0.1))

predict_first_stride.also(0.00316, 0.003162, 0.001 / 0.1**0.5, np.float32(0.0031623))


def _rmsprop_inputs() -> list[tuple]:
    def case(seed: int, shape: tuple, size: float, rate: float, rho: float) -> tuple:
        rng = np.random.default_rng(seed)
        return rng.normal(size=shape), size * rng.normal(size=shape), size**2 * rng.random(shape), rate, rho

    still = np.array([1.0, -2.0]), np.zeros(2), np.zeros(2), 0.1, 0.9  # no slope, and none before
    return [
        (np.array([1.0]), np.array([5.0]), np.array([0.0]), 0.001, 0.9),
        case(91, (3,), 1.0, 0.1, 0.9),
        case(92, (3, 3), 1.0, 0.01, 0.5),
        still,
        case(93, (5, 1), 3e-4, 0.01, 0.9),  # slopes as small as the root of epsilon
        case(94, (7,), 1e6, 1.0, 0.99),
        case(95, (2, 3), 1.0, 0.1, 0.0),
    ]


@exercise(
    title="a step of RMSprop",
    aim="Give the weights and the running mean of squared gradients after one step. 1e-7 stands under the root, too.",
    shapes="w, g, s of one shape, rate and rho numbers -> (w, s), both new",
    hints=(
        "First move s towards g²: it keeps the share rho of what it was.",
        "s = rho * s + (1 - rho) * g**2. Then divide the gradient by the root of s + 1e-7.",
        "return w - rate * g / np.sqrt(s + 1e-7), s",
    ),
    why="This is all that keras.optimizers.RMSprop does: one more number for each weight, and a root.",
    inputs=_rmsprop_inputs,
    results=("w", "s"),
    way={"s": ("s",), "w": ("w",)},
)
def rmsprop_step(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g**2
    return w - rate * g / np.sqrt(s + 1e-7), s


@rmsprop_step.mistake("The step uses the old s. Move s first, then divide by it.")
def _(w, g, s, rate, rho):
    w = w - rate * g / np.sqrt(s + 1e-7)
    return w, rho * s + (1 - rho) * g**2


@rmsprop_step.mistake("rho and 1 - rho have changed places: rho is the share that s keeps.")
def _(w, g, s, rate, rho):
    s = (1 - rho) * s + rho * g**2
    return w - rate * g / np.sqrt(s + 1e-7), s


@rmsprop_step.mistake("The root is missing: divide by np.sqrt(s + 1e-7).")
def _(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g**2
    return w - rate * g / (s + 1e-7), s


@rmsprop_step.mistake("1e-7 stands outside the root. Older versions of Keras had it there; today it is under the root.")
def _(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g**2
    return w - rate * g / (np.sqrt(s) + 1e-7), s


@rmsprop_step.mistake("Here s is a mean of sizes. RMSprop takes a mean of squares, g**2.")
def _(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * np.abs(g)
    return w - rate * g / np.sqrt(s + 1e-7), s


@rmsprop_step.mistake("The square is missing: s is a mean of g**2, and a mean of g may be negative.")
def _(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g
    return w - rate * g / np.sqrt(s + 1e-7), s


@rmsprop_step.mistake("This step goes uphill. It goes against the gradient, so the sign is minus.")
def _(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g**2
    return w + rate * g / np.sqrt(s + 1e-7), s


@rmsprop_step.mistake("This s only grows, so the steps die out. Let it forget: rho * s + (1 - rho) * g**2.")
def _(w, g, s, rate, rho):
    s = s + g**2
    return w - rate * g / np.sqrt(s + 1e-7), s


@rmsprop_step.mistake("s is computed and then not used, so this is a step of plain SGD.")
def _(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g**2
    return w - rate * g, s


@rmsprop_step.mistake("One mean for all weights: each weight has an s of its own, so leave out .mean().")
def _(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * (g**2).mean()
    return w - rate * g / np.sqrt(s + 1e-7), s


@rmsprop_step.mistake("The two results have changed places: the weights come first, then s.")
def _(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g**2
    return s, w - rate * g / np.sqrt(s + 1e-7)


@rmsprop_step.mistake("*=, += and -= change the caller's arrays. Write s = … and w - …, which make new ones.")
def _(w, g, s, rate, rho):
    s *= rho
    s += (1 - rho) * g**2
    w -= rate * g / np.sqrt(s + 1e-7)
    return w, s


@rmsprop_step.mistake("Where s is 0 this divides by 0: 1e-7 is missing under the root.")
def _(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g**2
    return w - rate * g / np.sqrt(s), s


@rmsprop_step.mistake("A tiny number stands outside the root. Here it is 1e-7, under the root.")
def _(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g**2
    return w - rate * g / (np.sqrt(s) + 1e-8), s


@rmsprop_step.also
def _(w, g, s, rate, rho):
    s = s + (1 - rho) * (g * g - s)
    step = g / (s + 1e-7) ** 0.5
    return w - rate * step, s


@rmsprop_step.also
def _(w, g, s, rate, rho):
    new_w, new_s = np.empty_like(w), np.empty_like(s)
    for i in np.ndindex(w.shape):
        new_s[i] = rho * s[i] + (1 - rho) * g[i] ** 2
        new_w[i] = w[i] - rate * g[i] / np.sqrt(new_s[i] + 1e-7)
    return new_w, new_s


@rmsprop_step.also
def _(w, g, s, rate, rho):
    w, g, s = (a.astype(np.float32) for a in (w, g, s))
    s = rho * s + (1 - rho) * np.square(g)
    return w - rate * g / np.sqrt(s + 1e-7), s


@rmsprop_step.payoff
def _(step):
    theirs, optimizer = keras.Variable(np.zeros(5)), keras.optimizers.RMSprop(0.1)
    w, s, rng = np.zeros(5), np.zeros(5), np.random.default_rng(9)
    for _ in range(10):
        g = rng.normal(size=5)
        optimizer.apply([g.astype(np.float32)], [theirs])
        w, s = step(w, g, s, 0.1, 0.9)
    gap, way = np.abs(w - keras.ops.convert_to_numpy(theirs)).max(), np.abs(w).max()
    print(f"Ten steps beside Keras's RMSprop: largest way {way:.2f}, largest difference {gap:.0e}.")
