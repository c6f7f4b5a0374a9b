"""Answers that stop, harm or tell nothing: the error is read for the learner, and nothing gets through."""

import json
import math
import os
import subprocess
import sys
import textwrap
import time
import warnings

import numpy as np
import pytest

import course_utils as cu
from course_utils import running_check
from course_utils.exercises import exercise, judge
from course_utils.exercises.causes import repair
from course_utils.exercises.compare import difference
from course_utils.exercises.feedback import describe
from course_utils.exercises.harm import harm_of
from course_utils.exercises.sandbox import WATCHED, Outcome, run_all
from course_utils.lessons import find

CARD = {"title": "a title", "aim": "An aim.", "hints": ("A hint.",), "why": "It is good to know."}
RNG = np.random.default_rng(7)
ROWS = [(RNG.normal(size=5),), (RNG.normal(size=3),), (RNG.normal(size=6),)]
TABLES = [(RNG.normal(size=(4, 3)), RNG.normal(size=4)), (RNG.normal(size=(2, 3)), RNG.normal(size=2))]
NUMBERS = [(3, 2.0), (2, 0.5), (5, 1.5)]
still_open = ...
names_of_rows = "names"


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Let a busy machine try as many changes as an idle one."""
    monkeypatch.setattr(repair, "SECONDS", 5)
    monkeypatch.setattr(repair, "PATIENCE", 20)


@exercise(**CARD, shapes="z (n,) -> (n,)", inputs=lambda: ROWS)
def bent(z):
    return np.where(z > 0, np.exp(-z) + 0.25, 0.5 * z)


@exercise(**CARD, shapes="z (n,) -> a number", inputs=lambda: ROWS)
def total(z):
    return float((z**2).sum() + 1)


@exercise(**CARD, shapes="X (m, n), y (m,) -> (n,)", inputs=lambda: TABLES)
def slopes(X, y):
    return (X - X.mean(axis=1, keepdims=True)).T @ y * 3 + 0.5


@exercise(**CARD, shapes="n a whole number, b a number -> a number", inputs=lambda: NUMBERS)
def steps(n, b):
    return b ** (n - 2) + 0.75


def plain_if(z):
    if z > 0:
        return np.exp(-z)
    return z


def if_for_a_number(z):
    if z > 0:
        return 1.0
    return 0.0


def while_of_an_array(z):
    while z > 0.01:
        z = z / 2
    return z


def and_of_arrays(z):
    return np.where(z > 0 and z < 1, 1.0, 0.5)


def chain_of_arrays(z):
    return np.where(0 < z < 1, 1.0, 0.5)


def not_of_an_array(z):
    return np.where(not z, 1.0, 0.5)


def reads_too_early(z):
    so_far += z.sum()  # noqa: F821
    return so_far


def hides_a_name(z):
    names_of_rows = names_of_rows + z  # noqa: F823
    return names_of_rows  # noqa: RET504


def set_on_one_way(z):
    if z.sum() > 1e9:
        result = z
    return result


def without_end(z):
    return without_end(z - 1)


def exp(z):
    return exp(z) + 0


def to_and_fro(z):
    return fro(z)


def fro(z):
    return to_and_fro(z)


def own_sum(z):
    sum = 0
    for part in z:
        sum = sum + part
    return sum(z)


def one_too_many(z):
    found = np.zeros(3)
    for n in range(len(z) + 1):
        found[0] += abs(z[n])
    return found


def list_too_short(z):
    parts = [1.0, 2.0]
    return parts[2] + z


def row_for_a_column(X, y):
    middle = X.mean(axis=1)
    return (X - middle).sum(axis=0)


ERRORS = [
    (bent, plain_if, "The `if` in line {}3 needs one True or False, and `z > 0` is an array (5,). np.where(condition"),
    (bent, lambda z: 1.0 if z > 0 else 0.5, "The `if` in line {} needs one True or False, and `z > 0` is an array"),
    (total, if_for_a_number, "np.all(…) or np.any(…) makes one of many."),
    (
        bent,
        while_of_an_array,
        "The `while` in line {} needs one True or False, and `z > 0.01` is an array (5,). np.all",
    ),
    (bent, and_of_arrays, "The `and` in line {} needs one True or False, and `z > 0` is an array (5,). Write &"),
    (bent, chain_of_arrays, "`0 < z < 1` in line {} compares twice in one, which arrays cannot."),
    (bent, not_of_an_array, "The `not` in line {} needs one True or False, and `z` is an array (5,). Write ~"),
    (bent, lambda z: max(z, 0), "`max(z, 0)` in line {} compares whole arrays. np.maximum takes the max element by"),
    (bent, lambda z: math.exp(-z), "math.exp in line {} takes one number, and `-z` is an array (5,). np.exp takes a"),
    (bent, lambda z: math.pow(z, 2), "math.pow in line {} takes one number, and `z` is an array (5,). np.power"),
    (bent, lambda z: math.sqrt(list(z)), "math.sqrt in line {} takes one number, and `list(z)` is a list. np.sqrt"),
    (steps, lambda n, b: math.log(b - b), "math.log in line {} is not defined for 0. Keep `b - b` away from it."),
    (steps, lambda n, b: math.exp(1000 * b), "math.exp in line {} stops where its result is too large. np.exp gives"),
    (bent, lambda z: float(z), "float(…) in line {} makes one number, and `z` is an array (5,)."),
    (
        steps,
        lambda n, b: b(1 - n),
        "`b(1 - n)` in line {} calls b like a function, but it is a number. A * is missing: b",
    ),
    (bent, lambda z: z(0), "but it is an array (5,). Its element is z[0], and a product is z * 0."),
    (
        bent,
        lambda z: z.shape(0),
        "`z.shape(0)` in line {} calls z.shape like a function, but it is a tuple. An element",
    ),
    (bent, lambda z: z.T(), "Leave out the round brackets."),
    (total, own_sum, "Your own name sum hides Python's sum: call it something else."),
    (bent, lambda z: np(z), "but it is a module. A function of it has a dot: np.name(…)."),
    (bent, lambda z: print(z)(z), "calls print(z) like a function, but it is None."),
    (bent, lambda z: sqrt(z), "`sqrt` in line {} is not defined. It is a function of np: write np.sqrt."),  # noqa: F821
    (bent, lambda z: sigmoid(z), "`sigmoid` in line {} is not defined. It is a function of cu: write cu.sigmoid."),  # noqa: F821
    (bent, lambda z: z + Z, "`Z` in line {} is not defined, but `z` is: capital and small letters"),  # noqa: F821
    (bent, lambda z: still_opne + z, "`still_opne` in line {} is not defined, but `still_open` is."),  # noqa: F821
    (bent, lambda q: q + z, "`z` in line {} is not defined: the card calls an argument so, and yours are called q."),  # noqa: F821
    (bent, lambda z: plt.cos(z), "`plt` in line {} is not defined: the cell with the imports has not been run"),  # noqa: F821
    (bent, lambda z: alpha * z, "`alpha` in line {} is not defined, neither in the function nor in a cell"),  # noqa: F821
    (bent, lambda z: z.exp(), "Arrays have no .exp in line {}. It is a function of NumPy: np.exp(…)."),
    (bent, lambda z: np.sigmoid(z), "numpy has no sigmoid in line {}. It is a function of cu: write cu.sigmoid."),
    (bent, lambda z: np.sqroot(z) + np.maximun(z, 0), "numpy has no sqroot in line {}. numpy.sqrt is there."),
    (bent, lambda z: list(z).sum(), "`.sum` in line {} belongs to arrays, and here stands a list. np.array(…) makes"),
    (bent, lambda z: z.sort().mean(), "`.mean` in line {} is asked of None: the line that made it returned nothing."),
    (bent, lambda z: z.shap, "There is no .shap in line {}. .shape is there."),
    (
        total,
        reads_too_early,
        "`so_far` is read in line {} before the function has given it a value: set it to its first",
    ),
    (bent, hides_a_name, "Because the function sets names_of_rows itself, it does not see the one of the notebook."),
    (bent, set_on_one_way, "A line that sets it comes later, or in a branch or a loop that was not entered."),
    (bent, without_end, "without_end calls itself without end: no way through it"),
    (bent, exp, "exp calls itself without end. Did you mean np.exp?"),
    (bent, to_and_fro, "call each other without end."),
    (steps, lambda n, b: 1 / (n - 3), "`1 / (n - 3)` in line {} divides by 0: `n - 3` is 0 on this input."),
    (bent, lambda z: z - names_of_rows, "cannot be computed: `names_of_rows` is text. Leave out the quotes."),
    (
        bent,
        lambda z: z * still_open,
        "cannot be computed: `still_open` is still `...`. Its cell waits for your answer.",
    ),
    (bent, lambda z: z - np.mean, "`np.mean` is a function that has not been called. Round brackets call it."),
    (steps, lambda n, b: [n] - b, "`[n]` is a list. np.array(…) makes an array of it."),
    (bent, lambda z: 2 - z.shape, "`z.shape` is a tuple. A shape? Then [0] gives its first number."),
    (steps, lambda n, b: -[b], "`-[b]` in line {} cannot be computed: `[b]` is a list."),
    (bent, lambda z: np.where(z > 0), "`np.where(z > 0)` gives the places where that holds."),
    (bent, lambda z: np.where(z > 0, z), "np.where needs both values: np.where(condition, where it holds, where it"),
    (bent, lambda z: z.sum(keepdim=True), "There is no keepdim= in line {}: it is called keepdims=."),
    (bent, lambda z: np.zeros(len(z), 2), "takes its parts in brackets of their own: np.zeros((len(z), 2))."),
    (bent, lambda z: np.concatenate(z, z), "takes its parts in brackets of their own: np.concatenate((z, z))."),
    (bent, lambda z: np.max(0, z), "np.max in line {} takes its second argument for an axis."),
    (
        bent,
        lambda z: z[len(z) / 5],
        "`z[len(z) / 5]` in line {} needs a whole number, and `len(z) / 5` is a decimal one. W",
    ),
    (
        bent,
        lambda z: np.zeros(len(z) / 5),
        "needs a whole number, and `len(z) / 5` is a decimal one. Write // in place",
    ),
    (
        bent,
        lambda z: [z[number] for number in z],
        "`number` is a decimal one. The loop over z hands out its elements and not their places.",
    ),
    # shapes and places
    (slopes, lambda X, y: X @ y, "multiplies (4, 3) by (4,), and the 3 and the 4 have to agree."),
    (slopes, lambda X, y: np.dot(X, y), "`np.dot(X, y)` in line {} multiplies (4, 3) by (4,), and the 3 and the 4"),
    (steps, lambda n, b: np.ones(2) @ b, "multiplies by a plain number: write * in the place of @."),
    (
        slopes,
        lambda X, y: (X * y).sum(axis=0),
        "`X * y` in line {} joins (4, 3) and (4,) element by element, and they do",
    ),
    (slopes, lambda X, y: (X - y).sum(axis=0), "y[:, None] is a column, which does."),
    (slopes, row_for_a_column, "keepdims=True in `X.mean(axis=1)` keeps it a column."),
    (slopes, lambda X, y: (X - X.T).sum(axis=0), "joins (4, 3) and (3, 4) element by element, and they do not fit."),
    (bent, one_too_many, "`z[n]` in line {} asks for element 5. Of 5, the last is element 4."),
    (bent, lambda z: z[99], "`z[99]` in line {} asks for element 99, and there are 5, from 0 to 4."),
    (bent, list_too_short, "`parts[2]` in line {} asks for element 2. Of 2, the last is element 1."),
    (bent, lambda z: [][0], "asks for element 0, and there is none: it is empty."),
    (bent, lambda z: z[:, 0], "asks for an axis that is not there: z has one axis, 0: (5,)."),
    (bent, lambda z: z.sum(axis=1), "`z.sum(axis=1)` in line {} asks for an axis that is not there: z has one axis"),
    (slopes, lambda X, y: np.sum(X, axis=2), "asks for an axis that is not there: X has the shape (4, 3)."),
]


@pytest.mark.parametrize(("record", "answer", "cause"), ERRORS)
def test_an_error_is_read_for_the_learner(record, answer, cause):
    found = judge(record, answer).diagnosis
    for part in cause.replace("line {}3", "line {}").split("{}"):
        assert part in found
    assert found == found.strip()


def test_another_error_of_the_same_kind_is_not_taken_for_a_listed_mistake():
    def weighted_sum(X, w, b):
        return X @ w + b if X > 0 else b

    def turned(X, w, b):
        return np.dot(X.T, w) + b

    record = find("weighted_sum")
    assert judge(record, weighted_sum).diagnosis.startswith("The `if` in line")
    assert judge(record, turned).diagnosis == "X is transposed. The rows of X are the examples: X @ w, not X.T @ w."


def test_the_line_is_the_one_in_the_cell():
    first = plain_if.__code__.co_firstlineno
    assert judge(bent, plain_if).diagnosis == (
        f"The `if` in line {first + 1} needs one True or False, and `z > 0` is an array (5,). "
        "np.where(condition, this, that) decides for each element."
    )


def test_a_function_that_the_answer_calls_is_read_in_its_own_source():
    line = plain_if.__code__.co_firstlineno + 1
    assert judge(bent, lambda z: 2 * plain_if(z)).diagnosis.startswith(
        f"The `if` in line {line} of plain_if needs one True or False, and `z > 0` is an array (5,)."
    )


def test_the_one_transpose_that_fits_is_named():
    def too_wide(X, y):
        first = X[:2]
        return first @ y[:2]

    assert judge(slopes, too_wide).diagnosis.endswith("the 3 and the 2 have to agree. first.T @ y[:2] fits.")


def test_a_stable_sigmoid_with_a_plain_if_gets_its_true_cause():
    def sigmoid_stable(z):
        if z >= 0:
            return 1 / (1 + np.exp(-z))
        return np.exp(z) / (1 + np.exp(z))

    found = judge(find("sigmoid_stable"), sigmoid_stable).diagnosis
    assert "The `if` in line" in found
    assert "np.where(condition, this, that) decides for each element." in found


def test_what_one_change_cures_is_not_told_twice():
    def rows(X, y):
        return (X - X.mean(axis=1)).T @ y * 3 + 0.5

    found = judge(slopes, rows).diagnosis
    assert found.startswith("keepdims in line")
    assert "broadcast" not in found
    assert "element by element" not in found


def test_an_error_that_is_due_has_no_cause_of_its_own():
    @exercise(**CARD, shapes="z (n,) -> an error", inputs=lambda: ROWS)
    def refuses(z):
        raise ValueError("The truth value of an array is ambiguous")

    assert judge(refuses, plain_if).state == "right"


def test_a_function_without_source_is_read_by_its_message():
    known = {"np": np}
    exec("def answer(z):\n    return z if z > 0 else 0.5", known)
    assert "is taken for one True or False." in judge(bent, known["answer"]).diagnosis


def test_a_line_that_writes_files_is_not_computed_again(tmp_path):
    calls = []

    def writes(z):
        return z * open(calls.append(1) or tmp_path / "a", "w").write("a").shape

    judge(bent, writes)
    assert len(calls) == len(ROWS)


# --- nothing gets through


class Unspeakable(Exception):
    def __str__(self):
        raise RuntimeError("not to be written")

    __repr__ = __str__


class Unwritable:
    def __repr__(self):
        raise SystemExit

    __str__ = __repr__


def raises_unspeakable(z):
    raise Unspeakable


def warns_unspeakable(z):
    class Odd(UserWarning):
        __str__ = Unspeakable.__str__

    warnings.warn(Odd(), stacklevel=1)


def returns_unwritable(z):
    return Unwritable()


def strange_signature(z):
    return z


strange_signature.__signature__ = "z"


def no_signature(z):
    return z


class OddCallable:
    @property
    def __signature__(self):
        raise RuntimeError("none")

    def __call__(self, z):
        return z


async def awaited(z):
    return z


async def awaited_one_by_one(z):
    yield z


def one_by_one(z):
    yield from z


class AsClass:
    def __init__(self, z):
        self.z = z


def ends_python(z):
    os._exit(3)


def helped_to_end(z):
    return ends_python(z)


def deep(z):
    sys.setrecursionlimit(10**9)
    return deep(z)


GOT_THROUGH = [
    (raises_unspeakable, "Unspeakable: (a Unspeakable, and writing it out stops with RuntimeError)"),
    (warns_unspeakable, "RuntimeError: not to be written"),
    (returns_unwritable, "received   (a Unwritable, and writing it out stops with SystemExit)"),
    (strange_signature, "Its values differ."),
    (OddCallable(), "Its values differ."),
    (awaited, "It is written with async def, so a call only prepares it. Leave out async."),
    (awaited_one_by_one, "It is written with async def"),
    (one_by_one, "With yield it becomes a generator, which hands out results one by one. Write return."),
    (AsClass, "It is a class, and a call of it makes an object. Write a function, with def."),
    (ends_python, "It calls os._exit, which can end the notebook with all that is in its memory. It has not been run."),
    (helped_to_end, "It calls os._exit"),
    (deep, "It calls sys.setrecursionlimit"),
    (Unwritable(), "The answer is a function; a Unwritable came."),
]


@pytest.mark.parametrize(("answer", "text"), GOT_THROUGH)
def test_nothing_gets_through(capsys, answer, text):
    cu.check("sigmoid_grad", answer)
    said = capsys.readouterr().out
    assert said.startswith("✗ sigmoid_grad: not right yet.")
    assert text in said


@pytest.mark.parametrize(
    "value", [Unwritable(), Unwritable, Unspeakable(), {1: Unwritable()}, [Unwritable()], object()]
)
def test_any_value_may_come_for_a_prediction(capsys, value):
    cu.check("predict_double_w", value)
    assert capsys.readouterr().out.startswith("✗ predict_double_w: not right yet.")


@pytest.mark.parametrize("id", [[], None, 3, np.array([0.5, 0.2]), np.array(["threshold"])])
def test_an_id_that_is_no_text_is_told_so(capsys, id):
    cu.check(id, "threshold")
    assert capsys.readouterr().out.startswith("The id comes first, as text")
    for call in (cu.card, cu.hint, cu.solution):
        call(id)
        assert capsys.readouterr().out.startswith("The id comes first, as text")


def test_the_checkers_own_failure_may_be_unspeakable(capsys, monkeypatch):
    def stumbles(*_):
        raise Unspeakable

    monkeypatch.setattr("course_utils.commands.answers.judge", stumbles)
    cu.check("sigmoid_grad", np.sin)
    assert "the checker itself stumbled (Unspeakable: " in capsys.readouterr().out


@pytest.mark.parametrize(("module", "name"), [(np, "exp"), (math, "log"), (np.linalg, "norm")])
def test_what_an_answer_replaces_is_put_back_and_named(module, name):
    before = getattr(module, name)
    (alias,) = [alias for alias, watched in WATCHED.items() if watched is module]

    def replaces(z):
        setattr(module, name, None)
        return z

    text = describe(bent, judge(bent, replaces))
    assert getattr(module, name) is before
    assert f"  Your function replaces {alias}.{name}, on which all other cells rely. It has been put back." in text


def test_what_a_right_answer_replaces_or_takes_away_is_named_too():
    before = np.cos, sys.getrecursionlimit()

    def replaces(z):
        result = bent.solution(z)
        if hasattr(np, "cos"):
            del np.cos
            getattr(sys, "setrecursion" + "limit")(5000)
        return result

    verdict = judge(bent, replaces)
    assert verdict.state == "right"
    assert "Your function replaces np.cos, the recursion limit, on" in describe(bent, verdict)
    assert (np.cos, sys.getrecursionlimit()) == before


def test_harm_is_read_from_any_way_to_write_it():
    from os import _exit as bye

    known = {"leave": bye}
    exec("def named(z):\n    leave(z)", known)
    assert harm_of(known["named"]) == "os._exit"
    exec("def inside(z):\n    import os\n    return [os.abort() for _ in z]", known)
    assert harm_of(known["inside"]) == "os.abort"
    assert harm_of(lambda z: z.kill + z._exit) == ""
    assert harm_of(np.exp) == harm_of(OddCallable()) == ""


def test_the_limit_is_one_of_computing_so_a_busy_machine_may_be_slow():
    waited = run_all(lambda z: time.sleep(0.3) or z, [(1.0,)], seconds=0.1)
    assert [outcome.timed_out for outcome in waited] == [False]

    def busy(z):
        end = time.thread_time() + 5
        while time.thread_time() < end:
            z += 1
        return z

    start = time.thread_time()
    assert run_all(busy, [(1.0,)], seconds=0.1)[-1].timed_out
    assert time.thread_time() - start < 0.1  # who waits does not compute


def test_without_a_clock_of_the_thread_that_of_the_process_counts(monkeypatch):
    monkeypatch.delattr(time, "pthread_getcpuclockid", raising=False)

    def for_ever(z):
        while True:
            z += 0

    assert run_all(for_ever, [(1.0,)], seconds=0.1)[-1].timed_out
    assert run_all(lambda z: z, [(1.0,)], seconds=5)[-1].value == 1


def test_computing_in_other_threads_does_not_cut_an_answer_off(monkeypatch):
    monkeypatch.delattr(time, "pthread_getcpuclockid", raising=False)
    monkeypatch.setattr(time, "process_time", lambda: 8 * time.monotonic())  # eight threads of the process compute
    (outcome,) = run_all(lambda z: time.sleep(0.5) or z, [(1.0,)], seconds=2)
    assert not outcome.timed_out


def test_the_limit_that_was_met_is_told(monkeypatch):
    def waits(z):
        end = time.monotonic() + 5
        while time.monotonic() < end:
            time.sleep(0.01)
        return z

    def computes(z):
        while True:
            z += 0

    (waited,) = run_all(waits, [(1.0,)], seconds=0.1)
    (computed,) = run_all(computes, [(1.0,)], seconds=0.1)
    assert (waited.limit, computed.limit) == (0.5, 0.1)
    told = [difference(Outcome(value=1.0), Outcome(timed_out=True, limit=limit), total) for limit in (2.0, 10.0)]
    assert told == [f"It did not come to an end within {words} seconds." for words in ("two", "ten")]


def test_what_a_check_of_an_answer_stumbles_over_is_an_error_and_no_lack_of_time():
    class Uncopied:
        def __deepcopy__(self, memo):
            raise NotImplementedError("no copies")

    outcomes = run_all(lambda z: z, [(1.0,), (Uncopied(),), (2.0,)])
    assert [type(outcome.error) for outcome in outcomes] == [type(None), NotImplementedError, type(None)]
    assert not any(outcome.timed_out for outcome in outcomes)


# --- an answer that ends Python all the same


@pytest.fixture
def work(tmp_path, monkeypatch):
    """Stand in a learner's folder."""
    folder = tmp_path / "work" / "edition_2"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def test_the_next_start_says_at_which_exercise_python_came_to_an_end(work, capsys):
    script = """
        import os
        import course_utils as cu
        cu.check("threshold", lambda w, b, p: (np.log(p / (1 - p)) - b) / w)
        cu.check("sigmoid_grad", lambda z: getattr(os, "_ex" + "it")(7))
    """
    script = "import numpy as np\n" + textwrap.dedent(script)
    ended = subprocess.run([sys.executable, "-c", script], cwd=work, capture_output=True, text=True)
    assert ended.returncode == 7
    noted = json.loads((work / "progress.json").read_text())["exercises"]
    assert list(noted) == ["threshold"]  # the answer that ended Python is no try
    assert (noted["threshold"]["solved"], noted["threshold"]["tries"]) == (True, 1)
    cu.card("threshold")
    assert capsys.readouterr().out.startswith(
        "Python came to an end while your answer to sigmoid_grad was being checked, and has been started anew. "
        "What you solved before is saved."
    )
    cu.check("threshold", lambda w, b, p: ...)
    assert "came to an end" not in capsys.readouterr().out


def test_a_check_that_ends_leaves_no_note(work):
    cu.check("sigmoid_grad", lambda z: z)
    left = {path.name for path in work.iterdir()}
    assert left - {".progress.lock"} == {"progress.json"}  # of the try; an older filelock takes its file away


@pytest.mark.parametrize("age", [0, 60, 3600])
def test_a_check_in_another_notebook_is_no_broken_one(work, age):
    """It may train for minutes; as long as its process lives, nothing has come to an end."""
    for process in (os.getppid(), os.getpid()):
        note = work / f"{running_check.NOTE}{process}"
        note.write_text("threshold")
        os.utime(note, (time.time() - age, time.time() - age))
    assert running_check.take_broken_off() == []
    assert len(list(work.iterdir())) == 2


@pytest.mark.parametrize("number", ["7", "later", str(10**30)])
def test_an_old_note_counts_where_no_process_can_be_asked(work, monkeypatch, number):
    note = work / f"{running_check.NOTE}{number}"
    note.write_text("threshold")
    monkeypatch.setattr(os, "kill", lambda *_: (_ for _ in ()).throw(PermissionError))
    assert running_check.take_broken_off() == []
    os.utime(note, (1, 1))
    assert running_check.take_broken_off() == ["threshold"]
    assert list(work.iterdir()) == []


def test_a_folder_that_cannot_be_written_does_not_stop_a_check(work, monkeypatch, capsys):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_text", full)
    cu.check("sigmoid_grad", lambda z: z)
    assert capsys.readouterr().out.startswith("✗ sigmoid_grad")
