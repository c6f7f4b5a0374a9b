"""An exercise that asks for a score: who reaches it is right, and the others are told what they reached, and why."""

import sys

import numpy as np
import pytest

from course_utils.exercises import judge
from course_utils.exercises.feedback import describe
from course_utils.model_checks import score_exercise

NUMBERS = [(float(z),) for z in range(-5, 5)]  # -5 … 4
TRUTHS = [z > 0 for (z,) in NUMBERS]


def share(outputs, truths):
    if any(np.ndim(output) for output in outputs):
        raise ValueError("It must return one answer for each number.")
    right = sum(bool(output) == truth for output, truth in zip(outputs, truths, strict=True))
    return right / len(truths), f"{right} of {len(truths)} are right."


@pytest.fixture
def positive():
    @score_exercise(
        title="above zero",
        aim="Is the number above 0?",
        shapes="z a number -> True or False",
        hints=("Compare.",),
        why="A threshold is the simplest classifier.",
        data=lambda: (NUMBERS, TRUTHS),
        measure=share,
        bar=0.9,
        demand="of ten numbers",
    )
    def is_positive(z):
        return z > 0

    is_positive.mistake("Always the same answer looks at nothing.", lambda z: False)
    return is_positive


def test_whoever_reaches_the_bar_is_right_in_any_way(positive):
    for answer in (positive.solution, lambda z: np.sign(z) == 1, lambda z: z > 1):  # the last one is 9 of 10
        verdict = judge(positive, answer)
        assert verdict.state == "right"
    assert verdict.how == "9 of 10 are right."
    assert describe(positive, verdict).endswith("A threshold is the simplest classifier. 9 of 10 are right.")


def test_the_bar_may_depend_on_the_data_at_hand(positive):
    parts = {name: getattr(positive, name) for name in ("title", "aim", "shapes", "hints", "why", "measure", "demand")}
    bars = [0.8, 0.9]
    moving = score_exercise(**parts, data=lambda: (NUMBERS, TRUTHS), bar=lambda: bars[0])(positive.solution)
    assert judge(moving, lambda z: z > 2).state == "right"
    assert moving.signature.endswith("; 80% of ten numbers")
    bars.reverse()
    verdict = judge(moving, lambda z: z > 2)
    assert (verdict.state, verdict.how) == ("wrong", "8 of 10 are right. 90% is asked for.")
    assert moving.signature.endswith("; 90% of ten numbers")


def test_below_the_bar_the_score_is_told(positive):
    verdict = judge(positive, lambda z: z > 2)
    assert (verdict.state, verdict.how) == ("wrong", "8 of 10 are right. 90% is asked for.")
    assert verdict.diagnosis == ""


def test_a_listed_mistake_is_named_by_its_outputs(positive):
    verdict = judge(positive, lambda z: z > 99)
    assert verdict.diagnosis == "Always the same answer looks at nothing."
    assert verdict.cause == positive.wrong[0].name


def test_the_luck_of_the_seed_is_allowed_for():
    parts = {"title": "t", "aim": "a", "shapes": "z -> bool", "hints": (), "why": "w.", "demand": "of them"}
    lucky = score_exercise(**parts, data=lambda: (NUMBERS, TRUTHS), measure=share, bar=0.9, spread=0.05)(
        lambda z: z > 0
    )
    assert judge(lucky, lambda z: z > 2).state == "right"  # 0.8 is 0.9 - 2 * 0.05
    below = judge(lucky, lambda z: z > 3)
    assert below.how == "7 of 10 are right. 90% is asked for (80% with the luck of the seed allowed for)."


def test_a_stub_is_not_answered_yet(positive):
    def is_positive(z):
        return ...

    assert [judge(positive, answer).state for answer in (is_positive, ..., None)] == ["open"] * 3


def test_what_cannot_be_judged_is_said(positive):
    assert (
        judge(positive, 3).how == "The answer is a function; a int came. Hand it over without calling it: is_positive."
    )
    assert judge(positive, lambda: 1).how == "It must take these arguments: (z). Yours takes ()."
    assert judge(positive, lambda z: [z, z]).how == "It must return one answer for each number."


def test_an_error_is_shown_with_its_line(positive):
    def fails_late(z):
        return 1 / (z - 2)

    verdict = judge(positive, fails_late)
    assert verdict.how == "It stopped with an error."
    assert verdict.arguments == (2.0,)
    assert "ZeroDivisionError" in describe(positive, verdict)


def test_one_that_does_not_end_is_stopped(positive, monkeypatch):
    monkeypatch.setattr(sys.modules["course_utils.model_checks.score_exercise"], "SECONDS", 1.0)

    def endless(z):
        while True:
            pass

    assert judge(positive, endless).how == "It did not come to an end within 1 seconds."


def test_the_card_says_what_is_asked_for(positive):
    assert positive.signature == "is_positive(z): z a number -> True or False; 90% of ten numbers"
