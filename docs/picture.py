"""Draw the README's picture: one sigmoid neuron, a network of them, and what it says about a digit."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

import course_utils as cu

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#767676"


def neuron(ax):
    """One neuron's output over its logit."""
    z = np.linspace(-6, 6, 200)
    ax.plot(z, cu.sigmoid(z), color=BLUE, lw=3)
    ax.plot(1.5, cu.sigmoid(1.5), "o", color=ORANGE, ms=11)
    ax.annotate("82 %", (1.5, cu.sigmoid(1.5)), (2.1, 0.66), fontsize=13, color=ORANGE)
    ax.set(xticks=[-6, 0, 6], yticks=[0, 0.5, 1], xlabel="z = w·x + b", ylabel="sigmoid(z)")
    ax.set_title("one neuron", fontsize=15)
    ax.spines[["top", "right"]].set_visible(False)


def network(ax):
    """Three layers of neurons and their weights."""
    rng = np.random.default_rng(3)
    layers = [np.column_stack([np.full(n, x), np.linspace(-1, 1, n)]) for x, n in ((0, 7), (1, 5), (2, 10))]
    for left, right in zip(layers, layers[1:], strict=False):
        for a in left:
            for b in right:
                w = rng.normal()
                color = BLUE if w > 0 else ORANGE
                ax.plot(*zip(a, b, strict=True), color=color, lw=0.6 * abs(w), alpha=0.5, zorder=1)
    for points in layers:
        ax.plot(*points.T, "o", ms=10, mfc="white", mec=GREY, mew=1.5)
    ax.set_title("a network", fontsize=15)
    ax.axis("off")


def digit(axes):
    """A test digit, and the probabilities that a trained 784-32-10 network gives it."""
    (x_train, y_train), (x_test, y_test) = cu.load_mnist("digits")
    flat_train, flat_test = (x.reshape(len(x), -1).astype("float32") / 255 for x in (x_train, x_test))
    model = cu.Sequential(
        [cu.Input((784,)), cu.Dense(32, activation="relu"), cu.Dense(10, activation="softmax")],
        rng=np.random.default_rng(1),
    )
    model.compile(optimizer=cu.Adam(0.003), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(flat_train, y_train, batch_size=32, epochs=20, verbose=0)
    p = model.predict(flat_test)
    sure = p[np.arange(len(p)), y_test]
    i = int(np.argmin(np.abs(sure - 0.8)))  # a digit that leaves some doubt
    print(f"test accuracy {cu.accuracy(y_test, p):.3f}; the digit is {y_test[i]}, p = {sure[i]:.2f}")
    axes[0].imshow(x_test[i], cmap="gray_r")
    axes[0].set(xticks=[], yticks=[], xlabel="28 × 28 pixels")
    axes[0].set_title("a digit", fontsize=15)
    axes[0].set_anchor("N")
    axes[1].barh(range(10), p[i], color=[ORANGE if k == y_test[i] else BLUE for k in range(10)])
    axes[1].set(yticks=range(10), xlim=(0, 1), xticks=[0, 0.5, 1], xlabel="probability")
    axes[1].invert_yaxis()
    axes[1].set_title("its class", fontsize=15)
    axes[1].spines[["top", "right"]].set_visible(False)


if __name__ == "__main__":
    fig, axes = plt.subplots(1, 4, figsize=(12, 3.2), width_ratios=[1.25, 1.3, 0.9, 0.8], layout="constrained")
    neuron(axes[0])
    network(axes[1])
    digit(axes[2:])
    fig.savefig(Path(__file__).with_name("sigmoid_to_mnist.png"), dpi=110, facecolor="white")
