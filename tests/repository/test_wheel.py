"""The course as a wheel: its lessons come along, and open where the command is given."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("hatchling")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def elsewhere(tmp_path):
    """Build the wheel and lay it out as an installation does; return variables that let Python find it first."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path / "dist")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
    return os.environ | {"PYTHONPATH": str(tmp_path / "site")}


def test_the_wheel_holds_the_lessons_the_stub_and_the_mark_of_types(elsewhere, tmp_path):
    package = tmp_path / "site" / "course_utils"
    lessons = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert {path.name for path in (package / "notebooks").iterdir()} == lessons
    assert (package / "__init__.pyi").exists()
    assert (package / "py.typed").exists()
    assert (package / "models" / "mnist_network.npz").exists()
    (record,) = (tmp_path / "site").glob("*.dist-info")
    assert {path.name for path in (record / "licenses").iterdir()} == {"LICENSE", "LICENSE-CC-BY-4.0"}


@pytest.mark.slow
def test_lab_opens_the_lessons_where_the_command_is_given(elsewhere, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"JUPYTER_CONFIG_DIR": str(tmp_path / "own"), "JUPYTER_RUNTIME_DIR": str(tmp_path / "own")}
    options = ["--no-browser", "--allow-root", f"--ServerApp.port={port}", "--IdentityProvider.token=a"]
    command = [sys.executable, "-m", "course_utils", "lab", *options]
    with open(tmp_path / "log", "wb") as log:
        server = subprocess.Popen(command, cwd=tmp_path, env=elsewhere | own, stdout=log, stderr=log)
        try:
            lesson = answer(f"http://127.0.0.1:{port}/api/contents/00_start_here.ipynb?token=a", server)
        finally:
            server.terminate()
            server.wait(60)
    assert b'"cells"' in lesson, (tmp_path / "log").read_text()
    assert (tmp_path / "work" / "01_sigmoid.ipynb").exists()


def answer(url, server, seconds=120):
    """Ask until the server answers; nothing if it ends before."""
    end = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as page:
                return page.read()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    return b""
