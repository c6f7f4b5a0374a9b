"""Exercises of lesson 16: ten networks that do not learn, each to be repaired in a line or a function.

A right repair earns the run of the repaired network, beside the patient's: see `ward`."""

import numpy as np

from course_utils.exercises import exercise, prediction

NAME_IT = (
    "Name the cause that your measurement shows: axis · broadcasting · dead · epoch · labels · leak · loss · order · "
    "rate · start."
)
WORD = '"a word of the list"'


@prediction(
    title="the cause of patient 1, two answers",
    aim=NAME_IT,
    shapes=WORD,
    hints=(
        "Compare the shape of the output with the shape of the targets.",
        "(9, 1) + (2,) gives (9, 2), without a word. What did the author expect?",
        "NumPy stretched a column to fit two biases. The word for that stretching is in the list.",
    ),
    why="A sum of (9, 1) and (2,) is (9, 2): two biases, but one line's direction for both units.",
)
def cause_1():
    return "broadcasting"


cause_1.mistake("The cost falls quickly, then stays. Another rate comes to the same place.", "rate")
cause_1.mistake("A cross-entropy is right for yes and no. Look at the shapes that go into it.", "loss")
cause_1.mistake("Three random starts end alike, so it is not bad luck with the start.", "start")
cause_1.mistake("The targets are right. But how many columns have they, and how many has the output?", "labels")
cause_1.mistake("No sum along an axis takes part here. Look at what is added to what.", "axis")
cause_1.mistake("These are sigmoids: none is silent on every row.", "dead")

cause_1.also("broadcasting", "BROADCASTING", " broadcasting ")


def _nines() -> list[tuple]:
    drawn = [(np.random.default_rng(seed).normal(size=9),) for seed in (121, 122, 123)]
    return [(np.arange(1.0, 10.0),), *drawn, (np.arange(9),), (np.linspace(-9, 9, 9, dtype=np.float32),)]


@exercise(
    title="nine numbers, four arrays",
    aim="Cut nine numbers into the arrays of a proper 2-2-1 network: W1 row by row, then b1, W2, b2.",
    shapes="t (9,) -> W1 (2, 2), b1 (2,), W2 (2, 1), b2 (1,)",
    hints=(
        "Four numbers for W1, two for b1, two for W2, one for b2.",
        "t[:4] are the four of W1. reshape gives them two rows and two columns.",
        "W1, b1 = t[:4].reshape(2, 2), t[4:6]; then t[6:8].reshape(2, 1) and t[8:].",
    ),
    why="Each unit has weights of its own now, so its line may run in a direction of its own.",
    inputs=_nines,
    results=("W1", "b1", "W2", "b2"),
)
def unpack_nine(t):
    W1, b1 = t[:4].reshape((2, 2)), t[4:6]
    W2, b2 = t[6:8].reshape((2, 1)), t[8:]
    return W1, b1, W2, b2


unpack_nine.mistake(
    "This is the patient: W1 has one column.", lambda t: (t[:2].reshape(2, 1), t[2:4], t[4:6].reshape(2, 1), t[6:])
)
unpack_nine.mistake(
    "b2 is a bare number. t[8:] is (1,).", lambda t: (t[:4].reshape(2, 2), t[4:6], t[6:8].reshape(2, 1), t[8])
)
unpack_nine.mistake(
    "W1 is turned over: the first two numbers are its first row.",
    lambda t: (t[:4].reshape(2, 2).T, t[4:6], t[6:8].reshape(2, 1), t[8:]),
)
unpack_nine.mistake(
    "W2 is flat. With (2,) the output is flat too: (2, 1).", lambda t: (t[:4].reshape(2, 2), t[4:6], t[6:8], t[8:])
)
unpack_nine.mistake(
    "W2 lies down: (n_in, units) is (2, 1).", lambda t: (t[:4].reshape(2, 2), t[4:6], t[6:8].reshape(1, 2), t[8:])
)
unpack_nine.mistake(
    "b1 stands up. A bias is added to every row of (m, 2), so it is (2,).",
    lambda t: (t[:4].reshape(2, 2), t[4:6].reshape(2, 1), t[6:8].reshape(2, 1), t[8:]),
)
unpack_nine.mistake(
    "The last number is t[8], not t[7].", lambda t: (t[:4].reshape(2, 2), t[4:6], t[6:8].reshape(2, 1), t[7:8])
)

unpack_nine.also(
    lambda t: (np.array([t[:2], t[2:4]]), t[4:6], t[6:8][:, None], t[8:9]),
    lambda t: (t[0:4].reshape(2, -1), t[4:-3], t[-3:-1].reshape(-1, 1), t[-1:]),
)


@unpack_nine.also
def _(t):
    W1, b1, W2, b2 = np.split(t, [4, 6, 8])
    return W1.reshape(2, 2), b1, W2.reshape(2, 1), b2


@unpack_nine.payoff
def _(unpack):
    from course_utils.lessons.lesson_16_bug_clinic.ward import right_of_nine

    print(f"Three starts with your arrays, right of nine points: {right_of_nine(unpack)}.")


@prediction(
    title="the cause of patient 2, two epochs in a blink",
    aim=NAME_IT,
    shapes=WORD,
    hints=(
        "Count the updates, not the epochs.",
        "1,400 images in batches of 100: how many updates should one epoch have?",
        "One batch was taken for a whole pass through the data. That pass has a name.",
    ),
    why="Only 200 of 2,800 turns were taken: an epoch is every image once, here 14 updates.",
)
def cause_2():
    return "epoch"


cause_2.mistake("0.1 is the rate of the healthy network. Its steps are as long, but there are more of them.", "rate")
cause_2.mistake("It is the healthy network's loss, and it falls at every update. Count the updates.", "loss")
cause_2.mistake("He's start, as in the healthy network. Count what comes after it.", "start")
cause_2.mistake("The rows of a batch are drawn at random. Count how many are drawn.", "order")
cause_2.mistake("Most units speak, and the gradient arrives. It is just not used often.", "dead")

cause_2.also("epoch", "EPOCH", " epoch ")


def _orders() -> list[tuple]:
    order = np.array([4, 2, 6, 0, 5, 1, 3])
    rng = np.random.default_rng(124)
    cases = [(order, 3, 0), (order, 3, 1), (order, 3, 2), (np.array([0]), 5, 0)]
    return [*cases, (rng.permutation(20), 2, 4), (rng.permutation(50), 7, 3), (rng.permutation(9), 1, 5)]


@exercise(
    title="the rows of one update",
    aim="`order` holds every row once, mixed. Give the rows of update 0, 1, 2, …, `size` at a time.",
    shapes="order (m,), whole numbers -> rows (size,), the last maybe shorter",
    hints=(
        "Update 0 takes the first `size` rows, update 1 the next `size` rows.",
        "Update `step` begins where `step` batches have been taken.",
        "order[begin : begin + size], with begin = step * size.",
    ),
    why="With it every image has its turn: 14 updates of 100 rows make an epoch of 1,400 images.",
    inputs=_orders,
)
def batch_rows(order, size, step):
    return order[step * size : (step + 1) * size]


batch_rows.mistake(
    "Every update gets the same first rows. Begin at step * size.", lambda order, size, step: order[:size]
)
batch_rows.mistake(
    "These batches overlap: they begin one row apart, not `size` rows.",
    lambda order, size, step: order[step : step + size],
)
batch_rows.mistake(
    "A slice ends at a position, not after a length: (step + 1) * size.",
    lambda order, size, step: order[step * size : size],
)
batch_rows.mistake(
    "The end of a slice is left out already: no - 1.",
    lambda order, size, step: order[step * size : (step + 1) * size - 1],
)
batch_rows.mistake(
    "Updates count from 0: the first rows are left out.",
    lambda order, size, step: order[(step + 1) * size : (step + 2) * size],
)
batch_rows.mistake(
    "The places, unmixed. Cut `order` itself.",
    lambda order, size, step: np.arange(len(order))[step * size : (step + 1) * size],
)
batch_rows.mistake(
    "Every size-th row is taken: that is as many rows as there are batches.",
    lambda order, size, step: order[step::size],
)
batch_rows.mistake("That is one row only. Take a slice of `size` rows.", lambda order, size, step: order[step * size])

batch_rows.mistake(
    "The updates count from 0 here: update 0 takes the first rows.",
    lambda order, size, step: order[size * (step - 1) : size * step],
)
batch_rows.also(
    lambda order, size, step: order[step * size :][:size],
    lambda order, size, step: order[[i for i in range(len(order)) if i // size == step]],
    lambda order, size, step: np.split(order, range(size, len(order), size))[step],
)


@batch_rows.payoff
def _(rows):
    from course_utils.lessons.lesson_16_bug_clinic.ward import two_epochs

    before, after = two_epochs(rows, steps=1), two_epochs(rows, steps=14)
    print(f"Two epochs, test accuracy: with 1 update each {before:.3f}, with your 14 {after:.3f}.")


@prediction(
    title="the cause of patient 3, a cost of 6.9",
    aim=NAME_IT,
    shapes=WORD,
    hints=(
        "Add up the ten probabilities of one image.",
        "6.9 is −log 0.001, and 0.001 is a tenth of a hundredth. What has size 100 here?",
        "The sum runs over the whole batch. Which argument of sum says where it runs?",
    ),
    why="Without an axis the sum runs over all 1,000 entries, so a hundred images share one certainty.",
)
def cause_3():
    return "axis"


cause_3.mistake("The cross-entropy is right. It is given numbers that are no probabilities.", "loss")
cause_3.mistake("The first cost is measured before any step.", "rate")
cause_3.mistake("Small random weights give ten nearly equal numbers. That should cost 2.30.", "start")
cause_3.mistake("The one-hot rows are right. Look at the other factor.", "labels")
cause_3.mistake("All shapes are as they should be. It is a sum that runs too far.", "broadcasting")

cause_3.also("axis", "AXIS", " axis ")


def _positive() -> list[tuple]:
    rng = np.random.default_rng(125)
    shapes = ((3, 3), (5, 4), (1, 3), (4, 1), (6, 10))
    by_hand = np.array([[1.0, 3.0], [2.0, 2.0], [9.0, 1.0]])
    return [(by_hand,), *((rng.uniform(0.1, 5, size=shape),) for shape in shapes), (by_hand * 1e200,)]


@exercise(
    title="each row shares out 1",
    aim="E holds positive numbers. Divide each row by its own sum.",
    shapes="E (m, K), positive -> P (m, K), rows with sum 1",
    hints=(
        "An image is a row, so the sum runs along the row.",
        "axis=1 sums each row. keepdims=True keeps (m, 1), so that the division fits.",
        "E / E.sum(axis=1, keepdims=True)",
    ),
    why="Now what an image gets does not depend on its neighbours in the batch.",
    inputs=_positive,
)
def row_shares(E):
    return E / E.sum(axis=1, keepdims=True)


row_shares.mistake("This is the patient: one sum over the whole batch.", lambda E: E / E.sum())
row_shares.mistake("axis=0 sums each class over the images. A row is one image: axis=1.", lambda E: E / E.sum(axis=0))
row_shares.mistake(
    "Without keepdims=True, (m,) is stretched along the wrong axis: compare the shapes.", lambda E: E / E.sum(axis=1)
)
row_shares.mistake("The largest becomes 1. The sum of the row should be 1.", lambda E: E / E.max(axis=1, keepdims=True))
row_shares.mistake("Divided by the mean, a row adds up to K.", lambda E: E / E.mean(axis=1, keepdims=True))
row_shares.mistake("That divides by the number of images. Divide by the sum of the row.", lambda E: E / len(E))
row_shares.mistake("That divides by the number of classes. Divide by the sum of the row.", lambda E: E / E.shape[1])

row_shares.mistake(
    "Divided by its length, the norm, a row has the length 1. Its sum should be 1.",
    lambda E: E / np.linalg.norm(E, axis=1, keepdims=True),
)
row_shares.mistake(
    "That is the softmax. E is exponentiated already, so only the division is left.",
    lambda E: np.exp(E) / np.exp(E).sum(axis=1, keepdims=True),
)
row_shares.also(
    lambda E: np.array([row / row.sum() for row in E]),
    lambda E: (E.T / E.sum(axis=1)).T,
    lambda E: E / (E @ np.ones((E.shape[1], 1))),
    lambda E: E / np.sum(E, axis=-1)[:, None],
)


@row_shares.payoff
def _(shares):
    from course_utils.lessons.lesson_16_bug_clinic.ward import softmax_run

    for name, divide in (("before", lambda E: E / E.sum()), ("with your rows", shares)):
        first, last, score = softmax_run(divide)
        print(f"{name:14} cost {first:.2f} to {last:5.2f}, test accuracy {score:.3f}")


@prediction(
    title="the cause of patient 4, slow for no reason",
    aim=NAME_IT,
    shapes=WORD,
    hints=(
        "Compare the first gradient with that of the healthy network.",
        "Start, data, rate and network are the same. What else shapes the gradient?",
        "Ten probabilities need a cross-entropy. What stands in compile?",
    ),
    why="Squared error through a softmax multiplies each gradient by p (1 − p), and divides by ten entries.",
)
def cause_4():
    return "loss"


cause_4.mistake("0.1 is right for the healthy network. Here the gradient itself is far shorter.", "rate")
cause_4.mistake("It is the healthy network's start, to the last digit.", "start")
cause_4.mistake("Hardly a unit is dead. Gradients arrive, but they set out small.", "dead")
cause_4.mistake("Fourteen updates an epoch, as for the healthy network.", "epoch")
cause_4.mistake("One-hot rows suit ten outputs. Look at what compares the two.", "labels")

cause_4.also("loss", "LOSS", " loss ")


@prediction(
    title="the loss that fits",
    aim="Ten softmax outputs, one-hot rows as targets. Which loss belongs there?",
    shapes='"mean_squared_error", "binary_crossentropy", "categorical_crossentropy" '
    'or "sparse_categorical_crossentropy"',
    hints=(
        "One of ten classes is right, so the loss is −log of its probability.",
        "Two of the four do that. They differ in how the targets are written.",
        "Sparse means whole numbers as targets. Here they are one-hot rows.",
    ),
    why="Through softmax and this loss the gradient is (P − Y) / m: large where the network is wrong.",
)
def mended_loss():
    return "categorical_crossentropy"


mended_loss.mistake("This is the patient's.", "mean_squared_error")
mended_loss.mistake("This is the patient's, by its short name.", "mse")
mended_loss.mistake("That takes ten yes-or-no questions. Here one of ten classes is right.", "binary_crossentropy")
mended_loss.mistake(
    "That one wants labels 0 … 9. Here the targets are one-hot rows.", "sparse_categorical_crossentropy"
)

mended_loss.also("categorical_crossentropy", "CATEGORICAL_CROSSENTROPY", " categorical_crossentropy ")


@mended_loss.payoff
def _(loss):
    from course_utils.lessons.lesson_16_bug_clinic import ward

    raw, y, _, _ = ward.load_images()
    X, Y = ward.scale(raw), np.eye(10, dtype=np.float32)[y]
    patient, repaired = ward.new_network(loss="mean_squared_error"), ward.new_network(loss="categorical_crossentropy")
    curves = ward.fit_ten(patient, X, Y), ward.fit_ten(repaired, X, Y)
    ward.tell_accuracies(patient, repaired)
    return ward.draw_before_and_after(*curves)


@prediction(
    title="the cause of patient 5, a loss that jumps",
    aim=NAME_IT,
    shapes=WORD,
    hints=(
        "Divide the length of one step by the length of the weights.",
        "One step is about as long as the weights themselves, or longer.",
        "The step is a product of two: the gradient, which is ordinary, and a number that you choose.",
    ),
    why="Steps of a few percent of the weights are a good first try; here one step throws them all away.",
)
def cause_5():
    return "rate"


cause_5.mistake("Sigmoids do not die like ReLUs. They are pushed to 0 and 1 by something else.", "dead")
cause_5.mistake("Before the first step its loss is ordinary. It is the step that spoils it.", "start")
cause_5.mistake("Softmax and categorical cross-entropy go together.", "loss")
cause_5.mistake("The images are shuffled. A jump happens at the very first step.", "order")
cause_5.mistake("With much shorter steps these labels are learned.", "labels")

cause_5.also("rate", "RATE", " rate ")


def _weights() -> list[tuple]:
    rng = np.random.default_rng(126)
    drawn = [(rng.normal(size=s), rng.normal(size=s) * 0.1, share) for s, share in (((3, 2), 0.01), ((5,), 0.03))]
    by_hand = np.array([[3.0, 4.0]]), np.array([[0.0, 2.0]]), 0.1
    small = rng.normal(size=(4, 4)), 1e-6 * rng.normal(size=(4, 4)), 0.001
    return [by_hand, *drawn, small, (np.array([2.0]), np.array([-0.5]), 0.2)]


@exercise(
    title="a rate from a share",
    aim="Choose the rate with which one step, rate · g, is as long as `share` of the weights w. Length is the norm.",
    shapes="w and g arrays of one shape, share a number above 0 -> rate, a number",
    hints=(
        "The step is as long as rate · norm(g). It should be as long as share · norm(w).",
        "Set both equal, and solve for the rate.",
        "share * np.linalg.norm(w) / np.linalg.norm(g)",
    ),
    why="A rate is neither large nor small by itself: it depends on the gradient that it multiplies.",
    inputs=_weights,
)
def rate_for_share(w, g, share):
    return share * np.linalg.norm(w) / np.linalg.norm(g)


rate_for_share.mistake(
    "Upside down: a longer gradient needs a smaller rate.",
    lambda w, g, share: share * np.linalg.norm(g) / np.linalg.norm(w),
)
rate_for_share.mistake(
    "Here the step is as long as the weights. `share` is missing.",
    lambda w, g, share: np.linalg.norm(w) / np.linalg.norm(g),
)
rate_for_share.mistake(
    "This step has the length `share`. A share of the weights is asked for.",
    lambda w, g, share: share / np.linalg.norm(g),
)
rate_for_share.mistake(
    "That is the length of the step. The rate is this over the gradient's norm.",
    lambda w, g, share: share * np.linalg.norm(w),
)
rate_for_share.mistake(
    "The roots are missing: these are squared lengths.", lambda w, g, share: share * (w**2).sum() / (g**2).sum()
)
rate_for_share.mistake(
    "The largest entries are compared. Take the norms.", lambda w, g, share: share * abs(w).max() / abs(g).max()
)
rate_for_share.mistake(
    "Times the gradient's norm: divide by it.", lambda w, g, share: share * np.linalg.norm(w) * np.linalg.norm(g)
)

rate_for_share.mistake(
    "That compares mean sizes. Length is the norm: np.linalg.norm.",
    lambda w, g, share: share * np.abs(w).mean() / np.abs(g).mean(),
)
rate_for_share.also(
    lambda w, g, share: share * np.sqrt((w**2).sum() / (g**2).sum()),
    lambda w, g, share: share * np.linalg.norm(w.ravel()) / np.linalg.norm(g.ravel()),
    lambda w, g, share: share * sum(v * v for v in w.ravel()) ** 0.5 / sum(v * v for v in g.ravel()) ** 0.5,
)


@rate_for_share.payoff
def _(rate_for_share):
    from course_utils.lessons.lesson_16_bug_clinic import ward

    raw, y, _, _ = ward.load_images()
    X, patient = ward.scale(raw), ward.new_network("sigmoid", rate=20)
    gradient = patient.value_and_grad(X[:100], y[:100])[1][0]  # dW1 (784, 64)
    rate = rate_for_share(patient.get_weights()[0], gradient, 0.03)
    repaired = ward.new_network("sigmoid", rate=rate)
    curves = ward.fit_ten(patient, X, y), ward.fit_ten(repaired, X, y)
    print(f"A step of 3 % of the weights: rate {rate:.2f} instead of 20.")
    ward.tell_accuracies(patient, repaired)
    return ward.draw_before_and_after(*curves)


@prediction(
    title="the cause of patient 6, 2.30 for ever",
    aim=NAME_IT,
    shapes=WORD,
    hints=(
        "Count the hidden units that give 0 for all images.",
        "Nearly all 64 give 0. Which gradient gets through a ReLU that gives 0?",
        "A unit that is silent on every image, and never learns again, is called …",
    ),
    why="Pixels up to 255 made a first step so long that hardly a ReLU ever fires again, and 0 passes no gradient.",
)
def cause_6():
    return "dead"


cause_6.mistake("Before training many hidden outputs are above 0. They were silenced by a step.", "start")
cause_6.mistake("The cross-entropy is right: 2.30 is what ten equal guesses cost.", "loss")
cause_6.mistake("0.1 is the healthy network's rate. Look at what it multiplies, and at what it left behind.", "rate")
cause_6.mistake("The labels are those of the healthy network. Look at the hidden layer.", "labels")
cause_6.mistake("More updates change nothing: all gradients but the last biases' are 0.", "epoch")

cause_6.also("dead", "DEAD", " dead ")


def _pictures() -> list[tuple]:
    rng = np.random.default_rng(127)
    sizes = ((3, 4), (1, 9), (5, 1), (2, 3, 3))
    by_hand = np.array([[0, 51, 255], [102, 128, 254]], dtype=np.uint8)
    drawn = [(rng.integers(0, 200, size=size, dtype=np.uint8),) for size in sizes]
    return [(by_hand,), *drawn, (np.zeros((2, 2), np.uint8),), (np.full((1, 2), 255, np.uint8),)]


@exercise(
    title="pixels from 0 to 1",
    aim="Bring pixels of 0 … 255 to 0 … 1, the same way for every picture.",
    shapes="array of whole numbers 0 … 255, any shape -> floats 0 … 1, the same shape",
    hints=(
        "255 should become 1, and 0 stay 0.",
        "Divide by the largest value that a pixel can have, not the largest that is there.",
        "pixels.astype(np.float32) / 255",
    ),
    why="With inputs of about 1, gradients have ordinary sizes, and the usual rates fit.",
    inputs=_pictures,
)
def scaled_pixels(pixels):
    return pixels.astype(np.float32) / 255


scaled_pixels.mistake(
    "// cuts to whole numbers: only a pixel of 255 is left. Use /.", lambda pixels: pixels // 255, written="//"
)
scaled_pixels.mistake(
    "The largest pixel differs from set to set. Divide by 255.", lambda pixels: pixels / max(pixels.max(), 1)
)
scaled_pixels.mistake(
    "The largest pixel differs from set to set, and a black picture makes 0 / 0. Divide by 255.",
    lambda pixels: pixels / pixels.max(),
)
scaled_pixels.mistake("The largest pixel is 255, and it should become 1.", lambda pixels: pixels / 256)
scaled_pixels.mistake("Only black and white are left. Keep the greys.", lambda pixels: (pixels > 127) * 1.0)
scaled_pixels.mistake("Shifted, not scaled: these still reach to 127.", lambda pixels: pixels - 128.0)
scaled_pixels.mistake("Floats now, but still up to 255.", lambda pixels: pixels * 1.0)
scaled_pixels.mistake("That is −1 … 1. Here 0 … 1 is asked for.", lambda pixels: pixels / 127.5 - 1)

scaled_pixels.mistake(
    "The smallest and the largest pixel differ from set to set. 0 stays 0: only divide by 255.",
    lambda pixels: (pixels - pixels.min()) / (pixels.max() - pixels.min()),
)
scaled_pixels.also(
    lambda pixels: pixels / 255,
    lambda pixels: pixels / np.float32(255),
    lambda pixels: pixels * (1 / 255),
    lambda pixels: np.reshape([p / 255 for p in pixels.ravel().tolist()], pixels.shape),
)


@scaled_pixels.payoff
def _(scaled):
    from course_utils.clinic import dead_units
    from course_utils.lessons.lesson_16_bug_clinic import ward

    raw, y, _, _ = ward.load_images()
    patient, repaired, X = ward.new_network(), ward.new_network(), scaled(raw)
    curves = ward.fit_ten(patient, raw, y), ward.fit_ten(repaired, X, y)
    dead = dead_units(patient, raw)["layer 1"], dead_units(repaired, X)["layer 1"]
    print(f"Of 64 units are dead: before {dead[0]}, with your pixels {dead[1]}.")
    ward.tell_accuracies(patient, repaired, scalings=(lambda pixels: pixels, scaled))
    return ward.draw_before_and_after(*curves)


@prediction(
    title="the cause of patient 7, no gradient at all",
    aim=NAME_IT,
    shapes=WORD,
    hints=(
        "Which of the four gradients are exactly 0, before the first step?",
        "dW2 holds the hidden outputs as a factor, dW1 holds W2 as a factor.",
        "Both factors are 0 before training began. So the fault lies in what was there first.",
    ),
    why="Zero weights give zero outputs and zero gradients: only the ten output biases move.",
)
def cause_7():
    return "start"


cause_7.mistake("All 64 give 0, true, but before the first step. Nothing killed them: they began so.", "dead")
cause_7.mistake("Any rate times 0 is 0.", "rate")
cause_7.mistake("2.30 is right for ten classes, and the last biases do get their gradient.", "loss")
cause_7.mistake("The output's biases learn how frequent each label is. So labels arrive.", "labels")
cause_7.mistake("The images are shuffled, and one batch alone cannot be learned either.", "order")

cause_7.also("start", "START", " start ")


@prediction(
    title="a start for ReLU",
    aim="Which start lets 64 ReLU units learn 64 different things?",
    shapes='"zeros", "ones", "constant" or "he_normal"',
    hints=(
        "Units that start equal get equal gradients, and stay equal.",
        "Only one of the four gives each unit weights of its own.",
        "It draws random numbers of deviation sqrt(2 / n_in), as in lesson 09.",
    ),
    why="Chance makes the units differ, and its size keeps signal and gradient alive.",
)
def mended_start():
    return "he_normal"


mended_start.mistake("This is the patient's.", "zeros")
mended_start.mistake(
    "All units start equal and stay equal: 64 copies of one unit. The logits are huge besides.", "ones"
)
mended_start.mistake("Any equal start keeps the units equal: they get the same gradient for ever.", "constant")
mended_start.mistake("Random is right, but how large? The list names the one with a fitting size.", "random")

mended_start.also("he_normal", "HE_NORMAL", " he_normal ")


@mended_start.payoff
def _(start):
    from course_utils.lessons.lesson_16_bug_clinic import ward

    raw, y, _, _ = ward.load_images()
    patient, repaired = ward.new_network(start="zeros"), ward.new_network(start="he_normal")
    curves = [ward.fit_ten(model, ward.scale(raw), y) for model in (patient, repaired)]
    ward.tell_accuracies(patient, repaired)
    return ward.draw_before_and_after(*curves)


@prediction(
    title="the cause of patient 8, it knows the last digits only",
    aim=NAME_IT,
    shapes=WORD,
    hints=(
        "How many different digits stand in one batch?",
        "One or two in each batch. What has the network seen last?",
        "The rows came sorted by label, and nobody mixed them.",
    ),
    why="Each batch pulls the network to its own digit; what was learned before is overwritten.",
)
def cause_8():
    return "order"


cause_8.mistake("The same rate learns well once batches hold all digits.", "rate")
cause_8.mistake("Each image has its right label. Look at which of them come together.", "labels")
cause_8.mistake("Every image was used once in each epoch. Look at when.", "epoch")
cause_8.mistake("A leak makes the test look too good. Here it looks bad.", "leak")
cause_8.mistake("One mixed batch is learned by heart from this very start.", "start")
cause_8.mistake("Only a few units are dead: gradients get through. They pull one way at a time.", "dead")

cause_8.also("order", "ORDER", " order ")


@prediction(
    title="what is mixed",
    aim="What has to be mixed before each epoch? nothing · images · labels · separately · together.",
    shapes='"a word of the list"; separately: each in an order of its own; together: in one order',
    hints=(
        "An image and its label belong together.",
        "X[order] and y[order]: is it one order or two?",
        "One order for both.",
    ),
    why="One order for both keeps each image with its label, and `fit` draws a new one for each epoch.",
)
def mended_order():
    return "together"


mended_order.mistake("This is the patient's.", "nothing")
mended_order.mistake("Then the labels stay where they were, and stand beside other images.", "images")
mended_order.mistake("Then the images stay where they were, and get other images' labels.", "labels")
mended_order.mistake("Two orders tear images and labels apart.", "separately")

mended_order.also("together", "TOGETHER", " together ")


@mended_order.payoff
def _(order):
    from course_utils.lessons.lesson_16_bug_clinic.ward import five_sorted_epochs

    before, after = five_sorted_epochs(shuffle=False), five_sorted_epochs(shuffle=True)
    print(f"Five epochs, test accuracy: sorted {before:.3f}, mixed {after:.3f}.")


@prediction(
    title="the cause of patient 9, perfect in training, 10 % in the test",
    aim=NAME_IT,
    shapes=WORD,
    hints=(
        "Print the different values that y takes.",
        "There is one value only. Which line made one value of ten?",
        "The table was divided by 255 as a whole, its first column too.",
    ),
    why="A label is a name, not a measurement: 7 / 255, cut to a whole number, is 0 like all the others.",
)
def cause_9():
    return "labels"


cause_9.mistake("A leak makes the test look good. Here the test is as bad as a guess.", "leak")
cause_9.mistake("The loss goes to 0: it learns what it is told. What is it told?", "loss")
cause_9.mistake("The rows are shuffled. And a wrong order would spoil the training accuracy too.", "order")
cause_9.mistake("A training loss near 0 needs no other rate.", "rate")
cause_9.mistake("A network with dead units does not reach 100 % in training on ten digits.", "dead")

cause_9.also("labels", "LABELS", " labels ")


def _tables() -> list[tuple]:
    def case(seed: int, m: int, n: int) -> tuple:
        rng = np.random.default_rng(seed)
        return (np.c_[rng.integers(0, 10, m), rng.integers(0, 256, (m, n))].astype(np.uint8),)

    by_hand = np.array([[7, 0, 255, 51], [3, 102, 0, 204]], dtype=np.uint8)
    return [(by_hand,), case(128, 5, 4), case(129, 1, 3), case(130, 4, 1), case(131, 6, 9)]


@exercise(
    title="a table taken apart",
    aim="Each row is a label, then its pixels. Give the pixels as 0 … 1, and the labels as they are.",
    shapes="table (m, 1 + n) of 0 … 255 -> X (m, n) of 0 … 1, y (m,) of 0 … 9",
    hints=(
        "Take the label's column off before anything is divided.",
        "table[:, 0] are the labels, table[:, 1:] the pixels.",
        "X = table[:, 1:] / 255; y = table[:, 0]; return X, y",
    ),
    why="Inputs are measured and may be scaled; a label only tells which class it is.",
    inputs=_tables,
    results=("X", "y"),
)
def from_table(table):
    X, y = table[:, 1:] / 255, table[:, 0]
    return X, y


from_table.mistake(
    "This is the patient: labels cut to 0.", lambda table: (table[:, 1:] / 255, (table[:, 0] / 255).astype(int))
)
from_table.mistake(
    "The labels are divided too. They are names: leave them.", lambda table: (table[:, 1:] / 255, table[:, 0] / 255)
)
from_table.mistake("The pixels still reach to 255. Divide them.", lambda table: (table[:, 1:] * 1.0, table[:, 0]))
from_table.mistake(
    "The label's column is among the inputs: the answer is given away.", lambda table: (table / 255, table[:, 0])
)
from_table.mistake("The label stands first, not last.", lambda table: (table[:, :-1] / 255, table[:, -1]))
from_table.mistake(
    "y is a column (m, 1). Labels are (m,): table[:, 0].", lambda table: (table[:, 1:] / 255, table[:, :1])
)
from_table.mistake("X comes first, then y.", lambda table: (table[:, 0], table[:, 1:] / 255))
from_table.mistake("// cuts the greys to 0. Use /.", lambda table: (table[:, 1:] // 255, table[:, 0]), written="//")

from_table.mistake(
    "The largest pixel differs from set to set. Divide by 255.",
    lambda table: (table[:, 1:] / table[:, 1:].max(), table[:, 0]),
)
from_table.also(
    lambda table: (table[:, 1:].astype(np.float32) / 255, table[:, 0].astype(int)),
    lambda table: (np.delete(table, 0, axis=1) / 255, table.T[0]),
    lambda table: (np.array([row[1:] / 255 for row in table]), np.array([row[0] for row in table])),
)


@from_table.payoff
def _(from_table):
    from course_utils.lessons.lesson_16_bug_clinic import ward

    raw, y, _, _ = ward.load_images()
    X, labels = from_table(np.c_[y, raw].astype(np.uint8))
    patient, repaired = ward.new_network(), ward.new_network()
    before, after = ward.fit_ten(patient, X, 0 * y), ward.fit_ten(repaired, X, labels)  # 0: what the patient was told
    print(f"Training accuracy: before {before[-1]:.3f}, with your table {after[-1]:.3f}.")
    ward.tell_accuracies(patient, repaired)


@prediction(
    title="the cause of patient 10, too good",
    aim=NAME_IT,
    shapes=WORD,
    hints=(
        "How many test pictures have a copy among the training pictures?",
        "Nearly all. And labels drawn by lot are 'predicted' too.",
        "Something of the test has found its way into the training. The word is in the list.",
    ),
    why="Copies stood on both sides of the split, so the test asked for what had been learned by heart.",
)
def cause_10():
    return "leak"


cause_10.mistake(
    "Labels by lot are the measurement, not the illness: with true ones the test is too good too.", "labels"
)
cause_10.mistake("The rows are mixed well. It is the mixing before the split that carries copies across.", "order")
cause_10.mistake("Every training row comes once in each epoch.", "epoch")
cause_10.mistake("The loss is right. What it is measured on is not.", "loss")
cause_10.mistake("From any start, nobody can foresee lots.", "start")

cause_10.also("leak", "LEAK", " leak ")


def _origins() -> list[tuple]:
    rng = np.random.default_rng(132)
    mixed = rng.permutation(np.repeat(np.arange(6), 3))
    uneven = np.array([3, 0, 0, 2, 1, 3, 3, 2, 0])
    return [(np.repeat(np.arange(4), 2), 1), (mixed, 2), (uneven, 1), (uneven, 3), (np.arange(5), 2), (mixed, 5)]


@exercise(
    title="copies stay on one side",
    aim="Mark for the test every copy of the last k originals, and nothing else.",
    shapes="origin (m,) of 0 … n − 1, the original of each row -> true or false (m,)",
    hints=(
        "Split the originals, not the rows: all copies of one original go to one side.",
        "There are origin.max() + 1 originals. The last k of them begin at that number less k.",
        "limit = origin.max() + 1 - k; return origin >= limit",
    ),
    why="Now nothing that is tested has been seen in training, so labels by lot are guessed, no more.",
    inputs=_origins,
)
def copies_held_out(origin, k):
    limit = origin.max() + 1 - k  # the first original of the test
    return origin >= limit


copies_held_out.mistake(
    "These are the last k rows. Their copies are still in training.",
    lambda origin, k: np.arange(len(origin)) >= len(origin) - k,
)
copies_held_out.mistake("Turned round: true is to mean test.", lambda origin, k: origin < origin.max() + 1 - k)
copies_held_out.mistake(
    "One original too few: the first of the last k counts too.", lambda origin, k: origin > origin.max() + 1 - k
)
copies_held_out.mistake(
    "One original too many: there are origin.max() + 1 of them.", lambda origin, k: origin >= origin.max() - k
)
copies_held_out.mistake("That leaves out the first k originals and tests on all others.", lambda origin, k: origin >= k)
copies_held_out.mistake("That is the last original alone, whatever k is.", lambda origin, k: origin == origin.max())
copies_held_out.mistake("These are the first k originals. The last k are asked for.", lambda origin, k: origin < k)
copies_held_out.mistake(
    "These are row numbers. True or false for each row.",
    lambda origin, k: np.flatnonzero(origin >= origin.max() + 1 - k),
)

copies_held_out.also(
    lambda origin, k: np.isin(origin, np.unique(origin)[-k:]),
    lambda origin, k: np.array([o in range(max(origin) + 1 - k, max(origin) + 1) for o in origin]),
    lambda origin, k: origin.max() - origin < k,
)


@copies_held_out.payoff
def _(held_out):
    from course_utils.lessons.lesson_16_bug_clinic.ward import accuracy_on_copies

    for name, by_lot in (("labels by lot", True), ("true labels", False)):
        before, after = accuracy_on_copies(None, by_lot), accuracy_on_copies(held_out, by_lot)
        print(f"{name:13} reported before {before:.3f}, with copies on one side {after:.3f}")
