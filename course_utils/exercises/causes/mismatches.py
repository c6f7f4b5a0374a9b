"""Shapes and places that do not fit, where no single change of the source makes the whole answer right."""

import ast
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.exercises.causes.attempt import Attempt
from course_utils.exercises.causes.crash import UNKNOWN, Crash, crash_of, shape_of
from course_utils.exercises.causes.registry import Words, cause


@cause(about="A matrix product of shapes that do not fit; the one transpose or order that would, where there is one.")
def a_product_that_does_not_fit(attempt: Attempt) -> Words:
    crash = crash_of(attempt, ValueError)
    if crash is None or not re.search(r"matmul|not aligned", crash.message):
        return None
    sides = _sides(crash)
    if sides is None:
        return None
    (left, a), (right, b) = sides
    if not np.ndim(a) or not np.ndim(b):
        return {"sentence": f"`{crash.text}`{crash.at} multiplies by a plain number: write * in the place of @."}
    inner = f"the {np.shape(a)[-1]} and the {np.shape(b)[-2 if np.ndim(b) > 1 else 0]} have to agree"
    start = f"`{crash.text}`{crash.at} multiplies {np.shape(a)} by {np.shape(b)}, and {inner}."
    fitting = [text for text, product in _products(left, a, right, b) if _works(product)]
    return {"sentence": f"{start} {fitting[0]} fits." if len(fitting) == 1 else start}


def _products(left: str, a: Any, right: str, b: Any) -> list[tuple[str, Callable[[], Any]]]:
    turned = [(f"{left}.T @ {right}", lambda: a.T @ b)] if a.ndim > 1 else []
    turned += [(f"{left} @ {right}.T", lambda: a @ b.T)] if b.ndim > 1 else []
    turned += [(f"{right} @ {left}", lambda: b @ a)] if a.ndim == b.ndim else []  # a row on the left is a.T @ b
    return turned


@cause(about="Arrays of shapes that cannot be joined element by element; a column, by keepdims=True or [:, None], can.")
def shapes_that_do_not_broadcast(attempt: Attempt) -> Words:
    crash = crash_of(attempt, ValueError)
    if crash is None or "could not be broadcast" not in crash.message:
        return None
    sides = _sides(crash)
    if sides is None:
        return None
    (left, a), (right, b) = sides
    start = f"`{crash.text}`{crash.at} joins {np.shape(a)} and {np.shape(b)} element by element, and they do not fit."
    for (_, table), (text, row) in (sides, sides[::-1]):
        if np.ndim(row) == 1 and np.ndim(table) == 2 and len(table) == len(row):
            kept = _reduction(crash, text)
            cure = (
                f"keepdims=True in `{kept}` keeps it a column." if kept else f"{text}[:, None] is a column, which does."
            )
            return {"sentence": f"{start} {cure}"}
    for turned, table in ((left, (a, b)), (right, (b, a))):
        if np.ndim(table[0]) == 2 and table[0].T.shape == np.shape(table[1]):
            return {"sentence": f"{start} {turned}.T does."}
    return {"sentence": start}


def _reduction(crash: Crash, text: str) -> str:
    """Find the sum, mean or max along axis 1 that made a row: in the line itself, or where the name was set."""
    for node in ast.walk(crash.tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == text:
            text = ast.unparse(node.value)
    made = ast.parse(text, mode="eval").body
    keywords = {keyword.arg for keyword in made.keywords} if isinstance(made, ast.Call) else set()
    return text if "axis" in keywords and "keepdims" not in keywords else ""


@cause(about="An index just behind the end, or far behind it.")
def an_index_behind_the_end(attempt: Attempt) -> Words:
    crash = crash_of(attempt, IndexError)
    if crash is None:
        return None
    found = re.search(r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)", crash.message)
    start = f"`{crash.text}`{crash.at}" if crash.text else f"The index{crash.at}"
    if found:
        index, axis, size = map(int, found.groups())
        along = f" along axis {axis}" if axis else ""
        if index == size:
            return {"sentence": f"{start} asks for element {index}{along}. Of {size}, the last is element {size - 1}."}
        last = f"there are {size}, from 0 to {size - 1}" if size else "there is none"
        return {"sentence": f"{start} asks for element {index}{along}, and {last}."}
    if "index out of range" not in crash.message or not isinstance(crash.node, ast.Subscript):
        return None
    whole, index = crash.value(crash.node.value), crash.value(crash.node.slice)
    if not isinstance(whole, list | tuple) or not isinstance(index, int):
        return None
    if not whole:
        return {"sentence": f"{start} asks for element {index}, and there is none: it is empty."}
    return {"sentence": f"{start} asks for element {index}. Of {len(whole)}, the last is element {len(whole) - 1}."}


@cause(about="A column, or a mask of another length, picks rows of an array; a column as a plain row would.")
def a_mask_that_does_not_fit(attempt: Attempt) -> Words:
    crash = crash_of(attempt, IndexError)
    if crash is None or "boolean index did not match" not in crash.message or not isinstance(crash.node, ast.Subscript):
        return None
    array, mask = crash.value(crash.node.value), crash.value(crash.node.slice)
    if not isinstance(array, np.ndarray) or not isinstance(mask, np.ndarray):
        return None
    start = f"`{crash.text}`{crash.at} picks from {array.shape} with a mask of the shape {mask.shape}."
    if mask.shape != (len(array), 1):
        return {"sentence": f"{start} A mask needs one True or False for each row: {array.shape[:1]}."}
    column = _column_in(crash, crash.node.slice, mask.shape)
    row = f"{column}[:, 0]" if column else "[:, 0] behind it"
    return {"sentence": f"{start} That is a column, and a mask of rows has one axis: {row} makes a plain row of it."}


def _column_in(crash: Crash, mask: ast.expr, shape: tuple[int, ...]) -> str:
    """Find the name behind a mask that is a column itself: the y of `y == 0`."""
    names = [node for node in ast.walk(mask) if isinstance(node, ast.Name)]
    return next((node.id for node in names if np.shape(crash.value(node)) == shape), "")


@cause(about="More axes are asked for than an array has.")
def an_axis_that_is_not_there(attempt: Attempt) -> Words:
    crash = crash_of(attempt, IndexError, ValueError)
    if crash is None or not re.search(r"too many indices|out of bounds for array of dimension", crash.message):
        return None
    node = crash.node
    if isinstance(node, ast.Subscript):
        array = crash.value(node.value)
        what = ast.unparse(node.value)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        method = crash.value(node.func.value)
        array = method if isinstance(method, np.ndarray) else crash.value(node.args[0]) if node.args else UNKNOWN
        what = ast.unparse(node.func.value if isinstance(method, np.ndarray) or not node.args else node.args[0])
    else:
        return None
    shape = shape_of(array)
    if shape is None:
        return None
    has = {0: "is a single number, without axes", 1: f"has one axis, 0: {shape}"}.get(
        len(shape), f"has the shape {shape}"
    )
    return {"sentence": f"`{crash.text}`{crash.at} asks for an axis that is not there: {what} {has}."}


def _sides(crash: Crash) -> tuple[tuple[str, Any], tuple[str, Any]] | None:
    """Give both sides of the operation at which it stopped, as text and as value."""
    node = crash.node
    if isinstance(node, ast.BinOp):
        parts = [node.left, node.right]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        method = isinstance(crash.value(node.func.value), np.ndarray)
        parts = [node.func.value, *node.args] if method else list(node.args)
    else:
        return None
    if len(parts) != 2:
        return None
    values = [crash.value(part) for part in parts]
    if any(shape_of(value) is None for value in values):
        return None
    texts = [f"({ast.unparse(p)})" if isinstance(p, ast.BinOp) else ast.unparse(p) for p in parts]
    return (texts[0], values[0]), (texts[1], values[1])


def _works(product: Callable[[], Any]) -> bool:
    try:
        product()
    except ValueError:
        return False
    return True
