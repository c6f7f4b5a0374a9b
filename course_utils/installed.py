"""What the course asks for, and what of it this environment has: read from the packages' own records.

It works where packages are missing, so it stands on the standard library; versions are compared where `packaging` is.
"""

import importlib.metadata as metadata
import importlib.util
import os
import re
import sys
from dataclasses import dataclass

COURSE = "from-sigmoid-to-mnist"
START = "py start.py" if os.name == "nt" else "python3 start.py"


@dataclass(frozen=True)
class Need:
    """A package that the course asks for, with the range of its versions as text, such as ``>=2.0``."""

    name: str
    specifier: str = ""


def pythons():
    """Return the ends of the range of Pythons as minor versions: (11, 14) for 3.11 to 3.13, (11, None) without an end.

    Raises
    ------
    importlib.metadata.PackageNotFoundError
        If the course is not installed in this Python.
    """
    ends = dict(re.findall(r"(>=|<)3\.(\d+)", metadata.metadata(COURSE)["Requires-Python"]))
    return int(ends[">="]), int(ends["<"]) if "<" in ends else None


def needs(extra=""):
    """Return what this computer needs of the course's packages, or of those that an extra adds.

    Parameters
    ----------
    extra : str
        ``"keras"`` for what the Keras lessons take.

    Returns
    -------
    list of Need
    """
    texts = metadata.requires(COURSE) or []
    try:
        from packaging.requirements import Requirement
    except ModuleNotFoundError:  # the names alone, so that `check` can say what is missing
        always = [text for text in texts if "extra ==" not in text]
        return [] if extra else [Need(re.split(r"[^\w.-]", text)[0]) for text in always]
    found = [Requirement(text) for text in texts]
    if extra:
        found = [need for need in found if need.marker and not need.marker.evaluate({"extra": ""})]
    chosen = [need for need in found if need.marker is None or need.marker.evaluate({"extra": extra})]
    return [Need(need.name, str(need.specifier)) for need in chosen]


def version(name):
    """Return the version of an installed package, or None."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def fault(need):
    """Return what is wrong with an installed package, or None."""
    have = version(need.name)
    if have is None:
        return "not installed"
    if not need.specifier:
        return None
    from packaging.specifiers import SpecifierSet

    if SpecifierSet(need.specifier).contains(have, prereleases=True):
        return None
    return f"{have}; needed: {need.specifier}"


def install(*needs):
    """Return the command that installs some of the course's packages."""
    return pip(" ".join(f'"{need.name}{need.specifier}"' for need in needs))


def pip(what):
    """Return the command that installs into the very environment of this process."""
    if importlib.util.find_spec("pip") is None:  # an environment made by uv
        return f'uv pip install --python "{sys.executable}" {what}'
    return f'"{sys.executable}" -m pip install {what}'
