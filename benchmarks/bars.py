"""How far above its bar does each of our answers to a model exercise end, over several seeds?

    python benchmarks/bars.py [EXERCISE ...] [--seeds 20]

A learner who does what the hints say shall not fail by the luck of a seed. The last column counts the standard
deviations between the mean and the score that just passes: below 3 some learners will be told a wrong "not yet".
"""

import argparse
import os
import statistics
import sys
from pathlib import Path

os.environ.setdefault("COURSE_UTILS_MNIST", "digits")  # on which exercises are judged everywhere
import course_utils as cu
from course_utils.lessons import ids, lesson
from course_utils.model_checks.case import look_at
from course_utils.model_checks.model_exercise import ModelExercise, takes_data
from course_utils.model_checks.training import train

RESULTS = Path(__file__).parent / "results" / "bars.md"
HEAD = (
    "# Model exercises: our answers and their bars\n\n"
    "| exercise | answer | seeds | bar | just passes | mean | std | worst | std above |\n"
    "|---|---|---:|---:|---:|---:|---:|---:|---:|"
)


def score(record, answer, seed):
    """Train an answer as the checker would, from this seed, and measure it on the exercise's test data."""
    keras = sys.modules["keras"]
    keras.utils.set_random_seed(seed)
    (x, y), _ = record.data()
    model = answer(x, y) if takes_data(answer) else answer()
    if record.epochs:
        train(model, x, y, record.epochs, record.batch_size)
    return look_at(record, model, was_trained_here=True).score


def row(record, name, answer, seeds):
    """Give one line of the table."""
    better = record.task.better
    scores = [score(record, answer, seed) for seed in range(seeds)]
    mean, spread = statistics.mean(scores), statistics.stdev(scores)
    worst = min(scores, key=lambda one: better * one)
    above = better * (mean - record.limit) / spread if spread else float("inf")
    figures = f"{record.bar:g} | {record.limit:g} | {mean:.4g} | {spread:.2g} | {worst:.4g} | {above:.1f}"
    return f"| {record.id} | {name} | {seeds} | {figures} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("exercises", nargs="*")
    parser.add_argument("--seeds", type=int, default=20)
    options = parser.parse_args()
    cu.use_keras()
    every = [record for number in ids() for record in lesson(number).values()]
    models = [record for record in every if isinstance(record, ModelExercise) and record.bar is not None]
    chosen = [record for record in models if record.id in options.exercises or not options.exercises]
    rows = HEAD.split("\n")
    for record in chosen:
        variants = [(f"variant {i}", variant) for i, variant in enumerate(record.variants, start=1)]
        for name, answer in [("ours", record.solution), *variants]:
            rows.append(row(record, name, answer, options.seeds))
            print(rows[-1], flush=True)
    if not options.exercises:
        RESULTS.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
