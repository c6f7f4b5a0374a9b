"""What is seen where nothing more exact was found: an argument that does not matter."""

import numpy as np

from course_utils.exercises.causes.attempt import Attempt
from course_utils.exercises.causes.registry import Words, cause


@cause(
    about="An argument does not matter to the result: no line reads it, or only its shape is used.",
    says="The result does not depend on {name}{how}.",
)
def an_argument_that_does_not_matter(attempt: Attempt) -> Words:
    names = [name for name in attempt.code.unread if name in attempt.exercise.arguments]
    if names:
        return {"name": " and ".join(names), "how": ": no line reads it" if len(names) == 1 else ": no line reads them"}
    if not attempt.values_came:
        return None
    for position, name in enumerate(attempt.exercise.arguments):
        others = [_other_numbers(inputs, position) for inputs in attempt.inputs]
        if any(other is None for other in others):
            continue
        changed = [inputs for inputs in others if inputs is not None]
        if _moves(attempt, attempt.exercise.solution, changed, attempt.expected) and not _moves(
            attempt, attempt.answer, changed, attempt.received
        ):
            return {"name": f"the numbers in {name}", "how": ": only its shape is used, or it is overwritten first"}
    return None


def _other_numbers(inputs: tuple, position: int) -> tuple | None:
    value = inputs[position]
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "iuf":
        return None
    other = np.roll(value, 1)  # of whole numbers, such as labels, only the order changes
    if value.dtype.kind == "f":
        other = other * 0.9 + 0.01
    return (*inputs[:position], other, *inputs[position + 1 :])


def _moves(attempt: Attempt, function, changed: list[tuple], before: list) -> bool:
    """Tell whether other numbers give another result on any input."""
    for outcome, other in zip(before, attempt.outcomes(function, changed), strict=False):
        if other.error is not None or other.timed_out:
            return True
        first, second = outcome.value, other.value
        parts = zip(first, second, strict=False) if isinstance(first, tuple | list) else [(first, second)]
        if not all(attempt.alike(*pair) for pair in parts):
            return True
    return False
