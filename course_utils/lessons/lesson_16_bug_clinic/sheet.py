"""One page to print: ten loss curves that a practitioner knows by sight, and the order of questions as a flow chart.

The curves are those of the networks of this clinic, on the full MNIST: `scripts/clinic_results.py` has computed them.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.ticker import MaxNLocator

from course_utils.figure_settings import draws
from course_utils.style import BLACK, BLUE, GREEN, GREY, ORANGE, axes

RESULTS = Path(__file__).with_name("results.json")
# Of each curve: what is seen, what it suggests, and the upper end of its axis.
PANELS = {
    "healthy": ("both fall and lie close", "healthy", 2.6),
    "small rate": ("hardly moves", "small rate", 2.6),
    "large rate": ("too high, up and down", "large rate", 12.0),
    "start": ("flat at log K", "start", 2.6),
    "scale": ("huge, then flat at log K", "scale", 2.6),
    "logits": ("stops at about 1.5", "logits", 2.6),
    "axis": ("begins at 6.9, rises", "axis", 50.0),
    "pairs": ("only the training loss falls", "pairs, or labels that are wrong", 2.6),
    "overfitting": ("the validation loss turns", "overfitting: lesson 13", 1.6),
    "leak": ("no gap at all", "leak", 2.6),
}
# Of the flow chart: a question, and whom to suspect where the answer is no, with the instrument that shows it.
QUESTIONS = (
    (
        "Is the first loss near log K?\nfirst_loss()",
        "axis: outputs()   scale: batches()\nloss: look at outputs and targets",
    ),
    (
        "Is one batch learned by heart?\none_batch()",
        "start, frozen, small rate, large rate: steps()\nlogits: it stops at 1.46   broadcasting: shapes()",
    ),
    ("Does the training loss fall\nand stay down?  curves()", "gradients, large rate: steps()\norder: batches()"),
    ("Does the validation\nfollow it?  curves()", "pairs: batches()\ntoo few data: lesson 13"),
    (
        "Are new images read as well\nas the validation part?  curves()",
        "test: batches()   mode: outputs()\nleak: random_labels()",
    ),
)
ALT = (
    "A page with ten small panels of loss curves, each with what is seen and what it suggests, and below them a flow "
    "chart of five questions: the first loss, one batch by heart, the training loss, the validation, new images."
)


@cache
def results() -> dict[str, Any]:
    """Return what scripts/clinic_results.py has stored: the curves, and the verdict on each patient."""
    return json.loads(RESULTS.read_text(encoding="utf-8"))


@draws
def draw_sheet() -> Figure:
    """Draw the page, of the size A4."""
    fig = plt.figure(figsize=(8.27, 11.69))
    fig.text(0.06, 0.968, "The bug clinic", fontsize=17, weight="bold", color=BLACK)
    told = "Loss over the epochs. Solid: training; dashed: validation; dotted: equal guesses, log 10 = 2.30."
    fig.text(0.06, 0.949, told, fontsize=9.5, color=BLACK)
    grid = fig.add_gridspec(4, 3, left=0.07, right=0.97, top=0.925, bottom=0.385, hspace=0.75, wspace=0.28)
    for place, name in enumerate(PANELS):
        _draw_panel(axes(fig.add_subplot(grid[place // 3, place % 3])), name)
    note = fig.add_subplot(grid[3, 1:])
    note.set_axis_off()
    words = (
        "A curve suggests, an instrument proves.\n\n"
        "Change one thing at a time, and measure\nbefore and after with the same instrument.\n"
        "A result that is too good is a symptom, too."
    )
    note.text(0.04, 0.5, words, fontsize=11, va="center", color=BLACK, transform=note.transAxes)
    _draw_flow(fig.add_axes((0.05, 0.02, 0.92, 0.325)))
    return fig


def close(figure: Figure) -> None:
    """Forget a figure that has been saved."""
    plt.close(figure)


def _draw_panel(ax: Axes, name: str) -> None:
    seen, suggested, top = PANELS[name]
    log = results()["curves"][name]
    epochs = np.arange(1, 1 + len(log["loss"]))
    ax.axhline(np.log(10), color=BLACK, linestyle=":", linewidth=1)
    ax.plot(epochs, np.clip(log["loss"], 0, 3 * top), color=BLUE, linewidth=2)
    if "val_loss" in log:
        ax.plot(epochs, np.clip(log["val_loss"], 0, 3 * top), color=ORANGE, linestyle="--", linewidth=2)
    ax.set(ylim=(0, top), xlim=(1, len(epochs)))
    ax.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    ax.tick_params(labelsize=8)
    ax.set_title(seen, fontsize=10, weight="bold")
    ax.set_xlabel(f"→ {suggested}", fontsize=9.5)


def _draw_flow(ax: Axes) -> None:
    rows = len(QUESTIONS)
    ax.set(xlim=(0, 10), ylim=(-0.75, rows))
    ax.set_axis_off()
    for row, (question, suspects) in enumerate(QUESTIONS):
        y = rows - 0.5 - row
        _draw_box(ax, (0, y), 4.1, question, BLUE)
        _draw_box(ax, (5.1, y), 4.9, suspects, ORANGE)
        _draw_arrow(ax, (4.1, y), (5.1, y))
        ax.text(4.6, y + 0.09, "no", ha="center", fontsize=9.5, color=BLACK)
        _draw_arrow(ax, (2.05, y - 0.38), (2.05, y - 0.62))
        ax.text(2.2, y - 0.5, "yes", va="center", fontsize=9.5, color=BLACK)
    _draw_box(ax, (0, -0.45), 4.1, "Healthy, as far as these can see", GREEN, height=0.36)


def _draw_box(ax: Axes, left: tuple[float, float], width: float, text: str, colour: str, height: float = 0.76) -> None:
    x, y = left
    shape = "round,pad=0,rounding_size=0.08"
    ax.add_patch(FancyBboxPatch((x, y - height / 2), width, height, boxstyle=shape, lw=1.8, fc="white", ec=colour))
    ax.text(x + width / 2, y, text, ha="center", va="center", fontsize=9.5, color=BLACK)


def _draw_arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    ax.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "-|>", "color": GREY, "lw": 1.6})
