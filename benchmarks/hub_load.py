"""A class of learners on one JupyterHub: do all finish, does each see only what is theirs, what do they need?

    sudo python3 start.py hub-load                             twelve learners, one BLAS thread each, then two
    sudo python3 start.py hub-load --learners 2 --threads 1

Each logs in, runs lesson 05 to its end and lesson 08 on the embedded digits, without a pause for thought. Then each
tries what nobody may do. Accounts are made for the test and removed after it, so it has to run as root.
What is found is printed; --write also keeps it in results/hub_load.json and hub_load.md.
"""

import argparse
import contextlib
import dataclasses
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import hub_checks
import hub_report
import requests
from hub_learner import Learner
from hub_memory import Memory, processes

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "hubload-"  # of the accounts that the test makes and removes
TEACHER = f"{PREFIX}teacher"
PROCESSES, FILE = 300, 500_000_000  # bounds of a learner, low enough to be reached in a moment


@dataclasses.dataclass(frozen=True)
class Hub:
    """A hub that runs: those on its list, its process, its folder, and what it was started with."""

    learners: list
    teacher: Learner
    pid: int
    state: Path
    env: dict

    def users(self, *words):
        """Change the list of those who may log in; give the exit code."""
        return list_of_users(self.env, *words).returncode


@contextlib.contextmanager
def hub(count, threads, data):
    """Start a hub on a free port with so many learners and a teacher."""
    names = [f"{PREFIX}{i:02}" for i in range(1, count + 1)]
    state = Path(tempfile.mkdtemp(prefix="load-of-a-hub-"))
    own = {"HUB_STATE": str(state), "HUB_PORT": str(free_port()), "HUB_THREADS": str(threads)}
    own |= {"HUB_TEACHERS": TEACHER, "HUB_PROCESSES": str(PROCESSES), "HUB_FILE": str(FILE)}
    env = os.environ | own | {"HUB_AUTH": "passwords", "COURSE_UTILS_MNIST": data}
    made = list_of_users(env, *names, TEACHER).stdout
    address = f"http://127.0.0.1:{own['HUB_PORT']}"
    with open(state / "log", "w") as log:
        process = subprocess.Popen([ROOT / "deploy/hub/start"], env=env, stdout=log, stderr=log)
        try:
            wait_for(f"{address}/hub/health", process, state / "log")
            *learners, teacher = [Learner(address, *line.split()) for line in made.splitlines()]
            yield Hub(learners, teacher, process.pid, state, env)
        finally:
            begin = time.perf_counter()
            process.send_signal(signal.SIGTERM)
            process.wait(120)
            print(f"The hub ended in {time.perf_counter() - begin:.1f} s.", flush=True)
            remove_accounts()
            shutil.rmtree(state)


def list_of_users(env, *words):
    """Call the program that changes the list of those who may log in."""
    command = [sys.executable, ROOT / "deploy/hub/users.py", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(page, process, log):
    web = requests.Session()
    web.trust_env = False  # a proxy of the environment would answer in the hub's place
    for _ in range(600):
        with contextlib.suppress(requests.ConnectionError):
            if web.get(page, timeout=5).ok:
                return
        if process.poll() is not None:
            break
        time.sleep(0.5)
    sys.exit(f"The hub did not start.\n{log.read_text()}")


def accounts():
    """Give the accounts of the test's learners, by name."""
    return {account.pw_name: account for account in pwd.getpwall() if account.pw_name.startswith(PREFIX)}


def remove_accounts():
    for name, account in accounts().items():
        for process in processes(account.pw_uid):
            process.kill()
        subprocess.run(["userdel", "--remove", name], check=False, capture_output=True)


def enter(learner):
    """Log in and start the server; give the seconds of both."""
    begin = time.perf_counter()
    assert learner.login() == 200, f"{learner.name}: the right password was refused"
    seconds = {"log in": time.perf_counter() - begin, "the server starts": learner.start()}
    account = accounts()[learner.name]
    learner.uid, learner.home = account.pw_uid, Path(account.pw_dir)
    return seconds


def run_lesson(learner, lesson):
    """Run every cell and save; give the seconds. An error in a cell ends the test."""
    begin = time.perf_counter()
    notebook = learner.open(lesson)
    for cell in notebook.cells():
        errors = [output["evalue"] for output in cell["outputs"] if output["output_type"] == "error"]
        assert not errors, f"{learner.name}, {lesson}, cell {cell['id']}: {errors}"
    notebook.save()
    notebook.close()
    return time.perf_counter() - begin


def survive(learner, lesson):
    """Half-way through a lesson the server is killed: it has to come back, and the notebook as it was saved."""
    notebook = learner.open(lesson)
    for _, _cell in zip(range(10), notebook.cells(), strict=False):
        pass
    notebook.save()
    before = learner.ask("get", f"contents/{lesson}")["content"]["cells"]
    killed = processes(learner.uid)
    next(process for process in killed if "learner.py" in " ".join(process.cmdline())).kill()
    begin = time.perf_counter()
    learner.start()
    seconds = time.perf_counter() - begin
    assert learner.ask("get", f"contents/{lesson}")["content"]["cells"] == before, "the notebook is not as saved"
    assert any(cell.get("outputs") for cell in before), "nothing had been saved"
    time.sleep(5)  # an orphaned kernel looks for its parent every second
    left = [process.pid for process in killed if process.is_running()]
    assert not left, f"processes of the killed server are still there: {left}"
    return {"a killed server is back": seconds}


def lessons_of(learner, lessons, first):
    """Do what one learner does; the first one's server is killed on the way."""
    seconds = enter(learner)
    if learner is first:
        seconds |= survive(learner, lessons[0])
    return seconds | {f"lesson {lesson[:2]}": run_lesson(learner, lesson) for lesson in lessons}


def measure(count, threads, lessons, data):
    """Let a class work; give what was measured, as data for the report."""
    with hub(count, threads, data) as running:
        learners, state = running.learners, running.state
        refused = {"wrong passwords": hub_checks.wrong_passwords(learners)}
        begin = time.perf_counter()
        uids = lambda: [account.pw_uid for account in accounts().values()]  # noqa: E731  (asked again and again)
        with Memory(running.pid, uids) as memory, ThreadPoolExecutor(count) as pool:
            steps = list(pool.map(lambda learner: lessons_of(learner, lessons, learners[0]), learners))
        seconds = time.perf_counter() - begin
        refused |= hub_checks.isolation(learners, state)
        refused |= hub_checks.last_checks(learners, running.teacher, running.users, state, (PROCESSES, FILE))
    return {
        "learners": count,
        "threads": threads,
        "lessons": [lesson[:2] for lesson in lessons],
        "data": "the embedded digits" if data == "digits" else "the full MNIST",
        "seconds": seconds,
        "steps": steps,
        "memory": {"each": sorted(memory.peak.values()), "together": memory.together, "hub": memory.hub},
        "refused": refused,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--learners", type=int, default=12)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2], help="BLAS threads of each learner")
    parser.add_argument("--lessons", nargs="+", default=["05", "08"])
    parser.add_argument("--data", default="digits", help="or a file of the full MNIST that everybody may read")
    parser.add_argument("--write", action="store_true", help="keep what was measured in benchmarks/results/")
    options = parser.parse_args()
    if options.learners < 2:
        parser.error("--learners: two at least, or nobody could reach for another's server")
    if os.geteuid() != 0:
        sys.exit("The test makes an account for each learner, and removes it. Hint: sudo python3 start.py hub-load")
    if accounts():
        sys.exit(f"There are accounts already: {', '.join(accounts())}. Hint: an earlier test was cut; remove them.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("cut short"))  # the accounts are removed all the same
    lessons = [next((ROOT / "notebooks").glob(f"{number}_*.ipynb")).name for number in options.lessons]
    for threads in options.threads:
        hub_report.add(measure(options.learners, threads, lessons, options.data), is_kept=options.write)
    if options.write:
        hub_report.write()


if __name__ == "__main__":
    main()
