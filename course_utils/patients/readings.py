"""The instruments: each measures a program while it runs, and gives lines to read, numbers, and perhaps a picture."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_utils.figure_settings import course_settings
from course_utils.patients.examination import BATCH, Examination, is_in_blocks
from course_utils.patients.program import same_chance
from course_utils.plots import image_grid, lines

STEPS = 5
COPIES = 10  # of a batch in an epoch
SHOWN = 8  # images of a batch


@dataclass(frozen=True)
class Reading:
    """What an instrument shows."""

    lines: tuple[str, ...]
    values: dict[str, Any] = field(default_factory=dict)
    draw: Callable[[], tuple[Figure, str]] | None = None


def _measured_once(instrument: Callable[[Examination], Reading]) -> Callable[[Examination], Reading]:
    """Let an instrument remember what it has shown of a program: a diagnosis and a treatment ask for it again."""

    @wraps(instrument)
    def measure(case: Examination) -> Reading:
        if instrument.__name__ not in case.readings:
            case.readings[instrument.__name__] = instrument(case)
        return case.readings[instrument.__name__]

    return measure


@_measured_once
def curves(case: Examination) -> Reading:
    """Measure the loss after each epoch, and the accuracy at the end."""
    log = case.trained[1]
    X, y, validation = case.data
    right = {"training": case.score_on(case.trained[0], X, y)}
    if validation is not None:
        right["validation"] = case.score_on(case.trained[0], *validation)
        right["new"] = case.score
    shares = "   ".join(f"{name} {share:.3f}" for name, share in right.items())
    text = (f"loss: {log['loss'][0]:.3g} in epoch 1, {log['loss'][-1]:.3g} in epoch {len(log['loss'])}",)
    return Reading((*text, f"accuracy: {shares}"), {**right, "loss": log["loss"]}, lambda: _draw_log(case, log))


@_measured_once
def first_loss(case: Examination) -> Reading:
    """Measure the loss on the first batch before any step, beside the loss of equal guesses."""
    _, log = case.train(*case.batch, None, 1)
    loss, guess = log["loss"][0], case.material.guess
    text = f"before any training: {loss:.2f}   equal guesses for {case.material.classes} classes: {guess:.2f}"
    return Reading((text,), {"loss": loss, "guess": guess})


@_measured_once
def one_batch(case: Examination) -> Reading:
    """Train on the first batch alone, over and over, and measure the loss."""
    X, y = case.batch
    seen, losses = _over_and_over(case, X, y)
    text = f"{len(X)} rows, over and over: loss {losses[0]:.3g} at first, {losses[-1]:.3g} when seen {seen[-1]} times"
    return Reading((text,), {"loss": losses}, lambda: _draw_batch(case, seen, losses))


def _over_and_over(case: Examination, X: NDArray, y: NDArray) -> tuple[list[int], list[float]]:
    """Return how often the rows have been seen, and the loss then.

    A whole batch is handed over as many copies of itself: an epoch of a single step takes Keras a tenth of a second.
    """
    times = case.material.times
    if len(X) < BATCH:
        losses = case.train(X, y, None, times)[1]["loss"]
        return list(range(len(losses))), losses
    network, log = case.train(X, y, None, 1)
    copies = np.concatenate([X] * COPIES), np.concatenate([y] * COPIES)
    with same_chance(), np.errstate(all="ignore"):
        more = case.go_on(network, *copies, None, times // COPIES)["loss"]
    return [0, *range(COPIES, COPIES * len(more) + 1, COPIES)], [log["loss"][0], *more]


@_measured_once
def steps(case: Examination) -> Reading:
    """Take five steps on the same batch, and measure how far each array of weights moves, as a share of its size."""
    X, y = case.batch
    places = _places(case, X, y)
    names = [f"W{n}" for n in range(1, 1 + sum(part.ndim == 2 for part in places[0]))]
    moved: dict[str, list[float]] = {name: [] for name in names}
    for before, after in zip(places, places[1:], strict=False):
        matrices = [(a, b) for a, b in zip(before, after, strict=True) if a.ndim == 2]
        for name, (a, b) in zip(names, matrices, strict=True):
            moved[name].append(float(np.linalg.norm(b - a)) / max(float(np.linalg.norm(a)), 1e-12))
    text = [f"{name} moves by " + "  ".join(_percent(share) for share in shares) for name, shares in moved.items()]
    return Reading((f"{STEPS} steps on one batch, as shares of the weights:", *text), moved)


def _places(case: Examination, X: NDArray, y: NDArray) -> list[list[NDArray]]:
    """Return all arrays before the first step and after each of five."""
    with same_chance(), np.errstate(all="ignore"):
        network = case.names["network"]()
        places = [case.arrays(network)]
        if not isinstance(network, list):
            for _ in range(STEPS):
                case.go_on(network, X, y, None, 1)
                places.append(case.arrays(network))
            return places
    return places + [case.arrays(case.train(X, y, None, count)[0]) for count in range(1, STEPS + 1)]


def _percent(share: float) -> str:
    return f"{float(f'{100 * share:.2g}'):g} %" if np.isfinite(share) else "beyond all numbers"


@_measured_once
def shapes(case: Examination) -> Reading:
    """Show the shape of the inputs, of all arrays, of what each layer puts out, and of the targets."""
    X, y = case.batch
    network = case.trained[0]
    found = {
        "inputs": [X.shape],
        "arrays": [part.shape for part in case.arrays(network)],
        "outputs": [part.shape for part in case.outputs(network, X)],
        "targets": [y.shape],
    }
    text = tuple(f"{name:<8} {'  '.join(map(str, some))}" for name, some in found.items())
    return Reading(text, found)


@_measured_once
def outputs(case: Examination) -> Reading:
    """Look at what comes out: sums of rows, the same images asked twice, the answers, and silent hidden units."""
    images = case.material.new_images
    many, alone = case.ask(images[:BATCH]), case.ask(images[:1])
    first, second = case.ask(images), case.ask(images)
    answers = np.bincount(first.argmax(axis=1), minlength=first.shape[1]) if first.shape[1] > 1 else None
    values: dict[str, Any] = {
        "sum": float(many.sum(axis=1).mean()),
        "alone": float(alone.sum()),
        "changed": float(np.abs(first - second).max()),
        "largest": float(many.max(axis=1).mean()),
    }
    text = []
    if first.shape[1] > 2 and answers is not None:
        values["answers"] = answers.tolist()
        text.append(f"a row adds up to {values['sum']:.2f} in a batch, and to {values['alone']:.2f} alone")
        text.append(f"largest output of a row, on average: {values['largest']:.2f}")
        text.append(f"answers 0 … 9: {' '.join(map(str, answers))}")
    else:
        text += [f"outputs of the first point: {np.array2string(first[0], precision=2)}"]
    changed = int((first.argmax(axis=1) != second.argmax(axis=1)).sum())
    differ = f"outputs differ by up to {values['changed']:.2f}"
    text.append(f"asked twice: {differ}, {changed} of {len(images)} answers change")
    hidden = case.outputs(case.trained[0], case.data[0])[:-1]
    if hidden:
        values["silent"] = int((hidden[0] == 0).all(axis=0).sum())
        text.append(f"hidden units that are silent on all inputs: {values['silent']} of {hidden[0].shape[1]}")
    return Reading(tuple(text), values)


@_measured_once
def batches(case: Examination) -> Reading:
    """Look at what goes in: ranges in training and in use, the order of the targets, inputs beside their targets."""
    X, y, _ = case.data
    used = case.entering(case.material.new_images)
    labels = y.argmax(axis=1) if y.ndim == 2 and y.shape[1] > 1 else y.ravel().astype(int)
    values: dict[str, Any] = {"training": (float(X.min()), float(X.max())), "labels": labels}
    text = [f"inputs in training: {len(X):,} rows, from {X.min():.3g} to {X.max():.3g}"]
    if used is None:
        text.append("inputs in use: not seen")
    else:
        values["use"] = float(used.min()), float(used.max())
        text.append(f"inputs in use: from {used.min():.3g} to {used.max():.3g}")
    begin, end = " ".join(map(str, labels[:20])), " ".join(map(str, labels[-20:]))
    text.append(f"targets, as they come: {begin} … {end}" if len(labels) > 40 else f"targets: {begin}")
    values["blocks"] = is_in_blocks(labels)
    if values["blocks"] and case.mixes_rows():
        values["blocks"] = False
        text.append("the training mixes them")
    is_image = X.ndim > 1 and np.prod(X.shape[1:]) == 784
    if is_image:
        values["nearest"] = share = _nearest_is_own(X.reshape(len(X), -1).astype(float), labels)
        text.append(f"inputs that are nearest to the average input of their own target: {share:.0%}")
    return Reading(tuple(text), values, (lambda: _draw_images(X, labels)) if is_image else None)


def _nearest_is_own(X: NDArray, labels: NDArray) -> float:
    """Return the share of rows that are nearest to the average of the rows with their own label."""
    classes = np.unique(labels)
    averages = np.array([X[labels == label].mean(axis=0) for label in classes])  # (K, n)
    far = (averages**2).sum(axis=1) - 2 * X @ averages.T  # of the squared distance, what differs in a row   (m, K)
    return float((classes[far.argmin(axis=1)] == labels).mean())


@_measured_once
def random_labels(case: Examination) -> Reading:
    """Give each image a label by lot, run everything anew, and measure the accuracy that the program reports."""
    shape, classes = case.material.labels.shape, case.material.classes
    lots = np.random.default_rng(0).integers(0, classes, size=shape).astype(case.material.labels.dtype)
    X, y, validation = case.prepare(lots)
    if validation is None:
        return Reading(("nothing is set aside, so there is no accuracy to report",), {"reported": None})
    network, _ = case.train(X, y, validation)
    reported = case.score_on(network, *validation)
    text = f"labels by lot: right in the validation part {reported:.3f}, where {1 / classes:.2f} is honest"
    return Reading((text,), {"reported": reported})


INSTRUMENTS: dict[str, Callable[[Examination], Reading]] = {
    each.__name__: each for each in (curves, first_loss, one_batch, steps, shapes, outputs, batches, random_labels)
}


@course_settings()
def _draw_log(case: Examination, log: dict[str, list[float]]) -> tuple[Figure, str]:
    epochs = range(1, 1 + len(log["loss"]))
    named = {"training": log["loss"]} | ({"validation": log["val_loss"]} if "val_loss" in log else {})
    ax = draw_losses(epochs, named, "epoch", case.material.guess)
    ends = " and ".join(f"the {name} loss from {some[0]:.3g} to {some[-1]:.3g}" for name, some in named.items())
    return ax.figure, f"Loss over the epochs: {ends}."


@course_settings()
def _draw_batch(case: Examination, seen: list[int], losses: list[float]) -> tuple[Figure, str]:
    ax = draw_losses(seen, {"the same rows": losses}, "times that each row was seen", case.material.guess)
    return ax.figure, f"Loss on the same rows, over and over: from {losses[0]:.3g} to {losses[-1]:.3g}."


def draw_losses(x: Any, named: dict[str, list[float]], xlabel: str, guess: float) -> Any:
    """Draw losses over epochs or steps, a dotted line at the loss of equal guesses; what is too large is cut off."""
    ax = lines(x, {name: np.clip(some, 0, 1e6) for name, some in named.items()}, xlabel=xlabel, ylabel="loss")
    ax.axhline(guess, color="black", linestyle=":", linewidth=1.2)
    every = np.concatenate([np.asarray(some, dtype=float) for some in named.values()])
    every = every[np.isfinite(every)]
    highest = float(np.percentile(every, 90)) if every.size else guess
    ax.set_ylim(0, 1.08 * max(guess, min(highest, 40 * guess), 0.01))
    return ax


@course_settings()
def _draw_images(X: NDArray, labels: NDArray) -> tuple[Figure, str]:
    pictures = X[:SHOWN].reshape(-1, 28, 28)
    named = [str(label) for label in labels[:SHOWN]]
    figure = image_grid(pictures, titles=named, columns=SHOWN, size=1.0)
    return figure, f"The first {SHOWN} inputs, with the targets {', '.join(named)} above them."


@course_settings()
def draw_before_and_after(before: list[float], after: list[float], guess: float) -> tuple[Figure, str]:
    """Draw the training loss of a patient and of the repaired program, with its description."""
    longest = max(len(before), len(after))
    named = {
        name: [*some, *[np.nan] * (longest - len(some))]
        for name, some in (("before", before), ("after the repair", after))
    }
    ax = draw_losses(range(1, longest + 1), named, "epoch", guess)
    alt = f"Before, the loss ends at {before[-1]:.3g}; after the repair, it ends at {after[-1]:.3g}."
    return ax.figure, alt
