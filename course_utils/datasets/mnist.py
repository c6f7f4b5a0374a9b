"""MNIST from the first place that has it, and real embedded digits where no place does.

MNIST: Y. LeCun, C. Cortes and C. J. C. Burges, CC BY-SA 3.0.
"""

import os
from pathlib import Path

import numpy as np

from course_utils.datasets import files, sources
from course_utils.datasets.download import RemoteFile

VARIABLE = "COURSE_UTILS_MNIST"
URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"
SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"
SIZE = 11_490_434  # bytes
SHAPES = {"x_train": (60000, 28, 28), "y_train": (60000,), "x_test": (10000, 28, 28), "y_test": (10000,)}


def load_mnist(path: str | os.PathLike | None = None, *, download: bool = True) -> sources.Images:
    """Handwritten digits with their labels, as `keras.datasets.mnist.load_data()` returns them.

    Looked at in this order: `path`; the file named by the environment variable COURSE_UTILS_MNIST;
    the file that Keras has already downloaded; the network. Where none of these has the digits, the
    embedded ones come instead: the 1,797 of scikit-learn (Alpaydin and Kaynak, 1998), brought to 28 x 28.
    A slow line is waited for, three minutes at most; ■ leads to the embedded digits.

    Parameters
    ----------
    path : str or path, optional
        An `mnist.npz` file, or "digits" for the embedded digits (the variable takes "digits" too, in any case).
    download : bool
        False keeps away from the network.

    Returns
    -------
    (x_train, y_train), (x_test, y_test) : Images
        Pictures uint8 (n, 28, 28), 0 (paper) … 255 (ink); labels uint8 (n,). The tuple has `.source`, `.is_full`
        and `.names`, the names of the classes.

    Raises
    ------
    FileNotFoundError, PermissionError, ValueError, MemoryError
        If a file that was asked for by name is missing, closed to you, damaged, not MNIST, or too large for memory.

    Examples
    --------
    >>> (x_train, y_train), (x_test, y_test) = load_mnist("digits")
    >>> x_train.shape, y_test.shape
    ((1437, 28, 28), (360,))
    """
    return sources.load_first_available(_dataset(), path, download)


def _dataset() -> sources.Dataset:
    return sources.Dataset(
        loader="load_mnist",
        title="MNIST",
        source="the full MNIST",
        variable=VARIABLE,
        names=sources.DIGITS,
        read=_read,
        shapes=SHAPES,
        cached="mnist.npz",
        remote={"mnist.npz": RemoteFile(URL, SHA256, SIZE)},
    )


def _read(path: Path) -> list[np.ndarray]:
    if not os.path.isfile(path):
        raise files.missing_file_error("load_mnist", VARIABLE, path, "an mnist.npz")
    return files.read_npz("load_mnist", "MNIST", path, SHAPES)
