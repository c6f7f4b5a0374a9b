"""Copy the lessons into ``work/``, where a learner writes in them, and never touch what is there already.

The lessons in ``notebooks/`` stay as they came, so an update of the course collides with nobody's answers.
"""

import contextlib
import json
import os
import tempfile
from pathlib import Path

START = "00_start_here.ipynb"


class WorkspaceError(Exception):
    """A sentence for the learner: what is in the way, and what to do about it."""


def find_lessons():
    """Find the folder of the lessons: beside the package in a checkout, inside it when installed.

    Returns
    -------
    pathlib.Path

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


def find_work():
    """Name the learner's folder: ``work/`` in the checkout, or else where the command was given."""
    root = Path(__file__).resolve().parent.parent
    return (root if (root / "pyproject.toml").exists() else Path.cwd()) / "work"


def copy_lessons(lessons, work):
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
    _make_folder(work)
    copied, kept = [], []
    for lesson in sorted(lessons.glob("*.ipynb")):
        target = work / lesson.name
        is_new = not os.path.lexists(target) and _write_new(target, cleared(lesson))
        (copied if is_new else kept).append(lesson.name)
    return copied, kept


def fresh_copy(lesson, lessons, work):
    """Write one more copy of a lesson beside the learner's own, as ``05_logic_gates.2.ipynb``.

    Parameters
    ----------
    lesson : str
        The name of a lesson or how it begins: ``"05"``, ``"05_logic_gates"``, ``"05_logic_gates.ipynb"``.
    lessons, work : pathlib.Path
        From where, and to where.

    Returns
    -------
    str
        The new file's name.
    """
    found = [path for path in sorted(lessons.glob("*.ipynb")) if path.name.startswith(Path(lesson).name)]
    if len(found) != 1 or not lesson:
        names = ", ".join(path.stem for path in found or sorted(lessons.glob("*.ipynb")))
        raise WorkspaceError(f"Which lesson is {lesson!r}? Expected: one of {names}.")
    _make_folder(work)
    text = cleared(found[0])
    name, number = found[0].name, 2
    while not _write_new(work / name, text):
        name, number = f"{found[0].stem}.{number}.ipynb", number + 1
    return name


def cleared(lesson):
    """Read a lesson and drop its outputs and execution counts, so that every picture is the learner's own."""
    try:
        notebook = json.loads(lesson.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell.update(outputs=[], execution_count=None)
    except (OSError, ValueError, KeyError, TypeError) as error:
        hint = f"Hint: git checkout -- notebooks/{lesson.name}"
        raise WorkspaceError(f"The lesson {lesson.name} cannot be read. {hint}") from error
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _make_folder(work):
    if work.is_symlink():
        raise WorkspaceError(f"{work} is a link to another place. Hint: rename the link; a folder is made.")
    if work.exists() and not work.is_dir():
        raise WorkspaceError(f"{work} is a file; a folder is needed there. Hint: rename the file.")
    try:
        work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _no_write(work, error) from error


def _write_new(target, text):
    """Write a file whole or not at all; return False where the name is taken, be it by an empty file."""
    if os.path.lexists(target):
        return False
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(temporary, 0o644)  # a temporary file is private; a lesson may be read by a teacher
        return _give_name(temporary, target)
    except OSError as error:
        raise _no_write(target.parent, error) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _give_name(temporary, target):
    try:
        os.link(temporary, target)  # unlike a rename, a link never replaces a file that has just come
    except FileExistsError:
        return False
    except OSError:  # a disk without links, such as a memory stick
        if os.path.lexists(target):
            return False
        os.rename(temporary, target)
    return True


def _no_write(folder, error):
    what = error.strerror or type(error).__name__
    return WorkspaceError(f"{folder} cannot be written ({what}). Hint: free some space, or make it yours.")
