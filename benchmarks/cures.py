"""What does each cure for overfitting bring? Three seeds a cure, for lesson 13.

    python benchmarks/cures.py [--seeds 3] [--epochs 60]

The lesson's network, 64-256-256-10, gets 1,000 small digits of scikit-learn, a fifth of them under a wrong label. It
learns from 600 of them, and 400 are its validation set. The 797 test digits have their right labels. Each cure is given
alone, then two are put together. Where the images are shifted, four shifted copies of each are learned besides, in a
fifth of the epochs: as many steps as the others take.

Every run is written to results/cures.json as soon as it is done, so a broken measurement goes on where it stopped;
delete the file to begin anew. results/cures.md is made from it.
"""

import argparse
import json
import statistics
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import course_utils as cu

cu.use_keras()
import keras  # noqa: E402
from keras import layers  # noqa: E402

RESULTS = Path(__file__).parent / "results" / "cures.json"
CURES = {
    "none": {},
    "early stopping": {"stops": True},
    "16 units": {"units": 16},
    "L2 0.01": {"l2": 0.01},
    "dropout 0.5": {"dropout": 0.5},
    "shifts": {"shifts": True},
    "shifts, dropout 0.5": {"shifts": True, "dropout": 0.5},
}


def digits():
    """Return 1,000 digits with a fifth of the labels wrong and 797 right ones, (X, y) each, as the lesson does."""
    X, y = load_digits(return_X_y=True)
    X = X.reshape(-1, 8, 8) / 16
    X, X_test, y_true, y_test = train_test_split(X, y, train_size=1000, random_state=13)
    rng = np.random.default_rng(13)
    is_wrong = rng.random(1000) < 0.2
    y = np.where(is_wrong, (y_true + rng.integers(1, 10, 1000)) % 10, y_true)
    return (X, y), (X_test, y_test)


def network(units=256, l2=0.0, dropout=0.0):
    """Return the network of the lesson, compiled, with these cures."""
    model = keras.Sequential([keras.Input((8, 8)), layers.Flatten()])
    for _ in range(2):
        penalty = keras.regularizers.L2(l2) if l2 else None
        model.add(layers.Dense(units, activation="relu", kernel_regularizer=penalty))
        if dropout:
            model.add(layers.Dropout(dropout))
    model.add(layers.Dense(10, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def with_shifts(X, y):
    """Return the digits with four copies of each, shifted by up to a pixel in both directions."""
    shift = layers.RandomTranslation(0.125, 0.125, fill_mode="constant")
    images = X[..., None].astype("float32")
    parts = [images] + [keras.ops.convert_to_numpy(shift(images, training=True)) for _ in range(4)]
    return np.concatenate(parts)[..., 0], np.tile(y, 5)


def measure(seeds, epochs):
    """Make the runs that are not there yet: accuracies in percent, and the loss on the validation digits."""
    (X, y), test = digits()
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {"runs": []}
    kept |= {"epochs": epochs, "backend": keras.backend.backend()}
    for seed in range(seeds):
        for name, cures in CURES.items():
            if any((run["cure"], run["seed"]) == (name, seed) for run in kept["runs"]):
                continue
            settings = dict(cures)
            callbacks = []
            if settings.pop("stops", False):
                callbacks = [keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)]
            keras.utils.set_random_seed(seed)
            learned, rounds = (X[:600], y[:600]), epochs
            if settings.pop("shifts", False):
                learned, rounds = with_shifts(*learned), epochs // 5
            model = network(**settings)
            log = model.fit(
                *learned, epochs=rounds, validation_data=(X[600:], y[600:]), callbacks=callbacks, verbose=0
            ).history
            run = {"cure": name, "seed": seed}
            parts = {"training": (X[:600], y[:600]), "validation": (X[600:], y[600:]), "test": test}
            for part, (X_part, y_part) in parts.items():
                run[part] = round(100 * model.evaluate(X_part, y_part, verbose=0)[1], 2)
            run["best_epoch"] = int(np.argmin(log["val_loss"])) + 1
            run["epochs"] = len(log["val_loss"])
            kept["runs"].append(run)
            RESULTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
            print(run, flush=True)
    return kept


def table(kept):
    """Return the results as Markdown: means over the seeds, and for the test how far they lie apart."""
    seeds = 1 + max(run["seed"] for run in kept["runs"])
    lines = [
        "# Cures for overfitting",
        "",
        f"64-256-256-10, 600 small digits to train on and 400 to validate, a fifth of both under a wrong label, "
        f"{kept['epochs']} epochs with Adam in batches of 32, Keras on {kept['backend']}. Accuracy in percent, mean of "
        f"{seeds} seeds, for the test, whose labels are right, with the lowest and the highest.",
        "",
        "| cure | training | validation | test | lowest | highest |",
        "|---|---|---|---|---|---|",
    ]
    for name in CURES:
        runs = [run for run in kept["runs"] if run["cure"] == name]
        means = [statistics.mean(run[part] for run in runs) for part in ("training", "validation", "test")]
        ends = [min(run["test"] for run in runs), max(run["test"] for run in runs)]
        lines.append(f"| {name} | " + " | ".join(f"{value:.1f}" for value in means + ends) + " |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=60)
    a = parser.parse_args()
    RESULTS.with_suffix(".md").write_text(table(measure(a.seeds, a.epochs)), encoding="utf-8")


if __name__ == "__main__":
    main()
