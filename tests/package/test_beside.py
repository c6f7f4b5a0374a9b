"""What lies beside a lesson and gets in its way is named, by `check` and by the first import in a notebook."""

import importlib.metadata as metadata
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from _notebooks import NOTEBOOKS, code_cells
from kernels import Kernel, connected

import course_utils as cu
from course_utils import beside, environment, installed

ROOT = Path(cu.__file__).parents[1]


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("keras.py", "Keras"),
        ("numpy.py", "NumPy"),
        ("tensorflow.py", "TensorFlow"),
        ("random.py", "Python's own random"),
        ("course_utils.py", "the package of the course"),
    ],
)
def test_a_file_that_hides_a_package_is_found(tmp_path, file, what):
    (tmp_path / file).touch()
    (tmp_path / "my_keras.py").touch()
    (tmp_path / "keras.txt").touch()
    assert beside.hiding_files(tmp_path) == [(tmp_path / file, what)]


def test_every_package_that_lessons_need_is_known():
    distributions = metadata.packages_distributions()
    needed = {need.name.replace("_", "-").lower() for need in installed.needs() + installed.needs("keras")}
    unseen = {"jupyterlab", "jupyter-core", "lazy-loader", "filelock", "packaging", "mistune", "contourpy"}
    modules = {
        module
        for module, names in distributions.items()
        if {name.replace("_", "-").lower() for name in names} & (needed - unseen) and not module.startswith("_")
    }
    assert modules - {"pylab", "mpl_toolkits"} <= beside.SPOKEN.keys()


def test_check_names_the_file_and_the_remedy(tmp_path, monkeypatch, capsys):
    (tmp_path / "keras.py").touch()
    monkeypatch.chdir(tmp_path)
    assert not environment.check_environment()
    assert f"!!  your own files ({tmp_path / 'keras.py'} hides Keras)\n    Fix: rename it.\n" in capsys.readouterr().out


@pytest.fixture
def course(tmp_path):
    """Give a folder of the course whose package is a copy of this one."""
    shutil.copytree(ROOT / "course_utils", tmp_path / "course_utils", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "work").mkdir()
    return tmp_path


def test_lessons_of_the_same_version_are_not_spoken_of(course):
    assert beside.other_version(course / "work") is None
    assert beside.other_version(ROOT / "notebooks") is None


def test_lessons_of_another_version_are_named_with_both_numbers(course, monkeypatch, capsys):
    text = (course / "course_utils/__init__.py").read_text(encoding="utf-8")
    newer = text.replace(f'"{cu.__version__}"', '"9.1.0"')
    (course / "course_utils/__init__.py").write_text(newer, encoding="utf-8")
    monkeypatch.chdir(course / "work")
    assert not environment.check_environment()
    said = f"!!  lessons and package (the lessons in {course} and the package in {ROOT / 'course_utils'}"
    said += f" are of different versions: {cu.__version__} and 9.1.0)\n"
    said += f"    Fix: type {installed.START} in the folder of the lessons.\n"
    assert said in capsys.readouterr().out


def test_a_change_without_a_new_number_is_seen_too(course):
    with open(course / "course_utils/losses.py", "a", encoding="utf-8") as file:
        file.write("# new\n")
    assert f"both called {cu.__version__}, but not the same" in beside.other_version(course / "notebooks")


def test_an_installation_that_was_noted_under_another_number(monkeypatch, capsys):
    real = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "1.0" if name == installed.COURSE else real(name))
    assert not environment.check_environment()
    assert f"!!  the course ({cu.__version__} runs here, and 1.0 was installed)" in capsys.readouterr().out


def test_the_version_is_the_installed_one():
    assert metadata.version(installed.COURSE) == cu.__version__


def printed_in_a_kernel(folder, *cells):
    """Run cells in a notebook's kernel in a folder; give what they print, without errors."""
    told = []

    def listen(message):
        told.append(message["content"].get("text", ""))

    with connected(Kernel(), cwd=str(folder)) as client:
        for cell in cells:
            client.execute_interactive(cell, output_hook=listen, timeout=300)
    return "".join(told)


def test_the_first_import_in_a_notebook_says_it(tmp_path):
    (tmp_path / "keras.py").touch()
    told = printed_in_a_kernel(tmp_path, *["import course_utils as cu"] * 2)  # once is enough
    assert told == "Your file keras.py hides Keras: rename it.\nThen restart the kernel.\n"


FIRST = {path.stem: next(cell.source for cell in code_cells(nbformat.read(path, as_version=4))) for path in NOTEBOOKS}


@pytest.mark.parametrize("lesson", FIRST)
def test_a_lesson_begins_with_the_course_so_that_the_sentence_comes_before_the_error(lesson):
    assert FIRST[lesson].startswith("import course_utils as cu\n")


def test_a_lesson_names_the_file_that_hides_numpy(tmp_path):
    (tmp_path / "numpy.py").write_text("import numpy as np\nprint(np.zeros(3))\n")
    (tmp_path / "sklearn.py").touch()
    told = printed_in_a_kernel(tmp_path, FIRST["04_logistic_regression"])
    assert "Your file numpy.py hides NumPy: rename it.\nYour file sklearn.py hides scikit-learn: rename it.\n" in told


def test_check_is_not_led_astray_by_a_file_that_hides_numpy(tmp_path):
    (tmp_path / "numpy.py").write_text("import numpy as np\nprint(np.zeros(3))\n")
    command = [sys.executable, "-m", "course_utils", "check"]
    environment_ = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment_, capture_output=True, text=True)
    assert f"!!  your own files ({tmp_path / 'numpy.py'} hides NumPy)\n    Fix: rename it.\n" in done.stdout
    assert done.stdout.count("!!  ") == done.stdout.count("Fix: ") == 1
    assert done.returncode == 1


def test_elsewhere_the_import_is_silent(run_python, tmp_path, monkeypatch):
    (tmp_path / "keras.py").touch()
    monkeypatch.chdir(tmp_path)
    assert run_python("import course_utils", PYTHONPATH=str(ROOT)) == ""


OLD_CONSOLE = {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)}


def printed(*command):
    done = subprocess.run([sys.executable, *command], env=os.environ | OLD_CONSOLE, capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode("cp1252")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("cu.check_environment()", "ok  Python"),
        ("cu.check('sigmoid_grad', lambda a: a * (1 - a)); cu.progress()", "? sigmoid_grad"),
        ("cu.card('sigmoid_grad'); cu.hint('sigmoid_grad'); cu.solution('sigmoid_grad')", "sigmoid_grad"),
    ],
)
def test_a_console_without_our_signs_gets_what_it_can_print(code, said):
    assert said in printed("-c", f"import course_utils as cu; {code}")


def test_the_commands_print_on_such_a_console():
    assert "Set the course up" in printed(str(ROOT / "start.py"), "--help")
    assert "Python" in printed("-m", "course_utils", "check")
