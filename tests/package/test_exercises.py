"""The desk of the exercises: what a learner reads, whatever the answer does."""

import dataclasses
import threading

import nbclient
import nbformat
import numpy as np
import pytest

import course_utils as cu
from course_utils.commands import answers
from course_utils.exercises import judge
from course_utils.exercises.judge import has_blank
from course_utils.exercises.sandbox import run_all
from course_utils.lessons import find


@pytest.fixture
def said(capsys):
    """Call something of the desk and give what it prints."""

    def call(function, *arguments, **options):
        assert function(*arguments, **options) is None
        return capsys.readouterr().out

    return call


def right_slope(z):
    a = 1 / (1 + np.exp(-z))
    return a * (1 - a)


# --- three answers: open, right, wrong


def test_a_right_answer_says_why_it_matters(said):
    assert said(cu.check, "sigmoid_grad", right_slope) == (
        "✓ sigmoid_grad: right. Training moves every weight in proportion to this slope;"
        " where it is 0, nothing is learned.\n"
    )


def test_a_wrong_answer_shows_the_first_failing_input_both_results_and_the_cause(said):
    assert said(cu.check, "sigmoid_grad", lambda z: z * (1 - z)) == (
        "✗ sigmoid_grad: not right yet. Its values differ.\n"
        "  with z =   [ 0.  1. -1.  3.]  (4,)\n"
        "  expected   [0.25   0.1966 0.1966 0.0452]  (4,)\n"
        "  received   [ 0.  0. -2. -6.]  (4,)\n"
        "  Likely cause: a * (1 - a) takes the output a. You put in the logit z: compute a = sigmoid(z) first.\n"
        '  A hint: cu.hint("sigmoid_grad")\n'
    )


def test_a_mistake_that_nobody_foresaw_gets_no_diagnosis(said):
    assert "Likely cause" not in said(cu.check, "sigmoid_grad", lambda z: z * 0 + 17.0)


def test_an_unfinished_line_is_open_not_an_error(said):
    def sigmoid_grad(z):
        a = 1 / (1 + np.exp(...))
        return a * (1 - a)

    assert "not answered yet" in said(cu.check, "sigmoid_grad", sigmoid_grad)


def test_dots_left_above_a_finished_answer_do_not_hide_its_error(said):
    def sigmoid_grad(z):
        ...  # noqa: PIE790
        return unknown * z  # noqa: F821

    assert "NameError: name 'unknown' is not defined" in said(cu.check, "sigmoid_grad", sigmoid_grad)


def test_dots_in_an_index_are_no_blank():
    def first(z):
        return z[..., 0]

    assert not has_blank(first)


def test_a_forgotten_return_is_named(said):
    def sigmoid_grad(z):
        a = right_slope(z)  # noqa: F841

    assert "It returns nothing. Does its last line say return?" in said(cu.check, "sigmoid_grad", sigmoid_grad)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (lambda X, w, b: (X @ w + b)[:, None], "Its shape is (4, 1) where (4,) is expected."),
        (lambda X, w, b: "four", "It is a str where numbers are expected."),
        (lambda X, w, b: [[1], [2, 3]], "It is a list where numbers are expected."),
        (lambda X, w: X @ w, "It must take these arguments: (X, w, b). Yours takes (X, w)."),
        (3.5, "The answer is a function; a float came. Hand it over without calling it: weighted_sum."),
    ],
)
def test_the_kind_and_the_shape_of_a_result_are_named(said, answer, sentence):
    assert sentence in said(cu.check, "weighted_sum", answer)


def test_the_first_element_that_differs_is_named_in_a_long_array(said):
    def softmax_rows(Z):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        P = E / E.sum(axis=1, keepdims=True)
        if len(Z) == 5:
            P[3, 7] = 0.5
        return P

    assert "first at   [3, 7]: expected 0.256728, received 0.5\n" in said(cu.check, "softmax_rows", softmax_rows)


def test_results_that_look_alike_are_shown_with_all_digits(said):
    text = said(cu.check, "threshold", lambda w, b, p: (np.log(p / (1 - p)) - b) / w + 1e-6)
    assert "expected   1.5\n" in text
    assert "received   1.500001\n" in text


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        -float("inf"),
        10**400,
        True,
        2 - 3j,
        np.array([1 + 1j, 0, 0, 0]),
        np.array([True, False, True, False]),
        np.array(["a", "b", "c", "d"]),
        np.array([None] * 4),
        np.array([], dtype=np.float32),
        np.zeros(4, dtype="datetime64[D]"),
        np.ma.masked_array([1, 2, 3, 4], mask=True),
        {},
        {1, 2},
        object(),
        np.sin,
        ((1, 2), (3,)),
        (i for i in range(4)),
        b"bytes",
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_comes_back_is_answered_calmly(said, value):
    text = said(cu.check, "sigmoid_grad", lambda z: value)
    assert text.startswith("✗ sigmoid_grad: not right yet. It")


# --- the answer's own doings


def test_the_learners_error_comes_with_the_learners_lines_alone(said):
    def inner(z):
        return z[1, 2, 3]

    def sigmoid_grad(z):
        return inner(z)

    text = said(cu.check, "sigmoid_grad", sigmoid_grad)
    assert "return inner(z)" in text
    assert "return z[1, 2, 3]" in text
    assert "IndexError: too many indices for array" in text
    assert "run.py" not in text
    assert "run_all" not in text


def test_a_recursion_without_end_is_shown_in_a_few_lines(said):
    def sigmoid_grad(z):
        return sigmoid_grad(z)

    text = said(cu.check, "sigmoid_grad", sigmoid_grad)
    assert "RecursionError" in text
    assert len(text.splitlines()) < 20


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_an_answer_that_wants_to_end_everything_ends_itself(said, error):
    def sigmoid_grad(z):
        raise error("enough")

    assert f"{error.__name__}: enough" in said(cu.check, "sigmoid_grad", sigmoid_grad)


def test_writing_into_an_input_is_noticed_and_harms_nothing(said):
    def weighted_sum(X, w, b):
        X *= w
        return X.sum(axis=1) + b

    text = said(cu.check, "weighted_sum", weighted_sum)
    assert "It writes into its input X. Work on a copy, or make a new array." in text
    assert "[1. 1.]]  (4, 2)" in text  # the input as it was
    assert "expected" not in text  # the result itself is right


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("weights[0] + 1", ()),
        ("weights[0].fill(3)", (0,)),
        ("weights.append(2)", (0,)),
        ("rng.normal() * weights[0]", ()),
        ("f(weights[0])", ()),
    ],
)
def test_lists_of_arrays_are_watched_too(code, changes):
    function = eval(f"lambda weights, f, rng: {code}")
    arguments = ([np.ones((2, 3)), np.array([np.nan, 1])], np.sum, np.random.default_rng(1))
    (outcome,) = run_all(function, [arguments])
    assert (outcome.error, outcome.changed) == (None, changes)


def test_warnings_are_a_short_remark(said):
    def sigmoid_grad(z):
        np.log(np.zeros(3))
        return right_slope(z)

    assert said(cu.check, "sigmoid_grad", sigmoid_grad).splitlines()[1:] == [
        "  NumPy warns: RuntimeWarning: divide by zero encountered in log"
    ]


def test_a_flood_of_prints_is_cut(said):
    def sigmoid_grad(z):
        print("line\n" * 100_000)
        return right_slope(z)

    lines = said(cu.check, "sigmoid_grad", sigmoid_grad).splitlines()
    assert lines[1] == "  Your function prints:"
    assert lines[2:8] == ["    line"] * 6
    assert lines[8:] == ["    … (cut)"]


def loop_for_ever(z):
    while True:
        z = z + 0


def loop_that_swallows(z):
    while True:
        try:
            z = z + 0
        except:  # noqa: E722
            z = z + 0


@pytest.mark.parametrize("answer", [loop_for_ever, loop_that_swallows])
def test_an_endless_loop_is_cut_off(answer):
    before = threading.active_count()
    outcomes = run_all(answer, [(np.ones(2),)] * 3, seconds=0.1)
    assert [outcome.timed_out for outcome in outcomes] == [True]
    assert threading.active_count() == before


def test_an_endless_loop_is_told_in_a_sentence(said):
    assert "It did not come to an end within two seconds." in said(cu.check, "sigmoid_grad", loop_for_ever)


def test_a_call_that_cannot_be_interrupted_is_left_behind():
    asleep = threading.Event()
    outcomes = run_all(lambda z: asleep.wait(5), [(1.0,)], seconds=0.1)
    assert outcomes[-1].timed_out
    asleep.set()


def test_a_loop_that_ends_only_sometimes_keeps_the_results_before_it():
    outcomes = run_all(lambda z: z if z < 2 else loop_for_ever(z), [(1.0,), (3.0,)], seconds=0.1)
    assert [outcome.timed_out for outcome in outcomes] == [False, True]


def test_the_checkers_own_failure_does_not_stop_the_lesson(said, monkeypatch):
    monkeypatch.setattr(answers, "judge", lambda *_: 1 / 0)
    assert "the checker itself stumbled (ZeroDivisionError" in said(cu.check, "threshold", np.sin)


# --- predictions


@pytest.mark.parametrize("answer", [0.5, np.float32(0.5), np.array(0.5), 1 / 2])
def test_a_prediction_is_a_value(said, answer):
    assert said(cu.check, "predict_double_w", answer).startswith("✓ predict_double_w: right.")


def test_a_wrong_prediction_does_not_give_the_key_away(said):
    assert said(cu.check, "predict_double_w", 2) == (
        "✗ predict_double_w: not right yet. That is another number.\n"
        "  Likely cause: The curve gets steeper, not flatter: the same output comes sooner.\n"
        '  A hint: cu.hint("predict_double_w")\n'
    )


def test_a_function_in_the_place_of_a_prediction_is_told_so(said):
    assert "The answer is a value; a function came." in said(cu.check, "predict_double_w", right_slope)


def test_a_prediction_in_brackets_is_told_so(said):
    text = said(cu.check, "predict_double_w", [0.5])
    assert "Its shape is (1,) where a single number is expected." in text


# --- names, hints, solutions, cards


@pytest.mark.parametrize("call", [cu.card, cu.check, cu.hint, cu.solution])
def test_an_unknown_id_names_the_closest_one(said, call):
    assert said(call, "sigmoid_gard") == ('There is no exercise "sigmoid_gard". The closest id is "sigmoid_grad".\n')


def test_a_function_in_the_place_of_the_id_is_told_so(said):
    assert said(cu.check, right_slope).startswith("The id comes first, as text")


def test_each_call_opens_the_next_hint_and_the_last_one_stays(said, monkeypatch):
    monkeypatch.setattr(answers, "_opened", {})
    hints = find("threshold").hints
    for depth, text in enumerate([*hints, hints[2]], start=1):
        assert said(cu.hint, "threshold").startswith(f"Hint {min(depth, 3)} of 3: {text}\n")
    assert said(cu.hint, "weighted_sum").startswith("Hint 1 of 3:")


def test_the_solution_comes_only_after_the_question(said):
    assert said(cu.solution, "threshold") == (
        'Have you tried, with all three hints? Then: cu.solution("threshold", reveal=True)\n'
    )
    assert find("threshold").solution.strip() in said(cu.solution, "threshold", reveal=True)


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        (right_slope, True),
        (lambda z: ..., False),
        (lambda z: None, False),
        (lambda z: right_slope(z) + 1, False),
        (lambda: 1, False),
        (..., False),
        (0.25, False),
    ],
)
def test_a_later_cell_can_ask_whether_an_answer_is_right(capsys, answer, right):
    assert cu.answered("sigmoid_grad", answer) is right
    assert capsys.readouterr().out == ""


def test_an_answer_that_raises_is_not_right_and_stops_nothing(capsys):
    assert cu.answered("sigmoid_grad", lambda z: 1 / 0) is False
    assert cu.answered("sigmoid_gard", right_slope) is False
    assert capsys.readouterr().out == 'There is no exercise "sigmoid_gard". The closest id is "sigmoid_grad".\n'


def test_a_card_tells_aim_signature_and_lines(said):
    record, text = find("softmax_rows"), said(cu.card, "softmax_rows")
    assert all(part in text for part in (record.title, record.aim, record.signature, "2 lines"))


def test_one_lesson_is_loaded_at_a_time(run_python):
    loaded = "[m for m in sys.modules if m.endswith('.exercises') and 'lesson_' in m]"
    code = f"import sys, course_utils as cu; cu.hint('threshold'); print({loaded})"
    assert run_python(code).splitlines()[-1] == "['course_utils.lessons.lesson_01_sigmoid.exercises']"


def test_a_check_leaves_standard_output_and_the_random_generator_as_they_were(said):
    state = np.random.get_state()[1].tolist()  # noqa: NPY002
    said(cu.check, "weighted_sum", lambda X, w, b: X @ w)
    assert np.random.get_state()[1].tolist() == state  # noqa: NPY002
    assert said(print, "still here") == "still here\n"


# --- records of other kinds than those of the first lessons


def changed(id, **fields):
    return dataclasses.replace(find(id), wrong=(), **fields)


def test_a_prediction_may_be_a_word():
    record = changed("predict_double_w", solution="def predict_double_w():\n    return 'steeper'")
    assert judge(record, " Steeper ").state == "right"
    assert judge(record, "flatter").how == "That is another answer."
    assert judge(record, 2).how == "That is another answer."


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("(z, np.abs(z))", ""),
        ("[z, np.abs(z)]", "It should return 2 results, separated by commas."),
        ("z", "It should return 2 results, separated by commas."),
        ("(z, z)", "Result 2: Its values differ."),
        ("(z[:1], np.abs(z))", "Result 1: Its shape is (1,) where (4,) is expected."),
    ],
)
def test_a_function_may_return_several_results(code, how):
    record = changed("sigmoid_grad", solution="def sigmoid_grad(z):\n    return z, np.abs(z)")
    assert judge(record, record.function(code)).how == how


def test_an_answer_may_be_asked_to_stop_with_an_error():
    record = changed("sigmoid_grad", solution="def sigmoid_grad(z):\n    raise ValueError(z)")
    assert judge(record, record.function(record.solution)).state == "right"
    assert judge(record, np.abs).how == "It should have stopped with an error."


# --- in a notebook


def test_in_a_notebook_the_card_is_markdown_and_an_error_names_the_line_of_the_cell():
    cells = [
        "import course_utils as cu",
        'cu.card("sigmoid_grad")',
        'def sigmoid_grad(z):\n    a = ...\n    return a * (1 - a)\n\ncu.check("sigmoid_grad", sigmoid_grad)',
        'def sigmoid_grad(z):\n    a = z[0, 0]\n    return a\n\ncu.check("sigmoid_grad", sigmoid_grad)',
        'cu.solution("sigmoid_grad", reveal=True)',
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(notebook, kernel_name="python3", timeout=60).execute()
    card, open_, wrong, solution = (cell.outputs[0] for cell in notebook.cells[1:])
    assert card.data["text/markdown"].startswith("**Your turn** (2 lines): the slope of the sigmoid")
    assert open_.text == '… sigmoid_grad: not answered yet. A first hint: cu.hint("sigmoid_grad")\n'
    assert "    line 2, in sigmoid_grad\n      a = z[0, 0]\n    IndexError" in wrong.text
    assert find("sigmoid_grad").solution.strip() in solution.data["text/markdown"]
