"""Which exercise is being checked right now: a note beside the progress, for the case that the answer ends Python.

A call that ends the process, or holds it for ever, cannot be caught. The note stays behind then, and the next check or
card in the same folder says what has happened. What has been solved is in the progress file long before.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from course_utils.workspace import find_progress_folder

NOTE = ".checking."  # and the number of the process
OLD = 300  # seconds; no check takes as long, so a note of this age counts where no process can be asked


@contextmanager
def noted_check(id: str) -> Iterator[None]:
    """Keep a note while an exercise is checked; outside of the learner's folder, or on a full disk, there is none."""
    note = None
    with suppress(OSError):
        folder = find_progress_folder()
        if folder is not None and folder.is_dir():
            note = folder / f"{NOTE}{os.getpid()}"
            note.write_text(id, encoding="utf-8")
    try:
        yield
    finally:
        if note is not None:
            with suppress(OSError):
                note.unlink()


def take_broken_off() -> list[str]:
    """Give the exercises at whose check Python came to an end, and forget them."""
    ids: list[str] = []
    with suppress(OSError):
        folder = find_progress_folder()
        for note in sorted(folder.glob(f"{NOTE}*")) if folder is not None else ():
            if _is_left_behind(note):
                ids.append(note.read_text(encoding="utf-8", errors="replace"))
                note.unlink()
    return ids


def _is_left_behind(note: Path) -> bool:
    number = note.name.removeprefix(NOTE)
    if number == str(os.getpid()):
        return False
    is_old = time.time() - note.stat().st_mtime > OLD
    if os.name == "nt" or not number.isdecimal():  # on Windows, asking a process would end it
        return is_old
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):  # somebody else's, so that number has been given anew
        return is_old
    return False
