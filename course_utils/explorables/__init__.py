"""Slider views: a picture that is drawn once and follows the hand, with the frame in words beside it."""

from functools import partial

import numpy as np

from course_utils.datasets import logic_gate
from course_utils.explorables.backprop import BackpropView, backprop
from course_utils.explorables.batches import BatchesView, batches
from course_utils.explorables.by_hand import ByHandView, by_hand
from course_utils.explorables.cost import CostView, cost
from course_utils.explorables.descent import DescentView, descent
from course_utils.explorables.draw.widget import draw, draw_strip
from course_utils.explorables.gate import GateView, gate
from course_utils.explorables.hidden import HiddenView, hidden
from course_utils.explorables.hidden import example as layer_example
from course_utils.explorables.kernel import KernelView, kernel
from course_utils.explorables.neuron import NeuronView, neuron
from course_utils.explorables.pad import PadView, pad
from course_utils.explorables.receptive import ReceptiveView, receptive
from course_utils.explorables.representation import RepresentationView, representation
from course_utils.explorables.score_spread import ScoreSpreadView, score_spread
from course_utils.explorables.snapshots import SnapshotsView, snapshots
from course_utils.explorables.snapshots import example as run_example
from course_utils.explorables.threshold import ThresholdView, threshold
from course_utils.explorables.threshold import example as threshold_example
from course_utils.explorables.train.widget import train
from course_utils.explorables.training_history import TrainingView, network, training
from course_utils.explorables.valley import ValleyView, valley
from course_utils.explorables.window import WindowView, window
from course_utils.explorables.xor import XorView, xor
from course_utils.live_figures.controls import Slider
from course_utils.live_figures.view import View, live
from course_utils.live_figures.widget import Live

# name -> what makes it: tests and measurements go through all of them
VIEWS = {
    "backprop": BackpropView,
    "batches": BatchesView,
    "by_hand": ByHandView,
    "cost": CostView,
    "descent": DescentView,
    "descent_map": partial(DescentView, "map"),
    "gate": GateView,
    "hidden": lambda: HiddenView(*layer_example()),
    "kernel": KernelView,
    "neuron": NeuronView,
    "pad": PadView,
    "receptive": ReceptiveView,
    "representation": RepresentationView,
    "score_spread": ScoreSpreadView,
    "snapshots": lambda: SnapshotsView(*run_example()),
    "threshold": lambda: ThresholdView(*threshold_example()),
    "training": TrainingView,
    "valley": ValleyView,
    "window": WindowView,
    "xor": XorView,
}
WIDGETS = {
    "draw": lambda: draw(lambda x: np.full((1, 10), 0.1)),
    "draw_strip": lambda: draw_strip(lambda strips: np.full((1, 5, 10), 0.1)),
    "train": lambda: train(lambda learning_rate, width: network(0, width), logic_gate("XOR")),
}

__all__ = [
    "VIEWS",
    "WIDGETS",
    "Live",
    "Slider",
    "View",
    "backprop",
    "batches",
    "by_hand",
    "cost",
    "descent",
    "draw",
    "draw_strip",
    "gate",
    "hidden",
    "kernel",
    "live",
    "neuron",
    "pad",
    "receptive",
    "representation",
    "score_spread",
    "snapshots",
    "threshold",
    "train",
    "training",
    "valley",
    "window",
    "xor",
]
