"""How long `check` takes for every exercise: right, and in the worst case, wrong in a way that nobody foresaw.

    python benchmarks/exercises.py [--repeat 20]

An unforeseen mistake is compared with all known wrong answers of an exercise. It is tried in two forms: a constant,
and an answer that is right but on the last input. It has to stay under 0.3 s, or the answer is not felt as
immediate. Results: results/exercises.md.
"""

import argparse
import itertools
import os
import platform
import statistics
import time
from pathlib import Path

import numpy as np

from course_utils.exercises import OpenExercise, judge
from course_utils.lessons import ids, lesson
from course_utils.model_checks import ModelExercise, ScoreExercise

LIMIT = 0.3  # s
RESULTS = Path(__file__).parent / "results" / "exercises.md"
HEAD = f"""# How long an answer takes

{platform.machine()}, {os.cpu_count()} cores; Python {platform.python_version()}, numpy {np.__version__}.
"""


def milliseconds(record, answer, repeat):
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        judge(record, answer)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times), max(times)


def wrong_at_the_end(record):
    """Give an answer that is right on every input but the last."""
    right, count = record.solution, len(record.inputs())
    calls = itertools.count(1)
    return lambda *arguments: 0.123456 if next(calls) % count == 0 else right(*arguments)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repeat", type=int, default=20)
    repeat = parser.parse_args().repeat
    rows = [
        HEAD,
        "| exercise | right: median ms | unforeseen mistake: median ms | its slowest ms |",
        "|---|---:|---:|---:|",
    ]
    slowest = 0
    for number in ids():
        for record in lesson(number).values():
            if isinstance(record, OpenExercise | ModelExercise | ScoreExercise):  # no function is judged
                continue
            right, _ = milliseconds(record, record.solution, repeat)
            mistakes = (lambda *_: 0.123456, wrong_at_the_end(record))
            unforeseen, worst = map(max, zip(*(milliseconds(record, wrong, repeat) for wrong in mistakes), strict=True))
            slowest = max(slowest, worst)
            rows.append(f"| {number} {record.id} | {right:.1f} | {unforeseen:.1f} | {worst:.1f} |")
    rows.append(f"\nSlowest: {slowest:.0f} ms. Limit: {1000 * LIMIT:.0f} ms.")
    RESULTS.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
