"""Which optimizer trains 784-64-10 best? Equal grids over three seeds, for lesson 10.

    python benchmarks/optimizers.py [--seeds 3] [--epochs 10] [--images 50000]

Four optimizers, five rates each, half a power of ten apart and with the best one inside, falling along a cosine to 0:
the same number of tries for all. Weights start as He's, batches hold 100 images. The last sixth of the
training images is never trained on and judges; the test images play no part. The time of an epoch stands beside BLAS
alone, the five matrix products of a step and nothing else, which is measured in the same run.

A second grid gives the two optimizers that the lesson writes by hand their best rate of the first one, twice as many
epochs, without and with an L2 penalty on both kernels.

Needs the full MNIST. Every run is written to results/optimizers.json as soon as it is done, so a broken measurement
goes on where it stopped; delete the file to begin anew. results/optimizers.md is made from it.
"""

import argparse
import itertools
import json
import statistics
import time
from pathlib import Path

import numpy as np
from runners import Floor

import course_utils as cu

RESULTS = Path(__file__).parent / "results" / "optimizers.json"
BATCH = 100
RATES = {
    "SGD": (0.03, 0.1, 0.3, 1.0, 3.0),
    "momentum 0.9": (0.003, 0.01, 0.03, 0.1, 0.3),
    "RMSprop": (0.0003, 0.001, 0.003, 0.01, 0.03),
    "Adam": (0.0003, 0.001, 0.003, 0.01, 0.03),
}
BEST_RATES = {"momentum 0.9": 0.1, "Adam": 0.003}  # what the first grid found
PENALTIES = (0.0, 1e-4)


def optimizer(name, rate):
    """Return a new optimizer of this name; the rate may be a schedule."""
    if name == "momentum 0.9":
        return cu.SGD(rate, momentum=0.9)
    return {"SGD": cu.SGD, "RMSprop": cu.RMSprop, "Adam": cu.Adam}[name](rate)


def network(seed, penalty=0.0):
    """Return 784-64-10, from He's start, with an L2 penalty on both kernels unless it is 0."""
    regularizer = cu.L2(penalty) if penalty else None
    hidden = cu.Dense(64, "relu", kernel_initializer="he_normal", kernel_regularizer=regularizer)
    output = cu.Dense(10, "softmax", kernel_initializer="he_normal", kernel_regularizer=regularizer)
    return cu.Sequential([cu.Input(784), hidden, output], rng=seed)


def measure(images, epochs, seeds):
    """Make the runs that are not there yet: a dict each, with the accuracy on the validation images in percent."""
    (x, y), _ = data = cu.load_mnist()
    if not data.is_full:
        raise SystemExit("These figures are for the full MNIST, and it is not at hand.")
    first = 5 * len(x) // 6
    x, x_val = np.split(x.reshape(-1, 784) / np.float32(255), [first])
    y, y_val = np.split(y, [first])
    x, y = x[:images], y[:images]
    floor = Floor(64, BATCH, 0.1, x, y)
    steps = epochs * -(-len(x) // BATCH)
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {"runs": []}
    kept |= {"images": images, "epochs": epochs, "batch": BATCH}
    for seed, setting in itertools.product(range(seeds), settings()):
        run = setting | {"seed": seed}
        if any(run.items() <= done.items() for done in kept["runs"]):
            continue
        model = network(seed)
        falling = cu.CosineDecay(run["rate"], steps)
        model.compile(optimizer(run["optimizer"], falling), "sparse_categorical_crossentropy")
        seconds = clock(lambda m=model: m.fit(x, y, batch_size=BATCH, epochs=epochs, verbose=0))
        blas = clock(lambda: floor.train(epochs))
        accuracy = 100 * model.evaluate(x_val, y_val)[1]
        run |= {"accuracy": round(accuracy, 2), "seconds": round(seconds, 3), "blas": round(blas, 3)}
        kept["runs"].append(run)
        save(kept)
        print(run, flush=True)
    for seed, penalty, name in itertools.product(range(seeds), PENALTIES, BEST_RATES):
        run = {"optimizer": name, "rate": BEST_RATES[name], "penalty": penalty, "epochs": 2 * epochs, "seed": seed}
        if any(run.items() <= done.items() for done in kept.setdefault("penalties", [])):
            continue
        model = network(seed, penalty)
        falling = cu.CosineDecay(run["rate"], 2 * steps)
        model.compile(optimizer(name, falling), "sparse_categorical_crossentropy")
        model.fit(x, y, batch_size=BATCH, epochs=2 * epochs, verbose=0)
        run["accuracy"] = round(100 * model.evaluate(x_val, y_val)[1], 2)
        kept["penalties"].append(run)
        save(kept)
        print(run, flush=True)
    return kept


def save(kept):
    """Write all runs to the file."""
    RESULTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def settings():
    """Return all settings: optimizer and rate."""
    return [{"optimizer": name, "rate": rate} for name, rates in RATES.items() for rate in rates]


def clock(train):
    """Return the seconds that a training takes."""
    started = time.perf_counter()
    train()
    return time.perf_counter() - started


def table(kept):
    """Return the results as Markdown: mean over the seeds, and how far they lie apart."""
    seeds = 1 + max(run["seed"] for run in kept["runs"])
    lines = [
        "# Four optimizers on equal grids",
        "",
        f"784-64-10, He's start, {kept['images']:,} training images in batches of {kept['batch']}, {kept['epochs']} "
        "epochs, a cosine from this rate down to 0. Accuracy on 10,000 validation images in percent: mean of "
        f"{seeds} seeds (lowest to highest). The best of a row is bold. Time: training beside BLAS alone in the same "
        "run, median.",
        "",
    ]
    for name, rates in RATES.items():
        cells = {rate: scores(kept, name, rate) for rate in rates}
        best = max(rates, key=lambda rate: statistics.mean(cells[rate]))
        shown = [cell(cells[rate], rate == best) for rate in rates]
        lines += [f"| {name}: rate | " + " | ".join(f"{rate:g}" for rate in rates) + " | time |"]
        lines += ["|---" * (len(rates) + 2) + "|"]
        lines += ["| accuracy | " + " | ".join(shown) + f" | {ratio(kept, name):.1f} x |", ""]
    return "\n".join(lines + penalty_table(kept))


def penalty_table(kept):
    """Return the second grid as lines of Markdown: a row for each optimizer, the best cell of all in bold."""
    cells = {}
    for run in kept["penalties"]:
        cells.setdefault((run["optimizer"], run["penalty"]), []).append(run["accuracy"])
    best = max(cells, key=lambda key: statistics.mean(cells[key]))
    lines = [
        "# Two of them with an L2 penalty",
        "",
        f"Each at its best rate, {2 * kept['epochs']} epochs, otherwise as above. The penalty is on both kernels. The "
        "best cell of all is bold.",
        "",
        "| L2 penalty | " + " | ".join(f"{penalty:g}" for penalty in PENALTIES) + " |",
        "|---" * (len(PENALTIES) + 1) + "|",
    ]
    for name, rate in BEST_RATES.items():
        shown = [cell(cells[name, penalty], (name, penalty) == best) for penalty in PENALTIES]
        lines += [f"| {name}, rate {rate:g} | " + " | ".join(shown) + " |"]
    return [*lines, ""]


def scores(kept, name, rate):
    """Return the accuracies of all seeds."""
    return [run["accuracy"] for run in kept["runs"] if (run["optimizer"], run["rate"]) == (name, rate)]


def ratio(kept, name):
    """Return how many times BLAS alone the training with this optimizer takes."""
    return statistics.median(run["seconds"] / run["blas"] for run in kept["runs"] if run["optimizer"] == name)


def cell(found, best):
    """Return mean and range, the best of its row in bold."""
    mean = f"{statistics.mean(found):.2f}"
    return f"{f'**{mean}**' if best else mean} ({min(found):.2f}–{max(found):.2f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--images", type=int, default=50_000)
    a = parser.parse_args()
    kept = measure(a.images, a.epochs, a.seeds)
    RESULTS.with_suffix(".md").write_text(table(kept), encoding="utf-8")


if __name__ == "__main__":
    main()
