"""Why an answer is wrong: the causes that the checker knows, each a small function with its sentence.

They are tried in the order of the imports below and, within a file, from top to bottom. docs/causes.md lists them.
"""

from collections.abc import Callable
from itertools import chain

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

__all__ = ["CAUSES", "Attempt", "Cause", "cause", "likely_cause"]


def likely_cause(attempt: Attempt) -> str:
    """Write the sentence of the first cause that explains the attempt; empty where none does."""
    kinds = ("both", "predictions" if attempt.exercise.is_value else "functions")
    causes = [known for known in CAUSES if known.of in kinds]
    tried = (_safely(known.sentence, attempt) for known in causes)
    of_first = (_safely(known.about_first, attempt) for known in causes)  # results that are wrong in different ways
    return next(filter(None, chain(tried, of_first)), "")


def _safely(write: Callable[[Attempt], str], attempt: Attempt) -> str:
    try:
        return write(attempt)
    except Exception:  # an answer may return anything: what a cause cannot look at, it does not explain
        return ""
