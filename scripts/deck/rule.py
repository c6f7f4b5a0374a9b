"""Which slide each cell of a lesson belongs to: one rule, written into the cells' metadata.

`slide` and `subslide` begin a page, `-` continues it, `skip` stays in the notebook, `notes` is for the speaker alone.
`show: output` leaves a cell's code to the notes. A cell that says `own: true` beside its type keeps it.
"""

import ast
from dataclasses import dataclass

import nbformat

from deck.cells import (
    GAP,
    PRINTED,
    ROOM,
    SHORT,
    WORDS,
    asks,
    card,
    height_of_code,
    height_of_pictures,
    height_of_words,
    is_quiz,
    is_view,
    joined,
    parts,
    pictures,
    printed,
    program,
    shown,
    until_questions,
)

MERGED = 480  # pixels of a page that takes in a second thought
LISTING, BRIEF = 16, 8  # lines of code that stand alone; that stay where the page is full


def plan(cell, used=0):
    """Return a cell's type if that needs no look at the page, whether its code is shown, and its height."""
    source, out = shown(cell.source), printed(cell)
    if is_quiz(cell):
        return "slide", False, 0
    if task := card(cell):
        return None, False, height_of_words(task.strip().split("\n\n")[:-1]) + 2 * GAP
    body = ast.parse(source).body
    setup = all(isinstance(n, ast.Import | ast.ImportFrom) or "use_keras" in ast.unparse(n) for n in body)
    if setup and not cell.outputs or not source and not out:
        return "skip", False, 0
    drawn = height_of_pictures(cell)
    listing = source.split("\n")
    whole = height_of_code(listing) + height_of_code(out)
    if drawn or not source or (out and (len(listing) > PRINTED or (used + whole > ROOM and len(listing) > BRIEF))):
        return None, False, drawn + height_of_code(out)
    return ("notes" if len(listing) > LISTING else None), True, whole


@dataclass
class Sheet:
    """The page at hand, as far as the rule has filled it."""

    used: int = 0  # pixels
    asks: bool = False  # a task: its answer begins a new page
    bare: bool = False  # an output without a word
    live: bool = False  # sliders: what they show begins a new page
    drawn: bool = False  # a picture


def types(cells):
    """Return the metadata of each cell's slide, in the order of the lesson."""
    found, sheet = [], Sheet()
    for place, cell in enumerate(cells):
        own, rest = cell.metadata.get("slideshow", {}), cells[place + 1 :]
        if own.get("own"):
            found.append(dict(own))
        elif cell.cell_type == "markdown":
            kind, sheet = _text(parts(cell.source), rest, sheet)
            found.append({"slide_type": kind})
        else:
            slide, sheet = _code(cell, rest, sheet)
            found.append(slide)
    return found


def _code(cell, rest, sheet):
    """Return the metadata of a code cell, and the page after it."""
    task, live = "cu.card(" in cell.source, is_view(cell)
    kind, code, height = plan(cell, (0 if sheet.asks else sheet.used) + closing(rest))
    if kind is None and sheet.used + height <= ROOM and task == sheet.asks and not sheet.live:
        kind, sheet = "-", Sheet(sheet.used + height, task, sheet.bare, live, sheet.drawn)
    elif kind is None:
        kind, sheet = "subslide", Sheet(height, task, not code and not task, live)
    sheet.drawn = sheet.drawn or bool(pictures(cell))
    if lines := program(cell):
        sheet = Sheet(height_of_code(lines))  # it has a page of its own
    return {"slide_type": kind} | ({} if code or kind == "skip" else {"show": "output"}), sheet


def _text(pieces, rest, sheet):
    """Return the type of a text cell, and the page after it."""
    pieces = until_questions(pieces, rest)
    if not pieces:
        return "skip", sheet
    first = pieces[0]
    height = height_of_words(first.words) + (WORDS + GAP if first.title else 0)
    follows = 0 if len(pieces) > 1 else sum(plan(cell, SHORT)[2] for cell in _until_text(rest))
    apart = sheet.asks or sheet.live or first.kind in ("slide", "turn") or asks(first) or (first.title and follows)
    fits = sheet.used + height + follows <= (MERGED if follows else ROOM)
    if not apart and (fits or (sheet.bare and sheet.used + height <= ROOM)):
        kind, before = "-", sheet.used if len(pieces) == 1 else 0
    else:
        kind, before = "slide" if first.kind == "slide" else "subslide", 0
        pieces = joined(pieces, sheet.drawn)
    return kind, Sheet(before + height_of_words(pieces[-1].words), asks(pieces[-1]))


def closing(rest):
    """Return the height of the words that only look back at a cell, where such words come next."""
    if not rest or rest[0].cell_type == "code":
        return 0
    first, *others = parts(rest[0].source)
    looks_back = others or not any(_until_text(rest[1:]))
    return height_of_words(first.words) if first.kind == "text" and looks_back else 0


def _until_text(cells):
    """Yield the code cells that follow at once."""
    for cell in cells:
        if cell.cell_type != "code":
            return
        yield cell


def write(notebook):
    """Write the rule's types into a notebook's cells; what else a cell says of itself stays."""
    for cell, slide in zip(notebook.cells, types(notebook.cells), strict=True):
        cell.metadata["slideshow"] = nbformat.from_dict(slide)
