"""Whether two answers behaved alike on one input, and if not, how they differ, in one sentence."""

from typing import Any

import numpy as np

from course_utils.exercises.sandbox import Outcome


def difference(expected: Outcome, received: Outcome, exercise) -> str | None:
    """Say how `received` differs from `expected`; None where it does not."""
    if received.timed_out or expected.timed_out:
        return "It did not come to an end within two seconds."
    if type(received.error) is not type(expected.error):
        return "It stopped with an error." if received.error else "It should have stopped with an error."
    how = None if received.error else value_difference(expected.value, received.value, exercise)
    if how is None and received.changed != expected.changed:
        names = ", ".join(exercise.arguments[i] for i in received.changed or expected.changed)
        how = f"It writes into its input {names}. Work on a copy, or make a new array."
    if how is None and exercise.quiet and received.warnings != expected.warnings:
        how = "The value is right, but NumPy warns on the way. Here it has to come without a warning."
    return how


def value_difference(expected: Any, received: Any, exercise) -> str | None:
    """Say how one result differs from another in kind, shape or values; None where it does not."""
    if isinstance(expected, tuple):
        return _parts(expected, received, exercise)
    if isinstance(expected, str):
        alike = isinstance(received, str) and received.strip().casefold() == expected.casefold()
        return None if alike else "That is another answer."
    if received is None:
        return "It returns nothing. Does its last line say return?"
    if not (_is_numbers(expected) and _is_numbers(received)):
        alike = type(received) is type(expected) and not isinstance(received, np.ndarray)
        return None if alike else f"It is {_kind(received)} where numbers are expected."
    if received.shape != expected.shape:
        wanted = str(expected.shape) if expected.shape else "a single number"
        return f"Its shape is {received.shape} where {wanted} is expected."
    if not close(expected, received, exercise.rtol, exercise.atol).all():
        return "That is another number." if exercise.is_value else "Its values differ."
    return None


def _is_numbers(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "biufc"


def _kind(value: Any) -> str:
    return f"an array of {value.dtype}" if isinstance(value, np.ndarray) else f"a {type(value).__name__}"


def _parts(expected: tuple, received: Any, exercise) -> str | None:
    if not isinstance(received, tuple) or len(received) != len(expected):
        return f"It should return {len(expected)} results, separated by commas."
    for position, pair in enumerate(zip(expected, received, strict=True), start=1):
        how = value_difference(*pair, exercise)
        if how:
            return f"Result {position}: {how}"
    return None


def close(expected: np.ndarray, received: np.ndarray, rtol: float, atol: float) -> np.ndarray:
    """Compare element by element; float32 on either side is allowed float32's rounding."""
    if any(array.dtype in (np.float16, np.float32) for array in (expected, received)):
        rtol, atol = max(rtol, 1e-5), max(atol, 1e-6)
    wide = [array.astype(complex if array.dtype.kind == "c" else float) for array in (expected, received)]
    return np.isclose(wide[1], wide[0], rtol=rtol, atol=atol, equal_nan=True)
