"""The questions of a lesson, as a learner calls them."""

from course_utils.exercises import Question
from course_utils.lessons import asked
from course_utils.progress_store import mark_questions


def questions(number: str):
    """Return the questions of a lesson, to be shown as the last line of a cell.

    An option that is chosen shows its reason at once; what is chosen first counts.

    Parameters
    ----------
    number : str
        Of the lesson: "08", or of a toolbox: "T1".

    Raises
    ------
    ValueError
        If there is no such lesson, or it has no questions.

    Examples
    --------
    >>> questions("08").said
    '0 of 5 answered.'
    """
    from course_utils.exercises.quiz_widget import Quiz  # ipywidgets is slow to load

    items = asked(number)

    def note(right_at_first: list[Question]) -> None:
        mark_questions(*(question.id for question in right_at_first))

    return Quiz(items, title=f"questions of lesson {number}", on_change=note)
