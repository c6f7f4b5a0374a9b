"""The callback that keeps the best epoch of a Keras run, whatever happens to the file."""

import importlib
import math

from course_utils import _checks
from course_utils._checks import argument_error
from course_utils.checkpoints.formats import KerasForm
from course_utils.checkpoints.weights import check_place, save_weights, with_ending


def best(path, *, monitor="val_loss", mode="auto"):
    """Callback for Keras's `fit` that keeps the weights of the best epoch, in memory and in a file.

    Where ModelCheckpoint ends the run with an error because the file cannot be written, this one says so
    and goes on: `restore()` brings the best weights back, whether they reached the file or not.

    Parameters
    ----------
    path : str or path
        Ends in `.weights.h5`. Tried out at once.
    monitor : str
        What decides: val_loss, val_accuracy, loss, …
    mode : str
        "min", "max", or "auto": the largest is best for names that hold "acc", the smallest for all others.

    Returns
    -------
    keras.callbacks.Callback
        With `.epoch` (from 0), `.value` and `.weights` of the best epoch, `.is_saved` and `.restore()`.

    Raises
    ------
    OSError
        If the path cannot be written at the start.

    Examples
    --------
    >>> keep = best("runs/best.weights.h5")  # doctest: +SKIP
    >>> model.fit(x, y, validation_split=0.1, epochs=20, callbacks=[keep])  # doctest: +SKIP
    >>> keep.restore()  # doctest: +SKIP
    """
    signs = {"min": -1, "max": 1, "auto": 1 if "acc" in str(monitor) else -1}
    sign = _checks.choice("best", "mode", mode, signs)
    check_place(with_ending("best", path, KerasForm.suffix))
    keras = importlib.import_module("keras")  # only now: there is a Keras model to train
    return type("Best", (_Best, keras.callbacks.Callback), {})(path, monitor, sign)


class _Best:
    """What the callback does; Keras's Callback, below it, does nothing at all the other moments."""

    def __init__(self, path, monitor, sign):
        super().__init__()
        self.path, self.monitor, self._sign = path, monitor, sign
        self.epoch = self.value = self.weights = None
        self.is_saved, self._told = False, False

    def on_epoch_end(self, epoch, logs=None):
        """Keep the weights if they are the best so far; NaN never is."""
        value = _measured(logs or {}, self.monitor)
        if math.isnan(value) or (self.weights is not None and not self._sign * (value - self.value) > 0):
            return
        self.epoch, self.value, self.weights = epoch, value, self.model.get_weights()
        self.is_saved = self._save()

    def _save(self):
        try:
            save_weights(self.model, self.path)
        except OSError as error:
            if not self._told:
                print(f"{error} Training goes on; restore() brings the best weights back from memory.")
            self._told = True
            return False
        return True

    def restore(self):
        """Bring the weights of the best epoch back into the model."""
        if self.weights is None:
            raise argument_error("restore", "there is no best epoch yet", "one finished epoch at least", "none")
        self.model.set_weights(self.weights)


def _measured(logs, monitor):
    if monitor in logs:
        return float(logs[monitor])
    hint = "give fit validation_data or validation_split" if str(monitor).startswith("val_") else None
    raise argument_error(
        "best", "monitor is not measured in this run", ", ".join(logs) or "nothing", repr(monitor), hint
    )
