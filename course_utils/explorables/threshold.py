"""Where to draw the line: probabilities of two classes, a threshold, and what it costs in precision and in recall."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils import checks
from course_utils.activations import sigmoid
from course_utils.checks import argument_error
from course_utils.figure_settings import course_settings
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View
from course_utils.live_figures.widget import Live
from course_utils.metrics import precision, recall
from course_utils.plots.boundary import CLASSES
from course_utils.style import BLACK, GRID, ORANGE, PURPLE

END = 7.0  # logits beyond stand at the edge: p = 0.0009 and 0.9991
BEYOND = END + 0.4  # where the thresholds 0 and 1 stand
ALONG = np.concatenate([[-BEYOND], np.linspace(-END, END, 141), [BEYOND]])  # (143,), logits along both curves
THRESHOLDS = np.concatenate([[0.0], sigmoid(ALONG[1:-1]), [1.0]])  # (143,)
ROWS = (0.0, 1.4)  # the height at which the examples of a class begin
LAYERS = 9  # heights on which the examples of a class are spread
TICKS = (0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999)
FEW_TICKS = (0.01, 0.1, 0.5, 0.9, 0.99)
STYLES = {"precision": {"color": ORANGE, "ls": "-"}, "recall": {"color": PURPLE, "ls": "--"}}

TITLES = {
    "found": "{found} of {positives} found, false alarms: {alarms}",
    "shares": "precision {precision:.2f}   recall {recall:.2f}",
    "no share": "no precision   recall {recall:.2f}",
}
SENTENCES = {
    "some": "Threshold {threshold:.2f}: {called} are called {name}, {found} of them rightly, so the precision is "
    "{precision:.3f}. Of {positives} that are {name}, {found} are found, so the recall is {recall:.3f}.",
    "none": "Threshold {threshold:.2f}: none is called {name}, so the recall is {recall:.3f}, and there is nothing of "
    "which a precision could be the share.",
}


@dataclass(frozen=True)
class ThresholdFrame:
    """What a threshold makes of the probabilities."""

    threshold: float
    at: float  # its logit, at most a little beyond the edge
    called: int
    found: int
    alarms: int
    positives: int
    precision: float
    recall: float
    wrong: np.ndarray  # (m,), booleans


class ThresholdView(View):
    """The examples over their probabilities, with the threshold; and precision and recall over the threshold."""

    alt = "Left: examples of two classes over their probability, with the threshold. Right: precision and recall."
    SENTENCES = SENTENCES

    @course_settings()
    def __init__(self, y_true: ArrayLike, y_pred: ArrayLike, names: tuple[str, str] = ("negative", "positive")):
        self.y, self.p = _validate(y_true, y_pred)
        self.names = names
        self.x = to_edge(self.p)  # (m,)
        self.heights = _spread(self.y, self.x)  # (m,)
        self.sliders = {"threshold": Slider(0.0, 1.0, 0.01, 0.5)}
        self.curves = {
            name: np.array([measure(self.y, self.p, threshold=float(t)) for t in THRESHOLDS])
            for name, measure in (("precision", precision), ("recall", recall))
        }
        self.curves["precision"][self.p.max() <= THRESHOLDS] = np.nan  # a share of nothing
        self.fig = Figure(figsize=(8.6, 3.8), layout="constrained")
        left, right = self.fig.subplots(1, 2, width_ratios=(1.25, 1))
        self.artists = [*self._draw_examples(left), *self._draw_curves(right)]
        self.data = {
            "y": self.y,
            "p": self.p,
            "x": self.x,
            "heights": self.heights,
            "names": list(names),
            "rows": ROWS,
            "edge": END,
            "along": ALONG,
            "beyond": BEYOND,
            "curves": self.curves,
            "titles": TITLES,
            "ticks": {
                name: [[float(logit(t)), f"{t:g}"] for t in ticks]
                for name, ticks in (("examples", TICKS), ("curves", FEW_TICKS))
            },
            "ends": {"examples": [left.get_xlim(), left.get_ylim()], "curves": [right.get_xlim(), right.get_ylim()]},
        }

    def frame(self, threshold: float) -> ThresholdFrame:
        """Return the frame of a threshold.

        >>> frame = ThresholdView([0, 1, 0, 1], [0.1, 0.9, 0.6, 0.4]).frame(threshold=0.3)
        >>> frame.called, frame.found, frame.alarms, round(frame.precision, 3), frame.recall
        (3, 2, 1, 0.667, 1.0)
        """
        called = self.p > threshold  # (m,)
        found, positives = int((called & (self.y == 1)).sum()), int(self.y.sum())
        number = int(called.sum())
        return ThresholdFrame(
            threshold=threshold,
            at=float(to_edge(np.array([threshold]), BEYOND)[0]),
            called=number,
            found=found,
            alarms=number - found,
            positives=positives,
            precision=found / max(number, 1),
            recall=found / positives,
            wrong=called != (self.y == 1),
        )

    def words(self, frame: ThresholdFrame) -> Words:
        numbers = {key: value for key, value in vars(frame).items() if key not in ("at", "wrong")}
        return Words("some" if frame.called else "none", numbers | {"name": self.names[1]})

    def draw(self, frame: ThresholdFrame) -> None:
        line, rings, count, *moving = self.artists
        line.set_xdata([frame.at, frame.at])
        rings.set_data(self.x[frame.wrong], self.heights[frame.wrong])
        count.set_text(fill(TITLES["found"], vars(frame)))
        mark, dots, shares = moving
        mark.set_xdata([frame.at, frame.at])
        dots.set_data([frame.at, frame.at], [frame.precision if frame.called else np.nan, frame.recall])
        shares.set_text(fill(TITLES["shares" if frame.called else "no share"], vars(frame)))

    def _draw_examples(self, ax):
        ax.set(xlabel=f"probability of {self.names[1]}", xlim=(-END - 0.6, END + 0.6), ylim=(-0.35, ROWS[1] + 1.75))
        ax.set(yticks=[], xticks=[logit(t) for t in TICKS], xticklabels=[f"{t:g}" for t in TICKS])
        for label, low in enumerate(ROWS):
            those = self.y == label
            ax.plot(self.x[those], self.heights[those], ls="", ms=6, mec="white", **CLASSES[label])
            ax.text(-END - 0.4, low + 1.12, self.names[label], fontsize=12)
        (line,) = ax.plot([0, 0], [-0.35, ROWS[1] + 1.05], "--", color=BLACK, lw=2)
        (rings,) = ax.plot([], [], "o", ms=11, mfc="none", mec=BLACK, mew=1.5)
        return line, rings, ax.set_title(" ", loc="left", fontsize=12)

    def _draw_curves(self, ax):
        ax.set(xlabel="threshold", xlim=(-END - 0.6, END + 0.6), ylim=(-0.03, 1.06))
        ax.set(xticks=[logit(t) for t in FEW_TICKS], xticklabels=[f"{t:g}" for t in FEW_TICKS])
        ax.grid(color=GRID)
        for name, values in self.curves.items():
            ax.plot(ALONG, values, lw=2, label=name, **STYLES[name])
        ax.legend(loc="lower left", frameon=False, fontsize=12)
        (mark,) = ax.plot([0, 0], [-0.03, 1.06], "--", color=BLACK, lw=2)
        (dots,) = ax.plot([], [], "o", ms=9, color=BLACK, mec="white")
        return mark, dots, ax.set_title(" ", loc="left", fontsize=12)


def logit(p: ArrayLike) -> np.ndarray:
    """Return log(p / (1 - p)), infinite at 0 and 1.

    >>> float(logit(0.5))
    0.0
    """
    p = np.asarray(p, float)
    with np.errstate(divide="ignore"):
        return np.log(p) - np.log1p(-p)


def to_edge(p: np.ndarray, end: float = END) -> np.ndarray:
    """Return the logits of probabilities, those beyond the edge at the edge."""
    return np.clip(logit(p), -end, end)


def _spread(y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return a height for each example, so that neighbours of one class do not hide one another."""
    heights = np.empty(len(y))
    for label, low in enumerate(ROWS):
        those = np.flatnonzero(y == label)
        order = those[np.argsort(x[those], kind="stable")]
        heights[order] = low + np.arange(len(order)) % LAYERS / LAYERS
    return heights


def _validate(y_true: ArrayLike, y_pred: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    name = "threshold"
    y = _flat(name, "y_true", y_true, "y_true.argmax(axis=1) if it is one-hot")
    p = _flat(name, "y_pred", y_pred, "y_pred[:, 1] if the columns are two classes")
    checks.check_same_shape(name, y, p)
    checks.check_unit_interval(name, "y_pred", p, "cu.sigmoid(z) if these are logits")
    if not np.isfinite(p).all():
        raise argument_error(name, "y_pred has a value that is no number", "probabilities", "NaN")
    if set(np.unique(y)) != {0, 1}:
        raise argument_error(name, "y_true must hold both classes", "0 and 1", np.unique(y)[:5].tolist())
    return y.astype(int), p.astype(float)


def _flat(name: str, arg: str, values: ArrayLike, hint: str) -> np.ndarray:
    """Return a list or a column as (m,); two columns would become twice as many examples."""
    array = checks.as_array(name, arg, values)
    if array.ndim > 2 or (array.ndim == 2 and array.shape[1] != 1):
        raise argument_error(name, f"{arg} must be one number for each example", "(m,) or (m, 1)", array.shape, hint)
    return array.reshape(-1)


def example() -> tuple[np.ndarray, np.ndarray]:
    """Return forty examples of two classes that overlap, for a look at the view without data."""
    rng = np.random.default_rng(0)
    y = np.repeat([0, 1], 20)
    z = rng.normal(4 * y - 2, 2)
    return y, 1 / (1 + np.exp(-z))


def threshold(y_true: ArrayLike, y_pred: ArrayLike, names: tuple[str, str] = ("negative", "positive")) -> Live:
    """Return examples of two classes over their probability, with a slider for the threshold.

    Parameters
    ----------
    y_true : array_like of 0 and 1, (m,) or (m, 1)
    y_pred : array_like, (m,) or (m, 1)
        Probabilities of 1.
    names : (str, str)
        What 0 and 1 are called.

    Raises
    ------
    ValueError
        If there is more than one column, the lengths differ, a probability leaves [0, 1], or one of the two classes
        does not occur.

    >>> view = threshold([0, 1, 0, 1], [0.1, 0.9, 0.6, 0.4], names=("benign", "malignant"))
    >>> view.status[:66]
    'Threshold 0.50: 2 are called malignant, 1 of them rightly, so the '
    """
    return ThresholdView(y_true, y_pred, names).live()
