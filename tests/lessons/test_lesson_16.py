"""Lesson 16: every patient fails and every mend heals, over several seeds, within the bands that its cells assert."""

import re
from pathlib import Path

import nbformat
import pytest

import course_utils as cu
from course_utils.lessons import find, lesson

NOTEBOOK = nbformat.read(Path(__file__).parents[2] / "notebooks" / "16_bug_clinic.ipynb", as_version=4)
CELLS = {cell.id: cell.source for cell in NOTEBOOK.cells if cell.cell_type == "code" and cell.id != "ask-five"}
PATIENTS = range(1, 11)


def solved(id):
    record = find(id)
    return record.solution() if record.is_value else record.solution


def with_solutions(source):
    """Give a cell in which the solution stands in for the stub before it is checked."""
    return re.sub(r'^cu\.check\("(\w+)", \w+\)', r'\1 = solved("\1")\n\g<0>', source, flags=re.M)


@pytest.fixture
def shown(monkeypatch):
    """Collect what a notebook would show as figures."""
    figures = []
    monkeypatch.setattr(cu, "show", lambda fig, alt: figures.append(alt))
    return figures


@pytest.mark.full
@pytest.mark.parametrize("seed", range(5))
def test_each_patient_fails_and_each_mend_heals_it(seed, shown, capsys):
    names = {"solved": solved}
    for id, source in CELLS.items():
        source = source.replace("seed = 0", f"seed = {seed}").replace(
            "range(3)]", f"range({3 * seed}, {3 * seed + 3})]"
        )
        exec(compile(with_solutions(source), f"<{id}>", "exec"), names)  # its asserts hold the bands
        said = capsys.readouterr().out
        if id.startswith(("measure-", "mend-")):
            assert said.count("✓") == 1, (id, said)
        if id.startswith("mend-"):
            assert "mended" in said or "rate" in said, id  # the run with the learner's answer took place
    assert len(shown) == 2
    four = dict.fromkeys(("loss", "rate", "dead", "start"), False)  # patients 4 to 7: not even one batch
    assert names["learned"] == four | {"epoch, order": True, "labels": True, "leak": True}


@pytest.mark.parametrize("number", PATIENTS)
def test_a_patient_has_a_symptom_a_measurement_a_cause_and_a_mend(number):
    texts = {cell.id: cell.source for cell in NOTEBOOK.cells}
    assert "**Symptom:**" in texts[f"patient-{number}"]
    assert texts[f"look-{number}"].startswith("**Measure.**")
    assert "assert" in texts[f"sick-{number}"]
    assert f'cu.check("cause_{number}"' in texts[f"measure-{number}"]
    assert f'cu.check("{list(lesson("16"))[2 * number - 1]}"' in texts[f"mend-{number}"]


def test_ten_patients_have_ten_causes_and_each_is_in_the_table():
    causes = [solved(f"cause_{number}") for number in PATIENTS]
    table = next(cell.source for cell in NOTEBOOK.cells if cell.id == "causes")
    assert len(set(causes)) == 10
    assert sorted(causes) == re.findall(r"^\| `(\w+)`", table, flags=re.M)
