"""Memory that a training step allocates, and how far the fast path lies from the textbook formulas.

    python benchmarks/memory.py

One step of 784-64-10 (batch 100) and 784-512-10 (batch 128) after a first one that makes the buffers: the peak of
what is allocated during the step, by tracemalloc, which sees NumPy's arrays. Results: results/memory.md.
"""

import tracemalloc

import numpy as np
import training

import course_utils as cu
from course_utils.models import trainer

RESULTS = training.RESULTS.with_name("memory.md")


def network(units, x):
    model = cu.Sequential([cu.Input(x.shape[1]), cu.Dense(units, "relu"), cu.Dense(10, "softmax")], rng=0)
    model.compile(cu.SGD(0.1), loss="sparse_categorical_crossentropy")
    return model


def peak_of_a_step(units, batch):
    """Return the peak, in kB, of what the second of two steps allocates."""
    rng = np.random.default_rng(0)
    x, y = rng.random((2 * batch, 784), dtype=np.float32), rng.integers(0, 10, 2 * batch)
    model = network(units, x)
    found = []
    tracemalloc.start()
    for x_batch, y_batch in cu.minibatches(x, y, batch, rng=rng, copy=False):
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        trainer.forward_backward(model, x_batch, y_batch)
        model.optimizer.apply(model.gradients, model.variables)
        found.append((tracemalloc.get_traced_memory()[1] - before) / 1000)
    tracemalloc.stop()
    return found[1]


def gap(units, batch):
    """Return the largest difference of a weight, after one step, from the formulas in float64."""
    rng = np.random.default_rng(0)
    x, y = rng.random((batch, 784), dtype=np.float32), rng.integers(0, 10, batch)
    model = network(units, x)
    W1, b1, W2, b2 = (w.astype(np.float64) for w in model.get_weights())
    model.fit(x, y, batch_size=batch, shuffle=False, verbose=0)
    Z1 = x @ W1 + b1
    A1 = np.maximum(Z1, 0)
    dZ2 = (cu.softmax(A1 @ W2 + b2) - cu.one_hot(y, 10)) / batch
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    steps = (x.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0))
    textbook = [w - 0.1 * g for w, g in zip((W1, b1, W2, b2), steps, strict=True)]
    return max(np.abs(a - b).max() for a, b in zip(model.get_weights(), textbook, strict=True))


def main():
    rows = [*training.heading(), "| network | peak of a step, kB | largest gap to float64 |", "|---|---:|---:|"]
    rows[0] = "# Memory of a step"
    for shape, (units, batch) in training.SHAPES.items():
        rows.append(f"| {shape} | {peak_of_a_step(units, batch):.1f} | {gap(units, batch):.1e} |")
    RESULTS.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
