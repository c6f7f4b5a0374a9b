"""The questions of a lesson: found, and written as a text for pages where no kernel runs."""

from importlib import import_module
from pathlib import Path

from course_utils import _checks
from course_utils.exercises.markdown import to_markdown
from course_utils.exercises.question import Question


def questions(number: str):
    """Return the questions of a lesson, to be shown as the last line of a cell.

    An option that is chosen shows its reason at once; what is chosen first counts.

    Parameters
    ----------
    number : str
        Of the lesson, two digits: "08".

    Raises
    ------
    ValueError
        If there is no such lesson, or it has no questions.

    Examples
    --------
    >>> questions("08").said
    '0 of 5 answered.'
    """
    from course_utils.exercises.quiz_widget import Quiz  # ipywidgets is slow to load

    return Quiz(number, asked(number))


def asked(number: str) -> tuple[Question, ...]:
    """Give the questions of one lesson, in the order in which it asks them.

    Examples
    --------
    >>> len(asked("08"))
    5
    """
    files = sorted(Path(__file__).parent.parent.glob("lessons/lesson_*/questions.py"))
    modules = {file.parent.name.split("_")[1]: file.parent.name for file in files}
    module = _checks.choice("questions", "lesson", number, modules)
    return import_module(f"course_utils.lessons.{module}.questions").QUESTIONS


def verdict(question: Question, text: str) -> str:
    """Say whether an option is right, and give its reason; colour is never the only difference.

    Examples
    --------
    >>> verdict(asked("08")[2], "0.5")
    '✗ **No.** That is the probability. The cost is −log of it.'
    """
    return f"{'✓ **Right.**' if text == question.right else '✗ **No.**'} {question.options[text]}"


def as_markdown(items: tuple[Question, ...]) -> str:
    """Write questions as Markdown: each with its options, and the reasons folded away."""
    return "\n\n<br>\n\n".join(_one(i, question) for i, question in enumerate(items, start=1))


def _one(i, question):
    options = "\n".join(f"- {to_markdown(text)}" for text in question.options)
    reasons = "\n".join(f"- *{to_markdown(text)}*: {to_markdown(verdict(question, text))}" for text in question.options)
    ask = to_markdown(question.ask)
    return f"**{i}.** {ask}\n\n{options}\n\n<details><summary>Reasons</summary>\n\n{reasons}\n</details>"
