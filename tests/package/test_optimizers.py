"""Optimizers and schedules: hand-worked steps, in place, in the variable's own dtype; and their errors."""

import copy
import math
import pickle

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import course_utils as cu

EVERY = [cu.SGD, cu.RMSprop, cu.Adam]
every = pytest.mark.parametrize("optimizer", EVERY)


def test_momentum_by_hand():
    """Rate 0.1, momentum 0.5, gradient 1: v = -0.1, -0.15, -0.175."""
    w, sgd = np.array([1.0]), cu.SGD(0.1, momentum=0.5)
    for expected in (0.9, 0.75, 0.575):
        sgd.apply([np.array([1.0])], [w])
        assert_allclose(w, expected, rtol=1e-15)


def test_nesterovs_momentum_by_hand():
    """Rate 0.1, momentum 0.5, gradient 1: v = -0.1, -0.15, and the steps are 0.5 v - 0.1 = -0.15, -0.175."""
    w, sgd = np.array([1.0]), cu.SGD(0.1, momentum=0.5, nesterov=True)
    for expected in (0.85, 0.675):
        sgd.apply([np.array([1.0])], [w])
        assert_allclose(w, expected, rtol=1e-15)


def test_nesterovs_momentum_is_the_gradient_at_the_place_ahead():
    """Gradients are taken at w + momentum * v, as Nesterov writes it, and that place is what the weights hold."""
    w, v, ahead = 3.0, 0.0, np.array([3.0])
    sgd = cu.SGD(0.1, momentum=0.75, nesterov=True)
    for _ in range(8):
        v = 0.75 * v - 0.1 * 4 * (w + 0.75 * v)  # the bowl 2 w^2
        w = w + v
        sgd.apply([4 * ahead], [ahead])
        assert_allclose(ahead, w + 0.75 * v, rtol=1e-12)


def test_the_first_step_of_adam_is_the_learning_rate():
    w = np.array([1.0, 1.0, 1.0])
    cu.Adam(0.01).apply([np.array([0.1, 5.0, -200.0])], [w])
    assert_allclose(w, [0.99, 0.99, 1.01], rtol=1e-5)


def test_rmsprop_by_hand():
    """s = 0.1 * 4, then 0.9 * 0.4 + 0.1 * 4 = 0.76."""
    w = np.array([1.0])
    rms = cu.RMSprop(0.1, rho=0.9, epsilon=1e-12)
    rms.apply([np.array([2.0])], [w])
    assert_allclose(w, 1 - 0.2 / np.sqrt(0.4), rtol=1e-10)
    rms.apply([np.array([2.0])], [w])
    assert_allclose(w, 1 - 0.2 / np.sqrt(0.4) - 0.2 / np.sqrt(0.76), rtol=1e-10)


@every
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_variables_change_in_place_and_gradients_stay(optimizer, dtype):
    variables = [np.ones((3, 2), dtype), np.ones(2, dtype)]
    grads = [np.full((3, 2), 2, dtype), np.full(2, -2, dtype)]
    ids, before = [id(v) for v in variables], [g.copy() for g in grads]
    for _ in range(3):
        optimizer(0.1).apply(grads, variables)
    assert [id(v) for v in variables] == ids
    assert [v.dtype for v in variables] == [dtype] * 2
    assert (variables[0] < 1).all()
    assert (variables[1] > 1).all()
    for g, b in zip(grads, before, strict=True):
        assert_array_equal(g, b)


@every
def test_float64_gradients_do_not_promote_float32_weights(optimizer):
    w = np.ones(2, np.float32)
    made = optimizer(np.float64(0.1))
    for _ in range(2):
        made.apply([np.ones(2)], [w])
    assert w.dtype == np.float32
    assert all(slot.dtype == np.float32 for slots in made._slots for slot in slots)


@every
def test_every_optimizer_reaches_the_bottom_of_a_bowl(optimizer):
    w, made = np.array([3.0, -2.0]), optimizer(cu.ExponentialDecay(0.3, decay_steps=40, decay_rate=0.5))
    for _ in range(400):
        made.apply([2 * w], [w])
    assert_allclose(w, 0, atol=0.01)


@every
def test_the_schedule_is_asked_with_the_number_of_steps_taken(optimizer):
    asked = []

    def rate(step):
        asked.append(step)
        return 0.1

    made = optimizer(rate)
    for _ in range(3):
        made.apply([np.ones(1)], [np.ones(1)])
    assert asked == [0, 1, 2]
    assert made.learning_rate is rate
    assert made.iterations == 3


def test_the_rate_may_be_set_between_two_steps():
    w, sgd = np.zeros(1), cu.SGD(1.0)
    sgd.apply([np.ones(1)], [w])
    sgd.learning_rate = 0.5
    sgd.apply([np.ones(1)], [w])
    assert w == -1.5
    with pytest.raises(ValueError, match="SGD: learning_rate is out of range"):
        sgd.learning_rate = -1
    assert sgd.learning_rate == 0.5


@every
@pytest.mark.parametrize("g", [np.inf, 1e308, np.nan, 1e-320])
def test_extreme_gradients_warn_of_nothing(optimizer, g):
    with np.errstate(all="raise"):
        optimizer(0.1).apply([np.array([g])], [np.ones(1)])


def test_a_share_of_0_forgets_what_was_before():
    """The last gradient alone counts: g / |g| is 1, whatever came before, be it too large to be squared."""
    for huge in (1e10, 1e200):
        w, rms = np.zeros(1), cu.RMSprop(1.0, rho=0, epsilon=1e-30)
        rms.apply([np.array([huge])], [w])
        w[:] = 0
        rms.apply([np.array([1.0])], [w])
        assert_allclose(w, -1, rtol=1e-12)
        w, adam = np.zeros(1), cu.Adam(1.0, beta_1=0, beta_2=0, epsilon=1e-30)
        adam.apply([np.array([huge])], [w])
        w[:] = 0
        adam.apply([np.array([1.0])], [w])
        assert_allclose(w, -1, rtol=1e-12)


def test_a_small_share_keeps_a_small_new_value():
    """m = 1e-9 * 1e16 + 0.999999999 * 1e-4: the new value is far smaller than the mean before it."""
    w, adam = np.zeros(1), cu.Adam(1.0, beta_1=1e-9, beta_2=0, epsilon=1e-30)
    adam.apply([np.array([1e16])], [w])
    w[:] = 0
    adam.apply([np.array([1e-4])], [w])
    m, s = 1e-9 * (1 - 1e-9) * 1e16 + (1 - 1e-9) * 1e-4, 1e-8
    assert_allclose(w, -m / math.sqrt(s) / (1 - 1e-18), rtol=1e-12)


@pytest.mark.parametrize(
    "made",
    [
        cu.RMSprop(0.1),
        cu.RMSprop(1e3),
        cu.RMSprop(0.1, rho=1),
        cu.Adam(0.1),
        cu.Adam(1e3),
        cu.Adam(0.1, beta_1=0),
    ],
    ids=repr,
)
@pytest.mark.parametrize(("dtype", "g"), [("float32", 1e20), ("float32", 3e38), ("float64", 1e200), ("float64", 1e308)])
def test_a_gradient_whose_square_is_infinite_moves_nothing(made, dtype, g):
    """w - rate * g / sqrt(infinity) = w, again and again. With rho = 1 no square counts: g / sqrt(epsilon)."""
    made, w = copy.deepcopy(made), np.ones(1, dtype)
    steps = 3
    for _ in range(steps):
        made.apply([np.full(1, g, dtype)], [w])
    if getattr(made, "rho", 0) == 1:
        assert not np.isnan(w).any()
        assert w < 1
    else:
        assert_array_equal(w, 1)


def test_memory_goes_on_after_an_infinite_square():
    w, rms = np.ones(2), cu.RMSprop(0.1)
    rms.apply([np.array([1e200, 1.0])], [w])
    rms.apply([np.array([1.0, 1.0])], [w])
    assert w[0] == 1
    assert_allclose(w[1], 1 - 0.1 / math.sqrt(0.1) - 0.1 / math.sqrt(0.19), rtol=1e-6)


def every_kind():
    return [cu.SGD(0.1), cu.SGD(0.1, momentum=0.5), cu.RMSprop(0.1), cu.Adam(0.1)]


@pytest.mark.parametrize("made", every_kind(), ids=repr)
@pytest.mark.parametrize("dtype", ["int64", "uint8", "bool", "float16", "float32", "longdouble"])
@pytest.mark.parametrize("variable", ["float32", "float64"])
def test_a_gradient_of_any_real_dtype_is_a_step(made, dtype, variable):
    made = copy.deepcopy(made)
    plain, variables, copies = (copy.deepcopy(made), *([np.ones(1, variable), np.ones(1, variable)] for _ in "ab"))
    g = np.array([1]).astype(dtype)
    for _ in range(2):
        made.apply([np.ones(1), g], variables)
        plain.apply([np.ones(1), np.ones(1)], copies)
    assert variables[1].dtype == variable
    assert_allclose(variables, copies, rtol=1e-6)
    assert (variables[1] < 1).all()
    g[:] = 0  # an array that is converted is converted anew at each step
    before = variables[1].copy()
    for _ in range(3):
        made.apply([np.ones(1), g], variables)
        plain.apply([np.ones(1), np.zeros(1)], copies)
    assert_allclose(variables, copies, rtol=1e-6)
    assert (variables[1] <= before).all()


@pytest.mark.parametrize("made", every_kind(), ids=repr)
@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (np.array([2j]), r"grads\[1\] must hold real numbers\. .* Received: dtype complex128\."),
        (np.array(["2"]), r"grads\[1\] must hold real numbers\. .* Received: dtype <U1\."),
        (np.array([2], object), r"grads\[1\] must hold real numbers\. .* Received: dtype object\."),
        ([None], r"grads\[1\] must hold real numbers"),
        (np.array(["2020"], "datetime64[Y]"), r"grads\[1\] must hold real numbers"),
        ([[1], [1, 2]], r"grads\[1\] has rows of different lengths"),
    ],
)
@pytest.mark.parametrize("steps_before", [0, 2])
def test_a_gradient_that_is_no_number_leaves_everything_as_it_was(made, bad, sentence, steps_before):
    made, variables, good = copy.deepcopy(made), [np.ones(1), np.ones(1)], [np.ones(1), np.ones(1)]
    for _ in range(steps_before):
        made.apply(good, variables)
    twin, before = copy.deepcopy(made), [v.copy() for v in variables]
    with pytest.raises(TypeError, match=rf"^{type(made).__name__}\.apply: {sentence}"):
        made.apply([np.ones(1), bad], variables)
    assert_array_equal(variables, before)
    assert made.iterations == steps_before
    made.apply(good, variables)  # nothing of the step that failed is remembered
    twin.apply(good, before)
    assert_array_equal(variables, before)


@every
@pytest.mark.parametrize("bad", [None, 3, "ab", np.float64(1)])
def test_apply_wants_lists(optimizer, bad):
    made, w = optimizer(0.1), np.ones(1)
    for arg, arguments in (("grads", (bad, [w])), ("variables", ([np.ones(1)], bad))):
        with pytest.raises(ValueError, match=rf"{optimizer.__name__}\.apply: {arg} must be a list of arrays\. Exp"):
            made.apply(*arguments)
    assert w == 1
    assert made.iterations == 0


@every
def test_generators_and_tuples_of_arrays_are_taken(optimizer):
    made, plain, v, w = optimizer(0.1), optimizer(0.1), np.ones(1), np.ones(1)
    for _ in range(2):
        made.apply((g for g in [np.ones(1)]), (w,))
        plain.apply([np.ones(1)], [v])
    assert_array_equal(v, w)


@every
def test_a_step_that_found_no_rate_has_met_no_variables(optimizer):
    made = optimizer(lambda step: None)
    with pytest.raises(ValueError, match="learning rate of step 0"):
        made.apply([np.ones(2)], [np.ones(2)])
    made.learning_rate, w = 0.1, np.ones(3)
    made.apply([np.ones(3)], [w])
    assert (w < 1).all()


@pytest.mark.parametrize(
    "made", [*every_kind(), cu.SGD(cu.CosineDecay(0.1, 9)), cu.Adam(cu.ExponentialDecay(0.1, 9, 0.5))]
)
def test_an_optimizer_pickled_in_the_middle_goes_on_as_the_original(made):
    made, w = copy.deepcopy(made), np.array([1.0, -2.0])
    for _ in range(3):
        made.apply([w], [w])
    twin, v = pickle.loads(pickle.dumps(made)), w.copy()
    assert repr(twin) == repr(made)
    for _ in range(3):
        made.apply([w], [w])
        twin.apply([v], [v])
    assert_array_equal(v, w)


@every
def test_lists_and_read_only_gradients_are_taken(optimizer):
    g = np.array([2.0, 1.0])
    g.flags.writeable = False
    a, b = np.ones(2), np.ones(2)
    optimizer(0.1).apply([g], [a])
    optimizer(0.1).apply([[2.0, 1.0]], [b])
    assert_array_equal(a, b)


@every
@pytest.mark.parametrize(
    ("grads", "variables", "sentence"),
    [
        ([np.ones(2)], [np.ones(3)], r"same shapes\. Expected: \[\(3,\)\]\. Received: \[\(2,\)\]\."),
        ([np.ones((2, 1))], [np.ones(2)], "same shapes"),
        ([np.ones(2)], [np.ones(2), np.ones(2)], "same shapes"),
        ([np.ones(2)], [np.ones(2, int)], r"variables are changed in place.* Received: ndarray int64\."),
        ([[1.0]], [[1.0]], r"writeable arrays of floats\. Received: list\."),
    ],
)
def test_apply_says_what_does_not_fit_and_changes_nothing(optimizer, grads, variables, sentence):
    made, before = optimizer(0.1), [np.array(v) for v in variables]
    with pytest.raises(ValueError, match=rf"^{optimizer.__name__}\.apply: .*{sentence}"):
        made.apply(grads, variables)
    for v, b in zip(variables, before, strict=True):
        assert_array_equal(v, b)
    assert made.iterations == 0


@every
def test_read_only_variables_are_refused(optimizer):
    w = np.ones(2)
    w.flags.writeable = False
    with pytest.raises(ValueError, match="variables are changed in place"):
        optimizer(0.1).apply([np.ones(2)], [w])


@every
@pytest.mark.parametrize("shapes", [[(2,), (1,)], [(3,)], [(2, 1)]])
def test_the_memory_of_one_network_serves_no_other(optimizer, shapes):
    made = optimizer(0.1)
    made.apply([np.ones(2)], [np.ones(2)])
    with pytest.raises(ValueError, match=r"other variables than before.* Hint: make a new optimizer"):
        made.apply([np.ones(s) for s in shapes], [np.ones(s) for s in shapes])


@every
@pytest.mark.parametrize("rate", [-0.1, np.nan, np.inf, "0.1", None, True, 10**400])
def test_the_learning_rate_is_no_less_than_zero(optimizer, rate):
    with pytest.raises(
        ValueError, match=rf"^{optimizer.__name__}: learning_rate is out of range\. Expected: a number >= 0"
    ):
        optimizer(rate)


@every
@pytest.mark.parametrize("rate", [0, 0.0, cu.CosineDecay(0.1, 1), cu.PiecewiseConstantDecay([0], [0.1, 0])])
def test_a_learning_rate_of_0_counts_the_step_and_moves_nothing(optimizer, rate):
    w, made = np.ones(2), optimizer(rate)
    made.iterations = 1  # where the schedules have reached 0
    made.apply([np.ones(2)], [w])
    assert_array_equal(w, 1)
    assert made.iterations == 2


def test_a_rate_that_has_grown_beyond_the_floats_ends_in_a_sentence():
    w, sgd = np.ones(1), cu.SGD(cu.ExponentialDecay(0.1, 1, 2.0))
    sgd.iterations = 1100
    with pytest.raises(ValueError, match=r"^SGD: the learning rate of step 1100 is out of range\. .* Received: inf\."):
        sgd.apply([np.ones(1)], [w])
    assert w == 1


@every
@pytest.mark.parametrize("rate", [-0.1, np.nan, None])
def test_a_schedule_that_gives_no_rate_is_named_and_nothing_changes(optimizer, rate):
    made, w = optimizer(lambda step: rate), np.ones(1)
    with pytest.raises(ValueError, match=rf"^{optimizer.__name__}: the learning rate of step 0 is out of range"):
        made.apply([np.ones(1)], [w])
    assert w == 1
    assert made.iterations == 0


@pytest.mark.parametrize(
    ("optimizer", "options"),
    [
        (cu.SGD, {"momentum": -0.1}),
        (cu.SGD, {"momentum": 1.1}),
        (cu.SGD, {"momentum": np.nan}),
        (cu.RMSprop, {"rho": 2}),
        (cu.RMSprop, {"epsilon": 0}),
        (cu.Adam, {"beta_1": 1}),
        (cu.Adam, {"beta_2": 1.0}),
        (cu.Adam, {"beta_2": -1}),
        (cu.Adam, {"epsilon": -1e-7}),
    ],
)
def test_constants_out_of_range(optimizer, options):
    (name,) = options
    with pytest.raises(ValueError, match=rf"^{optimizer.__name__}: {name} is out of range\. Expected: a number "):
        optimizer(**options)


def test_an_optimizer_tells_what_it_is():
    assert repr(cu.Adam(0.01)) == "<Adam, learning_rate=0.01, 0 steps taken>"


@pytest.mark.parametrize(
    ("schedule", "values"),
    [
        (cu.InverseTimeDecay(1.0, 10, 3.0), {0: 1, 10: 1 / 4, 30: 1 / 10}),
        (cu.ExponentialDecay(1.0, 10, 0.5), {0: 1, 10: 1 / 2, 30: 1 / 8}),
        (cu.PiecewiseConstantDecay([10, 20], [1.0, 0.5, 0.1]), {0: 1, 10: 1, 11: 0.5, 20: 0.5, 21: 0.1}),
        (cu.CosineDecay(1.0, 10, 0.2), {0: 1, 5: 0.6, 10: 0.2, 99: 0.2}),
        (cu.InverseTimeDecay(1.0, 10, 3.0, staircase=True), {0: 1, 9: 1, 10: 1 / 4, 19: 1 / 4, 30: 1 / 10}),
        (cu.ExponentialDecay(1.0, 10, 0.5, staircase=True), {0: 1, 9: 1, 10: 1 / 2, 19: 1 / 2, 30: 1 / 8}),
        (cu.ExponentialDecay(0.1, 1, 2.0), {1: 0.2, 1023: 0.1 * 2.0**1023, 1100: math.inf, 10**9: math.inf}),
        (cu.ExponentialDecay(0.1, 1, 2.0, staircase=True), {1: 0.2, 1100: math.inf, 10**9: math.inf}),
        (cu.ExponentialDecay(0.1, 1e-320, 2.0, staircase=True), {0: 0.1, 1: math.inf}),
        (cu.ExponentialDecay(0.1, 1, 0), {0: 0.1, 1: 0, 5: 0}),
        (cu.ExponentialDecay(0, 1, 2.0), {0: 0, 1100: 0}),
        (cu.InverseTimeDecay(0.1, 1e-300, 1e300), {0: 0.1, 5: 0}),
        (cu.InverseTimeDecay(0.1, 1e-320, 0), {0: 0.1, 5: 0.1}),
        (cu.InverseTimeDecay(0, 10, 3.0), {0: 0, 10: 0}),
        (cu.CosineDecay(0, 10, 0.2), {0: 0, 10: 0}),
        (cu.PiecewiseConstantDecay([1], [0.1, 0]), {1: 0.1, 2: 0}),
        (cu.PiecewiseConstantDecay(np.array([1]), (0.1, 0.2)), {1: 0.1, 2: 0.2}),
    ],
)
def test_schedules_by_hand(schedule, values):
    for step, rate in values.items():
        assert_allclose(schedule(step), rate, rtol=1e-15)
        assert type(schedule(step)) is float


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: cu.InverseTimeDecay(-0.1, 10, 1.0), "InverseTimeDecay: initial_learning_rate is out of range"),
        (lambda: cu.InverseTimeDecay(None, None, None), "InverseTimeDecay: initial_learning_rate is out of range"),
        (lambda: cu.InverseTimeDecay(0.1, None, 1.0), "InverseTimeDecay: decay_steps is out of range"),
        (lambda: cu.ExponentialDecay(0.1, 10, "0.5"), "ExponentialDecay: decay_rate is out of range"),
        (lambda: cu.CosineDecay("0.1", 10), "CosineDecay: initial_learning_rate is out of range"),
        *(
            (lambda bad=bad: cu.PiecewiseConstantDecay([1], bad), r"values must be a list of numbers\. Expected: \[")
            for bad in (None, 3, 0.1, "ab", {0.1, 0.2}, {1: 2}, [[0.1, 0.2]])
        ),
        *(
            (
                lambda bad=bad: cu.PiecewiseConstantDecay(bad, [0.1]),
                r"boundaries must be a list of numbers\. Expected: ",
            )
            for bad in (None, 3, "", {}, iter([]))
        ),
        *(
            (lambda bad=bad: cu.PiecewiseConstantDecay([bad], [0.1] * 2), "a step in boundaries is out of range")
            for bad in (None, "a", np.nan, np.inf)
        ),
        (lambda: cu.PiecewiseConstantDecay([1], ["a", 2]), "a learning rate in values is out of range"),
        (lambda: cu.PiecewiseConstantDecay([1, "a"], [0.1] * 3), "a step in boundaries is out of range"),
        *(
            (
                lambda rate=rate, step=step: rate(step),
                rf"^{type(rate).__name__}: step is out of range\. Expected: a num",
            )
            for rate in (
                cu.InverseTimeDecay(0.1, 10, 1.0),
                cu.ExponentialDecay(0.1, 10, 0.0),
                cu.PiecewiseConstantDecay([1], [0.1, 0.2]),
                cu.CosineDecay(0.1, 10),
            )
            for step in (-1, None, "1", np.nan, 10**400)
        ),
        (lambda: cu.InverseTimeDecay(0.1, 0, 1.0), "InverseTimeDecay: decay_steps is out of range"),
        (lambda: cu.InverseTimeDecay(0.1, 10, -1.0), "InverseTimeDecay: decay_rate is out of range"),
        (lambda: cu.ExponentialDecay(-1, 10, 0.5), "ExponentialDecay: initial_learning_rate is out of range"),
        (lambda: cu.ExponentialDecay(0.1, 10, np.nan), "ExponentialDecay: decay_rate is out of range"),
        (lambda: cu.CosineDecay(0.1, -5), "CosineDecay: decay_steps is out of range"),
        (lambda: cu.CosineDecay(0.1, 5, alpha=2), "CosineDecay: alpha is out of range"),
        (lambda: cu.PiecewiseConstantDecay([1], [0.1]), r"one more than boundaries\. Expected: 2\. Received: 1"),
        (lambda: cu.PiecewiseConstantDecay([2, 2], [0.1] * 3), "boundaries must rise"),
        (lambda: cu.PiecewiseConstantDecay([1], [0.1, -1]), "a learning rate in values is out of range"),
    ],
)
def test_a_schedule_says_what_does_not_fit(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()


@every
def test_new_arrays_and_new_contents_are_both_seen(optimizer):
    """What is prepared for the arrays of one step must not be taken for those of another."""
    made, plain = optimizer(0.1), optimizer(0.1)
    w, v, g = np.ones(3), np.ones(3), np.ones(3)
    for step in range(4):
        g[:] = step + 1  # the same array, other contents
        made.apply([g], [w])
        plain.apply([g.copy()], [v])
    assert_array_equal(w, v)
    other = np.ones(3)  # another variable of the same shape
    made.apply([g], [other])
    assert (other < 1).all()
    assert_array_equal(w, v)


@every
def test_a_list_whose_contents_change_is_read_anew(optimizer):
    made, plain, w, v, g = optimizer(0.1), optimizer(0.1), np.ones(2), np.ones(2), [1.0, 1.0]
    for step in range(3):
        g[0] = float(step)
        made.apply([g], [w])
        plain.apply([np.array(g)], [v])
    assert_array_equal(w, v)


@every
def test_a_variable_locked_between_two_steps_stays_as_it_is(optimizer):
    made, w, g = optimizer(0.1), np.ones(3), np.ones(3)
    made.apply([g], [w])
    before, w.flags.writeable = w.copy(), False
    with pytest.raises(ValueError, match="variables are changed in place"):
        made.apply([g], [w])
    assert_array_equal(w, before)


@every
def test_the_copy_of_a_model_in_training_learns_on_its_own(optimizer):
    x, y = np.eye(4), np.arange(4)
    model = cu.Sequential([cu.Input(4), cu.Dense(4, "softmax")], rng=0)
    model.compile(optimizer(0.1), "sparse_categorical_crossentropy")
    model.fit(x, y, epochs=2, verbose=0)
    twin, before = copy.deepcopy(model), model.get_weights()
    twin.fit(x, y, epochs=1, verbose=0)
    for w, b in zip(model.get_weights(), before, strict=True):
        assert_array_equal(w, b)
    model.fit(x, y, epochs=1, verbose=0)
    for w, t in zip(model.get_weights(), twin.get_weights(), strict=True):
        assert_array_equal(w, t)
    assert not np.array_equal(twin.get_weights()[0], before[0])
