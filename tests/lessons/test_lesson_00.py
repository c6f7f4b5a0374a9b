"""What lesson 00 tells about the pad, where no cell of it shows it."""

import numpy as np

from course_utils.explorables.pad import PadView

ON_ITS_BACK = [[[40, 200], [40, 80], [240, 150]]]  # a 7, turned by a quarter
TINY = [[[230, 20], [250, 20], [240, 50]]]
SEVEN = [[[110, 30], [170, 30], [140, 120]]]


def test_a_seven_on_its_back_is_read_as_a_six_with_70_percent():
    frame = PadView().frame(ON_ITS_BACK)
    assert frame.probabilities.argmax() == 6
    assert round(100 * frame.probabilities[6]) == 70


def test_a_tiny_digit_in_a_corner_arrives_as_large_as_any_other():
    tiny, large = (PadView().frame(strokes).digit for strokes in (TINY, SEVEN))
    for digit in (tiny, large):
        rows, columns = np.nonzero(digit)
        assert max(np.ptp(rows), np.ptp(columns)) == 19  # 20 pixels
        assert abs((np.arange(28) @ digit.sum(axis=1)) / digit.sum() - 14) <= 0.51
