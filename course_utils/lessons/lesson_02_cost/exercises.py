"""Exercises of lesson 02: the loss of one example, the cost of many, and its stable form."""

import numpy as np

from course_utils.exercises import exercise, open_exercise, prediction


def _log_losses_inputs() -> list[tuple]:
    rng = np.random.default_rng(21)
    return [
        (np.array([1, 0, 1, 0]), np.array([0.8, 0.8, 0.1, 0.5])),
        (np.array([1.0]), np.array([0.25])),
        (np.array([0.0, 1.0, 0.0]), rng.uniform(size=3)),
        (rng.integers(0, 2, size=9).astype(float), rng.uniform(size=9)),
        (np.array([1.0, 0.0, 1.0]), np.array([0.999, 0.999, 1e-6])),  # sure, once right and twice wrong
    ]


@exercise(
    title="a cross-entropy for each example",
    aim="Give each example's loss: minus the log of the probability that p gave to what happened.",
    shapes="y (m,) of 0 and 1, p (m,) probabilities of 1 -> losses (m,)",
    hints=(
        "Who passed (y = 1) costs -log p. Who failed (y = 0) costs -log(1 - p).",
        "y is a switch: y * (…) is there for those who passed, (1 - y) * (…) for those who failed.",
        "Minus the sum of y * np.log(p) and (1 - y) * np.log(1 - p).",
    ),
    why="From here to MNIST this one line decides what a network learns.",
    inputs=_log_losses_inputs,
)
def log_losses(y, p):
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


log_losses.mistake(
    "Who failed costs nothing here. The second half is missing: (1 - y) * np.log(1 - p).", lambda y, p: -y * np.log(p)
)
log_losses.mistake(
    "y is not used. Only who passed costs -log p; who failed costs -log(1 - p).", lambda y, p: -np.log(p)
)
log_losses.mistake(
    "The minus sign is missing: a loss is never negative.", lambda y, p: y * np.log(p) + (1 - y) * np.log(1 - p)
)
log_losses.mistake(
    "The minus sign has to stand before both halves.", lambda y, p: -y * np.log(p) + (1 - y) * np.log(1 - p)
)
log_losses.mistake(
    "p and 1 - p are swapped: who passed costs -log p.", lambda y, p: -(y * np.log(1 - p) + (1 - y) * np.log(p))
)
log_losses.mistake("This is the squared error.", lambda y, p: (y - p) ** 2)
log_losses.mistake("The logarithm is missing: this is the plain distance.", lambda y, p: np.abs(y - p))
log_losses.mistake(
    "This is the cost, the mean. One loss for each example is asked for.",
    lambda y, p: -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)),
)
log_losses.mistake(
    "The losses are added up. One loss for each example is asked for.",
    lambda y, p: -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)),
)
log_losses.mistake(
    "log10 is another logarithm: use np.log.", lambda y, p: -(y * np.log10(p) + (1 - y) * np.log10(1 - p))
)
log_losses.mistake("This is in bits. Use np.log.", lambda y, p: -(y * np.log2(p) + (1 - y) * np.log2(1 - p)))
log_losses.mistake(
    "Adding 1e-7 changes every loss a little, and caps it at 16.1.",
    lambda y, p: -(y * np.log(p + 1e-7) + (1 - y) * np.log(1 - p + 1e-7)),
)
log_losses.mistake(
    "Where y is 0 this is -log 0. Add the share of who failed: (1 - y) * (1 - p).", lambda y, p: -np.log(y * p)
)


@log_losses.mistake("np.zeros_like(y) holds whole numbers where y does: the decimals are cut off. Make it like p.")
def _(y, p):
    losses = np.zeros_like(y)
    for i in np.ndindex(p.shape):
        losses[i] = -np.log(p[i]) if y[i] else -np.log(1 - p[i])
    return losses


@log_losses.mistake("The losses are right, but p itself is changed. Use np.where, which makes a new array.")
def _(y, p):
    p[y == 0] = 1 - p[y == 0]
    return -np.log(p)


log_losses.also(
    lambda y, p: -np.log(np.where(y == 1, p, 1 - p)),
    lambda y, p: np.where(y == 1, -np.log(p), -np.log(1 - p)),
    lambda y, p: -np.log(y * p + (1 - y) * (1 - p)),
    lambda y, p: -np.log(1 - abs(y - p)),
    lambda y, p: -np.log(np.where(y == 1, p, 1 - p).astype(np.float32)),
)


@log_losses.also
def _(y, p):
    losses = np.empty(p.shape)
    for i in np.ndindex(p.shape):
        losses[i] = -np.log(p[i]) if y[i] else -np.log(1 - p[i])
    return losses


# the ten learners of the lesson, and how far each is from the curve
names = ["Ana", "Ben", "Cem", "Dia", "Eli", "Fay", "Gus", "Hal", "Ida", "Jon"]
hours = np.array([2, 3, 4, 5, 6, 10, 11, 14, 17, 18])
passed = np.array([0, 0, 0, 1, 1, 0, 0, 1, 1, 1])
distance = np.abs(passed - 1 / (1 + np.exp(-(0.4 * hours - 4))))


@prediction(
    title="who costs most",
    aim="The curve has w = 0.4 and b = −4. Which of the ten learners costs most? Answer with the name.",
    shapes='"a name"',
    hints=(
        "Who is far from the curve: passed where it is low, or failed where it is high?",
        "The curve passes 0.5 at 10 hours. Which passes lie left of it, which failures right?",
        "Dia and Eli passed with few hours, Gus failed with many. Whose distance is the longest?",
    ),
    why="A cost is a mean, and one far-off example can carry a third of it.",
)
def predict_costliest():
    return names[distance.argmax()]  # both losses grow with this distance


predict_costliest.mistake("Ana has the fewest hours, but she failed as the curve says: p = 0.04.", "Ana")
predict_costliest.mistake("Close: Eli passed at p = 0.17. Someone passed at an even lower p.", "Eli")
predict_costliest.mistake("For Fay the curve says 0.5: undecided is not very wrong.", "Fay")
predict_costliest.mistake("Gus failed at p = 0.60. Others are farther from the curve.", "Gus")
predict_costliest.mistake("Jon is the farthest to the right, but not from the curve: he passed at p = 0.96.", "Jon")
predict_costliest.mistake("Cem failed at p = 0.08, as the curve says. Look one place to the right.", "Cem")

predict_costliest.also("Dia", " dia ", "DIA")


p = 1 / (1 + np.exp(-(1.0 * 5 - 10.0)))  # Dia's, after 5 hours
cross, squared = -np.log(p), (1 - p) ** 2


@prediction(
    title="sure and wrong: the cross-entropy",
    aim="With w = 1 and b = −10 a learner has the logit −5. She passed. What is her cross-entropy? One decimal does.",
    shapes="a number",
    hints=(
        "Her p is 0.0067. Her loss is −log p.",
        "Far below 0 the sigmoid is nearly e^z.",
        "−log e^z = −z.",
    ),
    why="Sure and wrong, the cross-entropy is as large as the logit itself: it grows without end.",
    atol=0.06,
)
def predict_sure_cross():
    return cross  # -log sigmoid(-5) = 5.007


predict_sure_cross.mistake("That is her loss at the logit −2, before the change.", 2.1)
predict_sure_cross.mistake("That is the cap of the squared error. The cross-entropy has none.", 1)
predict_sure_cross.mistake("The sign is flipped: a loss is never negative.", -5)
predict_sure_cross.mistake("That is her p. The loss is −log p.", 0.0067)
predict_sure_cross.mistake("2.5 times the old loss is close, but not the rule. Compute −log 0.0067.", 5.3)
predict_sure_cross.mistake("Not the square of the logit. Compute −log 0.0067.", 25)
predict_sure_cross.mistake("That is 1 / p. Its logarithm is asked for.", 150)

predict_sure_cross.also(5, 5.0, -np.log(0.0067), np.float32(5.007))


@prediction(
    title="sure and wrong: the squared error",
    aim="With w = 1 and b = −10 a learner has p = 0.0067, and she passed. What is her squared error? Two decimals do.",
    shapes="a number",
    hints=(
        "Before the change it was (1 − 0.12)² = 0.78.",
        "p cannot fall below 0. How large can (1 − p)² become?",
        "(1 − 0.0067)².",
    ),
    why="The squared error never exceeds 1, so it hardly tells a mistake from a disaster.",
    atol=0.015,
)
def predict_sure_squared():
    return squared


predict_sure_squared.mistake("That is her squared error before the change.", 0.78)
predict_sure_squared.mistake("It does not grow with the logit: (1 − p)² is at most 1.", 1.94)
predict_sure_squared.mistake("That is the cross-entropy. (1 − p)² is at most 1.", 5)
predict_sure_squared.mistake("That would be right had she failed. She passed: (1 − p)².", 0)
predict_sure_squared.mistake("With p near 0 the distance to 1 is nearly 1.", 0.5)
predict_sure_squared.mistake("Take p, not the logit: (1 − 0.0067)².", 36)

predict_sure_squared.also(0.99, 0.987, 1, (1 - 0.0067) ** 2, np.float32(0.99))


def _cost_from_logits_inputs() -> list[tuple]:
    rng = np.random.default_rng(22)
    return [
        (np.array([1.0, 0.0, 1.0, 0.0]), np.array([0.0, -2.0, -1.0, 3.0])),
        (np.array([1.0]), np.array([-1.0])),
        (np.array([0.0, 1.0, 1.0]), rng.normal(scale=3, size=3)),
        (rng.integers(0, 2, size=9).astype(float), rng.normal(scale=5, size=9)),
        (np.array([1, 0, 0]), np.array([2, -3, 4])),  # integers
        (np.array([1.0, 0.0, 1.0, 0.0]), np.array([-40.0, 40.0, 800.0, -800.0])),
        (np.array([0.0, 1.0]), np.array([1e4, -1e4])),
    ]


@exercise(
    title="the cross-entropy from the logits",
    aim="Give the cost J, the mean cross-entropy, from the logits. No log of 0, no overflow, no warning.",
    shapes="y (m,) of 0 and 1, z (m,) logits -> J a number",
    hints=(
        "Write the loss with z alone: log(1 + e^z) where y = 0, and z less where y = 1.",
        "log(1 + e^z) = max(z, 0) + log(1 + e^-|z|). The exponent is never positive now.",
        "loss = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))), then its mean.",
    ),
    why="This is what from_logits=True does in Keras: a sure mistake keeps its full price.",
    inputs=_cost_from_logits_inputs,
    quiet=True,
)
def cost_from_logits(y, z):
    loss = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))  # (m,)
    return loss.mean()


cost_from_logits.mistake(
    "Right on paper, but np.exp(z) overflows at z = 800. Use max(z, 0) + log(1 + e^-|z|).",
    lambda y, z: np.mean(np.log(1 + np.exp(z)) - y * z),
)


@cost_from_logits.mistake("The way through p loses the sure ones: p becomes exactly 0 or 1, and log 0 is infinite.")
def _(y, z):
    p = 1 / (1 + np.exp(-z))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@cost_from_logits.mistake("p is exactly 0 or 1 for the sure ones, and 0 * log 0 is nan. Use z alone, without p.")
def _(y, z):
    p = np.exp(-np.logaddexp(0, -z))  # a sigmoid that never overflows
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@cost_from_logits.mistake("At z = 40 p is exactly 1, and log(1 - p) is infinite. Use z alone, without p.")
def _(y, z):
    p = np.exp(-np.logaddexp(0, -z))
    return -np.mean(np.log(np.where(y == 1, p, 1 - p)))


cost_from_logits.mistake(
    "The probability 1 - p = sigmoid(-z) serves at z = 40, but at z = 10,000 it is 0 too. Use z alone.",
    lambda y, z: -np.mean(np.log(np.exp(-np.logaddexp(0, np.where(y == 1, -z, z))))),
)


@cost_from_logits.mistake("The patch caps the loss at 16.1. At z = 40 a mistake costs 40.")
def _(y, z):
    p = np.clip(1 / (1 + np.exp(-np.clip(z, -700, 700))), 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@cost_from_logits.mistake("Adding 1e-7 changes every loss a little, and caps it at 16.1.")
def _(y, z):
    p = 1 / (1 + np.exp(-np.clip(z, -700, 700)))
    return -np.mean(y * np.log(p + 1e-7) + (1 - y) * np.log(1 - p + 1e-7))


cost_from_logits.mistake(
    "The sum is there, the mean is missing: forgot 1/m.",
    lambda y, z: np.sum(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))),
)
cost_from_logits.mistake(
    "One loss for each example. The cost is their mean.",
    lambda y, z: np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))),
)
cost_from_logits.mistake(
    "A sign is flipped: y * z is subtracted. A large z is good news for who passed.",
    lambda y, z: np.mean(np.maximum(z, 0) + y * z + np.log1p(np.exp(-np.abs(z)))),
)
cost_from_logits.mistake(
    "y is not used: this is the loss of those who failed. Subtract y * z.",
    lambda y, z: np.mean(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))),
)
cost_from_logits.mistake(
    "log(1 + e^-|z|) is missing. It matters near z = 0: there the loss is log 2, not 0.",
    lambda y, z: np.mean(np.maximum(z, 0) - y * z),
)
cost_from_logits.mistake(
    "The 1 is missing: log(1 + e^-|z|), and np.log1p adds it for you.",
    lambda y, z: np.mean(np.maximum(z, 0) - y * z + np.log(np.exp(-np.abs(z)))),
)
cost_from_logits.mistake(
    "y is a column, z a row: y * z becomes a table (m, m). Keep both at (m,).",
    lambda y, z: np.mean(np.maximum(z, 0) - y.reshape(-1, 1) * z + np.log1p(np.exp(-np.abs(z)))),
)

cost_from_logits.also(
    lambda y, z: np.mean(np.logaddexp(0, z) - y * z),
    lambda y, z: np.mean(np.logaddexp(0, (1 - 2 * y) * z)),
    lambda y, z: np.mean(y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)),
    lambda y, z: np.mean(np.logaddexp(np.float32(0), z.astype(np.float32)) - (y * z).astype(np.float32)),
)


@cost_from_logits.also
def _(y, z):
    total = 0.0
    for target, logit in zip(y, z):
        against = -logit if target == 1 else logit
        total += max(against, 0) + np.log1p(np.exp(-abs(against)))
    return total / len(z)


def _outcomes(seed: int, ones: int, m: int) -> np.ndarray:
    return np.random.default_rng(seed).permutation(np.arange(m) < ones).astype(float)


@exercise(
    title="the forecast without a model",
    aim="A forecast says the same p to everyone. Give the smallest cost (mean cross-entropy) it can reach.",
    shapes="y (m,) of 0 and 1, both occur -> J a number",
    hints=(
        "With 5 of 10 passed, which p is fairest? Try p = 0.5 and p = 0.6 by hand.",
        "The best p is the share of those who passed.",
        "q = y.mean(). A share q costs -log q each, a share 1 - q costs -log(1 - q) each.",
    ),
    why="A model that does not beat this number has learned nothing from its inputs.",
    inputs=lambda: [
        (np.array([0.0, 1.0, 1.0, 1.0]),),
        (np.array([1, 0]),),
        (_outcomes(23, 2, 3),),
        (_outcomes(24, 3, 10),),
        (_outcomes(25, 1, 50),),
        (_outcomes(26, 70, 101),),
    ],
    rtol=1e-6,
)
def best_constant(y):
    q = y.mean()  # the best p is the share of ones
    return -(q * np.log(q) + (1 - q) * np.log(1 - q))


best_constant.mistake("That is p = 0.5 for everyone. Where most passed, a larger p costs less.", lambda y: np.log(2))
best_constant.mistake("That is the best p. Its cost is asked for.", lambda y: y.mean())
best_constant.mistake(
    "That is the loss of one who passed. Those who failed cost -log(1 - q).", lambda y: -np.log(y.mean())
)
best_constant.mistake(
    "Only those who passed are counted. The others are a share 1 - q.", lambda y: -y.mean() * np.log(y.mean())
)
best_constant.mistake(
    "The minus sign is missing: a cost is never negative.",
    lambda y: y.mean() * np.log(y.mean()) + (1 - y.mean()) * np.log(1 - y.mean()),
)
best_constant.mistake(
    "This is the smallest squared error. The cross-entropy is asked for.", lambda y: y.mean() * (1 - y.mean())
)
best_constant.mistake(
    "This is in bits. Use np.log.", lambda y: -(y.mean() * np.log2(y.mean()) + (1 - y.mean()) * np.log2(1 - y.mean()))
)
best_constant.mistake(
    "This is the sum over all examples. The cost is their mean.",
    lambda y: -len(y) * (y.mean() * np.log(y.mean()) + (1 - y.mean()) * np.log(1 - y.mean())),
)
best_constant.mistake(
    "Both halves count alike here. Each counts by its share: q and 1 - q.",
    lambda y: -(np.log(y.mean()) + np.log(1 - y.mean())) / 2,
)
best_constant.mistake("Only the more frequent outcome is counted.", lambda y: -np.log(max(y.mean(), 1 - y.mean())))
best_constant.mistake(
    "That would need p = 1 for who passed and p = 0 for who failed. p is the same for all.", lambda y: 0.0
)

best_constant.also(
    lambda y: -np.mean(y * np.log(y.mean()) + (1 - y) * np.log(1 - y.mean())),
    lambda y: -np.log(np.where(y == 1, y.mean(), 1 - y.mean())).mean(),
    lambda y: -sum(q * np.log(q) for q in np.bincount(y.astype(int)) / len(y)),
    lambda y: np.float32(-(y.mean() * np.log(y.mean()) + (1 - y.mean()) * np.log1p(-y.mean()))),
)


@best_constant.also
def _(y):
    p = np.linspace(0.0001, 0.9999, 99_991)
    return min(-(y.mean() * np.log(p) + (1 - y.mean()) * np.log(1 - p)))


def _logit_slopes_inputs() -> list[tuple]:
    rng = np.random.default_rng(27)
    return [
        (np.array([1.0, 0.0]), np.array([0.0, 0.0])),
        (np.array([1.0]), np.array([-2.0])),
        (np.array([0.0, 1.0, 1.0]), rng.normal(scale=3, size=3)),
        (rng.integers(0, 2, size=9).astype(float), rng.normal(scale=5, size=9)),
        (np.array([1, 0, 0, 1]), np.array([2, -3, 4, 0])),  # integers
        (np.array([1.0, 0.0, 1.0, 0.0]), np.array([-800.0, 800.0, 800.0, -800.0])),
    ]


def _stable_sigmoid(z):
    return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))


@exercise(
    title="the slope of the cost in each logit",
    aim="At what rate does the cost J (the mean cross-entropy) change as one logit alone is raised? "
    "Give this slope for every example. No warning may appear.",
    shapes="y (m,) of 0 and 1, z (m,) logits -> slopes (m,)",
    hints=(
        "Two steps lie between a logit and the cost: the loss of its example, and the mean. How steep is each?",
        "The slope of one loss in its logit is p - y. The cost is the mean of m such losses.",
        "(cu.sigmoid(z) - y) / len(y), and `cu.sigmoid` never overflows.",
    ),
    why="This line stands at the beginning of every backward pass in this course.",
    inputs=_logit_slopes_inputs,
    quiet=True,
)
def logit_slopes(y, z):
    p = np.exp(-np.logaddexp(0, -z))  # (m,) the sigmoid, without overflow
    return (p - y) / len(y)


logit_slopes.mistake(
    "These are the slopes of the losses. The cost is their mean, so each example moves it by 1/m of that.",
    lambda y, z: _stable_sigmoid(z) - y,
)
logit_slopes.mistake(
    "The sign is flipped: raising the logit of somebody who passed lowers the cost, so that slope is negative.",
    lambda y, z: (y - _stable_sigmoid(z)) / len(y),
)
logit_slopes.mistake(
    "This is the mean of all the slopes. Each logit has a slope of its own.",
    lambda y, z: np.mean(_stable_sigmoid(z) - y),
)
logit_slopes.mistake(
    "This is the slope of the squared error: p (1 - p) is a factor there, and cancels in the cross-entropy.",
    lambda y, z: 2 * (_stable_sigmoid(z) - y) * _stable_sigmoid(z) * (1 - _stable_sigmoid(z)) / len(y),
)
logit_slopes.mistake(
    "p (1 - p) is the slope of the sigmoid. In the cross-entropy this factor cancels, and p - y is left.",
    lambda y, z: (_stable_sigmoid(z) - y) * _stable_sigmoid(z) * (1 - _stable_sigmoid(z)) / len(y),
)
logit_slopes.mistake(
    "The targets do not appear: this is right for those who failed. For those who passed it is p - 1.",
    lambda y, z: _stable_sigmoid(z) / len(y),
)
logit_slopes.mistake(
    "Here the logit itself is compared with the target. Turn it into a probability first.",
    lambda y, z: (z - y) / len(y),
)
logit_slopes.mistake(
    "These are the losses, divided by m. Their slopes are asked for.",
    lambda y, z: np.logaddexp(0, (1 - 2 * y) * z) / len(y),
)
logit_slopes.mistake(
    "Right on paper, but np.exp overflows at z = −800. `cu.sigmoid` does not.",
    lambda y, z: (1 / (1 + np.exp(-z)) - y) / len(y),
)

logit_slopes.also(
    lambda y, z: np.where(y == 1, _stable_sigmoid(z) - 1, _stable_sigmoid(z)) / len(y),
    lambda y, z: np.where(y == 1, -_stable_sigmoid(-np.asarray(z)), _stable_sigmoid(z)) / np.size(y),
    lambda y, z: (0.5 * (1 + np.tanh(z / 2)) - y) / y.shape[0],
)


@logit_slopes.also
def _(y, z):
    slopes = np.empty(len(y))
    for i in range(len(y)):
        slopes[i] = (_stable_sigmoid(z[i]) - y[i]) / len(y)
    return slopes


prove_share = open_exercise(
    "prove_share",
    title="why the share of those who passed costs least",
    task="Turn B found that one and the same p for everybody costs least when it is the share q of those who passed. "
    "Prove it for 0 < q < 1: write the cost as a function of p alone, find where its slope is 0, and say why no "
    "other place is lower.",
    answer="A share q of the examples costs −log p each, and the rest, 1 − q, costs −log(1 − p) each. So\n\n"
    "$$J(p) = -q \\log p - (1 - q) \\log(1 - p).$$\n\n"
    "Its slope is −q/p + (1 − q)/(1 − p), which is 0 when q (1 − p) = (1 − q) p, and that is p = q. To the left of q "
    "the slope is negative, because there q/p is larger than 1 and (1 − q)/(1 − p) is smaller than 1. To the right it "
    "is positive. So J falls up to q and rises after it, which makes q the only minimum.",
    effort="do",
    hints=(
        "How many of the m examples cost −log p, and how many cost −log(1 − p)?",
        "The slope of log p is 1/p, and that of log(1 − p) is −1/(1 − p).",
    ),
)


weather_loss = open_exercise(
    "weather_loss",
    title="a loss for a forecaster who may abstain",
    task="A weather service may answer with a probability of rain, or say “I do not know”. Design a loss for it. "
    "When should abstaining be cheaper than answering? Suppose that a service wants a small cost and does not care "
    "about the truth. What would it do, and does your loss leave it such a way out?",
    answer="One possibility: an answer p costs its cross-entropy, and abstaining costs a fixed c. Somebody who really "
    "believes that it rains with probability q expects −q log q − (1 − q) log(1 − q) from answering, which is 0.69 at "
    "q = 0.5 and falls to both sides. So with c below 0.69 it pays to abstain near 0.5: with c = 0.5 about between "
    "q = 0.20 and q = 0.80. With c above 0.69 nobody who is honest ever abstains.\n\n"
    "A service that does not care about the truth abstains always and pays c every day. An honest one that abstains "
    "only where it is unsure never expects to pay more, and pays less where it is sure. So silence is the way out "
    "for those who know nothing, and it should not be too cheap. Without looking at the sky, a service could also say "
    "every day the share r of rainy days, which costs −r log r − (1 − r) log(1 − r) on average: 0.61 where it rains "
    "on three days of ten. With c above that, silence no longer pays for who knows nothing else. Or count how often a "
    "service abstains, and publish the share beside the cost. Note what does not work: a loss of 0 for abstaining. "
    "Silence would then be the best forecast of all.",
    effort="do",
)
