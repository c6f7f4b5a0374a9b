"""Networks trained side by side: each is the one that Sequential trains alone, and the rates that lesson 06 tells."""

import numpy as np
import pytest

import course_utils as cu
from course_utils.models.batched import train_many

X, Y = cu.logic_gate("XOR")
# activation: the share of 200 starts that is solved with two hidden units, in percent, give or take 4
RATES = {"sigmoid": 68, "tanh": 50, "relu": 18}


def normal(shape, *, rng):
    return rng.standard_normal(shape)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("width", [2, 5])
def test_each_network_is_what_sequential_trains_alone(activation, width):
    seeds = [3, 6, 11]
    runs = train_many(X, Y, width, activation, seeds=seeds, learning_rate=0.5, steps=300)
    for place, seed in enumerate(seeds):
        hidden = cu.Dense(width, activation, kernel_initializer=normal)
        last = cu.Dense(1, "sigmoid", kernel_initializer=normal)
        model = cu.Sequential([cu.Input((2,)), hidden, last], rng=seed, dtype="float64")
        model.compile(cu.SGD(0.5), loss="binary_crossentropy")
        model.fit(X, Y, epochs=300, batch_size=4, shuffle=False, verbose=0)
        for alone, among_others in zip(model.get_weights(), runs.weights, strict=True):
            np.testing.assert_allclose(among_others[place], alone, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(runs.predict(X)[place], model.predict(X), rtol=1e-9)
        assert runs.scores(X, Y)[place] == 4 * model.evaluate(X, Y)[1]


def test_gradients_are_the_slopes_of_each_cost():
    runs = train_many(X, Y, 2, "tanh", seeds=[0, 5], learning_rate=0.5, steps=3, bias=0.3)
    given = [g[1] for g in runs.gradients(X, Y)]
    at = [w[1].copy() for w in runs.weights]
    for place in range(4):

        def cost(value, place=place):
            parts = [*at[:place], value, *at[place + 1 :]]
            hidden = np.tanh(X @ parts[0] + parts[1])
            return cu.binary_crossentropy(Y, hidden @ parts[2] + parts[3], from_logits=True)

        assert cu.gradient_check(cost, given[place], at[place])


def test_without_a_step_the_starts_are_seen():
    runs = train_many(X, Y, 3, "relu", seeds=[7], learning_rate=1.0, steps=0, stddev=0.5, bias=0.25)
    rng = np.random.default_rng(7)
    assert np.array_equal(runs.weights[0][0], 0.5 * rng.standard_normal((2, 3)))
    assert np.array_equal(runs.weights[2][0], 0.5 * rng.standard_normal((3, 1)))
    assert (runs.weights[1] == 0.25).all()
    assert (runs.weights[3] == 0).all()


@pytest.mark.parametrize("activation", RATES)
def test_the_success_rates_over_200_starts(activation):
    runs = train_many(X, Y, 2, activation, seeds=range(200), learning_rate=0.5, steps=2000)
    assert abs(100 * (runs.scores(X, Y) == 4).mean() - RATES[activation]) <= 4


def test_it_survives_a_wild_learning_rate():
    runs = train_many(X, Y, 2, "relu", seeds=range(5), learning_rate=1e3, steps=50)
    assert (runs.scores(X, Y) < 4).any()


@pytest.mark.parametrize(
    ("use", "says"),
    [
        (lambda runs: runs.scores(X, Y.ravel()), r"scores: y must have one column .*Expected: \(4, 1\).*reshape"),
        (lambda runs: runs.scores(X, Y[:1]), r"scores: y must have one column .*Received: \(1, 1\)"),
        (lambda runs: runs.scores(X[:, :1], Y), r"scores: X has the wrong shape\. Expected: \(m, 2\)"),
        (lambda runs: runs.predict(X[0]), r"predict: X has the wrong shape\. .* Received: \(2,\)"),
        (lambda runs: runs.hidden(X[:, :1]), r"hidden: X has the wrong shape\. .* Received: \(4, 1\)"),
        (lambda runs: runs.gradients(X, Y.ravel()), r"gradients: y must have one column .*Expected: \(4, 1\)"),
    ],
)
def test_networks_say_which_examples_do_not_fit(use, says):
    runs = train_many(X, Y, 2, "tanh", seeds=[0, 1], learning_rate=0.5, steps=1)
    with pytest.raises(ValueError, match=rf"^Many\.{says}"):
        use(runs)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"y": Y.ravel()}, r"Expected: \(4, 1\).*reshape"),
        ({"activation": "rely"}, "did you mean 'relu'"),
        ({"width": 0}, "width"),
        ({"seeds": []}, "seeds is empty"),
        ({"learning_rate": -1}, "learning_rate"),
        ({"steps": -1}, "steps"),
    ],
)
def test_what_does_not_fit_is_named(change, says):
    good = {"y": Y, "width": 2, "activation": "tanh", "seeds": [0], "learning_rate": 0.5, "steps": 1}
    with pytest.raises(ValueError, match=f"train_many: .*{says}"):
        train_many(X, **(good | change))
