"""What a teaching page says to a lesson's slides, by the place that it speaks of: notes for the speaker alone.

A place is "" (the title), a heading, the id of a cell, the id of an exercise, or "question 3".
"""

import re
from collections import defaultdict

from course_utils.lesson_names import number_of

CELL = re.compile(r"- \*\*([\w-]+)\*\*(?: ·|:) (.*)")  # its id, then what to move, to ask, and to see
WRONG = re.compile(r"- `([\w-]+)`: (.*)")
QUESTION = re.compile(r"“.*?”(?= \(|$)", flags=re.S)  # the answer stands in brackets behind it


def prompts(page):
    """Return the notes of a teaching page as lists of Markdown, by their places; none where there is no page.

    Parameters
    ----------
    page : Path
        `docs/instructor/NN_name.md`.
    """
    if not page.is_file():
        return {}
    parts = sections(page.read_text(encoding="utf-8"))
    found = defaultdict(list)
    found[""] += [f"**Opening question.** {parts['Opening question']}", f"**On the board**\n\n{parts['On the board']}"]
    for heading, minutes, how in rows(parts["Minutes"]):
        found[heading].append(f"**{minutes} minutes**: {how}")
    for place, lines in grouped(CELL, parts["Before each slider"]).items():
        found[place].append("**Ask first**\n\n" + "\n".join(f"- {line}" for line in lines))
    for name, lines in grouped(WRONG, parts["Wrong answers to expect"]).items():
        place = name.replace(f"{number_of(page)}-", "question ")
        found[place] += [f"**A wrong answer to expect.** {line}" for line in lines]
    found["Take away"].append(f"**Exit ticket.** {QUESTION.search(parts['Exit ticket'])[0]}")
    return dict(found)


def sections(text):
    """Return the parts of a page by their headings."""
    _, *pieces = re.split(r"^## (.*)\n", text, flags=re.M)
    return {heading: part.strip() for heading, part in zip(pieces[::2], pieces[1::2], strict=True)}


def rows(table):
    """Return the cells of each row of a table, without its head."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n")[2:]]


def grouped(pattern, text):
    """Return the second groups of a pattern's matches in a list by the first ones; an item may take several lines."""
    found = defaultdict(list)
    for item in re.split(r"\n\n|\n(?=- )", text):
        if match := pattern.fullmatch(" ".join(item.split())):
            found[match[1]].append(match[2])
    return found
