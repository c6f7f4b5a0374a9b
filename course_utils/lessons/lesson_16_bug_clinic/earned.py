"""What right answers of lesson 16 earn: trainings on the images of the clinic, before and after."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from course_utils.datasets import minibatches
from course_utils.layers import Dense, Input
from course_utils.lessons.lesson_16_bug_clinic.materials import digits
from course_utils.metrics import accuracy
from course_utils.models import Sequential
from course_utils.optimizers import SGD


def inputs(images: NDArray) -> NDArray:
    """Bring images (m, 28, 28) to rows (m, 784) of 0 … 1."""
    return images.reshape(-1, 784) / np.float32(255)


def new_network(activation: str = "relu", rate: float = 0.1) -> Sequential:
    """Return a healthy network 784-64-10, or one with another activation and rate."""
    hidden = Dense(64, activation, kernel_initializer="he_normal")
    output = Dense(10, "softmax", kernel_initializer="he_normal")
    model = Sequential([Input(784), hidden, output], rng=0)
    model.compile(SGD(rate), "sparse_categorical_crossentropy")
    return model


def score(model: Sequential) -> float:
    """Return the share of new images that a network gets right."""
    return accuracy(digits().new_labels, model.predict(inputs(digits().new_images)))


def sigmoid_network(rate: float) -> tuple[Sequential, NDArray, NDArray]:
    """Return a network of sigmoids, its W1 (784, 64), and the gradient of that on a batch."""
    model = new_network("sigmoid", rate)
    X, y = inputs(digits().images[:100]), digits().labels[:100]
    return model, model.get_weights()[0], model.value_and_grad(X, y)[1][0].copy()


def losses_and_score(model: Sequential) -> tuple[list[float], float]:
    """Train for ten epochs; return the loss of each, and the share of new images that are right."""
    log = model.fit(inputs(digits().images), digits().labels, batch_size=100, epochs=10, verbose=0)
    return log.history["loss"], score(model)


def two_epochs(batch_rows: Callable, steps: int) -> float:
    """Take `steps` updates in each of two epochs, with the rows that a function gives; return the score."""
    X, y, model, rng = inputs(digits().images), digits().labels, new_network(), np.random.default_rng(0)
    for _ in range(2):
        order = rng.permutation(len(X))
        for step in range(steps):
            rows = batch_rows(order, 100, step)
            _, grads = model.value_and_grad(X[rows], y[rows])
            model.optimizer.apply(grads, model.variables)
    return score(model)


def softmax_run(shares: Callable) -> tuple[float, float, float]:
    """Train without a hidden layer for 20 epochs; return the first cost, the last one and the score."""
    X, Y = inputs(digits().images), np.eye(10)[digits().labels]
    rng, costs = np.random.default_rng(0), []
    W = 0.01 * rng.normal(size=(784, 10))
    for _ in range(20):
        for x, t in minibatches(X, Y, 100, rng=rng):
            P = shares(np.exp(x @ W))  # (100, 784) @ (784, 10) -> (100, 10)
            costs.append(-np.log(P[t == 1]).mean())
            W -= 0.1 * x.T @ (P - t) / len(x)
    return costs[0], float(np.mean(costs[-14:])), accuracy(digits().new_labels, inputs(digits().new_images) @ W)


def accuracy_on_copies(held_out: Callable | None, by_lot: bool) -> float:
    """Return the accuracy on noisy copies, of which a function holds some out; without one, any 200 rows."""
    X, y, rng = inputs(digits().images), digits().labels, np.random.default_rng(0)
    origin = np.repeat(np.arange(200), 5)  # (1000,), the original of each row
    copies = X[origin] + 0.1 * rng.normal(size=(1000, 784))
    mixed = rng.permutation(1000) < 200
    test = held_out(origin, 40) if held_out else mixed
    lots = np.random.default_rng(0).integers(0, 10, size=200)[origin]
    labels, model = lots if by_lot else y[origin], new_network()
    model.fit(copies[~test], labels[~test], batch_size=20, epochs=20, verbose=0)
    return accuracy(labels[test], model.predict(copies[test]))
