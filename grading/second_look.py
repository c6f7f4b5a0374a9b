"""What to read before a mark is believed: nbgrader runs learners' code beside the tests, and code can cheat.

    python second_look.py ASSIGNMENT

In a course folder this lists, for each learner, cells that were changed, copied, moved or lost, hand-ins that were not
graded, code that no answer needs, scripts in texts, and full marks from checks that did not run to their end. It runs
nothing. An empty list is no proof, nor is a line.
"""

import argparse
import ast
import re
import sys
from copy import deepcopy
from pathlib import Path

import nbformat
from beginning import what_is_missing
from hand_in import grade_id, put_right

RAN = "every test ran"  # the last line of each hidden test prints it; choose another one for your class
MODULES = {
    "os",
    "sys",
    "subprocess",
    "inspect",
    "builtins",
    "ctypes",
    "gc",
    "importlib",
    "socket",
    "sqlite3",
    "IPython",
}
SCRIPT = re.compile(r"<\s*(script|iframe|object|embed|svg|link|meta)\b|<[^<>]*\son\w+\s*=|javascript:", flags=re.I)
PLAIN = {"text/plain", "image/png", "image/jpeg"}  # what a browser only shows
PICTURE = re.compile(r'<img alt="[^"<>]*"( width="\d+")? src="data:image/png;base64,[\w+/=]*">')  # of `cu.show`
NAMES = {"get_ipython", "open", "exec", "eval", "compile", "globals", "locals", "vars", "setattr", "delattr"}
NAMES |= {"__import__", "Out", "In"}


def second_look(course, assignment):
    """Give {learner: [sentence, …]} for the hand-ins of an assignment in the folder of a course."""
    course, notes = Path(course), {}
    for folder in sorted((course / "submitted").glob(f"*/{assignment}")):
        release = nbformat.read(course / "release" / assignment / f"{assignment}.ipynb", as_version=4)
        handed = folder / f"{assignment}.ipynb"
        found = _read(handed, lambda nb, old=release: _changed(nb, old) + _odd(nb) + _scripts(nb))
        graded = course / "autograded" / folder.parent.name / assignment / handed.name
        if any(course.glob(f"autograded/*/{assignment}")) and not graded.is_file():
            found.append("was not graded: its 0 is no mark; nbgrader's log says why")
        if graded.is_file():
            found += _read(graded, lambda nb: _silent(nb, _hidden(course, assignment)) + _scripts(nb))
        notes[folder.parent.name] = list(dict.fromkeys(found))
    return notes


def _read(path, look):
    if not path.is_file():
        there = ", ".join(sorted(file.name for file in path.parent.iterdir()))
        return [f"there is no {path.name}; there is: {there or 'nothing'}"]
    try:
        return look(nbformat.read(path, as_version=4))
    except Exception as error:  # whatever a damaged file makes the reader raise
        return [f"{path.name} cannot be read ({type(error).__name__})"]


def _marked(notebook):
    """Give {grade_id: cell} of the cells that nbgrader knows."""
    return {grade_id(cell): cell for cell in notebook.cells if grade_id(cell)}


def _changed(notebook, release):
    """Name what was put right before grading, and what is not as it was handed out."""
    now, notes = _marked(notebook), put_right(deepcopy(notebook), release)
    for name, old in _marked(release).items():
        if name not in now:
            notes += [f"{name} is missing"] if old.metadata.nbgrader.grade else []  # put_right names the others
        elif old.metadata.nbgrader.locked and now[name].source != old.source:
            notes.append(f"{name} was changed")
        elif now[name].metadata.nbgrader.get("points") != old.metadata.nbgrader.get("points"):
            notes.append(f"{name} has other points")
    return notes


def _odd(notebook):
    cells = [c for c in notebook.cells if c.cell_type == "code" and not (grade_id(c) and c.metadata.nbgrader.locked)]
    return [f"{_name(cell)}: {what}" for cell in cells for what in _finds(cell)]


def _finds(cell):
    """Name what stands in a cell of code that no answer needs."""
    try:
        tree = ast.parse(cell.source)
    except SyntaxError as error:
        return [f"is no Python (line {error.lineno})"]
    return sorted({f"uses {found}" for node in ast.walk(tree) for found in _odd_names(node)})


def _odd_names(node):
    if isinstance(node, ast.Import | ast.ImportFrom):
        parts = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or "."]
        return [part for part in parts if part.split(".")[0] in MODULES]
    if isinstance(node, ast.Name) and (node.id in NAMES or re.fullmatch("__.*__", node.id)):
        return [node.id]
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        return [f"{ast.unparse(node)} = …"]
    return [node.attr] if isinstance(node, ast.Attribute) and node.attr.startswith("__") else []


def _scripts(notebook):
    """Name cells whose text or output a browser might run: Formgrader shows both as they are."""
    return [f"{_name(cell)} holds a script" for cell in notebook.cells if SCRIPT.search(_shown(cell))]


def _shown(cell):
    """Give what a page would show of a text cell, or of the outputs of a code cell: the kind before each."""
    if cell.cell_type != "code":
        return cell.source
    shown = [(kind, data) for out in cell.outputs for kind, data in out.get("data", {}).items()]
    return "\n".join(f"{kind}: {data}" for kind, data in shown if kind not in PLAIN and not _is_picture(data))


def _is_picture(data):
    """Tell whether an output is one of `cu.show`; what a widget gives, for one, is no text but JSON."""
    return isinstance(data, str) and bool(PICTURE.fullmatch(data))


def _name(cell):
    return grade_id(cell) or "a cell"


def _hidden(course, assignment):
    source = nbformat.read(course / "source" / assignment / f"{assignment}.ipynb", as_version=4)
    return {name for name, cell in _marked(source).items() if RAN in cell.source}


def _silent(notebook, hidden):
    """Name hidden tests that neither failed nor came to their last line: nbgrader gives those full marks."""
    cells = {name: cell for name, cell in _marked(notebook).items() if name in hidden}
    return [f"{name} did not run to its end" for name, cell in cells.items() if not _ended(cell)]


def _ended(cell):
    return any(out.output_type == "error" or RAN in out.get("text", "") for out in cell.outputs)


def main(words):
    """Print a line for each learner."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assignment")
    options = parser.parse_args(words)
    if missing := what_is_missing(".", options.assignment):
        sys.exit(f"second_look: {missing}")
    for learner, notes in second_look(".", options.assignment).items():
        print(f"{learner:12}", "; ".join(notes) or "nothing found")


if __name__ == "__main__":
    main(sys.argv[1:])
