"""Progress: what is noted, where, and that no mark is lost, whatever the folder holds and whoever writes at once."""

import errno
import json
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from _stranger import as_stranger, open_folder

import course_utils as cu
from course_utils import first_edition, progress_store
from course_utils.lessons import find, ids
from course_utils.lessons.diagnoses import told_of
from course_utils.lessons.places import place_of
from course_utils.progress_store import (
    OF_TRIES,
    is_solved,
    mark_exercise,
    mark_questions,
    note_try,
    read_progress,
    solved,
)

DONE, FIRST_TRY = {"solved": True}, {"solved": True, "tries": 1}


@pytest.fixture
def said(capsys):
    """Call something that a learner calls and give what it prints."""

    def call(function, *arguments):
        function(*arguments)
        return capsys.readouterr().out

    return call


@pytest.fixture
def old(work):
    """A learner's folder of the first edition, with its progress."""
    (work / "04_logic_gates.ipynb").write_text("mine")
    (work / "progress.json").write_text(json.dumps(OLD))
    return work


OLD = {
    "01": ["sigmoid_grad", "question_2"],
    "04": ["gate_says", "question_1"],
    "10": ["early_stop", "question_5"],
    "12": ["cause_1"],
    "99": ["gone"],
}


def right_slope(z):
    a = 1 / (1 + np.exp(-z))
    return a * (1 - a)


def whole(folder):
    return json.loads((folder / "progress.json").read_text(encoding="utf-8"))


def stored(folder):
    """Give what the file holds without what it notes of tries, which have a section of their own below."""
    record = whole(folder)
    if not isinstance(record.get("exercises"), dict):
        return record
    entries = {
        id: {name: value for name, value in entry.items() if name not in OF_TRIES}
        for id, entry in record["exercises"].items()
    }
    return record | {"exercises": {id: entry for id, entry in entries.items() if entry}}


def record(**exercises):
    return {"version": 2, "exercises": exercises, "questions": {}}


def visible(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


# --- what is noted


def test_a_right_answer_is_noted_once_and_a_wrong_one_is_not(said, work):
    for _ in range(2):
        said(cu.check, "sigmoid_grad", right_slope)
    said(cu.check, "threshold", lambda w, b, p: 0)
    assert stored(work) == record(sigmoid_grad=DONE)
    assert "Lesson 01: ●○○○○○○○  1 of 8 exercises done\n" in said(cu.progress)
    assert visible(work) == ["00_start_here.ipynb", "progress.json"]


def test_no_line_of_the_learners_code_is_in_it(said, work):
    said(cu.check, "sigmoid_grad", right_slope)
    assert "exp" not in (work / "progress.json").read_text()


def test_questions_have_ids_of_their_own(work):
    mark_questions("threshold", "three_of_four")
    mark_questions()
    mark_exercise("two_layers")
    assert stored(work)["questions"] == {"threshold": FIRST_TRY, "three_of_four": FIRST_TRY}
    assert solved(read_progress(), "exercises") == {"two_layers"}


def test_unknown_keys_are_kept_at_every_level(said, work):
    before = record(
        threshold={"solved": False, "tries": 3, "last": "2030-01-02T03:04:05+00:00", "new": [1, {"a": None}]}
    )
    before |= {"mood": "good"}
    before["exercises"]["of a later edition"] = {"solved": True}
    (work / "progress.json").write_text(json.dumps(before))
    said(cu.check, "sigmoid_grad", right_slope)
    mark_exercise("threshold")
    after = whole(work)
    assert after["exercises"].pop("sigmoid_grad")["solved"] is True
    before["exercises"]["threshold"]["solved"] = True
    assert after == before


def test_outside_of_the_learners_folder_nothing_is_written(said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said(cu.check, "sigmoid_grad", right_slope)
    assert said(cu.progress) == "Progress is kept while you work in the folder work/.\n"
    assert read_progress() is None
    assert list(tmp_path.iterdir()) == []


def test_whether_an_exercise_is_solved_can_be_asked(work, monkeypatch):
    mark_exercise("threshold")
    mark_questions("three_of_four")
    assert [is_solved(id) for id in ("threshold", "two_layers", "three_of_four")] == [True, False, False]
    monkeypatch.chdir(work.parent)
    assert not is_solved("threshold")


def test_a_folder_that_is_only_called_so_gets_nothing(work):
    (work / "00_start_here.ipynb").unlink()
    mark_exercise("threshold")
    assert visible(work) == []


# --- the first edition


def test_the_first_edition_is_taken_over_once_under_the_new_numbers(said, old):
    before = (old / "progress.json").read_bytes()
    assert "Lesson 05: ●○○○○○○○○  1 of 9 exercises done, 1 questions right at the first try\n" in said(cu.progress)
    mark_exercise("threshold")
    kept = stored(old / "edition_2")
    ids = ("sigmoid_grad", "gate_says", "early_stop", "cause_1", "gone", "threshold")
    assert kept["exercises"] == dict.fromkeys(ids, DONE)
    assert kept["questions"] == dict.fromkeys(("step_in_networks", "gate_of_a_neuron", "half_the_rate"), FIRST_TRY)
    assert (old / "progress.json").read_bytes() == before
    (old / "progress.json").write_text('{"01": ["weighted_sum"]}')
    assert read_progress() == kept


def test_each_question_of_the_first_edition_has_an_id_of_its_own(old):
    notes = {f"{n:02}": [f"question_{i}" for i in range(7)] for n in range(14)}
    (old / "progress.json").write_text(json.dumps(notes))
    every = [id for ids in first_edition.QUESTIONS.values() for id in ids]
    assert len(set(every)) == len(every) == 60
    assert read_progress() == {"version": 2, "exercises": {}, "questions": dict.fromkeys(every, FIRST_TRY)}


@pytest.mark.parametrize("here", [".", "edition_2"])
def test_old_and_new_copies_note_in_the_same_place(old, monkeypatch, here):
    (old / "edition_2").mkdir()
    monkeypatch.chdir(old / here)
    mark_exercise("threshold")
    assert "threshold" in stored(old / "edition_2")["exercises"]
    assert stored(old) == OLD
    assert (old / "04_logic_gates.ipynb").read_text() == "mine"


def test_progress_alone_makes_a_first_edition(work):
    (work / "progress.json").write_text('{"01": ["sigmoid_grad"]}')
    mark_exercise("threshold")
    assert stored(work) == {"01": ["sigmoid_grad"]}
    assert stored(work / "edition_2") == record(sigmoid_grad=DONE, threshold=DONE)


@pytest.mark.parametrize("damaged", [b"{", b'{"04": 3}', b'{"version": 2}', b"\xff", b"[" * 100_000])
def test_a_damaged_file_of_the_first_edition_stays(said, old, damaged):
    (old / "progress.json").write_bytes(damaged)
    text = said(mark_exercise, "threshold")
    assert text == "The first edition's progress.json could not be read. It stays as it is; a new one begins.\n"
    assert (old / "progress.json").read_bytes() == damaged
    assert stored(old / "edition_2") == record(threshold=DONE)
    assert said(mark_exercise, "sigmoid_grad") == ""


def test_a_damaged_file_of_the_second_edition_does_not_cost_what_the_first_knew(said, old, monkeypatch):
    (old / "edition_2").mkdir()
    (old / "edition_2" / "progress.json").write_text("{")
    assert "It is kept as progress.damaged.1.json" in said(mark_exercise, "threshold")
    assert {"gate_says", "threshold"} < solved(read_progress(), "exercises")


# --- a file that is not what it should be

DAMAGED = [
    b"",
    b"{",
    b"[1]",
    b"3",
    b"\xff\xfe",
    b'{"01": 3}',
    b'{"version": 1}',
    b'{"version": true}',
    b'{"version": "2"}',
    b'{"version": 2, "exercises": []}',
    b'{"version": 2, "questions": {"a": 3}}',
    b'{"version": 2, "exercises": {"a": null}}',
    b"[" * 100_000,
    b'{"version": 2, "a": ' + b"[" * 400 + b"]" * 400 + b"}",
    b'{"version": 2}' + b" " * 2_000_000,
]


@pytest.mark.parametrize("damaged", DAMAGED, ids=lambda raw: raw[:40].decode("latin-1"))
@pytest.mark.parametrize("call", ["check", "progress"])
def test_a_damaged_file_is_set_aside_not_lost(said, work, damaged, call):
    (work / "progress.damaged.1.json").write_text("older")
    (work / "progress.damaged.2.json").symlink_to("nowhere")
    (work / "progress.json").write_bytes(damaged)
    text = said(cu.check, "sigmoid_grad", right_slope) if call == "check" else said(cu.progress)
    assert "progress.json could not be read. It is kept as progress.damaged.3.json; a new one begins." in text
    assert (work / "progress.damaged.3.json").read_bytes() == damaged
    assert (work / "progress.damaged.1.json").read_text() == "older"
    said(cu.check, "sigmoid_grad", right_slope)
    assert stored(work) == record(sigmoid_grad=DONE)


def make_folder(path):
    path.mkdir()
    (path / "mine").touch()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes of this kind")
@pytest.mark.parametrize(
    "make", [make_folder, os.mkfifo, lambda path: path.symlink_to("nowhere"), lambda path: path.symlink_to(path.name)]
)
@pytest.mark.parametrize("call", ["mark", "progress"])
def test_what_is_no_file_is_set_aside(said, work, make, call):
    make(work / "progress.json")
    text = said(mark_exercise, "threshold") if call == "mark" else said(cu.progress)
    assert "It is kept as progress.damaged.1.json; a new one begins." in text
    assert os.path.lexists(work / "progress.damaged.1.json")
    mark_exercise("threshold")
    assert stored(work) == record(threshold=DONE)


def test_a_link_to_a_file_stays_a_link(work, tmp_path):
    (tmp_path / "elsewhere.json").write_text('{"version": 2}')
    (work / "progress.json").symlink_to(tmp_path / "elsewhere.json")
    mark_exercise("threshold")
    assert (work / "progress.json").is_symlink()
    assert json.loads((tmp_path / "elsewhere.json").read_text()) == record(threshold=DONE)


def test_a_file_of_a_newer_course_stays_as_it_is(said, work):
    newer = '{"version": 3, "solved": ["all"]}'
    (work / "progress.json").write_text(newer)
    text = said(cu.check, "sigmoid_grad", right_slope)
    assert text.startswith("✓")
    assert "could not be saved (progress.json comes from a newer version of the course and stays as it is)." in text
    assert "could not be read (progress.json comes from a newer version" in said(cu.progress)
    assert (work / "progress.json").read_text() == newer


@pytest.mark.parametrize("where", ["os.replace", "os.fsync", "pathlib.Path.write_bytes", "pathlib.Path.write_text"])
def test_a_disk_that_is_full_costs_no_answer_and_no_mark(said, work, monkeypatch, where):
    mark_exercise("threshold")

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(where, full)
        text = said(cu.check, "sigmoid_grad", right_slope)
    assert text.startswith("✓")
    assert "Your progress could not be saved (No space left on device). Your answer counts all the same." in text
    assert stored(work) == record(threshold=DONE)
    assert visible(work) == ["00_start_here.ipynb", "progress.json"]


def test_a_file_that_cannot_be_opened_is_told_and_stays(said, work, monkeypatch):
    mark_exercise("threshold")

    def closed(*_):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as broken:  # permissions do not bind every user of the tests
        broken.setattr(progress_store, "read_json", closed)
        assert "could not be saved (Permission denied)" in said(mark_exercise, "sigmoid_grad")
        assert said(cu.progress).startswith("Your progress could not be read (Permission denied).\nLesson 00: ○")
    assert stored(work) == record(threshold=DONE)


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.EIO])
def test_a_disk_without_locks_costs_no_mark_and_no_word(said, work, monkeypatch, number):
    fcntl = pytest.importorskip("fcntl")

    def flock(*_):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as broken:
        broken.setattr(fcntl, "flock", flock)
        assert said(mark_exercise, "threshold") == ""
        assert said(mark_exercise, "two_layers") == ""
    mark_exercise("sigmoid_grad")
    assert stored(work) == record(threshold=DONE, two_layers=DONE, sigmoid_grad=DONE)


def test_a_library_that_knows_no_locks_costs_no_mark(said, work, monkeypatch):
    def refuse(*_, **__):
        raise NotImplementedError("no locks here")

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    assert said(mark_exercise, "threshold") == ""
    assert stored(work) == record(threshold=DONE)


def test_the_lock_of_a_killed_kernel_holds_nobody_up(said, work):
    code = "import filelock, time; filelock.FileLock('.progress.lock').acquire(); print(1, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], cwd=work, stdout=subprocess.PIPE) as kernel:
        assert kernel.stdout.readline() == b"1\n"
        kernel.kill()
    begun = time.monotonic()
    assert said(mark_exercise, "threshold") == ""
    assert time.monotonic() - begun < progress_store.PATIENCE / 2
    assert stored(work) == record(threshold=DONE)


def test_another_kernel_that_holds_the_lock_is_waited_for_but_not_for_ever(said, work, monkeypatch):
    from filelock import FileLock

    monkeypatch.setattr(progress_store, "PATIENCE", 0.2)
    with FileLock(work / ".progress.lock"):
        text = said(mark_exercise, "threshold")
    assert text.startswith("Your progress could not be saved (another lesson is writing it)")
    mark_exercise("threshold")
    assert stored(work) == record(threshold=DONE)


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("nowhere")])
def test_something_else_in_the_place_of_the_lock_costs_no_mark(said, work, make):
    make(work / ".progress.lock")
    assert said(mark_exercise, "threshold") == ""
    assert stored(work) == record(threshold=DONE)
    assert not (work / "nowhere").exists()


def test_what_could_not_be_saved_counts_in_this_session_and_is_saved_with_the_next_mark(said, work, monkeypatch):
    mark_exercise("threshold")
    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        assert "could not be saved (No space left on device)" in said(mark_exercise, "sigmoid_grad")
        assert "could not be saved (No space left on device)" in said(mark_questions, "three_of_four")
        assert is_solved("sigmoid_grad")
        assert "Lesson 01: ●●○" in said(cu.progress)
    assert stored(work) == record(threshold=DONE)
    assert said(mark_exercise, "threshold") == ""
    assert stored(work) == record(threshold=DONE, sigmoid_grad=DONE) | {"questions": {"three_of_four": FIRST_TRY}}


@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_a_folder_that_is_closed_to_the_learner(said, monkeypatch, mode):
    with open_folder() as place:
        folder = place / "work"
        folder.mkdir(mode=0o777)
        (folder / "00_start_here.ipynb").touch()
        monkeypatch.chdir(folder)
        mark_exercise("threshold")
        folder.chmod(mode)
        (folder / "progress.json").chmod(0o666)
        said(cu.progress)  # what it imports may be closed to the stranger
        with as_stranger():
            text = said(mark_exercise, "sigmoid_grad")
            shown = said(cu.progress)
        assert text == "Your progress could not be saved (Permission denied). Your answer counts all the same.\n"
        assert shown.startswith("Your progress could not be read (Perm" if mode == 0 else "Lesson 00: ")
        assert stored(folder) == record(threshold=DONE)
        monkeypatch.undo()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no folder that is in use")
def test_a_folder_that_is_deleted_while_the_lesson_runs(said, work):
    shutil.rmtree(work)
    text = said(cu.check, "sigmoid_grad", right_slope)
    assert text.startswith("✓")
    assert "Your progress could not be saved (No such file or directory)" in text
    assert said(cu.progress).startswith("Your progress could not be read (No such file or directory).\nLesson 00: ○")
    assert not is_solved("sigmoid_grad")


# --- two kernels at once

HAMMER = """
import sys
from course_utils.progress_store import mark_exercise, mark_questions, read_progress
for i in range(60):
    mark_exercise(f"{sys.argv[1]}_{i}")
    mark_questions(f"{sys.argv[1]}_{i}", "both")
    assert read_progress()["exercises"][f"{sys.argv[1]}_{i}"]
"""


@pytest.mark.parametrize("start", ["nothing", "damaged", "first edition"])
def test_two_kernels_that_write_at_once_lose_no_mark(work, start):
    folder = work
    if start == "damaged":
        (work / "progress.json").write_text("{")
    if start == "first edition":
        (work / "progress.json").write_text('{"04": ["gate_says"]}')
        folder = work / "edition_2"
    runs = [
        subprocess.Popen([sys.executable, "-c", HAMMER, name], cwd=work, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for name in "ab"
    ]
    printed = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], printed
    ids = {f"{name}_{i}" for name in "ab" for i in range(60)}
    assert set(stored(folder)["exercises"]) == ids | ({"gate_says"} if start == "first edition" else set())
    assert set(stored(folder)["questions"]) == ids | {"both"}
    sentences = b"".join(out for out, _ in printed)
    assert sentences.count(b"It is kept as") == (start == "damaged")
    assert [name for name in visible(folder) if "damaged" in name] == ["progress.damaged.1.json"] * (start == "damaged")
    assert (folder / "progress.json").stat().st_size < 20_000


# --- tries


def at(minute):
    return datetime(2030, 1, 9, 8, 0, tzinfo=UTC) + timedelta(minutes=minute)


def test_tries_are_counted_with_their_times_and_mistakes_until_the_answer_is_right(work):
    note_try("threshold", False, "a_sign", at=at(0))
    note_try("threshold", False, "transposed", at=at(2))
    note_try("threshold", False, at=at(3))
    note_try("threshold", True, at=at(4))
    note_try("threshold", False, "a_sign", at=at(5))  # after the right answer nothing more is noted
    assert whole(work)["exercises"]["threshold"] == {
        "tries": 4,
        "first": at(0).isoformat(),
        "since": at(0).isoformat(),
        "last": at(4).isoformat(),
        "last_cause": "",
        "causes": {"a_sign": at(0).isoformat(), "transposed": at(2).isoformat()},
        "solved": True,
    }


def test_after_half_an_hour_without_a_try_a_new_sitting_begins(work):
    for minute in (0, 29, 60):
        note_try("threshold", False, at=at(minute))
    entry = whole(work)["exercises"]["threshold"]
    assert (entry["first"], entry["since"], entry["last"]) == (
        at(0).isoformat(),
        at(60).isoformat(),
        at(60).isoformat(),
    )


def test_of_one_exercise_eight_mistakes_are_kept_the_newest(work):
    for n in range(10):
        note_try("threshold", False, f"cause_{n}", at=at(n))
    note_try("threshold", False, "cause_5", at=at(10))
    assert list(whole(work)["exercises"]["threshold"]["causes"]) == [f"cause_{n}" for n in (2, 3, 4, 6, 7, 8, 9, 5)]


@pytest.mark.parametrize("strange", [None, -1, "x", 1.5, [1], {"a": 1}, "2030-01-09T08:00:00", "9999999"])
def test_what_stands_in_the_place_of_tries_and_times_does_no_harm(work, strange):
    names = ("tries", "last", "causes", "last_cause", "since")
    (work / "progress.json").write_text(json.dumps(record(threshold=dict.fromkeys(names, strange))))
    note_try("threshold", False, "a_sign", at=at(0))
    entry = whole(work)["exercises"]["threshold"]
    assert (entry["tries"], entry["last"], entry["since"]) == (1, at(0).isoformat(), at(0).isoformat())
    assert entry["causes"] == {"a_sign": at(0).isoformat()}


def test_the_check_names_the_mistake_and_says_once_what_is_noted(said, work):
    first = said(cu.check, "sigmoid_grad", lambda z: -right_slope(z))
    assert "notes how often and when you tried" in first
    assert "cu.record_tries(False)" in first
    assert "notes how often" not in said(cu.check, "sigmoid_grad", lambda z: -right_slope(z))
    said(cu.check, "sigmoid_grad", ...)
    said(cu.check, "predict_sum", 1)
    entry = whole(work)["exercises"]["sigmoid_grad"]
    assert entry["tries"] == 2
    assert told_of("sigmoid_grad", entry["last_cause"]) in first or entry["last_cause"]
    assert set(whole(work)["exercises"]) == {"sigmoid_grad"}


def test_recording_can_be_switched_off_and_on_again(said, work):
    mark_exercise("two_layers")
    said(cu.check, "sigmoid_grad", lambda z: z)
    said(cu.check, "threshold", lambda w, b, p: 0)
    assert "No tries are noted any more" in said(cu.record_tries, False)
    assert whole(work)["exercises"] == {"two_layers": DONE}
    assert "notes" not in said(cu.check, "sigmoid_grad", lambda z: z)
    said(cu.check, "sigmoid_grad", right_slope)
    assert whole(work)["exercises"] == {"two_layers": DONE, "sigmoid_grad": DONE}
    assert "Tries are noted" in said(cu.record_tries, True)
    said(cu.check, "threshold", lambda w, b, p: 0)
    assert whole(work)["exercises"]["threshold"]["tries"] == 1


def test_what_could_not_be_saved_is_saved_with_the_next_try(said, work, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(progress_store, "write_json", full)
        note_try("threshold", False, "a_sign", at=at(0))
    note_try("threshold", True, at=at(1))
    entry = whole(work)["exercises"]["threshold"]
    assert (entry["tries"], entry["solved"], entry["first"]) == (2, True, at(0).isoformat())


@pytest.mark.parametrize("is_on", [True, False])
def test_switching_the_recording_on_a_full_disk_loses_no_mark(said, work, monkeypatch, is_on):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(progress_store, "write_json", full)
        mark_exercise("threshold")
        said(cu.record_tries, is_on)
    mark_exercise("two_layers")
    assert whole(work)["exercises"] == {"threshold": DONE, "two_layers": DONE}
    said(cu.record_tries, is_on)
    assert whole(work)["exercises"] == {"threshold": DONE, "two_layers": DONE}


def test_a_review_names_what_went_wrong_most_and_where_to_read_it_again(said, work):
    name = find("threshold").wrong[0].name
    for n in range(3):
        note_try("threshold", False, name, at=at(n))
    note_try("sigmoid_grad", False, at=at(3))
    note_try("sigmoid_grad", True, at=at(4))
    note_try("zero_mistakes", True, at=at(5))
    assert said(cu.review).splitlines() == [
        "threshold: 3 wrong answers.",
        f"  {find('threshold').wrong[0].diagnosis}",
        "  Read again: 01_sigmoid.ipynb, section “Tasks”",
        "sigmoid_grad: 1 wrong answer, solved since.",
        f"  Read again: {place_of('sigmoid_grad')}",
    ]


@pytest.mark.slow
def test_a_years_worth_of_tries_stays_small(work):
    for id in [id for of_lesson in ids().values() for id in of_lesson]:
        for n in range(9):
            note_try(id, False, f"listed:{n:08}", at=at(n))
    assert (work / "progress.json").stat().st_size < 150_000
