"""What must hold in lesson 11: Keras does the same as NumPy on both backends, and scores lie in their bands."""

import re
from types import SimpleNamespace

import numpy as np
from _claims import broken, chance, on_tensorflow

# of test accuracies; the runs are wide_128 and, on the few digits, wide_128_short in benchmarks/keras_runs.py
BAND = {"full": (0.975, 0.983), "digits": (0.87, 0.972)}
START = [np.zeros((784, 64)), np.zeros(64), np.zeros((64, 10)), np.zeros(10)]


@broken(X=np.array([[0.0, 255.0]]), X_test=np.zeros((1, 784)))
@broken(X=np.zeros((3, 784)), X_test=np.zeros((1, 784)))
def after_load(X, X_test):
    assert X.shape[1] == X_test.shape[1] == 784
    assert X.min() == 0
    assert X.max() == 1


@chance
@broken(accuracy=0.7)
@broken(accuracy=0.99)
def after_six_lines(accuracy, data):
    low, high = BAND["full" if data.is_full else "digits"]
    assert low < accuracy < high


@broken(printed="Epoch 1/5\n12/12 - 1s - accuracy: 0.61\n" * 5)
@broken(printed="Epoch 1/5\n12/12 - 1s - 90ms/step - accuracy: 0.6 - loss: 1.2\n")
def after_six_lines__a_line_for_each_epoch(printed):
    line = r"^(?:469/469|12/12) - \d+m?s - \d+m?s/step - accuracy: \d\.\d+ - loss: \d\.\d+(?:e-\d+)?$"
    assert len(re.findall(line, printed, flags=re.M)) == 5


class _NoBar:
    patches = [SimpleNamespace(get_width=lambda: 92.2)]


@chance
@broken(ax=_NoBar, accuracy=0.979)
def after_ladder(ax, accuracy):
    assert np.isclose(ax.patches[-1].get_width(), 100 * accuracy)


@chance
@broken(steps=468)
def after_read_line__steps(steps, data):
    assert steps == (469 if data.is_full else 12)


@chance
@broken(during=0.99, after=0.99)
@broken(during=0.7, after=0.71)
def after_read_line(during, after):
    assert during != after
    assert min(during, after) > 0.85


@chance
@broken(model=SimpleNamespace(count_params=lambda: 407_051, optimizer=SimpleNamespace(variables=[np.zeros(407_052)])))
@broken(model=SimpleNamespace(count_params=lambda: 407_050, optimizer=SimpleNamespace(variables=[np.zeros(407_050)])))
def after_summary(model):
    assert model.count_params() == 407_050
    assert sum(int(np.prod(v.shape)) for v in model.optimizer.variables) == 407_052  # one each, steps and rate


@chance
@broken(gap=0.0)
def after_twins(gap):
    assert gap > 0.05


@chance
@broken(gap=1e-5)
def after_copied(gap):
    assert gap < 1e-6


@chance
@broken(cost=2.39, keras_cost=2.3902, our_gradients=[np.ones(2)], keras_gradients=[np.ones(2)])
@broken(cost=2.39, keras_cost=2.39, our_gradients=[np.full(2, 0.05)], keras_gradients=[np.array([0.05, 0.05001])])
@broken(cost=2.39, keras_cost=2.39, our_gradients=[np.zeros(2)], keras_gradients=[np.zeros(2)])
def after_gradients(cost, keras_cost, our_gradients, keras_gradients):
    assert np.isclose(cost, keras_cost, rtol=1e-5)
    for a, b in zip(our_gradients, keras_gradients, strict=True):
        assert np.abs(a - b).max() < 1e-7 < 0.01 < np.abs(a).max()  # "agree to about seven decimals"


@chance
@broken(start=START, ours=SimpleNamespace(get_weights=lambda: START), theirs=SimpleNamespace(get_weights=lambda: START))
def after_hundred(start, ours, theirs):
    ways = [np.abs(a - old).max() for old, a in zip(start, ours.get_weights(), strict=True)]
    gaps = [np.abs(a - b).max() for a, b in zip(ours.get_weights(), theirs.get_weights(), strict=True)]
    assert max(ways) > 0.1  # "some have moved by more than a tenth"
    assert max(gaps) < 2e-6


@chance
@broken(printed="ours:  46.05\nKeras: 46.05\n")
@broken(printed="ours:  16.12\nKeras: 16.12\n")
def after_bare(printed):
    assert printed.split()[1::2] == ["46.05", "16.12"]


def _sure(printed):
    """Give (loss, slope) of the lines with a softmax layer, with logits, and with forgotten logits."""
    by_kind = {"a softmax layer": [], "from_logits=True": [], "from_logits forgotten": []}
    pairs = re.findall(rf"^({'|'.join(by_kind)}): +loss +([\d.]+) +slope +(-?[\d.]+)$", printed, flags=re.M)
    for kind, loss, slope in pairs:
        by_kind[kind].append((float(loss), abs(float(slope))))
    return by_kind


RIGHT = [(46.05, 1.0), (500.0, 1.0)]
CLIPPED = [(16.12, 0.0), (16.12, 0.0)]


@chance
@broken(printed="from_logits=True:  loss  16.12   slope 0.00\nfrom_logits=True:  loss 500.00   slope 1.00\n")
def after_sure_mistake_run__logits_are_right_on_any_backend(printed):
    assert _sure(printed)["from_logits=True"] == RIGHT


@chance
@broken(printed="from_logits forgotten:  loss  46.05   slope 1.00\nfrom_logits forgotten:  loss 500.00   slope 1.00\n")
@broken(printed="a softmax layer:        loss  16.12   slope 0.00\n" * 2)
def after_sure_mistake_run__forgotten_logits_are_clipped_on_any_backend(printed):
    assert _sure(printed)["from_logits forgotten"] == CLIPPED


@chance
@on_tensorflow
@broken(printed="a softmax layer:   loss  16.12   slope 0.00\na softmax layer:   loss  16.12   slope 0.00\n")
def after_sure_mistake_run__tensorflow_looks_behind_the_softmax(printed):
    assert _sure(printed)["a softmax layer"] == RIGHT


@chance
@broken(
    keras=SimpleNamespace(backend=SimpleNamespace(backend=lambda: "jax")), printed="a softmax layer: loss 1 slope 1\n"
)
@broken(
    keras=SimpleNamespace(backend=SimpleNamespace(backend=lambda: "tensorflow")),
    printed="a softmax layer:   loss  16.12   slope 0.00\na softmax layer:   loss  16.12   slope 0.00\n",
)
def after_sure_mistake_run__jax_clips(keras, printed):
    assert _sure(printed)["a softmax layer"] == (CLIPPED if keras.backend.backend() == "jax" else RIGHT)


@chance
@broken(gap=1e-5, shortcut=SimpleNamespace(layers=[SimpleNamespace(count_params=lambda: 12_970)]))
@broken(gap=0.0, shortcut=SimpleNamespace(layers=[SimpleNamespace(count_params=lambda: 5_130)]))
def after_functional_chain(gap, shortcut):
    assert gap < 1e-6
    assert shortcut.layers[-1].count_params() == 12_970


def _saved(iterations):
    return SimpleNamespace(optimizer=SimpleNamespace(variables=[np.array(iterations), np.ones(3)]))


@chance
@broken(same=False, model=_saved(60), loaded=_saved(60))
@broken(same=True, model=_saved(60), loaded=_saved(0))
def after_save_and_load(same, model, loaded):
    assert same
    for ours, theirs in zip(model.optimizer.variables, loaded.optimizer.variables, strict=True):
        assert np.array_equal(np.array(ours), np.array(theirs))  # "so that training could go on from there"


@broken(softmax_scores=[0.89, 0.891], wide_scores=[0.9767, 0.9812])
@broken(softmax_scores=[0.89, 0.893], wide_scores=[0.9790, 0.9809])
def after_five_seeds(softmax_scores, wide_scores):
    assert round(1e4 * (max(wide_scores) - min(wide_scores))) == 42
    assert round(1e4 * (0.9811 - max(wide_scores))) == 2  # "above all five, by two images"
    assert sum(score > 0.8920 for score in softmax_scores) == 1  # "and 0.8920 below one of them"
    assert 0 < np.mean(wide_scores) - 0.9785 < 0.001  # "eight times as many gain hardly a tenth of a point"


@broken(scores=np.full(1000, 0.98))
def after_tosses(scores):
    assert f"{scores.std():.4f}" == "0.0014"


class _WrongView:
    def frame(self, accuracy, images):
        return SimpleNamespace(error=100 * accuracy * (1 - accuracy) / images, low=97.7, high=98.3, inside=95)


@broken(cu=SimpleNamespace(explorables=SimpleNamespace(VIEWS={"score_spread": _WrongView})))
def after_explore_spread(cu):
    view = cu.explorables.VIEWS["score_spread"]()
    cases = ((0.96, 400), (0.98, 10_000), (0.98, 40_000))
    found = [view.frame(accuracy=accuracy, images=images) for accuracy, images in cases]
    assert [round(frame.error, 2) for frame in found] == [0.98, 0.14, 0.07]
    frame = found[1]
    assert (round(frame.low, 2), round(frame.high, 2), round(frame.inside)) == (97.72, 98.28, 95)


@chance
@broken(weights=np.array([-0.00003, -0.003, 0.00316, -0.00316, -0.00316]))
@broken(weights=np.array([-0.00316, -0.00316, 0.00316, -0.00316, -0.00316]))
def after_strides(weights):
    moves = np.abs(np.array(weights))
    assert np.allclose(moves[1:], 0.001 / np.sqrt(0.1), rtol=1e-3)  # "the last four move by 0.00316"
    assert moves[0] < 0.02 * moves[1]  # "the first one hardly moves"
