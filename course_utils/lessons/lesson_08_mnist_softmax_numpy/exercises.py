"""Exercises of lesson 08: ten classes, softmax, cross-entropy, the gradient, and counting steps."""

import numpy as np

from course_utils.exercises import exercise, prediction


@exercise(
    title="one-hot labels",
    aim="Turn each label into a row of K numbers: 1 at the place of the label, 0 elsewhere.",
    shapes="labels (m,) integers, K classes -> Y (m, K)",
    hints=(
        "Label 2 of K = 4 classes becomes [0, 0, 1, 0].",
        "Start with np.zeros((m, K)). In row i the column labels[i] becomes 1.",
        "Y[np.arange(m), labels] = 1 sets one element in every row.",
    ),
    why="A class is no quantity: as rows, a 3 is as far from an 8 as from a 4.",
    inputs=lambda: [
        (np.array([0, 2, 1, 2]), 4),
        (np.array([0]), 1),
        (np.array([2, 0, 1]), 3),
        (np.array([7]), 10),
        (np.random.default_rng(7).integers(0, 10, size=23).astype(np.uint8), 10),
    ],
)
def one_hot_rows(labels, K):
    Y = np.zeros((len(labels), K))  # (m, K)
    Y[np.arange(len(labels)), labels] = 1
    return Y


one_hot_rows.mistake(
    "K comes from the labels at hand. A class may be absent: use K.", lambda labels, K: np.eye(labels.max() + 1)[labels]
)
one_hot_rows.mistake(
    "The classes are numbered by their order in this batch. The column is the label itself.",
    lambda labels, K: np.eye(len(np.unique(labels)))[np.unique(labels, return_inverse=True)[1]],
)
one_hot_rows.mistake(
    "Rows and columns are swapped: one row per example, one column per class.", lambda labels, K: np.eye(K)[labels].T
)
one_hot_rows.mistake(
    "Each 1 stands one place too far left: label 0 is the first column, 0.", lambda labels, K: np.eye(K)[labels - 1]
)
one_hot_rows.mistake("Zeros and ones are swapped.", lambda labels, K: 1 - np.eye(K)[labels])
one_hot_rows.mistake(
    "The label is written in, not a 1. A label 0 gives no mark.", lambda labels, K: np.eye(K)[labels] * labels[:, None]
)
one_hot_rows.mistake(
    "The columns run backwards: label 0 is the first column.", lambda labels, K: np.eye(K)[:, ::-1][labels]
)


@one_hot_rows.mistake("Y[:, labels] sets these columns in every row. Name the row too: np.arange(m).")
def _(labels, K):
    Y = np.zeros((len(labels), K))
    Y[:, labels] = 1
    return Y


one_hot_rows.mistake("Only the first label is used. Every label gets a row.", lambda labels, K: np.eye(K)[labels[0]])
one_hot_rows.mistake(
    "All places up to the label are set. Only the label's own is 1.", lambda labels, K: np.arange(K) <= labels[:, None]
)

one_hot_rows.mistake(
    "The rows of the identity come in their own order. The labels say which row is whose: np.eye(K)[labels].",
    lambda labels, K: np.eye(len(labels), K),
)
one_hot_rows.also(
    lambda labels, K: np.eye(K)[labels],
    lambda labels, K: labels[:, None] == np.arange(K),
    lambda labels, K: np.eye(K, dtype=np.float32)[labels],
    lambda labels, K: np.take(np.identity(K, dtype=int), labels, axis=0),
)


@one_hot_rows.also
def _(labels, K):
    return [[int(k == y) for k in range(K)] for y in labels]


@exercise(
    title="softmax, row by row",
    aim="Turn each row of logits into probabilities that add up to 1, also for logits of 10,000.",
    shapes="Z (m, K) -> P (m, K)",
    hints=(
        "Exponentiate, then divide each row by its own sum.",
        "A number subtracted from a whole row changes nothing. Which one makes np.exp safe?",
        "E = np.exp(Z - Z.max(axis=1, keepdims=True)); then divide by the sum along the same axis.",
    ),
    why="Each row is one image: its ten probabilities must not depend on the other images of the batch.",
    inputs=lambda: [
        (np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 4.0]]),),
        (np.array([[0.5, -0.5, 0.0, 2.0]]),),
        (np.random.default_rng(8).normal(scale=2, size=(3, 3)),),
        (np.random.default_rng(9).normal(scale=3, size=(5, 10)),),
        (np.array([[-3.0], [4.0]]),),
        (np.array([[1, 2], [3, 0], [0, 0]]),),
        (np.array([[1e4, 9_999.0, 0.0], [-1e4, -9_998.0, -1e4], [1.0, 2.0, 3.0]]),),
    ],
)
def softmax_rows(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))  # (m, K), the largest of each row is 1
    return E / E.sum(axis=1, keepdims=True)  # (m, K) / (m, 1)


softmax_rows.mistake(
    "The whole array adds up to 1, not each row. Sum along axis=1, with keepdims=True.",
    lambda Z: np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum(),
)
softmax_rows.mistake(
    "One sum for the whole array: rows do not add up to 1. Sum along axis=1. And np.exp overflows here.",
    lambda Z: np.exp(Z) / np.exp(Z).sum(),
)


@softmax_rows.mistake("The maximum is taken row by row, the sum is not. Sum along axis=1 too, with keepdims=True.")
def _(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum()


softmax_rows.mistake(
    "axis=0 makes each column add up to 1. The classes run along axis=1.",
    lambda Z: np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(axis=0),
)
softmax_rows.mistake(
    "np.exp overflows at large logits: inf / inf is nan. First subtract the maximum of each row.",
    lambda Z: np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True),
)
softmax_rows.mistake(
    "Without keepdims=True the sums (m,) do not stand beside their rows: the division needs (m, 1).",
    lambda Z: np.exp(Z - Z.max(axis=1, keepdims=True)) / np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1),
)
softmax_rows.mistake(
    "Without keepdims=True the sums (m,) do not stand beside their rows. And large logits overflow in np.exp.",
    lambda Z: np.exp(Z) / np.exp(Z).sum(axis=1),
)
softmax_rows.mistake(
    "Without keepdims=True the maxima (m,) do not stand beside their rows: the subtraction needs (m, 1).",
    lambda Z: np.exp(Z - Z.max(axis=1)) / np.exp(Z - Z.max(axis=1)).sum(axis=1, keepdims=True),
)
softmax_rows.mistake(
    "The maximum of the whole array is subtracted: a row far below becomes 0 / 0. Take each row's.",
    lambda Z: np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum(axis=1, keepdims=True),
)
softmax_rows.mistake(
    "The rows do not add up to 1: divide each by its sum (not by its maximum).",
    lambda Z: np.exp(Z - Z.max(axis=1, keepdims=True)),
)
softmax_rows.mistake(
    "np.exp is missing: logits may be negative, or add up to 0.", lambda Z: Z / Z.sum(axis=1, keepdims=True)
)


@softmax_rows.mistake("The sign is flipped: the largest logit gets the smallest probability.")
def _(Z):
    E = np.exp(Z.min(axis=1, keepdims=True) - Z)
    return E / E.sum(axis=1, keepdims=True)


softmax_rows.mistake(
    "This is the sigmoid of each logit. The rows do not add up to 1.", lambda Z: (1 + np.tanh(Z / 2)) / 2
)
softmax_rows.mistake(
    "This is the decision. The probabilities are asked for.", lambda Z: np.eye(Z.shape[1])[Z.argmax(axis=1)]
)


@softmax_rows.mistake("-= changes the caller's logits. Write Z = Z - …, which makes a new array.")
def _(Z):
    Z -= Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)


@softmax_rows.mistake(
    "np.zeros_like(Z) holds whole numbers where Z does: the decimals are cut off. Use np.zeros(Z.shape)."
)
def _(Z):
    P = np.zeros_like(Z)
    for i, z in enumerate(Z):
        e = np.exp(z - max(z))
        P[i] = e / sum(e)
    return P


softmax_rows.mistake(
    "Clipping changes the logits, and two that are cut alike become equal. Subtract the maximum of each row.",
    lambda Z: np.exp(np.clip(Z, -500, 500)) / np.exp(np.clip(Z, -500, 500)).sum(axis=1, keepdims=True),
)
softmax_rows.also(
    lambda Z: np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)),
    lambda Z: 1 / np.exp(np.minimum(Z[:, None, :] - Z[:, :, None], 700)).sum(axis=2),
)


@softmax_rows.also
def _(Z):
    P = np.empty(Z.shape)
    for i, z in enumerate(Z):
        e = np.exp(z - max(z))
        P[i] = e / sum(e)
    return P


@softmax_rows.also
def _(Z):
    E = np.exp((Z.T - Z.T.max(axis=0)).astype(np.float32))
    return (E / E.sum(axis=0)).T


@prediction(
    title="the cost before the first step",
    aim="All weights and biases are 0. What is the cross-entropy over the ten digits? Two decimals do.",
    shapes="a number",
    hints=(
        "Which logits does this network give, and so which probabilities?",
        "All ten classes get the probability 0.1, whatever the image shows.",
        "The cost of every image is -log 0.1, with the natural logarithm.",
    ),
    why="A first loss far from 2.30 tells of a bug before any training: it costs one line to look.",
    atol=0.006,
)
def predict_start_loss():
    p = 1 / 10  # ten equal logits
    return -np.log(p)


predict_start_loss.mistake("A cost of 0 means: sure, and right. This network knows nothing yet.", 0)
predict_start_loss.mistake("That is the probability of each class. The cost is -log of it.", 0.1)
predict_start_loss.mistake("That is -log10 of 0.1. The natural logarithm is meant.", 1)
predict_start_loss.mistake("The mean goes over the images, not over the ten classes.", -np.log(0.1) / 10)
predict_start_loss.mistake("The minus sign is missing.", np.log(0.1))
predict_start_loss.mistake("That is the cost with two classes. Here there are ten.", -np.log(0.5))
predict_start_loss.mistake("That is in bits. The natural logarithm is meant.", -np.log2(0.1))
predict_start_loss.mistake("That is the share of mistakes. The cost is -log of the probability.", 0.9)

predict_start_loss.also(2.30, 2.3, np.log(10), np.float32(2.3026))


def _probabilities(rng: np.random.Generator, m: int, K: int) -> np.ndarray:
    P = rng.uniform(0.05, 1, size=(m, K))
    return P / P.sum(axis=1, keepdims=True)


@exercise(
    title="cross-entropy from labels",
    aim="Give the mean of -log p, where p is the probability that each row gives to its true label.",
    shapes="P (m, K), labels (m,) integers -> a number",
    hints=(
        "One row by hand: probability 0.25 at the true label costs -log 0.25 = 1.386.",
        "P[np.arange(m), labels] picks one element from every row.",
        "Take -np.log of the picked probabilities, then the mean over the m rows.",
    ),
    why="One look-up per image replaces a one-hot table of zeros: the same cost, a tenth of the work.",
    inputs=lambda: [
        (np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3]]), np.array([0, 2])),
        (np.array([[0.25, 0.75]]), np.array([1])),
        (_probabilities(np.random.default_rng(10), 3, 3), np.array([2, 2, 0])),
        (_probabilities(np.random.default_rng(11), 7, 10), np.array([9, 0, 3, 3, 5, 1, 8], dtype=np.uint8)),
        (np.array([[1.0, 1e-30], [1e-30, 1.0], [0.5, 0.5]]), np.array([1, 1, 0])),  # sure, and wrong
    ],
)
def cross_entropy_from_labels(P, labels):
    p = P[np.arange(len(labels)), labels]  # (m,), the probability of the true class
    return -np.log(p).mean()


cross_entropy_from_labels.mistake(
    "The sum is there, the mean is missing: forgot 1/m.", lambda P, labels: -np.log(P[np.arange(len(P)), labels]).sum()
)
cross_entropy_from_labels.mistake(
    "The minus sign is missing: a cost is not negative.", lambda P, labels: np.log(P[np.arange(len(P)), labels]).mean()
)
cross_entropy_from_labels.mistake(
    "The mean is taken over the classes too. Divide by the m examples only.",
    lambda P, labels: -np.log(P[np.arange(len(P)), labels]).sum() / P.size,
)
cross_entropy_from_labels.mistake(
    "P[:, labels] picks these columns from every row: (m, m). Name the row too: np.arange(m).",
    lambda P, labels: -np.log(P[:, labels]).mean(),
)
cross_entropy_from_labels.mistake(
    "The labels are not used: only the true class counts.", lambda P, labels: -np.log(P).mean()
)
cross_entropy_from_labels.mistake(
    "Labels are used like one-hot rows. They are places.",
    lambda P, labels: -(labels[:, None] * np.log(P)).sum(axis=1).mean(),
)
cross_entropy_from_labels.mistake(
    "The largest probability is taken, not that of the true label.", lambda P, labels: -np.log(P.max(axis=1)).mean()
)
cross_entropy_from_labels.mistake(
    "The logarithm is missing.", lambda P, labels: (1 - P[np.arange(len(P)), labels]).mean()
)
cross_entropy_from_labels.mistake(
    "First the logarithm of each, then the mean.", lambda P, labels: -np.log(P[np.arange(len(P)), labels].mean())
)
cross_entropy_from_labels.mistake(
    "log10 is another logarithm: use np.log.", lambda P, labels: -np.log10(P[np.arange(len(P)), labels]).mean()
)
cross_entropy_from_labels.mistake(
    "This is in bits. Use np.log.", lambda P, labels: -np.log2(P[np.arange(len(P)), labels]).mean()
)
cross_entropy_from_labels.mistake(
    "Clipping at 1e-7 caps the cost of a row at 16.1: a sure mistake then looks harmless.",
    lambda P, labels: -np.log(np.clip(P[np.arange(len(P)), labels], 1e-7, 1)).mean(),
)
cross_entropy_from_labels.mistake(
    "Adding 1e-7 changes every cost a little, and caps it at 16.1.",
    lambda P, labels: -np.log(P[np.arange(len(P)), labels] + 1e-7).mean(),
)
cross_entropy_from_labels.mistake(
    "One cost per row. The mean of them is asked for.", lambda P, labels: -np.log(P[np.arange(len(P)), labels])
)

cross_entropy_from_labels.also(
    lambda P, labels: -(np.eye(P.shape[1])[labels] * np.log(P)).sum() / len(P),
    lambda P, labels: -np.log(np.take_along_axis(P, labels[:, None].astype(int), axis=1)).mean(),
    lambda P, labels: -np.log(P.astype(np.float32)[np.arange(len(P)), labels]).mean(),
    lambda P, labels: np.mean(np.log(1 / P[np.arange(len(P)), labels])),
)


@cross_entropy_from_labels.also
def _(P, labels):
    cost = 0
    for row, label in zip(P, labels):
        cost -= np.log(row[label])
    return cost / len(labels)


@prediction(
    title="steps",
    aim="60,000 images, mini-batches of 32, 5 epochs: how many steps does training take?",
    shapes="a whole number",
    hints=(
        "A step is one update of the weights; it uses one mini-batch.",
        "An epoch uses every image once. How many batches of 32 is that?",
        "60,000 / 32 steps in an epoch, times 5 epochs.",
    ),
    why="Steps, not epochs, move the weights: a smaller batch takes more of them from the same data.",
)
def count_steps():
    per_epoch = 60_000 // 32
    return 5 * per_epoch


count_steps.mistake("That is one epoch. There are five.", 60_000 // 32)
count_steps.mistake("That counts images. A step uses 32 of them.", 5 * 60_000)
count_steps.mistake("The size of the batch is not used: a step takes 32 images.", 60_000 // 5)
count_steps.mistake("That counts the images in five steps. An epoch goes through all 60,000.", 5 * 32)
count_steps.mistake("These are the epochs. Each has many steps.", 5)
count_steps.mistake("Five epochs take more steps than one, not fewer: multiply by 5.", 60_000 // (5 * 32))
count_steps.mistake("Larger batches take fewer steps, not more: divide by 32.", 5 * 32 * 60_000)

count_steps.also(9375, 9375.0, 5 * 60_000 / 32, np.int64(9375))


@prediction(
    title="a batch size that does not divide",
    aim="60,000 images, mini-batches of 64: how many steps does one epoch take, with every image used once?",
    shapes="a whole number",
    hints=(
        "60,000 / 64 is 937.5. What happens to the half?",
        "The images that are left over make a last, smaller batch.",
        "Round up.",
    ),
    why="Dropping the last small batch means that some images are never seen in this epoch.",
)
def count_steps_uneven():
    return -(-60_000 // 64)  # rounded up


count_steps_uneven.mistake("Rounded down: the last 32 images are left out. They make a smaller batch.", 60_000 // 64)
count_steps_uneven.mistake("There is no half step. The last batch is smaller, and it is a step.", 60_000 / 64)
count_steps_uneven.mistake("That counts images. A step uses 64 of them.", 60_000)
count_steps_uneven.mistake("That is the size of the last batch.", 60_000 % 64)
count_steps_uneven.mistake("That is the size of a batch. How many batches are there?", 64)
count_steps_uneven.mistake("That is for batches of 32. Here they hold 64.", 60_000 // 32)

count_steps_uneven.also(938, 938.0, int(np.ceil(60_000 / 64)), len(range(0, 60_000, 64)))


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


@exercise(
    title="the gradient of the kernel",
    aim="Give the slope of the mean cross-entropy with respect to every weight of Z = X @ W + b.",
    shapes="X (m, n), P (m, K) probabilities, Y (m, K) one-hot -> dW (n, K)",
    hints=(
        "Through softmax and cross-entropy together the slope at the logits is as simple as P - Y.",
        "The cost is a mean over m examples, so each row carries 1/m.",
        "dZ = (P - Y) / len(X) has the shape (m, K). X.T @ dZ has that of the kernel: (n, K).",
    ),
    why="Prediction minus target, times the input: the same rule trained the single neuron.",
    inputs=_gradient_inputs,
)
def softmax_gradient(X, P, Y):
    dZ = (P - Y) / len(X)  # (m, K)
    return X.T @ dZ  # (n, m) @ (m, K) -> (n, K)


softmax_gradient.mistake(
    "Forgot 1/m: the cost is a mean, so its gradient is divided by len(X).", lambda X, P, Y: X.T @ (P - Y)
)
softmax_gradient.mistake(
    "The sign is flipped: P - Y. With Y - P a step goes uphill.", lambda X, P, Y: X.T @ (Y - P) / len(X)
)
softmax_gradient.mistake(
    "The mean is over the classes. It goes over the examples: len(X).", lambda X, P, Y: X.T @ (P - Y) / P.shape[1]
)
softmax_gradient.mistake(
    "Divided by m * K. The cost is a mean over the m examples only.", lambda X, P, Y: X.T @ (P - Y) / P.size
)
softmax_gradient.mistake(
    "Divided by the number of inputs. The mean is over len(X) examples.", lambda X, P, Y: X.T @ (P - Y) / X.shape[1]
)
softmax_gradient.mistake(
    "The result is transposed: the kernel has the shape (n, K).", lambda X, P, Y: (P - Y).T @ X / len(X)
)
softmax_gradient.mistake("The target is missing: P - Y is the error.", lambda X, P, Y: X.T @ P / len(X))
softmax_gradient.mistake(
    "P * (1 - P) cancels: with cross-entropy only P - Y is left.",
    lambda X, P, Y: X.T @ ((P - Y) * P * (1 - P)) / len(X),
)
softmax_gradient.mistake(
    "This is the gradient of the bias. The kernel's is X.T @ (P - Y) / m.", lambda X, P, Y: (P - Y).mean(axis=0)
)
softmax_gradient.mistake("The factor 2 belongs to the squared error.", lambda X, P, Y: X.T @ (P - Y) / len(X) * 2)
softmax_gradient.mistake(
    "This is the slope at P. The softmax lies in between.", lambda X, P, Y: X.T @ (-Y / np.maximum(P, 1e-12)) / len(X)
)
softmax_gradient.mistake(
    "This is a whole step. Only the gradient is asked for.", lambda X, P, Y: -X.T @ (P - Y) / len(X) * 0.01
)

softmax_gradient.also(
    lambda X, P, Y: np.einsum("mn,mk->nk", X, P - Y) / len(X),
    lambda X, P, Y: ((P - Y).T @ X).T / X.shape[0],
    lambda X, P, Y: X.T.astype(np.float32) @ ((P - Y) / len(X)).astype(np.float32),
    lambda X, P, Y: (X[:, :, None] * (P - Y)[:, None, :]).mean(axis=0),
    lambda X, P, Y: X.T @ P / len(P) - X.T @ Y / len(Y),
)


@softmax_gradient.also
def _(X, P, Y):
    dW = np.zeros((X.shape[1], P.shape[1]))
    for x, p, y in zip(X, P, Y):
        dW += np.outer(x, p - y) / len(X)
    return dW


@prediction(
    title="the middle of the 0",
    aim="In the picture of the 0, weights above 0 are red, below 0 blue, 0 white. Which colour has the middle?",
    shapes='a colour: "red", "blue" or "white"',
    hints=(
        "Where does a written 0 have ink, and where has it none?",
        "Most digits cross the middle, a 0 goes around it. For which answer does ink in the middle speak?",
        "Ink there speaks against a 0, so the weight is below 0.",
    ),
    why="The class that has no ink at a pixel is the one that a negative weight there protects.",
)
def predict_zero_middle():
    ink_speaks_for_a_zero = False  # a 0 goes around the middle
    return "red" if ink_speaks_for_a_zero else "blue"


predict_zero_middle.mistake("Red means: ink here speaks for a 0. A 0 has its ink around the middle, not in it.", "red")
predict_zero_middle.mistake(
    "White is a weight that nothing has moved. Other digits have ink there, so it is moved.", "white"
)
predict_zero_middle.mistake("Black is ink in an image. This is a picture of weights: red, blue or white.", "black")
predict_zero_middle.mistake("The sign is right; the colour of such a weight is asked for.", -1)
predict_zero_middle.mistake(
    "A weight of 0 would be white, and its colour is asked for. Other digits have ink there.", 0
)

predict_zero_middle.also("blue", "Blue", " BLUE ")


@prediction(
    title="a pixel without ink",
    aim="The corner pixel is 0 in all training images, and its ten weights start at 0. What are they at the last step?",
    shapes="a number",
    hints=(
        "What does one step subtract from a weight?",
        "The gradient of a weight is its pixel times (p - y), averaged over the batch.",
        "The pixel is 0, so every step subtracts 0.",
    ),
    why="A weight learns only from inputs that are not 0: what never occurs is never learned.",
)
def predict_corner_weight():
    return 0  # each step subtracts 0.01 * pixel * (p - y), and the pixel is 0


predict_corner_weight.mistake("That would be one step for a pixel of 1. This pixel is 0.", -0.01)
predict_corner_weight.mistake("3,000 steps of 0.01 need a gradient of 1 each time. The pixel multiplies it by 0.", -30)
predict_corner_weight.mistake("That is each class's probability at the start. The weight is asked for.", 0.1)
predict_corner_weight.mistake("No image has ink there, so nothing speaks against any digit either.", -1)
predict_corner_weight.mistake("No image has ink there, so nothing speaks for any digit.", 1)

predict_corner_weight.also(0, 0.0, np.float32(0), -0.0)
