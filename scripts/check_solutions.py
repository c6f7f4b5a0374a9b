"""Run every lesson with all of its exercises solved: each check has to say so, and no cell may fail or complain.

    python scripts/check_solutions.py [NOTEBOOK ...]

The source of a solution takes the place of the stub, a prediction's computed value that of its dots, and the answer
of an open exercise that of its dots. What a right answer earns is shown then, too, and has to succeed.
The lesson itself has to bring the names that a solution uses. Nothing is written.
"""

import ast
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import nbformat
import numpy as np
from kernels import client_of
from nbclient.exceptions import CellExecutionError

from course_utils.commands.payoff import FAILED
from course_utils.commands.texts import describe_written
from course_utils.exercises import OpenExercise
from course_utils.exercises.feedback import describe
from course_utils.exercises.judge import Verdict
from course_utils.lesson_names import number_of
from course_utils.lessons import ids, lesson
from course_utils.notebook import folded

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
OPEN = "not answered yet"  # as `check` says it, and lessons that wait for an answer


def solved(source, records):
    """Give the source with the answers in place of all stubs, and the ids answered in it."""
    lines, answered = source.split("\n"), []
    for node in reversed(_statements(source)):  # from below, so that the lines above keep their numbers
        record = records.get(_stub_of(node))
        if record:
            lines[node.lineno - 1 : node.end_lineno] = [_answer(record)]
            answered.insert(0, record.id)
    return "\n".join(lines), answered


def _statements(source):
    try:
        return ast.parse(source).body
    except SyntaxError:  # a line for IPython alone: no exercise
        return []


def _stub_of(node):
    """Name what a statement leaves open: `def name(…): return ...` or `name = ...`; None for any other."""
    if isinstance(node, ast.FunctionDef):
        dots = [n for n in ast.walk(node) if isinstance(n, ast.Constant) and n.value is ...]
        return node.name if dots else None
    if isinstance(node, ast.Assign) and ast.unparse(node.value) == "...":
        return node.targets[0].id
    return None


def _answer(record):
    if isinstance(record, OpenExercise):
        return f"{record.id} = {record.answer!r}"
    if not record.is_value:
        return record.source
    return f"{record.id} = {np.asarray(record.solution()).tolist()!r}"


def faults(path, records=None):
    """Run one lesson with its exercises solved; give a sentence for each thing that is not as it should be."""
    records = lesson_of(path) if records is None else records
    notebook = nbformat.read(path, as_version=4)
    asked = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source, asked[cell.id] = solved(cell.source, records)
    found = _failure(notebook, path.parent)
    for cell in notebook.cells:
        found += _complaints(cell, [records[id] for id in asked.get(cell.id, [])])
    missing = records.keys() - {id for ids in asked.values() for id in ids}
    return found + [f"{id}: the lesson has no stub for it" for id in sorted(missing)]


def lesson_of(path):
    """Give the records of the lesson that a notebook's name begins with; none where it has none."""
    number = number_of(path)
    return lesson(number) if number in ids() else {}


def _failure(notebook, folder):
    try:
        client_of(notebook, folder).execute()
    except CellExecutionError as error:
        return [f"a cell fails: {error}"]
    return []


def _complaints(cell, records):
    outputs = cell.get("outputs", [])
    said, complained = ("".join(o.text for o in outputs if o.get("name") == name) for name in ("stdout", "stderr"))
    right = [folded(_praise(record)) for record in records]
    found = [f"cell {cell.id} does not say: {line}\nIt says:\n{said}" for line in right if line not in said]
    if complained:
        found.append(f"cell {cell.id} writes to stderr:\n{complained}")
    if FAILED in said:
        found.append(f"cell {cell.id} has a payoff that fails:\n{said}")
    if OPEN in said:
        found.append(f"cell {cell.id} finds something open:\n{said}")
    return found


def _praise(record):
    if isinstance(record, OpenExercise):
        return describe_written(record, record.answer)
    return describe(record, Verdict("right"))


def timed(path):
    """Give the faults of a lesson and its seconds."""
    start = time.perf_counter()
    return faults(path), time.perf_counter() - start


def main(paths):
    """Check the lessons, two at a time; give how many have faults."""
    bad = 0
    with ProcessPoolExecutor(2) as pool:
        runs = {pool.submit(timed, path): path for path in paths}
        for run in as_completed(runs):
            found, seconds = run.result()
            bad += bool(found)
            verdict = "not as it should be" if found else f"{len(lesson_of(runs[run]))} exercises right"
            print(f"{seconds:6.1f} s  {runs[run].name}: {verdict}", *found, sep="\n    ", flush=True)
    return bad


if __name__ == "__main__":
    late_first = sorted(NOTEBOOKS.glob("*.ipynb"), reverse=True)  # they take longest
    sys.exit(main([Path(name).resolve() for name in sys.argv[1:]] or late_first) > 0)
