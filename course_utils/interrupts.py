"""■, the stop button, where a KeyboardInterrupt does not come through.

A kernel passes an interrupt to the cell that runs, and ignores it where none does. From the first listener on it
tells the listeners, too, such as a training in a thread of its own: after the cell has ended so, or at once where none
runs.

An interrupt also does harm in a library that computes outside Python and calls back from there. Python drops one that
falls into a callback of its garbage collector, compiled code may take one for a missing attribute, and TensorFlow may
wait for ever or take the kernel with it: so did one or two of a hundred presses of ■ during a training in Keras. So a
call into Keras is interrupted at the next line of Keras's own.
"""

import _thread
import itertools
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from course_utils.notebook import in_notebook, running_shell

_numbers = itertools.count(1)
_listeners: dict[int, Callable[[], None]] = {}
_prepared: list[object] = []  # the kernel that tells us
_packages: set[str] = set()  # whose calls end at their own lines
PATIENCE = 1.0  # seconds after which a call is interrupted wherever it is


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


def end_safely(package: str) -> None:
    """In a notebook, let ■ end calls into this package at lines of its own, where that does no harm."""
    _packages.add(package)
    running_shell().events.register("pre_run_cell", _hear)  # a second time changes nothing
    _hear()


def _hear(*_: object) -> None:
    """Take interrupts from Python's own handler, to which a kernel gives them back before each cell."""
    is_main = threading.current_thread() is threading.main_thread()  # no other one may ask for signals
    if is_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop_button)


def _stop_button(number: int, frame: FrameType | None) -> None:
    """Interrupt a call into a package at its next line, and all else at once; so also a call that comes to none."""
    frames = _frames_of_packages(frame)
    if frames:
        timer = threading.Timer(PATIENCE, _press_again, frames[-1:])
        timer.daemon = True
        timer.start()
    is_pressed_again = bool(frames) and frames[-1].f_trace is _interrupt
    if not frames or is_pressed_again or sys.gettrace():  # a debugger's lines are not ours
        signal.default_int_handler(number, frame)
    for each in frames:
        each.f_trace = _interrupt
    sys.settrace(_pass_over)  # without one, Python would not look at f_trace


def _press_again(call: FrameType) -> None:
    if call in _frames_of_packages(sys._current_frames().get(threading.main_thread().ident or 0)):
        _thread.interrupt_main()


def _frames_of_packages(frame: FrameType | None) -> list[FrameType]:
    """List what runs in one of the packages, the call from outside last."""
    found = []
    while frame:
        if str(frame.f_globals.get("__name__")).partition(".")[0] in _packages:
            found.append(frame)
        frame = frame.f_back
    return found


def _interrupt(frame: FrameType, event: str, _: object) -> Any:
    """Interrupt the line that is to come, or the return; Python then ends its tracing."""
    if event in ("line", "return"):
        raise KeyboardInterrupt
    return _interrupt


def _pass_over(frame: FrameType, event: str, _: object) -> None:
    """Look at no function that is called meanwhile."""
