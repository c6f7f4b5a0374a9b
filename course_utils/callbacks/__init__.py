"""Callbacks: objects that a training run calls at its turning points, for Keras's `fit` and for `Sequential.fit`.

One base class names the moments, with Keras's words; all others are subclasses. Lessons 11 and 12.
"""

from course_utils.callbacks.best_weights import BestWeights
from course_utils.callbacks.callback import Callback
from course_utils.callbacks.callback_list import CallbackList
from course_utils.callbacks.progress import ProgressBar, progress_bar

__all__ = ["BestWeights", "Callback", "CallbackList", "ProgressBar", "progress_bar"]
