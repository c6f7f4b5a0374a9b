"""Exercises of lesson 09: a hidden layer of ReLU, its way back, dead units, and how sure a network may be."""

import numpy as np

import course_utils as cu
from course_utils.exercises import exercise, open_exercise, prediction


@prediction(
    title="parameters of 784-64-10",
    aim="784 pixels, 64 hidden units, 10 outputs, all layers fully connected. How many weights and biases does the "
    "network learn?",
    shapes="a whole number",
    hints=(
        "Count layer by layer: a unit has one weight for each of its inputs, and one bias.",
        "The hidden layer has 64 units with 784 weights and a bias each.",
        "64 · 785 for the hidden layer, and 10 units with 65 each for the output.",
    ),
    why="Nearly all of them, 50,240, sit in the first layer, where the pixels come in.",
)
def predict_parameters():
    return 784 * 64 + 64 + 64 * 10 + 10


predict_parameters.mistake(
    "These are the weights. The biases are missing: one for each of the 74 units.", 784 * 64 + 64 * 10
)
predict_parameters.mistake("The 64 biases of the hidden layer are missing.", 784 * 64 + 64 * 10 + 10)
predict_parameters.mistake("The ten biases of the output layer are missing.", 784 * 64 + 64 + 64 * 10)
predict_parameters.mistake("That is the hidden layer alone. The output layer adds its own.", 784 * 64 + 64)
predict_parameters.mistake(
    "A bias belongs to a unit and not to its inputs, so there are 64 and 10 of them.", 784 * 64 + 784 + 64 * 10 + 64
)
predict_parameters.mistake(
    "The sizes are multiplied through, but only neighbouring layers are connected.", 784 * 64 * 10
)
predict_parameters.mistake(
    "The pixels have no biases, because they are given and not computed.", 784 * 64 + 64 * 10 + 784 + 64 + 10
)
predict_parameters.mistake("Every unit has a bias of its own, not every layer.", 784 * 64 + 64 * 10 + 2)
predict_parameters.mistake("That is the network of lesson 08, without a hidden layer.", 784 * 10 + 10)
predict_parameters.mistake("That counts the passes of lesson 07's differences: two for each parameter.", 2 * 50_890)
predict_parameters.mistake("These are inputs and units. The wires between them carry the weights.", 784 + 64 + 10)

predict_parameters.also(50_890, 50890.0, 64 * 785 + 10 * 65, np.int64(50890))


def _network_inputs() -> list[tuple]:
    def case(seed: int, m: int, n: int, k: int, K: int, size: float = 1.0) -> tuple:
        rng = np.random.default_rng(seed)
        weights = rng.normal(size=(n, k)), rng.normal(size=k), rng.normal(size=(k, K)), rng.normal(size=K)
        return rng.normal(size=(m, n)) * size, *weights

    by_hand = np.array([[1.0, 0.0]]), np.array([[1.0, -2.0], [0.0, 3.0]]), np.zeros(2), np.eye(2), np.zeros(2)
    return [by_hand, case(80, 3, 3, 3, 3), case(81, 5, 4, 2, 3), case(82, 1, 2, 6, 10), case(83, 4, 3, 5, 2, 100.0)]


@exercise(
    title="forward through two layers",
    aim="Give the class probabilities of a network with a hidden layer of ReLU and a softmax output.",
    shapes="X (m, n), W1 (n, k), b1 (k,), W2 (k, K), b2 (K,) -> P (m, K)",
    hints=(
        "Each layer multiplies what it gets by its weights, adds its bias, and applies its activation.",
        "The hidden layer takes X and ends with cu.relu. The output layer takes what the hidden layer gives.",
        "A1 = cu.relu(X @ W1 + b1), and then the softmax of A1 @ W2 + b2.",
    ),
    why="These two lines are the whole network. Everything else in this lesson is about finding its weights.",
    inputs=_network_inputs,
)
def digit_probabilities(X, W1, b1, W2, b2):
    A1 = cu.relu(X @ W1 + b1)  # (m, n) @ (n, k) + (k,) -> (m, k)
    return cu.softmax(A1 @ W2 + b2)  # (m, k) @ (k, K) + (K,) -> (m, K)


digit_probabilities.mistake(
    "The hidden activation is missing. Without it the two layers are together one linear layer.",
    lambda X, W1, b1, W2, b2: cu.softmax((X @ W1 + b1) @ W2 + b2),
)
digit_probabilities.mistake(
    "The hidden layer has a ReLU here, and not a sigmoid.",
    lambda X, W1, b1, W2, b2: cu.softmax(cu.sigmoid(X @ W1 + b1) @ W2 + b2),
)
digit_probabilities.mistake(
    "These are the logits. The softmax turns them into probabilities.",
    lambda X, W1, b1, W2, b2: cu.relu(X @ W1 + b1) @ W2 + b2,
)
digit_probabilities.mistake(
    "The hidden bias b1 is missing. It is added before the ReLU.",
    lambda X, W1, b1, W2, b2: cu.softmax(cu.relu(X @ W1) @ W2 + b2),
)
digit_probabilities.mistake(
    "The bias of the output, b2, is missing.",
    lambda X, W1, b1, W2, b2: cu.softmax(cu.relu(X @ W1 + b1) @ W2),
)
digit_probabilities.mistake(
    "b1 is added after the ReLU here, but it belongs to the pre-activation.",
    lambda X, W1, b1, W2, b2: cu.softmax((cu.relu(X @ W1) + b1) @ W2 + b2),
)
digit_probabilities.mistake(
    "The logits of the output go through a ReLU here. They may be negative, so leave them as they are.",
    lambda X, W1, b1, W2, b2: cu.softmax(cu.relu(cu.relu(X @ W1 + b1) @ W2 + b2)),
)
digit_probabilities.mistake(
    "With axis=0 the columns add up to 1. An image is a row, and each row has to add up to 1.",
    lambda X, W1, b1, W2, b2: cu.softmax(cu.relu(X @ W1 + b1) @ W2 + b2, axis=0),
)
digit_probabilities.mistake(
    "The softmax stands at the output only. The hidden layer has cu.relu.",
    lambda X, W1, b1, W2, b2: cu.softmax(cu.softmax(X @ W1 + b1) @ W2 + b2),
)
digit_probabilities.mistake(
    "These are ten separate sigmoids, and in a row they do not add up to 1. Take cu.softmax.",
    lambda X, W1, b1, W2, b2: cu.sigmoid(cu.relu(X @ W1 + b1) @ W2 + b2),
)


@digit_probabilities.mistake("The whole batch adds up to 1 here. Each row is an image of its own.")
def _(X, W1, b1, W2, b2):
    Z2 = cu.relu(X @ W1 + b1) @ W2 + b2
    E = np.exp(Z2 - Z2.max())
    return E / E.sum()


digit_probabilities.mistake(
    "W1 is transposed here. Its rows belong to the inputs already, so take X @ W1.",
    lambda X, W1, b1, W2, b2: cu.softmax(cu.relu(X @ W1.T + b1) @ W2 + b2),
)

digit_probabilities.also(
    lambda X, W1, b1, W2, b2: cu.softmax(np.maximum(X @ W1 + b1, 0) @ W2 + b2),
    lambda X, W1, b1, W2, b2: np.stack([cu.softmax(cu.relu(x @ W1 + b1) @ W2 + b2) for x in X]),
    lambda X, W1, b1, W2, b2: cu.softmax(np.einsum("mk,ko->mo", cu.relu(np.einsum("mn,nk->mk", X, W1) + b1), W2) + b2),
)


@digit_probabilities.also
def _(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = Z1 * (Z1 > 0)
    Z2 = A1 @ W2 + b2
    E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def _back_inputs() -> list[tuple]:
    def case(seed: int, m: int, k: int, K: int) -> tuple:
        rng = np.random.default_rng(seed)
        return rng.normal(size=(m, K)), rng.normal(size=(k, K)), rng.normal(size=(m, k))

    by_hand = (np.array([[0.5, -0.5]]), np.array([[2.0, 1.0], [3.0, 0.0]]), np.array([[4.0, -1.0]]))
    at_zero = (np.array([[1.0]]), np.array([[2.0], [2.0]]), np.array([[0.0, 1.0]]))
    return [by_hand, case(84, 4, 2, 3), case(85, 3, 3, 3), case(86, 5, 4, 2), case(87, 1, 6, 10), at_zero]


@exercise(
    title="back through a ReLU",
    aim="The gradient dZ2 has arrived at the logits of the output. Take it back to the pre-activations Z1 of a hidden "
    "layer of ReLU.",
    shapes="dZ2 (m, K), W2 (k, K), Z1 (m, k) -> dZ1 (m, k)",
    hints=(
        "In lesson 07 the way led through the weights and then through the activation. Only the second link is new.",
        "The slope of the ReLU is 1 where Z1 > 0, and 0 elsewhere.",
        "dA1 = dZ2 @ W2.T has the shape (m, k). Multiply it by (Z1 > 0).",
    ),
    why="A ReLU passes the gradient on whole or not at all. The sigmoid let through a quarter of it at most.",
    inputs=_back_inputs,
)
def relu_backward(dZ2, W2, Z1):
    dA1 = dZ2 @ W2.T  # (m, K) @ (K, k) -> (m, k)
    return dA1 * (Z1 > 0)


relu_backward.mistake(
    "This is dA1. The link through the ReLU is missing: times (Z1 > 0).", lambda dZ2, W2, Z1: dZ2 @ W2.T
)
relu_backward.mistake(
    "The ReLU is applied to the gradient here. Its slope depends on Z1 and not on what comes back: times (Z1 > 0).",
    lambda dZ2, W2, Z1: cu.relu(dZ2 @ W2.T),
)
relu_backward.mistake(
    "Here the value of the ReLU stands in the place of its slope, which is 1 or 0.",
    lambda dZ2, W2, Z1: dZ2 @ W2.T * cu.relu(Z1),
)
relu_backward.mistake(
    "Here Z1 itself stands in the place of the slope of the ReLU, which is 1 or 0: times (Z1 > 0).",
    lambda dZ2, W2, Z1: dZ2 @ W2.T * Z1,
)
relu_backward.mistake(
    "The mask is turned around: the gradient passes where Z1 is above 0.", lambda dZ2, W2, Z1: dZ2 @ W2.T * (Z1 < 0)
)
relu_backward.mistake(
    "At Z1 = 0 the ReLU has a corner. By convention we take the slope 0 there, so the mask is Z1 > 0.",
    lambda dZ2, W2, Z1: dZ2 @ W2.T * (Z1 >= 0),
)
relu_backward.mistake(
    "That is a slope of the sigmoid's kind. The slope of the ReLU is 1 where Z1 > 0.",
    lambda dZ2, W2, Z1: dZ2 @ W2.T * Z1 * (1 - Z1),
)
relu_backward.mistake(
    "np.sign gives −1 below 0, but there the slope is 0.", lambda dZ2, W2, Z1: dZ2 @ W2.T * np.sign(Z1)
)
relu_backward.mistake(
    "This is divided by m once more. The 1/m is in dZ2 already.", lambda dZ2, W2, Z1: dZ2 @ W2.T * (Z1 > 0) / len(Z1)
)
relu_backward.mistake(
    "This is the local gradient alone. The upstream gradient, dZ2 @ W2.T, is missing.",
    lambda dZ2, W2, Z1: (Z1 > 0) * 1.0,
)
relu_backward.mistake(
    "This has the shape of W2. The gradient with respect to Z1 is asked for, and it is (m, k).",
    lambda dZ2, W2, Z1: Z1.T @ dZ2,
)
relu_backward.mistake(
    "W2 leads forward, from k units to K. The way back takes W2.T.", lambda dZ2, W2, Z1: dZ2 @ W2 * (Z1 > 0)
)


@relu_backward.mistake(
    "The slopes are written into Z1 itself, and so the caller's array changes. (Z1 > 0) makes a new array."
)
def _(dZ2, W2, Z1):
    Z1[Z1 > 0] = 1
    Z1[Z1 <= 0] = 0
    return dZ2 @ W2.T * Z1


relu_backward.also(
    lambda dZ2, W2, Z1: np.where(Z1 > 0, dZ2 @ W2.T, 0),
    lambda dZ2, W2, Z1: (W2 @ dZ2.T).T * cu.relu_grad(Z1),
    lambda dZ2, W2, Z1: np.einsum("mo,ko->mk", dZ2, W2) * np.heaviside(Z1, 0),
)


@relu_backward.also
def _(dZ2, W2, Z1):
    dZ1 = dZ2 @ W2.T
    dZ1[Z1 <= 0] = 0
    return dZ1


@relu_backward.payoff
def _(backward):
    (x_train, y_train), _ = cu.load_mnist(download=False)
    x = x_train[:20].reshape(20, 784) / np.float32(255)  # (20, 784)
    y = cu.one_hot(y_train[:20], 10)  # (20, 10)
    rng = np.random.default_rng(8)
    W1, W2 = rng.normal(0, 0.05, size=(784, 64)), rng.normal(0, 0.05, size=(64, 10))
    Z1 = x @ W1  # (20, 64)
    dZ2 = (cu.softmax(cu.relu(Z1) @ W2) - y) / len(x)  # (20, 10)
    dW1 = x.T.astype(np.float64) @ backward(dZ2, W2, Z1)  # (784, 64)
    chosen = rng.choice(W1.size, 50, replace=False)

    def cost_of_chosen(part):
        W = W1.copy()
        W.flat[chosen] = part
        return cu.categorical_crossentropy(y, cu.relu(x @ W) @ W2, from_logits=True)

    check = cu.gradient_check(cost_of_chosen, dW1.flat[chosen], W1.flat[chosen])
    verdict = "agree with" if check.passed else "differ from"
    print(f"With your lines in 784-64-10, 50 slopes of W1 {verdict} differences (relative error {check.error:.0e}).")


def _layer_inputs() -> list[tuple]:
    def case(seed: int, m: int, n: int, k: int, down: float) -> tuple:
        rng = np.random.default_rng(seed)
        return rng.normal(size=(m, n)), rng.normal(size=(n, k)), rng.normal(size=k) - down

    by_hand = np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([[1.0, -1.0, 1.0], [1.0, -1.0, -1.0]]), np.zeros(3)
    shut = np.array([[1.0, 2.0], [3.0, 1.0]]), np.array([[0.0, -1.0], [0.0, -1.0]]), np.array([0.0, 6.0])
    return [by_hand, shut, case(95, 4, 4, 4, 1.0), case(96, 6, 3, 5, 3.0), case(97, 3, 2, 8, 2.0), case(98, 1, 3, 4, 0)]


@exercise(
    title="which units are dead?",
    aim="A layer of ReLU is given with the training examples X. Which of its units have the slope 0 for every one of "
    "them, so that no gradient comes back to their weights?",
    shapes="X (m, n), W1 (n, k), b1 (k,) -> dead (k,), True or False for each unit",
    hints=(
        "When is the slope of a ReLU 0? Ask this for every example and every unit: a table (m, k).",
        "A unit is dead if its pre-activation is 0 or less in the whole column. np.all has an axis.",
        "With Z1 = X @ W1 + b1: (Z1 <= 0).all(axis=0).",
    ),
    why="One example with a positive pre-activation is enough to keep a unit alive: from it a gradient comes back.",
    inputs=_layer_inputs,
)
def dead_units(X, W1, b1):
    Z1 = X @ W1 + b1  # (m, n) @ (n, k) + (k,) -> (m, k)
    return (Z1 <= 0).all(axis=0)  # (k,)


dead_units.mistake(
    "These units are silent for at least one example. Dead are only those that are silent for all of them.",
    lambda X, W1, b1: (X @ W1 + b1 <= 0).any(axis=0),
)
dead_units.mistake(
    "axis=1 asks for examples at which all units are silent. Go down the column of each unit: axis=0.",
    lambda X, W1, b1: (X @ W1 + b1 <= 0).all(axis=1),
)
dead_units.mistake(
    "The mean may be below 0 though some example is above it, and that one keeps the unit alive.",
    lambda X, W1, b1: (X @ W1 + b1).mean(axis=0) <= 0,
)
dead_units.mistake(
    "These are the units that are alive. The others are asked for.", lambda X, W1, b1: (X @ W1 + b1 > 0).any(axis=0)
)
dead_units.mistake(
    "This is the table of every example and unit. Say for each unit whether its whole column is silent.",
    lambda X, W1, b1: X @ W1 + b1 <= 0,
)
dead_units.mistake(
    "The bias is missing. It often decides whether a unit ever gets above 0.",
    lambda X, W1, b1: (X @ W1 <= 0).all(axis=0),
)
dead_units.mistake(
    "At exactly 0 the slope counts as 0 as well, so take <= instead of <.",
    lambda X, W1, b1: (X @ W1 + b1 < 0).all(axis=0),
)
dead_units.mistake(
    "That is how many units are dead. Say for each of them whether it is.",
    lambda X, W1, b1: (X @ W1 + b1 <= 0).all(axis=0).sum(),
)
dead_units.mistake(
    "These are the places of the dead units. Give True or False for each of the k units.",
    lambda X, W1, b1: np.flatnonzero((X @ W1 + b1 <= 0).all(axis=0)),
)
dead_units.mistake(
    "Negative weights alone do not make a unit silent: an input may be negative, and the bias counts, too.",
    lambda X, W1, b1: (W1 <= 0).all(axis=0),
)
dead_units.mistake(
    "Without an axis, np.all gives one answer for the whole layer. There is one for each unit.",
    lambda X, W1, b1: (X @ W1 + b1 <= 0).all(),
)

dead_units.also(
    lambda X, W1, b1: (cu.relu(X @ W1 + b1) == 0).all(axis=0),
    lambda X, W1, b1: (X @ W1 + b1).max(axis=0) <= 0,
    lambda X, W1, b1: ~np.any(cu.relu_grad(X @ W1 + b1), axis=0),
    lambda X, W1, b1: cu.relu(X @ W1 + b1).sum(axis=0) == 0,
    lambda X, W1, b1: np.array([max(X @ W1[:, k] + b1[k]) <= 0 for k in range(len(b1))]),
)


@dead_units.payoff
def _(dead):
    (x_train, _), _ = cu.load_mnist(download=False)
    X = x_train[:1000].reshape(1000, 784) / np.float32(255)  # (1000, 784)
    W1 = np.random.default_rng(8).normal(0, 0.05, size=(784, 64))
    print("Your function looks at 64 fresh units and 1,000 digits, with all biases at 0 and then lower:")
    counts = {b: int(np.sum(dead(X, W1, np.full(64, b)))) for b in (0.0, -1.0, -2.0, -3.0)}
    print("; ".join(f"b1 = {b:g}: {count} dead" for b, count in counts.items()))


@prediction(
    title="a pixel without ink",
    aim="A pixel is 0 in all training images. A weight that leads from it to a hidden unit starts at 0.03. What is "
    "it when the training ends?",
    shapes="a number",
    hints=(
        "In lesson 08 such a weight started at 0 and stayed there. Why?",
        "The gradient of a weight is its pixel times the slope at the unit, added up over the batch.",
        "The pixel is 0, so every step subtracts 0 from the 0.03.",
    ),
    why="Such weights keep the chance of the start, and you see it at the edges of every unit's picture.",
)
def predict_unused_weight():
    return 0.03  # each step subtracts rate * pixel * slope, and the pixel is 0


predict_unused_weight.mistake("That was lesson 08, with a start at 0. But nothing pulls a weight back to 0.", 0)
predict_unused_weight.mistake("A change of sign needs a gradient, and this pixel gives none.", -0.03)
predict_unused_weight.mistake("That is the standard deviation of the start. This weight began at 0.03.", 0.05)
predict_unused_weight.mistake(
    "That would be a shrinking by a tenth. A step subtracts the rate times the gradient, which is 0 here.", 0.027
)
predict_unused_weight.mistake("Without ink in this pixel no step changes the weight.", 1)

predict_unused_weight.also(0.03, 3e-2, np.float32(0.03), 3 / 100)


@prediction(
    title="cutting a silent unit",
    aim="The activation of a unit is 0 for every test image. It is cut. How many points of test accuracy are lost?",
    shapes="a number",
    hints=(
        "What does the output layer get from this unit?",
        "It adds activation times weight to each logit, and the activation is 0.",
        "No logit changes, and so no answer does.",
    ),
    why="What a unit contributes is its activation times its outgoing weight, and here that is 0 for every image.",
)
def predict_cut_silent():
    return 0  # its part of each logit is 0 times a weight


predict_cut_silent.mistake("Units do not share the accuracy evenly. What does this one add to the logits?", 100 / 64)
predict_cut_silent.mistake("Silent for all ten digits also means that it is needed for none of them.", 100 / 10)
predict_cut_silent.mistake("The other 63 units go on as before. What does this one add to the logits?", 100)
predict_cut_silent.mistake("That is about what a useful unit costs. This one adds 0 to every logit.", 1)
predict_cut_silent.mistake("That may be what a unit in the middle costs. This one adds 0 to every logit.", 0.3)

predict_cut_silent.also(0, 0.0, np.float32(0), 0 * 64)


def _answers(seed: int, m: int, K: int, size: float) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return cu.softmax(size * rng.normal(size=(m, K))), rng.integers(0, K, m)


@exercise(
    title="one number for calibration",
    aim="Sort the answers by their confidence into n_bins equally wide bins from 0 to 1. In each bin, take the "
    "distance between the mean confidence and the share that is right. Give the mean of these distances, in which each "
    "bin counts as much as it holds answers.",
    shapes="P (m, K), y (m,), n_bins a number -> a number from 0 to 1",
    hints=(
        "You need two numbers for each answer: its confidence, P.max(axis=1), and whether it is right.",
        "Confidence times n_bins, rounded down, is the number of the bin. A confidence of exactly 1 belongs to the "
        "last bin.",
        "For each bin that is not empty, add abs(confidence[here].mean() - right[here].mean()) * here.mean(), where "
        "here is the mask of its answers.",
    ),
    why="This is the expected calibration error. It is 0 if in each bin as many answers are right as were claimed.",
    inputs=lambda: [
        (np.array([[0.7, 0.3], [0.25, 0.75], [0.95, 0.05], [1.0, 0.0]]), np.array([0, 1, 0, 1]), 5),
        (*_answers(110, 40, 3, 1.0), 10),
        (*_answers(111, 25, 4, 2.0), 7),
        (*_answers(112, 60, 10, 3.0), 10),
        (*_answers(113, 30, 2, 1.0), 1),
        (*_answers(114, 1, 5, 1.0), 4),
    ],
)
def calibration_error(P, y, n_bins):
    confidence = P.max(axis=1)  # (m,)
    right = P.argmax(axis=1) == y  # (m,)
    bins = np.minimum((confidence * n_bins).astype(int), n_bins - 1)  # (m,), the last one includes 1
    error = 0.0
    for k in np.unique(bins):
        here = bins == k  # (m,)
        error += here.mean() * abs(confidence[here].mean() - right[here].mean())
    return error


def _gaps(P, y, n_bins, *, sure=None, middle=False):
    """Return the distance between claim and truth in each bin that is not empty, and the share of answers in it."""
    confidence = P.max(axis=1) if sure is None else sure
    right = P.argmax(axis=1) == y
    bins = np.minimum((confidence * n_bins).astype(int), n_bins - 1)
    held = [bins == k for k in np.unique(bins)]
    claims = [(k + 0.5) / n_bins if middle else confidence[here].mean() for k, here in zip(np.unique(bins), held)]
    gaps = np.array([claim - right[here].mean() for claim, here in zip(claims, held)])
    return np.abs(gaps), np.array([here.mean() for here in held])


calibration_error.mistake(
    "Every bin counts the same here. A bin with many answers has to count more than one with few.",
    lambda P, y, n_bins: _gaps(P, y, n_bins)[0].mean(),
)
calibration_error.mistake(
    "This is the sum of the distances. Each is multiplied by the share of the answers in its bin.",
    lambda P, y, n_bins: _gaps(P, y, n_bins)[0].sum(),
)
calibration_error.mistake(
    "Empty bins are counted as a distance of 0 here, and each bin counts the same. Weigh by the number of answers.",
    lambda P, y, n_bins: _gaps(P, y, n_bins)[0].sum() / n_bins,
)
calibration_error.mistake(
    "The confidence is the largest probability, whether the answer is right or not. This is that of the label.",
    lambda P, y, n_bins: np.dot(*_gaps(P, y, n_bins, sure=P[np.arange(len(y)), y])),
)
calibration_error.mistake(
    "The middle of the bin stands for the confidence here. Take the mean confidence of its answers.",
    lambda P, y, n_bins: np.dot(*_gaps(P, y, n_bins, middle=True)),
)
calibration_error.mistake(
    "This is the worst bin. Their mean is asked for, weighted by the number of answers.",
    lambda P, y, n_bins: _gaps(P, y, n_bins)[0].max(),
)
calibration_error.mistake(
    "This takes all answers together, or keeps the signs, so being too sure here is balanced by being unsure there.",
    lambda P, y, n_bins: abs(P.max(axis=1).mean() - (P.argmax(axis=1) == y).mean()),
)
calibration_error.mistake(
    "This compares each single answer with 0 or 1. The share that is right only makes sense for a whole bin.",
    lambda P, y, n_bins: np.abs(P.max(axis=1) - (P.argmax(axis=1) == y)).mean(),
)
calibration_error.mistake(
    "The distances are squared here. Take abs.",
    lambda P, y, n_bins: _gaps(P, y, n_bins)[0] ** 2 @ _gaps(P, y, n_bins)[1],
)


@calibration_error.mistake("A confidence of exactly 1 falls out of the last bin. It belongs there.")
def _(P, y, n_bins):
    confidence, right, error = P.max(axis=1), P.argmax(axis=1) == y, 0.0
    for k in range(n_bins):
        here = (confidence >= k / n_bins) & (confidence < (k + 1) / n_bins)
        if here.any():
            error += here.mean() * abs(confidence[here].mean() - right[here].mean())
    return error


@calibration_error.mistake("An empty bin gives 0 / 0, which is nan. Leave out the bins that hold no answer.")
def _(P, y, n_bins):
    confidence, right, error = P.max(axis=1), P.argmax(axis=1) == y, 0.0
    bins = np.minimum((confidence * n_bins).astype(int), n_bins - 1)
    for k in range(n_bins):
        here = bins == k
        error += here.mean() * abs(np.divide(confidence[here].sum() - right[here].sum(), np.float64(here.sum())))
    return error


calibration_error.also(lambda P, y, n_bins: np.dot(*_gaps(P, y, n_bins)))


@calibration_error.also
def _(P, y, n_bins):
    confidence, right = P.max(axis=1), P.argmax(axis=1) == y
    error = 0.0
    for low in np.arange(n_bins) / n_bins:
        here = (confidence >= low) & (confidence < low + 1 / n_bins)
        if low + 1 / n_bins > 1 - 1e-9:
            here = confidence >= low
        if here.any():
            error += here.sum() / len(y) * np.abs(np.mean(confidence[here]) - np.mean(right[here]))
    return error


@calibration_error.also
def _(P, y, n_bins):
    over = np.zeros(n_bins)  # what is claimed too much in each bin, added up
    for p, label in zip(P, y):
        k = min(int(p.max() * n_bins), n_bins - 1)
        over[k] += p.max() - (p.argmax() == label)
    return np.abs(over).sum() / len(y)


@calibration_error.payoff
def _(error):
    (_, _), (x_test, y_test) = cu.load_mnist("digits")
    images = x_test.reshape(-1, 784) / np.float32(255)  # (360, 784)
    P = cu.load_mnist_network().predict(images)  # (360, 10)
    right = (P.argmax(axis=1) == y_test).mean()
    print("Your function looks at the network of lesson 00, which was trained on MNIST, and its answers for the small")
    print(f"digits of another scanner: sure of {P.max(axis=1).mean():.1%} on average, right in {right:.1%}.")
    print(f"Calibration error in ten bins: {error(P, y_test, 10):.3f}.")


same_network = open_exercise(
    "same_network",
    title="other weights, the same network",
    task="Take a trained network 784-64-10 with ReLU. (a) Two hidden units change places, each with all its weights "
    "and its bias. (b) The incoming weights and the bias of one unit are multiplied by 5, and its outgoing weights are "
    "divided by 5. Show that neither changes any answer. What follows for somebody who takes the units with the "
    "largest weights for the most important ones? Check (b) with `weights`.",
    answer="A unit j enters the logits only through the term $a_1[j] \\cdot W_2[j, k]$, and the logits are the sum of "
    "64 such terms.\n\n"
    "(a) If two units change places, the same 64 terms are added in another order, so every sum is the same. For each "
    "network there are therefore 64! that compute the same, and 'unit 7' means nothing in another run.\n\n"
    "(b) The pre-activation becomes 5 z, since both the weights and the bias are multiplied. For c > 0, "
    "relu(c z) = c relu(z): both sides are c z where z > 0, and 0 elsewhere. So the activation becomes 5 a, and "
    "5 a · (W / 5) = a W. No logit changes. (With a sigmoid this would be wrong, and also with a negative c.)\n\n"
    "The size of the incoming weights alone therefore says nothing about a unit: we can make them as large or as small "
    "as we like without changing an answer. What counts is the whole term, activation times outgoing weight, and that "
    "is what cutting the unit takes away.\n\n"
    "```python\n"
    "W1, b1, W2, b2 = [part.copy() for part in weights]\n"
    "before = cu.relu(X_test @ W1 + b1) @ W2 + b2\n"
    "W1[:, 7], b1[7], W2[7] = 5 * W1[:, 7], 5 * b1[7], W2[7] / 5\n"
    "after = cu.relu(X_test @ W1 + b1) @ W2 + b2\n"
    "print(np.abs(after - before).max())  # only rounding\n"
    "```",
    effort="do",
    hints=(
        "Write down the logit of one digit as a sum over the 64 units.",
        "What is relu(5 z), if z is positive, and if it is negative?",
    ),
)


say_none_of_these = open_exercise(
    "say_none_of_these",
    title="a network that may say no",
    task="Design a network that may answer 'no digit', and test it. What do you show it as examples of 'no digit', "
    "which loss and how many outputs do you take, and with which images do you test whether it has understood? Think "
    "of at least one kind of image that it has not been trained on.",
    answer="An obvious design has eleven outputs and the same softmax and loss. For every tenth training image or so "
    "we add an image of noise with the label 10, and train as before:\n\n"
    "```python\n"
    "noise = np.random.default_rng(1).random((len(X) // 10, 784), dtype=np.float32)\n"
    "X_more = np.vstack([X, noise])\n"
    "Y_more = cu.one_hot(np.append(y_train, np.full(len(noise), 10)), 11)\n"
    "```\n\n"
    "Such a network refuses fresh noise of the same kind nearly always, and its accuracy on the digits hardly "
    "changes. But test it with something else: digits in white on black (`1 - X_test`), digits that lie on their side, "
    "letters from the drawing square, the left half of a 3 beside the right half of a 7. Much of it is called a digit "
    "again. The network has learned to recognise *this* noise, and not what a digit is, because nothing in its "
    "training set marks where the digits end.\n\n"
    "Other designs fail in other ways. A limit on the confidence costs nothing and catches the unsure answers, yet "
    "this lesson has shown how confident a network can be about noise. Ten sigmoids in place of the softmax may all "
    "say no, but they, too, are trained on digits only. One can measure how far an image is from the training images, "
    "which is slow, and depends on what 'far' means for pixels. A good answer names what its test has shown, and on "
    "which images the design has not been tested.",
    effort="project",
)
