"""The view of how far a test score strays: against SciPy's binomial distribution, and by what is drawn."""

import numpy as np
import pytest
from scipy.stats import binom

from course_utils.explorables.score_spread import LOWEST, ScoreSpreadView, score_spread

CASES = [(0.98, 10_000), (0.96, 100), (0.99, 100), (0.99, 60_000), (0.965, 300)]


@pytest.fixture
def view():
    return ScoreSpreadView()


@pytest.mark.parametrize(("accuracy", "images"), CASES)
def test_how_often_each_score_comes_is_scipys(view, accuracy, images):
    frame = view.frame(accuracy=accuracy, images=images)
    right = np.round(frame.scores * images / 100).astype(int)
    truth = binom.pmf(right, images, accuracy)
    assert np.allclose(frame.heights, truth / truth.max(), rtol=1e-8)
    assert frame.error == pytest.approx(100 * binom.std(images, accuracy) / images)
    whole = binom.pmf(np.arange(images + 1), images, accuracy)
    assert set(np.flatnonzero(whole / whole.max() > 1.01 * LOWEST)) <= set(right)


@pytest.mark.parametrize(("accuracy", "images"), CASES)
def test_the_share_in_between_is_scipys(view, accuracy, images):
    frame = view.frame(accuracy=accuracy, images=images)
    scores = 100 * np.arange(images + 1) / images
    between = np.abs(scores - 100 * accuracy) <= 2 * frame.error
    truth = 100 * binom.pmf(np.arange(images + 1), images, accuracy)[between].sum()
    assert frame.inside == pytest.approx(truth, abs=0.05)


def test_no_score_is_above_100(view):
    frame = view.frame(accuracy=0.99, images=100)
    assert frame.high == 100 == frame.scores.max()
    assert frame.low == pytest.approx(99 - 2 * frame.error)


def test_four_times_the_images_halve_the_standard_deviation(view):
    one, four = (view.frame(accuracy=0.98, images=images).error for images in (10_000, 40_000))
    assert four == pytest.approx(one / 2)


def test_what_is_drawn_is_the_frame(view):
    frame = view.frame(accuracy=0.98, images=100)
    view.draw(frame)
    rare, usual, left, right = view.artists
    for line, wanted in ((rare, ~frame.usual), (usual, frame.usual)):
        xs, ys = line.get_data()
        assert np.array_equal(xs[1::3], frame.scores[wanted])
        assert np.array_equal(ys[1::3], frame.heights[wanted])
        assert np.isnan(xs[2::3]).all()
        assert (ys[::3] == 0).all()
    assert left.get_text() == "standard deviation 1.40 points"
    assert right.get_text() == "blue: 95 of 100 test sets"


def test_the_same_artists_show_every_frame_and_the_words_follow(view):
    live, artists = view.live(), view.fig.findobj()
    said = {live.status}
    for accuracy, images in CASES[1:]:
        live.render(accuracy=accuracy, images=images)
        frame = view.frame(accuracy=accuracy, images=images)
        assert live.status == view.sentence(frame)
        assert f"{images:,} test images" in live.status
        said.add(live.status)
    assert len(said) == len(CASES)
    assert view.fig.findobj() == artists
    assert score_spread().status in said
