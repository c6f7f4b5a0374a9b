"""The picture of training runs: loss above accuracy, the present run in colour, earlier ones as thin grey lines."""

import math

from matplotlib.figure import Figure

from course_utils.explorables.train.run import Run
from course_utils.figure_settings import course_settings
from course_utils.style import BLUE, GREY, GRID, ORANGE

EARLIER = 3  # runs that stay in the picture
DASHES = ("-", (0, (5, 2)), (0, (1.5, 1.5)))  # of the earlier runs
SETTLING = 0.1  # of a run: its steep begin may leave the picture, so that what follows can be told apart
LIVELY = 2  # times the lowest first loss: what climbs higher leaves the picture too
TOPS = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
BOTTOMS = (0.9, 0.8, 0.5)  # of the accuracy


class Curves:
    """The figure, and how it follows the runs: `artists` move, the rest is background.

    >>> curves = Curves()
    >>> curves.draw([])
    True
    >>> curves.draw([])
    False
    """

    @course_settings()
    def __init__(self):
        self.fig = Figure(figsize=(5.3, 4.6), layout="constrained")
        self.axes, self._shown = self.fig.subplots(2, 1, sharex=True), None
        for ax in self.axes:
            ax.grid(color=GRID)
            ax.set_axisbelow(True)
        self.axes[1].set_xlabel("epoch")
        self.axes[1].xaxis.get_major_locator().set_params(integer=True, nbins=10)
        style = {"color": ORANGE, "ls": "--", "marker": "o", "ms": 5, "lw": 1.8, "clip_on": False, "zorder": 4}
        self._training = [ax.plot([], [], color=BLUE, lw=2, zorder=3, label="training")[0] for ax in self.axes]
        self._validation = [ax.plot([], [], label="validation", **style)[0] for ax in self.axes]
        self._earlier = [[ax.plot([], [], color=GREY, lw=1.2, ls=ls)[0] for ax in self.axes] for ls in DASHES]
        self.artists = [*self._training, *self._validation]
        for line in self.artists:
            line.set_in_layout(False)  # a marker at no place would be looked for in the corner of the figure

    def draw(self, runs: list[Run]) -> bool:
        """Show these runs, the last one in colour. True if the background changed too."""
        current, earlier = (runs[-1], runs[-1 - EARLIER : -1]) if runs else (None, [])
        self._move(current)
        ends = limits([*earlier, current] if current else [], current)
        if (earlier, ends) == self._shown:
            return False
        self._draw_background(earlier, current, ends)
        self._shown = earlier, ends
        return True

    def _move(self, current):
        for i, name in enumerate(_names(current)):
            measured = current.history.get(f"val_{name}", []) if current else []
            self._training[i].set_data(_curve(current, name))
            self._validation[i].set_data(range(1, len(measured) + 1), measured)

    def _draw_background(self, earlier, current, ends):
        for k, lines in enumerate(self._earlier):
            run = earlier[k] if k < len(earlier) else None
            for line, name in zip(lines, _names(run), strict=True):
                line.set_data(_curve(run, name))
            lines[0].set_label(f"{run.label}{_score(run)}" if run else "_")
        for ax, name, (low, high) in zip(self.axes, _names(current), ends["y"], strict=True):
            ax.set(xlim=(0, ends["epochs"]), ylim=(low, high), ylabel=name.replace("_", " "))
        self._write_legends(earlier, current)

    def _write_legends(self, earlier, current):
        self.axes[0].set_title(current.label if current else " ", loc="left", fontsize=11)
        for legend in list(self.fig.legends):
            legend.remove()
        ours, greys = [self._training[0], self._validation[0]], [lines[0] for lines in self._earlier]
        greys = [line for line in greys if not line.get_label().startswith("_")]
        style = {"frameon": False, "fontsize": 10, "borderaxespad": 0.2, "alignment": "left"}
        self.fig.legend(handles=ours, loc="outside lower left", **style)
        if greys:
            validated = any(key.startswith("val_") for run in earlier for key in run.history)
            title = "earlier (line: training, value: validation)" if validated else "earlier (training)"
            self.fig.legend(handles=greys, loc="outside lower right", title=title, **style)


def limits(runs: list[Run], current: Run | None) -> dict[str, object]:
    """Return the ends of the axes: epochs, and (low, high) of loss and metric.

    >>> limits([], None)
    {'epochs': 1, 'y': [(0, 1), (0, 1)]}
    """
    epochs = max((run.settings["epochs"] for run in runs), default=1)
    return {"epochs": epochs, "y": [_ends(runs, name) for name in _names(current)]}


def _ends(runs, name):
    curves = [_curve(run, name)[1] for run in runs if _curve(run, name)[1]]
    values = [value for run in runs for value in _settled(run, name)]
    if not values:
        return 0, 1
    if "accuracy" in name:
        return next((low for low in BOTTOMS if low <= min(values)), 0), 1
    return 0, _round_up(min(max(values), LIVELY * min(curve[0] for curve in curves)))


def _settled(run, name):
    """Return the values of a run after its steep begin, as far as there are any, and those on the validation set."""
    at, values = _curve(run, name)
    late = [value for when, value in zip(at, values, strict=True) if when > SETTLING * run.settings["epochs"]]
    return (late or values) + run.history.get(f"val_{name}", [])


def _round_up(value):
    """Return a round number just above.

    >>> _round_up(2.31), _round_up(0.11)
    (2.5, 0.12)
    """
    power = 10.0 ** math.floor(math.log10(max(value, 1e-12)))
    return next(round(top * power, 15) for top in TOPS if top * power >= value * (1 - 1e-9))


def _names(run):
    """Return what the two pairs of axes show."""
    return "loss", (run and run.metric) or "accuracy"


def _curve(run, name):
    """Return epochs and values of a run's curve, as far as it has come."""
    values = run.curves.get(name, []) if run else []
    return run.at[: len(values)] if run else [], values


def _score(run):
    """Return the last accuracy as text: on the validation set where there is one."""
    name = run.metric or "loss"
    values = run.history.get(f"val_{name}") or run.history.get(name)
    if not values:
        return ": stopped"
    return f": {100 * values[-1]:.1f} %" if "accuracy" in name else f": {name} {values[-1]:.3g}"
