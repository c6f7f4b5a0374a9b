"""The questions of a lesson, shown: choose, and read the reason at once; as a text where no kernel runs."""

import html
import re
from importlib import import_module
from pathlib import Path

from course_utils import _checks
from course_utils.exercises.question import Question


def asked(number: str) -> tuple[Question, ...]:
    """Give the questions of one lesson, in the order in which it asks them.

    Raises
    ------
    ValueError
        With a sentence that names the lessons that have questions.

    Examples
    --------
    >>> len(asked("07"))
    5
    """
    files = sorted(Path(__file__).parent.glob("questions_*.py"))
    modules = {file.stem.removeprefix("questions_"): file.stem for file in files}
    module = _checks.choice("questions", "lesson", number, modules)
    return import_module(f"course_utils.exercises.{module}").QUESTIONS


def as_markdown(items: tuple[Question, ...]) -> str:
    """Write questions as Markdown that reads well where no kernel runs: the reasons are folded away."""
    return "\n\n".join(_one(i, q) for i, q in enumerate(items, start=1))


def _one(i, q):
    right = q.right
    options = "\n".join(f"- {_plain(text)}" for text in q.options)
    reasons = "\n".join(
        f"- {'✓' if text == right else '✗'} **{_plain(text)}**: {'Right. ' * (text == right)}{_plain(reason)}"
        for text, reason in q.options.items()
    )
    return f"**{i}.** {_plain(q.ask)}\n\n{options}\n\n<details><summary>Reasons</summary>\n\n{reasons}\n</details>"


def _plain(text):
    """Escape what a page would read as HTML; code and formulas are left as they are."""
    parts = re.split(r"(`[^`]*`|\$[^$]*\$)", text)
    return "".join(part if i % 2 else html.escape(part, quote=False) for i, part in enumerate(parts))


class Quiz:
    """The questions of a lesson on the page."""

    def __init__(self, number):
        self.number, self.items = number, asked(number)

    def _repr_mimebundle_(self, include=None, exclude=None, **_):
        return {"text/plain": f"<questions of lesson {self.number}>", "text/markdown": as_markdown(self.items)}


def questions(number: str) -> Quiz:
    """Return the questions of a lesson, to be shown as the last line of a cell.

    Parameters
    ----------
    number : str
        Of the lesson, two digits: "07".

    Raises
    ------
    ValueError
        If there is no such lesson, or it has no questions.

    Examples
    --------
    >>> questions("07").items[2].right
    '0.69'
    """
    return Quiz(number)
