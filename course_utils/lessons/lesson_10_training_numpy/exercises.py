"""Exercises of lesson 10: where weights start, a step with momentum, Adam, and a rate that changes with time."""

import numpy as np

import course_utils as cu
from course_utils.exercises import exercise, open_exercise, prediction


@prediction(
    title="a sum of 400 throws",
    aim="A throw is +1 or −1, with the mean 0 and the standard deviation 1. What is the standard deviation of the sum "
    "of 400 throws?",
    shapes="a number",
    hints=(
        "Most of the throws cancel, so the sum seldom lies far from 0. How does that typical distance grow?",
        "The mean squared distance of a sum is the sum of the mean squared distances, if the throws are independent.",
        "400 throws have a mean squared distance of 400. The standard deviation is its square root.",
    ),
    why="A sum of n independent terms grows like the square root of n, so weights are made smaller by that factor.",
)
def predict_sum_of_throws():
    return 20  # the square root of 400


predict_sum_of_throws.mistake("That is how large the sum is if all throws agree. Most of them cancel.", 400)
predict_sum_of_throws.mistake("That is the standard deviation of one throw. A sum of many spreads further.", 1)
predict_sum_of_throws.mistake("That is the mean of the sum. The question is how far from it the sum typically lies.", 0)
predict_sum_of_throws.mistake("That belongs to the mean of 400 throws, which is the sum divided by 400.", 0.05)
predict_sum_of_throws.mistake("The root of 200 would belong to 200 throws.", 200**0.5)
predict_sum_of_throws.mistake("The throws cancel far more than that: not a half is left, but the root of 400.", 200)
predict_sum_of_throws.mistake("A hundred throws spread by 10. Here are four times as many.", 10)
predict_sum_of_throws.mistake("That is what sums drawn at random come to. The rule gives a round number.", 19.8)
predict_sum_of_throws.mistake("The root is right, but it is taken of 400 alone, without a factor 2.", 40)

predict_sum_of_throws.also(20.0, 400**0.5, np.sqrt(400), np.int64(20))


@exercise(
    title="how large a start",
    aim="Turn noise with the standard deviation 1 into He's start for a ReLU layer, with sqrt(2 / n_in).",
    shapes="noise (n_in, units) with standard deviation 1 -> W (n_in, units)",
    hints=(
        "If you multiply noise by a number, you multiply its standard deviation by the same number.",
        "A kernel has a row for each input and a column for each unit, so n_in is the number of rows.",
        "noise times np.sqrt(2 / n_in), with n_in = noise.shape[0].",
    ),
    why="With it, a signal keeps its size from layer to layer, however wide the layers are.",
    inputs=lambda: [
        (np.array([[1.0, -1.0, 0.5], [0.0, 2.0, 1.0]]),),
        (np.random.default_rng(91).normal(size=(8, 3)),),
        (np.random.default_rng(92).normal(size=(1, 4)),),
        (np.random.default_rng(93).normal(size=(5, 1)),),
        (np.random.default_rng(94).normal(size=(50, 10)),),
    ],
)
def he_start(noise):
    n_in = noise.shape[0]  # one row for each input
    return noise * np.sqrt(2 / n_in)


he_start.mistake(
    "2 / n_in is the variance. The standard deviation is its square root.", lambda noise: noise * 2 / noise.shape[0]
)
he_start.mistake(
    "The factor 2 is missing. It makes up for the ReLU, which leaves half of the mean square.",
    lambda noise: noise * np.sqrt(1 / noise.shape[0]),
)
he_start.mistake(
    "The columns are the units. n_in is the number of rows.", lambda noise: noise * np.sqrt(2 / noise.shape[1])
)
he_start.mistake(
    "noise.size is n_in times the units. A unit adds up n_in terms only.", lambda noise: noise * np.sqrt(2 / noise.size)
)
he_start.mistake(
    "This is Glorot's start. He's counts only the inputs.", lambda noise: noise * np.sqrt(2 / sum(noise.shape))
)
he_start.mistake("n_in belongs under the root too.", lambda noise: noise * np.sqrt(2) / noise.shape[0])
he_start.mistake(
    "The fraction is upside down. More inputs need smaller weights.", lambda noise: noise * np.sqrt(noise.shape[0] / 2)
)
he_start.mistake(
    "sqrt(6 / n_in) is the limit of a uniform start with this variance.",
    lambda noise: noise * np.sqrt(6 / noise.shape[0]),
)
he_start.mistake("A fixed 0.01 does not know how many inputs there are.", lambda noise: noise * 0.01)
he_start.mistake(
    "784 inputs are one case only. The number of inputs is noise.shape[0].", lambda noise: noise * np.sqrt(2 / 784)
)
he_start.mistake("The 2 belongs under the root too.", lambda noise: noise * 2 / np.sqrt(noise.shape[0]))
he_start.mistake(
    "This is the standard deviation alone. The scaled noise is asked for.", lambda noise: np.sqrt(2 / noise.shape[0])
)
he_start.mistake(
    "Adding a number moves the mean of the noise. Multiply to change how far it spreads.",
    lambda noise: noise + np.sqrt(2 / noise.shape[0]),
)

he_start.also(
    lambda noise: noise * (2 / len(noise)) ** 0.5,
    lambda noise: noise / np.sqrt(len(noise) / 2),
    lambda noise: np.sqrt(2 / len(noise)) * np.asarray(noise, np.float32),
)


@he_start.also
def _(noise):
    n_in, units = noise.shape
    return np.reshape([z * np.sqrt(2 / n_in) for row in noise for z in row], (n_in, units))


@he_start.payoff
def _(start):
    images = cu.load_mnist(download=False)[0][0][:500].reshape(500, 784) / np.float32(255)  # (500, 784)
    starts = {"0.01": lambda noise: 0.01 * noise, "yours": start}
    groups = {name: _logits_of_three_layers(images, one) for name, one in starts.items()}
    for name, logits in groups.items():
        one, two, three = (cu.relu(z).std() for z in logits.values())
        print(f"{name:6} standard deviation of the activations {one:.5f}, {two:.5f}, {three:.5f}")
    fig = cu.plots.histograms(groups, limits=(-1.5, 1.5), xlabel="pre-activation", bins=21)
    return fig, "Pre-activations of three layers: a start of 0.01 becomes a spike at 0, yours stays as wide."


def _logits_of_three_layers(images, start):
    rng, a, logits = np.random.default_rng(0), images, {}
    for layer in (1, 2, 3):
        z = a @ start(rng.normal(size=(a.shape[1], 64)))  # (500, 64)
        logits[f"layer {layer}"] = z
        a = cu.relu(z)
    return logits


@prediction(
    title="the limit in the valley",
    aim="The valley has the curvature 1 along and 50 across. From which rate on does descent without momentum no "
    "longer converge?",
    shapes="a rate, a number",
    hints=(
        "Lesson 03 found the limit for a parabola. Which of the two directions has the lower one?",
        "The limit is 2 divided by the curvature, and one rate has to serve both directions.",
        "Along the valley 2 / 1 would be allowed, and across it 2 / 50.",
    ),
    why="The steepest direction sets the limit, and all other directions have to live with it.",
)
def predict_valley_limit():
    return 2 / 50


predict_valley_limit.mistake("This is the limit along the valley. Across it the curvature is 50.", 2)
predict_valley_limit.mistake(
    "With 1 divided by the curvature a step lands at the lowest place. Up to twice as much converges.", 0.02
)
predict_valley_limit.mistake("The two curvatures are not added here: each direction has a limit of its own.", 2 / 51)
predict_valley_limit.mistake("This is the curvature across. The limit is 2 divided by it.", 50)
predict_valley_limit.mistake("The fraction is upside down: a higher curvature allows less.", 25)
predict_valley_limit.mistake(
    "At 0.03 each step across the valley still lands nearer to the floor, on its other side.", 0.03
)
predict_valley_limit.mistake("The mean of the curvatures plays no part. The steepest direction decides.", 2 / 25.5)

predict_valley_limit.also(0.04, 0.04000001, 2 / 50, np.float32(0.04), 1 / 25)


def _cost_in_the_valley(momentum, rate=0.03, steps=60):
    w, v = np.array([-10.0, 2.0]), np.zeros(2)
    curvatures = np.array([1.0, 50.0])
    for _ in range(steps):
        v = momentum * v - rate * curvatures * w
        w = w + v
    return 0.5 * np.sum(curvatures * w**2)


COSTS = {momentum: _cost_in_the_valley(momentum) for momentum in (0, 0.5, 0.8, 0.99)}


@prediction(
    title="which momentum",
    aim="The rate is 0.03, and 60 steps are taken in the valley. Which momentum ends with the lowest J: 0, 0.5, 0.8 or "
    "0.99?",
    shapes="0, 0.5, 0.8 or 0.99",
    hints=(
        "Momentum remembers the last steps. With 0.5 it remembers about two of them, with 0.99 about a hundred.",
        "Too little memory creeps along the valley. What does a ball do that hardly loses any speed?",
        "60 steps are not enough for a ball with 0.99 to come to rest. It still swings along the valley.",
    ),
    why="Momentum is a setting like the rate: too little of it creeps, and too much shoots past and swings.",
)
def predict_best_momentum():
    return min(COSTS, key=COSTS.get)


predict_best_momentum.mistake("Most speed is not best. Such a ball shoots past the bottom and swings back.", 0.99)
predict_best_momentum.mistake("Without momentum 16 % of the way along the valley are left after 60 steps.", 0)
predict_best_momentum.mistake(
    "With 0.5 the steps along the valley are only twice as long. There is something better.", 0.5
)
predict_best_momentum.mistake("0.9 is a common choice, but not one of the four. Here it would still shoot past.", 0.9)
predict_best_momentum.mistake("A momentum of 1 forgets nothing, so the ball would never come to rest.", 1)

predict_best_momentum.also(0.8, 4 / 5, np.float64(0.8), np.array(0.8))


def _momentum_inputs() -> list[tuple]:
    def case(seed: int, *shape: int, rate: float, momentum: float) -> tuple:
        rng = np.random.default_rng(seed)
        return rng.normal(size=shape), rng.normal(size=shape), rng.normal(size=shape), rate, momentum

    return [
        (np.array([1.0]), np.array([0.0]), np.array([2.0]), 0.1, 0.9),
        (np.array([1.0]), np.array([-0.5]), np.array([2.0]), 0.1, 0.9),
        case(88, 3, 2, rate=0.3, momentum=0.5),
        case(89, 4, rate=0.01, momentum=0.99),
        case(90, 2, 2, rate=1.5, momentum=0.0),
    ]


@exercise(
    title="a step with momentum",
    aim="Keep the share `momentum` of the last step v, add the new step against the gradient g, and move w by the sum.",
    shapes="w, v, g arrays of one shape, two numbers -> (new w, new v)",
    hints=(
        "v is the last step itself, with its sign. The new one is part old step, part gradient.",
        "v = momentum * v - rate * g. The weights then move by the new v.",
        "Return w + v and v, in this order. Make new arrays, and do not write into the old ones.",
    ),
    why="Steps in one direction add up to ten times the length with a momentum of 0.9, and back and forth they cancel.",
    inputs=_momentum_inputs,
    results=("w", "v"),
    way={"v": ("v",), "w": ("w",)},
)
def momentum_step(w, v, g, rate, momentum):
    v = momentum * v - rate * g
    return w + v, v


momentum_step.mistake(
    "v is neither used nor renewed, so this is plain gradient descent.",
    lambda w, v, g, rate, momentum: (w - rate * g, v),
)
momentum_step.mistake(
    "w moves by the old v. Renew v first.", lambda w, v, g, rate, momentum: (w + v, momentum * v - rate * g)
)


@momentum_step.mistake("The sign of the gradient is turned round, so this goes uphill.")
def _(w, v, g, rate, momentum):
    v = momentum * v + rate * g
    return w + v, v


@momentum_step.mistake("v points downhill already, so it is added.")
def _(w, v, g, rate, momentum):
    v = momentum * v - rate * g
    return w - v, v


@momentum_step.mistake("This averages the gradients. Here the new step counts in full, without the (1 - momentum).")
def _(w, v, g, rate, momentum):
    v = momentum * v - (1 - momentum) * rate * g
    return w + v, v


@momentum_step.mistake(
    "Here v would be a sum of gradients. In this exercise it is the step itself, with rate and sign."
)
def _(w, v, g, rate, momentum):
    v = momentum * v + g
    return w - rate * v, v


@momentum_step.mistake("Here v is a running mean of gradients. In this exercise v is the last step itself.")
def _(w, v, g, rate, momentum):
    v = momentum * v + (1 - momentum) * g
    return w - rate * v, v


@momentum_step.mistake("v is a running mean of gradients here, and w moves uphill by it. v is the last step itself.")
def _(w, v, g, rate, momentum):
    v = momentum * v + (1 - momentum) * g
    return w + v, v


@momentum_step.mistake("Without the factor momentum v forgets nothing.")
def _(w, v, g, rate, momentum):
    v = v - rate * g
    return w + v, v


@momentum_step.mistake("momentum multiplies the old step only.")
def _(w, v, g, rate, momentum):
    v = momentum * (v - rate * g)
    return w + v, v


@momentum_step.mistake("rate multiplies the gradient only.")
def _(w, v, g, rate, momentum):
    v = rate * (momentum * v - g)
    return w + v, v


@momentum_step.mistake("The order is turned round: the new w comes first, then the new v.")
def _(w, v, g, rate, momentum):
    v = momentum * v - rate * g
    return v, w + v


@momentum_step.mistake("*= and += change the caller's arrays. Write v = …, which makes a new one.")
def _(w, v, g, rate, momentum):
    v *= momentum
    v -= rate * g
    w += v
    return w, v


@momentum_step.mistake("Here v points uphill and is subtracted. In this exercise v is the step itself, and is added.")
def _(w, v, g, rate, momentum):
    v = momentum * v + rate * g
    return w - v, v


momentum_step.also(lambda w, v, g, rate, momentum: (w + momentum * v - rate * g, momentum * v - rate * g))


@momentum_step.also
def _(w, v, g, rate, momentum):
    step = np.multiply(rate, g)
    new = momentum * v - step
    return (w + new, new)


@momentum_step.also
def _(w, v, g, rate, momentum):
    v = v * momentum
    v -= g * rate
    return np.add(w, v), v


@momentum_step.also
def _(w, v, g, rate, momentum):
    v = -(rate * g - momentum * v)
    return w + v, v


def _adam_inputs() -> list[tuple]:
    def case(seed: int, *shape: int, t: int, rate: float) -> tuple:
        rng = np.random.default_rng(seed)
        w, m, g = rng.normal(size=shape), rng.normal(size=shape), 3 * rng.normal(size=shape)
        return w, m, 1 + rng.random(shape), g, t, rate

    first = (np.array([1.0, -2.0]), np.zeros(2), np.zeros(2), np.array([5.0, -0.5]), 1, 0.01)
    silent = (np.array([0.3, 1.0]), np.zeros(2), np.zeros(2), np.array([0.0, 4.0]), 1, 0.02)
    later = (np.array([1.0]), np.array([0.5]), np.array([2.0]), np.array([-3.0]), 7, 0.001)
    tiny = (np.array([1.0]), np.array([1e-7]), np.array([1e-14]), np.array([1e-7]), 30_000, 0.01)
    return [first, silent, later, tiny, case(95, 3, 2, t=2, rate=0.05), case(96, 4, t=30, rate=0.003)]


@exercise(
    title="Adam in four lines",
    aim="Take step number t of Adam, with the shares 0.9 for m and 0.999 for s, and 1e-7 beside the root.",
    shapes="w, m, s, g arrays of one shape, t = 1, 2, 3 …, rate a number -> (new w, new m, new s)",
    hints=(
        "First renew both running means: m with the gradient g, and s with its square.",
        "The correction is a number: np.sqrt(1 - 0.999**t) / (1 - 0.9**t).",
        "w moves by -rate * correction * m / (np.sqrt(s) + 1e-7), with the new m and s. Return w, m, s.",
    ),
    why="A gradient that keeps its sign gives steps of about the length of the rate, however large or small it is. One "
    "that keeps changing its sign gives much shorter ones.",
    inputs=_adam_inputs,
    rtol=1e-6,
    atol=1e-8,
    results=("w", "m", "s"),
    way={"m": ("m",), "s": ("s",), "w": ("w",)},
)
def adam_step(w, m, s, g, t, rate):
    m = 0.9 * m + 0.1 * g
    s = 0.999 * s + 0.001 * g**2
    correction = np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    return w - rate * correction * m / (np.sqrt(s) + 1e-7), m, s


@adam_step.mistake("The bias correction is missing, so the first steps are too long.")
def _(w, m, s, g, t, rate):
    m = 0.9 * m + 0.1 * g
    s = 0.999 * s + 0.001 * g**2
    return w - rate * m / (np.sqrt(s) + 1e-7), m, s


@adam_step.mistake("s is the running mean of the squares, and here g is not squared.")
def _(w, m, s, g, t, rate):
    m = 0.9 * m + 0.1 * g
    s = 0.999 * s + 0.001 * np.abs(g)
    correction = np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    return w - rate * correction * m / (np.sqrt(s) + 1e-7), m, s


@adam_step.mistake("The root is missing. s is a mean of squares, so the usual size of g is its square root.")
def _(w, m, s, g, t, rate):
    m = 0.9 * m + 0.1 * g
    s = 0.999 * s + 0.001 * g**2
    correction = np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    return w - rate * correction * m / (s + 1e-7), m, s


@adam_step.mistake("The 1e-7 stands under the root. It belongs beside it: np.sqrt(s) + 1e-7.")
def _(w, m, s, g, t, rate):
    m = 0.9 * m + 0.1 * g
    s = 0.999 * s + 0.001 * g**2
    correction = np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    return w - rate * correction * m / np.sqrt(s + 1e-7), m, s


@adam_step.mistake("The shares 0.9 and 0.999 are exchanged. m forgets faster than s.")
def _(w, m, s, g, t, rate):
    m = 0.999 * m + 0.001 * g
    s = 0.9 * s + 0.1 * g**2
    correction = np.sqrt(1 - 0.9**t) / (1 - 0.999**t)
    return w - rate * correction * m / (np.sqrt(s) + 1e-7), m, s


@adam_step.mistake("The old mean should keep 0.9 and 0.999, and the new value adds 0.1 and 0.001.")
def _(w, m, s, g, t, rate):
    m = 0.1 * m + 0.9 * g
    s = 0.001 * s + 0.999 * g**2
    correction = np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    return w - rate * correction * m / (np.sqrt(s) + 1e-7), m, s


@adam_step.mistake("The correction is upside down: m is divided by 1 - 0.9**t, and s by 1 - 0.999**t under the root.")
def _(w, m, s, g, t, rate):
    m = 0.9 * m + 0.1 * g
    s = 0.999 * s + 0.001 * g**2
    correction = (1 - 0.9**t) / np.sqrt(1 - 0.999**t)
    return w - rate * correction * m / (np.sqrt(s) + 1e-7), m, s


@adam_step.mistake("The correction of s belongs under the root: np.sqrt(1 - 0.999**t).")
def _(w, m, s, g, t, rate):
    m = 0.9 * m + 0.1 * g
    s = 0.999 * s + 0.001 * g**2
    correction = (1 - 0.999**t) / (1 - 0.9**t)
    return w - rate * correction * m / (np.sqrt(s) + 1e-7), m, s


@adam_step.mistake("Only m is corrected. s starts at 0 as well, and needs its own correction.")
def _(w, m, s, g, t, rate):
    m = 0.9 * m + 0.1 * g
    s = 0.999 * s + 0.001 * g**2
    return w - rate * m / (1 - 0.9**t) / (np.sqrt(s) + 1e-7), m, s


@adam_step.mistake("t counts from 1 already, so nothing is added to it.")
def _(w, m, s, g, t, rate):
    m = 0.9 * m + 0.1 * g
    s = 0.999 * s + 0.001 * g**2
    correction = np.sqrt(1 - 0.999 ** (t + 1)) / (1 - 0.9 ** (t + 1))
    return w - rate * correction * m / (np.sqrt(s) + 1e-7), m, s


@adam_step.mistake("The sign is turned round, so this goes uphill.")
def _(w, m, s, g, t, rate):
    m = 0.9 * m + 0.1 * g
    s = 0.999 * s + 0.001 * g**2
    correction = np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    return w + rate * correction * m / (np.sqrt(s) + 1e-7), m, s


@adam_step.mistake("The step takes the gradient g itself. In Adam it takes the running mean m.")
def _(w, m, s, g, t, rate):
    m = 0.9 * m + 0.1 * g
    s = 0.999 * s + 0.001 * g**2
    correction = np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    return w - rate * correction * g / (np.sqrt(s) + 1e-7), m, s


@adam_step.mistake("w moves by the old means. Renew m and s first.")
def _(w, m, s, g, t, rate):
    correction = np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    w = w - rate * correction * m / (np.sqrt(s) + 1e-7)
    return w, 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2


@adam_step.mistake("The corrected means are handed back. The next step has to go on from m and s as they are.")
def _(w, m, s, g, t, rate):
    m = (0.9 * m + 0.1 * g) / (1 - 0.9**t)
    s = (0.999 * s + 0.001 * g**2) / (1 - 0.999**t)
    return w - rate * m / (np.sqrt(s) + 1e-7), m, s


@adam_step.mistake("The order is: the new w, then m, then s.")
def _(w, m, s, g, t, rate):
    m = 0.9 * m + 0.1 * g
    s = 0.999 * s + 0.001 * g**2
    correction = np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    return m, s, w - rate * correction * m / (np.sqrt(s) + 1e-7)


@adam_step.mistake("*= and += change the caller's arrays. Write m = …, which makes a new one.")
def _(w, m, s, g, t, rate):
    m *= 0.9
    m += 0.1 * g
    s *= 0.999
    s += 0.001 * g**2
    correction = np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    return w - rate * correction * m / (np.sqrt(s) + 1e-7), m, s


@adam_step.also
def _(w, m, s, g, t, rate):
    m = 0.9 * m + 0.1 * g
    s = 0.999 * s + 0.001 * g * g
    m_hat = m / (1 - 0.9**t)
    s_hat = s / (1 - 0.999**t)
    return w - rate * m_hat / (np.sqrt(s_hat) + 1e-7), m, s


@adam_step.also
def _(w, m, s, g, t, rate):
    m = m + (1 - 0.9) * (g - m)
    s = s + (1 - 0.999) * (g**2 - s)
    step = rate * (1 - 0.999**t) ** 0.5 / (1 - 0.9**t) * m / (s**0.5 + 1e-7)
    return np.subtract(w, step), m, s


@adam_step.also
def _(w, m, s, g, t, rate):
    beta1, beta2 = 0.9, 0.999
    new_m = beta1 * m + (1 - beta1) * g
    new_s = beta2 * s + (1 - beta2) * np.square(g)
    rate_t = rate * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return (w - rate_t * new_m / (np.sqrt(new_s) + 1e-7), new_m, new_s)


@adam_step.payoff
def _(step):
    images, labels = cu.load_mnist(download=False)[0]
    x, y = images.reshape(-1, 784) / np.float32(255), labels
    first = min(1000, 5 * len(x) // 6)
    model = cu.Sequential([cu.Input(784), cu.Dense(64, "relu"), cu.Dense(10, "softmax")], rng=0)
    model.compile("adam", "sparse_categorical_crossentropy")
    weights = model.get_weights()
    means, squares = [[np.zeros_like(w) for w in weights] for _ in range(2)]
    rng, t = np.random.default_rng(1), 0
    for _ in range(6):
        for x_few, y_few in cu.minibatches(x[:first], y[:first], 50, rng=rng):
            t += 1
            _, slopes = model.value_and_grad(x_few, y_few)
            for i, g in enumerate(slopes):
                weights[i], means[i], squares[i] = step(weights[i], means[i], squares[i], g, t, 0.003)
            model.set_weights(weights)
    score = model.evaluate(x[-200:], y[-200:])[1]
    print(f"After {t} steps with your four lines, 784-64-10 reads {score:.0%} of 200 images that it has not seen.")


@exercise(
    title="first up, then down",
    aim="The rate rises in a straight line, from 0 at step 0 to `rate` at step `warmup`. From there it falls along "
    "half a wave of a cosine, to 0 at step `steps`, and stays at 0.",
    shapes="step 0, 1, 2 …, rate a number, whole numbers 0 <= warmup < steps -> the rate at this step",
    hints=(
        "There are three parts: before warmup, between warmup and steps, and after steps.",
        "On the way down, the share of the way that is done is (step - warmup) / (steps - warmup).",
        "rate * step / warmup while step < warmup; then rate * (1 + np.cos(np.pi * done)) / 2, with done at most 1.",
    ),
    why="Many large language models are trained with a schedule of this form, often down to a tenth of the rate.",
    inputs=lambda: [
        (0, 0.1, 10, 110),
        (5, 0.1, 10, 110),
        (2, 0.1, 10, 110),
        (10, 0.1, 10, 110),
        (60, 0.1, 10, 110),
        (35, 0.1, 10, 110),
        (110, 0.1, 10, 110),
        (150, 0.1, 10, 110),
        (3, 0.02, 4, 7),
        (6, 0.02, 4, 7),
        (0, 1.0, 0, 20),
        (19, 1.0, 0, 20),
    ],
)
def warmup_cosine(step, rate, warmup, steps):
    if step < warmup:
        return rate * step / warmup
    done = min(1, (step - warmup) / (steps - warmup))
    return rate * (1 + np.cos(np.pi * done)) / 2


@warmup_cosine.mistake("After step `steps` the cosine rises again. The rate should stay at 0.")
def _(step, rate, warmup, steps):
    if step < warmup:
        return rate * step / warmup
    return rate * (1 + np.cos(np.pi * (step - warmup) / (steps - warmup))) / 2


@warmup_cosine.mistake("The way down begins at step `warmup`: subtract it from the step.")
def _(step, rate, warmup, steps):
    if step < warmup:
        return rate * step / warmup
    return rate * (1 + np.cos(np.pi * min(1, step / steps))) / 2


@warmup_cosine.mistake("The way down is only steps - warmup long.")
def _(step, rate, warmup, steps):
    if step < warmup:
        return rate * step / warmup
    return rate * (1 + np.cos(np.pi * min(1, (step - warmup) / steps))) / 2


@warmup_cosine.mistake("The way down begins at step `warmup`, so subtract it, and the rate stays at 0 after `steps`.")
def _(step, rate, warmup, steps):
    if step < warmup:
        return rate * step / warmup
    return rate * (1 + np.cos(np.pi * step / steps)) / 2


@warmup_cosine.mistake("The way up is a straight line: rate * step / warmup.")
def _(step, rate, warmup, steps):
    if step < warmup:
        return rate * (1 - np.cos(np.pi * step / warmup)) / 2
    return rate * (1 + np.cos(np.pi * min(1, (step - warmup) / (steps - warmup)))) / 2


@warmup_cosine.mistake("With 2π the wave comes up again. Half a wave is π.")
def _(step, rate, warmup, steps):
    if step < warmup:
        return rate * step / warmup
    return rate * (1 + np.cos(2 * np.pi * min(1, (step - warmup) / (steps - warmup)))) / 2


@warmup_cosine.mistake("1 + cos lies between 0 and 2, so it is divided by 2.")
def _(step, rate, warmup, steps):
    if step < warmup:
        return rate * step / warmup
    return rate * (1 + np.cos(np.pi * min(1, (step - warmup) / (steps - warmup))))


@warmup_cosine.mistake("The cosine alone goes down to −1. Add 1, and divide by 2.")
def _(step, rate, warmup, steps):
    if step < warmup:
        return rate * step / warmup
    return rate * np.cos(np.pi * min(1, (step - warmup) / (steps - warmup)))


@warmup_cosine.mistake("The way down is a straight line here. A cosine is asked for.")
def _(step, rate, warmup, steps):
    if step < warmup:
        return rate * step / warmup
    return rate * (1 - min(1, (step - warmup) / (steps - warmup)))


@warmup_cosine.mistake("The rate is reached one step too early: at step 0 it is 0.")
def _(step, rate, warmup, steps):
    if step < warmup:
        return rate * (step + 1) / warmup
    return rate * (1 + np.cos(np.pi * min(1, (step - warmup) / (steps - warmup)))) / 2


@warmup_cosine.mistake("There is no warm-up: before step `warmup` the rate rises from 0.")
def _(step, rate, warmup, steps):
    if step < warmup:
        return rate
    return rate * (1 + np.cos(np.pi * min(1, (step - warmup) / (steps - warmup)))) / 2


@warmup_cosine.mistake("This is the share of the rate. Multiply it by `rate`.")
def _(step, rate, warmup, steps):
    if step < warmup:
        return step / warmup
    return (1 + np.cos(np.pi * min(1, (step - warmup) / (steps - warmup)))) / 2


@warmup_cosine.also
def _(step, rate, warmup, steps):
    if step >= steps:
        return 0.0
    if step < warmup:
        return rate * (step / warmup)
    return cu.CosineDecay(rate, steps - warmup)(step - warmup)


@warmup_cosine.also
def _(step, rate, warmup, steps):
    if warmup > 0 and step <= warmup:
        return step * rate / warmup
    share = np.clip((step - warmup) / (steps - warmup), 0, 1)
    return rate * np.cos(np.pi / 2 * share) ** 2


@warmup_cosine.also
def _(step, rate, warmup, steps):
    up = 1 if step >= warmup else step / warmup
    down = 0 if step > steps else (1 + np.cos(np.pi * max(0, step - warmup) / (steps - warmup))) / 2
    return rate * min(up, down)


@warmup_cosine.payoff
def _(schedule):
    at = np.arange(0, 1001, 10)
    curves = {"cosine": [cu.CosineDecay(0.1, 1000)(int(k)) for k in at]}
    curves["yours, warmed up"] = [schedule(int(k), 0.1, 200, 1000) for k in at]
    ax = cu.plots.lines(at, curves, xlabel="step", ylabel="learning rate")
    return ax.figure, "A cosine that falls from 0.1 to 0, and yours, which rises for 200 steps first."


scaled_cost = open_exercise(
    "scaled_cost",
    title="a cost a thousand times as large",
    task="A colleague measures the same cost in other units, so that it is 1,000 times as large everywhere. Show from "
    "the formulas what this does to the steps of plain descent, of momentum and of Adam, at the same rate. Which of "
    "them has to be tuned again?",
    answer="All gradients become 1,000 times as large, because a derivative of 1,000 J is 1,000 times that of J.\n\n"
    "A plain step is −rate · g, so it becomes 1,000 times as long. With momentum v starts at 0, and each new v is "
    "β v − rate · g. If the old v is 1,000 times as large and g is, so is the new v, and therefore all steps are. "
    "(From the second step on the gradients are taken at other places, too, but the first step already goes wrong.) "
    "Both need a rate that is 1,000 times smaller, and then they walk exactly the same path as before.\n\n"
    "In Adam m becomes 1,000 times as large, s becomes 1,000,000 times as large and its root 1,000 times. The "
    "correction depends on t alone. So m / √s is unchanged, and with it every step, except for the 10⁻⁷ in the "
    "denominator, which now matters even less. Adam need not be tuned again. This is why its usual rate of 0.001 "
    "works tolerably for very different networks.",
    effort="do",
    hints=(
        "What happens to a derivative if the function is multiplied by 1,000?",
        "Follow m, s and the root of s one by one, and divide at the end.",
    ),
)


fair_report = open_exercise(
    "fair_report",
    title="a report that is not fair",
    task="A report says: “We compared our new optimizer with SGD on MNIST. We tried 30 settings of ours and took the "
    "one with the best test accuracy, 97.9 %. SGD with the usual rate of 0.01 reached 92 %. So our optimizer is much "
    "better.” Name at least four faults, and describe a comparison that you would believe.",
    answer="(1) The setting was chosen by the test set, so 97.9 % is too good: the best of 30 is partly luck. A "
    "validation set has to choose, and the test set judges once. (2) Thirty settings stand against one. Both methods "
    "need the same number of tries, each around its own best rate, with the best rate inside the grid and not at its "
    "edge. (3) “The usual rate” is no choice for this network, and rates of two optimizers cannot be compared. (4) One "
    "run for each cell: the start and the order of the batches are drawn at random, and the difference may be smaller "
    "than that between two seeds. (5) Even the test set is a sample. With 10,000 images and 98 % right its own "
    "standard error is √(0.98 · 0.02 / 10,000), about 0.14 points, so small differences mean nothing. (6) Nothing is "
    "said of epochs, batch size, schedule or time, which have to be equal, too.\n\n"
    "I would believe a table like this: the same network, start, images, batch size, epochs and kind of schedule; for "
    "each optimizer as many rates, equally far apart; three or more seeds for each cell, with the mean and the range; "
    "the choice by validation images; at the end one run of each choice on the test set, with its standard error, and "
    "the time that each took. And on more than one data set, before anybody says “better”.",
    effort="hard",
    hints=(
        "Which images chose, and which images judged? How many tries did each side get?",
        "How large is the difference between two runs that differ only in the seed?",
    ),
)
