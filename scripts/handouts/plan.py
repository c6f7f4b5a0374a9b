"""Plans of 45 and of 90 minutes: what a class does from minute to minute, by the protocol of the guide.

A section takes a class as long as a learner at the keyboard, and each position of a slider two minutes more: write,
vote, drag, discuss. So does a run of a cell before which the page asks something, and in 90 minutes a drawing. A plan
holds as many of them as it has room for: the runs, the first position of every view, drawings, second positions. In 45
minutes exercises, drawings and questions go home, and what the page leaves for home; in 90 nothing does. A section
that stays without its exercises has four minutes all the same, which second positions give.
"""

from dataclasses import dataclass, replace

from teaching_page import Drawing, Position

from course_utils.exercises import Exercise
from course_utils.lessons import find
from handouts.kept import EXERCISE, FLOOR, Kept
from handouts.lesson import is_prediction
from handouts.names import must_run_before

SHORT, LONG = 45, 90
OPENING, TICKET, POSITION = 3, 3, 2
HOMEWORK = 3  # at least, for that of last week; a class of 45 minutes has no time for it
LONG_FLOOR = 2  # for a section in 90 minutes
PROTOCOL = "write, vote, drag, discuss"
TICKET_HOW = "alone, on the strip; meanwhile write on the board what goes home"
TAKE_AWAY = "Take away"
BESIDE = ("Tasks", "Optional", "Where to go next")  # sections for who wants more


@dataclass
class Step:
    """One line of a plan."""

    minutes: int
    what: str  # Markdown
    how: str
    position: Position | None = None
    start: int = 0
    section: str = ""  # to which the line belongs
    drawing: Drawing | None = None

    @property
    def asks(self):
        """Whether the class stops here: for a position, a run or a drawing."""
        return bool(self.position or self.drawing)


@dataclass(frozen=True)
class Plan:
    """What happens in a class, and what goes home."""

    minutes: int
    steps: list
    home: list  # (what, minutes): sections, parts of them, and exercises
    beside: list  # the names of sections for who wants more
    run_above: list  # (minute, section, names): it needs names of what is at home, so before it all cells above run

    @property
    def positions(self):
        """The positions of sliders for which there is time."""
        return [step.position for step in self.steps if step.position]

    @property
    def sections(self):
        """The names of the sections that the class does."""
        return {step.section for step in self.steps if step.section}


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
    first, second = _positions(page, kept)
    chosen = first[: rest // POSITION]
    rest -= POSITION * len(chosen)
    drawings = {} if is_short else _drawings(lesson, page, kept)
    drawings = dict(list(drawings.items())[: rest // POSITION])
    rest -= POSITION * len(drawings)
    stops = [each.cell for each in chosen] + [*drawings.values()]
    rest = _lift(kept, stops, rest, FLOOR if is_short else LONG_FLOOR)
    chosen += second[: rest // POSITION]
    rest -= POSITION * len(second[: rest // POSITION])
    for each in kept:
        while each.at_home and rest >= EXERCISE:
            before, each.at_home = each.minutes, each.at_home - 1
            rest -= each.minutes - before
    tasks, rest = ([], rest) if is_short else _tasks(lesson, rest)
    for each in kept:
        undone = each.exercises[len(each.exercises) - each.at_home :]
        home += [(f"`{id}` in “{each.section.name}”", EXERCISE) for id in undone]
    chosen.sort(key=page.positions.index)
    ticket = (page.short_ticket if is_short else None) or page.exit_ticket
    steps = _timed(_steps(kept, chosen, drawings, tasks, rest + homework, is_short, ticket[0]))
    beside = [section.name for section in page.sections if section.name.startswith(BESIDE)]
    return Plan(minutes, steps, home, beside, _run_above(lesson, steps))


def turns(lesson, section):
    """Return the exercises of a section whose minutes the section's own hold; a prediction is none of them."""
    (part,) = (part for part in lesson.parts if part.name == section.name)
    found = [id for id in part.exercises if not is_prediction(id)]
    return found[: len(found) - section.how.count("belongs to the project")]


def _sections(lesson, page, is_short):
    """Return the sections that the class does, and what goes home, with its minutes."""
    kept, home = [], []
    cut = page.left_at_home if is_short else {}
    parts = _parts_with_the_beginning(lesson)
    for section in page.sections:
        if section.name.startswith(BESIDE):
            continue
        left = cut.get(section.name) or 0
        exercises = turns(lesson, section)
        at_home = len(exercises) if is_short else 0
        is_cut = section.name in cut and not left or is_short and section.name == "Five questions"
        if is_cut or 0 < section.minutes <= left + EXERCISE * at_home:
            home.append((f"“{section.name}”", section.minutes))
            continue
        if left:
            home.append((f"of “{section.name}” {page.left_parts[section.name]}", left))
        part = parts[section.name]
        letters = {letter: cell for letter, cell in lesson.turns.items() if cell in part.cells}
        own = dict(sorted(letters.items())[: len(exercises)])  # without those that belong to the project
        kept.append(Kept(section, section.minutes - left, exercises, at_home, part, own))
    return kept, home


def _parts_with_the_beginning(lesson):
    """Return the sections by name; what stands above the first heading is done with the first of them."""
    beginning, first, *others = lesson.parts
    first = replace(first, cells=beginning.cells + first.cells, effort=beginning.effort + first.effort)
    return {part.name: part for part in (first, *others)}


def _drawings(lesson, page, kept):
    """Return what is drawn before its cell runs, with that cell, for the sections that the class does."""
    there = {cell for each in kept for cell in each.part.cells}
    cells = {drawing: lesson.cell_of(drawing) for drawing in page.drawings}
    return {drawing: cell for drawing, cell in cells.items() if cell in there}


def _positions(page, kept):
    """Return what is asked first, the runs and the first position of each view; and what follows if there is time."""
    there = {cell for each in kept for cell in each.part.cells}
    ranks, seen = [], {}
    for place, position in enumerate(page.positions):
        if position.cell in there:
            seen[position.cell] = seen.get(position.cell, 0) + 1
            ranks.append((bool(position.setting), seen[position.cell], place))
    ranks.sort()
    first = [page.positions[place] for is_view, count, place in ranks if not is_view or count == 1]
    return first, [page.positions[place] for is_view, count, place in ranks if is_view and count > 1]


def _lift(kept, stops, rest, floor):
    """Give what is left to sections below the floor, or too short to be read; the shortest first. Return the rest."""
    for each in sorted(kept, key=lambda each: (each.section.how == "run only", each.minutes)):
        has = each.minutes + POSITION * sum(cell in each.part.cells for cell in stops)
        missing = max(floor - has, min(each.whole, each.reading) - each.minutes)
        if missing > 0 and each.minutes and each.section.name != TAKE_AWAY:
            each.more = min(missing, rest)
            rest -= each.more
    return rest


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


def _steps(kept, chosen, drawings, tasks, rest, is_short, ticket):
    """Put everything into its order."""
    homework = [] if is_short else [Step(rest, "Last homework, and questions", "together")]
    questions = [Step(rest, "Questions", "together")] if is_short and rest else []
    steps = [*homework, Step(OPENING, "Opening question", "collect answers on the board")]
    for each in kept:
        if each.section.name == TAKE_AWAY:
            steps += tasks
        steps += _lines(each, chosen, drawings, is_short)
    return [*steps, *questions, Step(TICKET, f"Exit ticket: “{ticket}”", TICKET_HOW)]


def _lines(each, chosen, drawings, is_short):
    """Return the lines of a section: where it stops for what is asked, its minutes are shared out around that."""
    name = each.section.name
    if is_short and name == TAKE_AWAY:
        return [Step(each.minutes, name, "tick what you did today; a learner reads that out", section=name)]
    asked = {cell: _asked(cell, chosen, drawings, name) for cell in each.part.cells}
    stops = [cell for cell in each.part.cells if asked[cell]]
    shares = each.shares(stops)
    hows = each.hows(stops, shares)
    steps = []
    for place, minutes in enumerate(shares):
        if not stops:
            steps.append(Step(minutes, name, hows[0], section=name))
        elif place == 0:
            steps.append(Step(minutes, f"{name}, up to the {_kind(asked[stops[0]][0])}", hows[0], section=name))
        elif minutes:
            is_last = place == len(stops)
            goal = f"after the {_kind(steps[-1])}" if is_last else f"on to the next {_kind(asked[stops[place]][0])}"
            steps.append(Step(minutes, f"{name}, {goal}", hows[place], section=name))
        steps += asked[stops[place]] if place < len(stops) else []
    return steps


def _asked(cell, chosen, drawings, name):
    """Return the lines at which the class stops before a cell: what it draws, then what it is asked."""
    steps = [
        Step(POSITION, f"Draw on the worksheet: “{drawing.what}”", drawing.seen, section=name, drawing=drawing)
        for drawing, shown in drawings.items()
        if shown == cell
    ]
    for position in chosen:
        if position.cell == cell:
            what = f"{position.setting or 'Run the cell'}: “{position.question}”"
            steps.append(Step(POSITION, what, position.seen, position, section=name))
    return steps


def _kind(step):
    if step.drawing:
        return "drawing"
    return "view" if step.position.setting else "run"


def _run_above(lesson, steps):
    """Return from which minute on which section needs names of sections that the class leaves out."""
    code = {cell.id: cell.source for cell in lesson.cells if cell.cell_type == "code"}
    starts = {step.section: step.start for step in reversed(steps)}  # its first line
    needed = must_run_before(lesson.parts, code, {"", *starts})
    return [(starts[section], section, names) for section, names in needed.items()]


def _timed(steps):
    """Write into each step the minute at which it starts."""
    now = 0
    for step in steps:
        step.start = now
        now += step.minutes
    return steps
