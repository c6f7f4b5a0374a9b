"""axe-core looks at the site and at the slides, in light and in dark.

The ordinary run takes some pages of each kind; `pytest -m every_page tests/browser` takes all of them.
"""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from _axe import in_light_and_dark
from _lab import WAIT

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

# A page of each kind: with tables, formulas, pictures, Keras's summaries, and one about the package.
PAGES = ["index.md", "notebooks/11_mnist_keras.ipynb", "api/models.rst", "docs/instructor/01_sigmoid.md"]
DECKS = ["05_logic_gates"]


# --- the site


def build_site(folder, wanted=None):
    """Build the site, or the wanted pages of it, and return the folder of its pages."""
    for name in ("sphinx", "myst_nb", "sphinx_book_theme", "numpydoc"):
        pytest.importorskip(name, reason=f"{name} is missing: python3 start.py setup test")
    import build_site

    build_site.lay_out(folder / "source")
    for path in (folder / "source").rglob("*"):
        place = path.relative_to(folder / "source").as_posix()
        if wanted and path.suffix in {".ipynb", ".md", ".rst"} and place not in {*wanted, "README.md"}:
            path.unlink()
    options = ["-Q", "-c", ROOT / "docs" / "site", "-d", folder / "cache"]  # links to pages left out: no matter here
    subprocess.run([sys.executable, "-m", "sphinx", *options, folder / "source", folder / "site"], check=True)
    return folder / "site"


def faults_of_site(chromium, site):
    def show(page):
        page.goto(path.as_uri())
        page.evaluate("async () => { await window.MathJax?.startup?.promise; }")

    found = []
    for path in sorted(site.rglob("*.html")):
        if "_static" not in path.relative_to(site).parts:
            found += [f"{path.relative_to(site)}, {line}" for line in in_light_and_dark(chromium, show)]
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build_site(tmp_path_factory.mktemp("site"), PAGES)


def test_a_page_of_each_kind_of_the_site_has_no_violation(chromium, site):
    built = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    assert {name.rpartition(".")[0] for name in PAGES} <= built
    assert faults_of_site(chromium, site) == []


def test_a_page_of_the_site_shows_each_stored_picture_once_with_its_words(chromium, site):
    lesson = nbformat.read(ROOT / "notebooks" / "11_mnist_keras.ipynb", as_version=4)
    outputs = [output for cell in lesson.cells for output in cell.get("outputs", [])]
    stored = [output.metadata["image/png"]["alt"] for output in outputs if "image/png" in output.get("data", {})]
    page = chromium.new_page()
    page.goto((site / "notebooks" / "11_mnist_keras.html").as_uri())
    images = page.locator(".cell_output img").all()
    assert [image.get_attribute("alt") for image in images] == stored != []
    assert not any(image.get_attribute("src").startswith("data:") for image in images)


@pytest.mark.every_page
def test_no_page_of_the_site_has_a_violation(chromium, tmp_path):
    found = faults_of_site(chromium, build_site(tmp_path))
    assert not found, "\n".join(found)


# --- the slides

# All pages at once, those too that wait for a key; reveal.js hides from screen readers what is not on show.
SHOW_ALL = """() => {
  document.body.classList.add("measuring");
  for (const box of document.querySelectorAll(".slides section, .fragment")) {
    box.removeAttribute("hidden");
    box.removeAttribute("aria-hidden");
    box.classList.add("visible");
  }
}"""


def faults_of_slides(chromium, folder, lessons):
    for name in ("nbconvert", "sphinx_revealjs"):
        pytest.importorskip(name, reason=f"{name} is missing: python3 start.py setup test")
    import slides

    def show(page):
        page.goto((folder / f"{name}.html").as_uri())
        if name != "index":
            page.wait_for_function("document.body.dataset.ready === 'yes'", timeout=WAIT)
            page.evaluate(SHOW_ALL)

    slides.build([ROOT / "notebooks" / f"{name}.ipynb" for name in lessons], folder)
    found = []
    for name in ["index", *lessons]:
        found += [f"{name}, {line}" for line in in_light_and_dark(chromium, show)]
    return found


def test_a_deck_and_the_list_of_decks_have_no_violation(chromium, tmp_path):
    assert faults_of_slides(chromium, tmp_path / "slides", DECKS) == []


@pytest.mark.every_page
def test_no_deck_has_a_violation(chromium, tmp_path):
    lessons = [path.stem for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    found = faults_of_slides(chromium, tmp_path / "slides", lessons)
    assert not found, "\n".join(found)


# --- the looking itself

SOUND = '<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>{}</main></html>'


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ('<p style="color: #00d7ff; background: #f3f4f5">Dense</p>', "color-contrast"),
        ("<table><thead><tr><th></th><th>Lesson</th></tr></thead><tr><td>1</td><td>a</td></tr></table>", "empty-table"),
        ('<img src="data:,">', "image-alt"),
        ("</main><p>outside</p><main>", "region"),
    ],
)
def test_a_planted_violation_is_found(chromium, planted, rule):
    found = in_light_and_dark(chromium, lambda page: page.set_content(SOUND.format(planted)))
    assert any(line.startswith(f"light: {rule}") for line in found)


def test_colours_are_looked_at_in_dark_too(chromium):
    words = "<style>@media (prefers-color-scheme: dark) { p { color: #eee } }</style><p>words</p>"
    found = in_light_and_dark(chromium, lambda page: page.set_content(SOUND.format(words)))
    assert [line.split(" at ")[0] for line in found] == ["dark: color-contrast"]


def test_a_sound_page_has_no_violation(chromium):
    assert in_light_and_dark(chromium, lambda page: page.set_content(SOUND.format("<p>words</p>"))) == []
