"""The desk of the exercises: what a learner reads, whatever the answer does."""

import json
import threading

import nbformat
import numpy as np
import pytest
from kernels import client_of

import course_utils as cu
from course_utils.commands import answers
from course_utils.exercises import exercise, judge, open_exercise, prediction
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
        "✓ sigmoid_grad: right. Whatever a neuron learns has to pass this link. Where the slope is nearly 0,"
        " hardly anything gets through.\n"
    )


def test_a_wrong_answer_shows_the_first_failing_input_both_results_and_the_cause(said):
    assert said(cu.check, "sigmoid_grad", lambda z: z * (1 - z)) == (
        "✗ sigmoid_grad: not right yet. Its values differ.\n"
        "  Likely cause: The rule a * (1 - a) is about the output a, but you put in the logit z. "
        "Compute a = sigmoid(z) first.\n"
        "  with z =   [ 0.  1. -1.  3.]  (4,)\n"
        "  expected   [0.25   0.1966 0.1966 0.0452]  (4,)\n"
        "  received   [ 0.  0. -2. -6.]  (4,)\n"
        '  A hint: cu.hint("sigmoid_grad")\n'
    )


def test_a_mistake_that_nobody_foresaw_gets_no_diagnosis(said):
    assert "Likely cause" not in said(cu.check, "sigmoid_grad", lambda z: np.cos(z) + z)


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
        ("weights.__setitem__(0, None)", (0,)),
        ("weights.__setitem__(0, 0.5)", (0,)),
        ("weights.__setitem__(0, weights[0].tolist())", (0,)),
        ("weights.__setitem__(2, 4.5)", (0,)),
        ("weights.__setitem__(2, weights[2] / 1)", ()),
        ("weights.__setitem__(3, float('nan'))", ()),
        ("weights[4].append(2)", (0,)),
        ("weights.__setitem__(4, (1.5,))", (0,)),
        ("rng.normal() * weights[0]", ()),
        ("f(weights[0])", ()),
    ],
)
def test_lists_of_arrays_are_watched_too(code, changes):
    function = eval(f"lambda weights, f, rng: {code}")
    weights = [np.ones((2, 3)), np.array([np.nan, 1]), 3.5, np.nan, [1.5]]
    arguments = (weights, np.sum, np.random.default_rng(1))
    (outcome,) = run_all(function, [arguments])
    assert (outcome.error, outcome.changed) == (None, changes)


def test_a_print_from_another_thread_is_not_the_answers(said):
    running, printed = threading.Event(), threading.Event()

    def speak():
        running.wait(5)
        print("from elsewhere")
        printed.set()

    def sigmoid_grad(z):
        print("mine")
        running.set()
        printed.wait(5)
        return right_slope(z)

    other = threading.Thread(target=speak)
    other.start()
    lines = said(cu.check, "sigmoid_grad", sigmoid_grad).splitlines()
    other.join()
    assert lines[0] == "from elsewhere"
    assert lines[2:] == ["  Your function prints:", "    mine"]


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


@pytest.mark.parametrize("answer", [[1, 1, 1, 0], np.array([1, 0]), np.array(["a", "b"]), [np.ones(2), 3], {1: 2}])
def test_what_is_no_word_in_the_place_of_a_word_is_told_so(said, answer):
    text = said(cu.check, "predict_negated_gate", answer)
    assert "A word is asked for, in quotes; this is of the type " in text


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


@pytest.fixture
def fresh(monkeypatch):
    """A session in which nothing has been tried."""
    monkeypatch.setattr(answers, "_tried", set())
    monkeypatch.setattr(answers, "_opened", {})


ASKED = 'Have you tried, with all three hints? Then: cu.solution("threshold", reveal=True)\n'


def test_before_a_first_try_the_solution_comes_only_after_the_question(said, fresh):
    assert said(cu.solution, "threshold") == ASKED
    assert find("threshold").source in said(cu.solution, "threshold", reveal=True)
    assert said(cu.solution, "threshold") == ASKED


@pytest.mark.parametrize("answer", [lambda w, b, p: 0, lambda w, b, p: 1 / 0, 3])
def test_after_a_wrong_try_the_solution_is_shown(said, fresh, answer):
    said(cu.check, "threshold", answer)
    assert said(cu.solution, "threshold") == (
        "**where the neuron makes up its mind**, one way to write it:\n\n```python\n"
        "def threshold(w, b, p):\n    z = np.log(p / (1 - p))  # the logit at which the sigmoid is p\n"
        "    return (z - b) / w\n```\n"
    )


@pytest.mark.parametrize("answer", [None, ..., lambda w, b, p: ...])
def test_an_open_stub_is_no_try(said, fresh, answer):
    said(cu.check, "threshold", answer)
    assert said(cu.solution, "threshold") == ASKED


def test_the_solution_of_a_prediction_is_its_value_and_why(said, fresh):
    text = said(cu.solution, "predict_double_w", reveal=True)
    assert text.startswith("**twice the weight**: 0.5. The weight sets the steepness: ")
    assert "return 1 / 2  # w x = 1 where the output is 0.73; now w is 2\n" in text


def test_a_solution_noted_as_right_on_another_day_is_shown(said, fresh, work):
    said(cu.check, "sigmoid_grad", right_slope)
    answers._tried.clear()  # a new session
    assert "a = sigmoid(z)" in said(cu.solution, "sigmoid_grad")
    assert said(cu.solution, "threshold") == ASKED


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


# --- exercises of other kinds than those of the first lessons

CARD = {"title": "a title", "aim": "An aim.", "hints": ("A hint.",), "why": "It is good to know."}
NUMBERS = [(np.array([1.0, -2.0, 3.0, 0.0]),)]


def an_exercise(**fields):
    return exercise(**CARD, shapes="z (m,) -> (m,)", inputs=lambda: NUMBERS, **fields)


def test_a_prediction_may_be_a_word():
    @prediction(**CARD, shapes="a word")
    def predict_word():
        return "steeper"

    assert judge(predict_word, " Steeper ").state == "right"
    assert judge(predict_word, "flatter").how == "That is another answer."
    assert judge(predict_word, 2).how == "That is another answer."


@pytest.mark.parametrize(
    ("answer", "how"),
    [
        (lambda z: (z, np.abs(z)), ""),
        (lambda z: [z, np.abs(z)], ""),
        (lambda z: np.array([z, np.abs(z)]), ""),
        (lambda z: [z, z], "Result 2: Its values differ."),
        (lambda z: np.zeros((2, 3)), "It should return 2 results, separated by commas."),
        (lambda z: [z[:1], np.abs(z)], "Result 1: Its shape is (1,) where (4,) is expected."),
        (lambda z: [z, np.abs(z), z], "It should return 2 results, separated by commas."),
        (lambda z: z, "It should return 2 results, separated by commas."),
        (lambda z: (z, z), "Result 2: Its values differ."),
        (lambda z: (z[:1], np.abs(z)), "Result 1: Its shape is (1,) where (4,) is expected."),
    ],
)
def test_a_function_may_return_several_results(answer, how):
    @an_exercise()
    def both(z):
        return z, np.abs(z)

    assert judge(both, answer).how == how


def test_results_of_unlike_kinds_may_come_in_a_list():
    @an_exercise()
    def several(z):
        return z, "up", z.sum()

    assert judge(several, lambda z: [z, "up", z.sum()]).state == "right"
    assert judge(several, lambda z: [z, "down", z.sum()]).how == "Result 2: That is another answer."


def test_numbers_in_arrays_of_no_dimension_are_numbers():
    @an_exercise()
    def two_numbers(z):
        return float(z.min()), float(z.max())

    assert judge(two_numbers, lambda z: (np.array(z.min()), np.array(z.max()))).state == "right"


def test_an_answer_may_be_asked_to_stop_with_an_error():
    @an_exercise()
    def refuse(z):
        raise ValueError(z)

    assert judge(refuse, refuse.solution).state == "right"
    assert judge(refuse, np.abs).how == "It should have stopped with an error."


def test_mistakes_and_variants_are_functions_or_values_in_a_line_or_decorated():
    @an_exercise()
    def double(z):
        return 2 * z

    double.mistake("That is the square.", lambda z: z * z)

    @double.mistake("That is half.")
    def half(z):
        return z / 2

    @double.also
    def twice(z):
        return z + z

    double.also(lambda z: z * 2, lambda z: (1 + 1) * z)
    assert judge(double, lambda z: z**2).diagnosis == "That is the square."
    assert judge(double, lambda z: 0.5 * z).diagnosis == "That is half."
    assert half(4) == twice(1) == 2  # a name in a file of content stays a function, so it may call itself
    assert [variant(3) for variant in double.variants] == [6, 6, 6]

    @prediction(**CARD, shapes="an array")
    def predict_row():
        return np.array([1, 2])

    predict_row.mistake("It is turned round.", np.array([2, 1]))
    predict_row.also([1, 2], (1.0, 2.0))
    assert judge(predict_row, [2, 1]).diagnosis == "It is turned round."
    assert [judge(predict_row, variant()).state for variant in predict_row.variants] == ["right", "right"]


def test_the_source_is_the_function_without_its_decorator():
    @an_exercise(
        quiet=True,  # a decorator of several lines
    )
    def tripled(z):
        # a comment above
        total = z + z
        return total + z  # and one beside

    assert tripled.source == (
        "def tripled(z):\n    # a comment above\n    total = z + z\n    return total + z  # and one beside"
    )
    assert (tripled.id, tripled.lines, tripled.signature) == ("tripled", 3, "tripled(z): z (m,) -> (m,)")


@pytest.fixture
def course_of(monkeypatch):
    """Let the commands find these exercises alone."""

    def use(*exercises):
        known = {one.id: one for one in exercises}
        monkeypatch.setattr(answers, "find", known.__getitem__)

    return use


# --- what a right answer earns


def test_a_right_answer_earns_its_payoff_and_a_wrong_one_does_not(said, course_of):
    @an_exercise()
    def double(z):
        return 2 * z

    @double.payoff
    def _(answer):
        print(f"Twice 21 is {answer(21)}.")

    course_of(double)
    lines = said(cu.check, "double", lambda z: z + z).splitlines()
    assert lines == ["✓ double: right. It is good to know.", "Twice 21 is 42."]
    assert "Twice" not in said(cu.check, "double", lambda z: z)


def test_a_figure_is_shown_once(said, course_of, monkeypatch):
    from matplotlib import pyplot

    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)

    @prediction(**CARD, shapes="a number")
    def predict_two():
        return 2

    @predict_two.payoff
    def _(answer):
        figure, ax = pyplot.subplots()
        ax.axhline(answer)
        return figure

    course_of(predict_two)
    said(cu.check, "predict_two", 2)
    assert [type(figure).__name__ for figure in shown] == ["Figure"]
    assert pyplot.get_fignums() == []


def test_a_figure_with_its_description_is_shown_as_by_cu_show(said, course_of, monkeypatch):
    from matplotlib import pyplot

    shown = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, **how: shown.append(how["metadata"]))

    @prediction(**CARD, shapes="a number")
    def predict_three():
        return 3

    @predict_three.payoff
    def _(answer):
        return pyplot.figure(), "Nothing at all."

    course_of(predict_three)
    said(cu.check, "predict_three", 3)
    assert shown == [{"image/png": {"alt": "Nothing at all."}}]
    assert pyplot.get_fignums() == []


@pytest.mark.parametrize(
    ("payoff", "reason"),
    [
        (lambda answer: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda answer: answer("a word"), "TypeError"),
        (lambda answer: None, "ValueError: it neither prints nor returns a figure"),
        (lambda answer: exit("enough"), "SystemExit: enough"),
    ],
)
def test_a_payoff_that_fails_is_told_and_costs_nothing(said, course_of, payoff, reason):
    @an_exercise()
    def minus(z):
        return -z

    minus.payoff(payoff)
    course_of(minus)
    first, second = said(cu.check, "minus", lambda z: -z).splitlines()
    assert first.startswith("✓ minus: right.")
    assert second.startswith(f"What your answer can do could not be shown ({reason}")
    assert second.endswith("It counts all the same.")


# --- open exercises

PROOF = open_exercise(
    "why_so",
    title="a proof",
    task="Prove it.",
    answer="By `n` and n + 1: it follows.",
    effort="hard",
    hints=("Try 1.",),
)


def test_the_card_of_an_open_exercise_tells_its_task_and_effort(said, course_of):
    course_of(PROOF)
    assert said(cu.card, "why_so") == (
        "**Open exercise** (hard): a proof\n\nProve it.\n\n"
        '`cu.check("why_so", "…")` · `cu.hint("why_so")` · `cu.solution("why_so")`\n'
    )
    assert said(cu.hint, "why_so").startswith("Hint 1 of 1: Try 1.\n")


def test_an_open_exercise_without_hints_says_so(said, course_of):
    course_of(open_exercise("draw", title="a", task="Draw.", answer="So.", effort="do"))
    assert said(cu.hint, "draw") == 'draw has no hints. Write down what you think: cu.check("draw", "…")\n'
    assert "cu.hint" not in said(cu.card, "draw")


@pytest.mark.parametrize("answer", [None, ..., "", "no idea", 3, lambda: "a text of some words"])
def test_too_few_words_open_nothing(said, course_of, fresh, answer):
    course_of(PROOF)
    assert said(cu.check, "why_so", answer).startswith("… why_so: ")
    assert cu.answered("why_so", answer) is False
    assert said(cu.solution, "why_so") == (
        'First a few words of your own: cu.check("why_so", "…"). Or: cu.solution("why_so", reveal=True)\n'
    )


def test_a_few_words_open_the_answer(said, course_of, fresh, work):
    course_of(PROOF)
    assert said(cu.check, "why_so", "It holds for one, and so on.") == (
        '✓ why_so: written. Compare it with our answer: cu.solution("why_so")\n'
    )
    assert said(cu.solution, "why_so") == "**a proof**, one answer:\n\nBy `n` and n + 1: it follows.\n"
    assert json.loads((work / "progress.json").read_text())["exercises"] == {"why_so": {"solved": True}}


def test_an_unknown_effort_is_refused():
    with pytest.raises(
        ValueError, match="open_exercise: unknown effort. Expected: do, hard, project. Received: 'easy'"
    ):
        open_exercise("a", title="a", task="a", answer="a", effort="easy")


def test_an_answer_given_with_an_exercise_is_shown_instead_of_its_source(said, course_of, fresh):
    @an_exercise(answer="Turn the sign round: `-z`.")
    def negated(z):
        return -z

    course_of(negated)
    assert said(cu.solution, "negated", reveal=True) == "**a title**, one answer:\n\nTurn the sign round: `-z`.\n"


# --- in a notebook


def test_in_a_notebook_the_card_is_markdown_and_an_error_names_the_line_of_the_cell(tmp_path):
    cells = [
        "import course_utils as cu",
        'cu.card("sigmoid_grad")',
        'def sigmoid_grad(z):\n    a = ...\n    return a * (1 - a)\n\ncu.check("sigmoid_grad", sigmoid_grad)',
        'def sigmoid_grad(z):\n    a = z[0, 0]\n    return a\n\ncu.check("sigmoid_grad", sigmoid_grad)',
        'cu.solution("sigmoid_grad", reveal=True)',
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    client_of(notebook, tmp_path, kernel_name="python3").execute()
    card, open_, wrong, solution = (cell.outputs[0] for cell in notebook.cells[1:])
    assert card.data["text/markdown"].startswith("**Your turn** (2 lines): the slope of the sigmoid")
    assert open_.text == '… sigmoid_grad: not answered yet. A first hint: cu.hint("sigmoid_grad")\n'
    assert "    line 2, in sigmoid_grad\n      a = z[0, 0]\n    IndexError" in wrong.text
    assert find("sigmoid_grad").source in solution.data["text/markdown"]
