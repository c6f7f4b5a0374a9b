"""What the checker knows of one answer: how the model is built, what it gives, and how well it does."""

import sys
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.model_checks.anatomy import Anatomy, is_keras_model, last_activation, read, to_numpy
from course_utils.model_checks.model_exercise import ModelExercise
from course_utils.model_checks.task import Task
from course_utils.models import Sequential

FEW = 32  # examples that show what a model gives
MANY = 2000  # training examples at most on which a score is compared
CHUNK = 256


@dataclass(frozen=True)
class Case:
    """One answer, looked at.

    Attributes
    ----------
    output : ndarray
        What the model gives for a few of the test examples.
    score : float, optional
        On the test data; None where the exercise has no bar, or the output has another shape than it takes.
    was_trained_here : bool
        The checker has trained it.
    """

    exercise: ModelExercise
    model: Any
    anatomy: Anatomy
    task: Task
    output: NDArray
    last: str
    score: float | None = None
    was_trained_here: bool = False

    @property
    def reaches_bar(self) -> bool:
        """Whether the score is good enough; False where there is none."""
        return self.score is not None and self.exercise.passes(self.score)

    @cached_property
    def x(self) -> NDArray:
        """The training examples."""
        return np.asarray(self.exercise.data()[0][0])

    @property
    def example(self) -> tuple[int, ...]:
        """The shape of one example."""
        return self.x.shape[1:]

    @property
    def has_no_pixels(self) -> bool:
        """Whether a layer leaves nothing of a picture: an older Keras lets a kernel slide over less than its own size.

        Counted is what Keras says of each layer; what TensorFlow then computes depends on the processor.
        """
        shapes = [layer.output or () for layer in self.anatomy.layers]
        return any(0 in shape for shape in [*shapes, self.output.shape[1:]])

    def train_score(self) -> float | None:
        """Return the score on the training data, on the first of them where they are many."""
        (x, y), _ = self.exercise.data()
        return self._score(x[:MANY], y[:MANY])

    def test_score(self, factor: float = 1.0) -> float | None:
        """Return the score on the test data, its inputs multiplied by a factor."""
        _, (x, y) = self.exercise.data()
        return self._score(np.asarray(x) * np.float32(factor), y)

    def _score(self, x: Any, y: Any) -> float | None:
        return self.task.score(y, predict(self.model, x), logits=self.last == "linear" or self.anatomy.from_logits)


def look_at(exercise: ModelExercise, model: Any, was_trained_here: bool = False) -> Case:
    """Build a model that has no weights yet, run it on a few examples, read it, and measure it if there is a bar.

    Raises
    ------
    Exception
        Whatever the model raises where the examples do not fit.
    """
    (x, _), (x_test, _) = exercise.data()
    build(model, np.asarray(x))
    output = predict(model, x_test[:FEW])
    anatomy = read(model)
    parts = {"exercise": exercise, "model": model, "anatomy": anatomy, "task": exercise.task, "output": output}
    case = Case(**parts, last=last_activation(anatomy, output))
    if exercise.bar is None:
        return case
    return Case(**parts, last=case.last, score=case.test_score(), was_trained_here=was_trained_here)


def build(model: Any, x: NDArray) -> None:
    """Give a model its weights, for examples like these; one that has them stays as it is."""
    if is_keras_model(model) and not model.built and isinstance(model, sys.modules["keras"].Sequential):
        model.build((None, *x.shape[1:]))  # or its input would have the number of examples of the first call
    elif isinstance(model, Sequential) and not model.built:
        model.predict(x[:1])


def predict(model: Any, x: Any) -> NDArray:
    """Return what a model gives, in inference, as an array.

    Raises
    ------
    ValueError
        If the model gives several arrays.
    """
    x = np.asarray(x, np.float32)
    if isinstance(model, Sequential):
        return model.predict(x)
    parts = []
    for start in range(0, len(x), CHUNK):
        output = model(x[start : start + CHUNK], training=False)
        if isinstance(output, (list, tuple, dict)):
            raise ValueError(f"the model gives {len(output)} outputs for each example")
        parts.append(to_numpy(output))
    return np.concatenate(parts)
