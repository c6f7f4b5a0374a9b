"""An exercise whose answer is a function of any making, which is judged by how often it is right on new data."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from course_utils.exercises import Exercise
from course_utils.exercises.exercise import Mistake
from course_utils.exercises.judge import Verdict, judge, misfit, not_a_function, nothing_yet
from course_utils.exercises.sandbox import Outcome, run_all
from course_utils.model_checks.at_hand import AtHand
from course_utils.model_checks.training import SECONDS, seconds_bar

Calls = list[tuple]
Truths = list[Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class ScoreExercise(Exercise):
    """An exercise that leaves the way open and asks for a score; made by `score_exercise` out of its solution.

    Attributes
    ----------
    data : function
        Returns the calls, a tuple of arguments for each, and what is true of each call.
    measure : function
        From the outputs of all calls and what is true of them to the score, 0 … 1, and a sentence about it. It raises
        a ValueError, whose text a learner reads, where an output cannot be judged.
    bar : float or function
        The score that is asked for, or a function that returns it, where it depends on the data at hand.
    spread : float
        The standard deviation of the score where chance has a part in an answer; two of them are allowed for.
    demand : str
        What the score counts, for the card: "of the strips cut into their digits".
    """

    data: Callable[[], tuple[Calls, Truths]]
    measure: Callable[[list[Any], Truths], tuple[float, str]]
    bar: AtHand = AtHand()
    demand: str
    spread: float = 0.0

    @property
    def signature(self) -> str:
        """What the card says of the form of an answer, and what it is held to."""
        return f"{super().signature}; {self.bar:.0%} {self.demand}"

    def __call__(self, *arguments: Any) -> Any:
        """Run the solution: that of a later exercise may build on it."""
        return self.solution(*arguments)

    @property
    def limit(self) -> float:
        """The score that just passes."""
        return self.bar - 2 * self.spread


def score_exercise(**fields: Any) -> Callable[[Callable], ScoreExercise]:
    """Make an exercise out of the function decorated, a solution that reaches the bar.

    Parameters
    ----------
    title, aim, shapes, hints, why, answer
        As in `Exercise`; so are `.mistake` and `.payoff`.
    data, measure, bar, demand, spread
        As in `ScoreExercise`.

    Examples
    --------
    >>> from course_utils.exercises import judge
    >>> def share(outputs, truths):
    ...     right = sum(output == truth for output, truth in zip(outputs, truths))
    ...     return right / len(truths), f"{right} of {len(truths)} are right."
    >>> @score_exercise(title="sign", aim="Is it above 0?", shapes="z a number -> 0 or 1", hints=(), why="Ok.",
    ...                 data=lambda: ([(3,), (-2,), (1,)], [1, 0, 1]), measure=share, bar=0.9, demand="of the signs")
    ... def sign(z):
    ...     return int(z > 0)
    >>> judge(sign, lambda z: int(z > 1)).how
    '2 of 3 are right. 90% is asked for.'
    >>> sign.signature
    'sign(z): z a number -> 0 or 1; 90% of the signs'
    """
    return lambda solution: ScoreExercise(solution=solution, **fields)


@judge.register
def judge_score(exercise: ScoreExercise, answer: object) -> Verdict:
    """Run a function on data that it has not seen, and measure how often it is right.

    Whoever is below the bar is told the score, and the cause where a listed mistake gives the same outputs.
    """
    if answer is None or answer is ...:
        return Verdict("open")
    if not callable(answer):
        return Verdict("wrong", how=not_a_function(exercise, answer))
    if strange := misfit(exercise, answer):
        return Verdict("wrong", how=strange)
    calls, truths = exercise.data()
    with seconds_bar("your function runs"):
        outcomes = run_all(answer, calls, seconds=SECONDS)
    if nothing_yet(outcomes[0], answer):
        return Verdict("open")
    if outcomes[-1].timed_out:
        return Verdict("wrong", how=f"It did not come to an end within {outcomes[-1].limit:.0f} seconds.")
    for arguments, outcome in zip(calls, outcomes, strict=True):
        if outcome.error is not None:
            return Verdict("wrong", "It stopped with an error.", "", arguments, Outcome(), outcome)
    return _measured(exercise, [outcome.value for outcome in outcomes], truths)


def _measured(exercise: ScoreExercise, outputs: list[Any], truths: Truths) -> Verdict:
    try:
        score, said = exercise.measure(outputs, truths)
    except ValueError as strange:
        return Verdict("wrong", how=str(strange))
    if score >= exercise.limit:
        return Verdict("right", how=said)
    asked = f"{exercise.bar:.0%} is asked for"
    if exercise.spread:
        asked += f" ({exercise.limit:.0%} with the luck of the seed allowed for)"
    known = _listed_mistake(exercise, outputs)
    if known is None:
        return Verdict("wrong", f"{said} {asked}.")
    return Verdict("wrong", f"{said} {asked}.", known.diagnosis, cause=known.name)


def _listed_mistake(exercise: ScoreExercise, outputs: list[Any]) -> Mistake | None:
    """Return the listed mistake that gives the same outputs; None where none does."""
    for number, wrong in enumerate(exercise.wrong):
        if all(map(np.array_equal, outputs, _outputs(exercise, number))):
            return wrong
    return None


@cache
def _outputs(exercise: ScoreExercise, number: int) -> list[Any]:
    calls, _ = exercise.data()
    return [outcome.value for outcome in run_all(exercise.wrong[number].answer, calls, seconds=SECONDS)]
