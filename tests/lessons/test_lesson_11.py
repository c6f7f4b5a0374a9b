"""Lesson 11's figures against the runs kept in benchmarks/results: what is printed, and every band of its claims."""

import ast
import json
import re
import runpy
from pathlib import Path

import nbformat
import numpy as np
import pytest

from course_utils.lessons import find

ROOT = Path(__file__).parents[2]
KEPT = json.loads((ROOT / "benchmarks" / "results" / "keras_runs.json").read_text(encoding="utf-8"))
BANDS = runpy.run_path(str(Path(__file__).parent / "claims" / "11_mnist_keras.py"))["BANDS"]
CELLS = {
    cell.id: cell.source
    for cell in nbformat.read(ROOT / "notebooks" / "11_mnist_keras.ipynb", as_version=4).cells
    if cell.cell_type == "code"
}


def scores(run, source="full"):
    seeds = KEPT[source][run]["seeds"]
    assert sorted(seeds, key=int)[:5] == ["0", "1", "2", "3", "4"]
    return [seeds[str(seed)]["accuracy"] for seed in range(5)]


def value(cell, name):
    """Return what a cell assigns to a name, where that is written out."""
    for node in ast.walk(ast.parse(CELLS[cell])):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return ast.literal_eval(node.value)
    raise AssertionError(f"{cell} assigns nothing to {name}")


def test_the_scores_in_the_lesson_are_those_that_were_measured():
    shown = [ours for published, ours in value("spread", "five_seeds").values()]
    assert shown == [scores("softmax_100"), scores("wide_128"), scores("wide_64")]
    assert value("training-again", "falling_seeds") == scores("wide_128_falling")


def test_what_the_text_says_of_the_spread():
    (softmax, a), (wide, b), (long, c) = value("spread", "five_seeds").values()
    assert (softmax, wide, long) == (0.8920, 0.9811, 0.9817)
    assert sorted(a)[-2] < softmax < max(a)  # near the upper end
    assert max(b) < wide  # above all five
    assert sorted(c)[1] < long < sorted(c)[3]  # in the middle
    assert [round(1e4 * (wide - end(b))) for end in (max, min)] == [2, 44]
    assert (round(100 * min(b), 1), round(100 * max(b), 1)) == (97.7, 98.1)
    assert min(scores("wide_128_falling")) > long


@pytest.mark.parametrize("source", ["full", "digits"])
@pytest.mark.parametrize("run", BANDS)
def test_a_band_holds_every_seed_with_room_and_no_more(run, source):
    found = scores(run, source)
    low, high = BANDS[run][source]
    room = {"full": 0.001, "digits": 0.005}[source]  # of the seeds not tried: 10 of 10,000 images, 2 of 360
    assert low + room < min(found)
    assert max(found) < high - room
    assert high - low < {"full": 0.011, "digits": 0.06}[source]


@pytest.mark.parametrize("source", ["full", "digits"])
def test_the_epochs_are_those_of_the_measured_runs(source):
    cells = {"softmax-regression": ("softmax_100", "softmax_32"), "train-wide": ("wide_128", "wide_128_falling")}
    for cell, runs in cells.items():
        rule = re.search(r"epochs = (max\(.*\))", CELLS[cell])[1]
        epochs = eval(rule, {"X": range({"full": 60_000, "digits": 1437}[source])})
        for run in runs:
            assert KEPT[source][run]["epochs"] == epochs


def test_the_table_is_written_from_what_is_kept():
    table = (ROOT / "benchmarks" / "results" / "keras_runs.md").read_text(encoding="utf-8")
    found = scores("wide_128")
    assert f"| test accuracy | {sorted(found)[2]:.4f} | {min(found):.4f} – {max(found):.4f} | 0.9811 | 0 |" in table


def test_a_start_is_as_wide_as_predicted_and_a_pixel_without_ink_keeps_it():
    import keras

    keras.utils.set_random_seed(9)
    model = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10, "softmax")])
    model.compile(keras.optimizers.SGD(0.1), loss="categorical_crossentropy")
    first = model.get_weights()[0]
    limit = find("predict_start_limit")
    assert np.abs(first).max() == pytest.approx(limit.solution(), rel=1e-3)
    x = np.random.default_rng(9).random((100, 784)) * (np.arange(784) != 0)  # no ink at the top left
    model.fit(x, np.eye(10)[np.arange(100) % 10], verbose=0)
    moved = (model.get_weights()[0] != first).all(axis=1)  # (784,)
    assert not moved[0]
    assert moved[1:].all()
