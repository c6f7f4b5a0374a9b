"""What lesson 01 says without computing it there: the numbers of its box, and two general sentences."""

import sys

import numpy as np
import pytest

from course_utils import sigmoid
from course_utils.lessons import find


def plain(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def test_the_plain_form_overflows_below_minus_709_8_and_is_wrong_by_less_than_1e_308():
    with np.errstate(over="raise"):
        plain_at = 1 / (1 + np.exp(709.7))
        assert plain_at > 0
        with pytest.raises(FloatingPointError):
            np.exp(709.8)
    z = -np.linspace(709.79, 1000, 5001)
    assert np.abs(plain(z) - np.exp(z)).max() < 1e-308
    assert 0 < np.nextafter(0, 1) == pytest.approx(5e-324)
    assert 1000 * np.log10(np.e) > 308 > np.log10(sys.float_info.max) - 1


def test_above_36_7_the_sigmoid_is_exactly_1_in_both_forms():
    for form in (plain, sigmoid):
        assert form(36.7) < 1
        assert form(36.8) == 1
        assert form(36.8) * (1 - form(36.8)) == 0  # so the slope is lost there, but not on the other side
        assert form(-36.8) * (1 - form(-36.8)) > 0
    assert 1 - np.nextafter(1, 0) == pytest.approx(1.1e-16, rel=0.01)


def test_the_bias_moves_the_line_of_indecision_without_turning_it():
    w = np.array([2.0, 3.0])
    sky = np.array([0.0, 1.0])
    for b in (-2.0, -1.0, 0.5):
        forecast = (-b - w[0] * sky) / w[1]
        np.testing.assert_allclose(sigmoid(np.column_stack([sky, forecast]) @ w + b), 0.5)
        assert np.diff(forecast) == pytest.approx(-w[0] / w[1])


def test_raising_a_feature_by_one_multiplies_the_odds():
    rng = np.random.default_rng(0)
    for _ in range(50):
        w, b, x = rng.normal(size=3), rng.normal(), rng.normal(size=3)
        i = rng.integers(3)
        a, more = sigmoid(x @ w + b), sigmoid((x + np.eye(3)[i]) @ w + b)
        assert more / (1 - more) == pytest.approx(np.exp(w[i]) * a / (1 - a))


def test_the_rule_of_the_perceptron_raises_z_by_one_and_the_square_of_the_features():
    rng = np.random.default_rng(1)
    for _ in range(50):
        w, b, x = rng.normal(size=3), rng.normal(), rng.normal(size=3)
        assert (w + x) @ x + (b + 1) == pytest.approx(w @ x + b + x @ x + 1)


def test_another_base_than_e_leaves_a_constant_factor_in_the_slope():
    z, h = np.linspace(-3, 3, 13), 1e-5
    for base in (2, 10):
        a = 1 / (1 + base**-z)
        np.testing.assert_allclose(a, sigmoid(z * np.log(base)))  # the same curve, z rescaled
        measured = (1 / (1 + base ** -(z + h)) - 1 / (1 + base ** -(z - h))) / (2 * h)
        np.testing.assert_allclose(measured, np.log(base) * a * (1 - a), rtol=1e-6)


def test_try_threshold__where_the_neuron_says_90_percent():
    x = find("threshold").solution(2.0, -1.0, 0.9)
    assert sigmoid(2.0 * x - 1.0) == pytest.approx(0.9)
