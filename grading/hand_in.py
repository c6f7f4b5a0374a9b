"""What learners do to the cells of an assignment, by accident, put right before a hand-in is graded.

JupyterLab copies, splits, moves and deletes the cells of an assignment like any other. nbgrader gives up on some of
these hand-ins, and a check that stands above its answer judges nothing. `put_right` needs no nbgrader.
"""

from copy import deepcopy

from nbformat.v4 import new_markdown_cell, upgrade

HEADING = "**Before it was graded**"


def grade_id(cell):
    """Give the name that nbgrader knows a cell by, or None."""
    about = cell.metadata.get("nbgrader")
    return about.get("grade_id") if isinstance(about, dict) else None


def put_right(notebook, release):
    """Give each cell of the release one place in the hand-in, in the release's order; return what was found.

    An answer that is there more than once, copied or split in two: the last one that the learner wrote in counts.
    The others run where they stand, like any cell of the learner's; copies that nobody wrote in are taken out.
    """
    upgrade(notebook)  # cells that are added have an id, which older notebooks do not know
    released = {grade_id(cell): cell for cell in release.cells if grade_id(cell)}
    notes = _forget_strangers(notebook, released)
    for name, cell in released.items():
        notes += _keep_one(notebook, name, cell)
    if _restore_order(notebook, list(released)):
        notes.append("the cells of the assignment stood in another order: they were put back in theirs")
    notes += _add_lost_answers(notebook, released)
    _restore_order(notebook, list(released))
    for cell in notebook.cells:
        if grade_id(cell):
            cell.metadata = deepcopy(released[grade_id(cell)].metadata)  # its points, and no tag that skips a check
    return notes


def _forget_strangers(notebook, released):
    """Let cells that only look like cells of this assignment be the learner's own."""
    notes = []
    for cell in notebook.cells:
        name = grade_id(cell)
        if name not in released:
            cell.metadata.pop("nbgrader", None)
            notes += [f"{name} is no cell of this assignment: it ran, and counted nothing"] if name else []
    return notes


def _keep_one(notebook, name, original):
    """Leave the name to one cell of those that have it."""
    cells = [cell for cell in notebook.cells if grade_id(cell) == name]
    if len(cells) < 2:
        return []
    written = [cell for cell in cells if cell.source.strip() != original.source.strip()]
    if original.metadata.nbgrader.get("solution"):
        kept = (written or cells)[-1]
        what = "the last one with something in it counted" if written else "nothing is written in any"
    else:
        kept, what = cells[-1], "it counted once, as it was handed out"
    for cell in cells:
        if cell is not kept:
            del cell.metadata["nbgrader"]
    untouched = [cell for cell in cells if cell is not kept and cell not in written]
    notebook.cells = [cell for cell in notebook.cells if not any(cell is one for one in untouched)]
    return [f"{name} was there {len(cells)} times: {what}"]


def _add_lost_answers(notebook, released):
    """Put the empty answer back where a learner deleted it: nbgrader puts a lost check back behind its answer."""
    present = {grade_id(cell) for cell in notebook.cells}
    lost = [cell for name, cell in released.items() if name not in present and not cell.metadata.nbgrader.get("grade")]
    notebook.cells += deepcopy(lost)
    return [f"{grade_id(cell)} was missing: it was put back as it was handed out" for cell in lost]


def _restore_order(notebook, names):
    """Put the cells of the assignment in their order, the learner's own stay where they are; tell whether any moved."""
    places = [place for place, cell in enumerate(notebook.cells) if grade_id(cell)]
    found = [notebook.cells[place] for place in places]
    ordered = sorted(found, key=lambda cell: names.index(grade_id(cell)))
    for place, cell in zip(places, ordered, strict=True):
        notebook.cells[place] = cell
    return [grade_id(cell) for cell in found] != [grade_id(cell) for cell in ordered]


def tell(notebook, notes):
    """Say on top of the hand-in what was found: the learner's feedback begins with it."""
    lines = "\n".join(f"- {note}" for note in notes)
    notebook.cells.insert(0, new_markdown_cell(f"{HEADING}\n\n{lines}"))
