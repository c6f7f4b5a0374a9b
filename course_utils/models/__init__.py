"""Models: one neuron, networks of Dense layers, many of them side by side, and the History of their training."""

from course_utils.models.batched import train_many
from course_utils.models.history import History
from course_utils.models.neuron import LogisticNeuron
from course_utils.models.pretrained import load_mnist_network, mnist_network_record
from course_utils.models.sequential import Sequential

__all__ = ["History", "LogisticNeuron", "Sequential", "load_mnist_network", "mnist_network_record", "train_many"]
