"""The workflow and the issue form of a code host: what they name must exist here."""

import re
from pathlib import Path

import pytest

from course_utils.lesson_names import number_of

yaml = pytest.importorskip("yaml")
ROOT = Path(__file__).parents[2]
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
FORM = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/lesson.yml").read_text(encoding="utf-8"))
TRIED = WORKFLOW["jobs"]["test"]["strategy"]["matrix"]["include"]


def test_the_workflow_runs_every_week_on_three_systems():
    events = WORKFLOW[True]  # YAML 1.1 reads the key `on` as true
    minute, hour, day, month, weekday = events["schedule"][0]["cron"].split()
    assert (day, month) == ("*", "*")
    assert weekday.isdigit()
    for job in WORKFLOW["jobs"].values():
        systems = {row["os"].split("-")[0] for row in job["strategy"]["matrix"]["include"]}
        assert systems == {"ubuntu", "macos", "windows"}


def test_the_workflow_says_words_that_start_knows():
    said = {row["what"] for row in TRIED}
    assert {"test", "test-oldest", "test-newest", "check-notebooks"} == said
    steps = [step["run"] for job in WORKFLOW["jobs"].values() for step in job["steps"] if "run" in step]
    assert "python start.py ${{ matrix.what }}" in steps
    said |= {step.removeprefix("python start.py ").split()[0] for step in steps} - {"${{"}
    known = re.findall(r'^    "([\w-]+)": \("', (ROOT / "start.py").read_text(encoding="utf-8"), flags=re.M)
    assert said <= set(known)


def test_the_workflow_tries_every_python_of_the_range():
    tried = {
        row["python"] for row in TRIED if row["os"] == "ubuntu-latest" and row["what"].startswith(("test", "check"))
    }
    assert tried == {f"3.{minor}" for minor in range(11, 16)}


def test_the_issue_form_has_the_keys_of_a_form():
    assert {"name", "description", "body"} <= set(FORM)
    kinds = {"dropdown", "input", "textarea", "checkboxes", "markdown"}
    assert {part["type"] for part in FORM["body"]} <= kinds
    ids = [part["id"] for part in FORM["body"]]
    assert ids == ["lesson", "cell", "seen", "expected", "environment"]
    assert all(part["attributes"]["label"] and part["validations"]["required"] for part in FORM["body"])


def test_the_issue_form_lists_every_lesson():
    offered = {option.split()[0] for option in FORM["body"][0]["attributes"]["options"]}
    assert {number_of(path) for path in (ROOT / "notebooks").glob("*.ipynb")} <= offered
