"""The run of the lessons: strict about noise, needs no variable, and judges what is claimed of each cell."""

import re

import pytest
from _planted import plant, run, told_of

NOISES = {
    "a warning": "import warnings; warnings.warn('careful')",
    "a line on stderr": "import sys; print('careful', file=sys.stderr)",
    # It reaches the kernel by a pipe and a thread: what is written at a cell's very end may belong to no cell.
    "a line of compiled code": "import os, time; sent = os.write(2, b'careful'); time.sleep(2)",
}


@pytest.fixture(scope="module")
def noisy(tmp_path_factory):
    """Run a lesson of quiet and noisy cells, none of which is compared; return what pytest tells."""
    folder = tmp_path_factory.mktemp("lessons")
    cells = {f"c{n}": source for n, source in enumerate(["print(2)", *NOISES.values(), "print(3)"])}
    claims = "".join(f"def after_{id}(): pass\n" for id in cells)
    plant(folder, cells, claims=claims, tags=dict.fromkeys(cells, ["by-machine"]))
    return run(folder)


@pytest.mark.parametrize("number", [0, len(NOISES) + 1])
def test_a_quiet_cell_passes(noisy, number):
    assert f"PASSED a_lesson.ipynb::Cell {number}\n" in noisy


@pytest.mark.parametrize("number", range(1, len(NOISES) + 1), ids=NOISES)
def test_a_noisy_cell_fails(noisy, number):
    assert f"FAILED a_lesson.ipynb::Cell {number}" in noisy
    assert "careful" in told_of(noisy, number)


def test_the_seconds_of_each_lesson_are_told(noisy):
    assert re.search(r"^ +\d+\.\d s  a_lesson\.ipynb$", noisy, flags=re.M)
    assert re.search(r"^ +\d+\.\d s  all of them$", noisy, flags=re.M)


CELLS = {  # id: its code, its stored output, its tag, its claims
    "load": (
        "import os, course_utils as cu\ndata = cu.load_mnist()\nprint(data.is_full, os.environ['OMP_NUM_THREADS'])",
        "False 1\n",
        None,
        "def after_load(data, printed):\n    assert not data.is_full and printed == 'False 1\\n'\n"
        '@only("full")\ndef after_load__full():\n    assert False\n'
        '@only("digits")\ndef after_load__digits(data):\n    assert data.is_full\n',
    ),
    "names": ("print(sorted(name for name in globals() if name in {'warnings', 'sys', '_claims'}))", "[]\n", None, ""),
    "holds": ("score = 0.95\nprint(score)", "0.95\n", None, "def after_holds(score):\n    assert 0.9 < score < 1\n"),
    "fit-all": (
        "score, other = 0.25, 1",
        "",
        None,
        "def after_fit_all__high(score):\n    assert 0.9 < score\n"
        "def after_fit_all__one(score):\n    assert score == 1\n",
    ),
    "breaks": ("losses = []", "", None, "def after_breaks(losses):\n    assert losses[0]\n"),
    "gone": ("loss = 1", "", None, "def after_gone(cost):\n    assert cost\n"),
    "differs": ("print(1)", "2\n", None, ""),
    "source": ("print(1)", "2\n", "by-source", "def after_source(printed):\n    assert printed\n"),
    "machine": ("print(1)", "2\n", "by-machine", "def after_machine(printed):\n    assert printed\n"),
    "time": ("print(1)", "2\n", "clock", "def after_time(printed):\n    assert printed\n"),
    "seed": (
        "import numpy as np\nseed = 3\nprint(seed, np.random.default_rng(0).integers(100))",
        "3 85\n",
        None,
        "@chance\ndef after_seed(seed):\n    assert seed == 3\ndef after_seed__exact(seed):\n    assert seed == 3\n",
    ),
}
NUMBER = {id: number for number, id in enumerate(CELLS)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("claims")
    plant(
        folder,
        {id: source for id, (source, *_) in CELLS.items()},
        claims="\n".join(claims for *_, claims in CELLS.values()),
        tags={id: [tag] for id, (_, _, tag, _) in CELLS.items() if tag},
        stored={id: output for id, (_, output, *_) in CELLS.items() if output},
    )
    return folder


@pytest.fixture(scope="module")
def said(folder):
    return run(folder)


@pytest.fixture(scope="module")
def said_of_other_seeds(folder):
    return run(folder, "--seed-shift=2")


def has_passed(said, id):
    return f"PASSED a_lesson.ipynb::Cell {NUMBER[id]}\n" in said


def test_a_claim_that_holds_passes(said):
    assert has_passed(said, "holds")


def test_the_digits_are_at_hand_without_a_variable_and_a_claim_knows_its_source(said):
    told = told_of(said, NUMBER["load"])
    assert "after_load__digits does not hold: assert data.is_full" in told
    assert "after_load " not in told
    assert "after_load__full" not in told


def test_the_tools_of_the_run_leave_no_name_in_the_lesson(said):
    assert has_passed(said, "names")


def test_a_claim_that_fails_names_lesson_cell_claim_and_values(said):
    told = told_of(said, NUMBER["fit-all"])
    assert "a_lesson.ipynb, cell fit-all:\n" in told
    assert "after_fit_all__high does not hold: assert 0.9 < score\n    score = 0.25\n" in told
    assert "other" not in told


def test_every_claim_of_a_cell_is_judged(said):
    assert "after_fit_all__one does not hold: assert score == 1" in told_of(said, NUMBER["fit-all"])


def test_a_claim_that_breaks_off_says_how(said):
    told = told_of(said, NUMBER["breaks"])
    assert "after_breaks breaks off with IndexError: assert losses[0]\nlist index out of range" in told


def test_a_claim_without_its_name_says_so(said):
    told = told_of(said, NUMBER["gone"])
    assert "after_gone asks for cost, and the lesson has no such name after this cell." in told


def test_outputs_are_compared_but_for_the_tags(said):
    assert "Cell outputs differ" in told_of(said, NUMBER["differs"])
    assert all(has_passed(said, id) for id in ("source", "machine", "time"))


@pytest.mark.slow
def test_other_seeds_are_judged_by_claims_of_chance_alone(said, said_of_other_seeds):
    assert has_passed(said, "seed")
    told = told_of(said_of_other_seeds, NUMBER["seed"])
    assert "after_seed does not hold: assert seed == 3\n    seed = 5\n" in told
    assert "after_seed__exact" not in told
    assert "1 failed" in said_of_other_seeds  # no other claim is judged, and no output is compared


@pytest.mark.slow
@pytest.mark.parametrize(("claims", "left_out"), [("@chance\ndef after_b(): pass\n", 1), ("def after_b(): pass\n", 3)])
def test_with_other_seeds_a_lesson_ends_with_its_last_claim_of_chance(tmp_path, claims, left_out):
    plant(tmp_path, {"a": "n = 1", "b": "n = 2", "c": "n = 3"}, claims=claims)
    assert f"{left_out} deselected" in run(tmp_path, "--collect-only", "--seed-shift=1")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tag", "claims", "sentence"),
    [
        ("clock", "def after_fit(): pass\n", "cell train is tagged clock and has no claim for: full, digits."),
        (
            "by-source",
            '@only("full")\ndef after_train(): pass\n',
            "cell train is tagged by-source and has no claim for: digits.",
        ),
    ],
)
def test_claims_and_cells_that_have_parted_end_the_run_at_once(tmp_path, tag, claims, sentence):
    plant(tmp_path, {"train": "score = 1"}, claims=claims, tags={"train": [tag]})
    said = run(tmp_path)
    assert sentence in said
    assert ("after_fit has no cell: none of the lesson's code cells has the id fit." in said) == ("fit" in claims)
    assert "passed" not in said


@pytest.mark.slow
def test_a_variable_that_is_set_is_used(tmp_path):
    plant(tmp_path, {"load": "import course_utils as cu\ncu.load_mnist()"})
    assert "/no/mnist.npz" in run(tmp_path, COURSE_UTILS_MNIST="/no/mnist.npz")
