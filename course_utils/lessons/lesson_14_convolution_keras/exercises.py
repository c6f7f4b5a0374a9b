"""Exercises of lesson 14: one window, how many places it has, max pooling, and a whole layer of kernels."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

import course_utils as cu
from course_utils.exercises import exercise, prediction


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
    aim="Lay the kernel on the image with its upper-left corner at row i, column j. Multiply number by number, add up.",
    shapes="image (height, width), kernel (h, w), two whole numbers -> number",
    hints=(
        "Cut the window out of the image by slices: rows i to i + h, columns j to j + w.",
        "part = image[i : i + h, j : j + w] has the kernel's shape. Then `*` and `.sum()`.",
        "h, w = kernel.shape; return (image[i : i + h, j : j + w] * kernel).sum()",
    ),
    why="A convolution is this one line, at every place of the image.",
    inputs=_window_inputs,
)
def window_sum(image, kernel, i, j):
    h, w = kernel.shape
    return (image[i : i + h, j : j + w] * kernel).sum()


@window_sum.mistake("A mean divides by the number of pixels. Here they are added.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return (part * kernel).mean()


@window_sum.mistake("These are the products. The window gives one number: their sum.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return part * kernel


@window_sum.mistake("Each pixel is multiplied by the kernel's number above it first.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return part.sum()


@window_sum.mistake("@ multiplies rows by columns. Here pixel meets number: *.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return (part @ kernel).sum()


@window_sum.mistake("i counts rows, so it comes first.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[j : j + h, i : i + w]
    return (part * kernel).sum()


@window_sum.mistake("The kernel is laid down as it is, not turned round.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return (part * kernel[::-1, ::-1]).sum()


@window_sum.mistake("The kernel is laid down as it is, not transposed.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return (part * kernel.T).sum()


@window_sum.mistake("Pixel times number, not plus.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return (part + kernel).sum()


@window_sum.mistake("kernel.shape gives rows first: h rows, w columns.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + w, j : j + h]
    return (part * kernel).sum()


@window_sum.mistake("The corner stands at (i, j), not always at (0, 0).")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[:h, :w]
    return (part * kernel).sum()


@window_sum.mistake("The products are added up. The maximum comes with pooling.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return (part * kernel).max()


@window_sum.mistake("The products are written into the image: part is a view of it. part * kernel makes a new array.")
def _(image, kernel, i, j):
    h, w = kernel.shape
    part = image[i : i + h, j : j + w]
    return np.multiply(part, kernel, out=part).sum()


@window_sum.mistake("A slice ends at a position, not after a length: i : i + h.")
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


@prediction(
    title="an edge kernel where there is no edge",
    aim="The kernel has the rows −1 0 1, three times. All nine pixels below it are 0.5. What is the sum?",
    shapes="a number",
    hints=(
        "Take out the common factor: 0.5 times something.",
        "It is 0.5 times the sum of the nine numbers.",
        "Three times −1, three times 0, three times 1: what do they add up to?",
    ),
    why="Such a kernel is blind to paper and to solid ink alike: it answers to edges only.",
)
def predict_even_area():
    return 0  # 0.5 * (−1 + 0 + 1), three times


predict_even_area.mistake("That is what the copying kernel gives: 1 in the middle, 0 around it.", 0.5)
predict_even_area.mistake("That is nine times 0.5: the kernel of nine ones.", 4.5)
predict_even_area.mistake("That is the right column alone. The left one takes as much away.", 1.5)
predict_even_area.mistake("That is the left column alone. The right one brings as much back.", -1.5)
predict_even_area.mistake("The left column counts too, with its minus sign.", 3.0)
predict_even_area.mistake("Each row gives −0.5 + 0 + 0.5.", 1.0)

predict_even_area.also(0, 0.0, np.float64(0), False)


@prediction(
    title="a border that keeps the size",
    aim="A window of 5 x 5 walks over 8 x 8 pixels, one pixel a step. How wide a border p makes 8 x 8 places?",
    shapes="a whole number",
    hints=(
        "Without a border, how many places are there along a side?",
        "There are 4, so 4 are missing. The border is put on both sides.",
        "With a border of p the side is 8 + 2p. The window fits in 8 + 2p − 5 + 1 places. That is to be 8.",
    ),
    why='At stride 1 and an odd k it is (k − 1) / 2, however large the picture. Keras calls it padding="same".',
)
def predict_same_padding():
    return 2  # (5 − 1) / 2


predict_same_padding.mistake("Without a border 4 places are left: 8 − 5 + 1.", 0)
predict_same_padding.mistake("That is enough for a window of 3 x 3. Here 6 places come out.", 1)
predict_same_padding.mistake("Four places are missing, yet the border is put on both sides.", 4)
predict_same_padding.mistake("That is the window's size. The border adds twice its width.", 5)
predict_same_padding.mistake("Half of k is no whole pixel. The window's middle stands on a pixel: (k − 1) / 2.", 2.5)
predict_same_padding.mistake("That is one too many: 10 places come out.", 3)

predict_same_padding.also(2, 2.0, np.int64(2))


@exercise(
    title="how many places a window has",
    aim="Count the places of a window of k pixels along a side of n, with stride s and padding p.",
    shapes="four whole numbers -> whole number",
    hints=(
        "Start with s = 1, p = 0: a window of 3 on 5 pixels. Its left edge may stand at 0, 1, 2.",
        "The last place of the left edge is n + 2p − k. Then count the steps of s up to there, and the start.",
        "Whole steps: (n + 2 * p - k) // s. The place at 0 counts too.",
    ),
    why="Every library computes its output shapes by this line.",
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


feature_map_size.mistake("The first place counts too: + 1.", lambda n, k, s, p: (n + 2 * p - k) // s)
feature_map_size.mistake("Padding is put on both sides: 2 * p.", lambda n, k, s, p: (n + p - k) // s + 1)
feature_map_size.mistake("The stride is missing: only every s-th place is taken.", lambda n, k, s, p: n + 2 * p - k + 1)
feature_map_size.mistake(
    "The window's own size is missing: its edge cannot go beyond n + 2p − k.", lambda n, k, s, p: (n + 2 * p) // s
)
feature_map_size.mistake("A part of a step is no place. // rounds down.", lambda n, k, s, p: (n + 2 * p - k) / s + 1)
feature_map_size.mistake(
    "That rounds up: the last window would stick out.", lambda n, k, s, p: -(-(n + 2 * p - k) // s) + 1
)
feature_map_size.mistake(
    "Divide the way of n + 2p − k by s, then count the start: + 1 comes last.",
    lambda n, k, s, p: (n + 2 * p - k + 1) // s,
)
feature_map_size.mistake("The padding is missing.", lambda n, k, s, p: (n - k) // s + 1)
feature_map_size.mistake("Padding makes the picture larger: + 2 * p.", lambda n, k, s, p: (n - 2 * p - k) // s + 1)

feature_map_size.also(
    lambda n, k, s, p: len(range(0, n + 2 * p - k + 1, s)),
    lambda n, k, s, p: int((n + 2 * p - k) / s) + 1,
    lambda n, k, s, p: (n + 2 * p - k + s) // s,
)


@feature_map_size.also
def _(n, k, s, p):
    return 1 + divmod(n - k + p + p, s)[0]


def _pool_inputs() -> list[tuple]:
    rng = np.random.default_rng(114)
    by_hand = np.array([[1.0, 5.0, 0.0, 0.0], [2.0, 3.0, 0.0, 7.0]])
    shapes = ((6, 4), (2, 2), (4, 10), (8, 8))
    return [(by_hand,), *((rng.normal(size=shape),) for shape in shapes), (-np.arange(24.0).reshape(4, 6),)]


@exercise(
    title="max pooling",
    aim="Keep the largest number of each square of 2 x 2. Height and width of the map are even.",
    shapes="F (height, width) -> (height / 2, width / 2)",
    hints=(
        "Four numbers compete for each place. Where do the upper-left ones of all squares stand in F?",
        "F[::2, ::2] are the upper-left ones, F[1::2, ::2] those below. np.maximum takes the larger of two arrays.",
        "Or: F.reshape(h // 2, 2, w // 2, 2) has the rows of a square on axis 1, its columns on axis 3. Then .max.",
    ),
    why="A quarter of the numbers is left, and a feature may move by a pixel without being lost.",
    inputs=_pool_inputs,
)
def max_pool(F):
    h, w = F.shape
    return F.reshape(h // 2, 2, w // 2, 2).max(axis=(1, 3))


max_pool.mistake(
    "That is the mean of each square.", lambda F: F.reshape(F.shape[0] // 2, 2, F.shape[1] // 2, 2).mean(axis=(1, 3))
)
max_pool.mistake("That keeps the upper-left number of each square, whatever the others are.", lambda F: F[::2, ::2])
max_pool.mistake(
    "That is the smallest number.", lambda F: F.reshape(F.shape[0] // 2, 2, F.shape[1] // 2, 2).min(axis=(1, 3))
)
max_pool.mistake("That is one number for the whole map. Each square keeps its own.", lambda F: F.max())
max_pool.mistake("Rows are halved, columns not yet.", lambda F: np.maximum(F[::2], F[1::2]))
max_pool.mistake("Columns are halved, rows not yet.", lambda F: np.maximum(F[:, ::2], F[:, 1::2]))
max_pool.mistake("Only two of the four corners compete.", lambda F: np.maximum(F[::2, ::2], F[1::2, 1::2]))
max_pool.mistake(
    "Look at the axes: this takes four neighbours of one row. Use reshape(h // 2, 2, w // 2, 2).",
    lambda F: F.reshape(F.shape[0] // 2, F.shape[1] // 2, 2, 2).max(axis=(2, 3)),
)
max_pool.mistake(
    "Here the squares overlap. They stand side by side: every second place, [::2, ::2].",
    lambda F: np.lib.stride_tricks.sliding_window_view(F, (2, 2)).max(axis=(2, 3)),
)
max_pool.mistake(
    "Negative numbers stay: the ReLU comes before pooling, it is no part of it.",
    lambda F: np.maximum(F.reshape(F.shape[0] // 2, 2, F.shape[1] // 2, 2).max(axis=(1, 3)), 0),
)

max_pool.mistake(
    "Look at the axes: after reshape(h // 2, 2, w // 2, 2) the pairs lie on axes 1 and 3.",
    lambda F: F.reshape(F.shape[0] // 2, 2, F.shape[1] // 2, 2).max(axis=(0, 2)),
)
max_pool.also(
    lambda F: np.maximum(np.maximum(F[::2, ::2], F[1::2, ::2]), np.maximum(F[::2, 1::2], F[1::2, 1::2])),
    lambda F: np.lib.stride_tricks.sliding_window_view(F, (2, 2))[::2, ::2].max(axis=(2, 3)),
    lambda F: np.maximum(F[::2], F[1::2]).reshape(len(F) // 2, -1, 2).max(axis=2).astype(np.float64),
)


@max_pool.also
def _(F):
    out = np.zeros((F.shape[0] // 2, F.shape[1] // 2))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = F[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max()
    return out


@prediction(
    title="numbers of the second layer",
    aim="32 kernels of 5 x 5 read all 16 maps of the layer before, with a bias each. How many numbers are learned?",
    shapes="a whole number",
    hints=(
        "Count one kernel first. It reads 16 maps at once, and each of them has its own 5 x 5 numbers.",
        "One kernel has 5 · 5 · 16 numbers and one bias.",
        "32 · (5 · 5 · 16 + 1).",
    ),
    why="The size of the image is not in it: the same numbers serve every place.",
)
def predict_conv_parameters():
    return 32 * (5 * 5 * 16 + 1)


predict_conv_parameters.mistake("A kernel reads all 16 maps, each with its own 5 x 5 numbers.", 32 * (5 * 5 + 1))
predict_conv_parameters.mistake("The biases are missing: one for each of the 32 kernels.", 32 * 5 * 5 * 16)
predict_conv_parameters.mistake("A bias belongs to a kernel, not to each map that it reads.", 32 * 16 * (5 * 5 + 1))
predict_conv_parameters.mistake("16 maps come in, 32 go out: there are 32 biases.", 16 * (5 * 5 * 32 + 1))
predict_conv_parameters.mistake("That is the first layer: 16 kernels on one image.", 16 * (5 * 5 + 1))
predict_conv_parameters.mistake("That is one kernel. There are 32.", 5 * 5 * 16 + 1)
predict_conv_parameters.mistake("The same numbers serve all 8 x 8 places.", 32 * (5 * 5 * 16 + 1) * 8 * 8)
predict_conv_parameters.mistake("That is a dense layer between the same maps.", 12 * 12 * 16 * 8 * 8 * 32 + 8 * 8 * 32)

predict_conv_parameters.also(12_832, 12832.0, np.int64(12832), 32 * 401)


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
    aim="Compute a layer: each filter adds up its maps over the channels, adds its bias, and ends with ReLU.",
    shapes="x (h, w, channels), kernel (k, k, channels, filters), bias (filters,) -> (h - k + 1, w - k + 1, filters)",
    hints=(
        "Take one filter f and one channel c: kernel[:, :, c, f] is a plain 3 x 3 kernel for the image x[:, :, c].",
        "cu.conv2d for every channel, added up, plus bias[f], then cu.relu: that is the map of filter f.",
        "Collect the maps in a list; np.stack(maps, axis=-1) puts the filters last, as Keras has them.",
    ),
    why="This is Conv2D. Keras only does it faster, and for a whole batch.",
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


@conv_layer.mistake("The bias is missing: one number for each filter.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(cu.relu(sum(channels)))
    return np.stack(maps, axis=-1)


@conv_layer.mistake("The ReLU is missing: negative sums become 0.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(sum(channels) + bias[f])
    return np.stack(maps, axis=-1)


@conv_layer.mistake("The bias is added before the ReLU, as in a dense layer.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(cu.relu(sum(channels)) + bias[f])
    return np.stack(maps, axis=-1)


@conv_layer.mistake("Channels are added up, not averaged.")
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


@conv_layer.mistake("Only the first channel is read.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(cu.relu(channels[0] + bias[f]))
    return np.stack(maps, axis=-1)


@conv_layer.mistake("The bias is added once, not for each channel.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(cu.relu(sum(m + bias[f] for m in channels)))
    return np.stack(maps, axis=-1)


@conv_layer.mistake("Keras has the filters last: np.stack(maps, axis=-1).")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(cu.relu(sum(channels) + bias[f]))
    return np.stack(maps, axis=0)


@conv_layer.mistake("The kernel is laid down as it is, not turned round.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f][::-1, ::-1]) for c in range(x.shape[2])]
        maps.append(cu.relu(sum(channels) + bias[f]))
    return np.stack(maps, axis=-1)


@conv_layer.mistake("All channels count: add them up.")
def _(x, kernel, bias):
    maps = []
    for f in range(len(bias)):
        channels = [cu.conv2d(x[:, :, c], kernel[:, :, c, f]) for c in range(x.shape[2])]
        maps.append(cu.relu(max(channels, key=np.sum) + bias[f]))
    return np.stack(maps, axis=-1)


@conv_layer.mistake("The kernel is laid down as it is, not transposed.")
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
