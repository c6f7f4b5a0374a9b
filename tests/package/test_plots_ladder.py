"""The ladder of baselines, by its artists, and the table that it comes with."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_hex

import course_utils as cu
from course_utils.plots.ladder import STORED, ladder, stored_rungs
from course_utils.style import BLUE, ORANGE

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "ladder.py"


def bars(ax):
    """Give what each bar is called, from the bottom, with its length, and the number that stands behind it."""
    names = [label.get_text() for label in ax.get_yticklabels()]
    return list(zip(names, (patch.get_width() for patch in ax.patches), (t.get_text() for t in ax.texts), strict=True))


def colours(ax):
    return [to_hex(patch.get_facecolor(), keep_alpha=True) for patch in ax.patches]


def test_what_a_lesson_has_computed_stands_as_it_is():
    ax = ladder({"guessing": 0.1, "ten neurons": np.float32(0.9217)}, lesson="08")
    assert bars(ax) == [("guessing", 10, "10.0"), ("ten neurons", pytest.approx(92.17), "92.2")]
    assert ax.get_xlabel() == "test images read right (%)"


def test_the_rungs_of_earlier_lessons_stand_below_in_another_colour():
    ax = ladder({"mine": 0.5}, lesson="11")
    names = [name for name, *_ in bars(ax)]
    assert names == ["guessing", "amount of ink", "nearest average", "ten neurons", "64 hidden units", "mine"]
    assert colours(ax) == 5 * [f"{BLUE.lower()}ff"] + [f"{ORANGE.lower()}ff"]


def test_the_rungs_of_later_lessons_are_outlines_above():
    ax = ladder({"mine": 0.5}, lesson="11", later=True)
    assert [name for name, *_ in bars(ax)][-2:] == ["mine", "lesson 14: convolution"]
    assert colours(ax)[-1].endswith("00")


@pytest.mark.parametrize(("full", "source"), [(True, "full"), (False, "digits")])
def test_the_stored_rungs_are_those_of_the_digits_at_hand(full, source):
    ax = ladder({}, lesson="15", full=full)
    lengths = [length for _, length, _ in bars(ax)]
    assert lengths == pytest.approx([100 * rung[source] for rung in stored_rungs()])


def test_the_table_rises_on_the_full_set_and_says_what_the_lessons_say():
    scores = [rung["full"] for rung in stored_rungs()]
    assert scores == sorted(scores)
    assert scores == pytest.approx([0.1, 0.22, 0.82, 0.92, 0.975, 0.98, 0.99], abs=0.005)
    assert [rung["lesson"] for rung in stored_rungs()] == ["08"] * 4 + ["09", "11", "14"]


def test_its_script_writes_these_rungs_and_measures_what_needs_no_training_again():
    spec = importlib.util.spec_from_file_location("benchmark_of_the_ladder", BENCHMARK)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.STORED == STORED
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    assert [(lesson, name) for lesson, name, _ in script.LADDER] == [(r["lesson"], r["name"]) for r in stored]
    digits = cu.load_mnist("digits")
    trained = {"ten neurons", "64 hidden units"}
    for rung, (_, name, measure) in zip(stored, script.LADDER, strict=True):
        if name not in trained:
            assert measure(digits, 0) == pytest.approx(rung["digits"], abs=1e-3)


@pytest.mark.parametrize(
    ("scores", "lesson", "says"),
    [
        ([0.1], "08", "scores must name each bar"),
        ({"a": 92}, "08", "the score of a is out of range"),
        ({"a": np.nan}, "08", "the score of a is out of range"),
        ({"a": 0.5}, 8, "lesson must be two digits"),
        ({"a": 0.5}, "8", "lesson must be two digits"),
    ],
)
def test_what_does_not_fit_is_refused(scores, lesson, says):
    with pytest.raises(ValueError, match=f"ladder: {says}"):
        ladder(scores, lesson=lesson)
