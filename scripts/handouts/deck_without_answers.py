"""The slides of a lesson without its answers, to print and to hand out.

What waits for a key on a slide is left out, and so are the speaker's notes and the reasons of the questions. Where the
lesson goes on from a task with what came out, the slide is empty: there is room for what the class finds. What is to
be done stays: the words before a picture with sliders, and after a prediction the code that tries it. Elsewhere a
paragraph, an item or a listing goes that prints the number of a prediction, or the code of an exercise.
"""

import re
from dataclasses import replace
from pathlib import Path

from deck.lesson import Deck
from deck.page import CARD, FIGURE, PRINTED, Page
from jinja2 import Environment, FileSystemLoader
from slides import LOOK as DECK_LOOK
from slides import lesson as stored

from course_utils.exercises import Exercise
from course_utils.lesson_names import number_of
from course_utils.lessons import lesson

LOOK = Path(__file__).resolve().parent / "look"
WAITS = re.compile(r'^<\w+ class="[^"]*\bfragment\b')
ELEMENT = re.compile(r"<(li|p|pre|tr)\b.*?</\1>", flags=re.S)
TOLD = re.compile(r'<script type="application/json".*?</script>', flags=re.S)
ROOM = '<div class="room"></div>'
TASKS = ("turn", "question")
PREDICT, SLIDE = "<strong>Predict", "<strong>Now slide"
WORDS, LISTING = '<div class="words">', '<pre class="code"'
DISTINCT = 3  # digits of a number that is met by chance in no other place
LARGE = 10_000  # and a whole number that is none


def pages(path):
    """Return the pages of a lesson's deck, none of which tells an answer.

    Parameters
    ----------
    path : Path
        The notebook.
    """
    exercises = lesson(number_of(path)).values()
    signs = [sign for each in exercises if isinstance(each, Exercise) for sign in signs_of(each)]
    whole = Deck(stored(path)).pages
    found, waits, predicts = [], False, False
    for page, following in zip(whole, [*whole[1:], None], strict=True):
        if page.look in TASKS:
            found.append(asking(bare(page)))
            waits, predicts = page.look == "turn", PREDICT in page.body
            continue
        waits = waits and not page.begins and page.title != "Tasks"
        answers = waits and not _slides(page) and not _instructs(page, following)
        if answers:
            found.append(tried(page, signs) if predicts else emptied(page))
        else:
            found.append(silent(bare(page), signs))
        waits = waits and not answers
    return found


def write(path, target):
    """Write the deck to a folder that holds the files of all decks, and return its file."""
    found = pages(path)
    look = Environment(loader=FileSystemLoader([LOOK, DECK_LOOK]), keep_trailing_newline=True)
    deck = look.get_template("slides.html").render(title=found[0].title, pages=found)
    file = target / path.with_suffix(".html").name
    file.write_text(deck, encoding="utf-8")
    return file


def _slides(page):
    """Whether a page has only a picture with sliders, as it stands before anybody drags."""
    return page.has(FIGURE) and "In the notebook this picture moves." in page.body


def _instructs(page, following):
    """Whether a page says what to do with a picture that moves: this one's own, or that of the next page."""
    is_before = all(block.startswith(WORDS) for block in page.blocks) and following is not None and _slides(following)
    return is_before or SLIDE in page.body


def bare(page):
    """Return a page without its notes and without what waits for a key."""
    blocks = [TOLD.sub("", block) for block in page.blocks if not WAITS.match(block)]
    return replace(page, blocks=blocks, notes=[])


def asking(page):
    """Return a task as it is set: beside its card stands nothing that came out."""
    if not page.has(CARD):
        return page
    return replace(page, blocks=[block for block in page.blocks if not block.startswith(PRINTED)])


def silent(page, signs):
    """Return a page without the paragraphs, items and listings that tell an answer."""
    blocks = [ELEMENT.sub(lambda found: "" if tells(found[0], signs) else found[0], block) for block in page.blocks]
    if tells("".join(blocks), signs) or not any(re.sub(r"<(?!img)[^>]+>|\s", "", block) for block in blocks):
        return emptied(page)
    return replace(page, blocks=blocks)


def tried(page, signs):
    """Return the code of a page, by which a prediction is tried, with room for what comes out."""
    code = [block for block in bare(page).blocks if block.startswith(LISTING) and not tells(block, signs)]
    return replace(emptied(page), blocks=[*code, ROOM])


def emptied(page):
    """Return a page that has its heading and room to write."""
    return Page(page.title, page.begins, page.look, blocks=[ROOM])


def tells(markup, signs):
    """Whether a piece of a page prints the answer of a prediction, or the code that an exercise asks for."""
    text = re.sub(r"<[^>]+>", "", markup)
    return any(re.search(sign, text) for sign in signs)


def signs_of(exercise):
    """Return patterns of texts that tell the answer of an exercise."""
    if not exercise.is_value:
        return [rf"\bdef {exercise.id}\(.*\n(?!\s+return \.\.\.)"]
    value = exercise.solution()
    values = [] if isinstance(value, str) else value if hasattr(value, "__len__") else [value]
    return [pattern for each in values for pattern in _written(float(each))]


def _written(value):
    """Return how a number is written of which a page may be emptied; nothing for one that is met by chance."""
    if value.is_integer():
        is_met = abs(value) < LARGE and len(f"{abs(value):.0f}".rstrip("0")) < DISTINCT
        return [] if is_met else [rf"(?<![\d.,]){int(value):{form}}(?![\d,]\d)" for form in ("d", ",")]
    digits = f"{abs(value):.4g}".replace(".", "").lstrip("0")
    if len(digits) < DISTINCT or "e" in digits:
        return []
    shown = f"{abs(value):.{max(0, 2 - exponent(value))}f}"
    return [rf"(?<![\d.,]){re.escape(shown[:-1])}\d"]


def exponent(value):
    """Return the power of ten of a number's first digit.

    >>> exponent(0.3466), exponent(85.9)
    (-1, 1)
    """
    return int(f"{value:e}".partition("e")[2])
