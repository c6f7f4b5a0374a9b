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

from course_utils.lessons import asked

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
expect = pytest.importorskip("playwright.sync_api", reason="playwright is missing: python3 start.py setup test").expect

# A page of each kind: with tables, formulas, pictures, Keras's summaries, views that move, and one about the package.
PAGES = [
    "index.md",
    "notebooks/03_gradient_descent.ipynb",
    "notebooks/11_mnist_keras.ipynb",
    "api/models.rst",
    "docs/instructor/01_sigmoid.md",
]
DECKS = ["05_logic_gates"]


# --- the site


def build_site(folder, wanted=None):
    """Build the site, or the wanted pages of it, and return the folder of its pages."""
    for name in ("sphinx", "myst_nb", "sphinx_book_theme", "numpydoc"):
        pytest.importorskip(name, reason=f"{name} is missing: python3 start.py setup test")
    import build_site

    build_site.lay_out(folder / "source", for_teachers=True)
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
        page.evaluate("async () => { await window.MathJax?.startup?.promise; await window.course?.ready; }")

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


def test_the_search_of_a_site_opened_from_a_file_shows_the_lines_that_it_has_found(chromium, site):
    page = chromium.new_page(viewport={"width": 1366, "height": 768})
    page.goto((site / "notebooks" / "03_gradient_descent.html").as_uri())
    page.get_by_role("button", name="Search").first.click()
    page.get_by_role("searchbox").fill("curvature")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search.html?q=curvature")
    found = page.locator("#search-results li", has=page.get_by_role("link", name="03 · Downhill"))
    expect(found).to_contain_text("is called the curvature")  # words of the lesson, not of its title
    found.get_by_role("link").click()
    page.wait_for_url("**/notebooks/03_gradient_descent.html*")


@pytest.fixture
def lesson(chromium, site):
    """Open the lesson with three views from its file; options are those of the browser."""
    contexts = []

    def opened(**options):
        contexts.append(chromium.new_context(**options))
        page = contexts[-1].new_page()
        page.goto((site / "notebooks" / "03_gradient_descent.html").as_uri())
        if options.get("java_script_enabled", True):
            page.evaluate("async () => { await course.ready; }")
        return page

    yield opened
    for context in contexts:
        context.close()


def test_a_view_on_a_page_from_a_file_moves_by_key_mouse_and_touch(lesson):
    page = lesson(has_touch=True, viewport={"width": 390, "height": 844})
    assert page.locator(".course-view canvas").count() == 3
    view = page.locator(".course-view").nth(1)  # one parameter
    said, rate = view.get_by_role("status").first, view.get_by_role("slider").first
    expect(said).to_contain_text("Learning rate 0.1, 15 steps: works")
    rate.scroll_into_view_if_needed()
    box = rate.bounding_box()
    middle = box["y"] + box["height"] / 2
    for move, setting in (
        (lambda: rate.press("End"), "Learning rate 1, 15 steps: diverges"),
        (lambda: page.touchscreen.tap(box["x"] + 3, middle), "Learning rate 0.001, 15 steps: crawls"),
        (lambda: page.mouse.click(box["x"] + box["width"] - 3, middle), "Learning rate 1, 15 steps: diverges"),
    ):
        move()
        expect(said).to_contain_text(setting)


def test_what_is_stored_stands_where_scripts_are_off_and_on_paper(lesson):
    still, page = lesson(java_script_enabled=False), lesson()
    for picture in still.locator(".cell_output img").all():
        assert picture.is_visible()
    assert still.locator("details summary", has_text="Reasons").count() == 5
    stored, canvas = page.locator(".course-stored img"), page.locator(".course-view canvas")
    assert stored.count() == canvas.count() == 3
    assert not any(picture.is_visible() for picture in stored.all())
    page.emulate_media(media="print")
    assert all(picture.is_visible() for picture in stored.all())
    assert not any(picture.is_visible() for picture in canvas.all())


def test_a_question_on_a_page_answers_a_click_and_forgets_it(lesson):
    page = lesson()
    questions = page.locator(".course-quiz fieldset")
    assert questions.count() == 5
    right, *_ = asked("03")
    questions.first.get_by_role("radio").nth(list(right.options).index(right.right)).check()
    expect(questions.first.locator(".why:not(:empty)")).to_contain_text("Right.")
    page.reload()
    page.evaluate("async () => { await course.ready; }")
    assert page.locator(".why:not(:empty)").count() == 0


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
