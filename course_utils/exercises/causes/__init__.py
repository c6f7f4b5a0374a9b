"""Why an answer is wrong: the causes that the checker knows, each a small function with its sentence.

They are tried in the order of the imports below and, within a file, from top to bottom. docs/causes.md lists them.
"""

from collections.abc import Callable
from itertools import chain
from typing import NamedTuple

# isort: off
from course_utils.exercises.causes import arguments  # noqa: F401
from course_utils.exercises.causes import listed  # noqa: F401
from course_utils.exercises.causes import prediction  # noqa: F401
from course_utils.exercises.causes import errors  # noqa: F401
from course_utils.exercises.causes import calls  # noqa: F401
from course_utils.exercises.causes import forms  # noqa: F401
from course_utils.exercises.causes import values  # noqa: F401
from course_utils.exercises.causes import together  # noqa: F401
from course_utils.exercises.causes import repair  # noqa: F401
from course_utils.exercises.causes import mismatches  # noqa: F401
from course_utils.exercises.causes import unread  # noqa: F401

# isort: on
from course_utils.exercises.causes.attempt import Attempt
from course_utils.exercises.causes.registry import CAUSES, Cause, cause
from course_utils.exercises.exercise import Exercise

__all__ = ["CAUSES", "Attempt", "Cause", "Diagnosis", "cause", "likely_cause", "name_in", "told_of"]


class Diagnosis(NamedTuple):
    """What the checker says of a wrong answer, and the name under which the same mistake of many learners is counted.

    The name is that of a listed mistake (`Mistake.name`) or of the function that recognised the cause. It holds
    nothing of the answer.
    """

    sentence: str = ""
    name: str = ""


def likely_cause(attempt: Attempt) -> Diagnosis:
    """Return the first cause that explains the attempt; an empty one where none does."""
    kinds = ("both", "predictions" if attempt.exercise.is_value else "functions")
    causes = [known for known in CAUSES if known.of in kinds]
    tried = ((known, _safely(known.sentence, attempt)) for known in causes)
    of_first = ((known, _safely(known.about_first, attempt)) for known in causes)  # wrong in different ways
    for known, sentence in chain(tried, of_first):
        if sentence:
            return Diagnosis(sentence, name_in(attempt.exercise, sentence) or known.finds.__name__)
    return Diagnosis()


def name_in(exercise: Exercise, text: str) -> str:
    """Return the name of the listed mistake whose sentence stands in a text; empty where none does."""
    return next((known.name for known in exercise.wrong if known.diagnosis in text), "")


def told_of(exercise: Exercise, name: str) -> str:
    """Tell in the course's own words what the name of a diagnosis means; empty where nothing is called so."""
    sentences = {known.finds.__name__: known.about for known in CAUSES}
    sentences |= {known.name: known.diagnosis for known in exercise.wrong}
    return sentences.get(name, "")


def _safely(write: Callable[[Attempt], str], attempt: Attempt) -> str:
    try:
        return write(attempt)
    except Exception:  # an answer may return anything: what a cause cannot look at, it does not explain
        return ""
