"""Settings of a view: its sliders at their ends, and somewhere between."""

import itertools
import math
import random

from course_utils.explorables import Slider
from course_utils.live_figures import Pad

CORNERS = 1024  # of a view with more sliders than that takes, some are drawn


def ends(spec):
    """Return where a control can stand at the most."""
    if isinstance(spec, Slider):
        return [spec.lo, spec.hi]
    if isinstance(spec, Pad):
        return drawings_at_the_ends(spec)
    return [False, True] if isinstance(spec, bool) else list(spec)


def somewhere(spec, rng):
    """Return one of a control's stops."""
    if isinstance(spec, Pad):
        return some_drawing(spec, rng)
    if not isinstance(spec, Slider):
        return rng.choice(ends(spec))
    if spec.whole:
        return rng.randint(spec.lo, spec.hi)
    if spec.log:
        return spec.tidy(10 ** rng.uniform(math.log10(spec.lo), math.log10(spec.hi)))
    return spec.tidy(spec.lo + spec.step * rng.randint(0, round((spec.hi - spec.lo) / spec.step)))


def drawings_at_the_ends(pad):
    """Return what stands there at first, an empty pad, dots in the corners, and lines along the edges."""
    corners = [[0, 0], [pad.side, 0], [pad.side, pad.side], [0, pad.side]]
    edges = [[[start, end]] for start, end in zip(corners, [*corners[1:], corners[0]], strict=True)]
    around = [[*corners, corners[0]]]
    return [
        pad.tidy(pad.start),
        [],
        [[corner] for corner in corners],
        *[[[corner]] for corner in corners],
        *edges,
        around,
    ]


def some_drawing(pad, rng):
    """Return up to three strokes that wander over the pad, or only over a part of it."""
    reach, drawing = rng.choice([pad.side, pad.side // 2, pad.side // 8]), []
    for _ in range(rng.randint(1, 3)):
        x, y = (rng.randint(0, pad.side) for _ in range(2))
        stroke = [[x, y]]
        for _ in range(rng.randint(0, 12)):
            stroke.append([stroke[-1][0] + rng.randint(-reach, reach), stroke[-1][1] + rng.randint(-reach, reach)])
        drawing.append(stroke)
    return pad.tidy(drawing)


def settings(sliders, most_ends=CORNERS, more=200):
    """Return dicts of values: at most so many corners, and so many more at random."""
    rng = random.Random(0)
    corners = list(itertools.product(*map(ends, sliders.values())))
    rows = rng.sample(corners, min(most_ends, len(corners)))
    rows += [[somewhere(spec, rng) for spec in sliders.values()] for _ in range(more)]
    return [dict(zip(sliders, row, strict=True)) for row in rows]
