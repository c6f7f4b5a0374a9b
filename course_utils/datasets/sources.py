"""Where the loaders look: a file named by the learner, Keras's folder, the network, and at last the embedded digits."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course_utils.checks import argument_error
from course_utils.data_home import is_digits, keras_folder, named_by
from course_utils.datasets import embedded_digits, files
from course_utils.datasets.download import DownloadError, RemoteFile, download_file
from course_utils.notebook import tell

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
    shapes : dict of str to tuple of int
        The shape of each of its arrays.
    cached : str
        Its file or folder among the data sets that Keras keeps.
    remote : dict of str to RemoteFile
        Its files on the network, by the places that they have in Keras's folder.
    """

    loader: str
    title: str
    source: str
    variable: str
    names: tuple[str, ...]
    read: Callable[[Path], Sequence[np.ndarray]]
    shapes: files.Shapes
    cached: str
    remote: dict[str, RemoteFile]

    def load(self, path: Path) -> Images:
        """Read the full set from a path; each label must be the number of a name."""
        try:
            arrays = self.read(path)
        except MemoryError:
            raise files.memory_error(self.loader, self.title, self.variable, path, self.shapes) from None
        for key, labels in zip(files.KEYS, arrays, strict=True):
            if key.startswith("y") and labels.max() >= len(self.names):
                at = int(labels.argmax())
                expected, received = f"labels 0 … {len(self.names) - 1}", f"{labels[at]} at position {at} of {key}"
                raise files.damaged_file_error(self.loader, self.title, path, expected, received)
        return Images(arrays, self.source, is_full=True, names=self.names)

    def is_in(self, folder: Path) -> bool:
        """Tell whether all of it is in Keras's folder; False also where a folder on the way is closed."""
        return all(os.path.isfile(folder / name) for name in self.remote)


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
    FileNotFoundError, PermissionError, ValueError, MemoryError
        If a file that was asked for by name is missing, closed, damaged or another one, or too large for the memory.
        Looking elsewhere never raises.
    TypeError
        If path is neither text nor a path.
    """
    if _names_digits(dataset, path):
        return load_embedded()
    images = _find(dataset, path, download)
    if images is None:
        tell(f"{_begin(dataset.source)} is not at hand: these are {embedded_digits.SOURCE}.")
        images = load_embedded()
    return images


def load_if_available(dataset: Dataset, path: str | os.PathLike | None, download: bool) -> Images | None:
    """Load a data set as `load_first_available` does; where no place has it, say so and return None."""
    images = None if _names_digits(dataset, path) else _find(dataset, path, download)
    if images is None:
        tell(f"{_begin(dataset.source)} is not at hand.")
    return images


def _names_digits(dataset: Dataset, path: str | os.PathLike | None) -> bool:
    """Tell whether the embedded digits are asked for by name."""
    if not isinstance(path, (str, os.PathLike, type(None))):
        raise argument_error(dataset.loader, "path must name a file", "a str or a Path", repr(path), error=TypeError)
    named = path if path is not None else named_by(dataset.variable)
    return named is not None and is_digits(named)


def _find(dataset: Dataset, path: str | os.PathLike | None, download: bool) -> Images | None:
    named = path if path is not None else named_by(dataset.variable)
    if named is not None:
        return dataset.load(Path(os.path.expanduser(named)))
    return _load_cached_or_downloaded(dataset, download)


def _begin(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def load_embedded() -> Images:
    """Load the digits that come with scikit-learn."""
    return Images(embedded_digits.load(), embedded_digits.SOURCE, is_full=False)


def _load_cached_or_downloaded(dataset: Dataset, download: bool) -> Images | None:
    """Load a data set out of Keras's folder, if need be after a download into it; a failure is one sentence."""
    try:
        folder = keras_folder()
    except RuntimeError:
        if download:
            error = DownloadError("there is no home folder to keep it in", "Set HOME to a folder of your own")
            _say_not_downloaded(dataset, error)
        return None
    try:
        if dataset.is_in(folder):
            return dataset.load(folder / dataset.cached)
    except ValueError as error:
        tell(f"Passing over a damaged file. {error}", file=sys.stderr)
    except (OSError, MemoryError) as error:  # the file may be right, so no other is fetched
        tell(f"Passing over the file that Keras has kept. {error}", file=sys.stderr)
        return None
    return _load_downloaded(dataset, folder) if download else None


def _load_downloaded(dataset: Dataset, folder: Path) -> Images | None:
    try:
        for place, file in dataset.remote.items():  # what is there with the right hash stays
            download_file(file, folder / place, _other_ways(dataset))
        return dataset.load(folder / dataset.cached)
    except DownloadError as error:
        _say_not_downloaded(dataset, error)
    except (OSError, ValueError, MemoryError) as error:
        tell(str(error), file=sys.stderr)
    return None


def _say_not_downloaded(dataset: Dataset, error: DownloadError) -> None:
    ways = f"{error.remedy}, or {_other_ways(dataset)}"
    tell(f"{dataset.title} could not be downloaded: {error}. {ways}.", file=sys.stderr)


def _other_ways(dataset: Dataset) -> str:
    return f"name a file of it in {dataset.variable}, or set {dataset.variable}=digits"
