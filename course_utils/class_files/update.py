"""The new edition of the lessons for each learner of a class, written with that learner's rights and no others."""

import json
import os
import subprocess
import sys
from pathlib import Path

from course_utils.class_files.homes import Home, printable
from course_utils.lesson_update import update_lessons
from course_utils.workspace import START, WorkspaceError, edition_folder, find_lessons, make_folder

HERE = Path(__file__).resolve().parents[2]  # where this course lies: the program for one learner runs the same
PATIENCE = 120  # seconds for one learner
FAILED = ("Nothing was changed", "Not finished")  # before the update has begun, and after


def update_class(homes: list[Home]) -> dict[str, str]:
    """Bring the new edition to each learner; give by name a sentence, which begins with one of FAILED where it failed.

    As root, a program of its own does it for each, with the rights of the account that owns the folder: a link that a
    learner has laid leads nowhere that they could not go themselves.
    """
    return {home.name: _for_one(home) for home in homes}


def _for_one(home: Home) -> str:
    try:
        owner = os.stat(home.folder, follow_symlinks=False)
        if sys.platform != "win32" and os.geteuid() == 0 and owner.st_uid != 0:
            return _as_owner(home.folder, owner.st_uid, owner.st_gid)
        return sentence(home.folder)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return f"Nothing was changed: {printable(str(error))[:300]}"


def _as_owner(folder: Path, uid: int, gid: int) -> str:
    command = [sys.executable, "-P", "-m", "course_utils.class_files.update", str(folder)]
    try:
        done = subprocess.run(
            command,
            cwd="/",
            env={"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8", "PYTHONPATH": str(HERE)},
            user=uid,
            group=gid,
            extra_groups=[],
            umask=0o077,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
        )
        return printable(str(json.loads(done.stdout[:10_000])))[:1000]
    except subprocess.TimeoutExpired:
        return f"Not finished: it took longer than {PATIENCE} s."
    except ValueError:  # it has ended without its sentence
        return "Not finished: the program has failed."


def work_of(home: Path) -> Path:
    """Name the folder of a learner's lessons: `work/` in a home, or the folder itself where it is a copy of that."""
    work = home / "work"
    if work.is_dir() or work.is_symlink():
        return edition_folder(work)
    if (home / START).exists():
        return home
    raise WorkspaceError("there are no lessons yet.")


def sentence(home: Path) -> str:
    """Bring the new edition to one learner, and say what has become of the lessons, or why they stay as they are."""
    try:
        lessons, work = find_lessons(), work_of(home)
        make_folder(work)
    except (OSError, WorkspaceError) as error:
        return f"Nothing was changed: {printable(str(error))[:300]}"
    try:
        found = update_lessons(lessons, work)
    except (OSError, WorkspaceError) as error:
        return f"Not finished: {printable(str(error))[:300]}"
    return _told(found)


def _told(found: dict[str, str]) -> str:
    told = []
    for kind, words in (("new", "new"), ("replaced", "replaced"), ("the same", "as they were")):
        count = sum(1 for what in found.values() if what == kind)
        told += [f"{count} {words}"] if count else []
    beside = [what for what in found.values() if what.endswith(".ipynb")]
    told += [f"changed by the learner, so the new ones lie beside them: {', '.join(beside)}"] if beside else []
    before = sum(1 for what in found.values() if what == "beside")
    told += [f"{before} with the new one beside it already"] if before else []
    return "; ".join(told)


def main(folder: str) -> None:
    """Do it for one folder, with the rights that this program has; print the sentence as JSON."""
    print(json.dumps(sentence(Path(folder))))


if __name__ == "__main__":
    main(sys.argv[1])
