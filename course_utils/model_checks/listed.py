"""The mistakes that one exercise lists: a model is one of them where it departs from the solution in the same places.

A listed mistake need not be met to the letter. What counts is where it departs from the solution: if it has no
pooling, any model that has these kinds of layers is told so, however many filters it has.
"""

from functools import cache
from typing import Any

import numpy as np

from course_utils.model_checks.anatomy import ACTIVATION_LAYERS, NO_ACTIVATION, Anatomy, is_model, read
from course_utils.model_checks.case import build
from course_utils.model_checks.model_exercise import ModelExercise, takes_data

EXAMPLES = 300  # of the training data, on which a solution or a mistake that trains itself is trained


def diagnose_model(exercise: ModelExercise, anatomy: Anatomy) -> str:
    """Return the sentence of the listed mistake that a model makes, or "" where it makes none."""
    mine = traits(anatomy)
    for number in range(len(exercise.wrong)):
        departures = _departures(exercise, number)
        if departures and all(mine.get(trait) == value for trait, value in departures.items()):
            return exercise.wrong[number].diagnosis
    return ""


def traits(anatomy: Anatomy) -> dict[Any, Any]:
    """Return what can be compared of a model; the settings of its layers by their places."""
    layers = [layer for layer in anatomy.layers if (layer.kind, layer.activation) != NO_ACTIVATION]
    kinds: list[tuple[str, str]] = []
    for layer in layers:
        if layer.kind in ACTIVATION_LAYERS and kinds and kinds[-1][1] == "linear":
            kinds[-1] = (kinds[-1][0], layer.activation)  # Dense, then ReLU, is Dense with relu
        else:
            kinds.append((layer.kind, layer.activation))
    found: dict[Any, Any] = {"layers": tuple(kinds), "inputs": anatomy.inputs}
    for name in ("loss", "from_logits", "metrics", "optimizer", "learning_rate", "compiled"):
        found[name] = getattr(anatomy, name)
    for place, layer in enumerate(layer for layer in layers if layer.kind not in ACTIVATION_LAYERS):
        found |= {(place, name): _plain(value) for name, value in layer.settings.items()}
        found[place, "trainable"] = layer.trainable
    return found


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@cache
def _departures(exercise: ModelExercise, number: int) -> dict[Any, Any]:
    """Return the traits in which a listed mistake differs from the solution."""
    right = _traits_of(exercise, exercise.solution)
    wrong = _traits_of(exercise, exercise.wrong[number].answer)
    if right["layers"] != wrong["layers"]:  # then no place in one is a place in the other
        wrong = {trait: value for trait, value in wrong.items() if isinstance(trait, str)}
    return {trait: value for trait, value in wrong.items() if right.get(trait) != value}


@cache
def _traits_of(exercise: ModelExercise, function: Any) -> dict[Any, Any]:
    (x, y), _ = exercise.data()
    x, y = np.asarray(x)[:EXAMPLES], np.asarray(y)[:EXAMPLES]
    model = function(x, y) if takes_data(function) else function()
    assert is_model(model), "a listed mistake returns a model"
    build(model, x)
    return traits(read(model))
