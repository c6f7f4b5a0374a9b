"""Callbacks of `Sequential.fit`: two of Keras's hooks, called after each batch and after each epoch."""

from course_utils._checks import argument_error
from course_utils.models.history import Progress

HOOKS = ("on_train_batch_end", "on_epoch_end")


def kept(model, logs, prefix=""):
    """Leave out the accuracy where it was not compiled."""
    return {prefix + key: value for key, value in logs.items() if key == "loss" or key in model.metrics}


def checked(callbacks):
    """Return the callbacks as a list; refuse what has neither of the hooks."""
    callbacks = [] if callbacks is None else callbacks
    if not isinstance(callbacks, (list, tuple)):
        raise argument_error("Sequential.fit", "callbacks must be a list", "[callback, …]", type(callbacks).__name__)
    for callback in callbacks:
        if not any(hasattr(callback, hook) for hook in HOOKS):
            received = type(callback).__name__
            raise argument_error("Sequential.fit", "a callback has no hook", " or ".join(HOOKS), received)
    return list(callbacks)


class Told(Progress):
    """A Progress that tells callbacks too. Whatever a callback raises ends the training; the weights stay."""

    def __init__(self, model, callbacks, *bar):
        super().__init__(*bar)
        self.model, self.callbacks, self.epoch, self.batch = model, callbacks, 0, 0

    def start(self, epoch):
        super().start(epoch)
        self.epoch, self.batch = epoch, 0

    def step(self, running):
        super().step(running)
        self._tell("on_train_batch_end", self.batch, kept(self.model, running.logs()))
        self.batch += 1

    def end_epoch(self, logs):
        super().end_epoch(logs)
        self._tell("on_epoch_end", self.epoch, dict(logs))

    def stopped(self, sentence):
        """Tell why the run ended early; print it where no callback wants to know."""
        if not self._tell("on_stopped", sentence):
            super().stopped(sentence)

    def _tell(self, hook, *what):
        hooks = [getattr(callback, hook) for callback in self.callbacks if hasattr(callback, hook)]
        for call in hooks:
            call(*what)
        return bool(hooks)
