"""The learner's copies: new lessons arrive, nothing of the learner's is ever replaced."""

import json
import os
import sys
import threading
from pathlib import Path

import pytest

from course_utils import __main__ as command
from course_utils import first_edition, workspace


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
    origin = {workspace.ORIGIN: {"cells": workspace.fingerprint(copied)}}
    assert copied == notebook(outputs=[], execution_count=None) | {"metadata": origin}
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

    monkeypatch.setattr(os, "fsync", full)
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


def test_a_toolbox_has_a_number_too(course, capsys):
    (course / "notebooks/toolbox_arrays.ipynb").write_text(json.dumps(notebook()), encoding="utf-8")
    assert command.main(["copy", "--fresh", "T1"]) == 0
    assert "New copy: work/toolbox_arrays.ipynb\n" in capsys.readouterr().out


def test_a_blank_copy_has_headings_and_code_and_nothing_else(course, capsys):
    lesson = notebook(outputs=[{"output_type": "stream", "name": "stdout", "text": "2"}], execution_count=7)
    told = {
        "cell_type": "markdown",
        "source": ["# Title\n", "\n", "A story.\n", "## A part\n", "More."],
        "metadata": {},
    }
    lesson["cells"] = [{**told, "id": "t"}, *lesson["cells"]]
    (course / "notebooks/01_sigmoid.ipynb").write_text(json.dumps(lesson), encoding="utf-8")
    assert command.main(["copy", "--blank", "01"]) == 0
    assert "Without prose: work/blank/01_sigmoid.ipynb\n" in capsys.readouterr().out
    title, code = json.loads((course / "work/blank/01_sigmoid.ipynb").read_text(encoding="utf-8"))["cells"]
    assert title["source"] == "# Title\n\n## A part"
    assert (code["source"], code["outputs"], code["execution_count"]) == ("1 + 1", [], None)
    assert command.main(["copy", "--blank", "01"]) == 0  # the first may hold notes: it stays
    assert names(course / "work/blank") == ["01_sigmoid.2.ipynb", "01_sigmoid.ipynb"]


def test_a_blank_copy_does_not_say_what_a_picture_shows_nor_what_a_word_means(course):
    lesson = notebook()
    lesson["cells"][0]["source"] = [
        'cu.show(fig, alt="It falls.")\n',
        'cu.show(fig, alt=f"A {y[0]}, called \\"so\\".")',
    ]
    rows = ["| Word | What it means |", "|---|---|", "| weight | A factor. |", "| bias | A summand. |"]
    table = "\n".join(["### The words of this lesson", "", *rows])
    lesson["cells"].append({"cell_type": "markdown", "source": [table], "metadata": {}, "id": "words"})
    (course / "notebooks/01_sigmoid.ipynb").write_text(json.dumps(lesson), encoding="utf-8")
    assert command.main(["copy", "--blank", "01"]) == 0
    code, words = json.loads((course / "work/blank/01_sigmoid.ipynb").read_text(encoding="utf-8"))["cells"]
    assert code["source"] == 'cu.show(fig, alt="…")\ncu.show(fig, alt="…")'
    assert words["source"] == "### The words of this lesson\n\n- weight\n\n- bias"


def test_marks_made_in_a_blank_copy_count_for_the_lesson(course, monkeypatch):
    command.main(["copy", "--blank", "01"])
    monkeypatch.chdir(course / "work/blank")
    assert workspace.find_progress_folder() == course / "work"


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


# --- beside the first edition


@pytest.fixture
def old(course, monkeypatch):
    """A course whose work/ holds a lesson of the first edition; the command is given beside it."""
    (course / "work").mkdir()
    (course / "work" / "04_logic_gates.ipynb").write_text("mine")
    monkeypatch.undo()
    monkeypatch.setattr(workspace, "find_lessons", lambda: course / "notebooks")
    monkeypatch.setattr(workspace, "__file__", str(course / "site" / "course_utils" / "workspace.py"))
    monkeypatch.chdir(course)
    return course / "work"


SAYS = "work/ holds the first edition of the course and stays as it is; the second is in work/edition_2/.\n"


def test_the_second_edition_has_its_own_folder_and_a_sentence_says_so(old, capsys):
    (old / "01_sigmoid.ipynb").write_text("mine too")
    (old / "progress.json").write_text('{"04": ["gate_says"]}')
    assert command.main(["copy"]) == 0
    said = "Copied to work/edition_2/: 00_start_here.ipynb, 01_sigmoid.ipynb\n"
    assert capsys.readouterr().out == SAYS + said
    assert names(old) == ["01_sigmoid.ipynb", "04_logic_gates.ipynb", "edition_2", "progress.json"]
    assert (old / "01_sigmoid.ipynb").read_text() == "mine too"
    assert (old / "progress.json").read_text() == '{"04": ["gate_says"]}'
    assert command.main(["copy"]) == 0
    said = "Kept as you left them in work/edition_2/: 00_start_here.ipynb, 01_sigmoid.ipynb\n"
    assert capsys.readouterr().out == SAYS + said


def test_a_fresh_copy_comes_into_the_second_editions_folder(old, capsys):
    for name in ("01_sigmoid.ipynb", "01_sigmoid.2.ipynb"):
        assert command.main(["copy", "--fresh", "01"]) == 0
        assert f"New copy: work/edition_2/{name}\n" in capsys.readouterr().out
    assert names(old) == ["04_logic_gates.ipynb", "edition_2"]


def test_lab_opens_the_second_edition_and_the_first_can_be_reached(old, monkeypatch):
    launched = []
    monkeypatch.setattr("jupyterlab.labapp.LabApp.launch_instance", launched.extend)
    assert command.main(["lab"]) == 0
    assert f"--ServerApp.root_dir={old}" in launched
    assert "--LabApp.default_url=/lab/tree/edition_2/00_start_here.ipynb" in launched


@pytest.mark.parametrize(
    "name",
    [
        "04_logic_gates.ipynb",
        "05_xor_two_layers.ipynb",
        "06_backpropagation.ipynb",
        "07_mnist_softmax_numpy.ipynb",
        "08_mnist_two_layers_numpy.ipynb",
        "09_mnist_keras.ipynb",
        "10_training_keras.ipynb",
        "11_convolution_keras.ipynb",
        "12_bug_clinic.ipynb",
        "12_bug_clinic.2.ipynb",
    ],
)
def test_each_lesson_whose_number_has_changed_shows_the_first_edition(old, name):
    (old / "04_logic_gates.ipynb").rename(old / name)
    assert workspace.find_work() == old / "edition_2"


@pytest.mark.parametrize(
    ("progress", "is_first"),
    [
        ('{"01": ["threshold"]}', True),
        ('{"01": []}', True),
        ("{}", False),
        ('{"version": 2, "exercises": {}}', False),
        ('{"01": 3}', False),
        ("{", False),
    ],
)
def test_progress_alone_shows_the_first_edition(old, progress, is_first):
    (old / "04_logic_gates.ipynb").unlink()
    (old / "progress.json").write_text(progress)
    assert workspace.find_work() == (old / "edition_2" if is_first else old)


@pytest.mark.parametrize("name", ["00_start_here.ipynb", "05_logic_gates.ipynb", "04_logic_gates.txt", "mine.ipynb"])
def test_other_files_do_not(old, name):
    (old / "04_logic_gates.ipynb").rename(old / name)
    assert workspace.find_work() == old


def test_no_lesson_of_today_is_taken_for_one_of_the_first_edition():
    assert {path.stem for path in workspace.find_lessons().glob("*.ipynb")}.isdisjoint(first_edition.LESSONS)


def test_the_second_edition_stays_where_it_is_when_the_first_is_thrown_away(old):
    assert command.main(["copy"]) == 0
    (old / "04_logic_gates.ipynb").unlink()
    assert workspace.find_work() == old / "edition_2"


@pytest.mark.parametrize("what", ["a file", "a link to another place"])
def test_something_else_stands_where_the_second_edition_belongs(old, capsys, what):
    (old.parent / "elsewhere").mkdir()
    if what == "a file":
        (old / "edition_2").write_text("notes")
    else:
        (old / "edition_2").symlink_to(old.parent / "elsewhere")
    assert command.main(["copy"]) == 1
    assert f"edition_2 is {what}" in capsys.readouterr().err
    assert names(old.parent / "elsewhere") == []
    assert names(old) == ["04_logic_gates.ipynb", "edition_2"]


def test_a_link_in_the_place_of_work_is_not_followed(old, capsys):
    old.rename(old.parent / "elsewhere")
    old.symlink_to(old.parent / "elsewhere")
    assert command.main(["copy"]) == 1
    assert "is a link to another place" in capsys.readouterr().err
    assert names(old.parent / "elsewhere") == ["04_logic_gates.ipynb"]


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


@pytest.mark.parametrize(
    ("is_root", "words", "added"), [(True, [], 1), (True, ["--allow-root"], 0), (False, [], 0)], ids=str
)
def test_root_need_not_know_what_jupyterlab_asks_of_root(course, monkeypatch, capsys, is_root, words, added):
    launched = []
    monkeypatch.setattr("jupyterlab.labapp.LabApp.launch_instance", launched.extend)
    monkeypatch.setattr(command, "is_root", lambda: is_root)
    assert command.main(["lab", *words]) == 0
    assert launched.count("--allow-root") == added + len(words)
    assert ("You are root here" in capsys.readouterr().out) == bool(added)


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
