"""The site's sources hang together, and its checks see what is wrong; Sphinx itself runs in `start.py site` alone."""

import ast
import inspect
import json
import re
import runpy
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

import course_utils as cu
from course_utils.exercises.markdown import to_html
from course_utils.lesson_names import number_of
from course_utils.lessons import find, ids

ROOT = Path(__file__).parents[2]
TOLD = r'<script type="application/json" data-course="(\w+)">(.*)</script>'


@pytest.fixture(scope="module")
def scripts():
    """The two scripts of `start.py site`, as if started from their folder."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        yield {name: runpy.run_path(str(ROOT / "scripts" / f"{name}.py")) for name in ("build_site", "check_site")}
    finally:
        sys.path.remove(str(ROOT / "scripts"))


@pytest.fixture(scope="module")
def source(scripts, tmp_path_factory):
    """What Sphinx would build from, for learners."""
    folder = tmp_path_factory.mktemp("site") / "source"
    scripts["build_site"]["lay_out"](folder)
    return folder


@pytest.fixture(scope="module")
def for_teachers(scripts, tmp_path_factory):
    """What Sphinx would build from, for teachers; the lessons, which are those of `source`, as they are stored."""
    folder = tmp_path_factory.mktemp("site-teachers") / "source"
    lay_out = scripts["build_site"]["lay_out"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(lay_out.__globals__, "tell_page", lambda *_: None)
        lay_out(folder, for_teachers=True)
    return folder


def text_of(folder):
    """All words of what is laid out, with one space between two."""
    files = [path for path in folder.rglob("*") if path.suffix in {".md", ".rst", ".py"}]
    texts = [path.read_text(encoding="utf-8") for path in files]
    for path in folder.rglob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            texts += [cell.source, *(str(output.get("data", "")) for output in cell.get("outputs", []))]
    return " ".join(" ".join(texts).split())


# --- what is laid out


@pytest.mark.slow
def test_every_lesson_and_the_first_page_are_there(source):
    lessons = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert {path.name for path in (source / "notebooks").iterdir()} == lessons
    assert "{include} README.md" in (source / "index.md").read_text(encoding="utf-8")
    assert (source / "README.md").is_file()


@pytest.mark.parametrize("readers", ["source", "for_teachers"])
def test_the_contents_list_every_page(readers, request):
    source = request.getfixturevalue(readers)
    entries = re.findall(r"^(?!:|```)(\S+)$", (source / "index.md").read_text(encoding="utf-8"), flags=re.M)
    listed = {path.relative_to(source) for entry in entries for path in source.glob(f"{entry}.*")}
    pages = {p.relative_to(source) for p in source.rglob("*") if p.suffix in {".md", ".ipynb"}}
    assert pages - listed == {Path("index.md")}
    assert [entry for entry in entries if not list(source.glob(f"{entry}.*"))] == []


SENTENCE = re.compile(r"(?<=[.?!”)]) ")
GUIDE = sorted((ROOT / "docs" / "instructor").glob("*_*.md"))


def test_teaching_notes_stand_on_the_pages_for_teachers_alone(source, for_teachers):
    learners, teachers = text_of(source), text_of(for_teachers)
    for page in GUIDE:
        notes = page.read_text(encoding="utf-8").partition("## Goals")[2]
        lines = [line for line in notes.splitlines() if not line.startswith(("#", "|"))]
        sentences = {part for line in lines for part in SENTENCE.split(" ".join(line.split())) if len(part) > 35}
        assert len(sentences) > 30, page.name
        assert [sentence for sentence in sentences if sentence not in teachers] == []
        assert [sentence for sentence in sentences if sentence in learners] == []


def test_assignments_with_their_hidden_checks_stand_on_the_pages_for_teachers_alone(source, for_teachers):
    learners, teachers = text_of(source), text_of(for_teachers)
    for mark in ("BEGIN HIDDEN TESTS", "BEGIN SOLUTION"):
        assert mark in teachers
        assert mark not in learners
    assert not list(source.rglob("grading"))


def test_a_lesson_folds_away_the_hints_and_the_worked_answer_of_each_exercise(source):
    for path in sorted((source / "notebooks").glob("*.ipynb")):
        outputs = [o for cell in nbformat.read(path, as_version=4).cells for o in cell.get("outputs", [])]
        shown = "\n".join(output.get("data", {}).get("text/markdown", "") for output in outputs)
        folds = re.findall(r"<details><summary>(.*?)</summary>(.*?)</details>", shown, flags=re.S)
        for id in ids()[number_of(path)]:
            exercise, summaries = find(id), [summary for summary, _ in folds]
            assert summaries.count(f"Worked answer: {to_html(exercise.title)}") == 1, id
            assert summaries.count(f"Hints: {to_html(exercise.title)}") == bool(exercise.hints), id
        outside = re.sub(r"<details>.*?</details>", "", shown, flags=re.S)
        assert "Worked answer" not in outside
        assert "one way to write it" not in outside


def test_a_lesson_s_page_says_how_to_start_it(source):
    for path in sorted((source / "notebooks").glob("*.ipynb")):
        first = nbformat.read(path, as_version=4).cells[0].source
        assert "Type `python3 start.py`" in first
        assert f"open `{path.name}`" in first
        assert f"`python3 start.py --fresh {number_of(path)}`" in first


def test_a_page_of_the_clinic_folds_away_a_verdict_on_each_patient_that_a_lesson_does_not_store(source):
    laid_out, stored = ((home / "notebooks" / "16_bug_clinic.ipynb").read_text("utf-8") for home in (source, ROOT))
    for letter in "ABCDEFGHIJKL":
        assert laid_out.count(f"Patient {letter} of ward 0, the verdict") == 1
        assert f"Patient {letter} of ward 0, the verdict" not in stored


def test_a_lesson_tells_its_page_of_each_view_and_of_its_questions(source):
    lesson = nbformat.read(source / "notebooks" / "03_gradient_descent.ipynb", as_version=4)
    outputs = [[output.get("data", {}) for output in cell.get("outputs", [])] for cell in lesson.cells]
    told = [re.fullmatch(TOLD, some[-1].get("text/html", "")) for some in outputs if some]
    kinds = [(found[1], json.loads(found[2])) for found in told if found]
    assert [kind for kind, _ in kinds] == ["view", "view", "view", "quiz"]
    assert [view["sliders"][0]["name"] for _, view in kinds[:3]] == ["w", "rate", "rate"]
    assert [item["options"] for item in kinds[3][1]] == [item["options"] for item in cu.questions("03").items]


def test_a_toolbox_tells_its_page_of_its_questions(source):
    page = (source / "notebooks" / "toolbox_slopes.ipynb").read_text(encoding="utf-8")
    assert page.count('data-course=\\"quiz\\"') == 1


def test_a_view_of_something_trained_keeps_its_picture_unless_the_lesson_may_be_run(scripts):
    views = sys.modules["without_kernel.views"]
    calls = ['cu.explorables.descent("map")', "cu.explorables.descent(on)"]
    alone, trained = (ast.parse(call, mode="eval").body for call in calls)
    assert views.stands_alone(alone)
    assert not views.stands_alone(trained)
    notebook = new_notebook(cells=[new_code_cell(call) for call in calls])
    assert list(views.views(notebook, ROOT / "notebooks" / "a.ipynb")) == [0]


def test_a_view_too_large_for_a_page_keeps_its_picture(scripts, monkeypatch, capsys):
    views = sys.modules["without_kernel.views"]
    notebook = new_notebook(cells=[new_code_cell('cu.explorables.descent("map")'), new_code_cell("1")])
    monkeypatch.setattr(views, "LARGEST", 100)
    assert views.views(notebook, ROOT / "notebooks" / "a.ipynb") == {}
    assert "stays a picture" in capsys.readouterr().out


@pytest.mark.slow
def test_a_lesson_that_is_run_gives_the_view_of_what_it_has_made(scripts, tmp_path, monkeypatch):
    views = sys.modules["without_kernel.views"]
    monkeypatch.setattr(views, "KEPT", tmp_path)
    source = 'import course_utils as cu\non = "map"\nprint("digits")'
    output = new_output("stream", text="digits\n")
    cells = [
        new_code_cell(source, outputs=[output], metadata={"tags": ["by-source"]}),
        new_code_cell("cu.explorables.descent(on)"),
    ]
    found = views.views(new_notebook(cells=cells), tmp_path / "a.ipynb", may_run=True)
    assert json.loads(found[1])["data"]["on"] == "map"
    cells[0].outputs = [new_output("stream", text="other digits\n")]
    cells[0].source += "\n"  # changed, so that it is run again
    assert views.views(new_notebook(cells=cells), tmp_path / "a.ipynb", may_run=True) == {}


def test_links_between_the_texts_lead_somewhere(source, for_teachers, scripts):
    """On learners' pages, those to pages for teachers are left as words."""
    assert dead_links(for_teachers) == []
    is_for_teachers = scripts["build_site"]["is_for_teachers"]
    assert [link for name, link in dead_links(source) if not is_for_teachers((ROOT / name / link).resolve())] == []


def dead_links(source):
    dead = []
    for path in source.rglob("*.md"):
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
        links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]
        here, there = path.parent, (ROOT / path.relative_to(source)).parent
        lost = [link for link in links if not ((here / link).is_file() or (there / link).is_dir())]
        dead += [(path.parent.relative_to(source), link) for link in lost]
    return dead


def test_every_name_of_the_package_is_described_once(source):
    pages = "".join(path.read_text(encoding="utf-8") for path in (source / "api").glob("*.rst"))
    described = re.findall(r"^\.\. auto(?:class|function):: course_utils\.(\S+)$", pages, flags=re.M)
    assert len(described) == len(set(described))
    names = {name for name in cu.__all__ if not inspect.ismodule(getattr(cu, name))}
    assert {*names, "plots.lines", "explorables.neuron", "clinic.shapes", "datasets.read_picture"} <= {*described}


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "site").glob("*.py")), ids=lambda path: path.name)
def test_what_sphinx_reads_is_python(path):
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 11))


# --- what is looked for in the built pages

PAGE = '<html><head></head><body><p id="here">words</p>{}</body></html>'


@pytest.fixture
def faults(scripts, tmp_path):
    """Build a site of two pages, of which one holds a fragment, and give the faults found."""

    def look(fragment, style=""):
        (tmp_path / "other.html").write_text(PAGE.format(""), encoding="utf-8")
        (tmp_path / "index.html").write_text(PAGE.format(fragment), encoding="utf-8")
        (tmp_path / "style.css").write_text(style, encoding="utf-8")
        return scripts["check_site"]["faults"](tmp_path)[0]

    return look


@pytest.mark.parametrize(
    ("fragment", "fault"),
    [
        ('<img src="style.css">', "a picture without words: style.css"),
        ('<img src="style.css" alt=" ">', "a picture without words: style.css"),
        ('<img src="gone.png" alt="A curve">', "a dead link: gone.png"),
        ('<script src="https://example.org/a.js"></script>', "loaded from outside: https://example.org/a.js"),
        ('<link rel="stylesheet" href="//example.org/a.css">', "loaded from outside: //example.org/a.css"),
        ("<style>@import url(https://example.org/f.css)</style>", "loaded from outside: https://example.org/f.css"),
        ('<a href="gone.html">x</a>', "a dead link: gone.html"),
        ('<a href="other.html#gone">x</a>', "a dead link: other.html#gone"),
        ('<a href="#gone">x</a>', "a dead link: #gone"),
    ],
)
def test_a_fault_of_a_page_is_named(faults, fragment, fault):
    assert faults(fragment) == [f"index.html: {fault}"]


def test_a_typeface_from_outside_is_named(faults):
    assert faults("", "p { src: url('https://example.org/f.woff2') }") == [
        "style.css: loaded from outside: https://example.org/f.woff2"
    ]


def test_a_sound_page_has_no_fault(faults):
    sound = '<a href="other.html#here">x</a> <a href="https://example.org">y</a> <img src="style.css" alt="A curve">'
    assert faults(sound + '<link rel="canonical" href="https://example.org/">', "p { color: red }") == []
