"""History: what a training run remembers."""

from course_utils.callbacks import Callback
from course_utils.callbacks.callback import Logs


class History(Callback):
    """Record of a training run, shaped as in Keras; the callback that `fit` adds by itself and returns.

    Attributes
    ----------
    epoch : list of int
        0, 1, 2, … for the epochs that were finished.
    history : dict of str to list of float
        loss, accuracy, val_loss, val_accuracy: one value for each finished epoch.
    stopped : str or None
        Why the run was cut short, by an interrupt or because it diverged, in one sentence.

    Examples
    --------
    >>> h = History()
    >>> h.append({"loss": 0.5})
    >>> h.history
    {'loss': [0.5]}
    """

    def __init__(self) -> None:
        self.epoch: list[int] = []
        self.history: dict[str, list[float]] = {}
        self.stopped: str | None = None

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        self.append(logs or {})

    def append(self, logs: dict[str, float]) -> None:
        """Add the values of one finished epoch."""
        self.epoch.append(len(self.epoch))
        for key, value in logs.items():
            self.history.setdefault(key, []).append(float(value))

    def __repr__(self) -> str:
        last = ", ".join(f"{key} {values[-1]:.4f}" for key, values in self.history.items())
        return f"<History of {len(self.epoch)} epochs{': ' + last if last else ''}>"
