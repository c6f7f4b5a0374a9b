"""Paper: a page of HTML as a PDF, where there is a Chromium to print it."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 120  # seconds


def chromium():
    """Name the Chromium of this machine; None where there is none."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


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
        options += ["--host-resolver-rules=MAP * ~NOTFOUND", "--allow-file-access-from-files"]
        options += ["--no-sandbox"] * (os.name == "posix" and os.geteuid() == 0)
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
