"""The printed pages of a lesson as HTML: a worksheet of one sheet, its answers, and the plans for who teaches."""

import math
import re
from pathlib import Path

from deck.page import inline, markdown
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from course_utils.exercises.typed import readings_of
from course_utils.lessons import asked, find
from handouts.lesson import answer
from handouts.plan import LONG, PROTOCOL, SHORT, plan

LOOK = Path(__file__).resolve().parent / "look"
PANELS = 2  # to draw on
COUNTS = ("one", "two", "three", "four")
CLOSE = 0.1  # of an answer: a slider that stands as near as this gives it away
MUCH = 11  # lines to write; a worksheet with more of them has smaller type
TOLD = ("On the board", "Wrong answers to expect", "For the fast", "Rescue", "When time is short")
GIVEN = ("Homework", "Marking")

_look = Environment(loader=FileSystemLoader(LOOK), undefined=StrictUndefined, autoescape=False)
_look.filters |= {"inline": inline, "markdown": markdown}


def _render(template, lesson, **told):
    style = (LOOK / "paper.css").read_text(encoding="utf-8")
    return _look.get_template(template).render(lesson=lesson, style=style, **told)


def unsaid(setting, told):
    """Return what is moved; where a value is the answer to a prediction, or close to it, without any value.

    >>> unsaid("`w` → 2, `x` → 0.51", {"0.5"}), unsaid("`w` → 2, `x` → 0.51", {"3"})
    ('`w`, `x`', '`w` → 2, `x` → 0.51')
    """
    values = re.findall(r"→ (.+?)(?=,? `|$)", setting)
    tells = any(_is_close(value, right) for value in values for right in told)
    return ", ".join(re.findall("`.+?`", setting)) if tells else setting


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
    rows = plan(lesson, page, LONG).positions
    lines = len(rows) + len(lesson.predictions) + len(lesson.asked)
    told = {part for each in lesson.predictions for part in answer(each).split(", ")}
    return _render(
        "worksheet.html",
        lesson,
        positions=rows,
        moved=[unsaid(each.setting, told) for each in rows],
        soon=plan(lesson, page, SHORT).positions,
        form=form,
        panels=(page.drawings + [None] * PANELS)[:PANELS],
        ticket=page.exit_ticket[0],
        is_much=lines > MUCH,
    )


def answers(lesson, page):
    """Return the answers to a worksheet, in its order; those of predictions are computed now."""
    return _render(
        "answers.html",
        lesson,
        predictions=[(each, answer(each)) for each in lesson.predictions],
        positions=plan(lesson, page, LONG).positions,
        drawings=page.drawings,
        keys=[each.right for each in asked(lesson.number)],
        ticket=page.exit_ticket,
    )


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
        open_exercises=open_exercises(page),
        told=TOLD,
        given=GIVEN,
    )
