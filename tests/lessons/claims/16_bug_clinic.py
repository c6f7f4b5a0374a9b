"""What must hold in lesson 16: each patient shows its symptom, whatever the seed, and each measurement its cause."""

import numpy as np
from _claims import broken, chance


@chance
@broken(score=0.76)
@broken(score=1.0)
def after_healthy_run(score, data):
    assert (0.84 if data.is_full else 0.93) < score < (0.92 if data.is_full else 0.99)


@chance
@broken(by_heart=[2.1, 0.01], norms={"W1": 1.15, "b1": 0.13})
@broken(by_heart=[3.7, 0.01], norms={"W1": 1.15, "b1": 0.13})
@broken(by_heart=[2.3, 0.12], norms={"W1": 1.15, "b1": 0.13})
@broken(by_heart=[2.3, 0.01], norms={"W1": 1.15, "b1": 0.005})
def after_tools_healthy(by_heart, norms):
    assert 2.2 < by_heart[0] < 3.6  # −log 0.1 = 2.30, or a little more
    assert by_heart[-1] < 0.1
    assert min(norms.values()) > 0.01


@chance
@broken(right=[8, 8, 9])
def after_sick_1(right):
    assert max(right) <= 8


@chance
@broken(score=0.66)
def after_sick_2(score):
    assert score < 0.65  # "more than a third of the test images are wrong"


@chance
@broken(losses=[2.3, 0.12])
def after_measure_2(losses):
    assert losses[-1] < 0.1


@chance
@broken(first=2.30, last=20.0, score=0.7)  # a softmax over each row
@broken(first=7.2, last=20.0, score=0.7)
@broken(first=6.9, last=14.0, score=0.7)
@broken(first=6.9, last=20.0, score=0.5)
def after_sick_3(first, last, score):
    assert 6.7 < first < 7.1  # "the first cost is 6.9"
    assert last > 15  # "during the training it rises"
    assert score > 0.6  # "more than half of the test images are right all the same"


@chance
@broken(score=0.76)
def after_sick_4(score):
    assert score < 0.75  # "more than a quarter of the test images are wrong"


@chance
@broken(sick={"W1": 0.1, "b1": 0.1}, well={"W1": 2.1, "b1": 1.9})
def after_measure_4(sick, well):
    assert all(well[name] > 20 * sick[name] for name in well)


@chance
@broken(losses=[3.9, 3.3], score=0.2)
@broken(losses=[6.1, 3.3], score=0.51)
def after_sick_5(losses, score):
    assert losses[0] > 4
    assert score < 0.5  # "most test images are wrong"


@chance
@broken(norms={"W2": 0.2}, W2=np.full((4, 4), 1.1))
def after_measure_5(norms, W2):
    assert 20 * norms["W2"] > np.linalg.norm(W2)


@chance
@broken(losses=[990, 2.3], score=0.1)
@broken(losses=[2000, 2.1], score=0.1)
@broken(losses=[2000, 2.5], score=0.1)
@broken(losses=[2000, 2.3], score=0.3)
def after_sick_6(losses, score):
    assert losses[0] > 1000
    assert 2.2 < losses[-1] < 2.4  # "the cost of guessing"
    assert score < 0.2


@chance
@broken(dead={"layer 1": 55})
def after_measure_6(dead):
    assert dead["layer 1"] >= 56  # "nearly all 64"


@chance
@broken(losses=[2.3, 2.1], score=0.1)
@broken(losses=[2.3, 2.5], score=0.1)
@broken(losses=[2.3, 2.3], score=0.3)
def after_sick_7(losses, score):
    assert 2.2 < losses[-1] < 2.4
    assert score < 0.2


@chance
@broken(norms={"W1": 0.01, "b1": 0.0, "W2": 0.0, "b2": 0.1}, curves={"patient": [2.3, 2.2]})
@broken(norms={"W1": 0.0, "b1": 0.0, "W2": 0.01, "b2": 0.1}, curves={"patient": [2.3, 2.2]})
@broken(norms={"W1": 0.0, "b1": 0.0, "W2": 0.0, "b2": 0.0}, curves={"patient": [2.3, 2.2]})
@broken(norms={"W1": 0.0, "b1": 0.0, "W2": 0.0, "b2": 0.1}, curves={"patient": [2.3, 0.1]})
def after_measure_7(norms, curves):
    assert norms["W1"] == norms["b1"] == norms["W2"] == 0 < norms["b2"]
    assert curves["patient"][-1] > 2


@chance
@broken(score=0.61, guess=[8, 9, 8, 9])
@broken(score=0.5, guess=[0, 1, 2, 9])
def after_sick_8(score, guess):
    assert score < 0.6
    assert sum(digit in (8, 9) for digit in guess) > 0.5 * len(guess)  # "calls most images an 8 or a 9"


@chance
@broken(losses=[2.3, 0.12], batches=[[0], [0, 1]])
@broken(losses=[2.3, 0.02], batches=[[0, 1, 2, 3], [0, 1]])
def after_measure_8(losses, batches):
    assert losses[-1] < 0.1
    assert max(map(len, batches)) <= 3


@chance
@broken(train=0.98, score=0.1)
@broken(train=1.0, score=0.3)
def after_sick_9(train, score):
    assert train > 0.99  # "training accuracy 100 %"
    assert score < 0.2


@broken(y_table=[0, 1, 0])
def after_measure_9(y_table):
    assert len(set(y_table)) == 1


@chance
@broken(reported=0.96, score=0.75)
@broken(reported=0.99, score=0.98)
def after_sick_10(reported, score):
    assert reported > 0.97  # "hardly a mistake"
    assert score < reported - 0.03  # "on new pictures clearly worse"


@chance
@broken(by_lot=0.1, known=1.0)
@broken(by_lot=0.9, known=0.2)
def after_measure_10(by_lot, known):
    assert by_lot > 0.5
    assert known > 0.95


@chance
@broken(learned={"loss": True, "rate": False, "leak": True})
@broken(learned={"loss": False, "rate": False, "labels": False})
def after_ask_all(learned):
    four = ("loss", "rate", "dead", "start")  # patients 4 to 7: not even one batch
    assert learned == {cause: cause not in four for cause in learned}
