"""What each lesson asks: its exercises and its questions."""

from course_utils.lessons.registry import find, lesson

__all__ = ["find", "lesson"]
