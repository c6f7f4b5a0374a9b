"""The bar of `Sequential.fit` for a Keras model: one line for all epochs, and a constant text in a stored notebook."""

import importlib

from course_utils.models.history import Progress


def progress_bar():
    """Return a callback for Keras's `fit` that shows one bar for all epochs, with loss and accuracy.

    Use it with `verbose=0`, for then Keras is silent. The stored notebook keeps a constant line in the bar's
    place, so that it does not depend on the clock.

    Returns
    -------
    keras.callbacks.Callback

    Examples
    --------
    model.fit(x, y, epochs=3, verbose=0, callbacks=[cu.progress_bar()])
    """
    callbacks = importlib.import_module("keras.callbacks")  # no module of the package imports Keras by itself
    return type("ProgressBar", (_Bar, callbacks.Callback), {})()


class _Bar:
    """The hooks; Keras's own class comes to it at the first use."""

    progress = None

    def on_train_begin(self, logs=None):
        self.progress = Progress(self.params["epochs"], self.params["steps"] or 0, verbose=1)

    def on_epoch_begin(self, epoch, logs=None):
        self.progress.start(epoch)

    def on_train_batch_end(self, batch, logs=None):
        if self.progress.bar.update(1):  # true twice a second at most, by tqdm's own clock
            self.progress.show(logs or {})

    def on_epoch_end(self, epoch, logs=None):
        self.progress.show(logs or {})

    def on_train_end(self, logs=None):
        self.progress.close()
