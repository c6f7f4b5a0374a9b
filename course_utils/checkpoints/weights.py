"""Save and load the weights of a model, and try out the place beforehand."""

import math
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from course_utils import atomic_file
from course_utils.checkpoints.formats import format_and_path
from course_utils.checks import argument_error


def save_weights(model: Any, path: str | PathLike) -> None:
    """Write a model's weights to a file that is either whole or not there.

    Parameters
    ----------
    model : keras.Model or Sequential
    path : str or path
        Ends in `.weights.h5` for a Keras model, in `.weights.npz` or `.weights.h5` for `cu.Sequential`; the latter
        a Keras model of the same layers reads, too. Missing folders are made.

    Raises
    ------
    OSError
        If the file cannot be written. The model and an older file are as they were.
    ValueError
        If the model has no weights yet, or the path another ending.

    Examples
    --------
    >>> import tempfile, course_utils as cu
    >>> model = cu.Sequential([cu.Input(2), cu.Dense(1)], rng=0)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_weights(model, f"{folder}/line.weights.npz")
    ...     load_weights(model, f"{folder}/line.weights.npz")
    """
    form, path = format_and_path("save_weights", model, path)
    size = _size(model)  # a full disk is found before: HDF5 would fill the page with its complaints
    try:
        atomic_file.write_atomically(path, lambda beside: form.write(model, beside), size=size)
    except (OSError, RuntimeError) as error:  # HDF5 speaks of a failed write as either
        raise _write_error("save_weights", path, error) from error


def load_weights(model: Any, path: str | PathLike) -> None:
    """Read a model's weights from a file, all of them or none; the optimizer keeps its state.

    Parameters
    ----------
    model : keras.Model or Sequential
        Built as it was when its weights were saved.
    path : str or path
        A `.weights.h5` file, also one by Keras's own ModelCheckpoint; for `cu.Sequential` also `.weights.npz`.

    Raises
    ------
    OSError
        If the file is missing or cannot be opened.
    ValueError
        If it is damaged, or holds the weights of another network. The model is as it was.

    Examples
    --------
    >>> import course_utils as cu
    >>> load_weights(cu.Sequential([cu.Input(2), cu.Dense(1)], rng=0), "lost.weights.npz")
    Traceback (most recent call last):
    FileNotFoundError: load_weights: lost.weights.npz cannot be opened. \
Expected: a .weights.npz file. Received: No such file or directory.
    """
    form, path = format_and_path("load_weights", model, path)
    try:
        path.open("rb").close()
    except OSError as error:
        what, expected = f"{path} cannot be opened", f"a {form.suffix} file"
        raise argument_error("load_weights", what, expected, atomic_file.reason(error), error=type(error)) from error
    try:
        held = form.shapes_in(path)
    except Exception:  # a damaged file fails in a dozen ways, all of which mean the same here
        raise _damaged(form, path) from None
    own = form.shapes_of(model)
    different = [layer for layer in [*own, *held] if own.get(layer) != held.get(layer)]
    if different:
        raise _of_another_network(path, different[0], own, held)
    try:
        form.load(model, path)
    except Exception:  # what the shapes cannot show
        raise _damaged(form, path) from None


def check_place(path: str | PathLike, model: Any = None) -> None:
    """Try whether a checkpoint can be written there: before a long training run, not after it.

    Parameters
    ----------
    path : str or path
        The path that a later `save_weights` or ModelCheckpoint gets. Missing folders are made.
    model : keras.Model or Sequential, optional
        The room that its weights need is then tried out, too.

    Raises
    ------
    OSError
        If nothing can be written there.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     check_place(f"{folder}/best.weights.h5")
    """
    if model is None:
        file, size = atomic_file.as_path("check_place", path), 1
    else:
        (_, file), size = format_and_path("check_place", model, path), _size(model)
    try:
        atomic_file.check_writable(file, size)
    except OSError as error:
        raise _write_error("check_place", file, error) from error


def _size(model: Any) -> int:
    """Return more bytes than any file of the model's weights has: 8 a number, and 4 KB around each array."""
    optimizer = getattr(getattr(model, "optimizer", None), "variables", ())  # Keras writes these, too
    shapes = [np.shape(v) for v in (*model.get_weights(), *optimizer)]
    return sum(4096 + 8 * math.prod(shape) for shape in shapes)


def _write_error(name: str, path: Path, error: Exception) -> Exception:
    """Return the error to raise where a file of weights cannot be written."""
    what = f"{path} cannot be written; the model and any older file are as they were"
    hint = "name a path in another folder, in your home for example"
    expected = "a place that can be written, with room"
    return argument_error(name, what, expected, atomic_file.reason(error), hint, OSError)


def _damaged(form: Any, path: Path) -> Exception:
    hint = "take an older file, or train anew; the model is as it was"
    what, expected = f"{path} is damaged", f"a whole {form.suffix} file"
    return argument_error("load_weights", what, expected, "a file that cannot be read so", hint)


def _of_another_network(path: Path, layer: str, own: dict, held: dict) -> Exception:
    """Return the error that names a layer in which a file differs from the model."""
    what = f"{path} holds the weights of another network: {_spoken(layer)} differs"
    hint = "build the model as it was when its weights were saved"
    if len(own) != len(held):
        hint += f"; it has {len(own)} layers with weights, the file {len(held)}"
    return argument_error("load_weights", what, _shapes(own.get(layer)), _shapes(held.get(layer)), hint)


def _spoken(layer: str) -> str:
    """Count from 1, as people do: dense_1 is dense layer 2."""
    spoken = []
    for part in (layer or "model").split("/"):
        kind, _, number = part.rpartition("_")
        kind, number = (kind, number) if number.isdigit() else (part, "0")
        spoken.append(f"{kind} layer {int(number) + 1}")
    return ", ".join(spoken)


def _shapes(shapes: list | None) -> str:
    return "no such layer" if shapes is None else " and ".join(map(str, shapes))
