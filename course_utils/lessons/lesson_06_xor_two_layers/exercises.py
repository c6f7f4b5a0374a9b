"""Exercises of lesson 06: two layers, their parameters, and the plane in which the output neuron decides."""

import numpy as np

import course_utils as cu
from course_utils.exercises import exercise, open_exercise, prediction

GATE = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def _two_layers_inputs() -> list[tuple]:
    rng = np.random.default_rng(51)

    def net(m, n, width, k=1):
        sizes = ((m, n), (n, width), (width,), (width, k), (k,))
        return tuple(rng.normal(size=size) for size in sizes)

    by_hand = (
        GATE,
        np.array([[6.0, -6.0], [6.0, -6.0]]),
        np.array([-3.0, 9.0]),
        np.full((2, 1), 6.0),
        np.array([-9.0]),
    )
    return [by_hand, net(5, 3, 4), net(3, 3, 3), net(1, 2, 2), net(6, 4, 4), net(4, 2, 3)]


@exercise(
    title="two layers",
    aim="Send X through a hidden layer and an output layer, both with the sigmoid.",
    shapes="X (m, n), W1 (n, width), b1 (width,), W2 (width, 1), b2 (1,) -> A2 (m, 1)",
    hints=(
        "The first layer turns X (m, n) into A1 (m, width), and the second turns A1 into the output (m, 1).",
        "A layer is cu.sigmoid(inputs @ weights + biases). What are the inputs of the second one?",
        "A1 = cu.sigmoid(X @ W1 + b1). Then return the same with A1, W2 and b2.",
    ),
    why="A deep network repeats this line: the output of each layer is the input of the next one.",
    inputs=_two_layers_inputs,
)
def two_layers(X, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)  # (m, n) @ (n, width) + (width,) -> (m, width)
    return cu.sigmoid(A1 @ W2 + b2)  # (m, width) @ (width, 1) + (1,) -> (m, 1)


two_layers.mistake(
    "The sigmoid of the hidden layer is missing. Without it, two layers are one, and one layer draws one line.",
    lambda X, W1, b1, W2, b2: cu.sigmoid((X @ W1 + b1) @ W2 + b2),
)
two_layers.mistake(
    "The output sigmoid is missing: these are the logits.", lambda X, W1, b1, W2, b2: cu.sigmoid(X @ W1 + b1) @ W2 + b2
)
two_layers.mistake(
    "Both sigmoids are missing, so this is a single weighted sum.", lambda X, W1, b1, W2, b2: (X @ W1 + b1) @ W2 + b2
)
two_layers.mistake(
    "This is the hidden layer only. Send it through the second layer.",
    lambda X, W1, b1, W2, b2: cu.sigmoid(X @ W1 + b1),
)
two_layers.mistake(
    "The bias b2 of the output unit is missing.", lambda X, W1, b1, W2, b2: cu.sigmoid(cu.sigmoid(X @ W1 + b1) @ W2)
)
two_layers.mistake(
    "The biases b1 of the hidden layer are missing.", lambda X, W1, b1, W2, b2: cu.sigmoid(cu.sigmoid(X @ W1) @ W2 + b2)
)
two_layers.mistake("Both biases are missing.", lambda X, W1, b1, W2, b2: cu.sigmoid(cu.sigmoid(X @ W1) @ W2))
two_layers.mistake(
    "The values are right, but flat. The output is a column here, (m, 1).",
    lambda X, W1, b1, W2, b2: cu.sigmoid(cu.sigmoid(X @ W1 + b1) @ W2 + b2).ravel(),
)
two_layers.mistake(
    "The hidden sigmoid is taken twice.",
    lambda X, W1, b1, W2, b2: cu.sigmoid(cu.sigmoid(cu.sigmoid(X @ W1 + b1)) @ W2 + b2),
)
two_layers.mistake(
    "The output is already decided, 0 or 1. Return the sigmoid itself, so that a cost can be computed from it.",
    lambda X, W1, b1, W2, b2: (cu.sigmoid(cu.sigmoid(X @ W1 + b1) @ W2 + b2) > 0.5) * 1.0,
)
two_layers.mistake(
    "W1 is transposed. Its rows belong to the inputs already: X @ W1.",
    lambda X, W1, b1, W2, b2: cu.sigmoid(cu.sigmoid(X @ W1.T + b1) @ W2 + b2),
)

two_layers.also(
    lambda X, W1, b1, W2, b2: 1 / (1 + np.exp(-(1 / (1 + np.exp(-(X @ W1 + b1))) @ W2 + b2))),
    lambda X, W1, b1, W2, b2: np.array([cu.sigmoid(cu.sigmoid(x @ W1 + b1) @ W2 + b2) for x in X]),
    lambda X, W1, b1, W2, b2: cu.sigmoid((W2.T @ cu.sigmoid(W1.T @ X.T + b1[:, None]) + b2[:, None]).T),
)


@two_layers.also
def _(X, W1, b1, W2, b2):
    a = X
    for W, b in ((W1, b1), (W2, b2)):
        a = cu.sigmoid(a @ W + b)
    return a


@exercise(
    title="how many parameters",
    aim="Count weights and biases of a network with n inputs, one hidden layer of `width` units, and K outputs.",
    shapes="whole numbers -> a whole number",
    hints=(
        "Count the 2-2-1 network in its picture: four lines lead to the hidden layer, two to the output, "
        "and each of the three units has a bias. That makes nine.",
        "A layer has a weight for each pair of input and unit, and one bias for each unit.",
        "The hidden layer has n * width + width parameters. Add the same for the output layer, whose inputs "
        "are the hidden units.",
    ),
    why="This number says how much memory a network takes, and how many slopes each step of training needs.",
    inputs=lambda: [(2, 2, 1), (2, 3, 1), (784, 64, 10), (5, 1, 3), (1, 7, 4), (3, 3, 3)],
)
def count_parameters(n, width, K):
    return n * width + width + width * K + K


count_parameters.mistake(
    "The biases are missing: one for each hidden unit and each output.", lambda n, width, K: n * width + width * K
)
count_parameters.mistake(
    "The biases of the output layer are missing.", lambda n, width, K: n * width + width + width * K
)
count_parameters.mistake("The biases of the hidden layer are missing.", lambda n, width, K: n * width + width * K + K)
count_parameters.mistake(
    "A bias belongs to each unit, not to each input.", lambda n, width, K: n * width + n + width * K + width
)
count_parameters.mistake(
    "Each unit has a bias of its own, not each layer.", lambda n, width, K: n * width + 1 + width * K + 1
)
count_parameters.mistake(
    "These are inputs and units. What is learned are the weights, one for each line, and the biases.",
    lambda n, width, K: n + width + K,
)
count_parameters.mistake(
    "The layers are multiplied. Their weights are added: n · width, and width · K.", lambda n, width, K: n * width * K
)
count_parameters.mistake(
    "The outputs read the hidden layer, not the inputs: width · K weights.",
    lambda n, width, K: n * width + width + n * K + K,
)
count_parameters.mistake(
    "The weights from the inputs are missing: n · width.", lambda n, width, K: width + width * K + K
)

count_parameters.also(
    lambda n, width, K: (n + 1) * width + (width + 1) * K,
    lambda n, width, K: np.zeros((n, width)).size + width + np.zeros((width, K)).size + K,
    lambda n, width, K: sum((a + 1) * b for a, b in ((n, width), (width, K))),
)


@count_parameters.payoff
def _(count):
    for name, sizes in (("our XOR network", (2, 2, 1)), ("lesson 09, which reads digits", (784, 64, 10))):
        print(f"{name}, {'-'.join(map(str, sizes))}: {count(*sizes):,} parameters")


@prediction(
    title="a line halfway",
    aim="A unit has the weights −6 and −6. Which bias puts its line halfway between (1, 1) and (0, 1)?",
    shapes="b, a number",
    hints=(
        "On the line the logit is 0. What is the sum x1 + x2 at (1, 1), and what at (0, 1)?",
        "The sum is 2 at (1, 1) and 1 at (0, 1). Halfway between them it is 1.5.",
        "Solve −6 · 1.5 + b = 0.",
    ),
    why="With the line halfway, the unit is equally sure about the points on both sides.",
    atol=0.005,
)
def predict_nand_bias():
    return 6 * 1.5  # -6 x1 - 6 x2 + b = 0 where x1 + x2 is 1.5


predict_nand_bias.mistake("The size is right, the sign is not: at (0, 0) this unit has to say 1, so b is positive.", -9)
predict_nand_bias.mistake("With 12 the line runs through (1, 1) itself.", 12)
predict_nand_bias.mistake("With 6 the line runs through (0, 1) and (1, 0).", 6)
predict_nand_bias.mistake("With 3 the line separates (0, 0) from the rest: that is NOR.", 3)
predict_nand_bias.mistake("This is the sum x1 + x2 on the line. Times 6 it is the bias.", 1.5)
predict_nand_bias.mistake("Without a bias the line runs through (0, 0).", 0)

predict_nand_bias.also(9, 9.0, np.float32(9), 6 + 3)


@prediction(
    title="the cost of a collision",
    aim="Two of four points cost nothing. A 0 and a 1 share one place in the hidden plane, so both get 0.5. "
    "What is the mean cost?",
    shapes="J, a number with three decimals",
    hints=(
        "A point that is surely right costs 0. What does a point cost that gets 0.5?",
        "-log 0.5 is 0.693. How many of the four pay it?",
        "Two of four pay 0.693. Take the mean over all four.",
    ),
    why="A cost that settles at 0.347 on XOR tells you that one pair shares a place. With three examples at "
    "one place it would be 0.477.",
    atol=0.002,
)
def predict_stuck_cost():
    return 2 * np.log(2) / 4  # two of four pay -log 0.5 = log 2


predict_stuck_cost.mistake(
    "This is the cost of one such example. Two of the four cost nothing, so the mean is smaller.", 0.693
)
predict_stuck_cost.mistake("This is the sum over the points. The cost is the mean: divide by 4.", 1.386)
predict_stuck_cost.mistake(
    "This looks like a squared error, 0.5². The cost here is the cross-entropy, so such an example costs -log 0.5.",
    0.25,
)
predict_stuck_cost.mistake("This is the mean squared error. The cost here is the cross-entropy.", 0.125)
predict_stuck_cost.mistake("This is the output. The cross-entropy of an output 0.5 is -log 0.5 = 0.693.", 0.5)
predict_stuck_cost.mistake("Only one of the two points is counted. The 0 and the 1 both pay 0.693.", 0.173)
predict_stuck_cost.mistake(
    "A cost of 0 needs four answers that are sure and right, and two of the examples cannot have theirs.", 0
)
predict_stuck_cost.mistake("Rounded too far: two decimals. Give three.", 0.35)
predict_stuck_cost.mistake("log10 is another logarithm. np.log is the one of the cross-entropy.", 0.1505)

predict_stuck_cost.also(0.347, np.log(2) / 2, 0.3466, -np.log(0.5) / 2)


def _nearest_inputs() -> list[tuple]:
    rng = np.random.default_rng(52)
    xor = np.array([[0.0], [1.0], [1.0], [0.0]])
    solved = np.array([[0.05, 1.0], [0.95, 0.95], [0.95, 0.95], [1.0, 0.05]])
    stuck = np.array([[0.03, 0.18], [0.0, 1.0], [0.81, 0.91], [0.0, 1.0]])
    drawn = [
        (rng.normal(size=(m, w)), (np.arange(m) % 3 == 0)[:, None] * 1.0) for m, w in ((5, 3), (7, 2), (6, 6), (4, 1))
    ]
    return [(solved, xor), (stuck, xor), (3.0 * GATE, xor), *drawn]


@exercise(
    title="the nearest pair of opposite classes",
    aim="Give the smallest distance between an example of class 0 and one of class 1 in the hidden plane.",
    shapes="A1 (m, width), y (m, 1) of 0 and 1 -> a number",
    hints=(
        "Split A1 into the rows where y is 0 and the rows where y is 1. Each row of one part has a distance "
        "from each row of the other.",
        "np.linalg.norm(a - b) is the distance between two rows, and A1[y[:, 0] == 0] are the rows of class 0.",
        "min(… for a in A1[one] for b in A1[~one]), where one = y[:, 0] > 0.5.",
    ),
    why="Where this distance is 0, no output unit can be right about both examples, whatever its weights are.",
    inputs=_nearest_inputs,
)
def nearest_opposites(A1, y):
    one = y[:, 0] > 0.5  # (m,), true for class 1
    return min(np.linalg.norm(a - b) for a in A1[one] for b in A1[~one])


@nearest_opposites.mistake("A point is compared with itself, so the distance is always 0. Split by class first.")
def _(A1, y):
    gaps = A1[:, None] - A1
    return np.sqrt((gaps**2).sum(axis=2)).min()


@nearest_opposites.mistake(
    "All pairs are compared, also two points of one class. Those may lie together: take opposite classes only."
)
def _(A1, y):
    gaps = np.linalg.norm(A1[:, None] - A1, axis=2)
    return min(gaps[i, j] for i in range(len(A1)) for j in range(i))


@nearest_opposites.mistake("The root is missing: this is the squared distance.")
def _(A1, y):
    gaps = A1[y[:, 0] == 0][:, None] - A1[y[:, 0] == 1]
    return (gaps**2).sum(axis=2).min()


@nearest_opposites.mistake("This is the largest distance. The nearest pair decides.")
def _(A1, y):
    gaps = A1[y[:, 0] == 0][:, None] - A1[y[:, 0] == 1]
    return np.sqrt((gaps**2).sum(axis=2)).max()


@nearest_opposites.mistake(
    "This is the average distance. One pair at the same place is enough for a wrong answer: take the smallest."
)
def _(A1, y):
    gaps = A1[y[:, 0] == 0][:, None] - A1[y[:, 0] == 1]
    return np.sqrt((gaps**2).sum(axis=2)).mean()


@nearest_opposites.mistake(
    "The steps along the axes are added. The straight distance is the root of the summed squares."
)
def _(A1, y):
    gaps = A1[y[:, 0] == 0][:, None] - A1[y[:, 0] == 1]
    return np.abs(gaps).sum(axis=2).min()


@nearest_opposites.mistake(
    "One coordinate alone may agree. A distance takes all units together: sum over the last axis."
)
def _(A1, y):
    gaps = A1[y[:, 0] == 0][:, None] - A1[y[:, 0] == 1]
    return np.abs(gaps).min()


nearest_opposites.mistake(
    "This is the distance of the two averages. Single points can still lie together.",
    lambda A1, y: np.linalg.norm(A1[y[:, 0] == 0].mean(axis=0) - A1[y[:, 0] == 1].mean(axis=0)),
)


@nearest_opposites.mistake("Points of the same class are compared. They may lie together; opposite ones may not.")
def _(A1, y):
    ones = A1[y[:, 0] == 1]
    gaps = [np.linalg.norm(a - b) for i, a in enumerate(ones) for b in ones[:i]]
    return min(gaps, default=0.0)


@nearest_opposites.also
def _(A1, y):
    gaps = A1[y[:, 0] == 0][:, None] - A1[y[:, 0] == 1]
    return np.sqrt((gaps**2).sum(axis=2)).min()


@nearest_opposites.also
def _(A1, y):
    best = np.inf
    for i in range(len(A1)):
        for j in range(len(A1)):
            if y[i, 0] != y[j, 0]:
                best = min(best, np.sqrt(np.sum((A1[i] - A1[j]) ** 2)))
    return best


@nearest_opposites.also
def _(A1, y):
    D = np.linalg.norm(A1[:, None] - A1, axis=2)
    return D[y != y.T].min()


def _as_sigmoid_inputs() -> list[tuple]:
    rng = np.random.default_rng(53)

    def net(n, width, k):
        return tuple(rng.normal(size=size) for size in ((n, width), (width,), (width, k), (k,)))

    small = (np.array([[1.0, -1.0], [2.0, 1.0]]), np.array([0.5, -0.5]), np.array([[3.0], [1.0]]), np.array([-1.0]))
    return [small, net(2, 2, 1), net(3, 4, 1), net(1, 5, 2), net(4, 4, 4)]


@exercise(
    title="a sigmoid network with the outputs of a tanh network",
    aim="The given network has tanh in its hidden layer. "
    "Give the weights and biases of a network with the sigmoid in its hidden layer that has the same outputs "
    "for every input.",
    shapes="W1 (n, width), b1 (width,), W2 (width, K), b2 (K,) -> four arrays of the same shapes",
    hints=(
        "Write tanh(z) = 2 σ(2z) − 1 in place of each hidden answer. What happens to z, and what to the answer?",
        "σ has to see 2z, and z is made of W1 and b1. Its answer is then doubled and lowered by 1 before W2 weighs it.",
        "The −1 of each hidden unit reaches output k through W2[:, k], whatever the input is. So it belongs "
        "to the bias.",
    ),
    why="So tanh and the sigmoid can represent the same functions. What differs is where the same random numbers "
    "start: with tanh, a network starts like a sigmoid network with doubled weights and a shifted output bias.",
    inputs=_as_sigmoid_inputs,
    results=("W1", "b1", "W2", "b2"),
)
def as_sigmoid_network(W1, b1, W2, b2):
    return 2 * W1, 2 * b1, 2 * W2, b2 - W2.sum(axis=0)


as_sigmoid_network.mistake(
    "The −1 of each hidden unit is forgotten: it shifts the output's bias by the sum of that output's weights.",
    lambda W1, b1, W2, b2: (2 * W1, 2 * b1, 2 * W2, b2),
)
as_sigmoid_network.mistake(
    "The shift has the wrong sign. Each hidden answer is lowered by 1, so the bias falls by the sum of the weights.",
    lambda W1, b1, W2, b2: (2 * W1, 2 * b1, 2 * W2, b2 + W2.sum(axis=0)),
)
as_sigmoid_network.mistake(
    "The shift is twice as large as it should be. In 2 σ(2z) − 1 the 1 is not doubled, so it meets W2 as it was.",
    lambda W1, b1, W2, b2: (2 * W1, 2 * b1, 2 * W2, b2 - 2 * W2.sum(axis=0)),
)
as_sigmoid_network.mistake(
    "σ has to see 2z, and z is X @ W1 + b1: the biases b1 are doubled, too.",
    lambda W1, b1, W2, b2: (2 * W1, b1, 2 * W2, b2 - W2.sum(axis=0)),
)
as_sigmoid_network.mistake(
    "The inside is right, but each hidden answer also has to be doubled on its way out: 2 * W2.",
    lambda W1, b1, W2, b2: (2 * W1, 2 * b1, W2, b2 - W2.sum(axis=0)),
)
as_sigmoid_network.mistake(
    "The way out is right, but σ has to see 2z: double W1 and b1.",
    lambda W1, b1, W2, b2: (W1, b1, 2 * W2, b2 - W2.sum(axis=0)),
)
as_sigmoid_network.mistake(
    "This goes the other way: a σ that sees half of z runs slower still. Double instead.",
    lambda W1, b1, W2, b2: (W1 / 2, b1 / 2, W2 / 2, b2 + W2.sum(axis=0) / 2),
)
as_sigmoid_network.mistake(
    "All the weights of W2 are added up. Each output has its own sum: W2.sum(axis=0), which has the shape (K,).",
    lambda W1, b1, W2, b2: (2 * W1, 2 * b1, 2 * W2, b2 - W2.sum()),
)
as_sigmoid_network.mistake(
    "The bias b2 is doubled. The output unit's own sum is not changed; only the hidden answers are.",
    lambda W1, b1, W2, b2: (2 * W1, 2 * b1, 2 * W2, 2 * b2 - W2.sum(axis=0)),
)
as_sigmoid_network.mistake(
    "These are the weights as given. With the sigmoid in the place of tanh the outputs change.",
    lambda W1, b1, W2, b2: (W1, b1, W2, b2),
)

as_sigmoid_network.also(
    lambda W1, b1, W2, b2: (W1 + W1, b1 + b1, W2 + W2, b2 - np.ones(len(W2)) @ W2),
    lambda W1, b1, W2, b2: (2.0 * W1, 2.0 * b1, 2.0 * W2, b2 + (-1) * np.sum(W2, axis=0)),
)


@as_sigmoid_network.also
def _(W1, b1, W2, b2):
    shift = np.zeros(len(b2))
    for row in W2:
        shift = shift + row
    return W1 * 2, b1 * 2, W2 * 2, b2 - shift


@as_sigmoid_network.payoff
def _(as_sigmoid_network):
    rng = np.random.default_rng(0)
    W1, b1, W2, b2 = rng.normal(size=(2, 2)), rng.normal(size=2), rng.normal(size=(2, 1)), rng.normal(size=1)
    V1, c1, V2, c2 = as_sigmoid_network(W1, b1, W2, b2)
    by_tanh = cu.sigmoid(np.tanh(GATE @ W1 + b1) @ W2 + b2)
    by_sigmoid = cu.sigmoid(cu.sigmoid(GATE @ V1 + c1) @ V2 + c2)
    print("A network with tanh says   ", by_tanh.ravel().round(4))
    print("and yours with the sigmoid:", by_sigmoid.ravel().round(4))


parallel_lines = open_exercise(
    "parallel_lines",
    title="two parallel lines",
    task="A network has two hidden sigmoid units with the same weights: the two columns of W1 are equal. Only their "
    "biases differ. Can it solve XOR? Give weights that do, or show that there are none. And what if the biases are "
    "equal as well?",
    answer="It can. Two units with the same weights draw two parallel lines, and the stripe between two parallel "
    "lines is all that XOR needs. With both columns (8, 8) and the biases −4 and −12, the first unit says whether "
    "x1 + x2 is above 0.5 and the second whether it is above 1.5. The output should be 1 where the first says yes and "
    "the second says no, so W2 = (8, −8) and b2 = −4:\n\n"
    "| x1 + x2 | unit 1 | unit 2 | logit, about | output |\n|---|---|---|---|---|\n"
    "| 0 | 0.02 | 0.00 | −3.9 | 0.02 |\n| 1 | 0.98 | 0.02 | 3.7 | 0.98 |\n| 2 | 1.00 | 0.98 | −3.9 | 0.02 |\n\n"
    "With equal biases the two units always give the same answer h, and the output unit sees (v1 + v2) h + c, "
    "which is a single unit's answer with a weight and a bias. Since h rises with the one weighted sum w · x + b, "
    "the output is above 0.5 on at most one side of one straight line, and XOR cannot be separated like "
    "that. This is what "
    "an equal start leads to.",
    effort="do",
    hints=(
        "What does the hidden unit with the weights (8, 8) and the bias −4 tell you? And with the bias −12?",
        "The output has to say yes where one unit says yes and the other says no.",
    ),
)


odd_number_of_ones = open_exercise(
    "odd_number_of_ones",
    title="is the number of ones odd?",
    task="XOR asks whether the number of ones among two inputs is odd. Ask the same of n inputs. Show that n hidden "
    "units are enough, with step functions in the hidden layer and at the output. Then show that some hidden layer "
    "can represent every truth table of n inputs, and say how many units your construction needs.",
    answer="Let hidden unit j, for j = 1, …, n, ask whether at least j inputs are on: all its weights are 1 and its "
    "bias is 0.5 − j. If s inputs are on, then units 1 to s say 1 and the others 0. Give the units the output weights "
    "+1, −1, +1, −1, … in turn. Their sum is 1 for odd s and 0 for even s, so an output bias of −0.5 finishes the "
    "network. For n = 2 these are the two parallel lines of the other exercise.\n\n"
    "For any truth table, take one hidden unit for each row of the table that should give 1, and let it recognise "
    "this row alone: weight +1 where the row has a 1, weight −1 where it has a 0, and as bias 0.5 minus the number "
    "of ones in the row. Its sum is 0.5 for its own row and at most −0.5 for any other. The output unit is an OR of "
    "these units: weights 1, bias −0.5. There are 2ⁿ rows, so up to 2ⁿ units are needed (half of them are enough if "
    "you recognise the rarer answer and turn the output round).\n\n"
    "For an odd number of ones this second way takes 2ⁿ⁻¹ units, 512 for ten inputs, where the first takes 10. So that "
    "something can be represented says little about how many units it takes, and it is silent about learning.",
    effort="hard",
    hints=(
        "How many inputs are on is a single number s. Which questions about s can a unit with equal weights ask?",
        "For the second part: which weights give their largest sum on one row of the table, and only there?",
    ),
)
