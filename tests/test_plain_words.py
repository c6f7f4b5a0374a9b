"""The course talks plainly: no filler, no praise, no shouting, in lessons, exercises, questions and documents."""

import re
from importlib import import_module
from pathlib import Path

import nbformat
import pytest
from test_notebooks import NOTEBOOKS, prose, text_of

from course_utils.exercises import lesson
from course_utils.exercises.registry import IDS

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("grading/*.md"), *ROOT.glob("deploy/**/*.md")]
)

# Only words that no plain sentence of this course needs: "just above 0" and "a huge loss" say something.
FILLER = r"simply|obviously|basically|essentially|of course|needless to say|as you know|note that|in order to|actually"
EASE = r"easy|easily|trivial|trivially|effortless|effortlessly|piece of cake"
PRAISE = r"amazing|awesome|incredible|fantastic|wonderful|exciting|magic|magical|powerful|well done|congratulations"
FASHION = r"utili[sz]e|leverage|delve|dive into|deep dive|state-of-the-art|cutting-edge|seamless|game-changing"
FALSE_WE = r"let's|let us"
LOADED = re.compile(rf"\b({FILLER}|{EASE}|{PRAISE}|{FASHION}|{FALSE_WE})\b", re.IGNORECASE)


def loaded(markdown):
    """Return what breaks the rules in a text's prose: code and formulas may hold any word."""
    text = "\n".join(prose(markdown))
    shouts = re.findall(r"\w+[*_]*!(?=\s|$)", text)
    return [hit.group() for hit in LOADED.finditer(text)] + shouts


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_lesson_talks_plainly(path):
    assert loaded(text_of(nbformat.read(path, as_version=4))) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_talks_plainly(path):
    assert loaded(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("number", IDS)
def test_exercises_talk_plainly(number):
    for record in lesson(number).values():
        words = [record.title, record.aim, record.why, *record.hints, *(wrong.diagnosis for wrong in record.wrong)]
        assert loaded("\n\n".join(words)) == [], record.id


@pytest.mark.parametrize("number", [number for number in IDS if number != "00"])
def test_questions_talk_plainly(number):
    for question in import_module(f"course_utils.exercises.questions_{number}").QUESTIONS:
        assert loaded("\n\n".join([question.ask, *question.options, *question.options.values()])) == [], question.ask


@pytest.mark.parametrize(
    "text",
    ["It is easy.", "This is simply wrong.", "Let's begin.", "Done!", "**Great, amazing** digits", "Note that 1 < 2."],
)
def test_a_loaded_word_is_found(text):
    assert loaded(text)


@pytest.mark.parametrize(
    "text",
    ["`easy = 1` stays code.", "$5! = 120$", "A huge loss, just above 0.", "An uneasy feeling.", "| easy! |\n|---|"],
)
def test_code_formulas_and_plain_words_pass(text):
    assert loaded(text) == []
