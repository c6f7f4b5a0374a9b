"""ProgressBar: one line for all epochs, and a constant text in a stored notebook."""

from typing import Any

from course_utils.callbacks.callback import Callback, Logs
from course_utils.notebook import in_notebook


class ProgressBar(Callback):
    """One tqdm bar for all epochs, with loss and accuracy: a widget in a notebook, text elsewhere.

    `Sequential.fit` shows it by itself. For a Keras model use it with `verbose=0`, for then Keras is silent.
    The stored notebook keeps a constant line in the bar's place, so that it does not depend on the clock.

    Examples
    --------
    model.fit(x, y, epochs=3, verbose=0, callbacks=[cu.progress_bar()])
    """

    bar: Any = None

    def on_train_begin(self, logs: Logs = None) -> None:
        total = self.params["epochs"] * (self.params["steps"] or 0)
        # twice a second: a kernel's messages are lost beyond some thousands where nobody reads them meanwhile
        self.bar = new_bar(total=total, mininterval=0.5)

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:
        self.bar.set_description(f"epoch {epoch + 1}/{self.params['epochs']}", refresh=False)

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        if self.bar.update(1):  # true twice a second at most, by tqdm's own clock
            self._write(logs)

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        self._write(logs)

    def on_train_end(self, logs: Logs = None) -> None:
        self.close()

    def close(self) -> None:
        """Leave the bar as it is."""
        if self.bar is not None:
            self.bar.close()

    def _write(self, logs: Logs) -> None:
        """Write the numbers beside the bar."""
        self.bar.set_postfix({key: f"{value:.4f}" for key, value in (logs or {}).items()})


def progress_bar() -> ProgressBar:
    """Return a callback for `fit` that shows one bar for all epochs, with loss and accuracy: a ProgressBar."""
    return ProgressBar()


def new_bar(**options: Any) -> Any:
    """Return a tqdm bar: a widget in a notebook, where a constant line is stored in its place; text elsewhere."""
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
