"""The engine of exercises whose answer is a model: it reads how a network is built, tries it, and says what it found.

It works on Keras models, whatever Keras computes with, and on `cu.Sequential`. It never imports Keras: whoever hands
over a Keras model has done so.
"""

from course_utils.model_checks.causes import known_causes
from course_utils.model_checks.judge import judge_model
from course_utils.model_checks.model_exercise import ModelExercise, model_exercise

__all__ = ["ModelExercise", "judge_model", "known_causes", "model_exercise"]
