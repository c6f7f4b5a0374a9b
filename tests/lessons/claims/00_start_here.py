"""What must hold in lesson 00."""

import re

import numpy as np
from _claims import broken, chance, only


DIGITS = np.zeros((10, 28, 28)), np.arange(10)


def _rows(images):
    return images.reshape(-1, 784) / np.float32(255)


class _Model:
    """A network that is right on a share of whatever it is asked."""

    def __init__(self, right, weights=50_890):
        self.right, self.weights = right, weights

    def evaluate(self, x, y):
        return 1.0, self.right

    def predict(self, x):
        return np.zeros((len(x), 10))

    def count_params(self):
        return self.weights


@broken(printed="7,850\n")
def after_how_many(printed):
    assert printed == "50,890\n"


@broken(printed="The network reads a 8, and is sure of it: 99.0 %.\n")
@broken(printed="The network reads a 0 (70 %), but thinks of a 8, too (20 %).\n")
def after_house(printed):
    found = re.findall(r"^The network reads a 0, and is sure of it: ([\d.]+) %\.$", printed.strip())
    assert len(found) == 1
    assert float(found[0]) > 99.9


@chance
@broken(model=_Model(0.9), X_train=None, y_train=None)
@broken(model=_Model(0.99, weights=7_850), X_train=None, y_train=None)
def after_train(model, X_train, y_train):
    assert model.count_params() == 50_890  # as many as the first network has
    assert model.evaluate(X_train, y_train)[1] > 0.97


@only("full")
@broken(model=_Model(0.975), data=(DIGITS, DIGITS))
def after_train__reads_half_of_mnist(model, data):
    x, y = data[1]
    assert abs(model.evaluate(_rows(x), y)[1] - 0.53) < 0.01


@only("full")
@broken(X_train=np.zeros((32, 784)), y_train=np.zeros(32, int), data=(DIGITS, DIGITS))
def after_train__from_other_starts(X_train, y_train, data):
    import course_utils as cu

    x, y = data[1]
    scores = []
    for seed in range(1, 8):
        model = cu.Sequential([cu.Input(784), cu.Dense(64, "relu"), cu.Dense(10, "softmax")], rng=seed)
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(X_train, y_train, epochs=10, verbose=0)
        scores.append(model.evaluate(_rows(x), y)[1])
    assert min(scores) > 0.485
    assert max(scores) < 0.545
    assert max(scores) - min(scores) > 0.02  # they do differ


@chance
@broken(answers=np.zeros(360), y_test=np.ones(360))
def after_score(answers, y_test):
    assert 0.96 < (answers == y_test).mean() < 0.985


@chance
@broken(titles=["3, read as 3"])
@broken(titles=[])
def after_mistakes(titles):
    assert 0 < len(titles) < 16
    assert all(re.fullmatch(r"(\d), read as (?!\1)\d", title) for title in titles)


@broken(printed="on our small digits   0.961\non MNIST's            0.978\n")
def after_other_way(printed):
    small, mnist = map(float, re.findall(r"0\.\d{3}", printed))
    assert mnist == 0.978
    assert mnist - small > 0.1


@only("full")
@broken(reader=_Model(0.1), data=(DIGITS, DIGITS))
def after_other_way__its_record_is_true(reader, data):
    x, y = data[1]
    assert abs((reader.predict(_rows(x)).argmax(axis=1) == y).mean() - 0.978) < 5e-4
