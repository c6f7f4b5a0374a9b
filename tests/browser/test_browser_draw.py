"""Draw a digit, in a real browser: with the mouse, with a finger, with the buttons, and with a slow network."""

import math
import re
import time

import pytest
from _lab import WAIT, run_cell

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TRAIN = """import course_utils as cu
(x_train, y_train), _ = cu.load_mnist("digits")
layers = [cu.Input((784,)), cu.Dense(64, "relu"), cu.Dense(10, "softmax")]
model = cu.Sequential(layers, rng=0)
model.compile(cu.optimizers.SGD(0.1), "sparse_categorical_crossentropy")
model.fit(x_train.reshape(-1, 784) / 255.0, y_train, epochs=40, verbose=0);"""
SHOW = """view = cu.explorables.draw(model)
view"""
SLOW = """import time
asked = []
def slow(x):
    asked.append(x)
    time.sleep(0.3)
    return model.predict(x)
late = cu.explorables.draw(slow)
late"""
DIGIT = "print(view.digit.shape, view.digit.dtype, (view.digit > 127).sum() > 30)"
LATE = """same = abs(late.digit - 1.0 * view.digit).mean() < 3
print(len(asked) - 1, (asked[-1].reshape(28, 28) * 255 == late.digit).all(), same)"""
STRIP = """import numpy as np
seen = []
def read(strips):
    seen.append(strips)
    return np.eye(10)[[[8, 0, 3, 3, 1]]]
line = cu.explorables.draw_strip(read)
line"""
WIDE = """columns = np.flatnonzero((line.strip > 0).any(axis=0))
print(line.strip.shape[0], (seen[-1][0] == line.strip).all(), columns[0] < 12, columns[-1] > 114)"""

ZERO = [(0.5 + 0.24 * math.sin(a / 4), 0.5 - 0.34 * math.cos(a / 4)) for a in range(26)]
ONE = [(0.38, 0.3), (0.52, 0.16), (0.52, 0.84)]
SEVEN = [(0.25, 0.2), (0.75, 0.2), (0.59, 0.49), (0.45, 0.84)]


@pytest.fixture(scope="module")
def page(open_notebook):
    with open_notebook([TRAIN, SHOW, DIGIT, SLOW, LATE, STRIP, WIDE], has_touch=True) as page:
        yield page


class View:
    """A view on the page: its square, its words, its picture."""

    def __init__(self, page, cell, name="Square to draw a digit on"):
        self.page, self.output = page, page.locator(".jp-CodeCell").nth(cell).locator(".jp-OutputArea-output")
        self.square = self.output.get_by_role("img", name=name)
        self.square.scroll_into_view_if_needed()

    def places(self, points, between=6):
        """Return where on the page the points of a stroke lie, with some more between each two."""
        box = self.square.bounding_box()
        steps = [(p, q, k / between) for p, q in zip(points, points[1:], strict=False) for k in range(between)]
        line = [points[0], *((p[0] + s * (q[0] - p[0]), p[1] + s * (q[1] - p[1])) for p, q, s in steps), points[-1]]
        return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in line]

    def draw(self, points):
        start, *rest = self.places(points)
        self.page.mouse.move(*start)
        self.page.mouse.down()
        for place in rest:
            self.page.mouse.move(*place)
            self.page.wait_for_timeout(10)
        self.page.mouse.up()

    def press(self, button):
        self.output.get_by_role("button", name=button).click()

    def wait_for(self, words):
        self.output.get_by_role("status").filter(has_text=words).wait_for(timeout=WAIT)

    def is_clean(self):
        """Tell whether no ink is left on the square."""
        ink = "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.every(value => value === 0)"
        return self.square.evaluate(ink)


def told_at_last(page, cell, words):
    """Run a cell until its output ends in these words, for a network may still be reading; return the output."""
    end = time.monotonic() + WAIT / 1000
    said = run_cell(page, cell)
    while not said.endswith(words) and time.monotonic() < end:
        said = run_cell(page, cell)
    return said


@pytest.fixture
def view(page):
    view = View(page, 1)
    view.press("Clear")
    view.wait_for("Nothing drawn yet.")
    return view


@pytest.mark.parametrize(("digit", "stroke"), [(0, ZERO), (1, ONE), (7, SEVEN)])
def test_a_digit_drawn_with_the_mouse_is_read(view, digit, stroke):
    before = view.output.locator("img.widget-image").get_attribute("src")
    view.draw(stroke)
    view.wait_for(re.compile(rf"^It says {digit} with \d+ %; then \d with \d+ %\.$"))
    assert view.output.locator("img.widget-image").get_attribute("src") != before
    assert run_cell(view.page, 2) == "(28, 28) uint8 True"


def test_the_words_follow_while_the_pen_is_still_down(view):
    start, *rest = view.places(ZERO)
    view.page.mouse.move(*start)
    view.page.mouse.down()
    for place in rest:
        view.page.mouse.move(*place)
    view.wait_for("It says 0")
    view.page.mouse.up()


def test_clear_empties_the_square(view):
    view.draw(SEVEN)
    view.wait_for("It says 7")
    assert not view.is_clean()
    view.press("Clear")
    view.wait_for("Nothing drawn yet.")
    assert view.is_clean()


def test_a_finger_draws_and_the_page_stays_where_it_is(view):
    page, places = view.page, view.places(ONE)
    before, hand = view.square.bounding_box(), page.context.new_cdp_session(page)
    for kind, at in [("touchStart", places[0]), *(("touchMove", place) for place in places), ("touchEnd", None)]:
        points = [{"x": at[0], "y": at[1]}] if at else []
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    view.wait_for("It says 1")
    assert view.square.bounding_box() == before


def test_an_example_comes_by_keyboard_and_the_first_stroke_replaces_it(view):
    view.output.get_by_role("button", name="Show an example").press("Enter")
    view.wait_for("An example of a ")
    assert not view.is_clean()
    view.draw(ONE)
    view.wait_for(re.compile("^It says 1"))


def test_a_slow_network_is_asked_seldom_and_gets_the_last_state(view):
    view.draw(SEVEN)
    view.wait_for("It says 7")
    late = View(view.page, 3)
    start = time.monotonic()
    late.draw(SEVEN)  # 20 moves
    drawn = time.monotonic() - start
    late.wait_for(re.compile("^It says 7"))
    times, last_asked, like_the_quick_one = told_at_last(view.page, 4, "True True").split()
    assert int(times) <= drawn / 0.3 + 2  # one after the other while the pen moves, and one for the last state
    assert (last_asked, like_the_quick_one) == ("True", "True")


def test_a_strip_is_drawn_on_from_end_to_end(page):
    strip = View(page, 5, "Strip to draw a line of digits on")
    box = strip.square.bounding_box()
    assert box["width"] > 3 * box["height"]
    strip.press("Clear")
    strip.wait_for("Nothing drawn yet.")
    assert strip.is_clean()
    strip.draw([(0.05, 0.2), (0.05, 0.8)])
    strip.draw([(0.95, 0.2), (0.95, 0.8)])
    strip.wait_for("It reads 8 0 3 3 1, with a confidence of 100 % for all digits together.")
    assert told_at_last(page, 6, "True True True") == "28 True True True"
