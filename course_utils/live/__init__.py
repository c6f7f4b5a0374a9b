"""Live figures: a picture with sliders that is drawn once and follows the hand."""

from course_utils.live.controls import Slider
from course_utils.live.sentences import Words, fill
from course_utils.live.view import View, live
from course_utils.live.widget import Explorable, Live

__all__ = ["Explorable", "Live", "Slider", "View", "Words", "fill", "live"]
