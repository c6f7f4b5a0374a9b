"""What the instructor's pages give as the answer of a homework task is computed here."""

import numpy as np
import pytest
import scipy.stats
import sklearn.datasets
from _guide import GUIDE, items, parts
from sklearn.model_selection import train_test_split

import course_utils as cu


def task(page, number):
    """Return the text of a page's homework task, its answer at the end."""
    return items(parts((GUIDE / f"{page}.md").read_text(encoding="utf-8"))["Homework"])[number - 1]


def spoken(*numbers, digits):
    return [f"{number:.{digits}f}".replace("-", "−") for number in numbers]


def assert_said(text, *figures):
    answer = text.rpartition("? (")[2] or text.rpartition(". (")[2]
    assert [figure for figure in figures if figure not in answer] == []


def test_a_wrong_figure_is_noticed():
    with pytest.raises(AssertionError):
        assert_said("1. By hand: 1 + 1? (3.)", "2")
    with pytest.raises(AssertionError):
        assert_said("1. By hand: 2 of 3? (1.)", "2")  # in the question only


# --- lessons about one neuron


def test_01_by_hand():
    assert cu.sigmoid(3 * 0.5 - 1.5) == 0.5
    assert_said(task("01_sigmoid", 1), "x = 0.5", f"a = {cu.sigmoid(3 * 1 - 1.5):.2f}")


def test_01_at_the_keyboard():
    x = (np.log(0.9 / 0.1) + 1.5) / 3
    assert cu.sigmoid(3 * x - 1.5) == pytest.approx(0.9)
    assert_said(task("01_sigmoid", 2), f"{x:.3f}")


def test_02_by_hand():
    rain, forecast = np.array([1, 0, 1]), np.array([0.8, 0.6, 0.9])
    entropy, squared = cu.binary_crossentropy(rain, forecast), cu.mean_squared_error(rain, forecast)
    assert_said(task("02_cost", 1), f"{entropy:.3f}", f"{squared:.3f}")


def test_02_at_the_keyboard():
    cost = cu.binary_crossentropy(np.array([1, 0]), np.array([-1000.0, 40.0]), from_logits=True)
    assert_said(task("02_cost", 2), f"({cost:.0f}")


def test_02_to_explain():
    assert_said(task("02_cost", 3), f"{-np.log(1e-7):.1f}")


def test_03_by_hand():
    w, limit = 0.0, 2 / 8
    path = [w := w - 0.1 * 8 * (w - 3) for _ in range(2)]
    slope = cu.numerical_gradient(lambda w: (2 * w[0] - 6) ** 2, np.array([5.0]))[0]
    assert slope == pytest.approx(8 * (5 - 3))
    assert_said(
        task("03_gradient_descent", 1), "8 (w − 3)", f"{limit / 2}; {limit}", f"{path[0]:.1f}, then {path[1]:.2f}"
    )


def test_03_at_the_keyboard():
    kilos = np.array([1.0, 2.0, 3.0])
    limit = 2 / np.mean(2 * kilos**2)
    grams = 2 / np.mean(2 * (1000 * kilos) ** 2)
    assert grams == pytest.approx(limit / 1e6)
    assert "a millionth" in task("03_gradient_descent", 2)


def test_04_by_hand():
    error, x = 0.5 - 1, np.array([2.0, -1.0])
    slopes, step = error * x, -0.2 * error * x
    answer = task("04_logistic_regression", 1)
    assert_said(answer, ", ".join([*spoken(*slopes, digits=1), *spoken(error, digits=1)]).replace("1.0", "1"))
    assert_said(answer, f"by {step[0]:.1f} and {step[1]:.1f}".replace("-", "−"), f"the bias by {-0.2 * error:.1f}")


def pair_of_digits(first, second):
    """Train one neuron as the lesson does to tell two digits apart; return its accuracy and its weights."""
    sets = []
    for images, digits in cu.load_mnist():
        chosen = np.isin(digits, (first, second))
        sets.append((images[chosen].reshape(-1, 784) / 255, (digits[chosen] == second)[:, None]))
    neuron = cu.LogisticNeuron(784)
    neuron.set_weights([np.zeros(784), 0])
    neuron.fit(*sets[0], learning_rate=0.1, epochs=200)
    X, y = sets[1]
    return np.mean((neuron.predict(X) > 0.5) == y), neuron.w.reshape(28, 28)


@pytest.mark.full
def test_04_at_the_keyboard():
    hard, _ = pair_of_digits(4, 9)
    easy, weights = pair_of_digits(0, 1)
    middle = weights[10:18, 12:16].mean()
    assert middle > 3 * np.abs(weights).mean()  # red
    if cu.load_mnist().is_full:
        assert_said(
            task("04_logistic_regression", 2), f"{hard:.1%}".replace("%", " %"), f"{easy:.1%}".replace("%", " %")
        )
    else:
        assert hard == easy == 1


# --- lessons about gates


def test_05_by_hand():
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    z = X @ [1, -1] - 0.5
    assert list(z > 0) == [False, False, True, False]
    assert_said(task("05_logic_gates", 1), "1, −1 and −0.5", ", ".join(spoken(*z, digits=1)))


def test_05_at_the_keyboard():
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    said = []
    for targets in ([1, 0, 0, 0], [1, 0, 0, 1]):
        neuron = cu.LogisticNeuron(2, rng=0)
        neuron.fit(X, np.array(targets)[:, None], learning_rate=1.0, epochs=500)
        said.append(spoken(*neuron.predict(X).ravel(), digits=2))
    nor, xnor = said
    assert xnor == ["0.50"] * 4
    assert_said(task("05_logic_gates", 2), ", ".join(nor), "four times 0.50")


def test_05_to_explain():
    assert f"{41**3:,} neurons" in task("05_logic_gates", 3)


def test_06_by_hand():
    bias = -np.mean([4 * 0 + 4 * 0, 4 * 0 + 4 * 1])
    assert_said(task("06_xor_two_layers", 1), f"{2 * 4 + 4 + 4 * 1 + 1}; {bias:.0f}".replace("-", "−"))


def test_06_at_the_keyboard():
    X, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]])
    failed = []
    for steps in (2000, 8000):
        many = cu.models.train_many(X, y, 2, "sigmoid", seeds=range(10), learning_rate=0.5, steps=steps)
        failed.append(np.flatnonzero(many.scores(X, y) < 4))
    assert (10 - len(failed[0]), 10 - len(failed[1])) == (8, 9)
    assert_said(task("06_xor_two_layers", 2), "Eight are solved, then nine", f"Seed {failed[1][0]} stays")


def small_network(x, y):
    """Carry rows through the 2-2-1 network of lesson 07 and back; return its activations, dZ2 and what reaches A1."""
    W1, b1 = np.array([[1.0, -1.0], [-1.0, 2.0]]), np.array([0.5, -0.5])
    W2, b2 = np.array([[2.0], [-1.0]]), np.array([-0.5])
    A1 = cu.sigmoid(x @ W1 + b1)
    A2 = cu.sigmoid(A1 @ W2 + b2)
    dZ2 = (A2 - y) / len(x)
    return A1, A2, dZ2, dZ2 @ W2.T


def test_07_by_hand():
    x = np.array([[1.0, 1.0]])
    A1, A2, _, dA1 = small_network(x, 0)
    dW1 = x.T @ (dA1 * A1 * (1 - A1))
    assert A1[0, 0] == pytest.approx(A1[0, 1])
    answer = task("07_backpropagation", 1)
    assert_said(answer, f"a1 is {A1[0, 0]:.3f} for both", f"a2 = {A2[0, 0]:.3f}")
    assert_said(answer, *[f"dW1[0, {k}] = {spoken(dW1[0, k], digits=3)[0]}" for k in (0, 1)])


def test_07_at_the_keyboard():
    X, y = cu.logic_gate("XOR")
    A1, _, dZ2, right = small_network(X, y)
    wrong = dZ2 * np.ones((1, 2))
    ratios = (X.T @ (wrong * A1 * (1 - A1))) / (X.T @ (right * A1 * (1 - A1)))
    assert np.allclose(ratios, ratios[0])  # the same for each input of a unit
    assert_said(
        task("07_backpropagation", 2), f"{ratios[0, 0]:.1f} for unit 0", f"{ratios[0, 1]:.0f}".replace("-", "−")
    )


# --- lessons about digits


def as_rows(data):
    """Return training and test set as the lessons take them: rows of 784 pixels from 0 to 1, and labels."""
    return [(images.reshape(-1, 784) / np.float32(255), digits) for images, digits in data]


def percent(*shares):
    return [f"{share:.1%}".removesuffix("%") for share in shares]


def test_08_by_hand():
    p = cu.softmax(np.log([[1.0, 2.0, 5.0]]))[0]
    slopes = p - [0, 1, 0]
    assert list(p) == pytest.approx([1 / 8, 1 / 4, 5 / 8])
    answer = task("08_mnist_softmax_numpy", 1)
    assert_said(
        answer, "p = 1/8, 1/4, 5/8", f"{-np.log(p[1]):.2f}", ", ".join(spoken(*slopes, digits=3)).replace("0,", ",")
    )


@pytest.mark.full
def test_08_at_the_keyboard():
    data = cu.load_mnist()
    (X, y), (X_test, y_test) = as_rows(data)
    scores = []
    for size, rate in ((10, 0.01), (100, 0.1)):
        model = cu.Sequential([cu.Input(784), cu.Dense(10, "softmax", kernel_initializer="zeros")], rng=0)
        model.compile(cu.SGD(rate), loss="sparse_categorical_crossentropy")
        model.fit(X, y, batch_size=size, epochs=5, verbose=0)
        scores.append(model.evaluate(X_test, y_test)[1])
    assert_said(task("08_mnist_softmax_numpy", 2), "about 91.7 %", "93 to 94 %")
    low, high = (0.9145, 0.9195) if data.is_full else (0.925, 0.945)
    assert all(low < score < high for score in scores)


def test_08_to_explain():
    assert f"{255**2:,} times" in task("08_mnist_softmax_numpy", 3)


def test_09_by_hand():
    Z1, W2, dZ2 = np.array([2, -1]), np.array([[1, 0], [3, -2]]), np.array([0.5, -0.5])
    dA1 = W2 @ dZ2
    dZ1 = dA1 * (Z1 > 0)
    assert_said(task("09_mnist_two_layers_numpy", 1), f"dA1 = ({dA1[0]}, {dA1[1]})", f"dZ1 = ({dZ1[0]}, {dZ1[1]:.0f})")


@pytest.mark.full
@pytest.mark.slow
def test_09_at_the_keyboard():
    data = cu.load_mnist()
    (X, y), (X_test, y_test) = as_rows(data)
    answer = task("09_mnist_two_layers_numpy", 2)
    for width, full in ((32, 0.968), (128, 0.980)):
        model = cu.Sequential([cu.Input(784), cu.Dense(width, "relu"), cu.Dense(10, "softmax")], rng=1)
        assert_said(answer, f"{model.count_params():,}", *percent(full))
        if data.is_full:
            model.compile(cu.SGD(0.2), "sparse_categorical_crossentropy")
            model.fit(X, y, batch_size=100, epochs=20, verbose=0)
            assert model.evaluate(X_test, y_test)[1] == pytest.approx(full, abs=0.0025)  # "about", from one run


def test_10_by_hand():
    velocity, w, path = 0.0, 0.0, []
    for _ in range(3):
        velocity = 0.5 * velocity - 0.1
        w += velocity
        path.append(w)
    limit = 0.1 / (1 - 0.5)
    said = [f"{where:.3f}".rstrip("0").replace("-", "−") for where in path]
    assert_said(task("10_training_numpy", 1), ", ".join(said), f"approach {limit}")


def test_10_at_the_keyboard():
    steps = [(1 - 0.9**t) / np.sqrt(1 - 0.999**t) for t in (1, 10)]
    assert_said(task("10_training_numpy", 2), f"{steps[0]:.2f} and {steps[1]:.2f} times")


def test_11_by_hand():
    keras = pytest.importorskip("keras")
    layers = [keras.layers.Dense(units) for units in (128, 64, 10)]
    model = keras.Sequential([keras.Input((784,)), *layers])
    counts = [layer.count_params() for layer in layers]
    said = f"{counts[0]:,}, then {counts[1]:,}, then {counts[2]:,}: {model.count_params():,} in all"
    assert_said(task("11_mnist_keras", 1), said)


def with_or_without_a_shortcut(keras, data, has_shortcut, seed):
    """Train the network of lesson 11, with the pixels beside the hidden units or not; return test accuracy, size."""
    (X, y), (X_test, y_test) = as_rows(data)
    keras.utils.set_random_seed(seed)
    image = keras.Input((784,))
    hidden = keras.layers.Dense(512, activation="relu")(image)
    last = keras.layers.Concatenate()([image, hidden]) if has_shortcut else hidden
    model = keras.Model(image, keras.layers.Dense(10, activation="softmax")(last))
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(X, y, batch_size=128, epochs=5, verbose=0)
    return model.evaluate(X_test, y_test, verbose=0)[1], model.count_params()


@pytest.mark.full
@pytest.mark.slow
def test_11_at_the_keyboard():
    keras = pytest.importorskip("keras")
    data = cu.load_mnist()
    if not data.is_full:
        pytest.skip("the page tells it of the full set")
    without, size = with_or_without_a_shortcut(keras, data, False, seed=0)
    with_it, larger = with_or_without_a_shortcut(keras, data, True, seed=0)
    answer = task("11_mnist_keras", 2)
    assert_said(answer, f"{larger - size:,} weights more", "97.7 to 98.1 %", "97.8 to 98.1 %")
    assert 0.9765 < without < 0.9815
    assert 0.9775 < with_it < 0.9815


# --- lessons in Keras


def test_12_by_hand():
    assert_said(task("12_losses_keras", 1), f"{24 / 30:.2f} and {24 / 40:.2f}")


@pytest.mark.slow
def test_12_at_the_keyboard():
    keras = pytest.importorskip("keras")
    X, benign = sklearn.datasets.load_breast_cancer(return_X_y=True)
    X, _, malignant, _ = train_test_split(X, 1 - benign, test_size=0.25, random_state=3)  # as in the lesson
    keras.utils.set_random_seed(12)
    hidden = keras.layers.Dense(16, activation="relu")
    model = keras.Sequential([keras.Input((30,)), hidden, keras.layers.Dense(1, activation="sigmoid")])
    model.compile(keras.optimizers.SGD(0.01), "binary_crossentropy")
    losses = model.fit(X, malignant, batch_size=16, epochs=20, verbose=0).history["loss"]
    share = malignant.mean()
    constant = scipy.stats.entropy([share, 1 - share])
    tiny = keras.config.epsilon()
    below_one = float(np.float32(1 - tiny))  # in float32 a little further from 1
    stuck = [-share * np.log(tiny), -(1 - share) * np.log(1 - below_one)]  # what certain mistakes cost on JAX
    answer = task("12_losses_keras", 2)
    assert_said(answer, f"sinks to {constant:.2f}", "all 16 hidden units", f"at {stuck[0]:.2f} or {stuck[1]:.2f}")
    if keras.backend.backend() == "jax":
        assert min(abs(losses[-1] - loss) for loss in stuck) < 0.01
    else:
        assert losses[0] > 20
        assert losses[-1] == pytest.approx(constant, abs=0.005)
        assert np.asarray(hidden(X)).max() == 0


def test_13_by_hand():
    keras = pytest.importorskip("keras")
    stopping = keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    stopping.set_model(model)
    stopping.on_train_begin()
    for epoch, loss in enumerate([0.8, 0.6, 0.7, 0.5, 0.6, 0.55, 0.4]):
        stopping.on_epoch_end(epoch, {"val_loss": loss})
        if model.stop_training:
            break
    assert_said(task("13_overfitting_keras", 1), f"After epoch {epoch + 1}; those of epoch {stopping.best_epoch + 1}")


def test_14_by_hand_and_at_the_keyboard():
    keras = pytest.importorskip("keras")
    said = {}
    for window in (3, 5):
        model = keras.Sequential([keras.Input((28, 28, 1))])
        for filters in (16, 32):
            model.add(keras.layers.Conv2D(filters, window))
            model.add(keras.layers.MaxPooling2D())
        sizes = [layer.output.shape[1] for layer in model.layers]
        model.add(keras.layers.Flatten())
        model.add(keras.layers.Dense(10))
        said[window] = (sizes, [layer.count_params() for layer in model.layers if layer.weights], model.count_params())
    sizes, counts, total = said[3]
    sum_ = " + ".join(f"{count:,}" for count in counts)
    assert_said(task("14_convolution_keras", 1), ", ".join(map(str, sizes)), f"{sum_} = {total:,}")
    assert_said(task("14_convolution_keras", 2), f"{total:,} against {said[5][2]:,}")


def test_15_by_hand():
    sums = np.array([1.0, 5.0])
    normed = (sums - sums.mean()) / sums.std()
    assert_said(task("15_depth_keras", 1), f"About {normed[0]:.0f} and {normed[1]:.0f}".replace("-", "−"))


def test_16_by_hand():
    said = f"{np.log(20):.2f}, {np.log(1000):.2f}, {0.03 * 8 / 2:.2f}"
    assert_said(task("16_bug_clinic", 1), said)


def test_17_by_hand():
    columns = np.array([0, 1, 1, 1, 0, 0, 1, 0, 1, 1])
    edges = np.diff(np.concatenate([[0], columns, [0]]))
    pieces = zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True)
    assert_said(task("17_project_postcode", 1), ", ".join(f"[{start}, {stop})" for start, stop in pieces))


# --- toolboxes


def test_arrays_by_hand_and_at_the_keyboard():
    product = np.array([[1, 2], [3, 4]]) @ np.array([[0, 1], [1, 0]])
    assert_said(task("toolbox_arrays", 1), str(product.tolist()))
    X = np.array([[1.0, 5.0], [3.0, 6.0], [2.0, 10.0]])
    answer = task("toolbox_arrays", 2)
    scaled = (X - X.mean(axis=0)) / X.std(axis=0)
    assert_said(answer, "`(X - X.mean(axis=0)) / X.std(axis=0)`")
    assert np.allclose(scaled.mean(axis=0), 0)
    assert np.allclose(scaled.std(axis=0), 1)


def test_slopes_by_hand_and_at_the_keyboard():
    slope = cu.numerical_gradient(lambda x: (2 * x[0] - 3) ** 2, np.array([1.0]))[0]
    assert slope == pytest.approx(8 * 1 - 12)
    assert_said(task("toolbox_slopes", 1), f"= {slope:.0f};".replace("-", "−"), f"= {slope:.0f}.".replace("-", "−"))
    slopes = [cu.numerical_gradient(lambda x: np.sin(x[0]), np.array([where]))[0] for where in (0.0, np.pi)]
    assert slopes == pytest.approx(np.cos([0, np.pi]))
    assert_said(task("toolbox_slopes", 2), f"{slopes[0]:.0f} and {slopes[1]:.0f}".replace("-", "−"))
