"""The claims beside the lessons: each has its cell, and is seen to fail on a run that was broken on purpose."""

import ast
import symtable
from pathlib import Path

import nbformat
import pytest
from _claims import SOURCES, UNCOMPARED, ClaimError, broken, chance, faults, judge, load, on_tensorflow, only, unbroken
from _notebooks import NOTEBOOKS, code_cells

from course_utils.lesson_names import number_of

FOLDER = Path(__file__).parent / "claims"
TAGS = {"raises-exception", *UNCOMPARED}
FILES = sorted(FOLDER.glob("*.py"))
CLAIMS = [pytest.param(claim, id=f"{number_of(path)}-{claim.name}") for path in FILES for claim in load(path).values()]
LESSONS = [pytest.param(nbformat.read(path, as_version=4), path, id=path.stem) for path in NOTEBOOKS]


def statements(cell):
    """Give the syntax tree of a cell; a line for IPython alone has none."""
    lines = [line for line in cell.source.split("\n") if not line.lstrip().startswith(("%", "!"))]
    return ast.parse("\n".join(lines))


def test_every_file_of_claims_belongs_to_a_lesson():
    assert {path.stem for path in FILES} <= {path.stem for path in NOTEBOOKS}


@pytest.mark.parametrize(("notebook", "path"), LESSONS)
def test_claims_and_cells_belong_together(notebook, path):
    assert faults(notebook, load(FOLDER / f"{path.stem}.py")) == []


@pytest.mark.parametrize(("notebook", "path"), LESSONS)
def test_tags_are_known(notebook, path):
    assert [tag for cell in notebook.cells for tag in cell.metadata.get("tags", []) if tag not in TAGS] == []
    assert [cell.id for cell in notebook.cells if "NBVAL_" in cell.source] == []


@pytest.mark.parametrize(("notebook", "path"), LESSONS)
def test_no_cell_tests_what_it_shows(notebook, path):
    found = []
    for cell in code_cells(notebook):
        for node in ast.walk(statements(cell)):
            asserts = isinstance(node, ast.Assert)
            asks = isinstance(node, ast.Attribute) and node.attr in {"is_full", "answered"}
            found += [(cell.id, ast.unparse(node))] if asserts or asks else []
    assert found == []


@pytest.mark.parametrize(("notebook", "path"), LESSONS)
def test_no_later_cell_uses_a_learner_s_name(notebook, path):
    assert used_of_the_learner(notebook) == []


def used_of_the_learner(notebook):
    """Give (cell, name) for each name that an exercise leaves open and a later cell reads all the same."""
    mine, found = set(), []
    for cell in code_cells(notebook):
        tree = statements(cell)
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
        own = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        own |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        mine -= own
        found += sorted({(cell.id, node.id) for node in names if node.id in mine})
        mine |= {name for statement in tree.body if (name := left_open(statement))}
    return found


def left_open(statement):
    """Name what a statement leaves open, `def name(…): return ...` or `name = ...`; None for any other."""
    places = [node.slice for node in ast.walk(statement) if isinstance(node, ast.Subscript)]  # of x[..., 0]
    indices = [part for place in places for part in ast.walk(place)]
    constants = [node for node in ast.walk(statement) if isinstance(node, ast.Constant) and node not in indices]
    dots = [node for node in constants if node.value is ...]
    if isinstance(statement, ast.FunctionDef) and dots:
        return statement.name
    if isinstance(statement, ast.Assign) and statement.value in dots:
        return ast.unparse(statement.targets[0])
    return None


@pytest.mark.parametrize(("notebook", "path"), LESSONS)
def test_no_later_cell_takes_a_name_from_a_slider(notebook, path):
    assert taken_from_a_slider(notebook) == []


def taken_from_a_slider(notebook):
    """Give (cell, name) for each name that a slider's function looks up and a later cell gives to something else."""
    functions, needed, found = {}, set(), []
    for cell in code_cells(notebook):
        tree = statements(cell)
        table = symtable.symtable(ast.unparse(tree), cell.id, "exec")
        own = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned()}
        found += [(cell.id, name) for name in sorted(own & needed)]
        functions |= {child.get_name(): looked_up(child) for child in table.get_children()}
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        waiting = [ast.unparse(call.args[1]) for call in calls if ast.unparse(call.func) == "cu.live"]
        while waiting:
            names = functions.get(waiting.pop(), set()) - needed
            needed |= names
            waiting += names
    return found


def looked_up(table):
    """Give the names that a function, and what stands inside it, finds outside."""
    inside = [name for child in table.get_children() for name in looked_up(child)]
    return {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global()} | set(inside)


def test_a_name_that_is_taken_from_a_slider_is_found():
    sources = {
        "helper": "def place(i):\n    return [scale * n for n in (i, i)]",
        "slider": "scale = 2\nrow = 3\ndef move(i):\n    row = 0\n    return place(i)\ncu.live(0, move, [], i=(0, 1))",
        "harmless": "row = 4\nprint([scale for scale in range(3)])",
        "takes": "scale = [1, 2]",
    }
    cells = [nbformat.v4.new_code_cell(source, id=id) for id, source in sources.items()]
    assert taken_from_a_slider(nbformat.v4.new_notebook(cells=cells)) == [("takes", "scale")]


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_fails_on_broken_runs(claim):
    assert claim.samples, f"{claim.name} needs values of a broken run: @broken(…)"
    assert all(set(values) == set(claim.asks) - {"data"} for values in claim.samples)
    assert unbroken(claim) == []


# The tools themselves


@pytest.fixture
def file(tmp_path):
    """Write a file of claims and give its path."""

    def write(source):
        path = tmp_path / f"claims_{len(list(tmp_path.iterdir()))}.py"
        path.write_text(f"from _claims import broken, chance, only\n\n{source}", encoding="utf-8")
        return path

    return write


def test_a_broken_run_that_does_not_break_a_claim_is_found(file):
    source = "@broken(score=0.1)\n@broken(score=0.93)\ndef after_train(score):\n    assert score > 0.9\n"
    claim = load(file(source))["after_train"]
    assert unbroken(claim) == [("full", {"score": 0.93}), ("digits", {"score": 0.93})]


def test_a_broken_run_has_to_break_a_claim_on_both_sources(file):
    source = "@broken(score=0.1)\ndef after_train(score, data):\n    assert score > 0.9 or not data.is_full\n"
    assert unbroken(load(file(source))["after_train"]) == [("digits", {"score": 0.1})]
    only_full = f'@only("full")\n{source}'
    assert unbroken(load(file(only_full))["after_train"]) == []


def test_an_error_is_no_broken_claim(file):
    claim = load(file("@broken(score=None)\ndef after_train(score):\n    assert score > 0.9\n"))["after_train"]
    with pytest.raises(TypeError):
        unbroken(claim)


def test_the_marks_are_kept(file):
    @chance
    @only("digits")
    @broken(x=1)
    @broken(x=2)
    def after_it(x):
        assert x == 0

    assert (after_it.is_chance, after_it.sources, after_it.samples) == (True, ("digits",), [{"x": 1}, {"x": 2}])
    assert on_tensorflow(after_it).is_on_tensorflow
    with pytest.raises(ValueError, match="only: the source is one of"):
        only("fashion")


def test_helpers_in_a_file_are_no_claims_but_other_names_are_noticed(file):
    path = file("import math\n\ndef _near(x): pass\n\ndef after_a_b__c(x): pass\n\ndef before_a(x): pass\n")
    claims = load(path)
    assert list(claims) == ["after_a_b__c", "before_a"]
    assert claims["after_a_b__c"].cell == "a_b"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", id="a-b")])
    (fault,) = faults(notebook, claims)
    assert fault == "before_a is not named after a cell: after_<id>, or _before_a if it only helps."


def test_a_file_that_is_not_there_has_no_claims(tmp_path):
    assert load(tmp_path / "none.py") == {}


def test_values_are_shown_at_a_readable_length(file):
    path = file("def after_it(x):\n    assert not x\n")
    with pytest.raises(ClaimError) as told:
        judge(path, "after_it", {"x": list(range(1000))}, "")
    assert len(str(told.value)) < 600


def test_the_full_set_is_told_from_the_digits(file):
    path = file('@only("full")\ndef after_it():\n    assert False\n')
    judge(path, "after_it", {"data": SOURCES["digits"]}, "")
    with pytest.raises(ClaimError):
        judge(path, "after_it", {"data": SOURCES["full"]}, "")


def lesson(*sources):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s, id=f"c{n}") for n, s in enumerate(sources)])


def test_a_learner_s_name_in_a_later_cell_is_found():
    stub, number = "def f(x):\n    return ...\n\ncu.check('f', f)", "guess = ...\n\ncu.check('guess', guess)"
    assert used_of_the_learner(lesson(stub, "print(f(2))")) == [("c1", "f")]
    assert used_of_the_learner(lesson(number, "1", "print(guess)")) == [("c2", "guess")]
    assert used_of_the_learner(lesson(stub, "def f(x):\n    return x", "print(f(2))")) == []
    assert used_of_the_learner(lesson(stub, "print(2)")) == []
    assert used_of_the_learner(lesson("def last(x):\n    return x[..., 0]", "print(last(x))")) == []
