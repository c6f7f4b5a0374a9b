"""The ward of lesson 16: twelve patients, the words for what can be wrong, and which letter hides which patient."""

import numpy as np

from course_utils.lessons.lesson_16_bug_clinic import keras_cases as in_keras
from course_utils.lessons.lesson_16_bug_clinic import numpy_cases as in_numpy
from course_utils.patients import Case, Cause

CAUSES = (
    Cause(
        "axis",
        "a sum runs over the wrong axis",
        "outputs",
        "rows that do not add up to 1",
        lambda values: abs(values["sum"] - 1) > 0.01 and "answers" in values,
    ),
    Cause(
        "broadcasting",
        "NumPy stretches an array without a word",
        "shapes",
        "an output that does not have a column for each target",
        lambda values: len(values["targets"][0]) == 2 and values["outputs"][-1] != values["targets"][0],
    ),
    Cause(
        "frozen",
        "some of the weights are kept from learning",
        "steps",
        "some arrays that do not move at all, and some that do",
        lambda values: any(max(moved) == 0 for moved in values.values()) and any(map(max, values.values())),
    ),
    Cause(
        "gradients",
        "old gradients are still there when new ones come",
        "steps",
        "a second step on the same batch that is much longer than the first",
        lambda values: all(moved[1] > 1.3 * moved[0] > 0 for moved in values.values()),
    ),
    Cause(
        "large rate",
        "the steps are far too long",
        "steps",
        "a step of more than 100 %, longer than the weights themselves",
        lambda values: max(map(max, values.values())) > 1,
    ),
    Cause(
        "leak",
        "what is used to judge has been seen in training",
        "random_labels",
        "an accuracy far above that of a guess",
        lambda values: (values["reported"] or 0) > 0.25,
    ),
    Cause(
        "logits",
        "the softmax is applied twice",
        "one_batch",
        "a loss that stops falling at about 1.5",
        lambda values: 1.4 < values["loss"][-1] < 1.7,
    ),
    Cause(
        "loss",
        "the loss does not fit the outputs",
        "first_loss",
        "a first loss that is far from that of equal guesses",
        lambda values: not 0.6 < values["loss"] / values["guess"] < 1.6,
    ),
    Cause(
        "mode",
        "a part that is meant for training alone is at work in use",
        "outputs",
        "other outputs for the same image when it is asked again",
        lambda values: values["changed"] > 1e-3,
    ),
    Cause(
        "order",
        "the examples come sorted",
        "batches",
        "targets that come in blocks",
        lambda values: values["blocks"],
    ),
    Cause(
        "pairs",
        "images and labels do not belong together",
        "batches",
        "inputs that are seldom nearest to the average of their own target",
        lambda values: values.get("nearest", 1.0) < 0.5,
    ),
    Cause(
        "scale",
        "all inputs are far too large or too small",
        "batches",
        "inputs in training that reach far beyond 1",
        lambda values: values["training"][1] > 20,
    ),
    Cause(
        "small rate",
        "the steps are far too short",
        "steps",
        "steps of less than a tenth of a percent that are not 0",
        lambda values: 0 < max(map(max, values.values())) < 1e-3,
    ),
    Cause(
        "start",
        "the weights begin where nothing moves them",
        "steps",
        "weights that do not move at all, none of them",
        lambda values: max(map(max, values.values())) == 0,
    ),
    Cause(
        "test",
        "inputs in use are prepared in another way than in training",
        "batches",
        "two different ranges, in training and in use",
        lambda values: "use" in values and values["use"][1] > 5 * values["training"][1],
    ),
)
REQUIRED = (in_numpy.LEAK, in_numpy.PAIRS, in_numpy.SCALE, in_keras.LOGITS, in_keras.ORDER, in_keras.TEST)
OPTIONAL = (
    in_numpy.AXIS,
    in_numpy.BROADCASTING,
    in_numpy.GRADIENTS,
    in_keras.FROZEN,
    in_keras.MODE,
    in_keras.SMALL_RATE,
)
EXAMPLE = in_numpy.START  # the patient that the lesson examines together: Z, in every ward
HEALTHY = in_numpy.HEALTHY  # to compare with: Y
LETTERS = "ABCDEFGHIJKL"


def causes() -> dict[str, Cause]:
    """Return all causes by their word."""
    return {cause.word: cause for cause in CAUSES}


def ward(seed: int) -> dict[str, Case]:
    """Return the case behind each letter: six that a class has seen in the end behind A to F, six more behind G to L.

    Z is the one that the lesson examines, and Y is healthy.

    Parameters
    ----------
    seed : int
        Of the shuffle. The same six patients stand behind A to F in every ward, in another order.
    """
    rng = np.random.default_rng(seed)
    order = [half[i] for half in (REQUIRED, OPTIONAL) for i in rng.permutation(len(half))]
    return {**dict(zip(LETTERS, order, strict=True)), "Y": HEALTHY, "Z": EXAMPLE}
