"""Paper: a page of HTML as a PDF, where there is a Chromium to print it."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
# on macOS and Windows a browser lies in a folder that is on no PATH
APPLICATIONS = Path("/Applications")
IN_APPLICATIONS = ("Chromium", "Google Chrome", "Microsoft Edge")
IN_PROGRAM_FILES = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
FOLDERS = ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")
PATIENCE = 120  # seconds


def chromium():
    """Name the Chromium of this machine, or what is made of it, Chrome or Edge; None where there is none."""
    on_path = filter(None, map(shutil.which, PROGRAMS))
    installed = (str(place) for place in _places() if place.is_file())
    return next(on_path, None) or next(installed, None)


def offline():
    """List the options under which a Chromium reaches no network, and starts for root, too."""
    return ["--host-resolver-rules=MAP * ~NOTFOUND"] + ["--no-sandbox"] * (os.name == "posix" and os.geteuid() == 0)


def _places():
    """List where this system keeps such a browser."""
    if sys.platform == "darwin":
        return [APPLICATIONS / f"{name}.app/Contents/MacOS/{name}" for name in IN_APPLICATIONS]
    if sys.platform == "win32":
        folders = [Path(os.environ[name]) for name in FOLDERS if name in os.environ]
        return [folder / program for folder in folders for program in IN_PROGRAM_FILES]
    return []


def to_pdf(program, page, target, budget=0):
    """Print a page, without a network, and return the number of its sheets.

    Parameters
    ----------
    program : str
        As `chromium` names it.
    page, target : Path
    budget : int
        Milliseconds that the page's scripts may take, as its own clock counts them.

    Raises
    ------
    SystemExit
        If no PDF came out.
    """
    with tempfile.TemporaryDirectory() as profile:
        options = ["--headless", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={profile}"]
        options += [*offline(), "--allow-file-access-from-files"]
        options += ["--no-pdf-header-footer", f"--print-to-pdf={target}"]
        options += [f"--virtual-time-budget={budget}"] * bool(budget)
        command = [program, *options, Path(page).resolve().as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    if not target.exists():
        raise SystemExit(f"{program} printed no {target.name}:\n{done.stderr[-1000:]}")
    return sheets_of(target)


def sheets_of(pdf):
    """Count the sheets of a PDF that Chromium has printed."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))
