"""Plots by their artists: what a figure holds, not how its pixels fall."""

import json

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from numpy.testing import assert_array_equal

import course_utils as cu
from course_utils import plots
from course_utils.formatting import format_number
from course_utils.style import GREY


@pytest.fixture(autouse=True)
def _no_figure_stays():
    yield
    plt.close("all")


def test_a_shown_figure_is_a_picture_with_its_description_and_is_closed(run_python, tmp_path):
    code = """if True:
        import base64, json
        import matplotlib.pyplot as plt
        from IPython.core.interactiveshell import InteractiveShell
        from IPython.utils.capture import capture_output
        import course_utils as cu
        InteractiveShell.instance()
        fig, ax = plt.subplots()
        with capture_output() as seen:
            cu.show(fig, alt="An empty frame.")
        (output,) = seen.outputs
        png = output.data.pop("image/png")
        html = output.data.pop("text/html").replace(png, "THE SAME")
        print(json.dumps([base64.b64decode(png)[1:4].decode(), html, output.data, output.metadata, plt.get_fignums()]))
    """
    seen = json.loads(run_python(code, IPYTHONDIR=str(tmp_path), MPLBACKEND="agg"))
    alt = "An empty frame."
    html = '<img alt="An empty frame." src="data:image/png;base64,THE SAME">'
    assert seen == ["PNG", html, {"text/plain": f"<figure: {alt}>"}, {"image/png": {"alt": alt}}, []]


def test_showing_closes_this_figure_and_no_other(monkeypatch):
    seen = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw, metadata: seen.append(metadata))
    kept, shown = plt.figure(), plt.figure()
    cu.show(shown, alt="Nothing.")
    assert seen == [{"image/png": {"alt": "Nothing."}}]
    assert plt.get_fignums() == [kept.number]


@pytest.mark.parametrize("alt", ["", None, 3])
def test_a_figure_without_a_description_is_not_shown(alt):
    fig, _ = plt.subplots()
    with pytest.raises(ValueError, match=r"^show: alt must say what the figure shows\. Expected: a sentence\. "):
        cu.show(fig, alt)


def test_the_grid_holds_each_image_with_its_title_row_by_row():
    images = np.arange(5 * 4).reshape(5, 2, 2)
    fig = plots.image_grid(images, list("abcde"), columns=3)
    assert [ax.get_title() for ax in fig.axes] == list("abcde")
    for ax, image in zip(fig.axes, images, strict=True):
        assert_array_equal(ax.images[0].get_array(), image)
    places = [ax.get_subplotspec() for ax in fig.axes]
    assert [(p.rowspan.start, p.colspan.start) for p in places] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)]


@pytest.mark.parametrize(("shape", "inches"), [((28, 28), (8, 8)), ((28, 112), (8, 2)), ((56, 28), (8, 16))])
def test_a_grid_is_as_high_as_its_images_ask_for(shape, inches):
    fig = plots.image_grid(np.zeros((4, *shape)), columns=2, size=4)
    assert tuple(fig.get_size_inches()) == inches


def test_images_share_limits_where_they_are_given():
    weights = np.array([[[-1.0, 0.5]], [[0.1, 0.2]]])
    fig = plots.image_grid(weights, cmap="RdBu_r", limits=(-1, 1))
    assert {ax.images[0].get_clim() for ax in fig.axes} == {(-1, 1)}
    assert fig.axes[0].images[0].get_cmap().name == "RdBu_r"
    assert [ax.images[0].get_clim() for ax in plots.image_grid(weights).axes] == [(-1, 0.5), (0.1, 0.2)]


@pytest.mark.parametrize(
    ("limits", "ends"), [((-1, 1), "neither"), ((-0.5, 1), "min"), ((-1, 0.25), "max"), ((-0.5, 0.25), "both")]
)
def test_a_bar_tells_what_colours_mean_and_where_values_lie_beyond_it(limits, ends):
    weights = np.array([[[-1.0, 0.5]], [[0.1, 0.2]]])
    fig = plots.image_grid(weights, limits=limits, bar="weight")
    bar = fig.axes[-1]
    assert (len(fig.axes), bar.get_ylabel(), bar.get_ylim()) == (3, "weight", limits)
    assert fig.axes[1].images[0].colorbar.extend == ends


@pytest.mark.parametrize("frame", [True, False])
def test_images_have_a_line_around_them_where_it_is_asked_for(frame):
    axes = plots.image_grid(np.zeros((2, 3, 3)), frame=frame).axes
    assert [ax.axison for ax in axes] == [frame, frame]
    assert all(len(ax.get_xticks()) == len(ax.get_yticks()) == 0 for ax in axes)


def test_more_columns_than_images_leave_no_gap_and_images_stay():
    images = np.zeros((2, 3, 3), np.uint8)
    images.flags.writeable = False
    fig = plots.image_grid(images, columns=9)
    assert fig.axes[0].get_gridspec().ncols == 2


@pytest.mark.parametrize(
    ("images", "options", "sentence"),
    [
        (np.zeros((3, 784)), {}, r"wrong number of axes.*Hint: x\.reshape\(-1, 28, 28\)"),
        (np.zeros((0, 28, 28)), {}, "images is empty"),
        (np.zeros((2, 3, 3)), {"titles": ["a"]}, r"one title each\. Expected: 2 titles\. Received: 1"),
        (np.zeros((2, 3, 3)), {"columns": 0}, "columns must be a whole number"),
        (np.zeros((2, 3, 3)), {"bar": "weight"}, r"a colour bar needs one scale.*Expected: limits=\(low, high\)"),
        ([[["a"]]], {}, "images must hold real numbers"),
    ],
)
def test_the_grid_says_what_does_not_fit(images, options, sentence):
    with pytest.raises((ValueError, TypeError), match=rf"^image_grid: .*{sentence}"):
        plots.image_grid(images, **options)
    assert plt.get_fignums() == []


def test_lines_differ_in_colour_and_in_dashes():
    x = np.linspace(0, 1, 5)
    ax = plots.lines(x, {str(k): k * x for k in range(6)}, xlabel="z", ylabel="a", title="t")
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_title()) == ("z", "a", "t")
    for k, line in enumerate(ax.lines):
        assert_array_equal(line.get_xydata(), np.column_stack([x, k * x]))
    assert len({line.get_color() for line in ax.lines}) == 6
    assert len({str(line._unscaled_dash_pattern) for line in ax.lines}) == 6
    assert [text.get_text() for text in ax.get_legend().get_texts()] == list("012345")


def test_one_line_needs_no_legend_and_draws_into_the_given_axes():
    _, ax = plt.subplots()
    assert plots.lines([0, 1], {"a": [1, 2]}, xlabel="x", ylabel="y", ax=ax) is ax
    assert ax.get_legend() is None


@pytest.mark.parametrize(
    ("curves", "sentence"),
    [
        ({str(k): [0, 1] for k in range(7)}, r"too many curves to tell apart\. Expected: at most 6\. Received: 7"),
        ({"a": [0, 1, 2]}, r"the curve 'a' does not fit x\. Expected: \(2,\)\. Received: \(3,\)"),
    ],
)
def test_lines_say_what_does_not_fit(curves, sentence):
    with pytest.raises(ValueError, match=rf"^lines: {sentence}"):
        plots.lines([0, 1], curves, xlabel="x", ylabel="y")


def test_history_counts_epochs_from_one_and_draws_the_validation_beside():
    run = cu.History()
    for loss in (3.0, 2.0, 1.0):
        run.append({"loss": loss, "val_loss": loss + 1, "accuracy": 0.5})
    ax = plots.history(run)
    assert [line.get_label() for line in ax.lines] == ["training", "validation"]
    assert ax.lines[1].get_xydata().tolist() == [[1, 4], [2, 3], [3, 2]]
    assert len(plots.history(run, "accuracy").lines) == 1
    with pytest.raises(ValueError, match=r"^history: unknown metric\. .* Hint: did you mean 'accuracy'\?"):
        plots.history(run, "acuracy")


def test_a_mark_stands_at_its_point():
    ax = plots.mark(plots.axes(xlabel="x"), 2, 3, "here")
    assert ax.lines[0].get_xydata().tolist() == [[2, 3]]
    assert (ax.texts[0].get_text(), ax.texts[0].xy) == ("here", (2, 3))


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (-1.5, ".2f", "−1.50"),
        (-0.0, ".2f", "0.00"),
        (-0.004, ".2f", "0.00"),  # no sign where nothing is left of it
        (0.995, ".1f", "1.0"),
        (-2e-5, ".0e", "−2e−05"),
        (-1234, ",.0f", "−1,234"),
        (np.float32(-0.25), "g", "−0.25"),
        (np.int64(-3), "d", "−3"),
        (2e-5, "short", "2e−05"),
        (-1 / 3, "(short)", "(−0.333)"),
    ],
)
def test_a_number_in_a_picture_has_a_true_minus_and_zero_has_none(value, form, text):
    assert format_number(value, form) == text


def test_grey_text_can_be_read_on_white():
    channels = np.array(to_rgb(GREY))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    assert 1.05 / (linear @ (0.2126, 0.7152, 0.0722) + 0.05) >= 4.5  # WCAG AA
