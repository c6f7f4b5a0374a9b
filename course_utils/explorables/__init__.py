"""Slider views: a picture that is drawn once and follows the hand, with the frame in words beside it."""

from course_utils.explorables._controls import Slider
from course_utils.explorables._frame import Live, explorable, live
from course_utils.explorables.neuron import neuron

VIEWS = {
    "neuron": neuron
}  # name -> function that returns the view; tests and measurements go through all of them

__all__ = ["VIEWS", "Live", "Slider", "explorable", "live", "neuron"]
