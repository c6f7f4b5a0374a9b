"""Print the lessons whose figures depend on the digits at hand: those with a cell tagged `by-source`."""

from pathlib import Path

import nbformat

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"


def lessons_by_source(folder=NOTEBOOKS):
    """Return the paths of these lessons, in their order."""
    return [path for path in sorted(folder.glob("*.ipynb")) if _is_by_source(nbformat.read(path, as_version=4))]


def _is_by_source(notebook):
    return any("by-source" in cell.metadata.get("tags", []) for cell in notebook.cells)


if __name__ == "__main__":
    print(*lessons_by_source(), sep="\n")
