"""What holds for every view and for every widget of the course, with no special case among them."""

import base64
import dataclasses
import functools
import io
import json
import random

import _settings
import ipywidgets as wd
import matplotlib.pyplot as plt
import numpy as np
import PIL.Image
import pytest

from course_utils.explorables import VIEWS, WIDGETS, HiddenView, NeuronView, TrainingView
from course_utils.explorables.hidden import example
from course_utils.explorables.training_history import network
from course_utils.live_figures.controls import describe
from course_utils.live_figures.sentences import fill
from course_utils.live_figures.view import to_json
from course_utils.live_figures.widget import Live, Strip

POINTS = np.random.default_rng(0).normal(size=(12, 2))
KERNEL, ACTIVATIONS, IMAGES, LABELS = example()


def diagonal():
    """Return two runs on twelve points: one learns on which side of a line they lie, the other hardly begins."""
    runs = {"learns": network(0), "begins": network(1)}
    y = (POINTS.sum(axis=1, keepdims=True) > 0) * 1.0
    runs["learns"].compile("adam", "binary_crossentropy")
    return TrainingView(POINTS, y, runs, epochs=600, every=100)


# What else the views can be: further choices, a unit that is silent, points too many to be read out.
MADE = VIEWS | {
    "hidden, silent units": lambda: HiddenView(KERNEL, ACTIVATIONS * (np.arange(64) % 2), IMAGES, LABELS),
    "neuron, every activation": lambda: NeuronView(("step", "sigmoid", "tanh", "ReLU")),
    "training, many points": diagonal,
}
# Values that no slider has, for the sentences about them.
BEYOND = {
    "by_hand": [{"w": 0.24, "b": -2.1}, {"w": 0.0, "b": 0.0}],
    "cost": [{"w": 0.0, "b": 0.0}],
    "descent": [
        {"rate": 0.1, "steps": 15, "start": 3.0},
        {"rate": 1e300, "steps": 60, "start": 0.0},
        {"rate": 1e308, "steps": 1, "start": 7.0},
    ],
}


@functools.cache
def made(name):
    return MADE[name]()


def settings(name, most_ends=64, more=100):
    """Return settings of a view by its name."""
    return _settings.settings(made(name).sliders, most_ends, more)


def through_json(value):
    return json.loads(json.dumps(to_json(value), allow_nan=False))


def generators():
    """Return the state of the generators that all code shares."""
    return random.getstate(), np.random.get_state()[1].tolist()  # noqa: NPY002


@pytest.mark.parametrize("name", MADE)
def test_a_frame_is_pure(name):
    view, first, *others = made(name), *settings(name, 8, 12)
    view.update(**first)
    for artist in view.fig.findobj():
        artist.stale = False
    before = generators()
    frames = [through_json(view.frame(**first))]
    for values in others:
        view.frame(**values)
    frames.append(through_json(view.frame(**first)))
    assert frames[0] == frames[1]
    assert [artist for artist in view.fig.findobj() if artist.stale] == []
    assert generators() == before


@pytest.mark.parametrize("name", MADE)
def test_neither_words_nor_picture_change_a_frame_or_the_next(name):
    view = made(name)
    for values in settings(name, 8, 12):
        frame = view.frame(**values)
        before = through_json(frame)
        view.words(frame)
        view.draw(frame)
        assert through_json(frame) == before
        assert through_json(view.frame(**values)) == before


def is_plain(value):
    """Tell whether a page can hold the value too: a number, a text, a boolean, an array, or a tuple of these."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "biuf"
    if isinstance(value, tuple):
        return all(map(is_plain, value))
    return isinstance(value, (bool, int, float, str))


@pytest.mark.parametrize("name", MADE)
def test_a_frame_is_a_frozen_dataclass_of_numbers_texts_and_arrays(name):
    for values in settings(name, 8, 12):
        frame = made(name).frame(**values)
        assert [f.name for f in dataclasses.fields(frame) if not is_plain(getattr(frame, f.name))] == []
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(frame, dataclasses.fields(frame)[0].name, 0)


@pytest.mark.parametrize("name", MADE)
def test_a_frame_comes_back_from_json_number_by_number(name):
    view = made(name)
    for values in settings(name, 8, 4) + BEYOND.get(name, []):
        frame = view.frame(**values)
        for key, back in through_json(frame).items():
            value = getattr(frame, key)
            if isinstance(value, str):
                assert back == value
            else:
                np.testing.assert_array_equal(np.array(back, float), np.array(value, float))  # reads "NaN" too


@pytest.mark.parametrize("name", MADE)
def test_a_sentence_is_the_same_from_its_numbers_in_json(name):
    view = made(name)
    for values in settings(name) + BEYOND.get(name, []):
        frame = view.frame(**values)
        words = through_json(view.words(frame))
        assert fill(view.SENTENCES[words["name"]], words["numbers"]) == view.sentence(frame)


@pytest.mark.parametrize("name", MADE)
def test_a_sentence_reads_well_wherever_the_sliders_stand(name):
    view = made(name)
    for values in settings(name):
        text = view.sentence(view.frame(**values))
        assert text.endswith(".")
        assert not any(part in text for part in ("{", "}", "nan", "inf", "None", "-0", "−0.00 ", "  "))


@pytest.mark.parametrize("name", VIEWS)
def test_every_sentence_can_be_reached(name):
    kind = type(made(name))
    views = {other: made(other) for other in MADE if type(made(other)) is kind}
    found = {
        view.words(view.frame(**values)).name
        for other, view in views.items()
        for values in settings(other, 600, 300) + BEYOND.get(other, [])
    }
    assert found == set(kind.SENTENCES)


@pytest.mark.slow
@pytest.mark.parametrize("name", MADE)
def test_every_corner_of_the_sliders_is_shown(name):
    view = MADE[name]()  # a figure is taken over once
    live = view.live()
    for values in settings(name, 16, 4):
        live.render(**values)
        assert live.status == view.sentence(view.frame(**values))
        assert not live.still.problem


@pytest.mark.parametrize("name", MADE)
def test_sliders_are_told_as_json(name):
    view = made(name)
    told = through_json([describe(key, spec) for key, spec in view.sliders.items()])
    assert [one["name"] for one in told] == list(view.sliders)
    assert {one["name"]: one["start"] for one in told} == MADE[name]().live().values
    for one in told:
        if one["kind"] == "slider":
            assert one["lo"] <= one["start"] <= one["hi"]
        elif one["kind"] == "pad":
            assert all(0 <= v <= one["side"] for stroke in one["start"] for point in stroke for v in point)
        else:
            assert one["kind"] == "choice"
            assert one["start"] == one["options"][0]
            assert {key for sets in one["sets"].values() for key in sets} <= set(view.sliders)


# --- on the page

ON_PAGE = {name: lambda make=make: make().live() for name, make in VIEWS.items()} | WIDGETS


@pytest.fixture(scope="module", params=ON_PAGE)
def shown(request):
    return ON_PAGE[request.param]()


def widgets(view, kind):
    below = [w for child in getattr(view, "children", ()) for w in widgets(child, kind)]
    return [view, *below] if isinstance(view, kind) else below


def test_the_stored_output_is_a_picture_with_its_description(shown):
    data, metadata = shown._repr_mimebundle_()
    alt = metadata["image/png"]["alt"]
    assert len(alt) > 30
    assert alt.endswith(".")
    assert data["text/plain"] == f"<explorable: {alt}>"
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == shown.model_id
    stored = PIL.Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    assert stored.width == pytest.approx(1.5 * metadata["image/png"]["width"], abs=2)
    assert len(stored.convert("RGB").getcolors(10**6)) > 10  # not blank


def test_the_picture_on_the_page_is_named_as_the_stored_one(shown):
    alt = shown._repr_mimebundle_()[1]["image/png"]["alt"]
    if isinstance(shown, Live):
        assert shown.page["alt"] == alt
        assert "module" in shown.page or shown.picture == shown.png
    else:
        (image,) = widgets(shown, wd.Image)
        assert image.value == shown.png
        assert image.tooltip == alt


def test_the_words_are_said(shown):
    assert shown.status == shown.said != ""
    if isinstance(shown, Live):
        assert "module" in shown.page or shown.words == [shown.status, False]
    else:
        (line,) = [html for html in widgets(shown, wd.HTML) if "role=" in html.value]
        assert line.value.startswith('<div role="status"')


def test_whatever_can_be_moved_has_a_name_for_the_keyboard_and_for_a_screen_reader(shown):
    strips = widgets(shown, Strip)
    names = [one["label"] for strip in strips for one in strip.page["sliders"]]
    names += [button.description for button in widgets(shown, wd.Button)]
    assert names
    assert all(names)
    assert len({*names}) == len(names)
    assert all(button.tooltip for button in widgets(shown, wd.Button))


def test_it_can_be_set_back_and_leaves_no_figure_open(shown):
    shown.reset()
    assert shown.status
    assert plt.get_fignums() == []
