"""The README of the instructor's guide: its paths name sections that are there, and their minutes add up."""

import re

import pytest
from _guide import GUIDE, PAGES, ROOT, dead_links, minutes, parts, readme, rows

from course_utils.lesson_names import TOOLBOXES, number_of
from course_utils.lessons import find


def page_minutes(number):
    (page,) = (page for page in PAGES if number_of(page) == number)
    table = rows(parts(page.read_text(encoding="utf-8"))["Minutes"])
    return {section: int(each) for section, each, _ in table}


def sections_of(number, text):
    """Return the sections that a row names: "all", "all but A; B", or "A; B"; complain of those that are not there."""
    there = list(page_minutes(number))
    named = [] if text == "all" else text.removeprefix("all but ").split("; ")
    wrong = [f"{number} has no section {name}" for name in named if name not in there]
    taken = [name for name in there if name not in named] if text.startswith("all") else named
    return [name for name in taken if name in there], wrong


def links():
    """Return how a path names each lesson: its number and the name of its page."""
    table = rows(parts(readme())["The pages"])
    return {number: f"[{number} {link.removeprefix('[')}" for number, link, *_ in table}


def walk(markdown):
    """Return the minutes of each table of a path, and what is wrong in its rows."""
    sums, wrong, now = [], [], 0
    for where, what, each, *_ in rows(markdown):
        if what == "**Together**":
            wrong += [] if each == f"**{now}**" else [f"the rows make {now}, not {each}"]
            sums, now = [*sums, now], 0
            continue
        now += int(each)
        if where:
            number = where[1:3]
            taken, unknown = sections_of(number, what)
            unknown += [] if where == links()[number] else [f"{where} is not {links()[number]}"]
            right = sum(page_minutes(number)[name] for name in taken)
            wrong += unknown + ([] if right == int(each) else [f"{number}, {what}: {right}, not {each} minutes"])
    return sums, wrong + ([] if now == 0 else ["no sum below the last row"])


def weeks(markdown):
    """Return what is wrong in the table of weeks."""
    table, wrong = rows(markdown), []
    lessons = [link for number, link in links().items() if number not in TOOLBOXES]  # which are looked up at any time
    if [row[1] for row in table] != lessons:
        wrong.append("not every lesson in its order")
    for week, (number, where, board, keyboard, home) in enumerate(table, 1):
        keeps = int(number) == week and int(keyboard) == minutes(where[1:3]) and int(board) + int(keyboard) == 90
        wrong += [] if keeps and home else [f"week {week}: {where}, {board} + {keyboard}"]
    return wrong


PATHS = {"One hour": [60], "Half a day": [195], "Two days": [360, 360]}


@pytest.mark.parametrize("path", PATHS)
def test_a_path_names_sections_that_are_there_and_its_minutes_add_up(path):
    part = parts(readme())[path]
    assert walk(part) == (PATHS[path], [])
    assert "**At its end they can**" in part


def test_a_term_has_a_week_for_each_lesson():
    part = parts(readme())["A term of seventeen weeks"]
    assert weeks(part) == []
    assert "**At its end they can**" in part


def test_the_readme_lists_the_pages_with_their_minutes():
    table = rows(parts(readme())["The pages"])
    assert [row[0] for row in table] == [number_of(page) for page in PAGES]
    assert [int(row[2]) for row in table] == [minutes(row[0]) for row in table]
    assert all(row[3] for row in table)


def test_the_readme_has_living_links():
    assert dead_links(readme(), GUIDE) == []
    asked = re.findall(r"cu\.(?:hint|solution)\(\"(\w+)", readme())
    assert [find(id).id for id in asked] == asked != []


def test_the_commands_that_the_guide_names_are_there():
    known = set(re.findall(r'^    "([\w-]+)": \("', (ROOT / "start.py").read_text(encoding="utf-8"), flags=re.M))
    named = set(re.findall(r"`python3 start\.py ([a-z-]+)", readme())) - {"--fresh"}
    assert "check" in named
    assert named <= known | {"hub"}


def takes_the_full_set():
    """Return the numbers of the lessons that fetch the full MNIST where it is missing, as a text names them."""
    texts = {number_of(path): path.read_text(encoding="utf-8") for path in (ROOT / "notebooks").glob("*.ipynb")}
    numbers = sorted(int(number) for number, text in texts.items() if "cu.load_mnist()" in text)
    runs = [[numbers[0]]]
    for number in numbers[1:]:
        runs = [*runs[:-1], [*runs[-1], number]] if number == runs[-1][-1] + 1 else [*runs, [number]]
    parts = [
        f"{run[0]:02d} to {run[-1]:02d}" if len(run) > 2 else ", ".join(f"{each:02d}" for each in run) for run in runs
    ]
    return ", ".join(parts[:-1]) + f" and {parts[-1]}"


def test_both_readmes_name_the_lessons_that_fetch_the_full_mnist():
    lessons = takes_the_full_set()
    assert f"lessons {lessons} take the full MNIST" in readme()
    assert f"the first of lessons {lessons} that runs fetches the full MNIST" in (ROOT / "README.md").read_text("utf-8")


# --- each check sees a mistake that is planted

PATH = """| Lesson | Sections | Minutes | How |
|---|---|---|---|
| [01 Sigmoid](01_sigmoid.md) | Five questions; Take away | 4 | alone |
| [01 Sigmoid](01_sigmoid.md) | all but Five questions | 52 | |
| | Break | 15 | |
| | **Together** | **71** | |
"""


def test_a_right_path_is_read_and_holds():
    assert walk(PATH) == ([71], [])


@pytest.mark.parametrize(
    ("right", "planted"),
    [
        ("Take away", "Take it away"),  # no section of the lesson
        ("[01 Sigmoid]", "[01 Cost]"),
        ("all but Five questions", "all but Six questions"),
        ("| 4 |", "| 5 |"),  # not the page's minutes, nor the sum
        ("| 15 |", "| 20 |"),  # not the sum
        ("**71**", "**70**"),
        ("| | **Together** | **71** | |\n", ""),
    ],
)
def test_a_path_that_does_not_hold_is_noticed(right, planted):
    assert walk(PATH.replace(right, planted))[1] != []


def test_a_week_that_is_too_long_or_missing_is_noticed():
    table = parts(readme())["A term of seventeen weeks"]
    assert weeks(table.replace("| 35 | 55 |", "| 40 | 55 |", 1)) != []
    assert weeks(re.sub(r"\| 3 \|.*\n", "", table)) != []
