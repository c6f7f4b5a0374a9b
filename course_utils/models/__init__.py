"""Models: one neuron, networks of Dense layers, and the History of their training."""

from course_utils.models.history import History
from course_utils.models.neuron import LogisticNeuron
from course_utils.models.sequential import Sequential

__all__ = ["History", "LogisticNeuron", "Sequential"]
