"""The view of training runs: what a film keeps, the screen at its ends, and models that it did not make itself."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

import course_utils as cu
from course_utils.explorables.training_history import TrainingView, film, network, training
from course_utils.live_figures.page.telling import LARGEST

X, Y = cu.logic_gate("XOR")


@pytest.fixture(scope="module")
def view():
    return TrainingView(runs={"good": network(3), "stuck": network(6)}, epochs=1500, every=50)


def test_a_film_keeps_the_start_and_what_training_alone_gives():
    alone = network(3)
    plane = np.array([[x, y] for y in np.linspace(0, 1, 51) for x in np.linspace(0, 1, 51)])
    kept = film(network(3), X, Y, epochs=100, every=50, plane=plane)
    assert np.array_equal(kept.outputs[0], alone.predict(X)[:, 0])
    alone.fit(X, Y, batch_size=4, epochs=100, shuffle=False, verbose=0)
    assert np.array_equal(kept.outputs[2], alone.predict(X)[:, 0])
    np.testing.assert_allclose(kept.cost[2], alone.evaluate(X, Y)[0], rtol=1e-12)
    said = alone.predict([[1, 0]])[0, 0]  # x1 = 1, x2 = 0
    assert kept.heat[2, 0, 50] == round(said * LARGEST)


def test_bounds_come_from_the_data_and_the_run(view):
    step = view.sliders["step"]
    assert (step.lo, step.hi, step.step) == (0, 1500, 50)
    assert view.sliders["run"] == ["good", "stuck"]
    assert view.fig.axes[0].get_xlim() == (-0.4, 1.4)
    wide = TrainingView(10 * X - 5, Y, {"a": network(0)}, epochs=20)
    assert wide.fig.axes[0].get_ylim() == (-9, 9)


def test_solved_is_said_of_the_good_seed_at_its_end_only(view):
    assert "solved, 4 of 4" in view.sentence(view.frame("good", 1500))
    assert "solved" not in view.sentence(view.frame("good", 0))
    assert "solved" not in view.sentence(view.frame("stuck", 1500))


MOMENTS = [("good", 750), ("good", 1500), ("stuck", 0), ("stuck", 1500), ("stuck", 1e3), ("good", 1e6), ("stuck", -1e3)]


@pytest.mark.parametrize(("run", "step"), MOMENTS)
def test_the_same_artists_show_every_moment(view, run, step):
    artists, figures = list(view.artists), plt.get_fignums()
    words, frame = view.update(run=run, step=step), view.frame(run, step)
    heat, edge, _, _, score, curve, dot, note = view.artists
    assert all(a is b for a, b in zip(view.artists, artists, strict=True))
    assert np.array_equal(heat.get_array(), frame.heat)
    assert np.isnan(edge.get_xydata()).all() == bool((frame.heat > 0.5).all() or (frame.heat < 0.5).all())
    assert dot.get_xydata().tolist() == [[frame.step, frame.cost]]
    assert np.array_equal(curve.get_ydata(), frame.costs)
    assert curve.get_ydata()[frame.step // 50] == frame.cost
    assert score.get_text().startswith(f"{frame.right.sum()} of 4")
    assert note.get_text() == f"{run}: cost {frame.cost:.3f}"
    assert f"after {frame.step:,} steps" in words
    assert not re.search(r"nan|inf|-\d", words)
    assert plt.get_fignums() == figures


def test_the_edge_is_where_the_answer_is_one_half(view):
    view.update(run="good", step=1500)
    edge = view.artists[1].get_xydata()
    points = edge[~np.isnan(edge[:, 0])]
    model = network(3)
    model.fit(X, Y, batch_size=4, epochs=1500, shuffle=False, verbose=0)
    assert len(points) > 20
    assert np.abs(model.predict(points) - 0.5).max() < 0.05  # between the points of a coarse grid


def test_moving_it_redraws_and_says_so():
    live = training(runs={"seed 3": network(3)}, epochs=400)
    pictures = {live.png}
    for step in (0, 200):
        live.move(step=step)
        pictures.add(live.png)
    assert len(pictures) == 3
    assert "not redrawn" not in live.status


def test_a_run_that_diverges_is_still_shown(capsys):
    wild = network(0)
    wild.compile(cu.SGD(1e3), loss="binary_crossentropy")
    assert "of 4" in training(runs={"wild": wild}, epochs=40).status


class Answers:
    """A model that gives one answer for every point, and after each fit the next one."""

    def __init__(self, *answers):
        self.answers = list(answers)

    def fit(self, x, y, **_):
        self.answers.pop(0)

    def predict(self, x):
        return np.full((len(x), 1), self.answers[0], np.float32)


def test_an_infinite_cost_leaves_the_axis_to_the_finite_ones():
    seen = TrainingView(X, Y, {"saturated": Answers(0.5, 1.0, 1.0)}, epochs=20)
    assert seen.films["saturated"].cost.tolist() == [pytest.approx(np.log(2)), np.inf, np.inf]
    assert seen.data["top"] == pytest.approx(np.log(2))
    shown = seen.live()
    assert shown.status.startswith("saturated, after 20 steps: cost inf, 2 of 4.")
    assert not shown.still.problem
    assert TrainingView(X, Y, {"saturated": Answers(1.0, 1.0)}, epochs=10).data["top"] == 1.0


def test_a_model_without_an_answer_is_for_neither_class():
    seen = TrainingView(X, Y, {"lost": Answers(0.25, np.nan)}, epochs=10)
    assert seen.frame("lost", 0).heat == pytest.approx(0.25, abs=1e-4)
    assert seen.frame("lost", 10).heat == pytest.approx(0.5, abs=1e-4)
    assert not seen.live().still.problem


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"X": np.full((4, 2), np.nan)}, "X has a value that cannot be drawn. Expected: finite numbers"),
        ({"X": X[:, :1]}, r"\(m, 2\)"),
        ({"y": Y.ravel()}, r"\(4, 1\)"),
        ({"runs": {}}, "runs is empty"),
        ({"epochs": 5}, "epochs"),
    ],
)
def test_what_does_not_fit_is_named(change, says):
    with pytest.raises(ValueError, match=f"training: .*{says}"):
        training(**({"X": X, "y": Y} | change))
