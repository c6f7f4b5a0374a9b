"""Put a verdict into words: plain text that reads alike in a notebook, in a terminal and aloud."""

import re
import sysconfig
import traceback
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.exercises.compare import as_results, close, order_of_results, value_difference
from course_utils.exercises.exercise import Exercise
from course_utils.exercises.judge import Verdict
from course_utils.exercises.sandbox import Outcome, as_text

_PACKAGE = str(Path(__file__).parents[1])
_PLACES_IN_A_GRAPH = re.compile(r"^Graph execution error:\n\nDetected at node .*\n(?: *File .*\n|\n)*")
_NOT_THEIRS = (
    "<frozen",
    _PACKAGE,
    *(sysconfig.get_paths()[name] for name in ("stdlib", "purelib", "platlib")),
)
LINES = 6  # of what the answer prints
LINES_OF_FAILURE = 12  # of the first input that fails, with what was expected and what came
SHORT = 24  # elements of an array that is shown in full


def describe(exercise: Exercise, verdict: Verdict) -> str:
    """Write the whole message of `check`."""
    if verdict.state == "open":
        return f'… {exercise.id}: not answered yet. A first hint: cu.hint("{exercise.id}")'
    if verdict.state == "right":
        said = " ".join(filter(None, [f"✓ {exercise.id}: right.", exercise.why, verdict.how]))
        return "\n".join([said, *_remarks(verdict)])
    lines = [f"✗ {exercise.id}: not right yet. {verdict.how}"]
    if verdict.diagnosis:
        lines.append(f"  Likely cause: {verdict.diagnosis}")
    if verdict.expected is not None and verdict.received is not None:
        lines += _first_failure(exercise, verdict.arguments, verdict.expected, verdict.received)
    return "\n".join([*lines, *_remarks(verdict), f'  A hint: cu.hint("{exercise.id}")'])


def _first_failure(exercise: Exercise, arguments: tuple, right: Outcome, came: Outcome) -> list[str]:
    given = [(f"with {name} =", value) for name, value in zip(exercise.arguments, arguments, strict=True)]
    if came.error is not None:
        return [*_rows(given), "  Your code stopped here:", *_theirs(came.error)]
    if came.timed_out or exercise.is_value:  # a prediction's key stays closed
        return _rows(given)
    if value_difference(right.value, came.value, exercise) is None:
        return _rows(given)  # the values agree: something else is wrong
    expected, received = _wrong_result(exercise, right.value, came.value)
    alike = show(expected) == show(received)
    digits = 13 if alike and np.size(expected) <= SHORT else 4
    where = _where(expected, received, exercise)
    return (
        _rows([*given, ("expected", expected), ("received", received)], digits, LINES_OF_FAILURE - len(where)) + where
    )


def _wrong_result(exercise: Exercise, right: Any, came: Any) -> tuple[Any, Any]:
    """Pick the result that the verdict speaks of, out of several."""
    came = as_results(right, came)
    if isinstance(right, tuple) and isinstance(came, tuple) and len(right) == len(came):
        for n in order_of_results(exercise, len(right)):
            if value_difference(right[n], came[n], exercise, part=True) is not None:
                return right[n], came[n]
    return right, came


def _rows(named: list[tuple[str, Any]], digits: int = 4, most: int = LINES_OF_FAILURE) -> list[str]:
    """Write each value in a row or more; where they would be too many, the tallest arrays only by their shape."""
    rows = [_row(head, show(value, digits)).splitlines() for head, value in named]
    while sum(map(len, rows)) > most and max(map(len, rows)) > 1:
        tallest = max(range(len(rows)), key=lambda n: len(rows[n]))
        head, value = named[tallest]
        rows[tallest] = [_row(head, in_brief(value))]
    return [line for row in rows for line in row]


def _where(right: Any, came: Any, exercise: Exercise) -> list[str]:
    """Name the first element that differs, in an array too large to compare by eye."""
    arrays = isinstance(right, np.ndarray) and isinstance(came, np.ndarray)
    if not arrays or right.shape != came.shape or right.size < 5:
        return []
    far = np.argwhere(~close(right, came, exercise.rtol, exercise.atol))
    if not len(far):
        return []
    at = tuple(int(i) for i in far[0])
    return [_row("first at", f"{list(at)}: expected {show(right[at])}, received {show(came[at])}")]


def _row(head: str, text: str) -> str:
    return f"  {head:<10} " + text.replace("\n", "\n" + 13 * " ")


def show(value: Any, digits: int = 4) -> str:
    """Write a value briefly: a short array in full, a long one with dots, the shape at the end.

    Examples
    --------
    >>> show(np.array([0.25, 0.5]))
    '[0.25 0.5 ]  (2,)'
    """
    if isinstance(value, tuple) and value and all(isinstance(part, int | float) for part in value):
        return repr(value)[:200]
    if isinstance(value, tuple):
        return "\n".join(show(part, digits) for part in value)
    if callable(value):
        name = getattr(value, "__name__", None)
        return name if isinstance(name, str) else as_text(value, repr)[:200]
    if not isinstance(value, (np.ndarray, np.generic, float, int)):
        return as_text(value, repr)[:200]
    array = np.asarray(value)
    if array.ndim == 0:
        return f"{array.item():.{digits + 2}g}" if array.dtype.kind == "f" else str(array.item())
    text = np.array2string(array, precision=digits, threshold=SHORT, edgeitems=2, max_line_width=80)
    return f"{text}  {array.shape}"


def in_brief(value: Any) -> str:
    """Write an array by its shape and its range, anything else in one line.

    Examples
    --------
    >>> in_brief(np.arange(60.0).reshape(5, 12))
    'an array (5, 12), from 0 to 59'
    """
    numbers = isinstance(value, np.ndarray) and value.size and value.dtype.kind in "biuf"
    if not numbers:
        return " ".join(show(value).split())[:100]
    with np.errstate(invalid="ignore"):
        return f"an array {value.shape}, from {show(value.min())} to {show(value.max())}"


def _theirs(error: BaseException) -> list[str]:
    """Write the learner's own traceback: their lines, without ours and without the libraries'."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if not f.filename.startswith(_NOT_THEIRS)]
    lines = []
    for frame in frames[:2] + frames[2:][-3:]:  # a recursion without end has a thousand of them
        lines += [f"    line {frame.lineno}, in {frame.name}"] + [f"      {frame.line}"] * bool(frame.line)
    return [*lines, f"    {type(error).__name__}: {_said(error)}"[:500]]


def _said(error: BaseException) -> str:
    """Write what an error says, without the places in a library that TensorFlow puts before and after it.

    >>> text = "Graph execution error:\\n\\nDetected at node sub defined at (most recent call last):\\n"
    >>> _said(ValueError(text + '  File "a.py", line 1, in b\\n\\nIncompatible shapes\\n\\t [[{{node sub}}]]'))
    'Incompatible shapes'
    """
    text = _PLACES_IN_A_GRAPH.sub("", as_text(error))
    return text.partition("\n\t [[{{node")[0]


def _remarks(verdict: Verdict) -> list[str]:
    outcome = verdict.received
    if outcome is None:
        return []
    remarks = [f"  NumPy warns: {text}" for text in outcome.warnings[:2]]
    if outcome.replaced:
        names = ", ".join(outcome.replaced)
        remarks.append(f"  Your function replaces {names}, on which all other cells rely. It has been put back.")
    printed = outcome.printed.splitlines()
    if printed:
        cut = ["    … (cut)"] if len(printed) > LINES else []
        remarks += ["  Your function prints:", *(f"    {line[:100]}" for line in printed[:LINES]), *cut]
    return remarks
