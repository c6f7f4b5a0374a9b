"""Exercises of lesson 03: a slope by differences, steps downhill, and the rate that decides where they lead."""

import math

import numpy as np

from course_utils.exercises import exercise, open_exercise, prediction


@exercise(
    title="a slope from two values",
    aim="Give the slope of f at x: go h to the right and h to the left, and divide the rise between them "
    "by their distance.",
    shapes="f a function, x a number, h a number above 0 -> slope",
    hints=(
        "For f(x) = x², x = 3 and h = 1 the two values are 16 and 4. How far apart are the two places?",
        "The rise is f(x + h) − f(x − h). The way from x − h to x + h is 2 h.",
        "(… − …) / (2 * h), with both pairs of brackets.",
    ),
    why="Every gradient of this course is checked against this line.",
    inputs=lambda: [
        (np.square, 3.0, 1.0),
        (np.exp, 1.0, 0.5),
        (np.sin, 0.5, 0.001),
        (np.tanh, -1.0, 0.1),
        (np.log, 2.0, 0.25),
        (np.cos, 4, 0.5),
    ],
)
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


central_difference.mistake(
    "This looks to the right only. Take the left side too: f(x − h), and 2 h.", lambda f, x, h: (f(x + h) - f(x)) / h
)
central_difference.mistake(
    "This looks to the left only. Take the right side too: f(x + h), and 2 h.", lambda f, x, h: (f(x) - f(x - h)) / h
)
central_difference.mistake("From x − h to x + h the way is 2 h, not h.", lambda f, x, h: (f(x + h) - f(x - h)) / h)
central_difference.mistake(
    "The rise has to be divided by the whole way, 2 h. Here h is missing.", lambda f, x, h: (f(x + h) - f(x - h)) / 2
)
central_difference.mistake(
    "Python reads / 2 * h from the left: it divides by 2 and then multiplies by h. Write / (2 * h).",
    lambda f, x, h: (f(x + h) - f(x - h)) / 2 * h,
)
central_difference.mistake(
    "Only the second value is divided here. Put the difference in brackets: (… − …) / (2 * h).",
    lambda f, x, h: f(x + h) - f(x - h) / (2 * h),
)
central_difference.mistake(
    "The sign is turned, because this is left minus right. Take right minus left.",
    lambda f, x, h: (f(x - h) - f(x + h)) / (2 * h),
)
central_difference.mistake(
    "This is the rise. The slope is the rise divided by the distance, 2 h.", lambda f, x, h: f(x + h) - f(x - h)
)
central_difference.mistake(
    "The two values are added. The rise is their difference.", lambda f, x, h: (f(x + h) + f(x - h)) / (2 * h)
)
central_difference.mistake(
    "The rise is multiplied by the distance here. The slope is the rise divided by it.",
    lambda f, x, h: (f(x + h) - f(x - h)) * (2 * h),
)

central_difference.mistake(
    "This goes half of h to each side. Here the way is h to the right and h to the left.",
    lambda f, x, h: (f(x + h / 2) - f(x - h / 2)) / h,
)
central_difference.mistake(
    "The values are taken at h / 2, and the way between them is counted as 2 h.",
    lambda f, x, h: (f(x + h / 2) - f(x - h / 2)) / (2 * h),
)
central_difference.also(
    lambda f, x, h: (f(x + h) - f(x - h)) / 2 / h,
    lambda f, x, h: (f(x - h) - f(x + h)) / (-2 * h),
    lambda f, x, h: 0.5 * ((f(x + h) - f(x)) / h + (f(x) - f(x - h)) / h),
)


@central_difference.also
def _(f, x, h):
    a, b = x - h, x + h
    return (f(b) - f(a)) / (b - a)


@central_difference.payoff
def _(difference):
    kilos, euros = np.array([1.0, 1.0, 2.0]), np.array([2.5, 3.5, 6.0])

    def price_cost(w):
        return np.mean((w * kilos - euros) ** 2)

    print("The bags at w = 1, measured by your function:")
    for h in (1.0, 0.1, 0.01):
        print(f"  h = {h:4}   slope {difference(price_cost, 1.0, h):.3f}")
    print("On a parabola the two sides make up for each other, so that even h = 1 is exact.")


def half(w):
    """Return the slope of w² / 4."""
    return w / 2


@exercise(
    title="steps downhill",
    aim="Walk downhill from w, step by step, against the slope. Give all places on the way, the start first.",
    shapes="gradient a function, three numbers -> path (steps + 1,)",
    hints=(
        "Begin with one step by hand. Where the slope is w / 2, from w = 8 at rate 0.5 it leads to 8 − 0.5 · 4 = 6.",
        "Each step asks for the slope where it stands now: path[k + 1] = path[k] − rate · slope at path[k].",
        "Make path = np.full(steps + 1, w, dtype=float), then fill path[k + 1] in a loop over range(steps).",
    ),
    why="With more parameters, these lines train every network of the course.",
    inputs=lambda: [
        (half, 8.0, 0.5, 3),
        (np.sin, 1.0, 0.5, 4),
        (np.tanh, 2, 0.5, 5),  # an integer start
        (np.arctan, -3.0, 1.5, 1),
        (np.sinh, 0.5, 0.1, 20),
        (np.tanh, 1.0, 0.3, 0),
    ],
)
def descend(gradient, w, rate, steps):
    path = np.full(steps + 1, w, dtype=float)
    for k in range(steps):
        path[k + 1] = path[k] - rate * gradient(path[k])
    return path


@descend.mistake("This walks uphill, because the step is added. Downhill is against the slope, so subtract it.")
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w + rate * gradient(w)
        path.append(w)
    return np.array(path)


@descend.mistake(
    "Every step uses the slope at the start. The ground changes on the way, so ask for the slope anew at each place."
)
def _(gradient, w, rate, steps):
    path, first = [w], gradient(w)
    for _ in range(steps):
        w = w - rate * first
        path.append(w)
    return np.array(path)


@descend.mistake("The learning rate is missing. A step is the rate times the slope.")
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - gradient(w)
        path.append(w)
    return np.array(path)


@descend.mistake("This steps by w itself. Step by the slope at w: gradient(w).")
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - rate * w
        path.append(w)
    return np.array(path)


@descend.mistake("All steps are equally long here, because the slope is not used. Multiply the rate by it.")
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - rate
        path.append(w)
    return np.array(path)


@descend.mistake("Only the sign of the slope is used here. Its size counts, too.")
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - rate * np.sign(gradient(w))
        path.append(w)
    return np.array(path)


@descend.mistake("The old place is lost. The new place is w minus the step, not the step alone.")
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = -rate * gradient(w)
        path.append(w)
    return np.array(path)


@descend.mistake("The start is missing. The path begins with w itself.")
def _(gradient, w, rate, steps):
    path = []
    for _ in range(steps):
        w = w - rate * gradient(w)
        path.append(w)
    return np.array(path)


@descend.mistake("This is the last place only. All places on the way are asked for.")
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - rate * gradient(w)
        path.append(w)
    return w


@descend.mistake("This takes one step too many. range(steps) is enough.")
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps + 1):
        w = w - rate * gradient(w)
        path.append(w)
    return np.array(path)


@descend.mistake("The rate is divided by the slope here. A steep place gets a longer step, so multiply.")
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - rate / gradient(w)
        path.append(w)
    return np.array(path)


@descend.mistake("From an integer start np.full makes an integer array, which cuts off all decimals. Say dtype=float.")
def _(gradient, w, rate, steps):
    path = np.full(steps + 1, w)
    for k in range(steps):
        path[k + 1] = path[k] - rate * gradient(path[k])
    return path


@descend.also
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - rate * gradient(w)
        path.append(w)
    return np.array(path)


@descend.also
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w -= rate * gradient(w)
        path.append(w)
    return path


@descend.also
def recursive(gradient, w, rate, steps):
    if steps == 0:
        return np.array([w])
    return np.append(w, recursive(gradient, w - rate * gradient(w), rate, steps - 1))


@descend.also
def _(gradient, w, rate, steps):
    path = np.zeros(steps + 1)
    path[0] = w
    for k in range(1, steps + 1):
        path[k] = path[k - 1] - rate * gradient(path[k - 1])
    return path


@descend.payoff
def _(descend):
    path = np.asarray(descend(lambda w: 4 * (w - 3), 0.0, 0.1, 20))
    print("Your walk on the bags, rate 0.1, from w = 0:")
    for step in (0, 5, 10, 20):
        print(f"  step {step:2}   w = {path[step]:.4f}")


@prediction(
    title="one step",
    aim="You stand at w = 0, where the slope is −12. Which learning rate leads to w = 3 in a single step?",
    shapes="rate, a number",
    hints=(
        "How far is it from 0 to 3?",
        "The slope is −12 there, so one step leads rate · 12 to the right.",
        "Solve rate · 12 = 3.",
    ),
    why="On a parabola the rate 1 / curvature leads to the bottom at once.",
    atol=0.005,
)
def predict_one_step():
    return 3 / 12  # the way to go, divided by the slope


predict_one_step.mistake(
    "3 is the way to go. The step is the rate times the slope, and the slope alone is 12 already.", 3
)
predict_one_step.mistake("This is upside down: the slope divided by the way to go.", 4)
predict_one_step.mistake("12 is the size of the slope. The step is the rate times 12, and it should be 3 long.", 12)
predict_one_step.mistake("With a rate of 1 the step is 12 long and ends at w = 12.", 1)
predict_one_step.mistake("With a rate of 0.5 the step is 6 long and ends at w = 6, on the other side.", 0.5)
predict_one_step.mistake("With a rate of 0.1 the step is 1.2 long and ends at w = 1.2.", 0.1)
predict_one_step.mistake("The size is right, but a rate is positive. The minus stands in the rule already.", -0.25)

predict_one_step.also(0.25, 1 / 4, np.float32(0.25), np.array(0.25))


@prediction(
    title="too fast",
    aim="The slope is 4 (w − 3). At which learning rate above 0 does a step from w = 0 end just as far from 3 as it "
    "began?",
    shapes="rate, a number",
    hints=(
        "You start 3 away, at w = 0. One step leads to 12 · rate. Where, on the other side, is it 3 away again?",
        "The step has to lead from 0 to 6.",
        "Solve 12 · rate = 6.",
    ),
    why="This is 2 / curvature. With any larger rate each step ends farther away than it began.",
    atol=0.005,
)
def predict_limit():
    return 2 / 4  # 1 - 4 rate = -1


predict_limit.mistake(
    "With this rate you arrive in one step. A larger rate jumps over the bottom, and may still end nearer to it.", 0.25
)
predict_limit.mistake("At a rate of 1 the first step leads to 12, which is 9 away: three times as far as before.", 1)
predict_limit.mistake("At a rate of 2 the step leads to 24. Where should it lead, to be 3 away from 3 again?", 2)
predict_limit.mistake("4 is how fast the slope changes. The faster it changes, the smaller the rate has to be.", 4)
predict_limit.mistake("At a rate of 0.75 the step leads to 9, which is 6 away. That is too far by now.", 0.75)
predict_limit.mistake("At a rate of 0.1 the step leads to 1.2, which is nearer than before.", 0.1)

predict_limit.also(0.5, 1 / 2, np.float32(0.5), np.array(0.5))


@exercise(
    title="the limit for any bags",
    aim="The cost J(w) is the mean of (w x − y)². Give the learning rate from which on descent does not converge.",
    shapes="x (m,) -> rate",
    hints=(
        "For x = [1, 1, 2] the limit is 0.5. How does the 4 of the slope 4 (w − 3) come from these three numbers?",
        "The slope is 2 · mean(x (w x − y)). By how much does it change when w grows by 1? That is the curvature.",
        "curvature = 2 * np.mean(x**2), and the limit is 2 / curvature.",
    ),
    why="The data decide: inputs ten times as large allow only a hundredth of the rate.",
    inputs=lambda: [
        (np.array([1.0, 1.0, 2.0]),),
        (np.array([3.0]),),
        (np.array([10, 20, 30, 40]),),
        (np.array([-0.5, 0.25, 1.5]),),
        (np.random.default_rng(3).normal(size=50),),
        (np.linspace(0, 1, 7),),
    ],
)
def rate_limit(x):
    curvature = 2 * np.mean(x**2)
    return 2 / curvature


rate_limit.mistake(
    "This is 1 / curvature, the rate that arrives in one step. The limit is twice as large.",
    lambda x: 1 / (2 * np.mean(x**2)),
)
rate_limit.mistake(
    "The slope of a square brings a factor of 2, so the curvature is 2 · mean(x²).", lambda x: 2 / np.mean(x**2)
)
rate_limit.mistake("Square first and take the mean afterwards. This squares the mean.", lambda x: 1 / np.mean(x) ** 2)
rate_limit.mistake(
    "This adds up the squares. The cost is a mean, so its curvature holds the mean of x².", lambda x: 1 / np.sum(x**2)
)
rate_limit.mistake("This is the curvature. The limit is 2 divided by it.", lambda x: 2 * np.mean(x**2))
rate_limit.mistake(
    "The input enters twice, once through the miss and once through the nudge, so it is squared.",
    lambda x: 1 / np.mean(np.abs(x)),
)
rate_limit.mistake("The variance subtracts the mean first. Here it is x² itself that counts.", lambda x: 1 / np.var(x))
rate_limit.mistake("This is upside down. Larger inputs make the limit smaller.", lambda x: np.mean(x**2))
rate_limit.mistake("0.5 is the limit for [1, 1, 2] alone. Compute it from x.", lambda x: 0.5)
rate_limit.mistake(
    "This is one limit for each example. There is one cost, the mean over all, and so one limit.", lambda x: 1 / x**2
)

rate_limit.also(
    lambda x: 1 / np.mean(x**2),
    lambda x: len(x) / np.sum(x * x),
    lambda x: len(x) / (x @ x),
    lambda x: 1 / (np.var(x) + np.mean(x) ** 2),
)


@rate_limit.also
def _(x):
    return 1 / (sum(v * v for v in x) / len(x))


@rate_limit.payoff
def _(limit):
    kilos = np.array([1.0, 1.0, 2.0])
    print(f"Weighed in kilograms, the three bags allow rates below {limit(kilos):.1f}.")
    print(f"Weighed in grams, the same bags allow rates below {limit(1000 * kilos):.1e}.")


def squared_slope(p):
    return 2 * (p - 1) * p * (1 - p)


def cross_slope(p):
    return p - 1


def steps_from(logit, slope):
    """Count Dia's steps: x = 5 hours, w = 1 at the start, rate 0.01, until her p is above one half."""
    w, b, steps = 1.0, logit - 5.0, 0
    while (p := 1 / (1 + math.exp(-(5 * w + b)))) <= 0.5:
        w, b, steps = w - 0.01 * slope(p) * 5, b - 0.01 * slope(p), steps + 1
    return steps


@prediction(
    title="how long the squared error takes",
    aim="From the logits −3, −5, −7 the squared error needed 61, 321 and 2,157 steps. How many from −10? "
    "A fifth more or less is right, too.",
    shapes="a whole number of steps",
    hints=(
        "Divide each number of steps by the one before it. Do you subtract 2 from z, or multiply by something?",
        "From −3 to −5 the steps became 5.3 times as many, and from −5 to −7 6.7 times. Far out it is e² = 7.4.",
        "From −7 to −10 the logit falls by 3, and e³ is about 20.",
    ),
    why="The slope fades like e^z, and the steps grow like e^−z.",
    rtol=0.2,
)
def predict_steps_squared():
    return steps_from(-10, squared_slope)


predict_steps_squared.mistake(
    "This adds as many steps for each further 1 as before. They are multiplied: by 5.3, then by 6.7.", 4911
)
predict_steps_squared.mistake("This is right for z = −9. From −7 to −10 it is not 2 further, but 3.", 15000)
predict_steps_squared.mistake("A factor of 7 belongs to each 2, not to each 1, that the logit falls.", 740000)
predict_steps_squared.mistake(
    "From −7 to −10 are 3 of z, which is one and a half times a factor of 7, not two.", 110000
)
predict_steps_squared.mistake("This would do for the cross-entropy, whose slope does not fade.", 42)
predict_steps_squared.mistake("From z = −10 it takes longer than from −7, and not just a little.", 2157)

predict_steps_squared.also(42426, 43140, 40000, 45000.0, np.float32(42000))


@prediction(
    title="how long the cross-entropy takes",
    aim="From the logits −3, −5, −7 the cross-entropy needed 15, 23 and 31 steps. How many from −10? "
    "Two more or less are right, too.",
    shapes="a whole number of steps",
    hints=(
        "How many more steps did it take for each 2 that the logit fell?",
        "Eight more for each 2 are four more for each 1.",
        "From −7 to −10 the logit falls by 3.",
    ),
    why="The slope stays near −1 however wrong the neuron is, so the time grows only with the distance.",
    atol=2,
)
def predict_steps_cross():
    return steps_from(-10, cross_slope)


predict_steps_cross.mistake("This is right for z = −9. From −7 to −10 it is 3 further.", 39)
predict_steps_cross.mistake("From −7 to −10 it is 3 further, not 4: twelve more steps, not sixteen.", 47)
predict_steps_cross.mistake("Eight more for each 2 that the logit falls are four for each 1, not eight.", 55)
predict_steps_cross.mistake("One more for each 1 is not enough: 23 and 31 are eight apart, for 2.", 34)
predict_steps_cross.mistake("These steps are not multiplied: 15, 23, 31 grow by eight each time.", 620)
predict_steps_cross.mistake("These are as many as the squared error needs. 15, 23, 31 grow far more slowly.", 43140)
predict_steps_cross.mistake("31 was the number from −7. From −10 it takes a little longer.", 31)

predict_steps_cross.also(42, 43, 41, 42.5, np.float32(43))


def _curvatures() -> list[tuple]:
    rng = np.random.default_rng(31)
    return [
        (np.array([0.1, 10.0]),),
        (np.array([4.0]),),
        (np.array([16.7, 0.044]),),
        (np.array([3, 1, 2]),),
        (rng.uniform(0.5, 4, size=6),),
    ]


@exercise(
    title="the best single rate",
    aim="In each direction the distance to the bottom is multiplied by 1 − rate · curvature. Give the rate at which "
    "the slowest direction is as fast as it can be.",
    shapes="curvatures (n,), all positive -> rate",
    hints=(
        "A factor is slow when it is nearly 1 or nearly −1. Which direction is the slowest at a very small rate, and "
        "which one near the limit?",
        "Raise the rate from 0. The least curved direction becomes faster and the most curved one, beyond "
        "1 / curvature, slower. At the best rate they are equally fast.",
        "Solve 1 − rate · lowest = −(1 − rate · highest).",
    ),
    why="Even at the best rate the factor is (highest − lowest) / (highest + lowest), so a valley with very unequal "
    "curvatures stays slow.",
    inputs=_curvatures,
)
def best_rate(curvatures):
    return 2 / (np.min(curvatures) + np.max(curvatures))


best_rate.mistake(
    "This is the limit. There the most curved direction swings for ever, with a factor of −1.",
    lambda curvatures: 2 / np.max(curvatures),
)
best_rate.mistake(
    "This suits the most curved direction only, which arrives at once. The least curved one could still go faster.",
    lambda curvatures: 1 / np.max(curvatures),
)
best_rate.mistake(
    "This suits the least curved direction only. In the most curved one it can diverge.",
    lambda curvatures: 1 / np.min(curvatures),
)
best_rate.mistake(
    "The mean of all curvatures is not asked. Only the least and the most curved direction can be the slowest.",
    lambda curvatures: 1 / np.mean(curvatures),
)
best_rate.mistake(
    "The first and the last are not always the smallest and the largest: the curvatures come in any order.",
    lambda curvatures: 2 / (curvatures[0] + curvatures[-1]),
)
best_rate.mistake(
    "Twice too small. At the best rate the two slowest factors are equally large, with opposite signs.",
    lambda curvatures: 1 / (np.min(curvatures) + np.max(curvatures)),
)
best_rate.mistake(
    "With this rate the two factors have different sizes, unless all curvatures are equal. Compare their sizes, "
    "|1 − rate · curvature|.",
    lambda curvatures: 1 / np.sqrt(np.min(curvatures) * np.max(curvatures)),
)
best_rate.mistake("This adds up all the curvatures. Only two of them count.", lambda curvatures: 2 / np.sum(curvatures))
best_rate.mistake(
    "This is the factor of the slowest direction at the best rate. The rate is asked for.",
    lambda curvatures: (np.max(curvatures) - np.min(curvatures)) / (np.max(curvatures) + np.min(curvatures)),
)

best_rate.also(
    lambda curvatures: 2 / (min(curvatures) + max(curvatures)),
    lambda curvatures: 1 / np.mean([np.min(curvatures), np.max(curvatures)]),
    lambda curvatures: 2 / np.sort(curvatures)[[0, -1]].sum() if len(curvatures) > 1 else 1 / curvatures[0],
)


@best_rate.payoff
def _(best):
    for name, curvatures in (("the apples", (0.084, 0.358)), ("the drivers", (0.0442, 16.73))):
        rate = float(best(np.array(curvatures)))
        factor = max(abs(1 - rate * c) for c in curvatures)
        print(f"{name:11}   best rate {rate:.2f}   factor of the slowest direction {factor:.3f}")


prove_steepest = open_exercise(
    "prove_steepest",
    title="why the gradient points where the ground rises most steeply",
    task="You stand at a place in the plane of w and b, where the two slopes are g₁ and g₂, not both 0. You go a tiny "
    "way in the direction (cos t, sin t). Show that the slope in that direction is g₁ cos t + g₂ sin t, find the "
    "direction in which it is largest, and say in which directions it is 0. What does the last have to do with the "
    "lines of equal height?",
    answer="A tiny way s in that direction changes w by s cos t and b by s sin t. For a tiny step the ground is as "
    "good as flat, so the two changes add up: J changes by g₁ s cos t + g₂ s sin t. Divided by s, that is the slope "
    "g₁ cos t + g₂ sin t.\n\n"
    "It is the dot product of the gradient g with a direction of length 1, so it equals |g| cos φ, where φ is the "
    "angle between the two. It is largest, |g|, for φ = 0, in the direction of the gradient itself, and smallest, "
    "−|g|, straight against it, which is why we step that way. For φ = 90° it is 0. There the height stays as it is, "
    "so that is the direction of the line of equal height, and the gradient stands at a right angle to it.",
    effort="do",
    hints=(
        "By how much does w change on the way, and by how much b?",
        "A sum of products like g₁ cos t + g₂ sin t is a dot product. What does it have to do with an angle?",
    ),
)


rate_rule = open_exercise(
    "rate_rule",
    title="a rate that corrects itself",
    task="Design a rule that changes the learning rate during the descent, so that nobody has to know the curvature. "
    "It may look at the cost before and after each step. Say what it does when the cost has risen and when it has "
    "fallen, try it on the three bags or on the drivers from a rate that is far too large and from one that is far too "
    "small, and name one weakness.",
    answer="One possibility, known as the bold driver: if a step raises the cost, take it back and halve the rate. If "
    "it lowers the cost, keep it and raise the rate by a tenth.\n\n"
    "```python\n"
    "w, rate = 0.0, 10.0\n"
    "for step in range(60):\n"
    "    new = w - rate * price_slope(w)\n"
    "    if price_cost(new) > price_cost(w):\n"
    "        rate = rate / 2\n"
    "    else:\n"
    "        w, rate = new, rate * 1.1\n"
    "```\n\n"
    "From a rate of 10 it halves five times, to 0.3125, and then arrives quickly. From 0.001 it has to grow first, "
    "which takes some fifty steps.\n\n"
    "Weaknesses: it needs the cost itself, not only its slope, at every step. Near the bottom of a ditch it works at "
    "the limit of the most curved direction, so the least curved one stays slow. And if each step looks at a few "
    "examples only, as from lesson 04 on, the cost may rise by chance, and the rule then halves the rate for no good "
    "reason.",
    effort="hard",
)
