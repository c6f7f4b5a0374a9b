"""The view of hidden units, at its ends, in the middle, and far outside."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.explorables import Slider
from course_utils.explorables.hidden import HiddenView, example, hidden

KERNEL = np.arange(-4.0, 8.0).reshape(4, 3)  # (4 pixels, 3 units)
IMAGES = np.arange(10.0)[:, None, None] * np.ones((10, 2, 2))  # (10, 2, 2), each of one grey
LABELS = np.arange(10) % 2
ACTIVATIONS = np.stack([np.arange(10), np.arange(10)[::-1], 0 * LABELS], axis=1).astype(float)  # (10, 3)


@pytest.fixture
def view():
    return HiddenView(KERNEL, ACTIVATIONS, IMAGES, LABELS)


def test_a_frame_holds_the_unit_s_weights_and_its_means(view):
    frame = view.frame(unit=1)
    assert np.array_equal(frame.image, KERNEL[:, 1].reshape(2, 2))
    assert frame.means.tolist() == [5, 4]  # even and odd images of 9, 8, …, 0


def test_the_images_come_in_the_order_in_which_they_excite(view):
    frame = view.frame(unit=0)
    assert frame.labels.tolist() == [1, 0, 1, 0, 1, 0, 1, 0, 1]
    assert frame.tiles[::2, ::2].tolist() == [[9, 8, 7], [6, 5, 4], [3, 2, 1]]
    assert view.frame(unit=1).tiles[::2, ::2].tolist() == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]


def test_a_tile_is_an_image_as_it_stands():
    images = np.arange(40.0).reshape(10, 2, 2)
    tiles = HiddenView(KERNEL, ACTIVATIONS, images, LABELS).frame(unit=1).tiles
    assert tiles[:2, :2].tolist() == images[0].tolist()
    assert tiles[2:4, 4:].tolist() == images[5].tolist()


def test_a_unit_that_is_not_there_becomes_the_nearest(view):
    assert [view.frame(unit).unit for unit in (-1e3, 0, 2, 1e3)] == [0, 0, 2, 2]
    assert view.sliders == {"unit": Slider(0, 2, 1, 0)}


def test_artists_follow_on_one_scale_and_stay_the_same_objects(view):
    weights, tiles, bars, name = view.artists
    before = [id(a) for a in view.artists]
    for unit, heights in ((0, [4, 5]), (1, [5, 4]), (2, [0, 0])):
        frame = view.frame(unit=unit)
        view.update(unit=unit)
        assert [bar.get_height() for bar in bars] == heights
        assert np.array_equal(weights.get_array(), frame.image)
        assert np.array_equal(tiles.get_array(), frame.tiles)
        assert name.get_text() == f"unit {unit}"
        assert weights.get_clim() == (-7, 7)
    assert [id(a) for a in view.artists] == before


def test_words_say_the_frame(view):
    said = "Unit 0 is most active for digit 1: 5.00 on average. The images that excite it most: 1 0 1 0 1 0 1 0 1."
    assert view.update(unit=0) == said


def test_the_live_view_redraws_and_leaves_no_figure():
    figures = plt.get_fignums()
    live = hidden(*example())
    pictures = set()
    for unit in (0, 1, 63, 1e3):
        live.move(unit=unit)
        pictures.add(live.png)
    assert len(pictures) == 3  # the last two are the same frame
    assert "not redrawn" not in live.status
    assert plt.get_fignums() == figures


def test_a_layer_that_is_silent_is_drawn_without_a_warning():
    said = hidden(0 * KERNEL, 0 * ACTIVATIONS, IMAGES, LABELS).status
    assert said == "Unit 0 is silent: its activation is 0 for every image."


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ((KERNEL[0], ACTIVATIONS, IMAGES, LABELS), "kernel"),
        ((KERNEL[:3], ACTIVATIONS, IMAGES, LABELS), "square"),
        ((KERNEL, ACTIVATIONS[:, :2], IMAGES, LABELS), "activations"),
        ((KERNEL, ACTIVATIONS, IMAGES[:5], LABELS), "nine"),
        ((KERNEL, ACTIVATIONS, IMAGES, LABELS[:9]), "label"),
        ((np.where(KERNEL == 4, np.nan, KERNEL), ACTIVATIONS, IMAGES, LABELS), "kernel has a value that cannot be"),
        ((KERNEL, np.where(ACTIVATIONS == 4, np.inf, 0), IMAGES, LABELS), "activations has a value that cannot be"),
        ((KERNEL, ACTIVATIONS, np.where(IMAGES == 4, np.nan, 0), LABELS), "images has a value that cannot be drawn"),
    ],
)
def test_what_does_not_fit_is_named(args, says):
    with pytest.raises(ValueError, match=rf"hidden: .*{says}"):
        hidden(*args)


def test_a_silent_unit_has_no_favourites(view):
    frame = view.frame(unit=2)
    assert frame.labels.tolist() == []
    assert not frame.tiles.any()
    view.update(unit=2)
    assert view.sentence(frame) == "Unit 2 is silent: its activation is 0 for every image."
    assert len({bar.get_facecolor() for bar in view.artists[2]}) == 1  # no bar stands out


def test_a_unit_that_few_images_excite_shows_these_alone():
    activations = ACTIVATIONS.copy()
    activations[:, 2] = [0, 0, 0, 2, 0, 0, 0, 0, 5, 0]
    frame = HiddenView(KERNEL, activations, IMAGES, LABELS).frame(unit=2)
    assert frame.labels.tolist() == [0, 1]  # images 8 and 3
    assert frame.tiles[::2, ::2].tolist() == [[8, 3, 0], [0, 0, 0], [0, 0, 0]]
