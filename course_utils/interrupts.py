"""Who else hears ■, the stop button: what no KeyboardInterrupt reaches, such as a training in a thread of its own.

A kernel passes an interrupt to the cell that runs, and ignores it where none does. From the first listener on it
tells the listeners, too: after the cell has ended so, or at once where none runs.
"""

import itertools
from collections.abc import Callable
from typing import Any

from course_utils.notebook import in_notebook, running_shell

_numbers = itertools.count(1)
_listeners: dict[int, Callable[[], None]] = {}
_prepared: list[object] = []  # the kernel that tells us


def listen(listener: Callable[[], None]) -> int:
    """Call the function once, at the next ■ in a notebook; return a number for `forget`."""
    if in_notebook() and not _prepared:
        _prepare()
    number = next(_numbers)
    _listeners[number] = listener
    return number


def forget(number: int | None) -> None:
    """Take a listener away, if it is still there."""
    _listeners.pop(number or 0, None)


def _tell(*_: object) -> None:
    for listener in list(_listeners.values()):
        listener()
    _listeners.clear()


def _after_cell(result: Any) -> None:
    if isinstance(result.error_in_exec, KeyboardInterrupt):
        _tell()


def _prepare() -> None:
    shell = running_shell()
    shell.events.register("post_run_cell", _after_cell)
    # what the kernel puts back at the end of each message in the place of Python's own handler; without us: ignore it
    shell.kernel.saved_sigint_handler = _tell
    _prepared.append(shell.kernel)
