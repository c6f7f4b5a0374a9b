"""What a learner calls: a card, a check, three hints, a solution, the questions of a lesson, progress, and the map."""

from course_utils.commands.answers import answered, card, check, hint, solution
from course_utils.commands.course_map import course_map
from course_utils.commands.progress_report import progress, record_tries, review
from course_utils.commands.questions import questions

__all__ = [
    "answered",
    "card",
    "check",
    "course_map",
    "hint",
    "progress",
    "questions",
    "record_tries",
    "review",
    "solution",
]
