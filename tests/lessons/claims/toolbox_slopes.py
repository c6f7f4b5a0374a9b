"""What must hold in toolbox T2."""

import re

import numpy as np
from _claims import broken


@broken(move_nudge=lambda x, h: "from x = 1.00 to 2.00: y changes by 3.0000, ratio 2.90")
def after_explore_nudge(move_nudge):
    assert move_nudge(1, 1).endswith("y changes by 3.0000, ratio 3.00")
    assert move_nudge(1, 0.01).endswith("ratio 2.01")
    assert move_nudge(0, 0.01).endswith("ratio 0.01")  # it tends to 0 with the nudge
    assert move_nudge(-1, 0.01).endswith("ratio -1.99")


@broken(printed="h = 1e-14    one side  12.006862   both sides  12.003635\n")
def after_measured_slope(printed):
    smallest = printed.strip().split("\n")[-1]
    assert all(abs(float(ratio) - 12) > 0.1 for ratio in re.findall(r"\d+\.\d+", smallest))


@broken(a=0.8, slopes={"z": 0.1966})
@broken(a=0.7311, slopes={"z": 0.2})
def after_chain_picture(a, slopes):
    assert abs(slopes["z"] - a * (1 - a)) < 1e-4
    assert abs(-1 / a * slopes["z"] - (a - 1)) < 1e-4


@broken(square_area=lambda side: 2 * side)
def after_square_ratio__ahead(square_area):
    assert abs(square_area(3.02) - (9 + 6 * 0.02)) < 0.001


@broken(both_links=lambda x: 12 * x)
def after_two_links__a_small_nudge(both_links):
    assert abs(both_links(2.001) - both_links(2) - 0.042) < 1e-4


@broken(rise=np.zeros(360), bowl=lambda w, b: (w - 1) ** 2 + 2 * (b + 1) ** 2, w=2.0, b=1.0)
def after_steepest__angles_from_the_w_axis(rise, bowl, w, b):
    assert abs(rise[90] - (bowl(w, b + 0.001) - bowl(w, b))) < 1e-9
    assert abs(rise[0] - (bowl(w + 0.001, b) - bowl(w, b))) < 1e-9
