#!/usr/bin/env python3
"""Set the course up and open its lessons: the same words on Linux, macOS and Windows.

    python3 start.py                   open the lessons in JupyterLab (Windows: py start.py)
    python3 start.py --fresh 01        the same, with a new copy of lesson 01 beside your own
    python3 start.py --light           the same without Keras: 150 MB to fetch instead of 500, lessons 00 to 10
    python3 start.py check             look whether everything is ready, and name the fix for what is not
    python3 start.py copy              copy the lessons, and open nothing
    python3 start.py class FOLDER      for teachers: who has solved what, who is stuck; learners' folders lie in FOLDER
    python3 start.py collect NAME      for teachers: that notebook of each learner, into submitted/
    python3 start.py class-update      for teachers: the new edition of the lessons for each learner
    python3 start.py test              run the quick tests, and every lesson once (about ten minutes)
    python3 start.py test --all        slow tests, too; then the full MNIST, and other seeds (fifty minutes or more)

For who changes the course:

    lint, check-package, check-notebooks, check-solutions         the parts of the test
    coverage    what the package's tests reach
    test-oldest, test-newest    the lowest and the newest versions that pyproject.toml allows
    refresh     run the lessons and store their outputs           bench       measure speed, on an idle machine
    site        the lessons as pages, in build/site/              slides      as slides, in build/slides/
    site-teachers    the same with the teaching notes and the assignments, in build/site-teachers/
    kit [LESSON ...]            for a class: worksheets, plans, slides without answers, as PDF in build/kit/
    grade-demo  an nbgrader course with invented learners         clean       remove environments, caches and build/
    hub, hub-users, hub-load, check-image                         JupyterHub for a class, on Linux or macOS
    setup NAME  bring one environment up to date and do no more: {environments}

The first call installs the packages, one to five minutes; the next one takes no time. It needs a Python, 3.8 or
newer, and nothing besides: uv installs the packages, and brings a Python of its own where this one does not fit.
It looks for one for which TensorFlow has a build. Where none can be had, a newer one will do, with Keras on JAX.
"""

import hashlib
import json
import operator
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
START = "py start.py" if WINDOWS else "python3 start.py"
UV_PAGE = "https://docs.astral.sh/uv/getting-started/installation"
PINNED = ["-c", "requirements.txt"]
COURSE = ".[keras]"  # with --light it is the course alone
SIZE = "about 500 MB to fetch, 2 GB on disk"
LIGHT_SIZE = "about 150 MB to fetch, 500 MB on disk"
SYSTEM_PYTHON = "/usr/bin/python3"


class Environment:
    """A folder of packages: what uv installs into it, and which smaller ones it then serves as well."""

    def __init__(self, folder, install, serves=(), watch=(), python=None, size=SIZE):
        self.folder = folder
        self.install = install
        self.serves = serves
        self.watch = ["pyproject.toml", "requirements.txt", *watch]  # a change there means: install again
        self.python = python or os.environ.get("UV_PYTHON") or preferred()
        self.size = size


def pyproject():
    return (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def supported():
    """Give the range of Pythons that the course runs on, such as ``>=3.11``; it stands in pyproject.toml."""
    return re.search(r'^requires-python = "(.+)"', pyproject(), flags=re.MULTILINE).group(1)


def preferred():
    """Give the part of that range for which TensorFlow has a build, such as ``>=3.11,<3.14``."""
    end = re.search(r'"tensorflow>=[^"]*python_version < \'([\d.]+)\'', pyproject()).group(1)
    return f"{supported()},<{end}"


def environments():
    """Describe every environment of the course, by its name."""
    lowest = re.search(r">=([\d.]+)", supported()).group(1)
    all_in_one = ("lab", "light")
    from_here = ["-e", COURSE]
    tools = ["--group", "dev"]
    compiled = ["--compile-bytecode"]  # tests start many processes, and some machines keep none: then Keras takes 20 s
    copied = ["deploy/hub/requirements.txt", "course_utils", "notebooks"]
    # Learners of a hub share a copy of the course: bytecode is compiled for them, and an older copy is replaced.
    into_hub = ["--compile-bytecode", "--reinstall-package", "from-sigmoid-to-mnist", "-r", copied[0]]
    return {
        "lab": Environment(".venv", PINNED + from_here, ("light",)),
        "light": Environment(".venv", PINNED + ["-e", "."], size=LIGHT_SIZE),
        "test": Environment(".venv", PINNED + compiled + from_here + tools, all_in_one),
        "site": Environment(".venv", PINNED + from_here + ["--group", "site"], all_in_one),
        "slides": Environment(".venv", PINNED + from_here + ["--group", "slides"], all_in_one),
        "oldest": Environment(
            ".venv-oldest",
            compiled + ["--resolution", "lowest-direct"] + from_here + ["--group", "test"],
            python=lowest,
        ),
        "newest": Environment(".venv-newest", compiled + ["--upgrade"] + from_here + tools),
        "hub": Environment(".venv-hub", PINNED + into_hub + [COURSE], ("hub-light",), copied),
        "hub-light": Environment(".venv-hub", PINNED + into_hub + ["."], watch=copied, size=LIGHT_SIZE),
        "grading": Environment(
            ".venv-grading",
            PINNED + ["-r", "grading/requirements.txt", "-e", "."],
            watch=["grading/requirements.txt"],
            size=LIGHT_SIZE,
        ),
    }


# A word, the environment that it needs, and what Python runs there; the words after it follow.
COURSE_UTILS = ["-m", "course_utils"]
TASKS = ["scripts/tasks.py"]
COMMANDS = {
    "lab": ("lab", COURSE_UTILS + ["lab"]),
    "copy": ("lab", COURSE_UTILS + ["copy"]),
    "check": ("lab", COURSE_UTILS + ["check"]),
    "class": ("lab", COURSE_UTILS + ["class"]),
    "collect": ("lab", COURSE_UTILS + ["collect"]),
    "class-update": ("lab", COURSE_UTILS + ["class-update"]),
    "test": ("test", TASKS + ["test"]),
    "test-oldest": ("oldest", TASKS + ["versions"]),
    "test-newest": ("newest", TASKS + ["versions"]),
    "lint": ("test", TASKS + ["lint"]),
    "check-package": ("test", TASKS + ["package"]),
    "coverage": ("test", TASKS + ["coverage"]),
    "check-notebooks": ("test", TASKS + ["notebooks"]),
    "check-solutions": ("test", TASKS + ["solutions"]),
    "refresh": ("test", TASKS + ["refresh"]),
    "bench": ("test", TASKS + ["bench"]),
    "site": ("site", TASKS + ["site"]),
    "site-teachers": ("site", TASKS + ["site-teachers"]),
    "slides": ("slides", TASKS + ["slides"]),
    "kit": ("slides", TASKS + ["kit"]),
    "grade-demo": ("grading", ["grading/demo.py"]),
    "hub-users": ("hub", ["deploy/hub/users.py"]),
    "hub-load": ("hub", ["benchmarks/hub_load.py"]),
    "check-image": ("hub", TASKS + ["image"]),
}
LIGHT = {"lab": "light", "hub": "hub-light"}
OF_A_CLASS = ("class", "collect", "class-update")  # where there is a hub, they run on what it has installed
NEED_NO_KERAS = ("check", "copy") + OF_A_CLASS  # after --light they fetch nothing more
LEAVES_ALONE = ("hub-users",) + OF_A_CLASS  # a class may be at work: what is installed stays
POSIX_ONLY = ("hub", "hub-users", "hub-load", "check-image")
CACHES = (".bootstrap", ".pytest_cache", ".ruff_cache", ".mypy_cache", ".import_linter_cache", ".hypothesis")
RESULTS = (".coverage", "htmlcov", "build", "dist")


def stop(*lines):
    """End with a sentence on stderr, and the exit code 1."""
    sys.exit("\n".join(lines))


def say(*words):
    print(*words, flush=True)


# --- one environment


def python_of(folder):
    """Name the Python of an environment, which need not be there."""
    return Path(folder) / ("Scripts/python.exe" if WINDOWS else "bin/python")


def version_of(python):
    """Ask a Python for its version, as (3, 13); None where it does not run."""
    command = [str(python), "-I", "-S", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        told = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    except OSError:
        return None
    found = re.match(r"(\d+)\.(\d+)$", told.stdout.strip())
    return tuple(map(int, found.groups())) if found and told.returncode == 0 else None


def in_range(version):
    """Tell whether the course runs on this version of Python."""
    compare = {">=": operator.ge, "<": operator.lt}
    bounds = re.findall(r"(>=|<)(\d+)\.(\d+)", supported())
    return version is not None and all(compare[sign](version, (int(a), int(b))) for sign, a, b in bounds)


def digest(environment):
    """Sum up all that an installation depends on: what is asked for, and every file that says more about it."""
    total = hashlib.sha256(repr(environment.install).encode())
    for name in environment.watch:
        path = ROOT / name
        files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
        for file in files:
            if "__pycache__" not in file.parts:
                total.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return total.hexdigest()


def read_state(folder):
    """Read what an earlier call has noted about an environment; nothing where there is no note to be read."""
    try:
        state = json.loads((folder / "ready.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def write_state(folder, ready, installing=None):
    """Note which environments a folder holds, and which one is being installed, for the next call."""
    state = {"folder": str(ROOT), "ready": ready, "installing": installing}
    (folder / "ready.json").write_text(json.dumps(state, indent=1), encoding="utf-8")


def prepare(name):
    """Bring an environment up to date; where it is, this takes a moment."""
    environment = environments()[name]
    folder = ROOT / environment.folder
    python = python_of(folder)
    state = read_state(folder)
    wanted = digest(environment)
    is_whole = state.get("folder", str(ROOT)) == str(ROOT) and not state.get("installing")
    is_usable = is_whole and in_range(version_of(python))
    if is_usable and state.get("ready", {}).get(name) == wanted:
        return

    uv = find_uv()
    if os.path.lexists(str(folder)) and (not is_usable or name == "oldest"):  # lowered bounds leave newer versions
        say(f"Replacing {environment.folder}, which is broken, unfinished, moved or out of date ...")
        remove(folder)
        state = {}
    mask = os.umask(0o022)  # other accounts read what a hub installs
    try:
        if not folder.exists():
            make_venv(uv, environment)
        install(name, environment, uv, state.get("ready", {}))
    finally:
        os.umask(mask)


def install(name, environment, uv, ready):
    """Install the packages of an environment, and note it beside those that its folder holds already."""
    folder = ROOT / environment.folder
    write_state(folder, ready, installing=name)
    say(f"Installing the packages: {environment.size}, once; 1-5 minutes ...")
    code, words = run_uv(uv, "pip", "install", "--python", str(python_of(folder)), *environment.install)
    if code and is_unreachable(words):
        write_state(folder, ready)  # nothing was touched yet
        stop(NO_NETWORK)
    if code:
        stop(words.strip(), "", "The packages could not be installed: what uv says stands above.")
    served = {each: digest(environments()[each]) for each in (name,) + tuple(environment.serves)}
    write_state(folder, dict(ready, **served))
    say("The environment is ready.")


def make_venv(uv, environment):
    """Make an environment on the best Python that can be had, and say which one it is where this one does not fit."""
    say(f"Making {environment.folder} ...")
    code, told = run_venv(uv, environment.folder, python_for(environment))
    if code and environment.python == preferred():
        code, told = run_venv(uv, environment.folder, supported())
    if "No interpreter found" in told:
        found = ", ".join(installed_pythons(uv))
        what = f"The course needs a Python {supported()}. Found here: {found}; and none could be fetched."
        stop(what, "Connect to a network and type the same again, or install such a Python first.")
    if code and is_unreachable(told):
        stop(NO_NETWORK)
    if code:
        stop(told.strip(), "", "The environment could not be made: what uv says stands above.")
    if not in_range(sys.version_info[:2]):
        got = "{}.{}".format(*version_of(python_of(ROOT / environment.folder)) or ("?", "?"))
        say(f"Your Python is {this_python()}, and the course needs {supported()}: {environment.folder} has {got}.")


def python_for(environment):
    """Name the Python that an environment is made with: for learners' accounts, where root makes it, the system's.

    They cannot enter root's home, where uv keeps a Python of its own.
    """
    is_for_accounts = environment.folder == ".venv-hub" and not WINDOWS and os.geteuid() == 0
    if is_for_accounts and "UV_PYTHON" not in os.environ and in_range(version_of(SYSTEM_PYTHON)):
        return SYSTEM_PYTHON
    return environment.python


def run_venv(uv, folder, python):
    code, told = run_uv(uv, "venv", "--seed", "--python", python, folder)  # with pip, for learners' %pip
    if code:
        remove(ROOT / folder)
    return code, told


def this_python():
    return "{}.{}.{}".format(*sys.version_info[:3])


def installed_pythons(uv):
    """List the versions of the Pythons on this machine: the one that runs this file, and those that uv sees."""
    _, told = run(uv, "python", "list", "--only-installed")
    versions = {this_python(), *re.findall(r"^cpython-(\d+\.\d+\.\d+)", told, flags=re.M)}
    return sorted(versions, key=lambda version: [int(part) for part in version.split(".")])


def remove(path):
    """Take a file or a folder away; of a link the link alone, never what it points to."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(str(path))
        elif os.path.lexists(str(path)):
            path.unlink()
    except OSError as error:
        stop(f"{error.filename} cannot be removed ({error.strerror}). Close what uses it, and type the same again.")


# --- uv

NO_NETWORK = (
    "The packages could not be fetched: there is no network, or it lets nothing through."
    " Connect, and type the same again."
)


def is_unreachable(words):
    """Tell whether a failure's words, uv's or pip's, speak of the network."""
    signs = r"dns error|error sending request|tcp connect|connection (refused|reset|timed)|timed out|NewConnectionError"
    signs += r"|Failed to fetch|Could not connect|name resolution|No matching distribution found for uv$"
    return re.search(signs, words, flags=re.I | re.M) is not None


def find_uv():
    """Give the uv on the PATH, or else one that pip installs into .bootstrap/, once."""
    found = shutil.which("uv")
    if found and is_recent(found):
        return found
    folder = ROOT / ".bootstrap"
    own = python_of(folder).with_name("uv.exe" if WINDOWS else "uv")
    if is_recent(str(own)):
        return str(own)
    say("Fetching uv, which installs the packages: 20 MB, seconds ...")
    remove(folder)
    if run(sys.executable, "-c", "import ensurepip, venv")[0] == 0:
        code, words = run(sys.executable, "-m", "venv", str(folder))
        if code == 0:
            code, words = run(str(python_of(folder)), "-m", "pip", "install", "uv")
    elif run(sys.executable, "-m", "pip", "--version")[0] == 0:  # Debian's python3-pip without python3-venv
        code, words = run(sys.executable, "-m", "pip", "install", "--target", str(folder), "uv")
    else:
        stop(
            "This Python can install nothing: it has neither venv nor pip.",
            "Debian and Ubuntu: sudo apt install python3-venv.  Or install uv: " + UV_PAGE,
            "Then type the same again: " + START,
        )
    if code or not is_recent(str(own)):
        remove(folder)
        stop(NO_NETWORK if is_unreachable(words) else words.strip() + "\nuv could not be installed; see " + UV_PAGE)
    return str(own)


def is_recent(uv):
    """Tell whether this uv runs, and knows dependency groups."""
    code, words = run(uv, "--version")
    found = re.match(r"uv (\d+)\.(\d+)", words)
    return code == 0 and found is not None and tuple(map(int, found.groups())) >= (0, 7)


def run(*command):
    """Run a command silently; give its exit code, and all that it wrote."""
    quiet = dict(os.environ, PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1", PYTHONUTF8="1")
    try:
        done = subprocess.run(command, cwd=str(ROOT), env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except OSError as error:
        return 1, str(error)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def run_uv(uv, *words):
    """Run uv and show which large packages it fetches; give its exit code, and all that it wrote."""
    command = [uv, "--color", "never"] + list(words)
    told = []
    with subprocess.Popen(command, cwd=str(ROOT), stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        for line in process.stdout:
            told.append(line.decode("utf-8", "replace"))
            if told[-1].startswith("Downloading"):
                say("  " + told[-1].strip())
    return process.returncode, "".join(told)


# --- the command line


def hand_over(command):
    """Let a program take the place of this one, and end as it ends."""
    sys.stdout.flush()
    if not WINDOWS:
        os.execv(command[0], command)
    process = subprocess.Popen(command)  # Windows has no exec: its own would end this process at once
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the program gets it, too, and decides
            continue


def clean():
    """Remove what can be made anew; work/ and .hub/ stay."""
    if Path(sys.prefix).parent == ROOT:
        stop("This Python lies in an environment that would go. Leave it with `deactivate`, and type the same again.")
    folders = {environment.folder for environment in environments().values()}
    for name in [*folders, *CACHES, *RESULTS]:
        remove(ROOT / name)
    for folder in ("course_utils", "grading", "scripts", "tests"):
        for cache in list((ROOT / folder).rglob("__pycache__")):
            remove(cache)
    return 0


def has_hub():
    """Tell whether the packages of a hub are there as a whole, even if newer ones are asked for by now."""
    folder = ROOT / environments()["hub"].folder
    state = read_state(folder)
    noted = {"hub", "hub-light"} & set(state.get("ready", {}))
    return python_of(folder).exists() and bool(noted) and not state.get("installing")


def command_of(words):
    """Split the words into the command, `lab` where there is none, and what follows it."""
    if words and not words[0].startswith("-"):
        return words[0], words[1:]
    return "lab", words


def main(words):
    """Do what the words say; give the exit code."""
    if words[:1] in (["-h"], ["--help"], ["help"]):
        say(__doc__.strip().format(environments=", ".join(environments())))
        return 0
    is_light = "--light" in words
    word, more = command_of([each for each in words if each != "--light"])
    if WINDOWS and word in POSIX_ONLY:
        stop("JupyterHub runs on Linux and macOS.")
    if word == "clean":
        return clean()
    if word == "hub":
        return hand_over(["/bin/sh", str(ROOT / "deploy/hub/start")] + ["--light"] * is_light)
    if word == "setup":
        unknown = [name for name in more if name not in environments()]
        if unknown or not more:
            stop("setup: which environment? Expected: {}.".format(", ".join(environments())))
        for name in more:
            prepare(LIGHT.get(name, name) if is_light else name)
        return 0
    if word not in COMMANDS:
        stop(f"{word}: not a word of start.py. `{START} --help` lists them.")
    name, arguments = COMMANDS[word]
    if is_light and name not in LIGHT:
        stop(f"{word} needs everything; --light is for lab, check, copy and the hub.")
    if word in NEED_NO_KERAS:
        ready = read_state(ROOT / environments()["light"].folder).get("ready", {})
        is_light = is_light or ("light" in ready and "lab" not in ready)
    leaves_alone = word in LEAVES_ALONE and has_hub()
    if leaves_alone:
        name = "hub"
    python = python_of(ROOT / environments()[name].folder)
    if not leaves_alone:
        prepare(LIGHT[name] if is_light and name in LIGHT else name)
    if arguments[0] != "-m":
        arguments = [str(ROOT / arguments[0])] + arguments[1:]
    return hand_over([str(python)] + arguments + more)


if __name__ == "__main__":
    if sys.version_info < (3, 8):  # noqa: UP036 (here an older one may arrive)
        stop("start.py needs Python 3.8 or newer; this is {}.{}.".format(*sys.version_info[:2]))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a Windows console may not know a character of uv's
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        stop("", "Stopped. The next call makes good what is unfinished.")
    except OSError as error:
        stop(f"{error.filename or 'Something'} cannot be used: {error.strerror or error}.")
