"""Files that somebody else may have prepared, read with distrust: no link is followed, no pipe opened, nothing long."""

import os
import stat
from pathlib import Path


class UnsafeFileError(OSError):
    """What lies there is not to be read; half a sentence says why."""


def read_beneath(home: Path, place: tuple[str, ...], largest: int, owner: int | None = None) -> bytes:
    """Read a file below a folder without following a link there, and without waiting for a pipe.

    Parameters
    ----------
    home : pathlib.Path
        The folder; on the way to it links are followed.
    place : tuple of str
        The names of the folders below it, and of the file.
    largest : int
        Bytes; a longer file is not read.
    owner : int, optional
        The number of the account that must own the file; anybody's, if not given.

    Raises
    ------
    FileNotFoundError
        If there is none.
    UnsafeFileError
        If a link, a pipe, a device or a folder lies there, the file is too long, or it is somebody else's.
    OSError
        If it cannot be read.
    """
    if os.open not in os.supports_dir_fd or not hasattr(os, "O_NOFOLLOW"):
        return _read_without_links(home, place, largest)
    folder = os.open(home, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in place[:-1]:
            inner = _open(part, os.O_RDONLY | os.O_DIRECTORY, folder)
            os.close(folder)
            folder = inner
        file = _open(place[-1], os.O_RDONLY | os.O_NONBLOCK, folder)
    finally:
        os.close(folder)
    return _checked(file, largest, owner)


def _open(name: str, flags: int, folder: int) -> int:
    try:
        return os.open(name, flags | os.O_NOFOLLOW, dir_fd=folder)
    except OSError as error:
        if _is_link(name, folder):
            raise UnsafeFileError(f"{name} is a link") from error
        raise


def _is_link(name: str, folder: int) -> bool:
    try:
        return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        return False


def _read_without_links(home: Path, place: tuple[str, ...], largest: int) -> bytes:
    """The same where folders cannot be held open, as on Windows: there a learner cannot swap them meanwhile."""
    path = home
    for part in place:
        path = path / part
        if path.is_symlink():
            raise UnsafeFileError(f"{path.name} is a link")
    return _checked(os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0)), largest, None)


def _checked(file: int, largest: int, owner: int | None) -> bytes:
    """Read what is open, and close it."""
    try:
        about = os.fstat(file)
        if not stat.S_ISREG(about.st_mode):
            raise UnsafeFileError("it is no file, but a folder, a pipe or a device")
        if owner is not None and about.st_uid != owner:
            raise UnsafeFileError("it belongs to another account")
    except OSError:
        os.close(file)
        raise
    with open(file, "rb") as opened:
        content = opened.read(largest + 1)
    if len(content) > largest:
        raise UnsafeFileError(f"it is longer than {largest} bytes")
    return content
