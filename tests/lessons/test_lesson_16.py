"""Lesson 16: ten patients, ten causes, and every repair heals, over several seeds; the symptoms are claims."""

import re
from pathlib import Path

import nbformat
import pytest
from _claims import load

import course_utils as cu
from course_utils.lessons import find, lesson
from course_utils.lessons.lesson_16_bug_clinic import ward

ROOT = Path(__file__).parents[2]
NOTEBOOK = nbformat.read(ROOT / "notebooks" / "16_bug_clinic.ipynb", as_version=4)
CLAIMS = load(Path(__file__).parent / "claims" / "16_bug_clinic.py")
PATIENTS = range(1, 11)
REPAIRS = list(lesson("16"))[1::2]


def solved(id):
    record = find(id)
    return record.solution() if record.is_value else record.solution


@pytest.fixture
def earned(monkeypatch, capsys):
    """Check a repair with a seed, and give the numbers that its payoff prints and the descriptions of its figures."""
    figures = []
    monkeypatch.setattr("course_utils.style.show", lambda fig, alt: figures.append(alt))

    def check(id, seed):
        monkeypatch.setattr(ward, "SEED", seed)
        cu.check(id, solved(id))
        praise, _, shown = capsys.readouterr().out.partition("\n")
        assert praise.startswith("✓")
        return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", shown)], figures

    return check


def healed(id, numbers):
    """Tell whether what the payoff of a repair prints is a healthy network beside a sick one."""
    match id, numbers:
        case "unpack_nine", [nine, *right]:
            return nine == 9 and sorted(right)[1] == 9
        case "batch_rows", [1, before, 14, after]:
            return before < 0.65 and after > 0.7
        case "row_shares", [*_, first, last, score]:
            return 2.2 < first < 2.5 and last < 0.6 and score > 0.8
        case "rate_for_share", [3, rate, 20, before, after]:
            return rate < 1 and before < 0.5 and after > 0.75
        case "scaled_pixels", [64, dead, alive, before, after]:
            return alive <= 16 and dead >= 56 and before < 0.2 and after > 0.82
        case "mended_order", [before, after]:
            return before < 0.6 and after > 0.78
        case "from_table", [told, learned, before, after]:
            return told > 0.99 and learned > 0.82 and before < 0.2 and after > 0.82
        case "copies_held_out", [known, by_lot, reported, honest]:
            return known > 0.5 and by_lot < 0.3 < honest < reported
        case "mended_loss" | "mended_start", [before, after]:
            return before < 0.75 and after > 0.82
    return False


@pytest.mark.full
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("id", REPAIRS)
def test_a_repair_earns_a_healthy_network(id, seed, earned):
    numbers, figures = earned(id, seed)
    assert healed(id, numbers), numbers
    assert len(figures) == (id in ("mended_loss", "rate_for_share", "scaled_pixels", "mended_start"))


def test_a_network_that_stays_sick_is_not_called_healed():
    sick = {
        "unpack_nine": [9, 8, 8, 9],
        "batch_rows": [1, 0.3, 14, 0.6],
        "row_shares": [6.9, 54.0, 0.8, 6.9, 54.0, 0.8],
        "mended_loss": [0.3, 0.3],
        "rate_for_share": [3, 0.4, 20, 0.1, 0.6],
        "scaled_pixels": [64, 63, 63, 0.1, 0.1],
        "mended_start": [0.1, 0.1],
        "mended_order": [0.5, 0.5],
        "from_table": [1.0, 1.0, 0.1, 0.1],
        "copies_held_out": [0.9, 0.9, 1.0, 1.0],
    }
    assert list(sick) == REPAIRS
    assert [id for id, numbers in sick.items() if healed(id, numbers)] == []


@pytest.mark.parametrize("number", PATIENTS)
def test_a_patient_has_a_symptom_a_measurement_a_cause_and_a_repair(number):
    texts = {cell.id: cell.source for cell in NOTEBOOK.cells}
    assert "**Symptom:**" in texts[f"patient-{number}"]
    assert texts[f"look-{number}"].startswith("**Measure.**")
    assert f"after_sick_{number}" in CLAIMS
    assert f'cu.check("cause_{number}"' in texts[f"measure-{number}"]
    assert f'cu.check("{REPAIRS[number - 1]}"' in texts[f"fix-{number}"]


def test_ten_patients_have_ten_causes_and_each_is_in_the_table():
    causes = [solved(f"cause_{number}") for number in PATIENTS]
    table = next(cell.source for cell in NOTEBOOK.cells if cell.id == "causes")
    assert len(set(causes)) == 10
    assert sorted(causes) == re.findall(r"^\| `(\w+)`", table, flags=re.M)
