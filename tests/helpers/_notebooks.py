"""Stored lessons as tests read them: their cells, their texts, their outputs."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def text_of(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def outputs(notebook):
    return [output for cell in code_cells(notebook) for output in cell.outputs]


def anchors(notebook):
    """Give the anchors of a lesson's headings as JupyterLab makes them: capital letters stay."""
    titles = re.findall(r"^#+ (.*)$", text_of(notebook), flags=re.M)
    return {title.strip().replace(" ", "-") for title in titles}
