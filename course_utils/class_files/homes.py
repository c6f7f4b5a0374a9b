"""Where the learners of a class have their files: accounts that the hub has made, or folders in a folder."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_utils.checks import argument_error

MARK = "learner of the course"  # in an account's comment: the hub has made it
GROUP = "learners"  # of accounts that log in with their own password


@dataclass(frozen=True)
class Home:
    """A learner's folder; `owner` is the account's number where it is known."""

    name: str
    folder: Path
    owner: int | None = None


def find_homes(folder: Path | None) -> list[Home]:
    """Find the learners' folders, in the order of their names.

    Parameters
    ----------
    folder : pathlib.Path or None
        It holds a folder for each learner. If None, the homes of the hub's learners on this machine are taken.

    Raises
    ------
    ValueError
        If no folder is given, and this machine has no learner's account that may be looked into.
    OSError
        If the folder cannot be read.
    """
    if folder is not None:
        with os.scandir(folder) as found:
            names = sorted(entry.name for entry in found if entry.is_dir(follow_symlinks=False))
        return [Home(name, folder / name) for name in names if not name.startswith(".")]
    homes = _of_accounts() if sys.platform != "win32" and os.geteuid() == 0 else []
    if not homes:
        expected = "a folder that holds the learners' folders, or root on a machine with a hub"
        raise argument_error("--from", "no learners were found", expected, "nothing")
    return homes


def is_made_by_hub(account: Any) -> bool:
    """Return whether the hub has made an account, which is an entry of `pwd`."""
    return account.pw_uid >= 1000 and account.pw_gecos.split(",")[0] == MARK


def _of_accounts() -> list[Home]:
    import grp
    import pwd

    try:
        members = set(grp.getgrnam(GROUP).gr_mem)
    except KeyError:
        members = set()
    accounts = [account for account in pwd.getpwall() if account.pw_uid >= 1000]
    learners = [one for one in accounts if one.pw_name in members or is_made_by_hub(one)]
    return sorted((Home(one.pw_name, Path(one.pw_dir), one.pw_uid) for one in learners), key=lambda home: home.name)


def printable(text: str) -> str:
    """Take out of a text what would move a terminal's cursor."""
    return "".join(letter for letter in text if letter.isprintable())
