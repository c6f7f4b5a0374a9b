"""A refresh stores new outputs, and running it again changes nothing."""

import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

SCRIPTS = Path(__file__).parents[2] / "scripts"
MEASURES = "import time\nprint(time.perf_counter_ns())"


@pytest.fixture
def refresh(monkeypatch):
    monkeypatch.syspath_prepend(SCRIPTS)
    monkeypatch.delitem(sys.modules, "refresh", raising=False)
    from refresh import refresh

    return refresh


def stored(path, cell_id):
    cells = nbformat.read(path, as_version=4).cells
    return "".join(output.text for cell in cells if cell.id == cell_id for output in cell.outputs)


def test_a_second_run_changes_nothing_and_a_clock_keeps_what_it_showed(tmp_path, refresh):
    path = tmp_path / "lesson.ipynb"
    before = [new_output("stream", name="stdout", text="12 ms\n")]
    cells = [
        new_markdown_cell("# A lesson", id="title"),
        new_code_cell("print(6 * 7)", id="sum", outputs=before),
        new_code_cell(MEASURES, id="measured", metadata={"tags": ["clock"]}, outputs=before),
        new_code_cell(MEASURES, id="cleared", metadata={"tags": ["clock"]}),
    ]
    nbformat.write(new_notebook(cells=cells), path)
    refresh(path)
    once = path.read_bytes()
    assert stored(path, "sum") == "42\n"
    assert stored(path, "measured") == "12 ms\n"
    assert int(stored(path, "cleared")) > 0
    refresh(path)
    assert path.read_bytes() == once
