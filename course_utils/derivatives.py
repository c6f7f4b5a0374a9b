"""What back-propagation needs from an activation: its slope, in place, read off the output. Lesson 07.

Each formula here stands beside its textbook form in `activations`; tests hold the two together.
`grad` arrives as dJ/da, (m, units), and leaves as dJ/dz in the same memory; `a` may be used up.
"""

from typing import Any

import numpy as np

from course_utils import activations


def _sigmoid(a, grad):  # da/dz = a (1 - a)
    grad *= a
    grad *= 1 - a


def _tanh(a, grad):  # da/dz = 1 - a^2
    grad *= 1 - a * a


def _relu(a, grad):  # da/dz = 1 where a > 0, else 0
    grad *= np.greater(a, 0, out=a)  # a has served: as its own slope it saves a mask and a conversion


def _softmax(a, grad):  # da_j/dz_k = a_j (1[j = k] - a_k), so dJ/dz = a (dJ/da - sum_j a_j dJ/da_j)
    grad -= (a * grad).sum(axis=1, keepdims=True)
    grad *= a


def _linear(a, grad):
    pass


def _identity(z, out):
    return z


# name: (the activation, its slope in place)
ACTIVATIONS: dict[str, tuple[Any, Any]] = {
    "linear": (_identity, _linear),
    "sigmoid": (activations.sigmoid, _sigmoid),
    "tanh": (activations.tanh, _tanh),
    "relu": (activations.relu_unchecked, _relu),
    "softmax": (activations.softmax_unchecked, _softmax),
}
