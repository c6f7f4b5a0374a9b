"""The nine numbers of a 2-2-1 network: its two lines in the input plane, and where it puts the points in the hidden."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from course_utils.activations import sigmoid
from course_utils.datasets import logic_gate
from course_utils.explorables.gate import point, zero_line
from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.page.telling import ramp
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.plots.boundary import CLASSES, MARGIN, SHADES
from course_utils.style import BLACK, GREEN, PURPLE

X, Y = logic_gate("XOR")  # (4, 2), (4, 1)
SIDE = np.linspace(-MARGIN, 1 + MARGIN, 61)  # (61,)
GRID = np.stack(np.meshgrid(SIDE, SIDE), axis=-1).reshape(-1, 2)  # (61 * 61, 2)
ASIDE = np.array([(-17, 0), (0, 15), (17, 0), (0, -15)])  # of each point's name, in points: names never meet
START = {"w11": 6.0, "w21": 6.0, "b1": -3.0, "w12": -6.0, "w22": -6.0, "b2": 13.0, "v1": 6.0, "v2": 6.0, "c": -9.0}
LABELS = dict(
    zip(START, ("h₁: w₁₁", "h₁: w₂₁", "h₁: b₁", "h₂: w₁₂", "h₂: w₂₂", "h₂: b₂", "a: v₁", "a: v₂", "a: c"), strict=True)
)

OUTPUTS = (
    "Outputs {a:.2f}. Hidden 00: ({h1[0]:.2f}, {h2[0]:.2f}), 01: ({h1[1]:.2f}, {h2[1]:.2f}), "
    "10: ({h1[2]:.2f}, {h2[2]:.2f}), 11: ({h1[3]:.2f}, {h2[3]:.2f})."
)
TITLES = {"solved": "input plane: solved, 4 of 4", "wrong": "input plane: {score} of 4", "hidden": "hidden plane"}
SENTENCES = {
    "solved": f"solved: {{score}} of 4. {OUTPUTS}",
    "wrong": f"{{score}} of 4, wrong at {{wrong}}. {OUTPUTS}",
}


@dataclass(frozen=True)
class XorFrame:
    """A 2-2-1 network over both of its planes."""

    hidden: np.ndarray  # (4, 2), where each row of X comes to lie in the hidden plane
    a: np.ndarray  # (4,), its output
    right: np.ndarray  # (4,), booleans
    score: int
    heats: np.ndarray  # (2, 61, 61), the output over the input plane and over the hidden plane
    lines: np.ndarray  # (3, 2, 2), two points of each line: hidden 1 and 2 in the input plane, the output in the hidden


class XorView(View):
    """The input plane and the hidden plane of a 2-2-1 network on XOR."""

    alt = (
        "Input plane with the lines of two hidden neurons, and the hidden plane with the four points as they see them."
    )
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self):
        self.sliders = {name: Slider(-15.0, 15.0, 0.1, start, label=LABELS[name]) for name, start in START.items()}
        self.fig = Figure(figsize=(7.6, 3.3), layout="constrained")
        planes = self.fig.subplots(1, 2)
        self.artists = [*_input_plane(planes[0]), *_hidden_plane(planes[1])]
        self.data = {"X": X.astype(int).tolist(), "targets": Y[:, 0].astype(int).tolist(), "side": SIDE}
        self.data |= {"names": [f"{a:.0f}{b:.0f}" for a, b in X], "aside": ASIDE, "shades": ramp(SHADES)}
        self.data |= {"titles": TITLES}

    def frame(
        self,
        w11: float,
        w21: float,
        b1: float,
        w12: float,
        w22: float,
        b2: float,
        v1: float,
        v2: float,
        c: float,
    ) -> XorFrame:
        """Return the frame: hidden places, outputs, the score, both heat maps, two lines and the output's line.

        >>> frame = XorView().frame(**START | {"b2": 9.0})
        >>> frame.score, frame.hidden.round(2)[1], frame.a.round(2)
        (4, array([0.95, 0.95]), array([0.06, 0.92, 0.92, 0.06]))
        """
        kernel, bias = np.array([[w11, w12], [w21, w22]]), np.array([b1, b2])  # (2, 2), a column for each unit; (2,)
        v = np.array([v1, v2])  # (2,)
        hidden = sigmoid(X @ kernel + bias)  # (4, 2)
        z = hidden @ v + c  # (4, 2) @ (2,) + () -> (4,)
        right = (z > 0) == (Y[:, 0] == 1)  # (4,)
        over = [sigmoid(places @ v + c) for places in (sigmoid(GRID @ kernel + bias), GRID)]  # 2 x (61 * 61,)
        lines = [zero_line(kernel[:, 0], b1), zero_line(kernel[:, 1], b2), zero_line(v, c)]
        heats = np.reshape(over, (2, len(SIDE), len(SIDE)))
        return XorFrame(hidden, sigmoid(z), right, int(right.sum()), heats, np.array(lines))

    def words(self, frame: XorFrame) -> Words:
        numbers = {"score": frame.score, "a": frame.a, "h1": frame.hidden[:, 0], "h2": frame.hidden[:, 1]}
        if frame.score == 4:
            return Words("solved", numbers)
        return Words("wrong", numbers | {"wrong": [point(x) for x in X[~frame.right]]})

    def draw(self, frame: XorFrame) -> None:
        heat, score, one, two, wrong, _zeros, _ones, hidden_heat, line, zeros, ones, *names = self.artists
        heat.set_data(frame.heats[0])
        hidden_heat.set_data(frame.heats[1])
        for artist, ends in zip((one, two, line), frame.lines, strict=True):
            artist.set_data(*ends.T)
        wrong.set_data(*X[~frame.right].T)
        score.set_text(fill(TITLES["solved" if frame.score == 4 else "wrong"], {"score": frame.score}))
        for target, points in enumerate((zeros, ones)):
            points.set_data(*frame.hidden[Y[:, 0] == target].T)
        for name, place in zip(names, frame.hidden, strict=True):
            name.xy = place


def _plane(ax, xlabel, ylabel, title):
    ends = (SIDE[0], SIDE[-1])
    ax.set(xlabel=xlabel, ylabel=ylabel, xlim=ends, ylim=ends, xticks=(0, 1), yticks=(0, 1), aspect="equal")
    heat = ax.imshow(np.zeros((2, 2)), cmap=SHADES, vmin=0, vmax=1, origin="lower", extent=ends * 2)
    return heat, ax.set_title(title, loc="left", fontsize=11)


def _input_plane(ax):
    heat, score = _plane(ax, "$x_1$", "$x_2$", " ")
    styles = ((GREEN, "-", "hidden 1"), (PURPLE, "-.", "hidden 2"))
    lines = [ax.plot([], [], dashes, color=color, lw=2.5, label=label)[0] for color, dashes, label in styles]
    points = [
        ax.plot(*X[Y[:, 0] == c].T, ls="", ms=11, mec="white", label=f"class {c}", **style)[0]
        for c, style in CLASSES.items()
    ]
    (wrong,) = ax.plot([], [], "o", ms=20, mfc="none", mec=BLACK, mew=1.5, label="wrong")
    ax.plot([], [], "--", color=BLACK, lw=2, label="output 0.5")  # of the hidden plane
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False, labelspacing=0.9)
    return heat, score, *lines, wrong, *points  # the points stand still, but on the heat map


def _hidden_plane(ax):
    heat, _ = _plane(ax, "hidden 1", "hidden 2", TITLES["hidden"])
    (line,) = ax.plot([], [], "--", color=BLACK, lw=2)
    sizes = (17, 11)  # a square under a circle at the same place is still seen
    points = [ax.plot([], [], ls="", ms=sizes[c], mec="white", **style)[0] for c, style in CLASSES.items()]
    style = {"textcoords": "offset points", "fontsize": 10, "ha": "center", "va": "center"}
    style["path_effects"] = [withStroke(linewidth=3, foreground="white")]  # readable on the line too
    names = [
        ax.annotate(f"{a:.0f}{b:.0f}", (0, 0), xytext=away, **style) for (a, b), away in zip(X, ASIDE, strict=True)
    ]
    return heat, line, *points, *names


def xor() -> Live:
    """Return a 2-2-1 network on XOR with a slider for each of its nine numbers. It starts at 3 of 4.

    >>> view = xor()
    >>> view.move(b2=9.0)
    >>> view.status[:14]
    'solved: 4 of 4'
    """
    return XorView().live()
