"""Run an answer where it can do no harm: on copies, with a time limit, its prints and warnings kept aside.

It runs in the learner's own process, as CONTRIBUTING.md explains; so what it replaces there is put back.
"""

import builtins
import copy
import ctypes
import io
import math
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, replace
from numbers import Number
from typing import Any

import numpy as np

SECONDS = 2.0  # of computing, for all inputs of one exercise together
WAITING = 5  # times as long may pass on the clock on the wall: on a busy machine a right answer waits for its turn
KEPT = 2000  # characters of what the answer prints
WATCHED = {"np": np, "np.linalg": np.linalg, "np.random": np.random, "math": math, "builtins": builtins}


@dataclass(frozen=True)
class Outcome:
    """What one call of an answer did."""

    value: Any = None
    error: BaseException | None = None
    timed_out: bool = False
    limit: float = 0.0  # where it timed out: the seconds that it met, of computing or on the clock on the wall
    changed: tuple[int, ...] = ()  # which arguments it wrote into
    printed: str = ""
    warnings: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()  # what it replaced outside of itself, such as np.exp; it has been put back


class _Cut(BaseException):
    """Thrown into an answer that does not end; no `except Exception` of the answer catches it."""


class _Sink(io.TextIOBase):
    """Keeps the first characters and lets the flood go by."""

    text = ""

    def write(self, text: str) -> int:
        self.text += text[: KEPT - len(self.text)]
        return len(text)


_this_thread = threading.local()  # its `sink`, in a thread that runs an answer


class _Split:
    """A stream whose text goes into the sink of the thread that writes, if it has one: other threads print as ever."""

    def __init__(self, stream):
        self._stream = stream

    def __getattr__(self, name: str):
        return getattr(getattr(_this_thread, "sink", self._stream), name)


def run_all(function, inputs: list[tuple], seconds: float = SECONDS) -> list[Outcome]:
    """Call `function` on every input, in a thread of its own; the list ends at a call that does not.

    `seconds` are of computing. An answer that only waits may take `WAITING` times as long.

    Examples
    --------
    >>> [outcome.value.item() for outcome in run_all(lambda z: 2 * z, [(1.5,), (4,)])]
    [3.0, 8]
    """
    outcomes: list[Outcome] = []
    sink = _Sink()
    clock: list[Callable[[], float]] = []
    out, err = _Split(sys.stdout), _Split(sys.stderr)
    with (
        _put_back() as replaced,
        redirect_stdout(out),
        redirect_stderr(err),
        warnings.catch_warnings(record=True) as caught,
    ):
        warnings.simplefilter("always")
        worker = threading.Thread(target=_work, args=(function, inputs, outcomes, sink, caught, clock), daemon=True)
        worker.start()
        try:
            limit = _wait(worker, clock, seconds)
        finally:
            _stop(worker)
    done = list(outcomes)
    if len(done) < len(inputs):
        done.append(Outcome(timed_out=True, limit=limit, printed=sink.text))
    return [replace(outcome, replaced=tuple(replaced)) for outcome in done] if replaced else done


@contextmanager
def _put_back() -> Iterator[list[str]]:
    """Put back afterwards what an answer has replaced in NumPy, in math or in Python; the list names it."""
    before = [(name, vars(module), dict(vars(module))) for name, module in WATCHED.items()]
    limit = sys.getrecursionlimit()
    replaced: list[str] = []
    try:
        yield replaced
    finally:
        for module, now, known in before:
            for name, value in known.items():
                if now.get(name, _NOTHING) is not value and name != "_":  # `_` is the last output of a Python shell
                    now[name] = value
                    replaced.append(name if module == "builtins" else f"{module}.{name}")
        if sys.getrecursionlimit() != limit:
            sys.setrecursionlimit(limit)
            replaced.append("the recursion limit")


_NOTHING = object()


def _wait(worker: threading.Thread, clock: list[Callable[[], float]], seconds: float) -> float:
    """Wait until the worker has ended, has computed for `seconds`, or has taken far longer than that in all.

    Return which of the two limits it has met; one that has ended in time has met none.
    """
    end = time.monotonic() + WAITING * seconds
    while worker.is_alive() and time.monotonic() < end:
        worker.join(seconds / 20)
        with suppress(OSError):  # the thread has just ended, and its clock with it
            if clock and clock[0]() > seconds:
                return seconds
    return WAITING * seconds


def _own_clock() -> Callable[[], float]:
    """Give a clock of the computing time of this thread that another thread can read; elsewhere of the process."""
    if not hasattr(time, "pthread_getcpuclockid"):  # Windows, some macOS
        start = time.process_time(), time.monotonic()
        # that of the process adds up all threads, those of TensorFlow among them: one thread is no faster than the wall
        return lambda: min(time.process_time() - start[0], time.monotonic() - start[1])
    own = time.pthread_getcpuclockid(threading.get_ident())
    return lambda: time.clock_gettime(own)


def _work(function, inputs, outcomes, sink, caught, clock) -> None:
    _this_thread.sink = sink
    clock.append(_own_clock())
    with suppress(_Cut), np.errstate(all="warn", under="ignore"):
        for arguments in inputs:
            sink.text = ""
            caught.clear()
            try:
                outcomes.append(_run_one(function, arguments, sink, caught))
            except Exception as error:  # of ours: it is told as what it is, and not as a lack of time
                outcomes.append(Outcome(error=error, printed=sink.text))


def _run_one(function, arguments, sink, caught) -> Outcome:
    given = copy.deepcopy(arguments)
    value, error = _call(function, given)
    changed = tuple(i for i, pair in enumerate(zip(arguments, given, strict=True)) if not _untouched(*pair))
    said = tuple(dict.fromkeys(f"{w.category.__name__}: {as_text(w.message)}" for w in caught))
    return Outcome(value, error, changed=changed, printed=sink.text, warnings=said)


def _call(function, given: tuple):
    try:
        return freeze(function(*given)), None
    except _Cut:
        raise
    except BaseException as error:  # also exit() and KeyboardInterrupt, raised by the answer itself
        return None, error


def _stop(worker: threading.Thread) -> None:
    for _ in range(25):  # more than once: a bare `except:` in the answer's loop may swallow the first
        if not worker.is_alive():
            return
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker.ident or 0), ctypes.py_object(_Cut))
        worker.join(0.02)


def as_text(value: Any, write: Callable[[Any], str] = str) -> str:
    """Write anything as text with `str` or `repr`, also what cannot be written.

    Examples
    --------
    >>> as_text(0.5), as_text("a", repr)
    ('0.5', "'a'")
    """
    try:
        return write(value)
    except BaseException as error:  # its __str__ or __repr__ is the learner's own
        return f"(a {type(value).__name__}, and writing it out stops with {type(error).__name__})"


def freeze(value: Any) -> Any:
    """Copy a result: numbers become an array, a tuple or a list of several arrays stays one, as does anything else."""
    if isinstance(value, tuple) and not all(_is_one_number(part) for part in value):
        return tuple(freeze(part) for part in value)
    try:
        array = np.array(value)
        if array.dtype == object and array.size and all(isinstance(part, Number) for part in array.flat):
            array = array.astype(float)  # a Fraction, or a list with one
    except (ValueError, TypeError, OverflowError):  # a list of arrays of different shapes, for example
        return [freeze(part) for part in value] if isinstance(value, list) else value
    return array if array.dtype.kind in "biufc" else value


def _is_one_number(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.ndim == 0
    return np.isscalar(value) and not isinstance(value, str)


def _untouched(before: Any, after: Any) -> bool:
    if type(before) is not type(after):  # within a list, where the answer has put something else
        return False
    if isinstance(before, list | tuple):
        pairs = zip(before, after, strict=False)
        return len(before) == len(after) and all(_untouched(*pair) for pair in pairs)
    if isinstance(before, np.ndarray):
        same_kind = (before.shape, before.dtype) == (after.shape, after.dtype)
        return same_kind and before.tobytes() == after.tobytes()  # byte by byte: nan equals nan
    if isinstance(before, Number | np.bool_ | str):  # it cannot be written into, but replaced where it stands in a list
        both_nan = before != before and after != after
        return before == after or both_nan
    return True  # functions and the like are not looked into
