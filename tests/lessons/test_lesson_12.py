"""Lesson 12: what its text says of Keras and of the data, held beside the lesson's own run."""

import nbformat
import numpy as np
import pytest
from _notebooks import ROOT
from sklearn.datasets import load_digits

from course_utils.lessons import find
from course_utils.lessons.lesson_12_losses_keras import exercises

CELLS = {c.id: c.source for c in nbformat.read(ROOT / "notebooks" / "12_losses_keras.ipynb", as_version=4).cells}


def test_the_exercises_ask_for_the_examples_of_the_lesson():
    names = {}
    exec(CELLS["imports"].split("cu.use_keras()")[0], names)
    for cell in ("patients", "tumours", "pairs"):
        exec(CELLS[cell], names)
    theirs = {
        "patients": ("X_patients", "progress", "X_patients_test", "progress_test"),
        "tumours": ("X_tumours", "malignant", "X_tumours_test", "malignant_test"),
    }
    for name, four in theirs.items():
        (x, y), (x_test, y_test) = getattr(exercises, name)()
        for ours, given in zip(four, (x, y, x_test, y_test), strict=True):
            np.testing.assert_allclose(given, names[ours], rtol=1e-6)
    (x, y), (x_test, y_test) = exercises.pairs()
    assert (x.shape, y.shape) == (names["X_pairs"].shape, names["present"].shape)
    assert (x_test.shape, y_test.shape) == (names["X_pairs_test"].shape, names["present_test"].shape)


def test_no_digit_is_in_pictures_of_both_sets():
    (x, _), (x_test, _) = exercises.pairs()
    images = load_digits().images.astype("float32")
    for part, own in ((x, images[:1200]), (x_test, images[1200:])):
        halves = np.concatenate([part[:, :, :8], part[:, :, 8:]]).reshape(-1, 64)
        allowed = {image.tobytes() for image in own.reshape(-1, 64)}
        assert {np.ascontiguousarray(half).tobytes() for half in halves} <= allowed


def test_normalization_is_scikit_learn_s_standard_scaler():
    import keras
    from sklearn.preprocessing import StandardScaler

    (x, _), (x_test, _) = exercises.tumours()
    scale = keras.layers.Normalization()
    scale.adapt(x)
    expected = StandardScaler().fit(x.astype(float)).transform(x_test.astype(float))
    np.testing.assert_allclose(np.asarray(scale(x_test)), expected, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("id", ["patient_model", "tumour_model", "pair_model", "petal_model"])
def test_the_bar_is_far_above_a_model_that_knows_nothing(id):
    record = find(id)
    (_, y), (_, y_test) = record.data()
    y, y_test = np.asarray(y), np.asarray(y_test)
    if record.task.kind == "values":
        assert np.abs(y_test - y.mean(axis=0)).mean() > 1.2 * record.limit
    else:
        assert np.mean(y_test == (y.mean(axis=0) > 0.5)) < record.limit - 0.05
