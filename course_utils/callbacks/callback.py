"""Callback: the moments of a training run at which other code may look at it, named as in Keras."""

from typing import Any

Logs = dict[str, float] | None


class Callback:
    """Base class of callbacks: Keras's hooks, as methods that do nothing.

    A subclass overrides the moments that it cares about. The same object works in Keras's `fit`, which asks for
    these methods and not for a class of its own, and in `Sequential.fit`.

    Attributes
    ----------
    model : Sequential or keras.Model
        The model that is being trained. `model.stop_training = True` ends the run after the batch or the epoch.
    params : dict
        epochs, steps (batches in an epoch; None where Keras does not know), verbose.

    Notes
    -----
    `logs` holds the values so far by name: loss and accuracy as means over the epoch, and val_loss, val_accuracy at
    its end. `Sequential.fit` measures its validation data in one go, between on_test_begin and on_test_end, and
    calls no hook of prediction. A callback with a method `on_stopped(sentence)` is told by it, in the place of the
    printed sentence, why a run diverged or was interrupted.

    Examples
    --------
    >>> import course_utils as cu
    >>> class Tell(Callback):
    ...     def on_epoch_end(self, epoch, logs=None):
    ...         print(f"epoch {epoch}: loss {logs['loss']:.2f}")
    >>> model = cu.Sequential([cu.Input(1), cu.Dense(1, kernel_initializer="zeros")])
    >>> model.compile(cu.SGD(0.5), "mse", metrics=())
    >>> _ = model.fit([[1.0]], [[2.0]], epochs=2, verbose=0, callbacks=[Tell()])
    epoch 0: loss 4.00
    epoch 1: loss 4.00
    """

    model: Any = None
    params: Any = None

    def set_model(self, model: Any) -> None:
        """Take the model that is about to be trained."""
        self.model = model

    def set_params(self, params: dict[str, Any]) -> None:
        """Take the number of epochs and of steps."""
        self.params = params

    def on_train_begin(self, logs: Logs = None) -> None:
        """Called once, before the first epoch."""

    def on_train_end(self, logs: Logs = None) -> None:
        """Called once, after the last epoch."""

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:
        """Called before each epoch 0, 1, 2, …"""

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Called after each epoch, with its logs."""

    def on_train_batch_begin(self, batch: int, logs: Logs = None) -> None:
        """Called before each batch 0, 1, 2, … of an epoch."""

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Called after the step of each batch, with the logs of the epoch so far."""

    def on_batch_begin(self, batch: int, logs: Logs = None) -> None:
        """An older name of on_train_batch_begin, which Keras asks for."""

    def on_batch_end(self, batch: int, logs: Logs = None) -> None:
        """An older name of on_train_batch_end, which Keras asks for."""

    def on_test_begin(self, logs: Logs = None) -> None:
        """Called before a validation or an evaluation."""

    def on_test_end(self, logs: Logs = None) -> None:
        """Called after a validation or an evaluation, with its logs."""

    def on_test_batch_begin(self, batch: int, logs: Logs = None) -> None:
        """Called before each batch of Keras's validation or evaluation."""

    def on_test_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Called after each batch of Keras's validation or evaluation."""

    def on_predict_begin(self, logs: Logs = None) -> None:
        """Called before Keras's prediction."""

    def on_predict_end(self, logs: Logs = None) -> None:
        """Called after Keras's prediction."""

    def on_predict_batch_begin(self, batch: int, logs: Logs = None) -> None:
        """Called before each batch of Keras's prediction."""

    def on_predict_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Called after each batch of Keras's prediction."""
