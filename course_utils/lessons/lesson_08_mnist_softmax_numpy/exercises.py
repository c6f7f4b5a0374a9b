"""Exercises of lesson 08: softmax, cross-entropy, its gradient, pictures of weights, and averages as neurons."""

import numpy as np

import course_utils as cu
from course_utils.exercises import exercise, open_exercise, prediction


@exercise(
    title="softmax, row by row",
    aim="Turn each row of logits into probabilities that add up to 1. It has to work for logits of 10,000, too.",
    shapes="Z (m, K) -> P (m, K)",
    hints=(
        "Take e to the power of each logit, and divide each row by its own sum.",
        "You may subtract the same number from a whole row, and nothing changes. Which number makes np.exp safe?",
        "E = np.exp(Z - Z.max(axis=1, keepdims=True)), and then E is divided by its sums along the same axis.",
    ),
    why="Each row is one image, so its ten probabilities must not depend on the other images of the batch.",
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
    "The whole array adds up to 1 here, and each row should. Sum along axis=1, with keepdims=True.",
    lambda Z: np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum(),
)
softmax_rows.mistake(
    "There is one sum for the whole array, so the rows do not add up to 1: sum along axis=1. And np.exp overflows.",
    lambda Z: np.exp(Z) / np.exp(Z).sum(),
)


@softmax_rows.mistake("The maximum is taken row by row, but the sum is not. Sum along axis=1 too, with keepdims=True.")
def _(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum()


softmax_rows.mistake(
    "With axis=0 each column adds up to 1. But the classes run along axis=1.",
    lambda Z: np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(axis=0),
)
softmax_rows.mistake(
    "np.exp overflows at large logits, and inf / inf is nan. Subtract the maximum of each row first.",
    lambda Z: np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True),
)
softmax_rows.mistake(
    "Without keepdims=True the sums have the shape (m,) and do not stand beside their rows. The division needs (m, 1).",
    lambda Z: np.exp(Z - Z.max(axis=1, keepdims=True)) / np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1),
)
softmax_rows.mistake(
    "Without keepdims=True the sums (m,) do not stand beside their rows. And large logits overflow in np.exp.",
    lambda Z: np.exp(Z) / np.exp(Z).sum(axis=1),
)
softmax_rows.mistake(
    "Without keepdims=True the maxima have the shape (m,) and do not stand beside their rows. The subtraction needs "
    "(m, 1).",
    lambda Z: np.exp(Z - Z.max(axis=1)) / np.exp(Z - Z.max(axis=1)).sum(axis=1, keepdims=True),
)
softmax_rows.mistake(
    "The maximum of the whole array is subtracted, so a row that lies far below it becomes 0 / 0. Take the maximum of "
    "each row.",
    lambda Z: np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum(axis=1, keepdims=True),
)
softmax_rows.mistake(
    "Dividing by the maximum changes the ratios of the probabilities. Subtract the maximum of each row instead.",
    lambda Z: (
        np.exp(Z / Z.max(axis=1, keepdims=True)) / np.exp(Z / Z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
    ),
)
softmax_rows.mistake(
    "The rows do not add up to 1 yet: divide each of them by its own sum.",
    lambda Z: np.exp(Z - Z.max(axis=1, keepdims=True)),
)
softmax_rows.mistake(
    "np.exp is missing. Logits may be negative, or add up to 0, so they cannot be divided by their sum.",
    lambda Z: Z / Z.sum(axis=1, keepdims=True),
)


@softmax_rows.mistake("The sign is turned around: here the largest logit gets the smallest probability.")
def _(Z):
    E = np.exp(Z.min(axis=1, keepdims=True) - Z)
    return E / E.sum(axis=1, keepdims=True)


softmax_rows.mistake(
    "This is the sigmoid of each logit on its own, so the rows do not add up to 1.", lambda Z: (1 + np.tanh(Z / 2)) / 2
)
softmax_rows.mistake(
    "This is the decision for the largest logit. The probabilities are asked for.",
    lambda Z: np.eye(Z.shape[1])[Z.argmax(axis=1)],
)


@softmax_rows.mistake("-= changes the caller's logits. Write Z = Z - …, which makes a new array.")
def _(Z):
    Z -= Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)


@softmax_rows.mistake(
    "np.zeros_like(Z) holds whole numbers where Z does, and so the decimals are cut off. Use np.zeros(Z.shape)."
)
def _(Z):
    P = np.zeros_like(Z)
    for i, z in enumerate(Z):
        e = np.exp(z - max(z))
        P[i] = e / sum(e)
    return P


softmax_rows.mistake(
    "Clipping changes the logits, and two that are cut alike become equal. Subtract the maximum of each row instead.",
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


@softmax_rows.payoff
def _(softmax):
    print(
        f"For the two logits 0 and 2 your softmax gives the second class {softmax(np.array([[0.0, 2.0]]))[0][1]:.4f}."
    )
    print(f"The sigmoid of lesson 01 gives {cu.sigmoid(2.0):.4f} for z = 2: with two classes they are the same.")


@prediction(
    title="the cost before the first step",
    aim="All weights and biases are 0, so no digit is preferred. What is the cost, the mean cross-entropy of the ten "
    "classes? Two decimals will do.",
    shapes="a number",
    hints=(
        "Which logits does this network give to every image, and so which probabilities?",
        "All ten classes get the probability 0.1, whatever the image shows.",
        "The loss of every image is −log 0.1, with the natural logarithm, and so is their mean.",
    ),
    why="It costs one line to look. With weights of 0, another first cost tells of a mistake before any training.",
    atol=0.006,
)
def predict_start_loss():
    p = 1 / 10  # ten equal logits
    return -np.log(p)


predict_start_loss.mistake(
    "A cost of 0 belongs to a network that is certain, and right. This one knows nothing yet.", 0
)
predict_start_loss.mistake("That is the probability of each class. The loss is −log of it.", 0.1)
predict_start_loss.mistake(
    "That is the number of classes. Each gets the probability 1/10, and the loss is −log of it.", 10
)
predict_start_loss.mistake("That is −log10 of 0.1. The natural logarithm is meant.", 1)
predict_start_loss.mistake("The mean is taken over the images, and not over the ten classes.", -np.log(0.1) / 10)
predict_start_loss.mistake("The minus sign is missing, and a cost is not negative.", np.log(0.1))
predict_start_loss.mistake("That is the cost with two classes. Here there are ten.", -np.log(0.5))
predict_start_loss.mistake("That is in bits. The natural logarithm is meant.", -np.log2(0.1))
predict_start_loss.mistake("That is the share of mistakes. The loss is −log of the probability of the true class.", 0.9)

predict_start_loss.also(2.30, 2.3, np.log(10), np.float32(2.3026))


def _probabilities(rng: np.random.Generator, m: int, K: int) -> np.ndarray:
    P = rng.uniform(0.05, 1, size=(m, K))
    return P / P.sum(axis=1, keepdims=True)


@exercise(
    title="cross-entropy from labels",
    aim="Give the cost: the mean of −log p, where p is the probability that each row gives to its true label.",
    shapes="P (m, K), labels (m,) integers -> a number",
    hints=(
        "Do one row by hand: a probability of 0.25 at the true label costs −log 0.25 = 1.386.",
        "P[np.arange(m), labels] picks one entry from every row.",
        "Take -np.log of what is picked, and then the mean over the m rows.",
    ),
    why="One look-up per image does what a table of zeros and ones did, and it takes one logarithm instead of ten.",
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
    "This is the sum over the examples, but the cost is their mean: divide by m.",
    lambda P, labels: -np.log(P[np.arange(len(P)), labels]).sum(),
)
cross_entropy_from_labels.mistake(
    "The minus sign is missing, and a cost is not negative.",
    lambda P, labels: np.log(P[np.arange(len(P)), labels]).mean(),
)
cross_entropy_from_labels.mistake(
    "The mean is taken over the classes, too. Divide by the number of examples only.",
    lambda P, labels: -np.log(P[np.arange(len(P)), labels]).sum() / P.size,
)
cross_entropy_from_labels.mistake(
    "P[:, labels] picks all of these columns from every row, which gives (m, m). Name the row too, with np.arange(m).",
    lambda P, labels: -np.log(P[:, labels]).mean(),
)
cross_entropy_from_labels.mistake(
    "The labels are not used, although only the true class counts.", lambda P, labels: -np.log(P).mean()
)
cross_entropy_from_labels.mistake(
    "The labels are used like one-hot rows, but they are places in the row.",
    lambda P, labels: -(labels[:, None] * np.log(P)).sum(axis=1).mean(),
)
cross_entropy_from_labels.mistake(
    "The largest probability is taken, and that of the true label is asked for.",
    lambda P, labels: -np.log(P.max(axis=1)).mean(),
)
cross_entropy_from_labels.mistake(
    "The logarithm is missing.", lambda P, labels: (1 - P[np.arange(len(P)), labels]).mean()
)
cross_entropy_from_labels.mistake(
    "The mean is taken too early. First comes the logarithm of each probability, then the mean.",
    lambda P, labels: -np.log(P[np.arange(len(P)), labels].mean()),
)
cross_entropy_from_labels.mistake(
    "log10 is another logarithm: use np.log.", lambda P, labels: -np.log10(P[np.arange(len(P)), labels]).mean()
)
cross_entropy_from_labels.mistake(
    "This is in bits. Use np.log, the natural logarithm.",
    lambda P, labels: -np.log2(P[np.arange(len(P)), labels]).mean(),
)
cross_entropy_from_labels.mistake(
    "Clipping at 1e-7 caps the loss of a row at 16.1, so that a mistake that was sure of itself looks harmless.",
    lambda P, labels: -np.log(np.clip(P[np.arange(len(P)), labels], 1e-7, 1)).mean(),
)
cross_entropy_from_labels.mistake(
    "Adding 1e-7 changes every loss a little, and caps it at 16.1.",
    lambda P, labels: -np.log(P[np.arange(len(P)), labels] + 1e-7).mean(),
)
cross_entropy_from_labels.mistake(
    "This is one loss for each row. The mean of them is asked for.",
    lambda P, labels: -np.log(P[np.arange(len(P)), labels]),
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
    title="the gradient of the weights",
    aim="Give the slope of the mean cross-entropy in every weight of Z = X @ W + b, when P = softmax(Z).",
    shapes="X (m, n), P (m, K) probabilities, Y (m, K) one-hot -> dW (n, K)",
    hints=(
        "In the logits the slope of each example's loss is its row of P − Y.",
        "The cost is the mean over m examples, so each row counts with the factor 1/m.",
        "dZ = (P - Y) / len(X) has the shape (m, K), and X.T @ dZ has that of the weights, (n, K).",
    ),
    why="Prediction minus target, times the input: the same rule trained the single neuron of lesson 04.",
    inputs=_gradient_inputs,
)
def softmax_gradient(X, P, Y):
    dZ = (P - Y) / len(X)  # (m, K)
    return X.T @ dZ  # (n, m) @ (m, K) -> (n, K)


softmax_gradient.mistake(
    "This is the sum over the examples, but the cost is their mean: divide by len(X).", lambda X, P, Y: X.T @ (P - Y)
)
softmax_gradient.mistake(
    "The sign is turned around. With Y − P a step leads uphill, so take P − Y.", lambda X, P, Y: X.T @ (Y - P) / len(X)
)
softmax_gradient.mistake(
    "It is divided by the number of classes. The mean goes over the examples, len(X).",
    lambda X, P, Y: X.T @ (P - Y) / P.shape[1],
)
softmax_gradient.mistake(
    "It is divided by m · K, but the cost is a mean over the m examples only.", lambda X, P, Y: X.T @ (P - Y) / P.size
)
softmax_gradient.mistake(
    "It is divided by the number of inputs. The mean goes over the examples, len(X).",
    lambda X, P, Y: X.T @ (P - Y) / X.shape[1],
)
softmax_gradient.mistake(
    "It is divided by a fixed 32, the size of the batches in the lesson. Batches have other sizes, too: use len(X).",
    lambda X, P, Y: X.T @ (P - Y) / 32,
)
softmax_gradient.mistake(
    "The result is transposed: the weights have the shape (n, K).", lambda X, P, Y: (P - Y).T @ X / len(X)
)
softmax_gradient.mistake("The target is missing: the error is P − Y.", lambda X, P, Y: X.T @ P / len(X))
softmax_gradient.mistake(
    "P (1 − P) does not belong here. With the cross-entropy only P − Y is left.",
    lambda X, P, Y: X.T @ ((P - Y) * P * (1 - P)) / len(X),
)
softmax_gradient.mistake(
    "This is the gradient of the biases. Those of the weights are X.T @ (P - Y) / m.",
    lambda X, P, Y: (P - Y).mean(axis=0),
)
softmax_gradient.mistake("The factor 2 belongs to the squared error.", lambda X, P, Y: X.T @ (P - Y) / len(X) * 2)
softmax_gradient.mistake(
    "This is made with the slope in P. But the softmax lies between P and the logits.",
    lambda X, P, Y: X.T @ (-Y / np.maximum(P, 1e-12)) / len(X),
)
softmax_gradient.mistake(
    "This is a whole step, with its rate and its sign. Only the gradient is asked for.",
    lambda X, P, Y: -X.T @ (P - Y) / len(X) * 0.01,
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


@softmax_gradient.payoff
def _(gradient):
    (images, digits), _ = cu.load_mnist("digits")
    X, labels = images[:3].reshape(-1, 784) / 255, digits[:3]  # (3, 784), (3,)
    W = np.random.default_rng(7).normal(scale=0.1, size=(784, 10))

    def cost(W):
        Z = X @ W  # (3, 784) @ (784, 10) -> (3, 10)
        return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(3), labels])

    dW = gradient(X, cu.softmax(X @ W), np.eye(10)[labels])  # (784, 10)
    check = cu.gradient_check(cost, dW, W)
    print(
        f"A gradient check of your function, with three digits: {2 * W.size:,} forward passes for {W.size:,} weights."
    )
    print(f"It has {'passed' if check.passed else 'failed'}, with a relative error of {check.error:.0e}.")


@prediction(
    title="the middle of the 0",
    aim="The weights of the 0 are drawn as a picture: red above 0, blue below 0, white for 0. Which colour has the "
    "middle?",
    shapes='a colour: "red", "blue" or "white"',
    hints=(
        "Where does a written 0 have ink, and where has it none?",
        "Most digits cross the middle, and a 0 goes around it. For which answer does ink in the middle speak?",
        "Ink there speaks against a 0, so the weights are below 0.",
    ),
    why="Where a digit has no ink, a negative weight lets the ink of others speak against it.",
)
def predict_zero_middle():
    ink_speaks_for_a_zero = False  # a 0 goes around the middle
    return "red" if ink_speaks_for_a_zero else "blue"


predict_zero_middle.mistake("Red means that ink here speaks for a 0. But a 0 has its ink around the middle.", "red")
predict_zero_middle.mistake(
    "White is a weight that nothing has moved. Other digits have ink there, so it is moved.", "white"
)
predict_zero_middle.mistake(
    "Black is ink in an image. This is a picture of weights, so it is red, blue or white.", "black"
)
predict_zero_middle.mistake(
    "Grey is weak ink in an image. This is a picture of weights, so it is red, blue or white.", "grey"
)
predict_zero_middle.mistake("The sign is right. The colour of such a weight is asked for.", -1)
predict_zero_middle.mistake(
    "A weight of 0 would be white. But other digits have ink there, and a colour is asked for.", 0
)

predict_zero_middle.also("blue", "Blue", " BLUE ")


@prediction(
    title="a pixel without ink",
    aim="The pixel in the corner is 0 in all training images, and its ten weights start at 0. What is each of "
    "them after the last step?",
    shapes="a number",
    hints=(
        "What does one step subtract from a weight?",
        "The gradient of a weight is its pixel times p − y, averaged over the batch.",
        "The pixel is 0 in every image, so every step subtracts 0.",
    ),
    why="A weight learns only from inputs that are not 0, so what never occurs is never learned.",
)
def predict_corner_weight():
    return 0  # each step subtracts the rate times the pixel times p − y, and the pixel is 0


predict_corner_weight.mistake("That would be one step for a pixel of 1 and an error of 1. This pixel is 0.", -0.1)
predict_corner_weight.mistake(
    "So many steps of 0.1 would need a gradient of 1 each time. The pixel multiplies it by 0.", -937.5
)
predict_corner_weight.mistake("That is each class's probability at the start. The weights are asked for.", 0.1)
predict_corner_weight.mistake("No image has ink there, so nothing speaks against any digit, either.", -1)
predict_corner_weight.mistake("No image has ink there, so nothing speaks for any digit.", 1)

predict_corner_weight.also(0, 0.0, np.float32(0), -0.0)


def _some_means() -> list[tuple]:
    rng = np.random.default_rng(15)
    return [
        (np.array([[1.0, 2.0], [3.0, 0.0], [0.0, -1.0]]),),
        (np.array([[2.0]]),),
        (np.array([[1, 2, 3], [4, 0, 1], [0, 5, 2]]),),
        (rng.uniform(size=(10, 16)),),
        (rng.normal(size=(2, 7)),),
    ]


@exercise(
    title="averages as neurons",
    aim="Find weights and biases of K neurons that decide as the nearest average does, without any training. For each "
    "example x, the logit of class k in X @ W + b shall be the squared length of x minus the squared distance between "
    "x and the average of class k.",
    shapes="means (K, n), the average of each class -> W (n, K), b (K,)",
    hints=(
        "Write the squared distance of one pixel out: (x − μ)² = x² − 2xμ + μ². Which of the three parts is the same "
        "for all classes?",
        "The squared length of x, minus the squared distance, leaves 2 x · μ − μ · μ. Which part is multiplied by x?",
        "The weights of class k are 2 times its average, and its bias is minus the sum of the squares of its average.",
    ),
    why="The nearest average is one of the networks that training can choose from, and nobody has trained it.",
    inputs=_some_means,
    results=("W", "b"),
)
def average_neurons(means):
    W = 2 * means.T  # (n, K)
    b = -(means**2).sum(axis=1)  # (K,)
    return W, b


average_neurons.mistake(
    "W is half as large as it should be: (x − μ)² contains 2xμ.", lambda means: (means.T, -(means**2).sum(axis=1))
)
average_neurons.mistake(
    "These neurons decide alike, but all their logits are half of what the card asks for. Take W and b twice.",
    lambda means: (means.T, -(means**2).sum(axis=1) / 2),
)
average_neurons.mistake(
    "The sign of b is turned around: of two averages that fit equally well to X @ W, the longer one is farther away.",
    lambda means: (2 * means.T, (means**2).sum(axis=1)),
)
average_neurons.mistake(
    "The averages themselves are added up for b. Add up their squares.",
    lambda means: (2 * means.T, -means.sum(axis=1)),
)
average_neurons.mistake(
    "b is half of what it should be. With 2xμ in the weights, the whole μ² stays for the bias.",
    lambda means: (2 * means.T, -(means**2).sum(axis=1) / 2),
)
average_neurons.mistake(
    "b is the mean of the squares, and a distance adds them up.",
    lambda means: (2 * means.T, -(means**2).mean(axis=1)),
)
average_neurons.mistake(
    "The biases are missing. Without them a long average wins too often, whatever the image.",
    lambda means: (2 * means.T, np.zeros(len(means))),
)
average_neurons.mistake(
    "b has the length of each average in place of its square: leave the root out.",
    lambda means: (2 * means.T, -np.sqrt((means**2).sum(axis=1))),
)
average_neurons.mistake(
    "Both signs are turned around: so the farthest average gets the largest logit.",
    lambda means: (-2 * means.T, (means**2).sum(axis=1)),
)
average_neurons.mistake(
    "The weights have a column for each class, (n, K): turn the averages with .T.",
    lambda means: (2 * means, -(means**2).sum(axis=1)),
)
average_neurons.also(
    lambda means: (2 * means.T, -np.einsum("kn,kn->k", means, means)),
    lambda means: (2.0 * np.transpose(means), -np.diag(means @ means.T)),
    lambda means: ((means + means).T, -(np.linalg.norm(means, axis=1) ** 2)),
)


@average_neurons.payoff
def _(neurons):
    (images, digits), (test_images, test_digits) = cu.load_mnist("digits")
    X, X_test = images.reshape(-1, 784) / 255, test_images.reshape(-1, 784) / 255
    means = np.stack([X[digits == k].mean(axis=0) for k in range(10)])  # (10, 784)
    W, b = neurons(means)
    right = np.sum((X_test @ W + b).argmax(axis=1) == test_digits)
    print(f"Your ten neurons read {right} of the {len(X_test)} embedded test digits, and no step has been taken.")


pictures_cancel = open_exercise(
    "pictures_cancel",
    title="ten pictures that cancel each other",
    task="Add the ten trained pictures of weights, pixel by pixel: `W.sum(axis=1)`. The result is 0, up to rounding. "
    "Prove that it must be so after every step, if all weights start at 0. Then show that the same network can be "
    "written with other weights: if you add any numbers v, one for each pixel, to all ten pictures, no probability "
    "changes. What do the two facts together say about the lowest place of the cost?",
    answer="Look at the gradient of one pixel j: for class k it is the mean over the examples of x_j (p_k − y_k). Add "
    "the ten of them. The probabilities of an example add up to 1, and so do the entries of its one-hot row, so the "
    "sum of p_k − y_k is 1 − 1 = 0 for each example. The ten slopes of a pixel therefore add up to 0, and a step takes "
    "away a rate times 0. A sum that was 0 at the start stays 0.\n\n"
    "If v is added to the picture of every class, each of the ten logits of an image x rises by the same number x · v. "
    "Softmax only sees differences of logits, so no probability and no loss changes.\n\n"
    "So the lowest place, if there is one, is not a single point. From any place one may walk in 784 directions and "
    "stay at the same height, so the valley has a flat floor. Of all the ways to write one and the same network, "
    "descent from 0 keeps the one in which the pictures cancel. In other words, ten neurons are one more than is "
    "needed. With two classes this is why lesson 04 could do with a single neuron: its weights are the difference of "
    "the two pictures.",
    effort="hard",
    hints=(
        "What is the sum of p_k − y_k over the ten classes, for one example?",
        "By how much do the ten logits of one image change when v is added to all pictures?",
    ),
)


let_it_refuse = open_exercise(
    "let_it_refuse",
    title="a network that may refuse",
    task="The network reads digits on cheques. A digit that is read wrongly costs 50, and one that is handed to a "
    "clerk costs 1. The network hands a digit over when its largest probability lies below a threshold. Which "
    "threshold is right, if its probabilities can be trusted? "
    "Then measure: with `P_test` compute what the test images cost for several such thresholds. Is the best one near "
    "yours? And why may you not choose the threshold by what these test images cost?",
    answer="If the largest probability is p, reading costs 50 (1 − p) on the average, and handing over costs 1. The "
    "two are equal at p = 0.98, so hand over below 0.98.\n\n"
    "With `top = P_test.max(axis=1)` and `wrong = P_test.argmax(axis=1) != y_test`, the cost at a threshold t is "
    "`50 * np.sum(wrong & (top >= t)) + np.sum(top < t)`. On the full set it is about 39,000 when nothing is handed "
    "over, 7,100 at 0.9, 6,000 at 0.97, 6,300 at 0.98 and 7,500 at 0.995. The best is near 0.98, so the "
    "probabilities are not far from honest. It has a price: at 0.98 about half of all digits go to the clerk, and "
    "some 20 are still read wrongly. (Of the 360 embedded test digits only 10 are wrong, which is too few for a "
    "careful table.)\n\n"
    "Whoever chooses the threshold by the test images has used the test set for a decision, "
    "and the cost that they show there is a little too low. The choice belongs to other images, kept aside from "
    "training for it; lesson 10 does so.",
    effort="project",
    hints=(
        "Compare what it costs on the average to read a digit of which the network is p sure with the 1 of the clerk.",
        "A digit costs 50 where it is wrong and not handed over, and 1 where it is handed over.",
    ),
)
