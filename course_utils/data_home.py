"""Where the files of a data set may lie: in what a variable of the environment names, or in the folder of Keras."""

import os
from pathlib import Path


def named_by(variable: str) -> str | None:
    """Return what a variable names, without the spaces and quotes that Windows leaves around it.

    >>> named_by("NO_SUCH_VARIABLE") is None
    True
    """
    return os.environ.get(variable, "").strip(" \t\r\n\"'") or None


def is_digits(named: str | os.PathLike) -> bool:
    """Tell whether the embedded digits are asked for, in any case.

    >>> is_digits("Digits")
    True
    """
    return str(named).strip().lower() == "digits"


def keras_folder() -> Path:
    """Return where Keras keeps what it has downloaded; RuntimeError where the user has no home folder."""
    named = os.environ.get("KERAS_HOME")
    home = Path(os.path.expanduser(named)) if named else Path.home() / ".keras"  # a tilde is read as Keras reads it
    return home / "datasets"
