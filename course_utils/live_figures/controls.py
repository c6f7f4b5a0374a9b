"""What the learner moves: sliders with a number box each, choices, switches, a pad; and where they stand."""

import math
import numbers
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course_utils.checks import argument_error, choice


@dataclass(frozen=True)
class Slider:
    """A slider's range.

    Parameters
    ----------
    lo, hi, step, start : float
        Four whole numbers make a slider of whole numbers. On a log slider `step` counts in powers of ten.
    unit : str
        Shown behind the label.
    log : bool
        Equal ways on the slider are equal factors, as learning rates need it.
    label : str, optional
        Shown instead of the parameter's name.

    >>> Slider(0.001, 10, 0.1, 0.01, log=True).tidy(0.012589)
    0.0126
    """

    lo: float
    hi: float
    step: float
    start: float
    unit: str = ""
    log: bool = False
    label: str | None = None

    @property
    def whole(self) -> bool:
        ends = (self.lo, self.hi, self.step, self.start)
        return not self.log and all(isinstance(v, numbers.Integral) for v in ends)

    @property
    def decimals(self) -> int:
        """As many as a stop of the slider has; what is behind them only floating point put there."""
        return max(2, 2 - math.floor(math.log10(self.step)))

    def tidy(self, value: float) -> float:
        """Return the value without the digits that only floating point put there."""
        if self.log:
            return float(f"{value:.3g}")
        return int(value) if self.whole else round(float(value), self.decimals)

    def clip(self, value: float) -> float:
        """Return the value, or the end of the range that is nearest to it."""
        return min(max(value, self.lo), self.hi)


Strokes = Sequence[Sequence[Sequence[int]]]


@dataclass(frozen=True)
class Pad:
    """A square to draw on, with mouse, pen, finger or keys.

    Its value is a list of strokes, and a stroke a list of points [x, y] in whole numbers, from [0, 0] at the upper
    left to [side, side].

    Parameters
    ----------
    start : list of strokes
        What stands there at first; a learner's first stroke takes its place.
    side : int
        The square's, in pixels of the page.
    pen : float
        Width of a stroke.
    label : str
        Read aloud to who cannot see the square.
    hint : str
        Stands below it.

    >>> Pad(side=100).tidy([[(3.2, 50), (120, 50)]])
    [[[3, 50], [100, 50]]]
    """

    start: Strokes = ()
    side: int = 280
    pen: float = 24.0
    label: str = "Square to draw on"
    hint: str = ""

    def tidy(self, strokes: Strokes) -> list[list[list[int]]]:
        """Return strokes in whole numbers that do not leave the square."""
        return [[[min(max(round(v), 0), self.side) for v in point] for point in stroke] for stroke in strokes]


# A list of names is a choice. So is a dict; its entries name other sliders, and choosing one sets them.
Spec = Slider | Pad | Sequence[str] | Mapping[str, Mapping[str, float]] | bool


def as_spec(name: str, spec: Any) -> Spec:
    """Turn a slider's short form into a Slider; a choice and a switch stay as they are.

    Raises
    ------
    ValueError
        For what is none of them, or a range without sense.
    """
    if isinstance(spec, (bool, Pad)) or _is_choice(spec):
        return spec
    if isinstance(spec, (tuple, list)) and len(spec) == 4:
        spec = Slider(*spec)
    if not isinstance(spec, Slider) or not all(map(_is_number, (spec.lo, spec.hi, spec.step, spec.start))):
        forms = "(lowest, highest, step, start), a list of names, True or False"
        raise argument_error("live", f"{name} is no slider", forms, repr(spec))
    if not (spec.lo < spec.hi and spec.step > 0 and spec.lo <= spec.start <= spec.hi):
        received = f"({spec.lo:g}, {spec.hi:g}, {spec.step:g}, {spec.start:g})"
        expected = "lowest < highest, step > 0, start between"
        raise argument_error("live", f"{name} has no sensible range", expected, received)
    if spec.log and spec.lo <= 0:
        raise argument_error("live", f"{name} has a log scale", "a lowest value above 0", f"{spec.lo:g}")
    return spec


def _is_choice(spec):
    return isinstance(spec, (tuple, list, dict)) and len(spec) > 0 and all(isinstance(s, str) for s in spec)


def _is_number(value):
    return isinstance(value, numbers.Real) and not isinstance(value, bool) and math.isfinite(value)


def label_of(name: str, spec: Spec) -> str:
    """Return what stands beside the control."""
    if isinstance(spec, Pad):
        return spec.label
    if not isinstance(spec, Slider):
        return name.replace("_", " ")
    return (spec.label or name.replace("_", " ")) + (f" ({spec.unit})" if spec.unit else "")


def start_of(spec: Spec) -> Any:
    """Return where the control stands at first.

    >>> start_of(Slider(0, 9, 1, 3)), start_of(["a", "b"]), start_of(False)
    (3, 'a', False)
    """
    if isinstance(spec, Slider):
        return spec.start
    if isinstance(spec, Pad):
        return spec.tidy(spec.start)
    return spec if isinstance(spec, bool) else next(iter(spec))


def describe(name: str, spec: Spec) -> dict[str, Any]:
    """Return all that a page has to know of a control, as JSON holds it.

    >>> describe("gate", ["AND", "OR"])
    {'name': 'gate', 'label': 'gate', 'start': 'AND', 'kind': 'choice', 'options': ['AND', 'OR'], 'sets': {}}
    >>> describe("n", Slider(0, 9, 1, 3))["whole"]
    True
    """
    common: dict[str, Any] = {"name": name, "label": label_of(name, spec), "start": start_of(spec)}
    if isinstance(spec, bool):
        return common | {"kind": "switch"}
    if isinstance(spec, Pad):
        return common | {"kind": "pad", "side": spec.side, "pen": spec.pen, "hint": spec.hint}
    if isinstance(spec, Slider):
        scale = {"lo": spec.lo, "hi": spec.hi, "step": spec.step, "log": spec.log, "whole": spec.whole}
        return common | {"kind": "slider", "unit": spec.unit, "decimals": spec.decimals} | scale
    return common | {"kind": "choice", "options": list(spec), "sets": dict(spec) if isinstance(spec, dict) else {}}


class Controls:
    """All controls of a view by name: what each is, and where it stands. The page shows them.

    Attributes
    ----------
    specs : dict of str to Spec
    positions : dict
        Where each control stands.

    >>> presets = {"low": {"w": 1}, "high": {"w": 9}, "own": {}}
    >>> controls = Controls({"kernel": presets, "w": (0, 9, 1, 1)})
    >>> controls.move(kernel="high")
    >>> controls.positions
    {'kernel': 'high', 'w': 9}
    >>> controls.move(w=5)
    >>> controls.positions
    {'kernel': 'own', 'w': 5}
    """

    def __init__(self, specs: Mapping[str, object]):
        self.specs: dict[str, Spec] = {name: as_spec(name, spec) for name, spec in specs.items()}
        self._starts = {name: _taken(name, spec, start_of(spec)) for name, spec in self.specs.items()}
        self.positions: dict[str, Any] = dict(self._starts)

    def told(self) -> list[dict[str, Any]]:
        """Return what a page has to know of them, as JSON holds it."""
        return [describe(name, spec) for name, spec in self.specs.items()]

    def move(self, **values: Any) -> None:
        """Set controls, as a hand would: each stops at its ends.

        Raises
        ------
        ValueError
            For a control that there is not, a choice that it does not offer, or what is no number.
        """
        taken = {
            name: _taken(name, choice("live", "slider", name, self.specs), value) for name, value in values.items()
        }
        self.positions = self._with_presets(self.positions | taken)

    def reset(self) -> None:
        """Set every control back to its start."""
        self.positions = dict(self._starts)

    def _with_presets(self, now):
        """A choice that has changed sets its sliders; a slider that has changed makes the choice one that sets none."""
        for name, spec in self.specs.items():
            if not isinstance(spec, dict):
                continue
            preset = spec[now[name]]
            if now[name] != self.positions[name]:
                now |= {other: _taken(other, self.specs[other], value) for other, value in preset.items()}
            elif any(now[other] != value for other, value in preset.items()):
                now[name] = next(option for option, sets in spec.items() if not sets)
        return now


def _taken(name, spec, value):
    """Return the value that a control takes when it is moved to `value`."""
    if isinstance(spec, bool):
        return bool(value)
    if isinstance(spec, Pad):
        return _strokes(name, spec, value)
    if not isinstance(spec, Slider):
        return choice("live", name, value, {option: option for option in spec})
    if not _is_number(value):
        raise argument_error("live", f"{name} is moved to what is no number", "a number", repr(value))
    value = spec.clip(value)
    return round(value) if spec.whole else float(value)


def _strokes(name, pad, value):
    """Return what is drawn on a pad."""
    try:
        strokes = pad.tidy(value)
        fits = all(len(stroke) > 0 and all(len(point) == 2 for point in stroke) for stroke in strokes)
    except (TypeError, ValueError, OverflowError):
        fits = False
    if not fits:
        expected, received = "a list of strokes, each a list of points (x, y)", repr(value)[:80]
        raise argument_error("live", f"{name} is moved to what is no drawing", expected, received)
    return strokes
