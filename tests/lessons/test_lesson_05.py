"""What lesson 05 says without computing it: its general sentences, and which pairs of digits no line separates."""

import itertools

import numpy as np
import pytest
from scipy.optimize import linprog, minimize

import course_utils as cu

NOT_SEPARABLE = {(2, 3), (2, 8), (3, 5), (3, 8), (4, 9), (5, 8), (7, 9)}  # of the full set's training images
PAIRS = list(itertools.combinations(range(10), 2))


def separable(one, other):
    """Tell by linear programming whether some line has the points of one class on one side, the others on the other."""
    constraints = np.vstack([np.c_[-one, -np.ones(len(one))], np.c_[other, np.ones(len(other))]])
    found = linprog(
        np.zeros(constraints.shape[1]), A_ub=constraints, b_ub=-np.ones(len(constraints)), bounds=(None, None)
    )
    return found.status == 0


def bands_meet(one, other):
    """Tell whether some mixture of one class's points is a mixture of the other's."""
    same_place = np.hstack([one.T, -other.T])
    shares = np.repeat(np.eye(2), [len(one), len(other)], axis=1)
    found = linprog(
        np.zeros(len(one) + len(other)),
        A_eq=np.vstack([same_place, shares]),
        b_eq=np.r_[np.zeros(one.shape[1]), 1, 1],
        bounds=(0, None),
    )
    return found.status == 0


def test_a_line_exists_where_the_rubber_bands_do_not_meet_and_only_there():
    rng = np.random.default_rng(0)
    answers = []
    for _ in range(300):
        inputs = rng.integers(1, 4)
        one, other = (rng.integers(-2, 3, (rng.integers(1, 6), inputs)).astype(float) for _ in "ab")
        answers.append(separable(one, other))
        assert answers[-1] != bands_meet(one, other)
    assert 50 < sum(answers) < 250


def gates_that_one_neuron_can_do(inputs, largest):
    """Return how many gates some neuron with whole weights up to `largest` and a bias between the sums can do."""
    rows = np.array(list(itertools.product((0, 1), repeat=inputs)))
    weights = np.array(list(itertools.product(range(-largest, largest + 1), repeat=inputs)))
    sums = weights @ rows.T
    biases = np.arange(-largest * inputs - 0.5, largest * inputs + 1)
    return len({answers.tobytes() for bias in biases for answers in np.unique(sums + bias > 0, axis=0)})


@pytest.mark.parametrize(("inputs", "largest", "gates"), [(2, 2, 14), (3, 3, 104), (4, 3, 1882)])
def test_how_many_gates_one_neuron_can_do(inputs, largest, gates):
    assert gates_that_one_neuron_can_do(inputs, largest) == gates
    assert gates_that_one_neuron_can_do(inputs, largest + 1) == gates  # larger weights add none


def test_every_gate_of_two_inputs_has_a_neuron_that_gets_three_rows_right():
    X = cu.logic_gate("AND")[0]
    grid = np.array(list(itertools.product(np.arange(-2, 2.5, 0.5), repeat=3)))
    says = grid[:, :2] @ X.T + grid[:, 2:] > 0
    for y in itertools.product((0, 1), repeat=4):
        assert ((says == y).sum(axis=1) == 3).any()


def cost_at(place, X, y):
    return cu.binary_crossentropy(y, X @ place[:2].reshape(2, 1) + place[2], from_logits=True)


def test_nothing_costs_less_on_xor_than_a_coin_toss():
    X, y = cu.logic_gate("XOR")
    rng = np.random.default_rng(1)
    for start in rng.normal(scale=5, size=(20, 3)):
        assert cost_at(start, X, y) > np.log(2)
        assert minimize(cost_at, start, (X, y)).fun == pytest.approx(np.log(2), abs=1e-6)


@pytest.mark.parametrize(("gate", "w", "b"), [("AND", (1, 1), -1.5), ("OR", (1, 1), -0.5), ("NAND", (-1, -1), 1.5)])
def test_a_larger_factor_makes_a_solved_gate_cheaper_without_end(gate, w, b):
    X, y = cu.logic_gate(gate)
    costs = [cost_at(factor * np.array([*w, b]), X, y) for factor in (1, 2, 4, 8, 16, 32, 64)]
    assert (np.diff(costs) < 0).all()
    assert 0 < costs[-1] < 1e-12


def test_a_cost_below_log_2_by_m_leaves_no_example_wrong_and_the_reverse_does_not_hold():
    rng = np.random.default_rng(2)
    right_but_dear = 0
    for _ in range(2000):
        m = rng.integers(1, 8)
        z, y = rng.normal(scale=4, size=m), rng.integers(0, 2, m).astype(float)
        right = ((z > 0) == y).all()
        if cu.binary_crossentropy(y, z, from_logits=True) < np.log(2) / m:
            assert right
        else:
            right_but_dear += right
    assert right_but_dear
    X, y = cu.logic_gate("AND")
    assert cost_at(np.array([1, 1, -1.5]), X, y) == pytest.approx(0.406, abs=5e-4)
    assert np.log(2) / 4 == pytest.approx(0.173, abs=5e-4)


def test_most_pairs_are_separable():
    assert (len(PAIRS), len(PAIRS) - len(NOT_SEPARABLE)) == (45, 38)


def test_a_third_input_makes_xor_separable():
    X, y = cu.logic_gate("XOR")
    product = X[:, :1] * X[:, 1:]
    assert (np.hstack([X, product]) @ [1, 1, -2] - 0.5).tolist() == [-0.5, 0.5, 0.5, -0.5]
    assert ((X[:, :1] - X[:, 1:]) ** 2 == y).all()
    assert len(list(itertools.combinations(range(784), 2))) == 306_936


def test_the_weights_of_xor_melt_away_from_all_three_starts():
    X, y = cu.logic_gate("XOR")
    for start in ((6, 6, -9), (-5, 3, 1), (0.5, 0.1, -0.2)):
        neuron = cu.LogisticNeuron(2)
        neuron.set_weights([start[:2], start[2]])
        neuron.fit(X, y, learning_rate=1.0, epochs=500)
        assert np.abs(np.r_[neuron.w.ravel(), neuron.b]).max() < 1e-6


def test_all_signs_changed_gives_the_opposite_gate_unless_a_row_lies_on_the_line():
    X, y = cu.logic_gate("AND")
    for b, opposite in ((-1.5, True), (-1, False)):
        z = X.sum(axis=1) + b
        assert ((z > 0) == y.ravel()).all()
        assert ((-z > 0) == 1 - y.ravel()).all() == opposite


def test_the_weights_stand_at_a_right_angle_to_the_line_and_point_to_the_side_that_says_1():
    rng = np.random.default_rng(3)
    for w, b in zip(rng.normal(size=(50, 2)), rng.normal(size=50), strict=True):
        on_the_line = np.array([[0, -b / w[1]], [1, -(w[0] + b) / w[1]]])
        assert (on_the_line[1] - on_the_line[0]) @ w == pytest.approx(0, abs=1e-9)
        assert ((on_the_line + 0.01 * w) @ w + b > 0).all()


def test_the_band_of_three_neurons_is_a_little_narrower_than_the_gap_between_the_two_lines():
    trained = {}
    for gate in ("AND", "OR", "NAND"):
        X, y = cu.logic_gate(gate)
        trained[gate] = cu.LogisticNeuron(2, rng=0)
        trained[gate].fit(X, y, learning_rate=1.0, epochs=500)
    points = np.linspace(-3, 4, 351)
    points = np.stack(np.meshgrid(points, points), axis=-1).reshape(-1, 2)
    answers = np.hstack([trained[gate].predict(points) for gate in ("OR", "NAND")])
    both = (answers > 0.5).all(axis=1)
    band = trained["AND"].predict(answers).ravel() > 0.5
    assert not (band & ~both).any()
    assert 0.9 < band.sum() / both.sum() < 1


# --- the pairs of digits


@pytest.mark.parametrize("pair", PAIRS)
def test_any_labels_of_two_embedded_digits_are_separable(pair, monkeypatch):
    monkeypatch.setenv("COURSE_UTILS_MNIST", "digits")
    (images, labels), _ = cu.load_mnist()
    pixels = images[np.isin(labels, pair)].reshape(-1, 784) / 255  # (m, 784)
    rows = np.c_[pixels, np.ones(len(pixels))]
    assert np.linalg.matrix_rank(rows) == len(rows)  # so some weights give every image any z that we like
    if pair == (3, 8):
        assert len(rows) == 288


@pytest.mark.full
def test_after_200_steps_new_images_of_3_and_8_are_no_harder_and_far_more_steps_correct_some():
    (x_train, y_train), (x_test, y_test) = data = cu.load_mnist()
    if not data.is_full:
        pytest.skip("this is about the full MNIST")
    (x, eights), (x_new, new_eights) = (
        (images[np.isin(labels, (3, 8))].reshape(-1, 784) / 255, labels[np.isin(labels, (3, 8))].reshape(-1, 1) == 8)
        for images, labels in ((x_train, y_train), (x_test, y_test))
    )
    neuron = cu.LogisticNeuron(784, rng=0)
    neuron.fit(x, eights, learning_rate=0.1, epochs=200)
    wrong, wrong_new = (
        ((neuron.predict(images) > 0.5) != truth).mean() for images, truth in ((x, eights), (x_new, new_eights))
    )
    assert round(100 * wrong) == round(100 * wrong_new) == 4
    assert wrong_new < wrong
    sides = np.where(eights.ravel(), 1.0, -1.0)  # (m,)
    rows = np.c_[x, np.ones(len(x))] * sides[:, np.newaxis]

    def cost_and_gradient(v):
        margins = rows @ v
        return np.logaddexp(0, -margins).mean(), -rows.T @ cu.sigmoid(-margins) / len(rows)

    found = minimize(cost_and_gradient, np.zeros(785), jac=True, method="L-BFGS-B", options={"maxiter": 100})
    assert 0 < (rows @ found.x <= 0).sum() < 390


def towards_a_line(rows, penalty, v):
    """Return the weights with the smallest sum of squared shortfalls, by Newton's method from v.

    rows (m, n): the images, a column of ones beside them, with the sign that their side should have. A weight vector
    v separates them where rows @ v is above 0 everywhere; the shortfall of a row is max(0, 1 − rows @ v).
    """

    def objective(v):
        return ((np.maximum(0, 1 - rows @ v) ** 2).sum() + penalty * v @ v) / 2

    for _ in range(60):
        short = np.maximum(0, 1 - rows @ v)  # (m,)
        active = rows[short > 0]
        slope = penalty * v - active.T @ short[short > 0]
        step = np.linalg.solve(active.T @ active + penalty * np.eye(len(v)), slope)
        size = 1.0
        while objective(v - size * step) > objective(v) - 1e-4 * size * (slope @ step) and size > 1e-6:
            size /= 2
        if (rows @ v > 0).all() or size <= 1e-6 or slope @ step < 1e-14 * objective(v):
            break
        v = v - size * step
    return v


def line_exists(rows):
    """Return True with a line in hand, and False with mixtures of both classes that are the same place."""
    v = np.zeros(rows.shape[1])
    for penalty in (1e-1, 1e-3, 1e-5, 1e-7, 1e-9):
        v = towards_a_line(rows, penalty, v)
        if (rows @ v > 0).all():
            return True
    shares = np.maximum(0, 1 - rows @ v)  # (m,), nearly in balance: rows.T @ shares is nearly 0
    for _ in range(60):
        rows, shares = rows[shares > 1e-6], shares[shares > 1e-6]
        shares = shares - np.linalg.lstsq(rows.T, rows.T @ shares)[0]
        if shares.min() > 1e-6:
            break
    assert shares.min() > 0
    assert np.abs(rows.T @ shares).max() < 1e-12 * shares.sum()
    return False


@pytest.mark.full
@pytest.mark.parametrize("pair", PAIRS)
def test_which_pairs_of_digits_a_line_separates(pair):
    (images, labels), _ = data = cu.load_mnist()
    chosen = np.isin(labels, pair)
    pixels = images[chosen].reshape(-1, 784) / 255  # (m, 784)
    inked = pixels[:, pixels.max(axis=0) > 0]
    sides = np.where(labels[chosen] == pair[1], 1.0, -1.0)  # (m,)
    rows = np.c_[inked, np.ones(len(inked))] * sides[:, np.newaxis]
    assert line_exists(rows) == (not (data.is_full and pair in NOT_SEPARABLE))
