"""Exercises of lesson 05: logic gates, the score of a neuron, and which gates one neuron can do."""

import numpy as np

from course_utils.exercises import exercise, prediction

ROWS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def _says_inputs() -> list[tuple]:
    rng = np.random.default_rng(41)
    return [
        (ROWS, np.array([1.0, 1.0]), -1.5),
        (ROWS, np.array([1.0, 1.0]), -1.0),  # two rows lie on the line: z = 0
        (np.array([[2.0]]), np.array([0.2]), 0.0),
        (rng.normal(size=(2, 2)), rng.normal(size=2), 0.1),  # square: a transposed X shows in the values
        (rng.normal(size=(9, 5)), rng.normal(size=5), -0.3),
        (np.array([[0, 1], [1, 0], [1, 1]]), np.array([-0.4, -0.8]), 0.7),
        (300 * rng.normal(size=(6, 3)), rng.normal(size=3), 40.0),
    ]


@exercise(
    title="what the neuron says",
    aim="Give the neuron's decision for each row of X: 1 where its logit is above 0, else 0.",
    shapes="X (m, n), w (n,), b a number -> decisions (m,), each 0 or 1",
    hints=(
        "First the logits of all rows: z = X @ w + b.",
        "A comparison of an array with a number gives True or False for each element.",
        "np.where(z > 0, 1, 0) turns the comparison into ones and zeros.",
    ),
    why="The sigmoid passes 0.5 at z = 0: who wants only the decision needs no exponential.",
    inputs=_says_inputs,
)
def gate_says(X, w, b):
    z = X @ w + b  # (m, n) @ (n,) + () -> (m,)
    return np.where(z > 0, 1, 0)


gate_says.mistake(
    "At z = 0 the neuron says 0: compare with >, not with >=.", lambda X, w, b: np.where(X @ w + b >= 0, 1, 0)
)
gate_says.mistake(
    "The comparison is the wrong way round: 1 where z is above 0.", lambda X, w, b: np.where(X @ w + b < 0, 1, 0)
)
gate_says.mistake(
    "The bias is missing. Without b every line passes through (0, 0).", lambda X, w, b: np.where(X @ w > 0, 1, 0)
)
gate_says.mistake("The bias is subtracted. It is added: z = X @ w + b.", lambda X, w, b: np.where(X @ w - b > 0, 1, 0))
gate_says.mistake(
    "0.5 belongs to the output a. For the logit z the limit is 0.", lambda X, w, b: np.where(X @ w + b > 0.5, 1, 0)
)
gate_says.mistake(
    "This is the output a. The decision is asked for: 0 or 1.", lambda X, w, b: (1 + np.tanh((X @ w + b) / 2)) / 2
)
gate_says.mistake("This is the logit z. The decision is asked for: 0 or 1.", lambda X, w, b: X @ w + b)
gate_says.mistake("np.sign says −1 for the rows that should get 0.", lambda X, w, b: np.sign(X @ w + b))
gate_says.mistake(
    "The products are not added up: X * w keeps one column per input.", lambda X, w, b: np.where(X * w + b > 0, 1, 0)
)
gate_says.mistake(
    "The values are right, in a column. Here they are (m,).",
    lambda X, w, b: np.where(X @ w + b > 0, 1, 0).reshape(-1, 1),
)

gate_says.also(
    lambda X, w, b: X @ w + b > 0,
    lambda X, w, b: (X @ w + b > 0).astype(float),
    lambda X, w, b: np.heaviside(X @ w + b, 0),
    lambda X, w, b: np.round((1 + np.tanh((X @ w + b) / 2)) / 2),
    lambda X, w, b: (1 + np.tanh((X @ w + b) / 2)) / 2 > 0.5,
)


@gate_says.also
def _(X, w, b):
    return [1 if sum(x * v for x, v in zip(row, w)) + b > 0 else 0 for row in X]


@prediction(
    title="from AND to OR",
    aim="w = (1, 1) and b = −1.5 is AND. The weights stay, b rises. Just above which b is it OR?",
    shapes="b, a number",
    hints=(
        "Which rows does OR switch on that AND leaves off?",
        "The row (0, 1) has z = 1 + b. It says 1 as soon as z is above 0.",
        "Solve 1 + b = 0.",
    ),
    why="The bias alone moves the line in parallel: one pair of weights holds two gates.",
    atol=0.005,
)
def predict_and_becomes_or():
    w = 1
    return -w  # z = w + b is 0 here, for both rows in the middle


predict_and_becomes_or.mistake("OR it is there, but it has been OR before: look for the b at which it begins.", -0.5)
predict_and_becomes_or.mistake("There OR ends: above b = 0 the row (0, 0) says 1 too.", 0)
predict_and_becomes_or.mistake("There AND begins: above b = −2 the row (1, 1) says 1.", -2)
predict_and_becomes_or.mistake("The sign is lost: 1 + b = 0.", 1)
predict_and_becomes_or.mistake("That is the start, and it is AND: the row (0, 1) has z = −0.5 there.", -1.5)
predict_and_becomes_or.mistake("Much too far: there every row says 1.", 0.5)

predict_and_becomes_or.also(-1, -1.0, np.float32(-1), np.array(-1))


@prediction(
    title="all signs changed",
    aim="w = (1, 1) and b = −1.5 is AND. Now all three numbers change their sign. Which gate is it?",
    shapes='a name, such as "OR"',
    hints=(
        "Every logit changes its sign. What happens to each decision?",
        "Ones become zeros and zeros become ones: 0, 0, 0, 1 becomes 1, 1, 1, 0.",
        "It is AND, negated: not-AND.",
    ),
    why="The line stays where it is; only the side that says 1 is the other one.",
)
def predict_negated_gate():
    return "NAND"  # each logit changes its sign, each answer its side


predict_negated_gate.mistake("The line is the same, the sides are not: at (1, 1) z is −0.5 now.", "AND")
predict_negated_gate.mistake("At (0, 0) z is 1.5 now: the row says 1. OR says 0 there.", "OR")
predict_negated_gate.mistake("NOR says 1 for (0, 0) only. Here (0, 1) has z = 0.5 as well.", "NOR")
predict_negated_gate.mistake("One line cannot give XOR. At (0, 0) z is 1.5 now.", "XOR")
predict_negated_gate.mistake("At (0, 1) z is 0.5 now: the row says 1. XNOR says 0 there.", "XNOR")

predict_negated_gate.also("NAND", "nand", " Nand ")


def _right_inputs() -> list[tuple]:
    rng = np.random.default_rng(42)
    and_, or_, xor = (np.array(y, dtype=float).reshape(4, 1) for y in ((0, 0, 0, 1), (0, 1, 1, 1), (0, 1, 1, 0)))
    return [
        (ROWS, and_, np.array([1.0, 1.0]), -1.5),
        (ROWS, xor, np.array([1.0, 1.0]), -0.5),
        (ROWS, and_, np.array([1.0, 1.0]), -1.0),  # two rows lie on the line: z = 0
        (ROWS, or_, np.array([-1.0, -1.0]), 0.5),
        (np.array([[2.0]]), np.array([[1.0]]), np.array([0.2]), 0.3),
        (rng.normal(size=(9, 5)), rng.integers(0, 2, size=(9, 1)), rng.normal(size=5), -0.3),
        (300 * rng.normal(size=(6, 3)), rng.integers(0, 2, size=(6, 1)), rng.normal(size=3), 40.0),
    ]


@exercise(
    title="how many rows are right",
    aim="Count the rows of X for which the neuron's decision equals the target in the column y.",
    shapes="X (m, n), y (m, 1), w (n,), b a number -> a whole number",
    hints=(
        "Decisions first, as in Your turn A. Then compare them with the targets.",
        "Decisions are (m,), targets (m, 1). Compared like that they give (m, m). Flatten y.",
        "np.sum of a comparison counts where it holds: np.sum(says == y.ravel()).",
    ),
    why="A gate is solved at 4 of 4 only; a share of 0.75 sounds better than it is.",
    inputs=_right_inputs,
)
def rows_right(X, y, w, b):
    says = X @ w + b > 0  # (m,)
    return np.sum(says == y.ravel())  # (m,) == (m,)


rows_right.mistake(
    "(m,) against (m, 1) compares every row with every target: (m, m). Flatten y: y.ravel().",
    lambda X, y, w, b: np.sum((X @ w + b > 0) == y),
)
rows_right.mistake(
    "This is the share. The number of rows is asked for.", lambda X, y, w, b: np.mean((X @ w + b > 0) == y.ravel())
)
rows_right.mistake(
    "These are the wrong rows. Count where both are equal.", lambda X, y, w, b: np.sum((X @ w + b > 0) != y.ravel())
)
rows_right.mistake(
    "This counts the rows that say 1. The targets are not used.", lambda X, y, w, b: np.sum(X @ w + b > 0)
)
rows_right.mistake(
    "Only right ones are counted. A right 0 counts too.", lambda X, y, w, b: np.sum((X @ w + b > 0) * y.ravel())
)
rows_right.mistake(
    "This says whether all rows are right. Count them.", lambda X, y, w, b: np.all((X @ w + b > 0) == y.ravel())
)
rows_right.mistake(
    "At z = 0 the neuron says 0: compare with >, not with >=.", lambda X, y, w, b: np.sum((X @ w + b >= 0) == y.ravel())
)
rows_right.mistake("The bias is missing: z = X @ w + b.", lambda X, y, w, b: np.sum((X @ w > 0) == y.ravel()))
rows_right.mistake(
    "The output a is hardly ever exactly 0 or 1. Compare the decision with the target.",
    lambda X, y, w, b: np.sum((1 + np.tanh((X @ w + b) / 2)) / 2 == y.ravel()),
)
rows_right.mistake(
    "0.5 belongs to the output a. For the logit the limit is 0.",
    lambda X, y, w, b: np.sum((X @ w + b > 0.5) == y.ravel()),
)
rows_right.mistake(
    "This is the comparison. The number of True in it is asked for.", lambda X, y, w, b: (X @ w + b > 0) == y.ravel()
)

rows_right.also(
    lambda X, y, w, b: np.count_nonzero((X @ w.reshape(-1, 1) + b > 0) == y),
    lambda X, y, w, b: len(X) - np.abs((X @ w + b > 0) - y[:, 0]).sum(),
    lambda X, y, w, b: np.mean((X @ w + b > 0) == y.ravel()) * len(y),
    lambda X, y, w, b: int(sum(np.where(X @ w + b > 0, 1, 0) == y.flatten())),
)


@rows_right.also
def _(X, y, w, b):
    count = 0
    for row, (target,) in zip(X, y):
        count += (sum(row * w) + b > 0) == target
    return count


@prediction(
    title="the best line for XOR",
    aim="You may choose w1, w2 and b freely. How many of the four XOR rows can one neuron get right?",
    shapes="a whole number",
    hints=(
        "Try OR's line first. Which row is wrong?",
        "(0, 1) and (1, 0) want one side, (0, 0) and (1, 1) the other. They lie crosswise.",
        "One row is always left over.",
    ),
    why="Three of four looks close, and no training ever finds the fourth: the model lacks it.",
)
def predict_xor_best():
    return 4 - 1  # one row is always left over


predict_xor_best.mistake("Then one line would part the four points. Try to draw it.", 4)
predict_xor_best.mistake("Always saying 0 gets two. OR's line gets more.", 2)
predict_xor_best.mistake("Change all signs, and one right row becomes three.", 1)
predict_xor_best.mistake("Change all signs, and no right row becomes four. Neither exists.", 0)
predict_xor_best.mistake("That is a share. The number of rows is asked for.", 0.75)
predict_xor_best.mistake("That is what training ends at, on each row. How many rows can be right?", 0.5)

predict_xor_best.also(3, 3.0, np.int64(3))


@exercise(
    title="which gates one neuron can do",
    aim="There are 16 gates of two inputs. Say for each whether some line puts its ones on one side.",
    shapes="y (4,), the targets of (0,0) (0,1) (1,0) (1,1) -> True or False",
    hints=(
        "Only 2 of the 16 gates are impossible. You know one of them.",
        "z of the two middle rows adds up to the same as z of the first and the last row.",
        "Impossible: both middle rows 1 and both others 0, or the other way round.",
    ),
    why="More inputs make it worse: of the 65,536 gates of four inputs one neuron can do 1,882.",
    inputs=lambda: [(np.array([i >> 3 & 1, i >> 2 & 1, i >> 1 & 1, i & 1]),) for i in (1, 7, 6, *range(16))],
)
def one_neuron_can(y):
    middle, ends = y[1] + y[2], y[0] + y[3]
    return abs(middle - ends) < 2  # 2 against 0: one sum of logits both above 0 and not


one_neuron_can.mistake(
    "XOR is found. Its mirror image, XNOR, is not.", lambda y: not (y[1] == y[2] == 1 and y[0] == y[3] == 0)
)
one_neuron_can.mistake(
    "XNOR is found. Its mirror image, XOR, is not.", lambda y: not (y[1] == y[2] == 0 and y[0] == y[3] == 1)
)
one_neuron_can.mistake(
    "Two ones and two zeros can be apart: where they share a side, a line has room between them.", lambda y: sum(y) != 2
)
one_neuron_can.mistake(
    "An even number of ones is no obstacle: 0, 1, 0, 1 is the second input.", lambda y: sum(y) % 2 == 1
)
one_neuron_can.mistake("AND has equal rows in the middle, and one neuron can do it.", lambda y: y[1] != y[2])
one_neuron_can.mistake(
    "The gate 0, 0, 0, 0 has equal ends, and a bias of −1 with no weights does it.", lambda y: y[0] != y[3]
)
one_neuron_can.mistake(
    "The gates that always say 0, or always 1, have equal ends and an equal middle too. A bias alone does them.",
    lambda y: not (y[0] == y[3] and y[1] == y[2]),
)
one_neuron_can.mistake("Not every gate: XOR has no line.", lambda y: True)
one_neuron_can.mistake(
    "The answer is turned round: these are the impossible ones.", lambda y: abs(y[1] + y[2] - y[0] - y[3]) == 2
)
one_neuron_can.mistake(
    "Targets need not add up, only logits must: AND has 0 in the middle and 1 at the ends.",
    lambda y: y[1] + y[2] == y[0] + y[3],
)

one_neuron_can.also(
    lambda y: not (y[0] == y[3] and y[1] == y[2] and y[0] != y[1]),
    lambda y: tuple(y) not in {(0, 1, 1, 0), (1, 0, 0, 1)},
)


@one_neuron_can.also
def _(y):
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    values = np.arange(-2, 2.5, 0.5)
    for w1 in values:
        for w2 in values:
            for b in values:
                if np.array_equal(X @ [w1, w2] + b > 0, y):
                    return True
    return False


@one_neuron_can.also
def _(y):
    X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
    v = np.zeros(3)
    for _ in range(50):
        for row, target in zip(X, y):
            v += (target - (row @ v > 0)) * row
    return bool(np.all((X @ v > 0) == y))
