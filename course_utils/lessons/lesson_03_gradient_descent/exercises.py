"""Exercises of lesson 03: a slope by differences, steps downhill, their limit, the gradient of the cross-entropy."""

import numpy as np

from course_utils.exercises.exercise import Exercise
from course_utils.exercises.exercise import WrongAnswer as Wrong

CENTRAL_DIFFERENCE = Exercise(
    id="central_difference",
    lesson="03",
    title="a slope from two values",
    aim="Give the slope of f at x: go h to the right and h to the left, and divide the rise by the way between.",
    signature="central_difference(f, x, h): f a function, x a number, h a number above 0 -> slope",
    lines=1,
    hints=(
        "For f(x) = x², x = 3 and h = 1 the two values are 16 and 4. How far apart are the two places?",
        "The rise is f(x + h) − f(x − h). The way from x − h to x + h is 2 h.",
        "(… − …) / (2 * h), with both pairs of brackets.",
    ),
    why="Every gradient of the course is checked against this line.",
    solution="""
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)
""",
    inputs=lambda: [
        (np.square, 3.0, 1.0),
        (np.exp, 1.0, 0.5),
        (np.sin, 0.5, 0.001),
        (np.tanh, -1.0, 0.1),
        (np.log, 2.0, 0.25),
        (np.cos, 4, 0.5),
    ],
    wrong=(
        Wrong("(f(x + h) - f(x)) / h", "This looks to the right only. Take the left side too: f(x − h), and 2 h."),
        Wrong("(f(x) - f(x - h)) / h", "This looks to the left only. Take the right side too: f(x + h), and 2 h."),
        Wrong("(f(x + h) - f(x - h)) / h", "From x − h to x + h the way is 2 h, not h."),
        Wrong("(f(x + h) - f(x - h)) / 2", "h is missing: the rise is divided by the whole way, 2 h."),
        Wrong("(f(x + h) - f(x - h)) / 2 * h", "Brackets: / 2 * h divides by 2 and multiplies by h. Write / (2 * h)."),
        Wrong("f(x + h) - f(x - h) / (2 * h)", "Brackets: only the second value is divided. (… − …) / (2 * h)."),
        Wrong("(f(x - h) - f(x + h)) / (2 * h)", "Left minus right has the wrong sign: right minus left."),
        Wrong("f(x + h) - f(x - h)", "This is the rise. Divide it by the way, 2 h."),
        Wrong("(f(x + h) + f(x - h)) / (2 * h)", "The two values are added. The rise is their difference."),
        Wrong("(f(x + h) - f(x - h)) * (2 * h)", "Multiplied by the way. The slope is rise divided by way."),
    ),
    variants=(
        "(f(x + h) - f(x - h)) / 2 / h",
        "(f(x - h) - f(x + h)) / (-2 * h)",
        "0.5 * ((f(x + h) - f(x)) / h + (f(x) - f(x - h)) / h)",
        "def central_difference(f, x, h):\n    a, b = x - h, x + h\n    return (f(b) - f(a)) / (b - a)",
    ),
)


def half(w):
    """Return the slope of w² / 4."""
    return w / 2


def _loop(step, start="[w]", end="np.array(path)", rounds="steps"):
    """Write a descent as code: the step, what the path starts with, what is returned."""
    return f"""
def descend(gradient, w, rate, steps):
    path, first = {start}, gradient(w)
    for _ in range({rounds}):
        {step}
        path.append(w)
    return {end}
"""


DESCEND = Exercise(
    id="descend",
    lesson="03",
    title="steps downhill",
    aim="Walk downhill from w, step by step, against the slope. Give all places, with the start first.",
    signature="descend(gradient, w, rate, steps): gradient a function, three numbers -> path (steps + 1,)",
    lines=4,
    hints=(
        "One step first, with the slope w / 2: w = 8, slope 4, rate 0.5 gives 8 − 0.5 · 4 = 6.",
        "Each step asks for the slope where it stands now: path[k + 1] = path[k] − rate · slope at path[k].",
        "Make path = np.full(steps + 1, w, dtype=float), then fill path[k + 1] in a loop over range(steps).",
    ),
    why="These lines, with more parameters, train every network of the course.",
    solution="""
def descend(gradient, w, rate, steps):
    path = np.full(steps + 1, w, dtype=float)
    for k in range(steps):
        path[k + 1] = path[k] - rate * gradient(path[k])
    return path
""",
    inputs=lambda: [
        (half, 8.0, 0.5, 3),
        (np.sin, 1.0, 0.5, 4),
        (np.tanh, 2, 0.5, 5),  # an integer start
        (np.arctan, -3.0, 1.5, 1),
        (np.sinh, 0.5, 0.1, 20),
        (np.tanh, 1.0, 0.3, 0),
    ],
    wrong=(
        Wrong(_loop("w = w + rate * gradient(w)"), "This walks uphill. Downhill is against the slope: minus."),
        Wrong(_loop("w = w - rate * first"), "Every step uses the slope of the start. Ask for it anew at each place."),
        Wrong(_loop("w = w - gradient(w)"), "The learning rate is missing: the slope is multiplied by it."),
        Wrong(_loop("w = w - rate * w"), "This steps by w itself. Step by the slope at w: gradient(w)."),
        Wrong(_loop("w = w - rate"), "Each step is equally long. Multiply the rate by the slope."),
        Wrong(_loop("w = w - rate * np.sign(gradient(w))"), "Only the slope's sign is used. Its size counts too."),
        Wrong(_loop("w = -rate * gradient(w)"), "The old place is lost: the new one is w minus the step."),
        Wrong(_loop("w = w - rate * gradient(w)", start="[]"), "The start is missing: the path begins with w itself."),
        Wrong(_loop("w = w - rate * gradient(w)", end="w"), "Only the last place is returned. All are asked for."),
        Wrong(_loop("w = w - rate * gradient(w)", rounds="steps + 1"), "One step too many: range(steps) is enough."),
        Wrong(
            _loop("w = w - rate / gradient(w)"), "Divided by the slope. A steep place asks for a longer step: times."
        ),
        Wrong(
            """
def descend(gradient, w, rate, steps):
    path = np.full(steps + 1, w)
    for k in range(steps):
        path[k + 1] = path[k] - rate * gradient(path[k])
    return path
""",
            "An integer start makes an integer array, which cuts the decimals off: dtype=float.",
        ),
    ),
    variants=(
        _loop("w = w - rate * gradient(w)"),
        _loop("w -= rate * gradient(w)", end="path"),
        """
def descend(gradient, w, rate, steps):
    if steps == 0:
        return np.array([w])
    return np.append(w, descend(gradient, w - rate * gradient(w), rate, steps - 1))
""",
        """
def descend(gradient, w, rate, steps):
    path = np.zeros(steps + 1)
    path[0] = w
    for k in range(1, steps + 1):
        path[k] = path[k - 1] - rate * gradient(path[k - 1])
    return path
""",
    ),
)

PREDICT_ONE_STEP = Exercise(
    id="predict_one_step",
    lesson="03",
    title="one step",
    aim="You stand at w = 0, where the slope is −12. Which learning rate leads to w = 3 in a single step?",
    signature="predict_one_step = rate, a number",
    lines=1,
    hints=(
        "How far is it from 0 to 3?",
        "One step goes rate · 12 to the right.",
        "Solve rate · 12 = 3.",
    ),
    why="1 / curvature is the rate that jumps to the bottom of a parabola at once.",
    solution="""
def predict_one_step():
    return 3 / 12  # the way to go, divided by the slope
""",
    atol=0.005,
    wrong=(
        Wrong("3", "That is the way to go. The step is rate times slope, and the slope is 12 already."),
        Wrong("4", "Upside down: that is slope divided by way."),
        Wrong("12", "That is the size of the slope. The step is rate · 12."),
        Wrong("1", "With rate 1 the step is 12 long: it lands at w = 12."),
        Wrong("0.5", "With rate 0.5 the step is 6 long: it lands at w = 6, on the other side."),
        Wrong("0.1", "With rate 0.1 the step is 1.2 long: it lands at w = 1.2."),
        Wrong("-0.25", "The size is right. A rate is positive: the minus is in the rule already."),
    ),
    variants=("0.25", "1 / 4", "np.float32(0.25)", "np.array(0.25)"),
)

PREDICT_LIMIT = Exercise(
    id="predict_limit",
    lesson="03",
    title="too fast",
    aim="The slope is 4 (w − 3). From which learning rate on does descent never come nearer to w = 3?",
    signature="predict_limit = rate, a number",
    lines=1,
    hints=(
        "Start at w = 0, 3 away. After one step you are at 12 · rate. How far from 3 is that?",
        "The distance is multiplied by 1 − 4 · rate in each step.",
        "It stops shrinking where 1 − 4 · rate is −1.",
    ),
    why="2 / curvature is the limit: beyond it every step lands higher than the last.",
    solution="""
def predict_limit():
    return 2 / 4  # 1 - 4 rate = -1
""",
    atol=0.005,
    wrong=(
        Wrong("0.25", "There it arrives in one step. Larger rates jump over the bottom, and may still come nearer."),
        Wrong("1", "At rate 1 the distance is multiplied by −3: that is far beyond the limit."),
        Wrong("2", "That is the 2 of 2 / curvature. The curvature is 4."),
        Wrong("4", "That is the curvature. The steeper the valley, the smaller the limit."),
        Wrong("0.75", "At rate 0.75 the distance is multiplied by −2 already. Where is it −1?"),
        Wrong("0.1", "At rate 0.1 the distance is multiplied by 0.6: it comes nearer."),
    ),
    variants=("0.5", "1 / 2", "np.float32(0.5)", "np.array(0.5)"),
)

RATE_LIMIT = Exercise(
    id="rate_limit",
    lesson="03",
    title="the limit for any bags",
    aim="The cost is J(w) = mean of (w x − y)². Give the learning rate at which descent stops converging.",
    signature="rate_limit(x): x (m,) -> rate",
    lines=2,
    hints=(
        "For x = [1, 1, 2] the limit is 0.5. Which number of x stands behind it?",
        "The slope is 2 · mean(x (w x − y)). How much does it change when w grows by 1? That is the curvature.",
        "curvature = 2 * np.mean(x**2), and the limit is 2 / curvature.",
    ),
    why="The data set the limit: inputs ten times as large allow a hundredth of the rate. So inputs are scaled.",
    solution="""
def rate_limit(x):
    curvature = 2 * np.mean(x**2)
    return 2 / curvature
""",
    inputs=lambda: [
        (np.array([1.0, 1.0, 2.0]),),
        (np.array([3.0]),),
        (np.array([10, 20, 30, 40]),),
        (np.array([-0.5, 0.25, 1.5]),),
        (np.random.default_rng(3).normal(size=50),),
        (np.linspace(0, 1, 7),),
    ],
    wrong=(
        Wrong(
            "1 / (2 * np.mean(x**2))", "That is 1 / curvature, the rate that arrives in one step. The limit is twice."
        ),
        Wrong("2 / np.mean(x**2)", "The slope of a square brings a factor 2: the curvature is 2 · mean(x²)."),
        Wrong("1 / np.mean(x) ** 2", "Square first, then the mean: mean(x²), not (mean x)²."),
        Wrong("1 / np.sum(x**2)", "The cost is a mean over the examples, not a sum."),
        Wrong("2 * np.mean(x**2)", "That is the curvature. The limit is 2 divided by it."),
        Wrong("1 / np.mean(np.abs(x))", "The input enters twice: squared, not by its size."),
        Wrong("1 / np.var(x)", "The variance subtracts the mean first. Here x² itself counts."),
        Wrong("np.mean(x**2)", "Upside down: larger inputs make the limit smaller."),
        Wrong("0.5", "That is the limit for [1, 1, 2] alone. Compute it from x."),
        Wrong("1 / x**2", "One limit per example. The cost is the mean over all: np.mean(x**2)."),
    ),
    variants=(
        "1 / np.mean(x**2)",
        "len(x) / np.sum(x * x)",
        "len(x) / (x @ x)",
        "1 / (np.var(x) + np.mean(x) ** 2)",
        "def rate_limit(x):\n    return 1 / (sum(v * v for v in x) / len(x))",
    ),
)


def _neuron(m, n, seed):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(m, n)), rng.integers(0, 2, size=(m, 1)).astype(float)
    return X, y, rng.normal(size=(n, 1)), rng.normal(size=1)


def _with(code):
    """Write an answer whose first line is a = sigmoid(z)."""
    return f"def cross_entropy_gradient(X, y, w, b):\n    a = cu.sigmoid(X @ w + b)\n    return {code}"


CROSS_ENTROPY_GRADIENT = Exercise(
    id="cross_entropy_gradient",
    lesson="03",
    title="the gradient of the mean cross-entropy",
    aim="Give the two slopes of the cost of a sigmoid neuron: for its weights and for its bias.",
    signature="cross_entropy_gradient(X, y, w, b): X (m, n), y (m, 1), w (n, 1), b (1,) -> dw (n, 1), db (1,)",
    lines=2,
    hints=(
        "Per example the slope for z is a − y. The mean over m examples divides it by m.",
        "z = w x + b: for w multiply a − y by x, for b by 1. Then add up over the examples.",
        "With dz = (cu.sigmoid(X @ w + b) - y) / len(X): X.T @ dz, and dz.sum(axis=0).",
    ),
    why="The same two lines end every network of the course: with softmax, too, the slope is a − y.",
    solution="""
def cross_entropy_gradient(X, y, w, b):
    dz = (cu.sigmoid(X @ w + b) - y) / len(X)  # (m, 1)
    return X.T @ dz, dz.sum(axis=0)  # (n, m) @ (m, 1) -> (n, 1); (1,)
""",
    setup="import course_utils as cu",
    inputs=lambda: [_neuron(4, 2, 0), _neuron(1, 1, 1), _neuron(3, 3, 2), _neuron(50, 2, 3), _neuron(7, 5, 4)],
    wrong=(
        Wrong(_with("X.T @ (y - a) / len(X), (y - a).mean(axis=0)"), "The sign is turned: a − y, not y − a."),
        Wrong(
            _with("X.T @ (a - y), (a - y).sum(axis=0)"), "This is the sum over the examples. The cost is their mean."
        ),
        Wrong(_with("X.T @ (a - y) / len(X), (a - y).sum(axis=0)"), "db is a sum still: divide it by m, as dw is."),
        Wrong(_with("X.T @ (a - y), (a - y).mean(axis=0)"), "dw is a sum still: divide it by m, as db is."),
        Wrong(
            _with("X.T @ (a - y) / len(X), (a - y).mean()"), "db has one entry per unit: shape (1,), so mean(axis=0)."
        ),
        Wrong(
            _with("X.T @ ((a - y) * a * (1 - a)) / len(X), ((a - y) * a * (1 - a)).mean(axis=0)"),
            "a (1 − a) belongs to the squared error. In the cross-entropy it cancels.",
        ),
        Wrong(
            _with("np.mean((a - y) * X, axis=0), (a - y).mean(axis=0)"),
            "dw is flat, (n,). It has the shape of w, (n, 1): X.T @ … keeps it.",
        ),
        Wrong(
            _with("X.T @ (X @ w + b - y) / len(X), (X @ w + b - y).mean(axis=0)"),
            "The sigmoid is missing: compare a with y, not z.",
        ),
        Wrong(
            _with("X.T @ ((a > 0.5) - y) / len(X), ((a > 0.5) - y).mean(axis=0)"),
            "a is rounded to 0 or 1. Take a itself: how sure counts too.",
        ),
        Wrong(
            "(X.T @ (cu.sigmoid(X @ w) - y) / len(X), (cu.sigmoid(X @ w) - y).mean(axis=0))",
            "The bias is missing in z = X @ w + b.",
        ),
        Wrong(
            _with("(np.full_like(w, (X * (a - y)).mean()), (a - y).mean(axis=0))"),
            "All inputs are averaged together. Each weight has its own slope.",
        ),
        Wrong(_with("((a - y).mean(axis=0), X.T @ (a - y) / len(X))"), "The order is dw first, then db."),
        Wrong(
            _with("X.T @ (a - y.ravel()) / len(X), (a - y.ravel()).mean(axis=0)"),
            "a is (m, 1) and y.ravel() is (m,): their difference is a table (m, m). Keep y as a column.",
        ),
    ),
    variants=(
        _with("X.T @ (a - y) / len(X), (a - y).mean(axis=0)"),
        _with("((a - y) * X).mean(axis=0, keepdims=True).T, np.mean(a - y, axis=0)"),
        _with("np.einsum('mn,mu->nu', X, a - y) / len(y), sum(a - y) / len(y)"),
        """
def cross_entropy_gradient(X, y, w, b):
    dw, db = np.zeros_like(w), np.zeros(1)
    for x, t in zip(X, y):
        miss = cu.sigmoid(x @ w + b) - t
        dw += miss * x[:, None] / len(X)
        db += miss / len(X)
    return dw, db
""",
    ),
)

EXERCISES = (CENTRAL_DIFFERENCE, DESCEND, PREDICT_ONE_STEP, PREDICT_LIMIT, RATE_LIMIT, CROSS_ENTROPY_GRADIENT)
