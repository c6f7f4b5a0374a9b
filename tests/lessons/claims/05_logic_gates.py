"""What must hold in lesson 05."""

import math
from types import SimpleNamespace

import numpy as np
from _claims import broken, chance, only

UNSURE = SimpleNamespace(predict=lambda X: np.full((4, 1), 0.4))
AND = {"AND": np.array([[0.0], [0.0], [0.0], [1.0]])}
FLAT = [1.0, math.log(2)]


@chance
@broken(neurons={"AND": UNSURE}, targets=AND, X=np.zeros((4, 2)))
def after_fit_gates(neurons, targets, X):
    assert all(((neuron.predict(X) > 0.5) == targets[gate]).all() for gate, neuron in neurons.items())


@broken(xor_curves={"one": FLAT, "two": [1.0, 0.7], "three": FLAT})
@broken(xor_curves={"one": FLAT})
def after_xor_starts(xor_curves):
    assert len(xor_curves) == 3
    assert all(abs(curve[-1] - math.log(2)) < 1e-9 for curve in xor_curves.values())


@broken(error=np.array([0.5, -0.5, -0.5, 0.4]), X=np.zeros((4, 2)))
def after_zero_gradient(error, X):
    assert error.sum() == 0
    assert (error @ X == 0).all()


@only("digits")
@broken(right=287, images=np.zeros((288, 1)))
def after_digits__embedded(right, images):
    assert right == len(images) == 288


@only("full")
@broken(right=11_700, images=np.zeros((11_982, 1)))
def after_digits__full(right, images):
    assert len(images) == 11_982
    assert abs(len(images) - right - 397) <= 3  # the order of a sum may turn one that lies on the border


@broken(chained=lambda X: np.full((4, 1), 0.6), X=np.zeros((4, 2)))
def after_chain(chained, X):
    assert ((chained(X).ravel() > 0.5) == [False, True, True, False]).all()
