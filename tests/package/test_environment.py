"""The environment check: every failure gets a line with its fix, and nothing is ever raised."""

import builtins
import importlib.metadata as metadata
import importlib.util
import os
import subprocess
import sys
import tempfile
from collections import namedtuple
from pathlib import Path

import pytest

import course_utils
from course_utils import environment, installed

REAL_VERSION = metadata.version
REAL_FIND = importlib.util.find_spec


def lines(capsys, **options):
    report = environment.check_environment(**options)
    return report, capsys.readouterr().out


def pretend_version(monkeypatch, **versions):
    def version(name):
        if name in versions:
            if versions[name] is None:
                raise metadata.PackageNotFoundError(name)
            return versions[name]
        return REAL_VERSION(name)

    monkeypatch.setattr(metadata, "version", version)


def hide(monkeypatch, *names):
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name in names else REAL_FIND(name, *more)
    )


def test_a_healthy_environment_prints_neither_versions_nor_places(capsys):
    report, out = lines(capsys)
    assert report
    assert not any(sign in out for sign in ("!!", "/", "\\", "2.", "3."))
    assert out.endswith("All is ready.\n")


def test_a_terminal_gets_versions_and_places(capsys):
    _, out = lines(capsys, details=True)
    assert f"numpy {REAL_VERSION('numpy')}" in out
    assert os.getcwd() in out


def test_the_report_puts_nothing_into_a_notebook():
    from IPython.core.interactiveshell import InteractiveShell

    report = environment.Report([environment.Line(True, "Python")])
    data, _ = InteractiveShell().display_formatter.format(report)
    assert data == {}


@pytest.mark.parametrize("version", [(3, 10, 9), (3, 14, 0)])
def test_python_out_of_range(monkeypatch, capsys, version):
    monkeypatch.setattr(installed, "pythons", lambda: (11, 14))
    monkeypatch.setattr(environment.sys, "version_info", version)
    report, out = lines(capsys)
    assert not report
    assert "!!  Python" in out
    assert "; needed: 3.11 to 3.13)" in out
    assert f"type {installed.START} in the folder of the course" in out


@pytest.mark.parametrize(("minor", "told"), [(14, "ok  Python"), (10, "; needed: 3.11 or newer)")])
def test_a_range_of_pythons_without_an_end(monkeypatch, capsys, minor, told):
    monkeypatch.setattr(installed, "pythons", lambda: (11, None))
    monkeypatch.setattr(environment.sys, "version_info", (3, minor, 0))
    assert told in lines(capsys)[1]


def test_the_range_of_pythons_is_read_from_the_record_of_the_course(monkeypatch):
    monkeypatch.setattr(metadata, "metadata", lambda name: {"Requires-Python": "<3.14,>=3.11"})
    assert installed.pythons() == (11, 14)
    monkeypatch.setattr(metadata, "metadata", lambda name: {"Requires-Python": ">=3.12"})
    assert installed.pythons() == (12, None)


@pytest.mark.parametrize(("version", "what"), [(None, "not installed"), ("1.26.4", "1.26.4; needed: >=2.0")])
def test_a_package_missing_or_too_old(monkeypatch, capsys, version, what):
    pretend_version(monkeypatch, numpy=version)
    report, out = lines(capsys)
    assert not report
    assert f"!!  numpy ({what})" in out
    assert '"numpy>=2.0"\n' in out.split("Fix: ")[1]
    assert "ok  packages" not in out


def test_the_course_itself_is_notinstalled(monkeypatch, capsys):
    monkeypatch.setattr(installed, "COURSE", "a-course-that-nobody-installed")
    report, out = lines(capsys)
    assert not report
    assert "!!  the course (not installed in " in out
    assert f"Fix: type {installed.START} in the folder of the course" in out
    assert out.count("!!") == 2  # the line, and the word of the last one


def test_the_course_has_no_newest_python():
    assert installed.pythons() == (11, None)


def test_keras_is_optional(monkeypatch, capsys):
    pretend_version(monkeypatch, jax=None, tensorflow=None, **{"tensorflow-cpu": None})
    report, out = lines(capsys)
    assert report
    assert "--  Keras, from lesson 11 on (tensorflow" in out
    assert " not installed; all other lessons run)" in out
    assert "keras" in out.split("Fix: ")[1]


def test_keras_is_ready_on_jax_alone(monkeypatch, capsys):
    pretend_version(monkeypatch, jax="0.12.0", tensorflow=None, **{"tensorflow-cpu": None})
    assert "ok  Keras, from lesson 11 on\n" in lines(capsys)[1]


def test_no_keras_is_built_for_this_computer(monkeypatch, capsys):
    others = installed.needs()
    monkeypatch.setattr(installed, "needs", lambda extra="": [] if extra else others)
    report, out = lines(capsys)
    assert report
    assert "there is no build for this computer and this Python; all other lessons run" in out


def test_a_file_that_stops_keras_is_named(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    (tmp_path / "keras.json").write_text('{"floatx": "float8"}')
    report, out = lines(capsys)
    assert report
    assert f"--  Keras, from lesson 11 on ({tmp_path / 'keras.json'}: floatx is 'float8', and Keras knows" in out
    assert "Fix: delete the file; Keras writes a new one.\n" in out


def test_keras_is_not_imported(run_python):
    code = "import sys, course_utils.environment as e; e.check_environment(); print('keras' in sys.modules)"
    assert run_python(code).splitlines()[-1] == "False"


def test_the_sliders_of_the_page_are_missing(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda *more: [str(tmp_path)])
    report, out = lines(capsys)
    assert not report
    assert "!!  sliders in JupyterLab (jupyterlab_widgets is not there)" in out
    assert "--force-reinstall jupyterlab_widgets" in out
    assert "!!  drawing in JupyterLab (anywidget is not there)" in out


@pytest.mark.parametrize(
    ("there", "line", "fix"),
    [
        ("@jupyter-widgets/jupyterlab-manager", "!!  drawing in JupyterLab (anywidget is not there)", "anywidget"),
        ("anywidget", "!!  sliders in JupyterLab (jupyterlab_widgets is not there)", "jupyterlab_widgets"),
    ],
)
def test_one_part_of_the_page_is_missing(monkeypatch, capsys, tmp_path, there, line, fix):
    (tmp_path / there).mkdir(parents=True)
    (tmp_path / there / "package.json").touch()
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda *more: [str(tmp_path / "empty"), str(tmp_path)])
    report, out = lines(capsys)
    assert not report
    assert line in out
    assert out.count("!!") == 2  # the line, and the word of the last one
    assert out.split("--force-reinstall ")[1].splitlines()[0] == fix


def test_a_backend_that_does_not_exist(run_python):
    code = "import course_utils.environment as e; print(bool(e.check_environment()))"
    out = run_python(code, MPLBACKEND="no_such_backend")
    assert "!!  figures" in out
    assert "unset the variable MPLBACKEND" in out
    assert out.splitlines()[-1] == "False"


def test_matplotlib_is_broken(monkeypatch, capsys):
    real = builtins.__import__

    def broken(name, *more):
        if name.startswith("matplotlib"):
            raise ImportError("DLL load failed")
        return real(name, *more)

    monkeypatch.delenv("MPLBACKEND", raising=False)
    monkeypatch.setattr(builtins, "__import__", broken)
    report, out = lines(capsys)
    assert not report
    assert "!!  figures (ImportError: DLL load failed)" in out
    assert "--force-reinstall matplotlib" in out


def test_a_folder_that_cannot_be_written(monkeypatch, capsys):
    def refuse(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    report, out = lines(capsys)
    assert not report
    assert "!!  this folder can be written (Permission denied)" in out


def test_the_variable_names_no_file(monkeypatch, capsys):
    monkeypatch.setenv("COURSE_UTILS_MNIST", "no/such/mnist.npz")
    report, out = lines(capsys)
    assert not report
    assert f"COURSE_UTILS_MNIST names no file: {Path('no/such/mnist.npz').absolute()}" in out


@pytest.mark.parametrize("by", ["variable", "Keras"])
def test_the_full_mnist_is_named(monkeypatch, capsys, tmp_path, by):
    file = tmp_path / "datasets" / "mnist.npz"
    file.parent.mkdir()
    file.touch()
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setenv("COURSE_UTILS_MNIST", str(file) if by == "variable" else "")
    hide(monkeypatch, "sklearn")  # with the full set at hand the embedded digits are not needed
    report, out = lines(capsys, details=True)
    assert report
    assert f"ok  handwritten digits (MNIST in {file})" in out


def test_no_digits_at_all(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.delenv("COURSE_UTILS_MNIST", raising=False)
    hide(monkeypatch, "sklearn")
    report, out = lines(capsys)
    assert not report
    assert "!!  handwritten digits (scikit-learn is not there)" in out


def test_a_check_that_breaks_becomes_a_line(monkeypatch, capsys):
    def metadata_unreadable(extra=""):
        raise RuntimeError("half an installation")

    monkeypatch.setattr(installed, "needs", metadata_unreadable)
    report, out = lines(capsys)
    assert not report
    assert "!!  packages (RuntimeError: half an installation)" in out


@pytest.mark.parametrize(("absent", "tool"), [((), "-m pip install"), (("pip",), "uv pip install --python")])
def test_the_fix_fits_how_the_environment_was_made(monkeypatch, absent, tool):
    found = namedtuple("Spec", "name")("pip")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in absent else found)
    assert tool in installed.pip("numpy")


# --- where packages are missing, `check` and `lab` still say so: a Python that sees the course and nothing else

ROOT = Path(environment.__file__).parents[1]
BARE = f"import sys; sys.path[:0] = [{str(ROOT)!r}, *sys.argv[1:]]; from course_utils.__main__ import main; "
RECORD = """Metadata-Version: 2.4
Name: from-sigmoid-to-mnist
Version: 2.0.0
Requires-Python: <3.14,>=3.11
Requires-Dist: numpy>=2.0
Requires-Dist: packaging>=24.0
Requires-Dist: lazy-loader>=0.4
Provides-Extra: keras
Requires-Dist: keras>=3.12; (sys_platform != "darwin") and extra == "keras"
"""


def bare(word, *paths):
    command = [sys.executable, "-I", "-S", "-c", f"{BARE}sys.exit(main([{word!r}]))", *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True)


def test_check_needs_no_package_at_all():
    done = bare("check")
    assert done.returncode == 1
    assert done.stderr == ""
    assert "!!  the course (not installed in " in done.stdout


def test_check_names_each_package_that_is_missing_from_a_bare_environment(tmp_path):
    record = tmp_path / "from_sigmoid_to_mnist-2.0.0.dist-info"
    record.mkdir()
    (record / "METADATA").write_text(RECORD, encoding="utf-8")
    done = bare("check", tmp_path)
    assert done.returncode == 1
    assert done.stderr == ""
    for line in ("ok  Python", "!!  numpy (not installed)", "!!  packaging (not installed)", "!!  lazy-loader ("):
        assert line in done.stdout
    assert "!!  keras" not in done.stdout
    assert "!!  sliders (jupyter_core is not installed)" in done.stdout
    assert "!!  figures (ModuleNotFoundError: No module named 'matplotlib')" in done.stdout


def test_a_name_says_that_it_cannot_be_loaded():
    code = f"{BARE}import course_utils as cu\ntry: cu.sigmoid\nexcept AttributeError as error: print(error)"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True)
    assert (
        done.stdout
        == f"course_utils {course_utils.__version__} has no 'sigmoid'. Hint: lazy_loader is not installed.\n"
    )
