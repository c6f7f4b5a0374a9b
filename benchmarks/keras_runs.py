"""The Keras networks of lessons 11 to 14, over several seeds: where does a published figure lie in their spread?

    python benchmarks/keras_runs.py [RUN ...] [--seeds 5] [--data full digits]

Each run is a row of RUNS. It trains on the training images as they are and is measured once, at the end, on the test
images. Where the network is published, so are its batch size and its epochs; the figures of one run are one draw.

What is measured is kept in results/keras_runs.json, a seed at a time, so that a long run may be broken off and gone on
with; results/keras_runs.md is written from it. A seed that is there already is not trained again: delete its line.
"""

import argparse
import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "results" / "keras_runs.json"
FIGURES = {"accuracy": "test accuracy", "loss": "test loss", "training": "training accuracy"}


@dataclass(frozen=True, kw_only=True)
class Run:
    """One network and how it is trained. `layers` and `optimizer` are functions, for importing Keras takes seconds."""

    what: str
    layers: Callable  # keras -> list of layers, without the Input
    optimizer: Callable  # keras, steps of the whole run -> optimizer
    batch_size: int
    epochs: dict  # {"full": …, "digits": …}
    loss: str = "categorical_crossentropy"  # or the sparse one, for integer labels
    shape: tuple = (784,)  # of one image
    published: dict = field(default_factory=dict)  # figure by its name in FIGURES
    fit: Callable = lambda keras: {}  # keras -> further options of fit: callbacks, validation_split
    seen: Callable = lambda x: x  # images -> images, for training and test alike
    then: Callable = lambda keras, model, x, y, full: None  # what is trained after the run, on the training images
    also: Callable = lambda model, x, y: {}  # model, test images, labels -> further figures by their titles


def softmax_layers(keras):
    return [keras.layers.Dense(10, activation="softmax")]


def wide_layers(keras):
    return [keras.layers.Dense(512, activation="relu"), keras.layers.Dense(10, activation="softmax")]


def deep_layers(keras):
    hidden = [keras.layers.Dense(units, activation="relu") for units in (1024, 512, 256, 128, 64)]
    return [*hidden, *softmax_layers(keras)]


def best_epoch(patience):
    """Return options of fit: a tenth validates, and at the end the weights of the best epoch come back."""

    def options(keras):
        best = keras.callbacks.EarlyStopping("val_loss", patience=patience, restore_best_weights=True)
        return {"validation_split": 0.1, "callbacks": [best]}

    return options


def window_layers(keras):
    return [
        keras.layers.Conv2D(16, 5, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ]


def thrifty_layers(keras):
    return [
        keras.layers.Conv2D(8, 5, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(24, 5, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ]


def unpooled_layers(keras):
    return [layer for layer in window_layers(keras) if not isinstance(layer, keras.layers.MaxPooling2D)]


def flat_wide_layers(keras):
    return [keras.layers.Flatten(), *wide_layers(keras)]


def moved_accuracy(model, x, y):
    """Return the accuracy on test images, (n, 28, 28, 1), moved by 1 to 4 pixels: the mean of four directions."""
    import numpy as np

    padded, figures = np.pad(x, ((0, 0), (4, 4), (4, 4), (0, 0))), {}
    for d in range(1, 5):
        ways = ((4 - d, 4), (4 + d, 4), (4, 4 - d), (4, 4 + d))
        tests = [padded[:, top : top + 28, left : left + 28] for top, left in ways]
        shares = [model.evaluate(test, y, batch_size=500, verbose=0)[1] for test in tests]
        figures[f"test accuracy, moved by {d} px"] = sum(shares) / 4
    return figures


def scrambled(x):
    """Scramble the pixels of every image in one fixed order, as lesson 14 does."""
    import numpy as np

    return x.reshape(-1, 784)[:, np.random.default_rng(0).permutation(784)].reshape(x.shape)


def falling_adam(keras, steps, rate=0.002):
    return keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(rate, steps))


def cured(keras, model, x, y, full):
    """Train on, once (10 times on the few) through digits that each stand up to 4 pixels elsewhere."""
    import numpy as np

    down, right = np.random.default_rng(0).integers(-4, 5, (2, len(x)))
    padded = np.pad(x[..., 0], ((0, 0), (4, 4), (4, 4)))
    places = np.lib.stride_tricks.sliding_window_view(padded, (28, 28), axis=(1, 2))
    moved = places[np.arange(len(x)), 4 - down, 4 - right][..., None]
    epochs = 1 if full else 10
    optimizer = falling_adam(keras, epochs * -(-len(x) // 64))
    model.compile(optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(moved, y, batch_size=64, epochs=epochs, verbose=0)


# What the CNN under a budget is trained with, whatever becomes of its rate.
THRIFTY = {
    "layers": thrifty_layers,
    "batch_size": 128,
    "epochs": {"full": 3, "digits": 24},
    "loss": "sparse_categorical_crossentropy",
    "shape": (28, 28, 1),
}
# What the runs beside lesson 14 share: Adam, whose rate falls along a cosine from 0.002 to 0.
LESSON_14 = {
    "optimizer": falling_adam,
    "batch_size": 64,
    "epochs": {"full": 3, "digits": 20},
    "loss": "sparse_categorical_crossentropy",
    "shape": (28, 28, 1),
}

RUNS = {
    "softmax_100": Run(
        what="784-10 softmax, SGD 0.01",
        layers=softmax_layers,
        optimizer=lambda keras, steps: keras.optimizers.SGD(0.01),
        batch_size=100,
        epochs={"full": 5, "digits": 50},
        published={"accuracy": 0.8920, "loss": 0.4212},
    ),
    "softmax_32": Run(
        what="784-10 softmax, SGD 0.01",
        layers=softmax_layers,
        optimizer=lambda keras, steps: keras.optimizers.SGD(0.01),
        batch_size=32,
        epochs={"full": 5, "digits": 50},
    ),
    "wide_128": Run(
        what="784-512 relu-10 softmax, RMSprop",
        layers=wide_layers,
        optimizer=lambda keras, steps: keras.optimizers.RMSprop(),
        batch_size=128,
        epochs={"full": 5, "digits": 20},
        published={"accuracy": 0.9811, "training": 0.9891},
    ),
    # Lesson 11 itself: five epochs of the few digits, too, which are 60 steps.
    "wide_128_short": Run(
        what="784-512 relu-10 softmax, RMSprop, as lesson 11 trains it on either source",
        layers=wide_layers,
        optimizer=lambda keras, steps: keras.optimizers.RMSprop(),
        batch_size=128,
        epochs={"full": 5, "digits": 5},
    ),
    "wide_64": Run(
        what="784-512 relu-10 softmax, RMSprop",
        layers=wide_layers,
        optimizer=lambda keras, steps: keras.optimizers.RMSprop(),
        batch_size=64,
        epochs={"full": 10, "digits": 20},
        published={"accuracy": 0.9817},
    ),
    "wide_128_old_epsilon": Run(
        what="784-512 relu-10 softmax, RMSprop with next to no epsilon under the root",
        layers=wide_layers,
        optimizer=lambda keras, steps: keras.optimizers.RMSprop(epsilon=1e-14),
        batch_size=128,
        epochs={"full": 5, "digits": 20},
        published={"accuracy": 0.9811, "training": 0.9891},
    ),
    # 0.004: the best of 0.001, 0.002, 0.004, 0.008, 0.016 on the last 10,000 training images, left out of training
    # for that (98.3 %, beside 97.7, 98.2, 98.2 and 98.0 %; two seeds each)
    "wide_128_falling": Run(
        what="784-512 relu-10 softmax, RMSprop with a rate that falls from 0.004 to 0 along a cosine",
        layers=wide_layers,
        optimizer=lambda keras, steps: keras.optimizers.RMSprop(keras.optimizers.schedules.CosineDecay(0.004, steps)),
        batch_size=128,
        epochs={"full": 5, "digits": 20},
    ),
    "deep_32": Run(
        what="784-1024-512-256-128-64-10 relu/softmax, Adam, the epoch of the lowest validation loss",
        layers=deep_layers,
        optimizer=lambda keras, steps: keras.optimizers.Adam(),
        batch_size=32,
        epochs={"full": 20, "digits": 20},
        loss="sparse_categorical_crossentropy",
        fit=best_epoch(patience=20),
    ),
    "deep_256": Run(
        what="784-1024-512-256-128-64-10 relu/softmax, Adam, stopped after 2 epochs without a best, as in lesson 12",
        layers=deep_layers,
        optimizer=lambda keras, steps: keras.optimizers.Adam(),
        batch_size=256,
        epochs={"full": 6, "digits": 6},
        loss="sparse_categorical_crossentropy",
        fit=best_epoch(patience=2),
    ),
    "windows": Run(what="conv 16 – pool – conv 32 – pool – 10", layers=window_layers, also=moved_accuracy, **LESSON_14),
    "thrifty": Run(  # the solution of lesson 14's exercise under a budget
        what="conv 8 – pool – conv 24 – pool – 10, Adam with a rate that falls from 0.006 along a cosine, 1,407 steps",
        optimizer=lambda keras, steps: falling_adam(keras, 1407, rate=0.006),
        **THRIFTY,
    ),
    "thrifty_constant": Run(
        what="conv 8 – pool – conv 24 – pool – 10, Adam with rate 0.005",
        optimizer=lambda keras, steps: keras.optimizers.Adam(0.005),
        **THRIFTY,
    ),
    "windows_unpooled": Run(
        what="conv 16 – conv 32 – 10, without pooling", layers=unpooled_layers, also=moved_accuracy, **LESSON_14
    ),
    "windows_scrambled": Run(
        what="conv 16 – pool – conv 32 – pool – 10 on scrambled pixels",
        layers=window_layers,
        seen=scrambled,
        **LESSON_14,
    ),
    "wide_adam": Run(what="784-512 relu-10 softmax, Adam", layers=flat_wide_layers, also=moved_accuracy, **LESSON_14),
    "wide_adam_scrambled": Run(
        what="784-512 relu-10 softmax, Adam, on scrambled pixels", layers=flat_wide_layers, seen=scrambled, **LESSON_14
    ),
    "windows_cured": Run(
        what="conv 16 – pool – conv 32 – pool – 10, then one epoch (10 of the few digits) on moved digits",
        layers=window_layers,
        then=cured,
        also=moved_accuracy,
        **LESSON_14,
    ),
    "wide_adam_cured": Run(
        what="784-512 relu-10 softmax, Adam, then one epoch (10 of the few digits) on moved digits",
        layers=flat_wide_layers,
        then=cured,
        also=moved_accuracy,
        **LESSON_14,
    ),
}


def digits(source, shape):
    """Return x_train (m, *shape), y_train (m,), x_test, y_test; pixels 0 … 1."""
    import numpy as np

    import course_utils as cu

    (x, y), (x_test, y_test) = data = cu.load_mnist("digits" if source == "digits" else None)
    if data.is_full != (source == "full"):
        raise SystemExit("The full MNIST is not at hand: name its file in COURSE_UTILS_MNIST, or say --data digits.")
    x, x_test = (a.reshape(-1, *shape) / np.float32(255) for a in (x, x_test))
    return x, y.astype("int64"), x_test, y_test.astype("int64")


def measure(run, source, seed):
    """Train once; return its figures."""
    import keras

    x, y, x_test, y_test = digits(source, run.shape)
    x, x_test = run.seen(x), run.seen(x_test)
    if run.loss == "categorical_crossentropy":
        y, y_test = keras.utils.to_categorical(y, 10), keras.utils.to_categorical(y_test, 10)
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input(run.shape), *run.layers(keras)])
    epochs, size = run.epochs[source], run.batch_size
    model.compile(run.optimizer(keras, epochs * -(-len(x) // size)), loss=run.loss, metrics=["accuracy"])
    start = time.perf_counter()
    log = model.fit(x, y, batch_size=size, epochs=epochs, verbose=0, **run.fit(keras)).history
    seconds = time.perf_counter() - start
    run.then(keras, model, x, y, source == "full")
    loss, accuracy = model.evaluate(x_test, y_test, verbose=0)
    figures = {"accuracy": accuracy, "loss": loss, "training": log["accuracy"][-1], "seconds": round(seconds, 1)}
    figures |= run.also(model, x_test, y_test)
    settings = {"batch_size": size, "epochs": epochs, "parameters": model.count_params()}
    return settings, figures


def kept():
    """Return what has been measured: {source: {run: {settings, "seeds": {seed: figures}}}}."""
    return json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}


def keep(source, name, seed, settings, figures):
    """Add one seed to what has been measured; runs with other settings are forgotten."""
    everything = kept()
    row = everything.setdefault(source, {}).get(name, {})
    seeds = row.get("seeds", {}) if {key: row.get(key) for key in settings} == settings else {}
    seeds[str(seed)] = {key: round(value, 4) for key, value in figures.items()}
    everything[source][name] = {**settings, "seeds": seeds}
    everything["versions"] = versions()
    part = RESULTS.with_suffix(".part")
    part.write_text(json.dumps(everything, indent=1) + "\n", encoding="utf-8")
    part.replace(RESULTS)
    RESULTS.with_suffix(".md").write_text("\n".join(report(everything)), encoding="utf-8")


def versions():
    names = ("numpy", "keras", "tensorflow-cpu", "tensorflow")
    have = []
    for name in names:
        try:
            have.append(f"{name} {version(name)}")
        except ImportError:
            continue
    return f"{platform.machine()}, {os.cpu_count()} cores; Python {platform.python_version()}, {', '.join(have)}"


def report(everything):
    """Return the tables as Markdown."""
    lines = ["# Keras networks over several seeds", "", f"{everything['versions']}.", ""]
    lines += ["Median and range over the seeds; beside them the published figure, which is one run.", ""]
    for source, title in (("full", "MNIST, 60,000 to train on, 10,000 to test"), ("digits", "The embedded digits")):
        rows = everything.get(source, {})
        for name in (name for name in RUNS if name in rows):
            lines += [f"## {title}: {name}", "", *table(RUNS[name], rows[name], source == "full"), ""]
    return lines


def table(run, row, published):
    seconds = statistics.median(f["seconds"] for f in row["seeds"].values())
    lines = [
        f"{run.what}, batch {row['batch_size']}, {row['epochs']} epochs, {row['parameters']:,} parameters, "
        f"{len(row['seeds'])} seeds, {seconds:.0f} s each.",
        "",
        "| figure | median | range | published | seeds that meet it |",
        "|---|---:|---:|---:|---:|",
    ]
    measured = next(iter(row["seeds"].values()))
    further = {figure: figure for figure in measured if figure not in {*FIGURES, "seconds"}}
    for figure, title in (FIGURES | further).items():
        values = [f[figure] for f in row["seeds"].values()]
        told = run.published.get(figure) if published else None
        meets = "" if told is None else f"{sum(v <= told if figure == 'loss' else v >= told for v in values)}"
        lines.append(
            f"| {title} | {statistics.median(values):.4f} | {min(values):.4f} – {max(values):.4f} "
            f"| {'' if told is None else f'{told:.4f}'} | {meets} |"
        )
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("runs", nargs="*", metavar="RUN", help=", ".join(RUNS))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--data", nargs="+", default=["full", "digits"], choices=["full", "digits"])
    a = parser.parse_args()
    if unknown := set(a.runs) - set(RUNS):
        parser.error(f"no such run: {', '.join(sorted(unknown))}. There are: {', '.join(RUNS)}")
    import course_utils as cu

    cu.use_keras()
    for source in a.data:
        for name in a.runs or RUNS:
            for seed in range(a.seeds):
                once(source, name, seed)


def once(source, name, seed):
    """Measure one seed, unless that has been done with these settings."""
    run, row = RUNS[name], kept().get(source, {}).get(name, {})
    same = (row.get("batch_size"), row.get("epochs")) == (run.batch_size, run.epochs[source])
    if same and str(seed) in row["seeds"]:
        return
    settings, figures = measure(run, source, seed)
    keep(source, name, seed, settings, figures)
    print(source, name, f"seed {seed}:", ", ".join(f"{key} {value:.4f}" for key, value in figures.items()), flush=True)


if __name__ == "__main__":
    main()
