"""The repository's own promises: lists that agree, texts that hold true."""

import ast
import io
import os
import re
import runpy
import shutil
import subprocess
import sys
import textwrap
import tomllib
import zipfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "course_utils"
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, GROUPS = SETTINGS["project"], SETTINGS["dependency-groups"]
WORDS = set(re.findall(r'^    "([\w-]+)": \("', (ROOT / "start.py").read_text(encoding="utf-8"), flags=re.M))


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def tracked():
    """Return the text of every file that git would hand on, by its name."""
    if shutil.which("git") is None:
        pytest.skip("there is no git to ask which files belong to the course")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        pytest.skip("the course was fetched without git, as a ZIP: nobody can say which files belong to it")
    files = [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    return {name: (ROOT / name).read_bytes().decode("utf-8", "replace") for name in files}


def group(name):
    """List the requirements of a dependency group, those of the groups that it includes among them."""
    for entry in GROUPS[name]:
        if isinstance(entry, str):
            yield entry
        else:
            yield from group(entry["include-group"])


def requirements():
    """List all that is pinned; what benchmarks measure against is not."""
    texts = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["keras"]]
    for name in ("dev", "site", "slides"):
        texts += group(name)
    return [Requirement(text) for text in texts]


def pins():
    lines = [line for line in read("requirements.txt").splitlines() if line and not line.lstrip().startswith("#")]
    return [Requirement(line) for line in lines]


# --- the lists of packages

# The first Python, 3.x, for which TensorFlow has no stable build, and Keras works on JAX; and that without Keras.
TENSORFLOW_END, KERAS_END = 14, 15
MACHINES = {
    "Linux": {"sys_platform": "linux", "platform_machine": "x86_64"},
    "Linux on ARM": {"sys_platform": "linux", "platform_machine": "aarch64"},
    "Windows": {"sys_platform": "win32", "platform_machine": "AMD64"},
    "Mac": {"sys_platform": "darwin", "platform_machine": "arm64"},
    "Mac with Intel": {"sys_platform": "darwin", "platform_machine": "x86_64"},
}


def applies(requirement, machine, minor):
    """Tell whether a requirement is asked for on this machine, under Python 3.minor."""
    here = MACHINES[machine] | {"python_version": f"3.{minor}", "python_full_version": f"3.{minor}.0", "extra": ""}
    return requirement.marker is None or requirement.marker.evaluate(here)


def keras_packages(machine, minor):
    """Name what the extra `keras` brings to a machine under Python 3.minor; each of it once."""
    needs = [Requirement(text) for text in PROJECT["optional-dependencies"]["keras"]]
    return sorted(need.name for need in needs if applies(need, machine, minor))


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("minor", range(11, 18))
def test_keras_comes_with_what_computes_for_it(machine, minor):
    if minor >= KERAS_END or machine == "Mac with Intel":
        expected = []
    elif minor >= TENSORFLOW_END:
        expected = ["h5py", "jax", "keras"]
    else:
        expected = ["h5py", "keras", "tensorflow-cpu" if machine == "Linux" else "tensorflow"]
    assert keras_packages(machine, minor) == expected


UV = shutil.which("uv")
# What uv calls a machine, and a Python; neither need be at hand.
UV_CASES = [*(("Linux", "x86_64-manylinux_2_28", minor) for minor in range(11, 16))]
UV_CASES += [("Windows", "x86_64-pc-windows-msvc", 14), ("Mac", "aarch64-apple-darwin", 14)]


@pytest.mark.slow
@pytest.mark.skipif(UV is None, reason="there is no uv")
@pytest.mark.parametrize(("machine", "platform", "minor"), UV_CASES)
def test_each_package_has_a_build_at_its_pin(machine, platform, minor):
    """Nothing would have to be compiled where TensorFlow, Keras and the others go. It asks the package index."""
    words = ["pip", "compile", "pyproject.toml", "-c", "requirements.txt", "--extra", "keras", "--only-binary", ":all:"]
    words += ["--python-version", f"3.{minor}", "--python-platform", platform, "--no-python-downloads", "--no-annotate"]
    done = subprocess.run([UV, *words], cwd=ROOT, capture_output=True, text=True)
    if done.returncode and re.search(r"dns error|error sending request|tcp connect|timed out", done.stderr):
        pytest.skip("the package index cannot be reached")
    assert done.returncode == 0, done.stderr
    pinned = {line.partition("==")[0] for line in done.stdout.splitlines()}
    assert set(keras_packages(machine, minor)) <= pinned


@pytest.mark.parametrize("minor", range(11, 16))
@pytest.mark.parametrize("machine", MACHINES)
def test_every_package_has_one_pin_inside_its_range(machine, minor):
    here = [pin for pin in pins() if applies(pin, machine, minor)]
    for need in requirements():
        if applies(need, machine, minor):
            found = [pin for pin in here if canonicalize_name(pin.name) == canonicalize_name(need.name)]
            assert len(found) == 1, f"{need.name}: {len(found)} pins in requirements.txt"
            (version,) = (part.version for part in found[0].specifier)
            assert need.specifier.contains(version), f"{found[0]} is outside {need}"


def test_pins_are_exact():
    assert [str(pin) for pin in pins() if [part.operator for part in pin.specifier] != ["=="]] == []


def test_ranges_have_a_lower_end():
    assert [str(need) for need in requirements() if ">=" not in str(need.specifier)] == []


def test_conda_takes_its_packages_from_the_same_lists():
    lines = [line.strip().removeprefix("- ") for line in read("environment.yml").splitlines()]
    assert f"python{PROJECT['requires-python']},<3.{TENSORFLOW_END}" in {line.partition(" #")[0] for line in lines}
    assert lines[lines.index("pip:") + 1 :] == ["-c requirements.txt", "-e .[keras]"]


def test_the_python_range_is_said_as_it_is():
    low = int(re.fullmatch(r">=3\.(\d+)", PROJECT["requires-python"]).group(1))
    assert f"Python 3.{low} or newer" in read("README.md")
    assert f"3.{low} to 3.{TENSORFLOW_END - 1}" in read("README.md")
    assert SETTINGS["tool"]["ruff"]["target-version"] == f"py3{low}"
    assert SETTINGS["tool"]["mypy"]["python_version"] == f"3.{low}"


def test_what_is_imported_is_asked_for():
    standard = sys.stdlib_module_names | {"course_utils", "__future__"}
    names = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names.add(node.module)
    tops = {name.partition(".")[0] for name in names} - standard
    called = {"PIL": "pillow", "mpl_toolkits": "matplotlib", "sklearn": "scikit-learn", "IPython": "ipython"}
    asked = {canonicalize_name(Requirement(text).name) for text in PROJECT["dependencies"]}
    asked |= {canonicalize_name(Requirement(text).name) for text in PROJECT["optional-dependencies"]["keras"]}
    assert {name for name in tops if canonicalize_name(called.get(name, name)) not in asked} == set()


def test_the_version_stands_in_one_place_which_the_others_follow():
    import course_utils

    assert "version" in PROJECT["dynamic"]
    assert f"\nversion: {course_utils.__version__}\n" in read("CITATION.cff")
    assert re.search(r"^## ([\d.]+)", read("CHANGELOG.md"), flags=re.M).group(1) == course_utils.__version__


def test_the_hook_before_a_commit_has_the_ruff_of_the_pins():
    (pin,) = (pin for pin in pins() if pin.name == "ruff")
    assert f"rev: v{str(pin.specifier).removeprefix('==')} " in read(".pre-commit-config.yaml")


def test_the_readme_names_every_package_of_the_lessons():
    named = read("README.md").lower()
    needs = {Requirement(text).name.removesuffix("-cpu") for text in PROJECT["dependencies"]}
    assert {name for name in needs if name not in named} == set()


# --- what a newcomer meets first


def test_the_readme_starts_the_lessons_in_a_container_and_on_another_machine():
    """What it tells to type reaches JupyterLab, word by word."""
    options = re.findall(r"`python3 start\.py ((?:--\S+ ?)+)`", read("README.md"))
    assert "--no-browser --ip=0.0.0.0 --port=8888" in options
    start = runpy.run_path(str(ROOT / "start.py"))
    ran = []
    start["main"].__globals__.update(prepare=ran.append, hand_over=ran.append)
    for words in set(options) - {"--help"}:
        start["main"](words.split())
        environment, command = ran[-2:]
        assert environment == ("light" if "--light" in words else "lab")
        assert command[1:] == ["-m", "course_utils", "lab", *words.replace("--light", "").split()]


@pytest.mark.parametrize("name", ["README.md", "notebooks/00_start_here.ipynb"])
def test_the_wrong_kernel_is_foreseen(name):
    text = read(name)
    at = text.index("ModuleNotFoundError: No module named 'course_utils'")
    beside = text[max(0, at - 400) : at + 600]
    assert [word for word in ("VS Code", "`.venv`", "`base`") if word not in beside] == []


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no x bits")
def test_the_tests_run_in_a_zip_without_git_and_without_x_bits(tmp_path):
    if not tracked():
        pytest.skip("the course was fetched without git: the other tests say it")
    command = ["git", "archive", "--format=zip", "HEAD"]
    packed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(tmp_path)
    assert not any(os.access(file, os.X_OK) for file in tmp_path.rglob("*") if file.is_file())
    quick = ["tests/repository/test_repository.py", "tests/repository/test_hub.py", "-m", "not slow and not browser"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *quick]
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


# --- the words and the files


@pytest.mark.parametrize(
    ("what", "sign"),
    [
        (
            "a registry's address",
            "py" r"pi\.org|python" r"hosted|npm" r"js\.|conda\.ana" r"conda|deb\.deb" "ian",
        ),
        ("a place of packages", r"--(extra-)?index-" r"url|--find-" r"links"),
        ("a machine's path", r"(?<![\w.$])/(wo" r"rk|ro" r"ot|ho" r"me/\w|Us" r"ers/\w)[/\w]*"),
    ],
)
def test_no_file_holds(what, sign):
    found = {name: hit.group() for name, text in tracked().items() if (hit := re.search(sign, text))}
    assert found == {}, what


def test_the_tree_is_light():
    sizes = {name: (ROOT / name).stat().st_size for name in tracked()}
    assert sum(sizes.values()) < 25_000_000, sorted(sizes, key=sizes.get)[-5:]
    assert {name for name, size in sizes.items() if size > 2_000_000} == set()


def test_licences_are_there():
    assert read("LICENSE").startswith("MIT License")
    assert "Attribution 4.0 International" in read("LICENSE-CC-BY-4.0")
    assert PROJECT["license"] == "MIT AND CC-BY-4.0"
    assert {"LICENSE", "LICENSE-CC-BY-4.0"} == set(PROJECT["license-files"])


def test_start_knows_the_words_that_the_texts_name():
    texts = "".join(
        text for name, text in tracked().items() if name.endswith((".md", ".py", ".ipynb", "deploy/hub/start"))
    )
    named = set(re.findall(r"python3 start\.py ([a-z][a-z-]+)", texts))
    assert {"test", "check", "setup", "hub"} <= named
    assert named <= WORDS | {"hub", "setup", "clean", "lab"}


def test_make_has_the_words_of_start():
    targets = set(re.findall(r"[\w-]+", read("Makefile").partition("WORDS =")[2].partition("help:")[0]))
    assert WORDS | {"hub", "clean", "test-all"} <= targets


def test_links_of_the_documents_are_alive():
    documents = {name: text for name, text in tracked().items() if name.endswith(".md")}
    assert "README.md" in documents
    dead = {
        name: [link for link in _links(text) if not (ROOT / name).parent.joinpath(link).exists()]
        for name, text in documents.items()
    }
    assert {name: links for name, links in dead.items() if links} == {}
    assert [name for name, text in documents.items() if re.search(r"!\[\s*\]", text)] == [], "an image without alt text"


def _links(text):
    return [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]


def test_every_lesson_is_linked_from_the_readme():
    readme = read("README.md")
    lessons = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert [path.name for path in lessons if f"(notebooks/{path.name})" not in readme] == []


# --- the house


def floors():
    """Read the map of the floors in the docstring of the package."""
    import course_utils

    shown = course_utils.__doc__.partition("points down:\n\n")[2].partition("\n\n")[0]
    return textwrap.dedent(shown)


def test_the_readme_shows_the_map_of_the_package():
    assert f"```\n{floors()}\n```" in read("README.md")


def test_the_map_names_what_the_linter_holds():
    shown = set(re.findall(r"\w+", floors()))
    contract = SETTINGS["tool"]["importlinter"]["contracts"][0]
    held = {name for layer in contract["layers"] for name in re.findall(r"\w+", layer)}
    modules = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    hidden = {"__init__", "__main__", "derivatives"}
    assert modules - hidden <= held  # a new module gets its floor
    assert held & modules <= shown


def test_the_package_loads_lazily_and_fast(run_python):
    heavy = ["matplotlib", "ipywidgets", "IPython", "sklearn", "scipy", "tensorflow", "keras"]
    spent = "import time, sys; import course_utils; print(time.process_time() < 0.5)"
    assert run_python(f"{spent}; print([name for name in {heavy} if name in sys.modules])") == "True\n[]\n"


def test_everything_that_the_stub_names_can_be_loaded(run_python):
    code = "import course_utils as cu; print([name for name in cu.__all__ if getattr(cu, name, None) is None])"
    assert run_python(code) == "[]\n"


@pytest.mark.slow
def test_no_module_takes_the_place_of_a_function(run_python):
    """Importing a submodule sets its name on the package: none may be called like something that `cu.` offers."""
    code = """
import inspect, pkgutil, sys
import course_utils as cu
for found in pkgutil.walk_packages(cu.__path__, "course_utils."):
    if not found.name.endswith("__main__"):
        __import__(found.name)
stub = open(cu.__file__ + "i", encoding="utf-8").read()
modules = {line.split()[-1] for line in stub.splitlines() if line.startswith("from . import")}
print([name for name in cu.__all__ if name not in modules and inspect.ismodule(getattr(cu, name))])
"""
    assert run_python(code) == "[]\n"


def test_a_name_that_is_none_gets_a_sentence():
    import course_utils

    with pytest.raises(
        AttributeError, match=r"course_utils [\d.]+ has no 'sigmoidd'\. Hint: dir\(course_utils\) lists"
    ):
        _ = course_utils.sigmoidd
    assert {"sigmoid", "layers", "__version__"} <= set(dir(course_utils))


def test_an_old_name_goes_on_working_and_says_its_new_one(monkeypatch, capsys):
    import course_utils

    monkeypatch.setattr(course_utils, "_RENAMED", {"squash": "sigmoid"})
    try:
        assert course_utils.squash is course_utils.sigmoid
        assert course_utils.squash is course_utils.sigmoid  # the second time in silence
    finally:
        vars(course_utils).pop("squash", None)
    assert capsys.readouterr().out == "cu.squash is called cu.sigmoid now; the old name still works.\n"


# --- where we differ from Keras, as the package says


def test_we_differ_from_keras_as_the_package_says():
    keras = pytest.importorskip("keras")
    import course_utils as cu

    assert "Where we differ from Keras:" in cu.__doc__
    y, p = np.array([[1.0], [0.0]]), np.array([[0.0], [0.0]])
    assert cu.binary_crossentropy(y, p) == np.inf
    clipped = np.asarray(keras.losses.binary_crossentropy(y, p))
    assert clipped.shape == (2,)
    np.testing.assert_allclose(clipped, [16.1, 0.0], atol=0.05)
    assert type(cu.mean_squared_error(y, p)) is float
    with pytest.raises(ValueError, match="reshape"):
        cu.mean_squared_error(y, p[:, 0])
    global_state = np.random.get_state()[1].copy()  # noqa: NPY002 (it is looked at, not used)
    cu.Sequential([cu.Input((2,)), cu.Dense(1)], rng=1)
    np.testing.assert_array_equal(np.random.get_state()[1], global_state)  # noqa: NPY002
