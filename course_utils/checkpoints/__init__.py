"""Checkpoints: weights in files, such that a failing write or a wrong file never costs trained weights. Lesson 12.

A file is written beside its place and then renamed, so there is always a whole one, the old or the new.
A file is compared with the model before the first weight changes.
"""

from course_utils.checkpoints.callback import best
from course_utils.checkpoints.weights import check_place, load_weights, save_weights

__all__ = ["best", "check_place", "load_weights", "save_weights"]
