"""Losses: SciPy's and scikit-learn's values, hostile input, and the sentences of their errors."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import expit, log_softmax, softmax, xlogy
from sklearn.metrics import log_loss, mean_absolute_error, mean_squared_error

import course_utils as cu

rng = np.random.default_rng(0)
quiet = settings(deadline=None, derandomize=True, max_examples=60)
probabilities = arrays(np.float64, (5, 1), elements=st.floats(0, 1))
logits = arrays(np.float64, (5, 4), elements=st.floats(-1e4, 1e4))
labels = arrays(np.int64, 5, elements=st.integers(0, 3))


@quiet
@given(y=probabilities, p=probabilities)
def test_binary_crossentropy_is_its_formula(y, p):
    expected = -(xlogy(y, p) + xlogy(1 - y, 1 - p)).mean()
    assert_allclose(cu.binary_crossentropy(y, p), expected, rtol=1e-13)


@quiet
@given(y=labels, z=logits)
def test_categorical_crossentropy_of_logits_is_scipys(y, z):
    expected = -log_softmax(z, axis=1)[np.arange(5), y].mean()
    with np.errstate(all="raise"):
        sparse = cu.sparse_categorical_crossentropy(y, z, from_logits=True)
        onehot = cu.categorical_crossentropy(np.eye(4)[y], z, from_logits=True)
    assert_allclose([sparse, onehot], expected, rtol=1e-13)


@quiet
@given(y=probabilities, z=arrays(np.float64, (5, 1), elements=st.floats(-30, 30)))
def test_logits_and_probabilities_agree(y, z):
    a = cu.binary_crossentropy(y, z, from_logits=True)
    assert_allclose(a, -(xlogy(y, expit(z)) + xlogy(1 - y, expit(-z))).mean(), rtol=1e-12, atol=1e-15)


def test_losses_are_scikit_learns():
    z = rng.normal(size=(30, 4))
    y, p = rng.integers(0, 4, 30), softmax(z, axis=1)
    expected = log_loss(y, p)
    assert_allclose(cu.sparse_categorical_crossentropy(y, p), expected, rtol=1e-12)
    assert_allclose(cu.sparse_categorical_crossentropy(y[:, None], p), expected, rtol=1e-12)
    assert_allclose(cu.categorical_crossentropy(cu.one_hot(y, 4), p), expected, rtol=1e-12)
    bits, chance = rng.integers(0, 2, 30), rng.uniform(0.01, 0.99, 30)
    assert_allclose(cu.binary_crossentropy(bits, chance), log_loss(bits, chance), rtol=1e-12)
    assert_allclose(cu.mean_absolute_error(p, z), mean_absolute_error(p, z), rtol=1e-12)
    assert_allclose(cu.mean_squared_error(p, z), mean_squared_error(p, z), rtol=1e-12)


def test_two_softmax_units_are_one_sigmoid_unit():
    """Published: targets 0, 1, 1, 0 with P(y=1) = 0.3, 0.7, 0.6, 0.2 cost 0.36182976573941633 both ways."""
    y, p = np.array([0, 1, 1, 0]), np.array([0.3, 0.7, 0.6, 0.2])
    rows = np.column_stack([1 - p, p])
    for cost in (
        cu.binary_crossentropy(y, p),
        cu.categorical_crossentropy(cu.one_hot(y, 2), rows),
        cu.sparse_categorical_crossentropy(y, rows),
    ):
        assert type(cost) is float
        assert_allclose(cost, 0.36182976573941633, rtol=1e-15)


def test_certain_and_right_costs_nothing_certain_and_wrong_costs_infinity():
    with np.errstate(all="raise"):
        assert cu.binary_crossentropy([1.0, 0.0], [1.0, 0.0]) == 0
        assert cu.binary_crossentropy([1.0], [0.0]) == np.inf
        assert cu.sparse_categorical_crossentropy([0], [[1.0, 0.0]]) == 0
        assert cu.sparse_categorical_crossentropy([1], [[1.0, 0.0]]) == np.inf
        assert cu.categorical_crossentropy([[1, 0]], [[1.0, 0.0]]) == 0
        assert cu.categorical_crossentropy([[0, 1]], [[1.0, 0.0]]) == np.inf


PERFECT = {
    "binary_crossentropy": ([1.0, 0.0], [1.0, 0.0], [1e5, -1e5]),
    "categorical_crossentropy": ([[0.0, 1.0]], [[0.0, 1.0]], [[0.0, 1e5]]),
    "sparse_categorical_crossentropy": ([1], [[0.0, 1.0]], [[0.0, 1e5]]),
}


@pytest.mark.parametrize("loss", PERFECT)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_nothing_costs_0_and_not_minus_0(loss, dtype):
    y, p, z = PERFECT[loss]
    for cost in (
        getattr(cu, loss)(y, np.array(p, dtype)),
        getattr(cu, loss)(y, np.array(z, dtype), from_logits=True),
        cu.mean_squared_error(np.array(p, dtype), np.array(p, dtype)),
    ):
        assert str(cost) == "0.0"
        assert type(cost) is float


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("dtype", "big"), [("float32", 1e38), ("float32", 3e38), ("float64", 1e308), ("float64", 1.7e308)]
)
def test_logits_at_the_edge_of_the_floats_warn_of_nothing(dtype, big):
    z = np.array([big, -big, big, -big], dtype)
    rows = np.tile(z, (4, 1))
    with np.errstate(all="warn"):
        costs = [
            cu.mean_squared_error(z, -z),
            cu.binary_crossentropy([0, 1, 0, 1], z, from_logits=True),
            cu.binary_crossentropy([0.5] * 4, z, from_logits=True),
            cu.categorical_crossentropy(np.eye(4), rows, from_logits=True),
            cu.categorical_crossentropy(np.full((4, 4), 0.25), rows, from_logits=True),
            cu.sparse_categorical_crossentropy([0, 1, 2, 3], rows, from_logits=True),
        ]
    assert costs[0] == np.inf
    assert all(cost > 1e37 for cost in costs)
    if dtype == "float32" and big == 1e38:
        assert_allclose(costs[1:3], [1e38, 5e37], rtol=1e-6)
        assert_allclose(costs[3:5], [1e38] * 2, rtol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_logits_of_ten_thousand_have_their_exact_loss(dtype):
    z = np.array([[1e4], [-1e4]], dtype)
    with np.errstate(all="raise"):
        assert cu.binary_crossentropy([[1], [0]], z, from_logits=True) == 0
        assert cu.binary_crossentropy([[0], [1]], z, from_logits=True) == 1e4
        rows = np.hstack([z, -z])
        assert cu.sparse_categorical_crossentropy([0, 1], rows, from_logits=True) == 0
        assert cu.sparse_categorical_crossentropy([1, 0], rows, from_logits=True) == 2e4
        assert cu.mean_squared_error(z, -z) == 4e8


def test_infinite_logits():
    with np.errstate(all="raise"):
        assert cu.binary_crossentropy([1.0, 0.0], [np.inf, -np.inf], from_logits=True) == 0
        assert cu.binary_crossentropy([0.0], [np.inf], from_logits=True) == np.inf
        assert cu.categorical_crossentropy([[1, 0]], [[0.0, -np.inf]], from_logits=True) == 0
        assert cu.sparse_categorical_crossentropy([1], [[0.0, -np.inf]], from_logits=True) == np.inf
        assert cu.mean_squared_error([0.0], [1e200]) == np.inf
    with pytest.raises(ValueError, match="largest logit of a row is infinite"):
        cu.categorical_crossentropy([[1, 0]], [[np.inf, 0.0]], from_logits=True)


def test_nan_stays_nan():
    nan = [[np.nan, 0.5]]
    assert np.isnan(cu.mean_squared_error([[0, 1]], nan))
    assert np.isnan(cu.binary_crossentropy([[0, 1]], nan))
    assert np.isnan(cu.categorical_crossentropy([[1, 0]], nan))
    assert np.isnan(cu.sparse_categorical_crossentropy([0], nan, from_logits=True))


LOSSES = {
    cu.mean_absolute_error: (rng.normal(size=(6, 3)), rng.normal(size=(6, 3))),
    cu.mean_squared_error: (rng.normal(size=(6, 3)), rng.normal(size=(6, 3))),
    cu.binary_crossentropy: (rng.integers(0, 2, (6, 3)), rng.uniform(0.1, 0.9, (6, 3))),
    cu.categorical_crossentropy: (np.eye(3)[[0, 1, 2, 2, 1, 0]], softmax(rng.normal(size=(6, 3)), axis=1)),
    cu.sparse_categorical_crossentropy: (np.array([0, 1, 2, 2, 1, 0]), softmax(rng.normal(size=(6, 3)), axis=1)),
}
every = pytest.mark.parametrize("loss", LOSSES, ids=lambda f: f.__name__)


@every
def test_memory_layout_and_dtype_do_not_matter_and_nothing_is_changed(loss):
    y, p = LOSSES[loss]
    expected = loss(y, p)
    wide = np.zeros((12, 6))
    wide[::2, ::2] = p
    frozen = p.copy()
    frozen.flags.writeable = False
    for same in (np.asfortranarray(p), wide[::2, ::2], frozen, p.tolist(), p.astype(np.float32)):
        before = np.array(same)
        assert_allclose(loss(y, same), expected, rtol=1e-6)
        assert_array_equal(same, before)
    assert loss(y.tolist(), p) == expected
    assert_allclose(loss(y, p.astype(np.float16)), expected, rtol=0.01)  # float16 has three digits


@every
def test_no_example_has_no_mean(loss):
    y, p = LOSSES[loss]
    with pytest.raises(ValueError, match=rf"^{loss.__name__}: y_pred is empty\. Expected: at least one example\. "):
        loss(y[:0], p[:0])


@every
@pytest.mark.parametrize("bad", ["abc", [[1j, 0, 0]], [[None, 1, 2]], [[1], [1, 2]]])
def test_what_is_no_number_is_refused(loss, bad):
    y, p = LOSSES[loss]
    with pytest.raises(TypeError, match=rf"^{loss.__name__}: y_pred .*\. Expected: .*\. Received: .*\.$"):
        loss(y, bad)
    with pytest.raises((TypeError, ValueError), match=rf"^{loss.__name__}: y_true .*\. Expected: .*\. Received: .*\.$"):
        loss(bad, p)


@pytest.mark.parametrize("loss", [cu.mean_squared_error, cu.mean_absolute_error, cu.binary_crossentropy])
def test_a_flat_target_is_told_how_to_become_a_column(loss):
    sentence = r"Expected: \(4, 1\) like y_pred\. Received: \(4,\)\. Hint: y_true\.reshape\(-1, 1\)\.$"
    with pytest.raises(ValueError, match=sentence):
        loss(np.zeros(4), np.full((4, 1), 0.5))
    with pytest.raises(ValueError, match=r"Hint: y_true\.reshape\(-1\)\.$"):
        loss(np.zeros((4, 1)), np.full(4, 0.5))


def test_labels_where_rows_belong_are_told_about_one_hot():
    with pytest.raises(ValueError, match=r"Hint: for integer labels, one_hot\(y_true, 3\)\.$"):
        cu.categorical_crossentropy([0, 1], np.full((2, 3), 1 / 3))


@pytest.mark.parametrize(
    ("loss", "y", "p", "sentence"),
    [
        (cu.mean_squared_error, np.zeros((2, 3)), np.zeros((3, 2)), "same shape"),
        (cu.binary_crossentropy, [1.5], [0.5], "y_true has a value outside"),
        (cu.binary_crossentropy, [1], [1.5], r"y_pred has a value outside .* Received: 1\.5\. Hint: from_logits=True"),
        (cu.categorical_crossentropy, [1, 0], [0.5, 0.5], r"wrong number of axes.*Hint: y\.reshape\(1, -1\)"),
        (cu.categorical_crossentropy, [[2, 0]], [[0.5, 0.5]], "y_true has a value outside .*sparse_categorical"),
        (cu.categorical_crossentropy, [[1, 0]], [[0.5, 0.6]], r"does not sum to 1.*1\.1 in row 0\. Hint: softmax"),
        (cu.categorical_crossentropy, [[1, 0]], [[-0.5, 1.5]], "y_pred has a value outside"),
        (cu.sparse_categorical_crossentropy, [0], [0.5, 0.5], "wrong number of axes"),
        (cu.sparse_categorical_crossentropy, [2], [[0.5, 0.5]], r"labels 0 … 1\. Received: 2 at position 0"),
        (cu.sparse_categorical_crossentropy, [-1], [[0.5, 0.5]], "label out of range"),
        (cu.sparse_categorical_crossentropy, [0.5], [[0.5, 0.5]], "whole numbers"),
        (cu.sparse_categorical_crossentropy, [np.nan], [[0.5, 0.5]], "whole numbers"),
        (cu.sparse_categorical_crossentropy, [0, 1], [[0.5, 0.5]], "differ in length"),
        (cu.sparse_categorical_crossentropy, [[1, 0]], [[0.5, 0.5]], r"Hint: y_true\.argmax\(axis=1\)"),
    ],
)
def test_the_sentence_names_what_does_not_fit(loss, y, p, sentence):
    with pytest.raises(ValueError, match=sentence) as error:
        loss(y, p)
    assert str(error.value).startswith(f"{loss.__name__}: ")
    assert "Expected: " in str(error.value)


def test_from_logits_must_be_named():
    with pytest.raises(TypeError):
        cu.binary_crossentropy([1.0], [0.5], True)
