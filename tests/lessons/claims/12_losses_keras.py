"""What must hold in lesson 12: each task has its ending, each wrong pairing its symptom, and a score its luck."""

import re
from types import SimpleNamespace

import numpy as np
from _claims import broken, chance

RARE = np.repeat([1, 0], [53, 90])  # a test set of 143 tumours, 53 of them malignant


def _numbers(line):
    """Give the numbers in a printed line."""
    return [float(number) for number in re.findall(r"-?\d+\.?\d*", line)]


def _backend(name):
    return SimpleNamespace(backend=SimpleNamespace(backend=lambda: name))


@chance
@broken(error=57.0, baseline=64.5)
@broken(error=30.0, baseline=64.5)
def after_run_regression(error, baseline):
    assert 34 < error < 0.87 * baseline  # "the measurements tell something, but far from everything"
    assert 55 < baseline < 78


@broken(printed="say  70: 8840 64\nsay  90: 9860 60\nsay 130: 9860 55")
@broken(printed="say  70: 8840 64\nsay  90: 8260 60\nsay 130: 8300 72")
def after_one_number(printed):
    squared, absolute = np.array([_numbers(line)[1:] for line in printed.splitlines()]).T
    assert squared.argmin() == 2  # 130, the mean
    assert absolute.argmin() == 1  # 90, the median


@chance
@broken(p_malignant=np.zeros(143), malignant_test=RARE, baseline=0.63)
@broken(p_malignant=RARE * 1.0, malignant_test=RARE, baseline=0.8)
def after_run_tumours(p_malignant, malignant_test, baseline):
    assert np.mean((p_malignant > 0.5) == malignant_test) > 0.92
    assert 0.5 < baseline < 0.75


@chance
@broken(printed="called malignant 50, malignant 53, found 49\nprecision 0.980   recall 0.925\nwith cu.  0.98    0.98")
@broken(printed="called malignant 50, malignant 53, found 30\nprecision 0.600   recall 0.566\nwith cu. 0.600 0.566")
def after_precision_recall(printed):
    (called, malignant, found), by_hand, ours = [_numbers(line) for line in printed.splitlines()]
    assert np.allclose(by_hand, [found / called, found / malignant], atol=6e-4)
    assert by_hand == ours
    assert min(by_hand) > 0.8


@chance
@broken(p_species=np.zeros((3, 3)), z_species=np.eye(3), species_test=np.arange(3))
def after_logits_model(p_species, z_species, species_test):
    p = np.exp(z_species) / np.exp(z_species).sum(axis=1, keepdims=True)
    assert np.abs(p - p_species).max() < 0.01  # "they do not differ beyond rounding"
    assert np.mean(p.argmax(axis=1) == species_test) > 0.85


@chance
@broken(share=0.85, p_present=np.eye(2), present_test=np.eye(2))
@broken(share=0.96, p_present=np.eye(2) * 0.4, present_test=np.eye(2))
def after_run_pairs(share, p_present, present_test):
    called = p_present > 0.5
    assert share > 0.93
    assert np.mean(called[present_test == 1]) > 0.75  # the recall
    assert np.mean(present_test[called]) > 0.85  # the precision


@broken(printed="")
def after_wrong_targets(printed):
    assert "target" in printed
    assert "output" in printed


@chance
@broken(negative=[0.5, 0.1])
def after_below_zero(negative):
    assert negative[-1] < 0


_SHARE = np.mean(RARE)


@chance
@broken(lonely={"loss": [0.3, 0.1], "accuracy": [0.37, 0.9]}, p_lonely=np.ones(3), keras=_backend("tensorflow"))
@broken(lonely={"loss": [0.3, 0.1], "accuracy": [0.37, 0.37]}, p_lonely=np.ones(3) / 2, keras=_backend("tensorflow"))
@broken(lonely={"loss": [0.3, 0.3], "accuracy": [0.37, 0.37]}, p_lonely=np.ones(3), keras=_backend("tensorflow"))
@broken(lonely={"loss": [10.1, 0.1], "accuracy": [0.37, 0.37]}, p_lonely=np.ones(3), keras=_backend("jax"))
def after_lonely_softmax(lonely, p_lonely, keras):
    assert np.allclose(p_lonely, 1, rtol=0, atol=1e-6)
    assert 0.3 < lonely["accuracy"][-1] < 0.45  # the share of malignant tumours
    first, last = lonely["loss"][0], lonely["loss"][-1]
    if keras.backend.backend() == "tensorflow":  # it looks behind the softmax, as behind a sigmoid
        assert last < 0.4 * first
    else:
        assert abs(last - first) < 0.01
        assert 9 < last < 11.5  # 16.12 for each benign tumour


@chance
@broken(outputs=np.array([[0.1, 0.9]]), forgotten={"accuracy": [0.3]})
@broken(outputs=np.array([[-3.0, 4.5]]), forgotten={"accuracy": [0.99]})
def after_forgotten_logits(outputs, forgotten):
    assert outputs.min() < 0
    assert np.abs(outputs.sum(axis=1) - 1).max() > 0.2
    assert forgotten["accuracy"][-1] < 0.9


@chance
@broken(errors=[40.0, 45.0, 47.0])
def after_hundred_splits(errors):
    assert min(errors) < 39.5
    assert max(errors) > 49


@chance
@broken(errors_network=[45.0, 46.0], errors_line=[44.9, 45.0])
@broken(errors_network=[30.0, 36.0], errors_line=[41.0, 46.0])
def after_five_folds(errors_network, errors_line):
    assert abs(np.mean(errors_network) - np.mean(errors_line)) < 4  # they hardly differ
    assert np.ptp(errors_line) > 2.5


@chance
@broken(printed="columns chosen on all rows     : 60% of\ncolumns chosen on training rows: 57% of")
@broken(printed="columns chosen on all rows     : 90% of\ncolumns chosen on training rows: 85% of")
def after_leak_shown(printed):
    leak, honest = [_numbers(line)[-1] for line in printed.splitlines()]
    assert leak >= 70
    assert honest <= 67.5


@chance
@broken(moved=np.full(30, 0.02), through=np.full(30, 1.0))
@broken(moved=np.full(30, 0.01), through=np.array([8.8, 0.1]))
def after_first_step(moved, through):
    assert np.allclose(moved, 0.01, rtol=0.02)  # the learning rate
    assert 8 < through.max() < 9.6
    assert 3e-5 < through.min() < 4.5e-5


@chance
@broken(curves={"as they are": [20.0, 0.1], "normalised": [0.3, 0.05]})
@broken(curves={"as they are": [20.0, 0.2], "normalised": [0.3, 0.15]})
def after_scaling_runs(curves):
    assert min(curves["as they are"]) > 2 * curves["normalised"][-1]
    assert curves["normalised"][-1] < 0.1
