"""What must hold in lesson 04."""

import re
from types import SimpleNamespace

import numpy as np
from _claims import broken, chance, only

W = np.array([[2.0], [1.2]])
APPLES = np.array([[1.0, 160.0], [-1.0, 140.0], [0.5, 150.0]])


@broken(threes=np.zeros((3, 28, 28)), eights=np.zeros((2, 28, 28)))
def after_six_images(threes, eights):
    assert threes.shape == eights.shape == (3, 28, 28)


@broken(slopes=np.array([1.8, -0.9, 0.1, 0.9]), printed="slopes of the weights [ 1.8 -0.9  0.1]   of the bias 0.9")
def after_nudge_weights_run(slopes, printed):
    assert np.allclose(slopes, [1.8005, -0.9002, 0.0, 0.9002], atol=1e-4)
    assert np.allclose([float(slope) for slope in re.findall(r"-?\d\.\d*", printed)], [1.8, -0.9, 0.0, 0.9])


@broken(X_apples=np.full((120, 2), 9.0))
def after_clouds_data__rate(X_apples):
    bound = 0.25 * np.mean((X_apples**2).sum(axis=1) + 1)  # as in lesson 03
    assert abs(2 / bound - 1.93) < 0.005


@chance
@broken(costs=[0.69, 0.70])
@broken(costs=[0.69315, 0.6, 0.61])
def after_clouds_data(costs):
    assert abs(costs[0] - np.log(2)) < 1e-12
    assert np.all(np.diff(costs) < 0)


@chance
@broken(
    printed="rate 1.0   J = 0.693, 0.5, 0.4 …   0.3\nrate 0.0003   J = 0.693 …   0.6\nrate 0.0003   J = 0.693 …   0.31"
)
def after_grams_run(printed):
    fast, slow, patient = [[float(J) for J in re.findall(r"\d+\.\d+", line)[1:]] for line in printed.splitlines()]
    assert min(fast[1:]) > 10  # the rate that had worked leads far up, and does not settle
    assert slow[0] > slow[2] > slow[-1] > patient[-1]  # small enough, and slow


@chance
@broken(costs_scaled=[0.69, 0.4], costs_grams=[0.69, 0.41], costs=[0.69, 0.3])
@broken(costs_scaled=[0.69, 0.3], costs_grams=[0.69, 0.31], costs=[0.69, 0.3])
def after_scaled_run(costs_scaled, costs_grams, costs):
    assert costs_scaled[-1] < costs[-1] + 0.01  # as good as before the grams
    assert costs_grams[-1] > costs[-1] + 0.05  # from which ten thousand steps are still far


@broken(X_grams=APPLES, y_apples=np.array([[1.0], [0.0], [1.0]]))
def after_scaled_run__patience(X_grams, y_apples):
    H = np.column_stack([X_grams, np.ones(len(X_grams))])  # the bias as the weight of a column of ones
    v = np.zeros((3, 1))
    for _ in range(100_000 - 1):  # the cost is noted before the last step
        v -= 0.0003 / len(H) * (H.T @ (1 / (1 + np.exp(-H @ v)) - y_apples))
    assert abs(np.mean(np.logaddexp(0, H @ v) - y_apples * (H @ v)) - 0.363) < 0.0005


@broken(w_end=W)
def after_judge__odds(w_end):
    assert abs(w_end[0, 0] - 2.061) < 0.0005
    assert abs(np.exp(w_end[0, 0]) - 7.854) < 0.0005


@chance
@broken(neuron=SimpleNamespace(w=W + 1e-3), w_end=W, other=SimpleNamespace(coef_=W.T))
@broken(neuron=SimpleNamespace(w=W), w_end=W, other=SimpleNamespace(coef_=W.T + 1e-3))
def after_judge(neuron, w_end, other):
    assert np.allclose(neuron.w, w_end, atol=1e-4)
    assert np.allclose(other.coef_, w_end.T, atol=1e-4)


@chance
@broken(printed="batches of 120:   0.40 0.40 0.40\nbatches of  12:   0.41 0.42 0.43\nbatches of 1:   0.31 0.32 0.36")
@broken(printed="batches of 120:   0.40 0.40 0.40\nbatches of  12:   0.30 0.33 0.38\nbatches of 1:   0.31 0.32 0.36")
def after_twenty_orders(printed):
    ends = [[float(J) for J in re.findall(r"0\.\d+", line)] for line in printed.splitlines()]
    full, mini, single = ends
    assert max(full) - min(full) < 1e-9  # an order does not matter to it
    assert max(mini[1], single[1]) < full[1]  # both small sizes leave it behind
    assert max(mini) - min(mini) < 0.2 * (max(single) - min(single))  # and only the single apples rattle


@broken(centres=np.zeros((120, 2)), y_apples=np.repeat([[0.0], [1.0]], 60, axis=0))
def after_twenty_orders__sixty_sets(centres, y_apples):
    rng = np.random.default_rng(0)
    X = np.repeat(centres + rng.standard_normal((60, 120, 2)), 20, axis=0)  # (1200, 120, 2), twenty orders of each set
    H = np.concatenate([X, np.ones((1200, 120, 1))], axis=2)  # the bias as the weight of a column of ones
    y = y_apples[:, 0]  # (120,)

    def costs_after_five_epochs(size):
        v = np.zeros((1200, 3))
        for _ in range(5):
            order = rng.permuted(np.tile(np.arange(120), (1200, 1)), axis=1)
            for start in range(0, 120, size):
                rows = order[:, start : start + size]  # (1200, size)
                few = np.take_along_axis(H, rows[:, :, np.newaxis], axis=1)  # (1200, size, 3)
                error = 1 / (1 + np.exp(-np.einsum("kmn,kn->km", few, v))) - y[rows]
                v -= 0.5 / size * np.einsum("km,kmn->kn", error, few)
        z = np.einsum("kmn,kn->km", H, v)
        return np.mean(np.logaddexp(0, z) - y * z, axis=1)

    full = costs_after_five_epochs(120)
    assert np.all(costs_after_five_epochs(12) < full)  # always
    assert 0.9 < np.mean(costs_after_five_epochs(1) < full) < 1  # nearly always


@only("digits")
@broken(X_digits=np.zeros((289, 784)), X_test=np.zeros((69, 784)))
def after_digits_data(X_digits, X_test):
    assert (X_digits.shape, X_test.shape) == ((288, 784), (69, 784))
    assert (X_digits.min(), X_digits.max()) == (0, 1)


@only("full")
@broken(X_digits=np.zeros((288, 784)), X_test=np.zeros((69, 784)))
def after_digits_data__full(X_digits, X_test):
    assert (X_digits.shape, X_test.shape) == ((11982, 784), (1984, 784))
    assert (X_digits.min(), X_digits.max()) == (0, 1)


@broken(X_digits=np.eye(784))
def after_digits_data__no_ink(X_digits):
    assert np.sum((X_digits == 0).all(axis=0)) > 100  # columns with the standard deviation 0


@broken(right_test=60, costs_digits=[0.69, 0.1])
@broken(right_test=68, costs_digits=[0.69, 0.7])
def after_digits_run(right_test, costs_digits, data):
    assert right_test == (1911 if data.is_full else 68)
    assert right_test / (1984 if data.is_full else 69) > 0.95  # "more than 95 of a hundred"
    assert round(1911 / 1984, 3) == 0.963
    assert np.all(np.diff(costs_digits) < 0)


@broken(w_digits=np.ones((784, 1)), X_digits=np.zeros((3, 784)))
@broken(w_digits=np.linspace(-1, 1, 784).reshape(784, 1), X_digits=np.ones((3, 784)))
def after_weights_picture(w_digits, X_digits):
    assert np.all(w_digits[(X_digits == 0).all(axis=0)] == 0)  # no ink, no weight
    square = w_digits.reshape(28, 28)
    rows, columns = np.nonzero(square > 0.7 * square.max())  # the strong red
    assert columns.max() < 14  # all of it left of the middle
    assert rows.min() < 13  # a patch in the upper half
    assert rows.max() > 15  # and one in the lower


@broken(p_truth=np.array([0.6, 0.7, 0.8, 0.9, 0.9, 0.9]), worst=np.arange(6))
@broken(p_truth=np.array([0.2, 0.3, 0.8, 0.9, 0.9, 0.9]), worst=np.arange(6))
def after_mistakes(p_truth, worst, data):
    lowest = p_truth[worst]
    if data.is_full:
        assert np.all(lowest < 0.07)
    else:
        assert abs(lowest[0] - 0.19) < 0.005
        assert np.all(lowest[1:] > 0.5)


@broken(w_end=W, b_end=np.ones(1), X_apples=W.T, y_apples=np.zeros((1, 1)))
def after_try_open(w_end, b_end, X_apples, y_apples):
    a_end = 1 / (1 + np.exp(-X_apples @ w_end - b_end))  # what the answer of the proof claims
    assert abs(a_end.mean() - y_apples.mean()) < 1e-6
    assert np.allclose((a_end * X_apples).mean(axis=0), (y_apples * X_apples).mean(axis=0), atol=1e-6)


@broken(wrong=np.ones(120, bool))
def after_clouds_boundary(wrong):
    assert (wrong.sum(), (~wrong).sum()) == (14, 106)


@broken(X_grams=APPLES, y_apples=np.array([[1.0], [0.0], [1.0]]), w_end=W, b_end=np.zeros(1), X_apples=W.T)
def after_judge__the_lowest_cost(X_grams, y_apples, w_end, b_end, X_apples):
    z = X_apples @ w_end + b_end
    assert round(np.mean(np.logaddexp(0, z) - y_apples * z), 4) == 0.3027
    assert abs(X_grams[:, 1].mean() - 150) < 5  # "the grams lie around 150"
