"""Layers: forward through a kernel and an activation, and the gradients back; Dropout. Lessons 07, 09 and 13.

A Dense layer owns its buffers. `forward` and `backward` write into them, so a training step allocates next
to nothing; calling the layer, `layer(x)`, leaves them alone, so a look at other data disturbs no training.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import checks
from course_utils.checks import argument_error
from course_utils.derivatives import ACTIVATIONS
from course_utils.initializers import INITIALIZERS
from course_utils.regularizers import L2


@dataclass(frozen=True)
class Input:
    """Shape of one example: Input((784,)) or Input(784).

    >>> Input((784,)).n_features
    784
    """

    shape: Any

    def __post_init__(self) -> None:
        shape = self.shape if isinstance(self.shape, (tuple, list)) else (self.shape,)
        if len(shape) != 1:
            raise argument_error(
                "Input", "an example must be a flat row", "(n_features,)", tuple(shape), "flatten it first"
            )
        checks.whole("Input", "n_features", shape[0])
        object.__setattr__(self, "shape", tuple(shape))

    @property
    def n_features(self) -> int:
        """Number of inputs."""
        return self.shape[0]


class Dense:
    """Fully connected layer, a = activation(x @ kernel + bias).

    Parameters
    ----------
    units : int
    activation : str, optional
        linear (the default), sigmoid, tanh, relu or softmax.
    kernel_initializer : str or callable
        A name in `initializers`, or a function `(shape, *, rng) -> array`.
    kernel_regularizer : L2, optional
        Adds its penalty to the loss of a network, and the slope of that to `kernel_grad`. The bias is left alone.

    Attributes
    ----------
    kernel : ndarray, (n_in, units)
    bias : ndarray, (units,)

    Examples
    --------
    >>> layer = Dense(2, "relu")
    >>> layer
    Dense(2, "relu")
    >>> layer.build(3, rng=0)
    >>> layer(np.ones((5, 3))).shape
    (5, 2)
    """

    def __init__(
        self,
        units: int,
        activation: str | None = None,
        *,
        kernel_initializer: str | Callable[..., ArrayLike] = "glorot_uniform",
        kernel_regularizer: L2 | None = None,
    ):
        self.units = checks.whole("Dense", "units", units)
        self.activation = activation or "linear"
        self._activate, self._slope = checks.choice("Dense", "activation", self.activation, ACTIVATIONS)
        self.kernel_initializer = kernel_initializer
        self._initialize: Any = kernel_initializer
        if not callable(kernel_initializer):
            self._initialize = checks.choice("Dense", "kernel_initializer", kernel_initializer, INITIALIZERS)
        if not (kernel_regularizer is None or isinstance(kernel_regularizer, L2)):
            what, received = "unknown kernel_regularizer", repr(kernel_regularizer)
            raise argument_error("Dense", what, "cu.regularizers.L2(0.01), or None", received)
        self.kernel_regularizer = kernel_regularizer
        self.kernel: Any = None
        self.bias: Any = None
        self._x: Any = None  # the last batch, and what the layer made of it
        self._a: Any = None
        self._out = self._down = np.empty((0, 0))

    def __repr__(self) -> str:
        start = self.kernel_initializer
        parts = [f'{self.units}, "{self.activation}"']
        if start != "glorot_uniform":
            start = f'"{start}"' if isinstance(start, str) else getattr(start, "__name__", repr(start))
            parts.append(f"kernel_initializer={start}")
        if self.kernel_regularizer is not None:
            parts.append(f"kernel_regularizer={self.kernel_regularizer}")
        return f"Dense({', '.join(parts)})"

    def __getstate__(self):
        """Let copies be made without the last batch and the buffers: the copy makes its own."""
        return vars(self) | {"_x": None, "_a": None, "_out": self._out[:0], "_down": self._down[:0]}

    @property
    def penalty(self) -> float:
        """What the regularizer adds to the loss of a network; 0 without one."""
        return 0.0 if self.kernel_regularizer is None else self.kernel_regularizer(self.kernel)

    def build(self, n_in: int, *, rng: np.random.Generator | int | None = None, dtype: Any = "float32") -> None:
        """Draw the kernel (n_in, units) and set the bias (units,) to zero."""
        shape = (checks.whole("Dense.build", "n_in", n_in), self.units)
        kernel = np.asarray(self._initialize(shape, rng=checks.generator("Dense.build", rng)))
        if kernel.shape != shape:
            raise argument_error("Dense", "kernel_initializer returned the wrong shape", shape, kernel.shape)
        with np.errstate(over="ignore"):  # beyond float32 lies infinity
            self.kernel = kernel.astype(dtype)
        self.bias = np.zeros(self.units, dtype)
        self.kernel_grad, self.bias_grad = np.zeros_like(self.kernel), np.zeros_like(self.bias)
        self._x = self._a = None
        self._out, self._down = np.empty((0, self.units), dtype), np.empty((0, n_in), dtype)

    @np.errstate(over="ignore", invalid="ignore", under="ignore")
    def __call__(self, x: ArrayLike, *, activate: bool = True) -> NDArray:
        """Return the activations (m, units) for x (m, n_in), or the logits, in new memory."""
        z = self._validate_x(x) @ self.kernel  # (m, n_in) @ (n_in, units) -> (m, units)
        z += self.bias
        return self._activate(z, out=z) if activate else z

    def _validate_x(self, x: ArrayLike) -> NDArray:
        if self.kernel is None:
            raise argument_error("Dense", "the layer has no weights yet", "layer.build(n_in)", "a call before it")
        x = checks.as_array("Dense", "x", x)
        if x.ndim != 2 or x.shape[1] != len(self.kernel):
            raise argument_error("Dense", "x has the wrong shape", f"(m, {len(self.kernel)})", x.shape)
        return x

    @np.errstate(over="ignore", invalid="ignore", under="ignore")
    def forward(self, x: NDArray, *, activate: bool = True) -> NDArray:
        """Return the activations (or the logits) of a training batch, in the layer's buffer.

        x (m, n_in) must stay unchanged until `backward`.
        """
        return self.forward_unchecked(self._validate_x(x).astype(self.kernel.dtype, copy=False), activate=activate)

    def forward_unchecked(self, x: NDArray, *, activate: bool = True) -> NDArray:
        """Do what `forward` does, for an x of the kernel's dtype that was checked before: the loop comes by often."""
        self._x, m = x, len(x)
        if len(self._out) < m:
            self._out, self._down = np.empty((m, self.units), x.dtype), np.empty(x.shape, x.dtype)
        z = np.matmul(x, self.kernel, out=self._out[:m])  # (m, n_in) @ (n_in, units) -> (m, units)
        z += self.bias
        self._a = self._activate(z, out=z) if activate else z
        return self._a

    @np.errstate(over="ignore", invalid="ignore", under="ignore")
    def backward(self, grad: NDArray, *, through_activation: bool = True, to_input: bool = True) -> NDArray | None:
        """Fill kernel_grad and bias_grad from dJ/da (m, units), which is overwritten; return dJ/dx (m, n_in).

        The first layer of a network skips dJ/dx: nobody asks for it.
        """
        if self._x is None:
            raise argument_error("Dense.backward", "nothing has gone forward yet", "layer.forward(x)", "no forward")
        return self.backward_unchecked(grad, through_activation=through_activation, to_input=to_input)

    def backward_unchecked(
        self, grad: NDArray, *, through_activation: bool = True, to_input: bool = True
    ) -> NDArray | None:
        """Do what `backward` does, after a forward."""
        if through_activation:
            self._slope(self._a, grad)  # dJ/da -> dJ/dz
        np.matmul(self._x.T, grad, out=self.kernel_grad)  # (n_in, m) @ (m, units) -> (n_in, units)
        if self.kernel_regularizer is not None:
            self.kernel_grad += self.kernel_regularizer.slope(self.kernel)
        grad.sum(axis=0, out=self.bias_grad)  # (m, units) -> (units,)
        if not to_input:
            return None
        return np.matmul(grad, self.kernel.T, out=self._down[: len(grad)])  # -> (m, n_in)


class Dropout:
    """Dropout (Srivastava et al., 2014): in training, each entry is set to 0 with the probability `rate`.

    The entries that stay are divided by 1 - rate, so that each keeps its mean, and prediction leaves all as they are.
    It stands on its own, for a loop that you write yourself.

    Parameters
    ----------
    rate : float
        0 <= rate < 1.
    rng : numpy.random.Generator or int, optional
        The source of the draws, new ones at each training pass.

    Examples
    --------
    >>> drop = Dropout(0.5, rng=0)
    >>> drop(np.ones((1, 4))), drop(np.ones((1, 4)), training=True)
    (array([[1., 1., 1., 1.]]), array([[2., 0., 0., 0.]]))
    >>> drop.backward(np.ones((1, 4)))
    array([[2., 0., 0., 0.]])
    """

    def __init__(self, rate: float, *, rng: np.random.Generator | int | None = None):
        self.rate = checks.number("Dropout", "rate", rate, low=0, high=1, open_high=True)
        self.rng = checks.generator("Dropout", rng)
        self._mask: Any = None

    def __call__(self, x: ArrayLike, *, training: bool = False) -> NDArray:
        """Return x itself, or in training x times a new mask of zeros and 1 / (1 - rate)."""
        x = checks.as_array("Dropout", "x", x)
        if not training:
            return x
        stays = self.rng.random(x.shape) >= self.rate
        self._mask = (stays / (1 - self.rate)).astype(x.dtype)
        return x * self._mask

    def backward(self, grad: NDArray) -> NDArray:
        """Return the gradient of the input: what was dropped gets none."""
        if self._mask is None:
            hint = "layer(x, training=True)"
            raise argument_error("Dropout.backward", "nothing has gone forward in training yet", hint, "no mask")
        return grad * self._mask

    def __repr__(self) -> str:
        return f"Dropout({self.rate:g})"
