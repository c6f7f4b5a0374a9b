"""What the targets of an exercise ask a model for: classes, yes or no, labels, or values; and how it is scored."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks import argument_error

DEMANDS = {
    "classes": "accuracy at least {bar:g}",
    "binary": "accuracy at least {bar:g}",
    "labels": "share of right labels at least {bar:g}",
    "values": "mean absolute error at most {bar:g}",
}


@dataclass(frozen=True)
class Task:
    """What a model is asked for.

    Attributes
    ----------
    kind : "classes", "binary", "labels" or "values"
    outputs : int
        How many numbers it gives for each example.
    one_hot : bool
        The targets are one-hot rows, and no whole numbers.
    low, high : float
        The smallest and the largest target.
    """

    kind: str
    outputs: int
    one_hot: bool
    low: float
    high: float

    @property
    def better(self) -> int:
        """1 where a larger score is better, -1 where a smaller one is."""
        return -1 if self.kind == "values" else 1

    @property
    def demand(self) -> str:
        """The bar in words, with a hole for its number."""
        return DEMANDS[self.kind]

    @property
    def name_of_score(self) -> str:
        """What the score is called."""
        return {"values": "mean absolute error", "labels": "share of right labels"}.get(self.kind, "accuracy")

    def score(self, y: Any, output: NDArray, logits: bool) -> float | None:
        """Return the accuracy, or the mean absolute error of values; None where the output has another shape."""
        y = np.asarray(y)
        if self.kind == "values":
            return float(np.abs(output.reshape(y.shape) - y).mean()) if output.size == y.size else None
        if self.kind == "labels":
            return float(((output > _middle(logits)) == y).mean()) if output.shape == y.shape else None
        if output.ndim == 1:
            output = output[:, None]
        if output.ndim != 2:
            return None
        labels = y.argmax(axis=1) if self.one_hot else y.reshape(-1)
        if output.shape[1] == 1 and self.kind == "binary":
            return float(((output[:, 0] > _middle(logits)) == labels).mean())
        if output.shape[1] != (2 if self.kind == "binary" else self.outputs):
            return None
        return float((output.argmax(axis=1) == labels).mean())


def _middle(logits: bool) -> float:
    return 0.0 if logits else 0.5


def find_task(y: Any, y_test: Any) -> Task:
    """Read from the targets what is asked for: whole numbers are classes, floats are values.

    Raises
    ------
    ValueError
        If the targets are no table, or the two parts have different shapes.

    Examples
    --------
    >>> find_task([0, 2, 1], [1]).kind, find_task([[0.5], [1.5]], [[2.5]]).kind, find_task([[1], [0]], [[0]]).kind
    ('classes', 'values', 'binary')
    """
    y, y_test = np.asarray(y), np.asarray(y_test)
    if y.ndim not in (1, 2) or y.shape[1:] != y_test.shape[1:]:
        received = f"{y.shape} and {y_test.shape}"
        raise argument_error("model_exercise", "data has targets of another shape", "y (m,) or (m, k)", received)
    every = np.concatenate([y, y_test]).astype(float)
    low, high = float(every.min()), float(every.max())
    columns = 1 if y.ndim == 1 else y.shape[1]
    bits = bool(np.isin(every, (0, 1)).all())
    if columns > 1 and bits:
        one_hot = bool((every.sum(axis=1) == 1).all())
        return Task("classes" if one_hot else "labels", columns, one_hot, low, high)
    if columns == 1 and bits:
        return Task("binary", 1, False, low, high)
    if columns == 1 and y.dtype.kind in "iu" and low >= 0:
        return Task("classes", int(high) + 1, False, low, high)
    return Task("values", columns, False, low, high)
