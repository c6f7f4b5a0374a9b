"""Files that should hold a data set: opened and read with distrust, and what is wrong said in one sentence."""

import math
import os
import zipfile
from pathlib import Path
from typing import BinaryIO

import numpy as np

from course_utils.checks import argument_error

KEYS = ("x_train", "y_train", "x_test", "y_test")
BYTES = np.dtype(np.uint8)
Shapes = dict[str, tuple[int, ...]]


def open_file(loader: str, path: Path) -> BinaryIO:
    """Open a file that is there, or say why it may not be read."""
    try:
        return path.open("rb")
    except OSError as error:
        raise unreadable_file_error(loader, path, error) from None


def missing_file_error(
    loader: str, variable: str, path: Path, expected: str, what: str = "there is no such file"
) -> Exception:
    """Return the error to raise where what was asked for by name is not there, or in a folder that is closed."""
    try:
        os.stat(path)
    except PermissionError as error:
        return unreadable_file_error(loader, path, error)
    except (OSError, ValueError):
        pass
    hint = f"set {variable}=digits for the embedded digits"
    return argument_error(loader, what, expected, os.path.abspath(path), hint, FileNotFoundError)


def unreadable_file_error(loader: str, path: Path, error: OSError) -> Exception:
    """Return the error to raise where the system does not let a file be read; nothing is said against the file."""
    received = f"{os.path.abspath(path)} ({error.strerror})"
    hint = "ask its owner, or copy it to a folder of your own"
    return argument_error(loader, "a file cannot be read", "a file that you may read", received, hint, type(error))


def damaged_file_error(loader: str, title: str, path: Path, expected: str, received: str) -> Exception:
    """Return the error to raise where a file does not hold what its name promises."""
    hint = "delete the file, or copy it again"
    what = f"{os.path.abspath(path)} is damaged or not {title}"
    return argument_error(loader, what, expected, received, hint)


def memory_error(loader: str, title: str, variable: str, path: Path, shapes: Shapes) -> Exception:
    """Return the error to raise where a file may well be right, but there is no room for it."""
    size = sum(math.prod(shape) for shape in shapes.values()) / 1e6
    hint = f"close other notebooks, or set {variable}=digits for the embedded digits"
    what = f"there is too little memory for {title}"
    return argument_error(loader, what, f"{size:.0f} MB", f"less, for {os.path.abspath(path)}", hint, MemoryError)


def read_npz(loader: str, title: str, path: Path, shapes: Shapes) -> list[np.ndarray]:
    """Return the four arrays of an npz file, checked; pickled objects are never loaded.

    Parameters
    ----------
    loader, title : str
        For the sentences: `load_mnist`, `MNIST`.
    path : pathlib.Path
    shapes : dict of str to tuple of int
        The shape of each array.

    Returns
    -------
    list of ndarray of uint8
        In the order of KEYS.

    Raises
    ------
    ValueError
        If the file holds something else.
    OSError
        If it may not be read.
    MemoryError
        If the arrays do not fit into the memory.
    """
    with open_file(loader, path) as file:
        try:
            with zipfile.ZipFile(file) as archive:
                heads = {key: _read_head(archive, key) for key in KEYS}
                right = all(heads[key] == (shapes[key], BYTES) for key in KEYS)
                arrays = [_read_array(archive, key) for key in KEYS] if right else []
        except MemoryError:  # the heads were right, so it is no lie of the file's
            raise
        except Exception:  # a damaged file fails in a dozen ways, all of which mean the same here
            expected, received = "x_train, y_train, x_test and y_test as plain arrays", "a file that cannot be read so"
            raise damaged_file_error(loader, title, path, expected, received) from None
    for key in KEYS:
        shape, dtype = heads[key]
        if (shape, dtype) != (shapes[key], BYTES):
            raise damaged_file_error(loader, title, path, f"{key} uint8 {shapes[key]}", f"{dtype} {shape}")
    return arrays


def _read_head(archive: zipfile.ZipFile, key: str) -> tuple[tuple[int, ...], np.dtype]:
    """Return shape and dtype of an array before it takes any memory."""
    heads = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
    with archive.open(f"{key}.npy") as member:
        shape, _, dtype = heads[np.lib.format.read_magic(member)](member)
    return shape, dtype


def _read_array(archive: zipfile.ZipFile, key: str) -> np.ndarray:
    with archive.open(f"{key}.npy") as member:
        return np.lib.format.read_array(member, allow_pickle=False)
