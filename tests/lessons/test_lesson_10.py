"""Lesson 10 against Keras, step by step, and against the runs that benchmarks/optimizers.py has kept."""

import json
import os
import statistics

import numpy as np
import pytest
from _notebooks import ROOT

import course_utils as cu
from course_utils.lessons import find

KEPT = json.loads((ROOT / "benchmarks" / "results" / "optimizers.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def keras():
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    return pytest.importorskip("keras")


def test_adam_in_four_lines_takes_the_steps_of_keras_and_of_the_package(keras):
    """Gradients from 1e-9 to 1, some of them 0: after each of 40 steps all three are at the same place."""
    adam, rng = find("adam_step").solution, np.random.default_rng(10)
    w = rng.normal(size=(5, 4)).astype(np.float32)
    variable, theirs = keras.Variable(w), keras.optimizers.Adam(0.01)
    package, ours = w.copy(), w.astype(float)
    optimizer = cu.Adam(0.01)
    m = s = np.zeros_like(ours)
    sizes = 10.0 ** rng.integers(-9, 1, size=w.shape) * rng.integers(0, 2, size=w.shape)
    for t in range(1, 41):
        g = (sizes * rng.normal(size=w.shape)).astype(np.float32)
        ours, m, s = adam(ours, m, s, g.astype(float), t, 0.01)
        optimizer.apply([g], [package])
        theirs.apply([keras.ops.convert_to_tensor(g)], [variable])
        np.testing.assert_allclose(ours, keras.ops.convert_to_numpy(variable), rtol=2e-5, atol=2e-6)
        np.testing.assert_allclose(ours, package, rtol=2e-5, atol=2e-6)


def test_momentum_takes_the_steps_of_keras(keras):
    momentum, rng = find("momentum_step").solution, np.random.default_rng(11)
    w = rng.normal(size=6).astype(np.float32)
    variable, theirs = keras.Variable(w), keras.optimizers.SGD(0.1, momentum=0.9)
    ours, v = w.astype(float), np.zeros(6)
    for _ in range(20):
        g = rng.normal(size=6).astype(np.float32)
        ours, v = momentum(ours, v, g, 0.1, 0.9)
        theirs.apply([keras.ops.convert_to_tensor(g)], [variable])
        np.testing.assert_allclose(ours, keras.ops.convert_to_numpy(variable), rtol=2e-5, atol=2e-6)


def test_the_schedule_of_the_challenge_is_that_of_keras(keras):
    theirs = keras.optimizers.schedules.CosineDecay(0.0, decay_steps=80, warmup_target=0.1, warmup_steps=20)
    ours = [find("warmup_cosine").solution(step, 0.1, 20, 100) for step in range(130)]
    np.testing.assert_allclose(ours, [float(theirs(step)) for step in range(130)], rtol=1e-5, atol=1e-7)


def test_he_s_start_has_the_spread_of_keras(keras):
    ours = find("he_start").solution(np.random.default_rng(0).normal(size=(784, 64)))
    theirs = keras.ops.convert_to_numpy(keras.initializers.HeNormal(seed=0)((784, 64)))
    assert ours.std() == pytest.approx(theirs.std(), rel=0.02)
    assert ours.std() == pytest.approx(np.sqrt(2 / 784), rel=0.02)


def test_all_optimizers_were_given_the_same_number_of_tries():
    tries = {}
    for run in KEPT["runs"]:
        tries.setdefault(run["optimizer"], set()).add((run["rate"], run["seed"]))
    assert {len(settings) for settings in tries.values()} == {15}  # five rates, three seeds
    assert set(tries) == {"SGD", "momentum 0.9", "RMSprop", "Adam"}


@pytest.mark.parametrize("name", ["SGD", "momentum 0.9", "RMSprop", "Adam"])
def test_an_epoch_takes_less_than_ten_times_the_matrix_products_alone(name):
    """Measured side by side in one run, for the same epochs."""
    ratios = [run["seconds"] / run["blas"] for run in KEPT["runs"] if run["optimizer"] == name]
    assert statistics.median(ratios) < 5
    assert np.quantile(ratios, 0.9) < 10


def test_the_table_shows_the_kept_means():
    table = (ROOT / "benchmarks" / "results" / "optimizers.md").read_text(encoding="utf-8")
    best = [run["accuracy"] for run in KEPT["runs"] if run["rate"] == 0.003]
    assert len(best) == 9  # momentum, RMSprop and Adam
    for start in range(3):
        assert f"{statistics.mean(best[start::3]):.2f}" in table


def test_the_penalty_was_tried_at_equal_terms():
    """Two optimizers, without and with it, from the same three seeds for as many epochs."""
    tries = {}
    for run in KEPT["penalties"]:
        tries.setdefault((run["optimizer"], run["penalty"]), []).append((run["rate"], run["epochs"], run["seed"]))
    assert set(tries) == {(name, penalty) for name in ("momentum 0.9", "Adam") for penalty in (0.0, 1e-4)}
    for (name, _), settings in tries.items():
        means = {}
        for run in KEPT["runs"]:
            if run["optimizer"] == name:
                means.setdefault(run["rate"], []).append(run["accuracy"])
        best = max(means, key=lambda rate: statistics.mean(means[rate]))
        assert sorted(settings) == [(best, 20, seed) for seed in range(3)]


def test_what_the_lesson_says_of_the_valley():
    view = cu.explorables.VIEWS["valley"]()
    ends = {momentum: view.frame(0.03, momentum, 60).last for momentum in (0, 0.5, 0.8, 0.99)}
    assert min(ends, key=ends.get) == 0.8
    assert ends[0.8] == pytest.approx(0.0002, abs=5e-5)
    assert view.frame(0.03, 0.99, 60).kind == "shoots past"
    assert view.frame(0.0759, 0.9, 100).last < view.frame(0.0759, 0.9, 50).last  # below the limit, 2 · 1.9 / 50
    assert view.frame(0.0761, 0.9, 100).last > view.frame(0.0761, 0.9, 50).last


def test_with_momentum_steps_grow_where_the_slope_stays_the_same():
    step, place, speed, ways = find("momentum_step").solution, np.zeros(1), np.zeros(1), []
    for _ in range(200):
        before = place
        place, speed = step(place, speed, np.ones(1), 0.1, 0.9)
        ways.append((place - before).item())
    assert ways[:3] == pytest.approx([-0.1, -0.19, -0.271])
    assert ways[-1] == pytest.approx(-1)


def test_how_far_the_runs_with_the_penalty_lie_apart():
    runs = {"Adam": [], "momentum 0.9": []}
    for run in KEPT["penalties"]:
        if run["penalty"] > 0:
            runs[run["optimizer"]].append(run["accuracy"])
    assert (min(runs["Adam"]), max(runs["Adam"])) == (97.81, 98.07)
    assert (min(runs["momentum 0.9"]), max(runs["momentum 0.9"])) == (97.84, 97.89)
