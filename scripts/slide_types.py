"""Write into each cell of the lessons which slide it belongs to; a second run changes nothing.

    .venv/bin/python scripts/slide_types.py notebooks/01_sigmoid.ipynb        without a name: all lessons

`start.py refresh` does it, too.
"""

import sys
from pathlib import Path

import nbformat
from deck.rule import write

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"

if __name__ == "__main__":
    for path in [Path(name) for name in sys.argv[1:]] or sorted(NOTEBOOKS.glob("*.ipynb")):
        before = path.read_text(encoding="utf-8")
        notebook = nbformat.reads(before, as_version=4)
        write(notebook)
        after = nbformat.writes(notebook) + "\n"
        if after != before:
            path.write_text(after, encoding="utf-8")
            print(path.name)
