"""Hand-ins from the learners' folders, read with distrust, into the folder that they are graded in."""

import contextlib
import os
import re
from datetime import datetime
from pathlib import Path

from course_utils.atomic_file import write_atomically
from course_utils.checks import argument_error
from course_utils.class_files.homes import Home, printable
from course_utils.learner_files import read_beneath
from course_utils.workspace import EDITION

LARGEST = 20_000_000  # bytes of a hand-in
LOG = "collected.log"


def collect(homes: list[Home], assignment: str, into: Path, largest: int = LARGEST) -> dict[str, str]:
    """Copy one notebook of each learner to `into/NAME/ASSIGNMENT/ASSIGNMENT.ipynb`, whole or not at all.

    What was collected before stays where nothing comes in its place. A line for each learner is added to the log.

    Parameters
    ----------
    homes : list of Home
    assignment : str
        The notebook's name, with ``.ipynb`` or without.
    into : pathlib.Path
    largest : int
        Bytes; a longer file is not taken.

    Returns
    -------
    dict
        By learner an empty text, or half a sentence that says why nothing was taken.

    Raises
    ------
    ValueError
        If the name is none of a notebook.
    OSError
        If `into` cannot be written.
    """
    name = assignment.removesuffix(".ipynb")
    if not re.fullmatch(r"\w[\w .-]*", name):
        raise argument_error("assignment", "not the name of a notebook", "such as logistic_regression", assignment)
    _make_private(into)
    found = {}
    for home in homes:
        problem, size = "", 0
        try:
            content = _read(home, f"{name}.ipynb", largest)
            size = len(content)
        except OSError as error:
            problem = printable(error.strerror or str(error))
        if not problem:
            _write(into, home.name, name, content)
        found[home.name] = problem
        _log(into, f"{home.name}, {name}: {f'not collected, {problem}' if problem else f'{size} bytes'}")
    return found


def _read(home: Home, file: str, largest: int) -> bytes:
    """Read the first that is there: where the hub has it, or as it lies in a folder of copies."""
    for place in (("work", EDITION, file), ("work", file), (EDITION, file), (file,)):
        with contextlib.suppress(FileNotFoundError):
            return read_beneath(home.folder, place, largest, home.owner)
    raise FileNotFoundError(f"there is no {file}")


def _make_private(folder: Path) -> None:
    """Make a folder that learners' accounts cannot read; with sudo it belongs to who has asked."""
    if not folder.exists():
        folder.mkdir(parents=True, mode=0o700)
        give_back(folder)


def _write(into: Path, learner: str, name: str, content: bytes) -> None:
    for folder in (into / learner, into / learner / name):
        _make_private(folder)
    target = into / learner / name / f"{name}.ipynb"
    write_atomically(target, lambda beside: beside.write_bytes(content))
    give_back(target)


def _log(into: Path, text: str) -> None:
    with open(into / LOG, "a", encoding="utf-8") as log:
        log.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {printable(text)}\n")
    give_back(into / LOG)


def give_back(path: Path) -> None:
    """Let a file or folder that root has made belong to who asked for it with sudo."""
    who = os.environ.get("SUDO_UID", ""), os.environ.get("SUDO_GID", "")
    if hasattr(os, "geteuid") and os.geteuid() == 0 and all(part.isdigit() for part in who):
        os.chown(path, int(who[0]), int(who[1]), follow_symlinks=False)
