"""scripts/check_solutions.py itself: what it puts in place of a stub, and that it notices a wrong solution."""

import dataclasses
import runpy
from pathlib import Path

import nbformat
import pytest

from course_utils.lessons import find

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "check_solutions.py"))
STUB = 'cu.card("threshold")\n\n\ndef threshold(w, b, p):\n    return ...\n\n\ncu.check("threshold", threshold)'
GUESS = 'predict_double_w = ...\n\ncu.check("predict_double_w", predict_double_w)'
START = "import numpy as np\nimport course_utils as cu"
RECORDS = {id: find(id) for id in ("threshold", "predict_double_w")}


@pytest.fixture
def faults_of(tmp_path):
    """Write a lesson of these cells, run it with its exercises solved, and give the faults found."""

    def run(*sources, records=RECORDS):
        path = tmp_path / "a_lesson.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources]), path)
        return SCRIPT["faults"](path, records)

    return run


def test_answers_stand_where_the_stubs_were():
    source, answered = SCRIPT["solved"](f"{GUESS}\n{STUB}", RECORDS)
    assert answered == ["predict_double_w", "threshold"]
    assert source.startswith("predict_double_w = 0.5\n\ncu.check(")
    assert source.endswith(f'{find("threshold").source}\n\n\ncu.check("threshold", threshold)')
    assert "..." not in source


@pytest.mark.parametrize(
    "source", ["%matplotlib inline", "def other(z):\n    return ...", "def threshold(w): return w"]
)
def test_what_is_no_stub_of_the_lesson_stays(source):
    assert SCRIPT["solved"](source, RECORDS) == (source, [])


def test_a_lesson_solved_is_in_order(faults_of):
    assert faults_of(START, GUESS, STUB) == []


@pytest.mark.slow
def test_each_thing_that_is_wrong_is_told(faults_of):
    def threshold(w, b, p):
        return -b / w

    wrong = dataclasses.replace(find("threshold"), solution=threshold)
    found = faults_of(
        START,
        STUB,
        "import sys; print('careful', file=sys.stderr)",
        "cu.check('weighted_sum', None)",
        "1 / 0",
        records=RECORDS | {"threshold": wrong},
    )
    signs = ("ZeroDivisionError", "threshold: not right yet", "careful", "not answered yet", "no stub")
    assert len(found) == len(signs)
    assert all(sign in fault for sign, fault in zip(signs, found, strict=True))


@pytest.mark.slow
def test_a_name_that_only_the_record_knows_is_missing_in_the_lesson(faults_of):
    record = find("two_layers")
    stub = STUB.replace("threshold", "two_layers").replace("(w, b, p)", "(X, W1, b1, W2, b2)")
    (fault,) = faults_of(
        "from course_utils import check, card\nimport numpy as np", stub.replace("cu.", ""), records={record.id: record}
    )
    assert "NameError: name 'cu' is not defined" in fault
