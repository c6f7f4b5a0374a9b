"""What back-propagation needs from an activation and from a loss: slopes, in place, read off the output. Lesson 07.

Each formula here stands beside its textbook form in `activations` and `losses`; tests hold the two together.
`grad` arrives as dJ/da, (m, units), and leaves as dJ/dz in the same memory; `a` may be used up.
"""

import numpy as np

from course_utils import _checks, activations, losses


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


# name: (the activation, its slope in place)
ACTIVATIONS = {
    "linear": (lambda z, out: z, _linear),
    "sigmoid": (activations.sigmoid, _sigmoid),
    "tanh": (activations.tanh, _tanh),
    "relu": (activations.relu_unchecked, _relu),
    "softmax": (activations.softmax_unchecked, _softmax),
}


def softmax_crossentropy(z, labels):
    """Softmax and sparse cross-entropy as one step: returns the mean loss and turns the logits z into dJ/dz.

    With p = softmax(z) the loss of a row is J = log(sum_j e^z_j) - z_label, so dJ/dz_k = p_k - 1[k = label].
    The log never sees a p of 0, and no p is divided by itself; the mean over the m rows divides by m.
    """
    m, rows = len(z), np.arange(len(z))
    z -= z[rows, z.argmax(axis=1)][:, None]  # (m, K) less the largest of each row; faster than max along a short axis
    chosen = z[rows, labels]  # (m,)
    total = np.exp(z, out=z) @ np.ones(z.shape[1], z.dtype)  # (m,); faster than a sum along a short axis
    z *= (1 / (total * m))[:, None]  # p / m
    z[rows, labels] -= 1 / m
    return float((np.log(total) - chosen).sum()) / m


def _softmax_onehot(z, y):
    loss = losses.categorical_crossentropy(y, z, from_logits=True)
    activations.softmax(z, out=z)
    z -= y  # rows of y sum to 1: checked before training
    z /= len(z)
    return loss


def _sigmoid_crossentropy(z, y):  # J = log(1 + e^z) - y z, so dJ/dz = sigmoid(z) - y
    loss = losses.binary_crossentropy(y, z, from_logits=True)
    activations.sigmoid(z, out=z)
    z -= y
    z /= z.size
    return loss


# (activation of the last layer, loss): both in one step, from the logits
FUSED = {
    ("softmax", "sparse_categorical_crossentropy"): softmax_crossentropy,
    ("softmax", "categorical_crossentropy"): _softmax_onehot,
    ("sigmoid", "binary_crossentropy"): _sigmoid_crossentropy,
}


def _part(y, p):
    """Return y / p, the slope of y log p, and 0 where y is 0: what never happens has no slope, at p = 0 either."""
    return np.divide(y, p, out=np.zeros_like(p), where=y != 0)


def _binary(y, a):
    return (_part(1 - y, 1 - a) - _part(y, a)) / a.size


def _sparse(labels, a):
    grad = np.zeros_like(a)
    rows = np.arange(len(a))
    grad[rows, labels] = -1 / a[rows, labels] / len(a)
    return grad


# name: (the loss, dJ/da) for every other pair
LOSSES = {
    "mean_squared_error": (losses.mean_squared_error, lambda y, a: (a - y) * (2 / a.size)),
    "binary_crossentropy": (losses.binary_crossentropy, _binary),
    "categorical_crossentropy": (losses.categorical_crossentropy, lambda y, a: _part(y, a) / -len(a)),
    "sparse_categorical_crossentropy": (losses.sparse_categorical_crossentropy, _sparse),
}


def loss_by_name(name, loss):
    """Return (value, slope) of a loss given by its Keras name."""
    return _checks.choice(name, "loss", "mean_squared_error" if loss == "mse" else loss, LOSSES)
