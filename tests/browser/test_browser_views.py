"""Views in a real browser: typed, pressed and dragged in JupyterLab, drawn by the page or by the kernel."""

import json
import re

import pytest
from _lab import WAIT, run_cell, show_cell

pytestmark = pytest.mark.browser

DESCENT = """import course_utils as cu
descent = cu.explorables.descent()
descent"""
NEURON = """neuron = cu.explorables.neuron()
neuron"""
OWN = """import matplotlib.pyplot as plt
fig, ax = plt.subplots(figsize=(4, 2))
(line,) = ax.plot([0, 1], [0, 1])
plt.close(fig)
calls = []
def update(w, kind, on):
    calls.append(w)
    line.set_ydata([0, w])
    return f"w = {w:g}, {kind}, {on}"
own = cu.live(fig, update, [line], alt="A line.", w=(-2.0, 2.0, 0.1, 1.0), kind=["a", "b", "c", "d"], on=False)
own"""
VALUES = """import json
print(json.dumps([descent.values, neuron.values, own.values, len(calls)]))"""
MOVE = """descent.move(rate=0.3)
print("moved")"""
RESET = """for view in (descent, neuron, own):
    view.reset()
print("reset")"""
BUSY = """import time
time.sleep(6)"""
CELLS = [DESCENT, NEURON, OWN, VALUES, MOVE, RESET, BUSY]
AT = {name: i for i, name in enumerate(("descent", "neuron", "own", "values", "move", "reset", "busy"))}
RESTED = 400  # ms: the kernel has been told


@pytest.fixture(scope="module")
def lab_page(open_notebook):
    with open_notebook(CELLS) as page:
        yield page


@pytest.fixture
def page(lab_page):
    run_cell(lab_page, AT["reset"])
    return lab_page


class View:
    """A view on the page."""

    def __init__(self, page, name):
        self.page, self.name = page, name
        show_cell(page, AT[name])
        self.output = page.locator(".jp-CodeCell").nth(AT[name]).locator(".course-view")
        self.output.scroll_into_view_if_needed()
        self.status = self.output.get_by_role("status")

    def slider(self, label):
        return self.output.get_by_role("slider", name=label, exact=True)

    def box(self, label):
        return self.output.get_by_role("spinbutton", name=label, exact=True)

    def type(self, label, text, key="Enter"):
        box = self.box(label)
        box.click()
        box.fill("")
        box.press_sequentially(text)
        box.press(key)

    def says(self, words):
        self.status.filter(has_text=words).wait_for(timeout=WAIT)
        return self.status.inner_text()

    def values(self):
        """What the kernel knows."""
        self.page.wait_for_timeout(RESTED)
        return json.loads(run_cell(self.page, AT["values"]))[("descent", "neuron", "own").index(self.name)]

    def pixels(self):
        return self.output.locator("canvas").evaluate("canvas => canvas.toDataURL()")


# --- typed numbers


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("0.25", "works"), ("0.3", "works"), ("0.5", "oscillates"), ("0.501", "diverges"), ("0,5", "oscillates")],
)
def test_a_typed_rate_stays_as_typed(page, typed, kind):
    view, value = View(page, "descent"), float(typed.replace(",", "."))
    view.type("learning rate", typed)
    view.says(f"Learning rate {value:g}, 15 steps: {kind}")
    assert view.values()["rate"] == value
    assert view.box("learning rate").input_value() == f"{value:g}"
    view.slider("steps").press("ArrowRight")  # another control leaves it alone
    view.says(f"Learning rate {value:g}, 16 steps: {kind}")
    assert view.values() == {"rate": value, "steps": 16, "start": 0}


@pytest.mark.parametrize(("typed", "value"), [("1.234", 1.234), ("1,234", 1.234), ("-0,55", -0.55), ("−2", -2)])
def test_a_typed_weight_stays_as_typed(page, typed, value):
    view = View(page, "neuron")
    view.type("w", typed, key="Tab")
    view.says(f"w = {value:.2f}, b = 0.00".replace("-", "−"))
    assert view.values()["w"] == value


@pytest.mark.parametrize("typed", ["abc", "1.2.3", "", "1 000", "1.000,5"])
def test_what_is_no_number_is_refused_with_a_word(page, typed):
    view = View(page, "neuron")
    view.type("w", typed)
    assert view.says("is not a number.").startswith(f"“{typed}” is not a number. w = 1.00, b = 0.00:")
    assert view.box("w").input_value() == "1"
    view.slider("w").press("ArrowRight")
    assert view.says("w = 1.05").startswith("w = 1.05")


def test_what_lies_beyond_the_slider_becomes_its_end_with_a_word(page):
    view = View(page, "neuron")
    view.type("w", "15")
    assert view.says("w goes from -5 to 5.").endswith("a = 1.00.")
    assert view.values()["w"] == 5


def test_whole_numbers_stay_whole(page):
    view = View(page, "descent")
    view.type("steps", "2,5")
    view.says("steps takes whole numbers. Learning rate 0.1, 15 steps")
    view.type("steps", "7")
    view.says("Learning rate 0.1, 7 steps")
    assert view.values()["steps"] == 7


# --- keys


def test_keys_move_a_slider_on_its_grid_and_are_spoken_as_plain_numbers(page):
    view = View(page, "neuron")
    slider = view.slider("w")
    slider.focus()
    for key, spoken in (
        ("ArrowRight", "1.05"),
        ("ArrowUp", "1.1"),
        ("ArrowLeft", "1.05"),
        ("Home", "-5"),
        ("End", "5"),
    ):
        slider.press(key)
        assert slider.get_attribute("aria-valuetext") == spoken
    for _ in range(47):
        slider.press("ArrowLeft")
    assert slider.get_attribute("aria-valuetext") == "2.65"  # not 2.6500000000000004
    assert view.values()["w"] == 2.65


def test_a_log_slider_speaks_without_exponents(page):
    view = View(page, "descent")
    slider = view.slider("learning rate")
    slider.press("Home")
    assert slider.get_attribute("aria-valuetext") == "0.001"
    slider.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "0.00105"
    assert view.values()["rate"] == 0.00105


def test_keys_step_in_the_box_and_escape_gives_up(page):
    view = View(page, "neuron")
    box = view.box("b")
    box.click()
    box.press("ArrowUp")
    view.says("b = 0.10")
    box.fill("7")
    box.press("Escape")
    box.press("Tab")
    assert view.values()["b"] == 0.1


def cells(page):
    """Where JupyterLab is: the number of cells, and the active one."""
    return page.evaluate("(nb => [nb.widgets.length, nb.activeCellIndex])(jupyterapp.shell.currentWidget.content)")


def test_keys_in_a_list_change_the_list_and_no_cell(page):
    view = View(page, "own")
    choice = view.output.get_by_role("combobox", name="kind")
    choice.focus()
    before = cells(page)
    choice.press("ArrowDown")
    choice.press("ArrowDown")
    view.says("w = 1, c, False")
    choice.press("ArrowUp")
    view.says("w = 1, b, False")
    assert cells(page) == before
    assert choice.evaluate("list => list === document.activeElement")


def test_keys_on_a_radio_choose_and_cut_no_cell(page):
    view = View(page, "neuron")
    step = view.output.get_by_role("radio", name="step")
    step.focus()
    before = cells(page)
    for key in ("x", "d", "d", "a", "j", "ArrowDown"):
        page.keyboard.press(key)
    view.says("the output passes 0.5 at x = 0.00")
    assert view.output.get_by_role("radio", name="sigmoid").is_checked()
    assert cells(page) == before
    assert view.values()["activation"] == "sigmoid"


def test_keys_on_sliders_and_boxes_leave_the_cells_alone(page):
    view = View(page, "descent")
    view.slider("steps").focus()
    before = cells(page)
    for control in (view.slider("steps"), view.box("steps"), view.output.get_by_role("button", name="Reset")):
        control.focus()
        for key in ("ArrowDown", "ArrowUp", "x", "b", "PageDown"):
            control.press(key)
    assert cells(page) == before


def test_a_switch_is_switched_by_the_space_bar(page):
    view = View(page, "own")
    view.output.get_by_role("checkbox", name="on").press("Space")
    view.says("w = 1, a, True")
    assert view.values()["on"] is True


# --- dragged


def drag(page, slider, shares=(0.2, 0.5, 0.9)):
    """Drag a handle with the mouse to shares of its slider's width."""
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    for share in shares:
        page.mouse.move(box["x"] + share * box["width"], y, steps=8)
    page.mouse.up()


@pytest.mark.parametrize(("name", "label"), [("descent", "steps"), ("neuron", "b"), ("own", "w")])
def test_a_drag_moves_picture_words_and_kernel(page, name, label):
    view = View(page, name)
    before = view.status.inner_text()
    drag(page, view.slider(label))
    spoken = view.slider(label).get_attribute("aria-valuetext")
    key = "w" if name == "own" else label
    assert view.values()[key] == float(spoken)
    assert view.box(label).input_value() == spoken
    assert view.status.inner_text() != before


def test_the_picture_of_a_view_is_drawn_while_the_kernel_is_busy(page):
    view = View(page, "descent")
    view.box("steps").focus()
    page.evaluate("i => { jupyterapp.shell.currentWidget.content.activeCellIndex = i; }", AT["busy"])
    page.evaluate("void jupyterapp.commands.execute('notebook:run-cell')")
    prompt = page.locator(".jp-CodeCell").nth(AT["busy"]).locator(".jp-InputPrompt")
    prompt.filter(has_text="*").wait_for(timeout=WAIT)
    show_cell(page, AT["descent"])
    before = view.pixels()
    drag(page, view.slider("learning rate"))
    said = view.says(re.compile("Learning rate (?!0.1,)"))
    assert view.pixels() != before
    assert "*" in prompt.text_content()
    prompt.filter(has_text=re.compile(r"\d")).wait_for(timeout=WAIT)
    assert f"Learning rate {view.values()['rate']:g}, " in said


# --- moved from elsewhere


def test_python_moves_what_the_page_shows(page):
    view = View(page, "descent")
    before = view.pixels()
    run_cell(page, AT["move"])
    view.says("Learning rate 0.3, 15 steps: works")
    assert view.pixels() != before
    assert view.box("learning rate").input_value() == "0.3"
    assert view.values() == {"rate": 0.3, "steps": 15, "start": 0}


@pytest.mark.parametrize(("name", "label", "start"), [("descent", "steps", 15), ("neuron", "w", 1), ("own", "w", 1)])
def test_reset_is_in_the_strip_and_sets_all_back(page, name, label, start):
    view = View(page, name)
    before = view.status.inner_text()
    view.type(label, "2")
    view.status.filter(has_not_text=before).wait_for(timeout=WAIT)
    view.output.get_by_role("button", name="Reset").click()
    view.says(before)
    assert view.values()["w" if name == "own" else label] == start


def test_the_kernel_keeps_the_words_of_its_own_picture_in_one_node(page):
    view = View(page, "own")
    view.output.evaluate("view => { view.querySelector('[role=status]').dataset.mine = 'yes'; }")
    for typed in ("0.5", "-1.25"):
        view.type("w", typed)
        view.says(f"w = {typed}, a, False")
    assert view.status.get_attribute("data-mine") == "yes"
    assert view.output.get_by_role("img", name="A line.").count() == 1


def test_two_pages_show_one_view(page):
    first = View(page, "descent")
    page.evaluate("jupyterapp.commands.execute('docmanager:save')")  # the other page reads the file
    with page.context.new_page() as other:
        other.goto(page.url, wait_until="commit")
        other.locator(".course-view").first.wait_for(timeout=WAIT)
        second = View(other, "descent")
        second.says("Learning rate 0.1, 15 steps")
        first.type("learning rate", "0.25")
        second.says("Learning rate 0.25, 15 steps: works")
        second.type("steps", "9")
        first.says("Learning rate 0.25, 9 steps: works")
        drag(other, second.slider("start w"))
        first.says(second.status.inner_text())
    assert first.values()["steps"] == 9
