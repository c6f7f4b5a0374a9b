"""What the noted name of a mistake means, in the course's own words."""

import re

from course_utils.exercises import OpenExercise
from course_utils.exercises.causes import told_of as told_of_function
from course_utils.lessons.catalogue import find
from course_utils.model_checks import ModelExercise, known_causes


def told_of(id: str, name: str) -> str:
    """Tell what the name of a diagnosis means for an exercise.

    Parameters
    ----------
    id : str
        Of an exercise that there is.
    name : str
        As `Verdict.cause` and progress.json hold it.

    Returns
    -------
    str
        Empty where nothing is called so, and where the exercise is in Keras and Keras is not installed.

    Examples
    --------
    >>> told_of("threshold", find("threshold").wrong[0].name) == find("threshold").wrong[0].diagnosis
    True
    >>> told_of("threshold", "of nobody")
    ''
    """
    try:
        exercise = find(id)
    except ImportError:
        return ""
    if isinstance(exercise, OpenExercise):
        return ""
    said = told_of_function(exercise, name)
    if not said and isinstance(exercise, ModelExercise):
        said = re.sub(r"\{[^}]*\}", "…", dict(known_causes()).get(name, ""))
    return said
