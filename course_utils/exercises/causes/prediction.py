"""What people type for a prediction: a decimal comma, a rounded number, a word with a slip."""

import difflib
import re
from decimal import Decimal
from typing import Any

import numpy as np

from course_utils.exercises.causes.attempt import Attempt, is_numbers
from course_utils.exercises.causes.registry import Words, cause
from course_utils.exercises.typed import readings_of


@cause(
    about="A comma between digits: Python takes 0,5 for two numbers.",
    says="Python reads a comma between digits as two things, the pair {pair}. {advice}",
    of="predictions",
)
def a_comma_between_digits(attempt: Attempt) -> Words:
    typed = attempt.answer()
    if not _number_asked(attempt) or not isinstance(typed, tuple) or not all(_is_plain(part) for part in typed):
        return None
    if len(typed) == 1:
        return {"pair": typed, "advice": "Take the comma at the end away."}
    thousands = typed[0] != 0 and all(isinstance(part, int) and 0 <= part < 1000 for part in typed[1:])
    if len(typed) > 2 and not thousands:
        return {"pair": typed, "advice": "One number is asked for."}
    digits = [f"{part:03d}" if n and thousands else f"{part}" for n, part in enumerate(typed)]
    point = f"Write a decimal point, {typed[0]}.{typed[1]}"
    if not thousands:
        return {"pair": typed, "advice": f"{point}."}
    joined = f"Write a large number without a comma, {''.join(digits)}"
    if len(typed) > 2:
        return {"pair": typed, "advice": f"{joined}."}
    return {"pair": typed, "advice": f"{joined}. {point.replace('Write', 'If a decimal comma was meant, write')}."}


@cause(
    about="A number in brackets where a plain one is asked for.",
    says="The number stands in brackets. Write it alone.",
    of="predictions",
)
def a_number_in_brackets(attempt: Attempt) -> Words:
    came = attempt.received[0].value
    brackets = _number_asked(attempt) and is_numbers(came) and came.ndim and came.size == 1
    return {} if brackets else None


@cause(
    about="A known wrong value, rounded to as many digits as were typed.",
    says="{diagnosis}",
    of="predictions",
)
def a_listed_value_rounded(attempt: Attempt) -> Words:
    typed, right = _number(attempt), _asked(attempt)
    if typed is None or _fits(typed, float(right)):
        return None
    near = {}
    for known in attempt.exercise.wrong:
        value = known.answer()
        if not isinstance(value, str) and np.ndim(value) == 0 and value is not None and _fits(typed, float(value)):
            near[known.diagnosis] = float(value)
    if len(near) > 1:
        return {"diagnosis": "More than one known mistake rounds to this. Give all digits."}
    return {"diagnosis": next(iter(near))} if near else None


@cause(
    about="The right value with fewer digits than the card asks for.",
    says="{sentence}",
    of="predictions",
)
def too_few_digits(attempt: Attempt) -> Words:
    typed, right = _number(attempt), _asked(attempt)
    if typed is None or not _fits(typed, float(right)):
        return None
    others = [known.answer() for known in attempt.exercise.wrong]
    others = [other for other in others if not isinstance(other, str) and np.ndim(other) == 0]
    if any(_fits(typed, float(other)) for other in others if other is not None):
        return {"sentence": "With so few digits it cannot be told from a wrong value. Give more of them."}
    return {"sentence": "Right as far as it goes, but rounded too much. Give more digits."}


@cause(
    about="The sign of a predicted number, or percent for a share.",
    says="{sentence}",
    of="predictions",
)
def a_sign_or_percent(attempt: Attempt) -> Words:
    typed, right = _number(attempt), _asked(attempt)
    if typed is None or float(right) == 0:
        return None
    if _fits(typed, -float(right)):
        return {"sentence": "The size is right, the sign is not."}
    if float(right) % 1 and _fits(typed, 100 * float(right)):
        return {"sentence": "That is in percent. As a number it is a hundredth of that."}
    return None


@cause(
    about="A part of a whole where a whole number is asked for.",
    says="A whole number is asked for: something is counted here.",
    of="predictions",
)
def not_a_whole_number(attempt: Attempt) -> Words:
    typed = _number(attempt)
    asked = "whole number" in attempt.exercise.shapes or "how many" in attempt.exercise.shapes
    return {} if typed is not None and asked and typed % 1 else None


@cause(
    about="A number in quotes, or with a unit behind it.",
    says="{sentence}",
    of="predictions",
)
def a_number_in_words(attempt: Attempt) -> Words:
    typed = attempt.answer()
    if not isinstance(typed, str) or not _number_asked(attempt):
        return None
    numbers = [readings_of(piece) for piece in re.findall(r"[-−]?\d+(?:[.,]\d+)*", typed)]
    if len(numbers) != 1 or len(numbers[0]) != 1:  # none, several, or one that can be read in two ways
        return {"sentence": "A number is asked for. Write it without quotes."}
    number = f"{numbers[0][0]:.10g}"
    return {"sentence": f"A number is asked for. Write it alone, without quotes and without a unit: {number}."}


@cause(
    about="A word with a slip in its spelling, or with other words around it.",
    says="{sentence}",
    of="predictions",
)
def a_word_with_a_slip(attempt: Attempt) -> Words:
    typed, right = attempt.answer(), _asked(attempt)
    if not isinstance(right, str):
        return None
    if not isinstance(typed, str):
        kind = type(typed).__name__
        return {"sentence": f"A word is asked for, in quotes; this is of the type {kind}."}
    words = [right, *(word for word in (known.answer() for known in attempt.exercise.wrong) if isinstance(word, str))]
    said = typed.strip().casefold()
    if said in (word.casefold() for word in words):
        return None
    within = [word for word in words if word.casefold() in said.split()]
    close = difflib.get_close_matches(said, [word.casefold() for word in words], n=1, cutoff=0.8)
    if len(within) == 1:
        return {"sentence": f'Give the word alone: "{within[0]}".'}
    return {"sentence": f'Did you mean "{close[0]}"? Spell it like that.'} if close else None


def _fits(typed: float, value: float) -> bool:
    """Tell whether somebody may have typed this for the value, rounded; a single digit has to be close."""
    if typed == value:
        return True
    if not (np.isfinite(typed) and np.isfinite(value)):
        return False
    _, digits, exponent = Decimal(repr(float(typed))).normalize().as_tuple()
    few = len(digits) < 2 and abs(typed - value) > 0.05 * abs(value)
    if few or not isinstance(exponent, int):
        return False
    unit = 10.0**exponent
    if abs(typed - value) <= 0.5 * unit * (1 + 1e-6):
        return True
    cut = len(digits) > 2 and typed * value > 0 and abs(typed) <= abs(value)
    return cut and abs(typed - value) < unit  # cut off instead of rounded


def _asked(attempt: Attempt) -> Any:
    return attempt.expected[0].value


def _number_asked(attempt: Attempt) -> bool:
    """Tell whether one number is asked for."""
    return is_numbers(_asked(attempt)) and not np.ndim(_asked(attempt))


def _number(attempt: Attempt) -> float | None:
    """Give the number typed for a prediction of one number."""
    if not _number_asked(attempt):
        return None
    came = attempt.received[0].value
    return float(came) if is_numbers(came) and came.ndim == 0 and came.dtype.kind != "c" else None


def _is_plain(part: Any) -> bool:
    return isinstance(part, int | float) and not isinstance(part, bool)
