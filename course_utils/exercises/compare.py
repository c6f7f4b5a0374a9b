"""Whether two answers behaved alike on one input, and if not, how they differ, in one sentence."""

from typing import Any

import numpy as np

from course_utils.exercises.sandbox import Outcome, freeze


def difference(expected: Outcome, received: Outcome, exercise) -> str | None:
    """Say how `received` differs from `expected`; None where it does not."""
    if received.timed_out or expected.timed_out:
        return f"It did not come to an end within {_in_words(received.limit or expected.limit)} seconds."
    if type(received.error) is not type(expected.error):
        return "It stopped with an error." if received.error else "It should have stopped with an error."
    how = None if received.error else value_difference(expected.value, received.value, exercise)
    if how is None and received.changed != expected.changed:
        names = ", ".join(exercise.arguments[i] for i in received.changed or expected.changed)
        how = f"It writes into its input {names}. Work on a copy, or make a new array."
    if how is None and exercise.quiet and received.warnings != expected.warnings:
        how = "The value is right, but NumPy warns on the way. Here it has to come without a warning."
    return how


def _in_words(seconds: float) -> str:
    return {2.0: "two", 10.0: "ten"}.get(seconds, f"{seconds:g}")


def value_difference(expected: Any, received: Any, exercise, part: bool = False) -> str | None:
    """Say how a result, or `part` of several, differs from another in kind, shape or values; None where it does not."""
    if isinstance(expected, tuple):
        return _parts(expected, received, exercise)
    if isinstance(expected, str):
        return None if _means(expected, received, exercise) else "That is another answer."
    if received is None:
        return "It returns nothing. Does its last line say return?"
    if not (_is_numbers(expected) and _is_numbers(received)):
        alike = type(received) is type(expected) and not isinstance(received, np.ndarray)
        return None if alike else f"It is {_kind(received)} where numbers are expected."
    if received.shape != expected.shape:
        wanted = str(expected.shape) if expected.shape else "a single number"
        return f"Its shape is {received.shape} where {wanted} is expected."
    right = close(expected, received, exercise.rtol, exercise.atol)
    if right.all():
        return None
    if exercise.results and not part:  # a few numbers, each with a name
        wrong = [name for name, is_right in zip(exercise.results, right, strict=True) if not is_right]
        return f"Another {' and another '.join(wrong)} {'is' if len(wrong) == 1 else 'are'} expected."
    return "That is another number." if exercise.is_value else "Its values differ."


def _is_numbers(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "biufc"


def _kind(value: Any) -> str:
    return f"an array of {value.dtype}" if isinstance(value, np.ndarray) else f"a {type(value).__name__}"


def _parts(expected: tuple, received: Any, exercise) -> str | None:
    received = as_results(expected, received)
    if not isinstance(received, tuple) or len(received) != len(expected):
        return f"It should return {len(expected)} results, separated by commas."
    hows = [value_difference(*pair, exercise, part=True) for pair in zip(expected, received, strict=True)]
    for position in order_of_results(exercise, len(expected)):
        how = hows[position]
        if how:
            return f"{result_name(exercise, position)}: {how}{_on_the_way(exercise, hows)}"
    return None


def as_results(expected: Any, received: Any) -> Any:
    """Give several results as the tuple that is meant, where they came in a list, or in an array made of one.

    Where a single result is expected, what came stays as it is.

    Examples
    --------
    >>> as_results((1.5, "up"), ["1.5", "up"])
    ('1.5', 'up')
    """
    if not isinstance(expected, tuple):
        return received
    if isinstance(received, list):
        return tuple(freeze(part) for part in received)
    shapes = [getattr(part, "shape", None) for part in expected]
    if isinstance(received, np.ndarray) and received.ndim and shapes == [received.shape[1:]] * len(received):
        return tuple(freeze(part) for part in received)
    return received


def result_name(exercise, position: int) -> str:
    """Name one of several results: "dW" where the exercise says how it is called, "Result 1" elsewhere."""
    return exercise.results[position] if exercise.results else f"Result {position + 1}"


def order_of_results(exercise, count: int) -> list[int]:
    """Give the places of the results in the order in which they are computed; as they are returned if nothing is said.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> order_of_results(SimpleNamespace(results=("dw", "db"), way={"dz": ("db", "dw")}), 2)
    [1, 0]
    """
    names = [name for made in exercise.way.values() for name in made]
    return [exercise.results.index(name) for name in names] if len(names) == count else list(range(count))


def _on_the_way(exercise, hows: list[str | None]) -> str:
    """Name the first value on the way of which all results are wrong; or say which results are right."""
    if not exercise.results:
        return ""
    right = [name for name, how in zip(exercise.results, hows, strict=True) if how is None]
    said = f" On this input {' and '.join(right)} {'is' if len(right) == 1 else 'are'} right." if right else ""
    for step, made in exercise.way.items():
        wrong = [name for name in made if name not in right]
        if wrong == [*made] and made != (step,):
            return f"{said} Look at {step} first: {' and '.join(made)} are made of it."
        if wrong:
            return said
    return said


def _means(expected: str, received: Any, exercise) -> bool:
    """Tell whether a word is the one asked for, or one that the exercise counts as the same, such as None."""
    if isinstance(received, str):
        received = received.strip().casefold()
    elif getattr(received, "ndim", 0) > 0:  # several values are no word, and `==` would give several answers
        return False
    return received in (expected.casefold(), *exercise.synonyms.get(expected, ()))


def close(expected: np.ndarray, received: np.ndarray, rtol: float, atol: float) -> np.ndarray:
    """Compare element by element; float32 on either side is allowed float32's rounding."""
    if any(array.dtype in (np.float16, np.float32) for array in (expected, received)):
        rtol, atol = max(rtol, 1e-5), max(atol, 1e-6)
    wide = [array.astype(complex if array.dtype.kind == "c" else float) for array in (expected, received)]
    return np.isclose(wide[1], wide[0], rtol=rtol, atol=atol, equal_nan=True)
