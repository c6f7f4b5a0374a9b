"""Exercises of lesson 04: the slopes of one apple, the gradient of a neuron, its training, whole and in batches."""

import numpy as np

import course_utils as cu
from course_utils.exercises import exercise, open_exercise, prediction


@prediction(
    title="who is to blame",
    aim="The loss has the slope 0.900 in z, and z = w₀ · 2 + w₁ · (−1) + w₂ · 0 + b. Which slope does the loss have "
    "in each of the three weights?",
    shapes="[number, number, number]",
    hints=(
        "Raise the weight of the colour by 0.1. Its input is 2, so how much does z rise?",
        "z rises by 0.2, and the loss by 0.9 times as much, which is 0.18. The slope is this rise divided by the "
        "0.1 of the nudge.",
        "Each slope is 0.9 times the input of that weight.",
    ),
    why="A weight is to blame in proportion to its input, and an input of 0 is to blame for nothing.",
    atol=0.011,
)
def predict_weight_slopes():
    return 0.9 * np.array([2.0, -1.0, 0.0])  # (3,), the error times the inputs


predict_weight_slopes.mistake(
    "That is the slope in z for each of them. But a nudge of a weight moves z by its input times the nudge.",
    [0.9, 0.9, 0.9],
)
predict_weight_slopes.mistake(
    "The direction is turned around: raising the weight of the colour raises z, and the loss rises with z.",
    [-1.8, 0.9, 0.0],
)
predict_weight_slopes.mistake(
    "These are the inputs. The loss moves by 0.9 times the way of z, so multiply each of them by 0.9.", [2, -1, 0]
)
predict_weight_slopes.mistake(
    "The size is right, but the softness is −1: raising its weight lowers z, and so it lowers the loss.",
    [1.8, 0.9, 0.0],
)
predict_weight_slopes.mistake(
    "The third is not 0.9: the spots are 0, and whatever their weight is, 0 times the weight adds nothing to z.",
    [1.8, -0.9, 0.9],
)
predict_weight_slopes.mistake(
    "These are the weights times 0.9. What moves z when a weight is nudged is its input.", [0.9, 0.18, 0.45]
)
predict_weight_slopes.mistake(
    "These are the terms of the sum, weight times input. The slope asks how z changes when the weight does.",
    [2, -0.2, 0],
)
predict_weight_slopes.mistake(
    "0.9 is divided by the input here. A larger input moves z further, so multiply.", [0.45, -0.9, 0.0]
)

predict_weight_slopes.also(
    (1.8, -0.9, 0), np.array([1.8005, -0.9002, 0.0]), [1.8004, -0.9002, 0.0], [2 * 0.9, -1 * 0.9, 0 * 0.9]
)


def _neuron(m, n, seed):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(m, n)), rng.integers(0, 2, size=(m, 1)).astype(float)
    return X, y, rng.normal(size=(n, 1)), rng.normal(size=1)


@exercise(
    title="the gradient of the mean cross-entropy",
    aim="Give the slopes of the cost of a sigmoid neuron: for its weights and for its bias.",
    shapes="X (m, n), y (m, 1), w (n, 1), b (1,) -> dw (n, 1), db (1,)",
    hints=(
        "Begin with the errors, one for each example: what the neuron answers, minus the target.",
        "For each weight multiply its column of X by the errors, add up, and divide by m. For the bias take the mean "
        "of the errors.",
        "With error = cu.sigmoid(X @ w + b) - y: X.T @ error / len(X), and error.mean(axis=0).",
    ),
    why="These lines stand in the training of every network of the course. With softmax, too, the error is a − y.",
    inputs=lambda: [_neuron(4, 2, 0), _neuron(1, 1, 1), _neuron(3, 3, 2), _neuron(50, 2, 3), _neuron(7, 5, 4)],
    results=("dw", "db"),
    way={"error": ("db", "dw")},
)
def cross_entropy_gradient(X, y, w, b):
    error = cu.sigmoid(X @ w + b) - y  # (m, 1)
    return X.T @ error / len(X), error.mean(axis=0)  # (n, m) @ (m, 1) -> (n, 1); (1,)


@cross_entropy_gradient.mistake("The sign is turned around: the error is a − y, not y − a.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ (y - a) / len(X), (y - a).mean(axis=0)


@cross_entropy_gradient.mistake("This is the sum over the examples, but the cost is their mean: divide by m.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ (a - y), (a - y).sum(axis=0)


@cross_entropy_gradient.mistake("db is still a sum: divide it by m, as dw is.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ (a - y) / len(X), (a - y).sum(axis=0)


@cross_entropy_gradient.mistake("dw is still a sum: divide it by m, as db is.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ (a - y), (a - y).mean(axis=0)


@cross_entropy_gradient.mistake("db has an entry for each unit, here one: its shape is (1,), so take mean(axis=0).")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ (a - y) / len(X), (a - y).mean()


@cross_entropy_gradient.mistake("a (1 − a) is a factor for the squared error. In the cross-entropy it cancels.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ ((a - y) * a * (1 - a)) / len(X), ((a - y) * a * (1 - a)).mean(axis=0)


@cross_entropy_gradient.mistake("dw is flat, (n,), but it needs the shape of w, (n, 1). X.T @ error has it.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return np.mean((a - y) * X, axis=0), (a - y).mean(axis=0)


@cross_entropy_gradient.mistake("The sigmoid is missing: compare the output a with y, not the logit z.")
def _(X, y, w, b):
    return X.T @ (X @ w + b - y) / len(X), (X @ w + b - y).mean(axis=0)


@cross_entropy_gradient.mistake("a is rounded to 0 or 1. Take a itself, because it also counts how sure the neuron is.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ ((a > 0.5) - y) / len(X), ((a > 0.5) - y).mean(axis=0)


cross_entropy_gradient.mistake(
    "The bias is missing in z = X @ w + b.",
    lambda X, y, w, b: (X.T @ (cu.sigmoid(X @ w) - y) / len(X), (cu.sigmoid(X @ w) - y).mean(axis=0)),
)


@cross_entropy_gradient.mistake("All inputs are averaged together, but each weight has a slope of its own.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return (np.full_like(w, (X * (a - y)).mean()), (a - y).mean(axis=0))


@cross_entropy_gradient.mistake("The order is dw first, then db.")
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return ((a - y).mean(axis=0), X.T @ (a - y) / len(X))


@cross_entropy_gradient.mistake(
    "a is (m, 1) and y.ravel() is (m,), so their difference is a table (m, m). Keep y as a column."
)
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return X.T @ (a - y.ravel()) / len(X), (a - y.ravel()).mean(axis=0)


@cross_entropy_gradient.also
def _(X, y, w, b):
    dz = (cu.sigmoid(X @ w + b) - y) / len(X)
    return X.T @ dz, dz.sum(axis=0)


@cross_entropy_gradient.also
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return ((a - y) * X).mean(axis=0, keepdims=True).T, np.mean(a - y, axis=0)


@cross_entropy_gradient.also
def _(X, y, w, b):
    a = cu.sigmoid(X @ w + b)
    return np.einsum("mn,mu->nu", X, a - y) / len(y), sum(a - y) / len(y)


@cross_entropy_gradient.also
def _(X, y, w, b):
    dw, db = np.zeros_like(w), np.zeros(1)
    for x, t in zip(X, y):
        error = cu.sigmoid(x @ w + b) - t
        dw += error * x[:, None] / len(X)
        db += error / len(X)
    return dw, db


def _gradient(X, y, w, b):
    error = cu.sigmoid(X @ w + b) - y  # (m, 1)
    return X.T @ error / len(X), error.mean(axis=0)


def _cost(X, y, w, b):
    z = X @ w + b
    return np.mean(np.logaddexp(0, z) - y * z)


def _learners():
    """Return hours (10, 1) and results (10, 1) of the ten learners of lesson 02."""
    hours = np.array([2.0, 3.0, 4.0, 5.0, 6.0, 10.0, 11.0, 14.0, 17.0, 18.0]).reshape(-1, 1)
    return hours, np.array([0.0, 0, 0, 1, 1, 0, 0, 1, 1, 1]).reshape(-1, 1)


def _loop_inputs():
    cases = ((6, 2, 10, 0.5, 1), (5, 1, 11, 1.0, 3), (9, 3, 12, 0.1, 20), (4, 2, 13, 2, 7), (3, 2, 14, 0.3, 0))
    return [(*_neuron(m, n, seed)[:2], rate, steps) for m, n, seed, rate, steps in cases]


@exercise(
    title="the training loop",
    aim="Train a sigmoid neuron by gradient descent. Begin with zeros, take so many steps, and note the cost (the "
    "mean cross-entropy) before each of them.",
    shapes="X (m, n), y (m, 1), rate a number, steps a number -> w (n, 1), b (1,), costs (steps,)",
    hints=(
        "Before the loop: w = np.zeros((X.shape[1], 1)), b = np.zeros(1) and an empty list of costs.",
        "In the loop: z, the cost, the two slopes from turn A, and then a step against each of them.",
        "The cost is cu.binary_crossentropy(y, z, from_logits=True). A step is w = w - rate * dw, and the same with b.",
    ),
    why="Whatever the network is, up to the last one of this course, its training consists of these lines.",
    inputs=_loop_inputs,
    results=("w", "b", "costs"),
)
def training_loop(X, y, rate, steps):
    w, b, costs = np.zeros((X.shape[1], 1)), np.zeros(1), []  # initialise
    for _ in range(steps):  # repeat, and stop
        z = X @ w + b  # predict
        costs.append(cu.binary_crossentropy(y, z, from_logits=True))  # cost
        error = cu.sigmoid(z) - y  # (m, 1)
        dw, db = X.T @ error / len(X), error.mean(axis=0)  # gradient
        w, b = w - rate * dw, b - rate * db  # step
    return w, b, costs


def _loop(X, y, rate, steps, *, way=-1, start=0.0, gradient=_gradient, late=False, old=False):
    """Train as `training_loop` does, or with a slip: uphill, another start, another gradient, the cost too late."""
    w, b, costs = np.full((X.shape[1], 1), start), np.zeros(1), []
    first = gradient(X, y, w, b)
    for _ in range(steps):
        dw, db = first if old else gradient(X, y, w, b)
        before = _cost(X, y, w, b)
        w, b = w + way * rate * dw, b + way * rate * db
        costs.append(_cost(X, y, w, b) if late else before)
    return w, b, costs


training_loop.mistake(
    "This walks uphill, so the cost rises. Step against the slopes: minus.",
    lambda X, y, rate, steps: _loop(X, y, rate, steps, way=1),
)
training_loop.mistake(
    "The costs are noted after the steps. The first one belongs to the start, where all parameters are 0.",
    lambda X, y, rate, steps: _loop(X, y, rate, steps, late=True),
)
training_loop.mistake(
    "Every step uses the slopes of the start. Compute them anew in the loop, where the neuron stands now.",
    lambda X, y, rate, steps: _loop(X, y, rate, steps, old=True),
)
training_loop.mistake(
    "The weights begin with ones here. They are asked to begin with zeros.",
    lambda X, y, rate, steps: _loop(X, y, rate, steps, start=1.0),
)
training_loop.mistake(
    "The learning rate is missing: each slope is multiplied by it before the step.",
    lambda X, y, rate, steps: _loop(X, y, 1.0, steps),
)
training_loop.mistake(
    "The slopes are sums over the examples, but the cost is a mean: divide them by m.",
    lambda X, y, rate, steps: _loop(X, y, rate * len(X), steps),
)


@training_loop.mistake("The bias is never moved. It has a slope, too, and steps with the weights.")
def _(X, y, rate, steps):
    w, b, costs = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(steps):
        costs.append(_cost(X, y, w, b))
        w = w - rate * _gradient(X, y, w, b)[0]
    return w, b, costs


@training_loop.mistake("b is moved with slopes that were taken after w had moved. Take both slopes first, then step.")
def _(X, y, rate, steps):
    w, b, costs = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(steps):
        costs.append(_cost(X, y, w, b))
        w = w - rate * _gradient(X, y, w, b)[0]
        b = b - rate * _gradient(X, y, w, b)[1]
    return w, b, costs


@training_loop.mistake("The costs are one too many: one before each step, and none after the last.")
def _(X, y, rate, steps):
    w, b, costs = _loop(X, y, rate, steps)
    return w, b, [*costs, _cost(X, y, w, b)]


@training_loop.mistake("Only the last cost is returned. The whole list is asked for, since it is the loss curve.")
def _(X, y, rate, steps):
    w, b, costs = _loop(X, y, rate, steps)
    return w, b, costs[-1] if costs else 0.0


@training_loop.mistake("These costs are the squared error. The neuron is trained with the cross-entropy, so note that.")
def _(X, y, rate, steps):
    w, b, costs = np.zeros((X.shape[1], 1)), np.zeros(1), []
    for _ in range(steps):
        costs.append(np.mean((cu.sigmoid(X @ w + b) - y) ** 2))
        dw, db = _gradient(X, y, w, b)
        w, b = w - rate * dw, b - rate * db
    return w, b, costs


@training_loop.also
def _(X, y, rate, steps):
    w, b = np.zeros((X.shape[1], 1)), np.zeros(1)
    costs = np.zeros(steps)
    for k in range(steps):
        a = cu.sigmoid(X @ w + b)
        costs[k] = -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))
        w, b = w - rate * X.T @ (a - y) / len(X), b - rate * (a - y).mean(axis=0)
    return w, b, costs


@training_loop.also
def _(X, y, rate, steps):
    H = np.hstack([X, np.ones((len(X), 1))])  # the bias as the weight of a last column of ones
    v, costs = np.zeros((H.shape[1], 1)), []
    for _ in range(steps):
        costs.append(np.mean(np.logaddexp(0, H @ v) - y * (H @ v)))
        v -= rate * H.T @ (cu.sigmoid(H @ v) - y) / len(X)
    return v[:-1], v[-1], costs


@training_loop.also
def _(X, y, rate, steps):
    w, b, costs = np.zeros((X.shape[1], 1)), np.zeros(1), []
    while len(costs) < steps:
        z = X @ w + b
        costs += [cu.binary_crossentropy(y, z, from_logits=True)]
        dz = rate * (cu.sigmoid(z) - y) / len(y)
        w, b = w - X.T @ dz, b - dz.sum(axis=0)
    return w, b, np.array(costs)


@training_loop.payoff
def _(loop):
    hours, passed = _learners()
    w, b, costs = loop((hours - hours.mean()) / hours.std(), passed, 1.0, 200)
    print("Your loop has trained a neuron on the ten learners of lesson 02, with their hours scaled.")
    print(
        f"J went from {costs[0]:.3f} to {costs[-1]:.3f}, the lowest that there is. The curve drawn by hand had 0.599."
    )


@prediction(
    title="steps in five epochs",
    aim="A neuron reads 120 apples five times, in batches of 12, and steps after each batch. How many steps are that?",
    shapes="a whole number",
    hints=(
        "How many batches of 12 are there in 120 apples?",
        "Each batch brings a step, so an epoch has ten.",
        "Five epochs, ten steps each.",
    ),
    why="Steps are what moves the weights, and small batches give many of them for the same reading.",
)
def predict_steps():
    return 5 * 10  # five epochs, each of 120 / 12 batches


predict_steps.mistake("That is one epoch: ten batches of 12. The apples are read five times.", 10)
predict_steps.mistake("These are five steps, one after each reading of all 120. Here one comes after each 12.", 5)
predict_steps.mistake("That is the number of apples read, and so the number of steps with one apple at a time.", 600)
predict_steps.mistake("That would be 12 steps in each epoch. A batch holds 12 apples, and there are ten batches.", 60)
predict_steps.mistake("That is the number of apples. Divide it by 12, and count all five epochs.", 120)
predict_steps.mistake("That is the number of apples in a batch. How many batches are there in five epochs?", 12)

predict_steps.also(50, np.int64(50), 50.0)


@prediction(
    title="who gets lowest",
    aim="At the rate 0.5 three neurons read the 120 apples five times: in batches of 120, of 12, or one at a time. "
    "Whose cost is lowest at the end, in most orders of the apples?",
    shapes="120, 12 or 1",
    hints=(
        "How many steps does each of them take? Five steps of rate 0.5 do not lead far.",
        "A single apple pulls its own way. What does that mean when the neuron has arrived?",
        "The full batch is still on its way, and the single apples rattle. One batch size is left.",
    ),
    why="A mini-batch is a good guess at the gradient, and cheap. Nearly every network is trained in this way.",
)
def predict_lowest_batch():
    return 12


predict_lowest_batch.mistake(
    "The full batch has the exact gradient, but it takes only five steps with it, and at this rate they do not lead "
    "to the bottom.",
    120,
)
predict_lowest_batch.mistake(
    "The single apples take the most steps, 600, and they do arrive. But each pulls its own way, so that the neuron "
    "does not come to rest at the bottom.",
    1,
)
predict_lowest_batch.mistake("That is the number of its steps. Write the size of its batches.", 50)
predict_lowest_batch.mistake("That is the number of apples read in all. Write a batch size: 120, 12 or 1.", 600)
predict_lowest_batch.mistake("That is the number of epochs. Write a batch size: 120, 12 or 1.", 5)
predict_lowest_batch.mistake("That is the number of batches in an epoch. Write the size of one: 120, 12 or 1.", 10)

predict_lowest_batch.also(12, np.int64(12), 12.0)


def _epoch_inputs():
    cases = ((12, 2, 4, 0.5, 20), (10, 3, 3, 1.0, 21), (5, 1, 1, 0.2, 22), (7, 2, 7, 2.0, 23), (30, 4, 8, 0.7, 24))
    return [(*_neuron(m, n, seed), size, rate, seed) for m, n, size, rate, seed in cases]


@exercise(
    title="one epoch",
    aim="Read all examples once in mini-batches. For each batch compute the gradient from its rows alone, and step at "
    "once.",
    shapes="X (m, n), y (m, 1), w (n, 1), b (1,), size, rate and seed numbers -> w (n, 1), b (1,)",
    hints=(
        "for X_few, y_few in cu.minibatches(X, y, size, rng=seed): the rest happens in this loop.",
        "In the loop stand the gradient of turn A, with X_few and y_few, and a step of w and b.",
        "The last batch may be smaller, so divide by len(X_few), not by size.",
    ),
    why="This is stochastic gradient descent, and with a cleverer step it trains the largest networks that there are.",
    inputs=_epoch_inputs,
    results=("w", "b"),
)
def one_epoch(X, y, w, b, size, rate, seed):
    for X_few, y_few in cu.minibatches(X, y, size, rng=seed):
        error = cu.sigmoid(X_few @ w + b) - y_few  # (size, 1); the last batch may be smaller
        dw, db = X_few.T @ error / len(X_few), error.mean(axis=0)
        w, b = w - rate * dw, b - rate * db
    return w, b


@one_epoch.mistake("Every step uses the gradient of all examples. Use the rows of the batch alone: X_few and y_few.")
def _(X, y, w, b, size, rate, seed):
    for _ in cu.minibatches(X, y, size, rng=seed):
        dw, db = _gradient(X, y, w, b)
        w, b = w - rate * dw, b - rate * db
    return w, b


@one_epoch.mistake("Each batch begins again from the first weights. It has to go on from where the last one has led.")
def _(X, y, w, b, size, rate, seed):
    for X_few, y_few in cu.minibatches(X, y, size, rng=seed):
        dw, db = _gradient(X_few, y_few, w, b)
        new = w - rate * dw, b - rate * db
    return new


@one_epoch.mistake("It ends after the first batch, as it does when the return stands inside the loop.")
def _(X, y, w, b, size, rate, seed):
    for X_few, y_few in cu.minibatches(X, y, size, rng=seed):
        dw, db = _gradient(X_few, y_few, w, b)
        break
    return w - rate * dw, b - rate * db


@one_epoch.mistake("The slopes are divided by all m examples. A batch has a mean of its own: len(X_few).")
def _(X, y, w, b, size, rate, seed):
    for X_few, y_few in cu.minibatches(X, y, size, rng=seed):
        dw, db = _gradient(X_few, y_few, w, b)
        share = len(X_few) / len(X)
        w, b = w - rate * share * dw, b - rate * share * db
    return w, b


@one_epoch.mistake("The slopes are divided by size. The last batch may be smaller: divide by len(X_few).")
def _(X, y, w, b, size, rate, seed):
    for X_few, y_few in cu.minibatches(X, y, size, rng=seed):
        dw, db = _gradient(X_few, y_few, w, b)
        share = len(X_few) / size
        w, b = w - rate * share * dw, b - rate * share * db
    return w, b


@one_epoch.mistake("The slopes are sums over the batch. The cost is a mean, so divide them by len(X_few).")
def _(X, y, w, b, size, rate, seed):
    for X_few, y_few in cu.minibatches(X, y, size, rng=seed):
        dw, db = _gradient(X_few, y_few, w, b)
        w, b = w - rate * len(X_few) * dw, b - rate * len(X_few) * db
    return w, b


@one_epoch.mistake("This walks uphill. Step against the slopes: minus.")
def _(X, y, w, b, size, rate, seed):
    for X_few, y_few in cu.minibatches(X, y, size, rng=seed):
        dw, db = _gradient(X_few, y_few, w, b)
        w, b = w + rate * dw, b + rate * db
    return w, b


@one_epoch.mistake("The rows are read in their old order. `cu.minibatches` shuffles them unless it is told not to.")
def _(X, y, w, b, size, rate, seed):
    for X_few, y_few in cu.minibatches(X, y, size, rng=seed, shuffle=False):
        dw, db = _gradient(X_few, y_few, w, b)
        w, b = w - rate * dw, b - rate * db
    return w, b


@one_epoch.mistake("This is one step with all the examples. An epoch in mini-batches has a step for each batch.")
def _(X, y, w, b, size, rate, seed):
    dw, db = _gradient(X, y, w, b)
    return w - rate * dw, b - rate * db


@one_epoch.also
def _(X, y, w, b, size, rate, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    for start in range(0, len(X), size):
        rows = order[start : start + size]
        error = cu.sigmoid(X[rows] @ w + b) - y[rows]
        w = w - rate * X[rows].T @ error / len(rows)
        b = b - rate * error.mean(axis=0)
    return w, b


@one_epoch.also
def _(X, y, w, b, size, rate, seed):
    w, b = w.copy(), b.copy()
    for X_few, y_few in cu.minibatches(X, y, size, rng=seed, copy=False):
        dz = (cu.sigmoid(X_few @ w + b) - y_few) / len(y_few)
        w -= rate * (X_few.T @ dz)
        b -= rate * dz.sum(axis=0)
    return w, b


@one_epoch.also
def _(X, y, w, b, size, rate, seed):
    batches = list(cu.minibatches(X, y, size, rng=seed))
    while batches:
        X_few, y_few = batches.pop(0)
        dw, db = _gradient(X_few, y_few, w, b)
        w, b = w - rate * dw, b - rate * db
    return w, b


def _scaled_neuron(n, seed):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 1)), rng.normal(size=1), rng.normal(scale=50, size=n), rng.uniform(0.5, 30, size=n)


@exercise(
    title="the same neuron for raw columns",
    aim="A neuron was trained on the scaled columns (X − mean) / std. Find the weights and the bias with which a "
    "neuron gives the same answers for the raw columns X.",
    shapes="w (n, 1), b (1,), mean (n,), std (n,) -> w_raw (n, 1), b_raw (1,)",
    hints=(
        "Write z with one column: z = w (x − mean) / std + b. Which part of it is multiplied by x?",
        "x is multiplied by w / std, and what is left, b − w · mean / std, does not depend on x.",
        "w is (n, 1) and std is (n,), so make a column of std: std[:, np.newaxis].",
    ),
    why="Scaling changes the way to the lowest cost and not the neurons that can be reached: both draw the same lines.",
    inputs=lambda: [
        (np.array([[2.0]]), np.array([1.0]), np.array([10.0]), np.array([5.0])),
        _scaled_neuron(2, 30),
        _scaled_neuron(3, 31),
        _scaled_neuron(5, 32),
        (np.array([[1.0], [-2.0]]), np.array([0.0]), np.array([0.0, 3.0]), np.array([1.0, 4.0])),
    ],
    results=("w_raw", "b_raw"),
)
def raw_weights(w, b, mean, std):
    w_raw = w / std[:, np.newaxis]  # (n, 1)
    return w_raw, b - mean @ w_raw  # (n,) @ (n, 1) -> (1,)


@raw_weights.mistake("The bias is left as it was. Subtracting the mean from x moves z by −w · mean / std.")
def _(w, b, mean, std):
    return w / std.reshape(-1, 1), b


@raw_weights.mistake("The weights are multiplied by std. Dividing x by std is the same as dividing its weight by std.")
def _(w, b, mean, std):
    w_raw = w * std.reshape(-1, 1)
    return w_raw, b - mean @ w_raw


@raw_weights.mistake("The sign of the shift is turned around: the mean is subtracted from x, so b loses mean @ w_raw.")
def _(w, b, mean, std):
    w_raw = w / std.reshape(-1, 1)
    return w_raw, b + mean @ w_raw


@raw_weights.mistake("b is shifted by the old weights. The mean is divided by std as well: use the new ones.")
def _(w, b, mean, std):
    return w / std.reshape(-1, 1), b - mean @ w


@raw_weights.mistake("w is (n, 1) and std is (n,), so w / std is a table (n, n). Make a column of std first.")
def _(w, b, mean, std):
    w_raw = w / std
    return w_raw, b - mean @ w_raw


@raw_weights.mistake("The bias is divided as well. It has no column, so only the shift by the means changes it.")
def _(w, b, mean, std):
    w_raw = w / std.reshape(-1, 1)
    return w_raw, b / std.mean() - mean @ w_raw


@raw_weights.mistake("The bias is only the shift. The old bias is still needed: b − mean @ w_raw.")
def _(w, b, mean, std):
    w_raw = w / std.reshape(-1, 1)
    return w_raw, -(mean @ w_raw)


@raw_weights.mistake("Only the bias is moved. The columns are divided by std, too, so the weights change as well.")
def _(w, b, mean, std):
    return w, b - (mean / std) @ w


@raw_weights.also
def _(w, b, mean, std):
    return w / std.reshape(-1, 1), b - (w[:, 0] * mean / std).sum()


@raw_weights.also
def _(w, b, mean, std):
    return (w.T / std).T, b - np.array([sum(w[j, 0] * mean[j] / std[j] for j in range(len(mean)))])


@raw_weights.also
def _(w, b, mean, std):
    at_zero = b + (-mean / std) @ w  # the answer's logit for a row of zeros is the bias
    return np.diag(1 / std) @ w, at_zero


@raw_weights.payoff
def _(raw):
    hours, passed = _learners()
    mean, std = hours.mean(axis=0), hours.std(axis=0)
    w, b, _ = _loop((hours - mean) / std, passed, 1.0, 200)
    w_raw, b_raw = raw(w, b, mean, std)
    print("The ten learners of lesson 02, trained on scaled hours and turned back by your function:")
    print(f"w = {w_raw[0, 0]:.3f}, b = {b_raw[0]:.3f}, so p is 0.5 at {-b_raw[0] / w_raw[0, 0]:.1f} hours.")


prove_mean_answer = open_exercise(
    "prove_mean_answer",
    title="at the lowest place the mean answer is right",
    task="Suppose that a neuron has arrived where the cost is lowest, so that all slopes are 0. Prove that the mean of "
    "its answers a over the training examples is then exactly the share of those with y = 1. What does the slope of a "
    "weight say in the same way? Check both with `w_end` and `b_end`.",
    answer="At the lowest place the slope in the bias is 0, and it is the mean of a − y:\n\n"
    "$$\\frac{1}{m} \\sum_i (a_i - y_i) = 0, \\qquad \\text{so} \\qquad "
    "\\frac{1}{m} \\sum_i a_i = \\frac{1}{m} \\sum_i y_i .$$\n\n"
    "The right-hand side is the share of the sweet apples. For the weight of input j the same step gives that the "
    "mean of aᵢxᵢⱼ is the mean of yᵢxᵢⱼ: the answers and the truth are, on the average over the examples, equally "
    "large and also equally bound to each input. Or: no error is left that could be foretold from an input by a "
    "straight line.\n\n"
    "```python\n"
    "a_end = cu.sigmoid(X_apples @ w_end + b_end)\n"
    "print(a_end.mean(), y_apples.mean())  # 0.5 and 0.5\n"
    "print((a_end * X_apples).mean(axis=0), (y_apples * X_apples).mean(axis=0))\n"
    "```\n\n"
    "Note what it does not say: each single answer may still be far off, and for other apples the mean may differ.",
    effort="do",
    hints=(
        "Write down the slope in the bias, and put it equal to 0.",
        "The mean of a difference is the difference of the means.",
    ),
)


endless_descent = open_exercise(
    "endless_descent",
    title="two groups that a line separates",
    task="Suppose that some weights and a bias give z > 0 to every example with y = 1, and z < 0 to every example with "
    "y = 0. Show that the cost then has no lowest place: multiply all weights and the bias by 2, then by 3, and so on. "
    "What does gradient descent do in such a case, and what could one do about it?",
    answer="Multiplied by c, the parameters give c z in place of z. An example with y = 1 then costs log(1 + e^(−cz)), "
    "which falls towards 0 as c grows, because z is positive. One with y = 0 costs log(1 + e^(cz)), which also falls "
    "towards 0, because z is negative. So the cost comes as near to 0 as you like. But it is never 0, since each loss "
    "is above 0 for every finite z. Whatever place you name, its cost is above 0, and for some c the cost is "
    "smaller: there is no lowest place.\n\n"
    "Gradient descent therefore never arrives. It goes on for ever, with smaller and smaller slopes, while the "
    "weights grow and the answers become ever more certain, more certain than a few hundred examples can justify. "
    "With 784 pixels and 288 images this is no rare case. One can stop early, as we did after 200 steps, or add a "
    "price for large weights to the cost, as scikit-learn does by default and as lesson 13 will do.",
    effort="hard",
    hints=(
        "What becomes of z, and then of the loss of one example, when all parameters are doubled?",
        "Can a loss of this kind be exactly 0?",
    ),
)
