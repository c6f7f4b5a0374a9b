"""Shared by all tests."""

import os
import subprocess
import sys

import pytest
from _lab import browser, lab, notebook


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


# One Chromium and one JupyterLab for all tests in a browser: each takes seconds to start.


@pytest.fixture(scope="session")
def chromium():
    with browser() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def lab_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="session")
def lab_server(chromium, lab_folder):
    """(url, token) of JupyterLab in `lab_folder`; it is not started where there is no Chromium."""
    with lab(lab_folder) as address:
        yield address


@pytest.fixture(scope="module")
def open_notebook(request, chromium, lab_server, lab_folder):
    """Open and run a notebook with these code cells, in a page that is the module's own."""

    def opened(cells, **options):
        path = lab_folder / f"{request.module.__name__}.ipynb"
        return notebook(chromium, lab_server, path, cells, **options)

    return opened
