"""Activations: their values at hostile input, their dtypes, and that nothing given to them changes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy import special

import course_utils as cu

FUNCTIONS = ["step", "linear", "sigmoid", "tanh", "relu", "softmax", "sigmoid_grad", "tanh_grad", "relu_grad"]
WITH_OUT = ["sigmoid", "tanh", "relu", "softmax"]
logits = arrays(np.float64, array_shapes(max_dims=3, max_side=6), elements=st.floats(-1e4, 1e4))
quiet = settings(deadline=None, derandomize=True, max_examples=60)


def every(names):
    return pytest.mark.parametrize("f", [getattr(cu, name) for name in names], ids=names)


@quiet
@given(z=logits)
def test_values_are_scipys(z):
    with np.errstate(all="raise"):
        a, rows, columns = cu.sigmoid(z), cu.softmax(z), cu.softmax(z, axis=0)
    assert_allclose(a, special.expit(z), rtol=1e-14, atol=1e-300)
    assert_allclose(rows, special.softmax(z, axis=-1), rtol=1e-14, atol=1e-300)
    assert_allclose(columns, special.softmax(z, axis=0), rtol=1e-14, atol=1e-300)


@quiet
@given(z=logits)
def test_symmetries_that_the_lessons_use(z):
    assert_allclose(cu.sigmoid(z) + cu.sigmoid(-z), 1, rtol=1e-15)
    assert_allclose(2 * cu.sigmoid(2 * z) - 1, cu.tanh(z), rtol=1e-12, atol=1e-15)
    assert_allclose(cu.softmax(z).sum(axis=-1), 1, rtol=1e-14)
    assert_array_equal(cu.relu(z) - cu.relu(-z), z)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu"])
def test_slopes_are_the_difference_quotients(name):
    z = np.array([-5.0, -1.2, -0.3, 0.4, 1.0, 6.0])
    f, slope = getattr(cu, name), getattr(cu, f"{name}_grad")
    h = 1e-5
    assert_allclose(slope(z), (f(z + h) - f(z - h)) / (2 * h), rtol=1e-6, atol=1e-10)


def test_slopes_keep_their_digits_far_out():
    """1 - tanh(20)^2 is 0 in floats, while the slope is 4 e^-40."""
    assert_allclose(cu.tanh_grad([20.0, -20.0]), 4 * np.exp(-40), rtol=1e-12)
    assert_allclose(cu.sigmoid_grad([40.0, -40.0]), np.exp(-40), rtol=1e-12)


@every(FUNCTIONS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_logits_of_ten_thousand_raise_nothing(f, dtype):
    z = np.array([[-1e4, 0, 1e4], [1e4, 1e4, -1e4]], dtype)
    with np.errstate(all="raise"):
        a = f(z)
    assert np.isfinite(a).all()
    assert a.dtype == dtype
    assert a.shape == z.shape


@every(FUNCTIONS)
def test_the_whole_range_of_floats_raises_nothing(f):
    top = np.finfo(np.float32).max
    with np.errstate(all="raise"):
        assert np.isfinite(f(np.array([-top, 0, top]))).all()
        assert np.isfinite(f(np.array([-top, 0, top], np.float32))).all()


@pytest.mark.parametrize(
    ("f", "at_minus", "at_plus"),
    [
        (cu.step, 0, 1),
        (cu.linear, -np.inf, np.inf),
        (cu.sigmoid, 0, 1),
        (cu.tanh, -1, 1),
        (cu.relu, 0, np.inf),
        (cu.sigmoid_grad, 0, 0),
        (cu.tanh_grad, 0, 0),
        (cu.relu_grad, 0, 1),
    ],
)
def test_infinity_has_its_limit_and_nan_stays(f, at_minus, at_plus):
    assert_array_equal(f([-np.inf, np.inf, np.nan]), [at_minus, at_plus, np.nan])


def test_softmax_of_infinity_and_nan():
    assert_array_equal(cu.softmax([0.0, -np.inf]), [1, 0])
    assert np.isnan(cu.softmax([0.0, np.nan])).all()
    for row in ([np.inf, 0.0], [-np.inf, -np.inf]):
        with pytest.raises(ValueError, match=r"softmax: the largest logit of a row is infinite\. Expected: finite"):
            cu.softmax(row)


@every(FUNCTIONS)
@pytest.mark.parametrize(
    ("dtype", "result"),
    [("int64", "float64"), ("uint8", "float64"), ("bool", "float64"), ("float16", "float32"), ("float32", "float32")],
)
def test_dtypes(f, dtype, result):
    z = np.array([[0, 1, 1], [1, 0, 1]], dtype)
    a = f(z)
    assert a.dtype == result
    assert_allclose(a, f(z.astype(float)), rtol=1e-6)


@every(FUNCTIONS)
def test_memory_layout_does_not_matter_and_nothing_is_changed(f):
    z = np.random.default_rng(0).normal(size=(4, 6))
    expected = f(z.copy())
    wide = np.zeros((8, 12))
    wide[::2, ::2] = z
    frozen = z.copy()
    frozen.flags.writeable = False
    for same in (np.asfortranarray(z), wide[::2, ::2], frozen, z.tolist()):
        before = np.array(same)
        assert_allclose(f(same), expected, rtol=1e-15)
        assert_array_equal(same, before)


@every(FUNCTIONS)
def test_empty_arrays_stay_empty(f):
    assert f(np.empty((0, 3))).shape == (0, 3)


@every([name for name in FUNCTIONS if name != "softmax"])
def test_a_number_gives_a_number(f):
    for z in (0.5, np.float32(0.5), np.array(0.5)):
        assert np.ndim(f(z)) == 0
        assert_allclose(f(z), f([0.5])[0], rtol=1e-6)


@pytest.mark.parametrize("z", [0.5, np.empty((3, 0))], ids=["a number", "no classes"])
def test_softmax_needs_classes(z):
    with pytest.raises(ValueError, match=r"softmax: z has no .*\. Expected: .*\. Received: .*\."):
        cu.softmax(z)


@pytest.mark.parametrize("axis", [2, -3, "rows", 1.5, None])
def test_softmax_needs_an_axis_of_z(axis):
    with pytest.raises(ValueError, match=r"softmax: z has no such axis\. Expected: an axis of z with shape \(2, 3\)"):
        cu.softmax(np.zeros((2, 3)), axis=axis)


@every(FUNCTIONS)
@pytest.mark.parametrize("z", ["abc", [1, "a"], [1j], [None], [[1], [1, 2]], np.array([object()])])
def test_what_is_no_number_is_refused(f, z):
    with pytest.raises(TypeError, match=rf"^{f.__name__}: z .*\. Expected: .*\. Received: .*\.$"):
        f(z)


@every(WITH_OUT)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_out_takes_the_result_and_may_be_z_itself(f, dtype):
    z = np.random.default_rng(1).normal(0, 5, (4, 6)).astype(dtype)
    expected, out = f(z), np.empty_like(z)
    assert f(z, out=out) is out
    assert_array_equal(out, expected)
    assert f(z, out=z) is z
    assert_array_equal(z, expected)


@every(WITH_OUT)
@pytest.mark.parametrize("out", [np.empty(3), np.empty((2, 3), np.float32), np.empty((2, 3), int), [[0.0] * 3] * 2])
def test_out_must_be_like_z(f, out):
    with pytest.raises(
        ValueError, match=rf"^{f.__name__}: out must be like z\. Expected: float64 \(2, 3\)\. Received: "
    ):
        f(np.zeros((2, 3)), out=out)


def test_step_is_zero_at_zero_and_below():
    assert_array_equal(cu.step([-1e-300, -0.0, 0.0, 1e-300]), [0, 0, 0, 1])
