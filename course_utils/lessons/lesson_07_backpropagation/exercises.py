"""Exercises of lesson 07: the chain rule, gradients through a hidden layer, and what measuring them would cost."""

import numpy as np

from course_utils.exercises.exercise import Exercise
from course_utils.exercises.exercise import WrongAnswer as Wrong

PACKAGE = "import course_utils as cu"  # as the lesson imports it

SQUARED_SLOPE = Exercise(
    id="squared_slope",
    lesson="07",
    title="the chain rule with another loss",
    aim="One sigmoid neuron, one input, but the loss is L = (a - y)^2. Give dL/dw.",
    signature="squared_slope(x, w, b, y): four numbers -> dL/dw, a number",
    lines=2,
    hints=(
        "The chain is the same: how L answers a, how a answers z, how z answers w.",
        "The first link is new: the slope of (a - y)^2 is 2 (a - y). The other two stay: a (1 - a) and x.",
        "Multiply the three: 2 * (a - y) * a * (1 - a) * …",
    ),
    why="A new loss changes one link of the chain; all others stay as they are.",
    setup=PACKAGE,
    solution="""
def squared_slope(x, w, b, y):
    a = cu.sigmoid(w * x + b)
    return 2 * (a - y) * a * (1 - a) * x
""",
    inputs=lambda: [
        (2.0, 0.5, -0.4, 1.0),
        (3.0, -1.0, 0.7, 0.0),
        (-1.5, 0.3, 0.2, 1.0),
        (0.0, 2.0, 1.0, 0.0),
        (0.25, 4.0, -2.5, 0.5),
        (-2, 1, 1, 0),
    ],
    wrong=(
        Wrong(
            "2 * (cu.sigmoid(w * x + b) - y) * x",
            "The middle link is missing: how a answers z, that is a (1 - a).",
        ),
        Wrong(
            "(cu.sigmoid(w * x + b) - y) * x",
            "That is the slope of the cross-entropy. Here the loss is (a - y)^2.",
        ),
        Wrong(
            "2 * (cu.sigmoid(w * x + b) - y) * cu.sigmoid_grad(w * x + b)",
            "That is dL/db. The last link, how z answers w, is x.",
        ),
        Wrong(
            "(cu.sigmoid(w * x + b) - y) * cu.sigmoid_grad(w * x + b) * x",
            "The 2 of the square's slope is missing.",
        ),
        Wrong(
            "2 * (y - cu.sigmoid(w * x + b)) * cu.sigmoid_grad(w * x + b) * x",
            "The sign is flipped: the slope of (a - y)^2 is 2 (a - y).",
        ),
        Wrong(
            "2 * (cu.sigmoid(w * x + b) - y) + cu.sigmoid_grad(w * x + b) + x",
            "The links are added. Along one path they are multiplied.",
        ),
        Wrong(
            "2 * (cu.sigmoid(w * x + b) - y) * cu.sigmoid_grad(cu.sigmoid(w * x + b)) * x",
            "cu.sigmoid_grad takes the logit z. You gave it the output a.",
        ),
        Wrong(
            "2 * (cu.sigmoid(w * x + b) - y) * (w * x + b) * (1 - (w * x + b)) * x",
            "a (1 - a) takes the output a. You put in the logit z.",
        ),
        Wrong(
            "2 * (cu.sigmoid(w * x + b) - y) * cu.sigmoid_grad(w * x + b) * w",
            "The last link is how z answers w: that is x. The weight itself would lead on to dL/dx.",
        ),
        Wrong(
            "(cu.sigmoid(w * x + b) - y) ** 2 * cu.sigmoid_grad(w * x + b) * x",
            "The first link is the loss itself. Its slope is 2 (a - y).",
        ),
    ),
    variants=(
        "2 * (cu.sigmoid(w * x + b) - y) * cu.sigmoid_grad(w * x + b) * x",
        """
def squared_slope(x, w, b, y):
    z = w * x + b
    a = 1 / (1 + np.exp(-z))
    dz = 2 * (a - y) * np.exp(-z) * a**2
    return dz * x
""",
        """
def squared_slope(x, w, b, y):
    h = 1e-5
    L = lambda w: (cu.sigmoid(w * x + b) - y) ** 2
    return (L(w + h) - L(w - h)) / (2 * h)
""",
        "np.array(2 * x * (cu.sigmoid(w * x + b) - y) * cu.sigmoid_grad(w * x + b))",
    ),
)

PREDICT_OTHER_TARGET = Exercise(
    id="predict_other_target",
    lesson="07",
    title="the other target",
    aim="The output is a = 0.722. For y = 1 the gradient dL/dz is -0.278. What is it for y = 0?",
    signature="predict_other_target = dL/dz, a number",
    lines=1,
    hints=(
        "The output is too high now. Which sign must the gradient have?",
        "The gradient at the last logit is the output minus the target.",
        "0.722 minus 0.",
    ),
    why="The further the output is from its target, the larger the gradient that starts on its way back.",
    solution="""
def predict_other_target():
    return 1 - 0.278  # a - y is 1 more
""",
    atol=0.002,
    wrong=(
        Wrong("0.278", "Not only the sign changes. The error is larger now: a is 0.722 away from 0."),
        Wrong("-0.722", "The size is right. The output is too high now, so the gradient is positive."),
        Wrong("-0.278", "The target has changed, and with it the error a - y."),
        Wrong("0", "That would mean a perfect output. It is 0.722 where 0 is wanted."),
        Wrong("0.201", "That is a (1 - a), one link of the chain. Multiply it by dL/da."),
        Wrong("3.597", "That is dL/da. The sigmoid's slope a (1 - a) comes next."),
        Wrong("1", "The target moved by 1. The gradient moved by 1 too, starting from -0.278."),
    ),
    variants=("0.722", "0.722 - 0", "np.float32(0.7217)", "np.array(0.72)"),
)

PREDICT_ZERO_GRADIENTS = Exercise(
    id="predict_zero_gradients",
    lesson="07",
    title="a cut wire",
    aim="Inputs x1 = 1, x2 = 0, and now v1 = 0. How many of the nine weights and biases get gradient 0?",
    signature="predict_zero_gradients = how many, a number",
    lines=1,
    hints=(
        "Go back from the loss. Which wires carry a 0?",
        "Nothing passes back through v1 = 0: h1, u1 and all that feeds u1 get 0.",
        "w11, w21 and b1 lie behind v1. One more weight is multiplied by x2 = 0.",
    ),
    why="A gradient is a product along the way back: one 0 on it, and nothing behind it learns.",
    solution="""
def predict_zero_gradients():
    return 3 + 1  # w11, w21, b1 behind the cut; w22 beside the input 0
""",
    wrong=(
        Wrong("3", "w11, w21 and b1 lie behind v1 = 0. But x2 = 0 silences one more: w22."),
        Wrong("2", "w21 and w22 are silenced by x2 = 0. What lies behind v1 = 0 gets nothing either."),
        Wrong("5", "v1 itself does get a gradient: dL/dz · h1, and h1 is not 0."),
        Wrong("1", "Not v1 has gradient 0, but all that lies behind it."),
        Wrong("0", "Each gradient is a product. With v1 = 0 some of them have a factor 0."),
        Wrong("9", "The second unit still reaches the output through v2."),
        Wrong("6", "b2 is not multiplied by an input, and w12 belongs to x1 = 1."),
    ),
    variants=("4", "4.0", "np.int64(4)", "np.array(4)"),
)


def _layer_inputs() -> list[tuple]:
    def case(seed: int, m: int, k: int, K: int) -> tuple:
        rng = np.random.default_rng(seed)
        return rng.normal(size=(m, K)), rng.normal(size=(k, K)), rng.uniform(0.05, 0.95, size=(m, k))

    by_hand = (np.array([[-0.278]]), np.array([[2.0], [-1.0]]), np.array([[0.818, 0.182]]))
    return [by_hand, case(61, 4, 2, 1), case(62, 3, 3, 3), case(63, 5, 4, 2), case(64, 1, 3, 2), case(65, 2, 1, 1)]


HIDDEN_GRADIENT = Exercise(
    id="hidden_gradient",
    lesson="07",
    title="back through a layer",
    aim="The gradient dZ has arrived at the output's logits. Take it back to the hidden logits U, all rows at once.",
    signature="hidden_gradient(dZ, V, H): dZ (m, K), V (k, K), H = sigmoid(U) (m, k) -> dU (m, k)",
    lines=2,
    hints=(
        "Two links: from Z back to H, then from H back to U.",
        "From Z to H: each output sends its gradient through its weight. (m, K) @ (K, k) -> (m, k).",
        "dH = dZ @ V.T; then the sigmoid's slope, written with its output H: H * (1 - H).",
    ),
    why="Whatever the depth, every hidden layer repeats these two links.",
    setup=PACKAGE,
    solution="""
def hidden_gradient(dZ, V, H):
    dH = dZ @ V.T  # (m, K) @ (K, k) -> (m, k)
    return dH * H * (1 - H)
""",
    inputs=_layer_inputs,
    wrong=(
        Wrong("dZ @ V.T", "This is dH. The link through the sigmoid is missing: times H (1 - H)."),
        Wrong(
            "dZ @ V.T * cu.sigmoid_grad(H)",
            "cu.sigmoid_grad takes the logits U. With the output H the slope is H * (1 - H).",
        ),
        Wrong("dZ * V.T * H * (1 - H)", "This works for one output only. With K outputs add up over them: dZ @ V.T."),
        Wrong("dZ @ V * H * (1 - H)", "V leads forward, (k, K). The way back takes V.T."),
        Wrong("dZ @ V.T * H", "Half of the sigmoid's slope is missing: H * (1 - H)."),
        Wrong("dZ @ V.T * (1 - H)", "The slope of the sigmoid is H * (1 - H); the factor H is missing."),
        Wrong("dZ @ V.T * (1 - H**2)", "That is the slope of tanh. For the sigmoid it is H * (1 - H)."),
        Wrong("dZ @ V.T + H * (1 - H)", "The two links are added. They are multiplied, entry by entry."),
        Wrong("H * (1 - H)", "This is the sigmoid's slope alone. What arrives from behind, dZ @ V.T, is missing."),
        Wrong("dZ @ V.T * H * (1 - H) / len(H)", "Divided by m once more: the 1/m is in dZ already."),
        Wrong("H.T @ dZ", "This is dV, the gradient of the weights. The gradient of the logits U is asked for."),
        Wrong(
            """
def hidden_gradient(dZ, V, H):
    H *= 1 - H
    return dZ @ V.T * H
""",
            "*= changes the caller's H, which dV still needs. Write dZ @ V.T * H * (1 - H).",
        ),
    ),
    variants=(
        "(dZ @ V.T) * (H - H**2)",
        "np.einsum('mo,ko->mk', dZ, V) * H * (1 - H)",
        "(V @ dZ.T).T * (1 - H) * H",
        """
def hidden_gradient(dZ, V, H):
    dU = np.zeros(H.shape)
    for i in range(len(H)):
        for j in range(len(V)):
            dU[i, j] = sum(dZ[i] * V[j]) * H[i, j] * (1 - H[i, j])
    return dU
""",
        "dZ.astype(np.float32) @ V.T.astype(np.float32) * np.float32(H * (1 - H))",
    ),
)


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


_FORWARD = """
def network_gradients(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)
    A = cu.sigmoid(H @ V + c)
"""

NETWORK_GRADIENTS = Exercise(
    id="network_gradients",
    lesson="07",
    title="back-propagation, the whole of it",
    aim="Give the gradients of the cross-entropy: added up over the K outputs, averaged over the m rows.",
    signature=(
        "network_gradients(X, y, W, b, V, c): X (m, n), y (m, K), W (n, k), b (k,), V (k, K), c (K,)"
        " -> dW, db, dV, dc in the shapes of W, b, V, c"
    ),
    lines=4,
    hints=(
        "Forward first: H = sigmoid(X @ W + b), A = sigmoid(H @ V + c). Then back from A - y.",
        "Each layer repeats: weights get (what came in).T @ (gradient of its logits), biases get its column sums.",
        "dZ = (A - y) / len(X); dU = dZ @ V.T * H * (1 - H); then X.T @ dU, dU.sum(axis=0), H.T @ dZ, …",
    ),
    why="These lines train every network of this course; more layers only repeat them.",
    setup=PACKAGE,
    solution="""
def network_gradients(X, y, W, b, V, c):
    H = cu.sigmoid(X @ W + b)  # (m, k)
    dZ = (cu.sigmoid(H @ V + c) - y) / len(X)  # (m, K)
    dU = dZ @ V.T * H * (1 - H)  # (m, K) @ (K, k) -> (m, k)
    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)
""",
    inputs=_network_inputs,
    wrong=(
        Wrong(
            f"{_FORWARD}    dZ = A - y\n    dU = dZ @ V.T * H * (1 - H)\n"
            "    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)",
            "The 1/m is missing: every gradient is m times too large.",
        ),
        Wrong(
            f"{_FORWARD}    dZ = (A - y) / len(X)\n    dU = dZ @ V.T\n"
            "    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)",
            "The hidden sigmoid's slope is missing: dU = dZ @ V.T * H * (1 - H).",
        ),
        Wrong(
            f"{_FORWARD}    dZ = (A - y) / len(X)\n    dU = dZ @ V.T * cu.sigmoid_grad(H)\n"
            "    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)",
            "cu.sigmoid_grad takes the logits. H is the output already: use H * (1 - H).",
        ),
        Wrong(
            f"{_FORWARD}    dZ = (A - y) * A * (1 - A) / len(X)\n    dU = dZ @ V.T * H * (1 - H)\n"
            "    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)",
            "The output's slope A (1 - A) is counted twice: in A - y it has cancelled already.",
        ),
        Wrong(
            f"{_FORWARD}    dZ = (y - A) / len(X)\n    dU = dZ @ V.T * H * (1 - H)\n"
            "    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)",
            "The sign is flipped: dZ = (A - y) / m.",
        ),
        Wrong(
            f"{_FORWARD}    dZ = (A - y) / len(X)\n    dU = dZ @ V.T * H * (1 - H)\n"
            "    return X.T @ dU, dU.mean(axis=0), H.T @ dZ, dZ.mean(axis=0)",
            "The biases are averaged, but 1/m is in dZ already: add up the rows.",
        ),
        Wrong(
            f"{_FORWARD}    dZ = (A - y) / len(X)\n    dU = dZ @ V.T * H * (1 - H)\n"
            "    return X.T @ dU, dU.sum(axis=0, keepdims=True), H.T @ dZ, dZ.sum(axis=0, keepdims=True)",
            "The biases' gradients are rows (1, k). They have the shape of b: (k,), so no keepdims.",
        ),
        Wrong(
            f"{_FORWARD}    dZ = (A - y) / len(X)\n    dU = dZ @ V.T * H * (1 - H)\n"
            "    return H.T @ dZ, dZ.sum(axis=0), X.T @ dU, dU.sum(axis=0)",
            "The order is turned round. Return dW, db, dV, dc, as the weights stand.",
        ),
        Wrong(
            f"{_FORWARD}    dZ = (A - y) / len(X)\n    dU = dZ @ V.T * H * (1 - H)\n"
            "    return X.T @ dU, dU.sum(axis=0), A.T @ dZ, dZ.sum(axis=0)",
            "dV takes what came into the layer, H. You took what left it, A.",
        ),
        Wrong(
            f"{_FORWARD}    dZ = (A - y) / y.size\n    dU = dZ @ V.T * H * (1 - H)\n"
            "    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)",
            "Divided by m times K. The outputs are added up; the mean is over the m rows only.",
        ),
        Wrong(
            f"{_FORWARD}    dZ = (A - y) / len(X)\n    U = X @ W + b\n    dU = dZ @ V.T * U * (1 - U)\n"
            "    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)",
            "H (1 - H) takes the output H. You put in its logits.",
        ),
        Wrong(
            f"{_FORWARD}    dZ = (A - y) / len(X)\n    dU = dZ @ V * H * (1 - H)\n"
            "    return X.T @ dU, dU.sum(axis=0), H.T @ dZ, dZ.sum(axis=0)",
            "V leads forward, (k, K). The way back takes V.T.",
        ),
    ),
    variants=(
        f"{_FORWARD}    dA = ((1 - y) / (1 - A) - y / A) / len(X)\n    dZ = dA * A * (1 - A)\n"
        "    dU = (dZ @ V.T) * cu.sigmoid_grad(X @ W + b)\n"
        "    return X.T @ dU, np.ones(len(X)) @ dU, H.T @ dZ, np.ones(len(X)) @ dZ",
        f"""{_FORWARD}    m = len(X)
    dZ = A - y
    dU = dZ @ V.T * H * (1 - H)
    return X.T @ dU / m, dU.mean(axis=0), H.T @ dZ / m, dZ.mean(axis=0)
""",
        f"""{_FORWARD}    dW, db, dV, dc = (np.zeros(p.shape) for p in (W, b, V, c))
    for x, h, dz in zip(X, H, (A - y) / len(X)):
        du = V @ dz * h * (1 - h)
        dW, db, dV, dc = dW + np.outer(x, du), db + du, dV + np.outer(h, dz), dc + dz
    return dW, db, dV, dc
""",
        f"{_FORWARD}    dZ = np.float32((A - y) / len(X))\n    dU = dZ @ V.T * H * (1 - H)\n"
        "    return np.float32(X.T @ dU), np.float32(sum(dU)), np.float32(H.T @ dZ), sum(dZ)",
    ),
)

FORWARD_PASSES = Exercise(
    id="forward_passes",
    lesson="07",
    title="what measuring would cost",
    aim="How many forward passes does one numerical gradient take, by central differences in every parameter?",
    signature="forward_passes(sizes): units of each layer, inputs first, such as (784, 64, 10) -> a whole number",
    lines=2,
    hints=(
        "Two passes for each parameter: one to the right, one to the left.",
        "Between layers of a and b units lie a · b weights and b biases.",
        "Add up a * b + b for each pair of neighbours in sizes, then double it.",
    ),
    why="The count grows with the network itself: at 50,890 parameters a single step takes 101,780 passes.",
    solution="""
def forward_passes(sizes):
    parameters = sum(a * b + b for a, b in zip(sizes[:-1], sizes[1:]))
    return 2 * parameters
""",
    inputs=lambda: [((2, 2, 1),), ((784, 64, 10),), ((784, 10),), ((3, 4, 4, 2),), ((1, 1),), ((5, 1, 6, 2, 3),)],
    wrong=(
        Wrong(
            "sum(a * b + b for a, b in zip(sizes[:-1], sizes[1:]))",
            "These are the parameters. Each needs two passes, to the right and to the left.",
        ),
        Wrong(
            "2 * sum(a * b for a, b in zip(sizes[:-1], sizes[1:]))",
            "The biases are missing: b of them between layers of a and b units.",
        ),
        Wrong(
            "sum(a * b + b for a, b in zip(sizes[:-1], sizes[1:])) + 1",
            "That is the forward difference: one pass each, and one at the place itself.",
        ),
        Wrong(
            "2 * sum(a * b + a for a, b in zip(sizes[:-1], sizes[1:]))",
            "A bias belongs to the unit that it feeds: b of them, not a.",
        ),
        Wrong(
            "2 * sum(a * b + 1 for a, b in zip(sizes[:-1], sizes[1:]))",
            "Every unit has a bias of its own, not every layer.",
        ),
        Wrong("2 * int(np.prod(sizes))", "The sizes are multiplied through. Only neighbouring layers are connected."),
        Wrong("2 * sum(sizes)", "These are the units. The weights lie between them: a · b for each pair of layers."),
        Wrong(
            "2 * (sizes[0] * sizes[1] + sizes[1])",
            "Only the first layer is counted.",
        ),
        Wrong(
            "2 * sum(a * b + b for a, b in zip(sizes[:-1], sizes[1:])) + 1",
            "Central differences do not use the cost at the place itself: 2 passes each, and no more.",
        ),
        Wrong("3", "That is about the price of back-propagation. The numerical gradient pays for every parameter."),
    ),
    variants=(
        "2 * sum((a + 1) * b for a, b in zip(sizes, sizes[1:]))",
        """
def forward_passes(sizes):
    passes = 0
    for i in range(1, len(sizes)):
        passes += 2 * sizes[i] * (sizes[i - 1] + 1)
    return passes
""",
        "2 * np.dot(np.array(sizes[:-1]) + 1, sizes[1:])",
        "float(2 * sum(a * b + b for a, b in zip(sizes, sizes[1:])))",
    ),
)

EXERCISES = (
    SQUARED_SLOPE,
    PREDICT_OTHER_TARGET,
    PREDICT_ZERO_GRADIENTS,
    HIDDEN_GRADIENT,
    NETWORK_GRADIENTS,
    FORWARD_PASSES,
)
