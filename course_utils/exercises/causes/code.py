"""How an answer is written: the names and operators that it uses, read from its code; nothing is run."""

import ast
import builtins
import dis
import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cached_property
from types import CodeType, FunctionType, ModuleType
from typing import Any


class Code:
    """The code of an answer. Of a function in C, or of an object that can be called, it knows nothing."""

    def __init__(self, function: Callable):
        self.function = function
        code = getattr(function, "__code__", None)
        self._code = code if isinstance(code, CodeType) else None

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of the notebook and attributes: `np`, `astype`, `log10`."""
        return frozenset(name for code in self._parts for name in (*code.co_names, *code.co_freevars))

    @cached_property
    def outer_names(self) -> frozenset[str]:
        """Names that it takes from the notebook, from the function around it or from Python; no attributes."""
        steps = (step for code in self._parts for step in dis.get_instructions(code))
        loaded = {str(step.argval) for step in steps if step.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
        return frozenset(loaded) | frozenset(name for code in self._parts for name in code.co_freevars)

    @cached_property
    def operators(self) -> frozenset[str]:
        """Binary operators as they are written: `/`, `//`, `@`."""
        steps = (step for code in self._parts for step in dis.get_instructions(code))
        return frozenset(step.argrepr.rstrip("=") for step in steps if step.opname == "BINARY_OP")

    @cached_property
    def constants(self) -> frozenset[float]:
        """The floats that stand in it."""
        return frozenset(part for code in self._parts for part in code.co_consts if isinstance(part, float))

    @cached_property
    def arguments(self) -> tuple[str, ...]:
        """The names of its arguments."""
        return self._code.co_varnames[: self._code.co_argcount] if self._code else ()

    @cached_property
    def globals(self) -> dict[str, Any]:
        """The names of the notebook that it uses, and what they stand for there."""
        known = getattr(self.function, "__globals__", {})
        return {name: known[name] for name in sorted(self.outer_names) if name in known}

    @cached_property
    def locals(self) -> tuple[str, ...]:
        """Its arguments and the names that it sets."""
        return self._code.co_varnames if self._code else ()

    @cached_property
    def surroundings(self) -> dict[str, Any]:
        """All names among which it runs: those of the notebook, and of the function around it."""
        names = dict(getattr(self.function, "__globals__", {}))
        free = self._code.co_freevars if self._code else ()
        for name, cell in zip(free, getattr(self.function, "__closure__", None) or (), strict=False):
            with suppress(ValueError):  # not set yet
                names[name] = cell.cell_contents
        return names

    @cached_property
    def is_harmless(self) -> bool:
        """Whether it computes only, so that it may be run again with a change: no files, no network, no randomness."""
        return self._code is not None and _only_computes(self, set())

    @cached_property
    def unread(self) -> tuple[str, ...]:
        """Arguments that no line reads."""
        if self.tree is None:
            return ()
        body = self.tree.body if isinstance(self.tree.body, list) else [self.tree.body]
        nodes = [node for line in body for node in ast.walk(line)]
        read = {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store)}
        return tuple(name for name in self.arguments if name not in read)

    @cached_property
    def tree(self) -> ast.FunctionDef | ast.Lambda | None:
        """Its source, parsed, with the numbers of the lines as in the file or the cell; None if there is no source."""
        if self._code is None:
            return None
        try:
            if self._code.co_name == "<lambda>":
                return self._lambda(ast.parse("".join(inspect.findsource(self.function)[0])))
            lines, start = inspect.getsourcelines(self.function)
            tree = ast.parse(textwrap.dedent("".join(lines)))
        except (OSError, TypeError, SyntaxError):
            return None
        ast.increment_lineno(tree, max(start, 1) - 1)
        own = tree.body[0]
        return own if isinstance(own, ast.FunctionDef) else None

    def _lambda(self, tree: ast.Module) -> ast.Lambda | None:
        """Find the lambda in its file or cell by the place of its body."""
        assert self._code is not None
        places = [place for place in self._code.co_positions() if None not in place and place[1:] != (place[0], 0, 0)]
        spans = [((line, column), (end_line, end)) for line, end_line, column, end in places]
        begin, end = min(first for first, _ in spans), max(last for _, last in spans)
        for node in ast.walk(tree):
            if isinstance(node, ast.Lambda):
                body = node.body
                if ((body.lineno, body.col_offset), (body.end_lineno, body.end_col_offset)) == (begin, end):
                    return node
        return None

    def with_constants(self, changes: dict[float, float]) -> Callable | None:
        """Make the same function with other constants."""
        if not isinstance(self.function, FunctionType):
            return None
        old = self.function
        code = _replaced(old.__code__, changes)
        return FunctionType(code, old.__globals__, old.__name__, old.__defaults__, old.__closure__)

    @cached_property
    def imports(self) -> frozenset[str]:
        """The packages that it imports inside."""
        steps = (step for code in self._parts for step in dis.get_instructions(code))
        return frozenset(str(step.argval).split(".")[0] for step in steps if step.opname == "IMPORT_NAME")

    @cached_property
    def _parts(self) -> list[CodeType]:
        return list(parts_of(self._code)) if self._code else []


def parts_of(code: CodeType) -> Iterator[CodeType]:
    """Give the code of a function and of all that is defined inside of it."""
    yield code
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from parts_of(part)


def _only_computes(code: Code, seen: set[Any]) -> bool:
    seen.add(code.function)
    if code.names & HARMFUL or not code.imports <= PACKAGES:
        return False
    for name in code.outer_names:
        value = code.surroundings.get(name, getattr(builtins, name, None))
        if isinstance(value, ModuleType) and value.__name__.split(".")[0] not in PACKAGES:
            return False
        if name not in code.surroundings and hasattr(builtins, name) and name not in BUILTINS:
            return False
        if not isinstance(value, FunctionType) or _is_ours(value) or value in seen:
            continue
        if not _only_computes(Code(value), seen):
            return False
    return True


def _is_ours(function: FunctionType) -> bool:
    return function.__module__.split(".")[0] in PACKAGES


PACKAGES = {"numpy", "math", "course_utils", "itertools", "functools"}
BUILTINS = {
    "abs",
    "all",
    "any",
    "bool",
    "complex",
    "dict",
    "divmod",
    "enumerate",
    "filter",
    "float",
    "frozenset",
    "int",
    "isinstance",
    "iter",
    "len",
    "list",
    "map",
    "max",
    "min",
    "next",
    "pow",
    "print",
    "range",
    "reversed",
    "round",
    "set",
    "slice",
    "sorted",
    "str",
    "sum",
    "tuple",
    "zip",
    "object",
    "None",
    "True",
    "False",
    "Exception",
    "ValueError",
    "TypeError",
    "IndexError",
    "KeyError",
    "ZeroDivisionError",
}
HARMFUL = {
    "save",
    "savez",
    "savez_compressed",
    "savetxt",
    "tofile",
    "dump",
    "load",
    "loadtxt",
    "fromfile",
    "memmap",
    "DataSource",
    "open",
    "input",
    "exec",
    "eval",
    "compile",
    "system",
    "remove",
    "unlink",
    "rmdir",
    "rmtree",
    "write",
    "write_text",
    "write_bytes",
    "fit",
    "random",
    "default_rng",
    "seed",
    "setattr",
    "delattr",
    "__import__",
    "__globals__",
    "__builtins__",
    "__subclasses__",
    "ctypeslib",
    "seterr",
    "setbufsize",
    "set_printoptions",
    "show",
    "check",
}


def _replaced(code: CodeType, changes: dict[float, float]) -> CodeType:
    def other(part: Any) -> Any:
        if isinstance(part, CodeType):
            return _replaced(part, changes)
        return changes.get(part, part) if isinstance(part, float) else part

    return code.replace(co_consts=tuple(other(part) for part in code.co_consts))
