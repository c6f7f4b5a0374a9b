"""Exercises of lesson 15: what is left of a gradient, batch normalisation, residual blocks, transferred weights."""

from functools import cache

import numpy as np

import course_utils as cu
from course_utils.backend import load_keras
from course_utils.exercises import exercise, open_exercise, prediction
from course_utils.model_checks import model_exercise

load_keras()
import keras  # noqa: E402, I001
from keras import layers  # noqa: E402


@cache
def digit_rows():
    """Give the embedded digits as rows: (1437, 784) and (360, 784), 0 … 1, with their labels."""
    (x, y), (x_test, y_test) = cu.load_mnist("digits")
    x, x_test = (part.reshape(-1, 784).astype("float32") / 255 for part in (x, x_test))
    return (x, y.astype(int)), (x_test, y_test.astype(int))


@cache
def a_hundred_rows():
    """Give the first hundred of the embedded digits to train on, and all the test digits."""
    (x, y), test = digit_rows()
    return (x[:100], y[:100]), test


def _compiled(model, rate):
    """Compile a model whose last layer gives logits."""
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(rate), loss, metrics=["accuracy"])
    return model


@prediction(
    title="a quarter, nine times",
    aim="On its way back through one sigmoid layer, the gradient is multiplied by about 1/4. What is left of 1 after "
    "nine layers? One digit of accuracy will do, and you may write it as a power.",
    shapes="a number",
    hints=(
        "Factors along a chain multiply.",
        "After two layers a quarter of a quarter is left: 1/16.",
        "0.25 to the power of nine, in Python 0.25**9.",
    ),
    why="Four millionths are left: the first layer hears next to nothing of the mistakes that the last one makes.",
    rtol=0.15,
)
def predict_what_is_left():
    return 0.25**9


predict_what_is_left.mistake("The factors are added here. Along a chain they multiply.", 9 * 0.25)
predict_what_is_left.mistake("This divides by four only once. Each of the nine layers takes a quarter.", 0.25 / 9)
predict_what_is_left.mistake("That is one layer. The gradient has to pass nine of them.", 0.25)
predict_what_is_left.mistake("This is how many times smaller it gets. What is left is one divided by it.", 4.0**9)
predict_what_is_left.mistake("These are eight layers. There is one more to pass.", 0.25**8)
predict_what_is_left.mistake("These are ten layers. From the tenth to the first there are nine steps.", 0.25**10)
predict_what_is_left.mistake("A half for each layer is too much: the sigmoid's largest slope is a quarter.", 0.5**9)
predict_what_is_left.mistake("The base and the exponent are swapped.", 9**0.25)

predict_what_is_left.also(3.8e-6, 4e-6, 1 / 4**9, 2.0**-18)


@prediction(
    title="half of the units are silent",
    aim="With Glorot's start and ReLU, each layer multiplies the norm of the gradient by about the square root of 1/2. "
    "What is left of 1 after nine layers? Two decimals.",
    shapes="a number",
    hints=(
        "Nine equal factors multiply.",
        "Two of these factors together are a half. So eight of them are a sixteenth.",
        "0.5 to the power of 4.5.",
    ),
    why="About a twentieth is left. After thirty layers it would be three hundred-thousandths.",
    atol=0.006,
)
def predict_left_by_relu():
    return np.sqrt(0.5) ** 9


predict_left_by_relu.mistake(
    "The root is missing. Half of the squares are left in each layer, and a norm is the root of their sum.", 0.5**9
)
predict_left_by_relu.mistake("The factors are added here. Along a chain they multiply.", 9 * np.sqrt(0.5))
predict_left_by_relu.mistake("That is one layer. The gradient has to pass nine of them.", np.sqrt(0.5))
predict_left_by_relu.mistake("This is how many times smaller it gets. What is left is one divided by it.", 2**4.5)
predict_left_by_relu.mistake("These are eight layers. There is one more to pass.", np.sqrt(0.5) ** 8)
predict_left_by_relu.mistake("These are ten layers. From the tenth to the first there are nine steps.", 0.5**5)
predict_left_by_relu.mistake("With He's start all of it would be left. Glorot's has half of that variance.", 1.0)
predict_left_by_relu.mistake("A half divided by nine is another thing than nine factors.", np.sqrt(0.5) / 9)

predict_left_by_relu.also(0.04, 0.044, 0.5**4.5, np.float32(0.044194))


def _sigmoid_stack(depth=5, activation="sigmoid", normalised=True):
    """Return an untrained stack of Dense, BatchNormalization and an activation."""
    model = keras.Sequential([keras.Input((784,))])
    for _ in range(depth):
        model.add(layers.Dense(32))
        if normalised:
            model.add(layers.BatchNormalization())
        model.add(layers.Activation(activation))
    model.add(layers.Dense(10))
    return _compiled(model, 0.01)


@model_exercise(
    title="five sigmoid layers that learn",
    aim="Build five hidden layers of 32 units with the sigmoid, and normalise what goes into each sigmoid. Compile the "
    "model. The checker looks at how it is built, and does not train it.",
    shapes="x (m, 784), 0 … 1 -> (m, 10)",
    hints=(
        "The normalisation stands between the weighted sum and the sigmoid, so the Dense layer has no activation.",
        'Five times layers.Dense(32), layers.BatchNormalization(), layers.Activation("sigmoid"), best in a loop.',
        "model = keras.Sequential([keras.Input((784,))]), then model.add(…) in the loop, then model.add("
        "layers.Dense(10)), with a loss that knows of logits and keras.optimizers.Adam(0.01).",
    ),
    why="The slope of the sigmoid is as small as before. But on its way back the gradient is now divided by each sum's "
    "standard deviation, which is small as well.",
    data=digit_rows,
    layers=("Dense", *["BatchNormalization"] * 5, "Dense"),
)
def normalised_network():
    model = keras.Sequential([keras.Input((784,))])
    for _ in range(5):
        model.add(layers.Dense(32))
        model.add(layers.BatchNormalization())
        model.add(layers.Activation("sigmoid"))
    model.add(layers.Dense(10))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss, metrics=["accuracy"])
    return model


@normalised_network.mistake("The sigmoid is asked for here, to see that it can be helped. These layers have relu.")
def _():
    return _sigmoid_stack(activation="relu")


@normalised_network.mistake(
    "The sigmoid is asked for here. These layers have tanh, whose slope is up to four times as large."
)
def _():
    return _sigmoid_stack(activation="tanh")


@normalised_network.mistake("These are four hidden layers, and five are asked for.")
def _():
    return _sigmoid_stack(depth=4)


@normalised_network.mistake(
    "No activation follows the normalisation, so that all layers together are one linear layer."
)
def _():
    return _sigmoid_stack(activation="linear")


@normalised_network.mistake(
    "The normalisation stands behind the sigmoid here. It belongs in front, between the weighted sum and the sigmoid."
)
def _():
    model = keras.Sequential([keras.Input((784,))])
    for _ in range(5):
        model.add(layers.Dense(32, activation="sigmoid"))
        model.add(layers.BatchNormalization())
    model.add(layers.Dense(10))
    return _compiled(model, 0.01)


@normalised_network.mistake("There is no normalisation: layers.BatchNormalization() belongs in front of each sigmoid.")
def _():
    return _sigmoid_stack(normalised=False)


@normalised_network.mistake("Only the pixels are normalised. The layers behind them need it as well.")
def _():
    model = keras.Sequential([keras.Input((784,)), layers.BatchNormalization()])
    for _ in range(5):
        model.add(layers.Dense(32, activation="sigmoid"))
    model.add(layers.Dense(10))
    return _compiled(model, 0.01)


@normalised_network.also
def _():
    image = keras.Input((784,))
    a = image
    for _ in range(5):
        a = layers.Dense(32, use_bias=False)(a)
        a = layers.Activation("sigmoid")(layers.BatchNormalization(momentum=0.9)(a))
    return _compiled(keras.Model(image, layers.Dense(10)(a)), 0.005)


def _with_blocks(inner="relu", blocks=4, joined=layers.Add):
    """Return an untrained network whose blocks of two layers are joined with what came in."""
    image = keras.Input((784,))
    a = layers.Dense(32, activation="relu")(image)
    for _ in range(blocks):
        change = layers.Dense(32, activation=inner)(a)
        change = layers.Dense(32, kernel_initializer="zeros")(change)
        a = joined()([a, change])
    return _compiled(keras.Model(image, layers.Dense(10)(a)), 0.003)


@model_exercise(
    title="a residual network",
    aim="Write a network with the functional API: a first layer of 32 units with relu, then four residual blocks, "
    "then ten logits. In a block, a layer of 32 units with relu and a layer of 32 units without activation compute a "
    "change, which is added to what came in. Compile it; the checker trains it.",
    shapes="x (m, 784), 0 … 1 -> (m, 10)",
    hints=(
        "Keep what goes into the block under a name of its own, because it is needed twice.",
        'change = layers.Dense(32)(layers.Dense(32, activation="relu")(a)), and then a = layers.Add()([a, change]).',
        'The second layer of a block may start with kernel_initializer="zeros", so that each block begins by passing '
        "on what it gets.",
    ),
    why="One name used twice is all that a residual connection is, and it has no parameters.",
    data=digit_rows,
    bar=0.92,
    spread=0.015,
    epochs=8,
    batch_size=64,
    layers=("Dense", "Add", "Add", "Add", "Add", "Dense"),
)
def residual_network():
    image = keras.Input((784,))
    a = layers.Dense(32, activation="relu")(image)
    for _ in range(4):
        change = layers.Dense(32, activation="relu")(a)
        change = layers.Dense(32, kernel_initializer="zeros")(change)
        a = layers.Add()([a, change])
    model = keras.Model(image, layers.Dense(10)(a))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.003), loss, metrics=["accuracy"])
    return model


@residual_network.mistake("Concatenate lays the two side by side. In a residual block they are added: layers.Add().")
def _():
    return _with_blocks(joined=layers.Concatenate)


@residual_network.mistake("Average halves the way past the block, each time again. Add leaves it whole.")
def _():
    return _with_blocks(joined=layers.Average)


@residual_network.mistake("Multiply makes the block a factor again, and factors are what made the gradient vanish.")
def _():
    return _with_blocks(joined=layers.Multiply)


@residual_network.mistake("Without relu inside, a block can only add a linear change.")
def _():
    return _with_blocks(inner=None)


@residual_network.also
def _():
    image = keras.Input((784,))
    a = layers.Dense(32, activation="relu")(image)
    for _ in range(4):
        inner = layers.Dense(32, activation="relu", kernel_initializer="he_normal")(a)
        a = layers.add([a, layers.Dense(32, kernel_initializer="zeros")(inner)])
    return _compiled(keras.Model(image, layers.Dense(10)(a)), 0.003)


@model_exercise(
    title="fine-tuning",
    aim="Build 784-64-10 with relu and ten logits, give it all four arrays of cu.load_mnist_network().get_weights(), "
    "and train all of it on the hundred digits x and y with a small learning rate. Return it.",
    shapes="x (100, 784), 0 … 1; y (100,) whole numbers -> a trained model that gives (m, 10)",
    hints=(
        "The stored arrays come in the order W1, b1, W2, b2, which is that of model.set_weights.",
        "model.set_weights(cu.load_mnist_network().get_weights()) before fit. No layer is frozen.",
        "keras.optimizers.Adam(0.001), and model.fit(x, y, batch_size=20, epochs=60, verbose=0).",
    ),
    why="A good start and small steps: what was learned from 60,000 digits is adapted, and not thrown away.",
    data=a_hundred_rows,
    bar=0.94,
    spread=0.01,
    budget=50_890,
    layers=("Dense", "Dense"),
)
def fine_tuned_network(x, y):
    model = keras.Sequential([keras.Input((784,)), layers.Dense(64, activation="relu"), layers.Dense(10)])
    model.set_weights(cu.load_mnist_network().get_weights())
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.001), loss, metrics=["accuracy"])
    model.fit(x, y, batch_size=20, epochs=60, verbose=0)
    return model


def _from_stored(activation, last=None):
    """Return an untrained 784-64-10 with the stored weights and other activations."""
    model = keras.Sequential(
        [keras.Input((784,)), layers.Dense(64, activation=activation), layers.Dense(10, activation=last)]
    )
    model.set_weights(cu.load_mnist_network().get_weights())
    return _compiled(model, 0.001)


@fine_tuned_network.mistake("The stored weights were trained with relu. Behind another activation they mean nothing.")
def _():
    return _from_stored("sigmoid")


@fine_tuned_network.mistake(
    "The first layer is frozen, so only the head learns. In fine-tuning all weights take small steps."
)
def _():
    model = _from_stored("relu")
    model.layers[0].trainable = False
    return _compiled(model, 0.001)


@fine_tuned_network.mistake("The hidden layer has no activation. The stored weights were trained with relu.")
def _():
    return _from_stored(None)


@fine_tuned_network.mistake("The last layer has relu, which cuts off half of the logits.")
def _():
    return _from_stored("relu", "relu")


@fine_tuned_network.also
def _(x, y):
    W1, b1, W2, b2 = cu.load_mnist_network().get_weights()
    image = keras.Input((784,))
    hidden = layers.Dense(64, activation="relu")
    output = layers.Dense(10, activation="softmax")
    model = keras.Model(image, output(hidden(image)))
    hidden.set_weights([W1, b1])
    output.set_weights([W2, b2])
    model.compile(keras.optimizers.Adam(0.0005), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, batch_size=10, epochs=40, verbose=0)
    return model


def _fold_inputs() -> list[tuple]:
    def case(seed: int, n: int, units: int, size: float = 1.0) -> tuple:
        rng = np.random.default_rng(seed)
        W, b = rng.normal(size=(n, units)) * size, rng.normal(size=units)
        gamma, beta, mean = rng.normal(size=(3, units))
        return W, b, gamma, beta, mean, rng.uniform(0.1, 4, units)

    by_hand = np.array([[2.0]]), np.array([1.0]), np.array([3.0]), np.array([5.0]), np.array([4.0]), np.array([0.249])
    quiet = (*case(150, 3, 2)[:5], np.array([0.0, 1e-3]))  # units that hardly vary
    return [case(151, 4, 3), by_hand, case(152, 1, 5), case(153, 6, 1), quiet, case(154, 3, 3, 100.0)]


@exercise(
    title="a normalisation that costs nothing",
    aim="After training, a Dense layer and the batch normalisation behind it, with its stored means and variances, are "
    "one linear map. Give the weights and biases of the single Dense layer that computes the same. Keras adds 0.001 to "
    "each variance.",
    shapes="W (n, units), b, gamma, beta, mean, var (units,) -> W, b of the same shapes",
    hints=(
        "Write the output of one unit as gamma · (xW + b − mean) / √(var + 0.001) + beta, and collect what stands "
        "before x.",
        "Each column of W is multiplied by scale = gamma / √(var + 0.001).",
        "scale = gamma / np.sqrt(var + 0.001); return W * scale, (b - mean) * scale + beta",
    ),
    why="This is done before networks go into telephones: batch normalisation is for training, and then vanishes.",
    inputs=_fold_inputs,
    results=("W", "b"),
)
def fold_batch_norm(W, b, gamma, beta, mean, var):
    scale = gamma / np.sqrt(var + 0.001)  # (units,)
    return W * scale, (b - mean) * scale + beta


@fold_batch_norm.mistake("The root is missing: the variance's root is the standard deviation, which divides.")
def _(W, b, gamma, beta, mean, var):
    scale = gamma / (var + 0.001)
    return W * scale, (b - mean) * scale + beta


@fold_batch_norm.mistake("The 0.001 is missing. Keras adds it to the variance, below the root.")
def _(W, b, gamma, beta, mean, var):
    scale = gamma / np.sqrt(np.maximum(var, 1e-12))
    return W * scale, (b - mean) * scale + beta


@fold_batch_norm.mistake("The 0.001 stands outside the root. Keras adds it to the variance, below the root.")
def _(W, b, gamma, beta, mean, var):
    scale = gamma / (np.sqrt(var) + 0.001)
    return W * scale, (b - mean) * scale + beta


@fold_batch_norm.mistake("The bias is not scaled. It is part of the sum that is normalised.")
def _(W, b, gamma, beta, mean, var):
    scale = gamma / np.sqrt(var + 0.001)
    return W * scale, b - mean * scale + beta


@fold_batch_norm.mistake("The old bias is lost. It is part of the sum that is normalised.")
def _(W, b, gamma, beta, mean, var):
    scale = gamma / np.sqrt(var + 0.001)
    return W * scale, beta - mean * scale


@fold_batch_norm.mistake("The mean is not subtracted.")
def _(W, b, gamma, beta, mean, var):
    scale = gamma / np.sqrt(var + 0.001)
    return W * scale, b * scale + beta


@fold_batch_norm.mistake("The mean is added here. It is subtracted.")
def _(W, b, gamma, beta, mean, var):
    scale = gamma / np.sqrt(var + 0.001)
    return W * scale, (b + mean) * scale + beta


@fold_batch_norm.mistake("gamma is missing: the normalised sum is multiplied by it.")
def _(W, b, gamma, beta, mean, var):
    scale = 1 / np.sqrt(var + 0.001)
    return W * scale, (b - mean) * scale + beta


@fold_batch_norm.mistake("beta is missing: it is added at the end.")
def _(W, b, gamma, beta, mean, var):
    scale = gamma / np.sqrt(var + 0.001)
    return W * scale, (b - mean) * scale


@fold_batch_norm.mistake("beta is added last, after the scaling. Here it is scaled, too.")
def _(W, b, gamma, beta, mean, var):
    scale = gamma / np.sqrt(var + 0.001)
    return W * scale, (b - mean + beta) * scale


@fold_batch_norm.mistake("gamma and beta are swapped: gamma multiplies, and beta is added.")
def _(W, b, gamma, beta, mean, var):
    scale = beta / np.sqrt(var + 0.001)
    return W * scale, (b - mean) * scale + gamma


@fold_batch_norm.mistake("The weights are not scaled. The input passes through them before it is normalised.")
def _(W, b, gamma, beta, mean, var):
    scale = gamma / np.sqrt(var + 0.001)
    return W, (b - mean) * scale + beta


@fold_batch_norm.also
def _(W, b, gamma, beta, mean, var):
    nothing = np.zeros((1, len(W)))
    each = np.eye(len(W))
    deviation = (var + 0.001) ** 0.5

    def both(x):
        return gamma * (x @ W + b - mean) / deviation + beta

    return both(each) - both(nothing), both(nothing)[0]


@fold_batch_norm.also
def _(W, b, gamma, beta, mean, var):
    W, b = W.astype(float), b.astype(float)
    for j in range(len(b)):
        scale = gamma[j] * (var[j] + 1e-3) ** -0.5
        W[:, j] = W[:, j] * scale
        b[j] = (b[j] - mean[j]) * scale + beta[j]
    return W, b


@fold_batch_norm.also
def _(W, b, gamma, beta, mean, var):
    scale = np.diag(gamma / np.sqrt(0.001 + var))
    return W @ scale, b @ scale - mean @ scale + beta


@fold_batch_norm.payoff
def _(fold):
    rng = np.random.default_rng(15)
    x = rng.normal(size=(4, 6)).astype("float32")
    dense, normal = layers.Dense(3), layers.BatchNormalization()
    model = keras.Sequential([keras.Input((6,)), dense, normal])
    normal.set_weights([*rng.normal(size=(3, 3)), rng.uniform(0.5, 2, 3)])
    W, b = fold(*dense.get_weights(), *normal.get_weights())
    gap = np.abs(model.predict(x, verbose=0) - (x @ W + b)).max()
    parameters = model.count_params()
    print(f"Two Keras layers of {parameters} parameters, and yours of {W.size + b.size}: they differ by {gap:.0e}.")


zeros_that_learn = open_exercise(
    "zeros_that_learn",
    title="zeros that learn",
    task="In lesson 06 a network that started at zero could not learn: all its slopes were 0. In our residual network "
    "the second weight matrix of every block starts at zero, and it learns. Let the block be A + H W2, with "
    "H = relu(A W1), W1 random and W2 = 0. Derive the gradients of W2 and of W1 before the first step. Which of them "
    "is zero, for how long, and why do the units of H not stay alike?",
    answer="Call the gradient of the cost with respect to the block's output dC. Then the gradient of W2 is Hᵀ dC. It "
    "is not zero: H comes from the random W1, so its columns differ, and so do the rows of the gradient. "
    "After one step the rows of W2 are different, too: W1 has broken the symmetry.\n\n"
    "The gradient that arrives at H is dC W2ᵀ, which is zero as long as W2 is. So the gradient of W1 is zero in the "
    "first step, and only in the first one, since W2 is not zero after it. In lesson 06 the first matrix was zero as "
    "well. Every hidden unit said 0.5 to every example, and the four errors cancelled in Hᵀ dC: so nothing moved at "
    "all, not even W2.\n\n"
    "Meanwhile the layers below the block are not cut off, because dC also passes along the connection that adds A.",
    effort="hard",
    hints=(
        "Use lesson 07: for C = A + H W2, what are the gradients of W2 and of H, given dC?",
        "Are two columns of H equal? And what stood in H in lesson 06?",
    ),
)

which_transfer = open_exercise(
    "which_transfer",
    title="freeze, fine-tune, or start anew?",
    task="You have the network that was trained on MNIST. Say for each of these tasks whether you would freeze the "
    "first layer, fine-tune all of it, or train from scratch, and with which experiment you would check it: (a) 30 "
    "digits from the forms of one office; (b) 2,000 letters A to J in the form of MNIST; (c) a million digits from "
    "postcodes; (d) X-ray pictures with two classes.",
    answer="(a) The task is the same and the examples are few: fine-tune with a small learning rate and few epochs, "
    "head included, or keep the network as it is. (b) The strokes are alike, but the classes are new, so the head "
    "has to be new. With 200 letters for each class I would first train the head alone, with the first layer frozen, "
    "and then all of it at a small rate. (c) A million examples need no help: from scratch and fine-tuned will end "
    "close to each other, the latter sooner. (d) Pen strokes say little about X-rays, and the pictures have another "
    "size. A network trained on many photographs is the usual start here; ours is not.\n\n"
    "The experiment is always the same: both ways on the same training examples, over several seeds, judged on a "
    "validation set, with training from scratch and the untouched network as baselines.",
    effort="do",
    hints=(
        "How many examples are there, and how much does the new task resemble the old one?",
        "Which baselines did the lesson's table have?",
    ),
)
