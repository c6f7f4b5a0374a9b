"""Live figures: a picture with sliders that is drawn once and follows the hand."""

from course_utils.live.controls import Slider
from course_utils.live.view import View, live
from course_utils.live.widget import Live

__all__ = ["Live", "Slider", "View", "live"]
