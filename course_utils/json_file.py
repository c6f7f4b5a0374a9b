"""A small JSON file, read with distrust: it may be half, changed by hand, or by somebody else."""

import json
import os
from pathlib import Path

from course_utils.atomic_file import write_atomically

LARGEST = 1_000_000  # bytes
DEEPEST = 20  # levels of lists and dicts in one another


class DamagedFileError(ValueError):
    """What stands there is not the small JSON file that its name promises."""


def read_json(path: Path) -> object:
    """Read what a JSON file holds.

    Parameters
    ----------
    path : pathlib.Path

    Returns
    -------
    dict, list, str, number, bool or None

    Raises
    ------
    DamagedFileError
        If it is no JSON, too long or too deep, or no file but a folder, a pipe, or a link to nowhere.
    OSError
        If there is nothing, or it cannot be opened.
    """
    if os.path.lexists(path) and not os.path.isfile(path):  # to open a pipe would wait for ever
        raise DamagedFileError(f"{path} is no file")
    with open(path, "rb") as file:
        raw = file.read(LARGEST + 1)
    return parse_json(raw, str(path))


def parse_json(raw: bytes, name: str) -> object:
    """Read what stands in the bytes of a JSON file; a `DamagedFileError` says what is wrong with the file `name`."""
    if len(raw) > LARGEST:
        raise DamagedFileError(f"{name} is larger than {LARGEST:,} bytes")
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:  # no text, no JSON, or one bracket in another without end
        raise DamagedFileError(f"{name} is no JSON") from error
    if not _is_shallow(value, DEEPEST):
        raise DamagedFileError(f"{name} is deeper than {DEEPEST} levels")
    return value


def write_json(path: Path, value: object) -> None:
    """Write a JSON file, whole or not at all; OSError where the place cannot be written."""
    text = json.dumps(value, indent=1) + "\n"
    write_atomically(path, lambda beside: beside.write_text(text, encoding="utf-8"))


def _is_shallow(value: object, levels: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels > 0 and all(_is_shallow(item, levels - 1) for item in inner)
