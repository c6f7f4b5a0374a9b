"""A photograph or a scan of one digit, brought to MNIST's form: paper found, ink lifted off it, specks left out."""

import os
import warnings
from typing import TYPE_CHECKING

import numpy as np

from course_utils.checks import argument_error
from course_utils.datasets.mnist_format import as_mnist

if TYPE_CHECKING:
    import PIL.Image

LARGEST = 600  # pixels of the longer side that are looked at: enough for 28, and quick
FAINTEST = 40  # grey levels between paper and ink
EDGE = 0.4  # of the way from paper to ink: what is fainter counts as paper
SPECK = 0.05  # of the largest stroke's area: what is smaller counts as dust


def read_picture(path: str | os.PathLike) -> np.ndarray:
    """Read a picture of one digit, dark on light or light on dark, as 28 x 28 pixels like MNIST's.

    A slanting light is evened out, transparency counts as paper, colours become grey, dust is left out.

    Parameters
    ----------
    path : str or path
        A PNG, a JPEG, or whatever else Pillow opens. Nothing but paper and the digit should be on it.

    Returns
    -------
    ndarray of uint8, (28, 28)
        0 (paper) … 255 (ink), the digit in a box of 20 x 20, its centre of mass in the middle.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is no picture, has too many pixels, or shows no ink.

    Examples
    --------
    >>> import PIL.Image, tempfile
    >>> photo = PIL.Image.new("L", (300, 400), color=220)  # grey paper
    >>> photo.paste(30, (140, 100, 160, 300))  # a 1
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     photo.save(f"{folder}/one.png")
    ...     digit = read_picture(f"{folder}/one.png")
    >>> digit.shape, digit.max(), digit[14].nonzero()[0].tolist()
    ((28, 28), np.uint8(255), [13, 14])
    """
    ink = _extract_ink(_to_grayscale(_open_image(path)))
    digit = as_mnist(_remove_specks(ink)).astype(float)
    return (digit * (255 / digit.max())).round().astype(np.uint8)  # a thin pen is as black as a thick one


def _open_image(path: str | os.PathLike) -> "PIL.Image.Image":
    """Return the picture, upright and not larger than needed."""
    import PIL.Image
    import PIL.ImageOps

    if not isinstance(path, (str, os.PathLike)):
        raise argument_error(
            "read_picture", "path must name a file", "a str or a Path", type(path).__name__, error=TypeError
        )
    if not os.path.isfile(path):
        there = f"'{path}'" + (", a folder" if os.path.isdir(path) else "")
        hint = "put the file beside the notebook, or give its whole path"
        raise argument_error(
            "read_picture", "there is no such file", "a PNG or JPEG", there, hint, error=FileNotFoundError
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", PIL.Image.DecompressionBombWarning)
            with PIL.Image.open(path) as file:
                file.draft("L", (LARGEST, LARGEST))  # a JPEG is decoded at a fraction of its size
                image = PIL.ImageOps.exif_transpose(file)
    except (PIL.Image.DecompressionBombWarning, PIL.Image.DecompressionBombError):
        raise argument_error(
            "read_picture", "the picture is too large", "less than 89 million pixels", f"'{path}'"
        ) from None
    except (OSError, SyntaxError, ValueError):  # Pillow's ways to say that a file is broken
        raise argument_error(
            "read_picture", "this file cannot be read as a picture", "a PNG or JPEG", f"'{path}'"
        ) from None
    return image


def _to_grayscale(image: "PIL.Image.Image") -> np.ndarray:
    """Return the picture as grey levels, (height, width), 0 (black) … 255 (white)."""
    import PIL.Image

    if image.mode[0] in "IF":  # 16 bits or more: Pillow would cut them off at 255
        deep = np.asarray(image, float)
        image = PIL.Image.fromarray((deep * (255 / max(deep.max(), 1))).astype(np.uint8))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        grey, opaque = np.asarray(image.convert("LA"), float).transpose(2, 0, 1)
        light_ink = (grey * opaque).sum() > 127 * opaque.sum()
        paper = PIL.Image.new("RGBA", image.size, "black" if light_ink else "white")
        image = PIL.Image.alpha_composite(paper, image)
    image = image.convert("L")
    image.thumbnail((LARGEST, LARGEST), reducing_gap=3)
    return np.asarray(image, float)


def _extract_ink(grey: np.ndarray) -> np.ndarray:
    """Return the ink, 0 … 255, off a paper whose brightness may slant."""
    from scipy import ndimage

    grey = ndimage.uniform_filter(grey, 3)  # a camera's noise must not count as ink
    off = grey - np.median(grey)
    off *= 1 if off.max() > -off.min() else -1  # ink is what lies further from the paper's grey: dark or light
    off -= _fit_background(off)
    if off.max() < FAINTEST:
        levels = f"{int(max(off.max(), 0))} grey levels"
        raise argument_error("read_picture", "there is no ink on the paper", f"{FAINTEST} grey levels or more", levels)
    ink = np.clip(off / max(np.quantile(off, 0.999), FAINTEST), 0, 1)
    return np.where(ink > EDGE, 255 * ink, 0)


def _fit_background(off: np.ndarray) -> np.ndarray:
    """Return the plane through the paper: fitted to all pixels, then to those that the first fit takes for paper."""
    rows, columns = np.indices(off.shape) / max(off.shape)
    terms = np.stack([rows, columns, np.ones_like(rows)], axis=-1).reshape(-1, 3)  # (pixels, 3)
    flat, plane = off.ravel(), np.zeros(off.size)
    for _ in range(4):
        paper = flat - plane <= max(np.quantile(flat - plane, 0.75), 0) + 8
        plane = terms @ np.linalg.lstsq(terms[paper], flat[paper], rcond=None)[0]
    return plane.reshape(off.shape)


def _remove_specks(ink: np.ndarray) -> np.ndarray:
    """Take away what is far smaller than the largest stroke."""
    from scipy import ndimage

    labels, _ = ndimage.label(ink, structure=np.ones((3, 3)))  # corners touch
    areas = np.bincount(labels.ravel())[1:]
    keep = np.concatenate([[False], areas >= SPECK * areas.max()])
    return np.where(keep[labels], ink, 0)
