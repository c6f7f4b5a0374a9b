"""The bar of a Keras training: what it counts, what it says, and that it changes nothing."""

import os

import numpy as np
import pytest

import course_utils as cu

X, Y = np.random.default_rng(0).normal(size=(25, 3)), np.arange(25) % 2


@pytest.fixture(scope="module")
def keras():
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    return pytest.importorskip("keras")


def trained(keras, *callbacks, **options):
    """Train on 25 examples in batches of 10, three steps an epoch; return what Keras remembers."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, activation="sigmoid")])
    model.compile("sgd", "binary_crossentropy", metrics=["accuracy"])
    return model.fit(X, Y, batch_size=10, verbose=0, callbacks=list(callbacks), **options).history


def test_it_counts_every_step_of_all_epochs_and_says_the_last_numbers(keras):
    callback = cu.progress_bar()
    log = trained(keras, callback, epochs=4)
    bar = callback.bar
    assert (bar.n, bar.total, bar.desc) == (12, 12, "epoch 4/4: ")
    said = dict(part.split("=") for part in bar.postfix.split(", "))
    assert said == {key: f"{values[-1]:.4f}" for key, values in log.items()}


def test_validation_figures_stand_beside_them(keras):
    callback = cu.progress_bar()
    log = trained(keras, callback, epochs=1, validation_split=0.2)
    assert f"val_accuracy={log['val_accuracy'][-1]:.4f}" in callback.bar.postfix
    assert callback.bar.n == callback.bar.total == 2


def test_a_second_fit_has_a_bar_of_its_own(keras):
    callback, bars = cu.progress_bar(), []
    for epochs in (1, 2):
        trained(keras, callback, epochs=epochs)
        bars.append(callback.bar)
    assert [(bar.n, bar.total) for bar in bars] == [(3, 3), (6, 6)]


def test_it_changes_nothing_in_the_training(keras):
    assert trained(keras, cu.progress_bar(), epochs=2) == trained(keras, epochs=2)


def test_it_is_written_twice_a_second_at_most(keras):
    callback = cu.progress_bar()
    trained(keras, callback, epochs=1)
    assert callback.bar.mininterval >= 0.5  # else a minute of training floods whoever reads the kernel later
