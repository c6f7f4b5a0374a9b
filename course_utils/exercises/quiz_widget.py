"""The questions of a lesson as a widget: radio buttons, and each chosen option's reason below it."""

from pathlib import Path

import anywidget
import traitlets

from course_utils.exercises.markdown import to_html
from course_utils.exercises.question import Question
from course_utils.exercises.quiz import as_markdown, verdict
from course_utils.lessons.registry import ids_of_questions
from course_utils.progress_store import mark_questions


class Quiz(anywidget.AnyWidget):
    """The questions of a lesson on the page; made by `questions`.

    Attributes
    ----------
    tries : list of lists of int
        For each question the options chosen so far, by their place, in the order of choosing.
    said : str
        How many are answered; at the end, how many were right at the first try.
    """

    _esm = Path(__file__).with_name("quiz.js")
    _css = Path(__file__).with_name("quiz.css")
    items = traitlets.List().tag(sync=True)
    tries = traitlets.List().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)

    def __init__(self, number: str, asked: tuple[Question, ...]):
        self._number, self._asked = number, asked
        self._right = [list(question.options).index(question.right) for question in asked]
        super().__init__(items=[_item(question) for question in asked], tries=[[] for _ in asked])

    @property
    def right_at_first(self) -> list[int]:
        """The numbers, from 1, of the questions whose first choice was right."""
        pairs = zip(self.tries, self._right, strict=True)
        return [i for i, (chosen, right) in enumerate(pairs, start=1) if chosen[:1] == [right]]

    @traitlets.observe("tries")
    def _count(self, _):
        answered, total = sum(map(bool, self.tries)), len(self._asked)
        first = self.right_at_first
        done = f"{len(first)} of {total} right at the first try."
        self.said = done if answered == total else f"{answered} of {total} answered."
        mark_questions(*(ids_of_questions(self._number)[i - 1] for i in first))

    def _repr_mimebundle_(self, **options):
        bundle, metadata = super()._repr_mimebundle_(**options)
        bundle["text/plain"] = f"<questions of lesson {self._number}>"
        bundle["text/markdown"] = as_markdown(self._asked)
        return bundle, metadata


def _item(question):
    options = [
        {"text": to_html(text), "reason": to_html(verdict(question, text)), "right": text == question.right}
        for text in question.options
    ]
    return {"ask": to_html(question.ask), "options": options}
