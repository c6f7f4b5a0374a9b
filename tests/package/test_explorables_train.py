"""The view of a training run: equal weights, curves, early ends in words, and no thread left behind."""

import base64
import io
import threading
import time

import ipywidgets as wd
import numpy as np
import PIL.Image
import pytest

import course_utils as cu
from course_utils.explorables import Slider, train
from course_utils.explorables.train.curves import Curves
from course_utils.explorables.train.run import Run
from course_utils.explorables.train.status import progress_bar, run_in_words
from course_utils.live_figures.widget import Strip

rng = np.random.default_rng(0)
X = rng.normal(size=(50, 4)).astype(np.float32)
Y = (X[:, 0] > 0).astype(int)
DATA = (X, Y), (X[:20], Y[:20])


def network(learning_rate=0.5, width=5):
    model = cu.Sequential([cu.Input((4,)), cu.Dense(width, "relu"), cu.Dense(2, "softmax")], rng=0)
    model.compile(cu.SGD(learning_rate), "sparse_categorical_crossentropy")
    return model


class Fake:
    """A model whose fit says what it is told to say, and waits at the gate before each batch."""

    def __init__(self, losses=(), gate=None, error=None):
        self.losses, self.gate, self.error, self.steps = losses, gate, error, 0

    def fit(self, x, y, *, batch_size, epochs, validation_data, callbacks, verbose):
        (watch,) = callbacks
        for epoch in range(epochs):
            for batch in range(-(-len(x) // batch_size)):
                if self.gate is not None:
                    assert self.gate.wait(20)
                if self.error:
                    raise self.error
                loss = self.losses[self.steps] if self.steps < len(self.losses) else 1.0
                self.steps += 1
                watch.on_train_batch_end(batch, {"loss": loss})
            watch.on_epoch_end(epoch, {"loss": loss})


LONG = np.zeros((10**6, 1)), np.zeros(10**6)


class Slow(Fake):
    """Takes its time for each batch of LONG."""

    def fit(self, x, y, *, batch_size, callbacks, **_):
        for batch in range(len(x) // batch_size):
            time.sleep(0.002)
            self.steps += 1
            callbacks[0].on_train_batch_end(batch, {"loss": 1.0})


def threads():
    return [t for t in threading.enumerate() if t.name == "course_utils training"]


@pytest.fixture(autouse=True)
def _no_thread_is_left():
    yield
    for thread in threads():
        thread.stop()
        thread.join(20)
    assert threads() == []


def until(condition):
    for _ in range(2000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("waited in vain")


def slow(**options):
    """Return a view whose run goes on until somebody stops it."""
    view = train(lambda learning_rate, width: Slow(), LONG, **options)
    view.start()
    until(lambda: view.history[-1].step > 2)
    return view


def widgets(view, kind):
    below = [w for child in getattr(view, "children", ()) for w in widgets(child, kind)]
    return [view, *below] if isinstance(view, kind) else below


def button(view, name):
    return next(b for b in widgets(view, wd.Button) if b.description == name)


# --- the same weights as fit alone


@pytest.mark.parametrize("batch_size", [1, 16, 32, 50])
def test_the_view_trains_to_the_weights_of_fit_alone(batch_size):
    alone, view = network(0.1, 7), train(network, DATA, batch_size=batch_size)
    history = alone.fit(X, Y, batch_size=batch_size, epochs=3, validation_data=DATA[1], verbose=0)
    view.run(learning_rate=0.1, width=7, epochs=3)
    for a, b in zip(alone.get_weights(), view.model.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert view.history[0].history == history.history
    assert view.history[0].settings == {"learning_rate": 0.1, "batch_size": batch_size, "width": 7, "epochs": 3}


@pytest.fixture(scope="module")
def keras():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")
        yield pytest.importorskip("keras")


def keras_network(keras, loss="sparse_categorical_crossentropy", inputs=4):
    def build(learning_rate, width):
        keras.utils.set_random_seed(0)
        layers = [keras.Input((inputs,)), keras.layers.Dense(width, "relu"), keras.layers.Dense(2, "softmax")]
        model = keras.Sequential(layers)
        model.compile(keras.optimizers.SGD(learning_rate), loss, metrics=["accuracy"])
        return model

    return build


@pytest.mark.slow
def test_keras_trains_to_the_weights_of_its_fit_alone(keras):
    build = keras_network(keras)
    alone, view = build(0.1, 7), train(build, DATA, batch_size=16)
    history = alone.fit(X, Y, batch_size=16, epochs=3, validation_data=DATA[1], verbose=0)
    view.run(learning_rate=0.1, width=7, epochs=3)
    for a, b in zip(alone.get_weights(), view.model.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert view.history[0].history == history.history
    assert view.history[0].curves.keys() == {"loss", "accuracy"}


@pytest.mark.slow
def test_keras_stopped_in_an_epoch_can_be_trained_on(keras):
    view, taken = train(keras_network(keras), DATA, batch_size=1), []

    def tell(worker):
        taken.append(worker.record.step)
        if worker.record.step:
            worker.stop()

    view._tell = tell
    view.run(epochs=20)
    assert view.status.startswith("Stopped in epoch ")
    assert 0 < view.history[0].step < 1000
    assert view.model.optimizer.iterations.numpy() == view.history[0].step
    view.model.fit(X, Y, epochs=1, verbose=0)


def test_a_rate_that_breaks_keras_is_named(keras):
    view = train(keras_network(keras, "mse"), ((X, 1e30 * np.eye(2)[Y].astype("f"))))
    view.run(learning_rate=10)
    assert view.status.startswith("Stopped at step ")
    assert view.status.endswith("the loss is no longer finite. The learning rate 10 is too large.")


@pytest.mark.parametrize(
    ("options", "y", "sentence"),
    [
        ({}, Y + 2, "InvalidArgumentError: Received a label value of 3 which is outside the valid range of [0, 2)."),
        ({"inputs": 5}, Y, "expected axis -1 of input shape to have value 5, but received input with shape"),
        ({"loss": "categorical_crossentropy"}, Y, "must have the same rank (ndim)"),
    ],
)
def test_a_page_of_tensorflow_becomes_its_sentence(keras, options, y, sentence):
    if keras.backend.backend() != "tensorflow":
        pytest.skip("the pages of other backends have other words")
    view = train(keras_network(keras, **options), (X, y))
    view.run(epochs=1)
    assert sentence in view.status
    assert len(view.status) < 400
    assert "\n" not in view.status
    assert view.model is None


# --- curves and words


def test_points_are_means_over_the_steps_since_the_last_point():
    losses = [4.0, 3.0, 2.5, 2.0, 1.8]  # as Keras tells them: means over the epoch so far, the last batch has 2 of 50
    view = train(lambda learning_rate, width: Fake(losses), (X, Y), batch_size=12, epochs=1)
    view.run()
    run = view.history[0]
    np.testing.assert_allclose(run.at, [0.2, 0.4, 0.6, 0.8, 1.0])
    batches = [4.0, 2.0, 1.5, 0.5, (1.8 * 50 - 2.0 * 48) / 2]
    np.testing.assert_allclose(run.curves["loss"], batches)


@pytest.mark.parametrize(("batch_size", "epochs"), [(1, 1), (1, 7), (3, 20), (50, 300)])
def test_a_curve_has_about_100_points_and_every_epoch_its_end(batch_size, epochs):
    view = train(network, DATA, batch_size=batch_size, epochs=epochs)
    view.run()
    run = view.history[0]
    assert {*range(1, epochs + 1)} <= {*run.at}
    assert len(run.at) == len(run.curves["loss"]) <= max(100, epochs)
    assert np.diff([0, *run.at]).max() < 2 * np.diff([0, *run.at]).min() + 1e-9
    assert run.step == run.steps == -(-50 // batch_size) * epochs
    # the mean of equal stretches is the mean of the epoch
    if batch_size == 1:
        per_epoch = len(run.at) // epochs
        ends = np.diff([0, *run.at[:per_epoch]])
        np.testing.assert_allclose(np.dot(ends, run.curves["loss"][:per_epoch]), run.history["loss"][0], rtol=1e-9)


def test_earlier_runs_stay_as_grey_lines_with_their_settings():
    view = train(network, DATA, epochs=2)
    for rate in (0.01, 0.1, 0.2, 0.3, 0.4):
        view.run(learning_rate=rate)
    labels = [t.get_text() for legend in view._curves.fig.legends for t in legend.get_texts()]
    assert labels[:2] == ["training", "validation"]
    assert [label.partition(", batch")[0] for label in labels[2:]] == ["rate 0.1", "rate 0.2", "rate 0.3"]
    last = 100 * view.history[3].history["val_accuracy"][-1]
    assert labels[4] == f"rate 0.3, batch 32, width 64: {last:.1f} %"
    (grey,) = [line for line in view._curves.axes[0].lines if line.get_label() == labels[4]]
    np.testing.assert_array_equal(grey.get_ydata(), view.history[3].curves["loss"])
    np.testing.assert_array_equal(view._curves.axes[0].lines[0].get_ydata(), view.history[4].curves["loss"])
    np.testing.assert_array_equal(view._curves.axes[1].lines[1].get_ydata(), view.history[4].history["val_accuracy"])


def record(losses, metric=None, **more):
    settings = {"learning_rate": 0.1, "batch_size": 32, "width": 8, "epochs": 2}
    curves = {"loss": losses} | ({} if metric is None else metric)
    run = Run(settings, 100, step=100, at=list(np.linspace(0.1, 2, len(losses))), curves=curves, seconds=3.2)
    run.history = {"loss": [1.0, 0.25]} | more
    return run


def test_axes_hold_the_runs_and_a_wild_one_does_not_squash_the_others():
    curves, calm, wild = Curves(), record([2.3, 0.2]), record([1e6, 1e9])
    curves.draw([calm])
    assert curves.axes[0].get_ylim() == (0, 0.2)  # the first tenth of a run may leave the picture
    curves.draw([calm, wild])
    assert curves.axes[0].get_ylim() == (0, 5)  # twice 2.3, rounded up
    curves.draw([wild])
    assert curves.axes[0].get_ylim() == (0, 2e6)


@pytest.mark.parametrize(
    ("accuracies", "low"),
    [([0.1, 0.93], 0.9), ([0.1, 0.93, 0.85], 0.8), ([0.1, 0.5], 0.5), ([0.1, 0.2], 0), ([0.95], 0.9), ([0.3], 0)],
)
def test_the_axis_of_accuracy_begins_below_the_settled_values(accuracies, low):
    curves = Curves()
    curves.draw([record(accuracies, {"accuracy": accuracies})])
    assert curves.axes[1].get_ylim() == (low, 1)


def test_the_background_is_drawn_anew_only_when_it_changes():
    curves, run = Curves(), record([2.3])
    run.at, run.seconds = [0.1], 0.0
    assert curves.draw([run])
    for k in range(1, 20):
        run.at.append(0.1 + 0.1 * k)
        run.curves["loss"].append(2.0 / k)
        assert curves.draw([run]) == (k == 2)  # 0.2 epochs, a tenth of the run, are over


def test_another_metric_names_its_axis():
    curves = Curves()
    curves.draw([record([2.0, 1.0], {"mean_absolute_error": [30.0, 12.0]})])
    assert curves.axes[1].get_ylabel() == "mean absolute error"
    assert curves.axes[1].get_ylim() == (0, 12)


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (record([2.3, 0.2]), "Done in 3 s. Training: loss 0.25."),
        (
            record([2.3, 0.2], {"accuracy": [0.1, 0.9]}, accuracy=[0.5, 0.876], val_loss=[1, 0.3], val_accuracy=[0, 1]),
            "Done in 3 s. Training: loss 0.25, accuracy 87.6 %. Validation: loss 0.3, accuracy 100.0 %.",
        ),
        (record([2.3, 2.9]), "Done in 3 s. Training: loss 0.25. The loss has risen: a smaller learning rate may mend"),
        (record([2.368, 2.369]), "The loss has hardly moved: another learning rate may mend"),
        (record([2.368, 2.367]), "The loss has hardly moved: another learning rate may mend"),
        (record([9.0, 2.4], {"accuracy": [0.1, 0.1]}), "The accuracy has not risen: another learning rate may mend"),
    ],
)
def test_a_finished_run_in_words(run, words):
    assert words in run_in_words(run)


def test_a_single_measurement_is_not_judged():
    assert run_in_words(record([2.3], {"accuracy": [0.1]})) == "Done in 3 s. Training: loss 0.25."


def test_a_run_on_its_way_in_words():
    run = record([2.3, 0.2])
    run.seconds, run.step = 0.0, 51
    assert run_in_words(run) == "Rate 0.1, batch 32, width 8: epoch 2 of 2 is done. Training: loss 0.25."
    assert 'value="0.51"' in progress_bar(run)
    assert "step 51 of 100, loss 0.2" in progress_bar(run)
    run.history = {}
    assert run_in_words(run) == "Rate 0.1, batch 32, width 8: the first of 2 epochs."


def test_the_stored_output_shows_the_finished_run_with_its_settings():
    view = train(network, DATA, epochs=2)
    empty = view.png
    view.run(learning_rate=0.2)
    data, metadata = view._repr_mimebundle_()
    stored, seen = (PIL.Image.open(io.BytesIO(png)) for png in (base64.b64decode(data["image/png"]), view.png))
    np.testing.assert_array_equal(np.asarray(stored.convert("RGB")), np.asarray(seen.convert("RGB")))
    assert view.png != empty
    alt = "Loss and accuracy over the epochs of training: rate 0.2, batch 32, width 64, epochs 2."
    assert data["text/plain"] == f"<explorable: {alt}>"
    assert metadata["image/png"]["alt"] == alt
    assert widgets(view, wd.Image)[0].tooltip == alt


# --- buttons, threads, early ends


def test_train_and_stop_by_button_while_sliders_move():
    view = train(lambda learning_rate, width: Slow(), LONG)
    assert (button(view, "Train").disabled, button(view, "Stop").disabled) == (False, True)
    button(view, "Train").click()
    assert (button(view, "Train").disabled, button(view, "Stop").disabled) == (True, False)
    until(lambda: view.history[0].step > 2)
    (strip,) = widgets(view, Strip)
    strip.state = {"values": strip.state["values"] | {"learning_rate": 1.0, "batch_size": "8"}, "by": "a page"}
    assert view.values == {"learning_rate": 1.0, "batch_size": 8, "width": 64, "epochs": 5}
    assert view.history[0].settings["learning_rate"] == 0.1
    began = time.monotonic()
    button(view, "Stop").click()
    view.wait()
    assert time.monotonic() - began < 5
    assert view.status.startswith("Stopped in epoch 1 of 5, after ")
    assert view.status.endswith(" steps. The weights so far are kept.")
    assert view.model.steps == view.history[0].step
    assert (button(view, "Train").disabled, button(view, "Stop").disabled) == (False, True)


def test_pictures_come_while_it_trains_and_not_for_every_step():
    view, shown = train(lambda learning_rate, width: Slow(), LONG, batch_size=256), []
    widgets(view, wd.Image)[0].observe(lambda change: shown.append(view.history[0].step), "value")
    view.start()
    until(lambda: len(shown) >= 3)
    view.stop()
    view.wait()
    assert min(np.diff(sorted({*shown}))[:-1], default=9) > 3


@pytest.mark.parametrize("how", ["another view", "another start", "close", "close all"])
def test_a_run_ends_when_its_view_is_replaced_or_closed(how):
    view = slow()
    if how == "another view":
        train(network, DATA)
    elif how == "another start":
        view.start()
        until(lambda: view.history[1].step > 2)
        assert view.history[0].stopped.endswith("steps: another run was started. The weights so far are kept.")
        assert len(threads()) == 1
        view.stop()
    elif how == "close":
        view.close()
    else:
        wd.Widget.close_all()
    until(lambda: not threads())
    assert view.history[0].stopped.startswith("Stopped in epoch 1 of 5")


def test_an_interrupt_while_waiting_stops_the_run_and_keeps_its_weights(monkeypatch):
    view = slow()
    join, calls = threading.Thread.join, []

    def interrupted(thread, timeout=None):
        calls.append(timeout)
        if len(calls) == 1:
            raise KeyboardInterrupt
        join(thread, timeout)

    monkeypatch.setattr(threading.Thread, "join", interrupted)
    with pytest.raises(KeyboardInterrupt):  # so that the cells below do not run
        view.wait()
    assert "steps: interrupted. The weights so far are kept." in view.status
    assert view.model.steps == view.history[0].step
    assert not view.training


def test_wait_without_a_run_comes_back_at_once():
    train(network, DATA).wait()


def test_another_run_follows_a_stopped_one():
    view, models = train(lambda learning_rate, width: models.pop(0), LONG, epochs=1), [Slow(), Fake()]
    view.start()
    until(lambda: view.history[0].step)
    view.stop()
    view.wait()
    view.run(batch_size=512)
    assert view.status.startswith("Done in ")
    assert [run.stopped is None for run in view.history] == [False, True]


def failing(learning_rate, width):
    raise RuntimeError(f"no {width} & more")


ONE = network()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("build", "sentence"),
    [
        (failing, 'RuntimeError: no 64 & more – in failing, line 351: raise RuntimeError(f"no {width} & more")'),
        (lambda learning_rate, width: None, "build must return a compiled model. Expected: cu.Sequential or Keras's. "),
        (lambda learning_rate, width: None, "Received: nothing. Hint: return model."),
        (lambda learning_rate, width: 3, "Received: int."),
        (lambda learning_rate, width: cu.Sequential([cu.Dense(2)]), "the model is not compiled."),
        (lambda learning_rate, width: cu.LogisticNeuron(4), "TypeError: LogisticNeuron.fit() got an unexpected"),
        (lambda learning_rate, width: Fake(error=ValueError("a\nb")), "ValueError: a"),
        (lambda learning_rate, width: Fake(error=ValueError("x" * 999)), "x" * 290),
        (lambda learning_rate, width: Fake(error=SystemExit(3)), "SystemExit: 3"),
        (lambda learning_rate, width: Fake(error=MemoryError()), "MemoryError"),
        (lambda learning_rate, width: Fake([np.nan]), "at step 1: the loss is no longer finite. The learning rate 0.1"),
        (lambda learning_rate, width: Fake([1.0, np.inf]), "Stopped at step 2: the loss is no longer finite."),
        (lambda learning_rate, width: network(1e38), "The learning rate is probably too large. The last finite wei"),
    ],
)
def test_what_goes_wrong_in_the_thread_is_said(build, sentence, capfd):
    view = train(build, (1e3 * X, Y), epochs=20)
    view.run()
    assert sentence in view.status.replace(f"line {failing.__code__.co_firstlineno + 1}", "line 351")
    assert 'role="alert"' in view.screen.line.value
    assert not view.training
    assert len(view.status) < 400
    assert capfd.readouterr() == ("", "")
    view._build = network
    view.run(epochs=1, learning_rate=0.01)
    assert view.status.startswith("Done in ")
    assert 'role="status"' in view.screen.line.value


def test_numbers_that_are_none_are_found_in_the_data():
    x = X.copy()
    x[3, 1] = np.nan
    view = train(lambda learning_rate, width: Fake([np.nan]), (x, Y))
    view.run()
    assert view.status == "Stopped at step 1: the examples hold NaN or infinity."


@pytest.mark.parametrize("what", ["examples", "targets"])
def test_numbers_that_are_none_are_found_in_the_validation_set(what):
    def build(learning_rate, width):
        model = cu.Sequential([cu.Input((4,)), cu.Dense(1)], rng=0)
        model.compile(cu.SGD(learning_rate), "mse")
        return model

    validation = {"examples": X[:20].copy(), "targets": X[:20, :1].copy()}
    validation[what][3] = np.nan
    view = train(build, ((X, X[:, :1]), tuple(validation.values())), learning_rate=0.01)
    view.run()
    assert view.status == f"Stopped at step 2: the validation {what} hold NaN or infinity."


def test_a_validation_set_that_was_not_measured_yet_is_not_blamed():
    x_val = X.copy()
    x_val[3] = np.nan
    view = train(lambda learning_rate, width: Fake([np.nan]), ((X, Y), (x_val, Y)))
    view.run()
    assert "The learning rate 0.1 is too large" in view.status


def test_a_build_that_returns_its_old_model_is_told_so():
    view = train(lambda learning_rate, width: ONE, DATA, epochs=1)
    view.run()
    view.run()
    assert "build must make a new model each time. Expected: a new one. Received: that of the run before" in view.status


# --- settings


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"learning_rate": 0}, "learning_rate is out of range. Expected: a number in .1e-05, 10.. Received: 0"),
        ({"learning_rate": "big"}, "learning_rate is out of range"),
        ({"learning_rate": np.nan}, "learning_rate is out of range"),
        ({"width": 2.5}, "width must be a whole number"),
        ({"width": 1000}, "width is out of range. Expected: a number in .1, 256.. Received: 1000"),
        ({"epochs": 0}, "epochs must be a whole number. Expected: an integer >= 1"),
        ({"batch_size": 33}, "unknown batch_size. Expected: 1, 2, 4, 8, 16, 32, 64. Received: '33'"),
        ({"rate": 1}, "unknown setting. Expected: learning_rate, batch_size, width, epochs. Received: 'rate'"),
    ],
)
def test_a_setting_off_its_slider_gets_a_sentence_and_starts_nothing(settings, sentence):
    view = train(network, DATA)
    with pytest.raises(ValueError, match=f"train: {sentence}"):
        view.run(**settings)
    assert view.history == []
    assert view.values == {"learning_rate": 0.1, "batch_size": 32, "width": 64, "epochs": 5}


def test_starts_outside_the_usual_range_widen_it():
    view = train(network, DATA, learning_rate=30, batch_size=100, width=2000, epochs=40)
    assert view.values == {"learning_rate": 30, "batch_size": 50, "width": 2000, "epochs": 40}


def test_a_slider_of_one_s_own_keeps_its_range_and_gets_the_label():
    view = train(network, DATA, width=Slider(2, 8, 2, 4))
    assert view.values["width"] == 4
    told = {one["label"]: one for one in widgets(view, Strip)[0].page["sliders"]}
    assert (told["width"]["lo"], told["width"]["hi"], told["width"]["step"]) == (2, 8, 2)
    view.reset()
    assert view.values["width"] == 4


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((3, DATA), "train: build must be a function. Expected: build.learning_rate, width.. Received: 3"),
        ((lambda rate: None, DATA), "train: build must take two values. .* Received: build.rate."),
        ((network, X), "train: data must be a pair. Expected: .x, y. or ..x, y., .x_val, y_val... Received: ndarray"),
        ((network, (X, Y, Y)), "train: data must be a pair"),
        ((network, (X, Y[:9])), "train: x and y must hold the same number of examples"),
        ((network, (X[:0], Y[:0])), "train: x is empty"),
        ((network, ((X, Y), (X, Y[:9]))), "train, validation: x and y must hold the same number"),
    ],
)
def test_wrong_arguments_get_a_sentence(arguments, sentence):
    with pytest.raises((TypeError, ValueError), match=sentence):
        train(*arguments)


def test_lists_and_bare_pairs_are_data_too():
    view = train(network, (X[:2].tolist(), [0, 1]), epochs=1)
    view.run()
    assert view.status.startswith("Done in 0 s. Training: loss ")
    assert "Validation" not in view.status


def test_all_controls_have_names_for_a_screen_reader():
    view = train(network, DATA)
    (strip,) = widgets(view, Strip)
    assert [one["label"] for one in strip.page["sliders"]] == ["learning rate", "batch size", "width", "epochs"]
    assert 'aria-label="progress of the training"' in view._progress.value
    assert widgets(view, wd.Image)[0].tooltip == "Loss and accuracy over the epochs of training."


def test_python_ends_quietly_while_a_run_goes_on(run_python):
    code = """
import time, course_utils as cu
def build(learning_rate, width):
    model = cu.Sequential([cu.Input((2,)), cu.Dense(1, "sigmoid")])
    model.compile("sgd", "binary_crossentropy")
    return model
view = cu.explorables.train(build, cu.logic_gate("OR"), epochs=cu.Slider(1, 10**7, 1, 10**7))
view.start()
while not view.history[0].step: time.sleep(0.01)
print(view.training)
"""
    assert run_python(code) == "True\n"
