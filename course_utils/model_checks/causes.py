"""The causes that every model exercise knows: what is wrong with how a model is built, compiled or trained.

Each is a function of a `Case` that tells whether it is so, or gives the words for the holes in its sentence.
Those that `always` count make an answer wrong. The others explain why a model does not reach its bar, and count where
nothing is trained; a model that reaches the bar is right in spite of them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.model_checks.anatomy import ACTIVATION_LAYERS, NO_ACTIVATION, LayerInfo
from course_utils.model_checks.case import Case
from course_utils.model_checks.stops import SMALLER_THAN_ITS_KERNEL, STOPS

Found = bool | dict[str, Any] | None


@dataclass(frozen=True)
class Cause:
    """A fault that teachers know, and the sentence that names it; its holes are filled by what `find` returns."""

    name: str
    sentence: str
    find: Callable[[Case], Found]
    always: bool


CAUSES: list[Cause] = []


def cause(name: str, sentence: str, *, always: bool = True) -> Callable[[Callable], Callable]:
    """Register the function decorated as a cause."""

    def register(find: Callable[[Case], Found]) -> Callable:
        CAUSES.append(Cause(name, sentence, find, always))
        return find

    return register


def known_causes() -> Iterator[tuple[str, str]]:
    """Yield the name and the sentence of each cause, in the order in which they are tried.

    Examples
    --------
    >>> dict(known_causes())["not trained"]
    'The model is compiled but not trained: call model.fit, then check it again.'
    """
    for known in CAUSES:
        yield known.name, known.sentence
    named = {known.name for known in CAUSES}
    for stop in STOPS:
        if stop.name not in named:
            yield stop.name, stop.sentence


def name_of(text: str) -> str:
    """Return the name of the first cause whose sentence stands in a text; empty where none does.

    Compared is the longest part of the sentence between two holes.
    """
    longest = {name: max(re.split(r"\{[^}]*\}", sentence), key=len) for name, sentence in known_causes()}
    return next((name for name, part in longest.items() if part in text), "")


def find_causes(case: Case, *, always_alone: bool = False) -> list[str]:
    """Return the sentence of each cause that holds; with `always_alone` of those that always count."""
    sentences = []
    for known in CAUSES:
        if always_alone and not known.always:
            continue
        found = known.find(case)
        if found:
            sentences.append(known.sentence.format(**found) if isinstance(found, dict) else known.sentence)
    return sentences


FEW_STEPS = 400  # a network that has taken fewer and is below its bar needs more of them
LINEAR = {"Dense", "Conv1D", "Conv2D"}
# Two linear layers with nothing but these between them are one linear layer.
STILL_LINEAR = {"BatchNormalization", "Dropout", "SpatialDropout2D", "Flatten", "Reshape", "Permute", "Rescaling"}
STILL_LINEAR |= {"AveragePooling2D", "GlobalAveragePooling2D", "ZeroPadding2D"}


# What it gives


@cause("nothing but NaN", "It gives NaN: training has diverged. A smaller learning rate, or scaled inputs, cure that.")
def _(case: Case) -> Found:
    return bool(np.isnan(case.output).any())


@cause("picture smaller than its kernel", SMALLER_THAN_ITS_KERNEL)
def _(case: Case) -> Found:
    return case.has_no_pixels


@cause(
    "no Flatten",
    "For each example the model gives an array of shape {shape}, because nothing flattens the picture: "
    "put Flatten(), or a global pooling, before the last Dense layer.",
)
def _(case: Case) -> Found:
    shape = case.output.shape[1:]
    return len(shape) > 1 and not case.has_no_pixels and {"shape": shape}


@cause(
    "one softmax unit",
    "The last layer is a softmax over one unit, which always gives 1, whatever its weights are: "
    'Dense(1, activation="sigmoid") gives the probability of a yes.',
)
def _(case: Case) -> Found:
    return case.last == "softmax" and case.output.shape[1:] == (1,)


@cause(
    "wrong number of outputs",
    "The last layer gives {received} for each example, and {expected} is asked for: one for each {thing}.",
)
def _(case: Case) -> Found:
    task, shape = case.task, case.output.shape[1:]
    if len(shape) > 1 or (task.kind == "values" and case.output.size == len(case.output) * task.outputs):
        return False
    received = shape[0] if shape else 1
    if received in ((1, 2) if task.kind == "binary" else (task.outputs,)):
        return False
    thing = {"values": "value", "labels": "label"}.get(task.kind, "class")
    return {"received": _count(received, "number"), "expected": task.outputs, "thing": thing}


# The last layer, the loss and the targets


@cause("not compiled", 'The model is not compiled: model.compile(optimizer="adam", loss=…) chooses what it learns by.')
def _(case: Case) -> Found:
    return not case.anatomy.compiled and not case.reaches_bar


@cause(
    "softmax twice",
    "The last layer has softmax and the loss says from_logits=True, which contradict each other: "
    "on some backends the softmax is applied twice. Leave one of them out.",
)
def _(case: Case) -> Found:
    return case.last == "softmax" and case.anatomy.from_logits


@cause(
    "sigmoid twice",
    "The last layer has sigmoid and the loss says from_logits=True, which contradict each other: "
    "on some backends the sigmoid is applied twice. Leave one of them out.",
)
def _(case: Case) -> Found:
    return case.last == "sigmoid" and case.anatomy.from_logits and case.anatomy.loss == "binary_crossentropy"


@cause(
    "two softmax layers",
    "Two softmax follow each other at the end, {first} and {second}: the probabilities are squeezed a second time.",
)
def _(case: Case) -> Found:
    ends = [layer for layer in case.anatomy.layers if (layer.kind, layer.activation) != NO_ACTIVATION][-2:]
    twice = case.anatomy.is_chain and [layer.activation for layer in ends] == ["softmax", "softmax"]
    return twice and ends[1].kind in ACTIVATION_LAYERS and {"first": ends[0].name, "second": ends[1].name}


@cause(
    "logits taken for probabilities",
    "The last layer has no activation, so it gives logits, and the loss {loss} takes them for probabilities: "
    'add activation="{wanted}", or say from_logits=True in the loss.',
)
def _(case: Case) -> Found:
    loss = case.anatomy.loss
    if case.last != "linear" or case.anatomy.from_logits or not _is_crossentropy(loss) or case.task.kind == "values":
        return False
    of_each = loss == "binary_crossentropy" or case.task.kind == "labels"
    return {"loss": loss, "wanted": "sigmoid" if of_each else "softmax"}


@cause(
    "sigmoid for classes that exclude each other",
    "The last layer has sigmoid and the loss is {loss}: each unit answers yes or no for itself, so the {units} numbers "
    "are no probabilities of one choice. Classes that exclude each other ask for softmax.",
)
def _(case: Case) -> Found:
    of_one_choice = "categorical" in case.anatomy.loss and _units(case) > 1 and case.task.kind != "labels"
    return of_one_choice and case.last == "sigmoid" and {"loss": case.anatomy.loss, "units": _units(case)}


@cause(
    "softmax for several labels",
    "The last layer's softmax shares out one sum of 1 among the {units} labels, so two of them can never both be "
    "likely. Where several may be right at once, each takes a sigmoid of its own, with binary_crossentropy.",
)
def _(case: Case) -> Found:
    return case.task.kind == "labels" and case.last == "softmax" and {"units": _units(case)}


@cause(
    "loss of one choice for several labels",
    "The loss {loss} takes the {units} outputs for the probabilities of one choice, and here several labels may be "
    "right at once: binary_crossentropy asks about each of them on its own.",
)
def _(case: Case) -> Found:
    of_one_choice = "categorical" in case.anatomy.loss and _units(case) > 1 and case.last != "softmax"
    return of_one_choice and case.task.kind == "labels" and {"loss": case.anatomy.loss, "units": _units(case)}


@cause(
    "categorical loss on one unit",
    "The loss {loss} compares the probabilities of several classes, and the last layer gives one number: "
    'for yes or no, Dense(1, activation="sigmoid") goes with binary_crossentropy.',
)
def _(case: Case) -> Found:
    alone = "categorical" in case.anatomy.loss and _units(case) == 1 and case.last != "softmax"
    return alone and {"loss": case.anatomy.loss}


@cause(
    "binary loss for several classes",
    "The loss binary_crossentropy takes each of the {units} classes for a yes or no of its own, and the last layer's "
    "softmax makes them one choice: sparse_categorical_crossentropy, or categorical_crossentropy for one-hot rows.",
)
def _(case: Case) -> Found:
    of_one_choice = case.task.kind == "classes" and case.last == "softmax"
    return of_one_choice and case.anatomy.loss == "binary_crossentropy" and {"units": _units(case)}


@cause(
    "squared error for classes",
    "The loss {loss} measures how far a number is off, and classes are no distances: for classes a cross-entropy "
    "punishes a confident mistake, and its slope does not vanish there.",
)
def _(case: Case) -> Found:
    loss = case.anatomy.loss
    return case.task.kind != "values" and loss.startswith("mean_") and {"loss": loss}


@cause(
    "cross-entropy for values",
    "The loss {loss} compares probabilities, and the targets are values from {low:.4g} to {high:.4g}: "
    "a regression asks for mean_squared_error or mean_absolute_error.",
)
def _(case: Case) -> Found:
    wrong = case.task.kind == "values" and _is_crossentropy(case.anatomy.loss)
    return wrong and {"loss": case.anatomy.loss, **_range(case)}


@cause(
    "one-hot loss for whole numbers",
    "The loss categorical_crossentropy wants one-hot rows, and the targets are whole numbers: "
    "sparse_categorical_crossentropy takes them as they are.",
)
def _(case: Case) -> Found:
    wrong = case.task.kind in ("classes", "binary") and not case.task.one_hot and _units(case) > 1
    return wrong and case.anatomy.loss == "categorical_crossentropy" and _meets_targets(case)


@cause(
    "sparse loss for one-hot rows",
    "The loss sparse_categorical_crossentropy wants whole numbers, and the targets are one-hot rows: "
    "categorical_crossentropy takes them as they are.",
)
def _(case: Case) -> Found:
    wrong = case.task.one_hot and case.anatomy.loss == "sparse_categorical_crossentropy"
    return wrong and _meets_targets(case)


@cause(
    "ReLU on the last layer",
    "The last layer has relu, which gives 0 for everything below 0: {reason}.",
)
def _(case: Case) -> Found:
    if case.last != "relu":
        return False
    if case.task.kind != "values":
        wanted = "sigmoid" if _units(case) == 1 or case.task.kind == "labels" else "softmax"
        return {"reason": f"probabilities come from {wanted}, and logits from no activation at all"}
    return case.task.low < 0 and {"reason": f"the targets go down to {case.task.low:.4g}"}


@cause(
    "values out of reach",
    "The last layer has {activation}, which stays between {least} and 1, and the targets go from {low:.4g} to "
    "{high:.4g}: values ask for a last layer without an activation.",
)
def _(case: Case) -> Found:
    least = {"sigmoid": 0, "softmax": 0, "tanh": -1}.get(case.last)
    if least is None or case.task.kind != "values" or (least <= case.task.low and case.task.high <= 1):
        return False
    return {"activation": case.last, "least": least, **_range(case)}


@cause(
    "accuracy of values",
    "The metric accuracy counts exact hits, which values have none of: "
    'metrics=["mae"] says how far a prediction is off on average.',
)
def _(case: Case) -> Found:
    return case.task.kind == "values" and any("acc" in metric for metric in case.anatomy.metrics)


# Layers


@cause(
    "missing layer",
    "These layers are asked for in this order: {wanted}. {missing} is missing{place}.",
)
def _(case: Case) -> Found:
    kinds = [layer.kind for layer in case.anatomy.layers]
    wanted = case.exercise.layers
    if not case.anatomy.is_chain:  # a model with a `call` of its own has no order that could be read
        absent = [kind for kind in wanted if kind not in kinds]
        return bool(absent) and {"wanted": ", ".join(wanted), "missing": absent[0], "place": ""}
    for number, kind in enumerate(wanted):
        if kind not in kinds:
            place = f" behind {wanted[number - 1]}" if number else ""
            return {"wanted": ", ".join(wanted), "missing": kind, "place": place}
        kinds = kinds[kinds.index(kind) + 1 :]
    return False


@cause(
    "too many parameters",
    "It has {parameters:,} parameters, and at most {budget:,} are allowed; {share:,} of them sit in {name}.",
)
def _(case: Case) -> Found:
    budget, parameters = case.exercise.budget, case.anatomy.parameters
    if budget is None or parameters <= budget:
        return False
    largest = max(case.anatomy.layers, key=lambda layer: layer.parameters)
    return {"parameters": parameters, "budget": budget, "share": largest.parameters, "name": largest.name}


@cause(
    "no activation between layers",
    "Between {first} and {second} there is no activation: two linear layers, one after the other, are one linear "
    'layer. Give the first one activation="relu".',
)
def _(case: Case) -> Found:
    before = None
    for layer in case.anatomy.layers if case.anatomy.is_chain else []:
        if layer.kind in LINEAR:
            if before is not None:
                return {"first": before.name, "second": layer.name}
            before = layer if layer.activation == "linear" else None
        elif layer.kind not in STILL_LINEAR and (layer.kind, layer.activation) != NO_ACTIVATION:
            before = None
    return False


@cause(
    "too much dropout",
    "{name} drops {rate:.0%} of its inputs at each step, so that next to nothing is left to learn from: "
    "rates of 20 % to 50 % are usual.",
)
def _(case: Case) -> Found:
    for layer in case.anatomy.layers:
        rate = layer.settings.get("rate")
        if "Dropout" in layer.kind and isinstance(rate, (int, float)) and rate >= 0.9:
            return {"name": layer.name, "rate": rate}
    return False


@cause(
    "dropout at the end",
    "{name} stands behind the last Dense layer and drops predictions: dropout belongs between hidden layers.",
)
def _(case: Case) -> Found:
    layers = case.anatomy.layers
    at_end = case.anatomy.is_chain and layers and "Dropout" in layers[-1].kind and case.anatomy.weighted
    return bool(at_end) and {"name": layers[-1].name}


@cause(
    "frozen model",
    "No layer can learn, because all of them have trainable=False: set it to True, and compile again.",
)
def _(case: Case) -> Found:
    return case.anatomy.parameters > 0 and case.anatomy.trainable == 0 and not case.reaches_bar


@cause(
    "frozen last layer",
    "The last layer with weights, {name}, has trainable=False: it keeps its random start. "
    "Set it to True, and compile again.",
    always=False,
)
def _(case: Case) -> Found:
    weighted = case.anatomy.weighted
    frozen = bool(weighted) and not weighted[-1].trainable and case.anatomy.trainable > 0
    return frozen and {"name": weighted[-1].name}


@cause(
    "zeros as a start",
    "{name} starts with weights of zero: its units may stay alike, and with relu none of them ever moves. "
    "Leave kernel_initializer out, or take he_normal.",
    always=False,
)
def _(case: Case) -> Found:
    hidden = case.anatomy.weighted[:-1]
    return _first(hidden, lambda layer: layer.settings.get("initializer") in ("Zeros", "zeros"))


@cause(
    "softmax in a hidden layer",
    "{name} is a hidden layer with softmax, which makes its units share a sum of 1, so that little gets through: "
    "hidden layers take relu.",
    always=False,
)
def _(case: Case) -> Found:
    return _first(case.anatomy.weighted[:-1], lambda layer: layer.activation == "softmax" and layer.kind == "Dense")


@cause(
    "picture lost",
    "Behind {name} the picture of {before} is a single pixel: strides and poolings have thrown away where things are. "
    'Use padding="same", smaller strides, or fewer poolings.',
    always=False,
)
def _(case: Case) -> Found:
    if len(case.example) < 2 or max(case.example[:2]) == 1:
        return False
    before = " x ".join(map(str, case.example[:2]))
    for layer in case.anatomy.layers:
        if layer.output is not None and len(layer.output) == 3 and layer.output[:2] == (1, 1):
            return {"name": layer.name, "before": before}
    return False


# The inputs


@cause(
    "trained on raw pixels",
    "With inputs 255 times as large it reaches {other:.3g}: it was trained on pixels of 0 … 255, "
    "and here they come as 0 … 1. Divide by 255 before fit.",
    always=False,
)
def _(case: Case) -> Found:
    return _largest(case) <= 1 and _better_with(case, 255)


@cause(
    "pixels are not scaled",
    "Its inputs go up to {largest:.4g}, and nothing in the model scales them: let it begin with Rescaling(1 / 255).",
    always=False,
)
def _(case: Case) -> Found:
    return _largest(case) > 30 and not _scales(case) and not _has_columns(case) and {"largest": _largest(case)}


@cause(
    "columns are not scaled",
    "The columns of its inputs have very different sizes, standard deviations from {least:.3g} to {most:.3g}, and "
    "nothing in the model scales them: let it begin with a Normalization layer that has adapted to the training data.",
    always=False,
)
def _(case: Case) -> Found:
    if not _has_columns(case) or _scales(case):
        return False
    spread = case.x.std(axis=0)  # (n,)
    least, most = spread[spread > 0].min(), spread.max()
    return most > 10 * least and {"least": least, "most": most}


@cause(
    "scaled twice",
    "The inputs lie between 0 and 1 already, and {name} makes them {factor:.0f} times smaller: leave one of them out.",
    always=False,
)
def _(case: Case) -> Found:
    for layer in case.anatomy.layers if _largest(case) <= 1 else []:
        scale = layer.settings.get("scale")
        if layer.kind == "Rescaling" and isinstance(scale, float) and 0 < scale < 0.1:
            return {"name": layer.name, "factor": 1 / scale}
    return False


@cause(
    "Normalization without adapt",
    "The layer {name} has not adapted to anything, so it leaves its inputs as they are: "
    "call its adapt with the training data before fit.",
    always=False,
)
def _(case: Case) -> Found:
    return _first(case.anatomy.layers, lambda layer: layer.settings.get("adapted") is False)


# Training


@cause(
    "learning rate too large",
    "The learning rate is {rate:g}, which is large for {optimizer}: its steps jump over every minimum. "
    "Try {usual:g} first.",
    always=False,
)
def _(case: Case) -> Found:
    rate = case.anatomy.learning_rate
    return rate is not None and rate >= 50 * _usual_rate(case) and _about_rate(case)


@cause(
    "learning rate too small",
    "The learning rate is {rate:g}, which is small for {optimizer}: after all its steps the weights have hardly moved. "
    "Try {usual:g} first.",
    always=False,
)
def _(case: Case) -> Found:
    rate = case.anatomy.learning_rate
    return rate is not None and rate <= _usual_rate(case) / 100 and _about_rate(case)


@cause(
    "not trained",
    "The model is compiled but not trained: call model.fit, then check it again.",
    always=False,
)
def _(case: Case) -> Found:
    asked = case.exercise.bar is not None and case.exercise.epochs is None
    return asked and case.anatomy.compiled and case.anatomy.steps == 0


@cause(
    "trained on the test data",
    "Its {name} is {test:.3f} on the test data and {train:.3f} on the training data: "
    "it looks as if it had been trained on the test data, so the score says nothing about new examples.",
)
def _(case: Case) -> Found:
    if case.score is None or case.was_trained_here or case.task.kind == "values" or case.score < 0.95:
        return False
    if case.exercise.wrong_labels:  # a good model disagrees with them
        return False
    train = case.train_score()
    chance = (case.score * (1 - case.score) / len(case.exercise.data()[1][1])) ** 0.5  # standard error of a share
    if train is None or case.score - train < 0.03 + 4 * chance:
        return False
    return {"name": case.task.name_of_score, "test": case.score, "train": train}


@cause(
    "always the same answer",
    "It gives the same answer for every example: its hidden units are dead or saturated, or it was not trained.",
    always=False,
)
def _(case: Case) -> Found:
    alone = case.last == "softmax" and _units(case) == 1  # always 1, however well its hidden units are
    return _has_learned(case) and not alone and bool(np.ptp(case.output, axis=0).max() < 1e-6)


@cause(
    "still far from the targets",
    "Its outputs lie around {given:.3g} and the targets around {asked:.3g}: training has not come that far. "
    "More epochs, or a larger learning rate, bring it there.",
    always=False,
)
def _(case: Case) -> Found:
    if not _has_learned(case) or case.task.kind != "values" or case.last != "linear":
        return False
    _, (_, y) = case.exercise.data()
    y = np.asarray(y, float).reshape(len(y), -1)  # (m, k)
    given, asked = case.output.reshape(len(case.output), -1).mean(axis=0), y.mean(axis=0)  # (k,)
    off = np.abs(given - asked) / y.std(axis=0)  # in standard deviations
    worst = int(off.argmax())
    on_its_way = abs(given[worst]) < abs(asked[worst])  # outputs start near 0
    return bool(off[worst] > 1 and on_its_way) and {"given": given[worst], "asked": asked[worst]}


@cause(
    "overfitting",
    "Its accuracy is {train:.3f} on the training data and {test:.3f} on new data: it overfits. "
    "Fewer parameters, dropout, or an earlier stop help.",
    always=False,
)
def _(case: Case) -> Found:
    if not _has_learned(case) or case.task.kind == "values" or case.score is None:
        return False
    train = case.train_score()
    if train is None:
        return False
    is_apart = case.exercise.passes(train) and train - case.score > 0.05
    wrong = case.exercise.wrong_labels
    is_by_heart = wrong > 0 and train > 1 - wrong + 0.03  # more than a perfect model agrees with
    return (is_apart or is_by_heart) and {"train": train, "test": case.score}


@cause(
    "too few steps",
    "It has taken only {steps} steps, and more of them will help: smaller batches or more epochs.",
    always=False,
)
def _(case: Case) -> Found:
    steps = case.anatomy.steps
    few = min(FEW_STEPS, len(case.x))  # a hundred examples have been seen often enough after a hundred steps
    if not _has_learned(case) or case.was_trained_here or steps >= few:
        return False
    train = case.train_score()
    return train is not None and not case.exercise.passes(train) and {"steps": steps}


# In words that several causes share


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" + "s" * (number != 1)


def _units(case: Case) -> int:
    return case.output.shape[-1] if case.output.ndim > 1 else 1


def _is_crossentropy(loss: str) -> bool:
    return loss.endswith("crossentropy")


def _range(case: Case) -> dict[str, float]:
    return {"low": case.task.low, "high": case.task.high}


def _meets_targets(case: Case) -> bool:
    """Whether the model is to be trained on the targets as they are; a trained one has had its own."""
    return case.anatomy.steps == 0 and not case.reaches_bar


def _has_learned(case: Case) -> bool:
    return case.score is not None and case.anatomy.steps > 0


def _first(layers: list[LayerInfo], is_so: Callable[[LayerInfo], bool]) -> Found:
    return next(({"name": layer.name} for layer in layers if is_so(layer)), False)


def _scales(case: Case) -> bool:
    """Tell whether the model scales its inputs, or may do so in a `call` of its own."""
    scaling = {"Rescaling", "Normalization", "BatchNormalization"} & {layer.kind for layer in case.anatomy.layers}
    return bool(scaling) or not case.anatomy.is_chain


def _has_columns(case: Case) -> bool:
    """Tell whether the inputs are rows of measurements; pixels are whole numbers, or lie between 0 and 1."""
    few = case.x[:100]
    return few.ndim == 2 and _largest(case) > 1 and bool((few != np.round(few)).any())


def _largest(case: Case) -> float:
    return float(np.max(case.x[:100]))


def _better_with(case: Case, factor: float) -> Found:
    """Tell whether the inputs times a factor, and not as they are, bring the model to its bar."""
    if not _has_learned(case) or case.was_trained_here:
        return False
    other = case.test_score(factor)
    return other is not None and case.exercise.passes(other) and {"other": other}


def _usual_rate(case: Case) -> float:
    return 0.01 if case.anatomy.optimizer == "sgd" else 0.001


def _about_rate(case: Case) -> dict[str, Any]:
    optimizer = case.anatomy.optimizer
    return {"rate": case.anatomy.learning_rate, "optimizer": optimizer, "usual": _usual_rate(case)}
