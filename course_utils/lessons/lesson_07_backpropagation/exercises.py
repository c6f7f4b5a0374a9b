"""Exercises of lesson 07: the chain rule, gradients through a hidden layer, and what measuring them would cost."""

import numpy as np

import course_utils as cu
from course_utils.exercises import exercise, prediction


@exercise(
    title="the chain rule with another loss",
    aim="One sigmoid neuron, one input, but the loss is L = (a - y)^2. Give dL/dw.",
    shapes="four numbers -> dL/dw, a number",
    hints=(
        "The chain is the same: how L answers a, how a answers z, how z answers w.",
        "The first link is new: the slope of (a - y)^2 is 2 (a - y). The other two stay: a (1 - a) and x.",
        "Multiply the three: 2 * (a - y) * a * (1 - a) * …",
    ),
    why="A new loss changes one link of the chain; all others stay as they are.",
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
    "The middle link is missing: how a answers z, that is a (1 - a).",
    lambda x, w, b, y: 2 * (cu.sigmoid(w * x + b) - y) * x,
)
squared_slope.mistake(
    "That is the slope of the cross-entropy. Here the loss is (a - y)^2.",
    lambda x, w, b, y: (cu.sigmoid(w * x + b) - y) * x,
)
squared_slope.mistake(
    "That is dL/db. The last link, how z answers w, is x.",
    lambda x, w, b, y: 2 * (cu.sigmoid(w * x + b) - y) * cu.sigmoid_grad(w * x + b),
)
squared_slope.mistake(
    "The 2 of the square's slope is missing.",
    lambda x, w, b, y: (cu.sigmoid(w * x + b) - y) * cu.sigmoid_grad(w * x + b) * x,
)
squared_slope.mistake(
    "The sign is flipped: the slope of (a - y)^2 is 2 (a - y).",
    lambda x, w, b, y: 2 * (y - cu.sigmoid(w * x + b)) * cu.sigmoid_grad(w * x + b) * x,
)
squared_slope.mistake(
    "The links are added. Along one path they are multiplied.",
    lambda x, w, b, y: 2 * (cu.sigmoid(w * x + b) - y) + cu.sigmoid_grad(w * x + b) + x,
)
squared_slope.mistake(
    "cu.sigmoid_grad takes the logit z. You gave it the output a.",
    lambda x, w, b, y: 2 * (cu.sigmoid(w * x + b) - y) * cu.sigmoid_grad(cu.sigmoid(w * x + b)) * x,
)
squared_slope.mistake(
    "a (1 - a) takes the output a. You put in the logit z.",
    lambda x, w, b, y: 2 * (cu.sigmoid(w * x + b) - y) * (w * x + b) * (1 - (w * x + b)) * x,
)
squared_slope.mistake(
    "The last link is how z answers w: that is x. The weight itself would lead on to dL/dx.",
    lambda x, w, b, y: 2 * (cu.sigmoid(w * x + b) - y) * cu.sigmoid_grad(w * x + b) * w,
)
squared_slope.mistake(
    "The first link is the loss itself. Its slope is 2 (a - y).",
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
    aim="The output is a = 0.722. For y = 1 the gradient dL/dz is -0.278. What is it for y = 0?",
    shapes="dL/dz, a number",
    hints=(
        "The output is too high now. Which sign must the gradient have?",
        "The gradient at the last logit is the output minus the target.",
        "0.722 minus 0.",
    ),
    why="The further the output is from its target, the larger the gradient that starts on its way back.",
    atol=0.002,
)
def predict_other_target():
    return 1 - 0.278  # a - y is 1 more


predict_other_target.mistake("Not only the sign changes. The error is larger now: a is 0.722 away from 0.", 0.278)
predict_other_target.mistake("The size is right. The output is too high now, so the gradient is positive.", -0.722)
predict_other_target.mistake("The target has changed, and with it the error a - y.", -0.278)
predict_other_target.mistake("That would mean a perfect output. It is 0.722 where 0 is wanted.", 0)
predict_other_target.mistake("That is a (1 - a), one link of the chain. Multiply it by dL/da.", 0.201)
predict_other_target.mistake("That is dL/da. The sigmoid's slope a (1 - a) comes next.", 3.597)
predict_other_target.mistake("The target moved by 1. The gradient moved by 1 too, starting from -0.278.", 1)

predict_other_target.also(0.722, 0.722 - 0, np.float32(0.7217), np.array(0.72))


@prediction(
    title="a cut wire",
    aim="Inputs x1 = 1, x2 = 0, and now v1 = 0. How many of the nine weights and biases get gradient 0?",
    shapes="how many, a number",
    hints=(
        "Go back from the loss. Which wires carry a 0?",
        "Nothing passes back through v1 = 0: h1, u1 and all that feeds u1 get 0.",
        "w11, w21 and b1 lie behind v1. One more weight is multiplied by x2 = 0.",
    ),
    why="A gradient is a product along the way back: one 0 on it, and nothing behind it learns.",
)
def predict_zero_gradients():
    return 3 + 1  # w11, w21, b1 behind the cut; w22 beside the input 0


predict_zero_gradients.mistake("w11, w21 and b1 lie behind v1 = 0. But x2 = 0 silences one more: w22.", 3)
predict_zero_gradients.mistake("w21 and w22 are silenced by x2 = 0. What lies behind v1 = 0 gets nothing either.", 2)
predict_zero_gradients.mistake("v1 itself does get a gradient: dL/dz · h1, and h1 is not 0.", 5)
predict_zero_gradients.mistake("Not v1 has gradient 0, but all that lies behind it.", 1)
predict_zero_gradients.mistake("Each gradient is a product. With v1 = 0 some of them have a factor 0.", 0)
predict_zero_gradients.mistake("The second unit still reaches the output through v2.", 9)
predict_zero_gradients.mistake("b2 is not multiplied by an input, and w12 belongs to x1 = 1.", 6)

predict_zero_gradients.also(4, 4.0, np.int64(4), np.array(4))


def _layer_inputs() -> list[tuple]:
    def case(seed: int, m: int, k: int, K: int) -> tuple:
        rng = np.random.default_rng(seed)
        return rng.normal(size=(m, K)), rng.normal(size=(k, K)), rng.uniform(0.05, 0.95, size=(m, k))

    by_hand = (np.array([[-0.278]]), np.array([[2.0], [-1.0]]), np.array([[0.818, 0.182]]))
    return [by_hand, case(61, 4, 2, 1), case(62, 3, 3, 3), case(63, 5, 4, 2), case(64, 1, 3, 2), case(65, 2, 1, 1)]


@exercise(
    title="back through a layer",
    aim="The gradient dZ has arrived at the output's logits. Take it back to the hidden logits U, all rows at once.",
    shapes="dZ (m, K), V (k, K), H = sigmoid(U) (m, k) -> dU (m, k)",
    hints=(
        "Two links: from Z back to H, then from H back to U.",
        "From Z to H: each output sends its gradient through its weight. (m, K) @ (K, k) -> (m, k).",
        "dH = dZ @ V.T; then the sigmoid's slope, written with its output H: H * (1 - H).",
    ),
    why="Whatever the depth, every hidden layer repeats these two links.",
    inputs=_layer_inputs,
)
def hidden_gradient(dZ, V, H):
    dH = dZ @ V.T  # (m, K) @ (K, k) -> (m, k)
    return dH * H * (1 - H)


hidden_gradient.mistake(
    "This is dH. The link through the sigmoid is missing: times H (1 - H).", lambda dZ, V, H: dZ @ V.T
)
hidden_gradient.mistake(
    "cu.sigmoid_grad takes the logits U. With the output H the slope is H * (1 - H).",
    lambda dZ, V, H: dZ @ V.T * cu.sigmoid_grad(H),
)
hidden_gradient.mistake(
    "This works for one output only. With K outputs add up over them: dZ @ V.T.",
    lambda dZ, V, H: dZ * V.T * H * (1 - H),
)
hidden_gradient.mistake("V leads forward, (k, K). The way back takes V.T.", lambda dZ, V, H: dZ @ V * H * (1 - H))
hidden_gradient.mistake("Half of the sigmoid's slope is missing: H * (1 - H).", lambda dZ, V, H: dZ @ V.T * H)
hidden_gradient.mistake(
    "The slope of the sigmoid is H * (1 - H); the factor H is missing.", lambda dZ, V, H: dZ @ V.T * (1 - H)
)
hidden_gradient.mistake(
    "That is the slope of tanh. For the sigmoid it is H * (1 - H).", lambda dZ, V, H: dZ @ V.T * (1 - H**2)
)
hidden_gradient.mistake(
    "The two links are added. They are multiplied, entry by entry.", lambda dZ, V, H: dZ @ V.T + H * (1 - H)
)
hidden_gradient.mistake(
    "This is the sigmoid's slope alone. What arrives from behind, dZ @ V.T, is missing.", lambda dZ, V, H: H * (1 - H)
)
hidden_gradient.mistake(
    "Divided by m once more: the 1/m is in dZ already.", lambda dZ, V, H: dZ @ V.T * H * (1 - H) / len(H)
)
hidden_gradient.mistake(
    "This is dV, the gradient of the weights. The gradient of the logits U is asked for.", lambda dZ, V, H: H.T @ dZ
)


@hidden_gradient.mistake("*= changes the caller's H, which dV still needs. Write dZ @ V.T * H * (1 - H).")
def _(dZ, V, H):
    H *= 1 - H
    return dZ @ V.T * H


hidden_gradient.also(
    lambda dZ, V, H: (dZ @ V.T) * (H - H**2),
    lambda dZ, V, H: np.einsum("mo,ko->mk", dZ, V) * H * (1 - H),
    lambda dZ, V, H: (V @ dZ.T).T * (1 - H) * H,
    lambda dZ, V, H: dZ.astype(np.float32) @ V.T.astype(np.float32) * np.float32(H * (1 - H)),
)


@hidden_gradient.also
def _(dZ, V, H):
    dU = np.zeros(H.shape)
    for i in range(len(H)):
        for j in range(len(V)):
            dU[i, j] = sum(dZ[i] * V[j]) * H[i, j] * (1 - H[i, j])
    return dU


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
    aim="Give the gradients of the cross-entropy: added up over the K outputs, averaged over the m rows.",
    shapes="X (m, n), y (m, K), W (n, k), b (k,), V (k, K), c (K,) -> dW, db, dV, dc in the shapes of W, b, V, c",
    hints=(
        "Forward first: H = sigmoid(X @ W + b), A = sigmoid(H @ V + c). Then back from A - y.",
        "Each layer repeats: weights get (what came in).T @ (gradient of its logits), biases get its column sums.",
        "dZ = (A - y) / len(X); dU = dZ @ V.T * H * (1 - H); then X.T @ dU, dU.sum(axis=0), H.T @ dZ, …",
    ),
    why="These lines train every network of this course; more layers only repeat them.",
    inputs=_network_inputs,
    results=("dW", "db", "dV", "dc"),
    way={"dZ": ("dc", "dV"), "dU": ("db", "dW")},
)
def network_gradients(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)  # (m, k)
    dZ = (cu.sigmoid(H @ V + c) - y) / len(X)  # (m, K)
    dU = dZ @ V.T * H * (1 - H)  # (m, K) @ (K, k) -> (m, k)
    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)


@network_gradients.mistake("The 1/m is missing: every gradient is m times too large.")
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
    dZ = A - y
    dU = dZ @ V.T * H * (1 - H)
    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)


@network_gradients.mistake("The hidden sigmoid's slope is missing: dU = dZ @ V.T * H * (1 - H).")
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
    dZ = (A - y) / len(X)
    dU = dZ @ V.T
    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)


@network_gradients.mistake("cu.sigmoid_grad takes the logits. H is the output already: use H * (1 - H).")
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
    dZ = (A - y) / len(X)
    dU = dZ @ V.T * cu.sigmoid_grad(H)
    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)


@network_gradients.mistake("The output's slope A (1 - A) is counted twice: in A - y it has cancelled already.")
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
    dZ = (A - y) * A * (1 - A) / len(X)
    dU = dZ @ V.T * H * (1 - H)
    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)


@network_gradients.mistake("The sign is flipped: dZ = (A - y) / m.")
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
    dZ = (y - A) / len(X)
    dU = dZ @ V.T * H * (1 - H)
    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)


@network_gradients.mistake("The biases are averaged, but 1/m is in dZ already: add up the rows.")
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
    dZ = (A - y) / len(X)
    dU = dZ @ V.T * H * (1 - H)
    return X.T @ dU, dU.mean(axis=0), H.T @ dZ, dZ.mean(axis=0)


@network_gradients.mistake("The biases' gradients are rows (1, k). They have the shape of b: (k,), so no keepdims.")
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
    dZ = (A - y) / len(X)
    dU = dZ @ V.T * H * (1 - H)
    return X.T @ dU, dU.sum(axis=0, keepdims=True), H.T @ dZ, dZ.sum(axis=0, keepdims=True)


@network_gradients.mistake("The order is turned round. Return dW, db, dV, dc, as the weights stand.")
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
    dZ = (A - y) / len(X)
    dU = dZ @ V.T * H * (1 - H)
    return H.T @ dZ, dZ.sum(axis=0), X.T @ dU, dU.sum(axis=0)


@network_gradients.mistake("dV takes what came into the layer, H. You took what left it, A.")
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
    dZ = (A - y) / len(X)
    dU = dZ @ V.T * H * (1 - H)
    return X.T @ dU, dU.sum(axis=0), A.T @ dZ, dZ.sum(axis=0)


@network_gradients.mistake("Divided by m times K. The outputs are added up; the mean is over the m rows only.")
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
    dZ = (A - y) / y.size
    dU = dZ @ V.T * H * (1 - H)
    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)


@network_gradients.mistake("H (1 - H) takes the output H. You put in its logits.")
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
    dZ = (A - y) / len(X)
    U = X @ W + b
    dU = dZ @ V.T * U * (1 - U)
    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)


@network_gradients.mistake("V leads forward, (k, K). The way back takes V.T.")
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
    dZ = (A - y) / len(X)
    dU = dZ @ V * H * (1 - H)
    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)


@network_gradients.mistake("The hidden layer is a sigmoid here, not tanh.")
def _(X, y, W, b, V, c):
    H = np.tanh(X @ W + b)
    dZ = (cu.sigmoid(H @ V + c) - y) / len(X)
    dU = dZ @ V.T * (1 - H**2)
    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)


@network_gradients.mistake("The biases' gradients are sums over the rows, one for each unit: axis=0.")
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    dZ = (cu.sigmoid(H @ V + c) - y) / len(X)
    dU = dZ @ V.T * H * (1 - H)
    return X.T @ dU, dU.sum(axis=1), H.T @ dZ, dZ.sum(axis=1)


@network_gradients.also
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
    dA = ((1 - y) / (1 - A) - y / A) / len(X)
    dZ = dA * A * (1 - A)
    dU = (dZ @ V.T) * cu.sigmoid_grad(X @ W + b)
    return X.T @ dU, np.ones(len(X)) @ dU, H.T @ dZ, np.ones(len(X)) @ dZ


@network_gradients.also
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
    m = len(X)
    dZ = A - y
    dU = dZ @ V.T * H * (1 - H)
    return X.T @ dU / m, dU.mean(axis=0), H.T @ dZ / m, dZ.mean(axis=0)


@network_gradients.also
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
    dW, db, dV, dc = (np.zeros(p.shape) for p in (W, b, V, c))
    for x, h, dz in zip(X, H, (A - y) / len(X)):
        du = V @ dz * h * (1 - h)
        dW, db, dV, dc = dW + np.outer(x, du), db + du, dV + np.outer(h, dz), dc + dz
    return dW, db, dV, dc


@network_gradients.also
def _(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
    dZ = np.float32((A - y) / len(X))
    dU = dZ @ V.T * H * (1 - H)
    return np.float32(X.T @ dU), np.float32(sum(dU)), np.float32(H.T @ dZ), sum(dZ)


@exercise(
    title="what measuring would cost",
    aim="How many forward passes does one numerical gradient take, by central differences in every parameter?",
    shapes="units of each layer, inputs first, such as (784, 64, 10) -> a whole number",
    hints=(
        "Two passes for each parameter: one to the right, one to the left.",
        "Between layers of a and b units lie a · b weights and b biases.",
        "Add up a * b + b for each pair of neighbours in sizes, then double it.",
    ),
    why="The count grows with the network itself: at 50,890 parameters a single step takes 101,780 passes.",
    inputs=lambda: [((2, 2, 1),), ((784, 64, 10),), ((784, 10),), ((3, 4, 4, 2),), ((1, 1),), ((5, 1, 6, 2, 3),)],
)
def forward_passes(sizes):
    parameters = sum(a * b + b for a, b in zip(sizes[:-1], sizes[1:], strict=True))
    return 2 * parameters


forward_passes.mistake(
    "These are the parameters. Each needs two passes, to the right and to the left.",
    lambda sizes: sum(a * b + b for a, b in zip(sizes[:-1], sizes[1:])),
)
forward_passes.mistake(
    "The biases are missing: b of them between layers of a and b units.",
    lambda sizes: 2 * sum(a * b for a, b in zip(sizes[:-1], sizes[1:])),
)
forward_passes.mistake(
    "That is the forward difference: one pass each, and one at the place itself.",
    lambda sizes: sum(a * b + b for a, b in zip(sizes[:-1], sizes[1:])) + 1,
)
forward_passes.mistake(
    "A bias belongs to the unit that it feeds: b of them, not a.",
    lambda sizes: 2 * sum(a * b + a for a, b in zip(sizes[:-1], sizes[1:])),
)
forward_passes.mistake(
    "Every unit has a bias of its own, not every layer.",
    lambda sizes: 2 * sum(a * b + 1 for a, b in zip(sizes[:-1], sizes[1:])),
)
forward_passes.mistake(
    "The sizes are multiplied through. Only neighbouring layers are connected.", lambda sizes: 2 * int(np.prod(sizes))
)
forward_passes.mistake(
    "These are the units. The weights lie between them: a · b for each pair of layers.", lambda sizes: 2 * sum(sizes)
)
forward_passes.mistake("Only the first layer is counted.", lambda sizes: 2 * (sizes[0] * sizes[1] + sizes[1]))
forward_passes.mistake(
    "Central differences do not use the cost at the place itself: 2 passes each, and no more.",
    lambda sizes: 2 * sum(a * b + b for a, b in zip(sizes[:-1], sizes[1:])) + 1,
)
forward_passes.mistake(
    "That is about the price of back-propagation. The numerical gradient pays for every parameter.", lambda sizes: 3
)

forward_passes.mistake(
    "The inputs have no biases: only the units after them have one each.",
    lambda sizes: 2 * (sum(a * b for a, b in zip(sizes[:-1], sizes[1:])) + sum(sizes)),
)
forward_passes.mistake(
    "Only the last layer is counted. Add up all of them.", lambda sizes: 2 * (sizes[-2] * sizes[-1] + sizes[-1])
)
forward_passes.also(
    lambda sizes: 2 * sum((a + 1) * b for a, b in zip(sizes, sizes[1:])),
    lambda sizes: 2 * np.dot(np.array(sizes[:-1]) + 1, sizes[1:]),
    lambda sizes: float(2 * sum(a * b + b for a, b in zip(sizes, sizes[1:]))),
)


@forward_passes.also
def _(sizes):
    passes = 0
    for i in range(1, len(sizes)):
        passes += 2 * sizes[i] * (sizes[i - 1] + 1)
    return passes
