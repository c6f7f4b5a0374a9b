"""A deck opened from its file: its views move by hand and key, its questions answer, and keys turn its pages."""

from pathlib import Path

import pytest
from _lab import WAIT

from course_utils.lessons import asked

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
expect = pytest.importorskip("playwright.sync_api", reason="playwright is missing: python3 start.py setup test").expect

# Turns to the first slide that holds what a selector names, and gives its number.
TURN_TO = """(selector) => {
  const slides = [...document.querySelectorAll(".slides section section")];
  const slide = slides.find((each) => each.querySelector(selector));
  const { h, v } = Reveal.getIndices(slide);
  Reveal.slide(h, v);
  return slides.indexOf(slide);
}"""
NUMBER = "() => [...document.querySelectorAll('.slides section section')].indexOf(Reveal.getCurrentSlide())"
OVER = """() => {
  const body = Reveal.getCurrentSlide().querySelector(".body");
  return Math.max(body.scrollHeight - body.clientHeight, body.scrollWidth - body.clientWidth);
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    for name in ("nbconvert", "sphinx_revealjs"):
        pytest.importorskip(name, reason=f"{name} is missing: python3 start.py setup test")
    import slides

    target = tmp_path_factory.mktemp("decks") / "slides"
    slides.build([ROOT / "notebooks" / "02_cost.ipynb"], target)
    return target


@pytest.fixture
def deck(chromium, folder):
    """Open the deck of lesson 02; options are those of the browser."""
    contexts = []

    def opened(**options):
        contexts.append(chromium.new_context(viewport={"width": 1280, "height": 720}, **options))
        page = contexts[-1].new_page()
        page.goto((folder / "02_cost.html").as_uri())
        page.wait_for_selector("body[data-ready]", state="attached", timeout=WAIT)
        return page

    yield opened
    for context in contexts:
        context.close()


def test_a_view_moves_by_mouse_touch_and_key_and_keys_do_not_turn_its_page(deck):
    page = deck(has_touch=True)
    number = page.evaluate(TURN_TO, ".course-view")
    view = page.locator("section section.present .course-view")
    said, weight = view.get_by_role("status").first, view.get_by_role("slider").first
    expect(said).to_contain_text("w = 0.40")
    box = weight.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.click(box["x"] + box["width"] - 2, middle)
    expect(said).to_contain_text("w = 2.00")
    page.touchscreen.tap(box["x"] + 2, middle)
    expect(said).not_to_contain_text("w = 2.00")
    weight.press("End")
    expect(said).to_contain_text("w = 2.00")
    weight.press("ArrowLeft")
    expect(said).not_to_contain_text("w = 2.00")
    assert page.evaluate(NUMBER) == number


def test_a_swipe_over_a_view_does_not_turn_its_page(deck):
    page = deck()
    page.evaluate(TURN_TO, ".course-view")
    guarded = "() => Reveal.getCurrentSlide().querySelector('.course-view').closest('[data-prevent-swipe]') !== null"
    assert page.evaluate(guarded)


@pytest.mark.parametrize(("key", "turned"), [("PageDown", 1), ("PageUp", -1)])
def test_a_remote_control_turns_the_page_also_from_a_slider(deck, key, turned):
    page = deck()
    number = page.evaluate(TURN_TO, ".course-view")
    slider = page.locator("section section.present .course-view").get_by_role("slider").first
    before = slider.input_value()
    slider.press(key)
    assert page.evaluate(NUMBER) == number + turned
    page.evaluate(TURN_TO, ".course-view")
    assert slider.input_value() == before


def test_esc_gives_the_arrow_keys_back_to_the_deck(deck):
    page = deck()
    number = page.evaluate(TURN_TO, ".course-view")
    page.locator("section section.present .course-view").get_by_role("slider").first.press("Escape")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(NUMBER) == number + 1


def test_the_view_and_its_words_are_as_large_as_the_rest_and_fit(deck):
    page = deck()
    page.evaluate(TURN_TO, ".course-view")
    assert page.evaluate(OVER) == 0
    view = page.locator("section section.present .course-view")
    line = view.get_by_role("status").first
    shown = line.evaluate("(box) => parseFloat(getComputedStyle(box).fontSize) * box.currentCSSZoom")
    assert shown == pytest.approx(24, abs=0.1)  # px, on a page of 1280 x 720
    assert view.bounding_box()["width"] > 640


def test_each_option_of_a_question_shows_its_reason_and_the_slide_still_fits(deck):
    page = deck()
    page.evaluate(TURN_TO, ".course-quiz")
    first, *_ = asked("02")
    quiz = page.locator("section section.present .course-quiz")
    for place, option in enumerate(first.options):
        quiz.get_by_role("radio").nth(place).click()
        if option == first.right:
            expect(quiz.locator(".why.right")).to_contain_text("Right.")
    assert quiz.locator(".why:not(:empty)").count() == len(first.options)
    assert page.evaluate(OVER) == 0
    page.reload()
    page.wait_for_selector("body[data-ready]", state="attached", timeout=WAIT)
    assert page.locator(".why:not(:empty)").count() == 0


def test_on_paper_the_stored_picture_and_the_list_of_options_stand(deck):
    page = deck()
    for selector, stored in ((".course-view", "img"), (".course-quiz", "ol")):
        page.emulate_media(media="screen")
        page.evaluate(TURN_TO, selector)
        live, still = (page.locator(f"section section.present {part}").first for part in (selector, stored))
        assert (live.is_visible(), still.is_visible()) == (True, False)
        page.emulate_media(media="print")
        assert (live.is_visible(), still.is_visible()) == (False, True)


def test_what_the_teaching_page_says_is_seen_by_the_speaker_alone_and_not_on_paper(deck, folder):
    page = deck()
    notes = page.locator("aside.notes")
    assert notes.filter(has_text="Opening question.").count() == 1
    assert not any(note.is_visible() for note in notes.all())
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    expect(opened.value.locator(".speaker-controls-notes")).to_contain_text("Opening question.", timeout=WAIT)
    opened.value.close()
    page.goto(f"{(folder / '02_cost.html').as_uri()}?print-pdf")
    page.wait_for_selector("body[data-ready]", state="attached", timeout=WAIT)
    page.emulate_media(media="print")
    assert page.locator(".pdf-page").count() > 40
    assert not any(note.is_visible() for note in notes.all())


@pytest.fixture(scope="module")
def measured(chromium, tmp_path_factory):
    """Measure the decks of a lesson with long questions and of one with a long title."""
    import measure_slides
    import slides

    target = tmp_path_factory.mktemp("measured") / "slides"
    lessons = ("05_logic_gates", "13_overfitting_keras")
    slides.build([ROOT / "notebooks" / f"{name}.ipynb" for name in lessons], target)
    return {name: measure_slides.faults(*measure_slides.measure(chromium, target / f"{name}.html")) for name in lessons}


def test_each_slide_fits_with_the_answer_that_waits_on_it(measured):
    assert measured["13_overfitting_keras"] == []


def test_a_title_of_two_lines_leaves_the_page_room(measured):
    assert measured["05_logic_gates"] == []
