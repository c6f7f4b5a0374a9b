"""Exercises of lesson 01: one neuron, its sigmoid, its weights and its bias."""

import numpy as np

from course_utils.activations import sigmoid
from course_utils.exercises import exercise, open_exercise, prediction


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


@exercise(
    title="the weighted sum",
    aim="Give the pre-activation z of every row of X: each feature times its weight, added up, plus the bias.",
    shapes="X (m, n), w (n,), b a number -> z (m,)",
    hints=(
        "Do one row by hand first: with x = [1, 1], w = [2, 3] and b = -1, z is 2 + 3 - 1 = 4.",
        "`X @ w` multiplies each row of X by w, number by number, and adds up: (m, n) @ (n,) -> (m,).",
        "What is still missing is the bias, which is added once to each row: X @ w + …",
    ),
    why="Every layer of every network in this course begins with this line. Only the shapes grow.",
    inputs=_weighted_sum_inputs,
)
def weighted_sum(X, w, b):
    return X @ w + b  # (m, n) @ (n,) + () -> (m,)


weighted_sum.mistake("The bias is missing. Without b every neuron gives z = 0 at x = 0.", lambda X, w, b: X @ w)
weighted_sum.mistake("The bias is subtracted. It is added: z = X @ w + b.", lambda X, w, b: X @ w - b)
weighted_sum.mistake(
    "The products are not added up. X * w keeps a column for each feature, and X @ w adds them up.",
    lambda X, w, b: X * w + b,
)
weighted_sum.mistake(
    "All rows are added into one number. Each row is an example of its own, so add along the rows only: axis=1.",
    lambda X, w, b: np.sum(X * w) + b,
)
weighted_sum.mistake(
    "axis=0 adds down the columns, across all examples. Each row is one example, so add along axis=1.",
    lambda X, w, b: np.sum(X * w, axis=0) + b,
)
weighted_sum.mistake(
    "The bias is added once for each feature. Add it once, after the sum.", lambda X, w, b: np.sum(X * w + b, axis=1)
)
weighted_sum.mistake(
    "X is transposed. The rows of X are the examples: X @ w, not X.T @ w.", lambda X, w, b: X.T @ w + b
)
weighted_sum.mistake(
    "The values are right, but they stand in a column. Here z has the shape (m,).",
    lambda X, w, b: (X @ w + b).reshape(-1, 1),
)
weighted_sum.mistake(
    "The bias is multiplied. It has to be added, because it shifts z and does not scale it.", lambda X, w, b: X @ w * b
)
weighted_sum.mistake(
    "The bias is added to the weights. It belongs to the neuron as a whole and not to a feature.",
    lambda X, w, b: X @ (w + b),
)
weighted_sum.mistake(
    "This is already the output of the sigmoid. Only the sum z that goes into it is asked for.",
    lambda X, w, b: 1 / (1 + np.exp(-(X @ w + b))),
)
weighted_sum.mistake(
    "The result has the integer type of X, so its decimals are cut off.",
    lambda X, w, b: np.array(X @ w + b, dtype=X.dtype),
)

weighted_sum.also(
    lambda X, w, b: np.sum(X * w, axis=1) + b,
    lambda X, w, b: np.einsum("mn,n->m", X, w) + b,
    lambda X, w, b: X.astype(np.float32) @ w.astype(np.float32) + np.float32(b),
    lambda X, w, b: b + w @ X.T,
    lambda X, w, b: np.column_stack([X, np.ones(len(X))]) @ np.append(w, b),
)


@weighted_sum.also
def _(X, w, b):
    return [sum(x * v for x, v in zip(row, w)) + b for row in X]


@prediction(
    title="twice the weight",
    aim="With w = 1 and b = 0 the output is 0.73 at x = 1. Now w is 2. At which x is the output 0.73?",
    shapes="x, a number",
    hints=(
        "Does a larger weight make the curve steeper or flatter?",
        "The output depends on z = w x alone, and it is 0.73 where z is 1.",
        "Solve 2 x = 1.",
    ),
    why="The weight sets the steepness: with twice the weight, everything happens within half the distance.",
    atol=0.005,
)
def predict_double_w():
    return 1 / 2  # w x = 1 where the output is 0.73; now w is 2


predict_double_w.mistake("The curve gets steeper, not flatter: the same output comes sooner.", 2)
predict_double_w.mistake("That is the old place. With w = 2 the output at x = 1 is 0.88.", 1)
predict_double_w.mistake("At x = 0 the output is 0.5 for every w, since z = 0 there.", 0)
predict_double_w.mistake("That is the output, but the x at which it comes is asked for.", 0.73)
predict_double_w.mistake("That is the new output at x = 1. The x is asked for at which it is 0.73.", 0.88)
predict_double_w.mistake("You halved the output. What is halved is the x at which it comes.", 0.365)

predict_double_w.also(0.5, np.float32(0.5), 1 / 2, np.array(0.5))


@prediction(
    title="a bias",
    aim="With w = 2 and b = 0 the curve passes 0.5 at x = 0. Now b is 3. Where does it pass 0.5?",
    shapes="x, a number",
    hints=(
        "The bias raises z everywhere. If you come from the left, is 0.5 then reached sooner or later?",
        "The output is 0.5 where z = 0, that is where w x + b = 0.",
        "Solve 2 x + 3 = 0.",
    ),
    why="The threshold lies at -b / w, so with a positive weight a positive bias moves the curve to the left.",
    atol=0.005,
)
def predict_bias_shift():
    w, b = 2, 3
    return -b / w


predict_bias_shift.mistake(
    "The size is right, but the side is not: a positive bias makes every yes easier, so the curve moves to the left.",
    1.5,
)
predict_bias_shift.mistake("The shift is b divided by w, so a steep curve is moved less.", -3)
predict_bias_shift.mistake("The shift is -b / w. So it goes to the left, and it is divided by w.", 3)
predict_bias_shift.mistake("The curve passes 0.5 at x = 0 only without a bias: there z = b = 3 now.", 0)
predict_bias_shift.mistake(
    "That is now the output at x = 0. What is asked for is the x at which the output is 0.5.", 0.95
)
predict_bias_shift.mistake("That is −1 / w. The bias is 3: the shift is −b / w.", -0.5)
predict_bias_shift.mistake("That is -w / b. The shift is the bias divided by the weight: -b / w.", -2 / 3)

predict_bias_shift.also(-1.5, -3 / 2, np.float32(-1.5), np.array(-1.5))


@exercise(
    title="the slope of the sigmoid",
    aim="Give the slope of the sigmoid at every z. `sigmoid` is the function of this lesson.",
    shapes="z (the logits) any shape -> slope the same shape",
    hints=(
        "Look at z = 0: a and 1 - a are both 0.5, and the slope is 0.25. How do you get 0.25 out of 0.5 and 0.5?",
        "The slope can be written with a = sigmoid(z) alone. Try your guess on the line for z = 2.",
        "Compute a = sigmoid(z) first, and then multiply a by what it lacks to 1.",
    ),
    why="Whatever a neuron learns has to pass this link. Where the slope is nearly 0, hardly anything gets through.",
    inputs=lambda: [
        (np.array([0.0, 1.0, -1.0, 3.0]),),
        (np.array([2.0]),),
        (np.random.default_rng(3).normal(scale=3, size=(3, 5)),),
        (np.array([[-2, 0], [1, 5]]),),
        (np.array([-500.0, -30.0, 30.0, 500.0]),),
    ],
)
def sigmoid_grad(z):
    a = sigmoid(z)
    return a * (1 - a)


sigmoid_grad.mistake(
    "The rule a * (1 - a) is about the output a, but you put in the logit z. Compute a = sigmoid(z) first.",
    lambda z: z * (1 - z),
)
sigmoid_grad.mistake(
    "The sigmoid is taken twice. What comes in is z, so a = sigmoid(z) is needed once.",
    lambda z: sigmoid(sigmoid(z)) * (1 - sigmoid(sigmoid(z))),
)
sigmoid_grad.mistake("This is the height of the curve and not its slope.", lambda z: sigmoid(z))
sigmoid_grad.mistake(
    "One factor is missing: at z = 0 this gives 0.5, but the slope there is 0.25.", lambda z: 1 - sigmoid(z)
)
sigmoid_grad.mistake("A sign is flipped in the second factor, which is 1 - a.", lambda z: sigmoid(z) * (1 + sigmoid(z)))
sigmoid_grad.mistake(
    "The sign is flipped. The curve rises everywhere, so its slope is positive.",
    lambda z: -sigmoid(z) * (1 - sigmoid(z)),
)
sigmoid_grad.mistake("The second factor mixes z and a: it is 1 - a.", lambda z: sigmoid(z) * (1 - z))
sigmoid_grad.mistake("The first factor is z where a = sigmoid(z) is meant.", lambda z: z * (1 - sigmoid(z)))
sigmoid_grad.mistake("That rule belongs to tanh. For the sigmoid it is a * (1 - a).", lambda z: 1 - sigmoid(z) ** 2)
sigmoid_grad.mistake(
    "The slopes are added up, but each logit has a slope of its own.", lambda z: np.sum(sigmoid(z) * (1 - sigmoid(z)))
)
sigmoid_grad.mistake(
    "The result has the integer type of z, so its decimals are cut off.",
    lambda z: (sigmoid(z) * (1 - sigmoid(z))).astype(z.dtype),
)

sigmoid_grad.also(
    lambda z: sigmoid(z) - sigmoid(z) ** 2,
    lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
    lambda z: sigmoid(z.astype(np.float32)) * (1 - sigmoid(z.astype(np.float32))),
    lambda z: sigmoid(z) * sigmoid(-z),
    lambda z: 1 / (4 * np.cosh(z / 2) ** 2),
    lambda z: (sigmoid(z + 1e-5) - sigmoid(z - 1e-5)) / 2e-5,
)


@sigmoid_grad.also
def _(z):
    slopes = [a * (1 - a) for a in sigmoid(z.ravel())]
    return np.reshape(slopes, z.shape)


@exercise(
    title="a sigmoid that does not overflow",
    aim="Write the sigmoid so that no logit between −10,000 and 10,000 makes NumPy warn.",
    shapes="z any shape -> a the same shape",
    hints=(
        "np.exp overflows only where its argument is large and positive. For which z is -z like that?",
        "For z < 0 take the second form, e^z / (1 + e^z), whose exponent is negative there.",
        "Let e = np.exp(-np.abs(z)). The result is 1 / (1 + e) where z >= 0, and e / (1 + e) elsewhere.",
    ),
    why="The sigmoid of the package is written like this: it gives no warning for any float, however large.",
    inputs=lambda: [
        (np.array([-2.0, -1.0, 0.0, 1.0, 2.0]),),
        (np.array([0.5]),),
        (np.random.default_rng(2).normal(scale=5, size=(3, 5)),),
        (np.array([-3, 0, 1, 4]),),
        (np.array([[-1e4, -745.0, -40.0], [40.0, 745.0, 1e4]]),),
    ],
    quiet=True,
)
def sigmoid_stable(z):
    e = np.exp(-np.abs(z))  # between 0 and 1, for every z
    return np.where(z >= 0, 1, e) / (1 + e)


sigmoid_stable.mistake(
    "np.exp(-z) overflows where z is far below 0. Use the other form there.", lambda z: 1 / (1 + np.exp(-z))
)
sigmoid_stable.mistake(
    "np.where computes both forms for every z, also the one that overflows. Take np.exp(-abs(z)) for both.",
    lambda z: np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z))),
)
sigmoid_stable.mistake(
    "np.exp(z) overflows where z is large, and infinity divided by infinity is nan.",
    lambda z: np.exp(z) / (1 + np.exp(z)),
)
sigmoid_stable.mistake(
    "The curve falls where it should rise. Swap the two cases.",
    lambda z: np.where(z >= 0, np.exp(-abs(z)), 1) / (1 + np.exp(-abs(z))),
)
sigmoid_stable.mistake(
    "Negative logits are treated like positive ones. Below z = 0 the numerator is e and not 1.",
    lambda z: 1 / (1 + np.exp(-abs(z))),
)
sigmoid_stable.mistake(
    "The logits are cut off at 10, too early: sigmoid(-40) is not 0.00005.",
    lambda z: 1 / (1 + np.exp(-np.clip(z, -10, 10))),
)
sigmoid_stable.mistake(
    "The logits are cut off at 5, too early: sigmoid(-40) is not 0.007.", lambda z: 1 / (1 + np.exp(-np.clip(z, -5, 5)))
)
sigmoid_stable.mistake(
    "The result has the integer type of z, so that every output is cut down to 0.",
    lambda z: (np.where(z >= 0, 1, np.exp(-abs(z))) / (1 + np.exp(-abs(z)))).astype(z.dtype),
)
sigmoid_stable.mistake("This is tanh: it runs from -1 to 1. The sigmoid runs from 0 to 1.", lambda z: np.tanh(z))


@sigmoid_stable.mistake("The limit is written into z itself, and the caller's array changes. Use np.clip, or copy z.")
def _(z):
    z[z < -500] = -500
    return 1 / (1 + np.exp(-z))


sigmoid_stable.also(
    lambda z: (1 + np.tanh(z / 2)) / 2,
    lambda z: np.exp(-np.logaddexp(0, -z)),
    lambda z: 1 / (1 + np.exp(-np.clip(z, -500, 500))),
    lambda z: 1 / (1 + np.exp(np.minimum(-z.astype(np.float32), 80))),
)


@sigmoid_stable.also
def _(z):
    a = [1 / (1 + np.exp(-v)) if v >= 0 else np.exp(v) / (1 + np.exp(v)) for v in z.ravel()]
    return np.array(a).reshape(z.shape)


@sigmoid_stable.also
def _(z):
    a = np.empty(z.shape)
    up = z >= 0
    a[up] = 1 / (1 + np.exp(-z[up]))
    a[~up] = np.exp(z[~up]) / (1 + np.exp(z[~up]))
    return a


def _threshold_inputs() -> list[tuple]:
    rng = np.random.default_rng(4)
    drawn = [(float(w), float(b), float(p)) for w, b, p in rng.uniform(0.1, 0.9, size=(4, 3))]
    return [(2.0, -3.0, 0.5), (1.0, 0.0, 0.9), (-1.5, 2.0, 0.2), *drawn, (3, 1, 1e-9), (0.5, 2, 0.999999)]


@exercise(
    title="where the neuron makes up its mind",
    aim="A neuron on one input gives a = sigmoid(w x + b). At which x is its output exactly p?",
    shapes="w, b numbers, w not 0, p between 0 and 1 -> x a number",
    hints=(
        "Begin with p = 0.5. There z is 0, so you can solve w x + b = 0 for x.",
        "For any other p, the logarithm of the odds gives the logit: z = log(p / (1 - p)).",
        "First z = np.log(p / (1 - p)). Then solve w x + b = z for x.",
    ),
    why="The weight and the bias of a neuron are easiest to understand as a place on the axis, its threshold.",
    inputs=_threshold_inputs,
)
def threshold(w, b, p):
    z = np.log(p / (1 - p))  # the logit at which the sigmoid is p
    return (z - b) / w


threshold.mistake(
    "p is not used. The place -b / w is where the output is 0.5, whatever p you want.", lambda w, b, p: -b / w
)
threshold.mistake(
    "The bias changes sides with the wrong sign: w x = z - b.", lambda w, b, p: (np.log(p / (1 - p)) + b) / w
)
threshold.mistake("The division by w is missing.", lambda w, b, p: np.log(p / (1 - p)) - b)
threshold.mistake("Only b is divided by w. Put z - b into brackets.", lambda w, b, p: np.log(p / (1 - p)) - b / w)
threshold.mistake(
    "Only the logit is divided by w. Put z - b into brackets first.", lambda w, b, p: np.log(p / (1 - p)) / w - b
)
threshold.mistake(
    "You multiply by w, but to solve for x you have to divide by it.", lambda w, b, p: (np.log(p / (1 - p)) - b) * w
)
threshold.mistake("The fraction is upside down: z = log(p / (1 - p)).", lambda w, b, p: (np.log((1 - p) / p) - b) / w)
threshold.mistake(
    "log(p) undoes exp, not the sigmoid. The logit is log(p / (1 - p)).", lambda w, b, p: (np.log(p) - b) / w
)
threshold.mistake(
    "p is taken for the logit. Undo the sigmoid first: z = log(p / (1 - p)).", lambda w, b, p: (p - b) / w
)
threshold.mistake(
    "The logarithm is missing: p / (1 - p) are the odds, z is their log.", lambda w, b, p: (p / (1 - p) - b) / w
)
threshold.mistake("log10 is another logarithm. np.log undoes np.exp.", lambda w, b, p: (np.log10(p / (1 - p)) - b) / w)
threshold.mistake(
    "The logit is the log of a quotient, log(p / (1 - p)), not the quotient of two logs.",
    lambda w, b, p: (np.log(p) / np.log(1 - p) - b) / w,
)
threshold.mistake(
    "This puts p into the neuron. But p is its output, and the x that goes in is asked for.",
    lambda w, b, p: 1 / (1 + np.exp(-(w * p + b))),
)

threshold.also(
    lambda w, b, p: -(np.log(1 / p - 1) + b) / w,
    lambda w, b, p: (np.log(p) - np.log1p(-p) - b) / w,
    lambda w, b, p: np.float32((np.log(p / (1 - p)) - b) / w),
)


@threshold.also
def _(w, b, p):
    low, high = -60.0, 60.0
    for _ in range(100):
        z = (low + high) / 2
        low, high = (z, high) if 1 / (1 + np.exp(-z)) < p else (low, z)
    return (z - b) / w


prove_quarter = open_exercise(
    "prove_quarter",
    title="why the slope is never more than a quarter",
    task="The picture shows that the slope of the sigmoid, a (1 − a), is largest at z = 0. Prove it in two steps. "
    "First show that a (1 − a) is 1/4 minus a square, and say where that square is 0. Then show that "
    "σ(−z) = 1 − σ(z), and what follows for the slopes at z and at −z.",
    answer="Multiply out: (a − 1/2)² = a² − a + 1/4. So\n\n"
    "$$a(1 - a) = \\frac14 - \\left(a - \\frac12\\right)^2 .$$\n\n"
    "A square is never negative, so the slope is never more than 1/4. It reaches 1/4 only where a = 1/2, and that is "
    "at z = 0, because 1 + e⁻ᶻ = 2 only there.\n\n"
    "For the second step, multiply numerator and denominator of σ(−z) = 1 / (1 + eᶻ) by e⁻ᶻ. This gives "
    "e⁻ᶻ / (1 + e⁻ᶻ), which is 1 − σ(z), as in the lesson. So at −z the two factors a and 1 − a have changed places, "
    "and their product, the slope, is the same as at z: the curve of the slope is symmetric.",
    effort="do",
    hints=(
        "What do you get when you multiply out (a − 1/2)²?",
        "Write σ(−z) as a fraction, and multiply its numerator and denominator by e⁻ᶻ.",
    ),
)


design_neuron = open_exercise(
    "design_neuron",
    title="a neuron of your own",
    task="Build a neuron for a decision of your own, yes or no, with three features between 0 and 1. Choose the "
    "weights and the bias by thinking, and say what the sign of each means. Compute z and a for one clear yes, one "
    "clear no and one case in between. Then look for a situation in which no choice of the four parameters can give "
    "the answer that you want.",
    answer="An example: shall I ride the bicycle today? The features are rain (0 to 1), distance (0 for next door, 1 "
    "for ten kilometres) and hurry (0 to 1). Rain and distance speak against it, so their weights are negative, say −4 "
    "and −2. A bicycle is faster than the bus here, so hurry speaks for it: +1. I like riding, so the bias is "
    "positive: +2.\n\n"
    "A dry day, near, no hurry: (0, 0.2, 0) gives z = −0.4 + 2 = 1.6 and a = 0.83, a clear yes. Rain and a long way: "
    "(1, 0.8, 0) gives z = −4 − 1.6 + 2 = −3.6 and a = 0.03, a clear no. Drizzle, half the way, some hurry: "
    "(0.3, 0.5, 0.5) gives z = −1.2 − 1 + 0.5 + 2 = 0.3 and a = 0.57, in between.\n\n"
    "What it cannot do: in a hurry I take the bicycle for a short way, but the train for a long one, and without "
    "hurry it is the other way round, since I have time for a long ride and walk a short way. Hurry and distance "
    "then matter only together, while a weighted sum gives each of them one direction, whatever the other one is. "
    "Lesson 05 proves that no neuron can do this, and lesson 06 does it with two layers.",
    effort="do",
    hints=(
        "Begin with the bias: what would you do if all three features were 0?",
        "For the last part, look for a feature that speaks for a yes in one situation and against it in another.",
    ),
)
