"""Exercises of lesson 11: a random start, what a summary counts, RMSprop's step, composition, pairs mixed up."""

import numpy as np

from course_utils.backend import load_keras
from course_utils.exercises import exercise, prediction


@prediction(
    title="how far Glorot's dice go",
    aim="A Dense layer leads from 784 pixels to 10 units. What is the limit of Glorot's uniform start? Four decimals.",
    shapes="a number",
    hints=(
        "n_in counts what comes in, n_out the units.",
        "784 + 10 = 794 stands under the 6.",
        "The root of 6 / 794.",
    ),
    why="The more numbers a unit adds up, the smaller each weight: so its sum stays of ordinary size.",
    atol=4e-5,
)
def predict_start_limit():
    return np.sqrt(6 / (784 + 10))


predict_start_limit.mistake("The root is missing.", 6 / 794)
predict_start_limit.mistake("The ten units are missing: n_in + n_out = 794.", np.sqrt(6 / 784))
predict_start_limit.mistake("The 784 inputs are missing: n_in + n_out = 794.", np.sqrt(6 / 10))
predict_start_limit.mistake(
    "That is the deviation of Glorot's start. Uniform dice go √3 times as far: 6, not 2.", np.sqrt(2 / 794)
)
predict_start_limit.mistake(
    "That is He's deviation. Keras's Dense starts as Glorot says, with 6 / (784 + 10).", np.sqrt(2 / 784)
)
predict_start_limit.mistake("Added, not multiplied: 784 + 10.", np.sqrt(6 / 7840))
predict_start_limit.mistake("Every one of the ten units counts: 784 + 10.", np.sqrt(6 / (784 + 1)))
predict_start_limit.mistake("Upside down: more inputs ask for smaller weights.", np.sqrt(794 / 6))

predict_start_limit.also(0.0869, 0.08693, (6 / 794) ** 0.5, np.float32(0.08692953))


@prediction(
    title="a weight whose pixel never has ink",
    aim="A pixel is 0 in every image. Its weight starts at 0.05. What is it after 100 steps of SGD at a rate of 0.1?",
    shapes="a number",
    hints=(
        "Which three numbers are multiplied in a step of this weight?",
        "A step is rate · input · error, and the input is 0.",
        "Each of the 100 steps is 0: the weight is where it was.",
    ),
    why="What never comes in is never learned. Such weights keep their random start, in any dense network.",
)
def predict_blank_weight():
    return 0.05  # each step is rate · input · error, and the input is 0


predict_blank_weight.mistake("Nothing pulls it to 0. Where the input is 0, the step is 0.", 0)
predict_blank_weight.mistake(
    "A step is the rate times the slope. The slope has the input as a factor: 0.", 0.05 - 100 * 0.1
)
predict_blank_weight.mistake("The weight itself is no part of the slope. The input is: 0.", 0.05 - 100 * 0.1 * 0.05)
predict_blank_weight.mistake("It would shrink so with weight decay. Plain SGD has none.", 0.05 * (1 - 0.1) ** 100)
predict_blank_weight.mistake("Nothing multiplies the weight: a step is subtracted, and here it is 0.", 0.05 * 0.1)
predict_blank_weight.mistake("The sign would need steps to change. All of them are 0.", -0.05)
predict_blank_weight.mistake("That is the rate. It multiplies a slope of 0.", 0.1)

predict_blank_weight.also(0.05, 1 / 20, np.float64(0.05), 0.05 - 100 * 0.1 * 0)


@exercise(
    title="the last line of a summary",
    aim="Count all weights and biases of a stack of Dense layers, given the sizes from the input to the output.",
    shapes="sizes (layers + 1) whole numbers, as [784, 512, 10] -> a whole number",
    hints=(
        "A layer sees only its two neighbouring sizes: what comes in, and its own units.",
        "Each unit has one weight for each of its inputs and one bias: (n_in + 1) numbers.",
        "zip(sizes, sizes[1:]) gives the pairs n_in, units; add up (n_in + 1) * units.",
    ),
    why="The same sum explains every line of a summary, however deep the stack.",
    inputs=lambda: [
        ([784, 512, 10],),
        ([1, 1],),
        ([3, 2],),
        ([784, 1024, 512, 256, 128, 64, 10],),
        ([7, 7, 7, 7],),
        ([5, 1, 9, 2],),
    ],
)
def stack_parameters(sizes):
    return sum((n_in + 1) * units for n_in, units in zip(sizes[:-1], sizes[1:], strict=True))


stack_parameters.mistake(
    "The biases are missing: one for each unit.", lambda sizes: sum(a * b for a, b in zip(sizes, sizes[1:]))
)
stack_parameters.mistake(
    "The bias went to the inputs: n_in of them. Each unit has one, so add 1 to n_in.",
    lambda sizes: sum((a + 1) * b for a, b in zip(sizes[1:], sizes)),
)
stack_parameters.mistake(
    "The input has no biases: its numbers are given, not computed.",
    lambda sizes: sum(a * b for a, b in zip(sizes, sizes[1:])) + sum(sizes),
)
stack_parameters.mistake(
    "One bias for each layer was added. Each unit has its own.",
    lambda sizes: sum(a * b for a, b in zip(sizes, sizes[1:])) + len(sizes) - 1,
)
stack_parameters.mistake("That is the first layer alone. Add up all of them.", lambda sizes: (sizes[0] + 1) * sizes[1])
stack_parameters.mistake("That is the last layer alone. Add up all of them.", lambda sizes: (sizes[-2] + 1) * sizes[-1])
stack_parameters.mistake(
    "All sizes are multiplied through. Only neighbouring layers are connected.", lambda sizes: int(np.prod(sizes))
)
stack_parameters.mistake("These are the units, so the biases. The weights are missing.", lambda sizes: sum(sizes[1:]))
stack_parameters.mistake(
    "These are the sizes added up. Weights sit between two layers: multiply neighbours.", lambda sizes: sum(sizes)
)
stack_parameters.mistake(
    "Every layer was connected to the input. A layer sees the one before it.",
    lambda sizes: sum((n_in + 1) * units for n_in in sizes[:1] for units in sizes[1:]),
)

stack_parameters.also(
    lambda sizes: sum(a * b + b for a, b in zip(sizes[:-1], sizes[1:])),
    lambda sizes: np.dot(np.array(sizes[:-1]) + 1, sizes[1:]),
    lambda sizes: float(sum(np.zeros((n_in + 1, units)).size for n_in, units in zip(sizes, sizes[1:]))),
)


@stack_parameters.also
def _(sizes):
    total = 0
    for i in range(1, len(sizes)):
        total += sizes[i - 1] * sizes[i] + sizes[i]
    return total


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
    why="The gradient's size cancels: at the first step every weight moves 0.00316, whatever its slope.",
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


@rmsprop_step.mistake("rho and 1 - rho changed places: rho is the share that s keeps.")
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


@rmsprop_step.mistake("s is a mean of squares: g**2.")
def _(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * np.abs(g)
    return w - rate * g / np.sqrt(s + 1e-7), s


@rmsprop_step.mistake("The square is missing: s is a mean of g**2, and a mean of g may be negative.")
def _(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g
    return w - rate * g / np.sqrt(s + 1e-7), s


@rmsprop_step.mistake("The sign is flipped: this step goes uphill.")
def _(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g**2
    return w + rate * g / np.sqrt(s + 1e-7), s


@rmsprop_step.mistake("This s only grows, so the steps die out. Let it forget: rho * s + (1 - rho) * g**2.")
def _(w, g, s, rate, rho):
    s = s + g**2
    return w - rate * g / np.sqrt(s + 1e-7), s


@rmsprop_step.mistake("s is kept and not used: this is a step of SGD.")
def _(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g**2
    return w - rate * g, s


@rmsprop_step.mistake("One mean for all weights: each weight has an s of its own, so leave out .mean().")
def _(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * (g**2).mean()
    return w - rate * g / np.sqrt(s + 1e-7), s


@rmsprop_step.mistake("The results changed places: first the weights, then s.")
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
    load_keras()
    import keras

    theirs, optimizer = keras.Variable(np.zeros(5)), keras.optimizers.RMSprop(0.1)
    w, s, rng = np.zeros(5), np.zeros(5), np.random.default_rng(9)
    for _ in range(10):
        g = rng.normal(size=5)
        optimizer.apply([g.astype(np.float32)], [theirs])
        w, s = step(w, g, s, 0.1, 0.9)
    gap, way = np.abs(w - keras.ops.convert_to_numpy(theirs)).max(), np.abs(w).max()
    print(f"Ten steps beside Keras's RMSprop: largest way {way:.2f}, largest difference {gap:.0e}.")


@prediction(
    title="an output layer that sees the pixels, too",
    aim="Ten units get the 784 pixels and the 512 hidden values, side by side. How many parameters has this layer?",
    shapes="a whole number",
    hints=(
        "How many numbers come in for one image, when two rows are laid side by side?",
        "784 + 512 = 1,296 inputs for each of the ten units.",
        "Ten units with 1,296 weights and one bias each.",
    ),
    why="The shortcut adds 7,840 weights to the 5,130 numbers: one more row of pictures like lesson 08's.",
)
def predict_shortcut():
    inputs = 784 + 512
    return (inputs + 1) * 10


predict_shortcut.mistake("That is the layer without the shortcut. The 784 pixels come in as well.", 512 * 10 + 10)
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


class _Layer:
    """A dense layer with fixed weights; a function that shows itself as text, the same every time."""

    def __init__(self, seed, n_in, units, name):
        rng = np.random.default_rng(seed)
        self.w, self.b, self.__name__ = rng.normal(size=(n_in, units)), rng.normal(size=units), name

    def __call__(self, x):
        x = np.asarray(x)[:, : len(self.w)]  # a row too short or too long is a mistake to be named, not a crash
        return np.tanh(x @ self.w[: x.shape[1]] + self.b)

    def __repr__(self):
        return f"<{self.__name__}: {self.w.tolist()}>"


def _shortcut_inputs() -> list[tuple]:
    def case(seed: int, m: int, n: int, units: int) -> tuple:
        x = np.random.default_rng(seed).normal(size=(m, n))
        return x, _Layer(seed, n, units, "hidden"), _Layer(seed + 1, n + units, 3, "output")

    return [case(101, 2, 2, 3), case(102, 1, 1, 1), case(103, 5, 3, 3), case(104, 3, 7, 2), case(105, 1, 4, 9)]


@exercise(
    title="a network is a function of functions",
    aim="Let the output layer see the input first, then the hidden values, side by side in one row for each example.",
    shapes="x (m, n), hidden and output functions of rows -> what output gives",
    hints=(
        "A layer is a function: hidden(x) gives the hidden values, (m, units).",
        "np.concatenate lays arrays side by side, with axis=1 for rows.",
        "h = hidden(x), then return output(np.concatenate([x, h], axis=1)).",
    ),
    why="This is the functional API: calling layers on values. Only there the values are still to come.",
    inputs=_shortcut_inputs,
)
def with_shortcut(x, hidden, output):
    h = hidden(x)  # (m, units)
    return output(np.concatenate([x, h], axis=-1))  # (m, n + units), the last axis


with_shortcut.mistake(
    "The hidden values come first here. The input goes first, then they.",
    lambda x, hidden, output: output(np.concatenate([hidden(x), x], axis=1)),
)
with_shortcut.mistake(
    "This is the chain without the shortcut: output sees hidden(x) alone.", lambda x, hidden, output: output(hidden(x))
)
with_shortcut.mistake(
    "This goes around the hidden layer. Its values come after x in the row.", lambda x, hidden, output: output(x)
)
with_shortcut.mistake("Only the hidden layer is called.", lambda x, hidden, output: hidden(x))
with_shortcut.mistake(
    "Added up where side by side is asked for: np.concatenate.", lambda x, hidden, output: output(x + hidden(x))
)
with_shortcut.mistake(
    "The output layer is missing: hand this row over to it.",
    lambda x, hidden, output: np.concatenate([x, hidden(x)], axis=1),
)
with_shortcut.mistake(
    "Without axis=1 the arrays are stacked as more examples. They go side by side.",
    lambda x, hidden, output: output(np.concatenate([x, hidden(x)])),
)
with_shortcut.mistake(
    "The hidden values stand there twice. The first of the two is the input itself.",
    lambda x, hidden, output: output(np.concatenate([hidden(x), hidden(x)], axis=1)),
)
with_shortcut.mistake(
    "The input stands there twice. The second of the two is hidden(x).",
    lambda x, hidden, output: output(np.concatenate([x, x], axis=1)),
)
with_shortcut.mistake(
    "The output layer is called twice and added up. Once is enough.",
    lambda x, hidden, output: (
        output(np.concatenate([x, hidden(x)], axis=1)) + output(np.concatenate([x, hidden(x)], axis=1))
    ),
)

with_shortcut.also(
    lambda x, hidden, output: output(np.hstack([x, hidden(x)])),
    lambda x, hidden, output: output(np.c_[x, hidden(x)]),
    lambda x, hidden, output: np.array([output(np.append(row, hidden(row[None]))[None])[0] for row in x]),
)


@with_shortcut.also
def _(x, hidden, output):
    rows = [[*pixels, *values] for pixels, values in zip(x, hidden(x))]
    return output(np.array(rows))


def _confusions() -> list[tuple]:
    def case(seed: int, K: int) -> tuple:
        rng = np.random.default_rng(seed)
        M = rng.permutation(K * K).reshape(K, K)  # all different, so that there is one answer
        return (M + np.diag(rng.integers(5 * K * K, 9 * K * K, size=K)),)

    by_hand = (np.array([[50, 2, 0], [1, 40, 9], [3, 4, 60]]),)
    no_hits = (np.array([[0, 1, 2], [7, 0, 3], [4, 5, 0]]),)
    both_ways = (np.array([[90, 6, 0], [6, 90, 0], [7, 0, 90]]),)
    return [by_hand, case(111, 10), case(112, 2), no_hits, both_ways, case(113, 5), case(114, 7)]


@exercise(
    title="the pair mixed up most",
    aim="From counts of label (row) and prediction (column), give the label and the prediction of the most frequent "
    "mistake.",
    shapes="M (K, K) whole numbers -> (label, prediction)",
    hints=(
        "What is right stands on the diagonal. It must not win.",
        "Multiply by 1 - np.eye(K): a new array without the diagonal. Then where is the largest?",
        "argmax counts through all K · K cells row by row: divmod(index, K) gives row and column.",
    ),
    why="The largest cell beside the diagonal tells which pictures to look at first.",
    inputs=_confusions,
    results=("label", "prediction"),
)
def most_confused(M):
    mistakes = M * (1 - np.eye(len(M)))  # (K, K), nothing on the diagonal
    return divmod(mistakes.argmax(), len(M))


most_confused.mistake("The diagonal wins: these are hits. Take it out first.", lambda M: divmod(M.argmax(), len(M)))
most_confused.mistake(
    "Label and prediction changed places: rows are labels.",
    lambda M: divmod((M * (1 - np.eye(len(M)))).T.argmax(), len(M)),
)
most_confused.mistake(
    "This counts through all cells. divmod(…, len(M)) makes row and column of it.",
    lambda M: (M * (1 - np.eye(len(M)))).argmax(),
)


@most_confused.mistake("Row and column were chosen apart, by their sums. One single cell is asked for.")
def _(M):
    mistakes = M * (1 - np.eye(len(M)))
    return mistakes.sum(axis=1).argmax(), mistakes.sum(axis=0).argmax()


@most_confused.mistake("Both directions were added up. A 4 taken for a 9 is not a 9 taken for a 4.")
def _(M):
    mistakes = (M + M.T) * (1 - np.eye(len(M)))
    return divmod(mistakes.argmax(), len(M))


@most_confused.mistake("First the label with the most mistakes was chosen, then its prediction. Look at single cells.")
def _(M):
    worst = (M.sum(axis=1) - np.diag(M)).argmax()
    return worst, (M * (1 - np.eye(len(M))))[worst].argmax()


@most_confused.mistake("np.fill_diagonal changes the caller's matrix. Work on M.copy().")
def _(M):
    np.fill_diagonal(M, 0)
    return divmod(M.argmax(), len(M))


@most_confused.mistake("This is how often it happens. Where it stands is asked for: argmax.")
def _(M):
    mistakes = M * (1 - np.eye(len(M)))
    return mistakes.max(), mistakes.max()


most_confused.also(
    lambda M: max(((i, j) for i in range(len(M)) for j in range(len(M)) if i != j), key=lambda pair: M[pair])
)


@most_confused.also
def _(M):
    mistakes = M.copy()
    np.fill_diagonal(mistakes, 0)
    return np.unravel_index(mistakes.argmax(), M.shape)


@most_confused.also
def _(M):
    best = (0, 1)
    for label in range(len(M)):
        for guess in range(len(M)):
            if label != guess and M[label, guess] > M[best]:
                best = label, guess
    return best


@most_confused.also
def _(M):
    rows, columns = np.nonzero(~np.eye(len(M), dtype=bool))
    first = M[rows, columns].argmax()
    return int(rows[first]), int(columns[first])


@most_confused.payoff
def _(most_confused):
    from course_utils.datasets import load_mnist
    from course_utils.layers import Dense, Input
    from course_utils.metrics import confusion_matrix
    from course_utils.models import Sequential
    from course_utils.optimizers import SGD

    (x_train, y_train), (x_test, y_test) = load_mnist("digits")
    model = Sequential([Input(784), Dense(16, "relu"), Dense(10, "softmax")], rng=0)
    model.compile(SGD(0.1), "sparse_categorical_crossentropy")
    model.fit(x_train.reshape(-1, 784) / 255, y_train, batch_size=32, epochs=1, verbose=0)
    M = confusion_matrix(y_test, model.predict(x_test.reshape(-1, 784) / 255).argmax(axis=1), 10)
    label, prediction = most_confused(M)
    times = M[label, prediction]
    print(
        f"A small network, after one epoch on the embedded digits: a {label} was called a {prediction}, {times} times."
    )
