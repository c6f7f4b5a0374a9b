"""The record of one training run, and the callback that writes it while the model's own `fit` trains."""

import math
import time
from dataclasses import dataclass, field

from course_utils.callbacks import Callback

POINTS = 100  # of a curve, whatever the length of the run
PAUSE = 0.3  # seconds from one picture to the next; drawing one takes 0.01 to 0.02


@dataclass
class Run:
    """The record of one training run.

    Attributes
    ----------
    settings : dict
        learning_rate, batch_size, width, epochs.
    steps, step : int
        Of the whole run, and done.
    at : list of float
        Epochs done, at each point of the curves.
    curves : dict of str to list of float
        loss and accuracy on the training set, each a mean over the stretch of steps before the point.
    history : dict of str to list of float
        loss, accuracy, val_loss, val_accuracy after each finished epoch, as in Keras.
    stopped : str or None
        Why the run ended early, in a sentence.
    seconds : float
        How long it took; 0 while it goes on.
    failed : bool
        It ended with an error, or diverged.

    >>> Run({"learning_rate": 0.1, "batch_size": 32, "width": 64, "epochs": 5}, steps=50)
    <Run: rate 0.1, batch 32, width 64, 0 of 50 steps>
    """

    settings: dict
    steps: int
    step: int = 0
    at: list = field(default_factory=list)
    curves: dict = field(default_factory=dict)
    history: dict = field(default_factory=dict)
    stopped: str | None = None
    seconds: float = 0.0
    failed: bool = False

    def __repr__(self):
        return f"<Run: {self.label}, {self.step:,} of {self.steps:,} steps>"

    @property
    def label(self):
        """What tells this run from others."""
        return "rate {learning_rate:g}, batch {batch_size}, width {width}".format(**self.settings)

    @property
    def metric(self):
        """The name of the first metric besides the loss, or None."""
        return next((name for name in self.curves if name != "loss"), None)

    @property
    def epochs_done(self):
        return len(self.history.get("loss", []))


class Stopped(Exception):
    """Somebody asked the run to end; the message says who."""


class NotFinite(Exception):
    """The loss is no number any more; the message says which: loss or val_loss."""


class Watch(Callback):
    """The callback, for Keras and for `Sequential.fit`, that writes the run down, and ends it when asked to.

    Parameters
    ----------
    run : Run
    examples : int
        How many the training set holds.
    tell : callable
        Called a few times a second.
    wish : list of str
        Once it holds a reason, the run ends.
    """

    def __init__(self, run, examples, tell, wish):
        self.run, self.examples, self.tell, self.wish = run, examples, tell, wish
        self.size, self.epoch, self.due = run.settings["batch_size"], 0, 0.0
        self.batches = -(-examples // self.size)
        self.parts = min(self.batches, max(1, POINTS // run.settings["epochs"]))  # stretches of an epoch, about equal
        self.seen, self.means = 0, {}

    def on_train_batch_end(self, batch, logs=None):
        done = batch + 1
        self.run.step = self.epoch * self.batches + done
        _finite(logs)
        if done * self.parts // self.batches > batch * self.parts // self.batches:
            self._note(min(done * self.size, self.examples), logs)
        self.look_up()

    def on_test_batch_end(self, batch, logs=None):
        self.look_up()

    def on_epoch_end(self, epoch, logs=None):
        _finite(logs)
        for key, value in logs.items():
            self.run.history.setdefault(key, []).append(float(value))
        self.epoch, self.seen, self.means = epoch + 1, 0, {}
        self.look_up()

    def on_stopped(self, sentence):
        self.run.stopped, self.run.failed = sentence, True

    def _note(self, seen, logs):
        """Turn means over the epoch so far into means over the stretch since the last note."""
        for key, mean in logs.items():
            stretch = (mean * seen - self.means.get(key, 0.0) * self.seen) / (seen - self.seen)
            self.run.curves.setdefault(key, []).append(float(stretch))
        self.run.at.append(self.run.step / self.batches)
        self.seen, self.means = seen, dict(logs)

    def look_up(self):
        """End the run if somebody asked for it; show a picture if one is due."""
        if self.wish:
            raise Stopped(self.wish[0])
        if time.perf_counter() >= self.due:
            self.tell()
            self.due = time.perf_counter() + PAUSE


def _finite(logs):
    for key, value in logs.items():
        if key.endswith("loss") and not math.isfinite(value):
            raise NotFinite(key)
