"""The mistakes that an exercise lists itself: the answer behaves exactly like one of them on every input."""

import re
from functools import cache

from course_utils.exercises.causes.attempt import Attempt
from course_utils.exercises.causes.registry import Words, cause
from course_utils.exercises.compare import difference
from course_utils.exercises.exercise import Exercise, Mistake
from course_utils.exercises.sandbox import Outcome, as_text, run_all

SHAPES = "matmul|not aligned|broadcast|dimension|shape|axis"  # in NumPy's messages about shapes


@cause(
    about="A mistake that the exercise lists: same results, same errors, same inputs overwritten, on every input.",
    says="{diagnosis}",
    of="both",
)
def listed_mistake(attempt: Attempt) -> Words:
    for known, outcomes in outcomes_of_mistakes(attempt.exercise):
        pairs = list(zip(outcomes, attempt.received, strict=False))
        alike = all(difference(*pair, attempt.exercise) is None and _same_trouble(*pair) for pair in pairs)
        if alike and is_written(known, attempt):
            return {"diagnosis": known.diagnosis}
    return None


def _same_trouble(known: Outcome, came: Outcome) -> bool:
    """Tell whether two errors complain of the same: of shapes that do not fit, or in the same words."""
    if known.error is None or came.error is None:
        return True
    texts = [as_text(outcome.error) for outcome in (known, came)]
    if all(re.search(SHAPES, text) for text in texts):
        return True
    first, second = (re.sub(r"\d+|'\w+'", "", text) for text in texts)
    return first == second


@cache
def outcomes_of_mistakes(exercise: Exercise) -> list[tuple[Mistake, list[Outcome]]]:
    """Run every listed mistake once; the inputs of an exercise are the same every time."""
    inputs = exercise.inputs()
    return [(known, run_all(known.answer, inputs)) for known in exercise.wrong]


def is_written(known: Mistake, attempt: Attempt) -> bool:
    """Tell whether the answer is written as the sentence says: "use /" is nothing for somebody who wrote `/`."""
    return not known.written or known.written in attempt.code.operators | attempt.code.names
