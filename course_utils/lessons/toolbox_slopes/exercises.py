"""Exercises of toolbox T2: slopes by rules, through a chain, in several directions, and where they are 0."""

import numpy as np

from course_utils.exercises import exercise, open_exercise, prediction
from course_utils.plots import lines


@prediction(
    title="a little further on",
    aim="A square with a side of 3 cm has an area of 9 cm², and there the slope is 6. "
    "About how large is the area at 3.02 cm? Two decimals do.",
    shapes="a number",
    hints=(
        "The side grows by 0.02. How many times as much does the area grow?",
        "The area grows by about 6 times 0.02.",
        "9 + 6 · 0.02.",
    ),
    why="The exact area is 9.1204. The slope foretells it up to the little corner of 0.02 by 0.02.",
    atol=0.0051,
)
def predict_after_nudge():
    return 9 + 6 * 0.02


predict_after_nudge.mistake("That is the slope times the nudge, which is how much is added to 9.", 0.12)
predict_after_nudge.mistake("The nudge is 0.02 and not 0.2.", 10.2)
predict_after_nudge.mistake("The area grows by more than the side: by 6 times as much.", 9.02)
predict_after_nudge.mistake("The slope is 6 for each whole centimetre. The side has grown by 0.02 only.", 15)
predict_after_nudge.mistake("The slope is 2 · 3 here. With 3 the growth is half of what it is.", 9.06)
predict_after_nudge.mistake("The side grows, so the area grows: add.", 8.88)

predict_after_nudge.also(9.12, 3.02**2, "9.12", np.float32(9.12))


def _parabola_inputs() -> list[tuple]:
    rng = np.random.default_rng(201)
    return [
        (3.0, 5.0, 2.0),
        (1, 0, 4),
        (-2, 7, 1),
        (0.5, -3.0, -2.0),
        (2.0, 1.0, rng.normal(size=3)),
        (rng.normal(), rng.normal(), rng.normal()),
    ]


@exercise(
    title="the slope of a parabola",
    aim="Give the slope of y = a x² + b x + c at x, by the rules.",
    shapes="a, b and x numbers (x may be an array) -> a number, or one for each x",
    hints=(
        "Take the slopes of the three parts and add them. What is the slope of the part c?",
        "x² has the slope 2x, and a times that is a times as steep.",
        "2 * a * x + b",
    ),
    why="A constant moves nothing: that is why c is not even handed over.",
    inputs=_parabola_inputs,
)
def parabola_slope(a, b, x):
    return 2 * a * x + b


parabola_slope.mistake("The factor 2 is missing: the slope of x² is 2x.", lambda a, b, x: a * x + b)
parabola_slope.mistake("The slope of the part b x is missing. It is b.", lambda a, b, x: 2 * a * x)
parabola_slope.mistake("This is the height of a x² + b x. Its slope is asked for.", lambda a, b, x: a * x**2 + b * x)
parabola_slope.mistake("The slope of b x is b, whatever x is.", lambda a, b, x: 2 * a * x + b * x)
parabola_slope.mistake("The slope of x² depends on the place: it is 2x.", lambda a, b, x: 2 * a + b + 0 * x)
parabola_slope.mistake("The power falls by one: x² has the slope 2x.", lambda a, b, x: 2 * a * x**2 + b)
parabola_slope.mistake("The factor a is missing: a x² is a times as steep as x².", lambda a, b, x: 2 * x + b)

parabola_slope.also(
    lambda a, b, x: b + 2 * a * x,
    lambda a, b, x: a * x + a * x + b,
    lambda a, b, x: np.polyval([2 * a, b], x),
    lambda a, b, x: (a * (x + 0.5) ** 2 + b * (x + 0.5)) - (a * (x - 0.5) ** 2 + b * (x - 0.5)),
)


@prediction(
    title="two links",
    aim="At some place p moves by 0.2 for every 1 that z moves, and the loss moves by −5 for every 1 that p moves. "
    "By how much does the loss change, about, if z is raised by 0.1?",
    shapes="a number",
    hints=(
        "By how much does p move if z moves by 0.1?",
        "p moves by 0.2 · 0.1 = 0.02, and the loss by −5 times that.",
        "0.1 · 0.2 · (−5).",
    ),
    why="The slopes of links in a chain multiply: the slope of the loss in z is 0.2 · (−5) = −1.",
    atol=1e-6,
)
def predict_two_links():
    return 0.1 * 0.2 * -5


predict_two_links.mistake("That is the slope of the loss in z. z moves by 0.1 only.", -1)
predict_two_links.mistake("The sign is lost: the loss falls where p rises.", 0.1)
predict_two_links.mistake("That is how far p moves. The loss moves −5 times as far.", 0.02)
predict_two_links.mistake("The first link is left out: p moves less than z does.", -0.5)
predict_two_links.mistake("Slopes in a chain are multiplied, not added.", -4.8)
predict_two_links.mistake("That is the sum of both slopes times 0.1. In a chain they are multiplied.", -0.48)
predict_two_links.mistake("One zero too many: 0.1 · 0.2 · 5 is 0.1.", -0.01)

predict_two_links.also(-0.1, "-0,1", "−0.1", np.float64(-0.1))


def _bell_inputs() -> list[tuple]:
    rng = np.random.default_rng(202)
    return [(1.0,), (-2.0,), (0,), (0.5,), (3,), (rng.normal(size=4),), (rng.normal(size=7),)]


@exercise(
    title="the slope of a bell",
    aim="Give the slope of y = exp(−x²/2), the bell curve, at x. Two links: u = −x²/2 and y = exp(u).",
    shapes="x a number or an array -> a number, or one for each x",
    hints=(
        "How steep is u = −x²/2, and how steep is exp(u)?",
        "The first link has the slope −x, and the second exp(u), taken at u = −x²/2.",
        "-x * np.exp(-(x**2) / 2)",
    ),
    why="The slope is steepest at x = −1 and x = 1, one standard deviation from the middle.",
    inputs=_bell_inputs,
)
def bell_slope(x):
    return -x * np.exp(-(x**2) / 2)


bell_slope.mistake(
    "The first link is missing. exp(u) has the slope exp(u) in u, but x moves u by −x times as much.",
    lambda x: np.exp(-(x**2) / 2),
)
bell_slope.mistake("The sign is flipped: to the right of 0 the bell falls.", lambda x: x * np.exp(-(x**2) / 2))
bell_slope.mistake("The slope of x²/2 is x and not 2x: the half counts.", lambda x: -2 * x * np.exp(-(x**2) / 2))
bell_slope.mistake(
    "The second link is taken at the wrong place: exp(u) at u = −x²/2, not at the slope of u.",
    lambda x: -x * np.exp(-x),
)
bell_slope.mistake("This is the slope of the first link alone.", lambda x: -x + 0.0)
bell_slope.mistake("This is the exp of the first link's slope.", lambda x: np.exp(-x))
bell_slope.mistake("In the exponent the half is missing.", lambda x: -x * np.exp(-(x**2)))
bell_slope.mistake(
    "-x**2 / 2 is right, and (-x)**2 / 2 is positive: the minus stands before the square.",
    lambda x: -x * np.exp((-x) ** 2 / 2),
)
bell_slope.mistake("The slopes of the two links are added. They multiply.", lambda x: -x + np.exp(-(x**2) / 2))

bell_slope.also(
    lambda x: -x / np.exp(x**2 / 2),
    lambda x: np.exp(-(x**2) / 2) * (-2 * x / 2),
    lambda x: -x * np.sqrt(np.exp(-(x**2.0))),
    lambda x: -np.asarray(x) * np.exp(-np.square(x) / 2),
)


@bell_slope.payoff
def _(answer):
    x = np.linspace(-4, 4, 161)  # (161,)
    h = 1e-5
    measured = (np.exp(-((x + h) ** 2) / 2) - np.exp(-((x - h) ** 2) / 2)) / (2 * h)
    ax = lines(x, {"bell": np.exp(-(x**2) / 2), "your slope": answer(x)}, xlabel="x", ylabel="y")
    print(f"Your slope and the measured one differ by at most {np.abs(answer(x) - measured).max():.0e}.")
    return ax.figure, "A bell, and its slope: positive on the left, 0 in the middle, negative on the right."


def _bowl_inputs() -> list[tuple]:
    rng = np.random.default_rng(203)
    return [(1.0, 2.0), (3, 0), (0, -1), (0, 0), (-2.0, 0.5), tuple(rng.normal(size=2))]


@exercise(
    title="a gradient of two numbers",
    aim="Give the gradient of J(w, b) = w² + w b + 2 b²: its slope in w and its slope in b, in one array.",
    shapes="w and b numbers -> (2,)",
    hints=(
        "For the slope in w treat b as a constant. Then w b is a line with the slope b, and 2 b² does not move.",
        "The slope in w is 2w + b. Do the same with w held still.",
        "np.array([2 * w + b, w + 4 * b])",
    ),
    why="With a thousand weights nothing changes: one at a time, all others held still.",
    inputs=_bowl_inputs,
)
def bowl_gradient(w, b):
    return np.array([2 * w + b, w + 4 * b])


bowl_gradient.mistake(
    "The part w b is left out. It has the slope b in w, and the slope w in b.",
    lambda w, b: np.array([2 * w, 4 * b]),
)
bowl_gradient.mistake(
    "The two entries are exchanged: the slope in w comes first.", lambda w, b: np.array([w + 4 * b, 2 * w + b])
)
bowl_gradient.mistake(
    "The slope of w b in w is b, and in b it is w. These two are exchanged.",
    lambda w, b: np.array([3 * w, 5 * b]),
)
bowl_gradient.mistake(
    "2 b² has the slope 4 b: the factor 2 and the 2 of the square.", lambda w, b: np.array([2 * w + b, w + 2 * b])
)
bowl_gradient.mistake(
    "Both slopes are added up to one number. The gradient keeps them apart.", lambda w, b: 3 * w + 5 * b
)
bowl_gradient.mistake(
    "In the slope in w the part 2 b² does not move. In the slope in b the part w² does not move.",
    lambda w, b: np.array([2 * w + b + 4 * b, w + 4 * b + 2 * w]),
)
bowl_gradient.mistake(
    "This points downhill. The gradient points uphill.", lambda w, b: -np.array([2 * w + b, w + 4 * b])
)
bowl_gradient.mistake("This is J itself, the height.", lambda w, b: w**2 + w * b + 2 * b**2)

bowl_gradient.also(
    lambda w, b: np.array([[2, 1], [1, 4]]) @ np.array([w, b]),
    lambda w, b: np.stack([w + w + b, w + 4.0 * b]),
    lambda w, b: np.array([b, w]) + np.array([2 * w, 4 * b]),
)


def _lowest_inputs() -> list[tuple]:
    rng = np.random.default_rng(204)
    return [
        (1.0, -4.0),
        (2, 4),
        (0.5, 3.0),
        (3, 0),
        (rng.uniform(1, 5), rng.normal()),
        (rng.uniform(1, 5), rng.normal()),
    ]


@exercise(
    title="where a parabola is lowest",
    aim="At which x is y = a x² + b x + c lowest? a is positive.",
    shapes="a > 0 and b numbers -> x a number",
    hints=(
        "How large is the slope at the lowest place?",
        "The slope is 2 a x + b. Set it to 0 and solve for x.",
        "-b / (2 * a)",
    ),
    why="This is a minimum found without a search. For a network no such formula is known, and so it searches.",
    inputs=_lowest_inputs,
)
def lowest_at(a, b):
    return -b / (2 * a)


lowest_at.mistake("The sign is flipped: 2 a x + b = 0 gives x = −b / (2a).", lambda a, b: b / (2 * a))
lowest_at.mistake("The 2 is missing: the slope of a x² is 2 a x.", lambda a, b: -b / a)
lowest_at.mistake("-b / 2 * a multiplies by a. Put brackets around 2 * a.", lambda a, b: -b / 2 * a)
lowest_at.mistake("This is how low it is there, for c = 0. The place is asked for.", lambda a, b: -(b**2) / (4 * a))
lowest_at.mistake("The fraction is upside down: 2 a x = −b, so divide by 2a.", lambda a, b: -2 * a / b if b else 0.0)
lowest_at.mistake("a and b are exchanged.", lambda a, b: -a / (2 * b) if b else 0.0)
lowest_at.mistake("Only for b = 0 is the lowest place at 0.", lambda a, b: 0.0)

lowest_at.also(
    lambda a, b: -0.5 * b / a,
    lambda a, b: np.roots([2 * a, b])[0],
    lambda a, b: np.float32(-b / (2 * a)) if b == 0 else -b / a / 2,
)


def _softplus_inputs() -> list[tuple]:
    rng = np.random.default_rng(205)
    return [(0.0,), (1,), (-2.0,), (3.0,), (rng.normal(size=4),), (rng.normal(scale=3, size=6),)]


@exercise(
    title="the slope of a round corner",
    aim="Give the slope of y = log(1 + eᶻ) at z. Far to the left y is nearly 0, far to the right nearly z.",
    shapes="z a number or an array -> a number, or one for each z",
    hints=(
        "Name what stands between z and y, one link at a time.",
        "u = eᶻ, v = 1 + u, y = log v. Their slopes are eᶻ, 1 and 1/v.",
        "np.exp(z) / (1 + np.exp(z)). Have you met this function before?",
    ),
    why="It is the sigmoid. So the loss of somebody who failed rises with the logit at the rate p, as lesson 02 finds.",
    inputs=_softplus_inputs,
    rtol=1e-6,
)
def softplus_slope(z):
    return np.exp(z) / (1 + np.exp(z))


softplus_slope.mistake("The first link is missing: eᶻ has the slope eᶻ.", lambda z: 1 / (1 + np.exp(z)))
softplus_slope.mistake("This is y itself, the height.", lambda z: np.log(1 + np.exp(z)))
softplus_slope.mistake("The last link is missing: log v has the slope 1/v.", lambda z: np.exp(z))
softplus_slope.mistake(
    "The slope of log v is 1/v with the whole of v = 1 + eᶻ. Here the 1 is lost.", lambda z: np.exp(z) / np.exp(z)
)
softplus_slope.mistake(
    "1/v is taken twice: this is the slope of the sigmoid.", lambda z: np.exp(z) / (1 + np.exp(z)) ** 2
)
softplus_slope.mistake("The slopes are added. In a chain they multiply.", lambda z: np.exp(z) + 1 / (1 + np.exp(z)))
softplus_slope.mistake("The sign is flipped: y rises with z.", lambda z: -np.exp(z) / (1 + np.exp(z)))

softplus_slope.also(
    lambda z: 1 / (1 + np.exp(-z)),
    lambda z: 0.5 * (1 + np.tanh(z / 2)),
    lambda z: np.exp(z - np.logaddexp(0, z)),
    lambda z: (np.logaddexp(0, z + 1e-5) - np.logaddexp(0, z - 1e-5)) / 2e-5,
)


prove_product = open_exercise(
    "prove_product",
    title="the rule for a product",
    task="y = f · g, where both f and g depend on x. A small nudge of x moves f by df and g by dg. Show that the "
    "slope of y is f' · g + f · g', and check it with f = x and g = x.",
    answer="After the nudge the product is (f + df) (g + dg) = f g + df · g + f · dg + df · dg. So it has moved by "
    "df · g + f · dg + df · dg. Divide by the nudge h: df/h tends to f', and dg/h to g', which gives f' · g + f · g'. "
    "In the last part one of the two is still there undivided: df/h · dg tends to f' · 0 = 0, because dg becomes as "
    "small as we like.\n\n"
    "With f = x and g = x both slopes are 1, and the rule gives 1 · x + x · 1 = 2x, the slope of x². In the picture "
    "of a square these are its two strips, and df · dg is its corner.",
    effort="do",
    hints=("Multiply out (f + df) (g + dg). Which part is much smaller than the others?",),
)


corner_slope = open_exercise(
    "corner_slope",
    title="a corner",
    task="The function max(0, x) is 0 to the left of 0, and x to the right of it. What is its slope at −1, at 2, and "
    "at 0? Measure the last one with a nudge to the right, to the left, and to both sides. A program needs "
    "some slope at 0. What should it answer?",
    answer="At −1 it is 0 and at 2 it is 1. At 0 the ratio with a nudge to the right is h/h = 1, to the left 0, "
    "and with both sides (h − 0)/(2h) = 0.5, however small h is. The three do not come together, so that there is no "
    "slope at 0: the function has a corner there.\n\n"
    "A program may answer any number from 0 to 1, since that place is hardly ever hit exactly, and most libraries "
    "answer 0. What matters is to know it when slopes are checked by differences: near a corner, measured and computed "
    "slopes may disagree although both are right. This function is called ReLU, and lesson 06 uses it.",
    effort="do",
    hints=("Write down max(0, h), max(0, −h) and max(0, 0) for a small positive h.",),
)
