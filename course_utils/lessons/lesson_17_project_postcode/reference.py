"""A reference solution of the project: straighten a strip, cut it, read each window. No lesson shows it.

`benchmarks/postcodes.py` measures it on both sources of digits.
"""

from typing import Any

import numpy as np

import course_utils as cu
from course_utils.backend import load_keras

load_keras()
import keras  # noqa: E402
from keras import layers  # noqa: E402

N_DIGITS = 5
LEVEL = 110  # of ink: four standard deviations of the noise lie below
SLANTS = np.linspace(-0.25, 0.25, 11)


def post_office(images: Any, labels: Any, n_codes: int, seed: int) -> tuple[np.ndarray, ...]:
    """Give strips, codes and spans as the lesson's office writes them."""
    return cu.make_postcodes(images, labels, n_codes, gap=(-1, 6), noise=20, slant=0.2, rng=seed, return_spans=True)


def windows_at(strip: np.ndarray, spans: np.ndarray) -> np.ndarray:
    """Give 28 columns around the middle of each span, (k, 28, 28)."""
    middles = spans.sum(axis=1) // 2  # (k,)
    padded = np.pad(strip, ((0, 0), (14, 14)))
    return np.stack([padded[:, middle : middle + 28] for middle in middles])


def ink_runs(strip: np.ndarray, level: float) -> np.ndarray:
    """Give the runs of columns with a pixel above a level, (k, 2)."""
    inked = (strip > level).any(axis=0)  # (w,)
    framed = np.concatenate([[False], inked, [False]])
    return np.flatnonzero(framed[1:] != framed[:-1]).reshape(-1, 2)


def straighten(strip: np.ndarray) -> np.ndarray:
    """Lean a strip so far that its columns of ink are as full, or as empty, as they can be."""
    ink = np.where(strip > LEVEL, strip, 0).astype(float)
    best = max(SLANTS, key=lambda slant: np.square(_lean(ink, slant).sum(axis=0)).sum())
    return _lean(strip, best)


def _lean(strip: np.ndarray, slant: float) -> np.ndarray:
    height, width = strip.shape
    shifts = np.rint(slant * ((height - 1) / 2 - np.arange(height))).astype(int)
    return np.take_along_axis(strip, (np.arange(width) - shifts[:, np.newaxis]) % width, axis=1)


def cut(strip: np.ndarray) -> np.ndarray:
    """Give five spans, (5, 2): cut the widest run at its emptiest column, join the two that are narrowest together."""
    spans = ink_runs(strip, LEVEL).tolist() or [[0, strip.shape[1]]]
    ink = np.where(strip > LEVEL, strip, 0).sum(axis=0, dtype=int)  # (w,)
    while len(spans) < N_DIGITS:
        left, right = max(spans, key=lambda span: span[1] - span[0])
        margin = max((right - left) // 4, 1)
        inside = ink[left + margin : right - margin]
        middle = left + margin + int(inside.argmin()) if len(inside) else (left + right) // 2
        spans.remove([left, right])
        spans = sorted([*spans, [left, middle], [middle, right]])
    while len(spans) > N_DIGITS:
        together = [after[1] - before[0] for before, after in zip(spans[:-1], spans[1:], strict=True)]
        i = int(np.argmin(together))
        spans[i : i + 2] = [[spans[i][0], spans[i + 1][1]]]
    return np.array(spans)


def build_reader(seed: int) -> Any:
    """Return a compiled convolutional network for windows of 0 … 255, (28, 28)."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Rescaling(1 / 255),
            layers.Reshape((28, 28, 1)),
            layers.Conv2D(16, 5, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(32, 5, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dropout(0.3),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.001), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def train(images: Any, labels: Any, seed: int, *, n_codes: int = 4000, epochs: int = 6) -> Any:
    """Train a reader on windows of straightened strips, cut as `read` will cut them."""
    strips, codes, _ = post_office(images, labels, n_codes, seed)
    model = build_reader(seed)
    model.fit(cut_windows(strips), codes.ravel(), batch_size=64, epochs=epochs, verbose=0)
    return model


def cut_windows(strips: np.ndarray) -> np.ndarray:
    """Give the windows of all strips, (5 m, 28, 28)."""
    straight = map(straighten, strips)
    return np.concatenate([windows_at(strip, cut(strip)) for strip in straight])


def read(strips: np.ndarray, model: Any) -> np.ndarray:
    """Give the probabilities of each digit, (m, 5, 10)."""
    return model.predict(cut_windows(strips), verbose=0).reshape(-1, N_DIGITS, 10)
