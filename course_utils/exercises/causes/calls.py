"""What a call does besides computing: it prints, returns nothing, draws random numbers, or looks elsewhere."""

import ast
import inspect
from types import ModuleType

from course_utils.exercises.causes.attempt import Attempt, is_numbers
from course_utils.exercises.causes.registry import Words, cause

RANDOM = {"random", "default_rng", "rand", "randn", "randint", "normal", "uniform", "choice", "shuffle", "permutation"}


@cause(about="It prints where it should return.")
def printed_instead_of_returned(attempt: Attempt) -> Words:
    printed = all(outcome.printed.strip() for outcome in attempt.received)
    if not printed or not _returns_nothing(attempt):
        return None
    return {"sentence": "It prints its result and returns nothing. Write return in the place of print."}


@cause(about="It returns nothing at all, or not on every way through its lines.")
def nothing_returned(attempt: Attempt) -> Words:
    if not attempt.values_came or attempt.received[attempt.first_failure].value is not None:
        return None
    tree = attempt.code.tree
    if not isinstance(tree, ast.FunctionDef):
        return None
    returns = [node for node in ast.walk(tree) if isinstance(node, ast.Return) and node.value is not None]
    last = tree.body[-1]
    if returns and not isinstance(last, ast.Return):
        return {"sentence": "On this input it comes to its end without passing a return."}
    if returns:
        return None
    if isinstance(last, ast.Assign) and isinstance(last.targets[0], ast.Name):
        return {"sentence": f"The return is missing: the result stays in `{last.targets[0].id}`."}
    if isinstance(last, ast.Return):
        return {"sentence": "A return stands there, but nothing after it on its line."}
    return {"sentence": "The return is missing: the last line computes its result and drops it."}


@cause(about="It returns a function, a generator, an object of its own class or text where numbers are due.")
def not_computed_yet(attempt: Attempt) -> Words:
    if not attempt.values_came or isinstance(attempt.expected[0].value, str):
        return None
    value = attempt.received[attempt.first_failure].value
    if isinstance(attempt.answer, type) and isinstance(value, attempt.answer):
        return {"sentence": "It is a class, and a call of it makes an object. Write a function, with def."}
    if inspect.isgeneratorfunction(attempt.answer):
        return {"sentence": "With yield it becomes a generator, which hands out results one by one. Write return."}
    if callable(value):
        return {"sentence": "It returns a function that has not been called: round brackets are missing."}
    if hasattr(value, "__next__"):
        return {"sentence": f"It returns a {type(value).__name__}, which has not computed anything yet: list(…) does."}
    if isinstance(value, str) and is_numbers(attempt.expected[0].value):
        return {"sentence": "It returns text. Leave out quotes, str and f-strings: numbers are asked for."}
    return None


@cause(about="A second call with the same input gives another result: random numbers, or something remembered.")
def another_result_at_a_second_call(attempt: Attempt) -> Words:
    if not attempt.values_came:
        return None
    pairs = zip(attempt.received, attempt.outcomes(attempt.answer), strict=False)
    if all(_alike(attempt, first.value, second.value) for first, second in pairs):
        return None
    if RANDOM & attempt.code.names:
        words = "it draws random numbers of its own. All that it needs comes in"
        names = ", ".join(attempt.exercise.arguments)
        return {"sentence": f"A second call with the same input gives another result: {words}: {names}."}
    words = "it remembers something: it changes a name of the notebook, or a default value"
    return {"sentence": f"A second call with the same input gives another result, so {words}."}


@cause(about="An argument is never read, and a name of the notebook is used instead.")
def a_name_of_the_notebook(attempt: Attempt) -> Words:
    known = attempt.code.globals.items()
    names = [
        name
        for name, value in known
        if not callable(value) and not isinstance(value, ModuleType) and not name.startswith("__")
    ]
    if not attempt.code.unread or not names:
        return None
    unread, used = _listed(attempt.code.unread), _listed(names)
    words = "a name of the notebook, is" if len(names) == 1 else "names of the notebook, are"
    return {"sentence": f"The argument {unread} is not used. {used}, {words} used instead."}


@cause(
    about="Every input gives the same result.",
    says="It gives the same result for every input{unread}.",
)
def the_same_for_every_input(attempt: Attempt) -> Words:
    if not attempt.values_came or len(attempt.received) < 3:
        return None
    first = attempt.received[0].value
    told = is_numbers(first) or isinstance(first, tuple | list | str)
    if not told or not all(_alike(attempt, first, outcome.value) for outcome in attempt.received[1:]):
        return None
    names = _listed(attempt.code.unread)
    return {"unread": f": {names} {'is' if len(attempt.code.unread) == 1 else 'are'} not used" if names else ""}


def _returns_nothing(attempt: Attempt) -> bool:
    return attempt.values_came and all(outcome.value is None for outcome in attempt.received)


def _alike(attempt: Attempt, one, other) -> bool:
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(_alike(attempt, *pair) for pair in zip(one, other, strict=True))
    if is_numbers(one) or is_numbers(other):
        return attempt.alike(one, other)
    return one is other or type(one) is type(other)  # whatever it is, it is of the same kind


def _listed(names) -> str:
    return " and ".join(names)
