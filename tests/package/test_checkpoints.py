"""Weights in files: whole or not there, compared before they are loaded; and a run that goes on without its file."""

import errno
import os
import sys
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest
from numpy.testing import assert_array_equal

import course_utils as cu
from course_utils import atomic_file
from course_utils.callbacks import BestWeights, Callback
from course_utils.checkpoints import check_place

X = np.random.default_rng(0).normal(size=(40, 6)).astype("float32")
# Keras's own writing of single numbers, the optimizer's steps, through TensorFlow 2.21 under NumPy 2.4
NOISE = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
Y = (X[:, 0] > 0).astype(int) + (X[:, 1] > 0)  # three classes


@pytest.fixture(scope="module")
def keras():
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    return pytest.importorskip("keras")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Each test works in an empty folder of its own, and leaves nothing half-written there."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    assert list(tmp_path.rglob(".*")) == []


@pytest.fixture
def make(keras):
    """Build and compile 6-…-3 in Keras."""

    def make(*units, **more):
        layers = [keras.layers.Dense(n, "relu") for n in units] + [keras.layers.Dense(3, "softmax")]
        return compiled(keras, keras.Sequential([keras.Input((6,)), *layers], **more))

    return make


def compiled(keras, model):
    """Compile without graphs: to trace one takes longer than these few steps."""
    loss, optimizer = "sparse_categorical_crossentropy", keras.optimizers.Adam(0.01)
    model.compile(optimizer, loss, metrics=["accuracy"], run_eagerly=True)
    return model


@pytest.fixture
def trained(make):
    model = make(5, 4)
    model.optimizer.build(model.trainable_variables)  # its state goes into the file, too
    return model


@pytest.fixture
def saved(trained):
    cu.save_weights(trained, "a.weights.h5")
    return Path("a.weights.h5")


def ours(*units, rng=0):
    return cu.Sequential([cu.Input(6), *(cu.Dense(n, "relu") for n in units), cu.Dense(3, "softmax")], rng=rng)


def assert_equal_weights(a, b):
    a, b = (m if isinstance(m, list) else m.get_weights() for m in (a, b))
    for v, w in zip(a, b, strict=True):
        assert_array_equal(v, w)


def assert_nothing_moves(model, call, error, match):
    before = model.get_weights()
    with pytest.raises(error, match=match):
        call()
    assert_equal_weights(model, before)


# there and back


def test_weights_come_back_equal_and_the_optimizer_keeps_its_state(make, trained, saved):
    model = make(5, 4)
    model.fit(X, Y, verbose=0, epochs=2)
    steps = int(model.optimizer.iterations.numpy())
    moments = [v.numpy() for v in model.optimizer.variables if v.shape]
    cu.load_weights(model, saved)
    assert_equal_weights(model, trained)
    assert_array_equal(np.array(model(X)), np.array(trained(X)))
    assert int(model.optimizer.iterations.numpy()) == steps == 4
    for v, before in zip((v for v in model.optimizer.variables if v.shape), moments, strict=True):
        assert_array_equal(v.numpy(), before)


@pytest.mark.parametrize("compile", [True, False])
def test_a_fresh_model_takes_them_without_a_warning(make, trained, saved, keras, compile):
    """Keras's own load_weights warns, or fails, for the optimizer of a fresh model has no state yet."""
    layers = [keras.layers.Dense(n) for n in (5, 4, 3)]
    model = make(5, 4) if compile else keras.Sequential([keras.Input((6,)), *layers])
    cu.load_weights(model, saved)
    assert_equal_weights(model, trained)
    if compile:
        model.fit(X, Y, verbose=0)  # it goes on from there


@NOISE
def test_keras_reads_our_files_and_we_read_those_of_modelcheckpoint(make, trained, saved, keras):
    expected = trained.get_weights()
    trained.set_weights([w + 1 for w in expected])
    trained.load_weights(saved)
    assert_equal_weights(trained, expected)
    model = make(5, 4)
    keep = keras.callbacks.ModelCheckpoint("k.weights.h5", save_weights_only=True)
    model.fit(X, Y, verbose=0, callbacks=[keep])
    trained.set_weights(model.get_weights())
    model.set_weights([w + 1 for w in model.get_weights()])
    cu.load_weights(model, "k.weights.h5")
    assert_equal_weights(model, trained)


def test_normalisation_convolution_and_branches(keras):
    layers = keras.layers
    pixels = keras.Input((8, 8, 1))
    a = layers.BatchNormalization()(layers.Conv2D(2, 3)(pixels))
    b = layers.Dropout(0.5)(layers.Dense(3)(layers.Flatten()(pixels)))
    nested = keras.Sequential([layers.Dense(4), layers.Dense(3)])
    out = layers.Concatenate()([nested(layers.Flatten()(a)), b])
    model = compiled(keras, keras.Model(pixels, out))
    model.set_weights([w + i for i, w in enumerate(model.get_weights())])
    cu.save_weights(model, "b.weights.h5")
    twin = keras.models.clone_model(model)
    cu.load_weights(twin, "b.weights.h5")
    assert_equal_weights(twin, model)


def test_an_older_file_is_replaced_a_missing_folder_made_a_link_followed(make, trained, saved):
    other = make(5, 4)
    os.symlink(saved, "link.weights.h5")
    cu.save_weights(other, "link.weights.h5")
    assert Path("link.weights.h5").is_symlink()
    cu.save_weights(trained, "runs/today/best.weights.h5")
    model = make(5, 4)
    cu.load_weights(model, saved)
    assert_equal_weights(model, other)
    cu.load_weights(model, Path("runs") / "today" / "best.weights.h5")
    assert_equal_weights(model, trained)


def test_our_networks_keep_theirs_in_npz():
    for ending in ("npz", "h5"):
        pairs = (ours(5), ours(5, rng=1)), (cu.LogisticNeuron(2, rng=0), cu.LogisticNeuron(2, rng=1))
        for model, twin in pairs:
            cu.save_weights(model, f"a.weights.{ending}")
            cu.load_weights(twin, f"a.weights.{ending}")
            assert_equal_weights(model, twin)


def test_a_sequential_saves_and_loads_by_itself():
    model, twin = ours(5), ours(5, rng=1)
    model.save_weights("a.weights.npz")
    twin.load_weights("a.weights.npz")
    assert_equal_weights(model, twin)
    with pytest.raises(ValueError, match=r"a\.weights\.npz is there already\. .* Hint: overwrite=True replaces it"):
        ours(5, rng=2).save_weights("a.weights.npz", overwrite=False)
    twin.load_weights("a.weights.npz")
    assert_equal_weights(model, twin)


def test_keras_and_our_networks_read_each_others_files(make, trained, saved):
    model = ours(5, 4)
    cu.load_weights(model, saved)  # beside the weights stands the state of Keras's optimizer
    assert_equal_weights(model, trained)
    model.set_weights([w + 1 for w in model.get_weights()])
    cu.save_weights(model, "ours.weights.h5")
    twin = make(5, 4)
    cu.load_weights(twin, "ours.weights.h5")
    assert_equal_weights(twin, model)


def test_without_h5py_the_other_form_is_named(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ValueError, match=r"h5py, which comes with Keras\. Expected: h5py, or .* \.weights\.npz"):
        cu.save_weights(ours(5), "a.weights.h5")
    cu.save_weights(ours(5), "a.weights.npz")


def test_a_file_of_twelve_layers_keeps_their_order(keras):
    deep = ours(*range(4, 15))
    cu.save_weights(deep, "deep.weights.npz")
    twin = ours(*range(4, 15), rng=1)
    cu.load_weights(twin, "deep.weights.npz")
    assert_equal_weights(deep, twin)
    with pytest.raises(
        ValueError, match=r"dense layer 11 differs\. Expected: \(13, 15\) and \(15,\)\. Received: \(13, 1"
    ):
        cu.load_weights(ours(*range(4, 14), 15), "deep.weights.npz")


# a wrong file


@pytest.mark.parametrize("share", [0, 1e-4, 0.01, 0.1, 0.3, 0.5, 0.9, 0.999, 1])
def test_a_file_cut_short_is_one_sentence(make, saved, share):
    raw = saved.read_bytes()
    saved.write_bytes(raw[: min(int(share * len(raw)), len(raw) - 1)])
    model = make(5, 4)
    match = (
        r"^load_weights: a\.weights\.h5 is damaged\. Expected: a whole \.weights\.h5 file\. .* the model is as it was"
    )
    assert_nothing_moves(model, lambda: cu.load_weights(model, saved), ValueError, match)


@pytest.mark.parametrize("share", [0, 0.3, 0.7, 0.999])
def test_an_npz_cut_short_is_one_sentence(share):
    cu.save_weights(ours(5), "a.weights.npz")
    raw = Path("a.weights.npz").read_bytes()
    Path("a.weights.npz").write_bytes(raw[: int(share * len(raw))])
    model = ours(5, rng=1)
    match = r"^load_weights: a\.weights\.npz is damaged\. "
    assert_nothing_moves(model, lambda: cu.load_weights(model, "a.weights.npz"), ValueError, match)


def test_a_text_is_no_weights(make, saved):
    saved.write_text("<html>404 Not Found</html>")
    model = make(5, 4)
    assert_nothing_moves(model, lambda: cu.load_weights(model, saved), ValueError, "is damaged")


def test_a_flipped_byte_loads_all_or_nothing(make, saved):
    raw, model = saved.read_bytes(), make(5, 4)
    refused = 0
    for at in range(0, len(raw), len(raw) // 20):
        before, said = model.get_weights(), None
        saved.write_bytes(raw[:at] + bytes([raw[at] ^ 255]) + raw[at + 1 :])
        try:
            cu.load_weights(model, saved)
        except ValueError as error:
            said = str(error)
        if said is not None:
            refused += 1
            assert said.startswith("load_weights: a.weights.h5 ")
            assert_equal_weights(model, before)
    assert refused > 0


OTHERS = {
    "units": ((5, 6), r"dense layer 2 differs\. Expected: \(5, 6\) and \(6,\)\. Received: \(5, 4\) and \(4,\)\."),
    "order": ((4, 5), r"dense layer 1 differs\. Expected: \(6, 4\) and \(4,\)\. Received: \(6, 5\) and \(5,\)\."),
    "fewer": ((5,), r"dense layer 2 differs\. .* it has 2 layers with weights, the file 3\.$"),
    "more": (
        (5, 4, 3),
        r"dense layer 4 differs\. Expected: \(3, 3\) and \(3,\)\. Received: no such layer\. .*the file 3",
    ),
}


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("ending", ["h5", "npz"])
def test_another_architecture_is_told_by_its_layer(make, saved, kind, ending):
    units, match = OTHERS[kind]
    model = make(*units) if ending == "h5" else ours(*units)
    path = Path(f"a.weights.{ending}")
    if ending == "npz":
        cu.save_weights(ours(5, 4), path)
    assert_nothing_moves(model, lambda: cu.load_weights(model, path), ValueError, match)


def test_a_file_with_one_layer_too_many_is_refused(make):
    """Keras itself loads the first three layers of it, and says nothing."""
    cu.save_weights(make(5, 3, 3), "deep.weights.h5")
    model = make(5, 3)
    match = r"dense layer 4 differs\. Expected: no such layer\. Received: \(3, 3\) and \(3,\)\. .*3 layers .* file 4\.$"
    assert_nothing_moves(model, lambda: cu.load_weights(model, "deep.weights.h5"), ValueError, match)


def test_another_kind_of_layer_is_told(keras, make, saved):
    layers = [keras.layers.Dense(5), keras.layers.BatchNormalization(), keras.layers.Dense(4), keras.layers.Dense(3)]
    model = keras.Sequential([keras.Input((6,)), *layers])
    match = (
        r"batch_normalization layer 1 differs\. Expected: \(5,\) and \(5,\) and \(5,\) and \(5,\)\. Received: no such"
    )
    assert_nothing_moves(model, lambda: cu.load_weights(model, saved), ValueError, match)


def test_a_load_that_breaks_halfway_is_taken_back(make, saved, monkeypatch):
    """Wrong numbers behind right shapes, or an interrupt, come after the first layers have changed."""
    model = make(5, 4)
    for error, kind in ((KeyError("1"), ValueError), (KeyboardInterrupt(), KeyboardInterrupt)):
        monkeypatch.setattr(model.layers[-1], "load_own_variables", Mock(side_effect=error))
        assert_nothing_moves(model, lambda: cu.load_weights(model, saved), kind, "is damaged|^$")


# a wrong place or a wrong call


@pytest.mark.parametrize("call", ["save", "load", "check"])
@pytest.mark.parametrize("name", ["best.h5", "best.keras", "weights", "best.weights.npz", ".weights.h5.txt"])
def test_another_ending_is_refused_with_the_right_one(trained, call, name):
    run = {"save": cu.save_weights, "load": cu.load_weights, "check": lambda m, p: check_place(p, m)}[call]
    match = r'path has another ending\. Expected: a name that ends in \.weights\.h5\. .* Hint: "\w+\.weights\.h5"\.$'
    assert_nothing_moves(trained, lambda: run(trained, name), ValueError, match)
    assert not Path(name).exists()


def test_wrong_arguments(trained, keras):
    with pytest.raises(TypeError, match=r"^save_weights: model must be a network\. .* Received: 3\.$"):
        cu.save_weights(3, "a.weights.h5")
    with pytest.raises(TypeError, match=r"^load_weights: path must name a file\. .* Received: 3\.$"):
        cu.load_weights(trained, 3)
    for call in (cu.save_weights, cu.load_weights):
        with pytest.raises(
            ValueError, match=r"the model has no weights yet\. .* Hint: begin the model with keras\.Input"
        ):
            call(keras.Sequential([keras.layers.Dense(3)]), "a.weights.h5")
    with pytest.raises(ValueError, match=r"get_weights"):
        cu.save_weights(cu.Sequential([cu.Dense(3)]), "a.weights.npz")


@pytest.mark.parametrize(("name", "error"), [("no", FileNotFoundError), ("folder", OSError), ("file/a", OSError)])
def test_a_file_that_cannot_be_opened(trained, name, error):
    Path("folder.weights.h5").mkdir()
    Path("file").touch()
    match = rf"^load_weights: {name}\.weights\.h5 cannot be opened\. Expected: a \.weights\.h5 file\. Received: \w"
    assert_nothing_moves(trained, lambda: cu.load_weights(trained, f"{name}.weights.h5"), error, match)


BAD_PLACES = {
    "a folder": "it is a folder",
    "below a file": "what should be its folder is a file",
    "far below a file": "what should be its folder is a file",
    "too long": "File name too long",
}


@pytest.mark.parametrize("kind", BAD_PLACES)
def test_an_unwritable_place_is_one_sentence(trained, kind):
    Path("folder.weights.h5").mkdir()
    Path("file").write_text("mine")
    names = ["folder", "file/a", "file/b/a", 300 * "x"]
    path = dict(zip(BAD_PLACES, names, strict=True))[kind] + ".weights.h5"
    for call in (
        cu.save_weights,
        lambda m, p: check_place(p, m),
        lambda m, p: check_place(p),
        lambda m, p: BestWeights(p),
    ):
        match = (
            rf"cannot be written; the model and any older file are as they were\. .* Received: {BAD_PLACES[kind]}\. "
        )
        assert_nothing_moves(trained, lambda call=call: call(trained, path), OSError, match)
    assert Path("file").read_text() == "mine"
    assert sorted(os.listdir()) == ["file", "folder.weights.h5"]


def failing(number):
    return Mock(side_effect=OSError(number, os.strerror(number)))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("where", ["os.replace", "os.fsync", "pathlib.Path.write_bytes", "h5py.File"])
def test_a_write_that_fails_leaves_the_older_file(make, saved, monkeypatch, number, where):
    older, model = saved.read_bytes(), make(5, 4)
    match = rf"^save_weights: a\.weights\.h5 cannot be written; .* Received: {os.strerror(number)}\. Hint: name a path"
    with monkeypatch.context() as broken:
        broken.setattr(where, failing(number))
        assert_nothing_moves(model, lambda: cu.save_weights(model, saved), OSError, match)
    assert (saved.read_bytes(), os.listdir()) == (older, ["a.weights.h5"])


@pytest.mark.parametrize("crash", [KeyboardInterrupt, MemoryError])
def test_a_crash_while_writing_leaves_the_older_file(make, saved, monkeypatch, crash):
    older, model = saved.read_bytes(), make(5, 4)

    def write_half(path):
        Path(path).write_bytes(b"half")
        raise crash

    monkeypatch.setattr(model, "save_weights", write_half)
    assert_nothing_moves(model, lambda: cu.save_weights(model, saved), crash, None)
    assert saved.read_bytes() == older


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of this kind")
def test_a_disk_that_is_really_full(make, saved, capfd):
    """A limit on the size of files stops a write as a full disk does; HDF5 must not get that far."""
    import resource

    older, model = saved.read_bytes(), make(5, 4)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(older) // 2, hard))
    try:
        for call in (lambda: cu.save_weights(model, saved), lambda: check_place(saved, model)):
            assert_nothing_moves(model, call, OSError, "File too large")
        check_place(saved)  # one byte still fits
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert saved.read_bytes() == older
    assert capfd.readouterr() == ("", "")


def test_the_room_tried_out_is_enough_for_the_file(make, keras, monkeypatch):
    tried = []
    monkeypatch.setattr(atomic_file, "write_atomically", lambda path, put, *, size: (put(path), tried.append(size)))
    for units in ((1,), (200, 100), tuple(range(1, 30))):
        model = make(*units)
        model.optimizer.build(model.trainable_variables)
        cu.save_weights(model, "a.weights.h5")
        assert Path("a.weights.h5").stat().st_size <= tried[-1]
        for ending in ("npz", "h5"):
            cu.save_weights(ours(*units), f"b.weights.{ending}")
            assert Path(f"b.weights.{ending}").stat().st_size <= tried[-1]


def test_a_good_place_is_left_as_it_was(trained, saved):
    older = saved.read_bytes()
    for path in (saved, "runs/epoch{epoch:02d}.weights.h5", "runs/whole.keras"):
        check_place(path)
    check_place(saved, trained)
    check_place("a.weights.npz", ours(5))
    assert saved.read_bytes() == older
    assert sorted(p.name for p in Path().rglob("*")) == ["a.weights.h5", "runs"]


def test_a_file_that_must_not_be_written_stays(monkeypatch):
    """Renaming would replace it without asking; permissions do not bind every user of the tests."""
    cu.save_weights(ours(5), "a.weights.npz")
    older = Path("a.weights.npz").read_bytes()
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    for call in (lambda: cu.save_weights(ours(5, rng=1), "a.weights.npz"), lambda: check_place("a.weights.npz")):
        with pytest.raises(OSError, match=r"Received: a file that must not be written stands there\. Hint"):
            call()
    assert Path("a.weights.npz").read_bytes() == older


# the callback


def fit(model, *callbacks, epochs=6):
    more = {"epochs": epochs, "batch_size": 40, "verbose": 0}
    return model.fit(X, Y, validation_data=(X[:9], Y[:9]), callbacks=list(callbacks), **more)


def play(model, keep, values):
    """Do what a run does to the callback: other weights after each epoch, and a value that we choose."""
    keep.set_model(model)
    weights = []
    for epoch, value in enumerate(values):
        model.set_weights([w + 1 for w in model.get_weights()])
        weights.append(model.get_weights())
        keep.on_epoch_end(epoch, {"val_loss": value, "val_accuracy": value})
    return weights


@pytest.mark.parametrize(
    ("monitor", "mode", "values", "epoch"),
    [
        ("val_loss", "auto", [3, 1, 2, 1, 5, 4], 1),
        ("val_loss", "auto", [float("nan"), 3, float("nan"), 2, 9, float("inf")], 3),
        ("val_accuracy", "auto", [3, 1, 2, 5, 5, 4], 3),
        ("val_loss", "max", [3, 1, 2, 1, 5, 4], 4),
        ("val_accuracy", "min", [-3, -1, -2, -5, -5, -4], 3),
        ("val_loss", "min", [float("inf")] * 6, 0),
    ],
)
def test_the_best_epoch_is_kept_in_memory_and_in_the_file(make, monitor, mode, values, epoch):
    model, keep = make(4), BestWeights("runs/best.weights.h5", monitor=monitor, mode=mode)
    weights = play(model, keep, values)
    assert (keep.epoch, keep.value, keep.is_saved) == (epoch, values[epoch], True)
    twin = make(4)
    cu.load_weights(twin, "runs/best.weights.h5")
    assert_equal_weights(twin, weights[epoch])
    keep.restore()
    assert_equal_weights(model, weights[epoch])


def test_it_chooses_as_modelcheckpoint_does(keras, make):
    model = make(4)
    keep = BestWeights("ours.weights.h5")
    history = fit(model, keep)
    assert keep.epoch == int(np.argmin(history.history["val_loss"]))
    assert keep.value == min(history.history["val_loss"])
    assert isinstance(keep, Callback)
    assert not isinstance(keep, keras.callbacks.Callback)  # Keras takes it as it is


def test_a_write_that_fails_midway_costs_one_sentence_and_no_weights(make, monkeypatch, capsys):
    model, keep = make(4), BestWeights("best.weights.h5")
    real, calls = os.replace, []

    def full_after_two(*args):
        calls.append(args)
        return real(*args) if len(calls) <= 2 else failing(errno.ENOSPC)()

    monkeypatch.setattr(os, "replace", full_after_two)
    weights = play(model, keep, [5, 4, 3, 2, 1, 6])
    assert (len(calls), keep.epoch, keep.is_saved) == (5, 4, False)
    said = capsys.readouterr().out
    assert said.startswith("save_weights: best.weights.h5 cannot be written; ")
    assert said.endswith("Training goes on; restore() brings the best weights back from memory.\n")
    assert said.count("\n") == 1
    twin = make(4)
    cu.load_weights(twin, "best.weights.h5")  # the last that could be written
    assert_equal_weights(twin, weights[1])
    keep.restore()
    assert_equal_weights(model, weights[4])


def test_a_folder_that_goes_away_and_comes_back(keras, make, capsys):
    class Mischief(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            if epoch == 1:
                Path("runs/best.weights.h5").unlink()
                Path("runs").rmdir()
                Path("runs").write_text("a file in its place")
            if epoch == 3:
                Path("runs").unlink()

    model, keep = make(4), BestWeights("runs/best.weights.h5", monitor="epoch")
    clock = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: logs.update(epoch=-epoch))
    history = fit(model, Mischief(), clock, keep, epochs=5)  # each epoch is better than the one before
    assert (len(history.epoch), keep.epoch, keep.is_saved) == (5, 4, True)
    assert capsys.readouterr().out.count("what should be its folder is a file") == 1
    before = model.get_weights()
    keep.restore()
    assert_equal_weights(model, before)


@NOISE
def test_modelcheckpoint_ends_the_run_there_and_its_model_can_still_be_saved(keras, make):
    """What BestWeights is for. The weights of the failed run are not lost either: the model still has them."""
    Path("runs").mkdir()

    class Mischief(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            if epoch == 2:
                Path("runs").rmdir()
                Path("runs").touch()

    model = make(4)
    start = model.get_weights()
    keep = keras.callbacks.ModelCheckpoint("runs/{epoch}.weights.h5", save_weights_only=True)
    with pytest.raises(OSError, match="."):
        fit(model, Mischief(), keep)
    assert not np.array_equal(model.get_weights()[0], start[0])
    cu.save_weights(model, "saved.weights.h5")


def test_what_is_there_is_found_behind_a_tilde_too(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    first = ours(5, rng=1)
    first.save_weights("~/a.weights.npz", overwrite=False)
    with pytest.raises(ValueError, match=r"a\.weights\.npz is there already\. .* Hint: overwrite=True replaces it"):
        ours(5, rng=2).save_weights("~/a.weights.npz", overwrite=False)
    again = ours(5, rng=3)
    again.load_weights("~/a.weights.npz")
    assert_array_equal(again.get_weights()[0], first.get_weights()[0])
    with pytest.raises(TypeError, match=r"^Sequential\.save_weights: path must name a file"):
        first.save_weights(3, overwrite=False)


def test_a_run_without_validation_is_told_after_its_first_epoch(make):
    keep, model = BestWeights("best.weights.h5"), make(4)
    with pytest.raises(
        ValueError, match=r"Expected: accuracy, loss\. Received: 'val_loss'\. Hint: give fit validation_"
    ):
        model.fit(X, Y, verbose=0, epochs=3, callbacks=[keep])
    with pytest.raises(ValueError, match="there is no best epoch yet"):
        keep.restore()


@pytest.mark.parametrize(
    ("more", "match"), [({"mode": "low"}, "unknown mode"), ({"path": "best.h5"}, "another ending")]
)
def test_best_weights_refuse_at_once_what_would_fail_later(keras, more, match):
    with pytest.raises(ValueError, match=match):
        BestWeights(**({"path": "best.weights.h5"} | more))


def test_nothing_of_this_loads_keras(run_python):
    code = """
import sys, tempfile, os, course_utils as cu
os.chdir(tempfile.mkdtemp())
model = cu.Sequential([cu.Input(2), cu.Dense(1)])
cu.save_weights(model, "a.weights.npz"), cu.load_weights(model, "a.weights.npz"), cu.checkpoints.check_place("b.keras")
print([name for name in ("keras", "tensorflow", "h5py") if name in sys.modules])
"""
    assert run_python(code) == "[]\n"
