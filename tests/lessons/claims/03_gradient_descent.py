"""What must hold in lesson 03."""

import re

from _claims import broken


@broken(printed="rate 0.01:  factor  0.96,  after 20 steps w =   1.574\n")
@broken(printed="")
def after_rates(printed):
    rows = [(float(rate), float(w)) for rate, w in re.findall(r"rate +([\d.]+):.*w = +(-?[\d.]+)", printed)]
    assert len(rows) == 6
    assert all(abs(w - 3 - (1 - 4 * rate) ** 20 * (0 - 3)) < 0.001 for rate, w in rows)
