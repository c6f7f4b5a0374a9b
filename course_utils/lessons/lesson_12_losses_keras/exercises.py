"""Exercises of lesson 12: last layers, scaling without a leak, when to stop, steps and rates, slopes that vanish."""

import numpy as np

from course_utils.exercises.exercise import Exercise
from course_utils.exercises.exercise import WrongAnswer as Wrong

PREDICT_ONE_LOGIT = Exercise(
    id="predict_one_logit",
    lesson="12",
    title="two softmax units, or one sigmoid",
    aim="Two softmax units have the logits 0.5 and 2.5. Which single logit gives class 1 the same probability?",
    signature="predict_one_logit = a number",
    lines=1,
    hints=(
        "Write the softmax of class 1 as a fraction, and divide top and bottom by e to the 2.5.",
        "It becomes 1 / (1 + e to the (0.5 - 2.5)). Compare with the sigmoid, 1 / (1 + e to the -z).",
        "z is the logit of class 1 minus the logit of class 0.",
    ),
    why="Only the difference of the logits counts, so one unit says as much as two.",
    solution="""
def predict_one_logit():
    return 2.5 - 0.5
""",
    wrong=(
        Wrong("0.5 - 2.5", "The sign is turned round: that is the logit of class 0."),
        Wrong("2.5", "That is the logit of class 1. Softmax compares it with the other one."),
        Wrong("0.5 + 2.5", "Softmax sees the difference of the logits, not their sum."),
        Wrong("0.5", "That is the logit of class 0, alone."),
        Wrong("1.5", "That is the mean of both logits. Softmax sees how far they are apart."),
        Wrong("2.5 / 0.5", "The logits are in exponents: their difference counts, not their ratio."),
        Wrong("1 / (1 + np.exp(-2.0))", "That is the probability. The logit is what goes into the sigmoid."),
    ),
    variants=("2", "2.0", "np.float64(2.0)", "np.log(np.exp(2.5) / np.exp(0.5))"),
)


def _ending(one: str, many: str) -> str:
    return f"""
def last_layer(task, classes):
    if task == "number":
        return 1, "linear", "mean_squared_error"
    if classes == 2:
        return {one}
    return {many}
"""


ONE = '1, "sigmoid", "binary_crossentropy"'
MANY = 'classes, "softmax", "sparse_categorical_crossentropy"'

LAST_LAYER = Exercise(
    id="last_layer",
    lesson="12",
    title="the last layer of a task",
    aim="Give the units, activation and loss that belong to a task whose targets are plain numbers, not one-hot rows.",
    signature='last_layer(task, classes): "number" and 0, or "class" and how many -> units, activation, loss',
    lines=5,
    hints=(
        'Three cases: "number"; "class" with 2 classes; "class" with more.',
        "Return three things with commas: a whole number and two names of Keras, written in full.",
        'For two classes 1, "sigmoid", "binary_crossentropy"; for more "softmax" with the sparse loss.',
    ),
    why="Three lines of a table decide whether a network can learn its task at all.",
    solution=_ending(ONE, MANY),
    inputs=lambda: [("number", 0), ("class", 2), ("class", 3), ("class", 10), ("class", 1000)],
    wrong=(
        Wrong(
            _ending(ONE, 'classes, "softmax", "categorical_crossentropy"'),
            "Targets here are whole numbers. The loss without sparse_ wants one-hot rows.",
        ),
        Wrong(
            _ending('1, "softmax", "binary_crossentropy"', MANY),
            "Softmax with a single unit always says 1. One unit takes a sigmoid.",
        ),
        Wrong(
            _ending('2, "softmax", "sparse_categorical_crossentropy"', MANY),
            "That works for two classes. The exercise asks for the way with one unit.",
        ),
        Wrong(_ending(ONE, MANY).replace('"linear"', '"sigmoid"'), "A sigmoid ends at 1; a number may be 300: linear."),
        Wrong(_ending('2, "sigmoid", "binary_crossentropy"', MANY), "A sigmoid for two classes needs one unit only."),
        Wrong(
            _ending(ONE, 'classes, "sigmoid", "sparse_categorical_crossentropy"'),
            "Sigmoids side by side do not add up to 1. For more than two classes: softmax.",
        ),
        Wrong(
            _ending(ONE, 'classes, "softmax", "binary_crossentropy"'),
            "The binary cross-entropy takes each class for a question of its own. Here one of K is right.",
        ),
        Wrong(
            _ending('1, "sigmoid", "mean_squared_error"', MANY),
            "Where the sigmoid is flat, the squared error has no slope: for classes take the cross-entropy.",
        ),
        Wrong(
            _ending(ONE, MANY).replace('1, "linear", "mean', '1, "relu", "mean'),
            "ReLU never gets below 0. A number may be negative: linear.",
        ),
        Wrong(
            _ending(ONE, MANY).replace("mean_squared_error", "mse"),
            "Keras takes mse as well. For this exercise write mean_squared_error.",
        ),
    ),
    variants=(
        """
def last_layer(task, classes):
    endings = {0: (1, "linear", "mean_squared_error"), 2: (1, "sigmoid", "binary_crossentropy")}
    return endings.get(classes, (classes, "softmax", "sparse_categorical_crossentropy"))
""",
        """
def last_layer(task, classes):
    if task == "class" and classes > 2:
        return np.int64(classes), "softmax", "sparse_categorical_crossentropy"
    name, loss = ("sigmoid", "binary_crossentropy") if task == "class" else ("linear", "mean_squared_error")
    return 1, name, loss
""",
        """
def last_layer(task, classes):
    match task, classes:
        case "number", _:
            return 1, "Linear", "mean_squared_error"
        case _, 2:
            return 1, "sigmoid", "binary_crossentropy"
    return classes, "softmax", "sparse_categorical_crossentropy"
""",
    ),
)

PREDICT_LONELY_SOFTMAX = Exercise(
    id="predict_lonely_softmax",
    lesson="12",
    title="softmax with one unit",
    aim="A softmax layer has a single unit, and its logit is -3. What probability does it give?",
    signature="predict_lonely_softmax = a number from 0 to 1",
    lines=1,
    hints=(
        "Softmax divides each e to the z by the sum over all units of the layer.",
        "There is one unit, so the sum has one term.",
        "e to the -3, divided by e to the -3.",
    ),
    why="Whatever it learns, such a network says 1: its accuracy is the share of class 1.",
    solution="""
def predict_lonely_softmax():
    return 1.0  # e to the -3, divided by itself
""",
    wrong=(
        Wrong("1 / (1 + np.exp(3))", "That is the sigmoid of -3. Softmax divides by the sum over the units: one term."),
        Wrong("np.exp(-3)", "This is e to the z. It is still to be divided by the sum."),
        Wrong("0", "e to the z is never 0, and a share of itself even less."),
        Wrong("0.5", "Half would need two equal units. There is only one."),
        Wrong("-3", "That is the logit. A probability lies between 0 and 1."),
        Wrong("1 / 3", "Three equal units would give a third each. Here is one."),
    ),
    variants=("1", "1.0", "np.float32(1)", "np.exp(-3) / np.exp(-3)"),
)


def _rows() -> list[tuple]:
    def case(seed: int, m: int, n: int, new: int) -> tuple:
        rng = np.random.default_rng(seed)
        return rng.normal(2, 3, size=(m, n)), rng.normal(1, 4, size=(new, n))

    by_hand = np.array([[0.0, 5.0], [2.0, 5.0]]), np.array([[3.0, 5.0], [1.0, 5.0], [0.0, 5.0]])
    corner = np.array([[0.0, 7.0, 1.0], [0.0, 9.0, 1.0], [0.0, 8.0, 4.0]]), np.array([[4.0, 8.0, 2.0]])
    whole = np.array([[0, 255], [255, 255], [10, 0]]), np.array([[7, 255], [0, 3]])
    large = np.random.default_rng(104).normal(1e6, 1e3, size=(6, 3)), np.full((2, 3), 1e6)
    return [by_hand, case(101, 6, 3, 4), case(102, 5, 1, 1), case(103, 9, 4, 2), corner, whole, large]


def _scaled(body: str) -> str:
    return f"def scale_by_training(X_train, X_new):\n    {body}\n"


MEAN_AND_SPREAD = "m, s = X_train.mean(axis=0), X_train.std(axis=0); s = np.where(s == 0, 1, s); "

SCALE_BY_TRAINING = Exercise(
    id="scale_by_training",
    lesson="12",
    title="scale as the training rows ask",
    aim="Scale new rows, column by column: minus the mean, divided by the spread, both of the training rows.",
    signature="scale_by_training(X_train, X_new): X_train (m, n), X_new (k, n) -> (k, n); spread 0 counts as 1",
    lines=2,
    hints=(
        "Two numbers for each column: X_train.mean(axis=0) and X_train.std(axis=0), both (n,).",
        "Where the spread is 0, divide by 1: np.where(spread == 0, 1, spread).",
        "Return (X_new - mean) / spread. Nothing is computed from X_new itself.",
    ),
    why="Held rows stay unseen, and the corner pixels of digits no longer divide by 0.",
    quiet=True,
    solution="""
def scale_by_training(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)  # (n,), (n,)
    return (X_new - mean) / np.where(spread == 0, 1, spread)  # (k, n)
""",
    inputs=_rows,
    wrong=(
        Wrong(
            _scaled("m, s = X_new.mean(axis=0), X_new.std(axis=0); return (X_new - m) / np.where(s == 0, 1, s)"),
            "The new rows are scaled by themselves. Their mean and spread must come from X_train.",
        ),
        Wrong(
            _scaled(
                "X = np.concatenate([X_train, X_new]); m, s = X.mean(axis=0), X.std(axis=0); "
                "return (X_new - m) / np.where(s == 0, 1, s)"
            ),
            "All rows together: this is the leak. Take mean and spread of X_train alone.",
        ),
        Wrong(
            "(X_new - X_train.mean(axis=0)) / X_train.std(axis=0)",
            "A column that never changes has the spread 0: 0 / 0 is NaN. Divide by 1 there.",
        ),
        Wrong(
            _scaled("s = X_train.std(); return (X_new - X_train.mean()) / (s if s else 1)"),
            "One mean and one spread for all columns. Each column has its own: axis=0.",
        ),
        Wrong(
            _scaled(MEAN_AND_SPREAD.replace("std", "var") + "return (X_new - m) / s"),
            "Divided by the variance. The spread is its square root: std.",
        ),
        Wrong(
            _scaled(MEAN_AND_SPREAD + "return (X_train - m) / s"), "These are the training rows. X_new is asked for."
        ),
        Wrong(_scaled(MEAN_AND_SPREAD + "return X_new - m / s"), "Brackets: first subtract the mean, then divide."),
        Wrong(_scaled(MEAN_AND_SPREAD + "return X_new / s"), "The mean is not subtracted."),
        Wrong(_scaled(MEAN_AND_SPREAD + "return X_new - m"), "Not divided by the spread."),
        Wrong(
            "(X_new - X_train.mean(axis=0)) / (X_train.std(axis=0) + 1)",
            "1 is added to every spread. Only a spread of 0 is to be replaced.",
        ),
        Wrong(
            _scaled("s = X_train.std(axis=0, ddof=1); return (X_new - X_train.mean(axis=0)) / np.where(s == 0, 1, s)"),
            "ddof=1 divides by m - 1. Here the spread is NumPy's plain std.",
        ),
        Wrong(
            _scaled(
                "low = X_train.min(axis=0); r = np.ptp(X_train, axis=0); return (X_new - low) / np.where(r == 0, 1, r)"
            ),
            "That scales to 0 … 1 by the smallest and the largest. Mean and spread are asked for.",
        ),
        Wrong(
            """
def scale_by_training(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    result = np.zeros_like(X_new)
    result[:] = (X_new - mean) / np.where(spread == 0, 1, spread)
    return result
""",
            "np.zeros_like(X_new) holds whole numbers where the pixels do: the decimals are cut off.",
        ),
        Wrong(
            """
def scale_by_training(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    X_new -= mean
    X_new /= np.where(spread == 0, 1, spread)
    return X_new
""",
            "-= and /= change the caller's rows. Write (X_new - mean) / …, which makes new ones.",
        ),
    ),
    variants=(
        _scaled(MEAN_AND_SPREAD + "return (X_new - m) / s"),
        """
def scale_by_training(X_train, X_new):
    result = np.zeros(X_new.shape)
    for j in range(X_new.shape[1]):
        spread = X_train[:, j].std() or 1.0
        result[:, j] = (X_new[:, j] - X_train[:, j].mean()) / spread
    return result
""",
        """
def scale_by_training(X_train, X_new):
    centre = X_train.mean(0)
    s = np.sqrt(((X_train - centre) ** 2).mean(0))
    s[s == 0] = 1
    return (X_new - centre) / s
""",
        """
def scale_by_training(X_train, X_new):
    spread = X_train.std(axis=0, keepdims=True)
    return np.divide(X_new - X_train.mean(axis=0), spread + (spread == 0))
""",
    ),
)


def _stop(tail: str, better: str = "loss < best", start: str = "best, best_epoch = float('inf'), 0") -> str:
    return f"""
def early_stop(val_losses, patience):
    {start}
    for epoch, loss in enumerate(val_losses, start=1):
        if {better}:
            best, best_epoch = loss, epoch
        {tail}
    return len(val_losses), best_epoch
"""


EARLY_STOP = Exercise(
    id="early_stop",
    lesson="12",
    title="when to stop",
    aim="Stop after `patience` epochs in a row without a new lowest loss. Say how many epochs ran, and the best one.",
    signature="early_stop(val_losses, patience): list of losses, a whole number -> epochs run, best epoch, both from 1",
    lines=7,
    hints=(
        "Go through the losses with enumerate(val_losses, start=1), and remember the lowest and its epoch.",
        "The epochs without a new best are epoch - best_epoch. An equal loss is no new best.",
        "When epoch - best_epoch == patience, return epoch, best_epoch; after the loop len(val_losses), best_epoch.",
    ),
    why="This is Keras's EarlyStopping; what it adds is to bring the best weights back.",
    solution=_stop("if epoch - best_epoch == patience:\n            return epoch, best_epoch"),
    inputs=lambda: [
        ([3.0, 2.0, 1.0, 2.0, 3.0, 0.5], 2),
        ([1.0], 1),
        ([1.0, 2.0, 3.0], 1),
        ([5.0, 4.0, 3.0, 2.0], 2),
        ([2.0, 2.0, 2.0, 2.0], 2),
        ([2.0, 1.0, 1.5, 0.9, 1.2, 1.1, 1.0, 0.1], 3),
        ([4.0, 5.0, 3.0, 6.0, 7.0, 8.0], 10),
        ([1.0, 3.0, 2.0, 1.5, 0.5], 3),
        ([0.7, 0.9, 0.6, 0.8, 0.6, 0.7, 0.5], 3),
        ([1.0, 2.0, 2.5, 3.0, 3.5, 0.2], 2),
    ],
    wrong=(
        Wrong(
            _stop("if epoch - best_epoch == patience:\n            return epoch - 1, best_epoch - 1"),
            "Both count from 1: add 1 to each, or start enumerate at 1.",
        ),
        Wrong(
            _stop("if epoch - best_epoch > patience:\n            return epoch, best_epoch"),
            "One epoch too patient. It stops at `patience` epochs without a new best, not after one more.",
        ),
        Wrong(
            _stop("if epoch - best_epoch == patience:\n            return epoch, best_epoch", better="loss <= best"),
            "An equal loss is no new best: compare with <.",
        ),
        Wrong(
            "len(val_losses), int(np.argmin(val_losses)) + 1",
            "That looks at all losses at once. A run that has stopped does not see the later ones.",
        ),
        Wrong(
            _stop("if epoch - best_epoch == patience:\n            return best_epoch, epoch"),
            "The order: epochs run first, then the best epoch.",
        ),
        Wrong(
            _stop("if epoch - best_epoch == patience:\n            return epoch, epoch"),
            "The best epoch is the one with the lowest loss, not the last one.",
        ),
        Wrong(
            _stop("if epoch - best_epoch == patience:\n            return best_epoch, best_epoch"),
            "The epochs of waiting have run, too: the first number is the epoch of the stop.",
        ),
        Wrong(
            """
def early_stop(val_losses, patience):
    best, best_epoch, wait = float("inf"), 0, 0
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < best:
            best, best_epoch = loss, epoch
        else:
            wait += 1
            if wait == patience:
                return epoch, best_epoch
    return len(val_losses), best_epoch
""",
            "The count of waiting goes on after a new best. It starts again at 0 there.",
        ),
        Wrong(
            """
def early_stop(val_losses, patience):
    wait, best_epoch = 0, 1
    for epoch in range(2, len(val_losses) + 1):
        if val_losses[epoch - 1] < val_losses[epoch - 2]:
            wait, best_epoch = 0, epoch
        else:
            wait += 1
            if wait == patience:
                return epoch, best_epoch
    return len(val_losses), best_epoch
""",
            "Compared with the epoch before. A new best must be below all earlier ones.",
        ),
    ),
    variants=(
        """
def early_stop(val_losses, patience):
    best_epoch, wait = 1, 0
    for epoch, loss in enumerate(val_losses, start=1):
        if epoch == 1 or loss < val_losses[best_epoch - 1]:
            best_epoch, wait = epoch, 0
        else:
            wait += 1
        if wait >= patience:
            break
    return epoch, best_epoch
""",
        """
def early_stop(val_losses, patience):
    for run in range(1, len(val_losses) + 1):
        best_epoch = int(np.argmin(val_losses[:run])) + 1
        if run - best_epoch >= patience:
            return run, best_epoch
    return len(val_losses), best_epoch
""",
        """
def early_stop(val_losses, patience):
    best_epoch = 1
    while True:
        ahead = [e for e in range(best_epoch + 1, best_epoch + patience + 1) if e <= len(val_losses)]
        better = [e for e in ahead if val_losses[e - 1] < val_losses[best_epoch - 1]]
        if not better:
            return min(best_epoch + patience, len(val_losses)), best_epoch
        best_epoch = better[0]
""",
    ),
)

PREDICT_FEW_STEPS = Exercise(
    id="predict_few_steps",
    lesson="12",
    title="how many steps a large batch leaves",
    aim="1,000 images, batches of 256, 5 epochs. How many steps are that in all?",
    signature="predict_few_steps = a whole number",
    lines=1,
    hints=(
        "How many batches of 256 does one epoch need, until each of the 1,000 images has come?",
        "1,000 / 256 is 3.9. Keras uses what is left over as a smaller last batch.",
        "Four batches in each of the five epochs.",
    ),
    why="Batches of 32 take 160 steps in the same time: at the same rate they go eight times as far.",
    solution="""
def predict_few_steps():
    in_one_epoch = 3 + 1  # three full batches, and one of 232 images
    return 5 * in_one_epoch
""",
    wrong=(
        Wrong("1000 // 256 * 5", "Then 232 images of each epoch would be left out. They make a smaller last batch."),
        Wrong("1000 * 5 / 256", "Half a step cannot be. Each epoch ends with a smaller batch: round up, then times 5."),
        Wrong("1000 * 5 // 256", "Batches end with their epoch. Round up within each epoch, then times 5."),
        Wrong("4", "That is one epoch. There are five."),
        Wrong("-(-1000 // 32) * 5", "That is for batches of 32. Here they hold 256."),
        Wrong("256 * 5", "256 is how many images one step uses. Count the batches."),
        Wrong("1000 * 5", "That would be one step for each image. One step uses 256 of them."),
    ),
    variants=("20.0", "np.int64(20)", "4 * 5", "int(np.ceil(1000 / 256)) * 5"),
)

PREDICT_SCALED_RATE = Exercise(
    id="predict_scaled_rate",
    lesson="12",
    title="a rate for eight times fewer steps",
    aim="160 steps at a rate of 0.02 are to become 20 steps that go as far. Which rate?",
    signature="predict_scaled_rate = a number",
    lines=1,
    hints=(
        "Take the slope as the same all the way. How far do 160 steps go, in slopes?",
        "160 · 0.02 = 3.2. The 20 steps share it.",
        "3.2 / 20, or 0.02 times 160 / 20.",
    ),
    why="With the batch, the rate may grow: while steps stay small, eight of them add up to one long one.",
    solution="""
def predict_scaled_rate():
    return 0.02 * 160 / 20
""",
    wrong=(
        Wrong("0.02", "At the same rate 20 steps go an eighth of the way."),
        Wrong("0.02 * 20 / 160", "Upside down: fewer steps must be longer."),
        Wrong(
            "0.02 * np.sqrt(8)", "The root fits another question: how noisy a batch's slope is. Steps in a row add up."
        ),
        Wrong("0.02 * 160", "That is the whole way, in one step. 20 steps share it."),
        Wrong("160 / 20", "That is the factor. Multiply the rate by it."),
        Wrong("0.02 * 20", "20 is the count of steps. The factor is 160 / 20."),
        Wrong("0.02 * 256 / 20", "256 is the batch size. The steps count: 160 against 20."),
        Wrong("0.02 * (160 - 20)", "The ratio of the steps counts, not the difference."),
    ),
    variants=("0.16", "0.02 * 8", "np.float32(0.16)", "0.02 * 256 / 32"),
)

PREDICT_FIVE_SLOPES = Exercise(
    id="predict_five_slopes",
    lesson="12",
    title="slopes that multiply",
    aim="Each of five sigmoid layers multiplies the gradient by its slope. What is the largest factor five can leave?",
    signature="predict_five_slopes = a number",
    lines=1,
    hints=(
        "How steep is the sigmoid at its steepest? Lesson 01 has it.",
        "a (1 - a) is largest at a = 1/2: a quarter.",
        "A quarter, five times as a factor: 0.25 ** 5.",
    ),
    why="At best a thousandth arrives, before any weight has a say; ReLU's slope is 1 where it is not 0.",
    solution="""
def predict_five_slopes():
    return 0.25**5
""",
    rtol=0.005,
    wrong=(
        Wrong("0.25", "That is one layer. There are five, and their slopes multiply."),
        Wrong("5 * 0.25", "Slopes along a chain multiply; they do not add up."),
        Wrong("0.5**5", "The sigmoid's value at 0 is a half. Its slope there is a quarter."),
        Wrong("1", "That is the slope of ReLU. The sigmoid is never steeper than a quarter."),
        Wrong("0.25 / 5", "Five layers divide by 4 each, not once by 5."),
        Wrong("0.25**4", "One layer is missing: five slopes."),
        Wrong("0.25**6", "One slope too many: five layers."),
        Wrong("0", "Small, but not nothing: a quarter, multiplied five times."),
        Wrong("4**5", "Upside down: that is by how much it shrinks."),
    ),
    variants=("1 / 1024", "0.000977", "0.00098", "np.prod([0.25] * 5)", "2.0**-10"),
)

EXERCISES = (
    PREDICT_ONE_LOGIT,
    LAST_LAYER,
    PREDICT_LONELY_SOFTMAX,
    SCALE_BY_TRAINING,
    EARLY_STOP,
    PREDICT_FEW_STEPS,
    PREDICT_SCALED_RATE,
    PREDICT_FIVE_SLOPES,
)
