"""The network that comes with the course: what is stored, what it computes, and how well it reads."""

import json
from pathlib import Path

import numpy as np
import pytest

import course_utils as cu
from course_utils.models.pretrained import RECORD, WEIGHTS, load_mnist_network, mnist_network_record


def rows(images):
    return images.reshape(-1, 784) / np.float32(255)


def test_it_is_small_and_its_numbers_are_half_floats_in_full_range():
    assert WEIGHTS.stat().st_size < 200_000
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        assert {name: values.dtype for name, values in stored.items()} == dict.fromkeys(
            ("W1", "b1", "W2", "b2"), np.float16
        )
        assert all(np.isfinite(values).all() for values in stored.values())


def test_it_computes_what_its_stored_weights_say():
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        W1, b1, W2, b2 = (stored[name].astype(np.float64) for name in ("W1", "b1", "W2", "b2"))
    X = np.random.default_rng(0).random((5, 784))
    Z2 = np.maximum(X @ W1 + b1, 0) @ W2 + b2
    e = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    np.testing.assert_allclose(load_mnist_network().predict(X), e / e.sum(axis=1, keepdims=True), atol=1e-5)


def test_each_call_gives_a_network_of_its_own():
    first, second = load_mnist_network(), load_mnist_network()
    first.layers[0].kernel[:] = 0
    assert second.layers[0].kernel.any()
    assert load_mnist_network().layers[0].kernel.any()


def test_its_record_says_how_it_was_made_and_that_half_floats_lose_nothing():
    record = mnist_network_record()
    assert record == json.loads(RECORD.read_text(encoding="utf-8"))
    assert (Path(__file__).parents[2] / record["made by"]).is_file()
    assert record["test_accuracy"] >= record["test_accuracy in float32"] > 0.975


@pytest.mark.full
def test_it_reads_the_test_images_as_well_as_its_record_says():
    data = cu.load_mnist(download=False)
    x, y = data[1]
    score = cu.accuracy(y, load_mnist_network().predict(rows(x)).argmax(axis=1))
    if data.is_full:
        assert score == pytest.approx(mnist_network_record()["test_accuracy"], abs=2e-4)  # a tie may round otherwise
    else:
        assert 0.8 < score < 0.9  # digits of another scanner, enlarged from 8 x 8
