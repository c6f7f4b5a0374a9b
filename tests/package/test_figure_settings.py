"""The course's figures look the same whatever a reader's Matplotlib is set to, and leave those settings alone."""

import base64
import io
import threading

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import PIL.Image
import pytest
from matplotlib.colors import to_hex
from matplotlib.font_manager import fontManager
from matplotlib.text import Text

import course_utils as cu
from course_utils import explorables
from course_utils.explorables import live
from course_utils.figure_settings import course_settings
from course_utils.patients.readings import draw_before_and_after

KOREAN = {"font.family": "NanumGothic", "axes.unicode_minus": True}
STYLES = {
    "dark": dict(plt.style.library["dark_background"]),
    "large type": {"font.size": 24},
    "fine": {"figure.dpi": 300, "savefig.dpi": 300},
    "LaTeX": {"text.usetex": True},
    "Korean": KOREAN,
    "lines": {
        "lines.linewidth": 9,
        "axes.linewidth": 5,
        "axes.grid": True,
        "image.cmap": "jet",
        "image.origin": "lower",
    },
    "shape": {"figure.figsize": (2, 9), "figure.autolayout": True, "savefig.bbox": "tight", "savefig.pad_inches": 2},
    "sizes that the course uses too": {"font.size": 12, "axes.labelsize": 11, "legend.fontsize": 9},
}
ALL = {name: value for style in STYLES.values() for name, value in style.items()}
X, Y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])


def bowl(w, b):
    return w**2 + b**2


def drawn_by_a_cell():
    fig, (left, right) = plt.subplots(1, 2, figsize=(6, 3), layout="constrained")
    cu.plots.heatmap([[9, 1], [0, -3]], xlabel="prediction", ylabel="label", ax=left)
    cu.plots.lines([-2, 2], {"a": [-2, 1], "b": [2, 0]}, xlabel="x", ylabel="y", ax=right, title="two")
    right.text(0, 0, "words")
    right.text(0, 1, "small", fontsize=8, color="red")
    right.plot([0, 1], [1, 1])
    fig.colorbar(left.images[0], ax=left, label="how often")
    return fig


FIGURES = {
    "lines": lambda: cu.plots.lines([-1, 1], {"a": [-1, 1], "b": [0, 0]}, xlabel="$x$", ylabel="y").figure,
    "mark": lambda: cu.plots.mark(cu.plots.axes(title="t"), 1, -2, "lowest").figure,
    "boundary": lambda: cu.plots.boundary(lambda P: P[:, 0] * P[:, 1], X, Y).figure,
    "contours": lambda: cu.plots.contours(bowl, [-1, 0, 1], [-1, 0, 1], paths={"down": [[1, 1], [0, 0]]}).figure,
    "surface": lambda: cu.plots.surface(bowl, [-1, 0, 1], [-1, 0, 1]).figure,
    "graph": lambda: cu.plots.graph({"x": 2, "w": -0.5}, {"w": -0.25}, kind="neuron").figure,
    "neuron": lambda: cu.plots.neuron([2, -1], 0.5, [0.8, 0.3]).figure,
    "network": lambda: cu.plots.network(([[1.0, -1.0], [0.0, 2.0]], [[2.0], [-1.0]]), numbers=True).figure,
    "heatmap": lambda: cu.plots.heatmap([[9, 1], [0, 10]], xlabel="prediction", ylabel="label").figure,
    "images": lambda: cu.plots.image_grid(np.arange(8.0).reshape(2, 2, 2), ["a", "b"], bar="ink", limits=(0, 7)),
    "planes": lambda: cu.plots.planes(lambda P: P, lambda H: H[:, 0], X, Y),
    "stack": lambda: cu.plots.stack(cu.Sequential([cu.Input(2), cu.Dense(1)], rng=0)).figure,
    "outcomes": lambda: cu.plots.outcomes([-1, 1], [0, 1], cu.sigmoid, xlabel="x", ylabel="y").figure,
    "ladder": lambda: cu.plots.ladder({"guessing": 0.1}, lesson="08", later=True).figure,
    "histograms": lambda: cu.plots.histograms({"start": {"a": [0, 1, 1]}}, limits=(-1, 2), xlabel="z"),
    "table": lambda: cu.plots.curve_table(
        {(1, 2): [0.5, 0.7]}, rows={1: "r"}, columns={2: "c"}, xlabel="x", ylabel="y"
    ),
    "clinic": lambda: draw_before_and_after([2.3] * 10, [0.9] * 10, 2.3)[0],
    "cell": drawn_by_a_cell,
}
VIEWS = {
    name: getattr(explorables, name)
    for name in ("neuron", "cost", "descent", "gate", "xor", "backprop", "kernel", "window")
}


@pytest.fixture
def shown(monkeypatch):
    """Return a function that shows a figure as a lesson does, and returns its pixels."""
    outputs = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw, metadata: outputs.append(data))

    def show(make):
        cu.show(make(), alt="A figure.")
        return pixels(base64.b64decode(outputs.pop()["image/png"]))

    return show


def pixels(png):
    return np.asarray(PIL.Image.open(io.BytesIO(png)).convert("RGB"))


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_the_same_under_each_style(shown, name, style):
    usual = shown(FIGURES[name])
    with matplotlib.rc_context(STYLES[style]):
        np.testing.assert_array_equal(shown(FIGURES[name]), usual)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_the_same_under_all_styles_at_once(name):
    usual = VIEWS[name]()
    with matplotlib.rc_context(ALL):
        view = VIEWS[name]()
        view.reset()
    usual.reset()
    assert (view.still.picture.width, view.still.picture.height) == (
        usual.still.picture.width,
        usual.still.picture.height,
    )
    np.testing.assert_array_equal(pixels(view.png), pixels(usual.png))


def lesson_view():
    fig, ax = plt.subplots(figsize=(3, 2))
    (line,) = ax.plot([-1, 1], [-1, 1])
    ax.set_title("a line")
    return live(fig, lambda w: line.set_ydata([-w, w]), [line], alt="A line.", w=(-1.0, 1.0, 0.1, 1.0))


@pytest.mark.parametrize("style", STYLES)
def test_a_lessons_own_view_is_the_same_under_each_style(style):
    usual = lesson_view()
    with matplotlib.rc_context(STYLES[style] | {"figure.autolayout": False}):
        view = lesson_view()
        view.move(w=0.5)
    usual.move(w=0.5)
    np.testing.assert_array_equal(pixels(view.png), pixels(usual.png))


def test_words_that_a_cell_adds_are_ink_on_the_courses_paper_and_what_it_names_stays(shown):
    with matplotlib.rc_context(ALL | {"text.usetex": False}):
        fig = drawn_by_a_cell()
        cu.show(fig, alt="A figure.")
    look = {text.get_text(): (text.get_fontsize(), to_hex(text.get_color())) for text in fig.findobj(Text)}
    assert look["words"] == look["how often"] == look["prediction"] == (10, "#000000")
    assert look["two"] == (12, "#000000")
    assert look["small"] == (8, "#ff0000")
    assert look["9"] == (9, "#ffffff")  # on the darkest cell
    assert {to_hex(ax.get_facecolor()) for ax in fig.axes} == {to_hex(fig.get_facecolor())} == {"#ffffff"}


@pytest.mark.parametrize("style", STYLES)
def test_the_readers_settings_stay_as_they_are(shown, style):
    with matplotlib.rc_context(STYLES[style]):
        before = dict(matplotlib.rcParams)
        shown(FIGURES["lines"])
        explorables.gate().move(w1=1.0)
        with pytest.raises(ValueError, match="does not fit x"):
            cu.plots.lines([0, 1], {"a": [0]}, xlabel="x", ylabel="y")
        assert dict(matplotlib.rcParams) == before


def test_a_readers_own_figure_keeps_the_readers_style():
    with matplotlib.rc_context(STYLES["dark"]):
        FIGURES["lines"]()
        fig, ax = plt.subplots()
    assert to_hex(fig.get_facecolor()) == "#000000"
    assert to_hex(ax.title.get_color()) == "#ffffff"


@pytest.mark.skipif(
    "NanumGothic" not in {font.name for font in fontManager.ttflist}, reason="no Korean typeface: install fonts-nanum"
)
def test_korean_words_are_written_in_the_readers_typeface(shown):
    def korean():
        return cu.plots.lines([-1, 1], {"a": [-1, 1]}, xlabel="입력", ylabel="출력").figure

    with matplotlib.rc_context(KOREAN):
        shown(korean)  # a letter that is missing would be a warning
    with pytest.warns(UserWarning, match="missing from font"):
        shown(korean)


def test_two_threads_that_draw_leave_the_readers_settings():
    def draw():
        for _ in range(20):
            with course_settings():
                sizes.append(matplotlib.rcParams["font.size"])

    sizes = []
    with matplotlib.rc_context(STYLES["large type"]):
        threads = [threading.Thread(target=draw) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert matplotlib.rcParams["font.size"] == 24
    assert sizes == [10] * 80


# --- larger, for a projector


@pytest.fixture
def large():
    cu.plots.enlarge(1.5)
    yield
    cu.plots.enlarge(1)


def test_a_shown_figure_can_be_enlarged(shown, request):
    usual = shown(FIGURES["lines"])
    request.getfixturevalue("large")
    assert shown(FIGURES["lines"]).shape[:2] == pytest.approx(np.multiply(1.5, usual.shape[:2]), abs=2)


def test_a_view_can_be_enlarged(request):
    usual = explorables.xor()
    request.getfixturevalue("large")
    view = explorables.xor()
    width = view.still.picture.width
    assert width == pytest.approx(1.5 * usual.still.picture.width, abs=1)
    assert view.page["size"][0] == width  # the page makes room for it


@pytest.mark.parametrize("factor", [0, -1, 9, float("nan"), "large", None])
def test_a_factor_that_makes_no_sense_changes_nothing(factor):
    with pytest.raises(ValueError, match=r"^enlarge: factor must say how large figures are\. Expected: 0\.25 to 4"):
        cu.plots.enlarge(factor)
    with course_settings():
        assert matplotlib.rcParams["figure.dpi"] == 100
