"""load_mnist: which source is taken, what happens to bad ones, and the frozen embedded digits."""

import _thread
import copy
import hashlib
import http.server
import os
import pickle
import re
import shutil
import signal
import socket
import struct
import threading
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from _stranger import as_stranger, open_folder
from numpy.testing import assert_array_equal

import course_utils as cu
from course_utils.data_home import keras_folder
from course_utils.datasets import download, mnist, sources

FULL = os.environ.get(mnist.VARIABLE, "")
SMALL = {key: (n, *shape[1:]) for n, (key, shape) in zip((6, 6, 2, 2), mnist.SHAPES.items(), strict=True)}


def arrays(seed=0):
    rng = np.random.default_rng(seed)
    return {key: rng.integers(0, 10, shape).astype(np.uint8) for key, shape in SMALL.items()}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A machine without digits: an empty Keras folder, no variable, a closed network, and a set of ten."""
    monkeypatch.delenv(mnist.VARIABLE, raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(mnist, "SHAPES", SMALL)
    monkeypatch.setattr(mnist, "URL", "http://127.0.0.1:9/mnist.npz")  # nobody listens there
    monkeypatch.setattr(mnist, "SIZE", 20_000)
    monkeypatch.setattr(download, "SILENCE", 0.5)
    monkeypatch.setattr(download, "_silent", set())
    return tmp_path


@pytest.fixture
def npz(home):
    np.savez(home / "some.npz", **arrays())
    return home / "some.npz"


@pytest.fixture
def cached(home):
    path = home / "keras" / "datasets" / "mnist.npz"
    path.parent.mkdir(parents=True)
    return path


def first(data):
    return data[0][0]


def assert_embedded(data):
    assert not data.is_full
    assert data.source == "the 1,797 embedded digits of scikit-learn"
    assert first(data).shape == (1437, 28, 28)


# which source


def test_the_path_comes_before_the_variable(npz, home, monkeypatch):
    np.savez(home / "other.npz", **arrays(1))
    monkeypatch.setenv(mnist.VARIABLE, str(home / "other.npz"))
    data = cu.load_mnist(npz)
    assert data.is_full
    assert data.source == "the full MNIST"
    assert_array_equal(first(data), arrays(0)["x_train"])
    assert_array_equal(first(cu.load_mnist()), arrays(1)["x_train"])


def test_the_variable_comes_before_keras_file(npz, cached, monkeypatch):
    np.savez(cached, **arrays(1))
    assert_array_equal(first(cu.load_mnist()), arrays(1)["x_train"])
    monkeypatch.setenv(mnist.VARIABLE, str(npz))
    assert_array_equal(first(cu.load_mnist()), arrays(0)["x_train"])


def test_keras_file_comes_before_the_network(cached, monkeypatch):
    np.savez(cached, **arrays(2))
    monkeypatch.setattr(sources, "download_file", lambda *_: pytest.fail("went to the network"))
    data = cu.load_mnist()
    assert data.is_full
    (x_train, y_train), (x_test, y_test) = data
    for key, a in zip(SMALL, (x_train, y_train, x_test, y_test), strict=True):
        assert_array_equal(a, arrays(2)[key])


def test_digits_forces_the_embedded_ones(cached, monkeypatch, capsys):
    np.savez(cached, **arrays())
    assert_embedded(cu.load_mnist("digits"))
    monkeypatch.setenv(mnist.VARIABLE, "digits")
    assert_embedded(cu.load_mnist())
    assert capsys.readouterr() == ("", "")  # asked for, so nothing is to be said


@pytest.mark.parametrize(
    "word", ["digits", "Digits", "DIGITS", " digits ", '"digits"', "'Digits'", '" digits "', "digits\r"]
)
def test_digits_may_be_written_in_any_case(cached, monkeypatch, word, capsys):
    np.savez(cached, **arrays())
    monkeypatch.setenv(mnist.VARIABLE, word)
    assert_embedded(cu.load_mnist())
    assert_embedded(cu.load_mnist("Digits"))
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("quotes", ['"{}"', "'{}'", " {} "])
def test_quotes_and_spaces_around_a_named_file_do_not_count(npz, monkeypatch, quotes):
    monkeypatch.setenv(mnist.VARIABLE, quotes.format(npz))
    assert cu.load_mnist().is_full


def test_an_empty_variable_is_no_variable(cached, monkeypatch):
    np.savez(cached, **arrays())
    for empty in ("", " ", '""'):
        monkeypatch.setenv(mnist.VARIABLE, empty)
        assert cu.load_mnist().is_full


def test_without_any_source_one_sentence_and_the_embedded_digits(capsys):
    assert_embedded(cu.load_mnist(download=False))
    out, err = capsys.readouterr()
    assert out == "The full MNIST is not at hand: these are the 1,797 embedded digits of scikit-learn.\n"
    assert err == ""


def test_a_tilde_is_the_home_folder(npz, monkeypatch):
    monkeypatch.setenv("HOME", str(npz.parent))
    monkeypatch.setenv("USERPROFILE", str(npz.parent))
    assert cu.load_mnist("~/some.npz").is_full


def test_keras_folder_with_a_tilde_is_read_as_keras_reads_it(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("KERAS_HOME", "~/keras")
    assert keras_folder() == tmp_path / "keras" / "datasets"


# looking never raises


def no_home(monkeypatch):
    def unknown():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("KERAS_HOME")
    monkeypatch.setattr(Path, "home", unknown)


def closed_home(monkeypatch):
    """Answer as the system does to somebody who may not enter the home folder."""
    real = os.stat

    def stat(path, *args, **kwargs):
        if "keras" in os.fspath(path) if isinstance(path, (str, os.PathLike)) else False:
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **kwargs)

    monkeypatch.setattr(os, "stat", stat)


def link_to_itself(monkeypatch):
    home = Path(os.environ["KERAS_HOME"])
    home.symlink_to(home)


HOMES = {
    "no home folder": no_home,
    "a closed home folder": closed_home,
    "a home folder that is a file": lambda monkeypatch: monkeypatch.setenv("KERAS_HOME", __file__),
    "a home folder that is not there": lambda monkeypatch: monkeypatch.setenv("KERAS_HOME", "/nowhere/at all"),
    "a link to itself": link_to_itself,
    "a name that is too long": lambda monkeypatch: monkeypatch.setenv("KERAS_HOME", "x" * 5000),
}


@pytest.mark.parametrize("load", [cu.load_mnist, cu.load_fashion_mnist])
@pytest.mark.parametrize("kind", HOMES)
def test_looking_into_any_home_leads_to_the_next_place(load, monkeypatch, kind):
    monkeypatch.delenv("COURSE_UTILS_FASHION_MNIST", raising=False)
    HOMES[kind](monkeypatch)
    assert_embedded(load(download=False))


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("no home folder", r"there is no home folder to keep it in\. Set HOME to a folder of your own, "),
        ("a home folder that is a file", r"it cannot be kept in .*datasets \(Not a directory\)\. Set KERAS_HOME to a "),
        ("a name that is too long", r"it cannot be kept in .*datasets \(File name too long\)\. Set KERAS_HOME to a "),
        ("a link to itself", r"it cannot be kept in .*datasets \(.*\)\. Set KERAS_HOME to a folder of your own "),
    ],
)
def test_downloading_into_any_home_leads_to_the_embedded_digits(monkeypatch, capsys, kind, why):
    HOMES[kind](monkeypatch)
    assert_embedded(cu.load_mnist())
    assert_sorry(capsys, why)


def assert_sorry(capsys, why):
    """One sentence says why and what to do; another, what has come instead."""
    out, err = capsys.readouterr()
    assert out == "The full MNIST is not at hand: these are the 1,797 embedded digits of scikit-learn.\n"
    said = err.rpartition("\r")[2].strip().rpartition("MNIST could not be downloaded: ")
    ways = r"or name a file of it in COURSE_UTILS_MNIST, or set COURSE_UTILS_MNIST=digits\.$"
    assert re.fullmatch(f"{why}.*{ways}", said[2]), err
    assert "Traceback" not in err
    assert err.count("could not be downloaded") == 1


@pytest.mark.parametrize("path", ["~nobody-of-this-name/mnist.npz", "x" * 5000])
def test_a_path_that_leads_nowhere_is_named(path):
    with pytest.raises(FileNotFoundError, match=r"^load_mnist: there is no such file\. "):
        cu.load_mnist(path)


# bad files


@pytest.mark.parametrize("name", ["absent.npz", "", "folder"])
def test_a_missing_file_or_a_folder_is_named(home, name):
    (home / "folder").mkdir()
    path = str(home / name) if name else name
    with pytest.raises(FileNotFoundError, match=r"^load_mnist: there is no such file\. .* Hint: set COURSE_UTILS_M"):
        cu.load_mnist(path)


@pytest.mark.parametrize("path", [3, ["mnist.npz"], b"mnist.npz", True])
def test_a_path_is_a_text_or_a_path(path):
    with pytest.raises(TypeError, match=r"^load_mnist: path must name a file\. Expected: a str or a Path\. Received: "):
        cu.load_mnist(path)


@pytest.fixture
def common(monkeypatch, capsys):
    """A folder into which everybody may look; all that a loader imports is there."""
    cu.load_mnist()
    capsys.readouterr()
    for variable in ("HOME", "KERAS_HOME"):
        monkeypatch.delenv(variable, raising=False)
    with open_folder() as folder:
        yield folder


def closed(folder):
    (folder / "hers").mkdir(mode=0o700)
    return folder / "hers"


def foreign(folder):
    (folder / "hers").mkdir(mode=0o755)
    return folder / "hers"


def missing(folder):
    return folder / "hers"


def foreign_inside(folder):
    (folder / "hers" / ".keras" / "datasets").mkdir(parents=True)
    return folder / "hers"


@pytest.mark.parametrize("kind", [closed, foreign, missing, foreign_inside])
def test_a_home_that_is_not_ones_own_leads_to_the_digits(common, monkeypatch, capsys, kind):
    monkeypatch.setenv("HOME", str(kind(common)))
    with as_stranger():
        data = cu.load_mnist()
    assert_embedded(data)
    folder = f"{common}/hers/.keras/datasets"
    assert_sorry(
        capsys, rf"it cannot be kept in {folder} \(Permission denied\)\. Set KERAS_HOME to a folder of your own "
    )


def test_a_user_whom_nobody_knows_gets_the_digits(common, capsys):
    with as_stranger():
        data = cu.load_mnist()
    assert_embedded(data)
    assert_sorry(capsys, r"there is no home folder to keep it in\. Set HOME to a folder of your own, ")
    with as_stranger():
        assert_embedded(cu.load_mnist(download=False))
        assert_embedded(cu.load_fashion_mnist(download=False))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_file_without_permission_is_not_called_damaged_or_missing(npz, common, monkeypatch, what):
    file = closed(common) / "mnist.npz"
    shutil.copy(npz, file)
    if what == "file":
        file.parent.chmod(0o755)
        file.chmod(0o600)
    monkeypatch.setenv(mnist.VARIABLE, str(file))
    with as_stranger(), pytest.raises(PermissionError) as caught:
        cu.load_mnist()
    assert str(caught.value) == (
        "load_mnist: a file cannot be read. Expected: a file that you may read. "
        f"Received: {file} (Permission denied). Hint: ask its owner, or copy it to a folder of your own."
    )


def test_keras_file_without_permission_is_passed_over(npz, common, monkeypatch, capsys):
    monkeypatch.setenv("KERAS_HOME", str(common))
    cached = common / "datasets" / "mnist.npz"
    cached.parent.mkdir()
    shutil.copy(npz, cached)
    cached.chmod(0o600)
    with as_stranger():
        data = cu.load_mnist()
    assert_embedded(data)
    err = capsys.readouterr().err
    assert err.startswith("Passing over the file that Keras has kept. load_mnist: a file cannot be read. ")
    assert f"Received: {cached} (Permission denied)" in err
    assert len(err.splitlines()) == 1


def test_too_little_memory_is_not_called_damaged(npz, cached, monkeypatch, capsys):
    def read(*_, **__):
        raise MemoryError

    monkeypatch.setattr(np.lib.format, "read_array", read)
    with pytest.raises(MemoryError) as caught:
        cu.load_mnist(npz)
    assert str(caught.value) == (
        f"load_mnist: there is too little memory for MNIST. Expected: 0 MB. Received: less, for {npz}. "
        "Hint: close other notebooks, or set COURSE_UTILS_MNIST=digits for the embedded digits."
    )
    npz.rename(cached)
    assert_embedded(cu.load_mnist())
    err = capsys.readouterr().err
    assert err.startswith(
        "Passing over the file that Keras has kept. load_mnist: there is too little memory for MNIST. "
    )
    assert len(err.splitlines()) == 1
    assert cached.exists()


def test_a_file_that_claims_billions_of_pictures_is_damaged_and_takes_no_memory(npz):
    """Its head is read before anything is made room for."""
    with zipfile.ZipFile(npz, "w") as archive:
        for key in SMALL:
            with archive.open(f"{key}.npy", "w") as member:
                head = {"descr": "|u1", "fortran_order": False, "shape": (10**12, 28, 28)}
                np.lib.format.write_array_header_1_0(member, head)
    with pytest.raises(ValueError, match=r"not MNIST\. .* Received: uint8 \(1000000000000, 28, 28\)\."):
        cu.load_mnist(npz)


@pytest.mark.parametrize("load", [cu.load_mnist, cu.load_fashion_mnist])
def test_a_relative_name_is_told_as_a_whole_path(home, monkeypatch, load):
    monkeypatch.chdir(home)
    (home / "here.npz").write_bytes(b"no archive")
    with pytest.raises(ValueError, match=rf": {re.escape(str(home / 'here.npz'))} is damaged"):
        load("here.npz")
    with pytest.raises(FileNotFoundError, match=rf"Received: {re.escape(str(home / 'absent.npz'))}\."):
        load("absent.npz")


class Trap:
    """Unpickled, it would leave a mark."""

    def __reduce__(self):
        return os.mkdir, ("sprung",)


def damaged(good):
    """Bytes of files that are no MNIST, by name."""
    half = len(good) // 2
    yield "empty", b""
    yield "text", b"<html>404 Not Found</html>"
    yield "truncated", good[:half]
    yield "without its start", good[half:]
    yield "flipped", good[:200] + bytes(255 - b for b in good[200:260]) + good[260:]
    yield "pickled", pickle.dumps(Trap())


def saved(tmp_path, **changes):
    kept = {key: a for key, a in (arrays() | changes).items() if a is not None}
    np.savez(tmp_path / "x.npz", **kept)
    return (tmp_path / "x.npz").read_bytes()


@pytest.mark.parametrize("name", ["empty", "text", "truncated", "without its start", "flipped", "pickled"])
def test_a_damaged_file_is_one_sentence(npz, monkeypatch, name):
    monkeypatch.chdir(npz.parent)
    npz.write_bytes(dict(damaged(npz.read_bytes()))[name])
    with pytest.raises(
        ValueError, match=rf"^load_mnist: {re.escape(str(npz))} is damaged or not MNIST\. Expected: .*\. Received: "
    ):
        cu.load_mnist(npz)
    assert not Path("sprung").exists()
    npz.unlink()  # Windows refuses this while the file is still open


@pytest.mark.parametrize("at", range(0, 1400, 100))
def test_a_flipped_byte_never_escapes_as_anything_else(npz, at):
    good = npz.read_bytes()
    npz.write_bytes(good[:at] + bytes([good[at] ^ 255]) + good[at + 1 :])
    try:
        data = cu.load_mnist(npz)
    except ValueError as error:
        said = str(error)
    else:  # the byte belonged to nothing that is read
        said = None
        assert_array_equal(first(data), arrays()["x_train"])
    assert said is None or said.startswith(f"load_mnist: {npz} is damaged or not MNIST")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"y_test": None}, "x_train, y_train, x_test and y_test as plain arrays"),
        ({"x_train": np.array([Trap()] * 6, object)}, r"x_train uint8 .* Received: object \(6,\)"),
        ({"x_train": np.zeros((6, 784), np.uint8)}, r"x_train uint8 \(6, 28, 28\)\. Received: uint8 \(6, 784\)"),
        ({"y_train": np.zeros(5, np.uint8)}, r"y_train uint8 \(6,\)\. Received: uint8 \(5,\)"),
        ({"x_test": np.zeros((2, 28, 28))}, r"x_test uint8 .* Received: float64"),
        ({"y_test": np.zeros(2, np.int64)}, r"y_test uint8 .* Received: int64"),
        ({"y_train": np.uint8([0, 9, 3, 10, 255, 1])}, r"labels 0 … 9\. Received: 255 at position 4 of y_train"),
        ({"y_test": np.uint8([9, 10])}, r"labels 0 … 9\. Received: 10 at position 1 of y_test"),
    ],
)
def test_wrong_contents_are_named(npz, monkeypatch, changes, expected):
    monkeypatch.chdir(npz.parent)
    npz.write_bytes(saved(npz.parent, **changes))
    with pytest.raises(ValueError, match=rf"Expected: .*{expected}.* Hint: delete the file, or copy it again\.$"):
        cu.load_mnist(npz)
    assert not Path("sprung").exists()


def test_a_single_array_and_an_encrypted_archive_are_no_mnist(npz):
    with npz.open("wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(ValueError, match="damaged or not MNIST"):
        cu.load_mnist(npz)
    np.savez(npz, **arrays())
    raw = bytearray(npz.read_bytes())
    with zipfile.ZipFile(npz) as archive:
        start = archive.start_dir
    raw[6] |= 1  # the flag "encrypted", in the first entry and in the directory
    raw[start + 8] |= 1
    npz.write_bytes(raw)
    with pytest.raises(ValueError, match="damaged or not MNIST"):
        cu.load_mnist(npz)


def test_a_damaged_keras_file_is_named_and_passed_over(cached, capsys):
    cached.write_bytes(b"no archive")
    assert_embedded(cu.load_mnist(download=False))
    out, err = capsys.readouterr()
    assert err.startswith(f"Passing over a damaged file. load_mnist: {cached} is damaged")
    assert "embedded" in out
    assert cached.read_bytes() == b"no archive"


# the network


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that went away is no news."""


@pytest.fixture
def serve(monkeypatch):
    """Start a server on loopback that answers as told, and point load_mnist to it."""
    started = []

    def run(answer):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                answer(self)

            def log_message(self, *args):
                pass

        server = Server(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        started.append((server, thread))
        monkeypatch.setattr(mnist, "URL", f"http://127.0.0.1:{server.server_port}/mnist.npz")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    yield run
    for server, thread in started:
        server.shutdown()
        server.server_close()
        thread.join()


def send(handler, body, length=None, status=200):
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)


def trust(monkeypatch, body):
    monkeypatch.setattr(mnist, "SHA256", hashlib.sha256(body).hexdigest())
    monkeypatch.setattr(mnist, "SIZE", len(body))


def files(folder):
    return [str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()]


def test_a_download_is_kept_where_keras_keeps_it(npz, home, serve, monkeypatch, capsys):
    body = npz.read_bytes()
    npz.unlink()
    asked = []
    serve(lambda handler: (asked.append(1), send(handler, body)))
    trust(monkeypatch, body)
    for _ in range(2):  # the second time from the file
        data = cu.load_mnist()
        assert data.is_full
        assert_array_equal(first(data), arrays()["x_train"])
    assert len(asked) == 1
    assert files(home) == [str(Path("keras/datasets/mnist.npz"))]
    assert capsys.readouterr().out == ""


def test_a_damaged_keras_file_is_replaced_by_a_download(npz, cached, serve, monkeypatch, capsys):
    body = npz.read_bytes()
    cached.write_bytes(b"no archive")
    serve(lambda handler: send(handler, body))
    trust(monkeypatch, body)
    assert cu.load_mnist().is_full
    assert cached.read_bytes() == body
    assert "Passing over a damaged file" in capsys.readouterr().err


def hangs(handler):
    time.sleep(2)


def stops_midway(handler):
    send(handler, b"x" * 2000, length=10_000)
    handler.wfile.flush()
    time.sleep(2)


def drips(handler):
    """A byte now and then: no single wait is long, and all of them together have no end."""
    send(handler, b"", length=10_000)
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def drips_its_head(handler):
    for _ in range(100):
        handler.wfile.write(b"H")
        handler.wfile.flush()
        time.sleep(0.05)


def resets(handler):
    send(handler, b"x" * 2000, length=10_000)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def goes_in_a_circle(handler):
    handler.send_response(302)
    handler.send_header("Location", "/mnist.npz")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


NO_LINE = r"there is no connection to 127\.0\.0\.1, or it broke off\. Look whether this computer is on the network, "
NO_ANSWER = r"127\.0\.0\.1 does not answer\. Look whether this computer is on the network, "
OTHER = r"127\.0\.0\.1 sends another file\. Open any page in the browser, for the network may ask for a login, "
ANSWERS = {
    "404": (
        lambda handler: send(handler, b"Not Found", status=404),
        r"127\.0\.0\.1 answers with status 404\. Try again ",
    ),
    "503": (
        lambda handler: send(handler, b"", status=503),
        r"127\.0\.0\.1 answers with status 503\. Try again later, ",
    ),
    "goes in a circle": (goes_in_a_circle, r"127\.0\.0\.1 answers with status 302\. Try again later, "),
    "cut off": (lambda handler: send(handler, b"x" * 2000, length=10_000), NO_LINE),
    "reset": (resets, NO_LINE),
    "hangs up": (lambda handler: handler.connection.close(), NO_LINE),
    "never answers": (hangs, NO_ANSWER),
    "stops midway": (stops_midway, NO_ANSWER),
    "drips": (drips, NO_ANSWER),
    "drips its head": (drips_its_head, NO_ANSWER),
    "wrong hash": (lambda handler: send(handler, b"x" * 2000), OTHER),
    "too long": (lambda handler: send(handler, b"x" * 40_000), OTHER),
    "empty": (lambda handler: send(handler, b""), OTHER),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_failed_download_leaves_a_sentence_and_no_file(home, serve, capsys, answer):
    give, why = ANSWERS[answer]
    serve(give)
    assert_embedded(cu.load_mnist())
    assert files(home) == []
    assert_sorry(capsys, why)


def test_no_network_at_all(home, capsys):
    assert_embedded(cu.load_mnist())
    assert files(home) == []
    assert_sorry(capsys, NO_LINE)


def test_a_body_without_an_end_is_left_early(home, serve, capsys):
    sent, left = [], threading.Event()

    def pours(handler):
        handler.send_response(200)  # tells no length
        handler.end_headers()
        try:
            while len(sent) < 10_000:
                handler.wfile.write(bytes(10_000))
                sent.append(10_000)
        except OSError:
            left.set()

    serve(pours)
    assert_embedded(cu.load_mnist())
    assert_sorry(capsys, OTHER)
    assert left.wait(3)
    assert sum(sent) < 50_000_000  # what the system's buffers take, and not more
    assert files(home) == []


def trickle(body, pause):
    """A server on a slow line that does not stop."""

    def answer(handler):
        send(handler, b"", length=len(body))
        for at in range(0, len(body), download.PIECE):
            handler.wfile.write(body[at : at + download.PIECE])
            handler.wfile.flush()
            time.sleep(pause)

    return answer


@pytest.fixture
def slow(npz, serve, monkeypatch):
    """A line on which MNIST takes two seconds."""
    np.savez(npz, **arrays(), more=np.zeros(20 * download.PIECE, np.uint8))
    body = npz.read_bytes()
    npz.unlink()
    trust(monkeypatch, body)
    monkeypatch.setattr(download, "PATIENCE", 0.3)
    serve(trickle(body, 0.1))
    monkeypatch.setattr(download, "SILENCE", 20)  # a busy machine may be silent for a while


SLOW = "127.0.0.1 is slow: wait up to 25 seconds, or press ■ for the embedded digits; next time name a file of it in "


def test_on_a_slow_line_the_ways_out_are_told_once_and_what_comes_is_taken(slow, capsys):
    assert cu.load_mnist().is_full
    err = capsys.readouterr().err
    assert err.count(f"{SLOW}COURSE_UTILS_MNIST, or set COURSE_UTILS_MNIST=digits.") == 1
    assert "could not" not in err


def test_a_line_that_is_too_slow_is_not_waited_for_and_not_tried_again(home, slow, monkeypatch, capsys):
    monkeypatch.setattr(download, "SLOWEST", 10**6)
    monkeypatch.setattr(download, "SILENCE", 0.8)
    begun = time.monotonic()
    assert_embedded(cu.load_mnist())
    assert time.monotonic() - begun > 1
    assert_sorry(capsys, r"the line to 127\.0\.0\.1 is too slow\. Try again on a faster line, ")
    assert files(home) == []
    assert_embedded(cu.load_mnist())
    assert_sorry(capsys, AGAIN)


AGAIN = r"127\.0\.0\.1 failed before in this session\. Restart the kernel to try again, "


def test_a_dead_server_is_waited_for_once_in_a_session(serve, monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(download, "SILENCE", 1.2)
    serve(lambda handler: (asked.append(1), hangs(handler)))
    assert_embedded(cu.load_mnist())
    assert_sorry(capsys, NO_ANSWER)
    monkeypatch.setenv("COURSE_UTILS_FASHION_MNIST", "")
    monkeypatch.setattr("course_utils.datasets.fashion.URL", mnist.URL)
    assert_embedded(cu.load_mnist())
    assert_sorry(capsys, AGAIN)
    assert_embedded(cu.load_fashion_mnist())  # it lies on the same server
    assert "failed before in this session" in capsys.readouterr().err
    assert len(asked) == 1


def test_a_server_that_refuses_at_once_is_asked_again(npz, serve, monkeypatch, capsys):
    """So a learner who has just found the cable need not restart anything."""
    assert_embedded(cu.load_mnist())
    body = npz.read_bytes()
    trust(monkeypatch, body)
    serve(lambda handler: send(handler, body))
    assert cu.load_mnist().is_full


def test_the_stop_button_leads_to_the_embedded_digits(home, serve, monkeypatch, capsys):
    monkeypatch.setattr(download, "SILENCE", 20)
    serve(drips)
    cu.load_mnist("digits")  # so that what is slow is loaded
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a test's own process may ignore it
    stop = threading.Timer(0.5, _thread.interrupt_main)
    stop.start()
    begun = time.monotonic()
    try:
        assert_embedded(cu.load_mnist())
    finally:
        stop.cancel()
        signal.signal(signal.SIGINT, before)
    assert time.monotonic() - begun < 10
    assert_sorry(capsys, r"it was stopped\. Restart the kernel to try again, ")
    assert files(home) == []
    begun = time.monotonic()
    assert_embedded(cu.load_mnist())
    assert time.monotonic() - begun < 10
    assert_sorry(capsys, AGAIN)


def test_a_right_hash_of_a_wrong_file_is_still_refused(serve, monkeypatch, capsys):
    serve(lambda handler: send(handler, b"no archive"))
    trust(monkeypatch, b"no archive")
    assert_embedded(cu.load_mnist())
    assert "mnist.npz is damaged or not MNIST" in capsys.readouterr().err


def test_a_cache_that_cannot_be_written(npz, home, serve, monkeypatch, capsys):
    """A folder below a regular file cannot be made, whoever asks."""
    body = npz.read_bytes()
    serve(lambda handler: send(handler, body))
    trust(monkeypatch, body)
    monkeypatch.setenv("KERAS_HOME", str(npz / "keras"))
    assert_embedded(cu.load_mnist())
    assert npz.read_bytes() == body
    assert files(home) == ["some.npz"]
    assert_sorry(capsys, rf"it cannot be kept in {npz}/keras/datasets \(Not a directory\)\. Set KERAS_HOME to ")


def test_a_full_disk(npz, home, serve, monkeypatch, capsys):
    resource = pytest.importorskip("resource")
    body = npz.read_bytes()
    npz.unlink()
    serve(lambda handler: send(handler, body))
    trust(monkeypatch, body)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        data = cu.load_mnist()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert_embedded(data)
    assert files(home) == []
    assert_sorry(capsys, rf"it cannot be kept in {home}/keras/datasets \(File too large\)\. Set KERAS_HOME to ")
    assert cu.load_mnist().is_full  # the server is not to blame


# the data


def test_the_split_of_the_embedded_digits_is_frozen():
    (x_train, y_train), (x_test, y_test) = cu.load_mnist("digits")
    assert [a.shape for a in (x_train, y_train, x_test, y_test)] == [(1437, 28, 28), (1437,), (360, 28, 28), (360,)]
    assert {a.dtype for a in (x_train, y_train, x_test, y_test)} == {np.dtype(np.uint8)}
    labels = hashlib.sha256(y_train.tobytes() + y_test.tobytes()).hexdigest()
    assert labels[:16] == "de4434fc6de1ebae"
    sums = [int(x.sum(dtype=np.int64)) for x in (x_train, x_test)]
    np.testing.assert_allclose(sums, [44456712, 11198155], rtol=1e-5)  # SciPy may round a pixel otherwise


def test_the_embedded_digits_are_balanced_disjoint_and_the_real_ones():
    from sklearn.datasets import load_digits

    (x_train, y_train), (x_test, y_test) = cu.load_mnist("digits")
    both = np.bincount(y_train) + np.bincount(y_test)
    assert_array_equal(both, np.bincount(load_digits().target))
    for y in (y_train, y_test):
        share = np.bincount(y, minlength=10) / len(y)
        assert np.abs(share - 0.1).max() < 0.04
    pictures = {x.tobytes() for x in x_train}
    assert len(pictures) == 1437
    assert pictures.isdisjoint(x.tobytes() for x in x_test)


def test_the_embedded_digits_sit_as_mnists_do():
    """Paper is 0, the ink reaches 255, and the centre of mass is in the middle to a pixel."""
    x = first(cu.load_mnist("digits")).astype(float)
    assert x.min() == 0
    assert x.max() == 255
    rows, columns = np.indices((28, 28))
    ink = x.sum(axis=(1, 2))
    for axis in (rows, columns):
        centre = (x * axis).sum(axis=(1, 2)) / ink
        assert np.abs(centre - 13.5).max() <= 0.51
    assert (x[:, [0, -1], :] == 0).all()


@pytest.mark.parametrize("kind", ["digits", "full"])
def test_the_arrays_are_fresh_copies(kind, npz):
    name = npz if kind == "full" else "digits"
    for a in (a for pair in cu.load_mnist(name) for a in pair):
        a[...] = 99
    assert not any((a == 99).all() for pair in cu.load_mnist(name) for a in pair)


def test_copies_and_pickles_keep_the_source():
    data = cu.load_mnist("digits")
    for twin in (copy.copy(data), copy.deepcopy(data), pickle.loads(pickle.dumps(data))):
        assert (twin.source, twin.is_full) == (data.source, False)
        assert_array_equal(first(twin), first(data))
    assert repr(data) == "<the 1,797 embedded digits of scikit-learn: 1,437 to train on, 360 to test>"


@pytest.mark.full
@pytest.mark.skipif(not Path(FULL).is_file(), reason=f"{mnist.VARIABLE} names no file")
def test_the_full_set_is_mnist(monkeypatch):
    monkeypatch.undo()
    data = cu.load_mnist(FULL)
    assert data.is_full
    (x_train, y_train), (x_test, y_test) = data
    assert x_train.shape == (60000, 28, 28)
    assert x_test.shape == (10000, 28, 28)
    assert y_train[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert np.bincount(y_test).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert round(x_train.mean() / 255, 4) == 0.1307  # the mean that everybody quotes
