"""The raw data that a patient's program is given, and new ones on which it is judged."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Material:
    """Pictures of digits, or points, with what they are.

    Attributes
    ----------
    images : NDArray
        Pictures (m, 28, 28), 0 … 255, or points (m, 2).
    labels : NDArray
        Whole numbers (m,), or targets (m, 1) of 0 and 1.
    new_images, new_labels : NDArray
        As above; no program is trained on them.
    classes : int
    times : int
        How often a healthy network has to see one batch, to know it by heart.
    """

    images: NDArray
    labels: NDArray
    new_images: NDArray
    new_labels: NDArray
    classes: int
    times: int

    @property
    def guess(self) -> float:
        """The cross-entropy of equal guesses: 2.30 for ten classes."""
        return float(np.log(self.classes))

    def accuracy(self, outputs: NDArray, labels: NDArray) -> float:
        """Return the share of rows that are right; with one target of 0 or 1, each output has to be on its side."""
        if labels.ndim == 2 and labels.shape[1] == 1:
            return float(((outputs > 0.5) == (labels > 0.5)).all(axis=1).mean())
        wanted = labels.argmax(axis=1) if labels.ndim == 2 else labels
        return float((outputs.argmax(axis=1) == wanted).mean())
