"""The slides of a lesson without its answers, to print and to hand out.

What waits for a key on a slide is left out, and so are the speaker's notes and the reasons of the questions. Where the
lesson goes on from a task with what came out, the slide is empty: there is room for what the class finds.
"""

import re
from pathlib import Path

from deck.lesson import Deck
from deck.page import FIGURE, Page
from jinja2 import Environment, FileSystemLoader
from slides import lesson as stored

from course_utils.exercises import Exercise
from course_utils.lesson_names import number_of
from course_utils.lessons import lesson as asked

LOOK = Path(__file__).resolve().parent / "look"
WAITS = re.compile(r'^<\w+ class="[^"]*\bfragment\b')
TOLD = re.compile(r'<script type="application/json".*?</script>', flags=re.S)
ROOM = '<div class="room"></div>'
TASKS = ("turn", "question")
DISTINCT = 3  # digits of a number that is met by chance in no other place


def pages(path):
    """Return the pages of a lesson's deck, none of which tells an answer.

    Parameters
    ----------
    path : Path
        The notebook.
    """
    exercises = asked_by(path)
    found, waits = [], False
    for page in Deck(stored(path)).pages:
        if page.look in TASKS:
            found.append(bare(page))
            waits = page.look == "turn"
            continue
        waits = waits and not page.begins and page.title != "Tasks"
        tells = waits and not _slides(page)
        found.append(emptied(page) if tells or gives_away(page, exercises) else bare(page))
        waits = waits and not tells
    return found


def write(path, target):
    """Write the deck to a folder that holds the files of all decks, and return its file."""
    found = pages(path)
    look = Environment(loader=FileSystemLoader(LOOK), keep_trailing_newline=True)
    deck = look.get_template("slides.html").render(title=found[0].title, pages=found)
    file = target / path.with_suffix(".html").name
    file.write_text(deck, encoding="utf-8")
    return file


def asked_by(path):
    """Return the exercises with a checker of a lesson."""
    return [each for each in asked(number_of(path)).values() if isinstance(each, Exercise)]


def _slides(page):
    """Whether a page has only a picture with sliders, as it stands before anybody drags."""
    return page.has(FIGURE) and "In the notebook this picture moves." in page.body


def bare(page):
    """Return a page without its notes and without what waits for a key."""
    blocks = [TOLD.sub("", block) for block in page.blocks if not WAITS.match(block)]
    return Page(page.title, page.begins, page.look, page.words, blocks, [], page.thinks, page.aspect)


def emptied(page):
    """Return a page that has its heading and room to write."""
    return Page(page.title, page.begins, page.look, blocks=[ROOM])


def gives_away(page, exercises):
    """Whether a page prints the answer of a prediction, or the code that an exercise asks for."""
    text = re.sub(r"<[^>]+>", "", page.body)
    return any(_says(text, each) for each in exercises)


def _says(text, exercise):
    if not exercise.is_value:
        return re.search(rf"\bdef {exercise.id}\(.*\n(?!\s+return \.\.\.)", text) is not None
    value = exercise.solution()
    values = [] if isinstance(value, str) else value if hasattr(value, "__len__") else [value]
    return any(re.search(pattern, text) for each in values for pattern in _written(float(each)))


def _written(value):
    """Yield how a number is written of which a page may be emptied; none for one that is met by chance."""
    digits = f"{abs(value):.4g}".replace(".", "").strip("0")
    if len(digits) < DISTINCT or "e" in digits:
        return
    if value.is_integer():
        yield rf"(?<![\d.,]){int(value):,}(?![\d,])"
        yield rf"(?<![\d.,]){int(value)}(?![\d,])"
    else:
        shown = f"{abs(value):.{max(0, 2 - exponent(value))}f}"
        yield rf"(?<![\d.,]){re.escape(shown[:-1])}\d"


def exponent(value):
    """Return the power of ten of a number's first digit.

    >>> exponent(0.3466), exponent(85.9)
    (-1, 1)
    """
    return int(f"{value:e}".partition("e")[2])
