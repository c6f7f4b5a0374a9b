"""The trainings of lesson 15 over several seeds, on the embedded digits: deep stacks, and what transfer is worth.

    python benchmarks/depth.py

writes `benchmarks/results/depth.json`. Tests compare the lesson's two tables with it.
"""

import json
from pathlib import Path

import numpy as np

import course_utils as cu
from course_utils.models import load_mnist_network

cu.use_keras()
import keras  # noqa: E402
from keras import layers  # noqa: E402

RESULTS = Path(__file__).parent / "results" / "depth.json"
EPOCHS = 10
WIDTH = 32


def rows():
    """Return the embedded digits as rows of 784 numbers in 0 … 1, with their labels, of both parts."""
    (x, y), (x_test, y_test) = cu.load_mnist("digits")
    return x.reshape(-1, 784) / np.float32(255), y, x_test.reshape(-1, 784) / np.float32(255), y_test


def stack(depth, activation, initializer="glorot_uniform"):
    """Put so many hidden layers of equal width behind each other."""
    model = keras.Sequential([keras.Input((784,))])
    for _ in range(depth):
        model.add(layers.Dense(WIDTH, activation=activation, kernel_initializer=initializer))
    model.add(layers.Dense(10))
    return model


def normalised(depth):
    """Normalise what goes into each sigmoid over the batch."""
    model = keras.Sequential([keras.Input((784,))])
    for _ in range(depth):
        model.add(layers.Dense(WIDTH))
        model.add(layers.BatchNormalization())
        model.add(layers.Activation("sigmoid"))
    model.add(layers.Dense(10))
    return model


def residual(blocks):
    """Put one hidden layer first, and then blocks of two whose result is added to what came in."""
    image = keras.Input((784,))
    a = layers.Dense(WIDTH, activation="relu")(image)
    for _ in range(blocks):
        change = layers.Dense(WIDTH, activation="relu")(a)
        change = layers.Dense(WIDTH, kernel_initializer="zeros")(change)
        a = layers.Add()([a, change])
    return keras.Model(image, layers.Dense(10)(a))


def compiled(model, rate=0.001):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(rate), loss, metrics=["accuracy"])
    return model


STACKS = {
    "1 sigmoid": lambda: stack(1, "sigmoid"),
    "10 sigmoid": lambda: stack(10, "sigmoid"),
    "10 relu, He": lambda: stack(10, "relu", "he_normal"),
    "10 sigmoid, batch normalisation": lambda: normalised(10),
    "31 relu, He": lambda: stack(31, "relu", "he_normal"),
    "31 relu, residual": lambda: residual(15),
}


def deep(name, seed):
    """Train a stack; return its accuracy on the training and on the test images."""
    X, y, X_test, y_test = rows()
    keras.utils.set_random_seed(seed)
    model = compiled(STACKS[name]())
    model.fit(X, y, batch_size=32, epochs=EPOCHS, verbose=0)
    return [round(model.evaluate(*part, verbose=0)[1], 3) for part in ((X, y), (X_test, y_test))]


def transferred(start, seed):
    """Train 784-64-10 on 100 digits, from a start; return its accuracy on the test images."""
    X, y, X_test, y_test = rows()
    chosen = np.random.default_rng(seed).permutation(len(X))[:100]
    keras.utils.set_random_seed(seed)
    hidden = layers.Dense(64, activation="relu")
    model = keras.Sequential([keras.Input((784,)), hidden, layers.Dense(10)])
    weights = load_mnist_network().get_weights()
    if start == "frozen":
        hidden.set_weights(weights[:2])
    if start == "fine-tuned":
        model.set_weights(weights)
    hidden.trainable = start in ("scratch", "fine-tuned")
    compiled(model, rate=0.001 if start == "fine-tuned" else 0.005)
    model.fit(X[chosen], y[chosen], batch_size=20, epochs=60, verbose=0)
    return round(model.evaluate(X_test, y_test, verbose=0)[1], 3)


def main():
    found = {"stacks": {}, "transfer": {}}
    for start in ("scratch", "random frozen", "frozen", "fine-tuned"):
        found["transfer"][start] = [transferred(start, seed) for seed in range(5)]
        print(start, found["transfer"][start], flush=True)
    for name in STACKS:
        found["stacks"][name] = [deep(name, seed) for seed in range(3)]
        print(name, found["stacks"][name], flush=True)
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
