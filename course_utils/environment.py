"""Look whether everything that a lesson needs is there, and name the mend for what is not.

It runs where packages are missing or broken, so it imports them inside the checks only, and never raises.
"""

import importlib.util
import io
import os
import platform
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import _installed

PYTHONS = ">=3.11,<3.14"


@dataclass
class Line:
    """One check: `ok` is True, False, or None for something optional that is not there."""

    ok: bool | None
    what: str
    details: str = ""
    mend: str = ""

    def text(self, details=False):
        """Write the line; the details of a healthy machine only on request, for they differ."""
        mark = {True: "ok  ", False: "!!  ", None: "--  "}[self.ok]
        told = f" ({self.details})" if self.details and (details or self.ok is not True) else ""
        return f"{mark}{self.what}{told}" + (f"\n    Mend: {self.mend}" if self.mend else "")


class Report(list):
    """The lines of a check; true if nothing that is needed is missing. A notebook shows nothing for it."""

    def __bool__(self):
        return all(line.ok is not False for line in self)

    def _ipython_display_(self):
        """Stay silent: the lines have been printed."""


def check_environment(*, details=False):
    """Print one line a check: Python, packages, sliders, figures, the folder, TensorFlow, the digits.

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
    ok  TensorFlow, for lessons 11 to 14
    ok  handwritten digits
    All is ready.
    True
    """
    checks = (python, packages, sliders, figures, folder, tensorflow, digits)
    report = Report(line for check in checks for line in _safely(check))
    for line in report:
        print(line.text(details))
    print("All is ready." if report else "Mend the lines marked !!, then restart the kernel and check again.")
    return report


def _safely(check):
    """Run one check; whatever happens in it becomes a line."""
    try:
        return check()
    except Exception as error:
        return [Line(False, check.__name__, f"{type(error).__name__}: {error}", _again())]


def _again():
    return "delete the folder .venv and run `make lab` again."


def python():
    """Compare the Python version with the range that the course is tested on."""
    version = platform.python_version()
    if (3, 11) <= sys.version_info[:2] < (3, 14):
        return [Line(True, "Python", version)]
    mend = "install Python 3.13, delete the folder .venv and run `make lab` again."
    return [Line(False, "Python", f"{version}; needed: {PYTHONS}", mend)]


def packages():
    """Compare every package with the range that the course asks for."""
    needs = [need for need in _installed.needs() if not need.name.startswith("tensorflow")]
    faults = [(need, _installed.fault(need)) for need in needs]
    bad = [Line(False, need.name, fault, _installed.install(need)) for need, fault in faults if fault]
    have = (f"{need.name} {_installed.version(need.name)}" for need in needs)
    return bad or [Line(True, "packages", ", ".join(have))]


def tensorflow():
    """Look for TensorFlow without importing it, which takes ten seconds."""
    what = "TensorFlow, for lessons 11 to 14"
    for need in _installed.needs():
        if need.name.startswith("tensorflow"):
            fault = _installed.fault(need)
            if fault is None:
                return [Line(True, what, _installed.version(need.name))]
            return [Line(None, what, f"{fault}; all other lessons run", _installed.install(need))]
    return [Line(None, what, "there is no build for this computer; all other lessons run")]


# what must lie in JupyterLab's page: the line's name, the folder, the package that brings it
PARTS = (
    ("sliders in JupyterLab", "@jupyter-widgets/jupyterlab-manager", "jupyterlab_widgets"),
    ("drawing in JupyterLab", "anywidget", "anywidget"),
)


def sliders():
    """Look for the parts of ipywidgets and anywidget that live in JupyterLab's page; one line if all are there."""
    from jupyter_core.paths import jupyter_path

    places, lines = jupyter_path("labextensions"), []
    for what, part, package in PARTS:
        found = [place for place in places if (Path(place) / part / "package.json").is_file()]
        mend = "" if found else _installed.pip(f"--force-reinstall {package}")
        lines.append(Line(bool(found), what, found[0] if found else f"{package} is not there", mend))
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
        mend = "unset the variable MPLBACKEND." if backend else _installed.pip("--force-reinstall matplotlib")
        return [Line(False, "figures", f"{type(error).__name__}: {error}", mend)]
    return [Line(True, "figures", plt.get_backend())]


def folder():
    """Write a file where the lesson is, and take it away again."""
    try:
        with tempfile.TemporaryFile(dir=os.getcwd()) as file:
            file.write(b"lesson")
    except OSError as error:
        mend = "start with `make lab`, in a folder of your own with some space left."
        return [Line(False, "this folder can be written", error.strerror or str(error), mend)]
    return [Line(True, "this folder can be written", os.getcwd())]


def digits():
    """Say which digits are at hand, without loading or fetching them."""
    named = os.path.expanduser(os.environ.get("COURSE_UTILS_MNIST", ""))
    if named not in ("", "digits") and not os.path.isfile(named):
        mend = "correct the variable COURSE_UTILS_MNIST, or unset it."
        return [Line(False, "handwritten digits", f"COURSE_UTILS_MNIST names no file: {named}", mend)]
    home = os.environ.get("KERAS_HOME") or os.path.join(os.path.expanduser("~"), ".keras")
    full = named or os.path.join(home, "datasets", "mnist.npz")
    which = (
        f"MNIST in {full}" if os.path.isfile(full) else "the 1,797 digits of scikit-learn; MNIST is fetched when needed"
    )
    if importlib.util.find_spec("sklearn") is None and not os.path.isfile(full):
        return [Line(False, "handwritten digits", "scikit-learn is not there", _installed.pip("scikit-learn"))]
    return [Line(True, "handwritten digits", which)]
