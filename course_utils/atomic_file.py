"""Files that are whole or not there: written beside their place, brought to the disk, then given their name."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from course_utils.checks import argument_error


def write_atomically(path: str | os.PathLike, put: Callable[[Path], object], *, size: int = 0) -> None:
    """Let `put` write a file, and only when it is whole let it take the place of an older one.

    Parameters
    ----------
    path : str or path
        The place. Missing folders are made; a link stays a link; permissions of an older file are kept.
    put : callable
        Called with the path to write to, in the same folder and with the same ending.
    size : int
        Bytes that are tried out first, so that a full disk is found before `put` begins.

    Raises
    ------
    OSError
        If the place cannot be written. An older file is as it was, and no half file is left.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     note = Path(folder) / "note.txt"
    ...     write_atomically(note, lambda beside: beside.write_text("whole"))
    ...     note.read_text()
    'whole'
    """
    target = _writable_target(path)
    with file_beside(target, size) as beside:
        put(beside)
        if target.exists():
            shutil.copymode(target, beside)
        sync(beside)
        os.replace(beside, target)


def create_atomically(path: str | os.PathLike, put: Callable[[Path], object]) -> bool:
    """Let `put` write a new file, and never replace one that is there, be it empty or a link to nowhere.

    Parameters
    ----------
    path : str or path
        The place, in a folder that is there.
    put : callable
        Called with the path to write to.

    Returns
    -------
    bool
        False where the name is taken, also by a file that has come in the meantime; then nothing has changed.

    Raises
    ------
    OSError
        If the place cannot be written. No half file is left.
    """
    target = Path(path)
    if os.path.lexists(target):
        return False
    with file_beside(target) as beside:
        put(beside)
        sync(beside)
        return take_free_name(beside, target)


def check_writable(path: str | os.PathLike, size: int) -> None:
    """Try out the place as `write_atomically` would use it, with room for `size` bytes, and leave nothing there."""
    with file_beside(_writable_target(path), size):
        pass


def as_path(name: str, path: str | os.PathLike) -> Path:
    """Return path as a Path with the home folder in the place of a tilde."""
    if not isinstance(path, (str, os.PathLike)):
        raise argument_error(name, "path must name a file", "a str or a Path", repr(path), error=TypeError)
    return Path(path).expanduser()


def reason(error: BaseException) -> str:
    """Return what the system says, without the details of whoever met the error."""
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return "what should be its folder is a file"
    number = getattr(error, "errno", None)
    return os.strerror(number) if number else str(error).partition("\n")[0] or type(error).__name__


def _writable_target(path: str | os.PathLike) -> Path:
    """Return where a file is really written, its folder made; a folder or a protected file there is refused."""
    target = Path(os.path.realpath(path))  # a link stays a link
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        raise OSError("it is a folder")
    if target.exists() and not os.access(target, os.W_OK):  # renaming would replace it without asking
        raise OSError("a file that must not be written stands there")
    return target


@contextlib.contextmanager
def file_beside(target: Path, size: int = 0):
    """Give a new file in the target's folder, under a name that nobody else uses; afterwards it is gone."""
    beside = target.with_name(f".{secrets.token_hex(4)}-{target.name}")  # the ending stays: HDF5 and NumPy look at it
    try:
        beside.write_bytes(bytes(size))
        yield beside
    finally:
        with contextlib.suppress(OSError):  # what went wrong before is what counts
            beside.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Bring a file to the disk, before an old one goes."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def take_free_name(beside: Path, target: Path) -> bool:
    """Give a file one more name on the same disk, or move it there; False where that name is taken."""
    try:
        os.link(beside, target)  # unlike a rename, a link never replaces a file that has just come
    except FileExistsError:
        return False
    except OSError:  # a disk without links, such as a memory stick
        if os.path.lexists(target):
            return False
        os.rename(beside, target)
    return True
