"""The checks of the course in two tiers, and what is made from it. start.py calls this in the right environment.

    python scripts/tasks.py test           one pass: style, the package, every lesson as it is, those in NumPy solved
    python scripts/tasks.py test --all     slow tests, too, and lessons on the full MNIST, with other seeds, on JAX
    python scripts/tasks.py lint | package | coverage | notebooks | solutions | versions | refresh | bench | image
    python scripts/tasks.py site | site-teachers | slides
    python scripts/tasks.py kit 01 02      without a number: of all lessons

All checks of a tier run, even after one has failed; the table at the end names the seconds of each.
"""

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest"]
TWO = ["-n", "2"]  # processes at a time; each has Keras in memory, so more cores are no reason for more
TESTS = [*PYTEST, *TWO, "--dist", "worksteal"]
IN_BROWSER = [*PYTEST, *TWO, "--dist", "loadfile", "tests"]  # each process has a Chromium and a JupyterLab
NBVAL = [*PYTEST, "--nbval", "--nbval-current-env", "--nbval-cell-timeout=300"]
NBVAL += [*TWO, "--dist", "loadfile", "--no-loadscope-reorder"]
LATE_FIRST = [f"notebooks/{path.name}" for path in sorted((ROOT / "notebooks").glob("*.ipynb"), reverse=True)]
IN_KERAS = [name for name in LATE_FIRST if "cu.use_keras()" in (ROOT / name).read_text(encoding="utf-8")]
SHORT_IN_KERAS = ["notebooks/11_mnist_keras.ipynb"]
SEEDS = (1, 2, 3, 4)


# --- what every command finds around it


def everywhere():
    """Give the variables under which lessons run: this environment's kernel, and no pictures of clothes fetched."""
    clothes = os.environ.get("COURSE_UTILS_FASHION_MNIST") or "digits"
    return os.environ | {"JUPYTER_PREFER_ENV_PATH": "1", "COURSE_UTILS_FASHION_MNIST": clothes}


def offline(digits="digits"):
    """Give the variables of a check: no network, one thread a process, and these digits."""
    variables = {"PYTHONPATH": str(ROOT / "tests/offline"), "OMP_NUM_THREADS": "1", "COURSE_UTILS_MNIST": str(digits)}
    return everywhere() | variables


def full_mnist():
    """Name the file of the full MNIST; None where COURSE_UTILS_MNIST names none."""
    path = Path(os.environ.get("COURSE_UTILS_MNIST") or "digits").expanduser()
    return path.resolve() if path.is_file() else None


# --- the checks: each gives its name, its command and its variables


def lint():
    variables = os.environ | {"PYTHONUTF8": "1"}  # import-linter draws characters that some consoles lack
    floors = [str(Path(sys.executable).with_name("lint-imports"))]
    return [
        ("ruff: style", [sys.executable, "-m", "ruff", "check", "."], variables),
        ("ruff: format", [sys.executable, "-m", "ruff", "format", "--check", "."], variables),
        ("mypy: types", [sys.executable, "-m", "mypy"], variables),
        ("import-linter: floors", floors, variables),
    ]


def package(is_whole=False):
    """Test the package, two files at a time; then its pages in a browser, beside which nothing else shall run."""
    quick = "" if is_whole else " and not slow"
    most = [*TESTS, "-m", f"not browser and not again{quick}"]
    browser = [*IN_BROWSER, "-m", f"browser and not every_page{quick}"]
    return [("tests", most, offline()), ("tests in a browser", browser, offline())]


def coverage():
    """Run all tests of the package, and measure what they reach; that takes half as long again."""
    (tests, most, variables), (in_browser, browser, _) = package(is_whole=True)
    return [
        (tests, [*most, "--cov", "--cov-report=", "--cov-fail-under=0"], variables),
        (f"{in_browser}; coverage", [*browser, "--cov", "--cov-append", "--cov-report=term"], variables),
    ]


def notebooks():
    return [("lessons, on the embedded digits", [*NBVAL, "--durations=10", *LATE_FIRST], offline())]


def solutions(*names):
    return [("lessons, solved", [sys.executable, "scripts/check_solutions.py", *names], offline())]


def solutions_in_numpy():
    """Solve the lessons that train in seconds; those in Keras need minutes."""
    return solutions(*(name for name in LATE_FIRST if name not in IN_KERAS))


def full_set():
    """Run once more what looks at digits, tests and lessons, on the full MNIST where there is one."""
    digits = full_mnist()
    if digits is None:
        print("COURSE_UTILS_MNIST names no file: everything runs on the embedded digits only.", flush=True)
        return []
    return [
        ("tests, on the full MNIST", [*PYTEST, *TWO, "-m", "full", "tests"], offline(digits)),
        ("lessons, on the full MNIST", [*NBVAL, *filter(depends_on_the_digits, LATE_FIRST)], offline(digits)),
    ]


def depends_on_the_digits(name):
    """Tell whether a lesson shows, or claims, something else on the full MNIST than on the embedded digits."""
    claims = ROOT / "tests/lessons/claims" / f"{Path(name).stem}.py"
    return "by-source" in _text(ROOT / name) or 'only("full")' in _text(claims)


def _text(path):
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def other_seeds():
    """Run the lessons that meet chance with other seeds: what they claim of it has to hold for each of them."""
    return [(f"lessons, seeds + {k}", [*NBVAL, f"--seed-shift={k}", *LATE_FIRST], offline()) for k in SEEDS]


def again():
    one_at_a_time = [*PYTEST, *TWO, "--maxschedchunk=1", "-m", "again", "tests/lessons"]
    return [("lessons, each cell once more", one_at_a_time, offline())]


def other_backend(lessons=IN_KERAS):
    """Run lessons in Keras on JAX, as under a Python for which TensorFlow has no build."""
    return [("lessons in Keras, on JAX", [*NBVAL, *lessons], offline() | {"KERAS_BACKEND": "jax"})]


def tier(is_all):
    """List the checks of a tier; the larger one holds all of the smaller."""
    if not is_all:
        return [*lint(), *package(), *notebooks(), *solutions_in_numpy(), *other_backend(SHORT_IN_KERAS)]
    checks = [*lint(), *package(is_whole=True), *notebooks(), *solutions()]
    return [*checks, *full_set(), *again(), *other_seeds(), *other_backend()]


def run(checks):
    """Run checks one after the other and show what each took; give 0 if all have passed."""
    rows, start = [], time.perf_counter()
    for name, command, variables in checks:
        print(f"\n== {name}: {shlex.join(command)}", flush=True)
        begin = time.perf_counter()
        code = subprocess.run(command, cwd=ROOT, env=variables).returncode
        rows.append((name, time.perf_counter() - begin, code))
    print("\n== seconds of each check")
    for name, seconds, code in rows:
        print(f"{seconds:7.1f} s  {'ok    ' if code == 0 else 'FAILED'}  {name}")
    print(f"{time.perf_counter() - start:7.1f} s  all of them", flush=True)
    return int(any(code for _, _, code in rows))


# --- what is made


def make(*commands, variables):
    """Run commands one after the other, up to the first that fails; give its exit code."""
    for command in commands:
        code = subprocess.run([sys.executable, *command], cwd=ROOT, env=variables).returncode
        if code:
            return code
    return 0


def refresh(*notebooks):
    formats = ["-m", "ruff", "format", "."]
    return make(formats, ["scripts/refresh.py", *notebooks], variables=everywhere())


def bench():
    """Measure; PyTorch joins where it is installed."""
    names = ("training", "memory", "scaling", "exercises", "explorables_browser")
    return make(*([f"benchmarks/{name}.py"] for name in names), variables=os.environ)


def site():
    return make(["scripts/build_site.py"], variables=everywhere())


def site_for_teachers():
    return make(["scripts/build_site.py", "--teachers"], variables=everywhere())


def slides():
    """Make the slides; with a Chromium and the tests' packages every slide is measured, too."""
    return make(["scripts/slides.py"], ["scripts/measure_slides.py"], variables=os.environ)


def kit(*lessons):
    """Make what a teacher prints; a Chromium turns it into PDF."""
    return make(["scripts/kit.py", *lessons], variables=everywhere())


def image():
    """Look at the recipe of an image, which repo2docker writes without Docker: its Python, its list of packages."""
    own = ROOT / ".hub/repo2docker"
    program = own / "bin/jupyter-repo2docker"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", own], check=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "jupyter-repo2docker>=2026.4"]
        subprocess.run([own / "bin/python", *install], check=True)
    options = ["--no-build", "--no-run", "--debug", "--user-id", "1000", "--user-name", "jovyan", "."]
    done = subprocess.run([program, *options], cwd=ROOT, capture_output=True, text=True)
    recipe = done.stdout + done.stderr
    for sign in ("environment-2epy-2d3-2e12", '-r ".binder/requirements.txt"'):
        if sign not in recipe:
            print(recipe[-2000:], f"\nThe recipe does not hold {sign}.")
            return 1
    rehearsal = ["-m", "pip", "install", "--quiet", "--dry-run", "-r", ".binder/requirements.txt"]
    code = make(rehearsal, variables=os.environ)
    if code == 0:
        print("The recipe takes Python 3.12 and .binder/requirements.txt, and its packages can be had.")
    return code


CHECKS = {"lint": lint, "package": package, "coverage": coverage, "notebooks": notebooks, "solutions": solutions}
MADE = {
    "refresh": refresh,
    "bench": bench,
    "site": site,
    "site-teachers": site_for_teachers,
    "slides": slides,
    "kit": kit,
    "image": image,
}


def main(words):
    """Do what the words say; give the exit code."""
    word, *more = words or ["test"]
    if word == "test" and more in ([], ["--all"]):
        return run(tier(bool(more)))
    if word == "versions" and not more:
        return run([*package(), *notebooks(), *solutions()])
    if word == "package" and more:  # some tests alone, such as -k sigmoid: no word on coverage
        return run([("tests", [*PYTEST, *more], offline())])
    if word == "notebooks" and more:
        return run([("lessons", [*NBVAL, *more], offline())])
    if word in CHECKS and not more:
        return run(CHECKS[word]())
    if word in MADE and (not more or word in ("refresh", "kit")):
        return MADE[word](*more)
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
