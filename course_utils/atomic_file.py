"""Files that are whole or not there: written beside their place, then renamed."""

import os
from pathlib import Path

from course_utils._checks import argument_error


def as_path(name, path):
    """Return path as a Path with the home folder in the place of a tilde."""
    if not isinstance(path, (str, os.PathLike)):
        raise argument_error(name, "path must name a file", "a str or a Path", repr(path), error=TypeError)
    return Path(path).expanduser()


def write(name, path, put, size):
    """Let `put` write a file of at most `size` bytes beside `path`, then give it the name of `path`.

    Whatever goes wrong becomes one OSError with a sentence; then nothing has changed.
    """
    _supervised(name, path, put, size)


def rehearse(name, path, size):
    """Try out the place as `write` would use it, and leave nothing there."""
    _supervised(name, path, None, size)


def _supervised(name, path, put, size):
    try:
        target = Path(os.path.realpath(path))  # a link stays a link
        target.parent.mkdir(parents=True, exist_ok=True)
        _refuse_what_is_there(target)
        _put_beside(target, put, size)
    except (OSError, RuntimeError) as error:  # HDF5 speaks of a failed write as either
        what = f"{path} cannot be written; the model and any older file are as they were"
        hint = "name a path in another folder, in your home for example"
        raise argument_error(
            name, what, "a place that can be written, with room", reason(error), hint, OSError
        ) from error


def _refuse_what_is_there(target):
    if target.is_dir():
        raise OSError("it is a folder")
    if target.exists() and not os.access(target, os.W_OK):
        raise OSError("a file that must not be written stands there")


def _put_beside(target, put, size):
    beside = target.with_name(f".{os.getpid()}-{target.name}")
    try:
        beside.write_bytes(bytes(size))  # a full disk is found here: HDF5 would fill the page with its complaints
        if put is not None:
            put(beside)
            _sync(beside)
            os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def _sync(path):
    """Bring a file to the disk, before the old one goes."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def reason(error):
    """Return what the system says, without HDF5's details."""
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return "what should be its folder is a file"
    number = getattr(error, "errno", None)
    return os.strerror(number) if number else str(error).partition("\n")[0] or type(error).__name__
