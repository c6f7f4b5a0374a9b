"""How long `check` takes for every exercise: right, and in the worst case, wrong in a way that nobody foresaw.

    python benchmarks/exercises.py [--repeat 20]

The worst case runs all known wrong answers of an exercise. It has to stay under 0.3 s, or the answer is not
felt as immediate.
"""

import argparse
import statistics
import time

from course_utils.exercises import judge, lesson
from course_utils.exercises.registry import IDS

LIMIT = 0.3  # s


def milliseconds(record, answer, repeat):
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        judge(record, answer)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times), max(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repeat", type=int, default=20)
    repeat = parser.parse_args().repeat
    print("| exercise | right: median ms | unforeseen mistake: median ms | its slowest ms |")
    print("|---|---:|---:|---:|")
    slowest = 0
    for number in IDS:
        for record in lesson(number).values():
            right, _ = milliseconds(record, record.function(record.solution), repeat)
            unforeseen, worst = milliseconds(record, lambda *_: 0.123456, repeat)
            slowest = max(slowest, worst)
            print(f"| {number} {record.id} | {right:.1f} | {unforeseen:.1f} | {worst:.1f} |")
    print(f"\nSlowest: {slowest:.0f} ms. Limit: {1000 * LIMIT:.0f} ms.")


if __name__ == "__main__":
    main()
