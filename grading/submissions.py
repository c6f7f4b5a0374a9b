"""The hand-ins of the demonstration, made from the source: right, partly right, wrong, tampered with, broken."""

import re
import uuid
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import nbformat

ESSAYS = {
    "logistic_regression": "It finds no pear, yet apple is right in 95 of 100. Ask for the pears found: 0 of 5.",
    "two_layer_digits": "The test accuracy counts. 0.96 to the power of 10 is about 0.66, so 66 of 100 numbers.",
    "postcode_window": "A distribution shift: train on windows, or erase the neighbours.",
}
SCRIPT = "It finds no pear. <script>alert(1)</script>"  # in the feedback this must be text, not a script
NOTHING = "def {name}(*anything, **more):\n    return None"


@dataclass(frozen=True)
class HandIn:
    """One learner: what was done to the right answers, the marks that must come out, and why, in a sentence."""

    name: str
    change: callable  # takes the right hand-in and changes it; gives bytes where the file is no notebook
    marks: int | None  # from the checks; None where nbgrader gives up on the hand-in
    why: str
    essay: int | None = 0  # what the teacher gives for the text; None where it is not read
    file: str | None = None  # the name of the file, where it is not that of the assignment
    told: tuple = ()  # what the feedback must say


def right(release, source, assignment):
    """Give the released notebook with the solutions of the source in it, and a text."""
    notebook, solved = deepcopy(release), {cell.id: cell.source for cell in source.cells}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            text = re.sub(r"^ *### (BEGIN|END) SOLUTION\n?", "", solved[cell.id], flags=re.M)
            cell.source = text.rstrip() if cell.cell_type == "code" else ESSAYS[assignment]
    return notebook


MARKED = re.compile(r"^ *### BEGIN (SOLUTION|HIDDEN TESTS)\n(.*?)^ *### END \1", flags=re.S | re.M)


def secret_lines(cell):
    """Give the lines of a source's cell that no learner may see."""
    if cell.cell_type == "markdown" and cell.metadata.get("nbgrader"):
        return cell.source.splitlines()
    return [line for found in MARKED.finditer(cell.source) for line in found[2].splitlines()]


def open_lines(cell):
    """Give the lines of a source's cell that learners see, and the empty one."""
    return {"", *MARKED.sub("", cell.source).splitlines()} if cell.cell_type == "code" else {""}


def cell_of(notebook, name):
    return next(cell for cell in notebook.cells if cell.id == name)


def answers(notebook):
    return [c for c in notebook.cells if c.cell_type == "code" and c.metadata.get("nbgrader", {}).get("solution")]


def checks(notebook):
    return [c for c in notebook.cells if c.cell_type == "code" and c.metadata.get("nbgrader", {}).get("grade")]


def swap(**sources):
    """Give a change that puts other code into cells; `_` in a name stands for `-`."""

    def change(notebook):
        for name, source in sources.items():
            cell_of(notebook, name.replace("_", "-")).source = source

    return change


def both(*changes):
    def change(notebook):
        for one in changes:
            one(notebook)

    return change


def nothing(notebook):
    """Every function answers None."""
    for cell in answers(notebook):
        cell.source = NOTHING.format(name=cell.id.replace("-", "_"))


def edited(notebook):
    for cell in checks(notebook):
        cell.source = "print('passed')"


def deleted(notebook):
    gone = {cell.id for cell in checks(notebook)}
    notebook.cells = [cell for cell in notebook.cells if cell.id not in gone]


def repriced(notebook):
    for cell in checks(notebook):
        cell.metadata.nbgrader.update(points=100, locked=False)


def without(*names):
    def change(notebook):
        notebook.cells = [cell for cell in notebook.cells if cell.id not in names]

    return change


def before(name, line):
    """Give a change that puts a line above the code of a cell."""

    def change(notebook):
        cell_of(notebook, name).source = f"{line}\n{cell_of(notebook, name).source}"

    return change


def copied(name, source=None):
    """Give a change that pastes a copy of a cell at the end, as JupyterLab does: with all that nbgrader knows of it."""

    def change(notebook):
        copy = deepcopy(cell_of(notebook, name))
        copy.id, copy.source = uuid.uuid4().hex[:8], copy.source if source is None else source
        notebook.cells.append(copy)

    return change


def split(name, own):
    """Give a change that splits a cell in two, as JupyterLab does: both halves keep its name."""

    def change(notebook):
        whole = cell_of(notebook, name)
        half = deepcopy(whole)
        half.id, half.source = uuid.uuid4().hex[:8], own
        notebook.cells.insert(notebook.cells.index(whole), half)

    return change


def moved(name, place):
    def change(notebook):
        cell = cell_of(notebook, name)
        notebook.cells.remove(cell)
        notebook.cells.insert(place, cell)

    return change


def named(place, name):
    """Give a change that lets a cell carry the name of a cell of another assignment."""

    def change(notebook):
        notebook.cells[place].metadata.nbgrader.grade_id = name

    return change


def tagged(notebook):
    """A tag that keeps the checks from running."""
    for cell in checks(notebook):
        cell.metadata.tags = ["skip-execution"]


def cut_off(notebook):
    return nbformat.writes(notebook).encode()[:3000]


def write(folder, hand_in, assignment, notebook):
    """Write what one learner hands in to submitted/NAME/ASSIGNMENT/."""
    notebook = deepcopy(notebook)
    raw = hand_in.change(notebook) or nbformat.writes(notebook).encode()
    place = Path(folder) / "submitted" / hand_in.name / assignment
    place.mkdir(parents=True)
    (place / f"{hand_in.file or assignment}.ipynb").write_bytes(raw)
