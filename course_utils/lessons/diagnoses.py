"""What the noted name of a mistake means, in the course's own words."""

import re

from course_utils.exercises import Exercise, OpenExercise
from course_utils.exercises.causes import told_of as told_of_function
from course_utils.model_checks import ModelExercise, known_causes


def told_of(exercise: Exercise | OpenExercise, name: str) -> str:
    """Tell what the name of a diagnosis means for an exercise; empty where nothing is called so.

    Parameters
    ----------
    exercise : Exercise
    name : str
        As `Verdict.cause` and progress.json hold it.

    Examples
    --------
    >>> from course_utils.lessons import find
    >>> told_of(find("threshold"), find("threshold").wrong[0].name) == find("threshold").wrong[0].diagnosis
    True
    >>> told_of(find("threshold"), "of nobody")
    ''
    """
    if isinstance(exercise, OpenExercise):
        return ""
    said = told_of_function(exercise, name)
    if not said and isinstance(exercise, ModelExercise):
        said = re.sub(r"\{[^}]*\}", "…", dict(known_causes()).get(name, ""))
    return said
