"""The printed pages of a lesson as HTML: a worksheet of one sheet, its answers, and the plans for who teaches."""

import math
import re
from dataclasses import dataclass
from pathlib import Path

from deck.page import inline, markdown
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from course_utils.exercises.typed import readings_of
from course_utils.lessons import asked, find
from handouts.lesson import answer
from handouts.plan import LONG, PROTOCOL, SHORT, plan

LOOK = Path(__file__).resolve().parent / "look"
PANELS = 2  # to draw on
SETTING = re.compile(r"(`.+?`) → (.+?)(?=,? `|$)")  # a slider, and where it goes
COUNTS = ("one", "two", "three", "four")
CLOSE = 0.1  # of an answer: a slider that stands as near as this gives it away
MUCH = 9  # lines to write; a worksheet with more of them has smaller type
MANY = 26  # steps of a plan; one with more of them has smaller type
TOLD = ("On the board", "Wrong answers to expect")  # of the page, before the plans, so that each has a sheet
GIVEN = ("For the fast", "Rescue", "When time is short", "Homework", "Marking")

_look = Environment(loader=FileSystemLoader(LOOK), undefined=StrictUndefined, autoescape=False)
_look.filters |= {"inline": inline, "markdown": markdown}


def _render(template, lesson, **told):
    style = (LOOK / "paper.css").read_text(encoding="utf-8")
    return _look.get_template(template).render(lesson=lesson, style=style, **told)


@dataclass(frozen=True)
class Line:
    """A line of the worksheet, and what the answers say to it."""

    place: int  # in the notebook
    asked: str  # Markdown, as all that follows
    form: str
    name: str
    right: str
    why: str
    is_short: bool  # also done in a class of 45 minutes


def lines(lesson, page):
    """Return the lines of the worksheet, in the order of the lesson.

    Raises
    ------
    ValueError
        If the page has no answer to a prediction in words: a run of the cell below it.
    """
    short = plan(lesson, page, SHORT)
    sections = {id: part.name for part in lesson.parts for id in (*part.exercises, *part.cells)}
    found = []
    for each in lesson.predictions:
        is_short = sections[each.id] in short.sections
        place = lesson.places[each.id]
        found.append(Line(place, each.aim, form(each.shapes), each.title, answer(each), each.why, is_short))
    runs = {each.cell for each in page.positions if not each.setting}
    for section, cell, _ in lesson.asked:
        if lesson.cell_below(cell) not in runs:
            raise ValueError(f"{lesson.name}: what is predicted in “{section}” has no answer on the page: {cell}.")
    told = {each.cell: _told_beside(lesson, sections, sections[each.cell]) for each in page.positions}
    moved = dict(zip(page.positions, unsaid(page.positions, told), strict=True))
    for each in plan(lesson, page, LONG).positions:
        words = f"{moved[each]}: {each.question}" if each.setting else each.question
        name = each.setting or each.question
        found.append(Line(lesson.places[each.cell], words, "", name, "", each.seen, each in short.positions))
    return sorted(found, key=lambda line: line.place)


def _told_beside(lesson, sections, section):
    """Return the answers to the predictions of a section."""
    there = [each for each in lesson.predictions if sections[each.id] == section]
    return {part for each in there for part in answer(each).split(", ")}


def unsaid(positions, told):
    """Return what is moved at each position; a slider stands without its value where that tells a prediction's answer.

    A value tells it that is the answer, or close to it, unless its own question says the value anyway. So do the next
    two values of the same slider, if the answer lies between them: with 6 and 12 on the sheet, nobody has to guess
    that 9 is to be tried.

    Parameters
    ----------
    positions : list of Position
    told : dict of str to set of str
        For the cell of each position the answers to the predictions of its section.
    """
    values = [{(each.cell, label): value for label, value in SETTING.findall(each.setting)} for each in positions]
    hidden = [set() for _ in positions]  # the labels of sliders
    for place, each in enumerate(positions):
        for slider, value in values[place].items():
            if _tells(value, told[each.cell]) and not _is_said(value, each.question):
                around = _neighbours([here.get(slider) for here in values], _number(value))
                for near in {place, *around}:
                    hidden[near].add(slider[1])
    return [_without(each.setting, labels) for each, labels in zip(positions, hidden, strict=True)]


def _without(setting, labels):
    """Return a setting in which these sliders have no value."""
    return SETTING.sub(lambda found: found[1] if found[1] in labels else found[0], setting)


def _is_said(value, text):
    return re.search(rf"(?<![\w.,−]){re.escape(value)}(?!\w|[.,]\d)", text)


def _neighbours(values, middle):
    """Return the places of the next lower value and of the next higher one; none where one of the two is missing."""
    numbers = {place: _number(value) for place, value in enumerate(values) if value}
    lower = [place for place, number in numbers.items() if None not in (number, middle) and number < middle]
    higher = [place for place, number in numbers.items() if None not in (number, middle) and number > middle]
    if not (lower and higher):
        return set()
    return {max(lower, key=numbers.get), min(higher, key=numbers.get)}


def _number(text):
    return next(iter(readings_of(text)), None)


def _tells(value, told):
    return any(_is_close(value, right) for right in told)


def _is_close(value, right):
    if value == right:
        return True
    numbers = [each for text in (value, right) for each in readings_of(text)[:1]]
    return len(numbers) == 2 and math.isclose(*numbers, rel_tol=CLOSE)


def form(shapes):
    """Return in words what is to be written, where a prediction asks for several numbers.

    >>> form("[number, number], each from 0 to 1")
    'two numbers, each from 0 to 1'
    """
    return re.sub(r"\[number((?:, number)+)\]", lambda found: f"{COUNTS[found[1].count(',')]} numbers", shapes)


def worksheet(lesson, page):
    """Return what learners write on, one A4 sheet: it holds no answer."""
    asked = lines(lesson, page)
    return _render(
        "worksheet.html",
        lesson,
        lines=asked,
        panels=(page.drawings + [None] * PANELS)[:PANELS],
        tickets=tickets(page),
        is_much=len(asked) > MUCH,
    )


def answers(lesson, page):
    """Return the answers to a worksheet, in its order; those of predictions are computed now."""
    return _render(
        "answers.html",
        lesson,
        lines=lines(lesson, page),
        drawings=page.drawings,
        keys=[each.right for each in asked(lesson.number)],
        tickets=tickets(page),
    )


def tickets(page):
    """Return the exit ticket, question and answer; where a short class has its own, both, with their minutes."""
    if not page.short_ticket:
        return [("", *page.exit_ticket)]
    return [(f"In {SHORT} minutes: ", *page.short_ticket), (f"In {LONG} minutes: ", *page.exit_ticket)]


def open_exercises(page):
    """Return the open exercises whose marking the page tells."""
    return [find(id) for id in re.findall(r"`(\w+)`: full marks", page.parts["Marking"])]


def plans(lesson, page):
    """Return the plans of 45 and of 90 minutes, with all that the page says to who teaches."""
    return _render(
        "plans.html",
        lesson,
        page=page,
        plans=[plan(lesson, page, minutes) for minutes in (SHORT, LONG)],
        protocol=PROTOCOL,
        many=MANY,
        open_exercises=open_exercises(page),
        told=TOLD,
        given=GIVEN,
    )
