"""The learner's folder ``work/``: lessons are copied there, and what is there already is never touched.

The lessons in ``notebooks/`` stay as they came, so an update of the course collides with nobody's answers.
Where ``work/`` holds the first edition of the course, the second has its place in ``work/edition_2/``.
"""

import hashlib
import json
import os
import re
from pathlib import Path

from course_utils import first_edition
from course_utils.atomic_file import create_atomically
from course_utils.lesson_names import starts_with

START = "00_start_here.ipynb"
EDITION = "edition_2"
ORIGIN = "handed_out"  # in the metadata of a copy: what its cells were
WORDS_OF_PICTURE = re.compile(r'\balt=f?"(?:[^"\\]|\\.)*"')
BLANK = "blank"  # the folder in it for copies without prose


class WorkspaceError(Exception):
    """A sentence for the learner: what is in the way, and what to do about it."""


def find_lessons() -> Path:
    """Find the folder of the lessons: beside the package in a checkout, inside it when installed.

    Raises
    ------
    WorkspaceError
        Where there is neither.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "notebooks", package.parent / "notebooks"):
        if any(folder.glob("*.ipynb")):
            return folder
    raise WorkspaceError("The lessons were not found. Hint: run the command in the course's own folder.")


def find_work() -> Path:
    """Name the learner's folder: ``work/`` in the checkout, or else where the command was given.

    Returns
    -------
    pathlib.Path
        ``work/edition_2/`` where ``work/`` holds the first edition. The folder may not be there yet.
    """
    root = Path(__file__).resolve().parent.parent
    return edition_folder((root if (root / "pyproject.toml").exists() else Path.cwd()) / "work")


def find_progress_folder() -> Path | None:
    """Name the folder whose progress the running lesson belongs to; None outside of the learner's folder.

    A copy of the first edition, run in ``work/``, belongs to ``work/edition_2/``: its own notes stay as they are.
    """
    here = Path.cwd()
    here = here.parent if here.name == BLANK else here  # a copy without prose belongs to its lesson
    if here.name == EDITION and here.parent.name == "work":
        return here
    return edition_folder(here) if here.name == "work" and (here / START).exists() else None


def outer_work(work: Path) -> Path:
    """Return the whole of the learner's folder, with the first edition's lessons where there are some."""
    return work.parent if work.name == EDITION else work


def spoken(work: Path) -> str:
    """Return how the folder is called in a sentence: ``work/`` or ``work/edition_2/``."""
    return f"{work.relative_to(outer_work(work).parent).as_posix()}/"


def edition_folder(work: Path) -> Path:
    """Return where the second edition belongs; once it has a folder of its own, it stays there."""
    own = work / EDITION
    if not work.is_symlink() and (own.is_dir() or first_edition.is_in(work)):
        return own
    return work


def copy_lessons(lessons: Path, work: Path) -> tuple[list[str], list[str]]:
    """Copy each lesson that is not in `work` yet, without its outputs.

    Parameters
    ----------
    lessons, work : pathlib.Path
        From where, and to where.

    Returns
    -------
    copied, kept : list of str
        Names of files; those in `kept` were there and have not been opened.

    Raises
    ------
    WorkspaceError
        If `work` cannot be written, or a lesson cannot be read.
    """
    make_folder(work)
    copied: list[str] = []
    kept: list[str] = []
    for lesson in sorted(lessons.glob("*.ipynb")):
        target = work / lesson.name
        is_new = not os.path.lexists(target) and _write_new(target, cleared(lesson))
        (copied if is_new else kept).append(lesson.name)
    return copied, kept


def fresh_copy(lesson: str, lessons: Path, work: Path) -> str:
    """Write one more copy of a lesson beside the learner's own, as ``05_logic_gates.2.ipynb``.

    Parameters
    ----------
    lesson : str
        The name of a lesson or how it begins: ``"05"``, ``"05_logic_gates"``, ``"05_logic_gates.ipynb"``. The two
        toolboxes are ``"T1"`` and ``"T2"``.
    lessons, work : pathlib.Path
        From where, and to where.

    Returns
    -------
    str
        The new file's name.

    Raises
    ------
    WorkspaceError
        If no lesson is called so, or several are; if `work` cannot be written, or the lesson cannot be read.
    """
    path = _find_lesson(lesson, lessons)
    make_folder(work)
    return write_beside(work, path.stem, cleared(path))


def blank_copy(lesson: str, lessons: Path, work: Path) -> str:
    """Write a copy of a lesson without its prose and its outputs into ``work/blank/``, to explain it aloud from.

    The headings and the code stay. Parameters and errors are those of `fresh_copy`.

    Returns
    -------
    str
        The new file's name, with its folder: ``blank/05_logic_gates.ipynb``.
    """
    path = _find_lesson(lesson, lessons)
    folder = work / BLANK
    make_folder(work)
    make_folder(folder)
    return f"{BLANK}/{write_beside(folder, path.stem, cleared(path, is_blank=True))}"


def _find_lesson(lesson: str, lessons: Path) -> Path:
    every = sorted(lessons.glob("*.ipynb"))
    found = [path for path in every if path.name.startswith(starts_with(lesson))]
    if len(found) != 1 or not lesson:
        names = ", ".join(path.stem for path in found or every)
        raise WorkspaceError(f"Which lesson is {lesson!r}? Expected: one of {names}.")
    return found[0]


def write_beside(folder: Path, stem: str, text: str) -> str:
    """Write a copy under the first name that is free; give that name."""
    name, number = f"{stem}.ipynb", 2
    while not _write_new(folder / name, text):
        name, number = f"{stem}.{number}.ipynb", number + 1
    return name


def cleared(lesson: Path, is_blank: bool = False) -> str:
    """Read a lesson and drop its outputs and execution counts, so that every picture is the learner's own.

    Where `is_blank`, the prose goes as well: of each text only its headings stay, and of a picture's words nothing,
    since they say what is to be seen.
    """
    try:
        notebook = json.loads(lesson.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell.update(outputs=[], execution_count=None)
                if is_blank:
                    cell["source"] = WORDS_OF_PICTURE.sub('alt="…"', "".join(cell["source"]))
            elif is_blank:
                cell["source"] = "\n\n".join(_headings("".join(cell["source"])))
        if is_blank:
            notebook["cells"] = [cell for cell in notebook["cells"] if cell["source"]]
        else:
            notebook["metadata"][ORIGIN] = {"cells": fingerprint(notebook)}
    except (OSError, ValueError, KeyError, TypeError) as error:
        hint = f"Hint: git checkout -- notebooks/{lesson.name}"
        raise WorkspaceError(f"The lesson {lesson.name} cannot be read. {hint}") from error
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def fingerprint(notebook: dict) -> str:
    """Return a short text that changes with any word or line of code in a notebook, and not with its outputs."""
    cells = [(cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def handed_out_as(notebook: dict | None) -> str | None:
    """Return the fingerprint of the lesson that a copy was made from; None where the copy does not know."""
    metadata = notebook.get("metadata") if notebook is not None else None
    origin = metadata.get(ORIGIN) if isinstance(metadata, dict) else None
    return origin.get("cells") if isinstance(origin, dict) else None


def _headings(text: str) -> list[str]:
    """Give the headings of a text; where a table of words stands under one, the words, for the reader to explain."""
    headings = [line for line in text.split("\n") if line.startswith("#")]
    _, *words = re.findall(r"^\| ([^|]+) \|", text, flags=re.M) or [""]
    return headings + [f"- {word}" for word in words if headings and headings[-1].startswith("### The words")]


def make_folder(work: Path) -> None:
    """Make a folder for lessons where there is none yet; a link or a file in its place is a WorkspaceError."""
    for folder in dict.fromkeys((outer_work(work), work)):
        if folder.is_symlink():
            raise WorkspaceError(f"{folder} is a link to another place. Hint: rename the link; a folder is made.")
        if folder.exists() and not folder.is_dir():
            raise WorkspaceError(f"{folder} is a file; a folder is needed there. Hint: rename the file.")
    try:
        work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _write_error(work, error) from error


def _write_new(target: Path, text: str) -> bool:
    """Write a lesson whole or not at all; return False where the name is taken, be it by an empty file."""
    try:
        return create_atomically(target, lambda beside: beside.write_text(text, encoding="utf-8", newline="\n"))
    except OSError as error:
        raise _write_error(target.parent, error) from error


def _write_error(folder: Path, error: OSError) -> WorkspaceError:
    what = error.strerror or type(error).__name__
    return WorkspaceError(f"{folder} cannot be written ({what}). Hint: free some space, or make it yours.")
