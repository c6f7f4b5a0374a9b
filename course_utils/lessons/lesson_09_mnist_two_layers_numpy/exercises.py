"""Exercises of lesson 09: a hidden layer of ReLU, its way back, where weights start, and momentum."""

import numpy as np

import course_utils as cu
from course_utils.exercises import exercise, prediction


@prediction(
    title="parameters of 784-64-10",
    aim="784 pixels, 64 hidden units, 10 outputs. How many weights and biases does the network learn?",
    shapes="a whole number",
    hints=(
        "Count layer by layer: a unit has one weight for each of its inputs, and one bias.",
        "The hidden layer has 64 units with 784 weights and a bias each.",
        "64 · 785 for the hidden layer, plus 10 units with 65 each.",
    ),
    why="Nearly all of them, 50,240, sit in the first layer, where the pixels come in.",
)
def predict_parameters():
    return 784 * 64 + 64 + 64 * 10 + 10


predict_parameters.mistake(
    "These are the weights. The biases are missing: one for each of the 74 units.", 784 * 64 + 64 * 10
)
predict_parameters.mistake("That is the hidden layer alone. The output layer adds its own.", 784 * 64 + 64)
predict_parameters.mistake(
    "A bias belongs to a unit, not to its input: 64 and 10 of them.", 784 * 64 + 784 + 64 * 10 + 64
)
predict_parameters.mistake("The sizes are multiplied through. Only neighbouring layers are connected.", 784 * 64 * 10)
predict_parameters.mistake(
    "The pixels have no biases: they are given, not computed.", 784 * 64 + 64 * 10 + 784 + 64 + 10
)
predict_parameters.mistake("Every unit has a bias of its own, not every layer.", 784 * 64 + 64 * 10 + 2)
predict_parameters.mistake("That is lesson 08's network, without a hidden layer.", 784 * 10 + 10)
predict_parameters.mistake("That counts the passes of the numerical gradient: two for each parameter.", 2 * 50_890)
predict_parameters.mistake("These are the units. The wires between them carry the weights.", 784 + 64 + 10)

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
        "Each layer is: times the kernel, plus the bias, through the activation.",
        "The hidden layer takes X and ends with cu.relu. The output layer takes what it gives.",
        "H = cu.relu(X @ W1 + b1); then cu.softmax of H @ W2 + b2.",
    ),
    why="Two lines are the whole network: everything else in this lesson is about finding its numbers.",
    inputs=_network_inputs,
)
def digit_probabilities(X, W1, b1, W2, b2):
    H = cu.relu(X @ W1 + b1)  # (m, n) @ (n, k) + (k,) -> (m, k)
    return cu.softmax(H @ W2 + b2)  # (m, k) @ (k, K) + (K,) -> (m, K)


digit_probabilities.mistake(
    "The hidden activation is missing: two linear layers are one.",
    lambda X, W1, b1, W2, b2: cu.softmax((X @ W1 + b1) @ W2 + b2),
)
digit_probabilities.mistake(
    "The hidden layer is a ReLU here, not a sigmoid.",
    lambda X, W1, b1, W2, b2: cu.softmax(cu.sigmoid(X @ W1 + b1) @ W2 + b2),
)
digit_probabilities.mistake(
    "These are the logits. The softmax makes probabilities of them.",
    lambda X, W1, b1, W2, b2: cu.relu(X @ W1 + b1) @ W2 + b2,
)
digit_probabilities.mistake(
    "The hidden bias b1 is missing, and it belongs inside the ReLU.",
    lambda X, W1, b1, W2, b2: cu.softmax(cu.relu(X @ W1) @ W2 + b2),
)
digit_probabilities.mistake(
    "The output's bias b2 is missing.", lambda X, W1, b1, W2, b2: cu.softmax(cu.relu(X @ W1 + b1) @ W2)
)
digit_probabilities.mistake(
    "b1 is added after the ReLU. It belongs to the logit.",
    lambda X, W1, b1, W2, b2: cu.softmax((cu.relu(X @ W1) + b1) @ W2 + b2),
)
digit_probabilities.mistake(
    "The output's logits must not pass a ReLU.",
    lambda X, W1, b1, W2, b2: cu.softmax(cu.relu(cu.relu(X @ W1 + b1) @ W2 + b2)),
)
digit_probabilities.mistake(
    "axis=0 makes columns add up to 1: each row is one.",
    lambda X, W1, b1, W2, b2: cu.softmax(cu.relu(X @ W1 + b1) @ W2 + b2, axis=0),
)
digit_probabilities.mistake(
    "The softmax stands at the output only; hidden: cu.relu.",
    lambda X, W1, b1, W2, b2: cu.softmax(cu.softmax(X @ W1 + b1) @ W2 + b2),
)
digit_probabilities.mistake(
    "Ten sigmoids do not add up to 1 in a row: cu.softmax.",
    lambda X, W1, b1, W2, b2: cu.sigmoid(cu.relu(X @ W1 + b1) @ W2 + b2),
)


@digit_probabilities.mistake("The whole batch adds up to 1. Each row is an image of its own.")
def _(X, W1, b1, W2, b2):
    Z = cu.relu(X @ W1 + b1) @ W2 + b2
    E = np.exp(Z - Z.max())
    return E / E.sum()


digit_probabilities.mistake(
    "W1 is transposed. Its rows belong to the pixels already: X @ W1.",
    lambda X, W1, b1, W2, b2: cu.softmax(cu.relu(X @ W1.T + b1) @ W2 + b2),
)

digit_probabilities.also(
    lambda X, W1, b1, W2, b2: cu.softmax(np.maximum(X @ W1 + b1, 0) @ W2 + b2),
    lambda X, W1, b1, W2, b2: np.stack([cu.softmax(cu.relu(x @ W1 + b1) @ W2 + b2) for x in X]),
    lambda X, W1, b1, W2, b2: cu.softmax(np.einsum("mk,ko->mo", cu.relu(np.einsum("mn,nk->mk", X, W1) + b1), W2) + b2),
)


@digit_probabilities.also
def _(X, W1, b1, W2, b2):
    U = X @ W1 + b1
    H = U * (U > 0)
    Z = H @ W2 + b2
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
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
    aim="The gradient dZ has arrived at the output's logits. Take it back to the logits U of a hidden ReLU layer.",
    shapes="dZ (m, K), W2 (k, K), U (m, k) -> dU (m, k)",
    hints=(
        "Lesson 07 had two links: through the weights, then through the activation. Only the second is new.",
        "The slope of the ReLU is 1 where U > 0, and 0 elsewhere.",
        "dH = dZ @ W2.T has the shape (m, k). Multiply it by (U > 0).",
    ),
    why="A ReLU passes the gradient on whole or not at all: no factor of a quarter, as the sigmoid has.",
    inputs=_back_inputs,
)
def relu_backward(dZ, W2, U):
    dH = dZ @ W2.T  # (m, K) @ (K, k) -> (m, k)
    return dH * (U > 0)


relu_backward.mistake("This is dH. The link through the ReLU is missing: times (U > 0).", lambda dZ, W2, U: dZ @ W2.T)
relu_backward.mistake(
    "The ReLU is applied to the gradient. Its slope is asked of U: (U > 0).", lambda dZ, W2, U: cu.relu(dZ @ W2.T)
)
relu_backward.mistake(
    "The ReLU's value stands where its slope belongs: 1 or 0.", lambda dZ, W2, U: dZ @ W2.T * cu.relu(U)
)
relu_backward.mistake(
    "The mask is turned round: the gradient passes where U > 0.", lambda dZ, W2, U: dZ @ W2.T * (U < 0)
)
relu_backward.mistake("At U = 0 this ReLU has the slope 0: U > 0.", lambda dZ, W2, U: dZ @ W2.T * (U >= 0))
relu_backward.mistake(
    "That is the sigmoid's slope. The ReLU's is 1 where U > 0.", lambda dZ, W2, U: dZ @ W2.T * U * (1 - U)
)
relu_backward.mistake("np.sign gives −1 below 0. There the slope is 0.", lambda dZ, W2, U: dZ @ W2.T * np.sign(U))
relu_backward.mistake(
    "Divided by m once more: the 1/m is in dZ already.", lambda dZ, W2, U: dZ @ W2.T * (U > 0) / len(U)
)
relu_backward.mistake(
    "This is the slope alone. What arrives from behind, dZ @ W2.T, is missing.", lambda dZ, W2, U: (U > 0) * 1.0
)
relu_backward.mistake("This has the shape of W2. The gradient of U is asked for: (m, k).", lambda dZ, W2, U: U.T @ dZ)
relu_backward.mistake("W2 leads forward, (k, K). The way back takes W2.T.", lambda dZ, W2, U: dZ @ W2 * (U > 0))


@relu_backward.mistake("The slopes are written into U itself, and the caller's array changes. (U > 0) makes a new one.")
def _(dZ, W2, U):
    U[U > 0] = 1
    U[U <= 0] = 0
    return dZ @ W2.T * U


relu_backward.also(
    lambda dZ, W2, U: np.where(U > 0, dZ @ W2.T, 0),
    lambda dZ, W2, U: (W2 @ dZ.T).T * cu.relu_grad(U),
    lambda dZ, W2, U: np.einsum("mo,ko->mk", dZ, W2) * np.heaviside(U, 0),
)


@relu_backward.also
def _(dZ, W2, U):
    dU = dZ @ W2.T
    dU[U <= 0] = 0
    return dU


@relu_backward.payoff
def _(backward):
    (x_train, y_train), _ = cu.load_mnist(download=False)
    x = x_train[:20].reshape(20, 784) / np.float32(255)  # (20, 784)
    y = cu.one_hot(y_train[:20], 10)  # (20, 10)
    rng = np.random.default_rng(8)
    W1, W2 = cu.he_normal((784, 64), rng=rng), cu.he_normal((64, 10), rng=rng)
    U = x @ W1  # (20, 64)
    dZ = (cu.softmax(cu.relu(U) @ W2) - y) / len(x)  # (20, 10)
    dW1 = x.T.astype(np.float64) @ backward(dZ, W2, U)  # (784, 64)
    chosen = rng.choice(W1.size, 50, replace=False)

    def cost_of_chosen(part):
        W = W1.astype(np.float64)
        W.flat[chosen] = part
        return cu.categorical_crossentropy(y, cu.relu(x @ W) @ W2, from_logits=True)

    check = cu.gradient_check(cost_of_chosen, dW1.flat[chosen], W1.flat[chosen].astype(np.float64))
    verdict = "agree with" if check.passed else "differ from"
    print(f"With your lines in 784-64-10, 50 slopes of W1 {verdict} differences (relative error {check.error:.0e}).")


@prediction(
    title="a start from zeros",
    aim="All 50,890 numbers start at 0, the hidden layer is ReLU. How many get a gradient that is not 0?",
    shapes="a whole number",
    hints=(
        "Go forward: what does a hidden unit give when its weights and its bias are 0?",
        "H is 0, so dW2 = H.T @ dZ is 0. W2 is 0, so dH = dZ @ W2.T is 0, and all before it too.",
        "Only db2 is left: it needs neither H nor W2. How many numbers is that?",
    ),
    why="Such a network learns ten biases: how frequent each digit is, and nothing of the image.",
)
def predict_zero_moves():
    return 10  # the biases of the output: db2 = dZ.sum(axis=0)


predict_zero_moves.mistake("The output's biases still learn: db2 is the sum of dZ, and dZ is not 0.", 0)
predict_zero_moves.mistake("Gradients are multiplied by H and by W2 on their way, and both are 0.", 50_890)
predict_zero_moves.mistake("W2 gets H.T @ dZ, and H is 0. Only the biases of the output are left.", 650)
predict_zero_moves.mistake("dW2 = H.T @ dZ, and H is 0. It is the biases that learn.", 640)
predict_zero_moves.mistake("The 64 hidden biases lie behind W2 = 0: nothing comes back to them.", 74)
predict_zero_moves.mistake("Nothing comes back through W2 = 0. Look at the other side of it.", 64)
predict_zero_moves.mistake("Each of the ten outputs has a bias of its own.", 1)

predict_zero_moves.also(10, 10.0, np.int64(10), len(range(10)))


@prediction(
    title="a pixel without ink",
    aim="A pixel is 0 in all training images. A weight of it starts at 0.03. What is it when training ends?",
    shapes="a number",
    hints=(
        "In lesson 08 such a weight started at 0, and stayed there. Why?",
        "The gradient of a weight is its pixel times the slope of the unit, averaged over the batch.",
        "The pixel is 0, so every step subtracts 0 from the 0.03.",
    ),
    why="Such weights keep the noise of the start: look for it at the edges of every unit's picture.",
)
def predict_unused_weight():
    return 0.03  # each step subtracts rate * pixel * slope, and the pixel is 0


predict_unused_weight.mistake("That was lesson 08, with a start at 0. Nothing pulls a weight back to 0.", 0)
predict_unused_weight.mistake("A change of sign needs a gradient, and this pixel gives none.", -0.03)
predict_unused_weight.mistake(
    "That is how wide He's start spreads its 784 weights a unit. This one began at 0.03.", 0.05
)
predict_unused_weight.mistake("One step of 0.1 times the weight would shrink it. The gradient here is 0.", 0.027)
predict_unused_weight.mistake("Without ink there, no step changes the weight.", 1)

predict_unused_weight.also(0.03, 3e-2, np.float32(0.03), 3 / 100)


@prediction(
    title="a unit without bars",
    aim="A unit's activation is 0 for every test image. It is cut. How many points of test accuracy are lost?",
    shapes="a number",
    hints=(
        "What does the output layer get from this unit?",
        "It adds activation times weight to each logit. The activation is 0.",
        "No logit changes, so no answer does.",
    ),
    why="A silent ReLU takes part in nothing: not in the answers and, with a slope of 0, not in training.",
)
def predict_cut_silent():
    return 0  # its part of each logit is 0 times a weight


predict_cut_silent.mistake("Units do not share the accuracy evenly. What does this one add to the logits?", 100 / 64)
predict_cut_silent.mistake("Silent for all ten digits also means: needed for none of them.", 100 / 10)
predict_cut_silent.mistake("The other 63 units go on as before. What does this one add to the logits?", 100)
predict_cut_silent.mistake("That is about what the most useful unit costs. This one adds 0 to every logit.", 1)
predict_cut_silent.mistake("That is what a unit in the middle costs. This one adds 0 to every logit.", 0.3)

predict_cut_silent.also(0, 0.0, np.float32(0), 0 * 64)
