"""Exercises of lesson 01: one neuron, its sigmoid, its weights and its bias."""

import numpy as np

from course_utils.exercises.exercise import Exercise
from course_utils.exercises.exercise import WrongAnswer as Wrong


def _weighted_sum_inputs() -> list[tuple]:
    rng = np.random.default_rng(1)
    gate = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return [
        (gate, np.array([2.0, 3.0]), -1.0),
        (np.array([[2.0]]), np.array([0.5]), 0.25),
        (rng.normal(size=(3, 3)), rng.normal(size=3), 0.5),  # square: a transposed X shows in the values
        (rng.normal(size=(7, 5)), rng.normal(size=5), -0.3),
        (np.array([[1, 2], [3, 4], [5, 7]]), np.array([0.5, -0.25]), 0.1),  # integers
        (1e6 * rng.uniform(1, 2, size=(5, 1)), np.array([3.0]), -1e6),
    ]


WEIGHTED_SUM = Exercise(
    id="weighted_sum",
    lesson="01",
    title="the weighted sum",
    aim="Give the logit z of every row of X: each input times its weight, added up, plus the bias.",
    signature="weighted_sum(X, w, b): X (m, n), w (n,), b a number -> z (m,)",
    lines=1,
    hints=(
        "Do one row by hand first: x = [1, 1], w = [2, 3], b = -1 gives 2 + 3 - 1 = 4.",
        "`X @ w` multiplies each row of X by w and adds up: (m, n) @ (n,) -> (m,).",
        "The bias is added once to each row: X @ w + …",
    ),
    why="Every layer of every network starts with this line; only the shapes grow.",
    solution="""
def weighted_sum(X, w, b):
    return X @ w + b  # (m, n) @ (n,) + () -> (m,)
""",
    inputs=_weighted_sum_inputs,
    wrong=(
        Wrong("X @ w", "The bias is missing. Without b every neuron gives z = 0 at x = 0."),
        Wrong("X @ w - b", "The bias is subtracted. It is added: z = X @ w + b."),
        Wrong("X * w + b", "The products are not added up. X * w keeps one column per input; X @ w sums them."),
        Wrong("np.sum(X * w) + b", "All rows are added into one number. Sum along each row only: axis=1."),
        Wrong("np.sum(X * w, axis=0) + b", "axis=0 adds down the columns. Each row is one example: axis=1."),
        Wrong("np.sum(X * w + b, axis=1)", "The bias is added once per input. Add it once, after the sum."),
        Wrong("X.T @ w + b", "X is transposed. The rows of X are the examples: X @ w, not X.T @ w."),
        Wrong("(X @ w + b).reshape(-1, 1)", "The values are right, in a column. Here z has the shape (m,)."),
        Wrong("X @ w * b", "The bias is multiplied. It is added: it shifts z, it does not scale it."),
        Wrong("X @ (w + b)", "The bias is added to the weights. It belongs to the neuron, not to an input."),
        Wrong("1 / (1 + np.exp(-(X @ w + b)))", "This is already the sigmoid. Only its input z is asked for."),
        Wrong("np.array(X @ w + b, dtype=X.dtype)", "An integer X makes an integer z: the decimals are cut off."),
    ),
    variants=(
        "def weighted_sum(X, w, b):\n    return [sum(x * v for x, v in zip(row, w)) + b for row in X]",
        "np.sum(X * w, axis=1) + b",
        "np.einsum('mn,n->m', X, w) + b",
        "X.astype(np.float32) @ w.astype(np.float32) + np.float32(b)",
        "b + w @ X.T",
        "np.column_stack([X, np.ones(len(X))]) @ np.append(w, b)",
    ),
)

SIGMOID_STABLE = Exercise(
    id="sigmoid_stable",
    lesson="01",
    title="a sigmoid that does not overflow",
    aim="Write the sigmoid so that no logit between -10,000 and 10,000 makes NumPy warn.",
    signature="sigmoid_stable(z): z any shape -> a the same shape",
    lines=2,
    hints=(
        "np.exp overflows for large positive arguments only. Which z makes -z large?",
        "For z < 0 multiply numerator and denominator by e^z: 1 / (1 + e^-z) = e^z / (1 + e^z).",
        "Let e = np.exp(-np.abs(z)). The result is 1 / (1 + e) where z >= 0, and e / (1 + e) elsewhere.",
    ),
    why="Logits of this size come up as soon as a network is sure; one inf turns every weight into nan.",
    solution="""
def sigmoid_stable(z):
    e = np.exp(-np.abs(z))  # between 0 and 1, for every z
    return np.where(z >= 0, 1, e) / (1 + e)
""",
    inputs=lambda: [
        (np.array([-2.0, -1.0, 0.0, 1.0, 2.0]),),
        (np.array([0.5]),),
        (np.random.default_rng(2).normal(scale=5, size=(3, 5)),),
        (np.array([-3, 0, 1, 4]),),
        (np.array([[-1e4, -745.0, -40.0], [40.0, 745.0, 1e4]]),),
    ],
    quiet=True,
    wrong=(
        Wrong("1 / (1 + np.exp(-z))", "np.exp(-z) overflows where z is very negative. Use the other form there."),
        Wrong(
            "np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))",
            "np.where computes both forms for every z, also the one that overflows. Use np.exp(-abs(z)).",
        ),
        Wrong("np.exp(z) / (1 + np.exp(z))", "np.exp(z) overflows where z is large: inf / inf is nan."),
        Wrong(
            "np.where(z >= 0, np.exp(-abs(z)), 1) / (1 + np.exp(-abs(z)))",
            "It falls where it should rise: swap the two cases.",
        ),
        Wrong(
            "1 / (1 + np.exp(-abs(z)))",
            "Negative logits are treated like positive ones. Below z = 0 the numerator is e.",
        ),
        Wrong(
            "1 / (1 + np.exp(-np.clip(z, -10, 10)))",
            "The logits are cut off at 10, too early: sigmoid(-40) is not 0.00005.",
        ),
        Wrong(
            "1 / (1 + np.exp(-np.clip(z, -5, 5)))",
            "The logits are cut off at 5, too early: sigmoid(-40) is not 0.007.",
        ),
        Wrong(
            "(np.where(z >= 0, 1, np.exp(-abs(z))) / (1 + np.exp(-abs(z)))).astype(z.dtype)",
            "The result has the integer type of z: every probability is cut down to 0.",
        ),
        Wrong("np.tanh(z)", "This is tanh: it runs from -1 to 1. The sigmoid runs from 0 to 1."),
        Wrong(
            "def sigmoid_stable(z):\n    z[z < -500] = -500\n    return 1 / (1 + np.exp(-z))",
            "The limit is written into z itself, and the caller's array changes. Use np.clip, or copy z.",
        ),
    ),
    variants=(
        """
def sigmoid_stable(z):
    a = [1 / (1 + np.exp(-v)) if v >= 0 else np.exp(v) / (1 + np.exp(v)) for v in z.ravel()]
    return np.array(a).reshape(z.shape)
""",
        """
def sigmoid_stable(z):
    a = np.empty(z.shape)
    up = z >= 0
    a[up] = 1 / (1 + np.exp(-z[up]))
    a[~up] = np.exp(z[~up]) / (1 + np.exp(z[~up]))
    return a
""",
        "(1 + np.tanh(z / 2)) / 2",
        "np.exp(-np.logaddexp(0, -z))",
        "1 / (1 + np.exp(-np.clip(z, -500, 500)))",
        "1 / (1 + np.exp(np.minimum(-z.astype(np.float32), 80)))",
    ),
)

SIGMOID_GRAD = Exercise(
    id="sigmoid_grad",
    lesson="01",
    title="the slope of the sigmoid",
    aim="Give the slope of the sigmoid curve at every z. `sigmoid` is the function of this lesson.",
    signature="sigmoid_grad(z): z (the logits) any shape -> slope the same shape",
    lines=2,
    hints=(
        "The curve is steepest at z = 0: its slope there is 0.25. Far out it is flat.",
        "The slope can be written with the output a = sigmoid(z) alone.",
        "Compute a = sigmoid(z), then multiply a by what is missing to 1.",
    ),
    why="Training moves every weight in proportion to this slope; where it is 0, nothing is learned.",
    setup="from course_utils.activations import sigmoid",  # written in the lesson by then
    solution="""
def sigmoid_grad(z):
    a = sigmoid(z)
    return a * (1 - a)
""",
    inputs=lambda: [
        (np.array([0.0, 1.0, -1.0, 3.0]),),
        (np.array([2.0]),),
        (np.random.default_rng(3).normal(scale=3, size=(3, 5)),),
        (np.array([[-2, 0], [1, 5]]),),
        (np.array([-500.0, -30.0, 30.0, 500.0]),),
    ],
    wrong=(
        Wrong(
            "z * (1 - z)",
            "a * (1 - a) takes the output a. You put in the logit z: compute a = sigmoid(z) first.",
        ),
        Wrong(
            "sigmoid(sigmoid(z)) * (1 - sigmoid(sigmoid(z)))",
            "The sigmoid is taken twice. z comes in; a = sigmoid(z) once.",
        ),
        Wrong("sigmoid(z)", "This is the curve itself, not its slope."),
        Wrong("1 - sigmoid(z)", "One factor is missing: the slope is a * (1 - a)."),
        Wrong("sigmoid(z) * (1 + sigmoid(z))", "A sign is flipped: the second factor is 1 - a."),
        Wrong(
            "-sigmoid(z) * (1 - sigmoid(z))",
            "The sign is flipped. The curve rises everywhere: its slope is positive.",
        ),
        Wrong("sigmoid(z) * (1 - z)", "The second factor mixes z and a: it is 1 - a."),
        Wrong("z * (1 - sigmoid(z))", "The first factor is z where a = sigmoid(z) is meant."),
        Wrong("1 - sigmoid(z) ** 2", "That rule belongs to tanh. For the sigmoid it is a * (1 - a)."),
        Wrong(
            "np.sum(sigmoid(z) * (1 - sigmoid(z)))",
            "The slopes are added up. One slope per logit is asked for.",
        ),
        Wrong(
            "(sigmoid(z) * (1 - sigmoid(z))).astype(z.dtype)",
            "Integer logits give integer slopes: the decimals are cut off.",
        ),
    ),
    variants=(
        """
def sigmoid_grad(z):
    slopes = [a * (1 - a) for a in sigmoid(z.ravel())]
    return np.reshape(slopes, z.shape)
""",
        "sigmoid(z) - sigmoid(z) ** 2",
        "np.exp(-z) / (1 + np.exp(-z)) ** 2",
        "sigmoid(z.astype(np.float32)) * (1 - sigmoid(z.astype(np.float32)))",
        "sigmoid(z) * sigmoid(-z)",
        "1 / (4 * np.cosh(z / 2) ** 2)",
        "(sigmoid(z + 1e-5) - sigmoid(z - 1e-5)) / 2e-5",
    ),
)


def _threshold_inputs() -> list[tuple]:
    rng = np.random.default_rng(4)
    drawn = [(float(w), float(b), float(p)) for w, b, p in rng.uniform(0.1, 0.9, size=(4, 3))]
    return [(2.0, -3.0, 0.5), (1.0, 0.0, 0.9), (-1.5, 2.0, 0.2), *drawn, (3, 1, 1e-9), (0.5, 2, 0.999999)]


THRESHOLD = Exercise(
    id="threshold",
    lesson="01",
    title="where the neuron makes up its mind",
    aim="A neuron on one input gives a = sigmoid(w x + b). At which x is its output exactly p?",
    signature="threshold(w, b, p): w, b numbers, w not 0, p between 0 and 1 -> x a number",
    lines=2,
    hints=(
        "Start with p = 0.5. There z = 0, so w x + b = 0. Solve for x.",
        "For any p the logit is z = log(p / (1 - p)): it undoes the sigmoid.",
        "First z = np.log(p / (1 - p)). Then solve w x + b = z for x.",
    ),
    why="Weight and bias of a neuron are easiest to read as a place on the axis: its threshold.",
    solution="""
def threshold(w, b, p):
    z = np.log(p / (1 - p))  # the logit at which the sigmoid is p
    return (z - b) / w
""",
    inputs=_threshold_inputs,
    wrong=(
        Wrong("-b / w", "p is not used: -b / w is the place where the output is 0.5, whatever p is."),
        Wrong("(np.log(p / (1 - p)) + b) / w", "The bias changes sides with the wrong sign: w x = z - b."),
        Wrong("np.log(p / (1 - p)) - b", "The division by w is missing."),
        Wrong("np.log(p / (1 - p)) - b / w", "Only b is divided by w. Put z - b into brackets."),
        Wrong("np.log(p / (1 - p)) / w - b", "Only the logit is divided by w. Put z - b into brackets first."),
        Wrong("(np.log(p / (1 - p)) - b) * w", "Multiplied by w where w has to be divided by."),
        Wrong("(np.log((1 - p) / p) - b) / w", "The fraction is upside down: z = log(p / (1 - p))."),
        Wrong("(np.log(p) - b) / w", "log(p) undoes exp, not the sigmoid. The logit is log(p / (1 - p))."),
        Wrong("(p - b) / w", "p is taken for the logit. Undo the sigmoid first: z = log(p / (1 - p))."),
        Wrong("(p / (1 - p) - b) / w", "The logarithm is missing: p / (1 - p) are the odds, z is their log."),
        Wrong("(np.log10(p / (1 - p)) - b) / w", "log10 is another logarithm. np.log undoes np.exp."),
        Wrong(
            "1 / (1 + np.exp(-(w * p + b)))",
            "This puts p into the neuron. p is its output; the input x is asked for.",
        ),
    ),
    variants=(
        "-(np.log(1 / p - 1) + b) / w",
        "(np.log(p) - np.log1p(-p) - b) / w",
        "np.float32((np.log(p / (1 - p)) - b) / w)",
        """
def threshold(w, b, p):
    low, high = -60.0, 60.0
    for _ in range(100):
        z = (low + high) / 2
        low, high = (z, high) if 1 / (1 + np.exp(-z)) < p else (low, z)
    return (z - b) / w
""",
    ),
)

PREDICT_DOUBLE_W = Exercise(
    id="predict_double_w",
    lesson="01",
    title="twice the weight",
    aim="With w = 1 and b = 0 the output is 0.73 at x = 1. Now w is 2. At which x is the output 0.73?",
    signature="predict_double_w = x, a number",
    lines=1,
    hints=(
        "Does a larger weight make the curve steeper or flatter?",
        "The output depends on z = w x only. At 0.73 z is 1.",
        "Solve 2 x = 1.",
    ),
    why="The weight is the steepness: with twice the weight everything happens in half the way.",
    solution="""
def predict_double_w():
    return 1 / 2  # w x = 1 where the output is 0.73; now w is 2
""",
    atol=0.005,
    wrong=(
        Wrong("2", "The curve gets steeper, not flatter: the same output comes sooner."),
        Wrong("1", "That is the old place. With w = 2 the output at x = 1 is 0.88."),
        Wrong("0", "At x = 0 the output is 0.5 for every w, since z = 0 there."),
        Wrong("0.73", "That is the output. The input x is asked for."),
        Wrong("0.88", "That is the new output at x = 1. The x is asked for at which it is 0.73."),
        Wrong("0.365", "The output is halved. Halve the x at which it comes."),
    ),
    variants=("0.5", "np.float32(0.5)", "1 / 2", "np.array(0.5)"),
)

PREDICT_BIAS_SHIFT = Exercise(
    id="predict_bias_shift",
    lesson="01",
    title="a bias",
    aim="With w = 2 and b = 0 the curve passes 0.5 at x = 0. Now b is 3. Where does it pass 0.5?",
    signature="predict_bias_shift = x, a number",
    lines=1,
    hints=(
        "The bias raises z everywhere. Is 0.5 then reached sooner or later, coming from the left?",
        "The output is 0.5 where z = 0, that is where w x + b = 0.",
        "Solve 2 x + 3 = 0.",
    ),
    why="The bias moves the threshold to -b / w: a positive bias moves the curve to the left.",
    solution="""
def predict_bias_shift():
    w, b = 2, 3
    return -b / w
""",
    atol=0.005,
    wrong=(
        Wrong("1.5", "The size is right, the side is not: a positive bias moves the curve to the left."),
        Wrong("-3", "The shift is b divided by w: a steep curve is moved less."),
        Wrong("3", "The shift is -b / w: to the left, and divided by w."),
        Wrong("0", "The curve passes 0.5 at x = 0 only without a bias: there z = b = 3 now."),
        Wrong("0.95", "That is the output at x = 0 now. The x is asked for at which the output is 0.5."),
        Wrong("-0.5", "That is -1 / w. The bias is 3: the shift is -b / w."),
        Wrong("-2 / 3", "That is -w / b. The shift is the bias divided by the weight: -b / w."),
    ),
    variants=("-1.5", "-3 / 2", "np.float32(-1.5)", "np.array(-1.5)"),
)

EXERCISES = (WEIGHTED_SUM, PREDICT_DOUBLE_W, PREDICT_BIAS_SHIFT, SIGMOID_GRAD, SIGMOID_STABLE, THRESHOLD)
