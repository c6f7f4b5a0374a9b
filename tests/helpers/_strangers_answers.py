"""Answers of somebody who had seen the cards alone: 60 wrong ones, each with its true cause, and 30 right ones.

A wrong one stands with a few words of the sentence that its writer has to read. They are written as learners write.
"""

import numpy as np

WRONG = []  # (id, words of its cause, answer)
RIGHT = []  # (id, answer)


def wrong(id, words, **typed):
    """Note a wrong answer: the function decorated, or the `value` typed for a prediction."""

    def note(answer):
        WRONG.append((id, words, answer))

    return note(typed["value"]) if typed else note


def right(id, **typed):
    """Note a right answer in the same way."""

    def note(answer):
        RIGHT.append((id, answer))
        return answer

    return note(typed["value"]) if typed else note


@wrong("ink_percent", "rounded to whole ones")
def _(image, level):
    return round(100 * np.mean(image > level))


@wrong("weighted_sum", "It prints its result and returns nothing")
def _(X, w, b):
    print(X @ w + b)


@wrong("sigmoid_stable", "np.where(condition, this, that)")
def _(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    e = np.exp(z)
    return e / (1 + e)


@wrong("threshold", "another order: (b, w, p)")
def _(b, w, p):
    return (np.log(p / (1 - p)) - b) / w


@wrong("log_losses", "The small constant 0.001")
def _(y, p):
    eps = 1e-3
    return -(y * np.log(p + eps) + (1 - y) * np.log(1 - p + eps))


@wrong("best_constant", "This is in bits")
def _(y):
    p = np.mean(y)
    return -(p * np.log2(p) + (1 - p) * np.log2(1 - p))


@wrong("descend", "walks uphill")
def _(gradient, w, rate, steps):
    path = [w]
    for i in range(steps):
        w = w + rate * gradient(w)
        path.append(w)
    return np.array(path)


@wrong("cross_entropy_gradient", "dw: Every number is too small by the factor m")
def _(X, y, w, b):
    a = 1 / (1 + np.exp(-(X @ w + b)))
    m = len(y)
    dz = (a - y) / m
    dw = X.T @ dz / m
    db = dz.sum(axis=0)
    return dw, db


@wrong("gate_says", "compare with >, not with >=")
def _(X, w, b):
    z = X @ w + b
    return (z >= 0).astype(int)


@wrong("rows_right", "compares every row with every target")
def _(X, y, w, b):
    decisions = (X @ w + b > 0).astype(int)
    return int(np.sum(decisions == y))


@wrong("two_layers", "np.exp takes a whole array")
def _(X, W1, b1, W2, b2):
    import math

    def s(z):
        return 1 / (1 + math.exp(-z))

    return s(s(X @ W1 + b1) @ W2 + b2)


@wrong("squared_slope", "A comma behind the result")
def _(x, w, b, y):
    a = 1 / (1 + np.exp(-(w * x + b)))
    return (2 * (a - y) * a * (1 - a) * x,)


@wrong("softmax_rows", "`E.sum(axis=1, keepdims=True)`")
def _(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=0)


@wrong("cross_entropy_from_labels", "log10 is used where the natural logarithm is due, and besides, m times too large")
def _(P, labels):
    p = P[np.arange(len(labels)), labels]
    return -np.sum(np.log10(p))


@wrong("relu_backward", "The way back takes W2.T")
def _(dZ, W2, U):
    return (dZ @ W2) * (U > 0)


@wrong("he_start", "it draws random numbers of its own")
def _(noise):
    n_in, units = noise.shape
    return np.random.randn(n_in, units) * np.sqrt(2 / n_in)


@wrong("rmsprop_step", "change the caller's arrays")
def _(w, g, s, rate, rho):
    s *= rho
    s += (1 - rho) * g**2
    w -= rate * g / np.sqrt(s + 1e-7)
    return w, s


@wrong("row_shares", "axis=0 sums each class over the images")
def _(E):
    total = np.sum(E, axis=0)
    return E / total


wrong("predict_double_w", "steeper, not flatter", value=2)

wrong("predict_stuck_cost", "Rounded too far", value=0.35)

wrong("predict_xor_best", "OR's line gets more", value=2)

wrong("predict_start_loss", "a decimal point, 2.30", value=(2, 30))

wrong("predict_parameters", "The biases are missing", value=50816)

wrong("predict_conv_parameters", "A kernel reads all 16 maps", value=832)

wrong("predict_by_lot", "There are ten classes, not two", value="1/2")


@wrong("ink_percent", "Ink is above it: >, not >=")
def _(image, level):
    return 100 * np.mean(image >= level)


@wrong("weighted_sum", "axis=0 adds down the columns")
def _(X, w, b):
    return np.sum(X * w, axis=0) + b


@wrong("sigmoid_grad", "np.exp takes a whole array")
def _(z):
    import math

    a = 1 / (1 + math.exp(-z))
    return a * (1 - a)


@wrong("threshold", "np.log undoes np.exp")
def _(w, b, p):
    logit = np.log10(p / (1 - p))
    return (logit - b) / w


@wrong("cost_from_logits", "the mean is missing")
def _(y, z):
    losses = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))
    return np.sum(losses)


@wrong("central_difference", "Give the number itself")
def _(f, x, h):
    return [(f(x + h) - f(x - h)) / (2 * h)]


@wrong("rate_limit", "Square first and take the mean afterwards")
def _(x):
    return 1 / np.mean(x) ** 2


@wrong("cross_entropy_gradient", "The order is dw first, then db")
def _(X, y, w, b):
    a = 1 / (1 + np.exp(-(X @ w + b)))
    db = np.mean(a - y, axis=0)
    dw = X.T @ (a - y) / len(y)
    return db, dw


@wrong("one_neuron_can", "its mirror image, XNOR")
def _(y):
    return [int(v) for v in y] != [0, 1, 1, 0]


@wrong("count_parameters", "`hidden` in line")
def _(n, width, k):
    return n * hidden + hidden + hidden * k + k


@wrong("nearest_opposites", "y[:, 0] makes a plain row")
def _(H, y):
    A = H[y == 0]
    B = H[y == 1]
    D = A[:, None, :] - B[None, :, :]
    return np.sqrt((D**2).sum(axis=2)).min()


@wrong("hidden_gradient", "With the output A1 the slope is A1 * (1 - A1)")
def _(dZ2, W2, A1):
    a = 1 / (1 + np.exp(-A1))
    return (dZ2 @ W2.T) * a * (1 - a)


@wrong("walk_back", "They add: write += in place of =")
def _(order, parents, local_gradients):
    grad = [0.0] * len(order)
    grad[order[0]] = 1.0
    for n in order:
        for k in range(len(parents[n])):
            grad[parents[n][k]] = grad[n] * local_gradients[n][k]
    return grad


@wrong("average_neurons", "The biases are missing")
def _(means):
    return means.T * 2, 0 * means.sum(axis=1)


@wrong("softmax_rows", "The maximum of the whole array is subtracted")
def _(Z):
    E = np.exp(Z - np.max(Z))
    return E / E.sum(axis=1, keepdims=True)


@wrong("softmax_gradient", "it is transposed")
def _(X, P, Y):
    return (P - Y).T @ X


@wrong("digit_probabilities", "The place of the largest number is given")
def _(X, W1, b1, W2, b2):
    H = np.maximum(X @ W1 + b1, 0)
    Z = H @ W2 + b2
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return np.argmax(P, axis=1)


@wrong("momentum_step", "change the caller's arrays")
def _(w, v, g, rate, momentum):
    v *= momentum
    v -= rate * g
    w += v
    return w, v


@wrong("weighted_sum", "The return is missing")
def _(X, w, b):
    z = X @ w + b


@wrong("conv_layer", "One ReLU at the end")
def _(x, kernel, bias):
    h, w, channels = x.shape
    k = kernel.shape[0]
    filters = kernel.shape[3]
    out = np.zeros((h - k + 1, w - k + 1, filters))
    for i in range(h - k + 1):
        for j in range(w - k + 1):
            for f in range(filters):
                for c in range(channels):
                    part = np.sum(x[i : i + k, j : j + k, c] * kernel[:, :, c, f])
                    out[i, j, f] += max(0, part)
    return np.maximum(out + bias, 0)


@wrong("feature_map_size", "another order: (n, k, p, s)")
def _(n, k, p, s):
    return (n + 2 * p - k) // s + 1


@wrong("copies_held_out", "Their copies are still in training")
def _(origin, k):
    test = np.zeros(len(origin), dtype=bool)
    test[len(origin) - k :] = True
    return test


@wrong("batch_rows", "Every update gets the same first rows")
def _(order, size, step):
    return order[0:size]


wrong("predict_bias_shift", "a positive bias makes every yes easier, so the curve moves to the left", value=1.5)

wrong("predict_one_step", "a decimal point, 0.25", value=(0, 25))

wrong("predict_zero_middle", "so it is moved", value="white")

wrong("predict_cut_silent", "without a unit: 0.", value="0 points")

wrong("predict_clipped", "Give more digits", value=16)

wrong("predict_shortcut", "One layer has ten biases", value=12980)

# --- right, in ways of their own


@right("ink_percent")
def _(image, level):
    inked = 0
    total = 0
    for row in image:
        for pixel in row:
            total += 1
            if pixel > level:
                inked += 1
    return 100.0 * inked / total


@right("weighted_sum")
def _(X, w, b):
    return np.einsum("ij,j->i", X, w) + b


@right("sigmoid_stable")
def _(z):
    import math

    def one(t):
        if t < 0:
            return 1.0 - one(-t) if t > -1 else math.exp(t) / (1 + math.exp(t))
        return 1 / (1 + math.exp(-t))

    return np.vectorize(one, otypes=[float])(z)


@right("log_losses")
def _(y, p):
    return np.array([-np.log(pi if yi == 1 else 1 - pi) for yi, pi in zip(y, p)])


@right("rate_limit")
def _(x):
    from fractions import Fraction

    xs = [Fraction(float(v)) for v in x]
    curvature = 2 * sum(v * v for v in xs) / len(xs)
    return float(2 / curvature)


@right("gate_says")
def _(X, w, b):
    return np.heaviside(X @ w + b, 0.0)


@right("nearest_opposites")
def _(H, y):
    import math

    zeros = [tuple(h) for h, t in zip(H, y) if t[0] == 0]
    ones = [tuple(h) for h, t in zip(H, y) if t[0] == 1]
    return min(math.dist(p, q) for p in zeros for q in ones)


@right("deep_gradients")
def _(X, y, weights):
    def s(z):
        return 1 / (1 + np.exp(-z))

    layers = list(zip(weights[::2], weights[1::2]))
    A = [X]
    for W, b in layers:
        A.append(s(np.dot(A[-1], W) + b))
    delta = (A[-1] - y) / X.shape[0]
    out = []
    for i in range(len(layers) - 1, -1, -1):
        out.insert(0, np.sum(delta, axis=0))
        out.insert(0, np.dot(A[i].T, delta))
        delta = np.dot(delta, layers[i][0].T) * A[i] * (1 - A[i])
    return tuple(out)


@right("walk_back")
def _(order, parents, local_gradients):
    grad = dict.fromkeys(range(len(parents)), 0)
    grad[order[0]] = 1
    for n in order:
        for k, p in enumerate(parents[n]):
            grad[p] = grad[p] + grad[n] * local_gradients[n][k]
    return [grad[n] for n in sorted(grad)]


@right("softmax_rows")
def _(Z):
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))


@right("he_start")
def _(noise):
    return noise / (len(noise) / 2) ** 0.5


@right("window_sum")
def _(image, kernel, i, j):
    h, w = kernel.shape
    total = 0.0
    for r in range(h):
        for c in range(w):
            total += float(image[i + r, j + c]) * float(kernel[r, c])
    return total


@right("row_shares")
def _(E):
    totals = np.sum(E, axis=1).reshape(-1, 1)
    return np.divide(E, totals)


right("predict_parameters", value=50_890)

right("predict_lonely_softmax", value=1)


@right("ink_percent")
def _(image, level):
    return np.array(100.0 * np.count_nonzero(image > level) / image.size)


@right("threshold")
def _(w, b, p):
    import math

    return -(math.log(1 / p - 1) + b) / w


@right("cost_from_logits")
def _(y, z):
    import math

    def loss(t, s):
        s = float(s)
        return max(s, 0.0) - s * float(t) + math.log1p(math.exp(-abs(s)))

    return sum(loss(t, s) for t, s in zip(y, z)) / len(y)


@right("descend")
def _(gradient, w, rate, steps):
    from itertools import accumulate

    walk = accumulate(range(steps), lambda place, _: place - rate * gradient(place), initial=w)
    return np.array(list(walk))


@right("one_neuron_can")
def _(y):
    a, b, c, d = [bool(v) for v in y]
    return not (a == d != b == c)


@right("two_layers")
def _(X, W1, b1, W2, b2):
    def s(z):
        return 0.5 * (1 + np.tanh(0.5 * z))

    rows = []
    for x in X:
        h = s(np.array([x @ W1[:, j] for j in range(W1.shape[1])]) + b1)
        rows.append(s(h @ W2 + b2))
    return np.array(rows)


@right("squared_slope")
def _(x, w, b, y):
    tiny = 1e-20
    a = 1 / (1 + np.exp(-(x * (w + tiny * 1j) + b)))
    return float(((a - y) ** 2).imag / tiny)


@right("cross_entropy_from_labels")
def _(P, labels):
    chosen = np.take_along_axis(P, labels[:, None], axis=1)
    return -np.log(chosen).mean()


@right("softmax_gradient")
def _(X, P, Y):
    dW = np.zeros((X.shape[1], P.shape[1]))
    for x, p, t in zip(X, P, Y):
        dW += np.outer(x, p - t)
    return dW / len(X)


@right("relu_backward")
def _(dZ, W2, U):
    return np.where(U > 0, np.inner(dZ, W2), 0.0)


@right("rmsprop_step")
def _(w, g, s, rate, rho):
    new_s = s + (1 - rho) * (g * g - s)
    return w - rate * g * (new_s + 1e-7) ** -0.5, new_s


@right("feature_map_size")
def _(n, k, s, p):
    return len(range(0, n + 2 * p - k + 1, s))


@right("copies_held_out")
def _(origin, k):
    n = int(max(origin)) + 1
    last = {n - 1 - i for i in range(k)}
    return np.array([int(o) in last for o in origin])
