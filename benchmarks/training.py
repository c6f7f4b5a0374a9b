"""Training and inference on MNIST: course_utils beside Keras, PyTorch, scikit-learn, BLAS alone and the plain loop.

    python benchmarks/training.py [--epochs 1] [--rounds 5] [--threads 1 2] [--examples 60000]

For each number of threads a fresh process trains 784-64-10 (batch 100) and 784-512-10 (batch 128) with SGD, in
float32, from the same start. Rounds are interleaved: every runner once, then all again, so that a busy moment hits
all alike. A row holds the median and the range over the rounds, the ratio to course_utils as the median of pairs of
one round, and the accuracy on the test set after the last round. PyTorch is measured where it is installed
(`pip install torch`).

"BLAS alone" is the floor: the five matrix products of a step on batches that already lie in memory, nothing else.
Results: results/training.md.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "results" / "training.md"
SHAPES = {"784-64-10, batch 100": (64, 100), "784-512-10, batch 128": (512, 128)}
RATE = 0.1
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS")


def measure(threads, epochs, rounds, examples):
    """Run in a process of its own, whose threads are set: print a JSON of all times and accuracies."""
    import numpy as np
    import runners

    x, y, x_test, y_test = runners.digits(examples)
    rows = {}
    for shape, (units, batch) in SHAPES.items():
        teams = runners.team(units, batch, RATE, x, y, threads)
        for runner in teams.values():
            runner.train(1)  # compiles, allocates, warms up
            runner.reset()
        for _ in range(rounds):  # each round goes on from the last: the accuracy is that after all of them
            for name, runner in teams.items():
                row = rows.setdefault(f"{shape}|{name}", {"train": [], "infer": []})
                row["train"].append(seconds(lambda r=runner: r.train(epochs)))
                if runner.predict is None:
                    continue
                row["infer"].append(seconds(lambda r=runner: r.predict(x_test)))
                row["accuracy"] = float((np.argmax(runner.predict(x_test), axis=1) == y_test).mean())
    print(json.dumps({"examples": len(x), "rows": rows}))


def seconds(f):
    start = time.perf_counter()
    f()
    return time.perf_counter() - start


def child(threads, arguments):
    """Return what `measure` found with so many threads."""
    env = os.environ | dict.fromkeys(THREADS, str(threads)) | {"TF_CPP_MIN_LOG_LEVEL": "2"}
    command = [sys.executable, __file__, "--child", str(threads), *arguments]
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def table(found, threads, epochs):
    """Return the table of one number of threads, as Markdown."""
    rounds = len(next(iter(found["rows"].values()))["train"])
    size = f"{found['examples']:,} examples, rounds of {epochs} epoch{'s' * (epochs > 1)}"
    lines = [f"## {threads} thread{'s' * (threads > 1)}, {size}", ""]
    for shape in SHAPES:
        rows = {key.split("|")[1]: row for key, row in found["rows"].items() if key.startswith(shape)}
        ours = rows["course_utils"]
        lines += [
            f"### {shape}",
            "",
            f"| by | training, s (range) | x course_utils | 10,000 digits, ms | accuracy after {rounds} rounds, % |",
        ]
        lines += ["|---|---:|---:|---:|---:|"]
        lines += [line(name, row, ours) for name, row in rows.items()]
        lines += ["", *verdict(rows, ours), ""]
    return lines


def line(name, row, ours):
    train = f"{statistics.median(row['train']):.3f} ({min(row['train']):.3f}–{max(row['train']):.3f})"
    if not row["infer"]:
        return f"| {name} | {train} | {ratio(row, ours):.2f} | | |"
    infer, right = 1000 * statistics.median(row["infer"]), 100 * row["accuracy"]
    return f"| {name} | {train} | {ratio(row, ours):.2f} | {infer:.1f} | {right:.2f} |"


def ratio(row, ours):
    """Median over the rounds of this runner's time divided by ours in the same round."""
    return statistics.median(a / b for a, b in zip(row["train"], ours["train"], strict=True))


def verdict(rows, ours):
    """Say in words how far from the floor and from the fastest other library course_utils is."""
    others = {n: ratio(r, ours) for n, r in rows.items() if n.startswith(("Keras", "PyTorch", "scikit"))}
    fastest = min(others, key=others.get)
    floor, room = ratio(ours, rows["BLAS alone"]), ratio(rows[fastest], rows["BLAS alone"])
    told = f"course_utils takes {floor:.2f} x BLAS alone; the fastest other, {fastest}, {others[fastest]:.2f} x ours."
    return [told, f"{fastest} takes {room:.2f} x BLAS alone: no loop in NumPy could be further ahead of it than that."]


def heading():
    names = ("numpy", "keras", "tensorflow-cpu", "tensorflow", "torch", "scikit-learn")
    have = []
    for name in names:
        try:
            have.append(f"{name} {version(name)}")
        except ImportError:
            continue
    cores = f"{os.cpu_count()} cores, {processor()}"
    return ["# Training and inference", "", f"{cores}; Python {platform.python_version()}, {', '.join(have)}.", ""]


def processor():
    try:
        names = [s.split(":")[1].strip() for s in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in s]
        return names[0]
    except (OSError, IndexError):
        return platform.processor() or platform.machine()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--examples", type=int, default=60000)
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    a = parser.parse_args()
    if a.child:
        measure(a.child, a.epochs, a.rounds, a.examples)
        return
    numbers = {"--epochs": a.epochs, "--rounds": a.rounds, "--examples": a.examples}
    arguments = [text for key, value in numbers.items() for text in (key, str(value))]
    text = heading()
    for threads in a.threads:
        text += table(child(threads, arguments), threads, a.epochs)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("\n".join(text), encoding="utf-8")
    print("\n".join(text))


if __name__ == "__main__":
    main()
