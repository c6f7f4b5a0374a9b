"""What draws the views in a page is what its sources give, and is small."""

import shutil
import subprocess
from pathlib import Path

import bundle_page
import pytest

ROOT = Path(__file__).parents[2]


def test_the_bundle_names_the_sources_as_they_are():
    with open(bundle_page.BUNDLE, encoding="utf-8") as file:
        assert file.readline() == bundle_page.head()


def test_the_bundle_is_what_its_sources_give(tmp_path):
    if shutil.which("npm") is None:
        pytest.skip("no node on this machine: install node to bundle the page's engine anew")
    try:
        made, licences = bundle_page.bundle(tmp_path)
    except subprocess.CalledProcessError as error:
        if error.cmd[0] != "npm":
            raise
        pytest.skip("npm's files cannot be had: no network")
    assert made == bundle_page.BUNDLE.read_text(encoding="utf-8")
    assert licences == bundle_page.LICENCES.read_text(encoding="utf-8")


def test_the_page_and_all_modules_are_small_together():
    modules = (ROOT / "course_utils" / "explorables").rglob("*.js")
    assert sum(path.stat().st_size for path in [bundle_page.BUNDLE, *modules]) < 150_000


def test_each_module_that_is_bundled_has_its_licence():
    text = bundle_page.LICENCES.read_text(encoding="utf-8")
    for name in ("d3-scale 4.0.2", "d3-contour 4.0.2", "d3-array 3.2.4"):
        assert f"{name}\n\nCopyright" in text
