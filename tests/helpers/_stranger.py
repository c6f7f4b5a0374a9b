"""Somebody else, for a while: a user who owns nothing, and whom the list of users does not know."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

STRANGER = 54321


@contextlib.contextmanager
def as_stranger() -> Iterator[None]:
    """Run a block as that user. What it imports must be imported before: Python may lie in a folder closed to it."""
    if not hasattr(os, "setresuid") or os.geteuid() != 0:
        pytest.skip("only root may become somebody else")
    groups = os.getgroups()
    os.setgroups([])
    os.setresgid(STRANGER, STRANGER, 0)
    os.setresuid(STRANGER, STRANGER, 0)  # the last number is the way back
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)
        os.setgroups(groups)


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """Give a temporary folder into which everybody may look: pytest's own are closed."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)
