"""What the learner moves: sliders with a labelled number box each, choices and switches."""

import math
import numbers
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ipywidgets as wd

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

    def tidy(self, value: float) -> float:
        """Return the value without the digits that only floating point put there."""
        if self.log:
            return float(f"{value:.3g}")
        decimals = max(2, 2 - math.floor(math.log10(self.step)))
        return int(value) if self.whole else round(float(value), decimals)

    def clip(self, value: float) -> float:
        """Return the value, or the end of the range that is nearest to it."""
        return min(max(value, self.lo), self.hi)


# A list of names is a choice. So is a dict; its entries name other sliders, and choosing one sets them.
Spec = Slider | Sequence[str] | Mapping[str, Mapping[str, float]] | bool


def as_spec(name: str, spec: Any) -> Spec:
    """Turn a slider's short form into a Slider; a choice and a switch stay as they are.

    Raises
    ------
    ValueError
        For what is none of them, or a range without sense.
    """
    if isinstance(spec, bool) or _is_choice(spec):
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
    if not isinstance(spec, Slider):
        return name
    return (spec.label or name) + (f" ({spec.unit})" if spec.unit else "")


def start_of(spec: Spec) -> float | str | bool:
    """Return where the control stands at first.

    >>> start_of(Slider(0, 9, 1, 3)), start_of(["a", "b"]), start_of(False)
    (3, 'a', False)
    """
    if isinstance(spec, Slider):
        return spec.start
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
    if isinstance(spec, Slider):
        scale = {"lo": spec.lo, "hi": spec.hi, "step": spec.step, "log": spec.log, "whole": spec.whole}
        return common | {"kind": "slider"} | scale
    return common | {"kind": "choice", "options": list(spec), "sets": dict(spec) if isinstance(spec, dict) else {}}


class Control:
    """One parameter: `parts` to show, `value` to read, `set` to move; calls `moved` when the learner moves it."""

    def __init__(self, name: str, spec: object, moved: Callable[[], None]):
        self.name, self.spec, self._moved, self._quiet = name, as_spec(name, spec), moved, False
        self.label = label_of(name, self.spec)
        self.parts = _parts(self.label, self.spec)
        self.value = self.start = _tidied(self.spec, self.parts[0].value)
        for part in self.parts:
            part.observe(self._follow_hand, "value")

    def set(self, value: Any) -> None:
        """Move to the value, or to the end of the slider next to it. Calls nobody."""
        if isinstance(self.spec, Slider):
            value = self.spec.clip(value)
        elif not isinstance(self.spec, bool):
            value = choice("live", self.name, value, {option: option for option in self.spec})
        self._follow(value)

    def _follow_hand(self, change):
        if self._quiet:
            return
        by_slider = change["owner"] is self.parts[0]
        self._follow(_tidied(self.spec, change["new"]) if by_slider else change["new"], but=change["owner"])
        self._moved()

    def _follow(self, value, but=None):
        self.value, self._quiet = value, True
        for part in self.parts:
            if part is not but:
                part.value = value
        self._quiet = False


def _tidied(spec, value):
    return spec.tidy(value) if isinstance(spec, Slider) else value


def _parts(label, spec):
    if isinstance(spec, bool):
        return [wd.Checkbox(spec, description=label, indent=False, layout=wd.Layout(width="auto"))]
    if not isinstance(spec, Slider):
        return [wd.Dropdown(options=list(spec), description=label, layout=wd.Layout(width="auto"))]
    return [_slider(label, spec), _box(label, spec)]


def _slider(label, spec):
    style = {"description": label, "readout": False, "layout": wd.Layout(flex="1 1 auto", min_width="120px")}
    if spec.log:
        ends = {"min": math.log10(spec.lo), "max": math.log10(spec.hi)}
        return wd.FloatLogSlider(spec.start, base=10, step=spec.step, **ends, **style)
    kind = wd.IntSlider if spec.whole else wd.FloatSlider
    return kind(spec.start, min=spec.lo, max=spec.hi, step=spec.step, **style)


def _box(label, spec):
    """The value to read and to type. A slider's handle has no name for a screen reader: this box has one."""
    kind = wd.BoundedIntText if spec.whole else wd.BoundedFloatText
    step = None if spec.log else spec.step
    layout = wd.Layout(width="86px", flex="0 0 auto")
    box = kind(spec.start, min=spec.lo, max=spec.hi, step=step, description=label, layout=layout)
    box.style.description_width = "0px"  # the slider shows the label; here it is only spoken
    return box


class Controls(dict):
    """All controls of a view, by name. Calls `moved` once when the learner has moved one.

    >>> presets = {"low": {"w": 1}, "high": {"w": 9}, "own": {}}
    >>> controls = Controls({"kernel": presets, "w": (0, 9, 1, 1)}, moved=print)
    >>> controls.move(kernel="high")
    >>> controls.positions
    {'kernel': 'high', 'w': 9}
    >>> controls.move(w=5)
    >>> controls.positions
    {'kernel': 'own', 'w': 5}
    """

    def __init__(self, specs: Mapping[str, object], moved: Callable[[], None]):
        super().__init__({name: Control(name, spec, self._follow_hand) for name, spec in specs.items()})
        self._moved = moved
        presets = {name: control for name, control in self.items() if isinstance(control.spec, dict)}
        self._chosen = {name: control.value for name, control in presets.items()}

    @property
    def positions(self) -> dict[str, Any]:
        """Where each control stands."""
        return {name: control.value for name, control in self.items()}

    def move(self, **values: Any) -> None:
        """Set controls, as a hand would: each stops at its ends. Calls nobody.

        Raises
        ------
        ValueError
            For a control that there is not, or a choice that it does not offer.
        """
        for name, value in values.items():
            choice("live", "slider", name, self).set(value)
        self._follow_presets()

    def reset(self) -> None:
        """Set every control back to its start."""
        self.move(**{name: control.start for name, control in self.items()})

    def _follow_hand(self):
        self._follow_presets()
        self._moved()

    def _follow_presets(self):
        """A choice that has changed sets its sliders; a slider that has changed makes the choice one that sets none."""
        for name, before in self._chosen.items():
            control = self[name]
            preset = control.spec[control.value]
            if control.value != before:
                for other, value in preset.items():
                    self[other].set(value)
            elif any(self[other].value != value for other, value in preset.items()):
                control.set(next(option for option, sets in control.spec.items() if not sets))
            self._chosen[name] = control.value
