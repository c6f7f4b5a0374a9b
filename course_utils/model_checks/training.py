"""Run a learner's function, and train a model: twenty seconds at most, with a bar that shows how far it is."""

import contextlib
import copy
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from course_utils.callbacks import Callback, ProgressBar
from course_utils.callbacks.progress import new_bar
from course_utils.exercises.sandbox import Outcome, run_all
from course_utils.model_checks.anatomy import is_keras_model, to_numpy

SECONDS = 20.0
PATIENCE = 1.0  # seconds before a bar is shown


class TimeLimit(Callback):
    """Ends a training after some seconds.

    Attributes
    ----------
    was_reached : bool
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.was_reached = False
        self.end = 0.0

    def on_train_begin(self, logs: dict[str, float] | None = None) -> None:
        self.end = time.monotonic() + self.seconds

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        if time.monotonic() > self.end:
            self.was_reached = True
            self.model.stop_training = True


@contextlib.contextmanager
def seconds_bar(what: str) -> Iterator[None]:
    """Show a bar of the seconds that go by, once there is more than one of them."""
    over = threading.Event()

    def show() -> None:
        if over.wait(PATIENCE):
            return
        bar = new_bar(total=round(SECONDS), desc=what, unit="s", initial=round(PATIENCE))
        while not over.wait(1.0):
            bar.update(1)
        bar.close()

    clock = threading.Thread(target=show, daemon=True)
    clock.start()
    try:
        yield
    finally:
        over.set()
        clock.join()


def run(function: Callable, arguments: tuple) -> Outcome:
    """Call a learner's function on copies of the data, where neither an error nor its length does harm."""
    with seconds_bar("your function runs"):
        return run_all(function, [arguments], seconds=SECONDS)[0]


def train(model: Any, x: Any, y: Any, epochs: int, batch_size: int) -> bool:
    """Train a compiled model; return whether it came to its end within the time."""
    limit = TimeLimit(SECONDS)
    model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0, callbacks=[limit, ProgressBar()])
    return not limit.was_reached


@contextlib.contextmanager
def kept(model: Any) -> Iterator[Any]:
    """Lend a model for training; afterwards the learner's own is as it was."""
    if not is_keras_model(model):
        yield copy.deepcopy(model)
        return
    if not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)
    variables = [*model.variables, *model.optimizer.variables]
    before = [to_numpy(variable) for variable in variables]
    try:
        yield model
    finally:
        for variable, value in zip(variables, before, strict=True):
            variable.assign(value)
        model.reset_metrics()
