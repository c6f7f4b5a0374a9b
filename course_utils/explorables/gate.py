"""One neuron as a logic gate: slide its weights and its bias, and watch the line, the truth table and the score."""

import numpy as np
from matplotlib.figure import Figure

from course_utils._checks import choice
from course_utils.activations import sigmoid
from course_utils.datasets import logic_gate
from course_utils.datasets.gates import GATES
from course_utils.live.view import View
from course_utils.plots.boundary import CLASSES, MARGIN, SHADES
from course_utils.style import BLACK, BLUE, ORANGE

X, _ = logic_gate("AND")  # (4, 2), the same rows for every gate
SIDE = np.linspace(-MARGIN, 1 + MARGIN, 113)  # (113,)
NEVER = np.full((2, 2), np.nan)  # a line that is not there
ALT = "The plane of two inputs with the neuron's 0.5 line and the gate's four points, beside its truth table."


def gate_frame(w1, w2, b, gate):
    """Return the frame: the outputs of the four rows, which are right, the score, the heat map and the 0.5 line.

    >>> now = gate_frame(w1=1.0, w2=1.0, b=-1.5, gate="AND")
    >>> now["score"], now["a"].round(2), now["heat"].shape
    (4, array([0.18, 0.38, 0.38, 0.62]), (113, 113))
    """
    w = np.array([w1, w2])  # (2,)
    z = X @ w + b  # (4, 2) @ (2,) + () -> (4,)
    y = logic_gate(gate)[1].ravel()  # (4,)
    right = (z > 0) == y  # (4,)
    now = {"w1": w1, "w2": w2, "b": b, "gate": gate, "y": y, "z": z, "a": sigmoid(z), "right": right}
    heat = sigmoid(w1 * SIDE + w2 * SIDE[:, np.newaxis] + b)  # (113, 113), a row for each height
    return {**now, "score": int(right.sum()), "heat": heat, "line": _line(w, b)}


def _line(w, b):
    """Two points of w1 x1 + w2 x2 + b = 0, far apart, on both sides of the plane's middle."""
    square = w @ w
    if not square:
        return NEVER
    middle = np.full(2, 0.5)
    foot = middle - (middle @ w + b) / square * w  # the point of the line that is nearest to the middle
    along = np.array([-w[1], w[0]]) / np.sqrt(square)
    return np.stack([foot - 3 * along, foot + 3 * along])  # (2, 2), one point a row


def gate_words(now):
    """Return the frame in words.

    >>> gate_words(gate_frame(1.0, 1.0, -0.5, "XOR"))
    'XOR with w1 = 1.0, w2 = 1.0, b = −0.5: score 3 of 4, wrong at (1, 1). Outputs 0.38, 0.62, 0.62, 0.82.'
    """
    wrong = ", ".join(f"({x[0]:.0f}, {x[1]:.0f})" for x in X[~now["right"]])
    score = f"score {now['score']} of 4, " + (f"wrong at {wrong}" if wrong else "solved")
    return f"{now['gate']} with {_weights(now)}: {score}. Outputs {', '.join(f'{a:.2f}' for a in now['a'])}."


def _weights(now):
    return f"w1 = {_n(now['w1'])}, w2 = {_n(now['w2'])}, b = {_n(now['b'])}"


def _n(value):
    return f"{value + 0.0:.1f}".replace("-0.0", "0.0").replace("-", "−")


def gate_view(gates=tuple(GATES)):
    """Return the view of a gate, to be shown with `.live()`."""
    for name in gates:
        choice("gate", "gate", name, GATES)
    fig = Figure(figsize=(7.6, 3.7), layout="constrained")
    plane, table = fig.subplots(1, 2, width_ratios=(1, 0.9))
    artists = [*_plane(plane), *_table(table)]

    def draw(now):
        _draw_plane(now, *artists[:5])
        _draw_table(now, *artists[5:])

    sliders = {"w1": (-10.0, 10.0, 0.1, 1.0), "w2": (-10.0, 10.0, 0.1, 1.0), "b": (-15.0, 15.0, 0.1, 0.5)}
    return View(fig, artists, gate_frame, draw, gate_words, ALT, {**sliders, "gate": list(gates)})


def _plane(ax):
    ends = (SIDE[0], SIDE[-1])
    ax.set(xlabel="$x_1$", ylabel="$x_2$", xlim=ends, ylim=ends, xticks=(0, 1), yticks=(0, 1), aspect="equal")
    look = {"cmap": SHADES, "vmin": 0, "vmax": 1, "origin": "lower", "extent": ends * 2}
    heat = ax.imshow(np.zeros((len(SIDE), len(SIDE))), interpolation="nearest", **look)
    (line,) = ax.plot(*NEVER, "--", color=BLACK, lw=2)
    (wrong,) = ax.plot([], [], "o", ms=21, mfc="none", mec=BLACK, mew=1.5, label="wrong")
    points = [ax.plot([], [], ls="", ms=11, mec="white", label=f"target {c}", **CLASSES[c])[0] for c in (0, 1)]
    small = {"handletextpad": 0.1, "columnspacing": 1.0, "borderaxespad": 0.2}
    above = {"loc": "lower center", "bbox_to_anchor": (0.5, 1), "ncols": 3, "frameon": False}
    for key in ax.legend(handles=[*points, wrong], **above, **small).legend_handles:
        key.set_markersize(10)
    return heat, line, wrong, *points


def _draw_plane(now, heat, line, wrong, *points):
    heat.set_data(now["heat"])
    line.set_data(*now["line"].T)
    wrong.set_data(*X[~now["right"]].T)
    for target, marks in enumerate(points):
        marks.set_data(*X[now["y"] == target].T)


def _table(ax):
    ax.set_axis_off()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    look = {"family": "DejaVu Sans Mono", "fontsize": 12, "va": "center"}
    ax.text(0, 0.88, "x1 x2  target   a    says", **look)
    ax.axhline(0.82, xmax=0.88, color="#999999", lw=1)
    heights = (0.72, 0.58, 0.44, 0.30)
    for (x1, x2), h in zip(X, heights, strict=True):
        ax.text(0, h, f" {x1:.0f}  {x2:.0f}", **look)
    rows = [ax.text(0.28, h, " ", **look) for h in heights]
    ticks = [ax.text(0.82, h, " ", fontsize=15, va="center") for h in heights]
    score = ax.text(0, 0.14, " ", fontsize=16, va="center")
    return *rows, *ticks, score, ax.text(0, 0.01, " ", fontsize=12, va="center")


def _draw_table(now, *texts):
    columns = (now["y"], now["a"], now["z"] > 0, now["right"], texts[:4], texts[4:8])
    for y, a, says, right, row, tick in zip(*columns, strict=True):
        row.set_text(f"{y:.0f}    {a:.2f}    {says:d}")
        tick.set(text="✓" if right else "✗", color=BLUE if right else ORANGE)
    texts[8].set_text(f"{now['gate']}: {now['score']} of 4" + (" – solved" if now["score"] == 4 else ""))
    texts[9].set_text(_weights(now))


def gate(gates=tuple(GATES)):
    """Return a neuron of two inputs, with sliders for its weights and its bias, judged as a logic gate.

    Parameters
    ----------
    gates : sequence of str
        To choose from: "AND", "OR", "NAND", "NOR", "XOR", "XNOR".

    Raises
    ------
    ValueError
        For an unknown gate.

    >>> gate(["OR"]).said
    'OR with w1 = 1.0, w2 = 1.0, b = 0.5: score 3 of 4, wrong at (0, 0). Outputs 0.62, 0.82, 0.82, 0.92.'
    """
    return gate_view(gates).live()
