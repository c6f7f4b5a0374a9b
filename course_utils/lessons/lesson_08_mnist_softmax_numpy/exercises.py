"""Exercises of lesson 08: ten classes, softmax, cross-entropy, the gradient, and counting steps."""

import numpy as np

from course_utils.exercises.exercise import Exercise
from course_utils.exercises.exercise import WrongAnswer as Wrong


def _probabilities(rng: np.random.Generator, m: int, K: int) -> np.ndarray:
    P = rng.uniform(0.05, 1, size=(m, K))
    return P / P.sum(axis=1, keepdims=True)


ONE_HOT_ROWS = Exercise(
    id="one_hot_rows",
    lesson="08",
    title="one-hot labels",
    aim="Turn each label into a row of K numbers: 1 at the place of the label, 0 elsewhere.",
    signature="one_hot_rows(labels, K): labels (m,) integers, K classes -> Y (m, K)",
    lines=3,
    hints=(
        "Label 2 of K = 4 classes becomes [0, 0, 1, 0].",
        "Start with np.zeros((m, K)). In row i the column labels[i] becomes 1.",
        "Y[np.arange(m), labels] = 1 sets one element in every row.",
    ),
    why="A class is no quantity: as rows, a 3 is as far from an 8 as from a 4.",
    solution="""
def one_hot_rows(labels, K):
    Y = np.zeros((len(labels), K))  # (m, K)
    Y[np.arange(len(labels)), labels] = 1
    return Y
""",
    inputs=lambda: [
        (np.array([0, 2, 1, 2]), 4),
        (np.array([0]), 1),
        (np.array([2, 0, 1]), 3),
        (np.array([7]), 10),
        (np.random.default_rng(7).integers(0, 10, size=23).astype(np.uint8), 10),
    ],
    wrong=(
        Wrong(
            "np.eye(labels.max() + 1)[labels]",
            "K comes from the labels at hand. A class may be absent: use K.",
        ),
        Wrong(
            "np.eye(len(np.unique(labels)))[np.unique(labels, return_inverse=True)[1]]",
            "The classes are numbered by their order in this batch. The column is the label itself.",
        ),
        Wrong("np.eye(K)[labels].T", "Rows and columns are swapped: one row per example, one column per class."),
        Wrong("np.eye(K)[labels - 1]", "Each 1 stands one place too far left: label 0 is the first column, 0."),
        Wrong("1 - np.eye(K)[labels]", "Zeros and ones are swapped."),
        Wrong(
            "np.eye(K)[labels] * labels[:, None]",
            "The label is written in, not a 1. A label 0 gives no mark.",
        ),
        Wrong("np.eye(K)[:, ::-1][labels]", "The columns run backwards: label 0 is the first column."),
        Wrong(
            """
def one_hot_rows(labels, K):
    Y = np.zeros((len(labels), K))
    Y[:, labels] = 1
    return Y
""",
            "Y[:, labels] sets these columns in every row. Name the row too: np.arange(m).",
        ),
        Wrong("np.eye(K)[labels[0]]", "Only the first label is used. Every label gets a row."),
        Wrong(
            "np.arange(K) <= labels[:, None]",
            "All places up to the label are set. Only the label's own is 1.",
        ),
    ),
    variants=(
        "np.eye(K)[labels]",
        "labels[:, None] == np.arange(K)",
        "def one_hot_rows(labels, K):\n    return [[int(k == y) for k in range(K)] for y in labels]",
        "np.eye(K, dtype=np.float32)[labels]",
        "np.take(np.identity(K, dtype=int), labels, axis=0)",
    ),
)

SOFTMAX_ROWS = Exercise(
    id="softmax_rows",
    lesson="08",
    title="softmax, row by row",
    aim="Turn each row of logits into probabilities that add up to 1, also for logits of 10,000.",
    signature="softmax_rows(Z): Z (m, K) -> P (m, K)",
    lines=2,
    hints=(
        "Exponentiate, then divide each row by its own sum.",
        "A number subtracted from a whole row changes nothing. Which one makes np.exp safe?",
        "E = np.exp(Z - Z.max(axis=1, keepdims=True)); then divide by the sum along the same axis.",
    ),
    why="Each row is one image: its ten probabilities must not depend on the other images of the batch.",
    solution="""
def softmax_rows(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))  # (m, K), the largest of each row is 1
    return E / E.sum(axis=1, keepdims=True)  # (m, K) / (m, 1)
""",
    inputs=lambda: [
        (np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 4.0]]),),
        (np.array([[0.5, -0.5, 0.0, 2.0]]),),
        (np.random.default_rng(8).normal(scale=2, size=(3, 3)),),
        (np.random.default_rng(9).normal(scale=3, size=(5, 10)),),
        (np.array([[-3.0], [4.0]]),),
        (np.array([[1, 2], [3, 0], [0, 0]]),),
        (np.array([[1e4, 9_999.0, 0.0], [-1e4, -9_998.0, -1e4], [1.0, 2.0, 3.0]]),),
    ],
    wrong=(
        Wrong(
            "np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum()",
            "The whole array adds up to 1, not each row. Sum along axis=1, with keepdims=True.",
        ),
        Wrong(
            "np.exp(Z) / np.exp(Z).sum()",
            "One sum for the whole array: rows do not add up to 1. Sum along axis=1. And np.exp overflows here.",
        ),
        Wrong(
            """
def softmax_rows(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum()
""",
            "The maximum is taken row by row, the sum is not. Sum along axis=1 too, with keepdims=True.",
        ),
        Wrong(
            "np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(axis=0)",
            "axis=0 makes each column add up to 1. The classes run along axis=1.",
        ),
        Wrong(
            "np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)",
            "np.exp overflows at large logits: inf / inf is nan. First subtract the maximum of each row.",
        ),
        Wrong(
            "np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum(axis=1, keepdims=True)",
            "The maximum of the whole array is subtracted: a row far below becomes 0 / 0. Take each row's.",
        ),
        Wrong(
            "np.exp(Z - Z.max(axis=1, keepdims=True))",
            "The rows do not add up to 1: divide each by its sum (not by its maximum).",
        ),
        Wrong("Z / Z.sum(axis=1, keepdims=True)", "np.exp is missing: logits may be negative, or add up to 0."),
        Wrong(
            """
def softmax_rows(Z):
    E = np.exp(Z.min(axis=1, keepdims=True) - Z)
    return E / E.sum(axis=1, keepdims=True)
""",
            "The sign is flipped: the largest logit gets the smallest probability.",
        ),
        Wrong("(1 + np.tanh(Z / 2)) / 2", "This is the sigmoid of each logit. The rows do not add up to 1."),
        Wrong("np.eye(Z.shape[1])[Z.argmax(axis=1)]", "This is the decision. The probabilities are asked for."),
        Wrong(
            """
def softmax_rows(Z):
    Z -= Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)
""",
            "-= changes the caller's logits. Write Z = Z - …, which makes a new array.",
        ),
        Wrong(
            """
def softmax_rows(Z):
    P = np.zeros_like(Z)
    for i, z in enumerate(Z):
        e = np.exp(z - max(z))
        P[i] = e / sum(e)
    return P
""",
            "np.zeros_like(Z) holds whole numbers where Z does: the decimals are cut off. Use np.zeros(Z.shape).",
        ),
    ),
    variants=(
        """
def softmax_rows(Z):
    P = np.empty(Z.shape)
    for i, z in enumerate(Z):
        e = np.exp(z - max(z))
        P[i] = e / sum(e)
    return P
""",
        "np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))",
        "1 / np.exp(np.minimum(Z[:, None, :] - Z[:, :, None], 700)).sum(axis=2)",
        """
def softmax_rows(Z):
    E = np.exp((Z.T - Z.T.max(axis=0)).astype(np.float32))
    return (E / E.sum(axis=0)).T
""",
    ),
)

CROSS_ENTROPY_FROM_LABELS = Exercise(
    id="cross_entropy_from_labels",
    lesson="08",
    title="cross-entropy from labels",
    aim="Give the mean of -log p, where p is the probability that each row gives to its true label.",
    signature="cross_entropy_from_labels(P, labels): P (m, K), labels (m,) integers -> a number",
    lines=2,
    hints=(
        "One row by hand: probability 0.25 at the true label costs -log 0.25 = 1.386.",
        "P[np.arange(m), labels] picks one element from every row.",
        "Take -np.log of the picked probabilities, then the mean over the m rows.",
    ),
    why="One look-up per image replaces a one-hot table of zeros: the same cost, a tenth of the work.",
    solution="""
def cross_entropy_from_labels(P, labels):
    p = P[np.arange(len(labels)), labels]  # (m,), the probability of the true class
    return -np.log(p).mean()
""",
    inputs=lambda: [
        (np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3]]), np.array([0, 2])),
        (np.array([[0.25, 0.75]]), np.array([1])),
        (_probabilities(np.random.default_rng(10), 3, 3), np.array([2, 2, 0])),
        (_probabilities(np.random.default_rng(11), 7, 10), np.array([9, 0, 3, 3, 5, 1, 8], dtype=np.uint8)),
        (np.array([[1.0, 1e-30], [1e-30, 1.0], [0.5, 0.5]]), np.array([1, 1, 0])),  # sure, and wrong
    ],
    wrong=(
        Wrong(
            "-np.log(P[np.arange(len(P)), labels]).sum()",
            "The sum is there, the mean is missing: forgot 1/m.",
        ),
        Wrong(
            "np.log(P[np.arange(len(P)), labels]).mean()",
            "The minus sign is missing: a cost is not negative.",
        ),
        Wrong(
            "-np.log(P[np.arange(len(P)), labels]).sum() / P.size",
            "The mean is taken over the classes too. Divide by the m examples only.",
        ),
        Wrong(
            "-np.log(P[:, labels]).mean()",
            "P[:, labels] picks these columns from every row: (m, m). Name the row too: np.arange(m).",
        ),
        Wrong("-np.log(P).mean()", "The labels are not used: only the true class counts."),
        Wrong(
            "-(labels[:, None] * np.log(P)).sum(axis=1).mean()",
            "Labels are used like one-hot rows. They are places.",
        ),
        Wrong("-np.log(P.max(axis=1)).mean()", "The largest probability is taken, not that of the true label."),
        Wrong("(1 - P[np.arange(len(P)), labels]).mean()", "The logarithm is missing."),
        Wrong("-np.log(P[np.arange(len(P)), labels].mean())", "First the logarithm of each, then the mean."),
        Wrong("-np.log10(P[np.arange(len(P)), labels]).mean()", "log10 is another logarithm: use np.log."),
        Wrong("-np.log2(P[np.arange(len(P)), labels]).mean()", "This is in bits. Use np.log."),
        Wrong(
            "-np.log(np.clip(P[np.arange(len(P)), labels], 1e-7, 1)).mean()",
            "Clipping at 1e-7 caps the cost of a row at 16.1: a sure mistake then looks harmless.",
        ),
        Wrong(
            "-np.log(P[np.arange(len(P)), labels] + 1e-7).mean()",
            "Adding 1e-7 changes every cost a little, and caps it at 16.1.",
        ),
        Wrong("-np.log(P[np.arange(len(P)), labels])", "One cost per row. The mean of them is asked for."),
    ),
    variants=(
        """
def cross_entropy_from_labels(P, labels):
    cost = 0
    for row, label in zip(P, labels):
        cost -= np.log(row[label])
    return cost / len(labels)
""",
        "-(np.eye(P.shape[1])[labels] * np.log(P)).sum() / len(P)",
        "-np.log(np.take_along_axis(P, labels[:, None].astype(int), axis=1)).mean()",
        "-np.log(P.astype(np.float32)[np.arange(len(P)), labels]).mean()",
        "np.mean(np.log(1 / P[np.arange(len(P)), labels]))",
    ),
)


def _gradient_inputs() -> list[tuple]:
    def case(seed: int, m: int, n: int, K: int) -> tuple:
        rng = np.random.default_rng(seed)
        return rng.normal(size=(m, n)), _probabilities(rng, m, K), np.eye(K)[rng.integers(0, K, size=m)]

    sure = np.array([[1.0, 0.0], [0.0, 1.0]])
    return [
        (np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[0.75, 0.25], [0.5, 0.5]]), sure),
        case(12, 1, 1, 2),
        case(13, 3, 3, 3),
        case(14, 7, 5, 4),
        (np.array([[0, 255, 3], [17, 0, 1]]), sure[::-1], sure),  # integer pixels, sure and wrong
    ]


SOFTMAX_GRADIENT = Exercise(
    id="softmax_gradient",
    lesson="08",
    title="the gradient of the kernel",
    aim="Give the slope of the mean cross-entropy with respect to every weight of Z = X @ W + b.",
    signature="softmax_gradient(X, P, Y): X (m, n), P (m, K) probabilities, Y (m, K) one-hot -> dW (n, K)",
    lines=2,
    hints=(
        "Through softmax and cross-entropy together the slope at the logits is as simple as P - Y.",
        "The cost is a mean over m examples, so each row carries 1/m.",
        "dZ = (P - Y) / len(X) has the shape (m, K). X.T @ dZ has that of the kernel: (n, K).",
    ),
    why="Prediction minus target, times the input: the same rule trained the single neuron.",
    solution="""
def softmax_gradient(X, P, Y):
    dZ = (P - Y) / len(X)  # (m, K)
    return X.T @ dZ  # (n, m) @ (m, K) -> (n, K)
""",
    inputs=_gradient_inputs,
    wrong=(
        Wrong("X.T @ (P - Y)", "Forgot 1/m: the cost is a mean, so its gradient is divided by len(X)."),
        Wrong("X.T @ (Y - P) / len(X)", "The sign is flipped: P - Y. With Y - P a step goes uphill."),
        Wrong("X.T @ (P - Y) / P.shape[1]", "The mean is over the classes. It goes over the examples: len(X)."),
        Wrong("X.T @ (P - Y) / P.size", "Divided by m * K. The cost is a mean over the m examples only."),
        Wrong("X.T @ (P - Y) / X.shape[1]", "Divided by the number of inputs. The mean is over len(X) examples."),
        Wrong("(P - Y).T @ X / len(X)", "The result is transposed: the kernel has the shape (n, K)."),
        Wrong("X.T @ P / len(X)", "The target is missing: P - Y is the error."),
        Wrong(
            "X.T @ ((P - Y) * P * (1 - P)) / len(X)",
            "P * (1 - P) cancels: with cross-entropy only P - Y is left.",
        ),
        Wrong("(P - Y).mean(axis=0)", "This is the gradient of the bias. The kernel's is X.T @ (P - Y) / m."),
        Wrong("X.T @ (P - Y) / len(X) * 2", "The factor 2 belongs to the squared error."),
        Wrong(
            "X.T @ (-Y / np.maximum(P, 1e-12)) / len(X)",
            "This is the slope at P. The softmax lies in between.",
        ),
        Wrong("-X.T @ (P - Y) / len(X) * 0.01", "This is a whole step. Only the gradient is asked for."),
    ),
    variants=(
        """
def softmax_gradient(X, P, Y):
    dW = np.zeros((X.shape[1], P.shape[1]))
    for x, p, y in zip(X, P, Y):
        dW += np.outer(x, p - y) / len(X)
    return dW
""",
        "np.einsum('mn,mk->nk', X, P - Y) / len(X)",
        "((P - Y).T @ X).T / X.shape[0]",
        "X.T.astype(np.float32) @ ((P - Y) / len(X)).astype(np.float32)",
        "(X[:, :, None] * (P - Y)[:, None, :]).mean(axis=0)",
        "X.T @ P / len(P) - X.T @ Y / len(Y)",
    ),
)

PREDICT_START_LOSS = Exercise(
    id="predict_start_loss",
    lesson="08",
    title="the cost before the first step",
    aim="All weights and biases are 0. What is the cross-entropy over the ten digits? Two decimals do.",
    signature="predict_start_loss = a number",
    lines=1,
    hints=(
        "Which logits does this network give, and so which probabilities?",
        "All ten classes get the probability 0.1, whatever the image shows.",
        "The cost of every image is -log 0.1, with the natural logarithm.",
    ),
    why="A first loss far from 2.30 tells of a bug before any training: it costs one line to look.",
    solution="""
def predict_start_loss():
    p = 1 / 10  # ten equal logits
    return -np.log(p)
""",
    atol=0.006,
    wrong=(
        Wrong("0", "A cost of 0 means: sure, and right. This network knows nothing yet."),
        Wrong("0.1", "That is the probability of each class. The cost is -log of it."),
        Wrong("1", "That is -log10 of 0.1. The natural logarithm is meant."),
        Wrong("-np.log(0.1) / 10", "The mean goes over the images, not over the ten classes."),
        Wrong("np.log(0.1)", "The minus sign is missing."),
        Wrong("-np.log(0.5)", "That is the cost with two classes. Here there are ten."),
        Wrong("-np.log2(0.1)", "That is in bits. The natural logarithm is meant."),
        Wrong("0.9", "That is the share of mistakes. The cost is -log of the probability."),
    ),
    variants=("2.30", "2.3", "np.log(10)", "np.float32(2.3026)"),
)

COUNT_STEPS = Exercise(
    id="count_steps",
    lesson="08",
    title="steps",
    aim="60,000 images, mini-batches of 32, 5 epochs: how many steps does training take?",
    signature="count_steps = a whole number",
    lines=1,
    hints=(
        "A step is one update of the weights; it uses one mini-batch.",
        "An epoch uses every image once. How many batches of 32 is that?",
        "60,000 / 32 steps in an epoch, times 5 epochs.",
    ),
    why="Steps, not epochs, move the weights: a smaller batch takes more of them from the same data.",
    solution="""
def count_steps():
    per_epoch = 60_000 // 32
    return 5 * per_epoch
""",
    wrong=(
        Wrong("60_000 // 32", "That is one epoch. There are five."),
        Wrong("5 * 60_000", "That counts images. A step uses 32 of them."),
        Wrong("60_000 // 5", "The size of the batch is not used: a step takes 32 images."),
        Wrong("5 * 32", "That counts the images in five steps. An epoch goes through all 60,000."),
        Wrong("5", "These are the epochs. Each has many steps."),
        Wrong("60_000 // (5 * 32)", "Five epochs take more steps than one, not fewer: multiply by 5."),
        Wrong("5 * 32 * 60_000", "Larger batches take fewer steps, not more: divide by 32."),
    ),
    variants=("9375", "9375.0", "5 * 60_000 / 32", "np.int64(9375)"),
)

COUNT_STEPS_UNEVEN = Exercise(
    id="count_steps_uneven",
    lesson="08",
    title="a batch size that does not divide",
    aim="60,000 images, mini-batches of 64: how many steps does one epoch take, with every image used once?",
    signature="count_steps_uneven = a whole number",
    lines=1,
    hints=(
        "60,000 / 64 is 937.5. What happens to the half?",
        "The images that are left over make a last, smaller batch.",
        "Round up.",
    ),
    why="Dropping the last small batch means that some images are never seen in this epoch.",
    solution="""
def count_steps_uneven():
    return -(-60_000 // 64)  # rounded up
""",
    wrong=(
        Wrong("60_000 // 64", "Rounded down: the last 32 images are left out. They make a smaller batch."),
        Wrong("60_000 / 64", "There is no half step. The last batch is smaller, and it is a step."),
        Wrong("60_000", "That counts images. A step uses 64 of them."),
        Wrong("60_000 % 64", "That is the size of the last batch."),
        Wrong("64", "That is the size of a batch. How many batches are there?"),
        Wrong("60_000 // 32", "That is for batches of 32. Here they hold 64."),
    ),
    variants=("938", "938.0", "int(np.ceil(60_000 / 64))", "len(range(0, 60_000, 64))"),
)

PREDICT_ZERO_MIDDLE = Exercise(
    id="predict_zero_middle",
    lesson="08",
    title="the middle of the 0",
    aim="In the picture of the 0, weights above 0 are red, below 0 blue, 0 white. Which colour has the middle?",
    signature='predict_zero_middle = a colour: "red", "blue" or "white"',
    lines=1,
    hints=(
        "Where does a written 0 have ink, and where has it none?",
        "Most digits cross the middle, a 0 goes around it. For which answer does ink in the middle speak?",
        "Ink there speaks against a 0, so the weight is below 0.",
    ),
    why="The class that has no ink at a pixel is the one that a negative weight there protects.",
    solution="""
def predict_zero_middle():
    ink_speaks_for_a_zero = False  # a 0 goes around the middle
    return "red" if ink_speaks_for_a_zero else "blue"
""",
    wrong=(
        Wrong('"red"', "Red means: ink here speaks for a 0. A 0 has its ink around the middle, not in it."),
        Wrong('"white"', "White is a weight that nothing has moved. Other digits have ink there, so it is moved."),
        Wrong('"black"', "Black is ink in an image. This is a picture of weights: red, blue or white."),
        Wrong("-1", "The sign is right; the colour of such a weight is asked for."),
        Wrong("0", "A weight of 0 would be white, and its colour is asked for. Other digits have ink there."),
    ),
    variants=("'blue'", "'Blue'", "' BLUE '"),
)

PREDICT_CORNER_WEIGHT = Exercise(
    id="predict_corner_weight",
    lesson="08",
    title="a pixel without ink",
    aim="The corner pixel is 0 in all training images, and its ten weights start at 0. What are they at the last step?",
    signature="predict_corner_weight = a number",
    lines=1,
    hints=(
        "What does one step subtract from a weight?",
        "The gradient of a weight is its pixel times (p - y), averaged over the batch.",
        "The pixel is 0, so every step subtracts 0.",
    ),
    why="A weight learns only from inputs that are not 0: what never occurs is never learned.",
    solution="""
def predict_corner_weight():
    return 0  # each step subtracts 0.01 * pixel * (p - y), and the pixel is 0
""",
    wrong=(
        Wrong("-0.01", "That would be one step for a pixel of 1. This pixel is 0."),
        Wrong("-30", "3,000 steps of 0.01 need a gradient of 1 each time. The pixel multiplies it by 0."),
        Wrong("0.1", "That is each class's probability at the start. The weight is asked for."),
        Wrong("-1", "No image has ink there, so nothing speaks against any digit either."),
        Wrong("1", "No image has ink there, so nothing speaks for any digit."),
    ),
    variants=("0", "0.0", "np.float32(0)", "-0.0"),
)

EXERCISES = (
    ONE_HOT_ROWS,
    SOFTMAX_ROWS,
    PREDICT_START_LOSS,
    CROSS_ENTROPY_FROM_LABELS,
    COUNT_STEPS,
    COUNT_STEPS_UNEVEN,
    SOFTMAX_GRADIENT,
    PREDICT_ZERO_MIDDLE,
    PREDICT_CORNER_WEIGHT,
)
