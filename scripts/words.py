"""Write the words of the field: the table at each lesson's end, and the glossary; a second run changes nothing.

    .venv/bin/python scripts/words.py

They are made from course_utils/lessons/terms.toml. A lesson that has a cell called `words` gets its table there.
`start.py refresh` does it, too.
"""

import sys
from pathlib import Path

import nbformat

from course_utils.lesson_names import TOOLBOXES, number_of
from course_utils.lessons.terms import terms, terms_of

ROOT = Path(__file__).resolve().parent.parent
CELL = "words"
GLOSSARY = ROOT / "docs/glossary.md"


def table(number):
    """Give the table of a lesson's words as Markdown."""
    rows = [f"| {term.word} | {term.meaning} |" for term in terms_of(number)]
    kind = "toolbox" if number in TOOLBOXES else "lesson"
    return "\n".join([f"### The words of this {kind}", "", "| Word | What it means |", "|---|---|", *rows])


def write(notebook, number):
    """Put the table into the cell that is kept for it, where the lesson has one."""
    for cell in notebook.cells:
        if cell.id == CELL:
            cell.source = table(number)


def glossary(lessons):
    """Give the page of all words in the order of the alphabet; each leads to its lesson, where that is there."""
    files = {number_of(path): path.name for path in lessons}
    rows = [_row(term, files) for term in sorted(terms(), key=lambda term: term.word.lower())]
    intro = "Each word with its meaning in one sentence, and the lesson that brings it."
    return "\n".join(["# Glossary", "", intro, "", "| Word | What it means | Lesson |", "|---|---|---|", *rows]) + "\n"


def _row(term, files):
    name = files.get(term.lesson)
    lesson = f"[{term.lesson}](../notebooks/{name})" if name else term.lesson
    return f"| {term.word} | {term.meaning} | {lesson} |"


def main():
    """Write every table and the glossary, and name what has changed."""
    lessons = sorted((ROOT / "notebooks").glob("*.ipynb"))
    for path in lessons:
        before = path.read_text(encoding="utf-8")
        notebook = nbformat.reads(before, as_version=4)
        write(notebook, number_of(path))
        _replace(path, before, nbformat.writes(notebook) + "\n")
    _replace(GLOSSARY, GLOSSARY.read_text(encoding="utf-8") if GLOSSARY.exists() else "", glossary(lessons))


def _replace(path, before, after):
    if after != before:
        path.write_text(after, encoding="utf-8")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    sys.exit(main())
