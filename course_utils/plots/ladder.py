"""The ladder of baselines: a bar for each way to read the digits, from guessing upwards. Lessons 08, 09, 11 and 14."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.figure_settings import draws
from course_utils.formatting import format_number
from course_utils.style import BLUE, GREY, ORANGE, axes

STORED = Path(__file__).with_name("ladder.json")  # written by benchmarks/ladder.py
BAR = 0.42  # inches: the height of a rung with the space above it


def stored_rungs() -> list[dict[str, Any]]:
    """Return the rungs that `benchmarks/ladder.py` has measured, the lowest first.

    Each knows its `lesson`, its `name`, and the share of test images that are right, on the `full` MNIST and on the
    embedded `digits`.

    >>> [(rung["name"], rung["full"]) for rung in stored_rungs()][0]
    ('guessing', 0.1)
    """
    return json.loads(STORED.read_text(encoding="utf-8"))


@draws
def ladder(
    scores: Mapping[str, float],
    *,
    lesson: str,
    full: bool = True,
    later: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw the test accuracy of several ways to read the digits, one bar for each, the first one at the bottom.

    Parameters
    ----------
    scores : dict of str to float
        What this lesson has computed: what the bar is called, and the share of test images that are right, 0 … 1.
    lesson : str
        Two digits, such as "09": the stored rungs of all lessons before it stand below.
    full : bool
        Whether the stored rungs are those of the full MNIST or of the embedded digits: `data.is_full`.
    later : bool
        Whether the stored rungs of later lessons stand above, as outlines.
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If a score is no share between 0 and 1, or the lesson is not given as two digits.

    Examples
    --------
    >>> ax = ladder({"64 hidden units": 0.975}, lesson="09")
    >>> [label.get_text() for label in ax.get_yticklabels()][-2:]
    ['ten neurons', '64 hidden units']
    """
    name = "ladder"
    if not isinstance(scores, Mapping):
        raise argument_error(name, "scores must name each bar", '{"ten neurons": 0.92}', type(scores).__name__)
    if not isinstance(lesson, str) or len(lesson) != 2 or not lesson.isdigit():
        raise argument_error(name, "lesson must be two digits", '"09"', repr(lesson))
    own = {}
    for what, score in scores.items():
        own[str(what)] = checks.number(name, f"the score of {what}", score, low=0, high=1)
    stored = stored_rungs()
    source = "full" if full else "digits"
    below = {rung["name"]: rung[source] for rung in stored if rung["lesson"] < lesson}
    above = {f"lesson {rung['lesson']}: {rung['name']}": rung[source] for rung in stored if rung["lesson"] > lesson}
    solid: dict[str, Any] = {"linewidth": 0}
    outline: dict[str, Any] = {"facecolor": "none", "edgecolor": GREY, "linestyle": "--", "linewidth": 1.5}
    bars = [(what, score, solid | {"facecolor": BLUE}) for what, score in below.items()]
    bars += [(what, score, solid | {"facecolor": ORANGE}) for what, score in own.items()]
    if later:
        bars += [(what, score, outline) for what, score in above.items()]
    ax = axes(ax, size=(6.8, BAR * len(bars) + 0.8), xlabel="test images read right (%)", xlim=(0, 112))
    ax.grid(False, axis="y")
    for place, (_, score, style) in enumerate(bars):
        ax.barh(place, 100 * score, height=0.72, **style)
        ax.text(100 * score + 1, place, format_number(100 * score, ".1f"), va="center", fontsize=12)
    ax.set_yticks(range(len(bars)), [what for what, *_ in bars], fontsize=12)
    ax.set_xticks(range(0, 101, 20))
    ax.spines[["top", "right"]].set_visible(False)
    return ax
