"""Exercises of lesson 11: a random start, what a summary counts, RMSprop's step, composition, pairs mixed up."""

import numpy as np

from course_utils.exercises.exercise import Exercise
from course_utils.exercises.exercise import WrongAnswer as Wrong

STACK_PARAMETERS = Exercise(
    id="stack_parameters",
    lesson="11",
    title="the last line of a summary",
    aim="Count all weights and biases of a stack of Dense layers, given the sizes from the input to the output.",
    signature="stack_parameters(sizes): sizes (layers + 1) whole numbers, as [784, 512, 10] -> a whole number",
    lines=1,
    hints=(
        "A layer sees only its two neighbouring sizes: what comes in, and its own units.",
        "Each unit has one weight for each of its inputs and one bias: (n_in + 1) numbers.",
        "zip(sizes, sizes[1:]) gives the pairs n_in, units; add up (n_in + 1) * units.",
    ),
    why="The same sum explains every line of a summary, however deep the stack.",
    solution="""
def stack_parameters(sizes):
    return sum((n_in + 1) * units for n_in, units in zip(sizes, sizes[1:]))
""",
    inputs=lambda: [
        ([784, 512, 10],),
        ([1, 1],),
        ([3, 2],),
        ([784, 1024, 512, 256, 128, 64, 10],),
        ([7, 7, 7, 7],),
        ([5, 1, 9, 2],),
    ],
    wrong=(
        Wrong("sum(a * b for a, b in zip(sizes, sizes[1:]))", "The biases are missing: one for each unit."),
        Wrong(
            "sum((a + 1) * b for a, b in zip(sizes[1:], sizes))",
            "The bias went to the inputs: n_in of them. Each unit has one, so add 1 to n_in.",
        ),
        Wrong(
            "sum(a * b for a, b in zip(sizes, sizes[1:])) + sum(sizes)",
            "The input has no biases: its numbers are given, not computed.",
        ),
        Wrong(
            "sum(a * b for a, b in zip(sizes, sizes[1:])) + len(sizes) - 1",
            "One bias for each layer was added. Each unit has its own.",
        ),
        Wrong("(sizes[0] + 1) * sizes[1]", "That is the first layer alone. Add up all of them."),
        Wrong("(sizes[-2] + 1) * sizes[-1]", "That is the last layer alone. Add up all of them."),
        Wrong("int(np.prod(sizes))", "All sizes are multiplied through. Only neighbouring layers are connected."),
        Wrong("sum(sizes[1:])", "These are the units, so the biases. The weights are missing."),
        Wrong("sum(sizes)", "These are the sizes added up. Weights sit between two layers: multiply neighbours."),
        Wrong(
            "sum((n_in + 1) * units for n_in in sizes[:1] for units in sizes[1:])",
            "Every layer was connected to the input. A layer sees the one before it.",
        ),
    ),
    variants=(
        "sum(a * b + b for a, b in zip(sizes[:-1], sizes[1:]))",
        """
def stack_parameters(sizes):
    total = 0
    for i in range(1, len(sizes)):
        total += sizes[i - 1] * sizes[i] + sizes[i]
    return total
""",
        "np.dot(np.array(sizes[:-1]) + 1, sizes[1:])",
        "float(sum(np.zeros((n_in + 1, units)).size for n_in, units in zip(sizes, sizes[1:])))",
    ),
)

PREDICT_START_LIMIT = Exercise(
    id="predict_start_limit",
    lesson="11",
    title="how far Glorot's dice go",
    aim="A Dense layer leads from 784 pixels to 10 units. What is the limit of Glorot's uniform start? Four decimals.",
    signature="predict_start_limit = a number",
    lines=1,
    hints=(
        "n_in counts what comes in, n_out the units.",
        "784 + 10 = 794 stands under the 6.",
        "The root of 6 / 794.",
    ),
    why="The more numbers a unit adds up, the smaller each weight: so its sum stays of ordinary size.",
    solution="""
def predict_start_limit():
    return np.sqrt(6 / (784 + 10))
""",
    atol=4e-5,
    wrong=(
        Wrong("6 / 794", "The root is missing."),
        Wrong("np.sqrt(6 / 784)", "The ten units are missing: n_in + n_out = 794."),
        Wrong("np.sqrt(6 / 10)", "The 784 inputs are missing: n_in + n_out = 794."),
        Wrong(
            "np.sqrt(2 / 794)", "That is the deviation of Glorot's start. Uniform dice go √3 times as far: 6, not 2."
        ),
        Wrong("np.sqrt(2 / 784)", "That is He's deviation. Keras's Dense starts as Glorot says, with 6 / (784 + 10)."),
        Wrong("np.sqrt(6 / 7840)", "Added, not multiplied: 784 + 10."),
        Wrong("np.sqrt(6 / (784 + 1))", "Every one of the ten units counts: 784 + 10."),
        Wrong("np.sqrt(794 / 6)", "Upside down: more inputs ask for smaller weights."),
    ),
    variants=("0.0869", "0.08693", "(6 / 794) ** 0.5", "np.float32(0.08692953)"),
)

PREDICT_BLANK_WEIGHT = Exercise(
    id="predict_blank_weight",
    lesson="11",
    title="a weight whose pixel never has ink",
    aim="A pixel is 0 in every image. Its weight starts at 0.05. What is it after 100 steps of SGD at a rate of 0.1?",
    signature="predict_blank_weight = a number",
    lines=1,
    hints=(
        "Which three numbers are multiplied in a step of this weight?",
        "A step is rate · input · error, and the input is 0.",
        "Each of the 100 steps is 0: the weight is where it was.",
    ),
    why="What never comes in is never learned. Such weights keep their random start, in any dense network.",
    solution="""
def predict_blank_weight():
    return 0.05  # each step is rate · input · error, and the input is 0
""",
    wrong=(
        Wrong("0", "Nothing pulls it to 0. Where the input is 0, the step is 0."),
        Wrong("0.05 - 100 * 0.1", "A step is the rate times the slope. The slope has the input as a factor: 0."),
        Wrong("0.05 - 100 * 0.1 * 0.05", "The weight itself is no part of the slope. The input is: 0."),
        Wrong("0.05 * (1 - 0.1) ** 100", "It would shrink so with weight decay. Plain SGD has none."),
        Wrong("0.05 * 0.1", "Nothing multiplies the weight: a step is subtracted, and here it is 0."),
        Wrong("-0.05", "The sign would need steps to change. All of them are 0."),
        Wrong("0.1", "That is the rate. It multiplies a slope of 0."),
    ),
    variants=("0.05", "1 / 20", "np.float64(0.05)", "0.05 - 100 * 0.1 * 0"),
)

PREDICT_FIRST_STRIDE = Exercise(
    id="predict_first_stride",
    lesson="11",
    title="RMSprop's first step",
    aim="s starts at 0, rho is 0.9, the learning rate 0.001. The first gradient of a weight is 5. "
    "How far does the weight move? Five decimals do.",
    signature="predict_first_stride = a number",
    lines=1,
    hints=(
        "First compute s after the first gradient. It starts at 0, so only the new part counts.",
        "s = 0.1 · 5 · 5 = 2.5. The gradient is divided by its root.",
        "0.001 · 5 / √2.5: the 5 cancels.",
    ),
    why="The gradient's size cancels: at the first step every weight moves 0.00316, whatever its slope.",
    solution="""
def predict_first_stride():
    s = (1 - 0.9) * 5**2
    return 0.001 * 5 / np.sqrt(s)
""",
    atol=6e-6,
    wrong=(
        Wrong("0.001 * 5", "That is the step of plain SGD. RMSprop divides it by the root of s."),
        Wrong("0.001", "That would be right if s were 5². It is a tenth of it: (1 - rho) · 5²."),
        Wrong("0.001 * 5 / 2.5", "Divided by s itself. Divide by its root."),
        Wrong("0.001 / np.sqrt(0.9)", "rho and 1 - rho changed places: the new square enters with 1 - rho = 0.1."),
        Wrong("0.001 / 0.1", "The root is missing: √0.1 = 0.316."),
        Wrong("5 / np.sqrt(2.5)", "The learning rate is missing."),
        Wrong("0.001 * np.sqrt(0.1)", "Upside down: divide by √0.1."),
        Wrong("0.001 * 5 / np.sqrt(0.1 * 5)", "s takes the square of the gradient: 0.1 · 25."),
        Wrong("-0.001 / np.sqrt(0.1)", "How far is asked for, without the direction: a positive number."),
    ),
    variants=("0.00316", "0.003162", "0.001 / 0.1**0.5", "np.float32(0.0031623)"),
)


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


RMSPROP_STEP = Exercise(
    id="rmsprop_step",
    lesson="11",
    title="a step of RMSprop",
    aim="Give the weights and the running mean of squared gradients after one step. 1e-7 stands under the root, too.",
    signature="rmsprop_step(w, g, s, rate, rho): w, g, s of one shape, rate and rho numbers -> (w, s), both new",
    lines=2,
    hints=(
        "First move s towards g²: it keeps the share rho of what it was.",
        "s = rho * s + (1 - rho) * g**2. Then divide the gradient by the root of s + 1e-7.",
        "return w - rate * g / np.sqrt(s + 1e-7), s",
    ),
    why="This is all that keras.optimizers.RMSprop does: one more number for each weight, and a root.",
    solution="""
def rmsprop_step(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g**2
    return w - rate * g / np.sqrt(s + 1e-7), s
""",
    inputs=_rmsprop_inputs,
    wrong=(
        Wrong(
            """
def rmsprop_step(w, g, s, rate, rho):
    w = w - rate * g / np.sqrt(s + 1e-7)
    return w, rho * s + (1 - rho) * g**2
""",
            "The step uses the old s. Move s first, then divide by it.",
        ),
        Wrong(
            """
def rmsprop_step(w, g, s, rate, rho):
    s = (1 - rho) * s + rho * g**2
    return w - rate * g / np.sqrt(s + 1e-7), s
""",
            "rho and 1 - rho changed places: rho is the share that s keeps.",
        ),
        Wrong(
            """
def rmsprop_step(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g**2
    return w - rate * g / (s + 1e-7), s
""",
            "The root is missing: divide by np.sqrt(s + 1e-7).",
        ),
        Wrong(
            """
def rmsprop_step(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g**2
    return w - rate * g / (np.sqrt(s) + 1e-7), s
""",
            "1e-7 stands outside the root. Older versions of Keras had it there; today it is under the root.",
        ),
        Wrong(
            """
def rmsprop_step(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * np.abs(g)
    return w - rate * g / np.sqrt(s + 1e-7), s
""",
            "s is a mean of squares: g**2.",
        ),
        Wrong(
            """
def rmsprop_step(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g**2
    return w + rate * g / np.sqrt(s + 1e-7), s
""",
            "The sign is flipped: this step goes uphill.",
        ),
        Wrong(
            """
def rmsprop_step(w, g, s, rate, rho):
    s = s + g**2
    return w - rate * g / np.sqrt(s + 1e-7), s
""",
            "This s only grows, so the steps die out. Let it forget: rho * s + (1 - rho) * g**2.",
        ),
        Wrong(
            """
def rmsprop_step(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g**2
    return w - rate * g, s
""",
            "s is kept and not used: this is a step of SGD.",
        ),
        Wrong(
            """
def rmsprop_step(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * (g**2).mean()
    return w - rate * g / np.sqrt(s + 1e-7), s
""",
            "One mean for all weights: each weight has an s of its own, so leave out .mean().",
        ),
        Wrong(
            """
def rmsprop_step(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g**2
    return s, w - rate * g / np.sqrt(s + 1e-7)
""",
            "The results changed places: first the weights, then s.",
        ),
        Wrong(
            """
def rmsprop_step(w, g, s, rate, rho):
    s *= rho
    s += (1 - rho) * g**2
    w -= rate * g / np.sqrt(s + 1e-7)
    return w, s
""",
            "*=, += and -= change the caller's arrays. Write s = … and w - …, which make new ones.",
        ),
    ),
    variants=(
        """
def rmsprop_step(w, g, s, rate, rho):
    s = s + (1 - rho) * (g * g - s)
    step = g / (s + 1e-7) ** 0.5
    return w - rate * step, s
""",
        """
def rmsprop_step(w, g, s, rate, rho):
    new_w, new_s = np.empty_like(w), np.empty_like(s)
    for i in np.ndindex(w.shape):
        new_s[i] = rho * s[i] + (1 - rho) * g[i] ** 2
        new_w[i] = w[i] - rate * g[i] / np.sqrt(new_s[i] + 1e-7)
    return new_w, new_s
""",
        """
def rmsprop_step(w, g, s, rate, rho):
    w, g, s = (a.astype(np.float32) for a in (w, g, s))
    s = rho * s + (1 - rho) * np.square(g)
    return w - rate * g / np.sqrt(s + 1e-7), s
""",
    ),
)

PREDICT_SHORTCUT = Exercise(
    id="predict_shortcut",
    lesson="11",
    title="an output layer that sees the pixels, too",
    aim="Ten units get the 784 pixels and the 512 hidden values, side by side. How many parameters has this layer?",
    signature="predict_shortcut = a whole number",
    lines=1,
    hints=(
        "How many numbers come in for one image, when two rows are laid side by side?",
        "784 + 512 = 1,296 inputs for each of the ten units.",
        "Ten units with 1,296 weights and one bias each.",
    ),
    why="The shortcut adds 7,840 weights to the 5,130 numbers: one more row of pictures like lesson 08's.",
    solution="""
def predict_shortcut():
    inputs = 784 + 512
    return (inputs + 1) * 10
""",
    wrong=(
        Wrong("512 * 10 + 10", "That is the layer without the shortcut. The 784 pixels come in as well."),
        Wrong("(784 + 512) * 10", "The ten biases are missing."),
        Wrong("784 * 512 * 10 + 10", "Side by side means added, not multiplied: 784 + 512 inputs."),
        Wrong("784 * 10 + 10 + 512 * 10 + 10", "One layer has ten biases, not twenty."),
        Wrong("784 * 10 + 10", "The hidden values are missing: 784 + 512 inputs."),
        Wrong(
            "784 * 512 + 512 + (784 + 512) * 10 + 10", "That is the whole network. Only its last layer is asked for."
        ),
        Wrong("784 + 512 + 10", "These are the values that come in and go out. Weights are counted here."),
        Wrong("784 * 10", "That is what the shortcut adds. The layer's other weights and biases are asked for, too."),
    ),
    variants=("12_970", "12970.0", "1297 * 10", "5130 + 7840"),
)


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


WITH_SHORTCUT = Exercise(
    id="with_shortcut",
    lesson="11",
    title="a network is a function of functions",
    aim="Let the output layer see the input first, then the hidden values, side by side in one row for each example.",
    signature="with_shortcut(x, hidden, output): x (m, n), hidden and output functions of rows -> what output gives",
    lines=2,
    hints=(
        "A layer is a function: hidden(x) gives the hidden values, (m, units).",
        "np.concatenate lays arrays side by side, with axis=1 for rows.",
        "h = hidden(x), then return output(np.concatenate([x, h], axis=1)).",
    ),
    why="This is the functional API: calling layers on values. Only there the values are still to come.",
    solution="""
def with_shortcut(x, hidden, output):
    h = hidden(x)  # (m, units)
    return output(np.concatenate([x, h], axis=-1))  # (m, n + units), the last axis
""",
    inputs=_shortcut_inputs,
    wrong=(
        Wrong(
            "output(np.concatenate([hidden(x), x], axis=1))",
            "The hidden values come first here. The input goes first, then they.",
        ),
        Wrong("output(hidden(x))", "This is the chain without the shortcut: output sees hidden(x) alone."),
        Wrong("output(x)", "This goes around the hidden layer. Its values come after x in the row."),
        Wrong("hidden(x)", "Only the hidden layer is called."),
        Wrong("output(x + hidden(x))", "Added up where side by side is asked for: np.concatenate."),
        Wrong("np.concatenate([x, hidden(x)], axis=1)", "The output layer is missing: hand this row over to it."),
        Wrong(
            "output(np.concatenate([x, hidden(x)]))",
            "Without axis=1 the arrays are stacked as more examples. They go side by side.",
        ),
        Wrong(
            "output(np.concatenate([hidden(x), hidden(x)], axis=1))",
            "The hidden values stand there twice. The first of the two is the input itself.",
        ),
        Wrong(
            "output(np.concatenate([x, x], axis=1))",
            "The input stands there twice. The second of the two is hidden(x).",
        ),
        Wrong(
            "output(np.concatenate([x, hidden(x)], axis=1)) + output(np.concatenate([x, hidden(x)], axis=1))",
            "The output layer is called twice and added up. Once is enough.",
        ),
    ),
    variants=(
        "output(np.hstack([x, hidden(x)]))",
        "output(np.c_[x, hidden(x)])",
        """
def with_shortcut(x, hidden, output):
    rows = [[*pixels, *values] for pixels, values in zip(x, hidden(x))]
    return output(np.array(rows))
""",
        "np.array([output(np.append(row, hidden(row[None]))[None])[0] for row in x])",
    ),
)


def _confusions() -> list[tuple]:
    def case(seed: int, K: int) -> tuple:
        rng = np.random.default_rng(seed)
        M = rng.permutation(K * K).reshape(K, K)  # all different, so that there is one answer
        return (M + np.diag(rng.integers(5 * K * K, 9 * K * K, size=K)),)

    by_hand = (np.array([[50, 2, 0], [1, 40, 9], [3, 4, 60]]),)
    no_hits = (np.array([[0, 1, 2], [7, 0, 3], [4, 5, 0]]),)
    both_ways = (np.array([[90, 6, 0], [6, 90, 0], [7, 0, 90]]),)
    return [by_hand, case(111, 10), case(112, 2), no_hits, both_ways, case(113, 5), case(114, 7)]


MOST_CONFUSED = Exercise(
    id="most_confused",
    lesson="11",
    title="the pair mixed up most",
    aim="From counts of label (row) and prediction (column), give the label and the prediction of the most frequent "
    "mistake.",
    signature="most_confused(M): M (K, K) whole numbers -> (label, prediction)",
    lines=2,
    hints=(
        "What is right stands on the diagonal. It must not win.",
        "Multiply by 1 - np.eye(K): a new array without the diagonal. Then where is the largest?",
        "argmax counts through all K · K cells row by row: divmod(index, K) gives row and column.",
    ),
    why="The largest cell beside the diagonal tells which pictures to look at first.",
    solution="""
def most_confused(M):
    mistakes = M * (1 - np.eye(len(M)))  # (K, K), nothing on the diagonal
    return divmod(mistakes.argmax(), len(M))
""",
    inputs=_confusions,
    wrong=(
        Wrong("divmod(M.argmax(), len(M))", "The diagonal wins: these are hits. Take it out first."),
        Wrong(
            "divmod((M * (1 - np.eye(len(M)))).T.argmax(), len(M))",
            "Label and prediction changed places: rows are labels.",
        ),
        Wrong(
            "(M * (1 - np.eye(len(M)))).argmax()",
            "This counts through all cells. divmod(…, len(M)) makes row and column of it.",
        ),
        Wrong(
            """
def most_confused(M):
    mistakes = M * (1 - np.eye(len(M)))
    return mistakes.sum(axis=1).argmax(), mistakes.sum(axis=0).argmax()
""",
            "Row and column were chosen apart, by their sums. One single cell is asked for.",
        ),
        Wrong(
            """
def most_confused(M):
    mistakes = (M + M.T) * (1 - np.eye(len(M)))
    return divmod(mistakes.argmax(), len(M))
""",
            "Both directions were added up. A 4 taken for a 9 is not a 9 taken for a 4.",
        ),
        Wrong(
            """
def most_confused(M):
    worst = (M.sum(axis=1) - np.diag(M)).argmax()
    return worst, (M * (1 - np.eye(len(M))))[worst].argmax()
""",
            "First the label with the most mistakes was chosen, then its prediction. Look at single cells.",
        ),
        Wrong(
            """
def most_confused(M):
    np.fill_diagonal(M, 0)
    return divmod(M.argmax(), len(M))
""",
            "np.fill_diagonal changes the caller's matrix. Work on M.copy().",
        ),
        Wrong(
            """
def most_confused(M):
    mistakes = M * (1 - np.eye(len(M)))
    return mistakes.max(), mistakes.max()
""",
            "This is how often it happens. Where it stands is asked for: argmax.",
        ),
    ),
    variants=(
        """
def most_confused(M):
    mistakes = M.copy()
    np.fill_diagonal(mistakes, 0)
    return np.unravel_index(mistakes.argmax(), M.shape)
""",
        """
def most_confused(M):
    best = (0, 1)
    for label in range(len(M)):
        for guess in range(len(M)):
            if label != guess and M[label, guess] > M[best]:
                best = label, guess
    return best
""",
        "max(((i, j) for i in range(len(M)) for j in range(len(M)) if i != j), key=lambda pair: M[pair])",
        """
def most_confused(M):
    rows, columns = np.nonzero(~np.eye(len(M), dtype=bool))
    first = M[rows, columns].argmax()
    return int(rows[first]), int(columns[first])
""",
    ),
)

EXERCISES = (
    PREDICT_START_LIMIT,
    PREDICT_BLANK_WEIGHT,
    STACK_PARAMETERS,
    PREDICT_FIRST_STRIDE,
    RMSPROP_STEP,
    PREDICT_SHORTCUT,
    WITH_SHORTCUT,
    MOST_CONFUSED,
)
