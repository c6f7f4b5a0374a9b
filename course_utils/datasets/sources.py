"""Where the loaders look: a file named by the learner, Keras's folder, the network, and at last the embedded digits."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course_utils._checks import argument_error
from course_utils.datasets import embedded_digits

KEYS = ("x_train", "y_train", "x_test", "y_test")
TIMEOUT = 10  # seconds without an answer before the network counts as absent
DIGITS = tuple("0123456789")


class Images(tuple):
    """((x_train, y_train), (x_test, y_test)) that also knows where it comes from.

    Attributes
    ----------
    source : str
        For a sentence: `the full MNIST`.
    is_full : bool
        Whether it is the data set that was wanted, and not the embedded digits in its place.
    names : tuple of str
        The names of the classes.
    """

    source: str
    is_full: bool
    names: tuple[str, ...]

    def __new__(cls, arrays: Sequence[np.ndarray], source: str, is_full: bool, names: tuple[str, ...] = DIGITS):
        x_train, y_train, x_test, y_test = arrays
        self = super().__new__(cls, ((x_train, y_train), (x_test, y_test)))
        self.source, self.is_full, self.names = source, is_full, names
        return self

    def __repr__(self) -> str:
        (x_train, _), (x_test, _) = self
        return f"<{self.source}: {len(x_train):,} to train on, {len(x_test):,} to test>"

    def __getnewargs__(self) -> tuple:  # lets copies and pickles keep the source
        return (*self[0], *self[1]), self.source, self.is_full, self.names


@dataclass(frozen=True)
class Dataset:
    """A data set that a loader looks for.

    Attributes
    ----------
    loader, title, source : str
        `load_mnist`, `MNIST`, `the full MNIST`, for the sentences.
    variable : str
        The environment variable that may name its file.
    names : tuple of str
        Its classes.
    read : callable
        From a path to the four arrays; raises one of the course's sentences.
    cached : str
        Its file or folder among the data sets that Keras keeps.
    is_cached, download : callable
        Tell whether it is there; bring it there from the network.
    """

    loader: str
    title: str
    source: str
    variable: str
    names: tuple[str, ...]
    read: Callable[[Path], Sequence[np.ndarray]]
    cached: str
    is_cached: Callable[[Path], bool]
    download: Callable[[Path], None]

    def load(self, path: Path) -> Images:
        """Read the full set from a path."""
        return Images(self.read(path), self.source, is_full=True, names=self.names)


def load_first_available(dataset: Dataset, path: str | os.PathLike | None, download: bool) -> Images:
    """Load a data set from the first place that has it; what was asked for by name must be there.

    Parameters
    ----------
    dataset : Dataset
    path : str, path or None
        Where the caller says it is; "digits" for the embedded digits.
    download : bool
        Whether the network is one of the places.

    Raises
    ------
    FileNotFoundError, ValueError
        If a file that was asked for by name is missing, damaged, or another one. Looking elsewhere never raises.
    TypeError
        If path is neither text nor a path.
    """
    if not isinstance(path, (str, os.PathLike, type(None))):
        raise argument_error(dataset.loader, "path must name a file", "a str or a Path", repr(path), error=TypeError)
    named = path if path is not None else os.environ.get(dataset.variable) or None
    if named is not None:
        return load_embedded() if str(named) == "digits" else dataset.load(Path(os.path.expanduser(named)))
    images = _load_cached(dataset)
    if images is None and download:
        images = _load_downloaded(dataset)
    if images is None:
        print(f"{dataset.source[0].upper()}{dataset.source[1:]} is not at hand: these are {embedded_digits.SOURCE}.")
        images = load_embedded()
    return images


def load_embedded() -> Images:
    """Load the digits that come with scikit-learn."""
    return Images(embedded_digits.load(), embedded_digits.SOURCE, is_full=False)


def keras_folder() -> Path:
    """Return where Keras keeps what it has downloaded; RuntimeError where the user has no home folder."""
    return Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras") / "datasets"


def _load_cached(dataset: Dataset) -> Images | None:
    """Load what Keras left behind; a damaged file is named, and passed over."""
    try:
        cached = keras_folder() / dataset.cached
        return dataset.load(cached) if dataset.is_cached(cached) else None
    except RuntimeError:  # no home folder
        return None
    except (OSError, ValueError) as error:
        print(f"Passing over a damaged file. {error}", file=sys.stderr)
        return None


def _load_downloaded(dataset: Dataset) -> Images | None:
    """Download to where Keras would keep it, and load it from there; a failure is one sentence."""
    try:
        cached = keras_folder() / dataset.cached
        dataset.download(cached)
        return dataset.load(cached)
    except (OSError, RuntimeError, ValueError) as error:  # no network, no home, no right to write, a wrong hash
        print(f"{dataset.title} could not be downloaded ({type(error).__name__}).", file=sys.stderr)
        return None


def download_file(url: str, sha256: str, path: Path, timeout: float) -> None:
    """Download as Keras does: a progress bar, a time-out, a checked hash, and no half file left behind."""
    import pooch  # here, because a lesson that finds its images on disk needs no downloader

    downloader = pooch.HTTPDownloader(progressbar=True, timeout=timeout)
    pooch.get_logger().setLevel("WARNING")  # its progress bar says enough
    pooch.retrieve(url, f"sha256:{sha256}", path.name, path.parent, downloader=downloader)


def missing_file_error(
    loader: str, variable: str, path: Path, expected: str, what: str = "there is no such file"
) -> Exception:
    """Return the error to raise where what was asked for by name is not there."""
    hint = f"set {variable}=digits for the embedded digits"
    return argument_error(loader, what, expected, str(path), hint, FileNotFoundError)


def damaged_file_error(loader: str, title: str, path: Path, expected: str, received: str) -> Exception:
    """Return the error to raise where a file does not hold what its name promises."""
    hint = "delete the file, or copy it again"
    return argument_error(loader, f"{path.name} is damaged or not {title}", expected, received, hint)


def read_npz(loader: str, title: str, path: Path, shapes: dict[str, tuple[int, ...]]) -> list[np.ndarray]:
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
    """
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:  # NumPy itself may leave it open
            arrays = {key: file[key] for key in KEYS}
    except Exception:  # a damaged file fails in a dozen ways, all of which mean the same here
        expected, received = "x_train, y_train, x_test and y_test as plain arrays", "a file that cannot be read so"
        raise damaged_file_error(loader, title, path, expected, received) from None
    for key in KEYS:
        array, shape = arrays[key], shapes[key]
        if array.shape != shape or array.dtype != np.uint8:
            received = f"{array.dtype} {array.shape}"
            raise damaged_file_error(loader, title, path, f"{key} uint8 {shape}", received)
    return [arrays[key] for key in KEYS]
