"""Strips of digits: where each digit stands, what chance decides, and what is refused."""

import numpy as np
import pytest

import course_utils as cu

BAR = np.zeros((2, 3, 6), np.uint8)  # two "digits", three rows high: one 1 column wide, one 4 columns wide
BAR[0, :, 2] = 200
BAR[1, :, 1:5] = 100
LABELS = [1, 8]


def one(label, **settings):
    """Give the first strip, code and spans of codes that hold nothing but one of the two digits."""
    strips, codes, spans = cu.make_postcodes(
        BAR[[LABELS.index(label)]], [label], 1, rng=0, return_spans=True, **settings
    )
    return strips[0], codes[0].tolist(), spans[0].tolist()


def runs(strip):
    """Give the runs of columns with ink, counted by hand: a list of [first, one after the last]."""
    found, inside = [], False
    for j, column in enumerate(strip.T):
        if column.any() and not inside:
            found.append([j, j])
        inside = bool(column.any())
        if inside:
            found[-1][1] = j + 1
    return found


def test_gaps_stand_between_the_ink_of_neighbours():
    strip, code, spans = one(8, n_digits=3, gap=(2, 2))
    assert code == [8, 8, 8]
    assert runs(strip) == spans
    first = spans[0][0]
    assert spans == [[first + 6 * k, first + 6 * k + 4] for k in range(3)]  # 4 columns of ink and 2 of paper
    assert strip.shape == (3, 4 + 3 * 4 + 2 * 2 + 4)  # margins of 4, three digits, two gaps


def test_every_gap_between_the_two_numbers_occurs_and_no_other():
    _, _, spans = cu.make_postcodes(BAR, LABELS, 300, gap=(1, 4), rng=0, return_spans=True)
    gaps = spans[:, 1:, 0] - spans[:, :-1, 1]
    assert np.unique(gaps).tolist() == [1, 2, 3, 4]
    counts = np.bincount(gaps.ravel())[1:]
    assert np.all(abs(counts / counts.sum() - 0.25) < 0.05)  # 1,200 gaps: five standard deviations are 0.06


def test_below_zero_neighbours_overlap_and_the_darker_ink_is_seen():
    images = np.stack([BAR[1], 2 * BAR[1]])  # 4 columns wide, grey and dark
    strips, codes, spans = cu.make_postcodes(images, [3, 7], 40, n_digits=2, gap=(-1, -1), rng=0, return_spans=True)
    assert np.all(spans[:, 0, 1] - spans[:, 1, 0] == 1)
    for strip, code, span in zip(strips, codes, spans, strict=True):
        assert strip[0, span[1, 0]] == (100 if code.tolist() == [3, 3] else 200)


def test_an_overlap_takes_half_of_the_narrower_digit_at_most():
    _, _, spans = one(8, n_digits=2, gap=(-100, -100))
    assert spans[0][1] - spans[1][0] == 2
    _, _, spans = one(1, n_digits=2, gap=(-100, -100))
    assert spans[0][1] == spans[1][0]  # half of one column is none


def test_a_slant_moves_the_upper_rows_to_the_right_by_whole_columns():
    for seed in range(20):
        straight, _, before = cu.make_postcodes(BAR[:1], [1], 1, n_digits=1, rng=seed, return_spans=True)
        leaning, _, after = cu.make_postcodes(BAR[:1], [1], 1, n_digits=1, slant=1, rng=seed, return_spans=True)
        top, middle, bottom = (int(row.argmax()) for row in leaning[0])
        assert top - middle == middle - bottom
        assert abs(top - middle) <= 1  # a slant of 1 is one column per row
        assert after[0, 0].tolist() == [min(top, bottom), max(top, bottom) + 1]
        assert leaning.sum() == straight.sum()  # no ink is lost


def test_handwriting_leans_to_both_sides():
    strips, _ = cu.make_postcodes(BAR[:1], [1], 100, n_digits=1, slant=1, rng=0)
    steps = [int(strip[0].argmax() - strip[1].argmax()) for strip in strips]
    assert set(steps) == {-1, 0, 1}


def test_noise_has_the_standard_deviation_that_is_asked_for():
    grey = np.full((1, 20, 20), 128, np.uint8)  # far from both ends, where nothing is cut off
    strips, _, spans = cu.make_postcodes(grey, [0], 20, n_digits=1, noise=10, rng=0, return_spans=True)
    ink = np.concatenate([strip[:, first:last].ravel() for strip, [(first, last)] in zip(strips, spans, strict=True)])
    assert abs(ink.mean() - 128) < 0.5  # 8,000 pixels: a standard error of 0.11
    assert abs(ink.std() - 10) < 0.5
    assert (strips[0, :, 0] > 0).any()  # on the paper, too


def test_without_noise_paper_is_white_and_ink_as_it_was():
    strip, _, _ = one(1, n_digits=4)
    assert np.unique(strip).tolist() == [0, 200]


def test_the_code_names_the_digits_from_left_to_right():
    strips, codes, spans = cu.make_postcodes(BAR, LABELS, 50, rng=0, return_spans=True)
    assert strips.dtype == np.uint8
    assert codes.dtype == np.int64
    widths = spans[:, :, 1] - spans[:, :, 0]
    assert np.array_equal(codes, np.where(widths == 1, 1, 8))
    assert np.all(np.diff(spans[:, :, 0], axis=1) > 0)


def test_a_code_stands_anywhere_on_its_strip_but_not_on_the_margin():
    strips, _, spans = cu.make_postcodes(BAR, LABELS, 400, gap=(0, 6), rng=0, return_spans=True)
    assert spans[:, 0, 0].min() == 4
    assert spans[:, -1, 1].max() == strips.shape[2] - 4
    assert len(np.unique(spans[:, 0, 0])) > 5


def test_the_same_seed_gives_the_same_strips_and_another_one_others():
    settings = {"gap": (-1, 3), "noise": 20, "slant": 0.3}
    first, again, other = (cu.make_postcodes(BAR, LABELS, 5, rng=seed, **settings) for seed in (3, 3, 4))
    assert all(map(np.array_equal, first, again))
    assert not np.array_equal(first[0], other[0])


def test_a_generator_moves_on():
    rng = np.random.default_rng(0)
    assert not np.array_equal(*(cu.make_postcodes(BAR, LABELS, 5, rng=rng)[1] for _ in range(2)))


def test_the_images_stay_as_they_are():
    images = BAR.copy()
    cu.make_postcodes(images, LABELS, 5, noise=50, slant=0.5, gap=(-2, 0), rng=0)
    assert np.array_equal(images, BAR)


def test_real_digits_make_strips_of_their_height():
    (x, y), _ = cu.load_mnist("digits")
    strips, codes, spans = cu.make_postcodes(x, y, 20, gap=(2, 2), rng=0, return_spans=True)
    assert strips.shape[:2] == (20, 28)
    assert set(codes.ravel()) <= set(range(10))
    assert all(len(runs(strip)) >= 5 for strip in strips)
    assert np.all(spans[:, 1:, 0] - spans[:, :-1, 1] == 2)


def test_lists_and_floats_are_taken_as_well():
    strips, codes = cu.make_postcodes(BAR.astype(float).tolist(), [[1], [8]], 2, rng=0)
    same = cu.make_postcodes(BAR, LABELS, 2, rng=0)
    assert np.array_equal(strips, same[0])
    assert np.array_equal(codes, same[1])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"images": BAR[0]}, "images has the wrong number of axes"),
        ({"images": BAR[:0], "labels": []}, "images is empty"),
        ({"images": BAR / 255.0}, "each image needs ink.* Hint: pixels of 0 … 1 are multiplied by 255 first"),
        (
            {"images": np.minimum(BAR / 100, 1)},
            r"the pixels are scaled\. .* Received: 0 … 1\. Hint: pixels of 0 … 1 are mul",
        ),
        (
            {"images": (BAR / 200 + 0.25).clip(0, 0.75)},
            r"the pixels are scaled\. .* Received: 0\.25 … 0\.75\. Hint: pixels",
        ),
        ({"images": np.stack([BAR[0], 0 * BAR[0]])}, "each image needs ink. Expected: .* Received: none in image 1"),
        ({"images": BAR - 1.0}, "pixels must lie between paper and ink"),
        ({"images": np.where(BAR, np.nan, 0)}, "pixels must lie between paper and ink"),
        ({"images": BAR * 2.0}, "pixels must lie between paper and ink"),
        ({"labels": [1]}, "there must be one label each. Expected: 2 labels. Received: 1"),
        ({"labels": [1, 2.5]}, "labels must hold whole numbers"),
        ({"labels": [1, -2]}, "label"),
        ({"n_codes": 0}, "n_codes must be a whole number"),
        ({"n_codes": 2.0}, "n_codes must be a whole number"),
        ({"n_digits": 0}, "n_digits must be a whole number"),
        ({"gap": 3}, "gap must be two numbers"),
        ({"gap": (1, 2, 3)}, "gap must be two numbers"),
        ({"gap": (4, 1)}, r"gap must begin with the smaller number. Expected: \(1, 4\). Received: \(4, 1\)"),
        ({"gap": (0.5, 1)}, "gap must be a whole number"),
        ({"gap": (0, 10**9)}, "gap is too large"),
        ({"noise": -1}, "noise"),
        ({"noise": float("nan")}, "noise"),
        ({"slant": 1.5}, "slant"),
        ({"slant": "0.2"}, "slant"),
        ({"n_codes": 10**15}, "n_codes is too large"),
    ],
)
def test_what_makes_no_strip_is_refused_in_a_sentence(change, sentence):
    given = {"images": BAR, "labels": LABELS, "n_codes": 3, "rng": 0} | change
    with pytest.raises(ValueError, match=rf"^make_postcodes: {sentence}"):
        cu.make_postcodes(**given)


@pytest.mark.parametrize("change", [{"images": np.array([[["a"]]])}, {"images": BAR > 0}, {"rng": "seed"}])
def test_another_kind_of_thing_is_refused_by_its_kind(change):
    with pytest.raises(TypeError, match=r"^make_postcodes: "):
        cu.make_postcodes(**({"images": BAR, "labels": LABELS, "n_codes": 3, "rng": 0} | change))
