"""Gradients: measured ones, the check, the descent, and the check of every gradient in the package."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import course_utils as cu


def bowl(x):
    return float((np.sin(x) ** 2).sum() + (x**4).sum())


def bowl_slope(x):
    return np.sin(2 * x) + 4 * x**3


@pytest.mark.parametrize("shape", [(), (1,), (5,), (2, 3), (2, 1, 2)])
def test_the_measured_gradient_is_the_gradient(shape):
    x = np.random.default_rng(0).normal(size=shape)
    assert_allclose(cu.numerical_gradient(bowl, x), bowl_slope(x), rtol=1e-8, atol=1e-8)


def test_the_default_step_is_near_the_best():
    """Far larger and far smaller steps are worse by a hundred times and more."""
    x = np.random.default_rng(1).normal(size=20)

    def error(**step):
        return np.abs(cu.numerical_gradient(bowl, x, **step) - bowl_slope(x)).max()

    default = error()
    assert default < 1e-9 * 4
    assert 100 * default < min(error(step=1e-2), error(step=1e-11))


def test_the_step_grows_with_x():
    x = np.array([1e8])
    assert_allclose(cu.numerical_gradient(lambda x: float(x[0] ** 2), x), 2e8, rtol=1e-8)


@pytest.mark.parametrize("dtype", [int, np.uint8, bool, np.float16, np.float32])
def test_x_of_any_dtype_is_converted_and_never_written_to(dtype):
    x = np.array([[0, 1], [1, 1]], dtype, order="F")
    before = x.copy()
    x.flags.writeable = False
    slope = cu.numerical_gradient(lambda x: float((x**2).sum()), x)
    assert slope.dtype == np.float64
    assert_allclose(slope, 2.0 * before, atol=1e-9)
    assert_array_equal(x, before)


def test_f_cannot_write_into_what_it_gets():
    def f(x):
        x += 1
        return float(x.sum())

    with pytest.raises(ValueError, match="read-only"):
        cu.numerical_gradient(f, np.zeros(2))


def test_an_empty_x_has_an_empty_gradient():
    assert cu.numerical_gradient(bowl, np.empty((0, 3))).shape == (0, 3)


def test_nan_in_f_is_nan_in_the_gradient_only_there():
    slope = cu.numerical_gradient(lambda x: float(x[0]) if x[1] == 0 else np.nan, [1.0, 0.0])
    assert_array_equal(np.isnan(slope), [False, True])


@pytest.mark.parametrize(
    ("f", "what"),
    [
        (lambda x: x, "f must return one number"),
        (lambda x: np.array([]), "f must return one number"),
        (lambda x: None, "what f returns must hold real numbers"),
        (lambda x: "1.0", "what f returns must hold real numbers"),
        (lambda x: 1j, "what f returns must hold real numbers"),
    ],
)
def test_f_must_return_one_number(f, what):
    with pytest.raises((ValueError, TypeError), match=rf"^numerical_gradient: {what}\. Expected: .*\. Received: "):
        cu.numerical_gradient(f, np.zeros(2))


@pytest.mark.parametrize("step", [0, -1, np.nan, np.inf, "small", True])
def test_the_step_must_be_above_zero(step):
    with pytest.raises(ValueError, match=r"^numerical_gradient: step is out of range\. Expected: a number > 0\. "):
        cu.numerical_gradient(bowl, np.zeros(2), step=step)


@pytest.mark.parametrize(("x", "step"), [([1.0, 1e9], 1e-8), ([np.inf], None), ([-np.inf], 1.0)])
def test_a_step_lost_in_rounding_is_named(x, step):
    with pytest.raises(ValueError, match=r"^numerical_gradient: x \+ h is x in floats|x \+ step is x in floats"):
        cu.numerical_gradient(bowl, x, step=step)


@pytest.mark.parametrize("x", [["a"], [1j], [[1], [1, 2]], None])
def test_x_must_hold_numbers(x):
    for call in (
        lambda: cu.numerical_gradient(bowl, x),
        lambda: cu.gradient_check(bowl, bowl_slope, x),
        lambda: cu.gradient_descent(bowl_slope, x, learning_rate=0.1, steps=1),
    ):
        with pytest.raises(TypeError, match=r"Expected: .*\. Received: "):
            call()


def test_a_right_gradient_passes_as_array_and_as_function():
    x = np.random.default_rng(2).normal(size=(3, 2))
    for gradient in (bowl_slope, bowl_slope(x), bowl_slope(x).tolist()):
        check = cu.gradient_check(bowl, gradient, x)
        assert check
        assert check.error < 1e-9
        assert "passed" in repr(check)


def test_a_planted_error_is_found_and_its_place_is_named():
    x = np.random.default_rng(3).normal(size=(4, 5))
    wrong = bowl_slope(x)
    wrong[2, 3] += 0.01
    check = cu.gradient_check(bowl, wrong, x)
    assert not check
    assert check.worst == (2, 3)
    assert_allclose(check.given - check.measured, 0.01, rtol=1e-6)
    assert "FAILED" in repr(check)
    assert "[2, 3]" in repr(check)


def test_the_check_of_a_number_of_nan_and_of_nothing_to_see():
    assert cu.gradient_check(bowl, bowl_slope, 0.3)
    assert "worst entry :" in repr(cu.gradient_check(bowl, bowl_slope, 0.3))
    assert cu.gradient_check(lambda x: 1.0, np.zeros(3), np.ones(3)).error == 0
    broken = cu.gradient_check(bowl, [np.nan, 0.0], np.zeros(2))
    assert not broken
    assert broken.worst == (0,)


def test_the_gradient_function_cannot_change_x():
    x = np.array([1.0, 2.0])

    def careless(a):
        slope = bowl_slope(a)
        a[:] = 0
        return slope

    assert cu.gradient_check(bowl, careless, x)
    assert_array_equal(x, [1, 2])


@pytest.mark.parametrize(
    ("gradient", "x", "tolerance", "sentence"),
    [
        (np.zeros(3), np.zeros(2), 1e-6, r"same shape\. Expected: \(2,\)\. Received: \(3,\)"),
        (np.zeros((2, 1)), np.zeros(2), 1e-6, "same shape"),
        (lambda x: None, np.zeros(2), 1e-6, "gradient must hold real numbers"),
        (np.zeros(0), np.zeros(0), 1e-6, "x is empty"),
        (np.zeros(2), np.zeros(2), 0, "tolerance is out of range"),
    ],
)
def test_gradient_check_says_what_does_not_fit(gradient, x, tolerance, sentence):
    with pytest.raises((ValueError, TypeError), match=rf"^gradient_check: .*{sentence}"):
        cu.gradient_check(bowl, gradient, x, tolerance=tolerance)


def test_descent_is_the_formula_repeated():
    path = cu.gradient_descent(lambda x: 2 * x, [1, -2], learning_rate=0.1, steps=5)
    assert path.shape == (6, 2)
    assert_allclose(path, np.outer(0.8 ** np.arange(6), [1, -2]), rtol=1e-14)


def test_descent_from_a_number_and_with_no_step():
    assert_array_equal(cu.gradient_descent(lambda x: 2 * x, 3, learning_rate=1, steps=0), [[3.0]])
    assert cu.gradient_descent(lambda x: 2 * float(x[0]), 3, learning_rate=0.5, steps=1).tolist() == [[3], [0]]


def test_descent_asks_a_schedule_for_each_step():
    rates = [0.5, 0.25, 0.125]
    path = cu.gradient_descent(np.ones_like, 0.0, learning_rate=rates.__getitem__, steps=3)
    assert_array_equal(path.ravel(), [0, -0.5, -0.75, -0.875])


def test_divergence_ends_in_nan_and_the_finite_part_stays():
    path = cu.gradient_descent(lambda x: x**3, [2.0], learning_rate=10.0, steps=50)
    finite = np.isfinite(path[:, 0])
    assert finite[0]
    assert not finite[-1]
    assert np.isnan(path[~finite]).all()
    assert (np.diff(finite.astype(int)) <= 0).all()  # once it has left the floats, it stays away


def test_neither_start_nor_path_can_be_changed_by_the_gradient():
    start = np.array([1.0, 2.0])

    def careless(x):
        x *= 100
        return np.zeros(2)

    assert_array_equal(cu.gradient_descent(careless, start, learning_rate=1, steps=2), [[1, 2]] * 3)
    assert_array_equal(start, [1, 2])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        *(({"learning_rate": r}, "learning_rate is out of range") for r in (-0.1, np.nan, np.inf, "0.1", None)),
        ({"learning_rate": lambda step: -1.0}, "the learning rate of step 0 is out of range"),
        ({"learning_rate": lambda step: np.nan}, "the learning rate of step 0 is out of range"),
        *(({"steps": n}, "steps must be a whole number") for n in (-1, 2.5, True, "3")),
        ({"start": np.zeros((2, 2))}, "start has the wrong number of axes"),
        ({"gradient": lambda x: np.zeros(3)}, "gradient has the wrong shape"),
        ({"gradient": lambda x: None}, "what gradient returns must hold real numbers"),
    ],
)
def test_descent_says_what_does_not_fit(options, sentence):
    options = {"gradient": bowl_slope, "start": np.zeros(2), "learning_rate": 0.1, "steps": 3} | options
    with pytest.raises((ValueError, TypeError), match=rf"^gradient_descent: {sentence}\. Expected: .*\. Received: "):
        cu.gradient_descent(options.pop("gradient"), options.pop("start"), **options)


def test_a_learning_rate_of_0_stays_where_it_is():
    path = cu.gradient_descent(bowl_slope, np.ones(2), learning_rate=0, steps=3)
    assert_array_equal(path, np.ones((4, 2)))
    path = cu.gradient_descent(bowl_slope, np.ones(2), learning_rate=cu.PiecewiseConstantDecay([0], [0.1, 0]), steps=3)
    assert_array_equal(path[1:], path[[1, 1, 1]])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("big", [1e38, 1e308])
def test_a_check_at_the_edge_of_the_floats_warns_of_nothing_and_is_right(big):
    slope = np.array([big, 1.7 * big])
    with np.errstate(all="warn"):
        right = cu.gradient_check(lambda x: float(slope @ x), slope, np.zeros(2))
        wrong = cu.gradient_check(lambda x: float(slope @ x), slope[::-1], np.zeros(2))
        opposite = cu.gradient_check(lambda x: float(slope @ x), -slope, np.zeros(2))
    assert right.passed
    assert right.error < 1e-9
    assert_allclose(wrong.error, np.hypot(0.7, 0.7) / (2 * np.hypot(1, 1.7)), rtol=1e-6)
    assert_allclose(opposite.error, 1, rtol=1e-6)


def test_a_slope_of_0_is_no_minus_zero():
    measured = cu.numerical_gradient(lambda x: -0.0 if x[0] > 1 else 0.0, [1.0])
    assert not np.signbit(measured).any()
    assert "given 0, measured 0" in repr(cu.gradient_check(lambda x: 0.0, lambda x: -0.0 * x, [1.0]))


def flat(arrays):
    return np.concatenate([a.ravel() for a in arrays])


def assert_gradient(model, x, y):
    """Check value_and_grad at the model's weights, all of which must be away from zero."""
    weights = model.get_weights()
    ends = np.cumsum([w.size for w in weights])[:-1]
    start = flat(weights)
    assert (start != 0).all()

    def cost(theta):
        model.set_weights([t.reshape(w.shape) for t, w in zip(np.split(theta, ends), weights, strict=True)])
        return model.value_and_grad(x, y)[0]

    gradient = flat(model.value_and_grad(x, y)[1])
    assert np.linalg.norm(gradient) > 1e-4
    check = cu.gradient_check(cost, gradient, start)
    assert check, repr(check)


@pytest.mark.parametrize("width", [1, 3, 10])
def test_the_gradient_of_the_neuron(width):
    rng = np.random.default_rng(width)
    neuron = cu.LogisticNeuron(width, rng=rng)
    neuron.set_weights([rng.normal(size=width), 0.3])
    assert_gradient(neuron, rng.normal(size=(7, width)), rng.integers(0, 2, (7, 1)).astype(float))


def targets(kind, rng, m, units):
    if kind == "values":
        return rng.normal(size=(m, units))
    if kind == "bits":
        return rng.integers(0, 2, (m, units)).astype(float)
    labels = rng.integers(0, units, m)
    return labels if kind == "labels" else np.eye(units)[labels]


PAIRS = [  # the last layer, the loss, its targets; also what nobody should pair
    ("linear", "mse", "values"),
    ("tanh", "mse", "values"),
    ("relu", "mse", "values"),
    ("sigmoid", "mse", "bits"),
    ("softmax", "mse", "one-hot"),
    ("sigmoid", "binary_crossentropy", "bits"),
    ("softmax", "binary_crossentropy", "one-hot"),
    ("softmax", "categorical_crossentropy", "one-hot"),
    ("softmax", "sparse_categorical_crossentropy", "labels"),
]


@pytest.mark.parametrize("hidden", ["linear", "sigmoid", "tanh", "relu", "softmax"])
@pytest.mark.parametrize(("last", "loss", "kind"), PAIRS)
@pytest.mark.parametrize("width", [1, 3, 10])
def test_the_gradient_of_a_network(hidden, last, loss, kind, width):
    width = max(width, 2) if last == "softmax" else width  # one softmax unit is always 1
    rng = np.random.default_rng(4)
    n_hidden = max(width, 2)
    layers = [cu.Input(4), cu.Dense(n_hidden, hidden), cu.Dense(width, last)]
    model = cu.Sequential(layers, rng=rng, dtype="float64")
    *weights, kernel, bias = [rng.normal(0, 0.7, w.shape) for w in model.get_weights()]
    model.set_weights([*weights, np.abs(kernel), np.abs(bias)])  # so that a last relu is not asleep
    model.compile("sgd", loss)
    assert_gradient(model, rng.normal(size=(6, 4)), targets(kind, rng, 6, width))
