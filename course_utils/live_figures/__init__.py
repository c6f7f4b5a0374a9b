"""Live figures: a picture with sliders that is drawn once and follows the hand."""

from course_utils.live_figures.controls import Pad, Slider
from course_utils.live_figures.sentences import Words, fill
from course_utils.live_figures.view import View, live
from course_utils.live_figures.widget import Explorable, Live

__all__ = ["Explorable", "Live", "Pad", "Slider", "View", "Words", "fill", "live"]
