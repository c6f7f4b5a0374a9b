"""Every number in a lesson's text stands beside it in an output or in code, or a claim or an equation holds it."""

import nbformat
import numbers_report
import numpy as np
import pytest
from _notebooks import NOTEBOOKS
from numbers_report import Claims, claims_of, equations, figures, plain, unheld

import course_utils as cu

NONE = Claims({}, [], set())


def lesson(text, *outputs, claims=NONE):
    """Return what is left of a text that stands after cells with these outputs."""
    cells = []
    for output in outputs:
        cells.append(nbformat.v4.new_code_cell("show()"))
        cells[-1].outputs = [nbformat.v4.new_output("stream", text=output)]
    return [
        number
        for _, number, _ in unheld(
            nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_markdown_cell(text)]), claims
        )
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_something_holds_each_number_in_the_text(path):
    assert unheld(nbformat.read(path, as_version=4), claims_of(path.stem)) == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("The cost is 0.23.", "cost 0.2314"),
        ("It falls by 0.23.", "change -0.2314"),
        ("It reads 97.8 %.", "accuracy 0.9784"),
        ("It reads 97.8 %.", "right: 97.8%"),
        ("It reads 98 of 100.", "accuracy 0.9784"),
        ("Between 97 and 99 %.", "0.97 0.99"),
        ("About 1,500 steps.", "1468 steps"),
        ("More than 2 million.", "2,055,208"),
        ("Nearly 10⁸⁰.", "w = -1.07e+80"),
        ("The gap is 2.2 · 10⁻¹⁶.", "2.2e-16"),
    ],
)
def test_a_printed_number_holds_a_rounded_one(text, printed):
    assert lesson(text, printed) == []
    assert len(lesson(text, "nothing")) > 0


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("The cost is 0.24.", "cost 0.2314"),
        ("It is 1,500.", "1468"),
        ("It reads 97.7 %.", "0.9784"),
        ("So 12.", "0.12"),
    ],
)
def test_another_number_does_not(text, printed):
    assert len(lesson(text, printed)) == 1


def test_only_two_cells_count():
    assert lesson("Now 0.75.", "0.75", "none") == []
    assert lesson("Now 0.75.", "0.75", "none", "none") == ["0.75"]


def test_equations_are_worked_out():
    assert lesson("So 0.5 · 0.2 = 0.1, and 1 − 40 = −39, and −log 0.1 = 2.30.") == []
    assert lesson("So 0.5 · 0.4 = 0.1.") == ["0.5", "0.4", "0.1"]
    assert lesson("Here 28 · 28 + 1 = 785 weights.\n\nAll 785 of them.") == []
    assert [holds for _, holds in equations("2/50 = 0.04 and 53 / 143 ≈ 0.38")] == [True, False]


def test_names_are_no_numbers():
    named = "lesson 08, seed 61 of W1, `x = 0.31`, $0.32$, 784-64-10, a 7, about 45 minutes, 1986, Nature 323 (1986)"
    assert figures(plain(f"## 12 units\n\nIn {named}.")) == []


def test_a_claim_holds_a_number_and_a_broken_run_does_not(tmp_path, monkeypatch):
    (tmp_path / "claims").mkdir()
    text = (
        '@broken(score=0.41)\ndef after_x(score):\n    """About 0.42."""\n    assert score > 0.43\n    assert 7 == 7\n'
    )
    (tmp_path / "claims" / "99_new.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(numbers_report, "TESTS", tmp_path)
    claims = claims_of("99_new")
    assert lesson("Now 0.41, 0.42, 0.43 and 7.", claims=claims) == ["0.41", "0.42", "7"]
    assert claims.beside([nbformat.v4.new_code_cell("1", id="x")]).count(7) == 2  # a single digit, beside its cell


def test_the_sizes_that_all_lessons_may_name_are_right():
    (x, _), (x_test, _) = cu.load_mnist("digits")
    assert {len(x), len(x_test), len(x) + len(x_test), *x.shape[1:], np.prod(x.shape[1:])} < set(numbers_report.KNOWN)
