"""Arguments that stand in another order than the card's."""

from itertools import permutations

from course_utils.exercises.causes.attempt import Attempt
from course_utils.exercises.causes.registry import Words, cause

MOST = 4  # arguments of which every order is tried


@cause(
    about="The function has the card's arguments in another order; their names tell.",
    says="Its arguments stand in another order: ({yours}) where the card has ({ours}).",
)
def arguments_in_another_order(attempt: Attempt) -> Words:
    ours, yours = attempt.exercise.arguments, attempt.code.arguments
    if ours == yours or sorted(ours) != sorted(yours):
        return None
    return {"yours": ", ".join(yours), "ours": ", ".join(ours)}


@cause(
    about="The arguments have names of their own, and every input comes out right once they are handed over in "
    "another order.",
    says="Its arguments stand in another order: ({yours}) are handed over as ({ours}).",
)
def renamed_arguments_in_another_order(attempt: Attempt) -> Words:
    ours, yours, answer = attempt.exercise.arguments, attempt.code.arguments, attempt.answer
    if set(ours) & set(yours) or len(ours) != len(yours) or not 1 < len(ours) <= MOST:
        return None
    for order in list(permutations(range(len(ours))))[1:]:
        if attempt.is_right(lambda *given, order=order: answer(*(given[n] for n in order))):
            return {"yours": ", ".join(yours), "ours": ", ".join(ours)}
    return None
