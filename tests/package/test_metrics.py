"""Metrics: scikit-learn's values, and the sentences of their errors."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_array_equal
from sklearn import metrics

import course_utils as cu

labels = arrays(np.int64, 12, elements=st.integers(0, 3))
bits = arrays(np.int64, 12, elements=st.integers(0, 1))
quiet = settings(deadline=None, derandomize=True, max_examples=40)


@quiet
@given(y=labels, p=labels)
def test_all_four_shapes_of_accuracy_are_scikit_learns(y, p):
    expected = metrics.accuracy_score(y, p)
    rows = np.eye(4)[p] * 0.7 + 0.1
    assert cu.accuracy(y, p) == cu.accuracy(y[:, None], p[:, None]) == expected
    assert cu.accuracy(y, rows) == cu.accuracy(y[:, None], rows) == expected
    assert cu.accuracy(np.eye(4)[y], rows) == expected
    y, p = y > 1, (p > 1) * 0.4 + 0.3
    assert cu.accuracy(y, p) == cu.accuracy(y[:, None], p[:, None]) == metrics.accuracy_score(y, p > 0.5)


@quiet
@given(y=labels, p=labels)
def test_the_confusion_matrix_is_scikit_learns(y, p):
    counts = cu.confusion_matrix(y, p, 5)
    assert_array_equal(counts, metrics.confusion_matrix(y, p, labels=range(5)))
    assert np.trace(counts) / counts.sum() == cu.accuracy(y, p)
    assert cu.confusion_matrix(y, p).shape == (max(y.max(), p.max()) + 1,) * 2


@quiet
@given(y=bits, p=arrays(np.float64, 12, elements=st.floats(0, 1)), threshold=st.floats(0, 1))
def test_precision_and_recall_are_scikit_learns(y, p, threshold):
    called = p > threshold
    assert cu.precision(y, p, threshold=threshold) == metrics.precision_score(y, called, zero_division=0)
    assert cu.recall(y, p, threshold=threshold) == metrics.recall_score(y, called, zero_division=0)
    assert cu.precision(y[:, None], called[:, None].astype(int)) == metrics.precision_score(y, called, zero_division=0)
    assert cu.recall(y.astype(bool), called) == metrics.recall_score(y, called, zero_division=0)


def test_of_several_columns_every_entry_counts_once():
    y, p = np.array([[1, 0, 1], [0, 0, 1]]), np.array([[0.9, 0.8, 0.3], [0.1, 0.2, 0.7]])
    assert (cu.precision(y, p), cu.recall(y, p)) == (2 / 3, 2 / 3)
    assert cu.precision(y, p) == metrics.precision_score(y, p > 0.5, average="micro")


def test_where_nothing_is_called_or_nothing_is_there_the_share_is_0():
    assert cu.precision([0, 1], [0.5, 0.2]) == 0  # an example at the threshold is not called
    assert cu.recall([0, 0], [0.9, 0.2]) == 0


@pytest.mark.parametrize("metric", [cu.precision, cu.recall])
@pytest.mark.parametrize(
    ("y", "p", "options", "sentence"),
    [
        ([], [], {}, "y_pred is empty"),
        ([0, 1], [[0.2], [0.8]], {}, r"same shape.*Hint: y_true\.reshape\(-1, 1\)"),
        ([2, 0], [0.9, 0.1], {}, r"must be 0 or 1.*Received: 2\.0\. Hint: of several classes, .* y == 2"),
        ([1, 0], [3.2, -0.1], {}, r"outside \[0, 1\].*Received: 3\.2\. Hint: cu\.sigmoid\(z\)"),
        ([1, 0], [0.9, 0.1], {"threshold": 50}, "threshold is out of range.*Received: 50"),
    ],
)
def test_precision_and_recall_say_what_does_not_fit(metric, y, p, options, sentence):
    with pytest.raises(ValueError, match=rf"^{metric.__name__}: .*{sentence}"):
        metric(y, p, **options)


def test_many_classes_are_counted_and_still_more_where_one_says_so():
    assert cu.confusion_matrix([999], [3])[999, 3] == 1
    assert cu.confusion_matrix([1999], [3], 2000)[1999, 3] == 1


def test_one_half_is_class_zero_and_so_is_nan():
    assert cu.accuracy([0, 0], [0.5, np.nan]) == 1.0


@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.int8, float])
def test_labels_of_any_dtype(dtype):
    assert cu.accuracy(np.array([1, 0], dtype), [[0.2, 0.8], [0.3, 0.7]]) == 0.5
    assert_array_equal(cu.confusion_matrix(np.array([1, 0], dtype), [[1], [1]]), [[0, 1], [0, 1]])


def test_no_labels_are_no_counts():
    assert_array_equal(cu.confusion_matrix([], [], 2), np.zeros((2, 2)))


def test_nothing_is_changed():
    y, p = np.array([0, 1, 1]), np.array([0.2, 0.6, 0.4])
    y.flags.writeable = p.flags.writeable = False
    assert cu.accuracy(y, p) == 2 / 3
    cu.confusion_matrix(y, y)
    assert (cu.precision(y, p), cu.recall(y, p)) == (1.0, 0.5)


@pytest.mark.parametrize(
    ("y", "p", "sentence"),
    [
        ([], [], "y_pred is empty"),
        ([0, 1], [[0.2], [0.8]], r"same shape.*Hint: y_true\.reshape\(-1, 1\)"),
        ([2, 0], [0.9, 0.1], r"must be 0 or 1 where y_pred is a probability.*Received: 2\.0\. Hint: to compare labels"),
        ([np.nan, 0], [0.9, 0.1], "must be 0 or 1"),
        ([3, 0], np.full((2, 3), 1 / 3), r"labels 0 … 2\. Received: 3(\.0)? at position 0"),
        ([0.5, 0], np.full((2, 3), 1 / 3), "whole numbers"),
        ([0, 1, 2], np.full((2, 3), 1 / 3), r"differ in length.*Expected: 2 labels\. Received: 3"),
        (np.zeros((2, 4)), np.full((2, 3), 1 / 3), "must be a list of labels"),
    ],
)
def test_accuracy_says_what_does_not_fit(y, p, sentence):
    with pytest.raises(ValueError, match=rf"^accuracy: .*{sentence}"):
        cu.accuracy(y, p)


@pytest.mark.parametrize("bad", ["ab", ["a", "b"], [1j, 0], [None, 0], [[0], [0, 1]]])
def test_what_is_no_number_is_refused(bad):
    for y, p in (([0, 1], bad), (bad, [0, 1])):
        with pytest.raises(TypeError, match=r"^accuracy: y_.*\. Expected: .*\. Received: .*\.$"):
            cu.accuracy(y, p)
        with pytest.raises((TypeError, ValueError), match=r"^confusion_matrix: y_.*\. Expected: .*\. Received: "):
            cu.confusion_matrix(y, p)


@pytest.mark.parametrize(
    ("y", "p", "n", "sentence"),
    [
        ([0, 1], [0, 1, 1], None, "same shape"),
        ([0, 2], [0, 1], 2, r"y_true has a label out of range\. Expected: labels 0 … 1\. Received: 2 at position 1"),
        ([0, 1], [0, -1], None, "y_pred has a label out of range"),
        ([0, 1], [0.2, 0.8], None, "y_pred must hold whole numbers"),
        ([0, 1], [[0.2, 0.8], [0.2, 0.8]], None, r"Hint: y_pred\.argmax\(axis=1\)"),
        ([0, 1], [0, 1], 0, "n_classes must be a whole number"),
        ([0, 1], [0, 1], 2.5, "n_classes must be a whole number"),
        (
            [0, 10**9],
            [0, 1],
            None,
            r"very large label\. Expected: labels 0 … 999\. Received: 1000000000\. Hint: .*n_cl",
        ),
        ([0, 1], [0, 1000], None, r"very large label.*Hint: .*n_classes=1001\.$"),
        ([0, 1], [0, 10**18], None, r"very large label.*Received: 1000000000000000000\."),
        ([0, 1], [0, 1], 10**9, r"n_classes is too large\. .*Received: \(1000000000, 1000000000\), which takes 8,0"),
        ([0, 1], [0, 1], 10**30, "n_classes is too large"),
    ],
)
def test_confusion_matrix_says_what_does_not_fit(y, p, n, sentence):
    with pytest.raises(ValueError, match=rf"^confusion_matrix: .*{sentence}"):
        cu.confusion_matrix(y, p, n)
