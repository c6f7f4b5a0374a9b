"""Callbacks of `Sequential.fit`: told what Keras tells, when Keras tells it."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

import course_utils as cu

rng = np.random.default_rng(0)
X = rng.normal(size=(50, 4)).astype(np.float32)
Y = (X[:, 0] > 0).astype(int)


def network(metrics=("accuracy",), rate=0.5):
    model = cu.Sequential([cu.Input((4,)), cu.Dense(5, "relu"), cu.Dense(2, "softmax")], rng=0)
    model.compile(cu.SGD(rate), "sparse_categorical_crossentropy", metrics)
    return model


class Diary:
    """Writes down all it is told, whatever else is called."""

    def __init__(self, stop_at=None):
        self.told, self.stop_at = [], stop_at

    def on_train_batch_end(self, batch, logs=None):
        self.told.append((batch, dict(logs)))
        if len(self.told) == self.stop_at:
            raise StopIteration("enough")

    def on_epoch_end(self, epoch, logs=None):
        self.told.append((f"epoch {epoch}", dict(logs)))

    def __getattr__(self, name):
        if name.startswith(("on_", "set_")) and name != "on_stopped":
            return lambda *_, **__: None
        raise AttributeError(name)


def test_keras_tells_the_same_at_the_same_moments(monkeypatch):
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")
    keras = pytest.importorskip("keras")
    ours, theirs, model = Diary(), Diary(), network()
    layers = [keras.Input((4,)), keras.layers.Dense(5, "relu"), keras.layers.Dense(2, "softmax")]
    twin = keras.Sequential(layers)
    twin.compile(keras.optimizers.SGD(0.5), "sparse_categorical_crossentropy", metrics=["accuracy"])
    twin.set_weights(model.get_weights())
    options = {"batch_size": 20, "epochs": 2, "shuffle": False, "verbose": 0, "validation_data": (X[:9], Y[:9])}
    model.fit(X, Y, callbacks=[ours], **options)
    twin.fit(X, Y, callbacks=[theirs], **options)
    assert [when for when, _ in ours.told] == [0, 1, 2, "epoch 0", 0, 1, 2, "epoch 1"]
    assert [when for when, _ in theirs.told] == [when for when, _ in ours.told]
    for (_, mine), (_, others) in zip(ours.told, theirs.told, strict=True):
        assert mine.keys() == others.keys()
        assert_allclose([mine[k] for k in mine], [others[k] for k in mine], rtol=1e-5)


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


class Ear(Diary):
    def on_stopped(self, sentence):
        self.sentence = sentence


def test_an_early_end_is_told_or_else_printed(capsys):
    ear, x = Ear(), np.where(X > 2, np.nan, X)
    assert network().fit(x, Y, verbose=0, callbacks=[ear]).stopped == ear.sentence
    assert capsys.readouterr().out == ""
    history = network().fit(x, Y, verbose=0, callbacks=[Diary()])
    assert capsys.readouterr().out == history.stopped + "\n"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (Diary(), "callbacks must be a list. Expected: .callback, ….. Received: Diary"),
        ([print], "a callback has no hook. Expected: on_train_batch_end or on_epoch_end"),
    ],
)
def test_what_is_no_callback_gets_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=f"Sequential.fit: {sentence}"):
        network().fit(X, Y, verbose=0, callbacks=wrong)
