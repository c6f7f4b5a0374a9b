"""MNIST from the nearest place that has it, and real embedded digits where no place does.

MNIST: Y. LeCun, C. Cortes and C. J. C. Burges, CC BY-SA 3.0.
"""

import os
import sys
from pathlib import Path

import numpy as np

from course_utils import _checks
from course_utils.datasets import _digits

VARIABLE = "COURSE_UTILS_MNIST"
URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"
SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"
TIMEOUT = 10  # seconds without an answer before the network counts as absent
SHAPES = {"x_train": (60000, 28, 28), "y_train": (60000,), "x_test": (10000, 28, 28), "y_test": (10000,)}


class Digits(tuple):
    """((x_train, y_train), (x_test, y_test)) that also knows its `source` and whether it `is_full`."""

    def __new__(cls, arrays, source, is_full):
        x_train, y_train, x_test, y_test = arrays
        self = super().__new__(cls, ((x_train, y_train), (x_test, y_test)))
        self.source, self.is_full = source, is_full
        return self

    def __repr__(self):
        (x_train, _), (x_test, _) = self
        return f"<{self.source}: {len(x_train):,} to train on, {len(x_test):,} to test>"

    def __getnewargs__(self):  # lets copies and pickles keep the source
        return (*self[0], *self[1]), self.source, self.is_full


def load_mnist(path=None, *, download=True):
    """Handwritten digits with their labels, as `keras.datasets.mnist.load_data()` returns them.

    Looked at in this order: `path`; the file named by the environment variable COURSE_UTILS_MNIST;
    the file that Keras has already downloaded; the network. Where none of these has the digits, the
    embedded ones come instead: the 1,797 of scikit-learn (Alpaydin and Kaynak, 1998), brought to 28 x 28.

    Parameters
    ----------
    path : str or path, optional
        An `mnist.npz` file, or "digits" for the embedded digits (the variable takes "digits" too).
    download : bool
        False keeps away from the network.

    Returns
    -------
    (x_train, y_train), (x_test, y_test) : Digits
        Images uint8 (n, 28, 28), 0 (paper) … 255 (ink); labels uint8 (n,). The tuple has `.source` and `.is_full`.

    Raises
    ------
    FileNotFoundError, ValueError
        If a file that was asked for by name is missing, damaged, or not MNIST.

    Examples
    --------
    >>> (x_train, y_train), (x_test, y_test) = load_mnist("digits")
    >>> x_train.shape, y_test.shape
    ((1437, 28, 28), (360,))
    """
    if not isinstance(path, (str, os.PathLike, type(None))):
        _checks.fail("load_mnist", "path must name a file", "a str or a Path", repr(path), error=TypeError)
    named = path if path is not None else os.environ.get(VARIABLE) or None
    if named is not None:
        return _embedded() if str(named) == "digits" else _full(named)
    cached = _keras_folder() / "mnist.npz"
    for source in (_from_cache, _from_network if download else _from_nowhere):
        if (digits := source(cached)) is not None:
            return digits
    print(f"The full MNIST is not at hand: these are {_digits.SOURCE}.")
    return _embedded()


def _embedded():
    return Digits(_digits.load(), _digits.SOURCE, is_full=False)


def _full(path):
    return Digits(_read(Path(path).expanduser()), "the full MNIST", is_full=True)


def _keras_folder():
    return Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras") / "datasets"


def _from_nowhere(cached):
    return None


def _from_cache(cached):
    """Read the file that Keras left behind; a damaged one is named, and passed over."""
    if not cached.is_file():
        return None
    try:
        return _full(cached)
    except (ValueError, OSError) as error:
        print(f"Passing over a damaged file. {error}", file=sys.stderr)


def _from_network(cached):
    """Download as Keras does: a progress bar, a time-out, a checked hash, and no half file left behind."""
    import pooch  # here, because a lesson that finds its digits on disk needs no downloader

    fetch = pooch.HTTPDownloader(progressbar=True, timeout=TIMEOUT)
    pooch.get_logger().setLevel("WARNING")  # its progress bar says enough
    try:
        return _full(pooch.retrieve(URL, f"sha256:{SHA256}", cached.name, cached.parent, downloader=fetch))
    except (OSError, ValueError) as error:  # no network, a wrong hash, or no right to write
        print(f"MNIST could not be downloaded ({type(error).__name__}).", file=sys.stderr)


def _read(path):
    """Return the four arrays of an `mnist.npz`, checked; pickled objects are never loaded."""
    if not path.is_file():
        hint = f"set {VARIABLE}=digits for the embedded digits"
        _checks.fail("load_mnist", "there is no such file", "an mnist.npz", str(path), hint, FileNotFoundError)
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:  # NumPy itself may leave it open
            arrays = {key: file[key] for key in SHAPES}
    except Exception:  # a damaged file fails in a dozen ways, all of which mean the same here
        _not_mnist(path, "x_train, y_train, x_test and y_test as plain arrays", "a file that cannot be read so")
    for key, shape in SHAPES.items():
        if arrays[key].shape != shape or arrays[key].dtype != np.uint8:
            _not_mnist(path, f"{key} uint8 {shape}", f"{arrays[key].dtype} {arrays[key].shape}")
    return [arrays[key] for key in SHAPES]


def _not_mnist(path, expected, received):
    hint = "delete the file, or copy it again"
    _checks.fail("load_mnist", f"{path.name} is damaged or not MNIST", expected, received, hint)
