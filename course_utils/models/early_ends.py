"""Early ends of a training run: an interrupt, and numbers that are no longer finite. Nothing learned is lost."""

import math
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from course_utils.callbacks import CallbackList
from course_utils.models.history import History


class Diverged(ArithmeticError):
    """A loss or a weight is not finite. Caught by `run_safely`; it never reaches the learner."""


def check_finite(loss: float, x: NDArray, y: NDArray, name: str) -> None:
    """Raise Diverged, with the cause, if the loss is not finite. Called before the weights change."""
    if math.isfinite(loss):
        return
    for a, what in ((x, "examples"), (y, "targets")):
        if not np.isfinite(a).all():
            raise Diverged(f"{name}: the {what} hold NaN or infinity. The last finite weights are kept.")
    why = "The learning rate is probably too large. The last finite weights are kept."
    raise Diverged(f"{name}: the loss or a weight is no longer finite. {why}")


def check_finite_weights(variables: Iterable[NDArray], x: NDArray, y: NDArray, name: str) -> None:
    """Raise Diverged, with the cause, if a weight has left the floats."""
    if not all_finite(variables):
        check_finite(math.nan, x, y, name)


def all_finite(arrays: Iterable[NDArray]) -> bool:
    """Return whether no array holds NaN or infinity."""
    return all(np.isfinite(a).all() for a in arrays)


def run_safely(train: Callable[[], None], history: History, callbacks: CallbackList) -> None:
    """Call `train`. Where it diverges, say so and come back; where it is interrupted, say so and let that through.

    Either way the weights and the finished epochs are kept.
    """
    try:
        train()
    except KeyboardInterrupt:  # it goes on, so that one press of the stop button ends the whole cell
        history.stopped = f"Interrupted in epoch {len(history.epoch) + 1}: the weights so far are kept."
        raise
    except Diverged as why:
        history.stopped = f"Stopped in epoch {len(history.epoch) + 1}. {why}"
        callbacks.on_train_end(None)
    finally:
        callbacks.close()
        if history.stopped is not None and not callbacks.on_stopped(history.stopped):
            print(history.stopped)
