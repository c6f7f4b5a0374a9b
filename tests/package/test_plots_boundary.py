"""The picture of a decision boundary, read back from its artists."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

import course_utils as cu
from course_utils.plots.boundary import SIDE, boundary

X, y = cu.logic_gate("AND")


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def learned(points):
    return cu.sigmoid(points @ [[4.0], [4.0]] - 6.0)  # (n, 2) @ (2, 1) -> (n, 1)


def line_of(ax):
    """Give the vertices of the 0.5 line."""
    return np.concatenate([path.vertices for path in ax.collections[0].get_paths()])  # (k, 2)


def test_the_line_lies_where_the_model_answers_a_half():
    line = line_of(boundary(learned, X, y))
    np.testing.assert_allclose(line @ [4.0, 4.0], 6.0, atol=1e-3)


def test_the_heat_map_is_the_model_right_side_up():
    (heat,) = boundary(lambda P: 0.25 + 0.5 * (P[:, 1] > 0.5), X, y).images
    values = np.asarray(heat.get_array())
    assert values.shape == (SIDE, SIDE)
    assert (values[0, 0], values[-1, 0], values[0, -1], values[-1, -1]) == (0.25, 0.75, 0.25, 0.75)
    assert (heat.origin, heat.norm.vmin, heat.norm.vmax) == ("lower", 0, 1)


def test_each_class_has_its_own_colour_and_marker():
    zero, one, _ = boundary(learned, X, y).lines
    assert sorted(map(tuple, zero.get_xydata())) == [(0, 0), (0, 1), (1, 0)]
    assert sorted(map(tuple, one.get_xydata())) == [(1, 1)]
    assert (zero.get_marker(), zero.get_color()) != (one.get_marker(), one.get_color())
    assert zero.get_marker() != one.get_marker()


def test_the_names_stand_in_the_legend_and_many_points_are_small():
    few = boundary(learned, X, y, names=("no", "yes"))
    many = boundary(learned, np.tile(X, (20, 1)), np.tile(y, (20, 1)))
    assert few.get_legend_handles_labels()[1] == ["no", "yes", "output 0.5"]
    assert many.lines[0].get_markersize() < few.lines[0].get_markersize()


def test_all_data_lie_inside_the_bounds_taken_from_them():
    data = np.array([[-300.0, 0.001], [500.0, 0.004], [20.0, 0.002]])
    ax = boundary(lambda P: np.full(len(P), 0.2), data, [0, 1, 0])
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    assert left < -300 < 500 < right
    assert low < 0.001 < 0.004 < high
    assert right - left < 2000
    assert high - low < 0.01


def test_one_value_on_an_axis_still_leaves_room():
    ax = boundary(learned, [[1.0, 1.0], [2.0, 1.0]], [0, 1])
    assert ax.get_ylim() == (0, 2)


def test_a_model_that_never_passes_a_half_has_no_line():
    ax = boundary(lambda P: np.full(len(P), 0.2), X, y)
    assert len(ax.collections) == 0
    assert ax.get_legend_handles_labels()[1] == ["class 0", "class 1"]


def test_a_column_and_a_flat_answer_draw_the_same_picture():
    column, flat = boundary(learned, X, y), boundary(lambda P: learned(P).ravel(), X, y.ravel())
    np.testing.assert_array_equal(column.images[0].get_array(), flat.images[0].get_array())


def test_it_draws_into_the_axes_given_and_leaves_the_data_alone():
    fig, (left, right) = plt.subplots(1, 2)
    data, labels = X.copy(), y.copy()
    assert boundary(learned, data, labels, ax=right, title="AND", xlabel="a") is right
    assert (right.get_title(), right.get_xlabel(), right.get_ylabel()) == ("AND", "a", "$x_2$")
    assert not left.lines
    assert len(fig.axes) == 2  # no third one for colours
    np.testing.assert_array_equal(data, X)
    np.testing.assert_array_equal(labels, y)


def test_it_has_a_colour_bar_of_its_own():
    ax = boundary(learned, X, y)
    assert [other.get_ylabel() for other in ax.figure.axes if other is not ax] == ["output a"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((learned, X[:, :1], y), r"X must be points in a plane\. Expected: \(m, 2\)\. Received: \(4, 1\)"),
        ((learned, X[:0], y[:0]), "X must be points in a plane"),
        ((learned, X, y[:3]), r"y does not fit X\. Expected: \(4,\) or \(4, 1\)\. Received: \(3, 1\)"),
        ((learned, [[0, np.nan], [1, 1]], [0, 1]), "X has a value that cannot be drawn. Expected: finite numbers"),
        ((learned, X, 2 * y), r"y must tell two classes\. Expected: 0 and 1"),
        ((lambda P: P, X, y), "predict must give one number for each point"),
        ((lambda P: 0.5, X, y), "predict must give one number for each point"),
        ((lambda P: np.full(len(P), np.nan), X, y), "nan among them"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(arguments, says):
    with pytest.raises(ValueError, match=f"boundary: .*{says}"):
        boundary(*arguments)
