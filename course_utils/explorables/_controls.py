"""What the learner moves: sliders with a labelled number box each, choices, switches and a reset button."""

import math
from dataclasses import dataclass

import ipywidgets as wd

from course_utils._checks import fail


@dataclass(frozen=True)
class Slider:
    """A slider's range.

    Parameters
    ----------
    lo, hi, step, start : float
        Whole numbers all four make a slider of whole numbers. On a log slider `step` counts in powers of ten.
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

    def tidy(self, value):
        """Return the value without the digits that only floating point put there."""
        if self.log:
            return float(f"{value:.3g}")
        return value if self.whole else round(float(value), _decimals(self.step))

    @property
    def whole(self):
        return not self.log and all(isinstance(v, int) for v in (self.lo, self.hi, self.step, self.start))

    def clip(self, value):
        return min(max(value, self.lo), self.hi)


class Control:
    """One parameter: `widget` to show, `value` to read, `set(value)` to move."""

    def __init__(self, name, spec, changed):
        self.spec, self._changed, self._quiet = _read(name, spec), changed, False
        label = getattr(self.spec, "label", None) or name
        self.parts = _parts(label, self.spec)
        self.value = self.start = self.spec.start if isinstance(self.spec, Slider) else self.parts[0].value
        self.widget = self.parts[0] if len(self.parts) == 1 else wd.HBox(self.parts, layout=_ROW)
        for part in self.parts:
            part.observe(self._moved, "value")

    def set(self, value):
        """Move to the value (a slider: to its nearest end), without telling anyone."""
        self.value = self.spec.clip(value) if isinstance(self.spec, Slider) else value
        self._show()

    def _show(self):
        self._quiet = True
        for part in self.parts:
            part.value = self.value
        self._quiet = False

    def _moved(self, change):
        if self._quiet:
            return
        from_slider = isinstance(self.spec, Slider) and change["owner"] is self.parts[0]
        self.value = self.spec.tidy(change["new"]) if from_slider else change["new"]
        self._show_others(change["owner"])
        self._changed()

    def _show_others(self, moved):
        self._quiet = True
        for part in self.parts:
            if part is not moved:
                part.value = self.value
        self._quiet = False


def _read(name, spec):
    """Turn a slider's short form into a Slider; lists and booleans stay as they are."""
    if isinstance(spec, bool) or _is_names(spec):
        return spec
    if isinstance(spec, (tuple, list)) and len(spec) == 4:
        spec = Slider(*spec)
    if not isinstance(spec, Slider) or not all(_is_number(v) for v in (spec.lo, spec.hi, spec.step, spec.start)):
        fail(
            "live",
            f"{name} is no slider",
            "(lowest, highest, step, start), a list of names, or True",
            repr(spec),
        )
    if not (spec.lo < spec.hi and spec.step > 0 and spec.lo <= spec.start <= spec.hi):
        fail(
            "live",
            f"{name} has no sensible range",
            "lowest < highest, step > 0, start between",
            _range(spec),
        )
    if spec.log and spec.lo <= 0:
        fail("live", f"{name} has a log scale", "a lowest value above 0", f"{spec.lo:g}")
    return spec


def _is_names(spec):
    return isinstance(spec, (tuple, list)) and len(spec) > 0 and all(isinstance(s, str) for s in spec)


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _range(spec):
    return f"({spec.lo:g}, {spec.hi:g}, {spec.step:g}, {spec.start:g})"


def _decimals(step):
    return max(0, 2 - math.floor(math.log10(step))) if step < 1 else 2


_ROW = wd.Layout(width="430px", max_width="100%", align_items="center", flex="0 1 auto")


def _parts(label, spec):
    if isinstance(spec, bool):
        return [wd.Checkbox(spec, description=label, indent=False)]
    if not isinstance(spec, Slider):
        return [wd.Dropdown(options=list(spec), description=label, layout=wd.Layout(width="250px"))]
    return _slider_and_box(f"{label} ({spec.unit})" if spec.unit else label, spec)


def _slider_and_box(label, spec):
    """A slider and a number box. The slider's handle has no name for a screen reader; the box has, and is exact."""
    look = {
        "description": label,
        "readout": False,
        "layout": wd.Layout(flex="1 1 auto", min_width="120px"),
    }
    if spec.log:
        ends = {"min": math.log10(spec.lo), "max": math.log10(spec.hi)}
        slider = wd.FloatLogSlider(spec.start, base=10, step=spec.step, **ends, **look)
    else:
        kind = wd.IntSlider if spec.whole else wd.FloatSlider
        slider = kind(spec.start, min=spec.lo, max=spec.hi, step=spec.step, **look)
    kind = wd.BoundedIntText if spec.whole else wd.BoundedFloatText
    step = spec.step if not spec.log else None
    box = kind(spec.start, min=spec.lo, max=spec.hi, step=step, description=label)
    box.style.description_width, box.layout.width, box.layout.flex = (
        "0px",
        "86px",
        "0 0 auto",
    )
    return [slider, box]
