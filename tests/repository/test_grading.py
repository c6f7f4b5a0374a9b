"""The assignments in grading/: valid for nbgrader, solved by their own solutions, refused while they are empty."""

import ast
import csv
import importlib
import os
import re
import shutil
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from test_repository import pins

ROOT = Path(__file__).parents[2]
GRADING = ROOT / "grading"
SOURCES = sorted(GRADING.glob("source/*/*.ipynb"))
GRADING_PYTHON = ROOT / ".venv-grading" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STUB = 'raise NotImplementedError("your lines belong here")'


@pytest.fixture
def tools(monkeypatch):
    """Give the modules of grading/ that need no nbgrader."""
    monkeypatch.syspath_prepend(GRADING)
    names = ("beginning", "hand_in", "learners", "second_look", "submissions", "plain_data", "retest", "autograde")
    yield {name: importlib.import_module(name) for name in names}
    for name in names:
        del sys.modules[name]


@pytest.fixture(params=SOURCES, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def source(path):
    return nbformat.read(path, as_version=4)


def kind(cell):
    return cell.metadata.get("nbgrader", {})


def graded(notebook):
    return [cell for cell in notebook.cells if kind(cell).get("grade")]


def released(source, submissions):
    """Give the learners' version, as nbgrader makes it: grade-demo holds nbgrader's own against the same lines."""
    notebook = deepcopy(source)
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and kind(cell):
            cell.source = "*Your answer, in three to six sentences.*"
        stub = f"    {STUB}" if kind(cell).get("solution") else ""
        if cell.cell_type == "code":
            cell.source = submissions.MARKED.sub(stub, cell.source)
    return notebook


# --- the sources


def test_it_is_a_notebook_that_nbgrader_knows(path, source):
    nbformat.validate(source)
    assert path.stem == path.parent.name
    assert source.metadata.kernelspec.name == "python3"
    names = [kind(cell)["grade_id"] for cell in source.cells if kind(cell)]
    assert len(set(names)) == len(names)
    assert names == [cell.id for cell in source.cells if kind(cell)]
    assert {kind(cell)["schema_version"] for cell in source.cells if kind(cell)} == {3}
    assert [cell.id for cell in source.cells if cell.cell_type == "code" and cell.outputs] == []


def test_every_graded_cell_has_points_and_they_add_up(source):
    points = {cell.id: kind(cell)["points"] for cell in graded(source)}
    essay = points.pop("essay")
    assert min(points.values()) > 0
    assert (sum(points.values()), essay) == (16, 4)
    seen = sum(kind(cell)["points"] for cell in graded(source) if "BEGIN HIDDEN TESTS" not in cell.source)
    assert seen - essay == 4  # the README says so
    for name, value in points.items():
        first = next(cell for cell in source.cells if cell.id == name).source.splitlines()[0]
        assert f" {value} point" in first, f"{name} tells learners other points than it gives"


def test_checks_are_locked_and_answers_are_not(source):
    for cell in source.cells:
        if kind(cell):
            assert kind(cell)["locked"] != kind(cell)["solution"], cell.id
    answers = [cell for cell in source.cells if cell.cell_type == "code" and kind(cell).get("solution")]
    assert [cell.id for cell in answers if "### BEGIN SOLUTION" not in cell.source] == []


def test_a_check_stands_right_after_an_answer_or_another_check(source):
    """Else nbgrader cannot put it back where a learner has deleted it."""
    known = [cell for cell in source.cells if kind(cell)]
    for before, cell in zip(known, known[1:], strict=False):
        if kind(cell)["grade"] and cell.id != "essay":
            assert kind(before)["grade"] or kind(before)["solution"], cell.id


def test_hidden_tests_say_that_they_ran_and_what_they_look_at(source, tools):
    hidden = [cell for cell in graded(source) if "BEGIN HIDDEN TESTS" in cell.source]
    assert len(hidden) >= 4
    for cell in hidden:
        lines = cell.source.splitlines()
        assert lines[0].startswith("# after you hand in"), cell.id
        assert lines[-2] == f'print("{tools["second_look"].RAN}")', cell.id
        assert any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(cell.source))), cell.id


def test_each_version_stands_in_one_place():
    """A package without a version here gets that of requirements.txt, which binds it; the others do not stand there."""
    for line in (GRADING / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            need = Requirement(line.split("#")[0])
            there = canonicalize_name(need.name) in {canonicalize_name(pin.name) for pin in pins()}
            assert there != bool(need.specifier), line


# --- what the checks say


def run(notebook, names):
    """Run the code of a notebook without a kernel; give the points of the checks among `names`."""
    space, points = {}, 0
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.id != "look":
            try:
                exec(compile(cell.source, cell.id, "exec"), space)
            except Exception:  # a check that fails gives no points, whatever it raises
                continue
            points += kind(cell).get("points", 0) if kind(cell).get("grade_id") in names else 0
    plt.close("all")
    return points


# Only these need no nbgrader: an edited check, say, is put back by it alone.
FIRST = ["right", "partly", "by-heart", "wrong", "empty", "syntax", "lost-cell"]
FIRST += ["copied", "newer", "stub-last", "split", "moved", "stranger"]
HAND_INS = [("logistic_regression", name) for name in FIRST] + [
    (assignment, name) for assignment in ("two_layer_digits", "postcode_window") for name in ("right", "partly")
]


@pytest.mark.parametrize(("assignment", "name"), HAND_INS)
def test_the_checks_give_the_points_that_the_demonstration_expects(assignment, name, tools):
    source = nbformat.read(GRADING / "source" / assignment / f"{assignment}.ipynb", as_version=4)
    (hand_in,) = [hand_in for hand_in in tools["learners"].COURSE[assignment] if hand_in.name == name]
    notebook = tools["submissions"].right(released(source, tools["submissions"]), source, assignment)
    hand_in.change(notebook)
    notes = tools["hand_in"].put_right(notebook, released(source, tools["submissions"]))
    assert all(any(text in note for note in notes) for text in hand_in.told)
    checked = {cell.id: cell.source for cell in graded(source) if cell.id != "essay"}
    for cell in notebook.cells:
        cell.source = checked.get(kind(cell).get("grade_id"), cell.source)  # with the hidden tests, as for grading
    assert run(notebook, checked) == hand_in.marks


# --- what a teacher is told to read


@pytest.fixture
def course(tmp_path, source, path, tools):
    """Make a course folder with the hand-ins of the demonstration, not graded."""
    release = released(source, tools["submissions"])
    for folder, notebook in (("source", source), ("release", release)):
        (tmp_path / folder / path.stem).mkdir(parents=True)
        nbformat.write(notebook, tmp_path / folder / path.stem / path.name)
    handed = tools["submissions"].right(release, source, path.stem)
    for hand_in in tools["learners"].COURSE[path.stem]:
        tools["submissions"].write(tmp_path, hand_in, path.stem, handed)
    return tmp_path


SIGNS = {
    "edited": "was changed",
    "deleted": "is missing",
    "repriced": "has other points",
    "skipped": "uses get_ipython",
    "syntax": "is no Python (line 1)",
    "lost-cell": "train was missing",
    "lost-both": "train was missing",
    "copied": "train was there 2 times",
    "newer": "train was there 2 times",
    "stub-last": "train was there 2 times",
    "split": "cost-and-gradient was there 2 times",
    "moved": "stood in another order",
    "stranger": "forward is no cell of this assignment",
    "quits": "uses os",
    "renamed": "there is: logistic_regression (1).ipynb",
    "cut-off": "cannot be read",
}


def test_a_second_look_names_what_was_tampered_with_and_nothing_else(course, path, tools):
    notes = tools["second_look"].second_look(course, path.stem)
    assert notes["right"] == notes["wrong"] == []
    for name in SIGNS.keys() & notes.keys():
        assert any(SIGNS[name] in note for note in notes[name]), name
    assert SIGNS.keys() <= notes.keys() or path.stem != "logistic_regression"
    assert notes["partly"] == (["essay holds a script"] if path.stem == "logistic_regression" else [])


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("np.abs = len", "np.abs = …"),
        ("vars(np)['abs'] = len", "vars"),
        ("from subprocess import run", "subprocess"),
        ("print(open('x'))", "open"),
        ("().__class__.__bases__", "__bases__"),
    ],
)
def test_a_second_look_at_one_line(tools, line, what):
    cell = nbformat.v4.new_code_cell(line)
    assert f"uses {what}" in tools["second_look"]._finds(cell)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"text/plain": "<figure: one = 1>", "image/png": "on4711=="}, False),
        ({"text/html": "<b>x</b>"}, False),
        ({"text/html": '<img alt="A lamp on = 1." width="3" src="data:image/png;base64,on4711==">'}, False),
        ({"text/html": '<img alt="A lamp." src="data:image/png;base64," onload="x">'}, True),
        ({"text/html": "<b onclick = 'x'>"}, True),
        ({"application/javascript": "x"}, True),
        ({"image/svg+xml": "<svg>"}, True),
        ({"application/vnd.jupyter.widget-view+json": {"model_id": "a"}}, False),
        ({"application/vnd.jupyter.widget-view+json": {"model_id": "<script>"}}, True),
    ],
)
def test_an_output_that_a_browser_might_run_is_named(tools, data, found):
    cell = nbformat.v4.new_code_cell(outputs=[nbformat.v4.new_output("display_data", data=data)])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    assert tools["second_look"]._scripts(notebook) == (["a cell holds a script"] if found else [])


def test_a_widget_among_the_outputs_hides_no_other_note(course, path, tools):
    file = course / "submitted/right" / path.stem / path.name
    notebook = nbformat.read(file, as_version=4)
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "a", "version_major": 2}}
    cell = nbformat.v4.new_code_cell("import os", outputs=[nbformat.v4.new_output("display_data", data=view)])
    notebook.cells.append(cell)
    nbformat.write(notebook, file)
    assert tools["second_look"].second_look(course, path.stem)["right"] == ["a cell: uses os"]


def test_full_marks_of_a_test_that_did_not_run_are_noticed(source, path, course, tools):
    graded_copy = deepcopy(source)
    for cell in graded(graded_copy):
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("stream", text="every test ran\n")]
    graded_copy.cells[-1].source = "<script>x</script>"  # the essay
    silent, failed = [cell for cell in graded(graded_copy) if "HIDDEN" in cell.source][:2]
    silent.outputs, failed.outputs = [], [nbformat.v4.new_output("error", ename="AssertionError", evalue="")]
    folder = course / "autograded" / "right" / path.stem
    folder.mkdir(parents=True)
    nbformat.write(graded_copy, folder / path.name)
    notes = tools["second_look"].second_look(course, path.stem)
    assert notes["right"] == [f"{silent.id} did not run to its end", "essay holds a script"]
    assert notes["wrong"] == ["was not graded: its 0 is no mark; nbgrader's log says why"]


# --- what is put right before grading


def hand_in_of(source, tools):
    """Return what was handed out, and a right hand-in."""
    release = released(source, tools["submissions"])
    return release, tools["submissions"].right(release, source, SOURCES[0].stem)


@pytest.fixture
def first():
    return nbformat.read(SOURCES[0], as_version=4)


def names(notebook):
    return [kind(cell)["grade_id"] for cell in notebook.cells if kind(cell)]


def test_a_hand_in_as_it_should_be_is_left_as_it_is(source, tools):
    release = released(source, tools["submissions"])
    notebook = tools["submissions"].right(release, source, "logistic_regression")
    before = deepcopy(notebook)
    assert tools["hand_in"].put_right(notebook, release) == []
    assert notebook == before


@pytest.mark.parametrize("sources", [["mine", "", "mine too"], ["mine", "mine too", "STUB"], ["STUB", "mine too"]])
def test_of_an_answer_that_is_there_more_than_once_the_last_that_was_written_in_counts(first, tools, sources):
    release, notebook = hand_in_of(first, tools)
    stub = tools["submissions"].cell_of(release, "train").source
    one, *others = [stub if text == "STUB" else text for text in sources]
    tools["submissions"].cell_of(notebook, "train").source = one
    for text in others:
        tools["submissions"].copied("train", text)(notebook)
    notes = tools["hand_in"].put_right(notebook, release)
    (kept,) = [cell.source for cell in notebook.cells if kind(cell).get("grade_id") == "train"]
    assert kept == "mine too"
    assert f"train was there {len(sources)} times: the last one with something in it counted" in notes
    assert stub not in [cell.source for cell in notebook.cells]
    assert [text for text in sources if text == "mine"] == [c.source for c in notebook.cells if c.source == "mine"]


def test_an_answer_that_nobody_wrote_in_stays_once(first, tools):
    release, _ = hand_in_of(first, tools)
    notebook = deepcopy(release)
    tools["submissions"].copied("essay")(notebook)
    notes = tools["hand_in"].put_right(notebook, release)
    assert notes == ["essay was there 2 times: nothing is written in any"]
    assert notebook.cells == release.cells or names(notebook) == names(release)


def test_every_order_of_the_cells_comes_back_to_that_of_the_assignment(source, tools):
    release = released(source, tools["submissions"])
    notebook = deepcopy(release)
    notebook.cells.reverse()
    own = [place for place, cell in enumerate(notebook.cells) if not kind(cell)]
    stay = [notebook.cells[place].id for place in own]
    (note,) = tools["hand_in"].put_right(notebook, release)
    assert "stood in another order" in note
    assert names(notebook) == names(release)
    assert [notebook.cells[place].id for place in own] == stay


@pytest.mark.parametrize("about", [{}, {"grade_id": "unknown"}, {"grade": True}, None, "x", []])
def test_a_cell_that_only_looks_like_one_of_the_assignment_is_the_learner_s(first, tools, about):
    release, notebook = hand_in_of(first, tools)
    notebook.cells.append(nbformat.v4.new_code_cell("1", metadata={"nbgrader": about}))
    notes = tools["hand_in"].put_right(notebook, release)
    assert "nbgrader" not in notebook.cells[-1].metadata
    named = isinstance(about, dict) and "grade_id" in about
    assert notes == (["unknown is no cell of this assignment: it ran, and counted nothing"] if named else [])


def test_a_notebook_of_an_older_format_stays_valid(first, tools):
    release, notebook = hand_in_of(first, tools)
    tools["submissions"].without("train")(notebook)
    notebook.nbformat_minor = 4
    for cell in notebook.cells:
        del cell["id"]
    tools["hand_in"].tell(notebook, tools["hand_in"].put_right(notebook, release))
    nbformat.validate(notebook)
    assert notebook.cells[0].source.endswith("- train was missing: it was put back as it was handed out")


# --- tests that the learner's code cannot reach

ASKED = "def answer(x):\n    ### BEGIN SOLUTION\n    return x**2\n    ### END SOLUTION"
BY_DIFFERENCE = "gap = answer(3.0) - 9.0\nassert np.abs(gap) < 1e-9"
EQUAL = "assert answer(3.0) == 9.0"
ATTACKS = {
    "NumPy's dictionary": ("def answer(x):\n    vars(np)['abs'] = lambda *_: -1.0\n    return x", BY_DIFFERENCE),
    "NumPy's attribute": ("def answer(x):\n    np.abs = lambda *_: -1.0\n    return x", BY_DIFFERENCE),
    "sys.modules": (
        "import sys\ndef answer(x):\n    sys.modules['numpy'].abs = lambda *_: -1.0\n    return x",
        BY_DIFFERENCE,
    ),
    "builtins": (
        "import builtins\ndef answer(x):\n    builtins.abs = lambda *_: 0.0\n    return x",
        "gap = answer(3.0) - 9.0\nassert abs(gap) < 1e-9",
    ),
    "the caller's names": (
        "import sys, types\ndef answer(x):\n    frame = sys._getframe(1)\n    while frame:\n"
        "        frame.f_globals['np'] = types.SimpleNamespace(abs=lambda *_: -1.0)\n        frame = frame.f_back\n"
        "    return x",
        BY_DIFFERENCE,
    ),
    "equal to everything": (
        "class Yes:\n    def __eq__(self, other):\n        return True\ndef answer(x):\n    return Yes()",
        EQUAL,
    ),
    "a float that is equal to everything": (
        "class Yes(float):\n    def __eq__(self, other):\n        return True\ndef answer(x):\n    return Yes(4.0)",
        EQUAL,
    ),
    "an array that is near to everything": (
        "class Near(np.ndarray):\n    def __array_ufunc__(self, *anything, **more):\n        return np.zeros(())\n"
        "def answer(x):\n    return np.ones(()).view(Near)",
        BY_DIFFERENCE,
    ),
    "no test runs on": ("import os\ndef answer(x):\n    os._exit(0)", EQUAL),
    "an exit": ("def answer(x):\n    raise SystemExit(0)", EQUAL),
}


def small_assignment(test):
    """Make a source with one function and one hidden test."""

    def about(**more):
        return {"nbgrader": {"schema_version": 3, "grade": False, "solution": False, "locked": False} | more}

    cell = nbformat.v4.new_code_cell
    return nbformat.v4.new_notebook(
        cells=[
            cell("import numpy as np", metadata=about(grade_id="data", locked=True)),
            cell(ASKED, metadata=about(grade_id="answer", solution=True)),
            cell(test, metadata=about(grade_id="hidden", grade=True, locked=True, points=3)),
        ]
    )


def handed_in(source, code):
    notebook = deepcopy(source)
    notebook.cells[1].source = code
    return notebook


def passes_beside_the_test(source, code):
    """Run an attack as nbgrader does, in one process with the test."""
    lines = [source.cells[0].source, code, source.cells[2].source]
    return subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True).returncode == 0


@pytest.mark.parametrize("name", ATTACKS)
def test_what_passes_a_check_in_its_own_process_fails_where_it_cannot_reach_it(tools, name):
    code, test = ATTACKS[name]
    source = small_assignment(test)
    assert passes_beside_the_test(source, code), "this is no attack"
    results = tools["retest"].run_tests(source, handed_in(source, code), is_contained=False)
    assert results["hidden"]
    assert tools["retest"].points(source, results) == 0


@pytest.mark.parametrize("test", sorted({test for _, test in ATTACKS.values()}))
def test_the_right_function_passes_alone(tools, test):
    source = small_assignment(test)
    right = handed_in(
        source, "def square(x):\n    return x * x\n\n\ndef answer(x):\n    print('hello')\n    return square(x)"
    )
    results = tools["retest"].run_tests(source, right, is_contained=False)
    assert results == {"hidden": ""}
    assert tools["retest"].points(source, results) == 3


def test_an_endless_function_is_ended_and_the_next_check_runs(tools, monkeypatch):
    monkeypatch.setattr(tools["retest"], "LIMIT", 5)
    source = small_assignment("assert answer(3.0) == 9.0")
    source.cells.append(deepcopy(source.cells[2]))
    source.cells[3].source = "assert answer(2.0) == 4.0"
    source.cells[3].metadata.nbgrader.grade_id = "hidden-2"
    code = "def answer(x):\n    while x == 3.0:\n        pass\n    return x * x"
    results = tools["retest"].run_tests(source, handed_in(source, code), is_contained=False)
    assert "no answer after 5 s" in results["hidden"]
    assert results["hidden-2"] == ""


def test_a_function_that_writes_into_its_arguments_is_seen_to(tools):
    source = small_assignment("X = np.arange(3.0)\nanswer(X)\nassert X.tolist() == [0, 1, 2]")
    for code, passes in (("def answer(x):\n    x *= 2\n    return x", False), ("def answer(x):\n    return x", True)):
        results = tools["retest"].run_tests(source, handed_in(source, code), is_contained=False)
        assert (results["hidden"] == "") == passes


def test_what_comes_back_is_data_and_never_an_object_that_the_other_side_names(tools):
    plain = tools["plain_data"]
    kept = []
    sent = [None, True, 3, 0.5, "a", (1, [2.0]), {"a": np.arange(3)}, np.float32(2), np.eye(2)]
    back = plain.unpack(plain.pack(sent, None), None)
    assert repr(back) == repr(sent)
    assert plain.pack(object(), lambda value: kept.append(value) or ["mine", 1]) == ["mine", 1]
    with pytest.raises(TypeError, match="object does not travel"):
        plain.pack(np.array([object()]), None)
    with pytest.raises(plain.DamagedMessageError):
        plain.unpack(["plain", {"a": 1}], None)
    with pytest.raises(plain.DamagedMessageError):
        plain.length_of(b"\xff" * 8)


ALONE = [("logistic_regression", name) for name in ("right", "by-heart", "split", "lost-cell")]
ALONE += [("two_layer_digits", "partly"), ("postcode_window", "partly")]


@pytest.mark.parametrize(("assignment", "name"), ALONE)
def test_an_honest_hand_in_has_the_same_points_alone(assignment, name, tools):
    source, notebook, hand_in = prepared(assignment, name, tools)
    results = tools["retest"].run_tests(source, notebook, is_contained=False)
    assert tools["retest"].points(source, results) == hand_in.marks


@pytest.mark.parametrize("name", ["skipped", "patched"])
def test_a_hand_in_that_cheats_has_no_points_alone_and_the_checks_are_named(name, tools):
    source, notebook, _ = prepared("logistic_regression", name, tools)
    results = tools["retest"].run_tests(source, notebook, is_contained=False)
    assert tools["retest"].points(source, results) == 0
    notes = tools["retest"].graded_otherwise(source, results)  # as if nbgrader had seen all pass
    assert "scale-hidden passed beside the answers and fails alone" in notes


def prepared(assignment, name, tools):
    """Give the source, and a hand-in of the demonstration as it is graded."""
    source = nbformat.read(GRADING / "source" / assignment / f"{assignment}.ipynb", as_version=4)
    (hand_in,) = [hand_in for hand_in in tools["learners"].COURSE[assignment] if hand_in.name == name]
    release = released(source, tools["submissions"])
    notebook = tools["submissions"].right(release, source, assignment)
    hand_in.change(notebook)
    tools["hand_in"].put_right(notebook, release)
    return source, notebook, hand_in


@pytest.fixture
def retest_here(tools, monkeypatch, tmp_path):
    """Give a function that retests a small course with a container of one's own; what it gives is what it prints."""
    course, programs = tmp_path / "course", tmp_path / "programs"
    for kind in ("source", "release", "submitted/ada"):
        (course / kind / "a").mkdir(parents=True)
        nbformat.write(small_assignment("assert answer(3.0) == 9.0"), course / kind / "a/a.ipynb")
    programs.mkdir()
    for name in ("plain_data.py", "answer_process.py"):
        shutil.copy(GRADING / name, programs)
    monkeypatch.setattr(tools["retest"], "HERE", programs)
    monkeypatch.setattr(tools["retest"].shutil, "which", lambda name: name)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", "/usr/bin:/bin")  # .venv-grading is not activated
    monkeypatch.chdir(course)

    def run(contained):
        (programs / "contained").write_text(contained)
        tools["retest"].main(["a"])

    return run


@pytest.mark.skipif(os.name == "nt", reason="the container is a script of sh")
def test_a_container_that_cannot_start_is_no_learners_fault(retest_here, capsys):
    with pytest.raises(SystemExit, match="bwrap: No permissions to create a new namespace"):
        retest_here('echo "bwrap: No permissions to create a new namespace" >&2; exit 1')
    assert capsys.readouterr().out == ""


@pytest.mark.skipif(os.name == "nt", reason="the container is a script of sh")
def test_a_container_finds_this_python_and_then_the_hand_ins_are_tested(retest_here, capsys):
    with pytest.raises(SystemExit, match=re.escape(f"{Path(sys.executable).parent}/python")):
        retest_here("command -v python >&2; exit 1")
    retest_here('shift; exec "$@"')
    assert capsys.readouterr().out.split() == ["ada", "3", "as", "graded,", "or", "not", "graded"]


@pytest.mark.skipif(os.name == "nt", reason="there is no root")
@pytest.mark.parametrize("program", ["retest", "autograde"])
def test_learners_code_is_not_run_by_root(tools, monkeypatch, program):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(SystemExit, match=f"{program}: not as root"):
        tools[program].main(["a"])


# --- a box for each hand-in


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["b"], "there is no hand-in. Expected: submitted/NAME/b/b.ipynb."),
        (["a", "ada", "bne"], "there is no hand-in of bne, so nothing was done. Expected: some of ada, ben."),
    ],
)
def test_a_hand_in_that_is_not_there_is_said_before_anything_runs(
    tools, monkeypatch, tmp_path, capsys, words, sentence
):
    for name in ("ada", "ben"):
        (tmp_path / "submitted" / name / "a").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    graded = []
    monkeypatch.setattr(tools["autograde"], "autograde", lambda *words: graded.append(words) or {"ada": ""})
    assert tools["autograde"].main([*words, "--here"]) == 1
    assert sentence in capsys.readouterr().err
    assert graded == []
    assert tools["autograde"].main(["a", "ada", "--here"]) == 0
    assert len(graded) == 1


@pytest.mark.parametrize("program", ["retest", "second_look"])
def test_an_assignment_without_hand_ins_is_said(tools, monkeypatch, tmp_path, program):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match=f"{program}: there is no hand-in. Expected: submitted/NAME/logistic/logi"):
        tools[program].main(["logistic", *["--here"][: program == "retest"]])


def test_contained_is_not_for_root(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root can try")
    done = subprocess.run(["sh", GRADING / "contained", tmp_path, "true"], capture_output=True, text=True)
    assert done.returncode == 1
    assert "contained: not as root." in done.stderr


def test_what_hostile_code_puts_in_the_place_of_its_notebook_is_not_taken(tmp_path, tools, monkeypatch):
    """A link out of the box, in place of the notebook that has run."""
    autograde = tools["autograde"]
    (tmp_path / "template").mkdir()
    (tmp_path / "hand-in").mkdir()
    secret = tmp_path / "secret.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), secret)

    def run(command, cwd, **more):
        place = Path(cwd, "autograded", "learner", "a")
        place.mkdir(parents=True)
        (place / "a.ipynb").symlink_to(secret)

    monkeypatch.setattr(autograde.subprocess, "run", run)
    raw, problem = autograde.run_in_box(tmp_path / "template", tmp_path / "hand-in", "a", is_contained=False)
    assert (raw, problem) == (None, "UnsafeFileError")


def test_a_box_holds_one_hand_in_and_no_name(tmp_path, tools, monkeypatch):
    seen = []
    for name in ("ada", "ben"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.ipynb").write_text(name)
    (tmp_path / "template").mkdir()
    monkeypatch.setattr(
        tools["autograde"].subprocess,
        "run",
        lambda command, cwd, **more: seen.append(
            {p.relative_to(cwd).as_posix(): p.read_text() for p in Path(cwd).rglob("*.ipynb")}
        ),
    )
    for name in ("ada", "ben"):
        tools["autograde"].run_in_box(tmp_path / "template", tmp_path / name, "a", is_contained=False)
    assert seen == [{"submitted/learner/a/a.ipynb": "ada"}, {"submitted/learner/a/a.ipynb": "ben"}]


def test_a_log_shows_its_error_and_moves_no_cursor(tools):
    said = "[x]\nnbclient.exceptions.DeadKernelError: Kernel\x1b[2J died\n[ERROR] see above\n"
    assert tools["autograde"].last_line(said) == "nbclient.exceptions.DeadKernelError: Kernel[2J died"


# --- the table of marks, without nbgrader


@pytest.fixture
def marks(monkeypatch):
    """Give grading/marks.py; what it takes from nbgrader stands in for it. grade-demo runs it with the real one."""
    monkeypatch.syspath_prepend(GRADING)
    monkeypatch.setitem(sys.modules, "nbgrader.api", SimpleNamespace(MissingEntry=KeyError))
    monkeypatch.setitem(sys.modules, "nbgrader.plugins", SimpleNamespace(ExportPlugin=SimpleNamespace))
    yield importlib.import_module("marks")
    del sys.modules["marks"]


HOMEWORK = SimpleNamespace(name="a", max_score=10.0)


def graded_hand_in(score, *waiting, penalty=None):
    grades = [SimpleNamespace(needs_manual_grade=is_waiting) for is_waiting in waiting]
    return SimpleNamespace(notebooks=[SimpleNamespace(grades=grades)], score=score, late_submission_penalty=penalty)


def test_marks_are_a_score_only_when_every_text_is_read(marks):
    row = marks.row_of(HOMEWORK, "ada", None, graded_hand_in(7.0, False, True, True))
    assert (row["score"], row["so_far"], row["to_read"], row["state"]) == ("", 7.0, 2, "text not yet read")
    row = marks.row_of(HOMEWORK, "ada", None, graded_hand_in(9.5, False, False))
    assert (row["score"], row["so_far"], row["to_read"], row["state"]) == (9.5, 9.5, 0, "complete")


@pytest.mark.parametrize(("penalty", "score"), [(None, 3.0), (1.0, 2.0), (5.0, 0.0)])
def test_a_late_hand_in_loses_points_but_never_goes_below_zero(marks, penalty, score):
    assert marks.row_of(HOMEWORK, "ada", None, graded_hand_in(3.0, False, penalty=penalty))["score"] == score


def test_no_score_is_written_where_nothing_was_graded(marks):
    row = marks.row_of(HOMEWORK, "ada", SimpleNamespace(first_name="Ada", last_name=None), None)
    assert (row["score"], row["state"], row["first_name"], row["last_name"]) == ("", "nothing graded", "Ada", "")
    assert list(row) == marks.COLUMNS


def test_every_learner_has_a_line_for_each_assignment(marks, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder in ("submitted/ben/a", "submitted/cem/a", "autograded/ada/a", "autograded/cem/a"):
        Path(folder).mkdir(parents=True)
    Path("autograded/ada/a/a.ipynb").touch()  # of cem's hand-in nbgrader made nothing that can be read
    found = {("a", "ada"): graded_hand_in(8.0, False), ("a", "cem"): graded_hand_in(0.0, False)}
    gradebook = SimpleNamespace(
        assignments=[HOMEWORK, SimpleNamespace(name="b", max_score=5.0)],
        students=[SimpleNamespace(id="ada", first_name="Ada", last_name="Ö, L.")],
        find_submission=lambda assignment, name: found[assignment, name],
    )
    marks.MarksExport(to="marks.csv", assignment=["a"], student=[]).export(gradebook)
    with Path("marks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [(row["student_id"], row["last_name"], row["score"], row["state"]) for row in rows]
    assert told == [
        ("ada", "Ö, L.", "8.0", "complete"),
        ("ben", "", "", "nothing graded"),  # handed in, and unknown to nbgrader
        ("cem", "", "", "nothing graded"),
    ]


# --- with nbgrader, where `start.py grade-demo` has installed it

needs_nbgrader = pytest.mark.skipif(
    not GRADING_PYTHON.exists(), reason="start.py grade-demo has not made .venv-grading"
)


@needs_nbgrader
def test_nbgrader_gives_the_marks_that_must_come_out(tmp_path):
    command = [GRADING_PYTHON, GRADING / "demo.py", tmp_path / "course"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "32 hand-ins, 0 with other marks" in done.stdout


@needs_nbgrader
@pytest.mark.skipif(not shutil.which("bwrap"), reason="there is no bubblewrap")
def test_contained_code_reaches_no_network_no_home_and_no_other_hand_in(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("not as root")
    (tmp_path / "secret").touch()
    box = tmp_path / "box"
    box.mkdir()
    code = """
import os, pathlib, socket
def fails(action):
    try: action()
    except OSError: return True
print(fails(lambda: socket.create_connection(("192.0.2.1", 80), 3)), fails(lambda: open("../secret")),
      fails(lambda: open("new", "w").close()), os.environ.get("SECRET"))
pathlib.Path("../new").write_text("lost with the box")
"""
    path = os.pathsep.join([str(GRADING_PYTHON.parent), os.environ["PATH"]])
    env = os.environ | {"PATH": path, "SECRET": "4711"}
    done = subprocess.run(
        ["sh", GRADING / "contained", box, "python", "-c", code], env=env, capture_output=True, text=True
    )
    if "Operation not permitted" in done.stderr:
        pytest.skip("this machine lets nobody make namespaces")
    assert done.stdout.split() == ["True", "True", "None", "None"], done.stderr
    assert (box / "new").exists()
    assert not (tmp_path / "new").exists()
