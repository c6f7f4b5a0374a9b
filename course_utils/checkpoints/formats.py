"""The two forms of weight files: Keras's `.weights.h5` for its models, NumPy's `.weights.npz` for the course's own.

Both tell what they hold in the same words, {"dense": [(784, 64), (64,)], "dense_1": …}, so that a file and a
model can be compared before a single weight changes.
"""

import re
import tempfile
import warnings
from pathlib import Path

import numpy as np

from course_utils._checks import argument_error


class KerasForm:
    """What `model.save_weights` writes: an HDF5 file, with the optimizer's state beside the weights."""

    suffix = ".weights.h5"

    @staticmethod
    def write(model, path):
        """Let the model write its own file."""
        with warnings.catch_warnings():  # NumPy 2 on how TensorFlow hands over single numbers, the optimizer's steps
            warnings.filterwarnings("ignore", "__array__ implementation", DeprecationWarning)
            model.save_weights(path)

    @staticmethod
    def shapes_in(path):
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
    def shapes_of(cls, model):
        """Ask the model for a file, and read that: so the names are Keras's own, whatever the architecture."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"own{cls.suffix}"
            cls.write(model, path)
            return cls.shapes_in(path)

    @staticmethod
    def load(model, path):
        """Load all or nothing; the optimizer keeps its state, which Keras would replace, or warn about."""
        before = model.get_weights()
        optimizer = getattr(model, "optimizer", None)
        try:
            model.load_weights(path, objects_to_skip=[] if optimizer is None else [optimizer])
        except BaseException:  # an interrupt, too, must not leave half of the weights
            model.set_weights(before)
            raise


class NumpyForm:
    """Kernel and bias of each layer in an npz file."""

    suffix = ".weights.npz"

    @staticmethod
    def write(model, path):
        """Write what `get_weights` returns."""
        with path.open("wb") as file:  # given a name, NumPy would change its ending
            np.savez(file, **_named(model.get_weights()))

    @staticmethod
    def shapes_in(path):
        """Read the shapes of the weights."""
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return _by_layer({tuple(key.rsplit("/", 1)): arrays[key].shape for key in arrays.files})

    @staticmethod
    def shapes_of(model):
        """Return the shapes of the model's own weights."""
        weights = _named(model.get_weights())
        return _by_layer({tuple(key.rsplit("/", 1)): w.shape for key, w in weights.items()})

    @staticmethod
    def load(model, path):
        """Copy the weights in; `set_weights` looks at all of them before the first one changes."""
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            weights = [arrays[key] for key in _named(model.get_weights())]
        model.set_weights(weights)


def form_of(name, model):
    """Return the form that fits a model, by what the model can do."""
    if all(hasattr(model, word) for word in ("save_weights", "load_weights", "get_weights", "set_weights")):
        if model.built:
            return KerasForm
        hint = "begin the model with keras.Input(…)"
        raise argument_error(
            name, "the model has no weights yet", "a model that knows its inputs", "an unbuilt one", hint
        )
    if hasattr(model, "get_weights") and hasattr(model, "set_weights"):
        return NumpyForm
    raise argument_error(
        name, "model must be a network", "a Keras model or a cu.Sequential", repr(model), error=TypeError
    )


def _named(weights):
    """Name weights as Keras does: dense/0 is the first kernel, dense/1 its bias, dense_1/0 the second kernel."""
    return {f"dense_{i // 2}/{i % 2}".replace("dense_0", "dense"): w for i, w in enumerate(weights)}


def _short(group):
    """Leave out what only structures a file: layers/dense_1/ is dense_1."""
    return "/".join(part for part in group.split("/") if part not in ("", "layers", "_layer_checkpoint_dependencies"))


def _by_layer(shapes):
    """Turn {("dense", "0"): (784, 64), …} into {"dense": [(784, 64), …], …}, with layer 10 after layer 9."""
    layers = {}
    for layer, number in sorted(shapes, key=lambda pair: [_natural(text) for text in pair]):
        layers.setdefault(layer, []).append(shapes[layer, number])
    return layers


def _natural(text):
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", text)]
