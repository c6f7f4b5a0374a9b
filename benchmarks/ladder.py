"""How much of MNIST does each step of the course read? The rungs of the ladder that lessons 08, 09, 11 and 14 draw.

    python benchmarks/ladder.py [--seeds 3]    # about a minute; needs the full MNIST

Each rung is the accuracy on the test images, and of what is trained the median over the seeds. The Keras networks are
not trained here: their runs are kept in results/keras_runs.json by keras_runs.py.

Writes course_utils/plots/ladder.json, which comes along with the package.
"""

import argparse
import json
import statistics
from pathlib import Path

import numpy as np

import course_utils as cu
from course_utils.plots.ladder import STORED

KERAS_RUNS = Path(__file__).parent / "results" / "keras_runs.json"


def chance(data, seed):
    """Guess at random: a tenth is right in the long run, whatever the labels are."""
    return 1 / 10


def ink(data, seed):
    """Look at the mean ink of an image alone: the digit whose own mean ink is nearest."""
    X, y, X_test, y_test = rows(data)
    inks = np.array([X[y == k].mean() for k in range(10)])  # (10,)
    away = np.abs(X_test.mean(axis=1, keepdims=True) - inks)  # (m, 10)
    return cu.accuracy(y_test, away.argmin(axis=1))


def nearest_average(data, seed):
    """Compare with the mean image of each digit: the nearest one, over all pixels."""
    X, y, X_test, y_test = rows(data)
    means = np.stack([X[y == k].mean(axis=0) for k in range(10)])  # (10, 784)
    away = np.stack([((X_test - mean) ** 2).sum(axis=1) for mean in means], axis=1)  # (m, 10)
    return cu.accuracy(y_test, away.argmin(axis=1))


def softmax(data, seed):
    """Train ten neurons as lesson 08 does: from 0, SGD at rate 0.1, batches of 32."""
    return train([cu.Dense(10, "softmax", kernel_initializer="zeros")], cu.SGD(0.1), 5, data, seed)


def hidden_layer(data, seed):
    """Train 784-64-10 as lesson 09 does."""
    hidden = cu.Dense(64, "relu", kernel_initializer="he_normal")
    return train([hidden, cu.Dense(10, "softmax")], cu.SGD(0.1), 10, data, seed)


def train(layers, optimizer, epochs, data, seed):
    """Train dense layers in batches of 32; of the few embedded digits, ten times as many epochs."""
    X, y, X_test, y_test = rows(data)
    model = cu.Sequential([cu.Input(784), *layers], rng=seed)
    model.compile(optimizer, loss="sparse_categorical_crossentropy")
    model.fit(X, y, batch_size=32, epochs=epochs if data.is_full else 10 * epochs, verbose=0)
    return model.evaluate(X_test, y_test)[1]


def rows(data):
    """Return images as rows of 784 numbers in 0 … 1, and their labels, of both parts."""
    (x, y), (x_test, y_test) = data
    return x.reshape(-1, 784) / np.float32(255), y, x_test.reshape(-1, 784) / np.float32(255), y_test


def keras_run(name):
    """Return a rung whose runs are kept: the median of their accuracies."""

    def rung(data, seed):
        runs = json.loads(KERAS_RUNS.read_text(encoding="utf-8"))["full" if data.is_full else "digits"][name]
        return statistics.median(figures["accuracy"] for figures in runs["seeds"].values())

    return rung


LADDER = (  # lesson, what the figure calls the rung, how it is measured
    ("08", "guessing", chance),
    ("08", "amount of ink", ink),
    ("08", "nearest average", nearest_average),
    ("08", "ten neurons", softmax),
    ("09", "64 hidden units", hidden_layer),
    ("11", "512 hidden units", keras_run("wide_128")),
    ("14", "convolution", keras_run("windows")),
)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    seeds = range(parser.parse_args().seeds)
    full, digits = cu.load_mnist(), cu.load_mnist("digits")
    if not full.is_full:
        raise SystemExit("The full MNIST is not at hand: name its file in COURSE_UTILS_MNIST.")
    ladder = []
    for lesson, name, measure in LADDER:
        rung = {"lesson": lesson, "name": name}
        for source, data in (("full", full), ("digits", digits)):
            rung[source] = round(statistics.median(measure(data, seed) for seed in seeds), 4)
        print(rung, flush=True)
        ladder.append(rung)
    STORED.write_text(json.dumps(ladder, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
