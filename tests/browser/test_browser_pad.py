"""The pad in a real browser: drawn on with the mouse, a finger and keys, in JupyterLab and in a page from a file."""

import json
import math
import re

import pytest
from _lab import WAIT, run_cell

from course_utils.explorables import PadView
from course_utils.live_figures.page.telling import as_base64
from course_utils.live_figures.widget import Strip

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHOW = """import course_utils as cu
drawing = cu.explorables.pad()
drawing"""
ASK = "print(drawing.frame.probabilities.argmax(), len(drawing.values['strokes']), drawing.status)"

ZERO = [(0.5 + 0.24 * math.sin(a / 4), 0.5 - 0.34 * math.cos(a / 4)) for a in range(26)]
ONE = [(0.5, 0.16), (0.5, 0.84)]
SEVEN = [(0.25, 0.2), (0.75, 0.2), (0.59, 0.49), (0.45, 0.84)]
PAGE = """<!doctype html><meta charset="utf-8"><title>A pad</title>
<meta name="viewport" content="width=device-width"><body><div id="here"></div>
<script type="module">
SOURCE
window.view = await MOUNT(document.getElementById("here"), VIEW);
</script>"""


@pytest.fixture(scope="module")
def lab(open_notebook):
    with open_notebook([SHOW, ASK], has_touch=True) as page:
        yield page


@pytest.fixture(scope="module")
def from_file(chromium, tmp_path_factory):
    """A page that is opened from a file, without a kernel and without a network."""
    source = str(Strip._esm)
    mount = re.search(r"(\w+) as mount", source)[1]
    told = json.dumps(PadView().live().page, default=as_base64).replace("<", "\\u003c")
    text = PAGE.replace("MOUNT", mount).replace("VIEW", told).replace("SOURCE", source)
    path = tmp_path_factory.mktemp("pad") / "pad.html"
    path.write_text(text, encoding="utf-8")
    page = chromium.new_page(has_touch=True, viewport={"width": 390, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_function("window.view")
    yield page
    page.close()


@pytest.fixture(params=["lab", "from_file"])
def page(request):
    page = request.getfixturevalue(request.param)
    page.locator(".course-view").get_by_role("button", name="Clear").click()
    says(page, "Nothing is drawn yet.")
    return page


def square(page):
    canvas = page.locator(".course-view .pad canvas")
    canvas.scroll_into_view_if_needed()
    return canvas


def says(page, words):
    status = page.locator(".course-view").get_by_role("status").filter(has_text=words)
    status.wait_for(timeout=WAIT)
    return status.inner_text()


def places(page, points, between=6):
    """Return where on the page the points of a stroke lie, with some more between each two."""
    box = square(page).bounding_box()
    steps = [(p, q, k / between) for p, q in zip(points, points[1:], strict=False) for k in range(between)]
    line = [*((p[0] + s * (q[0] - p[0]), p[1] + s * (q[1] - p[1])) for p, q, s in steps), points[-1]]
    return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in line]


def draw(page, points, lift=True):
    start, *rest = places(page, points)
    page.mouse.move(*start)
    page.mouse.down()
    for place in rest:
        page.mouse.move(*place)
    if lift:
        page.mouse.up()


@pytest.mark.parametrize(("digit", "stroke"), [(0, ZERO), (1, ONE), (7, SEVEN)])
def test_a_digit_drawn_with_the_mouse_is_read_while_the_pen_is_down(page, digit, stroke):
    draw(page, stroke, lift=False)
    says(page, re.compile(rf"^The network reads a {digit}"))
    page.mouse.up()


def test_a_finger_draws_and_the_page_stays_where_it_is(page):
    before, hand = square(page).bounding_box(), page.context.new_cdp_session(page)
    line = places(page, ONE)
    for kind, at in [("touchStart", line[0]), *(("touchMove", place) for place in line), ("touchEnd", None)]:
        points = [{"x": at[0], "y": at[1]}] if at else []
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    says(page, "The network reads a 1")
    assert square(page).bounding_box() == before


def test_keys_draw_and_take_back(page):
    pad = square(page)
    pad.focus()
    for key, times in (("ArrowUp", 10), (" ", 1), ("ArrowDown", 20), (" ", 1), ("ArrowRight", 3)):
        for _ in range(times):
            pad.press(key)
    says(page, "The network reads a 1")
    assert pad.evaluate("pad => pad === document.activeElement")
    pad.press("Backspace")
    says(page, "Nothing is drawn yet.")


def test_reset_brings_the_first_drawing_and_a_stroke_takes_its_place(page):
    page.locator(".course-view").get_by_role("button", name="Reset").click()
    says(page, "The network reads a 3")
    draw(page, ONE)
    says(page, "The network reads a 1")
    draw(page, [(0.2, 0.5), (0.8, 0.5)])  # a second stroke stays beside the first
    page.wait_for_timeout(300)
    box = square(page)
    ink = box.evaluate("c => c.getContext('2d').getImageData(c.width / 2, c.height * 0.2, 1, 1).data[3]")
    assert ink == 255


@pytest.mark.parametrize("button", ["Clear", "Reset"])
def test_a_button_pressed_while_the_pen_is_down_lets_a_new_stroke_begin(page, button):
    """As by another finger: the stroke after it is neither lost nor a tail of the first drawing."""
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    draw(page, SEVEN, lift=False)
    page.locator(".course-view").get_by_role("button", name=button).evaluate("button => button.click()")
    for place in places(page, ONE):
        page.mouse.move(*place)
    says(page, "The network reads a 1")
    page.mouse.up()
    says(page, "The network reads a 1")
    assert errors == []


def test_the_kernel_learns_what_is_drawn(lab):
    lab.locator(".course-view").get_by_role("button", name="Clear").click()
    draw(lab, SEVEN)
    said = says(lab, "The network reads a 7")
    lab.wait_for_timeout(400)
    assert run_cell(lab, 1) == f"7 1 {said}"


def test_the_page_has_no_problem_of_ours(from_file):
    from _axe import violations

    assert violations(from_file, (".course-view",)) == []
