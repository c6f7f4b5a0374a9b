"""Exercises of lesson 16: ten networks that do not learn, each to be mended in a line or a function."""

import numpy as np

from course_utils.exercises.exercise import Exercise
from course_utils.exercises.exercise import WrongAnswer as Wrong
from course_utils.lessons.lesson_16_bug_clinic.causes import CAUSES


def _nines() -> list[tuple]:
    drawn = [(np.random.default_rng(seed).normal(size=9),) for seed in (121, 122, 123)]
    return [(np.arange(1.0, 10.0),), *drawn, (np.arange(9),), (np.linspace(-9, 9, 9, dtype=np.float32),)]


UNPACK_NINE = Exercise(
    id="unpack_nine",
    lesson="16",
    title="nine numbers, four arrays",
    aim="Cut nine numbers into the arrays of a proper 2-2-1 network: W1 row by row, then b1, W2, b2.",
    signature="unpack_nine(t): t (9,) -> W1 (2, 2), b1 (2,), W2 (2, 1), b2 (1,)",
    lines=3,
    hints=(
        "Four numbers for W1, two for b1, two for W2, one for b2.",
        "t[:4] are the four of W1. reshape gives them two rows and two columns.",
        "W1, b1 = t[:4].reshape(2, 2), t[4:6]; then t[6:8].reshape(2, 1) and t[8:].",
    ),
    why="Each unit has weights of its own now, so its line may run in a direction of its own.",
    solution="""
def unpack_nine(t):
    W1, b1 = t[:4].reshape((2, 2)), t[4:6]
    W2, b2 = t[6:8].reshape((2, 1)), t[8:]
    return W1, b1, W2, b2
""",
    inputs=_nines,
    wrong=(
        Wrong("(t[:2].reshape(2, 1), t[2:4], t[4:6].reshape(2, 1), t[6:])", "This is the patient: W1 has one column."),
        Wrong("(t[:4].reshape(2, 2), t[4:6], t[6:8].reshape(2, 1), t[8])", "b2 is a bare number. t[8:] is (1,)."),
        Wrong(
            "(t[:4].reshape(2, 2).T, t[4:6], t[6:8].reshape(2, 1), t[8:])",
            "W1 is turned over: the first two numbers are its first row.",
        ),
        Wrong("(t[:4].reshape(2, 2), t[4:6], t[6:8], t[8:])", "W2 is flat. With (2,) the output is flat too: (2, 1)."),
        Wrong("(t[:4].reshape(2, 2), t[4:6], t[6:8].reshape(1, 2), t[8:])", "W2 lies down: (n_in, units) is (2, 1)."),
        Wrong(
            "(t[:4].reshape(2, 2), t[4:6].reshape(2, 1), t[6:8].reshape(2, 1), t[8:])",
            "b1 stands up. A bias is added to every row of (m, 2), so it is (2,).",
        ),
        Wrong("(t[:4].reshape(2, 2), t[4:6], t[6:8].reshape(2, 1), t[7:8])", "The last number is t[8], not t[7]."),
    ),
    variants=(
        "(np.array([t[:2], t[2:4]]), t[4:6], t[6:8][:, None], t[8:9])",
        "(t[0:4].reshape(2, -1), t[4:-3], t[-3:-1].reshape(-1, 1), t[-1:])",
        """
def unpack_nine(t):
    W1, b1, W2, b2 = np.split(t, [4, 6, 8])
    return W1.reshape(2, 2), b1, W2.reshape(2, 1), b2
""",
    ),
)


def _orders() -> list[tuple]:
    order = np.array([4, 2, 6, 0, 5, 1, 3])
    rng = np.random.default_rng(124)
    cases = [(order, 3, 0), (order, 3, 1), (order, 3, 2), (np.array([7]), 5, 0)]
    return [*cases, (rng.permutation(20), 2, 4), (rng.permutation(50), 7, 3), (rng.permutation(9), 1, 5)]


BATCH_ROWS = Exercise(
    id="batch_rows",
    lesson="16",
    title="the rows of one update",
    aim="`order` holds every row once, mixed. Give the rows of update 0, 1, 2, …, `size` at a time.",
    signature="batch_rows(order, size, step): order (m,), whole numbers -> rows (size,), the last maybe shorter",
    lines=1,
    hints=(
        "Update 0 takes the first `size` rows, update 1 the next `size` rows.",
        "Update `step` begins where `step` batches have been taken.",
        "order[begin : begin + size], with begin = step * size.",
    ),
    why="With it every image has its turn: 14 updates of 100 rows make an epoch of 1,400 images.",
    solution="""
def batch_rows(order, size, step):
    return order[step * size : (step + 1) * size]
""",
    inputs=_orders,
    wrong=(
        Wrong("order[:size]", "Every update gets the same first rows. Begin at step * size."),
        Wrong("order[step : step + size]", "These batches overlap: they begin one row apart, not `size` rows."),
        Wrong("order[step * size : size]", "A slice ends at a position, not after a length: (step + 1) * size."),
        Wrong("order[step * size : (step + 1) * size - 1]", "The end of a slice is left out already: no - 1."),
        Wrong("order[(step + 1) * size : (step + 2) * size]", "Updates count from 0: the first rows are left out."),
        Wrong("np.arange(len(order))[step * size : (step + 1) * size]", "The places, unmixed. Cut `order` itself."),
        Wrong("order[step::size]", "Every size-th row is taken: that is as many rows as there are batches."),
        Wrong("order[step * size]", "That is one row only. Take a slice of `size` rows."),
    ),
    variants=(
        "order[step * size :][:size]",
        "order[[i for i in range(len(order)) if i // size == step]]",
        "np.split(order, range(size, len(order), size))[step]",
    ),
)


def _positive() -> list[tuple]:
    rng = np.random.default_rng(125)
    shapes = ((3, 3), (5, 4), (1, 3), (4, 1), (6, 10))
    by_hand = np.array([[1.0, 3.0], [2.0, 2.0], [9.0, 1.0]])
    return [(by_hand,), *((rng.uniform(0.1, 5, size=shape),) for shape in shapes), (by_hand * 1e200,)]


ROW_SHARES = Exercise(
    id="row_shares",
    lesson="16",
    title="each row shares out 1",
    aim="E holds positive numbers. Divide each row by its own sum.",
    signature="row_shares(E): E (m, K), positive -> P (m, K), rows with sum 1",
    lines=1,
    hints=(
        "An image is a row, so the sum runs along the row.",
        "axis=1 sums each row. keepdims=True keeps (m, 1), so that the division fits.",
        "E / E.sum(axis=1, keepdims=True)",
    ),
    why="Now what an image gets does not depend on its neighbours in the batch.",
    solution="""
def row_shares(E):
    return E / E.sum(axis=1, keepdims=True)
""",
    inputs=_positive,
    wrong=(
        Wrong("E / E.sum()", "This is the patient: one sum over the whole batch."),
        Wrong("E / E.sum(axis=0)", "axis=0 sums each class over the images. A row is one image: axis=1."),
        Wrong(
            "E / E.sum(axis=1)", "Without keepdims=True, (m,) is stretched along the wrong axis: compare the shapes."
        ),
        Wrong("E / E.max(axis=1, keepdims=True)", "The largest becomes 1. The sum of the row should be 1."),
        Wrong("E / E.mean(axis=1, keepdims=True)", "Divided by the mean, a row adds up to K."),
        Wrong("E / len(E)", "That divides by the number of images. Divide by the sum of the row."),
        Wrong("E / E.shape[1]", "That divides by the number of classes. Divide by the sum of the row."),
    ),
    variants=(
        "np.array([row / row.sum() for row in E])",
        "(E.T / E.sum(axis=1)).T",
        "E / (E @ np.ones((E.shape[1], 1)))",
        "E / np.sum(E, axis=-1)[:, None]",
    ),
)


def _word(id: str, key: str, **fields) -> Exercise:
    wrong = tuple(Wrong(repr(word), reason) for word, reason in fields.pop("others").items())
    variants = (repr(key), repr(key.upper()), repr(f" {key} "))
    solution = f"def {id}():\n    return {key!r}\n"
    return Exercise(id=id, lesson="16", lines=1, solution=solution, wrong=wrong, variants=variants, **fields)


MENDED_LOSS = _word(
    "mended_loss",
    "categorical_crossentropy",
    title="the loss that fits",
    aim="Ten softmax outputs, one-hot rows as targets. Which loss belongs there?",
    signature='mended_loss = "mean_squared_error", "binary_crossentropy", "categorical_crossentropy" '
    'or "sparse_categorical_crossentropy"',
    hints=(
        "One of ten classes is right, so the loss is −log of its probability.",
        "Two of the four do that. They differ in how the targets are written.",
        "Sparse means whole numbers as targets. Here they are one-hot rows.",
    ),
    why="Through softmax and this loss the gradient is (P − Y) / m: large where the network is wrong.",
    others={
        "mean_squared_error": "This is the patient's.",
        "mse": "This is the patient's, by its short name.",
        "binary_crossentropy": "That takes ten yes-or-no questions. Here one of ten classes is right.",
        "sparse_categorical_crossentropy": "That one wants labels 0 … 9. Here the targets are one-hot rows.",
    },
)


def _weights() -> list[tuple]:
    rng = np.random.default_rng(126)
    drawn = [(rng.normal(size=s), rng.normal(size=s) * 0.1, share) for s, share in (((3, 2), 0.01), ((5,), 0.03))]
    by_hand = np.array([[3.0, 4.0]]), np.array([[0.0, 2.0]]), 0.1
    small = rng.normal(size=(4, 4)), 1e-6 * rng.normal(size=(4, 4)), 0.001
    return [by_hand, *drawn, small, (np.array([2.0]), np.array([-0.5]), 0.2)]


RATE_FOR_SHARE = Exercise(
    id="rate_for_share",
    lesson="16",
    title="a rate from a share",
    aim="Choose the rate with which one step, rate · g, is as long as `share` of the weights w. Length is the norm.",
    signature="rate_for_share(w, g, share): w and g arrays of one shape, share a number above 0 -> rate, a number",
    lines=1,
    hints=(
        "The step is as long as rate · norm(g). It should be as long as share · norm(w).",
        "Set both equal, and solve for the rate.",
        "share * np.linalg.norm(w) / np.linalg.norm(g)",
    ),
    why="A rate is neither large nor small by itself: it depends on the gradient that it multiplies.",
    solution="""
def rate_for_share(w, g, share):
    return share * np.linalg.norm(w) / np.linalg.norm(g)
""",
    inputs=_weights,
    wrong=(
        Wrong("share * np.linalg.norm(g) / np.linalg.norm(w)", "Upside down: a longer gradient needs a smaller rate."),
        Wrong("np.linalg.norm(w) / np.linalg.norm(g)", "Here the step is as long as the weights. `share` is missing."),
        Wrong("share / np.linalg.norm(g)", "This step has the length `share`. A share of the weights is asked for."),
        Wrong(
            "share * np.linalg.norm(w)", "That is the length of the step. The rate is this over the gradient's norm."
        ),
        Wrong("share * (w**2).sum() / (g**2).sum()", "The roots are missing: these are squared lengths."),
        Wrong("share * abs(w).max() / abs(g).max()", "The largest entries are compared. Take the norms."),
        Wrong("share * np.linalg.norm(w) * np.linalg.norm(g)", "Times the gradient's norm: divide by it."),
    ),
    variants=(
        "share * np.sqrt((w**2).sum() / (g**2).sum())",
        "share * np.linalg.norm(w.ravel()) / np.linalg.norm(g.ravel())",
        "share * sum(v * v for v in w.ravel()) ** 0.5 / sum(v * v for v in g.ravel()) ** 0.5",
    ),
)


def _pictures() -> list[tuple]:
    rng = np.random.default_rng(127)
    sizes = ((3, 4), (1, 9), (5, 1), (2, 3, 3))
    by_hand = np.array([[0, 51, 255], [102, 128, 254]], dtype=np.uint8)
    drawn = [(rng.integers(0, 200, size=size, dtype=np.uint8),) for size in sizes]
    return [(by_hand,), *drawn, (np.zeros((2, 2), np.uint8),), (np.full((1, 2), 255, np.uint8),)]


SCALED_PIXELS = Exercise(
    id="scaled_pixels",
    lesson="16",
    title="pixels from 0 to 1",
    aim="Bring pixels of 0 … 255 to 0 … 1, the same way for every picture.",
    signature="scaled_pixels(pixels): array of whole numbers 0 … 255, any shape -> floats 0 … 1, the same shape",
    lines=1,
    hints=(
        "255 should become 1, and 0 stay 0.",
        "Divide by the largest value that a pixel can have, not the largest that is there.",
        "pixels.astype(np.float32) / 255",
    ),
    why="With inputs of about 1, gradients have ordinary sizes, and the usual rates fit.",
    solution="""
def scaled_pixels(pixels):
    return pixels.astype(np.float32) / 255
""",
    inputs=_pictures,
    wrong=(
        Wrong("pixels // 255", "// cuts to whole numbers: only a pixel of 255 is left. Use /."),
        Wrong("pixels / max(pixels.max(), 1)", "The largest pixel differs from set to set. Divide by 255."),
        Wrong("pixels / 256", "The largest pixel is 255, and it should become 1."),
        Wrong("(pixels > 127) * 1.0", "Only black and white are left. Keep the greys."),
        Wrong("pixels - 128.0", "Shifted, not scaled: these still reach to 127."),
        Wrong("pixels * 1.0", "Floats now, but still up to 255."),
        Wrong("pixels / 127.5 - 1", "That is −1 … 1. Here 0 … 1 is asked for."),
    ),
    variants=(
        "pixels / 255",
        "pixels / np.float32(255)",
        "pixels * (1 / 255)",
        "np.reshape([p / 255 for p in pixels.ravel().tolist()], pixels.shape)",
    ),
)

MENDED_START = _word(
    "mended_start",
    "he_normal",
    title="a start for ReLU",
    aim="Which start lets 64 ReLU units learn 64 different things?",
    signature='mended_start = "zeros", "ones", "constant" or "he_normal"',
    hints=(
        "Units that start equal get equal gradients, and stay equal.",
        "Only one of the four gives each unit weights of its own.",
        "It draws random numbers of deviation sqrt(2 / n_in), as in lesson 09.",
    ),
    why="Chance makes the units differ, and its size keeps signal and gradient alive.",
    others={
        "zeros": "This is the patient's.",
        "ones": "All units start equal and stay equal: 64 copies of one unit. The logits are huge besides.",
        "constant": "Any equal start keeps the units equal: they get the same gradient for ever.",
        "random": "Random is right, but how large? The list names the one with a fitting size.",
    },
)

MENDED_ORDER = _word(
    "mended_order",
    "together",
    title="what is mixed",
    aim="What has to be mixed before each epoch? nothing · images · labels · separately · together.",
    signature='mended_order = "a word of the list"; separately: each in an order of its own; together: in one order',
    hints=(
        "An image and its label belong together.",
        "X[order] and y[order]: is it one order or two?",
        "One order for both.",
    ),
    why="One order for both keeps each image with its label, and `fit` draws a new one for each epoch.",
    others={
        "nothing": "This is the patient's.",
        "images": "Then the labels stay where they were, and stand beside other images.",
        "labels": "Then the images stay where they were, and get other images' labels.",
        "separately": "Two orders tear images and labels apart.",
    },
)


def _tables() -> list[tuple]:
    def case(seed: int, m: int, n: int) -> tuple:
        rng = np.random.default_rng(seed)
        return (np.c_[rng.integers(0, 10, m), rng.integers(0, 256, (m, n))].astype(np.uint8),)

    by_hand = np.array([[7, 0, 255, 51], [3, 102, 0, 204]], dtype=np.uint8)
    return [(by_hand,), case(128, 5, 4), case(129, 1, 3), case(130, 4, 1), case(131, 6, 9)]


FROM_TABLE = Exercise(
    id="from_table",
    lesson="16",
    title="a table taken apart",
    aim="Each row is a label, then its pixels. Give the pixels as 0 … 1, and the labels as they are.",
    signature="from_table(table): table (m, 1 + n) of 0 … 255 -> X (m, n) of 0 … 1, y (m,) of 0 … 9",
    lines=2,
    hints=(
        "Take the label's column off before anything is divided.",
        "table[:, 0] are the labels, table[:, 1:] the pixels.",
        "X = table[:, 1:] / 255; y = table[:, 0]; return X, y",
    ),
    why="Inputs are measured and may be scaled; a label only tells which class it is.",
    solution="""
def from_table(table):
    X, y = table[:, 1:] / 255, table[:, 0]
    return X, y
""",
    inputs=_tables,
    wrong=(
        Wrong("(table[:, 1:] / 255, (table[:, 0] / 255).astype(int))", "This is the patient: labels cut to 0."),
        Wrong("(table[:, 1:] / 255, table[:, 0] / 255)", "The labels are divided too. They are names: leave them."),
        Wrong("(table[:, 1:] * 1.0, table[:, 0])", "The pixels still reach to 255. Divide them."),
        Wrong("(table / 255, table[:, 0])", "The label's column is among the inputs: the answer is given away."),
        Wrong("(table[:, :-1] / 255, table[:, -1])", "The label stands first, not last."),
        Wrong("(table[:, 1:] / 255, table[:, :1])", "y is a column (m, 1). Labels are (m,): table[:, 0]."),
        Wrong("(table[:, 0], table[:, 1:] / 255)", "X comes first, then y."),
        Wrong("(table[:, 1:] // 255, table[:, 0])", "// cuts the greys to 0. Use /."),
    ),
    variants=(
        "(table[:, 1:].astype(np.float32) / 255, table[:, 0].astype(int))",
        "(np.delete(table, 0, axis=1) / 255, table.T[0])",
        "(np.array([row[1:] / 255 for row in table]), np.array([row[0] for row in table]))",
    ),
)


def _origins() -> list[tuple]:
    rng = np.random.default_rng(132)
    mixed = rng.permutation(np.repeat(np.arange(6), 3))
    uneven = np.array([3, 0, 0, 2, 1, 3, 3, 2, 0])
    return [(np.repeat(np.arange(4), 2), 1), (mixed, 2), (uneven, 1), (uneven, 3), (np.arange(5), 2), (mixed, 5)]


COPIES_HELD_OUT = Exercise(
    id="copies_held_out",
    lesson="16",
    title="copies stay on one side",
    aim="Mark for the test every copy of the last k originals, and nothing else.",
    signature="copies_held_out(origin, k): origin (m,) of 0 … n − 1, the original of each row -> true or false (m,)",
    lines=2,
    hints=(
        "Split the originals, not the rows: all copies of one original go to one side.",
        "There are origin.max() + 1 originals. The last k of them begin at that number less k.",
        "limit = origin.max() + 1 - k; return origin >= limit",
    ),
    why="Now nothing that is tested has been seen in training, so labels by lot are guessed, no more.",
    solution="""
def copies_held_out(origin, k):
    limit = origin.max() + 1 - k  # the first original of the test
    return origin >= limit
""",
    inputs=_origins,
    wrong=(
        Wrong(
            "np.arange(len(origin)) >= len(origin) - k",
            "These are the last k rows. Their copies are still in training.",
        ),
        Wrong("origin < origin.max() + 1 - k", "Turned round: true is to mean test."),
        Wrong("origin > origin.max() + 1 - k", "One original too few: the first of the last k counts too."),
        Wrong("origin >= origin.max() - k", "One original too many: there are origin.max() + 1 of them."),
        Wrong("origin >= k", "That leaves out the first k originals and tests on all others."),
        Wrong("origin == origin.max()", "That is the last original alone, whatever k is."),
        Wrong("origin < k", "These are the first k originals. The last k are asked for."),
        Wrong("np.flatnonzero(origin >= origin.max() + 1 - k)", "These are row numbers. True or false for each row."),
    ),
    variants=(
        "np.isin(origin, np.unique(origin)[-k:])",
        "np.array([o in range(max(origin) + 1 - k, max(origin) + 1) for o in origin])",
        "origin.max() - origin < k",
    ),
)

# in the order in which the lesson asks them: patient by patient, its cause, then its mend
MENDS = (
    UNPACK_NINE,
    BATCH_ROWS,
    ROW_SHARES,
    MENDED_LOSS,
    RATE_FOR_SHARE,
    SCALED_PIXELS,
    MENDED_START,
    MENDED_ORDER,
    FROM_TABLE,
    COPIES_HELD_OUT,
)
EXERCISES = tuple(record for pair in zip(CAUSES, MENDS, strict=True) for record in pair)
