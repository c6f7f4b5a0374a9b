"""What must hold in lesson 05: the two published runs, and the lowest cost of XOR."""

import numpy as np
from _claims import broken, chance

ROW = [0.16043927, 4.27548114, 4.27284863, -6.60272340]


def _log(row):
    return np.tile(row, (1001, 1))


@broken(published={1000: ROW}, and_log=_log(ROW) + 2e-8)
@broken(published={100: ROW, 1000: ROW}, and_log=np.zeros((1001, 4)))
def after_and_table(published, and_log):
    assert all(np.abs(and_log[step] - row).max() < 1e-8 for step, row in published.items())


@broken(published={1000: ROW}, xor_log=_log(ROW) + 2e-8)
@broken(published={100: ROW, 1000: ROW}, xor_log=np.zeros((1001, 4)))
def after_xor_table(published, xor_log):
    assert all(np.abs(xor_log[step] - row).max() < 1e-8 for step, row in published.items())


@chance
@broken(costs=[1.5, 1.38, 1.4])
@broken(costs=[])
def after_convex(costs):
    assert len(costs) == 1000
    assert min(costs) > 4 * np.log(2) / 2  # no weights cost less than the coin toss
