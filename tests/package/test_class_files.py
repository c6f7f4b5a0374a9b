"""Learners' files in a teacher's hands: nothing hostile is followed on the way in, nothing is lost on the way out."""

import errno
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from course_utils import lesson_update, workspace
from course_utils.__main__ import main
from course_utils.class_files import collect as collecting
from course_utils.class_files.collect import collect
from course_utils.class_files.homes import Home, find_homes
from course_utils.class_files.update import update_class
from course_utils.lesson_update import update_lessons

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such links and pipes")


# --- hand-ins


def hand_in(homes, name, content="{}", place="work/task.ipynb"):
    path = homes / name / place
    path.parent.mkdir(parents=True)
    path.write_text(content)
    return path


def collected(into, name):
    path = into / name / "task" / "task.ipynb"
    return path.read_text() if path.exists() else None


def test_each_learners_notebook_lies_where_it_is_graded(tmp_path):
    homes, into = tmp_path / "homes", tmp_path / "submitted"
    hand_in(homes, "ada", "hers")
    hand_in(homes, "ben", "his", "work/edition_2/task.ipynb")
    hand_in(homes, "carl", "a copy", "task.ipynb")
    (homes / "dora").mkdir()
    found = collect(find_homes(homes), "task.ipynb", into)
    assert found == {"ada": "", "ben": "", "carl": "", "dora": "there is no task.ipynb"}
    assert [collected(into, name) for name in found] == ["hers", "his", "a copy", None]


def hostile(tmp_path):
    """Lay in the way of a collector what it must not follow, wait for, or swallow."""
    homes, secret = tmp_path / "homes", tmp_path / "secret"
    secret.mkdir()
    (secret / "task.ipynb").write_text("SECRET")
    hand_in(homes, "ada", "hers")
    places = {}
    for name in ("zero", "link", "nowhere", "pipe", "folder", "long"):
        places[name] = homes / name / "work" / "task.ipynb"
        places[name].parent.mkdir(parents=True)
    places["zero"].symlink_to("/dev/zero")
    places["link"].symlink_to(secret / "task.ipynb")
    places["nowhere"].symlink_to("nowhere")
    os.mkfifo(places["pipe"])
    places["folder"].mkdir()
    with open(places["long"], "wb") as file:
        file.truncate(10**12)  # bytes that take no room on the disk
    (homes / "work").mkdir()
    (homes / "work" / "work").symlink_to(secret)
    (homes / "away").symlink_to(secret)
    return homes


@posix
def test_links_pipes_devices_and_long_files_are_not_collected(tmp_path):
    homes, into = hostile(tmp_path), tmp_path / "submitted"
    found = collect(find_homes(homes), "task", into, largest=1000)
    assert found.pop("ada") == ""
    assert found == {
        "zero": "task.ipynb is a link",
        "link": "task.ipynb is a link",
        "nowhere": "task.ipynb is a link",
        "work": "work is a link",
        "pipe": "it is no file, but a folder, a pipe or a device",
        "folder": "it is no file, but a folder, a pipe or a device",
        "long": "it is longer than 1000 bytes",
    }
    assert [path.parts[-3] for path in into.rglob("*.ipynb")] == ["ada"]
    log = (into / collecting.LOG).read_text().splitlines()
    assert len(log) == 8
    assert sum("not collected" in line for line in log) == 7


@posix
def test_a_file_of_another_account_is_not_collected(tmp_path):
    hand_in(tmp_path, "ada")
    home = Home("ada", tmp_path / "ada", owner=os.getuid() + 1)
    assert collect([home], "task", tmp_path / "submitted") == {"ada": "it belongs to another account"}


def test_what_was_collected_stays_where_nothing_new_comes(tmp_path):
    path = hand_in(tmp_path / "homes", "ada", "first")
    homes, into = find_homes(tmp_path / "homes"), tmp_path / "submitted"
    collect(homes, "task", into)
    path.write_text("second")
    collect(homes, "task", into)
    path.unlink()
    assert collect(homes, "task", into) == {"ada": "there is no task.ipynb"}
    assert collected(into, "ada") == "second"
    assert os.listdir(into / "ada" / "task") == ["task.ipynb"]


@posix
def test_what_is_collected_is_the_teachers_alone(tmp_path):
    hand_in(tmp_path / "homes", "ada")
    collect(find_homes(tmp_path / "homes"), "task", tmp_path / "submitted")
    assert (tmp_path / "submitted").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["../task", "", ".task", "a/b", "-x"])
def test_a_name_that_leads_elsewhere(tmp_path, name):
    with pytest.raises(ValueError, match="not the name of a notebook"):
        collect([], name, tmp_path / "submitted")


def test_the_command_says_a_line_for_each_learner(tmp_path, capsys):
    hand_in(tmp_path / "homes", "ada")
    (tmp_path / "homes" / "ben").mkdir()
    words = ["collect", "task", "--from", str(tmp_path / "homes"), "--into", str(tmp_path / "in")]
    assert main(words) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(maxsplit=1) for line in lines] == [
        ["ada", "collected"],
        ["ben", "not collected: there is no task.ipynb"],
    ]


def test_where_there_are_no_learners_the_command_says_what_it_needs(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("course_utils.class_files.homes._of_accounts", list)
    assert main(["class-update"]) == 1
    assert "--from: no learners were found" in capsys.readouterr().err


# --- new editions


def notebook(*sources):
    cells = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for i, source in enumerate(sources)
    ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def edition(folder, **lessons):
    """Write an edition of the lessons; give its folder."""
    folder.mkdir()
    for name, sources in lessons.items():
        (folder / f"{name}.ipynb").write_text(json.dumps(notebook(*sources)))
    return folder


@pytest.fixture
def begun(tmp_path):
    """Give a learner's folder with the first edition, and the second edition's lessons."""
    first = edition(tmp_path / "first", a=["1"], b=["2"], c=["3"], d=["4"])
    second = edition(tmp_path / "second", a=["1 new"], b=["2 new"], c=["3"], d=["4 new"], e=["5"])
    work = tmp_path / "work"
    workspace.copy_lessons(first, work)
    return work, second


def change(path, **cell):
    """Change the first cell of a copy, as JupyterLab would save it."""
    document = json.loads(path.read_text())
    document["cells"][0] |= cell
    path.write_text(json.dumps(document))
    return path.read_bytes()


def sources(path):
    return ["".join(cell["source"]) for cell in json.loads(path.read_text())["cells"]]


def test_what_was_never_changed_is_replaced_and_what_was_changed_gets_the_new_one_beside_it(begun):
    work, second = begun
    mine = change(work / "b.ipynb", source="2 and mine")
    found = update_lessons(second, work)
    assert found == {
        "a.ipynb": "replaced",
        "b.ipynb": "b.2.ipynb",
        "c.ipynb": "the same",
        "d.ipynb": "replaced",
        "e.ipynb": "new",
    }
    assert sources(work / "a.ipynb") == ["1 new"]
    assert (work / "b.ipynb").read_bytes() == mine
    first, new = sources(work / "b.2.ipynb")
    assert new == "2 new"
    assert "This is the new edition of the lesson." in first
    assert "`b.ipynb`" in first
    assert sorted(os.listdir(work)) == ["a.ipynb", "b.2.ipynb", "b.ipynb", "c.ipynb", "d.ipynb", "e.ipynb"]


def test_a_second_update_changes_nothing(begun):
    work, second = begun
    change(work / "b.ipynb", source="2 and mine")
    update_lessons(second, work)
    before = {path.name: path.read_bytes() for path in work.iterdir()}
    found = update_lessons(second, work)
    assert set(found.values()) == {"the same", "beside"}
    assert {path.name: path.read_bytes() for path in work.iterdir()} == before


def test_a_copy_that_was_only_run_is_replaced_and_kept(begun):
    work, second = begun
    run = change(
        work / "a.ipynb", execution_count=1, outputs=[{"output_type": "stream", "name": "stdout", "text": "x"}]
    )
    assert update_lessons(second, work)["a.ipynb"] == "replaced"
    assert sources(work / "a.ipynb") == ["1 new"]
    assert (work / "older" / "a.ipynb").read_bytes() == run


@pytest.mark.parametrize("content", ["", "no notebook", "[]", '{"cells": 3}', '{"cells": [], "metadata": []}'])
def test_what_cannot_be_read_is_left_and_the_new_one_lies_beside_it(begun, content):
    work, second = begun
    (work / "a.ipynb").write_text(content)
    assert update_lessons(second, work)["a.ipynb"] == "a.2.ipynb"
    assert (work / "a.ipynb").read_text() == content


def test_a_copy_from_before_there_were_fingerprints_counts_as_changed(begun):
    work, second = begun
    document = json.loads((work / "a.ipynb").read_text())
    del document["metadata"][workspace.ORIGIN]
    (work / "a.ipynb").write_text(json.dumps(document))
    assert update_lessons(second, work)["a.ipynb"] == "a.2.ipynb"
    assert sources(work / "a.ipynb") == ["1"]


@posix
def test_a_link_in_the_place_of_a_lesson_is_not_written_through(begun, tmp_path):
    work, second = begun
    elsewhere = tmp_path / "elsewhere.ipynb"
    os.rename(work / "a.ipynb", elsewhere)
    before = elsewhere.read_bytes()
    (work / "a.ipynb").symlink_to(elsewhere)
    assert update_lessons(second, work)["a.ipynb"] == "a.2.ipynb"
    assert elsewhere.read_bytes() == before
    assert (work / "a.ipynb").is_symlink()


def test_what_is_saved_in_the_moment_of_the_update_is_not_lost(begun, monkeypatch):
    work, second = begun
    rename = os.rename

    def saved_meanwhile(source, target):
        if Path(source).name == "a.ipynb":
            change(Path(source), source="saved meanwhile")
        rename(source, target)

    monkeypatch.setattr("course_utils.lesson_update.os.rename", saved_meanwhile)
    assert update_lessons(second, work)["a.ipynb"] == "a.2.ipynb"
    assert sources(work / "a.ipynb") == ["saved meanwhile"]


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_on_a_full_disk_the_old_lesson_stays_in_its_place(begun, monkeypatch):
    work, second = begun
    before = files(work)
    write_text = Path.write_text

    def full(path, *rest, **more):
        if path.name.endswith("-a.ipynb"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write_text(path, *rest, **more)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        update_lessons(second, work)
    assert before.items() <= files(work).items()
    assert not (work / "older").exists()
    monkeypatch.undo()
    assert update_lessons(second, work)["a.ipynb"] == "replaced"


def test_where_the_new_lesson_cannot_take_its_place_the_old_one_goes_back(begun, monkeypatch):
    work, second = begun
    before = files(work)

    def refusing(function):
        def move(source, target):
            if Path(source).name.endswith("-a.ipynb"):  # the new one, which lies beside the old one
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return function(source, target)

        return move

    monkeypatch.setattr(os, "link", refusing(os.link))
    monkeypatch.setattr(os, "rename", refusing(os.rename))
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        update_lessons(second, work)
    assert before.items() <= files(work).items()
    assert not (work / "older").exists()


@pytest.fixture
def half_updated(tmp_path, monkeypatch):
    """Give a class of one learner, in whose folder the second lesson cannot be replaced."""
    first = edition(tmp_path / "first", **{"00_start_here": ["0"], "a": ["1"]})
    second = edition(tmp_path / "second", **{"00_start_here": ["0 new"], "a": ["1 new"]})
    work = tmp_path / "class/ada/work"
    work.parent.mkdir(parents=True)
    workspace.copy_lessons(first, work)
    exchange = lesson_update._exchange

    def failing(target, *rest):
        if target.name == "a.ipynb":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return exchange(target, *rest)

    monkeypatch.setattr(lesson_update, "_exchange", failing)
    monkeypatch.setattr("course_utils.class_files.update.find_lessons", lambda: second)
    return tmp_path / "class"


def test_an_update_that_stops_on_its_way_does_not_say_that_nothing_was_changed(half_updated, capsys):
    assert main(["class-update", "--from", str(half_updated)]) == 1
    said = capsys.readouterr().out
    assert said.split(maxsplit=1)[1].startswith("Not finished: ")
    assert os.strerror(errno.ENOSPC) in said
    assert sources(half_updated / "ada/work/00_start_here.ipynb") == ["0 new"]


@posix
@pytest.mark.parametrize(
    ("done", "said"),
    [
        (subprocess.TimeoutExpired("python", 120), "Not finished: it took longer than 120 s."),
        (SimpleNamespace(stdout=b""), "Not finished: the program has failed."),
        (SimpleNamespace(stdout=b'"1 new"'), "1 new"),
        (PermissionError(errno.EACCES, "Permission denied"), "Nothing was changed: [Errno 13] Permission denied"),
    ],
)
def test_what_is_said_of_a_program_that_does_it_for_one_learner(tmp_path, monkeypatch, done, said):
    def run(*words, **more):
        if isinstance(done, Exception):
            raise done
        return done

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "stat", lambda path, follow_symlinks: SimpleNamespace(st_uid=1001, st_gid=1001))
    monkeypatch.setattr("course_utils.class_files.update.subprocess.run", run)
    found = update_class([Home("ada", tmp_path)])
    monkeypatch.undo()
    assert found == {"ada": said}


def test_a_class_of_homes_and_of_copies_is_updated(tmp_path, monkeypatch):
    first = edition(tmp_path / "first", **{"00_start_here": ["0"], "a": ["1"]})
    second = edition(tmp_path / "second", **{"00_start_here": ["0"], "a": ["1 new"]})
    for place in ("ada/work", "ben", "carl/work/edition_2"):
        (tmp_path / "class" / place).parent.mkdir(parents=True, exist_ok=True)
        workspace.copy_lessons(first, tmp_path / "class" / place)
    (tmp_path / "class" / "dora").mkdir()
    change(tmp_path / "class/ben/a.ipynb", source="mine")
    monkeypatch.setattr("course_utils.class_files.update.find_lessons", lambda: second)
    said = update_class(find_homes(tmp_path / "class"))
    assert said["ada"] == said["carl"] == "1 replaced; 1 as they were"
    assert said["ben"].endswith("changed by the learner, so the new ones lie beside them: a.2.ipynb")
    assert said["dora"] == "Nothing was changed: there are no lessons yet."


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can try")
def test_root_writes_with_the_learners_rights():
    """A `work/` that leads to somebody else's folder gains nothing; an honest one belongs to its owner afterwards."""
    try:
        subprocess.run([sys.executable, "-c", ""], user=65534, check=True, cwd="/")
    except PermissionError:
        pytest.skip("other accounts may not run this Python")
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        hostile, honest, theirs = (Path(folder, name) for name in ("class/ada", "class/ben", "theirs"))
        theirs.mkdir(mode=0o700)
        (theirs / "00_start_here.ipynb").write_text("theirs")
        (honest / "work").mkdir(parents=True)
        hostile.mkdir()
        (hostile / "work").symlink_to(theirs)
        for path in (hostile, honest, honest / "work"):
            os.chown(path, 65534, 65534)
        said = update_class(find_homes(Path(folder, "class")))
        assert said["ada"].startswith("Nothing was changed")
        assert os.listdir(theirs) == ["00_start_here.ipynb"]
        assert said["ben"].endswith(" new")
        made = [path.stat() for path in (honest / "work").glob("*.ipynb")]
        assert {(one.st_uid, one.st_mode & 0o777) for one in made} == {(65534, 0o600)}


def test_every_lesson_of_the_course_is_replaced_by_itself(tmp_path):
    """The fingerprints of the real lessons hold: what is handed out counts as unchanged."""
    lessons = workspace.find_lessons()
    workspace.copy_lessons(lessons, tmp_path / "work")
    assert set(update_lessons(lessons, tmp_path / "work").values()) == {"the same"}
    for path in (tmp_path / "work").glob("*.ipynb"):
        document = json.loads(path.read_text(encoding="utf-8"))
        assert workspace.handed_out_as(document) == workspace.fingerprint(document)
