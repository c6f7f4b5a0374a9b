"""The two planes of a hidden layer, judged by what stands on them."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.activations import sigmoid
from course_utils.datasets import logic_gate
from course_utils.plots import planes

X, Y = logic_gate("XOR")
KERNEL, BIAS = np.array([[6.0, -6.0], [6.0, -6.0]]), np.array([-3.0, 9.0])


def hidden(P):
    return sigmoid(P @ KERNEL + BIAS)


def output(H):
    return sigmoid(H @ [6.0, 6.0] - 9.0)


@pytest.fixture
def fig():
    yield planes(hidden, output, X, Y)
    plt.close("all")


def test_points_are_in_the_hidden_plane_where_the_units_put_them(fig):
    left, right = fig.axes
    for ax, places in ((left, X), (right, hidden(X))):
        drawn = {line.get_label(): line.get_xydata() for line in ax.lines}
        assert np.array_equal(drawn["class 0"], places[[0, 3]])
        assert np.array_equal(drawn["class 1"], places[[1, 2]])
    assert [text.get_text() for text in right.texts] == ["00", "01", "10", "11"]
    assert [tuple(text.xy) for text in right.texts] == [tuple(place) for place in hidden(X)]


def test_the_units_lines_are_where_they_say_one_half(fig):
    lines = fig.axes[0].collections[-2:]
    for unit, drawn in enumerate(lines):
        points = np.concatenate([path.vertices for path in drawn.get_paths()])
        np.testing.assert_allclose(hidden(points)[:, unit], 0.5, atol=1e-3)


def test_one_legend_for_both(fig):
    assert [ax.get_legend() for ax in fig.axes] == [None, None]
    names = [text.get_text() for text in fig.legends[0].get_texts()]
    assert names == ["class 0", "class 1", "output 0.5", "hidden 1", "hidden 2"]


def test_three_units_have_no_plane():
    with pytest.raises(ValueError, match=r"planes: .*Expected: \(4, 2\). Received: \(4, 3\)"):
        planes(lambda P: np.zeros((len(P), 3)), output, X, Y)
