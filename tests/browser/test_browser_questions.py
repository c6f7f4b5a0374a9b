"""The questions in a real browser: by mouse and by keyboard, with a busy kernel, and as a page without one."""

import pytest
from _lab import WAIT

pytestmark = pytest.mark.browser

CELLS = [
    """import course_utils as cu
from course_utils.lessons import asked
question = asked("08")[2]""",
    'quiz = cu.questions("08")\nquiz',
]
BUSY = "import time; time.sleep(20)"


@pytest.fixture(scope="module")
def page(open_notebook):
    with open_notebook([*CELLS, BUSY], viewport={"width": 480, "height": 900}) as page:
        yield page


@pytest.fixture
def quiz(page):
    """A fresh quiz: its cell run again."""
    page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex = 1")
    page.evaluate("jupyterapp.commands.execute('notebook:run-cell')")
    quiz = page.locator(".jp-OutputArea-output .course-quiz")
    quiz.get_by_text("0 of 5 answered.").wait_for(timeout=WAIT)
    return quiz


def group(quiz, i):
    return quiz.get_by_role("group").nth(i)


def reasons(quiz, i):
    return [text for text in group(quiz, i).get_by_role("status").all_inner_texts() if text]


def test_a_chosen_option_shows_its_reason_and_choosing_again_loses_nothing(quiz):
    group(quiz, 2).get_by_text("2.30").click()
    assert reasons(quiz, 2) == ["✗ No. That is the cost of knowing nothing, −log 0.1."]
    group(quiz, 2).get_by_text("0.69").click()
    assert reasons(quiz, 2) == ["✓ Right. −log 0.5 = 0.69.", "✗ No. That is the cost of knowing nothing, −log 0.1."]
    assert group(quiz, 2).get_by_role("radio", name="0.69").is_checked()
    assert [reasons(quiz, i) for i in (0, 1, 3, 4)] == [[], [], [], []]
    quiz.get_by_text("1 of 5 answered.").wait_for(timeout=WAIT)


def test_the_count_comes_with_the_last_answer(quiz):
    for i, right in enumerate([2, 1, 1, 2, 0]):
        group(quiz, i).get_by_role("radio").nth(right if i else 0).check()
    quiz.get_by_text("4 of 5 right at the first try.").wait_for(timeout=WAIT)


def test_by_keyboard_arrows_walk_and_the_space_bar_chooses(quiz, page):
    radios = group(quiz, 0).get_by_role("radio")
    radios.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert reasons(quiz, 0) == []
    page.keyboard.press(" ")
    assert reasons(quiz, 0) == ["✓ Right. Only differences count, and here there are none."]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # round to the last
    page.keyboard.press(" ")
    assert radios.last.is_checked()
    assert len(reasons(quiz, 0)) == 2
    assert page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex") == 1


def test_it_fits_a_narrow_page(quiz):
    for i in range(5):
        group(quiz, i).get_by_role("radio").first.check()
    assert quiz.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_the_reason_does_not_wait_for_a_busy_kernel(quiz, page):
    page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex = 2")
    page.evaluate("void jupyterapp.commands.execute('notebook:run-cell')")
    page.wait_for_function("document.querySelectorAll('.jp-InputPrompt')[2].textContent.includes('*')", timeout=WAIT)
    group(quiz, 2).get_by_text("0.69").click()
    assert reasons(quiz, 2) == ["✓ Right. −log 0.5 = 0.69."]
    assert page.locator(".jp-InputPrompt").nth(2).inner_text() == "[*]:"
    page.evaluate("jupyterapp.commands.execute('notebook:interrupt-kernel')")
