"""Exercises of lesson 12: last layers, scaling without a leak, when to stop, steps and rates, slopes that vanish."""

import numpy as np

from course_utils.backend import load_keras
from course_utils.exercises import exercise, prediction


@prediction(
    title="two softmax units, or one sigmoid",
    aim="Two softmax units have the logits 0.5 and 2.5. Which single logit gives class 1 the same probability?",
    shapes="a number",
    hints=(
        "Write the softmax of class 1 as a fraction, and divide top and bottom by e to the 2.5.",
        "It becomes 1 / (1 + e to the (0.5 - 2.5)). Compare with the sigmoid, 1 / (1 + e to the -z).",
        "z is the logit of class 1 minus the logit of class 0.",
    ),
    why="Only the difference of the logits counts, so one unit says as much as two.",
)
def predict_one_logit():
    return 2.5 - 0.5


predict_one_logit.mistake("The sign is turned round: that is the logit of class 0.", 0.5 - 2.5)
predict_one_logit.mistake("That is the logit of class 1. Softmax compares it with the other one.", 2.5)
predict_one_logit.mistake("Softmax sees the difference of the logits, not their sum.", 0.5 + 2.5)
predict_one_logit.mistake("That is the logit of class 0, alone.", 0.5)
predict_one_logit.mistake("That is the mean of both logits. Softmax sees how far they are apart.", 1.5)
predict_one_logit.mistake("The logits are in exponents: their difference counts, not their ratio.", 2.5 / 0.5)
predict_one_logit.mistake("That is the probability. The logit is what goes into the sigmoid.", 1 / (1 + np.exp(-2.0)))

predict_one_logit.also(2, 2.0, np.float64(2.0), np.log(np.exp(2.5) / np.exp(0.5)))


@exercise(
    title="the last layer of a task",
    aim="Give the units, activation and loss that belong to a task whose targets are plain numbers, not one-hot rows.",
    shapes='"number" and 0, or "class" and how many -> units, activation, loss',
    hints=(
        'Three cases: "number"; "class" with 2 classes; "class" with more.',
        "Return three things with commas: a whole number and two names of Keras, written in full.",
        'For two classes 1, "sigmoid", "binary_crossentropy"; for more "softmax" with the sparse loss.',
    ),
    why="Three lines of a table decide whether a network can learn its task at all.",
    inputs=lambda: [("number", 0), ("class", 2), ("class", 3), ("class", 10), ("class", 1000)],
    results=("units", "activation", "loss"),
    synonyms={"linear": (None,), "mean_squared_error": ("mse",)},  # as Keras has it
)
def last_layer(task, classes):
    if task == "number":
        return 1, "linear", "mean_squared_error"
    if classes == 2:
        return 1, "sigmoid", "binary_crossentropy"
    return classes, "softmax", "sparse_categorical_crossentropy"


@last_layer.mistake("Targets here are whole numbers. The loss without sparse_ wants one-hot rows.")
def _(task, classes):
    if task == "number":
        return 1, "linear", "mean_squared_error"
    if classes == 2:
        return 1, "sigmoid", "binary_crossentropy"
    return classes, "softmax", "categorical_crossentropy"


@last_layer.mistake("Softmax with a single unit always says 1. One unit takes a sigmoid.")
def _(task, classes):
    if task == "number":
        return 1, "linear", "mean_squared_error"
    if classes == 2:
        return 1, "softmax", "binary_crossentropy"
    return classes, "softmax", "sparse_categorical_crossentropy"


@last_layer.mistake("That works for two classes. The exercise asks for the way with one unit.")
def _(task, classes):
    if task == "number":
        return 1, "linear", "mean_squared_error"
    if classes == 2:
        return 2, "softmax", "sparse_categorical_crossentropy"
    return classes, "softmax", "sparse_categorical_crossentropy"


@last_layer.mistake("A sigmoid ends at 1; a number may be 300: linear.")
def _(task, classes):
    if task == "number":
        return 1, "sigmoid", "mean_squared_error"
    if classes == 2:
        return 1, "sigmoid", "binary_crossentropy"
    return classes, "softmax", "sparse_categorical_crossentropy"


@last_layer.mistake("A sigmoid for two classes needs one unit only.")
def _(task, classes):
    if task == "number":
        return 1, "linear", "mean_squared_error"
    if classes == 2:
        return 2, "sigmoid", "binary_crossentropy"
    return classes, "softmax", "sparse_categorical_crossentropy"


@last_layer.mistake("Sigmoids side by side do not add up to 1. For more than two classes: softmax.")
def _(task, classes):
    if task == "number":
        return 1, "linear", "mean_squared_error"
    if classes == 2:
        return 1, "sigmoid", "binary_crossentropy"
    return classes, "sigmoid", "sparse_categorical_crossentropy"


@last_layer.mistake("The binary cross-entropy takes each class for a question of its own. Here one of K is right.")
def _(task, classes):
    if task == "number":
        return 1, "linear", "mean_squared_error"
    if classes == 2:
        return 1, "sigmoid", "binary_crossentropy"
    return classes, "softmax", "binary_crossentropy"


@last_layer.mistake("Where the sigmoid is flat, the squared error has no slope: for classes take the cross-entropy.")
def _(task, classes):
    if task == "number":
        return 1, "linear", "mean_squared_error"
    if classes == 2:
        return 1, "sigmoid", "mean_squared_error"
    return classes, "softmax", "sparse_categorical_crossentropy"


@last_layer.mistake("ReLU never gets below 0. A number may be negative: linear.")
def _(task, classes):
    if task == "number":
        return 1, "relu", "mean_squared_error"
    if classes == 2:
        return 1, "sigmoid", "binary_crossentropy"
    return classes, "softmax", "sparse_categorical_crossentropy"


@last_layer.also
def _(task, classes):
    if task == "number":
        return 1, None, "mse"
    if classes == 2:
        return 1, "sigmoid", "binary_crossentropy"
    return classes, "softmax", "sparse_categorical_crossentropy"


@last_layer.also
def _(task, classes):
    endings = {0: (1, "linear", "mean_squared_error"), 2: (1, "sigmoid", "binary_crossentropy")}
    return endings.get(classes, (classes, "softmax", "sparse_categorical_crossentropy"))


@last_layer.also
def _(task, classes):
    if task == "class" and classes > 2:
        return np.int64(classes), "softmax", "sparse_categorical_crossentropy"
    name, loss = ("sigmoid", "binary_crossentropy") if task == "class" else ("linear", "mean_squared_error")
    return 1, name, loss


@last_layer.also
def _(task, classes):
    match task, classes:
        case "number", _:
            return 1, "Linear", "mean_squared_error"
        case _, 2:
            return 1, "sigmoid", "binary_crossentropy"
    return classes, "softmax", "sparse_categorical_crossentropy"


@prediction(
    title="softmax with one unit",
    aim="A softmax layer has a single unit, and its logit is -3. What probability does it give?",
    shapes="a number from 0 to 1",
    hints=(
        "Softmax divides each e to the z by the sum over all units of the layer.",
        "There is one unit, so the sum has one term.",
        "e to the -3, divided by e to the -3.",
    ),
    why="Whatever it learns, such a network says 1: its accuracy is the share of class 1.",
)
def predict_lonely_softmax():
    return 1.0  # e to the -3, divided by itself


predict_lonely_softmax.mistake(
    "That is the sigmoid of -3. Softmax divides by the sum over the units: one term.", 1 / (1 + np.exp(3))
)
predict_lonely_softmax.mistake("This is e to the z. It is still to be divided by the sum.", np.exp(-3))
predict_lonely_softmax.mistake("e to the z is never 0, and a share of itself even less.", 0)
predict_lonely_softmax.mistake("Half would need two equal units. There is only one.", 0.5)
predict_lonely_softmax.mistake("That is the logit. A probability lies between 0 and 1.", -3)
predict_lonely_softmax.mistake("Three equal units would give a third each. Here is one.", 1 / 3)

predict_lonely_softmax.also(1, 1.0, np.float32(1), np.exp(-3) / np.exp(-3))


def _rows() -> list[tuple]:
    def case(seed: int, m: int, n: int, new: int) -> tuple:
        rng = np.random.default_rng(seed)
        return rng.normal(2, 3, size=(m, n)), rng.normal(1, 4, size=(new, n))

    by_hand = np.array([[0.0, 5.0], [2.0, 5.0]]), np.array([[3.0, 5.0], [1.0, 5.0], [0.0, 5.0]])
    corner = np.array([[0.0, 7.0, 1.0], [0.0, 9.0, 1.0], [0.0, 8.0, 4.0]]), np.array([[4.0, 8.0, 2.0]])
    whole = np.array([[0, 255], [255, 255], [10, 0]]), np.array([[7, 255], [0, 3]])
    large = np.random.default_rng(104).normal(1e6, 1e3, size=(6, 3)), np.full((2, 3), 1e6)
    return [by_hand, case(101, 6, 3, 4), case(102, 5, 1, 1), case(103, 9, 4, 2), corner, whole, large]


@exercise(
    title="scale as the training rows ask",
    aim="Scale new rows, column by column: minus the mean, divided by the spread, both of the training rows.",
    shapes="X_train (m, n), X_new (k, n) -> (k, n); spread 0 counts as 1",
    hints=(
        "Two numbers for each column: X_train.mean(axis=0) and X_train.std(axis=0), both (n,).",
        "Where the spread is 0, divide by 1: np.where(spread == 0, 1, spread).",
        "Return (X_new - mean) / spread. Nothing is computed from X_new itself.",
    ),
    why="Held rows stay unseen, and the corner pixels of digits no longer divide by 0.",
    inputs=_rows,
)
def scale_by_training(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)  # (n,), (n,)
    return (X_new - mean) / np.where(spread == 0, 1, spread)  # (k, n)


@scale_by_training.mistake("The new rows are scaled by themselves. Their mean and spread must come from X_train.")
def _(X_train, X_new):
    m, s = X_new.mean(axis=0), X_new.std(axis=0)
    return (X_new - m) / np.where(s == 0, 1, s)


@scale_by_training.mistake("All rows together: this is the leak. Take mean and spread of X_train alone.")
def _(X_train, X_new):
    X = np.concatenate([X_train, X_new])
    m, s = X.mean(axis=0), X.std(axis=0)
    return (X_new - m) / np.where(s == 0, 1, s)


scale_by_training.mistake(
    "A column that never changes has the spread 0: 0 / 0 is NaN. Divide by 1 there.",
    lambda X_train, X_new: (X_new - X_train.mean(axis=0)) / X_train.std(axis=0),
)


@scale_by_training.mistake("One mean and one spread for all columns. Each column has its own: axis=0.")
def _(X_train, X_new):
    s = X_train.std()
    return (X_new - X_train.mean()) / (s if s else 1)


@scale_by_training.mistake("Divided by the variance. The spread is its square root: std.")
def _(X_train, X_new):
    m, s = X_train.mean(axis=0), X_train.var(axis=0)
    s = np.where(s == 0, 1, s)
    return (X_new - m) / s


@scale_by_training.mistake("These are the training rows. X_new is asked for.")
def _(X_train, X_new):
    m, s = X_train.mean(axis=0), X_train.std(axis=0)
    s = np.where(s == 0, 1, s)
    return (X_train - m) / s


@scale_by_training.mistake("Brackets: first subtract the mean, then divide.")
def _(X_train, X_new):
    m, s = X_train.mean(axis=0), X_train.std(axis=0)
    s = np.where(s == 0, 1, s)
    return X_new - m / s


@scale_by_training.mistake("The mean is not subtracted.")
def _(X_train, X_new):
    s = X_train.std(axis=0)
    s = np.where(s == 0, 1, s)
    return X_new / s


@scale_by_training.mistake("Not divided by the spread.")
def _(X_train, X_new):
    m, s = X_train.mean(axis=0), X_train.std(axis=0)
    s = np.where(s == 0, 1, s)
    return X_new - m


scale_by_training.mistake(
    "1 is added to every spread. Only a spread of 0 is to be replaced.",
    lambda X_train, X_new: (X_new - X_train.mean(axis=0)) / (X_train.std(axis=0) + 1),
)


@scale_by_training.mistake("ddof=1 divides by m - 1. Here the spread is NumPy's plain std.")
def _(X_train, X_new):
    s = X_train.std(axis=0, ddof=1)
    return (X_new - X_train.mean(axis=0)) / np.where(s == 0, 1, s)


@scale_by_training.mistake("That scales to 0 … 1 by the smallest and the largest. Mean and spread are asked for.")
def _(X_train, X_new):
    low = X_train.min(axis=0)
    r = np.ptp(X_train, axis=0)
    return (X_new - low) / np.where(r == 0, 1, r)


@scale_by_training.mistake("np.zeros_like(X_new) holds whole numbers where the pixels do: the decimals are cut off.")
def _(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    result = np.zeros_like(X_new)
    result[:] = (X_new - mean) / np.where(spread == 0, 1, spread)
    return result


@scale_by_training.mistake("-= and /= change the caller's rows. Write (X_new - mean) / …, which makes new ones.")
def _(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    X_new -= mean
    X_new /= np.where(spread == 0, 1, spread)
    return X_new


scale_by_training.mistake(
    "A tiny number added to the spread blows up a column that never changes. Where the spread is 0, divide by 1.",
    lambda X_train, X_new: (X_new - X_train.mean(axis=0)) / (X_train.std(axis=0) + 1e-8),
)
scale_by_training.mistake(
    "That is the variance. The spread is its root, .std(axis=0); and where it is 0, divide by 1.",
    lambda X_train, X_new: (X_new - X_train.mean(axis=0)) / X_train.var(axis=0),
)


@scale_by_training.also
def _(X_train, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    return np.where(spread == 0, X_new - mean, (X_new - mean) / spread)  # NumPy warns, and the result is right


@scale_by_training.also
def _(X_train, X_new):
    m, s = X_train.mean(axis=0), X_train.std(axis=0)
    s = np.where(s == 0, 1, s)
    return (X_new - m) / s


@scale_by_training.also
def _(X_train, X_new):
    result = np.zeros(X_new.shape)
    for j in range(X_new.shape[1]):
        spread = X_train[:, j].std() or 1.0
        result[:, j] = (X_new[:, j] - X_train[:, j].mean()) / spread
    return result


@scale_by_training.also
def _(X_train, X_new):
    centre = X_train.mean(0)
    s = np.sqrt(((X_train - centre) ** 2).mean(0))
    s[s == 0] = 1
    return (X_new - centre) / s


@scale_by_training.also
def _(X_train, X_new):
    spread = X_train.std(axis=0, keepdims=True)
    return np.divide(X_new - X_train.mean(axis=0), spread + (spread == 0))


@exercise(
    title="when to stop",
    aim="Stop after `patience` epochs in a row without a new lowest loss. Say how many epochs ran, and the best one.",
    shapes="list of losses, a whole number -> epochs run, best epoch, both from 1",
    hints=(
        "Go through the losses with enumerate(val_losses, start=1), and remember the lowest and its epoch.",
        "The epochs without a new best are epoch - best_epoch. An equal loss is no new best.",
        "When epoch - best_epoch == patience, return epoch, best_epoch; after the loop len(val_losses), best_epoch.",
    ),
    why="This is Keras's EarlyStopping; what it adds is to bring the best weights back.",
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
    results=("number of epochs", "best epoch"),
)
def early_stop(val_losses, patience):
    best, best_epoch = float("inf"), 0
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < best:
            best, best_epoch = loss, epoch
        if epoch - best_epoch == patience:
            return epoch, best_epoch
    return len(val_losses), best_epoch


@early_stop.mistake("Both count from 1: add 1 to each, or start enumerate at 1.")
def _(val_losses, patience):
    best, best_epoch = float("inf"), 0
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < best:
            best, best_epoch = loss, epoch
        if epoch - best_epoch == patience:
            return epoch - 1, best_epoch - 1
    return len(val_losses), best_epoch


@early_stop.mistake("The epochs count from 0 here. Both results count from 1: start enumerate at 1.")
def _(val_losses, patience):
    best, best_epoch = float("inf"), 0
    for epoch, loss in enumerate(val_losses):
        if loss < best:
            best, best_epoch = loss, epoch
        if epoch - best_epoch == patience:
            return epoch, best_epoch
    return len(val_losses), best_epoch


@early_stop.mistake("One epoch too patient. It stops at `patience` epochs without a new best, not after one more.")
def _(val_losses, patience):
    best, best_epoch = float("inf"), 0
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < best:
            best, best_epoch = loss, epoch
        if epoch - best_epoch > patience:
            return epoch, best_epoch
    return len(val_losses), best_epoch


@early_stop.mistake("An equal loss is no new best: compare with <.")
def _(val_losses, patience):
    best, best_epoch = float("inf"), 0
    for epoch, loss in enumerate(val_losses, start=1):
        if loss <= best:
            best, best_epoch = loss, epoch
        if epoch - best_epoch == patience:
            return epoch, best_epoch
    return len(val_losses), best_epoch


early_stop.mistake(
    "That looks at all losses at once. A run that has stopped does not see the later ones.",
    lambda val_losses, patience: (len(val_losses), int(np.argmin(val_losses)) + 1),
)


@early_stop.mistake(
    "That looks at all losses at once. A run that has stopped does not see the later ones, "
    "and there may be fewer epochs than best + patience."
)
def _(val_losses, patience):
    best_epoch = int(np.argmin(val_losses)) + 1
    return best_epoch + patience, best_epoch


@early_stop.mistake("The order: epochs run first, then the best epoch.")
def _(val_losses, patience):
    best, best_epoch = float("inf"), 0
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < best:
            best, best_epoch = loss, epoch
        if epoch - best_epoch == patience:
            return best_epoch, epoch
    return len(val_losses), best_epoch


@early_stop.mistake("The best epoch is the one with the lowest loss, not the last one.")
def _(val_losses, patience):
    best, best_epoch = float("inf"), 0
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < best:
            best, best_epoch = loss, epoch
        if epoch - best_epoch == patience:
            return epoch, epoch
    return len(val_losses), best_epoch


@early_stop.mistake("The epochs of waiting have run, too: the first number is the epoch of the stop.")
def _(val_losses, patience):
    best, best_epoch = float("inf"), 0
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < best:
            best, best_epoch = loss, epoch
        if epoch - best_epoch == patience:
            return best_epoch, best_epoch
    return len(val_losses), best_epoch


@early_stop.mistake("The count of waiting goes on after a new best. It starts again at 0 there.")
def _(val_losses, patience):
    best, best_epoch, wait = float("inf"), 0, 0
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < best:
            best, best_epoch = loss, epoch
        else:
            wait += 1
            if wait == patience:
                return epoch, best_epoch
    return len(val_losses), best_epoch


@early_stop.mistake("Compared with the epoch before. A new best must be below all earlier ones.")
def _(val_losses, patience):
    wait, best_epoch = 0, 1
    for epoch in range(2, len(val_losses) + 1):
        if val_losses[epoch - 1] < val_losses[epoch - 2]:
            wait, best_epoch = 0, epoch
        else:
            wait += 1
            if wait == patience:
                return epoch, best_epoch
    return len(val_losses), best_epoch


@early_stop.mistake("The lowest of all losses may come after the stop. A run that has stopped does not see it.")
def _(val_losses, patience):
    best = val_losses.index(min(val_losses)) + 1
    return min(best + patience, len(val_losses)), best


@early_stop.also
def _(val_losses, patience):
    best_epoch, wait = 1, 0
    for epoch, loss in enumerate(val_losses, start=1):
        if epoch == 1 or loss < val_losses[best_epoch - 1]:
            best_epoch, wait = epoch, 0
        else:
            wait += 1
        if wait >= patience:
            break
    return epoch, best_epoch


@early_stop.also
def _(val_losses, patience):
    for run in range(1, len(val_losses) + 1):
        best_epoch = int(np.argmin(val_losses[:run])) + 1
        if run - best_epoch >= patience:
            return run, best_epoch
    return len(val_losses), best_epoch


@early_stop.also
def _(val_losses, patience):
    best_epoch = 1
    while True:
        ahead = [e for e in range(best_epoch + 1, best_epoch + patience + 1) if e <= len(val_losses)]
        better = [e for e in ahead if val_losses[e - 1] < val_losses[best_epoch - 1]]
        if not better:
            return min(best_epoch + patience, len(val_losses)), best_epoch
        best_epoch = better[0]


@early_stop.payoff
def _(early_stop):
    load_keras()
    import keras
    from sklearn.datasets import load_diabetes

    X, y = load_diabetes(return_X_y=True)
    X, t = 20 * X, (y - y.mean()) / y.std()
    keras.utils.set_random_seed(10)
    layers = [keras.layers.Dense(128, "relu"), keras.layers.Dense(128, "relu"), keras.layers.Dense(1)]
    model = keras.Sequential([keras.Input((10,)), *layers])
    model.compile(keras.optimizers.Adam(0.003), "mean_squared_error")
    stopping = keras.callbacks.EarlyStopping(patience=5)
    fit = {"validation_split": 0.25, "epochs": 30, "batch_size": 32, "callbacks": [stopping], "verbose": 0}
    losses = model.fit(X, t, **fit).history["val_loss"]
    ran, best = len(losses), stopping.best_epoch + 1
    print(f"Keras, with a patience of 5, ran {ran} epochs, and epoch {best} was best.")
    print(f"Your function, given these losses: {early_stop(losses, 5)}.")


@prediction(
    title="how many steps a large batch leaves",
    aim="1,000 images, batches of 256, 5 epochs. How many steps are that in all?",
    shapes="a whole number",
    hints=(
        "How many batches of 256 does one epoch need, until each of the 1,000 images has come?",
        "1,000 / 256 is 3.9. Keras uses what is left over as a smaller last batch.",
        "Four batches in each of the five epochs.",
    ),
    why="Batches of 32 take 160 steps in the same time: at the same rate they go eight times as far.",
)
def predict_few_steps():
    in_one_epoch = 3 + 1  # three full batches, and one of 232 images
    return 5 * in_one_epoch


predict_few_steps.mistake(
    "Then 232 images of each epoch would be left out. They make a smaller last batch.", 1000 // 256 * 5
)
predict_few_steps.mistake(
    "Half a step cannot be. Each epoch ends with a smaller batch: round up, then times 5.", 1000 * 5 / 256
)
predict_few_steps.mistake("Batches end with their epoch. Round up within each epoch, then times 5.", 1000 * 5 // 256)
predict_few_steps.mistake("That is one epoch. There are five.", 4)
predict_few_steps.mistake("That is for batches of 32. Here they hold 256.", -(-1000 // 32) * 5)
predict_few_steps.mistake("256 is how many images one step uses. Count the batches.", 256 * 5)
predict_few_steps.mistake("That would be one step for each image. One step uses 256 of them.", 1000 * 5)

predict_few_steps.also(20.0, np.int64(20), 4 * 5, int(np.ceil(1000 / 256)) * 5)


@prediction(
    title="a rate for eight times fewer steps",
    aim="160 steps at a rate of 0.02 are to become 20 steps that go as far. Which rate?",
    shapes="a number",
    hints=(
        "Take the slope as the same all the way. How far do 160 steps go, in slopes?",
        "160 · 0.02 = 3.2. The 20 steps share it.",
        "3.2 / 20, or 0.02 times 160 / 20.",
    ),
    why="With the batch, the rate may grow: while steps stay small, eight of them add up to one long one.",
)
def predict_scaled_rate():
    return 0.02 * 160 / 20


predict_scaled_rate.mistake("At the same rate 20 steps go an eighth of the way.", 0.02)
predict_scaled_rate.mistake("Upside down: fewer steps must be longer.", 0.02 * 20 / 160)
predict_scaled_rate.mistake(
    "The root fits another question: how noisy a batch's slope is. Steps in a row add up.", 0.02 * np.sqrt(8)
)
predict_scaled_rate.mistake("That is the whole way, in one step. 20 steps share it.", 0.02 * 160)
predict_scaled_rate.mistake("That is the factor. Multiply the rate by it.", 160 / 20)
predict_scaled_rate.mistake("20 is the count of steps. The factor is 160 / 20.", 0.02 * 20)
predict_scaled_rate.mistake("256 is the batch size. The steps count: 160 against 20.", 0.02 * 256 / 20)
predict_scaled_rate.mistake("The ratio of the steps counts, not the difference.", 0.02 * (160 - 20))

predict_scaled_rate.also(0.16, 0.02 * 8, np.float32(0.16), 0.02 * 256 / 32)


@prediction(
    title="slopes that multiply",
    aim="Each of five sigmoid layers multiplies the gradient by its slope. What is the largest factor five can leave?",
    shapes="a number",
    hints=(
        "How steep is the sigmoid at its steepest? Lesson 01 has it.",
        "a (1 - a) is largest at a = 1/2: a quarter.",
        "A quarter, five times as a factor: 0.25 ** 5.",
    ),
    why="At best a thousandth arrives, before any weight has a say; ReLU's slope is 1 where it is not 0.",
    rtol=0.005,
)
def predict_five_slopes():
    return 0.25**5


predict_five_slopes.mistake("That is one layer. There are five, and their slopes multiply.", 0.25)
predict_five_slopes.mistake("Slopes along a chain multiply; they do not add up.", 5 * 0.25)
predict_five_slopes.mistake("The sigmoid's value at 0 is a half. Its slope there is a quarter.", 0.5**5)
predict_five_slopes.mistake("That is the slope of ReLU. The sigmoid is never steeper than a quarter.", 1)
predict_five_slopes.mistake("Five layers divide by 4 each, not once by 5.", 0.25 / 5)
predict_five_slopes.mistake("One layer is missing: five slopes.", 0.25**4)
predict_five_slopes.mistake("One slope too many: five layers.", 0.25**6)
predict_five_slopes.mistake("Small, but not nothing: a quarter, multiplied five times.", 0)
predict_five_slopes.mistake("Upside down: that is by how much it shrinks.", 4**5)

predict_five_slopes.also(1 / 1024, 0.000977, 0.00098, np.prod([0.25] * 5), 2.0**-10)
