"""One neuron: the logistic regression of lessons 04 and 05, written as its formulas are."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import checks
from course_utils.activations import sigmoid
from course_utils.callbacks import CallbackList, ProgressBar
from course_utils.checks import argument_error
from course_utils.datasets.batches import minibatches, pair
from course_utils.losses import binary_crossentropy
from course_utils.models.early_ends import check_finite, check_finite_weights, run_safely
from course_utils.models.history import History
from course_utils.models.running_means import RunningMeans


class LogisticNeuron:
    """A single sigmoid neuron, a = sigmoid(X @ w + b), trained on the mean binary cross-entropy.

    The same as a Sequential of one Dense(1, "sigmoid"), in float64 and in formulas that can be read.

    Parameters
    ----------
    n_features : int
    rng : numpy.random.Generator or int, optional
        Source of the starting weights and of the shuffles.

    Examples
    --------
    >>> neuron = LogisticNeuron(2, rng=0)
    >>> neuron.set_weights([[20.0, 20.0], -30.0])
    >>> neuron.predict([[1, 1], [1, 0]]).round(3)
    array([[1.],
           [0.]])
    """

    def __init__(self, n_features: int, *, rng: np.random.Generator | int | None = None):
        n = checks.whole("LogisticNeuron", "n_features", n_features)
        self.rng = checks.generator("LogisticNeuron", rng)
        self.w = 0.01 * self.rng.standard_normal((n, 1))  # (n_features, 1)
        self.b = np.zeros(1)  # (1,)
        self.history: History | None = None

    def get_weights(self) -> list[NDArray]:
        """Return copies of [w (n_features, 1), b (1,)]."""
        return [self.w.copy(), self.b.copy()]

    def set_weights(self, weights: Sequence[ArrayLike]) -> None:
        """Set [w, b]: w (n_features,) or (n_features, 1), b a number or (1,)."""
        if len(weights) != 2:
            raise argument_error(
                "LogisticNeuron.set_weights", "weights must be a pair", "[w, b]", f"{len(weights)} items"
            )
        w, b = (checks.as_array("LogisticNeuron.set_weights", arg, a) for arg, a in zip("wb", weights, strict=True))
        n = len(self.w)
        if w.shape not in {(n,), (n, 1)} or b.shape not in {(), (1,)}:
            raise argument_error(
                "LogisticNeuron.set_weights", "wrong shapes", f"w ({n}, 1), b (1,)", f"w {w.shape}, b {b.shape}"
            )
        self.w, self.b = w.astype(np.float64).reshape(n, 1), b.astype(np.float64).reshape(1)

    @np.errstate(over="ignore", invalid="ignore", under="ignore")
    def predict(self, X: ArrayLike) -> NDArray:
        """Return the probabilities (m, 1) for the examples X (m, n_features)."""
        return sigmoid(self._logits("LogisticNeuron.predict", X))

    def _logits(self, name, X):
        X = checks.as_array(name, "X", X)
        if X.ndim != 2 or X.shape[1] != len(self.w):
            hint = "X.reshape(1, -1) for a single example" if X.ndim == 1 else None
            raise argument_error(name, "X has the wrong shape", f"(m, {len(self.w)})", X.shape, hint)
        return X @ self.w + self.b  # (m, n) @ (n, 1) + (1,) -> (m, 1)

    def value_and_grad(self, X: ArrayLike, y: ArrayLike) -> tuple[float, list[NDArray]]:
        """Return the cost and its gradient [dw (n_features, 1), db (1,)] for X (m, n_features), y (m, 1).

        J = mean(log(1 + e^z) - y z), so dJ/dz = (a - y) / m: lesson 04 derives it.
        """
        cost, _, gradient = self._forward_backward(np.asarray(X), checks.as_array("LogisticNeuron", "y", y))
        return cost, gradient

    @np.errstate(over="ignore", invalid="ignore", under="ignore")
    def _forward_backward(self, X, y):
        z = self._logits("LogisticNeuron", X)
        cost = binary_crossentropy(y, z, from_logits=True)
        hits = float(((z > 0) == y).mean())  # the share of right answers: a > 1/2 where z > 0
        dz = (sigmoid(z) - y) / len(X)  # (m, 1)
        dw, db = X.T @ dz, dz.sum(axis=0)  # (n, m) @ (m, 1) -> (n, 1); (1,)
        return cost, hits, [dw + 0.0, db + 0.0]  # + 0.0 makes -0.0 a 0.0

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        *,
        learning_rate: float,
        epochs: int,
        batch_size: int | None = None,
        verbose: int = 0,
    ) -> History:
        """Gradient descent on X (m, n_features), y (m, 1); by default each step sees all m examples.

        Returns
        -------
        History
            loss and accuracy of each epoch, measured on each batch before its step, as Keras does. Also kept as
            `neuron.history`, where an interrupt leaves the finished epochs.

        Raises
        ------
        ValueError
            For shapes that do not fit, a learning rate below 0, or epochs or a batch size that is not positive.
        """
        name = "LogisticNeuron.fit"
        rate = checks.number(name, "learning_rate", learning_rate, low=0)
        epochs = checks.whole(name, "epochs", epochs)
        X, y = pair(name, X, y)
        self.value_and_grad(X, y)  # refuses what does not fit before anything is changed
        size = len(X) if batch_size is None else checks.whole(name, "batch_size", batch_size)
        self.history = History()
        params = {"epochs": epochs, "steps": -(-len(X) // size), "verbose": verbose}
        calls = CallbackList([self.history, *([ProgressBar()] if verbose else [])], self, params)
        run_safely(lambda: self._train(X, y, rate, epochs, size, calls), self.history, calls)
        return self.history

    def _train(self, X, y, rate, epochs, size, callbacks):
        callbacks.on_train_begin()
        for epoch in range(epochs):
            callbacks.on_epoch_begin(epoch)
            means = RunningMeans()
            batches = minibatches(X, y, size, rng=self.rng, shuffle=size < len(X), copy=False)
            for batch, (X_batch, y_batch) in enumerate(batches):
                cost, hits, (dw, db) = self._forward_backward(X_batch, y_batch)
                check_finite(cost, X_batch, y_batch, "LogisticNeuron.fit")
                w, b = self._step(rate, dw, db)
                check_finite_weights((w, b), X_batch, y_batch, "LogisticNeuron.fit")
                self.w, self.b = w, b
                means.add(len(X_batch), {"loss": cost, "accuracy": hits})
                callbacks.on_train_batch_end(batch, means.logs())
            callbacks.on_epoch_end(epoch, means.logs())
        callbacks.on_train_end()

    @np.errstate(over="ignore")
    def _step(self, rate, dw, db):
        return self.w - rate * dw, self.b - rate * db
