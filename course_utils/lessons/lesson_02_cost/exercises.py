"""Exercises of lesson 02: the loss of one example, the cost of many, and its stable form."""

import numpy as np

from course_utils.exercises.exercise import Exercise
from course_utils.exercises.exercise import WrongAnswer as Wrong

_LEARNERS = """
names = ["Ana", "Ben", "Cem", "Dia", "Eli", "Fay", "Gus", "Hal", "Ida", "Jon"]
hours = np.array([2, 3, 4, 5, 6, 10, 11, 14, 17, 18])
passed = np.array([0, 0, 0, 1, 1, 0, 0, 1, 1, 1])
distance = np.abs(passed - 1 / (1 + np.exp(-(0.4 * hours - 4))))
"""
_DIA = """
p = 1 / (1 + np.exp(-(1.0 * 5 - 10.0)))
cross, squared = -np.log(p), (1 - p) ** 2
"""


def _log_losses_inputs() -> list[tuple]:
    rng = np.random.default_rng(21)
    return [
        (np.array([1, 0, 1, 0]), np.array([0.8, 0.8, 0.1, 0.5])),
        (np.array([1.0]), np.array([0.25])),
        (np.array([0.0, 1.0, 0.0]), rng.uniform(size=3)),
        (rng.integers(0, 2, size=9).astype(float), rng.uniform(size=9)),
        (np.array([[1.0], [0.0], [1.0]]), np.array([[0.999], [0.999], [1e-6]])),  # a column: (3, 1)
    ]


LOG_LOSSES = Exercise(
    id="log_losses",
    lesson="02",
    title="a cross-entropy for each example",
    aim="Give each example's loss: minus the log of the probability that p gave to what happened.",
    signature="log_losses(y, p): y (m,) of 0 and 1, p (m,) probabilities of 1 -> losses (m,)",
    lines=1,
    hints=(
        "Who passed (y = 1) costs -log p. Who failed (y = 0) costs -log(1 - p).",
        "y is a switch: y * (…) is there for those who passed, (1 - y) * (…) for those who failed.",
        "Minus the sum of y * np.log(p) and (1 - y) * np.log(1 - p).",
    ),
    why="From here to MNIST this one line decides what a network learns.",
    solution="""
def log_losses(y, p):
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))
""",
    inputs=_log_losses_inputs,
    wrong=(
        Wrong("-y * np.log(p)", "Who failed costs nothing here. The second half is missing: (1 - y) * np.log(1 - p)."),
        Wrong("-np.log(p)", "y is not used. Only who passed costs -log p; who failed costs -log(1 - p)."),
        Wrong("y * np.log(p) + (1 - y) * np.log(1 - p)", "The minus sign is missing: a loss is never negative."),
        Wrong("-y * np.log(p) + (1 - y) * np.log(1 - p)", "The minus sign has to stand before both halves."),
        Wrong("-(y * np.log(1 - p) + (1 - y) * np.log(p))", "p and 1 - p are swapped: who passed costs -log p."),
        Wrong("(y - p) ** 2", "This is the squared error."),
        Wrong("np.abs(y - p)", "The logarithm is missing: this is the plain distance."),
        Wrong(
            "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
            "This is the cost, the mean. One loss for each example is asked for.",
        ),
        Wrong(
            "-np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))",
            "The losses are added up. One loss for each example is asked for.",
        ),
        Wrong("-(y * np.log10(p) + (1 - y) * np.log10(1 - p))", "log10 is another logarithm: use np.log."),
        Wrong("-(y * np.log2(p) + (1 - y) * np.log2(1 - p))", "This is in bits. Use np.log."),
        Wrong(
            "-(y * np.log(p + 1e-7) + (1 - y) * np.log(1 - p + 1e-7))",
            "Adding 1e-7 changes every loss a little, and caps it at 16.1.",
        ),
        Wrong("-np.log(y * p)", "Where y is 0 this is -log 0. Add the share of who failed: (1 - y) * (1 - p)."),
        Wrong(
            """
def log_losses(y, p):
    losses = np.zeros_like(y)
    for i in np.ndindex(p.shape):
        losses[i] = -np.log(p[i]) if y[i] else -np.log(1 - p[i])
    return losses
""",
            "np.zeros_like(y) holds whole numbers where y does: the decimals are cut off. Make it like p.",
        ),
        Wrong(
            """
def log_losses(y, p):
    p[y == 0] = 1 - p[y == 0]
    return -np.log(p)
""",
            "The losses are right, but p itself is changed. Use np.where, which makes a new array.",
        ),
    ),
    variants=(
        "-np.log(np.where(y == 1, p, 1 - p))",
        "np.where(y == 1, -np.log(p), -np.log(1 - p))",
        "-np.log(y * p + (1 - y) * (1 - p))",
        "-np.log(1 - abs(y - p))",
        "-np.log(np.where(y == 1, p, 1 - p).astype(np.float32))",
        """
def log_losses(y, p):
    losses = np.empty(p.shape)
    for i in np.ndindex(p.shape):
        losses[i] = -np.log(p[i]) if y[i] else -np.log(1 - p[i])
    return losses
""",
    ),
)


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


COST_FROM_LOGITS = Exercise(
    id="cost_from_logits",
    lesson="02",
    title="the cross-entropy from the logits",
    aim="Give the cost J, the mean cross-entropy, from the logits. No log of 0, no overflow, no warning.",
    signature="cost_from_logits(y, z): y (m,) of 0 and 1, z (m,) logits -> J a number",
    lines=2,
    hints=(
        "Write the loss with z alone: log(1 + e^z) where y = 0, and z less where y = 1.",
        "log(1 + e^z) = max(z, 0) + log(1 + e^-|z|). The exponent is never positive now.",
        "loss = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))), then its mean.",
    ),
    why="This is what from_logits=True does in Keras: a sure mistake keeps its full price.",
    solution="""
def cost_from_logits(y, z):
    loss = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))  # (m,)
    return loss.mean()
""",
    inputs=_cost_from_logits_inputs,
    quiet=True,
    wrong=(
        Wrong(
            "np.mean(np.log(1 + np.exp(z)) - y * z)",
            "Right on paper, but np.exp(z) overflows at z = 800. Use max(z, 0) + log(1 + e^-|z|).",
        ),
        Wrong(
            """
def cost_from_logits(y, z):
    p = 1 / (1 + np.exp(-z))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
""",
            "The way through p loses the sure ones: p becomes exactly 0 or 1, and log 0 is infinite.",
        ),
        Wrong(
            """
def cost_from_logits(y, z):
    p = np.exp(-np.logaddexp(0, -z))  # a sigmoid that never overflows
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
""",
            "p is exactly 0 or 1 for the sure ones, and 0 * log 0 is nan. Use z alone, without p.",
        ),
        Wrong(
            """
def cost_from_logits(y, z):
    p = np.exp(-np.logaddexp(0, -z))
    return -np.mean(np.log(np.where(y == 1, p, 1 - p)))
""",
            "At z = 40 p is exactly 1, and log(1 - p) is infinite. Use z alone, without p.",
        ),
        Wrong(
            "-np.mean(np.log(np.exp(-np.logaddexp(0, np.where(y == 1, -z, z)))))",
            "The probability 1 - p = sigmoid(-z) serves at z = 40, but at z = 10,000 it is 0 too. Use z alone.",
        ),
        Wrong(
            """
def cost_from_logits(y, z):
    p = np.clip(1 / (1 + np.exp(-np.clip(z, -700, 700))), 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
""",
            "The patch caps the loss at 16.1. At z = 40 a mistake costs 40.",
        ),
        Wrong(
            """
def cost_from_logits(y, z):
    p = 1 / (1 + np.exp(-np.clip(z, -700, 700)))
    return -np.mean(y * np.log(p + 1e-7) + (1 - y) * np.log(1 - p + 1e-7))
""",
            "Adding 1e-7 changes every loss a little, and caps it at 16.1.",
        ),
        Wrong(
            "np.sum(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))",
            "The sum is there, the mean is missing: forgot 1/m.",
        ),
        Wrong(
            "np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))",
            "One loss for each example. The cost is their mean.",
        ),
        Wrong(
            "np.mean(np.maximum(z, 0) + y * z + np.log1p(np.exp(-np.abs(z))))",
            "A sign is flipped: y * z is subtracted. A large z is good news for who passed.",
        ),
        Wrong(
            "np.mean(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))))",
            "y is not used: this is the loss of those who failed. Subtract y * z.",
        ),
        Wrong(
            "np.mean(np.maximum(z, 0) - y * z)",
            "log(1 + e^-|z|) is missing. It matters near z = 0: there the loss is log 2, not 0.",
        ),
        Wrong(
            "np.mean(np.maximum(z, 0) - y * z + np.log(np.exp(-np.abs(z))))",
            "The 1 is missing: log(1 + e^-|z|), and np.log1p adds it for you.",
        ),
        Wrong(
            "np.mean(np.maximum(z, 0) - y.reshape(-1, 1) * z + np.log1p(np.exp(-np.abs(z))))",
            "y is a column, z a row: y * z becomes a table (m, m). Keep both at (m,).",
        ),
    ),
    variants=(
        "np.mean(np.logaddexp(0, z) - y * z)",
        "np.mean(np.logaddexp(0, (1 - 2 * y) * z))",
        "np.mean(y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z))",
        "np.mean(np.logaddexp(np.float32(0), z.astype(np.float32)) - (y * z).astype(np.float32))",
        """
def cost_from_logits(y, z):
    total = 0.0
    for target, logit in zip(y, z):
        against = -logit if target == 1 else logit
        total += max(against, 0) + np.log1p(np.exp(-abs(against)))
    return total / len(z)
""",
    ),
)


def _outcomes(seed: int, ones: int, m: int) -> np.ndarray:
    return np.random.default_rng(seed).permutation(np.arange(m) < ones).astype(float)


BEST_CONSTANT = Exercise(
    id="best_constant",
    lesson="02",
    title="the forecast without a model",
    aim="A forecast says the same p to everyone. Give the smallest cost (mean cross-entropy) it can reach.",
    signature="best_constant(y): y (m,) of 0 and 1, both occur -> J a number",
    lines=2,
    hints=(
        "With 5 of 10 passed, which p is fairest? Try p = 0.5 and p = 0.6 by hand.",
        "The best p is the share of those who passed.",
        "q = y.mean(). A share q costs -log q each, a share 1 - q costs -log(1 - q) each.",
    ),
    why="A model that does not beat this number has learned nothing from its inputs.",
    solution="""
def best_constant(y):
    q = y.mean()  # the best p is the share of ones
    return -(q * np.log(q) + (1 - q) * np.log(1 - q))
""",
    inputs=lambda: [
        (np.array([0.0, 1.0, 1.0, 1.0]),),
        (np.array([1, 0]),),
        (_outcomes(23, 2, 3),),
        (_outcomes(24, 3, 10),),
        (_outcomes(25, 1, 50),),
        (_outcomes(26, 70, 101),),
    ],
    rtol=1e-6,
    wrong=(
        Wrong("np.log(2)", "That is p = 0.5 for everyone. Where most passed, a larger p costs less."),
        Wrong("y.mean()", "That is the best p. Its cost is asked for."),
        Wrong("-np.log(y.mean())", "That is the loss of one who passed. Those who failed cost -log(1 - q)."),
        Wrong("-y.mean() * np.log(y.mean())", "Only those who passed are counted. The others are a share 1 - q."),
        Wrong(
            "y.mean() * np.log(y.mean()) + (1 - y.mean()) * np.log(1 - y.mean())",
            "The minus sign is missing: a cost is never negative.",
        ),
        Wrong("y.mean() * (1 - y.mean())", "This is the smallest squared error. The cross-entropy is asked for."),
        Wrong(
            "-(y.mean() * np.log2(y.mean()) + (1 - y.mean()) * np.log2(1 - y.mean()))",
            "This is in bits. Use np.log.",
        ),
        Wrong(
            "-len(y) * (y.mean() * np.log(y.mean()) + (1 - y.mean()) * np.log(1 - y.mean()))",
            "This is the sum over all examples. The cost is their mean.",
        ),
        Wrong(
            "-(np.log(y.mean()) + np.log(1 - y.mean())) / 2",
            "Both halves count alike here. Each counts by its share: q and 1 - q.",
        ),
        Wrong("-np.log(max(y.mean(), 1 - y.mean()))", "Only the more frequent outcome is counted."),
        Wrong("0.0", "That would need p = 1 for who passed and p = 0 for who failed. p is the same for all."),
    ),
    variants=(
        "-np.mean(y * np.log(y.mean()) + (1 - y) * np.log(1 - y.mean()))",
        "-np.log(np.where(y == 1, y.mean(), 1 - y.mean())).mean()",
        "-sum(q * np.log(q) for q in np.bincount(y.astype(int)) / len(y))",
        "np.float32(-(y.mean() * np.log(y.mean()) + (1 - y.mean()) * np.log1p(-y.mean())))",
        """
def best_constant(y):
    p = np.linspace(0.0001, 0.9999, 99_991)
    return min(-(y.mean() * np.log(p) + (1 - y.mean()) * np.log(1 - p)))
""",
    ),
)

PREDICT_COSTLIEST = Exercise(
    id="predict_costliest",
    lesson="02",
    title="who costs most",
    aim="The curve has w = 0.4 and b = −4. Which of the ten learners costs most? Answer with the name.",
    signature='predict_costliest = "a name"',
    lines=1,
    hints=(
        "Who is far from the curve: passed where it is low, or failed where it is high?",
        "The curve passes 0.5 at 10 hours. Which passes lie left of it, which failures right?",
        "Dia and Eli passed with few hours, Gus failed with many. Whose distance is the longest?",
    ),
    why="A cost is a mean, and one far-off example can carry a third of it.",
    setup=_LEARNERS,
    solution="""
def predict_costliest():
    return names[distance.argmax()]  # both losses grow with this distance
""",
    wrong=(
        Wrong('"Ana"', "Ana has the fewest hours, but she failed as the curve says: p = 0.04."),
        Wrong('"Eli"', "Close: Eli passed at p = 0.17. Someone passed at an even lower p."),
        Wrong('"Fay"', "For Fay the curve says 0.5: undecided is not very wrong."),
        Wrong('"Gus"', "Gus failed at p = 0.60. Others are farther from the curve."),
        Wrong('"Jon"', "Jon is the farthest to the right, but not from the curve: he passed at p = 0.96."),
        Wrong('"Cem"', "Cem failed at p = 0.08, as the curve says. Look one place to the right."),
    ),
    variants=('"Dia"', '" dia "', '"DIA"'),
)

PREDICT_SURE_CROSS = Exercise(
    id="predict_sure_cross",
    lesson="02",
    title="sure and wrong: the cross-entropy",
    aim="With w = 1, b = −10 Dia's logit is −5, and she passed. What is her cross-entropy? One decimal does.",
    signature="predict_sure_cross = a number",
    lines=1,
    hints=(
        "Her p is 0.0067. Her loss is −log p.",
        "Far below 0 the sigmoid is nearly e^z.",
        "−log e^z = −z.",
    ),
    why="Sure and wrong, the cross-entropy is as large as the logit itself: it grows without end.",
    setup=_DIA,
    solution="""
def predict_sure_cross():
    return cross  # -log sigmoid(-5) = 5.007
""",
    atol=0.06,
    wrong=(
        Wrong("2.1", "That is her loss at the logit −2, before the change."),
        Wrong("1", "That is the cap of the squared error. The cross-entropy has none."),
        Wrong("-5", "The sign is flipped: a loss is never negative."),
        Wrong("0.0067", "That is her p. The loss is −log p."),
        Wrong("5.3", "2.5 times the old loss is close, but not the rule. Compute −log 0.0067."),
        Wrong("25", "Not the square of the logit. Compute −log 0.0067."),
        Wrong("150", "That is 1 / p. Its logarithm is asked for."),
    ),
    variants=("5", "5.0", "-np.log(0.0067)", "np.float32(5.007)"),
)

PREDICT_SURE_SQUARED = Exercise(
    id="predict_sure_squared",
    lesson="02",
    title="sure and wrong: the squared error",
    aim="The same change: w = 1, b = −10, p = 0.0067, and Dia passed. What is her squared error? Two decimals do.",
    signature="predict_sure_squared = a number",
    lines=1,
    hints=(
        "Before the change it was (1 − 0.12)² = 0.78.",
        "p cannot fall below 0. How large can (1 − p)² become?",
        "(1 − 0.0067)².",
    ),
    why="The squared error never exceeds 1, so it hardly tells a mistake from a disaster.",
    setup=_DIA,
    solution="""
def predict_sure_squared():
    return squared
""",
    atol=0.015,
    wrong=(
        Wrong("0.78", "That is her squared error before the change."),
        Wrong("1.94", "It does not grow with the logit: (1 − p)² is at most 1."),
        Wrong("5", "That is the cross-entropy. (1 − p)² is at most 1."),
        Wrong("0", "That would be right had she failed. She passed: (1 − p)²."),
        Wrong("0.5", "With p near 0 the distance to 1 is nearly 1."),
        Wrong("36", "Take p, not the logit: (1 − 0.0067)²."),
    ),
    variants=("0.99", "0.987", "1", "(1 - 0.0067) ** 2", "np.float32(0.99)"),
)

EXERCISES = (
    LOG_LOSSES,
    PREDICT_COSTLIEST,
    PREDICT_SURE_CROSS,
    PREDICT_SURE_SQUARED,
    COST_FROM_LOGITS,
    BEST_CONSTANT,
)
