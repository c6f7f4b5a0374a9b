"""Exercises of lesson 13: when to stop, Keras models that stop in time or are cured, and a small one."""

from functools import cache

import numpy as np

from course_utils.backend import load_keras
from course_utils.exercises import exercise, open_exercise, prediction
from course_utils.model_checks import model_exercise

load_keras()
import keras  # noqa: E402
from keras import layers  # noqa: E402


@cache
def typed_digits():
    """Give (1000, 8, 8) digits, a fifth of them under a wrong label, and (797, 8, 8) under the right ones."""
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    X, y = load_digits(return_X_y=True)
    X = (X.reshape(-1, 8, 8) / 16).astype("float32")
    X, X_test, y_true, y_test = train_test_split(X, y, train_size=1000, random_state=13)
    rng = np.random.default_rng(13)
    is_wrong = rng.random(1000) < 0.2
    y = np.where(is_wrong, (y_true + rng.integers(1, 10, 1000)) % 10, y_true)
    return (X, y), (X_test, y_test)


@prediction(
    title="the score of a perfect reader",
    aim="A perfect reader gives every image its true digit. A fifth of the typed labels are wrong. Which accuracy do "
    "we measure, if we compare the answers with the typed labels?",
    shapes="a number from 0 to 1",
    hints=(
        "The reader makes no mistakes. But whose mistakes are counted?",
        "Where the typed label is wrong, the right answer counts as a mistake.",
        "One fifth of the answers count as mistakes: 1 − 1/5.",
    ),
    why="Scores on typed labels have a ceiling of about 0.8. Whoever gets more on labels already seen has learned "
    "mistakes by heart.",
    atol=0.025,
)
def predict_perfect_reader():
    return 0.8


predict_perfect_reader.mistake(
    "The reader is always right, but some of the labels that it is compared with are not.", 1.0
)
predict_perfect_reader.mistake("That is the share of wrong labels. The others agree with the reader.", 0.2)
predict_perfect_reader.mistake("Write a share between 0 and 1: 80 % is 0.8.", 80)
predict_perfect_reader.mistake("That is what guessing would score with ten digits. This reader does not guess.", 0.1)
predict_perfect_reader.mistake("Wrong labels and mistakes are the same here: do not count them twice.", 0.6)
predict_perfect_reader.mistake("Four fifths of the labels are right, not a half.", 0.5)

predict_perfect_reader.also(4 / 5, 0.8, np.float32(0.8), 0.805)


@exercise(
    title="when to stop",
    aim="Stop after `patience` epochs in a row without a new lowest loss. Say how many epochs ran, and the best one.",
    shapes="list of losses, a whole number -> epochs run, best epoch, both from 1",
    hints=(
        "Go through the losses with enumerate(val_losses, start=1), and remember the lowest and its epoch.",
        "The epochs without a new best are epoch - best_epoch. An equal loss is no new best.",
        "When epoch - best_epoch == patience, return epoch, best_epoch; after the loop len(val_losses), best_epoch.",
    ),
    why="This is Keras's EarlyStopping. With restore_best_weights=True it also brings the best weights back.",
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
    keras.utils.set_random_seed(13)
    (X, y), _ = typed_digits()
    model = _network()
    stopping = keras.callbacks.EarlyStopping(patience=5)
    log = model.fit(X, y, validation_split=0.4, batch_size=64, epochs=25, callbacks=[stopping], verbose=0)
    losses = log.history["val_loss"]
    print(f"Keras, with a patience of 5, ran {len(losses)} epochs, and epoch {stopping.best_epoch + 1} was best.")
    print(f"Your function, given these losses: {early_stop(losses, 5)}.")


def _network(units=256, activation="relu", last="softmax"):
    """Return the network of the lesson, or a smaller one, compiled."""
    model = keras.Sequential([keras.Input((8, 8)), layers.Flatten()])
    model.add(layers.Dense(units, activation=activation))
    model.add(layers.Dense(units, activation=activation))
    model.add(layers.Dense(10, activation=last))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@model_exercise(
    title="a model that stops in time",
    aim="Build the network of this lesson, compile it, and fit it so that it stops in time and keeps its best weights. "
    "It gets the 1,000 typed digits, and the validation set is yours to set aside.",
    shapes="X (m, 8, 8), y (m,) -> a trained model that gives (m, 10)",
    hints=(
        "Without a validation set there is nothing to tell when to stop. Which argument of fit sets one aside?",
        "Early stopping is a callback. It goes into a list: callbacks=[...], and with restore_best_weights=True it "
        "gives back the best weights.",
        "stopping = keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True); then model.fit(X, y, "
        "validation_split=0.4, epochs=60, callbacks=[stopping], verbose=0), and return model.",
    ),
    why="The same network, stopped in time, reads far more of the new digits, although it knows fewer of the old "
    "labels.",
    data=typed_digits,
    wrong_labels=0.2,
    bar=0.92,
    spread=0.01,
)
def stopped_model(X, y):
    model = keras.Sequential([keras.Input((8, 8)), layers.Flatten()])
    model.add(layers.Dense(256, activation="relu"))
    model.add(layers.Dense(256, activation="relu"))
    model.add(layers.Dense(10, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    stopping = keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)
    model.fit(X, y, validation_split=0.4, batch_size=64, epochs=40, callbacks=[stopping], verbose=0)
    return model


@stopped_model.mistake(
    "The hidden layers have a sigmoid. It learns too, but slowly, and the lesson's network has relu."
)
def _():
    return _network(activation="sigmoid")


@stopped_model.mistake(
    "The network has a single hidden layer. It may be stopped in time as well, but the lesson's has two."
)
def _():
    model = keras.Sequential([keras.Input((8, 8)), layers.Flatten(), layers.Dense(256, activation="relu")])
    model.add(layers.Dense(10, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@stopped_model.also
def _(X, y):
    model = _network()
    model.fit(X, y, batch_size=64, epochs=8, verbose=0)  # as many epochs as an earlier run was best after
    return model


@stopped_model.also
def _(X, y):
    model = keras.Sequential([keras.Input((8, 8)), layers.Flatten()])
    model.add(layers.Dense(256, activation="relu"))
    model.add(layers.Dense(256, activation="relu"))
    model.add(layers.Dense(10))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    stopping = keras.callbacks.EarlyStopping(patience=4, restore_best_weights=True)
    parts = {"validation_data": (X[800:], y[800:]), "batch_size": 64, "callbacks": [stopping]}
    model.fit(X[:800], y[:800], epochs=30, verbose=0, **parts)
    return model


@prediction(
    title="random labels",
    aim="600 digits get a random label each, and the network trains for 100 epochs. What is its accuracy on these "
    "labels at the end, and what on the test set with its true labels?",
    shapes="[number, number], each from 0 to 1",
    hints=(
        "The network has 85,002 parameters for 600 labels. It already knew nearly every wrong label.",
        "The images tell nothing about their labels. So what can be learned from them about new images?",
        "Nearly all of the 600 labels can be learned by heart, and ten digits are guessed with one chance in ten.",
    ),
    why="A training score of 1 proves nothing about new images. If a test score is far above chance with random "
    "labels, something leaks.",
    atol=0.06,
)
def predict_random_labels():
    return np.array([1.0, 0.1])


predict_random_labels.mistake(
    "It can learn random labels too: it has about 142 parameters for each of them, and time.", [0.1, 0.1]
)
predict_random_labels.mistake(
    "The labels were random, so that nothing about the digits could be learned from them.", [1.0, 1.0]
)
predict_random_labels.mistake("The order is the training labels first, then the test.", [0.1, 1.0])
predict_random_labels.mistake(
    "The test accuracy of 0.8 came from the right labels among the typed ones, and here none is right but by chance.",
    [1.0, 0.8],
)
predict_random_labels.mistake(
    "Guessing is right once in ten times. To be always wrong one would have to know the digits.", [1.0, 0.0]
)
predict_random_labels.mistake("There are ten digits and not two: guessing is right once in ten times.", [1.0, 0.5])

predict_random_labels.also([1, 0.1], (0.99, 0.1), np.array([1.0, 0.09]))


@model_exercise(
    title="the cured model",
    aim="Cure the overfitting network: change it, add cures and choose how it is trained, until it reads the test "
    "digits as well as asked.",
    shapes="X (m, 8, 8), y (m,) -> a trained model that gives (m, 10)",
    hints=(
        "256 units a layer are above the budget. How many do fit? Count, or look at model.count_params().",
        "Dropout layers behind the hidden layers and early stopping work together. All 1,000 digits may be trained "
        "on, once you know for how long.",
        "Two layers of 128 with layers.Dropout(0.5) behind each, 40 epochs with keras.callbacks.EarlyStopping("
        "patience=8, restore_best_weights=True) and validation_split=0.2.",
    ),
    why="Cures can be put together, since each of them makes another way of learning by heart harder.",
    data=typed_digits,
    wrong_labels=0.2,
    bar=0.94,
    spread=0.01,
    budget=30_000,
)
def cured_model(X, y):
    model = keras.Sequential([keras.Input((8, 8)), layers.Flatten()])
    model.add(layers.Dense(128, activation="relu"))
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(128, activation="relu"))
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(10, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    stopping = keras.callbacks.EarlyStopping(patience=8, restore_best_weights=True)
    model.fit(X, y, validation_split=0.2, batch_size=64, epochs=40, callbacks=[stopping], verbose=0)
    return model


def _dropout_network(units=128, rate=0.5):
    """Return a smaller network with dropout behind both hidden layers, compiled."""
    model = keras.Sequential([keras.Input((8, 8)), layers.Flatten()])
    for _ in range(2):
        model.add(layers.Dense(units, activation="relu"))
        model.add(layers.Dropout(rate))
    model.add(layers.Dense(10, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@cured_model.mistake(
    "The pictures are flipped. A flipped digit is seldom a digit: augment only in ways that keep the label."
)
def _():
    model = keras.Sequential([keras.Input((8, 8)), layers.Reshape((8, 8, 1)), layers.RandomFlip(), layers.Flatten()])
    for _ in range(2):
        model.add(layers.Dense(128, activation="relu"))
        model.add(layers.Dropout(0.5))
    model.add(layers.Dense(10, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@cured_model.mistake(
    "Dropout stands on the pixels and not behind the hidden layers, so the units can still learn by heart together."
)
def _():
    model = keras.Sequential([keras.Input((8, 8)), layers.Flatten(), layers.Dropout(0.5)])
    model.add(layers.Dense(128, activation="relu"))
    model.add(layers.Dense(128, activation="relu"))
    model.add(layers.Dense(10, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@cured_model.also
def _(X, y):
    shift = layers.RandomTranslation(0.125, 0.125, fill_mode="constant")
    shifted = keras.ops.convert_to_numpy(shift(X[..., None], training=True))[..., 0]
    model = _dropout_network(rate=0.4)
    model.fit(np.concatenate([X, shifted]), np.tile(y, 2), batch_size=64, epochs=20, verbose=0)
    return model


@model_exercise(
    title="a small network",
    aim="Nearly the same bar under a far smaller budget. Which cures does a small network still need?",
    shapes="X (m, 8, 8), y (m,) -> a trained model that gives (m, 10)",
    hints=(
        "One hidden layer may do. With n units it costs 64 n + n parameters, and the last layer 10 n + 10.",
        "A small network overfits less, but 1,000 labels are still few. Stop in time, and use all the images.",
        "48 units with relu, layers.Dropout(0.2), batches of 32, EarlyStopping(patience=5, "
        "restore_best_weights=True), validation_split=0.2, 40 epochs.",
    ),
    why="A small network has less room for single labels, and costs less, too.",
    data=typed_digits,
    wrong_labels=0.2,
    bar=0.93,
    spread=0.01,
    budget=4_000,
)
def small_model(X, y):
    model = keras.Sequential([keras.Input((8, 8)), layers.Flatten()])
    model.add(layers.Dense(48, activation="relu"))
    model.add(layers.Dropout(0.2))
    model.add(layers.Dense(10, activation="softmax"))
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy", metrics=["accuracy"])
    stopping = keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)
    model.fit(X, y, validation_split=0.2, epochs=40, callbacks=[stopping], verbose=0)
    return model


@small_model.mistake(
    "The hidden layer has no activation, so the network is one linear layer and has no hidden features."
)
def _():
    model = keras.Sequential([keras.Input((8, 8)), layers.Flatten(), layers.Dense(48), layers.Dropout(0.2)])
    model.add(layers.Dense(10, activation="softmax"))
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@small_model.also
def _(X, y):
    model = keras.Sequential([keras.Input((8, 8)), layers.Flatten()])
    penalty = keras.regularizers.L2(0.003)
    model.add(layers.Dense(40, activation="relu", kernel_regularizer=penalty))
    model.add(layers.Dense(10, activation="softmax", kernel_regularizer=penalty))
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    model.fit(X, y, epochs=20, verbose=0)
    return model


labels_or_images = open_exercise(
    "labels_or_images",
    title="fewer mistakes, or more images?",
    task="You may spend one working day. Either somebody checks all 1,000 typed labels, so that none is wrong any "
    "more, or somebody types the labels of 3,000 further images, a fifth of them wrong again. Which would you "
    "choose for this lesson's network? Argue from what overfitting is, and say which experiment would decide it, "
    "with its training, validation and test sets.",
    answer="Both help, and for different reasons. With right labels there are no wrong ones to learn by heart: a "
    "network that knows all 1,000 labels then knows nothing false, though it may still be too sure of itself on new "
    "images. With more images each wrong label has more right ones around it. To learn it by heart, the network must "
    "bend sharply between close neighbours, which takes longer and costs more weight, so that what is common to many "
    "images wins for longer. Early stopping gains from that at once.\n\n"
    "The experiment: train the same network with early stopping on 1,000 checked labels, and on 4,000 typed ones, "
    "several seeds each. Each run keeps a validation set of its own labels to decide when to stop. Both are compared "
    "on one test set, whose labels have been checked and which no choice has looked at. It must be the same for both, "
    "because scores on their own validation labels would end near 1 for the checked ones and near 0.8 for the typed "
    "ones, whatever the networks are worth. Whether the cost of the day is "
    "right for you is then a question of the two means and of how far the seeds lie apart. Checked labels have one "
    "more use that more typed ones do not have: a validation and a test set that can be trusted.",
    effort="do",
)

decay_by_steps = open_exercise(
    "decay_by_steps",
    title="what the penalty does in one step",
    task="The cost is J plus λ times the sum of all squared weights. Show that one step of plain gradient descent at "
    "rate α first multiplies each weight by 1 − 2αλ and then does what it would have done without the penalty. Where "
    "does a weight come to rest whose slope of J is a constant g? And why is Adam with an L2 penalty not the same as "
    "AdamW?",
    answer="The slope of λw² is 2λw, and the other weights' terms do not depend on w. So the step is\n\n"
    "$$w - \\alpha\\,(g + 2\\lambda w) = (1 - 2\\alpha\\lambda)\\,w - \\alpha g ,$$\n\n"
    "where g is the slope of J at w. The weight shrinks by a fixed share, which is why the penalty is also called "
    "weight decay, and then takes the usual step. It rests where nothing changes, g + 2λw = 0, so at w = −g / (2λ) "
    "for a constant g. A weight that J does not care about, g = 0, decays to 0 like (1 − 2αλ) to the power of the "
    "steps. Since 1 − 2αλ must stay above −1, the penalty alone forbids steps with αλ ≥ 1.\n\n"
    "Adam divides the whole gradient, the penalty's part included, by the root of a running mean of its square. A "
    "weight with large gradients is then decayed less than one with small gradients, and in the extreme case, where "
    "the penalty's part is all there is, each step is about α long whatever λ is. AdamW leaves the penalty out of the "
    "gradient, and shrinks each weight by the same share at each step, beside Adam's step.",
    effort="hard",
)
