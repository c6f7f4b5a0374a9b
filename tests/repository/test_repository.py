"""The repository's own promises: lists that agree, texts that hold true."""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "course_utils"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def tracked():
    """Return the text of every file that git would hand on, by its name."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    files = [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    return {name: (ROOT / name).read_bytes().decode("utf-8", "replace") for name in files}


def requirements():
    extras = PROJECT["optional-dependencies"]
    texts = (
        PROJECT["dependencies"] + extras["test"] + extras["site"] + extras["slides"]
    )  # what benchmarks measure against is not pinned
    own = PROJECT["name"]  # an extra that takes another one in
    return [need for need in map(Requirement, texts) if need.name != own]


def pins():
    lines = [line for line in read("requirements.txt").splitlines() if line and not line.lstrip().startswith("#")]
    return [Requirement(line) for line in lines]


# --- the lists of packages


def test_every_package_has_a_pin_inside_its_range():
    for need in requirements():
        found = [pin for pin in pins() if canonicalize_name(pin.name) == canonicalize_name(need.name)]
        assert found, f"{need.name}: no pin in requirements.txt"
        for pin in found:
            (version,) = (part.version for part in pin.specifier)
            assert need.specifier.contains(version), f"{pin} is outside {need}"


def test_pins_are_exact():
    assert [str(pin) for pin in pins() if [part.operator for part in pin.specifier] != ["=="]] == []


def test_ranges_have_a_lower_end():
    assert [str(need) for need in requirements() if ">=" not in str(need.specifier)] == []


def test_conda_takes_its_packages_from_the_same_lists():
    lines = [line.strip().removeprefix("- ") for line in read("environment.yml").splitlines()]
    assert f"python{PROJECT['requires-python']}" in lines
    assert lines[lines.index("pip:") + 1 :] == ["-c requirements.txt", "-e ."]


def test_the_python_range_is_the_same_everywhere():
    from course_utils import environment

    low, high = re.fullmatch(r">=3\.(\d+),<3\.(\d+)", PROJECT["requires-python"]).groups()
    assert PROJECT["requires-python"] == environment.PYTHONS
    assert f"(3, {low}) <= sys.version_info[:2] < (3, {high})" in read("scripts/setup")
    assert f'--python "${{PYTHON:->=3.{low},<3.{high}}}"' in read("scripts/setup")
    assert f"(3, {low}) <= sys.version_info[:2] < (3, {high})" in read("course_utils/environment.py")
    for minor in range(int(low), int(high)):
        assert f"python3.{minor}" in read("scripts/setup")
    assert f"3.{low} to 3.{int(high) - 1}" in read("README.md")


def test_the_readme_names_every_package_of_the_lessons():
    named = read("README.md").lower()
    needs = {Requirement(text).name.removesuffix("-cpu") for text in PROJECT["dependencies"]}
    assert {name for name in needs if name not in named} == set()


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


def test_make_has_the_targets_that_the_texts_name():
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), flags=re.M))
    texts = read("README.md") + read("CONTRIBUTING.md") + read("Makefile").partition("lab:")[0]
    named = set(re.findall(r"(?:`|^|')make ([a-z-]+)", texts, flags=re.M))
    assert {"lab", "test"} <= named <= targets


def documents():
    return [name for name in tracked() if name.endswith(".md")]


@pytest.mark.parametrize("document", documents())
def test_links_of_the_documents_are_alive(document):
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", read(document)) if "://" not in link]
    assert [link for link in links if not ((ROOT / document).parent / link).exists()] == []
    assert not re.search(r"!\[\s*\]", read(document)), "an image without alt text"


def test_every_lesson_is_linked_from_the_readme():
    readme = read("README.md")
    lessons = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert [path.name for path in lessons if f"(notebooks/{path.name})" not in readme] == []


# --- the house


def test_the_package_loads_lazily(run_python):
    heavy = ["matplotlib", "ipywidgets", "IPython", "sklearn", "scipy", "tensorflow", "keras"]
    code = f"import sys, course_utils; print([name for name in {heavy} if name in sys.modules])"
    assert run_python(code) == "[]\n"
