"""Exercises of lesson 07: the chain rule, gradients through any number of layers, and a graph that walks itself."""

from itertools import pairwise

import numpy as np

import course_utils as cu
from course_utils.exercises import exercise, open_exercise, prediction

# what the neuron adds up if one of the three is raised by 0.1
x, w, b = 2.0, 0.5, -0.4
PARTS = ("bias", "weight", "input")
RAISED = np.array([w * x + (b + 0.1), (w + 0.1) * x + b, w * (x + 0.1) + b])  # (3,)


@prediction(
    title="what lifts the output most",
    aim="A sigmoid neuron has the input 2, the weight 0.5 and the bias −0.4. One of the three is raised by 0.1. "
    "Which one lifts the output most?",
    shapes='"bias", "weight" or "input"',
    hints=(
        "The sigmoid always rises. So which of the three moves the sum z = w x + b most?",
        "Each of the two factors is multiplied by the other one, and the bias by nothing.",
        "For the bias z moves by 0.1, for the weight by 0.1 times the input, for the input by 0.1 times the weight.",
    ),
    why="A weight can do as much as its input is large, and the slopes of this lesson all follow from that.",
    synonyms={"weight": ("the weight", "w", "weights")},
)
def predict_best_nudge():
    return PARTS[RAISED.argmax()]


predict_best_nudge.mistake("The bias moves the sum by 0.1. One of the others is multiplied by more than 1.", "bias")
predict_best_nudge.mistake("The input is multiplied by the weight, and that is only 0.5.", "input")
predict_best_nudge.mistake("They would act alike only if the input and the weight were both 1.", "all")
predict_best_nudge.mistake("The output is what should rise. It is made from bias, weight and input.", "output")
predict_best_nudge.mistake("z is made from bias, weight and input. Which of these moves it most?", "z")

predict_best_nudge.also("weight", " Weight ", "the weight", "w")


@exercise(
    title="the chain rule with another loss",
    aim="One sigmoid neuron with one input, but the loss is L = (a - y)^2. Give dL/dw, the slope for the weight.",
    shapes="four numbers -> dL/dw, a number",
    hints=(
        "The chain has the same three links: how L answers a nudge of a, how a answers z, and how z answers w.",
        "Only the first link is new: the slope of (a - y)^2 in a is 2 (a - y). The others stay a (1 - a) and x.",
        "Multiply the three: 2 * (a - y) * a * (1 - a) * …, and the last factor is what w is multiplied by.",
    ),
    why="A new loss changes one link of the chain. But now a (1 - a) stays, and it is nearly 0 where the neuron is "
    "very sure. So with the squared error a neuron that is quite sure and quite wrong hardly learns.",
    inputs=lambda: [
        (2.0, 0.5, -0.4, 1.0),
        (3.0, -1.0, 0.7, 0.0),
        (-1.5, 0.3, 0.2, 1.0),
        (0.0, 2.0, 1.0, 0.0),
        (0.25, 4.0, -2.5, 0.5),
        (-2, 1, 1, 0),
    ],
)
def squared_slope(x, w, b, y):
    a = cu.sigmoid(w * x + b)
    return 2 * (a - y) * a * (1 - a) * x


squared_slope.mistake(
    "The middle link is missing: how a answers a nudge of z, which is a (1 - a).",
    lambda x, w, b, y: 2 * (cu.sigmoid(w * x + b) - y) * x,
)
squared_slope.mistake(
    "This is the slope of the cross-entropy, in which a (1 - a) cancels. With (a - y)^2 it does not.",
    lambda x, w, b, y: (cu.sigmoid(w * x + b) - y) * x,
)
squared_slope.mistake(
    "This is dL/db. The last link is still missing: how z answers a nudge of w, which is x.",
    lambda x, w, b, y: 2 * (cu.sigmoid(w * x + b) - y) * cu.sigmoid_grad(w * x + b),
)
squared_slope.mistake(
    "The slope of a square has a factor 2, and it is missing: 2 (a - y).",
    lambda x, w, b, y: (cu.sigmoid(w * x + b) - y) * cu.sigmoid_grad(w * x + b) * x,
)
squared_slope.mistake(
    "The sign is flipped: the slope of (a - y)^2 in a is 2 (a - y), with a first.",
    lambda x, w, b, y: 2 * (y - cu.sigmoid(w * x + b)) * cu.sigmoid_grad(w * x + b) * x,
)
squared_slope.mistake(
    "The three links are added here. Along one path slopes multiply.",
    lambda x, w, b, y: 2 * (cu.sigmoid(w * x + b) - y) + cu.sigmoid_grad(w * x + b) + x,
)
squared_slope.mistake(
    "`cu.sigmoid_grad` expects the pre-activation z, and it was given the output a.",
    lambda x, w, b, y: 2 * (cu.sigmoid(w * x + b) - y) * cu.sigmoid_grad(cu.sigmoid(w * x + b)) * x,
)
squared_slope.mistake(
    "The slope of the sigmoid is a (1 - a) with the output a, and here z was put in its place.",
    lambda x, w, b, y: 2 * (cu.sigmoid(w * x + b) - y) * (w * x + b) * (1 - (w * x + b)) * x,
)
squared_slope.mistake(
    "The last link is how z answers a nudge of w, and that is x. With w in its place you get dL/dx.",
    lambda x, w, b, y: 2 * (cu.sigmoid(w * x + b) - y) * cu.sigmoid_grad(w * x + b) * w,
)
squared_slope.mistake(
    "The first factor is the loss itself. What is needed is its slope, 2 (a - y).",
    lambda x, w, b, y: (cu.sigmoid(w * x + b) - y) ** 2 * cu.sigmoid_grad(w * x + b) * x,
)

squared_slope.also(
    lambda x, w, b, y: 2 * (cu.sigmoid(w * x + b) - y) * cu.sigmoid_grad(w * x + b) * x,
    lambda x, w, b, y: np.array(2 * x * (cu.sigmoid(w * x + b) - y) * cu.sigmoid_grad(w * x + b)),
)


@squared_slope.also
def _(x, w, b, y):
    z = w * x + b
    a = 1 / (1 + np.exp(-z))
    dz = 2 * (a - y) * np.exp(-z) * a**2
    return dz * x


@squared_slope.also
def _(x, w, b, y):
    h = 1e-5

    def L(w):
        return (cu.sigmoid(w * x + b) - y) ** 2

    return (L(w + h) - L(w - h)) / (2 * h)


@prediction(
    title="the other target",
    aim="With the target 1, the error at z2 is 0.722 − 1 = −0.278, and the slope of W1[0, 0] is −0.083. What is this "
    "slope with the target 0?",
    shapes="dW1[0, 0], a number",
    hints=(
        "Which factor of the product for W1[0, 0] does the target change, and which ones stay?",
        "Only the error, a2 − y, changes. It was −0.278. What is it with the target 0?",
        "The error is 0.722 now, so the slope is −0.083 times 0.722 / (−0.278).",
    ),
    why="The error is a factor of every slope. So a new target multiplies all nine of them by the same number.",
    atol=0.003,
)
def predict_other_target():
    return -0.08303 * 0.72166 / -0.27834  # the other factors stay


predict_other_target.mistake(
    "Not only the sign changes. The error is larger now, because the output is 0.722 away from 0.", 0.083
)
predict_other_target.mistake(
    "The size is right. But the error was negative and is positive now, so the slope changes its sign.", -0.216
)
predict_other_target.mistake(
    "This is the slope for the target 1. The target has changed, and with it the error a2 - y.", -0.083
)
predict_other_target.mistake("A slope of 0 would need a factor of 0. The error is 0.722 now, and no factor is 0.", 0)
predict_other_target.mistake(
    "This is the new error at z2. For W1[0, 0] it is still multiplied by W2[0, 0], the sigmoid's slope and x[0].", 0.722
)
predict_other_target.mistake(
    "The factor is upside down. The new error is 0.722 and the old one −0.278, so the slope grows.", 0.032
)
predict_other_target.mistake(
    "The error has grown by 1, and the slope has not. The error is a factor of it, so the slope is multiplied.",
    0.917,
)

predict_other_target.also(0.215, 0.216, 0.22 - 0.003, 0.083 * 0.722 / 0.278, np.float32(0.2155), np.array(0.2165))


@prediction(
    title="a cut wire",
    aim="The inputs are 1 and 0, and now W2[0, 0] = 0. How many of the nine weights and biases get the slope 0?",
    shapes="how many, a number",
    hints=(
        "Go back from the loss. Over which wires does nothing come back?",
        "Nothing passes back through a weight of 0, so unit 0 and everything that feeds it gets 0.",
        "W1[0, 0], W1[1, 0] and b1[0] lie behind the cut. One more weight is multiplied by an input of 0.",
    ),
    why="A slope is a product along the way back. One factor of 0 on it, and nothing behind that place learns.",
)
def predict_zero_gradients():
    return 3 + 1  # W1[0, 0], W1[1, 0], b1[0] behind the cut; W1[1, 1] beside the input 0


predict_zero_gradients.mistake(
    "These are the three behind the cut. But the input of 0 silences one more weight, W1[1, 1].", 3
)
predict_zero_gradients.mistake(
    "These are the two weights beside the input of 0. What lies behind the cut gets nothing either.", 2
)
predict_zero_gradients.mistake("The cut weight itself does get a slope: dz2 times a1[0], and a1[0] is not 0.", 5)
predict_zero_gradients.mistake("It is not the cut weight that gets 0, but everything that lies behind it.", 1)
predict_zero_gradients.mistake(
    "Each slope is a product along a path, and with a weight of 0 some of them have a factor 0.", 0
)
predict_zero_gradients.mistake("Unit 1 still reaches the output through W2[1, 0].", 9)
predict_zero_gradients.mistake("A bias is not multiplied by an input, and W1[0, 1] belongs to the input of 1.", 6)

predict_zero_gradients.also(4, 4.0, np.int64(4), np.array(4))


def _layer_inputs() -> list[tuple]:
    def case(seed: int, m: int, k: int, K: int) -> tuple:
        rng = np.random.default_rng(seed)
        return rng.normal(size=(m, K)), rng.normal(size=(k, K)), rng.uniform(0.05, 0.95, size=(m, k))

    by_hand = (np.array([[-0.278]]), np.array([[2.0], [-1.0]]), np.array([[0.818, 0.182]]))
    return [by_hand, case(61, 4, 2, 1), case(62, 3, 3, 3), case(63, 5, 4, 2), case(64, 1, 3, 2), case(65, 2, 1, 1)]


@exercise(
    title="back through a layer",
    aim="The gradient dZ2 has arrived at the output's pre-activations. Take it back to the hidden ones, Z1, "
    "all rows at once.",
    shapes="dZ2 (m, K), W2 (k, K), A1 = sigmoid(Z1) (m, k) -> dZ1 (m, k)",
    hints=(
        "Two links lie between: from Z2 back to A1, and from A1 back to Z1.",
        "From Z2 to A1 each output sends its gradient back through its weight: (m, K) @ (K, k) -> (m, k).",
        "First dA1 = dZ2 @ W2.T, and then the slope of the sigmoid, written with its output: A1 * (1 - A1).",
    ),
    why="However many layers there are, each hidden layer repeats these two links.",
    inputs=_layer_inputs,
)
def hidden_gradient(dZ2, W2, A1):
    dA1 = dZ2 @ W2.T  # (m, K) @ (K, k) -> (m, k)
    return dA1 * A1 * (1 - A1)


hidden_gradient.mistake(
    "This is dA1. The link through the sigmoid is still missing: times A1 * (1 - A1).", lambda dZ2, W2, A1: dZ2 @ W2.T
)
hidden_gradient.mistake(
    "`cu.sigmoid_grad` expects the pre-activations Z1. With the output A1 the slope is A1 * (1 - A1).",
    lambda dZ2, W2, A1: dZ2 @ W2.T * cu.sigmoid_grad(A1),
)
hidden_gradient.mistake(
    "This works for one output only. With K outputs their gradients are added up: dZ2 @ W2.T.",
    lambda dZ2, W2, A1: dZ2 * W2.T * A1 * (1 - A1),
)
hidden_gradient.mistake(
    "W2 leads forward, from k units to K outputs. The way back takes it transposed, W2.T.",
    lambda dZ2, W2, A1: dZ2 @ W2 * A1 * (1 - A1),
)
hidden_gradient.mistake(
    "Half of the sigmoid's slope is missing. It is A1 * (1 - A1).", lambda dZ2, W2, A1: dZ2 @ W2.T * A1
)
hidden_gradient.mistake(
    "The slope of the sigmoid is A1 * (1 - A1), and here its factor A1 is missing.",
    lambda dZ2, W2, A1: dZ2 @ W2.T * (1 - A1),
)
hidden_gradient.mistake(
    "This is the slope of tanh. For the sigmoid it is A1 * (1 - A1).", lambda dZ2, W2, A1: dZ2 @ W2.T * (1 - A1**2)
)
hidden_gradient.mistake(
    "The two links are added here. Along a path they multiply, entry by entry.",
    lambda dZ2, W2, A1: dZ2 @ W2.T + A1 * (1 - A1),
)
hidden_gradient.mistake(
    "This is the local gradient of the sigmoid alone. The upstream gradient, dZ2 @ W2.T, is missing.",
    lambda dZ2, W2, A1: A1 * (1 - A1),
)
hidden_gradient.mistake(
    "Here the 1/m is applied once more. It is in dZ2 already.", lambda dZ2, W2, A1: dZ2 @ W2.T * A1 * (1 - A1) / len(A1)
)
hidden_gradient.mistake(
    "This is dW2, the gradient of the weights. The gradient of the pre-activations Z1 is asked for.",
    lambda dZ2, W2, A1: A1.T @ dZ2,
)


@hidden_gradient.mistake(
    "The operator *= changes the caller's A1, which dW2 still needs. Write dZ2 @ W2.T * A1 * (1 - A1)."
)
def _(dZ2, W2, A1):
    A1 *= 1 - A1
    return dZ2 @ W2.T * A1


hidden_gradient.also(
    lambda dZ2, W2, A1: (dZ2 @ W2.T) * (A1 - A1**2),
    lambda dZ2, W2, A1: np.einsum("mo,ko->mk", dZ2, W2) * A1 * (1 - A1),
    lambda dZ2, W2, A1: (W2 @ dZ2.T).T * (1 - A1) * A1,
    lambda dZ2, W2, A1: dZ2.astype(np.float32) @ W2.T.astype(np.float32) * np.float32(A1 * (1 - A1)),
)


@hidden_gradient.also
def _(dZ2, W2, A1):
    dZ1 = np.zeros(A1.shape)
    for i in range(len(A1)):
        for j in range(len(W2)):
            dZ1[i, j] = sum(dZ2[i] * W2[j]) * A1[i, j] * (1 - A1[i, j])
    return dZ1


def _network_inputs() -> list[tuple]:
    def case(seed: int, m: int, n: int, k: int, K: int) -> tuple:
        rng = np.random.default_rng(seed)
        X, y = rng.normal(size=(m, n)), rng.integers(0, 2, size=(m, K)).astype(float)
        return X, y, rng.normal(size=(n, k)), rng.normal(size=k), rng.normal(size=(k, K)), rng.normal(size=K)

    return [
        case(66, 4, 2, 2, 1),
        case(67, 1, 2, 3, 1),
        case(68, 3, 3, 3, 3),
        case(69, 7, 5, 4, 2),
        case(70, 2, 1, 1, 1),
    ]


@exercise(
    title="back-propagation, the whole of it",
    aim="A network of two layers has sigmoids everywhere. Give the gradients of its cost: the cross-entropy, "
    "added up over the K outputs and averaged over the m rows.",
    shapes="X (m, n), y (m, K), W1 (n, k), b1 (k,), W2 (k, K), b2 (K,) -> dW1, db1, dW2, db2, each in the shape of "
    "its parameter",
    hints=(
        "Go forward first: A1 = sigmoid(X @ W1 + b1), A2 = sigmoid(A1 @ W2 + b2). The way back begins with A2 - y.",
        "In each layer the weights get (what came in).T @ (gradient of what the sigmoid got), the biases its sum.",
        "dZ2 = (A2 - y) / len(X); dZ1 = dZ2 @ W2.T * A1 * (1 - A1); then X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, …",
    ),
    why="These lines train a network of two layers, and more layers only repeat them.",
    inputs=_network_inputs,
    results=("dW1", "db1", "dW2", "db2"),
    way={"dZ2": ("db2", "dW2"), "dZ1": ("db1", "dW1")},
)
def network_gradients(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)  # (m, k)
    dZ2 = (cu.sigmoid(A1 @ W2 + b2) - y) / len(X)  # (m, K)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)  # (m, K) @ (K, k) -> (m, k)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@network_gradients.mistake("The 1/m is missing, so every gradient is m times too large.")
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    dZ2 = A2 - y
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@network_gradients.mistake("The hidden sigmoid's slope is missing: dZ1 = dZ2 @ W2.T * A1 * (1 - A1).")
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    dZ2 = (A2 - y) / len(X)
    dZ1 = dZ2 @ W2.T
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@network_gradients.mistake(
    "`cu.sigmoid_grad` expects the pre-activations. A1 is the output already: use A1 * (1 - A1)."
)
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    dZ2 = (A2 - y) / len(X)
    dZ1 = dZ2 @ W2.T * cu.sigmoid_grad(A1)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@network_gradients.mistake(
    "The output's slope A2 (1 - A2) is counted twice, because in A2 - y it has cancelled already."
)
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    dZ2 = (A2 - y) * A2 * (1 - A2) / len(X)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@network_gradients.mistake("The sign is flipped. The error is A2 - y, the prediction minus the truth.")
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    dZ2 = (y - A2) / len(X)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@network_gradients.mistake("The biases are averaged, although the 1/m is in dZ2 already. Add up the rows.")
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    dZ2 = (A2 - y) / len(X)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return X.T @ dZ1, dZ1.mean(axis=0), A1.T @ dZ2, dZ2.mean(axis=0)


@network_gradients.mistake(
    "The biases' gradients come as rows (1, k). A gradient has the shape of its value, (k,), so leave out keepdims."
)
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    dZ2 = (A2 - y) / len(X)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return X.T @ dZ1, dZ1.sum(axis=0, keepdims=True), A1.T @ dZ2, dZ2.sum(axis=0, keepdims=True)


@network_gradients.mistake("The order is turned round. Return dW1, db1, dW2, db2, in the order of the parameters.")
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    dZ2 = (A2 - y) / len(X)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return A1.T @ dZ2, dZ2.sum(axis=0), X.T @ dZ1, dZ1.sum(axis=0)


@network_gradients.mistake("dW2 takes what came into the layer, A1, and here what left it was taken, A2.")
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    dZ2 = (A2 - y) / len(X)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return X.T @ dZ1, dZ1.sum(axis=0), A2.T @ dZ2, dZ2.sum(axis=0)


@network_gradients.mistake(
    "This divides by m times K, as `cu.binary_crossentropy` does. Here the outputs are added up, and only the m rows "
    "are averaged."
)
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    dZ2 = (A2 - y) / y.size
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@network_gradients.mistake(
    "The slope of the sigmoid is A1 (1 - A1) with the output A1, and here the pre-activations were put in."
)
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    dZ2 = (A2 - y) / len(X)
    Z1 = X @ W1 + b1
    dZ1 = dZ2 @ W2.T * Z1 * (1 - Z1)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@network_gradients.mistake("W2 leads forward, from k units to K outputs. The way back takes it transposed: W2.T.")
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    dZ2 = (A2 - y) / len(X)
    dZ1 = dZ2 @ W2 * A1 * (1 - A1)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@network_gradients.mistake("The hidden layer is a tanh here, and a sigmoid is asked for.")
def _(X, y, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    dZ2 = (cu.sigmoid(A1 @ W2 + b2) - y) / len(X)
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@network_gradients.mistake("The biases' gradients are sums over the rows, one for each unit, so axis=0.")
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    dZ2 = (cu.sigmoid(A1 @ W2 + b2) - y) / len(X)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return X.T @ dZ1, dZ1.sum(axis=1), A1.T @ dZ2, dZ2.sum(axis=1)


@network_gradients.also
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    dA2 = ((1 - y) / (1 - A2) - y / A2) / len(X)
    dZ2 = dA2 * A2 * (1 - A2)
    dZ1 = (dZ2 @ W2.T) * cu.sigmoid_grad(X @ W1 + b1)
    return X.T @ dZ1, np.ones(len(X)) @ dZ1, A1.T @ dZ2, np.ones(len(X)) @ dZ2


@network_gradients.also
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    m = len(X)
    dZ2 = A2 - y
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return X.T @ dZ1 / m, dZ1.mean(axis=0), A1.T @ dZ2 / m, dZ2.mean(axis=0)


@network_gradients.also
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    dW1, db1, dW2, db2 = (np.zeros(p.shape) for p in (W1, b1, W2, b2))
    for x, a1, dz2 in zip(X, A1, (A2 - y) / len(X)):
        dz1 = W2 @ dz2 * a1 * (1 - a1)
        dW1, db1, dW2, db2 = dW1 + np.outer(x, dz1), db1 + dz1, dW2 + np.outer(a1, dz2), db2 + dz2
    return dW1, db1, dW2, db2


@network_gradients.also
def _(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    dZ2 = np.float32((A2 - y) / len(X))
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return np.float32(X.T @ dZ1), np.float32(sum(dZ1)), np.float32(A1.T @ dZ2), sum(dZ2)


def _deep_inputs() -> list[tuple]:
    def case(seed: int, m: int, *sizes: int) -> tuple:
        rng = np.random.default_rng(seed)
        weights = []
        for n, k in pairwise(sizes):
            weights += [rng.normal(size=(n, k)), rng.normal(size=k)]
        y = rng.integers(0, 2, size=(m, sizes[-1])).astype(float)
        return rng.normal(size=(m, sizes[0])), y, weights

    return [
        case(71, 4, 2, 2, 1),
        case(72, 5, 3, 2),
        case(73, 3, 2, 4, 3, 2),
        case(74, 1, 3, 2, 2, 2, 1),
        case(75, 6, 4, 3, 5, 2),
        case(76, 3, 3, 3, 3, 3),
    ]


def _forward(X, weights):
    """Return the activations of all layers, the inputs first."""
    activations = [X]
    for W, b in zip(weights[::2], weights[1::2], strict=True):
        activations.append(cu.sigmoid(activations[-1] @ W + b))
    return activations


@exercise(
    title="back-propagation through any number of layers",
    aim="A network has any number of layers, each with a sigmoid. Its parameters come as a list, W1, b1, W2, b2 and so "
    "on. Give the gradients of its cost (the cross-entropy, added up over the K outputs and averaged over the "
    "m rows) in the same order, as a list or a tuple.",
    shapes="X (m, n), y (m, K), weights [W1, b1, …, WN, bN] -> (dW1, db1, …, dWN, dbN)",
    hints=(
        "Go forward once through all layers, and keep every activation in a list, the inputs first.",
        "Then start with dZ = (A - y) / m at the output, and walk over the layers from the last one to the first.",
        "In each round: A_before.T @ dZ and dZ.sum(axis=0), and then dZ = dZ @ W.T * A_before * (1 - A_before).",
    ),
    why="With this function you could train a network of any depth. What deep networks need besides is lesson 15.",
    inputs=_deep_inputs,
)
def deep_gradients(X, y, weights):
    activations = [X]
    for W, b in zip(weights[::2], weights[1::2]):
        activations.append(cu.sigmoid(activations[-1] @ W + b))

    gradients = []
    dZ = (activations.pop() - y) / len(X)
    for W in weights[-2::-2]:  # from the last layer to the first
        A = activations.pop()  # what came into this layer
        gradients = [A.T @ dZ, dZ.sum(axis=0), *gradients]
        dZ = dZ @ W.T * A * (1 - A)
    return tuple(gradients)


def _walk_wrongly(X, y, weights, start=None, back=None, sums=None):
    """Walk back with one part exchanged: the gradient at the output, a step to the layer before, or the biases."""
    activations = _forward(X, weights)
    A = activations.pop()
    dZ = start(A) if start else (A - y) / len(X)
    gradients = []
    for W in weights[-2::-2]:
        A = activations.pop()
        gradients = [A.T @ dZ, sums(dZ) if sums else dZ.sum(axis=0), *gradients]
        dZ = back(dZ, W, A) if back else dZ @ W.T * A * (1 - A)
    return tuple(gradients)


@deep_gradients.mistake("The 1/m is missing, so every gradient is m times too large.")
def _(X, y, weights):
    return _walk_wrongly(X, y, weights, start=lambda A: A - y)


@deep_gradients.mistake("The sign is flipped. The error is A - y, the prediction minus the truth.")
def _(X, y, weights):
    return _walk_wrongly(X, y, weights, start=lambda A: (y - A) / len(X))


@deep_gradients.mistake("The output's slope A (1 - A) is counted twice, because in A - y it has cancelled already.")
def _(X, y, weights):
    return _walk_wrongly(X, y, weights, start=lambda A: (A - y) * A * (1 - A) / len(X))


@deep_gradients.mistake("The link through the hidden sigmoids is missing: times A * (1 - A) of the layer before.")
def _(X, y, weights):
    return _walk_wrongly(X, y, weights, back=lambda dZ, W, A: dZ @ W.T)


@deep_gradients.mistake("`cu.sigmoid_grad` expects the pre-activations, and it was given the activations.")
def _(X, y, weights):
    return _walk_wrongly(X, y, weights, back=lambda dZ, W, A: dZ @ W.T * cu.sigmoid_grad(A))


@deep_gradients.mistake("The biases are averaged, although the 1/m is in dZ already. Add up the rows.")
def _(X, y, weights):
    return _walk_wrongly(X, y, weights, sums=lambda dZ: dZ.mean(axis=0))


@deep_gradients.mistake("The biases' gradients come as rows (1, k). They have the shape (k,), so leave out keepdims.")
def _(X, y, weights):
    return _walk_wrongly(X, y, weights, sums=lambda dZ: dZ.sum(axis=0, keepdims=True))


@deep_gradients.mistake(
    "The gradients come from the last layer to the first. Return them in the order of the parameters."
)
def _(X, y, weights):
    right = _walk_wrongly(X, y, weights)
    return tuple(right[i + j] for i in range(len(right) - 2, -1, -2) for j in (0, 1))


@deep_gradients.mistake("The biases are missing: each layer has two gradients, dW and db.")
def _(X, y, weights):
    return _walk_wrongly(X, y, weights)[::2]


@deep_gradients.mistake(
    "This divides by m times K, as `cu.binary_crossentropy` does. Here the outputs are added up, and only the m rows "
    "are averaged."
)
def _(X, y, weights):
    return _walk_wrongly(X, y, weights, start=lambda A: (A - y) / y.size)


@deep_gradients.also
def _(X, y, weights):
    activations = _forward(X, weights)
    gradients = [None] * len(weights)
    dZ = (activations[-1] - y) / len(X)
    for i in range(len(weights) - 2, -1, -2):
        A = activations[i // 2]
        gradients[i] = A.T @ dZ
        gradients[i + 1] = dZ.sum(axis=0)
        if i > 0:
            dZ = (dZ @ weights[i].T) * (A - A**2)
    return tuple(gradients)


@deep_gradients.also
def _(X, y, weights):
    return list(_walk_wrongly(X, y, weights))  # with no part exchanged it is right


@deep_gradients.also
def _(X, y, weights):
    Zs, A = [], X
    for W, b in zip(weights[::2], weights[1::2]):
        Zs.append(A @ W + b)
        A = cu.sigmoid(Zs[-1])
    dZ, gradients = A - y, []
    for i in reversed(range(len(Zs))):
        A = cu.sigmoid(Zs[i - 1]) if i else X
        gradients += [dZ.mean(axis=0), A.T @ dZ / len(X)]
        if i:
            dZ = dZ @ weights[2 * i].T * cu.sigmoid_grad(Zs[i - 1])
    return tuple(gradients[::-1])


@deep_gradients.also
def _(X, y, weights):
    def layer(A, dZ_of, rest):
        if not rest:
            return (A - y) / len(X), ()
        W, b, *after = rest
        A_next = cu.sigmoid(A @ W + b)
        dZ, gradients = layer(A_next, dZ_of, after)
        if after:
            dZ = dZ @ after[0].T * A_next * (1 - A_next)
        return dZ, (A.T @ dZ, dZ.sum(axis=0), *gradients)

    return layer(X, None, weights)[1]


equal_units = open_exercise(
    "equal_units",
    title="two hidden units that start alike",
    task="In a network of two layers, both hidden units start with the same weights: the two columns of W1 are equal, "
    "the two biases in b1 are equal, and so are the two rows of W2. Show from the formulas of the way back that their "
    "gradients are equal too, and say what gradient descent can then never do.",
    answer="Equal weights and biases make equal pre-activations, so the two columns of Z1 are equal, and with them "
    "those of A1. The way back gives dA1 = dZ2 W2ᵀ. The two rows of W2 are equal, so the two columns of dA1 are equal, "
    "and those of dZ1 = dA1 ⊙ A1 ⊙ (1 − A1) as well. Now dW1 = Xᵀ dZ1 has equal columns, db1 has equal entries, and "
    "dW2 = A1ᵀ dZ2 has equal rows.\n\n"
    "A step takes equal amounts from equal numbers, so the two units are equal after it, and by the same argument "
    "after every later one. Descent can never make them different: the network stays as good as one with a single "
    "hidden unit, and for XOR that is not enough. This is why weights start at random, as lesson 06 has shown. (It is "
    "enough if one of W1 and W2 starts at random.)",
    effort="do",
    hints=(
        "Follow the two columns: are those of Z1 equal, those of A1, those of dA1, those of dZ1?",
        "Suppose they are equal before a step. What does the step change?",
    ),
)


price_of_back = open_exercise(
    "price_of_back",
    title="what a pass back costs",
    task="Count multiplications of matrices only. Show that for dense layers of any number and size, a pass back costs "
    "at least as much as a forward pass and less than twice as much. What is the ratio for a single layer, and what "
    "makes it come close to 2?",
    answer="A layer from n to k units multiplies n k times for each row on the way forward, since each of its n k "
    "weights is used once. Call this number c₁ for the first layer, c₂ for the second, and so on up to layer N. "
    "A forward pass costs c₁ + … + c_N for each row.\n\n"
    "On the way back, the weights' own gradient Aᵀ dZ costs the same once more, since each weight gets one product for "
    "each row. To hand the gradient on, dZ Wᵀ costs it again, but only in the layers 2 to N: nobody needs the "
    "gradient of the inputs. Together that is 2 (c₁ + … + c_N) − c₁.\n\n"
    "Divided by the cost of a forward pass this is 2 − c₁ / (c₁ + … + c_N). The fraction is larger than 0 and at most "
    "1, so the ratio is at least 1 and less than 2. It is exactly 1 for a single layer. It comes close to 2 when the "
    "first layer holds a small part of all weights, as in a network with many layers of the same width.",
    effort="hard",
    hints=(
        "How often is each weight of a layer used for one row on the way forward, and how often on the way back?",
        "Which layer has nobody to hand a gradient to?",
    ),
)


@exercise(
    title="what a product remembers",
    aim="A product is made from two numbers, a and b. Give its value, and its local gradients towards a and towards b.",
    shapes="two numbers -> a times b, the local gradient towards a, the one towards b",
    hints=(
        "If a moves a little and b stays, by how much does a times b move?",
        "A nudge of a is multiplied by b, and a nudge of b is multiplied by a.",
        "return a * b, …, …, and the second result is not a.",
    ),
    why="This line says all that a computer has to know about multiplication in order to learn.",
    inputs=lambda: [(2.0, 5.0), (3, -4), (0.0, 1.5), (-0.5, 0.25), (7.0, 0.0), (3.0, 3.0)],
    results=("value", "gradient towards a", "gradient towards b"),
)
def product_node(a, b):
    return a * b, b, a


product_node.mistake("The two gradients are swapped: a nudge of a is multiplied by b.", lambda a, b: (a * b, a, b))
product_node.mistake(
    "These are the local gradients of a sum. In a product a nudge of one factor is multiplied by the other.",
    lambda a, b: (a * b, 1.0, 1.0),
)
product_node.mistake("The gradients are right. The value is that of a sum.", lambda a, b: (a + b, b, a))
product_node.mistake("The product itself stands where its gradients are asked for.", lambda a, b: (a * b, a * b, a * b))
product_node.mistake(
    "Each gradient is one number alone: towards a it is b, and towards b it is a.",
    lambda a, b: (a * b, a + b, a + b),
)
product_node.mistake(
    "A nudge of a raises the product by b times as much, without a minus.", lambda a, b: (a * b, -b, -a)
)
product_node.mistake("Both gradients are b here. Towards b the gradient is a.", lambda a, b: (a * b, b, b))

product_node.also(
    lambda a, b: (float(a * b), float(b), float(a)),
    lambda a, b: (b * a, (a + 1) * b - a * b, a * (b + 1) - a * b),
    lambda a, b: (np.float64(a * b), np.float64(b), np.float64(a)),
)


@exercise(
    title="what a sigmoid remembers",
    aim="A sigmoid is made from one number, z. Give its value a, and its local gradient towards z.",
    shapes="a number -> a, the local gradient towards z",
    hints=(
        "The forward pass has computed a. The slope can be written with a alone.",
        "The slope of the sigmoid is a (1 - a).",
        "a = cu.sigmoid(z), and then return a, a * (1 - a).",
    ),
    why="The value of the forward pass is kept, and the way back needs no second sigmoid.",
    inputs=lambda: [(0.6,), (0.0,), (-2.0,), (3,), (-0.25,), (5.5,)],
    results=("value", "gradient"),
)
def sigmoid_node(z):
    a = cu.sigmoid(z)
    return a, a * (1 - a)


sigmoid_node.mistake(
    "`cu.sigmoid_grad` expects z, and it was given a.",
    lambda z: (cu.sigmoid(z), cu.sigmoid_grad(cu.sigmoid(z))),
)
sigmoid_node.mistake(
    "The slope is a (1 - a) with the output a, and here z was put in.", lambda z: (cu.sigmoid(z), z * (1 - z))
)
sigmoid_node.mistake(
    "This is the slope of tanh. For the sigmoid it is a (1 - a).", lambda z: (cu.sigmoid(z), 1 - cu.sigmoid(z) ** 2)
)
sigmoid_node.mistake("Half of the slope is missing. It is a (1 - a).", lambda z: (cu.sigmoid(z), 1 - cu.sigmoid(z)))
sigmoid_node.mistake(
    "The value comes first, and then the local gradient.", lambda z: (cu.sigmoid_grad(z), cu.sigmoid(z))
)
sigmoid_node.mistake(
    "The gradient is right. The value is the sigmoid of z, and not z.", lambda z: (z, cu.sigmoid_grad(z))
)
sigmoid_node.mistake(
    "The sigmoid rises, so its slope is positive: a (1 - a).", lambda z: (cu.sigmoid(z), -cu.sigmoid_grad(z))
)

sigmoid_node.also(
    lambda z: (cu.sigmoid(z), cu.sigmoid_grad(z)),
    lambda z: (1 / (1 + np.exp(-z)), np.exp(-z) / (1 + np.exp(-z)) ** 2),
    lambda z: (0.5 * (1 + np.tanh(z / 2)), cu.sigmoid(z) * cu.sigmoid(-z)),
)

_GRAPHS = (  # what each node is made from, and its local gradients; each of them has one possible order only
    ([(), (0,), (1,)], [(), (2.0,), (-1.5,)]),
    ([(), (0, 0)], [(), (3.0, 3.0)]),
    ([(), (0,), (0, 1), (1, 2)], [(), (2.0,), (1.0, -1.0), (0.5, 4.0)]),
    ([(), (3,), (1, 3), (0,), (2, 1)], [(), (0.5,), (2.0, 3.0), (-1.0,), (1.0, 1.0)]),
    ([(2,), (0, 2), (), (1, 0, 2)], [(-2.0,), (1.0, 0.25), (), (3.0, 1.0, 1.0)]),
    ([(1,), (3,), (4, 1), (), (0, 0), (2,)], [(2.0,), (1.5,), (0.5, -1.0), (), (0.8, 1.2), (-1.0,)]),
)
_ORDERS = ([2, 1, 0], [1, 0], [3, 2, 1, 0], [4, 2, 1, 3, 0], [3, 1, 0, 2], [5, 2, 4, 0, 1, 3])


@exercise(
    title="the order of the way back",
    aim="Node i was made from the nodes whose numbers stand in parents[i], and the last node is the loss. List the "
    "numbers of all nodes in an order in which the way back can visit them: each one after all nodes that it feeds.",
    shapes="parents, a list of tuples -> a list of node numbers, the loss first",
    hints=(
        "Turn the question round: in which order could the nodes have been computed? The way back reverses it.",
        "A function may call itself. Write an inner function visit(node) that calls visit for each parent first, and "
        "then appends the node to a list, unless it stands there already.",
        "Start with visit(len(parents) - 1), leave out nodes that are in the list already, and return it reversed.",
    ),
    why="A computer that records a program walks its graph back in such an order, however tangled it is.",
    inputs=lambda: [(parents,) for parents, _ in _GRAPHS],
)
def way_back_order(parents):
    order = []

    def visit(node):
        if node not in order:
            for parent in parents[node]:
                visit(parent)
            order.append(node)

    visit(len(parents) - 1)
    return order[::-1]


@way_back_order.mistake("This is the order of the forward pass. The way back begins at the loss.")
def _(parents):
    return way_back_order.solution(parents)[::-1]


@way_back_order.mistake("The numbers of the nodes say nothing about their order. Follow the parents.")
def _(parents):
    return [*range(len(parents))][::-1]


@way_back_order.mistake("A node is listed before its parents, so it may come before a node that it feeds.")
def _(parents):
    order = []

    def visit(node):
        if node not in order:
            order.append(node)
            for parent in parents[node]:
                visit(parent)

    visit(len(parents) - 1)
    return order


@way_back_order.mistake("Going by distance from the loss fails where a short and a long way lead to the same node.")
def _(parents):
    order, now = [], [len(parents) - 1]
    while now:
        order += [node for node in now if node not in order]
        now = [parent for node in now for parent in parents[node] if parent not in order]
    return list(dict.fromkeys(order))


@way_back_order.mistake("A node that is used twice is listed twice. Visit each node once.")
def _(parents):
    order = []

    def visit(node):
        for parent in parents[node]:
            visit(parent)
        order.append(node)

    visit(len(parents) - 1)
    return order[::-1]


@way_back_order.mistake("Only the nodes from which others were made are listed. The loss is missing.")
def _(parents):
    return way_back_order.solution(parents)[1:]


@way_back_order.also
def _(parents):
    feeds = [0] * len(parents)
    for made_from in parents:
        for parent in made_from:
            feeds[parent] += 1
    ready, order = [len(parents) - 1], []
    while ready:
        node = ready.pop()
        order.append(node)
        for parent in parents[node]:
            feeds[parent] -= 1
            if feeds[parent] == 0:
                ready.append(parent)
    return order


@way_back_order.also
def _(parents):
    known, order = set(), []
    while len(order) < len(parents):
        for node, made_from in enumerate(parents):
            if node not in known and all(parent in known for parent in made_from):
                known.add(node)
                order.append(node)
    return list(reversed(order))


@way_back_order.also
def _(parents):
    def depth(node):
        return max((depth(parent) + 1 for parent in parents[node]), default=0)

    return np.array(sorted(range(len(parents)), key=depth, reverse=True))


def _walks() -> list[tuple]:
    return [(order, *graph) for order, graph in zip(_ORDERS, _GRAPHS, strict=True)]


@exercise(
    title="the walk back",
    aim="Give the slope of the loss in every node. Visit the nodes in the order given, the loss first, and hand on "
    "upstream gradient times local gradient.",
    shapes="order, a list of node numbers; parents and local_gradients, a list of tuples each -> slopes, one for each "
    "node by its number",
    hints=(
        "Start with a slope of 0 for every node and 1 for the loss. What does a node hand to each of its parents?",
        "A parent gets the node's own slope times the local gradient, on top of what it has already.",
        "for node in order: for parent, local in zip(parents[node], local_gradients[node]): slopes[parent] += …",
    ),
    why="With += in place of = it is right on every graph, and this is what TensorFlow, JAX and PyTorch do.",
    inputs=_walks,
)
def walk_back(order, parents, local_gradients):
    slopes = [0.0] * len(parents)
    slopes[order[0]] = 1.0  # the loss
    for node in order:
        for parent, local in zip(parents[node], local_gradients[node]):
            slopes[parent] += local * slopes[node]
    return slopes


def _walk(order, parents, local_gradients, give, start=1.0):
    slopes = [0.0] * len(parents)
    slopes[order[0]] = start
    for node in order:
        for parent, local in zip(parents[node], local_gradients[node], strict=True):
            slopes[parent] = give(slopes[parent], local, slopes[node])
    return slopes


@walk_back.mistake("The second slope that comes back to a node overwrites the first. They add: write += in place of =.")
def _(order, parents, local_gradients):
    return _walk(order, parents, local_gradients, lambda old, local, upstream: local * upstream)


@walk_back.mistake("Only the local gradients are added up. Each is multiplied by the upstream gradient first.")
def _(order, parents, local_gradients):
    return _walk(order, parents, local_gradients, lambda old, local, upstream: old + local)


@walk_back.mistake("The upstream gradient and the local one are added. Along a path they multiply.")
def _(order, parents, local_gradients):
    return _walk(order, parents, local_gradients, lambda old, local, upstream: old + local + upstream)


@walk_back.mistake("Only the upstream gradient is handed on. The local gradient is missing.")
def _(order, parents, local_gradients):
    return _walk(order, parents, local_gradients, lambda old, local, upstream: old + upstream)


@walk_back.mistake(
    "The walk starts with a slope of 0 at the loss, and so nothing is handed on. The loss has the slope 1."
)
def _(order, parents, local_gradients):
    return _walk(order, parents, local_gradients, lambda old, local, upstream: old + local * upstream, start=0.0)


@walk_back.mistake("This walks forward. A node hands on its slope before it is complete, or before it has one.")
def _(order, parents, local_gradients):
    slopes = [0.0] * len(parents)
    slopes[order[0]] = 1.0
    for node in order[::-1]:
        for parent, local in zip(parents[node], local_gradients[node], strict=True):
            slopes[parent] += local * slopes[node]
    return slopes


@walk_back.mistake("These slopes stand in the order of the walk. Each belongs at the number of its node.")
def _(order, parents, local_gradients):
    slopes = walk_back.solution(order, parents, local_gradients)
    return [slopes[node] for node in order]


@walk_back.also
def _(order, parents, local_gradients):
    slopes = dict.fromkeys(order, 0.0) | {order[0]: 1.0}
    for node in order:
        for i in range(len(parents[node])):
            slopes[parents[node][i]] = slopes[parents[node][i]] + slopes[node] * local_gradients[node][i]
    return [slopes[node] for node in range(len(parents))]


@walk_back.also
def _(order, parents, local_gradients):
    slopes = np.zeros(len(parents))
    slopes[order[0]] = 1.0
    for node in order:
        for parent, local in zip(parents[node], local_gradients[node], strict=True):
            slopes[parent] += local * slopes[node]
    return slopes


@walk_back.also
def _(order, parents, local_gradients):
    def slope(node):  # pulled from the other side: what do the nodes that this one feeds send back?
        back = 1.0 if node == order[0] else 0.0
        for other in order:
            for parent, local in zip(parents[other], local_gradients[other], strict=True):
                if parent == node:
                    back += local * slope(other)
        return back

    return [slope(node) for node in range(len(parents))]
