"""Where an answer stopped: the error, the piece of the learner's line that raised it, and what its names held there."""

import ast
import inspect
import linecache
import traceback
from collections.abc import Iterator
from functools import cached_property
from types import CodeType, FrameType
from typing import Any

import numpy as np

from course_utils.exercises.causes.attempt import Attempt
from course_utils.exercises.causes.code import Code

UNKNOWN = object()  # a value that was not looked up


class Crash:
    """The error of the first input at which an answer fails; `frame` is the learner's own line, not NumPy's."""

    def __init__(self, attempt: Attempt, error: BaseException):
        self.attempt = attempt
        self.error = error
        self.message = str(error)
        home = getattr(attempt.code.function, "__code__", None)
        own = [step for step in traceback.walk_tb(error.__traceback__) if home and _is_near(step[0].f_code, home)]
        self.frame: FrameType | None = own[-1][0] if own else None
        self.line = own[-1][1] if own else 0
        self._instruction = _last_instruction(error, self.frame)

    @cached_property
    def node(self) -> ast.expr | None:
        """The piece of source at which it stopped, such as `X @ w`; None where there is no source."""
        if self.frame is None or self._instruction < 0:
            return None
        positions = list(self.frame.f_code.co_positions())[self._instruction // 2]
        first, last, begin, end = positions
        if first is None or last is None or begin is None or end is None:
            return None
        lines = [linecache.getline(self.frame.f_code.co_filename, n).encode() for n in range(first, last + 1)]
        lines[-1] = lines[-1][:end]
        lines[0] = lines[0][begin:]
        try:
            return ast.parse(f"({b''.join(lines).decode()})", mode="eval").body
        except (SyntaxError, ValueError):
            return None

    @cached_property
    def text(self) -> str:
        """The same piece as text."""
        return ast.unparse(self.node) if self.node is not None else ""

    @cached_property
    def at(self) -> str:
        """Its line: " in line 3", " in line 3 of helper"."""
        if self.frame is None:
            return ""
        name = self.frame.f_code.co_name
        own = name == getattr(self.attempt.answer, "__name__", name) or name.startswith("<")
        return f" in line {self.line}" if own else f" in line {self.line} of {name}"

    @cached_property
    def tree(self) -> ast.AST:
        """The source of the function that stopped, which the answer may only have called; empty if there is none."""
        name = self.frame.f_code.co_name if self.frame else ""
        function = self.globals.get(name)
        stopped = self.frame is not None and getattr(function, "__code__", None) is self.frame.f_code
        tree = Code(function).tree if stopped and callable(function) else self.attempt.code.tree
        return tree or ast.Module([], [])

    @property
    def locals(self) -> dict[str, Any]:
        """What the names of the function held when it stopped."""
        return dict(self.frame.f_locals) if self.frame else {}

    @property
    def globals(self) -> dict[str, Any]:
        """The names of the notebook."""
        return self.frame.f_globals if self.frame else {}

    def value(self, node: ast.AST | None) -> Any:
        """Compute a piece of the line once more; `UNKNOWN` where that might do more than compute."""
        if not isinstance(node, ast.expr) or self.frame is None:
            return UNKNOWN
        calls = any(isinstance(part, ast.Call | ast.NamedExpr | ast.Await | ast.Yield) for part in ast.walk(node))
        if calls and not self.attempt.code.is_harmless:
            return UNKNOWN
        code = compile(ast.fix_missing_locations(ast.Expression(node)), "<looked at>", "eval")
        names = self.globals | self.locals  # one dictionary: comprehensions see no other
        found: list[Any] = []
        self.attempt.outcomes(lambda: found.append(eval(code, names)), [()])
        return found[0] if found else UNKNOWN

    def nodes(self) -> Iterator[ast.AST]:
        """Give the nodes of the source that lie in this line, outer ones first."""
        for node in ast.walk(self.tree):
            first, last = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
            if first is not None and last is not None and first <= self.line <= last:
                yield node


def crash_of(attempt: Attempt, *kinds: type[BaseException]) -> Crash | None:
    """Give the crash at the first failing input, if it is an error of one of these kinds where none was due."""
    at = attempt.first_failure
    error = attempt.received[at].error
    if not isinstance(error, kinds) or attempt.expected[at].error is not None:
        return None
    return Crash(attempt, error)


def kind_of(value: Any) -> str:
    """Say what a value is: "an array (3,)", "a number", "a list", "a function"."""
    if isinstance(value, np.ndarray):
        return f"an array {value.shape}" if value.ndim else "a number"
    if isinstance(value, bool | np.bool_):
        return "True or False"
    if isinstance(value, int | float | complex | np.number):
        return "a number"
    if isinstance(value, str):
        return "text"
    if value is None:
        return "None"
    if value is ...:
        return "still `...`"
    if isinstance(value, type):
        return "a class"
    if callable(value):
        return "a function that has not been called"
    if inspect.ismodule(value):
        return "a module"
    return f"a {type(value).__name__}"


def shape_of(value: Any) -> tuple[int, ...] | None:
    """Give the shape of an array or a number; None for anything else."""
    numbers = isinstance(value, np.ndarray | np.number | int | float)
    return np.shape(value) if numbers else None


def _is_near(code: CodeType, home: CodeType) -> bool:
    """Tell whether code stands in the answer's file or cell; functions of other cells count as the learner's too."""
    name = code.co_filename
    return name == home.co_filename or "ipykernel_" in name or name.startswith("<ipython-input")


def _last_instruction(error: BaseException, frame: FrameType | None) -> int:
    step, found = error.__traceback__, -1
    while step is not None:
        if step.tb_frame is frame:
            found = step.tb_lasti
        step = step.tb_next
    return found
