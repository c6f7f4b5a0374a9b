"""A pad to draw a digit on, and what a network says of it at once."""

from course_utils.explorables.draw.widget import draw

__all__ = ["draw"]
