"""Each view's module in JavaScript gives the frames and the sentences of its Python class, in a real Chromium."""

import json
import math
import random

import numpy as np
import pytest
from _settings import settings
from _view_page import as_sent, view_page

from course_utils.explorables import VIEWS, NeuronView
from course_utils.formatting import format_number
from course_utils.live_figures.sentences import fill
from course_utils.live_figures.view import to_json

pytestmark = pytest.mark.browser
MADE = VIEWS | {"neuron, every activation": lambda: NeuronView(("step", "sigmoid", "tanh", "ReLU"))}
# Values that no slider has, but a hand may type.
BEYOND = {
    "by_hand": [{"w": 0.24, "b": -2.1}, {"w": 0.0, "b": 0.0}],
    "descent": [{"rate": rate, "steps": 15, "start": 0.0} for rate in (0.25, 0.3, 0.5)]
    + [{"rate": 0.1, "steps": 15, "start": 3.0}, {"rate": 1e300, "steps": 60, "start": 0.0}]
    + [{"rate": 1e308, "steps": 1, "start": 7.0}],
    "neuron": [{"w": 1.234, "b": 0.0, "x": 2.0, "activation": "sigmoid"}],
}
# What is not finite has no place in JSON.
RUN = """async ([view, rows]) => {
  const { frame, sentence } = await course.load(view);
  const plain = (key, value) => {
    if (ArrayBuffer.isView(value)) return Array.from(value);
    return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
  };
  return rows.map(values => {
    const shown = frame(values);
    return JSON.stringify([shown, sentence(shown)], plain);
  });
}"""


@pytest.fixture(scope="module")
def page(chromium):
    page = view_page(chromium)
    yield page
    page.close()


def agree(theirs, ours):
    """Tell whether a value of the page's frame is Python's: numbers to 1e-9, all else exactly."""
    if isinstance(ours, str) and ours not in {"NaN", "Infinity", "-Infinity"}:
        return theirs == ours
    a, b = np.array(theirs, float), np.array(ours, float)
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-9, atol=1e-12, equal_nan=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in MADE if MADE[name]().module()])
def test_the_page_gives_the_frames_and_sentences_of_python(page, name):
    view = MADE[name]()
    rows = settings(view.sliders) + BEYOND.get(name, [])
    for values, text in zip(rows, page.evaluate(RUN, [as_sent(view), rows]), strict=True):
        theirs, said = json.loads(text)
        frame = view.frame(**values)
        ours = to_json(frame)
        assert theirs.keys() == ours.keys()
        assert [(key, theirs[key], ours[key]) for key in ours if not agree(theirs[key], ours[key])] == [], values
        assert said == view.sentence(frame), values


# --- numbers


def numbers():
    """Return numbers of all sizes, ties among them, and those at which powers of ten begin."""
    rng = random.Random(0)
    found = [0.0, -0.0, math.nan, math.inf, -math.inf, 5e-324, 1.7976931348623157e308, 1e21, 1e22, -1e25, 2.0**70]
    found += [k / 2**n for n in range(12) for k in range(-40, 41)]  # their decimals end: many are ties
    found += [float(f"{digits}e{k}") for digits in ("1", "9.9995", "9.5", "4.9999", "5") for k in range(-12, 13)]
    found += [rng.uniform(-1, 1) * 10 ** rng.uniform(-9, 9) for _ in range(2000)]
    return found + [rng.uniform(-1, 1) * 10 ** rng.uniform(-300, 300) for _ in range(500)]


FORMS = [".0f", ".1f", ".2f", ".3f", "f", "g", ".3g", ".4g", ".10g", ".0e", ".2e", "e", ",.1f", "short", "(short)"]


@pytest.mark.parametrize("form", FORMS)
def test_a_number_is_written_in_the_page_as_in_python(page, form):
    found = numbers()
    texts = page.evaluate("([values, form]) => values.map(value => course.formatNumber(value, form))", [found, form])
    ours = [format_number(value, form) for value in found]
    assert [(v, t, o) for v, t, o in zip(found, texts, ours, strict=True) if t != o] == []


@pytest.mark.parametrize("form", ["d", ",", ",d"])
def test_a_whole_number_is_written_in_the_page_as_in_python(page, form):
    found = [*range(-1200, 1200), *(7**k for k in range(18)), *(-(10**k) for k in range(16))]
    texts = page.evaluate("([values, form]) => values.map(value => course.formatNumber(value, form))", [found, form])
    assert texts == [format_number(value, form) for value in found]


@pytest.mark.parametrize(
    "template",
    [
        "{n} of {word}",
        "{x:.2f}, {x:g}, {x:.1f}",
        "{list:.1f}",
        "{list[1]:g} then {names[0]}",
        "{names}",
        "{x:(short)} {{}}",
    ],
)
def test_a_template_is_filled_in_the_page_as_in_python(page, template):
    found = {"n": 3, "word": "many", "x": -0.25, "list": [0.5, -1], "names": ["a", "b"]}
    assert page.evaluate("([template, found]) => course.fill(template, found)", [template, found]) == fill(
        template, found
    )
