"""Lesson 13: when to stop against Keras, the data against the benchmark's, and the table against its kept runs."""

import json
import os
import runpy
import statistics

import numpy as np
import pytest
from _notebooks import ROOT

from course_utils.lessons import find

KEPT = json.loads((ROOT / "benchmarks" / "results" / "cures.json").read_text(encoding="utf-8"))
CURES = {run["cure"] for run in KEPT["runs"]}


@pytest.fixture(scope="module")
def keras():
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    return pytest.importorskip("keras")


@pytest.mark.parametrize("seed", range(8))
def test_early_stop_is_keras_s_early_stopping(keras, seed):
    rng = np.random.default_rng(seed)
    losses, patience = rng.integers(1, 9, size=rng.integers(1, 15)).astype(float), int(rng.integers(1, 5))
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    stopping = keras.callbacks.EarlyStopping("loss", patience=patience, restore_best_weights=True)
    stopping.set_model(model)
    stopping.on_train_begin()
    for epoch, loss in enumerate(losses):
        stopping.on_epoch_end(epoch, {"loss": loss})
        if getattr(model, "stop_training", False):
            break
    assert find("early_stop").solution(list(losses), patience) == (epoch + 1, stopping.best_epoch + 1)


def test_one_step_with_the_penalty_shrinks_the_weights_first(keras):
    """The answer of `decay_by_steps`, tried with Keras: (1 - 2 alpha lambda) w, less the usual step."""
    x, y = np.ones((4, 3), "float32"), np.full((4, 1), 2, "float32")
    after = {}
    for strength in (0.0, 0.03):
        penalty = keras.regularizers.L2(strength)
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, kernel_regularizer=penalty)])
        model.compile(keras.optimizers.SGD(0.1), "mean_squared_error")
        before = np.array([[0.5], [-1.0], [2.0]], "float32")
        model.set_weights([before, np.zeros(1, "float32")])
        model.train_on_batch(x, y)
        after[strength] = model.get_weights()[0]
    usual = after[0.0] - before
    np.testing.assert_allclose(after[0.03], (1 - 2 * 0.1 * 0.03) * before + usual, atol=1e-6)


def test_dropout_divides_what_it_keeps(keras):
    kept = keras.ops.convert_to_numpy(keras.layers.Dropout(0.25, seed=1)(np.full((50, 40), 3.0), training=True))
    assert set(np.unique(kept)) == {0.0, 4.0}
    assert kept.mean() == pytest.approx(3, abs=0.15)


def test_the_checker_s_digits_are_those_of_the_benchmark():
    (X, y), (X_test, y_test) = runpy.run_path(str(ROOT / "benchmarks" / "cures.py"))["digits"]()
    (X_theirs, y_theirs), (X_test_theirs, y_test_theirs) = find("cured_model").data()
    np.testing.assert_array_equal(y, y_theirs)
    np.testing.assert_array_equal(y_test, y_test_theirs)
    np.testing.assert_allclose(X, X_theirs)
    np.testing.assert_allclose(X_test, X_test_theirs)


def test_each_cure_was_given_three_seeds():
    assert sorted((run["cure"], run["seed"]) for run in KEPT["runs"]) == sorted(
        (cure, seed) for cure in CURES for seed in range(3)
    )


def test_the_table_shows_the_kept_means():
    table = (ROOT / "benchmarks" / "results" / "cures.md").read_text(encoding="utf-8")
    for cure in CURES:
        (line,) = [line for line in table.splitlines() if line.startswith(f"| {cure} |")]
        assert f"| {statistics.mean(run['test'] for run in KEPT['runs'] if run['cure'] == cure):.1f} |" in line


@pytest.mark.slow
def test_with_right_labels_the_same_network_overfits_later_and_less(keras):
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    X, y = load_digits(return_X_y=True)
    X, _, y, _ = train_test_split(X.reshape(-1, 8, 8) / 16, y, train_size=1000, random_state=13)
    keras.utils.set_random_seed(13)
    layers = [keras.layers.Dense(256, "relu"), keras.layers.Dense(256, "relu"), keras.layers.Dense(10, "softmax")]
    model = keras.Sequential([keras.Input((8, 8)), keras.layers.Flatten(), *layers])
    model.compile("adam", "sparse_categorical_crossentropy")
    losses = model.fit(X, y, validation_split=0.4, epochs=60, verbose=0).history["val_loss"]
    assert 20 < np.argmin(losses) < 45  # "after some thirty epochs"; with the typed labels after eight
    assert 1.01 * min(losses) < losses[-1] < 1.2 * min(losses)  # it creeps; with the typed labels by two thirds
