"""The words in a view's picture stand apart, on no line of a box and inside it, from a telephone to a wide page."""

from itertools import combinations

import pytest
from _view_page import as_sent, view_page

from course_utils.explorables import VIEWS

pytestmark = pytest.mark.browser
# JupyterLab's column and the site's on a page of 390 px, then a column beside the side bar, and one of a wide page.
COLUMNS = (274, 358, 624, 960)
# What is written since the canvas was last cleared, words and the outlines of boxes, with its place on the page.
RECORD = """() => {
  const { clearRect, fillText, strokeRect } = CanvasRenderingContext2D.prototype;
  const onPage = (pen, ...corners) => { // of two corners; a word may be turned
    const [a, b] = corners.map(corner => pen.getTransform().transformPoint(new DOMPoint(...corner)));
    const sides = [Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y)];
    return sides.map(side => side / devicePixelRatio);
  };
  Object.assign(CanvasRenderingContext2D.prototype, {
    clearRect(...sides) {
      window.drawn = { words: [], boxes: [] };
      clearRect.apply(this, sides);
    },
    fillText(text, x, y) {
      const ink = this.measureText(text);
      const low = [x - ink.actualBoundingBoxLeft, y + ink.actualBoundingBoxDescent];
      const high = [x + ink.actualBoundingBoxRight, y - ink.actualBoundingBoxAscent];
      if (text.trim()) window.drawn.words.push([text, onPage(this, low, high)]);
      fillText.call(this, text, x, y);
    },
    strokeRect(x, y, width, height) {
      window.drawn.boxes.push(onPage(this, [x, y], [x + width, y + height]));
      strokeRect.call(this, x, y, width, height);
    },
  });
}"""
BRING = """async view => {
  await bring(view);
  await new Promise(go => setTimeout(go, 100));
  const { clientWidth, clientHeight } = document.querySelector("canvas.picture");
  return { ...window.drawn, size: [clientWidth, clientHeight] };
}"""


@pytest.fixture(scope="module")
def page(chromium):
    page = view_page(chromium)
    page.evaluate(RECORD)
    page.evaluate("document.body.style.margin = 0")
    yield page
    page.close()


def faults(words, boxes, size):
    """Name the pairs of words that share more than a pixel each way, and each word that a box or the edge cuts."""
    found = []
    for (one, a), (other, b) in combinations(words, 2):
        found += [(one, other)] if min(shared(a, b)) > 1 else []
    width, height = size
    for word, place in words:
        left, top, right, low = place
        is_cut = any(min(shared(place, box)) > 1 and not is_inside(place, box) for box in boxes)
        found += [word] if is_cut or min(left, top, width - right, height - low) < -1 else []
    return found


def shared(a, b):
    """Tell how much two boxes have in common, to the right and down; negative where they stand apart."""
    return [min(a[i + 2], b[i + 2]) - max(a[i], b[i]) for i in (0, 1)]


def is_inside(a, b):
    return all(a[i] >= b[i] - 1 and a[i + 2] <= b[i + 2] + 1 for i in (0, 1))


@pytest.mark.slow
@pytest.mark.parametrize("name", VIEWS)
def test_words_stand_apart_and_inside_the_picture(page, name):
    view = as_sent(VIEWS[name]())
    found = {}
    for column in COLUMNS:
        page.set_viewport_size({"width": column, "height": 900})
        drawn = page.evaluate(BRING, view)
        assert drawn["words"]
        found[column] = faults(**drawn)
    assert found == dict.fromkeys(COLUMNS, [])


def test_words_that_touch_and_words_that_are_cut_are_named():
    boxes = [[0, 0, 30, 30]]
    apart = [["b1", [0, 0, 20, 10]], ["b2", [0, 10.5, 20, 20]]]
    assert faults(apart, boxes, (40, 40)) == []
    assert faults([*apart, ["W1", [15, 5, 25, 12]]], boxes, (40, 40)) == [("b1", "W1"), ("b2", "W1")]
    assert faults([*apart, ["W1", [25, 5, 35, 12]]], boxes, (40, 40)) == ["W1"]
    assert faults([*apart, ["W1", [32, 5, 45, 12]]], boxes, (40, 40)) == ["W1"]
