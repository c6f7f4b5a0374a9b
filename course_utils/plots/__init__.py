"""Plots: figures from arrays and from `predict` callables, so that a NumPy network and a Keras one look alike.

Each function draws into `ax` and returns it, or makes a figure of its own where there is none.
`show(fig, alt)` puts a figure into the notebook with a description for those who cannot see it.
"""

from course_utils.figure_settings import enlarge
from course_utils.plots.boundary import boundary
from course_utils.plots.curves import history, lines, mark
from course_utils.plots.graph import graph
from course_utils.plots.hidden_space import planes
from course_utils.plots.images import image_grid
from course_utils.plots.ladder import ladder
from course_utils.plots.model import stack
from course_utils.plots.network import network
from course_utils.plots.neuron import neuron
from course_utils.plots.outcomes import outcomes
from course_utils.plots.small_multiples import curve_table, histograms
from course_utils.plots.surface import contours, surface
from course_utils.plots.tables import heatmap
from course_utils.plots.training_loop import training_loop
from course_utils.style import PALETTE, axes, show

__all__ = [
    "PALETTE",
    "axes",
    "boundary",
    "contours",
    "curve_table",
    "enlarge",
    "graph",
    "heatmap",
    "histograms",
    "history",
    "image_grid",
    "ladder",
    "lines",
    "mark",
    "network",
    "neuron",
    "planes",
    "outcomes",
    "show",
    "stack",
    "surface",
    "training_loop",
]
