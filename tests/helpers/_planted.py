"""Small lessons with claims, written into a folder and run there as the real ones are."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[2]
SETTINGS = f"[pytest]\npythonpath = {ROOT / 'tests' / 'helpers'} {ROOT / 'scripts'}\n"
OURS = {"COURSE_UTILS_MNIST", "COURSE_UTILS_FASHION_MNIST", "JUPYTER_PREFER_ENV_PATH", "OMP_NUM_THREADS"}


def plant(folder, cells, claims="", tags=None, stored=None):
    """Write a lesson: `cells` and `stored` outputs by id, `claims` as source, `tags` by id."""
    tags, stored = tags or {}, stored or {}
    written = []
    for number, (id, source) in enumerate(cells.items(), start=1):
        cell = nbformat.v4.new_code_cell(source, id=id, metadata={"tags": tags.get(id, [])}, execution_count=number)
        if id in stored:
            cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=stored[id])]
        written.append(cell)
    nbformat.write(nbformat.v4.new_notebook(cells=written), folder / "a_lesson.ipynb")
    (folder / "conftest.py").write_text((ROOT / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "pytest.ini").write_text(SETTINGS, encoding="utf-8")
    file = folder / "tests" / "lessons" / "claims" / "a_lesson.py"
    file.parent.mkdir(parents=True)
    file.write_text(f"from _claims import broken, chance, only\n\n{claims}", encoding="utf-8")


def run(folder, *options, **variables):
    """Run the lesson in a folder as `pytest --nbval` does, without any variable of ours; return what pytest tells."""
    command = [sys.executable, "-m", "pytest", "--nbval", "--color=no", "-rA", *options, "a_lesson.ipynb"]
    env = {name: value for name, value in os.environ.items() if name not in OURS}
    env["PYTHONPATH"] = os.pathsep.join([str(ROOT / "tests" / "offline"), env.get("PYTHONPATH", "")])
    done = subprocess.run(command, cwd=folder, env=env | variables, capture_output=True, text=True)
    return done.stdout + done.stderr


def told_of(said, number):
    """Give the part of what pytest tells that is about one failed cell."""
    return said.partition(f" a_lesson.ipynb::Cell {number} _")[2].partition("\n____")[0]
