"""Lesson 12: its figures against the runs kept in benchmarks/results, and its exercises against Keras itself."""

import json
import re
import runpy
from pathlib import Path

import nbformat
import numpy as np
import pytest

from course_utils.activations import sigmoid, softmax
from course_utils.datasets import minibatches
from course_utils.lessons import find

ROOT = Path(__file__).parents[2]
KEPT = json.loads((ROOT / "benchmarks" / "results" / "keras_runs.json").read_text(encoding="utf-8"))["full"]
CELLS = {c.id: c.source for c in nbformat.read(ROOT / "notebooks" / "12_losses_keras.ipynb", as_version=4).cells}


def scores(run):
    return [figures["accuracy"] for figures in KEPT[run]["seeds"].values()]


def solution(id):
    return find(id).solution


def percent(run):
    return [f"{100 * end(scores(run)):.1f}" for end in (min, max)]


def test_the_stack_ends_where_the_text_says():
    text = CELLS["main-says"]
    assert re.search(r"Five seeds spread from ([\d.]+) to ([\d.]+) %", text).groups() == tuple(percent("deep_256"))
    assert re.search(r"three seeds end between ([\d.]+) and ([\d.]+) %", text).groups() == tuple(percent("deep_32"))
    assert (len(scores("deep_256")), len(scores("deep_32"))) == (5, 3)
    assert max(scores("deep_32")) <= max(scores("wide_64"))  # "no better than a single layer of 512"


def test_the_band_of_the_run_holds_five_seeds_with_room():
    claims = runpy.run_path(str(Path(__file__).parent / "claims" / "12_losses_keras.py"))
    assert claims["DEEP_AT_LEAST"]["full"] + 0.005 < min(scores("deep_256"))


def test_the_settings_on_the_full_set_are_those_of_the_measured_runs():
    source = CELLS["main-run"]
    epochs, patience = (int(re.search(rf"{name}=(\d+)", source)[1]) for name in ("epochs", "patience"))
    size = eval(re.search(r"batch_size=(min\(.*\)),", source)[1], {"X_all": range(60_000)})
    assert (epochs, size) == (KEPT["deep_256"]["epochs"], KEPT["deep_256"]["batch_size"])
    assert patience == 2  # as in benchmarks/keras_runs.py


@pytest.mark.parametrize("seed", range(8))
def test_early_stop_is_keras_s_early_stopping(seed):
    import keras

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
    assert solution("early_stop")(list(losses), patience) == (epoch + 1, stopping.best_epoch + 1)


def test_a_large_batch_leaves_few_steps():
    """Count the steps that `fit` takes, and compare how far it goes: the rate times the steps stays."""
    rng = np.random.default_rng(10)
    x, y = rng.normal(size=(1000, 2)), rng.integers(2, size=(1000, 1))
    few, many = (5 * sum(1 for _ in minibatches(x, y, size, rng=rng)) for size in (256, 32))
    assert (few, many) == (solution("predict_few_steps")(), 160)
    assert solution("predict_scaled_rate")() * few == pytest.approx(0.02 * many)


def test_two_softmax_units_are_one_sigmoid():
    assert softmax(np.array([[0.5, 2.5]]))[0, 1] == pytest.approx(sigmoid(solution("predict_one_logit")()))


def test_scaling_is_scikit_learn_s_standard_scaler():
    from sklearn.preprocessing import StandardScaler

    rng = np.random.default_rng(0)
    old, new = rng.normal(3, 2, size=(9, 4)), rng.normal(size=(5, 4))
    old[:, 2] = 7
    np.testing.assert_allclose(solution("scale_by_training")(old, new), StandardScaler().fit(old).transform(new))
