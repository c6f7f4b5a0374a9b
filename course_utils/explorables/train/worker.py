"""The thread of a training run, and its early ends in plain words."""

import atexit
import re
import threading
import time

import numpy as np

from course_utils.checks import argument_error
from course_utils.explorables.train.run import NotFinite, Stopped, Watch
from course_utils.live_figures.still import explain_error

PATIENCE = 10  # seconds for a run to end: a first step of TensorFlow may take some
LONGEST = 300  # characters of an error's text
FRAME = ("File ", "Graph execution error", "Detected at node", "Exception encountered", "Stack trace", "Traceback")


class Worker(threading.Thread):
    """Trains one model and writes its record. Calls `tell` now and then, and `done` at the end, whatever happens."""

    def __init__(self, build, data, record, last, tell, done):
        super().__init__(daemon=True, name="course_utils training")
        self.build, self.data, self.record, self.last, self.model = build, data, record, last, None
        self.tell, self.done, self.wish = tell, done, []

    def stop(self, why=""):
        """Ask the run to end after the step that it is at."""
        self.wish.append(why)

    def run(self):
        began, record = time.perf_counter(), self.record
        try:
            self._train()
        except Stopped as why:
            record.stopped = _ended(record, str(why))
        except NotFinite as loss:
            record.stopped, record.failed = _diverged(record, self.data, str(loss)), True
        except BaseException as error:  # in a thread nobody else would hear of it
            record.stopped, record.failed = cause(error, self.build), True
        record.seconds = time.perf_counter() - began
        self.done(self)

    def _train(self):
        settings, ((x, y), validation) = self.record.settings, self.data
        watch = Watch(self.record, len(x), lambda: self.tell(self), self.wish)
        watch.look_up()
        self.model = built(self.build, settings, self.last)
        # The model's own fit, called once. Measured beside it: a callback costs nothing, a loop over train_on_batch
        # takes 1.3 times as long, a fit for every 20 steps 6 times.
        options = {"batch_size": settings["batch_size"], "epochs": settings["epochs"], "verbose": 0}
        self.model.fit(x, y, validation_data=validation, callbacks=[watch], **options)


_running: list[Worker] = []  # one at a time, whatever the number of views
_door = threading.Lock()


def take_over(worker, why):
    """Stop the run that goes on, wait for its end, and start the next one; None only stops."""
    with _door:
        for before in _running:
            before.stop(why)
            before.join(PATIENCE)
        _running[:] = [worker] if worker else []
        if worker:
            worker.start()


atexit.register(take_over, None, "Python ends")  # a thread inside TensorFlow would make it end with a crash


def built(build, settings, last):
    """Return what build makes of the settings, or say what is wrong with it."""
    model = build(settings["learning_rate"], settings["width"])
    if not callable(getattr(model, "fit", None)):
        received = "nothing" if model is None else type(model).__name__
        raise argument_error(
            "train", "build must return a compiled model", "cu.Sequential or Keras's", received, "return model"
        )
    if model is last:
        hint = "create the model inside build"
        raise argument_error(
            "train", "build must make a new model each time", "a new one", "that of the run before", hint
        )
    return model


def _ended(run, why):
    epoch, epochs = run.epochs_done + 1, run.settings["epochs"]
    where = (
        f"in epoch {min(epoch, epochs)} of {epochs}, after {run.step:,} steps" if run.step else "before the first step"
    )
    return f"Stopped {where}{': ' if why else ''}{why}. The weights so far are kept."


def _diverged(run, data, loss):
    """Name the cause of a loss that is no number: of `loss` on the training set, or of `val_loss`."""
    training, validation = data
    of_validation = validation is not None and loss.startswith("val_")
    which = "validation " if of_validation else ""
    for a, what in zip(validation if of_validation else training, ("examples", "targets"), strict=True):
        if a.dtype.kind == "f" and not np.isfinite(a).all():
            return f"Stopped at step {run.step:,}: the {which}{what} hold NaN or infinity."
    rate = run.settings["learning_rate"]
    return f"Stopped at step {run.step:,}: the loss is no longer finite. The learning rate {rate:g} is too large."


def cause(error, build):
    """Return an error in a sentence: of TensorFlow's page the line that matters, and the learner's own line."""
    bold = re.search(r"\x1b\[1m(.*?)\x1b\[0m", str(error), flags=re.S)  # Keras prints its own sentence bold
    lines = (line.strip() for line in (bold.group(1) if bold else str(error)).splitlines())
    text = next((line for line in lines if line and not line.startswith(FRAME)), "").partition(" [[{{")[0]
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    place = explain_error(error, build).removeprefix(f"{type(error).__name__}: {error}")
    return f"{type(error).__name__}: {text}{place}" if text else type(error).__name__ + place
