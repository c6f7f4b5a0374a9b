"""The mistakes that an exercise lists itself: the answer behaves exactly like one of them on every input."""

from functools import cache

from course_utils.exercises.causes.attempt import Attempt
from course_utils.exercises.causes.registry import Words, cause
from course_utils.exercises.compare import difference
from course_utils.exercises.exercise import Exercise, Mistake
from course_utils.exercises.sandbox import Outcome, run_all


@cause(
    about="A mistake that the exercise lists: same results, same errors, same inputs overwritten, on every input.",
    says="{diagnosis}",
    of="both",
)
def listed_mistake(attempt: Attempt) -> Words:
    for known, outcomes in outcomes_of_mistakes(attempt.exercise):
        pairs = zip(outcomes, attempt.received, strict=False)
        if is_written(known, attempt) and all(difference(*pair, attempt.exercise) is None for pair in pairs):
            return {"diagnosis": known.diagnosis}
    return None


@cache
def outcomes_of_mistakes(exercise: Exercise) -> list[tuple[Mistake, list[Outcome]]]:
    """Run every listed mistake once; the inputs of an exercise are the same every time."""
    inputs = exercise.inputs()
    return [(known, run_all(known.answer, inputs)) for known in exercise.wrong]


def is_written(known: Mistake, attempt: Attempt) -> bool:
    """Tell whether the answer is written as the sentence says: "use /" is nothing for somebody who wrote `/`."""
    return not known.written or known.written in attempt.code.operators | attempt.code.names
