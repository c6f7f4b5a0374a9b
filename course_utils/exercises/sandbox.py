"""Run an answer where it can do no harm: on copies, with a time limit, its prints and warnings kept aside."""

import copy
import ctypes
import io
import sys
import threading
import warnings
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from numbers import Number
from typing import Any

import numpy as np

SECONDS = 2.0  # for all inputs of one exercise together
KEPT = 2000  # characters of what the answer prints


@dataclass(frozen=True)
class Outcome:
    """What one call of an answer did."""

    value: Any = None
    error: BaseException | None = None
    timed_out: bool = False
    changed: tuple[int, ...] = ()  # which arguments it wrote into
    printed: str = ""
    warnings: tuple[str, ...] = ()


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

    Examples
    --------
    >>> [outcome.value.item() for outcome in run_all(lambda z: 2 * z, [(1.5,), (4,)])]
    [3.0, 8]
    """
    outcomes: list[Outcome] = []
    sink = _Sink()
    out, err = _Split(sys.stdout), _Split(sys.stderr)
    with redirect_stdout(out), redirect_stderr(err), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        worker = threading.Thread(target=_work, args=(function, inputs, outcomes, sink, caught), daemon=True)
        worker.start()
        try:
            worker.join(seconds)
        finally:
            _stop(worker)
    done = list(outcomes)
    return done if len(done) == len(inputs) else [*done, Outcome(timed_out=True, printed=sink.text)]


def _work(function, inputs, outcomes, sink, caught) -> None:
    _this_thread.sink = sink
    with suppress(_Cut), np.errstate(all="warn", under="ignore"):
        for arguments in inputs:
            sink.text = ""
            caught.clear()
            given = copy.deepcopy(arguments)
            value, error = _call(function, given)
            changed = tuple(i for i, pair in enumerate(zip(arguments, given, strict=True)) if not _untouched(*pair))
            said = tuple(dict.fromkeys(f"{w.category.__name__}: {w.message}" for w in caught))
            outcomes.append(Outcome(value, error, False, changed, sink.text, said))


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


def freeze(value: Any) -> Any:
    """Copy a result: numbers become an array, a tuple stays one, anything else stays what it is."""
    if isinstance(value, tuple) and not all(np.isscalar(part) and not isinstance(part, str) for part in value):
        return tuple(freeze(part) for part in value)
    try:
        array = np.array(value)
        if array.dtype == object and array.size and all(isinstance(part, Number) for part in array.flat):
            array = array.astype(float)  # a Fraction, or a list with one
    except (ValueError, TypeError, OverflowError):
        return value
    return array if array.dtype.kind in "biufc" else value


def _untouched(before: Any, after: Any) -> bool:
    if isinstance(before, list | tuple):
        pairs = zip(before, after, strict=False)
        return len(before) == len(after) and all(_untouched(*pair) for pair in pairs)
    if isinstance(before, np.ndarray):
        same_kind = (before.shape, before.dtype) == (after.shape, after.dtype)
        return same_kind and before.tobytes() == after.tobytes()  # byte by byte: nan equals nan
    return True  # a number cannot be written into; functions and the like are not looked into
