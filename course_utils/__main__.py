"""The command line: ``python -m course_utils lab | copy | check | class | collect | class-update``."""

import argparse
import os
import sys
from pathlib import Path

from . import environment


def build_parser():
    """Build the parser of the commands."""
    parser = argparse.ArgumentParser(prog="python -m course_utils", description="From Sigmoid to MNIST")
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="lab | copy | check | class | collect | class-update"
    )
    lab = commands.add_parser("lab", allow_abbrev=False, help="copy new lessons, then open JupyterLab in work/")
    copy = commands.add_parser("copy", help="copy the lessons that are not in work/ yet")
    commands.add_parser("check", help="check the environment; names the fix for each failure")
    board = commands.add_parser("class", help="a page for teachers: who has solved what, and who is stuck")
    board.add_argument("folder", type=Path, help="it holds a folder for each learner: homes, or copies of them")
    board.add_argument("--port", type=port_number, default=0, help="of the page on 127.0.0.1; a free one, if not given")
    board.add_argument("--once", type=Path, metavar="FILE", help="write the page into a file, and end")
    hand_ins = commands.add_parser("collect", help="for teachers: one notebook of each learner, into a folder")
    hand_ins.add_argument("assignment", help="the notebook's name, such as logistic_regression")
    hand_ins.add_argument(
        "--into", type=Path, default=Path("submitted"), metavar="FOLDER", help="submitted/ by default"
    )
    update = commands.add_parser("class-update", help="for teachers: the new edition of the lessons for each learner")
    for command in (hand_ins, update):
        text = "it holds a folder for each learner; without it, the homes of the hub's learners, for root"
        command.add_argument("--from", dest="folder", type=Path, metavar="FOLDER", help=text)
    for command in (lab, copy):
        command.add_argument("--fresh", metavar="LESSON", help="one more copy of a lesson, beside your own: --fresh 05")
        command.add_argument("--blank", metavar="LESSON", help="a copy without prose, to explain aloud: --blank 05")
    return parser


def port_number(word):
    """Read the number of a port; a word that is none ends the command with a sentence."""
    if not word.isdecimal() or int(word) > 65535:
        raise argparse.ArgumentTypeError(f"no port. Expected: a number from 0 to 65535. Received: {word}.")
    return int(word)


def copy(fresh=None, blank=None):
    """Bring new lessons into ``work/`` and say what was copied and what was kept."""
    from . import workspace

    lessons, work = workspace.find_lessons(), workspace.find_work()
    place, whole = workspace.spoken(work), workspace.outer_work(work)
    if work != whole:
        print(f"{whole.name}/ holds the first edition of the course and stays as it is; the second is in {place}.")
    if fresh is not None:
        print(f"New copy: {place}{workspace.fresh_copy(fresh, lessons, work)}")
    if blank is not None:
        print(f"Without prose: {place}{workspace.blank_copy(blank, lessons, work)}")
    copied, kept = workspace.copy_lessons(lessons, work)
    for names, what in ((copied, "Copied to"), (kept, "Kept as you left them in")):
        if names:
            print(f"{what} {place}: {', '.join(names)}")
    return work


def lab(work, more):
    """Open JupyterLab in `work` on the start page; its token stays on, and older lessons can be reached."""
    from jupyterlab.labapp import LabApp

    from . import workspace

    os.environ.setdefault("JUPYTER_PREFER_ENV_PATH", "1")  # this environment's kernel before any other
    whole, start = workspace.outer_work(work), work / workspace.START
    page = f"/lab/tree/{start.relative_to(whole).as_posix()}" if start.exists() else "/lab"
    # Defaults of ours, below the user's own settings: no question about news, no look for a new version.
    settings = Path(__file__).with_name("lab_settings")
    own = [f"--ServerApp.root_dir={whole}", f"--LabApp.default_url={page}", f"--LabApp.app_settings_dir={settings}"]
    if is_root() and "--allow-root" not in more:
        print("You are root here, and JupyterLab starts for root only with --allow-root: it is told so.")
        own.append("--allow-root")
    LabApp.launch_instance([*own, *more])


def show_class(folder, port, file):
    """Show the board of a class, or write it into a file; return the exit code."""
    from .class_board import serve

    try:
        if file is None:
            serve.serve(folder, port)
        else:
            file.write_text(serve.page_of_folder(folder), encoding="utf-8")
            print(f"Written: {file}")
    except OSError as error:
        print(f"class: {error.filename or folder}: {error.strerror or error}.", file=sys.stderr)
        return 1
    return 0


def collect(folder, assignment, into):
    """Collect hand-ins, with a line for each learner; return the exit code."""
    from .class_files.collect import collect as collect_files
    from .class_files.homes import find_homes, printable

    found = collect_files(find_homes(folder), assignment, into)
    for name, problem in found.items():
        print(f"{printable(name):25} {f'not collected: {problem}' if problem else 'collected'}")
    return int(any(found.values()))


def update_class(folder):
    """Bring the new edition of the lessons to each learner, with a line for each; return the exit code."""
    from .class_files.homes import find_homes, printable
    from .class_files.update import FAILED
    from .class_files.update import update_class as update

    found = update(find_homes(folder))
    for name, said in found.items():
        print(f"{printable(name):25} {said}")
    return int(any(said.startswith(FAILED) for said in found.values()))


def for_teachers(options):
    """Run one of the commands that reach into learners' folders; return the exit code."""
    try:
        if options.command == "collect":
            return collect(options.folder, options.assignment, options.into)
        return update_class(options.folder)
    except (OSError, ValueError) as error:
        print(f"{options.command}: {error}", file=sys.stderr)
        return 1


def is_root():
    """Tell whether this is the user who may do everything, as in most containers; Windows has none."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def copy_and_open(options, more):
    """Copy the lessons, and open them where that is asked for; return the exit code."""
    from .workspace import WorkspaceError

    try:
        work = copy(options.fresh, options.blank)
    except WorkspaceError as error:
        print(error, file=sys.stderr)
        return 1
    if options.command == "lab":
        lab(work, more)
    return 0


def main(argv=None):
    """Run one command.

    `check` runs where packages are missing; all others are imported only when they are asked for.

    Parameters
    ----------
    argv : list of str, optional
        The words after ``python -m course_utils``. What ``lab`` does not know goes on to JupyterLab.

    Returns
    -------
    int
        0 when all is well, 1 when something is in the way. Wrong words end with 2.
    """
    parser = build_parser()
    options, more = parser.parse_known_args(argv)
    if more and options.command != "lab":
        parser.error(f"unknown: {' '.join(more)}")
    if options.command == "check":
        return 0 if environment.check_environment(details=True) else 1
    try:
        if options.command == "class":
            return show_class(options.folder, options.port, options.once)
        if options.command in ("collect", "class-update"):
            return for_teachers(options)
        return copy_and_open(options, more)
    except ModuleNotFoundError as error:
        print(f"{error.name} is not installed. Hint: python -m course_utils check", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
