"""The right numbers in another form: another shape, another order, one axis too many or too few."""

import ast
from collections.abc import Callable
from functools import partial
from itertools import permutations
from operator import itemgetter

import numpy as np

from course_utils.exercises.causes.attempt import Attempt, Result, is_numbers
from course_utils.exercises.causes.registry import Words, cause
from course_utils.exercises.compare import result_name

# --- how many results, and in which order


@cause(
    about="Several results, all right, in another order.",
    says="The results are right, in another order: {yours} came where {ours} is asked for.",
)
def results_in_another_order(attempt: Attempt) -> Words:
    count = len(attempt.results)
    if not 2 <= count <= 5:
        return None
    for order in list(permutations(range(count)))[1:]:
        moved = zip(attempt.results, order, strict=True)
        if all(_same(attempt, result.expected, attempt.results[n].received) for result, n in moved):
            came = [result_name(attempt.exercise, order.index(n)) for n in range(count)]
            ours = [result.name for result in attempt.results]
            return {"yours": ", ".join(came), "ours": ", ".join(ours)}
    return None


@cause(
    about="A comma behind the result makes a tuple with one element.",
    says="A comma behind the result makes a tuple of it. Take the comma away.",
    joins=True,
)
def a_comma_at_the_end(attempt: Attempt) -> Words:
    expected, received = _values(attempt)
    if any(isinstance(value, tuple) for value in expected):
        return None
    if all(isinstance(value, tuple) and len(value) == 1 for value in received):
        return {} if _same(attempt, expected, [value[0] for value in received]) else None
    written = all(is_numbers(value) and value.shape == (1,) for value in received) and _returns_tuple_of_one(attempt)
    return {} if written and _same(attempt, expected, [value[0] for value in received]) else None


@cause(
    about="More results than asked for; one of them is right.",
    says="It returns {count} results, and result {number} is right. Return that one alone.",
)
def more_results_than_asked_for(attempt: Attempt) -> Words:
    expected, received = _values(attempt)
    if isinstance(expected[0], tuple) or not all(isinstance(value, tuple) for value in received):
        return None
    for n in range(min(len(value) for value in received)):
        if len(received[0]) > 1 and _same(attempt, expected, [value[n] for value in received]):
            return {"count": len(received[0]), "number": n + 1}
    return None


@cause(
    about="One of the results came, the others did not.",
    says="Only {name} came. Return all of them, with commas between.",
)
def one_result_of_several(attempt: Attempt) -> Words:
    expected, received = _values(attempt)
    if not all(isinstance(value, tuple) for value in expected):
        return None
    for n in range(len(expected[0])):
        if _same(attempt, [value[n] for value in expected], received):
            return {"name": result_name(attempt.exercise, n)}
    return None


# --- shapes


@cause(
    about="The result is its own transpose: rows and columns have changed places.",
    says="The numbers are right, but rows and columns have changed places: it is transposed.",
    each_result=True,
    joins=True,
)
def transposed(result: Result) -> Words:
    flat = all(np.ndim(value) < 2 for value in result.expected)
    return {} if not flat and result.explained(lambda right: right.T) else None


@cause(
    about="A column where a row is due, a row where a column is due, an axis of length 1 too many or too few.",
    says="The numbers are right, but {came} came where {due} is due.{also}",
    each_result=True,
    joins=True,
)
def a_column_for_a_row(result: Result) -> Words:
    if not result.arrays or not any(np.shape(right) != np.shape(came) for right, came in result.pairs):
        return None
    for right, came in result.pairs:
        squeezed = [tuple(n for n in np.shape(value) if n != 1) for value in (right, came)]
        if squeezed[0] != squeezed[1] or not result.attempt.alike(right, came.reshape(right.shape)):
            return None
    right, came = max(result.pairs, key=lambda pair: np.size(pair[0]))
    return {"came": _form(came), "due": _form(right), "also": _advice(right, came)}


@cause(
    about="A table where one long row is due, or the other way round.",
    says="The numbers are right, in the shape {came}. The shape {due} is asked for.",
    each_result=True,
)
def another_shape(result: Result) -> Words:
    if not result.arrays:
        return None
    for right, came in result.pairs:
        if right.size != came.size or not result.attempt.alike(right, came.reshape(right.shape)):
            return None
    right, came = next(pair for pair in result.pairs if np.shape(pair[0]) != np.shape(pair[1]))
    return {"came": came.shape, "due": right.shape}


@cause(
    about="A table filled column by column where it is due row by row.",
    says="The numbers are right, but the table is filled column by column. It is due row by row.",
    each_result=True,
)
def filled_by_columns(result: Result) -> Words:
    def filled(right):
        return right.ravel().reshape(right.shape, order="F")

    def read(right):
        return right.ravel(order="F").reshape(right.shape)

    flat = all(np.ndim(value) < 2 for value in result.expected)
    return {} if not flat and (result.explained(filled) or result.explained(read)) else None


@cause(
    about="The same numbers from the last to the first, along one axis or along all.",
    says="The numbers are right, but they run backwards{along}.",
    each_result=True,
)
def backwards(result: Result) -> Words:
    most = max((np.ndim(value) for value in result.expected), default=0)
    for axis in range(most if most > 1 else 0):
        if result.explained(partial(np.flip, axis=axis)):
            return {"along": f" along axis {axis}"}
    return {"along": ""} if most and result.explained(np.flip) else None


@cause(
    about="The result is sorted, and should not be.",
    says="The numbers are right, but they have been sorted. Leave them in their order.",
    each_result=True,
)
def sorted_numbers(result: Result) -> Words:
    return {} if all(map(np.ndim, result.expected)) and result.explained(np.sort) else None


@cause(
    about="A whole axis is added up, averaged or reduced to its largest number, and should have stayed.",
    says="{what} {along}. These should have stayed apart: the shape is to be {due}.",
    each_result=True,
)
def an_axis_too_many_reduced(result: Result) -> Words:
    if not result.arrays:
        return None
    shape = max(result.expected, key=np.size).shape
    for axis in (*range(len(shape) if len(shape) > 1 else 0), None):
        along = "over the whole array" if axis is None else f"along axis {axis}"
        for what, reduce in REDUCE.items():
            for keep in (False, True):
                if shape and result.explained(partial(reduce, axis=axis, keepdims=keep)):
                    return {"what": what, "along": along, "due": shape}
    return None


REDUCE: dict[str, Callable] = {
    "The numbers are added up": np.sum,
    "The mean is taken": np.mean,
    "The largest number is taken": np.max,
    "The smallest number is taken": np.min,
    "The place of the largest number is given": np.argmax,
}


@cause(
    about="A row met a column, and broadcasting made a square table of them.",
    says="A column {column} met a row {row} on the way: broadcasting made a table {came} of them.",
    each_result=True,
)
def a_row_met_a_column(result: Result) -> Words:
    if not result.arrays:
        return None
    larger = [pair for pair in result.pairs if pair[0].size > 1]
    for right, came in larger:
        if right.size not in right.shape or came.shape != (right.size, right.size):
            return None
    if len({came.shape for _, came in larger}) < 2 or any(r.size == 1 != c.size for r, c in result.pairs):
        return None
    came = larger[0][1].shape
    return {"column": (came[0], 1), "row": (came[0],), "came": came}


@cause(
    about="Numbers that should have been added up or averaged still stand apart.",
    says="The numbers still stand apart: {what} of them{along} is asked for.",
    each_result=True,
)
def not_reduced_yet(result: Result) -> Words:
    if not result.arrays or all(right.size == came.size for right, came in result.pairs):
        return None
    for what, reduce in {"the sum": np.sum, "the mean": np.mean, "the largest": np.max, "the smallest": np.min}.items():
        for axis in (None, 0, 1, 2):
            if _reduces(result, reduce, axis):
                return {"what": what, "along": "" if axis is None else f" along axis {axis}"}
    return None


@cause(
    about="One element too few or too many, at the beginning or at the end.",
    says="It is right but for its {end}: the {place} element is {what}.",
    each_result=True,
)
def one_element_too_few_or_too_many(result: Result) -> Words:
    if not all(map(np.ndim, result.expected)):
        return None
    for end, place, keep in (("end", "last", slice(-1)), ("beginning", "first", slice(1, None))):
        if result.explained(itemgetter(keep)):
            return {"end": end, "place": place, "what": "missing"}
        if _one_more(result, keep):
            return {"end": end, "place": place, "what": "too many"}
    return None


def _one_more(result: Result, keep: slice) -> bool:
    if not result.arrays or not all(map(np.ndim, result.received)):
        return False
    longer = all(len(came) == len(right) + 1 for right, came in result.pairs)
    return longer and all(result.attempt.alike(right, came[keep]) for right, came in result.pairs)


def _reduces(result: Result, reduce, axis: int | None) -> bool:
    for right, came in result.pairs:
        if came.ndim <= (axis or 0) or not came.size:
            return False
        with np.errstate(all="ignore"):
            if not result.attempt.alike(right, np.asarray(reduce(came, axis=axis))):
                return False
    return True


def _values(attempt: Attempt) -> tuple[list, list]:
    expected, received = attempt.expected, attempt.received
    return [outcome.value for outcome in expected], [outcome.value for outcome in received]


def _same(attempt: Attempt, expected, received) -> bool:
    pairs = list(zip(expected, received, strict=False))
    return bool(pairs) and all(is_numbers(came) and attempt.alike(*pair) for pair in pairs for came in pair[1:])


def _returns_tuple_of_one(attempt: Attempt) -> bool:
    tree = attempt.code.tree
    if tree is None:
        return False
    ends = (
        [tree.body] if isinstance(tree, ast.Lambda) else [n.value for n in ast.walk(tree) if isinstance(n, ast.Return)]
    )
    return bool(ends) and all(isinstance(end, ast.Tuple) and len(end.elts) == 1 for end in ends)


def _form(array: np.ndarray) -> str:
    if array.ndim == 0:
        return "a single number"
    if array.ndim == 1:
        return f"a row {array.shape}"
    if array.ndim == 2 and array.shape[1] == 1:
        return f"a column {array.shape}"
    return f"an array {array.shape}"


def _advice(right: np.ndarray, came: np.ndarray) -> str:
    if right.ndim == 0:
        return " Give the number itself."
    if came.ndim == right.ndim + 1 and came.shape[0] == 1:
        return " One pair of brackets, or one axis, is too many."
    return ""
