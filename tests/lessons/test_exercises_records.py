"""Every exercise keeps its promises: whoever is right is told so, and a known mistake gets its own diagnosis.

One test looks at one exercise: at all of its mistakes or variants, and it tells of each that fails.
"""

import ast
import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import numpy as np
import pytest
from _model_records import look_over

from course_utils.commands.payoff import FAILED, show_payoff
from course_utils.exercises import OpenExercise, judge
from course_utils.exercises.causes import Attempt
from course_utils.exercises.causes.listed import listed_mistake
from course_utils.exercises.feedback import describe
from course_utils.exercises.sandbox import run_all
from course_utils.lesson_names import number_of
from course_utils.lessons import asked, find, ids, lesson
from course_utils.model_checks import ModelExercise, ScoreExercise

LESSONS = Path(__file__).parents[2] / "course_utils" / "lessons"
ALL = [record for number in ids() for record in lesson(number).values()]
EVERY = [record for record in ALL if not isinstance(record, OpenExercise | ModelExercise | ScoreExercise)]
MODELS = [record for record in ALL if isinstance(record, ModelExercise)]
SCORED = [record for record in ALL if isinstance(record, ScoreExercise)]
OPEN = [record for record in ALL if isinstance(record, OpenExercise)]
FUNCTIONS = [record for record in EVERY if not record.is_value]


def by_id(records):
    return pytest.mark.parametrize("record", records, ids=lambda record: record.id)


def given(record, answer):
    """Give an answer as a learner hands it over: a prediction as its value."""
    return answer() if record.is_value else answer


def written(answer):
    """Name an answer in a failure: the lines where it stands, or its value."""
    return f"line {answer.__code__.co_firstlineno} of {Path(answer.__code__.co_filename).name}"


def defined(path):
    """Read from the source, with Python's own parser, which exercises a file of content defines."""
    found = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            names = [
                ast.unparse(decorator.func) for decorator in node.decorator_list if isinstance(decorator, ast.Call)
            ]
            found += [node.name] * bool({"exercise", "prediction", "model_exercise", "score_exercise"} & set(names))
        called = ast.unparse(node.value.func) if isinstance(getattr(node, "value", None), ast.Call) else ""
        if called == "open_exercise":
            assert isinstance(node, ast.Assign), f"{path}: bind an open exercise to its id"
            found.append(node.targets[0].id)
    return found


@pytest.mark.parametrize("number", ids())
def test_nothing_that_a_lesson_defines_is_missed(number):
    (path,) = [file for file in LESSONS.glob("*/exercises.py") if number_of(file.parent) == number]
    assert list(ids()[number]) == defined(path) == list(lesson(number))
    assert [record.id for record in lesson(number).values()] == list(ids()[number])
    assert [find(id) for id in ids()[number]] == list(lesson(number).values())


@pytest.mark.parametrize("number", [number for number in ids() if number != "00"])
def test_a_lesson_has_three_functions_to_write(number):
    assert len([record for record in lesson(number).values() if record in FUNCTIONS + MODELS + SCORED]) >= 3


def test_no_two_exercises_or_questions_have_one_id():
    taken = [id for of_lesson in ids().values() for id in of_lesson]
    taken += [question.id for number in ids() for question in asked(number)]
    assert {id for id in taken if taken.count(id) > 1} == set()


def test_lessons_are_listed_in_their_order():
    assert list(ids()) == sorted(ids())  # so progress shows them


@by_id(FUNCTIONS)
def test_a_stub_is_not_answered_yet(record):
    states = {}
    for body in ("...", "pass", '"""To do."""', "a = ...; return a", "raise NotImplementedError"):
        names = {}
        exec(f"def {record.id}({', '.join(record.arguments)}):\n    {body}", names)
        states[body] = judge(record, names[record.id]).state
    assert states == dict.fromkeys(states, "open")


@by_id(EVERY)
def test_nothing_and_dots_are_not_answered_yet(record):
    assert judge(record, None).state == judge(record, ...).state == "open"


@by_id(EVERY)
def test_the_solution_is_right(record):
    assert judge(record, record.solution).state == "right"


@by_id(EVERY)
def test_a_right_answer_written_otherwise_is_right(record):
    verdicts = {written(variant): judge(record, given(record, variant)) for variant in record.variants}
    assert {at: verdict for at, verdict in verdicts.items() if (verdict.state, verdict.how) != ("right", "")} == {}


@by_id(EVERY)
def test_a_known_mistake_gets_its_own_diagnosis(record):
    failures = []
    for wrong in record.wrong:
        verdict = judge(record, given(record, wrong.answer))
        if (verdict.state, verdict.diagnosis) != ("wrong", wrong.diagnosis):
            failures.append(f"{wrong.diagnosis!r} became {verdict.state}: {verdict.diagnosis!r}")
        elif f"Likely cause: {wrong.diagnosis}" not in describe(record, verdict):
            failures.append(f"{wrong.diagnosis!r} is not said")
    assert failures == []


@by_id(EVERY)
def test_no_right_answer_behaves_like_a_known_mistake(record):
    inputs = record.inputs()
    expected = run_all(record.solution, inputs)
    found = {}
    for variant in record.variants:
        attempt = Attempt(record, variant, inputs, expected, run_all(variant, inputs))
        found[written(variant)] = listed_mistake(attempt)
    assert {at: cause for at, cause in found.items() if cause is not None} == {}


@by_id(EVERY)
def test_a_known_mistake_is_no_mere_crash(record):
    # an answer that fails everywhere would be "diagnosed" for any misspelt name
    crashes = []
    for wrong in record.wrong:
        outcomes = run_all(wrong.answer, record.inputs())
        if all(outcome.error is not None or outcome.timed_out for outcome in outcomes):
            crashes.append(wrong.diagnosis)
    assert crashes == []


@by_id(EVERY)
def test_a_record_is_complete(record):
    diagnoses = [wrong.diagnosis for wrong in record.wrong]
    assert len(set(diagnoses)) == len(diagnoses) >= 4
    assert len(record.variants) >= 3
    assert len(record.hints) == 3
    assert record.why.endswith(".")


@by_id(FUNCTIONS)
def test_the_card_tells_the_arguments_and_the_length_of_the_solution(record):
    assert record.signature.startswith(f"{record.id}({', '.join(record.arguments)}): ")
    body = ast.parse(record.source).body[0].body
    assert record.lines == 1 + body[-1].end_lineno - body[0].lineno
    assert re.match(rf"def {record.id}\(", record.source)


@by_id(FUNCTIONS)
def test_inputs_come_in_several_sizes_and_are_the_same_every_time(record):
    def written_down():
        return [[repr(argument) for argument in arguments] for arguments in record.inputs()]

    assert written_down() == written_down()
    assert len(written_down()) >= 5


@by_id(EVERY)
def test_the_solution_leaves_its_inputs_alone_and_never_warns(record):
    for outcome in run_all(record.solution, record.inputs()):
        assert (outcome.error, outcome.changed, outcome.warnings) == (None, (), ())


@by_id([record for record in EVERY if record.payoffs])
def test_what_a_right_answer_earns_is_shown(record):
    with redirect_stdout(io.StringIO()) as printed:
        show_payoff(record, given(record, record.solution))
    assert FAILED not in printed.getvalue()


@pytest.mark.slow
@by_id(MODELS)
def test_a_model_exercise_keeps_its_promises(record):
    assert look_over(record) == []
    assert len(record.hints) == 3
    assert record.why.endswith(".")


@pytest.mark.slow
@by_id(SCORED)
def test_a_score_exercise_keeps_its_promises(record):
    calls, _ = record.data()
    record.solution(*calls[0])  # what it trains is trained once, outside of the time that an answer has
    assert judge(record, record.solution).state == "right"
    for wrong in record.wrong:
        verdict = judge(record, wrong.answer)
        assert (verdict.state, verdict.diagnosis) == ("wrong", wrong.diagnosis)
    assert len({wrong.diagnosis for wrong in record.wrong}) == len(record.wrong) >= 4
    assert len(record.hints) == 3
    assert record.why.endswith(".")


@by_id(OPEN)
def test_an_open_exercise_has_a_task_and_an_answer_to_compare_with(record):
    assert record.task.endswith((".", "?"))
    assert len(record.answer.split()) > 5


def axes_on_the_card(record):
    """Read from a card how the axes of each argument are called: {"X": ["m", "n"], "w": ["n"]}."""
    found = {}
    for name in record.arguments:
        written = re.search(rf"\b{name}(?: = \w+\(\w+\))? \(([\w, +]+)\)", record.shapes.split("->")[0])
        axes = [axis.strip() for axis in written.group(1).split(",") if axis.strip()] if written else []
        if axes and not any(re.search(r"\w \w", axis) for axis in axes):  # "(the logits)" is no shape
            found[name] = axes
    return found


@by_id([record for record in FUNCTIONS if axes_on_the_card(record)])
def test_no_input_breaks_the_shapes_that_the_card_promises(record):
    promised = axes_on_the_card(record)
    for inputs in record.inputs():
        sizes = {}
        for name, axes in promised.items():
            shape = np.shape(inputs[record.arguments.index(name)])
            assert len(shape) == len(axes), f"{name} is {shape}, promised is {axes}"
            for axis, size in zip(axes, shape, strict=True):
                if axis.isdigit():
                    assert size == int(axis), f"{name} is {shape}, promised is {axes}"
                if axis.isidentifier():
                    assert size == sizes.setdefault(axis, size), f"{axis} of {name} is {size}, not {sizes[axis]}"
