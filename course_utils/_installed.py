"""What the course asks for, and what of it this environment has: read from the packages' own records."""

import importlib.metadata as metadata
import importlib.util
import sys

COURSE = "from-sigmoid-to-mnist"


def needs():
    """Return what this computer needs of the course's packages, from its own metadata."""
    from packaging.requirements import Requirement

    needs = [Requirement(text) for text in metadata.requires(COURSE) or ()]
    return [need for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]


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
    return None if need.specifier.contains(have, prereleases=True) else f"{have}; needed: {need.specifier}"


def install(need):
    """Return the command that installs one of the course's packages."""
    return pip(f'"{need.name}{need.specifier}"')


def pip(what):
    """Return the command that installs into the very environment of this process."""
    if importlib.util.find_spec("pip") is None:  # an environment made by uv
        return f'uv pip install --python "{sys.executable}" {what}'
    return f'"{sys.executable}" -m pip install {what}'
