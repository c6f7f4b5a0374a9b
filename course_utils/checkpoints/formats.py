"""The forms of weight files: Keras's `.weights.h5`, which both kinds of models have, and NumPy's `.weights.npz`.

All tell what they hold in the same words, {"dense": [(784, 64), (64,)], "dense_1": …}, so that a file and a
model can be compared before a single weight changes.
"""

import importlib.util
import re
import tempfile
import warnings
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from course_utils import atomic_file
from course_utils.checks import argument_error

Shapes = dict[str, list[tuple[int, ...]]]


class KerasFormat:
    """What `model.save_weights` of Keras writes: an HDF5 file, with the optimizer's state beside the weights."""

    suffix = ".weights.h5"

    @staticmethod
    def write(model: Any, path: Path) -> None:
        """Let the model write its own file."""
        with warnings.catch_warnings():  # NumPy 2 on how TensorFlow hands over single numbers, the optimizer's steps
            warnings.filterwarnings("ignore", "__array__ implementation", DeprecationWarning)
            model.save_weights(path)

    @staticmethod
    def shapes_in(path: Path) -> Shapes:
        """Read the shapes of the weights; the optimizer's state does not count."""
        import h5py  # comes with Keras

        found = {}

        def note(name, item):
            layer, _, number = name.rpartition("vars/")
            if isinstance(item, h5py.Dataset) and not name.startswith("optimizer/"):
                found[_short(layer), number] = item.shape

        with h5py.File(path) as file:
            file.visititems(note)
        return _by_layer(found)

    @classmethod
    def shapes_of(cls, model: Any) -> Shapes:
        """Ask the model for a file, and read that: so the names are Keras's own, whatever the architecture."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"own{cls.suffix}"
            cls.write(model, path)
            return cls.shapes_in(path)

    @staticmethod
    def load(model: Any, path: Path) -> None:
        """Load all or nothing; the optimizer keeps its state, which Keras would replace, or warn about."""
        before = model.get_weights()
        optimizer = getattr(model, "optimizer", None)
        try:
            model.load_weights(path, objects_to_skip=[] if optimizer is None else [optimizer])
        except BaseException:  # an interrupt, too, must not leave half of the weights
            model.set_weights(before)
            raise


class NumpyFormat:
    """Kernel and bias of each layer of the course's own models, in an npz file."""

    suffix = ".weights.npz"

    @staticmethod
    def write(model: Any, path: Path) -> None:
        """Write what `get_weights` returns."""
        arrays: dict[str, Any] = {f"{layer}/{i}": w for (layer, i), w in _named(model).items()}
        with path.open("wb") as file:  # given a name, NumPy would change its ending
            np.savez(file, **arrays)

    @staticmethod
    def shapes_in(path: Path) -> Shapes:
        """Read the shapes of the weights."""
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return _by_layer({tuple(key.rsplit("/", 1)): arrays[key].shape for key in arrays.files})

    @staticmethod
    def shapes_of(model: Any) -> Shapes:
        """Return the shapes of the model's own weights."""
        return _by_layer({key: w.shape for key, w in _named(model).items()})

    @staticmethod
    def load(model: Any, path: Path) -> None:
        """Copy the weights in; `set_weights` looks at all of them before the first one changes."""
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            weights = [arrays[f"{layer}/{i}"] for layer, i in _named(model)]
        model.set_weights(weights)


class HDF5Format(NumpyFormat):
    """The course's own models in an HDF5 file laid out as Keras's: a Keras model of the same layers reads it."""

    suffix = KerasFormat.suffix
    shapes_in = KerasFormat.shapes_in

    @staticmethod
    def write(model: Any, path: Path) -> None:
        """Write what `get_weights` returns."""
        import h5py

        with h5py.File(path, "w") as file:
            for (layer, i), w in _named(model).items():
                file[f"layers/{layer}/vars/{i}"] = w

    @staticmethod
    def load(model: Any, path: Path) -> None:
        """Copy the weights in; `set_weights` looks at all of them before the first one changes."""
        import h5py

        with h5py.File(path) as file:
            weights = [file[f"layers/{layer}/vars/{i}"][()] for layer, i in _named(model)]
        model.set_weights(weights)


def keras_classes(thing: Any) -> set[str]:
    """Return the names of the classes of Keras that a model or a callback has come from; none for our own."""
    return {kind.__name__ for kind in type(thing).__mro__ if kind.__module__.partition(".")[0] == "keras"}


def endings_of(model: Any) -> tuple[str, ...]:
    """Return the endings of the files that a model's weights can have, the usual one first."""
    return (KerasFormat.suffix,) if keras_classes(model) else (NumpyFormat.suffix, HDF5Format.suffix)


def check_ending(name: str, path: str | PathLike, *suffixes: str) -> Path:
    """Return path as a Path; refuse an ending that is not among the suffixes."""
    file = atomic_file.as_path(name, path)
    if file.name.endswith(suffixes):
        return file
    stem = file.name.partition(".")[0] or "best"
    expected = f"a name that ends in {' or '.join(suffixes)}"
    raise argument_error(name, "path has another ending", expected, repr(file.name), f'"{stem}{suffixes[0]}"')


def format_and_path(name: str, model: Any, path: str | PathLike) -> tuple[Any, Path]:
    """Return the form in which a model's weights go to a path, and the path; refuse what does not fit."""
    if not (hasattr(model, "get_weights") and hasattr(model, "set_weights")):
        expected = "a Keras model or a cu.Sequential"
        raise argument_error(name, "model must be a network", expected, repr(model), error=TypeError)
    if keras_classes(model) and not model.built:
        expected, hint = "a model that knows its inputs", "begin the model with keras.Input(…)"
        raise argument_error(name, "the model has no weights yet", expected, "an unbuilt one", hint)
    file = check_ending(name, path, *endings_of(model))
    if keras_classes(model):
        return KerasFormat, file
    if file.name.endswith(NumpyFormat.suffix):
        return NumpyFormat, file
    if importlib.util.find_spec("h5py") is None:
        what, received = f"{file} needs the package h5py, which comes with Keras", "an installation without it"
        raise argument_error(name, what, "h5py, or a name that ends in .weights.npz", received)
    return HDF5Format, file


def _named(model: Any) -> dict[tuple[str, str], np.ndarray]:
    """Name weights as Keras does: dense, 0 is the first kernel, dense, 1 its bias, dense_1, 0 the second kernel."""
    names = ["dense" if i < 2 else f"dense_{i // 2}" for i, _ in enumerate(model.get_weights())]
    return {(layer, str(i % 2)): w for i, (layer, w) in enumerate(zip(names, model.get_weights(), strict=True))}


def _short(group: str) -> str:
    """Leave out what only structures a file: layers/dense_1/ is dense_1."""
    return "/".join(part for part in group.split("/") if part not in ("", "layers", "_layer_checkpoint_dependencies"))


def _by_layer(shapes: dict) -> Shapes:
    """Turn {("dense", "0"): (784, 64), …} into {"dense": [(784, 64), …], …}, with layer 10 after layer 9."""
    layers: Shapes = {}
    for layer, number in sorted(shapes, key=lambda pair: [_natural(text) for text in pair]):
        layers.setdefault(layer, []).append(shapes[layer, number])
    return layers


def _natural(text: str) -> list:
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", text)]
