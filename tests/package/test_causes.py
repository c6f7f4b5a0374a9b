"""The causes that the checker names on its own: each is said where it is the cause, and nowhere else."""

import runpy
import time
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import course_utils as cu
from course_utils.exercises import exercise, judge
from course_utils.exercises.causes import CAUSES, Attempt, repair
from course_utils.exercises.causes.code import Code
from course_utils.exercises.feedback import LINES_OF_FAILURE, describe
from course_utils.exercises.sandbox import run_all
from course_utils.lessons import find

CARD = {"title": "a title", "aim": "An aim.", "hints": ("A hint.",), "why": "It is good to know."}
RNG = np.random.default_rng(5)
TABLES = [(RNG.normal(size=shape),) for shape in ((3, 2), (1, 4), (3, 3), (5, 4), (4, 1))]
LABELLED = [(RNG.normal(size=(m, n)), RNG.integers(0, 2, size=m)) for m, n in ((4, 2), (1, 3), (3, 3), (7, 5))]
NOTEBOOK = np.array([0.5, 0.25, 2.0])  # a name that an answer may use by mistake


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Let a busy machine try as many changes as an idle one."""
    monkeypatch.setattr(repair, "SECONDS", 5)
    monkeypatch.setattr(repair, "PATIENCE", 20)


@exercise(**CARD, shapes="X (m, n) -> (m, n)", inputs=lambda: TABLES)
def centred(X):
    return X - X.mean(axis=1, keepdims=True) + 0.5


@exercise(**CARD, shapes="X (m, n) -> (m,)", inputs=lambda: TABLES)
def row_sums(X):
    return X.sum(axis=1)


@exercise(**CARD, shapes="X (m, n) -> a number", inputs=lambda: TABLES)
def mean_square(X):
    return (X**2).mean()


@exercise(
    **CARD,
    shapes="X (m, n), y (m,) -> dw (n,), db a number",
    inputs=lambda: LABELLED,
    results=("dw", "db"),
    way={"dz": ("db", "dw")},
)
def slopes(X, y):
    dz = (X[:, 0] - y) / len(X)
    return X.T @ dz, dz.sum()


def row_of(value):
    return value[None]


CAUSES_SEEN = [
    # a form
    (centred, lambda X: (centred.solution(X),), "A comma behind the result makes a tuple of it. Take the comma away."),
    (centred, lambda X: [centred.solution(X)], "One pair of brackets, or one axis, is too many."),
    (centred, lambda X: centred.solution(X).T, "rows and columns have changed places: it is transposed."),
    (centred, lambda X: centred.solution(X).ravel(), "in the shape (6,). The shape (3, 2) is asked for."),
    (centred, lambda X: centred.solution(X).T.reshape(X.shape), "the table is filled column by column."),
    (centred, lambda X: centred.solution(X)[::-1], "they run backwards along axis 0."),
    (centred, lambda X: np.sort(centred.solution(X)), "they have been sorted."),
    (centred, lambda X: centred.solution(X).sum(axis=0), "The numbers are added up along axis 0."),
    (centred, lambda X: centred.solution(X).max(), "The largest number is taken over the whole array."),
    (centred, lambda X: (centred.solution(X), X), "It returns 2 results, and result 1 is right."),
    (row_sums, lambda X: X.sum(axis=1, keepdims=True), "but a column (5, 1) came where a row (5,) is due."),
    (row_sums, lambda X: X, "The numbers still stand apart: the sum of them along axis 1 is asked for."),
    (row_sums, lambda X: X.sum(axis=1)[:-1], "It is right but for its end: the last element is missing."),
    (
        row_sums,
        lambda X: np.append(0, X.sum(axis=1)),
        "It is right but for its beginning: the first element is too many.",
    ),
    (row_sums, lambda X: X.sum(axis=1) + 0 * X.sum(axis=1)[:, None], "broadcasting made a table (3, 3) of them."),
    (mean_square, lambda X: [(X**2).mean()], "a row (1,) came where a single number is due. Give the number itself."),
    (mean_square, lambda X: X**2, "The numbers still stand apart: the mean of them is asked for."),
    # numbers
    (centred, lambda X: -centred.solution(X), "Every number is right but for its sign."),
    (centred, lambda X: 2 * centred.solution(X), "Every number is twice as large as it should be"),
    (centred, lambda X: 0.3 * centred.solution(X), "Every number is 0.3 times what it should be, on every input."),
    (centred, lambda X: len(X) * centred.solution(X), "Every number is m times too large (m = 3 here)"),
    (centred, lambda X: centred.solution(X) / X.shape[1], "too small by the factor n (n = 2 here)"),
    (centred, lambda X: centred.solution(X) * np.sqrt(len(X)), "too large by the root of m (m = 3 here)"),
    (centred, lambda X: centred.solution(X) / len(X) ** 2, "divided by m² too much (m = 3 here)"),
    (mean_square, lambda X: (X**2).sum(), "times too large"),
    (mean_square, lambda X: (X**2).mean() / np.log(10), "log10 is used where the natural logarithm is due."),
    (centred, lambda X: 1 - centred.solution(X), "Every number is 1 minus the one asked for."),
    (centred, lambda X: centred.solution(X) - 0.5, "Every number is too small by 0.5."),
    (centred, lambda X: centred.solution(X) ** 2, "This is the square of what is asked for"),
    (centred, lambda X: np.abs(centred.solution(X)), "The signs are lost"),
    (centred, lambda X: np.maximum(centred.solution(X), 0), "Negative numbers have become 0, and should have stayed."),
    (centred, lambda X: centred.solution(X).round(2), "The result is rounded to 2 decimals."),
    (centred, lambda X: centred.solution(X).astype(np.float16), "The result is made of float16"),
    (centred, lambda X: (centred.solution(X) / 1).astype(int), "cut off by a type that holds only whole numbers"),
    (centred, lambda X: np.rint(centred.solution(X)), "The numbers are rounded to whole ones."),
    (centred, lambda X: centred.solution(X) // 1, "// gives whole numbers."),
    # a call
    (mean_square, lambda X: print((X**2).mean()), "It prints its result and returns nothing."),
    (mean_square, lambda X: lambda: (X**2).mean(), "It returns a function that has not been called"),
    (mean_square, lambda X: (x for x in X), "It returns a generator, which has not computed anything yet"),
    (mean_square, lambda X: str((X**2).mean()), "It returns text."),
    (mean_square, lambda X: np.random.default_rng().normal(), "it draws random numbers of its own."),
    (mean_square, lambda X: 3.5, "It gives the same result for every input: X is not used."),
    (row_sums, lambda X: NOTEBOOK, "The argument X is not used. NOTEBOOK, a name of the notebook, is used instead."),
    (slopes, lambda y, X: slopes.solution(X, y), "another order: (y, X) where the card has (X, y)."),
    (slopes, lambda a, b: slopes.solution(b, a), "another order: (a, b) are handed over as (X, y)."),
    # several results
    (slopes, lambda X, y: slopes.solution(X, y)[::-1], "in another order: db, dw came where dw, db is asked for."),
    (
        slopes,
        lambda X, y: list(slopes.solution(X, y)[::-1]),
        "in another order: db, dw came where dw, db is asked",
    ),
    (slopes, lambda X, y: slopes.solution(X, y)[0], "Only dw came. Return all of them"),
    (
        slopes,
        lambda X, y: (-slopes.solution(X, y)[0], slopes.solution(X, y)[1]),
        "dw: Every number is right but for its",
    ),
]


@pytest.mark.parametrize(("record", "answer", "sentence"), CAUSES_SEEN, ids=[case[2][:40] for case in CAUSES_SEEN])
def test_a_cause_is_named(record, answer, sentence):
    verdict = judge(record, answer)
    assert verdict.state == "wrong"
    assert sentence in verdict.diagnosis


@pytest.mark.parametrize(
    ("record", "answer"),
    [
        (centred, lambda X: -centred.solution(X) if len(X) > 1 else centred.solution(X) + 1),  # a sign, but not always
        (centred, lambda X: centred.solution(X) * (2 if len(X) == 3 else 3)),  # no one factor
        (centred, lambda X: np.cos(X)),
        (mean_square, lambda X: X[0, 0] + 3),
        (slopes, lambda X, y: (np.cos(X[0]), 0.25 * len(X) + y[0])),
    ],
)
def test_what_does_not_explain_every_input_is_not_said(record, answer, monkeypatch):
    monkeypatch.setattr(repair, "SECONDS", 0)  # a change of the source would be a cause of its own
    assert judge(record, answer).diagnosis == ""


# --- one place of the source


@exercise(**CARD, shapes="X (m, n) -> (m,)", inputs=lambda: TABLES)
def shifted(X):
    return np.log(X**2 + 1).sum(axis=1) - X[:, 0] / (1 + X.max() ** 2)


@exercise(**CARD, shapes="X (m, n) -> a number", inputs=lambda: TABLES)
def signs(X):
    return np.where(X > 0.2, 3, -1).sum() * 0.5 + X.std()


@exercise(**CARD, shapes="X (m, n) -> a number", inputs=lambda: TABLES)
def weighted(X):
    total = 0.5
    for i in range(len(X)):
        total += X[i, 0] * (i + 1)
    return total


def too_short(X):
    total = 0.5
    for i in range(len(X) - 1):
        total += X[i, 0] * (i + 1)
    return total


def overwritten(X):
    total = 0.5
    for i in range(len(X)):
        total = X[i, 0] * (i + 1)
    return total


def plus_equals_turned(X):
    total = 0.5
    for i in range(len(X)):
        total = +X[i, 0] * (i + 1)
    return total


def wrong_name(X):
    total = 0.5
    for i in range(len(X)):
        total += X[i, 0] * (total + 1)
    return total


PLACES = [
    (shifted, lambda X: np.log10(X**2 + 1).sum(axis=1) - X[:, 0] / (1 + X.max() ** 2), "with `np.log(X ** 2 + 1)`"),
    (shifted, lambda X: np.log(X**2 + 1).sum() - X[:, 0] / (1 + X.max() ** 2), "The axis in line"),
    (shifted, lambda X: np.log(X**2 + 1).sum(axis=1) - X[0] / (1 + X.max() ** 2), "`X[:, 0]` in the place of `X[0]`"),
    (shifted, lambda X: np.log(X**2 + 1).sum(axis=1) - X[:, 0] / (1 + X.min() ** 2), "The function in line"),
    (shifted, lambda X: np.log(X**2 + 1).sum(axis=1) + X[:, 0] / (1 + X.max() ** 2), "The operator in line"),
    (shifted, lambda X: (np.log(X**2 + 1).sum(axis=1) - X[:, 0]) / (1 + X.max() ** 2), "The brackets in line"),
    (shifted, lambda X: np.log(X**2 + 1).sum(axis=1) - X[:, 0] / (1 + X.max()), "A square in line"),
    (signs, lambda X: np.where(X > 0.2, -1, 3).sum() * 0.5 + X.std(), "The two cases in line"),
    (signs, lambda X: np.where(X < 0.2, 3, -1).sum() * 0.5 + X.std(), "The two cases in line"),
    (signs, lambda X: np.where(X > 0.3, 3, -1).sum() * 0.5 + X.std(), "The number in line"),
    (signs, lambda X: np.where(X > 0.2, 3, -1).sum() * 0.5 + X.var(), "The function in line"),
    (signs, lambda X: np.where(X > 0.2, 3, -1).sum() * 0.5 + X.std(ddof=1) if X.size else 0, "with `ddof=0`"),
    (signs, lambda X: np.where(X > 0.2, 3, -1).sum() // 2 + X.std(), "The operator in line"),
    (weighted, too_short, "with `range(len(X))` in the place of `range(len(X) - 1)`"),
    (weighted, overwritten, "The step in line"),
    (weighted, plus_equals_turned, "The step in line"),
    (weighted, wrong_name, "The name in line"),
]


@pytest.mark.parametrize(("record", "answer", "sentence"), PLACES)
def test_a_place_of_each_kind_is_found(record, answer, sentence):
    diagnosis = judge(record, answer).diagnosis
    assert sentence in diagnosis
    assert "every input comes out right" in diagnosis


@exercise(**CARD, shapes="X (m, n) -> a number", inputs=lambda: TABLES)
def sum_of_slopes(X):
    return sum(x - 0.3 for x in X[:, 0])


def test_a_relu_too_much_is_found_also_where_it_is_written_as_max():
    diagnosis = judge(sum_of_slopes, lambda X: sum(max(0, x - 0.3) for x in X[:, 0])).diagnosis
    assert "with `x - 0.3` in the place of `max(0, x - 0.3)` every input comes out right." in diagnosis


def inside_the_loop(X):
    total = 0
    for x in X.ravel():
        total += x**2
        return total / X.size
    return None


def too_much(X):
    X = X**2
    X = X - X.min()
    return X.mean()


@pytest.mark.parametrize(
    ("record", "answer", "sentence"),
    [
        (row_sums, lambda X: X.sum(axis=0), "with `axis=1` in the place of `axis=0` every input comes out right."),
        (centred, lambda X: X - X.mean(axis=1) + 0.5, "keepdims=True"),
        (centred, lambda X: 2 * X - X.mean(axis=1, keepdims=True) + 0.5, "with `X` in the place of `2 * X`"),
        (mean_square, lambda X: (X**3).mean(), "The number in line"),
        (mean_square, inside_the_loop, "stands inside the loop, which ends at its first turn."),
        (mean_square, too_much, "A part too much in line"),
        (slopes, lambda X, y: (X @ ((X[:, 0] - y) / len(X)), ((X[:, 0] - y) / len(X)).sum()), "The order in line"),
        (slopes, lambda X, y: (X.T @ ((X[:, 0] + y) / len(X)), ((X[:, 0] - y) / len(X)).sum()), "`X[:, 0] - y`"),
    ],
)
def test_the_place_is_named_where_one_change_makes_it_right(record, answer, sentence):
    assert sentence in judge(record, answer).diagnosis


@pytest.mark.parametrize(
    "answer",
    [
        lambda X: open("a_file"),  # noqa: SIM115
        lambda X: np.save("a_file", X),
        lambda X: np.random.normal(size=X.shape),  # noqa: NPY002
        lambda X: eval("X"),
        lambda X: runpy.run_path(X),
        np.sum,
    ],
)
def test_nothing_is_tried_on_an_answer_that_does_more_than_compute(answer):
    assert not Code(answer).is_harmless


def test_a_helper_of_the_notebook_is_looked_into():
    def saves(X):
        np.save("a_file", X)

    assert Code(lambda X: row_of(X)).is_harmless
    assert not Code(lambda X: saves(X)).is_harmless


def test_the_search_for_a_place_ends_in_time(monkeypatch):
    monkeypatch.setattr(repair, "SECONDS", 0.05)

    def long_way(X):
        a = X * 2 - X
        b = a * 3 - a - a + 0 * X
        c = np.abs(b) + np.abs(a) - np.abs(X) * 2 + b
        return np.cos(c) + np.sin(b) * np.sin(a) - np.tanh(X)

    start = time.thread_time(), time.process_time()
    assert judge(centred, long_way).diagnosis == ""
    assert time.process_time() - start[1] < 1


# --- two mistakes at once, inputs overwritten, small constants


def test_a_listed_mistake_and_a_general_one_are_both_named():
    def gradients(X, y, W1, b1, W2, b2):  # no slope of the hidden layer, and the sign flipped
        A1 = cu.sigmoid(X @ W1 + b1)
        dZ2 = (y - cu.sigmoid(A1 @ W2 + b2)) / len(X)
        dZ1 = dZ2 @ W2.T
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    assert judge(find("network_gradients"), gradients).diagnosis == (
        "Two things. The hidden sigmoid's slope is missing: dZ1 = dZ2 @ W2.T * A1 * (1 - A1)."
        " And: Every number is right but for its sign."
    )


def test_an_input_overwritten_with_wrong_values_is_named():
    def gradients(X, y, W1, b1, W2, b2):
        A1 = cu.sigmoid(X @ W1 + b1)
        dZ2 = (cu.sigmoid(A1 @ W2 + b2) - y) / len(X)
        dW2 = A1.T @ dZ2
        W2 -= 0.1 * dW2
        dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
        return X.T @ dZ1, dZ1.sum(axis=0), dW2, dZ2.sum(axis=0)

    text = describe(find("network_gradients"), judge(find("network_gradients"), gradients))
    assert "Likely cause: It writes into its input W2, so whatever reads W2 later meets changed numbers." in text
    assert (
        "db1: Its values differ. On this input dW2 and db2 are right. Look at dZ1 first: db1 and dW1 are made of it."
        in text
    )


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            lambda P, labels: -np.log(P[np.arange(len(P)), labels] + 1e-10).mean(),
            "The small constant 1e-10 changes the result: it caps -log at 23.0.",
        ),
        (
            lambda P, labels: -np.log(np.clip(P[np.arange(len(P)), labels], 1e-8, 1 - 1e-8)).mean(),
            "The small constant 1e-08 changes the result: it caps -log at 18.4.",
        ),
    ],
)
def test_a_small_constant_is_named_with_what_it_caps(answer, sentence):
    assert judge(find("cross_entropy_from_labels"), answer).diagnosis == sentence


def test_another_small_constant_than_the_cards_is_named():
    def rmsprop(w, g, s, rate, rho):
        s = rho * s + (1 - rho) * g**2
        return w - rate * g / np.sqrt(s + 1e-5), s

    assert judge(find("rmsprop_step"), rmsprop).diagnosis == "The small constant 1e-05 stands where the card has 1e-07."


# --- the small inputs from which this began


def plain_keepdims(z):
    return np.exp(z) / np.exp(z).sum(axis=1)


def comma(X, w, b):
    return (np.dot(X, w) + b,)


def other_order(X, W1, W2, b1, b2):
    return cu.sigmoid(cu.sigmoid(X @ W1 + b1) @ W2 + b2)


def twice_by_m(X, y, W1, b1, W2, b2):
    m = len(X)
    A1 = cu.sigmoid(X @ W1 + b1)
    dZ2 = (cu.sigmoid(A1 @ W2 + b2) - y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return X.T @ dZ1 / m, dZ1.sum(axis=0) / m, A1.T @ dZ2 / m, dZ2.sum(axis=0) / m


def running_mean(w, v, g, rate, beta):
    v = beta * v + (1 - beta) * g
    return w - rate * v, v


def no_square(w, g, s, rate, rho):
    s = rho * s + (1 - rho) * g
    return w - rate * g / np.sqrt(s + 1e-7), s


@pytest.mark.parametrize(
    ("id", "answer", "sentence"),
    [
        ("softmax_rows", plain_keepdims, "Without keepdims=True the sums (m,) do not stand beside their rows."),
        ("weighted_sum", comma, "A comma behind the result"),
        ("two_layers", other_order, "(X, W1, W2, b1, b2) where the card has (X, W1, b1, W2, b2)."),
        ("network_gradients", twice_by_m, "too small by the factor m (m = 4 here): divided by m once too often"),
        ("sigmoid_grad", lambda z: NOTEBOOK * (1 - NOTEBOOK), "The argument z is not used. NOTEBOOK, a name"),
        ("threshold", lambda w, b, p: (np.log(p) / np.log(1 - p) - b) / w, "not the quotient of two logs"),
        ("momentum_step", running_mean, "Here v is a running mean of gradients."),
        ("rmsprop_step", no_square, "The square is missing"),
        (
            "row_shares",
            lambda E: (E / E.sum(axis=1, keepdims=True)).astype(int),
            "The decimals are cut off by a type that holds only whole numbers",
        ),
        (
            "row_shares",
            lambda E: E // E.sum(axis=1, keepdims=True),
            "The decimals are cut off: // gives whole numbers.",
        ),
        (
            "he_start",
            lambda noise: np.random.normal(size=noise.shape) * np.sqrt(2 / noise.shape[0]),  # noqa: NPY002
            "it draws random numbers of its own. All that it needs comes in: noise.",
        ),
        (
            "he_start",
            lambda noise: np.random.default_rng(0).normal(size=noise.shape) * np.sqrt(2 / noise.shape[0]),
            "The result does not depend on the numbers in noise",
        ),
        (
            "batch_rows",
            lambda order, size, step: np.random.choice(order, size),  # noqa: NPY002
            "it draws random numbers of its own. All that it needs comes in: order, size, step.",
        ),
        ("predict_double_w", (0, 5), "the pair (0, 5). Write a decimal point, 0.5."),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_a_small_input_gets_its_true_cause(id, answer, sentence):
    assert sentence in judge(find(id), answer).diagnosis


def sign_of_b1(X, y, W1, b1, W2, b2):
    A1 = cu.sigmoid(X @ W1 + b1)
    dZ2 = (cu.sigmoid(A1 @ W2 + b2) - y) / len(X)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return [X.T @ dZ1, -dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)]


def random_gradients(X, y, W1, b1, W2, b2):
    return [W1 + np.random.normal(size=W1.shape), b1, W2, b2]  # noqa: NPY002


def same_gradients(X, y, W1, b1, W2, b2):
    return [np.zeros((2, 2)), "b1", np.zeros(1), np.zeros(1)]


def shuffled_weights(X, y, W1, b1, W2, b2):
    total = X.sum() + y.sum() + b1.sum() + W2.sum() + b2.sum()
    return [np.zeros_like(W1) + total, b1, W2, b2]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (sign_of_b1, "db1: Every number is right but for its sign."),
        (random_gradients, "A second call with the same input gives another result: it draws random numbers"),
        (same_gradients, "It gives the same result for every input"),
        (shuffled_weights, "The result does not depend on the numbers in W1"),
    ],
)
def test_results_in_a_list_get_their_causes_too(answer, sentence):
    assert sentence in judge(find("network_gradients"), answer).diagnosis


def column_as_mask(H, y):
    zeros, ones = H[y == 0], H[y == 1]
    return np.linalg.norm(zeros[:, None] - ones, axis=2).min()


def unnamed_column_as_mask(H, y):
    ones = H[np.zeros((len(H), 1)) > 0]
    return np.linalg.norm(ones)


def mask_too_short(H, y):
    zero = y[1:, 0] == 0
    return np.linalg.norm(H[zero])


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (column_as_mask, "with a mask of the shape (4, 1). That is a column, and a mask of rows has one axis: y[:, 0]"),
        (unnamed_column_as_mask, "a mask of rows has one axis: [:, 0] behind it makes a plain row of it."),
        (mask_too_short, "with a mask of the shape (3,). A mask needs one True or False for each row: (4,)."),
    ],
)
def test_a_mask_that_does_not_fit_is_explained(answer, sentence):
    assert sentence in judge(find("nearest_opposites"), answer).diagnosis


# --- predictions, as people type them


@pytest.mark.parametrize(
    ("id", "typed", "sentence"),
    [
        ("predict_parameters", (50, 890), "Write a large number without a comma, 50890."),
        ("predict_parameters", "50,816", "These are the weights. The biases are missing"),
        ("predict_start_loss", 0.69, "That is the cost with two classes."),
        ("predict_start_loss", 3.32, "That is in bits."),
        ("predict_clipped", 23.3, "That is the logarithm with base 2."),
        ("predict_shortcut", 13_000, "With so few digits it cannot be told from a wrong value."),
        ("predict_test_error", 0.01, "the factor p is missing"),
        ("predict_first_stride", 0.0032, "Right as far as it goes, but rounded too much. Give more digits."),
        ("predict_bias_shift", [-1.5], "The number stands in brackets."),
        ("predict_bias_shift", (-1.5,), "Take the comma at the end away."),
        ("predict_lonely_softmax", -1, "The size is right, the sign is not."),
        ("predict_lonely_softmax", "1.0 for all", "Write it alone, without quotes and without a unit: 1."),
        ("predict_lonely_softmax", "1,250 steps", "A number is asked for. Write it without quotes."),  # or 1.25?
        ("predict_lonely_softmax", "I do not know", "A number is asked for. Write it without quotes."),
        ("predict_other_target", 21.527423, "That is in percent."),
        ("predict_steps", 49.5, "A whole number is asked for"),
        ("predict_never_rises", "recal", 'Did you mean "recall"?'),
        ("predict_costliest", "It is Dia", 'Give the word alone: "Dia".'),
        ("predict_never_rises", 3, "A word is asked for, in quotes; this is of the type int."),
    ],
)
def test_a_typed_value_gets_its_cause(id, typed, sentence):
    assert sentence in judge(find(id), typed).diagnosis


ROUNDED = [
    (record, wrong.diagnosis, float(f"{wrong.answer():.{digits}g}"), digits)
    for record in (find("predict_start_loss"), find("predict_clipped"), find("predict_first_stride"))
    for wrong in record.wrong
    for digits in (3, 4)
]


def test_a_known_wrong_value_is_known_at_three_and_four_digits():
    told = [judge(record, typed).diagnosis == diagnosis for record, diagnosis, typed, _ in ROUNDED]
    assert sum(told) >= 0.85 * len(told)


@pytest.mark.parametrize("typed", ["50,890", "50 890", "50_890", "50890", "50'890", "5.089e4"])
def test_a_number_in_quotes_is_read(typed):
    assert judge(find("predict_parameters"), typed).state == "right"


@pytest.mark.parametrize("typed", ["0,5", "0.5", "1/2", Fraction(1, 2), np.array(0.5), np.float16(0.5)])
def test_a_half_is_a_half_however_it_is_typed(typed):
    assert judge(find("predict_double_w"), typed).state == "right"


@pytest.mark.parametrize("typed", ["a half", "", "1/0", "--"])
def test_a_text_that_is_no_number_is_told_so(typed):
    assert judge(find("predict_double_w"), typed).how == "It is a str where numbers are expected."


def test_numbers_of_any_kind_count_in_what_a_function_returns():
    assert judge(find("feature_map_size"), lambda n, k, s, p: Fraction((n + 2 * p - k) // s + 1)).state == "right"
    assert judge(find("weighted_sum"), lambda X, w, b: [Fraction(float(z)) for z in X @ w + b]).state == "right"


# --- the message


def test_the_cause_comes_second_and_the_failure_fits_twelve_lines():
    record = find("conv_layer")
    text = describe(record, judge(record, lambda x, kernel, bias: -record.solution(x, kernel, bias)))
    lines = text.splitlines()
    assert lines[1] == "  Likely cause: Every number is right but for its sign."
    assert len(lines[2:-1]) <= LINES_OF_FAILURE
    assert "with x =   an array (5, 6, 2), from" in text
    assert "first at   [0, 0, " in text


def test_of_several_results_the_wrong_one_is_shown():
    verdict = judge(slopes, lambda X, y: (slopes.solution(X, y)[0], slopes.solution(X, y)[1] + np.cos(X[0, 0])))
    assert verdict.how == "db: Its values differ. On this input dw is right."
    text = describe(slopes, verdict)
    assert text.count("expected ") == 1


def test_where_all_that_is_made_of_a_value_is_wrong_it_is_named():
    answer = judge(slopes, lambda X, y: (np.cos(slopes.solution(X, y)[0]), 0.3))
    assert answer.how == "db: Its values differ. Look at dz first: db and dw are made of it."


def test_a_tuple_of_plain_numbers_stands_on_one_line():
    @exercise(title="units", aim="Add them up.", shapes="sizes -> n", hints=(), why="", inputs=lambda: [((2, 2, 1),)])
    def units(sizes):
        return sum(sizes)

    assert "  with sizes = (2, 2, 1)\n" in describe(units, judge(units, lambda sizes: 3 * sum(sizes)))


def test_a_few_named_numbers_are_told_apart():
    names = ("number of epochs", "best epoch")

    @exercise(
        title="", aim="", shapes="m -> epochs, best", hints=(), why="", inputs=lambda: [(5,), (9,)], results=names
    )
    def stop(m):
        return m, 3

    assert judge(stop, lambda m: (1, 3)).how == "Another number of epochs is expected."


def test_a_cause_that_stumbles_says_nothing(monkeypatch):
    class Strange:
        def __eq__(self, other):
            raise RuntimeError("never compare me")

        __hash__ = None

    assert judge(mean_square, lambda X: Strange()).state == "wrong"


# --- the page


def test_the_page_of_causes_is_that_of_the_code():
    root = Path(__file__).parents[2]
    page = runpy.run_path(str(root / "scripts" / "causes_page.py"))["page"]()
    assert (root / "docs" / "causes.md").read_text(encoding="utf-8") == page
    assert all(known.name.capitalize() in page for known in CAUSES)


def test_lines_are_those_of_the_file_also_in_a_lambda():
    answer = lambda X: X.sum(axis=0)  # noqa: E731
    line = answer.__code__.co_firstlineno
    assert f"in line {line}:" in judge(row_sums, answer).diagnosis


def test_an_attempt_runs_other_functions_within_its_time():
    inputs = TABLES[:2]
    attempt = Attempt(row_sums, row_of, inputs, run_all(row_sums.solution, inputs), run_all(row_of, inputs))
    assert attempt.is_right(row_sums.solution)
    assert not attempt.is_right(lambda X: X)
