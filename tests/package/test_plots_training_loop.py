"""The seven words of a training: each stands once, in the order of the loop, and one can be marked."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from course_utils import plots
from course_utils.plots.structure import MARK
from course_utils.plots.training_loop import WORDS


def yellow(ax):
    """Give the words that stand on yellow."""
    boxes = [p for p in ax.patches if isinstance(p, FancyBboxPatch) and to_hex(p.get_facecolor()) == MARK.lower()]
    found = [t.get_text() for t in ax.texts if any(box.get_window_extent().contains(*_centre(t)) for box in boxes)]
    papers = [
        t.get_text()
        for t in ax.texts
        if t.get_bbox_patch() and to_hex(t.get_bbox_patch().get_facecolor()) == MARK.lower()
    ]
    return found + papers


def _centre(text):
    extent = text.get_window_extent()
    return (extent.x0 + extent.x1) / 2, (extent.y0 + extent.y1) / 2


def test_each_word_stands_once_and_an_arrow_leads_back():
    ax = plots.training_loop()
    ax.figure.canvas.draw()
    words = {text.get_text(): _centre(text) for text in ax.texts}
    assert sorted(words) == sorted(WORDS)
    row = sorted((x, word) for word, (x, _) in words.items() if word != "repeat")
    assert [word for _, word in row] == ["initialise", "predict", "cost", "gradient", "step", "stop"]
    assert words["repeat"][1] < words["cost"][1]
    assert len([p for p in ax.patches if isinstance(p, FancyArrowPatch)]) == 6  # five to the right, one back
    assert yellow(ax) == []
    plt.close(ax.figure)


@pytest.mark.parametrize("word", WORDS)
def test_one_word_is_marked(word):
    ax = plots.training_loop(word)
    ax.figure.canvas.draw()
    assert yellow(ax) == [word]
    plt.close(ax.figure)


def test_another_word_is_refused():
    with pytest.raises(ValueError, match="training_loop: unknown marked"):
        plots.training_loop("guess")


def test_it_draws_into_given_axes_within_their_ends():
    _, ax = plt.subplots(figsize=(8, 1.5))
    assert plots.training_loop(ax=ax) is ax
    ax.figure.canvas.draw()
    for text in ax.texts:
        assert ax.get_window_extent().contains(*_centre(text))
    plt.close(ax.figure)
