"""The heat map says every number, and says it readably."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from course_utils.plots import heatmap

WHITE, BLACK = "#ffffff", "#000000"
COUNTS = np.array([[90, 3], [0, 85], [7, 1]])


@pytest.fixture(autouse=True)
def _no_figure_stays():
    yield
    plt.close("all")


def drawn(**options):
    return heatmap(COUNTS, xlabel="prediction", ylabel="label", **options)


def test_every_cell_has_its_number_at_its_place():
    said = {text.get_position(): text.get_text() for text in drawn().texts}
    assert said == {(j, i): str(COUNTS[i, j]) for i in range(3) for j in range(2)}


def test_shade_colours_and_the_table_is_what_is_written():
    mistakes = COUNTS * (1 - np.eye(3, 2))
    ax = drawn(shade=mistakes)
    assert np.array_equal(ax.images[0].get_array(), mistakes)
    assert ax.images[0].get_clim() == (0, 7)
    assert ax.texts[0].get_text() == "90"


def test_numbers_are_white_on_dark_and_black_on_light():
    colours = [to_hex(text.get_color()) for text in drawn().texts]
    assert colours == [WHITE, BLACK, BLACK, WHITE, BLACK, BLACK]
    grey = heatmap([[0, 255]], xlabel="", ylabel="", cmap="gray", limits=(0, 255))
    assert [to_hex(text.get_color()) for text in grey.texts] == [WHITE, BLACK]


def test_ticks_name_the_cells_and_count_on_from_the_corner():
    ax = drawn(corner=(5, 10))
    assert [t.get_text() for t in ax.get_yticklabels()] == ["5", "6", "7"]
    assert [t.get_text() for t in ax.get_xticklabels()] == ["10", "11"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("prediction", "label")


def test_it_draws_into_the_axes_it_is_given():
    fig, ax = plt.subplots()
    assert drawn(ax=ax) is ax
    assert plt.get_fignums() == [fig.number]


def test_a_table_of_zeros_is_drawn_without_a_warning():
    ax = heatmap(np.zeros((2, 2), dtype=int), xlabel="", ylabel="")
    ax.figure.canvas.draw()
    assert {text.get_text() for text in ax.texts} == {"0"}


def test_what_does_not_fit_is_named():
    with pytest.raises(ValueError, match="heatmap: shade must colour every cell. Expected: .3, 2"):
        drawn(shade=np.ones((2, 2)))
    with pytest.raises(ValueError, match="heatmap"):
        heatmap([1, 2], xlabel="", ylabel="")
    with pytest.raises(ValueError, match="heatmap"):
        heatmap(np.ones((0, 3)), xlabel="", ylabel="")
