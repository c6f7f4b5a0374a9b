"""The kernel view: its map beside SciPy, its controls that follow each other, its artists at every end."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from scipy import signal

from course_utils.explorables.kernel import LIMIT, NAMES, OWN, PRESETS, KernelView, kernel

IMAGE = np.random.default_rng(11).integers(0, 256, (28, 28))
ENDS = [(LIMIT,) * 9, (-LIMIT,) * 9, (0,) * 9, (LIMIT, -LIMIT) * 4 + (LIMIT,)]
WILD = [(1e3, -1e3, 0) * 3, (0.5, 1 / 3, -1e-9) * 3]


def weights(numbers):
    return dict(zip(NAMES, numbers, strict=True))


@pytest.fixture
def view():
    return KernelView(IMAGE)


@pytest.mark.parametrize("numbers", ENDS + WILD)
def test_the_map_is_scipy_s_correlation(view, numbers):
    expected = signal.correlate2d(IMAGE / 255, np.reshape(numbers, (3, 3)), "valid")
    np.testing.assert_allclose(view.frame(OWN, **weights(numbers)).map, expected, atol=1e-9)


@pytest.mark.parametrize("name", PRESETS)
def test_a_chosen_kernel_does_not_look_at_the_sliders(view, name):
    frame = view.frame(name, **weights((LIMIT,) * 9))
    assert frame.kernel.tolist() == [list(row) for row in PRESETS[name]]
    assert np.abs(frame.kernel).max() <= LIMIT


def test_what_the_kernels_promise():
    step = np.zeros((6, 6))
    step[3:] = 1  # paper above, ink below
    down, across = (KernelView(step).frame(f"{way} edges").map for way in ("horizontal", "vertical"))
    assert down.max() == 3
    assert not across.any()
    assert (KernelView(step.T).frame("vertical edges").map == down.T).all()
    assert (KernelView(step).frame("copy").map == step[1:-1, 1:-1]).all()
    assert KernelView(np.ones((5, 5))).frame("sharpen").map.tolist() == [[1] * 3] * 3
    assert KernelView(np.ones((5, 5))).frame("blur").map.tolist() == [[9] * 3] * 3


@pytest.mark.parametrize("numbers", ENDS + WILD)
def test_every_move_changes_the_same_artists_and_makes_no_figure(view, numbers):
    squares, *nine, out, _ = view.artists
    live, before, figures = view.live(), [id(a) for a in view.artists], plt.get_fignums()
    picture = live.png
    live.render(kernel=OWN, **weights(numbers))
    frame = view.frame(OWN, **weights(numbers))
    assert live.png != picture
    assert live.status == view.sentence(frame)
    assert (np.asarray(squares.get_array()) == frame.kernel).all()
    assert [float(text.get_text().replace("−", "-")) for text in nine] == pytest.approx(numbers, rel=1e-5)
    np.testing.assert_array_equal(out.get_array(), frame.map)
    low, high = out.get_clim()
    assert (low, high) == (-high, max(np.abs(frame.map).max(), 0) or 1)
    assert [id(a) for a in view.artists] == before
    assert plt.get_fignums() == figures


@pytest.mark.parametrize("name", PRESETS)
def test_choosing_a_kernel_sets_the_nine_sliders(view, name):
    live = view.live()
    live.move(kernel=name)
    assert [live.values[n] for n in NAMES] == np.ravel(PRESETS[name]).tolist()
    assert live.status.startswith(name)


def test_moving_a_slider_makes_the_kernel_one_s_own(view):
    live = view.live()
    live.move(kernel="blur")
    live.move(w11=-3)
    assert live.values["kernel"] == OWN
    assert live.status.startswith("own: 1 1 1 / 1 −3 1 / 1 1 1, in all 5.")


def test_choosing_own_keeps_the_nine_numbers(view):
    live = view.live()
    live.move(kernel="sharpen")
    live.move(kernel=OWN)
    assert live.values == {"kernel": OWN} | weights(np.ravel(PRESETS["sharpen"]).tolist())
    live.move(kernel="sharpen", w00=4)  # the choice is the later word
    assert live.values["w00"] == 0


def test_sliders_and_reset_work_as_a_hand_moves_them(view):
    live = view.live()
    start, said = live.values, live.status
    live.move(w01=4)
    assert (live.values["w01"], live.values["kernel"]) == (4, OWN)
    live.reset()
    assert (live.values, live.status) == (start, said)


def test_every_slider_has_a_name_to_be_spoken(view):
    told = view.live().page["sliders"]
    assert [one["label"] for one in told[1:]] == list(NAMES)


def test_images_of_either_scale_are_the_same():
    small = np.array([[0, 0, 1, 1]] * 4)
    said = [kernel(image).status for image in (small, 255 * small, small.astype(bool), (255 * small).astype(np.uint8))]
    assert len(set(said)) == 1
    assert said[0].endswith("from 3.0 to 3.0.")


def test_a_blank_image_is_drawn_without_a_warning():
    assert kernel(np.zeros((28, 28), np.uint8)).status.endswith("The feature map runs from 0.0 to 0.0.")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        ((np.zeros((1, 28, 28)),), "image has the wrong number of axes"),
        ((np.zeros((2, 9)),), "smaller than the kernel"),
        ((np.full((9, 9), np.nan),), "finite"),
        ((IMAGE, "blurr"), "unknown start. .* did you mean 'blur'"),
        ((IMAGE, OWN), "unknown start"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(args, sentence):
    with pytest.raises(ValueError, match=f"kernel: .*{sentence}"):
        kernel(*args)
