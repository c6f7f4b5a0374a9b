"""Exercises of toolbox T1: shapes, products, broadcasting, masks, and what shares its memory."""

import numpy as np

from course_utils.exercises import exercise, open_exercise, prediction


@prediction(
    title="the average of a hundred images",
    aim="`images` has the shape (100, 28, 28). How many numbers are in `images.mean(axis=0)`?",
    shapes="a number",
    hints=(
        "The axis that you name is the one that goes.",
        "Axis 0 has the length 100. Which lengths are left?",
        "28 · 28.",
    ),
    why="It is one image, the average of all hundred, with the shape (28, 28).",
)
def predict_mean_size():
    return 28 * 28  # axis 0, with the length 100, is gone


predict_mean_size.mistake("That is one mean for each image: axis=(1, 2). Along axis 0 we go from image to image.", 100)
predict_mean_size.mistake("That would be axis=1 or axis=2. Axis 0 is the one with the length 100.", 2800)
predict_mean_size.mistake("So many numbers go in. Along axis 0 a hundred of them become one.", 78_400)
predict_mean_size.mistake("A single number comes out where no axis is named.", 1)
predict_mean_size.mistake("Two axes are left, and both have the length 28. Multiply them.", 28)
predict_mean_size.mistake("Two axes are left, and their lengths are multiplied, not added.", 56)

predict_mean_size.also(784, 784.0, 28 * 28, np.int64(784))


def _product_inputs() -> list[tuple]:
    rng = np.random.default_rng(101)
    return [
        (np.array([[2, 1, 0], [0, 3, 5]]), np.array([[3, 2], [2, 4], [1, 1]]), 1, 0),
        (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [5.0, -2.0]]), 0, 1),
        (rng.normal(size=(4, 3)), rng.normal(size=(3, 4)), 3, 2),
        (rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), 1, 2),
        (rng.normal(size=(1, 5)), rng.normal(size=(5, 1)), 0, 0),
        (rng.normal(size=(6, 2)), rng.normal(size=(2, 7)), 2, 5),
    ]


@exercise(
    title="one entry of a matrix product",
    aim="Give the entry in row i and column j of X @ W, from one row of X and one column of W.",
    shapes="X (m, n), W (n, k), i and j whole numbers -> a number",
    hints=(
        "Which row of X is needed, and which column of W?",
        "X[i] is row i, and W[:, j] is column j.",
        "X[i] @ W[:, j]",
    ),
    why="A layer with k units is k dot products for each example, and this is one of them.",
    inputs=_product_inputs,
)
def entry_of_product(X, W, i, j):
    return X[i] @ W[:, j]


entry_of_product.mistake(
    "The products are there, but they are not added up. Use @, or add .sum().", lambda X, W, i, j: X[i] * W[:, j]
)
entry_of_product.mistake(
    "i and j are swapped: i counts the rows of X, and j the columns of W.",
    lambda X, W, i, j: X[j % len(X)] @ W[:, i % W.shape[1]],
)
entry_of_product.mistake(
    "This is the whole row i of the product. One number is asked for.", lambda X, W, i, j: X[i] @ W
)
entry_of_product.mistake(
    "This is the whole column j of the product. One number is asked for.", lambda X, W, i, j: X @ W[:, j]
)
entry_of_product.mistake("This is the whole table. Take the entry [i, j] of it.", lambda X, W, i, j: X @ W)
entry_of_product.mistake(
    "Only one product of the sum is here: X[i, k] · W[k, j] for a single k. Add them up over all k.",
    lambda X, W, i, j: X[i, 0] * W[0, j],
)
entry_of_product.mistake(
    "The last product of the sum is missing: range(n) already ends before n.",
    lambda X, W, i, j: sum(X[i, k] * W[k, j] for k in range(X.shape[1] - 1)),
)
entry_of_product.mistake(
    "The entries are added where they have to be multiplied.", lambda X, W, i, j: (X[i] + W[:, j]).sum()
)
entry_of_product.mistake("Counting starts at 0: row i is X[i].", lambda X, W, i, j: X[i - 1] @ W[:, j - 1])

entry_of_product.also(
    lambda X, W, i, j: (X[i] * W[:, j]).sum(),
    lambda X, W, i, j: (X @ W)[i, j],
    lambda X, W, i, j: np.dot(X[i, :], W[:, j]),
    lambda X, W, i, j: X[i] @ W.T[j],
)


@entry_of_product.also
def _(X, W, i, j):
    total = 0
    for k in range(X.shape[1]):
        total += X[i, k] * W[k, j]
    return total


def _orders_inputs() -> list[tuple]:
    rng = np.random.default_rng(102)
    return [
        (np.array([[2, 1, 0], [0, 3, 5], [4, 0, 1], [1, 1, 1]]), np.array([10, 0, 2, 5])),
        (np.array([[1.0, 2.0, 3.0]]), np.array([2.0])),
        (rng.normal(size=(3, 3)), rng.normal(size=3)),  # square: X @ orders does not complain
        (rng.integers(0, 9, size=(6, 2)), rng.integers(0, 9, size=6)),
        (rng.normal(size=(5, 1)), rng.normal(size=5)),
    ]


@exercise(
    title="a sum over the rows, each counted several times",
    aim="Basket i was sold orders[i] times. How many pieces of each kind of fruit left the shop?",
    shapes="X (m, n) fruit in each basket, orders (m,) -> (n,), one number for each kind",
    hints=(
        "For one kind of fruit it is a dot product: its column of X with the orders.",
        "The columns of X are the rows of X.T.",
        "X.T @ orders, in shapes (n, m) @ (m,) -> (n,).",
    ),
    why="A gradient has this form: X.T @ (a - y) adds up the rows, each multiplied by its error.",
    inputs=_orders_inputs,
)
def fruit_sold(X, orders):
    return X.T @ orders


@fruit_sold.mistake("This is a dot product with the rows. The sum has to run over the baskets: X.T @ orders.")
def _(X, orders):
    return X @ np.resize(orders, X.shape[1])


fruit_sold.mistake(
    "The sum over the baskets is missing: this is a table with a row for each.", lambda X, orders: X * orders[:, None]
)
fruit_sold.mistake(
    "The sum runs over the kinds of fruit. It should run over the baskets, axis 0.",
    lambda X, orders: (X * orders[:, None]).sum(axis=1),
)
fruit_sold.mistake("This counts every basket once. Basket i was sold orders[i] times.", lambda X, orders: X.sum(axis=0))
fruit_sold.mistake(
    "All kinds are added up to one number. One for each kind is asked for.", lambda X, orders: (X.T @ orders).sum()
)
fruit_sold.mistake(
    "Multiplying the two totals counts every basket as often as all of them together.",
    lambda X, orders: X.sum(axis=0) * orders.sum(),
)
fruit_sold.mistake("This is the mean over the baskets. The sum is asked for.", lambda X, orders: X.T @ orders / len(X))
fruit_sold.mistake(
    "The orders are a column here, so the answer is one too. With orders as (m,) it is (n,).",
    lambda X, orders: X.T @ orders[:, None],
)

fruit_sold.also(
    lambda X, orders: orders @ X,
    lambda X, orders: (X * orders[:, None]).sum(axis=0),
    lambda X, orders: (X.T * orders).sum(axis=1),
    lambda X, orders: np.array([column @ orders for column in X.T]),
)


@fruit_sold.also
def _(X, orders):
    total = np.zeros(X.shape[1])
    for basket, times in zip(X, orders):
        total += times * basket
    return total


def _below_inputs() -> list[tuple]:
    rng = np.random.default_rng(103)
    return [
        (np.array([[2, 1, 0], [0, 3, 5], [4, 0, 1], [1, 1, 1]]),),
        (np.array([[1.0, 5.0, 2.0]]),),
        (np.array([[1.0, 5.0], [7.0, 2.0]]),),  # square: without keepdims nothing complains
        (rng.normal(size=(5, 4)),),
        (rng.normal(size=(3, 3)) - 4,),
        (rng.normal(size=(6, 1)),),
    ]


@exercise(
    title="each row less its own largest entry",
    aim="Subtract from every row of Z its own largest entry, so that the largest of each row becomes 0.",
    shapes="Z (m, k) -> (m, k)",
    hints=(
        "The largest entry of each row: along which axis do you look for it, and which shape has to stay?",
        "keepdims=True keeps the axis with the length 1, so that (m, k) and (m, 1) fit.",
        "Z - Z.max(axis=1, keepdims=True)",
    ),
    why="The softmax of lesson 08 begins with this line, so that no power overflows.",
    inputs=_below_inputs,
)
def below_row_max(Z):
    return Z - Z.max(axis=1, keepdims=True)


@below_row_max.mistake(
    "Without keepdims the maxima lie along the wrong axis. Where m equals k, NumPy does not complain."
)
def _(Z):
    return Z - Z.max(axis=1)


below_row_max.mistake(
    "This takes the largest of each column. Within a row we look along axis 1.", lambda Z: Z - Z.max(axis=0)
)
below_row_max.mistake("This is the largest entry of the whole table. Each row has its own.", lambda Z: Z - Z.max())
below_row_max.mistake("These are the maxima alone. They have to be subtracted.", lambda Z: Z.max(axis=1, keepdims=True))
below_row_max.mistake(
    "The sign is flipped: the largest of each row should become 0, and all others negative.",
    lambda Z: Z.max(axis=1, keepdims=True) - Z,
)
below_row_max.mistake(
    "argmax gives the place of the largest entry. max gives the entry itself.",
    lambda Z: Z - Z.argmax(axis=1, keepdims=True),
)
below_row_max.mistake("This subtracts the smallest entry of each row.", lambda Z: Z - Z.min(axis=1, keepdims=True))
below_row_max.mistake("This subtracts the mean of each row.", lambda Z: Z - Z.mean(axis=1, keepdims=True))


@below_row_max.mistake("The values are right, but Z itself is changed: -= writes into the array that came in.")
def _(Z):
    Z -= Z.max(axis=1, keepdims=True)
    return Z


below_row_max.also(
    lambda Z: Z - Z.max(axis=1)[:, None],
    lambda Z: Z - Z.max(axis=1).reshape(-1, 1),
    lambda Z: (Z.T - Z.max(axis=1)).T,
    lambda Z: np.array([row - row.max() for row in Z]),
)


@prediction(
    title="a row minus a column",
    aim="y has the shape (10,) and p the shape (10, 1). How many numbers are in y - p?",
    shapes="a number",
    hints=(
        "Compare the shapes from the right: 10 and 1, then nothing and 10.",
        "An axis of length 1 is repeated until it fits, and a missing one too.",
        "(10, 10).",
    ),
    why="Every number of y meets every number of p, and no error is raised.",
)
def predict_pairs():
    return 10 * 10  # (10,) and (10, 1) make (10, 10)


predict_pairs.mistake("That would be so if both had the shape (10,). A row and a column make a table.", 10)
predict_pairs.mistake("One axis of length 1 does not make the other one short: it is repeated.", 1)
predict_pairs.mistake("Both arrays go in with ten numbers, but nothing is put side by side.", 20)
predict_pairs.mistake("It is not refused: by the rule of broadcasting the two shapes fit.", 0)
predict_pairs.mistake("A pair of y and p counts whether it stands above or below the diagonal.", 55)
predict_pairs.mistake("Ten pairs have the same place in y and p. They are in the table as well.", 90)

predict_pairs.also(100, 100.0, 10 * 10, np.int64(100))


def _hits_inputs() -> list[tuple]:
    rng = np.random.default_rng(104)
    return [
        (np.array([1, 0, 0, 1, 1]), np.array([0.9, 0.2, 0.6, 0.4, 0.8])),
        (np.array([0, 1]), np.array([0.5, 0.7])),  # 0.5 is not greater than 0.5
        (np.array([0, 0, 1]), np.array([0.1, 0.9, 0.7])),
        (np.array([1.0]), np.array([0.3])),
        (np.array([0, 0, 1, 0]), np.array([0.2, 0.4, 0.3, 0.1])),
        (rng.integers(0, 2, size=9).astype(float), rng.uniform(size=9)),
        (rng.integers(0, 2, size=200), rng.uniform(size=200)),
    ]


@exercise(
    title="the share of right answers",
    aim="An answer is 1 where p is greater than 0.5, and 0 elsewhere. Give the share of answers that agree with y.",
    shapes="y (m,) of 0 and 1, p (m,) -> a number from 0 to 1",
    hints=(
        "Make a mask of the answers first, and then a mask of those that agree with y.",
        "p > 0.5 is the first. Compare it with y by ==; True counts as 1.",
        "((p > 0.5) == y).mean(), or the same in two lines with np.where.",
    ),
    why="This share is the accuracy, by which every classifier of the course is judged.",
    inputs=_hits_inputs,
)
def hit_rate(y, p):
    answers = np.where(p > 0.5, 1, 0)  # (m,)
    return (answers == y).mean()


hit_rate.mistake("This is the number of right answers. Their share is asked for.", lambda y, p: ((p > 0.5) == y).sum())
hit_rate.mistake("This is the share of wrong answers.", lambda y, p: ((p > 0.5) != y).mean())
hit_rate.mistake("This is the share of answers that are 1, right or wrong.", lambda y, p: (p > 0.5).mean())
hit_rate.mistake(
    "p is compared with y directly. A probability is hardly ever exactly 0 or 1: compare p > 0.5 with y.",
    lambda y, p: (p == y).mean(),
)
hit_rate.mistake(
    "Only the right answers that are 1 are counted. A 0 can be right, too.",
    lambda y, p: ((p > 0.5) & (y == 1)).mean(),
)
hit_rate.mistake(
    "This looks only at the answers that are 1. Those that are 0 count as well.",
    lambda y, p: y[p > 0.5].sum() / max((p > 0.5).sum(), 1),
)
hit_rate.mistake(
    "This looks only at the places where y is 1. The others count as well.",
    lambda y, p: (p[y == 1] > 0.5).sum() / max((y == 1).sum(), 1),
)
hit_rate.mistake(
    "y is a column here, so every answer meets every target: a table of m · m pairs.",
    lambda y, p: ((p > 0.5) == y.reshape(-1, 1)).mean(),
)
hit_rate.mistake("One truth value for each place is here. Their mean is the share.", lambda y, p: (p > 0.5) == y)

hit_rate.also(
    lambda y, p: ((p > 0.5) == y).mean(),
    lambda y, p: ((p > 0.5) == (y == 1)).sum() / len(y),
    lambda y, p: 1 - np.abs((p > 0.5) - y).mean(),
    lambda y, p: np.where(y == 1, p > 0.5, p <= 0.5).mean(),
)


@hit_rate.also
def _(y, p):
    right = 0
    for target, chance in zip(y, p):
        right += (chance > 0.5) == (target == 1)
    return right / len(y)


@prediction(
    title="a second name",
    aim="`w = np.array([5.0, 2.0])`, then `start = w`, then `w -= 1`. What is `start[0]` now?",
    shapes="a number",
    hints=(
        "Does `start = w` make a new array?",
        "`start` and `w` are two names of one array, and `-=` writes into it.",
        "5 − 1.",
    ),
    why="Who wants to compare with the weights from before writes start = w.copy().",
)
def predict_kept_start():
    return 5 - 1  # start and w are two names of one array


predict_kept_start.mistake("That would be so after start = w.copy(). Here start is a second name of the array w.", 5)
predict_kept_start.mistake("That is start[1]. start[0] was 5 before.", 1)
predict_kept_start.mistake("That was start[1] before the step.", 2)
predict_kept_start.mistake("The step is −1: the 1 is subtracted.", 6)
predict_kept_start.mistake("The 1 is subtracted once: there is one array, and both names show it.", 3)
predict_kept_start.mistake("The entry is not set to −1. −= subtracts 1 from what is there.", -1)

predict_kept_start.also(4, 4.0, np.float64(4), "4")


def _distance_inputs() -> list[tuple]:
    rng = np.random.default_rng(105)
    return [
        (np.array([1, 4, 6]), np.array([2, 9])),
        (np.array([3.0]), np.array([1.0, 5.0])),
        (rng.normal(size=4), rng.normal(size=4)),
        (rng.normal(size=2), rng.normal(size=5)),
        (rng.normal(size=5), rng.normal(size=1)),
    ]


@exercise(
    title="all distances at once",
    aim="Give the table of the distances between every number of a and every number of b, without a loop.",
    shapes="a (m,), b (k,) -> (m, k); entry [i, j] is the distance of a[i] and b[j]",
    hints=(
        "Which shapes give a table of all pairs when one is subtracted from the other?",
        "a as a column (m, 1), b as it is: (m, 1) and (k,) make (m, k).",
        "np.abs(a[:, None] - b)",
    ),
    why="Searching the nearest example, as some classifiers do, begins with such a table.",
    inputs=_distance_inputs,
)
def distance_table(a, b):
    return np.abs(a[:, None] - b)


distance_table.mistake("The signs are still there. A distance is never negative: np.abs.", lambda a, b: a[:, None] - b)
distance_table.mistake("Rows and columns are exchanged: row i belongs to a[i].", lambda a, b: np.abs(b[:, None] - a))
distance_table.mistake("These are the squares of the distances.", lambda a, b: (a[:, None] - b) ** 2)
distance_table.mistake("These are sums. A distance is a difference.", lambda a, b: np.abs(a[:, None] + b))
distance_table.mistake("These are products. A distance is a difference.", lambda a, b: np.abs(a[:, None] * b))
distance_table.mistake(
    "The table is added up. All of its m · k entries are asked for.", lambda a, b: np.abs(a[:, None] - b).sum()
)
distance_table.mistake(
    "This is the distance to the nearest number of b. The whole table is asked for.",
    lambda a, b: np.abs(a[:, None] - b).min(axis=1),
)

distance_table.also(
    lambda a, b: np.abs(np.subtract.outer(a, b)),
    lambda a, b: np.abs(a.reshape(-1, 1) - b),
    lambda a, b: np.sqrt((a[:, None] - b[None, :]) ** 2.0),
    lambda a, b: np.abs(b - a[:, np.newaxis]),
    lambda a, b: np.array([[abs(x - y) for y in b] for x in a]),
)


prove_transpose = open_exercise(
    "prove_transpose",
    title="why the order turns round",
    task="X has the shape (m, n) and W the shape (n, k). Show that (X @ W).T and W.T @ X.T are the same table: compare "
    "the shapes first, and then the entry [j, i] of both.",
    answer="X @ W has the shape (m, k), so its transpose has (k, m). On the other side, (k, n) @ (n, m) gives (k, m), "
    "too.\n\n"
    "The entry [j, i] of (X @ W).T is the entry [i, j] of X @ W, which is the sum over all c of X[i, c] · W[c, j]. "
    "The entry [j, i] of W.T @ X.T is the dot product of row j of W.T with column i of X.T, which is the sum over all "
    "c of W[c, j] · X[i, c]. These are the same products in another order, and so the sums are equal.\n\n"
    "In the other order the shapes would not even fit: X.T @ W.T is (n, m) @ (k, n), which NumPy refuses unless m "
    "equals k, and then the result is in general a different table.",
    effort="do",
    hints=(
        "By definition, (X @ W).T at [j, i] is X @ W at [i, j].",
        "Row j of W.T is column j of W, and column i of X.T is row i of X.",
    ),
)


silent_bias = open_exercise(
    "silent_bias",
    title="a bias on the wrong axis",
    task="A layer has k units, and a colleague keeps one bias for each example of the batch instead of one for each "
    "unit: b has the shape (m,) where it should have (k,). For which m and k does NumPy complain about Z + b, and for "
    "which does it compute something wrong without a word? Suggest a habit that finds such a mistake.",
    answer="Z has the shape (m, k). Compared from the right, (m, k) and (m,) fit if k equals m, if m is 1 (then "
    "the one bias is added to all units), or if k is 1, and then the result grows from (m, 1) to (m, m). In all other "
    "cases NumPy raises an error, which is the lucky case. If k equals m, every entry is computed, but b[j] is added "
    "to unit j and not to example j.\n\n"
    "Good habits: never test with a batch whose size is that of a layer, but with sizes that all differ, such as "
    "m = 5, n = 3, k = 2; write the shape at the end of each line; and where a shape must be right, say so in the "
    "code, as in `if b.shape != (Z.shape[1],): raise ValueError(…)`.",
    effort="do",
    hints=("Compare the shapes (m, k) and (m,) from the right. In which cases do they fit?",),
)
