"""Exercises of lesson 03: a slope by differences, steps downhill, their limit."""

import numpy as np

from course_utils.exercises import exercise, prediction


@exercise(
    title="a slope from two values",
    aim="Give the slope of f at x: go h to the right and h to the left, and divide the rise by the way between.",
    shapes="f a function, x a number, h a number above 0 -> slope",
    hints=(
        "For f(x) = x², x = 3 and h = 1 the two values are 16 and 4. How far apart are the two places?",
        "The rise is f(x + h) − f(x − h). The way from x − h to x + h is 2 h.",
        "(… − …) / (2 * h), with both pairs of brackets.",
    ),
    why="Every gradient of the course is checked against this line.",
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
    "h is missing: the rise is divided by the whole way, 2 h.", lambda f, x, h: (f(x + h) - f(x - h)) / 2
)
central_difference.mistake(
    "Brackets: / 2 * h divides by 2 and multiplies by h. Write / (2 * h).",
    lambda f, x, h: (f(x + h) - f(x - h)) / 2 * h,
)
central_difference.mistake(
    "Brackets: only the second value is divided. (… − …) / (2 * h).", lambda f, x, h: f(x + h) - f(x - h) / (2 * h)
)
central_difference.mistake(
    "Left minus right has the wrong sign: right minus left.", lambda f, x, h: (f(x - h) - f(x + h)) / (2 * h)
)
central_difference.mistake("This is the rise. Divide it by the way, 2 h.", lambda f, x, h: f(x + h) - f(x - h))
central_difference.mistake(
    "The two values are added. The rise is their difference.", lambda f, x, h: (f(x + h) + f(x - h)) / (2 * h)
)
central_difference.mistake(
    "Multiplied by the way. The slope is rise divided by way.", lambda f, x, h: (f(x + h) - f(x - h)) * (2 * h)
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


def half(w):
    """Return the slope of w² / 4."""
    return w / 2


@exercise(
    title="steps downhill",
    aim="Walk downhill from w, step by step, against the slope. Give all places, with the start first.",
    shapes="gradient a function, three numbers -> path (steps + 1,)",
    hints=(
        "One step first, with the slope w / 2: w = 8, slope 4, rate 0.5 gives 8 − 0.5 · 4 = 6.",
        "Each step asks for the slope where it stands now: path[k + 1] = path[k] − rate · slope at path[k].",
        "Make path = np.full(steps + 1, w, dtype=float), then fill path[k + 1] in a loop over range(steps).",
    ),
    why="These lines, with more parameters, train every network of the course.",
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


@descend.mistake("This walks uphill. Downhill is against the slope: minus.")
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w + rate * gradient(w)
        path.append(w)
    return np.array(path)


@descend.mistake("Every step uses the slope of the start. Ask for it anew at each place.")
def _(gradient, w, rate, steps):
    path, first = [w], gradient(w)
    for _ in range(steps):
        w = w - rate * first
        path.append(w)
    return np.array(path)


@descend.mistake("The learning rate is missing: the slope is multiplied by it.")
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


@descend.mistake("Each step is equally long. Multiply the rate by the slope.")
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - rate
        path.append(w)
    return np.array(path)


@descend.mistake("Only the slope's sign is used. Its size counts too.")
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - rate * np.sign(gradient(w))
        path.append(w)
    return np.array(path)


@descend.mistake("The old place is lost: the new one is w minus the step.")
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = -rate * gradient(w)
        path.append(w)
    return np.array(path)


@descend.mistake("The start is missing: the path begins with w itself.")
def _(gradient, w, rate, steps):
    path = []
    for _ in range(steps):
        w = w - rate * gradient(w)
        path.append(w)
    return np.array(path)


@descend.mistake("Only the last place is returned. All are asked for.")
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - rate * gradient(w)
        path.append(w)
    return w


@descend.mistake("One step too many: range(steps) is enough.")
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps + 1):
        w = w - rate * gradient(w)
        path.append(w)
    return np.array(path)


@descend.mistake("Divided by the slope. A steep place asks for a longer step: times.")
def _(gradient, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - rate / gradient(w)
        path.append(w)
    return np.array(path)


@descend.mistake("An integer start makes an integer array, which cuts the decimals off: dtype=float.")
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


@prediction(
    title="one step",
    aim="You stand at w = 0, where the slope is −12. Which learning rate leads to w = 3 in a single step?",
    shapes="rate, a number",
    hints=(
        "How far is it from 0 to 3?",
        "One step goes rate · 12 to the right.",
        "Solve rate · 12 = 3.",
    ),
    why="1 / curvature is the rate that jumps to the bottom of a parabola at once.",
    atol=0.005,
)
def predict_one_step():
    return 3 / 12  # the way to go, divided by the slope


predict_one_step.mistake("That is the way to go. The step is rate times slope, and the slope is 12 already.", 3)
predict_one_step.mistake("Upside down: that is slope divided by way.", 4)
predict_one_step.mistake("That is the size of the slope. The step is rate · 12.", 12)
predict_one_step.mistake("With rate 1 the step is 12 long: it lands at w = 12.", 1)
predict_one_step.mistake("With rate 0.5 the step is 6 long: it lands at w = 6, on the other side.", 0.5)
predict_one_step.mistake("With rate 0.1 the step is 1.2 long: it lands at w = 1.2.", 0.1)
predict_one_step.mistake("The size is right. A rate is positive: the minus is in the rule already.", -0.25)

predict_one_step.also(0.25, 1 / 4, np.float32(0.25), np.array(0.25))


@prediction(
    title="too fast",
    aim="The slope is 4 (w − 3). From which learning rate on does descent never come nearer to w = 3?",
    shapes="rate, a number",
    hints=(
        "Start at w = 0, 3 away. After one step you are at 12 · rate. How far from 3 is that?",
        "The distance is multiplied by 1 − 4 · rate in each step.",
        "It stops shrinking where 1 − 4 · rate is −1.",
    ),
    why="2 / curvature is the limit: beyond it every step lands higher than the last.",
    atol=0.005,
)
def predict_limit():
    return 2 / 4  # 1 - 4 rate = -1


predict_limit.mistake(
    "There it arrives in one step. Larger rates jump over the bottom, and may still come nearer.", 0.25
)
predict_limit.mistake("At rate 1 the distance is multiplied by −3: that is far beyond the limit.", 1)
predict_limit.mistake("That is the 2 of 2 / curvature. The curvature is 4.", 2)
predict_limit.mistake("That is the curvature. The steeper the valley, the smaller the limit.", 4)
predict_limit.mistake("At rate 0.75 the distance is multiplied by −2 already. Where is it −1?", 0.75)
predict_limit.mistake("At rate 0.1 the distance is multiplied by 0.6: it comes nearer.", 0.1)

predict_limit.also(0.5, 1 / 2, np.float32(0.5), np.array(0.5))


@exercise(
    title="the limit for any bags",
    aim="The cost is J(w) = mean of (w x − y)². Give the learning rate at which descent stops converging.",
    shapes="x (m,) -> rate",
    hints=(
        "For x = [1, 1, 2] the limit is 0.5. Which number of x stands behind it?",
        "The slope is 2 · mean(x (w x − y)). How much does it change when w grows by 1? That is the curvature.",
        "curvature = 2 * np.mean(x**2), and the limit is 2 / curvature.",
    ),
    why="The data set the limit: inputs ten times as large allow a hundredth of the rate. So inputs are scaled.",
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
    "That is 1 / curvature, the rate that arrives in one step. The limit is twice.", lambda x: 1 / (2 * np.mean(x**2))
)
rate_limit.mistake(
    "The slope of a square brings a factor 2: the curvature is 2 · mean(x²).", lambda x: 2 / np.mean(x**2)
)
rate_limit.mistake("Square first, then the mean: mean(x²), not (mean x)².", lambda x: 1 / np.mean(x) ** 2)
rate_limit.mistake("The cost is a mean over the examples, not a sum.", lambda x: 1 / np.sum(x**2))
rate_limit.mistake("That is the curvature. The limit is 2 divided by it.", lambda x: 2 * np.mean(x**2))
rate_limit.mistake("The input enters twice: squared, not by its size.", lambda x: 1 / np.mean(np.abs(x)))
rate_limit.mistake("The variance subtracts the mean first. Here x² itself counts.", lambda x: 1 / np.var(x))
rate_limit.mistake("Upside down: larger inputs make the limit smaller.", lambda x: np.mean(x**2))
rate_limit.mistake("That is the limit for [1, 1, 2] alone. Compute it from x.", lambda x: 0.5)
rate_limit.mistake("One limit per example. The cost is the mean over all: np.mean(x**2).", lambda x: 1 / x**2)

rate_limit.also(
    lambda x: 1 / np.mean(x**2),
    lambda x: len(x) / np.sum(x * x),
    lambda x: len(x) / (x @ x),
    lambda x: 1 / (np.var(x) + np.mean(x) ** 2),
)


@rate_limit.also
def _(x):
    return 1 / (sum(v * v for v in x) / len(x))
