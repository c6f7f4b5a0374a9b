"""Where a single small change of the answer would make it right: the surest cause that there is.

The answer's source is changed at one place at a time, as a learner would correct it: another operator, a sign, an axis,
brackets, a name. A change counts only if every input then comes out right. Nothing is tried on answers that might touch
files, the network or random numbers.
"""

import ast
import copy
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from course_utils.exercises.causes.attempt import Attempt
from course_utils.exercises.causes.edits import edits, lacking, statements_moved
from course_utils.exercises.causes.registry import Words, cause
from course_utils.exercises.compare import value_difference
from course_utils.exercises.sandbox import freeze, run_all

SECONDS = 0.18  # of computing, for all changes of one answer
PATIENCE = 1.0  # seconds until a change that does not come to an end is left


class Change(NamedTuple):
    """One changed place of the source."""

    parent: ast.AST
    field: str
    place: int | None
    old: Any
    new: Any
    words: str


@cause(
    about="One place of the source: an operator, a sign, an axis, keepdims, a transpose, brackets, a name, a constant, "
    "a function, a step in place. With that place changed every input comes out right.",
    says="{what}",
)
def one_place(attempt: Attempt) -> Words:
    tree = attempt.code.tree
    if tree is None or not attempt.code.is_harmless:
        return None
    found: list[str] = []
    run_all(lambda: _search(attempt, tree, found), [()], seconds=PATIENCE)
    return {"what": found[0]} if found else None


def _search(attempt: Attempt, tree: ast.FunctionDef | ast.Lambda, found: list[str]) -> None:
    if isinstance(tree, ast.FunctionDef):
        tree.decorator_list = []
    names = attempt.code.surroundings
    at = attempt.first_failure
    end = time.thread_time() + SECONDS
    for changes in _candidates(attempt, tree):
        if time.thread_time() > end:
            return
        for change in changes:
            _put(change, change.new)
        try:
            function = _compiled(tree, names)
            right = _fits(function, attempt, at) and _is_right(function, attempt)
        except Exception:  # a change that cannot be compiled or computed is none
            right = False
        finally:
            for change in reversed(changes):
                _put(change, change.old)
        if right:
            found.append(_sentence(changes))
            return


def _fits(function: Callable, attempt: Attempt, at: int) -> bool:
    value = freeze(function(*copy.deepcopy(attempt.inputs[at])))
    return value_difference(attempt.expected[at].value, value, attempt.exercise) is None


def _is_right(function: Callable, attempt: Attempt) -> bool:
    rest = list(range(len(attempt.inputs)))
    if not all(_fits(function, attempt, n) for n in rest):
        return False
    return attempt.is_right(function)  # without warnings where they count, and with its inputs left alone


def _compiled(tree: ast.FunctionDef | ast.Lambda, names: dict[str, Any]) -> Callable:
    if isinstance(tree, ast.Lambda):
        return eval(compile(ast.Expression(tree), "<changed>", "eval"), names)
    exec(compile(ast.Module([tree], []), "<changed>", "exec"), names)
    return names[tree.name]


def _candidates(attempt: Attempt, tree: ast.FunctionDef | ast.Lambda) -> Iterator[list[Change]]:
    """Give the likely changes, each alone and then at all places alike; then the others; then what may be missing."""
    slots = list(_slots(tree))
    alike: dict[tuple, list[Change]] = {}
    for change in _changes(attempt, slots, partial(edits, likely=True)):
        alike.setdefault(_kind(change), []).append(change)
        yield [change]
    yield from (changes for changes in alike.values() if len(changes) > 1)
    for some in (partial(edits, likely=False), lacking):
        for change in _changes(attempt, slots, some):
            yield [change]
    if isinstance(tree, ast.FunctionDef):
        for parent, field, old, body, words in statements_moved(tree):
            yield [Change(parent, field, None, old, body, words)]


def _changes(attempt: Attempt, slots: list, some: Callable) -> Iterator[Change]:
    for parent, field, place, node in slots:
        for new, words in some(node, parent, field, attempt):
            ast.fix_missing_locations(ast.copy_location(new, node))
            yield Change(parent, field, place, node, new, words)


def _kind(change: Change) -> tuple:
    """Tell which changes are the same one at another place: `axis=1` to `axis=0`, but no other 1 to 0."""
    around = change.parent.arg if isinstance(change.parent, ast.keyword) else change.field
    alone = id(change) if isinstance(change.old, ast.Constant) and around == change.field else 0
    return ast.dump(change.old), ast.dump(change.new), around, alone


def _slots(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Give every place below a node at which another node stands."""
    for field, value in ast.iter_fields(tree):
        if isinstance(tree, ast.FunctionDef | ast.Lambda) and field == "args":
            continue
        if isinstance(value, ast.AST):
            yield tree, field, None, value
            yield from _slots(value)
        elif isinstance(value, list):
            for index, part in enumerate(value):
                if isinstance(part, ast.AST):
                    yield tree, field, index, part
                    yield from _slots(part)


def _put(change: Change, node: Any) -> None:
    if change.place is None:
        setattr(change.parent, change.field, node)
    else:
        getattr(change.parent, change.field)[change.place] = node


def _sentence(changes: list[Change]) -> str:
    first = changes[0]
    if isinstance(first.old, list):  # lines moved or left out
        return first.words
    old = _piece(first, first.old)
    _put(first, first.new)
    new = _piece(first, first.new)
    _put(first, first.old)
    lines = list(dict.fromkeys(str(change.old.lineno) for change in changes))
    at = f"line {lines[0]}" if len(lines) == 1 else f"lines {', '.join(lines[:-1])} and {lines[-1]}"
    return f"{first.words} in {at}: with `{new}` in the place of `{old}` every input comes out right."


def _piece(change: Change, node: ast.AST) -> str:
    """Write a place of the source; a name or a number with what stands around it."""
    alone = isinstance(change.old, ast.Name | ast.Constant | ast.Slice | ast.Tuple)
    around = isinstance(change.parent, ast.expr | ast.keyword | ast.Assign)
    lambdas = isinstance(change.parent, ast.Lambda)
    return ast.unparse(change.parent if alone and around and not lambdas else node)
