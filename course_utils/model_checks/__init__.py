"""The engine of exercises whose answer is a model: it reads how a network is built, tries it, and says what it found.

A function of any making can be the answer, too, where a score on new data is asked for.

It works on Keras models, whatever Keras computes with, and on `cu.Sequential`. It never imports Keras: whoever hands
over a Keras model has done so.
"""

from course_utils.model_checks.causes import known_causes
from course_utils.model_checks.judge import judge_model
from course_utils.model_checks.model_exercise import ModelExercise, model_exercise
from course_utils.model_checks.score_exercise import ScoreExercise, score_exercise

__all__ = [
    "ModelExercise",
    "ScoreExercise",
    "judge_model",
    "known_causes",
    "model_exercise",
    "score_exercise",
]
