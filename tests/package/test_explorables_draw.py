"""A drawing brought to MNIST's form, and the view that shows it to a network."""

import base64
import io

import ipywidgets as wd
import numpy as np
import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st

import course_utils as cu
from course_utils.datasets.mnist_format import as_mnist
from course_utils.explorables.draw.strokes import SIDE, THREE, draw_strokes, enlarge
from course_utils.explorables.draw.view import DrawView
from course_utils.explorables.draw.widget import draw


@pytest.fixture(scope="module")
def digits():
    """Test digits in MNIST's own form, and their labels: of the full set, or of the embedded one brought to it."""
    data = cu.load_mnist(download=False)
    x, y = data[1]
    return (x if data.is_full else np.array([as_mnist(image) for image in x])), y


@pytest.fixture(scope="module")
def network(digits):
    data = cu.load_mnist(download=False)
    (x, y), _ = data
    x = x[:12000] if data.is_full else np.array([as_mnist(image) for image in x])
    model = cu.Sequential([cu.Input((784,)), cu.Dense(64, "relu"), cu.Dense(10, "softmax")], rng=0)
    model.compile(cu.optimizers.SGD(0.1), "sparse_categorical_crossentropy")
    model.fit(x.reshape(-1, 784) / np.float32(255), y[: len(x)], epochs=10 if data.is_full else 40, verbose=0)
    return model


def classes(network, x):
    return network.predict(np.array(x).reshape(-1, 784) / np.float32(255)).argmax(axis=1)


def centre(image):
    rows, columns = np.indices(image.shape)
    return (rows * image).sum() / image.sum(), (columns * image).sum() / image.sum()


def sides(image):
    return [int(np.ptp(axis)) + 1 for axis in np.nonzero(image)]


def placed(image, factor, rng, side=280):
    """Return a digit enlarged, with sharp edges as a pen's, somewhere on a large sheet."""
    n = round(28 * factor)
    sheet, (top, left) = np.zeros((side, side), np.uint8), rng.integers(0, side - n + 1, 2)
    big = PIL.Image.fromarray(image).resize((n, n), PIL.Image.Resampling.NEAREST)
    sheet[top : top + n, left : left + n] = big
    return sheet


# --- the form of MNIST


@pytest.mark.full
def test_mnist_s_own_digits_come_back_to_the_bit(digits):
    x = digits[0][:500]
    np.testing.assert_array_equal([as_mnist(image) for image in x], x)


@pytest.mark.full
@pytest.mark.parametrize("times", [2, 4, 7])
def test_a_digit_enlarged_and_shifted_comes_back_to_the_bit(digits, times):
    for image in digits[0][:50]:
        sheet = np.pad(np.kron(image, np.ones((times, times))), ((0, 30), (50, 0)))
        np.testing.assert_array_equal(as_mnist(sheet), image)


@pytest.mark.full
@pytest.mark.parametrize("factor", [2.4, 5.7, 8.9])
def test_a_network_reads_digits_of_any_size_and_place_as_before(digits, network, factor):
    x, rng = digits[0][:300], np.random.default_rng(0)
    back = [as_mnist(placed(image, factor, rng)) for image in x]
    assert (classes(network, back) == classes(network, x)).mean() >= 0.97
    for image in back:
        assert max(sides(image)) in (19, 20)  # an edge of less than half a grey level is rounded away
        assert centre(image) == pytest.approx((14, 14), abs=0.51)


POINTS = st.lists(st.tuples(st.integers(0, SIDE), st.integers(0, SIDE)), min_size=2, max_size=6)


@given(POINTS)
def test_any_stroke_keeps_its_aspect_and_all_its_ink(points):
    ink = draw_strokes([points])
    digit, longer = as_mnist(ink), max(*sides(ink), SIDE / 8)
    for drawn, seen in zip(sides(ink), sides(digit), strict=True):
        assert seen == pytest.approx(20 * drawn / longer, abs=1.01)
    assert digit.sum() == pytest.approx(ink.sum() * (20 / longer) ** 2, abs=0.5 * 400)  # half a level of each pixel


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float32, bool])
def test_empty_paper_stays_empty(dtype):
    digit = as_mnist(np.zeros((SIDE, SIDE), dtype))
    assert (digit.shape, digit.dtype, digit.max()) == ((28, 28), np.uint8, 0)


def test_a_dot_stays_a_dot_in_the_middle():
    ink = np.zeros((160, 160))
    ink[0, 0] = 255  # the smallest box is 160 / 8 = 20 pixels wide, so a pixel stays a pixel
    digit = as_mnist(ink)
    assert np.argwhere(digit).tolist() == [[14, 14]]
    assert digit[14, 14] == 255


def test_a_black_sheet_is_a_box_of_20():
    digit = as_mnist(np.full((50, 50), 255))
    assert (digit[4:24, 4:24] == 255).all() or (digit[5:25, 5:25] == 255).all()
    assert digit.sum() == 255 * 400


@pytest.mark.parametrize("edge", [np.s_[:3, :], np.s_[-3:, :], np.s_[:, :3], np.s_[:, -3:]])
def test_a_line_along_the_border_comes_to_the_middle(edge):
    ink = np.zeros((100, 100))
    ink[edge] = 255
    digit = as_mnist(ink)
    assert sorted(sides(digit)) == [1, 20]
    assert centre(digit) == pytest.approx((14, 14), abs=0.5)


def test_a_lopsided_drawing_loses_no_ink():
    ink = np.zeros((200, 200))
    ink[:20] = 255  # nearly all of its mass is at the top
    ink[:, 99] = 255
    digit = as_mnist(ink)
    assert max(sides(digit)) == 20
    assert digit.sum() == pytest.approx(ink.sum() / 100, abs=200)


@pytest.mark.parametrize(
    ("ink", "sentence"),
    [
        (np.zeros((1, 28, 28)), "wrong number of axes. Expected: .height, width.. Received: shape .1, 28, 28."),
        (np.zeros(784), "wrong number of axes"),
        (np.zeros((0, 5)), "ink is empty"),
        (np.full((9, 9), -1.0), "between paper and ink. Expected: 0 … 255. Received: -1 … -1"),
        (np.full((9, 9), 256), "Received: 256 … 256"),
        (np.full((9, 9), np.nan), "Received: nan … nan"),
    ],
)
def test_what_is_no_drawing_gets_a_sentence(ink, sentence):
    with pytest.raises(ValueError, match=f"as_mnist: .*{sentence}"):
        as_mnist(ink)


# --- the view


def sure(k, p=0.9):
    """Return a network that says k with probability p whatever it sees, and remembers what it saw."""

    def predict(x):
        predict.seen.append(x)
        out = np.full((1, 10), (1 - p) / 9)
        out[0, k] = p
        return out

    predict.seen = []
    return predict


def buttons(view):
    children = getattr(view, "children", ())
    return [b for c in children for b in ([c] if isinstance(c, wd.Button) else buttons(c))]


SEVEN = draw_strokes([[(28, 22), (84, 22), (50, 94)]])


@pytest.mark.full
def test_the_first_example_is_read_as_a_three(network):
    view = draw(network)
    assert view.status.startswith("An example of a 3; draw your own over it. It says 3 with ")
    np.testing.assert_array_equal(view.digit, as_mnist(draw_strokes(THREE)))


def test_the_network_gets_the_digit_as_mnist_has_it():
    predict = sure(7)
    view = draw(predict)
    view.canvas.ink = SEVEN.tobytes()
    (x,) = predict.seen[1:]
    assert (x.shape, x.dtype) == ((1, 784), np.float32)
    np.testing.assert_array_equal(x, as_mnist(SEVEN).reshape(1, 784) / np.float32(255))
    np.testing.assert_array_equal(view.digit, as_mnist(SEVEN))
    assert view.probabilities[7] == 0.9
    assert view.status == "It says 7 with 90 %; then 0 with 1 %."


def test_bars_and_image_show_the_frame():
    view = draw(sure(7))
    view.canvas.ink = SEVEN.tobytes()
    image, bars, note = view.view.artists
    np.testing.assert_array_equal(image.get_array(), view.digit)
    assert [bar.get_height() for bar in bars] == view.probabilities.tolist()
    assert len({bar.get_facecolor() for bar in bars}) == 2
    assert bars[7].get_facecolor() != bars[0].get_facecolor()
    assert note.get_text() == "7:  90 %"


def test_clear_leaves_nothing_and_asks_nobody():
    predict = sure(7)
    view = draw(predict)
    shown, asked = view.png, len(predict.seen)
    next(b for b in buttons(view) if b.description == "Clear").click()
    assert (view.status, view.probabilities, len(predict.seen)) == ("Nothing drawn yet.", None, asked)
    assert not view.digit.any()
    assert view.png != shown
    assert [bar.get_height() for bar in view.view.artists[1]] == [0] * 10


def test_the_button_shows_the_examples_in_turn():
    x, y = cu.load_mnist("digits")[1]
    view = draw(sure(7), examples=(x[:2], y[:2]))
    for i in (0, 1, 0):
        next(b for b in buttons(view) if b.description == "Show an example").click()
        np.testing.assert_array_equal(view.digit, as_mnist(x[i]))
        assert view.status.startswith(f"An example of a {y[i]}; ")


def test_without_examples_the_button_shows_the_embedded_digits():
    x, y = cu.load_mnist("digits")[1]
    view = draw(sure(7))
    view.example()
    np.testing.assert_array_equal(view.canvas.pixels, enlarge(x[0]))
    assert view.status.startswith(f"An example of a {y[0]}; ")


def test_an_error_is_shown_with_the_learner_s_own_line_and_the_next_answer_clears_it():
    def shaky(x):
        if x.sum() > 300:
            raise RuntimeError("too much ink")
        return np.eye(10)[[7]]

    view = draw(shaky)
    view.canvas.ink = bytes([255]) * SIDE**2
    assert view.status.startswith("RuntimeError: too much ink – in shaky, line ")
    view.canvas.ink = SEVEN.tobytes()
    assert view.status.startswith("It says 7 with 100 %")


@pytest.mark.parametrize(
    ("out", "sentence"),
    [
        (np.zeros((1, 9)), "ten probabilities for each digit. Expected: (1, 10). Received: (1, 9)"),
        (np.full(10, 0.1), "Received: (10,)"),
        (np.full((1, 10), 3.0), "no probabilities. Expected: 0 … 1, in all 1. Received: 3 … 3, in all 30. Hint: end"),
        (np.full((1, 10), np.nan), "no probabilities"),
        ([[-0.5, 1.5] + [0.0] * 8], "no probabilities"),
    ],
)
def test_an_answer_that_is_no_probabilities_gets_a_sentence(out, sentence):
    view = draw(lambda x: out)
    assert view.status.startswith("ValueError: draw: ")
    assert sentence in view.status


class Convolution:
    """What a built Keras model looks like from outside: called for speed, with a shape of its own."""

    input_shape, seen = (None, 28, 28, 1), None

    def __call__(self, x):
        self.seen = x
        return np.eye(10)[[2]]

    def predict(self, x, verbose="auto"):
        raise AssertionError("slow, and prints a progress bar")


@pytest.mark.parametrize("form", [lambda m: m, lambda m: m.predict])
def test_a_keras_model_is_called_with_its_own_shape(form):
    model = Convolution()
    assert "It says 2 " in draw(form(model)).status
    assert (model.seen.shape, model.seen.dtype) == ((1, 28, 28, 1), np.float32)


@pytest.mark.parametrize("shape", [(784,), (28, 28, 1)])
def test_keras_itself_gives_the_probabilities_of_its_predict(shape, monkeypatch):
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")
    keras = pytest.importorskip("keras")
    layers = [keras.layers.Flatten(), keras.layers.Dense(10, "softmax")]
    if len(shape) == 3:
        layers = [keras.layers.Conv2D(2, 3), *layers]
    model = keras.Sequential([keras.Input(shape), *layers])
    view = draw(model)
    x = view.digit.reshape(1, *shape) / np.float32(255)
    np.testing.assert_allclose(view.probabilities, model.predict(x, verbose=0)[0], rtol=1e-5)


def test_a_predict_that_could_talk_is_asked_to_be_quiet():
    def predict(x, verbose=1):
        assert verbose == 0
        return np.eye(10)[[4]]

    assert "It says 4 " in draw(predict).status


def test_a_function_may_name_its_shape():
    predict = sure(1)
    draw(predict, shape=(28, 28, 1))
    assert predict.seen[0].shape == (1, 28, 28, 1)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"predict": 3}, "draw: predict must be a model, or a function. .*Received: 3"),
        ({"shape": (28, 28, 3)}, "draw: shape must be that of one digit. .*Received: .28, 28, 3."),
        ({"examples": (np.zeros((2, 28, 28)), [1, 2])}, "draw: examples must be images .*Received: float64"),
        ({"examples": (np.zeros((2, 784), np.uint8), [1, 2])}, "Received: uint8 .2, 784."),
        ({"examples": (np.zeros((0, 28, 28), np.uint8), np.zeros(0, int))}, "draw: examples must be images"),
    ],
)
def test_wrong_arguments_get_a_sentence(wrong, sentence):
    with pytest.raises((TypeError, ValueError), match=sentence):
        draw(**{"predict": sure(1)} | wrong)


def test_ink_of_the_page_may_come_as_a_view_on_memory():
    view = draw(sure(7))
    view.canvas.set_state({"ink": memoryview(SEVEN.tobytes())})
    np.testing.assert_array_equal(view.digit, as_mnist(SEVEN))


def test_the_stored_output_has_the_drawing_beside_the_picture():
    view = draw(sure(3))
    data, metadata = view._repr_mimebundle_()
    stored = PIL.Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    picture = PIL.Image.open(io.BytesIO(view.png))
    assert data["text/plain"] == f"<explorable: {metadata['image/png']['alt']}>"
    assert stored.width == pytest.approx(1.5 * metadata["image/png"]["width"], abs=1)
    right = np.asarray(stored.convert("RGB"))[:, -picture.width :]
    np.testing.assert_array_equal(right, np.asarray(picture.convert("RGB")))
    left = np.asarray(stored.convert("L").resize((SIDE, SIDE), box=(0, 0, stored.height, stored.height)))
    assert np.abs(left[2:-2, 2:-2] - (255.0 - draw_strokes(THREE))[2:-2, 2:-2]).mean() < 3


def test_the_page_s_script_needs_no_other_address():
    script = draw(sure(1)).canvas._esm
    assert "touch-action:none" in script
    assert "import" not in script.replace("important", "")
    assert "://" not in script


def test_words_name_the_two_best():
    p = np.array([0, 0, 0.25, 0, 0, 0, 0, 0.75, 0, 0])
    view = DrawView(lambda digit: p)
    assert view.sentence(view.frame(SEVEN)) == "It says 7 with 75 %; then 2 with 25 %."
