"""BestWeights: the callback that keeps the best epoch of a run, whatever happens to the file."""

import math
from os import PathLike
from typing import Any

from course_utils import checks
from course_utils.callbacks.callback import Callback, Logs
from course_utils.callbacks.compatibility import monitor_hint
from course_utils.checkpoints.formats import check_ending, endings_of
from course_utils.checkpoints.weights import check_place, save_weights
from course_utils.checks import argument_error


class BestWeights(Callback):
    """Keeps the weights of the best epoch, in memory and in a file.

    Where Keras's ModelCheckpoint ends the run with an error because the file cannot be written, this one says so
    and goes on: `restore()` brings the best weights back, whether they reached the file or not.

    Parameters
    ----------
    path : str or path
        Ends in `.weights.h5`; for `cu.Sequential` also in `.weights.npz`. Tried out at once.
    monitor : str
        What decides: val_loss, val_accuracy, loss, …
    mode : str
        "min", "max", or "auto": the largest is best for names that hold "acc", the smallest for all others.

    Attributes
    ----------
    epoch : int
        Of the best weights, from 0; None before the first epoch has ended.
    value : float
        Of `monitor`, in that epoch; NaN before.
    weights : list of ndarray
    is_saved : bool
        The best weights have reached the file.

    Raises
    ------
    OSError
        If the path cannot be written at the start.

    Examples
    --------
    >>> keep = BestWeights("runs/best.weights.h5")  # doctest: +SKIP
    >>> model.fit(x, y, validation_split=0.1, epochs=20, callbacks=[keep])  # doctest: +SKIP
    >>> keep.restore()  # doctest: +SKIP
    """

    def __init__(self, path: str | PathLike, *, monitor: str = "val_loss", mode: str = "auto"):
        signs = {"min": -1, "max": 1, "auto": 1 if "acc" in str(monitor) else -1}
        self._sign = checks.choice("BestWeights", "mode", mode, signs)
        check_place(check_ending("BestWeights", path, ".weights.h5", ".weights.npz"))
        self.path, self.monitor = path, monitor
        self.epoch: int | None = None
        self.value = math.nan
        self.weights: list[Any] | None = None
        self.is_saved = self._has_complained = False

    def on_train_begin(self, logs: Logs = None) -> None:
        """Refuse, before the first epoch, a form of file that the model has not."""
        check_ending("BestWeights", self.path, *endings_of(self.model))

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Keep the weights if they are the best so far; NaN never is."""
        value = self._monitored(logs or {})
        if math.isnan(value):
            return
        if self.weights is None or self._sign * (value - self.value) > 0:
            self.epoch, self.value, self.weights = epoch, value, self.model.get_weights()
            self.is_saved = self._save()

    def restore(self) -> None:
        """Bring the weights of the best epoch back into the model."""
        if self.weights is None:
            raise argument_error("restore", "there is no best epoch yet", "one finished epoch at least", "none")
        self.model.set_weights(self.weights)

    def _monitored(self, logs: dict[str, Any]) -> float:
        if self.monitor in logs:
            return float(logs[self.monitor])
        what, measured = "monitor is not measured in this run", ", ".join(logs) or "nothing"
        raise argument_error("BestWeights", what, measured, repr(self.monitor), monitor_hint(self.monitor, logs))

    def _save(self) -> bool:
        """Write the file and return True; where that fails, complain once."""
        try:
            save_weights(self.model, self.path)
        except OSError as error:
            if not self._has_complained:
                print(f"{error} Training goes on; restore() brings the best weights back from memory.")
            self._has_complained = True
            return False
        return True
