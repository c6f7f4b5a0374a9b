"""What must hold in toolbox T1."""

import numpy as np
from _claims import broken


@broken(move_entry=lambda i, j: f"row {i} of X, column {j} of W: 0 · 3 + 3 · 2 + 5 · 1 = 12")
def after_explore_product(move_entry):
    assert move_entry(1, 0) == "row 1 of X, column 0 of W: 0 · 3 + 3 · 2 + 5 · 1 = 11"
    assert move_entry(1, 1).endswith("0 · 2 + 3 · 4 + 5 · 1 = 17")
    assert move_entry(2, 1).endswith("4 · 2 + 0 · 4 + 1 · 1 = 9")


@broken(y=np.zeros(10))
def after_perfect_forecast(y):
    """With the table of pairs the same answer to everybody costs less than the right answers."""
    right, same = y.reshape(-1, 1), np.full((10, 1), y.mean())
    assert ((y - right) ** 2).mean() == 0.5
    assert ((y - same) ** 2).mean() == 0.25


@broken(X=np.array([[2.0, 1.0]]))
def after_shapes__a_fraction_is_cut_off(X):
    table = X.copy()
    table[0, 0] = 0.9
    assert table[0, 0] == 0
