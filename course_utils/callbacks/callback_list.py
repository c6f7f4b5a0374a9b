"""CallbackList: several callbacks, called as one by a training loop."""

from collections.abc import Iterable
from typing import Any

from course_utils.callbacks.callback import Logs
from course_utils.callbacks.progress import ProgressBar

# what `Sequential.fit` calls; a callback need not have all of them
HOOKS = (
    "on_train_begin",
    "on_train_end",
    "on_epoch_begin",
    "on_epoch_end",
    "on_train_batch_begin",
    "on_train_batch_end",
    "on_test_begin",
    "on_test_end",
    "on_stopped",
)


class CallbackList:
    """Callbacks in their order: each method calls the method of the same name of all that have it.

    Whatever a callback raises goes through to the caller, and so ends the training.

    Parameters
    ----------
    callbacks : iterable of Callback
        Keras's own are welcome; so is an object with only a few of the hooks.
    model : Sequential or LogisticNeuron
    params : dict
        epochs, steps, verbose.
    """

    def __init__(self, callbacks: Iterable[Any], model: Any, params: dict[str, Any]):
        self.callbacks = list(callbacks)
        for callback in self.callbacks:
            if hasattr(callback, "set_model"):
                callback.set_model(model)
            if hasattr(callback, "set_params"):
                callback.set_params(params)
        # looked up once: the loop comes by at every batch
        self._hooks = {
            hook: [getattr(callback, hook) for callback in self.callbacks if hasattr(callback, hook)] for hook in HOOKS
        }

    def on_train_begin(self) -> None:
        for call in self._hooks["on_train_begin"]:
            call({})

    def on_train_end(self, logs: Logs = None) -> None:
        for call in self._hooks["on_train_end"]:
            call(logs)

    def on_epoch_begin(self, epoch: int) -> None:
        for call in self._hooks["on_epoch_begin"]:
            call(epoch, {})

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """Call with the same logs in turn: what one callback adds, the next one finds, as in Keras."""
        for call in self._hooks["on_epoch_end"]:
            call(epoch, logs)

    def on_train_batch_begin(self, batch: int) -> None:
        for call in self._hooks["on_train_batch_begin"]:
            call(batch, {})

    def on_train_batch_end(self, batch: int, logs: Logs) -> None:
        for call in self._hooks["on_train_batch_end"]:
            call(batch, logs)

    def on_test_begin(self) -> None:
        for call in self._hooks["on_test_begin"]:
            call({})

    def on_test_end(self, logs: Logs) -> None:
        for call in self._hooks["on_test_end"]:
            call(logs)

    def on_stopped(self, sentence: str) -> bool:
        """Tell why the run ended early; return whether anyone wanted to know."""
        for call in self._hooks["on_stopped"]:
            call(sentence)
        return bool(self._hooks["on_stopped"])

    def close(self) -> None:
        """Close the progress bars, however the run has ended."""
        for callback in self.callbacks:
            if isinstance(callback, ProgressBar):
                callback.close()
