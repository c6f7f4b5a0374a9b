"""Callbacks: told what Keras tells, when Keras tells it; Keras's own on `cu.Sequential`, and ours on Keras's models."""

import os
import warnings
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from tqdm import tqdm

import course_utils as cu
from course_utils.callbacks import BestWeights, Callback, ProgressBar, progress

rng = np.random.default_rng(0)
X = rng.normal(size=(50, 4)).astype(np.float32)
Y = (X[:, 0] > 0).astype(int)


VALIDATION = (X[:9], Y[:9])
# Keras's own writing of single numbers, through TensorFlow 2.21 under NumPy 2.4
NOISE = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
IN_ORDER = {"batch_size": 20, "shuffle": False, "verbose": 0}


def network(metrics=("accuracy",), rate=0.5):
    model = cu.Sequential([cu.Input((4,)), cu.Dense(5, "relu"), cu.Dense(2, "softmax")], rng=0)
    model.compile(cu.SGD(rate), "sparse_categorical_crossentropy", metrics)
    return model


@pytest.fixture(scope="module")
def keras():
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    return pytest.importorskip("keras")


@pytest.fixture
def twin(keras):
    """Return a network's twin in Keras: the same layers and weights, compiled alike."""

    def twin(model):
        layers = [keras.Input((4,)), keras.layers.Dense(5, "relu"), keras.layers.Dense(2, "softmax")]
        made = keras.Sequential(layers)
        rate = keras.optimizers.SGD(model.optimizer.learning_rate)
        made.compile(rate, "sparse_categorical_crossentropy", metrics=["accuracy"], run_eagerly=True)
        made.set_weights(model.get_weights())
        return made

    return twin


class Diary(Callback):
    """Writes down the ends of batches and epochs."""

    def __init__(self, stop_at=None):
        self.told, self.stop_at = [], stop_at

    def on_train_batch_end(self, batch, logs=None):
        self.told.append((batch, dict(logs)))
        if len(self.told) == self.stop_at:
            raise StopIteration("enough")

    def on_epoch_end(self, epoch, logs=None):
        self.told.append((f"epoch {epoch}", dict(logs)))


class Moments(Callback):
    """Writes down every moment that `Sequential.fit` knows, and what stands in the logs."""

    def __init__(self):
        self.seen = []

    def note(self, *moment, logs=None):
        self.seen.append((*moment, *sorted(logs or {})))

    def on_train_begin(self, logs=None):
        self.note("train begin", logs=logs)

    def on_train_end(self, logs=None):
        self.note("train end", logs=logs)

    def on_epoch_begin(self, epoch, logs=None):
        self.note("epoch begin", epoch, logs=logs)

    def on_epoch_end(self, epoch, logs=None):
        self.note("epoch end", epoch, logs=logs)

    def on_train_batch_begin(self, batch, logs=None):
        self.note("batch begin", batch, logs=logs)

    def on_train_batch_end(self, batch, logs=None):
        self.note("batch end", batch, logs=logs)

    def on_test_begin(self, logs=None):
        self.note("test begin", logs=logs)

    def on_test_end(self, logs=None):
        self.note("test end", logs=logs)


# told as Keras tells


def test_keras_tells_the_same_at_the_same_moments(twin):
    ours, theirs, model = Diary(), Diary(), network()
    other = twin(model)
    options = IN_ORDER | {"epochs": 2, "validation_data": VALIDATION}
    model.fit(X, Y, callbacks=[ours], **options)
    other.fit(X, Y, callbacks=[theirs], **options)
    assert [when for when, _ in ours.told] == [0, 1, 2, "epoch 0", 0, 1, 2, "epoch 1"]
    assert [when for when, _ in theirs.told] == [when for when, _ in ours.told]
    for (_, mine), (_, others) in zip(ours.told, theirs.told, strict=True):
        assert mine.keys() == others.keys()
        assert_allclose([mine[k] for k in mine], [others[k] for k in mine], rtol=1e-5)


@pytest.mark.parametrize("validation", [None, VALIDATION])
def test_every_moment_comes_in_keras_order(twin, validation):
    ours, theirs, model = Moments(), Moments(), network()
    other = twin(model)
    model.fit(X, Y, callbacks=[ours], epochs=2, validation_data=validation, **IN_ORDER)
    other.fit(X, Y, callbacks=[theirs], epochs=2, validation_data=validation, **IN_ORDER)
    assert ours.seen == theirs.seen
    assert ours.model is model
    assert ours.params == {"epochs": 2, "steps": 3, "verbose": 0} == theirs.params


def test_the_base_class_has_every_hook_that_keras_calls(keras, twin):
    """A plain callback goes through fit, evaluate and predict of Keras; and no hook of Keras's class is missing."""
    names = {name for name in dir(keras.callbacks.Callback) if name.startswith(("on_", "set_"))}
    assert names == {name for name in dir(Callback) if name.startswith(("on_", "set_"))}
    model, plain = twin(network()), Callback()
    model.fit(X, Y, callbacks=[plain], validation_data=VALIDATION, **IN_ORDER)
    model.evaluate(X, Y, verbose=0, callbacks=[plain])
    model.predict(X, verbose=0, callbacks=[plain])
    assert plain.model is model
    assert not isinstance(plain, keras.callbacks.Callback)


def test_callbacks_change_nothing_and_hear_what_the_history_keeps():
    alone, watched, diary = network(), network(), Diary()
    alone.fit(X, Y, epochs=3, verbose=0)
    history = watched.fit(X, Y, epochs=3, verbose=0, callbacks=[diary])
    assert all((a == b).all() for a, b in zip(alone.get_weights(), watched.get_weights(), strict=True))
    ends = [logs for when, logs in diary.told if str(when).startswith("epoch")]
    assert [logs["loss"] for logs in ends] == history.history["loss"]


def test_without_metrics_the_loss_alone_is_told():
    diary = Diary()
    network(metrics=None).fit(X, Y, verbose=0, callbacks=[diary])
    assert {key for _, logs in diary.told for key in logs} == {"loss"}


def test_what_a_callback_raises_ends_the_training_and_keeps_its_steps():
    model, diary = network(), Diary(stop_at=2)
    with pytest.raises(StopIteration, match="enough"):
        model.fit(X, Y, batch_size=10, verbose=0, callbacks=[diary])
    assert model.optimizer.iterations == 2
    model.fit(X, Y, batch_size=10, verbose=0)
    assert model.optimizer.iterations == 7


@pytest.mark.parametrize("end", [StopIteration, KeyboardInterrupt])
def test_an_error_in_a_callback_closes_the_bar(end, monkeypatch):
    class Ends(Callback):
        def on_train_batch_end(self, batch, logs=None):
            raise end

    bars = []
    monkeypatch.setattr(progress, "new_bar", lambda **options: bars.append(tqdm(**options)) or bars[-1])
    with pytest.raises(end):
        network().fit(X, Y, batch_size=10, callbacks=[Ends()])
    assert [bar.disable for bar in bars] == [True]  # so tqdm says that a bar is closed


class Ear(Diary):
    def on_stopped(self, sentence):
        self.sentence = sentence


def test_an_early_end_is_told_or_else_printed(capsys):
    ear, x = Ear(), np.where(X > 2, np.nan, X)
    assert network().fit(x, Y, verbose=0, callbacks=[ear]).stopped == ear.sentence
    assert capsys.readouterr().out == ""
    history = network().fit(x, Y, verbose=0, callbacks=[Diary()])
    assert capsys.readouterr().out == history.stopped + "\n"


def test_a_run_that_diverges_comes_to_its_end_and_an_interrupted_one_does_not():
    moments = Moments()
    network().fit(np.where(X > 2, np.nan, X), Y, verbose=0, callbacks=[moments])
    assert moments.seen[-1] == ("train end",)

    class Press(Moments):
        def on_train_batch_end(self, batch, logs=None):
            raise KeyboardInterrupt

    press = Press()
    with pytest.raises(KeyboardInterrupt):  # as in Keras: a callback that restores weights must not do so now
        network().fit(X, Y, verbose=0, callbacks=[press])
    assert press.seen[-1] == ("batch begin", 0)


class OnlyEpochs:
    """No Callback, and one hook alone."""

    seen = 0

    def on_epoch_end(self, epoch, logs):
        self.seen += 1


def test_an_object_with_a_single_hook_will_do():
    network().fit(X, Y, epochs=3, verbose=0, callbacks=[some := OnlyEpochs()])
    assert some.seen == 3


# stop_training


@pytest.mark.parametrize(("hook", "steps"), [("on_train_batch_end", 4), ("on_epoch_end", 6), ("on_epoch_begin", 4)])
def test_stop_training_ends_where_keras_ends(twin, hook, steps):
    """In the second of five epochs of three steps: at once after a batch, and the epoch is measured all the same."""

    class Stop(Moments):
        def note(self, *moment, logs=None):
            super().note(*moment, logs=logs)
            words = hook.removeprefix("on_").removeprefix("train_").replace("_", " ")
            begun = sum(seen[0] == "epoch begin" for seen in self.seen)
            if moment[0] == words and begun == 2:
                self.model.stop_training = True

    model = network()
    other, runs = twin(model), []
    for one in (model, other):
        stop = Stop()
        history = one.fit(X, Y, epochs=5, validation_data=VALIDATION, callbacks=[stop], **IN_ORDER)
        runs.append((history.epoch, stop.seen, int(one.optimizer.iterations)))
    assert runs[0] == runs[1]
    assert runs[0][0] == [0, 1]
    assert runs[0][2] == steps
    assert model.history.stopped is None
    assert model.fit(X, Y, epochs=3, verbose=0).epoch == [0, 1, 2]  # the wish is not kept


# Keras's own callbacks


def noisy(n=60):
    """Return targets that hold no rule: the validation loss rises soon."""
    draw = np.random.default_rng(1)
    return draw.normal(size=(n, 4)).astype(np.float32), draw.integers(0, 2, n)


def both(twin, make, *, epochs=30, rate=1.0):
    """Train a network and its twin, each with the callbacks of make(); return both and their histories."""
    x, y = noisy()
    ours = network(rate=rate)
    theirs, found = twin(ours), []
    for model in (ours, theirs):
        callbacks = make()
        history = model.fit(
            x[:40], y[:40], epochs=epochs, validation_data=(x[40:], y[40:]), callbacks=callbacks, **IN_ORDER
        )
        found.append((model, history, callbacks[0]))
    return found


@pytest.mark.parametrize(
    ("monitor", "mode"), [("val_loss", "auto"), ("val_accuracy", "auto"), ("val_accuracy", "max"), ("accuracy", "auto")]
)
@pytest.mark.parametrize("restore", [True, False])
def test_early_stopping_stops_and_restores_as_in_keras(keras, twin, monitor, mode, restore):
    def make():
        stop = keras.callbacks.EarlyStopping(monitor, mode=mode, patience=2, restore_best_weights=restore)
        return [stop]

    (ours, log, a), (theirs, other, b) = both(twin, make)
    assert log.epoch == other.epoch
    assert len(log.epoch) < 30
    assert (a.stopped_epoch, a.best_epoch) == (b.stopped_epoch, b.best_epoch)
    assert a.stopped_epoch > a.best_epoch
    for v, w in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        assert_allclose(v, w, rtol=1e-3, atol=1e-4)
    if restore and monitor == "val_loss":
        x, y = noisy()
        assert_allclose(ours.evaluate(x[40:], y[40:])[0], min(log.history["val_loss"]), rtol=1e-6)


@NOISE
def test_the_rate_falls_on_a_plateau_as_in_keras(keras, twin):
    def make():
        return [keras.callbacks.ReduceLROnPlateau(patience=1, factor=0.5, min_lr=0.1)]

    (ours, log, _), (theirs, other, _) = both(twin, make, epochs=12)
    assert_allclose(log.history["learning_rate"], other.history["learning_rate"], rtol=1e-6)
    assert log.history["learning_rate"][0] == 1.0
    assert_allclose(ours.optimizer.learning_rate, 0.1)
    assert_allclose(float(theirs.optimizer.learning_rate), 0.1, rtol=1e-6)
    assert_allclose(log.history["loss"], other.history["loss"], rtol=1e-4)


@NOISE
@pytest.mark.parametrize("schedule", [lambda epoch: 0.5 / (1 + epoch), lambda epoch, rate: rate * 0.9])
def test_a_scheduler_sets_the_rate_of_each_epoch_as_in_keras(keras, twin, schedule):
    (_, log, _), (_, other, _) = both(twin, lambda: [keras.callbacks.LearningRateScheduler(schedule)], epochs=4)
    assert_allclose(log.history["learning_rate"], other.history["learning_rate"], rtol=1e-6)
    assert len(set(log.history["learning_rate"])) == 4
    assert_allclose(log.history["loss"], other.history["loss"], rtol=1e-4)


@NOISE
@pytest.mark.parametrize("freq", ["epoch", 3])
def test_model_checkpoint_writes_weights_that_both_can_read(keras, twin, tmp_path, freq):
    def make():
        folder = tmp_path / f"run {len(list(tmp_path.iterdir()))}"
        name = str(folder / "{epoch:02d}.weights.h5")
        return [keras.callbacks.ModelCheckpoint(name, save_weights_only=True, save_freq=freq)]

    (ours, _, _), (theirs, _, _) = both(twin, make, epochs=3)
    a, b = (sorted((tmp_path / run).iterdir()) for run in ("run 0", "run 1"))
    assert [path.name for path in a] == [path.name for path in b] != []
    if freq == "epoch":
        after = ours.get_weights()
        cu.load_weights(theirs, a[-1])
        for v, w in zip(theirs.get_weights(), after, strict=True):
            assert_array_equal(v, w)
        ours.load_weights(b[0])  # Keras's file, with its optimizer's state beside the weights
        cu.load_weights(theirs, b[0])
        for v, w in zip(ours.get_weights(), theirs.get_weights(), strict=True):
            assert_array_equal(v, w)
        bare = keras.Sequential([keras.Input((4,)), keras.layers.Dense(5), keras.layers.Dense(2)])
        bare.load_weights(a[-1])  # Keras's own reading
        assert_array_equal(bare.get_weights()[0], after[0])


@pytest.mark.slow
@NOISE
def test_model_checkpoint_keeps_the_best_epoch(keras, twin, tmp_path):
    path = tmp_path / "best.weights.h5"

    def make():
        return [keras.callbacks.ModelCheckpoint(path, save_weights_only=True, save_best_only=True)]

    (ours, log, _), _ = both(twin, make, epochs=10)
    x, y = noisy()
    best = min(log.history["val_loss"])
    assert ours.evaluate(x[40:], y[40:])[0] > best
    (ours, log, _), (theirs, _, _) = both(twin, make, epochs=10)  # Keras's own file comes last
    ours.load_weights(path)
    assert_allclose(ours.evaluate(x[40:], y[40:])[0], best, rtol=1e-4)


def test_the_small_ones_of_keras_work_too(keras, tmp_path, capsys):
    epochs, path = [], tmp_path / "log.csv"
    some = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: epochs.append(epoch))
    few = [some, keras.callbacks.CSVLogger(path), keras.callbacks.TerminateOnNaN(), keras.callbacks.History()]
    model = network()
    history = model.fit(X, Y, epochs=2, verbose=0, callbacks=[*few, keras.callbacks.ProgbarLogger()])
    assert epochs == [0, 1]
    rows = path.read_text().split()
    assert [row.split(",")[0] for row in rows] == ["epoch", "0", "1"]
    assert few[-1].history == history.history
    history = model.fit(np.where(X > 2, np.nan, X), Y, epochs=2, verbose=0, callbacks=few)
    assert "the examples hold NaN or infinity" in history.stopped
    assert model.stop_training is False  # our own sentence comes first


def refused(keras):
    """Return callbacks that cannot work, with the sentence of each."""
    of = keras.callbacks
    return [
        (of.ModelCheckpoint("a.keras"), "ModelCheckpoint cannot save a whole cu.Sequential. Expected: save_weights_on"),
        (of.BackupAndRestore("folder"), "BackupAndRestore works with Keras's models only"),
        (of.TensorBoard("folder"), "TensorBoard works with Keras's models only"),
        (of.SwapEMAWeights(), "SwapEMAWeights works with Keras's models only. Expected: a model with an optimizer wi"),
        (
            of.EarlyStopping(),
            "EarlyStopping watches what is not measured in this run. Expected: loss, accuracy. "
            "Received: 'val_loss'. Hint: give fit validation_data or validation_split.",
        ),
        (
            of.EarlyStopping("acc"),
            "EarlyStopping watches what is not measured in this run. Expected: loss, accuracy. Received: 'acc'.",
        ),
        (of.ReduceLROnPlateau(), "ReduceLROnPlateau watches what is not measured"),
        (
            of.ModelCheckpoint("a.weights.h5", save_weights_only=True, save_best_only=True),
            "ModelCheckpoint watches what",
        ),
    ]


@pytest.mark.parametrize("number", range(8))
def test_what_cannot_work_is_refused_before_training_starts(keras, number, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    callback, sentence = refused(keras)[number]
    model, begun = network(), Moments()
    with pytest.raises(ValueError, match=r"^Sequential\.fit: ") as error:
        model.fit(X, Y, verbose=0, callbacks=[begun, callback])
    assert str(error.value).startswith(f"Sequential.fit: {sentence}")
    assert begun.seen == []
    assert model.history is None
    assert list(Path().iterdir()) == []


class Watching(cu.callbacks.Callback):
    """Something that watches a measurement, as Keras's own callbacks do."""

    def __init__(self, monitor):
        self.monitor = monitor


WATCHED_AND_HINTS = [
    ("val_acc", 0.2, " Hint: did you mean 'val_accuracy'?"),
    ("val_loss", 0.0, " Hint: give fit validation_data or validation_split."),
    ("acuracy", 0.0, " Hint: did you mean 'accuracy'?"),
    ("val_recall", 0.2, "'val_recall'."),
    ("recall", 0.0, "'recall'."),
]


@pytest.mark.parametrize(("monitor", "split", "hint"), WATCHED_AND_HINTS)
def test_what_is_not_measured_gets_the_hint_that_helps(monitor, split, hint):
    with pytest.raises(ValueError, match="watches what is not measured in this run") as error:
        network().fit(X, Y, verbose=0, validation_split=split, callbacks=[Watching(monitor)])
    assert str(error.value).endswith(hint)


@pytest.mark.parametrize(("monitor", "split", "hint"), WATCHED_AND_HINTS)
def test_best_weights_gives_the_same_hint_for_a_keras_model(monitor, split, hint, tmp_path):
    keep = BestWeights(tmp_path / "best.weights.npz", monitor=monitor)
    keep.model = network()
    names = ["accuracy", "loss"] + ["val_accuracy", "val_loss"] * bool(split)
    with pytest.raises(ValueError, match="monitor is not measured in this run") as error:
        keep.on_epoch_end(0, dict.fromkeys(names, 0.5))
    assert str(error.value).endswith(hint)


@pytest.mark.parametrize("name", ["ReduceLROnPlateau", "LearningRateScheduler"])
def test_two_that_set_the_rate_are_one_too_many(keras, name):
    model = network(rate=cu.CosineDecay(0.1, 100))
    callback = (
        keras.callbacks.ReduceLROnPlateau("loss")
        if name == "ReduceLROnPlateau"
        else (keras.callbacks.LearningRateScheduler(lambda epoch: 0.1))
    )
    sentence = f"Sequential.fit: {name} sets the learning rate, and so does the optimizer's schedule. .*CosineDecay"
    with pytest.raises(ValueError, match=sentence):
        model.fit(X, Y, verbose=0, callbacks=[callback])


def test_a_checkpoint_that_watches_nothing_needs_no_validation(keras, tmp_path):
    keep = keras.callbacks.ModelCheckpoint(tmp_path / "a.weights.h5", save_weights_only=True)  # monitor: val_loss
    network().fit(X, Y, verbose=0, callbacks=[keep])
    assert (tmp_path / "a.weights.h5").exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (Diary(), "callbacks must be a list. Expected: .callback, ….. Received: Diary"),
        ([print], "a callback has no hook. Expected: a cu.callbacks.Callback, with on_epoch_end for example. Received"),
        ([ProgressBar], r"ProgressBar is a class. Expected: an object of it. .* Hint: ProgressBar\(…\)"),
    ],
)
def test_what_is_no_callback_gets_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=f"Sequential.fit: {sentence}"):
        network().fit(X, Y, verbose=0, callbacks=wrong)


# our own


@pytest.mark.parametrize("ending", [".weights.npz", ".weights.h5"])
def test_the_best_weights_of_a_sequential_are_kept(ending, tmp_path):
    x, y = noisy()
    model, keep = network(rate=1.0), BestWeights(tmp_path / f"best{ending}")
    history = model.fit(x[:40], y[:40], epochs=15, verbose=0, validation_data=(x[40:], y[40:]), callbacks=[keep])
    losses = history.history["val_loss"]
    assert (keep.epoch, keep.value, keep.is_saved) == (int(np.argmin(losses)), min(losses), True)
    assert keep.epoch < 14
    assert model.evaluate(x[40:], y[40:])[0] == losses[-1] > keep.value
    keep.restore()
    assert model.evaluate(x[40:], y[40:])[0] == keep.value
    other = network()
    other.load_weights(tmp_path / f"best{ending}")
    assert other.evaluate(x[40:], y[40:])[0] == keep.value


def test_best_weights_say_before_training_what_is_not_measured(tmp_path):
    with pytest.raises(
        ValueError, match=r"^Sequential\.fit: BestWeights watches what is not measured .* validation_data"
    ):
        network().fit(X, Y, verbose=0, callbacks=[BestWeights(tmp_path / "best.weights.npz")])


def test_best_weights_refuse_a_file_that_is_not_the_models(twin, tmp_path):
    keep, model = BestWeights(tmp_path / "best.weights.npz", monitor="loss"), twin(network())
    with pytest.raises(ValueError, match=r"another ending. Expected: a name that ends in .weights.h5. "):
        model.fit(X, Y, callbacks=[keep], **IN_ORDER)
    assert int(model.optimizer.iterations) == 0


def test_the_old_name_of_best_weights_works_and_says_the_new_one(tmp_path, capsys):
    keep = cu.checkpoints.best(tmp_path / "best.weights.h5", monitor="loss", mode="min")
    assert capsys.readouterr().out == "cu.checkpoints.best is called cu.callbacks.BestWeights now.\n"
    assert (type(keep), keep.monitor) == (BestWeights, "loss")


def test_the_bar_may_be_given_by_hand(capsys):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        network().fit(X, Y, epochs=2, batch_size=10, verbose=0, callbacks=[bar := cu.progress_bar()])
    assert (bar.bar.n, bar.bar.total) == (10, 10)
    assert "epoch 2/2" in capsys.readouterr().err
    assert type(bar) is ProgressBar
