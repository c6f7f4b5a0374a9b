"""axe-core looks at what the course shows in JupyterLab, in its light and its dark theme.

The ordinary run takes a card, an answer, questions and a live figure; `pytest -m every_page` all stored lessons.
"""

import io
import shutil
from pathlib import Path

import numpy as np
import pytest
from _axe import violations
from _lab import WAIT, lab
from PIL import Image

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]

CELLS = [
    "import course_utils as cu",
    "cu.card('weighted_sum')",
    "cu.check('weighted_sum', lambda X, w, b: X @ w)",
    r"""from course_utils.exercises import Question
from course_utils.exercises.quiz_widget import Quiz
from course_utils.lessons import asked
reasons = {"0": r"Look at $\frac{1}{2}$.", "1": r"That is the limit for large $z$.", "1/2": r"It is $\frac{1}{1 + 1}$."}
Quiz([Question(r"What is $\sigma(0)$?", reasons, "1/2", id="half"), *asked("09")])""",
    "cu.show(cu.plots.lines([0, 1], {'a': [0, 1]}, xlabel='x', ylabel='y').figure, alt='A line that \"rises\".')",
    """import matplotlib.pyplot as plt
from course_utils.live_figures import live
fig, ax = plt.subplots()
(line,) = ax.plot([0, 1], [0, 1])
plt.close(fig)
def update(a):
    raise ValueError("no such value")
live(fig, update, [line], alt="A line.", a=(0.0, 1.0, 0.1, 0.5))""",
]
SHOWN = [".jp-OutputArea-output"]
LINKS = "link-in-text-block"  # JupyterLab's themes tell a link in a text by its colour alone, in every notebook
THEMES = ["JupyterLab Light", "JupyterLab Dark"]


def unroll(page):
    """Make the window and its body as high as the notebook: axe takes what lies outside of them for invisible."""
    high = page.evaluate("document.querySelector('.jp-WindowedPanel-inner').scrollHeight")
    page.set_viewport_size({"width": 1100, "height": high + 300})
    page.add_style_tag(content="html, body { height: 100vh; overflow: visible !important }")
    page.wait_for_timeout(500)


def dress(page, theme):
    page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    page.wait_for_function("theme => document.body.dataset.jpThemeName === theme", arg=theme, timeout=WAIT)
    page.wait_for_timeout(500)  # the theme's style sheet comes after its name


def black_and_white(part):
    """Tell whether what is drawn there has both dark and light in it."""
    grey = np.asarray(Image.open(io.BytesIO(part.screenshot())).convert("L"))
    return bool(grey.min() < 64 and grey.max() > 192)


@pytest.mark.every_page
def test_no_stored_lesson_shows_a_violation(chromium, tmp_path):
    names = [path.name for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    for name in names:
        shutil.copy(ROOT / "notebooks" / name, tmp_path)
    settings = tmp_path / ".own/JUPYTERLAB_SETTINGS_DIR/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"windowingMode": "none"}')  # all cells are drawn, also those out of sight
    found = []
    with lab(tmp_path) as (url, token):
        page = chromium.new_page(viewport={"width": 1100, "height": 900})
        for name in names:
            page.goto(f"{url}/lab/tree/{name}?token={token}&reset", wait_until="commit")
            page.wait_for_selector(".jp-MarkdownCell .jp-RenderedMarkdown h1", timeout=WAIT)
            page.wait_for_timeout(3000)  # the cells further down come later
            unroll(page)
            for theme in THEMES:
                dress(page, theme)
                lines = violations(page, [*SHOWN, ".jp-RenderedMarkdown"])
                found += [f"{name}, {theme}: {line}" for line in lines if not line.startswith(LINKS)]
    assert not found, "\n".join(found)


@pytest.fixture(scope="module")
def lab_page(open_notebook):
    with open_notebook(CELLS) as page:
        page.get_by_role("alert").first.wait_for(timeout=WAIT)
        for radio in page.locator(".course-quiz").get_by_role("radio").all():
            radio.check()  # each reason appears, one of them with a formula
        page.locator(".course-quiz .formula").first.wait_for(timeout=WAIT)
        unroll(page)
        yield page
        dress(page, THEMES[0])  # JupyterLab keeps its theme for the next page


def test_a_shown_figure_has_its_words_in_jupyterlab(lab_page):
    (image,) = lab_page.locator(".jp-OutputArea-output > img").all()
    assert image.get_attribute("alt") == 'A line that "rises".'
    assert image.evaluate("image => image.naturalWidth") > 300


@pytest.mark.parametrize("theme", THEMES)
def test_what_the_course_shows_in_jupyterlab_has_no_violation(lab_page, theme):
    dress(lab_page, theme)
    assert lab_page.locator(".course-quiz .formula").count() > 0
    assert "no such value" in lab_page.get_by_role("alert").first.inner_text()
    assert violations(lab_page, SHOWN) == []


def test_text_in_jupyterlab_is_looked_at(lab_page):
    dress(lab_page, THEMES[1])
    lab_page.evaluate("document.querySelector('[role=alert]').style.color = '#d32f2f'")  # what JupyterLab calls red
    (found,) = violations(lab_page, SHOWN)
    assert found.startswith("color-contrast at ['.problem']")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_formula_can_be_seen_in_forced_colours(lab_page, scheme):
    lab_page.emulate_media(color_scheme=scheme, forced_colors="active")
    contrast = black_and_white(lab_page.locator(".course-quiz .formula").first)
    lab_page.emulate_media(color_scheme="light", forced_colors="none")
    assert contrast
