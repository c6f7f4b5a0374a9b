"""What the learner moves: sliders with a labelled number box each, choices and switches."""

import math
import numbers
from dataclasses import dataclass

import ipywidgets as wd

from course_utils._checks import argument_error, choice


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
    def whole(self):
        ends = (self.lo, self.hi, self.step, self.start)
        return not self.log and all(isinstance(v, numbers.Integral) for v in ends)

    def tidy(self, value):
        """Return the value without the digits that only floating point put there."""
        if self.log:
            return float(f"{value:.3g}")
        decimals = max(2, 2 - math.floor(math.log10(self.step)))
        return int(value) if self.whole else round(float(value), decimals)

    def clip(self, value):
        """Return the value, or the end of the range that is nearest to it."""
        return min(max(value, self.lo), self.hi)


class Control:
    """One parameter: `parts` to show, `value` to read, `set` to move; calls `changed` when the learner moves it."""

    def __init__(self, name, spec, changed):
        self.name, self.spec, self._changed, self._quiet = name, read(name, spec), changed, False
        self.label = _label(name, self.spec)
        self.parts = _parts(self.label, self.spec)
        self.value = self.start = self._tidy(self.parts[0].value)
        for part in self.parts:
            part.observe(self._moved, "value")

    def set(self, value):
        """Move to the value, or to the end of the slider next to it. Calls nobody."""
        if isinstance(self.spec, Slider):
            value = self.spec.clip(value)
        elif not isinstance(self.spec, bool):
            value = choice("live", self.name, value, {option: option for option in self.spec})
        self._follow(value)

    def _moved(self, change):
        if self._quiet:
            return
        by_slider = change["owner"] is self.parts[0]
        self._follow(self._tidy(change["new"]) if by_slider else change["new"], but=change["owner"])
        self._changed()

    def _follow(self, value, but=None):
        self.value, self._quiet = value, True
        for part in self.parts:
            if part is not but:
                part.value = value
        self._quiet = False

    def _tidy(self, value):
        return self.spec.tidy(value) if isinstance(self.spec, Slider) else value


def read(name, spec):
    """Turn a slider's short form into a Slider; a list of names and a boolean stay as they are."""
    if isinstance(spec, bool) or _is_names(spec):
        return spec
    if isinstance(spec, (tuple, list)) and len(spec) == 4:
        spec = Slider(*spec)
    if not isinstance(spec, Slider) or not all(map(_is_number, (spec.lo, spec.hi, spec.step, spec.start))):
        forms = "(lowest, highest, step, start), a list of names, True or False"
        raise argument_error("live", f"{name} is no slider", forms, repr(spec))
    if not (spec.lo < spec.hi and spec.step > 0 and spec.lo <= spec.start <= spec.hi):
        received = f"({spec.lo:g}, {spec.hi:g}, {spec.step:g}, {spec.start:g})"
        raise argument_error(
            "live", f"{name} has no sensible range", "lowest < highest, step > 0, start between", received
        )
    if spec.log and spec.lo <= 0:
        raise argument_error("live", f"{name} has a log scale", "a lowest value above 0", f"{spec.lo:g}")
    return spec


def _is_names(spec):
    return isinstance(spec, (tuple, list)) and len(spec) > 0 and all(isinstance(s, str) for s in spec)


def _is_number(value):
    return isinstance(value, numbers.Real) and not isinstance(value, bool) and math.isfinite(value)


def _label(name, spec):
    if not isinstance(spec, Slider):
        return name
    return (spec.label or name) + (f" ({spec.unit})" if spec.unit else "")


def _parts(label, spec):
    if isinstance(spec, bool):
        return [wd.Checkbox(spec, description=label, indent=False, layout=wd.Layout(width="auto"))]
    if not isinstance(spec, Slider):
        return [wd.Dropdown(options=list(spec), description=label, layout=wd.Layout(width="auto"))]
    return [_slider(label, spec), _box(label, spec)]


def _slider(label, spec):
    look = {"description": label, "readout": False, "layout": wd.Layout(flex="1 1 auto", min_width="120px")}
    if spec.log:
        ends = {"min": math.log10(spec.lo), "max": math.log10(spec.hi)}
        return wd.FloatLogSlider(spec.start, base=10, step=spec.step, **ends, **look)
    kind = wd.IntSlider if spec.whole else wd.FloatSlider
    return kind(spec.start, min=spec.lo, max=spec.hi, step=spec.step, **look)


def _box(label, spec):
    """The value to read and to type. A slider's handle has no name for a screen reader: this box has one."""
    kind = wd.BoundedIntText if spec.whole else wd.BoundedFloatText
    step = None if spec.log else spec.step
    layout = wd.Layout(width="86px", flex="0 0 auto")
    box = kind(spec.start, min=spec.lo, max=spec.hi, step=step, description=label, layout=layout)
    box.style.description_width = "0px"  # the slider shows the label; here it is only spoken
    return box
