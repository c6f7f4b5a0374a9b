"""The workflow and the issue form of a code host: what they name must exist here."""

import re
from pathlib import Path

import pytest

yaml = pytest.importorskip("yaml")
ROOT = Path(__file__).parents[2]
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
FORM = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/lesson.yml").read_text(encoding="utf-8"))
MATRIX = WORKFLOW["jobs"]["test"]["strategy"]["matrix"]


def test_the_workflow_runs_every_week_on_three_systems():
    events = WORKFLOW[True]  # YAML 1.1 reads the key `on` as true
    minute, hour, day, month, weekday = events["schedule"][0]["cron"].split()
    assert (day, month) == ("*", "*")
    assert weekday.isdigit()
    assert {system.split("-")[0] for system in MATRIX["os"]} == {"ubuntu", "macos", "windows"}


def test_the_workflow_calls_targets_that_the_makefile_has():
    named = [*MATRIX["what"], *(row["what"] for row in MATRIX["include"])]
    assert {"test", "test-oldest", "test-newest"} == set(named)
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M)
    assert set(named) <= set(targets)
    steps = [step.get("run", "") for step in WORKFLOW["jobs"]["test"]["steps"]]
    assert "make ${{ matrix.what }}" in steps


def test_the_workflow_tries_the_ends_of_the_python_range():
    low, high = re.search(r'requires-python = ">=3\.(\d+),<3\.(\d+)"', (ROOT / "pyproject.toml").read_text()).groups()
    assert MATRIX["python"] == [f"3.{low}", f"3.{int(high) - 1}"]


def test_the_issue_form_has_the_keys_of_a_form():
    assert {"name", "description", "body"} <= set(FORM)
    kinds = {"dropdown", "input", "textarea", "checkboxes", "markdown"}
    assert {part["type"] for part in FORM["body"]} <= kinds
    ids = [part["id"] for part in FORM["body"]]
    assert ids == ["lesson", "cell", "seen", "expected", "environment"]
    assert all(part["attributes"]["label"] and part["validations"]["required"] for part in FORM["body"])


def test_the_issue_form_lists_every_lesson():
    offered = {option.split()[0] for option in FORM["body"][0]["attributes"]["options"]}
    assert {path.stem[:2] for path in (ROOT / "notebooks").glob("*.ipynb")} <= offered
