"""For a page without a kernel: the hints and the worked answer of each exercise, folded away.

They are what `cu.hint` and `cu.solution` show in a notebook.
"""

import re

from course_utils.commands.texts import solution_text
from course_utils.exercises.markdown import to_html
from course_utils.lessons import find

ASKED = re.compile(r"""^cu\.check\(["'](\w+)["'], \1\)""", flags=re.M)  # of the learner's own answer, by its name


def answers(source):
    """Return the folds that belong behind a cell, as Markdown; "" for a cell that asks for no answer."""
    return "\n\n".join(_folds(find(id)) for id in ASKED.findall(source))


def _folds(exercise):
    hints = "\n".join(f"{number}. {hint}" for number, hint in enumerate(exercise.hints, start=1))
    told = [("Hints", hints)] if hints else []
    told.append(("Worked answer", solution_text(exercise)))
    return "\n\n".join(_fold(f"{what}: {to_html(exercise.title)}", text) for what, text in told)


def _fold(summary, text):
    return f"<details><summary>{summary}</summary>\n\n{text}\n\n</details>"
