"""Lesson 14's claims over several seeds, as benchmarks/keras_runs.py has measured them: what one run cannot hold."""

import json
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from course_utils.explorables.kernel import KernelView
from course_utils.explorables.receptive import ReceptiveView
from course_utils.explorables.window import WindowView
from course_utils.lessons import find

ROOT = Path(__file__).parents[2]
CELLS = {c.id: c.source for c in nbformat.read(ROOT / "notebooks" / "14_convolution_keras.ipynb", as_version=4).cells}
RUNS = json.loads((ROOT / "benchmarks" / "results" / "keras_runs.json").read_text(encoding="utf-8"))
SOURCES = ("full", "digits")
PLAIN = {"windows": 18_378, "wide_adam": 407_050}
CURED = {  # the lowest accuracy of a network trained on moved digits, too, on such digits
    "windows": {"full": 0.94, "digits": 0.76},
    "dense": {"full": 0.9, "digits": 0.69},
}
CURED_RATIO = {"full": 0.65, "digits": 0.9}  # of the mistakes at 4 pixels, CNN to dense, at most
BUDGET = {"full": 0.985, "digits": 0.97}  # what a CNN under a budget shall reach
NETWORKS = [f"{name}{after}" for name in PLAIN for after in ("", "_scrambled", "_cured")]


def figures(source, name, figure="accuracy"):
    """Return a figure of all seeds, in their order."""
    seeds = RUNS[source][name]["seeds"]
    return [seeds[seed][figure] for seed in sorted(seeds)]


def moved(source, name):
    """Return the accuracies after moving by 1 to 4 pixels, a list for each seed."""
    return list(zip(*(figures(source, name, f"test accuracy, moved by {d} px") for d in range(1, 5)), strict=True))


@pytest.mark.parametrize("source", SOURCES)
def test_every_network_ran_over_five_seeds(source):
    for name in NETWORKS:
        row = RUNS[source][name]
        assert len(row["seeds"]) >= 5
        assert row["parameters"] == PLAIN[name.removesuffix("_scrambled").removesuffix("_cured")]


@pytest.mark.parametrize("source", SOURCES)
def test_the_solution_under_a_budget_reaches_its_bar_with_each_seed(source):
    accuracies = figures(source, "thrifty")
    assert len(accuracies) >= 5
    assert min(accuracies) >= BUDGET[source]


def test_what_a_falling_rate_is_worth_under_the_budget_is_the_stored_result():
    told = find("thrifty_cnn").why
    constant, falling = (sorted(round(100 * a, 1) for a in figures("full", f"thrifty{of}")) for of in ("_constant", ""))
    assert f"ends at {constant[0]} to {constant[-1]} %" in told
    assert f"ends at {falling[0]} or {falling[-1]}." in told


def test_the_lesson_s_table_of_five_seeds_is_the_stored_result():
    rows = re.findall(r"^\| (CNN|784-512-10) \| ([\d,]+) \| ([\d., ]+) \|$", CELLS["five-seeds"], flags=re.M)
    told = {name: (int(count.replace(",", "")), [float(n) for n in seeds.split(", ")]) for name, count, seeds in rows}
    for name, run in (("CNN", "windows"), ("784-512-10", "wide_adam")):
        row = RUNS["full"][run]
        assert told[name] == (row["parameters"], sorted(figures("full", run)))
        assert row["epochs"] == 3  # as its head says
    assert told["CNN"][1][0] > told["784-512-10"][1][-1]  # they do not overlap
    assert str([f"{n:.4f}" for n in told["CNN"][1]]).replace("'", "") in CELLS["ladder"]


def test_on_the_full_set_the_cnn_makes_about_half_as_many_mistakes():
    pairs = zip(figures("full", "windows"), figures("full", "wide_adam"), strict=True)
    ratios = [(1 - windows) / (1 - dense) for windows, dense in pairs]
    assert min(ratios) > 0.4
    assert max(ratios) < 0.65


def test_scrambling_costs_the_cnn_about_four_points_and_the_dense_network_none():
    for source, bound in (("full", 0.004), ("digits", 0.025)):
        pairs = zip(figures(source, "wide_adam"), figures(source, "wide_adam_scrambled"), strict=True)
        assert all(abs(plain - scrambled) < bound for plain, scrambled in pairs)
    lost = [a - b for a, b in zip(figures("full", "windows"), figures("full", "windows_scrambled"), strict=True)]
    assert min(lost) > 0.03
    assert max(lost) < 0.045
    assert max(figures("full", "windows_scrambled")) < min(figures("full", "wide_adam_scrambled"))


@pytest.mark.parametrize("source", SOURCES)
def test_when_digits_move_the_windows_fall_later_and_both_fall(source):
    for windows, dense in zip(moved(source, "windows"), moved(source, "wide_adam"), strict=True):
        assert all(a > b for a, b in zip(windows, dense, strict=True))
        assert sorted(windows, reverse=True) == list(windows)
        assert windows[3] < windows[0] - 0.3


def test_pooling_is_not_what_holds_moved_digits():
    rows = zip(*(moved("full", name) for name in ("windows", "windows_unpooled", "wide_adam")), strict=False)
    for pooled, unpooled, dense in rows:  # at 2, 3 and 4 pixels
        assert all(b - c > 4 * abs(a - b) for a, b, c in zip(pooled[1:], unpooled[1:], dense[1:], strict=True))


def mistakes_at_four(source, name):
    return np.array([1 - shares[3] for shares in moved(source, name)])


def lost_at_four(source, name):
    """Return what each seed loses from unmoved digits to those moved by 4 pixels."""
    return mistakes_at_four(source, name) - 1 + figures(source, name)


@pytest.mark.parametrize("source", SOURCES)
def test_moved_digits_in_training_cure_both_networks_and_the_windows_lead(source):
    for name, run in (("windows", "windows"), ("dense", "wide_adam")):
        lowest = [min(shares) for shares in moved(source, f"{run}_cured")]
        assert min(lowest + figures(source, f"{run}_cured")) > CURED[name][source]
    share = mistakes_at_four(source, "windows_cured") / mistakes_at_four(source, "wide_adam_cured")
    assert share.max() < CURED_RATIO[source]


def test_on_the_full_set_four_pixels_cost_few_points_after_the_cure():
    assert 0.37 < lost_at_four("full", "windows").min() <= lost_at_four("full", "windows").max() < 0.43
    assert 0.66 < lost_at_four("full", "wide_adam").min() <= lost_at_four("full", "wide_adam").max() < 0.7
    assert lost_at_four("full", "windows_cured").max() < 0.03
    assert lost_at_four("full", "wide_adam_cured").max() < 0.05
    for name in PLAIN:  # unmoved digits are read a little less well
        pairs = zip(figures("full", name), figures("full", f"{name}_cured"), strict=True)
        assert all(0 < plain - cured < 0.02 for plain, cured in pairs)


def test_two_predictions_are_answered_by_the_sliders_below_them():
    cells = nbformat.read(ROOT / "notebooks" / "14_convolution_keras.ipynb", as_version=4).cells
    sources = [cell.source for cell in cells]
    pairs = {"predict_even_area": "kernel", "predict_receptive_field": "receptive"}
    for id, name in pairs.items():
        (at,) = (i for i, source in enumerate(sources) if f'cu.check("{id}"' in source)
        assert f"cu.explorables.{name}(" in "".join(sources[at + 1 : at + 4])


def test_the_receptive_field_s_line_says_what_was_predicted_and_what_the_text_tells():
    view = ReceptiveView()
    said = [view.sentence(view.frame(layer=layer, place=50)) for layer in (1, 2, 3, 4)]
    fields = [int(re.findall(r"sees (\d+) x", sentence)[0]) for sentence in said]
    assert "The fields measure {}, {}, {} and {} pixels".format(*fields) in CELLS["field-formula"]
    assert fields[3] == find("predict_receptive_field").solution() == 1 + 4 * 1 + 1 * 1 + 4 * 2 + 1 * 2


def test_the_window_s_sliders_say_what_the_lesson_says_of_a_border():
    view = WindowView()
    outs = {p: view.frame(n=8, k=5, s=1, p=p, way=0).out for p in range(4)}
    assert outs[0] == 4  # as the lesson tells before it asks
    assert [p for p, out in outs.items() if out == 8] == [2]
    assert all(view.frame(n=n, k=5, s=1, p=2, way=0).out == n for n in range(3, 11))  # "whatever n is"
    assert view.frame(n=8, k=5, s=2, p=0, way=0).missed > 0


def test_the_kernel_s_line_says_what_was_predicted():
    even = find("predict_even_area")
    view = KernelView(np.full((5, 5), 0.5))
    (in_all,) = re.findall(r"in all (−?[\d.]+)", view.sentence(view.frame("vertical edges")))
    assert 0.5 * float(in_all) == even.solution()


def test_try_size__six_pixels_and_a_window_of_three():
    assert find("feature_map_size").solution(6, 3, 2, 0) == 2


def test_explore_window__a_border_of_two():
    sizes = [find("feature_map_size").solution(n, 5, 1, 2) for n in (5, 8, 28)]
    assert sizes == [5, 8, 28]


def test_explore_receptive__the_fields():
    fields, field, apart = [], 1, 1
    for window, stride in ((5, 1), (2, 2), (5, 1), (2, 2)):
        field += (window - 1) * apart
        apart *= stride
        fields.append(field)
    assert fields == [5, 6, 14, 16]
    assert fields[-1] == find("predict_receptive_field").solution()
