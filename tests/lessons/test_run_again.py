"""Any cell can be run again after the whole lesson: names keep one meaning, and the same is printed.

Each lesson runs once from top to bottom, then each cell alone from the last one to the first, so that it meets what
the cells below it have left.
"""

import re

import nbformat
import pytest
from _notebooks import NOTEBOOKS, code_cells
from kernels import client_of

pytestmark = pytest.mark.again

# Cells that cannot be run again yet, by lesson. The list only gets shorter: one that can has to leave it.
KNOWN: dict[str, set[str]] = {}
UNCOMPARED = {"clock", "trains-on"}  # tags: it measures time; its text says that training goes on
PICTURES = {"image/png", "application/vnd.jupyter.widget-view+json"}


def shown(cell):
    """Give what a cell has shown in words and numbers; of an error its type and message."""
    texts = []
    for output in cell.outputs:
        if output.output_type == "error":
            texts.append(f"{output.ename}: {output.evalue}")
        elif output.output_type == "stream":
            texts.append(output.text)
        else:
            texts += [text for kind, text in sorted(output.data.items()) if kind not in PICTURES]
    # places in memory, pictures, and the times of Keras's line
    passing = r"0x[0-9a-f]+|data:image/png;base64,[\w+/=]+|\d+m?s - \d+m?s/step"
    return re.sub(passing, "…", "".join(texts))


def has_failed(cell):
    return any(output.output_type == "error" for output in cell.outputs)


def other_the_second_time(path):
    """Run a lesson as said above; give the cells that failed or showed something else, with what they showed."""
    notebook = nbformat.read(path, as_version=4)
    client = client_of(notebook, path.parent, allow_errors=True)
    cells = [(i, cell) for i, cell in enumerate(notebook.cells) if cell in code_cells(notebook)]
    found = {}
    with client.setup_kernel():
        for i, cell in cells:
            client.execute_cell(cell, i)
        first = {cell.id: shown(cell) for _, cell in cells}
        for i, cell in reversed(cells):
            client.execute_cell(cell, i)
            is_compared = not UNCOMPARED & set(cell.metadata.get("tags", []))
            if has_failed(cell) or (is_compared and shown(cell) != first[cell.id]):
                found.setdefault(cell.id, f"{cell.id} showed\n{first[cell.id]}\nand then\n{shown(cell)}")
    return found


@pytest.mark.parametrize("path", NOTEBOOKS[::-1], ids=lambda path: path.stem)  # late ones take longest
def test_each_cell_can_be_run_again(path):
    found, known = other_the_second_time(path), KNOWN.get(path.stem, set())
    assert not found.keys() - known, "\n\n".join(text for id, text in found.items() if id not in known)
    assert not known - found.keys(), f"These can be run again now. Take them off the list: {known - found.keys()}"


def test_what_cannot_be_run_again_is_found(tmp_path):
    sources = {
        "same": "x = 3\nprint(x)",
        "changes": "x = x + 1\nprint(x)",
        "reads": "print(x)",
        "needs-the-first": "y = [1]\ny.append(x)\nprint(len(y), object())",
        "forgets": "print(z) if 'z' in dir() else print('none')",
        "leaves": "z = 5\ndel y",
    }
    cells = [nbformat.v4.new_code_cell(source, id=id) for id, source in sources.items()]
    path = tmp_path / "a_lesson.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    # `leaves` fails alone: `y` has gone. `forgets` meets what a later cell has left.
    assert other_the_second_time(path).keys() == {"changes", "leaves", "forgets"}


def test_the_list_names_cells_of_lessons():
    ids = {path.stem: {cell.id for cell in code_cells(nbformat.read(path, as_version=4))} for path in NOTEBOOKS}
    assert {lesson: cells - ids.get(lesson, set()) for lesson, cells in KNOWN.items()} == dict.fromkeys(KNOWN, set())
