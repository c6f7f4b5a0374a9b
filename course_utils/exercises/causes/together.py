"""Two mistakes at once: one that the exercise lists, and a general one on top of it; an input overwritten."""

from course_utils.exercises.causes.attempt import Attempt
from course_utils.exercises.causes.listed import is_written, outcomes_of_mistakes
from course_utils.exercises.causes.registry import CAUSES, Words, cause


@cause(
    about="A listed mistake, and on top of it one of the general ones: a sign, a factor, a form, decimals cut off, "
    "an input overwritten.",
    says="Two things. {first} {second}",
)
def two_mistakes(attempt: Attempt) -> Words:
    general = [known for known in CAUSES if known.joins]
    for known, outcomes in outcomes_of_mistakes(attempt.exercise):
        if len(outcomes) != len(attempt.received) or not is_written(known, attempt):
            continue
        against = attempt.against(outcomes)
        if not all(outcome.error is None and not outcome.timed_out for outcome in outcomes):
            continue
        if _overwritten_besides(attempt, against):
            return {"first": known.diagnosis, "second": f"And it writes into its input {_written_into(attempt)}."}
        for other in general:
            sentence = other.sentence(against)
            if sentence:
                return {"first": known.diagnosis, "second": f"And: {sentence}"}
    return None


@cause(
    about="It writes into an input, and the numbers are wrong as well.",
    says="It writes into its input {names}, so whatever reads {names} later meets changed numbers. Work on a copy.",
)
def an_input_overwritten(attempt: Attempt) -> Words:
    names = _written_into(attempt)
    return {"names": names} if names and not any(outcome.changed for outcome in attempt.expected) else None


def _overwritten_besides(attempt: Attempt, against: Attempt) -> bool:
    return bool(_written_into(attempt) and against.results and not against.wrong_results)


def _written_into(attempt: Attempt) -> str:
    names = attempt.exercise.arguments
    places = sorted({n for outcome in attempt.received for n in outcome.changed})
    return ", ".join(names[n] for n in places)
