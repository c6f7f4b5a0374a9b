"""The frame of the explorables: what a learner's own figure with sliders does, in plain Python."""

import base64
import html
import io
import json
from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
import PIL.Image
import pytest

from course_utils import fallback
from course_utils.explorables import Slider, View, live
from course_utils.live_figures import Words, fill
from course_utils.png import Encoder

RED = (255, 0, 0)


def line_view(update=None, words=None, artists=None, **sliders):
    """Return a view of a line through the origin, its line, and its figure."""
    fig, ax = plt.subplots(figsize=(3, 2))
    x = np.linspace(-1, 1, 11)
    (line,) = ax.plot(x, x)

    def slope(w):
        line.set_ydata(w * x)
        return f"slope {w:g}"

    sliders = sliders or {"w": (-2.0, 2.0, 0.1, 1.0)}
    named = [line] if artists is None else artists(ax, line)
    return live(fig, update(ax, line) if update else slope, named, alt="A line.", words=words, **sliders), line, fig


def by_hand(view, **values):
    """Move controls as a page does: it tells where all of them stand, as JSON holds it."""
    view.state = json.loads(json.dumps({"values": view.values | values, "by": "a page"}))


def pixels(png):
    return np.asarray(PIL.Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def test_a_move_changes_the_picture_the_words_and_the_same_artist():
    view, line, fig = line_view()
    before, artists = view.png, fig.findobj()
    view.move(w=-1.5)
    assert view.png != before
    assert view.status == "slope -1.5"
    assert line.get_ydata()[-1] == -1.5
    assert fig.findobj() == artists


def test_the_picture_is_what_matplotlib_draws_in_full():
    view, line, fig = line_view()
    view.move(w=0.5)
    line.set_animated(False)
    fig.canvas.draw()
    # edges may be off by the palette's rounding, areas may not
    assert abs(pixels(view.png) - np.asarray(fig.canvas.buffer_rgba())[..., :3]).max() <= 20


def test_the_figure_is_taken_from_pyplot_and_no_move_makes_another():
    view, _, _ = line_view()
    assert plt.get_fignums() == []
    for w in np.linspace(-2, 2, 9):
        view.move(w=w)
    assert plt.get_fignums() == []


def test_reset_brings_back_the_first_picture_and_words():
    view, _, _ = line_view(w=(-2, 2, 0.1, 1))
    before, said = pixels(view.png), view.status
    view.move(w=-2)
    view.reset()
    assert (pixels(view.png) == before).all()
    assert (view.status, view.values) == (said, {"w": 1.0})


def test_a_move_by_hand_changes_values_words_and_picture():
    view, line, _ = line_view()
    before = view.picture
    by_hand(view, w=-1.234)  # typed: not on the slider's grid
    assert view.values == {"w": -1.234}
    assert line.get_ydata()[-1] == -1.234
    assert view.words == ["slope -1.234", False]
    assert view.picture == view.png != before


def test_python_answers_a_move_by_hand_with_none_of_its_own():
    view, _, _ = line_view()
    by_hand(view, w=0.25)
    assert view.state == {"values": {"w": 0.25}, "by": "a page"}
    view.move(w=0.5)
    assert view.state == {"values": {"w": 0.5}, "by": ""}


def test_the_page_is_told_of_the_slider_and_of_the_picture():
    view, _, _ = line_view(w=Slider(-2, 2, 0.1, 1, unit="mm", label="slope"))
    (told,) = view.page["sliders"]
    assert (told["label"], told["unit"], told["start"]) == ("slope (mm)", "mm", 1)
    assert view.page["alt"] == "A line."
    assert view.picture == view.png


def test_one_move_by_hand_is_one_call_of_update():
    calls = []
    view, _, _ = line_view(update=lambda ax, line: lambda w: calls.append(w))
    calls.clear()
    by_hand(view, w=0.5)
    by_hand(view, w=0.7)
    assert calls == [0.5, 0.7]


def test_a_log_slider_shows_plain_numbers():
    view, _, _ = line_view(w=Slider(0.001, 10, 0.1, 0.01, log=True))
    assert view.values == {"w": 0.01}
    view.move(w=1e3)
    assert view.values == {"w": 10}


def test_whole_numbers_stay_whole_and_others_floats():
    view, _, _ = line_view(update=lambda ax, line: lambda n, w: None, n=(0, 9, 1, 3), w=(0, 9.0, 1, 3))
    assert [type(value) for value in view.values.values()] == [int, float]
    by_hand(view, n=4, w=5)
    assert view.values == {"n": 4, "w": 5.0}
    assert [type(value) for value in view.values.values()] == [int, float]


def test_names_make_a_choice_and_a_boolean_a_switch():
    def update(ax, line):
        return lambda kind, on: f"{kind} {on}"

    view, _, _ = line_view(update=update, kind=["a", "b"], on=False)
    by_hand(view, kind="b", on=True)
    assert view.status == "b True"
    with pytest.raises(ValueError, match="unknown kind. Expected: a, b. Received: 'c'"):
        view.move(kind="c")


@pytest.mark.parametrize("value", ["0.5", None, np.nan, True])
def test_what_is_no_number_moves_nothing(value):
    view, _, _ = line_view()
    with pytest.raises(ValueError, match="live: w is moved to what is no number"):
        view.move(w=value)
    assert view.values == {"w": 1.0}
    assert view.state["values"] == {"w": 1.0}


def failing(ax, line):
    def update(w):
        line.set_ydata(np.full(11, w))
        if w > 1:
            raise ValueError("w < 2 & more")
        return "fine"

    return update


def test_an_error_is_shown_with_its_place_and_the_next_good_frame_clears_it():
    view, _, _ = line_view(update=failing, w=(0.0, 2.0, 0.1, 0.5))
    good = view.png
    view.move(w=2)
    assert view.status.startswith("ValueError: w < 2 & more – in update, line ")
    assert 'raise ValueError("w < 2 & more")' in view.status
    assert view.words == [view.status, True]
    assert view.png == good
    view.move(w=1)
    assert view.words == ["fine", False]


def test_an_error_in_the_very_first_frame_still_leaves_a_picture():
    view, _, _ = line_view(update=failing, w=(0.0, 2.0, 0.1, 2.0))
    assert view.status.startswith("ValueError")
    assert pixels(view.png).shape == (300, 450, 3)


def test_a_figure_that_cannot_be_drawn_is_told_in_words():
    def update(ax, line):
        ax.set_title("$x_$")  # no formula
        return lambda w: f"slope {w:g}"

    view, _, _ = line_view(update=update)
    data, metadata = view._repr_mimebundle_()
    assert view.status.startswith("ValueError: ")
    assert "x_" in view.status
    assert data["text/html"] == f"<p>{html.escape(view.status)}</p>"
    assert data["text/plain"] == view.status
    assert "image/png" not in data
    assert metadata == {}
    assert view._as_html() == data["text/html"] + fallback.GONE


def test_a_view_that_is_shown_again_keeps_one_copy_for_a_saved_lesson(monkeypatch):
    left = []

    class Noted:
        def __init__(self, html):
            left.append(self)
            self.renewed = 0

        def display(self):
            pass

        def renew(self):
            self.renewed += 1

    monkeypatch.setattr(fallback, "is_wanted", lambda: True)
    monkeypatch.setattr(fallback, "Fallback", Noted)
    monkeypatch.setattr("IPython.display.display", lambda *_, **__: None)
    view, _, _ = line_view()
    for _ in range(5):
        view.display()
    view.move(w=0.5)
    assert [one.renewed for one in left] == [0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda ax, w: ax.set_title(f"{w}"), "the title"),
        (lambda ax, w: ax.set_xlim(0, w + 3), "the x axis"),
        (lambda ax, w: ax.set_ylabel(f"{w}"), "the y axis"),
        (lambda ax, w: ax.text(0, 0, "new"), "a Text"),
    ],
)
def test_a_change_of_what_was_not_named_is_said(change, name):
    view, _, _ = line_view(update=lambda ax, line: lambda w: change(ax, w) and None)
    view.move(w=0.5)
    assert view.status == f"Changed, but not redrawn: {name}. Name it in live(fig, update, [ … ])."


def test_a_title_moves_when_it_is_named():
    def update(ax, line):
        return lambda w: ax.set_title(f"{w:g}") and None

    view, _, _ = line_view(update=update, artists=lambda ax, line: [ax.title])
    before = view.png
    view.move(w=0.5)
    assert view.png != before
    assert view.status == ""


def test_bars_may_be_named_as_matplotlib_returns_them():
    fig, ax = plt.subplots()
    bars = ax.bar([0, 1], [1, 2])
    view = live(fig, lambda h: bars[0].set_height(h), [bars], alt="Bars.", h=(0.0, 2.0, 0.1, 1.0))
    before = view.png
    view.move(h=2)
    assert view.png != before
    assert view.status == ""


def test_a_figure_that_is_made_live_again_shows_the_same_picture():
    first, line, fig = line_view()
    again = live(fig, lambda w: line.set_ydata(w * line.get_xdata()), [line], alt="A line.", w=(-2.0, 2.0, 0.1, 1.0))
    assert (again.still.picture.width, again.still.picture.height) == (300, 200)
    np.testing.assert_array_equal(pixels(again.png), pixels(first.png))


def test_what_moved_in_an_earlier_view_of_a_figure_is_still_drawn():
    first, line, fig = line_view()
    again = live(fig, lambda size: None, [fig.axes[0].title], alt="A line.", size=(0.0, 1.0, 0.1, 1.0))
    np.testing.assert_array_equal(pixels(again.png), pixels(first.png))


def test_words_may_stand_apart_from_update():
    view, _, _ = line_view(words=lambda w: f"w is {w:g}")
    view.move(w=0.5)
    assert view.status == "w is 0.5"


def test_the_stored_output_is_a_picture_with_its_description_and_a_constant_text():
    view, _, _ = line_view()
    data, metadata = view._repr_mimebundle_()
    np.testing.assert_array_equal(pixels(base64.b64decode(data["image/png"])), pixels(view.png))
    source = f"data:image/png;base64,{data['image/png']}"
    assert data["text/html"] == f'<img alt="A line." width="300" src="{source}">'
    assert data["text/plain"] == "<explorable: A line.>"
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == view.model_id
    assert metadata == {"image/png": {"alt": "A line.", "width": 300}}


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        (3, "w is no slider"),
        ((0, 1), "w is no slider"),
        ([], "w is no slider"),
        ((0, "1", 1, 0), "w is no slider"),
        ((0, np.inf, 1, 0), "w is no slider"),
        ((1, 0, 0.1, 0.5), "w has no sensible range"),
        ((0, 1, 0, 0.5), "w has no sensible range"),
        ((0, 1, 0.1, 2), r"start between. Received: \(0, 1, 0.1, 2\)"),
        (Slider(0, 1, 0.1, 0.5, log=True), "a lowest value above 0"),
    ],
)
def test_a_bad_slider_gets_a_sentence(spec, sentence):
    with pytest.raises(ValueError, match=f"live: .*{sentence}"):
        line_view(w=spec)
    plt.close("all")


def test_sliders_that_update_does_not_know_get_a_sentence():
    with pytest.raises(ValueError, match="Expected: sliders named w. Received: v"):
        line_view(v=(0, 1, 0.1, 0))
    plt.close("all")


def test_what_is_no_figure_no_function_or_no_artist_gets_a_sentence():
    fig, ax = plt.subplots()
    other = plt.figure().add_subplot().plot([1])
    with pytest.raises(ValueError, match="first argument must be a figure"):
        live(ax, lambda: None, [], alt="")
    with pytest.raises(ValueError, match="second argument must be a function"):
        live(fig, None, [], alt="")
    with pytest.raises(ValueError, match="artists must be a list of what moves"):
        live(fig, lambda: None, ["line"], alt="")
    with pytest.raises(ValueError, match="an artist belongs to another figure"):
        live(fig, lambda: None, other, alt="")
    plt.close("all")


def test_an_unknown_slider_in_move_gets_a_sentence():
    view, _, _ = line_view()
    with pytest.raises(ValueError, match="unknown slider. Expected: w. Received: 'v'"):
        view.move(v=1)


@dataclass(frozen=True)
class Doubled:
    double: float


class DotView(View):
    """A dot at twice the slider's value."""

    alt = "A dot."
    SENTENCES = {"where": "{double:g}"}

    def __init__(self):
        self.sliders = {"w": Slider(0, 2, 1, 1)}
        self.fig, ax = plt.subplots()
        self.artists = ax.plot([0], [0], "o")

    def frame(self, w):
        return Doubled(2 * w)

    def words(self, frame):
        return Words("where", {"double": frame.double})

    def draw(self, frame):
        self.artists[0].set_xdata([frame.double])


def test_a_view_chains_frame_draw_and_words():
    view = DotView()
    live = view.live()
    live.render(w=1e3)
    assert view.artists[0].get_xdata() == [2000]
    assert live.status == "2000"
    assert live.values == {"w": 1}


def test_old_copies_of_a_lesson_may_still_ask_what_was_said():
    view, _, _ = line_view()
    view.move(w=0.5)
    assert view.said == view.status == "slope 0.5"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{n} of {word}", "3 of many"),
        ("{x:.2f}, {x:g}, {x:.1f}", "−0.25, −0.25, −0.2"),
        ("{list:.1f}", "0.5, −1.0"),
        ("{list[1]:g} then {names[0]}", "−1 then a"),
        ("{names}", "a, b"),
        ("{x:(short)} {{}}", "(−0.25) {}"),
    ],
)
def test_a_template_is_filled_with_numbers_texts_and_sequences(template, text):
    numbers = {
        "n": np.int64(3),
        "word": "many",
        "x": np.float64(-0.25),
        "list": np.array([0.5, -1]),
        "names": ["a", "b"],
    }
    assert fill(template, numbers) == text


def test_a_choice_that_sets_sliders_and_the_sliders_follow_each_other():
    presets = {"low": {"w": 0.0}, "high": {"w": 2.0}, "own": {}}
    calls = []
    view, _, _ = line_view(update=lambda ax, line: lambda **v: calls.append(v), preset=presets, w=(0.0, 2.0, 0.1, 0.0))
    calls.clear()
    view.move(preset="high")
    view.move(w=1.0)
    view.reset()
    assert calls == [{"preset": "high", "w": 2.0}, {"preset": "own", "w": 1.0}, {"preset": "low", "w": 0.0}]


def test_areas_keep_their_exact_colour_even_when_they_appear_late():
    encoder, rgba = Encoder(), np.full((40, 40, 4), 255, np.uint8)
    encoder.encode(rgba)
    rgba[:20, :, :3] = RED
    got = pixels(encoder.encode(rgba))
    assert (got[:20] == RED).all()
    assert (got[20:] == 255).all()


def test_a_picture_of_very_many_colours_is_stored_in_full():
    rgba = np.random.default_rng(0).integers(0, 256, (64, 64, 4), dtype=np.uint8)
    encoder = Encoder()
    for _ in range(2):
        assert (pixels(encoder.encode(rgba)) == rgba[..., :3]).all()
