"""What must hold in lesson 09, on the full set and on the embedded digits."""

import re

import numpy as np
from _claims import broken, chance, only


@broken(n=60_000, k=5000, X=np.zeros((60_000, 1)), X_small=np.zeros((60_000, 1)))
@broken(n=6000, k=5000, X=np.zeros((60_000, 1)), X_small=np.zeros((60_000, 1)))
def after_load(n, k, X, X_small):
    assert n + k <= len(X)  # no image is both trained on and held out
    assert len(X_small) == n


@chance
@broken(score=0.5)
@broken(score=0.0)
def after_published_start(score):
    assert 0.05 < score < 0.16  # of ten digits, by chance


@broken(passes=101_779, seconds=25.0)
@broken(passes=101_780, seconds=0.1)
def after_clock(passes, seconds):
    assert passes == 101_780
    assert 1200 * seconds > 3600


@chance
@broken(score=0.5)
@broken(score=0.0)
def after_two_steps(score):
    assert 0.05 < score < 0.16


@chance
@broken(scores={"1 and 2": 0.1})
@broken(scores={"1 and 2": 0.995})
def after_mend_epoch(scores, data):
    low, high = (0.87, 0.90) if data.is_full else (0.94, 0.98)
    assert low < scores["1 and 2"] < high


def _scores(published, right):
    names = {"1 to 3": published, "all 4": right}
    return {f"{name}, rate {rate}": score for name, score in names.items() for rate in (0.1, 0.2)}


@chance
@broken(scores=_scores(0.1, 0.1), slopes=[1.1, 1.0])
@broken(scores=_scores(0.95, 0.91), slopes=[1.1, 1.0])
@broken(scores=_scores(0.89, 0.91), slopes=[1.1, 1.0])
@broken(scores=_scores(0.92, 0.91), slopes=[1.0, 1.0])
@broken(scores=_scores(0.96, 0.999), slopes=[1.1, 1.0])
def after_four_mends(scores, slopes, data):
    least, low, high = (0.004, 0.90, 0.92) if data.is_full else (-0.006, 0.94, 0.99)
    assert low < scores["all 4, rate 0.2"] < high
    behind = [scores[f"1 to 3, rate {rate}"] - scores[f"all 4, rate {rate}"] for rate in (0.1, 0.2)]
    assert least < min(behind) <= max(behind) < 0.03
    assert slopes[0] > 1.05 * slopes[1]


@chance
@broken(cost=6.9)
@broken(cost=0.3)
def after_first_cost_relu(cost):
    assert 2.2 < cost < 3.2  # near 2.30, or a little more


@chance
@broken(gap=1e-4, score=0.92)
@broken(gap=0, score=0.1)
@broken(gap=0, score=0.97)
def after_same_weights(gap, score, data):
    low, high = (0.91, 0.935) if data.is_full else (0.85, 0.96)
    assert gap < 5e-5
    assert low < score < high


def _runs(sigmoid, relu):
    names = {"sigmoid": sigmoid, "relu": relu}
    return {(name, rate): curve for name, curve in names.items() for rate in (0.1, 0.5, 1.0)}


@chance
@broken(runs=_runs([0.7, 0.8, 0.9], [0.7, 0.8, 0.9]))
@broken(runs=_runs([0.7, 0.8, 0.9], [0.1, 0.1, 0.1]))
def after_activations(runs):
    assert runs["relu", 0.1][2] > runs["sigmoid", 0.1][2] + 0.03  # the sigmoid starts slowly


@only("full")
@chance
@broken(best={"sigmoid": 0.94, "relu": 0.94})
@broken(best={"sigmoid": 0.90, "relu": 0.95})
def after_activations__best(best):
    assert 0.003 < best["relu"] - best["sigmoid"] < 0.03


@chance
@broken(spreads={"0.01": (0.05, 0.05, 0.05), "He": (0.25, 0.25, 0.2)})
@broken(spreads={"0.01": (0.05, 0.003, 0.0), "He": (0.25, 0.25, 0.2)})
def after_spreads(spreads):
    assert 0.0002 < spreads["0.01"][2] / spreads["He"][2] < 0.002  # a thousandth


SIZES = "zeros   mean size of dW1 at the start: 0.0e+00\n0.01    mean size of dW1 at the start: {}\n" + (
    "Glorot  mean size of dW1 at the start: 1.1e-03\nHe      mean size of dW1 at the start: 1.8e-03\n"
)


def _curves(zeros, small, glorot, he):
    return {"zeros": [zeros], "0.01": [small], "Glorot": [glorot], "He": [he]}


@chance
@broken(curves=_curves(0.1, 0.1, 0.1, 0.1), printed=SIZES.format("4.1e-07"))
@broken(curves=_curves(0.1, 0.4, 0.95, 0.95), printed=SIZES.format("4.1e-07"))
@broken(curves=_curves(0.1, 0.1, 0.95, 0.95), printed=SIZES.format("1.0e-03"))
def after_train_starts(curves, printed):
    best = {name: max(curve) for name, curve in curves.items()}
    assert max(best["zeros"], best["0.01"]) < 0.15
    assert min(best["Glorot"], best["He"]) > 0.9
    sizes = {name: float(size) for name, size in re.findall(r"^(\S+) +mean size .*: (\S+)$", printed, flags=re.M)}
    assert sizes["0.01"] < 1e-3 * sizes["He"]


def _nine(**changed):
    """Accuracies of nine runs, by batch and rate; `changed` names some of them, as in b10_r100 for a rate of 1.0."""
    names = {f"b{size}_r{round(100 * rate)}": (size, rate) for size in (10, 100, 1000) for rate in (0.01, 0.1, 1.0)}
    usual = {pair: [0.92, 0.93] for pair in names.values()}
    usual |= {(10, 1.0): [0.1, 0.2], (1000, 1.0): [0.9, 0.85]}
    return usual | {names[name]: curve for name, curve in changed.items()}


@chance
@broken(runs=_nine(b10_r100=[0.9, 0.9]))
@broken(runs=_nine(b1000_r100=[0.9, 0.91]))
@broken(runs=_nine(b10_r10=[0.1, 0.1]))
@broken(runs=_nine(b10_r1=[0.1, 0.1]))
@broken(runs=_nine(b1000_r10=[0.1, 0.1]))
def after_batch_and_rate(runs):
    assert max(runs[10, 1.0]) < 0.6
    assert min(np.diff(runs[1000, 1.0])) < 0  # a zigzag
    assert min(runs[10, 0.1][-1], runs[100, 0.1][-1]) > 0.9
    assert abs(runs[10, 0.01][-1] - runs[100, 0.1][-1]) < 0.03  # alike on diagonals
    assert abs(runs[100, 0.01][-1] - runs[1000, 0.1][-1]) < 0.03


@chance
@broken(curves={"SGD 0.01": [0.95], "SGD 0.5": [0.95], "Adam 0.003": [0.95]})
@broken(curves={"SGD 0.01": [0.1], "SGD 0.5": [0.9], "Adam 0.003": [0.96]})
def after_optimizers(curves, data):
    slow, *chosen = [curve[-1] for curve in curves.values()]
    gap, width = (0.04, 0.025) if data.is_full else (0.008, 0.04)
    assert slow + gap < max(chosen) < min(chosen) + width


@chance
@broken(losses={"loss": [2.3, 2.3]}, last=2.3, at_lowest=0.1, at_end=0.1)
@broken(losses={"loss": [2.3, 0.001]}, last=0.01, at_lowest=0.95, at_end=0.95)
@broken(losses={"loss": [2.3, 0.001]}, last=0.25, at_lowest=0.95, at_end=0.92)
def after_learning_curves(losses, last, at_lowest, at_end):
    assert losses["loss"][-1] < 0.02 < 0.05 < last
    assert abs(at_lowest - at_end) < 0.02


@only("full")
@chance
@broken(last=0.2, lowest=0.2)
def after_learning_curves__turn(last, lowest):
    assert last > lowest + 0.02  # the validation loss turns up


@chance
@broken(score=0.1)
@broken(score=0.95)
@broken(score=0.995)
def after_main_run(score, data):
    low, high = (0.975, 0.981) if data.is_full else (0.96, 0.99)
    assert low < score < high


@broken(mistakes=np.eye(10), wrong=[1, 2, 3])
def after_confusion(mistakes, wrong):
    assert mistakes.sum() == len(wrong)


def _loses(most, middle):
    loses = np.full(64, middle)
    loses[7] = most
    return loses


@chance
@broken(loses=_loses(0.0, 0.0), useful=np.array([7] + [0] * 63))
@broken(loses=_loses(0.2, 0.0), useful=np.array([7] + [0] * 63))
@broken(loses=_loses(0.02, 0.02), useful=np.array([7] + [0] * 63))
def after_most_useful(loses, useful, data):
    low, high = (0.004, 0.035) if data.is_full else (0.01, 0.08)
    assert low < loses[useful[0]] < high
    assert loses[useful[32]] < 0.005


@chance
@broken(moved=0.1, W1=np.ones(3), start=np.zeros(3), silent=[1], lost=0.0)
@broken(moved=0.0, W1=np.ones(3), start=np.ones(3), silent=[1], lost=0.0)
@broken(moved=0.0, W1=np.ones(3), start=np.zeros(3), silent=[], lost=0.0)
@broken(moved=0.0, W1=np.ones(3), start=np.zeros(3), silent=range(64), lost=0.0)
@broken(moved=0.0, W1=np.ones(3), start=np.zeros(3), silent=[1], lost=0.1)
def after_silent_units(moved, W1, start, silent, lost):
    assert moved == 0 < np.abs(W1 - start).max()  # without ink no weight moves, and others do
    assert 0 < len(silent) < 40
    assert lost == 0
