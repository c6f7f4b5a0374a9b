"""The small changes of a source that `repair` tries, as a learner would correct it; each with the word for its kind."""

import ast
import copy
from collections.abc import Iterator
from typing import Any

from course_utils.exercises.causes.attempt import Attempt

Edits = Iterator[tuple[Any, str]]

OPERATORS: dict[type, tuple[type, ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.MatMult, ast.Div, ast.Add, ast.Pow),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
}
COMPARISONS: dict[type, tuple[type, ...]] = {
    ast.Gt: (ast.GtE, ast.Lt, ast.LtE),
    ast.GtE: (ast.Gt, ast.LtE, ast.Lt),
    ast.Lt: (ast.LtE, ast.Gt, ast.GtE),
    ast.LtE: (ast.Lt, ast.GtE, ast.Gt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
FUNCTIONS = {
    "sum": ("mean", "max"),
    "mean": ("sum",),
    "max": ("min", "argmax", "sum"),
    "min": ("max", "argmin"),
    "argmax": ("max", "argmin"),
    "argmin": ("argmax",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "log10": ("log",),
    "log2": ("log",),
    "log": ("exp", "log1p"),
    "log1p": ("log",),
    "exp": ("log",),
    "std": ("var",),
    "var": ("std",),
    "dot": ("multiply",),
    "multiply": ("dot", "matmul"),
    "ceil": ("floor",),
    "floor": ("ceil",),
    "relu": ("sigmoid", "softmax"),
    "cross": ("dot",),
    "sigmoid": ("softmax", "relu"),
    "softmax": ("sigmoid",),
    "tanh": ("sigmoid",),
    "hstack": ("vstack",),
    "vstack": ("hstack",),
    "any": ("all",),
    "all": ("any",),
    "append": ("insert",),
    "empty_like": ("zeros_like",),
}
REDUCE = {"sum", "mean", "max", "min", "std", "var", "argmax", "argmin", "amax", "amin", "norm", "concatenate", "stack"}
KEEP = {"sum", "mean", "max", "min", "std", "var", "amax", "amin", "norm"}


def edits(node: ast.AST, parent: ast.AST, field: str, attempt: Attempt, likely: bool) -> Edits:
    """Give what may stand in a node's place; the likely changes, or the others."""
    if isinstance(node, ast.BinOp):
        yield from _of_operation(node, likely)
    elif isinstance(node, ast.Call):
        yield from _of_call(node, attempt, likely)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1 and likely:
        for op in COMPARISONS.get(type(node.ops[0]), ()):
            yield ast.Compare(node.left, [op()], node.comparators), "The comparison"
    elif isinstance(node, ast.UnaryOp) and likely:
        yield node.operand, "The sign" if isinstance(node.op, ast.USub) else "The `not` or `~`"
    elif isinstance(node, ast.Constant) and not isinstance(parent, ast.Expr):
        yield from _of_constant(node, parent, attempt, likely)
    elif isinstance(node, ast.AugAssign) and likely:
        yield from _of_step_in_place(node)
    elif isinstance(node, ast.Assign) and likely:
        yield from _of_assignment(node)
    elif isinstance(node, ast.Subscript) and likely:
        yield from _of_index(node)
    elif isinstance(node, ast.IfExp) and likely:
        yield ast.IfExp(node.test, node.orelse, node.body), "The two cases"
    elif isinstance(node, ast.BoolOp) and likely:
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values), "The `and` or `or`"
    elif isinstance(node, ast.Attribute) and node.attr == "T" and likely:
        yield node.value, "The transpose"
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from _of_name(node, parent, field, attempt, likely)
    elif isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and likely:
        for n in range(len(node.elts) - 1):
            yield ast.Tuple([*node.elts[:n], *node.elts[n : n + 2][::-1], *node.elts[n + 2 :]], node.ctx), "The order"
    elif isinstance(node, ast.Slice) and not likely:
        yield from _of_slice(node)


def _of_operation(node: ast.BinOp, likely: bool) -> Edits:
    left, op, right = node.left, node.op, node.right
    if not likely:
        yield left, "A part too much"
        yield right, "A part too much"
        return
    for other in OPERATORS.get(type(op), ()):
        one = isinstance(right, ast.Constant) and right.value == 1 and other in (ast.Mult, ast.Div)
        if not one:  # a 1 too much is rather left out
            yield ast.BinOp(left, other(), right), "The operator"
    if not isinstance(op, ast.Add | ast.Mult):
        yield ast.BinOp(right, op, left), "The order"
    if isinstance(left, ast.BinOp):  # (a - b) / c as a - b / c
        yield ast.BinOp(left.left, left.op, ast.BinOp(left.right, op, right)), "The brackets"
    if isinstance(right, ast.BinOp):
        yield ast.BinOp(ast.BinOp(left, op, right.left), right.op, right.right), "The brackets"
        if isinstance(right.left, ast.BinOp):  # a - b / c / d
            inner = right.left
            moved = ast.BinOp(ast.BinOp(left, op, inner.left), inner.op, inner.right)
            yield ast.BinOp(moved, right.op, right.right), "The brackets"
    if isinstance(left, ast.BinOp) and isinstance(left.left, ast.BinOp):  # x / 2 * h, all of it under the line
        inner = left.left
        bottom = ast.BinOp(inner.right, left.op, left.right)
        yield ast.BinOp(inner.left, inner.op, ast.BinOp(bottom, op, right)), "The brackets"
    if isinstance(op, ast.MatMult):
        yield ast.BinOp(_transposed(left), op, right), "A transpose"
        yield ast.BinOp(left, op, _transposed(right)), "A transpose"
        yield ast.BinOp(right, op, left), "The order"
        yield ast.BinOp(_transposed(left), op, _transposed(right)), "Both transposes"
        yield ast.BinOp(_transposed(right), op, left), "Order and transpose"
        yield ast.BinOp(right, op, _transposed(left)), "Order and transpose"


def _of_call(node: ast.Call, attempt: Attempt, likely: bool) -> Edits:
    name = _name_of(node.func)
    if likely:
        if len(node.args) == 1 and not node.keywords and name not in REDUCE:
            yield node.args[0], "A function too much"
        if name in ("max", "min", "maximum", "minimum") and len(node.args) == 2:
            cut = [arg for arg in node.args if not isinstance(arg, ast.Constant)]  # max(0, x) is a ReLU
            if len(cut) == 1:
                yield cut[0], "A function too much"
        for other in FUNCTIONS.get(name, ()):
            yield ast.Call(_renamed(node.func, other), node.args, node.keywords), "The function"
        given = {keyword.arg for keyword in node.keywords}
        axis = "axis" in given or len(node.args) > (not _is_method(node.func))
        if name in REDUCE and not axis:
            for number in (1, 0):
                keyword = ast.keyword("axis", ast.Constant(number))
                yield ast.Call(node.func, node.args, [*node.keywords, keyword]), "The axis"
                if name in KEEP:
                    kept = [*node.keywords, keyword, ast.keyword("keepdims", ast.Constant(True))]
                    yield ast.Call(node.func, node.args, kept), "The axis"
        if name in KEEP and axis and "keepdims" not in given:
            kept = [*node.keywords, ast.keyword("keepdims", ast.Constant(True))]
            yield ast.Call(node.func, node.args, kept), "keepdims"
            for keyword in node.keywords:
                if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant):
                    turned = ast.keyword("axis", ast.Constant(1 if keyword.value.value == 0 else 0))
                    yield ast.Call(node.func, node.args, [turned, kept[-1]]), "The axis"
        if name == "astype" and isinstance(node.func, ast.Attribute):
            yield node.func.value, "The cast"
        if name in ("zeros_like", "empty_like", "ones_like") and isinstance(node.func, ast.Attribute):
            shape = ast.Attribute(node.args[0], "shape", ast.Load())
            yield ast.Call(_renamed(node.func, name.removesuffix("_like")), [shape], []), "The type of the array"
        if name == "where" and len(node.args) == 3:
            yield ast.Call(node.func, [node.args[0], node.args[2], node.args[1]], []), "The two cases"
        if name == "range":
            yield from _of_range(node)
        return
    for number, _ in enumerate(node.keywords):
        yield ast.Call(node.func, node.args, node.keywords[:number] + node.keywords[number + 1 :]), "An argument"
    if len(node.args) == 1 and not node.keywords and name in REDUCE:
        yield node.args[0], "A function too much"
    elif _is_method(node.func) and not node.args and isinstance(node.func, ast.Attribute):
        yield node.func.value, "A function too much"
    elif len(node.args) > 1 and name not in REDUCE:
        yield node.args[0], "A function too much"
    if len(node.args) == 2:
        yield ast.Call(node.func, node.args[::-1], node.keywords), "The order"
    yield ast.UnaryOp(ast.USub(), node), "A minus sign"
    yield ast.BinOp(node, ast.Pow(), ast.Constant(2)), "A square"


def _of_range(node: ast.Call) -> Edits:
    before, stop, after = node.args[: len(node.args) > 1], node.args[len(node.args) > 1], node.args[2:]
    for change in (1, -1):
        yield ast.Call(node.func, [*before, _plus(stop, change), *after], []), "The range"
    if not before:
        yield ast.Call(node.func, [ast.Constant(1), stop], []), "The range"
        yield ast.Call(node.func, [ast.Constant(1), _plus(stop, 1)], []), "The range"


def _of_slice(node: ast.Slice) -> Edits:
    for change in (1, -1):
        if node.upper is not None:
            yield ast.Slice(node.lower, _plus(node.upper, change), node.step), "The end of the slice"
        if node.lower is not None:
            yield ast.Slice(_plus(node.lower, change), node.upper, node.step), "The beginning of the slice"
    if node.lower is not None and node.upper is not None:
        upper = ast.BinOp(node.lower, ast.Add(), node.upper)
        yield ast.Slice(node.lower, upper, node.step), "The end of the slice"


def _of_constant(node: ast.Constant, parent: ast.AST, attempt: Attempt, likely: bool) -> Edits:
    value = node.value
    kind = f"The {parent.arg}" if isinstance(parent, ast.keyword) else "The number"
    if isinstance(value, bool) and likely:
        yield ast.Constant(not value), kind
    elif isinstance(value, str):
        for word in sorted(_words_of_solution(attempt) - {value}) if likely else ():
            yield ast.Constant(word), "The word"
    elif isinstance(value, int | float) and not isinstance(value, bool):
        near = [value + 1, value - 1] if isinstance(value, int) else []
        asked = [other for other in _numbers_of_solution(attempt) if other not in near and other != value]
        factor = isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Mult | ast.Div | ast.Pow)
        term = isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Add | ast.Sub)
        for other in (*near, *asked) if likely else ():
            if not (factor and other in (0, 1) or term and other == 0):  # such a part is rather left out
                yield ast.Constant(other), kind
        for name in attempt.code.locals if likely and isinstance(parent, ast.Subscript) else ():
            yield ast.Name(name, ast.Load()), "The index"


def _of_assignment(node: ast.Assign) -> Edits:
    """Give `n += 1` for `n = +1`, and for an `n = …` that should have been added to."""
    target, value = node.targets[0], node.value
    if not isinstance(target, ast.Name):
        return
    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.UAdd | ast.USub):
        op = ast.Add() if isinstance(value.op, ast.UAdd) else ast.Sub()
        yield ast.AugAssign(ast.Name(target.id, ast.Store()), op, value.operand), "The step"
    yield ast.AugAssign(ast.Name(target.id, ast.Store()), ast.Add(), value), "The step"


def _of_index(node: ast.Subscript) -> Edits:
    """Give the column for a row, `X[:, i]` for `X[i]`, and the other way round."""
    index = node.slice
    everything = ast.Slice(None, None, None)
    if isinstance(index, ast.Tuple):
        if len(index.elts) == 2 and isinstance(index.elts[0], ast.Slice):
            yield ast.Subscript(node.value, index.elts[1], node.ctx), "The index"
    elif not isinstance(index, ast.Slice):
        yield ast.Subscript(node.value, ast.Tuple([everything, index], ast.Load()), node.ctx), "The index"


def _of_step_in_place(node: ast.AugAssign) -> Edits:
    if isinstance(node.target, ast.Name):
        read = ast.Name(node.target.id, ast.Load())
        yield ast.Assign([node.target], ast.BinOp(read, node.op, node.value)), "The step in place"
    for other in OPERATORS.get(type(node.op), ()):
        yield ast.AugAssign(node.target, other(), node.value), "The operator"


def _of_name(node: ast.Name, parent: ast.AST, field: str, attempt: Attempt, likely: bool) -> Edits:
    if isinstance(parent, ast.Call) and field == "func":
        return
    if likely:
        if isinstance(parent, ast.BinOp | ast.Call):
            yield _transposed(node), "A transpose"
        return
    local = attempt.code.locals
    for other in local:
        if other != node.id:
            yield ast.Name(other, ast.Load()), "The name"
    yield ast.BinOp(node, ast.Pow(), ast.Constant(2)), "A square"
    yield ast.BinOp(ast.Constant(1), ast.Sub(), node), "1 minus it"
    yield ast.UnaryOp(ast.USub(), node), "A minus sign"
    if node.id in local:
        yield _plus(node, 1), "A 1"
        yield _plus(node, -1), "A 1"
        yield from _wrapped(node, attempt)


def lacking(node: ast.AST, parent: ast.AST, field: str, attempt: Attempt) -> Edits:
    """Give what a whole expression may lack: a sign, a function, a division, a bias."""
    whole = isinstance(parent, ast.Return | ast.Assign | ast.Lambda | ast.GeneratorExp | ast.ListComp)
    if not (whole and isinstance(node, ast.expr) and field in ("value", "elt", "body")):
        return
    yield ast.UnaryOp(ast.USub(), node), "A minus sign"
    yield _transposed(node), "A transpose"
    yield from _wrapped(node, attempt)
    for argument in attempt.exercise.arguments:
        if argument not in attempt.code.arguments:
            continue
        name = ast.Name(argument, ast.Load())
        count = ast.Call(ast.Name("len", ast.Load()), [name], [])
        for op in (ast.Add(), ast.Sub(), ast.Mult(), ast.Div()):
            yield ast.BinOp(node, op, name), f"`{argument}`"
        for op in (ast.Div(), ast.Mult()):
            yield ast.BinOp(node, op, count), "The number of rows"


def _wrapped(node: ast.expr, attempt: Attempt) -> Edits:
    """Put a function around it that the solution calls with one argument."""
    for function in _functions_of_solution(attempt):
        name = _name_of(function)
        if name in attempt.code.surroundings or isinstance(function, ast.Attribute):
            yield ast.Call(copy.deepcopy(function), [node], []), "A function"


def statements_moved(tree: ast.FunctionDef) -> Iterator[tuple[ast.AST, str, list, list, str]]:
    """Give bodies in which a line is left out, or a return stands behind its loop."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        for number, line in enumerate(body):
            if isinstance(line, ast.For | ast.While) and isinstance(line.body[-1], ast.Return) and len(line.body) > 1:
                behind = copy.copy(line)
                behind.body = line.body[:-1]
                words = (
                    f"The return in line {line.body[-1].lineno} stands inside the loop, which ends at its first turn."
                )
                yield node, "body", body, [*body[:number], behind, line.body[-1], *body[number + 1 :]], words
            if isinstance(line, ast.Assign | ast.AugAssign) and len(body) > 1:
                words = f"Line {line.lineno} is too much: without `{ast.unparse(line)}` every input comes out right."
                yield node, "body", body, body[:number] + body[number + 1 :], words


def _plus(node: ast.expr, number: int) -> ast.expr:
    """Add 1 or take it away; `n - 1` and 1 make `n`."""
    back = ast.Sub if number > 0 else ast.Add
    if isinstance(node, ast.BinOp) and isinstance(node.op, back) and ast.unparse(node.right) == "1":
        return node.left
    return ast.BinOp(node, ast.Add() if number > 0 else ast.Sub(), ast.Constant(1))


def _transposed(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Attribute) and node.attr == "T" else ast.Attribute(node, "T", ast.Load())


def _name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _is_method(function: ast.expr) -> bool:
    """Tell `Z.sum()` from `np.sum(Z)`."""
    if not isinstance(function, ast.Attribute):
        return False
    return not (isinstance(function.value, ast.Name) and function.value.id in ("np", "numpy", "cu", "math"))


def _renamed(function: ast.expr, name: str) -> ast.expr:
    if isinstance(function, ast.Attribute):
        return ast.Attribute(function.value, name, ast.Load())
    return ast.Name(name, ast.Load())


def _solution(attempt: Attempt) -> list[ast.AST]:
    tree = attempt.code_of_solution.tree
    return list(ast.walk(tree)) if tree else []


def _functions_of_solution(attempt: Attempt) -> list[ast.expr]:
    calls = [node for node in _solution(attempt) if isinstance(node, ast.Call) and len(node.args) == 1]
    plain = [node.func for node in calls if not node.keywords and not _is_method(node.func)]
    return list({ast.unparse(function): function for function in plain if _name_of(function) != "len"}.values())


def _numbers_of_solution(attempt: Attempt) -> list[float]:
    values = [node.value for node in _solution(attempt) if isinstance(node, ast.Constant)]
    return list(dict.fromkeys(v for v in values if isinstance(v, int | float) and not isinstance(v, bool)))


def _words_of_solution(attempt: Attempt) -> set[str]:
    return {node.value for node in _solution(attempt) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
