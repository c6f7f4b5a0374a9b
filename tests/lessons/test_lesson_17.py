"""Lesson 17: its reference solution reads postcodes, and what it tells of several seeds is what was measured."""

import json
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

import course_utils as cu
from course_utils.lessons import find
from course_utils.lessons.lesson_17_project_postcode import reference

ROOT = Path(__file__).parents[2]
CELLS = {c.id: c.source for c in nbformat.read(ROOT / "notebooks" / "17_project_postcode.ipynb", as_version=4).cells}
RESULTS = json.loads((ROOT / "benchmarks" / "results" / "postcodes.json").read_text(encoding="utf-8"))
SOURCES = ("full", "digits")


def mean(runs, name):
    return np.mean([run[name] for run in runs])


# --- the reference solution


@pytest.fixture(scope="module")
def office():
    """Give 100 strips of test images, and their codes and spans."""
    return reference.post_office(*cu.load_mnist(download=False)[1], 100, seed=5)


@pytest.mark.slow
def test_it_reads_more_than_half_of_the_codes_after_a_short_training(office):
    strips, codes, _ = office
    model = reference.train(*cu.load_mnist(download=False)[0], seed=0, n_codes=1000, epochs=4)
    probabilities = reference.read(strips, model)
    assert probabilities.shape == (100, 5, 10)
    assert (probabilities.argmax(axis=2) == codes).all(axis=1).mean() > 0.5


def test_it_straightens_a_line_that_leans():
    strip = np.zeros((28, 60), np.uint8)
    for row in range(4, 24):
        strip[row, 30 + round(0.2 * (13.5 - row)) + np.arange(3)] = 255
    columns = (reference.straighten(strip) > 0).any(axis=0).sum()
    assert columns <= 4 < (strip > 0).any(axis=0).sum()


def test_it_cuts_every_strip_into_five_from_left_to_right(office):
    strips, _, spans = office
    found = np.array([reference.cut(strip) for strip in strips])  # (100, 5, 2)
    assert found.shape == spans.shape
    assert np.all(found[:, :, 0] < found[:, :, 1])
    assert np.all(np.diff(found[:, :, 0], axis=1) > 0)
    middles = np.abs(found.mean(axis=2) - spans.mean(axis=2)).max(axis=1)
    assert np.mean(middles <= 3) > 0.8


def test_it_cuts_a_wide_stroke_where_it_has_the_least_ink():
    strip = np.zeros((28, 120), np.uint8)
    for left in (10, 30, 50, 70, 84):  # the last two touch
        strip[5:23, left : left + 14] = 200
    strip[5:23, 84] = 0
    strip[20, 84] = 200  # a bridge of one pixel
    assert reference.cut(strip).tolist() == [[10, 24], [30, 44], [50, 64], [70, 84], [84, 98]]


def test_it_joins_what_is_broken():
    strip = np.zeros((28, 120), np.uint8)
    for left in (10, 30, 50, 70, 90):
        strip[5:23, left : left + 14] = 200
    strip[:, 36] = 0  # through the second digit
    assert reference.cut(strip).tolist() == [[10, 24], [30, 44], [50, 64], [70, 84], [90, 104]]


@pytest.mark.parametrize("strip", [np.zeros((28, 131), np.uint8), np.full((28, 131), 255, np.uint8)])
def test_it_gives_five_pieces_of_anything(strip):
    assert reference.cut(strip).shape == (5, 2)
    assert reference.cut_windows(strip[np.newaxis]).shape == (5, 28, 28)


# --- what was measured


@pytest.mark.parametrize("source", SOURCES)
def test_it_was_measured_over_three_seeds(source):
    assert len(RESULTS["reference"][source]) == len(RESULTS["other source"][source]) == 3
    codes = [run["codes"] for run in RESULTS["reference"][source]]
    assert min(codes) > 0.7
    assert max(codes) - min(codes) < 0.08


def test_the_lesson_tells_what_the_reference_reaches():
    told = [int(number) for number in re.findall(r"A solution of ours reads (\d+) %.*?(\d+) %", CELLS["turn-read"])[0]]
    measured = [100 * mean(RESULTS["reference"][source], "codes") for source in SOURCES]
    assert told == [round(share) for share in measured]


def test_the_lesson_tells_what_another_scanner_did_on_the_way_back():
    text = " ".join(CELLS["scanner-seen"].split())
    ((home, away),) = re.findall(r"reads ([\d.]+) % of their test digits, but only about (\d+) % of MNIST's", text)
    runs = RESULTS["lone digits"]["trained on digits"]
    assert len(runs) == 3
    assert (home, away) == ("97.5", "52")
    assert float(home) == round(100 * mean(runs, "digits"), 1)
    assert int(away) == round(100 * mean(runs, "full"))


def test_the_lesson_tells_that_neither_few_nor_coarse_images_explain_it():
    text = " ".join(CELLS["scanner-seen"].split())
    ((few, coarse),) = re.findall(
        r"as many images of MNIST teach .*? to read (\d+) % .*? still (\d+) % if they are made as coarse", text
    )
    assert int(few) == round(100 * mean(RESULTS["lone digits"]["trained on few of full"], "full"))
    assert int(coarse) == round(100 * mean(RESULTS["lone digits"]["trained on few coarse of full"], "full"))


def test_the_lesson_tells_how_sure_the_network_is_at_home():
    (told,) = re.findall(r"against ([\d.]+) % at home", CELLS["scanner-seen"])
    assert told == "98.7"
    assert float(told) == round(100 * RESULTS["lone digits"]["certainty of the one trained on full"]["full"], 1)


def test_the_cell_for_the_test_reads_strips_of_test_images_alone():
    told = {}

    def post_office(images, labels, n_codes, seed):
        told.update(images=images, labels=labels)
        return "strips", "codes", "spans"

    def report_scores(name, codes, probabilities):
        told.update(name=name, codes=codes, probabilities=probabilities)

    space = {"post_office": post_office, "report_scores": report_scores, "read": "read {}".format}
    space |= {"test_images": "test images", "test_labels": "test labels"}
    exec(CELLS["test-once"], space)
    assert told == {}
    exec(CELLS["test-once"].replace("decided = False", "decided = True"), space)
    assert (told["images"], told["labels"]) == ("test images", "test labels")
    assert (told["codes"], told["probabilities"]) == ("codes", "read strips")


def test_the_checkers_judge_on_strips_of_validation_images():
    from course_utils.lessons.lesson_17_project_postcode import exercises

    (images, labels), _ = cu.load_mnist(download=False)
    first = len(images) * 4 // 5  # as in the lesson
    validation = images[first:], labels[first:]
    strips, codes, spans = reference.post_office(*validation, 200, seed=17)
    calls, places = exercises.cut_strip.data()
    assert np.array_equal([strip for (strip,) in calls], strips)
    assert np.array_equal(places, spans)
    ((whole,),), (read,) = exercises.read_strips.data()
    assert np.array_equal(whole, strips)
    assert np.array_equal(read, codes)
    strips, codes, spans = reference.post_office(*validation, 400, seed=4)
    _, (windows, digits) = exercises.window_reader.data()
    expected = [reference.windows_at(strip, true) for strip, true in zip(strips, spans, strict=True)]
    assert np.array_equal(windows, np.concatenate(expected).astype("float32") / 255)
    assert np.array_equal(digits, codes.ravel())


@pytest.mark.parametrize("level", [110, 140, 170])
def test_the_runs_of_ink_alone_do_not_pass_for_a_cut(level):
    from course_utils.exercises import judge
    from course_utils.lessons.lesson_17_project_postcode import exercises

    assert judge(exercises.cut_strip, lambda strip: exercises.ink_runs(strip, level)).state == "wrong"


def test_the_lesson_tells_what_another_scanner_leaves_of_whole_codes():
    (told,) = re.findall(r"trained on embedded digits reads (\d+) % of those made of MNIST's", CELLS["scanner-seen"])
    assert int(told) == round(100 * mean(RESULTS["other source"]["digits"], "codes"))


def test_the_network_of_the_course_reads_both_scanners_as_was_measured():
    (run,) = RESULTS["lone digits"]["trained on full"]
    _, (x, y) = cu.load_mnist("digits")
    answers = cu.load_mnist_network().predict(x.reshape(-1, 784) / 255).argmax(axis=1)
    assert run["digits"] == round(float(np.mean(answers == y)), 4)
    assert run["full"] == cu.models.mnist_network_record()["test_accuracy"]


# --- the box on PyTorch


def blocks():
    return re.findall(r"```python\n(.*?)```", CELLS["torch"], flags=re.S)


def digits():
    (x, y), _ = cu.load_mnist("digits")
    return x.reshape(-1, 784) / np.float32(255), y.astype(np.int64)


def test_the_keras_lines_of_the_box_train():
    cu.use_keras()
    import keras

    x, y = digits()
    space = {"keras": keras, "layers": keras.layers, "x": x, "y": y}
    exec(blocks()[1].replace("epochs=8)", "epochs=8, verbose=0)"), space)
    assert (space["model"].predict(x, verbose=0).argmax(axis=1) == y).mean() > 0.9


def test_the_pytorch_lines_of_the_box_train():
    torch = pytest.importorskip("torch", reason="PyTorch is not needed for the course")
    x, y = digits()
    dataset = torch.utils.data.TensorDataset(torch.from_numpy(x), torch.from_numpy(y))
    space = {"torch": torch, "dataset": dataset}
    exec(blocks()[0], space)
    assert (space["model"](torch.from_numpy(x)).argmax(dim=1).numpy() == y).mean() > 0.9


def test_try_spans__the_pieces_of_the_little_strip():
    strip = 255 * np.array([[0, 1, 1, 0, 0, 1, 0]])
    assert find("ink_spans").solution(strip, 0).tolist() == [[1, 3], [5, 6]]
