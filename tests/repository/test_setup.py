"""start.py on machines that lack a piece: one sentence says how to get it, and nothing is half done."""

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COPIED = ("start.py", "pyproject.toml", "requirements.txt")

posix = pytest.mark.skipif(os.name == "nt", reason="the programs that are made for these tests are shell scripts")


@pytest.fixture
def start(monkeypatch):
    """Load start.py as a module, in which a test may pretend another system."""
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- the file itself


def test_it_is_written_in_the_words_of_python_3_8():
    source = (ROOT / "start.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= sys.stdlib_module_names
    later = re.findall(r"\.removeprefix|\.removesuffix|tomllib|is_relative_to|dirs_exist_ok|missing_ok", source)
    assert later == []  # they came after 3.8, or with it by another name
    assert source.isascii()  # a console of any language can show it


def test_its_help_names_every_word_and_every_environment(start, capsys):
    assert start.main(["--help"]) == 0
    out = capsys.readouterr().out
    words = set(re.findall(r"[\w-]+", out))
    assert {*start.COMMANDS, *start.environments(), "hub", "setup", "clean"} <= words


def test_every_script_that_it_runs_is_there(start):
    for name, command in start.COMMANDS.values():
        assert name in start.environments()
        assert command[0] == "-m" or (ROOT / command[0]).is_file()


@pytest.mark.parametrize(
    ("requires", "inside", "outside"),
    [(">=3.11,<3.14", [(3, 11), (3, 13)], [(3, 10), (3, 14), None]), (">=3.9", [(3, 9), (3, 20)], [(3, 8)])],
)
def test_the_range_of_pythons(start, monkeypatch, requires, inside, outside):
    monkeypatch.setattr(start, "supported", lambda: requires)
    assert all(map(start.in_range, inside))
    assert not any(map(start.in_range, outside))


@pytest.mark.parametrize(
    "words",
    [
        "error: Failed to fetch: `SOME/numpy/`\n  Caused by: dns error: failed to lookup address information",
        "error: Request failed after 3 retries\n  Caused by: error sending request for url",
        "WARNING: Retrying: NewConnectionError('Failed to establish a new connection: [Errno 101]')",
        "  Caused by: operation timed out",
    ],
)
def test_words_about_the_network_are_known(start, words):
    assert start.is_unreachable(words)


def test_other_failures_are_not_taken_for_the_network(start):
    assert not start.is_unreachable("  x No solution found when resolving dependencies: numpy>=9 is not available")
    assert not start.is_unreachable("error: failed to write to file: No space left on device (os error 28)")


# --- Windows and macOS, pretended


def test_windows_has_other_places_and_no_exec(start, monkeypatch, tmp_path):
    ran = []

    class Process:
        def __init__(self, command):
            ran.append(command)
            self.interrupts = 1

        def wait(self):
            if self.interrupts:
                self.interrupts = 0
                raise KeyboardInterrupt
            return 3

    monkeypatch.setattr(start, "WINDOWS", True)
    monkeypatch.setattr(start, "prepare", lambda name: ran.append(name))
    monkeypatch.setattr(start.subprocess, "Popen", Process)
    monkeypatch.setattr(start.os, "execv", lambda *_: pytest.fail("Windows has no exec"))
    assert start.main(["--fresh", "01"]) == 3  # as JupyterLab ends, and Ctrl+C is JupyterLab's
    python = str(ROOT / ".venv" / "Scripts" / "python.exe")
    assert ran == ["lab", [python, "-m", "course_utils", "lab", "--fresh", "01"]]


def test_windows_fetches_uv_into_its_own_place(start, monkeypatch, tmp_path):
    ran = []

    def run(*command):
        ran.append(command)
        return (0, "uv 0.9.1") if len(ran) > 1 else (1, "no such file")

    monkeypatch.setattr(start, "WINDOWS", True)
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "run", run)
    monkeypatch.setattr(start.shutil, "which", lambda name: None)
    assert start.find_uv() == str(tmp_path / ".bootstrap" / "Scripts" / "uv.exe")
    assert (str(tmp_path / ".bootstrap" / "Scripts" / "python.exe"), "-m", "pip", "install", "uv") in ran


@pytest.mark.parametrize("word", ["hub", "hub-users", "hub-load", "check-image"])
def test_windows_has_no_hub(start, monkeypatch, word):
    monkeypatch.setattr(start, "WINDOWS", True)
    with pytest.raises(SystemExit, match="JupyterHub runs on Linux and macOS"):
        start.main([word])


def test_elsewhere_the_program_takes_the_place_of_start(start, monkeypatch):
    ran = []
    monkeypatch.setattr(start, "WINDOWS", False)
    monkeypatch.setattr(start, "prepare", lambda name: ran.append(name))

    def execv(program, command):
        ran.append(command)
        raise SystemExit  # it never comes back

    monkeypatch.setattr(start.os, "execv", execv)
    with pytest.raises(SystemExit):
        start.main(["test", "--all"])
    python = str(ROOT / ".venv" / "bin" / "python")
    assert ran == ["test", [python, str(ROOT / "scripts" / "tasks.py"), "test", "--all"]]


# --- words


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["dance"], "dance: not a word of start.py"),
        (["test", "--light"], "test needs everything; --light is for lab, check, copy and the hub"),
        (["setup"], "setup: which environment? Expected: lab, light, test"),
        (["setup", "moon"], "setup: which environment? Expected: lab, light, test"),
    ],
)
def test_wrong_words_are_answered_in_a_sentence(start, words, told):
    with pytest.raises(SystemExit, match=re.escape(told)):
        start.main(words)


def test_light_reaches_no_program(start, monkeypatch):
    ran = []
    monkeypatch.setattr(start, "prepare", ran.append)
    monkeypatch.setattr(start, "hand_over", ran.append)
    start.main(["--light", "--no-browser"])
    assert ran[0] == "light"
    assert ran[1][1:] == ["-m", "course_utils", "lab", "--no-browser"]


# --- a checkout of its own, on a machine with the barest tools


class Machine:
    """A checkout and a PATH to which a test adds pythons and uv of its own making."""

    def __init__(self, folder):
        self.checkout, self.bin = folder / "a course", folder / "bin"  # a space in the name must not matter
        self.checkout.mkdir()
        self.bin.mkdir()
        for name in COPIED:
            shutil.copy(ROOT / name, self.checkout / name)
        for tool in ("sh", "cp", "mkdir"):
            (self.bin / tool).symlink_to(shutil.which(tool))

    def add(self, name, body):
        """Put a program on the PATH; it writes down each of its calls."""
        program = self.bin / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> "{self.bin.parent}/calls"\n{body}\n')
        program.chmod(0o755)

    def start(self, *words, options=(), **variables):
        command = [sys.executable, "-I", *options, self.checkout / "start.py", *words]
        env = {"PATH": str(self.bin)} | variables
        return subprocess.run(command, env=env, cwd=self.bin, capture_output=True, text=True)

    def setup(self, *words, **variables):
        return self.start("setup", *(words or ["lab"]), **variables)

    def calls(self):
        log = self.bin.parent / "calls"
        text = log.read_text() if log.exists() else ""
        log.unlink(missing_ok=True)
        return text

    def state(self, venv=".venv"):
        file = self.checkout / venv / "ready.json"
        return json.loads(file.read_text()) if file.exists() else {}

    def ready(self, venv=".venv"):
        return sorted(self.state(venv).get("ready", {}))


# An uv that makes environments whose python says that it is 3.12, and otherwise what it was called with.
PYTHON = '#!/bin/sh\\ncase "$*" in *version_info*) echo 3.12 ;; *) echo "ran $*"; exit 7 ;; esac\\n'
UV = f"""
case "$*" in
    --version) echo "uv 0.9.30" ;;
    *" venv "*)
        for last; do :; done
        mkdir -p "$last/bin"
        printf '{PYTHON}' > "$last/bin/python"
        /bin/chmod +x "$last/bin/python" ;;
esac
"""


# What it says, added to that, where it finds no Python and can fetch none.
NO_VENV = '\n[ "$3" != venv ] || { echo "error: No interpreter found for Python"; exit 2; }'


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


@posix
def test_uv_makes_the_environment_and_hands_over(machine):
    machine.add("uv", UV)
    done = machine.start("--no-browser")
    assert done.returncode == 7  # as the program ends
    assert done.stdout.endswith("ran -m course_utils lab --no-browser\n")
    assert done.stderr == ""
    calls = machine.calls()
    python = machine.checkout / ".venv/bin/python"
    assert f"uv --color never pip install --python {python} -c requirements.txt -e .[keras]\n" in calls
    assert re.search(r"uv --color never venv --seed --python >=3\.\d+\S* \.venv\n", calls)
    assert machine.ready() == ["lab", "light"]


@posix
def test_light_leaves_out_keras_and_all_of_it_can_come_later(machine):
    machine.add("uv", UV)
    assert "about 150 MB" in machine.start("--light").stdout
    assert machine.calls().endswith(" -c requirements.txt -e .\n")
    assert machine.ready() == ["light"]
    assert "about 500 MB" in machine.start().stdout
    assert " -e .[keras]\n" in machine.calls()
    assert "Installing" not in machine.start("--light").stdout


@posix
@pytest.mark.parametrize("word", ["check", "copy", "class", "collect", "class-update"])
def test_after_light_no_other_word_fetches_keras(machine, word):
    machine.add("uv", UV)
    machine.start("--light")
    done = machine.start(word)
    assert done.stdout == f"ran -m course_utils {word}\n"
    assert machine.ready() == ["light"]


@posix
@pytest.mark.parametrize("word", ["check", "copy"])
def test_without_light_these_words_bring_all(machine, word):
    machine.add("uv", UV)
    machine.start(word)
    assert machine.ready() == ["lab", "light"]


@posix
def test_what_root_installs_for_a_hub_can_be_read_by_other_accounts(machine):
    machine.add("uv", UV)
    mask = os.umask(0o077)
    try:
        machine.setup()
    finally:
        os.umask(mask)
    for path in (machine.checkout / ".venv", machine.checkout / ".venv/bin"):
        assert path.stat().st_mode & 0o055 == 0o055


@posix
@pytest.mark.parametrize(
    ("uid", "version", "variable", "expected"),
    [
        (0, (3, 12), None, "/usr/bin/python3"),
        (0, (3, 14), None, "/usr/bin/python3"),  # with Keras on JAX
        (0, (3, 9), None, ">=3.11,<3.14"),
        (0, (3, 12), "3.13", "3.13"),
        (1000, (3, 12), None, ">=3.11,<3.14"),
    ],
)
def test_root_makes_a_hub_on_a_python_that_learners_reach(start, monkeypatch, uid, version, variable, expected):
    monkeypatch.delenv("UV_PYTHON", raising=False)
    if variable:
        monkeypatch.setenv("UV_PYTHON", variable)
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    monkeypatch.setattr(start, "version_of", lambda python: version)
    monkeypatch.setattr(start, "supported", lambda: ">=3.11")
    monkeypatch.setattr(start, "preferred", lambda: ">=3.11,<3.14")
    found = {name: start.python_for(environment) for name, environment in start.environments().items()}
    assert found["hub"] == found["hub-light"] == expected
    assert found["lab"] == (variable or ">=3.11,<3.14")


@posix
@pytest.mark.parametrize("file", ["pyproject.toml", "requirements.txt"])
def test_the_second_call_installs_nothing_until_the_lists_change(machine, file):
    machine.add("uv", UV)
    machine.setup()
    machine.calls()
    done = machine.setup()
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    assert machine.calls() == ""  # not even uv is asked
    with (machine.checkout / file).open("a") as text:
        text.write("# changed\n")
    machine.setup()
    assert "pip install" in machine.calls()


@posix
def test_the_second_call_takes_no_time(machine):
    machine.add("uv", UV)
    machine.setup()
    begin = time.process_time(), os.times()
    machine.setup()
    after = os.times()
    spent = after.children_user + after.children_system - begin[1].children_user - begin[1].children_system
    assert spent < 0.3  # of the processor: on a busy machine the clock runs on


@posix
def test_a_failed_installation_is_made_anew(machine):
    machine.add("uv", UV + '\n[ "$3" != pip ] || { echo "error: No space left on device"; exit 2; }')
    done = machine.setup()
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert "could not be installed" in done.stderr
    assert machine.ready() == []
    half = machine.checkout / ".venv" / "half a package"
    half.touch()
    machine.add("uv", UV)
    done = machine.setup()
    assert "Replacing .venv" in done.stdout
    assert not half.exists()
    assert machine.ready() == ["lab", "light"]


@posix
def test_an_interrupted_installation_is_made_anew(machine):
    machine.add("uv", UV + '\n[ "$3" != pip ] || kill -9 $PPID')
    assert machine.setup().returncode == -9
    assert machine.state()["installing"] == "lab"
    machine.add("uv", UV)
    done = machine.setup()
    assert "Replacing .venv" in done.stdout
    assert machine.ready() == ["lab", "light"]
    assert machine.state()["installing"] is None


@posix
def test_without_a_network_one_sentence_says_so_and_what_was_there_stays(machine):
    machine.add("uv", UV)
    machine.setup()
    kept = machine.checkout / ".venv" / "a package"
    kept.touch()
    machine.add("uv", UV + '\n[ "$3" != pip ] || { echo "  Caused by: dns error: failed to lookup"; exit 2; }')
    done = machine.setup("test")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "there is no network, or it lets nothing through. Connect, and type the same again." in done.stderr
    assert machine.setup("lab").stdout == ""  # it is whole
    assert kept.exists()


@posix
def test_no_python_can_be_had(machine):
    machine.add("uv", UV + NO_VENV)
    done = machine.setup()
    assert done.returncode == 1
    assert re.search(
        r"The course needs a Python >=3\.\d+\. Found here: .*; and none could be fetched\.\nConnect", done.stderr
    )
    assert machine.ready() == []


@posix
def test_the_pythons_that_do_not_fit_are_named(machine):
    lists = 'echo "cpython-3.9.2-linux-x86_64-gnu    /usr/bin/python3.9"; echo "pypy-3.8.16-linux    /usr/bin/pypy"'
    machine.add("uv", UV + f'\n[ "$1" != python ] || {{ {lists}; }}' + NO_VENV)
    told = machine.setup().stderr
    here = "{}.{}.{}".format(*sys.version_info)
    assert f"Found here: 3.9.2, {here}; and none could be fetched." in told
    assert "uv --color never venv --seed --python >=3.11 .venv\n" in machine.calls()  # the second try, without an end


@posix
def test_a_newer_python_will_do_where_none_for_tensorflow_can_be_had(machine):
    fails = 'case "$*" in *venv*"<3.14"*) echo "error: No interpreter found for Python"; exit 2 ;; esac\n'
    machine.add("uv", fails + UV)
    assert machine.setup().returncode == 0
    assert machine.ready() == ["lab", "light"]


def test_a_python_out_of_range_is_told_which_one_the_course_has(start, monkeypatch, capsys):
    monkeypatch.setattr(start, "run_venv", lambda uv, folder, python: (0, ""))
    monkeypatch.setattr(start, "version_of", lambda python: (3, 13))
    monkeypatch.setattr(start, "in_range", lambda version: False)
    start.make_venv("uv", start.environments()["lab"])
    here = "{}.{}.{}".format(*sys.version_info)
    assert f"Your Python is {here}, and the course needs >=3.11: .venv has 3.13.\n" in capsys.readouterr().out


@posix
@pytest.mark.parametrize("how", ["moved", "its Python is gone", "its Python is of another time", "not a folder"])
def test_an_environment_that_cannot_work_is_replaced(machine, how):
    machine.add("uv", UV)
    machine.setup()
    python = machine.checkout / ".venv/bin/python"
    if how == "moved":
        moved = machine.checkout.with_name("elsewhere")
        machine.checkout.rename(moved)
        machine.checkout = moved
    elif how == "its Python is gone":
        python.unlink()
        python.symlink_to("/no/such/python")
    elif how == "its Python is of another time":
        python.write_text("#!/bin/sh\necho 3.4\n")
    else:
        shutil.rmtree(machine.checkout / ".venv")
        (machine.checkout / ".venv").write_text("a file")
    done = machine.setup()
    assert "Replacing .venv" in done.stdout
    assert done.returncode == 0, done.stderr
    assert machine.ready() == ["lab", "light"]


@posix
@pytest.mark.parametrize("note", ["", "{", "[]"])
def test_a_note_that_cannot_be_read_only_means_to_install_again(machine, note):
    machine.add("uv", UV)
    machine.setup()
    (machine.checkout / ".venv" / "ready.json").write_text(note)
    done = machine.setup()
    assert "Installing" in done.stdout
    assert "Replacing" not in done.stdout
    assert machine.ready() == ["lab", "light"]


@posix
def test_a_link_in_the_place_of_an_environment_goes_without_what_it_points_to(machine):
    other = machine.checkout.with_name("other")
    other.mkdir()
    (other / "mine").touch()
    (machine.checkout / ".venv").symlink_to(other)
    machine.add("uv", UV)
    assert machine.setup().returncode == 0
    assert (other / "mine").exists()
    assert not (machine.checkout / ".venv").is_symlink()


@posix
@pytest.mark.parametrize("name", ["test", "site", "slides"])
def test_the_larger_environments_serve_the_lab_too(machine, name):
    machine.add("uv", UV)
    assert machine.setup(name).returncode == 0
    group = "dev" if name == "test" else name
    assert f" -e .[keras] --group {group}\n" in machine.calls()
    assert machine.ready() == sorted(["lab", "light", name])


@posix
def test_what_uv_downloads_is_shown_in_letters_that_any_console_has(machine):
    tells = 'echo "Downloading tensorflow-cpu (250MiB)"; echo " + numpy==2.3"; printf "\\342\\225\\260\\n"; exit 2'
    machine.add("uv", UV + f'\n[ "$3" != pip ] || {{ {tells}; }}')
    done = machine.setup(PYTHONIOENCODING="cp1252", NO_COLOR="1")
    assert done.returncode == 1
    assert "  Downloading tensorflow-cpu (250MiB)\n" in done.stdout
    assert "numpy" not in done.stdout
    assert "Traceback" not in done.stderr


# --- environments of their own


@posix
def test_the_oldest_versions_stand_apart(machine):
    machine.add("uv", UV)
    machine.setup("test")
    machine.calls()
    assert machine.setup("oldest").returncode == 0
    calls = machine.calls()
    assert "venv --seed --python 3.11 .venv-oldest\n" in calls
    assert "--resolution lowest-direct -e .[keras] --group test\n" in calls
    assert machine.ready(".venv-oldest") == ["oldest"]
    assert machine.ready() == ["lab", "light", "test"]
    assert machine.setup("oldest").stdout == ""


@posix
def test_a_bound_that_falls_makes_the_oldest_environment_anew(machine):
    machine.add("uv", UV)
    machine.setup("oldest")
    left = machine.checkout / ".venv-oldest" / "a newer version"
    left.touch()
    with (machine.checkout / "pyproject.toml").open("a") as text:
        text.write("# changed\n")
    assert machine.setup("oldest").returncode == 0
    assert not left.exists()


@posix
def test_the_newest_versions_look_at_no_pin(machine):
    machine.add("uv", UV)
    assert machine.setup("newest").returncode == 0
    calls = machine.calls()
    assert " --upgrade -e .[keras] --group dev\n" in calls
    assert "requirements.txt" not in calls
    assert machine.ready(".venv-newest") == ["newest"]
    assert machine.ready() == []


@posix
def test_the_grading_stands_apart_and_goes_without_keras(machine):
    (machine.checkout / "grading").mkdir()
    shutil.copy(ROOT / "grading" / "requirements.txt", machine.checkout / "grading")
    machine.add("uv", UV)
    assert machine.setup("grading").returncode == 0
    assert machine.calls().endswith(" -c requirements.txt -r grading/requirements.txt -e .\n")
    assert machine.ready(".venv-grading") == ["grading"]
    assert machine.setup("grading").stdout == ""
    with (machine.checkout / "grading" / "requirements.txt").open("a") as text:
        text.write("# changed\n")
    machine.setup("grading")
    assert " -r grading/requirements.txt" in machine.calls()


INTO_HUB = "--compile-bytecode --reinstall-package from-sigmoid-to-mnist -r deploy/hub/requirements.txt "


@posix
def test_the_hub_gets_a_new_copy_whenever_a_lesson_changes(machine):
    for folder in ("deploy/hub", "course_utils/__pycache__", "notebooks"):
        (machine.checkout / folder).mkdir(parents=True)
    lesson = machine.checkout / "notebooks/01_sigmoid.ipynb"
    for file in (lesson, machine.checkout / "deploy/hub/requirements.txt"):
        file.write_text("{}")
    machine.add("uv", UV)
    assert machine.setup("hub").returncode == 0
    assert machine.calls().endswith(f"{INTO_HUB}.[keras]\n")
    assert machine.ready(".venv-hub") == ["hub", "hub-light"]
    (machine.checkout / "course_utils/__pycache__/a.pyc").touch()
    assert machine.setup("hub").stdout == ""
    lesson.write_text('{"cells": []}')
    assert machine.setup("hub", "--light").returncode == 0
    assert machine.calls().endswith(f"{INTO_HUB}.\n")


@posix
def test_a_list_of_passwords_leaves_the_packages_alone(start, monkeypatch, tmp_path):
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "supported", lambda: ">=3.11")
    monkeypatch.setattr(start, "preferred", lambda: ">=3.11,<3.14")
    monkeypatch.setattr(start, "hand_over", lambda command: 0)
    prepared = []
    monkeypatch.setattr(start, "prepare", prepared.append)
    start.main(["hub-users", "ada"])
    assert prepared == ["hub"]
    python = make_hub(tmp_path, start)
    start.main(["hub-users", "-ada"])
    assert prepared == ["hub"]
    start.write_state(python.parents[1], {"hub": "digest"}, installing="hub")  # and there it was ended
    start.main(["hub-users", "ada"])
    assert prepared == ["hub", "hub"]


def make_hub(root, start):
    """Leave what an installed hub leaves; give its Python."""
    python = root / ".venv-hub/bin/python"
    python.parent.mkdir(parents=True)
    python.touch()
    start.write_state(root / ".venv-hub", {"hub": "digest", "hub-light": "digest"})
    return python


@posix
@pytest.mark.parametrize("word", ["class", "collect", "class-update"])
def test_what_teachers_ask_for_runs_on_the_hubs_packages_where_there_is_a_hub(start, monkeypatch, tmp_path, word):
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "supported", lambda: ">=3.11")
    monkeypatch.setattr(start, "preferred", lambda: ">=3.11,<3.14")
    ran, prepared = [], []
    monkeypatch.setattr(start, "hand_over", lambda command: ran.append(command) or 0)
    monkeypatch.setattr(start, "prepare", prepared.append)
    (tmp_path / ".venv-hub/bin").mkdir(parents=True)
    (tmp_path / ".venv-hub/bin/python").touch()  # of a hub whose installation did not come to its end
    start.main([word, "x"])
    shutil.rmtree(tmp_path / ".venv-hub")
    python = make_hub(tmp_path, start)
    start.main([word, "x"])
    assert prepared == ["lab"]
    assert ran[0][0] == str(tmp_path / ".venv/bin/python")
    assert ran[1] == [str(python), "-m", "course_utils", word, "x"]


@posix
def test_clean_removes_what_can_be_made_anew(machine):
    kept, gone = ("work", ".hub", "notebooks"), (".venv", ".venv-hub", ".bootstrap", "build", "tests/__pycache__")
    for name in (*kept, *gone):
        (machine.checkout / name).mkdir(parents=True)
    assert machine.start("clean").returncode == 0
    assert {name for name in kept if not (machine.checkout / name).exists()} == set()
    assert {name for name in gone if (machine.checkout / name).exists()} == set()


# --- where there is no uv


class Answers:
    """Stand in for `start.run`: the exit code of a command by a word in it; uv is there once it was installed."""

    def __init__(self, **codes):
        self.codes, self.calls = codes, []

    def __call__(self, *command):
        self.calls.append(" ".join(command[1:]))
        if command[-1] == "--version" and command[-2] != "pip":
            return (0, "uv 0.9.30") if any(call.endswith(" uv") for call in self.calls) else (1, "no such file")
        return next((code for word, code in self.codes.items() if word in self.calls[-1]), 0), "words"


@pytest.fixture
def without_uv(start, monkeypatch, tmp_path):
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start.shutil, "which", lambda name: None)
    return start


def test_uv_comes_by_pip_in_a_small_environment(without_uv, monkeypatch, tmp_path):
    answers = Answers()
    monkeypatch.setattr(without_uv, "run", answers)
    assert without_uv.find_uv().startswith(str(tmp_path / ".bootstrap"))
    folder = tmp_path / ".bootstrap"
    assert answers.calls[-3:] == [f"-m venv {folder}", "-m pip install uv", "--version"]


def test_without_venv_pip_alone_will_do(without_uv, monkeypatch, tmp_path):
    answers = Answers(ensurepip=1)
    monkeypatch.setattr(without_uv, "run", answers)
    without_uv.find_uv()
    assert f"-m pip install --target {tmp_path / '.bootstrap'} uv" in answers.calls


def test_without_venv_and_pip_one_sentence_says_what_to_type(without_uv, monkeypatch):
    monkeypatch.setattr(without_uv, "run", Answers(ensurepip=1, pip=1))
    with pytest.raises(SystemExit) as stopped:
        without_uv.find_uv()
    assert "sudo apt install python3-venv" in str(stopped.value)
    assert "Or install uv: https://" in str(stopped.value)


@pytest.mark.parametrize(
    ("words", "told"),
    [("NewConnectionError: unreachable", "there is no network"), ("disk is full", "disk is full\nuv could not be")],
)
def test_uv_cannot_be_fetched(without_uv, monkeypatch, tmp_path, words, told):
    monkeypatch.setattr(without_uv, "run", lambda *command: (int("uv" in str(command[1:])), words))
    (tmp_path / ".bootstrap").mkdir()
    with pytest.raises(SystemExit, match=told):
        without_uv.find_uv()
    assert not (tmp_path / ".bootstrap").exists()


@pytest.mark.parametrize(
    ("code", "words", "is_recent"),
    [(0, "uv 0.9.30 (x)", True), (0, "uv 0.5.4", False), (1, "", False), (0, "v", False)],
)
def test_an_uv_that_is_too_old_is_not_used(start, monkeypatch, code, words, is_recent):
    monkeypatch.setattr(start, "run", lambda *command: (code, words))
    assert start.is_recent("uv") is is_recent
