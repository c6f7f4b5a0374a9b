"""Which exercises and questions are done, in one small file beside the learner's lessons."""

import contextlib
import json
import os
import tempfile
from pathlib import Path

from course_utils.lessons import ids as course_ids
from course_utils.workspace import START

NAME = "progress.json"
QUESTION = "question_"  # and its number from 1: how a question is noted among the exercises


def progress() -> None:
    """Show how many exercises of each lesson are done.

    Progress is kept only in the folder `work/`, so that the lessons as stored show none.
    """
    if not _is_kept():
        print("Progress is kept while you work in the folder work/.")
        return
    done = _read()
    for lesson, ids in course_ids().items():
        noted = set(done.get(lesson, []))
        count, asked = len(noted & set(ids)), sum(id.startswith(QUESTION) for id in noted)
        line = f"Lesson {lesson}: {'●' * count}{'○' * (len(ids) - count)}  {count} of {len(ids)} exercises done"
        print(line + f", {asked} questions right at the first try" * bool(asked))


def mark(lesson: str, *ids: str) -> None:
    """Note that exercises or questions of a lesson are done; outside of `work/` do nothing."""
    if not ids or not _is_kept():
        return
    try:
        done = _read()
        noted = done.get(lesson, [])
        done[lesson] = [*noted, *(id for id in ids if id not in noted)]
        if len(done[lesson]) > len(noted):
            _write(done)
    except OSError as error:
        print(f"Your progress could not be saved ({error.strerror}). Your answer counts all the same.")


def is_marked(lesson: str, id: str) -> bool:
    """Tell whether an exercise of a lesson has been noted as done; outside of `work/` none has."""
    return _is_kept() and id in _read().get(lesson, [])


def _is_kept() -> bool:
    here = Path.cwd()
    return here.name == "work" and (here / START).exists()


def _read() -> dict[str, list[str]]:
    try:
        done = json.loads(Path(NAME).read_text(encoding="utf-8"))
        if all(isinstance(ids, list) and all(isinstance(i, str) for i in ids) for ids in done.values()):
            return done
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError):  # no JSON, no text, or another shape
        pass
    _set_aside()
    return {}


def _set_aside() -> None:
    number = 1
    while (aside := Path(f"progress.damaged.{number}.json")).exists():
        number += 1
    os.replace(NAME, aside)
    print(f"{NAME} could not be read. It is kept as {aside}; a new one begins.")


def _write(done: dict[str, list[str]]) -> None:
    handle, temporary = tempfile.mkstemp(dir=".", prefix=".progress", suffix=".part")
    try:
        with open(handle, "w", encoding="utf-8") as file:
            json.dump(done, file, indent=1)
        os.replace(temporary, NAME)  # whole or not at all
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
