"""What a teacher wants to know of a class: a mark for each learner and exercise, who is stuck, what most get wrong."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from course_utils.class_board.records import Entry, Learner
from course_utils.lessons import find, ids
from course_utils.lessons.diagnoses import told_of

PATIENCE = timedelta(minutes=5)  # somebody who has failed for longer at one exercise is stuck
GONE = timedelta(minutes=20)  # after the last try: then they have gone on to something else
NOW = timedelta(minutes=30)  # a lesson in which somebody tried something within that time is going on


@dataclass(frozen=True)
class Mark:
    """One learner at one exercise; `minutes` since the first try of this sitting, while it goes on."""

    state: str  # "solved", "stuck", "trying", or "open"
    tries: int = 0
    minutes: int = 0


@dataclass(frozen=True)
class Stuck:
    """Somebody who has been at one exercise for more than five minutes, with wrong answers; the cause in our words."""

    learner: str
    lesson: str
    exercise: str
    minutes: int
    tries: int
    cause: str


@dataclass(frozen=True)
class Mistakes:
    """The most frequent diagnosed mistake of one exercise: how many learners made it, of those who tried."""

    exercise: str
    cause: str
    learners: int
    of: int


@dataclass(frozen=True)
class Lesson:
    """One lesson on the board; `today` and `in_all` tell its frequent mistakes, the most frequent first."""

    number: str
    exercises: tuple[str, ...]
    titles: tuple[str, ...]
    marks: dict[str, tuple[Mark, ...]]  # by learner, one mark for each exercise
    today: tuple[Mistakes, ...]
    in_all: tuple[Mistakes, ...]

    @property
    def solved(self) -> tuple[int, ...]:
        """How many learners have solved each exercise."""
        columns = zip(*self.marks.values(), strict=True)
        return tuple(sum(mark.state == "solved" for mark in column) for column in columns)


@dataclass(frozen=True)
class Board:
    """The class at one moment."""

    at: datetime
    learners: tuple[Learner, ...]
    lessons: tuple[Lesson, ...]  # those in which somebody has tried something, the one that goes on first
    stuck: tuple[Stuck, ...]


def board_of(learners: Sequence[Learner], at: datetime) -> Board:
    """Put the records of a class together.

    Parameters
    ----------
    learners : sequence of Learner
    at : datetime
        Now, with its zone; "today" is the day that it has there.

    Returns
    -------
    Board

    Examples
    --------
    >>> from datetime import timezone
    >>> board_of([], datetime(2030, 1, 9, tzinfo=timezone.utc)).lessons
    ()
    """
    lessons = [_lesson(number, exercises, learners, at) for number, exercises in ids().items()]
    tried = [lesson for lesson in lessons if any(mark.state != "open" for row in lesson.marks.values() for mark in row)]
    tried.sort(key=lambda lesson: -_heat(lesson, learners, at))
    stuck = [found for lesson in tried for found in _stuck(lesson, learners)]
    stuck.sort(key=lambda found: -found.minutes)
    return Board(at, tuple(learners), tuple(tried), tuple(stuck))


def _lesson(number: str, exercises: tuple[str, ...], learners: Sequence[Learner], at: datetime) -> Lesson:
    marks = {
        learner.name: tuple(mark_of(learner.entries.get(id, Entry()), at) for id in exercises) for learner in learners
    }
    begun = [id for id in exercises if any(id in learner.entries for learner in learners)]
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    today = [_most_frequent(id, learners, since=midnight) for id in begun]
    in_all = [_most_frequent(id, learners) for id in begun]
    titles = tuple(_title(id) if id in begun else id for id in exercises)  # what nobody has begun is not loaded
    return Lesson(number, exercises, titles, marks, _sorted(today), _sorted(in_all))


def _title(id: str) -> str:
    try:
        return find(id).title
    except ImportError:  # an exercise in Keras, where Keras is not installed
        return id


def mark_of(entry: Entry, at: datetime) -> Mark:
    """Judge what is noted of one learner at one exercise; times that lie in the future count as now."""
    if entry.is_solved:
        return Mark("solved", entry.tries)
    if not entry.tries or entry.last is None:
        return Mark("open", entry.tries)
    since = min(entry.since or entry.last, at)
    if at - entry.last > GONE:
        return Mark("trying", entry.tries)
    state = "stuck" if at - since > PATIENCE else "trying"
    return Mark(state, entry.tries, minutes=int((at - since) / timedelta(minutes=1)))


def _stuck(lesson: Lesson, learners: Sequence[Learner]) -> Iterable[Stuck]:
    for learner in learners:
        for id, mark in zip(lesson.exercises, lesson.marks[learner.name], strict=True):
            if mark.state == "stuck":
                cause = told_of(id, learner.entries[id].last_cause)
                yield Stuck(learner.name, lesson.number, id, mark.minutes, mark.tries, cause)


def _most_frequent(id: str, learners: Sequence[Learner], since: datetime | None = None) -> Mistakes | None:
    """Return the mistake that most learners have made; None where none is known."""
    entries = [learner.entries[id] for learner in learners if id in learner.entries]
    entries = [entry for entry in entries if entry.tries and _is_since(entry.last, since)]
    made = Counter(name for entry in entries for name, time in entry.causes.items() if _is_since(time, since))
    for name, count in made.most_common():
        told = told_of(id, name)
        if told:
            return Mistakes(id, told, count, len(entries))
    return None


def _is_since(time: datetime | None, since: datetime | None) -> bool:
    return since is None or (time is not None and time >= since)


def _sorted(found: Iterable[Mistakes | None]) -> tuple[Mistakes, ...]:
    return tuple(sorted(filter(None, found), key=lambda mistakes: -mistakes.learners))


def _heat(lesson: Lesson, learners: Sequence[Learner], at: datetime) -> int:
    """Count the tries of the last half hour by their exercises and learners; the lesson with most goes on."""
    entries = [learner.entries[id] for learner in learners for id in lesson.exercises if id in learner.entries]
    return sum(entry.last is not None and at - entry.last < NOW for entry in entries)
