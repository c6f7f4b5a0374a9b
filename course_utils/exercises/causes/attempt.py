"""A wrong answer as a cause sees it: what was asked with every input, what came back, and how it was written."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from course_utils.exercises.causes.code import Code
from course_utils.exercises.compare import as_results, close, difference, order_of_results, result_name
from course_utils.exercises.exercise import Exercise
from course_utils.exercises.sandbox import Outcome, run_all

EVIDENCE = 2  # elements that tell a cause from chance


@dataclass(frozen=True)
class Result:
    """One of the results, over all inputs."""

    name: str  # "dW"; "Result 2" where it has no name
    attempt: "Attempt"
    expected: tuple[Any, ...]
    received: tuple[Any, ...]

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """What was expected and what came, for each input."""
        return list(zip(self.expected, self.received, strict=True))

    @cached_property
    def arrays(self) -> bool:
        """Whether only numbers were expected and came."""
        return all(is_numbers(value) for pair in self.pairs for value in pair)

    @cached_property
    def is_wrong(self) -> bool:
        """Whether it differs at any input."""
        return not all(self.attempt.alike(*pair) for pair in self.pairs)

    def explained(self, change: Callable[[np.ndarray], Any]) -> bool:
        """Tell whether `change` makes of each expected result the one that came, where it makes a difference."""
        if not self.arrays:
            return False
        evidence, anything = 0, False
        for expected, received in self.pairs:
            with np.errstate(all="ignore"):
                changed = np.asarray(change(expected))
            if not self.attempt.alike(changed, received):
                return False
            evidence += self._difference(expected, changed)
            anything = anything or bool(np.any(changed))
        return evidence >= EVIDENCE and anything  # zeros everywhere may have any cause

    def _difference(self, expected: np.ndarray, changed: np.ndarray) -> int:
        if expected.shape != changed.shape:
            return max(expected.size, changed.size, EVIDENCE)
        differs = ~close(expected, changed, self.attempt.exercise.rtol, self.attempt.exercise.atol)
        return int(differs.sum())


@dataclass(frozen=True)
class Attempt:
    """A wrong answer, with what it did on every input."""

    exercise: Exercise
    answer: Callable
    inputs: list[tuple]
    expected: list[Outcome]
    received: list[Outcome]

    @cached_property
    def code(self) -> Code:
        """How the answer is written."""
        return Code(self.answer)

    @cached_property
    def code_of_solution(self) -> Code:
        """How the solution is written."""
        return Code(self.exercise.solution)

    @cached_property
    def values_came(self) -> bool:
        """Whether every call ended without an error."""
        return not any(outcome.error is not None or outcome.timed_out for outcome in self.received)

    @cached_property
    def first_failure(self) -> int:
        """The number of the first input at which it fails."""
        pairs = zip(self.expected, self.received, strict=True)
        return next(n for n, pair in enumerate(pairs) if difference(*pair, self.exercise))

    @cached_property
    def results(self) -> list[Result]:
        """Each result over all inputs; one if the exercise asks for one, none where their number is wrong."""
        if not self.values_came:
            return []
        expected, received = ([outcome.value for outcome in side] for side in (self.expected, self.received))
        count = len(expected[0]) if isinstance(expected[0], tuple) else 0
        if not count:
            return [Result("", self, tuple(expected), tuple(received))]
        received = [as_results(*pair) for pair in zip(expected, received, strict=True)]
        if not all(isinstance(value, tuple) and len(value) == count for value in received):
            return []
        sides = zip(zip(*expected, strict=True), zip(*received, strict=True), strict=True)
        return [Result(result_name(self.exercise, n), self, *pair) for n, pair in enumerate(sides)]

    @cached_property
    def wrong_results(self) -> list[Result]:
        """The results that are wrong at any input, in the order in which they are computed."""
        ordered = [self.results[n] for n in order_of_results(self.exercise, len(self.results))]
        return [result for result in ordered if result.is_wrong]

    def alike(self, expected: Any, received: Any) -> bool:
        """Tell whether two results are the same numbers in the same shape."""
        expected, received = (np.asarray(v) if isinstance(v, np.generic) else v for v in (expected, received))
        if not (is_numbers(expected) and is_numbers(received)):
            return type(expected) is type(received) and bool(np.all(expected == received))
        same_shape = expected.shape == received.shape
        return same_shape and bool(close(expected, received, self.exercise.rtol, self.exercise.atol).all())

    def outcomes(self, function: Callable, inputs: list[tuple] | None = None) -> list[Outcome]:
        """Run another function in place of the answer, on all inputs or on those given."""
        return run_all(function, self.inputs if inputs is None else inputs, seconds=0.2)

    def is_right(self, function: Callable) -> bool:
        """Tell whether another function would be right; the first failing input is tried first."""
        at = self.first_failure
        for part in (slice(at, at + 1), slice(None)):
            outcomes = self.outcomes(function, self.inputs[part])
            pairs = zip(self.expected[part], outcomes, strict=False)
            if outcomes[-1].timed_out or any(difference(*pair, self.exercise) for pair in pairs):
                return False
        return True

    def against(self, outcomes: list[Outcome]) -> "Attempt":
        """See the same answer as if a listed mistake were what was asked for."""
        return replace(self, expected=outcomes)


def is_numbers(value: Any) -> bool:
    """Tell whether a frozen result is an array of numbers."""
    return isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "biufc"
