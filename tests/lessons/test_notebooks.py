"""What a reader of a stored lesson relies on, checked without running it (`start.py test` runs it too)."""

import ast
import html
import json
import re
from collections import Counter

import nbformat
import pytest
from _notebooks import NOTEBOOKS, anchors, code_cells, outputs, text_of

from course_utils.lesson_names import TOOLBOXES, number_of

LESSONS = [path for path in NOTEBOOKS if number_of(path) not in TOOLBOXES]  # in their order; a toolbox has none


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


def test_it_is_a_valid_notebook_with_stable_ids(path):
    raw = json.loads(path.read_text(encoding="utf-8"))
    nbformat.validate(raw)
    ids = [cell.get("id", "") for cell in raw["cells"]]
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in ids)
    assert len(set(ids)) == len(ids)


def test_its_metadata_are_the_same_on_every_machine(notebook):
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}  # so neither widget state
    assert "version" not in notebook.metadata.get("language_info", {})
    assert [cell.id for cell in notebook.cells if "execution" in cell.metadata] == []  # nor times


def test_it_was_run_once_from_top_to_bottom(notebook):
    counts = [cell.execution_count for cell in code_cells(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_no_cell_failed_or_complained(notebook):
    failed = [output.ename for output in outputs(notebook) if output.output_type == "error"]
    complaints = [output.text for output in outputs(notebook) if output.get("name") == "stderr"]  # warnings, too
    assert failed + complaints == []


def test_no_output_tells_a_machine_s_path(notebook):
    shown = json.dumps([[o.get("text"), o.get("data", {}).get("text/plain")] for o in outputs(notebook)])
    assert re.findall(r"(?<![\w.:/])/(?:home|root|Users|tmp|usr|opt|work)/\S*|[A-Z]:\\\\\w+", shown) == []


def test_nothing_is_installed_fetched_or_seeded_globally(notebook):
    source = "\n".join(cell.source for cell in code_cells(notebook))
    signs = r"pip install|conda install|https?://|urllib|requests\.|wget|curl |random\.seed\(|IFrame|<iframe"
    assert re.findall(signs, source) == []


def test_code_comes_in_small_cells_between_words(notebook):
    long = {c.id: n for c in code_cells(notebook) if (n := sum(map(bool, map(str.strip, c.source.split("\n"))))) > 25}
    kinds = "".join(cell.cell_type[0] for cell in notebook.cells)
    assert long == {}
    assert "ccc" not in kinds


def test_every_picture_has_words(notebook):
    bare = []
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                about = output.metadata.get("image/png", {}).get("alt") or output.metadata.get("alt")
                image = f'<img alt="{html.escape(about or "")}" '
                bare += [] if about and output.data.get("text/html", "").startswith(image) else [cell.id]
    assert bare == []
    assert re.findall(r"!\[\s*\]|<img(?![^>]*\balt=\"[^\"]+\")", text_of(notebook)) == []


def test_it_is_light(path):
    assert path.stat().st_size < 1_500_000


def test_its_links_are_alive(path, notebook):
    for link in re.findall(r"\]\(([^)\s]+)\)", text_of(notebook)):
        file, _, anchor = link.partition("#")
        if "://" in link or link.startswith("attachment:"):
            continue
        target = path.parent / file if file else path
        assert target.exists(), link
        if anchor and target.suffix == ".ipynb":
            assert anchor in anchors(nbformat.read(target, as_version=4)), link


def test_no_function_is_defined_in_two_lessons():
    defined = Counter()
    for path in NOTEBOOKS:
        source = "\n".join(
            line
            for cell in code_cells(nbformat.read(path, as_version=4))
            for line in cell.source.split("\n")
            if not line.lstrip().startswith(("%", "!"))
        )
        nodes = list(ast.walk(ast.parse(source)))
        methods = {part for node in nodes if isinstance(node, ast.ClassDef) for part in node.body}
        defined.update({node.name for node in nodes if isinstance(node, ast.FunctionDef) and node not in methods})
    assert [name for name, times in defined.items() if times > 1] == []


def predictions_before_a_slider(notebook):
    """Give the predictions whose slider comes within three cells: (prediction, view) pairs."""
    cells, found = notebook.cells, []
    for i, cell in enumerate(cells):
        asked = re.findall(r'cu\.check\("(predict_\w+)"', cell.source) if cell.cell_type == "code" else []
        near = "\n".join(c.source for c in cells[i : i + 4] if c.cell_type == "code")
        views = [name for name in re.findall(r"cu\.explorables\.(\w+)", near) if name != "draw"]
        found += [(name, views[0]) for name in asked if views]
    return found


BY_RUNS = {"13"}  # what it asks is answered by trainings, which no slider can do
WITH_SLIDERS = [p for p in LESSONS if "01" <= number_of(p) <= "14" and number_of(p) not in BY_RUNS]


@pytest.mark.parametrize("lesson", WITH_SLIDERS, ids=lambda p: p.stem)
def test_a_slider_answers_two_predictions(lesson):
    assert len(predictions_before_a_slider(nbformat.read(lesson, as_version=4))) >= 2


@pytest.mark.parametrize("lesson", [p for p in LESSONS if number_of(p) in BY_RUNS], ids=lambda p: p.stem)
def test_or_the_next_cell_answers_two_predictions(lesson):
    cells = code_cells(nbformat.read(lesson, as_version=4))
    following = [after for cell, after in zip(cells, cells[1:], strict=False) if '("predict_' in cell.source]
    assert len(following) >= 2
    assert all("print(" in cell.source and cell.outputs for cell in following)


def test_a_prediction_without_its_slider_is_not_counted():
    def lesson(*sources):
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        return nbformat.v4.new_notebook(cells=cells)

    check, view = 'cu.check("predict_x", x)', "cu.explorables.neuron()"
    assert predictions_before_a_slider(lesson(check, "1", view)) == [("predict_x", "neuron")]
    assert predictions_before_a_slider(lesson(check, "1", "2", "3", view)) == []
    assert predictions_before_a_slider(lesson(view, check)) == []
    assert predictions_before_a_slider(lesson(check, "cu.explorables.draw(model)")) == []


def test_no_lesson_is_missing():
    every = {f"{n:02}" for n in range(18)} | set(TOOLBOXES)
    assert [number_of(path) for path in NOTEBOOKS] == sorted(every)


def test_the_start_page_lists_every_lesson_with_its_minutes():
    (start,) = [path for path in NOTEBOOKS if path.stem.startswith("00")]
    table = text_of(nbformat.read(start, as_version=4))
    for path in NOTEBOOKS:
        if path == start:
            continue
        (minutes,) = re.findall(r"About (\d+) minutes", text_of(nbformat.read(path, as_version=4)))
        assert f"({path.name}) | {minutes} |" in table


@pytest.mark.parametrize(
    ("lesson", "following"), list(zip(LESSONS[1:-1], LESSONS[2:], strict=True)), ids=lambda path: path.stem
)
def test_the_take_away_leads_on(lesson, following):
    take_away = text_of(nbformat.read(lesson, as_version=4)).rpartition("## Take away")[2]
    assert f"({following.name})" in take_away
