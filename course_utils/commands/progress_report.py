"""What a learner sees of the progress: a line for each lesson."""

from course_utils.lessons.registry import IDS, ids_of_questions
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
    for lesson, ids in IDS.items():
        count, asked = len(exercises & set(ids)), len(questions & set(ids_of_questions(lesson)))
        line = f"Lesson {lesson}: {'●' * count}{'○' * (len(ids) - count)}  {count} of {len(ids)} exercises done"
        print(line + f", {asked} questions right at the first try" * bool(asked))
