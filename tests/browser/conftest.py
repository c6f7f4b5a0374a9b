"""One Chromium and one JupyterLab for all tests in a browser: each takes seconds to start."""

import pytest
from _lab import browser, lab, notebook


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
