"""What the view of a training run takes: build, data, and the settings on its sliders."""

import dataclasses
import inspect
from collections.abc import Callable, Mapping

import numpy as np

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.datasets.batches import pair
from course_utils.live_figures.controls import Slider, Spec

LARGEST = 512  # batch size that is offered


def check_build(build: Callable) -> None:
    """Refuse what is no function of a learning rate and a width."""
    if not callable(build):
        raise argument_error(
            "train", "build must be a function", "build(learning_rate, width)", repr(build), error=TypeError
        )
    try:
        inspect.signature(build).bind(0.1, 64)
    except TypeError:
        received = f"build{inspect.signature(build)}"
        raise argument_error(
            "train", "build must take two values", "build(learning_rate, width)", received, error=TypeError
        ) from None
    except ValueError:  # some functions written in C have no signature to read
        return


def pairs(data: tuple) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray] | None]:
    """Return ((x, y), validation) as arrays; validation is a pair too, or None."""
    if not isinstance(data, (tuple, list)) or len(data) != 2:
        raise argument_error("train", "data must be a pair", "(x, y) or ((x, y), (x_val, y_val))", type(data).__name__)
    if not all(isinstance(part, (tuple, list)) and len(part) == 2 and _is_array(part[0]) for part in data):
        return pair("train", *data), None
    training, validation = data
    return pair("train", *training), pair("train, validation", *validation)


def _is_array(value):
    return getattr(value, "ndim", 0) > 0 or isinstance(value, (tuple, list))


def slider(label: str, start: float | Slider, lo: float, hi: float, log: bool = False) -> Slider:
    """Return a slider that starts there, wide enough for its start."""
    if isinstance(start, Slider):
        return dataclasses.replace(start, label=label)
    check = checks.positive if log else checks.whole
    start = check("train", label.replace(" ", "_"), start)
    return Slider(min(lo, start), max(hi, start), 0.1 if log else 1, start, log=log, label=label)


def sizes(start: int, examples: int) -> list[str]:
    """Return the batch sizes to choose from, as text: powers of two up to the training set, and the start.

    >>> sizes(100, 60000)
    ['1', '2', '4', '8', '16', '32', '64', '100', '128', '256', '512']
    """
    powers = {2**k for k in range(LARGEST.bit_length()) if 2**k < 2 * examples}
    return [str(n) for n in sorted(powers | {start})]


def setting(name: str, value: float, specs: Mapping[str, Spec]) -> float:
    """Return a setting that is on its slider, or say which values are."""
    spec = checks.choice("train", "setting", name, specs)
    if not isinstance(spec, Slider):
        checks.choice("train", name, str(value), dict.fromkeys(spec))
        return value
    if spec.whole:
        checks.whole("train", name, value, low=int(spec.lo))
    checks.number("train", name, value, low=spec.lo, high=spec.hi)
    return value
