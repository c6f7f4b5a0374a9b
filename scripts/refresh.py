"""Run every lesson from top to bottom; store its outputs, its words and its slides. A second run changes nothing.

A cell tagged `clock` measures time, or draws while time runs, and no two runs agree. Its stored outputs stay.
To have new ones, clear them first, on an idle machine.
"""

import sys
from pathlib import Path

import nbformat
import way
import words
from deck.rule import write as write_slides
from kernels import client_of

from course_utils.lesson_names import number_of

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
PLAIN = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},  # no version: it differs from machine to machine
}


def clocks(notebook):
    return [cell for cell in notebook.cells if "clock" in cell.metadata.get("tags", [])]


def refresh(path):
    """Execute one notebook in place, without times, widget state or the machine's own metadata."""
    notebook = nbformat.read(path, as_version=4)
    kept = [cell.outputs for cell in clocks(notebook)]
    notebook.metadata = nbformat.from_dict(PLAIN)
    stored = {"record_timing": False, "store_widget_state": False, "coalesce_streams": True}
    client_of(notebook, path.parent, **stored).execute()
    notebook.metadata = nbformat.from_dict(PLAIN)  # the kernel has just written its own
    for cell in notebook.cells:
        for key in ("execution", "collapsed", "scrolled"):
            cell.metadata.pop(key, None)
        for output in cell.get("outputs", []):  # the picture beside it stays; a view without a kernel is dead
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    for cell, outputs in zip(clocks(notebook), kept, strict=True):
        cell.outputs = outputs or cell.outputs
    words.write(notebook, number_of(path))
    way.write(notebook)
    write_slides(notebook)
    nbformat.validate(notebook)
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for path in [Path(name).resolve() for name in sys.argv[1:]] or sorted(NOTEBOOKS.glob("*.ipynb")):
        print(path.name, flush=True)
        refresh(path)
    words.main()
    way.main()  # a lesson alone may have other minutes now
