"""A landscape of two parameters seen from the side: where a place on it lies in the picture, and its faces."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Of the eye, around the landscape and above it: nothing hides behind a slope.
TURN, TILT = np.radians(-30), np.radians(40)
RISE = 1.25  # how tall the landscape is, where half its width is 1
EVERY = 4  # a face for so many places of the map in either direction


@dataclass(frozen=True)
class Relief:
    """A landscape over two sides, looked at from a corner and from above.

    Attributes
    ----------
    sides : two arrays
        The places of the map, rising.
    heights : ndarray, (n_b, n_w)
        The height at each pair of them.
    """

    sides: tuple[NDArray, NDArray]
    heights: NDArray

    def view(self, w: ArrayLike, b: ArrayLike, J: ArrayLike) -> NDArray:
        """Return where places (w, b) of height J lie in the picture, (…, 2); NaN for places beside the map."""
        (w_low, w_high), (b_low, b_high) = ((side[0], side[-1]) for side in self.sides)
        u = 2 * (np.asarray(w) - w_low) / (w_high - w_low) - 1
        v = 2 * (np.asarray(b) - b_low) / (b_high - b_low) - 1
        low, high = self.heights.min(), self.heights.max()
        h = (np.asarray(J) - low) / (high - low)
        x = u * np.cos(TURN) - v * np.sin(TURN)
        depth = u * np.sin(TURN) + v * np.cos(TURN)
        y = depth * np.sin(TILT) + h * RISE * np.cos(TILT)
        beside = ~((np.abs(u) <= 1) & (np.abs(v) <= 1))
        return np.where(beside[..., None], np.nan, np.stack([x, y], axis=-1))

    def faces(self) -> tuple[NDArray, NDArray]:
        """Return the corners of all faces, (n, 4, 2), the farthest first, and the mean height of each, (n,)."""
        w, b = (side[::EVERY] for side in self.sides)
        J = self.heights[::EVERY, ::EVERY]
        W, B = np.meshgrid(w, b)  # (n_b, n_w) each
        nodes = self.view(W, B, J)  # (n_b, n_w, 2)
        corners = np.stack([nodes[:-1, :-1], nodes[:-1, 1:], nodes[1:, 1:], nodes[1:, :-1]], axis=2)
        means = (J[:-1, :-1] + J[:-1, 1:] + J[1:, 1:] + J[1:, :-1]) / 4
        u, v = np.meshgrid(np.linspace(-1, 1, len(w) - 1), np.linspace(-1, 1, len(b) - 1))
        order = np.argsort(-(u * np.sin(TURN) + v * np.cos(TURN)), axis=None, kind="stable")
        return corners.reshape(-1, 4, 2)[order], means.ravel()[order]
