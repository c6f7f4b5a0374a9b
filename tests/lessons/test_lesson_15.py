"""Lesson 15's tables are the stored runs of benchmarks/depth.py, and what the text says of them holds for each seed."""

import json
import re
from pathlib import Path
from statistics import mean

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
CELLS = {c.id: c.source for c in nbformat.read(ROOT / "notebooks" / "15_depth_keras.ipynb", as_version=4).cells}
RUNS = json.loads((ROOT / "benchmarks" / "results" / "depth.json").read_text(encoding="utf-8"))
STACKS, TRANSFER = RUNS["stacks"], RUNS["transfer"]
WAYS = {
    "random first layer, frozen": "random frozen",
    "from scratch": "scratch",
    "borrowed first layer, frozen": "frozen",
    "all weights borrowed, fine-tuned": "fine-tuned",
}
AS_IT_IS = 0.861  # of the stored network, as the cell `as-is` prints it


def table(cell):
    """Return the rows of a table, without its head, as lists of texts."""
    found = [line.strip("| ").split(" | ") for line in CELLS[cell].split("\n") if line.startswith("| ")]
    return found[1:]


def numbers(text):
    return [float(number) for number in re.findall(r"\d\.\d+", text)]


def test_the_table_of_deep_stacks_is_the_stored_result():
    rows = table("deep-table")
    assert [name for name, _, _ in rows] == list(STACKS)
    for name, trained, tested in rows:
        assert list(zip(numbers(trained), numbers(tested), strict=True)) == [tuple(seed) for seed in STACKS[name]]


def test_the_table_of_transfer_is_the_stored_result():
    rows = table("transfer-says")
    assert [name for name, _, _ in rows] == list(WAYS)
    for name, _, scores in rows:
        assert numbers(scores) == sorted(TRANSFER[WAYS[name]])


def test_its_parameters_are_those_that_learn():
    learned = {name: int(count.replace(",", "")) for name, count, _ in table("transfer-says")}
    every, head = 785 * 64 + 65 * 10, 65 * 10
    assert list(learned.values()) == [head, every, head, every]


@pytest.mark.parametrize("name", ["10 sigmoid", "31 relu, He"])
def test_where_a_stack_fails_it_fails_on_the_training_images(name):
    rest = [trained for other in STACKS for trained, _ in STACKS[other] if other not in ("10 sigmoid", "31 relu, He")]
    assert max(trained for trained, _ in STACKS[name]) < min(rest)


def test_one_hidden_layer_reads_the_digits_as_well_as_any_of_the_deep_stacks():
    one = mean(tested for _, tested in STACKS["1 sigmoid"])
    assert all(mean(tested for _, tested in STACKS[name]) < one + 0.02 for name in STACKS)


def test_what_the_text_says_of_the_borrowed_layers():
    means = {name: mean(scores) for name, scores in TRANSFER.items()}
    assert abs(means["frozen"] - means["scratch"]) < 0.02  # "hardly better"
    assert means["scratch"] < means["frozen"]
    assert 0.07 < means["frozen"] - means["random frozen"] < 0.12  # "about nine points worse"
    assert max(TRANSFER["random frozen"]) < min(TRANSFER["frozen"])
    assert min(*TRANSFER["frozen"], *TRANSFER["scratch"]) > AS_IT_IS  # "both beat the untouched network"
    assert 0.4 < (1 - means["fine-tuned"]) / (1 - means["frozen"]) < 0.62  # "about half as many mistakes"
    pairs = zip(TRANSFER["fine-tuned"], TRANSFER["frozen"], TRANSFER["scratch"], strict=True)
    assert all(tuned > max(frozen, scratch) for tuned, frozen, scratch in pairs)
