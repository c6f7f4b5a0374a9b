"""The ward of lesson 16, for what a repair earns: its images and its network, before and after.

The images are the lesson's own, so that a repaired network is compared with the patient that the learner has met.
"""

from collections.abc import Callable
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from course_utils.activations import sigmoid
from course_utils.datasets import load_mnist, minibatches
from course_utils.figure_settings import course_settings
from course_utils.gradients import numerical_gradient
from course_utils.layers import Dense, Input
from course_utils.metrics import accuracy
from course_utils.models import Sequential
from course_utils.optimizers import SGD
from course_utils.plots import lines

SEED = 0  # as in the lesson
ENTROPY = "sparse_categorical_crossentropy"


@cache
def load_images() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return raw (1400, 784) and y (1400,), to train on, then raw_test (n, 784) and y_test (n,); pixels are 0 … 255."""
    (x_train, y_train), (x_test, y_test) = load_mnist(download=False)
    return x_train[:1400].reshape(-1, 784), y_train[:1400], x_test.reshape(-1, 784), y_test


def scale(raw: np.ndarray) -> np.ndarray:
    """Bring pixels of 0 … 255 to 0 … 1."""
    return raw / np.float32(255)


def new_network(
    activation: str = "relu", start: str = "he_normal", loss: str = ENTROPY, rate: float = 0.1
) -> Sequential:
    """Return the healthy network of the lesson, 784-64-10, or one with a fault."""
    hidden = Dense(64, activation, kernel_initializer=start)
    output = Dense(10, "softmax", kernel_initializer=start)
    model = Sequential([Input(784), hidden, output], rng=SEED)
    model.compile(SGD(rate), loss)
    return model


def fit_ten(model: Sequential, x: np.ndarray, y: np.ndarray) -> list[float]:
    """Train for ten epochs in batches of 100, and return the training accuracy of each."""
    return model.fit(x, y, batch_size=100, epochs=10, verbose=0).history["accuracy"]


def accuracy_on_test(model: Sequential, scaled: Callable = scale) -> float:
    """Return the share of test images that a network gets right, their pixels scaled by a function."""
    _, _, raw_test, y_test = load_images()
    return accuracy(y_test, model.predict(scaled(raw_test)))


def tell_accuracies(patient: Sequential, repaired: Sequential, scalings: tuple = (scale, scale)) -> None:
    """Print the test accuracy of both, each with its own way of scaling pixels."""
    before, after = map(accuracy_on_test, (patient, repaired), scalings)
    print(f"Test accuracy: before {before:.3f}, after your repair {after:.3f}.")


@course_settings()
def draw_before_and_after(before: list[float], after: list[float]) -> tuple[Figure, str]:
    """Draw the training accuracy over the epochs, of the patient and of the repaired network, with its description."""
    fig, ax = plt.subplots(figsize=(6.4, 3.2), layout="constrained")
    curves = {"before": before, "after your repair": after}
    lines(range(1, 11), curves, xlabel="epoch", ylabel="training accuracy", ax=ax)
    ax.set(ylim=(0, 1.05), xticks=range(1, 11))
    alt = f"Before, the accuracy ends at {before[-1]:.2f}; after the repair it climbs to {after[-1]:.2f}."
    return fig, alt


# Patient 1

CORNER = np.indices((3, 3)).reshape(2, 9).T * 1.0  # (9, 2): 0 0, 0 1, … 2 2
INSIDE = (CORNER > 0.5).all(axis=1, keepdims=True) * 1.0  # (9, 1)


def right_of_nine(unpack: Callable) -> list[int]:
    """Train a network of nine numbers on the nine points, from three starts; count the points that each has right."""
    return [_right_from(unpack, seed) for seed in range(3 * SEED, 3 * SEED + 3)]


def _right_from(unpack: Callable, seed: int) -> int:
    def answers(t):
        W1, b1, W2, b2 = unpack(t)
        return sigmoid(sigmoid(CORNER @ W1 + b1) @ W2 + b2)

    def cost(t):
        return -np.log(abs(INSIDE - 1 + answers(t))).mean()

    t = np.random.default_rng(seed).normal(size=9)
    for _ in range(300):
        t = t - 3 * numerical_gradient(cost, t)
    return int(((answers(t) > 0.5) == INSIDE).all(axis=1).sum())


# Patient 2


def two_epochs(batch_rows: Callable, steps: int) -> float:
    """Take `steps` updates in each of two epochs, with the rows that a function gives; return the test accuracy."""
    raw, y, _, _ = load_images()
    X, model, rng = scale(raw), new_network(), np.random.default_rng(SEED)
    for _ in range(2):
        order = rng.permutation(len(X))
        for step in range(steps):
            rows = batch_rows(order, 100, step)
            _, grads = model.value_and_grad(X[rows], y[rows])
            model.optimizer.apply(grads, model.variables)
    return accuracy_on_test(model)


# Patient 3


def softmax_run(shares: Callable) -> tuple[float, float, float]:
    """Train without a hidden layer for 20 epochs; return the first cost, the last one and the test accuracy."""
    raw, y, raw_test, y_test = load_images()
    X, Y = scale(raw), np.eye(10)[y]
    rng, costs = np.random.default_rng(SEED), []
    W = 0.01 * rng.normal(size=(784, 10))
    for _ in range(20):
        for x, t in minibatches(X, Y, 100, rng=rng):
            P = shares(np.exp(x @ W))  # (100, 784) @ (784, 10) -> (100, 10)
            costs.append(-np.log(P[t == 1]).mean())
            W -= 0.1 * x.T @ (P - t) / len(x)
    return costs[0], np.mean(costs[-14:]), accuracy(y_test, scale(raw_test) @ W)


# Patient 8


def five_sorted_epochs(shuffle: bool) -> float:
    """Train for five epochs on images sorted by label; return the test accuracy."""
    raw, y, _, _ = load_images()
    order, model = np.argsort(y, kind="stable"), new_network()
    model.fit(scale(raw)[order], y[order], batch_size=100, epochs=5, shuffle=shuffle, verbose=0)
    return accuracy_on_test(model)


# Patient 10


def accuracy_on_copies(held_out: Callable | None, by_lot: bool) -> float:
    """Return the test accuracy on noisy copies, of which a function holds some out; without one, any 200 rows."""
    raw, y, _, _ = load_images()
    rng = np.random.default_rng(SEED)
    origin = np.repeat(np.arange(200), 5)  # (1000,), the original of each row
    copies = scale(raw)[origin] + 0.1 * rng.normal(size=(1000, 784))
    mixed = rng.permutation(1000) < 200
    test = held_out(origin, 40) if held_out else mixed
    lots = np.random.default_rng(SEED).integers(0, 10, size=200)[origin]
    labels, model = lots if by_lot else y[origin], new_network()
    model.fit(copies[~test], labels[~test], batch_size=20, epochs=20, verbose=0)
    return accuracy(labels[test], model.predict(copies[test]))
