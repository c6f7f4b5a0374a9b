"""Exercises of lesson 05: a neuron's decisions, its boundary and its score, and which gates one neuron can do."""

import numpy as np

from course_utils.exercises import exercise, open_exercise, prediction
from course_utils.style import BLUE, GREEN, ORANGE, axes

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
    why="The sigmoid passes 0.5 at z = 0, so whoever wants only the decision needs no exponential.",
    inputs=_says_inputs,
)
def gate_says(X, w, b):
    z = X @ w + b  # (m, n) @ (n,) + () -> (m,)
    return np.where(z > 0, 1, 0)


gate_says.mistake(
    "At z = 0 the neuron says 0, so compare with >, not with >=.", lambda X, w, b: np.where(X @ w + b >= 0, 1, 0)
)
gate_says.mistake(
    "The comparison is the wrong way round. The neuron says 1 where z is above 0.",
    lambda X, w, b: np.where(X @ w + b < 0, 1, 0),
)
gate_says.mistake(
    "The bias is missing. Without b every boundary passes through (0, 0).", lambda X, w, b: np.where(X @ w > 0, 1, 0)
)
gate_says.mistake("The bias is subtracted. It is added: z = X @ w + b.", lambda X, w, b: np.where(X @ w - b > 0, 1, 0))
gate_says.mistake(
    "0.5 belongs to the output a. For the logit z the limit is 0.", lambda X, w, b: np.where(X @ w + b > 0.5, 1, 0)
)
gate_says.mistake(
    "This is the output a. What is asked for is the decision, 0 or 1.",
    lambda X, w, b: (1 + np.tanh((X @ w + b) / 2)) / 2,
)
gate_says.mistake("This is the logit z. What is asked for is the decision, 0 or 1.", lambda X, w, b: X @ w + b)
gate_says.mistake("np.sign gives −1 for the rows that should get 0.", lambda X, w, b: np.sign(X @ w + b))
gate_says.mistake(
    "The products are not added up. X * w keeps a column for each input, X @ w adds them.",
    lambda X, w, b: np.where(X * w + b > 0, 1, 0),
)
gate_says.mistake(
    "The values are right, but they stand in a column. Here they should be (m,).",
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
    aim="w = (1, 1) and b = −1.5 is AND. The weights stay, and b rises. Just above which b is it OR?",
    shapes="b, a number",
    hints=(
        "Which rows does OR switch on that AND leaves off?",
        "The row (0, 1) has z = 1 + b. The neuron says 1 there as soon as z is above 0.",
        "Solve 1 + b = 0.",
    ),
    why="The bias alone moves the boundary without turning it, so one pair of weights serves two gates.",
    atol=0.005,
)
def predict_and_becomes_or():
    w = 1
    return -w  # z = w + b is 0 here, for both rows in the middle


predict_and_becomes_or.mistake("It is OR there, but it has been OR before. Look for the b at which it begins.", -0.5)
predict_and_becomes_or.mistake("That is where OR ends: above b = 0 the row (0, 0) says 1 too.", 0)
predict_and_becomes_or.mistake("That is where AND begins: above b = −2 the row (1, 1) says 1.", -2)
predict_and_becomes_or.mistake("The sign is lost. Solve 1 + b = 0.", 1)
predict_and_becomes_or.mistake("That is the start, where it is AND: the row (0, 1) has z = −0.5 there.", -1.5)
predict_and_becomes_or.mistake("That is much too far: every row says 1 there.", 0.5)

predict_and_becomes_or.also(-1, -1.0, np.float32(-1), np.array(-1))


@prediction(
    title="all signs changed",
    aim="w = (1, 1) and b = −1.5 is AND. Now all three numbers change their sign. Which gate is it?",
    shapes='a name, such as "OR"',
    hints=(
        "Every logit changes its sign. What happens to each decision?",
        "Ones become zeros and zeros become ones, so 0, 0, 0, 1 becomes 1, 1, 1, 0.",
        "It is the opposite of AND in every row: not-AND.",
    ),
    why="The boundary stays where it is. Only the side that says 1 is the other one.",
)
def predict_negated_gate():
    return "NAND"  # each logit changes its sign, each answer its side


predict_negated_gate.mistake("The line is the same, but its sides are not: at (1, 1) z is −0.5 now.", "AND")
predict_negated_gate.mistake("At (0, 0) z is 1.5 now, so that row says 1. OR says 0 there.", "OR")
predict_negated_gate.mistake("NOR says 1 for (0, 0) only. Here (0, 1) has z = 0.5, so it says 1 as well.", "NOR")
predict_negated_gate.mistake("At (0, 0) z is 1.5 now, so that row says 1. XOR says 0 there.", "XOR")
predict_negated_gate.mistake("At (0, 1) z is 0.5 now, so that row says 1. XNOR says 0 there.", "XNOR")

predict_negated_gate.also("NAND", "nand", " Nand ")


def _boundary_inputs() -> list[tuple]:
    rng = np.random.default_rng(43)
    return [
        (np.array([0.0, 1.0]), np.array([1.0, 1.0]), -1.5),
        (np.array([0.0, 0.5, 1.0]), np.array([2.0, 4.0]), -3.0),
        (np.array([0.3]), np.array([-1.0, 0.5]), 0.2),
        (np.array([0, 1, 2]), np.array([1, -2]), 3),  # integers
        (rng.normal(size=7), rng.normal(size=2), 0.7),
        (np.array([0.0, 1.0]), np.array([0.0, 2.0]), -1.0),  # a level line: x1 does not matter
    ]


@exercise(
    title="the height of the boundary",
    aim="For each x1, give the x2 at which the neuron's logit is 0: the height of its decision boundary.",
    shapes="x1 (n,), w (2,) with w[1] not 0, b a number -> x2 (n,)",
    hints=(
        "Start from w1 x1 + w2 x2 + b = 0, and bring everything without x2 to the other side.",
        "w2 x2 = −(w1 x1 + b). Now divide by w2.",
        "In Python w1 is w[0] and w2 is w[1]: -(w[0] * x1 + b) / w[1].",
    ),
    why="The slope of the boundary is −w1/w2 and its height at x1 = 0 is −b/w2: weights turn it, the bias moves it.",
    inputs=_boundary_inputs,
)
def boundary_x2(x1, w, b):
    return -(w[0] * x1 + b) / w[1]  # (n,)


boundary_x2.mistake(
    "The sign is lost: what goes to the other side of the equation changes its sign.",
    lambda x1, w, b: (w[0] * x1 + b) / w[1],
)
boundary_x2.mistake(
    "w1 and w2 are swapped. Solve for x2, and divide by its own weight, w[1].",
    lambda x1, w, b: -(w[1] * x1 + b) / w[0] if w[0] else x1 + np.nan,
)
boundary_x2.mistake("The bias is missing: this line passes through (0, 0).", lambda x1, w, b: -w[0] * x1 / w[1])
boundary_x2.mistake(
    "The bias keeps its sign here. Both w1 x1 and b go to the other side.", lambda x1, w, b: (-w[0] * x1 + b) / w[1]
)
boundary_x2.mistake(
    "Only the bias is divided by w2. The bracket as a whole has to be.", lambda x1, w, b: -w[0] * x1 - b / w[1]
)
boundary_x2.mistake(
    "Only w1 x1 is divided by w2. The bracket as a whole has to be.", lambda x1, w, b: -w[0] * x1 / w[1] - b
)
boundary_x2.mistake("The division by w2 is missing: this is w2 times x2.", lambda x1, w, b: -(w[0] * x1 + b))
boundary_x2.mistake(
    "Here it is multiplied by w2. To undo a multiplication, divide.", lambda x1, w, b: -(w[0] * x1 + b) * w[1]
)
boundary_x2.mistake(
    "This is where z is 0.5. On the boundary the output a is 0.5, and z is 0.",
    lambda x1, w, b: (0.5 - w[0] * x1 - b) / w[1],
)

boundary_x2.also(
    lambda x1, w, b: -w[0] / w[1] * x1 - b / w[1],
    lambda x1, w, b: [(-b - w[0] * x) / w[1] for x in x1],
    lambda x1, w, b: (w[0] * x1 + b) / -w[1],
)


@boundary_x2.payoff
def _(line):
    x1 = np.linspace(-0.4, 1.4, 19)  # (19,)
    w = np.array([1.0, 1.0])
    ax = axes(None, size=(4.2, 4.0), xlabel="$x_1$", ylabel="$x_2$", xticks=[0, 1], yticks=[0, 1])
    ax.set(xlim=(-0.4, 1.4), ylim=(-0.4, 1.4), aspect="equal")
    for name, b, color, dashes in (("OR, b = −0.5", -0.5, GREEN, "-"), ("AND, b = −1.5", -1.5, BLUE, "--")):
        ax.plot(x1, line(x1, w, b), dashes, color=color, linewidth=2, label=name)
    ax.plot(*ROWS.T, "o", color=ORANGE, markersize=11)
    ax.legend(loc="upper right")
    return ax.figure, "Your two lines, parallel: OR's leaves (0, 0) below it, AND's leaves only (1, 1) above it."


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
        "Find the decisions first, as in turn A. Then compare them with the targets.",
        "Decisions are (m,), targets (m, 1). Compared as they are, they give a table (m, m). Flatten y.",
        "np.sum of a comparison counts where it holds: np.sum(says == y.ravel()).",
    ),
    why="A gate is solved at 4 of 4 only. A share of 75 % sounds better than it is.",
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
    "This is the share. What is asked for is the number of rows.",
    lambda X, y, w, b: np.mean((X @ w + b > 0) == y.ravel()),
)
rows_right.mistake(
    "These are the wrong rows. Count where decision and target are equal.",
    lambda X, y, w, b: np.sum((X @ w + b > 0) != y.ravel()),
)
rows_right.mistake(
    "This counts the rows that say 1, and does not look at the targets.", lambda X, y, w, b: np.sum(X @ w + b > 0)
)
rows_right.mistake(
    "Only the right ones (1 and 1) are counted. A right 0 counts too.",
    lambda X, y, w, b: np.sum((X @ w + b > 0) * y.ravel()),
)
rows_right.mistake(
    "This says whether all rows are right. How many are?", lambda X, y, w, b: np.all((X @ w + b > 0) == y.ravel())
)
rows_right.mistake(
    "At z = 0 the neuron says 0, so compare with >, not with >=.",
    lambda X, y, w, b: np.sum((X @ w + b >= 0) == y.ravel()),
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
    "This is the comparison itself. How often is it True?", lambda X, y, w, b: (X @ w + b > 0) == y.ravel()
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
    aim="You may choose w1, w2 and b freely. How many of the four rows of XOR can one neuron get right at most?",
    shapes="a whole number",
    hints=(
        "Try OR's line first. Which row is wrong?",
        "(0, 1) and (1, 0) want one side of the line, (0, 0) and (1, 1) the other, and they lie crosswise.",
        "Whatever line you draw, at least one row is left over.",
    ),
    why="Three of four looks close, but no training ever finds the fourth, because no line has it.",
)
def predict_xor_best():
    return 4 - 1  # one row is always left over


predict_xor_best.mistake("Then one line would separate the four points. Try to draw it.", 4)
predict_xor_best.mistake("Always saying 0 gets two right. OR's line gets more.", 2)
predict_xor_best.mistake("Change all signs, and one right row becomes three.", 1)
predict_xor_best.mistake("Change all signs, and no right row becomes four. Neither exists.", 0)
predict_xor_best.mistake("That is a share. What is asked for is the number of rows.", 0.75)
predict_xor_best.mistake("That is the output at which training ends. How many rows can be right?", 0.5)

predict_xor_best.also(3, 3.0, np.int64(3))


@exercise(
    title="which gates one neuron can do",
    aim="There are 16 gates of two inputs. Say for each of them whether one neuron can do it.",
    shapes="y (4,), the targets of (0,0) (0,1) (1,0) (1,1) -> True or False",
    hints=(
        "Only 2 of the 16 gates are impossible, and you know one of them.",
        "The z of the two rows in the middle add up to the same as the z of the first and the last row.",
        "A gate is impossible if both rows in the middle want 1 and both others 0, or the other way round.",
    ),
    why="With more inputs the share falls fast: of the 256 gates of three inputs one neuron can do 104, "
    "and of the 65,536 of four inputs 1,882.",
    inputs=lambda: [(np.array([i >> 3 & 1, i >> 2 & 1, i >> 1 & 1, i & 1]),) for i in (1, 7, 6, *range(16))],
)
def one_neuron_can(y):
    middle, ends = y[1] + y[2], y[0] + y[3]
    return abs(middle - ends) < 2  # 2 against 0: the same sum of logits would be above 0 and not above it


one_neuron_can.mistake(
    "XOR is found, but its mirror image, XNOR, is not.", lambda y: not (y[1] == y[2] == 1 and y[0] == y[3] == 0)
)
one_neuron_can.mistake(
    "XNOR is found, but its mirror image, XOR, is not.", lambda y: not (y[1] == y[2] == 0 and y[0] == y[3] == 1)
)
one_neuron_can.mistake(
    "Two ones and two zeros can be separable: where the ones are neighbours, a line has room beside them.",
    lambda y: sum(y) != 2,
)
one_neuron_can.mistake(
    "An even number of ones is no obstacle: 0, 1, 0, 1 is the second input itself.", lambda y: sum(y) % 2 == 1
)
one_neuron_can.mistake("AND has equal rows in the middle, and one neuron can do it.", lambda y: y[1] != y[2])
one_neuron_can.mistake(
    "The gate 0, 0, 0, 0 has equal ends, and a bias of −1 with weights of 0 does it.", lambda y: y[0] != y[3]
)
one_neuron_can.mistake(
    "The gates that always say 0, or always 1, have equal ends and an equal middle too. A bias alone does them.",
    lambda y: not (y[0] == y[3] and y[1] == y[2]),
)
one_neuron_can.mistake("Not every gate can be done: XOR has no line.", lambda y: True)
one_neuron_can.mistake(
    "The answer is turned round: these are the impossible ones.", lambda y: abs(y[1] + y[2] - y[0] - y[3]) == 2
)
one_neuron_can.mistake(
    "It is the logits whose sums are equal, not the targets: AND has 0 in the middle and 1 at the ends.",
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


third_input = open_exercise(
    "third_input",
    title="a third input for XOR",
    task="Give the neuron a third input that you compute from x1 and x2, so that XOR becomes linearly separable. "
    "Write down the input, three weights and a bias, and the z of all four rows. Then say why this does not spare us "
    "the hidden layer when we read digits.",
    answer="The product x1 · x2 will do: it is 1 for (1, 1) only, and lifts that row out of the plane. With the "
    "weights 1, 1, −2 and the bias −0.5 we get\n\n"
    "| x1 | x2 | x1 · x2 | z |\n| --- | --- | --- | --- |\n| 0 | 0 | 0 | −0.5 |\n| 0 | 1 | 0 | 0.5 |\n"
    "| 1 | 0 | 0 | 0.5 |\n| 1 | 1 | 1 | −0.5 |\n\n"
    "so a plane in three dimensions does what no line could. (x1 − x2)² would even be enough alone: it *is* XOR.\n\n"
    "Here we could see what was missing, because there are only four points. With 784 pixels nobody knows which "
    "products would help, and of pairs alone there are 306,936. A hidden layer finds its own new inputs by training.",
    effort="do",
    hints=(
        "Which of the four rows is always left over? Look for a number that tells it from the others.",
        "Try x1 · x2, and begin with the weights of OR.",
    ),
)


cost_as_judge = open_exercise(
    "cost_as_judge",
    title="the cost as a judge",
    task="J is the mean cross-entropy of a neuron over m examples. Prove: if J is below log(2)/m, then every example "
    "is on the right side. Is the reverse true? At last show that a neuron with all rows on the right side can be made "
    "to cost as little as you like, and how this, together with the lowest cost of XOR, proves without a picture "
    "that no neuron can do XOR.",
    answer="The m losses add up to m · J, which is below log 2. No loss is negative, so each single one is below "
    "log 2. The loss of an example is −log of the probability given to what happened. If that is below log 2, the "
    "probability is above ½, and the example is on the right side.\n\n"
    "The reverse is not true. Our AND by hand has all four rows right, but J = 0.406, and log(2)/4 is 0.173: a neuron "
    "may be right without being sure.\n\n"
    "Now suppose that some neuron did XOR. If a row that wants 0 lies exactly on its line, lower b a little, until "
    "none does. Then multiply all three numbers by a large factor. Every loss shrinks towards 0, and so does J. But J "
    "cannot fall below log 2 = 0.693, since that is the lowest cost of XOR. So there is no such neuron.",
    effort="hard",
    hints=(
        "How large can one loss be, if the sum of all of them is below log 2?",
        "What does a factor of 100 on all three numbers do to the loss of a row that is on the right side?",
    ),
)
