"""JupyterLab in a real browser, for the tests of what the page itself does."""

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import nbformat
import pytest

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
IDLE = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
RUN = "![...document.querySelectorAll('.jp-InputPrompt')].some(prompt => prompt.textContent.includes('*'))"
WAIT = 120_000  # ms, on a busy machine
# Only the lab on this machine can be reached: a script from elsewhere would be missing here as it is in class.
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@contextlib.contextmanager
def lab(folder):
    """Serve the folder with JupyterLab on a free port, with settings of its own; yields (url, token)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, own = secrets.token_hex(12), folder / ".own"
    names = ["JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"]
    names += ["JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"]
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": folder,
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
        "IdentityProvider.token": token,
        "LabApp.expose_app_in_browser": True,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    command = [sys.executable, "-m", "jupyterlab", *(f"--{key}={value}" for key, value in options.items())]
    news = own / "JUPYTERLAB_SETTINGS_DIR/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    news.parent.mkdir(parents=True, exist_ok=True)
    news.write_text('{"fetchNews": "false"}')  # else a question about them covers a corner of the page
    variables = os.environ | {name: str(own / name) for name in names} | {"JUPYTER_PREFER_ENV_PATH": "1"}
    with open(folder / "lab.log", "wb") as log:
        server = subprocess.Popen(command, env=variables, stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}/api?token={token}", server)
            yield f"http://127.0.0.1:{port}", token
        finally:
            server.terminate()  # it ends its kernels first
            server.wait(30)


def _wait_for(url, server):
    for _ in range(400):
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(url, timeout=2).close()
            return
        if server.poll() is not None:
            break
        time.sleep(0.25)
    pytest.fail("JupyterLab did not start")


@contextlib.contextmanager
def browser():
    """Start Chromium; skip the test, with a sentence, where it or its driver is missing."""
    driver = pytest.importorskip("playwright.sync_api", reason="no playwright: python3 start.py setup test")
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.skip("no Chromium on this machine: install chromium to run the tests in a real browser")
    with driver.sync_playwright() as play:
        started = play.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage", OFFLINE]
        )
        yield started
        started.close()


@contextlib.contextmanager
def opened(chromium, server, name, **options):
    """Open a notebook of the server's folder as it was saved, and yield the page."""
    url, token = server
    context = chromium.new_context(**{"viewport": {"width": 1100, "height": 900}} | options)
    page = context.new_page()
    page.goto(f"{url}/lab/tree/{name}?token={token}&reset", wait_until="commit")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=WAIT)
    page.wait_for_function(IDLE, timeout=WAIT)
    page.evaluate("jupyterapp.shell.collapseLeft()")
    yield page
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    context.close()


@contextlib.contextmanager
def notebook(chromium, server, path, cells, **options):
    """Write a notebook of these code cells into the server's folder, run all of them there, and yield the page."""
    document = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata=KERNEL)
    nbformat.write(document, path)
    with opened(chromium, server, path.name, **options) as page:
        page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_function("document.querySelector('.jp-InputPrompt').textContent.includes('1')", timeout=WAIT)
        page.wait_for_function(RUN, timeout=WAIT)
        page.wait_for_function(IDLE, timeout=WAIT)
        yield page


def save(page):
    """Save the notebook, and wait until it is on the disk."""
    page.evaluate("jupyterapp.shell.currentWidget.context.save()")


def show_cell(page, i):
    """Scroll to a cell; an older JupyterLab keeps cells away from the page that are not to be seen."""
    page.evaluate("i => jupyterapp.shell.currentWidget.content.scrollToItem(i)", i)


def run_cell(page, i):
    """Run one cell again and return what it prints."""
    page.evaluate("i => { jupyterapp.shell.currentWidget.content.activeCellIndex = i; }", i)
    page.evaluate("jupyterapp.commands.execute('notebook:run-cell')")
    page.wait_for_function(RUN, timeout=WAIT)
    return page.locator(".jp-CodeCell").nth(i).locator(".jp-OutputArea-output").first.inner_text().strip()
