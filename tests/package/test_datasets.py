"""Gates, one-hot rows and mini-batches."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

import course_utils as cu

quiet = settings(deadline=None, derandomize=True, max_examples=60)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("AND", lambda a, b: a and b),
        ("OR", lambda a, b: a or b),
        ("NAND", lambda a, b: not (a and b)),
        ("NOR", lambda a, b: not (a or b)),
        ("XOR", lambda a, b: a != b),
        ("xnor", lambda a, b: a == b),
    ],
)
def test_truth_tables(name, rule):
    X, y = cu.logic_gate(name)
    assert X.dtype == y.dtype == np.float64
    assert X.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert_array_equal(y, [[rule(a, b)] for a, b in X])


def test_a_gate_is_a_fresh_copy():
    X, y = cu.logic_gate("OR")
    X += 1
    y += 1
    assert cu.logic_gate("OR")[1].tolist() == [[0], [1], [1], [1]]


@pytest.mark.parametrize("name", ["XRO", "", 3, None, ["AND"]])
def test_unknown_gates(name):
    with pytest.raises(ValueError, match=r"^logic_gate: unknown gate\. Expected: AND, OR, NAND, NOR, XOR, XNOR\. "):
        cu.logic_gate(name)


def test_the_closest_gate_is_offered():
    with pytest.raises(ValueError, match=r"Received: 'NADN'\. Hint: did you mean 'NAND'\?$"):
        cu.logic_gate("nadn")


@quiet
@given(labels=st.lists(st.integers(0, 6), max_size=20))
def test_one_hot_rows_hold_a_single_one_at_the_label(labels):
    rows = cu.one_hot(labels, 7)
    assert rows.dtype == np.float32
    assert_array_equal(rows, np.eye(7)[np.array(labels, int)])


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, bool, np.float16, float])
def test_one_hot_takes_labels_of_any_dtype_and_columns(dtype):
    labels = np.array([1, 0, 1], dtype)
    labels.flags.writeable = False
    assert_array_equal(cu.one_hot(labels, 2), [[0, 1], [1, 0], [0, 1]])
    assert_array_equal(cu.one_hot(labels[:, None], 2), [[0, 1], [1, 0], [0, 1]])


@pytest.mark.parametrize(
    ("labels", "n", "sentence"),
    [
        ([0, 3], 3, r"labels has a label out of range\. Expected: labels 0 … 2\. Received: 3 at position 1\."),
        ([-1], 3, "label out of range"),
        ([0.5], 3, "whole numbers"),
        ([np.nan], 3, "whole numbers"),
        ([np.inf], 3, "whole numbers"),
        ([1e300], 3, "whole numbers"),
        (["a"], 3, "whole numbers"),
        ([1j], 3, "whole numbers"),
        ([None], 3, "whole numbers"),
        ([[1], [1, 2]], 3, "rows of different lengths"),
        (2, 3, "must be a list of labels"),
        (np.eye(3), 3, r"Hint: labels\.argmax\(axis=1\)"),
        ([0], 0, "n_classes must be a whole number"),
        ([0], 2.0, "n_classes must be a whole number"),
        ([0], True, "n_classes must be a whole number"),
        ([10**9], 10, r"labels has a label out of range\. Expected: labels 0 … 9\. Received: 1000000000 at position 0"),
        ([0] * 60_000, 10**9, r"n_classes is too large\. .* Received: \(60000, 1000000000\), which takes 240,000 GB"),
        ([0], 10**30, "n_classes is too large"),
    ],
)
def test_one_hot_says_what_does_not_fit(labels, n, sentence):
    with pytest.raises((ValueError, TypeError), match=rf"^one_hot: .*{sentence}") as error:
        cu.one_hot(labels, n)
    assert "Expected: " in str(error.value)


@quiet
@given(m=st.integers(1, 40), size=st.integers(1, 50), seed=st.integers(0, 9))
def test_every_pair_comes_once_per_epoch(m, size, seed):
    x, y = np.arange(m), 10.0 * np.arange(m)[:, None]
    batches = list(cu.minibatches(x, y, size, rng=seed))
    assert [len(a) for a, _ in batches[:-1]] == [size] * (len(batches) - 1)
    assert 1 <= len(batches[-1][0]) <= size
    seen = np.concatenate([a for a, _ in batches])
    assert sorted(seen) == list(range(m))
    for a, b in batches:
        assert_array_equal(10.0 * a[:, None], b)


def test_a_generator_moves_on_and_a_seed_repeats():
    x, rng = np.arange(50), np.random.default_rng(0)
    first, second = (np.concatenate([a for a, _ in cu.minibatches(x, x, 8, rng=rng)]) for _ in range(2))
    assert (first != second).any()
    again = np.concatenate([a for a, _ in cu.minibatches(x, x, 8, rng=0)])
    assert_array_equal(first, again)


def test_batches_are_copies():
    x, y = np.arange(6.0), np.arange(6)
    for a, b in cu.minibatches(x, y, 6, rng=0):
        a += 1
        b += 1
    assert_array_equal(x, range(6))
    assert_array_equal(y, range(6))


def test_lists_and_read_only_arrays_are_batched_too():
    x = np.asfortranarray(np.arange(12.0).reshape(6, 2))
    x.flags.writeable = False
    parts = [a for a, _ in cu.minibatches(x, list("abcdef"), 4, rng=1)]
    assert [a.shape for a in parts] == [(4, 2), (2, 2)]
    assert_array_equal(np.sort(np.concatenate(parts)[:, 0]), x[:, 0])


@pytest.mark.parametrize("size", [0, -1, 2.5, True, "8", None, np.nan])
def test_a_wrong_batch_size_is_refused_at_the_call(size):
    with pytest.raises(
        ValueError, match=r"^minibatches: batch_size must be a whole number\. Expected: an integer >= 1\. "
    ):
        cu.minibatches([1, 2], [1, 2], size, rng=0)


@pytest.mark.parametrize(
    ("x", "y", "rng", "sentence"),
    [
        ([1, 2], [1], 0, r"same number of examples\. Expected: 2 targets\. Received: 1\."),
        ([], [], 0, "x is empty"),
        (3, [1], 0, "x must be an array of examples"),
        ([1], 3, 0, "y must be an array of examples"),
        ([[1], [1, 2]], [1, 2], 0, "x has rows of different lengths"),
        ([1, 2], [1, 2], "seed", "rng must be a generator or a seed"),
        ([1, 2], [1, 2], -3, "rng must be a generator or a seed"),
        ([1, 2], [1, 2], np.random.RandomState(0), "rng must be a generator or a seed"),
    ],
)
def test_minibatches_says_what_does_not_fit_at_the_call(x, y, rng, sentence):
    with pytest.raises((ValueError, TypeError), match=rf"^minibatches: .*{sentence}"):
        cu.minibatches(x, y, 2, rng=rng)


@pytest.mark.parametrize("shuffle", [True, False])
@pytest.mark.parametrize("size", [8, 50, 99])
def test_batches_without_copies_are_the_same_batches_in_the_same_memory(shuffle, size):
    x, y = np.arange(100.0).reshape(50, 2), np.arange(50)
    copied = list(cu.minibatches(x, y, size, rng=4, shuffle=shuffle))
    seen, homes = [], set()
    for x_batch, y_batch in cu.minibatches(x, y, size, rng=4, shuffle=shuffle, copy=False):
        seen.append((x_batch.copy(), y_batch.copy()))
        homes.add(x_batch.__array_interface__["data"][0])
        assert shuffle or np.shares_memory(x, x_batch)
    for (a, b), (c, d) in zip(copied, seen, strict=True):
        assert_array_equal(a, c)
        assert_array_equal(b, d)
        assert not np.shares_memory(a, x)
    assert not shuffle or len(homes) == 1
    if not shuffle:
        assert_array_equal(np.concatenate([b for _, b in copied]), y)


def test_batches_in_order_leave_the_generator_alone():
    rng = np.random.default_rng(0)
    list(cu.minibatches(np.arange(5), np.arange(5), 2, rng=rng, shuffle=False))
    assert rng.random() == np.random.default_rng(0).random()
