"""The view of a training run, at its ends, in the middle, and far outside."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.explorables import Slider, snapshots
from course_utils.explorables.snapshots import SnapshotsView, example
from course_utils.live_figures.page.telling import LARGEST

KERNELS = np.stack([t * np.arange(-10.0, 10.0).reshape(4, 5) for t in (0, 1, 4)])  # (3 snapshots, 4 pixels, 5 classes)
STEPS, SHARES = [0, 10, 40], [0.1, 0.5, 0.9]
HALF_A_UNIT = 0.5 * 40 / LARGEST * (1 + 1e-9)  # of the whole numbers that hold the film; 40 is its largest weight


@pytest.fixture
def view():
    return SnapshotsView(KERNELS, STEPS, SHARES)


def test_a_frame_is_the_nearest_snapshot(view):
    for step, i in ((0, 0), (4, 0), (6, 1), (10, 1), (26, 2), (40, 2), (1e3, 2), (-1e3, 0)):
        frame = view.frame(step=step, digit=3)
        assert (frame.step, frame.accuracy) == (STEPS[i], SHARES[i])
        assert np.allclose(frame.image, KERNELS[i, :, 3].reshape(2, 2), rtol=0, atol=HALF_A_UNIT)
        assert (frame.low, frame.high) == (KERNELS[i, :, 3].min(), KERNELS[i, :, 3].max())


def test_a_class_that_is_not_there_becomes_the_nearest(view):
    assert view.frame(40, 1e3).digit == 4
    assert view.frame(40, -1e3).digit == 0


def test_bounds_come_from_the_run(view):
    assert view.sliders == {"step": Slider(0, 40, 10, 40), "digit": Slider(0, 4, 1, 0)}


def test_one_colour_scale_for_all_snapshots_with_0_in_the_middle(view):
    picture = view.artists[0]
    for step in STEPS:
        view.update(step=step, digit=0)
        assert picture.get_clim() == (-40, 40)


def test_artists_follow_and_stay_the_same_objects(view):
    before = [id(a) for a in view.artists]
    picture, dot, name, note = view.artists
    view.update(step=10, digit=2)
    assert np.allclose(picture.get_array(), KERNELS[1, :, 2].reshape(2, 2), rtol=0, atol=HALF_A_UNIT)
    assert dot.get_xydata().tolist() == [[10, 50]]
    assert (name.get_text(), note.get_text()) == ("digit 2", "step 10: 50.0 %")
    assert [id(a) for a in view.artists] == before


def test_words_say_the_frame_with_a_true_minus(view):
    said = "After 40 steps 90.0 % of the test images are right. Weights of digit 0: from −40.000 to 20.000."
    assert view.update(step=40, digit=0) == said


def test_the_live_view_redraws_and_leaves_no_figure():
    figures = plt.get_fignums()
    live = snapshots(KERNELS, STEPS, SHARES)
    pictures = set()
    for step, digit in ((0, 0), (10, 2), (40, 4), (1e3, 1e3)):
        live.move(step=step, digit=digit)
        pictures.add(live.png)
    assert len(pictures) == 3  # the last two are the same frame
    assert "not redrawn" not in live.status
    assert plt.get_fignums() == figures


def test_its_example_runs():
    assert snapshots(*example()).status.startswith("After 9,375 steps 89.4 %")


def test_an_untrained_run_is_drawn_without_a_warning():
    live = snapshots(0 * KERNELS, STEPS, SHARES)
    live.move(step=40, digit=0)
    assert "from 0.000 to 0.000" in live.status


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ((KERNELS[0], STEPS, SHARES), "kernels"),
        ((KERNELS[:, :3], STEPS, SHARES), "square"),
        ((KERNELS, STEPS[:2], SHARES), "steps"),
        ((KERNELS, STEPS, SHARES[:2]), "accuracies"),
        ((KERNELS, [0, 10, 10], SHARES), "rise from 0"),
        ((KERNELS, [5, 10, 40], SHARES), "rise from 0"),
        ((KERNELS[:1], [0], [0.1]), "rise from 0"),
        ((np.where(KERNELS == 4, np.nan, KERNELS), STEPS, SHARES), "kernels has a value that cannot be drawn"),
        ((KERNELS, [0, np.nan, 40], SHARES), "steps has a value that cannot be drawn"),
        ((KERNELS, STEPS, [0.1, np.inf, 0.9]), "accuracies has a value that cannot be drawn"),
    ],
)
def test_what_does_not_fit_is_named(args, says):
    with pytest.raises(ValueError, match=rf"snapshots: .*{says}"):
        snapshots(*args)
