"""What each lesson asks: its exercises and its questions; where they stand, and what their diagnoses mean."""

from course_utils.lessons.catalogue import asked, find, ids, lesson, lesson_of
from course_utils.lessons.diagnoses import told_of
from course_utils.lessons.places import place_of

__all__ = ["asked", "find", "ids", "lesson", "lesson_of", "place_of", "told_of"]
