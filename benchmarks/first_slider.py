"""How long a learner waits for the first slider: from JupyterLab's page to the first control that moves.

    python benchmarks/first_slider.py [01_sigmoid 03_gradient_descent]

Each lesson is opened as a learner gets it, without outputs, in a JupyterLab of its own, and all its cells are run at
once. On an idle machine ten seconds are the limit. Results: results/first_slider.md.
"""

import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "helpers"))
import _lab  # noqa: E402

from course_utils import workspace  # noqa: E402

LESSONS = ("00_start_here", "01_sigmoid", "03_gradient_descent")
CELL = ".jp-Notebook .jp-Cell"
KERNEL = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
CONTROL = ".jp-OutputArea :is(input[type=range], canvas)"
LONGEST = 120_000  # milliseconds


def wait_for_the_first_slider(lesson):
    """Open a lesson and run it; give the seconds up to its page, and from there to the first control."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder, "work")
        workspace.copy_lessons(HERE.parent / "notebooks", work)
        with _lab.lab(work) as (url, token), _lab.browser() as chromium:
            page = chromium.new_page(viewport={"width": 1366, "height": 768})
            start = time.perf_counter()
            page.goto(f"{url}/lab/tree/{lesson}.ipynb?token={token}&reset", wait_until="commit")
            page.wait_for_selector(CELL, timeout=LONGEST)
            opened = time.perf_counter()
            page.wait_for_function(KERNEL, timeout=LONGEST)
            page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")  # without waiting for its end
            page.wait_for_selector(CONTROL, state="attached", timeout=LONGEST)
            return opened - start, time.perf_counter() - opened


def main():
    rows = []
    for lesson in sys.argv[1:] or LESSONS:
        page, slider = wait_for_the_first_slider(lesson)
        rows.append(f"| {lesson} | {page:.1f} | {slider:.1f} |")
        print(rows[-1], flush=True)
    head = ["| lesson | JupyterLab's page | first slider after it |", "|---|---:|---:|"]
    text = "\n".join(["# How long a learner waits, in seconds", "", *head, *rows, ""])
    (HERE / "results" / "first_slider.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
