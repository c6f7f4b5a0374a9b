"""The view of a receptive field: beside what pixels really reach a unit, its words, its artists at every end."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

import course_utils as cu
from course_utils.explorables.receptive import DIM, LAYERS, SIDES, ReceptiveView, receptive

VIEW = ReceptiveView()
ENDS = [(layer, place) for layer in range(1, 5) for place in (0, 37, 100)]
WILD = [(9, 1e3), (-9, -1e3), (2.7, 50.5)]


def reached(layer):
    """Return for each pixel the units of a map that it reaches, (28, 28, side, side): windows of ones, maxima too."""
    maps = np.eye(28 * 28).reshape(28, 28, 28, 28)
    for _, k, s, _ in LAYERS[:layer]:
        maps = cu.conv2d(maps, np.ones((k, k)), strides=s)
    return maps > 0


@pytest.mark.parametrize("layer", [1, 2, 3, 4])
def test_the_square_holds_the_pixels_that_reach_the_unit_and_no_others(layer):
    influence = reached(layer)
    assert influence.shape[2:] == (SIDES[layer],) * 2
    for place in range(0, 101, 7):
        frame = VIEW.frame(layer, place)
        square = np.zeros((28, 28), bool)
        top, left, size = frame.regions[0]
        square[top : top + size, left : left + size] = True
        assert (influence[:, :, frame.row, frame.column] == square).all()


def test_each_square_between_is_what_the_layers_behind_it_see():
    frame = VIEW.frame(4, 60)
    for number in range(5):
        top, left, size = frame.regions[number]
        assert min(top, left) >= 0
        assert max(top, left) + size <= SIDES[number]
    assert frame.regions[:, 2].tolist() == [16, 12, 6, 2, 1]
    assert frame.regions[4].tolist() == [frame.row, frame.column, 1]


def test_a_neighbour_s_window_lies_as_many_pixels_further_as_the_line_says():
    for layer, step in ((1, 1), (2, 2), (3, 2), (4, 4)):
        corners = {tuple(VIEW.frame(layer, place).regions[0][:2]) for place in range(101)}
        assert VIEW.frame(layer, 0).step == step
        assert all(row % step == column % step == 0 for row, column in corners)
        said = VIEW.sentence(VIEW.frame(layer, 0))
        assert said.endswith("1 pixel further." if step == 1 else f"{step} pixels further.")


def test_the_place_walks_row_by_row_through_the_map():
    frames = [VIEW.frame(4, place) for place in range(101)]
    assert [4 * f.row + f.column for f in frames] == sorted(4 * f.row + f.column for f in frames)
    assert {(f.row, f.column) for f in frames} == {(i, j) for i in range(4) for j in range(4)}


def test_it_is_the_network_of_keras():
    keras = pytest.importorskip("keras")
    shapes, picture = [(28, 28, 1)], keras.Input((28, 28, 1))
    for name, k, s, maps in LAYERS:
        made = keras.layers.Conv2D(maps, k, strides=s) if "conv" in name else keras.layers.MaxPooling2D(k, strides=s)
        picture = made(picture)
        shapes.append(tuple(picture.shape[1:]))
    assert VIEW.data["labels"] == [
        f"{name}\n{side} x {side} x {depth}"
        for name, (side, _, depth) in zip(["image", *(name for name, *_ in LAYERS)], shapes, strict=True)
    ]


@pytest.fixture(scope="module")
def view():
    return ReceptiveView()


@pytest.mark.parametrize("values", ENDS + WILD)
def test_artists_follow_and_stay_the_same_objects(view, values):
    picture, lines, *squares = view.artists
    before, figures = [id(a) for a in view.artists], plt.get_fignums()
    frame = VIEW.frame(*values)
    words = view.update(**dict(zip(view.sliders, values, strict=True)))
    assert np.array_equal(picture.get_array(), frame.seen)
    assert [square.get_width() for square in squares[: frame.layer + 1]] == frame.regions[:, 2].tolist()
    assert [square.get_width() for square in squares[frame.layer + 1 :]] == [0] * (4 - frame.layer)
    assert squares[0].get_xy() == tuple(frame.regions[0][[1, 0]])  # the image stands at the corner of the picture
    assert len(lines.get_segments()) == 2 * frame.layer
    for square, (start, end) in zip(squares, lines.get_segments()[::2], strict=False):
        assert tuple(start) == (square.get_x() + square.get_width(), square.get_y())
        assert tuple(end) in [other.get_xy() for other in squares]
    assert words == VIEW.sentence(frame)
    assert [id(a) for a in view.artists] == before
    assert plt.get_fignums() == figures


def test_ink_that_the_unit_does_not_see_is_pale():
    frame = VIEW.frame(1, 50)
    top, left, _ = frame.regions[0]
    assert np.array_equal(frame.seen[top : top + 5, left : left + 5], VIEW.image[top : top + 5, left : left + 5])
    assert np.isclose(frame.seen.sum(), DIM * VIEW.image.sum() + (1 - DIM) * frame.seen[top:, left:][:5, :5].sum())


def test_the_live_view_redraws_and_resets():
    live = receptive()
    said, pictures = live.status, {live.png}
    for values in ({"layer": 3}, {"layer": 1}, {"place": 0}, {"place": 100}, {"place": 1e3}):
        live.move(**values)
        pictures.add(live.png)
    assert len(pictures) == 5  # the last two are the same frame
    assert "not redrawn" not in live.status
    live.reset()
    assert live.status == said
