"""A term from the list of names to the marks: what a teacher does in seventeen weeks, with a class of 24."""

import json
import os
from datetime import UTC, datetime, timedelta

import nbformat
import pytest
from test_grading import prepared, tools  # noqa: F401 - the latter is a fixture

import course_utils as cu
from course_utils import workspace
from course_utils.class_board import board_of, read_class
from course_utils.class_files.collect import collect
from course_utils.class_files.homes import find_homes
from course_utils.class_files.update import update_class
from course_utils.lessons import find
from course_utils.progress_store import note_try

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a class has its hub on Linux or macOS")

FIRST = ("Ada", "Ben", "Çelik", "Dörte", "Émile", "Fatma", "Gül", "Håkan")
CLASS = [f"{name} {form}" for form in ("Öz", "van Dam", "Li") for name in FIRST]
FORGOTTEN = find("threshold").wrong[0]
TASK = "logistic_regression"


@pytest.fixture
def homes(tmp_path, passwords, capsys):
    """Give the folder with the homes of a class that comes from a spreadsheet, each with the lessons."""
    (tmp_path / "class.csv").write_text("Name;Form\n" + "".join(f"{name};7a\n" for name in CLASS), encoding="cp1252")
    assert passwords.main(["--from", str(tmp_path / "class.csv"), "--slips", str(tmp_path / "slips.html")]) == 0
    capsys.readouterr()
    for name in passwords.read():
        workspace.copy_lessons(workspace.find_lessons(), tmp_path / "homes" / name / "work")
    return tmp_path / "homes"


def work_in(homes, name, monkeypatch):
    """Sit down at a learner's place."""
    monkeypatch.chdir(homes / name / "work")


def play_the_first_lesson(homes, names, monkeypatch):
    """Let all try one exercise: eleven forget something and sit there, one gives no answer, the others are right."""
    for place, name in enumerate(names):
        work_in(homes, name, monkeypatch)
        if place < 11:
            note_try("threshold", False, FORGOTTEN.name, at=datetime.now(UTC) - timedelta(minutes=6))
            cu.check("threshold", FORGOTTEN.answer)
        elif place < 23:
            cu.check("threshold", find("threshold").solution)


def new_edition(folder):
    """Write lessons in which one cell of 01 has another word."""
    folder.mkdir()
    for path in workspace.find_lessons().glob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        document = json.loads(text)
        if path.name.startswith("01_"):
            document["cells"][0]["source"] = ["# 01 · Another title"]
        (folder / path.name).write_text(json.dumps(document), encoding="utf-8")
    return folder


def change(path):
    """Write something of one's own into a copy."""
    document = json.loads(path.read_text(encoding="utf-8"))
    document["cells"][1]["source"] = ["mine = 1"]
    path.write_text(json.dumps(document), encoding="utf-8")
    return path.read_bytes()


def test_a_term(homes, passwords, tools, tmp_path, monkeypatch):  # noqa: F811
    names = sorted(passwords.read())
    assert len(names) == 24
    assert {"doerte-oez", "emile-li", "celik-van-dam", "haakan-oez"} <= set(names)
    slips = (tmp_path / "slips.html").read_text(encoding="utf-8")
    assert all(person in slips for person in CLASS)

    # the first lesson, and the board during it
    play_the_first_lesson(homes, names, monkeypatch)
    board = board_of(read_class(homes), datetime.now(UTC))
    (lesson,) = board.lessons
    assert dict(zip(lesson.exercises, lesson.solved, strict=True))["threshold"] == 12
    assert [one.learner for one in board.stuck] == names[:11]
    (most,) = lesson.today
    assert (most.exercise, most.cause, most.learners, most.of) == ("threshold", FORGOTTEN.diagnosis, 11, 23)

    # a new edition: one has written into the lesson, the others have not
    lesson_01 = next(path.name for path in workspace.find_lessons().glob("01_*.ipynb"))
    mine = change(homes / names[0] / "work" / lesson_01)
    new = new_edition(tmp_path / "new")
    monkeypatch.setattr("course_utils.class_files.update.find_lessons", lambda: new)
    update_class(find_homes(homes))
    assert (homes / names[0] / "work" / lesson_01).read_bytes() == mine
    for name, copy in [(names[0], lesson_01.replace(".ipynb", ".2.ipynb")), (names[1], lesson_01)]:
        assert "Another title" in (homes / name / "work" / copy).read_text(encoding="utf-8")

    # one leaves
    assert passwords.main([f"-{names[23]}"]) == 0
    assert sorted(passwords.read()) == names[:23]

    # hand-ins: two as they should be, one that leads away, one that cheats
    handed = {}
    for name, kind in zip(names, ("right", "by-heart", "patched"), strict=False):
        source, notebook, hand_in = prepared(TASK, kind, tools)
        handed[name] = hand_in
        nbformat.write(notebook, homes / name / "work" / f"{TASK}.ipynb")
    (homes / names[3] / "work" / f"{TASK}.ipynb").symlink_to("/dev/zero")
    found = collect(find_homes(homes), f"{TASK}.ipynb", tmp_path / "submitted")
    assert [name for name, problem in found.items() if not problem] == names[:3]
    assert "link" in found[names[3]]

    # marks
    points = {}
    for name in names[:3]:
        notebook = nbformat.read(tmp_path / "submitted" / name / TASK / f"{TASK}.ipynb", as_version=4)
        points[name] = tools["retest"].points(source, tools["retest"].run_tests(source, notebook, is_contained=False))
    honest = {name: handed[name].marks for name in names[:2]}
    assert points == honest | {names[2]: 0}
