"""The engine of exercises and questions: it runs an answer safely, judges it, and says what it found.

It knows no lesson: what a lesson asks stands in `lessons`, and what a learner calls in `commands`.
"""

from course_utils.exercises.exercise import Exercise, exercise, prediction
from course_utils.exercises.judge import judge
from course_utils.exercises.open_exercise import OpenExercise, open_exercise
from course_utils.exercises.question import Question

__all__ = ["Exercise", "OpenExercise", "Question", "exercise", "judge", "open_exercise", "prediction"]
