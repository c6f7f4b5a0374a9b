"""Grade a class of invented learners, and hold nbgrader to the marks that must come out.

    python grading/demo.py [FOLDER]     (build/grading by default; it is made anew)

Release, hand in, autograde, grade the texts by hand, feedback, export: the README goes through the same steps.
"""

import csv
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
from beginning import path_with_this_python
from learners import COURSE
from nbgrader.api import Gradebook
from second_look import second_look
from submissions import SCRIPT, cell_of, open_lines, right, secret_lines, write

HERE = Path(__file__).resolve().parent
LIMIT = 20  # seconds for a cell, in place of the 60 of nbgrader_config.py


def nbgrader(folder, *words, fails=False):
    """Run one command of nbgrader in the folder of the course; stop where it ends otherwise than it should."""
    own = {"PATH": path_with_this_python(), "OMP_NUM_THREADS": "1", "JUPYTER_CONFIG_DIR": str(folder / "no-settings")}
    command = [sys.executable, "-m", "nbgrader", *words]
    done = subprocess.run(command, cwd=folder, env=os.environ | own, capture_output=True, text=True)
    if (done.returncode != 0) != fails:
        sys.exit(f"nbgrader {' '.join(words)} ended with {done.returncode}:\n{done.stderr[-4000:]}")
    return done.stderr


def prepare(folder):
    """Copy the course, make the learners' version of each assignment, and hand in."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "source", folder / "source")
    for file in ("nbgrader_config.py", "hand_in.py", "marks.py"):
        shutil.copy(HERE / file, folder)
    for assignment, hand_ins in COURSE.items():
        nbgrader(folder, "generate_assignment", assignment)
        source, release = (
            nbformat.read(folder / kind / assignment / f"{assignment}.ipynb", as_version=4)
            for kind in ("source", "release")
        )
        leaks(release, source)
        for hand_in in hand_ins:
            write(folder, hand_in, assignment, right(release, source, assignment))


def leaks(release, source):
    """Stop where the learners' version holds a line of a solution, of a hidden test or of a model text."""
    secret = {line for cell in source.cells for line in secret_lines(cell)}
    for cell in release.cells:
        was = cell_of(source, cell.id)
        found = secret.intersection(cell.source.splitlines()) - open_lines(was)
        if found:
            sys.exit(f"{cell.id}: the learners' version holds {sorted(found)}")


def grade(folder):
    """Run the checks of all hand-ins, then give the points for the texts, as a teacher does after reading them."""
    for assignment, hand_ins in COURSE.items():
        broken = any(hand_in.marks is None for hand_in in hand_ins)
        nbgrader(folder, "autograde", assignment, f"--Execute.timeout={LIMIT}", fails=broken)
        with Gradebook(f"sqlite:///{folder / 'marks' / 'gradebook.db'}") as book:
            for hand_in in hand_ins:
                if hand_in.marks is not None and hand_in.essay is not None:
                    by_hand(book, assignment, hand_in)
        nbgrader(folder, "generate_feedback", assignment)
    nbgrader(folder, "export", "--to", "marks.csv")


def by_hand(book, assignment, hand_in):
    """Give points and a comment for the text: what the Formgrader's page does when a teacher types them in."""
    score = book.find_grade("essay", assignment, assignment, hand_in.name)
    score.manual_score, score.needs_manual_grade = hand_in.essay, False
    comment = book.find_comment("essay", assignment, assignment, hand_in.name)
    comment.manual_comment = comment_on(hand_in)
    book.db.commit()


def exported(folder):
    """Give {(assignment, learner): score} from the table that nbgrader exported; 0 where no mark was given."""
    with (folder / "marks.csv").open(newline="") as table:
        return {(row["assignment"], row["student_id"]): float(row["score"] or 0) for row in csv.DictReader(table)}


def report(folder):
    """Print a line for each hand-in; give how many do not have the marks that they must have."""
    scores, bad = exported(folder), 0
    for assignment, hand_ins in COURSE.items():
        notes = second_look(folder, assignment)
        print(f"\n{assignment}: 16 points by checks, 4 for the text\n{'learner':10} points")
        for hand_in in hand_ins:
            expected = (hand_in.marks or 0) + (hand_in.essay or 0)
            found = scores[assignment, hand_in.name]
            bad += found != expected or is_graded(folder, assignment, hand_in) != (hand_in.marks is not None)
            print(f"{hand_in.name:10} {found:6g}  {hand_in.why}{'' if found == expected else f': NOT {expected}'}")
            show(notes[hand_in.name])
    return bad


def is_graded(folder, assignment, hand_in):
    """Tell whether nbgrader ran the hand-in to its end, and wrote feedback: with what it must say, without a script."""
    page = folder / "feedback" / hand_in.name / assignment / f"{assignment}.html"
    words = page.read_text(encoding="utf-8") if page.is_file() else ""
    told = [comment_on(hand_in) if hand_in.essay is not None else "Score", *hand_in.told]
    return SCRIPT not in words and all(text in words for text in told)


def comment_on(hand_in):
    return f"{hand_in.essay} of 4: see the list of marks."


def show(notes):
    if notes:
        print(f"{'':19}look: {'; '.join(notes[:2])}{f'; {len(notes) - 2} more' if notes[2:] else ''}")


def main(folder):
    start = time.perf_counter()
    prepare(folder)
    grade(folder)
    bad = report(folder)
    hand_ins = sum(map(len, COURSE.values()))
    print(f"\n{hand_ins} hand-ins, {bad} with other marks than they must have; {time.perf_counter() - start:.0f} s")
    return bad


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else HERE.parent / "build" / "grading"
    sys.exit(main(Path(wanted).resolve()) > 0)
