"""From how many random starts does a two-layer network learn XOR?

    python benchmarks/xor_starts.py [--seeds 1000]

Kernels start as N(0, 1), biases at 0; mean cross-entropy, full batch, learning rate 0.5, 2,000 steps. Solved means
4 of 4. Writes benchmarks/results/xor_starts.md.
"""

import argparse
from pathlib import Path

import course_utils as cu
from course_utils.models.batched import train_many

WIDTHS = (2, 3, 4, 8)
RESULTS = Path(__file__).parent / "results" / "xor_starts.md"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=1000)
    n = parser.parse_args().seeds
    X, y = cu.logic_gate("XOR")
    rows = []
    for activation in ("sigmoid", "tanh", "relu"):
        cells = []
        for width in WIDTHS:
            runs = train_many(X, y, width, activation, seeds=range(n), learning_rate=0.5, steps=2000)
            p = (runs.scores(X, y) == 4).mean()
            cells.append(f"{100 * p:.1f} ± {100 * (p * (1 - p) / n) ** 0.5:.1f}")
        rows.append(f"| {activation} | " + " | ".join(cells) + " |")
        print(rows[-1])
    head = [f"# XOR from {n:,} starts: share solved, in percent ± standard error", "", _about(), ""]
    table = ["| hidden units | " + " | ".join(map(str, WIDTHS)) + " |", "|---" * 5 + "|", *rows, ""]
    RESULTS.write_text("\n".join(head + table), encoding="utf-8")


def _about():
    return " ".join(__doc__.split("\n\n")[2].split()).partition(" Writes")[0]


if __name__ == "__main__":
    main()
