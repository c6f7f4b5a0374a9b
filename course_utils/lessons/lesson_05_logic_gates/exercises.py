"""Exercises of lesson 05: logic gates, the score of a neuron, and which gates one neuron can do."""

import numpy as np

from course_utils.exercises.exercise import Exercise
from course_utils.exercises.exercise import WrongAnswer as Wrong

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


GATE_SAYS = Exercise(
    id="gate_says",
    lesson="05",
    title="what the neuron says",
    aim="Give the neuron's decision for each row of X: 1 where its logit is above 0, else 0.",
    signature="gate_says(X, w, b): X (m, n), w (n,), b a number -> decisions (m,), each 0 or 1",
    lines=2,
    hints=(
        "First the logits of all rows: z = X @ w + b.",
        "A comparison of an array with a number gives True or False for each element.",
        "np.where(z > 0, 1, 0) turns the comparison into ones and zeros.",
    ),
    why="The sigmoid passes 0.5 at z = 0: who wants only the decision needs no exponential.",
    solution="""
def gate_says(X, w, b):
    z = X @ w + b  # (m, n) @ (n,) + () -> (m,)
    return np.where(z > 0, 1, 0)
""",
    inputs=_says_inputs,
    wrong=(
        Wrong("np.where(X @ w + b >= 0, 1, 0)", "At z = 0 the neuron says 0: compare with >, not with >=."),
        Wrong("np.where(X @ w + b < 0, 1, 0)", "The comparison is the wrong way round: 1 where z is above 0."),
        Wrong("np.where(X @ w > 0, 1, 0)", "The bias is missing. Without b every line passes through (0, 0)."),
        Wrong("np.where(X @ w - b > 0, 1, 0)", "The bias is subtracted. It is added: z = X @ w + b."),
        Wrong("np.where(X @ w + b > 0.5, 1, 0)", "0.5 belongs to the output a. For the logit z the limit is 0."),
        Wrong("(1 + np.tanh((X @ w + b) / 2)) / 2", "This is the output a. The decision is asked for: 0 or 1."),
        Wrong("X @ w + b", "This is the logit z. The decision is asked for: 0 or 1."),
        Wrong("np.sign(X @ w + b)", "np.sign says −1 for the rows that should get 0."),
        Wrong("np.where(X * w + b > 0, 1, 0)", "The products are not added up: X * w keeps one column per input."),
        Wrong("np.where(X @ w + b > 0, 1, 0).reshape(-1, 1)", "The values are right, in a column. Here they are (m,)."),
    ),
    variants=(
        "X @ w + b > 0",
        "(X @ w + b > 0).astype(float)",
        "def gate_says(X, w, b):\n    return [1 if sum(x * v for x, v in zip(row, w)) + b > 0 else 0 for row in X]",
        "np.heaviside(X @ w + b, 0)",
        "np.round((1 + np.tanh((X @ w + b) / 2)) / 2)",
        "(1 + np.tanh((X @ w + b) / 2)) / 2 > 0.5",
    ),
)


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


ROWS_RIGHT = Exercise(
    id="rows_right",
    lesson="05",
    title="how many rows are right",
    aim="Count the rows of X for which the neuron's decision equals the target in the column y.",
    signature="rows_right(X, y, w, b): X (m, n), y (m, 1), w (n,), b a number -> a whole number",
    lines=2,
    hints=(
        "Decisions first, as in Your turn A. Then compare them with the targets.",
        "Decisions are (m,), targets (m, 1). Compared like that they give (m, m). Flatten y.",
        "np.sum of a comparison counts where it holds: np.sum(says == y.ravel()).",
    ),
    why="A gate is solved at 4 of 4 only; a share of 0.75 sounds better than it is.",
    solution="""
def rows_right(X, y, w, b):
    says = X @ w + b > 0  # (m,)
    return np.sum(says == y.ravel())  # (m,) == (m,)
""",
    inputs=_right_inputs,
    wrong=(
        Wrong(
            "np.sum((X @ w + b > 0) == y)",
            "(m,) against (m, 1) compares every row with every target: (m, m). Flatten y: y.ravel().",
        ),
        Wrong("np.mean((X @ w + b > 0) == y.ravel())", "This is the share. The number of rows is asked for."),
        Wrong("np.sum((X @ w + b > 0) != y.ravel())", "These are the wrong rows. Count where both are equal."),
        Wrong("np.sum(X @ w + b > 0)", "This counts the rows that say 1. The targets are not used."),
        Wrong("np.sum((X @ w + b > 0) * y.ravel())", "Only right ones are counted. A right 0 counts too."),
        Wrong("np.all((X @ w + b > 0) == y.ravel())", "This says whether all rows are right. Count them."),
        Wrong("np.sum((X @ w + b >= 0) == y.ravel())", "At z = 0 the neuron says 0: compare with >, not with >=."),
        Wrong("np.sum((X @ w > 0) == y.ravel())", "The bias is missing: z = X @ w + b."),
        Wrong(
            "np.sum((1 + np.tanh((X @ w + b) / 2)) / 2 == y.ravel())",
            "The output a is hardly ever exactly 0 or 1. Compare the decision with the target.",
        ),
        Wrong("np.sum((X @ w + b > 0.5) == y.ravel())", "0.5 belongs to the output a. For the logit the limit is 0."),
        Wrong("(X @ w + b > 0) == y.ravel()", "This is the comparison. The number of True in it is asked for."),
    ),
    variants=(
        """
def rows_right(X, y, w, b):
    count = 0
    for row, (target,) in zip(X, y):
        count += (sum(row * w) + b > 0) == target
    return count
""",
        "np.count_nonzero((X @ w.reshape(-1, 1) + b > 0) == y)",
        "len(X) - np.abs((X @ w + b > 0) - y[:, 0]).sum()",
        "np.mean((X @ w + b > 0) == y.ravel()) * len(y)",
        "int(sum(np.where(X @ w + b > 0, 1, 0) == y.flatten()))",
    ),
)

ONE_NEURON_CAN = Exercise(
    id="one_neuron_can",
    lesson="05",
    title="which gates one neuron can do",
    aim="There are 16 gates of two inputs. Say for each whether some line puts its ones on one side.",
    signature="one_neuron_can(y): y (4,), the targets of (0,0) (0,1) (1,0) (1,1) -> True or False",
    lines=2,
    hints=(
        "Only 2 of the 16 gates are impossible. You know one of them.",
        "z of the two middle rows adds up to the same as z of the first and the last row.",
        "Impossible: both middle rows 1 and both others 0, or the other way round.",
    ),
    why="More inputs make it worse: of the 65,536 gates of four inputs one neuron can do 1,882.",
    solution="""
def one_neuron_can(y):
    middle, ends = y[1] + y[2], y[0] + y[3]
    return 2 > abs(middle - ends)  # 2 against 0: one sum of logits both above 0 and not
""",
    inputs=lambda: [(np.array([i >> 3 & 1, i >> 2 & 1, i >> 1 & 1, i & 1]),) for i in (1, 7, 6, *range(16))],
    wrong=(
        Wrong("not (y[1] == y[2] == 1 and y[0] == y[3] == 0)", "XOR is found. Its mirror image, XNOR, is not."),
        Wrong("not (y[1] == y[2] == 0 and y[0] == y[3] == 1)", "XNOR is found. Its mirror image, XOR, is not."),
        Wrong(
            "sum(y) != 2",
            "Two ones and two zeros can be apart: where they share a side, a line has room between them.",
        ),
        Wrong("sum(y) % 2 == 1", "An even number of ones is no obstacle: 0, 1, 0, 1 is the second input."),
        Wrong("y[1] != y[2]", "AND has equal rows in the middle, and one neuron can do it."),
        Wrong("y[0] != y[3]", "The gate 0, 0, 0, 0 has equal ends, and a bias of −1 with no weights does it."),
        Wrong("True", "Not every gate: XOR has no line."),
        Wrong("abs(y[1] + y[2] - y[0] - y[3]) == 2", "The answer is turned round: these are the impossible ones."),
        Wrong(
            "y[1] + y[2] == y[0] + y[3]",
            "Targets need not add up, only logits must: AND has 0 in the middle and 1 at the ends.",
        ),
    ),
    variants=(
        "not (y[0] == y[3] and y[1] == y[2] and y[0] != y[1])",
        "tuple(y) not in {(0, 1, 1, 0), (1, 0, 0, 1)}",
        """
def one_neuron_can(y):
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    values = np.arange(-2, 2.5, 0.5)
    for w1 in values:
        for w2 in values:
            for b in values:
                if np.array_equal(X @ [w1, w2] + b > 0, y):
                    return True
    return False
""",
        """
def one_neuron_can(y):
    X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
    v = np.zeros(3)
    for _ in range(50):
        for row, target in zip(X, y):
            v += (target - (row @ v > 0)) * row
    return bool(np.all((X @ v > 0) == y))
""",
    ),
)

PREDICT_AND_BECOMES_OR = Exercise(
    id="predict_and_becomes_or",
    lesson="05",
    title="from AND to OR",
    aim="w = (1, 1) and b = −1.5 is AND. The weights stay, b rises. Just above which b is it OR?",
    signature="predict_and_becomes_or = b, a number",
    lines=1,
    hints=(
        "Which rows does OR switch on that AND leaves off?",
        "The row (0, 1) has z = 1 + b. It says 1 as soon as z is above 0.",
        "Solve 1 + b = 0.",
    ),
    why="The bias alone moves the line in parallel: one pair of weights holds two gates.",
    solution="""
def predict_and_becomes_or():
    w = 1
    return -w  # z = w + b is 0 here, for both rows in the middle
""",
    atol=0.005,
    wrong=(
        Wrong("-0.5", "OR it is there, but it has been OR before: look for the b at which it begins."),
        Wrong("0", "There OR ends: above b = 0 the row (0, 0) says 1 too."),
        Wrong("-2", "There AND begins: above b = −2 the row (1, 1) says 1."),
        Wrong("1", "The sign is lost: 1 + b = 0."),
        Wrong("-1.5", "That is the start, and it is AND: the row (0, 1) has z = −0.5 there."),
        Wrong("0.5", "Much too far: there every row says 1."),
    ),
    variants=("-1", "-1.0", "np.float32(-1)", "np.array(-1)"),
)

PREDICT_NEGATED_GATE = Exercise(
    id="predict_negated_gate",
    lesson="05",
    title="all signs changed",
    aim="w = (1, 1) and b = −1.5 is AND. Now all three numbers change their sign. Which gate is it?",
    signature='predict_negated_gate = a name, such as "OR"',
    lines=1,
    hints=(
        "Every logit changes its sign. What happens to each decision?",
        "Ones become zeros and zeros become ones: 0, 0, 0, 1 becomes 1, 1, 1, 0.",
        "It is AND, negated: not-AND.",
    ),
    why="The line stays where it is; only the side that says 1 is the other one.",
    solution="""
def predict_negated_gate():
    return "NAND"  # each logit changes its sign, each answer its side
""",
    wrong=(
        Wrong('"AND"', "The line is the same, the sides are not: at (1, 1) z is −0.5 now."),
        Wrong('"OR"', "At (0, 0) z is 1.5 now: the row says 1. OR says 0 there."),
        Wrong('"NOR"', "NOR says 1 for (0, 0) only. Here (0, 1) has z = 0.5 as well."),
        Wrong('"XOR"', "One line cannot give XOR. At (0, 0) z is 1.5 now."),
        Wrong('"XNOR"', "At (0, 1) z is 0.5 now: the row says 1. XNOR says 0 there."),
    ),
    variants=("'NAND'", "'nand'", "' Nand '"),
)

PREDICT_XOR_BEST = Exercise(
    id="predict_xor_best",
    lesson="05",
    title="the best line for XOR",
    aim="You may choose w1, w2 and b freely. How many of the four XOR rows can one neuron get right?",
    signature="predict_xor_best = a whole number",
    lines=1,
    hints=(
        "Try OR's line first. Which row is wrong?",
        "(0, 1) and (1, 0) want one side, (0, 0) and (1, 1) the other. They lie crosswise.",
        "One row is always left over.",
    ),
    why="Three of four looks close, and no training ever finds the fourth: the model lacks it.",
    solution="""
def predict_xor_best():
    return 4 - 1  # one row is always left over
""",
    wrong=(
        Wrong("4", "Then one line would part the four points. Try to draw it."),
        Wrong("2", "Always saying 0 gets two. OR's line gets more."),
        Wrong("1", "Change all signs, and one right row becomes three."),
        Wrong("0", "Change all signs, and no right row becomes four. Neither exists."),
        Wrong("0.75", "That is a share. The number of rows is asked for."),
        Wrong("0.5", "That is what training ends at, on each row. How many rows can be right?"),
    ),
    variants=("3", "3.0", "np.int64(3)"),
)

EXERCISES = (
    GATE_SAYS,
    PREDICT_AND_BECOMES_OR,
    PREDICT_NEGATED_GATE,
    ROWS_RIGHT,
    PREDICT_XOR_BEST,
    ONE_NEURON_CAN,
)
