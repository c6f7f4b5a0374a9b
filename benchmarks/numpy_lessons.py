"""How long do the trainings of the NumPy lessons take, beside the matrix products alone, and what do they reach?

    OMP_NUM_THREADS=1 python benchmarks/numpy_lessons.py [--rounds 3]    # needs the full MNIST

Of each lesson the cells above its training are run once. Then every round times the cell that trains, as it stands in
the notebook, and right after it the floor of training.py, "BLAS alone", for as many epochs in batches of 100. The ratio
is the median over the rounds.

Writes results/numpy_lessons.md.
"""

import argparse
import contextlib
import io
import os
import statistics
import time
from pathlib import Path

import nbformat
import runners

import course_utils as cu

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "numpy_lessons.md"
TRAININGS = {"09_mnist_two_layers_numpy": "main-run"}  # lesson: the cell that trains; it leaves `epochs` and `score`


def cells_until(lesson, last):
    """Return the code of the cells above `last`, without exercises, and the code of `last`."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4)
    code = {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "code"}
    ids = list(code)
    above = [code[name] for name in ids[: ids.index(last)] if not name.startswith("try-")]
    return above, code[last]


def seconds(f):
    start = time.perf_counter()
    f()
    return time.perf_counter() - start


def measure(lesson, last, rounds):
    """Return the times of the lesson and of the floor, one each round, with the epochs and the test accuracy."""
    above, training = cells_until(lesson, last)
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for source in above:
            exec(source, names)
        floor = runners.Floor(64, 100, 0.1, names["X"], names["y_train"])
        floor.train(1)  # warms up
        ours, alone = [], []
        for _ in range(rounds):
            ours.append(seconds(lambda: exec(training, names)))
            alone.append(seconds(lambda: floor.train(names["epochs"])))
    return ours, alone, names["epochs"], names["score"]


def row(lesson, ours, alone, epochs, score):
    times = f"{statistics.median(ours):.2f} ({min(ours):.2f}–{max(ours):.2f}) | {statistics.median(alone):.2f}"
    ratio = statistics.median(mine / floor for mine, floor in zip(ours, alone, strict=True))
    return f"| {lesson[:2]} | {epochs} | {times} | {ratio:.1f} | {100 * score:.2f} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    if not cu.load_mnist().is_full:
        raise SystemExit("The full MNIST is not at hand: name its file in COURSE_UTILS_MNIST.")
    threads = os.environ.get("OMP_NUM_THREADS", "all")
    lines = [
        "# The trainings of the NumPy lessons",
        "",
        f"784-64-10 on the 60,000 training images, {rounds} rounds, threads: {threads}.",
        "",
        "| lesson | epochs | training, s (range) | BLAS alone, s | ratio | test accuracy, % |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    lines += [row(lesson, *measure(lesson, last, rounds)) for lesson, last in TRAININGS.items()]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
