"""A strip to draw a whole code on: its ink in the form of the strips, and what a reader of codes says of it."""

import ipywidgets as wd
import numpy as np
import pytest

import course_utils as cu
from course_utils.datasets.mnist_format import as_strip
from course_utils.explorables import draw_strip


def bars(height, width, rows, columns):
    """Give a sheet with ink in some columns, between two rows."""
    ink = np.zeros((height, width))
    ink[rows[0] : rows[1], columns] = 255
    return ink


def black_columns(strips):
    """Read each strip as five digits: how many columns have ink, five times, with certainties of 1 … 0.6."""
    n = int((strips[0] > 0).any(axis=0).sum()) % 10
    probabilities = np.zeros((1, 5, 10))
    for k in range(5):
        probabilities[0, k] = 0.1 * k / 9
        probabilities[0, k, n] = 1 - 0.1 * k
    return probabilities


@pytest.fixture
def examples():
    return cu.make_postcodes(*cu.load_mnist("digits")[1], 3, noise=20, rng=0)


def test_ink_becomes_twenty_rows_high_and_stands_in_the_middle():
    strip = as_strip(bars(112, 500, (10, 50), [100, 101, 198, 199]), 131)  # 40 rows, 100 columns: both halved
    assert strip.shape == (28, 131)
    assert np.flatnonzero(strip.any(axis=1)).tolist() == list(range(4, 24))
    assert np.flatnonzero(strip.any(axis=0)).tolist() == [40, 89]  # 50 columns wide, in the middle of 131
    assert set(strip[strip > 0]) == {255}


def test_a_line_that_is_too_wide_is_made_smaller_and_keeps_its_margin():
    strip = as_strip(bars(112, 524, (40, 80), [0, 1, 522, 523]), 131)
    inked = np.flatnonzero(strip.any(axis=0))
    assert inked[0] >= 4
    assert inked[-1] <= 131 - 5
    assert np.flatnonzero(strip.any(axis=1)).size < 20


def test_nothing_drawn_is_an_empty_strip():
    assert as_strip(np.zeros((112, 524)), 131).sum() == 0


def test_a_dot_stays_small():
    assert (as_strip(bars(112, 524, (50, 54), [260, 261]), 131) > 0).any(axis=1).sum() <= 8


@pytest.mark.parametrize(
    ("ink", "width", "sentence"),
    [
        (np.zeros(5), 131, "ink has the wrong number of axes"),
        (np.full((4, 4), 256), 131, "ink must lie between paper and ink"),
        (np.zeros((0, 4)), 131, "ink is empty"),
        (np.ones((4, 4)), 27, "width must be a whole number. Expected: an integer >= 28"),
    ],
)
def test_what_is_no_drawing_is_refused(ink, width, sentence):
    with pytest.raises(ValueError, match=sentence):
        as_strip(ink, width)


def test_an_example_goes_to_the_reader_as_it_is(examples):
    strips, codes = examples
    seen = []
    view = draw_strip(lambda given: seen.append(given.copy()) or black_columns(given), examples=examples)
    assert np.array_equal(seen[-1], strips[:1])
    assert view.status.startswith(f"An example: the code is {' '.join(map(str, codes[0]))}; draw your own over it.")
    view.example()
    assert np.array_equal(view.strip, strips[1])
    view.example()
    view.example()
    assert np.array_equal(view.strip, strips[0])  # from the beginning again


def test_a_drawing_of_one_s_own_is_brought_to_the_form_of_a_strip(examples):
    view = draw_strip(black_columns, examples=examples)
    width = view.canvas.width
    assert (view.canvas.height, width) == (112, 4 * examples[0].shape[2])
    ink = bars(112, width, (30, 70), [100, 101, 198, 199]).astype(np.uint8)
    view.canvas.ink = ink.tobytes()
    assert np.array_equal(view.strip, as_strip(ink, examples[0].shape[2]))
    sure = 100 * 1.0 * 0.9 * 0.8 * 0.7 * 0.6
    expected = f"It reads 2 2 2 2 2, with a confidence of {sure:.0f} %; it is least sure of the 2 in place 5 (60 %)."
    assert view.status == expected


def test_a_reader_that_is_sure_says_so():
    view = draw_strip(lambda strips: np.eye(10)[[[8, 0, 3, 3, 1]]])
    view.canvas.ink = bars(112, view.canvas.width, (30, 70), [100]).astype(np.uint8).tobytes()
    assert view.status == "It reads 8 0 3 3 1, with a confidence of 100 % for all digits together."
    assert view.probabilities.argmax(axis=1).tolist() == [8, 0, 3, 3, 1]


def test_the_picture_shows_the_strip_and_a_bar_with_its_digit_for_each_place(examples):
    view = draw_strip(black_columns, examples=examples)
    image, bar_group, *names = view.view.artists
    assert np.array_equal(image.get_array(), examples[0][0])
    assert [round(bar.get_height(), 6) for bar in bar_group] == [1, 0.9, 0.8, 0.7, 0.6]
    assert len({name.get_text() for name in names}) == 1
    colours = [bar.get_facecolor() for bar in bar_group]
    assert colours[0] == colours[1] != colours[2]  # from 0.9 on it counts as sure


def test_an_empty_strip_asks_nobody(examples):
    view = draw_strip(black_columns, examples=examples)
    view.reset()
    assert (view.status, view.probabilities) == ("Nothing drawn yet.", None)
    assert all(bar.get_height() == 0 for bar in view.view.artists[1])


def test_its_buttons_clear_and_show():
    view = draw_strip(black_columns)
    buttons = {b.description: b for row in view.children if isinstance(row, wd.HBox) for b in row.children}
    buttons["Clear"].click()
    assert view.status == "Nothing drawn yet."
    buttons["Show an example"].click()
    assert view.status.startswith("An example")


def test_a_reader_that_fails_is_shown_with_its_line_and_the_strip_lives_on(examples):
    def read(strips):
        if strips.sum() < 100_000:
            raise RuntimeError("too little ink")
        return black_columns(strips)

    view = draw_strip(read, examples=examples)
    view.canvas.ink = bars(112, view.canvas.width, (30, 70), [100]).astype(np.uint8).tobytes()
    assert "too little ink" in view.status
    view.example()
    assert view.status.startswith("An example")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (np.zeros((1, 5)), r"draw_strip: read must give ten probabilities for each digit. Expected: (1, 5, 10). "),
        (np.zeros((1, 4, 10)), "Received: (1, 4, 10)."),
        (np.full((1, 5, 10), 7.0), "draw_strip: these are no probabilities. Expected: 0 … 1. Received: 7 … 7."),
        (np.full((1, 5, 10), np.nan), "draw_strip: these are no probabilities."),
        ("no idea", "the answer of read must hold real numbers"),
    ],
)
def test_an_answer_that_is_none_is_said(examples, answer, said):
    assert said in draw_strip(lambda strips: answer, examples=examples).status


@pytest.mark.parametrize(
    ("read", "given", "error"),
    [
        ("no function", None, TypeError),
        (black_columns, (np.zeros((2, 28, 131)), np.zeros((2, 5), int)), ValueError),  # no uint8
        (black_columns, (np.zeros((2, 28, 20), np.uint8), np.zeros((2, 5), int)), ValueError),
        (black_columns, (np.zeros((2, 28, 131), np.uint8), np.zeros((3, 5), int)), ValueError),
        (black_columns, (np.zeros((2, 28, 131), np.uint8), np.zeros(2, int)), ValueError),
        (black_columns, (np.zeros((0, 28, 131), np.uint8), np.zeros((0, 5), int)), ValueError),
    ],
)
def test_what_cannot_be_drawn_with_is_refused(read, given, error):
    with pytest.raises(error, match=r"^draw_strip: "):
        draw_strip(read, examples=given)


def test_the_learner_s_arrays_stay_as_they_are(examples):
    before = [part.copy() for part in examples]
    view = draw_strip(black_columns, examples=examples)
    view.example()
    assert all(map(np.array_equal, before, examples))
