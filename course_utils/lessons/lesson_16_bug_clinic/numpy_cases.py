"""The patients of lesson 16 that are written in NumPy, or with `cu.Sequential`."""

import numpy as np

from course_utils.lessons.lesson_16_bug_clinic.materials import corner, digits
from course_utils.patients import Case
from course_utils.patients.examination import Examination
from course_utils.patients.readings import outputs, random_labels, steps

BAR = 0.78  # right on new images; a healthy program has more on either source of digits
BAR_OF_FEW = 0.6  # with 160 originals


def too_few(case: Examination, bar: float = BAR) -> str:
    """Say so where too few new images are right."""
    if case.score >= bar:
        return ""
    return f"Of the new images only {case.score:.3f} are right, and {bar} are asked for."


def rows_off(case: Examination) -> str:
    """Say so where rows of probabilities do not add up to 1."""
    total = outputs(case).values["sum"]
    if abs(total - 1) < 1e-3:
        return too_few(case)
    return f"A row of its probabilities adds up to {total:.3f} in a batch."


def still_leaks(case: Examination) -> str:
    """Say so where the program still knows labels that were drawn by lot."""
    reported = random_labels(case).values["reported"]
    if reported is None:
        return "It has to set some images aside, or there is nothing to report."
    if reported > 0.25:
        return f"With labels by lot it still reports {reported:.3f}, where 0.10 is honest."
    if shared := rows_on_both_sides(case):
        return f"Of the rows that it sets aside, {shared} are copies of images that it is trained on."
    return too_few(case, BAR_OF_FEW)


def rows_on_both_sides(case: Examination) -> int:
    """Count the validation rows whose original is trained on as well.

    Labels by lot find a leak only if the training learns its rows by heart. Here each image gets its own number as
    its label, so that the labels of the rows tell where they come from.
    """
    try:
        _, y, validation = case.prepare(np.arange(len(case.material.images)))
    except Exception:  # a pipeline may need ten classes, for targets of one column each
        return 0
    return 0 if validation is None else int(np.isin(validation[1], y).sum())


def nine_points(case: Examination) -> str:
    """Say so where one of the nine points is wrong, or the output does not have the shape of the targets."""
    X, y, _ = case.data
    shape = case.outputs(case.trained[0], X)[-1].shape
    if shape != y.shape:
        return f"Its output is {shape}, and the targets are {y.shape}."
    right = round(case.score * len(y))
    return "" if right == len(y) else f"Of the nine points {right} are right."


def still_growing(case: Examination) -> str:
    """Say so where each step on one and the same batch is longer than the one before."""
    moved = steps(case).values["W1"]
    if moved[1] > 1.3 * moved[0]:
        return "Of two steps on one and the same batch, the second is still much longer than the first."
    return too_few(case)


DIGIT_NETWORK = """
def network():
    hidden = cu.Dense(64, "relu", kernel_initializer="he_normal")
    output = cu.Dense(10, "softmax", kernel_initializer="he_normal")
    model = cu.Sequential([cu.Input(784), hidden, output], rng=0)
    model.compile(cu.SGD(0.1), "sparse_categorical_crossentropy")
    return model


def train(model, X, y, validation=None, epochs=10):
    log = model.fit(X, y, batch_size=100, epochs=epochs, validation_data=validation, verbose=0)
    return log.history
"""

PREDICT_SCALED = """

def predict(model, images):
    return model.predict(images.reshape(-1, 784) / 255)
"""

HEAD = """
import numpy as np

import course_utils as cu

"""

CORNER_COST = """

def cost(weights, X, y):
    A = forward(weights, X)[-1]
    return -np.log(np.abs(1 - y - A)).mean()  # of the probability of the right answer


def slopes(weights, X, y):
    found = []
    for i, part in enumerate(weights):
        def cost_at(changed, i=i):
            return cost(weights[:i] + [changed] + weights[i + 1:], X, y)

        found.append(cu.numerical_gradient(cost_at, part))
    return found
"""

HEALTHY = Case(
    cause="",
    complaint="I am well, thank you. Measure me, so that you know what a healthy network looks like.",
    program=HEAD
    + """
def data(images, labels):
    X = images.reshape(-1, 784) / 255
    return (X[:1200], labels[:1200]), (X[1200:], labels[1200:])

"""
    + DIGIT_NETWORK
    + PREDICT_SCALED,
    fault="",
    repair="",
    telling=(),
    why="",
    material=digits,
    still_sick=too_few,
)

AXIS = Case(
    cause="axis",
    complaint=(
        "My softmax regression gets most digits right, so it does learn. But I cannot make sense of the loss that it "
        "prints, and another batch size changes everything."
    ),
    program=HEAD
    + """
def data(images, labels):
    X = images.reshape(-1, 784) / 255
    Y = np.eye(10)[labels]
    return (X[:1200], Y[:1200]), (X[1200:], Y[1200:])


def network():
    return [0.01 * np.random.default_rng(0).normal(size=(784, 10))]


def forward(weights, X):
    E = np.exp(X @ weights[0])
    return E / E.sum()


def train(weights, X, Y, validation=None, epochs=10):
    rng = np.random.default_rng(0)
    losses = []
    for _ in range(epochs):
        costs = []
        for x, t in cu.minibatches(X, Y, 100, rng=rng):
            P = forward(weights, x)
            costs.append(-np.log(P[t == 1]).mean())
            weights[0] -= 0.1 * x.T @ (P - t) / len(x)
        losses.append(np.mean(costs))
    return {"loss": losses}


def predict(weights, images):
    return forward(weights, images.reshape(-1, 784) / 255)
""",
    fault="    return E / E.sum()\n",
    repair="    return E / E.sum(axis=1, keepdims=True)\n",
    telling=("first_loss", "outputs"),
    why=(
        "Without an axis the sum runs over the whole batch, so that a hundred images share one certainty. "
        "The order of the ten numbers of a row is not touched by that, which is why the accuracy gives no alarm."
    ),
    material=digits,
    still_sick=rows_off,
)

PAIRS = Case(
    cause="pairs",
    complaint=(
        "On the training images the loss comes down, slowly. On all others my network is no better than a guess, "
        "however long I train it."
    ),
    program=HEAD
    + """
def data(images, labels):
    rng = np.random.default_rng(0)
    X = rng.permutation(images.reshape(-1, 784) / 255)
    y = rng.permutation(labels)
    return (X[:1200], y[:1200]), (X[1200:], y[1200:])

"""
    + DIGIT_NETWORK
    + PREDICT_SCALED,
    fault="""    X = rng.permutation(images.reshape(-1, 784) / 255)
    y = rng.permutation(labels)
""",
    repair="""    order = rng.permutation(len(images))
    X = images[order].reshape(-1, 784) / 255
    y = labels[order]
""",
    telling=("batches", "curves"),
    why=(
        "Images and labels were shuffled by two different orders. The network learns what it is told, image by image, "
        "and nothing of that holds for another image."
    ),
    material=digits,
    still_sick=too_few,
)

SCALE = Case(
    cause="scale",
    complaint="The loss is enormous in the first epoch, falls to 2.3 at once, and stays there for ever.",
    program=HEAD
    + """
def inputs(images):
    return images.reshape(-1, 784)


def data(images, labels):
    X = inputs(images)
    return (X[:1200], labels[:1200]), (X[1200:], labels[1200:])

"""
    + DIGIT_NETWORK.replace("SGD(0.1)", "SGD(0.05)").replace("epochs=10", "epochs=15")
    + """

def predict(model, images):
    return model.predict(inputs(images))
""",
    fault="    return images.reshape(-1, 784)\n",
    repair="    return images.reshape(-1, 784) / 255\n",
    telling=("batches", "outputs"),
    why=(
        "Pixels up to 255 make the first steps so long that hardly a ReLU ever fires again, and a silent unit passes "
        "no gradient. The output biases are all that still learns."
    ),
    material=digits,
    still_sick=too_few,
)

LEAK = Case(
    cause="leak",
    complaint=(
        "I have few labelled images, and I made the most of them. The validation accuracy is nearly perfect, and yet "
        "my users complain."
    ),
    program=HEAD
    + """
def data(images, labels):
    rng = np.random.default_rng(0)
    X = np.repeat(images[:200].reshape(-1, 784) / 255, 5, axis=0)
    X = X + 0.1 * rng.normal(size=X.shape)
    y = np.repeat(labels[:200], 5)
    order = rng.permutation(len(X))
    X, y = X[order], y[order]
    return (X[:800], y[:800]), (X[800:], y[800:])

"""
    + DIGIT_NETWORK.replace("batch_size=100, epochs=epochs", "batch_size=20, epochs=epochs").replace(
        "epochs=10", "epochs=20"
    )
    + PREDICT_SCALED,
    fault="""    order = rng.permutation(len(X))
    X, y = X[order], y[order]
""",
    repair="",
    telling=("random_labels", "curves"),
    why=(
        "Copies of one image stood on both sides of the split, so the validation asked for what had been learned by "
        "heart. Split the originals first, and all copies of an image stay on one side."
    ),
    material=digits,
    still_sick=still_leaks,
)

BROADCASTING = Case(
    cause="broadcasting",
    complaint=(
        "Nine points, four of them in a corner, and two hidden units: two lines cut a corner off. The same program "
        "learned XOR. Here one point of nine stays wrong, from whatever start."
    ),
    program=HEAD
    + """
def data(points, targets):
    return (points, targets), None


def network():
    rng = np.random.default_rng(0)
    return [rng.normal(size=(2, 1)), rng.normal(size=2), rng.normal(size=(2, 1)), rng.normal(size=2)]


def forward(weights, X):
    W1, b1, W2, b2 = weights
    H = cu.sigmoid(X @ W1 + b1)
    A = cu.sigmoid(H @ W2 + b2)
    return H, A
"""
    + CORNER_COST
    + """

def train(weights, X, y, validation=None, epochs=300):
    costs = []
    for _ in range(epochs):
        costs.append(cost(weights, X, y))
        for part, slope in zip(weights, slopes(weights, X, y), strict=True):
            part -= 3 * slope
    return {"loss": costs}


def predict(weights, points):
    return forward(weights, points)[-1]
""",
    fault="[rng.normal(size=(2, 1)), rng.normal(size=2), rng.normal(size=(2, 1)), rng.normal(size=2)]",
    repair="[rng.normal(size=(2, 2)), rng.normal(size=2), rng.normal(size=(2, 1)), rng.normal(size=1)]",
    telling=("shapes",),
    why=(
        "A column (9, 1) plus two biases (2,) is stretched to (9, 2): two hidden units with one weight vector between "
        "them, whose lines can only be parallel. A published program learned XOR by this accident, down to a cost of "
        "0.042, because two parallel lines are enough for XOR. A corner needs two that cross."
    ),
    material=corner,
    still_sick=nine_points,
)

GRADIENTS = Case(
    cause="gradients",
    complaint="The loss comes down quickly at first. Then it goes up and down for ever, and is small nowhere.",
    program=HEAD
    + """
def data(images, labels):
    X = images.reshape(-1, 784) / 255
    Y = np.eye(10)[labels]
    return (X[:1200], Y[:1200]), (X[1200:], Y[1200:])


def network():
    return [0.01 * np.random.default_rng(0).normal(size=(784, 10)), np.zeros(10)]


def forward(weights, X):
    W, b = weights
    return cu.softmax(X @ W + b)


def train(weights, X, Y, validation=None, epochs=10):
    rng = np.random.default_rng(0)
    W, b = weights
    dW, db = np.zeros_like(W), np.zeros_like(b)
    losses = []
    for _ in range(epochs):
        costs = []
        for x, t in cu.minibatches(X, Y, 100, rng=rng):
            P = forward(weights, x)
            costs.append(-np.log(P[t == 1]).mean())
            dW += x.T @ (P - t) / len(x)
            db += (P - t).mean(axis=0)
            W -= 0.4 * dW
            b -= 0.4 * db
        losses.append(np.mean(costs))
    return {"loss": losses}


def predict(weights, images):
    return forward(weights, images.reshape(-1, 784) / 255)
""",
    fault="""            dW += x.T @ (P - t) / len(x)
            db += (P - t).mean(axis=0)
""",
    repair="""            dW = x.T @ (P - t) / len(x)
            db = (P - t).mean(axis=0)
""",
    telling=("steps", "curves"),
    why=(
        "The gradients of all steps so far are added up, so each step repeats all those before it. The network gathers "
        "speed like a ball without friction, and rolls through every valley."
    ),
    material=digits,
    still_sick=still_growing,
)

START = Case(
    cause="start",
    complaint="Nothing happens. The loss is 2.30 in the first epoch and 2.30 in the last.",
    program=HEAD
    + """
def data(images, labels):
    X = images.reshape(-1, 784) / 255
    return (X[:1200], labels[:1200]), (X[1200:], labels[1200:])

"""
    + DIGIT_NETWORK.replace("he_normal", "zeros")
    + PREDICT_SCALED,
    fault="""    hidden = cu.Dense(64, "relu", kernel_initializer="zeros")
    output = cu.Dense(10, "softmax", kernel_initializer="zeros")
""",
    repair="""    hidden = cu.Dense(64, "relu", kernel_initializer="he_normal")
    output = cu.Dense(10, "softmax", kernel_initializer="he_normal")
""",
    telling=("first_loss", "one_batch", "steps"),
    why=(
        "Zero weights give zero outputs, and so zero gradients: only the ten output biases move. Random weights make "
        "the units differ, and their size keeps signal and gradient alive."
    ),
    material=digits,
    still_sick=too_few,
)
