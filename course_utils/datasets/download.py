"""One file from the network, whole and with the right hash, or a sentence that says why not and what to do.

The answer is awaited in a thread of its own. So the time can be limited whatever the server does, be it that it sends a
byte now and then, or that the name server is silent, and ■ is heard at once.
"""

import errno
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 5  # seconds before a learner reads what else can be done
SILENCE = 10  # seconds without a piece before the server counts as absent
SLOWEST = 64_000  # bytes a second: MNIST in three minutes; a slower line is not waited for
PIECE = 2**14  # bytes
LONG = 1  # second; a server that has cost more is not asked again in this session

_silent: set[str] = set()  # the servers that are not asked again


@dataclass(frozen=True)
class RemoteFile:
    """A file on a server: its address, its hash, its length in bytes."""

    url: str
    sha256: str
    size: int

    @property
    def host(self) -> str:
        """The server's name."""
        return urlsplit(self.url).hostname or self.url

    @property
    def limit(self) -> float:
        """Seconds that the slowest line takes."""
        return SILENCE + self.size / SLOWEST


class DownloadError(Exception):
    """Why a file did not come, and the first thing to do about it; both are parts of a sentence."""

    def __init__(self, why: str, remedy: str):
        super().__init__(why)
        self.remedy = remedy


def download_file(file: RemoteFile, path: Path, hint: str) -> None:
    """Download a file unless it is there already, with the right hash; no half file is left behind.

    Parameters
    ----------
    file : RemoteFile
    path : pathlib.Path
        Where it is to be kept.
    hint : str
        What a learner on a slow line may do next time, as the end of a sentence.

    Raises
    ------
    DownloadError
        If it does not come, comes too slowly, is another file, cannot be kept, or ■ was pressed.
    """
    import pooch  # here, because a lesson that finds its images on disk needs no downloader

    pooch.get_logger().setLevel("WARNING")  # the progress bar says enough

    def fetch(_url: str, beside: str, _pooch: object) -> None:
        _fetch(file, beside, hint)

    try:
        pooch.retrieve(file.url, f"sha256:{file.sha256}", path.name, path.parent, downloader=fetch)
    except KeyboardInterrupt:
        _silent.add(file.host)
        raise DownloadError("it was stopped", "Restart the kernel to try again") from None
    except (OSError, RuntimeError) as error:  # the latter from links that go round in a circle
        raise DownloadError(*_explain(error, file.host, path.parent)) from error
    except ValueError as error:  # the hash
        raise _other_file_error(file.host) from error


def _fetch(file: RemoteFile, beside: str, hint: str) -> None:
    """Write what the server sends; a server that has cost some time in vain is remembered."""
    from tqdm import tqdm

    if file.host in _silent:
        raise DownloadError(f"{file.host} failed before in this session", "Restart the kernel to try again")
    slow = f"{file.host} is slow: wait up to {file.limit:.0f} seconds, or press ■ for the embedded digits"
    with open(beside, "wb") as out, tqdm(total=file.size, ncols=79, unit="B", unit_scale=True) as bar:
        for piece in _pieces(file, lambda: bar.write(f"{slow}; next time {hint}.", file=sys.stderr)):
            out.write(piece)
            bar.update(len(piece))


def _pieces(file: RemoteFile, tell_slow: Callable[[], None]) -> Iterator[bytes]:
    """Give what a server sends, piece by piece; one that has cost some time in vain is remembered."""
    pipe = _Pipe()
    threading.Thread(target=_request, args=(file.url, pipe), daemon=True).start()
    begun = time.monotonic()
    try:
        yield from _until_late(file, pipe, tell_slow)
    except (OSError, DownloadError):
        if time.monotonic() - begun > LONG:
            _silent.add(file.host)
        raise
    finally:
        pipe.close()


def _until_late(file: RemoteFile, pipe: "_Pipe", tell_slow: Callable[[], None]) -> Iterator[bytes]:
    """Give what comes through the pipe until its end; DownloadError where it is too late or too long."""
    begun = last = time.monotonic()
    received, told = 0, False
    while (piece := pipe.read()) != b"":
        now = time.monotonic()
        if isinstance(piece, Exception):
            raise piece
        if piece is not None:
            last = now
            received += len(piece)
            if received > file.size:
                raise _other_file_error(file.host)
            yield piece
        if now - last > SILENCE:
            raise DownloadError(f"{file.host} does not answer", "Look whether this computer is on the network")
        if now - begun > file.limit:
            raise DownloadError(f"the line to {file.host} is too slow", "Try again on a faster line")
        if now - begun > PATIENCE and not told:
            told = True
            tell_slow()


def _request(url: str, pipe: "_Pipe") -> None:
    """Send what the server answers into the pipe; at the end nothing, or the error."""
    import requests

    limits = (SILENCE / 3, 2 * SILENCE)  # to connect: several addresses are tried; to read: the reader gives up first
    end: bytes | Exception = b""
    try:
        with requests.get(url, stream=True, timeout=limits) as response:
            response.raise_for_status()
            for piece in filter(None, response.iter_content(PIECE)):
                pipe.write(piece)
    except Exception as error:  # it is raised again where the pipe is read
        end = error
    with suppress(OSError):  # nobody reads any more
        pipe.write(end)


class _Pipe:
    """Pieces that one thread writes and another reads; the reader may go away at any time."""

    def __init__(self) -> None:
        self._pieces: queue.Queue[bytes | Exception] = queue.Queue(64)
        self._closed = threading.Event()

    def write(self, piece: bytes | Exception) -> None:
        """Wait for room; OSError once the reader is gone."""
        while not self._closed.is_set():
            with suppress(queue.Full):
                return self._pieces.put(piece, timeout=0.1)
        raise OSError("nobody reads any more")

    def read(self) -> bytes | Exception | None:
        """Return the next piece, or None where none has come in a tenth of a second, so that ■ is heard."""
        with suppress(queue.Empty):
            return self._pieces.get(timeout=0.1)
        return None

    def close(self) -> None:
        """Tell the writer that nobody reads any more."""
        self._closed.set()


def _explain(error: Exception, host: str, folder: Path) -> tuple[str, str]:
    """Return why a download failed, and the first thing to do about it."""
    import requests

    if isinstance(error, requests.RequestException):
        if error.response is not None:
            return f"{host} answers with status {error.response.status_code}", "Try again later"
        return f"there is no connection to {host}, or it broke off", "Look whether this computer is on the network"
    reason = getattr(error, "strerror", None) or str(error)
    if isinstance(error, PermissionError):  # pooch says it in a paragraph
        reason = os.strerror(errno.EACCES)
    why = f"it cannot be kept in {os.path.abspath(folder)} ({reason})"
    return why, "Set KERAS_HOME to a folder of your own with some space left"


def _other_file_error(host: str) -> DownloadError:
    remedy = "Open any page in the browser, for the network may ask for a login"
    return DownloadError(f"{host} sends another file", remedy)
