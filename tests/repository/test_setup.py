"""scripts/setup on machines that lack a piece: one sentence says how to get it, and nothing is half done."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ["sh", "dirname", "cat", "cmp", "rm", "cp", "mkdir"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows uses the three lines of the README")


class Machine:
    """A checkout and a PATH with the barest tools, to which a test adds pythons and uv of its own making."""

    def __init__(self, folder):
        self.checkout, self.bin = folder / "a course", folder / "bin"  # a space in the name must not matter
        (self.checkout / "scripts").mkdir(parents=True)
        self.bin.mkdir()
        for name in ("pyproject.toml", "requirements.txt", "scripts/setup"):
            shutil.copy(ROOT / name, self.checkout / name)
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))

    def add(self, name, body):
        """Put a program on the PATH; it writes down each of its calls."""
        program = self.bin / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> "{self.bin.parent}/calls"\n{body}\n')
        program.chmod(0o755)

    def setup(self, want="lab"):
        command = [self.checkout / "scripts" / "setup", want]
        env = {"PATH": str(self.bin)}
        return subprocess.run(command, env=env, cwd=self.bin, capture_output=True, text=True)

    def calls(self):
        log = self.bin.parent / "calls"
        text = log.read_text() if log.exists() else ""
        log.unlink(missing_ok=True)
        return text

    def ready(self, venv=".venv"):
        return sorted(path.name for path in self.checkout.glob(f"{venv}/ready-*"))


# A python that makes an environment whose own python says yes to everything.
MAKES_VENV = '[ "$2" = venv ] && mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; exit 0'
UV = 'if [ "$1" = venv ]; then for last; do :; done; mkdir -p "$last/bin"; cp "$0" "$last/bin/python"; fi'


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_no_python_at_all(machine):
    done = machine.setup()
    assert done.returncode == 1
    assert "Python 3.11, 3.12 or 3.13 is needed" in done.stderr
    assert "apt install python3" in done.stderr
    assert "brew install" in done.stderr
    assert machine.ready() == []


def test_a_python_out_of_range_is_passed_over(machine):
    machine.add("python3", "exit 1")
    machine.add("python3.12", MAKES_VENV)
    done = machine.setup()
    assert done.returncode == 0, done.stderr
    assert "python3.12 -m venv .venv" in machine.calls()


def test_no_venv_module(machine):
    machine.add("python3", 'case "$2" in *ensurepip*) exit 1;; esac')
    done = machine.setup()
    assert done.returncode == 1
    assert "python3 has no venv module" in done.stderr
    assert "sudo apt install python3-venv" in done.stderr


def test_uv_comes_first(machine):
    machine.add("python3", MAKES_VENV)
    machine.add("uv", UV)
    done = machine.setup()
    assert done.returncode == 0, done.stderr
    calls = machine.calls()
    assert "uv pip install --quiet --python .venv/bin/python -c requirements.txt -e .\n" in calls
    assert "python3 " not in calls


@pytest.mark.parametrize("file", ["pyproject.toml", "requirements.txt"])
def test_the_second_call_installs_nothing_until_the_lists_change(machine, file):
    machine.add("uv", UV)
    machine.setup()
    machine.calls()
    assert machine.setup().stdout == ""
    assert "install" not in machine.calls()
    with (machine.checkout / file).open("a") as text:
        text.write("# changed\n")
    machine.setup()
    assert "uv pip install" in machine.calls()


def test_a_failed_installation_is_tried_again(machine):
    machine.add("uv", UV + '\n[ "$1" != pip ]')
    assert machine.setup().returncode != 0
    assert machine.ready() == []
    machine.add("uv", UV)
    assert machine.setup().returncode == 0
    assert machine.ready() == ["ready-lab"]


@pytest.mark.parametrize("want", ["test", "site"])
def test_the_larger_environments_serve_the_lab_too(machine, want):
    machine.add("uv", UV)
    assert machine.setup(want).returncode == 0
    assert f"-e .[{want}]" in machine.calls()
    assert machine.ready() == ["ready-lab", f"ready-{want}"]


# --- the oldest versions, in an environment of their own

INTO_OLDEST = "--python .venv-oldest/bin/python --resolution lowest-direct -e .[test]\n"


def test_the_oldest_versions_stand_apart(machine):
    machine.add("uv", UV)
    machine.setup("test")
    machine.calls()
    assert machine.setup("oldest").returncode == 0
    calls = machine.calls()
    assert "uv venv --quiet --python python3.11 .venv-oldest\n" in calls
    assert f"uv pip install --quiet {INTO_OLDEST}" in calls
    assert machine.ready(".venv-oldest") == ["ready-oldest"]
    assert machine.ready() == ["ready-lab", "ready-test"]
    assert machine.setup("oldest").stdout == ""


def test_without_uv_the_oldest_versions_bring_their_own(machine):
    installs_uv = 'case "$*" in *" pip install "*uv) cp "$0" "${0%/*}/uv" ;; esac'
    machine.add("python3.11", f"{installs_uv}\n{MAKES_VENV}")
    done = machine.setup("oldest")
    assert done.returncode == 0, done.stderr
    calls = machine.calls()
    assert "python3.11 -m venv .venv-oldest\n" in calls
    assert f" pip install --quiet {INTO_OLDEST}" in calls


def test_a_bound_that_falls_makes_the_oldest_environment_anew(machine):
    machine.add("uv", UV)
    machine.setup("oldest")
    left = machine.checkout / ".venv-oldest" / "a newer version"
    left.touch()
    with (machine.checkout / "pyproject.toml").open("a") as text:
        text.write("# changed\n")
    assert machine.setup("oldest").returncode == 0
    assert not left.exists()


def test_the_oldest_versions_need_their_python(machine):
    machine.add("python3", MAKES_VENV)
    done = machine.setup("oldest")
    assert done.returncode == 1
    assert "there is no python3.11" in done.stderr
    assert machine.ready(".venv-oldest") == []


def test_the_newest_versions_look_at_no_pin(machine):
    machine.add("uv", UV)
    assert machine.setup("newest").returncode == 0
    assert "uv pip install --quiet --python .venv-newest/bin/python --upgrade -e .[test]\n" in machine.calls()
    assert machine.ready(".venv-newest") == ["ready-newest"]
    assert machine.ready() == []


@pytest.mark.parametrize("tool", ["uv", "pip"])
def test_the_grading_stands_apart_and_takes_the_course_without_tensorflow(machine, tool):
    (machine.checkout / "grading").mkdir()
    shutil.copy(ROOT / "grading" / "requirements.txt", machine.checkout / "grading")
    machine.add(*(("uv", UV) if tool == "uv" else ("python3", MAKES_VENV)))
    assert machine.setup("grading").returncode == 0
    calls = [line for line in machine.calls().splitlines() if " install " in line]
    assert len(calls) == 2
    assert calls[0].endswith(" -c requirements.txt -r grading/requirements.txt")
    assert calls[1].endswith(" --no-deps -e .")
    assert machine.ready(".venv-grading") == ["ready-grading"]
    assert machine.ready() == []
    assert machine.setup("grading").stdout == ""
    with (machine.checkout / "grading" / "requirements.txt").open("a") as text:
        text.write("# changed\n")
    machine.setup("grading")
    assert " -r grading/requirements.txt" in machine.calls()


# --- the hub of a class, which holds a copy of the course

INTO_HUB = "--compile-bytecode --reinstall-package from-sigmoid-to-mnist . -r deploy/hub/requirements.txt\n"


def test_the_hub_gets_a_new_copy_whenever_a_lesson_changes(machine):
    for tool in ("find", "cksum"):
        (machine.bin / tool).symlink_to(shutil.which(tool))
    for folder in ("deploy/hub", "course_utils", "notebooks"):
        (machine.checkout / folder).mkdir(parents=True)
    lesson = machine.checkout / "notebooks/01_sigmoid.ipynb"
    for file in (lesson, machine.checkout / "deploy/hub/requirements.txt"):
        file.write_text("{}")
    machine.add("uv", UV)
    assert machine.setup("hub").returncode == 0
    assert INTO_HUB in machine.calls()
    assert machine.ready(".venv-hub") == ["ready-hub"]
    assert machine.ready() == []
    assert machine.setup("hub").stdout == ""
    lesson.write_text('{"cells": []}')
    assert machine.setup("hub").returncode == 0
    assert INTO_HUB in machine.calls()
