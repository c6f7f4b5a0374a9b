"""Exercises of lesson 16: the first loss, an honest rate, two faults of a publication, a split that holds.

The patients of the clinic are no exercises: `ward` lists them, and a repair is judged by the training that follows.
"""

import numpy as np

from course_utils.exercises import exercise, open_exercise, prediction


@prediction(
    title="the first loss",
    aim=(
        "A network for ten classes has not learned anything yet, and gives each class about the same probability. "
        "What is its cross-entropy?"
    ),
    shapes="a number with two decimals",
    hints=(
        "What probability does it give to the right class, whichever that is?",
        "One tenth. The cross-entropy is minus the natural logarithm of that.",
        "−log(1/10), which is log(10).",
    ),
    why="Before anything is learned a batch costs about log(K) for K classes, so the first loss is a test.",
    atol=0.02,
)
def predict_first_loss():
    return np.log(10)


predict_first_loss.mistake("That is the probability of the right class. The loss is minus its logarithm.", 0.1)
predict_first_loss.mistake("That is the logarithm to base 10. The loss takes the natural one.", 1.0)
predict_first_loss.mistake("A loss is not negative: it is minus the logarithm.", -2.303)
predict_first_loss.mistake("That is the probability of all the wrong classes together.", 0.9)
predict_first_loss.mistake("That is −log 0.5, for two classes. Here there are ten.", 0.693)
predict_first_loss.mistake(
    "That would be ten times as much. The cross-entropy looks only at the probability of the right class.", 23.03
)

predict_first_loss.also(2.3, 2.30, np.float32(2.303), "2.30")


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
    from course_utils.lessons.lesson_16_bug_clinic.earned import losses_and_score, sigmoid_network
    from course_utils.patients.readings import draw_before_and_after

    patient, W1, dW1 = sigmoid_network(20)
    rate = rate_for_share(W1, dW1, 0.03)
    before, wrong = losses_and_score(patient)
    after, right = losses_and_score(sigmoid_network(rate)[0])
    print(f"A step of 3 % of the weights: rate {rate:.2f} instead of 20.")
    print(f"Right on new images: {wrong:.3f} before, {right:.3f} with your rate.")
    return draw_before_and_after(before, after, np.log(10))


@prediction(
    title="labels by lot",
    aim=(
        "All images get a label by lot, in the training part and in the validation part, and a healthy program is "
        "trained on them. Which share of the validation part will it get right?"
    ),
    shapes="a number from 0 to 1",
    hints=(
        "Can anything about an image tell which label was drawn for it?",
        "Nothing can, so every answer is a guess among ten classes.",
        "One in ten: 0.1.",
    ),
    why="Nothing about an image foretells a lot, so a program that reports more has seen the answers.",
    atol=0.035,
)
def predict_by_lot():
    return 0.1


predict_by_lot.mistake("That many only if it had seen the answers: training images it can learn by heart.", 1.0)
predict_by_lot.mistake("That is what it gets with true labels. Here the labels say nothing about the images.", 0.9)
predict_by_lot.mistake("There are ten classes, not two.", 0.5)
predict_by_lot.mistake("A guess is right now and then: one time in ten.", 0.0)
predict_by_lot.mistake("That is in percent. Write the share, a number from 0 to 1.", 10)
predict_by_lot.mistake("That is one in five, and there are ten classes.", 0.2)

predict_by_lot.also(0.1, 0.09, "1/10", np.float32(0.1))


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
    from course_utils.lessons.lesson_16_bug_clinic.earned import two_epochs

    before, after = two_epochs(rows, steps=1), two_epochs(rows, steps=14)
    print(f"Two epochs, test accuracy: with 1 update each {before:.3f}, with your 14 {after:.3f}.")


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


row_shares.mistake("This is the publication's: one sum over the whole batch.", lambda E: E / E.sum())
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
    from course_utils.lessons.lesson_16_bug_clinic.earned import softmax_run

    for name, divide in (("before", lambda E: E / E.sum()), ("with your rows", shares)):
        first, last, score = softmax_run(divide)
        print(f"{name:14} cost {first:.2f} to {last:5.2f}, test accuracy {score:.3f}")


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
    from course_utils.lessons.lesson_16_bug_clinic.earned import accuracy_on_copies

    for name, by_lot in (("labels by lot", True), ("true labels", False)):
        before, after = accuracy_on_copies(None, by_lot), accuracy_on_copies(held_out, by_lot)
        print(f"{name:13} reported before {before:.3f}, with copies on one side {after:.3f}")


floor_of_two = open_exercise(
    "floor_of_two",
    title="the floor of two softmaxes",
    task=(
        "A network for K classes applies its softmax twice. Show that its cross-entropy can never fall below "
        "log(1 + (K − 1)/e), and compute that floor for 10 and for 2 classes. What would you see if you knew the "
        "accuracy only?"
    ),
    answer=(
        "The second softmax takes probabilities p for logits, so the loss of an example whose class is t is "
        "−log(exp(p_t) / Σ exp(p_j)) = log Σ exp(p_j − p_t). The term j = t is 1. In each of the K − 1 others "
        "p_j − p_t is at least 0 − 1, because a probability lies between 0 and 1, so the term is at least "
        "1/e. Together the loss is at least log(1 + (K − 1)/e), and it comes to that where p_t = 1. For 10 classes "
        "this is 1.46, for 2 classes 0.31. The second softmax keeps the order of the classes, so the accuracy can be "
        "perfect all the "
        "same: it shows nothing. The loss on one batch does."
    ),
    effort="hard",
)

plant_a_fault = open_exercise(
    "plant_a_fault",
    title="a patient of your own",
    task=(
        "Take a network of yours that works, and plant one fault that raises no error and is not in the list. Which "
        "instrument shows it, what does it show, and which two causes of the list could it be confused with? Give it "
        "to a neighbour who may ask for three measurements."
    ),
    answer=(
        "One of many: the labels of the validation part are shuffled, those of the training part are not. Nothing is "
        "wrong with the training, and curves() shows a training loss that falls as it should beside a validation "
        "accuracy of about 0.10. It looks like `pairs`, but one sees that the training images are nearest to their "
        "own averages; and it looks like `test`, but the inputs have the same range everywhere. The proof is that "
        "new images, with labels of their own, are read well. A good planted fault has such a proof: a number that "
        "is different from that of a healthy network, and that no other cause would change in this way."
    ),
    effort="project",
)
