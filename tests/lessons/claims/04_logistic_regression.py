"""What must hold in lesson 04."""

import re
from types import SimpleNamespace

import numpy as np
from _claims import broken, chance

W = np.array([[2.0], [1.2]])


@chance
@broken(neuron=SimpleNamespace(w=W + 1e-6), w=W, other=SimpleNamespace(coef_=W.T))
@broken(neuron=SimpleNamespace(w=W), w=W, other=SimpleNamespace(coef_=W.T + 1e-3))
def after_judge(neuron, w, other):
    assert np.allclose(neuron.w, w, rtol=1e-12)
    assert np.allclose(other.coef_, w.T, atol=1e-5)


@chance
@broken(printed="J median 0.40, …\nJ median 0.50, …\nJ median 0.31, …\nJ median 0.30, …\n")
@broken(printed="J median 0.69, …\n" * 4)
def after_twenty_orders(printed):
    full, mini, single, bold = map(float, re.findall(r"median ([\d.]+),", printed))
    assert max(mini, single) < full  # at the same rate both small sizes get lower
    assert bold < full


@chance
@broken(printed="J median 0.3150, from 0.3041 to 0.3589\nJ median 0.3150, from 0.3041 to 0.3589\n", J=0.3027)
@broken(printed="J median 0.3150, from 0.3041 to 0.3589\nJ median 0.3027, from 0.3027 to 0.3589\n", J=0.3027)
def after_decay_run(printed, J):
    constant, shrinking = re.findall(r"median ([\d.]+), from .* to ([\d.]+)", printed)
    assert float(shrinking[0]) < float(constant[0])
    assert float(shrinking[1]) - J < 0.002  # the highest of twenty
