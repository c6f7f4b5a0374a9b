"""What a view draws once and copies from then on is what it would draw anew: in another theme, size and pixel ratio."""

import json
import sys
from pathlib import Path

import pytest

from course_utils.explorables import VIEWS
from course_utils.live_figures.widget import Strip

pytestmark = pytest.mark.browser
sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from without_kernel.views import told  # noqa: E402

LOAD = """async source => {
  window.course = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  window.bring = async view => {
    const element = document.createElement("div");
    document.body.replaceChildren(element);
    await course.mount(element, view);
  };
}"""
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
    view = json.loads(told(VIEWS[name]().live()))
    page = chromium.new_page()
    page.evaluate(LOAD, str(Strip._esm))
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
