"""Sequential: Dense layers one after the other, with the words of `keras.Sequential`. Lessons 07 to 09."""

import numpy as np

from course_utils import _checks
from course_utils._checks import argument_error
from course_utils._derivatives import FUSED, loss_by_name
from course_utils.layers import Dense, Input
from course_utils.metrics import accuracy
from course_utils.models import trainer
from course_utils.optimizers import OPTIMIZERS, Optimizer


class Sequential:
    """A stack of Dense layers.

    Parameters
    ----------
    layers : list
        Optionally an Input first, then Dense layers. Without an Input the first data decide n_features.
    rng : numpy.random.Generator or int, optional
        Source of the starting weights and of the shuffles.
    dtype : str
        float32 (the default) or float64.

    Examples
    --------
    >>> model = Sequential([Input((784,)), Dense(64, "relu"), Dense(10, "softmax")], rng=0)
    >>> model.count_params()
    50890
    """

    def __init__(self, layers, *, rng=None, dtype="float32"):
        self.rng = _checks.generator("Sequential", rng)
        self.dtype = _checks.float_type("Sequential", dtype)
        layers = list(layers)
        first = layers.pop(0) if layers and isinstance(layers[0], Input) else None
        if len(set(map(id, layers))) < len(layers):
            raise argument_error("Sequential", "a layer stands there twice", "a new Dense for each place", layers)
        if not layers or not all(isinstance(layer, Dense) for layer in layers):
            raise argument_error("Sequential", "layers must be Dense layers", "[Input((n,)), Dense(…), …]", layers)
        self.layers, self.optimizer = layers, None
        if first is not None:
            self._build(first.n_features)

    def _build(self, n_features):
        for layer in self.layers:
            layer.build(n_features, rng=self.rng, dtype=self.dtype)
            n_features = layer.units

    def compile(self, optimizer="rmsprop", loss=None, metrics=("accuracy",)):
        """Choose the optimizer (an object or sgd, rmsprop, adam), the loss (its Keras name) and the metrics."""
        if not isinstance(optimizer, Optimizer):
            optimizer = _checks.choice("Sequential.compile", "optimizer", optimizer, OPTIMIZERS)()
        for metric in metrics or ():
            _checks.choice("Sequential.compile", "metric", metric, {"accuracy": accuracy})
        value, slope = loss_by_name("Sequential.compile", loss)
        self.optimizer, self.metrics = optimizer, list(metrics or ())
        self.loss, self._slope = value, slope
        self._fused = FUSED.get((self.layers[-1].activation, value.__name__))

    def fit(self, x, y, *, batch_size=32, epochs=1, validation_data=None, shuffle=True, callbacks=None, verbose=1):
        """Train on mini-batches, every example once per epoch.

        An interrupt ends the run cleanly: the weights so far stay, the finished epochs are in the History,
        and a further `fit` goes on from there.

        Parameters
        ----------
        x : array_like, (m, n_features)
        y : array_like
            What the loss asks for: integer labels (m,), one-hot rows (m, K), or values (m, units).
        batch_size, epochs : int
        validation_data : (x, y), optional
            Measured after each epoch; never trained on.
        shuffle : bool
            False keeps the order of the examples.
        callbacks : list, optional
            Objects with `on_train_batch_end(batch, logs)` or `on_epoch_end(epoch, logs)`, as in Keras. `logs` holds
            loss and accuracy: means over the epoch so far.
        verbose : int
            1 shows a progress bar with loss and accuracy, 0 shows nothing.

        Returns
        -------
        History

        Raises
        ------
        ValueError
            If shapes, labels, batch_size or epochs do not fit. Nothing has been changed then.
        """
        return trainer.fit(self, x, y, batch_size, epochs, validation_data, shuffle, callbacks, verbose)

    def predict(self, x):
        """Return the output (m, units) for x (m, n_features)."""
        return self._infer(trainer.examples(self, "Sequential.predict", x), activate=True)

    @np.errstate(over="ignore", invalid="ignore", under="ignore")
    def _infer(self, x, *, activate, chunk=2000):
        """Go forward in chunks, so that the memory in between stays small, and without the training buffers."""
        out = np.empty((len(x), self.layers[-1].units), self.dtype)  # NaN where a logit left the floats
        for start in range(0, len(x), chunk):
            a = x[start : start + chunk]
            for layer in self.layers[:-1]:
                a = layer(a)
            out[start : start + chunk] = self.layers[-1](a, activate=activate)
        return out

    def evaluate(self, x, y):
        """Return [loss, accuracy] on x, y; the loss alone where no metric was compiled."""
        x, y = trainer.prepared(self, "Sequential.evaluate", x, y)
        loss, hits = trainer.measure(self, x, y)
        return [loss, hits] if self.metrics else loss

    def value_and_grad(self, x, y):
        """Return the loss on x, y and its gradients, in the order of `get_weights`."""
        x, y = trainer.prepared(self, "Sequential.value_and_grad", x, y)
        loss, _ = trainer.forward_backward(self, x, y)
        return loss, [g.copy() for g in self.gradients]

    @property
    def variables(self):
        """The weights themselves: kernel and bias of each layer in turn."""
        return [v for layer in self.layers for v in (layer.kernel, layer.bias)]

    @property
    def gradients(self):
        """The gradients of the last batch, in the same order."""
        return [g for layer in self.layers for g in (layer.kernel_grad, layer.bias_grad)]

    def get_weights(self):
        """Return copies of the weights: kernel (n_in, units) and bias (units,) of each layer in turn."""
        trainer.built(self, "Sequential.get_weights")
        return [v.copy() for v in self.variables]

    def set_weights(self, weights):
        """Copy in weights of the shapes that `get_weights` returns, a Keras model's for example."""
        trainer.built(self, "Sequential.set_weights")
        new = [_checks.as_array("Sequential.set_weights", "weights", w) for w in weights]
        shapes = [[v.shape for v in arrays] for arrays in (self.variables, new)]
        if shapes[0] != shapes[1]:
            raise argument_error("Sequential.set_weights", "the weights have other shapes", *shapes)
        for variable, w in zip(self.variables, new, strict=True):
            np.copyto(variable, w, casting="same_kind")

    def count_params(self):
        """Return how many numbers the network learns."""
        trainer.built(self, "Sequential.count_params")
        return sum(v.size for v in self.variables)

    def summary(self):
        """Print a row for each layer: its units, its activation, and its parameters, n_in x units + units."""
        total = self.count_params()
        print(f"{'layer':<12}{'output':<14}{'activation':<12}{'parameters':>12}")
        for i, layer in enumerate(self.layers):
            size = layer.kernel.size + layer.bias.size
            print(f"{f'dense {i + 1}':<12}{f'(None, {layer.units})':<14}{layer.activation:<12}{size:>12,}")
        print(f"{'total':<38}{total:>12,}")
