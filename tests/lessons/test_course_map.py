"""The way through the course: the list of the lessons, its picture, and its table in lesson 00."""

import re

import nbformat
import pytest
import way
from _notebooks import NOTEBOOKS
from matplotlib import pyplot as plt
from matplotlib.patches import FancyBboxPatch

import course_utils as cu
from course_utils.commands.course_map import draw_course_map
from course_utils.lesson_names import TOOLBOXES, number_of
from course_utils.lessons.course import course, parts

NUMBERS = [lesson.number for lesson in course()]


def test_seventeen_lessons_and_two_toolboxes_are_listed_in_their_order():
    assert [*TOOLBOXES, *(f"{n:02}" for n in range(1, 18))] == NUMBERS


def test_each_notebook_is_listed_under_its_own_name_and_number():
    listed = {lesson.name: lesson.number for lesson in course()}
    notebooks = {path.stem: number_of(path) for path in NOTEBOOKS if number_of(path) != "00"}
    assert notebooks.items() <= listed.items()


def test_a_lesson_needs_only_what_comes_before_it():
    for lesson in course():
        assert set(lesson.needs) <= {"00", *NUMBERS[: NUMBERS.index(lesson.number)]}


def before(number, needs):
    """Return the numbers of all lessons on the way to one, by what each of them needs."""
    return {number}.union(*(before(other, needs) for other in needs.get(number, ())))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_whoever_has_what_the_table_asks_for_has_all_that_the_lesson_builds_on(path):
    first = nbformat.read(path, as_version=4).cells[0].source
    named = re.findall(r"\((\w+\.ipynb)\)", "".join(re.findall(r"Builds on .*", first)))
    needs = {lesson.number: lesson.needs for lesson in course()}
    assert {number_of(path.with_name(name)) for name in named} <= {"00", *TOOLBOXES, *before(number_of(path), needs)}


def test_a_part_is_one_stretch_of_the_way():
    assert [lesson.number for lessons in parts().values() for lesson in lessons] == NUMBERS


@pytest.fixture
def ax():
    ax = draw_course_map().axes[0]
    yield ax
    plt.close(ax.figure)


def test_the_picture_has_a_box_for_each_lesson_with_its_words_inside(ax):
    ax.figure.canvas.draw()
    boxes = [patch.get_window_extent() for patch in ax.patches if isinstance(patch, FancyBboxPatch)]
    words = {text.get_text(): text.get_window_extent() for text in ax.texts if text.get_text()}
    assert len(boxes) == len(NUMBERS)
    for lesson, box in zip(course(), boxes, strict=True):
        for word in (lesson.number, lesson.short):
            of_word = [text.get_window_extent() for text in ax.texts if text.get_text() == word]
            assert any(box.x0 <= w.x0 and w.x1 <= box.x1 and box.y0 <= w.y0 and w.y1 <= box.y1 for w in of_word), word
    assert set(parts()) <= set(words)
    first = min(box.x0 for box in boxes)
    assert all(words[part].x1 <= first for part in parts())


def test_no_two_boxes_overlap(ax):
    ax.figure.canvas.draw()
    boxes = [patch.get_window_extent() for patch in ax.patches if isinstance(patch, FancyBboxPatch)]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_the_map_is_shown_with_its_lessons_in_words(capsys, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **options: shown.append((data, options)))
    cu.course_map()
    ((_, options),) = shown
    alt = options["metadata"]["image/png"]["alt"]
    assert all(f"{lesson.number} {lesson.short}" in alt for lesson in course())


def test_the_table_in_lesson_00_is_the_one_of_the_list_and_the_notebooks():
    notebook = nbformat.read(way.START, as_version=4)
    (cell,) = [cell for cell in notebook.cells if cell.id == way.CELL]
    assert cell.source == way.table(), "after a change: python3 start.py refresh, or scripts/way.py"
    assert len(re.findall(r"^\| (?:T\d|\d\d) \|", cell.source, flags=re.M)) == len(NUMBERS)
