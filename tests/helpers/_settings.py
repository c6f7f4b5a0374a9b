"""Settings of a view: its sliders at their ends, and somewhere between."""

import itertools
import math
import random

from course_utils.explorables import Slider

CORNERS = 1024  # of a view with more sliders than that takes, some are drawn


def ends(spec):
    """Return where a control can stand at the most."""
    if isinstance(spec, Slider):
        return [spec.lo, spec.hi]
    return [False, True] if isinstance(spec, bool) else list(spec)


def somewhere(spec, rng):
    """Return one of a control's stops."""
    if not isinstance(spec, Slider):
        return rng.choice(ends(spec))
    if spec.whole:
        return rng.randint(spec.lo, spec.hi)
    if spec.log:
        return spec.tidy(10 ** rng.uniform(math.log10(spec.lo), math.log10(spec.hi)))
    return spec.tidy(spec.lo + spec.step * rng.randint(0, round((spec.hi - spec.lo) / spec.step)))


def settings(sliders, most_ends=CORNERS, more=200):
    """Return dicts of values: at most so many corners, and so many more at random."""
    rng = random.Random(0)
    corners = list(itertools.product(*map(ends, sliders.values())))
    rows = rng.sample(corners, min(most_ends, len(corners)))
    rows += [[somewhere(spec, rng) for spec in sliders.values()] for _ in range(more)]
    return [dict(zip(sliders, row, strict=True)) for row in rows]
