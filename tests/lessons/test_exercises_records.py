"""Every exercise keeps its promises: whoever is right is told so, and a known mistake gets its own diagnosis."""

import pytest

from course_utils.exercises.feedback import describe
from course_utils.exercises.judge import _diagnose, judge
from course_utils.exercises.sandbox import run_all
from course_utils.lessons import lesson
from course_utils.lessons.registry import IDS

EVERY = [record for number in IDS for record in lesson(number).values()]
FUNCTIONS = [record for record in EVERY if not record.is_value]


def _name(item):
    return getattr(item, "id", None) or (item.code if hasattr(item, "code") else item).strip()[:60]


def _each(field):
    pairs = [(record, item) for record in EVERY for item in getattr(record, field)]
    return pytest.mark.parametrize(("record", "item"), pairs, ids=_name)


each_exercise = pytest.mark.parametrize("record", EVERY, ids=_name)
each_function = pytest.mark.parametrize("record", FUNCTIONS, ids=_name)


@pytest.mark.parametrize("number", IDS)
def test_the_registry_lists_what_a_lesson_holds(number):
    assert tuple(lesson(number)) == IDS[number]
    assert {record.lesson for record in lesson(number).values()} == {number}


@pytest.mark.parametrize("number", [number for number in IDS if number != "00"])
def test_a_lesson_has_three_functions_to_write(number):
    assert sum(record.lesson == number for record in FUNCTIONS) >= 3


def test_no_two_exercises_have_one_name():
    ids = [record.id for record in EVERY]
    assert {name for name in ids if ids.count(name) > 1} == set()


def test_lessons_are_listed_in_their_order():
    assert list(IDS) == sorted(IDS)  # so progress shows them


@pytest.mark.parametrize("body", ["...", "pass", '"""To do."""', "a = ...; return a", "raise NotImplementedError"])
@each_function
def test_a_stub_is_not_answered_yet(record, body):
    stub = record.function(f"def {record.id}({', '.join(record.arguments)}):\n    {body}")
    assert judge(record, stub).state == "open"


@each_exercise
def test_nothing_and_dots_are_not_answered_yet(record):
    assert judge(record, None).state == judge(record, ...).state == "open"


@each_exercise
def test_the_solution_is_right(record):
    assert judge(record, record.function(record.solution)).state == "right"


@_each("variants")
def test_a_right_answer_written_otherwise_is_right(record, item):
    answer = record.function(item)() if record.is_value else record.function(item)
    verdict = judge(record, answer)
    assert (verdict.state, verdict.how) == ("right", "")


@_each("wrong")
def test_a_known_mistake_gets_its_own_diagnosis(record, item):
    answer = record.function(item.code)() if record.is_value else record.function(item.code)
    verdict = judge(record, answer)
    assert (verdict.state, verdict.diagnosis) == ("wrong", item.diagnosis)
    assert f"Likely cause: {item.diagnosis}" in describe(record, verdict)


@_each("variants")
def test_no_right_answer_behaves_like_a_known_mistake(record, item):
    assert _diagnose(record, record.inputs(), run_all(record.function(item), record.inputs())) == ""


@each_exercise
def test_a_known_mistake_is_no_mere_crash(record):
    # an answer that fails everywhere would be "diagnosed" for any misspelt name
    for wrong in record.wrong:
        outcomes = run_all(record.function(wrong.code), record.inputs())
        assert any(outcome.error is None and not outcome.timed_out for outcome in outcomes), wrong.code


@each_exercise
def test_a_record_is_complete(record):
    diagnoses = [wrong.diagnosis for wrong in record.wrong]
    assert len(set(diagnoses)) == len(diagnoses) >= 4
    assert len(set(record.variants)) == len(record.variants) >= 3
    assert len(record.hints) == 3
    assert record.why.endswith(".")


@each_function
def test_the_card_tells_the_arguments_and_the_length_of_the_solution(record):
    assert record.signature.startswith(f"{record.id}({', '.join(record.arguments)})")
    body = record.solution.strip().split("\n")[1:]
    assert len(body) == record.lines


@each_function
def test_inputs_come_in_several_sizes_and_are_the_same_every_time(record):
    def written():
        return [[repr(argument) for argument in arguments] for arguments in record.inputs()]

    assert written() == written()
    assert len(written()) >= 5


@each_exercise
def test_the_solution_leaves_its_inputs_alone_and_never_warns(record):
    for outcome in run_all(record.function(record.solution), record.inputs()):
        assert (outcome.error, outcome.changed, outcome.warnings) == (None, (), ())
