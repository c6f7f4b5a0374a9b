"""What must hold in lesson 08, on the full set and on the embedded digits."""

import re
from types import SimpleNamespace

import numpy as np
from _claims import broken, chance, only


def _floats(printed):
    return [float(number) for number in re.findall(r"-?\d+\.\d+(?:e[-+]\d+)?", printed)]


@broken(x_train=np.zeros((9, 28, 28)), y_train=np.arange(9))
@broken(x_train=np.zeros((10, 8, 8)), y_train=np.arange(10))
def after_load(x_train, y_train):
    assert x_train.shape == (len(y_train), 28, 28)
    assert set(y_train) == set(range(10))


@broken(ink=0.16)
@broken(ink=0.82)
def after_ink(ink, data):
    assert abs(ink - (0.22 if data.is_full else 0.10)) < 0.005


@only("digits")
@broken(inks=np.linspace(0.1, 0.2, 10))
def after_ink__nearly_the_same(inks):
    assert inks.max() - inks.min() < 0.015


@broken(nearest=0.1)
@broken(nearest=0.84)
@broken(nearest=0.93)
def after_averages(nearest, data):
    assert abs(nearest - (0.82 if data.is_full else 0.91)) < 0.005


@chance
@broken(logits=np.full(10, 0.1))
@broken(logits=np.zeros(9))
def after_random_logits(logits):
    assert logits.shape == (10,)
    assert logits.min() < 0  # no probabilities yet


@chance
@broken(p_random=np.full(10, 0.1))
@broken(p_random=np.ones(10))
def after_drawing(p_random):
    assert abs(p_random.sum() - 1) < 1e-6
    assert p_random.max() > 0.15  # it prefers some digits


STARTS = "cost {}\nwith the random weights {}\n"


@broken(P_start=np.full((3, 10), 0.2), printed=STARTS.format("2.303", "3.60"))
@broken(P_start=np.full((3, 10), 0.1), printed=STARTS.format("0.100", "3.60"))
@broken(P_start=np.full((3, 10), 0.1), printed=STARTS.format("2.303", "2.30"))
def after_start_cost(P_start, printed):
    assert np.allclose(P_start, 0.1)
    zeros, random = _floats(printed)[-2:]
    assert zeros == round(np.log(10), 3)
    assert 3.5 < random < 3.7


@broken(X=np.full((100, 784), 255), y_train=np.arange(100) % 10)
def after_start_cost__small_weights(X, y_train):
    Z = X @ np.random.default_rng(8).normal(scale=0.01, size=(784, 10))  # (m, 10)
    losses = np.logaddexp.reduce(Z, axis=1) - Z[np.arange(len(Z)), y_train]  # (m,)
    assert abs(losses.mean() - np.log(10)) < 0.02  # near it


STEPS = "nudge 1e-01   largest error {}\nnudge 1e-05   largest error {}\nnudge 1e-10   largest error 7e-07\n"


@broken(printed=STEPS.format("2e-04", "1e-04") + "nudge 1e-15   largest error 1e-01\n")
@broken(printed=STEPS.format("2e-08", "1e-11") + "nudge 1e-15   largest error 1e-01\n")
@broken(printed=STEPS.format("2e-04", "1e-11") + "nudge 1e-15   largest error 1e-05\n")
def after_step_sizes(printed):
    largest, good, _, tiny = [float(error) for error in re.findall(r"error (\S+)", printed)]
    assert 5e-5 < largest < 5e-4  # the fourth decimal is wrong
    assert good < 5e-11  # ten decimals are right
    assert tiny > 0.05  # and here not even the first


@broken(costs=[2.3] * 9375, film=[0] * 126)
@broken(costs=[np.log(10)] * 3000, film=[0] * 41)
def after_train(costs, film, data):
    assert abs(costs[0] - np.log(10)) < 1e-5
    assert len(costs) == (9375 if data.is_full else 9360)
    assert len(film) == 1 + len(costs) // 75
    assert len(costs) == 9375 or len(costs) / 45 == 208  # "the embedded digits pass by 208 times", in 45 batches
    assert round(len(costs) / 100) == 94  # "the mean of about 94 steps"


@chance
@broken(curve=[2.3] * 100)
@broken(curve=list(np.linspace(2.3, 0.25, 100)))
@broken(curve=[2.3] + [0.3] * 99)
def after_loss_curve(curve):
    fallen = [np.log(10) - cost for cost in curve]
    assert fallen[9] > 0.8 * fallen[-1]  # most of the way in the first tenth
    assert np.mean(curve[-10:]) < np.mean(curve[20:30])  # and it still falls
    assert curve[-1] < 0.35


@chance
@broken(score=0.1)
@broken(score=0.89)
@broken(score=0.999)
def after_score(score, data):
    assert abs(score - (0.92 if data.is_full else 0.97)) < (0.006 if data.is_full else 0.015)


@broken(p_trained=np.full(10, 0.1), y_test=[7])
@broken(p_trained=np.eye(10)[3], y_test=[7])
def after_drawing_trained(p_trained, y_test):
    assert p_trained.argmax() == y_test[0]
    assert p_trained.max() > 0.9


@chance
@broken(printed="largest difference below 0.0001: False\n")
def after_same_weights(printed):
    assert "7,850 parameters" in printed
    assert printed.endswith("True\n")


@broken(largest=[0.8, 0.8 * 255])
@broken(largest=[1e-3, 65.025])
def after_raw_step(largest):
    assert np.isclose(largest[1] / largest[0], 255**2, rtol=1e-4)
    assert 10_000 < largest[1] < 100_000


@chance
@broken(
    printed="pixels 0 … 1: test cost 0.3   accuracy [0.9 0.9]\npixels 0 … 255: test cost 0.3   accuracy [0.9 0.9]\n\n"
)
@broken(
    printed="pixels 0 … 1: test cost 0.3   accuracy [0.9 0.9]\npixels 0 … 255: test cost 900.0   accuracy [0.1 0.1]\n\n"
)
def after_raw_run(printed):
    scaled, raw = (_floats(line.partition(": ")[2]) for line in printed.splitlines()[-3:-1])
    assert scaled[0] < 1
    assert raw[0] > 100  # its probabilities are useless
    assert raw[-1] > 0.75  # and yet it reads most digits


@chance
@broken(P_raw=np.full((3, 10), 0.1), y_test=np.array([1, 2, 3]))
@broken(P_raw=np.eye(10) * 0.9999 + 1e-5, y_test=np.arange(10) // 2)
def after_raw_run__infinite(P_raw, y_test):
    surest = P_raw[P_raw.argmax(axis=1) != y_test].max(axis=1)
    assert np.mean(surest > 0.999) > 0.95  # nearly all mistakes
    assert (P_raw[np.arange(len(P_raw)), y_test] == 0).any()  # where -log p is infinite


def _log(accuracies, loss):
    return SimpleNamespace(history={"val_accuracy": accuracies, "val_loss": [loss] * 5})


SMOOTH = _log([0.91, 0.915, 0.92, 0.921, 0.922], 0.3)


@only("full")
@chance
@broken(raw_log=_log([0.88, 0.885, 0.89, 0.893, 0.9], 2000), log=SMOOTH)
@broken(raw_log=_log([0.88, 0.80, 0.88, 0.87, 0.9], 20), log=SMOOTH)
def after_raw_run__jumps(raw_log, log):
    jumps, smooth = (np.abs(np.diff(each.history["val_accuracy"][:5])) for each in (raw_log, log))
    assert jumps.max() > 2 * smooth.max()
    assert raw_log.history["val_loss"][4] > 1000


@chance
@broken(shares=[0.1, 0.2])
@broken(shares=[0.9, 0.9])
def after_explore_snapshots(shares):
    assert shares[0] < 0.15
    assert shares[-1] > 0.9


def _pictures(middle_of_zero):
    pictures = np.zeros((10, 28, 28))
    pictures[0, 12:16, 12:16] = middle_of_zero
    return pictures


@chance
@broken(pictures=_pictures(0.1), X=np.zeros((1, 784)))
@broken(pictures=_pictures(-0.1) + 0.01, X=np.zeros((1, 784)))
@broken(pictures=_pictures(-0.1), X=np.ones((1, 784)))
def after_weight_images(pictures, X):
    middle = pictures[:, 12:16, 12:16].mean(axis=(1, 2))
    assert middle.argmin() == 0
    assert middle[0] < 0  # ink in the middle speaks against a 0
    assert not X[:, 0].any()
    assert not pictures[:, 0, 0].any()  # the corner never had ink, so its weights stay


@broken(wrong=np.arange(783), surest=np.arange(9))
@broken(wrong=np.arange(3), surest=np.arange(10))
def after_confident_mistakes(wrong, surest, data):
    assert len(surest) == 10
    assert len(wrong) == (783 if data.is_full else 10)


def _matrix(**darkest):
    counts = np.full((10, 10), 5)
    for name, count in darkest.items():
        label, guess = map(int, name.removeprefix("_").split("_"))
        counts[label, guess] = count
    return counts


@broken(mistakes=_matrix(), wrong=np.arange(783), counts=np.zeros((10, 10)), y_test=np.zeros(360))
def after_confusion_matrix(mistakes, wrong, counts, y_test):
    assert mistakes.sum() == len(wrong)
    assert counts.sum() == len(y_test)


@only("full")
@broken(mistakes=_matrix())
@broken(mistakes=_matrix(_2_8=39, _4_9=35, _5_3=35, _9_4=29))
@broken(mistakes=_matrix(_2_8=39, _4_9=35, _5_3=35, _9_4=31, _7_9=32))
def after_confusion_matrix__darkest(mistakes):
    named = mistakes[[2, 4, 5, 9], [8, 9, 3, 4]]
    assert named.min() > 30
    assert np.sum(mistakes >= named.min()) == 4


@chance
@broken(W=np.ones((784, 10)))
def after_try_open__pictures_cancel(W):
    assert np.abs(W.sum(axis=1)).max() < 1e-3 * np.abs(W).max()


@only("full")
@broken(P_test=np.full((3, 10), 0.1), y_test=np.zeros(3))
def after_try_open__refuse(P_test, y_test):
    top, wrong = P_test.max(axis=1), P_test.argmax(axis=1) != y_test
    costs = [50 * np.sum(wrong & (top >= t)) + np.sum(top < t) for t in (0, 0.9, 0.97, 0.98, 0.995)]
    assert np.allclose(costs, (39_150, 7_090, 5_990, 6_270, 7_550), rtol=0.01)  # as the answer says
    assert abs(np.mean(top < 0.98) - 0.5) < 0.03
    assert abs(np.sum(wrong & (top >= 0.98)) - 20) <= 4


@broken(cu=SimpleNamespace(numerical_gradient=lambda f, x, step=None: np.array([0.659, 0.242, 0.099]) + (step or 0)))
def after_step_sizes__the_one_it_takes(cu):
    def bent(x):
        return float((x**3).sum())  # so that each step measures a slope of its own

    places = np.array([0.5, -0.2, 0.9])
    step = np.cbrt(np.finfo(float).eps)
    assert np.array_equal(cu.numerical_gradient(bent, places), cu.numerical_gradient(bent, places, step=step))
    assert abs(step - 6e-6) < 5e-7
    assert abs(np.spacing(1.0) - 2.2e-16) < 5e-18
