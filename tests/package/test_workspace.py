"""The learner's copies: new lessons arrive, nothing of the learner's is ever replaced."""

import json
import os
import sys
import threading
from pathlib import Path

import pytest

from course_utils import __main__ as command
from course_utils import workspace


def notebook(**cell):
    code = {"cell_type": "code", "source": "1 + 1", "metadata": {}, "id": "a", **cell}
    text = {"cell_type": "markdown", "source": "Größe σ", "metadata": {}, "id": "b"}
    return {"cells": [code, text], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Make a course of two executed lessons, with a work/ that does not exist yet."""
    lessons = tmp_path / "notebooks"
    lessons.mkdir()
    done = notebook(outputs=[{"output_type": "stream", "name": "stdout", "text": "2"}], execution_count=7)
    for name in ("00_start_here.ipynb", "01_sigmoid.ipynb"):
        (lessons / name).write_text(json.dumps(done), encoding="utf-8")
    monkeypatch.setattr(workspace, "find_lessons", lambda: lessons)
    monkeypatch.setattr(workspace, "find_work", lambda: tmp_path / "work")
    return tmp_path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_copies_come_without_outputs_and_otherwise_unchanged(course, capsys):
    assert command.main(["copy"]) == 0
    copied = json.loads((course / "work" / "01_sigmoid.ipynb").read_text(encoding="utf-8"))
    assert copied == notebook(outputs=[], execution_count=None)
    assert capsys.readouterr().out == "Copied to work/: 00_start_here.ipynb, 01_sigmoid.ipynb\n"
    assert names(course / "work") == ["00_start_here.ipynb", "01_sigmoid.ipynb"]  # and no half file


@pytest.mark.parametrize("mine", [b"", b"{ damaged", b'{"cells": []}'])
def test_a_file_of_the_learner_is_kept_as_it_is(course, capsys, mine):
    (course / "work").mkdir()
    (course / "work" / "01_sigmoid.ipynb").write_bytes(mine)
    assert command.main(["copy"]) == 0
    assert (course / "work" / "01_sigmoid.ipynb").read_bytes() == mine
    out = capsys.readouterr().out
    assert out == "Copied to work/: 00_start_here.ipynb\nKept as you left them in work/: 01_sigmoid.ipynb\n"


def test_a_dangling_link_of_the_learner_is_kept(course):
    (course / "work").mkdir()
    (course / "work" / "01_sigmoid.ipynb").symlink_to(course / "gone.ipynb")
    assert command.main(["copy"]) == 0
    assert (course / "work" / "01_sigmoid.ipynb").is_symlink()
    assert not (course / "gone.ipynb").exists()


def test_a_file_that_comes_in_the_meantime_is_kept(course, monkeypatch):
    (course / "work").mkdir()
    target = course / "work" / "01_sigmoid.ipynb"
    target.write_text("mine")
    monkeypatch.setattr(os.path, "lexists", lambda path: False)  # it was not there when we looked
    assert workspace.copy_lessons(course / "notebooks", course / "work")[1] == ["01_sigmoid.ipynb"]
    assert target.read_text() == "mine"


def test_two_copies_at_the_same_time_agree(course):
    runs = [threading.Thread(target=command.main, args=(["copy"],)) for _ in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert names(course / "work") == ["00_start_here.ipynb", "01_sigmoid.ipynb"]


@pytest.mark.parametrize("taken", [False, True])
def test_a_disk_without_links(course, monkeypatch, taken):
    def no_link(source, target):
        if taken:
            target.write_text("mine")
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", no_link)
    copied, kept = workspace.copy_lessons(course / "notebooks", course / "work")
    assert len(kept if taken else copied) == 2
    text = (course / "work" / "01_sigmoid.ipynb").read_text(encoding="utf-8")
    assert (text == "mine") is taken


def test_a_disk_that_fills_up_leaves_no_half_file(course, monkeypatch, capsys):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "chmod", full)
    assert command.main(["copy"]) == 1
    assert "cannot be written (No space left on device). Hint:" in capsys.readouterr().err
    assert names(course / "work") == []


@pytest.mark.parametrize("lesson", ["01", "01_sigmoid", "01_sigmoid.ipynb"])
def test_a_fresh_copy_lies_beside_the_old_one(course, capsys, lesson):
    command.main(["copy"])
    (course / "work" / "01_sigmoid.ipynb").write_text("mine")
    assert command.main(["copy", "--fresh", lesson]) == 0
    assert "New copy: work/01_sigmoid.2.ipynb\n" in capsys.readouterr().out
    assert command.main(["copy", "--fresh", lesson]) == 0
    assert (course / "work" / "01_sigmoid.ipynb").read_text() == "mine"
    assert "01_sigmoid.3.ipynb" in names(course / "work")


@pytest.mark.parametrize("lesson", ["12", "0", ""])
def test_a_lesson_that_is_not_one(course, capsys, lesson):
    assert command.main(["copy", "--fresh", lesson]) == 1
    assert "Expected: one of 00_start_here, 01_sigmoid." in capsys.readouterr().err


def test_work_is_a_link(course, capsys):
    (course / "elsewhere").mkdir()
    (course / "work").symlink_to(course / "elsewhere")
    assert command.main(["copy"]) == 1
    assert "is a link to another place" in capsys.readouterr().err
    assert names(course / "elsewhere") == []


def test_work_is_a_file(course, capsys):
    (course / "work").write_text("notes")
    assert command.main(["copy"]) == 1
    assert "is a file" in capsys.readouterr().err
    assert (course / "work").read_text() == "notes"


def test_work_cannot_be_made(course, capsys, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(course), "mkdir", refuse)
    assert command.main(["copy"]) == 1
    assert "cannot be written (Permission denied). Hint:" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_work_is_read_only(course, capsys):
    (course / "work").mkdir(mode=0o555)
    assert command.main(["copy"]) == 1
    assert "cannot be written (Permission denied)" in capsys.readouterr().err


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"cells": [{}]}'])
def test_a_damaged_lesson_is_named(course, capsys, damage):
    (course / "notebooks" / "01_sigmoid.ipynb").write_text(damage)
    assert command.main(["copy"]) == 1
    assert "01_sigmoid.ipynb cannot be read. Hint: git checkout" in capsys.readouterr().err


def test_lessons_are_found_beside_the_package_and_inside_it(tmp_path, monkeypatch):
    monkeypatch.setattr(workspace, "__file__", str(tmp_path / "course_utils" / "workspace.py"))
    with pytest.raises(workspace.WorkspaceError, match="lessons were not found"):
        workspace.find_lessons()
    for folder in (tmp_path / "notebooks", tmp_path / "course_utils" / "notebooks"):
        folder.mkdir(parents=True)
        (folder / "00_start_here.ipynb").touch()
        assert workspace.find_lessons() == folder


def test_work_is_in_the_checkout_or_where_the_command_was_given(tmp_path, monkeypatch):
    monkeypatch.setattr(workspace, "__file__", str(tmp_path / "site" / "course_utils" / "workspace.py"))
    monkeypatch.chdir(tmp_path)
    assert workspace.find_work() == tmp_path / "work"
    (tmp_path / "site" / "pyproject.toml").parent.mkdir()
    (tmp_path / "site" / "pyproject.toml").touch()
    assert workspace.find_work() == tmp_path / "site" / "work"


@pytest.mark.parametrize("start_page", [True, False])
def test_lab_copies_and_opens_work_with_its_token(course, monkeypatch, start_page):
    launched = []
    monkeypatch.setattr("jupyterlab.labapp.LabApp.launch_instance", launched.extend)
    if not start_page:
        (course / "notebooks" / "00_start_here.ipynb").unlink()
    assert command.main(["lab", "--no-browser", "--port", "9999"]) == 0
    assert f"--ServerApp.root_dir={course / 'work'}" in launched
    page = "/lab/tree/00_start_here.ipynb" if start_page else "/lab"
    assert f"--LabApp.default_url={page}" in launched
    (settings,) = (word.partition("app_settings_dir=")[2] for word in launched if "settings" in word)
    assert "fetchNews" in (Path(settings) / "overrides.json").read_text(encoding="utf-8")
    assert launched[-3:] == ["--no-browser", "--port", "9999"]
    assert not any("token" in word or "password" in word for word in launched)
    assert (course / "work" / "01_sigmoid.ipynb").exists()


def test_jupyterlab_is_missing(course, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", None)
    assert command.main(["lab"]) == 1
    assert "is not installed. Hint: python -m course_utils check" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["dance"], ["copy", "--force"], ["check", "--fresh", "01"]])
def test_wrong_words_end_with_a_usage_line(words, capsys):
    with pytest.raises(SystemExit, match="2"):
        command.main(words)
    assert "usage: python -m course_utils" in capsys.readouterr().err


@pytest.mark.parametrize(("healthy", "code"), [(True, 0), (False, 1)])
def test_check_answers_with_its_exit_code(monkeypatch, healthy, code):
    monkeypatch.setattr("course_utils.environment.check_environment", lambda details: healthy)
    assert command.main(["check"]) == code
