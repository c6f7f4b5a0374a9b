"""What each lesson asks: its exercises and its questions."""

from course_utils.lessons.catalogue import asked, find, ids, lesson, lesson_of

__all__ = ["asked", "find", "ids", "lesson", "lesson_of"]
