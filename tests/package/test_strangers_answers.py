"""Answers written by somebody who knew the cards and not the checker: true causes are named, right ones accepted."""

import pytest
from _strangers_answers import RIGHT, WRONG

from course_utils.exercises import judge
from course_utils.exercises.causes import repair
from course_utils.exercises.feedback import describe
from course_utils.lessons import find


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Let a busy machine try as many changes as an idle one."""
    monkeypatch.setattr(repair, "SECONDS", 5)
    monkeypatch.setattr(repair, "PATIENCE", 20)


@pytest.mark.parametrize(("id", "words", "answer"), WRONG, ids=[f"{id}: {words[:30]}" for id, words, _ in WRONG])
def test_the_first_lines_name_the_true_cause(id, words, answer):
    said = describe(find(id), judge(find(id), answer)).splitlines()
    assert said[0].startswith(f"✗ {id}: not right yet.")
    assert words in said[1]


@pytest.mark.parametrize(("id", "answer"), RIGHT, ids=[f"{id}-{n}" for n, (id, _) in enumerate(RIGHT)])
def test_an_oddly_written_right_answer_is_accepted(id, answer):
    assert judge(find(id), answer).state == "right"


def test_the_whole_set_is_there():
    assert (len(WRONG), len(RIGHT)) == (54, 28)
