"""What must hold in lesson 07: slopes carried back are the measured ones, and they cost far less."""

import re
from types import SimpleNamespace

import numpy as np
from _claims import broken, chance

import course_utils as cu
from course_utils.lessons import find


@broken(parameters=50_889)
@broken(parameters=0)
def after_count_passes(parameters):
    assert 2 * parameters == 101_780  # passes for one step of descent


@broken(dL_da=-1.549, da_dz=0.229, dz_dw=2.0, direct=-0.7)
def after_measured_links(dL_da, da_dz, dz_dw, direct):
    assert np.isclose(dL_da * da_dz * dz_dw, direct, rtol=1e-7)  # along a path slopes multiply


@broken(dz=-0.3543, dz_zero=0.3543, a=0.6457)
def after_back_neuron(dz, dz_zero, a):
    assert np.isclose(dz, a - 1)
    assert np.isclose(dz_zero, a)  # the error for either target


@broken(dz1=np.array([-0.083, 0.042]), dW1=np.zeros((2, 2)), loss_from_W1=lambda W: float(W.sum()), W1=np.ones((2, 2)))
def after_back_hidden(dz1, dW1, loss_from_W1, W1):
    assert np.allclose(dW1, cu.numerical_gradient(loss_from_W1, W1), atol=1e-9)
    assert (dW1[1] == 0).all()  # both weights of the input 0
    assert (dz1 != 0).all()


@broken(first=-0.336, second=-0.25, measured=-0.336)
def after_fork(first, second, measured):
    assert np.isclose(first + second, measured, rtol=1e-8)  # where a number is used twice, slopes add


@broken(from_one=64 * 64, wires=59_008)
def after_paths(from_one, wires):
    assert (from_one, 784 * 64 * from_one, wires) == (40_960, 2_055_208_960, 59_008)


@broken(X=np.eye(2), dZ1=np.array([[1.0, 2.0], [2.0, 3.0]]), dW1=np.array([[1.0, 2.0], [2.0, 3.0]]))
def after_backward_matrices__a_shape_that_fits_is_no_proof(X, dZ1, dW1):
    assert (dZ1.T @ X).shape == dW1.shape
    assert not np.allclose(dZ1.T @ X, dW1)


@broken(printed="W1[0, 0]   given  0.0307   measured  0.0416   off\n")
def after_wrong_slope(printed):
    said = re.findall(r"^(W1|b1|W2|b2)\b.*\b(ok|off)$", printed, flags=re.M)
    assert [verdict for _, verdict in said] == ["off"] * 6 + ["ok"] * 3
    assert [name for name, _ in said] == ["W1"] * 4 + ["b1"] * 2 + ["W2"] * 2 + ["b2"]


@broken(given=np.full(9, 3.0), measured=np.ones(9), m=4)
def after_forgotten_mean(given, measured, m):
    assert np.allclose(given / measured, m, rtol=1e-6)


@broken(activations=202 * 100)
def after_kept(activations):
    parameters = sum(n * k + k for n, k in [(784, 64), (64, 64), (64, 64), (64, 10)])
    assert parameters == 59_210
    assert 1000 * activations == 202_000
    assert 1000 * activations > 3 * parameters > parameters > 100 * activations


@broken(model=SimpleNamespace(evaluate=lambda X, y: 0.69, predict=lambda X: X), X=np.eye(2), y=np.eye(2))
def after_train_xor(model, X, y):
    assert model.evaluate(X, y) < 0.02
    assert ((model.predict(X) > 0.5) == y).all()


def _net_without_the_mean(n, k, K):
    weights = [np.ones((n, k)), np.zeros(k), np.ones((k, K)), np.zeros(K)]

    def value_and_grad(X, y):
        return 0.7, find("deep_gradients").solution(X, y, weights)  # added up over the outputs

    return SimpleNamespace(get_weights=lambda: weights, value_and_grad=value_and_grad)


@broken(sigmoid_net=_net_without_the_mean)
def after_same_from_package__what_the_mean_over_the_outputs_does(sigmoid_net):
    K = 3
    rng = np.random.default_rng(7)
    X, y = rng.normal(size=(5, 2)), rng.integers(0, 2, size=(5, K)).astype(float)
    model = sigmoid_net(2, 4, K)
    added_up = find("deep_gradients").solution(X, y, model.get_weights())  # over the outputs, averaged over the rows
    gradients = model.value_and_grad(X, y)[1]
    assert all(np.allclose(ours, K * theirs) for ours, theirs in zip(added_up, gradients, strict=True))


@chance
@broken(forward=1e-3, both=11e-3)
@broken(forward=1e-3, both=0.9e-3)
def after_clock(forward, both):
    assert forward < both
    assert 101_780 * forward / both > 10_000  # tens of thousands of times as long


@broken(printed="Value:   dw -0.7087   db -0.3543\nby hand: dw -0.7087   db -0.3543\na · a at 3: slope 6.0\n")
@broken(printed="Value:   dw -0.7087   db -0.3543\nby hand: dw -0.7088   db -0.3543\na · a at 3: slope 3.0\n")
def after_value_check(printed):
    ours, by_hand, square = printed.splitlines()
    assert ours.split()[1:] == by_hand.split()[2:]  # every check on a chain passes
    assert square.endswith("slope 3.0")  # and yet


@broken(three=SimpleNamespace(grad=3.0))
def after_value_accumulate(three):
    assert three.grad == 6


@broken(a2=np.array([0.5]), dz1=np.array([-0.083, 0.042]))
def after_back_hidden__the_other_target(a2, dz1):
    factor = a2[0] / (a2[0] - 1)
    assert round(factor, 2) == -2.59
    assert (round(dz1[0], 3), round(factor * dz1[0], 3)) == (-0.083, 0.215)


@broken(printed="gradient check FAILED: relative error 2.0e-04; worst entry [5]\n")
def after_wrong_slope__far_from_right(printed):
    (error,) = re.findall(r"relative error (\S+);", printed)
    assert float(error) > 1e-3  # "most likely wrong"
