"""The table of causes: a function that recognises one, the sentence that tells it, and a line for the docs.

A cause is a small function of an `Attempt` (or of one `Result` of it). It returns the words that its sentence needs,
or None where it does not explain what was seen. It speaks only if it explains every input: silence is better than a
wrong cause.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course_utils.exercises.causes.attempt import Attempt, Result

Words = dict[str, Any] | None


@dataclass(frozen=True)
class Cause:
    """One cause that the checker knows.

    Attributes
    ----------
    about : str
        One line for docs/causes.md: what is recognised, and by what.
    says : str
        The sentence for the learner, with fields in braces that the function fills.
    finds : function
        Recognises the cause, in an `Attempt`, or in one `Result` if `each_result`.
    joins : bool
        Whether it may come on top of a listed mistake.
    of : str
        What it looks at: "functions", "predictions" or "both".
    """

    about: str
    says: str
    finds: Callable[[Any], Words]
    each_result: bool = False
    joins: bool = False
    of: str = "functions"

    @property
    def name(self) -> str:
        """The name of the function, in words."""
        return self.finds.__name__.replace("_", " ")

    def sentence(self, attempt: Attempt) -> str:
        """Write the sentence about this attempt; empty where the cause does not explain it."""
        if not self.each_result:
            words = self.finds(attempt)
            return "" if words is None else self.says.format(**words)
        told = {self._of_result(result) for result in attempt.wrong_results}
        if len(told) != 1:  # results that are wrong in different ways
            return ""
        sentence = told.pop()
        if not sentence or len(attempt.wrong_results) == len(attempt.results):
            return sentence
        return f"{_listed([result.name for result in attempt.wrong_results])}: {sentence}"

    def about_first(self, attempt: Attempt) -> str:
        """Write the sentence about the first wrong result alone, where several are wrong in different ways."""
        if not self.each_result or len(attempt.wrong_results) < 2:
            return ""
        first = attempt.wrong_results[0]
        sentence = self._of_result(first)
        return sentence and f"{first.name}: {sentence}"

    def _of_result(self, result: Result) -> str:
        words = self.finds(result)
        return "" if words is None else self.says.format(**words)


CAUSES: list[Cause] = []  # in the order in which they are tried


def cause(
    *,
    about: str,
    says: str = "{sentence}",
    each_result: bool = False,
    joins: bool = False,
    of: str = "functions",
) -> Callable:
    """Decorate a function that recognises a cause; see `Cause`."""

    def register(function: Callable) -> Callable:
        CAUSES.append(Cause(about, says, function, each_result, joins, of))
        return function

    return register


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
