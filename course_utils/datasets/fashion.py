"""Fashion-MNIST, pictures of clothes in MNIST's form, from the first place that has it. Lesson 17.

H. Xiao, K. Rasul and R. Vollgraf, Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
Algorithms, arXiv:1708.07747, 2017. The pictures: Zalando SE, MIT licence.
"""

import gzip
import os
import zlib
from pathlib import Path

import numpy as np

from course_utils.datasets import files, sources
from course_utils.datasets.download import RemoteFile
from course_utils.datasets.mnist import SHAPES

VARIABLE = "COURSE_UTILS_FASHION_MNIST"
URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
FOLDER = "fashion-mnist"
NAMES = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")
FILES = {  # hashes: the list of checksums in TensorFlow Datasets
    "x_train": "train-images-idx3-ubyte.gz",
    "y_train": "train-labels-idx1-ubyte.gz",
    "x_test": "t10k-images-idx3-ubyte.gz",
    "y_test": "t10k-labels-idx1-ubyte.gz",
}
SHA256 = {
    "x_train": "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
    "y_train": "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
    "x_test": "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
    "y_test": "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
}
SIZES = {"x_train": 26_421_880, "y_train": 29_515, "x_test": 4_422_102, "y_test": 5_148}  # bytes


def load_fashion_mnist(
    path: str | os.PathLike | None = None, *, download: bool = True, embedded: bool = True
) -> sources.Images | None:
    """Pictures of clothes with their labels, as `keras.datasets.fashion_mnist.load_data()` returns them.

    Looked for as `load_mnist` does it: `path`; what the environment variable COURSE_UTILS_FASHION_MNIST names;
    the files that Keras has already downloaded; the network. Where none of these has them, the 1,797 embedded
    digits of scikit-learn come instead, and a sentence says so.

    Parameters
    ----------
    path : str or path, optional
        A folder with the four `.gz` files, an `.npz` file like MNIST's, or "digits" for the embedded digits
        (the variable takes "digits" too, in any case).
    download : bool
        False keeps away from the network.
    embedded : bool
        Whether the embedded digits may come instead. If not, None is returned where no place has the clothes.

    Returns
    -------
    (x_train, y_train), (x_test, y_test) : Images
        Pictures uint8 (n, 28, 28), 0 (empty) … 255; labels uint8 (n,), 0 … 9. The tuple has `.source`, `.is_full`
        and `.names`, the names of the classes: "T-shirt/top", "Trouser", …, or "0", "1", … where these are digits.

    Raises
    ------
    FileNotFoundError, PermissionError, ValueError, MemoryError
        If what was asked for by name is missing, closed to you, damaged, not Fashion-MNIST, or too large for memory.

    Examples
    --------
    >>> data = load_fashion_mnist("digits")
    >>> data.is_full, data.names[:3]
    (False, ('0', '1', '2'))
    >>> load_fashion_mnist("digits", embedded=False)
    Fashion-MNIST is not at hand.
    """
    load = sources.load_first_available if embedded else sources.load_if_available
    return load(_dataset(), path, download)


def _dataset() -> sources.Dataset:
    return sources.Dataset(
        loader="load_fashion_mnist",
        title="Fashion-MNIST",
        source="Fashion-MNIST",
        variable=VARIABLE,
        names=NAMES,
        read=_read,
        shapes=SHAPES,
        cached=FOLDER,
        remote={f"{FOLDER}/{name}": RemoteFile(URL + name, SHA256[key], SIZES[key]) for key, name in FILES.items()},
    )


def _read(path: Path) -> list[np.ndarray]:
    if os.path.isfile(path):
        return files.read_npz("load_fashion_mnist", "Fashion-MNIST", path, SHAPES)
    if not os.path.isdir(path):
        expected = f"a folder with {FILES['x_train']} and its three fellows, or an npz file"
        raise _missing_file_error(path, expected, "there is no such folder or file")
    for name in FILES.values():
        if not os.path.isfile(path / name):
            raise _missing_file_error(path / name, name, "a file is missing in this folder")
    return [_read_idx(path / name, SHAPES[key]) for key, name in FILES.items()]


def _read_idx(path: Path, shape: tuple[int, ...]) -> np.ndarray:
    """Return the bytes of a packed idx file, (n, 28, 28) or (n,): its head tells the type, the axes and each length."""
    head = np.array([2048 + len(shape), *shape], ">u4").tobytes()  # 8 in the third byte: unsigned bytes
    size = len(head) + int(np.prod(shape))
    with files.open_file("load_fashion_mnist", path) as packed:
        try:
            raw = gzip.GzipFile(fileobj=packed).read(size + 1)  # one more: never unpacked whole where it is too long
        except (OSError, EOFError, ValueError, zlib.error):
            expected = f"an idx file of {shape} unsigned bytes, packed by gzip"
            raise _damaged_file_error(path, expected, "a file that cannot be unpacked") from None
    if len(raw) != size or not raw.startswith(head):
        raise _damaged_file_error(path, f"an idx file of {shape} unsigned bytes", _describe_idx(raw))
    return np.frombuffer(raw, np.uint8, offset=len(head)).reshape(shape).copy()  # a copy can be written


def _describe_idx(raw: bytes) -> str:
    """Return what the head of an idx file says of it."""
    axes = raw[3] if len(raw) > 3 and raw[:3] == b"\0\0\x08" else 0
    if not axes or len(raw) < 4 * (axes + 1):
        return "another kind of file"
    shape = tuple(int(n) for n in np.frombuffer(raw, ">u4", axes, offset=4))
    return f"{shape}, with {len(raw) - 4 * (axes + 1):,} bytes after the head"


def _missing_file_error(path: Path, expected: str, what: str) -> Exception:
    return files.missing_file_error("load_fashion_mnist", VARIABLE, path, expected, what)


def _damaged_file_error(path: Path, expected: str, received: str) -> Exception:
    return files.damaged_file_error("load_fashion_mnist", "Fashion-MNIST", path, expected, received)
