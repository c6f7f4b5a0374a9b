"""Datasets: where the examples come from, and how they are cut into mini-batches; a picture of one's own."""

from course_utils.datasets.batches import minibatches, one_hot
from course_utils.datasets.fashion import load_fashion_mnist
from course_utils.datasets.gates import logic_gate
from course_utils.datasets.mnist import load_mnist
from course_utils.datasets.photo import read_picture
from course_utils.datasets.postcodes import make_postcodes

__all__ = [
    "load_fashion_mnist",
    "load_mnist",
    "logic_gate",
    "make_postcodes",
    "minibatches",
    "one_hot",
    "read_picture",
]
