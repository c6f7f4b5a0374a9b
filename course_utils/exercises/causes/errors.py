"""What an error means here: the message that Python or NumPy gave, read for the one who wrote the line."""

import ast
import builtins
import difflib
import math
import re
import traceback
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np

from course_utils.exercises.causes.attempt import Attempt
from course_utils.exercises.causes.crash import UNKNOWN, Crash, crash_of, kind_of, shape_of
from course_utils.exercises.causes.registry import Words, cause
from course_utils.exercises.exercise import Exercise

IN_NUMPY = {"pow": "power", "fabs": "abs", "gamma": "", "dist": "", "fsum": "sum"}  # where math has another name


@cause(about="An `if`, while, and, or, not, max or min asks one question of a whole array.")
def a_question_to_a_whole_array(attempt: Attempt) -> Words:
    crash = crash_of(attempt, ValueError)
    if crash is None or "truth value of an array" not in crash.message:
        return None
    called = crash.node.func.id if isinstance(crash.node, ast.Call) and isinstance(crash.node.func, ast.Name) else ""
    if called in ("max", "min"):
        other = "np.maximum" if called == "max" else "np.minimum"
        words = f"`{crash.text}`{crash.at} compares whole arrays. {other} takes the {called} element by element."
        return {"sentence": words}
    if called in ("any", "all", "sorted", "sum"):
        return {"sentence": f"`{crash.text}`{crash.at} goes over rows, not over numbers. np.{called} knows axes."}
    word, test = _question(crash)
    value = crash.value(test)
    seen = f", and `{ast.unparse(test)}` is {kind_of(value)}" if test is not None and value is not UNKNOWN else ""
    if not word:
        return {"sentence": f"An array of several numbers{crash.at} is taken for one True or False."}
    start = f"The `{word}`{crash.at} needs one True or False{seen}."
    if word in ("and", "or", "not"):
        sign = {"and": "&", "or": "|", "not": "~"}[word]
        return {"sentence": f"{start} Write {sign}, with brackets around each comparison: it goes element by element."}
    if word == "chain":
        return {
            "sentence": f"`{crash.text}`{crash.at} compares twice in one, which arrays cannot. "
            "Write two comparisons in brackets with & between them."
        }
    if np.ndim(attempt.expected[attempt.first_failure].value) and word != "while":
        return {"sentence": f"{start} np.where(condition, this, that) decides for each element."}
    return {"sentence": f"{start} np.all(…) or np.any(…) makes one of many."}


def _question(crash: Crash) -> tuple[str, ast.expr | None]:
    """Find which word of the line asks, and what."""
    for node in crash.nodes():
        if isinstance(node, ast.BoolOp) and crash.text in map(ast.unparse, [node, *node.values]):
            many = (part for part in node.values if np.size(crash.value(part)) > 1)
            return ("and" if isinstance(node.op, ast.And) else "or"), next(many, None)
    for node in crash.nodes():
        if isinstance(node, ast.Compare) and len(node.ops) > 1 and ast.unparse(node) == crash.text:
            return "chain", node
    for node in crash.nodes():
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) and ast.unparse(node.operand) in crash.text:
            return "not", node.operand
    for node in crash.nodes():
        if isinstance(node, ast.If | ast.While | ast.IfExp) and ast.unparse(node.test) == crash.text:
            return ("while" if isinstance(node, ast.While) else "if"), node.test
    return "", None


@cause(about="A function of math, or float() or int(), gets an array, or a number that it refuses.")
def one_number_wanted(attempt: Attempt) -> Words:
    crash = crash_of(attempt, TypeError, ValueError, OverflowError)
    if crash is None or not isinstance(crash.node, ast.Call) or not crash.node.args:
        return None
    function, value = crash.value(crash.node.func), crash.value(crash.node.args[0])
    name = getattr(function, "__name__", "")
    what, given = ast.unparse(crash.node.func), f"`{ast.unparse(crash.node.args[0])}`"
    many = isinstance(value, list | tuple) or np.ndim(value) > 0 if value is not UNKNOWN else False
    if function in (float, int) and many:
        there = " astype makes whole numbers of an array." if function is int else " Arrays need no such step."
        return {"sentence": f"{name}(…){crash.at} makes one number, and {given} is {kind_of(value)}.{there}"}
    if getattr(math, str(name), None) is not function or function is None:
        return None
    other = IN_NUMPY.get(name, name)
    if not hasattr(np, other or "?"):
        return None
    if many:
        return {
            "sentence": f"{what}{crash.at} takes one number, and {given} is {kind_of(value)}. "
            f"np.{other} takes a whole array."
        }
    if isinstance(crash.error, OverflowError):
        return {"sentence": f"{what}{crash.at} stops where its result is too large. np.{other} gives inf there."}
    if isinstance(crash.error, ValueError) and isinstance(value, int | float | np.number):
        return {"sentence": f"{what}{crash.at} is not defined for {float(value):.4g}. Keep {given} away from it."}
    return None


@cause(
    about="A value is called as if it were a function: a `*` is missing, square brackets are due, or a name hides it."
)
def a_value_is_called(attempt: Attempt) -> Words:
    crash = crash_of(attempt, TypeError)
    if crash is None or "object is not callable" not in crash.message or not isinstance(crash.node, ast.Call):
        return None
    called, arguments = crash.node.func, crash.node.args
    value = crash.value(called)
    if value is UNKNOWN or callable(value):
        return None
    text = ast.unparse(called)
    start = f"`{crash.text}`{crash.at} calls {text} like a function, but it is {kind_of(value)}."
    if isinstance(called, ast.Name) and hasattr(builtins, called.id):
        return {"sentence": f"{start} Your own name {text} hides Python's {text}: call it something else."}
    if isinstance(value, ModuleType):
        return {"sentence": f"{start} A function of it has a dot: {text}.name(…)."}
    if value is None:
        return {"sentence": f"{start} The function that should have made it returns nothing."}
    if not arguments:
        return {"sentence": f"{start} Leave out the round brackets."}
    inside = ", ".join(map(ast.unparse, arguments))
    if isinstance(value, tuple | list | dict) or len(arguments) > 1:
        return {"sentence": f"{start} An element stands in square brackets: {text}[{inside}]."}
    product = ast.unparse(ast.BinOp(called, ast.Mult(), arguments[0]))
    if isinstance(value, np.ndarray) and isinstance(crash.value(arguments[0]), int | np.integer):
        return {"sentence": f"{start} Its element is {text}[{inside}], and a product is {product}."}
    return {"sentence": f"{start} A * is missing: {product}."}


@cause(about="A name that nothing has: the module before it is missing, a letter is wrong, its cell has not run.")
def an_unknown_name(attempt: Attempt) -> Words:
    crash = crash_of(attempt, NameError)
    if crash is None or isinstance(crash.error, UnboundLocalError):
        return None
    name = getattr(crash.error, "name", None)
    if not name:
        return None
    start = f"`{name}`{crash.at} is not defined"
    if name in ("np", "cu", "plt", "math", "numpy"):
        return {"sentence": f"{start}: the cell with the imports has not been run since the start."}
    known = list(dict.fromkeys([*crash.locals, *attempt.code.arguments, *attempt.exercise.arguments]))
    spelt = _closest(name, [*known, *(key for key in crash.globals if not key.startswith("_"))])
    if spelt and spelt.lower() == name.lower():
        return {"sentence": f"{start}, but `{spelt}` is: capital and small letters are different names."}
    if name in known and name not in crash.locals:  # of the card, under another name here
        yours = ", ".join(attempt.code.arguments)
        return {"sentence": f"{start}: the card calls an argument so, and yours are called {yours}."}
    for alias in _modules_with(name, crash.globals):
        return {"sentence": f"{start}. It is a function of {alias}: write {alias}.{name}."}
    if spelt:
        return {"sentence": f"{start}, but `{spelt}` is. A slip of the pen?"}
    if isinstance(getattr(attempt.exercise.solution, "__globals__", {}).get(name), Exercise):
        return {"sentence": f"{start}: it is another exercise of the lesson, whose cell has not been run."}
    if name.lower() in ("true", "false", "none"):
        return {"sentence": f"{start}: Python writes {name.capitalize()}."}
    return {"sentence": f"{start}, neither in the function nor in a cell that has been run."}


@cause(about="An attribute that is not there: a slip, a NumPy function called as a method, a list taken for an array.")
def an_unknown_attribute(attempt: Attempt) -> Words:
    crash = crash_of(attempt, AttributeError)
    if crash is None:
        return None
    name, owner = getattr(crash.error, "name", None), getattr(crash.error, "obj", None)
    if not name:
        return None
    if owner is None:
        return {"sentence": f"`.{name}`{crash.at} is asked of None: the line that made it returned nothing."}
    if isinstance(owner, ModuleType):
        where = owner.__name__
        for alias in _modules_with(name, crash.globals):
            return {"sentence": f"{where} has no {name}{crash.at}. It is a function of {alias}: write {alias}.{name}."}
        spelt = _closest(name, dir(owner))
        return {"sentence": f"{where} has no {name}{crash.at}. {where}.{spelt} is there."} if spelt else None
    if isinstance(owner, np.ndarray | np.generic) and callable(getattr(np, name, None)):
        return {"sentence": f"Arrays have no .{name}{crash.at}. It is a function of NumPy: np.{name}(…)."}
    if isinstance(owner, list | tuple | int | float) and hasattr(np.ndarray, name):
        what = kind_of(owner)
        cure = "" if isinstance(owner, int | float) else " np.array(…) makes an array of it."
        return {"sentence": f"`.{name}`{crash.at} belongs to arrays, and here stands {what}.{cure}"}
    spelt = _closest(name, [known for known in dir(owner) if not known.startswith("_")])
    return {"sentence": f"There is no .{name}{crash.at}. .{spelt} is there."} if spelt else None


@cause(about="A name gets its value later in the function, or only on a way that was not taken.")
def a_name_read_too_early(attempt: Attempt) -> Words:
    crash = crash_of(attempt, UnboundLocalError)
    found = re.search(r"variable '(\w+)'", crash.message) if crash else None
    if crash is None or found is None:
        return None
    name = found[1]
    start = f"`{name}` is read{crash.at} before the function has given it a value"
    if name in crash.globals or hasattr(builtins, name):
        whose = "the notebook" if name in crash.globals else "Python"
        return {"sentence": f"{start}. Because the function sets {name} itself, it does not see the one of {whose}."}
    if isinstance(next((n for n in crash.nodes() if isinstance(n, ast.AugAssign)), None), ast.AugAssign):
        return {"sentence": f"{start}: set it to its first value above, before something is added."}
    return {"sentence": f"{start}. A line that sets it comes later, or in a branch or a loop that was not entered."}


@cause(about="A function calls itself without end.")
def no_end_of_calls(attempt: Attempt) -> Words:
    crash = crash_of(attempt, RecursionError)
    if crash is None:
        return None
    home = getattr(attempt.answer, "__code__", None)
    steps = [frame.f_code for frame, _ in traceback.walk_tb(crash.error.__traceback__)][-20:]
    names = list(dict.fromkeys(code.co_name for code in steps if home and code.co_filename == home.co_filename))
    if not names:
        return None
    if len(names) > 1:
        return {"sentence": f"{' and '.join(names)} call each other without end."}
    for alias in _modules_with(names[0], crash.globals):
        return {"sentence": f"{names[0]} calls itself without end. Did you mean {alias}.{names[0]}?"}
    return {"sentence": f"{names[0]} calls itself without end: no way through it gets by without that call."}


@cause(about="A division of Python's numbers by 0, with what is 0.")
def a_division_by_zero(attempt: Attempt) -> Words:
    crash = crash_of(attempt, ZeroDivisionError)
    if crash is None or not isinstance(crash.node, ast.BinOp):
        return None
    right = crash.node.right
    if crash.value(right) is UNKNOWN or crash.value(right) != 0:
        return None
    return {"sentence": f"`{crash.text}`{crash.at} divides by 0: `{ast.unparse(right)}` is 0 on this input."}


@cause(about="An operator between things that do not compute: text, None, a list, a function without its brackets.")
def not_something_to_compute_with(attempt: Attempt) -> Words:
    crash = crash_of(attempt, TypeError)
    if crash is None or "operand type" not in crash.message and "ufunc" not in crash.message:
        return None
    if isinstance(crash.node, ast.BinOp):
        sides = [crash.node.left, crash.node.right]
    elif isinstance(crash.node, ast.UnaryOp):
        sides = [crash.node.operand]
    elif isinstance(crash.node, ast.Call):
        sides = list(crash.node.args)
    else:
        sides = []
    for side in sides:
        value = crash.value(side)
        if value is UNKNOWN or shape_of(value) is not None and np.asarray(value).dtype.kind in "biufc":
            continue
        text = ast.unparse(side)
        return {"sentence": f"`{crash.text}`{crash.at} cannot be computed: `{text}` is {kind_of(value)}.{_cure(value)}"}
    return None


def _cure(value: Any) -> str:
    if isinstance(value, str):
        return " Leave out the quotes."
    if isinstance(value, list):
        return " np.array(…) makes an array of it."
    if isinstance(value, tuple) and value and all(isinstance(part, int) for part in value):
        return " A shape? Then [0] gives its first number."
    if isinstance(value, tuple) and value and all(isinstance(part, np.ndarray) for part in value):
        return " np.where with one argument gives such a tuple of places." if _is_places(value) else ""
    if value is None:
        return " The function that should have made it returns nothing."
    if callable(value):
        return " Round brackets call it."
    return " Its cell waits for your answer." if value is ... else ""


def _is_places(value: tuple) -> bool:
    return all(part.ndim == 1 and part.dtype == np.intp for part in value)


@cause(about="np.where without the two values to choose from gives places, or stops.")
def where_without_its_cases(attempt: Attempt) -> Words:
    calls = [
        node
        for node in ast.walk(attempt.code.tree or ast.Module([], []))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("np.where", "numpy.where") and len(node.args) < 3
    ]
    if not calls or any(node.keywords for node in calls):
        return None
    came = attempt.received[attempt.first_failure]
    if isinstance(came.error, ValueError) and "both or neither of x and y" in str(came.error):
        return {"sentence": "np.where needs both values: np.where(condition, where it holds, where it does not)."}
    value = came.value
    places = isinstance(value, tuple) and all(isinstance(part, np.ndarray) for part in value) and _is_places(value)
    if came.error is not None or not places or len(calls[0].args) != 1:
        return None
    return {
        "sentence": f"`{ast.unparse(calls[0])}` gives the places where that holds. "
        "np.where(condition, this, that) gives one of two values for each element."
    }


@cause(about="A keyword with a slip: keepdim, axes.")
def a_keyword_with_a_slip(attempt: Attempt) -> Words:
    crash = crash_of(attempt, TypeError)
    found = re.search(r"unexpected keyword argument '(\w+)'", crash.message) if crash else None
    if crash is None or found is None:
        return None
    spelt = _closest(found[1], ["axis", "keepdims", "dtype", "where", "out"])
    return {"sentence": f"There is no {found[1]}={crash.at}: it is called {spelt}=."} if spelt else None


@cause(about="Two arguments where one in brackets is due: np.zeros(3, 4), np.concatenate(a, b); np.max for np.maximum.")
def brackets_around_two(attempt: Attempt) -> Words:
    crash = crash_of(attempt, TypeError)
    if crash is None or not isinstance(crash.node, ast.Call) or len(crash.node.args) < 2:
        return None
    text = ast.unparse(crash.node.func)
    name = text.rpartition(".")[2]
    inside = ", ".join(map(ast.unparse, crash.node.args))
    if name in ("zeros", "ones", "empty", "concatenate", "stack", "vstack", "hstack") and not isinstance(
        crash.node.args[0], ast.Tuple | ast.List
    ):
        return {"sentence": f"`{crash.text}`{crash.at} takes its parts in brackets of their own: {text}(({inside}))."}
    if text in ("np.max", "np.min"):
        return {
            "sentence": f"{text}{crash.at} takes its second argument for an axis. "
            f"The larger or smaller of two is {text}imum({inside})."
        }
    return None


@cause(about="A decimal number where a whole one is due: as an index, or in range.")
def a_whole_number_wanted(attempt: Attempt) -> Words:
    crash = crash_of(attempt, TypeError, IndexError)
    if crash is None:
        return None
    if isinstance(crash.node, ast.Subscript):
        inside: list[ast.expr] = [crash.node.slice]
    elif isinstance(crash.node, ast.Call):
        inside = list(crash.node.args)
    else:
        return None
    parts = [part for node in inside for part in (node.elts if isinstance(node, ast.Tuple) else [node])]
    parts += [bound for part in parts if isinstance(part, ast.Slice) for bound in (part.lower, part.upper) if bound]
    told = re.search(r"integer|slices|indices", crash.message)
    for part in parts if told else ():
        if isinstance(crash.value(part), float | np.floating):
            cure = " Write // in place of /." if re.search(r"[^/]/[^/]", ast.unparse(part)) else _looped(crash, part)
            seen = f"`{ast.unparse(part)}` is a decimal one.{cure}"
            return {"sentence": f"`{crash.text}`{crash.at} needs a whole number, and {seen}"}
    return None


def _looped(crash: Crash, name: ast.expr) -> str:
    """Say so where a loop hands out elements and they are taken for places."""
    for node in ast.walk(crash.tree):
        if isinstance(node, ast.For | ast.comprehension) and ast.unparse(node.target) == ast.unparse(name):
            return f" The loop over {ast.unparse(node.iter)} hands out its elements and not their places."
    return ""


def _closest(name: str, known: list[str]) -> str:
    same = [other for other in known if other.lower() == name.lower() and other != name]
    if same:
        return same[0]
    near = difflib.get_close_matches(name, [other for other in known if other != name], n=1, cutoff=0.75)
    return near[0] if near and len(name) > 2 else ""


def _modules_with(name: str, names: dict[str, Any]) -> Iterator[str]:
    """Give the modules of the notebook that hold a function of this name, NumPy first."""
    modules = {alias: value for alias, value in names.items() if isinstance(value, ModuleType) and alias[:1] != "_"}
    for alias in sorted(modules, key=lambda alias: (alias != "np", alias)):
        if name in dir(modules[alias]) and modules[alias].__name__ in ("numpy", "course_utils", "math"):
            yield alias
