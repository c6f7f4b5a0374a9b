"""What a learner sees of the progress: a line for each lesson."""

from course_utils.lessons import asked, ids
from course_utils.progress_store import read_progress, solved


def progress() -> None:
    """Show how many exercises of each lesson are done.

    Progress is kept only in the folder `work/`, so that the lessons as stored show none.
    """
    record = read_progress()
    if record is None:
        print("Progress is kept while you work in the folder work/.")
        return
    exercises, questions = solved(record, "exercises"), solved(record, "questions")
    for lesson, every in ids().items():
        done = len(exercises & set(every))
        line = f"Lesson {lesson}: {'●' * done}{'○' * (len(every) - done)}  {done} of {len(every)} exercises done"
        right = len(questions & _ids_of_questions(lesson))
        print(line + f", {right} questions right at the first try" * bool(right))


def _ids_of_questions(lesson: str) -> set[str]:
    try:
        return {question.id for question in asked(lesson)}
    except ValueError:  # a lesson that asks none
        return set()
