"""What must hold in lesson 07: both ways give the same slopes, and one of them is far cheaper."""

from types import SimpleNamespace

import numpy as np
from _claims import broken, chance

import course_utils as cu


@broken(parameters=50_889)
@broken(parameters=0)
def after_count_multiplications(parameters):
    assert 2 * parameters == 101_780  # passes for one step of descent


def _flat_net(n, k, K):
    """A network whose gradient is always 0, and whose cost is not flat."""
    kernel = np.ones((n, k))
    return SimpleNamespace(
        variables=[kernel],
        evaluate=lambda X, y: float((kernel**2).sum()),
        value_and_grad=lambda X, y: (0.0, [np.zeros((n, k))]),
    )


@broken(sigmoid_net=_flat_net, networks=[(2, 2, 1)])
def after_measure__both_ways_agree(sigmoid_net, networks):
    for n, k, K in networks:
        rng, model = np.random.default_rng(6), sigmoid_net(n, k, K)
        X, y = rng.random((100, n)), rng.integers(0, 2, (100, K))
        weights = model.variables[0].reshape(-1)  # the first layer's own weights, in a row

        def cost_of(four, model=model, weights=weights, X=X, y=y):
            weights[:4] = four
            return model.evaluate(X, y)

        four = weights[:4].copy()
        gradient = model.value_and_grad(X, y)[1][0].ravel()[:4]
        assert np.allclose(gradient, cu.numerical_gradient(cost_of, four), atol=1e-8)


@chance
@broken(back=[1e-4, 5e-4], apart=[1e-3, 0.4])
@broken(back=[1e-4, 5e-4], apart=[1e-3, 5e-4])
def after_measure(back, apart):
    assert apart[-1] > 1000 * back[-1]  # the largest network
