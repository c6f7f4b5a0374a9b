"""One neuron as a logic gate: slide its weights and its bias, and watch the line, the truth table and the score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from course_utils.activations import sigmoid
from course_utils.checks import choice
from course_utils.datasets import logic_gate
from course_utils.datasets.gates import GATES
from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.page.telling import ramp
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.plots.boundary import CLASSES, MARGIN, SHADES
from course_utils.style import BLACK, BLUE, GREY, ORANGE

X, _ = logic_gate("AND")  # (4, 2), the same rows for every gate
SIDE = np.linspace(-MARGIN, 1 + MARGIN, 113)  # (113,)
NO_LINE = np.full((2, 2), np.nan)
# How high the lines of the table stand, as shares of its height.
TABLE = {"head": 0.88, "rule": 0.82, "rows": (0.72, 0.58, 0.44, 0.30), "score": 0.14, "weights": 0.01}

WEIGHTS = "w1 = {w1:.1f}, w2 = {w2:.1f}, b = {b:.1f}"
TITLES = {
    "head": "x1 x2  target   a    says",
    "row": "{y:.0f}    {a:.2f}    {says:d}",
    "score": "{gate}: {score} of 4",
    "solved": "{gate}: {score} of 4 – solved",
    "weights": WEIGHTS,
}
SENTENCES = {
    "solved": f"{{gate}} with {WEIGHTS}: score {{score}} of 4, solved. Outputs {{a:.2f}}.",
    "wrong": f"{{gate}} with {WEIGHTS}: score {{score}} of 4, wrong at {{wrong}}. Outputs {{a:.2f}}.",
}


@dataclass(frozen=True)
class GateFrame:
    """A neuron of two inputs, judged as a gate."""

    w1: float
    w2: float
    b: float
    gate: str
    y: np.ndarray  # (4,), the target of each row of X
    z: np.ndarray  # (4,)
    a: np.ndarray  # (4,)
    right: np.ndarray  # (4,), booleans
    score: int
    heat: np.ndarray  # (113, 113), the output over the plane, a row for each height
    line: np.ndarray  # (2, 2), two points of the line a = 0.5; NaN where there is none


class GateView(View):
    """The plane of two inputs with the neuron's line, and the gate's truth table."""

    alt = "The plane of two inputs with the neuron's 0.5 line and the gate's four points, beside its truth table."
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self, gates: Sequence[str] = tuple(GATES)):
        for name in gates:
            choice("gate", "gate", name, GATES)
        self.sliders = {
            "w1": Slider(-10.0, 10.0, 0.1, 1.0),
            "w2": Slider(-10.0, 10.0, 0.1, 1.0),
            "b": Slider(-15.0, 15.0, 0.1, 0.5),
            "gate": list(gates),
        }
        self.fig = Figure(figsize=(7.6, 3.7), layout="constrained")
        plane, table = self.fig.subplots(1, 2, width_ratios=(1, 0.9))
        self._plane, self._table = _plane(plane), _table(table)
        self.artists = [*self._plane, *self._table]
        self.data = {
            "X": X.astype(int).tolist(),
            "side": SIDE,
            "targets": {name: logic_gate(name)[1].ravel().tolist() for name in gates},
            "shades": ramp(SHADES),
            "table": TABLE,
            "titles": TITLES,
        }

    def frame(self, w1: float, w2: float, b: float, gate: str) -> GateFrame:
        """Return the frame: the outputs of the four rows, which are right, the score, the heat map and the 0.5 line.

        >>> frame = GateView().frame(w1=1.0, w2=1.0, b=-1.5, gate="AND")
        >>> frame.score, frame.a.round(2), frame.heat.shape
        (4, array([0.18, 0.38, 0.38, 0.62]), (113, 113))
        """
        w = np.array([w1, w2])  # (2,)
        z = X @ w + b  # (4, 2) @ (2,) + () -> (4,)
        y = logic_gate(gate)[1].ravel()  # (4,)
        right = (z > 0) == y  # (4,)
        heat = sigmoid(w1 * SIDE + w2 * SIDE[:, np.newaxis] + b)  # (113, 113)
        rows = {"y": y, "z": z, "a": sigmoid(z), "right": right, "score": int(right.sum())}
        return GateFrame(w1, w2, b, gate, **rows, heat=heat, line=zero_line(w, b))

    def words(self, frame: GateFrame) -> Words:
        numbers = {key: getattr(frame, key) for key in ("w1", "w2", "b", "gate", "score", "a")}
        if frame.score == 4:
            return Words("solved", numbers)
        return Words("wrong", numbers | {"wrong": [point(x) for x in X[~frame.right]]})

    def draw(self, frame: GateFrame) -> None:
        _draw_plane(frame, *self._plane)
        _draw_table(frame, *self._table)


def zero_line(w: np.ndarray, b: float) -> np.ndarray:
    """Return two points of w1 x1 + w2 x2 + b = 0, (2, 2), far apart, on both sides of the plane's middle.

    >>> zero_line(np.array([0.0, 2.0]), -1.0).tolist()
    [[3.5, 0.5], [-2.5, 0.5]]
    """
    square = w @ w
    if not square:
        return NO_LINE
    middle = np.full(2, 0.5)
    foot = middle - (middle @ w + b) / square * w  # the point of the line that is nearest to the middle
    along = np.array([-w[1], w[0]]) / np.sqrt(square)
    return np.stack([foot - 3 * along, foot + 3 * along])  # (2, 2), one point a row


def point(x: np.ndarray) -> str:
    """Return a corner of the plane as text, such as "(0, 1)"."""
    return f"({x[0]:.0f}, {x[1]:.0f})"


def _plane(ax):
    ends = (SIDE[0], SIDE[-1])
    ax.set(xlabel="$x_1$", ylabel="$x_2$", xlim=ends, ylim=ends, xticks=(0, 1), yticks=(0, 1), aspect="equal")
    style = {"cmap": SHADES, "vmin": 0, "vmax": 1, "origin": "lower", "extent": ends * 2}
    heat = ax.imshow(np.zeros((len(SIDE), len(SIDE))), interpolation="nearest", **style)
    (line,) = ax.plot(*NO_LINE, "--", color=BLACK, lw=2)
    (wrong,) = ax.plot([], [], "o", ms=21, mfc="none", mec=BLACK, mew=1.5, label="wrong")
    points = [ax.plot([], [], ls="", ms=11, mec="white", label=f"target {c}", **CLASSES[c])[0] for c in (0, 1)]
    small = {"handletextpad": 0.1, "columnspacing": 1.0, "borderaxespad": 0.2}
    above = {"loc": "lower center", "bbox_to_anchor": (0.5, 1), "ncols": 3, "frameon": False}
    for key in ax.legend(handles=[*points, wrong], **above, **small).legend_handles:
        key.set_markersize(10)
    return heat, line, wrong, *points


def _draw_plane(frame, heat, line, wrong, *points):
    heat.set_data(frame.heat)
    line.set_data(*frame.line.T)
    wrong.set_data(*X[~frame.right].T)
    for target, marks in enumerate(points):
        marks.set_data(*X[frame.y == target].T)


def _table(ax):
    ax.set_axis_off()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    style = {"family": "DejaVu Sans Mono", "fontsize": 12, "va": "center"}
    ax.text(0, TABLE["head"], TITLES["head"], **style)
    ax.axhline(TABLE["rule"], xmax=0.88, color=GREY, lw=1)
    heights = TABLE["rows"]
    for (x1, x2), h in zip(X, heights, strict=True):
        ax.text(0, h, f" {x1:.0f}  {x2:.0f}", **style)
    rows = [ax.text(0.28, h, " ", **style) for h in heights]
    ticks = [ax.text(0.82, h, " ", fontsize=15, va="center") for h in heights]
    score = ax.text(0, TABLE["score"], " ", fontsize=16, va="center")
    return *rows, *ticks, score, ax.text(0, TABLE["weights"], " ", fontsize=12, va="center")


def _draw_table(frame, *texts):
    columns = (frame.y, frame.a, frame.z > 0, frame.right, texts[:4], texts[4:8])
    for y, a, says, right, row, tick in zip(*columns, strict=True):
        row.set_text(fill(TITLES["row"], {"y": y, "a": a, "says": says}))
        tick.set(text="✓" if right else "✗", color=BLUE if right else ORANGE)
    texts[8].set_text(fill(TITLES["solved" if frame.score == 4 else "score"], vars(frame)))
    texts[9].set_text(fill(WEIGHTS, vars(frame)))


def gate(gates: Sequence[str] = tuple(GATES)) -> Live:
    """Return a neuron of two inputs, with sliders for its weights and its bias, judged as a logic gate.

    Parameters
    ----------
    gates : sequence of str
        To choose from: "AND", "OR", "NAND", "NOR", "XOR", "XNOR".

    Raises
    ------
    ValueError
        For an unknown gate.

    >>> gate(["OR"]).status
    'OR with w1 = 1.0, w2 = 1.0, b = 0.5: score 3 of 4, wrong at (0, 0). Outputs 0.62, 0.82, 0.82, 0.92.'
    """
    return GateView(gates).live()
