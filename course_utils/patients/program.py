"""Run a patient's program, as its author wrote it or with parts that a learner has repaired."""

import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

import numpy as np

from course_utils.checks import argument_error
from course_utils.exercises.harm import harm_of

PARTS = ("data", "network", "train", "predict")  # the functions that every program has
FILE = "<the program of the patient>"


class Refused(Exception):
    """A treatment that is not run; its text says why."""


def load_program(source: str) -> dict[str, Any]:
    """Run the source of a program and return its names.

    >>> sorted(load_program("def data(): ...")["__parts__"])
    ['data']
    """
    names: dict[str, Any] = {"__name__": "patient"}
    exec(compile(source, FILE, "exec"), names)
    names["__parts__"] = [name for name, value in names.items() if isinstance(value, FunctionType)]
    return names


def treated(names: dict[str, Any], treatment: tuple[Callable | str, ...]) -> dict[str, Any]:
    """Return a program in which functions of the same names, or the source of some, take the places of the old ones.

    Parameters
    ----------
    names : dict
        What `load_program` gives; it stays as it is.
    treatment : tuple of functions and of Python source
        A function may use its own notebook's names, and it finds those of the program first.

    Raises
    ------
    Refused
        If something is no code, is called like no part of the program, or would end the notebook.
    """
    parts = names["__parts__"]
    changed = dict(names)
    twins: list[FunctionType] = []
    for code in treatment:
        if isinstance(code, str):
            _run(code, changed)
        elif isinstance(code, FunctionType) and code.__name__ in parts:
            _refuse_harm(code)
            twin = _twin(code, changed)
            changed[code.__name__] = twin
            twins.append(twin)
        else:
            received = getattr(code, "__name__", None) or type(code).__name__
            expected = f"a function called {', '.join(parts[:-1])} or {parts[-1]}, or the text of one"
            raise Refused(f"This takes the place of nothing. Expected: {expected}. Received: {received}.")
    for value in {**changed}.values():
        if isinstance(value, FunctionType) and value.__globals__ is names:
            twins.append(_twin(value, changed))
            changed[value.__name__] = twins[-1]
    for twin in twins:
        twin.__globals__.update({name: changed[name] for name in changed if not name.startswith("__")})
    return changed


def _run(source: str, changed: dict[str, Any]) -> None:
    try:
        code = compile(source, "<your treatment>", "exec")
    except (SyntaxError, ValueError) as error:  # a text with a null byte is a ValueError
        raise Refused(f"Python cannot read it: {error}.") from None
    _refuse_harm(FunctionType(code, {"__name__": "treatment"}))
    exec(code, changed)


def _refuse_harm(function: Callable) -> None:
    if harm := harm_of(function):
        raise Refused(f"It calls {harm}, which can end the notebook with all that is in its memory. It was not run.")


def _twin(function: FunctionType, changed: dict[str, Any]) -> FunctionType:
    """Make the same function among the names of the program; those of its notebook stand behind them."""
    home = {**function.__globals__, **changed}
    twin = FunctionType(function.__code__, home, function.__name__, function.__defaults__, function.__closure__)
    twin.__kwdefaults__ = function.__kwdefaults__
    return twin


@contextmanager
def same_chance() -> Iterator[None]:
    """Let chance begin at the same place, and leave the global generators of Python and of NumPy as they were."""
    keras: Any = sys.modules.get("keras")
    python, numpy = random.getstate(), np.random.get_state()  # noqa: NPY002 - Keras draws from them
    try:
        if keras is not None:
            keras.utils.set_random_seed(0)
        yield
    finally:
        random.setstate(python)
        np.random.set_state(numpy)  # noqa: NPY002


def check_parts(names: dict[str, Any]) -> None:
    """Refuse a program without one of its parts."""
    lost = [name for name in PARTS if not callable(names.get(name))]
    if lost:
        raise argument_error("treat", "the program has lost a part", "functions", f"no {', '.join(lost)}")
