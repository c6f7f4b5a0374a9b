"""Panels on one scale: shares that add up, and a curve with its last value in every cell."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.plots import curve_table, histograms

CURVES = {(b, r): [0.1 * b, 0.1 * b + r] for b in (1, 2) for r in (0.25, 0.5, 0.75)}
ROWS, COLUMNS = {1: "batch 1", 2: "batch 2"}, {0.25: "a", 0.5: "b", 0.75: "c"}


@pytest.fixture(autouse=True)
def _no_figure_stays():
    yield
    plt.close("all")


def table(**options):
    return curve_table(CURVES, rows=ROWS, columns=COLUMNS, xlabel="epoch", ylabel="accuracy", **options)


def test_a_histogram_shows_shares_and_keeps_what_lies_outside():
    fig = histograms({"g": {"a": [-9, 0.5, 0.5, 9]}}, limits=(-1, 2), xlabel="x", bins=3)
    values, edges, _ = fig.axes[0].patches[0].get_data()
    assert values.tolist() == [0.25, 0.5, 0.25]
    assert edges.tolist() == [-1, 0, 1, 2]


def test_histograms_have_one_panel_a_group_on_one_scale():
    groups = {name: {"layer 1": np.zeros((2, 3)), "layer 2": np.ones(4)} for name in ("zeros", "He")}
    fig = histograms(groups, limits=(-2, 2), xlabel="logit")
    assert [ax.get_title() for ax in fig.axes] == ["zeros", "He"]
    assert [len(ax.patches) for ax in fig.axes] == [2, 2]
    assert len({(ax.get_xlim(), ax.get_ylim()) for ax in fig.axes}) == 1
    styles = {(patch.get_edgecolor(), patch.get_linestyle()) for patch in fig.axes[0].patches}
    assert len(styles) == 2  # two layers are told apart


def test_more_than_six_histograms_are_told_apart_beside_the_panels():
    arrays = {f"layer {k}": [k, k + 0.5] for k in range(12)}
    fig = histograms({"few": {"layer 0": [1]}, "many": arrays}, limits=(0, 12), xlabel="z")
    patches = fig.axes[1].patches
    assert len({(patch.get_edgecolor(), patch.get_linestyle()) for patch in patches}) == 12
    assert [text.get_text() for text in fig.legends[0].get_texts()] == list(arrays)
    assert fig.axes[0].get_legend() is None


@pytest.mark.parametrize(
    ("groups", "says"),
    [({"g": {str(k): [k] for k in range(13)}}, "at most 12 in a panel. Received: 13"), ({}, "empty")],
)
def test_histograms_that_cannot_be_drawn_are_refused(groups, says):
    with pytest.raises(ValueError, match=f"histograms: .*{says}"):
        histograms(groups, limits=(0, 1), xlabel="z")


def test_values_that_are_no_numbers_are_missing_from_a_histogram_and_counted():
    groups = {"g": {"a": [0.5, np.nan, np.inf, 0.5], "lost": [np.nan] * 1000, "none": []}}
    fig = histograms(groups, limits=(0, 2), xlabel="z", bins=2)
    assert [patch.get_data().values.tolist() for patch in fig.axes[0].patches] == [[0.5, 0.25], [0, 0], [0, 0]]
    labels = [text.get_text() for text in fig.axes[0].get_legend().get_texts()]
    assert labels == ["a (1 NaN)", "lost (1,000 NaN)", "none"]


def test_every_cell_has_its_curve_and_its_last_value():
    fig = table()
    for ax, y in zip(fig.axes, CURVES.values(), strict=True):
        assert ax.lines[0].get_xydata().tolist() == [[1, y[0]], [2, y[1]]]
        assert ax.texts[0].get_text() == f"{y[1]:.2f}"
        assert ax.get_ylim() == (0, 1)


@pytest.mark.parametrize(("last", "place"), [(0.22, "top"), (0.5, "bottom"), (0.95, "bottom")])
def test_the_last_value_keeps_off_the_curve_s_end(last, place):
    fig = curve_table({(1, 1): [0.3, last]}, rows={1: "r"}, columns={1: "c"}, xlabel="", ylabel="")
    assert fig.axes[0].texts[0].get_va() == place


def test_names_stand_at_the_top_and_at_the_left():
    axes = table().axes
    assert [ax.get_title() for ax in axes] == ["a", "b", "c", "", "", ""]
    assert [ax.get_ylabel() for ax in axes] == ["batch 1", "", "", "batch 2", "", ""]


def test_a_missing_curve_is_named():
    with pytest.raises(ValueError, match=r"curve_table: a cell has no curve.*\(3, 0.25\)"):
        curve_table(CURVES, rows={3: "batch 3"}, columns=COLUMNS, xlabel="", ylabel="")
