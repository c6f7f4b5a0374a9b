"""What a learner sees of the progress: a line for each lesson, and what went wrong most."""

from course_utils import checks
from course_utils.lessons import asked, ids
from course_utils.notebook import tell
from course_utils.progress_store import count_of, read_progress, set_recording, solved, times_of

MOST = 5  # exercises that a review names


def progress() -> None:
    """Show how many exercises of each lesson are done.

    Progress is kept only in the folder `work/`, so that the lessons as stored show none.
    """
    record = read_progress()
    if record is None:
        tell("Progress is kept while you work in the folder work/.")
        return
    exercises, questions = solved(record, "exercises"), solved(record, "questions")
    for lesson, every in ids().items():
        done = len(exercises & set(every))
        line = f"Lesson {lesson}: {'●' * done}{'○' * (len(every) - done)}  {done} of {len(every)} exercises done"
        right = len(questions & _ids_of_questions(lesson))
        tell(line + f", {right} questions right at the first try" * bool(right))


def _ids_of_questions(lesson: str) -> set[str]:
    try:
        return {question.id for question in asked(lesson)}
    except ValueError:  # a lesson that asks none
        return set()


def record_tries(is_on: bool) -> None:
    """Say whether progress.json shall note how often and when you try an exercise, and which mistake is named.

    It does so from the beginning. With False it ends, and what has been noted of tries is deleted; what you have
    solved stays.

    Parameters
    ----------
    is_on : bool

    Raises
    ------
    ValueError
        If it is neither True nor False.
    """
    if not isinstance(is_on, bool):
        raise checks.argument_error("record_tries", "is_on", "True or False", is_on)
    try:
        file = set_recording(is_on)
    except OSError as error:
        tell(f"progress.json could not be written ({error.strerror or error}): nothing has changed.")
        return
    if file is None:
        tell("Nothing is noted here: progress is kept while you work in the folder work/.")
    elif is_on:
        tell("Tries are noted in progress.json: how often, when, and which mistake was named.")
    else:
        tell("No tries are noted any more, and what was noted of them is deleted. What you have solved stays.")


def review() -> None:
    """Show which exercises took you most tries, what went wrong there last, and where to read it again."""
    record = read_progress()
    if record is None:
        tell("Progress is kept while you work in the folder work/.")
        return
    known = {id for of_lesson in ids().values() for id in of_lesson}
    tried = {id: count_of(entry.get("tries")) for id, entry in record["exercises"].items() if id in known}
    missed = {id: count - (id in solved(record, "exercises")) for id, count in tried.items()}
    most = sorted((id for id in missed if missed[id] > 0), key=lambda id: -missed[id])[:MOST]
    if not most:
        tell("No wrong answer is noted, so there is nothing to read again.")
    for id in most:
        tell(_line_of_review(id, missed[id], record["exercises"][id]))


def _line_of_review(id: str, missed: int, entry: dict) -> str:
    from course_utils.lessons.diagnoses import told_of  # here, because every card would have to wait for it
    from course_utils.lessons.places import place_of

    times = times_of(entry.get("causes"))
    told = [told_of(id, name) for name in sorted(times, key=times.__getitem__, reverse=True)]
    lines = [f"{id}: {missed} wrong answer{'s' * (missed > 1)}{', solved since' * (entry.get('solved') is True)}."]
    lines += [f"  {text}" for text in told if text][:2]
    return "\n".join([*lines, f"  Read again: {place_of(id)}"])
