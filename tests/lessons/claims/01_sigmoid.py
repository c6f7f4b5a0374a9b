"""What must hold in lesson 01."""

import re

import numpy as np
from _claims import broken


@broken(X=np.zeros((4, 2)), w=np.array([2.0, 3.0]), b=-2.0, y=np.array([1, 0, 1, 1]))
@broken(X=np.array([[0.8, 0.3], [0.1, 0.1], [0.9, 0.9], [0.9, 0.4]]), w=np.array([2.0, 3.0]), b=-2.0, y=[1, 0, 1, 1])
def after_four_days(X, w, b, y):
    right = (X @ w + b > 0) == y
    assert right.tolist() == [True, True, True, False]  # the last one is the wet day


@broken(printed="weight 2.0   slope   1 with h = 0.01     0 with h = 0.001\n" * 6)
@broken(printed="")
def after_slope_step(printed):
    found = re.findall(r"weight ([\d.]+) +slope +(\d+) with h = 0.01 +(\d+) with", printed)
    assert len(found) == 6
    assert [weight for weight, wide, close in found if (wide, close) != ("0", "0")] == ["4.0"]


@broken(printed="two links: 0.4 · 0.2403 = 0.0961\nmeasured:  0.0962\n")
@broken(printed="")
def after_two_links(printed):
    numbers = re.findall(r"(?:=|measured:) +(0\.\d+)$", printed, flags=re.M)
    assert len(numbers) == 2
    assert len(set(numbers)) == 1


@broken(printed="predictions [1. 0. 1. 0.]\ntargets     [1. 0. 1. 1.]\n")
@broken(printed="")
def after_perceptron_rule(printed):
    rows = re.findall(r"\[(.+)\]", printed)
    assert len(rows) == 2
    assert rows[0] == rows[1]  # one step of the rule is enough


DAYS = np.array([[0.8, 0.3], [0.1, 0.1], [0.9, 0.9], [0.2, 0.4]])
RAIN = np.array([1, 0, 1, 1])


@broken(X=DAYS, y=RAIN, moved_w=np.array([2.0, 3.0]), moved_b=-2.0)  # nothing moved: the wet day stays dry
@broken(X=DAYS, y=RAIN, moved_w=np.array([2.1, 3.19]), moved_b=-0.4)  # too far: the dry morning becomes a yes
def after_first_step(X, y, moved_w, moved_b):
    z = X @ moved_w + moved_b
    assert ((z > 0) == y).all()
    assert f"{1 / (1 + np.exp(-z[3])):.2f}" == "0.54"


@broken(wet=np.array([0.2, 0.4]), w=np.array([2.0, 3.0]), b=-1.9)
def after_chain_picture__a_nudge_of_a_tenth(wet, w, b):
    outputs = [1 / (1 + np.exp(-(wet @ (w + np.array([0, nudge])) + b))) for nudge in (0, 0.1)]
    assert np.round(outputs, 4).tolist() == [0.4013, 0.411]
