"""Sequential: Dense layers one after the other, with the words of `keras.Sequential`. Lessons 07 to 09."""

import math
from collections.abc import Iterable
from os import PathLike
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import atomic_file, checkpoints, checks
from course_utils.callbacks import CallbackList, ProgressBar
from course_utils.callbacks.compatibility import compatible_callbacks
from course_utils.checks import argument_error
from course_utils.datasets.batches import pair
from course_utils.layers import Dense, Input
from course_utils.losses import mean_absolute_error
from course_utils.metrics import accuracy
from course_utils.models import trainer
from course_utils.models.early_ends import run_safely
from course_utils.models.history import History
from course_utils.models.objective import choose_objective
from course_utils.optimizers import OPTIMIZERS, Optimizer

METRICS = {"accuracy": accuracy, "mean_absolute_error": mean_absolute_error, "mae": mean_absolute_error}


class Sequential:
    """A stack of Dense layers.

    Parameters
    ----------
    layers : list
        Optionally an Input first, then Dense layers. Without an Input the first data decide n_features. A layer that
        has weights already, in another model for example, keeps them: the two models share it.
    rng : numpy.random.Generator or int, optional
        Source of the starting weights and of the shuffles.
    dtype : str
        float32 (the default) or float64.

    Attributes
    ----------
    layers : list of Dense
    optimizer : Optimizer
        Its `learning_rate` may be read and set between two steps. None before `compile`.
    objective : Objective
        The loss on the last layer's output. None before `compile`.
    history : History
        Of the last `fit`; None before the first.
    stop_training : bool
        A callback sets it to True to end the run after the batch or the epoch.

    Examples
    --------
    >>> model = Sequential([Input((784,)), Dense(64, "relu"), Dense(10, "softmax")], rng=0)
    >>> model
    <Sequential of 784 inputs, Dense(64, "relu"), Dense(10, "softmax"): 50,890 parameters>
    """

    def __init__(
        self, layers: Iterable[Input | Dense], *, rng: np.random.Generator | int | None = None, dtype: Any = "float32"
    ):
        self.rng = checks.generator("Sequential", rng)
        self.dtype = checks.float_type("Sequential", dtype)
        if isinstance(layers, (str, dict)) or not np.iterable(layers):
            expected, received = "[Input((n,)), Dense(…), …]", type(layers).__name__
            raise argument_error("Sequential", "layers must be a list", expected, received)
        stack: list[Any] = list(layers)
        first = stack.pop(0) if stack and isinstance(stack[0], Input) else None
        if len(set(map(id, stack))) < len(stack):
            raise argument_error("Sequential", "a layer stands there twice", "a new Dense for each place", stack)
        if not stack or not all(isinstance(layer, Dense) for layer in stack):
            raise argument_error("Sequential", "layers must be Dense layers", "[Input((n,)), Dense(…), …]", stack)
        self.layers: list[Dense] = stack
        self.optimizer: Any = None
        self.objective: Any = None
        self.metrics: list[str] = []
        self.history: History | None = None
        self.stop_training = False
        if first is not None:
            self._check_fit("Sequential", first.n_features)
            self._build(first.n_features)

    @property
    def built(self) -> bool:
        """Whether all layers have their weights."""
        return all(layer.kernel is not None for layer in self.layers)

    def __repr__(self) -> str:
        parts = [repr(layer) for layer in self.layers]
        if not self.built:
            return f"<Sequential of {', '.join(parts)}: no weights yet>"
        inputs = f"{len(self.layers[0].kernel):,} inputs"
        return f"<Sequential of {', '.join([inputs, *parts])}: {self.count_params():,} parameters>"

    # --- prepare

    def compile(
        self,
        optimizer: Optimizer | str = "rmsprop",
        loss: str | None = None,
        metrics: list[str] | tuple[str, ...] | None = ("accuracy",),
    ) -> None:
        """Choose the optimizer (an object or sgd, rmsprop, adam), the loss (its Keras name) and the metrics.

        A metric is "accuracy", or "mean_absolute_error" (short "mae") beside a loss of values.

        Raises
        ------
        ValueError
            For an unknown name, and for a loss that does not fit the last layer's activation or a metric.
        """
        name = "Sequential.compile"
        if not isinstance(optimizer, Optimizer):
            optimizer = checks.choice(name, "optimizer", optimizer, OPTIMIZERS)()
        if metrics is not None and not isinstance(metrics, (list, tuple)):
            hint = None if metrics != "accuracy" else 'metrics=["accuracy"]'
            raise argument_error(name, "metrics must be a list", '["accuracy"], or None', repr(metrics), hint)
        for metric in metrics or ():
            checks.choice(name, "metric", metric, METRICS)
        objective = choose_objective(name, loss, self.layers[-1])
        if "crossentropy" in objective.loss and set(metrics or ()) - {"accuracy"}:
            expected, hint = 'metrics=["accuracy"] beside a cross-entropy', 'loss="mean_squared_error" for values'
            raise argument_error(name, "the absolute error is for values", expected, f"{metrics!r}", hint)
        self.objective = objective
        self.optimizer, self.metrics = optimizer, list(dict.fromkeys(metrics or ()))

    # --- train

    def fit(
        self,
        x: ArrayLike,
        y: ArrayLike,
        *,
        batch_size: int = 32,
        epochs: int = 1,
        validation_split: float = 0.0,
        validation_data: tuple[ArrayLike, ArrayLike] | None = None,
        shuffle: bool = True,
        callbacks: list[Any] | None = None,
        verbose: int = 1,
    ) -> History:
        """Train on mini-batches, every example once per epoch.

        Where the numbers leave the floats, the run ends with a sentence; the finite weights stay. An interrupt is
        told in a sentence and goes on as KeyboardInterrupt; the weights so far stay, and the finished epochs are in
        `model.history`. Either way a further `fit` goes on from there.

        Parameters
        ----------
        x : array_like, (m, n_features)
        y : array_like
            What the loss asks for: integer labels (m,), one-hot rows (m, K), or values (m, units).
        batch_size, epochs : int
        validation_split : float
            This share of the examples, the last ones as they stand, before any shuffle, is kept as validation data.
        validation_data : (x, y), optional
            Measured after each epoch; never trained on. If given, nothing is split off.
        shuffle : bool
            False keeps the order of the examples.
        callbacks : list, optional
            Callbacks, Keras's own among them; see `cu.callbacks.Callback`.
        verbose : int
            1 shows a progress bar with loss and accuracy, 0 shows nothing.

        Returns
        -------
        History
            Also kept as `model.history`.

        Raises
        ------
        ValueError
            If shapes, labels, batch_size or epochs do not fit, or a callback cannot work. Nothing has changed then.
        """
        name = "Sequential.fit"
        batch_size = checks.whole(name, "batch_size", batch_size)
        epochs = checks.whole(name, "epochs", epochs)
        share = checks.number(name, "validation_split", validation_split, low=0, high=1, open_high=True)
        x, y = self._validate_xy(name, x, y)
        measured = ["loss", *self.metrics]
        if validation_data is not None:
            if not (isinstance(validation_data, (tuple, list)) and len(validation_data) == 2):
                received = type(validation_data).__name__
                raise argument_error(name, "validation_data must be a pair", "(x, y)", received)
            validation_data = self._validate_xy(f"{name}, validation_data", *validation_data, n_features=x.shape[1])
        elif share > 0:
            (x, y), validation_data = _split(name, x, y, share)
        if validation_data is not None:
            measured += [f"val_{metric}" for metric in measured]
        callbacks = compatible_callbacks(name, callbacks, measured, self.optimizer)

        self._build(x.shape[1])  # last, so that what has been refused has changed nothing
        self.history = History()
        callbacks += [self.history, *([ProgressBar()] if verbose else [])]
        params = {"epochs": epochs, "steps": -(-len(x) // batch_size), "verbose": verbose}
        calls = CallbackList(callbacks, self, params)

        def train() -> None:
            trainer.train(self, x, y, batch_size, epochs, validation_data, shuffle, calls)

        run_safely(train, self.history, calls)
        return self.history

    def forward(self, x: NDArray) -> NDArray:
        """Return the output of a training batch, the logits where the loss wants them, in the last layer's buffer.

        x is an array of the model's dtype, as `fit` has checked it.
        """
        *hidden, last = self.layers
        for layer in hidden:
            x = layer.forward_unchecked(x)
        return last.forward_unchecked(x, activate=not self.objective.from_logits)

    def backward(self, grad: Any) -> None:
        """Send dJ/d(output) back through the layers, whose gradients it leaves there."""
        last, first = len(self.layers) - 1, 0
        for i in range(last, first - 1, -1):
            activated = i < last or not self.objective.from_logits
            grad = self.layers[i].backward_unchecked(grad, through_activation=activated, to_input=i > first)

    def value_and_grad(self, x: ArrayLike, y: ArrayLike) -> tuple[float, list[NDArray]]:
        """Return the loss on x, y and its gradients, in the order of `get_weights`."""
        x, y = self._validate_xy("Sequential.value_and_grad", x, y)
        self._build(x.shape[1])
        loss = trainer.forward_backward(self, x, y)["loss"]
        return loss, [g + 0 for g in self.gradients]  # copies, in which a -0.0 is a 0.0

    # --- use

    def __call__(self, x: ArrayLike) -> NDArray:
        """Return the output (m, units) for x (m, n_features), as `predict` does."""
        return self._output("Sequential", x)

    def predict(self, x: ArrayLike) -> NDArray:
        """Return the output (m, units) for x (m, n_features)."""
        return self._output("Sequential.predict", x)

    def _output(self, name: str, x: ArrayLike) -> NDArray:
        examples = self._validate_x(name, x)
        self._build(examples.shape[1])
        return self._infer(examples)

    @np.errstate(over="ignore", invalid="ignore", under="ignore")
    def _infer(self, x: NDArray, *, activate: bool = True, chunk: int = 2000) -> NDArray:
        """Go forward in chunks, so that the memory in between stays small, and without the training buffers."""
        out = np.empty((len(x), self.layers[-1].units), self.dtype)  # NaN where a logit left the floats
        for start in range(0, len(x), chunk):
            a = x[start : start + chunk]
            for layer in self.layers[:-1]:
                a = layer(a)
            out[start : start + chunk] = self.layers[-1](a, activate=activate)
        return out

    def evaluate(self, x: ArrayLike, y: ArrayLike) -> list[float] | float:
        """Return [loss, accuracy] on x, y; the loss alone where no metric was compiled."""
        x, y = self._validate_xy("Sequential.evaluate", x, y)
        self._build(x.shape[1])
        values = self.measure(x, y)
        return list(values.values()) if self.metrics else values["loss"]

    @np.errstate(over="ignore", invalid="ignore", under="ignore")
    def measure(self, x: NDArray, y: NDArray) -> dict[str, float]:
        """Return loss and metrics by name on data as training takes them, without touching what training uses."""
        output = self._infer(x, activate=not self.objective.from_logits)
        loss = self.objective.value(y, output) if np.isfinite(output).all() else np.nan
        return {"loss": loss + self.penalty, **self.compiled_metrics(y, output)}

    @property
    def penalty(self) -> float:
        """What the regularizers of all layers add to the loss."""
        return sum((layer.penalty for layer in self.layers), 0.0)

    def compiled_metrics(self, y: NDArray, output: NDArray) -> dict[str, float]:
        """Return what was compiled, by name, from outputs or logits."""
        measure = {"accuracy": self._accuracy}
        return {metric: measure.get(metric, mean_absolute_error)(y, output) for metric in self.metrics}

    def _accuracy(self, y: NDArray, output: NDArray) -> float:
        """Return the share of right answers.

        The largest logit has the largest probability; a probability is above 1/2 where its logit is above 0.
        """
        if output.shape[1] == 1 and y.ndim == 2:
            threshold = 0.0 if self.objective.from_logits else 0.5
            return float(((output > threshold) == y).mean())
        labels = y if y.ndim == 1 else y.argmax(axis=1)
        return int(np.count_nonzero(output.argmax(axis=1) == labels)) / len(labels)

    # --- weights

    @property
    def variables(self) -> list[NDArray]:
        """The weights themselves: kernel and bias of each layer in turn."""
        return [v for layer in self.layers for v in (layer.kernel, layer.bias)]

    @property
    def gradients(self) -> list[NDArray]:
        """The gradients of the last batch, in the same order."""
        return [g for layer in self.layers for g in (layer.kernel_grad, layer.bias_grad)]

    def get_weights(self) -> list[NDArray]:
        """Return copies of the weights: kernel (n_in, units) and bias (units,) of each layer in turn."""
        self._check_built("Sequential.get_weights")
        return [v.copy() for v in self.variables]

    def set_weights(self, weights: Iterable[ArrayLike]) -> None:
        """Copy in weights of the shapes that `get_weights` returns, a Keras model's for example."""
        self._check_built("Sequential.set_weights")
        new = [checks.as_array("Sequential.set_weights", "weights", w) for w in weights]
        shapes = [[v.shape for v in arrays] for arrays in (self.variables, new)]
        if shapes[0] != shapes[1]:
            raise argument_error("Sequential.set_weights", "the weights have other shapes", shapes[0], shapes[1])
        with np.errstate(over="ignore"):  # beyond float32 lies infinity
            for variable, w in zip(self.variables, new, strict=True):
                np.copyto(variable, w, casting="same_kind")

    def save_weights(self, filepath: str | PathLike, overwrite: bool = True) -> None:
        """Write the weights to a file, `.weights.npz` or `.weights.h5`; see `cu.save_weights`."""
        path = atomic_file.as_path("Sequential.save_weights", filepath)
        if not overwrite and path.exists():
            what, hint = f"{filepath} is there already", "overwrite=True replaces it"
            raise argument_error("Sequential.save_weights", what, "a new name", "overwrite=False", hint)
        checkpoints.save_weights(self, path)

    def load_weights(self, filepath: str | PathLike) -> None:
        """Read the weights from a file, all of them or none; see `cu.load_weights`."""
        checkpoints.load_weights(self, filepath)

    def count_params(self) -> int:
        """Return how many numbers the network learns."""
        self._check_built("Sequential.count_params")
        return sum(v.size for v in self.variables)

    def summary(self) -> None:
        """Print a row for each layer: its units, its activation, and its parameters, n_in x units + units."""
        total = self.count_params()
        print(f"{'layer':<12}{'output':<14}{'activation':<12}{'parameters':>12}")
        for i, layer in enumerate(self.layers):
            size = layer.kernel.size + layer.bias.size
            print(f"{f'dense {i + 1}':<12}{f'(None, {layer.units})':<14}{layer.activation:<12}{size:>12,}")
        print(f"{'total':<38}{total:>12,}")

    # --- build and validate

    def _build(self, n_features: int) -> None:
        """Give weights to the layers that have none; where one cannot be made, nothing has changed.

        A layer that has weights keeps them: it may stand in another model, which has learned them.
        """
        if self.built:
            return
        new = [layer for layer in self.layers if layer.kernel is None]
        state = self.rng.bit_generator.state
        try:
            for layer in self.layers:
                if layer in new:
                    layer.build(n_features, rng=self.rng, dtype=self.dtype)
                n_features = layer.units
        except Exception:
            for layer in new:
                layer.kernel = layer.bias = None
            self.rng.bit_generator.state = state
            raise

    def _check_fit(self, name: str, n_features: int) -> None:
        """Refuse a layer whose weights, made elsewhere, are for other inputs or of another dtype."""
        for layer in self.layers:
            kernel = layer.kernel
            if kernel is not None and len(kernel) != n_features:
                what, hint = f"the weights of {layer} do not fit into the model", "a new Dense for this place"
                raise argument_error(name, what, f"{n_features} inputs", f"{len(kernel)} inputs", hint)
            if kernel is not None and kernel.dtype != self.dtype:
                what, hint = f"the weights of {layer} are of another dtype", f'dtype="{kernel.dtype}"'
                raise argument_error(name, what, np.dtype(self.dtype), kernel.dtype, hint)
            n_features = layer.units

    def _check_built(self, name: str) -> None:
        if not self.built:
            raise argument_error(name, "the model has no weights yet", "an Input as first layer, or fit", "neither")

    def _validate_x(self, name: str, x: ArrayLike, n_features: int | None = None) -> NDArray:
        """Return x as (m, n_features) of the model's dtype.

        The number of features is that of the first layer's weights. Before there are any, it is `n_features`, if
        given, and whatever x has elsewhere.
        """
        x = checks.as_array(name, "x", x)
        hint = "x.reshape(len(x), -1)" if x.ndim > 2 else "x.reshape(1, -1)"
        checks.check_ndim(name, "x", x, 2, "(m, n_features)", hint)
        first = self.layers[0].kernel
        n = len(first) if first is not None else n_features
        if n is not None and x.shape[1] != n:
            raise argument_error(name, "x has the wrong number of features", f"(m, {n})", x.shape)
        self._check_fit(name, x.shape[1])
        with np.errstate(over="ignore"):  # beyond float32 lies infinity
            return np.ascontiguousarray(x, self.dtype)

    def _validate_xy(
        self, name: str, x: ArrayLike, y: ArrayLike, n_features: int | None = None
    ) -> tuple[NDArray, NDArray]:
        """Return examples and targets as training takes them, or say what does not fit."""
        if self.objective is None:
            raise argument_error(name, "the model is not compiled", 'model.compile(optimizer, loss="…")', "no loss yet")
        x, y = pair(name, self._validate_x(name, x, n_features), y)
        return x, self.objective.targets(name, y, (len(x), self.layers[-1].units), self.dtype)


def _split(name: str, x: NDArray, y: NDArray, share: float) -> tuple[tuple[NDArray, NDArray], ...]:
    """Return the first examples with their targets, and the last ones, which are this share of all."""
    first = math.floor(len(x) * (1.0 - share))
    if not 0 < first < len(x):
        what = f"validation_split={share:g} leaves no example for one of the two parts"
        raise argument_error(name, what, "at least one for each", f"{len(x)} examples")
    return (x[:first], y[:first]), (x[first:], y[first:])
