"""What a program does when it runs: its data, its training, and the answers that it gives in the end.

A program, as `load_program` gives it, has these functions:

    data(images, labels) -> (X, y), (X_val, y_val)       or (X, y), None where nothing is set aside
    network() -> network                                 a Keras model, a `Sequential`, or a list of arrays
    train(network, X, y, validation, epochs) -> log      a dict with the "loss" of each epoch; trains the network
    predict(network, images) -> outputs                  of raw images
    forward(arrays, X) -> output of each layer           where the network is a list of arrays
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.patients.material import Material
from course_utils.patients.program import same_chance

BATCH = 100


class Misbuilt(Exception):
    """A part of a program that gives something else than it should; its text says what."""


class Examination:
    """One program on its data. Everything is computed at its first use, and once.

    Parameters
    ----------
    names : dict
        Of the program, as `load_program` gives it.
    material : Material
    """

    def __init__(self, names: dict[str, Any], material: Material) -> None:
        self.names = names
        self.material = material
        self.readings: dict[str, Any] = {}  # what the instruments have shown

    @cached_property
    def data(self) -> tuple[NDArray, NDArray, tuple[NDArray, NDArray] | None]:
        """What enters the training: inputs, targets, and what is set aside for validation."""
        return self.prepare(self.material.labels)

    def prepare(self, labels: NDArray) -> tuple[NDArray, NDArray, tuple[NDArray, NDArray] | None]:
        """Run the program's pipeline on its images, with these labels."""
        given = self.names["data"](self.material.images.copy(), labels.copy())
        try:
            (X, y), validation = given
            X, y = np.asarray(X), np.asarray(y)
            validation = validation and (np.asarray(validation[0]), np.asarray(validation[1]))
        except (TypeError, ValueError):
            raise Misbuilt("data should return (X, y), (X_val, y_val).") from None
        if len(X) != len(y) or not len(X):
            raise Misbuilt(f"data returns {len(X)} rows of inputs and {len(y)} targets.")
        return X, y, validation

    @property
    def batch(self) -> tuple[NDArray, NDArray]:
        """The first rows that enter the training."""
        X, y, _ = self.data
        return X[:BATCH], y[:BATCH]

    @cached_property
    def trained(self) -> tuple[Any, dict[str, list[float]]]:
        """The network after its training, and the log of it."""
        return self.train(*self.data)

    def train(
        self, X: NDArray, y: NDArray, validation: tuple | None = None, epochs: int | None = None
    ) -> tuple[Any, dict[str, list[float]]]:
        """Build a network and train it; None epochs are as many as the program itself takes."""
        with same_chance(), np.errstate(all="ignore"):
            network = self.names["network"]()
            return network, self.go_on(network, X, y, validation, epochs)

    def go_on(
        self, network: Any, X: NDArray, y: NDArray, validation: tuple | None, epochs: int | None
    ) -> dict[str, list[float]]:
        """Train a network that there is."""
        options = {} if epochs is None else {"epochs": epochs}
        log = self.names["train"](network, X, y, validation, **options)
        if not isinstance(log, dict) or not len(log.get("loss", ())):
            raise Misbuilt('train should return a dict with the "loss" of each epoch.')
        return {name: [float(value) for value in values] for name, values in log.items()}

    def mixes_rows(self) -> bool:
        """Tell whether its training mixes sorted rows, before `fit` or in it; False where no `fit` is seen."""
        with same_chance(), np.errstate(all="ignore"):
            network = self.names["network"]()
            if isinstance(network, list):
                return False
            watched = _Watched(network, [])
            self.go_on(watched, *self.data, 1)
        return watched.mixed

    @property
    def losses(self) -> list[float]:
        """The training loss of each epoch."""
        return self.trained[1]["loss"]

    def ask(self, images: NDArray) -> NDArray:
        """Return what the trained network answers to raw images, as the program asks it."""
        with np.errstate(all="ignore"):
            answers = to_array(self.names["predict"](self.trained[0], images))
        if answers.ndim != 2 or len(answers) != len(images):
            raise Misbuilt(f"predict should return a row for each image; it returns {answers.shape}.")
        return answers

    @cached_property
    def score(self) -> float:
        """The share of new images that it gets right."""
        return self.material.accuracy(self.ask(self.material.new_images), self.material.new_labels)

    def score_on(self, network: Any, X: NDArray, y: NDArray) -> float:
        """Return the share of prepared rows that a network gets right."""
        return self.material.accuracy(self.outputs(network, X)[-1], y)

    def reported(self) -> float | None:
        """Return the accuracy on the validation part; None where there is none."""
        validation = self.data[2]
        return None if validation is None else self.score_on(self.trained[0], *validation)

    def outputs(self, network: Any, X: NDArray) -> list[NDArray]:
        """Return what each layer puts out for prepared inputs."""
        with np.errstate(all="ignore"):
            if isinstance(network, list):
                given = self.names["forward"](network, X)
                return [np.asarray(part) for part in (given if isinstance(given, (tuple, list)) else [given])]
            outputs = []
            value: Any = X.astype(np.float32)
            for layer in network.layers:
                value = layer(value)
                outputs.append(to_array(value))
            return outputs

    def arrays(self, network: Any) -> list[NDArray]:
        """Return copies of all parameters."""
        parts = network if isinstance(network, list) else network.get_weights()
        return [np.array(part) for part in parts]

    def entering(self, images: NDArray) -> NDArray | None:
        """Return what the program lets into its trained network for raw images; None where that cannot be seen."""
        seen: list[NDArray] = []
        network = self.trained[0]
        if isinstance(network, list):
            with self._watched_forward(seen):
                self.ask(images)
        else:
            with np.errstate(all="ignore"):
                self.names["predict"](_Watched(network, seen), images)
        return seen[0] if seen else None

    @contextmanager
    def _watched_forward(self, seen: list[NDArray]) -> Iterator[None]:
        forward = self.names["forward"]
        predict = self.names["predict"]

        def watched(arrays: list[NDArray], X: NDArray) -> Any:
            seen.append(np.asarray(X))
            return forward(arrays, X)

        home = predict.__globals__
        usual = home["forward"]
        home["forward"] = watched
        try:
            yield
        finally:
            home["forward"] = usual


class _Watched:
    """A network that notes what is put into it."""

    def __init__(self, network: Any, seen: list[NDArray]) -> None:
        self._network = network
        self._seen = seen
        self.mixed = False

    def _noted(self, call: Callable, X: Any, options: dict[str, Any]) -> Any:
        self._seen.append(to_array(X))
        return call(X, **options)

    def __call__(self, X: Any, **options: Any) -> Any:
        return self._noted(self._network, X, options)

    def predict(self, X: Any, **options: Any) -> Any:
        return self._noted(self._network.predict, X, options)

    def fit(self, x: Any, y: Any, *rest: Any, shuffle: bool = True, **options: Any) -> Any:
        self.mixed = shuffle or not is_in_blocks(to_array(y))
        return self._network.fit(x, y, *rest, shuffle=shuffle, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._network, name)


def is_in_blocks(labels: NDArray) -> bool:
    """Tell whether the first twenty labels are all the same."""
    return bool((labels[:20] == labels[0]).all())


def to_array(value: Any) -> NDArray:
    """Copy an array, or a tensor of Keras's, into an array of NumPy's."""
    if isinstance(value, (np.ndarray, list, tuple, float, int)):
        return np.array(value)
    keras: Any = sys.modules["keras"]
    return np.array(keras.ops.convert_to_numpy(value))
