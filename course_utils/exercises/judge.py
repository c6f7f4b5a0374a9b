"""Judge an answer: not answered yet, right, or wrong at this input and probably for this reason."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch

from course_utils.exercises.causes import Attempt, Diagnosis, likely_cause
from course_utils.exercises.compare import difference
from course_utils.exercises.exercise import Exercise
from course_utils.exercises.harm import harm_of
from course_utils.exercises.sandbox import Outcome, as_text, run_all
from course_utils.exercises.typed import read_number


@dataclass(frozen=True)
class Verdict:
    """What the checker found; for a wrong answer the first input at which it fails."""

    state: str  # "open", "right" or "wrong"
    how: str = ""
    diagnosis: str = ""
    arguments: tuple = ()
    expected: Outcome | None = None
    received: Outcome | None = None
    cause: str = ""  # the name under which the same mistake of many learners is counted


@singledispatch
def judge(exercise: Exercise, answer: object) -> Verdict:
    """Compare an answer with the solution on every input; of a wrong one find the likely cause.

    Other kinds of exercises register their own way of judging: `model_checks` judges models.

    Examples
    --------
    >>> from course_utils.exercises import exercise
    >>> @exercise(title="twice", aim="Double it.", shapes="x -> 2 x", hints=(), why="Ok.", inputs=lambda: [(3,)])
    ... def double(x):
    ...     return 2 * x
    >>> judge(double, lambda x: ...).state, judge(double, lambda x: x + x).state
    ('open', 'right')
    """
    if answer is None or answer is ...:
        return Verdict("open")
    if not callable(answer):
        if not exercise.is_value:
            return Verdict("wrong", how=not_a_function(exercise, answer))
        answer = exercise.as_function(read_number(exercise, answer))
    elif strange := misfit(exercise, answer):
        return Verdict("wrong", how=strange)
    return _compare(exercise, answer)


def _compare(exercise: Exercise, answer) -> Verdict:
    inputs = exercise.inputs()
    expected = run_all(exercise.solution, inputs)
    received = run_all(answer, inputs)
    if nothing_yet(received[0], answer):
        return Verdict("open")
    for arguments, right, came in zip(inputs, expected, received, strict=False):
        how = difference(right, came, exercise)
        if how:
            found = Diagnosis()
            if not received[-1].timed_out:
                found = likely_cause(Attempt(exercise, answer, inputs, expected, received))
            return Verdict("wrong", how, found.sentence, arguments, right, came, found.name)
    warned = dict.fromkeys(text for outcome in received for text in outcome.warnings)
    return Verdict(
        "right", received=Outcome(printed=received[0].printed, warnings=tuple(warned), replaced=received[0].replaced)
    )


def nothing_yet(outcome: Outcome, answer) -> bool:
    """Tell whether what a call came to shows that the answer is still to be written."""
    if outcome.timed_out:
        return False
    if isinstance(outcome.error, NotImplementedError) or outcome.value is ...:
        return True
    return (outcome.error is not None or outcome.value is None) and has_blank(answer)


def has_blank(function) -> bool:
    """Tell whether a function still holds a `...` to fill in (`x[..., 0]` is none), or no code at all."""
    try:
        nodes = list(ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))))
    except (OSError, TypeError, SyntaxError):  # no source: look at the constants of its code
        code = getattr(function, "__code__", None)
        return code is not None and (... in code.co_consts or len(code.co_code) <= _EMPTY)
    spared = [part for n in nodes if isinstance(n, ast.Subscript) for part in ast.walk(n.slice)]
    spared += [n.value for n in nodes if isinstance(n, ast.Expr)]  # a line `...` left above the answer
    blanks = [n for n in nodes if isinstance(n, ast.Constant) and n.value is ... and n not in spared]
    return bool(blanks) or any(isinstance(n, ast.FunctionDef) and _is_empty(n) for n in nodes)


def _is_empty(function: ast.FunctionDef) -> bool:
    constants = (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant) for line in function.body)
    return all(constants) or isinstance(function.body[-1], ast.Pass)


_EMPTY = len((lambda: None).__code__.co_code)  # of a function that does nothing


def not_to_run(answer: Callable) -> str:
    """Say why a function is not even tried; "" where it may be run."""
    if inspect.iscoroutinefunction(answer) or inspect.isasyncgenfunction(answer):
        return "It is written with async def, so a call only prepares it. Leave out async."
    if harm := harm_of(answer):
        return f"It calls {harm}, which can end the notebook with all that is in its memory. It has not been run."
    return ""


def misfit(exercise: Exercise, answer: Callable) -> str:
    """Say so where the answer is not to be run, or cannot be called with the arguments of the exercise."""
    if strange := not_to_run(answer):
        return strange
    try:
        signature = inspect.signature(answer)
    except (
        Exception
    ):  # a function in C that does not tell its arguments, or a strange __signature__: the call will tell
        return ""
    try:
        signature.bind(*exercise.arguments)
    except TypeError:
        if exercise.is_value:
            return "The answer is a value; a function came."
        names = ", ".join(exercise.arguments)
        return f"It must take these arguments: ({names}). Yours takes {as_text(signature)}."
    return ""


def not_a_function(exercise: Exercise, answer: object) -> str:
    """Say so where a value came in the place of a function."""
    kind = type(answer).__name__
    return f"The answer is a function; a {kind} came. Hand it over without calling it: {exercise.id}."
