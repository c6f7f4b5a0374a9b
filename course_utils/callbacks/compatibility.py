"""Which callbacks work on `cu.Sequential`, and what Keras's own need there. Looked at before training starts.

Keras's callbacks ask the model for `stop_training`, `get_weights`, `set_weights`, `save_weights` and
`optimizer.learning_rate`, which a Sequential has. Those that ask for more are refused in a sentence.
"""

from collections.abc import Iterable
from typing import Any

from course_utils.callbacks.callback_list import HOOKS
from course_utils.checkpoints.formats import keras_classes
from course_utils.checks import argument_error, did_you_mean

# Keras's callback: what it needs and a Sequential has not
REFUSED = {
    "BackupAndRestore": "a Keras model, whose run it takes up again from its files",
    "OrbaxCheckpoint": "the state of a Keras model",
    "SwapEMAWeights": "an optimizer with use_ema=True",
    "TensorBoard": "the graph of a Keras model",
}
RATE_CHANGERS = {"LearningRateScheduler", "ReduceLROnPlateau"}


def compatible_callbacks(name: str, callbacks: Any, measured: Iterable[str], optimizer: Any) -> list[Any]:
    """Return the callbacks as a list, ready for a run; refuse what could not work in it.

    Parameters
    ----------
    name : str
        Of the function that was called.
    callbacks : list or None
    measured : iterable of str
        The names that `logs` will hold at the end of an epoch.
    optimizer : Optimizer

    Raises
    ------
    ValueError
    """
    callbacks = [] if callbacks is None else callbacks
    if not isinstance(callbacks, (list, tuple)):
        raise argument_error(name, "callbacks must be a list", "[callback, …]", type(callbacks).__name__)
    for callback in callbacks:
        problem = _problem(callback, list(measured), optimizer)
        if problem is not None:
            raise argument_error(name, *problem)
    for callback in callbacks:
        _settle_direction(callback)
    return list(callbacks)


def _problem(callback: Any, measured: list[str], optimizer: Any) -> tuple[Any, ...] | None:
    """Return what is wrong with a callback, as what, expected, received, hint; None where it will do."""
    kind = type(callback).__name__
    if isinstance(callback, type):
        return f"{callback.__name__} is a class", "an object of it", "the class itself", f"{callback.__name__}(…)"
    if not any(hasattr(callback, hook) for hook in HOOKS):
        return "a callback has no hook", "a cu.callbacks.Callback, with on_epoch_end for example", kind
    keras = keras_classes(callback)
    for refused in keras & REFUSED.keys():
        return f"{refused} works with Keras's models only", f"a model with {REFUSED[refused]}", "cu.Sequential"
    if "ModelCheckpoint" in keras and not callback.save_weights_only:
        what = "ModelCheckpoint cannot save a whole cu.Sequential"
        return what, "save_weights_only=True", "save_weights_only=False", 'a path that ends in ".weights.h5"'
    if keras & RATE_CHANGERS and callable(optimizer.learning_rate):
        what = f"{kind} sets the learning rate, and so does the optimizer's schedule"
        return what, "a number as learning_rate, or no such callback", type(optimizer.learning_rate).__name__
    monitor = getattr(callback, "monitor", None)
    if monitor is None or not getattr(callback, "save_best_only", True):
        return None
    if monitor not in [*measured, "learning_rate"]:  # which Keras's own callbacks add
        what = f"{kind} watches what is not measured in this run"
        return what, ", ".join(measured), repr(monitor), monitor_hint(monitor, measured)
    return None


def monitor_hint(monitor: Any, measured: Iterable[str]) -> str | None:
    """Return what helps somebody whose callback watches what is not measured; None where nothing is known.

    Examples
    --------
    >>> monitor_hint("val_loss", ["loss"])
    'give fit validation_data or validation_split'
    >>> monitor_hint("val_acc", ["loss", "accuracy", "val_loss", "val_accuracy"])
    "did you mean 'val_accuracy'?"
    """
    monitor, measured = str(monitor), list(measured)
    has_validation = any(name.startswith("val_") for name in measured)
    if monitor.startswith("val_") and not has_validation:
        return "give fit validation_data or validation_split"
    return did_you_mean(monitor, measured)


def _settle_direction(callback: Any) -> None:
    """Tell a Keras callback in mode "auto" whether more is better: it would ask Keras's metrics, which are not here."""
    if "MonitorCallback" in keras_classes(callback) and callback.mode == "auto":
        callback.mode = "max" if "acc" in callback.monitor else "min"
