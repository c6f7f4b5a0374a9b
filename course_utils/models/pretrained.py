"""The network that comes with the course: trained on MNIST beforehand, so that it reads at once. Lesson 00."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.layers import Dense, Input
from course_utils.models.sequential import Sequential

WEIGHTS = Path(__file__).with_name("mnist_network.npz")  # W1 (784, 64), b1 (64,), W2 (64, 10), b2 (10,), float16
RECORD = WEIGHTS.with_suffix(".json")


def fresh_layers() -> list[Input | Dense]:
    """Return the layers of the network, not yet trained: 784 inputs, 64 hidden units, 10 classes."""
    return [Input((784,)), Dense(64, "relu"), Dense(10, "softmax")]


def load_mnist_network() -> Sequential:
    """Return the network of 784 inputs, 64 hidden units and 10 classes that was trained on MNIST for the course.

    `scripts/train_mnist_network.py` has trained it, on the 60,000 training images; `mnist_network_record` knows its
    accuracy on the test images. The weights are stored as float16 and computed with as float32.

    Returns
    -------
    Sequential
        From x (m, 784), ink as 0 … 1, to probabilities (m, 10).

    Examples
    --------
    >>> model = load_mnist_network()
    >>> [values.shape for values in model.get_weights()]
    [(784, 64), (64,), (64, 10), (10,)]
    >>> model.predict(np.zeros((1, 784))).shape
    (1, 10)
    """
    model = Sequential(fresh_layers(), rng=0)
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        model.set_weights([stored[name] for name in ("W1", "b1", "W2", "b2")])
    return model


def mnist_network_record() -> dict[str, Any]:
    """Return what is known of that network: how it was trained, and its accuracy on MNIST's test images.

    Examples
    --------
    >>> round(mnist_network_record()["test_accuracy"], 3)
    0.978
    """
    return json.loads(RECORD.read_text(encoding="utf-8"))
