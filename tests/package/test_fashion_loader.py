"""load_fashion_mnist: the same rules as load_mnist, on files of the idx form made up here."""

import copy
import gzip
import hashlib
import http.server
import inspect
import os
import pickle
import re
import threading
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from test_mnist_loader import Server, assert_embedded, files, send

import course_utils as cu
from course_utils.datasets import download, fashion

FULL = os.environ.get(fashion.VARIABLE, "")
SMALL = {"x_train": (6, 28, 28), "y_train": (6,), "x_test": (2, 28, 28), "y_test": (2,)}
SORRY = "Fashion-MNIST is not at hand: these are the 1,797 embedded digits of scikit-learn.\n"


def arrays(seed=0):
    rng = np.random.default_rng(seed)
    return {key: rng.integers(0, 10, shape).astype(np.uint8) for key, shape in SMALL.items()}


def idx(a, *, kind=8, shape=None):
    """The idx form: two zeros, the type (8: unsigned bytes), the number of axes, each length, the values."""
    lengths = b"".join(n.to_bytes(4, "big") for n in (shape or a.shape))
    return bytes([0, 0, kind, len(shape or a.shape)]) + lengths + a.tobytes()


def store(folder, seed=0):
    folder.mkdir(parents=True, exist_ok=True)
    for key, a in arrays(seed).items():
        (folder / fashion.FILES[key]).write_bytes(gzip.compress(idx(a), mtime=0))
    return folder


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A machine without clothes: an empty Keras folder, no variable, a closed network, and a set of eight."""
    monkeypatch.delenv(fashion.VARIABLE, raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(fashion, "SHAPES", SMALL)
    monkeypatch.setattr(fashion, "URL", "http://127.0.0.1:9/")  # nobody listens there
    monkeypatch.setattr(fashion, "SIZES", dict.fromkeys(SMALL, 10_000))
    monkeypatch.setattr(download, "SILENCE", 0.5)
    monkeypatch.setattr(download, "_silent", set())
    return tmp_path


@pytest.fixture
def cached(home):
    return home / "keras" / "datasets" / "fashion-mnist"


def assert_clothes(data, seed=0):
    assert (data.is_full, data.source) == (True, "Fashion-MNIST")
    assert data.names[:2] == ("T-shirt/top", "Trouser")
    assert len(data.names) == 10
    (x_train, y_train), (x_test, y_test) = data
    for key, a in zip(SMALL, (x_train, y_train, x_test, y_test), strict=True):
        assert_array_equal(a, arrays(seed)[key])
        assert a.dtype == np.uint8


# which source


def test_the_path_the_variable_keras_files_in_this_order(home, cached, monkeypatch):
    store(cached, 2)
    assert_clothes(cu.load_fashion_mnist(), 2)
    monkeypatch.setenv(fashion.VARIABLE, str(store(home / "named", 1)))
    assert_clothes(cu.load_fashion_mnist(), 1)
    assert_clothes(cu.load_fashion_mnist(store(home / "given", 0)), 0)
    monkeypatch.setenv(fashion.VARIABLE, "")
    assert_clothes(cu.load_fashion_mnist(), 2)


def test_keras_home_is_where_it_is_by_default(home, monkeypatch):
    monkeypatch.delenv("KERAS_HOME")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    store(home / ".keras" / "datasets" / "fashion-mnist", 3)
    assert_clothes(cu.load_fashion_mnist(), 3)
    assert_clothes(cu.load_fashion_mnist("~/.keras/datasets/fashion-mnist"), 3)


def test_an_npz_of_the_four_arrays_does_too(home):
    np.savez(home / "clothes.npz", **arrays(4))
    assert_clothes(cu.load_fashion_mnist(home / "clothes.npz"), 4)


def test_digits_forces_the_embedded_ones(cached, monkeypatch, capsys):
    store(cached)
    assert_embedded(cu.load_fashion_mnist("digits"))
    monkeypatch.setenv(fashion.VARIABLE, "digits")
    data = cu.load_fashion_mnist()
    assert_embedded(data)
    assert data.names == tuple("0123456789")
    assert capsys.readouterr() == ("", "")  # asked for, so nothing is to be said


def test_mnists_variable_is_another_one(cached, monkeypatch):
    store(cached)
    monkeypatch.setenv("COURSE_UTILS_MNIST", "digits")
    assert_clothes(cu.load_fashion_mnist())
    assert cu.load_mnist().names == tuple("0123456789")


def test_without_any_source_one_sentence_and_the_embedded_digits(capsys):
    data = cu.load_fashion_mnist(download=False)
    assert_embedded(data)
    assert data.names[9] == "9"
    assert capsys.readouterr() == (SORRY, "")


def test_what_is_loaded_can_be_written_and_copied(home):
    folder = store(home / "given")
    data = cu.load_fashion_mnist(folder)
    for twin in (copy.deepcopy(data), pickle.loads(pickle.dumps(data))):
        assert (twin.source, twin.is_full, twin.names) == (data.source, data.is_full, data.names)
    for a in (a for pair in data for a in pair):
        a[...] = 99
    assert_clothes(cu.load_fashion_mnist(folder))


# bad files


def test_a_missing_folder_is_named(home):
    with pytest.raises(FileNotFoundError, match=r"^load_fashion_mnist: there is no such folder or file\. .*=digits"):
        cu.load_fashion_mnist(home / "absent")


def test_a_missing_file_in_the_folder_is_named(home):
    folder = store(home / "given")
    (folder / "t10k-labels-idx1-ubyte.gz").unlink()
    with pytest.raises(FileNotFoundError, match=r"a file is missing .* Expected: t10k-labels-idx1-ubyte\.gz\. "):
        cu.load_fashion_mnist(folder)


@pytest.mark.parametrize("path", [3, b"clothes", True])
def test_a_path_is_a_text_or_a_path(path):
    with pytest.raises(TypeError, match=r"^load_fashion_mnist: path must name a file\. Expected: a str or a Path\. "):
        cu.load_fashion_mnist(path)


@pytest.mark.parametrize("form", ["idx", "npz"])
def test_a_label_without_a_name_is_refused(home, form):
    labels = np.uint8([0, 9, 3, 10, 255, 1])
    folder = store(home / "given")
    bad = folder / fashion.FILES["y_train"]
    bad.write_bytes(gzip.compress(idx(labels)))
    if form == "npz":
        folder = home / "clothes.npz"
        np.savez(folder, **(arrays() | {"y_train": labels}))
    with pytest.raises(
        ValueError, match=r"not Fashion-MNIST\. Expected: labels 0 … 9\. Received: 255 at position 4 of y_tr"
    ):
        cu.load_fashion_mnist(folder)


PLAIN = idx(arrays()["x_train"])
PACKED = gzip.compress(PLAIN, mtime=0)
HOSTILE = {
    "empty": (b"", "another kind of file"),
    "text": (b"<html>404 Not Found</html>", "cannot be unpacked"),
    "not packed": (PLAIN, "cannot be unpacked"),
    "cut short": (PACKED[: len(PACKED) // 2], "cannot be unpacked"),
    "without its last byte": (PACKED[:-1], "cannot be unpacked"),
    "without its start": (PACKED[50:], "cannot be unpacked"),
    "a flipped byte": (PACKED[:900] + bytes([PACKED[900] ^ 255]) + PACKED[901:], "cannot be unpacked"),
    "packed nothing": (gzip.compress(b""), "another kind of file"),
    "packed text": (gzip.compress(b"<html>404 Not Found</html>"), "another kind of file"),
    "only a head": (gzip.compress(PLAIN[:16]), r"\(6, 28, 28\), with 0 bytes after the head"),
    "half a head": (gzip.compress(PLAIN[:9]), "another kind of file"),
    "one byte less": (gzip.compress(PLAIN[:-1]), "with 4,703 bytes after the head"),
    "one byte more": (gzip.compress(PLAIN + b"!"), "with 4,705 bytes after the head"),
    "ten million bytes more": (gzip.compress(PLAIN + bytes(10**7)), "with 4,705 bytes after the head"),
    "a head that lies": (gzip.compress(idx(arrays()["x_train"], shape=(7, 28, 28))), r"\(7, 28, 28\), with 4,704"),
    "a head of billions": (gzip.compress(idx(np.zeros(2, "u1"), shape=(2**32 - 1,) * 3)), r"\(4294967295, "),
    "flattened": (gzip.compress(idx(arrays()["x_train"].reshape(6, 784))), r"\(6, 784\), with 4,704 bytes"),
    "labels": (gzip.compress(idx(arrays()["y_train"])), r"\(6,\), with 6 bytes"),
    "floats": (gzip.compress(idx(arrays()["x_train"], kind=0x0D)), "another kind of file"),
    "pickled": (gzip.compress(pickle.dumps(arrays())), "another kind of file"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_one_sentence(home, kind):
    body, received = HOSTILE[kind]
    folder = store(home / "given")
    (folder / fashion.FILES["x_train"]).write_bytes(body)
    bad = folder / fashion.FILES["x_train"]
    start = rf"^load_fashion_mnist: {re.escape(str(bad))} is damaged or not Fashion-MNIST\. Expected: an idx file "
    with pytest.raises(ValueError, match=rf"{start}.*{received}.* Hint: delete the file, or copy it again\.$"):
        cu.load_fashion_mnist(folder)
    (folder / fashion.FILES["x_train"]).unlink()  # Windows refuses this while the file is still open


class Trap:
    """Unpickled, it would leave a mark."""

    def __reduce__(self):
        return os.mkdir, ("sprung",)


@pytest.mark.parametrize("change", [{"y_test": np.zeros(3, np.uint8)}, {"x_train": np.array([Trap()] * 6, object)}])
def test_an_npz_of_other_contents_is_one_sentence(home, monkeypatch, change):
    monkeypatch.chdir(home)
    np.savez("clothes.npz", **(arrays() | change))
    with pytest.raises(
        ValueError,
        match=rf"^load_fashion_mnist: {re.escape(str(home / 'clothes.npz'))} is damaged or not Fashion-MNIST\. ",
    ):
        cu.load_fashion_mnist("clothes.npz")
    assert not Path("sprung").exists()


def test_damaged_files_of_keras_are_named_and_passed_over(cached, capsys):
    store(cached)
    bad = cached / fashion.FILES["y_test"]
    bad.write_bytes(b"half")
    assert_embedded(cu.load_fashion_mnist(download=False))
    out, err = capsys.readouterr()
    assert out == SORRY
    assert err.startswith(f"Passing over a damaged file. load_fashion_mnist: {bad} is damaged")
    assert bad.read_bytes() == b"half"


# the network


@pytest.fixture
def shop(home, monkeypatch):
    """A server on loopback that hands out the four files and counts what it is asked for."""
    bodies = {path.name: path.read_bytes() for path in store(home / "shop").iterdir()}
    for path in (home / "shop").iterdir():
        path.unlink()
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path[1:])
            send(self, bodies.get(self.path[1:], b""), status=200 if self.path[1:] in bodies else 404)

        def log_message(self, *args):
            pass

    hashes = {key: hashlib.sha256(bodies[name]).hexdigest() for key, name in fashion.FILES.items()}
    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    monkeypatch.setattr(fashion, "URL", f"http://127.0.0.1:{server.server_port}/")
    monkeypatch.setattr(fashion, "SHA256", hashes)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    yield bodies, asked
    server.shutdown()
    server.server_close()
    thread.join()


def test_downloads_are_kept_where_keras_keeps_them(shop, cached, capsys):
    _, asked = shop
    for _ in range(2):  # the second time from the files
        assert_clothes(cu.load_fashion_mnist())
    assert sorted(asked) == sorted(fashion.FILES.values())
    assert sorted(files(cached)) == sorted(fashion.FILES.values())
    assert capsys.readouterr().out == ""


def test_only_what_is_missing_or_damaged_is_fetched(shop, cached, capsys):
    _, asked = shop
    store(cached)
    (cached / fashion.FILES["x_test"]).unlink()
    assert_clothes(cu.load_fashion_mnist())
    (cached / fashion.FILES["y_train"]).write_bytes(b"half")
    assert_clothes(cu.load_fashion_mnist())
    assert asked == [fashion.FILES["x_test"], fashion.FILES["y_train"]]
    assert "Passing over a damaged file" in capsys.readouterr().err


SAID = {
    "404": "Fashion-MNIST could not be downloaded: 127.0.0.1 answers with status 404. Try again later, or name a file",
    "wrong hash": "Fashion-MNIST could not be downloaded: 127.0.0.1 sends another file. Open any page",
    "right hash of a wrong file": "t10k-labels-idx1-ubyte.gz is damaged or not Fashion-MNIST. Expected: an idx file ",
}


@pytest.mark.parametrize("fault", SAID)
def test_a_failed_download_leaves_a_sentence_and_no_wrong_file(shop, cached, monkeypatch, capsys, fault):
    bodies, _ = shop
    name, key = fashion.FILES["y_test"], "y_test"
    if fault == "404":
        del bodies[name]
    else:
        bodies[name] = b"other"
    if fault.startswith("right"):
        monkeypatch.setitem(fashion.SHA256, key, hashlib.sha256(b"other").hexdigest())
    assert_embedded(cu.load_fashion_mnist())
    out, err = capsys.readouterr()
    assert out == SORRY
    assert SAID[fault] in err
    assert "Traceback" not in err
    whole = set(fashion.FILES.values()) - (set() if fault.startswith("right") else {name})
    assert set(files(cached)) == whole


def test_no_network_at_all(cached, capsys):
    assert_embedded(cu.load_fashion_mnist())
    assert not cached.exists() or files(cached) == []
    out, err = capsys.readouterr()
    assert out == SORRY
    assert "Fashion-MNIST could not be downloaded: there is no connection to 127.0.0.1" in err
    assert "name a file of it in COURSE_UTILS_FASHION_MNIST, or set COURSE_UTILS_FASHION_MNIST=digits." in err


def test_behind_the_block_the_digits_come_at_once(run_python, home):
    offline = str(Path(__file__).parents[1] / "offline")
    code = "import course_utils as cu; data = cu.load_fashion_mnist(); print(data.source, data.is_full)"
    out = run_python(code, PYTHONPATH=offline, KERAS_HOME=str(home))
    assert out == SORRY + "the 1,797 embedded digits of scikit-learn False\n"


# beside Keras


def test_addresses_names_and_files_are_keras_own():
    keras = pytest.importorskip("keras")
    source = inspect.getsource(keras.datasets.fashion_mnist.load_data)
    assert "https://storage.googleapis.com/tensorflow/tf-keras-datasets/" in source
    for word in (*fashion.FILES.values(), *(f"{i}   | {name}" for i, name in enumerate(fashion.NAMES))):
        assert word in source


def test_keras_reads_the_made_up_files_alike(cached, monkeypatch):
    keras = pytest.importorskip("keras")
    module = inspect.getmodule(keras.datasets.fashion_mnist.load_data)
    monkeypatch.setattr(module, "get_file", lambda name, **more: str(store(cached) / name))
    for theirs, ours in zip(keras.datasets.fashion_mnist.load_data(), cu.load_fashion_mnist(), strict=True):
        for a, b in zip(theirs, ours, strict=True):
            assert_array_equal(a, b)


@pytest.mark.full
@pytest.mark.skipif(not FULL or not Path(FULL).exists(), reason=f"{fashion.VARIABLE} names no files")
def test_the_full_set_is_fashion_mnist(monkeypatch):
    monkeypatch.undo()
    data = cu.load_fashion_mnist(FULL)
    (x_train, y_train), (x_test, y_test) = data
    assert (x_train.shape, x_test.shape) == ((60000, 28, 28), (10000, 28, 28))
    assert np.bincount(y_train).tolist() == [6000] * 10
    assert np.bincount(y_test).tolist() == [1000] * 10
    assert [data.names[i] for i in y_train[:2]] == ["Ankle boot", "T-shirt/top"]


def test_without_the_embedded_digits_a_machine_without_clothes_gets_none_and_a_sentence(capfd):
    assert cu.load_fashion_mnist(download=False, embedded=False) is None
    assert cu.load_fashion_mnist("digits", embedded=False) is None
    assert capfd.readouterr().out == "Fashion-MNIST is not at hand.\n" * 2


def test_without_the_embedded_digits_clothes_are_loaded_all_the_same(cached, capfd):
    store(cached)
    data = cu.load_fashion_mnist(download=False, embedded=False)
    assert data.is_full
    assert capfd.readouterr().out == ""


def test_a_file_asked_for_by_name_must_be_there_with_or_without_the_digits(home):
    for embedded in (True, False):
        with pytest.raises(FileNotFoundError, match=r"^load_fashion_mnist: "):
            cu.load_fashion_mnist(home / "nowhere", embedded=embedded)
