"""Put a verdict into words: plain text that reads alike in a notebook, in a terminal and aloud."""

import sysconfig
import traceback
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.exercises.compare import close, value_difference
from course_utils.exercises.exercise import Exercise
from course_utils.exercises.judge import Verdict
from course_utils.exercises.sandbox import Outcome

_PACKAGE = str(Path(__file__).parents[1])
_NOT_THEIRS = (
    "<frozen",
    _PACKAGE,
    *(sysconfig.get_paths()[name] for name in ("stdlib", "purelib", "platlib")),
)
LINES = 6  # of what the answer prints
SHORT = 24  # elements of an array that is shown in full


def describe(exercise: Exercise, verdict: Verdict) -> str:
    """Write the whole message of `check`."""
    if verdict.state == "open":
        return f'… {exercise.id}: not answered yet. A first hint: cu.hint("{exercise.id}")'
    if verdict.state == "right":
        said = " ".join(filter(None, [f"✓ {exercise.id}: right.", exercise.why, verdict.how]))
        return "\n".join([said, *_remarks(verdict)])
    lines = [f"✗ {exercise.id}: not right yet. {verdict.how}"]
    if verdict.expected is not None and verdict.received is not None:
        lines += _first_failure(exercise, verdict.arguments, verdict.expected, verdict.received)
    if verdict.diagnosis:
        lines.append(f"  Likely cause: {verdict.diagnosis}")
    return "\n".join([*lines, *_remarks(verdict), f'  A hint: cu.hint("{exercise.id}")'])


def _first_failure(exercise: Exercise, arguments: tuple, right: Outcome, came: Outcome) -> list[str]:
    lines = [_row(f"with {n} =", show(v)) for n, v in zip(exercise.arguments, arguments, strict=True)]
    if came.error is not None:
        return [*lines, "  Your code stopped here:", *_theirs(came.error)]
    if came.timed_out or exercise.is_value:  # a prediction's key stays closed
        return lines
    if value_difference(right.value, came.value, exercise) is None:
        return lines  # the values agree: something else is wrong
    alike = show(right.value) == show(came.value)
    digits = 13 if alike and np.size(right.value) <= SHORT else 4
    lines += [_row("expected", show(right.value, digits)), _row("received", show(came.value, digits))]
    return lines + _where(right.value, came.value, exercise)


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
    if isinstance(value, tuple):
        return "\n".join(show(part, digits) for part in value)
    if callable(value):
        return getattr(value, "__name__", repr(value))
    if not isinstance(value, (np.ndarray, np.generic, float, int)):
        return repr(value)[:200]
    array = np.asarray(value)
    if array.ndim == 0:
        return f"{array.item():.{digits + 2}g}" if array.dtype.kind == "f" else str(array.item())
    text = np.array2string(array, precision=digits, threshold=SHORT, edgeitems=2, max_line_width=80)
    return f"{text}  {array.shape}"


def _theirs(error: BaseException) -> list[str]:
    """Write the learner's own traceback: their lines, without ours and without the libraries'."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if not f.filename.startswith(_NOT_THEIRS)]
    lines = []
    for frame in frames[:2] + frames[2:][-3:]:  # a recursion without end has a thousand of them
        lines += [f"    line {frame.lineno}, in {frame.name}"] + [f"      {frame.line}"] * bool(frame.line)
    return [*lines, f"    {type(error).__name__}: {error}"[:500]]


def _remarks(verdict: Verdict) -> list[str]:
    outcome = verdict.received
    if outcome is None:
        return []
    remarks = [f"  NumPy warns: {text}" for text in outcome.warnings[:2]]
    printed = outcome.printed.splitlines()
    if printed:
        cut = ["    … (cut)"] if len(printed) > LINES else []
        remarks += ["  Your function prints:", *(f"    {line[:100]}" for line in printed[:LINES]), *cut]
    return remarks
