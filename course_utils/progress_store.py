"""What a learner has solved: one small file in the learner's folder, by the ids of exercises and questions.

    {"version": 2,
     "exercises": {"threshold": {"solved": true}},
     "questions": {"gate_of_a_neuron": {"solved": true, "tries": 1}}}

An entry has room for "tries", for "first" and "last" (times, as ISO 8601 writes them) and for "last_cause".
Whatever else stands in the file, at any level, is kept. No answer of a learner is in it.
"""

import contextlib
import os
import warnings
from collections.abc import Iterator
from pathlib import Path

from course_utils import first_edition
from course_utils.json_file import DamagedFileError, read_json, write_json
from course_utils.workspace import EDITION, find_progress_folder

NAME = "progress.json"
VERSION = 2
LOCK = ".progress.lock"  # stays there: two kernels must meet at the same file
PATIENCE = 10  # seconds to wait for another kernel, which needs a few milliseconds
KINDS = ("exercises", "questions")

_unsaved: dict[Path, dict] = {}  # by folder what could not be saved; it is tried again with the next mark


def mark_exercise(id: str) -> None:
    """Note that an exercise is solved; outside of the learner's folder do nothing.

    Nothing is raised: where the file cannot be written, a sentence says so.
    """
    _mark("exercises", {id: _solved_exercise()})


def mark_questions(*ids: str) -> None:
    """Note questions that were answered right at the first try; outside of the learner's folder do nothing."""
    _mark("questions", {id: _right_at_first() for id in ids})


def read_progress() -> dict | None:
    """Return what is noted, as it stands in the file; None outside of the learner's folder.

    Nothing is raised: where the file cannot be read, a sentence says so, and a new one is returned.
    """
    try:
        folder = find_progress_folder()
    except OSError as error:  # the folder has been deleted, or closed, while the lesson runs
        print(f"Your progress could not be read ({_reason(error)}).")
        return _empty()
    if folder is None:
        return None
    try:
        record = _read(folder)
    except OSError as error:
        print(f"Your progress could not be read ({_reason(error)}).")
        record = _empty()
    _add(record, _unsaved.get(folder, {}))
    return record


def _read(folder: Path) -> dict:
    try:
        return _load(folder)
    except DamagedFileError:
        with _lock(folder):
            return _load_or_begin(folder)


def is_solved(id: str) -> bool:
    """Tell whether an exercise is noted as solved; outside of the learner's folder none is."""
    record = read_progress()
    return record is not None and id in solved(record, "exercises")


def solved(record: dict, kind: str) -> set[str]:
    """Return the ids in `record["exercises"]` or `record["questions"]` that are noted as solved."""
    return {id for id, entry in record[kind].items() if entry.get("solved") is True}


def _mark(kind: str, entries: dict[str, dict]) -> None:
    if not entries:
        return
    try:
        folder = find_progress_folder()
        if folder is None:
            return
        unsaved = _unsaved.setdefault(folder, {})
        unsaved[kind] = unsaved.get(kind, {}) | entries
        folder.mkdir(exist_ok=True)
        with _lock(folder):
            record = _load_or_begin(folder)
            if _add(record, unsaved):
                write_json(folder / NAME, record)
        del _unsaved[folder]
    except OSError as error:
        print(f"Your progress could not be saved ({_reason(error)}). Your answer counts all the same.")


def _add(record: dict, marks: dict) -> bool:
    """Add marks to a record; tell whether there was a new one among them."""
    is_new = False
    for kind, entries in marks.items():
        for id in sorted(entries.keys() - solved(record, kind)):
            record[kind][id] = record[kind].get(id, {}) | entries[id]
            is_new = True
    return is_new


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Keep other kernels from writing meanwhile; TimeoutError where one does not let go.

    On a disk without locks there is none, and where somebody else's lies in its place it is left alone: a mark is
    saved all the same, and the file stays whole.
    """
    from filelock import FileLock  # here, because most lessons begin without a mark, and it takes a tenth of a second

    lock = FileLock(folder / LOCK, timeout=PATIENCE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a disk has no locks
            lock.acquire()
    except TimeoutError:
        raise
    except (OSError, NotImplementedError):
        pass
    try:
        yield
    finally:
        lock.release()  # which does nothing where it is not held


def _load_or_begin(folder: Path) -> dict:
    """Read the file; one that is damaged is set aside first. The caller holds the lock."""
    try:
        return _load(folder)
    except DamagedFileError:
        _set_aside(folder)
        return _load(folder)


def _load(folder: Path) -> dict:
    try:
        record = read_json(folder / NAME)
    except FileNotFoundError:
        return _from_first_edition(folder)
    if not isinstance(record, dict):
        raise DamagedFileError(f"{NAME} holds no record")
    version = record.get("version")
    if type(version) is int and version > VERSION:
        raise OSError(f"{NAME} comes from a newer version of the course and stays as it is")
    if type(version) is not int or version != VERSION:
        raise DamagedFileError(f"{NAME} tells no version")
    record = _empty() | record
    for kind in KINDS:
        entries = record[kind]
        if not isinstance(entries, dict) or not all(isinstance(entry, dict) for entry in entries.values()):
            raise DamagedFileError(f"{NAME} has {kind} of another shape")
    return record


def _empty() -> dict:
    return {"version": VERSION} | {kind: {} for kind in KINDS}


def _from_first_edition(folder: Path) -> dict:
    """Return a new record, with what was solved in the first edition; the old file is only read."""
    exercises: list[str] = []
    questions: list[str] = []
    if folder.name == EDITION and os.path.lexists(folder.parent / first_edition.PROGRESS):
        try:
            exercises, questions = first_edition.read_solved(folder.parent)
        except (DamagedFileError, OSError):
            print(f"The first edition's {NAME} could not be read. It stays as it is; a new one begins.")
    return {
        "version": VERSION,
        "exercises": {id: _solved_exercise() for id in exercises},
        "questions": {id: _right_at_first() for id in questions},
    }


def _solved_exercise() -> dict:
    return {"solved": True}


def _right_at_first() -> dict:
    return {"solved": True, "tries": 1}


def _set_aside(folder: Path) -> None:
    number = 1
    while os.path.lexists(aside := folder / f"progress.damaged.{number}.json"):
        number += 1
    os.replace(folder / NAME, aside)
    print(f"{NAME} could not be read. It is kept as {aside.name}; a new one begins.")


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "another lesson is writing it"
    return getattr(error, "strerror", None) or str(error)
