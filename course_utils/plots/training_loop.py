"""The seven words of every training as a picture, from initialise to stop. Lesson 04."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from course_utils import checks
from course_utils.figure_settings import draws
from course_utils.plots.structure import FORWARD, MARK, WHITE, arrow, blank_axes, paper, write
from course_utils.style import BLUE, GREY

IN_A_ROW = ("initialise", "predict", "cost", "gradient", "step", "stop")
WORDS = (*IN_A_ROW, "repeat")
WIDTH, HEIGHT, GAP, BELOW = 1.05, 0.5, 0.35, 0.55  # inches: of a box, between boxes, below them for the way back


@draws
def training_loop(marked: str | None = None, *, ax: Axes | None = None) -> Axes:
    """Draw the loop of a training: five things done one after the other, then again, until it stops.

    Parameters
    ----------
    marked : str, optional
        One of the seven words, to stand on yellow.
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If the marked word is none of the seven.

    Examples
    --------
    >>> ax = training_loop("gradient")
    >>> [text.get_text() for text in ax.texts]
    ['initialise', 'predict', 'cost', 'gradient', 'step', 'stop', 'repeat']
    """
    if marked is not None:
        checks.choice("training_loop", "marked", marked, dict.fromkeys(WORDS))
    stride = WIDTH + GAP
    ax = blank_axes(ax, (len(IN_A_ROW) * stride - GAP + 0.2, HEIGHT + BELOW + 0.2))
    middle = 0.1 + BELOW + HEIGHT / 2
    centres = {word: 0.1 + WIDTH / 2 + stride * i for i, word in enumerate(IN_A_ROW)}
    for word, x in centres.items():
        edge = GREY if word in ("initialise", "stop") else BLUE  # these two happen once
        style: dict[str, Any] = {
            "boxstyle": "round,pad=0,rounding_size=0.08",
            "fc": MARK if word == marked else WHITE,
            "ec": edge,
            "lw": 2,
        }
        ax.add_patch(FancyBboxPatch((x - WIDTH / 2, middle - HEIGHT / 2), WIDTH, HEIGHT, zorder=3, **style))
        write(ax, (x, middle), word)
        if word != "stop":
            arrow(ax, (x + WIDTH / 2, middle), (x + WIDTH / 2 + GAP, middle), FORWARD)
    low = 0.1 + BELOW * 0.4
    last, first = centres["step"], centres["predict"]
    ax.plot([last, last, first], [middle - HEIGHT / 2, low, low], color=FORWARD["color"], lw=FORWARD["lw"])
    arrow(ax, (first, low), (first, middle - HEIGHT / 2), FORWARD)
    write(ax, ((first + last) / 2, low), "repeat", bbox=paper(0.2, MARK if marked == "repeat" else WHITE))
    return ax
