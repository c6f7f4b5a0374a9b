"""The picture of a network says what its summary says, for NumPy's and Keras's alike."""

import matplotlib.pyplot as plt
import pytest

import course_utils as cu


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def keras():
    pytest.importorskip("keras")
    cu.use_keras()
    import keras

    return keras


def words(ax):
    return [text.get_text() for text in ax.texts if text.get_text()]


def dense(of, layers):
    return of.Sequential([of.Input((784,)), layers.Dense(512, "relu"), layers.Dense(10, "softmax")])


TOLD = ["Input", "784", "Dense  relu", "512", "401,920 parameters", "Dense  softmax", "10", "5,130 parameters"]


def test_our_network():
    assert words(cu.plots.stack(dense(cu, cu.layers))) == TOLD


def test_keras_s_network(keras):
    assert words(cu.plots.stack(dense(keras, keras.layers))) == TOLD


def test_the_functional_one(keras):
    x = keras.Input((784,))
    y = keras.layers.Dense(10, "softmax")(keras.layers.Dense(512, "relu")(x))
    assert words(cu.plots.stack(keras.Model(x, y))) == TOLD


def test_a_convolutional_one(keras):
    layers = keras.layers
    model = keras.Sequential(
        [keras.Input((28, 28, 1)), layers.Conv2D(8, 3, activation="relu"), layers.MaxPooling2D(), layers.Flatten()]
    )
    told = words(cu.plots.stack(model))
    assert told == [
        *("Input", "28 x 28 x 1", "Conv2D  relu", "26 x 26 x 8", "80 parameters"),
        *("MaxPooling2D", "13 x 13 x 8", "0 parameters", "Flatten", "1352", "0 parameters"),
    ]


def test_wider_boxes_for_more_numbers_and_nothing_written_over_anything():
    ax = cu.plots.stack(dense(cu, cu.layers))
    boxes = [patch for patch in ax.patches if hasattr(patch, "get_boxstyle")]
    assert boxes[0].get_width() > boxes[1].get_width() > boxes[2].get_width()
    ax.figure.draw_without_rendering()
    places = [text.get_window_extent() for text in ax.texts if text.get_text()]
    assert not any(a.overlaps(b) for i, a in enumerate(places) for b in places[:i])
    kinds = [text.get_window_extent() for text in ax.texts if text.get_text().startswith(("Input", "Dense"))]
    for box, kind in zip(boxes, kinds, strict=True):
        outer = box.get_window_extent()
        assert outer.x0 < kind.x0 < kind.x1 < outer.x1


@pytest.mark.parametrize("make", ["ours", "Keras's"])
def test_a_model_without_shapes_gets_a_sentence(make, keras):
    model = cu.Sequential([cu.Dense(3)]) if make == "ours" else keras.Sequential([keras.layers.Dense(3)])
    with pytest.raises(ValueError, match=r"stack: the model is not built yet\. Expected: an Input as first layer"):
        cu.plots.stack(model)


def test_layers_that_form_no_chain_get_a_sentence(keras):
    x = keras.Input((4,))
    y = keras.layers.Concatenate(name="both")([x, keras.layers.Dense(3)(x)])
    with pytest.raises(ValueError, match="stack: the layers form no chain.* Received: several for both"):
        cu.plots.stack(keras.Model(x, y))
