"""A new edition of the lessons for somebody who has begun: what was written is never touched, and nothing is lost.

Each copy of a lesson carries a fingerprint of the cells that it was handed out with, so that a copy says by itself
whether anything in it was changed.
"""

import contextlib
import json
import os
from pathlib import Path

from course_utils.atomic_file import file_beside, sync, take_free_name
from course_utils.learner_files import read_beneath
from course_utils.workspace import cleared, copy_lessons, fingerprint, handed_out_as, write_beside

OLDER = "older"  # the folder for copies that were run, and then replaced
LARGEST = 100_000_000  # bytes of a notebook
SENTENCE = (
    "**This is the new edition of the lesson.** Your own copy, with all that you wrote in it, is `{name}`."
    " It has stayed as you left it, and its solved exercises count here, too."
)


def update_lessons(lessons: Path, work: Path) -> dict[str, str]:
    """Bring the new edition of each lesson into `work`.

    A copy in which no cell was changed is replaced; if it had been run, it moves to `older/`. Beside a changed one the
    new edition is laid, under the next free name, once. What cannot be read counts as changed.

    Parameters
    ----------
    lessons, work : pathlib.Path
        From where, and to where.

    Returns
    -------
    dict
        By the name of a lesson: ``"new"``, ``"the same"``, ``"replaced"``, ``"beside"`` where the new one lies beside
        it already, or the name under which it was laid there.

    Raises
    ------
    WorkspaceError
        If `work` cannot be written, or a lesson cannot be read.
    OSError
        If a file cannot be written or moved.

    After an error every lesson is in its place, an old or a new one, and a second call goes on.
    """
    copied, _ = copy_lessons(lessons, work)
    found = dict.fromkeys(copied, "new")
    for lesson in sorted(lessons.glob("*.ipynb")):
        if lesson.name not in found:
            found[lesson.name] = _update(work / lesson.name, cleared(lesson))
    return found


def _update(target: Path, text: str) -> str:
    new = json.loads(text)
    edition = fingerprint(new)
    raw = _raw(target)
    old = _notebook(raw)
    if old is not None and fingerprint(old) == edition:
        return "the same"
    if old is not None and fingerprint(old) == handed_out_as(old) and _replace(target, raw, text, _has_run(old)):
        return "replaced"
    beside = target.parent.glob(f"{target.stem}.*.ipynb")
    if any(handed_out_as(_notebook(_raw(path))) == edition for path in beside):
        return "beside"
    new["cells"].insert(0, _sentence(target.name))
    return write_beside(target.parent, target.stem, json.dumps(new, indent=1, ensure_ascii=False) + "\n")


def _sentence(name: str) -> dict:
    return {"cell_type": "markdown", "id": "new-edition", "metadata": {}, "source": SENTENCE.format(name=name)}


def _replace(target: Path, raw: bytes | None, text: str, is_kept: bool) -> bool:
    """Put a new text in the place of an unchanged copy; False where it was saved in this very moment."""
    folder = target.parent / OLDER
    folder.mkdir(exist_ok=True)
    try:
        return _exchange(target, _free_name(folder, target), raw, text, is_kept)
    finally:
        with contextlib.suppress(OSError):  # not empty
            folder.rmdir()


def _exchange(target: Path, aside: Path, raw: bytes | None, text: str, is_kept: bool) -> bool:
    with file_beside(target) as new:
        new.write_text(text, encoding="utf-8", newline="\n")  # first: where the disk is full, nothing has moved yet
        sync(new)
        os.rename(target, aside)
        if _raw(aside) != raw:
            _put_back(aside, target)
            return False
        try:
            is_replaced = take_free_name(new, target)
        except OSError:
            _put_back(aside, target)
            raise
    if not is_kept:
        aside.unlink()
    return is_replaced


def _put_back(aside: Path, target: Path) -> None:
    """Give a copy its place again; where something was saved there meanwhile, that is newer and stays."""
    if take_free_name(aside, target):
        aside.unlink(missing_ok=True)


def _free_name(folder: Path, target: Path) -> Path:
    path, number = folder / target.name, 2
    while os.path.lexists(path):
        path, number = folder / f"{target.stem}.{number}.ipynb", number + 1
    return path


def _raw(path: Path) -> bytes | None:
    try:
        return read_beneath(path.parent, (path.name,), LARGEST)
    except OSError:
        return None


def _notebook(raw: bytes | None) -> dict | None:
    try:
        notebook = json.loads(raw or b"")
        fingerprint(notebook)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None
    return notebook


def _has_run(notebook: dict) -> bool:
    return any(cell.get("outputs") or cell.get("execution_count") for cell in notebook["cells"])
