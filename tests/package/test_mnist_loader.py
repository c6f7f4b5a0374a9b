"""load_mnist: which source is taken, what happens to bad ones, and the frozen embedded digits."""

import copy
import hashlib
import http.server
import os
import pickle
import threading
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_array_equal

import course_utils as cu
from course_utils.datasets import mnist

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
    monkeypatch.setattr(mnist, "TIMEOUT", 0.3)
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
    monkeypatch.setattr(mnist, "_download", lambda cached: pytest.fail("went to the network"))
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


def test_an_empty_variable_is_no_variable(cached, monkeypatch):
    np.savez(cached, **arrays())
    monkeypatch.setenv(mnist.VARIABLE, "")
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


HOMES = {
    "no home folder": no_home,
    "a closed home folder": closed_home,
    "a home folder that is a file": lambda monkeypatch: monkeypatch.setenv("KERAS_HOME", __file__),
    "a home folder that is not there": lambda monkeypatch: monkeypatch.setenv("KERAS_HOME", "/nowhere/at all"),
    "a name that is too long": lambda monkeypatch: monkeypatch.setenv("KERAS_HOME", "x" * 5000),
}


@pytest.mark.parametrize("load", [cu.load_mnist, cu.load_fashion_mnist])
@pytest.mark.parametrize("kind", HOMES)
def test_looking_into_any_home_leads_to_the_next_place(load, monkeypatch, kind):
    monkeypatch.delenv("COURSE_UTILS_FASHION_MNIST", raising=False)
    HOMES[kind](monkeypatch)
    assert_embedded(load(download=False))


@pytest.mark.parametrize("kind", ["no home folder", "a home folder that is a file"])
def test_downloading_into_any_home_leads_to_the_embedded_digits(monkeypatch, capsys, kind):
    HOMES[kind](monkeypatch)
    assert_embedded(cu.load_mnist())
    assert "MNIST could not be downloaded (" in capsys.readouterr().err


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
    with pytest.raises(ValueError, match=r"^load_mnist: some\.npz is damaged or not MNIST\. Expected: .*\. Received: "):
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
    assert said is None or said.startswith("load_mnist: some.npz is damaged or not MNIST")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"y_test": None}, "x_train, y_train, x_test and y_test as plain arrays"),
        ({"x_train": np.array([Trap()] * 6, object)}, "as plain arrays"),
        ({"x_train": np.zeros((6, 784), np.uint8)}, r"x_train uint8 \(6, 28, 28\)\. Received: uint8 \(6, 784\)"),
        ({"y_train": np.zeros(5, np.uint8)}, r"y_train uint8 \(6,\)\. Received: uint8 \(5,\)"),
        ({"x_test": np.zeros((2, 28, 28))}, r"x_test uint8 .* Received: float64"),
        ({"y_test": np.zeros(2, np.int64)}, r"y_test uint8 .* Received: int64"),
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
    assert err.startswith("Passing over a damaged file. load_mnist: mnist.npz is damaged")
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
    time.sleep(1)


def stops_midway(handler):
    send(handler, b"x" * 2000, length=10_000)
    handler.wfile.flush()
    time.sleep(1)


ANSWERS = {
    "404": lambda handler: send(handler, b"Not Found", status=404),
    "500": lambda handler: send(handler, b"", status=500),
    "cut off": lambda handler: send(handler, b"x" * 2000, length=10_000),
    "stops midway": stops_midway,
    "wrong hash": lambda handler: send(handler, b"x" * 2000),
    "empty": lambda handler: send(handler, b""),
    "never answers": hangs,
    "hangs up": lambda handler: handler.connection.close(),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_failed_download_leaves_a_sentence_and_no_file(home, serve, capsys, answer):
    serve(ANSWERS[answer])
    assert_embedded(cu.load_mnist())
    assert files(home) == []
    out, err = capsys.readouterr()
    assert out == "The full MNIST is not at hand: these are the 1,797 embedded digits of scikit-learn.\n"
    assert "MNIST could not be downloaded (" in err
    assert "Traceback" not in err


def test_no_network_at_all(home, capsys):
    assert_embedded(cu.load_mnist())
    assert files(home) == []
    assert "could not be downloaded (ConnectionError)" in capsys.readouterr().err


def test_a_right_hash_of_a_wrong_file_is_still_refused(serve, monkeypatch, capsys):
    serve(lambda handler: send(handler, b"no archive"))
    trust(monkeypatch, b"no archive")
    assert_embedded(cu.load_mnist())
    assert "could not be downloaded (ValueError)" in capsys.readouterr().err


def test_an_interrupted_download_leaves_no_file(home, serve, monkeypatch):
    import pooch

    def interrupted(self, url, output_file, pooch, check_only=False):
        Path(output_file).write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(pooch.HTTPDownloader, "__call__", interrupted)
    with pytest.raises(KeyboardInterrupt):
        cu.load_mnist()
    assert files(home) == []


def test_a_cache_that_cannot_be_written(npz, home, serve, monkeypatch, capsys):
    """A folder below a regular file cannot be made, whoever asks."""
    body = npz.read_bytes()
    serve(lambda handler: send(handler, body))
    trust(monkeypatch, body)
    monkeypatch.setenv("KERAS_HOME", str(npz / "keras"))
    assert_embedded(cu.load_mnist())
    assert npz.read_bytes() == body
    assert files(home) == ["some.npz"]
    assert "MNIST could not be downloaded (" in capsys.readouterr().err


def test_a_cache_without_permission(npz, home, serve, monkeypatch, capsys):
    body = npz.read_bytes()
    folder = home / "locked"
    folder.mkdir(mode=0o555)
    if os.access(folder, os.W_OK):
        pytest.skip("permissions do not bind this user")
    serve(lambda handler: send(handler, body))
    trust(monkeypatch, body)
    monkeypatch.setenv("KERAS_HOME", str(folder))
    assert_embedded(cu.load_mnist())
    assert files(folder) == []
    assert "MNIST could not be downloaded (" in capsys.readouterr().err


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
