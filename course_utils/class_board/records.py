"""The learners' records, read with distrust: no link is followed, no pipe opened, nothing large taken in.

A learner may put whatever they like into their folder. What cannot be read as a record counts as none, and is said so.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from course_utils.json_file import LARGEST, DamagedFileError, parse_json
from course_utils.learner_files import read_beneath
from course_utils.progress_store import NAME, VERSION, count_of, read_time, times_of
from course_utils.workspace import EDITION

# Where the file may lie in a learner's home, or in a folder of copies; the first that is there counts.
PLACES = [("work", EDITION, NAME), ("work", NAME), (EDITION, NAME), (NAME,)]


@dataclass(frozen=True)
class Entry:
    """What is noted of one exercise."""

    is_solved: bool = False
    tries: int = 0
    since: datetime | None = None  # the first try of this sitting
    last: datetime | None = None
    last_cause: str = ""  # a name, to be looked up and never shown
    causes: dict[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Learner:
    """A learner by the name of their folder, with what is noted by the ids of exercises."""

    name: str
    entries: dict[str, Entry] = field(default_factory=dict)
    records_tries: bool = True
    problem: str = ""  # why there is nothing, as half a sentence


def read_class(folder: Path) -> list[Learner]:
    """Read the record of each learner whose folder lies in this one, in the order of their names.

    Parameters
    ----------
    folder : pathlib.Path
        Homes, or copies of the learners' folders; each may hold `work/progress.json` or `progress.json`.

    Raises
    ------
    OSError
        If the folder itself cannot be read.
    """
    with os.scandir(folder) as found:
        names = sorted(entry.name for entry in found if entry.is_dir(follow_symlinks=False))
    return [read_learner(name, folder / name) for name in names if not name.startswith(".")]


def read_learner(name: str, home: Path) -> Learner:
    """Read the record in one learner's home; nothing is raised."""
    problem = "nothing noted yet"
    for place in PLACES:
        try:
            record = parse_json(read_beneath(home, place, LARGEST), NAME)
        except FileNotFoundError:
            continue
        except (DamagedFileError, OSError):
            problem = "the record cannot be read"
            continue
        if not isinstance(record, dict) or record.get("version") != VERSION:
            problem = "the record cannot be read"
            continue
        return Learner(name, dict(_entries(record.get("exercises"))), record.get("records_tries") is not False)
    return Learner(name, problem=problem)


def _entries(exercises: object) -> Iterator[tuple[str, Entry]]:
    for id, entry in exercises.items() if isinstance(exercises, dict) else ():
        if isinstance(entry, dict):
            cause = entry.get("last_cause")
            yield (
                id,
                Entry(
                    is_solved=entry.get("solved") is True,
                    tries=count_of(entry.get("tries")),
                    since=read_time(entry.get("since")),
                    last=read_time(entry.get("last")),
                    last_cause=cause if isinstance(cause, str) else "",
                    causes=times_of(entry.get("causes")),
                ),
            )
