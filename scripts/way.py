"""Write the table of the lessons into lesson 00, from their notebooks and course_utils/lessons/course.toml.

    .venv/bin/python scripts/way.py

Titles and minutes are those that stand in the notebooks. `start.py refresh` does it, too.
"""

import re
import sys
from pathlib import Path

import nbformat

from course_utils.lessons.course import course

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
START = NOTEBOOKS / "00_start_here.ipynb"
CELL = "way"


def table():
    """Give the table as Markdown."""
    head = ["| No. | Lesson | Minutes | After |", "| --- | --- | --- | --- |"]
    lines = [*head, *map(_row, course())]
    if not all(_path(lesson).exists() for lesson in course()):
        lines += ["", "A lesson without a link is still to come."]
    return "\n".join(lines)


def _path(lesson):
    return NOTEBOOKS / f"{lesson.name}.ipynb"


def _row(lesson):
    path = _path(lesson)
    needs = ", ".join(lesson.needs) or "–"
    if not path.exists():
        return f"| {lesson.number} | {lesson.short} | – | {needs} |"
    title, minutes = _told(path)
    return f"| {lesson.number} | [{title}]({path.name}) | {minutes} | {needs} |"


def _told(path):
    """Return a lesson's title and its minutes, as its first cell tells them."""
    first = nbformat.read(path, as_version=4).cells[0].source
    heading = first.partition("\n")[0].lstrip("# ")
    minutes = re.search(r"About (\d+) minutes", first)
    return heading.partition(" · ")[2] or heading, minutes[1] if minutes else "–"


def write(notebook):
    """Put the table into the cell that is kept for it, where the notebook has one."""
    for cell in notebook.cells:
        if cell.id == CELL:
            cell.source = table()


def main():
    """Write the table, and say so if it has changed."""
    before = START.read_text(encoding="utf-8")
    notebook = nbformat.reads(before, as_version=4)
    write(notebook)
    after = nbformat.writes(notebook) + "\n"
    if after != before:
        START.write_text(after, encoding="utf-8")
        print(START.name)


if __name__ == "__main__":
    sys.exit(main())
