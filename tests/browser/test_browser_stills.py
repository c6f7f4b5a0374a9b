"""What a view draws once and copies from then on is what it would draw anew: in another theme, size and pixel ratio."""

import pytest
from _view_page import as_sent, view_page

from course_utils.explorables import VIEWS

pytestmark = pytest.mark.browser
SETTLED = """async () => {
  await new Promise(go => setTimeout(go, 1300)); // a theme is looked at again after a second
  return document.querySelector("canvas.picture").toDataURL();
}"""


def take(page, color, width, scale):
    """Give a page its colour, its width, and how many pixels of the screen one of its own takes."""
    look = "([color, scale]) => Object.assign(document.body.style, { color, transform: `scale(${scale})` })"
    page.evaluate(look, [color, scale])
    page.set_viewport_size({"width": width, "height": 900})


@pytest.mark.parametrize("name", ["batches", "descent_map", "valley"])
def test_a_copied_map_is_the_drawn_one(chromium, name):
    view, page = as_sent(VIEWS[name]()), view_page(chromium)
    looks = [("black", 900, 1), ("white", 900, 1), ("white", 420, 1), ("white", 900, 2), ("black", 900, 1)]
    page.evaluate("view => bring(view)", view)
    copied, drawn = [], []
    for look in looks:
        take(page, *look)
        copied.append(page.evaluate(SETTLED))
    for look in looks:
        take(page, *look)
        page.evaluate("view => bring(view)", view)
        drawn.append(page.evaluate(SETTLED))
    page.close()
    assert copied == drawn
    assert len(set(drawn)) == 4
