"""The way from the input plane to the hidden plane: its frame by hand arithmetic, its words and its picture."""

import numpy as np
import pytest

from course_utils.activations import sigmoid
from course_utils.explorables.representation import ASIDE, BY_HAND, RepresentationView, X, Y

VIEW = RepresentationView()
LAYERS = VIEW.sliders["layer"]


def frame(way, layer="by hand"):
    return VIEW.frame(way=way, layer=layer)


def test_it_leads_from_the_inputs_to_the_hidden_answers():
    W1, b1, W2, b2 = BY_HAND
    assert np.array_equal(frame(0.0).places, X)
    np.testing.assert_allclose(frame(1.0).places, sigmoid(X @ W1 + b1))
    np.testing.assert_allclose(frame(0.25).places, 0.75 * X + 0.25 * sigmoid(X @ W1 + b1))
    np.testing.assert_allclose(frame(0.5).a, sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2))


@pytest.mark.parametrize(
    ("layer", "score", "pairs"),
    [
        ("by hand", 4, "At one place: 01 and 10."),
        ("by hand, no sigmoid", 2, "At one place: 01 and 10."),
        ("seed 6", 2, "At one place: 01 and 11."),
    ],
)
def test_it_says_which_examples_meet_and_how_many_are_right(layer, score, pairs):
    assert "At one place" not in VIEW.sentence(frame(0.0, layer))
    assert pairs in VIEW.sentence(frame(1.0, layer))
    assert f"{score} of 4 right" in VIEW.sentence(frame(1.0, layer))


def test_examples_that_pass_one_another_on_the_way_are_not_at_one_place():
    assert np.linalg.norm(frame(0.5).places[2] - frame(0.5).places[3]) < 0.1
    assert "At one place" not in VIEW.sentence(frame(0.5))


def test_in_the_hidden_plane_the_outputs_line_is_straight_and_has_the_classes_on_its_two_sides():
    (start, end), places = frame(1.0).edge, frame(1.0).places
    across = np.array([start[1] - end[1], end[0] - start[0]])
    side = (places - start) @ across > 0
    assert side[0] == side[3] != side[1] == side[2]


def test_without_a_sigmoid_all_stays_on_a_straight_line_and_no_cut_takes_out_the_middle():
    moved = frame(1.0, "by hand, no sigmoid")
    np.testing.assert_allclose(moved.places.sum(axis=1), 1)
    assert np.isnan(frame(0.5, "by hand, no sigmoid").edge).all()  # the output is the same everywhere


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("way", [0.0, 0.5, 1.0])
def test_each_point_of_the_grid_has_the_colour_of_its_output(layer, way):
    shown = frame(way, layer)
    is_zero, is_one = (~np.isnan(points).any(axis=1) for points in (shown.zeros, shown.ones))
    assert not (is_zero & is_one).any()
    assert (is_zero | is_one).sum() == 2 * 10 * 37


@pytest.mark.parametrize("layer", LAYERS)
def test_the_picture_shows_the_frame(layer):
    view = RepresentationView()
    for way, title in ((0.0, "input plane"), (0.5, "0.50 of the way"), (1.0, "hidden plane")):
        view.update(way=way, layer=layer)
        now = view.frame(way=way, layer=layer)
        head, zeros, ones, edge, class_0, class_1, *names = view.artists
        assert head.get_text() == title
        for artist, points in ((zeros, now.zeros), (ones, now.ones), (edge, now.edge)):
            np.testing.assert_array_equal(artist.get_xydata(), points)
        assert np.array_equal(class_0.get_xydata(), now.places[Y[:, 0] == 0])
        assert np.array_equal(class_1.get_xydata(), now.places[Y[:, 0] == 1])
        assert [tuple(name.xy) for name in names] == [tuple(place) for place in now.places]


def test_an_unknown_layer_is_refused_with_those_that_there_are():
    with pytest.raises(ValueError, match="by hand, no sigmoid"):
        VIEW.frame(way=0.5, layer="relu")


def test_the_names_of_examples_at_one_place_do_not_meet():
    gaps = np.abs(ASIDE[:, None] - ASIDE).max(axis=2)[np.triu_indices(4, 1)]
    assert gaps.min() >= 15  # points; a name is about 14 wide
