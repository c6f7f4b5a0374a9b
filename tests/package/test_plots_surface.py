"""Maps and hills of a cost, by their artists."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.plots import contours, surface

W, B = np.linspace(-2, 4, 25), np.linspace(-3, 1, 17)
WHERE = {"w": W, "b": B}


def bowl(w, b):
    return (w - 1) ** 2 + 4 * (b + 1) ** 2


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def line(ax, label):
    return next(line for line in ax.lines if line.get_label() == label)


def test_the_star_marks_the_lowest_place_drawn_or_the_one_given():
    assert line(contours(bowl, W, B), "lowest").get_xydata().tolist() == [[1, -1]]
    assert line(contours(bowl, W, B, lowest=(1.1, -0.9)), "lowest").get_xydata().tolist() == [[1.1, -0.9]]


def test_w_runs_to_the_right_and_b_upward():
    ax = contours(bowl, W, B)
    assert (ax.get_xlim(), ax.get_ylim()) == ((-2, 4), (-3, 1))
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("w", "b")
    filled, lines = ax.collections[:2]
    for level, path in zip(lines.levels, lines.get_paths(), strict=True):
        if len(path):  # on a line of equal cost the cost is that, up to the width of the grid
            assert [bowl(*point) for point in path.vertices] == pytest.approx([level] * len(path), abs=0.2)


def test_each_path_has_its_label_its_start_and_its_own_look():
    paths = {"batch": [[3, 0], [2, -0.5]], "single": [[3, 0], [0, 0.5], [1, 0]]}
    ax = contours(bowl, W, B, paths=paths)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["batch", "single", "lowest"]
    batch, single = line(ax, "batch"), line(ax, "single")
    assert single.get_xydata().tolist() == paths["single"]
    assert batch.get_color() != single.get_color()
    assert batch.get_linestyle() != single.get_linestyle()


def test_a_path_that_leaves_the_map_does_not_change_the_map():
    wild = [[0, 0], [1e200, -1e200], [np.nan, np.nan]]
    ax = contours(bowl, W, B, paths={"wild": wild})
    ax.figure.canvas.draw()
    assert (ax.get_xlim(), ax.get_ylim()) == ((-2, 4), (-3, 1))
    assert line(ax, "wild").get_xydata()[1].tolist() == [64, -43]  # ten widths outside


def test_it_draws_into_the_axes_given():
    _, ax = plt.subplots()
    assert contours(bowl, W, B, ax=ax, title="J") is ax
    assert ax.get_title() == "J"
    assert plt.get_fignums() == [ax.figure.number]


def test_a_path_lies_on_the_hill():
    ax = surface(bowl, W, B, path=[[3, 0], [1, -1]])
    assert np.transpose(ax.lines[0].get_data_3d()).tolist() == [[3, 0, 8], [1, -1, 0]]
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_zlabel()) == ("w", "b", "J")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"paths": {"a": [1, 2]}}, r"the path 'a' must be points of two parameters. Expected: \(steps \+ 1, 2\)"),
        ({"paths": dict.fromkeys("abcde", [[0, 0]])}, "too many paths"),
    ],
)
def test_what_cannot_be_drawn_is_named(options, says):
    with pytest.raises(ValueError, match=f"contours: {says}"):
        contours(bowl, W, B, **options)


@pytest.mark.parametrize("cost", [lambda w, b: 3.0, lambda w, b: 3.0 + 1e-16 * w])
def test_a_flat_cost_is_drawn_without_lines(cost):
    ax = contours(cost, W, B, paths={"still": [[0, 0], [1, 0]]})
    ax.figure.canvas.draw()
    assert len(ax.collections) == 0
    assert (ax.get_xlim(), ax.get_ylim()) == ((-2, 4), (-3, 1))
    hill = surface(cost, W, B, path=[[0, 0], [1, 0]])
    hill.figure.canvas.draw()
    assert len(hill.collections) == 1  # the plane alone


@pytest.mark.parametrize("draw", [contours, surface])
@pytest.mark.parametrize("high", [np.inf, np.nan])
def test_a_cost_that_is_not_finite_is_refused_with_its_place(draw, high):
    says = (
        rf"{draw.__name__}: the cost is not finite at \(1.25, -3\)\. Expected: a finite cost .* Received: {high}\. Hint"
    )
    with pytest.raises(ValueError, match=says):
        draw(lambda w, b: high if w > 1 else w, W, B)
    assert plt.get_fignums() == []


def test_places_must_be_finite():
    with pytest.raises(ValueError, match="contours: w has a value that cannot be drawn"):
        contours(bowl, [0, np.nan, 1], B)


def test_places_must_be_a_list():
    with pytest.raises(ValueError, match="surface: b has the wrong number of axes"):
        surface(bowl, W, 3)
