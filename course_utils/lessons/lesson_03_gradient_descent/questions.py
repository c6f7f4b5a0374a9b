"""The five questions of lesson 03: gradient descent."""

from course_utils.exercises import Question
from course_utils.gradients import gradient_descent


def _diverges():
    rates = (0.05, 0.1, 0.19, 0.21)
    ends = [gradient_descent(lambda w: 10 * w, [1.0], learning_rate=rate, steps=100)[-1, 0] for rate in rates]
    (worst,) = (rate for rate, end in zip(rates, ends, strict=True) if abs(end) > 1)
    return f"{worst:g}"


QUESTIONS = (
    Question(
        id="one_step_down",
        ask="The slope is −2, the learning rate 0.1, w is 5. What is w after the step?",
        options={
            "4.8": "This goes uphill. Minus times minus is plus.",
            "5.2": "5 − 0.1 · (−2).",
            "3": "The rate is missing, and the sign is turned.",
            "7": "The rate is missing.",
        },
        key=lambda: f"{5 - 0.1 * -2:g}",
    ),
    Question(
        id="curvature_and_rate",
        ask="A parabola has curvature 10. Which rate diverges?",
        options={
            "0.05": "Factor 0.5. It arrives.",
            "0.1": "Factor 0. It arrives at once.",
            "0.19": "Factor −0.9. It oscillates, and arrives.",
            "0.21": "Factor −1.1, beyond 2 / 10.",
        },
        key=_diverges,
    ),
    Question(
        id="too_small_h",
        ask="Why is h = 10⁻¹⁵ a poor choice for a difference quotient?",
        options={
            "It becomes 0": "Numbers far smaller are kept. It is the difference of two values that suffers.",
            "Digits cancel": "The two values agree in nearly all of their 16 digits.",
            "The formula is wrong": "Its own error is tiny at such an h.",
            "It is too large": "For the formula alone, smaller were better.",
        },
        key="Digits cancel",
    ),
    Question(
        id="slow_or_wrong",
        ask="The cost falls at every step, but by less than a thousandth of itself. What do you try first?",
        options={
            "A smaller rate": "The steps are tiny already, and they would become tinier.",
            "A larger rate": "It falls at every step, so the rate is below the limit, and there may be room above it.",
            "More digits in the floats": "Sixteen digits are plenty for such a step.",
            "Another direction": "The cost falls, so the direction is right. It is the length of the step that is not.",
        },
        key="A larger rate",
    ),
    Question(
        id="two_curvatures",
        ask="A valley has curvature 10 across and 0.1 along. Up to which rate does descent converge from every start?",
        options={
            "0.1": "It converges there, and it would at twice that rate, too.",
            "0.2": "2 / 10: the direction of largest curvature sets the limit for all.",
            "10": "Across the valley each step would be multiplied by 1 − 100.",
            "20": "That is the limit along the valley. Across it, the steps grow.",
        },
        key=lambda: f"{2 / max(10, 0.1):g}",
    ),
)
