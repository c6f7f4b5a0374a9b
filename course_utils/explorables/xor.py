"""The nine numbers of a 2-2-1 network: its two lines in the input plane, and where it puts the points in the hidden."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from course_utils.activations import sigmoid
from course_utils.datasets import logic_gate
from course_utils.explorables.gate import _line
from course_utils.live.controls import Slider
from course_utils.live.view import View
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
ALT = "Input plane with the lines of two hidden neurons, and the hidden plane with the four points as they see them."


def xor_frame(**nine):
    """Return the frame: hidden places, outputs, the score, both heat maps, two lines and the output's line.

    >>> now = xor_frame(**START | {"b2": 9.0})
    >>> now["score"], now["hidden"].round(2)[1], now["a"].round(2)
    (4, array([0.95, 0.95]), array([0.06, 0.92, 0.92, 0.06]))
    """
    kernel = np.array([[nine["w11"], nine["w12"]], [nine["w21"], nine["w22"]]])  # (2, 2), a column for each unit
    bias, v, c = np.array([nine["b1"], nine["b2"]]), np.array([nine["v1"], nine["v2"]]), nine["c"]

    def output(hidden):
        return hidden @ v + c  # (n, 2) @ (2,) + () -> (n,)

    hidden = sigmoid(X @ kernel + bias)  # (4, 2)
    z = output(hidden)  # (4,)
    right = (z > 0) == (Y[:, 0] == 1)
    heats = [sigmoid(output(H)).reshape(len(SIDE), -1) for H in (sigmoid(GRID @ kernel + bias), GRID)]
    lines = [_line(kernel[:, 0], bias[0]), _line(kernel[:, 1], bias[1]), _line(v, c)]
    return {
        "hidden": hidden,
        "a": sigmoid(z),
        "right": right,
        "score": int(right.sum()),
        "heats": heats,
        "lines": lines,
    }


def xor_words(now):
    """Return the frame in words.

    >>> xor_words(xor_frame(**START)).split(" Hidden")[0]
    '3 of 4, wrong at (1, 1). Outputs 0.06, 0.94, 0.94, 0.80.'
    """
    wrong = ", ".join(f"({x[0]:.0f}, {x[1]:.0f})" for x in X[~now["right"]])
    score = f"{now['score']} of 4, wrong at {wrong}" if wrong else "solved: 4 of 4"
    places = ", ".join(f"{x[0]:.0f}{x[1]:.0f}: ({h[0]:.2f}, {h[1]:.2f})" for x, h in zip(X, now["hidden"], strict=True))
    return f"{score}. Outputs {', '.join(f'{a:.2f}' for a in now['a'])}. Hidden {places}."


def xor_view():
    """Return the view of a 2-2-1 network on XOR, to be shown with `.live()`."""
    fig = Figure(figsize=(7.6, 3.3), layout="constrained")
    planes = fig.subplots(1, 2)
    artists = [*_input_plane(planes[0]), *_hidden_plane(planes[1])]
    sliders = {name: Slider(-15.0, 15.0, 0.1, start, label=LABELS[name]) for name, start in START.items()}
    return View(fig, artists, xor_frame, lambda now: _draw(now, *artists), xor_words, ALT, sliders)


def _plane(ax, xlabel, ylabel, title):
    ends = (SIDE[0], SIDE[-1])
    ax.set(xlabel=xlabel, ylabel=ylabel, xlim=ends, ylim=ends, xticks=(0, 1), yticks=(0, 1), aspect="equal")
    heat = ax.imshow(np.zeros((2, 2)), cmap=SHADES, vmin=0, vmax=1, origin="lower", extent=ends * 2)
    return heat, ax.set_title(title, loc="left", fontsize=11)


def _input_plane(ax):
    heat, score = _plane(ax, "$x_1$", "$x_2$", "input plane")
    looks = ((GREEN, "-", "hidden 1"), (PURPLE, "-.", "hidden 2"))
    lines = [ax.plot([], [], dashes, color=color, lw=2.5, label=label)[0] for color, dashes, label in looks]
    points = [
        ax.plot(*X[Y[:, 0] == c].T, ls="", ms=11, mec="white", label=f"class {c}", **look)[0]
        for c, look in CLASSES.items()
    ]
    (wrong,) = ax.plot([], [], "o", ms=20, mfc="none", mec=BLACK, mew=1.5, label="wrong")
    ax.plot([], [], "--", color=BLACK, lw=2, label="output 0.5")  # of the hidden plane
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False, labelspacing=0.9)
    return heat, score, *lines, wrong, *points  # the points stand still, but on the heat map


def _hidden_plane(ax):
    heat, _ = _plane(ax, "hidden 1", "hidden 2", "hidden plane")
    (line,) = ax.plot([], [], "--", color=BLACK, lw=2)
    sizes = (17, 11)  # a square under a circle at the same place is still seen
    points = [ax.plot([], [], ls="", ms=sizes[c], mec="white", **look)[0] for c, look in CLASSES.items()]
    look = {"textcoords": "offset points", "fontsize": 10, "ha": "center", "va": "center"}
    look["path_effects"] = [withStroke(linewidth=3, foreground="white")]  # readable on the line too
    names = [ax.annotate(f"{a:.0f}{b:.0f}", (0, 0), xytext=away, **look) for (a, b), away in zip(X, ASIDE, strict=True)]
    return heat, line, *points, *names


def _draw(now, heat, score, one, two, wrong, _zeros, _ones, hidden_heat, line, zeros, ones, *names):
    heat.set_data(now["heats"][0])
    hidden_heat.set_data(now["heats"][1])
    for artist, ends in zip((one, two, line), now["lines"], strict=True):
        artist.set_data(*ends.T)
    wrong.set_data(*X[~now["right"]].T)
    score.set_text("input plane: " + ("solved, 4 of 4" if now["score"] == 4 else f"{now['score']} of 4"))
    for target, points in enumerate((zeros, ones)):
        points.set_data(*now["hidden"][Y[:, 0] == target].T)
    for name, place in zip(names, now["hidden"], strict=True):
        name.xy = place


def xor():
    """Return a 2-2-1 network on XOR with a slider for each of its nine numbers. It starts at 3 of 4.

    >>> view = xor()
    >>> view.move(b2=9.0)
    >>> view.said[:14]
    'solved: 4 of 4'
    """
    return xor_view().live()
