"""History: what a training run remembers; Progress: what it shows while it runs."""

import math

import numpy as np

from course_utils._notebook import in_notebook


class History:
    """Record of a training run, shaped as in Keras.

    Attributes
    ----------
    epoch : list of int
        0, 1, 2, … for the epochs that were finished.
    history : dict of str to list of float
        loss, accuracy, val_loss, val_accuracy: one value for each finished epoch.
    stopped : str or None
        Why the run ended early, in one sentence.

    Examples
    --------
    >>> h = History()
    >>> h.append({"loss": 0.5})
    >>> h.history
    {'loss': [0.5]}
    """

    def __init__(self):
        self.epoch, self.history, self.stopped = [], {}, None

    def append(self, logs):
        """Add the values of one finished epoch."""
        self.epoch.append(len(self.epoch))
        for key, value in logs.items():
            self.history.setdefault(key, []).append(float(value))

    def __repr__(self):
        last = ", ".join(f"{key} {values[-1]:.4f}" for key, values in self.history.items())
        return f"<History of {len(self.epoch)} epochs{': ' + last if last else ''}>"


class Running:
    """Mean loss and accuracy over the examples seen so far in an epoch."""

    def __init__(self):
        self.examples = self.loss = self.accuracy = 0

    def add(self, m, loss, accuracy):
        """Weigh in a batch of m examples."""
        self.examples += m
        self.loss += m * loss
        self.accuracy += m * accuracy

    def logs(self):
        """Return {"loss": …, "accuracy": …}."""
        return {"loss": self.loss / self.examples, "accuracy": self.accuracy / self.examples}


class Diverged(ArithmeticError):
    """A loss or a weight is not finite. Caught by `supervised`; it never reaches the learner."""


def checked(loss, x, y, where):
    """Return loss if it is finite; else name the cause. Called before the weights change."""
    if math.isfinite(loss):
        return loss
    for a, what in ((x, "examples"), (y, "targets")):
        if not np.isfinite(a).all():
            raise Diverged(f"{where}: the {what} hold NaN or infinity. The last finite weights are kept.")
    why = "The learning rate is probably too large. The last finite weights are kept."
    raise Diverged(f"{where}: the loss or a weight is no longer finite. {why}")


def checked_weights(variables, x, y, where):
    """Refuse weights that have left the floats, and name the cause."""
    if not all(np.isfinite(v).all() for v in variables):
        checked(math.nan, x, y, where)


def supervised(run, history, progress):
    """Run the training; an interrupt or a divergence ends it with a sentence, and nothing learned is lost."""
    try:
        run()
    except KeyboardInterrupt:
        history.stopped = f"Interrupted in epoch {len(history.epoch) + 1}: the weights so far are kept."
    except Diverged as why:
        history.stopped = f"Stopped in epoch {len(history.epoch) + 1}. {why}"
    finally:
        progress.close()
    if history.stopped:
        progress.stopped(history.stopped)
    return history


class Progress:
    """One tqdm bar for all epochs, with loss and accuracy; nothing at all where verbose is 0."""

    def __init__(self, epochs, steps, verbose):
        self.epochs, self.bar = epochs, None
        if verbose:
            # twice a second: a kernel's messages are lost beyond some thousands where nobody reads them meanwhile
            self.bar = _bar(total=epochs * steps, mininterval=0.5)

    def start(self, epoch):
        """Say which epoch runs."""
        if self.bar is not None:
            self.bar.set_description(f"epoch {epoch + 1}/{self.epochs}", refresh=False)

    def step(self, running):
        """Count a step; the numbers are written anew twice a second at most, by tqdm's own clock."""
        if self.bar is not None and self.bar.update(1):
            self.show(running.logs())

    def show(self, logs):
        """Write the numbers beside the bar."""
        if self.bar is not None:
            self.bar.set_postfix({key: f"{value:.4f}" for key, value in logs.items()})

    def end_epoch(self, logs):
        """Show the values of the finished epoch."""
        self.show(logs)

    def stopped(self, sentence):
        """Say why the run ended early."""
        print(sentence)

    def close(self):
        """Leave the bar as it is."""
        if self.bar is not None:
            self.bar.close()


def _bar(**options):
    """Return a tqdm bar: a widget in a notebook, text elsewhere.

    The stored notebook keeps a constant line in the widget's place, so that it does not depend on the clock.
    """
    if not in_notebook():
        from tqdm import tqdm

        return tqdm(**options)
    from IPython.display import display
    from tqdm.notebook import tqdm

    bar = tqdm(display=False, **options)
    view = bar.container._repr_mimebundle_()
    display({**view, "text/plain": "(progress bar: epochs, loss, accuracy)"}, raw=True)
    bar.displayed = True
    return bar
