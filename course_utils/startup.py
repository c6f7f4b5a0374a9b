"""What the first `import course_utils` of a session sees to: that a console can print, and that a lesson can run."""

import sys
from io import TextIOWrapper
from pathlib import Path

from course_utils import beside
from course_utils.notebook import in_notebook, tell


def start() -> None:
    """Make the consoles print what they can; in a notebook, say what gets in the lesson's way."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")  # Windows' cp1252 has no ✓: a question mark serves
    if not in_notebook():
        return
    try:
        folder = Path.cwd()
        said = [f"Your file {file.name} hides {what}: rename it." for file, what in beside.hiding_files(folder)]
        other = beside.other_version(folder)
    except OSError:  # the folder has gone, or is closed: `cu.check_environment()` says so
        return
    if other:
        from course_utils.installed import START  # here, because it is slow to import, and seldom needed

        said.append(f"Careful: {other}. Type {START} in the folder of the lessons.")
    for sentence in said:
        tell(sentence)
    if said:
        tell("Then restart the kernel.")
