"""A pad to draw a digit on, or a strip for a whole code, and what a network says of it at once."""

from course_utils.explorables.draw.widget import draw, draw_strip

__all__ = ["draw", "draw_strip"]
