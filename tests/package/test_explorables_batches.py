"""The view of batches: its walks against a loop over single numbers, its words, its artists, and wild positions."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from course_utils.datasets import minibatches
from course_utils.explorables.batches import BEST, BatchesView, M, X, Y, cost
from course_utils.models import LogisticNeuron

VIEW = BatchesView()


def walk_by_hand(size, rate, order):
    """Walk with single numbers, in the batches that `minibatches` gives."""
    w0 = w1 = b = 0.0
    rng = np.random.default_rng(order)
    for _ in range(5):
        for rows, _ in minibatches(np.arange(M), np.arange(M), size, rng=rng):
            errors = [1 / (1 + np.exp(-(w0 * X[i, 0] + w1 * X[i, 1] + b))) - Y[i, 0] for i in rows]
            w0 -= rate * np.mean([e * X[i, 0] for e, i in zip(errors, rows, strict=True)])
            w1 -= rate * np.mean([e * X[i, 1] for e, i in zip(errors, rows, strict=True)])
            b -= rate * np.mean(errors)
    return w0, w1, b


@pytest.mark.parametrize(("size", "steps"), [("120", 5), ("12", 50), ("1", 600)])
@pytest.mark.parametrize(("rate", "order"), [(0.5, 0), (0.1, 7)])
def test_a_walk_is_that_of_single_numbers(size, steps, rate, order):
    frame = VIEW.frame(size, rate, order)
    assert (frame.steps, len(frame.path), len(frame.costs)) == (steps, steps + 1, steps + 1)
    np.testing.assert_allclose(frame.path[-1], walk_by_hand(int(size), rate, order), rtol=1e-9)
    np.testing.assert_allclose(frame.costs[[0, -1]], [np.log(2), cost(*frame.path[-1])])
    np.testing.assert_allclose(frame.read[[0, steps // 5, -1]], [0, 1, 5])


def test_the_full_batch_walks_as_a_neuron_does():
    neuron = LogisticNeuron(2)
    neuron.set_weights([[0, 0], 0])
    neuron.fit(X, Y, learning_rate=0.5, epochs=5)
    np.testing.assert_allclose(VIEW.frame("120", 0.5, 3).path[-1], [*neuron.w[:, 0], *neuron.b])


def test_the_star_is_where_scikit_learn_arrives():
    other = LogisticRegression(C=np.inf, tol=1e-10).fit(X, Y[:, 0])
    np.testing.assert_allclose(BEST, [*other.coef_[0], *other.intercept_], atol=1e-5)


def test_only_the_order_moves_what_is_read_in_parts():
    full = [VIEW.frame("120", 0.5, order).last for order in range(20)]
    single = [VIEW.frame("1", 0.5, order).last for order in range(20)]
    np.testing.assert_allclose(full, full[0])
    assert len(set(single)) == 20


def test_its_words_tell_where_the_last_epoch_lies():
    frame = VIEW.frame("12", 0.5, 0)
    words = VIEW.words(frame).numbers
    assert (words["low"], words["high"]) == (frame.costs[40:].min(), frame.costs[40:].max())
    assert VIEW.sentence(frame).startswith("Batches of 12, learning rate 0.5, order 0: 50 steps, J from 0.6931 to 0.30")


@pytest.mark.parametrize(("rate", "order"), [(0.0, -5), (1e6, 99), (4.0, 19)])
def test_wild_positions_are_drawn(rate, order):
    view = BatchesView()
    frame = view.frame("1", rate, order)
    assert 0 <= frame.order <= 19
    view.draw(frame)
    view.fig.canvas.draw()


def test_the_picture_shows_the_path_its_end_and_the_costs():
    view = BatchesView()
    frame = view.frame("12", 0.5, 2)
    view.draw(frame)
    path, end, costs, name, reached = view.artists
    np.testing.assert_array_equal(path.get_xydata(), frame.path[:, :2])
    np.testing.assert_array_equal(end.get_xydata(), frame.path[-1:, :2])
    np.testing.assert_array_equal(costs.get_xydata(), np.column_stack([frame.read, frame.costs]))
    assert name.get_text() == "batches of 12: 50 steps"
    assert reached.get_text() == f"J at the end: {frame.last:.4f}"
