"""The pad: strokes become ink, the ink a digit as MNIST has it, and a network of Dense layers reads it."""

import numpy as np
import pytest

import course_utils as cu
from course_utils.datasets.mnist_format import as_mnist
from course_utils.explorables.draw.strokes import THREE, draw_strokes
from course_utils.explorables.pad import SIDE, SQUARE, START, PadView, ink, pad
from course_utils.live_figures import Pad
from course_utils.live_figures.controls import Controls

ONE = [[[140, 40], [140, 240]]]
SEVEN = [[[60, 40], [220, 40], [120, 240]]]


def test_the_ink_is_that_of_another_painter():
    theirs = draw_strokes(THREE, fine=8)  # by Pillow
    assert np.abs(ink(START) - theirs).mean() < 1.5
    assert np.abs(ink(START).sum() / theirs.sum() - 1) < 0.02


def test_a_dot_is_a_disc_as_wide_as_the_pen():
    levels = ink([[[140, 140]]]) / 255
    assert levels.sum() == pytest.approx(np.pi / 4 * (0.085 * SIDE) ** 2, rel=0.02)
    np.testing.assert_allclose(levels, levels.T)
    np.testing.assert_allclose(levels, levels[::-1])


def test_strokes_that_cross_add_nothing_twice():
    np.testing.assert_array_equal(ink(ONE + ONE), ink(ONE))
    assert ink(START + SEVEN).max() == 255


def test_the_digit_is_the_one_that_mnist_s_rule_gives():
    for strokes in (START, ONE, SEVEN):
        frame = PadView().frame(strokes)
        assert np.abs(frame.digit - as_mnist(ink(strokes))).max() <= 0.5 + 1e-9


@pytest.mark.parametrize(("strokes", "digit"), [(START, 3), (ONE, 1), (SEVEN, 7)])
def test_the_network_of_the_course_reads_plain_drawings(strokes, digit):
    frame = PadView().frame(strokes)
    assert frame.probabilities.argmax() == digit
    x = frame.digit.reshape(1, 784) / np.float32(255)
    np.testing.assert_allclose(cu.load_mnist_network().predict(x)[0], frame.probabilities, atol=1e-5)


@pytest.mark.parametrize("activation", ["linear", "relu", "sigmoid", "tanh"])
def test_it_takes_any_stack_of_dense_layers(activation):
    layers = [cu.Dense(7, activation), cu.Dense(5, activation), cu.Dense(10, "softmax")]
    model = cu.Sequential([cu.Input((784,)), *layers], rng=0)
    frame = PadView(model).frame(SEVEN)
    x = frame.digit.reshape(1, 784) / np.float32(255)
    np.testing.assert_allclose(model.predict(x)[0], frame.probabilities, atol=1e-5)


@pytest.mark.parametrize(
    ("probabilities", "sentence"),
    [
        ([0, 0, 0, 0, 0, 0, 0, 0.95, 0.05, 0], "The network reads a 7, and is sure of it: 95.0 %."),
        ([0, 0.3, 0, 0, 0, 0, 0, 0.7, 0, 0], "The network reads a 7 (70 %), but thinks of a 1, too (30 %)."),
        (
            [0.4, 0.3, 0.3, 0, 0, 0, 0, 0, 0, 0],
            "The network is not sure. Its first guess is 0 (40 %), its second 1 (30 %).",
        ),
    ],
)
def test_it_says_in_words_what_the_network_thinks(probabilities, sentence):
    model = cu.Sequential([cu.Input((784,)), cu.Dense(10, "softmax")], rng=0)
    with np.errstate(divide="ignore"):
        bias = np.maximum(np.log(probabilities), -1000)
    model.set_weights([np.zeros((784, 10)), bias])
    assert pad(model).status == sentence


def test_a_cleared_pad_says_so_and_asks_nobody():
    view = pad()
    before = view.png
    view.move(strokes=[])
    assert view.status == "Nothing is drawn yet."
    assert not view.frame.probabilities.any()
    assert view.png != before
    view.reset()
    assert view.png == before
    assert view.values["strokes"] == Pad().tidy(START)


def test_the_still_picture_shows_the_drawing_the_digit_and_the_bars():
    view = PadView()
    live = view.live()
    live.move(strokes=SEVEN)
    assert live.png
    drawn, digit, bars, note = view.artists
    np.testing.assert_array_equal(drawn.get_array(), ink(SEVEN))
    np.testing.assert_array_equal(digit.get_array(), live.frame.digit)
    assert [bar.get_height() for bar in bars] == live.frame.probabilities.tolist()
    assert note.get_text() == "7:  100 %"


def test_the_starting_drawing_lies_on_the_square():
    assert Pad(side=SQUARE).tidy(START) == [[list(point) for point in stroke] for stroke in START]


# --- hostile input


@pytest.mark.parametrize(
    "wrong", [None, 3, "abc", [[]], [[[1]]], [[[1, 2, 3]]], [[["a", 2]]], [[[float("nan"), 1]]], [[1, 2]], [[None]]]
)
def test_what_is_no_drawing_is_refused_and_nothing_changes(wrong):
    controls = Controls({"strokes": Pad(ONE)})
    with pytest.raises(ValueError, match=r"live: strokes is moved to what is no drawing\. Expected: a list of strokes"):
        controls.move(strokes=wrong)
    assert controls.positions == {"strokes": ONE}


def test_a_stroke_that_leaves_the_square_ends_at_its_edge():
    controls = Controls({"strokes": Pad()})
    controls.move(strokes=[[(-5, 3.4), (1e9, 300)]])
    assert controls.positions == {"strokes": [[[0, 3], [280, 280]]]}


def test_a_model_of_another_kind_is_sent_to_draw():
    with pytest.raises(TypeError, match=r"pad: .*Dense layers only.*Hint: cu\.explorables\.draw"):
        pad(lambda x: x)


@pytest.mark.parametrize(
    "layers",
    [
        [cu.Dense(10, "softmax")],
        [cu.Input((64,)), cu.Dense(10, "softmax")],
        [cu.Input((784,)), cu.Dense(9, "softmax")],
        [cu.Input((784,)), cu.Dense(10)],
    ],
)
def test_a_network_that_reads_no_digits_is_refused(layers):
    with pytest.raises(ValueError, match="pad: the network must read digits"):
        pad(cu.Sequential(layers, rng=0))


def test_a_view_of_a_lesson_s_own_figure_has_no_frame():
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots()
    (line,) = ax.plot([0, 1])
    view = cu.live(fig, lambda w: line.set_ydata([0, w]), [line], alt="A line.", w=(0, 1, 0.1, 0))
    with pytest.raises(AttributeError, match="no frame"):
        view.frame  # noqa: B018
