"""Initializers: the distributions that their papers and Keras's documentation state."""

import math
import os
import pydoc

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

import course_utils as cu

SHAPE = (300, 100)  # n_in, units
CUT = stats.truncnorm(-2, 2).std()


def truncated(stddev):
    return stats.truncnorm(-2, 2, scale=stddev / CUT)


def uniform(limit):
    return stats.uniform(-limit, 2 * limit)


DISTRIBUTIONS = {
    "random_normal": stats.norm(0, 0.05),
    "glorot_uniform": uniform(math.sqrt(6 / 400)),
    "glorot_normal": truncated(math.sqrt(2 / 400)),
    "he_uniform": uniform(math.sqrt(6 / 300)),
    "he_normal": truncated(math.sqrt(2 / 300)),
}
EVERY = ["zeros", *DISTRIBUTIONS]


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_draws_follow_the_distribution(name):
    draws = getattr(cu, name)(SHAPE, rng=7)
    expected = DISTRIBUTIONS[name]
    assert draws.shape == SHAPE
    assert stats.kstest(draws.ravel(), expected.cdf).pvalue > 0.01
    assert_allclose(draws.var(), expected.var(), rtol=0.02)
    low, high = expected.support()
    assert low <= draws.min()
    assert draws.max() <= high


@pytest.mark.parametrize(("name", "variance"), [("glorot", 2 / 400), ("he", 2 / 300)])
def test_uniform_and_truncated_normal_have_one_variance(name, variance):
    for kind in ("uniform", "normal"):
        assert_allclose(DISTRIBUTIONS[f"{name}_{kind}"].var(), variance, rtol=1e-12)


def test_zeros_are_zeros():
    assert_array_equal(cu.zeros((2, 3)), np.zeros((2, 3)))


def test_a_vector_feeds_as_many_units_as_it_has_entries():
    assert np.abs(cu.glorot_uniform(600, rng=0)).max() <= math.sqrt(6 / 1200)
    assert np.abs(cu.he_uniform((600,), rng=0)).max() <= 0.1


KERNELS = [(3, 3, 16, 32), (5, 5, 1, 400), (7, 16, 64), (2, 3, 4, 16, 20)]  # windows of two, two, one, three axes
KERAS = {
    "glorot_uniform": "GlorotUniform",
    "glorot_normal": "GlorotNormal",
    "he_uniform": "HeUniform",
    "he_normal": "HeNormal",
}


@pytest.mark.parametrize("shape", [*KERNELS, SHAPE, (4000,)])
@pytest.mark.parametrize("name", KERAS)
def test_a_kernel_spreads_as_keras_s_does(name, shape):
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    keras = pytest.importorskip("keras")
    theirs = np.asarray(getattr(keras.initializers, KERAS[name])(seed=1)(shape))
    ours = getattr(cu, name)(shape, rng=1)
    assert_allclose(ours.std(), theirs.std(), rtol=0.04)
    assert_allclose(np.abs(ours).max(), np.abs(theirs).max(), rtol=0.01)


def test_a_window_counts_as_often_as_it_has_pixels():
    """He's sqrt(6 / n_in) and Glorot's sqrt(6 / (n_in + n_out)), n = 3 · 3 · channels: by hand."""
    shape = (3, 3, 64, 128)
    for name, limit in (("he_uniform", math.sqrt(6 / 576)), ("glorot_uniform", math.sqrt(6 / (576 + 1152)))):
        assert_allclose(np.abs(getattr(cu, name)(shape, rng=0)).max(), limit, rtol=1e-3)
    assert_allclose(cu.he_normal(shape, rng=0).std(), math.sqrt(2 / 576), rtol=0.01)


@pytest.mark.parametrize("name", EVERY)
def test_help_tells_of_rng_and_dtype(name):
    text = pydoc.render_doc(getattr(cu, name), renderer=pydoc.plaintext)
    for words in (
        "rng: ",
        "dtype: ",
        "rng : numpy.random.Generator or int, optional",
        'dtype : {"float64", "float32"}',
    ):
        assert words in text


@pytest.mark.parametrize("name", EVERY)
def test_the_seed_decides_and_nothing_global_is_touched(name):
    f = getattr(cu, name)
    before = np.random.mtrand._rand.get_state()[1].copy()  # of NumPy's one global generator
    assert_array_equal(f(SHAPE, rng=1), f(SHAPE, rng=np.random.default_rng(1)))
    assert name == "zeros" or (f(SHAPE, rng=1) != f(SHAPE, rng=2)).any()
    assert_array_equal(np.random.mtrand._rand.get_state()[1], before)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("dtype", ["float32", "float64", np.float32, np.dtype("float64")])
def test_dtype(name, dtype):
    assert getattr(cu, name)((3, 2), rng=0, dtype=dtype).dtype == np.dtype(dtype)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"shape": (0, 2)}, r"a size in shape must be a whole number\. Expected: an integer >= 1\. Received: 0\."),
        ({"shape": (2.5, 2)}, "a size in shape must be a whole number"),
        ({"shape": (-1,)}, "a size in shape must be a whole number"),
        ({"shape": (True, 2)}, "a size in shape must be a whole number"),
        ({"shape": "ab"}, "a size in shape must be a whole number"),
        ({"shape": [[1], [1, 2]]}, "a size in shape must be a whole number"),
        ({"shape": ()}, "shape is empty"),
        ({"dtype": "int64"}, r"unknown dtype\. Expected: float32, float64\. Received: 'int64'\."),
        ({"dtype": "flaot32"}, ".*did you mean 'float32'"),
        ({"rng": -1}, "rng must be a generator or a seed"),
        ({"rng": "seed"}, "rng must be a generator or a seed"),
    ],
)
def test_the_sentence_names_what_does_not_fit(name, options, sentence):
    with pytest.raises((ValueError, TypeError), match=rf"^{name}: {sentence}"):
        getattr(cu, name)(**{"shape": (2, 2)} | options)


@pytest.mark.parametrize("stddev", [0, -1, np.nan, np.inf, "a", None])
def test_stddev_is_above_zero(stddev):
    with pytest.raises(ValueError, match="random_normal: stddev is out of range. Expected: a number > 0. Received: "):
        cu.random_normal((2, 2), rng=0, stddev=stddev)


@pytest.mark.parametrize(("dtype", "stddev"), [("float32", 1e37), ("float64", 1e307)])
def test_stddev_leaves_room_for_the_draws(dtype, stddev):
    with pytest.raises(ValueError, match=rf"^random_normal: stddev leaves no room in {dtype}\. Expected: at most "):
        cu.random_normal(3, rng=0, dtype=dtype, stddev=stddev)
    assert np.isfinite(cu.random_normal(9999, rng=0, dtype=dtype, stddev=stddev / 10)).all()
