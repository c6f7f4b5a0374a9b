"""Where the loaders look: a file named by the learner, Keras's folder, the network, and at last the embedded digits."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course_utils._checks import argument_error
from course_utils.datasets import embedded_digits

KEYS = ("x_train", "y_train", "x_test", "y_test")
TIMEOUT = 10  # seconds without an answer before the network counts as absent
DIGITS = tuple("0123456789")


class Images(tuple):
    """((x_train, y_train), (x_test, y_test)) that also knows its `source`, the `names` of its classes, and more."""

    def __new__(cls, arrays, source, is_full, names=DIGITS):
        x_train, y_train, x_test, y_test = arrays
        self = super().__new__(cls, ((x_train, y_train), (x_test, y_test)))
        self.source, self.is_full, self.names = source, is_full, names
        return self

    def __repr__(self):
        (x_train, _), (x_test, _) = self
        return f"<{self.source}: {len(x_train):,} to train on, {len(x_test):,} to test>"

    def __getnewargs__(self):  # lets copies and pickles keep the source
        return (*self[0], *self[1]), self.source, self.is_full, self.names


@dataclass
class Wanted:
    """A data set that a loader looks for.

    Attributes
    ----------
    loader, title, source : str
        `load_mnist`, `MNIST`, `the full MNIST`, for the sentences.
    variable : str
        The environment variable that may name its file.
    names : tuple of str
        Its classes.
    read : Callable
        From a path to the four arrays, or one of the house's sentences.
    cached : str
        Its file or folder among the data sets that Keras keeps.
    is_cached, fetch : Callable
        Tell whether it is there; bring it there from the network.
    """

    loader: str
    title: str
    source: str
    variable: str
    names: tuple
    read: Callable
    cached: str
    is_cached: Callable
    fetch: Callable

    def full(self, path):
        """Read the full set from a path."""
        return Images(self.read(Path(path).expanduser()), self.source, is_full=True, names=self.names)


def nearest(wanted, path, download):
    """Return the images from the first place that has them; what was asked for by name must be there."""
    if not isinstance(path, (str, os.PathLike, type(None))):
        raise argument_error(wanted.loader, "path must name a file", "a str or a Path", repr(path), error=TypeError)
    named = path if path is not None else os.environ.get(wanted.variable) or None
    if named is not None:
        return embedded() if str(named) == "digits" else wanted.full(named)
    for place in (_from_cache, _from_network) if download else (_from_cache,):
        if (images := place(wanted)) is not None:
            return images
    print(f"{wanted.source[0].upper()}{wanted.source[1:]} is not at hand: these are {embedded_digits.SOURCE}.")
    return embedded()


def embedded():
    """Return the digits that come with scikit-learn."""
    return Images(embedded_digits.load(), embedded_digits.SOURCE, is_full=False)


def keras_folder():
    """Return where Keras keeps what it has downloaded."""
    return Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras") / "datasets"


def _from_cache(wanted):
    """Read what Keras left behind; a damaged file is named, and passed over."""
    cached = keras_folder() / wanted.cached
    if not wanted.is_cached(cached):
        return None
    try:
        return wanted.full(cached)
    except (ValueError, OSError) as error:
        print(f"Passing over a damaged file. {error}", file=sys.stderr)


def _from_network(wanted):
    cached = keras_folder() / wanted.cached
    try:
        wanted.fetch(cached)
        return wanted.full(cached)
    except (OSError, ValueError) as error:  # no network, a wrong hash, or no right to write
        print(f"{wanted.title} could not be downloaded ({type(error).__name__}).", file=sys.stderr)


def retrieve(url, sha256, path, timeout):
    """Download as Keras does: a progress bar, a time-out, a checked hash, and no half file left behind."""
    import pooch  # here, because a lesson that finds its images on disk needs no downloader

    fetch = pooch.HTTPDownloader(progressbar=True, timeout=timeout)
    pooch.get_logger().setLevel("WARNING")  # its progress bar says enough
    pooch.retrieve(url, f"sha256:{sha256}", path.name, path.parent, downloader=fetch)


def missing(loader, variable, path, expected, what="there is no such file"):
    """Say that what was asked for by name is not there."""
    hint = f"set {variable}=digits for the embedded digits"
    raise argument_error(loader, what, expected, str(path), hint, FileNotFoundError)


def damaged(loader, title, path, expected, received):
    """Say that a file does not hold what its name promises."""
    hint = "delete the file, or copy it again"
    raise argument_error(loader, f"{path.name} is damaged or not {title}", expected, received, hint)


def read_npz(path, shapes, refuse):
    """Return the four arrays of an npz file, checked; pickled objects are never loaded."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:  # NumPy itself may leave it open
            arrays = {key: file[key] for key in KEYS}
    except Exception:  # a damaged file fails in a dozen ways, all of which mean the same here
        refuse(path, "x_train, y_train, x_test and y_test as plain arrays", "a file that cannot be read so")
    for key in KEYS:
        if arrays[key].shape != shapes[key] or arrays[key].dtype != np.uint8:
            refuse(path, f"{key} uint8 {shapes[key]}", f"{arrays[key].dtype} {arrays[key].shape}")
    return [arrays[key] for key in KEYS]
