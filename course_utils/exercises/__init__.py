"""Exercises of the lessons: a card, a check that knows the classic mistakes, three hints, a solution.

In a lesson: `cu.card(id)`, a stub, `cu.check(id, answer)`, and on demand `cu.hint(id)` and `cu.solution(id)`.
`cu.answered(id, answer)` lets a later cell work with an answer that is right.
`cu.questions(number)` asks the five questions of a lesson.
One module per lesson holds the records; `registry.IDS` says which lesson an exercise belongs to.
"""

from course_utils.exercises.checker import judge
from course_utils.exercises.desk import answered, card, check, hint, solution
from course_utils.exercises.question import Question
from course_utils.exercises.quiz import questions
from course_utils.exercises.record import Exercise, WrongAnswer
from course_utils.exercises.registry import find, lesson
from course_utils.exercises.tally import progress

__all__ = [
    "Exercise",
    "Question",
    "WrongAnswer",
    "answered",
    "card",
    "check",
    "find",
    "hint",
    "judge",
    "lesson",
    "progress",
    "questions",
    "solution",
]
