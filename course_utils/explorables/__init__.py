"""Slider views: a picture that is drawn once and follows the hand, with the frame in words beside it."""

from course_utils.explorables.backprop import backprop, backprop_view
from course_utils.explorables.cost import cost, cost_view
from course_utils.explorables.descent import descent, descent_view
from course_utils.explorables.draw.widget import draw
from course_utils.explorables.gate import gate, gate_view
from course_utils.explorables.hidden import example as layer_example
from course_utils.explorables.hidden import hidden, hidden_view
from course_utils.explorables.kernel import kernel, kernel_view
from course_utils.explorables.neuron import neuron, neuron_view
from course_utils.explorables.snapshots import example, snapshots, snapshots_view
from course_utils.explorables.train.widget import train
from course_utils.explorables.training_history import training, training_view
from course_utils.explorables.window import window, window_view
from course_utils.explorables.xor import xor, xor_view
from course_utils.live.controls import Slider
from course_utils.live.view import View, live
from course_utils.live.widget import Live

# name -> function that returns the View: tests and measurements go through all of them
VIEWS = {
    "backprop": backprop_view,
    "cost": cost_view,
    "descent": descent_view,
    "descent_map": lambda: descent_view("map"),
    "gate": gate_view,
    "hidden": lambda: hidden_view(*layer_example()),
    "kernel": kernel_view,
    "neuron": neuron_view,
    "snapshots": lambda: snapshots_view(*example()),
    "training": training_view,
    "window": window_view,
    "xor": xor_view,
}

__all__ = [
    "VIEWS",
    "Live",
    "Slider",
    "View",
    "backprop",
    "cost",
    "descent",
    "draw",
    "gate",
    "hidden",
    "kernel",
    "live",
    "neuron",
    "snapshots",
    "train",
    "training",
    "window",
    "xor",
]
