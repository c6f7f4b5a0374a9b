"""The questions in a real browser: by mouse and by keyboard, with a busy kernel, and as a page without one."""

import pytest
from _lab import WAIT

from course_utils.lessons import asked

pytestmark = pytest.mark.browser

CELLS = ["import course_utils as cu", 'quiz = cu.questions("08")\nquiz']
EQUAL, _, HALF, *_ = asked("08")  # questions on ten equal logits, and on the loss of a probability of 0.5
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


def right(question):
    return f"✓ Right. {question.options[question.right]}"


def wrong(question, option):
    return f"✗ No. {question.options[option]}"


def reasons(quiz, i):
    return [text for text in group(quiz, i).get_by_role("status").all_inner_texts() if text]


def test_a_chosen_option_shows_its_reason_and_choosing_again_loses_nothing(quiz):
    group(quiz, 2).get_by_text("2.30").click()
    assert reasons(quiz, 2) == [wrong(HALF, "2.30")]
    group(quiz, 2).get_by_text("0.69").click()
    assert reasons(quiz, 2) == [right(HALF), wrong(HALF, "2.30")]
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
    assert reasons(quiz, 0) == [right(EQUAL)]
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
    assert reasons(quiz, 2) == [right(HALF)]
    assert page.locator(".jp-InputPrompt").nth(2).inner_text() == "[*]:"
    page.evaluate("jupyterapp.commands.execute('notebook:interrupt-kernel')")
