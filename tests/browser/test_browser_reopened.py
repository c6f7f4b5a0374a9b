"""A lesson that was saved and is opened again: the last picture, the words and the questions, without their kernel."""

import re

import pytest
from _lab import WAIT, lab, notebook, opened, save

from course_utils.lessons import asked

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CELLS = [
    "import course_utils as cu\nview = cu.explorables.neuron()\nview",
    'cu.questions("08")',
    """model = cu.Sequential([cu.Input((2,)), cu.Dense(1, "sigmoid")], rng=0)
model.compile(cu.SGD(0.1), "binary_crossentropy")
run = model.fit(*cu.logic_gate("OR"), epochs=3)""",
    """def build(learning_rate, width):
    model = cu.Sequential([cu.Input((2,)), cu.Dense(width, "tanh"), cu.Dense(1, "sigmoid")], rng=0)
    model.compile(cu.SGD(learning_rate), "binary_crossentropy")
    return model
cu.explorables.train(build, cu.logic_gate("XOR"), width=4).run(learning_rate=1.0, epochs=20)""",
]
TALL = {"viewport": {"width": 1100, "height": 3000}}
NEURON, QUIZ, FIT, TRAIN = range(len(CELLS))
LIVE = ".jp-OutputArea-output.lm-Panel > *"


def outputs(page, i):
    return page.locator(".jp-CodeCell").nth(i).locator(".jp-Cell-outputArea")


def is_unseen(page, i):
    return not outputs(page, i).locator(".course-fallback").is_visible()


@pytest.fixture(scope="module")
def saved(chromium, tmp_path_factory):
    """Run a lesson, move a slider, save, and end the server; return the folder, and the words of the last picture."""
    folder = tmp_path_factory.mktemp("reopened")
    with lab(folder) as server, notebook(chromium, server, folder / "tried.ipynb", CELLS, **TALL) as page:
        assert [is_unseen(page, i) for i in range(len(CELLS))] == [True] * len(CELLS)
        before = outputs(page, NEURON).locator(".course-fallback p").first.text_content()
        page.locator("input[type=range]").first.press("ArrowRight")
        page.locator("input[type=range]").first.press("ArrowRight")
        other = f"document.querySelector('.course-fallback p').textContent !== {before!r}"
        page.wait_for_function(other, timeout=WAIT)
        words = outputs(page, NEURON).locator(LIVE).get_by_role("status").inner_text()
        save(page)
    return folder, words


@pytest.fixture(scope="module")
def page(chromium, saved):
    with lab(saved[0]) as server, opened(chromium, server, "tried.ipynb", **TALL) as page:
        page.wait_for_function("!document.body.innerText.includes('Loading widget')", timeout=WAIT)
        yield page


def test_nothing_speaks_of_an_error(page):
    assert "model not found" not in page.locator(".jp-Notebook").inner_text()


def test_a_view_shows_its_last_picture_and_words(page, saved):
    left = outputs(page, NEURON).locator(".course-fallback")
    assert left.is_visible()
    assert left.locator("p").first.inner_text() == saved[1]
    assert "Run the cell again" in left.inner_text()
    picture = left.get_by_role("img", name=re.compile("."))
    assert picture.evaluate("e => e.complete && e.naturalWidth > 300 && e.clientWidth > 300")


def test_the_questions_can_be_read_and_their_reasons_unfolded(page):
    left = outputs(page, QUIZ).locator(".course-fallback")
    assert "All ten logits of an image are 5." in left.inner_text()
    reason = asked("08")[2].options["2.30"]
    assert reason not in left.inner_text()
    left.locator("summary").nth(2).click()
    assert f"No. {reason}" in left.inner_text()


def test_the_bar_of_a_training_is_a_line_of_text(page):
    assert re.match(r"epoch 3/3: 100%.* 3/3 .*loss=0\.\d+, accuracy=", outputs(page, FIT).inner_text())


def test_a_training_that_was_watched_shows_its_curves(page):
    left = outputs(page, TRAIN).locator(".course-fallback")
    assert left.inner_text().startswith("Done in ")
    assert left.locator("img").evaluate("e => e.naturalWidth > 300")


def test_exported_as_html_each_picture_is_there_once_without_a_network(page, saved):
    exporter = pytest.importorskip("nbconvert").HTMLExporter()
    html, _ = exporter.from_filename(str(saved[0] / "tried.ipynb"))
    exported = page.context.browser.new_page(**TALL)
    exported.set_content(html, wait_until="domcontentloaded")
    pictures = exported.locator("img")
    seen = [pictures.nth(i).is_visible() for i in range(pictures.count())]
    assert sum(seen) == 2
    assert exported.get_by_text("All ten logits of an image are 5.").locator("visible=true").count() == 1
    exported.close()


def test_run_again_it_lives(page):
    page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex = 0")
    page.evaluate("jupyterapp.commands.execute('notebook:run-cell')")
    outputs(page, NEURON).locator(LIVE).first.wait_for(timeout=WAIT)
    assert is_unseen(page, NEURON)
