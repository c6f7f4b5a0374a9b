"""How the cost of training grows, and what threads do to a class on one machine.

    python benchmarks/scaling.py [--rounds 3] [--learners 4]

First: seconds per epoch of 784-64-10 at batch 100 for 6,000, 60,000 and 600,000 examples (MNIST, repeated), and for
widths 16 to 2,048 on 6,000 examples; medians, rounds interleaved, one thread. Then: so many learners train
784-512-10 for ten epochs of 6,000 examples at once, each in a process of its own, with one BLAS thread each and
with two.
Results: results/scaling.md and results/scaling.png.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

import training

EXAMPLES = (6_000, 60_000, 600_000)
WIDTHS = (16, 32, 64, 128, 256, 512, 1024, 2048)
PNG = training.RESULTS.with_name("scaling.png")
MARKDOWN = training.RESULTS.with_name("scaling.md")


def epoch_times(rounds):
    """Return {examples: s} and {width: s}, medians over the rounds."""
    import numpy as np
    import runners

    x, y, *_ = runners.digits(60_000)
    cases = {("examples", n): (64, np.resize(np.arange(60_000), n)) for n in EXAMPLES}
    cases |= {("width", units): (units, np.arange(6_000)) for units in WIDTHS}
    times = {case: [] for case in cases}
    for _ in range(rounds):
        for case, (units, rows) in cases.items():
            runner = runners.Course(units, 100, 0.1, x[rows], y[rows])
            times[case].append(training.seconds(lambda r=runner: r.train(1)))
    medians = {case: statistics.median(found) for case, found in times.items()}
    return [{n: medians[kind, n] for n in ns} for kind, ns in (("examples", EXAMPLES), ("width", WIDTHS))]


def draw(by_examples, by_width):
    """Draw both on log axes, each beside the line of a cost that grows in proportion."""
    import matplotlib.pyplot as plt

    from course_utils.plots import lines

    fig, axes = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    panels = (by_examples, "examples", 60_000), (by_width, "units in the hidden layer", 2048)
    for ax, (times, label, anchor) in zip(axes, panels, strict=True):
        n = list(times)
        curves = {"measured": list(times.values()), "in proportion": [times[anchor] * k / anchor for k in n]}
        lines(n, curves, xlabel=label, ylabel="s per epoch", xscale="log", yscale="log", ax=ax)
        ax.lines[0].set_marker("o")
    fig.savefig(PNG, dpi=120)


def crowd(learners, threads):
    """Start so many learners at once; return the seconds until the last has finished its ten epochs."""
    code = (
        "import runners, sys; x, y, *_ = runners.digits(6000); r = runners.Course(512, 128, 0.1, x, y); r.train(1);"
        " print('ready', flush=True); sys.stdin.readline(); r.train(10)"
    )
    env = os.environ | dict.fromkeys(training.THREADS, str(threads)) | {"PYTHONPATH": os.path.dirname(__file__)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    crowd = [subprocess.Popen([sys.executable, "-c", code], env=env, **pipes) for _ in range(learners)]
    for one in crowd:
        one.stdout.readline()
    start = time.perf_counter()
    for one in crowd:
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in crowd:
        one.wait()
    return time.perf_counter() - start


def report(by_examples, by_width, crowds):
    rows = [*training.heading(), "## One epoch of 784-64-10, batch 100, one thread", ""]
    rows[0] = "# How the cost grows"
    rows += ["| examples | s per epoch | µs per example |", "|---:|---:|---:|"]
    rows += [f"| {n:,} | {s:.3f} | {1e6 * s / n:.2f} |" for n, s in by_examples.items()]
    rows += ["", "## 6,000 examples, by width", "", "| units | s per epoch | µs per unit |", "|---:|---:|---:|"]
    rows += [f"| {n:,} | {s:.3f} | {1e6 * s / n:.0f} |" for n, s in by_width.items()]
    rows += ["", "![Seconds per epoch, by examples and by width, on log axes](scaling.png)", ""]
    rows += ["## Learners who train at once", "", "| learners | BLAS threads each | s until all have finished |"]
    rows += ["|---:|---:|---:|"]
    rows += [f"| {n} | {threads} | {s:.1f} |" for (n, threads), s in crowds.items()]
    return "\n".join(rows) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--learners", type=int, default=4)
    a = parser.parse_args()
    by_examples, by_width = epoch_times(a.rounds)
    draw(by_examples, by_width)
    cases = [(n, threads) for n in (1, a.learners) for threads in (1, 2)]
    times = {case: [] for case in cases}
    for _ in range(a.rounds):
        for case in cases:
            times[case].append(crowd(*case))
    text = report(by_examples, by_width, {case: statistics.median(found) for case, found in times.items()})
    MARKDOWN.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    for name in training.THREADS:
        os.environ.setdefault(name, "1")
    main()
