"""The embedded default: scikit-learn's 1,797 handwritten digits, brought to MNIST's size and place.

E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI, 1998, CC BY 4.0.
"""

import functools

import numpy as np

SOURCE = "the 1,797 embedded digits of scikit-learn"
N_TEST = 360  # one in five


def load() -> list[np.ndarray]:
    """Return x_train (1437, 28, 28), y_train (1437,), x_test (360, 28, 28), y_test (360,), as fresh copies."""
    return [a.copy() for a in _split()]


@functools.cache
def _split() -> tuple[np.ndarray, ...]:
    """Split once and for all; RandomState's stream is frozen by NumPy, so every machine has the same split."""
    from sklearn.datasets import load_digits  # here, because importing scikit-learn takes a second

    small = load_digits()
    x, y = enlarge(small.images), small.target.astype(np.uint8)  # (1797, 28, 28), (1797,)
    order = np.random.RandomState(1797).permutation(len(x))
    test, train = order[:N_TEST], order[N_TEST:]
    return x[train], y[train], x[test], y[test]


def enlarge(images: np.ndarray) -> np.ndarray:
    """Bring 8 x 8 images, 0 … 16, to 28 x 28, 0 … 255: ink in a box of 20 x 20, its centre of mass in the middle."""
    from scipy import ndimage

    big = ndimage.zoom(images, (1, 2.5, 2.5), order=3, mode="grid-constant", grid_mode=True)  # (n, 20, 20)
    big[big < 1] = 0  # the spline's ripples are paper, not ink: the scanner's own steps are 1
    big = np.pad(big.clip(max=16) / 16 * 255, ((0, 0), (4, 4), (4, 4)))  # (n, 28, 28)
    return np.stack([_center_mass(image) for image in big]).round().astype(np.uint8)


def _center_mass(image: np.ndarray) -> np.ndarray:
    """Bring the centre of mass to the middle by whole pixels, at most the margin of 4: no ink leaves the picture."""
    rows, columns = np.indices(image.shape)
    middle = [(axis * image).sum() / image.sum() for axis in (rows, columns)]
    shift = [int(np.clip(round(13.5 - c), -4, 4)) for c in middle]
    return np.roll(image, shift, axis=(0, 1))
