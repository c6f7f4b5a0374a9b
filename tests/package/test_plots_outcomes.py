"""Pictures of outcomes over one input, by their artists."""

import numpy as np
import pytest

from course_utils.activations import sigmoid
from course_utils.plots import outcomes

X, Y = np.array([2.0, 4.0, 5.0, 12.0]), np.array([0, 1, 0, 1])


def test_each_outcome_is_a_point_of_its_class():
    curve, zero, one = outcomes(X, Y, lambda x: sigmoid(x - 5)).lines
    assert zero.get_xydata().tolist() == [[2, 0], [5, 0]]
    assert one.get_xydata().tolist() == [[4, 1], [12, 1]]
    assert zero.get_marker() != one.get_marker()
    assert zero.get_color() != one.get_color()


def test_the_curve_is_the_models_and_reaches_beyond_the_data():
    curve = outcomes(X, Y, lambda x: sigmoid(x - 5)).lines[0]
    x, p = curve.get_xydata().T
    np.testing.assert_array_equal(p, sigmoid(x - 5))
    assert (x[0], x[-1]) == (1, 13)


def test_without_a_model_and_with_a_single_example():
    ax = outcomes([3.0], [1], names=("no", "yes"), xlabel="hours")
    assert [line.get_label() for line in ax.lines] == ["no", "yes"]
    assert ax.get_xlabel() == "hours"
    (x, *_, end) = outcomes([3.0], [1], lambda x: 0 * x).lines[0].get_xdata()
    assert (x, end) == (2, 4)


@pytest.mark.parametrize(
    ("x", "y", "says"),
    [
        (X, Y.reshape(-1, 1), r"the same length. Expected: \(m,\) and \(m,\). Received: \(4,\) and \(4, 1\)"),
        ([], [], "the same length"),
        (X, [0, 1, 2, 1], "y must tell two classes"),
    ],
)
def test_data_that_do_not_fit_are_refused(x, y, says):
    with pytest.raises(ValueError, match=f"outcomes: .*{says}"):
        outcomes(x, y)
