"""The questions of a lesson as a widget: radio buttons, and each chosen option's reason below it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from course_utils import fallback
from course_utils.exercises.markdown import to_html
from course_utils.exercises.question import Question
from course_utils.exercises.quiz import as_html, as_markdown, verdict


class Quiz(anywidget.AnyWidget):
    """Questions on the page, a lesson's or others.

    Parameters
    ----------
    asked : sequence of Question
        In the order in which they stand on the page.
    title : str
        What stands there where neither a widget nor Markdown can be shown.
    on_change : function of a list of Question
        Called after each choice with the questions whose first choice was right.

    Attributes
    ----------
    tries : list of lists of int
        For each question the options chosen so far, by their place, in the order of choosing.
    said : str
        How many are answered; at the end, how many were right at the first try.
    """

    _esm = Path(__file__).with_name("quiz.js")
    _css = Path(__file__).with_name("quiz.css")
    items: Any = traitlets.List().tag(sync=True)
    tries: Any = traitlets.List().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        asked: Sequence[Question],
        *,
        title: str = "questions",
        on_change: Callable[[list[Question]], None] = lambda right_at_first: None,
    ):
        self._asked, self._title, self._on_change = asked, title, on_change
        self._right = [list(question.options).index(question.right) for question in asked]
        super().__init__(items=[_item(question) for question in asked], tries=[[] for _ in asked])

    @property
    def right_at_first(self) -> list[Question]:
        """The questions whose first choice was right."""
        each = zip(self._asked, self.tries, self._right, strict=True)
        return [question for question, chosen, right in each if chosen[:1] == [right]]

    @traitlets.observe("tries")
    def _count(self, _):
        answered, total = sum(map(bool, self.tries)), len(self._asked)
        first = self.right_at_first
        done = f"{len(first)} of {total} right at the first try."
        self.said = done if answered == total else f"{answered} of {total} answered."
        self._on_change(first)

    def _repr_mimebundle_(self, **options):
        bundle, metadata = super()._repr_mimebundle_(**options)
        bundle["text/plain"] = f"<{self._title}>"
        bundle["text/markdown"] = as_markdown(self._asked)
        return bundle, metadata

    def _ipython_display_(self) -> None:
        """Show it, and on a page that will be saved also what stays without a kernel."""
        if not fallback.is_wanted():
            raise NotImplementedError  # IPython goes on to the method above
        from IPython.display import display

        bundle, metadata = self._repr_mimebundle_()
        display(bundle, metadata=metadata, raw=True)
        fallback.Fallback(lambda: as_html(self._asked) + fallback.GONE).display()


def _item(question):
    options = [
        {"text": to_html(text), "reason": to_html(verdict(question, text)), "right": text == question.right}
        for text in question.options
    ]
    return {"ask": to_html(question.ask), "options": options}
