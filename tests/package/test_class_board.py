"""The board of a class: what it shows of whom, what hostile records do to it (nothing), and who may look at it."""

import json
import os
import re
import socket
import threading
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest

from course_utils.__main__ import main
from course_utils.class_board import Learner, board_of, page_of, read_class, read_learner
from course_utils.class_board.page import shown_name
from course_utils.class_board.records import Entry
from course_utils.class_board.serve import server_of
from course_utils.lessons import find

AT = datetime(2030, 1, 9, 9, 0, tzinfo=UTC)
FORGOT = find("threshold").wrong[0]


def ago(minutes):
    return AT - timedelta(minutes=minutes)


def entry(tries=1, since=1, last=1, **more):
    return Entry(tries=tries, since=ago(since), last=ago(last), **more)


def learner(name, **entries):
    return Learner(name, entries)


def write(folder, name, exercises, place="work", **more):
    home = folder / name / place
    home.mkdir(parents=True)
    (home / "progress.json").write_text(json.dumps({"version": 2, "exercises": exercises, "questions": {}} | more))


# --- what it tells


def test_a_mark_says_solved_trying_or_stuck():
    class_ = [
        learner("ada", threshold=Entry(is_solved=True, tries=3)),
        learner("ben", threshold=entry(tries=2, since=4.9, last=1)),
        learner("cyd", threshold=entry(tries=4, since=5.1, last=1)),
        learner("dan", threshold=entry(tries=4, since=40, last=25)),  # has gone on to something else
        learner("eve"),
    ]
    (lesson,) = board_of(class_, AT).lessons
    column = lesson.exercises.index("threshold")
    marks = [lesson.marks[name][column] for name in ("ada", "ben", "cyd", "dan", "eve")]
    assert [mark.state for mark in marks] == ["solved", "trying", "stuck", "trying", "open"]
    assert [mark.minutes for mark in marks] == [0, 4, 5, 0, 0]
    assert (lesson.number, lesson.solved[column]) == ("01", 1)


def test_who_is_stuck_is_named_with_the_last_mistake_the_longest_first():
    class_ = [
        learner("ada", threshold=entry(since=6, last_cause=FORGOT.name, tries=3)),
        learner("ben", sigmoid_grad=entry(since=11, last_cause="<script>", tries=5)),
    ]
    stuck = board_of(class_, AT).stuck
    assert [(found.learner, found.minutes, found.tries, found.cause) for found in stuck] == [
        ("ben", 11, 5, ""),
        ("ada", 6, 3, FORGOT.diagnosis),
    ]


def test_the_most_frequent_mistake_today_and_in_all():
    def made(name, minutes):
        return entry(tries=1, last=minutes, causes={name: ago(minutes)})

    yesterday = 20 * 60
    class_ = [learner(f"l{n}", threshold=made(FORGOT.name, 5)) for n in range(2)]
    class_ += [learner(f"o{n}", threshold=made("transposed", yesterday)) for n in range(3)]
    class_ += [learner("none", threshold=entry())]
    (lesson,) = board_of(class_, AT).lessons
    (today,), (in_all,) = lesson.today, lesson.in_all
    assert (today.cause, today.learners, today.of) == (FORGOT.diagnosis, 2, 3)
    assert (in_all.learners, in_all.of) == (3, 6)
    assert "rows and columns have changed places" in in_all.cause


def test_the_lesson_that_goes_on_comes_first():
    class_ = [
        learner("ada", threshold=Entry(is_solved=True, tries=1, last=ago(3000)), gate_says=entry(last=2)),
        learner("ben", threshold=Entry(is_solved=True, tries=1, last=ago(3000))),
    ]
    assert [lesson.number for lesson in board_of(class_, AT).lessons] == ["05", "01"]


def test_an_exercise_in_keras_is_shown_where_keras_is_missing(monkeypatch):
    def without(id):
        raise ModuleNotFoundError("No module named 'keras'", name="keras")

    for module in ("board", "diagnoses"):
        home = "class_board" if module == "board" else "lessons"
        monkeypatch.setattr(f"course_utils.{home}.{module}.find", without)
    found = entry(since=9, last_cause=FORGOT.name, causes={FORGOT.name: ago(1)})
    board = board_of([learner("ada", small_network=found)], AT)
    assert [(each.exercise, each.cause) for each in board.stuck] == [("small_network", "")]
    assert "small_network" in page_of(board)


def test_times_in_the_future_do_no_harm():
    found = Entry(tries=1, since=ago(-9999), last=ago(-9999))
    (lesson,) = board_of([learner("ada", threshold=found)], AT).lessons
    assert lesson.marks["ada"][lesson.exercises.index("threshold")].minutes == 0


# --- where it reads


def test_records_are_found_in_homes_and_in_copies(tmp_path):
    solved = {"threshold": {"solved": True, "tries": 2}}
    write(tmp_path, "ada", solved)
    write(tmp_path, "ben", solved, place="work/edition_2")
    write(tmp_path, "cyd", solved, place=".")
    (tmp_path / "dan").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "a file").write_text("")
    found = read_class(tmp_path)
    assert [each.name for each in found] == ["ada", "ben", "cyd", "dan"]
    assert [each.entries.get("threshold") for each in found[:3]] == [Entry(is_solved=True, tries=2)] * 3
    assert found[3].problem == "nothing noted yet"


def test_who_notes_no_tries_is_named_as_such(tmp_path):
    write(tmp_path, "ada", {}, records_tries=False)
    page = page_of(board_of(read_class(tmp_path), AT))
    assert "ada: notes no tries, only what is solved" in page


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"version": 1}',
        b'{"version": 2, "exercises": 3}',
        b'{"version": 2, "exercises": {"threshold": 3, "a": {"tries": -1, "causes": [1], "last_cause": []}}}',
        b"[" * 100_000,
        b'{"version": 2, "exercises": {"threshold": {"tries": 1e999, "since": "9999-99-99"}}}',
        b" " * 1_000_001,
    ],
)
def test_a_strange_record_counts_as_none(tmp_path, text):
    (tmp_path / "work").mkdir()
    (tmp_path / "work/progress.json").write_bytes(text)
    found = read_learner("ada", tmp_path)
    assert page_of(board_of([found], AT))
    assert not any(each.tries or each.is_solved for each in found.entries.values())


@pytest.mark.skipif(os.name == "nt", reason="links and pipes as on POSIX")
def test_no_link_is_followed_and_no_pipe_waited_for(tmp_path):
    secret = tmp_path / "secret/progress.json"
    secret.parent.mkdir()
    secret.write_text('{"version": 2, "exercises": {"threshold": {"solved": true}}}')
    for name, make in {
        "file": lambda work: (work / "progress.json").symlink_to(secret),
        "zero": lambda work: (work / "progress.json").symlink_to("/dev/zero"),
        "pipe": lambda work: os.mkfifo(work / "progress.json"),
        "folder": lambda work: (work / "progress.json").mkdir(),
    }.items():
        work = tmp_path / "class" / name / "work"
        work.mkdir(parents=True)
        make(work)
    (tmp_path / "class/linked").mkdir()
    (tmp_path / "class/linked/work").symlink_to(secret.parent)
    (tmp_path / "class/whole").symlink_to(secret.parent)
    found = read_class(tmp_path / "class")
    assert [each.name for each in found] == ["file", "folder", "linked", "pipe", "zero"]
    assert [each.entries for each in found] == [{}] * 5
    assert {each.problem for each in found} == {"the record cannot be read"}


# --- the page


def test_nothing_of_the_learners_stands_on_the_page_as_they_wrote_it():
    evil = "<img src=x onerror=alert(1)>"
    class_ = [
        learner(evil, threshold=entry(since=9, last_cause=evil, causes={evil: ago(1)}), **{evil: entry(since=9)}),
        learner("\u202eada\n\x00" + "b" * 99, threshold=entry()),
    ]
    page = page_of(board_of(class_, AT), title=evil)
    assert "<img" not in page
    assert "\u202e" not in page
    assert max(map(len, re.findall(r"b+", page))) <= 32
    assert "default-src 'none'" in page
    assert "<script" not in page


def test_a_name_keeps_its_letters():
    assert shown_name("Zoë Müller") == "Zoë Müller"
    assert shown_name("\u200b\x07") == "(no name)"


def test_the_page_makes_itself_anew_and_says_when_it_was_made():
    page = page_of(board_of([], AT))
    assert 'http-equiv="refresh" content="10"' in page
    assert "0 learners, at 09:00:00" in page


# --- the server and the command


@pytest.fixture
def address(tmp_path):
    write(tmp_path, "ada", {"threshold": {"solved": True}})
    server, address = server_of(tmp_path)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield address
    server.shutdown()
    server.server_close()


def test_the_page_stands_at_one_address_on_this_machine_alone(address):
    assert address.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(address, timeout=10) as answer:
        assert b"ada" in answer.read()
        assert answer.headers["Cache-Control"] == "no-store"
    for wrong in (address.rsplit("/", 1)[0] + "/", address + "x", address.rsplit("/", 1)[0] + "/../etc/passwd"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(wrong, timeout=10)


def test_the_page_shows_what_has_changed(address, tmp_path):
    write(tmp_path, "ben", {"threshold": {"solved": True}})
    with urllib.request.urlopen(address, timeout=10) as answer:
        assert b"ben" in answer.read()


def test_the_command_writes_the_page_into_a_file(tmp_path, capsys):
    write(tmp_path / "class", "ada", {"threshold": {"solved": True}})
    assert main(["class", str(tmp_path / "class"), "--once", str(tmp_path / "board.html")]) == 0
    assert "Written" in capsys.readouterr().out
    assert "ada" in (tmp_path / "board.html").read_text(encoding="utf-8")


def test_a_folder_that_is_not_there_is_named(tmp_path, capsys):
    assert main(["class", str(tmp_path / "nowhere"), "--once", str(tmp_path / "board.html")]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_no_page_is_promised_of_a_folder_that_is_not_there(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("course_utils.class_board.serve.ThreadingHTTPServer.serve_forever", lambda server: None)
    assert main(["class", str(tmp_path / "nowhere")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"class: {tmp_path / 'nowhere'}: ")
    assert said.err.count("\n") == 1
    assert main(["class", str(tmp_path)]) == 0
    assert "http://127.0.0.1:" in capsys.readouterr().out


def test_a_folder_that_goes_away_is_told_on_the_page(address, tmp_path):
    tmp_path.rename(tmp_path.with_name("away"))
    try:
        with pytest.raises(urllib.error.HTTPError, match="500") as failed:
            urllib.request.urlopen(address, timeout=10)
        page = failed.value.read().decode()
    finally:
        tmp_path.with_name("away").rename(tmp_path)
    assert "The folder of the class cannot be read now: " in page
    with urllib.request.urlopen(address, timeout=10) as answer:
        assert b"ada" in answer.read()


@pytest.mark.parametrize("port", ["65536", "-1", "http"])
def test_a_port_that_is_none(tmp_path, capsys, port):
    with pytest.raises(SystemExit, match="2"):
        main(["class", str(tmp_path), f"--port={port}"])
    assert f"Expected: a number from 0 to 65535. Received: {port}." in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows lets two programs have one port")
def test_a_port_that_is_taken_is_named(tmp_path, capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["class", str(tmp_path), "--port", str(port)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert f"class: port {port}: " in said.err
