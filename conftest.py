"""Lessons run by nbval: what they claim is judged, and what a learner would see as noise fails.

`pytest --nbval notebooks` needs no variable and no network. `--seed-shift 1` gives each lesson other seeds.
With KERAS_BACKEND=jax the lessons in Keras run on JAX, which draws other numbers from the same seeds.
"""

import os
import sys
from collections import Counter
from itertools import chain
from pathlib import Path

import _claims
import nbval.kernel
import pytest
from _claims import UNCOMPARED, ClaimError, faults, load
from _seeds import shifted
from kernels import Kernel

CLAIMS = Path(__file__).parent / "tests" / "lessons" / "claims"
HELPERS = str(Path(_claims.__file__).parent)
# What a run has to know; a variable that is set already stays.
DEFAULTS = {
    "COURSE_UTILS_MNIST": "digits",
    "COURSE_UTILS_FASHION_MNIST": "digits",
    "JUPYTER_PREFER_ENV_PATH": "1",
    "OMP_NUM_THREADS": "1",  # one thread a process keeps two cores from fighting
}
NBVAL_TIMEOUT, TIMEOUT = 2000, 300  # seconds for a cell: nbval's default, and ours
# Python hides this one from learners: NumPy 2 on how TensorFlow hands over single numbers, inside Keras's callbacks.
HIDDEN = "warnings.filterwarnings('ignore', '__array__ implementation', DeprecationWarning)"
STRICT = f"import warnings; warnings.simplefilter('error'); {HIDDEN}; del warnings"


def pytest_addoption(parser):
    parser.addoption(
        "--seed-shift",
        type=int,
        default=0,
        metavar="K",
        help="add K to each seed of a lesson, and judge nothing but its claims marked `chance`",
    )


def pytest_configure(config):
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    if keras_backend():
        os.environ.setdefault("KERAS_BACKEND", keras_backend())  # a test may import Keras itself
    if getattr(config.option, "nbval", False):
        nbval.kernel.KernelManager = Kernel
        config.option.nbval_current_env = config.option.nbval_kernel_name is None
        if config.option.nbval_cell_timeout == NBVAL_TIMEOUT:
            config.option.nbval_cell_timeout = TIMEOUT


@pytest.fixture(autouse=True)
def figures_are_closed():
    """Close what a test or an example has left open: Matplotlib complains about the twenty-first figure."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


# Of a picture, the words are compared: its pixels differ between versions of Matplotlib and its typefaces.
PIXELS = r"data:image/png;base64,[\w+/=]*"


def is_cell(item):
    return type(item).__name__ == "IPyNbCell"


def keras_backend():
    """Name what Keras works on here; None where there is no Keras."""
    from course_utils.backend import KerasMissing, choose_backend

    try:
        return choose_backend()
    except KerasMissing:
        return None


def uses_keras(lesson):
    return any("cu.use_keras()" in cell.source for cell in lesson.nb.cells)


def meets_other_chance(item):
    """Tell whether a lesson meets other random numbers than when its outputs were stored."""
    return bool(item.config.option.seed_shift) or (uses_keras(item.parent) and keras_backend() != "tensorflow")


def claims_file(lesson):
    return CLAIMS / f"{lesson.path.stem}.py"


def pytest_collection_modifyitems(config, items):
    """Prepare each cell by its tags, and end at once where claims and cells have parted."""
    cells = [item for item in items if is_cell(item)]
    lessons = dict.fromkeys(item.parent for item in cells)
    for lesson in lessons:
        lesson.sanitize_patterns[PIXELS] = "PIXELS"
        found = faults(lesson.nb, load(claims_file(lesson)))
        if found:
            raise pytest.UsageError(f"{lesson.path.name} and its claims have parted.", *found)
    shift = config.option.seed_shift
    if shift:
        idle = [item for lesson in lessons for item in after_the_last_chance([c for c in cells if c.parent is lesson])]
        items[:] = [item for item in items if item not in idle]
        config.hook.pytest_deselected(items=idle)
    for item in cells:
        if shift:
            item.cell.source = shifted(item.cell.source, shift)
        if meets_other_chance(item) or set(item.cell.metadata.get("tags", [])) & set(UNCOMPARED):
            item.options["check"] = False
        if uses_keras(item.parent) and keras_backend() is None:
            item.add_marker(pytest.mark.skip(reason="there is no Keras here"))


def after_the_last_chance(cells):
    """Give the cells of a lesson that other seeds need not run: no claim of chance is judged in or after them."""
    claims = [claim for claim in load(claims_file(cells[0].parent)).values() if claim.is_chance]
    judged = [number for number, item in enumerate(cells, 1) if any(claim.belongs_to(item.cell) for claim in claims)]
    return cells[max(judged, default=0) :]


def make_strict(kernel):
    """Turn warnings into errors in a kernel; it has started by now, so only the lesson's own code can warn."""
    run(kernel, STRICT)
    run(kernel, f"__import__('sys').path.append({HELPERS!r})")


def run(kernel, code):
    """Run code in a kernel, beside the lesson; return what it raised, or nothing."""
    reply = kernel.kc.execute_interactive(
        code, silent=True, store_history=False, allow_stdin=False, output_hook=lambda message: None, timeout=TIMEOUT
    )
    return reply["content"].get("evalue", "")


def can_be_judged(claim, item):
    """Tell whether a claim is about runs of this kind: with these random numbers, on this backend of Keras."""
    if claim.is_on_tensorflow and keras_backend() != "tensorflow":
        return False
    return claim.is_chance or not meets_other_chance(item)


def judge_claims(item):
    """Judge in the lesson's kernel what is claimed of the cell that has just run."""
    path = claims_file(item.parent)
    printed = "".join(out.text for out in item.test_outputs if out.get("name") == "stdout")
    said = []
    for claim in load(path).values():
        if claim.belongs_to(item.cell) and can_be_judged(claim, item):
            arguments = f"{str(path)!r}, {claim.name!r}, globals(), {printed!r}"
            said.append(run(item.parent.kernel, f"__import__('_claims').judge({arguments})"))
    if any(said):
        failed = "\n".join(text for text in said if text)
        raise ClaimError(f"{item.parent.path.name}, cell {item.cell.id}:\n{failed}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    if is_cell(item) and item.cell_num == 0:
        make_strict(item.parent.kernel)
    yield
    if is_cell(item):  # nbval looks at stderr only where it compares outputs
        written = "".join(out.text for out in item.test_outputs if out.get("name") == "stderr")
        assert not written, f"{item.nodeid} writes to stderr:\n{written}"
        judge_claims(item)


def pytest_terminal_summary(terminalreporter):
    seconds = Counter()
    for report in chain.from_iterable(terminalreporter.stats.values()):
        lesson, _, cell = getattr(report, "nodeid", "").partition("::")
        if lesson.endswith(".ipynb") and cell:
            seconds[lesson] += getattr(report, "duration", 0)  # what was left out has none
    if seconds:
        terminalreporter.section("seconds of each lesson")
        for lesson in sorted(seconds):
            terminalreporter.write_line(f"{seconds[lesson]:6.1f} s  {lesson}")
        terminalreporter.write_line(f"{seconds.total():6.1f} s  all of them")
