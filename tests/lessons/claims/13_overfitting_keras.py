"""What must hold in lesson 13: the U, the bottom at which it is stopped, and what each cure brings."""

import json
import re
from pathlib import Path

import numpy as np
from _claims import broken, chance

KEPT = json.loads((Path(__file__).parents[3] / "benchmarks" / "results" / "cures.json").read_text("utf-8"))


def _numbers(text):
    """Give the numbers in a printed text."""
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def _u_curve(lowest=1.1, last=1.8, epochs=60):
    """Give a history with its bottom after epoch 8."""
    falling, climbing = np.linspace(2, lowest, 8), np.linspace(lowest, last, epochs - 8)
    accuracy = list(np.linspace(0.3, 0.99, epochs))
    loss = list(np.append(falling, climbing))
    return {"loss": list(np.linspace(2, 0.05, epochs)), "val_loss": loss, "accuracy": accuracy}


@broken(is_wrong=np.zeros(1000, bool), y=np.zeros(1000), y_true=np.zeros(1000), X_test=np.zeros(797))
def after_digits(is_wrong, y, y_true, X_test):
    assert is_wrong.sum() == 197
    assert np.array_equal(y != y_true, is_wrong)  # each of them is wrong indeed
    assert len(X_test) == 797


@broken(printed="a perfect reader: 1.000")
def after_perfect_reader(printed):
    assert _numbers(printed) == [0.803]


@chance
@broken(log=_u_curve() | {"accuracy": [0.3, 0.8]}, printed="85,002\n0.8 0.7\non the test set 0.82")
@broken(log=_u_curve(), printed="85,002\n0.99 0.7\non the test set 0.95")
def after_overfit(log, printed):
    assert log["accuracy"][-1] > 0.97  # "nearly all the 600 typed labels"
    assert 0.78 < _numbers(printed)[-1] < 0.89
    assert "85,002" in printed


@chance
@broken(log=_u_curve(last=1.15), best=8)
@broken(log=_u_curve(), best=45)
def after_u_curve(log, best):
    losses = log["val_loss"]
    assert 3 <= best <= 20
    assert losses[0] > 1.2 * min(losses)
    assert losses[-1] > 1.3 * min(losses)  # a U, and no plateau
    assert np.mean(losses[-10:]) > np.mean(losses[25:35]) > min(losses)  # it goes on climbing
    assert log["loss"][-1] < 0.2


@chance
@broken(stopped=_u_curve(epochs=60), printed="60 8\non the test set 0.94")
@broken(stopped=_u_curve(epochs=13), printed="13 8\non the test set 0.85")
def after_early_stopping(stopped, printed):
    ran = len(stopped["val_loss"])
    assert ran < 30
    assert int(np.argmin(stopped["val_loss"])) + 1 == ran - 5  # the patience
    assert _numbers(printed)[-1] > 0.9


@chance
@broken(seen_wrong=np.ones(120, bool), printed="120\n60\n50")
def after_contradicts(seen_wrong, printed):
    wrong, as_typed, as_true = _numbers(printed)
    assert wrong == seen_wrong.sum()
    assert 90 < wrong < 150  # 120 with the lesson's own seed
    assert as_true > 0.8 * wrong > 4 * as_typed  # it contradicts its teacher, and is right


@chance
@broken(
    slowed={"learning_rate": [0.001] * 40, "val_loss": [2.0, 1.06, 1.8]}, printed="of the weights in the file: 1.06"
)
@broken(
    slowed={"learning_rate": [0.001, 0.0002], "val_loss": [2, 1.06, 1.1]}, printed="of the weights in the file: 1.10"
)
def after_checkpoint(slowed, printed):
    losses = slowed["val_loss"]
    assert len(set(slowed["learning_rate"])) >= 3
    assert losses[-1] < 1.12 * min(losses)
    assert abs(_numbers(printed)[-1] - min(losses)) < 0.02  # what the file holds


@chance
@broken(by_heart=[0.5] * 100, score=0.1)
@broken(by_heart=[0.5] * 50 + [1.0] * 50, score=0.4)
def after_random_labels(by_heart, score):
    assert by_heart[19] < 0.8 < 0.98 < by_heart[-1]
    assert 0.03 < score < 0.18


@chance
@broken(one={"loss": [2.3, 1.0], "accuracy": [0.1, 0.7]})
def after_one_batch(one):
    assert one["accuracy"][-1] > 0.99
    assert one["loss"][-1] < 0.3 < one["loss"][0]


@chance
@broken(printed="2 units: training 0.80, validation 0.7, test 0.90\n16 units: training 0.8, validation 0.7, test 0.9")
def after_capacity(printed):
    two, sixteen = [_numbers(part) for part in printed.split("16 units")]
    assert max(two[1:]) < 0.65  # bad on both sets
    assert 0.7 < sixteen[0] < 0.86  # not far from the honest 0.8
    assert sixteen[-1] > 0.8  # one draw; benchmarks/results/cures.md has three


@chance
@broken(printed="training accuracy 0.99, validation 0.70, test 0.85")
def after_penalty(printed):
    training, _, test = _numbers(printed)
    assert training < 0.87
    assert test > 0.9


@broken(printed="in training: [1. 1.]\nin prediction: [1. 1.]")
def after_dropout_shown(printed):
    training, prediction = printed.splitlines()
    assert set(_numbers(training)) == {0.0, 2.0}
    assert set(_numbers(prediction)) == {1.0}


@chance
@broken(printed="training accuracy 0.99, validation 0.70, test 0.85")
def after_dropout(printed):
    training, _, test = _numbers(printed)
    assert training < 0.9
    assert test > 0.9


@broken(X_more=np.zeros((3000, 8, 8)), y_more=np.zeros(3000), X=np.ones((1000, 8, 8)), y=np.zeros(1000))
def after_shifts(X_more, y_more, X, y):
    assert X_more.shape == (3000, 8, 8)
    assert np.allclose(X_more[:600], X[:600])
    assert np.array_equal(y_more, np.tile(y[:600], 5))
    assert not np.allclose(X_more[600:1200], X[:600])


@chance
@broken(printed="training accuracy 0.99, validation 0.70, test 0.80")
def after_augmentation(printed):
    assert 0.84 < _numbers(printed)[-1] < 0.95


@broken(cures={"none": (82.2, 85.0, 84.0)})
def after_cures(cures):
    """Every score is one of the kept runs, and no run is left out."""
    kept = {}
    for run in KEPT["runs"]:
        kept.setdefault(run["cure"], []).append(run["test"])
    assert set(cures) == set(kept)
    for name, scores in cures.items():
        assert np.allclose(sorted(scores), np.sort(kept[name]), atol=1e-9)


_SAID = {
    "none": (82.2, 84.9, 83.1),
    "early stopping": (94.1, 93.3, 94.7),
    "16 units": (91.1, 92.7, 92.6),
    "L2 0.01": (94.2, 93.6, 93.7),
    "dropout 0.5": (93.7, 92.8, 94.7),
    "shifts": (88.3, 91.6, 93.2),
    "shifts, dropout 0.5": (94.6, 94.6, 95.4),
}


@broken(cures=_SAID | {"shifts": (83.3, 91.6, 93.2)})
@broken(cures=_SAID | {"L2 0.01": (97.2, 97.2, 97.2)})
def after_cures__what_they_say(cures):
    means = {name: np.mean(scores) for name, scores in cures.items()}
    assert abs(means.pop("none") - 83.4) < 0.06
    assert min(means.values()) > 90.95
    for name in means:
        assert min(cures[name]) > max(cures["none"])  # each run with a cure
    near = [means[name] for name in ("early stopping", "L2 0.01", "dropout 0.5")]
    assert max(near) - min(near) < min(np.ptp(cures[name]) for name in ("early stopping", "L2 0.01", "dropout 0.5"))
    assert min(means, key=means.get) == "shifts" == max(cures, key=lambda name: np.ptp(cures[name]))
    assert max(means, key=means.get) == "shifts, dropout 0.5"
    assert abs(means["shifts, dropout 0.5"] - 94.9) < 0.06


@broken(X_val=np.zeros((397, 8, 8)))
def after_train_and_score(X_val):
    assert len(X_val) == 400
