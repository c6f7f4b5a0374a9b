"""Runs JupyterHub and ends it: within five seconds, however busy the machine and however many servers there are.

JupyterHub ends servers kindly, and on a busy machine that takes a minute. It gets a moment for it; then all that it
has started is ended at once. What learners have saved is on the disk, and more than that no end could save.
"""

import contextlib
import pwd
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from course_utils.class_files.homes import is_made_by_hub

HERE = Path(__file__).resolve().parent
HUB = [sys.executable, "-P", "-m", "jupyterhub", "-f", str(HERE / "jupyterhub_config.py")]
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl+C, systemd, a window that is closed
KINDLY = 2.5  # s that JupyterHub has for ending by itself
FIRST_WORD = "Ending the hub, and all servers with it ..."
LAST_WORD = "The hub has ended, and all servers with it. What was saved is in the learners' homes."


class AskedToEndError(Exception):
    """Somebody wants the hub to end."""


def asked_to_end(*_):
    """Leave whatever waits; a second Ctrl+C changes nothing."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise AskedToEndError


def started_by(hub):
    """Give the processes that the hub has started: its proxy, its services, the servers and their kernels."""
    try:
        return psutil.Process(hub.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def is_hubs_own(uid):
    """Tell whether an account is one that the hub has made, so that all its processes may end."""
    try:
        return is_made_by_hub(pwd.getpwuid(uid))
    except KeyError:
        return False


def accounts_of(processes):
    """Give the learners' accounts, by number, under which these processes run."""
    found = set()
    for process in processes:
        with contextlib.suppress(psutil.Error):  # it may end while we look
            found.add(process.uids().real)
    return {uid for uid in found if is_hubs_own(uid)}


def of_accounts(uids):
    """Give all processes of these accounts, also those that left the hub's family, such as by `setsid`."""
    every = psutil.process_iter(["uids"])
    return [process for process in every if process.info["uids"] and process.info["uids"].real in uids]


def kill(processes):
    """End processes at once; one that has ended already is none of our business."""
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.kill()


def end(hub):
    """Let the hub end, kindly for a moment, and then whatever is left of it and of its learners' processes."""
    family = started_by(hub)
    learners = accounts_of(family)
    hub.terminate()
    try:
        hub.wait(KINDLY)
    except subprocess.TimeoutExpired:
        family += started_by(hub)
        hub.kill()  # first, so that it starts nothing more
        hub.wait()
    kill([*family, *of_accounts(learners)])


def main():
    """Run the hub until it ends, or until somebody wants it to; give the exit code."""
    hub = subprocess.Popen(HUB, start_new_session=True)  # Ctrl+C reaches this program alone
    try:
        for number in SIGNALS:
            signal.signal(number, asked_to_end)
        return hub.wait()
    except AskedToEndError:
        begin = time.perf_counter()
        print(FIRST_WORD, flush=True)
        end(hub)
        print(f"{LAST_WORD} ({time.perf_counter() - begin:.0f} s)", flush=True)
        return 0


if __name__ == "__main__":
    sys.exit(main())
