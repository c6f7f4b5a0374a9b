"""Sentences are printed whole in a terminal, and in lines between words where JupyterLab would cut them."""

import sys

import pytest

from course_utils import notebook
from course_utils.notebook import COLUMNS, folded, tell

LONG = "✗ mean_cost: the sum is taken, and not the mean. " * 5


@pytest.fixture
def in_a_notebook(monkeypatch):
    monkeypatch.setattr(notebook, "in_notebook", lambda: True)


def test_a_terminal_gets_the_line_as_it_is(capsys):
    tell(LONG)
    assert capsys.readouterr().out == LONG + "\n"


def test_a_notebook_gets_lines_that_end_between_words(in_a_notebook, capsys):
    tell(LONG)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert max(map(len, lines)) <= COLUMNS
    assert " ".join(lines).split() == LONG.split()


def test_lines_that_fit_stay_as_they_are():
    text = "a\n\n    1.5   2.5\n" + "x" * COLUMNS
    assert folded(text) == text


def test_what_follows_keeps_its_indent_and_the_line_its_columns():
    first, second = folded("    W1 moves by 0 %   1 %   " + "0.25 % " * 14).split("\n")
    assert first.startswith("    W1 moves by 0 %   1 %   0.25 %")
    assert second.startswith("    0.25 %")


def test_a_word_longer_than_a_line_is_not_cut():
    path = "/folder" * 20
    assert path in folded(f"Nothing is in {path} yet.").split("\n")


def test_a_call_to_copy_is_not_cut():
    call = 'cu.check("a_long_name_of_an_exercise", "…")'
    lines = folded("… a_long_name_of_an_exercise: not answered yet. Write what you really think: " + call).split("\n")
    assert lines[1] == call


def test_a_stream_can_be_named(in_a_notebook, capsys):
    tell(LONG, file=sys.stderr)
    assert capsys.readouterr().out == ""
