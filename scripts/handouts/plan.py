"""Plans of 45 and of 90 minutes: what a class does from minute to minute, by the protocol of the guide.

A section takes a class as long as a learner at the keyboard, and each position of a slider two minutes more: write,
vote, drag, discuss. So does a run of a cell before which the page asks something. A plan holds as many of them as it
has room for: the runs, then the first position of every view before any second one. In 45 minutes exercises and
questions go home, and what the page leaves for home; in 90 nothing does.
"""

import re
from dataclasses import dataclass

from teaching_page import Position

from course_utils.exercises import Exercise
from course_utils.lessons import find
from handouts.names import must_run_before

SHORT, LONG = 45, 90
OPENING, TICKET, POSITION = 3, 3, 2
HOMEWORK = 3  # at least, for that of last week; a class of 45 minutes has no time for it
EXERCISE = 5  # as the lessons count a function to write
PROTOCOL = "write, vote, drag, discuss"
TICKET_HOW = "alone, on paper; meanwhile write on the board what goes home"


@dataclass
class Step:
    """One line of a plan."""

    minutes: int
    what: str  # Markdown
    how: str
    position: Position | None = None
    start: int = 0


@dataclass
class _Kept:
    """A section as far as the class does it: its minutes, and what is left of its exercises."""

    section: object
    minutes: int
    exercises: int
    at_home: int  # of its exercises
    cells: list
    draws: bool = False  # a picture of it is drawn first on the worksheet

    @property
    def how(self):
        """How the page says that it goes, but for turns that are not done in class."""
        if not self.at_home:
            return f"{self.section.how}; draw first, while others vote" if self.draws else self.section.how
        clauses = re.split(r"[,;] ", self.section.how)
        rest = ", ".join(clause for clause in clauses if not clause.startswith("turn"))
        in_class = self.exercises - self.at_home
        told = f"{in_class} of {self.exercises} exercises in class" if in_class else "its exercise at home"
        return "; ".join(filter(None, [rest, told if self.exercises == 1 or in_class else "its exercises at home"]))


@dataclass(frozen=True)
class Plan:
    """What happens in a class, and what goes home."""

    minutes: int
    steps: list
    home: list  # sections, parts of them, and how many exercises
    run_above: (
        list  # (minute, section, names): before it all cells above must run, for it needs names of what is at home
    )

    @property
    def positions(self):
        """The positions of sliders for which there is time."""
        return [step.position for step in self.steps if step.position]


def plan(lesson, page, minutes):
    """Make the plan of a lesson.

    Parameters
    ----------
    lesson : Lesson
    page : TeachingPage
    minutes : int
        SHORT or LONG.

    Raises
    ------
    ValueError
        If the sections take longer than the class; then the page has to leave more of them for home.
    """
    is_short = minutes == SHORT
    kept, home = _sections(lesson, page, is_short)
    homework = 0 if is_short else HOMEWORK
    rest = minutes - OPENING - TICKET - homework - sum(each.minutes for each in kept)
    if rest < 0:
        raise ValueError(f"{lesson.name}: {minutes} minutes are {-rest} too few. Leave more for home, on its page.")
    chosen = _positions(page, kept, rest // POSITION)
    rest -= POSITION * len(chosen)
    for each in kept:
        while is_short and each.at_home and rest >= EXERCISE:
            each.minutes, each.at_home, rest = each.minutes + EXERCISE, each.at_home - 1, rest - EXERCISE
    tasks, rest = ([], rest) if is_short else _tasks(lesson, rest)
    drawn = set() if is_short else {(each.x, each.y) for each in page.drawings}
    for each in kept:
        each.draws = any(axes.section == each.section.name and (axes.x, axes.y) in drawn for axes in lesson.axes)
    home += ["the drawings of the worksheet"] if is_short and page.drawings else []
    left = sum(each.at_home for each in kept)
    home += [f"{left} exercise{'s' * (left > 1)} of the sections above"] if left else []
    steps = _timed(_steps(kept, chosen, tasks, rest + homework, is_short))
    return Plan(minutes, steps, home, _run_above(lesson, steps))


def turns(lesson, section):
    """Count the exercises of a section whose minutes the section's own hold; a prediction is none of them."""
    (part,) = (part for part in lesson.parts if part.name == section.name)
    found = [each for each in map(find, part.exercises) if not (isinstance(each, Exercise) and each.is_value)]
    return len(found) - section.how.count("belongs to the project")


def _sections(lesson, page, is_short):
    """Return the sections that the class does, and the names of those that go home."""
    kept, home = [], []
    cut = page.left_at_home if is_short else {}
    cells = {part.name: part.cells for part in lesson.parts}
    for section in page.sections:
        if section.minutes == 0:
            continue
        if section.name in cut and cut[section.name] is None or is_short and section.name == "Five questions":
            home.append(f"“{section.name}”")
            continue
        left = cut.get(section.name) or 0
        home += [f"of “{section.name}” {page.left_parts[section.name]} ({left} minutes)"] if left else []
        exercises = turns(lesson, section)
        at_home = exercises if is_short else 0
        minutes = section.minutes - left - EXERCISE * at_home
        if minutes <= 0:
            home.append(f"“{section.name}”")
            continue
        kept.append(_Kept(section, minutes, exercises, at_home, cells[section.name]))
    return kept, home


def _positions(page, kept, most):
    """Return the positions for which there is time, in the order of the page."""
    there = {cell for each in kept for cell in each.cells}
    ranks, seen = [], {}
    for place, position in enumerate(page.positions):
        if position.cell in there:
            seen[position.cell] = seen.get(position.cell, 0) + 1
            ranks.append((bool(position.setting), seen[position.cell], place))
    return [page.positions[place] for place in sorted(place for *_, place in sorted(ranks)[:most])]


def _tasks(lesson, rest):
    """Return the tasks for which there is time, and the minutes that then are left."""
    (part,) = (part for part in lesson.parts if part.name == "Tasks")
    steps = []
    for id in part.exercises:
        each = find(id)
        is_checked = isinstance(each, Exercise)
        minutes = lesson.task_minutes[0 if is_checked else 1]
        if minutes <= rest and (is_checked or each.effort == "do"):
            what = f"{'Challenge' if is_checked else 'Open exercise'}: {each.title} (`{id}`)"
            how = f"{'alone' if is_checked else 'in pairs'}, who has finished; the others end their turn"
            steps.append(Step(minutes, what, how))
            rest -= minutes
    return steps, rest


def _steps(kept, chosen, tasks, rest, is_short):
    """Put everything into its order."""
    homework = [] if is_short else [Step(rest, "Last homework, and questions", "together")]
    questions = [Step(rest, "Questions", "together")] if is_short and rest else []
    steps = [*homework, Step(OPENING, "Opening question", "collect answers on the board")]
    for each in kept:
        if each.section.name == "Take away":
            steps += tasks
        steps.append(Step(each.minutes, each.section.name, each.how))
        for position in chosen:
            if position.cell in each.cells:
                setting = position.setting or "Run the cell"
                steps.append(Step(POSITION, f"{setting}: “{position.question}”", position.seen, position))
    return [*steps, *questions, Step(TICKET, "Exit ticket", TICKET_HOW)]


def _run_above(lesson, steps):
    """Return from which minute on which section needs names of sections that the class leaves out."""
    code = {cell.id: cell.source for cell in lesson.cells if cell.cell_type == "code"}
    starts = {step.what: step.start for step in steps}
    needed = must_run_before(lesson.parts, code, {"", *starts})
    return [(starts[section], section, names) for section, names in needed.items()]


def _timed(steps):
    """Write into each step the minute at which it starts."""
    now = 0
    for step in steps:
        step.start = now
        now += step.minutes
    return steps
