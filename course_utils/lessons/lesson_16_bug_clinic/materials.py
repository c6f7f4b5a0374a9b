"""What the patients of lesson 16 are trained on: 1,400 digits, or nine points with a corner cut off."""

from functools import cache

import numpy as np

from course_utils.datasets import load_mnist
from course_utils.patients import Material

TRAINING, NEW = 1400, 300  # images


@cache
def digits() -> Material:
    """Return 1,400 training images and 300 new ones of the digits at hand."""
    (images, labels), (new_images, new_labels) = load_mnist(download=False)
    return Material(
        images=images[:TRAINING].astype(np.float32),  # uint8 would wrap round below 0
        labels=labels[:TRAINING].astype(np.int64),
        new_images=new_images[:NEW].astype(np.float32),
        new_labels=new_labels[:NEW].astype(np.int64),
        classes=10,
        times=200,
    )


@cache
def corner() -> Material:
    """Return nine points on a square grid, of which the four in the upper right corner are 1."""
    points = np.indices((3, 3)).reshape(2, 9).T.astype(float)  # (9, 2): 0 0, 0 1, … 2 2
    inside = (points > 0.5).all(axis=1, keepdims=True).astype(float)  # (9, 1)
    return Material(points, inside, points, inside, classes=2, times=300)
