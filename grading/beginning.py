"""What the programs of this folder look at before they run anything, and the Python that what they start finds."""

import os
import shutil
import sys
from pathlib import Path


def path_with_this_python():
    """Give a PATH that begins with the folder of this Python: `contained` and nbgrader call programs by name."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


def end_where_nothing_contains_code(program):
    """End with a sentence where learners' code would have the machine."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        sys.exit(f"{program}: not as root. What breaks out would have the machine. Hint: your own account.")
    if shutil.which("bwrap") is None:
        sys.exit(f"{program}: there is no bubblewrap to contain the code. Hint: on a machine made for it, add --here.")


def what_is_missing(course, assignment, names=()):
    """Say which hand-ins are asked for and not there; an empty text where there are all of them."""
    found = sorted(hand_in.parent.name for hand_in in Path(course, "submitted").glob(f"*/{assignment}"))
    if not found:
        return f"there is no hand-in. Expected: submitted/NAME/{assignment}/{assignment}.ipynb."
    missing = [name for name in names if name not in found]
    if not missing:
        return ""
    return f"there is no hand-in of {', '.join(missing)}, so nothing was done. Expected: some of {', '.join(found)}."
