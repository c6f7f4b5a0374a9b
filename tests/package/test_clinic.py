"""The tools that look into a network: numbers by hand, a network left as it was, and sentences for bad input."""

import numpy as np
import pytest

import course_utils as cu
from course_utils import clinic


@pytest.fixture
def model():
    """2-2-2: the first unit adds, the second is dead for inputs that are not negative."""
    model = cu.Sequential([cu.Input(2), cu.Dense(2, "relu"), cu.Dense(2, "softmax")], rng=0)
    model.set_weights([[[1, -1], [1, -1]], [0, 0], [[1, 0], [0, 1]], [0, 0]])
    model.compile(cu.SGD(0.5), "sparse_categorical_crossentropy")
    return model


X, Y = np.array([[1.0, 0.0], [1.0, 2.0], [0.0, 0.5]]), np.array([0, 1, 0])
LOOKS = {
    "shapes": lambda model, x: clinic.shapes(model, x),
    "layer_outputs": lambda model, x: clinic.layer_outputs(model, x),
    "dead_units": lambda model, x: clinic.dead_units(model, x),
    "gradient_norms": lambda model, x: clinic.gradient_norms(model, x, Y),
    "overfit_one_batch": lambda model, x: clinic.overfit_one_batch(model, x, Y, steps=3),
}
each_tool = pytest.mark.parametrize("name", LOOKS)


def test_shapes_are_told_step_by_step(model, capsys):
    clinic.shapes(model, X)
    assert capsys.readouterr().out.splitlines() == [
        "x        (3, 2)",
        "layer 1  (3, 2) @ (2, 2) + (2,) -> (3, 2)  relu",
        "layer 2  (3, 2) @ (2, 2) + (2,) -> (3, 2)  softmax",
    ]


def test_layer_outputs_are_those_of_predict_and_of_hand_arithmetic(model):
    outputs = clinic.layer_outputs(model, X)
    assert outputs["layer 1"].tolist() == [[1, 0], [3, 0], [0.5, 0]]
    assert np.array_equal(outputs["layer 2"], model.predict(X))


def test_a_unit_is_dead_only_if_it_is_silent_on_every_row(model):
    assert clinic.dead_units(model, X) == {"layer 1": 1}
    assert clinic.dead_units(model, np.vstack([X, [[-1.0, 0.0]]])) == {"layer 1": 0}
    assert clinic.dead_units(model, [[0.0, 0.0]]) == {"layer 1": 2}


def test_gradient_norms_are_those_of_the_gradients_by_differences(model):
    norms = clinic.gradient_norms(model, X, Y)
    assert list(norms) == ["W1", "b1", "W2", "b2"]

    def cost(W2):
        model.layers[1].kernel[:] = W2
        return model.evaluate(X, Y)[0]

    by_differences = cu.numerical_gradient(cost, np.eye(2), step=1e-2)
    assert norms["W2"] == pytest.approx(np.linalg.norm(by_differences), rel=1e-3)


def test_the_norms_of_a_dead_layer_are_zero(model):
    model.set_weights([[[-1, -1], [-1, -1]], [0, 0], [[1, 0], [0, 1]], [0, 0]])
    norms = clinic.gradient_norms(model, X, Y)
    assert norms["W1"] == norms["b1"] == norms["W2"] == 0 < norms["b2"]


def test_overfitting_takes_the_steps_of_fit_on_one_batch(model):
    losses = clinic.overfit_one_batch(model, X, Y, steps=4)
    assert losses.shape == (5,)
    log = model.fit(X, Y, batch_size=3, epochs=4, shuffle=False, verbose=0).history
    assert losses[:4] == pytest.approx(log["loss"], rel=1e-5)
    assert losses[4] == pytest.approx(model.evaluate(X, Y)[0], rel=1e-5)


def test_a_run_that_leaves_the_floats_ends_in_nan_without_a_warning(model):
    model.compile(cu.SGD(1e30), "mse")
    losses = clinic.overfit_one_batch(model, 1e20 * X, cu.one_hot(Y, 2), steps=5)
    assert losses.shape == (6,)
    linear = cu.Sequential([cu.Input(2), cu.Dense(1)], rng=0)
    linear.compile(cu.SGD(1e30), "mse", metrics=())
    assert np.isnan(clinic.overfit_one_batch(linear, X, Y[:, None], steps=5)[-1])


@each_tool
def test_looking_changes_nothing(model, name):
    weights, x = model.get_weights(), X.copy()
    state = model.rng.bit_generator.state
    model.value_and_grad(X[:2], Y[:2])
    gradients = [g.copy() for g in model.gradients]
    LOOKS[name](model, x)
    assert np.array_equal(x, X)
    assert all(np.array_equal(a, b) for a, b in zip(weights, model.get_weights(), strict=True))
    assert all(np.array_equal(a, b) for a, b in zip(gradients, model.gradients, strict=True))
    assert model.rng.bit_generator.state == state


@pytest.mark.parametrize(
    ("x", "sentence"),
    [
        ([1.0, 2.0], "x has the wrong number of axes. Expected: .m, n_features.."),
        (np.zeros((3, 1, 2)), "Hint: x.reshape.len.x., -1."),
        (np.zeros((3, 5)), "x has the wrong number of features. Expected: .m, 2.. Received: .3, 5."),
        (np.zeros((0, 2)), "x is empty"),
    ],
)
@each_tool
def test_an_input_that_does_not_fit_gets_a_sentence(model, name, x, sentence):
    with pytest.raises(ValueError, match=rf"^({name}|layer_outputs): .*{sentence}"):
        LOOKS[name](model, x)


@pytest.mark.parametrize("model", [None, "model", cu.Sequential([cu.Dense(2)]), np.zeros(3)])
@each_tool
def test_something_else_than_a_network_with_weights_gets_a_sentence(name, model):
    with pytest.raises(ValueError, match="model must be a Sequential with weights"):
        LOOKS[name](model, X)


def test_words_in_the_place_of_numbers_are_refused(model):
    with pytest.raises(TypeError, match="x must hold real numbers"):
        clinic.layer_outputs(model, [["a", "b"]])


def test_a_network_without_relu_has_no_dead_units():
    model = cu.Sequential([cu.Input(2), cu.Dense(2, "sigmoid")], rng=0)
    with pytest.raises(
        ValueError, match="only a ReLU unit can be dead. Expected: a layer with relu. Received: sigmoid"
    ):
        clinic.dead_units(model, X)


@pytest.mark.parametrize("steps", [0, -1, 2.5, True, "ten"])
def test_steps_are_counted(model, steps):
    with pytest.raises(ValueError, match="overfit_one_batch: steps must be a whole number"):
        clinic.overfit_one_batch(model, X, Y, steps=steps)


def test_a_model_that_is_not_compiled_is_named():
    with pytest.raises(ValueError, match="the model is not compiled"):
        clinic.gradient_norms(cu.Sequential([cu.Input(2), cu.Dense(2)], rng=0), X, Y)
