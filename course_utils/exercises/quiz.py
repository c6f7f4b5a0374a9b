"""What a quiz says: the verdict on an option, and all its questions as a text for pages where no kernel runs."""

from collections.abc import Sequence

from course_utils.exercises.markdown import to_html, to_markdown
from course_utils.exercises.question import Question


def verdict(question: Question, text: str) -> str:
    """Say whether an option is right, and give its reason; colour is never the only difference.

    Examples
    --------
    >>> reasons = {"3": "One is missing.", "4": "Twice two.", "5": "One too many."}
    >>> verdict(Question("2 + 2?", reasons, "4", id="sum"), "3")
    '✗ **No.** One is missing.'
    """
    return f"{'✓ **Right.**' if text == question.right else '✗ **No.**'} {question.options[text]}"


def as_markdown(items: Sequence[Question]) -> str:
    """Write questions as Markdown: each with its options, and the reasons folded away."""
    return "\n\n<br>\n\n".join(_one(i, question) for i, question in enumerate(items, start=1))


def _one(i, question):
    options = "\n".join(f"- {to_markdown(text)}" for text in question.options)
    reasons = "\n".join(f"- *{to_markdown(text)}*: {to_markdown(verdict(question, text))}" for text in question.options)
    ask = to_markdown(question.ask)
    return f"**{i}.** {ask}\n\n{options}\n\n<details><summary>Reasons</summary>\n\n{reasons}\n</details>"


def as_html(items: Sequence[Question]) -> str:
    """Write questions as HTML: each with its options, and the reasons folded away."""
    return "\n".join(_block(i, question) for i, question in enumerate(items, start=1))


def _block(i, question):
    options = "".join(f"<li>{to_html(text)}</li>" for text in question.options)
    reasons = "".join(
        f"<li><em>{to_html(text)}</em>: {to_html(verdict(question, text))}</li>" for text in question.options
    )
    ask = f"<p><strong>{i}.</strong> {to_html(question.ask)}</p>"
    return f"{ask}<ul>{options}</ul><details><summary>Reasons</summary><ul>{reasons}</ul></details>"
