"""The words of the field: each stands in bold in its lesson, once with its meaning; tables and glossary follow."""

import re

import nbformat
import pytest
import words
from _notebooks import NOTEBOOKS

from course_utils.lesson_names import number_of
from course_utils.lessons.terms import Term, terms, terms_of

LESSONS = [path for path in NOTEBOOKS if any(c.id == words.CELL for c in nbformat.read(path, as_version=4).cells)]


def bold(notebook):
    """Give all that stands in bold in a lesson, in small letters, without the tables of words."""
    told = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown" and c.id != words.CELL)
    return [" ".join(text.lower().strip(".:,").split()) for text in re.findall(r"\*\*(.+?)\*\*", told, flags=re.S)]


def missing(notebook, wanted):
    found = bold(notebook)
    return [term.word for term in wanted if not any(form.lower() in found for form in term.forms)]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_each_word_stands_in_bold_in_its_lesson(path):
    assert missing(nbformat.read(path, as_version=4), terms_of(number_of(path))) == []


def test_a_word_that_is_not_bold_is_found():
    cell = nbformat.v4.new_markdown_cell("The **cost** is a mean of\nlosses, and a **squared\nerror** is one.")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    wanted = [Term("cost", "", "02"), Term("loss", "", "02"), Term("squared error", "", "02"), Term("mean", "", "02")]
    assert missing(notebook, wanted) == ["loss", "mean"]


def test_each_lesson_that_brings_words_has_a_cell_for_them():
    assert [path.stem for path in NOTEBOOKS if terms_of(number_of(path)) and path not in LESSONS] == []


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_table_at_its_end_is_the_one_of_the_list(path):
    notebook = nbformat.read(path, as_version=4)
    (cell,) = [cell for cell in notebook.cells if cell.id == words.CELL]
    assert cell.source == words.table(number_of(path)), "after a change: python3 start.py refresh, or scripts/words.py"


def test_the_glossary_is_the_one_of_the_list():
    assert words.GLOSSARY.read_text(encoding="utf-8") == words.glossary(NOTEBOOKS)


def test_no_word_and_no_form_stands_in_the_list_twice():
    forms = [form.lower() for term in terms() for form in term.forms]
    assert sorted(form for form in set(forms) if forms.count(form) > 1) == []


def test_each_meaning_is_whole_sentences():
    assert [term.word for term in terms() if not re.fullmatch(r"[A-Z].*\.", term.meaning)] == []
