"""The five questions of toolbox T2: slopes."""

import numpy as np

from course_utils.exercises import Question

QUESTIONS = (
    Question(
        id="slope_of_square",
        ask="At which x has y = x² the slope −4?",
        options={
            "−4": "There the slope is 2 · (−4) = −8.",
            "−2": "2x = −4. To the left of its lowest place a parabola falls.",
            "2": "There it has the slope 4: to the right it rises.",
            "16": "This is the height at −4, or at 4.",
        },
        key=lambda: f"{np.roots([2, 4])[0]:.0f}".replace("-", "−"),
    ),
    Question(
        id="both_sides",
        ask="Why do we measure a slope with a nudge to both sides?",
        options={
            "It is faster": "It takes two new values of f, where a nudge to one side needs one.",
            "The curve's bending cancels": "What is too much on one side is too little on the other, so that the same "
            "h gives a better answer.",
            "Then h may be as small as we like": "Also here two nearly equal numbers are subtracted, and rounding "
            "spoils the result for a very small h.",
            "A slope to one side has another sign": "Both ratios tend to the same number where the curve is smooth.",
        },
        key="The curve's bending cancels",
    ),
    Question(
        id="chain_of_three",
        ask="A chain has links with the slopes 2, 0 and 50 at the present place. What is the slope of the whole chain?",
        options={
            "52": "Slopes of links multiply, they are not added.",
            "100": "One link does not move at all, whatever the others do.",
            "0": "What comes after a link that stands still does not move either.",
            "There is none": "The product of three numbers is a number.",
        },
        key=lambda: str(np.prod([2, 0, 50])),
    ),
    Question(
        id="gradient_is",
        ask="What is the gradient of a cost J that depends on 784 weights?",
        options={
            "The largest of its 784 slopes": "The largest is one entry of it.",
            "784 numbers, one slope for each weight": "Each is measured with all other weights held still.",
            "The lowest value of J": "That is the minimum. At it, all entries of the gradient are 0.",
            "The direction in which J falls fastest": "It points to where J rises fastest. Downhill is against it.",
        },
        key="784 numbers, one slope for each weight",
    ),
    Question(
        id="slope_zero",
        ask="At some place the slope of a smooth curve is 0. What do we know?",
        options={
            "It is the lowest place of all": "x³ has the slope 0 at 0, and goes on falling to the left of it.",
            "It is a minimum or a maximum": "x³ at 0 is neither: it rises on both sides.",
            "Small nudges change the height by much less than their own size": "That is all. The slopes close by, "
            "on both sides, tell more.",
            "The curve is a constant": "x² has the slope 0 at 0, and is no constant.",
        },
        key="Small nudges change the height by much less than their own size",
    ),
)
