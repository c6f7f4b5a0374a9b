"""Five questions a lesson: one right option each, a reason for every option, and nothing lost on the page."""

import json
import re

import nbformat
import pytest
from _notebooks import NOTEBOOKS, ROOT

import course_utils as cu
from course_utils.exercises import Question
from course_utils.exercises.markdown import to_html, to_markdown
from course_utils.exercises.quiz import as_markdown, verdict
from course_utils.exercises.quiz_widget import Quiz
from course_utils.lesson_names import number_of
from course_utils.lessons import asked

FILES = sorted((ROOT / "course_utils" / "lessons").glob("*/questions.py"))
NUMBERS = [number_of(path.parent) for path in FILES]
LESSONS = {number_of(path): path for path in NOTEBOOKS}
EVERY = [pytest.param(question, id=f"{n}-{i}") for n in NUMBERS for i, question in enumerate(asked(n), start=1)]

each_question = pytest.mark.parametrize("question", EVERY)
each_lesson = pytest.mark.parametrize("number", NUMBERS)

TWO = {"1": "One is missing.", "2": "One and one.", "3": "One too many."}
HOSTILE = Question(
    ask="Is `a < b` <b>bold</b>, or *not* & $x < y$?",
    options={
        "<script>alert(1)</script>": 'It is "text" here & there.',
        "`<i>`": "Code is *left* as it is: `x & y`.",
        "a * b * c": "Times **times** times.",
    },
    key="`<i>`",
    id="hostile",
)


# --- the records


@each_lesson
def test_a_lesson_has_five_questions_that_differ(number):
    assert len({question.ask for question in asked(number)}) == len(asked(number)) == 5


def test_every_lesson_is_looked_at():
    assert len(NUMBERS) == len(LESSONS) > 10
    assert len(EVERY) == 5 * len(NUMBERS)


@each_question
def test_exactly_one_option_is_right(question):
    said = [verdict(question, text) for text in question.options]
    assert sum(text.startswith("✓ **Right.** ") for text in said) == 1
    assert sum(text.startswith("✗ **No.** ") for text in said) == len(said) - 1 >= 2


@each_question
def test_a_question_is_complete_and_its_reasons_differ(question):
    reasons = list(question.options.values())
    assert len(set(reasons)) == len(reasons)
    assert question.ask.strip().endswith(("?", "about", "…"))
    assert [r for r in reasons if re.match(r"(right|wrong|yes|no)\b", r, re.IGNORECASE)] == []  # the page says it


@each_question
def test_a_number_is_computed_not_typed(question):
    """A right option that is a number, an array's shape or a bare value comes from a function."""
    number = re.fullmatch(r"[\d.,−()% ]+", question.right)
    assert not number or callable(question.key), question.ask


@pytest.mark.parametrize(
    ("options", "key", "sentence"),
    [
        ({"1": "One is missing.", "2": "One and one."}, "2", "Question: too few options. Expected: at least 3."),
        (TWO | {" 2 ": "Once more the same."}, "2", "Question: two options read alike."),
        (TWO | {"4": "wrong"}, "2", "Question: the reason of '4' is no sentence."),
        (TWO | {"4": ""}, "2", "Question: the reason of '4' is no sentence."),
        (TWO, "5", "Question: unknown key. Expected: 1, 2, 3. Received: '5'."),
        (TWO, 2, "Question: unknown key. Expected: 1, 2, 3. Received: 2."),
    ],
)
def test_a_bad_record_is_refused(options, key, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        Question("1 + 1?", options, key, id="sum")


def test_a_computed_key_that_is_no_option_is_refused():
    question = Question("1 + 1?", TWO, lambda: "2.0", id="sum")
    with pytest.raises(ValueError, match="unknown key"):
        Quiz((question,))


def test_a_lesson_without_questions_is_named():
    with pytest.raises(ValueError, match="questions: unknown lesson.*Received: '7'. Hint: did you mean '07'"):
        cu.questions("7")


def test_asking_loads_the_records_of_one_lesson(run_python):
    loaded = "[m for m in sys.modules if m.endswith('.questions') and 'lesson_' in m]"
    code = f"import sys, course_utils as cu; cu.questions('01'); print({loaded})"
    assert run_python(code) == "['course_utils.lessons.lesson_01_sigmoid.questions']\n"


# --- the widget


@pytest.fixture
def quiz():
    questions = [Question(f"1 + 1, time {i}?", TWO, lambda: str(1 + 1), id=f"sum_{i}") for i in range(3)]
    return Quiz(questions)


def choose(quiz, i, k):
    """Choose option k of question i, as the page does: a new list of tries."""
    quiz.tries = [[*tried, k] if at == i else tried for at, tried in enumerate(quiz.tries)]


def test_every_option_carries_its_own_reason(quiz):
    reasons = [option["reason"] for option in quiz.items[0]["options"]]
    assert reasons == [
        "✗ <strong>No.</strong> One is missing.",
        "✓ <strong>Right.</strong> One and one.",
        "✗ <strong>No.</strong> One too many.",
    ]
    assert [option["right"] for option in quiz.items[0]["options"]] == [False, True, False]


def test_the_first_try_counts_and_the_last_question_brings_the_count(quiz):
    assert quiz.said == "0 of 3 answered."
    choose(quiz, 0, 2)
    choose(quiz, 0, 1)  # right, but at the second try
    assert quiz.said == "1 of 3 answered."
    choose(quiz, 1, 1)
    choose(quiz, 1, 0)  # wrong, after a right first try
    assert quiz.said == "2 of 3 answered."
    choose(quiz, 2, 1)
    assert quiz.said == "2 of 3 right at the first try."
    assert quiz.tries == [[2, 1], [1, 0], [1]]
    choose(quiz, 2, 0)
    assert quiz.said == "2 of 3 right at the first try."


def test_who_shows_a_quiz_is_told_after_each_choice_what_was_right_at_first():
    told = []
    questions = [Question(f"1 + 1, time {i}?", TWO, "2", id=f"sum_{i}") for i in range(2)]
    quiz = Quiz(questions, on_change=lambda first: told.append([question.id for question in first]))
    told.clear()  # it is told of the start, too
    choose(quiz, 0, 0)
    choose(quiz, 1, 1)
    choose(quiz, 0, 1)
    assert told == [[], ["sum_1"], ["sum_1"]]


def test_options_stand_in_the_order_of_the_record():
    items = cu.questions("08").items
    assert [[option["text"] for option in item["options"]] for item in items] == [
        [to_html(text) for text in question.options] for question in asked("08")
    ]


# --- markup


def test_nothing_in_a_question_is_read_as_html():
    page = json.dumps(Quiz((HOSTILE,)).items)
    tags = set(re.findall(r"<(/?\w+)", page))
    assert tags == {"code", "/code", "em", "/em", "strong", "/strong", "span", "/span"}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "a * b * c" in page


def test_the_text_escapes_html_but_leaves_code_and_formulas():
    text = as_markdown((HOSTILE,))
    assert "**1.** Is `a < b` &lt;b&gt;bold&lt;/b&gt;, or *not* &amp; $x < y$?" in text
    assert "- &lt;script&gt;alert(1)&lt;/script&gt;\n- `<i>`\n- a * b * c\n" in text


@pytest.mark.parametrize("tex", [r"\sqrt{2 / n_{in}}", r"\partial L / \partial w", r"10^{-3}"])
def test_a_formula_is_drawn_with_its_text_for_those_who_cannot_see_it(tex):
    drawn = to_html(f"It is ${tex}$.")
    assert re.fullmatch(r'It is <span class="formula" role="img" aria-label="[^"]+" style="[^"]+"></span>\.', drawn)
    assert f'aria-label="{tex}"' in drawn
    assert to_markdown(f"It is ${tex}$.") == f"It is ${tex}$."


# --- where no kernel runs


@each_lesson
def test_the_stored_text_contains_everything(number):
    bundle, _ = cu.questions(number)._repr_mimebundle_()
    assert bundle["text/plain"] == f"<questions of lesson {number}>"
    text = bundle["text/markdown"]
    for question in asked(number):
        assert to_markdown(question.ask) in text
        for option, reason in question.options.items():
            assert f"\n- {to_markdown(option)}\n" in text
            assert f"\n- *{to_markdown(option)}*: {'✓' if option == question.right else '✗'} " in text
            assert to_markdown(reason) in text
    assert text.count("<details>") == text.count("</details>") == 5


@pytest.mark.parametrize("number", LESSONS)
def test_every_lesson_asks_its_questions(number):
    cells = nbformat.read(LESSONS[number], as_version=4).cells
    (at,) = (i for i, cell in enumerate(cells) if cell.source == f'cu.questions("{number}")')
    assert cells[at].id == "ask-five"  # the same in every lesson
    assert "## Five questions" in cells[at - 1].source
    (output,) = cells[at].outputs
    assert set(output.data) == {"text/markdown", "text/plain"}  # a view without a kernel is dead
    assert output.data["text/markdown"] == as_markdown(asked(number))


# --- progress


@pytest.fixture
def first_lesson():
    return cu.questions("01")


def right_option(number, i):
    question = asked(number)[i]
    return list(question.options).index(question.right)


def test_what_was_right_at_the_first_try_is_noted_beside_the_exercises(first_lesson, work, capsys):
    (work / "progress.json").write_text('{"version": 2, "exercises": {"threshold": {"solved": true}}}')
    choose(first_lesson, 0, right_option("01", 0))
    choose(first_lesson, 1, right_option("01", 1) - 1)
    choose(first_lesson, 1, right_option("01", 1))
    choose(first_lesson, 2, right_option("01", 2))
    kept = json.loads((work / "progress.json").read_text())
    first = {"solved": True, "tries": 1}
    assert kept["questions"] == {"neuron_of_zeros": first, "curve_at_half": first}
    assert kept["exercises"] == {"threshold": {"solved": True}}
    cu.progress()
    assert "Lesson 01: ●○○○○○○○  1 of 8 exercises done, 2 questions right at the first try\n" in capsys.readouterr().out


def test_a_damaged_file_costs_no_answer(first_lesson, work, capsys):
    (work / "progress.json").write_text("{")
    choose(first_lesson, 0, right_option("01", 0))
    assert list(json.loads((work / "progress.json").read_text())["questions"]) == ["neuron_of_zeros"]
    assert (work / "progress.damaged.1.json").read_text() == "{"
    assert "It is kept as progress.damaged.1.json" in capsys.readouterr().out


def test_elsewhere_nothing_is_written(first_lesson, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    choose(first_lesson, 0, right_option("01", 0))
    assert list(tmp_path.iterdir()) == []
