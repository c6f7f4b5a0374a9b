"""Shared by all tests."""

import os
import subprocess
import sys

import pytest


@pytest.fixture
def run_python():
    """Run code in a new interpreter and return what it prints; keyword arguments are variables."""

    def run(code, **variables):
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, env=os.environ | variables, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def work(tmp_path, monkeypatch):
    """A learner's folder, in which a lesson runs."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "00_start_here.ipynb").touch()
    monkeypatch.chdir(folder)
    return folder
