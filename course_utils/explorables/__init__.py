"""Slider views: a picture that is drawn once and follows the hand, with the frame in words beside it."""

from course_utils.explorables._controls import Slider
from course_utils.explorables._frame import Live, View, live
from course_utils.explorables.neuron import neuron, neuron_view

VIEWS = {"neuron": neuron_view}  # name -> function that returns the View; tests and measurements go through all

__all__ = ["VIEWS", "Live", "Slider", "View", "live", "neuron"]
