"""What must hold in lesson 02."""

import re

import numpy as np
from _claims import broken

LOW = re.compile(r"(squared error|cross-entropy): lower .* w = ([\d.]+), p = 0.5 at ([\d.]+) hours, J = ([\d.]+)")


@broken(right=9)
def after_nudge(right):
    assert right == 7  # as at w = 0.4: nobody has changed sides


@broken(printed="squared error: lower than its neighbours at w = 0.64, p = 0.5 at 12.5 hours, J = 0.2138\n")
def after_valleys_found(printed):
    found = [(name, float(hours)) for name, _, hours, _ in LOW.findall(printed)]
    assert found == [("squared error", 12.5), ("squared error", 4.4), ("cross-entropy", 10.3)]


@broken(squared=np.full(10, 0.2), cross=np.full(10, 0.6), printed="0.212126 0.598570 0.598571")
@broken(squared=np.full(10, 0.2), cross=np.full(10, 0.6), printed="")
def after_compare(squared, cross, printed):
    costs = [float(number) for number in re.findall(r"\b0\.\d{6}\b", printed)]
    assert len(costs) == 3
    assert np.allclose(costs, [squared.mean(), cross.mean(), cross.mean()], rtol=0, atol=5.1e-7)


@broken(p=np.full(10, 0.5))
def after_likelihood__what_was_said_of_two(p):
    assert round(p[6], 2) == 0.6  # Gus
    assert round(p[3], 2) == 0.12  # Dia


@broken(hours=np.full(10, 6.0))
def after_cross_losses__the_steeper_curve(hours):
    before, after = (1 / (1 + np.exp(-(w * hours[3] + b))) for w, b in ((0.4, -4), (1, -10)))
    assert (round(before, 2), round(after, 4)) == (0.12, 0.0067)


@broken(cross_costs=np.full(251, 0.6))
def after_valleys_found__no_better_than_the_baseline(cross_costs):
    assert cross_costs.min() > 0.917 - 5e-4 > 0.693
