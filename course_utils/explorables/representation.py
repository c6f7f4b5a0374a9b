"""From the input plane to the hidden plane: where a hidden layer of two units puts the examples of XOR."""

from dataclasses import dataclass

import contourpy
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from course_utils.activations import sigmoid
from course_utils.checks import choice
from course_utils.datasets import logic_gate
from course_utils.explorables.gate import zero_line
from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.plots.boundary import CLASSES
from course_utils.style import BLACK, BLUE, ORANGE

X, Y = logic_gate("XOR")  # (4, 2), (4, 1)
NAMES = [f"{a:.0f}{b:.0f}" for a, b in X]
PAIRS = [(i, j) for i in range(4) for j in range(i + 1, 4)]
SHARED = 0.1  # closer than this two examples share a place
ENDS = (-0.65, 1.65)  # of both axes
LINES = np.linspace(-0.4, 1.4, 10)  # (10,), where the grid's lines stand
ALONG = np.linspace(-0.4, 1.4, 37)  # (37,), the points of each
ASIDE = np.array([(-19, 0), (0, 17), (19, 0), (0, -17)])  # of each example's name, in points: names never meet
SIZES = (17, 11)  # a square under a circle at the same place is still seen

# W1 with a column for each unit, b1, W2 as the output's two weights, b2
BY_HAND = (np.array([[8.0, -8.0], [8.0, -8.0]]), np.array([-4.0, 12.0]), np.array([8.0, 8.0]), -12.0)
LINEAR = (BY_HAND[0] / 8, BY_HAND[1] / 8, BY_HAND[2], BY_HAND[3])  # small enough for the picture
SEED_6 = (np.array([[4.9, 3.9], [-7.7, 7.3]]), np.array([-3.5, -1.5]), np.array([6.5, 5.2]), -5.2)

TITLES = {"start": "input plane", "on the way": "{way:.2f} of the way", "end": "hidden plane"}
WHERE = (
    "{layer}, {way:.2f} of the way from the input plane to the hidden plane. "
    "00 at ({x[0]:.2f}, {y[0]:.2f}), 01 at ({x[1]:.2f}, {y[1]:.2f}), "
    "10 at ({x[2]:.2f}, {y[2]:.2f}), 11 at ({x[3]:.2f}, {y[3]:.2f})."
)
OUTPUTS = "Outputs {a:.2f}, {score} of 4 right."
SENTENCES = {"apart": f"{WHERE} {OUTPUTS}", "together": f"{WHERE} At one place: {{pairs}}. {OUTPUTS}"}


@dataclass(frozen=True)
class Journey:
    """A two-layer network on XOR, and what travels from its input plane (`starts`) to its hidden plane (`ends`)."""

    a: np.ndarray  # (4,), the outputs
    score: int
    starts: dict[str, np.ndarray]  # name -> (n, 2): the examples, the grid where the output is 0 or 1, the 0.5 line
    ends: dict[str, np.ndarray]  # the same points, as the hidden layer sees them
    line: np.ndarray  # (2, 2), two points of the output unit's line in the hidden plane


@dataclass(frozen=True)
class RepresentationFrame:
    """One moment of the way."""

    layer: str
    way: float  # 0 in the input plane, 1 in the hidden plane
    places: np.ndarray  # (4, 2), of the examples
    a: np.ndarray  # (4,)
    score: int
    zeros: np.ndarray  # (n, 2), the grid where the output is below 0.5; NaN between its pieces
    ones: np.ndarray  # (n, 2), and where it is above
    edge: np.ndarray  # (k, 2), where it is 0.5; in the hidden plane the whole line


class RepresentationView(View):
    """The examples of XOR on their way from the input plane to the hidden plane, and the grid with them."""

    alt = "The four examples of XOR and a grid, on the way from the input plane to the plane of two hidden answers."
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self):
        self.journeys = {
            "by hand": _journey(sigmoid, *BY_HAND),
            "by hand, no sigmoid": _journey(lambda z: z, *LINEAR),
            "seed 6": _journey(sigmoid, *SEED_6),
        }
        self.sliders = {
            "way": Slider(0.0, 1.0, 0.02, 0.3, label="way to the hidden plane"),
            "layer": list(self.journeys),
        }
        self.fig = Figure(figsize=(5.6, 4.0), layout="constrained")
        self.artists = _artists(self.fig.subplots())
        self.data = {"journeys": {name: vars(journey) for name, journey in self.journeys.items()}, "ends": ENDS}
        self.data |= {"targets": Y[:, 0].astype(int).tolist(), "names": NAMES, "aside": ASIDE, "sizes": SIZES}
        self.data |= {"pairs": PAIRS, "shared": SHARED, "titles": TITLES}

    def frame(self, way: float, layer: str) -> RepresentationFrame:
        """Return the frame: all points on a straight way between their places in both planes.

        >>> RepresentationView().frame(way=1.0, layer="by hand").places.round(2).tolist()
        [[0.02, 1.0], [0.98, 0.98], [0.98, 0.98], [1.0, 0.02]]
        """
        journey = choice("representation", "layer", layer, self.journeys)
        now = {name: start + way * (journey.ends[name] - start) for name, start in journey.starts.items()}
        if way >= 1:
            now["edge"] = journey.line
        return RepresentationFrame(layer, way, a=journey.a, score=journey.score, **now)

    def words(self, frame: RepresentationFrame) -> Words:
        x, y = frame.places.T
        numbers = {"layer": frame.layer, "way": frame.way, "x": x, "y": y, "a": frame.a, "score": frame.score}
        pairs = [f"{NAMES[i]} and {NAMES[j]}" for i, j in PAIRS if np.hypot(x[i] - x[j], y[i] - y[j]) < SHARED]
        if frame.way < 1 or not pairs:  # on the way examples may pass one another
            return Words("apart", numbers)
        return Words("together", numbers | {"pairs": pairs})

    def draw(self, frame: RepresentationFrame) -> None:
        title, zeros, ones, edge, *examples = self.artists
        title.set_text(fill(TITLES[_stage(frame.way)], {"way": frame.way}))
        for artist, points in ((zeros, frame.zeros), (ones, frame.ones), (edge, frame.edge)):
            artist.set_data(*points.T)
        for target, marks in enumerate(examples[:2]):
            marks.set_data(*frame.places[Y[:, 0] == target].T)
        for name, place in zip(examples[2:], frame.places, strict=True):
            name.xy = place


def _stage(way):
    if way <= 0:
        return "start"
    return "end" if way >= 1 else "on the way"


def _journey(activation, W1, b1, W2, b2):
    """Return the journey of a network whose hidden layer has this activation."""

    def hidden(points):
        return activation(points @ W1 + b1)  # (n, 2)

    def output(points):
        return sigmoid(hidden(points) @ W2 + b2)  # (n,)

    lines = np.concatenate([_grid(), _grid()[:, ::-1]])  # (n, 2): upright and level ones, NaN between two lines
    is_one = output(lines)[:, np.newaxis] > 0.5  # False at the gaps
    a = output(X)  # (4,)
    starts = {
        "places": X,
        "zeros": np.where(is_one, np.nan, lines),
        "ones": np.where(is_one, lines, np.nan),
        "edge": _edge(output),
    }
    ends = {name: hidden(points) for name, points in starts.items()}
    return Journey(a, int(((a > 0.5) == (Y[:, 0] == 1)).sum()), starts, ends, zero_line(W2, b2))


def _grid():
    """Return the upright lines of the grid as one path, (10 * 38, 2), with a gap of NaN behind each."""
    paths = np.full((len(LINES), len(ALONG) + 1, 2), np.nan)
    paths[:, :-1, 0] = LINES[:, np.newaxis]
    paths[:, :-1, 1] = ALONG
    return paths.reshape(-1, 2)


def _edge(output):
    """Return where the output is 0.5 in the input plane, (k, 2), with gaps of NaN; one gap where it is nowhere."""
    fine = np.linspace(ALONG[0], ALONG[-1], 145)
    heights = output(np.stack(np.meshgrid(fine, fine), axis=-1).reshape(-1, 2)).reshape(len(fine), len(fine))
    gap = np.full((1, 2), np.nan)
    pieces = contourpy.contour_generator(fine, fine, heights).lines(0.5)
    return np.concatenate([part for piece in pieces for part in (piece, gap)] or [gap])


def _artists(ax):
    ax.set(xlabel="$x_1$ → hidden 1", ylabel="$x_2$ → hidden 2", xlim=ENDS, ylim=ENDS, xticks=(0, 1), yticks=(0, 1))
    ax.set_aspect("equal")
    zeros, ones = (ax.plot([], [], color=color, lw=1.2, alpha=0.7)[0] for color in (ORANGE, BLUE))
    (edge,) = ax.plot([], [], "--", color=BLACK, lw=2, label="output 0.5")
    examples = [
        ax.plot([], [], ls="", ms=SIZES[c], mec="white", label=f"class {c}", zorder=5, **style)[0]
        for c, style in CLASSES.items()
    ]
    style = {"textcoords": "offset points", "fontsize": 11, "ha": "center", "va": "center", "zorder": 6}
    style["path_effects"] = [withStroke(linewidth=3, foreground="white")]  # readable on the grid, too
    names = [ax.annotate(name, (0, 0), xytext=away, **style) for name, away in zip(NAMES, ASIDE, strict=True)]
    legend = ax.legend(loc="center left", bbox_to_anchor=(1.02, 0.5), frameon=False, labelspacing=0.9)
    for key in legend.legend_handles[1:]:
        key.set_markersize(10)
    return [ax.set_title(" ", loc="left", fontsize=12), zeros, ones, edge, *examples, *names]


def representation() -> Live:
    """Return the examples of XOR on their way from the input plane to the hidden plane, with a slider for the way.

    The hidden layer is the one set by hand, the same without its sigmoid, or one that got stuck in training.

    >>> view = representation()
    >>> view.move(way=1.0)
    >>> "At one place: 01 and 10." in view.status
    True
    """
    return RepresentationView().live()
