"""The check where the home folder, or the file of the digits, is missing, closed, or somebody else's."""

import pytest
from _stranger import as_stranger, open_folder

from course_utils import environment


@pytest.fixture
def common(monkeypatch, tmp_path):
    """A folder into which everybody may look; no variable says where anything is, and all imports are done."""
    environment.check_environment()
    monkeypatch.setattr(environment, "keras", list)  # it looks into folders that may be closed
    monkeypatch.setattr(environment, "packages", list)
    for variable in ("HOME", "KERAS_HOME", "COURSE_UTILS_MNIST", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR"):
        monkeypatch.delenv(variable, raising=False)
    with open_folder() as folder:
        yield folder


def check(capsys):
    capsys.readouterr()
    report = environment.check_environment()
    return bool(report), capsys.readouterr().out


def hers(folder, mode):
    (folder / "hers").mkdir(mode=mode)


KINDS = {
    "closed": (lambda folder: hers(folder, 0o700), "{}/hers belongs to somebody else, or is closed"),
    "foreign": (lambda folder: hers(folder, 0o755), "{}/hers belongs to somebody else, or is closed"),
    "missing": (lambda folder: None, "{} belongs to somebody else, or is closed"),
    "a file": (lambda folder: (folder / "hers").touch(), "{}/hers is no folder"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_home_folder_that_cannot_be_written(common, monkeypatch, capsys, kind):
    make, fault = KINDS[kind]
    make(common)
    monkeypatch.setenv("HOME", str(common / "hers"))
    with as_stranger():
        ready, out = check(capsys)
    fault = fault.format(common)
    assert not ready
    assert f"!!  home folder ({common}/hers/.local/share/jupyter/runtime cannot be written: {fault})\n    " in out
    assert "set the variable HOME to a folder of your own, then start again.\n" in out
    serve = "the 1,797 digits of scikit-learn serve"
    assert f"--  handwritten digits (MNIST cannot be kept in {common}/hers/.keras/datasets: {fault}; {serve})\n" in out
    assert "set KERAS_HOME to a folder of your own, or COURSE_UTILS_MNIST=digits.\n" in out


def test_a_user_whom_nobody_knows(common, capsys):
    with as_stranger():
        ready, out = check(capsys)
    assert not ready
    assert "!!  home folder (this user has none)\n" in out
    assert "set the variable HOME to a folder of your own, then start again.\n" in out
    assert "ok  handwritten digits\n" in out
    assert "RuntimeError" not in out
    assert "!!  sliders" not in out


@pytest.mark.parametrize("word", ["digits", "Digits", ' "DIGITS" '])
def test_whoever_wants_the_digits_needs_no_folder_for_mnist(common, monkeypatch, capsys, word):
    hers(common, 0o755)
    monkeypatch.setenv("KERAS_HOME", str(common / "hers"))
    monkeypatch.setenv("COURSE_UTILS_MNIST", word)
    with as_stranger():
        _, out = check(capsys)
    assert "ok  handwritten digits\n" in out


@pytest.mark.parametrize("by", ["variable", "Keras"])
def test_a_file_without_permission(common, monkeypatch, capsys, by):
    file = common / "datasets" / "mnist.npz"
    file.parent.mkdir()
    file.touch(mode=0o600)
    if by == "variable":
        monkeypatch.setenv("COURSE_UTILS_MNIST", f'"{file}"')
    else:
        monkeypatch.setenv("KERAS_HOME", str(common))
    with as_stranger():
        _, out = check(capsys)
    if by == "variable":
        assert f"!!  handwritten digits (COURSE_UTILS_MNIST names a file that cannot be read: {file} (Permission" in out
    else:
        assert f"--  handwritten digits ({file} cannot be read: Permission denied; the 1,797 digits of sciki" in out


def test_a_healthy_home_is_not_mentioned(capsys):
    assert "home folder" not in check(capsys)[1]
