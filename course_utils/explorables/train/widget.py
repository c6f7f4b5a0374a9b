"""Train a model while looking on: learning rate, batch size and width to choose, curves that grow, a Stop button."""

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as wd
import numpy as np

from course_utils import checks, interrupts
from course_utils.explorables.train.curves import Curves
from course_utils.explorables.train.run import Run
from course_utils.explorables.train.settings import check_build, pairs, setting, sizes, slider
from course_utils.explorables.train.status import progress_bar, run_in_words
from course_utils.explorables.train.worker import Worker, take_over
from course_utils.live_figures.controls import Controls, Slider, Spec
from course_utils.live_figures.page.telling import tell_strip
from course_utils.live_figures.screen import Screen
from course_utils.live_figures.widget import Board, Strip
from course_utils.notebook import in_notebook

INTERRUPTED = "interrupted"
ALT = "Loss and accuracy over the epochs of training"


class Train(Board):
    """A training run to steer and to watch; made by `train`.

    Attributes
    ----------
    history : list of Run
        One record for each run: `.settings`, `.history` as Keras's, `.curves`, `.stopped`.
    model
        The last trained model, or None.
    training : bool
        Whether a run goes on.
    values : dict
        What the sliders say, for the next run.
    status, png
        As in every explorable: the line of words, and the picture.
    """

    def __init__(self, build: Callable, data: tuple, sliders: Mapping[str, Spec]):
        self._build, self._data = build, data
        self._worker: Worker | None = None
        self._listener: int | None = None
        self.history: list[Run] = []
        self.model = None
        self.controls = Controls(sliders)
        self._strip = Strip(self.controls, tell_strip(self.controls))  # of the next run: nothing to draw until then
        self._train = wd.Button(description="Train", icon="play", tooltip="start a run with these settings")
        self._stop = wd.Button(description="Stop", icon="stop", tooltip="end the run, keep its weights", disabled=True)
        self._progress = wd.HTML(progress_bar(None), layout=wd.Layout(width="100%", margin="6px 0 0 0"))
        reset = wd.Button(description="Reset", tooltip="all sliders back to the start")
        for button, pressed in ((self._train, self.start), (self._stop, self.stop), (reset, self.reset)):
            button.on_click(lambda _, pressed=pressed: pressed())
        self._curves = Curves()
        screen = Screen(self._curves.fig, self._curves.artists, f"{ALT}.")
        buttons = [self._train, self._stop, reset]
        super().__init__(screen, _board(screen, self._strip, buttons, self._progress))
        take_over(None, "another view was opened")
        screen.still.show(self._update)

    @property
    def training(self) -> bool:
        return self._worker is not None

    @property
    def values(self) -> dict[str, Any]:
        values = self.controls.positions
        # Keras takes no whole number for a rate
        return values | {"learning_rate": float(values["learning_rate"]), "batch_size": int(values["batch_size"])}

    def move(self, **values: float) -> None:
        """Set sliders, as a hand would, for the next run."""
        self._strip.move(**{name: str(v) if name == "batch_size" else v for name, v in values.items()})

    def reset(self) -> None:
        """Set every slider back to its start, for the next run."""
        self._strip.reset()

    def start(self, **settings: float) -> None:
        """Start a run in the background. What `settings` leaves out, the sliders say; another run is stopped."""
        self.move(**{name: setting(name, value, self.controls.specs) for name, value in settings.items()})
        take_over(None, "another run was started")
        batches = -(-len(self._data[0][0]) // self.values["batch_size"])
        record = Run(self.values, steps=batches * self.values["epochs"])
        self.history.append(record)
        self.still.alt = f"{ALT}: {record.label}, epochs {record.settings['epochs']}."
        self._worker = Worker(self._build, self._data, record, self.model, self._tell, self._done)
        self._press()
        self._listener = interrupts.listen(lambda: self.stop(INTERRUPTED))
        take_over(self._worker, "another run was started")

    def stop(self, why: str = "") -> None:
        """Ask the run to end: it takes its step to the end, and keeps its weights."""
        if self._worker is not None:
            self._worker.stop(why)

    def wait(self) -> None:
        """Block until the run has ended. An interrupt of the kernel stops the run, and goes on."""
        worker = self._worker
        if worker is None:
            return
        try:
            while worker.is_alive():
                worker.join(0.1)
        except KeyboardInterrupt:
            worker.stop(INTERRUPTED)
            worker.join()
            raise

    def run(self, **settings: float) -> None:
        """Show the view, train with these settings, and come back when the run has ended."""
        self.start(**settings)
        shown = self.display() if in_notebook() else None
        try:
            self.wait()
        finally:
            if shown is not None:  # so that a stored notebook keeps the last picture, not the first
                data, metadata = self._repr_mimebundle_()
                shown.update(data, metadata=metadata, raw=True)

    def close(self) -> None:
        self.stop("the view was closed")
        super().close()

    def render(self) -> None:
        """Draw the runs as they are now, and say how the last one stands."""
        self.still.show(self._update, problem=bool(self.history and self.history[-1].failed))

    def _press(self):
        self._train.disabled, self._stop.disabled = self.training, not self.training

    def _tell(self, worker):
        if worker is self._worker:
            self.render()

    def _done(self, worker):
        if worker is not self._worker:
            return
        self.model = worker.model if worker.record.step else self.model
        self.render()
        interrupts.forget(self._listener)
        self._worker = None
        self._press()

    def _update(self):
        if self._curves.draw(self.history):
            self.still.picture.renew()
        current = self.history[-1] if self.history else None
        self._progress.value = progress_bar(current)
        return run_in_words(current)


def _board(screen, strip, buttons, progress):
    """Return the controls, the buttons and the words at the left of the picture."""
    for button in buttons:
        button.layout = wd.Layout(width="90px", margin="8px 8px 0 0")
    layout = wd.Layout(width="340px", max_width="100%", margin="0 16px 8px 0")
    left = wd.VBox([strip, wd.HBox(buttons), progress, screen.line], layout=layout)
    return [wd.Box([left, screen.image], layout=wd.Layout(flex_flow="row wrap", width="100%"))]


def train(
    build: Callable[[float, int], Any],
    data: tuple[np.ndarray, np.ndarray] | tuple[tuple, tuple],
    *,
    learning_rate: float | Slider = 0.1,
    batch_size: int = 32,
    width: int | Slider = 64,
    epochs: int | Slider = 5,
) -> Train:
    """Return a training run to steer: sliders, Train and Stop, a progress bar, and curves that grow.

    The run goes on in a thread, so that other cells run meanwhile. There is one run at a time: a new view, or
    Train in another one, stops it. `view.run()` trains and waits, as a stored lesson needs it.

    Parameters
    ----------
    build : callable
        Called as `build(learning_rate, width)`, in the thread; returns a new compiled model, cu.Sequential or Keras's.
        It sets the seed itself where runs are to start from the same weights.
    data : (x, y) or ((x, y), (x_val, y_val))
        Training set, and validation set measured after each epoch.
    learning_rate, width, epochs : number or Slider
        Where the slider starts, or the slider itself.
    batch_size : int
        Where the choice starts; it offers the powers of two too.

    Raises
    ------
    TypeError, ValueError
        If build or data do not fit. What goes wrong while training is said below the buttons.

    >>> import course_utils as cu
    >>> def build(learning_rate, width):
    ...     model = cu.Sequential([cu.Input((2,)), cu.Dense(width, "tanh"), cu.Dense(1, "sigmoid")], rng=0)
    ...     model.compile(cu.SGD(learning_rate), "binary_crossentropy")
    ...     return model
    >>> view = train(build, cu.logic_gate("XOR"), width=4)
    >>> view.run(learning_rate=1.0, epochs=20)
    >>> len(view.history[-1].history["loss"])
    20
    """
    check_build(build)
    sets = pairs(data)
    examples = len(sets[0][0])
    size = min(checks.whole("train", "batch_size", batch_size), examples)
    sliders: dict[str, Spec] = {
        "learning_rate": slider("learning rate", learning_rate, 1e-5, 10, log=True),
        "batch_size": sizes(size, examples),
        "width": slider("width", width, 1, 256),
        "epochs": slider("epochs", epochs, 1, 20),
    }
    view = Train(build, sets, sliders)
    view.move(batch_size=size)
    return view
