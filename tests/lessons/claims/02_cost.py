"""What must hold in lesson 02."""

import re

import numpy as np
from _claims import broken, chance

PUBLISHED = 0.36182976573941633  # the cross-entropy of four labels, as printed elsewhere


@chance
@broken(dented=[True, False], printed="squared_cost  lines with dents 98%\ncross_cost  lines with dents 50%\n")
@broken(dented=[False, False], printed="squared_cost  lines with dents 0%\ncross_cost  lines with dents 0%\n")
def after_second_differences(dented, printed):
    by_square, by_cross = map(int, re.findall(r"(\d+)%", printed))
    assert not any(dented)  # of the cross-entropy, which comes last
    assert by_square > 90
    assert by_cross == 0


@broken(binary=PUBLISHED, one_hot=PUBLISHED + 1e-12)
@broken(binary=PUBLISHED + 1e-12, one_hot=PUBLISHED)
def after_binary_and_one_hot(binary, one_hot):
    assert np.allclose([binary, one_hot], PUBLISHED, rtol=1e-14, atol=0)


@broken(costs=[0.2, 0.6, 0.61], squared=np.full(10, 0.2), cross=np.full(10, 0.6))
@broken(costs=[0.21, 0.6, 0.6], squared=np.full(10, 0.2), cross=np.full(10, 0.6))
def after_compare(costs, squared, cross):
    assert np.allclose(costs, [squared.mean(), cross.mean(), cross.mean()], rtol=1e-14, atol=0)
