"""Grade hand-ins, each in a box of its own: what one learner's code does, reads or prints reaches nobody else.

    python autograde.py ASSIGNMENT [NAME ...]     in a course folder; needs bubblewrap, and is not for root

For each learner a folder is made that holds this assignment, this hand-in and a gradebook without marks. `contained`
runs `nbgrader autograde` in there. What comes out is a notebook with outputs, and only that is taken. Then nbgrader
reads the marks from these outputs into the real gradebook, and runs nothing.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from beginning import end_where_nothing_contains_code, path_with_this_python, what_is_missing

from course_utils.learner_files import read_beneath

HERE = Path(__file__).resolve().parent
ONE = "learner"  # what everybody is called in a box
EXECUTED = ".executed"  # notebooks that have run; nbgrader_config.py knows it
LARGEST = 50_000_000  # bytes of such a notebook
SETTINGS = ("nbgrader_config.py", "hand_in.py", "marks.py")


def prepare(course, assignment, box):
    """Put the assignment into a box, with a gradebook that knows nobody."""
    for kind in ("source", "release"):
        shutil.copytree(course / kind / assignment, box / kind / assignment)
    for file in SETTINGS:
        shutil.copy(course / file, box)
    run_nbgrader(box, "generate_assignment", assignment, "--force")
    shutil.rmtree(box / "release")
    shutil.copytree(course / "release" / assignment, box / "release" / assignment)  # as it was handed out


def run_nbgrader(folder, *words, **variables):
    """Run a command of nbgrader that runs no learner's code; what it says is shown where it fails."""
    command = [sys.executable, "-m", "nbgrader", *words]
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PATH": path_with_this_python()} | variables,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        print(done.stderr[-3000:], file=sys.stderr)
    return done.returncode


def run_in_box(template, hand_in, assignment, is_contained=True):
    """Let a hand-in run in a box; give the notebook as bytes, or None, and what nbgrader said last."""
    with tempfile.TemporaryDirectory(prefix="grading-", ignore_cleanup_errors=True) as folder:
        box = Path(folder, "course")
        shutil.copytree(template, box)
        shutil.copytree(hand_in, box / "submitted" / ONE / assignment, symlinks=True)
        command = [sys.executable, "-m", "nbgrader", "autograde", assignment]
        if is_contained:
            command = ["/bin/sh", str(HERE / "contained"), str(box), *command]
        with open(Path(folder, "log"), "w+b") as log:
            subprocess.run(command, cwd=box, env=os.environ | {"PATH": path_with_this_python()}, stdout=log, stderr=log)
            log.seek(max(0, log.tell() - 4000))
            said = log.read().decode("utf-8", "replace")
        try:
            place = ("autograded", ONE, assignment, f"{assignment}.ipynb")
            raw = read_beneath(box, place, LARGEST)
            nbformat.reads(raw.decode("utf-8"), as_version=4)
        except Exception as error:  # there is none, or hostile code has put something else there
            return None, last_line(said) or type(error).__name__
        return raw, ""


def last_line(said):
    """Give the last line of a log that says that something is wrong, without what would move a terminal's cursor."""
    lines = ["".join(letter for letter in line if letter.isprintable()).strip() for line in said.splitlines()]
    wrong = [line for line in lines if re.match(r"[\w.]+Error\b", line)]
    return (wrong or [line for line in lines if line] or [""])[-1][:200]


def autograde(course, assignment, names=(), is_contained=True):
    """Grade the hand-ins of an assignment; give {learner: sentence}, an empty one where it was graded."""
    course, found = Path(course).resolve(), {}
    shutil.rmtree(course / EXECUTED, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="grading-") as folder:
        template = Path(folder, "course")
        template.mkdir()
        prepare(course, assignment, template)
        for hand_in in sorted((course / "submitted").glob(f"*/{assignment}")):
            learner = hand_in.parent.name
            if names and learner not in names:
                continue
            raw, found[learner] = run_in_box(template, hand_in, assignment, is_contained)
            if raw is not None:
                place = course / EXECUTED / learner / assignment
                place.mkdir(parents=True)
                (place / f"{assignment}.ipynb").write_bytes(raw)
    if not all(found.values()):
        run_nbgrader(course, "autograde", assignment, "--force", GRADING_TAKES=EXECUTED)
    for learner, problem in found.items():
        taken = course / "autograded" / learner / assignment / f"{assignment}.ipynb"
        if not problem and not taken.is_file():
            found[learner] = "nbgrader could not take what came out of its box"
    shutil.rmtree(course / EXECUTED, ignore_errors=True)
    return found


def main(words):
    """Grade, and print a line for each learner; the exit code is 1 where one was not graded, or is not there."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assignment")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--here", action="store_true", help="without bubblewrap: the code may do what you may")
    options = parser.parse_args(words)
    if not options.here:
        end_where_nothing_contains_code("autograde")
    missing = what_is_missing(".", options.assignment, options.names)
    if missing:
        print(f"autograde: {missing}", file=sys.stderr)
        return 1
    found = autograde(".", options.assignment, options.names, not options.here)
    for learner, problem in found.items():
        print(f"{learner:12} {f'not graded: {problem}' if problem else 'graded'}")
    return int(any(found.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
