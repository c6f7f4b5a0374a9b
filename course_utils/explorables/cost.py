"""What it costs to be wrong: ten learners of driving, a curve w x + b, and two losses for each of them."""

import numpy as np
from matplotlib.figure import Figure

from course_utils.activations import sigmoid
from course_utils.live.view import View
from course_utils.losses import binary_crossentropy, mean_squared_error
from course_utils.plots.boundary import CLASSES
from course_utils.style import BLACK, SKY

NAMES = ("Ana", "Ben", "Cem", "Dia", "Eli", "Fay", "Gus", "Hal", "Ida", "Jon")
HOURS = np.array([2.0, 3.0, 4.0, 5.0, 6.0, 10.0, 11.0, 14.0, 17.0, 18.0])  # (10,) of driving lessons
PASSED = np.array([0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0])  # (10,) the test after them
X = np.linspace(HOURS.min() - 2, HOURS.max() + 2, 401)  # (401,)
PLACES = np.arange(len(HOURS))  # (10,) of the bars
TOP = 5.5  # a bar that is taller is cut here, and its height written above it
SIZE = 11  # of what stands above the two panels
ALT = "Ten learners' results over their hours with the neuron's curve, beside two bars for each: its two losses."


def cost_frame(w, b):
    """Return the frame: the curve, each learner's p and two losses, both costs J, and who costs most.

    >>> now = cost_frame(w=0.4, b=-4.0)
    >>> now["curve"].shape, now["squared"].round(2)[3], now["cross"].round(2)[3], NAMES[now["worst"]]
    ((401,), np.float64(0.78), np.float64(2.13), 'Dia')
    """
    z = w * HOURS + b  # (10,)
    p = sigmoid(z)
    cross = np.logaddexp(0, z) - PASSED * z  # -log p of what happened, from the logits: it has no cap
    now = {"w": w, "b": b, "p": p, "squared": (PASSED - p) ** 2, "cross": cross, "worst": _worst(cross)}
    costs = mean_squared_error(PASSED, p), binary_crossentropy(PASSED, z, from_logits=True)
    return {**now, "costs": costs, "curve": sigmoid(w * X + b)}


def _worst(losses):
    return int(losses.argmax()) if losses.max() > losses.min() else None


def cost_words(now):
    """Return the frame in words.

    >>> print(cost_words(cost_frame(0.4, -4.0)))
    w = 0.40, b = −4.0: squared error J = 0.212, cross-entropy J = 0.599. \
Dia costs most: passed, though the curve says p = 0.119. Squared error 0.776, cross-entropy 2.127.
    """
    squared, cross = now["costs"]
    losses = f"squared error J = {squared:.3f}, cross-entropy J = {cross:.3f}."
    return f"{_place(now)}: {losses} {_worst_words(now)}"


def _place(now):
    w, b = (round(now[name], digits) + 0.0 for name, digits in (("w", 2), ("b", 1)))  # + 0.0 makes -0.0 to 0.0
    return f"w = {w:.2f}, b = {b:.1f}".replace("-", "−")


def _worst_words(now):
    i = now["worst"]
    if i is None:
        return "All cost the same."
    says = f"{'passed' if PASSED[i] else 'failed'}, though the curve says p = {now['p'][i]:.3f}"
    losses = f"Squared error {now['squared'][i]:.3f}, cross-entropy {now['cross'][i]:.3f}."
    return f"{NAMES[i]} costs most: {says}. {losses}"


def cost_view():
    """Return the view of ten learners and their losses, to be shown with `.live()`."""
    fig = Figure(figsize=(8.6, 3.6), layout="constrained")
    left, right = fig.subplots(1, 2, width_ratios=(1, 1.15))
    artists = [*_people(left), *_bars(right)]
    sliders = {"w": (-0.5, 2.0, 0.05, 0.4), "b": (-12.0, 4.0, 0.1, -4.0)}
    return View(fig, artists, cost_frame, lambda now: _draw(now, *artists), cost_words, ALT, sliders)


def _people(ax):
    ax.set(xlabel="hours of lessons", ylabel="p (pass)", xlim=X[[0, -1]], ylim=(-0.08, 1.08))
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.grid(color="#e4e4e4")
    (stems,) = ax.plot([], [], color="#999999", lw=1.5)
    (curve,) = ax.plot(X, 0 * X, color=BLACK, lw=2.5)
    points = [
        ax.plot(HOURS[k == PASSED], PASSED[k == PASSED], ls="", ms=9, mec="white", label=label, zorder=4, **CLASSES[k])
        for k, label in enumerate(("failed", "passed"))
    ]
    look = {"frameon": False, "handletextpad": 0.2, "borderaxespad": 0.2, "borderpad": 0.2, "fontsize": SIZE}
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, **look)
    place = ax.text(0.02, 1.125, " ", va="center", fontsize=SIZE, transform=ax.transAxes)
    return stems, curve, *(line for (line,) in points), place


def _bars(ax):
    ax.set(ylabel="loss", xlim=(-0.6, len(NAMES) - 0.4), ylim=(0, TOP + 0.6), xticks=PLACES, xticklabels=NAMES)
    ax.set_axisbelow(True)
    ax.grid(axis="y", color="#e4e4e4")
    look = {"lw": 9, "solid_capstyle": "butt"}
    bars = [ax.plot([], [], color=color, **look)[0] for color in (SKY, BLACK)]
    tall = [ax.text(i + 0.18, TOP + 0.08, "", ha="center", fontsize=9) for i in PLACES]
    for color, height in ((SKY, 1.125), (BLACK, 1.04)):
        ax.plot(0.02, height, "s", ms=9, color=color, transform=ax.transAxes, clip_on=False)
    costs = [ax.text(0.06, h, " ", va="center", fontsize=SIZE, transform=ax.transAxes) for h in (1.125, 1.04)]
    return *bars, *costs, *tall


def _draw(now, stems, curve, failed, passed, place, squared, cross, first, second, *tall):
    curve.set_ydata(now["curve"])
    stems.set_data(_apart(HOURS), np.column_stack([PASSED, now["p"], np.full(len(HOURS), np.nan)]).ravel())
    place.set_text(_place(now))
    squared.set_data(_apart(PLACES - 0.18), _heights(now["squared"]))
    cross.set_data(_apart(PLACES + 0.18), _heights(now["cross"]))
    first.set_text(f"squared error   J = {now['costs'][0]:.3f}")
    second.set_text(f"cross-entropy   J = {now['costs'][1]:.3f}")
    for text, loss in zip(tall, now["cross"], strict=True):
        text.set_text("" if loss <= TOP else f"{loss:.1f}" if loss < 99.95 else f"{loss:.0f}")


def _apart(x):
    """Each x three times, for a line from below to above that a gap follows: one artist for all bars."""
    return np.repeat(x, 3)


def _heights(losses):
    return np.column_stack([0 * losses, np.minimum(losses, TOP), np.full(len(losses), np.nan)]).ravel()


def cost():
    """Return ten learners, a neuron's curve with sliders for w and b, and both losses of each learner as bars.

    >>> view = cost()
    >>> view.move(w=0.0, b=0.0)
    >>> view.said[:65]
    'w = 0.00, b = 0.0: squared error J = 0.250, cross-entropy J = 0.6'
    """
    return cost_view().live()
