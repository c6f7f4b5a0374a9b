"""`--seed-shift`: which numbers in a lesson's code are seeds, and what becomes of them."""

import pytest
from _seeds import shifted

MOVED = {
    "rng = np.random.default_rng(3)": "rng = np.random.default_rng(5)",
    "(t, rng) = (np.arange(3), np.random.default_rng(2))": "t, rng = (np.arange(3), np.random.default_rng(4))",
    "default_rng(seed=3).normal(size=3)": "default_rng(seed=5).normal(size=3)",
    "model = cu.Sequential(layers, rng=0)": "model = cu.Sequential(layers, rng=2)",
    "weights = new_weights(seed=8)": "weights = new_weights(seed=10)",
    "keras.utils.set_random_seed(9)": "keras.utils.set_random_seed(11)",
    "split(x, random_state=1, test_size=10)": "split(x, random_state=3, test_size=10)",
    "seed = 3": "seed = 5",
    "model.rng = 3": "model.rng = 5",
    "seeds = (0, 1, 2)": "seeds = (2, 3, 4)",
    "train(seeds=range(3, 8))": "train(seeds=range(13, 18))",
    "settings = {'seeds': range(200), 'steps': 2000}": "settings = {'seeds': range(400, 600), 'steps': 2000}",
    "for seed in range(3):\n    run(seed)": "for seed in range(6, 9):\n    run(seed)",
    "[run(seed) for seed in range(2)]": "[run(seed) for seed in range(4, 6)]",
    "def walk(size=12, seed=0, *, rng=1):\n    pass": "def walk(size=12, seed=2, *, rng=3):\n    pass",
    "np.random.default_rng(0).permutation(784)": "np.random.default_rng(2).permutation(784)",
}
KEPT = [
    "noise = np.random.RandomState(777)",
    "rng = np.random.default_rng(seed)",
    "run(seed=seed, rng=rng)",
    "cu.Dense(64, 'relu', kernel_initializer=None)",
    "steps = 3",
    "for step in range(20):\n    print(step)",
    "use(seed=None, rng=True)",
    "seeds = range(0, len(X), 2)",
]


@pytest.mark.parametrize("source", MOVED)
def test_a_seed_is_moved(source):
    assert shifted(source, 2) == MOVED[source]


@pytest.mark.parametrize("source", KEPT)
def test_what_is_no_seed_stays(source):
    assert shifted(source, 2) == source


def test_a_line_for_ipython_alone_is_no_obstacle():
    assert "default_rng(1)" in shifted("%matplotlib inline\nrng = np.random.default_rng(0)", 1)
