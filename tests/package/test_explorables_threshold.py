"""The threshold view: its shares against scikit-learn, its artists at every position, and what it refuses."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from sklearn import metrics

import course_utils as cu
from course_utils.explorables.threshold import BEYOND, END, LAYERS, THRESHOLDS, ThresholdView, example, threshold

Y, P = example()
VIEW = ThresholdView(Y, P, ("benign", "malignant"))
PLACES = (0.0, 0.01, 0.3, 0.5, 0.77, 0.99, 1.0)


@pytest.fixture
def view():
    return ThresholdView(Y, P, ("benign", "malignant"))


@pytest.mark.parametrize("place", PLACES)
def test_its_shares_are_scikit_learns(place):
    frame, called = VIEW.frame(place), place < P
    assert frame.precision == metrics.precision_score(Y, called, zero_division=0) == cu.precision(Y, P, threshold=place)
    assert frame.recall == metrics.recall_score(Y, called) == cu.recall(Y, P, threshold=place)
    (_, alarms), (_, found) = metrics.confusion_matrix(Y, called)
    assert (frame.alarms, frame.found, frame.called) == (alarms, found, alarms + found)
    np.testing.assert_array_equal(frame.wrong, called != Y)


def test_the_curves_are_the_frames():
    frames = [VIEW.frame(float(place)) for place in THRESHOLDS]
    precisions = [frame.precision if frame.called else np.nan for frame in frames]
    np.testing.assert_array_equal(VIEW.curves["precision"], precisions)
    np.testing.assert_array_equal(VIEW.curves["recall"], [frame.recall for frame in frames])
    assert (np.diff(VIEW.curves["recall"]) <= 0).all()  # it can never rise
    assert (np.diff(VIEW.curves["precision"]) < 0).any()  # which the precision can, and fall
    assert (np.diff(VIEW.curves["precision"]) > 0).any()


def test_the_words_tell_the_counts_and_nothing_of_a_share_of_nothing():
    assert VIEW.sentence(VIEW.frame(0.0)) == (
        "Threshold 0.00: 40 are called malignant, 20 of them rightly, so the precision is 0.500. "
        "Of 20 that are malignant, 20 are found, so the recall is 1.000."
    )
    assert "none is called malignant, so the recall is 0.000" in VIEW.sentence(VIEW.frame(1.0))


@pytest.mark.parametrize("place", PLACES)
def test_the_picture_tells_the_frame(view, place):
    frame, figures = view.frame(place), len(plt.get_fignums())
    view.live().render(threshold=place)
    line, rings, count, mark, dots, shares = view.artists
    assert list(line.get_xdata()) == [frame.at, frame.at]
    np.testing.assert_array_equal(rings.get_xdata(), view.x[frame.wrong])
    np.testing.assert_array_equal(rings.get_ydata(), view.heights[frame.wrong])
    assert count.get_text() == f"{frame.found} of 20 found, false alarms: {frame.alarms}"
    assert list(mark.get_xdata()) == [frame.at, frame.at]
    assert abs(frame.at) <= BEYOND
    np.testing.assert_array_equal(dots.get_ydata(), [frame.precision if frame.called else np.nan, frame.recall])
    of_called = f"precision {frame.precision:.2f}" if frame.called else "no precision"
    assert shares.get_text() == f"{of_called}   recall {frame.recall:.2f}"
    assert len(plt.get_fignums()) == figures


def test_who_is_called_stands_to_the_right_of_the_line():
    for place in (0.01, 0.3, 0.5, 0.77):
        frame = VIEW.frame(place)
        np.testing.assert_array_equal(VIEW.x > frame.at, place < P)


def test_an_example_beyond_the_edge_stands_at_the_edge_and_in_the_words():
    frame = ThresholdView([0, 1], [0.0, 1.0]).frame(0.5)
    assert ThresholdView([0, 1], [0.0, 1.0]).x.tolist() == [-END, END]
    assert (frame.precision, frame.recall) == (1.0, 1.0)


def test_neighbours_of_a_class_do_not_hide_one_another():
    for label in (0, 1):
        heights = VIEW.heights[label == Y]
        assert len(np.unique(heights)) == LAYERS
        assert np.ptp(heights) < 1
    assert VIEW.heights[Y == 0].max() < VIEW.heights[Y == 1].min()


def test_columns_are_taken_as_rows():
    assert threshold(Y[:, None], P[:, None]).status == threshold(Y, P).status


@pytest.mark.parametrize(
    ("y", "p", "sentence"),
    [
        ([0, 1], [0.5], "same shape"),
        ([[1, 0], [0, 1]], [0.2, 0.8], r"y_true must be one number .*\(2, 2\).*Hint: y_true\.argmax\(axis=1\)"),
        ([0, 1], [[0.8, 0.2], [0.2, 0.8]], r"y_pred must be one number .*\(2, 2\).*Hint: y_pred\[:, 1\]"),
        ([0, 1], [[[0.2]], [[0.8]]], "y_pred must be one number"),
        ([0, 1], [-3.0, 4.0], r"outside \[0, 1\].*Hint: cu\.sigmoid\(z\)"),
        ([0, 1], [0.5, np.nan], "no number"),
        ([1, 1], [0.5, 0.6], "both classes"),
        ([0, 2], [0.5, 0.6], "both classes"),
        ([], [], "both classes"),
    ],
)
def test_what_does_not_fit_is_said(y, p, sentence):
    with pytest.raises(ValueError, match=f"^threshold: .*{sentence}"):
        threshold(y, p)
