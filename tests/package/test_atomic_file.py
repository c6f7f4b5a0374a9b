"""Files that are whole or not there: nothing half, nothing replaced that should stay, whatever goes wrong."""

import errno
import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from course_utils.atomic_file import check_writable, create_atomically, write_atomically


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def text(words):
    return lambda beside: beside.write_text(words)


def failing(number):
    def fail(*_, **__):
        raise OSError(number, os.strerror(number))

    return fail


both = pytest.mark.parametrize("write", [write_atomically, create_atomically])


# --- what both do


@both
def test_a_new_file_is_written_whole_under_the_same_ending(write):
    seen = []
    write("a.weights.h5", lambda beside: (seen.append(beside), beside.write_text("new")))
    assert Path("a.weights.h5").read_text() == "new"
    assert seen[0].name.endswith("a.weights.h5")
    assert os.listdir() == ["a.weights.h5"]


@both
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_new_file_has_the_permissions_that_the_user_gives_to_new_files(write, mask, mode):
    before = os.umask(mask)
    try:
        write("a", text("new"))
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat("a").st_mode) == mode


@both
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), RuntimeError("h5"), KeyboardInterrupt()])
def test_a_writer_that_breaks_off_leaves_nothing(write, error):
    def half(beside):
        beside.write_text("ha")
        raise error

    with pytest.raises(type(error)):
        write("a", half)
    assert os.listdir() == []


@both
@pytest.mark.parametrize("where", ["os.fsync", "pathlib.Path.write_bytes"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_system_that_refuses_leaves_nothing(write, monkeypatch, where, number):
    with monkeypatch.context() as broken:
        broken.setattr(where, failing(number))
        with pytest.raises(OSError, match=os.strerror(number)):
            write("a", text("new"))
    assert os.listdir() == []


@both
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_must_not_be_written(write):
    os.mkdir("locked", mode=0o555)
    with pytest.raises(PermissionError):
        write("locked/a", text("new"))
    assert os.listdir("locked") == []


@both
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of this kind")
def test_a_disk_that_is_really_full(write):
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            write("a", text("x" * 1000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert os.listdir() == []


# --- in the place of an older file


def test_an_older_file_is_replaced_in_one_step_and_stays_where_that_fails(monkeypatch):
    Path("a").write_text("old")
    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", failing(errno.EACCES))
        with pytest.raises(PermissionError):
            write_atomically("a", text("new"))
    assert Path("a").read_text() == "old"
    write_atomically("a", lambda beside: beside.write_text(Path("a").read_text() + "er"))
    assert Path("a").read_text() == "older"
    assert os.listdir() == ["a"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_permissions_of_an_older_file_are_kept(mode):
    Path("a").write_text("old")
    os.chmod("a", mode)
    write_atomically("a", text("new"))
    assert stat.S_IMODE(os.stat("a").st_mode) == mode


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_stays_a_link(is_there):
    os.mkdir("elsewhere")
    if is_there:
        Path("elsewhere/b").write_text("old")
    Path("a").symlink_to("elsewhere/b")
    write_atomically("a", text("new"))
    assert Path("a").is_symlink()
    assert Path("elsewhere/b").read_text() == "new"
    assert os.listdir("elsewhere") == ["b"]


def test_missing_folders_are_made():
    write_atomically("runs/today/a", text("new"))
    assert Path("runs/today/a").read_text() == "new"


def test_a_folder_or_a_protected_file_is_not_replaced(monkeypatch):
    os.mkdir("folder")
    Path("a").write_text("old")
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)  # permissions do not bind every user
    for path, sentence in (("folder", "it is a folder"), ("a", "a file that must not be written stands there")):
        for call in (lambda path=path: write_atomically(path, text("new")), lambda path=path: check_writable(path, 1)):
            with pytest.raises(OSError, match=sentence):
                call()
    assert Path("a").read_text() == "old"
    assert sorted(os.listdir()) == ["a", "folder"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of this kind")
def test_the_room_is_tried_out_before_anything_is_written():
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            write_atomically("a", lambda beside: pytest.fail("began to write"), size=1000)
        with pytest.raises(OSError, match="File too large"):
            check_writable("a", 1000)
        check_writable("a", 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert os.listdir() == []


def test_many_threads_that_write_at_once_leave_one_whole_file():
    words = [str(i) * 10_000 for i in range(8)]
    runs = [threading.Thread(target=write_atomically, args=("a", text(word))) for word in words]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert Path("a").read_text() in words
    assert os.listdir() == ["a"]


# --- only where the name is free


@pytest.mark.parametrize("kind", ["file", "empty file", "folder", "link to nowhere"])
def test_a_name_that_is_taken_stays_as_it_is(kind):
    if kind == "folder":
        os.mkdir("a")
    elif kind == "link to nowhere":
        os.symlink("gone", "a")
    else:
        Path("a").write_text("old" if kind == "file" else "")
    before = os.lstat("a")
    assert create_atomically("a", lambda beside: pytest.fail("began to write")) is False
    assert os.lstat("a").st_ino == before.st_ino
    assert os.listdir() == ["a"]


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_that_comes_in_the_meantime_stays(monkeypatch, has_links):
    def put(beside):
        beside.write_text("new")
        Path("a").write_text("theirs")

    if not has_links:
        monkeypatch.setattr(os, "link", failing(errno.ENOTSUP))
    assert create_atomically("a", put) is False
    assert Path("a").read_text() == "theirs"
    assert os.listdir() == ["a"]


def test_a_disk_without_links(monkeypatch):
    monkeypatch.setattr(os, "link", failing(errno.ENOTSUP))
    assert create_atomically("a", text("new")) is True
    assert Path("a").read_text() == "new"
    assert os.listdir() == ["a"]


def test_of_many_threads_one_gets_the_name():
    got = []
    runs = [threading.Thread(target=lambda i=i: got.append(create_atomically("a", text(str(i))))) for i in range(8)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert sorted(got) == [False] * 7 + [True]
    assert os.listdir() == ["a"]
