"""Convolution and pooling: beside SciPy and Keras, by hand, and what they refuse."""

import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import signal

import course_utils as cu

rng = np.random.default_rng(11)
KERNELS = [(1, 1), (3, 3), (5, 5), (2, 3), (7, 1)]


@pytest.fixture(scope="module")
def keras():
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    return pytest.importorskip("keras")


@pytest.mark.parametrize("shape", KERNELS)
def test_it_is_scipy_s_correlation_and_its_convolution_with_the_kernel_turned_round(shape):
    image, kernel = rng.normal(size=(9, 8)), rng.normal(size=shape)
    assert_allclose(cu.conv2d(image, kernel), signal.correlate2d(image, kernel, "valid"), atol=1e-12)
    assert_allclose(cu.conv2d(image, kernel[::-1, ::-1]), signal.convolve2d(image, kernel, "valid"), atol=1e-12)


@pytest.mark.parametrize("p", [1, 2, 5])
def test_padding_is_a_border_of_zeros(p):
    image, kernel = rng.normal(size=(6, 7)), rng.normal(size=(3, 3))
    assert_allclose(cu.conv2d(image, kernel, padding=p), cu.conv2d(np.pad(image, p), kernel))
    if p == 1:
        assert_allclose(cu.conv2d(image, kernel, padding=1), signal.correlate2d(image, kernel, "same"), atol=1e-12)


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("strides", [1, 2, 3])
@pytest.mark.parametrize("k", [2, 3, 4, 5])
def test_a_layer_of_keras_adds_up_such_maps_over_its_channels(keras, k, strides, padding):
    layer = keras.layers.Conv2D(4, k, strides=strides, padding=padding)
    x = rng.normal(size=(2, 13, 12, 3)).astype("float32")  # (n, height, width, channels)
    layer.build(x.shape)
    kernel, bias = rng.normal(size=layer.kernel.shape).astype("float32"), rng.normal(size=4).astype("float32")
    layer.set_weights([kernel, bias])
    theirs = np.asarray(layer(x))  # (n, i, j, filters)
    for f in range(4):
        maps = [cu.conv2d(x[..., c], kernel[:, :, c, f], strides=strides, padding=padding) for c in range(3)]
        assert_allclose(sum(maps) + bias[f], theirs[..., f], atol=1e-4)
    sides = [cu.output_size(n, k, strides=strides, padding=padding) for n in (13, 12)]
    assert theirs.shape == (2, *sides, 4)


def test_same_puts_the_odd_zero_on_the_right_and_below():
    image = rng.normal(size=(6, 6))
    same = cu.conv2d(image, np.ones((2, 2)), padding="same")
    assert_allclose(same, cu.conv2d(np.pad(image, ((0, 1), (0, 1))), np.ones((2, 2))))
    assert_allclose(cu.conv2d(image, np.ones((5, 5)), padding="same"), cu.conv2d(image, np.ones((5, 5)), padding=2))
    assert_array_equal(cu.conv2d(image, np.ones((3, 3)), padding="valid"), cu.conv2d(image, np.ones((3, 3))))


@pytest.mark.parametrize("strides", [None, 1, 2, 3, 4])
@pytest.mark.parametrize("side", [1, 2, 3, 5])
@pytest.mark.parametrize("height", [5, 8, 9])
def test_pooling_is_keras_s(keras, height, side, strides):
    x = rng.normal(size=(3, height, 7, 1)).astype("float32")
    theirs = np.asarray(keras.layers.MaxPooling2D(side, strides=strides)(x))[..., 0]
    assert_array_equal(cu.max_pool2d(x[..., 0], side, strides=strides), theirs)


@given(st.integers(1, 40), st.integers(1, 9), st.integers(1, 5), st.integers(0, 4))
def test_the_formula_counts_what_comes_out(n, k, strides, padding):
    if k > n + 2 * padding:
        with pytest.raises(ValueError, match="larger than the picture"):
            cu.output_size(n, k, strides=strides, padding=padding)
        return
    out = cu.conv2d(np.zeros((n, n)), np.ones((k, k)), strides=strides, padding=padding)
    places = range(-padding, n + padding - k + 1, strides)
    assert out.shape == (len(places),) * 2 == (cu.output_size(n, k, strides=strides, padding=padding),) * 2


def test_by_hand():
    image = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    assert cu.conv2d(image, [[1, 0], [0, -1]]).tolist() == [[1 - 5, 2 - 6], [4 - 8, 5 - 9]]
    assert cu.conv2d(image, [[1, 0], [0, -1]], strides=2).tolist() == [[-4]]
    assert cu.conv2d(image, [[1]], strides=2).tolist() == [[1, 3], [7, 9]]
    assert cu.max_pool2d(image).tolist() == [[5]]  # the rest, a row and a column, is left out
    assert cu.max_pool2d([[-3, -1], [-2, -9]]).tolist() == [[-1]]
    assert cu.max_pool2d(image, strides=1).tolist() == [[5, 6], [8, 9]]  # the squares overlap
    assert cu.max_pool2d(image, 1, strides=2).tolist() == [[1, 3], [7, 9]]  # and here they leave gaps


def test_many_pictures_at_once_are_each_alone():
    images, kernel = rng.normal(size=(2, 3, 6, 6)), rng.normal(size=(3, 3))
    assert cu.conv2d(images, kernel).shape == (2, 3, 4, 4)
    assert_allclose(cu.conv2d(images, kernel)[1, 2], cu.conv2d(images[1, 2], kernel))
    assert_array_equal(cu.max_pool2d(images)[1, 2], cu.max_pool2d(images[1, 2]))


def test_a_shifted_picture_gives_a_shifted_map():
    image = np.pad(rng.normal(size=(8, 8)), 4)
    kernel, moved = rng.normal(size=(3, 3)), np.roll(image, (2, 1), axis=(0, 1))
    assert_allclose(cu.conv2d(moved, kernel)[2:, 1:], cu.conv2d(image, kernel)[:-2, :-1])


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.uint8, bool])
def test_floats_keep_their_type_and_bytes_do_not_overflow(dtype):
    out = cu.conv2d(np.full((3, 3), 200).astype(dtype), np.ones((3, 3), dtype))
    assert out.dtype == (dtype if np.dtype(dtype).kind == "f" else np.float64)
    assert out.item() == (9 if dtype is bool else 1800)


def test_inputs_stay_as_they_are():
    image, kernel = rng.normal(size=(4, 4)), rng.normal(size=(2, 2))
    before = image.copy(), kernel.copy()
    cu.conv2d(image, kernel, padding=1)[:] = 0
    cu.max_pool2d(image)[:] = 0
    assert_array_equal(image, before[0])
    assert_array_equal(kernel, before[1])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: cu.conv2d(np.zeros(5), np.ones((1, 1))), "a height and a width"),
        (lambda: cu.conv2d(np.zeros((0, 5)), np.ones((1, 1))), "images is empty"),
        (lambda: cu.conv2d(np.zeros((5, 5)), np.ones(3)), "kernel has the wrong number of axes"),
        (lambda: cu.conv2d(np.zeros((2, 5)), np.ones((3, 3))), r"at most \(2, 5\). Received: \(3, 3\)"),
        (lambda: cu.conv2d(np.zeros((5, 5)), np.ones((0, 3))), "does not fit"),
        (lambda: cu.conv2d(np.zeros((5, 5)), np.ones((3, 3)), strides=0), "strides must be a whole number"),
        (lambda: cu.conv2d(np.zeros((5, 5)), np.ones((3, 3)), padding=-1), "padding must be a whole number"),
        (lambda: cu.conv2d(np.zeros((5, 5)), np.ones((3, 3)), padding=1.5), "padding must be a whole number"),
        (lambda: cu.conv2d(np.zeros((5, 5)), np.ones((3, 3)), padding="full"), "padding is not known.*'full'"),
        (lambda: cu.max_pool2d(np.zeros((5, 1))), "does not fit"),
        (lambda: cu.max_pool2d(np.zeros((5, 5)), 2.5), "pool_size must be a whole number"),
        (lambda: cu.max_pool2d(np.zeros((5, 5)), 2, strides=0), "strides must be a whole number"),
        (lambda: cu.max_pool2d(np.zeros((5, 5)), 2, strides="same"), "strides must be a whole number"),
        (lambda: cu.output_size(28, 3.5), "k must be a whole number"),
        (lambda: cu.output_size(0, 1), "n must be a whole number"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=rf"(conv2d|max_pool2d|output_size): .*{sentence}"):
        call()
