"""Numbers as people write them in quotes: "60,000", "60 000", "0,5", "1/2"."""

import re
from contextlib import suppress
from fractions import Fraction
from typing import Any

from course_utils.exercises.compare import difference
from course_utils.exercises.exercise import Exercise
from course_utils.exercises.sandbox import run_all

SPACES = re.compile(r"[\s_'’]")  # also the narrow space that separates thousands


def read_number(exercise: Exercise, answer: Any) -> Any:
    """Read a text as the number that it writes, where a prediction asks for a number; leave all else as it is.

    A comma may separate thousands or decimals. If both can be read, the reading that is right counts.
    """
    asked = exercise.solution()
    if not isinstance(answer, str) or isinstance(asked, str):
        return answer
    readings = readings_of(answer)
    for number in readings:
        right, came = (run_all(lambda value=value: value, [()])[0] for value in (asked, number))
        if difference(right, came, exercise) is None:
            return number
    return readings[0] if readings else answer


def readings_of(text: str) -> list[float]:
    """Give the numbers that a text may mean.

    Examples
    --------
    >>> readings_of("60 000"), readings_of("0,5"), readings_of("1,250"), readings_of("1/2"), readings_of("a few")
    ([60000.0], [0.5], [1250.0, 1.25], [0.5], [])
    """
    plain = SPACES.sub("", text).replace("−", "-")
    written = [plain]
    if "," in plain:
        thousands = re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", plain)
        decimal = re.fullmatch(r"[+-]?\d*,\d+", plain)
        written = [plain.replace(",", "")] * bool(thousands) + [plain.replace(",", ".")] * bool(decimal)
    found: list[float] = []
    for one in written:
        with suppress(ValueError, ZeroDivisionError, OverflowError):
            found.append(float(Fraction(one)) if "/" in one else float(one))
    return found
