"""Look whether everything that a lesson needs is there, and name the fix for what is not.

It runs where packages are missing or broken, so it imports them inside the checks only, and never raises.
"""

import importlib.util
import io
import os
import platform
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import __version__, beside, data_home, installed, keras_settings


@dataclass
class Line:
    """One check: `ok` is True, False, or None for something optional that is not there."""

    ok: bool | None
    what: str
    details: str = ""
    fix: str = ""

    def text(self, details=False):
        """Write the line; the details of a healthy machine only on request, for they differ."""
        mark = {True: "ok  ", False: "!!  ", None: "--  "}[self.ok]
        told = f" ({self.details})" if self.details and (details or self.ok is not True) else ""
        return f"{mark}{self.what}{told}" + (f"\n    Fix: {self.fix}" if self.fix else "")


class Report(list):
    """The lines of a check; true if nothing that is needed is missing. A notebook shows nothing for it."""

    def __bool__(self):
        return all(line.ok is not False for line in self)

    def _ipython_display_(self):
        """Stay silent: the lines have been printed."""


def check_environment(*, details=False):
    """Print one line a check: Python, packages, sliders, figures, the folder, Keras, the digits.

    Parameters
    ----------
    details : bool
        Also print versions and places. Without them a healthy machine prints the same as any other.

    Returns
    -------
    Report
        True if all that is needed is there.

    Examples
    --------
    >>> bool(check_environment())
    ok  Python
    ok  packages
    ok  sliders in JupyterLab
    ok  figures
    ok  this folder can be written
    ok  Keras, from lesson 11 on
    ok  handwritten digits
    All is ready.
    True
    """
    checks = (version, python, packages, lessons, home, sliders, figures, folder, keras, digits)
    if installed.version(installed.COURSE) is None:
        checks = (course,)
    elif _hiding_files_here():
        checks = (version, python, packages, lessons, folder)  # the others would meet the wrong package
    report = Report(line for check in checks for line in _safely(check))
    for line in report:
        print(line.text(details))
    print("All is ready." if report else "Fix the lines marked !!, then restart the kernel and check again.")
    return report


def _safely(check):
    """Run one check; whatever happens in it becomes a line."""
    try:
        return check()
    except ModuleNotFoundError as error:
        return [Line(False, check.__name__, f"{error.name} is not installed", installed.pip(error.name))]
    except Exception as error:
        return [Line(False, check.__name__, f"{type(error).__name__}: {error}", _again())]


def _again():
    return f"delete the folder .venv, and type {installed.START} in the folder of the course."


def course():
    """Say that the course is not installed in this Python, so that nothing else can be said."""
    fix = f"type {installed.START} in the folder of the course; it makes an environment and installs everything."
    return [Line(False, "the course", f"not installed in {sys.executable}", fix)]


def version():
    """Compare the course that runs with what is noted of its installation; there is a line only where they differ."""
    noted = installed.version(installed.COURSE)
    if noted == __version__:
        return []
    fix = f"type {installed.START} in the folder of the course; it installs what has changed."
    return [Line(False, "the course", f"{__version__} runs here, and {noted} was installed", fix)]


def lessons():
    """Look at the folders of the lessons for what gets in their way; there is a line only where something does."""
    here, found = Path.cwd(), _hiding_files_here()
    if not found:  # only then can a module be imported that needs NumPy
        from .workspace import find_work

        found = beside.hiding_files(find_work())
    lines = [Line(False, "your own files", f"{file} hides {what}", "rename it.") for file, what in found]
    other = beside.other_version(here)
    if other:
        fix = f"type {installed.START} in the folder of the lessons."
        lines.append(Line(False, "lessons and package", other, fix))
    return lines


def _hiding_files_here():
    try:
        return beside.hiding_files(Path.cwd())
    except OSError:  # the folder has gone, or is closed: `folder` says so
        return []


def python():
    """Compare the Python version with the range that the course is tested on."""
    version = platform.python_version()
    low, end = installed.pythons()
    if sys.version_info[:2] >= (3, low) and (end is None or sys.version_info[:2] < (3, end)):
        return [Line(True, "Python", version)]
    needed = f"3.{low} or newer" if end is None else f"3.{low} to 3.{end - 1}"
    return [Line(False, "Python", f"{version}; needed: {needed}", _again())]


def packages():
    """Compare every package with the range that the course asks for."""
    needs = installed.needs()
    faults = [(need, installed.fault(need)) for need in needs]
    bad = [Line(False, need.name, fault, installed.install(need)) for need, fault in faults if fault]
    have = (f"{need.name} {installed.version(need.name)}" for need in needs)
    return bad or [Line(True, "packages", ", ".join(have))]


def keras():
    """Look for Keras, and for what stops it, without importing it, which takes ten seconds."""
    what = "Keras, from lesson 11 on"
    others = "all other lessons run"
    needs = installed.needs("keras")
    if not needs:
        return [Line(None, what, f"there is no build for this computer and this Python; {others}")]
    faults = {need.name: installed.fault(need) for need in needs if not _is_replaced(need)}
    told = "; ".join(f"{name} {fault}" for name, fault in faults.items() if fault)
    if told:
        return [Line(None, what, f"{told}; {others}", installed.install(*needs))]
    try:
        keras_settings.read_settings()
    except keras_settings.BadSettings as error:
        return [Line(None, what, f"{error.fault}; {others}", error.fix)]
    return [Line(True, what, ", ".join(f"{name} {installed.version(name)}" for name in faults))]


def _is_replaced(need):
    """Tell whether Keras works on JAX because TensorFlow is not there."""
    is_absent = need.name.startswith("tensorflow") and installed.version(need.name) is None
    return is_absent and installed.version("jax") is not None


# what must lie in JupyterLab's page: the line's name, the folder, the package that brings it
PARTS = (
    ("sliders in JupyterLab", "@jupyter-widgets/jupyterlab-manager", "jupyterlab_widgets"),
    ("drawing in JupyterLab", "anywidget", "anywidget"),
)


def sliders():
    """Look for the parts of ipywidgets and anywidget that live in JupyterLab's page; one line if all are there."""
    from jupyter_core.paths import jupyter_path

    try:
        places, lines = jupyter_path("labextensions"), []
    except RuntimeError:  # no home folder, as `home` says
        return []
    for what, part, package in PARTS:
        found = [place for place in places if (Path(place) / part / "package.json").is_file()]
        fix = "" if found else installed.pip(f"--force-reinstall {package}")
        lines.append(Line(bool(found), what, found[0] if found else f"{package} is not there", fix))
    return [line for line in lines if not line.ok] or lines[:1]


def figures():
    """Draw an empty figure with the backend that the lessons will use."""
    try:
        import matplotlib.pyplot as plt

        figure = plt.figure(figsize=(1, 1))
        figure.savefig(io.BytesIO(), format="png")
        plt.close(figure)
    except Exception as error:
        backend = os.environ.get("MPLBACKEND")
        fix = "unset the variable MPLBACKEND." if backend else installed.pip("--force-reinstall matplotlib")
        return [Line(False, "figures", f"{type(error).__name__}: {error}", fix)]
    return [Line(True, "figures", plt.get_backend())]


def folder():
    """Write a file where the lesson is, and take it away again."""
    try:
        with tempfile.TemporaryFile(dir=os.getcwd()) as file:
            file.write(b"lesson")
    except OSError as error:
        fix = f"start with {installed.START}, in a folder of your own with some space left."
        return [Line(False, "this folder can be written", error.strerror or str(error), fix)]
    return [Line(True, "this folder can be written", os.getcwd())]


def home():
    """Look for a home folder in which JupyterLab can keep its files; there is a line only where that fails."""
    from jupyter_core.paths import jupyter_runtime_dir

    fix = "set the variable HOME to a folder of your own, then start again."
    try:
        place = Path(jupyter_runtime_dir())
    except RuntimeError:  # no variable, and no entry in the list of users
        return [Line(False, "home folder", "this user has none", fix)]
    fault = _fault_of_writing(place)
    return [Line(False, "home folder", f"{place} cannot be written: {fault}", fix)] if fault else []


def digits():
    """Say which digits are at hand, without loading or fetching them."""
    named = data_home.named_by("COURSE_UTILS_MNIST")
    if named is not None and not data_home.is_digits(named):
        return _named_digits(Path(os.path.expanduser(named)))
    lines = [] if named else _kept_digits()
    if not lines and importlib.util.find_spec("sklearn") is None:
        return [Line(False, DIGITS, "scikit-learn is not there", installed.pip("scikit-learn"))]
    return lines or [Line(True, DIGITS, "the 1,797 digits of scikit-learn; MNIST is fetched when needed")]


DIGITS = "handwritten digits"


def _named_digits(file):
    """Look at the file that the variable names."""
    file = file.absolute()
    fault = _fault_of_reading(file)
    if fault is None:
        return [Line(True, DIGITS, f"MNIST in {file}")]
    names = f"COURSE_UTILS_MNIST names {'a file that cannot be read' if os.path.lexists(file) else 'no file'}"
    fix = "correct the variable COURSE_UTILS_MNIST, or unset it."
    return [Line(False, DIGITS, f"{names}: {file} ({fault})", fix)]


def _kept_digits():
    """Look at the file that Keras keeps, or else whether it could be kept; no line where it can."""
    try:
        file = data_home.keras_folder() / "mnist.npz"
    except RuntimeError:  # `home` says so
        return []
    if os.path.isfile(file):
        fault = _fault_of_reading(file)
        if fault is None:
            return [Line(True, DIGITS, f"MNIST in {file}")]
        fault = f"{file} cannot be read: {fault}"
    else:
        fault = _fault_of_writing(file.parent)
        if fault is None:
            return []
        fault = f"MNIST cannot be kept in {file.parent}: {fault}"
    fix = "set KERAS_HOME to a folder of your own, or COURSE_UTILS_MNIST=digits."
    return [Line(None, DIGITS, f"{fault}; the 1,797 digits of scikit-learn serve", fix)]


def _fault_of_reading(file):
    """Return why a file cannot be read, or None."""
    try:
        if not stat.S_ISREG(os.stat(file).st_mode):  # to open a pipe would wait for ever
            return "it is no file"
        with open(file, "rb"):
            return None
    except OSError as error:
        return error.strerror


def _fault_of_writing(folder):
    """Return why a folder cannot be made or written, or None; nothing is made."""
    for place in (folder, *folder.parents):
        if os.path.isdir(place):
            closed = not os.access(place, os.W_OK | os.X_OK)
            return f"{place} belongs to somebody else, or is closed" if closed else None
        if os.path.lexists(place):
            return f"{place} is no folder"
    return "its disk is not there"
