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
        ask="The slope is −2, the learning rate is 0.1, and w is 5. Where does one step lead?",
        options={
            "4.8": "This goes uphill. The rule subtracts, and minus times minus is plus.",
            "5.2": "5 − 0.1 · (−2): where the slope is negative, the step leads to the right.",
            "3": "The rate is missing, and the step goes uphill.",
            "7": "The rate is missing. The step is a tenth of that.",
        },
        key=lambda: f"{5 - 0.1 * -2:g}",
    ),
    Question(
        id="curvature_and_rate",
        ask="A parabola has the curvature 10. With which of these rates does descent diverge?",
        options={
            "0.05": "The factor is 1 − 0.5 = 0.5, so the distance is halved in each step.",
            "0.1": "The factor is 0. It arrives in a single step.",
            "0.19": "The factor is −0.9. It swings from side to side, but each time it comes nearer.",
            "0.21": "The factor is −1.1, because the rate is above 2 / 10. Each step ends farther away.",
        },
        key=_diverges,
    ),
    Question(
        id="slow_or_wrong",
        ask="In a training the cost falls at every step, but each time by a thousandth at most. What do you try?",
        options={
            "A smaller rate": "The steps are tiny already, and this would make them tinier.",
            "A larger rate": "As long as the cost falls at every step, there is likely to be room above, and it costs "
            "little to try.",
            "Other data": "Perhaps later. So far nothing says that the data are at fault.",
            "To step along the gradient, not against it": "The cost falls, so the direction is right. It is the length "
            "of the step that is not.",
        },
        key="A larger rate",
    ),
    Question(
        id="two_curvatures",
        ask="The cost is a bowl with curvature 10 across its valley and 0.1 along it. Below which rate does descent "
        "converge from every start?",
        options={
            "0.1": "It converges there, and at rates up to twice as large, too.",
            "0.2": "This is 2 / 10: the direction of the largest curvature sets the limit for all.",
            "10": "Across the valley each step would multiply the distance by 1 − 100.",
            "20": "This is 2 / 0.1, the limit along the valley. Across it the distance would be multiplied by −199.",
        },
        key=lambda: f"{2 / max(10, 0.1):g}",
    ),
    Question(
        id="what_a_seed_does",
        ask="You draw 120 apples with seed 2, and a friend does the same. What is the seed good for?",
        options={
            "The apples are better": "One seed is as good as another. It only says where the generator starts.",
            "Both of you get the same apples": "The generator starts from the same number and goes the same way, so "
            "your results can be compared.",
            "The apples are more random": "They are no more random than with another seed, and not one bit less "
            "determined.",
            "The descent starts at 2": "The seed belongs to the generator that draws the apples. The descent started "
            "at zeros.",
        },
        key="Both of you get the same apples",
    ),
)
