"""What must hold in lesson 15: what is left of a gradient, which stacks learn, and what borrowed layers bring."""

import re

import numpy as np
from _claims import broken, chance


def _shares(printed):
    return [float(number) for number in re.findall(r"\b[01]\.\d{3}\b", printed)]


@chance
@broken(printed=" 1 hidden layers: accuracy 0.500\n10 hidden layers: accuracy 0.100")
@broken(printed=" 1 hidden layers: accuracy 0.950\n10 hidden layers: accuracy 0.300")
def after_worse_run(printed):
    one, ten = _shares(printed)
    assert one > 0.9
    assert ten < 0.15  # "what guessing gives"


@broken(sigmoid_norms=np.geomspace(1e-4, 1, 10))
def after_sigmoid_norms(sigmoid_norms):
    left = sigmoid_norms[0] / sigmoid_norms[9]
    assert 1.5e-6 < left < 2.5e-6  # "about two millionths"
    assert 0.2 < left ** (1 / 9) < 0.28  # "about a quarter"


@broken(outputs=[np.arange(20.0).reshape(10, 2)] * 11)
def after_sigmoid_norms__forward(outputs):
    assert outputs[10].std(axis=0).mean() < 1e-3 * outputs[1].std(axis=0).mean()  # "nearly the same numbers"


@broken(curves={"sigmoid, Glorot": np.ones(10), "ReLU, Glorot": np.ones(10), "ReLU, He": np.ones(10)})
@broken(
    curves={
        "sigmoid, Glorot": np.geomspace(1e-6, 1, 10),
        "ReLU, Glorot": np.geomspace(0.04, 1, 10),
        "ReLU, He": np.geomspace(0.01, 1, 10),
    }
)
def after_relu_norms(curves):
    left = {name: norms[0] / norms[9] for name, norms in curves.items()}
    assert 0.015 < left["ReLU, Glorot"] < 0.15  # around 0.044
    assert 0.33 < left["ReLU, He"] < 3  # "scatters around" 1


@chance
@broken(printed="accuracy on the training images 0.700")
def after_relu_train(printed):
    (accuracy,) = _shares(printed)
    assert accuracy > 0.9


@broken(printed="before: mean 3.00   after: 0.00, standard deviation 1.00\nthe same by hand: False")
@broken(printed="before: mean 3.00   after: 0.50, standard deviation 1.00\nthe same by hand: True")
def after_batch_norm(printed):
    assert "after: 0.00, standard deviation 1.00" in printed
    assert "by hand: True" in printed


@broken(printed="passes on what it gets: False")
def after_one_block(printed):
    assert printed.strip().endswith("True")


@broken(accuracy=0.95)
def after_as_is(accuracy):
    assert 0.85 < accuracy < 0.88


@chance
@broken(printed="frozen: test accuracy 0.700\nfrom scratch: test accuracy 0.900")
@broken(printed="frozen: test accuracy 0.900\nfrom scratch: test accuracy 0.980")
def after_transfer_run(printed):
    frozen, scratch = _shares(printed)
    assert 0.85 < frozen < 0.95
    assert 0.85 < scratch < 0.95
    assert abs(frozen - scratch) < 0.06  # "close"
