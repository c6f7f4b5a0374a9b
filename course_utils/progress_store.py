"""What a learner has solved and tried: one small file in the learner's folder, by the ids of exercises and questions.

    {"version": 2,
     "exercises": {"threshold": {"tries": 2, "first": "2030-01-09T08:31:07+00:00", "since": …, "last": …,
                                 "last_cause": "a_sign", "causes": {"a_sign": "2030-01-09T08:31:07+00:00"},
                                 "solved": true}},
     "questions": {"gate_of_a_neuron": {"solved": true, "tries": 1}}}

"since" is when the tries of this sitting began; a pause of half an hour begins a new one. "causes" holds the last
time of each mistake that the checker has named, at most eight of an exercise. After the right answer nothing more is
noted of an exercise. With "records_tries": false only what is solved is noted.
Whatever else stands in the file, at any level, is kept. No answer of a learner is in it, and no line of code.
"""

import contextlib
import os
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from course_utils import first_edition
from course_utils.json_file import DamagedFileError, read_json, write_json
from course_utils.workspace import EDITION, find_progress_folder

NAME = "progress.json"
VERSION = 2
LOCK = ".progress.lock"  # stays there: two kernels must meet at the same file
PATIENCE = 10  # seconds to wait for another kernel, which needs a few milliseconds
KINDS = ("exercises", "questions")

SITTING = timedelta(minutes=30)  # a longer pause between two tries ends it
CAUSES = 8  # of an exercise, at most; the oldest goes
OF_TRIES = ("tries", "first", "since", "last", "last_cause", "causes")


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class _Note:
    """One thing to note, at the time when it happened; `is_try` where an answer came, right or wrong."""

    kind: str
    id: str
    is_right: bool = True
    is_try: bool = False
    cause: str = ""
    at: datetime = field(default_factory=_now)


_unsaved: dict[Path, list[_Note]] = {}  # by folder what could not be saved; it is tried again with the next note


def mark_exercise(id: str) -> None:
    """Note that an exercise is solved; outside of the learner's folder do nothing.

    Nothing is raised: where the file cannot be written, a sentence says so.
    """
    _save([_Note("exercises", id)])


def mark_questions(*ids: str) -> None:
    """Note questions that were answered right at the first try; outside of the learner's folder do nothing."""
    _save([_Note("questions", id) for id in ids])


def note_try(id: str, is_right: bool, cause: str = "", at: datetime | None = None) -> bool:
    """Note an answer to an exercise, with the name of its mistake; outside of the learner's folder do nothing.

    Nothing is raised: where the file cannot be written, a sentence says so.

    Parameters
    ----------
    id : str
    is_right : bool
    cause : str
        As `Verdict.cause`; empty where the checker knew none.
    at : datetime, optional
        When it was; now, if not given.

    Returns
    -------
    bool
        Whether this is the first try that this folder knows of.
    """
    return _save([_Note("exercises", id, is_right, is_try=True, cause=cause, at=at or _now())])


def set_recording(is_on: bool) -> Path | None:
    """Begin or cease to note tries, for good; what is noted of them goes when it ceases. What is solved stays.

    Returns
    -------
    pathlib.Path or None
        The file; None outside of the learner's folder.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    folder = find_progress_folder()
    if folder is None:
        return None
    folder.mkdir(exist_ok=True)
    with _lock(folder):
        record = _load_or_begin(folder)
        _add(record, _unsaved.get(folder, []))
        record["records_tries"] = is_on
        if not is_on:
            _forget_tries(record)
        write_json(folder / NAME, record)
    _unsaved.pop(folder, None)  # now that they are on the disk
    return folder / NAME


def _forget_tries(record: dict) -> None:
    for id, entry in list(record["exercises"].items()):
        kept = {name: value for name, value in entry.items() if name not in OF_TRIES}
        if kept:
            record["exercises"][id] = kept
        else:
            del record["exercises"][id]


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
    _add(record, _unsaved.get(folder, []))
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


def _save(notes: list[_Note]) -> bool:
    """Add notes to the file; tell whether they hold the first try in it."""
    if not notes:
        return False
    try:
        folder = find_progress_folder()
        if folder is None:
            return False
        unsaved = _unsaved.setdefault(folder, [])
        unsaved.extend(notes)
        folder.mkdir(exist_ok=True)
        with _lock(folder):
            record = _load_or_begin(folder)
            had_tries = _has_tries(record)
            if _add(record, unsaved):
                write_json(folder / NAME, record)
        del _unsaved[folder]
        return _has_tries(record) and not had_tries
    except OSError as error:
        print(f"Your progress could not be saved ({_reason(error)}). Your answer counts all the same.")
        return False


def _has_tries(record: dict) -> bool:
    return any("tries" in entry for entry in record["exercises"].values())


def _add(record: dict, notes: Iterable[_Note]) -> bool:
    """Add notes to a record; tell whether there was something new among them."""
    is_new = False
    for note in notes:
        entry = record[note.kind].get(note.id, {})
        if entry.get("solved") is True:
            continue
        if note.is_try and record.get("records_tries") is not False:
            entry = entry | _tried(entry, note)
            is_new = True
        if note.is_right:
            entry = entry | (_right_at_first() if note.kind == "questions" else _solved_exercise())
            is_new = True
        if entry:
            record[note.kind][note.id] = entry
    return is_new


def _tried(entry: dict, note: _Note) -> dict:
    """Return what one more try changes in the entry of an exercise."""
    at = note.at.isoformat()
    last = read_time(entry.get("last"))
    is_new_sitting = last is None or note.at - last > SITTING
    changes = {
        "tries": count_of(entry.get("tries")) + 1,
        "first": entry.get("first", at),
        "since": at if is_new_sitting else entry.get("since", at),
        "last": at,
    }
    if note.is_right:
        return changes
    changes["last_cause"] = note.cause
    if note.cause:
        causes = {name: time for name, time in times_of(entry.get("causes")).items() if name != note.cause}
        newest = [*sorted(causes, key=causes.__getitem__), note.cause][-CAUSES:]
        changes["causes"] = {name: causes.get(name, note.at).isoformat() for name in newest}
    return changes


def count_of(value: object) -> int:
    """Read a number of tries; 0 for whatever else stands in its place."""
    return value if type(value) is int and 0 <= value < 1_000_000 else 0


def read_time(text: object) -> datetime | None:
    """Read a time with its zone; None for whatever else stands in its place."""
    try:
        time = datetime.fromisoformat(text)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return time if time.tzinfo else None


def times_of(value: object) -> dict[str, datetime]:
    """Read the times of mistakes by their names; whatever else stands there is left out."""
    if not isinstance(value, dict):
        return {}
    read = ((name, read_time(text)) for name, text in value.items())
    return {name: time for name, time in read if time is not None}


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
