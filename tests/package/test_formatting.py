"""Numbers as text: a true minus sign, and no minus before a zero, in every form."""

import numpy as np
import pytest

from course_utils.formatting import format_number


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.7224, "0.722"), (-1.0, "−1"), (12.5, "12.5"), (-0.0, "0"), (0.00049, "5e−04"), (-1e4, "−1e+04"), (100, "100")],
)
def test_numbers_are_short_and_small_ones_do_not_become_zero(value, text):
    assert format_number(value, "short") == text


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (-0.004, ".2f", "0.00"),
        (-0.006, ".2f", "−0.01"),
        (-10.0, ".1f", "−10.0"),
        (-0.0, "g", "0"),
        (0.1 + 0.2, "g", "0.3"),
        (-1.5e-7, ".4g", "−1.5e−07"),
        (-1234567, ",", "−1,234,567"),
        (-0.5, "(short)", "(−0.5)"),
        (0.5, "(short)", "0.5"),
        (-0.0, "(short)", "0"),
        (np.float32(-2.5), ".1f", "−2.5"),
        (np.int64(3), "d", "3"),
    ],
)
def test_the_minus_is_a_minus_and_zero_has_none(value, form, text):
    assert format_number(value, form) == text


def test_a_number_with_a_fraction_needs_a_form():
    with pytest.raises(ValueError, match="format code 'd'"):
        format_number(0.5)
