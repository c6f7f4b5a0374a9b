"""Lessons run by nbval: a warning is an error, no cell writes to stderr, and each lesson's seconds are shown."""

from collections import Counter
from itertools import chain

import pytest

# Python hides this one from learners: NumPy 2 on how TensorFlow hands over single numbers, inside Keras's callbacks.
HIDDEN = "warnings.filterwarnings('ignore', '__array__ implementation', DeprecationWarning)"
STRICT = f"import warnings; warnings.simplefilter('error'); {HIDDEN}"


def is_cell(item):
    return type(item).__name__ == "IPyNbCell"


def make_strict(kernel):
    """Turn warnings into errors in a kernel; it has started by now, so only the lesson's own code can warn."""
    asked = kernel.execute_cell_input(STRICT, allow_stdin=False)
    kernel.await_reply(asked)
    kernel.await_idle(asked, timeout=10)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    if is_cell(item) and item.cell_num == 0:
        make_strict(item.parent.kernel)
    yield
    if is_cell(item):  # nbval looks at stderr only where it compares outputs
        written = "".join(out.text for out in item.test_outputs if out.get("name") == "stderr")
        assert not written, f"{item.nodeid} writes to stderr:\n{written}"


def pytest_terminal_summary(terminalreporter):
    seconds = Counter()
    for report in chain.from_iterable(terminalreporter.stats.values()):
        lesson, _, cell = getattr(report, "nodeid", "").partition("::")
        if lesson.endswith(".ipynb") and cell:
            seconds[lesson] += report.duration
    if seconds:
        terminalreporter.section("seconds of each lesson")
        for lesson in sorted(seconds):
            terminalreporter.write_line(f"{seconds[lesson]:6.1f} s  {lesson}")
        terminalreporter.write_line(f"{seconds.total():6.1f} s  all of them")
