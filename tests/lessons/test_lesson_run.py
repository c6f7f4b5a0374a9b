"""The run of the lessons is strict: what a learner would see on stderr fails it, also where outputs may differ."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

TESTS = Path(__file__).parents[1]
NOISES = {
    "a warning": "import warnings; warnings.warn('careful')",
    "a line on stderr": "import sys; print('careful', file=sys.stderr)",
    "a line of compiled code": "import os; sent = os.write(2, b'careful')",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Run a lesson of quiet and noisy cells, none of which is compared, as make does; return what pytest tells."""
    folder = tmp_path_factory.mktemp("lessons")
    shutil.copy(TESTS.parent / "conftest.py", folder)
    cells = [nbformat.v4.new_code_cell(source) for source in ("print(2)", *NOISES.values(), "print(3)")]
    for cell in cells:
        cell.metadata.tags = ["nbval-ignore-output"]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "a_lesson.ipynb")
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "--color=no", "-rA", "."]
    env = os.environ | {"PYTHONPATH": str(TESTS / "offline"), "JUPYTER_PREFER_ENV_PATH": "1"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True).stdout


@pytest.mark.parametrize("number", [0, len(NOISES) + 1])
def test_a_quiet_cell_passes(told, number):
    assert f"PASSED a_lesson.ipynb::Cell {number}\n" in told


@pytest.mark.parametrize("number", range(1, len(NOISES) + 1), ids=NOISES)
def test_a_noisy_cell_fails(told, number):
    assert f"FAILED a_lesson.ipynb::Cell {number}" in told
    assert "careful" in told.partition(f" a_lesson.ipynb::Cell {number} _")[2]


def test_the_seconds_of_each_lesson_are_told(told):
    assert re.search(r"^ +\d+\.\d s  a_lesson\.ipynb$", told, flags=re.M)
    assert re.search(r"^ +\d+\.\d s  all of them$", told, flags=re.M)
