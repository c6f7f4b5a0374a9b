"""A training run in a real browser: Train, curves and bar that move, other cells meanwhile, sliders, Stop."""

import re

import pytest
from _lab import WAIT, run_cell

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BUILD = """import threading
import course_utils as cu
(x_train, y_train), (x_test, y_test) = cu.load_mnist("digits")
data = (x_train.reshape(-1, 784) / 255.0, y_train), (x_test.reshape(-1, 784) / 255.0, y_test)
def build(learning_rate, width):
    model = cu.Sequential([cu.Input((784,)), cu.Dense(width, "relu"), cu.Dense(10, "softmax")], rng=0)
    model.compile(cu.SGD(learning_rate), "sparse_categorical_crossentropy")
    return model"""
SHOW = """view = cu.explorables.train(build, data, learning_rate=0.01, epochs=cu.Slider(1, 100000, 1, 100000))
view"""
LOOK = """rates = [run.settings["learning_rate"] for run in view.history[-1:]]
print(view.training, view.values["learning_rate"] > 0.01, *rates)"""
THREADS = """print([t.name for t in threading.enumerate()].count("course_utils training"))"""
RUN = """other = cu.explorables.train(build, data)
other.run(epochs=3)"""


@pytest.fixture(scope="module")
def page(open_notebook):
    with open_notebook([BUILD, SHOW, LOOK, THREADS, RUN]) as page:
        yield page


class View:
    """The view on the page."""

    def __init__(self, page, cell):
        self.page, self.output = page, page.locator(".jp-CodeCell").nth(cell).locator(".jp-OutputArea-output").first
        self.image = self.output.locator("img.widget-image")
        self.bar = self.output.get_by_role("progressbar", name="progress of the training")
        self.image.scroll_into_view_if_needed()

    def button(self, name):
        return self.output.get_by_role("button", name=name)

    def wait_for(self, words):
        self.output.get_by_role("status").filter(has_text=words).wait_for(timeout=WAIT)

    def moves(self):
        """Wait until picture and bar have changed."""
        before = [self.image.get_attribute("src"), self.output.inner_text()]
        for _ in range(WAIT // 100):
            now = [self.image.get_attribute("src"), self.output.inner_text()]
            if all(a != b for a, b in zip(before, now, strict=True)):
                return True
            self.page.wait_for_timeout(100)
        return False


def test_train_look_work_on_and_stop(page):
    view = View(page, 1)
    view.wait_for("Nothing trained yet.")
    assert view.button("Stop").is_disabled()
    view.button("Train").click()
    view.wait_for(re.compile("^Rate 0.01, batch 32, width 64: epoch "))
    assert view.button("Train").is_disabled()
    assert view.moves()
    slider = view.output.get_by_role("slider").first
    slider.focus()
    slider.press("ArrowRight")
    assert run_cell(page, 2) == "True True 0.01"
    assert run_cell(page, 3) == "1"
    assert view.moves()
    view.button("Stop").click()
    view.wait_for(re.compile(r"^Stopped in epoch \d+ of 100000, after [\d,]+ steps\. The weights so far are kept\.$"))
    assert run_cell(page, 2).startswith("False")
    assert view.button("Stop").is_disabled()
    stood = view.image.get_attribute("src")
    view.button("Train").press("Enter")
    view.wait_for("Rate 0.0126, batch 32, width 64: epoch ")
    assert view.image.get_attribute("src") != stood


def test_running_the_cell_again_leaves_no_thread_behind(page):
    if View(page, 1).button("Train").is_enabled():
        View(page, 1).button("Train").click()
        View(page, 1).wait_for("batch 32, width 64: epoch ")
    run_cell(page, 1)
    View(page, 1).wait_for("Nothing trained yet.")
    assert run_cell(page, 3) == "0"


def test_a_run_in_a_cell_shows_itself_once_and_ends(page):
    run_cell(page, 4)
    view = View(page, 4)
    view.wait_for(re.compile("^Done in "))
    assert view.output.locator("img.widget-image").count() == 1
    assert view.output.get_by_role("img", name=re.compile("rate 0.1, batch 32, width 64, epochs 3")).count() == 1
