"""Exercises of lesson 14: one window, how many places it has, a CNN under a budget, and a whole layer of kernels."""

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

import course_utils as cu
from course_utils.backend import load_keras
from course_utils.datasets.mnist_format import as_mnist
from course_utils.exercises import exercise, open_exercise, prediction
from course_utils.explorables.draw.strokes import THREE, draw_strokes
from course_utils.model_checks import model_exercise
from course_utils.style import SIGNED

load_keras()
import keras  # noqa: E402, I001
from keras import layers  # noqa: E402


def _window_inputs() -> list[tuple]:
    def case(seed: int, image: tuple, kernel: tuple, i: int, j: int, size: float = 1.0) -> tuple:
        rng = np.random.default_rng(seed)
        return rng.normal(size=image) * size, rng.normal(size=kernel), i, j

    by_hand = (np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([[1.0, 0.0], [0.0, 10.0]]), 0, 1)
    one = (np.array([[3.0]]), np.array([[2.0]]), 0, 0)
    return [
        case(110, (6, 6), (3, 3), 1, 2),
        by_hand,
        case(111, (5, 7), (3, 3), 2, 0),
        case(112, (9, 6), (2, 4), 3, 1),
        case(113, (5, 9), (3, 1), 0, 4, 1e6),
        one,
    ]


@exercise(
    title="one place of the window",
    aim="Lay the kernel on the image, with its upper left corner at row i, column j. Multiply each pixel by the "
    "weight on top of it, and add up the products.",
    shapes="image (height, width), kernel (h, w), two whole numbers -> number",
    hints=(
        "First cut the window out of the image with slices: h rows from i on, and w columns from j on.",
        "part = image[i : i + h, j : j + w] has the shape of the kernel. Multiply the two, and add up with .sum().",
        "h, w = kernel.shape; return (image[i : i + h, j : j + w] * kernel).sum()",
    ),
    why="A convolution is this one line, at every place of the image.",
    inputs=_window_inputs,
)
def window_sum(image, kernel, i, j):
    h, w = kernel.shape
    return (image[i : i + h, j : j + w] * kernel).sum()


@window_sum.mistake("This is the mean of the products. A convolution adds them up and does not divide.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return (part * kernel).mean()


@window_sum.mistake("These are the products. A window gives a single number, which is their sum.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return part * kernel


@window_sum.mistake("The weights are missing: each pixel is first multiplied by the weight on top of it.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return part.sum()


@window_sum.mistake("The operator @ multiplies rows by columns. Here each pixel meets one weight, which is *.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return (part @ kernel).sum()


@window_sum.mistake("The two places are swapped: i counts rows and comes first, j counts columns.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[j : j + h, i : i + w]
    return (part * kernel).sum()


@window_sum.mistake("The kernel is laid down as it is. Here it was turned round first.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return (part * kernel[::-1, ::-1]).sum()


@window_sum.mistake("The kernel is laid down as it is. Here it was transposed first.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return (part * kernel.T).sum()


@window_sum.mistake("Pixels and weights are added here. Each pixel is multiplied by its weight.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return (part + kernel).sum()


@window_sum.mistake(
    "Height and width are swapped: kernel.shape gives the rows first, so the window has h rows and w columns."
)
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + w, j : j + h]
    return (part * kernel).sum()


@window_sum.mistake("This window always lies at (0, 0). Its corner should stand at row i, column j.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[:h, :w]
    return (part * kernel).sum()


@window_sum.mistake("This is the largest product. A convolution adds them up, and the maximum comes with pooling.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return (part * kernel).max()


@window_sum.mistake(
    "The products are written into the image, because a slice is a view of it. Write part * kernel, which makes a new "
    "array."
)
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return np.multiply(part, kernel, out=part).sum()


@window_sum.mistake("A slice ends at a position and not after a length: write i : i + h.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    return (image[i:h, j:w] * kernel).sum()


window_sum.also(
    lambda image, kernel, i, j: np.sum(image.astype(np.float64)[i:, j:][: len(kernel), : kernel.shape[1]] * kernel)
)


@window_sum.also
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return np.vdot(part, kernel)


@window_sum.also
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return np.einsum("kl,kl->", part, kernel)


@window_sum.also
def _(image, kernel, i, j):
    total = 0
    for row in range(kernel.shape[0]):
        for column in range(kernel.shape[1]):
            total += image[i + row, j + column] * kernel[row, column]
    return total


@window_sum.payoff
def _(answer):
    image = as_mnist(draw_strokes(THREE)) / 255  # (28, 28)
    kernel = np.array([[-1.0, 0.0, 1.0]] * 3)
    feature_map = [[answer(image, kernel, i, j) for j in range(26)] for i in range(26)]
    print("Your window at all 26 x 26 places of a drawn 3: red where ink begins, blue where it ends.")
    figure = cu.plots.image_grid([feature_map], size=2.4, cmap=SIGNED, limits=(-3, 3), frame=True)
    cu.show(figure, alt="The left edges of a 3 in red, and its right edges in blue.")


@prediction(
    title="an edge kernel where there is no edge",
    aim="The kernel has the rows −1 0 1, three times. All nine pixels below it are 0.5. What is the sum?",
    shapes="a number",
    hints=(
        "Take out the common factor: 0.5 times something.",
        "It is 0.5 times the sum of the nine numbers.",
        "Three times −1, three times 0, three times 1: what do they add up to?",
    ),
    why="A kernel whose weights add up to 0 is blind to paper and to solid ink alike. It answers to edges only.",
)
def predict_even_area():
    return 0  # 0.5 * (−1 + 0 + 1), three times


predict_even_area.mistake("This is what the copying kernel gives, with its 1 in the middle and 0 around it.", 0.5)
predict_even_area.mistake(
    "This is nine times 0.5, the answer of a kernel of nine ones. Here three of the weights are negative.", 4.5
)
predict_even_area.mistake("This is the right column alone. The left one, with its −1, takes as much away.", 1.5)
predict_even_area.mistake("This is the left column alone. The right one brings as much back.", -1.5)
predict_even_area.mistake("Here the left column has lost its minus sign.", 3.0)
predict_even_area.mistake("Look at a single row: it gives −0.5 + 0 + 0.5.", 1.0)

predict_even_area.also(0, 0.0, np.float64(0), False)


@exercise(
    title="how many places a window has",
    aim="Count the places of a window of k pixels along a side of n, with stride s and padding p.",
    shapes="four whole numbers -> whole number",
    hints=(
        "Start with s = 1, p = 0: a window of 3 on 5 pixels. Its left edge may stand at 0, 1, 2.",
        "The last place of the left edge is n + 2p − k. Then count the steps of s up to there, and the start.",
        "Whole steps: (n + 2 * p - k) // s. The place at 0 counts too.",
    ),
    why="Every library computes the shapes of its maps by this line.",
    inputs=lambda: [
        (28, 3, 1, 0),
        (28, 5, 1, 2),
        (28, 3, 2, 1),
        (7, 3, 3, 0),
        (10, 4, 3, 1),
        (5, 5, 4, 0),
        (1, 1, 1, 0),
        (224, 7, 2, 3),
    ],
)
def feature_map_size(n, k, s, p):
    return (n + 2 * p - k) // s + 1


feature_map_size.mistake(
    "These are the steps. The place where the window starts counts, too: + 1.", lambda n, k, s, p: (n + 2 * p - k) // s
)
feature_map_size.mistake(
    "The padding is put on both sides, so it counts twice: 2 * p.", lambda n, k, s, p: (n + p - k) // s + 1
)
feature_map_size.mistake(
    "The stride is missing: of all places only every s-th is taken.", lambda n, k, s, p: n + 2 * p - k + 1
)
feature_map_size.mistake(
    "The size of the window is missing: its left edge cannot go beyond n + 2p − k.", lambda n, k, s, p: (n + 2 * p) // s
)
feature_map_size.mistake(
    "Part of a step is no place. The operator // rounds down.", lambda n, k, s, p: (n + 2 * p - k) / s + 1
)
feature_map_size.mistake(
    "Here the division rounds up, and the last window would stick out of the picture.",
    lambda n, k, s, p: -(-(n + 2 * p - k) // s) + 1,
)
feature_map_size.mistake(
    "The start is counted too early: first divide the way, n + 2p − k, by s, and then add 1.",
    lambda n, k, s, p: (n + 2 * p - k + 1) // s,
)
feature_map_size.mistake(
    "Part of a step is no place, even if it is more than half. The operator // rounds down.",
    lambda n, k, s, p: round((n + 2 * p - k) / s) + 1,
)
feature_map_size.mistake(
    "The window is taken away too late: first find the way of its left edge, n + 2p − k, and then divide it by s.",
    lambda n, k, s, p: (n + 2 * p) // s - k + 1,
)
feature_map_size.mistake("The padding is missing: the side is n + 2p pixels long.", lambda n, k, s, p: (n - k) // s + 1)
feature_map_size.mistake(
    "Padding makes the picture larger and not smaller: + 2 * p.", lambda n, k, s, p: (n - 2 * p - k) // s + 1
)

feature_map_size.also(
    lambda n, k, s, p: len(range(0, n + 2 * p - k + 1, s)),
    lambda n, k, s, p: int((n + 2 * p - k) / s) + 1,
    lambda n, k, s, p: (n + 2 * p - k + s) // s,
)


@feature_map_size.also
def _(n, k, s, p):
    return 1 + divmod(n - k + p + p, s)[0]


@feature_map_size.payoff
def _(answer):
    side = 224
    sizes = [side]
    for k, s, p in ((7, 2, 3), (3, 2, 1)):
        side = answer(side, k, s, p)
        sizes.append(side)
    print(f"ResNet, which won a competition in 2015, begins with {sizes[0]} x {sizes[0]} pixels.")
    print(
        f"By your formula its first convolution leaves {sizes[1]} x {sizes[1]} places, "
        f"and its pooling {sizes[2]} x {sizes[2]}."
    )


@prediction(
    title="parameters of the second convolution",
    aim="32 kernels of 5 x 5 read the 16 maps of the layer before, and each kernel has a bias. How many parameters "
    "does the layer have?",
    shapes="a whole number",
    hints=(
        "Count a single kernel first. It reads 16 maps at once, with a window of 5 x 5 weights for each of them.",
        "One kernel has 5 · 5 · 16 weights and one bias.",
        "All 32 kernels together have 32 · (5 · 5 · 16 + 1) parameters.",
    ),
    why="The size of the image does not occur in it, because the same weights serve every place.",
)
def predict_conv_parameters():
    return 32 * (5 * 5 * 16 + 1)


predict_conv_parameters.mistake(
    "A kernel reads all 16 maps, with a window of 5 x 5 weights for each of them. Here it is as flat as a picture.",
    32 * (5 * 5 + 1),
)
predict_conv_parameters.mistake("The biases are missing. There is one for each of the 32 kernels.", 32 * 5 * 5 * 16)
predict_conv_parameters.mistake(
    "A bias belongs to a kernel, and here each map that it reads has one.", 32 * 16 * (5 * 5 + 1)
)
predict_conv_parameters.mistake(
    "The two numbers of maps are swapped: 16 come in and 32 go out, so there are 32 biases.", 16 * (5 * 5 * 32 + 1)
)
predict_conv_parameters.mistake("This is the first layer, with 16 kernels on a single image.", 16 * (5 * 5 + 1))
predict_conv_parameters.mistake("This is a single kernel. There are 32 of them.", 5 * 5 * 16 + 1)
predict_conv_parameters.mistake(
    "Here each of the 8 x 8 places has parameters of its own. The same ones serve all places.",
    32 * (5 * 5 * 16 + 1) * 8 * 8,
)
predict_conv_parameters.mistake(
    "This is what a dense layer between the same maps would need. The weights of a convolution are local and shared.",
    12 * 12 * 16 * 8 * 8 * 32 + 8 * 8 * 32,
)

predict_conv_parameters.also(12_832, 12832.0, np.int64(12832), 32 * 401)


@prediction(
    title="what a unit sees",
    aim="A convolution with windows of 5 x 5, max pooling with squares of 2 x 2, and the same two once more. How many "
    "pixels along a side does a unit behind the second pooling see?",
    shapes="a whole number",
    hints=(
        "Go back one layer at a time. Behind the second pooling a unit sees 2 x 2 units of the second convolution.",
        "Two neighbours of the second convolution see 5 and 1 more, so 6 x 6 units of the first pooling. Each of those "
        "comes from 2 x 2 units of the first convolution.",
        "6 pooled units come from 12 of the first convolution, and 12 neighbours there see 12 + 5 − 1 pixels.",
    ),
    why="A unit far back sees much more than its own window: with each layer the field grows, and after a stride it "
    "grows faster.",
)
def predict_receptive_field():
    return 1 + 4 + 1 + 8 + 2  # each layer adds k − 1 times the strides before it


predict_receptive_field.mistake("This is the window of one convolution. Its inputs have windows of their own.", 5)
predict_receptive_field.mistake(
    "Two windows of 5 were added. But neighbouring windows overlap, and a pooling lies between them.", 10
)
predict_receptive_field.mistake(
    "This is two convolutions of 5 without a pooling. The pooling in between spreads the second window to twice as "
    "many pixels.",
    9,
)
predict_receptive_field.mistake(
    "This is what a unit of the second convolution sees. The pooling behind it puts neighbours together.", 14
)
predict_receptive_field.mistake(
    "Each window was taken times its square here. Windows that overlap add k − 1, times the strides before them.", 20
)
predict_receptive_field.mistake(
    "Each layer adds k − 1 here, as if neighbours always lay one pixel apart. Behind a pooling they lie two apart.", 11
)
predict_receptive_field.mistake("This is the first half of the network: a convolution and a pooling.", 6)
predict_receptive_field.mistake("This is the whole image. A unit behind the second pooling sees only a part of it.", 28)
predict_receptive_field.mistake(
    "So many units of the first convolution count. Each of them has a window of its own, so the field is larger.", 12
)

predict_receptive_field.also(16, 16.0, np.int64(16))


@cache
def digits_at_hand():
    """Give the digits that the lesson has, with a channel: x (m, 28, 28, 1), 0 … 1, y (m,), and the test set."""
    (x, y), (x_test, y_test) = cu.load_mnist(download=False)
    x, x_test = (part[..., np.newaxis].astype("float32") / 255 for part in (x, x_test))
    return (x, y.astype(int)), (x_test, y_test.astype(int))


def _by_source(full: float, digits: float) -> Callable[[], float]:
    """Return a setting that depends on the digits at hand: MNIST, or the few embedded ones."""

    def setting():
        (x, _), _ = digits_at_hand()
        return full if len(x) == 60_000 else digits

    return setting


def _cnn(first, second, size=5, activation="relu"):
    """Return two rounds of convolution and pooling with so many kernels, compiled; both activations are the same."""
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(first, size, activation=activation),
            layers.MaxPooling2D(),
            layers.Conv2D(second, size, activation=activation),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(10),
        ]
    )
    return _compiled(model)


def _compiled(model, rate=0.005):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(rate), loss, metrics=["accuracy"])
    return model


@model_exercise(
    title="a CNN under a budget",
    aim="Build and compile a convolutional network of at most 20,000 parameters that reads nearly all digits. The "
    "checker trains it, for 20 seconds at most.",
    shapes="x (m, 28, 28, 1), 0 … 1 -> (m, 10)",
    hints=(
        "The lesson's network has 18,378 parameters. The maps of its first layer are the large ones: what happens to "
        "its 1.05 million multiplications if that layer has half as many kernels?",
        "Conv2D, MaxPooling2D, Conv2D, MaxPooling2D, Flatten, Dense(10): with 8 and 24 kernels of 5 x 5 these are "
        "8,882 parameters. The rate of Adam may be larger than its usual 0.001, all the more if it falls toward the "
        "end, as in lesson 10: three epochs of the full set are 1,407 steps.",
        'model = keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(8, 5, activation="relu"), …]), then '
        "rate = keras.optimizers.schedules.CosineDecay(0.006, 1407), then model.compile(keras.optimizers.Adam(rate), "
        "keras.losses.SparseCategoricalCrossentropy(from_logits=True)), then return model.",
    ),
    why="About a forty-sixth of the dense network's parameters, and fewer mistakes: what it knows of pictures is built "
    "in. On the full set, with a constant rate of 0.005, this network ends at 98.3 to 98.9 %, as the seed will have "
    "it. With a rate that falls to 0 it ends at 98.9 or 99.0.",
    data=digits_at_hand,
    bar=_by_source(0.985, 0.97),
    spread=_by_source(0.002, 0.006),
    epochs=_by_source(3, 24),
    batch_size=128,
    budget=20_000,
    layers=("Conv2D", "Dense"),
)
def thrifty_cnn():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(8, 5, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(24, 5, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(10),
        ]
    )
    rate = keras.optimizers.schedules.CosineDecay(0.006, 1407)  # three epochs of the full set
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(rate), loss, metrics=["accuracy"])
    return model


@thrifty_cnn.mistake("There is no convolution behind the first one, so that nothing can put edges together.")
def _():
    return _compiled(
        keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                layers.Conv2D(8, 5, activation="relu"),
                layers.MaxPooling2D(),
                layers.Flatten(),
                layers.Dense(10),
            ]
        )
    )


@thrifty_cnn.mistake("The picture is pooled before a convolution has seen it, and fine strokes are lost.")
def _():
    return _compiled(
        keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                layers.MaxPooling2D(),
                layers.Conv2D(8, 5, activation="relu"),
                layers.Conv2D(16, 5, activation="relu"),
                layers.MaxPooling2D(),
                layers.Flatten(),
                layers.Dense(10),
            ]
        )
    )


@thrifty_cnn.mistake("Both convolutions have a single kernel, so that each layer sees one feature only.")
def _():
    return _cnn(1, 1)


@thrifty_cnn.mistake("The kernels are 1 x 1: such a window sees one pixel and no neighbour.")
def _():
    return _cnn(8, 16, size=1)


@thrifty_cnn.mistake("The convolutions end in a sigmoid, which is flat on both sides. Hidden layers take relu.")
def _():
    return _cnn(8, 16, activation="sigmoid")


@thrifty_cnn.mistake("The layers are there, and the optimizer has a rate at which the weights jump about.")
def _():
    return _compiled(_cnn(8, 16), rate=1.0)


@thrifty_cnn.also
def _():
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(12, 5, strides=2, padding="same")(image)  # (14, 14, 12)
    maps = layers.MaxPooling2D()(layers.Conv2D(32, 5)(layers.ReLU()(maps)))  # (5, 5, 32)
    outputs = layers.Dense(10, activation="softmax")(layers.Flatten()(layers.ReLU()(maps)))
    model = keras.Model(image, outputs)
    model.compile(keras.optimizers.Adam(0.002), "sparse_categorical_crossentropy")
    return model


@thrifty_cnn.also
def _():
    return _cnn(16, 32)


def _layer_inputs() -> list[tuple]:
    def case(seed: int, side: tuple, k: int, channels: int, filters: int) -> tuple:
        rng = np.random.default_rng(seed)
        kernel = rng.normal(size=(k, k, channels, filters))
        return rng.normal(size=(*side, channels)), kernel, rng.normal(size=filters)

    return [
        case(115, (5, 6), 3, 2, 4),
        case(116, (4, 4), 2, 1, 3),
        case(117, (6, 5), 1, 3, 2),
        case(118, (5, 5), 5, 3, 1),
        case(119, (8, 7), 3, 4, 5),
    ]


@exercise(
    title="a whole layer",
    aim="Compute a whole layer: each filter adds up what its windows give on all channels, adds its bias, and ends "
    "with ReLU.",
    shapes="x (h, w, channels), kernel (k, k, channels, filters), bias (filters,) -> (h - k + 1, w - k + 1, filters)",
    hints=(
        "Begin with one filter f and one channel c: kernel[:, :, c, f] is a plain kernel for the picture x[:, :, c].",
        "Apply cu.conv2d to every channel, add up the results and bias[f], and take cu.relu: the map of filter f.",
        "Collect the maps in a list. Then np.stack(maps, axis=-1) puts the filters last, as Keras has them.",
    ),
    why="This is the whole of Conv2D. Keras only does it faster, and for a batch of images.",
    inputs=_layer_inputs,
    rtol=1e-5,
    atol=1e-6,
)
def conv_layer(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(cu.relu(sum(channels) + bias[f]))
    return np.stack(maps, axis=-1)


@conv_layer.mistake("The bias is missing. Each filter has one.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(cu.relu(sum(channels)))
    return np.stack(maps, axis=-1)


@conv_layer.mistake("The ReLU is missing: a negative sum becomes 0.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(sum(channels) + bias[f])
    return np.stack(maps, axis=-1)


@conv_layer.mistake("The bias comes too late. It is added before the ReLU, as in a dense layer.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(cu.relu(sum(channels)) + bias[f])
    return np.stack(maps, axis=-1)


@conv_layer.mistake("The channels are averaged here. They are added up.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(cu.relu(np.mean(channels, axis=0) + bias[f]))
    return np.stack(maps, axis=-1)


@conv_layer.mistake("One ReLU at the end, not one for each channel.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(sum(cu.relu(m) for m in channels) + bias[f])
    return np.stack(maps, axis=-1)


@conv_layer.mistake(
    "One ReLU at the end, not one for each channel: what is negative in one map has to count against the others."
)
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(cu.relu(sum(cu.relu(m) for m in channels) + bias[f]))
    return np.stack(maps, axis=-1)


@conv_layer.mistake("Only the first channel is read. A filter has a window of weights for each of them.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(cu.relu(channels[0] + bias[f]))
    return np.stack(maps, axis=-1)


@conv_layer.mistake("Each channel overwrites the one before, so that only the last one counts. Add them up: +=.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        for c in range(x.shape[2]):
            total = cu.conv2d(x[:, :, c], kernel[:, :, c, f])
        maps.append(cu.relu(total + bias[f]))
    return np.stack(maps, axis=-1)


@conv_layer.mistake("The bias is added for each channel. A filter has a single bias, which is added once.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(cu.relu(sum(m + bias[f] for m in channels)))
    return np.stack(maps, axis=-1)


@conv_layer.mistake("The filters come first here. Keras has them last: np.stack(maps, axis=-1).")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(cu.relu(sum(channels) + bias[f]))
    return np.stack(maps, axis=0)


@conv_layer.mistake("The kernel is laid down as it is. Here it was turned round first.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f][::-1, ::-1]) for c in range(x.shape[2])]
        maps.append(cu.relu(sum(channels) + bias[f]))
    return np.stack(maps, axis=-1)


@conv_layer.mistake("Only one of the channels is kept. All of them count: add them up.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(cu.relu(max(channels, key=np.sum) + bias[f]))
    return np.stack(maps, axis=-1)


@conv_layer.mistake("The kernel is laid down as it is. Here it was transposed first.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f].T) for c in range(x.shape[2])]
        maps.append(cu.relu(sum(channels) + bias[f]))
    return np.stack(maps, axis=-1)


conv_layer.also(
    lambda x, kernel, bias: cu.relu(np.tensordot(sliding_window_view(x, kernel.shape[:3])[:, :, 0], kernel, 3) + bias)
)


@conv_layer.also
def _(x, kernel, bias):
    places = sliding_window_view(x, kernel.shape[:2], axis=(0, 1))
    return np.maximum(np.einsum("ijckl,klcf->ijf", places, kernel) + bias, 0)


@conv_layer.also
def _(x, kernel, bias):
    k = kernel.shape[0]
    out = np.zeros((x.shape[0] - k + 1, x.shape[1] - k + 1, bias.size), np.float32)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = x[i : i + k, j : j + k].reshape(-1) @ kernel.reshape(-1, bias.size) + bias
    return out * (out > 0)


shared_gradient = open_exercise(
    "shared_gradient",
    title="how a shared weight learns",
    task="Let D be the gradient of the cost with respect to a feature map, D[i, j] = ∂J/∂map[i, j], where map = "
    "cu.conv2d(image, kernel). Derive the gradient of the cost with respect to one weight of the kernel, "
    "∂J/∂kernel[k, l]. Which operation, applied to which two arrays, gives all of them at once? Check it with "
    "cu.numerical_gradient.",
    answer="The weight kernel[k, l] is used once at every place (i, j), where it multiplies the pixel image[i + k, "
    "j + l]. A nudge of the weight moves map[i, j] by that pixel times the nudge, and this moves J by D[i, j] times as "
    "much. The number is used at many places, so the slopes that come back are added, as at each fork of lesson 07:\n\n"
    "$$\\frac{\\partial J}{\\partial \\mathrm{kernel}[k, l]} = \\sum_{i, j} D[i, j]\\; "
    "\\mathrm{image}[i + k,\\, j + l]$$\n\n"
    "This is a convolution again: D is laid on the image with its corner at (k, l), and the products are added up. So "
    "the gradient of the kernel is cu.conv2d(image, D), and it has the shape of the kernel.\n\n"
    "```python\n"
    "rng = np.random.default_rng(0)\n"
    "image, kernel = rng.random((6, 6)), rng.normal(size=(3, 3))\n"
    "\n\n"
    "def cost(kernel):\n"
    "    return np.sum(cu.conv2d(image, kernel) ** 2)\n"
    "\n\n"
    "D = 2 * cu.conv2d(image, kernel)  # (4, 4), of the cost above\n"
    "print(np.allclose(cu.conv2d(image, D), cu.numerical_gradient(cost, kernel)))\n"
    "```\n\n"
    "It prints True.",
    effort="hard",
)

where_to_convolve = open_exercise(
    "where_to_convolve",
    title="where would you use a convolution?",
    task="A convolution takes for granted that neighbours belong together, and that what is worth finding at one place "
    "is worth finding at every place. Judge both for (a) a table with age, income, height and blood pressure; (b) a "
    "minute of recorded sound; (c) passport photographs, in which the eyes always lie at the same height; (d) a month "
    "of temperatures, one an hour. Where would you use a convolution, and of which shape would the kernel be?",
    answer="(a) No. The columns have no order in which neighbours would belong together: the table says the same if "
    "they are shuffled, as the scrambled pixels did to the dense network. A dense layer is right.\n\n"
    "(b) Yes. Sound is a row of numbers, moments that follow each other belong together, and a vowel is a vowel in the "
    "third second and in the fiftieth. The kernel is a window in time, of one dimension (`layers.Conv1D`).\n\n"
    "(c) Partly. Neighbouring pixels belong together, and edges occur everywhere, so shared kernels are right in the "
    "first layers. But an eye is worth looking for in one place only, so later layers may well have weights of their "
    "own for each place, as the dense layer at the end of our network has.\n\n"
    "(d) Yes, along the hours: a sudden fall looks alike on every day. If day and night matter, a window of 24 hours "
    "sees a whole day. What depends on the date itself, such as the season, has to be given in another way.",
    effort="do",
)
