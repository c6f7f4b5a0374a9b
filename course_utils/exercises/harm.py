"""Calls that would end the notebook in which an answer runs: an answer that holds one is read, and not run."""

from collections.abc import Callable, Iterator
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType

from course_utils.exercises.causes.code import parts_of

HARMFUL = {
    "os": {"_exit", "abort", "kill", "killpg", "fork", "forkpty", "execl", "execlp", "execv", "execve", "execvp"},
    "signal": {"raise_signal", "pthread_kill"},
    "ctypes": {"string_at", "memset", "memmove"},
    "faulthandler": {"_sigsegv", "_sigabrt", "_read_null", "dump_traceback_later"},
    "resource": {"setrlimit"},
    "sys": {"setrecursionlimit"},  # a recursion without end then fills the memory
}
SAME = {"posix": "os", "nt": "os"}  # where Python keeps the functions of os


def harm_of(answer: Callable) -> str:
    """Name the first call, in an answer or in a function that stands beside it, that would end the notebook.

    Only the names in its code are read: one that is put together while it runs is not seen.

    Examples
    --------
    >>> import os
    >>> harm_of(lambda x: x + 1), harm_of(lambda x: os._exit(x))
    ('', 'os._exit')
    """
    return next(filter(None, map(_harm_in, _functions(answer))), "")


def _harm_in(function: FunctionType) -> str:
    used = {name: function.__globals__.get(name) for name in sorted(_names(function))}
    modules = {value.__name__ for value in used.values() if isinstance(value, ModuleType)} | used.keys()
    modules = {SAME.get(module, module) for module in modules}
    for module in sorted(modules & HARMFUL.keys()):
        for name in sorted(HARMFUL[module] & used.keys()):
            return f"{module}.{name}"
    for value in used.values():  # from os import _exit
        if isinstance(value, BuiltinFunctionType):
            module = SAME.get(value.__module__, value.__module__)
            if value.__name__ in HARMFUL.get(module, ()):
                return f"{module}.{value.__name__}"
    return ""


def _functions(answer: object) -> Iterator[FunctionType]:
    """Give the function itself, and those of its notebook that it uses by name."""
    waiting, seen = [answer], set()
    home = getattr(answer, "__module__", None)
    while waiting:
        value = waiting.pop()
        value = value.__func__ if isinstance(value, MethodType) else value
        if not isinstance(value, FunctionType) or value in seen or value.__module__ != home:
            continue
        seen.add(value)
        yield value
        waiting += [value.__globals__[name] for name in sorted(_names(value) & value.__globals__.keys())]


def _names(function: FunctionType) -> set[str]:
    return {name for code in parts_of(function.__code__) for name in code.co_names}
