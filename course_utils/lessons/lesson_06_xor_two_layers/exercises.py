"""Exercises of lesson 06: two layers, their parameters, and the plane in which the output neuron decides."""

import numpy as np

import course_utils as cu
from course_utils.exercises import exercise, prediction

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
    shapes="X (m, n), W1 (n, width), b1 (width,), W2 (width, 1), b2 (1,) -> a (m, 1)",
    hints=(
        "The first layer turns X (m, n) into H (m, width). The second turns H into a (m, 1).",
        "One layer is cu.sigmoid(input @ weights + biases). H is the input of the second.",
        "H = cu.sigmoid(X @ W1 + b1). Return the same with H, W2 and b2.",
    ),
    why="A deep network is this line again and again: the output of a layer is the input of the next.",
    inputs=_two_layers_inputs,
)
def two_layers(X, W1, b1, W2, b2):
    H = cu.sigmoid(X @ W1 + b1)  # (m, n) @ (n, width) + (width,) -> (m, width)
    return cu.sigmoid(H @ W2 + b2)  # (m, width) @ (width, 1) + (1,) -> (m, 1)


two_layers.mistake(
    "The hidden sigmoid is missing: two linear layers are one line again.",
    lambda X, W1, b1, W2, b2: cu.sigmoid((X @ W1 + b1) @ W2 + b2),
)
two_layers.mistake(
    "The output sigmoid is missing: these are the logits.", lambda X, W1, b1, W2, b2: cu.sigmoid(X @ W1 + b1) @ W2 + b2
)
two_layers.mistake(
    "Both sigmoids are missing: this is one linear map.", lambda X, W1, b1, W2, b2: (X @ W1 + b1) @ W2 + b2
)
two_layers.mistake(
    "This is the hidden layer only. Send it through the second layer.",
    lambda X, W1, b1, W2, b2: cu.sigmoid(X @ W1 + b1),
)
two_layers.mistake(
    "The output's bias b2 is missing.", lambda X, W1, b1, W2, b2: cu.sigmoid(cu.sigmoid(X @ W1 + b1) @ W2)
)
two_layers.mistake(
    "The hidden layer's biases b1 are missing.", lambda X, W1, b1, W2, b2: cu.sigmoid(cu.sigmoid(X @ W1) @ W2 + b2)
)
two_layers.mistake("Both biases are missing.", lambda X, W1, b1, W2, b2: cu.sigmoid(cu.sigmoid(X @ W1) @ W2))
two_layers.mistake(
    "The values are right, flat. Here a has the shape (m, 1).",
    lambda X, W1, b1, W2, b2: cu.sigmoid(cu.sigmoid(X @ W1 + b1) @ W2 + b2).ravel(),
)
two_layers.mistake(
    "The hidden sigmoid is taken twice.",
    lambda X, W1, b1, W2, b2: cu.sigmoid(cu.sigmoid(cu.sigmoid(X @ W1 + b1)) @ W2 + b2),
)
two_layers.mistake(
    "The output is already rounded to 0 or 1. Keep it smooth.",
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
    title="how many numbers are learned",
    aim="Count weights and biases of a network with n inputs, one hidden layer of `width` units, and k outputs.",
    shapes="whole numbers -> a whole number",
    hints=(
        "Draw the 2-2-1 network: four lines to the hidden layer, two to the output, three biases. Nine.",
        "A layer has inputs · units weights, and one bias for each unit.",
        "The hidden layer has n · width + width numbers. Add the same for the output layer.",
    ),
    why="The count says how much memory, how many slopes, and how much data a network asks for.",
    inputs=lambda: [(2, 2, 1), (2, 3, 1), (784, 64, 10), (5, 1, 3), (1, 7, 4), (3, 3, 3)],
)
def count_parameters(n, width, k):
    return n * width + width + width * k + k


count_parameters.mistake(
    "The biases are missing: one for each hidden unit and each output.", lambda n, width, k: n * width + width * k
)
count_parameters.mistake(
    "The biases of the output layer are missing.", lambda n, width, k: n * width + width + width * k
)
count_parameters.mistake("The biases of the hidden layer are missing.", lambda n, width, k: n * width + width * k + k)
count_parameters.mistake(
    "A bias belongs to each unit, not to each input.", lambda n, width, k: n * width + n + width * k + width
)
count_parameters.mistake(
    "Each unit has a bias of its own, not each layer.", lambda n, width, k: n * width + 1 + width * k + 1
)
count_parameters.mistake(
    "These are the units. Each line between two units is a weight.", lambda n, width, k: n + width + k
)
count_parameters.mistake(
    "The layers are multiplied. Their weights are added: n · width, and width · k.", lambda n, width, k: n * width * k
)
count_parameters.mistake(
    "The outputs read the hidden layer, not the inputs: width · k weights.",
    lambda n, width, k: n * width + width + n * k + k,
)
count_parameters.mistake(
    "The weights from the inputs are missing: n · width.", lambda n, width, k: width + width * k + k
)

count_parameters.also(
    lambda n, width, k: (n + 1) * width + (width + 1) * k,
    lambda n, width, k: np.zeros((n, width)).size + width + np.zeros((width, k)).size + k,
    lambda n, width, k: sum((a + 1) * b for a, b in ((n, width), (width, k))),
)


@prediction(
    title="a line halfway",
    aim="A unit has the weights -6 and -6. Which bias puts its line halfway between (1, 1) and (0, 1)?",
    shapes="b, a number",
    hints=(
        "On the line the logit is 0. What is the sum x1 + x2 at (1, 1), and what at (0, 1)?",
        "The sum is 2 at (1, 1) and 1 at the other two. Halfway it is 1.5.",
        "Solve -6 · 1.5 + b = 0.",
    ),
    why="Halfway is where the unit tells the points apart with the same certainty on both sides.",
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
    aim="Two of four points cost nothing. A 0 and a 1 lie at one place, so both get 0.5. What is the mean cost?",
    shapes="J, a number with three decimals",
    hints=(
        "A point that is surely right costs 0. What does a point cost that gets 0.5?",
        "-log 0.5 is 0.693. How many of the four pay it?",
        "Two of four pay 0.693. Take the mean over all four.",
    ),
    why="A cost that settles at 0.347 on XOR points to one pair at one place. Three points at one place cost 0.477.",
    atol=0.002,
)
def predict_stuck_cost():
    return 2 * np.log(2) / 4  # two of four pay -log 0.5 = log 2


predict_stuck_cost.mistake("This is the cost of one such point, or of four. Two of the four cost nothing.", 0.693)
predict_stuck_cost.mistake("This is the sum over the points. The cost is the mean: divide by 4.", 1.386)
predict_stuck_cost.mistake("This looks like squared errors, 0.5², without a mean. Use -log 0.5.", 0.25)
predict_stuck_cost.mistake("This is the mean squared error. The cost here is the cross-entropy.", 0.125)
predict_stuck_cost.mistake("This is the output. The cross-entropy of an output 0.5 is -log 0.5 = 0.693.", 0.5)
predict_stuck_cost.mistake("Only one of the two points is counted. The 0 and the 1 both pay 0.693.", 0.173)
predict_stuck_cost.mistake("Zero cost needs four sure answers; two points cannot get theirs.", 0)
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
    title="the nearest two that must be told apart",
    aim="Give the smallest distance between a point of class 0 and a point of class 1 in the hidden plane.",
    shapes="H (m, width), y (m, 1) of 0 and 1 -> a number",
    hints=(
        "Split H into the rows where y is 0 and the rows where y is 1. Each pair has a distance.",
        "np.linalg.norm(a - b) is the distance of two points. H[y[:, 0] == 0] are the rows of class 0.",
        "min(… for a in H[one] for b in H[~one]), where one = y[:, 0] > 0.5.",
    ),
    why="Where this distance is 0, no output neuron can be right about both: the network is stuck.",
    inputs=_nearest_inputs,
)
def nearest_opposites(H, y):
    one = y[:, 0] > 0.5  # (m,), true for class 1
    return min(np.linalg.norm(a - b) for a in H[one] for b in H[~one])


@nearest_opposites.mistake("A point is compared with itself, so the distance is always 0. Split by class first.")
def _(H, y):
    gaps = H[:, None] - H
    return np.sqrt((gaps**2).sum(axis=2)).min()


@nearest_opposites.mistake(
    "All pairs are compared, also two points of one class. Those may lie together: take opposite classes only."
)
def _(H, y):
    gaps = np.linalg.norm(H[:, None] - H, axis=2)
    return min(gaps[i, j] for i in range(len(H)) for j in range(i))


@nearest_opposites.mistake("The root is missing: this is the squared distance.")
def _(H, y):
    gaps = H[y[:, 0] == 0][:, None] - H[y[:, 0] == 1]
    return (gaps**2).sum(axis=2).min()


@nearest_opposites.mistake("This is the largest distance. The nearest pair decides.")
def _(H, y):
    gaps = H[y[:, 0] == 0][:, None] - H[y[:, 0] == 1]
    return np.sqrt((gaps**2).sum(axis=2)).max()


@nearest_opposites.mistake(
    "This is the average distance. One pair at the same place is enough to be stuck: take the smallest."
)
def _(H, y):
    gaps = H[y[:, 0] == 0][:, None] - H[y[:, 0] == 1]
    return np.sqrt((gaps**2).sum(axis=2)).mean()


@nearest_opposites.mistake(
    "The steps along the axes are added. The straight distance is the root of the summed squares."
)
def _(H, y):
    gaps = H[y[:, 0] == 0][:, None] - H[y[:, 0] == 1]
    return np.abs(gaps).sum(axis=2).min()


@nearest_opposites.mistake(
    "One coordinate alone may agree. A distance takes all units together: sum over the last axis."
)
def _(H, y):
    gaps = H[y[:, 0] == 0][:, None] - H[y[:, 0] == 1]
    return np.abs(gaps).min()


nearest_opposites.mistake(
    "This is the distance of the two averages. Single points can still lie together.",
    lambda H, y: np.linalg.norm(H[y[:, 0] == 0].mean(axis=0) - H[y[:, 0] == 1].mean(axis=0)),
)


@nearest_opposites.mistake("Points of the same class are compared. They may lie together; opposite ones may not.")
def _(H, y):
    ones = H[y[:, 0] == 1]
    gaps = [np.linalg.norm(a - b) for i, a in enumerate(ones) for b in ones[:i]]
    return min(gaps, default=0.0)


@nearest_opposites.also
def _(H, y):
    gaps = H[y[:, 0] == 0][:, None] - H[y[:, 0] == 1]
    return np.sqrt((gaps**2).sum(axis=2)).min()


@nearest_opposites.also
def _(H, y):
    best = np.inf
    for i in range(len(H)):
        for j in range(len(H)):
            if y[i, 0] != y[j, 0]:
                best = min(best, np.sqrt(np.sum((H[i] - H[j]) ** 2)))
    return best


@nearest_opposites.also
def _(H, y):
    D = np.linalg.norm(H[:, None] - H, axis=2)
    return D[y != y.T].min()
